//! What figures are made from.

use super::filter_words::FilterPart;
use crate::{
    desk::Locale,
    model::{Document, Event, Series},
};

/// What a series figure is made from.
#[derive(Debug, Clone, Copy)]
pub struct SeriesInput<'a> {
    /// The document it comes from.
    pub document: &'a Document,
    /// How many documents it was put together from.
    pub n_documents: usize,
    /// The series; its points in order of time.
    pub series: &'a Series,
    /// The language of all that the document did not say itself.
    pub words: &'a Locale,
    /// The language in which the words around the plot stand once more.
    pub second: Option<&'a Locale>,
}

/// What a timeline figure is made from.
#[derive(Debug, Clone)]
pub struct TimelineInput<'a> {
    /// The events to choose from, with their documents.
    pub events: Vec<(&'a Document, &'a Event)>,
    /// The language of all that the documents did not say themselves.
    pub words: &'a Locale,
    /// The language in which the words around the plot stand once more.
    pub second: Option<&'a Locale>,
    /// What `events` are filtered by, to be said.
    pub filter: Vec<FilterPart>,
}
