//! Statements that the printed numbers bear out or do not: growth against values, parts against totals.

use super::{
    Facts, derive, sums,
    verdict::{rounded, unverifiable},
};
use crate::{
    extract::quantity::{Decimal, measure::Basis, printed_decimal},
    model::{Claim, Direction, Quantity, QuantityMod, Verdict},
    text::Article,
};

/// Every claim of the article, by place.
pub fn claims(article: &Article, facts: &Facts<'_>) -> Vec<Claim> {
    let mut claims = Vec::new();
    for idx in 0..facts.quantities.len() {
        claims.extend(growth(article, facts, idx).or_else(|| multiple(article, facts, idx)));
    }
    claims.extend(sums::claims(article, facts));
    claims.sort_by_key(|claim: &Claim| claim.span);
    claims
}

/// 增长上百倍, 增长3.6%: against the value reached and the one it started from.
fn growth(article: &Article, facts: &Facts<'_>, idx: usize) -> Option<Claim> {
    let reading = facts.readings.get(idx)?;
    let stated = &facts.quantities.get(idx)?.item;
    let direction = reading.direction?;
    if stated.unit != "times" && stated.unit != "%" {
        return None;
    }
    // 扣除价格因素，实际增长22.8倍: growth in real terms is not what the printed sums give.
    let is_real = reading.said.contains("实际") || {
        let text = article.blocks.get(facts.quantities.get(idx)?.block)?.text.text();
        let at = facts.quantities.get(idx)?.at.start;
        let clauses = text.get(text.floor_char_boundary(at.saturating_sub(90))..at).unwrap_or_default();
        let sentence = clauses.rsplit(['。', '；']).next().unwrap_or_default();
        ["扣除价格因素", "实际增长", "按可比价格", "按不变价格"].iter().any(|word| sentence.contains(word))
    };
    if is_real {
        return (stated.unit == "times").then(|| unverifiable(article, facts, idx));
    }
    let operands = operands(facts, idx);
    let Some((new_idx, old_idx, is_step)) = operands else {
        return (stated.unit == "times").then(|| unverifiable(article, facts, idx));
    };
    let (new, old) = (&facts.quantities.get(new_idx)?.item, &facts.quantities.get(old_idx)?.item);
    // 日均18列 against 每周1列: not in the same terms.
    if new.per != old.per {
        return (stated.unit == "times").then(|| unverifiable(article, facts, idx));
    }
    let (after, step_or_before) = (printed_decimal(new), printed_decimal(old));
    let before = match (is_step, direction) {
        (false, _) => step_or_before,
        (true, Direction::Up) => after.minus(step_or_before),
        (true, Direction::Down) => after.plus(step_or_before),
    };
    if before.to_f64() <= 0.0 || after.to_f64() <= 0.0 {
        return None;
    }
    let ratio = after.to_f64() / before.to_f64();
    let (new_figure, old_figure) = (derive::figure(new), derive::figure(old));
    let before_figure = match (is_step, direction) {
        (false, _) => old_figure,
        (true, Direction::Up) => format!("({new_figure} − {old_figure})"),
        (true, Direction::Down) => format!("({new_figure} + {old_figure})"),
    };
    let (computed, formula, near) = if stated.unit == "times" {
        // 增长N倍 is used for both N times as much and N times more.
        // 翻一番 is twice as much, to a tenth, and never three times.
        let is_doubling = stated.printed.unit.contains('番');
        let holds = if is_doubling {
            let is_more = facts.quantities.get(idx).is_some_and(|q| {
                let text = article.blocks.get(q.block).map(|block| block.text.text());
                text.and_then(|text| text.get(q.at.end..)).is_some_and(|rest| rest.starts_with(['多', '有']))
            });
            (ratio - stated.value).abs() <= 0.1 * stated.value || is_more && ratio >= stated.value
        } else {
            bears_out(ratio, stated, after, before) || bears_out(ratio - 1.0, stated, after, before)
        };
        (ratio, format!("{new_figure} ÷ {before_figure}"), holds)
    } else {
        let rate = 100.0 * (ratio - 1.0).abs();
        let right_way = (ratio >= 1.0) == (direction == Direction::Up);
        (rate, format!("{new_figure} ÷ {before_figure} − 1"), right_way && bears_out(rate, stated, after, before))
    };
    Some(Claim {
        formula: Some(formula),
        computed: Some(rounded(computed)),
        verdict: if near { Verdict::Consistent } else { Verdict::Inconsistent },
        from: vec![new_idx, old_idx],
        ..unverifiable(article, facts, idx)
    })
}

/// 2022年为3000亿千瓦时，是2012年1000亿千瓦时的3倍: the value before against the one between 是 and 的.
fn multiple(article: &Article, facts: &Facts<'_>, idx: usize) -> Option<Claim> {
    let quantity = facts.quantities.get(idx)?;
    let reading = facts.readings.get(idx)?;
    if quantity.item.unit != "times" || reading.direction.is_some() {
        return None;
    }
    let text = article.blocks.get(quantity.block)?.text.text();
    let (old_idx, new_idx) = (idx.checked_sub(1)?, idx.checked_sub(2)?);
    let (old, new) = (facts.quantities.get(old_idx)?, facts.quantities.get(new_idx)?);
    let is_here = [old_idx, new_idx].iter().all(|&other| {
        let (Some(q), Some(r)) = (facts.quantities.get(other), facts.readings.get(other)) else { return false };
        q.block == quantity.block && r.sentence == reading.sentence && r.core == reading.core && r.direction.is_none()
    });
    let says = text.get(new.at.end..old.at.start)?;
    let is_said = ["，是", "，为", "，相当于", ",是", ",为"].iter().any(|word| says.contains(word));
    let closes = text.get(old.at.end..quantity.at.start)?.trim() == "的";
    if !is_here || !is_said || !closes || new.item.unit != old.item.unit || new.item.unit == "%" {
        return None;
    }
    let (after, before) = (printed_decimal(&new.item), printed_decimal(&old.item));
    let ratio = after.to_f64() / before.to_f64();
    if !ratio.is_finite() || ratio <= 0.0 {
        return None;
    }
    let holds = bears_out(ratio, &quantity.item, after, before);
    Some(Claim {
        formula: Some(format!("{} ÷ {}", derive::figure(&new.item), derive::figure(&old.item))),
        computed: Some(rounded(ratio)),
        verdict: if holds { Verdict::Consistent } else { Verdict::Inconsistent },
        from: vec![new_idx, old_idx],
        ..unverifiable(article, facts, idx)
    })
}

/// The value reached, and the one it started from or (`true`) the step between them.
fn operands(facts: &Facts<'_>, idx: usize) -> Option<(usize, usize, bool)> {
    let reading = facts.readings.get(idx)?;
    let quantity = facts.quantities.get(idx)?;
    let in_sentence = |other: usize| {
        let (Some(q), Some(r)) = (facts.quantities.get(other), facts.readings.get(other)) else { return false };
        q.block == quantity.block
            && r.sentence == reading.sentence
            && r.core == reading.core
            && !q.item.unit.is_empty()
            && q.item.unit != "%"
            && q.item.unit != "times"
            && q.item.unit != "pp"
    };
    let near = || (0..idx).rev().take(12).filter(|&other| in_sentence(other));
    let is_level = |other: usize| facts.readings.get(other).is_some_and(|r| r.direction.is_none() && !r.is_base);
    let unit = |other: usize| facts.quantities.get(other).map(|q| q.item.unit.as_str());
    if let Basis::Time(time) = reading.basis
        && quantity.item.unit == "times"
        && let Some(found) = at_times(facts, idx, time)
    {
        return Some(found);
    }
    if let Basis::Quantity(base) = reading.basis {
        let level = (0..idx)
            .rev()
            .take(12)
            .find(|&other| in_sentence(other) && is_level(other) && unit(other) == unit(base))?;
        return Some((level, base, false));
    }
    // 达948亿元，较上年增加54亿元，增长6%
    let step = near().find(|&other| {
        facts.readings.get(other).is_some_and(|r| r.direction == reading.direction && r.basis != Basis::Average)
    });
    if let Some(step) = step
        && reading.basis != Basis::Average
        && same_basis(facts, step, idx)
        && let Some(level) = derive::level(facts, step)
    {
        return Some((level, step, true));
    }
    // 由149元提高到1508元，增长9倍
    let mut levels = near().filter(|&other| is_level(other));
    let (new, old) = (levels.next()?, levels.next()?);
    let ordered =
        new == old + 1 && unit(new) == unit(old) && facts.readings.get(new)?.time != facts.readings.get(old)?.time;
    (ordered && reading.basis == Basis::None).then_some((new, old, false))
}

/// 2019年30亿元。2020年增至45亿元，比2019年增长一半: the value of the sentence, and the one told for the base's time.
fn at_times(facts: &Facts<'_>, idx: usize, time: usize) -> Option<(usize, usize, bool)> {
    let reading = facts.readings.get(idx)?;
    let is_level = |other: usize| {
        facts.readings.get(other).is_some_and(|r| r.core == reading.core && r.direction.is_none() && !r.is_base)
    };
    let unit = |other: usize| facts.quantities.get(other).map(|q| q.item.unit.as_str());
    let edtf = |time: usize| facts.times.get(time).and_then(|time| time.item.edtf.as_ref());
    let new = (0..idx).rev().take(6).find(|&other| is_level(other) && unit(other) != Some("%"))?;
    let base = edtf(time)?;
    let is_old = |other: usize| {
        let at = facts.readings.get(other).and_then(|r| r.time).and_then(edtf);
        is_level(other) && unit(other) == unit(new) && at == Some(base)
    };
    let old = (0..new).rev().find(|&other| is_old(other))?;
    Some((new, old, false))
}

/// Whether a step and a rate speak of the same base: the rate names none of its own, or the same.
fn same_basis(facts: &Facts<'_>, step: usize, rate: usize) -> bool {
    let basis = |idx: usize| facts.readings.get(idx).map(|r| r.basis);
    basis(rate) == Some(Basis::None) || basis(rate) == basis(step)
}

/// Whether `computed` is what is stated, within the rounding of all that is printed.
fn bears_out(computed: f64, stated: &Quantity, after: Decimal, before: Decimal) -> bool {
    let like = printed_decimal(stated);
    let half = |value: Decimal| {
        0.5 * Decimal::ONE.shifted(value.printed_place()).to_f64() / value.to_f64().abs().max(f64::MIN_POSITIVE)
    };
    let scale = if stated.unit == "%" { 100.0 + computed } else { computed };
    let slack = scale * (half(after) + half(before)) + 0.5 * Decimal::ONE.shifted(like.printed_place()).to_f64();
    let value = stated.value;
    match stated.modifier {
        Some(QuantityMod::EqualOrMore | QuantityMod::MoreThan) => computed >= value - slack,
        Some(QuantityMod::EqualOrLess | QuantityMod::LessThan) => computed <= value + slack,
        Some(QuantityMod::Approx) => (computed - value).abs() <= slack.max(value.abs() * 0.1),
        None => {
            (computed - value).abs() <= slack
                || stated.upper.is_some_and(|upper| computed >= value - slack && computed <= upper + slack)
        }
    }
}
