//! A cardinal in any mixture of figures and units, one token after the other: 3万5千, 一千零3十, 两个亿.

use super::{
    builder::{Builder, Cardinal},
    cursor::Cursor,
};
use crate::extract::quantity::figure::{big_unit, digit, small_unit};

/// A cardinal in any mixture of figures and units.
pub(super) fn cardinal(cursor: &mut Cursor<'_>) -> Option<Cardinal> {
    cardinal_of(cursor, false)
}

/// The same; behind 百分之 a mark between Chinese figures can only be the decimal point.
pub(super) fn cardinal_of(cursor: &mut Cursor<'_>, is_share: bool) -> Option<Cardinal> {
    let mut builder = Builder::new(is_share);
    loop {
        let mut ahead = *cursor;
        if builder.n_tokens > 0 {
            ahead.blanks_inside();
        }
        if !builder.step(&mut ahead) {
            break;
        }
        builder.n_tokens += 1;
        *cursor = ahead;
    }
    builder.finish(cursor.at)
}

impl Builder {
    /// Reads one token; `false` where the number ends.
    fn step(&mut self, cursor: &mut Cursor<'_>) -> bool {
        let Some(c) = cursor.peek() else { return false };
        if let Some(places) = big_unit(c) {
            return self.big(cursor, places);
        }
        if let Some(place) = small_unit(c) {
            return self.small(cursor, c, place);
        }
        if matches!(c, '多' | '余' | '餘' | '来' | '來' | '几' | '幾' | '数' | '數') {
            return self.vague_word(cursor, c);
        }
        if matches!(c, '个' | '個') {
            return self.counted_yi(cursor);
        }
        if self.closed {
            return false;
        }
        if c.is_ascii_digit() || (c == '.' && self.n_tokens == 0) {
            return self.figures(cursor);
        }
        if digit(c).is_some() {
            return self.chinese_figures(cursor);
        }
        if matches!(c, '点' | '點') || matches!(c, '.' | '．' | '·' | '・' | '‧') && self.takes_mark(c, *cursor)
        {
            return self.point(cursor);
        }
        false
    }
}
