//! The user's own tags: given by key, filtered by, lanes made of them; undone, kept over a restart and in files.

use crate::driver::{Window, command, program, scratch, settle, window};
use egui::{Event, ImeEvent, Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use nianbiao::desk::{Command, Grouping, Mark, Overlay};
use std::path::{Path, PathBuf};

const TEXT: &str = "2019年3月，隧道开工。\n\n2023年5月，大桥合龙。\n\n2024年8月，新线通车。\n";

fn page(name: &str) -> (PathBuf, PathBuf) {
    let dir = scratch(name);
    let path = dir.join("工地.txt");
    std::fs::write(&path, TEXT).unwrap();
    (path, dir.join("config/state.json"))
}

fn opened(path: &Path, state: &Path) -> Window {
    window(vec![path.to_owned()], Some(state.to_owned()))
}

fn tags(harness: &Window) -> Vec<String> {
    let document = &program(harness).corpus().entries[0].document;
    document.events.iter().map(|event| event.tags().join("+")).collect()
}

/// Alt T, the words, Enter; the popover is closed again.
fn tag(harness: &mut Window, words: &[&str]) {
    harness.key_press_modifiers(Modifiers::ALT, Key::T);
    harness.run_steps(3);
    assert_eq!(program(harness).desk().overlay, Some(Overlay::Tag));
    for word in words {
        harness.event(Event::Text((*word).to_owned()));
        harness.run_steps(2);
        harness.key_press(Key::Enter);
        harness.run_steps(4);
    }
    harness.key_press(Key::Escape);
    harness.run_steps(3);
    assert_eq!(program(harness).desk().overlay, None);
}

fn step(harness: &mut Window, key: Key) {
    harness.key_press(key);
    harness.run_steps(4);
}

#[test]
fn tags_are_given_by_key_undone_and_kept_over_a_restart() {
    let (path, state) = page("tags-kept");
    let mut harness = opened(&path, &state);
    step(&mut harness, Key::Home);
    tag(&mut harness, &["隧道", "已完"]);
    assert_eq!(tags(&harness), ["已完+隧道", "", ""]);
    // What is typed in part is chosen from those in use.
    step(&mut harness, Key::ArrowRight);
    harness.key_press_modifiers(Modifiers::ALT, Key::T);
    harness.run_steps(3);
    harness.event(Event::Text("完".to_owned()));
    harness.run_steps(2);
    assert!(harness.query_all_by_label("已完").count() > 0, "a tag in use is suggested");
    step(&mut harness, Key::ArrowDown);
    step(&mut harness, Key::Enter);
    assert_eq!(tags(&harness), ["已完+隧道", "已完", ""]);
    // The chip takes it away again; so does undo, step by step.
    harness.get_by_label("去掉标签“已完”").click();
    harness.run_steps(4);
    assert_eq!(tags(&harness), ["已完+隧道", "", ""]);
    step(&mut harness, Key::Escape);
    command(&mut harness, Command::Undo);
    command(&mut harness, Command::Undo);
    command(&mut harness, Command::Undo);
    assert_eq!(tags(&harness), ["隧道", "", ""]);
    command(&mut harness, Command::Redo);
    drop(harness);
    let harness = opened(&path, &state);
    assert_eq!(tags(&harness), ["已完+隧道", "", ""]);
}

#[test]
fn picked_events_are_tagged_in_one_step() {
    let (path, state) = page("tags-picked");
    let mut harness = opened(&path, &state);
    step(&mut harness, Key::Home);
    tag(&mut harness, &["路"]);
    for event in [1, 2] {
        command(&mut harness, Command::Pick(Mark::Event { doc: 0, event }));
    }
    tag(&mut harness, &["路"]);
    assert_eq!(tags(&harness), ["路", "路", "路"], "those that lack it get it, the others keep it");
    command(&mut harness, Command::Undo);
    assert_eq!(tags(&harness), ["路", "", ""]);
}

#[test]
fn lanes_and_filters_are_made_of_tags() {
    let (path, state) = page("tags-lanes");
    let mut harness = opened(&path, &state);
    step(&mut harness, Key::Home);
    tag(&mut harness, &["甲", "乙"]);
    step(&mut harness, Key::End);
    tag(&mut harness, &["甲"]);
    command(&mut harness, Command::SetGrouping(Grouping::Tag));
    for lane in ["甲，2 个事件", "乙，1 个事件", "未加标签，1 个事件"] {
        assert!(harness.query_by_label(lane).is_some(), "no lane {lane}");
    }
    harness.get_by_label("时间线，3 个事件");
    // What stands in two lanes is one event: ↓ goes on to the next lane, not for ever between the two.
    step(&mut harness, Key::Home);
    let selected = |harness: &Window| program(harness).desk().selection;
    let first = selected(&harness);
    for _ in 0..2 {
        step(&mut harness, Key::ArrowDown);
    }
    assert_ne!(selected(&harness), first);
    step(&mut harness, Key::Escape);
    harness.get_by_label("乙, 1").click();
    harness.run_steps(4);
    assert!(program(&harness).desk().facets.tags.contains("乙"));
    harness.get_by_label("时间线，1 个事件");
    harness.get_by_label("#乙 ×").click();
    harness.run_steps(4);
    harness.get_by_label("时间线，3 个事件");
    // Those without any.
    command(&mut harness, Command::ToggleTag(String::new()));
    harness.get_by_label("时间线，1 个事件");
    command(&mut harness, Command::Undo);
    harness.get_by_label("时间线，3 个事件");
}

#[test]
fn tags_go_with_a_saved_corpus_and_a_project() {
    let (path, state) = page("tags-saved");
    let project = path.with_file_name("工地.nianbiao");
    let mut harness = opened(&path, &state);
    step(&mut harness, Key::Home);
    tag(&mut harness, &["隧道"]);
    harness.state_mut().as_mut().unwrap().save_project(project.clone());
    command(&mut harness, Command::NextEvent);
    tag(&mut harness, &["桥"]);
    drop(harness);
    let mut harness = window(vec![project], None);
    settle(&mut harness);
    assert_eq!(tags(&harness), ["隧道", "桥", ""]);
    assert_eq!(program(&harness).corpus().index().tagged().len(), 2);
    let json = serde_json::to_string(&program(&harness).corpus().entries[0].document).unwrap();
    assert!(json.contains(r#""tags":["隧道"]"#), "{json}");
}

/// Everything that a field could have done.
fn state(harness: &Window) -> String {
    let program = program(harness);
    let desk = nianbiao::desk::Desk { seen: Default::default(), clock_secs: 0, hover: None, ..program.desk().clone() };
    let changes = program.corpus().edits().changes(0).len();
    format!("{changes} {:?} {:?} {:?} {:?} {:?}", desk.overlay, desk.search, desk.undated, desk.facets, desk.chart)
}

#[test]
fn nothing_that_is_composed_is_taken_before_it_is_committed() {
    let (path, state_path) = page("tags-ime");
    let preedit = |text: &str| Event::Ime(ImeEvent::Preedit { text: text.to_owned(), active_range_chars: None });
    for overlay in
        [Overlay::Tag, Overlay::Rename, Overlay::Correct, Overlay::WritingDate, Overlay::Search, Overlay::Palette]
    {
        let mut harness = opened(&path, &state_path);
        command(&mut harness, Command::Select(Mark::Event { doc: 0, event: 0 }));
        command(&mut harness, Command::Open(overlay));
        harness.run_steps(4);
        if overlay == Overlay::WritingDate {
            let field = harness.get_all_by_role(egui::accesskit::Role::TextInput).last().unwrap();
            field.focus();
            harness.run_steps(2);
        }
        let before = state(&harness);
        for text in ["y", "ya", "yao"] {
            harness.event(preedit(text));
            harness.run_steps(2);
        }
        // Some input methods let the key through that commits, or that chooses among the candidates.
        for key in [Key::Enter, Key::Space, Key::Num1, Key::ArrowDown, Key::Enter] {
            harness.key_press(key);
            harness.run_steps(2);
        }
        assert_eq!(state(&harness), before, "{overlay:?}: composed, not committed");
        harness.event(preedit(""));
        harness.event(Event::Ime(ImeEvent::Commit("要闻".to_owned())));
        harness.run_steps(3);
        assert!(tags(&harness).iter().all(|tags| !tags.contains("yao")), "{overlay:?}");
        if overlay == Overlay::Tag {
            harness.key_press(Key::Enter);
            harness.run_steps(4);
            assert_eq!(tags(&harness)[0], "要闻");
        }
        if overlay == Overlay::Rename {
            harness.key_press(Key::Enter);
            harness.run_steps(4);
            let title = &program(&harness).corpus().entries[0].document.events[0].title;
            assert!(title.contains("要闻") && !title.contains("yao"), "{title}");
        }
    }
}
