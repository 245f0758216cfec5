//! Text → the articles on it.

use super::{Clean, assemble::assemble, grid::mark_rows, line::lines, reflow::reflow, vertical::is_vertical};
use crate::{
    model::{ArticleKind, Dateline},
    span::Span,
    warn::Reporter,
};

/// What a block is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// The headline; several lines are one block.
    Headline,
    /// The line below or above the headline.
    Deck,
    /// A heading inside the body.
    Subhead,
    /// A paragraph.
    Body,
    /// A photograph's caption.
    Caption,
    /// A byline, credit or dateline that stands by itself: （新华社阿斯塔纳6月22日电 记者…）.
    Credit,
    /// A row of a table.
    Row,
}

/// A paragraph, heading or caption, with its lines joined.
#[derive(Debug, Clone)]
pub struct Block {
    /// What it is for.
    pub role: Role,
    /// The joined text, with the way back to the source.
    pub text: Clean,
}

/// One piece on the page, in reading order whatever its order in the source.
#[derive(Debug, Clone)]
pub struct Article {
    /// What sort of piece.
    pub kind: ArticleKind,
    /// Headline first (where there is one), then deck, body and the rest in reading order. Every character of
    /// the source that is not blank belongs to exactly one block of one article.
    pub blocks: Vec<Block>,
    /// Who wrote or photographed it.
    pub byline: Vec<String>,
    /// Agency, place and day as printed; `date` has the year only where the text gives it (`XXXX-06-22` else).
    pub dateline: Option<Dateline>,
    /// Its stretches of the source, in reading order.
    pub spans: Vec<Span>,
}

impl Article {
    /// The joined text of the first block with this role.
    pub fn first(&self, role: Role) -> Option<&str> {
        self.blocks.iter().find(|block| block.role == role).map(|block| block.text.text())
    }
}

/// Finds the articles of `text`. Never fails: a text without structure is one article of paragraphs.
pub fn segment(text: &str, reporter: &mut Reporter) -> Vec<Article> {
    let mut lines = lines(text);
    mark_rows(text, &mut lines);
    if is_vertical(text, &lines) {
        reporter
            .whole("layout", "the text seems to be set in columns from top to bottom; its lines make no sense across");
    }
    assemble(text, &reflow(text, &lines))
}
