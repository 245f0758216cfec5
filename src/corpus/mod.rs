//! Documents put together: read one, merge what several articles tell, query them all.

mod merge;
mod read;

pub use merge::merge;
pub use read::{Corpus, Entry, ReadOptions, read};
