//! The events of a corpus in order of time: small, built once, asked every frame.
//!
//! ```text
//! Document ─[digest]→ Digest ─┐
//! Document ─[digest]→ Digest ─┼─[EventIndex]→ rows by time ─[CountIndex]→ how many in a stretch, in microseconds
//! a file   ───────────────────┘                            └[PeakIndex]→ the most significant in a stretch
//! ```
//!
//! A row holds what every view asks of every event (when, where, how exact, how significant) in about 40 bytes; the
//! words stay in the documents, which are fetched for the few events that are drawn. An index that is kept ([`kept`])
//! holds its long lists in pages ([`Column`]), so that one of ten million events is opened without being read.

pub mod bytes;
mod column;
mod count;
mod digest;
pub mod kept;
pub mod lane;
mod names;
mod peak;
mod row;
mod series_bytes;
mod shelf;
mod spread;
mod writing;

pub use column::{Cell, Column, Pages};
pub use count::CountIndex;
pub use digest::{Digest, DigestRow, PointDigest, SeriesDigest, digest};
pub use lane::{LaneIndex, Rows};
pub use names::{NameId, Names};
pub use peak::PeakIndex;
pub use row::{DocRow, Row, Traits};
pub use series_bytes::{put_series, take_series};
pub use shelf::{KINDS, MAX_GROUPS, PlaceLanes, Shelf, ShelfBy, sample};
pub use spread::{SPREAD_FROM_SECS, Spread};
pub use writing::{Writing, WrittenMonth};

use super::{Counts, Entry, SeriesGroup, series, when::When};
use rayon::prelude::*;
use std::{
    collections::{BTreeMap, HashSet},
    sync::{Arc, OnceLock},
};

/// So many series are put together within a frame.
const MAX_SERIES_AT_ONCE: usize = 20_000;
/// Stands for “not in the index”.
const NONE: u32 = u32::MAX;

/// One event that can be placed in time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EventRow {
    /// Index in `Corpus::entries`.
    pub doc: u32,
    /// Index in `Document::events`.
    pub event: u32,
    /// Index in `Document::articles`.
    pub article: u32,
    /// Where; [`NameId::NONE`] where it names no place.
    pub place: NameId,
    /// When.
    pub when: When,
    /// What sort of event.
    pub traits: Traits,
}

/// A series of a document, as lists show it.
#[derive(Debug, Clone, PartialEq)]
pub struct SeriesRow {
    /// Index in `Corpus::entries`.
    pub doc: u32,
    /// Index in `Document::series`.
    pub series: u32,
    /// The rest.
    pub digest: SeriesDigest,
}

/// A tag that the user gave an event.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct TagRow {
    /// The word.
    pub tag: String,
    /// Index in `Corpus::entries`.
    pub doc: u32,
    /// Index in `Document::events`.
    pub event: u32,
}

/// How much is in all documents together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Totals {
    /// Articles.
    pub articles: usize,
    /// Events, dated or not.
    pub events: usize,
    /// Quantities.
    pub quantities: usize,
    /// Series.
    pub series: usize,
    /// Warnings.
    pub warnings: usize,
}

impl Totals {
    const fn plus(self, counts: &Counts) -> Self {
        Self {
            articles: self.articles + counts.articles as usize,
            events: self.events + counts.events as usize,
            quantities: self.quantities + counts.quantities as usize,
            series: self.series + counts.series as usize,
            warnings: self.warnings + counts.warnings as usize,
        }
    }
}

/// How many events there are of each sort.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tallies {
    /// Of each class, in the order of `Exactness::ALL`.
    pub exactness: [u32; 8],
    /// Of articles of each kind, in the order of [`KINDS`].
    pub kinds: [u32; 5],
}

/// All events that can be placed, by middle, then place in the corpus.
#[derive(Debug, Clone, Default)]
pub struct EventIndex {
    rows: Column<Row>,
    /// For each event of the corpus in the order of the documents: its row, or [`NONE`].
    by_event: Column<u32>,
    docs: Column<DocRow>,
    writing: OnceLock<Writing>,
    names: Names,
    series: kept::SeriesRows,
    /// By word, then by place in the corpus.
    tags: Vec<TagRow>,
    groups: OnceLock<Arc<Vec<SeriesGroup>>>,
    /// Those of the index that this one was made of, to be shown until they are put together anew.
    earlier_groups: Option<Arc<Vec<SeriesGroup>>>,
    n_other_quantities: usize,
    n_undated: usize,
    tallies: Tallies,
    extent: Option<(i64, i64)>,
    all: CountIndex,
    total: Totals,
    shelf: Option<Arc<Shelf>>,
}

impl EventIndex {
    /// Reads all of `entries` once, on all cores.
    pub fn new(entries: &[Entry]) -> Self {
        let digests: Vec<Digest> = entries.par_iter().map(|entry| digest(&entry.document, &entry.text)).collect();
        Self::from_digests(digests)
    }

    /// Of documents in the order of the corpus.
    pub fn from_digests(digests: impl IntoIterator<Item = Digest>) -> Self {
        Self::default().with_digests(0, digests)
    }

    /// The index after `entries` have come behind the others, the first of them at `first`.
    pub fn with(&self, first: usize, entries: &[Entry]) -> Self {
        let digests: Vec<Digest> = entries.par_iter().map(|entry| digest(&entry.document, &entry.text)).collect();
        self.with_digests(first, digests)
    }

    /// As [`Self::with`], of digests.
    pub fn with_digests(&self, first: usize, digests: impl IntoIterator<Item = Digest>) -> Self {
        let mut draft = IndexDraft::of(self);
        for (idx, digest) in digests.into_iter().enumerate() {
            draft.put(first + idx, digest);
        }
        draft.finish().after(self)
    }

    /// The index of these documents and, behind them, those of `other`.
    pub fn joined(&self, other: &Self) -> Self {
        self.joined_all([other])
    }

    /// As [`Self::joined`], of several others, one behind the other.
    pub fn joined_all<'a>(&self, others: impl IntoIterator<Item = &'a Self>) -> Self {
        let mut draft = IndexDraft::of(self);
        for other in others {
            let first = draft.docs.len() as u32;
            let theirs = IndexDraft::of(other);
            let places: Vec<NameId> = other.names.iter().map(|name| draft.names.intern(name)).collect();
            draft.loose.extend(theirs.loose.into_iter().map(|Loose { row, title_hash }| {
                let place = places.get(row.place.0 as usize).copied().unwrap_or(NameId::NONE);
                Loose { row: Row { doc: row.doc + first, place, ..row }, title_hash }
            }));
            draft.series.extend(theirs.series.into_iter().map(|row| SeriesRow { doc: row.doc + first, ..row }));
            draft.tags.extend(theirs.tags.into_iter().map(|row| TagRow { doc: row.doc + first, ..row }));
            draft.docs.extend(theirs.docs);
        }
        draft.finish().after(self)
    }

    /// This one, made of another in which the documents had the same places.
    fn after(self, earlier: &Self) -> Self {
        let earlier_groups = earlier.groups.get().or(earlier.earlier_groups.as_ref()).cloned();
        Self { earlier_groups, ..self }
    }

    /// The index after these documents have taken the places of others.
    pub fn replaced<'a>(&self, entries: impl IntoIterator<Item = (usize, &'a Entry)>) -> Self {
        let digests: Vec<(usize, Digest)> =
            entries.into_iter().map(|(doc, entry)| (doc, digest(&entry.document, &entry.text))).collect();
        let mut draft = IndexDraft::of(self);
        let gone: HashSet<u32> = digests.iter().map(|(doc, _)| *doc as u32).collect();
        draft.loose.retain(|loose| !gone.contains(&loose.row.doc));
        draft.series.retain(|row| !gone.contains(&row.doc));
        draft.tags.retain(|row| !gone.contains(&row.doc));
        for (doc, digest) in digests {
            draft.put(doc, digest);
        }
        draft.finish().after(self)
    }

    /// The index after documents have got other indices; those that have none are gone.
    pub fn without(&self, moved: &BTreeMap<usize, usize>) -> Self {
        let mut draft = IndexDraft::of(self);
        let now = |doc: u32| moved.get(&(doc as usize)).map(|doc| *doc as u32);
        draft.loose = draft
            .loose
            .into_iter()
            .filter_map(|Loose { row, title_hash }| Some(Loose { row: Row { doc: now(row.doc)?, ..row }, title_hash }))
            .collect();
        draft.series =
            draft.series.into_iter().filter_map(|row| Some(SeriesRow { doc: now(row.doc)?, ..row })).collect();
        let docs = draft.docs.into_iter().enumerate();
        draft.docs = docs.filter(|(doc, _)| moved.contains_key(doc)).map(|(_, row)| row).collect();
        draft.finish()
    }

    /// How many documents it is of.
    pub const fn n_docs(&self) -> usize {
        self.docs.len()
    }

    /// How many events can be placed in time.
    pub const fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether no event can be placed.
    pub const fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Events that cannot be placed (a missing year, 近年来).
    pub const fn n_undated(&self) -> usize {
        self.n_undated
    }

    /// How much is in a document.
    pub fn counts(&self, doc: usize) -> Counts {
        self.docs.get(doc).map(|doc| doc.counts).unwrap_or_default()
    }

    /// What is known of each document, in order.
    pub const fn docs(&self) -> &Column<DocRow> {
        &self.docs
    }

    /// How much is in all documents.
    pub const fn total(&self) -> Totals {
        self.total
    }

    /// When the documents were written.
    pub fn writing(&self) -> &Writing {
        self.writing.get_or_init(|| Writing::new(&self.docs))
    }

    /// The first and the last day on which documents were written, counted from 1970; a hundredth of them may lie
    /// before and behind, for a misread date is no period.
    pub fn written_extent(&self) -> Option<(i32, i32)> {
        let writing = self.writing();
        let day = |at: usize| self.docs.get(writing.order.get(at)? as usize)?.written;
        let spare = writing.n_dated / 100;
        Some((day(spare)?, day(writing.n_dated.checked_sub(spare + 1)?)?))
    }

    /// The user's own tags by word, each with the rows of its events in order; events that cannot be placed are
    /// left out, and so is a tag that none but they have.
    pub fn tagged(&self) -> Vec<(&str, Vec<u32>)> {
        let groups = self.tags.chunk_by(|a, b| a.tag == b.tag);
        let rows = |group: &[TagRow]| {
            let mut rows: Vec<u32> =
                group.iter().filter_map(|row| self.row_of(row.doc as usize, row.event as usize)).collect();
            rows.sort_unstable();
            rows
        };
        let named = groups.filter_map(|group| Some((group.first()?.tag.as_str(), rows(group))));
        named.filter(|(_, rows)| !rows.is_empty()).collect()
    }

    /// The series of all documents, by document. Where they are kept in pages, they are read when somebody asks first.
    pub fn series(&self) -> &[SeriesRow] {
        self.series.all()
    }

    /// The series of all documents, each measure told by several as one, those of most times first. Few are put
    /// together when they are asked for first; of many there are those of before, or none, until
    /// [`Self::put_series_together`].
    pub fn groups(&self) -> &[SeriesGroup] {
        if self.series.len() <= MAX_SERIES_AT_ONCE {
            return self.put_series_together();
        }
        self.groups.get().or(self.earlier_groups.as_ref()).map_or(&[], |groups| groups.as_slice())
    }

    /// Puts the series together, which takes seconds where there are millions: not on a thread that draws.
    pub fn put_series_together(&self) -> &[SeriesGroup] {
        self.groups.get_or_init(|| Arc::new(series::groups(self.series(), self.n_docs())))
    }

    /// Whether [`Self::groups`] tells all.
    pub fn has_groups(&self) -> bool {
        self.series.len() <= MAX_SERIES_AT_ONCE || self.groups.get().is_some()
    }

    /// Quantities that belong to no series of two points or more.
    pub const fn n_other_quantities(&self) -> usize {
        self.n_other_quantities
    }

    /// The places that events name.
    pub const fn names(&self) -> &Names {
        &self.names
    }

    /// All of them by time, to be counted.
    pub const fn all(&self) -> &CountIndex {
        &self.all
    }

    /// The event of a row.
    pub fn row(&self, row: u32) -> Option<EventRow> {
        let found = self.rows.get(row as usize)?;
        let Row { doc, event, article, place, traits, .. } = found;
        Some(EventRow { doc, event, article, place, when: found.when(), traits })
    }

    /// All rows, to be walked.
    pub const fn rows(&self) -> &Column<Row> {
        &self.rows
    }

    /// When the event of a row was.
    pub fn when(&self, row: u32) -> Option<When> {
        Some(self.rows.get(row as usize)?.when())
    }

    /// The moment a row's glyph stands at, in whole seconds.
    pub fn middle(&self, row: u32) -> i64 {
        self.rows.get(row as usize).map_or(0, |row| row.middle())
    }

    /// The row of an event; `None` where it has no time.
    pub fn row_of(&self, doc: usize, event: usize) -> Option<u32> {
        let doc = self.docs.get(doc).filter(|doc| event < doc.counts.events as usize)?;
        let row = self.by_event.get(doc.first_event as usize + event)?;
        (row != NONE).then_some(row)
    }

    /// How many events there are of each sort.
    pub const fn tallies(&self) -> &Tallies {
        &self.tallies
    }

    /// First and last moment of all events; `None` where there are none.
    pub const fn extent(&self) -> Option<(i64, i64)> {
        self.extent
    }

    /// Lanes that were kept with it.
    pub const fn shelf(&self) -> Option<&Arc<Shelf>> {
        self.shelf.as_ref()
    }
}

/// A row before it is sorted into the columns.
#[derive(Debug, Clone, Copy)]
struct Loose {
    row: Row,
    title_hash: u32,
}

impl Loose {
    fn key(&self) -> (i64, u32, u32) {
        (self.row.middle(), self.row.doc, self.row.event)
    }
}

/// An index while it is put together.
#[derive(Debug, Default)]
pub struct IndexDraft {
    loose: Vec<Loose>,
    docs: Vec<DocRow>,
    names: Names,
    series: Vec<SeriesRow>,
    tags: Vec<TagRow>,
}

impl IndexDraft {
    fn of(index: &EventIndex) -> Self {
        Self {
            loose: index.rows.iter_from(0).map(|row| Loose { row, title_hash: 0 }).collect(),
            docs: index.docs.iter_from(0).collect(),
            names: index.names.clone(),
            series: index.series().to_vec(),
            tags: index.tags.clone(),
        }
    }

    /// Adds a document whose place is empty.
    pub fn put(&mut self, doc: usize, digest: Digest) {
        let Digest { rows, places, written, counts, series, n_other_quantities, tags } = digest;
        let number = doc as u32;
        self.docs.resize(self.docs.len().max(doc + 1), DocRow::default());
        if let Some(old) = self.docs.get_mut(doc) {
            *old = DocRow { written, counts, n_other_quantities, ..*old };
        }
        let places: Vec<NameId> = places.iter().map(|place| self.names.intern(place)).collect();
        self.loose.extend(rows.iter().map(|row| Loose {
            row: Row {
                start: row.start,
                end: row.end,
                doc: number,
                event: row.event,
                article: row.article,
                place: row.place.and_then(|idx| places.get(idx as usize)).copied().unwrap_or(NameId::NONE),
                traits: row.traits,
            },
            title_hash: row.title_hash,
        }));
        let series = series.into_iter().map(|(series, digest)| SeriesRow { doc: number, series, digest });
        self.series.extend(series);
        self.tags.extend(tags.into_iter().map(|(event, tag)| TagRow { tag, doc: number, event }));
    }

    /// The index of all that was put.
    pub fn finish(self) -> EventIndex {
        let Self { mut loose, mut docs, mut names, mut series, mut tags } = self;
        loose.par_sort_unstable_by_key(Loose::key);
        series.sort_by_key(|row| (row.doc, row.series));
        tags.sort_unstable();
        raise_repeated(&mut loose);
        let mut n_events = 0_u32;
        for doc in &mut docs {
            doc.first_event = n_events;
            n_events = n_events.saturating_add(doc.counts.events);
        }
        let rows: Vec<Row> = loose.iter().map(|loose| loose.row).collect();
        drop(loose);
        let mut by_event = vec![NONE; n_events as usize];
        let mut tallies = Tallies::default();
        for (number, row) in rows.iter().enumerate() {
            let at = docs.get(row.doc as usize).map(|doc| (doc.first_event + row.event) as usize);
            if let Some(place) = at.and_then(|at| by_event.get_mut(at)) {
                *place = number as u32;
            }
            tallies.count(row.traits);
        }
        let total = docs.iter().fold(Totals::default(), |sum, doc| sum.plus(&doc.counts));
        names.count(rows.iter().map(|row| row.place));
        let first = rows.iter().map(|row| row.start).min();
        let extent = first.zip(rows.iter().map(|row| row.end).max()).map(|(first, last)| (first, last.max(first)));
        EventIndex {
            all: CountIndex::new(rows.len(), |ordinal| rows.get(ordinal).map_or(0, Row::middle)),
            n_undated: (n_events as usize).saturating_sub(rows.len()),
            n_other_quantities: docs.iter().map(|doc| doc.n_other_quantities as usize).sum(),
            rows: rows.into(),
            by_event: by_event.into(),
            docs: docs.into(),
            writing: OnceLock::new(),
            names,
            tags,
            series: series.into(),
            groups: OnceLock::new(),
            earlier_groups: None,
            tallies,
            extent,
            total,
            shelf: None,
        }
    }
}

impl Tallies {
    fn count(&mut self, traits: Traits) {
        if let Some(n) = self.exactness.get_mut(usize::from(traits.exactness.number())) {
            *n += 1;
        }
        let kind = KINDS.iter().position(|kind| *kind == traits.kind);
        if let Some(n) = kind.and_then(|kind| self.kinds.get_mut(kind)) {
            *n += 1;
        }
    }
}

/// An event that several documents tell on the same day in the same words is the more significant.
fn raise_repeated(loose: &mut [Loose]) {
    let day = |row: &Loose| row.key().0.div_euclid(86_400);
    for group in loose.chunk_by_mut(|a, b| day(a) == day(b)) {
        if group.len() < 2 {
            continue;
        }
        let told = group.iter().filter(|one| one.title_hash != 0).map(|one| (one.title_hash, one.row.doc));
        let mut told: Vec<(u32, u32)> = told.collect();
        told.sort_unstable();
        told.dedup();
        for row in group.iter_mut().filter(|row| row.title_hash != 0) {
            let from = told.partition_point(|(hash, _)| *hash < row.title_hash);
            let to = told.partition_point(|(hash, _)| *hash <= row.title_hash);
            let times = (to - from).saturating_sub(1).min(6) as u8;
            let rank = &mut row.row.traits.rank;
            *rank = rank.saturating_add(times * (*rank / 6));
        }
    }
}

#[cfg(test)]
mod tests;
