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

static BEGINNERS: LazyLock<CharSet> = LazyLock::new(|| {
    let all = ('\0'..='\u{FFFF}').filter(|&c| is_beginner(c));
    CharSet::of(&all.collect::<String>())
});

/// Whether a number may begin with `c`.
pub fn may_begin(c: char) -> bool {
    BEGINNERS.contains(c)
}

/// The next byte of `text` at or after `at` where a number may begin, and the character there.
pub fn next_beginner(text: &str, mut at: usize) -> Option<(usize, char)> {
    let set = &*BEGINNERS;
    let bytes = text.as_bytes();
    loop {
        let (code, len) = match *bytes.get(at)? {
            byte @ 0..0x80 => (u32::from(byte), 1),
            byte @ 0xE0..0xF0 => {
                let (second, third) = (*bytes.get(at + 1)?, *bytes.get(at + 2)?);
                (u32::from(byte & 0xF) << 12 | u32::from(second & 0x3F) << 6 | u32::from(third & 0x3F), 3)
            }
            // Characters of two or four bytes begin no number.
            _ => (0, 1),
        };
        if let Some(c) = char::from_u32(code).filter(|&c| set.contains(c)) {
            return Some((at, c));
        }
        at += len;
    }
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
    "壹贰貳叁參肆伍陆陸柒捌玖拾俩倆仟佰".contains(c)
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
