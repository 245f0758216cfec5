//! What a claim says before it is checked, and how its arithmetic is rounded.

use super::Facts;
use crate::{
    model::{Claim, Stated, Verdict},
    span::Span,
    text::Article,
};

/// The claim with its words and nothing to check it against.
pub fn unverifiable(article: &Article, facts: &Facts<'_>, idx: usize) -> Claim {
    let (mut span, mut text, mut stated) = (Span::default(), String::new(), Stated { value: 0.0, modifier: None });
    if let Some(quantity) = facts.quantities.get(idx)
        && let Some(block) = article.blocks.get(quantity.block)
    {
        let words = block.text.text();
        let at = with_verb(words, quantity.at);
        span = block.text.source_span(at);
        text = at.slice(words).chars().filter(|c| !c.is_whitespace()).collect();
        stated = Stated { value: quantity.item.value, modifier: quantity.item.modifier };
    }
    Claim { span, text, stated, computed: None, verdict: Verdict::Unverifiable, from: vec![idx], formula: None }
}

/// 增长 before 上百倍 belongs to the claim.
fn with_verb(text: &str, at: Span) -> Span {
    let before = text.get(..at.start).unwrap_or_default();
    let trimmed = before.trim_end_matches(' ').trim_end_matches(['了', '近', '超', '过', '约']);
    let length = crate::extract::quantity::change_suffix_length(trimmed);
    if length == 0 { at } else { Span::new(trimmed.len() - length, at.end) }
}

/// Enough places to read, not to pretend.
pub fn rounded(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}
