//! Which events the filters of the desk let through, decided row by row in the index.

use super::{Desk, Facets, TimeWindow};
use crate::{
    corpus::{
        index::{EventIndex, NameId, Row},
        when::Exactness,
    },
    model::ArticleKind,
};
use std::collections::BTreeSet;

/// What decides whether an event is shown.
#[derive(Debug, Default)]
pub struct Sieve {
    /// By place, the last for events that name none; empty lets all through.
    places: Vec<bool>,
    /// By document.
    docs: Vec<bool>,
    exactness: Vec<Exactness>,
    kinds: Vec<ArticleKind>,
    period: Option<TimeWindow>,
    tags: Option<Tagged>,
}

/// The rows that the ticked tags let through.
#[derive(Debug)]
struct Tagged {
    /// Rows that have one of the ticked tags, in order.
    wanted: Vec<u32>,
    /// Where events without a tag are let through, the rows that have any.
    with_any: Option<Vec<u32>>,
}

impl Tagged {
    /// The empty word stands for events without a tag.
    fn new(index: &EventIndex, ticked: &BTreeSet<String>) -> Self {
        let tagged = index.tagged();
        let rows = |is_in: &dyn Fn(&str) -> bool| {
            let of_tags = tagged.iter().filter(|(tag, _)| is_in(tag)).flat_map(|(_, rows)| rows);
            let mut rows: Vec<u32> = of_tags.copied().collect();
            rows.sort_unstable();
            rows
        };
        let with_any = ticked.contains("").then(|| rows(&|_| true));
        Self { wanted: rows(&|tag| ticked.contains(tag)), with_any }
    }

    fn lets(&self, row: u32) -> bool {
        let has_none = |with_any: &Vec<u32>| with_any.binary_search(&row).is_err();
        self.wanted.binary_search(&row).is_ok() || self.with_any.as_ref().is_some_and(has_none)
    }
}

impl Sieve {
    /// As the desk has it.
    pub fn new(index: &EventIndex, desk: &Desk) -> Self {
        let Facets { exactness, kinds, documents, period, tags } = &desk.facets;
        let flags = |n: usize, set: &mut dyn Iterator<Item = usize>| {
            let mut flags = vec![false; n];
            for at in set {
                if let Some(flag) = flags.get_mut(at) {
                    *flag = true;
                }
            }
            flags
        };
        let n_names = index.names().len();
        let place =
            |name: &String| if name.is_empty() { Some(n_names) } else { Some(index.names().id(name)?.0 as usize) };
        let places = if desk.places.is_empty() {
            Vec::new()
        } else {
            flags(n_names + 1, &mut desk.places.iter().filter_map(place))
        };
        let docs =
            if documents.is_empty() { Vec::new() } else { flags(index.n_docs(), &mut documents.iter().copied()) };
        Self {
            places,
            docs,
            exactness: exactness.iter().copied().collect(),
            kinds: kinds.iter().copied().collect(),
            period: *period,
            tags: (!tags.is_empty()).then(|| Tagged::new(index, tags)),
        }
    }

    /// Whether it lets everything through.
    pub const fn is_open(&self) -> bool {
        self.places.is_empty()
            && self.docs.is_empty()
            && self.exactness.is_empty()
            && self.kinds.is_empty()
            && self.period.is_none()
            && self.tags.is_none()
    }

    /// Whether it lets a place through.
    pub fn lets_place(&self, place: NameId) -> bool {
        let Some(last) = self.places.len().checked_sub(1) else { return true };
        self.places.get((place.0 as usize).min(last)).copied().unwrap_or(false)
    }

    /// Whether it lets a row of the index through; `number` is the row's own.
    pub fn lets(&self, number: u32, row: &Row) -> bool {
        let is_within = |period: TimeWindow| (row.start as f64) < period.end && (row.end as f64) > period.start;
        self.lets_place(row.place)
            && (self.docs.is_empty() || self.docs.get(row.doc as usize).copied().unwrap_or(false))
            && (self.exactness.is_empty() || self.exactness.contains(&row.traits.exactness))
            && (self.kinds.is_empty() || self.kinds.contains(&row.traits.kind))
            && self.period.is_none_or(is_within)
            && self.tags.as_ref().is_none_or(|tags| tags.lets(number))
    }
}
