//! From documents and choices to a figure: takes what is asked for, and lays it out.

use super::{
    figure_both::both_figure,
    figure_data::{FigureSeries, most_telling, series_at},
    figure_frame::{Figure, FigureStyle, Measure},
    figure_series::{SeriesInput, series_figure},
    figure_timeline::{TimelineInput, timeline_figure},
};
use crate::{
    corpus::{Entry, JoinedSeries, join_series},
    desk::{FigureKind, FigureSpec, Lang, Locale},
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
        Ok(Self { spec, words, second, series, events })
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
        let events = TimelineInput { events, words, second: *second };
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
    let is_shown = |event: &Event| {
        spec.places.is_empty() || spec.places.iter().any(|place| *place == event.place.as_deref().unwrap_or_default())
    };
    let all = entries
        .iter()
        .enumerate()
        .flat_map(|(doc, entry)| entry.document.events.iter().map(move |event| (doc, &entry.document, event)));
    let events: Vec<_> = all.filter(|(_, _, event)| is_shown(event) && is_within(event.interval, limits)).collect();
    match events.iter().any(|(_, _, event)| event.interval.is_some()) {
        true => Ok(events),
        false if limits != (None, None) => Err(NoFigure::NoEventInside),
        false => Err(NoFigure::NoEvent),
    }
}

/// Whether something that takes up `interval` is within the limits.
fn is_within(interval: Option<Interval>, (from, to): Limits) -> bool {
    let Some(Interval { start, end }) = interval else { return from.is_none() && to.is_none() };
    let after_from = from.and_then(|from| from.start).is_none_or(|from| end.is_none_or(|end| end > from));
    let before_to = to.and_then(|to| to.end).is_none_or(|to| start.is_none_or(|start| start < to));
    after_from && before_to
}
