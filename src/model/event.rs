//! What belongs on a timeline.

use crate::{
    edtf::{Edtf, Interval},
    span::Span,
};
use serde::{Deserialize, Serialize};

/// A dated happening: a clause of the text with a time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// The passage that tells it.
    pub span: Span,
    /// What a person would write on a timeline: a clause of at most about 30 characters.
    pub title: String,
    /// Index of its article.
    pub article: usize,
    /// The time in `Document::times` that dates it; `None` for one the user added.
    pub time: Option<usize>,
    /// When, in EDTF.
    pub edtf: Option<Edtf>,
    /// When, as a stretch of time, end exclusive.
    pub interval: Option<Interval>,
    /// Where, as printed.
    pub place: Option<String>,
    /// Other events of the document that tell the same happening (indices into `Document::events`).
    #[serde(default)]
    pub same_as: Vec<usize>,
    /// The rule that made it, as `file/id`.
    #[serde(default)]
    pub rule: String,
}
