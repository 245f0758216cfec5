//! Breaks short texts (titles, notes, labels) into lines by [`super::linebreak`], measured as they will be set.

use super::linebreak::{self, Break};
use crate::span::Span;

/// Never before a sign that something was left out.
const NO_END: &str = "（《〈「『【〔“‘$¥€£([{，、：；";

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

/// Two lines of about one length rather than a full one and a rest; otherwise as they come.
pub fn balanced(text: &str, width: f32, width_of: &dyn Fn(&str) -> f32) -> Vec<String> {
    let broken = lines(text, width, width_of);
    if broken.len() != 2 {
        return broken;
    }
    // A mark near the middle is the best place of all.
    let at_marks = text.char_indices().filter(|(_, c)| "：，；。？！".contains(*c));
    let ends = at_marks.map(|(at, c)| at + c.len_utf8()).filter(|&end| end < text.len() && may_break(text, end));
    let halves = ends.filter_map(|end| text.split_at_checked(end));
    let longer = |(a, b): &(&str, &str)| width_of(a.trim_end()).max(width_of(b.trim()));
    let best = halves.min_by(|a, b| longer(a).total_cmp(&longer(b)));
    if let Some((first, second)) = best.filter(|best| longer(best) <= width.min(width_of(text) * 0.7)) {
        return vec![first.trim_end().to_owned(), second.trim().to_owned()];
    }
    let full = width_of(text);
    let ways = (0..12u8).map(|step| full * (0.5 + 0.03 * f32::from(step))).take_while(|narrower| *narrower < width);
    ways.map(|narrower| lines(text, narrower, width_of)).find(|rows| rows.len() == 2).unwrap_or(broken)
}

/// The text if it fits, else as much of it as does with … behind.
pub fn elided(text: &str, width: f32, width_of: &dyn Fn(&str) -> f32) -> String {
    if width_of(text) <= width {
        return text.to_owned();
    }
    let mut kept: Vec<char> = text.chars().collect();
    while kept.pop().is_some() {
        while kept.last().is_some_and(|&c| c == ' ' || c.is_ascii_digit() || NO_END.contains(c)) {
            // Nor in a number: 9… for 948亿 would be another number.
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
    let mut whole = short_quotes(text);
    let meets_quote = |date: &Span| whole.iter().any(|quote| quote.start < date.end && date.start < quote.end);
    let dates: Vec<Span> = dates(text).into_iter().filter(|date| !meets_quote(date)).collect();
    whole.extend(dates);
    whole.sort_unstable_by_key(|span| span.start);
    let levels = linebreak::breaks(text, &whole);
    let mut starts: Vec<usize> = text
        .char_indices()
        .zip(levels)
        .filter(|(_, level)| matches!(level, Break::May | Break::Must))
        .map(|((byte_idx, _), _)| byte_idx)
        .filter(|&byte_idx| may_break(text, byte_idx))
        .collect();
    starts.push(text.len());
    starts.windows(2).filter_map(|ends| text.get(*ends.first()?..*ends.last()?)).collect()
}

/// Whether the marks on both sides allow it, blanks between them left out: where text is odd, the rules of blanks
/// would let a line end with an opening mark.
fn may_break(text: &str, byte_idx: usize) -> bool {
    let before = text.get(..byte_idx).and_then(|before| before.trim_end().chars().next_back());
    let after = text.get(byte_idx..).and_then(|after| after.trim_start().chars().next());
    !before.is_some_and(|c| "（《〈「『【“‘".contains(c))
        && !after.is_some_and(|c| "，。、；：！？）》〉」』】”’·".contains(c))
}

/// A date is not split: at most this many characters.
const LONGEST_DATE: usize = 12;

/// Dates: 公元前175年, 2012年11月8日.
fn dates(text: &str) -> Vec<Span> {
    let is_of_date = |c: char| c.is_ascii_digit() || "公元前约年月日".contains(c);
    let mut out = Vec::new();
    let mut run: Option<Span> = None;
    for (at, c) in text.char_indices().chain(std::iter::once((text.len(), ' '))) {
        match (&mut run, is_of_date(c)) {
            (Some(run), true) => run.end = at + c.len_utf8(),
            (None, true) => run = Some(Span::new(at, at + c.len_utf8())),
            (_, false) => out.extend(run.take().filter(|run| {
                let date = run.slice(text);
                date.chars().any(|c| c.is_ascii_digit()) && date.chars().count() <= LONGEST_DATE
            })),
        }
    }
    out
}

/// Marks that come in pairs.
const PAIRS: [(char, char); 4] = [('“', '”'), ('（', '）'), ('《', '》'), ('「', '」')];

/// Quotations, remarks and titles of a few characters, with their marks.
fn short_quotes(text: &str) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    for (start, c) in text.char_indices() {
        let Some((_, closing)) = PAIRS.iter().find(|(opening, _)| *opening == c) else { continue };
        let Some(rest) = text.get(start..) else { continue };
        let Some(end) = rest.find(*closing).map(|at| start + at + closing.len_utf8()) else { continue };
        let span = Span::new(start, end);
        let is_outside = out.last().is_none_or(|last| last.end <= start);
        if is_outside && span.slice(text).chars().count() <= LONG_QUOTE + 2 {
            out.push(span);
        }
    }
    out
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
        check("从公元前175年到今天", 14.0, &["从公元前175年", "到今天"]);
        assert_eq!(balanced("河上的桥：从公元前175年到今天", 26.0, &width_of), ["河上的桥：", "从公元前175年到今天"]);
        check("产值948亿美元以上", 11.0, &["产值", "948亿美元以", "上"]);
        check("展馆（天津）外挂起会旗", 12.0, &["展馆（天津）", "外挂起会旗"]);
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
