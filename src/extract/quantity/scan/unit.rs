//! The unit of a number: behind it (948亿[美元], 40k, 1.1[个]和1.3个百分点) or before it ([US$]20).

use super::Scanner;
use crate::extract::quantity::{
    lexicon::{Class, Unit},
    number::{self, Form, Number, Style, folded},
};

/// A number with the unit that follows, if any.
pub(super) struct Measured<'a> {
    pub(super) number: Number,
    pub(super) unit: Option<&'a Unit>,
    pub(super) end: usize,
}

impl<'a> Scanner<'a> {
    pub(super) fn with_unit(&self, mut number: Number) -> Measured<'a> {
        self.latin_magnitude(&mut number);
        let mut end = number.span.end;
        let mut unit = None;
        if number.form != Form::Percent {
            let rest = self.rest(end);
            let n_blank: usize = rest.chars().take_while(|&c| folded(c) == ' ').take(4).map(char::len_utf8).sum();
            let found = self.unit(rest.get(n_blank..).unwrap_or_default());
            // 7.65亿 出入境人次超…: behind a blank a headline goes on.
            let goes_on = |length: usize| {
                let behind = rest.get(n_blank + length..).and_then(|tail| tail.chars().next());
                n_blank > 0 && behind.is_some_and(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
            };
            let is_classifier = |unit: &Unit| unit.class == Class::Classifier && unit.code.chars().count() == 1;
            if let Some((length, found)) = found.filter(|&(length, unit)| !(is_classifier(unit) && goes_on(length)))
                && (found.code != "番" || self.before(number.span.start).trim_end_matches('了').ends_with('翻'))
                && let unit_end = end + n_blank + length
                && fits(
                    self.text,
                    &number,
                    found,
                    self.rest(unit_end).chars().next(),
                    self.is_whole(number.span.start, unit_end),
                )
            {
                unit = Some(found);
                end += n_blank + length;
            }
        }
        Measured { number, unit, end }
    }

    /// The unit that `rest` begins with; blanks may stand between its characters (个 百 分 点).
    fn unit(&self, rest: &'a str) -> Option<(usize, &'a Unit)> {
        let found = self.lexicon.unit(rest);
        let near = rest.get(..rest.char_indices().nth(8).map_or(rest.len(), |(at, _)| at))?;
        if !near.contains(' ') || near.is_ascii() {
            return found;
        }
        let compact: String = near.chars().filter(|&c| c != ' ').collect();
        let (length, unit) = self.lexicon.unit(&compact)?;
        if found.is_some_and(|(shorter, _)| shorter >= length) {
            return found;
        }
        let n_chars = compact.get(..length)?.chars().count();
        let last = near.char_indices().filter(|&(_, c)| c != ' ').nth(n_chars.checked_sub(1)?)?;
        Some((last.0 + last.1.len_utf8(), unit))
    }

    /// 40k, 12k个百分点; 3M and 2G only where they are all of the text.
    fn latin_magnitude(&self, number: &mut Number) {
        let rest = self.rest(number.span.end);
        let trimmed = rest.trim_start_matches(' ');
        let Some(letter) = trimmed.chars().next() else { return };
        let end = number.span.end + rest.len() - trimmed.len() + letter.len_utf8();
        let next = self.rest(end).chars().next().map(folded);
        let Some(places) =
            number::latin_magnitude(letter).filter(|_| number.style == Style::Arabic && number.magnitude == 0)
        else {
            return;
        };
        if next.is_some_and(|c| c.is_ascii_alphanumeric()) || places > 3 && !self.is_whole(number.span.start, end) {
            return;
        }
        number.low = number.low.shifted(places);
        number.high = number.high.map(|high| high.shifted(places));
        number.magnitude = places;
        number.span.end = end;
    }

    /// 人民币, US$, £ right before the number: the currency and how many bytes back it begins.
    pub(super) fn currency_before(&self, start: usize) -> Option<(&'a Unit, usize)> {
        let before = self.before(start);
        let trimmed = before.trim_end_matches([' ', '\u{A0}', '\u{3000}']);
        let (length, &idx) = self.lexicon.prefixes.longest_suffix(trimmed)?;
        let unit = self.lexicon.units.get(idx)?;
        let name = trimmed.get(trimmed.len() - length..)?;
        let ahead = trimmed.get(..trimmed.len() - length)?.chars().next_back();
        if name.starts_with(|c: char| c.is_ascii_alphabetic()) && ahead.is_some_and(|c| c.is_ascii_alphanumeric()) {
            return None;
        }
        Some((unit, before.len() - trimmed.len() + length))
    }

    /// The unit of 1.3个百分点, where a list goes on with it behind 个: 1.1个[和1.3个百分点].
    pub(super) fn points_ahead(&self, at: usize) -> Option<&'a Unit> {
        let rest = self.rest(at).strip_prefix(['和', '、', '与', '及'])?;
        let start = self.text.len() - rest.len();
        let next = number::read(self.text, start)?;
        let (_, unit) = self.lexicon.unit(self.rest(next.span.end))?;
        (unit.code == "pp").then_some(unit)
    }
}

/// Whether this unit may follow this number: 一家 is an article, 三点 a time of day, 陆个 no number.
fn fits(text: &str, number: &Number, unit: &Unit, next: Option<char>, is_whole: bool) -> bool {
    let is_one_figure = number.style == Style::Chinese && number.n_figures == 1;
    let figure = number.span.slice(text).chars().next().unwrap_or(' ');
    if unit.class == Class::Time {
        return true;
    }
    // 一家 is an article; 二套住房 is the second one, two would be 两套.
    let is_article = matches!(figure, '一' | '二' | '几' | '数' | '半') && unit.class == Class::Classifier;
    if is_one_figure
        && !is_whole
        && (unit.weak || is_article || number::is_formal(figure) || figure == '百' || figure == '千')
    {
        return matches!(figure, '百' | '千') && !unit.weak
            || number::is_formal(figure) && unit.class == Class::Currency;
    }
    // 千万千瓦级基地 is a class of bases.
    if unit.class != Class::Currency && next == Some('级') && unit.code != "级" {
        return false;
    }
    if number.style == Style::Chinese && number.is_positional && unit.class == Class::Classifier && number.n_figures > 2
    {
        return false;
    }
    true
}
