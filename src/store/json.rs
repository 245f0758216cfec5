//! The public JSON: one [`Document`] a line, or several as a parsed corpus.
//!
//! In memory spans count bytes, in JSON code points. A parsed corpus holds each document's text
//! (`source.text`), so it can be opened again without the files it came from. What comes from outside is
//! checked before it is believed: every span must lie in the text and every index in its list.

use crate::{
    corpus::{Body, Entry, JoinedEvent, JoinedSeries, join_events, join_series},
    model::{self, Document, SCHEMA},
    span::{CharIndex, Span},
    text::{Article, Block, Clean, Role, segment},
    warn::Reporter,
};
use serde::{Deserialize, Serialize};

/// The document of `entry` with spans in code points, ready to be serialised.
pub fn public(entry: &Entry) -> Document {
    let index = CharIndex::new(&entry.text);
    let mut document = entry.document.clone();
    document.map_spans(|span| index.chars_from_bytes(&entry.text, span));
    document
}

/// As [`public`], of an entry that nobody needs any more.
pub fn published(entry: Entry) -> Document {
    let Body { mut document, text, .. } = entry.into_body();
    let index = CharIndex::new(&text);
    document.map_spans(|span| index.chars_from_bytes(&text, span));
    document
}

/// As [`public`], with the text itself: a document that stands alone.
pub fn standalone(entry: &Entry) -> Document {
    let mut document = public(entry);
    document.source.text = Some(entry.text.clone());
    document
}

/// A parsed corpus as it stands in a file.
#[derive(Debug, Clone, Serialize)]
pub struct CorpusFile {
    /// Always [`SCHEMA`].
    pub schema: u32,
    /// Each with its text.
    pub documents: Vec<Document>,
    /// The same measure told by several documents, as one series.
    pub series: Vec<JoinedSeries>,
    /// The same happening told by several documents, as one event.
    pub events: Vec<JoinedEvent>,
}

impl CorpusFile {
    /// All of `entries`.
    pub fn new(entries: &[Entry]) -> Self {
        Self {
            schema: SCHEMA,
            documents: entries.iter().map(standalone).collect(),
            series: join_series(entries),
            events: join_events(entries),
        }
    }
}

/// Why a parsed corpus was refused.
#[derive(Debug, thiserror::Error)]
pub enum CorpusError {
    /// No JSON, or not of this shape.
    #[error("this is no parsed corpus: {0}")]
    Shape(#[from] serde_json::Error),
    /// Written by another version.
    #[error("its schema is {0}, this program reads schema {SCHEMA}")]
    Schema(u64),
    /// A document without its text cannot be shown.
    #[error("documents[{document}] has no `source.text`; write the corpus with --format json")]
    NoText {
        /// Index of the document.
        document: usize,
    },
    /// A span that does not fit the text.
    #[error("documents[{document}].{place}: the span [{}, {}] does not fit a text of {n_chars} characters", span.start, span.end)]
    Span {
        /// Index of the document.
        document: usize,
        /// Which list, and which item of it.
        place: String,
        /// As printed in the file.
        span: Span,
        /// How long the text is.
        n_chars: usize,
    },
    /// An index that points beside its list.
    #[error("documents[{document}].{place} points at {list}[{index}], but there are {len}")]
    Index {
        /// Index of the document.
        document: usize,
        /// Which item points.
        place: String,
        /// The list it points into.
        list: &'static str,
        /// Where it points.
        index: usize,
        /// How many there are.
        len: usize,
    },
}

/// Whether `bytes` look like a parsed corpus or a document of ours rather than a text to be read.
pub fn is_corpus(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let head = bytes.get(..4096).unwrap_or(bytes).trim_ascii_start();
    head.first() == Some(&b'{') && memchr::memmem::find(head, b"\"schema\"").is_some()
}

/// The parts of a corpus file that are read back; the joined lists are worked out again from the documents.
#[derive(Deserialize)]
struct Shape {
    documents: Vec<Document>,
}

/// Reads a parsed corpus, or a single document with its text.
///
/// # Errors
/// See [`CorpusError`]; nothing is read of a file that is refused.
pub fn read_corpus(bytes: &[u8]) -> Result<Vec<Entry>, CorpusError> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let value: serde_json::Value = serde_json::from_slice(bytes)?;
    let schema = value.get("schema").and_then(serde_json::Value::as_u64).unwrap_or(0);
    if schema != u64::from(SCHEMA) {
        return Err(CorpusError::Schema(schema));
    }
    let documents = if value.get("documents").is_some() {
        serde_json::from_value::<Shape>(value)?.documents
    } else {
        vec![serde_json::from_value(value)?]
    };
    documents.into_iter().enumerate().map(|(idx, document)| entry(idx, document)).collect()
}

/// A document with its text in `source.text`, as it was before [`standalone`].
///
/// # Errors
/// See [`CorpusError`].
pub fn restored(document: Document) -> Result<Entry, CorpusError> {
    entry(0, document)
}

/// Reads a single document with its text, without its layout.
///
/// # Errors
/// See [`CorpusError`].
pub fn read_document(bytes: &[u8]) -> Result<(Document, String), CorpusError> {
    checked(0, serde_json::from_slice(bytes)?)
}

/// One document with its layout.
fn entry(document_idx: usize, document: Document) -> Result<Entry, CorpusError> {
    let (document, text) = checked(document_idx, document)?;
    let articles = layout(&text, &document.articles);
    Ok(Entry::new(document, text, articles))
}

/// One document, checked, its spans in bytes, and its text.
fn checked(document_idx: usize, mut document: Document) -> Result<(Document, String), CorpusError> {
    if document.schema != SCHEMA {
        return Err(CorpusError::Schema(u64::from(document.schema)));
    }
    let text = document.source.text.take().ok_or(CorpusError::NoText { document: document_idx })?;
    let index = CharIndex::new(&text);
    check_spans(document_idx, &document, index.n_chars())?;
    check_indices(document_idx, &document)?;
    document.source.chars = index.n_chars();
    document.map_spans(|span| index.bytes_from_chars(&text, span));
    Ok((document, text))
}

fn check_spans(document_idx: usize, document: &Document, n_chars: usize) -> Result<(), CorpusError> {
    let named = |list: &'static str, spans: Vec<Span>| {
        spans.into_iter().enumerate().map(move |(idx, span)| (format!("{list}[{idx}]"), span))
    };
    let articles = document.articles.iter().enumerate().flat_map(|(article_idx, article)| {
        let spans = article.spans.iter().enumerate();
        spans.map(move |(idx, span)| (format!("articles[{article_idx}].spans[{idx}]"), *span))
    });
    let all = articles
        .chain(named("times", document.times.iter().map(|time| time.span).collect()))
        .chain(named("quantities", document.quantities.iter().map(|quantity| quantity.span).collect()))
        .chain(named("events", document.events.iter().map(|event| event.span).collect()))
        .chain(named("claims", document.claims.iter().map(|claim| claim.span).collect()))
        .chain(named("warnings", document.warnings.iter().filter_map(|warning| warning.span).collect()));
    for (place, span) in all {
        if span.start > span.end || span.end > n_chars {
            return Err(CorpusError::Span { document: document_idx, place, span, n_chars });
        }
    }
    Ok(())
}

fn check_indices(document_idx: usize, document: &Document) -> Result<(), CorpusError> {
    let (n_articles, n_times) = (document.articles.len(), document.times.len());
    let (n_quantities, n_events) = (document.quantities.len(), document.events.len());
    let check = |place: String, list: &'static str, index: Option<usize>, len: usize| match index {
        Some(index) if index >= len => Err(CorpusError::Index { document: document_idx, place, list, index, len }),
        _ => Ok(()),
    };
    for (idx, time) in document.times.iter().enumerate() {
        check(format!("times[{idx}].article"), "articles", Some(time.article), n_articles)?;
        check(format!("times[{idx}].anchor.time"), "times", time.anchor.time, n_times)?;
    }
    for (idx, quantity) in document.quantities.iter().enumerate() {
        check(format!("quantities[{idx}].article"), "articles", Some(quantity.article), n_articles)?;
        check(format!("quantities[{idx}].time"), "times", quantity.time, n_times)?;
    }
    for (idx, event) in document.events.iter().enumerate() {
        check(format!("events[{idx}].article"), "articles", Some(event.article), n_articles)?;
        check(format!("events[{idx}].time"), "times", event.time, n_times)?;
        for same in &event.same_as {
            check(format!("events[{idx}].same_as"), "events", Some(*same), n_events)?;
        }
    }
    for (series_idx, series) in document.series.iter().enumerate() {
        for (idx, point) in series.points.iter().enumerate() {
            let place = format!("series[{series_idx}].points[{idx}]");
            check(format!("{place}.quantity"), "quantities", point.quantity, n_quantities)?;
            for from in point.derived.iter().flat_map(|derived| &derived.from) {
                check(format!("{place}.derived.from"), "quantities", Some(*from), n_quantities)?;
            }
        }
    }
    for (idx, claim) in document.claims.iter().enumerate() {
        for from in &claim.from {
            check(format!("claims[{idx}].from"), "quantities", Some(*from), n_quantities)?;
        }
    }
    Ok(())
}

/// The articles with their paragraphs: as the text is segmented today where that gives the same articles, else by
/// the spans in the file, one block a line.
fn layout(text: &str, described: &[model::Article]) -> Vec<Article> {
    let segmented = segment(text, &mut Reporter::new());
    let same = segmented.len() == described.len()
        && segmented
            .iter()
            .zip(described)
            .all(|(found, told)| found.spans == told.spans && found.first(Role::Headline) == told.headline.as_deref());
    if same {
        return segmented;
    }
    described.iter().map(|article| article_by_lines(text, article)).collect()
}

fn article_by_lines(text: &str, described: &model::Article) -> Article {
    let mut blocks: Vec<Block> = Vec::new();
    for span in &described.spans {
        let mut at = span.start;
        for line in span.slice(text).split_inclusive('\n') {
            let trimmed = line.trim();
            if !trimmed.is_empty() {
                let lead = line.len() - line.trim_start().len();
                let role = role_of(trimmed, described, &blocks);
                blocks.push(Block { role, text: Clean::verbatim(trimmed, at + lead) });
            }
            at += line.len();
        }
    }
    Article {
        kind: described.kind,
        blocks,
        byline: described.byline.clone(),
        dateline: described.dateline.clone(),
        spans: described.spans.clone(),
    }
}

fn role_of(line: &str, described: &model::Article, before: &[Block]) -> Role {
    let has = |role| before.iter().any(|block| block.role == role);
    if described.headline.as_deref() == Some(line) && !has(Role::Headline) {
        Role::Headline
    } else if described.deck.as_deref() == Some(line) && !has(Role::Deck) {
        Role::Deck
    } else if described.subheads.iter().any(|subhead| subhead == line) {
        Role::Subhead
    } else if described.kind == model::ArticleKind::Photo {
        Role::Caption
    } else {
        Role::Body
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        corpus::{Corpus, ReadOptions, read},
        text::Source,
    };

    fn corpus(text: &str) -> Corpus {
        let source = Source::of("a.txt", text);
        Corpus::new(vec![read(source, &ReadOptions::default(), Reporter::new())])
    }

    fn refused(change: impl FnOnce(&mut serde_json::Value)) -> String {
        let mut value = serde_json::to_value(CorpusFile::new(&corpus("2024年开工。\n").entries)).unwrap();
        change(&mut value);
        read_corpus(value.to_string().as_bytes()).unwrap_err().to_string()
    }

    #[test]
    fn a_corpus_is_read_back_as_it_was_written() {
        let before = corpus("大桥😀开工\n\n2024年9月开工，投资948亿元。\n");
        let bytes = serde_json::to_vec(&CorpusFile::new(&before.entries)).unwrap();
        assert!(is_corpus(&bytes));
        let after = read_corpus(&bytes).unwrap();
        assert_eq!(after[0].document, before.entries[0].document);
        assert_eq!(after[0].text, before.entries[0].text);
        assert_eq!(after[0].articles.len(), before.entries[0].articles.len());
    }

    #[test]
    fn what_does_not_fit_is_refused_with_its_place() {
        assert_eq!(refused(|v| v["schema"] = 2.into()), "its schema is 2, this program reads schema 1");
        assert_eq!(
            refused(|v| v["documents"][0]["articles"][0]["spans"][0][1] = 99.into()),
            "documents[0].articles[0].spans[0]: the span [0, 99] does not fit a text of 9 characters"
        );
        let event = r#"{"span":[0,2],"title":"","article":7,"time":null,"edtf":null,"interval":null,"place":null}"#;
        assert_eq!(
            refused(|v| v["documents"][0]["events"] = format!("[{event}]").parse().unwrap()),
            "documents[0].events[0].article points at articles[7], but there are 1"
        );
        assert!(
            refused(|v| v["documents"][0]["source"]["text"] = serde_json::Value::Null).contains("no `source.text`")
        );
        assert!(refused(|v| v["documents"] = 3.into()).starts_with("this is no parsed corpus"));
    }
}
