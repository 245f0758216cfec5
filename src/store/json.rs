//! The public JSON: one [`Document`] a line, or several as a parsed corpus.

use crate::{corpus::Entry, model::Document, span::CharIndex};

/// The document of `entry` with spans in code points, ready to be serialised.
pub fn public(entry: &Entry) -> Document {
    let index = CharIndex::new(&entry.text);
    let mut document = entry.document.clone();
    document.map_spans(|span| index.chars_from_bytes(&entry.text, span));
    document
}
