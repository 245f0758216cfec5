//! Figures and tables of what is on the desk, ready to be written or copied.

use crate::{
    corpus::Corpus,
    desk::{Desk, FigureKind, Mark},
    figure::{DrawOptions, Drawn, draw},
    ui::Theme,
    view::{
        figure_frame::{Captions, FigureStyle, Preset},
        figure_series::{SeriesInput, series_figure},
        figure_timeline::{TimelineInput, timeline_figure},
        names,
    },
};

/// Physical pixels for one logical one in exported pictures.
const SCALE: f32 = 2.0;

/// The series in view: (document, series).
pub fn series_in_view(corpus: &Corpus, desk: &Desk) -> Option<(usize, usize)> {
    let is_there = |&(doc, series): &(usize, usize)| {
        corpus.entries.get(doc).is_some_and(|entry| entry.document.series.len() > series)
    };
    desk.chart.series.filter(is_there).or_else(|| {
        let all = corpus.entries.iter().enumerate().flat_map(|(doc, entry)| {
            entry.document.series.iter().enumerate().map(move |(idx, series)| (series.points.len(), doc, idx))
        });
        all.max_by_key(|&(n_points, doc, idx)| (n_points, std::cmp::Reverse((doc, idx))))
            .map(|(_, doc, idx)| (doc, idx))
    })
}

/// Draws the figure; `None` where there is nothing to draw.
pub fn figure(kind: FigureKind, corpus: &Corpus, desk: &Desk, theme: &'static Theme) -> Option<Drawn> {
    let words = desk.locale();
    let style = FigureStyle::of(Preset::Article);
    let options = DrawOptions { scale: SCALE, theme, transparent: false };
    let captions = Captions::default();
    match kind {
        FigureKind::Series => {
            let (doc, series) = series_in_view(corpus, desk)?;
            let document = &corpus.entries.get(doc)?.document;
            let input = SeriesInput { document, series: document.series.get(series)?, words };
            draw(&style, options, |measure| series_figure(input, &style, &captions, measure)).ok()
        }
        FigureKind::Timeline => {
            let events: Vec<_> = corpus
                .entries
                .iter()
                .flat_map(|entry| entry.document.events.iter().map(move |event| (&entry.document, event)))
                .filter(|(_, event)| desk.shows_place(event.place.as_deref()))
                .collect();
            if !events.iter().any(|(_, event)| event.interval.is_some()) {
                return None;
            }
            let input = TimelineInput { events, words };
            draw(&style, options, |measure| timeline_figure(&input, &style, &captions, measure)).ok()
        }
    }
}

/// The name proposed for a figure's file.
pub fn figure_file_name(kind: FigureKind, corpus: &Corpus, desk: &Desk) -> String {
    let words = desk.locale();
    let document = names::corpus_name(corpus, desk.source.doc, words);
    let name = match kind {
        FigureKind::Timeline => words.fill("dialog.timeline-name", &[&document]),
        FigureKind::Series => series_in_view(corpus, desk)
            .and_then(|(doc, series)| Some(corpus.entries.get(doc)?.document.series.get(series)?.name.clone()))
            .unwrap_or(document),
    };
    format!("{}.png", without_separators(&name))
}

/// Without the characters that file systems refuse.
pub fn without_separators(name: &str) -> String {
    name.chars().map(|c| if "/\\:*?\"<>|\n\r\t".contains(c) { '_' } else { c }).collect()
}

/// The sentence of the selection with its source: “…”（报纸版面 2025-06-23，智库报告解读，2025-06-22）.
pub fn citation(corpus: &Corpus, desk: &Desk) -> Option<String> {
    let mark = desk.selection?;
    let entry = corpus.entries.get(mark.doc())?;
    let span = match mark {
        Mark::Event { event, .. } => entry.document.events.get(event)?.span,
        other => {
            let span = other.span(corpus)?;
            let event = entry.document.events.iter().find(|event| event.span.contains(span));
            event.map_or(span, |event| event.span)
        }
    };
    let words = desk.locale();
    let text: String = span.slice(&entry.text).chars().filter(|c| !matches!(c, '\n' | '\r')).collect();
    let article = mark.article(corpus).unwrap_or(0);
    let dct = entry.document.articles.get(article).and_then(|article| article.dct.clone());
    let dct = dct.or_else(|| entry.document.dct.clone());
    let source = [
        names::document_name(entry),
        names::article_name(entry, article, words),
        dct.map(|dct| dct.as_str().to_owned()).unwrap_or_default(),
    ];
    let source: Vec<String> = source.into_iter().filter(|part| !part.is_empty()).collect();
    Some(words.fill("dialog.citation", &[text.trim(), &source.join(words.get("dialog.citation-comma"))]))
}
