//! The same happening told by several articles is one event with several sources.

use crate::model::Document;

/// Links events of `document` that tell the same happening (`Event::same_as`), by date, actors and wording.
pub fn merge(document: &mut Document) {
    let _ = document;
}
