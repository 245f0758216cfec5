//! Breaks short texts (titles, notes, labels) into lines as Chinese and English want it.
//!
//! Opening marks never end a line, closing marks never start one; Latin words, numbers with their unit, and
//! —— and …… are never split.

/// Never at the start of a line.
const NO_START: &str = "，。、；：？！）》〉」』】〕”’％%‰°℃·…—～,.;:?!)]}";
/// Never at the end of a line.
const NO_END: &str = "（《〈「『【〔“‘$¥€£([{";
/// Units that stay with the number before them.
const UNITS: &str = "美欧港年月日时分秒亿万千百个家人名次倍元吨亩米岁点成项条位";

/// Quotations of at most this many characters are not split.
const LONG_QUOTE: usize = 8;

/// Breaks `text` into lines no wider than `width`; a piece that is wider by itself stands alone on a line.
pub fn lines(text: &str, width: f32, width_of: &dyn Fn(&str) -> f32) -> Vec<String> {
    let mut out = Vec::new();
    let mut line = String::new();
    for piece in pieces(text) {
        let longer = format!("{line}{piece}");
        if line.is_empty() || width_of(longer.trim_end()) <= width {
            line = longer;
        } else {
            out.push(line.trim_end().to_owned());
            line = piece.trim_start().to_owned();
        }
    }
    if !line.is_empty() || out.is_empty() {
        out.push(line.trim_end().to_owned());
    }
    out
}

/// The text if it fits, else as much of it as does with … behind.
pub fn elided(text: &str, width: f32, width_of: &dyn Fn(&str) -> f32) -> String {
    if width_of(text) <= width {
        return text.to_owned();
    }
    let mut kept: Vec<char> = text.chars().collect();
    while kept.pop().is_some() {
        while kept.last().is_some_and(|&c| c == ' ' || NO_END.contains(c) || "，、：；".contains(c)) {
            kept.pop();
        }
        let candidate: String = kept.iter().chain(std::iter::once(&'…')).collect();
        if width_of(&candidate) <= width {
            return candidate;
        }
    }
    String::new()
}

/// The pieces of `text` between which a line may break, in order; joined they are `text`.
fn pieces(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut before: Option<char> = None;
    // Short quotations stay whole.
    let mut quoted_to = 0;
    for (idx, c) in text.char_indices() {
        if c == '“'
            && let Some(rest) = text.get(idx..)
            && let Some(length) = rest.find('”')
            && rest.chars().take(LONG_QUOTE + 2).any(|c| c == '”')
        {
            quoted_to = idx + length;
        }
        if let Some(before) = before
            && (idx > quoted_to || c == '“')
            && may_break(before, c)
            && let Some(piece) = text.get(start..idx)
        {
            out.push(piece);
            start = idx;
        }
        before = Some(c);
    }
    out.extend(text.get(start..).filter(|piece| !piece.is_empty()));
    out
}

fn may_break(before: char, after: char) -> bool {
    if before == ' ' {
        return !NO_START.contains(after);
    }
    let is_word = |c: char| c.is_ascii_alphanumeric() || "+-−/&'".contains(c) || ('\u{C0}'..='\u{52F}').contains(&c);
    let number_and_unit =
        (before.is_ascii_digit() && UNITS.contains(after)) || (UNITS.contains(before) && UNITS.contains(after));
    !(after == ' '
        || NO_START.contains(after)
        || NO_END.contains(before)
        || (is_word(before) && is_word(after))
        || ((before == '.' || before == ',') && after.is_ascii_digit())
        || number_and_unit
        || (before == '—' && after == '—'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn width_of(text: &str) -> f32 {
        text.chars().map(|c| if c.is_ascii() { 1.0 } else { 2.0 }).sum()
    }

    #[track_caller]
    fn check(text: &str, width: f32, expected: &[&str]) {
        assert_eq!(lines(text, width, &width_of), expected);
    }

    #[test]
    fn marks_stay_with_their_words() {
        check("全年产量创下新高，达到四十吨。", 16.0, &["全年产量创下新", "高，达到四十吨。"]);
        check("他说“好收成”的年份", 10.0, &["他说", "“好收成”", "的年份"]);
        check("产值948亿美元以上", 11.0, &["产值", "948亿美元以", "上"]);
        check("rice and wheat", 9.0, &["rice and", "wheat"]);
        check("", 9.0, &[""]);
    }

    #[test]
    fn what_does_not_fit_is_cut_with_a_sign() {
        assert_eq!(elided("全年产量创下新高", 10.0, &width_of), "全年产量…");
        assert_eq!(elided("全年，产量", 7.0, &width_of), "全年…");
        assert_eq!(elided("全年", 10.0, &width_of), "全年");
    }
}
