//! Pictures of the window, drawn without one, of a page, a year of news and a very large collection, at three zooms.
//!
//! What a picture shows is asked of its layout and of its pixels: titles that do not run into each other, lanes that
//! have their names, counts that add up, ink where there are events. The large one is of ten million events: without
//! optimisation 42 s of one core and 1.0 GB, for only its index is made; `NIANBIAO_LARGE=30000` makes it smaller where
//! that is too long. `NIANBIAO_PICTURES=DIR` keeps the pictures.

use crate::collection::made;
use egui::vec2;
use nianbiao::{
    corpus::{Corpus, ReadOptions, index::digest},
    desk::{Desk, Lang, Locale, Pane, TimeWindow, apply},
    figure::{self, Frame, PngInfo},
    store::{load, sample},
    ui::{self, Cx, Shell, Theme},
    view::{
        lanes,
        lanes_layout::{LanesLayout, Request},
        time_scale::TimeScale,
        timeline::{Item, Reach, Timeline},
    },
};
use std::{collections::BTreeSet, path::Path, process::Command};

const SIZE: (f32, f32) = (1280.0, 800.0);

/// The desk of a window with nothing but the timeline.
fn desk(window: Option<TimeWindow>) -> Desk {
    let mut desk = Desk::default();
    (desk.panes.chart, desk.panes.source, desk.panes.sidebar) = (false, false, Some(false));
    desk.panes.tab = Pane::Timeline;
    desk.timeline.window = window;
    desk
}

/// The lanes of the corpus in `window`, as the window lays them out.
fn laid_out(corpus: &Corpus, window: TimeWindow) -> (Timeline, LanesLayout) {
    let desk = desk(Some(window));
    let timeline = Timeline::new(corpus, &desk, Locale::of(Lang::Zh));
    let axis = timeline.axis(desk.timeline.fold, &[], Reach::All, 1_100.0);
    let scale = TimeScale::new(&axis, Some(window), 112.0, 1_212.0);
    let layout = lanes::lay_out(&Request {
        timeline: &timeline,
        scale: &scale,
        folded: &BTreeSet::new(),
        room_px: 600.0,
        has_same_height: false,
        week: Default::default(),
        title: &|item: &Item| item.event(corpus).map_or_else(Default::default, |event| event.title.as_str().into()),
        width: &|text| text.chars().count() as f32 * 12.0,
        before: None,
    });
    (timeline, layout)
}

/// Titles keep clear of each other, every lane has a name, and what is drawn is what is there.
fn check_layout(name: &str, corpus: &Corpus, window: TimeWindow) {
    let (timeline, layout) = laid_out(corpus, window);
    assert_eq!(layout.n_in_view, timeline.count(window.start, window.end), "{name}");
    let mut top = 0.0;
    for lane in &layout.lanes {
        assert_eq!(lane.top_px, top, "{name}: lanes lie below each other");
        top += lane.height_px;
        assert!(!timeline.lanes[lane.lane].name.is_empty(), "{name}: a lane without a name");
        for pair in lane.peaks.windows(2) {
            let (left, right) = (pair[0].right.max(pair[0].x), pair[1].left.min(pair[1].x));
            assert!(left < right, "{name}: {} runs into {}", pair[0].text, pair[1].text);
        }
        assert!(lane.columns.iter().all(|column| column.right_px > column.left_px), "{name}: an empty column");
        assert!(lane.columns.iter().all(|column| column.count <= lane.full), "{name}: a column beyond its lane");
        let mut labels: Vec<_> = lane.glyphs.iter().filter_map(|glyph| glyph.label.as_ref()).collect();
        labels.sort_by(|a, b| a.row.cmp(&b.row).then(a.left.total_cmp(&b.left)));
        for pair in labels.windows(2).filter(|pair| pair[0].row == pair[1].row) {
            assert!(pair[0].right <= pair[1].left + 0.5, "{name}: {:?} runs into {:?}", pair[0], pair[1]);
        }
    }
    assert_eq!(layout.height_px, top);
}

/// The picture itself has ink of several sorts, in the lanes and on the axis.
fn check_picture(name: &str, corpus: &Corpus, window: Option<TimeWindow>) {
    let theme = Theme::light();
    let frame = Frame { size: vec2(SIZE.0, SIZE.1), scale: 1.0, background: theme.paper.to_array(), n_passes: 4 };
    let mut desk = desk(window);
    let shell = Shell::default();
    let shot = figure::shoot(
        &frame,
        |ctx| ui::prepare(ctx, theme),
        |ui| {
            let mut commands = Vec::new();
            let words = Locale::of(desk.settings.lang);
            ui::window_ui(ui, &mut Cx { corpus, desk: &desk, shell: &shell, theme, words, commands: &mut commands });
            for command in commands {
                apply(&mut desk, corpus, command);
            }
        },
    );
    let png = shot.pixels.png(&PngInfo { title: name.to_owned(), ..PngInfo::default() }).unwrap();
    if let Some(folder) = std::env::var_os("NIANBIAO_PICTURES") {
        std::fs::write(Path::new(&folder).join(format!("{name}.png")), &png).unwrap();
    }
    let image = image::load_from_memory(&png).unwrap().to_rgb8();
    let (width, height) = image.dimensions();
    let grounds = [theme.paper, theme.sheet].map(|colour| [colour.r(), colour.g(), colour.b()]);
    let n_ink = |rows: std::ops::Range<u32>| {
        let pixels = rows.flat_map(|y| (130..width - 20).map(move |x| (x, y)));
        pixels.filter(|(x, y)| !grounds.contains(&image.get_pixel(*x, *y).0)).count() as f64
    };
    let lanes = n_ink(140..height - 120) / f64::from((height - 260) * (width - 150));
    assert!((0.002..0.7).contains(&lanes), "{name}: {lanes:.3} of the lanes are ink");
}

fn check(name: &str, corpus: &Corpus, window: TimeWindow) {
    check_layout(name, corpus, window);
    check_picture(name, corpus, Some(window));
}

fn window(from: &str, to: &str) -> TimeWindow {
    let moment = |day: &str| made::moment(&format!("{day}T00:00:00"));
    TimeWindow { start: moment(from), end: moment(to) }
}

#[test]
fn the_sample_is_drawn() {
    let corpus = Corpus::new(sample::entries());
    check_picture("sample-all", &corpus, None);
    let (first, last) = corpus.index().extent().unwrap();
    let (middle, length) = ((first + last) as f64 / 2.0, (last - first) as f64);
    check("sample-whole", &corpus, TimeWindow { start: first as f64, end: last as f64 });
    check_layout("sample-part", &corpus, TimeWindow { start: middle, end: middle + length / 2.0 });
}

/// The number of events that was asked for.
fn large() -> Option<u64> {
    std::env::var("NIANBIAO_LARGE").ok().and_then(|n| n.parse().ok())
}

#[test]
fn three_years_of_news_are_drawn() {
    let archive = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/xwlb-2022-2024.tar.zst");
    if !archive.exists() {
        eprintln!("skipped: there is no {}", archive.display());
        return;
    }
    let dir = std::env::temp_dir().join(format!("nianbiao-pictures-{}", std::process::id()));
    std::fs::create_dir_all(&dir).unwrap();
    let unpacked = Command::new("tar").arg("-C").arg(&dir).arg("--zstd").arg("-xf").arg(&archive).status();
    if !unpacked.is_ok_and(|status| status.success()) {
        eprintln!("skipped: tar cannot unpack {}", archive.display());
        return;
    }
    // A month of each year is enough for a picture; all of it is for the benches.
    let (files, _) = load::files(std::slice::from_ref(&dir));
    let is_large = large().is_some_and(|n_events| n_events >= 10_000_000);
    let chosen = files.iter().enumerate().filter(|(at, _)| is_large || at % 14 == 0);
    let entries = chosen.flat_map(|(_, path)| load::file(path, &ReadOptions::default())).filter_map(Result::ok);
    let corpus = Corpus::new(entries.collect());
    assert!(corpus.entries.len() > 50);
    check("news-years", &corpus, window("2022-01-01", "2025-01-01"));
    check("news-months", &corpus, window("2023-03-01", "2023-07-01"));
    check("news-days", &corpus, window("2023-03-01", "2023-03-12"));
    std::fs::remove_dir_all(&dir).unwrap();
}

#[test]
fn a_large_collection_is_drawn() {
    let n_events = large().unwrap_or(10_000_000);
    let corpus = made::Made::new(1, n_events).corpus();
    let n_made = corpus.index().len() as f64;
    assert!((n_made / n_events as f64 - 1.0).abs() < 0.1, "{n_made} of {n_events}");
    check("large-decades", &corpus, window("1960-01-01", "2026-06-01"));
    check("large-year", &corpus, window("2023-01-01", "2024-01-01"));
    check("large-days", &corpus, window("2023-05-01", "2023-05-04"));
}

#[test]
fn a_made_digest_is_that_of_its_document() {
    use nianbiao::corpus::Bodies as _;
    let made = made::Made::new(3, 4_000);
    for number in 0..120 {
        let body = made.body(number);
        assert_eq!(made.digest(number), digest(&body.document, &body.text), "document {number}");
    }
}
