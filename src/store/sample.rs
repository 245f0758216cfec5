//! The bundled sample: a page written for this program.

use super::load;
use crate::corpus::{Entry, ReadOptions};

/// Its text.
const PAGE: &str = include_str!("../../assets/sample/page.txt");

/// The sample, read.
pub fn entries() -> Vec<Entry> {
    let read = load::bytes("2025-06-23 报纸版面.txt", PAGE.as_bytes(), &ReadOptions::default());
    read.into_iter().filter_map(Result::ok).collect()
}
