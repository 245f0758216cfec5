//! The corrections themselves, as plain data that can be written to a file.

use super::{Quote, Target};
use crate::{edtf::Edtf, model::Quantity};
use serde::{Deserialize, Serialize};

/// How far a correction reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// This place alone.
    #[default]
    Here,
    /// Everything in the document that is worded the same.
    SameWording,
}

/// One correction. It says what it is about by words ([`Target`], [`Quote`]), never by index.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "edit", rename_all = "kebab-case")]
pub enum Edit {
    /// The time is this one; what it dates moves with it. Of an event without a time of its own, its date.
    Date {
        /// A time, or an event.
        target: Target,
        /// How far it reaches.
        #[serde(default)]
        scope: Scope,
        /// The right date.
        edtf: Edtf,
    },
    /// The event has this title.
    Rename {
        /// An event.
        target: Target,
        /// The new title.
        title: String,
    },
    /// It leaves all views.
    Hide {
        /// Anything.
        target: Target,
    },
    /// These tell one happening; the first stands for all.
    Merge {
        /// Events, the one that stays first.
        targets: Vec<Target>,
    },
    /// It is no other telling of anything.
    Split {
        /// An event.
        target: Target,
    },
    /// It is important.
    Star {
        /// An event.
        target: Target,
    },
    /// A paragraph about it.
    Note {
        /// An event.
        target: Target,
        /// The paragraph.
        note: String,
    },
    /// The user's own word to group it by.
    Tag {
        /// An event.
        target: Target,
        /// The word.
        tag: String,
    },
    /// These words tell an event.
    AddEvent {
        /// The words.
        quote: Quote,
        /// What it is called.
        title: String,
        /// When it was.
        edtf: Option<Edtf>,
        /// The time in the text that says so.
        time: Option<Target>,
    },
    /// These words give a value of a series.
    AddPoint {
        /// The words.
        quote: Quote,
        /// What they say: value, unit, what is measured. Its places and indices do not count.
        quantity: Box<Quantity>,
        /// When it holds.
        edtf: Option<Edtf>,
        /// The time in the text that says so.
        time: Option<Target>,
    },
    /// The number means this much.
    Value {
        /// A quantity.
        target: Target,
        /// The value in `unit`.
        value: f64,
        /// The upper end of a range.
        #[serde(default)]
        upper: Option<f64>,
        /// The unit's code.
        unit: String,
    },
    /// This is what is measured.
    Measure {
        /// A quantity.
        target: Target,
        /// Its name.
        measure: String,
    },
}

impl Edit {
    /// What it is about, where that is one finding; of a merge, the one that stays.
    pub fn target(&self) -> Option<&Target> {
        match self {
            Self::Date { target, .. }
            | Self::Rename { target, .. }
            | Self::Hide { target }
            | Self::Split { target }
            | Self::Star { target }
            | Self::Note { target, .. }
            | Self::Tag { target, .. }
            | Self::Value { target, .. }
            | Self::Measure { target, .. } => Some(target),
            Self::Merge { targets } => targets.first(),
            Self::AddEvent { .. } | Self::AddPoint { .. } => None,
        }
    }

    /// Where its words stood.
    pub fn quote(&self) -> Option<&Quote> {
        match self {
            Self::AddEvent { quote, .. } | Self::AddPoint { quote, .. } => Some(quote),
            other => other.target().map(|target| &target.quote),
        }
    }

    /// Whether `self` takes the place of an earlier `other`: the same thing said of the same finding.
    pub fn replaces(&self, other: &Self) -> bool {
        let is_same_kind = std::mem::discriminant(self) == std::mem::discriminant(other);
        let is_single = !matches!(self, Self::Tag { .. } | Self::Merge { .. });
        let has_same_target = self.target().is_some() && self.target() == other.target();
        is_same_kind && is_single && has_same_target
    }
}

/// An edit and when it was made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// Seconds from 1970, universal time; 0 where nobody knows.
    #[serde(default)]
    pub at: i64,
    /// What was done.
    #[serde(flatten)]
    pub edit: Edit,
}
