//! The ticks of one segment of a figure's axis: unlabelled steps, labels, and the step in words (一格 1 年).

use super::{
    date_text::{DateStyle, day_of_year_text, month_name, year_text, year_tick},
    series_axis::Unit,
    time_scale::Piece,
    words::{day, year_month},
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
    /// What lies between two ticks: 一格 50 年; 2025年，一格 1 日 where the labels leave their year to it.
    pub step: String,
    /// That year alone, for where `step` has no room.
    pub year: Option<String>,
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
    let one_year = one_year(piece.start, piece.end);
    let labels = STEPS
        .iter()
        .filter(|step| unit_secs(step.unit) * f64::from(step.n) >= unit_secs(minor.unit) * f64::from(minor.n) * 0.99)
        .map(|step| labelled(*step, piece, one_year.is_some(), words))
        .find(|labels| !labels.is_empty() && stand_apart(labels, tick_px, width_of))
        .unwrap_or_else(|| only_label(piece, words));
    let minor_px: Vec<f32> = starts(*minor, piece).into_iter().map(|(_, x)| x).collect();
    let n = minor.n.to_string();
    let key = match minor.unit {
        Unit::Day => "figure.step-days",
        Unit::Month => "figure.step-months",
        Unit::Year => "figure.step-years",
    };
    let step = words.fill(key, &[&n]);
    let year = one_year.filter(|_| minor.unit != Unit::Year).map(|year| year_text(year, DateStyle::Short, words));
    let step = year.as_ref().map_or_else(|| step.clone(), |year| words.fill("figure.with-note", &[year, &step]));
    SegmentTicks { minor: minor_px, labels, step, year }
}

fn unit_secs(unit: Unit) -> f64 {
    match unit {
        Unit::Day => 86_400.0,
        Unit::Month => 30.44 * 86_400.0,
        Unit::Year => 365.2425 * 86_400.0,
    }
}

/// The year that all of a stretch of the axis (but a little at the ends) lies in; seconds.
pub fn one_year(start: f64, end: f64) -> Option<i32> {
    let inner = (end - start) * 0.1;
    let year = |secs: f64| Some(Moment::from_seconds(secs as i64)?.0.year());
    let (first, last) = (year(start + inner)?, year(end - inner)?);
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

/// Of a piece that no round year lies in, or whose labels have no room beside one another: the first tick of the
/// coarsest step that it has, with its year.
fn only_label(piece: &Piece, words: &Locale) -> Vec<(f32, String)> {
    let found = STEPS.iter().rev().find_map(|step| Some((step.unit, starts(*step, piece).into_iter().next()?)));
    let Some((unit, (start, x))) = found else { return Vec::new() };
    let label = match unit {
        Unit::Year => year_tick(start.0.year(), words),
        Unit::Month => year_month(start.0.year(), start.0.month(), words),
        Unit::Day => day(start, words),
    };
    vec![(x, label)]
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::Lang;

    #[track_caller]
    fn check(start: &str, end: &str, width: f64, grain_days: f64, expected: &[&str]) {
        let secs = |text: &str| text.parse::<Moment>().unwrap().seconds() as f64;
        let piece = Piece { start: secs(start), end: secs(end), left_px: 0.0, right_px: width };
        let width_of = |text: &str| text.chars().count() as f32 * 11.0;
        let ticks = segment_ticks(&piece, grain_days * 86_400.0, 11.5, Locale::of(Lang::Zh), &width_of);
        let labels: Vec<&str> = ticks.labels.iter().map(|(_, label)| label.as_str()).collect();
        assert_eq!(labels, expected);
    }

    #[test]
    fn every_segment_says_its_year() {
        check("1990-01-01T00:00:00", "2024-01-01T00:00:00", 300.0, 365.0, &["1990", "2000", "2010", "2020"]);
        // No tenth year, no January, no first of a month: what there is.
        check("2021-03-01T00:00:00", "2024-03-01T00:00:00", 30.0, 365.0, &["2022"]);
        check("2023-02-05T00:00:00", "2023-11-20T00:00:00", 40.0, 365.0, &["2023年7月"]);
        check("2023-02-05T00:00:00", "2023-02-09T00:00:00", 40.0, 365.0, &["2023年2月5日"]);
    }
}
