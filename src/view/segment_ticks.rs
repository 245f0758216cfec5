//! The ticks of one segment of a figure's axis: unlabelled steps, labels, and the step in words (一格 1 年).

use super::{
    date_text::{DateStyle, day_of_year_text, month_name, year_text, year_tick},
    series_axis::Unit,
    time_scale::Piece,
    words::year_month,
};
use crate::{desk::Locale, edtf::Moment};
use chrono::Datelike as _;

/// What stands below a segment.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SegmentTicks {
    /// Where the unlabelled ticks are.
    pub minor: Vec<f32>,
    /// Where the labelled ones are, and what they say.
    pub labels: Vec<(f32, String)>,
    /// What lies between two ticks: 一格 50 年.
    pub step: String,
}

/// A step of an axis.
#[derive(Debug, Clone, Copy)]
struct Step {
    unit: Unit,
    n: i32,
}

/// From fine to coarse.
const STEPS: [Step; 17] = {
    const fn of(unit: Unit, n: i32) -> Step {
        Step { unit, n }
    }
    use Unit::{Day, Month, Year};
    [
        of(Day, 1),
        of(Day, 5),
        of(Day, 10),
        of(Month, 1),
        of(Month, 3),
        of(Month, 6),
        of(Year, 1),
        of(Year, 2),
        of(Year, 5),
        of(Year, 10),
        of(Year, 20),
        of(Year, 50),
        of(Year, 100),
        of(Year, 200),
        of(Year, 500),
        of(Year, 1000),
        of(Year, 5000),
    ]
};

/// Ticks closer than this share of their words' size are left out: a comb of ticks says nothing.
const CLOSEST: f32 = 0.6;

/// The ticks of a piece of the axis. `finest_secs` is the finest grain of its events: a tick finer than what is
/// known would claim too much.
pub fn segment_ticks(
    piece: &Piece,
    finest_secs: f64,
    tick_px: f32,
    words: &Locale,
    width_of: &dyn Fn(&str) -> f32,
) -> SegmentTicks {
    let is_known = |step: &&Step| unit_secs(step.unit) >= finest_secs * 0.9 || step.unit == Unit::Year;
    let fits =
        |step: &&Step| unit_secs(step.unit) * f64::from(step.n) * piece.px_per_sec() >= f64::from(tick_px * CLOSEST);
    let Some(minor) = STEPS.iter().filter(is_known).find(fits) else { return SegmentTicks::default() };
    let one_year = one_year(piece);
    let labels = STEPS
        .iter()
        .filter(|step| unit_secs(step.unit) * f64::from(step.n) >= unit_secs(minor.unit) * f64::from(minor.n) * 0.99)
        .map(|step| labelled(*step, piece, one_year.is_some(), words))
        .find(|labels| stand_apart(labels, tick_px, width_of))
        .unwrap_or_default();
    let minor_px: Vec<f32> = starts(*minor, piece).into_iter().map(|(_, x)| x).collect();
    let n = minor.n.to_string();
    let key = match minor.unit {
        Unit::Day => "figure.step-days",
        Unit::Month => "figure.step-months",
        Unit::Year => "figure.step-years",
    };
    let step = words.fill(key, &[&n]);
    let step = match one_year.filter(|_| minor.unit != Unit::Year) {
        Some(year) => words.fill("figure.with-note", &[&year_text(year, DateStyle::Short, words), &step]),
        None => step,
    };
    SegmentTicks { minor: minor_px, labels, step }
}

fn unit_secs(unit: Unit) -> f64 {
    match unit {
        Unit::Day => 86_400.0,
        Unit::Month => 30.44 * 86_400.0,
        Unit::Year => 365.2425 * 86_400.0,
    }
}

/// The year that all of the piece (but a little at the ends) lies in.
fn one_year(piece: &Piece) -> Option<i32> {
    let inner = (piece.end - piece.start) * 0.1;
    let year = |secs: f64| Some(Moment::from_seconds(secs as i64)?.0.year());
    let (first, last) = (year(piece.start + inner)?, year(piece.end - inner)?);
    (first == last).then_some(first)
}

/// The beginnings of the step's units within the piece, and where they are.
fn starts(step: Step, piece: &Piece) -> Vec<(Moment, f32)> {
    let index = |secs: f64| Moment::from_seconds(secs as i64).map(|moment| step.unit.index(moment));
    let (Some(from), Some(to)) = (index(piece.start), index(piece.end)) else { return Vec::new() };
    if (i64::from(to) - i64::from(from)) / i64::from(step.n) > 5_000 {
        return Vec::new();
    }
    (from..=to + 1)
        .filter(|&index| step.unit.is_round(index, step.n))
        .filter_map(|index| {
            let start = step.unit.start(index)?;
            let secs = start.seconds() as f64;
            let x = piece.px_from_time(secs) as f32;
            (secs >= piece.start && secs <= piece.end).then_some((start, x))
        })
        .collect()
}

fn labelled(step: Step, piece: &Piece, year_is_said: bool, words: &Locale) -> Vec<(f32, String)> {
    let (mut last_year, mut last_month) = (None, None);
    starts(step, piece)
        .into_iter()
        .map(|(start, x)| {
            let (year, month) = (start.0.year(), start.0.month());
            let is_new_year = last_year != Some(year);
            let is_new_month = last_month != Some((year, month));
            (last_year, last_month) = (Some(year), Some((year, month)));
            let label = match step.unit {
                Unit::Year => year_tick(year, words),
                Unit::Month if is_new_year && !year_is_said => year_month(year, month, words),
                Unit::Month => month_name(month, words),
                Unit::Day if is_new_month => day_of_year_text(start, words),
                Unit::Day => words.fill("date.day-tick", &[&start.0.day().to_string()]),
            };
            (x, label)
        })
        .collect()
}

fn stand_apart(labels: &[(f32, String)], tick_px: f32, width_of: &dyn Fn(&str) -> f32) -> bool {
    let mut previous = f32::NEG_INFINITY;
    labels.len() <= 60
        && labels.iter().all(|(x, label)| {
            let half = width_of(label) / 2.0;
            let is_free = x - half >= previous + tick_px * 1.1;
            previous = x + half;
            is_free
        })
}
