//! Arabic figures: 12,345.6, 9 300, 2e5.

use super::{
    Style,
    builder::{Cardinal, Vague},
    cursor::Cursor,
};
use crate::extract::quantity::{decimal::Decimal, figure::folded};

/// Arabic figures with thousands commas, a decimal point, an exponent: 12,345.6, 2e5, 2^5.
pub(super) fn arabic(cursor: &mut Cursor<'_>) -> Option<Cardinal> {
    let start = cursor.at;
    let mut value = Decimal::ZERO;
    let mut n_figures = 0;
    while let Some(c) = cursor.peek() {
        if let Some(figure) = c.to_digit(10) {
            value = value.with_digit(figure);
            n_figures += 1;
            cursor.bump();
        } else if c == ','
            && (1..=3).contains(&lead(n_figures))
            && next_is_thousand(*cursor)
            && comma_fits(*cursor, start)
            || c == ' ' && is_torn(*cursor, start, n_figures)
        {
            cursor.bump();
        } else {
            break;
        }
    }
    if cursor.peek().is_some_and(|c| c == '.' || (c == '·' && n_figures > 0))
        && cursor.second().is_some_and(|c| c.is_ascii_digit())
    {
        cursor.bump();
        while let Some(figure) = cursor.peek().and_then(|c| c.to_digit(10)) {
            value = value.with_digit(figure).shifted(-1);
            n_figures += 1;
            cursor.bump();
        }
    }
    if n_figures == 0 {
        cursor.at = start;
        return None;
    }
    let value = exponent(cursor, value);
    Some(Cardinal {
        value: Vague::sure(value),
        more: false,
        vague: false,
        style: Style::Arabic,
        figures_end: None,
        magnitude: 0,
        n_figures,
        is_positional: false,
        end: cursor.at,
    })
}

/// Whether the blank at the cursor, behind `n_figures` figures that begin at `start`, stands inside one number of running
/// text: 增加9 300人 (groups of three), 达1 1.2万人 (a scanner's blank). Figures of a table have no Chinese around them.
fn is_torn(cursor: Cursor<'_>, start: usize, n_figures: usize) -> bool {
    let is_han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c) && !"第图表附年月日号".contains(c);
    let before = cursor.text.get(..start).map(|text| text.strip_suffix(' ').unwrap_or(text)).unwrap_or_default();
    if !before.chars().next_back().is_some_and(is_han) {
        return false;
    }
    let Some(rest) = cursor.text.get(cursor.at..).and_then(|rest| rest.strip_prefix(' ')) else { return false };
    let n_behind = rest.chars().take_while(char::is_ascii_digit).count();
    let tail = rest.get(n_behind..).unwrap_or_default();
    let (is_point, tail) = match tail.strip_prefix('.') {
        Some(decimals) => (true, decimals.trim_start_matches(|c: char| c.is_ascii_digit())),
        None => (false, tail),
    };
    let goes_on = tail.chars().next().is_some_and(|c| is_han(c) || c == '%');
    let is_group = n_behind == 3 && (1..=3).contains(&n_figures);
    let is_split = n_figures == 1 && (1..=2).contains(&n_behind) && (is_point || tail.starts_with(['万', '亿']));
    goes_on && (is_group || is_split)
}

/// Figures since the last comma are not counted apart: 1,234,567 has its commas checked by [`next_is_thousand`].
const fn lead(n_figures: usize) -> usize {
    if n_figures > 3 { (n_figures - 1) % 3 + 1 } else { n_figures }
}

/// A full-width comma groups figures too (4，565家); but $20，300美元 are two sums.
fn comma_fits(cursor: Cursor<'_>, start: usize) -> bool {
    let before = cursor.text.get(..start).and_then(|text| text.chars().next_back());
    cursor.raw() == Some(',') || !before.is_some_and(|c| "$￥¥€£".contains(c))
}

/// Whether exactly three figures follow the comma.
fn next_is_thousand(cursor: Cursor<'_>) -> bool {
    let Some(rest) = cursor.text.get(cursor.at..) else { return false };
    let mut chars = rest.chars().skip(1).map(folded);
    let three = (0..3).all(|_| chars.next().is_some_and(|c| c.is_ascii_digit()));
    three && !chars.next().is_some_and(|c| c.is_ascii_digit())
}

/// 2e5, 2^5, 2.5^-1.
fn exponent(cursor: &mut Cursor<'_>, value: Decimal) -> Decimal {
    let mut ahead = *cursor;
    let is_power = ahead.eat('^');
    if !is_power && !ahead.eat('e') && !ahead.eat('E') {
        return value;
    }
    let mut negative = false;
    while let Some(c @ ('-' | '+')) = ahead.peek() {
        negative ^= c == '-';
        ahead.bump();
    }
    let mut power = 0i32;
    let mut n_figures = 0;
    while let Some(figure) = ahead.peek().and_then(|c| c.to_digit(10)) {
        power = power.saturating_mul(10).saturating_add(i32::try_from(figure).unwrap_or(0));
        n_figures += 1;
        ahead.bump();
    }
    if n_figures == 0 || n_figures > 3 || ahead.peek().is_some_and(|c| c.is_ascii_alphabetic()) {
        return value;
    }
    *cursor = ahead;
    let power = if negative { -power } else { power };
    if is_power { Decimal::from_f64(value.to_f64().powi(power)) } else { value.shifted(power) }
}
