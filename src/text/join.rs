//! A stretch of the source → joined text: which line breaks and blanks go, which characters are folded.

use super::{
    Clean, CleanBuilder,
    line::{is_blank, is_break, is_han, is_invisible},
};
use crate::span::Span;

/// How the blanks of a document are to be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Style {
    /// A blank stands between all characters: a single one means nothing.
    pub is_spaced: bool,
    /// Tags such as `<p>` stand in the text and are no part of it.
    pub has_tags: bool,
    /// What its blanks keep apart.
    pub blanks: Blanks,
}

/// What blanks keep apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Blanks {
    /// Words: a single one beside a figure is the type-setter's.
    #[default]
    Words,
    /// The cells of a row, by tabs or wide blanks: a single plain one means nothing here either.
    WideCells,
    /// The cells of a row, a blank each.
    Cells,
}

/// What becomes of a line break inside the stretch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Seam {
    /// Nothing, but for a blank between Latin words.
    Close,
    /// One blank: the lines of a headline that are set as two phrases.
    Blank,
}

/// The joined text of `span` of `text`.
pub(super) fn join(text: &str, span: Span, style: Style, seam: Seam) -> Clean {
    let stretch = span.slice(text);
    let builder = CleanBuilder::with_capacity(stretch.len());
    let mut out = Joiner { builder, pending: None, last: None, before_last: None, style, seam };
    let mut at = 0;
    while at < stretch.len() {
        let plain = plain_len(stretch, at);
        if plain > 0 {
            out.plain(text, stretch.get(at..at + plain).unwrap_or_default(), span.start + at);
            at += plain;
            continue;
        }
        let rest = stretch.get(at..).unwrap_or_default();
        let Some(c) = rest.chars().next() else { break };
        let offset = span.start + at;
        if c == '<'
            && style.has_tags
            && let Some(len) = tag_len(rest)
        {
            out.blank(offset, len, Pause::Invisible);
            at += len;
            continue;
        }
        at += c.len_utf8();
        if !is_blank(c) {
            let next = stretch.get(at..).and_then(|rest| rest.chars().find(|&c| !is_invisible(c)));
            out.print(text, c, next, offset);
            continue;
        }
        let kind = if is_break(c) {
            Pause::Break
        } else if is_invisible(c) {
            Pause::Invisible
        } else {
            Pause::Set
        };
        out.blank(offset, c.len_utf8(), kind);
    }
    out.builder.finish()
}

/// How many bytes from `at` on are characters that stay as they are wherever they stand: no blanks, no `<`, nothing
/// that is folded.
fn plain_len(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    let mut end = at;
    while let Some(&byte) = bytes.get(end) {
        end += match byte {
            0xE4..=0xE9 => 3,
            b'!'..=b';' | b'='..=b'~' => 1,
            0xE3 if bytes.get(end + 1..end + 3) != Some(&[0x80, 0x80]) => 3,
            // “ ” ‘ ’ — …
            0xE2 if matches!(bytes.get(end + 1..end + 3), Some([0x80, 0x90..=0xA7])) => 3,
            // ！（），：；？
            0xEF if matches!(
                bytes.get(end + 1..end + 3),
                Some([0xBC, 0x81 | 0x88 | 0x89 | 0x8C | 0x9A | 0x9B | 0x9F])
            ) =>
            {
                3
            }
            _ => break,
        };
    }
    end - at
}

/// Length of the tag `rest` begins with, if it begins with one that lays out text.
pub(super) fn tag_len(rest: &str) -> Option<usize> {
    let end = rest.bytes().take(64).position(|b| b == b'>')? + 1;
    let name = rest.get(1..end - 1)?.trim_start_matches('/');
    let name = name.split(|c: char| !c.is_ascii_alphanumeric()).next()?;
    matches!(name, "p" | "strong" | "b" | "br" | "em" | "i" | "span" | "div" | "a" | "font").then_some(end)
}

/// Whether `text` lays itself out with tags.
pub(super) fn has_tags(text: &str) -> bool {
    text.contains("</p>") || text.contains("<br")
}

/// Whether a character that begins with these bytes is one from U+4E00 to U+9FFF.
fn is_common_han(first: u8, second: Option<&u8>) -> bool {
    matches!(first, 0xE5..=0xE9) || first == 0xE4 && second.is_some_and(|&second| second >= 0xB8)
}

/// Whether nearly all pairs of neighbouring han characters of `text` have a blank between them.
pub(super) fn is_spaced(text: &str) -> bool {
    let (mut close, mut apart) = (0_usize, 0_usize);
    let mut is_behind_han = false;
    let mut n_blanks = 0;
    let bytes = text.as_bytes();
    let (mut at, mut n_chars) = (0, 0);
    while n_chars < 20_000
        && let Some(&byte) = bytes.get(at)
    {
        let is_han_here = if is_common_han(byte, bytes.get(at + 1)) {
            // Nearly all; one right behind the other they are close.
            let from = at;
            while bytes.get(at).is_some_and(|&byte| is_common_han(byte, bytes.get(at + 1))) {
                at += 3;
            }
            let n_run = ((at - from) / 3).min(20_000 - n_chars);
            n_chars += n_run;
            close += n_run - 1;
            true
        } else {
            n_chars += 1;
            let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else { break };
            at += c.len_utf8();
            if is_break(c) {
                is_behind_han = false;
                continue;
            }
            if is_blank(c) {
                n_blanks += 1;
                continue;
            }
            is_han(c)
        };
        if is_han_here && is_behind_han {
            close += usize::from(n_blanks == 0);
            apart += usize::from(n_blanks == 1);
        }
        is_behind_han = is_han_here;
        n_blanks = 0;
    }
    apart > 12 && apart > close * 4
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pause {
    Invisible,
    Set,
    Break,
}

#[derive(Debug, Clone, Copy)]
struct Pending {
    start: usize,
    end: usize,
    n_set: usize,
    has_break: bool,
}

struct Joiner {
    builder: CleanBuilder,
    pending: Option<Pending>,
    last: Option<char>,
    before_last: Option<char>,
    style: Style,
    seam: Seam,
}

impl Joiner {
    fn blank(&mut self, offset: usize, len: usize, kind: Pause) {
        let pending = self.pending.get_or_insert(Pending { start: offset, end: offset, n_set: 0, has_break: false });
        pending.end = offset + len;
        pending.n_set += usize::from(kind == Pause::Set);
        pending.has_break |= kind == Pause::Break;
    }

    /// Takes over `stretch`, which stands at `offset`, as it is.
    fn plain(&mut self, text: &str, stretch: &str, offset: usize) {
        let mut chars = stretch.chars();
        let Some(first) = chars.next() else { return };
        if let Some(pending) = self.pending.take()
            && let Some(last) = self.last
        {
            self.settle(text, pending, last, first);
        }
        self.builder.push(stretch, offset);
        let mut ends = stretch.chars().rev();
        let last = ends.next();
        self.before_last = ends.next().or(self.last);
        self.last = last;
    }

    fn print(&mut self, text: &str, c: char, next: Option<char>, offset: usize) {
        if let Some(pending) = self.pending.take()
            && let Some(last) = self.last
        {
            self.settle(text, pending, last, c);
        }
        match folded(c, self.last, next) {
            Some(replacement) => {
                let mut buffer = [0; 4];
                self.builder.push_replaced(replacement.encode_utf8(&mut buffer), offset, c.len_utf8());
                self.before_last = self.last.replace(replacement);
            }
            None => {
                let mut buffer = [0; 4];
                self.builder.push(c.encode_utf8(&mut buffer), offset);
                self.before_last = self.last.replace(c);
            }
        }
    }

    /// Keeps or leaves out the blanks between `last` and `c`.
    fn settle(&mut self, text: &str, pending: Pending, last: char, c: char) {
        let Pending { start, end, n_set, has_break } = pending;
        if has_break {
            let words = last.is_ascii_graphic()
                && c.is_ascii_alphanumeric()
                && (last.is_ascii_alphabetic() || c.is_ascii_alphabetic());
            if words && !self.style.is_spaced || self.seam == Seam::Blank {
                self.builder.push_replaced(" ", start, end - start);
            }
            return;
        }
        let n_kept = if self.style.is_spaced { n_set / 2 } else { n_set };
        let parts_cells = match self.style.blanks {
            Blanks::Words => false,
            Blanks::WideCells => text.get(start..end) != Some(" "),
            Blanks::Cells => true,
        };
        if n_kept == 0 || n_kept == 1 && !parts_cells && self.is_set_blank(last, c) {
            return;
        }
        if n_set == 1 || n_kept > 1 && n_kept == n_set {
            self.builder.push(text.get(start..end).unwrap_or(" "), start);
        } else {
            self.builder.push_replaced(" ", start, end - start);
        }
    }

    /// Whether one blank between `last` and `c` is the type-setter's: 2024年 9月, 超过 120 万, 六月 二十二日. A
    /// blank that keeps two numbers apart is not (周三 10点 has one, 其三 2024年 too).
    fn is_set_blank(&self, last: char, c: char) -> bool {
        let is_number = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
        if is_number(last) {
            return is_han(c) && !"一二三四五六七八九〇零两".contains(c) || matches!(c, '%' | '％' | '℃');
        }
        if is_number(c) {
            let names_a_day = self.before_last.is_some_and(|before| "周期拜初十".contains(before));
            return is_han(last) && (!"一二三四五六七八九十百千〇零两".contains(last) || names_a_day);
        }
        "年月日号时点分".contains(last) && (is_numeral(c) || "上下早晚中凌傍清午".contains(c))
    }
}

fn is_numeral(c: char) -> bool {
    "一二三四五六七八九十〇零廿卅".contains(c)
}

/// Full-width digits and letters as half-width ones, radicals as the characters they look like.
fn folded(c: char, last: Option<char>, next: Option<char>) -> Option<char> {
    match c {
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '％' => char::from_u32(u32::from(c) - 0xfee0),
        '．' if last.is_some_and(|c| c.is_ascii_digit()) && next.is_some_and(|c| ('０'..='９').contains(&c)) => {
            Some('.')
        }
        '\u{2f00}'..='\u{2fd5}' => KANGXI.chars().nth((u32::from(c) - 0x2f00) as usize),
        _ => None,
    }
}

/// The 214 radicals of the Kangxi dictionary, as ordinary characters; PDF readers often return the radicals.
const KANGXI: &str = "一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈戶手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠";

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(text: &str) -> String {
        let style = Style { is_spaced: is_spaced(text), has_tags: has_tags(text), ..Style::default() };
        join(text, Span::new(0, text.len()), style, Seam::Close).text().to_owned()
    }

    #[test]
    fn set_blanks_go_and_others_stay() {
        for (source, expected) in [
            ("出口 1.2 亿吨", "出口1.2亿吨"),
            ("2019年 5月", "2019年5月"),
            ("3 日晚 7 时", "3日晚7时"),
            ("五月 初三", "五月 初三"),
            ("五月 三日 上午九点", "五月三日上午九点"),
            ("周三 10点", "周三10点"),
            ("其三 2019年", "其三 2019年"),
            ("2019 2020 2021", "2019 2020 2021"),
            ("甲  12  乙", "甲  12  乙"),
            ("2019\n\n年", "2019年"),
            ("open\nsource", "open source"),
            ("达\n120 万", "达120万"),
            ("１９９７年增长１２．１％", "1997年增长12.1%"),
            ("⽉⼤", "月大"),
            ("增\u{200b}长", "增长"),
            ("2024\u{200b}年\u{fe00}9\u{2060}月", "2024年9月"),
            ("<p>甲乙</p>", "甲乙"),
        ] {
            assert_eq!(joined(source), expected, "{source}");
        }
    }

    #[test]
    fn blanks_between_all_characters_go() {
        let source: String = "今年五月三日起全省水库开始蓄水 2019 年完工".chars().flat_map(|c| [c, ' ']).collect();
        assert_eq!(joined(&source), "今年五月三日起全省水库开始蓄水2019年完工");
    }

    #[test]
    fn there_are_214_radicals() {
        assert_eq!(KANGXI.chars().count(), 214);
    }
}
