//! A tree of HTML → text: blocks, headings, rows; menus and small print left out.
//!
//! Two passes over the same list of steps, neither of them recursive, for a page can be as deep as it likes: the first
//! counts how much text and how many links each element holds, the second writes.

use super::markup::Markup;
use ego_tree::iter::Edge;
use scraper::{ElementRef, Node, node::Element};

/// Elements that are never part of the main text.
const SKIPPED: &[&str] = &[
    "script", "style", "noscript", "template", "svg", "math", "canvas", "iframe", "object", "select", "button",
    "textarea", "head", "rt", "rp", "dialog", "audio", "video",
];

/// Elements around the main text; in a book nothing is around it.
const AROUND: &[&str] = &["nav", "footer", "aside", "menu"];

/// Words in a `class` or `id` that name what surrounds the main text.
const AROUND_WORDS: &[&str] = &[
    "nav",
    "navbar",
    "menu",
    "breadcrumb",
    "breadcrumbs",
    "sidebar",
    "footer",
    "copyright",
    "share",
    "related",
    "recommend",
    "comment",
    "comments",
    "pagination",
    "login",
    "toolbar",
    "advert",
    "ads",
];

/// Elements that begin and end a line.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "blockquote",
    "body",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "html",
    "li",
    "main",
    "nav",
    "aside",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "thead",
    "tfoot",
    "tr",
    "td",
    "th",
    "ul",
    "caption",
];

/// A list of at least so many links …
const MENU_LINKS: usize = 4;
/// … each so short on average, in characters, is a menu, not a list of headlines.
const MENU_LINK_CHARS: usize = 8;
/// A table with a longer cell is there for the layout.
const MAX_CELL_CHARS: usize = 120;

/// One step through the tree.
enum Step<'a> {
    Open(&'a Element, Stats),
    Close(&'a str),
    Text(&'a str),
}

/// How much text an element holds.
#[derive(Debug, Default, Clone, Copy)]
struct Stats {
    n_chars: usize,
    n_link_chars: usize,
    n_links: usize,
    /// Longest cell of a table below.
    max_cell: usize,
    n_tables: usize,
}

impl Stats {
    fn add(&mut self, inner: Self) {
        self.n_chars += inner.n_chars;
        self.n_link_chars += inner.n_link_chars;
        self.n_links += inner.n_links;
        self.max_cell = self.max_cell.max(inner.max_cell);
        self.n_tables += inner.n_tables;
    }
}

/// The text of `root`; of a book everything is kept.
pub(super) fn walk(root: ElementRef<'_>, is_book: bool) -> String {
    let steps = steps(root);
    let n_all = steps.iter().find_map(|step| if let Step::Open(_, stats) = step { Some(stats.n_chars) } else { None });
    let mut writer = Writer { is_book, n_all: n_all.unwrap_or(0), ..Writer::default() };
    for step in &steps {
        match step {
            Step::Open(element, stats) => writer.open(element, *stats),
            Step::Close(name) => writer.close(name),
            Step::Text(text) => writer.text(text),
        }
    }
    writer.flush();
    writer.out.finish()
}

/// The steps in order, each opening with what its element holds.
fn steps(root: ElementRef<'_>) -> Vec<Step<'_>> {
    let mut steps: Vec<Step<'_>> = Vec::new();
    let mut open: Vec<(usize, Stats)> = Vec::new();
    for edge in root.traverse() {
        match edge {
            Edge::Open(node) => match node.value() {
                Node::Element(element) => {
                    open.push((steps.len(), Stats::default()));
                    steps.push(Step::Open(element, Stats::default()));
                }
                Node::Text(text) => {
                    let n_chars = text.chars().filter(|c| !c.is_whitespace()).count();
                    if let Some((_, stats)) = open.last_mut() {
                        stats.n_chars += n_chars;
                    }
                    steps.push(Step::Text(text));
                }
                _ => {}
            },
            Edge::Close(node) => {
                let Node::Element(element) = node.value() else { continue };
                let Some((at, mut stats)) = open.pop() else { continue };
                match element.name() {
                    "a" => (stats.n_links, stats.n_link_chars) = (1, stats.n_chars),
                    "td" | "th" => stats.max_cell = stats.max_cell.max(stats.n_chars),
                    "table" => stats.n_tables += 1,
                    "script" | "style" => stats = Stats::default(),
                    _ => {}
                }
                if let Some(Step::Open(_, known)) = steps.get_mut(at) {
                    *known = stats;
                }
                if let Some((_, outer)) = open.last_mut() {
                    outer.add(stats);
                }
                steps.push(Step::Close(element.name()));
            }
        }
    }
    steps
}

#[derive(Debug, Default)]
struct Writer {
    is_book: bool,
    n_all: usize,
    out: Markup,
    line: String,
    /// Since the last character there was a line break in the source.
    is_after_break: bool,
    level: usize,
    is_item: bool,
    n_pre: usize,
    /// Elements that are open inside a skipped one, itself included; 0 outside.
    n_skipped: usize,
    /// Cells of the row under way, for each data table that is open.
    rows: Vec<Vec<String>>,
    /// For each table that is open, whether it holds data.
    tables: Vec<bool>,
}

impl Writer {
    fn is_skipped(&self, element: &Element, stats: Stats) -> bool {
        let name = element.name();
        if SKIPPED.contains(&name) || element.attr("hidden").is_some() || element.attr("aria-hidden") == Some("true") {
            return true;
        }
        if self.is_book || matches!(name, "html" | "body" | "main" | "article") || stats.n_chars * 2 > self.n_all {
            return false;
        }
        let role = element.attr("role").unwrap_or_default();
        if AROUND.contains(&name)
            || matches!(role, "navigation" | "banner" | "contentinfo" | "complementary" | "search")
        {
            return true;
        }
        let words = [element.attr("class"), element.attr("id")].into_iter().flatten();
        let is_around = words
            .flat_map(|words| words.split([' ', '-', '_']))
            .any(|word| AROUND_WORDS.iter().any(|around| around.eq_ignore_ascii_case(word)));
        let is_menu = stats.n_links >= MENU_LINKS
            && stats.n_link_chars * 4 > stats.n_chars * 3
            && stats.n_link_chars < stats.n_links * MENU_LINK_CHARS;
        BLOCKS.contains(&name) && (is_around || is_menu)
    }

    fn open(&mut self, element: &Element, stats: Stats) {
        if self.n_skipped > 0 || self.is_skipped(element, stats) {
            self.n_skipped += 1;
            return;
        }
        let name = element.name();
        if BLOCKS.contains(&name) {
            self.flush();
        }
        match name {
            "br" => self.line.push('\n'),
            "pre" => self.n_pre += 1,
            "li" => self.is_item = true,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.level = name.get(1..).and_then(|level| level.parse().ok()).unwrap_or(0);
            }
            "table" => self.tables.push(stats.n_tables <= 1 && stats.max_cell <= MAX_CELL_CHARS),
            "tr" if self.is_in_data() => self.rows.push(Vec::new()),
            "td" | "th" if self.is_in_data() => {
                if let Some(row) = self.rows.last_mut() {
                    row.push(String::new());
                }
            }
            _ => {}
        }
    }

    fn is_in_data(&self) -> bool {
        self.tables.last().copied().unwrap_or(false)
    }

    fn close(&mut self, name: &str) {
        if self.n_skipped > 0 {
            self.n_skipped -= 1;
            return;
        }
        if BLOCKS.contains(&name) {
            self.flush();
        }
        match name {
            "pre" => self.n_pre = self.n_pre.saturating_sub(1),
            "li" => self.is_item = false,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.level = 0,
            "tr" if self.is_in_data() => {
                if let Some(row) = self.rows.pop() {
                    self.out.row(&row.join("\t"));
                }
            }
            "table" => {
                self.tables.pop();
                if self.tables.is_empty() {
                    self.rows.clear();
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.n_skipped > 0 {
            return;
        }
        if self.n_pre > 0 {
            self.line.push_str(text);
            return;
        }
        for c in text.chars() {
            let is_blank = matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0c');
            if !is_blank {
                // A line break in the source, beside a han character, is none in the text.
                if std::mem::take(&mut self.is_after_break) && self.line.ends_with(' ') {
                    let before = self.line.trim_end_matches(' ');
                    if is_wide(c) || before.chars().next_back().is_some_and(is_wide) {
                        self.line.truncate(before.len());
                    }
                }
                self.line.push(c);
                continue;
            }
            self.is_after_break |= c == '\n';
            if !self.line.is_empty() && !self.line.ends_with([' ', '\n']) {
                self.line.push(' ');
            }
        }
    }

    /// The line under way is whole.
    fn flush(&mut self) {
        let line = std::mem::take(&mut self.line);
        if let Some(cell) = self.rows.last_mut().and_then(|row| row.last_mut()) {
            let words = line.split_whitespace().collect::<Vec<_>>().join(" ");
            if !cell.is_empty() && !words.is_empty() {
                cell.push(' ');
            }
            cell.push_str(&words);
            return;
        }
        if self.level > 0 {
            return self.out.heading(self.level, &line);
        }
        // Two breaks in a row part paragraphs.
        for paragraph in line.split("\n\n") {
            if self.is_item { self.out.row(paragraph) } else { self.out.paragraph(paragraph) }
        }
    }
}

/// Han characters and their punctuation.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff60}' | '\u{20000}'..='\u{3ffff}')
}
