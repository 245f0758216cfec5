//! Bytes → readable articles.
//!
//! ```text
//! bytes --decode--> Source --segment--> Vec<Article>, each a list of Blocks of joined text
//! ```
//!
//! A PDF reader tears a page into short lines, sets blanks between digits and letters, and mixes the pieces.
//! [`segment`] undoes that without losing the way back: every block's [`Clean`] text maps each of its bytes to
//! the byte of the source it came from.

// What a text holds must never end the program: whatever could is refused by the compiler.
#![deny(
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::panic,
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::unreachable,
    clippy::todo
)]
#![cfg_attr(test, allow(clippy::string_slice))]

mod assemble;
mod bodies;
mod briefs;
mod cells;
pub(crate) mod charset;
mod chunk;
mod clean;
mod decode;
mod divide;
mod grid;
mod join;
mod line;
mod matching;
mod names;
mod part;
mod reflow;
mod rules;
mod segment;
mod sentence;
mod story;
mod tags;
mod vertical;
mod words;

pub use cells::cells;
pub use clean::{Clean, CleanBuilder};
pub use decode::{CHOICES as ENCODING_CHOICES, DecodeError, checksum, decode, decode_as, encoding_named};
pub use segment::{Article, Block, Role, segment};
pub use sentence::{clauses, sentences};

/// The decoded text of one document and where it came from.
#[derive(Debug, Clone)]
pub struct Source {
    /// The path as given; empty for pasted text.
    pub path: String,
    /// The text, byte-order mark removed, nothing else changed.
    pub text: String,
    /// WHATWG name of the encoding it was read in.
    pub encoding: String,
    /// SHA-256 of the bytes, lower-case hexadecimal.
    pub sha256: String,
}

impl Source {
    /// A text that came from no file: nothing is known of its bytes.
    ///
    /// ```
    /// let source = nianbiao::text::Source::of("甲.txt", "2023年5月8日，大桥通车。");
    /// assert!(source.sha256.is_empty());
    /// ```
    pub fn of(path: impl Into<String>, text: impl Into<String>) -> Self {
        Self { path: path.into(), text: text.into(), encoding: String::new(), sha256: String::new() }
    }
}
