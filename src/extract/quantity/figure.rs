//! The characters that numbers are written with, and what each is worth.

use crate::text::charset::CharSet;
use std::sync::LazyLock;

/// Full-width Latin characters as half-width ones; the rest unchanged.
pub fn folded(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '\u{3000}' | '\u{A0}' => ' ',
        // The sign of a ratio, as newspapers set scores.
        '∶' => ':',
        _ => c,
    }
}

static BEGINNERS: LazyLock<CharSet> = LazyLock::new(|| CharSet::of_those(is_beginner));

/// Whether a number may begin with `c`.
pub fn may_begin(c: char) -> bool {
    BEGINNERS.contains(c)
}

/// The next byte of `text` at or after `at` where a number may begin, and the character there.
pub fn next_beginner(text: &str, at: usize) -> Option<(usize, char)> {
    let at = BEGINNERS.find(text, at)?;
    Some((at, text.get(at..)?.chars().next()?))
}

fn is_beginner(c: char) -> bool {
    matches!(c, '0'..='9' | '０'..='９' | '.' | '．')
        || digit(c).is_some()
        || small_unit(c).is_some()
        || big_unit(c).is_some()
        || matches!(c, '几' | '幾' | '数' | '數' | '半')
}

/// 40k, 3M, 30w: the powers of ten of a Latin letter behind the figures.
pub fn latin_magnitude(c: char) -> Option<i32> {
    match folded(c) {
        'k' | 'K' => Some(3),
        'w' | 'W' => Some(4),
        'M' => Some(6),
        'G' => Some(9),
        _ => None,
    }
}

/// The value of a Chinese figure.
pub fn digit(c: char) -> Option<u32> {
    Some(match c {
        '零' | '〇' | '○' => 0,
        '一' | '壹' => 1,
        '二' | '两' | '兩' | '贰' | '貳' | '俩' | '倆' => 2,
        '三' | '叁' | '參' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' | '陸' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

/// Figures that are everyday words as well (陆地, 收拾); alone they are no numbers.
pub fn is_formal(c: char) -> bool {
    matches!(
        c,
        '壹' | '贰'
            | '貳'
            | '叁'
            | '參'
            | '肆'
            | '伍'
            | '陆'
            | '陸'
            | '柒'
            | '捌'
            | '玖'
            | '拾'
            | '俩'
            | '倆'
            | '仟'
            | '佰'
    )
}

/// 十 is 1, 百 2, 千 3: the place of a unit inside a section; 廿 and 卅 count tens themselves.
pub fn small_unit(c: char) -> Option<i32> {
    Some(match c {
        '十' | '拾' => 1,
        '百' | '佰' => 2,
        '千' | '仟' => 3,
        '廿' | '卅' => 1,
        _ => return None,
    })
}

/// 万 is 4, 亿 8, 兆 12.
pub fn big_unit(c: char) -> Option<i32> {
    Some(match c {
        '万' | '萬' => 4,
        '亿' | '億' => 8,
        '兆' => 12,
        _ => return None,
    })
}
