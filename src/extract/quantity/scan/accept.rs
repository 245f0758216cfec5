//! Whether number and unit make a quantity, and the words right before them that belong to it: 人民币, 零下, 上百, 过半.

use super::{Draft, Scanner, unit::Measured};
use crate::{
    extract::quantity::{
        lexicon::Class,
        number::{Form, Number, Style},
    },
    model::{QuantityKind, QuantityMod},
    span::Span,
};

impl<'a> Scanner<'a> {
    /// The finished draft, where number and unit make a quantity. `from` is the first number of a range.
    pub(super) fn accept(&self, measured: &Measured<'a>, from: Option<&Number>) -> Option<Draft> {
        let Measured { number, unit, end } = measured;
        let first = from.unwrap_or(number);
        let start = first.span.start;
        let mut draft = Draft {
            at: Span::new(start, *end),
            figures: Span::new(start, number.figures_end),
            unit_at: Span::new(number.figures_end, *end),
            low: first.low,
            high: if from.is_some() { Some(number.high.unwrap_or(number.low)) } else { number.high },
            code: String::new(),
            kind: QuantityKind::Number,
            modifier: if from.is_some() { None } else { number.modifier },
            is_range: from.is_some(),
            rule: "number/plain",
        };
        let rest = self.rest(number.figures_end);
        if unit.is_some_and(|unit| unit.class == Class::Time) || self.lexicon.classes.longest(rest).is_some() {
            return None;
        }
        let counts = unit.is_none_or(|unit| unit.class == Class::Classifier);
        if counts && number.style == Style::Chinese && self.is_a_watchword(start, *end) {
            return None;
        }
        // 下降1.1个和1.3个百分点: points, both of them.
        let unit = match *unit {
            Some(found) if found.code == "个" => &self.points_ahead(*end).or(*unit),
            _ => unit,
        };
        let currency = self.currency_before(start);
        match (number.form, *unit, currency) {
            (Form::Percent, ..) => {
                draft.set_plain("%", QuantityKind::Percent, "number/percent");
                // 过半, 近半 are one word.
                let ahead = self.before(start).chars().next_back();
                if number.n_figures == 1
                    && number.style == Style::Chinese
                    && ahead.is_some_and(|c| "过近超".contains(c))
                {
                    draft.at.start -= ahead.map_or(0, char::len_utf8);
                    draft.modifier =
                        Some(if ahead == Some('近') { QuantityMod::Approx } else { QuantityMod::MoreThan });
                }
            }
            (_, Some(unit), Some((prefix, length)))
                if unit.class == Class::Currency && prefix.code != unit.code && unit.code == "CNY" =>
            {
                draft.set_unit(prefix);
                draft.at.start -= length;
            }
            (_, Some(unit), prefix) => {
                draft.set_unit(unit);
                self.behind_unit(&mut draft, unit);
                if let Some((_, length)) = prefix.filter(|(prefix, _)| prefix.code == unit.code) {
                    draft.at.start -= length;
                }
            }
            (_, None, Some((prefix, length))) => {
                draft.set_unit(prefix);
                draft.at.start -= length;
            }
            // 01/02 are labels.
            (Form::Fraction, None, None) if self.rest(start).starts_with('0') => return None,
            (Form::Fraction, None, None) => draft.set_plain("1", QuantityKind::Ratio, "number/fraction"),
            (Form::Plain, None, None) => {
                if !self.bare_stands(first, number, *end) {
                    return None;
                }
            }
        }
        if draft.kind == QuantityKind::Temperature || draft.code == "deg" {
            self.temperature(&mut draft);
        }
        self.at_least(&mut draft, first);
        Some(draft)
    }

    /// “两个结合”, “三个务必”: what quotation marks hold and a figure begins is the name of an idea.
    fn is_a_watchword(&self, start: usize, end: usize) -> bool {
        let opens = self.before(start).ends_with(['“', '「', '『', '"']);
        let inside: String = self.rest(end).chars().take(7).take_while(|c| !"”」』\"".contains(*c)).collect();
        let n = inside.chars().count();
        let is_name = (1..=6).contains(&n) && inside.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        opens && is_name && self.rest(end + inside.len()).starts_with(['”', '」', '』', '"'])
    }

    /// 零下20度, 华氏98度, 摄氏37度.
    fn temperature(&self, draft: &mut Draft) {
        let mut before = self.before(draft.at.start).trim_end_matches(' ');
        let mut length = draft.at.start - self.floor - before.len();
        for word in ["温度", "零下", "摄氏", "攝氏", "华氏", "華氏", "零下"] {
            let Some(rest) = before.strip_suffix(word) else { continue };
            length += word.len();
            before = rest;
            match word {
                "零下" if !draft.low.is_negative() => draft.low = draft.low.negated(),
                "摄氏" | "攝氏" => "Cel".clone_into(&mut draft.code),
                "华氏" | "華氏" => "[degF]".clone_into(&mut draft.code),
                _ => continue,
            }
            draft.kind = QuantityKind::Temperature;
            draft.at.start -= length;
            length = 0;
        }
        if draft.code == "deg" && (before.ends_with("气温") || before.ends_with("高温") || draft.low.is_negative())
        {
            draft.kind = QuantityKind::Temperature;
            "Cel".clone_into(&mut draft.code);
        }
    }

    /// 上百倍, 上千人: 上 belongs to the quantity and says that it is at least as much.
    fn at_least(&self, draft: &mut Draft, first: &Number) {
        let before = self.before(draft.at.start);
        let Some(ahead) = before.strip_suffix('上') else { return };
        let round = self.rest(first.span.start).starts_with(['百', '千', '万', '亿', '十']);
        if round && !ahead.ends_with(['以', '之', '网', '线', '路', '身', '早', '晚', '年']) {
            draft.at.start -= '上'.len_utf8();
            draft.modifier = Some(QuantityMod::EqualOrMore);
        }
    }
}
