//! The search field: what of the corpus holds the words, in groups.

use super::{names, query::Query};
use crate::{
    corpus::Corpus,
    desk::{Locale, Mark},
    span::Span,
};

/// How many rows a group shows; all hits are counted up to [`MAX_COUNT`].
pub const MAX_ROWS: usize = 8;
/// Beyond this a group says "more than".
pub const MAX_COUNT: usize = 10_000;

/// Where a row leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// To a thing that was found.
    Mark(Mark),
    /// To an article.
    Article {
        /// Index in `Corpus::entries`.
        doc: usize,
        /// Index in `Document::articles`.
        article: usize,
    },
}

/// One row of the results.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Where it leads.
    pub target: Target,
    /// The line shown.
    pub title: String,
    /// A word about it: its date, its article.
    pub note: String,
}

/// Hits of one sort.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HitGroup {
    /// Key of its name in the locale.
    pub key: &'static str,
    /// At most [`MAX_ROWS`].
    pub hits: Vec<Hit>,
    /// How many there are.
    pub count: usize,
}

/// Searches titles, dates, places, measures, numbers and the text as [`Query`] understands what was typed; empty
/// groups are left out. Relative times count from the writing date of document `doc`.
pub fn search(corpus: &Corpus, typed: &str, doc: usize, words: &Locale) -> Vec<HitGroup> {
    let dct = corpus.entries.get(doc).and_then(|entry| entry.document.dct.as_ref());
    let Some(query) = Query::new(typed, dct) else { return Vec::new() };
    let mut groups =
        [events(corpus, &query), quantities(corpus, &query), times(corpus, &query), articles(corpus, &query, words)];
    if query.is_comparison() {
        // Whoever compares numbers wants the numbers first, then the events that they are told in.
        groups.swap(0, 1);
    }
    groups.into_iter().filter(|group| group.count > 0).collect()
}

impl HitGroup {
    fn new(key: &'static str) -> Self {
        Self { key, hits: Vec::new(), count: 0 }
    }

    fn add(&mut self, hit: impl FnOnce() -> Hit) {
        if self.hits.len() < MAX_ROWS {
            self.hits.push(hit());
        }
        self.count += 1;
    }
}

fn events(corpus: &Corpus, query: &Query) -> HitGroup {
    let mut group = HitGroup::new("search.events");
    for (doc, entry) in corpus.entries.iter().enumerate() {
        for (event_idx, event) in entry.document.events.iter().enumerate() {
            let date = event.edtf.as_ref().map_or("", |edtf| edtf.as_str());
            let time = event.time.and_then(|idx| entry.document.times.get(idx)).map_or("", |time| time.text.as_str());
            if query.wants_event(&entry.document, event) {
                group.add(|| Hit {
                    target: Target::Mark(Mark::Event { doc, event: event_idx }),
                    title: event.title.clone(),
                    note: if time.is_empty() { date.to_owned() } else { time.to_owned() },
                });
            }
        }
    }
    group
}

fn quantities(corpus: &Corpus, query: &Query) -> HitGroup {
    let mut group = HitGroup::new("search.quantities");
    for (doc, entry) in corpus.entries.iter().enumerate() {
        for (quantity_idx, quantity) in entry.document.quantities.iter().enumerate() {
            let measure = quantity.measure.as_deref().unwrap_or_default();
            if query.wants_quantity(quantity) {
                group.add(|| Hit {
                    target: Target::Mark(Mark::Quantity { doc, quantity: quantity_idx }),
                    title: quantity.text.clone(),
                    note: measure.to_owned(),
                });
            }
        }
    }
    group
}

fn times(corpus: &Corpus, query: &Query) -> HitGroup {
    let mut group = HitGroup::new("search.times");
    for (doc, entry) in corpus.entries.iter().enumerate() {
        for (time_idx, time) in entry.document.times.iter().enumerate() {
            if query.wants_time(time) {
                group.add(|| Hit {
                    target: Target::Mark(Mark::Time { doc, time: time_idx }),
                    title: time.text.clone(),
                    note: time.value.clone(),
                });
            }
        }
    }
    group
}

/// Passages of the text, one for each place where the words stand.
fn articles(corpus: &Corpus, query: &Query, words: &Locale) -> HitGroup {
    let mut group = HitGroup::new("search.text");
    for (doc, entry) in corpus.entries.iter().enumerate() {
        for span in query.places(&entry.text) {
            if group.count >= MAX_COUNT {
                return group;
            }
            group.add(|| {
                let article = entry
                    .document
                    .articles
                    .iter()
                    .position(|article| article.spans.iter().any(|part| part.overlaps(span)))
                    .unwrap_or(0);
                Hit {
                    target: target_near(corpus, doc, article, span),
                    title: around(&entry.text, span),
                    note: names::article_name(entry, article, words),
                }
            });
        }
    }
    group
}

/// The find that covers the words, else the article they stand in.
fn target_near(corpus: &Corpus, doc: usize, article: usize, span: Span) -> Target {
    let Some(entry) = corpus.entries.get(doc) else { return Target::Article { doc, article } };
    let document = &entry.document;
    let time = document.times.iter().position(|time| time.span.overlaps(span));
    let quantity = document.quantities.iter().position(|quantity| quantity.span.overlaps(span));
    let event = document.events.iter().position(|event| event.span.overlaps(span));
    match (quantity, time, event) {
        (Some(quantity), ..) => Target::Mark(Mark::Quantity { doc, quantity }),
        (_, Some(time), _) => Target::Mark(Mark::Time { doc, time }),
        (.., Some(event)) => Target::Mark(Mark::Event { doc, event }),
        _ => Target::Article { doc, article },
    }
}

/// Some characters before and behind, on one line.
fn around(text: &str, span: Span) -> String {
    let before: String = text.get(..span.start).unwrap_or_default().chars().rev().take(8).collect();
    let before = before.chars().rev();
    let rest = text.get(span.start..).unwrap_or_default().chars().take(span.len() / 3 + 24);
    before.chain(rest).filter(|c| !matches!(c, '\n' | '\r')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        corpus::{ReadOptions, read},
        desk::Lang,
        text::Source,
        warn::Reporter,
    };

    #[test]
    fn words_of_the_text_are_found_with_what_stands_around_them() {
        let text = "大桥2024年开工。\n市长说，ABC大桥好。";
        let source = Source { path: "a.txt".into(), text: text.into(), encoding: String::new(), sha256: String::new() };
        let corpus = Corpus::new(vec![read(source, &ReadOptions::default(), Reporter::new())]);
        let words = Locale::of(Lang::Zh);
        let found = search(&corpus, " 大桥 ", 0, words);
        let group = found.iter().find(|group| group.key == "search.text").unwrap();
        assert_eq!(group.count, 2);
        assert_eq!(group.hits[1].title, "市长说，ABC大桥好。");
        assert!(search(&corpus, "  ", 0, words).is_empty());
        assert!(search(&corpus, "隧道", 0, words).is_empty());
    }
}
