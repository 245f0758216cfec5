//! nianbiao (年表) reads Chinese documents, finds every dated event and every statistic in them, and shows
//! both beside the sentence that says so.
//!
//! The whole program is one pipeline; the modules below stand in its order, and each may use only those
//! above it (`tests/it/layers.rs` holds that):
//!
//! 1. [`span`], [`warn`], [`edtf`], [`model`]: the vocabulary. Places in a text, partial failures, calendar
//!    dates with their precision, and the things that are found.
//! 2. [`text`]: bytes → text → articles (decode, join torn lines, find headline, dateline and body).
//!    Beside it [`mod@format`]: files of any kind → texts.
//! 3. [`extract`]: an article → its times, quantities, events, series and claims, by rules that are data.
//! 4. [`corpus`]: documents put together, merged across articles, and queried.
//! 5. [`desk`]: what the user is looking at, and every action that changes it.
//! 6. [`store`]: what is written to and read from disk.
//! 7. [`view`]: from found things to geometry, without painting.
//! 8. `ui`, `figure`: the painting, in a window or in a picture (feature `gui`).
//! 9. [`cli`], `app`: the command line and the window's shell.

#[cfg(feature = "gui")]
pub mod app;
pub mod cli;
pub mod corpus;
pub mod desk;
pub mod edtf;
pub mod extract;
#[cfg(feature = "gui")]
pub mod figure;
pub mod format;
pub mod model;
pub mod span;
pub mod store;
pub mod text;
#[cfg(feature = "gui")]
pub mod ui;
pub mod view;
pub mod warn;
