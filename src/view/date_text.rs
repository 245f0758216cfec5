//! Dates in the user's words: 2024年9月, 公元前175年, 约1992年; Sep 2024, 175 BCE, c. 1992.

use crate::{
    desk::Locale,
    edtf::{Date, Edtf, Grain, Moment},
};
use chrono::{Datelike as _, Timelike as _};

/// How much of a date is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateStyle {
    /// Everything that is known: 2025年6月22日, 公元前175年.
    Full,
    /// Short, for flags and labels: 前175年.
    Short,
    /// Short, and without its year where it has a month: 6月22日.
    WithoutYear,
}

/// An EDTF date in words; the EDTF itself where it has no year.
///
/// Years are counted as people do: astronomical −174 is 公元前175年, 175 BCE.
pub fn date_text(edtf: &Edtf, style: DateStyle, words: &Locale) -> String {
    let text = if edtf.is_range() {
        match (edtf.start(), edtf.end()) {
            (Some(start), Some(end)) => range_text(start, end, style, words),
            (Some(start), None) => words.fill("date.from", &[&one_text(start, style, words)]),
            (None, Some(end)) => words.fill("date.until", &[&one_text(end, style, words)]),
            (None, None) => edtf.as_str().to_owned(),
        }
    } else {
        edtf.start().map_or_else(|| edtf.as_str().to_owned(), |date| one_text(date, style, words))
    };
    let text = if edtf.is_uncertain() { words.fill("date.uncertain", &[&text]) } else { text };
    if edtf.is_approximate() { words.fill("date.approximate", &[&text]) } else { text }
}

/// The year as it stands on a tick or before other words: 2015, 前150, 150 BCE.
pub fn year_tick(year: i32, words: &Locale) -> String {
    if year > 0 { year.to_string() } else { words.fill("date.bce-tick", &[&(1 - year).to_string()]) }
}

/// The year alone: 2015年, 公元前150年.
pub fn year_text(year: i32, style: DateStyle, words: &Locale) -> String {
    let key = match (year > 0, style) {
        (true, _) => return words.fill("date.year", &[&year.to_string()]),
        (false, DateStyle::Full) => "date.bce",
        (false, _) => "date.bce-short",
    };
    words.fill(key, &[&(1 - year).to_string()])
}

/// The month's name by its number, 1 to 12.
pub fn month_name(month: u32, words: &Locale) -> String {
    let idx = usize::try_from(month.saturating_sub(1)).unwrap_or(0);
    words.get("date.months").split_whitespace().nth(idx).unwrap_or_default().to_owned()
}

/// 6月22日 of a moment.
pub fn day_of_year_text(moment: Moment, words: &Locale) -> String {
    let (month, day) = (moment.0.month(), moment.0.day());
    words.fill("date.day-only", &[&month.to_string(), &month_name(month, words), &day.to_string()])
}

fn one_text(date: Date, style: DateStyle, words: &Locale) -> String {
    let Some(start) = date.interval().and_then(|interval| interval.start) else {
        return yearless_text(date, words);
    };
    let (year, month, day) = (start.0.year(), start.0.month(), start.0.day());
    let year_word = year_text(year, style, words);
    let (month_no, name, day_no) = (month.to_string(), month_name(month, words), day.to_string());
    let without_year = style == DateStyle::WithoutYear;
    match date.grain() {
        Grain::Year => year_word,
        Grain::Decade => decade_text(year, words),
        Grain::Century | Grain::Millennium => century_text(year, words),
        Grain::Quarter => words.fill("date.quarter", &[&year_word, &(month.div_ceil(3)).to_string()]),
        Grain::Half if month < 7 => words.fill("date.first-half", &[&year_word]),
        Grain::Half => words.fill("date.second-half", &[&year_word]),
        Grain::Month if without_year => name,
        Grain::Month => words.fill("date.month", &[&year_word, &month_no, &name]),
        Grain::Week | Grain::Day if without_year => day_of_year_text(start, words),
        Grain::Week | Grain::Day => words.fill("date.day", &[&year_word, &month_no, &name, &day_no]),
        Grain::Hour | Grain::Minute | Grain::Second => {
            let day = if without_year {
                day_of_year_text(start, words)
            } else {
                words.fill("date.day", &[&year_word, &month_no, &name, &day_no])
            };
            let (hour, minute) = (start.0.hour().to_string(), format!("{:02}", start.0.minute()));
            let key = if date.grain() == Grain::Hour { "date.hour" } else { "date.minute" };
            words.fill(key, &[&day, &hour, &minute])
        }
    }
}

/// A date whose year nobody said: 6月22日.
fn yearless_text(date: Date, words: &Locale) -> String {
    let Some(month) = date.month() else { return "?".to_owned() };
    let name = month_name(month, words);
    match date.day() {
        Some(day) => words.fill("date.day-only", &[&month.to_string(), &name, &day.to_string()]),
        None => name,
    }
}

fn decade_text(year: i32, words: &Locale) -> String {
    let century = year.div_euclid(100) + 1;
    words.fill("date.decade", &[&century.to_string(), &year.rem_euclid(100).to_string(), &year.to_string()])
}

/// The hundred years that `year` lies in: 20世纪, 20th c.
pub fn century_text(year: i32, words: &Locale) -> String {
    let (number, key) = if year > 0 {
        ((year - 1).div_euclid(100) + 1, "date.century")
    } else {
        ((-year).div_euclid(100) + 1, "date.century-bce")
    };
    // A century in EDTF (19XX) begins with the year 1900, which people already call the 20th.
    let number = if year > 0 && year.rem_euclid(100) == 0 { number + 1 } else { number };
    words.fill(key, &[&number.to_string(), ordinal_ending(number, words)])
}

/// th, st, nd, rd after a number; empty in languages without.
fn ordinal_ending(number: i32, words: &Locale) -> &str {
    let mut endings = words.get("date.ordinals").split_whitespace();
    let idx = match (number.rem_euclid(10), number.rem_euclid(100)) {
        (_, 11..=13) => 0,
        (digit @ 1..=3, _) => usize::try_from(digit).unwrap_or(0),
        _ => 0,
    };
    endings.nth(idx).unwrap_or_default()
}

fn range_text(start: Date, end: Date, style: DateStyle, words: &Locale) -> String {
    let pair = (start.year(), end.year());
    if let ((Some(first), Some(last)), Grain::Year, Grain::Year) = (pair, start.grain(), end.grain()) {
        return years_text(first, last, words);
    }
    if let (Some(first), Some(last)) = (start.to_day(), end.to_day())
        && start.grain() == Grain::Day
        && end.grain() == Grain::Day
        && (first.year(), first.month()) == (last.year(), last.month())
    {
        let key = if style == DateStyle::WithoutYear { "date.days-only" } else { "date.days" };
        let month = first.month();
        return words.fill(
            key,
            &[
                &year_text(first.year(), style, words),
                &month.to_string(),
                &month_name(month, words),
                &first.day().to_string(),
                &last.day().to_string(),
            ],
        );
    }
    let same_year = pair.0.is_some() && pair.0 == pair.1;
    let end_style = if same_year { DateStyle::WithoutYear } else { style };
    words.fill("date.range", &[&one_text(start, style, words), &one_text(end, end_style, words)])
}

/// From one year to another, both included: 1993—2022年, 前175—前76年, 175–76 BCE.
pub fn years_text(first: i32, last: i32, words: &Locale) -> String {
    if first == last {
        return year_text(first, DateStyle::Short, words);
    }
    if last <= 0 {
        return words.fill("date.bce-range", &[&(1 - first).to_string(), &(1 - last).to_string()]);
    }
    words.fill("date.year-range", &[&year_tick(first, words), &last.to_string()])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::Lang;

    #[track_caller]
    fn check(edtf: &str, zh: &str, en: &str) {
        let edtf: Edtf = edtf.parse().unwrap();
        assert_eq!(date_text(&edtf, DateStyle::Full, Locale::of(Lang::Zh)), zh);
        assert_eq!(date_text(&edtf, DateStyle::Full, Locale::of(Lang::En)), en);
    }

    #[test]
    fn dates_are_written_as_people_do() {
        check("2024", "2024年", "2024");
        check("2024-09", "2024年9月", "Sep 2024");
        check("2025-06-22", "2025年6月22日", "22 Jun 2025");
        check("2025-06-22T18", "2025年6月22日18时", "22 Jun 2025, 18:00");
        check("2025-06-22T18:05", "2025年6月22日18:05", "22 Jun 2025, 18:05");
        check("1992~", "约1992年", "c. 1992");
        check("-0174", "公元前175年", "175 BCE");
        check("-0174~/-0075~", "约前175—前76年", "c. 175–76 BCE");
        check("1993/2022", "1993—2022年", "1993–2022");
        check("2025-06-24/2025-06-26", "2025年6月24—26日", "24–26 Jun 2025");
        check("2025-05-30/2025-06-02", "2025年5月30日—6月2日", "30 May 2025 – 2 Jun");
        check("2012-11-08/..", "2012年11月8日以来", "since 8 Nov 2012");
        check("2023-33", "2023年第1季度", "Q1 2023");
        check("2023-41", "2023年下半年", "second half of 2023");
        check("199X", "20世纪90年代", "1990s");
        check("19XX", "20世纪", "20th c.");
        check("XXXX-06-22", "6月22日", "22 Jun");
    }

    #[test]
    fn a_flag_may_leave_out_the_year() {
        let edtf: Edtf = "2025-06-22".parse().unwrap();
        assert_eq!(date_text(&edtf, DateStyle::WithoutYear, Locale::of(Lang::Zh)), "6月22日");
    }
}
