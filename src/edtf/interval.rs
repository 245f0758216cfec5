//! Stretches of time with an exclusive end, open at either side.

use super::figures::Figures;
use chrono::{Datelike as _, NaiveDate, NaiveDateTime, Timelike as _};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use std::{fmt, str::FromStr};

/// A civil moment without a time zone, to the second, in the proleptic Gregorian calendar with astronomical
/// years (year 0 is 1 BCE). Written `2024-09-01T00:00:00`, `-0174-01-01T00:00:00`.
///
/// Range: the years −262143 to +262142, as chrono's `NaiveDateTime`. It has no time zone on purpose: what a
/// newspaper prints is local civil time, and guessing a zone would invent facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(pub NaiveDateTime);

impl Moment {
    /// Midnight at the beginning of a day; `None` where there is no such day.
    pub fn from_ymd(year: i32, month: u32, day: u32) -> Option<Self> {
        Some(Self(NaiveDate::from_ymd_opt(year, month, day)?.and_hms_opt(0, 0, 0)?))
    }

    /// Seconds since 1970-01-01T00:00:00, negative before; the number that axes compute with.
    pub fn seconds(self) -> i64 {
        self.0.and_utc().timestamp()
    }

    /// The moment so many seconds from 1970; `None` outside the calendar.
    pub fn from_seconds(seconds: i64) -> Option<Self> {
        Some(Self(chrono::DateTime::from_timestamp(seconds, 0)?.naive_utc()))
    }
}

impl Moment {
    /// Whether its year has more than four figures.
    fn is_far(self) -> bool {
        self.0.date().year().abs() > 9999
    }

    /// As it is written; without the year where that [is far](Self::is_far).
    fn figures(self) -> Figures {
        let (date, time) = (self.0.date(), self.0.time());
        let mut figures = Figures::default();
        if !self.is_far() {
            figures.year(date.year());
        }
        figures.behind(b'-', date.month());
        figures.behind(b'-', date.day());
        figures.behind(b'T', time.hour());
        figures.behind(b':', time.minute());
        figures.behind(b':', time.second());
        figures
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_far() {
            let year = self.0.date().year();
            write!(f, "{}{}", if year < 0 { "-" } else { "" }, year.abs())?;
        }
        f.write_str(self.figures().as_str())
    }
}

/// The text is not of the form `±YYYY-MM-DDThh:mm:ss`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a moment of the form YYYY-MM-DDThh:mm:ss: `{0}`")]
pub struct MomentError(pub String);

impl FromStr for Moment {
    type Err = MomentError;

    fn from_str(text: &str) -> Result<Self, MomentError> {
        parse_moment(text).ok_or_else(|| MomentError(text.to_owned()))
    }
}

fn parse_moment(text: &str) -> Option<Moment> {
    let (negative, rest) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let (date, time) = rest.split_once('T').unwrap_or((rest, "00:00:00"));
    let mut parts = date.split('-').map(|part| part.parse::<i32>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    let mut clock = time.split(':').map(|part| part.parse::<u32>().ok());
    let hour = clock.next()??;
    let minute = clock.next().unwrap_or(Some(0))?;
    let second = clock.next().unwrap_or(Some(0))?;
    let year = if negative { -year } else { year };
    let date = NaiveDate::from_ymd_opt(year, month.try_into().ok()?, day.try_into().ok()?)?;
    Some(Moment(date.and_hms_opt(hour, minute, second)?))
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.is_far() {
            return serializer.collect_str(self);
        }
        serializer.serialize_str(self.figures().as_str())
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}

/// A stretch of time `[start, end)`; a side that is `None` is open. Serialises as `[start, end]`.
///
/// ```
/// use nianbiao::edtf::{Interval, Moment};
/// let year = Interval::new(Moment::from_ymd(2024, 1, 1), Moment::from_ymd(2025, 1, 1));
/// assert_eq!(year.to_string(), "2024-01-01T00:00:00/2025-01-01T00:00:00");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "(Option<Moment>, Option<Moment>)", into = "(Option<Moment>, Option<Moment>)")]
pub struct Interval {
    /// First moment inside; `None` where it has no beginning.
    pub start: Option<Moment>,
    /// First moment after; `None` where it has no end.
    pub end: Option<Moment>,
}

impl Interval {
    /// From `start` up to, not including, `end`.
    pub const fn new(start: Option<Moment>, end: Option<Moment>) -> Self {
        Self { start, end }
    }

    /// Whether both ends are known.
    pub const fn is_bounded(self) -> bool {
        self.start.is_some() && self.end.is_some()
    }
}

impl From<(Option<Moment>, Option<Moment>)> for Interval {
    fn from((start, end): (Option<Moment>, Option<Moment>)) -> Self {
        Self { start, end }
    }
}

impl From<Interval> for (Option<Moment>, Option<Moment>) {
    fn from(interval: Interval) -> Self {
        (interval.start, interval.end)
    }
}

impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.start {
            Some(start) => write!(f, "{start}/")?,
            None => write!(f, "../")?,
        }
        match self.end {
            Some(end) => write!(f, "{end}"),
            None => write!(f, ".."),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_written_and_read_back() {
        for text in ["2024-09-01T00:00:00", "-0174-01-01T00:00:00", "0000-02-29T06:30:59"] {
            let moment: Moment = text.parse().unwrap();
            assert_eq!(moment.to_string(), text);
            assert_eq!(Moment::from_seconds(moment.seconds()), Some(moment));
        }
        assert!("2024-13-01T00:00:00".parse::<Moment>().is_err());
    }
}
