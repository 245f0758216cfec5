//! Word documents: the paragraphs of `word/document.xml`, its notes behind them.

use super::{FormatError, archive, markup::Markup, xml, xml::Node};
use crate::warn::Reporter;
use quick_xml::events::BytesStart;

/// What is left out with all that stands in it: deleted and moved text, the second form of what is there already,
/// field codes, the small print of ruby.
const SKIPPED: &[&str] = &["del", "moveFrom", "Fallback", "instrText", "delText", "rt"];

/// The text of a DOCX file. A part that is damaged is read as far as it goes.
pub(super) fn text(bytes: &[u8], reporter: &mut Reporter) -> Result<String, FormatError> {
    let mut zip = archive::open("DOCX file", bytes)?;
    let styles = archive::part(&mut zip, "word/styles.xml").map(|styles| heading_styles(&styles)).unwrap_or_default();
    let mut body = Body { styles, ..Body::default() };
    let main = archive::part(&mut zip, "word/document.xml")?;
    let mut first_error = body.read(&main).err();
    for notes in ["word/footnotes.xml", "word/endnotes.xml"] {
        match archive::part(&mut zip, notes) {
            Ok(notes) => first_error = first_error.or(body.read(&notes).err()),
            // Most documents have no notes.
            Err(FormatError::Damaged { .. }) => {}
            Err(error) => first_error = first_error.or(Some(error)),
        }
    }
    match first_error {
        Some(error) if body.out.is_empty() => return Err(error),
        Some(error) => reporter.whole("format", format!("{error}; what stands before was read")),
        None => {}
    }
    Ok(body.out.finish())
}

/// Ids of the styles that are headings, with their level: `Heading1`, or a number where Word is Chinese.
fn heading_styles(bytes: &[u8]) -> Vec<(String, usize)> {
    let (mut found, mut id) = (Vec::new(), String::new());
    // What cannot be read of the styles only costs headings.
    let _ = xml::walk(&xml::decode(bytes), "DOCX file", |node| {
        let (Node::Open(tag) | Node::Empty(tag)) = node else { return };
        match xml::name(tag) {
            "style" => id = xml::attribute(tag, "styleId").unwrap_or_default(),
            "name" => {
                if let Some(level) = xml::attribute(tag, "val").and_then(|name| level_of_name(&name)) {
                    found.push((id.clone(), level));
                }
            }
            _ => {}
        }
    });
    found
}

/// `heading 2` → 2, `标题 1` → 1, `Title` → 1.
fn level_of_name(name: &str) -> Option<usize> {
    let name = name.to_lowercase();
    if matches!(name.as_str(), "title" | "标题") {
        return Some(1);
    }
    let digits = name.strip_prefix("heading").or_else(|| name.strip_prefix("标题"))?;
    digits.trim().parse().ok().filter(|level| (1..=9).contains(level))
}

/// A paragraph under way; a text box can stand inside a paragraph.
#[derive(Debug, Default)]
struct Paragraph {
    text: String,
    level: usize,
}

#[derive(Debug, Default)]
struct Body {
    styles: Vec<(String, usize)>,
    out: Markup,
    open: Vec<Paragraph>,
    /// Cells of the row under way; rows of tables inside cells go into the cell.
    rows: Vec<Vec<String>>,
    /// Inside how many of [`SKIPPED`].
    n_skipped: usize,
    is_text: bool,
    is_hidden: bool,
}

impl Body {
    fn read(&mut self, bytes: &[u8]) -> Result<(), FormatError> {
        let result = xml::walk(&xml::decode(bytes), "DOCX file", |node| match node {
            Node::Open(tag) => self.begin(tag, false),
            Node::Empty(tag) => self.begin(tag, true),
            Node::Close(name) => self.end(name),
            Node::Text(text) => {
                if self.is_text && !self.is_hidden && self.n_skipped == 0 {
                    self.add(&text);
                }
            }
        });
        // Where the part was cut, something may be open still, even what is left out.
        (self.n_skipped, self.is_text, self.is_hidden) = (0, false, false);
        while !self.open.is_empty() {
            self.end("p");
        }
        while !self.rows.is_empty() {
            self.end("tr");
        }
        result
    }

    fn add(&mut self, text: &str) {
        if let Some(paragraph) = self.open.last_mut() {
            paragraph.text.push_str(text);
        }
    }

    fn begin(&mut self, tag: &BytesStart<'_>, is_empty: bool) {
        let name = xml::name(tag);
        if SKIPPED.contains(&name) {
            self.n_skipped += usize::from(!is_empty);
            return;
        }
        if self.n_skipped > 0 {
            return;
        }
        let value = || xml::attribute(tag, "val");
        match name {
            "p" if !is_empty => self.open.push(Paragraph::default()),
            "t" => self.is_text = !is_empty,
            "tr" if !is_empty => self.rows.push(Vec::new()),
            "tc" if !is_empty => {
                if let Some(row) = self.rows.last_mut() {
                    row.push(String::new());
                }
            }
            "tab" | "ptab" if is_empty && !self.open.is_empty() => self.add("\t"),
            "br" | "cr" => self.add("\n"),
            "noBreakHyphen" => self.add("-"),
            "vanish" => self.is_hidden = !matches!(value().as_deref(), Some("0" | "false")),
            "pStyle" => {
                let level = value().and_then(|id| self.styles.iter().find(|(style, _)| *style == id).map(|s| s.1));
                self.set_level(level);
            }
            "outlineLvl" => {
                let level = value().and_then(|level| level.parse::<usize>().ok()).filter(|level| *level < 9);
                self.set_level(level.map(|level| level + 1));
            }
            _ => {}
        }
    }

    fn set_level(&mut self, level: Option<usize>) {
        if let (Some(paragraph), Some(level)) = (self.open.last_mut(), level) {
            paragraph.level = level;
        }
    }

    fn end(&mut self, name: &str) {
        if SKIPPED.contains(&name) {
            self.n_skipped = self.n_skipped.saturating_sub(1);
            return;
        }
        if self.n_skipped > 0 {
            return;
        }
        match name {
            "t" => self.is_text = false,
            "r" => self.is_hidden = false,
            "p" => {
                if let Some(paragraph) = self.open.pop() {
                    self.keep(&paragraph);
                }
            }
            "tr" => {
                let Some(cells) = self.rows.pop() else { return };
                let row = cells.join("\t");
                match self.rows.last_mut().and_then(|row| row.last_mut()) {
                    Some(cell) => push_line(cell, &row),
                    None => self.out.row(&row),
                }
            }
            _ => {}
        }
    }

    fn keep(&mut self, paragraph: &Paragraph) {
        let text = paragraph.text.trim_end();
        match self.rows.last_mut().and_then(|row| row.last_mut()) {
            Some(cell) => push_line(cell, text.trim()),
            None if paragraph.level > 0 => self.out.heading(paragraph.level, text),
            None => self.out.paragraph(text),
        }
    }
}

/// Paragraphs in a cell stand on one line.
fn push_line(cell: &mut String, text: &str) {
    if !cell.is_empty() && !text.is_empty() {
        cell.push(' ');
    }
    cell.push_str(text);
}
