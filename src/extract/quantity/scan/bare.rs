//! Numbers without a unit: 14亿多 and 指数为50.2 are worth keeping; labels, codes, years and models are not.

use super::{Scanner, words::NumberWords};
use crate::extract::quantity::number::{self, Form, Number, Style, folded};

impl Scanner<'_> {
    /// Whether a number without a unit is worth keeping: 14亿多中国人民, 指数为50.2; not labels, codes, years.
    pub(super) fn bare_stands(&self, first: &Number, last: &Number, end: usize) -> bool {
        if self.is_figures {
            return true;
        }
        if self.is_whole(first.span.start, end) {
            return first.n_figures > 1 || self.text.trim().chars().count() == 1 || first.style == Style::Arabic;
        }
        let rest = self.rest(end);
        let next = rest.chars().next().map(folded);
        let before = self.before(first.span.start);
        let previous = before.chars().next_back().map(folded);
        if matches!((previous, next), (Some('“' | '"'), Some('”' | '"'))) {
            return first.style == Style::Chinese && first.n_figures == 1;
        }
        if first.style == Style::Chinese
            && next.is_none_or(|c| !c.is_alphanumeric() || "不却而这那".contains(c))
            && before.ends_with(['是', '于', '为'])
        {
            return true;
        }
        // iPhone 15, Mate 60 Pro: a model, not how many. Names in capitals alone (PMI 50) may be measures.
        let brand = before.strip_suffix(' ').unwrap_or_default();
        let is_model = brand.ends_with(|c: char| c.is_ascii_lowercase()) && last.low.printed_place() >= 0;
        if is_model || self.lexicon.numbered.longest_suffix(before.trim_end_matches([' ', ':', '：', '为'])).is_some()
        {
            return false;
        }
        // 123比109: two scores, each as the other's.
        let is_digit = |c: char| c.is_ascii_digit();
        let is_score = rest.strip_prefix('比').is_some_and(|other| other.starts_with(is_digit))
            || before.strip_suffix('比').is_some_and(|other| other.ends_with(is_digit));
        if is_score {
            return false;
        }
        if next.is_some_and(|c| {
            c.is_ascii_alphanumeric() || ":/%&=_·.-年月日号时点分秒周届期型系".contains(c) && !ends_clause(rest)
        }) || previous.is_some_and(|c| ":/-.#第图表附编码纬经".contains(c))
        {
            return false;
        }
        match last.style {
            Style::Arabic if last.is_weighty() => true,
            Style::Arabic => {
                let value = last.low.to_f64();
                let like_year = (1000.0..2100.0).contains(&value) && last.n_figures == 4;
                (2..=6).contains(&last.n_figures) && !like_year && !is_label(before, rest)
            }
            Style::Chinese => {
                let ends = next.is_none_or(|c| !c.is_alphanumeric() || c == '的');
                // 排名前三, and 九点九 at the end of what is said.
                let is_rank = NumberWords::bundled().rank(before);
                ends && (is_rank || last.low.printed_place() < 0) && last.form == Form::Plain
                    || last.magnitude >= 4 && last.n_figures > 1 && !is_round_word(self.text, last)
                    || last.n_figures > 2 && !last.is_positional
            }
        }
    }
}

/// 万, 千万, 亿 without a figure are words more often than numbers.
fn is_round_word(text: &str, number: &Number) -> bool {
    let words = number.span.slice(text);
    number.style == Style::Chinese && words.chars().all(|c| number::digit(c).is_none() && !c.is_ascii())
}

/// （1）, 1. and 1、 at the head of a line or item are labels.
fn is_label(before: &str, rest: &str) -> bool {
    let opens = before.is_empty() || before.ends_with(['（', '(', '[', '【', '、', '《', '“']);
    opens && rest.starts_with(['）', ')', ']', '】', '、', '.', '．', '》', '”'])
}

fn ends_clause(rest: &str) -> bool {
    let mut chars = rest.chars();
    chars.next() == Some('.') && chars.next().is_none_or(|c| !c.is_ascii_digit())
}
