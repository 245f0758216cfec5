//! The interface's languages and their words.

use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, sync::OnceLock};

/// A language of the interface. The documents' own words are never translated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Chinese, simplified.
    #[default]
    Zh,
    /// English.
    En,
}

/// How large numbers are shortened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum NumberStyle {
    /// As the language does: 948亿 in Chinese, 94.8bn in English.
    #[default]
    Own,
    /// As the other language does.
    Other,
}

/// How years before the common era are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum YearStyle {
    /// In words: 公元前175年, 175 BCE.
    #[default]
    Words,
    /// As astronomers and EDTF count, with a year 0: −174.
    Signed,
}

/// What a user may choose about dates and numbers beside the language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct WordStyle {
    /// Large numbers.
    pub numbers: NumberStyle,
    /// Years before the common era.
    pub years: YearStyle,
}

/// Which calendars stand beside the Gregorian date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CalendarStyle {
    /// None.
    #[default]
    Gregorian,
    /// The lunar day: 农历五月廿七.
    Lunar,
    /// The year of the reign or of the republic: 光绪34年, 民国114年.
    Eras,
    /// Both.
    Both,
}

impl CalendarStyle {
    /// In the order of the settings.
    pub const ALL: [Self; 4] = [Self::Gregorian, Self::Lunar, Self::Eras, Self::Both];
}

/// The day that a week begins with, wherever weeks are drawn or counted. What a text calls a week stays an ISO week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum WeekStart {
    /// As in China and in ISO 8601.
    #[default]
    Monday,
    /// As in North America.
    Sunday,
    /// As in much of the Arab world.
    Saturday,
}

impl WeekStart {
    /// In the order of the settings.
    pub const ALL: [Self; 3] = [Self::Monday, Self::Sunday, Self::Saturday];

    /// Days from Monday to it, 0 to 6.
    ///
    /// ```
    /// assert_eq!(nianbiao::desk::WeekStart::Sunday.days_from_monday(), 6);
    /// ```
    pub const fn days_from_monday(self) -> u32 {
        match self {
            Self::Monday => 0,
            Self::Sunday => 6,
            Self::Saturday => 5,
        }
    }
}

/// What a user may choose to see beside a date.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TimeStyle {
    /// Other calendars.
    pub calendar: CalendarStyle,
    /// The clock, by its id in `edtf::Zone`, that times of a named clock are shown by as well; `None` leaves them as the
    /// text states them.
    pub zone: Option<String>,
    /// The first day of the week.
    pub week: WeekStart,
}

/// The words of one language: `assets/locale/zh-CN.toml` or `en.toml`, flattened to `section.key`.
#[derive(Debug)]
pub struct Locale {
    /// Which language.
    pub lang: Lang,
    /// What of it was chosen otherwise.
    pub style: WordStyle,
    words: BTreeMap<String, String>,
}

/// Every language in every style, each loaded when it is asked for: language × numbers × years.
static ALL: [OnceLock<Locale>; 8] = [const { OnceLock::new() }; 8];

impl Locale {
    /// The words of `lang` as it has them itself.
    pub fn of(lang: Lang) -> &'static Self {
        Self::styled(lang, WordStyle::default())
    }

    /// The words of `lang` with dates and numbers in a chosen style.
    ///
    /// ```
    /// use nianbiao::desk::{Lang, Locale, NumberStyle, WordStyle};
    /// let style = WordStyle { numbers: NumberStyle::Other, ..WordStyle::default() };
    /// assert_ne!(Locale::of(Lang::Zh).get("value.scales"), Locale::styled(Lang::Zh, style).get("value.scales"));
    /// ```
    pub fn styled(lang: Lang, style: WordStyle) -> &'static Self {
        let idx = usize::from(lang == Lang::En) * 4
            + usize::from(style.numbers == NumberStyle::Other) * 2
            + usize::from(style.years == YearStyle::Signed);
        ALL[idx].get_or_init(|| {
            let toml = match lang {
                Lang::Zh => include_str!("../../assets/locale/zh-CN.toml"),
                Lang::En => include_str!("../../assets/locale/en.toml"),
            };
            Self::load(lang, style, toml)
        })
    }

    /// What tells this locale from every other, for caches.
    pub const fn key(&self) -> (Lang, WordStyle) {
        (self.lang, self.style)
    }

    /// A style's own words stand in a section of its own (`other-numbers`, `signed-years`) under the keys of the
    /// words whose place they take.
    fn load(lang: Lang, style: WordStyle, toml: &str) -> Self {
        let mut words = BTreeMap::new();
        let table: toml::Table = toml.parse().unwrap_or_default();
        flatten("", &table, &mut words);
        let mut take = |section: &str| {
            let found = |(key, text): (&String, &String)| Some((key.strip_prefix(section)?.to_owned(), text.clone()));
            let taken: Vec<(String, String)> = words.iter().filter_map(found).collect();
            words.extend(taken);
        };
        if style.numbers == NumberStyle::Other {
            take("other-numbers.");
        }
        if style.years == YearStyle::Signed {
            take("signed-years.");
        }
        Self { lang, style, words }
    }

    /// The words for `key`; the key itself where there are none (a test sees to it that there are).
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        debug_assert!(self.words.contains_key(key), "no words for `{key}` in {:?}", self.lang);
        self.words.get(key).map_or(key, String::as_str)
    }

    /// The words for `key`, for keys made from data (unit codes), which may have none.
    pub fn find(&self, key: &str) -> Option<&str> {
        self.words.get(key).map(String::as_str)
    }

    /// The words for `key` with what stands in braces replaced by `args`, by their number:
    ///
    /// * `{0}` is the argument as it is,
    /// * `{0#}` is a count: its digits in groups of three,
    /// * `{0?event|events}` is the first word where the argument is 1, else the second.
    ///
    /// ```
    /// use nianbiao::desk::{Lang, Locale};
    /// assert_eq!(Locale::of(Lang::En).fill("timeline.n-events", &["1"]), "1 event");
    /// assert_eq!(Locale::of(Lang::En).fill("timeline.n-events", &["2770032"]), "2,770,032 events");
    /// assert_eq!(Locale::of(Lang::Zh).fill("timeline.n-events", &["2770032"]), "2,770,032 个事件");
    /// ```
    pub fn fill(&self, key: &str, args: &[&str]) -> String {
        let template = self.get(key);
        let mut text = String::with_capacity(template.len());
        let mut rest = template;
        while let Some((before, opened)) = rest.split_once('{') {
            text.push_str(before);
            let Some((slot, behind)) = opened.split_once('}') else {
                rest = opened;
                break;
            };
            text.push_str(&filled(slot, args).unwrap_or_else(|| format!("{{{slot}}}")));
            rest = behind;
        }
        text.push_str(rest);
        text
    }

    /// Every key there is, for the tests that compare the languages.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.words.keys().map(String::as_str)
    }
}

/// What stands for the inside of braces; `None` where there is no such argument.
fn filled(slot: &str, args: &[&str]) -> Option<String> {
    let (number, how) = slot.split_at_checked(1)?;
    let arg = *args.get(number.parse::<usize>().ok()?)?;
    match how.strip_prefix('?') {
        Some(forms) => {
            let (one, many) = forms.split_once('|')?;
            Some(if arg == "1" { one } else { many }.to_owned())
        }
        None if how == "#" && arg.bytes().all(|byte| byte.is_ascii_digit()) => Some(grouped(arg)),
        None => Some(arg.to_owned()),
    }
}

/// Digits in groups of three: 5953 → 5,953.
pub fn grouped(digits: &str) -> String {
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (idx, digit) in digits.chars().enumerate() {
        if idx > 0 && (digits.len() - idx).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

fn flatten(prefix: &str, table: &toml::Table, words: &mut BTreeMap<String, String>) {
    for (key, value) in table {
        let path = if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") };
        match value {
            toml::Value::Table(inner) => flatten(&path, inner, words),
            toml::Value::String(text) => {
                words.insert(path, text.clone());
            }
            other => {
                words.insert(path, other.to_string());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_style_is_found_where_it_is_looked_for() {
        for (lang, numbers, years) in [
            (Lang::Zh, NumberStyle::Own, YearStyle::Words),
            (Lang::Zh, NumberStyle::Other, YearStyle::Signed),
            (Lang::En, NumberStyle::Own, YearStyle::Signed),
            (Lang::En, NumberStyle::Other, YearStyle::Words),
        ] {
            let style = WordStyle { numbers, years };
            let locale = Locale::styled(lang, style);
            assert_eq!(locale.key(), (lang, style));
            for section in ["other-numbers.", "signed-years."] {
                let named = locale.keys().filter_map(|key| key.strip_prefix(section));
                let unknown: Vec<&str> = named.filter(|key| locale.find(key).is_none()).collect();
                assert!(unknown.is_empty(), "{section} takes the place of nothing: {unknown:?}");
            }
        }
    }

    /// Filled with one of everything, no English words stand in the plural behind the number; and what English counts,
    /// Chinese counts, too.
    #[test]
    fn what_is_counted_agrees_with_its_number_and_has_its_digits_in_groups() {
        // Words that end so and are no plurals of what is counted, or are never said of one.
        const NO_PLURALS: [&str; 5] = ["series", "is", "measures", "times", "segments"];
        let plural = regex::Regex::new("\\b1 (?:(?:other|more) )?([a-z]+s)\\b").unwrap();
        let (zh, en) = (Locale::of(Lang::Zh), Locale::of(Lang::En));
        for key in en.keys() {
            let one = en.fill(key, &["1"; 6]);
            let wrong = plural.captures_iter(&one).find(|found| !NO_PLURALS.contains(&&found[1]));
            assert!(wrong.is_none(), "`{key}`: {one}");
            for idx in 0..6 {
                let is_counted = |locale: &Locale| locale.get(key).contains(&format!("{{{idx}#}}"));
                let is_there = |locale: &Locale| locale.get(key).contains(&format!("{{{idx}"));
                let is_same = is_counted(zh) == is_counted(en) || !is_there(zh) || !is_there(en);
                assert!(is_same, "`{key}` counts {idx} in one language alone");
            }
        }
        assert_eq!(zh.fill("chart.see-quantities", &["2770032"]), "看全部 2,770,032 个数量");
        // What is no number, or is one already written in words, stays as it is.
        assert_eq!(en.fill("timeline.other-places", &["2.77M"]), "2.77M others");
        assert_eq!(en.fill("timeline.n-events", &[]), "{0#} {0?event|events}", "a missing argument is seen");
    }

    #[test]
    fn both_languages_have_the_same_keys() {
        let keys = |lang: Lang| Locale::of(lang).keys().collect::<Vec<_>>();
        assert!(!keys(Lang::Zh).is_empty());
        assert_eq!(keys(Lang::Zh), keys(Lang::En));
    }
}
