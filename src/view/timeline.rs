//! The events of a corpus sorted into lanes; made once for a grouping and a filter, asked every frame.
//!
//! Events are known by their row in the corpus's index. Every question of a frame (what is in view, how many in this
//! column, which is the most significant) is a look-up in a lane's own small indices, so zooming and panning never
//! walk all events.

use super::{
    fold::{self, Cut},
    grouping::{self, Plan},
    spread::Spread,
    when::{DAY_SECS, Exactness, When},
};
use crate::{
    corpus::{
        Corpus,
        index::{CountIndex, EventIndex, EventRow, PeakIndex},
    },
    desk::{Desk, FoldChoice, Locale, Mark},
    model::Event,
};
use rayon::prelude::*;
use std::{collections::BinaryHeap, sync::Arc};

pub use super::grouping::MAX_LANES;
use super::time_scale::Axis;

/// Longest drawn length of each class of events but the last; the fewer there are of a class, the wider the
/// margin that has to be looked over.
const CLASS_SECS: [f64; 3] = [3.0 * DAY_SECS, 93.0 * DAY_SECS, 1_100.0 * DAY_SECS];
/// Of events that go on far beyond the view no more than so many are drawn in a lane, the most significant.
const MAX_LONG: usize = 4;
/// No more of the long ones are looked at one by one.
const MAX_WALKED: usize = 400;
/// So many events at most stand for all where the axis is folded.
const MAX_SAMPLE: usize = 60_000;

/// One event in its place in time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Item {
    /// Its row in the index.
    pub row: u32,
    /// Index in `Corpus::entries`.
    pub doc: u32,
    /// Index in `Document::events`.
    pub event: u32,
    /// When.
    pub when: When,
    /// How significant it is.
    pub rank: u8,
}

impl Item {
    fn new(row: u32, of: EventRow) -> Self {
        Self { row, doc: of.doc, event: of.event, when: of.when, rank: of.traits.rank }
    }

    /// Its identity.
    pub const fn mark(&self) -> Mark {
        Mark::Event { doc: self.doc as usize, event: self.event as usize }
    }

    /// What was read.
    pub fn event<'a>(&self, corpus: &'a Corpus) -> Option<&'a Event> {
        corpus.entries.get(self.doc as usize)?.document.events.get(self.event as usize)
    }

    /// The stretch its glyph is drawn over.
    pub fn drawn(&self) -> (f64, f64) {
        drawn(&self.when)
    }

    /// Whether any of it lies in a stretch of time.
    pub fn reaches(&self, start: f64, end: f64) -> bool {
        let (first, last) = reach(&self.when);
        first <= end && last >= start
    }
}

/// The stretch a glyph is drawn over: an approximate date a grain wider on either side.
fn drawn(when: &When) -> (f64, f64) {
    if when.exactness == Exactness::Approximate && when.end - when.start < 2.0 * when.precision_secs {
        return (when.start - when.precision_secs, when.end + when.precision_secs);
    }
    (when.start, when.end)
}

/// Index in [`CLASS_SECS`], or one more for what lasts longest or is open.
fn class(when: &When) -> usize {
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
    Some(Vec<u32>),
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
            Self::Some(rows) => rows.get(ordinal).copied(),
        }
    }

    /// The ordinal of a row; of the next one where it is not among them.
    pub fn rank(&self, row: u32) -> usize {
        match self {
            Self::All(n) => row.min(*n) as usize,
            Self::Some(rows) => rows.partition_point(|other| *other < row),
        }
    }

    /// Whether a row is among them.
    pub fn holds(&self, row: u32) -> bool {
        self.get(self.rank(row)) == Some(row)
    }
}

/// A lane: its name, and its events by time.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Lane {
    /// Its name, for the gutter and as its identity.
    pub name: String,
    /// Its events.
    pub rows: Rows,
    counts: CountIndex,
    spread: Spread,
    peaks: PeakIndex,
    /// Those that last longer than a day or two, by class.
    long: [Long; 3],
}

/// Events of a lane that last long: they are found by their middle only within a wide margin.
#[derive(Debug, Clone, PartialEq, Default)]
struct Long {
    /// Their ordinals in the lane.
    ordinals: Vec<u32>,
    peaks: PeakIndex,
    /// When they begin and when they end, each in order: how many are going on is a difference.
    starts: Vec<i64>,
    ends: Vec<i64>,
}

impl Long {
    fn new(ordinals: Vec<u32>, when: impl Fn(u32) -> Option<When>, rank: impl Fn(u32) -> u8) -> Self {
        let drawn = |ordinal: &u32| when(*ordinal).map(|when| reach(&when));
        let mut starts: Vec<i64> = ordinals.iter().filter_map(drawn).map(|(start, _)| start as i64).collect();
        let mut ends: Vec<i64> = ordinals.iter().filter_map(drawn).map(|(_, end)| end as i64).collect();
        starts.sort_unstable();
        ends.sort_unstable();
        let peaks = PeakIndex::new(ordinals.len(), |at| ordinals.get(at).map_or(0, |ordinal| rank(*ordinal)));
        Self { ordinals, peaks, starts, ends }
    }

    /// How many go on in a stretch of time.
    fn n_going_on(&self, start: f64, end: f64) -> usize {
        let begun = self.starts.partition_point(|from| *from as f64 <= end);
        begun.saturating_sub(self.ends.partition_point(|to| (*to as f64) < start))
    }

    /// Places among `from..to` by rank, the highest first.
    fn by_rank(&self, from: usize, to: usize, rank: impl Fn(u32) -> u8 + Copy) -> impl Iterator<Item = usize> {
        let rank_at = move |at: usize| self.ordinals.get(at).map_or(0, |ordinal| rank(*ordinal));
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

/// The stretch in which an event may be going on; open ends reach to the end of time.
fn reach(when: &When) -> (f64, f64) {
    let (start, end) = drawn(when);
    match when.exactness {
        Exactness::Until => (f64::NEG_INFINITY, end),
        Exactness::Ongoing => (start, f64::INFINITY),
        _ => (start, end),
    }
}

impl Lane {
    fn new(name: String, rows: Rows, index: &EventIndex) -> Self {
        let row = |ordinal: usize| rows.get(ordinal).unwrap_or(0);
        let counts = CountIndex::new(rows.len(), |ordinal| index.middle(row(ordinal)));
        let traits = index.columns().traits;
        let peaks =
            PeakIndex::new(rows.len(), |ordinal| traits.get(row(ordinal) as usize).map_or(0, |traits| traits.rank));
        let mut lists: [Vec<u32>; 3] = Default::default();
        for ordinal in 0..rows.len() {
            let Some(when) = index.when(row(ordinal)) else { continue };
            if let Some(list) = class(&when).checked_sub(1).and_then(|class| lists.get_mut(class)) {
                list.push(ordinal as u32);
            }
        }
        let when = |ordinal: u32| index.when(row(ordinal as usize));
        let rank = |ordinal: u32| traits.get(row(ordinal as usize) as usize).map_or(0, |traits| traits.rank);
        let long = lists.map(|ordinals| Long::new(ordinals, when, rank));
        let spread = Spread::new((0..rows.len()).filter_map(|ordinal| {
            let when = index.when(row(ordinal)).filter(|when| when.exactness == Exactness::Within)?;
            Some((when.start as i64, when.end as i64, index.middle(row(ordinal))))
        }));
        Self { name, rows, counts, spread, peaks, long }
    }

    /// How many events it has.
    pub const fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether it has none.
    pub const fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

/// All events that can be placed and pass the filter, in lanes.
#[derive(Debug, Clone, Default)]
pub struct Timeline {
    index: Arc<EventIndex>,
    /// In the order in which they are drawn.
    pub lanes: Vec<Lane>,
    /// All that are shown, by middle.
    pub rows: Rows,
    /// The cuts that the fold rule finds.
    pub cuts: Vec<Cut>,
    /// What the axis is made for: all events, or of many one for each stretch that is in use.
    sample: Vec<When>,
    /// Where nearly all of very many events lie, where that is a small part of the time they span.
    core: Option<(f64, f64)>,
    /// All rows as one lane, where some stand in several lanes and the lanes together tell too many.
    whole: Option<Box<Lane>>,
}

impl Timeline {
    /// Places the events of `corpus` as `desk` groups and filters them. Events without an interval are left out.
    pub fn new(corpus: &Corpus, desk: &Desk, locale: &Locale) -> Self {
        Self::planned(Arc::clone(corpus.index()), grouping::plan(corpus, desk, locale))
    }

    /// The part of the work that needs no document: may be done beside the window.
    pub fn planned(index: Arc<EventIndex>, plan: Plan) -> Self {
        let (rows, lanes) = plan.sort(&index);
        let lanes: Vec<Lane> = lanes.into_par_iter().map(|(name, rows)| Lane::new(name, rows, &index)).collect();
        let n_in_lanes: usize = lanes.iter().map(Lane::len).sum();
        let whole = (n_in_lanes > rows.len()).then(|| Box::new(Lane::new(String::new(), rows.clone(), &index)));
        let sample = sample(&index, &rows, &lanes);
        let core = core(&index, &rows, &sample);
        let within: Vec<When> = sample.iter().copied().filter(|when| is_within(when, core)).collect();
        Self { cuts: fold::cuts(&within), sample, core, whole, lanes, rows, index }
    }

    /// How many events lie off the axis, unless it shows all.
    pub fn n_far(&self) -> usize {
        let near = self.core.map(|(start, end)| self.ordinal_at(end).saturating_sub(self.ordinal_at(start)));
        near.map_or(0, |near| self.len().saturating_sub(near))
    }

    /// The axis of the pane: folded or not as the user chose, or as the rule has it.
    pub fn axis(&self, fold: FoldChoice, opened: &[f64], reach: Reach, width_px: f64) -> Axis {
        let core = self.core.filter(|_| reach == Reach::Core);
        let sample: Vec<When> = self.sample.iter().copied().filter(|when| is_within(when, core)).collect();
        let is_folded = match fold {
            FoldChoice::Folded => true,
            FoldChoice::Continuous => false,
            // Very many events are always crowded somewhere; their axis stays whole unless the user folds it.
            FoldChoice::Auto => self.len() < MANY && fold::folds_by_itself(&sample, width_px),
        };
        let is_open = |cut: &Cut| opened.iter().any(|at| cut.start <= *at && *at <= cut.end);
        let cuts = if is_folded { self.cuts.iter().copied().filter(|cut| !is_open(cut)).collect() } else { Vec::new() };
        fold::axis(&sample, cuts, width_px)
    }

    /// How many events are shown.
    pub const fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether none is.
    pub const fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The index it looks into.
    pub const fn index(&self) -> &Arc<EventIndex> {
        &self.index
    }

    /// The event of a row; `None` where there is none such.
    pub fn item(&self, row: u32) -> Option<Item> {
        Some(Item::new(row, self.index.row(row)?))
    }

    /// The lane a row is in; `None` where the filter hides it.
    pub fn lane_of(&self, row: u32) -> Option<usize> {
        self.lanes.iter().position(|lane| lane.rows.holds(row))
    }

    /// How many events have their middle in a stretch of time.
    pub fn count(&self, start: f64, end: f64) -> usize {
        // Not the sum of the lanes, for an event with two tags stands in two.
        self.ordinal_at(end).saturating_sub(self.ordinal_at(start))
    }

    /// How many events of a lane have their middle in a stretch of time.
    pub fn count_in(&self, lane: &Lane, start: f64, end: f64) -> usize {
        self.before(lane, end).saturating_sub(self.before(lane, start))
    }

    /// How many events of a lane have their middle before a moment.
    pub fn before(&self, lane: &Lane, time: f64) -> usize {
        lane.counts.before(time, |ordinal| lane.rows.get(ordinal).map_or(0, |row| self.index.middle(row)))
    }

    /// How many events of a lane lie before a moment, those known to a month or a year spread evenly over it: for
    /// histograms.
    pub fn spread_before(&self, lane: &Lane, time: f64) -> usize {
        (self.before(lane, time) as f64 + lane.spread.shift(time)).round().max(0.0) as usize
    }

    /// As [`Self::spread_before`], of all lanes together; what stands in several counts once.
    pub fn all_spread_before(&self, time: f64) -> usize {
        match &self.whole {
            Some(whole) => self.spread_before(whole, time),
            None => self.lanes.iter().map(|lane| self.spread_before(lane, time)).sum(),
        }
    }

    /// The ordinal in [`Self::rows`] of the first event at or after a moment.
    pub fn ordinal_at(&self, time: f64) -> usize {
        let row = self.index.all().before(time, |row| self.index.middle(row as u32));
        self.rows.rank(row as u32)
    }

    /// The most significant event of a lane with its middle in a stretch of time, the first of equals.
    pub fn most_significant(&self, lane: &Lane, start: f64, end: f64) -> Option<Item> {
        let traits = self.index.columns().traits;
        let rank = |ordinal: usize| {
            lane.rows.get(ordinal).and_then(|row| traits.get(row as usize)).map_or(0, |traits| traits.rank)
        };
        let ordinal = lane.peaks.highest(self.before(lane, start), self.before(lane, end), rank)?;
        self.item(lane.rows.get(ordinal)?)
    }

    /// The events of a lane that reach into a stretch of time, by middle; and how many of those that go on far
    /// beyond it are left out.
    pub fn in_view(&self, lane: &Lane, start: f64, end: f64) -> (Vec<Item>, usize) {
        let item = |ordinal: usize| self.item(lane.rows.get(ordinal)?);
        let short = CLASS_SECS[0];
        let from = self.before(lane, start - short);
        let to = self.before(lane, end + short).max(from);
        let mut found: Vec<Item> =
            (from..to).filter_map(item).filter(|item| class(&item.when) == 0 && item.reaches(start, end)).collect();
        let mut n_left_out = 0;
        let traits = self.index.columns().traits;
        let rank = |ordinal: u32| {
            lane.rows.get(ordinal as usize).and_then(|row| traits.get(row as usize)).map_or(0, |traits| traits.rank)
        };
        for (long, longest) in lane.long.iter().zip([CLASS_SECS[1], CLASS_SECS[2], f64::INFINITY]) {
            let list = &long.ordinals;
            let (from, to) = (self.before(lane, start - longest), self.before(lane, end + longest));
            let from = list.partition_point(|ordinal| (*ordinal as usize) < from);
            let to = list.partition_point(|ordinal| (*ordinal as usize) < to).max(from);
            if to - from > MAX_WALKED {
                // Too many to look at each: the most significant stand for all, the others are counted.
                let places = long.by_rank(from, to, rank).take(MAX_WALKED);
                let items = places.filter_map(|at| item(*list.get(at)? as usize));
                let chosen: Vec<Item> = items.filter(|item| item.reaches(start, end)).take(MAX_LONG).collect();
                n_left_out += long.n_going_on(start, end).saturating_sub(chosen.len());
                found.extend(chosen);
                continue;
            }
            let reaching = list.get(from..to).unwrap_or_default().iter();
            let reaching =
                reaching.filter_map(|ordinal| item(*ordinal as usize)).filter(|item| item.reaches(start, end));
            let is_far = |item: &Item| {
                let (first, last) = item.drawn();
                first < start && last > end && last - first > 3.0 * (end - start)
            };
            let (mut far, near): (Vec<Item>, Vec<Item>) = reaching.partition(is_far);
            if far.len() > MAX_LONG {
                n_left_out += far.len() - MAX_LONG;
                far.sort_by_key(|item| (std::cmp::Reverse(item.rank), item.row));
                far.truncate(MAX_LONG);
            }
            found.extend(near);
            found.extend(far);
        }
        found.sort_unstable_by_key(|item| item.row);
        (found, n_left_out)
    }

    /// The row of the event a mark is about: itself, or the one that rests on the time or quantity.
    pub fn find(&self, mark: Mark, corpus: &Corpus) -> Option<u32> {
        let is_shown = |row: &u32| self.rows.holds(*row);
        if let Mark::Event { doc, event } = mark {
            return self.index.row_of(doc, event).filter(is_shown);
        }
        let parts = mark.parts(corpus);
        let events = &corpus.entries.get(mark.doc())?.document.events;
        let resting = events.iter().enumerate().filter(|(_, event)| rests_on(event, &parts, corpus));
        resting.filter_map(|(idx, _)| self.index.row_of(mark.doc(), idx)).filter(is_shown).min()
    }

    /// The stretch left out at a moment, as the text's events bound it.
    pub fn cut_at(&self, time: f64) -> Option<Cut> {
        self.cuts.iter().copied().find(|cut| cut.start <= time && time <= cut.end)
    }
}

/// How much of all time the axis spans.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reach {
    /// Where nearly all events lie.
    Core,
    /// From the first to the last.
    All,
}

/// From so many events on, the few that lie far off the others do not stretch the axis.
const MANY: usize = 2_000;
/// The part of them that may lie off it on either side.
const FAR_SHARE: f64 = 0.004;

/// Where nearly all of many events lie: a misread year 8226 must not shrink three years of news to a line.
fn core(index: &EventIndex, rows: &Rows, sample: &[When]) -> Option<(f64, f64)> {
    if rows.len() < MANY {
        return None;
    }
    let n_far = (rows.len() as f64 * FAR_SHARE) as usize;
    let middle = |ordinal: usize| Some(index.middle(rows.get(ordinal)?) as f64);
    let (start, end) = (middle(n_far)?, middle(rows.len() - 1 - n_far)?);
    let pad = ((end - start) * 0.02).max(DAY_SECS);
    let (first, last) = fold::extent(sample);
    ((end - start) * 3.0 < last - first).then_some((start - pad, end + pad))
}

fn is_within(when: &When, core: Option<(f64, f64)>) -> bool {
    core.is_none_or(|(start, end)| when.start >= start && when.end <= end)
}

/// All events, or of many one for each stretch that is in use: the axis asks where something happens, not how much.
fn sample(index: &EventIndex, rows: &Rows, lanes: &[Lane]) -> Vec<When> {
    if rows.len() <= 5_000 {
        return (0..rows.len()).filter_map(|ordinal| index.when(rows.get(ordinal)?)).collect();
    }
    let mut sample: Vec<u32> = Vec::new();
    for lane in lanes {
        sample.extend(lane.counts.occupied().filter_map(|ordinal| lane.rows.get(ordinal)));
        // What lasts longest bounds the axis although its middle may share a day with others.
        let longest = lane.long.last().into_iter().flat_map(|long| &long.ordinals);
        sample.extend(longest.filter_map(|ordinal| lane.rows.get(*ordinal as usize)));
    }
    sample.extend(rows.len().checked_sub(1).and_then(|last| rows.get(last)));
    sample.sort_unstable();
    sample.dedup();
    let every = sample.len().div_ceil(MAX_SAMPLE).max(1);
    let last = sample.len().saturating_sub(1);
    let kept = sample.iter().enumerate().filter(|(idx, _)| idx % every == 0 || *idx == last);
    kept.filter_map(|(_, row)| index.when(*row)).collect()
}

/// Whether an event rests on one of `parts` (times and quantities of its document).
pub fn rests_on(event: &Event, parts: &[Mark], corpus: &Corpus) -> bool {
    parts.iter().any(|part| match *part {
        Mark::Time { time, .. } => event.time == Some(time),
        Mark::Quantity { .. } => part.span(corpus).is_some_and(|span| event.span.contains(span)),
        _ => false,
    })
}
