//! Text documents of OpenOffice and LibreOffice: the paragraphs of `content.xml`.

use super::{FormatError, archive, markup::Markup, xml, xml::Node};
use crate::warn::Reporter;
use quick_xml::events::BytesStart;

/// What is left out with all that stands in it.
const SKIPPED: &[&str] = &["tracked-changes", "annotation", "note-citation", "ruby-text", "script", "forms"];

/// One `text:s` stands for so many blanks at most.
const MAX_BLANKS: usize = 80;

/// The text of an ODT file. A file that is damaged is read as far as it goes.
pub(super) fn text(bytes: &[u8], reporter: &mut Reporter) -> Result<String, FormatError> {
    let mut zip = archive::open("ODT file", bytes)?;
    let content = archive::part(&mut zip, "content.xml")?;
    if let Ok(manifest) = archive::part(&mut zip, "META-INF/manifest.xml")
        && memchr::memmem::find(&manifest, b"encryption-data").is_some()
    {
        return Err(FormatError::Encrypted("ODT file"));
    }
    let mut body = Body::default();
    let result = xml::walk(&xml::decode(&content), "ODT file", |node| match node {
        Node::Open(tag) => body.begin(tag, false),
        Node::Empty(tag) => body.begin(tag, true),
        Node::Close(name) => body.end(name),
        Node::Text(text) if body.n_skipped == 0 => body.add(&text),
        Node::Text(_) => {}
    });
    if let Err(error) = result {
        // Something is open still, perhaps even what is left out.
        body.n_skipped = 0;
        while !body.open.is_empty() {
            body.end("p");
        }
        while !body.rows.is_empty() {
            body.end("table-row");
        }
        if body.out.is_empty() {
            return Err(error);
        }
        reporter.whole("format", format!("{error}; what stands before was read"));
    }
    Ok(body.out.finish())
}

/// Paragraphs under way, the innermost last, each with its level as a heading.
#[derive(Debug, Default)]
struct Body {
    out: Markup,
    open: Vec<(String, usize)>,
    rows: Vec<Vec<String>>,
    n_skipped: usize,
}

impl Body {
    fn add(&mut self, text: &str) {
        if let Some((paragraph, _)) = self.open.last_mut() {
            paragraph.push_str(text);
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
        let number = |name: &str| xml::attribute(tag, name).and_then(|value| value.parse::<usize>().ok());
        match name {
            "p" if !is_empty => self.open.push((String::new(), 0)),
            "h" if !is_empty => self.open.push((String::new(), number("outline-level").unwrap_or(1).max(1))),
            "table-row" if !is_empty => self.rows.push(Vec::new()),
            "table-cell" if !is_empty => {
                if let Some(row) = self.rows.last_mut() {
                    row.push(String::new());
                }
            }
            "tab" => self.add("\t"),
            "line-break" => self.add("\n"),
            "s" => self.add(&" ".repeat(number("c").unwrap_or(1).min(MAX_BLANKS))),
            _ => {}
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
            "p" | "h" => {
                let Some((text, level)) = self.open.pop() else { return };
                match self.rows.last_mut().and_then(|row| row.last_mut()) {
                    Some(cell) => {
                        let blank = if cell.is_empty() || text.trim().is_empty() { "" } else { " " };
                        cell.push_str(blank);
                        cell.push_str(text.trim());
                    }
                    None if level > 0 => self.out.heading(level, &text),
                    None => self.out.paragraph(&text),
                }
            }
            "table-row" => {
                if let Some(cells) = self.rows.pop() {
                    self.out.row(&cells.join("\t"));
                }
            }
            _ => {}
        }
    }
}
