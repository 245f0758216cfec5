//! Beginnings of text in which no rule begins, remembered so that the automaton is not asked again.
//!
//! Nine places of ten where a rule might begin (中 of 中国, 3 of 3.6%) end within two or three characters, and they
//! are the same few thousand everywhere. Whether a rule begins there depends on nothing that stands before.

/// The first characters of what stands at a place.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Beginning {
    /// The characters in one number; 0 where the text has no such beginning.
    code: u64,
    /// How many bytes they are.
    pub n_bytes: usize,
}

impl Beginning {
    /// Guard `guard` with the character of three bytes that stands beside a finding.
    pub fn beside(guard: usize, bytes: Option<&[u8; 3]>) -> Self {
        let code = bytes.filter(|bytes| matches!(bytes, [0xE0..=0xEF, ..]) && guard < 0xFFFF).map(|bytes| han(*bytes));
        // Guards are counted from 1, so that the number is a pair's.
        code.map_or_else(Self::default, |code| Self { code: (guard as u64 + 1) << 16 | code, n_bytes: 3 })
    }
}

/// What is known of the place at byte `at`: two and three characters of three bytes each, or a number of few digits
/// with the character behind it.
pub fn beginnings(bytes: &[u8], at: usize) -> [Beginning; 2] {
    let rest = bytes.get(at..).unwrap_or_default();
    let (pair, behind) = match rest {
        [b'0'..=b'9', ..] => return [number(rest).unwrap_or_default(), Beginning::default()],
        [a @ 0xE0..=0xEF, b, c, d @ 0xE0..=0xEF, e, f, behind @ ..] => {
            (han([*a, *b, *c]) << 16 | han([*d, *e, *f]), behind)
        }
        _ => return [Beginning::default(); 2],
    };
    let three = match behind {
        [a @ 0xE0..=0xEF, b, c, ..] => Beginning { code: pair << 16 | han([*a, *b, *c]), n_bytes: 9 },
        _ => Beginning::default(),
    };
    [Beginning { code: pair, n_bytes: 6 }, three]
}

/// The character of these three bytes: below 2^16 and never 0.
fn han([a, b, c]: [u8; 3]) -> u64 {
    u64::from(a & 0xF) << 12 | u64::from(b & 0x3F) << 6 | u64::from(c & 0x3F)
}

/// The digits and the character behind them, where all are at most eight bytes: these, from the highest byte on, so
/// that the number is greater than that of any three characters.
fn number(bytes: &[u8]) -> Option<Beginning> {
    let n_digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let n_behind = match bytes.get(n_digits)? {
        0..0x80 => 1,
        0xC0..0xE0 => 2,
        0xE0..0xF0 => 3,
        _ => return None,
    };
    let n_bytes = n_digits + n_behind;
    let mut code = [0; 8];
    code.get_mut(..n_bytes)?.copy_from_slice(bytes.get(..n_bytes)?);
    Some(Beginning { code: u64::from_be_bytes(code), n_bytes })
}

/// Slots for pairs of characters, and as many bits of a hash.
const PAIR_BITS: u32 = 15;
/// Slots for all others.
const OTHER_BITS: u32 = 14;

/// A set that forgets: each beginning has one slot, and the last to come has it.
#[derive(Debug, Clone)]
pub struct DeadEnds {
    /// Most are pairs, which take half the room.
    pairs: Vec<u32>,
    others: Vec<u64>,
}

impl Default for DeadEnds {
    fn default() -> Self {
        Self { pairs: vec![0; 1 << PAIR_BITS], others: vec![0; 1 << OTHER_BITS] }
    }
}

impl DeadEnds {
    /// Whether `beginning` is known to lead nowhere.
    pub fn holds(&self, beginning: &Beginning) -> bool {
        match u32::try_from(beginning.code) {
            Ok(0) => false,
            Ok(pair) => self.pairs.get(slot(beginning.code, PAIR_BITS)) == Some(&pair),
            Err(_) => self.others.get(slot(beginning.code, OTHER_BITS)) == Some(&beginning.code),
        }
    }

    /// What `reading` says, and after how many bytes, unless it is known to say no here; a no that the first
    /// character tells is remembered.
    pub fn unless_failing(&mut self, beside: &Beginning, reading: impl FnOnce() -> (bool, usize)) -> bool {
        if self.holds(beside) {
            return false;
        }
        let (stands, n_read) = reading();
        if !stands && n_read <= beside.n_bytes {
            self.insert(beside);
        }
        stands
    }

    /// Remembers it.
    pub fn insert(&mut self, beginning: &Beginning) {
        if let Ok(pair) = u32::try_from(beginning.code) {
            self.pairs.get_mut(slot(beginning.code, PAIR_BITS)).into_iter().for_each(|slot| *slot = pair);
        } else {
            self.others.get_mut(slot(beginning.code, OTHER_BITS)).into_iter().for_each(|slot| *slot = beginning.code);
        }
    }
}

const fn slot(code: u64, n_bits: u32) -> usize {
    (code.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - n_bits)) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, n_bytes: [usize; 2]) {
        assert_eq!(beginnings(text.as_bytes(), 0).map(|beginning| beginning.n_bytes), n_bytes, "{text}");
    }

    #[test]
    fn beginnings_are_of_two_and_three_characters_or_a_number() {
        check("中国人民", [6, 9]);
        check("中国a", [6, 0]);
        check("3.6%", [2, 0]);
        check("2024年", [7, 0]);
        check("123456年", [0, 0]);
        check("12", [0, 0]);
    }

    #[test]
    fn what_leads_nowhere_is_remembered() {
        let mut dead = DeadEnds::default();
        let [pair, three] = beginnings("中国人".as_bytes(), 0);
        dead.insert(&three);
        assert!(dead.holds(&three) && !dead.holds(&pair) && !dead.holds(&Beginning::default()));
    }
}
