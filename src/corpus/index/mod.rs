//! The events of a corpus in order of time: small, built once, asked every frame.
//!
//! ```text
//! Document ─[digest]→ Digest ─┐
//! Document ─[digest]→ Digest ─┼─[EventIndex]→ rows by time ─[CountIndex]→ how many in a stretch, in microseconds
//! a file   ───────────────────┘                            └[PeakIndex]→ the most significant in a stretch
//! ```
//!
//! A row holds what every view asks of every event (when, where, how exact, how significant) in about 40 bytes; the
//! words stay in the documents, which are fetched for the few events that are drawn. An index that is kept ([`kept`])
//! holds its long lists in pages ([`Column`]), so that one of ten million events is opened without being read.

pub mod bytes;
mod column;
mod count;
mod digest;
mod draft;
mod event_index;
mod grain;
pub mod kept;
pub mod lane;
mod making;
mod names;
mod peak;
mod row;
mod series_bytes;
mod series_rows;
mod shelf;
mod spread;
mod tally;
mod traits;
mod writing;

pub use column::{Cell, Column, Pages};
pub use count::CountIndex;
pub use digest::{Digest, DigestRow, PointDigest, SeriesDigest, digest};
pub use draft::IndexDraft;
pub use event_index::EventIndex;
pub use lane::{LaneIndex, Rows};
pub use names::{NameId, Names};
pub use peak::PeakIndex;
pub use row::{DocRow, EventRow, Row, SeriesRow, TagRow};
pub use series_bytes::{put_series, take_series};
pub use shelf::{KINDS, MAX_GROUPS, PlaceLanes, Shelf, ShelfBy, sample};
pub use spread::{SPREAD_FROM_SECS, Spread};
pub use tally::{Tallies, Totals};
pub use traits::Traits;
pub use writing::{Writing, WrittenMonth};

#[cfg(test)]
mod tests;
