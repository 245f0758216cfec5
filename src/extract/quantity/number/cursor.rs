//! A position in the text that moves forward, over blanks and signs.

use crate::extract::quantity::figure::{big_unit, digit, folded, small_unit};

/// A position that moves forward.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cursor<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
}

impl Cursor<'_> {
    pub(super) fn peek(self) -> Option<char> {
        self.text.get(self.at..)?.chars().next().map(folded)
    }

    pub(super) fn raw(self) -> Option<char> {
        self.text.get(self.at..)?.chars().next()
    }

    pub(super) fn second(self) -> Option<char> {
        self.text.get(self.at..)?.chars().nth(1).map(folded)
    }

    pub(super) fn bump(&mut self) {
        self.at += self.raw().map_or(0, char::len_utf8);
    }

    pub(super) fn eat(&mut self, c: char) -> bool {
        let is = self.peek() == Some(c);
        if is {
            self.bump();
        }
        is
    }

    /// Eats `word` where it stands here, blanks allowed between its characters.
    pub(super) fn eat_word(&mut self, word: &str) -> bool {
        let mut ahead = *self;
        for (idx, c) in word.chars().enumerate() {
            if idx > 0 {
                ahead.blanks();
            }
            if !ahead.eat(c) {
                return false;
            }
        }
        *self = ahead;
        true
    }

    pub(super) fn blanks(&mut self) {
        while self.peek() == Some(' ') {
            self.bump();
        }
    }

    /// Steps over blanks where a Chinese numeral goes on behind them (三千 八百).
    pub(super) fn blanks_inside(&mut self) {
        let mut ahead = *self;
        ahead.blanks();
        let is_part =
            ahead.peek().is_some_and(|c| c.is_ascii_digit()) && ahead.second().is_some_and(|c| small_unit(c).is_some());
        let goes_on = is_part
            || ahead.peek().is_some_and(|c| {
                digit(c).is_some()
                    || small_unit(c).is_some()
                    || big_unit(c).is_some()
                    || matches!(c, '点' | '點' | '余' | '餘' | '多' | '几' | '幾')
            });
        if goes_on {
            *self = ahead;
        }
    }
}

/// 负, 負, 零下, − and the hyphens where nothing that they could join stands before (the caller checks).
pub(super) fn eat_sign(cursor: &mut Cursor<'_>) -> bool {
    let mut ahead = *cursor;
    let negative;
    if ahead.eat_word("零下") || ahead.eat('负') || ahead.eat('負') {
        ahead.eat('的');
        negative = true;
    } else if ahead.peek().is_some_and(|c| "-−".contains(c)) {
        ahead.bump();
        negative = true;
    } else if ahead.eat('+') {
        negative = false;
    } else {
        return false;
    }
    ahead.blanks();
    *cursor = ahead;
    negative
}
