//! Sentences and clauses of joined text.

use crate::span::Span;

/// Whether `c` may follow an end and still belong to the sentence.
const fn is_closer(c: char) -> bool {
    matches!(c, '”' | '’' | '」' | '』' | '）' | ')' | '】' | '》')
}

/// The sentences of `text`, end mark and closing quotes included. They cover it without gaps.
///
/// ```
/// use nianbiao::text::sentences;
/// let text = "总额达948亿美元。“很好。”他说";
/// let parts: Vec<&str> = sentences(text).iter().map(|span| span.slice(text)).collect();
/// assert_eq!(parts, ["总额达948亿美元。", "“很好。”", "他说"]);
/// ```
pub fn sentences(text: &str) -> Vec<Span> {
    split(text, false)
}

/// The clauses of `text`: as [`sentences`], and also cut behind ，；：, ; and :.
pub fn clauses(text: &str) -> Vec<Span> {
    split(text, true)
}

/// Whether `c` ends a sentence or, where clauses are wanted, a clause.
const fn is_end(c: char, clauses: bool) -> bool {
    matches!(c, '。' | '！' | '？' | '!' | '?' | '…') || clauses && matches!(c, '，' | '；' | '：' | ',' | ';')
}

/// The next byte from `at` on where a character that may be a mark begins. Marks are ASCII or of the blocks that
/// begin with E2, E3 and EF; Chinese characters begin with E4 to E9 and are stepped over.
fn next_mark(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        match *bytes.get(at)? {
            0xE4..=0xE9 => at += 3,
            b'!' | b'?' | b',' | b';' | 0xE2 | 0xE3 | 0xEF => return Some(at),
            _ => at += 1,
        }
    }
}

fn split(text: &str, clauses: bool) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while let Some(mark) = next_mark(text.as_bytes(), at) {
        let Some(c) = text.get(mark..).and_then(|rest| rest.chars().next()) else { break };
        at = mark + c.len_utf8();
        if !is_end(c, clauses) || is_inside_number(text, mark, c) {
            continue;
        }
        while let Some(next) = text.get(at..).and_then(|rest| rest.chars().next())
            && (is_closer(next) || is_end(next, clauses))
        {
            at += next.len_utf8();
        }
        spans.push(Span::new(start, at));
        start = at;
    }
    if start < text.len() {
        spans.push(Span::new(start, text.len()));
    }
    spans
}

/// A comma between digits (12,345) cuts nothing.
fn is_inside_number(text: &str, at: usize, c: char) -> bool {
    let digit = |b: Option<&u8>| b.is_some_and(u8::is_ascii_digit);
    let bytes = text.as_bytes();
    c == ',' && at > 0 && digit(bytes.get(at - 1)) && digit(bytes.get(at + 1))
}
