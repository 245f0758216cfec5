//! What may stand beside a date, where the user wants it: the lunar day, the year of the reign or the republic, and
//! what another clock shows. Always beside: the date itself stays as the text has it.

use super::words;
use crate::{
    desk::{CalendarStyle, Locale, TimeStyle},
    edtf::{Date, Edtf, Grain, LunarDay, Moment, Zone},
    extract::time,
    model::{Document, Time},
};

/// 农历五月廿七 · 民国114年: what the chosen calendars call a date; `None` where none is chosen or none knows it.
pub fn calendars(edtf: &Edtf, style: &TimeStyle, locale: &Locale) -> Option<String> {
    let (first, last) = (edtf.start()?, edtf.end().filter(|_| edtf.is_range()));
    let lunar = match last {
        _ if !style.calendar.has_lunar() => None,
        None => lunar_words(first, locale),
        Some(last) => lunar_words(first, locale)
            .zip(lunar_words(last, locale))
            .map(|(first, last)| if first == last { first } else { locale.fill("lunar.range", &[&first, &last]) }),
    };
    let lunar = lunar.map(|words| locale.fill("lunar.is", &[&words]));
    let era = if style.calendar.has_eras() { era_words(first, last, locale) } else { None };
    let parts: Vec<String> = lunar.into_iter().chain(era).collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}

/// 五月廿七, of a date that is exact to the day.
fn lunar_words(date: Date, locale: &Locale) -> Option<String> {
    if date.grain() > Grain::Day {
        return None;
    }
    let lunar = LunarDay::of(date.interval()?.start?.0.date())?;
    let name = |key: &str, n: u32| {
        let names = locale.get(key).split_whitespace();
        names.skip(n as usize - 1).map(str::to_owned).next()
    };
    let month = name("lunar.months", lunar.month)?;
    let month = if lunar.is_leap { locale.fill("lunar.leap", &[&month]) } else { month };
    Some(locale.fill("lunar.day", &[&month, &name("lunar.days", lunar.day)?]))
}

/// 民国114年, 光绪34年; where two houses counted, both.
fn era_words(first: Date, last: Option<Date>, locale: &Locale) -> Option<String> {
    if first.grain() > Grain::Year {
        return None;
    }
    let of = |date: Date| -> Option<Vec<String>> {
        let common = date.year()?;
        // A reign's year begins with the lunar year.
        let day = (date.grain() <= Grain::Day).then(|| LunarDay::of(date.interval()?.start?.0.date())).flatten();
        let year = day.filter(|_| common < FIRST_OF_REPUBLIC).map_or(common, |day| day.year);
        let named = if common >= FIRST_OF_REPUBLIC {
            vec![locale.fill("lunar.republic", &[&(common - FIRST_OF_REPUBLIC + 1).to_string()])]
        } else {
            let eras = time::eras_of(year).into_iter();
            let word = |n: i32| if n == 1 { locale.get("lunar.first-year").to_owned() } else { n.to_string() };
            eras.map(|(name, n)| locale.fill("lunar.era", &[&name, &word(n)])).collect()
        };
        Some(named)
    };
    let joined = |named: Vec<String>| (!named.is_empty()).then(|| named.join(locale.get("lunar.or")));
    let begins = joined(of(first)?)?;
    match last.and_then(of).and_then(joined).filter(|ends| *ends != begins) {
        Some(ends) => Some(locale.fill("lunar.range", &[&begins, &ends])),
        None => Some(begins),
    }
}

/// 民国元年.
const FIRST_OF_REPUBLIC: i32 = 1912;

/// 北京时间 → 即纽约时间2025年6月22日6时: a time of day that the text gives by a named clock, by the chosen one. `None`
/// where no clock is chosen, where the text names none for certain, and where it is the same.
pub fn other_clock(told: &Time, style: &TimeStyle, locale: &Locale) -> Option<String> {
    let wanted = Zone::of(style.zone.as_deref()?)?;
    let own = Zone::said(time::stated_clock(told)?)?;
    let date = told.edtf.as_ref().filter(|edtf| !edtf.is_range()).and_then(Edtf::start)?;
    if own == wanted || date.grain() > Grain::Hour {
        return None;
    }
    let moved: Moment = own.to(wanted, date.interval()?.start?)?;
    let date: Edtf = Date::from_moment(moved.0, date.grain()).into();
    let name = locale.find(&format!("zone.{}", wanted.id)).unwrap_or(&wanted.id);
    Some(locale.fill("zone.is", &[name, &words::date(&date, locale)]))
}

/// [`other_clock`] of the time that dates an event.
pub fn event_clock(document: &Document, event: usize, style: &TimeStyle, locale: &Locale) -> Option<String> {
    let time = document.events.get(event)?.time?;
    other_clock(document.times.get(time)?, style, locale)
}

impl CalendarStyle {
    const fn has_lunar(self) -> bool {
        matches!(self, Self::Lunar | Self::Both)
    }

    const fn has_eras(self) -> bool {
        matches!(self, Self::Eras | Self::Both)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{desk::Lang, view::reading::tests::corpus_of};

    #[track_caller]
    fn check(date: &str, zh: Option<&str>, en: Option<&str>) {
        let style = TimeStyle { calendar: CalendarStyle::Both, ..TimeStyle::default() };
        let edtf: Edtf = date.parse().unwrap();
        assert_eq!(calendars(&edtf, &style, Locale::of(Lang::Zh)).as_deref(), zh, "{date}");
        assert_eq!(calendars(&edtf, &style, Locale::of(Lang::En)).as_deref(), en, "{date}");
        assert_eq!(calendars(&edtf, &TimeStyle::default(), Locale::of(Lang::Zh)), None);
    }

    #[test]
    fn dates_have_their_lunar_days_and_reigns() {
        check("2025-06-22", Some("农历五月廿七 · 民国114年"), Some("lunar 5th month, day 27 · ROC year 114"));
        check("2025-07-25", Some("农历闰六月初一 · 民国114年"), Some("lunar leap 6th month, day 1 · ROC year 114"));
        check("2024", Some("民国113年"), Some("ROC year 113"));
        check("1908-11-14", Some("农历十月廿一 · 光绪34年"), Some("lunar 10th month, day 21 · year 34 of 光绪"));
        // Still the lunar year before.
        check("1908-01-15", Some("农历腊月十二 · 光绪33年"), Some("lunar 12th month, day 12 · year 33 of 光绪"));
        check("1736", Some("乾隆元年"), Some("year 1 of 乾隆"));
        check("-0137", Some("建元3年"), Some("year 3 of 建元"));
        check("18XX", None, None);
    }

    #[test]
    fn only_a_clock_that_the_text_names_is_converted() {
        let shown = |text: &str, zone: &str| -> Vec<String> {
            let style = TimeStyle { zone: Some(zone.to_owned()), ..TimeStyle::default() };
            let corpus = corpus_of(text);
            let times = corpus.entries[0].document.times.iter();
            times.filter_map(|time| other_clock(time, &style, Locale::of(Lang::Zh))).collect()
        };
        assert_eq!(shown("北京时间2025年6月22日18时，双方会谈。", "new-york"), ["即纽约时间2025年6月22日6时"]);
        assert_eq!(
            shown("美国东部时间2025年6月22日18时30分，双方会谈。", "beijing"),
            ["即北京时间2025年6月23日6时30分"]
        );
        for text in [
            "当地时间2025年6月22日18时，双方会谈。",
            "2025年6月22日18时，双方会谈。",
            "北京时间2025年6月22日，双方会谈。",
        ] {
            assert!(shown(text, "new-york").is_empty(), "{text}");
        }
        assert!(shown("北京时间2025年6月22日18时，双方会谈。", "beijing").is_empty());
    }
}
