//! Figures told in turn, of which only the last has the unit: 依次为3、4、5.5万吨; 提高2.3、0.6和1.4个百分点.

use super::{Draft, Scanner, words::NumberWords};
use crate::{
    extract::quantity::{
        lexicon::Class,
        number::{self, Number, Style},
    },
    model::QuantityKind,
    span::Span,
};

/// Figures told in turn whose last one tells the unit of all.
#[derive(Debug, Clone, Copy)]
pub(super) struct List {
    /// Figures that end before this byte take the list's unit.
    pub(super) end: usize,
    /// Index of the unit; `None` where the figures have none.
    pub(super) unit: Option<usize>,
    /// Powers of ten in the 万/亿 of the last figure.
    pub(super) magnitude: i32,
}

impl Scanner<'_> {
    /// The list of figures at `at`, behind a word that says they are told in turn.
    pub(super) fn list_at(&self, at: usize) -> Option<List> {
        // Most numbers open no list.
        let figures = self.rest(at);
        let behind = figures
            .trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '万' | '亿' | '千' | '百'));
        if !behind.starts_with(['、', '和', '及']) {
            return None;
        }
        let before = self.before(at).trim_end_matches(['了', '约']);
        // 分别高出甲产业13.9、16.5和1.4个百分点
        let clause = before.rsplit(['，', '。', '；', ',', '、']).next().unwrap_or_default();
        let in_clause = || clause.contains("分别") && !clause.ends_with(|c: char| c.is_ascii_digit());
        let is_said = NumberWords::bundled().tell_in_turn(before) || in_clause();
        let mut are_decimals = true;
        let mut next = at;
        for n in 0..24 {
            let number = number::read(self.text, next).filter(|number| number.style == Style::Arabic)?;
            // 比上年提高2.3、0.6和1.4个百分点: decimals side by side share the unit, though 分别 is not said.
            are_decimals &= number.magnitude == 0 && number.span.slice(self.text).contains('.');
            if !is_said && !are_decimals {
                return None;
            }
            let tail = self.rest(number.span.end);
            if let Some(mark) = tail.chars().next().filter(|c| matches!(c, '、' | '和' | '及')) {
                next = number.span.end + mark.len_utf8();
                continue;
            }
            let list = |unit, end| List { end, unit, magnitude: number.magnitude };
            if !is_said && !self.lexicon.unit(tail).is_some_and(|(_, unit)| matches!(unit.code.as_str(), "pp" | "%")) {
                return None;
            }
            let Some((_, unit)) = self.lexicon.unit(tail) else {
                // 指数依次为3、4、5.5。 has no unit at all.
                let closes = tail.chars().next().is_none_or(|c| "。，；,;）)".contains(c));
                return (n > 0 && closes && number.magnitude == 0).then(|| list(None, number.span.end + 1));
            };
            let idx = self.lexicon.units.iter().position(|other| std::ptr::eq(other, unit))?;
            return (n > 0 && unit.class != Class::Time).then(|| list(Some(idx), number.span.start));
        }
        None
    }

    /// A figure of such a list, with the unit told at its end.
    pub(super) fn listed(&self, number: &Number) -> Option<Draft> {
        let list = self.list.filter(|list| number.span.end < list.end)?;
        let places = if number.magnitude == 0 { list.magnitude } else { 0 };
        let mut draft = Draft {
            at: number.span,
            figures: Span::new(number.span.start, number.figures_end),
            unit_at: Span::new(number.span.end, number.span.end),
            low: number.low.shifted(places),
            high: number.high.map(|high| high.shifted(places)),
            code: String::new(),
            kind: QuantityKind::Number,
            modifier: number.modifier,
            is_range: false,
            rule: "number/listed",
        };
        if let Some(unit) = list.unit.and_then(|idx| self.lexicon.units.get(idx)) {
            draft.set_unit(unit);
        }
        Some(draft)
    }
}
