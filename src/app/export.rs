//! Figures and tables of what is on the desk, ready to be written or copied.

use super::batch;
use crate::{
    corpus::{Corpus, Entry, SeriesGroup},
    desk::{Desk, FigureKind, FigureSpec, Locale},
    figure::{Drawn, MAX_FIGURE_SIDE_PX, TooLarge},
    view::{cite, figure::Chosen, names},
};

/// The choices for a figure of `kind` as the desk has it.
pub fn spec(kind: FigureKind, corpus: &Corpus, desk: &Desk) -> FigureSpec {
    FigureSpec {
        kind,
        series: desk.chart.groups(corpus).into_iter().filter_map(SeriesGroup::main_part).collect(),
        period: desk.chart.group(corpus).and_then(|group| group.period),
        ..desk.figure.clone()
    }
    .filtered_as(desk)
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

/// The sentence of the selection with its source.
pub fn citation(corpus: &Corpus, desk: &Desk) -> Option<String> {
    cite::citation(corpus, desk.selection?, desk.locale())
}

/// The words that are selected in the text, else the sentence of the selection, without their source.
pub fn words(corpus: &Corpus, desk: &Desk) -> Option<String> {
    if let Some(passage) = desk.passage {
        return cite::words_of(corpus.entries.get(passage.doc)?, passage.article, passage.span);
    }
    let mark = desk.selection?;
    let entry = corpus.entries.get(mark.doc())?;
    cite::sentence_of(entry, mark.article(corpus)?, mark.span(corpus)?).map(|(words, _)| words)
}
