//! What is written to and read from disk; the only module below `cli` and `app` that touches it.

#![warn(clippy::indexing_slicing, clippy::string_slice, clippy::panic, clippy::expect_used, clippy::unreachable)]
#![cfg_attr(test, allow(clippy::string_slice))]

pub mod atomic;
pub mod carried;
pub mod csv;
pub mod edits;
pub mod far;
mod far_index;
pub mod interchange;
pub mod json;
pub mod load;
#[cfg(feature = "gui")]
pub mod pages;
pub mod project;
pub mod record;
pub mod sample;
pub mod state;
