//! What stretch of time a value is told for: a month's exports are no year's, and those of 前8个月 are neither.

use crate::edtf::Interval;
use chrono::{Datelike as _, NaiveDateTime, TimeDelta};
use serde::{Deserialize, Serialize};

/// The stretch a point of a series covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Period {
    /// How much there is at a moment: 12月末外汇储备.
    Moment,
    /// A day or less.
    Day,
    /// A month.
    Month,
    /// A quarter.
    Quarter,
    /// Half a year.
    Half,
    /// A year.
    Year,
    /// From January to the end of a month: 前8个月, 前三季度.
    Cumulative,
    /// Any other stretch: 春运期间, 近五年.
    Span,
}

impl Period {
    /// Its name among the words of the interface.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Moment => "moment",
            Self::Day => "day",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Half => "half",
            Self::Year => "year",
            Self::Cumulative => "cumulative",
            Self::Span => "span",
        }
    }
}

/// A period that may belong to either of two series until the others of its measure are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Told {
    /// Certain.
    As(Period),
    /// 一季度: a quarter, or the first three months of a year told month by month.
    FirstQuarter,
    /// 上半年: half a year, or six months.
    FirstHalf,
}

impl Told {
    /// The series it belongs to, settled by the other points of the measure: where both months' sums and quarters are
    /// told, 一季度 is one of each.
    pub fn settled(self, others: &[Self]) -> (Period, Option<Period>) {
        let has = |period| others.contains(&Self::As(period));
        let alone = match self {
            Self::As(period) => return (period, None),
            Self::FirstQuarter => Period::Quarter,
            Self::FirstHalf => Period::Half,
        };
        match (has(Period::Cumulative), has(alone)) {
            (true, true) => (Period::Cumulative, Some(alone)),
            (true, false) => (Period::Cumulative, None),
            (false, _) => (alone, None),
        }
    }

    /// Whether a rate told for it is against the year before, whether that is said or not: sums of months have no
    /// period before them.
    pub const fn is_yearly(self) -> bool {
        matches!(self, Self::As(Period::Cumulative | Period::Year) | Self::FirstHalf)
    }
}

/// The period of a value told for `interval`; every value of a stock is of a moment.
pub(super) fn period(interval: Option<Interval>, is_stock: bool) -> Told {
    let (start, end) = match interval {
        Some(Interval { start: Some(start), end: Some(end) }) => (start.0, end.0),
        _ => return Told::As(Period::Moment),
    };
    if is_stock {
        return Told::As(Period::Moment);
    }
    if end - start <= TimeDelta::days(1) {
        return Told::As(Period::Day);
    }
    let is_month_start = |moment: NaiveDateTime| moment.day() == 1 && moment.time() == chrono::NaiveTime::MIN;
    if !is_month_start(start) || !is_month_start(end) {
        return Told::As(if start.month() == 1 && is_month_start(start) && end - start < TimeDelta::days(366) {
            Period::Cumulative
        } else {
            Period::Span
        });
    }
    let n_months = (end.year() - start.year()) * 12 + end.month().cast_signed() - start.month().cast_signed();
    Told::As(match (n_months, start.month()) {
        (1, _) => Period::Month,
        (3, 1) => return Told::FirstQuarter,
        (3, 4 | 7 | 10) => Period::Quarter,
        (6, 1) => return Told::FirstHalf,
        (6, 7) => Period::Half,
        (12, 1) => Period::Year,
        (2..=11, 1) => Period::Cumulative,
        _ => Period::Span,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edtf::Edtf;

    #[track_caller]
    fn check(edtf: &str, expected: Told) {
        let edtf: Edtf = edtf.parse().unwrap();
        assert_eq!(period(edtf.interval(), false), expected);
    }

    #[test]
    fn stretches_of_a_year_are_told_apart() {
        check("2023-04", Told::As(Period::Month));
        check("2023-34", Told::As(Period::Quarter));
        check("2023-33", Told::FirstQuarter);
        check("2023-01/2023-08", Told::As(Period::Cumulative));
        check("2023-01/2023-09", Told::As(Period::Cumulative));
        check("2023", Told::As(Period::Year));
        check("2023-04-05", Told::As(Period::Day));
        check("2018/2022", Told::As(Period::Span));
    }

    #[test]
    fn the_first_quarter_goes_with_what_is_told_beside_it() {
        let cumulative = [Told::As(Period::Cumulative)];
        let both = [Told::As(Period::Cumulative), Told::As(Period::Quarter)];
        assert_eq!(Told::FirstQuarter.settled(&cumulative), (Period::Cumulative, None));
        assert_eq!(Told::FirstQuarter.settled(&both), (Period::Cumulative, Some(Period::Quarter)));
        assert_eq!(Told::FirstHalf.settled(&[]), (Period::Half, None));
    }
}
