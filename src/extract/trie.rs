//! A byte trie for longest matches: the vocabulary is looked up where a number ends, never searched for.

/// Words with a value each.
#[derive(Debug, Clone)]
pub struct Trie<T> {
    /// The value of the word that ends at each node.
    values: Vec<Option<T>>,
    steps: Steps,
    /// One bit a first character, hashed: nearly all lookups fail there, without a look at the nodes.
    firsts: Box<[u64; N_FIRSTS / 64]>,
}

/// Which node a byte leads to from a node: one table for all nodes, so that a step is one look at memory.
#[derive(Debug, Clone, Default)]
struct Steps {
    /// A power of two of slots, at most half of them taken: node and byte in one number and the node they lead to.
    /// No step leads to node 0, the root, so that a slot with it is empty.
    slots: Vec<(u32, u32)>,
    n_taken: usize,
}

impl Steps {
    const fn key(node: usize, byte: u8) -> u32 {
        (node as u32) << 8 | byte as u32
    }

    const fn slot(&self, key: u32) -> usize {
        ((key as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as usize & (self.slots.len() - 1)
    }

    fn get(&self, node: usize, byte: u8) -> Option<usize> {
        let key = Self::key(node, byte);
        if self.slots.is_empty() {
            return None;
        }
        let mut at = self.slot(key);
        loop {
            match *self.slots.get(at)? {
                (_, 0) => return None,
                (known, to) if known == key => return Some(to as usize),
                _ => at = (at + 1) & (self.slots.len() - 1),
            }
        }
    }

    fn insert(&mut self, node: usize, byte: u8, to: usize) {
        if (self.n_taken + 1) * 2 > self.slots.len() {
            let n_slots = (self.slots.len() * 2).max(16);
            let before = std::mem::replace(&mut self.slots, vec![(0, 0); n_slots]);
            before.into_iter().filter(|(_, to)| *to != 0).for_each(|(key, to)| self.put(key, to));
        }
        self.n_taken += 1;
        self.put(Self::key(node, byte), to as u32);
    }

    /// Puts a step that is not there yet into the first free slot.
    fn put(&mut self, key: u32, to: u32) {
        let mut at = self.slot(key);
        while let Some(slot) = self.slots.get_mut(at) {
            if slot.1 == 0 {
                *slot = (key, to);
                return;
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
    }
}

/// Bits in the filter of first characters.
const N_FIRSTS: usize = 4096;

/// The bit of the character that begins with (or, read backwards, ends in) these bytes.
const fn first_bit(bytes: [u8; 3]) -> usize {
    let [a, b, c] = bytes;
    let n_known = match (a, b) {
        (0..0x80, _) => 1,
        (0xC0..0xE0, _) | (0x80..0xC0, 0xC0..) => 2,
        _ => 3,
    };
    let key = match n_known {
        1 => a as u32,
        2 => a as u32 | (b as u32) << 8,
        _ => a as u32 | (b as u32) << 8 | (c as u32) << 16,
    };
    (key.wrapping_mul(0x9E37_79B1) >> 20) as usize
}

/// The first three bytes of a word, 0 where it is shorter.
fn first_bytes(bytes: &mut (impl Iterator<Item = u8> + Clone)) -> [u8; 3] {
    let mut ahead = bytes.clone();
    let mut next = || ahead.next().unwrap_or(0);
    [next(), next(), next()]
}

impl<T> Default for Trie<T> {
    fn default() -> Self {
        Self { values: vec![None], steps: Steps::default(), firsts: Box::new([0; N_FIRSTS / 64]) }
    }
}

impl<T> Trie<T> {
    /// Adds a word; the first value of a word stays.
    pub fn insert(&mut self, mut word: impl Iterator<Item = u8> + Clone, value: T) {
        let bit = first_bit(first_bytes(&mut word));
        if let Some(bits) = self.firsts.get_mut(bit / 64) {
            *bits |= 1 << (bit % 64);
        }
        let mut at = 0;
        for byte in word {
            at = self.steps.get(at, byte).unwrap_or_else(|| {
                let new = self.values.len();
                self.steps.insert(at, byte, new);
                self.values.push(None);
                new
            });
        }
        if let Some(slot) = self.values.get_mut(at)
            && slot.is_none()
        {
            *slot = Some(value);
        }
    }

    /// Whether a word may begin with the first character of `bytes`.
    fn may_begin(&self, bytes: &mut (impl Iterator<Item = u8> + Clone)) -> bool {
        let bit = first_bit(first_bytes(bytes));
        self.firsts.get(bit / 64).is_some_and(|bits| bits >> (bit % 64) & 1 == 1)
    }

    /// Whether some word begins with all of `bytes`.
    pub fn goes_on(&self, mut bytes: impl Iterator<Item = u8> + Clone) -> bool {
        let mut at = 0;
        self.may_begin(&mut bytes)
            && bytes.all(|byte| {
                let next = self.step(at, byte);
                at = next.unwrap_or(0);
                next.is_some()
            })
    }

    /// The node that `byte` leads to from node `at`.
    fn step(&self, at: usize, byte: u8) -> Option<usize> {
        self.steps.get(at, byte)
    }

    fn value(&self, at: usize) -> Option<&T> {
        self.values.get(at)?.as_ref()
    }

    /// The words that `bytes` begins with, longest first, as (length, value); at most eight.
    pub fn prefixes(&self, mut bytes: impl Iterator<Item = u8> + Clone) -> impl Iterator<Item = (usize, &T)> {
        let mut found: [Option<(usize, &T)>; 8] = [None; 8];
        let mut n_found = 0;
        let mut at = 0;
        let n_bytes = if self.may_begin(&mut bytes) { usize::MAX } else { 0 };
        for (length, byte) in bytes.take(n_bytes).enumerate() {
            let Some(next) = self.step(at, byte) else { break };
            at = next;
            if let Some(value) = self.value(at) {
                if n_found == found.len() {
                    found.rotate_left(1);
                    n_found -= 1;
                }
                if let Some(slot) = found.get_mut(n_found) {
                    *slot = Some((length + 1, value));
                    n_found += 1;
                }
            }
        }
        (0..n_found).rev().filter_map(move |idx| found.get(idx).copied().flatten())
    }

    /// The longest word that `bytes` begin with, as (length, value).
    pub fn longest_of(&self, mut bytes: impl Iterator<Item = u8> + Clone) -> Option<(usize, &T)> {
        if !self.may_begin(&mut bytes) {
            return None;
        }
        let (mut at, mut found) = (0, None);
        for (length, byte) in bytes.enumerate() {
            let Some(next) = self.step(at, byte) else { break };
            at = next;
            if let Some(value) = self.value(at) {
                found = Some((length + 1, value));
            }
        }
        found
    }

    /// The longest word that `text` begins with.
    pub fn longest(&self, text: &str) -> Option<(usize, &T)> {
        self.longest_of(text.bytes())
    }

    /// The longest word that `text` ends with; for a trie whose words were inserted backwards.
    pub fn longest_suffix(&self, text: &str) -> Option<(usize, &T)> {
        self.longest_of(text.bytes().rev())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_word_comes_first() {
        let mut trie = Trie::default();
        for word in ["元", "元人民币", "美元"] {
            trie.insert(word.bytes(), word);
        }
        let found: Vec<&str> = trie.prefixes("元人民币同名".bytes()).map(|(_, word)| *word).collect();
        assert_eq!(found, ["元人民币", "元"]);
        assert_eq!(trie.longest("角"), None);
    }

    #[test]
    fn words_inserted_backwards_are_suffixes() {
        let mut trie = Trie::default();
        for word in ["约", "°", "至少", "~"] {
            trie.insert(word.bytes().rev(), word);
        }
        let found = |text: &str| trie.longest_suffix(text).map(|(_, word)| *word);
        assert_eq!(
            ["用去约", "30°", "有至少", "~", "多少", ""].map(found),
            [Some("约"), Some("°"), Some("至少"), Some("~"), None, None]
        );
    }
}
