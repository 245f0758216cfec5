//! What of the documents a figure is made from: the series that are asked for, joined over documents, and events.

use crate::{
    corpus::{Entry, JoinedSeries, Period},
    model::{Document, Point, Series},
};
use std::{borrow::Cow, collections::BTreeMap};

/// A series as a figure shows it.
#[derive(Debug, Clone)]
pub struct FigureSeries<'a> {
    /// The document that tells it; put together where several do.
    pub document: Cow<'a, Document>,
    /// The documents that tell it, by their indices in the corpus.
    pub docs: Vec<usize>,
    /// For quantities that come from another document than the first: which.
    pub origin: BTreeMap<usize, usize>,
    /// The series; its indices count within `document`.
    pub series: Cow<'a, Series>,
}

/// The series that tells most: different times first, a claim of the text counting as one more; the earliest of
/// equals.
pub fn most_telling(entries: &[Entry]) -> Option<(usize, usize)> {
    let worth = |document: &Document, series: &Series| {
        let mut times: Vec<_> = series.points.iter().filter_map(|point| point.interval).collect();
        times.sort_unstable();
        times.dedup();
        let claims = |quantity| document.claims.iter().any(|claim| claim.from.contains(&quantity));
        let has_claim = series.points.iter().filter_map(|point| point.quantity).any(claims);
        let has_course = times.len() > 1;
        (has_course, times.len() + usize::from(has_claim && has_course), usize::from(has_claim))
    };
    let mut best = None;
    for (doc, entry) in entries.iter().enumerate() {
        for (idx, series) in entry.document.series.iter().enumerate() {
            let worth = worth(&entry.document, series);
            if !series.points.is_empty() && best.is_none_or(|(known, _)| worth > known) {
                best = Some((worth, (doc, idx)));
            }
        }
    }
    best.map(|(_, place)| place)
}

/// The series at each place, with what other documents tell of the same measure for stretches of `period`. Places that
/// do not exist are passed over; the same measure is taken once. `joined` are the series of all entries, joined.
pub fn series_at<'a>(
    entries: &'a [Entry],
    joined: &[JoinedSeries],
    places: &[(usize, usize)],
    period: Option<Period>,
) -> Vec<FigureSeries<'a>> {
    let mut out: Vec<FigureSeries<'a>> = Vec::new();
    for &(doc, idx) in places {
        let Some(entry) = entries.get(doc) else { continue };
        let Some(series) = entry.document.series.get(idx) else { continue };
        // Of what this series went into, the one asked for, else that of most points: some of its values may be of
        // another stretch.
        let tells = |all: &&JoinedSeries| {
            let mut sources = all.points.iter().flat_map(|point| &point.sources);
            sources.any(|source| source.document == doc && source.series == idx)
        };
        let all = joined.iter().filter(tells).max_by_key(|all| (period == Some(all.period), all.points.len()));
        let (name, unit) = all.map_or((&series.name, &series.unit), |all| (&all.name, &all.unit));
        if out.iter().any(|known| known.series.name == *name && known.series.unit == *unit) {
            continue;
        }
        let several = all.map(|all| (all, documents(all))).filter(|(_, docs)| docs.len() > 1);
        let told = several.and_then(|(all, docs)| Some((put_together(entries, all)?, docs)));
        out.push(match told {
            Some(((document, series, origin), docs)) => {
                FigureSeries { document: Cow::Owned(document), docs, origin, series: Cow::Owned(series) }
            }
            None => FigureSeries {
                document: Cow::Borrowed(&entry.document),
                docs: vec![doc],
                origin: BTreeMap::new(),
                series: Cow::Borrowed(series),
            },
        });
    }
    out
}

/// The documents that tell of it.
fn documents(joined: &JoinedSeries) -> Vec<usize> {
    let sources = joined.points.iter().flat_map(|point| &point.sources);
    let mut documents: Vec<usize> = sources.map(|source| source.document).collect();
    documents.sort_unstable();
    documents.dedup();
    documents
}

/// One document with all that the points of a joined series rest on. Each point speaks with its first source.
fn put_together(entries: &[Entry], joined: &JoinedSeries) -> Option<(Document, Series, BTreeMap<usize, usize>)> {
    let base_doc = joined.points.iter().flat_map(|point| &point.sources).map(|source| source.document).min()?;
    let mut document = entries.get(base_doc)?.document.clone();
    document.events.clear();
    let mut origin = BTreeMap::new();
    let mut points = Vec::with_capacity(joined.points.len());
    for point in &joined.points {
        let Some(source) = point.sources.first() else { continue };
        let told = entries.get(source.document).map(|entry| &entry.document);
        let told_point = told.and_then(|told| told.series.get(source.series)?.points.get(source.point));
        let quantity = told_point.and_then(|point| point.quantity);
        let quantity = match told {
            Some(told) if source.document != base_doc => {
                let adopted = quantity.and_then(|idx| adopt(&mut document, told, idx));
                origin.extend(adopted.map(|idx| (idx, source.document)));
                adopted
            }
            _ => quantity,
        };
        let derived = told_point.and_then(|point| point.derived.clone()).filter(|_| point.derived.is_some());
        points.push(Point {
            edtf: point.edtf.clone(),
            interval: point.interval,
            value: point.value,
            upper: point.upper,
            quantity,
            derived,
        });
    }
    let series = Series { name: joined.name.clone(), unit: joined.unit.clone(), points };
    Some((document, series, origin))
}

/// Copies a quantity of another document with its time and its article; its new index.
fn adopt(into: &mut Document, from: &Document, idx: usize) -> Option<usize> {
    let mut quantity = from.quantities.get(idx)?.clone();
    let article = from.articles.get(quantity.article)?.clone();
    into.articles.push(article);
    let article = into.articles.len() - 1;
    quantity.article = article;
    quantity.time = quantity.time.and_then(|time| {
        let mut time = from.times.get(time)?.clone();
        time.article = article;
        time.anchor.time = None;
        into.times.push(time);
        Some(into.times.len() - 1)
    });
    into.quantities.push(quantity);
    Some(into.quantities.len() - 1)
}
