//! The series of an index, in memory or in pages that are read when somebody asks.

use super::{bytes::Input, column::Pages, row::SeriesRow, series_bytes::take_series};
use std::sync::{Arc, OnceLock};

/// Their part of the pages.
pub(super) const SERIES: u32 = 5;
/// So many series make a page.
pub(super) const SERIES_A_PAGE: usize = 512;

/// The series of an index, in memory or to be read.
#[derive(Debug, Clone, Default)]
pub(super) struct SeriesRows {
    all: OnceLock<Vec<SeriesRow>>,
    len: usize,
    pages: Option<Arc<dyn Pages>>,
}

impl From<Vec<SeriesRow>> for SeriesRows {
    fn from(all: Vec<SeriesRow>) -> Self {
        Self { len: all.len(), all: OnceLock::from(all), pages: None }
    }
}

impl SeriesRows {
    /// To be read from pages when somebody asks.
    pub(super) fn kept(len: usize, pages: Arc<dyn Pages>) -> Self {
        Self { all: OnceLock::new(), len, pages: Some(pages) }
    }

    pub(super) const fn len(&self) -> usize {
        self.len
    }

    pub(super) fn all(&self) -> &[SeriesRow] {
        self.all.get_or_init(|| {
            let Some(pages) = &self.pages else { return Vec::new() };
            let n_pages = self.len.div_ceil(SERIES_A_PAGE) as u32;
            (0..n_pages).filter_map(|number| pages.page(SERIES, number)).flat_map(|page| series_of(&page)).collect()
        })
    }
}

/// The series of a page; what cannot be read ends it.
fn series_of(page: &[u8]) -> Vec<SeriesRow> {
    let mut input = Input(page);
    let mut next = || Some(SeriesRow { doc: input.small()?, series: input.small()?, digest: take_series(&mut input)? });
    std::iter::from_fn(&mut next).collect()
}
