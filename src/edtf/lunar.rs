//! Days of the Chinese lunar calendar: 2025年6月22日 is the 27th day of the fifth month, 五月廿七.

use chrono::{Datelike as _, NaiveDate};
use tyme4rs::tyme::jd::JulianDay;

/// A day of the lunar calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct LunarDay {
    /// The common year in which its year begins.
    pub year: i32,
    /// 1 to 12.
    pub month: u32,
    /// Whether the month is the intercalary one behind the month of that number (闰六月).
    pub is_leap: bool,
    /// 1 to 30.
    pub day: u32,
}

/// The years the tables are trusted for; outside nothing is converted.
const YEARS: std::ops::RangeInclusive<i32> = 101..=2999;

impl LunarDay {
    /// The lunar day of a day of the proleptic Gregorian calendar; `None` outside the years 101 to 2999.
    ///
    /// ```
    /// use nianbiao::edtf::LunarDay;
    /// let day = chrono::NaiveDate::from_ymd_opt(2025, 7, 25).and_then(LunarDay::of).unwrap();
    /// assert_eq!((day.year, day.month, day.is_leap, day.day), (2025, 6, true, 1));
    /// ```
    pub fn of(day: NaiveDate) -> Option<Self> {
        if !YEARS.contains(&day.year()) {
            return None;
        }
        // Noon of the day, counted as astronomers do: days are the same in every calendar.
        let noon = f64::from(day.num_days_from_ce()) + 1_721_425.0;
        let lunar = JulianDay::from_julian_day(noon).get_solar_day().get_lunar_day();
        let month = lunar.get_lunar_month().get_month_with_leap();
        Some(Self {
            year: i32::try_from(lunar.get_lunar_month().get_lunar_year().get_year()).ok()?,
            month: u32::try_from(month.unsigned_abs()).ok()?,
            is_leap: month < 0,
            day: u32::try_from(lunar.get_day()).ok()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(day: &str, expected: (i32, u32, bool, u32)) {
        let found = LunarDay::of(day.parse().unwrap()).unwrap();
        assert_eq!((found.year, found.month, found.is_leap, found.day), expected, "{day}");
    }

    #[test]
    fn known_days() {
        check("2025-01-29", (2025, 1, false, 1));
        check("2025-06-22", (2025, 5, false, 27));
        check("2025-10-06", (2025, 8, false, 15));
        check("2025-07-25", (2025, 6, true, 1));
        check("2024-02-09", (2023, 12, false, 30));
        // 辛亥年八月十九.
        check("1911-10-10", (1911, 8, false, 19));
        // 光绪三十四年十月廿一.
        check("1908-11-14", (1908, 10, false, 21));
        assert_eq!(LunarDay::of("0050-01-01".parse().unwrap()), None);
    }

    #[test]
    fn days_follow_each_other() {
        let mut day: NaiveDate = "1580-01-01".parse().unwrap();
        let mut before = LunarDay::of(day).unwrap();
        for _ in 0..2_000 {
            day = day.succ_opt().unwrap();
            let here = LunarDay::of(day).unwrap();
            let goes_on = (here.year, here.month, here.is_leap) == (before.year, before.month, before.is_leap);
            assert!(if goes_on { here.day == before.day + 1 } else { here.day == 1 && before.day >= 29 }, "{day}");
            before = here;
        }
    }
}
