//! A page's lines and the page's text → where each character of the text stands.
//!
//! The text was put together from the same lines: some were taken out as running heads, blanks were put between Latin
//! words, a hyphen at the end of a line was left out. So the two are gone through side by side, blanks apart.

use super::Block;
use crate::{
    model::{Area, PageChar},
    span::Span,
};

/// The characters of `text`, the part of the document's text that begins at byte `offset` and stands on this page.
pub(super) fn chars(blocks: &[Block], text: &str, offset: usize) -> Vec<PageChar> {
    let printed: Vec<(usize, char)> = text.char_indices().filter(|(_, c)| !c.is_whitespace()).collect();
    let mut found = Vec::new();
    let mut rest = printed.as_slice();
    for line in blocks.iter().flatten() {
        let chars = line.text.chars().zip(&line.areas).filter(|(c, _)| !c.is_whitespace());
        let chars: Vec<(char, Area)> = chars.map(|(c, area)| (c, *area)).collect();
        let n_same = rest.iter().zip(&chars).take_while(|((_, a), (b, _))| a == b).count();
        let is_hyphened = n_same + 1 == chars.len() && chars.last().is_some_and(|(c, _)| *c == '-');
        if n_same < chars.len() && !is_hyphened {
            // Not in the text: a running head.
            continue;
        }
        let (same, after) = rest.split_at(n_same);
        rest = after;
        for ((at, c), (_, area)) in same.iter().zip(chars) {
            let start = offset + at;
            found.push(PageChar { span: Span::new(start, start + c.len_utf8()), area });
        }
    }
    found
}
