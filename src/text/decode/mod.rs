//! Any encoding → text.
//!
//! The order is that of certainty: byte-order marks; UTF-32 and UTF-16 by the share of plausible characters; escape
//! sequences (HZ, ISO 2022); strict UTF-8; UTF-8 with a few faults; then statistics on a sample.

mod escape;
mod guess;
mod wide;
mod written_out;

use crate::{text::Source, warn::Reporter};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use sha2::{Digest as _, Sha256};

/// The bytes are no text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// Too many NULs and control characters for a text in any encoding.
    #[error("this is no text: {share} % of its bytes are control characters")]
    Binary {
        /// Per cent of control bytes.
        share: u32,
    },
}

/// Decodes `bytes`, guessing the encoding; `path` is kept for messages and the result.
///
/// # Errors
/// [`DecodeError::Binary`] where the bytes are no text. Everything else is decoded as well as can be, and what
/// was lost is told to `reporter`.
pub fn decode(path: &str, bytes: &[u8], reporter: &mut Reporter) -> Result<Source, DecodeError> {
    let found = decoded(bytes)?;
    Ok(told(path, bytes, found, reporter))
}

/// Decodes `bytes` in an encoding that is known (a page says so, the user chose it); a byte-order mark is left out.
pub fn decode_as(path: &str, bytes: &[u8], encoding: &'static Encoding, reporter: &mut Reporter) -> Source {
    let rest = match Encoding::for_bom(bytes) {
        Some((mark, n)) if mark == encoding => bytes.get(n..).unwrap_or_default(),
        _ => bytes,
    };
    told(path, bytes, plain(encoding, rest), reporter)
}

/// The encodings that a reader may choose by hand where a text was guessed wrong, by their WHATWG names, the likeliest
/// first.
pub const CHOICES: &[&str] = &[
    "UTF-8",
    "gb18030",
    "Big5",
    "UTF-16LE",
    "UTF-16BE",
    "Shift_JIS",
    "EUC-JP",
    "ISO-2022-JP",
    "EUC-KR",
    "windows-1252",
];

/// The encoding of this name.
pub fn encoding_named(name: &str) -> Option<&'static Encoding> {
    Encoding::for_label(name.as_bytes())
}

/// What was lost in decoding is told.
fn told(path: &str, bytes: &[u8], found: Decoded, reporter: &mut Reporter) -> Source {
    let Decoded { mut text, encoding, note } = found;
    // Marks in the middle come from files that were put one behind the other.
    if text.contains('\u{feff}') {
        text.retain(|c| c != '\u{feff}');
    }
    if let Some(before) = guess::ungarbled(&text) {
        reporter.whole("encoding", "the text had been read once as Latin-1, and saved so; it was put right");
        text = before;
    }
    if let Some(note) = note {
        reporter.whole("encoding", note);
    }
    if let Some(guess) = guess::garbled(&text) {
        reporter.whole("encoding", format!("the text seems to have been read once as {guess}, and saved so"));
    }
    let n_lost = memchr::memmem::find_iter(text.as_bytes(), "\u{FFFD}").count();
    if n_lost > 0 {
        reporter.whole("encoding", format!("{n_lost} characters could not be decoded as {encoding}"));
    }
    Source { path: path.to_owned(), text, encoding, sha256: checksum(bytes) }
}

struct Decoded {
    text: String,
    encoding: String,
    note: Option<String>,
}

impl Decoded {
    fn new(text: String, encoding: &str) -> Self {
        Self { text, encoding: encoding.to_owned(), note: None }
    }
}

fn decoded(bytes: &[u8]) -> Result<Decoded, DecodeError> {
    if let Some(found) = by_mark(bytes) {
        return Ok(found);
    }
    if let Some((text, name)) = wide::utf32(bytes) {
        return Ok(Decoded::new(text, name));
    }
    if let Some(encoding) = wide::utf16(bytes) {
        return Ok(plain(encoding, bytes));
    }
    refuse_binary(bytes)?;
    if let Some((text, name)) = escape::decode(bytes) {
        return Ok(Decoded::new(text, name));
    }
    if let Some(bytes) = written_out::quoted(bytes) {
        return Ok(Decoded { encoding: "quoted-printable".to_owned(), ..decoded(&bytes)? });
    }
    if let Some(text) = written_out::escaped(bytes) {
        return Ok(Decoded::new(text, "escapes"));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(Decoded::new(text.to_owned(), UTF_8.name()));
    }
    if let Some(text) = from_cesu8(bytes) {
        let note = "rare characters were written as two halves (CESU-8) and put together".to_owned();
        return Ok(Decoded { text, encoding: UTF_8.name().to_owned(), note: Some(note) });
    }
    if is_nearly_utf8(bytes) {
        return Ok(plain(UTF_8, bytes));
    }
    if let Some((text, encoding)) = by_lines(bytes) {
        let note = format!("some of it is UTF-8 and some {}; each was decoded by itself", encoding.name());
        return Ok(Decoded { text, encoding: encoding.name().to_owned(), note: Some(note) });
    }
    Ok(plain(guess::encoding(bytes), bytes))
}

fn plain(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    Decoded::new(text.into_owned(), encoding.name())
}

/// By a byte-order mark, which is no part of the text.
fn by_mark(bytes: &[u8]) -> Option<Decoded> {
    if let Some(rest) = bytes.strip_prefix(&[0xff, 0xfe, 0, 0]) {
        return wide::from_utf32(rest, u32::from_le_bytes).map(|text| Decoded::new(text, "UTF-32LE"));
    }
    if let Some(rest) = bytes.strip_prefix(&[0, 0, 0xfe, 0xff]) {
        return wide::from_utf32(rest, u32::from_be_bytes).map(|text| Decoded::new(text, "UTF-32BE"));
    }
    if let Some(rest) = bytes.strip_prefix(&[0x84, 0x31, 0x95, 0x33]) {
        return Some(plain(encoding_rs::GB18030, rest));
    }
    let (encoding, n) = Encoding::for_bom(bytes)?;
    let rest = bytes.get(n..).unwrap_or_default();
    let is_wide = encoding == UTF_16LE || encoding == UTF_16BE;
    if !is_wide || rest.len() % 2 == 0 || rest.len() > 64 { Some(plain(encoding, rest)) } else { None }
}

/// Texts hold some stray control characters; more than this per cent is something else.
const MAX_CONTROL_SHARE: u32 = 8;

fn refuse_binary(bytes: &[u8]) -> Result<(), DecodeError> {
    let is_control =
        |b: &u8| *b < 0x20 && !matches!(*b, b'\t' | b'\n' | b'\r' | 0x0c | 0x0e | 0x0f | 0x1b) || *b == 0x7f;
    // Counted in bytes, as many at a time as one byte can count, which the processor does side by side.
    let n_control: usize =
        bytes.chunks(255).map(|some| usize::from(some.iter().map(|b| u8::from(is_control(b))).sum::<u8>())).sum();
    let share = u32::try_from(n_control * 100 / bytes.len().max(1)).unwrap_or(100);
    if share > MAX_CONTROL_SHARE { Err(DecodeError::Binary { share }) } else { Ok(()) }
}

/// UTF-8 in which characters beyond U+FFFF stand as two surrogates of three bytes each, as some databases write it;
/// `None` where that is not what is wrong with `bytes`.
fn from_cesu8(bytes: &[u8]) -> Option<String> {
    let first_fault = bytes.utf8_chunks().find(|chunk| !chunk.invalid().is_empty())?;
    first_fault.invalid().starts_with(&[0xed]).then_some(())?;
    let mut mended = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((&first, after)) = rest.split_first() {
        if let [0xed, a @ 0xa0..=0xaf, b @ 0x80..=0xbf, 0xed, c @ 0xb0..=0xbf, d @ 0x80..=0xbf, others @ ..] = rest {
            let high = (u32::from(a & 0x0f) << 6) | u32::from(b & 0x3f);
            let low = (u32::from(c & 0x0f) << 6) | u32::from(d & 0x3f);
            let c = char::from_u32(0x1_0000 + (high << 10) + low)?;
            mended.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
            rest = others;
        } else {
            mended.push(first);
            rest = after;
        }
    }
    (mended.len() < bytes.len()).then(|| String::from_utf8(mended).ok())?
}

/// Whether the faults in a UTF-8 text are so few that it is one: cut off, or damaged in places.
fn is_nearly_utf8(bytes: &[u8]) -> bool {
    let (mut n_faults, mut n_wide) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        n_wide += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        n_faults += usize::from(!chunk.invalid().is_empty());
    }
    n_wide >= 4 && n_faults * 20 <= n_wide
}

/// Files pasted together from UTF-8 and another encoding, line by line or within a line; `None` where hardly anything is
/// UTF-8.
fn by_lines(bytes: &[u8]) -> Option<(String, &'static Encoding)> {
    let of = |piece: &Piece| bytes.get(piece.from..piece.to).unwrap_or_default();
    let wide = |piece: &Piece| of(piece).iter().filter(|b| !b.is_ascii()).count();
    let mut pieces = pieces(bytes);
    let n_all: usize = pieces.iter().map(wide).sum();
    let n_utf8: usize = pieces.iter().filter(|piece| piece.is_utf8).map(wide).sum();
    if n_utf8 < 12 || n_utf8 * 20 < n_all {
        return None;
    }
    let others = pieces.iter().filter(|piece| !piece.is_utf8).flat_map(|piece| of(piece).iter().copied());
    let other = guess::encoding(&others.collect::<Vec<u8>>());
    give_halves_back(bytes, &mut pieces, other);
    let mut text = String::with_capacity(bytes.len());
    for piece in &pieces {
        match std::str::from_utf8(of(piece)) {
            Ok(of_piece) if piece.is_utf8 => text.push_str(of_piece),
            _ => text.push_str(&other.decode_without_bom_handling(of(piece)).0),
        }
    }
    Some((text, other))
}

/// Bytes that stand together and are UTF-8, or are not.
#[derive(Debug, Clone, Copy)]
struct Piece {
    from: usize,
    to: usize,
    is_utf8: bool,
}

/// So many characters of three bytes in a row are UTF-8: in another encoding that happens once in millions.
const MIN_RUN: usize = 3;

/// A text in pieces: lines that are UTF-8, and of the others the runs of several han characters that are.
fn pieces(bytes: &[u8]) -> Vec<Piece> {
    let mut found = Vec::new();
    let mut begin = 0;
    for line in bytes.split_inclusive(|&b| b == b'\n') {
        let end = begin + line.len();
        let (mut from, mut at) = (begin, begin);
        if std::str::from_utf8(line).is_ok() {
            found.push(Piece { from, to: end, is_utf8: true });
            (from, at) = (end, end);
        }
        while at < end {
            let (len, n_wide) = run(bytes.get(at..end).unwrap_or_default());
            if n_wide >= MIN_RUN {
                found.push(Piece { from, to: at, is_utf8: false });
                found.push(Piece { from: at, to: at + len, is_utf8: true });
                from = at + len;
            }
            at += len.max(1);
        }
        found.push(Piece { from, to: end, is_utf8: false });
        begin = end;
    }
    found.retain(|piece| piece.from < piece.to);
    found
}

/// The other encoding writes pairs of bytes: where half of one is left over, a character at the edge of the run beside it
/// is the other half and one more pair, which only look like UTF-8 together.
fn give_halves_back(bytes: &[u8], pieces: &mut [Piece], other: &'static Encoding) {
    let is_whole = |from: usize, to: usize| {
        let piece = bytes.get(from..to).unwrap_or_default();
        other.decode_without_bom_handling_and_without_replacement(piece).is_some()
    };
    let is_three = |at: usize| bytes.get(at).is_some_and(|byte| byte & 0xf0 == 0xe0);
    for idx in 0..pieces.len() {
        let Some(&Piece { from, to, is_utf8: false }) = pieces.get(idx) else { continue };
        if is_whole(from, to) {
            continue;
        }
        let before = idx.checked_sub(1).and_then(|idx| pieces.get(idx)).filter(|run| run.is_utf8 && run.to == from);
        let before = before.is_some_and(|run| run.to - run.from > 3 && is_three(from - 3));
        let behind = pieces.get(idx + 1).filter(|run| run.is_utf8 && run.from == to);
        let behind = behind.is_some_and(|run| run.to - run.from > 3 && is_three(to));
        let (left, right) = (if before { 3 } else { 0 }, if behind { 3 } else { 0 });
        let tries = [(0, right), (left, 0), (left, right)];
        let Some((left, right)) = tries.into_iter().find(|(left, right)| is_whole(from - left, to + right)) else {
            continue;
        };
        if let Some(piece) = pieces.get_mut(idx) {
            (piece.from, piece.to) = (from - left, to + right);
        }
        if let Some(run) = idx.checked_sub(1).and_then(|idx| pieces.get_mut(idx)).filter(|_| left > 0) {
            run.to -= left;
        }
        if let Some(run) = pieces.get_mut(idx + 1).filter(|_| right > 0) {
            run.from += right;
        }
    }
}

/// How many bytes from the begin are characters of three or four bytes in UTF-8 and ASCII between them, and how many of
/// the former there are. Two bytes say nothing: half of GBK looks so.
fn run(bytes: &[u8]) -> (usize, usize) {
    let valid = bytes.utf8_chunks().next().map_or("", |chunk| chunk.valid());
    let mut n_wide = 0;
    let mut end = 0;
    for (at, c) in valid.char_indices() {
        match c.len_utf8() {
            3 | 4 => (n_wide, end) = (n_wide + 1, at + c.len_utf8()),
            1 if n_wide > 0 => {}
            _ => break,
        }
    }
    (end, n_wide)
}

/// SHA-256 of `bytes`, lower-case hexadecimal: what ties findings to a file.
pub fn checksum(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    let mut hex = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        // Writing to a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}

#[cfg(test)]
mod tests;
