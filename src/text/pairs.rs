//! Pairs of neighbouring characters as numbers, and a cheap way to keep sets of them.

use std::{
    collections::HashSet,
    hash::{BuildHasherDefault, Hasher},
};

/// Two characters in one number.
pub const fn pair(first: char, second: char) -> u64 {
    (first as u64) << 32 | second as u64
}

/// A set of [`pair`]s.
pub type PairSet = HashSet<u64, BuildHasherDefault<PairHasher>>;

/// Spreads the bits of a pair by one multiplication; nobody chooses a text to make it slow, for sets are small.
#[derive(Debug, Default, Clone, Copy)]
pub struct PairHasher(u64);

impl Hasher for PairHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.write_u64(u64::from(byte));
        }
    }

    fn write_u64(&mut self, number: u64) {
        let mixed = (self.0 ^ number).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        self.0 = mixed ^ mixed >> 32;
    }
}
