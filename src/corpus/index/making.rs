//! How an index is made: of documents, of others, of one after some documents have changed.

use super::{
    count::CountIndex,
    digest::{Digest, digest},
    draft::{IndexDraft, Loose},
    event_index::{EventIndex, NONE},
    names::NameId,
    row::{Row, SeriesRow, TagRow},
    tally::{Tallies, Totals},
};
use crate::corpus::Entry;
use rayon::prelude::*;
use std::{
    collections::{BTreeMap, HashSet},
    sync::OnceLock,
};

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
        let mut draft = self.to_draft();
        for (idx, digest) in digests.into_iter().enumerate() {
            draft.put(first + idx, digest);
        }
        Self::from(draft).after(self)
    }

    /// The index of these documents and, behind them, those of `other`.
    pub fn joined(&self, other: &Self) -> Self {
        self.joined_all([other])
    }

    /// As [`Self::joined`], of several others, one behind the other.
    pub fn joined_all<'a>(&self, others: impl IntoIterator<Item = &'a Self>) -> Self {
        let mut draft = self.to_draft();
        for other in others {
            let first = draft.docs.len() as u32;
            let theirs = other.to_draft();
            let places: Vec<NameId> = other.names.iter().map(|name| draft.names.intern(name)).collect();
            draft.loose.extend(theirs.loose.into_iter().map(|Loose { row, title_hash }| {
                let place = places.get(row.place.0 as usize).copied().unwrap_or(NameId::NONE);
                Loose { row: Row { doc: row.doc + first, place, ..row }, title_hash }
            }));
            draft.series.extend(theirs.series.into_iter().map(|row| SeriesRow { doc: row.doc + first, ..row }));
            draft.tags.extend(theirs.tags.into_iter().map(|row| TagRow { doc: row.doc + first, ..row }));
            draft.docs.extend(theirs.docs);
        }
        Self::from(draft).after(self)
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
        let mut draft = self.to_draft();
        let gone: HashSet<u32> = digests.iter().map(|(doc, _)| *doc as u32).collect();
        draft.loose.retain(|loose| !gone.contains(&loose.row.doc));
        draft.series.retain(|row| !gone.contains(&row.doc));
        draft.tags.retain(|row| !gone.contains(&row.doc));
        for (doc, digest) in digests {
            draft.put(doc, digest);
        }
        Self::from(draft).after(self)
    }

    /// The index after documents have got other indices; those that have none are gone.
    pub fn without(&self, moved: &BTreeMap<usize, usize>) -> Self {
        let mut draft = self.to_draft();
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
        draft.into()
    }

    /// All of it, to be changed and put in order again.
    fn to_draft(&self) -> IndexDraft {
        IndexDraft {
            loose: self.rows.iter_from(0).map(|row| Loose { row, title_hash: 0 }).collect(),
            docs: self.docs.iter_from(0).collect(),
            names: self.names.clone(),
            series: self.series().into_owned(),
            tags: self.tags.clone(),
        }
    }
}

impl From<IndexDraft> for EventIndex {
    fn from(draft: IndexDraft) -> Self {
        let IndexDraft { loose, docs, mut names, series, tags } = draft.in_order();
        let n_events = docs.last().map_or(0, |doc| doc.first_event.saturating_add(doc.counts.events));
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
        Self {
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
