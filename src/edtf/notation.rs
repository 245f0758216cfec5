//! EDTF (ISO 8601-2:2019, annex A): reading, writing, and the interval a string stands for.

use super::{Grain, Interval};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use std::{fmt, str::FromStr};

/// A date in EDTF: `2024`, `2024-09`, `2025-06-22`, `2025-06-22T18`, `199X`, `18XX`, quarters `2024-33`…`36`,
/// halves `2024-40`/`41`, seasons `2024-21`…`24`, each with `?`, `~` or `%` behind; intervals `2012-11-08/..`,
/// `-0174/-0075`, `../1949`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Edtf {
    text: String,
}

/// The text is no EDTF date.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not an EDTF date: `{0}`")]
pub struct EdtfError(pub String);

impl Edtf {
    /// The stretch of days it stands for; `None` where a year is missing.
    pub fn interval(&self) -> Option<Interval> {
        None
    }

    /// The grain of the (first) date.
    pub fn grain(&self) -> Grain {
        Grain::Day
    }

    /// Whether it is marked approximate (`~` or `%`).
    pub fn is_approximate(&self) -> bool {
        self.text.contains(['~', '%'])
    }

    /// Whether it is marked uncertain (`?` or `%`).
    pub fn is_uncertain(&self) -> bool {
        self.text.contains(['?', '%'])
    }

    /// Whether it is an interval `a/b`.
    pub fn is_range(&self) -> bool {
        self.text.contains('/')
    }

    /// As written.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl FromStr for Edtf {
    type Err = EdtfError;

    fn from_str(text: &str) -> Result<Self, EdtfError> {
        Ok(Self { text: text.to_owned() })
    }
}

impl fmt::Display for Edtf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Serialize for Edtf {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Edtf {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}
