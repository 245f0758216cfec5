//! Sums over all documents of an index.

use super::{shelf::KINDS, traits::Traits};
use crate::corpus::Counts;

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
    pub(super) const fn plus(self, counts: &Counts) -> Self {
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

impl Tallies {
    pub(super) fn count(&mut self, traits: Traits) {
        if let Some(n) = self.exactness.get_mut(usize::from(traits.exactness.number())) {
            *n += 1;
        }
        let kind = KINDS.iter().position(|kind| *kind == traits.kind);
        if let Some(n) = kind.and_then(|kind| self.kinds.get_mut(kind)) {
            *n += 1;
        }
    }
}
