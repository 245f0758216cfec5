//! The timeline pane by what a screen reader and a keyboard meet there.

use egui_kittest::{Harness, kittest::Queryable as _};
use nianbiao::{
    corpus::Corpus,
    desk::{Command, Desk, FoldChoice, Locale, Mark, TimeWindow, TimelineMode, apply},
    store::load,
    ui::{self, Cx, Shell, Theme},
};
use std::path::Path;

struct State {
    corpus: Corpus,
    desk: Desk,
}

fn harness(commands: Vec<Command>) -> Harness<'static, State> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/sample.corpus.json");
    let entries = load::file(&path, &nianbiao::corpus::ReadOptions::default());
    let entries: Vec<_> = entries.into_iter().map(Result::unwrap).collect();
    let corpus = Corpus::new(entries);
    let mut desk = Desk::default();
    for command in commands {
        apply(&mut desk, &corpus, command);
    }
    let mut harness = Harness::builder().with_size([1440.0, 900.0]).build_ui_state(
        |ui, state: &mut State| {
            ui::prepare(ui.ctx(), Theme::light());
            let mut commands = Vec::new();
            let mut cx = Cx {
                corpus: &state.corpus,
                desk: &state.desk,
                shell: &Shell::default(),
                theme: Theme::light(),
                words: Locale::of(state.desk.settings.lang),
                commands: &mut commands,
            };
            ui::window_ui(ui, &mut cx);
            for command in commands {
                apply(&mut state.desk, &state.corpus, command);
            }
        },
        State { corpus, desk },
    );
    harness.run_steps(4);
    harness
}

fn window(from: &str, to: &str) -> Command {
    let secs = |text: &str| text.parse::<nianbiao::edtf::Moment>().unwrap().seconds() as f64;
    Command::SetTimeWindow(Some(TimeWindow { start: secs(from), end: secs(to) }))
}

#[test]
fn every_event_is_named_with_its_date() {
    let harness = harness(vec![Command::Select(Mark::Event { doc: 0, event: 4 })]);
    harness.get_by_label("时间线，20 个事件");
    harness.get_by_label("2024年，贸易额达 948亿美元，中国与中亚：从商路到命运与共");
    assert!(harness.state().desk.timeline.nudge.is_none(), "the pane answers what it is asked");
}

#[test]
fn the_list_names_the_same_events() {
    let harness = harness(vec![Command::SetTimelineMode(TimelineMode::List)]);
    harness.get_by_label("约1992年，建交之初，贸易额 4.6亿美元，");
}

#[test]
fn zooming_narrows_the_window_and_all_is_none() {
    let mut harness = harness(vec![Command::SetFold(FoldChoice::Continuous), Command::ZoomIn]);
    let zoomed = harness.state().desk.timeline.window.unwrap();
    for command in [Command::ZoomIn, Command::Pan(0.25), Command::ZoomOut, Command::ZoomOut, Command::ZoomOut] {
        let state = harness.state_mut();
        apply(&mut state.desk, &state.corpus, command);
        harness.run_steps(2);
    }
    assert!(zoomed.end > zoomed.start);
    assert_eq!(harness.state().desk.timeline.window, None);
}

#[test]
fn a_window_of_hours_shows_what_happens_in_it() {
    let harness = harness(vec![window("2025-06-22T00:00:00", "2025-06-23T00:00:00")]);
    harness.get_by_label("2025年6月22日18时，18时止，北向约6900笔，跨境支付通开通");
    harness.get_by_label("外交部回应伊朗核设施遭袭，1 个事件");
}
