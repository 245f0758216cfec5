//! The events of a corpus in order of time and sorted into lanes; made once for a corpus, a grouping and a filter.
//!
//! Every question of a frame (what is in view, how many in this column) is a binary search in a lane's sorted
//! array, so zooming and panning never walk all events.

use super::{
    fold::{self, Cut},
    names,
    time_scale::Axis,
    when::{DAY_SECS, Exactness, When},
};
use crate::{
    corpus::Corpus,
    desk::{FoldChoice, Grouping, Locale, Mark},
    model::Event,
};
use std::collections::{BTreeMap, BTreeSet};

/// So many lanes of a collection's places or documents have their own row; the rest share one.
const MAX_GROUPS: usize = 8;
/// Stories of a few documents keep lanes of their own up to this number.
const MAX_STORIES: usize = 40;
/// An event that lasts longer than twice this is kept apart, so that the others can be found by their middle.
const NARROW_SECS: f64 = 370.0 * DAY_SECS;

/// One event that can be placed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Item {
    /// Index in `Corpus::entries`.
    pub doc: u32,
    /// Index in `Document::events`.
    pub event: u32,
    /// Index in [`Timeline::lanes`].
    pub lane: u32,
    /// When.
    pub when: When,
}

impl Item {
    /// Its identity.
    pub const fn mark(&self) -> Mark {
        Mark::Event { doc: self.doc as usize, event: self.event as usize }
    }

    /// What was read.
    pub fn event<'a>(&self, corpus: &'a Corpus) -> Option<&'a Event> {
        corpus.entries.get(self.doc as usize)?.document.events.get(self.event as usize)
    }

    /// The stretch its glyph is drawn over: an approximate date a grain wider on either side.
    pub fn drawn(&self) -> (f64, f64) {
        let when = &self.when;
        if when.exactness == Exactness::Approximate && when.end - when.start < 2.0 * when.precision_secs {
            return (when.start - when.precision_secs, when.end + when.precision_secs);
        }
        (when.start, when.end)
    }

    fn is_wide(&self) -> bool {
        let (start, end) = self.drawn();
        end - start > 2.0 * NARROW_SECS || matches!(self.when.exactness, Exactness::Ongoing | Exactness::Until)
    }
}

/// A lane: its name, and its events by time.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Lane {
    /// Its name, for the gutter and as its identity.
    pub name: String,
    /// Indices in [`Timeline::items`], by middle.
    pub items: Vec<u32>,
    /// The middles of `items`, for binary search.
    middles: Vec<f64>,
    /// Those of `items` that last long or are open.
    wide: Vec<u32>,
}

impl Lane {
    /// How many of its events have their middle in a stretch of time.
    pub fn count(&self, start: f64, end: f64) -> usize {
        let from = self.middles.partition_point(|middle| *middle < start);
        let to = self.middles.partition_point(|middle| *middle < end);
        to.saturating_sub(from)
    }
}

/// All events that can be placed, in lanes.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Timeline {
    /// By middle, then place in the corpus.
    pub items: Vec<Item>,
    /// In the order in which they are drawn.
    pub lanes: Vec<Lane>,
    /// The cuts that the fold rule finds.
    pub cuts: Vec<Cut>,
    middles: Vec<f64>,
}

impl Timeline {
    /// Places the events of `corpus`. `places` filters by place (all where empty; an empty name stands for
    /// events without one). Events without an interval are left out.
    pub fn new(corpus: &Corpus, grouping: Grouping, places: &BTreeSet<String>, locale: &Locale) -> Self {
        let mut items: Vec<Item> = Vec::new();
        let mut keys: BTreeMap<(usize, usize, String), Vec<usize>> = BTreeMap::new();
        for (doc, entry) in corpus.entries.iter().enumerate() {
            for (idx, event) in entry.document.events.iter().enumerate() {
                let place = event.place.as_deref().unwrap_or_default();
                if !places.is_empty() && !places.contains(place) {
                    continue;
                }
                let Some(when) = When::of_event(&entry.document, event) else { continue };
                let key = match grouping {
                    Grouping::Article => (doc, event.article, String::new()),
                    Grouping::Document => (doc, 0, String::new()),
                    Grouping::Place => (usize::from(place.is_empty()), 0, place.to_owned()),
                    Grouping::None => (0, 0, String::new()),
                };
                keys.entry(key).or_default().push(items.len());
                items.push(Item { doc: doc as u32, event: idx as u32, lane: 0, when });
            }
        }
        let groups = grouped(keys, grouping, corpus, locale);
        let mut lanes: Vec<Lane> = Vec::with_capacity(groups.len());
        for (lane_idx, (name, members)) in groups.into_iter().enumerate() {
            for item in members {
                if let Some(item) = items.get_mut(item) {
                    item.lane = lane_idx as u32;
                }
            }
            lanes.push(Lane { name, ..Lane::default() });
        }
        items.sort_by(|a, b| a.when.middle().total_cmp(&b.when.middle()).then((a.doc, a.event).cmp(&(b.doc, b.event))));
        for (idx, item) in items.iter().enumerate() {
            if let Some(lane) = lanes.get_mut(item.lane as usize) {
                lane.items.push(idx as u32);
                lane.middles.push(item.when.middle());
                if item.is_wide() {
                    lane.wide.push(idx as u32);
                }
            }
        }
        let whens: Vec<When> = items.iter().map(|item| item.when).collect();
        let middles = items.iter().map(|item| item.when.middle()).collect();
        Self { cuts: fold::cuts(&whens), items, lanes, middles }
    }

    /// The axis of the pane: folded or not as the user chose, or as the rule has it.
    pub fn axis(&self, fold: FoldChoice, opened: &[f64], width_px: f64) -> Axis {
        let whens: Vec<When> = self.items.iter().map(|item| item.when).collect();
        let is_folded = match fold {
            FoldChoice::Folded => true,
            FoldChoice::Continuous => false,
            FoldChoice::Auto => fold::folds_by_itself(&whens, width_px),
        };
        let is_open = |cut: &Cut| opened.iter().any(|at| cut.start <= *at && *at <= cut.end);
        let cuts = if is_folded { self.cuts.iter().copied().filter(|cut| !is_open(cut)).collect() } else { Vec::new() };
        fold::axis(&whens, cuts, width_px)
    }

    /// How many events have their middle in a stretch of time.
    pub fn count(&self, start: f64, end: f64) -> usize {
        let from = self.middles.partition_point(|middle| *middle < start);
        self.middles.partition_point(|middle| *middle < end).saturating_sub(from)
    }

    /// The events of a lane that reach into a stretch of time, by middle.
    pub fn in_view<'a>(&'a self, lane: &'a Lane, start: f64, end: f64) -> impl Iterator<Item = (u32, &'a Item)> {
        let from = lane.middles.partition_point(|middle| *middle < start - NARROW_SECS);
        let to = lane.middles.partition_point(|middle| *middle <= end + NARROW_SECS).max(from);
        let narrow = lane.items.get(from..to).unwrap_or_default().iter();
        let mut found: Vec<u32> = narrow.copied().collect();
        found.extend(lane.wide.iter().copied());
        found.sort_unstable();
        found.dedup();
        found.into_iter().filter_map(move |idx| {
            let item = self.items.get(idx as usize)?;
            let (first, last) = item.drawn();
            let first = if item.when.exactness == Exactness::Until { f64::NEG_INFINITY } else { first };
            let last = if item.when.exactness == Exactness::Ongoing { f64::INFINITY } else { last };
            (first <= end && last >= start).then_some((idx, item))
        })
    }

    /// The event a mark is about: itself, or the one that rests on the time or quantity.
    pub fn find(&self, mark: Mark, corpus: &Corpus) -> Option<usize> {
        let same = self.items.iter().position(|item| item.mark() == mark);
        same.or_else(|| {
            let parts = mark.parts(corpus);
            self.items.iter().position(|item| {
                item.doc as usize == mark.doc()
                    && item.event(corpus).is_some_and(|event| rests_on(event, &parts, corpus))
            })
        })
    }

    /// The stretch left out at a moment, as the text's events bound it.
    pub fn cut_at(&self, time: f64) -> Option<Cut> {
        self.cuts.iter().copied().find(|cut| cut.start <= time && time <= cut.end)
    }
}

/// Whether an event rests on one of `parts` (times and quantities of its document).
pub fn rests_on(event: &Event, parts: &[Mark], corpus: &Corpus) -> bool {
    parts.iter().any(|part| match *part {
        Mark::Time { time, .. } => event.time == Some(time),
        Mark::Quantity { .. } => part.span(corpus).is_some_and(|span| event.span.contains(span)),
        _ => false,
    })
}

type Groups = Vec<(String, Vec<usize>)>;

/// Names the groups and puts those beyond the limit into one.
fn grouped(
    keys: BTreeMap<(usize, usize, String), Vec<usize>>,
    grouping: Grouping,
    corpus: &Corpus,
    locale: &Locale,
) -> Groups {
    let name = |key: &(usize, usize, String)| match grouping {
        Grouping::None => locale.get("timeline.all-events").to_owned(),
        Grouping::Place if key.2.is_empty() => locale.get("timeline.no-place").to_owned(),
        Grouping::Place => key.2.clone(),
        Grouping::Document => corpus.entries.get(key.0).map(names::document_name).unwrap_or_default(),
        Grouping::Article => {
            corpus.entries.get(key.0).map(|entry| names::article_name(entry, key.1, locale)).unwrap_or_default()
        }
    };
    let mut groups: Vec<((usize, usize, String), Vec<usize>)> = keys.into_iter().collect();
    let max = if grouping == Grouping::Article { MAX_STORIES } else { MAX_GROUPS };
    if grouping == Grouping::Place {
        groups.sort_by(|a, b| (a.0.0, b.1.len(), &a.0.2).cmp(&(b.0.0, a.1.len(), &b.0.2)));
    }
    if groups.len() <= max + 1 {
        return groups.into_iter().map(|(key, members)| (name(&key), members)).collect();
    }
    // The largest stay, in their order; the others share the last lane.
    let mut sizes: Vec<usize> = groups.iter().map(|(_, members)| members.len()).collect();
    sizes.sort_unstable_by(|a, b| b.cmp(a));
    let least = sizes.get(MAX_GROUPS - 1).copied().unwrap_or(0);
    let (mut kept, mut rest): (Groups, Vec<usize>) = (Vec::new(), Vec::new());
    let mut n_rest = 0;
    for (key, members) in groups {
        if members.len() >= least && kept.len() < MAX_GROUPS {
            kept.push((name(&key), members));
        } else {
            n_rest += 1;
            rest.extend(members);
        }
    }
    kept.push((locale.fill("timeline.others", &[&n_rest.to_string()]), rest));
    kept
}
