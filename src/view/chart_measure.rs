//! A series as an index or as changes: the same points, other values.
//!
//! ```text
//! 400, 440, 484   →  index 100, 110, 121   →  change  +10 %, +10 %
//! ```

use super::{
    chart::{Chart, ChartPoint, Joint, links},
    series_axis::Unit,
    value_text,
};
use crate::{
    corpus::Period,
    desk::{ChartMeasure, Locale},
    edtf::Interval,
};
use chrono::Months;

/// The first value of an index.
const BASE: f64 = 100.0;
/// Digits that labels have at least, for trailing zeros (400亿) may be known or not; and at most.
const DIGITS: (i32, i32) = (3, 5);

/// A point with what was measured of it, and to how many digits that is known.
type Measured<'a> = (&'a ChartPoint, f64, i32);

/// `chart` with what `measure` makes of its values. Points without anything to measure them by fall away.
pub fn measured(chart: Chart, measure: ChartMeasure, words: &Locale) -> Chart {
    let points = match measure {
        ChartMeasure::Value => return chart,
        ChartMeasure::Index => index(&chart.points),
        // Sums from January on say nothing against one another.
        ChartMeasure::Change if chart.period == Some(Period::Cumulative) => Vec::new(),
        ChartMeasure::Change => change(&chart),
        ChartMeasure::YearChange => year_change(&chart.points),
    };
    let is_share = measure != ChartMeasure::Index;
    let unit = if is_share { "%" } else { "" };
    let points: Vec<ChartPoint> = points
        .into_iter()
        .map(|(point, value, n_digits)| {
            let number = value_text::plain(value_text::rounded(value, n_digits));
            let sign = if is_share && value > 0.0 { "+" } else { "" };
            let mut value_words = format!("{sign}{number}{unit}");
            // 20600 for 20608.7 looks counted.
            if value.abs() >= 10_f64.powi(n_digits) {
                value_words = words.fill("chart.rounded", &[&value_words]);
            }
            let value = value_text::rounded(value, DIGITS.1.max(n_digits));
            let spoken = words.fill("chart.spoken", &[&point.words.label, &value_words]);
            ChartPoint { value, span: None, toward: None, value_words, spoken, ..point.clone() }
        })
        .collect();
    let largest = points.iter().map(|point| point.value.abs()).fold(0.0, f64::max);
    let axis_unit = words.get(if is_share { "chart.in-percent" } else { "chart.first-is-100" }).to_owned();
    Chart {
        links: links(&points, chart.time_unit.unwrap_or(Unit::Year), chart.are_sums, words),
        unit: unit.to_owned(),
        axis_unit,
        largest,
        points,
        badges: Vec::new(),
        ..chart
    }
}

fn index(points: &[ChartPoint]) -> Vec<Measured<'_>> {
    let Some(first) = points.iter().map(|point| point.value).find(|value| *value > 0.0) else { return Vec::new() };
    let known = |value: f64| n_digits(first).min(n_digits(value)).clamp(DIGITS.0, DIGITS.1);
    points.iter().map(|point| (point, point.value / first * BASE, known(point.value))).collect()
}

/// How many digits a number was given with, zeros at its end left out: 2 for 4.6亿.
fn n_digits(value: f64) -> i32 {
    let text = format!("{value:e}");
    text.split('e').next().unwrap_or_default().chars().filter(char::is_ascii_digit).count() as i32
}

/// Against the point before, unless figures are missing between them.
fn change(chart: &Chart) -> Vec<Measured<'_>> {
    let is_next =
        |from: usize| chart.links.get(from).is_some_and(|link| !matches!(link.joint, Joint::Dotted | Joint::None));
    let pairs = chart.points.windows(2).enumerate().filter(|(from, _)| is_next(*from));
    pairs.filter_map(|(_, pair)| Some((&pair[1], percent(pair[0].value, pair[1].value)?, DIGITS.0))).collect()
}

/// Against the point of the same stretch one year earlier.
fn year_change(points: &[ChartPoint]) -> Vec<Measured<'_>> {
    let earlier = |point: &ChartPoint| {
        let wanted = year_before(point.interval)?;
        points.iter().find(|other| other.interval == wanted)
    };
    let share = |point: &ChartPoint| percent(earlier(point)?.value, point.value);
    points.iter().filter_map(|point| Some((point, share(point)?, DIGITS.0))).collect()
}

fn percent(before: f64, now: f64) -> Option<f64> {
    (before > 0.0).then(|| (now / before - 1.0) * 100.0)
}

/// The same stretch of the year before.
fn year_before(interval: Interval) -> Option<Interval> {
    let back = |moment: crate::edtf::Moment| {
        // A year of months, so that 29 February has one too.
        Some(crate::edtf::Moment(moment.0.checked_sub_months(Months::new(12))?))
    };
    Some(Interval::new(Some(back(interval.start?)?), Some(back(interval.end?)?)))
}

/// Series of the same unit share a panel: indices into `charts`, panel by panel, in their order.
pub fn panels(charts: &[Chart]) -> Vec<Vec<usize>> {
    let mut panels: Vec<Vec<usize>> = Vec::new();
    for (idx, chart) in charts.iter().enumerate() {
        let shares = |panel: &&mut Vec<usize>| {
            panel.first().and_then(|first| charts.get(*first)).is_some_and(|first| first.unit == chart.unit)
        };
        match panels.iter_mut().find(shares) {
            Some(panel) => panel.push(idx),
            None => panels.push(vec![idx]),
        }
    }
    panels
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{desk::Lang, view::chart::tests::chart_of_values};

    #[track_caller]
    fn check(values: &[(&str, f64)], measure: ChartMeasure, expected: &[&str]) {
        let chart = measured(chart_of_values(values), measure, Locale::of(Lang::En));
        let shown: Vec<&str> = chart.points.iter().map(|point| point.value_words.as_str()).collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn an_index_begins_at_a_hundred() {
        check(&[("2020", 400.0), ("2021", 440.0), ("2022", 300.0)], ChartMeasure::Index, &["100", "110", "75"]);
    }

    #[test]
    fn an_index_is_said_as_far_as_its_figures_are_known() {
        // 104.656 and 100.08: four digits of five.
        check(&[("2020", 12_543.0), ("2021", 13_127.0)], ChartMeasure::Index, &["100", "104.66"]);
        check(&[("2020", 12_340.0), ("2021", 12_350.0)], ChartMeasure::Index, &["100", "100.1"]);
        check(&[("2020", 400.0), ("2021", 423.0)], ChartMeasure::Index, &["100", "106"]);
        // 20608.7 is known to three digits at most.
        check(&[("1992", 4.6e8), ("2024", 9.48e10)], ChartMeasure::Index, &["100", "≈20600"]);
        check(&[("2020", 4.6), ("2021", 948.0)], ChartMeasure::Change, &["≈+20500%"]);
    }

    #[test]
    fn a_change_is_against_the_value_before() {
        check(&[("2020", 400.0), ("2021", 440.0), ("2022", 330.0)], ChartMeasure::Change, &["+10%", "−25%"]);
    }

    #[test]
    fn a_change_over_a_year_needs_the_same_month_of_the_year_before() {
        let values = [("2022-02", 400.0), ("2022-03", 500.0), ("2023-02", 440.0), ("2023-04", 900.0)];
        check(&values, ChartMeasure::YearChange, &["+10%"]);
    }

    #[test]
    fn series_of_one_unit_share_a_panel() {
        let of = |unit: &str| Chart { unit: unit.to_owned(), ..chart_of_values(&[("2020", 1.0)]) };
        assert_eq!(panels(&[of("t"), of("CNY"), of("t")]), [vec![0, 2], vec![1]]);
    }
}
