//! Seven-bit encodings that switch by escape sequences: HZ and the ISO 2022 family.

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
    (n_open > 0 && n_open.abs_diff(n(b"~}")) <= 1 && is_hz(bytes)).then(|| (hz(bytes), "HZ-GB-2312"))
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
