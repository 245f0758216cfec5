//! The events of a corpus sorted into lanes; made once for a grouping and a filter, asked every frame.
//!
//! Events are known by their row in the corpus's index. Every question of a frame (what is in view, how many in this
//! column, which is the most significant) is a look-up in a lane's own small indices, so zooming and panning never
//! walk all events.

use super::{
    fold::{self, Cut},
    grouping::{self, LaneName, Plan},
    when::{DAY_SECS, When},
};
use crate::{
    corpus::{
        Corpus,
        index::{
            EventIndex, EventRow, LaneIndex,
            lane::{CLASS_SECS, class, drawn, reach},
            sample,
        },
    },
    desk::{Desk, FoldChoice, Locale, Mark},
    model::Event,
};
use rayon::prelude::*;
use std::sync::Arc;

pub use super::grouping::MAX_LANES;
use super::time_scale::Axis;
pub use crate::corpus::index::Rows;

/// Of events that go on far beyond the view no more than so many are drawn in a lane, the most significant.
const MAX_LONG: usize = 4;
/// No more of the long ones are looked at one by one.
const MAX_WALKED: usize = 400;

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

/// A lane: its name, and its events by time.
#[derive(Debug, Clone, Default)]
pub struct Lane {
    /// What tells it from the others, in every language.
    pub key: String,
    /// Its name, for the gutter.
    pub name: String,
    /// Its events.
    pub index: Arc<LaneIndex>,
}

impl Lane {
    fn new(LaneName { key, shown }: LaneName, index: Arc<LaneIndex>) -> Self {
        Self { key, name: shown, index }
    }

    /// Its events as rows.
    pub fn rows(&self) -> &Rows {
        &self.index.rows
    }

    /// How many events it has.
    pub fn len(&self) -> usize {
        self.index.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.index.is_empty()
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
        let kept = plan.shelf(&index);
        let (rows, lanes, sample) = match kept {
            Some((shelf, names)) => {
                let lanes = names.into_iter().zip(&shelf.lanes);
                let mut lanes: Vec<Lane> = lanes.map(|(name, (_, of))| Lane::new(name, Arc::clone(of))).collect();
                lanes.sort_by_cached_key(|lane| plan.place_of(&lane.key));
                (Rows::All(index.len() as u32), lanes, shelf.sample.clone())
            }
            None => {
                let (rows, lanes) = plan.sort(&index);
                let lane = |(name, rows)| Lane::new(name, Arc::new(LaneIndex::new(rows, &index)));
                let lanes: Vec<Lane> = lanes.into_par_iter().map(lane).collect();
                let sample = sample(&index, &rows, lanes.iter().map(|lane| lane.index.as_ref()));
                (rows, lanes, sample)
            }
        };
        let n_in_lanes: usize = lanes.iter().map(Lane::len).sum();
        let whole = (n_in_lanes > rows.len())
            .then(|| Box::new(Lane::new(LaneName::default(), Arc::new(LaneIndex::new(rows.clone(), &index)))));
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
        self.lanes.iter().position(|lane| lane.rows().holds(row))
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
        lane.index.before(&self.index, time)
    }

    /// How many events of a lane lie before a moment, those known to a month or a year spread evenly over it: for
    /// histograms.
    pub fn spread_before(&self, lane: &Lane, time: f64) -> usize {
        lane.index.spread_before(&self.index, time)
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
        let ordinal = lane.index.most_significant(&self.index, start, end)?;
        self.item(lane.rows().get(ordinal)?)
    }

    /// The events of a lane that reach into a stretch of time, by middle; and how many of those that go on far
    /// beyond it are left out.
    pub fn in_view(&self, lane: &Lane, start: f64, end: f64) -> (Vec<Item>, usize) {
        let item = |ordinal: usize| self.item(lane.rows().get(ordinal)?);
        let short = CLASS_SECS[0];
        let from = self.before(lane, start - short);
        let to = self.before(lane, end + short).max(from);
        let mut found: Vec<Item> =
            (from..to).filter_map(item).filter(|item| class(&item.when) == 0 && item.reaches(start, end)).collect();
        let mut n_left_out = 0;
        let rank = |ordinal: u32| lane.index.rank(&self.index, ordinal as usize);
        for (long, longest) in lane.index.long.iter().zip([CLASS_SECS[1], CLASS_SECS[2], f64::INFINITY]) {
            let list = &long.ordinals;
            let (from, to) = (self.before(lane, start - longest), self.before(lane, end + longest));
            let from = list.partition_point(|ordinal| (ordinal as usize) < from);
            let to = list.partition_point(|ordinal| (ordinal as usize) < to).max(from);
            if to - from > MAX_WALKED {
                // Too many to look at each: the most significant stand for all, the others are counted.
                let places = long.by_rank(from, to, rank).take(MAX_WALKED);
                let items = places.filter_map(|at| item(list.get(at)? as usize));
                let chosen: Vec<Item> = items.filter(|item| item.reaches(start, end)).take(MAX_LONG).collect();
                n_left_out += long.n_going_on(start, end).saturating_sub(chosen.len());
                found.extend(chosen);
                continue;
            }
            let reaching = (from..to).filter_map(|at| item(list.get(at)? as usize));
            let reaching = reaching.filter(|item| item.reaches(start, end));
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
const FAR_SHARE: f64 = 0.015;

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

/// Whether an event rests on one of `parts` (times and quantities of its document).
pub fn rests_on(event: &Event, parts: &[Mark], corpus: &Corpus) -> bool {
    parts.iter().any(|part| match *part {
        Mark::Time { time, .. } => event.time == Some(time),
        Mark::Quantity { .. } => part.span(corpus).is_some_and(|span| event.span.contains(span)),
        _ => false,
    })
}
