//! Days of the Hebrew and the Islamic calendar as days of the common one, for the festivals that are kept by them;
//! and the year that a weekday beside a date gives away.

use super::timex::{Fields, Unit};
use chrono::{Datelike as _, Days, NaiveDate};
use serde::Deserialize;
use std::sync::OnceLock;

/// Day number (1 is the first of January of year 1) of the day before the Hebrew year 1.
const HEBREW_EPOCH: i32 = -1_373_427;
/// Day number of the first day of the Islamic calendar, 16 July 622 of the Julian one.
const ISLAMIC_EPOCH: i32 = 227_015;

/// The first day of the Hebrew month `month` (1 is Nisan, 7 Tishri, 12 Adar, 13 the second Adar) and day `day` that
/// lies in the common year `year`.
///
/// ```text
/// 逾越节, the 15th of Nisan, in 2018: 31 March
/// ```
pub fn hebrew(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    let near = year + 3760;
    in_year(year, (near..=near + 1).map(|hebrew| hebrew_day(hebrew, month, day)))
}

/// The first day of the Islamic month `month` (1 is Muharram, 9 Ramadan) and day `day` that lies in the common year
/// `year`.
pub fn islamic(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    let near = (year - 622) * 33 / 32;
    in_year(year, (near..=near + 2).map(|islamic| islamic_day(islamic, month, day)))
}

fn in_year(year: i32, mut days: impl Iterator<Item = Option<NaiveDate>>) -> Option<NaiveDate> {
    days.find_map(|day| day.filter(|day| day.year() == year))
}

fn is_hebrew_leap(year: i32) -> bool {
    (7 * year + 1).rem_euclid(19) < 7
}

/// Days from the epoch to the mean new moon of a year, moved where the new year would fall on Sunday, Wednesday or Friday.
fn elapsed(year: i32) -> i32 {
    let months = (235 * year - 234).div_euclid(19);
    let parts = 12_084 + 13_753 * i64::from(months);
    let day = 29 * months + i32::try_from(parts.div_euclid(25_920)).unwrap_or_default();
    if (3 * (day + 1)).rem_euclid(7) < 3 { day + 1 } else { day }
}

fn hebrew_new_year(year: i32) -> i32 {
    let (before, this, after) = (elapsed(year - 1), elapsed(year), elapsed(year + 1));
    let moved = if after - this == 356 {
        2
    } else if this - before == 382 {
        1
    } else {
        0
    };
    HEBREW_EPOCH + this + moved
}

fn hebrew_month_days(year: i32, month: u32) -> i32 {
    let n_days = hebrew_new_year(year + 1) - hebrew_new_year(year);
    match month {
        2 | 4 | 6 | 10 | 13 => 29,
        8 if !matches!(n_days, 355 | 385) => 29,
        9 if matches!(n_days, 353 | 383) => 29,
        12 if !is_hebrew_leap(year) => 29,
        _ => 30,
    }
}

fn hebrew_day(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    let last = if is_hebrew_leap(year) { 13 } else { 12 };
    // The year begins with Tishri; what stands in the last Adar of a common year is in its only one.
    let month = month.min(last);
    let before = |from: u32, to: u32| (from..to).map(|month| hebrew_month_days(year, month)).sum::<i32>();
    let months = if month < 7 { before(7, last + 1) + before(1, month) } else { before(7, month) };
    let number = hebrew_new_year(year) + months + i32::try_from(day).ok()? - 1;
    NaiveDate::from_num_days_from_ce_opt(number)
}

/// The table of `assets/lexicon/islamic.toml`.
#[derive(Debug, Deserialize)]
struct Table {
    first_year: i32,
    first_day: String,
    years: Vec<String>,
    /// Where it comes from, for those who read the file.
    #[serde(rename = "note")]
    _note: String,
    #[serde(rename = "note_en")]
    _note_en: String,
}

/// First day of every month of the table, from its first year on.
struct Months {
    first_year: i32,
    starts: Vec<NaiveDate>,
}

fn months() -> Option<&'static Months> {
    static MONTHS: OnceLock<Option<Months>> = OnceLock::new();
    MONTHS
        .get_or_init(|| {
            let table = toml::from_str::<Table>(include_str!("../../../assets/lexicon/islamic.toml"));
            debug_assert!(table.is_ok(), "islamic.toml: {table:?}");
            let table = table.ok()?;
            let mut at: NaiveDate = table.first_day.parse().ok()?;
            let mut starts = Vec::new();
            for year in table.years.iter().flat_map(|line| line.split_whitespace()) {
                let bits = u32::from_str_radix(year, 16).ok()?;
                for month in 0..12 {
                    starts.push(at);
                    at = at.checked_add_days(Days::new(29 + u64::from(bits >> (11 - month) & 1)))?;
                }
            }
            Some(Months { first_year: table.first_year, starts })
        })
        .as_ref()
}

fn islamic_day(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    let in_table = months().and_then(|table| {
        let index = (year - table.first_year) * 12 + i32::try_from(month).ok()? - 1;
        table.starts.get(usize::try_from(index).ok()?)?.checked_add_days(Days::new(u64::from(day) - 1))
    });
    in_table.or_else(|| {
        let (month, day) = (i32::try_from(month).ok()?, i32::try_from(day).ok()?);
        let before = (year - 1) * 354 + (3 + 11 * year).div_euclid(30);
        NaiveDate::from_num_days_from_ce_opt(ISLAMIC_EPOCH - 1 + before + 29 * (month - 1) + month / 2 + day)
    })
}

/// The year beside `year` in which the day of `fields` falls on `weekday` (Monday 1), where it does not in `year`:
/// 1月26日（周日）, written in 2024, is of 2025.
pub fn year_by_weekday(year: i32, fields: &Fields, weekday: i32) -> Option<i32> {
    let (month, day) = (fields.is(Unit::Month)?, fields.is(Unit::Day)?);
    let falls_on = |year: &i32| {
        let date = NaiveDate::from_ymd_opt(*year, u32::try_from(month).ok()?, u32::try_from(day).ok()?)?;
        i32::try_from(date.weekday().number_from_monday()).ok()
    };
    if fields.lunar || falls_on(&year) == Some(weekday) {
        return None;
    }
    [year + 1, year - 1].into_iter().find(|year| falls_on(year) == Some(weekday))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(found: Option<NaiveDate>, expected: &str) {
        assert_eq!(found.map(|day| day.to_string()).as_deref(), Some(expected));
    }

    #[test]
    fn hebrew_days() {
        check(hebrew(2018, 1, 15), "2018-03-31");
        check(hebrew(2025, 7, 1), "2025-09-23");
        check(hebrew(2013, 7, 10), "2013-09-14");
        check(hebrew(2024, 9, 25), "2024-12-26");
        check(hebrew(2014, 11, 15), "2014-01-16");
        check(hebrew(2024, 13, 14), "2024-03-24");
        check(hebrew(2025, 13, 14), "2025-03-14");
    }

    #[test]
    fn islamic_days() {
        check(islamic(2013, 10, 1), "2013-08-08");
        check(islamic(2034, 9, 1), "2034-11-12");
        check(islamic(2025, 12, 10), "2025-06-06");
    }
}
