//! One EDTF date with its precision: `2024-09`, `199X`, `2025-06-22T18`, `1992~`.

use super::{Grain, Interval, Moment, figures::Figures};
use chrono::{Datelike as _, Days, NaiveDate, NaiveDateTime, TimeDelta, Timelike as _};
use std::fmt;

/// A date as precise as it was said. Made by the `from_…` functions, so it is always a date of the calendar.
///
/// It does not do arithmetic: adding three months to 「2024年」 has no answer. Go through [`Date::interval`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Date {
    year: Year,
    /// 1–12; 21–24 seasons, 33–36 quarters, 40–41 halves; 0 where only the year is known.
    month: u8,
    /// 0 where only the month is known.
    day: u8,
    clock: Clock,
    mark: Mark,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Year {
    /// `XXXX`
    Missing,
    /// A year whose last `unknown` digits are `X`: 0 a year, 1 a decade, 2 a century, 3 a millennium.
    Known { first: i32, unknown: u8 },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Clock {
    None,
    Hour(u8),
    Minute(u8, u8),
    Second(u8, u8, u8),
}

/// The qualifier behind a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Mark {
    None,
    Uncertain,
    Approximate,
    Both,
}

/// The widest year we compute with; chrono's calendar ends at 262,142.
const MAX_YEAR: i32 = 200_000;
/// The widest year that is written in four digits; EDTF writes those beyond as `Y12000`, without month or day.
const MAX_DATED_YEAR: i32 = 9999;

impl Date {
    const fn new(year: Year, month: u8, day: u8) -> Self {
        Self { year, month, day, clock: Clock::None, mark: Mark::None }
    }

    /// A whole year, astronomical. Years beyond ±200,000 are cut to that.
    pub fn from_year(year: i32) -> Self {
        Self::new(Year::Known { first: year.clamp(-MAX_YEAR, MAX_YEAR), unknown: 0 }, 0, 0)
    }

    /// The decade that `year` lies in: 1995 → `199X`.
    pub fn from_decade(year: i32) -> Self {
        Self::new(Year::Known { first: year.div_euclid(10).clamp(0, 999) * 10, unknown: 1 }, 0, 0)
    }

    /// The hundred years that `year` lies in: 1895 → `18XX`.
    pub fn from_century(year: i32) -> Self {
        Self::new(Year::Known { first: year.div_euclid(100).clamp(0, 99) * 100, unknown: 2 }, 0, 0)
    }

    /// A month (1–12), season (21–24), quarter (33–36) or half (40–41); `None` for other numbers. Of a year beyond
    /// ±9999 the year alone, for EDTF writes no month behind it.
    pub fn from_month(year: i32, month: u32) -> Option<Self> {
        let month = u8::try_from(month).ok().filter(|&month| is_month(month))?;
        let date = Self::from_year(year);
        Some(if date.takes_a_month() { Self { month, ..date } } else { date })
    }

    /// A calendar day; beyond the years ±9999 the year alone.
    pub fn from_day(day: NaiveDate) -> Self {
        let date = Self::from_year(day.year());
        if date.takes_a_month() { Self { month: day.month() as u8, day: day.day() as u8, ..date } } else { date }
    }

    /// A moment to the hour, minute or second; any other grain gives the day. Beyond the years ±9999 the year alone.
    pub fn from_moment(moment: NaiveDateTime, grain: Grain) -> Self {
        let (hour, minute, second) = (moment.hour() as u8, moment.minute() as u8, moment.second() as u8);
        let clock = match grain {
            Grain::Hour => Clock::Hour(hour),
            Grain::Minute => Clock::Minute(hour, minute),
            Grain::Second => Clock::Second(hour, minute, second),
            _ => Clock::None,
        };
        let date = Self::from_day(moment.date());
        if date.day > 0 { Self { clock, ..date } } else { date }
    }

    /// Whether a month can stand behind its year.
    const fn takes_a_month(self) -> bool {
        match self.year {
            Year::Missing => true,
            Year::Known { first, unknown } => unknown == 0 && first.abs() <= MAX_DATED_YEAR,
        }
    }

    /// The same with its year unknown: `2025-06-22` → `XXXX-06-22`.
    #[must_use]
    pub const fn without_year(self) -> Self {
        Self { year: Year::Missing, ..self }
    }

    /// The same day in `year`; `None` where it has none (29 February).
    #[must_use]
    pub fn with_year(self, year: i32) -> Option<Self> {
        let date = Self { year: Year::Known { first: year, unknown: 0 }, ..self };
        date.is_of_the_calendar().then_some(date)
    }

    /// The same, marked approximate.
    #[must_use]
    pub const fn approximate(self) -> Self {
        let mark = match self.mark {
            Mark::None | Mark::Approximate => Mark::Approximate,
            Mark::Uncertain | Mark::Both => Mark::Both,
        };
        Self { mark, ..self }
    }

    /// The year; `None` where it is missing or only its decade or century is known.
    pub const fn year(self) -> Option<i32> {
        match self.year {
            Year::Known { first, unknown: 0 } => Some(first),
            _ => None,
        }
    }

    /// The month, 1–12.
    pub fn month(self) -> Option<u32> {
        (1..=12).contains(&self.month).then_some(u32::from(self.month))
    }

    /// The day of the month.
    pub fn day(self) -> Option<u32> {
        (self.day > 0).then_some(u32::from(self.day))
    }

    /// The calendar day, where it is that exact or more.
    pub fn to_day(self) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(self.year()?, self.month()?, self.day()?)
    }

    /// How fine it is.
    pub const fn grain(self) -> Grain {
        match (self.clock, self.day, self.month) {
            (Clock::Second(..), ..) => Grain::Second,
            (Clock::Minute(..), ..) => Grain::Minute,
            (Clock::Hour(_), ..) => Grain::Hour,
            (_, 1.., _) => Grain::Day,
            (_, _, 1..=24) => Grain::Month,
            (_, _, 33..=36) => Grain::Quarter,
            (_, _, 40..=41) => Grain::Half,
            _ => match self.year {
                Year::Known { unknown: 1, .. } => Grain::Decade,
                Year::Known { unknown: 2, .. } => Grain::Century,
                Year::Known { unknown: 3, .. } => Grain::Millennium,
                _ => Grain::Year,
            },
        }
    }

    /// The stretch of time it stands for, end exclusive; `None` where the year is missing. Winter (`-24`)
    /// begins in December and ends with the next February.
    pub fn interval(self) -> Option<Interval> {
        let Year::Known { first, unknown } = self.year else { return None };
        let (start, end) = match (self.month, self.day) {
            (0, _) => {
                let n_years = 10_i32.pow(u32::from(unknown));
                let first = if first < 0 && unknown > 0 { first - n_years + 1 } else { first };
                (Moment::from_ymd(first, 1, 1)?, Moment::from_ymd(first + n_years, 1, 1)?)
            }
            (month, 0) => {
                let (begin, n_months) = months_of(month)?;
                (first_of_month(first, begin)?, first_of_month(first, begin + n_months)?)
            }
            (month, day) => {
                let day = NaiveDate::from_ymd_opt(first, u32::from(month), u32::from(day))?;
                self.clock.interval(day)?
            }
        };
        Some(Interval::new(Some(start), Some(end)))
    }

    fn is_of_the_calendar(self) -> bool {
        let leap = match self.year {
            Year::Known { first, .. } if first.abs() > MAX_YEAR => return false,
            Year::Known { first, unknown: 0 } => first,
            _ => 2000,
        };
        let month_ok = self.month == 0 || is_month(self.month);
        let day_ok =
            self.day == 0 || NaiveDate::from_ymd_opt(leap, u32::from(self.month), u32::from(self.day)).is_some();
        month_ok && day_ok && (self.month == 0 || self.takes_a_month())
    }

    /// Reads one date; `None` where it is not one.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (body, mark) = match text.as_bytes().last()? {
            b'?' => (&text[..text.len() - 1], Mark::Uncertain),
            b'~' => (&text[..text.len() - 1], Mark::Approximate),
            b'%' => (&text[..text.len() - 1], Mark::Both),
            _ => (text, Mark::None),
        };
        let (body, clock) = match body.split_once('T') {
            Some((body, clock)) => (body, Clock::parse(clock)?),
            None => (body, Clock::None),
        };
        let (year, rest) = parse_year(body)?;
        let mut parts = rest.split('-').skip(1).map(two_digits);
        let month = parts.next().map_or(Some(0), |part| part)?;
        let day = parts.next().map_or(Some(0), |part| part)?;
        let rest_is_well_formed = rest.is_empty() || rest.starts_with('-');
        let has_day = day > 0 || rest.len() <= 3;
        let zero_month = rest.len() >= 3 && month == 0;
        if parts.next().is_some() || !rest_is_well_formed || !has_day || zero_month {
            return None;
        }
        if clock != Clock::None && day == 0 {
            return None;
        }
        let date = Self { year, month, day, clock, mark };
        date.is_of_the_calendar().then_some(date)
    }
}

/// The year at the beginning of `body`, and what follows.
fn parse_year(body: &str) -> Option<(Year, &str)> {
    if let Some(rest) = body.strip_prefix('Y') {
        let first: i32 = rest.parse().ok()?;
        let canonical = first.abs() > MAX_DATED_YEAR && first.abs() <= MAX_YEAR && rest == first.to_string();
        return canonical.then_some((Year::Known { first, unknown: 0 }, ""));
    }
    let (negative, unsigned) = body.strip_prefix('-').map_or((false, body), |rest| (true, rest));
    let (digits, rest) = unsigned.split_at_checked(4)?;
    if digits == "XXXX" && !negative {
        return Some((Year::Missing, rest));
    }
    let known = digits.trim_end_matches('X');
    if known.is_empty() || !known.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let unknown = 4 - known.len();
    let first: i32 = format!("{known}{}", "0".repeat(unknown)).parse().ok()?;
    if negative && first == 0 {
        return None;
    }
    let first = if negative { -first } else { first };
    Some((Year::Known { first, unknown: unknown as u8 }, rest))
}

fn two_digits(text: &str) -> Option<u8> {
    let ok = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    ok.then(|| text.parse().ok()).flatten()
}

const fn is_month(month: u8) -> bool {
    matches!(month, 1..=12 | 21..=24 | 33..=36 | 40..=41)
}

/// First month (1–12) and number of months of a month-like number.
const fn months_of(month: u8) -> Option<(u32, u32)> {
    Some(match month {
        1..=12 => (month as u32, 1),
        21..=24 => ((month as u32 - 21) * 3 + 3, 3),
        33..=36 => ((month as u32 - 33) * 3 + 1, 3),
        40 => (1, 6),
        41 => (7, 6),
        _ => return None,
    })
}

/// The first moment of a month; months beyond 12 count on into the next year.
fn first_of_month(year: i32, month: u32) -> Option<Moment> {
    let over = i32::try_from((month - 1) / 12).ok()?;
    Moment::from_ymd(year + over, (month - 1) % 12 + 1, 1)
}

impl Clock {
    /// `18`, `18:30`, `18:30:05`, a fraction and a zone behind are read over.
    fn parse(text: &str) -> Option<Self> {
        let text = text.split(['Z', '+', '-', '.']).next()?;
        let mut parts = text.split(':').map(two_digits);
        let hour = parts.next()??;
        let minute = parts.next().map_or(Some(None), |part| part.map(Some))?;
        let second = parts.next().map_or(Some(None), |part| part.map(Some))?;
        let fits = hour < 24 && minute.unwrap_or(0) < 60 && second.unwrap_or(0) < 60;
        if !fits || parts.next().is_some() {
            return None;
        }
        Some(match (minute, second) {
            (None, _) => Self::Hour(hour),
            (Some(minute), None) => Self::Minute(hour, minute),
            (Some(minute), Some(second)) => Self::Second(hour, minute, second),
        })
    }

    fn interval(self, day: NaiveDate) -> Option<(Moment, Moment)> {
        let at = |hour: u8, minute: u8, second: u8| day.and_hms_opt(hour.into(), minute.into(), second.into());
        let (start, length) = match self {
            Self::None => {
                let next = day.checked_add_days(Days::new(1))?;
                return Some((Moment(at(0, 0, 0)?), Moment(next.and_hms_opt(0, 0, 0)?)));
            }
            Self::Hour(hour) => (at(hour, 0, 0)?, TimeDelta::hours(1)),
            Self::Minute(hour, minute) => (at(hour, minute, 0)?, TimeDelta::minutes(1)),
            Self::Second(hour, minute, second) => (at(hour, minute, second)?, TimeDelta::seconds(1)),
        };
        Some((Moment(start), Moment(start.checked_add_signed(length)?)))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut figures = Figures::default();
        match self.year {
            Year::Missing => f.write_str("XXXX")?,
            Year::Known { first, .. } if first.abs() > MAX_DATED_YEAR => write!(f, "Y{first}")?,
            Year::Known { first, unknown: 0 } => figures.year(first),
            Year::Known { first, unknown } => {
                let sign = if first < 0 { "-" } else { "" };
                let digits = format!("{:04}", first.abs());
                let known = digits.get(..4 - usize::from(unknown)).unwrap_or_default();
                write!(f, "{sign}{known}{}", "X".repeat(usize::from(unknown)))?;
            }
        }
        if self.month > 0 {
            figures.behind(b'-', self.month.into());
        }
        if self.day > 0 {
            figures.behind(b'-', self.day.into());
        }
        let clock = match self.clock {
            Clock::None => [None; 3],
            Clock::Hour(hour) => [Some(hour), None, None],
            Clock::Minute(hour, minute) => [Some(hour), Some(minute), None],
            Clock::Second(hour, minute, second) => [Some(hour), Some(minute), Some(second)],
        };
        for (mark, number) in [b'T', b':', b':'].into_iter().zip(clock) {
            if let Some(number) = number {
                figures.behind(mark, number.into());
            }
        }
        f.write_str(figures.as_str())?;
        f.write_str(match self.mark {
            Mark::None => "",
            Mark::Uncertain => "?",
            Mark::Approximate => "~",
            Mark::Both => "%",
        })
    }
}
