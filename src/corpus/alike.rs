//! Events of one date that tell the same happening in other words.
//!
//! Two titles of the same date are one event where they share most of their pairs of characters, begin with the
//! same actor, and do not count different things. Tolls that differ (84人死亡, 92人死亡) are one event with both
//! figures among its sources; numbered meetings and measured rates are not.

use super::JoinedEvent;
use crate::edtf::Interval;
use std::collections::{BTreeMap, HashMap};

/// Share of the shorter title's pairs that the other must have.
const MIN_SHARE: f64 = 0.6;
/// The same of the longer one.
const MIN_LONGER: f64 = 0.4;
/// Shorter titles say too little, in pairs of characters.
const MIN_PAIRS: usize = 5;
/// Pairs that so many titles of a date have tell nothing.
const MAX_TITLES: usize = 40;

type Pair = (char, char);

/// A title taken apart.
struct Words {
    pairs: Vec<Pair>,
    /// Figures with the character behind them: 84人, 3.6%.
    figures: Vec<(String, char)>,
    first: Option<char>,
}

impl Words {
    fn of(title: &str) -> Self {
        let mut figures: Vec<(String, char)> = Vec::new();
        let mut letters: Vec<char> = Vec::new();
        let mut chars = title.chars().peekable();
        while let Some(c) = chars.next() {
            if c.is_ascii_digit() {
                let mut figure = String::from(c);
                while let Some(next) = chars.next_if(|c| c.is_ascii_digit() || matches!(c, '.' | ',')) {
                    figure.push(next);
                }
                figures.push((figure, chars.peek().copied().unwrap_or(' ')));
            } else if c.is_alphabetic() {
                letters.push(c);
            }
        }
        let first = letters.first().copied();
        let mut pairs: Vec<Pair> =
            letters.windows(2).filter_map(|pair| Some((*pair.first()?, *pair.last()?))).collect();
        pairs.sort_unstable();
        pairs.dedup();
        Self { pairs, figures, first }
    }

    /// Whether the two tell the same, `shared` pairs being in both.
    fn agrees_with(&self, other: &Self, shared: usize) -> bool {
        let (less, more) = (self.pairs.len().min(other.pairs.len()), self.pairs.len().max(other.pairs.len()));
        let is_alike = shared as f64 >= MIN_SHARE * less as f64 && shared as f64 >= MIN_LONGER * more as f64;
        let same_actor = self.first == other.first || shared == less;
        less >= MIN_PAIRS && is_alike && same_actor && self.counts_with(other)
    }

    /// Whether no figure contradicts: only tolls, which are counted again every day, may differ.
    fn counts_with(&self, other: &Self) -> bool {
        if self.figures.is_empty() || other.figures.is_empty() || self.figures == other.figures {
            return true;
        }
        let are_tolls = |words: &Self| words.figures.iter().all(|(_, unit)| matches!(unit, '人' | '名' | '例'));
        are_tolls(self) && are_tolls(other) && self.figures.len() == other.figures.len()
    }
}

/// Whether two titles of one date tell the same happening.
pub(super) fn agree(a: &str, b: &str) -> bool {
    let plain = |title: &str| title.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let (here, there) = (Words::of(a), Words::of(b));
    let shared = here.pairs.iter().filter(|pair| there.pairs.binary_search(pair).is_ok()).count();
    plain(a) == plain(b) || here.agrees_with(&there, shared)
}

/// Puts events together that are alike.
pub(super) fn join(events: Vec<JoinedEvent>) -> Vec<JoinedEvent> {
    let mut dates: BTreeMap<Interval, Vec<usize>> = BTreeMap::new();
    for (idx, event) in events.iter().enumerate() {
        if let Some(interval) = event.interval {
            dates.entry(interval).or_default().push(idx);
        }
    }
    let mut into: Vec<usize> = (0..events.len()).collect();
    for together in dates.values().filter(|together| together.len() > 1) {
        same_date(&events, together, &mut into);
    }
    let mut kept: Vec<Option<JoinedEvent>> = Vec::with_capacity(events.len());
    for (event, &target) in events.into_iter().zip(&into) {
        match kept.get_mut(target).and_then(Option::as_mut) {
            Some(first) => {
                first.place = first.place.take().or(event.place);
                first.sources.extend(event.sources);
                kept.push(None);
            }
            None => kept.push(Some(event)),
        }
    }
    kept.into_iter().flatten().collect()
}

/// Finds for each event of a date the earliest one it tells again.
fn same_date(events: &[JoinedEvent], together: &[usize], into: &mut [usize]) {
    let words: Vec<Words> =
        together.iter().map(|&idx| Words::of(events.get(idx).map_or("", |event| &event.title))).collect();
    let mut titles: HashMap<Pair, Vec<usize>> = HashMap::new();
    for (place, here) in words.iter().enumerate() {
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for pair in &here.pairs {
            let with = titles.entry(*pair).or_default();
            if with.len() < MAX_TITLES {
                with.iter().for_each(|&earlier| *shared.entry(earlier).or_default() += 1);
                with.push(place);
            }
        }
        let same =
            shared.into_iter().find(|&(earlier, n)| words.get(earlier).is_some_and(|words| here.agrees_with(words, n)));
        if let Some((earlier, _)) = same
            && let (Some(&idx), Some(&first)) = (together.get(place), together.get(earlier))
            && let Some(&root) = into.get(first)
            && let Some(slot) = into.get_mut(idx)
        {
            *slot = root;
        }
    }
}
