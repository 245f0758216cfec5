//! Seven-bit encodings that switch by escape sequences: HZ, the ISO 2022 family, and UTF-7.

use encoding_rs::{EUC_JP, EUC_KR, Encoding, GBK};

/// The text and the name of its encoding, if `bytes` are seven-bit and hold such switches.
pub(super) fn decode(bytes: &[u8]) -> Option<(String, &'static str)> {
    if bytes.iter().any(|b| !b.is_ascii()) {
        return None;
    }
    let n = |needle: &[u8]| memchr::memmem::find_iter(bytes, needle).count();
    if memchr::memmem::find(bytes, b"\x1b$").is_some() {
        return Some((iso_2022(bytes), "ISO-2022"));
    }
    let n_open = n(b"~{");
    if let Some(text) = utf_7(bytes) {
        return Some((text, "UTF-7"));
    }
    (n_open > 0 && n_open.abs_diff(n(b"~}")) <= 1 && is_hz(bytes)).then(|| (hz(bytes), "HZ-GB-2312"))
}

/// Han characters stand as `+` and Base64 of their UTF-16; `None` where a run is anything else.
fn utf_7(bytes: &[u8]) -> Option<String> {
    let mut text = String::new();
    let mut n_han = 0;
    let mut rest = bytes;
    while let Some(at) = memchr::memchr(b'+', rest) {
        let (plain, run) = rest.split_at(at);
        text.push_str(std::str::from_utf8(plain).ok()?);
        let run = run.get(1..)?;
        let len = run.iter().position(|b| sextet(*b).is_none()).unwrap_or(run.len());
        let (run, after) = run.split_at(len);
        rest = after.strip_prefix(b"-").unwrap_or(after);
        if run.is_empty() {
            // `+-` is a plus; one alone is none of UTF-7.
            after.starts_with(b"-").then(|| text.push('+'))?;
            continue;
        }
        let mut units = Vec::with_capacity(run.len() * 3 / 8);
        let (mut bits, mut n_bits) = (0_u32, 0);
        for six in run.iter().filter_map(|b| sextet(*b)) {
            (bits, n_bits) = (bits << 6 | u32::from(six), n_bits + 6);
            if n_bits >= 16 {
                n_bits -= 16;
                units.push(u16::try_from(bits >> n_bits & 0xffff).ok()?);
                bits &= (1 << n_bits) - 1;
            }
        }
        let decoded = String::from_utf16(&units).ok().filter(|decoded| bits == 0 && !decoded.is_empty())?;
        // What need not be encoded hardly ever is; a run that gives it is a word behind a plus.
        decoded.chars().all(|c| !c.is_ascii_alphanumeric()).then_some(())?;
        n_han += decoded.chars().filter(|c| *c >= '\u{2e80}').count();
        text.push_str(&decoded);
    }
    text.push_str(std::str::from_utf8(rest).ok()?);
    (n_han >= 2).then_some(text)
}

/// The six bits that a letter of Base64 stands for.
const fn sextet(byte: u8) -> Option<u8> {
    match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    }
}

/// Whether what stands between `~{` and `~}` are pairs of bytes in the range of GB 2312.
fn is_hz(bytes: &[u8]) -> bool {
    let Some(start) = memchr::memmem::find(bytes, b"~{") else { return false };
    let inside = bytes.get(start + 2..).unwrap_or_default();
    let end = memchr::memmem::find(inside, b"~}").unwrap_or(inside.len());
    let inside = inside.get(..end).unwrap_or_default();
    inside.len() >= 2 && inside.len() % 2 == 0 && inside.iter().all(|b| (0x21..=0x77).contains(b) || *b == 0x7e)
}

fn hz(bytes: &[u8]) -> String {
    let mut out = Out::default();
    let mut set = None;
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        match (byte, bytes.get(at + 1)) {
            (b'~', Some(b'{')) => (set, at) = (Some(GBK), at + 2),
            (b'~', Some(b'}')) => (set, at) = (None, at + 2),
            (b'~', Some(b'~')) => {
                out.push(None, b"~");
                at += 2;
            }
            (b'~', Some(b'\n')) => at += 2,
            (b'\n', _) => {
                set = None;
                out.push(None, b"\n");
                at += 1;
            }
            _ => at += out.next(set, bytes, at),
        }
    }
    out.finish()
}

/// Which set an ISO 2022 sequence designates, its length, and whether it is G1 (shifted to by SO).
fn designation(rest: &[u8]) -> Option<(Option<&'static Encoding>, usize, bool)> {
    Some(match rest {
        [0x1b, b'$', b'A', ..] => (Some(GBK), 3, false),
        [0x1b, b'$', b'B' | b'@', ..] => (Some(EUC_JP), 3, false),
        [0x1b, b'$', b'(', b'C', ..] => (Some(EUC_KR), 4, false),
        [0x1b, b'$', b')', b'A', ..] => (Some(GBK), 4, true),
        [0x1b, b'$', b')', b'C', ..] => (Some(EUC_KR), 4, true),
        [0x1b, b'(', _, ..] => (None, 3, false),
        _ => return None,
    })
}

fn iso_2022(bytes: &[u8]) -> String {
    let mut out = Out::default();
    let (mut g0, mut g1, mut is_shifted) = (None, None, false);
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if let Some((set, len, is_g1)) = designation(bytes.get(at..).unwrap_or_default()) {
            if is_g1 {
                g1 = set
            } else {
                g0 = set
            }
            at += len;
            continue;
        }
        match byte {
            0x0e => (is_shifted, at) = (true, at + 1),
            0x0f => (is_shifted, at) = (false, at + 1),
            _ => at += out.next(if is_shifted { g1 } else { g0 }, bytes, at),
        }
    }
    out.finish()
}

/// Gathers bytes of one set and decodes them together.
#[derive(Default)]
struct Out {
    text: String,
    set: Option<&'static Encoding>,
    bytes: Vec<u8>,
}

impl Out {
    /// Takes the next character: a pair of bytes in a set, one byte of ASCII else. Returns how many bytes.
    fn next(&mut self, set: Option<&'static Encoding>, bytes: &[u8], at: usize) -> usize {
        match (set, bytes.get(at), bytes.get(at + 1)) {
            (Some(set), Some(&a @ 0x21..=0x7e), Some(&b @ 0x21..=0x7e)) => {
                self.push(Some(set), &[a | 0x80, b | 0x80]);
                2
            }
            (_, Some(&byte), _) => {
                self.push(None, &[byte]);
                1
            }
            _ => 1,
        }
    }

    fn push(&mut self, set: Option<&'static Encoding>, bytes: &[u8]) {
        if self.set != set {
            self.flush();
            self.set = set;
        }
        self.bytes.extend_from_slice(bytes);
    }

    fn flush(&mut self) {
        let set = self.set.unwrap_or(encoding_rs::UTF_8);
        self.text.push_str(&set.decode_without_bom_handling(&self.bytes).0);
        self.bytes.clear();
    }

    fn finish(mut self) -> String {
        self.flush();
        self.text
    }
}
