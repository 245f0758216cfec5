//! Named days and periods: holidays, solar terms, era names, dynasties, plans; read from `assets/lexicon`.

use super::{holiday::Holiday, lunar, words::alternation};
use crate::{edtf::Edtf, extract::load::Macros};
use chrono::NaiveDate;
use serde::Deserialize;
use std::{
    collections::HashMap,
    sync::{OnceLock, RwLock},
};

/// A period with a name.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Period {
    names: Vec<String>,
    start: String,
    #[serde(default = "open")]
    end: String,
    #[serde(default)]
    bare: bool,
    /// Lists of words of which one each must occur in the document.
    #[serde(default)]
    pub needs: Vec<Vec<String>>,
    /// Where the dates come from, in Chinese.
    pub note: String,
    /// The same in English.
    note_en: String,
}

fn open() -> String {
    "..".to_owned()
}

impl Period {
    /// Its dates; an open end is `None`.
    pub fn bounds(&self) -> (Option<Edtf>, Option<Edtf>) {
        (self.start.parse().ok(), self.end.parse().ok())
    }
}

/// An era name: its first year (astronomical) and the last that carries it.
#[derive(Debug, Clone, Copy)]
pub struct Era {
    /// 元年.
    pub first: i32,
    /// The last year.
    pub until: i32,
}

#[derive(Deserialize)]
struct Holidays {
    holiday: Vec<Holiday>,
}

#[derive(Deserialize)]
struct Periods {
    period: Vec<Period>,
}

#[derive(Deserialize)]
struct Terms {
    terms: Vec<String>,
    not_bare: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Eras {
    note: String,
    note_en: String,
    eras: Vec<String>,
    ordinary: Vec<String>,
    elsewhere: Vec<String>,
}

/// All named times.
#[derive(Debug)]
pub struct Lexicon {
    holidays: Vec<Holiday>,
    terms: Vec<String>,
    terms_bare: Vec<String>,
    periods: Vec<Period>,
    period_by_name: HashMap<String, u16>,
    eras: HashMap<String, Era>,
    era_ordinary: Vec<String>,
    /// No eras of China.
    era_elsewhere: Vec<String>,
    /// Where the years of the eras come from, in Chinese.
    pub era_note: String,
    /// The same in English.
    era_note_en: String,
    /// Named days worked out before, by entry and year.
    days: RwLock<HashMap<(u16, i32), KnownDay>>,
}

/// The day of a named day in a year, and how long it lasts; `None` where that year has none.
type KnownDay = Option<(NaiveDate, u64)>;

/// What a note of the lexicon (where a period's dates come from) says in English; `None` for other notes.
///
/// ```
/// use nianbiao::extract::time::note_in_english;
/// assert_eq!(note_in_english("那一年"), None);
/// ```
pub fn note_in_english(note: &str) -> Option<&'static str> {
    let lexicon = lexicon();
    let of_period = lexicon.periods.iter().find(|period| period.note == note).map(|period| period.note_en.as_str());
    of_period.or_else(|| (lexicon.era_note == note).then_some(lexicon.era_note_en.as_str()))
}

/// The built-in lexicon.
pub fn lexicon() -> &'static Lexicon {
    static LEXICON: OnceLock<Lexicon> = OnceLock::new();
    LEXICON.get_or_init(Lexicon::load)
}

macro_rules! asset {
    ($type:ty, $name:literal) => {{
        let parsed = toml::from_str::<$type>(include_str!(concat!("../../../assets/lexicon/", $name)));
        debug_assert!(
            parsed.is_ok(),
            "{}: {}",
            $name,
            parsed.as_ref().err().map_or(String::new(), ToString::to_string)
        );
        parsed.ok()
    }};
}

impl Lexicon {
    fn load() -> Self {
        let holidays = asset!(Holidays, "holidays.toml").map_or_else(Vec::new, |file| file.holiday);
        let periods = asset!(Periods, "periods.toml").map_or_else(Vec::new, |file| file.period);
        let terms =
            asset!(Terms, "solar_terms.toml").unwrap_or_else(|| Terms { terms: Vec::new(), not_bare: Vec::new() });
        let eras = asset!(Eras, "eras.toml").unwrap_or_else(|| Eras {
            note: String::new(),
            note_en: String::new(),
            eras: Vec::new(),
            ordinary: Vec::new(),
            elsewhere: Vec::new(),
        });
        let period_by_name = periods
            .iter()
            .enumerate()
            .flat_map(|(idx, period)| period.names.iter().map(move |name| (name.clone(), idx as u16)))
            .collect();
        Self {
            holidays,
            terms_bare: terms.terms.iter().filter(|term| !terms.not_bare.contains(term)).cloned().collect(),
            terms: terms.terms,
            periods,
            period_by_name,
            eras: eras.eras.iter().filter_map(|line| era(line)).rev().collect(),
            era_ordinary: eras.ordinary,
            era_elsewhere: eras.elsewhere,
            era_note: eras.note,
            era_note_en: eras.note_en,
            days: RwLock::default(),
        }
    }

    /// `{HOLIDAY}`, `{HOLIDAY_BARE}`, `{TERM}`, `{PERIOD}`, `{PERIOD_BARE}`, `{ERA}`, `{ERA_SURE}`, `{HOUSE}`.
    pub fn add_macros(&self, macros: &mut Macros) {
        let names = |bare: bool| {
            let wanted = self.holidays.iter().filter(move |holiday| !bare || holiday.bare);
            alternation(wanted.flat_map(|holiday| holiday.names.iter().map(String::as_str)))
        };
        let periods = |bare: bool| {
            let wanted = self.periods.iter().filter(move |period| !bare || period.bare);
            alternation(wanted.flat_map(|period| period.names.iter().map(String::as_str)))
        };
        // An era that still runs has no whole.
        let sure = self.eras.iter().filter(|(name, era)| era.until < 3000 && !self.era_ordinary.contains(name));
        let sure = sure.map(|(name, _)| name);
        let mut add = |name: &str, pattern: String| macros.insert(name.to_owned(), pattern);
        add("HOLIDAY", names(false));
        add("HOLIDAY_BARE", names(true));
        add("PERIOD", periods(false));
        add("PERIOD_BARE", periods(true));
        add("TERM", alternation(self.terms_bare.iter().map(String::as_str)));
        add("ERA", alternation(self.eras.keys().map(String::as_str)));
        add("ERA_SURE", alternation(sure.map(String::as_str)));
        // 汉武帝元狩四年, 唐玄宗开元元年: the ruler's name stands between the house and the era.
        let ruler = "[高太世圣文武景昭宣元成哀平光明章和安顺桓灵献玄肃代德宪穆敬真仁英神哲徽钦孝宁理度惠思][帝祖宗]";
        let house = "[东西南北前后大]?[秦汉晋宋齐梁陈隋唐辽金元明清魏周吴蜀][朝代]?";
        add("HOUSE", format!("{house}(?:{ruler})?"));
    }

    /// The entry for a named day, to be asked with [`Self::named_day`].
    pub fn holiday(&self, name: &str) -> Option<u16> {
        let idx = self.holidays.iter().position(|holiday| holiday.names.iter().any(|known| known == name))?;
        u16::try_from(idx).ok()
    }

    /// The entry for a solar term; they are counted on behind the holidays.
    pub fn term(&self, name: &str) -> Option<u16> {
        let idx = self.terms.iter().position(|known| known == name)?;
        u16::try_from(self.holidays.len() + idx).ok()
    }

    /// First day and number of days of a named day in `year`. What was asked before is remembered: the calendar of the
    /// moon takes long to work out, and texts name the same feasts again and again.
    pub fn named_day(&self, entry: u16, year: i32) -> Option<(NaiveDate, u64)> {
        let key = (entry, year);
        if let Some(&known) = self.days.read().ok().as_ref().and_then(|days| days.get(&key)) {
            return known;
        }
        let found = self.reckoned_day(entry, year);
        if let Ok(mut days) = self.days.write() {
            days.insert(key, found);
        }
        found
    }

    fn reckoned_day(&self, entry: u16, year: i32) -> Option<(NaiveDate, u64)> {
        let idx = usize::from(entry);
        match self.holidays.get(idx) {
            Some(holiday) => holiday.in_year(year, &self.terms),
            None => Some((lunar::term(year, idx - self.holidays.len())?, 1)),
        }
    }

    /// A named day of the Chinese calendar in the lunar year `year`.
    pub fn named_day_of_reign(&self, entry: u16, year: i32) -> Option<(NaiveDate, u64)> {
        self.holidays.get(usize::from(entry))?.in_lunar_year(year)
    }

    /// The days off around a named day: first day and how many. `n_said` is their number where the text says it (假期5天);
    /// a year whose days off are not known begins them on the day itself, and without their number has none.
    pub fn days_off(&self, entry: u16, day: NaiveDate, n_said: u8) -> Option<(NaiveDate, u64)> {
        let known = self.holidays.get(usize::from(entry)).and_then(|holiday| holiday.off_around(day));
        match (known, n_said) {
            (Some((first, n_days)), 0) => Some((first, n_days)),
            (Some((first, _)), n) => Some((first, u64::from(n))),
            (None, 0) => None,
            (None, n) => Some((day, u64::from(n))),
        }
    }

    /// What has to be said about the date of a named day, in Chinese.
    pub fn named_note(&self, entry: u16) -> Option<&str> {
        self.holidays.get(usize::from(entry))?.note.as_deref()
    }

    /// The entry of a period.
    pub fn period_index(&self, name: &str) -> Option<u16> {
        self.period_by_name.get(name).copied()
    }

    /// A period by its entry.
    pub fn period(&self, entry: u16) -> Option<&Period> {
        self.periods.get(usize::from(entry))
    }

    /// The eras of China that count a year, with the year's number in each.
    pub fn eras_of(&self, year: i32) -> Vec<(String, i32)> {
        let counts = |(name, era): &(&String, &Era)| {
            (era.first..=era.until).contains(&year) && era.until < 1912 + 1 && !self.era_elsewhere.contains(name)
        };
        let mut found: Vec<(&String, &Era)> = self.eras.iter().filter(counts).collect();
        found.sort_by_key(|(name, era)| (era.first, name.as_str()));
        found.into_iter().map(|(name, era)| (name.clone(), year - era.first + 1)).collect()
    }

    /// An era by name.
    pub fn era(&self, name: &str) -> Option<Era> {
        self.eras.get(name).copied()
    }
}

/// `name first until`.
fn era(line: &str) -> Option<(String, Era)> {
    let mut parts = line.split_whitespace();
    let name = parts.next()?.to_owned();
    Some((name, Era { first: parts.next()?.parse().ok()?, until: parts.next()?.parse().ok()? }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, year: i32, expected: &str) {
        let lexicon = lexicon();
        let entry = lexicon.holiday(name).or_else(|| lexicon.term(name)).unwrap();
        assert_eq!(lexicon.named_day(entry, year).unwrap().0.to_string(), expected, "{name}");
    }

    #[test]
    fn named_days() {
        check("国庆节", 2025, "2025-10-01");
        check("春节", 2025, "2025-01-29");
        check("除夕", 2025, "2025-01-28");
        check("母亲节", 2025, "2025-05-11");
        check("感恩节", 2019, "2019-11-28");
        check("清明", 2025, "2025-04-04");
        check("立秋", 2025, "2025-08-07");
        check("复活节", 2025, "2025-04-20");
        check("东正教复活节", 2024, "2024-05-05");
    }

    #[test]
    fn every_entry_can_be_read() {
        let lexicon = lexicon();
        for (idx, holiday) in lexicon.holidays.iter().enumerate() {
            assert!(lexicon.named_day(idx as u16, 2024).is_some(), "{:?} has no day", holiday.names);
        }
        for period in &lexicon.periods {
            let (start, end) = period.bounds();
            assert!(start.is_some() || period.start == "..", "{:?}: start", period.names);
            assert!(end.is_some() || period.end == "..", "{:?}: end", period.names);
            assert!(!period.note.is_empty() && !period.note_en.is_empty());
            if let (Some(start), Some(end)) = (start, end) {
                assert!(start <= end || period.start.starts_with('-'), "{:?} ends before it begins", period.names);
            }
        }
        for (name, era) in &lexicon.eras {
            assert!(era.first <= era.until, "{name}");
        }
    }
}
