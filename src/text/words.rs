//! Shared vocabulary: how much two stretches of text speak of the same thing.

use super::{charset::CharSet, line::is_han};
use std::{cell::OnceCell, sync::LazyLock};

/// Characters of grammar and of every newspaper sentence; a pair with one of them says nothing about the subject.
const COMMON: &str = "的了在是和与及对为将等也并从被把其这那有中上下不个以于我们年月日一地得着过就都而或又要会可能到向由后前来去说他她它此该各每多大小之所成出者";

static COMMON_SET: LazyLock<CharSet> = LazyLock::new(|| CharSet::of(COMMON));

/// As many characters of a text are looked at; what it is about shows by then, and long texts stay linear.
const MAX_CHARS: usize = 6000;

/// Two characters in one number.
const fn pair(first: char, second: char) -> u64 {
    (first as u64) << 32 | second as u64
}

/// The pairs of neighbouring han characters of a text, the common ones left out, and its Latin words and numbers.
#[derive(Debug, Clone, Default)]
pub(super) struct Words {
    /// As they come; most texts are never compared.
    told: Vec<u64>,
    /// In order, each once, when first asked for.
    pairs: OnceCell<Vec<u64>>,
}

impl Words {
    /// Adds the words of `text`.
    pub fn add(&mut self, text: &str) {
        let common = &*COMMON_SET;
        self.told.reserve(text.len().min(3 * MAX_CHARS) / 4);
        let mut before: Option<char> = None;
        for c in text.chars().take(MAX_CHARS) {
            let tells = is_han(c) && !common.contains(c) || c.is_ascii_alphanumeric();
            if tells && let Some(before) = before {
                self.told.push(pair(before, c));
            }
            before = tells.then_some(c);
        }
        self.pairs.take();
    }

    fn pairs(&self) -> &[u64] {
        self.pairs.get_or_init(|| {
            let mut pairs = self.told.clone();
            pairs.sort_unstable();
            pairs.dedup();
            pairs
        })
    }

    /// Of one text.
    pub fn of(text: &str) -> Self {
        let mut words = Self::default();
        words.add(text);
        words
    }

    /// Adds the words of `other`.
    pub fn pairs_from(&mut self, other: &Self) {
        self.told.extend(&other.told);
        self.pairs.take();
    }

    /// How many pairs.
    pub fn len(&self) -> usize {
        self.pairs().len()
    }

    /// The share of these words that `other` has too, 0 to 1.
    pub fn share_in(&self, other: &Self) -> f32 {
        if self.told.is_empty() {
            return 0.0;
        }
        self.n_shared(other) as f32 / self.len() as f32
    }

    /// How much two texts have in common: the share of the smaller one's words, 0 to 1. Unrelated news has up to
    /// 0.08, parts of one report 0.15 and more.
    pub fn cohesion(&self, other: &Self) -> f32 {
        let smaller = self.len().min(other.len());
        if smaller == 0 {
            return 0.0;
        }
        self.n_shared(other) as f32 / smaller as f32
    }

    fn n_shared(&self, other: &Self) -> usize {
        let (small, large) = if self.len() <= other.len() { (self, other) } else { (other, self) };
        small.pairs().iter().filter(|pair| large.pairs().binary_search(pair).is_ok()).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_headline_shares_its_words_with_its_story() {
        let head = Words::of("海湾港口扩建工程开工");
        let own = Words::of("五月三日，位于海湾北岸的港口扩建工程正式开工，计划三年建成。");
        let other = Words::of("今年小麦长势良好，各地组织农机手做好收割准备。");
        assert!(head.share_in(&own) > 0.7);
        assert!(head.share_in(&other) < 0.1);
        assert!(own.cohesion(&other) < 0.1);
    }
}
