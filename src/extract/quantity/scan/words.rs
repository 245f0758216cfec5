//! The words that say how figures beside them are read.

use crate::extract::quantity::lexicon;
use serde::Deserialize;
use std::sync::LazyLock;

/// The words of `rules/quantity/number.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct NumberWords {
    in_turn: Vec<String>,
    ranked: Vec<String>,
    signed: Vec<String>,
    inclusion: Vec<String>,
}

impl NumberWords {
    /// The bundled ones.
    pub(super) fn bundled() -> &'static Self {
        static WORDS: LazyLock<NumberWords> = LazyLock::new(|| lexicon::parse("rules/quantity/number.toml"));
        &WORDS
    }

    /// Whether figures behind `before` are told in turn: 依次为.
    pub(super) fn tell_in_turn(&self, before: &str) -> bool {
        ends_in(before, &self.in_turn)
    }

    /// Whether a figure behind `before` is a place in a ranking: 排名前.
    pub(super) fn rank(&self, before: &str) -> bool {
        ends_in(before, &self.ranked)
    }

    /// Whether a hyphen behind `before` is a minus: 增长-3.5%.
    pub(super) fn take_sign(&self, before: &str) -> bool {
        ends_in(before, &self.signed)
    }

    /// Behind a note whether the end itself belongs to the range: 1000万元（含）至3000万元.
    pub(super) fn without_inclusion<'t>(&self, rest: &'t str) -> &'t str {
        self.inclusion.iter().find_map(|note| rest.strip_prefix(note.as_str())).unwrap_or(rest)
    }
}

fn ends_in(text: &str, words: &[String]) -> bool {
    words.iter().any(|word| text.ends_with(word.as_str()))
}
