//! All documents that are open, and the index of their events that is built once for them.

use super::{
    Bodies, Entries, Entry,
    edits::{Change, EditBook, Hidden},
    index::EventIndex,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Arc, OnceLock,
        atomic::{AtomicU64, Ordering},
    },
};

/// So many documents are fetched without asking.
const MAX_FETCHED: usize = 1_000;
/// Counts every change of every corpus, so that no two states have the same number.
static CHANGES: AtomicU64 = AtomicU64::new(1);

/// All documents that are open.
#[derive(Debug, Clone, Default)]
pub struct Corpus {
    /// In the order they were opened.
    pub entries: Entries,
    index: OnceLock<Arc<EventIndex>>,
    edits: EditBook,
    stamp: u64,
}

impl Corpus {
    /// Of these documents.
    pub fn new(entries: Vec<Entry>) -> Self {
        Self { entries: entries.into(), index: OnceLock::new(), edits: EditBook::default(), stamp: next_stamp() }
    }

    /// Of documents that were indexed when they were opened; `index` must be of them.
    pub fn indexed(entries: Vec<Entry>, index: Arc<EventIndex>) -> Self {
        debug_assert_eq!(entries.len(), index.n_docs(), "the index is of other documents");
        Self { entries: entries.into(), index: OnceLock::from(index), edits: EditBook::default(), stamp: next_stamp() }
    }

    /// Of documents that stay where they are, with the index that was kept of them.
    pub fn kept(bodies: Arc<dyn Bodies>, index: Arc<EventIndex>) -> Self {
        Self {
            entries: Entries::far(bodies, index.docs().clone()),
            index: OnceLock::from(index),
            edits: EditBook::default(),
            stamp: next_stamp(),
        }
    }

    /// The index of all events, built when it is asked for first.
    pub fn index(&self) -> &Arc<EventIndex> {
        self.index.get_or_init(|| Arc::new(EventIndex::new(&self.entries)))
    }

    /// The documents that can be walked within a frame, with their indices: all where few wait to be fetched, else
    /// those in memory.
    pub fn near(&self) -> impl Iterator<Item = (usize, &Entry)> {
        let takes_all = self.entries.len() - self.entries.in_memory().count() <= MAX_FETCHED;
        let all = takes_all.then(|| self.entries.iter().enumerate());
        let near = (!takes_all).then(|| self.entries.in_memory());
        all.into_iter().flatten().chain(near.into_iter().flatten())
    }

    /// A number that is another one after every change: what is worked out from the corpus can be kept under it.
    pub const fn stamp(&self) -> u64 {
        self.stamp
    }

    /// Adds documents behind the others.
    pub fn add(&mut self, entries: Vec<Entry>) {
        let first = self.entries.len();
        // What is in the index already is not read again, for that could fetch a million documents.
        let grown = self.index.take().map(|index| index.with(first, &entries));
        self.entries.changed().extend(entries);
        self.changed(grown);
    }

    /// What the user corrected.
    pub const fn edits(&self) -> &EditBook {
        &self.edits
    }

    /// These are the corrections of a document now, all of them; they take the place of those it had.
    pub fn set_changes(&mut self, doc: usize, changes: Vec<Change>) {
        if changes.is_empty() && self.edits.changes(doc).is_empty() {
            return;
        }
        let Some(entry) = self.entries.changed().get_mut(doc) else { return };
        let mut body = std::mem::take(entry).into_body();
        body.document = self.edits.with(doc, body.document, &body.text, changes);
        self.put_all(vec![(doc, body.into())]);
    }

    /// Shows hidden events, marked as such, or leaves them out.
    pub fn show_hidden(&mut self, hidden: Hidden) {
        if self.edits.hidden() == hidden {
            return;
        }
        self.edits.set_hidden(hidden);
        let docs: Vec<usize> = self.edits.docs().collect();
        for doc in docs {
            let changes = self.edits.changes(doc).to_vec();
            self.set_changes(doc, changes);
        }
    }

    /// Adds the documents of another corpus behind the others; nothing of them is read.
    pub fn join(&mut self, other: Self) {
        if self.entries.is_empty() && self.edits.hidden() == other.edits.hidden() {
            *self = Self { stamp: next_stamp(), ..other };
            return;
        }
        let index = if self.entries.is_empty() {
            Arc::clone(other.index())
        } else {
            Arc::new(self.index().joined(other.index()))
        };
        self.entries.changed().extend(other.entries.into_vec());
        self.index = OnceLock::from(index);
        self.stamp = next_stamp();
    }

    /// Puts `entry`, as it was read, in the place of the document with this index, if there is one. The user's
    /// corrections of that document stay.
    pub fn replace(&mut self, doc: usize, entry: Entry) {
        self.replace_all(vec![(doc, entry)]);
    }

    /// As [`Self::replace`], of many.
    pub fn replace_all(&mut self, entries: Vec<(usize, Entry)>) {
        let corrected = entries.into_iter().map(|(doc, entry)| {
            if self.edits.changes(doc).is_empty() {
                return (doc, entry);
            }
            let mut body = entry.into_body();
            body.document = self.edits.read_again(doc, body.document, &body.text);
            (doc, body.into())
        });
        let corrected = corrected.collect();
        self.put_all(corrected);
    }

    fn put_all(&mut self, entries: Vec<(usize, Entry)>) {
        let docs: Vec<usize> = entries.iter().map(|(doc, _)| *doc).filter(|doc| *doc < self.entries.len()).collect();
        for (doc, entry) in entries {
            if let Some(place) = self.entries.changed().get_mut(doc) {
                *place = entry;
            }
        }
        if docs.is_empty() {
            return;
        }
        let of =
            |index: Arc<EventIndex>| index.replaced(docs.iter().filter_map(|&doc| Some((doc, self.entries.get(doc)?))));
        let changed = self.index.take().map(of);
        self.changed(changed);
    }

    /// Takes documents out; those behind them move up. Answers where each of the others stands now.
    pub fn remove(&mut self, gone: &BTreeSet<usize>) -> BTreeMap<usize, usize> {
        let stay = (0..self.entries.len()).filter(|doc| !gone.contains(doc));
        let moved: BTreeMap<usize, usize> = stay.enumerate().map(|(now, before)| (before, now)).collect();
        let index = self.index.take().map(|index| index.without(&moved));
        let mut doc = 0;
        self.entries.changed().retain(|_| {
            doc += 1;
            !gone.contains(&(doc - 1))
        });
        self.edits.renumber(&moved);
        self.changed(index);
        moved
    }

    /// Closes all.
    pub fn clear(&mut self) {
        self.entries.changed().clear();
        self.edits = EditBook::default();
        self.changed(None);
    }

    fn changed(&mut self, index: Option<EventIndex>) {
        self.index = index.map_or_else(OnceLock::new, |index| OnceLock::from(Arc::new(index)));
        self.stamp = next_stamp();
    }
}

fn next_stamp() -> u64 {
    CHANGES.fetch_add(1, Ordering::Relaxed)
}
