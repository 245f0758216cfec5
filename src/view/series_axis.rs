//! The time axis of a series: points stand in the middle of their year or month, and so do the tick labels.

use super::date_text::{DateStyle, day_of_year_text, month_name, year_text, year_tick};
use crate::{
    desk::Locale,
    edtf::{Grain, Interval, Moment},
};
use chrono::{Datelike as _, Days, Months, NaiveDate};

/// What one tick steps over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    /// A day.
    Day,
    /// A month.
    Month,
    /// A year.
    Year,
}

impl Unit {
    /// The unit that values of this grain are read off by.
    pub fn of(grain: Grain) -> Self {
        match grain {
            Grain::Year | Grain::Decade | Grain::Century | Grain::Millennium => Self::Year,
            Grain::Month | Grain::Quarter | Grain::Half => Self::Month,
            _ => Self::Day,
        }
    }

    /// Steps of a tick, in this unit.
    const fn steps(self) -> &'static [i32] {
        match self {
            Self::Day => &[1, 5, 10],
            Self::Month => &[1, 3, 6],
            Self::Year => &[1, 2, 5, 10, 20, 50, 100, 200, 500, 1000],
        }
    }

    /// The number of the unit that holds the moment, counted from some year 0.
    pub fn index(self, moment: Moment) -> i32 {
        let date = moment.0.date();
        match self {
            Self::Day => date.num_days_from_ce(),
            Self::Month => date.year() * 12 + date.month0() as i32,
            Self::Year => date.year(),
        }
    }

    /// Whether a tick of `step` units falls on the unit with that number: the 1st, 6th, 11th of a month; 1990, 1995;
    /// 前150, 前100 (people's years, where 1 BCE comes before 1).
    pub fn is_round(self, index: i32, step: i32) -> bool {
        match self {
            Self::Day => self.start(index).is_some_and(|start| {
                let day = start.0.day0() as i32;
                // 1, 5, 10, 15 … as people count; never a lone 31st.
                let counted = if day == 0 { 0 } else { day + i32::from(step > 1) };
                counted % step == 0 && (step == 1 || day < 29)
            }),
            Self::Year if index <= 0 => (index - 1).rem_euclid(step) == 0,
            Self::Month | Self::Year => index.rem_euclid(step) == 0,
        }
    }

    /// Beginning of the unit with that number.
    pub fn start(self, index: i32) -> Option<Moment> {
        let date = match self {
            Self::Day => NaiveDate::from_num_days_from_ce_opt(index)?,
            Self::Month => NaiveDate::from_ymd_opt(index.div_euclid(12), index.rem_euclid(12) as u32 + 1, 1)?,
            Self::Year => NaiveDate::from_ymd_opt(index, 1, 1)?,
        };
        Some(Moment(date.and_hms_opt(0, 0, 0)?))
    }

    /// The first moment after the unit that holds `date`.
    fn next(self, date: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Day => date.checked_add_days(Days::new(1)),
            Self::Month => date.checked_add_months(Months::new(1)),
            Self::Year => date.checked_add_months(Months::new(12)),
        }
    }

    /// Middle of the unit with that number, in seconds.
    pub fn middle_secs(self, index: i32) -> Option<f64> {
        let start = self.start(index)?;
        let end = Moment(self.next(start.0.date())?.and_hms_opt(0, 0, 0)?);
        Some((start.seconds() as f64 + end.seconds() as f64) / 2.0)
    }
}

/// What neighbours of a series are told by: `finest`, or years where all are of the same part of their years
/// (前三季度 beside 前三季度) or of a year and a part of another (2022年 beside 2023年末). `intervals` are in order of time.
pub fn told_by(intervals: impl Iterator<Item = Interval> + Clone, finest: Unit) -> Unit {
    let mut pairs = intervals.clone().zip(intervals.skip(1)).peekable();
    if finest != Unit::Month || pairs.peek().is_none() {
        return finest;
    }
    if pairs.all(|(a, b)| is_yearly(a, b) == Some(true)) { Unit::Year } else { finest }
}

/// Whether a pair is of different years and either of the same part of them or one of a whole year.
fn is_yearly(a: Interval, b: Interval) -> Option<bool> {
    let days = |interval: Interval| Some((interval.end?.seconds() - interval.start?.seconds()) / 86_400);
    let (a_days, b_days) = (days(a)?, days(b)?);
    let (a, b) = (a.start?.0, b.start?.0);
    let is_same_part = a.month() == b.month() && (a_days - b_days).abs() < 4;
    Some(a.year() != b.year() && (is_same_part || a_days.max(b_days) > 360))
}

/// First and last unit between two neighbours that has no figure, not even of a part of it.
pub fn missing_units(a: Interval, b: Interval, unit: Unit) -> Option<(i32, i32)> {
    let first = unit.index(Moment::from_seconds(a.end?.seconds() - 1)?) + 1;
    let last = unit.index(b.start?) - 1;
    (first <= last).then_some((first, last))
}

/// The years that a gap is named by: where values are told by the year, and where moments lie years apart, for which
/// a gap from minute to minute says less.
pub fn missing_years(a: Interval, b: Interval, unit: Unit) -> Option<(i32, i32)> {
    if unit == Unit::Month { None } else { missing_units(a, b, Unit::Year) }
}

/// A tick with its label.
#[derive(Debug, Clone, PartialEq)]
pub struct Tick {
    /// Where, in seconds.
    pub secs: f64,
    /// 1995, 3月, 6月22日.
    pub label: String,
}

/// Labelled ticks from `first_secs` to `last_secs`, as close as `label_fits` allows: it is given the labels and
/// says whether they can stand beside one another.
pub fn ticks(unit: Unit, secs: [f64; 2], words: &Locale, label_fits: &dyn Fn(&[Tick]) -> bool) -> Vec<Tick> {
    // Where months or days get too dense, the next coarser unit takes over.
    for unit in [Unit::Day, Unit::Month, Unit::Year].into_iter().filter(|&candidate| candidate >= unit) {
        for &step in unit.steps() {
            let ticks = ticks_with_step(unit, step, secs, words);
            if ticks.len() < 400 && label_fits(&ticks) {
                return ticks;
            }
        }
    }
    Vec::new()
}

fn ticks_with_step(unit: Unit, step: i32, [first, last]: [f64; 2], words: &Locale) -> Vec<Tick> {
    let moment = |secs: f64| Moment::from_seconds(secs as i64);
    let (Some(first_moment), Some(last_moment)) = (moment(first), moment(last)) else { return Vec::new() };
    let (from, to) = (unit.index(first_moment), unit.index(last_moment));
    if (to - from) / step > 1000 {
        // Far too dense; counted, not built.
        return (0..1000).map(|_| Tick { secs: first, label: String::new() }).collect();
    }
    let starts = (from..=to).filter(|&index| unit.is_round(index, step));
    let mut last_year = None;
    starts
        .filter_map(|index| Some((unit.start(index)?, unit.middle_secs(index)?)))
        .filter(|(_, secs)| (first..=last).contains(secs))
        .map(|(start, secs)| {
            let new_year = last_year != Some(start.0.year());
            last_year = Some(start.0.year());
            Tick { secs, label: tick_label(unit, start, new_year, words) }
        })
        .collect()
}

fn tick_label(unit: Unit, start: Moment, new_year: bool, words: &Locale) -> String {
    let (year, month) = (start.0.year(), start.0.month());
    match unit {
        Unit::Year => year_tick(year, words),
        Unit::Month if new_year => {
            let year = year_text(year, DateStyle::Short, words);
            words.fill("date.year-month", &[&year, &month_name(month, words)])
        }
        Unit::Month => month_name(month, words),
        Unit::Day => day_of_year_text(start, words),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::Lang;

    fn labels(unit: Unit, from: (i32, u32, u32), to: (i32, u32, u32), n_max: usize) -> String {
        let secs = |(y, m, d)| Moment::from_ymd(y, m, d).unwrap().seconds() as f64;
        let fits = |ticks: &[Tick]| ticks.len() <= n_max;
        let ticks = ticks(unit, [secs(from), secs(to)], Locale::of(Lang::Zh), &fits);
        ticks.iter().map(|tick| tick.label.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn ticks_take_the_closest_step_that_fits() {
        assert_eq!(labels(Unit::Year, (1989, 1, 1), (2026, 1, 1), 9), "1990 1995 2000 2005 2010 2015 2020 2025");
        assert_eq!(labels(Unit::Year, (-201, 1, 1), (-40, 1, 1), 5), "前200 前150 前100 前50");
        assert_eq!(labels(Unit::Month, (2023, 11, 1), (2024, 8, 1), 4), "2024年1月 4月 7月");
        assert_eq!(labels(Unit::Day, (2025, 6, 17), (2025, 6, 24), 9).split(' ').count(), 7);
        assert_eq!(labels(Unit::Day, (1990, 1, 1), (2020, 1, 1), 5), "1990 2000 2010");
    }
}
