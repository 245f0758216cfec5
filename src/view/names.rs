//! What documents and articles are called where there is little room.

use crate::{
    corpus::{Corpus, Entries, Entry},
    desk::{COLLECTION_FROM, Locale},
    model::{ArticleKind, Event},
};
use std::borrow::Cow;

/// An event's title as views show it: with a star before it where the user starred it.
pub fn event_label(event: &Event) -> Cow<'_, str> {
    if event.is_starred() { Cow::Owned(format!("★ {}", event.title)) } else { Cow::Borrowed(&event.title) }
}

/// How many characters of a text without a headline stand for it.
const N_CHARS_OF_TEXT: usize = 14;

/// A document's name: its file's name without folder and ending; for pasted text its first headline or words.
pub fn document_name(entry: &Entry) -> String {
    let source = &entry.document.source;
    let path = if source.path.is_empty() { &entry.document.id } else { &source.path };
    let file = path.trim_end_matches(['/', '\\']).rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = match file.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() && ending.chars().count() <= 8 => stem,
        _ => file,
    };
    let stem = stem.trim_end_matches(".corpus");
    if stem.is_empty() { first_words(&entry.text) } else { stem.to_owned() }
}

/// An article's own words for itself: its headline, else its first words.
pub fn article_words(entry: &Entry, article_idx: usize) -> String {
    let Some(article) = entry.document.articles.get(article_idx) else { return String::new() };
    article.headline.clone().unwrap_or_else(|| {
        let start = article.spans.first().map_or(0, |span| span.start);
        first_words(entry.text.get(start..).unwrap_or_default())
    })
}

/// An article's name: its own words; a photograph says that it is one.
pub fn article_name(entry: &Entry, article_idx: usize, words: &Locale) -> String {
    let Some(article) = entry.document.articles.get(article_idx) else { return String::new() };
    let name = article_words(entry, article_idx);
    if article.kind == ArticleKind::Photo { words.fill("sidebar.photo", &[&name]) } else { name }
}

/// The first words of a text, on one line; of a table the names of its columns.
fn first_words(text: &str) -> String {
    if let Some(row) = text.trim_start().strip_prefix('|') {
        let cells = row.lines().next().unwrap_or_default().split('|').map(str::trim).filter(|cell| !cell.is_empty());
        return cells.collect::<Vec<_>>().join("、").chars().take(N_CHARS_OF_TEXT).collect();
    }
    text.chars().filter(|c| !c.is_whitespace()).take(N_CHARS_OF_TEXT).collect()
}

/// What the window is about: the one document, or how many there are.
pub fn corpus_name(corpus: &Corpus, doc: usize, words: &Locale) -> String {
    let all = &corpus.entries;
    match (all.len(), all.first()) {
        (0, _) | (_, None) => words.get("toolbar.nothing").to_owned(),
        (1, Some(only)) => document_name(only),
        _ => folder_name(all).or_else(|| all.get(doc).map(document_name)).unwrap_or_default(),
    }
}

/// The folder that all documents of a collection lie in; only the first, the middle and the last are asked.
fn folder_name(all: &Entries) -> Option<String> {
    let (first, last) = (all.first()?, all.get(all.len().checked_sub(1)?)?);
    let folder = |entry: &Entry| {
        let path = entry.document.source.path.replace('\\', "/");
        path.rsplit_once('/').map(|(folder, _)| folder.to_owned())
    };
    let name = folder(first).filter(|name| all.len() > COLLECTION_FROM && folder(last).as_ref() == Some(name))?;
    all.get(all.len() / 2).and_then(folder).filter(|middle| *middle == name)?;
    name.rsplit('/').next().filter(|name| !name.is_empty()).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        corpus::{ReadOptions, read},
        text::Source,
        warn::Reporter,
    };

    #[test]
    fn a_document_is_called_by_its_file_or_its_first_words() {
        let named = |path: &str, text: &str| {
            let source = Source::of(path, text);
            document_name(&read(source, &ReadOptions::default(), Reporter::new()))
        };
        assert_eq!(named("/tmp/年报 2024.txt", "一"), "年报 2024");
        assert_eq!(named("notes", "一"), "notes");
        assert_eq!(named("", "2024年，桥通了。"), "2024年，桥通了。");
        assert_eq!(first_words("| 年份 | 人口 |\n| 2020年 | 5 |"), "年份、人口");
    }
}
