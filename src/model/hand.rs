//! What the user did to an event, so that every view and every export can say so.

use serde::{Deserialize, Serialize};

/// The user's own marks on an event. Stands beside what was read: where a title or a date was corrected, what the
/// text gave is kept here. The `rule` of a changed finding begins with `hand/`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Hand {
    /// The title as it was read, where it was changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The date as it was read, in EDTF, where it was changed; empty where it had none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edtf: Option<String>,
    /// The user made the event from words of the text.
    #[serde(skip_serializing_if = "is_false")]
    pub is_added: bool,
    /// Starred.
    #[serde(skip_serializing_if = "is_false")]
    pub is_starred: bool,
    /// The user says that another event of `same_as` stands for this one.
    #[serde(skip_serializing_if = "is_false")]
    pub is_merged: bool,
    /// Hidden, and shown for now because hidden things are asked for. Never in a file.
    #[serde(skip)]
    pub is_hidden: bool,
    /// A note of one paragraph.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The user's own tags, sorted.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
}

impl Hand {
    /// Whether it says something else than the text was read to say; a star or a note does not.
    pub const fn is_corrected(&self) -> bool {
        self.title.is_some() || self.edtf.is_some() || self.is_added
    }
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
const fn is_false(value: &bool) -> bool {
    !*value
}
