//! Stretches of the calendar of one length: hours, days, weeks, months, years, for histograms and clusters.
//!
//! They begin where the calendar has them begin, never where the window does. So panning moves them as they are, and
//! a column can be named: 2023年5月, not “from the 3rd, 14:20”.

use super::when::DAY_SECS;
use crate::{desk::WeekStart, edtf::Moment};
use chrono::Datelike as _;

/// A length of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    /// Seconds: minutes, hours and days.
    Secs(i64),
    /// Weeks, and the day they begin with.
    Weeks(i64, WeekStart),
    /// Months; they divide a year.
    Months(i64),
    /// Years; from years that they divide on.
    Years(i64),
}

const DAY: i64 = 86_400;
/// 1970-01-05 was a Monday.
const MONDAY: i64 = 4 * DAY;
const YEAR_SECS: f64 = 365.2425 * DAY_SECS;

/// Every length, from short to long; weeks as China has them.
const STEPS: [Step; 33] = [
    Step::Secs(60),
    Step::Secs(300),
    Step::Secs(900),
    Step::Secs(1_800),
    Step::Secs(3_600),
    Step::Secs(2 * 3_600),
    Step::Secs(3 * 3_600),
    Step::Secs(6 * 3_600),
    Step::Secs(12 * 3_600),
    Step::Secs(DAY),
    Step::Secs(2 * DAY),
    Step::Weeks(1, WeekStart::Monday),
    Step::Weeks(2, WeekStart::Monday),
    Step::Months(1),
    Step::Months(2),
    Step::Months(3),
    Step::Months(6),
    Step::Years(1),
    Step::Years(2),
    Step::Years(5),
    Step::Years(10),
    Step::Years(20),
    Step::Years(50),
    Step::Years(100),
    Step::Years(200),
    Step::Years(500),
    Step::Years(1_000),
    Step::Years(2_000),
    Step::Years(5_000),
    Step::Years(10_000),
    Step::Years(20_000),
    Step::Years(50_000),
    Step::Years(100_000),
];

impl Step {
    /// The shortest length that is at least `min_px` wide at a scale; weeks begin with `week`.
    pub fn at_least(min_px: f64, px_per_sec: f64, week: WeekStart) -> Self {
        let is_wide = |step: &&Self| step.usual_secs() * px_per_sec >= min_px;
        match STEPS.iter().find(is_wide).copied().unwrap_or(Self::Years(100_000)) {
            Self::Weeks(n, _) => Self::Weeks(n, week),
            step => step,
        }
    }

    /// Its usual length.
    pub fn usual_secs(self) -> f64 {
        match self {
            Self::Secs(secs) => secs as f64,
            Self::Weeks(weeks, _) => (weeks * 7 * DAY) as f64,
            Self::Months(months) => months as f64 * YEAR_SECS / 12.0,
            Self::Years(years) => years as f64 * YEAR_SECS,
        }
    }

    /// The number of the stretch that holds a moment.
    pub fn number(self, time: f64) -> i64 {
        let secs = time.floor() as i64;
        match self {
            Self::Secs(step) => secs.div_euclid(step),
            Self::Weeks(weeks, week) => (secs - first_week(week)).div_euclid(weeks * 7 * DAY),
            Self::Months(step) => months(secs).div_euclid(step),
            Self::Years(step) => months(secs).div_euclid(12 * step),
        }
    }

    /// Where the stretch with a number begins, in seconds from 1970.
    pub fn start(self, number: i64) -> f64 {
        match self {
            Self::Secs(step) => (number * step) as f64,
            Self::Weeks(weeks, week) => (number * weeks * 7 * DAY + first_week(week)) as f64,
            Self::Months(step) => start_of_month(number * step),
            Self::Years(step) => start_of_month(number * step * 12),
        }
    }

    /// The beginnings from the stretch that holds `start` to the one behind `end`.
    pub fn edges(self, start: f64, end: f64) -> Vec<f64> {
        let (first, last) = (self.number(start), self.number(end) + 1);
        (first..=last.min(first + 20_000)).map(|number| self.start(number)).collect()
    }
}

/// A beginning of a week, near 1970.
const fn first_week(week: WeekStart) -> i64 {
    MONDAY + week.days_from_monday() as i64 * DAY
}

/// Months from the beginning of the astronomical year 0.
fn months(secs: i64) -> i64 {
    match Moment::from_seconds(secs) {
        Some(Moment(at)) => i64::from(at.year()) * 12 + i64::from(at.month0()),
        // Outside the calendar only the order matters.
        None => (secs as f64 / YEAR_SECS * 12.0) as i64 + 1970 * 12,
    }
}

fn start_of_month(month: i64) -> f64 {
    let (year, month0) = (month.div_euclid(12), month.rem_euclid(12));
    let moment = i32::try_from(year).ok().and_then(|year| Moment::from_ymd(year, month0 as u32 + 1, 1));
    moment.map_or((month - 1970 * 12) as f64 * YEAR_SECS / 12.0, |moment| moment.seconds() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn secs(text: &str) -> f64 {
        text.parse::<Moment>().unwrap().seconds() as f64
    }

    #[test]
    fn stretches_begin_where_the_calendar_has_them() {
        let wednesday = secs("2025-06-25T10:00:00");
        let begins = |step: Step| step.start(step.number(wednesday));
        let week = |first: WeekStart| begins(Step::Weeks(1, first));
        assert_eq!(week(WeekStart::Monday), secs("2025-06-23T00:00:00"));
        assert_eq!(week(WeekStart::Sunday), secs("2025-06-22T00:00:00"));
        assert_eq!(week(WeekStart::Saturday), secs("2025-06-21T00:00:00"));
        assert_eq!(begins(Step::Months(1)), secs("2025-06-01T00:00:00"));
        assert_eq!(begins(Step::Months(3)), secs("2025-04-01T00:00:00"));
        assert_eq!(begins(Step::Years(10)), secs("2020-01-01T00:00:00"));
        let long_ago = secs("-0174-03-01T00:00:00");
        assert_eq!(Step::Years(100).start(Step::Years(100).number(long_ago)), secs("-0200-01-01T00:00:00"));
        let at_least = |days: f64| Step::at_least(2.0, 2.0 / (days * DAY_SECS), WeekStart::Sunday);
        assert_eq!(at_least(20.0), Step::Months(1));
        assert_eq!(at_least(5.0), Step::Weeks(1, WeekStart::Sunday));
    }

    proptest! {
        #[test]
        fn every_moment_lies_in_its_stretch(time in -8.0e10..8.0e10_f64, step in 0..STEPS.len()) {
            let step = STEPS[step];
            let number = step.number(time);
            prop_assert!(step.start(number) <= time && time < step.start(number + 1));
        }
    }
}
