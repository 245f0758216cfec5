//! Partial failures: what could not be read, where, and why, collected while the work goes on.

use crate::span::Span;
use serde::{Deserialize, Serialize};

/// One thing that did not go as hoped. A document is never an error: what can be read is read, and what
/// cannot is said here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// The words in question, or `None` where it concerns the document as a whole.
    pub span: Option<Span>,
    /// A short stable name to group by, such as `encoding` or `unresolved-time`.
    pub kind: String,
    /// What happened and what can be done: lower case, no full stop, text of the document in quotes and last.
    pub message: String,
}

/// Collects [`Warning`]s; passed down to every stage that may have something to say.
#[derive(Debug, Default)]
pub struct Reporter {
    warnings: Vec<Warning>,
}

impl Reporter {
    /// A reporter that has heard nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Notes a warning about the words at `span`.
    pub fn at(&mut self, span: Span, kind: &str, message: impl Into<String>) {
        self.warnings.push(Warning { span: Some(span), kind: kind.to_owned(), message: message.into() });
    }

    /// Notes a warning about the whole document.
    pub fn whole(&mut self, kind: &str, message: impl Into<String>) {
        self.warnings.push(Warning { span: None, kind: kind.to_owned(), message: message.into() });
    }

    /// Whether nothing was said.
    pub const fn is_empty(&self) -> bool {
        self.warnings.is_empty()
    }

    /// What was said, in order of place.
    pub fn into_warnings(mut self) -> Vec<Warning> {
        self.warnings.sort_by_key(|warning| warning.span);
        self.warnings
    }
}
