//! An index while it is put together: what the documents brought, not yet in order.

use super::{
    digest::Digest,
    names::{NameId, Names},
    row::{DocRow, Row, SeriesRow, TagRow},
};
use rayon::prelude::*;

/// A row before it is sorted into the columns.
#[derive(Debug, Clone, Copy)]
pub(super) struct Loose {
    pub row: Row,
    pub title_hash: u32,
}

impl Loose {
    pub(super) fn key(&self) -> (i64, u32, u32) {
        (self.row.middle(), self.row.doc, self.row.event)
    }
}

/// An index while it is put together.
#[derive(Debug, Default)]
pub struct IndexDraft {
    pub(super) loose: Vec<Loose>,
    pub(super) docs: Vec<DocRow>,
    pub(super) names: Names,
    pub(super) series: Vec<SeriesRow>,
    pub(super) tags: Vec<TagRow>,
}

impl IndexDraft {
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

    /// Everything in its place: rows by time, series by document, tags by word.
    pub(super) fn in_order(mut self) -> Self {
        self.loose.par_sort_unstable_by_key(Loose::key);
        self.series.sort_by_key(|row| (row.doc, row.series));
        self.tags.sort_unstable();
        raise_repeated(&mut self.loose);
        let mut n_events = 0_u32;
        for doc in &mut self.docs {
            doc.first_event = n_events;
            n_events = n_events.saturating_add(doc.counts.events);
        }
        self
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
