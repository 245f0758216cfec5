//! Corrections: a list of edits beside a document, and the document that they make of what was read.
//!
//! ```text
//! Document as read ──┐
//! [Edit, Edit, …] ───┴─[apply_edits]→ the corrected Document, and which edits no longer apply
//! ```
//!
//! What was read is kept, so taking an edit back is leaving it out of the list. An edit names its finding by the words
//! of the text, not by index: the same list serves the document after it was changed and read again.

mod apply;
mod book;
mod draft;
mod edit;
mod finish;
mod points;
mod target;
mod typed;

pub use apply::{Applied, apply_edits};
pub use book::EditBook;
pub use draft::Hidden;
pub use edit::{Change, Edit, Scope};
pub use target::{Quote, Target, TargetKind, dense};
pub use typed::{typed_date, typed_quantity};
