//! An index as it is kept: a head, which is read when it is opened, and pages, which are read when they are asked for.
//!
//! ```text
//! head   version, names, sums, which days are in use, the most significant of each block, the lanes to begin with
//! pages  1 rows │ 2 rows by event │ 3 documents │ 4 documents by day of writing │ 5 series │ 16… lists of the lanes
//! ```
//!
//! The head of an index of ten million events is some megabytes; the pages are 52 bytes an event.

use super::{
    Column, CountIndex, DocRow, EventIndex, Names, Pages, Shelf, ShelfBy, TagRow, Tallies, Totals, Writing,
    bytes::{Input, put, put_signed, put_text},
    put_series,
    series_rows::{SERIES, SERIES_A_PAGE, SeriesRows},
};
use std::sync::{Arc, OnceLock};

/// Another number after every change of what is written here, and of how events are ranked and grouped.
pub const VERSION: u32 = 3;

/// The parts of the pages.
const ROWS: u32 = 1;
const BY_EVENT: u32 = 2;
const DOCS: u32 = 3;
const WRITING: u32 = 4;

impl EventIndex {
    /// Writes it: `put_page` takes the bytes of a page by part and number, the answer is the head. `number` is the
    /// number under which a document is fetched.
    ///
    /// # Errors
    /// What `put_page` returns.
    pub fn keep<E>(
        &self,
        number: impl Fn(usize) -> u64,
        put_page: &mut dyn FnMut(u32, u32, Vec<u8>) -> Result<(), E>,
    ) -> Result<Vec<u8>, E> {
        let mut head = Vec::new();
        put(&mut head, u64::from(VERSION));
        put(&mut head, self.rows.len() as u64);
        put(&mut head, self.by_event.len() as u64);
        put(&mut head, self.docs.len() as u64);
        let Totals { articles, events, quantities, series, warnings } = self.total;
        for n in [articles, events, quantities, series, warnings, self.n_other_quantities, self.n_undated] {
            put(&mut head, n as u64);
        }
        self.tallies.exactness.iter().chain(&self.tallies.kinds).for_each(|n| put(&mut head, u64::from(*n)));
        put(&mut head, u64::from(self.extent.is_some()));
        let (first, last) = self.extent.unwrap_or_default();
        put_signed(&mut head, first);
        put_signed(&mut head, last);
        self.names.put(&mut head);
        self.all.put(&mut head);
        self.rows.put_pages(&mut |page, bytes| put_page(ROWS, page, bytes))?;
        self.by_event.put_pages(&mut |page, bytes| put_page(BY_EVENT, page, bytes))?;
        let docs = self.docs.iter_from(0).enumerate().map(|(at, doc)| DocRow { number: number(at), ..doc });
        let docs: Column<DocRow> = docs.collect::<Vec<DocRow>>().into();
        docs.put_pages(&mut |page, bytes| put_page(DOCS, page, bytes))?;
        self.writing().put(WRITING, &mut head, put_page)?;
        put(&mut head, self.series.len() as u64);
        for (page, series) in self.series().chunks(SERIES_A_PAGE).enumerate() {
            let mut bytes = Vec::new();
            for row in series {
                put(&mut bytes, u64::from(row.doc));
                put(&mut bytes, u64::from(row.series));
                put_series(&mut bytes, &row.digest);
            }
            put_page(SERIES, page as u32, bytes)?;
        }
        put(&mut head, self.tags.len() as u64);
        for TagRow { tag, doc, event } in &self.tags {
            put_text(&mut head, tag);
            put(&mut head, u64::from(*doc));
            put(&mut head, u64::from(*event));
        }
        let by = if self.is_told_by_place() { ShelfBy::Place } else { ShelfBy::Kind };
        Shelf::new(by, self).put(&mut head, put_page)?;
        Ok(head)
    }

    /// Opens what [`Self::keep`] wrote; `None` where another version wrote it or it is damaged.
    pub fn opened(head: &[u8], pages: &Arc<dyn Pages>) -> Option<Self> {
        let mut head = Input(head);
        if head.number()? != u64::from(VERSION) {
            return None;
        }
        let size = |head: &mut Input<'_>| usize::try_from(head.number()?).ok();
        let (n_rows, n_events, n_docs) = (size(&mut head)?, size(&mut head)?, size(&mut head)?);
        let mut sums = [0; 7];
        for sum in &mut sums {
            *sum = size(&mut head)?;
        }
        let [articles, events, quantities, series, warnings, n_other_quantities, n_undated] = sums;
        let mut tallies = Tallies::default();
        for n in tallies.exactness.iter_mut().chain(&mut tallies.kinds) {
            *n = head.small()?;
        }
        let has_extent = head.number()? == 1;
        let extent = Some((head.signed()?, head.signed()?)).filter(|_| has_extent);
        let (names, all) = (Names::take(&mut head)?, CountIndex::take(&mut head)?);
        let writing = Writing::take(WRITING, &mut head, pages)?;
        let n_series = size(&mut head)?;
        let n_tags = head.n_following()?;
        let tags = (0..n_tags)
            .map(|_| Some(TagRow { tag: head.text()?, doc: head.small()?, event: head.small()? }))
            .collect::<Option<Vec<_>>>()?;
        let shelf = Shelf::take(&mut head, pages)?;
        Some(Self {
            tags,
            rows: Column::paged(Arc::clone(pages), ROWS, n_rows, 160),
            by_event: Column::paged(Arc::clone(pages), BY_EVENT, n_events, 8),
            docs: Column::paged(Arc::clone(pages), DOCS, n_docs, 48),
            writing: OnceLock::from(writing),
            names,
            series: SeriesRows::Kept(n_series, Arc::clone(pages)),
            groups: OnceLock::new(),
            earlier_groups: None,
            n_other_quantities,
            n_undated,
            tallies,
            extent,
            all,
            total: Totals { articles, events, quantities, series, warnings },
            shelf: Some(Arc::new(shelf)),
        })
    }

    /// Whether enough events name a place for lanes by place to tell something.
    pub fn is_told_by_place(&self) -> bool {
        self.names.n_without() * 4 < self.len() * 3
    }
}
