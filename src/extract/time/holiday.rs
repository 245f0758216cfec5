//! Festivals and commemorations: on which day of a year they fall, by whatever calendar they are kept.

use super::{calendars, lunar};
use chrono::{Datelike as _, Days, NaiveDate};
use serde::Deserialize;

/// An entry of `assets/lexicon/holidays.toml`, which says what the keys mean.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Holiday {
    /// All its names.
    pub names: Vec<String>,
    day: Option<String>,
    lunar: Option<String>,
    hebrew: Option<String>,
    islamic: Option<String>,
    nth: Option<[i32; 3]>,
    term: Option<String>,
    easter: Option<i64>,
    orthodox: Option<i64>,
    dates: Option<Vec<String>>,
    /// Days behind (or before) the day that the keys name.
    #[serde(default)]
    later: i64,
    /// Moved by so many days where it falls on a Monday, a Tuesday …
    moved: Option<[i64; 7]>,
    #[serde(default = "one")]
    days: u64,
    /// The days off around it, each "first-day number-of-days".
    #[serde(default)]
    off: Vec<String>,
    /// Whether the name alone is a time.
    #[serde(default = "yes")]
    pub bare: bool,
    /// What has to be said about its date, in Chinese.
    pub note: Option<String>,
}

const fn one() -> u64 {
    1
}

const fn yes() -> bool {
    true
}

impl Holiday {
    /// The same counted in the lunar year `year` of a reign: 雍正四年大年三十.
    pub fn in_lunar_year(&self, year: i32) -> Option<(NaiveDate, u64)> {
        let (month, day) = month_day(self.lunar.as_deref()?)?;
        Some((lunar::day(year, month, false, day)?, self.days))
    }

    /// The days off around `day`, where the lexicon knows them: 2023年春节假期 began on the eve.
    pub fn off_around(&self, day: NaiveDate) -> Option<(NaiveDate, u64)> {
        self.off.iter().find_map(|entry| {
            let (first, n_days) = entry.split_once(' ')?;
            let (first, n_days) = (first.parse::<NaiveDate>().ok()?, n_days.parse::<u64>().ok()?);
            let after = first.checked_add_days(Days::new(n_days))?;
            (first <= day && day < after).then_some((first, n_days))
        })
    }

    /// First day and number of days in `year`; `terms` are the solar terms in order. `None` where it is not known.
    pub fn in_year(&self, year: i32, terms: &[String]) -> Option<(NaiveDate, u64)> {
        let named = self.unmoved(year, terms)?;
        let moved = self.moved.and_then(|moved| moved.get(named.weekday().num_days_from_monday() as usize).copied());
        let by = self.later + moved.unwrap_or_default();
        Some((named.checked_add_signed(chrono::TimeDelta::days(by))?, self.days))
    }

    fn unmoved(&self, year: i32, terms: &[String]) -> Option<NaiveDate> {
        if let Some(day) = &self.day {
            let (month, day) = month_day(day)?;
            NaiveDate::from_ymd_opt(year, month, day)
        } else if let Some(day) = &self.lunar {
            let (month, day) = month_day(day)?;
            // 2024年除夕 is the one in February 2024, though the lunar year it ends is 2023.
            let of_lunar = |year| lunar::day(year, month, false, day);
            let before = if month >= 11 { of_lunar(year - 1).filter(|day| day.year() == year) } else { None };
            before.or_else(|| of_lunar(year))
        } else if let Some(day) = &self.hebrew {
            let (month, day) = month_day(day)?;
            calendars::hebrew(year, month, day)
        } else if let Some(day) = &self.islamic {
            let (month, day) = month_day(day)?;
            calendars::islamic(year, month, day)
        } else if let Some(dates) = &self.dates {
            dates.iter().filter_map(|day| day.parse::<NaiveDate>().ok()).find(|day| day.year() == year)
        } else if let Some([month, n, weekday]) = self.nth {
            nth_weekday(year, month, n, weekday)
        } else if let Some(term) = &self.term {
            lunar::term(year, terms.iter().position(|known| known == term)?)
        } else {
            let (sunday, shift) = match (self.easter, self.orthodox) {
                (Some(shift), _) => (easter(year)?, shift),
                (None, shift) => (orthodox_easter(year)?, shift?),
            };
            sunday.checked_add_signed(chrono::TimeDelta::days(shift))
        }
    }
}

fn month_day(text: &str) -> Option<(u32, u32)> {
    let (month, day) = text.split_once('-')?;
    Some((month.parse().ok()?, day.parse().ok()?))
}

/// The `n`-th `weekday` (Monday 1) of a month; `n` −1 is the last.
pub fn nth_weekday(year: i32, month: i32, n: i32, weekday: i32) -> Option<NaiveDate> {
    let month = u32::try_from(month).ok()?;
    let first = NaiveDate::from_ymd_opt(year, month, 1)?;
    if n < 0 {
        let next = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
        let last = NaiveDate::from_ymd_opt(next.0, next.1, 1)?.pred_opt()?;
        let back = (last.weekday().number_from_monday() as i32 - weekday).rem_euclid(7);
        return last.checked_sub_days(Days::new(u64::try_from(back).ok()?));
    }
    let ahead = (weekday - first.weekday().number_from_monday() as i32).rem_euclid(7) + (n - 1) * 7;
    first.checked_add_days(Days::new(u64::try_from(ahead).ok()?))
}

/// Western Easter Sunday, by the anonymous Gregorian computus.
fn easter(year: i32) -> Option<NaiveDate> {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let month = (h + l - 7 * m + 114) / 31;
    let day = (h + l - 7 * m + 114) % 31 + 1;
    NaiveDate::from_ymd_opt(year, u32::try_from(month).ok()?, u32::try_from(day).ok()?)
}

/// Eastern Easter Sunday as a Gregorian day, by Meeus's Julian computus; for 1900–2099.
fn orthodox_easter(year: i32) -> Option<NaiveDate> {
    let d = (19 * (year % 19) + 15) % 30;
    let e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7;
    let (month, day) = ((d + e + 114) / 31, (d + e + 114) % 31 + 1);
    let julian = NaiveDate::from_ymd_opt(year, u32::try_from(month).ok()?, u32::try_from(day).ok()?)?;
    (1900..2100).contains(&year).then(|| julian.checked_add_days(Days::new(13)))?
}
