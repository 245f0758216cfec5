//! From documents and choices to a figure: takes what is asked for, and lays it out.

use super::{
    figure_both::both_figure,
    figure_data::{FigureSeries, most_telling, series_at},
    figure_frame::{Figure, FigureStyle, Measure},
    figure_input::{SeriesInput, TimelineInput},
    figure_series::series_figure,
    figure_timeline::timeline_figure,
    filter_words::{self, FilterPart},
    query::Query,
    when::When,
};
use crate::{
    corpus::{Entry, JoinedSeries, join_series},
    desk::{FigureKind, FigureSpec, Lang, Locale, TimeWindow},
    edtf::{Edtf, Interval},
    model::{Document, Event},
};

/// Why there is no figure.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoFigure {
    /// The documents tell no series.
    #[error("no series found: the documents give no measure at two times; `nianbiao extract` lists what they give")]
    NoSeries,
    /// The limits of time leave no point.
    #[error("no point of \"{0}\" lies between --from and --to")]
    NoPoint(String),
    /// The documents tell no dated event.
    #[error("no dated event found in the documents")]
    NoEvent,
    /// The filters leave no event.
    #[error("no event is let through by the filters")]
    NoEventLeft,
    /// The limits of time leave no event.
    #[error("no event lies between --from and --to")]
    NoEventInside,
    /// A limit that is no date.
    #[error("it is a date in EDTF: 2012, 2012-11, 2012-11-08, -0137: \"{0}\"")]
    Date(String),
}

impl NoFigure {
    /// The words for it in the interface.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::NoSeries => "export.no-series",
            Self::NoPoint(_) => "export.no-point",
            Self::NoEvent => "export.no-event",
            Self::NoEventLeft => "export.no-event-left",
            Self::NoEventInside => "export.no-event-inside",
            Self::Date(_) => "export.no-date",
        }
    }
}

/// A date as limits of time are written.
///
/// # Errors
/// [`NoFigure::Date`] for what is no date, or one without a year.
pub fn limit(text: &str) -> Result<Option<Interval>, NoFigure> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let edtf: Option<Edtf> = text.trim().parse().ok();
    match edtf.and_then(|edtf| edtf.interval()) {
        Some(interval) => Ok(Some(interval)),
        None => Err(NoFigure::Date(text.to_owned())),
    }
}

/// What a figure is made from, chosen and cut to the limits of time, ready to be laid out at any time.
#[derive(Debug, Clone)]
pub struct Chosen<'a> {
    spec: &'a FigureSpec,
    words: &'static Locale,
    second: Option<&'static Locale>,
    /// The series shown.
    pub series: Vec<FigureSeries<'a>>,
    /// The events to choose from, with the indices of their documents.
    pub events: Vec<(usize, &'a Document, &'a Event)>,
    /// What the events are filtered by.
    filter: Vec<FilterPart>,
}

impl<'a> Chosen<'a> {
    /// Takes from `entries` what `spec` asks for; `words` where the spec leaves the language open.
    ///
    /// # Errors
    /// See [`NoFigure`].
    pub fn new(entries: &'a [Entry], spec: &'a FigureSpec, words: &'static Locale) -> Result<Self, NoFigure> {
        // Joining looks at every document: only where there are several, and series are shown.
        let is_joined = entries.len() > 1 && spec.kind != FigureKind::Timeline;
        let joined = if is_joined { join_series(entries) } else { Vec::new() };
        Self::of_joined(entries, &joined, spec, words)
    }

    /// As [`Chosen::new`], where the series of all `entries` have been joined already.
    ///
    /// # Errors
    /// See [`NoFigure`].
    pub fn of_joined(
        entries: &'a [Entry],
        joined: &[JoinedSeries],
        spec: &'a FigureSpec,
        words: &'static Locale,
    ) -> Result<Self, NoFigure> {
        let limits = (limit(&spec.from)?, limit(&spec.to)?);
        let series =
            if spec.kind == FigureKind::Timeline { Vec::new() } else { series(entries, joined, spec, limits)? };
        let events = if spec.kind == FigureKind::Series { Vec::new() } else { events(entries, spec, limits)? };
        let words = Locale::styled(spec.lang.unwrap_or(words.lang), words.style);
        let other = if words.lang == Lang::Zh { Lang::En } else { Lang::Zh };
        let second = spec.bilingual.then(|| Locale::styled(other, words.style));
        Ok(Self { spec, words, second, series, events, filter: filter(entries, spec) })
    }

    /// The documents that the figure tells of, by their indices.
    pub fn docs(&self) -> Vec<usize> {
        let of_events = self.events.iter().map(|(doc, ..)| *doc);
        let mut docs: Vec<usize> =
            self.series.iter().flat_map(|told| told.docs.iter().copied()).chain(of_events).collect();
        docs.sort_unstable();
        docs.dedup();
        docs.truncate(MAX_CARRIED);
        docs
    }

    /// The style the figure is laid out in.
    pub fn style(&self) -> FigureStyle {
        FigureStyle { wordmark: self.spec.wordmark, ..FigureStyle::of(self.spec.size) }
    }

    /// Lays it out.
    pub fn lay_out(&self, measure: &Measure<'_>) -> Figure {
        let Self { spec, words, second, .. } = self;
        let style = self.style();
        let inputs: Vec<SeriesInput<'_>> = self.series.iter().map(|told| input_of(told, words, *second)).collect();
        let events = self.events.iter().map(|(_, document, event)| (*document, *event)).collect();
        let events = TimelineInput { events, words, second: *second, filter: self.filter.clone() };
        let mut figure = match spec.kind {
            FigureKind::Series => series_figure(&inputs, &spec.annotations, &style, &spec.captions, measure),
            FigureKind::Timeline => timeline_figure(&events, &style, &spec.captions, measure),
            FigureKind::Both => both_figure(&events, &inputs, &spec.annotations, &style, &spec.captions, measure),
        };
        if !spec.captions.alt.is_empty() {
            figure.alt_text.clone_from(&spec.captions.alt);
        }
        figure.captions.alt.clone_from(&figure.alt_text);
        figure
    }
}

fn input_of<'b>(told: &'b FigureSeries<'_>, words: &'b Locale, second: Option<&'b Locale>) -> SeriesInput<'b> {
    SeriesInput { document: &told.document, n_documents: told.docs.len(), series: &told.series, words, second }
}

/// A figure carries so many documents at most.
const MAX_CARRIED: usize = 500;

type Limits = (Option<Interval>, Option<Interval>);

fn series<'a>(
    entries: &'a [Entry],
    joined: &[JoinedSeries],
    spec: &FigureSpec,
    limits: Limits,
) -> Result<Vec<FigureSeries<'a>>, NoFigure> {
    let places = if spec.series.is_empty() { most_telling(entries).into_iter().collect() } else { spec.series.clone() };
    let mut series = series_at(entries, joined, &places, spec.period);
    let Some(name) = series.first().map(|told| told.series.name.clone()) else { return Err(NoFigure::NoSeries) };
    if limits != (None, None) {
        for told in &mut series {
            told.series.to_mut().points.retain(|point| is_within(point.interval, limits));
        }
    }
    series.retain(|told| !told.series.points.is_empty());
    if series.is_empty() { Err(NoFigure::NoPoint(name)) } else { Ok(series) }
}

fn events<'a>(
    entries: &'a [Entry],
    spec: &FigureSpec,
    limits: Limits,
) -> Result<Vec<(usize, &'a Document, &'a Event)>, NoFigure> {
    let sieve = EventSieve { spec, query: Query::new(&spec.text, None) };
    let all = entries
        .iter()
        .enumerate()
        .flat_map(|(doc, entry)| entry.document.events.iter().map(move |event| (doc, &entry.document, event)));
    let is_inside = |event: &Event| is_within(event.interval, limits);
    let events: Vec<_> =
        all.filter(|(doc, document, event)| is_inside(event) && sieve.lets(*doc, document, event)).collect();
    match events.iter().any(|(_, _, event)| event.interval.is_some()) {
        true => Ok(events),
        false if limits != (None, None) => Err(NoFigure::NoEventInside),
        false if !filter(entries, spec).is_empty() => Err(NoFigure::NoEventLeft),
        false => Err(NoFigure::NoEvent),
    }
}

/// What a figure's events are filtered by; without a filter nothing.
fn filter(entries: &[Entry], spec: &FigureSpec) -> Vec<FilterPart> {
    let parts = filter_words::parts(&spec.places, &spec.facets, &|doc| entries.get(doc));
    let text = Query::new(&spec.text, None).map(|_| FilterPart::Text(spec.text.clone()));
    parts.into_iter().map(|(part, _)| part).chain(text).collect()
}

/// Which events a figure takes, decided as the window decides it from its index ([`crate::desk::Sieve`]).
struct EventSieve<'a> {
    spec: &'a FigureSpec,
    query: Option<Query>,
}

impl EventSieve<'_> {
    fn lets(&self, doc: usize, document: &Document, event: &Event) -> bool {
        let FigureSpec { places, facets, .. } = self.spec;
        let place = event.place.as_deref().unwrap_or_default();
        let when = When::of_event(document, event);
        let is_within = |period: TimeWindow| when.is_some_and(|w| w.start < period.end && w.end > period.start);
        let kind = document.articles.get(event.article).map(|article| article.kind);
        let tags = event.tags();
        let has_tag = || {
            if tags.is_empty() { facets.tags.contains("") } else { tags.iter().any(|tag| facets.tags.contains(tag)) }
        };
        (places.is_empty() || places.iter().any(|wanted| wanted == place))
            && (facets.documents.is_empty() || facets.documents.contains(&doc))
            && (facets.exactness.is_empty() || when.is_some_and(|when| facets.exactness.contains(&when.exactness)))
            && (facets.kinds.is_empty() || kind.is_some_and(|kind| facets.kinds.contains(&kind)))
            && facets.period.is_none_or(is_within)
            && (facets.tags.is_empty() || has_tag())
            && self.query.as_ref().is_none_or(|query| query.wants_event(document, event))
    }
}

/// Whether something that takes up `interval` is within the limits.
fn is_within(interval: Option<Interval>, (from, to): Limits) -> bool {
    let Some(Interval { start, end }) = interval else { return from.is_none() && to.is_none() };
    let after_from = from.and_then(|from| from.start).is_none_or(|from| end.is_none_or(|end| end > from));
    let before_to = to.and_then(|to| to.end).is_none_or(|to| start.is_none_or(|start| start < to));
    after_from && before_to
}
