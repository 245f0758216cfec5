//! One article → what it says: times, quantities, events, series, claims.
//!
//! Two steps are kept apart throughout: what the text *says* (a TIMEX3 expression, a printed number) and what
//! that *means* (days in EDTF, a value in a unit). Every finding keeps its place and the id of the rule that made
//! it; the rules are data in `assets/rules`, each with its own examples.
//!
//! A stage sees one article and a [`Context`], never other articles, the corpus or the screen.

pub mod dct;
mod dead_ends;
pub mod event;
pub mod fold;
pub mod load;
mod multiple;
pub mod numeral;
pub mod quantity;
pub mod rule;
pub mod script;
pub mod series;
pub mod time;
mod trie;

use crate::{
    edtf::Edtf,
    model,
    span::Span,
    text::{Article, Block},
};
use rayon::prelude::*;

/// An article of so many blocks is shared out over the cores.
const MANY_BLOCKS: usize = 64;

/// What `read` makes of each block of `article`, given its index; in order.
pub(crate) fn of_blocks<T: Send>(article: &Article, read: impl Fn(usize, &Block) -> T + Sync) -> Vec<T> {
    let blocks = &article.blocks;
    if blocks.len() < MANY_BLOCKS {
        return blocks.iter().enumerate().map(|(idx, block)| read(idx, block)).collect();
    }
    blocks.par_iter().enumerate().with_min_len(8).map(|(idx, block)| read(idx, block)).collect()
}

/// What is known before an article is read.
#[derive(Debug, Clone, Default)]
pub struct Context {
    /// When the article was written, as exactly as is known: `2025-06-22`, `1998-01`, `2012-08-10T12:14`.
    pub dct: Option<Edtf>,
    /// Whether `dct` is the article's own (its dateline) rather than the document's.
    pub dct_is_own: bool,
    /// Whether the article is printed in traditional characters.
    pub is_traditional: bool,
}

/// A finding with its place in the joined text, which the next stage needs beside its place in the source.
#[derive(Debug, Clone, PartialEq)]
pub struct Found<T> {
    /// Index of the block in the article.
    pub block: usize,
    /// Bytes in that block's joined text.
    pub at: Span,
    /// The finding; its `span` counts bytes of the source.
    pub item: T,
}

/// All that was found in one article. Indices count within it; `corpus::read` makes them the document's.
#[derive(Debug, Clone, Default)]
pub struct Findings {
    /// By place.
    pub times: Vec<Found<model::Time>>,
    /// By place.
    pub quantities: Vec<Found<model::Quantity>>,
    /// By place.
    pub events: Vec<Found<model::Event>>,
    /// By name.
    pub series: Vec<model::Series>,
    /// By place.
    pub claims: Vec<model::Claim>,
}

/// Everything that `article` says, read against what is known before.
///
/// ```
/// use nianbiao::{extract::{self, Context}, text, warn::Reporter};
/// let articles = text::segment("進出口總額達3億元。", &mut Reporter::new());
/// let found = extract::findings(&articles[0], &Context::default());
/// assert_eq!(found.quantities[0].item.measure.as_deref(), Some("進出口總額"));
/// ```
pub fn findings(article: &Article, context: &Context) -> Findings {
    match script::simplified(article) {
        None => read(article, context),
        Some(simplified) => {
            let context = Context { is_traditional: script::is_traditional(article), ..context.clone() };
            let mut findings = read(&simplified, &context);
            script::restore(&mut findings, article, &simplified);
            findings
        }
    }
}

/// As [`findings`], of an article in simplified characters.
fn read(article: &Article, context: &Context) -> Findings {
    let times = time::times(article, context);
    let (quantities, readings) = quantity::read(article, context, &times);
    let (series, claims) = series::told(article, &times, &quantities, readings);
    let events = event::events(article, &times, &quantities);
    Findings { times, quantities, events, series, claims }
}
