//! Every command by the keyboard alone: each is called from the palette by its name, and does what it says.

use crate::driver::{Window, fixture, program, settle, window};
use egui::{Event, Key, Modifiers};
use nianbiao::desk::{Command, Desk, Lang, Locale, Overlay};

/// Commands that ask the system for something a test must not: a dialog, the clipboard's owner, another screen.
const OUTWARD: &[&str] = &["open-files", "open-folder", "save-corpus", "save-project", "full-screen", "quit"];

fn run(harness: &mut Window, id: &str) {
    harness.key_press_modifiers(Modifiers::COMMAND, Key::K);
    harness.run_steps(2);
    assert_eq!(program(harness).desk().overlay, Some(Overlay::Palette), "before {id}");
    let name = Locale::of(Lang::Zh).get(&format!("command.{id}")).to_owned();
    harness.event(Event::Text(name));
    harness.run_steps(2);
    harness.key_press(Key::Enter);
    harness.run_steps(3);
    settle(harness);
    let is_open = program(harness).desk().overlay == Some(Overlay::Palette);
    assert_eq!(is_open, id == "palette", "after {id}");
}

#[test]
fn every_command_runs_from_the_palette() {
    let mut harness = window(vec![fixture()], None);
    for listed in Command::listed() {
        if OUTWARD.contains(&listed.id) {
            continue;
        }
        if program(&harness).corpus().entries.is_empty() {
            run(&mut harness, "open-sample");
        }
        // What lies over the window from the command before is put away, and the language is Chinese again.
        harness.key_press(Key::Escape);
        harness.run_steps(2);
        if program(&harness).desk().lang == Lang::En {
            run_in_english(&mut harness);
        }
        run(&mut harness, listed.id);
    }
}

fn run_in_english(harness: &mut Window) {
    harness.key_press_modifiers(Modifiers::COMMAND, Key::K);
    harness.run_steps(2);
    harness.event(Event::Text(Locale::of(Lang::En).get("command.toggle-lang").to_owned()));
    harness.run_steps(2);
    harness.key_press(Key::Enter);
    harness.run_steps(3);
    assert_eq!(program(harness).desk().lang, Lang::Zh);
}

/// What of the desk a command is expected to change, and how.
type Check = fn(&Desk) -> bool;

#[test]
fn commands_do_what_they_say() {
    let mut harness = window(vec![fixture()], None);
    let expected: &[(&str, Check)] = &[
        ("next-event", |desk| desk.selection.is_some()),
        ("zoom-in", |desk| desk.timeline.window.is_some()),
        ("zoom-to-fit", |desk| desk.timeline.window.is_none()),
        ("toggle-fold", |desk| !desk.seen.is_folded),
        ("toggle-timeline-mode", |desk| desk.seen.is_list),
        ("show-points", |desk| desk.chart.mode == nianbiao::desk::ChartMode::Points),
        ("toggle-chart-scale", |desk| desk.chart.scale == nianbiao::desk::AxisScale::Log),
        ("toggle-sidebar", |desk| desk.panes.sidebar == Some(false)),
        ("toggle-why", |desk| desk.seen.why_is_folded),
        ("summary", |desk| desk.overlay == Some(Overlay::Summary)),
        ("escape", |desk| desk.overlay.is_none()),
        ("larger-interface", |desk| desk.ui_scale_percent == 110),
        ("reset-interface", |desk| desk.ui_scale_percent == 100),
        ("toggle-theme", |desk| desk.theme == nianbiao::desk::ThemeChoice::Dark),
    ];
    for (id, check) in expected {
        run(&mut harness, id);
        assert!(check(program(&harness).desk()), "{id} did not do it: {:?}", program(&harness).desk());
    }
}
