//! What findings said that were read before: news says 今年, 去年同期 and 1月至9月 over and over.

use super::{
    read::{Meaning, Said},
    timex::Timex,
};
use crate::{
    extract::rule::{Hit, RuleSet},
    span::Span,
};
use std::collections::HashMap;

/// Longer findings are not remembered, in bytes.
const LONGEST: usize = 64;
/// When so many are remembered, all are forgotten: memory stays bounded, and what is said often soon comes again.
const MOST: usize = 1 << 14;

/// Findings by their words, each with the rules that found them and what they read.
#[derive(Debug, Default)]
pub struct Memo {
    read: HashMap<Box<str>, Vec<(usize, Option<Said>)>>,
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
