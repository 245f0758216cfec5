//! Builds the text of a structured document: headings, paragraphs, rows, with blank lines between them.

/// Collects blocks into one text.
#[derive(Debug, Default)]
pub(super) struct Markup {
    text: String,
    /// Whether the last block was a row or an item: the next one follows on the next line.
    was_tight: bool,
}

impl Markup {
    /// A paragraph; `text` is trimmed, and nothing happens where nothing is left of it.
    pub fn paragraph(&mut self, text: &str) {
        self.block(0, text, false);
    }

    /// A heading of this level (1 is the highest).
    pub fn heading(&mut self, level: usize, text: &str) {
        self.block(level.clamp(1, 6), text, false);
    }

    /// A row of a table, or an item of a list: those that follow each other have no blank line between.
    pub fn row(&mut self, text: &str) {
        self.block(0, text, true);
    }

    fn block(&mut self, level: usize, text: &str, is_tight: bool) {
        let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        if text.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push_str(if is_tight && self.was_tight { "\n" } else { "\n\n" });
        }
        self.was_tight = is_tight;
        if level > 0 {
            self.text.extend(std::iter::repeat_n('#', level));
            self.text.push(' ');
            // A heading is one line.
            self.text.push_str(&text.split_whitespace().collect::<Vec<_>>().join(" "));
        } else {
            self.text.push_str(text);
        }
    }

    /// Whether nothing was added.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The text, with a line break at its end.
    pub fn finish(mut self) -> String {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text
    }
}
