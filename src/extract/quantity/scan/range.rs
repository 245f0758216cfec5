//! Two numbers that make one range: 3%至5%, 3—5倍, 两到三千; but 由149元到1508元 is a change.

use super::{Scanner, unit::Measured, words::NumberWords};
use crate::extract::quantity::number::{self, Form, Number, Style};

impl<'a> Scanner<'a> {
    /// 3%至5%, 3—5倍, 二到三公升: the second number with the first's value carried over.
    pub(super) fn range(&self, first: &Measured<'a>) -> Option<(Measured<'a>, Number)> {
        let rest = self.rest(first.end);
        let trimmed = NumberWords::bundled().without_inclusion(rest).trim_start_matches(' ');
        let mut length = rest.len() - trimmed.len();
        let mut chars = trimmed.chars();
        let separator = chars.next()?;
        let is_word = matches!(separator, '至' | '到');
        if !is_word && !"-—–−－~～〜".contains(separator) {
            return None;
        }
        length += separator.len_utf8();
        if separator == '—' && chars.next() == Some('—') {
            length += separator.len_utf8();
        }
        let rest = self.rest(first.end + length);
        let blanks = rest.len() - rest.trim_start_matches(' ').len();
        let start = first.end + length + blanks;
        if !self.rest(start).chars().next().is_some_and(|c| number::may_begin(c) || c == '负') {
            return None;
        }
        let number = number::read(self.text, start)?;
        let second = self.with_unit(number);
        self.joined(first, second, is_word)
    }

    /// Whether two numbers with their units make one range.
    fn joined(&self, first: &Measured<'a>, second: Measured<'a>, is_word: bool) -> Option<(Measured<'a>, Number)> {
        let same_unit = match (first.unit, second.unit) {
            (None, Some(_)) => first.number.form == Form::Plain,
            (Some(a), Some(b)) => a.code == b.code,
            (None, None) if first.number.form == Form::Percent => second.number.form == Form::Percent,
            (None, None) => {
                is_word
                    && (first.number.is_weighty() || first.number.style == Style::Chinese && first.number.n_figures > 1)
                    || self.is_whole(first.number.span.start, second.end)
            }
            (Some(_), None) => false,
        };
        let before = self.before(first.number.span.start);
        // 由149元到1508元 and 增加50元至800元 are changes, not ranges.
        let is_change = is_word && first.unit.is_some() && {
            let tail = before.trim_end_matches(' ');
            // 减少约8600人至366万人
            let bare = tail.trim_end_matches(['约', '近', '逾', '了']);
            tail.ends_with(['由', '从', '自']) || self.is_change(tail) || self.is_change(bare)
        };
        if !same_unit || is_change {
            return None;
        }
        let mut from = first.number.clone();
        let figure = second.number.low.shifted(-second.number.magnitude);
        if from.magnitude == 0 && from.form == Form::Plain && second.number.magnitude > 0 && from.low < figure {
            from.low = from.low.shifted(second.number.magnitude);
        } else if let Some(places) = round_places(&second.number)
            && from.n_figures == 1
            && from.low < second.number.low.shifted(-places)
        {
            // 两到三千: the 千 is said once.
            from.low = from.low.shifted(places);
        }
        (second.number.high.unwrap_or(second.number.low) > from.low).then_some((second, from))
    }

    fn is_change(&self, before: &str) -> bool {
        self.lexicon.changes.longest_suffix(before).is_some()
    }
}

/// 2 and 3 of 三百 and 四千: how many places one figure with 百 or 千 has behind it.
fn round_places(number: &Number) -> Option<i32> {
    let places = number.low.last_place();
    let is_round = number.magnitude == 0 && number.n_figures == 2 && number.high.is_none();
    (is_round && (2..=3).contains(&places)).then_some(places)
}
