//! The search field: what of the corpus holds the words, in groups.

use super::{names, query::Query};
use crate::{
    corpus::{Corpus, Entry},
    desk::{Locale, Mark},
    span::Span,
};
use rayon::prelude::*;

/// How many hits a group keeps; all are counted.
pub const MAX_ROWS: usize = 200;
/// How many it shows before it is opened.
pub const FEW_ROWS: usize = 8;
/// So many characters of a passage are shown before the words and behind them.
const N_BEFORE: usize = 8;
const N_BEHIND: usize = 32;
/// So much text is searched at a time.
const PORTION_BYTES: usize = 8 << 20;
/// A document that must be fetched costs as much time as so much text.
const FETCH_BYTES: usize = 128 << 10;

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
    /// Where in the line the words are that were looked for, in bytes; of passages of the text.
    pub found: Option<Span>,
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

/// A search under way. It goes through the documents in portions, so that whoever asks is never kept waiting.
#[derive(Debug, Clone)]
pub struct Search {
    query: Option<Query>,
    /// Events, quantities, times and passages, in the order of the corpus.
    found: [HitGroup; 4],
    n_done: usize,
    n_docs: usize,
}

impl Search {
    /// Begins to search titles, dates, places, measures, numbers and the text as [`Query`] understands what was
    /// typed. Relative times count from the writing date of document `doc`.
    pub fn new(corpus: &Corpus, typed: &str, doc: usize) -> Self {
        let dct = corpus.entries.get(doc).and_then(|entry| entry.document.dct.as_ref());
        let query = Query::new(typed, dct);
        let n_docs = if query.is_some() { corpus.entries.len() } else { 0 };
        Self { query, found: none_found(), n_done: 0, n_docs }
    }

    /// Whether all documents have been searched.
    pub const fn is_done(&self) -> bool {
        self.n_done >= self.n_docs
    }

    /// The share of the documents that have been searched.
    pub fn share(&self) -> f64 {
        if self.is_done() { 1.0 } else { self.n_done as f64 / self.n_docs as f64 }
    }

    /// Searches the next portion, on all cores: some megabytes of text, or some documents that must be fetched.
    pub fn go_on(&mut self, corpus: &Corpus, words: &Locale) {
        let Some(query) = &self.query else { return };
        let rest = (self.n_done..corpus.entries.len()).map_while(|doc| corpus.entries.get(doc));
        let mut cost = 0;
        let costs = |entry: &&Entry| {
            let fits = cost < PORTION_BYTES;
            cost += if entry.is_in_memory() { entry.text.len() } else { FETCH_BYTES };
            fits
        };
        let portion: Vec<&Entry> = rest.take_while(costs).collect();
        let n = portion.len();
        let first = self.n_done;
        let of_document = |(idx, entry): (usize, &Entry)| {
            let entry = entry.at_hand();
            let doc = first + idx;
            [
                events(doc, &entry, query),
                quantities(doc, &entry, query),
                times(doc, &entry, query),
                passages(doc, &entry, query, words),
            ]
        };
        let found: Vec<[HitGroup; 4]> = portion.into_par_iter().enumerate().map(of_document).collect();
        for groups in found {
            self.found.iter_mut().zip(groups).for_each(|(all, group)| all.append(group));
        }
        self.n_done += n.max(1);
    }

    /// What has been found so far; empty groups are left out.
    pub fn groups(&self) -> Vec<&HitGroup> {
        let mut groups: Vec<&HitGroup> = self.found.iter().collect();
        if self.query.as_ref().is_some_and(Query::is_comparison) {
            // Whoever compares numbers wants the numbers first, then the events that they are told in.
            groups.swap(0, 1);
        }
        groups.retain(|group| group.count > 0);
        groups
    }
}

fn none_found() -> [HitGroup; 4] {
    ["search.events", "search.quantities", "search.times", "search.text"].map(HitGroup::new)
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

    fn append(&mut self, other: Self) {
        let room = MAX_ROWS.saturating_sub(self.hits.len());
        self.hits.extend(other.hits.into_iter().take(room));
        self.count += other.count;
    }
}

fn events(doc: usize, entry: &Entry, query: &Query) -> HitGroup {
    let mut group = HitGroup::new("search.events");
    for (event_idx, event) in entry.document.events.iter().enumerate() {
        let date = event.edtf.as_ref().map_or("", |edtf| edtf.as_str());
        let time = event.time.and_then(|idx| entry.document.times.get(idx)).map_or("", |time| time.text.as_str());
        if query.wants_event(&entry.document, event) {
            group.add(|| Hit {
                target: Target::Mark(Mark::Event { doc, event: event_idx }),
                title: event.title.clone(),
                found: None,
                note: if time.is_empty() { date.to_owned() } else { time.to_owned() },
            });
        }
    }
    group
}

fn quantities(doc: usize, entry: &Entry, query: &Query) -> HitGroup {
    let mut group = HitGroup::new("search.quantities");
    for (quantity_idx, quantity) in entry.document.quantities.iter().enumerate() {
        if query.wants_quantity(quantity) {
            group.add(|| Hit {
                target: Target::Mark(Mark::Quantity { doc, quantity: quantity_idx }),
                title: quantity.text.clone(),
                found: None,
                note: quantity.measure.clone().unwrap_or_default(),
            });
        }
    }
    group
}

fn times(doc: usize, entry: &Entry, query: &Query) -> HitGroup {
    let mut group = HitGroup::new("search.times");
    for (time_idx, time) in entry.document.times.iter().enumerate() {
        if query.wants_time(time) {
            group.add(|| Hit {
                target: Target::Mark(Mark::Time { doc, time: time_idx }),
                title: time.text.clone(),
                found: None,
                note: time.value.clone(),
            });
        }
    }
    group
}

/// Passages of the text as it is read (line breaks joined, markup left out), one for each place where the words stand.
fn passages(doc: usize, entry: &Entry, query: &Query, words: &Locale) -> HitGroup {
    let mut group = HitGroup::new("search.text");
    for (article, story) in entry.articles.iter().enumerate() {
        for block in &story.blocks {
            let text = block.text.text();
            for place in query.places(text) {
                group.add(|| {
                    let (title, found) = around(text, place);
                    Hit {
                        target: target_near(entry, doc, article, block.text.source_span(place)),
                        title,
                        found: Some(found),
                        note: names::article_name(entry, article, words),
                    }
                });
            }
        }
    }
    group
}

/// The find that covers the words, else the article they stand in.
fn target_near(entry: &Entry, doc: usize, article: usize, span: Span) -> Target {
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

/// Some characters before and behind, and where the words are in them, in bytes.
fn around(text: &str, place: Span) -> (String, Span) {
    let before = text.get(..place.start).unwrap_or_default();
    let start = before.char_indices().rev().take(N_BEFORE).last().map_or(place.start, |(at, _)| at);
    let end = place.end.max(place.start + 1);
    let behind = text.get(end..).unwrap_or_default();
    let end = behind.char_indices().nth(N_BEHIND).map_or(text.len(), |(at, _)| end + at);
    let shown = text.get(start..end).unwrap_or_default().to_owned();
    (shown, Span::new(place.start - start, place.end - start))
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
        let text = "大桥2024年开工。\n\n市长说，ABC大桥好。";
        let source = Source::of("a.txt", text);
        let corpus = Corpus::new(vec![read(source, &ReadOptions::default(), Reporter::new())]);
        let words = Locale::of(Lang::Zh);
        let found = |typed: &str| {
            let mut search = Search::new(&corpus, typed, 0);
            while !search.is_done() {
                search.go_on(&corpus, words);
            }
            search
        };
        let all = found(" 大桥 ");
        let group = *all.groups().iter().find(|group| group.key == "search.text").unwrap();
        assert_eq!(group.count, 2);
        assert_eq!(group.hits[1].title, "市长说，ABC大桥好。");
        assert_eq!(group.hits[1].found.map(|found| found.slice(&group.hits[1].title)), Some("大桥"));
        assert!(found("  ").groups().is_empty());
        assert!(found("隧道").groups().is_empty());
    }
}
