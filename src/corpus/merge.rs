//! The same happening told by several articles is one event with several sources.
//!
//! Two events are the same where their times agree (one lies within the other, and they are not far apart in
//! precision) and their passages share their wording: characters in pairs, measured against the shorter passage.
//! The test is strict, for two things wrongly made one are worse than one thing shown twice.

use crate::{
    edtf::Interval,
    model::{Document, Event},
};
use std::{cell::OnceCell, collections::BTreeMap};

/// The shorter text must share one in so many of its character pairs.
const MIN_SHARE: usize = 2;
/// A text with fewer pairs says too little.
const MIN_PAIRS: usize = 4;
/// Events whose dates lie at most this many entries apart in the order of time are compared.
const MAX_NEIGHBOURS: usize = 64;

/// Links events of `document` that tell the same happening (`Event::same_as`), by date and wording. `text` is
/// the document's decoded text.
pub fn merge(document: &mut Document, text: &str) {
    let mut candidates: Vec<Candidate<'_>> = document.events.iter().enumerate().map(Candidate::new).collect();
    candidates.sort_by_key(|candidate| candidate.event.interval);
    let mut group: Vec<usize> = (0..candidates.len()).collect();
    for (at, a) in candidates.iter().enumerate() {
        for b in candidates.iter().skip(at + 1).take(MAX_NEIGHBOURS) {
            if a.is_apart(b) {
                break;
            }
            if a.event.article != b.event.article && a.same_time(b) && a.wording(text).agrees_with(b.wording(text)) {
                join(&mut group, a.idx, b.idx);
            }
        }
    }
    drop(candidates);
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

/// An event with what is compared of it; its wording is read when first asked for.
struct Candidate<'a> {
    idx: usize,
    event: &'a Event,
    /// First second and the one after the last, where it lasts at most a day.
    day: Option<(i64, i64)>,
    wording: OnceCell<Wording>,
}

impl<'a> Candidate<'a> {
    fn new((idx, event): (usize, &'a Event)) -> Self {
        let bounds = |interval: Interval| Some((interval.start?.seconds(), interval.end?.seconds()));
        let day = event.interval.and_then(bounds).filter(|(from, to)| to - from <= 86_400);
        Self { idx, event, day, wording: OnceCell::new() }
    }

    /// Whether `later` and all that come after it in the order of time begin later than this one ends.
    fn is_apart(&self, later: &Self) -> bool {
        let (Some(a), Some(b)) = (self.event.interval, later.event.interval) else { return false };
        a != b && a.end.zip(b.start).is_some_and(|(end, start)| end < start)
    }

    /// Whether the two could be at the same time: the same stretch, or a day within the other's day-long stretch.
    fn same_time(&self, other: &Self) -> bool {
        let (Some(a), Some(b)) = (self.event.interval, other.event.interval) else { return false };
        if a == b {
            return true;
        }
        let (Some((a0, a1)), Some((b0, b1))) = (self.day, other.day) else { return false };
        (a0 <= b0 && b1 <= a1) || (b0 <= a0 && a1 <= b1)
    }

    fn wording(&self, text: &str) -> &Wording {
        self.wording.get_or_init(|| Wording {
            title: Pairs::of(&self.event.title),
            passage: Pairs::of(self.event.span.slice(text)),
        })
    }
}

/// The character pairs of an event's title and of the passage that tells it.
struct Wording {
    title: Pairs,
    passage: Pairs,
}

impl Wording {
    fn agrees_with(&self, other: &Self) -> bool {
        self.title.agrees_with(&other.title) || self.passage.agrees_with(&other.passage)
    }
}

/// The pairs of neighbouring characters of a text, marks and blanks left out.
struct Pairs {
    /// In order, each once; two characters in one number.
    pairs: Vec<u64>,
    /// One bit a pair, hashed: most texts are seen to differ from these.
    bits: [u64; 4],
    /// How many pairs have no bit of their own.
    n_hidden: usize,
}

impl Pairs {
    fn of(text: &str) -> Self {
        let is_word = |c: &char| ('\u{4e00}'..='\u{9fff}').contains(c) || c.is_alphanumeric();
        let mut pairs = Vec::with_capacity(text.len() / 3);
        let mut before: Option<char> = None;
        for c in text.chars().filter(is_word) {
            pairs.extend(before.map(|before| u64::from(before) << 32 | u64::from(c)));
            before = Some(c);
        }
        pairs.sort_unstable();
        pairs.dedup();
        let mut bits = [0_u64; 4];
        for pair in &pairs {
            let bit = pair.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 56;
            if let Some(word) = bits.get_mut((bit / 64) as usize) {
                *word |= 1 << (bit % 64);
            }
        }
        let n_bits: u32 = bits.iter().map(|word| word.count_ones()).sum();
        let n_hidden = pairs.len() - n_bits as usize;
        Self { pairs, bits, n_hidden }
    }

    /// Whether the two share so many pairs of the one that has fewer.
    fn agrees_with(&self, other: &Self) -> bool {
        let (few, many) = if self.pairs.len() <= other.pairs.len() { (self, other) } else { (other, self) };
        let needed = few.pairs.len().div_ceil(MIN_SHARE);
        if few.pairs.len() < MIN_PAIRS {
            return false;
        }
        let n_bits: u32 = few.bits.iter().zip(&many.bits).map(|(a, b)| (a & b).count_ones()).sum();
        n_bits as usize + few.n_hidden >= needed && few.n_shared(many) >= needed
    }

    fn n_shared(&self, other: &Self) -> usize {
        let (mut n, mut rest) = (0, other.pairs.as_slice());
        for pair in &self.pairs {
            let skip = rest.iter().take_while(|other| *other < pair).count();
            rest = rest.get(skip..).unwrap_or_default();
            n += usize::from(rest.first() == Some(pair));
        }
        n
    }
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
