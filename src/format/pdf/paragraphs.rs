//! Blocks of lines → text: lines joined to paragraphs where the type-setting says so.

use super::{Block, Line};

/// A line that begins so far right of the block, in em, begins a paragraph.
const INDENT_EM: f32 = 1.2;
/// A line that ends so far left of the block's edge, in em, ends one.
const SHORT_EM: f32 = 2.2;
/// A wider step between lines than this, in usual steps, parts paragraphs.
const STEP: f32 = 1.45;
/// Type that differs more than this is something else: a heading.
const SIZE_SHARE: f32 = 1.12;
/// Marks that end a sentence.
const SENTENCE_ENDS: &str = "。！？!?…；;：:”’」』）)";

/// A paragraph under way, with what is needed to know whether it goes on in the next column.
#[derive(Debug)]
struct Paragraph {
    text: String,
    size: f32,
    /// Its first line is indented.
    is_indented: bool,
    /// Its last line fills the column.
    is_full: bool,
    n_lines: usize,
    /// A row of a table.
    is_row: bool,
}

/// The text of all pages, parted by form feeds.
pub(super) fn text(pages: &[Vec<Block>]) -> String {
    let mut out = String::new();
    let mut last: Option<Paragraph> = None;
    for (page_idx, blocks) in pages.iter().enumerate() {
        let mut is_first_of_page = page_idx > 0;
        for block in blocks {
            for paragraph in paragraphs(block) {
                let goes_on = last.as_ref().is_some_and(|last| goes_on(last, &paragraph));
                if is_first_of_page {
                    out.push_str(if goes_on || out.is_empty() { "\u{c}" } else { "\n\n\u{c}" });
                } else if !goes_on && !out.is_empty() {
                    let is_in_table = paragraph.is_row && last.as_ref().is_some_and(|last| last.is_row);
                    out.push_str(if is_in_table { "\n" } else { "\n\n" });
                }
                if goes_on && !is_first_of_page && needs_blank(&out, &paragraph.text) {
                    out.push(' ');
                }
                is_first_of_page = false;
                out.push_str(&paragraph.text);
                last = Some(paragraph);
            }
        }
        if is_first_of_page {
            out.push('\u{c}');
        }
    }
    if !out.is_empty() {
        out.push('\n');
    }
    out
}

/// Whether `next`, the first paragraph of the next column, is the rest of `last`.
fn goes_on(last: &Paragraph, next: &Paragraph) -> bool {
    let is_open = !last.text.ends_with(|c: char| SENTENCE_ENDS.contains(c));
    let same_size = last.size.max(next.size) <= last.size.min(next.size) * SIZE_SHARE;
    is_open && last.is_full && last.n_lines >= 2 && !next.is_indented && same_size && next.n_lines + last.n_lines >= 4
}

fn paragraphs(block: &Block) -> Vec<Paragraph> {
    let left = block.iter().map(|line| line.x0).fold(f32::MAX, f32::min);
    let right = block.iter().map(|line| line.x1).fold(f32::MIN, f32::max);
    let step = usual_step(block);
    let mut found: Vec<Paragraph> = Vec::new();
    let mut before: Option<&Line> = None;
    for line in block {
        let text = line.text.trim();
        let is_indented = line.x0 - left > INDENT_EM * line.size;
        let is_full = right - line.x1 < SHORT_EM * line.size;
        let is_row = line.text.contains('\t');
        let is_new = before.is_none_or(|before| {
            let is_hanging = is_indented && before.x0 - left > INDENT_EM * before.size;
            is_row
                || before.text.contains('\t')
                || (is_indented && !(is_hanging && (line.x0 - before.x0).abs() < 0.3 * line.size && is_full))
                || right - before.x1 >= SHORT_EM * before.size
                || line.y - before.y > step * STEP
                || line.size.max(before.size) > line.size.min(before.size) * SIZE_SHARE
        });
        match found.last_mut() {
            Some(paragraph) if !is_new => {
                if paragraph.text.ends_with('-') && text.starts_with(|c: char| c.is_ascii_lowercase()) {
                    paragraph.text.pop();
                } else if needs_blank(&paragraph.text, text) {
                    paragraph.text.push(' ');
                }
                paragraph.text.push_str(text);
                paragraph.is_full = is_full;
                paragraph.n_lines += 1;
            }
            _ => found.push(Paragraph {
                text: text.to_owned(),
                size: line.size,
                is_indented,
                is_full,
                n_lines: 1,
                is_row,
            }),
        }
        before = Some(line);
    }
    found
}

/// Between Latin words the line break was a blank.
fn needs_blank(before: &str, after: &str) -> bool {
    let is_latin = |c: char| c.is_ascii_alphanumeric() || matches!(c, ',' | '.' | ';' | ':' | ')' | '(');
    before.chars().next_back().is_some_and(is_latin)
        && after.chars().next().is_some_and(|c| c.is_ascii_alphabetic() || c == '(')
}

/// The median step from line to line.
fn usual_step(block: &Block) -> f32 {
    let mut steps: Vec<f32> =
        block.iter().zip(block.iter().skip(1)).map(|(a, b)| b.y - a.y).filter(|step| *step > 0.0).collect();
    steps.sort_by(f32::total_cmp);
    steps.get(steps.len() / 2).copied().unwrap_or(f32::MAX)
}
