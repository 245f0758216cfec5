//! The shell: window, dialogs, threads, clock, settings.
//!
//! [`run`] opens the window. Everything that the window shows is decided by [`crate::desk`] and drawn by
//! [`crate::ui`]; here are only the things that touch the outer world: [`reader`] reads documents on threads of its
//! own, [`dialogs`] asks for files, [`export`] makes figures and tables, [`keyboard`] turns keys into commands, and
//! [`program`] holds them together.

mod dialogs;
mod export;
mod keyboard;
mod preview;
mod program;
mod reader;
mod session;
mod start;

pub use keyboard::command_for_key;
pub use program::{Options, Program};
pub use start::run;
