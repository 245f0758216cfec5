//! Where a document came from, and the articles on it.

use crate::{edtf::Edtf, span::Span};
use serde::{Deserialize, Serialize};

/// Where the text came from and how it was decoded.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SourceInfo {
    /// The path as the user gave it; empty for pasted text and records.
    pub path: String,
    /// SHA-256 of the file's bytes, lower-case hexadecimal.
    pub sha256: String,
    /// The encoding it was read in, by its WHATWG name (`UTF-8`, `gb18030`, `Big5`).
    pub encoding: String,
    /// Length of the decoded text in code points.
    pub chars: usize,
    /// The decoded text itself; only in files that must stand alone (`--format json`, saved from the window).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// How the document creation time was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DctFrom {
    /// The caller said so (`--dct`, a record's `dct`, the window).
    Given,
    /// From a dateline (新华社香港6月22日电).
    Dateline,
    /// From a date in a heading or the document's other full dates.
    Heading,
    /// From the file's name.
    Filename,
    /// Nothing tells; the reader said what such documents are taken for ([`Undated`]).
    Assumed,
    /// Not found.
    None,
}

/// When documents are taken to be written whose text and name tell nothing of it: 昨天 and 22日 hang on it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Undated {
    /// That stays unknown, and so do the days that hang on it.
    #[default]
    Unknown,
    /// On the day their file was changed last.
    File,
    /// Then.
    On(Edtf),
}

/// What sort of piece an article is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ArticleKind {
    /// A story with a body.
    News,
    /// A photograph with its caption.
    Photo,
    /// A short item in a list of briefs.
    Brief,
    /// A chapter or section of a law, report or book.
    Section,
    /// Anything else that stands by itself.
    Other,
}

/// The line a dispatch opens or closes with: 新华社香港6月22日电.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dateline {
    /// The agency or paper (新华社, 本报).
    pub agency: String,
    /// The place it was sent from.
    pub place: Option<String>,
    /// The day, with the year worked out where that was possible (`2025-06-22`).
    pub date: Option<Edtf>,
}

/// One piece on the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    /// What sort of piece.
    pub kind: ArticleKind,
    /// The headline, line breaks joined; `None` for a bare caption.
    pub headline: Option<String>,
    /// The line below (or above) the headline.
    pub deck: Option<String>,
    /// Headings inside the body.
    #[serde(default)]
    pub subheads: Vec<String>,
    /// Who wrote or photographed it.
    #[serde(default)]
    pub byline: Vec<String>,
    /// Agency, place and day.
    pub dateline: Option<Dateline>,
    /// When this piece was written; the document's where it says nothing itself.
    pub dct: Option<Edtf>,
    /// Its stretches of the source, in reading order.
    pub spans: Vec<Span>,
}
