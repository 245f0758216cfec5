//! Shares and fractions: 百分之三, 一半, 过半, 三分之一, 3/4, 一又二分之一.

use super::{
    Form, Number, Style,
    arabic::arabic,
    builder::Cardinal,
    cardinal::cardinal,
    cursor::{Cursor, eat_sign},
};
use crate::{extract::quantity::decimal::Decimal, span::Span};

/// 百分之: 0; 千分之: −1; 万分之: −2.
pub(super) fn percent_head(cursor: &mut Cursor<'_>) -> Option<i32> {
    const HEADS: &[(&str, i32)] = &[
        ("百分之", 0),
        ("佰分之", 0),
        ("千分之", -1),
        ("仟分之", -1),
        ("万分之", -2),
        ("萬分之", -2),
        ("百万分之", -4),
        ("千万分之", -5),
        ("百万万分之", -8),
    ];
    let mut ahead = *cursor;
    if !matches!(ahead.peek(), Some('百' | '佰' | '千' | '仟' | '万' | '萬')) {
        return None;
    }
    let (_, places) = HEADS.iter().rev().find(|(word, _)| ahead.eat_word(word))?;
    *cursor = ahead;
    Some(*places)
}

/// 一半, 半数, 半百, and 半 before a unit.
pub(super) fn half(text: &str, at: usize, cursor: Cursor<'_>) -> Option<Number> {
    let mut cursor = cursor;
    let (low, form) = if cursor.eat_word("一半") || cursor.eat_word("半数") || cursor.eat_word("半數") {
        (Decimal::new(50, 0), Form::Percent)
    } else if cursor.eat_word("百分百") {
        (Decimal::new(100, 0), Form::Percent)
    } else if cursor.eat_word("半百") {
        (Decimal::new(50, 0), Form::Plain)
    } else if cursor.eat('半') {
        let over = text.get(..at).is_some_and(|before| before.ends_with(['过', '過', '近', '超']));
        if over { (Decimal::new(50, 0), Form::Percent) } else { (Decimal::new(5, -1), Form::Plain) }
    } else {
        return None;
    };
    let n_figures = if cursor.at - at > '半'.len_utf8() { 2 } else { 1 };
    Some(Number::exact(Span::new(at, cursor.at), low, Style::Chinese, n_figures, form))
}

/// 三分之一 and 3/4 behind the denominator or numerator that was read; 一又二分之一 behind its whole.
pub(super) fn fraction(cursor: &mut Cursor<'_>, first: &Cardinal) -> Option<Decimal> {
    let mut ahead = *cursor;
    ahead.blanks();
    let value = if ahead.eat_word("分之") {
        ahead.blanks();
        let negative = eat_sign(&mut ahead);
        let part = cardinal(&mut ahead)?;
        let share = divided(part.value.low, first.value.low)?;
        if negative { share.negated() } else { share }
    } else if ahead.eat('又') {
        ahead.blanks();
        let second = cardinal(&mut ahead)?;
        let share = fraction(&mut ahead, &second)?;
        first.value.low.plus(share)
    } else if first.style == Style::Arabic && cursor.peek() == Some('/') {
        ahead = *cursor;
        ahead.bump();
        let denominator = arabic(&mut ahead)?;
        // 2024/12/31 and a/b/c are no fractions.
        if ahead.peek().is_some_and(|c| c == '/' || c.is_ascii_alphanumeric()) {
            return None;
        }
        divided(first.value.low, denominator.value.low)?
    } else if first.style == Style::Arabic && cursor.peek() == Some(' ') {
        // 1 4/3
        let second = arabic(&mut ahead)?;
        if ahead.peek() != Some('/') {
            return None;
        }
        first.value.low.plus(fraction(&mut ahead, &second)?)
    } else {
        return None;
    };
    *cursor = ahead;
    Some(value)
}

fn divided(part: Decimal, whole: Decimal) -> Option<Decimal> {
    (!whole.is_zero()).then(|| Decimal::from_f64(part.to_f64() / whole.to_f64()))
}
