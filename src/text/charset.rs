//! A set of characters that answers in one step, for questions asked of every character of a text: whether it is one of
//! them, and where the next one stands. Whoever walks a whole text for a few characters walks it here.

/// Characters of the basic plane, one bit each.
#[derive(Debug, Clone)]
pub struct CharSet {
    bits: Box<[u64; 1024]>,
}

impl Default for CharSet {
    fn default() -> Self {
        Self { bits: Box::new([0; 1024]) }
    }
}

impl CharSet {
    /// The characters of `text`; those outside of the basic plane are left out.
    pub fn of(text: &str) -> Self {
        let mut bits = Box::new([0_u64; 1024]);
        for code in text.chars().map(|c| c as usize) {
            if let Some(word) = bits.get_mut(code / 64) {
                *word |= 1 << (code % 64);
            }
        }
        Self { bits }
    }

    /// The characters of the basic plane of which `is_one` says so.
    pub fn of_those(is_one: impl Fn(char) -> bool) -> Self {
        Self::of(&('\0'..='\u{FFFF}').filter(|&c| is_one(c)).collect::<String>())
    }

    /// The first byte of `text` from `at` on where one of them stands.
    pub fn find(&self, text: &str, at: usize) -> Option<usize> {
        let mut rest = text.as_bytes().get(at..)?;
        let is_one = |block: usize, low: u8| self.bits.get(block).is_some_and(|word| word >> (low & 0x3F) & 1 == 1);
        loop {
            // Nearly all of a Chinese text is characters of three bytes.
            while let [a @ 0xE0..0xF0, b, c, behind @ ..] = rest {
                if is_one(usize::from(a & 0xF) << 6 | usize::from(b & 0x3F), *c) {
                    return Some(text.len() - rest.len());
                }
                rest = behind;
            }
            let (is_here, behind) = match rest {
                [] => return None,
                [a @ 0..0x80, behind @ ..] => (is_one(usize::from(a >> 6), *a), behind),
                [a @ 0xC0..0xE0, b, behind @ ..] => (is_one(usize::from(a & 0x1F), *b), behind),
                // Beyond the basic plane none is.
                _ => (false, rest.get(4..)?),
            };
            if is_here {
                return Some(text.len() - rest.len());
            }
            rest = behind;
        }
    }

    /// Whether one of them stands in `text`.
    pub fn is_in(&self, text: &str) -> bool {
        self.find(text, 0).is_some()
    }

    /// Whether `c` is one of them.
    pub fn contains(&self, c: char) -> bool {
        let code = c as usize;
        self.bits.get(code / 64).is_some_and(|word| word >> (code % 64) & 1 == 1)
    }
}

/// How many bytes the character has in UTF-8 that begins with this one.
pub const fn char_len(first: u8) -> usize {
    match first {
        0..0xC0 => 1,
        0xC0..0xE0 => 2,
        0xE0..0xF0 => 3,
        _ => 4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_its_characters_are_in_it() {
        let set = CharSet::of("的了a");
        assert_eq!("的a在😀".chars().map(|c| set.contains(c)).collect::<Vec<_>>(), [true, true, false, false]);
    }

    #[test]
    fn the_next_one_is_found_whatever_stands_before_it() {
        let set = CharSet::of("桥é7");
        for (text, found) in [("a😀大桥", Some(8)), ("大é", Some(3)), ("大 7", Some(4)), ("大😀", None), ("", None)]
        {
            assert_eq!(set.find(text, 0), found, "{text}");
        }
        assert_eq!(set.find("桥7", 3), Some(3));
    }
}
