//! Parts against their printed total, and shares against a hundred per cent.
//!
//! ```text
//! 投资100亿元，其中工业60亿元，农业40亿元      →  60亿 + 40亿 = 100亿
//! 甲县3亿元，乙县4亿元，合计10亿元             →  3亿 + 4亿 is not 10亿
//! 工业占40%，农业占35%，服务业占25%            →  together 100%
//! ```
//!
//! Parts behind 其中 need not be all there are, so only a sum that comes out is told; 合计 promises a sum.

use super::{
    Facts, derive,
    verdict::{rounded, unverifiable},
};
use crate::{
    extract::quantity::{Decimal, printed_decimal},
    model::{Claim, Quantity, QuantityKind, Stated, Verdict},
    span::Span,
    text::Article,
};

/// Every sum of the article.
pub fn claims(article: &Article, facts: &Facts<'_>) -> Vec<Claim> {
    let mut claims = Vec::new();
    let mut idx = 0;
    while idx < facts.quantities.len() {
        let sum = trade_parts(article, facts, idx)
            .or_else(|| behind_whole(article, facts, idx))
            .or_else(|| before_total(article, facts, idx));
        claims.extend(sum);
        let n = shares(article, facts, idx, &mut claims);
        idx += n.max(1);
    }
    claims
}

/// 投资100亿元，其中工业60亿元，农业40亿元: told where the parts make the whole.
fn behind_whole(article: &Article, facts: &Facts<'_>, idx: usize) -> Option<Claim> {
    let first = idx + 1;
    let between = between(article, facts, idx, first).filter(|_| is_amount(facts, idx))?;
    if !["其中", "包括", "分别", "含"].iter().any(|word| between.contains(word)) {
        return None;
    }
    let parts: Vec<usize> =
        (first..facts.quantities.len()).take(12).take_while(|&part| like(facts, idx, part)).collect();
    // The parts end where the sum does: 其中甲60、乙40，比上年… may go on.
    (2..=parts.len()).rev().find_map(|n| {
        let claim = summed(article, facts, idx, parts.get(..n)?)?;
        (claim.verdict == Verdict::Consistent).then_some(claim)
    })
}

/// 甲县3亿元，乙县4亿元，合计7亿元.
fn before_total(article: &Article, facts: &Facts<'_>, idx: usize) -> Option<Claim> {
    let words = between(article, facts, idx.checked_sub(1)?, idx).filter(|_| is_amount(facts, idx))?;
    let words = words.trim_start_matches(['，', '、', ',', '；', ' ']);
    if !["合计", "共计", "总计", "加起来", "总共", "一共"].iter().any(|word| words.contains(word)) {
        return None;
    }
    let mut parts: Vec<usize> = (0..idx).rev().take(12).take_while(|&part| like(facts, idx, part)).collect();
    parts.reverse();
    if parts.len() < 2 {
        return None;
    }
    // 全国总计 may take in more than what was told; a bare 合计 does not.
    let claim = summed(article, facts, idx, &parts)?;
    let is_bare = words.chars().count() <= 6 && !words.contains("全");
    (is_bare || claim.verdict == Verdict::Consistent).then_some(claim)
}

/// Shares side by side of one whole, from `idx` on; how many quantities they are.
fn shares(article: &Article, facts: &Facts<'_>, idx: usize, claims: &mut Vec<Claim>) -> usize {
    let is_share = |other: usize| {
        let (Some(q), Some(r)) = (facts.quantities.get(other), facts.readings.get(other)) else { return false };
        q.item.unit == "%" && r.direction.is_none() && (r.said.starts_with('占') || r.core.starts_with('占'))
    };
    let goes_on = |a: usize, b: usize| {
        let said = |at: usize| facts.readings.get(at).map(|r| (r.sentence, r.time, r.said.as_str()));
        let names = |at: usize| facts.readings.get(at).map(|r| r.core.as_str());
        is_share(b)
            && said(a) == said(b)
            && names(a) != names(b)
            && between(article, facts, a, b).is_some_and(|t| !t.contains("其中") && t.chars().count() <= 24)
    };
    let mut n = 1;
    while is_share(idx) && goes_on(idx + n - 1, idx + n) {
        n += 1;
    }
    if n < 2 {
        return 1;
    }
    let parts: Vec<usize> = (idx..idx + n).collect();
    let values: Vec<Decimal> =
        parts.iter().filter_map(|&at| facts.quantities.get(at)).map(|q| printed_decimal(&q.item)).collect();
    let sum = values.iter().fold(Decimal::ZERO, |sum, value| sum.plus(*value)).to_f64();
    let slack = slack(&values, None);
    let is_whole = (sum - 100.0).abs() <= slack;
    // Shares that leave something over say nothing. More than all cannot be, but where each has a whole of its own
    // (水电、风电分别占全国的75%、45%).
    let is_one_whole = facts.readings.get(idx).is_some_and(|r| r.said == "占比");
    if (is_whole || is_one_whole && sum > 100.0 + slack)
        && let (Some(first), Some(last)) = (facts.quantities.get(idx), facts.quantities.get(idx + n - 1))
        && let Some(block) = article.blocks.get(first.block)
    {
        let at = Span::new(first.at.start, last.at.end);
        claims.push(Claim {
            span: block.text.source_span(at),
            text: at.slice(block.text.text()).chars().filter(|c| !c.is_whitespace()).collect(),
            stated: Stated { value: 100.0, modifier: None },
            computed: Some(rounded(sum)),
            verdict: if is_whole { Verdict::Consistent } else { Verdict::Inconsistent },
            formula: Some(formula(facts, &parts)),
            from: parts,
        });
    }
    n
}

/// The claim that `parts` make the total `idx`.
fn summed(article: &Article, facts: &Facts<'_>, idx: usize, parts: &[usize]) -> Option<Claim> {
    let total = &facts.quantities.get(idx)?.item;
    let whole = printed_decimal(total);
    let values: Vec<Decimal> =
        parts.iter().filter_map(|&at| facts.quantities.get(at)).map(|q| printed_decimal(&q.item)).collect();
    let sum = values.iter().fold(Decimal::ZERO, |sum, value| sum.plus(*value)).to_f64();
    let holds = (sum - whole.to_f64()).abs() <= slack(&values, Some(whole));
    Some(Claim {
        stated: Stated { value: total.value, modifier: total.modifier },
        computed: Some(sum),
        verdict: if holds { Verdict::Consistent } else { Verdict::Inconsistent },
        from: parts.to_vec(),
        formula: Some(formula(facts, parts)),
        ..unverifiable(article, facts, idx)
    })
}

/// How far rounding may carry a sum: half of each part's last place, and half of the total's; nothing where all
/// are whole to the same place.
fn slack(values: &[Decimal], total: Option<Decimal>) -> f64 {
    let half = |value: &Decimal| 0.5 * Decimal::ONE.shifted(value.printed_place()).to_f64();
    let is_whole = values.iter().chain(&total).all(|value| value.printed_place() == 0);
    let sum: f64 = values.iter().chain(&total).map(half).sum();
    if is_whole && total.is_some() { 1e-9 } else { sum * 1.001 }
}

fn formula(facts: &Facts<'_>, parts: &[usize]) -> String {
    let figures: Vec<String> =
        parts.iter().filter_map(|&at| facts.quantities.get(at)).map(|q| derive::figure(&q.item)).collect();
    figures.join(" + ")
}

/// The words between two quantities of one block.
fn between<'a>(article: &'a Article, facts: &Facts<'_>, a: usize, b: usize) -> Option<&'a str> {
    let (a, b) = (facts.quantities.get(a)?, facts.quantities.get(b)?);
    let block = article.blocks.get(a.block).filter(|_| a.block == b.block)?;
    block.text.text().get(a.at.end..b.at.start)
}

/// Whether a quantity can be summed: a level that is exact or rounded, and no rate.
fn is_amount(facts: &Facts<'_>, idx: usize) -> bool {
    let (Some(q), Some(r)) = (facts.quantities.get(idx), facts.readings.get(idx)) else { return false };
    let is_extent = !matches!(q.item.kind, QuantityKind::Ordinal | QuantityKind::Age | QuantityKind::Temperature);
    let is_exact = |item: &Quantity| item.modifier.is_none() && item.upper.is_none();
    is_extent
        && is_exact(&q.item)
        && r.direction.is_none()
        && !r.is_base
        && !r.is_start
        && !matches!(q.item.unit.as_str(), "" | "%" | "pp" | "times" | "1")
}

/// Whether `part` can be a part of `total`: of its sentence, unit and time, under another name.
fn like(facts: &Facts<'_>, total: usize, part: usize) -> bool {
    let (Some(a), Some(b)) = (facts.quantities.get(total), facts.quantities.get(part)) else { return false };
    let (Some(x), Some(y)) = (facts.readings.get(total), facts.readings.get(part)) else { return false };
    is_amount(facts, part)
        && a.block == b.block
        && x.sentence == y.sentence
        && a.item.unit == b.item.unit
        && a.item.per == b.item.per
        && (x.time == y.time || x.time.is_none() || y.time.is_none())
}

/// 其中出口8亿元，进口5亿元 behind 进出口总额13亿元.
fn trade_parts(article: &Article, facts: &Facts<'_>, idx: usize) -> Option<Claim> {
    let total = facts.quantities.get(idx)?;
    let reading = facts.readings.get(idx)?;
    let stem = reading.core.split("进出口").next().filter(|stem| stem.len() < reading.core.len())?;
    if reading.direction.is_some() || total.item.unit == "%" {
        return None;
    }
    let part = |word: &str| {
        (idx + 1..facts.quantities.len()).take(8).find(|&other| {
            let (Some(q), Some(r)) = (facts.quantities.get(other), facts.readings.get(other)) else { return false };
            q.block == total.block
                && q.item.unit == total.item.unit
                && r.direction.is_none()
                && r.time == reading.time
                && r.core.contains(word)
                && r.core.starts_with(stem)
                && !r.core.contains("进出口")
        })
    };
    let (exports, imports) = (part("出口")?, part("进口")?);
    let (a, b) = (&facts.quantities.get(exports)?.item, &facts.quantities.get(imports)?.item);
    let (whole, x, y) = (printed_decimal(&total.item), printed_decimal(a), printed_decimal(b));
    let sum = x.plus(y);
    let place = whole.printed_place().max(x.printed_place()).max(y.printed_place());
    // Two rounded parts may miss the rounded total by one in the last place.
    let slack = Decimal::ONE.shifted(place).to_f64();
    let holds = (sum.to_f64() - whole.to_f64()).abs() <= slack * 1.001;
    Some(Claim {
        stated: Stated { value: total.item.value, modifier: total.item.modifier },
        computed: Some(sum.to_f64()),
        verdict: if holds { Verdict::Consistent } else { Verdict::Inconsistent },
        from: vec![exports, imports],
        formula: Some(format!("{} + {}", derive::figure(a), derive::figure(b))),
        ..unverifiable(article, facts, idx)
    })
}
