//! Where a number may begin: not inside words (一带一路), codes (G20), versions (3.15.2) or paths; and where its sign does.

use super::{Scanner, words::NumberWords};
use crate::extract::quantity::number::{self, folded};

impl Scanner<'_> {
    /// The length of the trap word at `at`; 一点 is none in 一点四.
    pub(super) fn trap(&self, at: usize) -> Option<usize> {
        let rest = self.rest(at);
        let (length, ()) = self.lexicon.traps.longest(rest)?;
        let next = rest.get(length..).and_then(|tail| tail.chars().next());
        let is_point = rest.get(..length).is_some_and(|word| word.ends_with('点'))
            && next.is_some_and(|c| number::digit(c).is_some());
        (!is_point).then_some(length)
    }

    /// Where a sign before `at` begins; `at` where there is none.
    pub(super) fn sign_start(&self, at: usize, before: &str) -> usize {
        let trimmed = before.trim_end_matches(' ');
        if self.floor > 0 && trimmed.chars().count() == 1 {
            return at;
        }
        let Some(sign) = trimmed.chars().next_back() else { return at };
        let start = self.floor + trimmed.len() - sign.len_utf8();
        let ahead = trimmed.get(..trimmed.len() - sign.len_utf8()).unwrap_or_default();
        match folded(sign) {
            '负' => start,
            '的' if ahead.ends_with('负') => start - '负'.len_utf8(),
            '-' | '−' if trimmed.len() == before.len() || self.floor == 0 && ahead.is_empty() => {
                let joins =
                    ahead.chars().next_back().map(folded).is_some_and(|c| c.is_alphanumeric() || "-)）".contains(c));
                let verb = NumberWords::bundled().take_sign(ahead);
                if joins && !verb { at } else { start }
            }
            _ => at,
        }
    }
}

/// Whether a short text is nothing but figures and marks: 1, 234, 五点八.
pub(super) fn is_figures(text: &str) -> bool {
    text.len() < 128 && text.chars().all(|c| number::may_begin(c) || !c.is_alphanumeric() || "点".contains(c))
}

/// Whether a Latin letter, figure or joining mark before the figures makes them part of a name or code.
pub(super) fn glued(previous: char, before: &str) -> bool {
    // 12.3亿元/15.6亿元: behind a unit the slash only stands between two.
    let is_han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    if previous == '/' && before.chars().rev().nth(1).is_some_and(is_han) {
        return false;
    }
    if previous.is_ascii_digit() || "%=&_/\\#@.".contains(previous) {
        return !before.is_empty();
    }
    if previous == '-' {
        let mut ahead = before.chars().rev().skip(1);
        return ahead.next().is_some_and(|c| c.is_ascii_alphanumeric());
    }
    // US$20, RMB800: the currency is asked first by its own letters.
    previous.is_ascii_alphabetic()
        && !["USD", "RMB", "CNY", "HKD", "EUR", "GBP", "JPY", "RM"].iter().any(|name| before.ends_with(name))
}

/// Behind a refused code (G20, v1.2.3): on to the end of its letters and figures.
pub(super) fn skip_ascii(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let length: usize = rest
        .chars()
        .take_while(|&c| {
            folded(c).is_ascii_alphanumeric() || matches!(folded(c), '.' | '-' | '/' | '_' | '%' | '&' | '=')
        })
        .map(char::len_utf8)
        .sum();
    at + length.max(rest.chars().next().map_or(1, char::len_utf8))
}

/// The length of a version or address (3.15.2, 10.0.0.1), which is no decimal.
pub(super) fn dotted_chain(rest: &str) -> Option<usize> {
    let length = rest.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'.').count();
    let parts = rest.get(..length)?.trim_end_matches('.').split('.');
    (parts.clone().count() > 2 && parts.clone().all(|part| !part.is_empty())).then_some(length)
}

/// Whether the trap word is figures throughout (千万): the walk goes on behind it either way.
pub(super) fn digits_only(text: &str, at: usize, length: usize) -> bool {
    text.get(at..at + length).unwrap_or_default().chars().all(number::may_begin)
}
