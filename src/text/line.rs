//! Physical lines of a source, with what their layout says: width, gap, indent, and how they end.

use crate::span::Span;

/// Marks that end a sentence, and so may end a paragraph.
const SENTENCE_ENDS: &str = "。！？!?…";
/// Closing marks.
pub(super) const CLOSERS: &str = "”’」』）)】》〉］]";
/// Opening marks.
pub(super) const OPENERS: &str = "“‘「『（(【《〈［[";
/// Marks after which a sentence goes on.
const JOINERS: &str = "，、,－—·～~+＋";

/// How a line ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// With the end of a sentence.
    Sentence,
    /// With ； or ：, which end a line in lists and laws.
    Soft,
    /// With a mark after which the sentence must go on: ，、— or an opening mark.
    GoesOn,
    /// With anything else.
    Bare,
}

/// One line that is not blank.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line {
    /// Without the blanks at its ends.
    pub span: Span,
    /// How many blank lines stand before it.
    pub gap: u32,
    /// Width of the blanks before its first character, in quarter characters.
    pub indent: u32,
    /// Its width in quarter characters: a han character is 4, a Latin letter or digit 2, a Chinese mark 3, since
    /// type-setters close up some of them.
    pub width: u32,
    /// `width` without the punctuation at its end, which may hang outside the column.
    pub core_width: u32,
    /// How it ends.
    pub end: End,
    /// Level of a Markdown heading (`## …` is 2); 0 for other lines.
    pub markdown: u8,
    /// Bytes of the line that are Markdown's heading mark and the blanks behind it.
    pub n_mark_bytes: usize,
    /// Whether it is a row of a table.
    pub is_row: bool,
}

impl Line {
    /// What stands on the line, the heading mark left out.
    pub fn content(&self) -> Span {
        Span::new(self.span.start + self.n_mark_bytes, self.span.end)
    }
}

/// Whether `c` prints nothing: blanks, controls, zero-width and direction marks.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}')
        // Variation selectors, the byte-order mark in the middle of a text.
        || matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0100}'..='\u{e01ef}')
}

/// Whether `c` prints nothing and takes no room either.
pub(super) fn is_invisible(c: char) -> bool {
    is_blank(c) && !c.is_whitespace()
}

/// Whether `c` ends a line.
pub(super) fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// A han character, kana or full-width form, rather than a letter or digit of half its width.
pub(super) fn is_wide(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{2027}' | '\u{2e80}'..='\u{ff60}' | '\u{ffe0}'..='\u{ffe6}' | '\u{20000}'..='\u{3ffff}')
}

/// Han characters in `text`.
pub(super) fn n_han(text: &str) -> usize {
    text.chars().filter(|&c| is_han(c)).count()
}

/// Whether `c` is a han character.
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' | '〇')
}

/// The width of a character in quarter characters.
fn quarters(c: char) -> u32 {
    match c {
        _ if is_invisible(c) => 0,
        '，' | '。' | '、' | '；' | '：' | '！' | '？' | '（' | '）' => 3,
        '\u{300a}'..='\u{3011}' | '\u{2010}'..='\u{201f}' => 3,
        _ if is_wide(c) => 4,
        _ => 2,
    }
}

/// The width of `text` in quarter characters; what stands most often is told by its bytes, as [`quarters`] has it.
pub(super) fn width(text: &str) -> u32 {
    let bytes = text.as_bytes();
    let (mut sum, mut at) = (0, 0);
    while let Some(rest) = bytes.get(at..) {
        let (wide, len) = match *rest {
            [] => break,
            [0xE4..=0xE9, ..] => (4, 3),
            [b' '..=b'~', ..] => (2, 1),
            // 、。《 and their like, and ，；：！？（）; the others beside them are wide.
            [0xE3, 0x80, 0x81 | 0x82 | 0x8A..=0x91, ..] => (3, 3),
            [0xEF, 0xBC, 0x81 | 0x88 | 0x89 | 0x8C | 0x9A | 0x9B | 0x9F, ..] => (3, 3),
            [0xE3, 0x80, ..] | [0xEF, 0xBC, ..] => (4, 3),
            _ => {
                let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else { break };
                (quarters(c), c.len_utf8())
            }
        };
        sum += wide;
        at += len;
    }
    sum
}

/// Where the next line break from byte `at` on stands, and where the line behind it begins.
fn next_break(text: &str, mut at: usize) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    loop {
        let next = match *bytes.get(at)? {
            // Chinese characters and their marks are three bytes each and none of them ends a line.
            0xE3..=0xEF => at + 3,
            b'\r' if bytes.get(at + 1) == Some(&b'\n') => return Some((at, at + 2)),
            b'\n' | b'\r' | 0xb | 0xc => return Some((at, at + 1)),
            0xC2 if bytes.get(at + 1) == Some(&0x85) => return Some((at, at + 2)),
            0xE2 if matches!(bytes.get(at + 1..at + 3), Some([0x80, 0xA8 | 0xA9])) => return Some((at, at + 3)),
            _ => at + 1,
        };
        at = next;
    }
}

/// The lines of `text` that are not blank. CR, LF, CRLF, form feeds and the line and paragraph separators of
/// Unicode all end a line.
pub(super) fn lines(text: &str) -> Vec<Line> {
    let mut found: Vec<Line> = Vec::new();
    let mut gap = 0;
    let mut start = 0;
    while start <= text.len() {
        let (end, next) = next_break(text, start).unwrap_or((text.len(), text.len() + 1));
        match line(text, Span::new(start, end), gap) {
            Some(line) => {
                found.push(line);
                gap = 0;
            }
            None => gap += 1,
        }
        start = next;
    }
    found
}

fn line(text: &str, span: Span, gap: u32) -> Option<Line> {
    let raw = span.slice(text);
    let trimmed = raw.trim_start_matches(is_blank);
    let lead = raw.len() - trimmed.len();
    let body = trimmed.trim_end_matches(is_blank);
    if body.is_empty() {
        return None;
    }
    let span = Span::new(span.start + lead, span.start + lead + body.len());
    let indent = raw.get(..lead).map_or(0, width);
    let hanging = body.trim_end_matches(|c: char| "，。、；：！？”’」』）》".contains(c));
    let full = width(body);
    let core_width = full - body.get(hanging.len()..).map_or(0, width);
    let (markdown, n_mark_bytes) = heading_mark(body);
    Some(Line { span, gap, indent, width: full, core_width, end: end_of(body), markdown, n_mark_bytes, is_row: false })
}

/// `## Title` → (2, 3).
fn heading_mark(body: &str) -> (u8, usize) {
    // In a text with blanks between all characters the marks stand apart too.
    let rest = body.trim_start_matches("# #").trim_start_matches('#');
    let level = body.get(..body.len() - rest.len()).map_or(0, |mark| mark.matches('#').count());
    let title = rest.trim_start_matches(is_blank);
    if (1..=6).contains(&level) && title.len() < rest.len() && !title.is_empty() {
        (u8::try_from(level).unwrap_or(6), body.len() - title.len())
    } else {
        (0, 0)
    }
}

fn end_of(body: &str) -> End {
    let core = body.trim_end_matches(|c| CLOSERS.contains(c));
    let Some(last) = body.chars().next_back() else { return End::Bare };
    let is_closed = core.len() < body.len();
    match core.chars().next_back() {
        Some(c) if SENTENCE_ENDS.contains(c) => End::Sentence,
        Some('.') if !is_closed && core.chars().rev().nth(1).is_some_and(|c| c.is_ascii_lowercase()) => End::Sentence,
        _ if is_closed => End::Bare,
        _ if "；：;:".contains(last) => End::Soft,
        _ if JOINERS.contains(last) || OPENERS.contains(last) => End::GoesOn,
        _ => End::Bare,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_tell_the_width_that_characters_have() {
        for c in '\0'..='\u{3ffff}' {
            assert_eq!(width(&c.to_string()), quarters(c), "{c:?}");
        }
        assert_eq!(width("大桥，9月。"), 4 * 3 + 3 * 2 + 2);
    }

    #[test]
    fn every_kind_of_line_end_counts() {
        let text = "甲\r\n\r\n乙\r丙\n\u{3000}\u{3000}丁。\u{2029}## 戊";
        let found = lines(text);
        let words: Vec<&str> = found.iter().map(|line| line.content().slice(text)).collect();
        assert_eq!(words, ["甲", "乙", "丙", "丁。", "戊"]);
        assert_eq!(found.iter().map(|line| line.gap).collect::<Vec<_>>(), [0, 1, 0, 0, 0]);
        assert_eq!((found[3].indent, found[3].end, found[4].markdown), (8, End::Sentence, 2));
    }

    #[test]
    fn widths_count_quarter_characters() {
        assert_eq!(width("达 948亿“元”"), 26);
    }
}
