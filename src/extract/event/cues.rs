//! The words that decide what is an event: `assets/rules/event/cues.toml`.

use crate::extract::fold::fold_char;
use serde::Deserialize;
use std::sync::LazyLock;

/// The cue words; what each list is for stands in the file.
#[derive(Debug, Default, Deserialize)]
pub struct Cues {
    pub comparison_openers: Vec<String>,
    pub comparison_pair_openers: Vec<String>,
    pub comparison_closers: Vec<String>,
    pub publication_links: Vec<String>,
    pub hearsay: Vec<String>,
    pub reach_back_closers: Vec<String>,
    pub time_openers: Vec<String>,
    pub time_closers: Vec<String>,
    pub subordinate_openers: Vec<String>,
    pub speech_closers: Vec<String>,
    pub figure_openers: Vec<String>,
    pub pronouns: Vec<String>,
    pub setting_closers: Vec<String>,
    pub setting_openers: Vec<String>,
    pub normative: Vec<String>,
    pub dateline_closers: Vec<String>,
    pub generic_nouns: Vec<String>,
    pub unbreakable: Vec<String>,
    pub cut_before: Vec<String>,
    pub manners: Vec<String>,
    pub offices: Vec<String>,
    pub acts: Vec<String>,
    /// Read by the tests alone.
    #[serde(default, rename = "example")]
    #[cfg_attr(not(test), expect(dead_code, reason = "the tests read them"))]
    pub examples: Vec<Example>,
    /// Read by the tests alone.
    #[serde(default, rename = "not")]
    #[cfg_attr(not(test), expect(dead_code, reason = "the tests read them"))]
    pub counter_examples: Vec<Example>,
}

/// A text and what must be found in it.
#[derive(Debug, Deserialize)]
#[cfg_attr(not(test), expect(dead_code, reason = "the tests read them"))]
pub struct Example {
    pub text: String,
    pub dct: String,
    /// EDTF and title.
    #[serde(default)]
    pub events: Vec<(String, String)>,
}

static CUES: LazyLock<Cues> =
    LazyLock::new(|| toml::from_str(include_str!("../../../assets/rules/event/cues.toml")).unwrap_or_default());

/// The bundled cues.
pub fn cues() -> &'static Cues {
    &CUES
}

/// `text` with traditional and full-width characters folded, one character for one.
pub fn folded(text: &str) -> String {
    text.chars().map(fold_char).collect()
}

/// The bytes of `text` that the longest word of `list` covers at its beginning.
pub fn opener_len(text: &str, list: &[String]) -> Option<usize> {
    let head = folded(&text.chars().take(12).collect::<String>());
    let word = list.iter().filter(|word| head.starts_with(word.as_str())).max_by_key(|word| word.len())?;
    Some(text.chars().take(word.chars().count()).map(char::len_utf8).sum())
}

/// The bytes of `text` that the longest word of `list` covers at its end.
pub fn closer_len(text: &str, list: &[String]) -> Option<usize> {
    let n_chars = text.chars().count();
    let tail = folded(&text.chars().skip(n_chars.saturating_sub(12)).collect::<String>());
    let word = list.iter().filter(|word| tail.ends_with(word.as_str())).max_by_key(|word| word.len())?;
    Some(text.chars().rev().take(word.chars().count()).map(char::len_utf8).sum())
}

/// Whether `text` holds a word of `list`.
pub fn holds(text: &str, list: &[String]) -> bool {
    let text = folded(text);
    list.iter().any(|word| text.contains(word.as_str()))
}
