//! What the sidebar lists: documents with their counts, series, places, and how exact the times are.

use super::{grouping, names, sums, when::Exactness, words};
use crate::{
    corpus::{
        Corpus, GroupPoint, Period, SeriesGroup,
        index::{EventIndex, WrittenMonth},
    },
    desk::{Locale, SeriesChoice},
    model::ArticleKind,
};
use std::{collections::BTreeSet, ops::Range};

/// A measure at a single time is a number, no series.
const MIN_POINTS: usize = 2;
/// How many places are listed; the rest is counted.
const MAX_PLACES: usize = 40;

/// One row of the tree.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TreeRow {
    /// Its name.
    pub name: String,
    /// Events in it.
    pub n_events: usize,
    /// Numbers in it.
    pub n_quantities: usize,
}

/// A document and its articles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentRows {
    /// The document itself.
    pub row: TreeRow,
    /// Its articles; empty where there is only one of the same name.
    pub articles: Vec<TreeRow>,
}

/// Documents written in one year or month.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PeriodRows {
    /// The period's name, and how much was found in its documents.
    pub row: TreeRow,
    /// How many documents.
    pub n_docs: usize,
    /// Its months; empty for a month.
    pub months: Vec<PeriodRows>,
    /// Its documents, as they stand in `Writing::order`; empty for a year.
    pub docs: Range<usize>,
    /// What stands for it among those that are open.
    pub key: i32,
}

/// One measure in one unit over all documents, small.
#[derive(Debug, Clone, PartialEq)]
pub struct SeriesRow {
    /// What chooses it.
    pub choice: SeriesChoice,
    /// What is measured.
    pub name: String,
    /// The unit's code.
    pub unit: String,
    /// What stretch each value is told for.
    pub period: Option<Period>,
    /// Number of points in all documents.
    pub n_points: usize,
    /// How many of them are worked out.
    pub n_derived: usize,
    /// Its points within a unit square: x along time, y upwards, and whether it is derived.
    pub spark: Vec<(f64, f64, bool)>,
}

/// All that the sidebar lists.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SidebarModel {
    /// In the order they were opened; empty for a collection, which is listed by `years`.
    pub documents: Vec<DocumentRows>,
    /// The documents of a collection by when they were written.
    pub years: Vec<PeriodRows>,
    /// Of all documents, longest first; a measure needs two times to be one.
    pub series: Vec<SeriesRow>,
    /// Series that are not listed.
    pub n_other_series: usize,
    /// Numbers that belong to no series.
    pub n_other_quantities: usize,
    /// Places with the number of their events, most first.
    pub places: Vec<(String, usize)>,
    /// Places that are not listed.
    pub n_other_places: usize,
    /// Events that name no place.
    pub n_unplaced: usize,
    /// The user's own tags with the number of their events, by name.
    pub tags: Vec<(String, usize)>,
    /// Events without any.
    pub n_untagged: usize,
    /// Events by how exactly they are dated; only what occurs.
    pub exactness: Vec<(Exactness, usize)>,
    /// Events by the kind of their article; only what occurs.
    pub kinds: Vec<(ArticleKind, usize)>,
    /// Events that can be placed in time.
    pub n_dated: usize,
}

/// How many places of a collection are listed.
const MAX_COLLECTED_PLACES: usize = 10;
/// A collection of more documents than these is listed by years and months.
const MAX_DOCUMENTS: usize = 24;
/// A small picture of a series has no more points than these.
const MAX_SPARK: usize = 28;
/// How many series are listed; the rest is counted.
const MAX_SERIES: usize = 24;

impl SidebarModel {
    /// Asks the index; looks at the documents themselves only where they are few.
    pub fn new(corpus: &Corpus, words: &Locale) -> Self {
        let index = corpus.index();
        let n_docs = index.n_docs();
        let is_collection = n_docs > MAX_DOCUMENTS;
        let n_listed = if is_collection { 0 } else { n_docs };
        let max_places = if is_collection { MAX_COLLECTED_PLACES } else { MAX_PLACES };
        let places = index.names().by_count();
        let name = |&(id, n)| Some((index.names().get(id)?.to_owned(), n));
        let (exactness, kinds) = grouping::tallies(index);
        let tagged = index.tagged();
        let with_any: BTreeSet<u32> = tagged.iter().flat_map(|(_, rows)| rows).copied().collect();
        let (series, n_other_series) = series_rows(index);
        Self {
            documents: (0..n_listed).map(|doc| document_rows(corpus, doc, words)).collect(),
            years: if is_collection { years(index, words) } else { Vec::new() },
            series,
            n_other_series,
            n_other_quantities: index.n_other_quantities(),
            n_other_places: places.len().saturating_sub(max_places),
            places: places.iter().take(max_places).filter_map(name).collect(),
            n_unplaced: index.names().n_without(),
            n_untagged: index.len().saturating_sub(with_any.len()),
            tags: tagged.into_iter().map(|(tag, rows)| (tag.to_owned(), rows.len())).collect(),
            exactness,
            kinds,
            n_dated: index.len(),
        }
    }
}

/// The documents of a collection by year and month of writing; those without a date last.
fn years(index: &EventIndex, words: &Locale) -> Vec<PeriodRows> {
    let mut first = 0;
    let months = index.writing().months.iter().map(|sum| {
        let docs = first..first + sum.n_docs;
        first = docs.end;
        (sum, docs)
    });
    let months: Vec<(&WrittenMonth, Range<usize>)> = months.collect();
    let of_month = |(sum, docs): &(&WrittenMonth, Range<usize>)| {
        let name = sum.month.map(|(year, month)| words::year_long_month(year, month, words));
        let name = name.unwrap_or_else(|| words.get("sidebar.undated").to_owned());
        let key = sum.month.map_or(i32::MIN, |(year, month)| year * 12 + month as i32);
        let row = TreeRow { name, n_events: sum.n_events, n_quantities: sum.n_quantities };
        PeriodRows { row, n_docs: sum.n_docs, months: Vec::new(), docs: docs.clone(), key }
    };
    let year = |(sum, _): &(&WrittenMonth, Range<usize>)| sum.month.map(|(year, _)| year);
    let mut years = Vec::new();
    for group in months.chunk_by(|a, b| year(a) == year(b)) {
        let of_year: Vec<PeriodRows> = group.iter().map(of_month).collect();
        let Some(number) = group.first().and_then(year) else {
            years.extend(of_year);
            continue;
        };
        let sum = |pick: fn(&PeriodRows) -> usize| of_year.iter().map(pick).sum();
        let row = TreeRow {
            name: words::year(number, words),
            n_events: sum(|month| month.row.n_events),
            n_quantities: sum(|month| month.row.n_quantities),
        };
        let n_docs = sum(|month| month.n_docs);
        years.push(PeriodRows { row, n_docs, docs: 0..0, key: -number * 12 - 13, months: of_year });
    }
    years
}

/// Measures of two times or more, those that cover most months first.
fn series_rows(index: &EventIndex) -> (Vec<SeriesRow>, usize) {
    let is_series = |group: &&SeriesGroup| group.n_times() >= MIN_POINTS;
    let n_all = index.groups().iter().filter(is_series).count();
    let row = |group: &SeriesGroup| {
        Some(SeriesRow {
            choice: SeriesChoice::of(group)?,
            name: group.name.clone(),
            unit: group.unit.clone(),
            period: group.period,
            n_points: group.points.len(),
            n_derived: group.points.iter().filter(|point| point.is_derived).count(),
            spark: spark(group),
        })
    };
    let rows: Vec<SeriesRow> = index.groups().iter().filter(is_series).take(MAX_SERIES).filter_map(row).collect();
    let n_others = n_all.saturating_sub(rows.len());
    (rows, n_others)
}

/// The points within a unit square: x along time, y upwards, and whether it is derived.
fn spark(group: &SeriesGroup) -> Vec<(f64, f64, bool)> {
    let are_sums = sums::are_sums(group.points.iter().filter_map(|point| point.interval));
    let place = |point: &GroupPoint| {
        let interval = if are_sums { sums::last_month(point.interval?) } else { point.interval? };
        let (start, end) = (interval.start.or(interval.end)?.seconds(), interval.end.or(interval.start)?.seconds());
        Some(((start + end) as f64 / 2.0, point.value, point.is_derived))
    };
    let points: Vec<(f64, f64, bool)> = group.points.iter().filter_map(place).collect();
    let range = |pick: fn(&(f64, f64, bool)) -> f64| {
        let values = points.iter().map(pick);
        let (low, high) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)));
        move |v: f64| if high > low { (v - low) / (high - low) } else { 0.5 }
    };
    let (x, y) = (range(|point| point.0), range(|point| point.1));
    let every = points.len().div_ceil(MAX_SPARK).max(1);
    let last = points.len().saturating_sub(1);
    let kept = points.iter().enumerate().filter(|(idx, _)| idx % every == 0 || *idx == last);
    kept.map(|(_, &(time, value, derived))| (x(time), y(value), derived)).collect()
}

fn document_rows(corpus: &Corpus, doc: usize, words: &Locale) -> DocumentRows {
    let Some(entry) = corpus.entries.get(doc) else {
        return DocumentRows {
            row: TreeRow { name: String::new(), n_events: 0, n_quantities: 0 },
            articles: Vec::new(),
        };
    };
    let document = &entry.document;
    let mut articles: Vec<TreeRow> = (0..document.articles.len())
        .map(|idx| TreeRow { name: names::article_name(entry, idx, words), n_events: 0, n_quantities: 0 })
        .collect();
    for event in &document.events {
        if let Some(row) = articles.get_mut(event.article) {
            row.n_events += 1;
        }
    }
    for quantity in &document.quantities {
        if let Some(row) = articles.get_mut(quantity.article) {
            row.n_quantities += 1;
        }
    }
    let row = TreeRow {
        name: names::document_name(entry),
        n_events: document.events.len(),
        n_quantities: document.quantities.len(),
    };
    DocumentRows { row, articles }
}
