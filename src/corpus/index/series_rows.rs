//! The series of an index, in memory or in pages that are read when somebody asks.

use super::{bytes::Input, column::Pages, row::SeriesRow, series_bytes::take_series};
use std::{borrow::Cow, sync::Arc};

/// Their part of the pages.
pub(super) const SERIES: u32 = 5;
/// So many series make a page.
pub(super) const SERIES_A_PAGE: usize = 512;

/// The series of an index.
#[derive(Debug, Clone)]
pub(super) enum SeriesRows {
    /// In memory.
    Here(Vec<SeriesRow>),
    /// So many, to be read; whoever wants them wants them once.
    Kept(usize, Arc<dyn Pages>),
}

impl Default for SeriesRows {
    fn default() -> Self {
        Self::Here(Vec::new())
    }
}

impl From<Vec<SeriesRow>> for SeriesRows {
    fn from(all: Vec<SeriesRow>) -> Self {
        Self::Here(all)
    }
}

impl SeriesRows {
    pub(super) const fn len(&self) -> usize {
        match self {
            Self::Here(all) => all.len(),
            Self::Kept(len, _) => *len,
        }
    }

    /// Page by page, none of which stays.
    pub(super) fn for_each(&self, mut each: impl FnMut(&SeriesRow)) {
        match self {
            Self::Here(all) => all.iter().for_each(each),
            Self::Kept(len, pages) => {
                let n_pages = len.div_ceil(SERIES_A_PAGE) as u32;
                let pages = (0..n_pages).filter_map(|number| pages.page(SERIES, number));
                pages.for_each(|page| series_of(&page).for_each(|row| each(&row)));
            }
        }
    }

    pub(super) fn all(&self) -> Cow<'_, [SeriesRow]> {
        match self {
            Self::Here(all) => Cow::Borrowed(all),
            Self::Kept(len, _) => {
                let mut all = Vec::with_capacity(*len);
                self.for_each(|row| all.push(row.clone()));
                Cow::Owned(all)
            }
        }
    }
}

/// The series of a page; what cannot be read ends it.
fn series_of(page: &[u8]) -> impl Iterator<Item = SeriesRow> {
    let mut input = Input(page);
    std::iter::from_fn(move || {
        Some(SeriesRow { doc: input.small()?, series: input.small()?, digest: take_series(&mut input)? })
    })
}
