//! How many of a sorted list of moments lie in a stretch of time, from the days that are in use.
//!
//! ```text
//! days          …  |  20  |  21  |  22  |  23  | …
//! in use              1      0      1      1
//! firsts              0             3      11           the ordinal of the first moment of each day in use
//! ```
//!
//! A stretch between midnights is two look-ups and a subtraction; one that begins or ends within a day looks that
//! day's moments over by halves.

use super::bytes::{Input, put, put_signed};

/// A day in seconds.
const DAY: i64 = 86_400;
/// No more than so many steps are kept.
const MAX_STEPS: i64 = 1 << 20;

/// Moments by order, to be counted. The moments themselves stay where they are.
///
/// Steps without a moment cost a bit: a collection that tells of two millennia is in use on few of their days.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CountIndex {
    origin: i64,
    step: i64,
    n_steps: usize,
    len: usize,
    /// A bit for each step that holds anything.
    used: Vec<u64>,
    /// How many steps before each of these words hold anything.
    used_before: Vec<u32>,
    /// The ordinal of the first moment of each step that holds any.
    firsts: Vec<u32>,
}

impl CountIndex {
    /// Of `len` moments, `moment` the one with an ordinal; they must be in order.
    pub fn new(len: usize, moment: impl Fn(usize) -> i64) -> Self {
        let Some(last) = len.checked_sub(1) else { return Self { step: DAY, ..Self::default() } };
        Self::of((moment(0), moment(last)), len, (0..len).map(moment))
    }

    /// Of `len` moments that are gone through once, the first and the last of which are known.
    pub fn of((first, last): (i64, i64), len: usize, moments: impl Iterator<Item = i64>) -> Self {
        let origin = first.div_euclid(DAY) * DAY;
        let n_days = (last - origin).div_euclid(DAY) + 1;
        // A few events over two millennia need no array of days.
        let max_steps = (len as i64).saturating_mul(4).clamp(64, MAX_STEPS);
        let mut days_a_step = 1;
        while n_days / days_a_step >= max_steps {
            days_a_step *= 2;
        }
        let step = days_a_step * DAY;
        let n_steps = (n_days.max(1) as usize).div_ceil(days_a_step as usize);
        let mut used = vec![0_u64; n_steps.div_ceil(64)];
        let mut firsts: Vec<u32> = Vec::new();
        let mut at = None;
        for (ordinal, moment) in moments.enumerate() {
            let bin = ((moment - origin).max(0) / step) as usize;
            if at != Some(bin) {
                at = Some(bin);
                firsts.push(ordinal as u32);
                if let Some(word) = used.get_mut(bin / 64) {
                    *word |= 1 << (bin % 64);
                }
            }
        }
        Self { origin, step, n_steps, len, used, used_before: Vec::new(), firsts }.counted()
    }

    fn counted(mut self) -> Self {
        let mut n = 0;
        let mut before = |word: &u64| {
            n += word.count_ones();
            n - word.count_ones()
        };
        self.used_before = self.used.iter().map(&mut before).collect();
        self
    }

    /// How many moments there are.
    pub const fn len(&self) -> usize {
        self.len
    }

    /// Whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The ordinal of the first moment in this step or a later one.
    fn first_from(&self, bin: usize) -> usize {
        let below = self.used.get(bin / 64).map_or(0, |word| (word & ((1 << (bin % 64)) - 1)).count_ones());
        let n_used = self.used_before.get(bin / 64).map_or(self.firsts.len(), |n| (n + below) as usize);
        self.firsts.get(n_used).map_or(self.len, |first| *first as usize)
    }

    /// How many moments lie before `time`: the ordinal of the first that does not. `moment` is that of
    /// [`Self::new`].
    pub fn before(&self, time: f64, moment: impl Fn(usize) -> i64) -> usize {
        let offset = time - self.origin as f64;
        if offset <= 0.0 || self.len == 0 {
            return 0;
        }
        let bin = (offset / self.step as f64).floor();
        if bin >= self.n_steps as f64 {
            return self.len;
        }
        let bin = bin as usize;
        let (from, to) = (self.first_from(bin), self.first_from(bin + 1));
        if bin as f64 * self.step as f64 == offset || from == to {
            return from;
        }
        // Often all of a day stand at noon.
        if moment(from) as f64 >= time {
            return from;
        }
        if (moment(to - 1) as f64) < time {
            return to;
        }
        // Within the step, by halves.
        let (mut low, mut high) = (from, to);
        while low < high {
            let middle = low.midpoint(high);
            if (moment(middle) as f64) < time { low = middle + 1 } else { high = middle }
        }
        low
    }

    /// How many moments lie in `[start, end)`.
    pub fn count(&self, start: f64, end: f64, moment: impl Fn(usize) -> i64 + Copy) -> usize {
        self.before(end, moment).saturating_sub(self.before(start, moment))
    }

    /// The steps that hold anything, as the ordinal of their first moment: one for each stretch of time that is in
    /// use, however many moments there are.
    pub fn occupied(&self) -> impl Iterator<Item = usize> {
        self.firsts.iter().map(|first| *first as usize)
    }

    /// Appends it to bytes.
    pub fn put(&self, out: &mut Vec<u8>) {
        put_signed(out, self.origin);
        put_signed(out, self.step);
        put(out, self.n_steps as u64);
        put(out, self.len as u64);
        self.used.iter().for_each(|word| out.extend(word.to_le_bytes()));
        put(out, self.firsts.len() as u64);
        let mut last = 0;
        for first in &self.firsts {
            put(out, u64::from(first - last));
            last = *first;
        }
    }

    /// As [`Self::put`] wrote it.
    pub fn take(input: &mut Input<'_>) -> Option<Self> {
        let (origin, step) = (input.signed()?, input.signed()?);
        let n_steps = usize::try_from(input.number()?).ok().filter(|n| n / 8 <= input.0.len())?;
        let len = usize::try_from(input.number()?).ok()?;
        let words = input.bytes(n_steps.div_ceil(64) * 8)?;
        let used = words.as_chunks().0.iter().map(|word| u64::from_le_bytes(*word)).collect();
        let n_firsts = input.n_following()?;
        let mut firsts = Vec::with_capacity(n_firsts);
        let mut last = 0_u32;
        for _ in 0..n_firsts {
            last = last.checked_add(input.small()?)?;
            firsts.push(last);
        }
        (step > 0).then(|| Self { origin, step, n_steps, len, used, used_before: Vec::new(), firsts }.counted())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_counts_what_a_scan_counts(
            mut moments in prop::collection::vec(-70_000_000_000_i64..2_000_000_000, 0..200),
            start in -80_000_000_000_i64..3_000_000_000, days in 0_i64..40_000, is_midnight: bool,
        ) {
            moments.sort_unstable();
            let start = if is_midnight { start.div_euclid(DAY) * DAY } else { start };
            let end = start + days * DAY + if is_midnight { 0 } else { 4_321 };
            let index = CountIndex::new(moments.len(), |at| moments[at]);
            let scanned = moments.iter().filter(|moment| (start..end).contains(moment)).count();
            prop_assert_eq!(index.count(start as f64, end as f64, |at| moments[at]), scanned);
            let mut bytes = Vec::new();
            index.put(&mut bytes);
            prop_assert_eq!(CountIndex::take(&mut Input(&bytes)), Some(index));
        }
    }

    #[test]
    fn an_empty_list_counts_nothing() {
        let index = CountIndex::new(0, |_| 0);
        assert_eq!(index.count(-1e12, 1e12, |_| 0), 0);
        assert_eq!(index.occupied().count(), 0);
    }
}
