//! What the sidebar lists: documents with their counts, series, places, and how exact the times are.

use super::{
    names,
    when::{Exactness, When},
};
use crate::{corpus::Corpus, desk::Locale, model::Series};
use std::collections::{BTreeMap, BTreeSet};

/// A measure at a single time is a number, no series.
const MIN_POINTS: usize = 2;
/// How many places are listed; the rest is counted.
const MAX_PLACES: usize = 40;

/// One row of the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
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

/// One series, small.
#[derive(Debug, Clone, PartialEq)]
pub struct SeriesRow {
    /// Index in `Corpus::entries`.
    pub doc: usize,
    /// Index in `Document::series`.
    pub series: usize,
    /// What is measured.
    pub name: String,
    /// The unit's code.
    pub unit: String,
    /// Number of points.
    pub n_points: usize,
    /// How many of them are worked out.
    pub n_derived: usize,
    /// The points within a unit square: x along time, y upwards, and whether it is derived.
    pub spark: Vec<(f64, f64, bool)>,
}

/// All that the sidebar lists.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SidebarModel {
    /// In the order they were opened.
    pub documents: Vec<DocumentRows>,
    /// Of all documents, longest first; a measure needs two times to be one.
    pub series: Vec<SeriesRow>,
    /// Numbers that belong to no series.
    pub n_other_quantities: usize,
    /// Places with the number of their events, most first.
    pub places: Vec<(String, usize)>,
    /// Places that are not listed.
    pub n_other_places: usize,
    /// Events that name no place.
    pub n_unplaced: usize,
    /// Events by how exactly they are dated; only what occurs.
    pub exactness: Vec<(Exactness, usize)>,
    /// Events that can be placed in time.
    pub n_dated: usize,
}

impl SidebarModel {
    /// Walks the corpus once.
    pub fn new(corpus: &Corpus, words: &Locale) -> Self {
        let mut model = Self::default();
        let mut places: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        let mut exactness: BTreeMap<Exactness, usize> = BTreeMap::new();
        let mut n_seen = 0;
        for (doc, entry) in corpus.entries.iter().enumerate() {
            let document = &entry.document;
            model.documents.push(document_rows(corpus, doc, words));
            for event in &document.events {
                n_seen += 1;
                if let Some(when) = When::of_event(document, event) {
                    *exactness.entry(when.exactness).or_default() += 1;
                    model.n_dated += 1;
                }
                match event.place.as_deref() {
                    Some(place) => places.entry(place).or_insert((0, n_seen)).0 += 1,
                    None => model.n_unplaced += 1,
                }
            }
            let is_series = |series: &&Series| series.points.len() >= MIN_POINTS;
            let rows = document.series.iter().enumerate().filter(|(_, series)| is_series(series));
            model.series.extend(rows.map(|(idx, series)| series_row(doc, idx, series)));
            let used: BTreeSet<usize> = document
                .series
                .iter()
                .filter(is_series)
                .flat_map(|series| &series.points)
                .flat_map(|point| {
                    point.quantity.into_iter().chain(point.derived.iter().flat_map(|derived| derived.from.clone()))
                })
                .collect();
            model.n_other_quantities += document.quantities.len().saturating_sub(used.len());
        }
        model.series.sort_by_key(|row| std::cmp::Reverse(row.n_points));
        let mut places: Vec<_> = places.into_iter().map(|(name, (count, first))| (count, first, name)).collect();
        places.sort_by_key(|&(count, first, _)| (std::cmp::Reverse(count), first));
        model.n_other_places = places.len().saturating_sub(MAX_PLACES);
        model.places = places.into_iter().take(MAX_PLACES).map(|(count, _, name)| (name.to_owned(), count)).collect();
        model.exactness = Exactness::ALL.iter().filter_map(|glyph| Some((*glyph, *exactness.get(glyph)?))).collect();
        model
    }
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

fn series_row(doc: usize, series_idx: usize, series: &Series) -> SeriesRow {
    let points: Vec<(f64, f64, bool)> = series
        .points
        .iter()
        .filter_map(|point| {
            let interval = point.interval?;
            let start = interval.start.or(interval.end)?.seconds() as f64;
            let end = interval.end.or(interval.start)?.seconds() as f64;
            Some(((start + end) / 2.0, point.value, point.derived.is_some()))
        })
        .collect();
    let range = |pick: fn(&(f64, f64, bool)) -> f64| {
        let (low, high) = points
            .iter()
            .map(pick)
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)));
        move |v: f64| if high > low { (v - low) / (high - low) } else { 0.5 }
    };
    let (x, y) = (range(|point| point.0), range(|point| point.1));
    SeriesRow {
        doc,
        series: series_idx,
        name: series.name.clone(),
        unit: series.unit.clone(),
        n_points: series.points.len(),
        n_derived: series.points.iter().filter(|point| point.derived.is_some()).count(),
        spark: points.iter().map(|&(time, value, derived)| (x(time), y(value), derived)).collect(),
    }
}
