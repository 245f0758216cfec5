//! What the index keeps of one document.

use super::{grain::grain_of, traits::Traits};
use crate::{
    corpus::{
        Counts,
        when::{Exactness, When},
    },
    edtf::Interval,
    extract::{event::place, quantity::same},
    model::{ArticleKind, Document, Event, Point, Series},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    hash::{DefaultHasher, Hash as _, Hasher as _},
};

/// A measure at a single time is a number, no series.
const MIN_TIMES: usize = 2;

/// A dated event.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DigestRow {
    /// Index in `Document::events`.
    pub event: u32,
    /// Index in `Document::articles`.
    pub article: u32,
    /// Index in [`Digest::places`].
    pub place: Option<u32>,
    /// Beginning, seconds from 1970.
    pub start: i64,
    /// End, exclusive.
    pub end: i64,
    /// The small facts.
    pub traits: Traits,
    /// A number made of the title, to find the same words again; 0 where there are none.
    pub title_hash: u32,
}

/// A value of a series, as much of it as joining documents needs.
#[derive(Debug, Clone, PartialEq)]
pub struct PointDigest {
    /// When, as a stretch of time.
    pub interval: Option<Interval>,
    /// In the series' unit.
    pub value: f64,
    /// The upper end where a range is given.
    pub upper: Option<f64>,
    /// Whether it is worked out.
    pub is_derived: bool,
    /// Index in `Document::articles`.
    pub article: u32,
    /// The place that the words before it begin with; `None` where they name none.
    pub area: Option<Box<str>>,
}

/// A series, small.
#[derive(Debug, Clone, PartialEq)]
pub struct SeriesDigest {
    /// What is measured.
    pub name: String,
    /// The unit's code.
    pub unit: String,
    /// Its values, in the order of `Series::points`.
    pub points: Vec<PointDigest>,
}

/// One document, as the index wants it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Digest {
    /// Its dated events, by place.
    pub rows: Vec<DigestRow>,
    /// The places they name.
    pub places: Vec<String>,
    /// The day it was written, counted from 1970.
    pub written: Option<i32>,
    /// How much is in it.
    pub counts: Counts,
    /// Its series, by index in `Document::series`.
    pub series: Vec<(u32, SeriesDigest)>,
    /// Quantities that belong to none of two points or more.
    pub n_other_quantities: u32,
    /// The user's own tags: index in `Document::events`, and the word.
    pub tags: Vec<(u32, String)>,
}

/// Takes from a document, read from `text`, what the index keeps.
pub fn digest(document: &Document, text: &str) -> Digest {
    let mut places: Vec<String> = Vec::new();
    let mut place_ids: BTreeMap<&str, u32> = BTreeMap::new();
    let mut is_first = vec![true; document.articles.len()];
    let mut rows = Vec::with_capacity(document.events.len());
    for (idx, event) in document.events.iter().enumerate() {
        let Some(when) = When::of_event(document, event).filter(|_| !event.is_merged()) else { continue };
        let place = event.place.as_deref().filter(|place| !place.is_empty()).map(|place| {
            *place_ids.entry(place).or_insert_with(|| {
                places.push(place.to_owned());
                places.len() as u32 - 1
            })
        });
        let leads = is_first.get_mut(event.article).is_some_and(std::mem::take);
        let kind = document.articles.get(event.article).map_or(ArticleKind::Other, |article| article.kind);
        let rank = rank(event, when.exactness, leads);
        rows.push(DigestRow {
            event: idx as u32,
            article: event.article as u32,
            place,
            start: when.start as i64,
            end: when.end as i64,
            traits: Traits { exactness: when.exactness, grain: grain_of(when.precision_secs), kind, rank },
            title_hash: title_hash(&event.title),
        });
    }
    let is_series = |series: &&Series| n_times(series) >= MIN_TIMES;
    let of_series = document.series.iter().filter(is_series).flat_map(|series| &series.points);
    let used: BTreeSet<usize> = of_series
        .flat_map(|point| {
            point.quantity.into_iter().chain(point.derived.iter().flat_map(|derived| derived.from.clone()))
        })
        .collect();
    let series = document.series.iter().enumerate();
    Digest {
        rows,
        places,
        written: document.dct.as_ref().and_then(|dct| {
            let day = dct.interval()?.start?.seconds().div_euclid(86_400);
            i32::try_from(day).ok()
        }),
        counts: Counts::of(document),
        series: series.map(|(idx, series)| (idx as u32, series_digest(document, text, series))).collect(),
        n_other_quantities: document.quantities.len().saturating_sub(used.len()) as u32,
        tags: tags(document),
    }
}

fn tags(document: &Document) -> Vec<(u32, String)> {
    let events = document.events.iter().enumerate();
    events.flat_map(|(idx, event)| event.tags().iter().map(move |tag| (idx as u32, tag.clone()))).collect()
}

/// How significant an event is: told several times, opening its article, dated to the day, placed, with a title of
/// a length that can be read at a glance.
fn rank(event: &Event, exactness: Exactness, leads: bool) -> u8 {
    let told = event.same_as.len().min(5) as u8 * 10;
    let exact = match exactness {
        Exactness::Moment => 16,
        Exactness::Lasting => 14,
        Exactness::Within => 8,
        _ => 2,
    };
    // What the user starred comes before all else.
    let starred = if event.is_starred() { 100 } else { 0 };
    let n_chars = event.title.chars().count();
    let readable = if (7..=18).contains(&n_chars) { 14 } else { 0 };
    let score = told
        + exact
        + starred
        + readable
        + if leads { 20 } else { 0 }
        + if event.article == 0 { 4 } else { 0 }
        + if event.place.is_some() { 6 } else { 0 };
    // Words in brackets and mere dates say when something was, not what.
    // … and a title that begins with 在 has lost who or what it tells of.
    let is_aside = event.title.starts_with(['（', '(', '【', '[', '在', '于']);
    let n_digits = event.title.chars().filter(char::is_ascii_digit).count();
    let has_aside = n_digits > 0 && event.title.contains(['（', '(']);
    match (is_aside || n_digits * 4 > n_chars, has_aside) {
        (true, _) => score / 3,
        (_, true) => score / 2,
        _ => score,
    }
}

fn title_hash(title: &str) -> u32 {
    if title.is_empty() {
        return 0;
    }
    let mut hasher = DefaultHasher::new();
    title.hash(&mut hasher);
    (hasher.finish() as u32).max(1)
}

/// At how many times it has a value.
fn n_times(series: &Series) -> usize {
    series.points.iter().map(|point| point.interval).collect::<BTreeSet<_>>().len()
}

fn series_digest(document: &Document, text: &str, series: &Series) -> SeriesDigest {
    let parts = same::same(&series.name);
    let point = |point: &Point| {
        let quantity = point.quantity.or_else(|| point.derived.as_ref()?.from.first().copied());
        let quantity = quantity.and_then(|idx| document.quantities.get(idx));
        // What the name says of the place needs no looking up.
        let is_told = !parts.area.is_empty() || parts.is_national;
        let area = quantity.filter(|_| !is_told).and_then(|q| area(document, text, q.span.start, q.article));
        PointDigest {
            interval: point.interval,
            value: point.value,
            upper: point.upper,
            is_derived: point.derived.is_some(),
            article: quantity.map_or(0, |quantity| quantity.article as u32),
            area: area.filter(|area| !area.is_empty()).map(String::into_boxed_str),
        }
    };
    SeriesDigest {
        name: series.name.clone(),
        unit: series.unit.clone(),
        points: series.points.iter().map(point).collect(),
    }
}

/// The place that the sentence up to `at`, or else the article's headline, begins with; empty where the nation is.
fn area(document: &Document, text: &str, at: usize, article: usize) -> Option<String> {
    let before = text.get(..at)?;
    let start = before.rfind(['。', '\n', '！', '？', '>']).map_or(0, |at| at + 1);
    let sentence = text.get(text.ceil_char_boundary(start)..at).unwrap_or_default();
    let headline = document.articles.get(article).and_then(|article| article.headline.as_deref()).unwrap_or_default();
    [sentence, headline].into_iter().find_map(|words| {
        let nation = ["我国", "全国", "中国"].iter().filter_map(|word| words.find(word)).min();
        match (place::opening(words), nation) {
            (Some(place), Some(nation)) if words.find(&place).is_some_and(|at| at < nation) => Some(place),
            (_, Some(_)) => Some(String::new()),
            (place, None) => place,
        }
    })
}
