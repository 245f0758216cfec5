//! A chunk on its page: what it is and where it stands.

use super::{Clean, rules::Opening};
use crate::span::Span;

/// What a chunk is on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    /// A headline or subhead.
    Head,
    /// A heading with a number: 第一章, 三、.
    Numbered,
    /// The line below a headline.
    Deck,
    /// Names the author, the source, the day.
    Byline,
    /// Closes an article: （新华社…电 记者…）.
    Closing,
    /// A photographer's credit by itself.
    PhotoCredit,
    /// A paragraph.
    Paragraph,
    /// A row of a table.
    Row,
}

/// A chunk with its joined text and what it is.
#[derive(Debug, Clone)]
pub(super) struct Part {
    pub block: Clean,
    pub span: Span,
    pub what: What,
    pub gap: u32,
    pub markdown: u8,
    pub column: u32,
    /// Blank lines between its torn lines.
    pub line_gap: Option<u32>,
    pub opening: Opening,
    pub ends_with_photo_credit: bool,
}

impl Part {
    /// The joined text.
    pub fn text(&self) -> &str {
        self.block.text()
    }
}
