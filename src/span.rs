//! Places in a text: half-open byte ranges, and their translation to code points and lines.

use serde::{Deserialize, Serialize};

/// A half-open range `[start, end)` of **bytes** in the decoded text of one document.
///
/// Bytes, because that is what Rust slices by. What leaves the program (the JSON of `nianbiao extract`)
/// counts Unicode code points instead, as the W3C Web Annotation `TextPositionSelector` does; [`CharIndex`]
/// translates. It serialises as `[start, end]`.
///
/// ```
/// use nianbiao::span::Span;
/// let text = "到2024年止";
/// let year = Span::new(3, 10);
/// assert_eq!(year.slice(text), "2024年");
/// assert!(year.overlaps(Span::new(0, 4)));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(from = "(usize, usize)", into = "(usize, usize)")]
pub struct Span {
    /// First byte covered.
    pub start: usize,
    /// First byte no longer covered.
    pub end: usize,
}

impl Span {
    /// The range from `start` up to, not including, `end`.
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// How many bytes are covered.
    pub const fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Whether nothing is covered.
    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// The covered text; empty where the span does not fit `text`.
    pub fn slice(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }

    /// Whether the two share at least one byte.
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether `other` lies wholly inside.
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the byte at `offset` is covered.
    pub const fn covers(self, offset: usize) -> bool {
        self.start <= offset && offset < self.end
    }

    /// The smallest span that holds both.
    pub fn union(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The same length, moved by `by` bytes.
    pub const fn shifted(self, by: usize) -> Self {
        Self { start: self.start + by, end: self.end + by }
    }
}

impl From<(usize, usize)> for Span {
    fn from((start, end): (usize, usize)) -> Self {
        Self { start, end }
    }
}

impl From<Span> for (usize, usize) {
    fn from(span: Span) -> Self {
        (span.start, span.end)
    }
}

/// Translates between byte offsets and code-point offsets of one text, in constant memory per kilobyte.
#[derive(Debug, Clone)]
pub struct CharIndex {
    /// `stops[i]` is how many code points begin before byte `i * STRIDE`.
    stops: Vec<usize>,
    n_chars: usize,
}

/// One stop every so many bytes.
const STRIDE: usize = 256;

/// How many code points begin in `bytes`.
fn n_begun(bytes: &[u8]) -> usize {
    // Few enough a turn for a byte to count them in, which is what makes this fast.
    bytes.chunks(128).map(|part| usize::from(part.iter().map(|&b| u8::from((b as i8) >= -0x40)).sum::<u8>())).sum()
}

impl CharIndex {
    /// Walks `text` once.
    pub fn new(text: &str) -> Self {
        let mut stops = Vec::with_capacity(text.len() / STRIDE + 1);
        let mut n_chars = 0;
        for stretch in text.as_bytes().chunks(STRIDE) {
            stops.push(n_chars);
            n_chars += n_begun(stretch);
        }
        Self { stops, n_chars }
    }

    /// How many code points the text has.
    pub const fn n_chars(&self) -> usize {
        self.n_chars
    }

    /// The code point that begins at or covers byte `byte` of `text` (the text this index was made from).
    pub fn char_from_byte(&self, text: &str, byte: usize) -> usize {
        let byte = byte.min(text.len());
        let stop = byte / STRIDE;
        let Some(before) = self.stops.get(stop) else { return self.n_chars };
        before + n_begun(text.as_bytes().get(stop * STRIDE..byte).unwrap_or_default())
    }

    /// The byte at which code point `char_idx` begins; the text's length past its end.
    pub fn byte_from_char(&self, text: &str, char_idx: usize) -> usize {
        let stop = self.stops.partition_point(|&before| before <= char_idx).saturating_sub(1);
        let (Some(before), from) = (self.stops.get(stop), stop * STRIDE) else { return text.len() };
        let rest = text.as_bytes().get(from..).unwrap_or_default();
        let mut begins = rest.iter().enumerate().filter(|(_, b)| (**b as i8) >= -0x40);
        begins.nth(char_idx - before).map_or(text.len(), |(at, _)| from + at)
    }

    /// A byte span as code points.
    pub fn chars_from_bytes(&self, text: &str, span: Span) -> Span {
        Span::new(self.char_from_byte(text, span.start), self.char_from_byte(text, span.end))
    }

    /// A code-point span as bytes.
    pub fn bytes_from_chars(&self, text: &str, span: Span) -> Span {
        Span::new(self.byte_from_char(text, span.start), self.byte_from_char(text, span.end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_and_chars_go_there_and_back() {
        let text: String = "贸易a额😀948亿".repeat(200);
        let index = CharIndex::new(&text);
        assert_eq!(index.n_chars(), text.chars().count());
        for (char_idx, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(index.char_from_byte(&text, byte), char_idx);
            assert_eq!(index.byte_from_char(&text, char_idx), byte);
        }
        assert_eq!(index.char_from_byte(&text, text.len()), index.n_chars());
        assert_eq!(index.byte_from_char(&text, index.n_chars()), text.len());
    }
}
