//! The corrections of all open documents, each with what was read before them.

use super::{Applied, Change, Edit, Hidden, apply_edits};
use crate::model::Document;
use std::collections::BTreeMap;

/// The corrections of one document.
#[derive(Debug, Clone, Default)]
struct Beside {
    changes: Vec<Change>,
    stale: Vec<usize>,
    read: Document,
}

/// The corrections of all open documents, by index in `Corpus::entries`. Changed through `Corpus` alone, which puts
/// the corrected documents in the place of the others.
#[derive(Debug, Clone, Default)]
pub struct EditBook {
    besides: BTreeMap<usize, Beside>,
    hidden: Hidden,
    version: u64,
}

impl EditBook {
    /// Another number after every correction, as long as the book is the same one.
    pub const fn version(&self) -> u64 {
        self.version
    }

    /// What was corrected in a document, in the order in which it was done.
    pub fn changes(&self, doc: usize) -> &[Change] {
        self.besides.get(&doc).map(|beside| beside.changes.as_slice()).unwrap_or_default()
    }

    /// Which of them no longer apply, by index: the words they are about are gone.
    pub fn stale(&self, doc: usize) -> &[usize] {
        self.besides.get(&doc).map(|beside| beside.stale.as_slice()).unwrap_or_default()
    }

    /// The document as it was read; `None` where nothing was corrected in it.
    pub fn read(&self, doc: usize) -> Option<&Document> {
        self.besides.get(&doc).map(|beside| &beside.read)
    }

    /// The documents that have corrections.
    pub fn docs(&self) -> impl Iterator<Item = usize> + '_ {
        self.besides.keys().copied()
    }

    /// Whether hidden events are shown.
    pub const fn hidden(&self) -> Hidden {
        self.hidden
    }

    /// How many things are hidden in all documents.
    pub fn n_hidden(&self) -> usize {
        let changes = self.besides.values().flat_map(|beside| &beside.changes);
        changes.filter(|change| matches!(change.edit, Edit::Hide { .. })).count()
    }

    /// The document with its corrections, given as it is now; `text` is its text. Without corrections what was read.
    pub(in crate::corpus) fn with(&mut self, doc: usize, now: Document, text: &str, changes: Vec<Change>) -> Document {
        let read = self.besides.remove(&doc).map_or(now, |beside| beside.read);
        self.correct(doc, read, text, changes)
    }

    /// A document was read anew: its corrections, where it has any, are applied to `read`.
    pub(in crate::corpus) fn read_again(&mut self, doc: usize, read: Document, text: &str) -> Document {
        let changes = self.besides.remove(&doc).map(|beside| beside.changes).unwrap_or_default();
        self.correct(doc, read, text, changes)
    }

    /// The documents have other indices now; those that have none are gone, with their corrections.
    pub(in crate::corpus) fn renumber(&mut self, moved: &BTreeMap<usize, usize>) {
        let besides = std::mem::take(&mut self.besides);
        self.besides = besides.into_iter().filter_map(|(doc, beside)| Some((*moved.get(&doc)?, beside))).collect();
        self.version += 1;
    }

    /// Shows hidden events or leaves them out, from the next correction on.
    pub(in crate::corpus) const fn set_hidden(&mut self, hidden: Hidden) {
        self.hidden = hidden;
    }

    fn correct(&mut self, doc: usize, read: Document, text: &str, changes: Vec<Change>) -> Document {
        self.version += 1;
        if changes.is_empty() {
            return read;
        }
        let edits = changes.iter().map(|change| &change.edit);
        let Applied { document, stale } = apply_edits(&read, text, edits, self.hidden);
        self.besides.insert(doc, Beside { changes, stale, read });
        document
    }
}
