//! What an index holds, row by row: an event that can be placed, a document, a series, a tag.

use super::{column::Cell, digest::SeriesDigest, grain::precision_secs, names::NameId, traits::Traits};
use crate::corpus::{
    Counts,
    when::{Exactness, When},
};

/// An event that can be placed, as the index keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// Beginning, seconds from 1970.
    pub start: i64,
    /// End, exclusive.
    pub end: i64,
    /// Index in `Corpus::entries`.
    pub doc: u32,
    /// Index in `Document::events`.
    pub event: u32,
    /// Index in `Document::articles`.
    pub article: u32,
    /// Where; [`NameId::NONE`] where it names no place.
    pub place: NameId,
    /// The rest.
    pub traits: Traits,
}

impl Row {
    /// When it was.
    pub fn when(&self) -> When {
        When {
            start: self.start as f64,
            end: self.end as f64,
            exactness: self.traits.exactness,
            precision_secs: precision_secs(self.traits.grain),
        }
    }

    /// As `When::middle`, in whole seconds.
    pub fn middle(&self) -> i64 {
        match self.traits.exactness {
            Exactness::Before => self.start,
            Exactness::After => self.end,
            _ => self.start + (self.end - self.start) / 2,
        }
    }
}

/// Four bytes from a place on.
fn four(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

/// Eight bytes from a place on.
fn eight(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_le_bytes(bytes.get(at..at + 8)?.try_into().ok()?))
}

impl Cell for Row {
    const BYTES: usize = 36;
    const PAGE: usize = 2_048;

    fn put(self, out: &mut Vec<u8>) {
        out.extend(self.start.to_le_bytes());
        out.extend(self.end.to_le_bytes());
        [self.doc, self.event, self.article, self.place.0].iter().for_each(|n| out.extend(n.to_le_bytes()));
        out.extend(self.traits.bytes());
    }

    fn take(bytes: &[u8]) -> Option<Self> {
        Some(Self {
            start: eight(bytes, 0)?.cast_signed(),
            end: eight(bytes, 8)?.cast_signed(),
            doc: four(bytes, 16)?,
            event: four(bytes, 20)?,
            article: four(bytes, 24)?,
            place: NameId(four(bytes, 28)?),
            traits: Traits::from_bytes(bytes.get(32..36)?)?,
        })
    }
}

/// A document, as the index keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DocRow {
    /// The number under which it is fetched; 0 in an index that was not kept.
    pub number: u64,
    /// How many events there are in the documents before it.
    pub first_event: u32,
    /// How much is in it.
    pub counts: Counts,
    /// Quantities that belong to no series of two points or more.
    pub n_other_quantities: u32,
    /// The day it was written, counted from 1970.
    pub written: Option<i32>,
}

impl Cell for DocRow {
    const BYTES: usize = 40;
    const PAGE: usize = 1_024;

    fn put(self, out: &mut Vec<u8>) {
        let Counts { articles, events, quantities, series, warnings } = self.counts;
        out.extend(self.number.to_le_bytes());
        for n in [self.first_event, articles, events, quantities, series, warnings, self.n_other_quantities] {
            out.extend(n.to_le_bytes());
        }
        out.extend(self.written.unwrap_or(i32::MIN).to_le_bytes());
    }

    fn take(bytes: &[u8]) -> Option<Self> {
        Some(Self {
            number: eight(bytes, 0)?,
            first_event: four(bytes, 8)?,
            counts: Counts {
                articles: four(bytes, 12)?,
                events: four(bytes, 16)?,
                quantities: four(bytes, 20)?,
                series: four(bytes, 24)?,
                warnings: four(bytes, 28)?,
            },
            n_other_quantities: four(bytes, 32)?,
            written: Some(four(bytes, 36)?.cast_signed()).filter(|day| *day != i32::MIN),
        })
    }
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
