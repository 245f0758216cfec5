//! A document of the corpus: in memory, or fetched when somebody looks at it.
//!
//! A window shows a few documents of a million. An [`Entry`] therefore knows how much is in its document and where
//! the rest is; whoever reads `entry.document` or `entry.text` has it fetched, once.

use crate::{model::Document, text::Article};
use std::{
    borrow::Cow,
    fmt,
    ops::Deref,
    sync::{Arc, OnceLock},
};

/// A document with its text and layout: all that the window needs.
#[derive(Debug, Clone, Default)]
pub struct Body {
    /// What was found.
    pub document: Document,
    /// The decoded text.
    pub text: String,
    /// The articles with their joined text, in the order of `document.articles`.
    pub articles: Vec<Article>,
}

/// Where documents come from that are not in memory.
pub trait Bodies: Send + Sync + fmt::Debug {
    /// The document with this number. What cannot be fetched any more (the file is gone) is an empty document with
    /// a warning.
    fn body(&self, number: u64) -> Body;
}

/// How much is in a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Articles.
    pub articles: u32,
    /// Events, dated or not.
    pub events: u32,
    /// Quantities.
    pub quantities: u32,
    /// Series.
    pub series: u32,
    /// Warnings.
    pub warnings: u32,
}

impl Counts {
    /// Of a document in memory.
    pub fn of(document: &Document) -> Self {
        let n = |len: usize| u32::try_from(len).unwrap_or(u32::MAX);
        Self {
            articles: n(document.articles.len()),
            events: n(document.events.len()),
            quantities: n(document.quantities.len()),
            series: n(document.series.len()),
            warnings: n(document.warnings.len()),
        }
    }
}

/// Where a document is to be fetched.
#[derive(Debug, Clone)]
struct Place {
    bodies: Arc<dyn Bodies>,
    number: u64,
    counts: Counts,
}

/// A document of the corpus. Its fields are those of [`Body`]. A clone shares them.
#[derive(Debug, Clone, Default)]
pub struct Entry {
    body: OnceLock<Arc<Body>>,
    place: Option<Place>,
}

impl Entry {
    /// One in memory.
    pub fn new(document: Document, text: String, articles: Vec<Article>) -> Self {
        Body { document, text, articles }.into()
    }

    /// The document itself, to be changed and made an entry again.
    pub fn into_body(self) -> Body {
        match (self.body.into_inner(), self.place) {
            (Some(body), _) => Arc::unwrap_or_clone(body),
            (None, Some(place)) => place.bodies.body(place.number),
            (None, None) => Body::default(),
        }
    }

    /// One that is fetched when it is looked at; `counts` must be right without it.
    pub fn fetched(bodies: Arc<dyn Bodies>, number: u64, counts: Counts) -> Self {
        Self { body: OnceLock::new(), place: Some(Place { bodies, number, counts }) }
    }

    /// How much is in it; fetches nothing.
    pub fn counts(&self) -> Counts {
        match (self.body.get(), &self.place) {
            (Some(body), _) => Counts::of(&body.document),
            (None, Some(place)) => place.counts,
            (None, None) => Counts::default(),
        }
    }

    /// Whether reading it costs nothing.
    pub fn is_in_memory(&self) -> bool {
        self.body.get().is_some()
    }

    /// The entry with its body, which is not kept in memory if it was not there before: for walks over all documents.
    pub fn at_hand(&self) -> Cow<'_, Self> {
        match (&self.place, self.is_in_memory()) {
            (Some(place), false) => Cow::Owned(place.bodies.body(place.number).into()),
            _ => Cow::Borrowed(self),
        }
    }

    fn fetch(&self) -> &Body {
        self.body.get_or_init(|| {
            Arc::new(match &self.place {
                Some(place) => place.bodies.body(place.number),
                // Every entry has the one or the other.
                None => Body::default(),
            })
        })
    }
}

impl Deref for Entry {
    type Target = Body;

    fn deref(&self) -> &Body {
        self.fetch()
    }
}

impl From<Body> for Entry {
    fn from(body: Body) -> Self {
        Self { body: OnceLock::from(Arc::new(body)), place: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[derive(Debug, Default)]
    struct Counting(AtomicUsize);

    impl Bodies for Counting {
        fn body(&self, number: u64) -> Body {
            self.0.fetch_add(1, Ordering::Relaxed);
            Body { document: Document::default(), text: number.to_string(), articles: Vec::new() }
        }
    }

    #[test]
    fn a_document_is_fetched_once_and_counted_without() {
        let bodies = Arc::new(Counting::default());
        let counts = Counts { events: 7, ..Counts::default() };
        let entry = Entry::fetched(bodies.clone(), 3, counts);
        assert_eq!((entry.counts().events, entry.is_in_memory(), bodies.0.load(Ordering::Relaxed)), (7, false, 0));
        assert_eq!(entry.text, "3");
        assert_eq!(entry.text.len() + entry.document.events.len(), 1);
        assert_eq!(bodies.0.load(Ordering::Relaxed), 1);
        let mut body = entry.into_body();
        body.text.push('4');
        assert_eq!(Entry::from(body).text, "34");
    }
}
