//! Lines that belong together, and what they are.

use super::join::Seam;
use crate::span::Span;

/// What a stretch of lines is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// One or more whole sentences.
    Paragraph,
    /// A heading, byline, credit: it ends no sentence.
    Displayed,
    /// A row of a table.
    Row,
}

/// Lines that belong together.
#[derive(Debug, Clone, Copy)]
pub(super) struct Chunk {
    /// Where they stand.
    pub span: Span,
    /// What they are.
    pub shape: Shape,
    /// How many lines.
    pub n_lines: usize,
    /// Blank lines before.
    pub gap: u32,
    /// Level of a Markdown heading, 0 for others.
    pub markdown: u8,
    /// Width of the column, in quarter characters; 0 where no line was torn.
    pub column: u32,
    /// What the line breaks inside become.
    pub seam: Seam,
    /// Whether its first line is indented.
    pub is_indented: bool,
    /// The usual number of blank lines between its lines, where it has three or more.
    pub line_gap: Option<u32>,
}
