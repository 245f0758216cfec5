//! A document while it is corrected.

use crate::model::Document;

/// What becomes of hidden events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Hidden {
    /// They are left out, as everywhere but in a window that was asked to show them.
    #[default]
    LeftOut,
    /// They are shown, marked [`crate::model::Hand::is_hidden`]. Hidden times and quantities stand as they were read.
    Shown,
}

/// A document while it is corrected. What goes is only marked, so that indices stay until all is done.
pub(super) struct Draft<'a> {
    pub document: Document,
    pub text: &'a str,
    pub hidden: Hidden,
    pub gone_times: Vec<bool>,
    pub gone_quantities: Vec<bool>,
    pub gone_events: Vec<bool>,
}

impl<'a> Draft<'a> {
    pub fn new(document: Document, text: &'a str, hidden: Hidden) -> Self {
        let (gone_times, gone_quantities) = (vec![false; document.times.len()], vec![false; document.quantities.len()]);
        let gone_events = vec![false; document.events.len()];
        Self { document, text, hidden, gone_times, gone_quantities, gone_events }
    }
}
