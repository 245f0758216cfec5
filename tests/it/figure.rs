//! Figures of a small made document: as SVG snapshots, as pictures, and in every size and language.

use nianbiao::{
    desk::{Captions, FigureSize, Lang, Locale, Preset},
    figure::{DrawOptions, Drawn, draw},
    model::Document,
    ui::Theme,
    view::{
        figure_frame::FigureStyle,
        figure_series::{SeriesInput, series_figure},
        figure_timeline::{TimelineInput, timeline_figure},
    },
};
use std::path::Path;

fn document() -> Document {
    serde_json::from_str(include_str!("../texts/trade.document.json")).unwrap()
}

/// Keeps a picture where a person can look at it: `tmp` in the target folder.
fn keep(name: &str, drawn: &Drawn) {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(path.with_extension("png"), drawn.png().unwrap()).unwrap();
    std::fs::write(path.with_extension("svg"), drawn.svg()).unwrap();
}

fn options(theme: &'static Theme) -> DrawOptions {
    DrawOptions { scale: 2.0, theme, transparent: false }
}

fn series(document: &Document, style: &FigureStyle, lang: Lang, theme: &'static Theme) -> Drawn {
    let input = SeriesInput { document, n_documents: 1, series: &document.series[0], words: Locale::of(lang) };
    draw(style, options(theme), |measure| series_figure(&[input], &[], style, &Captions::default(), measure)).unwrap()
}

#[test]
fn a_series_is_drawn_in_every_preset_language_and_theme() {
    let document = document();
    for (preset, name) in [(Preset::Article, "article"), (Preset::Square, "square"), (Preset::Slide, "slide")] {
        let style = FigureStyle::of(FigureSize::Preset(preset));
        keep(&format!("series-{name}"), &series(&document, &style, Lang::Zh, Theme::light()));
        keep(&format!("series-{name}-en"), &series(&document, &style, Lang::En, Theme::dark()));
    }
    keep("series-own", &series(&document, &FigureStyle::of_size(1920.0, 1080.0), Lang::Zh, Theme::light()));
    keep("series-small", &series(&document, &FigureStyle::of_size(400.0, 300.0), Lang::Zh, Theme::light()));
}

fn timeline(document: &Document, style: &FigureStyle, lang: Lang, theme: &'static Theme) -> Drawn {
    let events = document.events.iter().map(|event| (document, event)).collect();
    let input = TimelineInput { events, words: Locale::of(lang) };
    draw(style, options(theme), |measure| timeline_figure(&input, style, &Captions::default(), measure)).unwrap()
}

#[test]
fn a_timeline_is_drawn_in_every_preset_language_and_theme() {
    let document = document();
    for (preset, name) in [(Preset::Article, "article"), (Preset::Square, "square"), (Preset::Slide, "slide")] {
        let style = FigureStyle::of(FigureSize::Preset(preset));
        keep(&format!("timeline-{name}"), &timeline(&document, &style, Lang::Zh, Theme::light()));
        keep(&format!("timeline-{name}-en"), &timeline(&document, &style, Lang::En, Theme::dark()));
    }
    keep("timeline-own", &timeline(&document, &FigureStyle::of_size(1920.0, 1080.0), Lang::Zh, Theme::light()));
    keep("timeline-small", &timeline(&document, &FigureStyle::of_size(400.0, 300.0), Lang::Zh, Theme::light()));
}
