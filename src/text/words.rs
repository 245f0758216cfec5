//! Shared vocabulary: how much two stretches of text speak of the same thing.

use super::{charset::CharSet, line::is_han};
use std::{
    cell::{Cell, OnceCell},
    sync::LazyLock,
};

/// Characters of grammar and of every newspaper sentence; a pair with one of them says nothing about the subject.
const COMMON: &str = "的了在是和与及对为将等也并从被把其这那有中上下不个以于我们年月日一地得着过就都而或又要会可能到向由后前来去说他她它此该各每多大小之所成出者";

/// The characters of the basic plane that say something about the subject.
static TELLING: LazyLock<CharSet> = LazyLock::new(|| {
    let common = CharSet::of(COMMON);
    CharSet::of_those(|c| is_han(c) && !common.contains(c) || c.is_ascii_alphanumeric())
});

/// As many characters of a text are looked at; what it is about shows by then, and long texts stay linear.
const MAX_CHARS: usize = 6000;

/// What is compared more often is put in order; most texts are compared with the headings beside them.
const MANY_ASKS: u8 = 3;

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
    /// How often a smaller text was compared with this.
    n_asked: Cell<u8>,
}

impl Words {
    /// Adds the words of `text`.
    pub fn add(&mut self, text: &str) {
        let telling = &*TELLING;
        self.told.reserve(text.len().min(3 * MAX_CHARS) / 4);
        let mut before: Option<char> = None;
        for c in text.chars().take(MAX_CHARS) {
            let tells = telling.contains(c) || c > '\u{ffff}' && is_han(c);
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
        let (small, large) = if self.told.len() <= other.told.len() { (self, other) } else { (other, self) };
        let asked = large.n_asked.replace(large.n_asked.get().saturating_add(1));
        if asked < MANY_ASKS && large.pairs.get().is_none() {
            return large.n_of(small.pairs());
        }
        small.pairs().iter().filter(|pair| large.pairs().binary_search(pair).is_ok()).count()
    }

    /// How many of `pairs`, which are in order, stand here; without putting these in order, too.
    fn n_of(&self, pairs: &[u64]) -> usize {
        let bit = |pair: u64| pair.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - 8);
        let mut filter = [0_u64; 4];
        for bit in pairs.iter().map(|pair| bit(*pair)) {
            filter.get_mut(bit as usize / 64).into_iter().for_each(|word| *word |= 1 << (bit % 64));
        }
        let may_be =
            |pair: &u64| filter.get(bit(*pair) as usize / 64).is_some_and(|word| word >> (bit(*pair) % 64) & 1 == 1);
        let mut found: Vec<usize> =
            self.told.iter().filter(|pair| may_be(pair)).filter_map(|pair| pairs.binary_search(pair).ok()).collect();
        found.sort_unstable();
        found.dedup();
        found.len()
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
