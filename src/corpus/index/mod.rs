//! The events of a corpus in order of time: small, built once, asked every frame.
//!
//! ```text
//! Document ─[digest]→ Digest ─┐
//! Document ─[digest]→ Digest ─┼─[EventIndex]→ rows by time ─[CountIndex]→ how many in a stretch, in microseconds
//! a file   ───────────────────┘                            └[PeakIndex]→ the most significant in a stretch
//! ```
//!
//! A row holds what every view asks of every event (when, where, how exact, how significant) in about 40 bytes; the
//! words stay in the documents, which are fetched for the few events that are drawn.

mod count;
mod digest;
mod names;
mod peak;

pub use count::CountIndex;
pub use digest::{Digest, DigestRow, PointDigest, SeriesDigest, digest};
pub use names::{NameId, Names};
pub use peak::PeakIndex;

use super::{
    Counts, Entry, SeriesGroup, series,
    when::{Exactness, When},
};
use crate::model::ArticleKind;
use rayon::prelude::*;
use std::{collections::HashSet, sync::OnceLock};

/// So many series are put together within a frame.
const MAX_SERIES_AT_ONCE: usize = 20_000;
/// Stands for “not in the index”.
const NONE: u32 = u32::MAX;

/// The small facts of a row in four bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Traits {
    /// How exactly its time is known.
    pub exactness: Exactness,
    /// Its grain, from the coarsest, as the digest numbers them.
    pub grain: u8,
    /// The kind of its article.
    pub kind: ArticleKind,
    /// How significant it is: the higher, the sooner it is named.
    pub rank: u8,
}

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

/// All events that can be placed, in columns, by middle, then place in the corpus.
#[derive(Debug, Clone, Default)]
pub struct EventIndex {
    starts: Vec<i64>,
    ends: Vec<i64>,
    docs: Vec<u32>,
    events: Vec<u32>,
    articles: Vec<u32>,
    places: Vec<NameId>,
    traits: Vec<Traits>,
    /// For each event of the corpus in the order of the documents: its row, or [`NONE`].
    rows: Vec<u32>,
    /// Where a document's events begin in `rows`; one more than there are documents.
    first_event: Vec<u32>,
    /// How much is in each document.
    counts: Vec<Counts>,
    names: Names,
    series: Vec<SeriesRow>,
    /// By word, then by place in the corpus.
    tags: Vec<TagRow>,
    groups: OnceLock<Vec<SeriesGroup>>,
    n_other_quantities: usize,
    n_undated: usize,
    other_quantities: Vec<u32>,
    written: Vec<Option<i32>>,
    all: CountIndex,
    total: Totals,
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
        let mut draft = Draft::of(self);
        for (idx, digest) in digests.into_iter().enumerate() {
            draft.put(first + idx, digest);
        }
        draft.finish()
    }

    /// The index of these documents and, behind them, those of `other`.
    pub fn joined(&self, other: &Self) -> Self {
        let mut draft = Draft::of(self);
        let first = self.n_docs() as u32;
        let theirs = Draft::of(other);
        let places: Vec<NameId> = other.names.iter().map(|name| draft.names.intern(name)).collect();
        draft.loose.extend(theirs.loose.into_iter().map(|row| Loose {
            doc: row.doc + first,
            place: places.get(row.place.0 as usize).copied().unwrap_or(NameId::NONE),
            ..row
        }));
        draft.series.extend(theirs.series.into_iter().map(|row| SeriesRow { doc: row.doc + first, ..row }));
        draft.tags.extend(theirs.tags.into_iter().map(|row| TagRow { doc: row.doc + first, ..row }));
        draft.counts.extend(theirs.counts);
        draft.other_quantities.extend(theirs.other_quantities);
        draft.written.extend(theirs.written);
        draft.finish()
    }

    /// The index after these documents have taken the places of others.
    pub fn replaced<'a>(&self, entries: impl IntoIterator<Item = (usize, &'a Entry)>) -> Self {
        let digests: Vec<(usize, Digest)> =
            entries.into_iter().map(|(doc, entry)| (doc, digest(&entry.document, &entry.text))).collect();
        let mut draft = Draft::of(self);
        let gone: HashSet<u32> = digests.iter().map(|(doc, _)| *doc as u32).collect();
        draft.loose.retain(|row| !gone.contains(&row.doc));
        draft.series.retain(|row| !gone.contains(&row.doc));
        draft.tags.retain(|row| !gone.contains(&row.doc));
        for (doc, digest) in digests {
            draft.put(doc, digest);
        }
        draft.finish()
    }

    /// How many documents it is of.
    pub fn n_docs(&self) -> usize {
        self.counts.len()
    }

    /// How many events can be placed in time.
    pub fn len(&self) -> usize {
        self.starts.len()
    }

    /// Whether no event can be placed.
    pub fn is_empty(&self) -> bool {
        self.starts.is_empty()
    }

    /// Events that cannot be placed (a missing year, 近年来).
    pub const fn n_undated(&self) -> usize {
        self.n_undated
    }

    /// How much is in a document.
    pub fn counts(&self, doc: usize) -> Counts {
        self.counts.get(doc).copied().unwrap_or_default()
    }

    /// How much is in all documents.
    pub const fn total(&self) -> Totals {
        self.total
    }

    /// The day a document was written, counted from 1970.
    pub fn written(&self, doc: usize) -> Option<i32> {
        self.written.get(doc).copied().flatten()
    }

    /// The first and the last day on which documents were written, counted from 1970; a hundredth of them may lie
    /// before and behind, for a misread date is no period.
    pub fn written_extent(&self) -> Option<(i32, i32)> {
        let mut days: Vec<i32> = self.written.iter().copied().flatten().collect();
        days.sort_unstable();
        let spare = days.len() / 100;
        Some((*days.get(spare)?, *days.get(days.len().checked_sub(spare + 1)?)?))
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

    /// The series of all documents, by document.
    pub fn series(&self) -> &[SeriesRow] {
        &self.series
    }

    /// The series of all documents, each measure told by several as one, those of most times first. Few are put
    /// together when they are asked for first; of many there are none before [`Self::put_series_together`].
    pub fn groups(&self) -> &[SeriesGroup] {
        if self.series.len() <= MAX_SERIES_AT_ONCE {
            return self.put_series_together();
        }
        self.groups.get().map_or(&[], Vec::as_slice)
    }

    /// Puts the series together, which takes seconds where there are millions: not on a thread that draws.
    pub fn put_series_together(&self) -> &[SeriesGroup] {
        self.groups.get_or_init(|| series::groups(&self.series, self.n_docs()))
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
        let at = row as usize;
        let traits = *self.traits.get(at)?;
        Some(EventRow {
            doc: *self.docs.get(at)?,
            event: *self.events.get(at)?,
            article: *self.articles.get(at)?,
            place: *self.places.get(at)?,
            when: self.when(row)?,
            traits,
        })
    }

    /// When the event of a row was.
    pub fn when(&self, row: u32) -> Option<When> {
        let at = row as usize;
        let traits = self.traits.get(at)?;
        Some(When {
            start: *self.starts.get(at)? as f64,
            end: *self.ends.get(at)? as f64,
            exactness: traits.exactness,
            precision_secs: digest::precision_secs(traits.grain),
        })
    }

    /// The moment a row's glyph stands at, in whole seconds.
    pub fn middle(&self, row: u32) -> i64 {
        let at = row as usize;
        let (start, end) = (self.starts.get(at).copied().unwrap_or(0), self.ends.get(at).copied().unwrap_or(0));
        let exactness = self.traits.get(at).map_or(Exactness::Moment, |traits| traits.exactness);
        middle_of(start, end, exactness)
    }

    /// The row of an event; `None` where it has no time.
    pub fn row_of(&self, doc: usize, event: usize) -> Option<u32> {
        let first = *self.first_event.get(doc)? as usize;
        let end = *self.first_event.get(doc + 1)? as usize;
        let row = *self.rows.get(first + event).filter(|_| first + event < end)?;
        (row != NONE).then_some(row)
    }

    /// The columns that a filter or a grouping reads, all of the same length.
    pub fn columns(&self) -> Columns<'_> {
        Columns {
            starts: &self.starts,
            ends: &self.ends,
            docs: &self.docs,
            articles: &self.articles,
            places: &self.places,
            traits: &self.traits,
        }
    }

    /// First and last moment of all events; `None` where there are none.
    pub fn extent(&self) -> Option<(i64, i64)> {
        let first = self.starts.par_iter().copied().min()?;
        Some((first, self.ends.par_iter().copied().max()?.max(first)))
    }
}

/// The columns of an index.
#[derive(Debug, Clone, Copy)]
pub struct Columns<'a> {
    /// Beginnings, seconds from 1970.
    pub starts: &'a [i64],
    /// Ends, exclusive.
    pub ends: &'a [i64],
    /// Indices in `Corpus::entries`.
    pub docs: &'a [u32],
    /// Indices in `Document::articles`.
    pub articles: &'a [u32],
    /// Places.
    pub places: &'a [NameId],
    /// The rest.
    pub traits: &'a [Traits],
}

/// As `When::middle`, in whole seconds.
fn middle_of(start: i64, end: i64, exactness: Exactness) -> i64 {
    match exactness {
        Exactness::Before => start,
        Exactness::After => end,
        _ => start + (end - start) / 2,
    }
}

/// A row before it is sorted into the columns.
#[derive(Debug, Clone, Copy)]
struct Loose {
    start: i64,
    end: i64,
    doc: u32,
    event: u32,
    article: u32,
    place: NameId,
    traits: Traits,
    title_hash: u32,
}

impl Loose {
    fn key(&self) -> (i64, u32, u32) {
        (middle_of(self.start, self.end, self.traits.exactness), self.doc, self.event)
    }
}

/// An index while it is put together.
struct Draft {
    loose: Vec<Loose>,
    counts: Vec<Counts>,
    names: Names,
    series: Vec<SeriesRow>,
    tags: Vec<TagRow>,
    other_quantities: Vec<u32>,
    written: Vec<Option<i32>>,
}

impl Draft {
    fn of(index: &EventIndex) -> Self {
        let loose = (0..index.len())
            .filter_map(|at| {
                Some(Loose {
                    start: *index.starts.get(at)?,
                    end: *index.ends.get(at)?,
                    doc: *index.docs.get(at)?,
                    event: *index.events.get(at)?,
                    article: *index.articles.get(at)?,
                    place: *index.places.get(at)?,
                    traits: *index.traits.get(at)?,
                    title_hash: 0,
                })
            })
            .collect();
        Self {
            loose,
            counts: index.counts.clone(),
            names: index.names.clone(),
            series: index.series.clone(),
            tags: index.tags.clone(),
            other_quantities: index.other_quantities.clone(),
            written: index.written.clone(),
        }
    }

    /// Adds a document whose place is empty.
    fn put(&mut self, doc: usize, digest: Digest) {
        let Digest { rows, places, written, counts, series, n_other_quantities, tags } = digest;
        let number = doc as u32;
        let n_docs = self.counts.len().max(doc + 1);
        self.counts.resize(n_docs, Counts::default());
        self.other_quantities.resize(n_docs, 0);
        self.written.resize(n_docs, None);
        if let Some(old) = self.written.get_mut(doc) {
            *old = written;
        }
        if let (Some(old), Some(others)) = (self.counts.get_mut(doc), self.other_quantities.get_mut(doc)) {
            (*old, *others) = (counts, n_other_quantities);
        }
        let places: Vec<NameId> = places.iter().map(|place| self.names.intern(place)).collect();
        self.loose.extend(rows.iter().map(|row| Loose {
            start: row.start,
            end: row.end,
            doc: number,
            event: row.event,
            article: row.article,
            place: row.place.and_then(|idx| places.get(idx as usize)).copied().unwrap_or(NameId::NONE),
            traits: row.traits,
            title_hash: row.title_hash,
        }));
        let series = series.into_iter().map(|(series, digest)| SeriesRow { doc: number, series, digest });
        self.series.extend(series);
        self.tags.extend(tags.into_iter().map(|(event, tag)| TagRow { tag, doc: number, event }));
    }

    fn finish(self) -> EventIndex {
        let Self { mut loose, counts, names, mut series, mut tags, other_quantities, written } = self;
        loose.par_sort_unstable_by_key(Loose::key);
        series.sort_by_key(|row| (row.doc, row.series));
        tags.sort_unstable();
        raise_repeated(&mut loose);
        let mut first_event: Vec<u32> = Vec::with_capacity(counts.len() + 1);
        let mut n_events = 0_u32;
        for counts in &counts {
            first_event.push(n_events);
            n_events = n_events.saturating_add(counts.events);
        }
        first_event.push(n_events);
        let mut rows = vec![NONE; n_events as usize];
        for (row, event) in loose.iter().enumerate() {
            let at = first_event.get(event.doc as usize).map(|first| *first as usize + event.event as usize);
            if let Some(place) = at.and_then(|at| rows.get_mut(at)) {
                *place = row as u32;
            }
        }
        let total = counts.iter().fold(Totals::default(), |sum, counts| sum.plus(counts));
        let mut names = names;
        names.count(loose.iter().map(|row| row.place));
        let middles: Vec<i64> = loose.par_iter().map(|row| row.key().0).collect();
        let all = CountIndex::new(middles.len(), |ordinal| middles.get(ordinal).copied().unwrap_or(0));
        EventIndex {
            starts: loose.par_iter().map(|row| row.start).collect(),
            ends: loose.par_iter().map(|row| row.end).collect(),
            docs: loose.par_iter().map(|row| row.doc).collect(),
            events: loose.par_iter().map(|row| row.event).collect(),
            articles: loose.par_iter().map(|row| row.article).collect(),
            places: loose.par_iter().map(|row| row.place).collect(),
            traits: loose.par_iter().map(|row| row.traits).collect(),
            n_undated: (n_events as usize).saturating_sub(loose.len()),
            n_other_quantities: other_quantities.iter().map(|n| *n as usize).sum(),
            rows,
            first_event,
            counts,
            names,
            series,
            tags,
            groups: OnceLock::new(),
            other_quantities,
            written,
            all,
            total,
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
        let told = group.iter().filter(|row| row.title_hash != 0).map(|row| (row.title_hash, row.doc));
        let mut told: Vec<(u32, u32)> = told.collect();
        told.sort_unstable();
        told.dedup();
        for row in group.iter_mut().filter(|row| row.title_hash != 0) {
            let from = told.partition_point(|(hash, _)| *hash < row.title_hash);
            let to = told.partition_point(|(hash, _)| *hash <= row.title_hash);
            let times = (to - from).saturating_sub(1).min(6) as u8;
            row.traits.rank = row.traits.rank.saturating_add(times * (row.traits.rank / 6));
        }
    }
}

#[cfg(test)]
mod tests;
