//! What findings said that were read before: news says 今年, 去年同期 and 1月至9月 over and over.

use super::{
    read::{Meaning, Said},
    timex::Timex,
};
use crate::{
    extract::rule::{Hit, RuleSet},
    span::Span,
};
use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
};

/// Longer findings are not remembered, in bytes.
const LONGEST: usize = 64;
/// When so many are remembered, all are forgotten: memory stays bounded, and what is said often soon comes again.
const MOST: usize = 1 << 14;

/// What some words say, by the rule that found them.
type ByRule = Vec<(usize, Option<Said>)>;

/// Findings by their words, each with the rules that found them and what they read.
#[derive(Debug, Default)]
pub struct Memo {
    read: HashMap<Box<str>, ByRule, BuildHasherDefault<Quick>>,
}

/// A hash for short words, eight bytes a step. What is remembered is bounded and forgotten, and words that collide must
/// be times all the same.
#[derive(Debug, Default)]
struct Quick(u64);

impl Hasher for Quick {
    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let word = chunk.iter().fold(0_u64, |word, byte| word << 8 | u64::from(*byte));
            self.0 = (self.0.rotate_left(23) ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        }
    }

    fn finish(&self) -> u64 {
        self.0 ^ self.0 >> 29
    }
}

impl Memo {
    /// As [`super::read::read`], each words' groups being looked at once.
    pub fn read(&mut self, rules: &RuleSet<Meaning>, text: &str, hit: Hit) -> Option<Timex> {
        let words = hit.at.slice(text);
        if words.len() > LONGEST {
            return timex(hit, super::read::read(rules, hit.rule, words)?);
        }
        let known = self.read.get(words).and_then(|by_rule| by_rule.iter().find(|(rule, _)| *rule == hit.rule));
        if let Some((_, said)) = known {
            return timex(hit, said.clone()?);
        }
        let said = super::read::read(rules, hit.rule, words);
        if self.read.len() >= MOST {
            self.read.clear();
        }
        self.read.entry(words.into()).or_default().push((hit.rule, said.clone()));
        timex(hit, said?)
    }
}

fn timex(hit: Hit, said: Said) -> Option<Timex> {
    let Said { what, modifier, n_skipped } = said;
    Some(Timex { at: Span::new(hit.at.start + n_skipped, hit.at.end), rule: hit.rule, what, modifier })
}
