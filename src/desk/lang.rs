//! The interface's languages and their words.

use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, sync::LazyLock};

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

/// The words of one language: `assets/locale/zh-CN.toml` or `en.toml`, flattened to `section.key`.
#[derive(Debug)]
pub struct Locale {
    /// Which language.
    pub lang: Lang,
    words: BTreeMap<String, String>,
}

static ZH: LazyLock<Locale> = LazyLock::new(|| Locale::load(Lang::Zh, include_str!("../../assets/locale/zh-CN.toml")));
static EN: LazyLock<Locale> = LazyLock::new(|| Locale::load(Lang::En, include_str!("../../assets/locale/en.toml")));

impl Locale {
    /// The words of `lang`.
    pub fn of(lang: Lang) -> &'static Self {
        match lang {
            Lang::Zh => &ZH,
            Lang::En => &EN,
        }
    }

    fn load(lang: Lang, toml: &str) -> Self {
        let mut words = BTreeMap::new();
        let table: toml::Table = toml.parse().unwrap_or_default();
        flatten("", &table, &mut words);
        Self { lang, words }
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

    /// The words for `key` with `{0}`, `{1}` … replaced by `args`.
    pub fn fill(&self, key: &str, args: &[&str]) -> String {
        let mut text = self.get(key).to_owned();
        for (idx, arg) in args.iter().enumerate() {
            text = text.replace(&format!("{{{idx}}}"), arg);
        }
        text
    }

    /// Every key there is, for the tests that compare the languages.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.words.keys().map(String::as_str)
    }
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
    fn both_languages_have_the_same_keys() {
        let zh: Vec<&str> = ZH.keys().collect();
        let en: Vec<&str> = EN.keys().collect();
        assert!(!zh.is_empty());
        assert_eq!(zh, en);
    }
}
