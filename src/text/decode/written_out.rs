//! Characters that programs and the post write out in ASCII: `\\u6865`, `&#x6865;`, `=E6=A1=A5`.
//!
//! Only where nobody else undoes them: pages have references and JSON has escapes of its own, and a text that only speaks
//! of such things stays as it is.

use super::guess;

/// Fewer characters written out are an example in a text.
const MIN_WIDE: usize = 4;

/// Whether somebody behind us reads these bytes as a format that has escapes of its own.
fn is_a_format(text: &str) -> bool {
    text.trim_start().starts_with(['{', '[', '<'])
}

/// The text, where it is nothing but ASCII and no such format.
fn ascii(bytes: &[u8]) -> Option<&str> {
    // Chinese text is told by its first byte or so.
    bytes.is_ascii().then(|| std::str::from_utf8(bytes).ok())?.filter(|text| !is_a_format(text))
}

/// The text with its escapes undone; `None` where there are too few of han characters, or other bytes than ASCII.
pub(super) fn escaped(bytes: &[u8]) -> Option<String> {
    let text = ascii(bytes)?;
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['\\', '&']) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        match unit(from) {
            Some((c, len)) if !c.is_ascii() => {
                out.push(c);
                rest = from.get(len..)?;
            }
            _ => {
                out.push_str(from.get(..1)?);
                rest = from.get(1..)?;
            }
        }
    }
    out.push_str(rest);
    is_chinese(&out).then_some(out)
}

/// The character at the begin, and how many bytes it takes: `\\u6865`, two halves `\\ud842\\udfb7`, `&#x6865;`, `&#26725;`.
fn unit(text: &str) -> Option<(char, usize)> {
    if let Some(number) = text.strip_prefix("&#") {
        let end = number.get(..number.len().min(9))?.find(';')?;
        let digits = number.get(..end)?;
        let code = match digits.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => digits.parse().ok()?,
        };
        return Some((char::from_u32(code)?, end + 3));
    }
    let four = |text: &str| u16::from_str_radix(text.strip_prefix("\\u")?.get(..4)?, 16).ok();
    let first = four(text)?;
    match char::decode_utf16([first]).next()? {
        Ok(c) => Some((c, 6)),
        Err(_) => Some((char::decode_utf16([first, four(text.get(6..)?)?]).next()?.ok()?, 12)),
    }
}

/// The bytes that `=E6=A1=A5` stands for, with lines put together that end in `=`; `None` where these are not most of
/// what is marked by `=`, or no han characters.
pub(super) fn quoted(bytes: &[u8]) -> Option<Vec<u8>> {
    let text = ascii(bytes)?;
    let mut out = Vec::with_capacity(bytes.len());
    let (mut n_quoted, mut n_other) = (0, 0);
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let hex = |two: Option<&[u8]>| u8::from_str_radix(std::str::from_utf8(two?).ok()?, 16).ok();
        match (first, after, hex(after.get(..2))) {
            (b'=', _, Some(byte)) => {
                n_quoted += usize::from(!byte.is_ascii());
                out.push(byte);
                rest = after.get(2..)?;
            }
            (b'=', [b'\r', b'\n', next @ ..] | [b'\n', next @ ..], _) => rest = next,
            _ => {
                n_other += usize::from(first == b'=');
                out.push(first);
                rest = after;
            }
        }
    }
    let is_quoted = n_quoted >= 2 * MIN_WIDE && n_other * 20 <= n_quoted;
    let is_wide = || match std::str::from_utf8(&out) {
        Ok(text) => is_chinese(text),
        Err(_) => is_chinese(&guess::encoding(&out).decode_without_bom_handling(&out).0),
    };
    (is_quoted && is_wide()).then_some(out)
}

/// Whether several characters beyond ASCII are there and most of them are han, or stand between han.
fn is_chinese(text: &str) -> bool {
    let n_wide = text.chars().filter(|c| !c.is_ascii()).count();
    n_wide >= MIN_WIDE && text.chars().filter(|c| *c >= '\u{2e80}').count() * 2 > n_wide
}
