//! Documents put together: read one, merge what several articles tell, query them all.

mod documents;
mod entry;
pub mod index;
mod join;
mod merge;
mod read;
pub mod when;

pub use documents::{Corpus, Entries};
pub use entry::{Bodies, Body, Counts, Entry};
pub use join::{EventSource, JoinedEvent, JoinedPoint, JoinedSeries, PointSource, join_events, join_series};
pub use merge::merge;
pub use read::{ReadOptions, read};
