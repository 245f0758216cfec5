//! Sentences and clauses of joined text.

use crate::span::Span;

/// Marks that end a sentence.
const ENDS: &str = "。！？!?…";
/// Marks that may follow an end and still belong to the sentence.
const CLOSERS: &str = "”’」』）)】》";

/// The sentences of `text`, end mark and closing quotes included. They cover it without gaps.
///
/// ```
/// use nianbiao::text::sentences;
/// let text = "总额达948亿美元。“很好。”他说";
/// let parts: Vec<&str> = sentences(text).iter().map(|span| span.slice(text)).collect();
/// assert_eq!(parts, ["总额达948亿美元。", "“很好。”", "他说"]);
/// ```
pub fn sentences(text: &str) -> Vec<Span> {
    split(text, |c| ENDS.contains(c))
}

/// The clauses of `text`: as [`sentences`], and also cut behind ，；：, ; and :.
pub fn clauses(text: &str) -> Vec<Span> {
    split(text, |c| ENDS.contains(c) || "，；：,;".contains(c))
}

fn split(text: &str, is_end: impl Fn(char) -> bool) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if !is_end(c) || is_inside_number(text, at, c) {
            continue;
        }
        let mut end = at + c.len_utf8();
        while let Some(&(next_at, next)) = chars.peek() {
            if !CLOSERS.contains(next) && !is_end(next) {
                break;
            }
            end = next_at + next.len_utf8();
            chars.next();
        }
        spans.push(Span::new(start, end));
        start = end;
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
