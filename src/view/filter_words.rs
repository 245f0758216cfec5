//! What events are filtered by, in words: for the chips of the window and the figures.

use super::{grouping, names, when::DAY_SECS, words};
use crate::{
    corpus::{Entry, when::Exactness},
    desk::{Command, Facets, Locale, TimeWindow},
    edtf::{Interval, Moment},
    model::ArticleKind,
};

/// One thing that is filtered by.
#[derive(Debug, Clone, PartialEq)]
pub enum FilterPart {
    /// Words of the documents or of the user: a place, a document's name.
    Own(String),
    /// A tag.
    Tag(String),
    /// Words that were looked for.
    Text(String),
    /// Words of the interface, by their key: no place named.
    Key(&'static str),
    /// The same with what they are about, the first key: 类别：短讯.
    About(&'static str, &'static str),
    /// A stretch of time.
    Period(TimeWindow),
}

impl FilterPart {
    /// It in words: 天津, #外交, 2024年5月, “峰会”.
    pub fn words(&self, locale: &Locale) -> String {
        match self {
            Self::Own(text) => text.clone(),
            Self::Tag(tag) => format!("#{tag}"),
            Self::Text(text) => locale.fill("filter.text", &[text]),
            Self::Key(key) => locale.get(key).to_owned(),
            Self::About(about, key) => locale.fill(about, &[locale.get(key)]),
            Self::Period(period) => stretch_words(period.start, period.end - 1.0, locale),
        }
    }
}

/// A stretch of time (seconds from 1970) by its first and last day.
pub fn stretch_words(start: f64, end: f64, locale: &Locale) -> String {
    let day = |secs: f64| Moment::from_seconds((secs / DAY_SECS).floor() as i64 * DAY_SECS as i64);
    words::interval_words(Interval::new(day(start), day(end.max(start) + DAY_SECS)), locale)
}

/// Everything that is filtered by, each with the command that lifts it. `document` knows the documents by index.
pub fn parts<'a, 'e>(
    places: impl IntoIterator<Item = &'a String>,
    facets: &Facets,
    document: &dyn Fn(usize) -> Option<&'e Entry>,
) -> Vec<(FilterPart, Command)> {
    let mut parts: Vec<(FilterPart, Command)> = Vec::new();
    parts.extend(facets.period.map(|period| (FilterPart::Period(period), Command::SetPeriod(None))));
    parts.extend(places.into_iter().map(|place| {
        let named =
            if place.is_empty() { FilterPart::Key("timeline.no-place") } else { FilterPart::Own(place.clone()) };
        (named, Command::TogglePlace(place.clone()))
    }));
    parts.extend(facets.tags.iter().map(|tag| {
        let named = if tag.is_empty() { FilterPart::Key("timeline.no-tag") } else { FilterPart::Tag(tag.clone()) };
        (named, Command::ToggleTag(tag.clone()))
    }));
    let class =
        |class: &Exactness| (FilterPart::About("filter.exactness", class.key()), Command::ToggleExactness(*class));
    parts.extend(facets.exactness.iter().map(class));
    let kind =
        |kind: &ArticleKind| (FilterPart::About("filter.kind", grouping::kind_key(*kind)), Command::ToggleKind(*kind));
    parts.extend(facets.kinds.iter().map(kind));
    parts.extend(facets.documents.iter().filter_map(|doc| {
        let name = names::document_name(document(*doc)?);
        Some((FilterPart::Own(name), Command::ToggleDocument(*doc)))
    }));
    parts
}

/// So many parts are named on a figure; the others are counted.
const MAX_NAMED: usize = 4;

/// All of them in a row: “天津、香港、#外交”, and how many more.
pub fn in_a_row(parts: &[FilterPart], locale: &Locale) -> String {
    let named: Vec<String> = parts.iter().take(MAX_NAMED).map(|part| part.words(locale)).collect();
    let named = named.join(locale.get("filter.and"));
    match parts.len().saturating_sub(MAX_NAMED) {
        0 => named,
        more => locale.fill("filter.more", &[&named, &more.to_string(), &parts.len().to_string()]),
    }
}
