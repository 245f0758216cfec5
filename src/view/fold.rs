//! Where a long empty stretch is torn out of the axis (断轴), and how wide the segments become.
//!
//! A gap is torn where it is at least 24 times the median of the four gaps on its denser side: what is empty is
//! judged by how dense the neighbourhood is, so a decade without events is torn among days, and kept among
//! centuries. A gap counts as no less than the finer precision of its two events.

use super::{
    time_scale::{Axis, Segment, TEAR_PX},
    when::{DAY_SECS, Exactness, When},
};
use std::collections::HashSet;

/// A gap this many times the usual one on its denser side is torn out.
pub const CUT_RATIO: f64 = 24.0;
/// How many segments there are at most.
pub const MAX_SEGMENTS: usize = 6;
/// A narrower segment joins its neighbour, in pixels.
pub const MIN_SEGMENT_PX: f64 = 96.0;
/// How many gaps on one side are looked at.
const N_NEIGHBOURS: usize = 4;

/// A gap that may be torn: nothing happens from `start` to `end`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cut {
    /// Where the last event before it ends, in seconds from 1970.
    pub start: f64,
    /// Where the first event after it begins.
    pub end: f64,
    /// How many times the usual gap of its denser side it is.
    pub ratio: f64,
}

/// A stretch without gaps: the hull of one event, or of events that overlap.
#[derive(Debug, Clone, Copy)]
struct Run {
    start: f64,
    end: f64,
    precision: f64,
}

/// The gaps that the rule tears out, by time; `events` in any order.
pub fn cuts(events: &[When]) -> Vec<Cut> {
    let runs = runs(events);
    let gaps: Vec<(f64, f64, f64)> = runs
        .windows(2)
        .filter_map(|pair| match pair {
            [before, after] => {
                let least = before.precision.min(after.precision).max(DAY_SECS);
                Some((before.end, after.start, (after.start - before.end).max(least)))
            }
            _ => None,
        })
        .collect();
    let lengths: Vec<f64> = gaps.iter().map(|gap| gap.2).collect();
    let mut cuts: Vec<Cut> = gaps
        .iter()
        .enumerate()
        .filter_map(|(idx, &(start, end, length))| {
            let left = median(lengths.get(idx.saturating_sub(N_NEIGHBOURS)..idx)?);
            let right = median(lengths.get(idx + 1..(idx + 1 + N_NEIGHBOURS).min(lengths.len()))?);
            let usual = left.into_iter().chain(right).fold(f64::INFINITY, f64::min);
            let ratio = length / usual;
            (end > start && ratio.is_finite() && ratio >= CUT_RATIO).then_some(Cut { start, end, ratio })
        })
        .collect();
    keep_greatest(&mut cuts, MAX_SEGMENTS - 1);
    cuts
}

/// The axis for `events`: continuous where `cuts` is empty, folded otherwise. `width_px` is what the whole will
/// have; where it does not hold a segment's least width, the weakest cuts are given up.
pub fn axis(events: &[When], mut cuts: Vec<Cut>, width_px: f64) -> Axis {
    let (first, last) = extent(events);
    let room = |n_cuts: usize| (n_cuts + 1) as f64 * MIN_SEGMENT_PX + n_cuts as f64 * TEAR_PX;
    while !cuts.is_empty() && room(cuts.len()) > width_px {
        let keep = cuts.len() - 1;
        keep_greatest(&mut cuts, keep);
    }
    let starts = std::iter::once(first).chain(cuts.iter().map(|cut| cut.end));
    let ends = cuts.iter().map(|cut| cut.start).chain(std::iter::once(last));
    let bounds: Vec<(f64, f64)> = starts.zip(ends).collect();
    let mut segments: Vec<Segment> = Vec::with_capacity(bounds.len());
    for (idx, (start, end)) in bounds.iter().enumerate() {
        let inside: Vec<&When> =
            events.iter().filter(|event| event.start >= *start - 1.0 && event.start <= *end + 1.0).collect();
        let before = idx.checked_sub(1).and_then(|idx| cuts.get(idx)).map_or(f64::INFINITY, |cut| cut.end - cut.start);
        let after = cuts.get(idx).map_or(f64::INFINITY, |cut| cut.end - cut.start);
        let pad =
            padding(*start, *end, &inside).max(if cuts.is_empty() { around_one(*start, *end, &inside) } else { 0.0 });
        let (start, end) = (start - pad.min(before / 3.0), end + pad.min(after / 3.0));
        segments.push(Segment { start, end, weight: 1.0 + (inside.len() as f64).sqrt() });
    }
    let ground = width_px - cuts.len() as f64 * TEAR_PX;
    widen_narrow(&mut segments, ground);
    Axis::folded(segments)
}

/// Whether a continuous axis of `width_px` would leave more than half of the events nearer than 3 px to another:
/// then the axis is folded by itself.
pub fn folds_by_itself(events: &[When], width_px: f64) -> bool {
    let (first, last) = extent(events);
    let px_per_sec = width_px / (last - first).max(1.0);
    let mut places: Vec<f64> = events.iter().map(|event| event.middle() * px_per_sec).collect();
    places.sort_by(f64::total_cmp);
    let near = |a: Option<&f64>, b: Option<&f64>| matches!((a, b), (Some(a), Some(b)) if b - a < 3.0);
    let n_crowded = (0..places.len())
        .filter(|&idx| {
            let before = idx.checked_sub(1).and_then(|idx| places.get(idx));
            near(before, places.get(idx)) || near(places.get(idx), places.get(idx + 1))
        })
        .count();
    n_crowded * 2 > events.len()
}

/// The first and the last moment of all events.
pub fn extent(events: &[When]) -> (f64, f64) {
    let first = events.iter().map(|event| event.start).fold(f64::INFINITY, f64::min);
    let last = events.iter().map(|event| event.end).fold(f64::NEG_INFINITY, f64::max);
    if first.is_finite() && last.is_finite() { (first, last.max(first + 1.0)) } else { (0.0, DAY_SECS) }
}

/// Events as runs in order; those that overlap are kept apart as gaps of no length, for they count in the median.
fn runs(events: &[When]) -> Vec<Run> {
    let mut open: HashSet<u64> = HashSet::new();
    let mut runs: Vec<Run> = events
        .iter()
        // A period that several things have gone on since (新时代以来) begins once, however often it is named.
        .filter(|event| event.exactness != Exactness::Ongoing || open.insert(event.start.to_bits()))
        .flat_map(|event| {
            let run = |start, end| Run { start, end, precision: event.precision_secs };
            // What lasted may cross a tear: only its two ends are happenings.
            // A stretch said in years (汉代) is one whole: nobody knows its ends to the day.
            let is_said_in_days = event.precision_secs < 300.0 * DAY_SECS;
            let is_long = event.end - event.start > 2.0 * event.precision_secs;
            if event.exactness == Exactness::Lasting && is_long && is_said_in_days {
                [Some(run(event.start, event.start)), Some(run(event.end, event.end))]
            } else {
                [Some(run(event.start, event.end)), None]
            }
        })
        .flatten()
        .collect();
    runs.sort_by(|a, b| a.start.total_cmp(&b.start).then(a.end.total_cmp(&b.end)));
    let mut reach = f64::NEG_INFINITY;
    for run in &mut runs {
        reach = reach.max(run.end);
        run.end = reach;
    }
    runs
}

fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let upper = *sorted.get(sorted.len() / 2)?;
    if sorted.len() % 2 == 1 {
        return Some(upper);
    }
    Some(f64::midpoint(*sorted.get(sorted.len() / 2 - 1)?, upper))
}

/// Keeps the `n` cuts with the greatest ratio, in their order.
fn keep_greatest(cuts: &mut Vec<Cut>, n: usize) {
    while cuts.len() > n {
        let weakest = cuts.iter().enumerate().min_by(|a, b| a.1.ratio.total_cmp(&b.1.ratio)).map(|(idx, _)| idx);
        match weakest {
            Some(idx) => drop(cuts.remove(idx)),
            None => return,
        }
    }
}

/// Blank before the first and after the last event of a segment, in seconds.
fn padding(start: f64, end: f64, inside: &[&When]) -> f64 {
    // What is open to one side alone shows years, however exactly its end is known.
    let grain = |event: &&When| match event.exactness {
        Exactness::Ongoing | Exactness::Until if inside.len() == 1 => event.precision_secs.max(365.0 * DAY_SECS),
        _ => event.precision_secs,
    };
    let finest = inside.iter().map(grain).fold(f64::INFINITY, f64::min);
    let finest = if finest.is_finite() { finest } else { DAY_SECS };
    let is_alone = inside.len() == 1;
    let share = if is_alone { 0.3 } else { 0.05 };
    ((end - start) * share).max(finest * 0.75)
}

/// Blank about all events where they fill no more than one day, month or year: without its neighbours it would be the
/// whole axis, and the axis finer than what is known.
fn around_one(start: f64, end: f64, inside: &[&When]) -> f64 {
    let finest = inside.iter().map(|event| event.precision_secs).fold(f64::INFINITY, f64::min);
    if end - start > finest * 1.5 || !finest.is_finite() {
        return 0.0;
    }
    // A week about a day, so that its ticks are days; about a moment they are hours.
    let is_moment = end - start < DAY_SECS * 0.5;
    finest
        * if is_moment {
            0.0
        } else if finest < DAY_SECS * 2.0 {
            3.0
        } else {
            1.2
        }
}

/// Gives narrow segments their least width at the cost of the others.
fn widen_narrow(segments: &mut [Segment], ground_px: f64) {
    for _ in 0..segments.len() {
        let total: f64 = segments.iter().map(|segment| segment.weight).sum();
        let narrow = |segment: &Segment| segment.weight / total * ground_px < MIN_SEGMENT_PX - 0.5;
        let n_narrow = segments.iter().filter(|segment| narrow(segment)).count();
        if n_narrow == 0 || n_narrow == segments.len() {
            return;
        }
        let wide: f64 = segments.iter().filter(|segment| !narrow(segment)).map(|segment| segment.weight).sum();
        let left = ground_px - n_narrow as f64 * MIN_SEGMENT_PX;
        for segment in segments.iter_mut() {
            segment.weight =
                if narrow(segment) { MIN_SEGMENT_PX } else { segment.weight / wide * left.max(MIN_SEGMENT_PX) };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn events(dates: &[&str]) -> Vec<When> {
        dates.iter().map(|text| When::new(Some(&text.parse().unwrap()), None, None).unwrap()).collect()
    }

    /// Dates as a page of news has them: an old story, some years, and the week of the paper.
    const PAGE: &[&str] = &[
        "-0174~/-0075~",
        "1992~",
        "2012-11-08/..",
        "2015",
        "2023",
        "2024",
        "2024",
        "2024-09",
        "2024-11",
        "2025-06-04",
        "2025-06-17",
        "2025-06-19",
        "2025-06-22",
        "2025-06-22",
        "2025-06-22",
        "2025-06-22T18",
        "2025-06-22",
        "2025-06-24/2025-06-26",
        "2025-06-22",
        "2025-06-22",
    ];

    #[test]
    fn a_page_of_news_is_cut_twice() {
        let page = events(PAGE);
        let found = cuts(&page);
        assert_eq!(found.len(), 2, "{found:?}");
        let axis = axis(&page, found, 650.0);
        let years: Vec<i32> =
            axis.segments().iter().map(|s| (1970.0 + s.start / (365.2425 * DAY_SECS)).floor() as i32).collect();
        assert!(years[0] < -173 && (1988..=1991).contains(&years[1]) && years[2] == 2025, "{years:?}");
        let total: f64 = axis.segments().iter().map(|segment| segment.weight).sum();
        assert!(axis.segments().iter().all(|s| s.weight / total * 550.0 >= MIN_SEGMENT_PX - 1.0));
        assert!(folds_by_itself(&page, 650.0));
    }

    #[test]
    fn a_single_day_stands_among_its_neighbours() {
        let days = |dates: &[&str]| {
            let axis = axis(&events(dates), Vec::new(), 650.0);
            let whole = axis.whole();
            ((whole.end - whole.start) / DAY_SECS).round()
        };
        assert_eq!(days(&["2024-05-01"]), 7.0);
        assert_eq!(days(&["2024-05-01", "2024-05-01"]), 7.0);
        assert_eq!(days(&["2024-05-01T08:15"]), 2.0);
        assert_eq!(days(&["2024"]), 1243.0);
        // Where there is more, it is the axis.
        assert_eq!(days(&["2024-05-01", "2024-05-04"]), 6.0);
    }

    #[test]
    fn even_steps_are_never_cut() {
        let decades: Vec<String> = (0..20).map(|n| (1800 + n * 10).to_string()).collect();
        let decades: Vec<&str> = decades.iter().map(String::as_str).collect();
        assert!(cuts(&events(&decades)).is_empty());
        assert!(cuts(&events(&["2024"])).is_empty());
        assert!(cuts(&[]).is_empty());
        assert!(!folds_by_itself(&events(&decades), 650.0));
    }

    #[test]
    fn there_are_never_more_than_six_segments_nor_narrow_ones() {
        let mut dates = Vec::new();
        for century in 1..=15 {
            for year in 0..4 {
                dates.push(format!("{century:02}0{year}"));
            }
        }
        let dates: Vec<&str> = dates.iter().map(String::as_str).collect();
        let all = events(&dates);
        let found = cuts(&all);
        assert_eq!(found.len(), MAX_SEGMENTS - 1);
        assert_eq!(axis(&all, found.clone(), 400.0).segments().len(), 3);
        assert_eq!(axis(&all, found, 90.0).segments().len(), 1);
    }
}
