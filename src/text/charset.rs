//! A set of characters that answers in one step, for questions asked of every character of a text.

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

    /// Whether `c` is one of them.
    pub fn contains(&self, c: char) -> bool {
        let code = c as usize;
        self.bits.get(code / 64).is_some_and(|word| word >> (code % 64) & 1 == 1)
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
}
