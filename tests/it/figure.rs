//! Figures of a small made document: as SVG snapshots, as pictures, and in every size and language.

use nianbiao::{
    corpus::Entry,
    desk::{Captions, FigureFormat, FigureKind, FigureSize, FigureSpec, Lang, Locale, Look, Preset},
    figure::{DrawOptions, Drawn, draw, draw_figure},
    model::Document,
    store::{carried, load},
    ui::Theme,
    view::{
        figure::Chosen,
        figure_frame::{FigureStyle, Item},
        figure_input::{SeriesInput, TimelineInput},
        figure_series::series_figure,
        figure_timeline::timeline_figure,
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
    let input =
        SeriesInput { document, n_documents: 1, series: &document.series[0], words: Locale::of(lang), second: None };
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
    let input = TimelineInput { events, words: Locale::of(lang), second: None, filter: Vec::new() };
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

/// Every column of pixels just inside the plot's left edge has the ground and grid lines of one full colour: no line
/// is smeared over two rows.
#[test]
fn an_english_figure_is_english_but_for_the_words_of_the_text() {
    let document = document();
    let style = FigureStyle::of(FigureSize::Preset(Preset::Article));
    let svg = series(&document, &style, Lang::En, Theme::light()).svg();
    assert!(svg.contains("-fold"), "{svg}");
    for foreign in ["：", "亿", "来源", "times</"] {
        assert!(!svg.contains(foreign), "`{foreign}` in {svg}");
    }
}

#[test]
fn grid_lines_lie_on_whole_pixels_at_every_scale() {
    let document = document();
    let style = FigureStyle::of(FigureSize::Preset(Preset::Article));
    for scale in [1.0, 1.25, 1.5, 2.0, 3.0] {
        let input = SeriesInput {
            document: &document,
            n_documents: 1,
            series: &document.series[0],
            words: Locale::of(Lang::Zh),
            second: None,
        };
        let options = DrawOptions { scale, theme: Theme::light(), transparent: false };
        let drawn =
            draw(&style, options, |measure| series_figure(&[input], &[], &style, &Captions::default(), measure))
                .unwrap();
        let axes = drawn.figure.parts.iter().find(|part| part.id == "axes").unwrap();
        let left = axes.items.iter().find_map(|item| match item {
            Item::Line { points, .. } => Some(points[0][0]),
            _ => None,
        });
        let pixels = drawn.pixels();
        let x = ((left.unwrap() + 3.0) * scale) as usize;
        let theme = Theme::light();
        let allowed = [theme.sheet, theme.hair, theme.control].map(|colour| colour.to_array());
        // The title stands above, notes below.
        let rows = pixels.height * 20 / 100..pixels.height * 84 / 100;
        for y in rows {
            let pixel = pixels.get(x, y).unwrap();
            assert!(allowed.contains(&pixel), "row {y} at {scale}×: {pixel:?}");
        }
    }
}

/// SHA-256 of a picture's pixels.
fn hash(drawn: &Drawn) -> String {
    use sha2::Digest as _;
    let bytes: Vec<u8> = drawn.pixels().data.iter().flatten().copied().collect();
    sha2::Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn the_same_pixels_on_every_machine_and_any_number_of_cores() {
    let document = document();
    let mut hashes = String::new();
    for preset in Preset::ALL {
        let style = FigureStyle::of(FigureSize::Preset(preset));
        for (lang, theme) in [(Lang::Zh, Theme::light()), (Lang::En, Theme::dark()), (Lang::Zh, Theme::print())] {
            let (a, b) = (series(&document, &style, lang, theme), timeline(&document, &style, lang, theme));
            let look = if theme.has_patterns {
                "print"
            } else if theme.is_dark {
                "dark"
            } else {
                "light"
            };
            hashes.push_str(&format!("{preset:?} {lang:?} {look} series {}\n", hash(&a)));
            hashes.push_str(&format!("{preset:?} {lang:?} {look} timeline {}\n", hash(&b)));
            let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
            assert_eq!(one.install(|| hash(&a)), hash(&a));
        }
    }
    insta::assert_snapshot!(hashes);
}

#[test]
fn a_picture_brings_its_figure_and_its_sources_back() {
    let entries = nianbiao::store::sample::entries();
    for (format, kind) in [
        (FigureFormat::Png, FigureKind::Series),
        (FigureFormat::Svg, FigureKind::Timeline),
        (FigureFormat::SvgOutlines, FigureKind::Both),
    ] {
        let spec = FigureSpec { kind, format, look: Look::Print, lang: Some(Lang::En), ..FigureSpec::default() };
        let bytes = |entries: &[Entry], spec: &FigureSpec| {
            let chosen = Chosen::new(entries, spec, Locale::of(Lang::Zh)).unwrap();
            let mut drawn = draw_figure(spec, &chosen).unwrap();
            drawn.carried = Some(carried::carried(entries, &chosen.docs(), spec, &drawn.figure.captions).unwrap());
            let mut bytes = Vec::new();
            drawn.write(&mut bytes).unwrap();
            bytes
        };
        let first = bytes(&entries, &spec);
        let opened = load::figure(&first).unwrap();
        assert_eq!(opened.view, spec);
        assert_eq!(opened.entries[0].document, entries[0].document);
        assert_eq!(opened.entries[0].text, entries[0].text);
        assert_eq!(bytes(&opened.entries, &opened.view), first, "{kind:?} drawn from the picture is another picture");
    }
    assert!(matches!(load::figure(b"\x89PNG\r\n\x1a\nbroken"), Err(load::LoadError::NoFigure)));
}
