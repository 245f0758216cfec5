//! The export sheet: what it shows is the figure, and what was chosen there is kept.

use crate::driver::{command, fixture, program, scratch, settle, window};
use egui_kittest::kittest::Queryable as _;
use nianbiao::{
    corpus::{Corpus, ReadOptions, read, when::Exactness},
    desk::{
        Command, Correction, Desk, FigureBatch, FigureFormat, FigureKind, FigureSize, FigureSpec, History, Lang,
        Locale, Look, Mark, Overlay, Preset, TimeWindow, apply,
    },
    model::ArticleKind,
    text::Source,
    view::{
        figure::{Chosen, NoFigure},
        timeline::Timeline,
    },
    warn::Reporter,
};

#[test]
fn choices_change_the_figure_and_are_kept() {
    let dir = scratch("export-sheet");
    let state_path = dir.join("state.json");
    let mut harness = window(vec![fixture()], Some(state_path.clone()));
    command(&mut harness, Command::ExportFigure(FigureKind::Series));
    settle(&mut harness);
    assert_eq!(program(&harness).desk().overlay, Some(Overlay::Export));
    let made = program(&harness).shell().preview.clone().unwrap().captions;
    assert!(made.title.contains("206") && made.alt.contains("948"), "{made:?}");
    harness.render().unwrap().save(dir.join("sheet.png")).unwrap();

    harness.get_by_label("配色: 印刷").click();
    harness.run_steps(3);
    harness.get_by_label("版面 1: 方图").click();
    harness.run_steps(3);
    harness.get_by_label("内容: 两者").click();
    harness.run_steps(3);
    settle(&mut harness);
    let figure = program(&harness).desk().figure.clone();
    assert_eq!((figure.look, figure.size), (Look::Print, FigureSize::Preset(Preset::Square)));
    assert_eq!(figure.kind, FigureKind::Both);
    harness.render().unwrap().save(dir.join("sheet-both.png")).unwrap();

    command(&mut harness, Command::SetFigure(Box::new(FigureSpec { format: FigureFormat::Svg, ..figure })));
    command(&mut harness, Command::Escape);
    assert_eq!(program(&harness).desk().overlay, None);
    assert!(program(&harness).shell().preview.is_none());
    let ctx = harness.ctx.clone();
    harness.state_mut().as_mut().unwrap().close(&ctx);
    let kept: serde_json::Value = serde_json::from_slice(&std::fs::read(&state_path).unwrap()).unwrap();
    assert_eq!(kept["figure"]["look"], "print");
    assert_eq!(kept["figure"]["format"], "svg");
    assert_eq!(kept["figure"]["captions"]["title"], "", "words belong to one figure");
}

#[test]
fn many_figures_go_into_a_folder_and_one_too_large_is_refused() {
    let dir = scratch("export-batch");
    let mut harness = window(vec![fixture()], None);
    command(&mut harness, Command::ExportFigure(FigureKind::Series));
    let ctx = harness.ctx.clone();
    harness.state_mut().as_mut().unwrap().write_figures(&ctx, FigureBatch::Documents, dir.join("figures"));
    harness.step();
    assert!(program(&harness).shell().drawing.is_some());
    settle(&mut harness);
    assert!(program(&harness).shell().drawing.is_none());
    let written: Vec<_> = std::fs::read_dir(dir.join("figures")).unwrap().map(|file| file.unwrap().path()).collect();
    assert_eq!(written.len(), 1, "{written:?}");
    assert!(nianbiao::store::load::figure(&std::fs::read(&written[0]).unwrap()).is_ok());

    let figure = program(&harness).desk().figure.clone();
    let large = FigureSpec { size: FigureSize::Own([8000.0, 900.0]), scale: 2.0, ..figure };
    command(&mut harness, Command::SetFigure(Box::new(large)));
    settle(&mut harness);
    assert!(program(&harness).shell().preview.as_ref().unwrap().is_too_large);
    harness.render().unwrap().save(dir.join("too-large.png")).unwrap();
    assert!(harness.query_all_by_label_contains("16000 × 1800").next().is_some());
}

/// Two documents with events that each filter parts.
fn filtered_corpus() -> Corpus {
    let page = |path: &str, text: &str| {
        let source = Source::of(path, text);
        let options = ReadOptions { dct: "2024-12-31".parse().ok(), ..ReadOptions::default() };
        read(source, &options, Reporter::new())
    };
    let first =
        page("工地.txt", "2019年3月，天津的隧道开工。\n\n2023年5月6日，大桥合龙。\n\n2024年8月，新线在香港通车。\n");
    let second = page("港口.txt", "2020年，香港的码头开港。\n\n2023年5月7日至9日，天津举行论坛。\n");
    let mut corpus = Corpus::new(vec![first, second]);
    let mut desk = Desk::default();
    let mut history = History::default();
    for (mark, tag) in [((0, 0), "基建"), ((1, 0), "基建"), ((1, 1), "会议")] {
        let marks = vec![Mark::Event { doc: mark.0, event: mark.1 }];
        history.apply(&mut desk, &mut corpus, Command::Correct(Correction::Tag { marks, tag: tag.to_owned() }));
    }
    corpus
}

#[test]
fn a_timeline_figure_has_the_events_that_the_window_shows_and_says_what_was_chosen() {
    let corpus = filtered_corpus();
    let words = Locale::of(Lang::Zh);
    let day = |text: &str| text.parse::<nianbiao::edtf::Moment>().unwrap().seconds() as f64;
    let period = TimeWindow { start: day("2023-01-01T00:00:00"), end: day("2024-01-01T00:00:00") };
    let check = |commands: Vec<Command>, expected: usize, said: &str| {
        let mut desk = Desk::default();
        for command in &commands {
            apply(&mut desk, &corpus, command.clone());
        }
        apply(&mut desk, &corpus, Command::ExportFigure(FigureKind::Timeline));
        let titles = |mut titles: Vec<String>| {
            titles.sort();
            titles
        };
        let entries: Vec<_> = corpus.entries.iter().cloned().collect();
        let chosen = Chosen::new(&entries, &desk.figure, words).unwrap();
        let drawn = titles(chosen.events.iter().map(|(.., event)| event.title.clone()).collect());
        assert_eq!(drawn.len(), expected, "{commands:?}: {drawn:?}");
        if desk.search.is_empty() {
            let timeline = Timeline::new(&corpus, &desk, words);
            let shown = (0..corpus.index().len() as u32).filter(|row| timeline.rows.holds(*row));
            let shown = shown.filter_map(|row| Some(timeline.item(row)?.event(&corpus)?.title.clone()));
            assert_eq!(drawn, titles(shown.collect()), "{commands:?}");
        }
        let figure = chosen.lay_out(&|text, _, px| text.chars().count() as f32 * px);
        assert_eq!(figure.captions.subtitle.split('；').next(), Some(said), "{commands:?}");
    };
    check(vec![], 5, "5 件事");
    check(vec![Command::TogglePlace("天津".into())], 2, "2 件事，限天津");
    check(vec![Command::TogglePlace(String::new())], 1, "1 件事，限未写地点");
    check(vec![Command::ToggleTag("基建".into())], 2, "2 件事，限#基建");
    check(vec![Command::ToggleTag(String::new())], 2, "2 件事，限未加标签");
    check(vec![Command::ToggleDocument(1)], 2, "2 件事，限港口");
    check(vec![Command::SetPeriod(Some(period))], 2, "2 件事，限2023年");
    check(vec![Command::ToggleExactness(Exactness::Within)], 3, "3 件事，限时间：某年、某月之内");
    check(vec![Command::ToggleKind(ArticleKind::News)], 5, "5 件事，限类别：报道");
    check(vec![Command::Search("香港".into())], 2, "2 件事，限含“香港”");
    check(
        vec![Command::ToggleTag("基建".into()), Command::TogglePlace("香港".into()), Command::ToggleDocument(1)],
        1,
        "1 件事，限香港、#基建、港口",
    );

    // The next figure begins with the filters of its time.
    let mut desk = Desk::default();
    apply(&mut desk, &corpus, Command::ToggleTag("会议".into()));
    apply(&mut desk, &corpus, Command::ExportFigure(FigureKind::Timeline));
    apply(&mut desk, &corpus, Command::ClearFilters);
    apply(&mut desk, &corpus, Command::ExportFigure(FigureKind::Timeline));
    assert!(desk.figure.facets.is_open());
    // Nothing left is said as such.
    apply(&mut desk, &corpus, Command::ToggleTag("无此标签".into()));
    apply(&mut desk, &corpus, Command::ExportFigure(FigureKind::Timeline));
    let entries: Vec<_> = corpus.entries.iter().cloned().collect();
    assert_eq!(Chosen::new(&entries, &desk.figure, words).err(), Some(NoFigure::NoEventLeft));
}
