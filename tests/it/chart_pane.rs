//! The chart pane as a user meets it: rows for screen readers, clicks, tables, CSV.

use super::cpu_renderer::CpuRenderer;
use egui::{Event, ImeEvent, Key, accesskit::Role};
use egui_kittest::{Harness, kittest::Queryable as _};
use nianbiao::{
    corpus::{Corpus, ReadOptions, read},
    desk::{ChartMeasure, ChartMode, Command, Desk, Lang, Locale, Mark, SeriesChoice, apply},
    model::Series,
    store::json::read_corpus,
    text::Source,
    ui::{Cx, Shell, Theme, prepare, window_ui},
    view::stats::{points_csv, quantities_csv},
    warn::Reporter,
};
use std::sync::{Arc, Mutex};

struct State {
    corpus: Corpus,
    desk: Desk,
    done: Vec<Command>,
}

fn corpus() -> Corpus {
    let bytes = include_bytes!("../fixtures/sample.corpus.json");
    Corpus::new(read_corpus(bytes).unwrap())
}

fn window(desk: Desk) -> Harness<'static, State> {
    let state = State { corpus: corpus(), desk, done: Vec::new() };
    let mut is_prepared = false;
    let mut harness =
        Harness::builder().with_size(egui::vec2(1440.0, 900.0)).renderer(CpuRenderer::default()).build_ui_state(
            move |ui, state: &mut State| {
                if !is_prepared {
                    prepare(ui.ctx(), Theme::light());
                    is_prepared = true;
                    ui.ctx().request_discard("the faces come with the next pass");
                    return;
                }
                let mut commands = Vec::new();
                let mut cx = Cx {
                    corpus: &state.corpus,
                    desk: &state.desk,
                    shell: &Shell::default(),
                    theme: Theme::light(),
                    words: Locale::of(state.desk.settings.lang),
                    commands: &mut commands,
                };
                window_ui(ui, &mut cx);
                for command in commands {
                    state.done.push(command.clone());
                    apply(&mut state.desk, &state.corpus, command);
                }
            },
            state,
        );
    harness.run_steps(6);
    harness
}

#[test]
fn a_point_is_a_row_that_says_how_it_was_reached_and_a_click_selects_it() {
    let mut harness = window(Desk::default());
    harness.get_by_label("约1992年，建交初期，4.6亿美元");
    harness.get_by_label("2023年，894亿美元，推算：948亿 − 54亿").click();
    harness.run_steps(3);
    let point = Mark::Point { doc: 0, series: 0, point: 1 };
    assert!(harness.state().done.contains(&Command::Select(point)));
    assert_eq!(harness.state().desk.selection, Some(point));
}

#[test]
fn the_claim_leads_to_its_words_and_the_axis_turns_logarithmic() {
    let mut harness = window(Desk::default());
    harness.get_by_label("“上百倍”：算得约 206 倍").click();
    harness.run_steps(3);
    assert!(matches!(harness.state().desk.selection, Some(Mark::Quantity { doc: 0, quantity: 1 })));
    harness.get_by_label("刻度: 对数").click();
    harness.run_steps(3);
    assert_eq!(harness.state().desk.chart.scale, nianbiao::desk::AxisScale::Log);
}

#[test]
fn the_table_of_quantities_sorts_and_leads_to_the_passage() {
    let mut desk = Desk::default();
    desk.chart.mode = ChartMode::Quantities;
    let mut harness = window(desk);
    harness.get_by_label("按数值排序").click();
    harness.run_steps(3);
    assert!(harness.get_all_by_role(Role::Row).count() > 3);
    harness.state_mut().desk.chart.quantity_filter = "贸易总额 948".to_owned();
    harness.run_steps(3);
    harness.get_by_role(Role::Row).click();
    harness.run_steps(3);
    assert_eq!(harness.state().desk.selection, Some(Mark::Quantity { doc: 0, quantity: 1 }));
}

#[test]
fn tables_are_copied_as_csv() {
    let (corpus, words) = (corpus(), Locale::of(Lang::Zh));
    let mut desk = Desk::default();
    let points = points_csv(&corpus, &desk, words);
    let lines: Vec<&str> = points.split("\r\n").collect();
    assert_eq!(lines[0], "指标,时间,EDTF,数值,上限,单位,来历,原文写作,原文,文档,起,止");
    assert!(lines[2].starts_with("中国同中亚国家贸易总额,2023年,2023,89400000000,,USD,推算,948亿 − 54亿,"));
    assert_eq!(lines.len(), 5);
    desk.chart.quantity_filter = "亿美元".to_owned();
    let quantities = quantities_csv(&corpus, &desk, words);
    assert_eq!(quantities.matches("\r\n").count(), 4);
    assert!(quantities.contains("948亿美元,94800000000,,USD,,,2024年,2024,"));
}

#[test]
fn series_stand_beside_one_another_by_unit_and_turn_into_an_index() {
    let text = "2022年，全省粮食产量6870万吨，棉花产量598万吨，出口额3000亿元。\n\n2023年，全省粮食产量6950万吨，棉花产量562万吨，出口额3600亿元。";
    let source = Source::of("a.txt", text);
    let mut harness = window(Desk::default());
    harness.state_mut().corpus = Corpus::new(vec![read(source, &ReadOptions::default(), Reporter::new())]);
    harness.run_steps(4);
    let beside = |harness: &mut Harness<'static, State>, name: &str| {
        let is_row = |node: &egui_kittest::kittest::AccessKitNode<'_>| {
            node.role() == Role::ListItem && node.label().is_some_and(|label| label.contains(name))
        };
        harness.get_by(is_row).click_modifiers(egui::Modifiers::COMMAND);
        harness.run_steps(4);
    };
    beside(&mut harness, "棉花产量");
    beside(&mut harness, "出口额");
    let n_plots = |harness: &Harness<'static, State>| {
        harness
            .query_all_by(|node| node.role() == Role::Table && node.label().is_some_and(|l| l.starts_with("数列图")))
            .count()
    };
    assert_eq!(harness.state().desk.chart.beside.len(), 2);
    assert_eq!(n_plots(&harness), 2, "tonnes above yuan");
    harness.state_mut().desk.chart.measure = ChartMeasure::Index;
    harness.run_steps(4);
    assert_eq!(n_plots(&harness), 1, "an index has one unit");
    harness.get_by_label("2023年，120");
    beside(&mut harness, "出口额");
    assert_eq!(harness.state().desk.chart.beside.len(), 1, "a second click takes it away");
    harness.state_mut().desk.chart.measure = ChartMeasure::YearChange;
    harness.run_steps(4);
    assert_eq!(n_plots(&harness), 1);
    // One year has nothing before it: a sentence, and no axes about nothing.
    let text = "2010年，全省粮食产量6870万吨。2025年，全省粮食产量6950万吨。";
    let source = Source::of("a.txt", text);
    harness.state_mut().corpus = Corpus::new(vec![read(source, &ReadOptions::default(), Reporter::new())]);
    harness.state_mut().desk.chart.beside.clear();
    harness.state_mut().desk.chart.series = None;
    harness.run_steps(4);
    harness.get_by(|node| node.value().is_some_and(|value| value.contains("没有可画的点")));
    assert_eq!(n_plots(&harness), 0);
}

#[test]
fn series_of_more_units_than_there_is_room_for_are_drawn_as_far_as_they_go() {
    let text = "2022年，全市粮食产量126万吨，出口额1280亿元，常住人口815万人。\n\n2023年，全市粮食产量119万吨，出口额1350亿元，常住人口809万人。";
    let source = Source::of("a.txt", text);
    let mut harness = window(Desk::default());
    harness.state_mut().corpus = Corpus::new(vec![read(source, &ReadOptions::default(), Reporter::new())]);
    harness.run_steps(4);
    let shown: Vec<SeriesChoice> =
        harness.state().corpus.index().groups().iter().filter_map(SeriesChoice::of).collect();
    assert_eq!(shown.len(), 3);
    let state = harness.state_mut();
    (state.desk.chart.series, state.desk.chart.beside) = (Some(shown[0]), shown[1..].to_vec());
    for (height_px, n) in [(140.0, 1), (240.0, 2), (440.0, 3)] {
        harness.state_mut().desk.panes.chart_height_px = Some(height_px);
        harness.run_steps(4);
        let plots = harness
            .query_all_by(|node| node.role() == Role::Table && node.label().is_some_and(|l| l.starts_with("数列图")));
        assert_eq!(plots.count(), n, "in {height_px} pixels");
    }
}

/// A document of so many series that they are put together beside the window.
fn many_series() -> Corpus {
    let text = "2019年粮食产量1万吨。2020年粮食产量2万吨。";
    let source = Source::of("a.txt", text);
    let mut body = read(source, &ReadOptions::default(), Reporter::new()).into_body();
    let series = body.document.series.first().expect("a series").clone();
    let named = |n: usize| Series { name: format!("{}{n}", series.name), ..series.clone() };
    body.document.series = (0..20_001).map(named).collect();
    Corpus::new(vec![body.into()])
}

#[test]
fn a_large_collection_says_that_its_series_are_being_put_together() {
    let corpus = many_series();
    let mut harness = Harness::builder().with_size([1280.0, 800.0]).renderer(CpuRenderer::default()).build_ui(|ui| {
        let (mut commands, desk, shell) = (Vec::new(), Desk::default(), Shell::default());
        prepare(ui.ctx(), Theme::light());
        let (theme, words) = (Theme::light(), desk.locale());
        window_ui(ui, &mut Cx { corpus: &corpus, desk: &desk, shell: &shell, theme, words, commands: &mut commands });
    });
    harness.run_steps(3);
    harness.get_by_label("数列正在汇总，窗口可照常使用。");
    harness.get_by_label("正在合并……");
    assert!(harness.query_by_label_contains("还不成数列").is_none());
    corpus.index().put_series_together();
    harness.run_steps(3);
    assert!(harness.query_by_label_contains("正在").is_none());
    assert!(harness.query_all_by_label_contains("产量").count() > 1);
}

#[test]
fn a_series_is_found_by_typing_and_taken_with_enter() {
    let corpus = many_series();
    corpus.index().put_series_together();
    let mut state = State { corpus, desk: Desk::default(), done: Vec::new() };
    let shown = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&shown);
    let mut harness =
        Harness::builder().with_size([1280.0, 800.0]).renderer(CpuRenderer::default()).build_ui(move |ui| {
            let (mut commands, shell) = (Vec::new(), Shell::default());
            prepare(ui.ctx(), Theme::light());
            let (theme, words) = (Theme::light(), state.desk.locale());
            let (corpus, desk) = (&state.corpus, &state.desk);
            window_ui(ui, &mut Cx { corpus, desk, shell: &shell, theme, words, commands: &mut commands });
            for command in commands {
                if matches!(command, Command::ShowSeries(_)) {
                    kept.lock().unwrap().push(command.clone());
                }
                apply(&mut state.desk, &state.corpus, command);
            }
        });
    harness.run_steps(3);
    harness.get_by_label_contains("换一条数列").click();
    harness.run_steps(4);
    let field = harness.get_by_role_and_label(Role::SearchInput, "按名称找数列");
    assert!(field.is_focused(), "one types at once");
    let preedit = |text: &str| Event::Ime(ImeEvent::Preedit { text: text.to_owned(), active_range_chars: None });
    harness.event(preedit("liang"));
    harness.run_steps(2);
    assert!(harness.query_all_by_role(Role::MenuItem).count() > 5, "what is composed finds nothing yet");
    harness.event(preedit(""));
    harness.event(Event::Ime(ImeEvent::Commit("产量17777".to_owned())));
    harness.run_steps(3);
    assert_eq!(harness.query_all_by_role(Role::MenuItem).count(), 1);
    harness.key_press(Key::Enter);
    harness.run_steps(3);
    assert!(harness.query_by_role(Role::MenuItem).is_none(), "the menu is closed");
    let shown = shown.lock().unwrap();
    let [Command::ShowSeries(choice)] = shown.as_slice() else { panic!("{shown:?}") };
    assert_eq!(choice.series, 17_777);
}
