//! What belongs on a timeline.

use super::Hand;
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
    /// What the user did to it; `None` where he did nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hand: Option<Box<Hand>>,
}

impl Event {
    /// Whether title or date are the user's, or the whole event.
    pub fn is_corrected(&self) -> bool {
        self.hand.as_ref().is_some_and(|hand| hand.is_corrected())
    }

    /// Whether the user starred it.
    pub fn is_starred(&self) -> bool {
        self.hand.as_ref().is_some_and(|hand| hand.is_starred)
    }

    /// Whether the user hid it, and it is shown only because hidden things are asked for.
    pub fn is_hidden(&self) -> bool {
        self.hand.as_ref().is_some_and(|hand| hand.is_hidden)
    }

    /// Whether the user lets another event stand for it.
    pub fn is_merged(&self) -> bool {
        self.hand.as_ref().is_some_and(|hand| hand.is_merged)
    }

    /// The title as it was read, whatever it was changed to.
    pub fn title_as_read(&self) -> &str {
        self.hand.as_ref().and_then(|hand| hand.title.as_deref()).unwrap_or(&self.title)
    }

    /// The user's own tags on it, sorted.
    pub fn tags(&self) -> &[String] {
        self.hand.as_ref().map_or(&[], |hand| hand.tags.as_slice())
    }

    /// The user's note on it.
    pub fn note(&self) -> Option<&str> {
        self.hand.as_ref()?.note.as_deref()
    }
}
