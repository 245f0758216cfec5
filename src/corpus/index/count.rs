//! How many of a sorted list of moments lie in a stretch of time, from prefix sums over days.
//!
//! ```text
//! days          …  |  20  |  21  |  22  |  23  | …
//! prefix           0      3      3      11     12       prefix[day] = how many before it
//! ```
//!
//! A stretch between midnights is two look-ups and a subtraction; one that begins or ends within a day looks that
//! day's moments over by halves.

/// A day in seconds.
const DAY: i64 = 86_400;
/// No more than so many steps are kept.
const MAX_STEPS: i64 = 1 << 20;

/// Moments by order, to be counted. The moments themselves stay where they are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CountIndex {
    origin: i64,
    step: i64,
    prefix: Vec<u32>,
    len: usize,
}

impl CountIndex {
    /// Of `len` moments, `moment` the one with an ordinal; they must be in order.
    pub fn new(len: usize, moment: impl Fn(usize) -> i64) -> Self {
        let Some(last) = len.checked_sub(1) else { return Self { step: DAY, ..Self::default() } };
        let origin = moment(0).div_euclid(DAY) * DAY;
        let n_days = (moment(last) - origin).div_euclid(DAY) + 1;
        // A few events over two millennia need no array of days.
        let max_steps = (len as i64).saturating_mul(4).clamp(64, MAX_STEPS);
        let mut days_a_step = 1;
        while n_days / days_a_step >= max_steps {
            days_a_step *= 2;
        }
        let step = days_a_step * DAY;
        let mut prefix: Vec<u32> = Vec::with_capacity((n_days / days_a_step + 2) as usize);
        for ordinal in 0..len {
            let bin = ((moment(ordinal) - origin) / step) as usize;
            while prefix.len() <= bin {
                prefix.push(ordinal as u32);
            }
        }
        prefix.push(len as u32);
        Self { origin, step, prefix, len }
    }

    /// How many moments there are.
    pub const fn len(&self) -> usize {
        self.len
    }

    /// Whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// How many moments lie before `time`: the ordinal of the first that does not. `moment` is that of
    /// [`Self::new`].
    pub fn before(&self, time: f64, moment: impl Fn(usize) -> i64) -> usize {
        let offset = time - self.origin as f64;
        if offset <= 0.0 || self.len == 0 {
            return 0;
        }
        let bin = (offset / self.step as f64).floor();
        if bin >= self.prefix.len() as f64 - 1.0 {
            return self.len;
        }
        let bin = bin as usize;
        let at = |idx: usize| self.prefix.get(idx).copied().unwrap_or(self.len as u32) as usize;
        let (from, to) = (at(bin), at(bin + 1));
        if bin as f64 * self.step as f64 == offset || from == to {
            return from;
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
        self.prefix.windows(2).filter_map(|pair| match pair {
            [from, to] if to > from => Some(*from as usize),
            _ => None,
        })
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
        }
    }

    #[test]
    fn an_empty_list_counts_nothing() {
        let index = CountIndex::new(0, |_| 0);
        assert_eq!(index.count(-1e12, 1e12, |_| 0), 0);
        assert_eq!(index.occupied().count(), 0);
    }
}
