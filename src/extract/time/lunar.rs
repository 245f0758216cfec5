//! Lunar dates and solar terms as days of the proleptic Gregorian calendar.

use chrono::NaiveDate;
use tyme4rs::tyme::{
    Culture as _, Tyme as _,
    lunar::{LunarDay, LunarMonth},
    solar::SolarTerm,
};

/// The years the tables are trusted for; outside nothing is converted.
const YEARS: std::ops::RangeInclusive<i32> = 100..=3000;

/// The day of a lunar date. `leap` asks for the intercalary month of that number. `day` 99 is the month's last.
/// `None` where there is no such day.
pub fn day(year: i32, month: u32, leap: bool, day: u32) -> Option<NaiveDate> {
    let month_number = signed(month, leap)?;
    let lunar_month = YEARS.contains(&year).then(|| LunarMonth::new(year as isize, month_number).ok())??;
    let day = if day == 99 { lunar_month.get_day_count() } else { day as usize };
    let lunar = LunarDay::new(year as isize, month_number, day).ok()?;
    from_julian(lunar.get_solar_day().get_julian_day().get_day())
}

/// First day of a lunar month and of the one after.
pub fn month(year: i32, month: u32, leap: bool) -> Option<(NaiveDate, NaiveDate)> {
    let month_number = signed(month, leap)?;
    let lunar_month = YEARS.contains(&year).then(|| LunarMonth::new(year as isize, month_number).ok())??;
    let first = from_julian(lunar_month.get_first_julian_day().get_day())?;
    let n_days = u64::try_from(lunar_month.get_day_count()).ok()?;
    Some((first, first.checked_add_days(chrono::Days::new(n_days))?))
}

/// The day of solar term `idx` (0 is 小寒) of a common year.
pub fn term(year: i32, idx: usize) -> Option<NaiveDate> {
    if !YEARS.contains(&year) {
        return None;
    }
    // The crate counts from the winter solstice of the year before.
    let term = SolarTerm::from_index(year as isize, isize::try_from(idx).ok()? + 1);
    debug_assert!(!term.get_name().is_empty() && term.next(0).get_name() == term.get_name());
    from_julian(term.get_julian_day().get_solar_day().get_julian_day().get_day())
}

fn signed(month: u32, leap: bool) -> Option<isize> {
    let month = isize::try_from(month).ok().filter(|month| (1..=12).contains(month))?;
    Some(if leap { -month } else { month })
}

/// Days are counted the same in every calendar; so old dates come out proleptic Gregorian.
fn from_julian(julian_day: f64) -> Option<NaiveDate> {
    let days = (julian_day + 0.5).floor() as i64 - 1_721_425;
    NaiveDate::from_num_days_from_ce_opt(i32::try_from(days).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(found: Option<NaiveDate>, expected: &str) {
        assert_eq!(found.map(|day| day.to_string()).as_deref(), Some(expected));
    }

    #[test]
    fn lunar_days() {
        check(day(2025, 1, false, 1), "2025-01-29");
        check(day(2025, 8, false, 15), "2025-10-06");
        check(day(2025, 6, true, 1), "2025-07-25");
        check(day(2023, 12, false, 99), "2024-02-09");
        assert_eq!(day(2025, 3, true, 1), None);
    }

    #[test]
    fn solar_terms() {
        check(term(2025, 6), "2025-04-04");
        check(term(2025, 23), "2025-12-21");
        check(term(2025, 0), "2025-01-05");
    }
}
