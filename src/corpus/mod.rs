//! Documents put together: read one, merge what several articles tell, query them all.

mod join;
mod merge;
mod read;

pub use join::{EventSource, JoinedEvent, JoinedPoint, JoinedSeries, PointSource, join_events, join_series};
pub use merge::merge;
pub use read::{Corpus, Entry, ReadOptions, read};
