//! The same happening told by several articles is one event with several sources.
//!
//! Two events are the same where their times agree (one lies within the other, and they are not far apart in
//! precision) and their passages share their wording: characters in pairs, measured against the shorter passage.
//! The test is strict, for two things wrongly made one are worse than one thing shown twice.

use crate::model::{Document, Event};
use std::collections::{BTreeMap, HashSet};

/// Share of the shorter text's character pairs that the other must have.
const MIN_SHARE: f64 = 0.5;
/// Events whose dates lie at most this many entries apart in the order of time are compared.
const MAX_NEIGHBOURS: usize = 64;

/// Links events of `document` that tell the same happening (`Event::same_as`), by date and wording. `text` is
/// the document's decoded text.
pub fn merge(document: &mut Document, text: &str) {
    let events = &document.events;
    let wording: Vec<Wording> = events
        .iter()
        .map(|event| Wording { title: pairs(&event.title), passage: pairs(event.span.slice(text)) })
        .collect();
    let mut order: Vec<usize> = (0..events.len()).collect();
    order.sort_by_key(|&idx| events.get(idx).and_then(|event| event.interval));
    let mut group: Vec<usize> = (0..events.len()).collect();
    for (at, &a) in order.iter().enumerate() {
        for &b in order.iter().skip(at + 1).take(MAX_NEIGHBOURS) {
            let (Some(first), Some(second)) = (events.get(a), events.get(b)) else { continue };
            let (Some(wa), Some(wb)) = (wording.get(a), wording.get(b)) else { continue };
            if same_time(first, second) && first.article != second.article && wa.agrees_with(wb) {
                join(&mut group, a, b);
            }
        }
    }
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for idx in 0..group.len() {
        members.entry(root(&group, idx)).or_default().push(idx);
    }
    for together in members.values().filter(|together| together.len() > 1) {
        for &idx in together {
            if let Some(event) = document.events.get_mut(idx) {
                event.same_as = together.iter().copied().filter(|&other| other != idx).collect();
            }
        }
    }
}

/// The character pairs of an event's title and of the passage that tells it.
struct Wording {
    title: HashSet<(char, char)>,
    passage: HashSet<(char, char)>,
}

impl Wording {
    fn agrees_with(&self, other: &Self) -> bool {
        share(&self.title, &other.title) >= MIN_SHARE || share(&self.passage, &other.passage) >= MIN_SHARE
    }
}

/// Whether the two could be at the same time: the same stretch, or a day within the other's day-long stretch.
fn same_time(a: &Event, b: &Event) -> bool {
    let (Some(a), Some(b)) = (a.interval, b.interval) else { return false };
    if a == b {
        return true;
    }
    let (Some(a0), Some(a1), Some(b0), Some(b1)) = (a.start, a.end, b.start, b.end) else { return false };
    let day = 86_400;
    let is_short = |from: crate::edtf::Moment, to: crate::edtf::Moment| to.seconds() - from.seconds() <= day;
    is_short(a0, a1) && is_short(b0, b1) && ((a0 <= b0 && b1 <= a1) || (b0 <= a0 && a1 <= b1))
}

/// The pairs of neighbouring characters, marks and blanks left out.
fn pairs(text: &str) -> HashSet<(char, char)> {
    let chars: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
    chars.windows(2).filter_map(|pair| Some((*pair.first()?, *pair.last()?))).collect()
}

fn share(a: &HashSet<(char, char)>, b: &HashSet<(char, char)>) -> f64 {
    let least = a.len().min(b.len());
    if least < 4 {
        return 0.0;
    }
    a.intersection(b).count() as f64 / least as f64
}

fn root(group: &[usize], mut idx: usize) -> usize {
    while let Some(&up) = group.get(idx)
        && up != idx
    {
        idx = up;
    }
    idx
}

fn join(group: &mut [usize], a: usize, b: usize) {
    let (a, b) = (root(group, a), root(group, b));
    if let Some(slot) = group.get_mut(a.max(b)) {
        *slot = a.min(b);
    }
}
