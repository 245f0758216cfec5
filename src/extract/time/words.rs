//! Words with a value in time rules: 上旬 is 1, 腊月 12, 钟头 an hour, 傍晚 17 to 19 o'clock.

use super::timex::LengthUnit;
use crate::extract::{load::Macros, numeral};
use serde::Deserialize;
use std::{collections::BTreeMap, sync::OnceLock};

/// A part of the day.
#[derive(Debug, Clone, Deserialize)]
pub struct Part {
    /// First hour.
    pub from: u32,
    /// Hour after the last; 24 is midnight.
    pub to: u32,
    /// TIMEX3 code behind `T`: `MO`, `AF`, `EV`, `NI`; `T` alone has none.
    pub code: String,
    /// From this hour on (1–11) a clock time beside the word is in the afternoon or evening.
    pub pm: u32,
}

/// The table of `assets/rules/time/words.toml`.
#[derive(Debug, Default, Deserialize)]
pub struct Words {
    word: BTreeMap<String, BTreeMap<String, i32>>,
    unit: BTreeMap<String, LengthUnit>,
    part: BTreeMap<String, Part>,
    /// What only news of Taiwan says.
    taiwan: Vec<String>,
    /// What only news of Hong Kong says.
    hong_kong: Vec<String>,
}

/// The words that are built in.
pub fn words() -> &'static Words {
    static WORDS: OnceLock<Words> = OnceLock::new();
    WORDS.get_or_init(|| {
        let parsed = toml::from_str(include_str!("../../../assets/rules/time/words.toml"));
        debug_assert!(parsed.is_ok(), "words.toml: {parsed:?}");
        parsed.unwrap_or_default()
    })
}

impl Words {
    /// The value of `text` in group `group`: a word of the table, else a numeral.
    pub fn value(&self, group: &str, text: &str) -> Option<i32> {
        if let Some(value) = self.word.get(group).and_then(|words| words.get(text)) {
            return Some(*value);
        }
        // 民国一一三年: figure by figure, as years are read out.
        let Some(numeral) = numeral::parse(text) else { return numeral::digits(text).and_then(|n| n.try_into().ok()) };
        let is_whole = numeral.value.fract() == 0.0 && numeral.value.abs() < 1e6;
        is_whole.then_some(numeral.value as i32)
    }

    /// The unit of a length.
    pub fn unit(&self, text: &str) -> Option<LengthUnit> {
        self.unit.get(text).or_else(|| self.unit.get(text.trim_start_matches('个'))).copied()
    }

    /// The part of the day `word` names, by its index.
    pub fn part_index(&self, word: &str) -> Option<i32> {
        self.part.keys().position(|name| name == word).and_then(|idx| i32::try_from(idx).ok())
    }

    /// The part of the day with this index.
    pub fn part(&self, index: i32) -> Option<&Part> {
        self.part.values().nth(usize::try_from(index).ok()?)
    }

    /// `{WORDS_UNIT}`, `{WORDS_PART}`, `{WORDS_MINUTE}` … for patterns.
    pub fn add_macros(&self, macros: &mut Macros) {
        for (group, words) in &self.word {
            macros.insert(format!("WORDS_{}", group.to_uppercase()), alternation(words.keys().map(String::as_str)));
        }
        macros.insert("WORDS_UNIT".to_owned(), alternation(self.unit.keys().map(String::as_str)));
        macros.insert("WORDS_PART".to_owned(), alternation(self.part.keys().map(String::as_str)));
    }
}

/// Whether `text` says what only news of Taiwan says, which counts years from 1912 and money in its own 元.
pub fn is_of_taiwan(text: &str) -> bool {
    holds_any(text, &words().taiwan)
}

/// Whether `text` says what only news of Hong Kong says, whose 元 is its own dollar.
pub fn is_of_hong_kong(text: &str) -> bool {
    holds_any(text, &words().hong_kong)
}

fn holds_any(text: &str, signs: &[String]) -> bool {
    signs.iter().any(|sign| memchr::memmem::find(text.as_bytes(), sign.as_bytes()).is_some())
}

/// `a|bc` of words, the longer ones first.
pub fn alternation<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let mut words: Vec<&str> = words.collect();
    words.sort_by_key(|word| (std::cmp::Reverse(word.len()), *word));
    words.dedup();
    words.iter().map(|word| regex::escape(word)).collect::<Vec<_>>().join("|")
}
