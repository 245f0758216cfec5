//! Documents put together: read one, merge what several articles tell, query them all.

mod alike;
mod documents;
pub mod edits;
mod entries;
mod entry;
mod gathered;
pub mod index;
mod join;
mod merge;
mod period;
mod read;
mod series;
mod tellings;
pub mod when;

pub use documents::{Corpus, Joined, Joining, Reindexed, Reindexing};
pub use entries::Entries;
pub use entry::{Bodies, Body, Counts, Entry};
pub use join::{EventSource, JoinedEvent, JoinedPoint, JoinedSeries, PointSource, join_events};
pub use merge::merge;
pub use period::Period;
pub use read::{ReadOptions, read};
pub use series::{GroupPoint, SeriesGroup, figures_agree, join_series};
pub use tellings::{tellings_of_event, tellings_of_point};
