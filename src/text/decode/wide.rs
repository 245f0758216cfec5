//! UTF-32 and UTF-16 without a byte-order mark.

use super::guess;
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};

/// As many units are looked at.
const SAMPLE: usize = 32_768;
/// A text of no more bytes may have no marks.
const MAX_SHORT: usize = 64;

/// The text and the name of its encoding, if `bytes` are UTF-32 of either order.
pub(super) fn utf32(bytes: &[u8]) -> Option<(String, &'static str)> {
    // Bytes that are left over at the end were cut off. Every character has a byte of 0.
    if bytes.len() < 4 || memchr::memchr(0, bytes).is_none() {
        return None;
    }
    [(u32::from_le_bytes as fn([u8; 4]) -> u32, "UTF-32LE"), (u32::from_be_bytes, "UTF-32BE")]
        .into_iter()
        .find(|(read, _)| {
            let (mut n, mut n_good) = (0_usize, 0_usize);
            for unit in units(bytes).take(SAMPLE) {
                n += 1;
                n_good += usize::from(char::from_u32(read(unit)).is_some_and(is_plausible));
            }
            n_good * 100 >= n * 99
        })
        .and_then(|(read, name)| Some((from_utf32(bytes, read)?, name)))
}

fn units(bytes: &[u8]) -> impl Iterator<Item = [u8; 4]> {
    bytes.chunks_exact(4).filter_map(|unit| unit.try_into().ok())
}

/// Decodes UTF-32 read with `read`.
pub(super) fn from_utf32(bytes: &[u8], read: fn([u8; 4]) -> u32) -> Option<String> {
    let text: String =
        units(bytes).map(|unit| char::from_u32(read(unit)).unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
    Some(text)
}

/// The byte order, if `bytes` are UTF-16 without a mark: nearly all units are plausible, and clearly more than in the
/// other order.
pub(super) fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    // A byte that is left over at the end was cut off.
    if bytes.len() < 8 {
        return None;
    }
    // Each of the marks has one of these bytes, and UTF-8 has none of them.
    if memchr::memchr3(0, 1, 2, bytes).is_none() && memchr::memchr(0xFF, bytes).is_none() {
        return short_utf16(bytes);
    }
    let share = |read: fn([u8; 2]) -> u16| {
        let units = || bytes.chunks_exact(2).take(SAMPLE).filter_map(|unit| unit.try_into().ok()).map(read);
        let is_mark = |unit: u16| matches!(unit, 0xA | 0xD | 0x20..=0x7E | 0x3001 | 0x3002 | 0xFF0C);
        let is_good = |unit: u16| char::from_u32(u32::from(unit)).is_some_and(is_plausible);
        let n = units().count();
        // Pairs of bytes of another encoding fall among the han characters too, but hardly ever on a mark.
        if units().filter(|unit| is_mark(*unit)).count() * 50 < n {
            return 0;
        }
        units().filter(|unit| is_good(*unit)).count() * 100 / n.max(1)
    };
    let (le, be) = (share(u16::from_le_bytes), share(u16::from_be_bytes));
    match (le, be) {
        _ if le >= 95 && le > be + 3 => Some(UTF_16LE),
        _ if be >= 95 && be > le + 3 => Some(UTF_16BE),
        _ => short_utf16(bytes),
    }
}

/// A few units without any mark between them are UTF-16 where all are plausible and many of them the commonest
/// characters: other encodings, read so, give rare ones.
fn short_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    if bytes.len() > MAX_SHORT || !bytes.len().is_multiple_of(2) || std::str::from_utf8(bytes).is_ok() {
        return None;
    }
    let n = bytes.len() / 2;
    let n_common = |read: fn([u8; 2]) -> u16| {
        let chars = || {
            let units = bytes.chunks_exact(2).filter_map(|unit| unit.try_into().ok());
            units.map(move |unit| char::from_u32(u32::from(read(unit))).unwrap_or_default())
        };
        if chars().all(is_plausible) { chars().filter(|c| guess::is_common(*c)).count() } else { 0 }
    };
    let (le, be) = (n_common(u16::from_le_bytes), n_common(u16::from_be_bytes));
    match (le, be) {
        _ if le * 5 >= n * 2 && be == 0 => Some(UTF_16LE),
        _ if be * 5 >= n * 2 && le == 0 => Some(UTF_16BE),
        _ => None,
    }
}

/// The characters of Chinese, Japanese, Korean and Latin text.
fn is_plausible(c: char) -> bool {
    matches!(c,
        '\t' | '\n' | '\r' | ' '..='~' | '\u{a0}'..='\u{ff}' | '\u{2010}'..='\u{203b}' | '\u{2460}'..='\u{24ff}'
        | '\u{25a0}'..='\u{2606}' | '\u{3000}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7a3}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{2ffff}' | '\u{feff}')
}
