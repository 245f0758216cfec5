//! How long a title may be, and what its characters are.

/// Longest title, in characters.
pub const MAX_CHARS: usize = 30;
/// A clause longer than this loses what a timeline can do without.
pub const GOOD_CHARS: usize = 18;

/// Whether a character parts clauses.
pub fn is_edge(c: char) -> bool {
    matches!(c, '，' | '。' | '；' | '：' | '、' | ',' | ';' | ':' | '.' | '!' | '！' | '？' | '?' | '—' | '…')
        || c.is_whitespace()
}

/// Length in characters.
pub fn n_chars(text: &str) -> usize {
    text.chars().count()
}

/// Whether a figure is in it, half-width or full-width.
pub fn has_digit(text: &str) -> bool {
    text.chars().any(|c| c.is_ascii_digit() || ('０'..='９').contains(&c))
}
