//! Dates in words: 2024年9月 and Sep 2024, 公元前175年 and 175 BCE, never a year 0.
//!
//! Every view takes its dates from here, so that an axis, a tooltip and a figure say the same. The words are in
//! the locale's section `[date]`.

use super::when::DAY_SECS;
pub use super::when::Exactness;
use crate::{
    desk::Locale,
    edtf::{Date, Edtf, Grain, Interval, Moment},
    model::Event,
};
use chrono::{Datelike as _, Timelike as _};

/// A year in full: 2024年, 公元前175年; 2024, 175 BCE. `year` is astronomical (−174 is 175 BCE).
pub fn year(year: i32, locale: &Locale) -> String {
    if year > 0 {
        locale.fill("date.year", &[&year.to_string()])
    } else {
        locale.fill("date.year-bce", &[&bce(year).to_string(), &signed(year)])
    }
}

/// A year for flags and labels: 2024年, 前175年; 2024, 175 BCE.
pub fn year_brief(year: i32, locale: &Locale) -> String {
    if year > 0 {
        locale.fill("date.year", &[&year.to_string()])
    } else {
        locale.fill("date.year-brief-bce", &[&bce(year).to_string(), &signed(year)])
    }
}

/// A year as short as ticks want it: 2015, 前175; 2015, 175 BCE.
pub fn year_short(year: i32, locale: &Locale) -> String {
    if year > 0 {
        year.to_string()
    } else {
        locale.fill("date.year-short-bce", &[&bce(year).to_string(), &signed(year)])
    }
}

/// A month by its number (1–12): 9月, Sep.
pub fn month(month: u32, locale: &Locale) -> String {
    locale.get(month_key(&MONTHS, month)).to_owned()
}

/// A month of a year: 2024年9月, Sep 2024.
pub fn year_month(year_no: i32, month_no: u32, locale: &Locale) -> String {
    locale.fill("date.year-month", &[&year(year_no, locale), &month(month_no, locale)])
}

/// A month of a year with the month's whole name, for headings and the ruler: 2024年9月, September 2024.
pub fn year_long_month(year_no: i32, month_no: u32, locale: &Locale) -> String {
    let month = locale.get(month_key(&LONG_MONTHS, month_no));
    locale.fill("date.year-month", &[&year(year_no, locale), month])
}

/// The decade a year lies in: 1990年代, 1990s.
pub fn decade(year: i32, locale: &Locale) -> String {
    if year > 0 {
        locale.fill("date.decade", &[&(year.div_euclid(10) * 10).to_string()])
    } else {
        locale.fill("date.decade-bce", &[&(bce(year).div_euclid(10) * 10).to_string()])
    }
}

/// The century a year lies in: 19世纪, 前2世纪; 19th c., 2nd c. BCE. 1900 begins the 20th, as in `19XX`.
pub fn century(year: i32, locale: &Locale) -> String {
    if year > 0 {
        locale.fill("date.century", &[&ordinal(year.div_euclid(100) + 1, locale)])
    } else {
        locale.fill("date.century-bce", &[&ordinal((bce(year) - 1).div_euclid(100) + 1, locale)])
    }
}

/// The thousand years a year lies in: 第3千年, 前2千年.
pub fn millennium(year: i32, locale: &Locale) -> String {
    if year > 0 {
        locale.fill("date.millennium", &[&ordinal(year.div_euclid(1000) + 1, locale)])
    } else {
        locale.fill("date.millennium-bce", &[&ordinal((bce(year) - 1).div_euclid(1000) + 1, locale)])
    }
}

/// The day of the week of a moment: 周日, Sun.
pub fn weekday(moment: Moment, locale: &Locale) -> String {
    const KEYS: [&str; 7] = [
        "date.weekday-1",
        "date.weekday-2",
        "date.weekday-3",
        "date.weekday-4",
        "date.weekday-5",
        "date.weekday-6",
        "date.weekday-7",
    ];
    let idx = moment.0.weekday().num_days_from_monday() as usize;
    locale.get(KEYS.get(idx).copied().unwrap_or(KEYS[0])).to_owned()
}

/// A day of a month without its year: 6月22日, 22 June.
pub fn month_day(month: u32, day: u32, locale: &Locale) -> String {
    locale.fill("date.month-day", &[locale.get(month_key(&LONG_MONTHS, month)), &day.to_string()])
}

/// A calendar day in full: 2025年6月22日, 22 June 2025.
pub fn day(moment: Moment, locale: &Locale) -> String {
    let date = moment.0.date();
    let month = locale.get(month_key(&LONG_MONTHS, date.month()));
    locale.fill("date.year-month-day", &[&year(date.year(), locale), month, &date.day().to_string()])
}

/// A date in full, as precise as it is: 2024年9月, 约前175—前76年, 2012年11月8日起, 6月24日至26日.
pub fn date(edtf: &Edtf, locale: &Locale) -> String {
    date_within(edtf, None, locale)
}

/// As [`date`], with the year left out where it is `year`, for lists under a heading that names it.
pub fn date_within(edtf: &Edtf, year: Option<i32>, locale: &Locale) -> String {
    let words = match (edtf.start(), edtf.end()) {
        (Some(start), _) if !edtf.is_range() => single(start, year, locale),
        (Some(start), Some(end)) => range(start, end, year, locale),
        (Some(start), None) => locale.fill("date.from", &[&single(start, year, locale)]),
        (None, Some(end)) => locale.fill("date.until", &[&single(end, year, locale)]),
        (None, None) => locale.get("date.always").to_owned(),
    };
    let words = if edtf.is_uncertain() { locale.fill("date.uncertain", &[&words]) } else { words };
    if edtf.is_approximate() { locale.fill("date.approximate", &[&words]) } else { words }
}

/// When an event was, in full; by its interval where it has no EDTF, "undated" where it has neither.
pub fn event_date(event: &Event, locale: &Locale) -> String {
    match (&event.edtf, event.interval) {
        (Some(edtf), _) => date(edtf, locale),
        (None, Some(interval)) => interval_words(interval, locale),
        (None, None) => locale.get("date.undated").to_owned(),
    }
}

/// A stretch of time by its days: 2025年6月24日至26日; whole years and months are said as such.
pub fn interval_words(interval: Interval, locale: &Locale) -> String {
    date(&edtf_of(interval), locale)
}

/// The EDTF that says an interval with the coarsest dates that fit.
fn edtf_of(interval: Interval) -> Edtf {
    let start = interval.start.map(|moment| moment.0);
    let last = interval.end.and_then(|end| Some(end.0 - chrono::TimeDelta::try_seconds(1)?));
    let begins = |at: Option<chrono::NaiveDateTime>, is: fn(chrono::NaiveDateTime) -> bool| at.is_none_or(is);
    let end = interval.end.map(|moment| moment.0);
    let is_day = |at: chrono::NaiveDateTime| at.num_seconds_from_midnight() == 0;
    let is_month = |at: chrono::NaiveDateTime| at.num_seconds_from_midnight() == 0 && at.day() == 1;
    let is_year = |at: chrono::NaiveDateTime| at.num_seconds_from_midnight() == 0 && at.ordinal() == 1;
    let side = |at: chrono::NaiveDateTime| -> Edtf {
        if begins(start, is_year) && begins(end, is_year) {
            Edtf::from_year(at.year())
        } else if begins(start, is_month) && begins(end, is_month) {
            Edtf::from_month(at.year(), at.month()).unwrap_or_else(|| Edtf::from_year(at.year()))
        } else if begins(start, is_day) && begins(end, is_day) {
            Edtf::from_day(at.date())
        } else {
            Date::from_moment(at, Grain::Minute).into()
        }
    };
    match (start.map(side), last.map(side)) {
        (Some(start), Some(last)) if start == last => start,
        (start, last) => Edtf::range(start.as_ref(), last.as_ref()),
    }
}

/// How long a stretch is, in its coarsest fitting unit: 2066年, 5个月, 12天, 6小时, 20分钟.
pub fn length(secs: f64, locale: &Locale) -> String {
    let secs = secs.abs();
    let (key, n) = match secs / DAY_SECS {
        days if days >= 547.0 => ("date.length-years", days / 365.2425),
        days if days >= 45.0 => ("date.length-months", days / 30.4369),
        days if days >= 2.0 => ("date.length-days", days),
        _ if secs >= 7_200.0 => ("date.length-hours", secs / 3_600.0),
        _ => ("date.length-minutes", secs / 60.0),
    };
    locale.fill(key, &[&format!("{:.0}", (n + 0.02).floor().max(1.0))])
}

const fn bce(astronomical: i32) -> i32 {
    1 - astronomical
}

/// The year as astronomers write it: −174, 0, 220.
fn signed(astronomical: i32) -> String {
    if astronomical < 0 { format!("−{}", -astronomical) } else { astronomical.to_string() }
}

fn ordinal(n: i32, locale: &Locale) -> String {
    let key = match (n % 10, n % 100) {
        (_, 11..=13) => "date.ordinal-th",
        (1, _) => "date.ordinal-st",
        (2, _) => "date.ordinal-nd",
        (3, _) => "date.ordinal-rd",
        _ => "date.ordinal-th",
    };
    locale.fill(key, &[&n.to_string()])
}

macro_rules! month_keys {
    ($name:ident, $prefix:literal) => {
        const $name: [&str; 12] = [
            concat!("date.", $prefix, "-1"),
            concat!("date.", $prefix, "-2"),
            concat!("date.", $prefix, "-3"),
            concat!("date.", $prefix, "-4"),
            concat!("date.", $prefix, "-5"),
            concat!("date.", $prefix, "-6"),
            concat!("date.", $prefix, "-7"),
            concat!("date.", $prefix, "-8"),
            concat!("date.", $prefix, "-9"),
            concat!("date.", $prefix, "-10"),
            concat!("date.", $prefix, "-11"),
            concat!("date.", $prefix, "-12"),
        ];
    };
}
month_keys!(MONTHS, "month");
month_keys!(LONG_MONTHS, "long-month");

fn month_key(keys: &[&'static str; 12], month: u32) -> &'static str {
    keys.get(month.saturating_sub(1) as usize).copied().unwrap_or(keys[0])
}

/// The year of a date in words, or nothing where `known` says it already.
fn year_part(date: Date, known: Option<i32>, locale: &Locale) -> Option<String> {
    date.year().filter(|year| Some(*year) != known).map(|no| year(no, locale))
}

/// One date that is no interval.
fn single(date: Date, known: Option<i32>, locale: &Locale) -> String {
    let beginning = date.interval().and_then(|interval| interval.start);
    let first_year = beginning.map_or(0, |moment| moment.0.year());
    let first_month = beginning.map_or(0, |moment| moment.0.month());
    match date.grain() {
        Grain::Millennium => millennium(last_year(date), locale),
        Grain::Century => century(last_year(date), locale),
        Grain::Decade => decade(last_year(date), locale),
        Grain::Year => date.year().map_or_else(|| locale.get("date.undated").to_owned(), |no| year(no, locale)),
        Grain::Half => {
            let key = if first_month == 1 { "date.half-1" } else { "date.half-2" };
            locale.fill(key, &[&year(first_year, locale)])
        }
        Grain::Quarter => {
            let key = match first_month {
                1 => "date.quarter-1",
                4 => "date.quarter-2",
                7 => "date.quarter-3",
                _ => "date.quarter-4",
            };
            locale.fill(key, &[&year(first_year, locale)])
        }
        Grain::Month => match (date.month(), year_part(date, known, locale)) {
            (Some(no), Some(year)) => locale.fill("date.year-month", &[&year, &month(no, locale)]),
            (Some(no), None) => month(no, locale),
            (None, _) => {
                let key = match first_month {
                    3 => "date.spring",
                    6 => "date.summer",
                    9 => "date.autumn",
                    _ => "date.winter",
                };
                locale.fill(key, &[&year(first_year, locale)])
            }
        },
        Grain::Week | Grain::Day => day_part(date, known, locale),
        grain @ (Grain::Hour | Grain::Minute | Grain::Second) => {
            let day = day_part(date, known, locale);
            let Some(Moment(at)) = beginning else { return day };
            let hour = at.hour();
            let two = |n: u32| format!("{n:02}");
            match grain {
                Grain::Hour => locale.fill("date.hour", &[&day, &hour.to_string()]),
                Grain::Minute => locale.fill("date.minute", &[&day, &hour.to_string(), &two(at.minute())]),
                _ => locale.fill("date.second", &[&day, &hour.to_string(), &two(at.minute()), &two(at.second())]),
            }
        }
    }
}

/// The last year of a decade, century or millennium; it lies in it on either side of the missing year 0.
fn last_year(date: Date) -> i32 {
    let end = date.interval().and_then(|interval| interval.end);
    end.map_or(0, |moment| moment.0.year() - 1)
}

fn day_part(date: Date, known: Option<i32>, locale: &Locale) -> String {
    let (Some(month_no), Some(day_no)) = (date.month(), date.day()) else {
        return locale.get("date.undated").to_owned();
    };
    let month = locale.get(month_key(&LONG_MONTHS, month_no));
    match year_part(date, known, locale) {
        Some(year) => locale.fill("date.year-month-day", &[&year, month, &day_no.to_string()]),
        None => locale.fill("date.month-day", &[month, &day_no.to_string()]),
    }
}

/// A date to a date: what both share is said once.
fn range(start: Date, end: Date, known: Option<i32>, locale: &Locale) -> String {
    let grains = (start.grain(), end.grain());
    let (from_year, to_year) = (start.year(), end.year());
    if let (Grain::Year, Grain::Year, Some(from), Some(to)) = (grains.0, grains.1, from_year, to_year) {
        let key = match (from > 0, to > 0) {
            (true, _) => "date.years",
            (false, true) => "date.years-bce-ce",
            (false, false) => "date.years-bce",
        };
        let plain = |year: i32| if year > 0 { year } else { bce(year) }.to_string();
        return locale.fill(key, &[&plain(from), &plain(to), &signed(from), &signed(to)]);
    }
    let same_year = from_year.is_some() && from_year == to_year;
    let same_month = same_year && start.month() == end.month();
    match grains {
        (Grain::Day, Grain::Day) if same_month => {
            let month_no = start.month().unwrap_or(1);
            let (first, last) = (start.day().unwrap_or(1).to_string(), end.day().unwrap_or(1).to_string());
            let month = locale.get(month_key(&LONG_MONTHS, month_no));
            match year_part(start, known, locale) {
                Some(year) => locale.fill("date.days-of-month", &[&year, month, &first, &last]),
                None => locale.fill("date.days-of-month-short", &[month, &first, &last]),
            }
        }
        (Grain::Day | Grain::Month, Grain::Day | Grain::Month) if same_year => {
            let year = year_part(start, known, locale);
            let from = single(start, from_year, locale);
            let to = single(end, to_year, locale);
            match year {
                Some(year) => locale.fill("date.parts-of-year", &[&year, &from, &to]),
                None => locale.fill("date.range", &[&from, &to]),
            }
        }
        (Grain::Quarter, Grain::Quarter) if quarter(start).0 == quarter(end).0 => {
            let ((year_no, first), (_, last)) = (quarter(start), quarter(end));
            let key = format!("date.quarters-{first}-{last}");
            match locale.find(&key) {
                Some(_) => locale.fill(&key, &[&year(year_no, locale)]),
                // Turned round: nothing is shared that could be said once.
                None => locale.fill("date.range", &[&single(start, known, locale), &single(end, known, locale)]),
            }
        }
        _ => locale.fill("date.range", &[&single(start, known, locale), &single(end, known, locale)]),
    }
}

/// The year of a quarter, and which one it is, 1 to 4.
fn quarter(date: Date) -> (i32, u32) {
    let beginning = date.interval().and_then(|interval| interval.start);
    beginning.map_or((0, 0), |moment| (moment.0.year(), moment.0.month0() / 3 + 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::Lang;

    fn check(edtf: &str, zh: &str, en: &str) {
        let parsed: Edtf = edtf.parse().unwrap();
        assert_eq!(date(&parsed, Locale::of(Lang::Zh)), zh, "{edtf}");
        assert_eq!(date(&parsed, Locale::of(Lang::En)), en, "{edtf}");
    }

    #[test]
    fn dates_are_said_as_a_person_would() {
        check("2024", "2024年", "2024");
        check("2024-09", "2024年9月", "Sep 2024");
        check("2025-06-22", "2025年6月22日", "22 June 2025");
        check("XXXX-06-22", "6月22日", "22 June");
        check("2025-06-22T18", "2025年6月22日18时", "22 June 2025, 18:00");
        check("2025-06-22T18:05", "2025年6月22日18时05分", "22 June 2025, 18:05");
        check("-0174", "公元前175年", "175 BCE");
        check("0000", "公元前1年", "1 BCE");
        check("-0174~/-0075~", "约前175—前76年", "c. 175–76 BCE");
        check("-0201/0220", "前202—220年", "202 BCE–220 CE");
        check("2015/2019", "2015—2019年", "2015–2019");
        check("1992~", "约1992年", "c. 1992");
        check("2012-11-08/..", "2012年11月8日起", "from 8 November 2012");
        check("../1949", "至1949年", "until 1949");
        check("2025-06-24/2025-06-26", "2025年6月24日至26日", "24–26 June 2025");
        check("2025-05-24/2025-06-26", "2025年5月24日至6月26日", "24 May–26 June 2025");
        check("2024-03/2024-05", "2024年3月至5月", "Mar–May 2024");
        check("2024-11/2025-02", "2024年11月至2025年2月", "Nov 2024–Feb 2025");
        check("2023-33", "2023年第一季度", "Q1 2023");
        check("2021-33/2021-35", "2021年前三季度", "Q1–Q3 2021");
        check("2021-34/2021-35", "2021年第二至第三季度", "Q2–Q3 2021");
        check("2021-36/2022-33", "2021年第四季度至2022年第一季度", "Q4 2021–Q1 2022");
        check("2024-40", "2024年上半年", "first half of 2024");
        check("2024-21", "2024年春", "spring 2024");
        check("199X", "1990年代", "1990s");
        check("18XX", "19世纪", "19th c.");
        check("-01XX", "前2世纪", "2nd c. BCE");
        check("2024?", "2024年（存疑）", "2024 (?)");
    }

    #[test]
    fn no_year_is_zero_and_lengths_take_a_fitting_unit() {
        let zh = Locale::of(Lang::Zh);
        for no in -300..300 {
            assert_ne!(year_short(no, zh), "0");
            assert!(!year(no, zh).contains("前0年"));
        }
        assert_eq!(length(2066.0 * 365.2425 * DAY_SECS + 1.0, zh), "2066年");
        assert_eq!(length(153.0 * DAY_SECS, zh), "5个月");
        assert_eq!(length(12.0 * DAY_SECS, Locale::of(Lang::En)), "12 d");
        let june: Interval = (Moment::from_ymd(2025, 6, 1), Moment::from_ymd(2025, 7, 1)).into();
        assert_eq!(interval_words(june, zh), "2025年6月");
        let day: Interval = (Moment::from_ymd(2025, 6, 1), Moment::from_ymd(2025, 6, 2)).into();
        assert_eq!(interval_words(day, zh), "2025年6月1日");
    }

    #[test]
    fn under_a_heading_the_year_is_left_out() {
        let zh = Locale::of(Lang::Zh);
        let said = |edtf: &str| date_within(&edtf.parse().unwrap(), Some(2025), zh);
        assert_eq!(said("2025-06-04"), "6月4日");
        assert_eq!(said("2025-06-24/2025-06-26"), "6月24日至26日");
        assert_eq!(said("2024-09"), "2024年9月");
    }
}
