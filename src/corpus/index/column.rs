//! A long list of small values, in memory or in pages that are fetched when they are asked for.
//!
//! ```text
//! Column ┬ Memory [ v v v v v … ]
//!        └ Paged  page 0 | page 1 | page 2 | …        in a file, a table of a database
//!                          ↑ the pages asked for last are kept, so many and no more
//! ```
//!
//! An index of ten million events that is kept with its project is opened without being read: a frame asks for some
//! hundred values that lie close to each other, which are a few pages.

use std::{
    fmt,
    ops::Deref,
    sync::{Arc, Mutex, PoisonError},
};

/// Where pages are fetched from.
pub trait Pages: Send + Sync + fmt::Debug {
    /// The bytes of page `number` of the list `part`; `None` where they cannot be had any more.
    fn page(&self, part: u32, number: u32) -> Option<Vec<u8>>;
}

/// A value of a column: always of the same number of bytes.
pub trait Cell: Copy + Send + Sync + fmt::Debug + 'static {
    /// How many bytes.
    const BYTES: usize;
    /// So many values make a page.
    const PAGE: usize;

    /// Appends it.
    fn put(self, out: &mut Vec<u8>);

    /// From [`Cell::BYTES`] bytes; `None` where they are none such.
    fn take(bytes: &[u8]) -> Option<Self>;
}

impl Cell for u32 {
    const BYTES: usize = 4;
    const PAGE: usize = 8_192;

    fn put(self, out: &mut Vec<u8>) {
        out.extend(self.to_le_bytes());
    }

    fn take(bytes: &[u8]) -> Option<Self> {
        Some(Self::from_le_bytes(bytes.try_into().ok()?))
    }
}

impl Cell for i64 {
    const BYTES: usize = 8;
    const PAGE: usize = 4_096;

    fn put(self, out: &mut Vec<u8>) {
        out.extend(self.to_le_bytes());
    }

    fn take(bytes: &[u8]) -> Option<Self> {
        Some(Self::from_le_bytes(bytes.try_into().ok()?))
    }
}

/// A place for one page in memory.
type Slot<T> = Mutex<Option<(usize, Arc<[T]>)>>;

/// A list whose pages are fetched. Clones share the pages that are in memory.
#[derive(Debug, Clone)]
pub struct Paged<T> {
    pages: Arc<dyn Pages>,
    part: u32,
    len: usize,
    slots: Arc<[Slot<T>]>,
}

impl<T: Cell> Paged<T> {
    fn fetch(&self, page: usize) -> Option<Arc<[T]>> {
        let n = self.len.checked_sub(page * T::PAGE)?.min(T::PAGE);
        let bytes = self.pages.page(self.part, u32::try_from(page).ok()?)?;
        let values: Option<Arc<[T]>> = bytes.chunks_exact(T::BYTES).map(T::take).collect();
        values.filter(|values| values.len() == n)
    }

    fn get(&self, at: usize) -> Option<T> {
        if at >= self.len {
            return None;
        }
        let (page, within) = (at / T::PAGE, at % T::PAGE);
        let mut slot = self.slots.get(page % self.slots.len())?.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((held, values)) = slot.as_ref()
            && *held == page
        {
            return values.get(within).copied();
        }
        let values = self.fetch(page)?;
        let value = values.get(within).copied();
        *slot = Some((page, values));
        value
    }
}

/// A list of values.
#[derive(Debug, Clone)]
pub enum Column<T> {
    /// All of them in memory.
    Memory(Vec<T>),
    /// In pages elsewhere.
    Paged(Paged<T>),
}

impl<T> Default for Column<T> {
    fn default() -> Self {
        Self::Memory(Vec::new())
    }
}

impl<T> From<Vec<T>> for Column<T> {
    fn from(values: Vec<T>) -> Self {
        Self::Memory(values)
    }
}

impl<T: Cell + PartialEq> PartialEq for Column<T> {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter_from(0).eq(other.iter_from(0))
    }
}

impl<T: Cell> Column<T> {
    /// A list of `len` values in pages, of which no more than `n_kept` are held in memory.
    pub fn paged(pages: Arc<dyn Pages>, part: u32, len: usize, n_kept: usize) -> Self {
        let slots = (0..n_kept.max(1)).map(|_| Mutex::new(None)).collect();
        Self::Paged(Paged { pages, part, len, slots })
    }

    /// How many values.
    pub const fn len(&self) -> usize {
        match self {
            Self::Memory(values) => values.len(),
            Self::Paged(paged) => paged.len,
        }
    }

    /// Whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The value at a place; `None` beyond the end, and where its page is lost.
    pub fn get(&self, at: usize) -> Option<T> {
        match self {
            Self::Memory(values) => values.get(at).copied(),
            Self::Paged(paged) => paged.get(at),
        }
    }

    /// How many of the first values `is_before` holds for, as of a slice.
    pub fn partition_point(&self, is_before: impl Fn(T) -> bool) -> usize {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low.midpoint(high);
            if self.get(middle).is_some_and(&is_before) { low = middle + 1 } else { high = middle }
        }
        low
    }

    /// Pages in order, from the one that `from` is in. What a walk fetches is not kept.
    fn pages_from(&self, from: usize) -> impl Iterator<Item = Page<'_, T>> {
        let n_pages = self.len().div_ceil(T::PAGE);
        (from / T::PAGE..n_pages).map_while(|number| match self {
            Self::Memory(values) => {
                let end = ((number + 1) * T::PAGE).min(values.len());
                Some(Page::Slice(values.get(number * T::PAGE..end)?))
            }
            Self::Paged(paged) => Some(Page::Fetched(paged.fetch(number)?)),
        })
    }

    /// The values in order, from a place on: a walk over all, page by page.
    pub fn iter_from(&self, from: usize) -> impl Iterator<Item = T> {
        let skipped = from % T::PAGE;
        self.pages_from(from)
            .flat_map(|page| {
                let len = page.len();
                (0..len).filter_map(move |at| page.get(at).copied())
            })
            .skip(skipped)
    }

    /// The values as pages, to be kept.
    pub fn put_pages<E>(&self, put: &mut dyn FnMut(u32, Vec<u8>) -> Result<(), E>) -> Result<(), E> {
        for (number, page) in self.pages_from(0).enumerate() {
            let mut bytes = Vec::with_capacity(page.len() * T::BYTES);
            page.iter().for_each(|value| value.put(&mut bytes));
            put(number as u32, bytes)?;
        }
        Ok(())
    }
}

/// A page in hand.
enum Page<'a, T> {
    Slice(&'a [T]),
    Fetched(Arc<[T]>),
}

impl<T> Deref for Page<'_, T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        match self {
            Self::Slice(values) => values,
            Self::Fetched(values) => values,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[derive(Debug, Default)]
    struct Kept {
        pages: Vec<Vec<u8>>,
        n_fetched: AtomicUsize,
    }

    impl Pages for Kept {
        fn page(&self, _part: u32, number: u32) -> Option<Vec<u8>> {
            self.n_fetched.fetch_add(1, Ordering::Relaxed);
            self.pages.get(number as usize).cloned()
        }
    }

    #[test]
    fn a_paged_column_is_the_column_it_was_made_of() {
        let memory = Column::Memory((0..20_000_u32).map(|n| n * 3).collect());
        let mut kept = Kept::default();
        let mut put = |number: u32, bytes: Vec<u8>| {
            assert_eq!(number as usize, kept.pages.len());
            kept.pages.push(bytes);
            Ok::<(), ()>(())
        };
        memory.put_pages(&mut put).unwrap();
        let kept = Arc::new(kept);
        let paged = Column::<u32>::paged(kept.clone(), 0, memory.len(), 2);
        assert_eq!((paged.get(19_999), paged.get(20_000), paged.get(9_000)), (Some(59_997), None, Some(27_000)));
        assert_eq!(kept.n_fetched.load(Ordering::Relaxed), 2);
        paged.get(9_001);
        assert_eq!(kept.n_fetched.load(Ordering::Relaxed), 2, "a page is kept");
        assert_eq!(paged.partition_point(|n| n < 30_000), 10_000);
        assert_eq!(paged, memory);
        assert_eq!(paged.iter_from(8_191).take(3).collect::<Vec<_>>(), [24_573, 24_576, 24_579]);
    }

    #[test]
    fn a_lost_page_is_no_value() {
        let kept = Kept { pages: vec![vec![0; 40], vec![0; 3]], ..Kept::default() };
        let paged = Column::<u32>::paged(Arc::new(kept), 0, 10_000, 2);
        assert_eq!((paged.get(0), paged.get(9_000)), (None, None), "a page of another length is none");
    }
}
