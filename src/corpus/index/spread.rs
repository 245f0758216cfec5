//! Events known only to a month or a year, spread evenly over it.
//!
//! ```text
//! 36 events of 2023 in months     by their middle   ......36......      a peak in July that nobody reported
//!                                 spread            333333333333       three a month
//! ```
//!
//! A histogram finer than what is known would else show the calendar's habits instead of the text's.

use super::bytes::{Input, put};
use std::collections::HashMap;

/// Stretches of a length from which on they are spread, in seconds: weeks and days are as good as moments.
pub const SPREAD_FROM_SECS: i64 = 20 * 86_400;

/// Stretches of time with the number of events known no better than that.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Spread {
    /// Beginnings in order, with sums over all up to each: how many a second, and that times the beginning.
    starts: Vec<Edge>,
    /// Ends in order, with the same sums and how many events.
    ends: Vec<Edge>,
    /// Middles in order, each with how many lie at or before it.
    middles: Vec<(i64, f64)>,
}

/// Sums over all stretches up to an edge.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Edge {
    time: i64,
    n: f64,
    rate: f64,
    rate_times_start: f64,
}

impl Spread {
    /// Of stretches (beginning, end, middle); the middle is where the event is counted else.
    pub fn new(stretches: impl Iterator<Item = (i64, i64, i64)>) -> Self {
        let mut counts: HashMap<(i64, i64, i64), u32> = HashMap::new();
        for (start, end, middle) in stretches.filter(|(start, end, _)| end - start >= SPREAD_FROM_SECS) {
            *counts.entry((start, end, middle)).or_default() += 1;
        }
        let all: Vec<(i64, i64, i64, f64)> =
            counts.into_iter().map(|((start, end, middle), n)| (start, end, middle, f64::from(n))).collect();
        let summed = |pick: fn(&(i64, i64, i64, f64)) -> i64| {
            let mut edges: Vec<Edge> = all
                .iter()
                .map(|one| {
                    let rate = one.3 / (one.1 - one.0) as f64;
                    Edge { time: pick(one), n: one.3, rate, rate_times_start: rate * one.0 as f64 }
                })
                .collect();
            edges.sort_by_key(|edge| edge.time);
            let mut sum = Edge::default();
            for edge in &mut edges {
                sum.n += edge.n;
                sum.rate += edge.rate;
                sum.rate_times_start += edge.rate_times_start;
                *edge = Edge { time: edge.time, ..sum };
            }
            edges
        };
        let middles = summed(|one| one.2).into_iter().map(|edge| (edge.time, edge.n)).collect();
        Self { starts: summed(|one| one.0), ends: summed(|one| one.1), middles }
    }

    /// Appends it to bytes.
    pub fn put(&self, out: &mut Vec<u8>) {
        for edges in [&self.starts, &self.ends] {
            put(out, edges.len() as u64);
            for edge in edges {
                out.extend(edge.time.to_le_bytes());
                [edge.n, edge.rate, edge.rate_times_start].iter().for_each(|real| out.extend(real.to_le_bytes()));
            }
        }
        put(out, self.middles.len() as u64);
        for (middle, n) in &self.middles {
            out.extend(middle.to_le_bytes());
            out.extend(n.to_le_bytes());
        }
    }

    /// As [`Self::put`] wrote it.
    pub fn take(input: &mut Input<'_>) -> Option<Self> {
        let edges = |input: &mut Input<'_>| {
            let n = input.n_following()?;
            let edge = |input: &mut Input<'_>| {
                let time = i64::from_le_bytes(input.bytes(8)?.try_into().ok()?);
                Some(Edge { time, n: input.real()?, rate: input.real()?, rate_times_start: input.real()? })
            };
            (0..n).map(|_| edge(input)).collect::<Option<Vec<Edge>>>()
        };
        let (starts, ends) = (edges(input)?, edges(input)?);
        let n = input.n_following()?;
        let middle =
            |input: &mut Input<'_>| Some((i64::from_le_bytes(input.bytes(8)?.try_into().ok()?), input.real()?));
        let middles = (0..n).map(|_| middle(input)).collect::<Option<Vec<_>>>()?;
        Some(Self { starts, ends, middles })
    }

    /// How many more (or fewer) events lie before `time` where they are spread than where each counts at its middle.
    pub fn shift(&self, time: f64) -> f64 {
        let sums = |edges: &[Edge]| {
            let n = edges.partition_point(|edge| (edge.time as f64) < time);
            n.checked_sub(1).and_then(|at| edges.get(at)).copied().unwrap_or_default()
        };
        let (begun, ended) = (sums(&self.starts), sums(&self.ends));
        // Those that are over count whole, those under way by the share that has passed.
        let under_way = (begun.rate - ended.rate) * time - (begun.rate_times_start - ended.rate_times_start);
        let n = self.middles.partition_point(|(middle, _)| (*middle as f64) < time);
        let at_middles = n.checked_sub(1).and_then(|at| self.middles.get(at)).map_or(0.0, |(_, n)| *n);
        ended.n + under_way.max(0.0) - at_middles
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: i64 = 86_400;

    #[test]
    fn what_is_known_to_a_year_is_even_over_it() {
        let year = (0, 360 * DAY, 180 * DAY);
        let spread = Spread::new(std::iter::repeat_n(year, 36));
        let before = |day: i64| {
            let time = (day * DAY) as f64;
            let at_middles = if day > 180 { 36.0 } else { 0.0 };
            (at_middles + spread.shift(time)).round() as i64
        };
        let mut bytes = Vec::new();
        spread.put(&mut bytes);
        assert_eq!(Spread::take(&mut Input(&bytes)), Some(spread.clone()));
        assert_eq!([0, 30, 60, 180, 190, 360, 400].map(before), [0, 3, 6, 18, 19, 36, 36]);
    }

    #[test]
    fn days_and_weeks_stay_where_they_are() {
        let spread = Spread::new([(0, 7 * DAY, 3 * DAY)].into_iter());
        assert_eq!(spread, Spread::default());
        assert_eq!(spread.shift(5.0), 0.0);
    }
}
