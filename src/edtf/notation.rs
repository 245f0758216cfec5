//! EDTF (ISO 8601-2:2019, annex A): reading, writing, and the interval a string stands for.

use super::{Grain, Interval, date::Date};
use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use std::{
    fmt::{self, Write as _},
    str::FromStr,
};

/// A date in EDTF, always valid: `2024`, `2024-09`, `2025-06-22`, `2025-06-22T18`, `199X`, `18XX`, quarters
/// `2024-33`…`36`, halves `2024-40`/`41`, seasons `2024-21`…`24`, each with `?`, `~` or `%` behind; intervals
/// `2012-11-08/..`, `-0174/-0075`, `../1949`. A missing year is `XXXX`: `XXXX-06-22`.
///
/// Hours and minutes may stand alone (`T18`, `T18:30`), as newspapers give them; a time zone is read over,
/// because what is printed is local civil time. Sorts by beginning, then end.
///
/// ```
/// use nianbiao::edtf::{Edtf, Grain};
/// let quarter: Edtf = "2023-33".parse()?;
/// assert_eq!(quarter.grain(), Grain::Quarter);
/// assert_eq!(quarter.interval().unwrap().to_string(), "2023-01-01T00:00:00/2023-04-01T00:00:00");
/// # Ok::<(), nianbiao::edtf::EdtfError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Edtf {
    start: Side,
    /// `None` where it is no interval.
    end: Option<Side>,
    text: String,
}

/// One side of an interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Side {
    /// `..`
    Open,
    Date(Date),
}

/// The text is no EDTF date.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not an EDTF date: `{0}`")]
pub struct EdtfError(pub String);

impl Edtf {
    /// A whole year, astronomical (0 is 1 BCE).
    pub fn from_year(year: i32) -> Self {
        Date::from_year(year).into()
    }

    /// A whole month; no check beyond 1–12, which wraps nothing: `None` outside.
    pub fn from_month(year: i32, month: u32) -> Option<Self> {
        Date::from_month(year, month).map(Self::from)
    }

    /// A calendar day.
    pub fn from_day(day: NaiveDate) -> Self {
        Date::from_day(day).into()
    }

    /// From one date to another, both included; `None` for an open side. `None/None` is `../..`.
    ///
    /// Where a side is an interval itself, its outer end counts.
    pub fn range(start: Option<&Self>, end: Option<&Self>) -> Self {
        let start = start.map_or(Side::Open, |edtf| edtf.start);
        let end = end.map_or(Side::Open, |edtf| edtf.end.unwrap_or(edtf.start));
        Self::from_sides(start, Some(end))
    }

    /// The stretch of days it stands for, end exclusive; `None` where a year is missing (`XXXX-06-22`) and for
    /// `../..`.
    pub fn interval(&self) -> Option<Interval> {
        let bounds = |side: Side| match side {
            Side::Open => Some(Interval::new(None, None)),
            Side::Date(date) => date.interval(),
        };
        let first = bounds(self.start)?;
        let last = self.end.map_or(Some(first), bounds)?;
        let interval = Interval::new(first.start, last.end);
        (interval.start.is_some() || interval.end.is_some()).then_some(interval)
    }

    /// The grain of the (first) date.
    pub fn grain(&self) -> Grain {
        [Some(self.start), self.end]
            .into_iter()
            .flatten()
            .find_map(|side| match side {
                Side::Date(date) => Some(date.grain()),
                Side::Open => None,
            })
            .unwrap_or(Grain::Day)
    }

    /// The date it begins with; `None` for an open beginning.
    pub fn start(&self) -> Option<Date> {
        match self.start {
            Side::Date(date) => Some(date),
            Side::Open => None,
        }
    }

    /// The date it ends with (the same as [`Self::start`] where it is no interval); `None` for an open end.
    pub fn end(&self) -> Option<Date> {
        match self.end.unwrap_or(self.start) {
            Side::Date(date) => Some(date),
            Side::Open => None,
        }
    }

    /// The same, marked approximate (`~`) on both sides.
    #[must_use]
    pub fn approximate(&self) -> Self {
        let mark = |side| match side {
            Side::Date(date) => Side::Date(date.approximate()),
            Side::Open => Side::Open,
        };
        Self::from_sides(mark(self.start), self.end.map(mark))
    }

    /// Whether it is marked approximate (`~` or `%`).
    pub fn is_approximate(&self) -> bool {
        self.text.contains(['~', '%'])
    }

    /// Whether it is marked uncertain (`?` or `%`).
    pub fn is_uncertain(&self) -> bool {
        self.text.contains(['?', '%'])
    }

    /// Whether it is an interval `a/b`.
    pub fn is_range(&self) -> bool {
        self.end.is_some()
    }

    /// As written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    fn from_sides(start: Side, end: Option<Side>) -> Self {
        let mut text = String::with_capacity(if end.is_some() { 24 } else { 12 });
        // Writing to a string cannot fail.
        let _ = match end {
            None => write!(text, "{start}"),
            Some(end) => write!(text, "{start}/{end}"),
        };
        Self { start, end, text }
    }
}

impl From<Date> for Edtf {
    fn from(date: Date) -> Self {
        Self::from_sides(Side::Date(date), None)
    }
}

impl FromStr for Side {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            ".." => Ok(Self::Open),
            _ => Date::parse(text).map(Self::Date).ok_or(()),
        }
    }
}

impl fmt::Display for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Open => f.write_str(".."),
            Self::Date(date) => date.fmt(f),
        }
    }
}

impl FromStr for Edtf {
    type Err = EdtfError;

    fn from_str(text: &str) -> Result<Self, EdtfError> {
        let error = || EdtfError(text.to_owned());
        let trimmed = text.trim();
        let (start, end) = match trimmed.split_once('/') {
            None => (trimmed.parse().map_err(|()| error())?, None),
            Some((start, end)) => {
                let side = |part: &str| if part.is_empty() { Ok(Side::Open) } else { part.parse() };
                (side(start).map_err(|()| error())?, Some(side(end).map_err(|()| error())?))
            }
        };
        if end.is_none() && start == Side::Open {
            return Err(error());
        }
        Ok(Self::from_sides(start, end))
    }
}

impl fmt::Display for Edtf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Serialize for Edtf {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl<'de> Deserialize<'de> for Edtf {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, interval: &str) {
        let edtf: Edtf = text.parse().unwrap();
        assert_eq!(edtf.to_string(), text);
        assert_eq!(edtf.interval().map_or_else(|| "none".to_owned(), |interval| interval.to_string()), interval);
    }

    #[test]
    fn strings_stand_for_intervals() {
        check("2024", "2024-01-01T00:00:00/2025-01-01T00:00:00");
        check("2024-02", "2024-02-01T00:00:00/2024-03-01T00:00:00");
        check("2024-12", "2024-12-01T00:00:00/2025-01-01T00:00:00");
        check("2024-02-29", "2024-02-29T00:00:00/2024-03-01T00:00:00");
        check("2025-06-22T18", "2025-06-22T18:00:00/2025-06-22T19:00:00");
        check("2008-03-21T06:33", "2008-03-21T06:33:00/2008-03-21T06:34:00");
        check("2008-03-21T06:33:02", "2008-03-21T06:33:02/2008-03-21T06:33:03");
        check("199X", "1990-01-01T00:00:00/2000-01-01T00:00:00");
        check("18XX", "1800-01-01T00:00:00/1900-01-01T00:00:00");
        check("2023-33", "2023-01-01T00:00:00/2023-04-01T00:00:00");
        check("2023-36", "2023-10-01T00:00:00/2024-01-01T00:00:00");
        check("2023-41", "2023-07-01T00:00:00/2024-01-01T00:00:00");
        check("2023-24", "2023-12-01T00:00:00/2024-03-01T00:00:00");
        check("-0174/-0075", "-0174-01-01T00:00:00/-0074-01-01T00:00:00");
        check("1992~", "1992-01-01T00:00:00/1993-01-01T00:00:00");
        check("2012-11-08/..", "2012-11-08T00:00:00/..");
        check("../1949", "../1950-01-01T00:00:00");
        check("XXXX-06-22", "none");
        check("2023-01/2023-03", "2023-01-01T00:00:00/2023-04-01T00:00:00");
        check("Y12000", "12000-01-01T00:00:00/12001-01-01T00:00:00");
        assert_eq!(Edtf::from_month(12000, 9).unwrap().as_str(), "Y12000", "no month stands behind such a year");
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in
            ["", "..", "24", "2024-13", "2023-02-29", "2024-9", "2024-09-01T25", "1X9X", "abc", "2024-1-1", "Y12000-09"]
        {
            assert!(text.parse::<Edtf>().is_err(), "{text} was read");
        }
    }

    #[test]
    fn a_time_zone_is_read_over() {
        let edtf: Edtf = "2013-02-12T04:30:00-02:00".parse().unwrap();
        assert_eq!(edtf.as_str(), "2013-02-12T04:30:00");
    }

    proptest! {
        #[test]
        fn whatever_is_read_is_written_the_same(
            year in -9999_i32..9999, month in 1_u32..=12, day in 1_u32..=28, mark in "[?~%]?", cut in 0_usize..4,
        ) {
            let year = if year < 0 { format!("-{:04}", -year) } else { format!("{year:04}") };
            let text = match cut {
                0 => format!("{year}{mark}"),
                1 => format!("{year}-{month:02}{mark}"),
                2 => format!("{year}-{month:02}-{day:02}{mark}"),
                _ => format!("{year}/{year}-{month:02}"),
            };
            let edtf: Edtf = text.parse().unwrap();
            prop_assert_eq!(edtf.to_string(), text);
            let interval = edtf.interval().unwrap();
            prop_assert!(interval.start < interval.end);
        }

        #[test]
        fn whatever_is_made_is_read_back(
            year in -250_000_i32..250_000, month in 1_u32..=41, secs in 0_i64..86_400 * 366, how in 0_usize..8,
        ) {
            let day = NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
            let moment = day.and_hms_opt(0, 0, 0).unwrap() + chrono::TimeDelta::seconds(secs);
            let date = match how {
                0 => Date::from_year(year),
                1 => Date::from_decade(year),
                2 => Date::from_century(year),
                3 => Date::from_month(year, month).unwrap_or(Date::from_year(year)),
                4 => Date::from_day(moment.date()),
                5 => Date::from_moment(moment, Grain::Hour),
                6 => Date::from_moment(moment, Grain::Second),
                _ => Date::from_day(moment.date()).without_year(),
            };
            for edtf in [Edtf::from(date), Edtf::from(date.approximate()), Edtf::range(None, Some(&date.into()))] {
                prop_assert_eq!(edtf.as_str().parse::<Edtf>(), Ok(edtf.clone()));
            }
            if let Some(date) = date.with_year(year) {
                prop_assert_eq!(Edtf::from(date).as_str().parse::<Edtf>(), Ok(date.into()));
            }
        }

        #[test]
        fn nothing_panics(text in "[-0-9XTYZ:?~%./ ]{0,24}") {
            if let Ok(edtf) = text.parse::<Edtf>() {
                let _ = edtf.interval();
                prop_assert_eq!(edtf.as_str().parse::<Edtf>().unwrap(), edtf);
            }
        }
    }
}
