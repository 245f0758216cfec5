//! The index and what is asked of it.

use super::{
    column::Column,
    count::CountIndex,
    names::Names,
    row::{DocRow, EventRow, Row, SeriesRow, TagRow},
    series_rows::SeriesRows,
    shelf::Shelf,
    tally::{Tallies, Totals},
    writing::Writing,
};
use crate::corpus::{Counts, SeriesGroup, gathered::Gathering, series, when::When};
use std::{
    borrow::Cow,
    sync::{Arc, OnceLock},
};

/// So many series are put together within a frame.
const MAX_SERIES_AT_ONCE: usize = 20_000;
/// Stands for “not in the index”.
pub(super) const NONE: u32 = u32::MAX;

/// All events that can be placed, by middle, then place in the corpus.
#[derive(Debug, Clone, Default)]
pub struct EventIndex {
    pub(super) rows: Column<Row>,
    /// For each event of the corpus in the order of the documents: its row, or [`NONE`].
    pub(super) by_event: Column<u32>,
    pub(super) docs: Column<DocRow>,
    pub(super) writing: OnceLock<Writing>,
    pub(super) names: Names,
    pub(super) series: SeriesRows,
    /// By word, then by place in the corpus.
    pub(super) tags: Vec<TagRow>,
    pub(super) groups: OnceLock<Arc<Vec<SeriesGroup>>>,
    /// Those of the index that this one was made of, to be shown until they are put together anew.
    pub(super) earlier_groups: Option<Arc<Vec<SeriesGroup>>>,
    pub(super) n_other_quantities: usize,
    pub(super) n_undated: usize,
    pub(super) tallies: Tallies,
    pub(super) extent: Option<(i64, i64)>,
    pub(super) all: CountIndex,
    pub(super) total: Totals,
    pub(super) shelf: Option<Arc<Shelf>>,
}

impl EventIndex {
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

    /// The series of all documents, by document. Where they are kept in pages, they are read.
    pub fn series(&self) -> Cow<'_, [SeriesRow]> {
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
        self.groups.get_or_init(|| {
            let mut gathering = Gathering::default();
            self.series.for_each(|row| gathering.add(row));
            Arc::new(series::groups(gathering, self.n_docs()))
        })
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
