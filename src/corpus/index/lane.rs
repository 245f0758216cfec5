//! One lane of events with all that a frame asks of it: how many in a stretch, which is the most significant, which
//! are going on.

use super::{
    Column, CountIndex, EventIndex, Pages, PeakIndex, Row, Spread,
    bytes::{Input, put},
};
use crate::corpus::when::{DAY_SECS, Exactness, When};
use std::{collections::BinaryHeap, sync::Arc};

/// Longest drawn length of each class of events but the last; the fewer there are of a class, the wider the
/// margin that has to be looked over.
pub const CLASS_SECS: [f64; 3] = [3.0 * DAY_SECS, 93.0 * DAY_SECS, 1_100.0 * DAY_SECS];
/// A lane that is kept has so many lists of values in pages.
pub const PARTS: u32 = 10;
/// So many pages of a lane's lists are held in memory each.
const N_KEPT: usize = 12;

/// The stretch a glyph is drawn over: an approximate date a grain wider on either side.
pub fn drawn(when: &When) -> (f64, f64) {
    if when.exactness == Exactness::Approximate && when.end - when.start < 2.0 * when.precision_secs {
        return (when.start - when.precision_secs, when.end + when.precision_secs);
    }
    (when.start, when.end)
}

/// The stretch in which an event may be going on; open ends reach to the end of time.
pub fn reach(when: &When) -> (f64, f64) {
    let (start, end) = drawn(when);
    match when.exactness {
        Exactness::Until => (f64::NEG_INFINITY, end),
        Exactness::Ongoing => (start, f64::INFINITY),
        _ => (start, end),
    }
}

/// Index in [`CLASS_SECS`], or one more for what lasts longest or is open.
pub fn class(when: &When) -> usize {
    if matches!(when.exactness, Exactness::Ongoing | Exactness::Until) {
        return CLASS_SECS.len();
    }
    let (start, end) = drawn(when);
    CLASS_SECS.iter().position(|longest| end - start <= *longest).unwrap_or(CLASS_SECS.len())
}

/// Rows of the index in their order: all of them, or some.
#[derive(Debug, Clone, PartialEq)]
pub enum Rows {
    /// The first so many, which are all.
    All(u32),
    /// These.
    Some(Column<u32>),
}

impl Default for Rows {
    fn default() -> Self {
        Self::All(0)
    }
}

impl Rows {
    /// How many.
    pub const fn len(&self) -> usize {
        match self {
            Self::All(n) => *n as usize,
            Self::Some(rows) => rows.len(),
        }
    }

    /// Whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The row with an ordinal.
    pub fn get(&self, ordinal: usize) -> Option<u32> {
        match self {
            Self::All(n) => u32::try_from(ordinal).ok().filter(|row| row < n),
            Self::Some(rows) => rows.get(ordinal),
        }
    }

    /// The ordinal of a row; of the next one where it is not among them.
    pub fn rank(&self, row: u32) -> usize {
        match self {
            Self::All(n) => row.min(*n) as usize,
            Self::Some(rows) => rows.partition_point(|other| other < row),
        }
    }

    /// Whether a row is among them.
    pub fn holds(&self, row: u32) -> bool {
        self.get(self.rank(row)) == Some(row)
    }
}

/// A lane's events by time. Events are known by their row in the index, and within the lane by their ordinal.
#[derive(Debug, Clone, Default)]
pub struct LaneIndex {
    /// Its events.
    pub rows: Rows,
    counts: CountIndex,
    spread: Spread,
    peaks: PeakIndex,
    /// Those that last longer than a day or two, by class.
    pub long: [Long; 3],
}

/// Events of a lane that last long: they are found by their middle only within a wide margin.
#[derive(Debug, Clone, Default)]
pub struct Long {
    /// Their ordinals in the lane.
    pub ordinals: Column<u32>,
    peaks: PeakIndex,
    /// When they begin and when they end, each in order: how many are going on is a difference.
    starts: Column<i64>,
    ends: Column<i64>,
}

impl Long {
    fn new(members: &[(u32, When, u8)]) -> Self {
        let reaches = members.iter().map(|(_, when, _)| reach(when));
        let (mut starts, mut ends): (Vec<i64>, Vec<i64>) =
            reaches.map(|(start, end)| (start as i64, end as i64)).unzip();
        starts.sort_unstable();
        ends.sort_unstable();
        let ordinals: Vec<u32> = members.iter().map(|(ordinal, ..)| *ordinal).collect();
        let peaks = PeakIndex::new(members.iter().map(|(.., rank)| *rank));
        Self { ordinals: ordinals.into(), peaks, starts: starts.into(), ends: ends.into() }
    }

    /// How many go on in a stretch of time.
    pub fn n_going_on(&self, start: f64, end: f64) -> usize {
        let begun = self.starts.partition_point(|from| from as f64 <= end);
        begun.saturating_sub(self.ends.partition_point(|to| (to as f64) < start))
    }

    /// Places among `from..to` by rank, the highest first.
    pub fn by_rank(&self, from: usize, to: usize, rank: impl Fn(u32) -> u8 + Copy) -> impl Iterator<Item = usize> {
        let rank_at = move |at: usize| self.ordinals.get(at).map_or(0, rank);
        let highest = move |from: usize, to: usize| {
            let at = self.peaks.highest(from, to, rank_at)?;
            Some((rank_at(at), std::cmp::Reverse(at), from, to))
        };
        let mut ranges: BinaryHeap<_> = highest(from, to).into_iter().collect();
        std::iter::from_fn(move || {
            let (_, std::cmp::Reverse(at), from, to) = ranges.pop()?;
            ranges.extend(highest(from, at));
            ranges.extend(highest(at + 1, to));
            Some(at)
        })
    }
}

impl LaneIndex {
    /// Of these rows of the index; one walk over them.
    pub fn new(rows: Rows, index: &EventIndex) -> Self {
        let mut lists: [Vec<(u32, When, u8)>; 3] = Default::default();
        let mut middles: Vec<i64> = Vec::with_capacity(rows.len());
        let mut ranks: Vec<u8> = Vec::with_capacity(rows.len());
        let mut spread: Vec<(i64, i64, i64)> = Vec::new();
        let mut take = |row: Row| {
            let (when, middle) = (row.when(), row.middle());
            if let Some(list) = class(&when).checked_sub(1).and_then(|class| lists.get_mut(class)) {
                list.push((middles.len() as u32, when, row.traits.rank));
            }
            if when.exactness == Exactness::Within {
                spread.push((row.start, row.end, middle));
            }
            middles.push(middle);
            ranks.push(row.traits.rank);
        };
        match &rows {
            Rows::All(_) => index.rows().iter_from(0).for_each(&mut take),
            Rows::Some(chosen) => chosen.iter_from(0).filter_map(|row| index.rows().get(row as usize)).for_each(take),
        }
        let counts = CountIndex::new(middles.len(), |ordinal| middles.get(ordinal).copied().unwrap_or(0));
        let peaks = PeakIndex::new(ranks.into_iter());
        let long = lists.map(|members| Long::new(&members));
        Self { rows, counts, spread: Spread::new(spread.into_iter()), peaks, long }
    }

    /// How many events it has.
    pub const fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether it has none.
    pub const fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// How many of its events have their middle before a moment.
    pub fn before(&self, index: &EventIndex, time: f64) -> usize {
        self.counts.before(time, |ordinal| self.rows.get(ordinal).map_or(0, |row| index.middle(row)))
    }

    /// As [`Self::before`], those known to a month or a year spread evenly over it: for histograms.
    pub fn spread_before(&self, index: &EventIndex, time: f64) -> usize {
        (self.before(index, time) as f64 + self.spread.shift(time)).round().max(0.0) as usize
    }

    /// How significant an event of the lane is, by its ordinal.
    pub fn rank(&self, index: &EventIndex, ordinal: usize) -> u8 {
        let row = self.rows.get(ordinal).and_then(|row| index.rows().get(row as usize));
        row.map_or(0, |row| row.traits.rank)
    }

    /// The ordinal of the most significant event in a stretch of time, the first of equals.
    pub fn most_significant(&self, index: &EventIndex, start: f64, end: f64) -> Option<usize> {
        let (from, to) = (self.before(index, start), self.before(index, end));
        self.peaks.highest(from, to, |ordinal| self.rank(index, ordinal))
    }

    /// The ordinals of one event for each stretch that is in use, and those of what lasts longest, which may share its
    /// middle with others.
    pub fn in_use(&self) -> impl Iterator<Item = usize> {
        let longest = self.long.last().into_iter().flat_map(|long| long.ordinals.iter_from(0));
        self.counts.occupied().chain(longest.map(|ordinal| ordinal as usize))
    }

    /// Its long lists as pages, the first of them as part `first`; and the rest, which is small, into `head`.
    ///
    /// # Errors
    /// What `put_page` returns.
    pub fn put<E>(
        &self,
        first: u32,
        head: &mut Vec<u8>,
        put_page: &mut dyn FnMut(u32, u32, Vec<u8>) -> Result<(), E>,
    ) -> Result<(), E> {
        put(head, self.rows.len() as u64);
        match &self.rows {
            Rows::All(_) => put(head, 1),
            Rows::Some(rows) => {
                put(head, 0);
                rows.put_pages(&mut |number, bytes| put_page(first, number, bytes))?;
            }
        }
        self.counts.put(head);
        self.peaks.put(head);
        self.spread.put(head);
        for (part, long) in (first + 1..).step_by(3).zip(&self.long) {
            put(head, long.ordinals.len() as u64);
            long.peaks.put(head);
            long.ordinals.put_pages(&mut |number, bytes| put_page(part, number, bytes))?;
            long.starts.put_pages(&mut |number, bytes| put_page(part + 1, number, bytes))?;
            long.ends.put_pages(&mut |number, bytes| put_page(part + 2, number, bytes))?;
        }
        Ok(())
    }

    /// As [`Self::put`] wrote it.
    pub fn take(first: u32, head: &mut Input<'_>, pages: &Arc<dyn Pages>) -> Option<Self> {
        let len = usize::try_from(head.number()?).ok()?;
        let rows = match head.number()? {
            1 => Rows::All(u32::try_from(len).ok()?),
            _ => Rows::Some(Column::paged(Arc::clone(pages), first, len, N_KEPT)),
        };
        let (counts, peaks, spread) = (CountIndex::take(head)?, PeakIndex::take(head)?, Spread::take(head)?);
        let mut long: [Long; 3] = Default::default();
        for (part, long) in (first + 1..).step_by(3).zip(&mut long) {
            let n = usize::try_from(head.number()?).ok()?;
            *long = Long {
                peaks: PeakIndex::take(head)?,
                ordinals: Column::paged(Arc::clone(pages), part, n, N_KEPT),
                starts: Column::paged(Arc::clone(pages), part + 1, n, 2),
                ends: Column::paged(Arc::clone(pages), part + 2, n, 2),
            };
        }
        Some(Self { rows, counts, spread, peaks, long })
    }
}
