//! Figures and tables of what is on the desk, ready to be written or copied.

use super::batch;
use crate::{
    corpus::{Corpus, Entry, SeriesGroup},
    desk::{Desk, FigureKind, FigureSpec, Locale, Mark},
    figure::{Drawn, MAX_FIGURE_SIDE_PX, TooLarge},
    view::{figure::Chosen, names},
};

/// The choices for a figure of `kind` as the desk has it.
pub fn spec(kind: FigureKind, corpus: &Corpus, desk: &Desk) -> FigureSpec {
    FigureSpec {
        kind,
        series: desk.chart.groups(corpus).into_iter().filter_map(SeriesGroup::main_part).collect(),
        period: desk.chart.group(corpus).and_then(|group| group.period),
        places: desk.places.iter().cloned().collect(),
        ..desk.figure.clone()
    }
}

/// Draws a figure; in words why not, where there is nothing to draw or too much.
pub fn figure(spec: &FigureSpec, entries: &[Entry], words: &'static Locale) -> Result<Drawn, String> {
    let chosen = Chosen::new(entries, spec, words).map_err(|reason| words.get(reason.key()).to_owned())?;
    batch::drawn(entries, spec, &chosen).map_err(|TooLarge { width_px, height_px }| {
        let [width, height] = [width_px, height_px].map(|side| side.round().to_string());
        words.fill("export.too-large", &[&width, &height, &MAX_FIGURE_SIDE_PX.to_string()])
    })
}

/// The name proposed for a figure's file.
pub fn figure_file_name(kind: FigureKind, corpus: &Corpus, desk: &Desk) -> String {
    let words = desk.locale();
    let document = names::corpus_name(corpus, desk.source.doc, words);
    let name = match kind {
        FigureKind::Timeline => words.fill("dialog.timeline-name", &[&document]),
        FigureKind::Series | FigureKind::Both => desk.chart.group(corpus).map_or(document, |group| group.name.clone()),
    };
    format!("{}.{}", without_separators(&name), desk.figure.format.extension())
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
