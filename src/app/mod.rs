//! The shell: window, dialogs, threads, clock, settings.
//!
//! [`run`] opens the window. Everything that the window shows is decided by [`crate::desk`] and drawn by
//! [`crate::ui`]; here are only the things that touch the outer world: [`reader`] reads documents on threads of its
//! own, [`dialogs`] asks for files, [`figure_worker`] draws figures on another, [`batch`] many at once, [`export`] says what of the desk they show, [`pages`] draws the pages of PDFs, [`tables`] reads the first rows of a table, [`keyboard`] turns keys into commands, and
//! [`program`] holds them together.

mod batch;
mod dialogs;
mod export;
pub mod figure_table;
mod figure_worker;
mod frame_times;
mod icon;
mod keyboard;
pub mod pages;
pub mod preview;
mod program;
mod reader;
mod session;
mod start;
pub mod tables;

pub use batch::{BatchOptions, BatchOutcome, BatchProgress, drawn, write_batch};
pub use keyboard::command_for_key;
pub use program::{Options, Program};
pub use reader::Early;
pub use start::run;
