//! What is found in a document, as plain data: the types of the public JSON (`schema` 1).
//!
//! In memory every span counts **bytes** of the decoded text; [`Document::map_spans`] turns them into code
//! points on the way out and back on the way in (`store::json`). Indices (`article`, `time`, `quantity`,
//! `from`) point into the lists of the same document.

mod columns;
mod event;
mod hand;
mod page;
mod quantity;
mod series;
mod source;
mod time;

pub use columns::{ColumnUse, TableChoice, TablePreview};
pub use event::Event;
pub use hand::Hand;
pub use page::{Area, PageChar, PagePixels, PageSheet};
pub use quantity::{Direction, Per, Printed, Quantity, QuantityKind, QuantityMod};
pub use series::{Claim, Derivation, Point, Series, Stated, Verdict};
pub use source::{Article, ArticleKind, Dateline, DctFrom, SourceInfo, Undated};
pub use time::{Anchor, AnchorKind, Time, TimeMod, TimeType};

use crate::{edtf::Edtf, span::Span, warn::Warning};
use serde::{Deserialize, Serialize};

/// The number that stands in `schema`; a file with another one is refused.
pub const SCHEMA: u32 = 1;

/// Everything found in one document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// Always [`SCHEMA`].
    pub schema: u32,
    /// A name that is unique in the corpus: the record's `id`, else the file's path as given.
    pub id: String,
    /// Where the text came from.
    pub source: SourceInfo,
    /// Document creation time: when the text was written, at the precision known (`2025-06-22`, `1998-01`).
    pub dct: Option<Edtf>,
    /// How `dct` was found.
    pub dct_from: DctFrom,
    /// The pieces on the page, in reading order.
    pub articles: Vec<Article>,
    /// Every time expression, by place.
    pub times: Vec<Time>,
    /// Every quantity, by place.
    pub quantities: Vec<Quantity>,
    /// What belongs on a timeline, by place.
    pub events: Vec<Event>,
    /// Measures with values at times.
    pub series: Vec<Series>,
    /// Statements that can be checked against the numbers.
    pub claims: Vec<Claim>,
    /// What could not be read or resolved.
    pub warnings: Vec<Warning>,
}

impl Default for Document {
    /// A document in which nothing was found.
    fn default() -> Self {
        Self {
            schema: SCHEMA,
            id: String::new(),
            source: SourceInfo::default(),
            dct: None,
            dct_from: DctFrom::None,
            articles: Vec::new(),
            times: Vec::new(),
            quantities: Vec::new(),
            events: Vec::new(),
            series: Vec::new(),
            claims: Vec::new(),
            warnings: Vec::new(),
        }
    }
}

impl Document {
    /// Replaces every span by what `f` makes of it; used to change between bytes and code points.
    pub fn map_spans(&mut self, mut f: impl FnMut(Span) -> Span) {
        let spans = self
            .articles
            .iter_mut()
            .flat_map(|article| article.spans.iter_mut())
            .chain(self.times.iter_mut().map(|time| &mut time.span))
            .chain(self.quantities.iter_mut().map(|quantity| &mut quantity.span))
            .chain(self.events.iter_mut().map(|event| &mut event.span))
            .chain(self.claims.iter_mut().map(|claim| &mut claim.span))
            .chain(self.warnings.iter_mut().filter_map(|warning| warning.span.as_mut()));
        for span in spans {
            *span = f(*span);
        }
    }
}
