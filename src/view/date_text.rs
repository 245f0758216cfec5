//! The dates of [`super::words`] in the styles that figures want.

use super::words;
use crate::{
    desk::Locale,
    edtf::{Edtf, Moment},
};
use chrono::Datelike as _;

/// How much of a date is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateStyle {
    /// Everything that is known: 2025年6月22日, 公元前175年.
    Full,
    /// Short, for flags and labels: 前175年.
    Short,
    /// Without its year where it has a month: 6月22日.
    WithoutYear,
}

/// An EDTF date in words.
pub fn date_text(edtf: &Edtf, style: DateStyle, locale: &Locale) -> String {
    let known = edtf.start().and_then(crate::edtf::Date::year).filter(|_| style == DateStyle::WithoutYear);
    words::date_within(edtf, known, locale)
}

/// The year as it stands on a tick or before other words: 2015, 前150, 150 BCE.
pub fn year_tick(year: i32, locale: &Locale) -> String {
    words::year_short(year, locale)
}

/// The year alone: 2015年, 公元前150年.
pub fn year_text(year: i32, style: DateStyle, locale: &Locale) -> String {
    if style == DateStyle::Full { words::year(year, locale) } else { words::year_brief(year, locale) }
}

/// The month's name by its number, 1 to 12.
pub fn month_name(month: u32, locale: &Locale) -> String {
    words::month(month, locale)
}

/// 6月22日 of a moment.
pub fn day_of_year_text(moment: Moment, locale: &Locale) -> String {
    words::month_day(moment.0.month(), moment.0.day(), locale)
}

/// From one year to another, both included: 1993—2022年, 前175—前76年, 175–76 BCE.
pub fn years_text(first: i32, last: i32, locale: &Locale) -> String {
    if first == last {
        return words::year_brief(first, locale);
    }
    words::date(&Edtf::range(Some(&Edtf::from_year(first)), Some(&Edtf::from_year(last))), locale)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::Lang;

    #[test]
    fn a_flag_may_leave_out_the_year() {
        let zh = Locale::of(Lang::Zh);
        let edtf: Edtf = "2025-06-22".parse().unwrap();
        assert_eq!(date_text(&edtf, DateStyle::WithoutYear, zh), "6月22日");
        assert_eq!(date_text(&"2024".parse().unwrap(), DateStyle::WithoutYear, zh), "2024年");
        assert_eq!(years_text(1993, 2022, zh), "1993—2022年");
        assert_eq!(year_text(-174, DateStyle::Short, zh), "前175年");
    }
}
