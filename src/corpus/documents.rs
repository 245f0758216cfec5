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
/// An index of so many events takes longer to make than a frame may.
const BESIDE_FROM_EVENTS: usize = 100_000;
/// Counts every change of every corpus, so that no two states have the same number.
static CHANGES: AtomicU64 = AtomicU64::new(1);

/// All documents that are open.
#[derive(Debug, Clone)]
pub struct Corpus {
    /// In the order they were opened.
    pub entries: Entries,
    index: OnceLock<Arc<EventIndex>>,
    edits: EditBook,
    stamp: u64,
    /// Documents that have changed since the index was made, each with the stamp of that change.
    stale: BTreeMap<usize, u64>,
    /// From so many events on an index is made anew beside the window.
    beside_from: usize,
}

impl Default for Corpus {
    fn default() -> Self {
        Self {
            entries: Entries::default(),
            index: OnceLock::new(),
            edits: EditBook::default(),
            stamp: 0,
            stale: BTreeMap::new(),
            beside_from: BESIDE_FROM_EVENTS,
        }
    }
}

/// An index to be made anew, on a thread that does not draw.
#[derive(Debug)]
pub struct Reindexing {
    before: Arc<EventIndex>,
    docs: Vec<(usize, Entry)>,
    stamp: u64,
}

/// An index that was made anew.
#[derive(Debug)]
pub struct Reindexed {
    before: Arc<EventIndex>,
    index: EventIndex,
    stamp: u64,
}

impl Reindexing {
    /// Makes it, which takes some seconds for millions of events.
    pub fn run(self) -> Reindexed {
        let Self { before, docs, stamp } = self;
        let index = before.replaced(docs.iter().map(|(doc, entry)| (*doc, entry)));
        if before.has_groups() {
            index.put_series_together();
        }
        Reindexed { before, index, stamp }
    }
}

/// Documents that are to come behind the others, on a thread that does not draw.
#[derive(Debug)]
pub struct Joining {
    before: Arc<EventIndex>,
    others: Vec<Corpus>,
}

/// What is ready to come behind the others.
#[derive(Debug)]
pub struct Joined {
    before: Arc<EventIndex>,
    others: Vec<Corpus>,
    index: EventIndex,
}

impl Joining {
    /// Makes the index of all.
    pub fn run(self) -> Joined {
        let Self { before, others } = self;
        let index = before.joined_all(others.iter().map(|other| other.index().as_ref()));
        Joined { before, others, index }
    }
}

impl Corpus {
    /// Of these documents.
    pub fn new(entries: Vec<Entry>) -> Self {
        Self { entries: entries.into(), stamp: next_stamp(), ..Self::default() }
    }

    /// Of documents that were indexed when they were opened; `index` must be of them.
    pub fn indexed(entries: Vec<Entry>, index: Arc<EventIndex>) -> Self {
        debug_assert_eq!(entries.len(), index.n_docs(), "the index is of other documents");
        Self { entries: entries.into(), index: OnceLock::from(index), stamp: next_stamp(), ..Self::default() }
    }

    /// Of documents that stay where they are, with the index that was kept of them.
    pub fn kept(bodies: Arc<dyn Bodies>, index: Arc<EventIndex>) -> Self {
        Self {
            entries: Entries::far(bodies, index.docs().clone()),
            index: OnceLock::from(index),
            stamp: next_stamp(),
            ..Self::default()
        }
    }

    /// The index of all events, built when it is asked for first. In a large corpus it may be that of before the last
    /// corrections, until the new one is there ([`Self::to_reindex`]).
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

    /// The index that is to be made anew after corrections, so that no correction waits for it: one in millions of events
    /// takes seconds. `None` where the index is that of the documents as they are.
    pub fn to_reindex(&self) -> Option<Reindexing> {
        let docs: Vec<(usize, Entry)> =
            self.stale.keys().filter_map(|&doc| Some((doc, self.entries.get(doc)?.clone()))).collect();
        let before = self.index.get().filter(|_| !docs.is_empty())?;
        Some(Reindexing { before: Arc::clone(before), docs, stamp: self.stamp })
    }

    /// Takes an index that was made anew, unless documents have come or gone meanwhile; then nothing changes, and it is
    /// to be made once more. What was corrected meanwhile is still to be made, too. Answers the index of before: giving
    /// its memory back takes longer than a frame, so it is best dropped on another thread.
    pub fn take_reindexed(&mut self, made: Reindexed) -> Arc<EventIndex> {
        let Reindexed { before, index, stamp } = made;
        if self.index.get().is_some_and(|index| Arc::ptr_eq(index, &before)) {
            self.index = OnceLock::from(Arc::new(index));
            self.stale.retain(|_, changed| *changed > stamp);
            self.stamp = next_stamp();
        }
        before
    }

    /// Has the index made anew at once where that is to be done.
    pub fn settle(&mut self) {
        if let Some(work) = self.to_reindex() {
            self.take_reindexed(work.run());
        }
    }

    /// Whether an index of so many events is made beside the window.
    pub fn is_large(&self) -> bool {
        self.index().len() >= self.beside_from
    }

    /// Documents that shall come behind the others, in order; the work of joining their indices, which takes seconds where
    /// there are millions of events.
    pub fn to_join(&self, others: Vec<Self>) -> Joining {
        Joining { before: Arc::clone(self.index()), others }
    }

    /// Adds what was joined. Answers the index of before, as [`Self::take_reindexed`] does.
    ///
    /// # Errors
    /// The documents have changed meanwhile: here are the others, to be joined once more.
    pub fn take_joined(&mut self, joined: Joined) -> Result<Arc<EventIndex>, Vec<Self>> {
        let Joined { before, others, index } = joined;
        if !Arc::ptr_eq(self.index(), &before) {
            return Err(others);
        }
        let entries = self.entries.changed();
        others.into_iter().for_each(|other| entries.extend(other.entries.into_vec()));
        self.index = OnceLock::from(Arc::new(index));
        self.stamp = next_stamp();
        Ok(before)
    }

    /// From so many events on an index is made anew beside the window.
    pub const fn reindex_beside_from(&mut self, n_events: usize) {
        self.beside_from = n_events;
    }

    /// Adds documents behind the others.
    pub fn add(&mut self, entries: Vec<Entry>) {
        self.settle();
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
        self.set_all_changes([(doc, changes)]);
    }

    /// As [`Self::set_changes`], of many documents.
    pub fn set_all_changes(&mut self, all: impl IntoIterator<Item = (usize, Vec<Change>)>) {
        let mut corrected = Vec::new();
        for (doc, changes) in all {
            if changes.is_empty() && self.edits.changes(doc).is_empty() {
                continue;
            }
            let Some(entry) = self.entries.get(doc) else { continue };
            let mut body = entry.clone().into_body();
            body.document = self.edits.with(doc, body.document, &body.text, changes);
            corrected.push((doc, body.into()));
        }
        self.put_all(corrected);
    }

    /// Shows hidden events, marked as such, or leaves them out.
    pub fn show_hidden(&mut self, hidden: Hidden) {
        if self.edits.hidden() == hidden {
            return;
        }
        self.edits.set_hidden(hidden);
        let all: Vec<(usize, Vec<Change>)> =
            self.edits.docs().map(|doc| (doc, self.edits.changes(doc).to_vec())).collect();
        self.set_all_changes(all);
    }

    /// Adds the documents of another corpus behind the others; nothing of them is read.
    pub fn join(&mut self, mut other: Self) {
        self.settle();
        other.settle();
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
        entries.into_iter().for_each(|(doc, entry)| self.entries.set(doc, entry));
        if docs.is_empty() {
            return;
        }
        if self.index.get().is_some_and(|index| index.len() >= self.beside_from) {
            self.stamp = next_stamp();
            self.stale.extend(docs.into_iter().map(|doc| (doc, self.stamp)));
            return;
        }
        let of =
            |index: Arc<EventIndex>| index.replaced(docs.iter().filter_map(|&doc| Some((doc, self.entries.get(doc)?))));
        let changed = self.index.take().map(of);
        self.changed(changed);
    }

    /// Takes documents out; those behind them move up. Answers where each of the others stands now.
    pub fn remove(&mut self, gone: &BTreeSet<usize>) -> BTreeMap<usize, usize> {
        self.settle();
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
        self.stale.clear();
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        corpus::{
            ReadOptions,
            edits::{Edit, Target},
            index::Row,
            read,
        },
        text::Source,
        warn::Reporter,
    };

    fn entry(path: &str, text: &str) -> Entry {
        let source = Source::of(path, text);
        read(source, &ReadOptions::default(), Reporter::new())
    }

    fn entries() -> Vec<Entry> {
        vec![
            entry("a.txt", "2023年5月4日，大桥开工。2024年9月2日，大桥通车。"),
            entry("b.txt", "2021年3月1日，铁路开工。2022年4月5日，铁路通车。"),
        ]
    }

    /// What the index says, in order.
    fn rows(corpus: &Corpus) -> Vec<Row> {
        corpus.index().rows().iter_from(0).collect()
    }

    /// Hides the event of document `doc` with these words.
    fn hiding(corpus: &Corpus, doc: usize, words: &str) -> (usize, Vec<Change>) {
        let entry = &corpus.entries[doc];
        let event = entry.document.events.iter().position(|event| event.title.contains(words)).unwrap();
        let target = Target::event(&entry.document, &entry.text, event).unwrap();
        let mut changes = corpus.edits().changes(doc).to_vec();
        changes.push(Change { edit: Edit::Hide { target }, at: 0 });
        (doc, changes)
    }

    #[test]
    fn an_index_made_beside_the_window_is_the_one_that_is_made_at_once() {
        let mut at_once = Corpus::new(entries());
        let mut beside = at_once.clone();
        beside.reindex_beside_from(0);
        let before = rows(&beside);
        assert!(beside.to_reindex().is_none());
        for (doc, words) in [(0, "开工"), (1, "通车")] {
            let (doc, changes) = hiding(&at_once, doc, words);
            at_once.set_changes(doc, changes.clone());
            beside.set_changes(doc, changes);
        }
        // The documents are corrected, the index is that of before.
        assert_eq!(beside.entries[0].document.events, at_once.entries[0].document.events);
        assert_eq!(rows(&beside), before);
        let work = beside.to_reindex().unwrap();
        // Meanwhile something else is corrected: it is made next.
        let (doc, changes) = hiding(&at_once, 1, "开工");
        beside.set_changes(doc, changes.clone());
        beside.take_reindexed(work.run());
        assert_ne!(rows(&beside), before);
        at_once.set_changes(doc, changes);
        let work = beside.to_reindex().unwrap();
        beside.take_reindexed(work.run());
        assert_eq!(rows(&beside), rows(&at_once));
        assert_eq!(beside.index().total(), at_once.index().total());
        assert!(beside.to_reindex().is_none());
    }

    #[test]
    fn documents_joined_beside_the_window_stand_as_if_they_had_been_added() {
        let others = || [entry("c.txt", "2025年1月6日，码头开港。"), entry("d.txt", "2020年2月7日，机场启用。")];
        let mut corpus = Corpus::new(entries());
        let work = corpus.to_join(others().map(|entry| Corpus::new(vec![entry])).into());
        let made = work.run();
        corpus.add(vec![entry("e.txt", "2019年8月8日，水库蓄水。")]);
        let again = corpus.take_joined(made).unwrap_err();
        assert_eq!((corpus.entries.len(), again.len()), (3, 2), "documents that came meanwhile are not lost");
        let made = corpus.to_join(again).run();
        corpus.take_joined(made).unwrap();
        let mut expected = Corpus::new(entries());
        expected.add(vec![entry("e.txt", "2019年8月8日，水库蓄水。")]);
        expected.add(others().into());
        assert_eq!(rows(&corpus), rows(&expected));
        let paths = |corpus: &Corpus| -> Vec<String> {
            corpus.entries.iter().map(|entry| entry.document.source.path.clone()).collect()
        };
        assert_eq!(paths(&corpus), paths(&expected));
    }

    #[test]
    fn documents_that_come_and_go_meanwhile_are_in_the_index() {
        let mut corpus = Corpus::new(entries());
        corpus.reindex_beside_from(0);
        let _ = corpus.index();
        let (doc, changes) = hiding(&corpus, 0, "开工");
        corpus.set_changes(doc, changes.clone());
        let late = corpus.to_reindex().unwrap();
        corpus.add(vec![entry("c.txt", "2025年1月6日，码头开港。")]);
        corpus.remove(&BTreeSet::from([1]));
        corpus.take_reindexed(late.run());
        let mut expected = Corpus::new(vec![entries().remove(0), entry("c.txt", "2025年1月6日，码头开港。")]);
        expected.set_changes(0, changes);
        assert_eq!(rows(&corpus), rows(&expected));
        assert_eq!(corpus.index().n_docs(), 2);
    }
}
