//! Correcting what was read, in the window: by key, by field, by words selected in the text; kept over a restart.

use crate::driver::{Window, command, drag, program, scratch, settle, window};
use egui::{Event, Key, Modifiers, pos2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use nianbiao::desk::{Command, Mark, Overlay};
use std::path::{Path, PathBuf};

const TEXT: &str = "2023年5月，大桥开工。\n\n2024年8月，隧道贯通。参会者约三百人，外贸总额达948亿元。\n";

/// A page in a file of its own, and where the settings are kept.
fn page(name: &str) -> (PathBuf, PathBuf) {
    let dir = scratch(name);
    let path = dir.join("消息.txt");
    std::fs::write(&path, TEXT).unwrap();
    (path, dir.join("config/state.json"))
}

fn opened(path: &Path, state: &Path) -> Window {
    let mut harness = window(vec![path.to_owned()], Some(state.to_owned()));
    harness.run_steps(2);
    harness
}

fn events(harness: &Window) -> Vec<String> {
    let document = &program(harness).corpus().entries[0].document;
    document.events.iter().map(|event| format!("{} {}", event.edtf.as_ref().unwrap(), event.title)).collect()
}

fn press(harness: &mut Window, key: Key) {
    harness.key_press(key);
    harness.run_steps(3);
}

fn type_in(harness: &mut Window, text: &str) {
    harness.event(Event::Text(text.to_owned()));
    harness.run_steps(2);
}

#[test]
fn e_a_date_and_enter_move_the_event_and_a_restart_keeps_it() {
    let (path, state) = page("correct-date");
    let mut harness = opened(&path, &state);
    let read = events(&harness);
    assert!(read[1].starts_with("2024-08 "), "{read:?}");
    press(&mut harness, Key::End);
    press(&mut harness, Key::E);
    assert_eq!(program(&harness).desk().overlay, Some(Overlay::Correct));
    type_in(&mut harness, "2024年9月");
    assert!(harness.query_by_label("2024年9月").is_some(), "it is read while one types");
    press(&mut harness, Key::Enter);
    assert_eq!(program(&harness).desk().overlay, None);
    assert!(events(&harness)[1].starts_with("2024-09 "), "{:?}", events(&harness));
    let Some(Mark::Event { event: 1, .. }) = program(&harness).desk().selection else { panic!("it stays selected") };
    drop(harness);

    let mut harness = opened(&path, &state);
    assert!(events(&harness)[1].starts_with("2024-09 "), "{:?}", events(&harness));
    // The file has changed since: what still applies is kept.
    std::fs::write(&path, format!("本报讯。\n\n{TEXT}")).unwrap();
    drop(harness);
    harness = opened(&path, &state);
    assert!(events(&harness).iter().any(|event| event.starts_with("2024-09 ")), "{:?}", events(&harness));
    std::fs::write(&path, "2023年5月，大桥开工。\n").unwrap();
    drop(harness);
    harness = opened(&path, &state);
    assert_eq!(program(&harness).corpus().edits().stale(0), [0]);
}

#[test]
fn h_hides_and_undo_brings_back() {
    let (path, state) = page("hide");
    let mut harness = opened(&path, &state);
    let read = events(&harness);
    press(&mut harness, Key::Home);
    press(&mut harness, Key::H);
    assert_eq!(events(&harness), read[1..]);
    assert!(harness.query_by_label("已隐藏 1 处").is_some(), "the status bar says so");
    assert!(program(&harness).shell().toasts[0].text.starts_with("隐藏 "));
    harness.get_by_label("撤销").click();
    harness.run_steps(3);
    assert_eq!(events(&harness), read);
    harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    harness.run_steps(3);
    assert_eq!(events(&harness), read[1..]);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    harness.run_steps(3);
    assert_eq!(events(&harness), read);
}

#[test]
fn selected_words_become_an_event_and_a_value() {
    let (path, state) = page("words");
    let mut harness = opened(&path, &state);
    let n_events = events(&harness).len();
    let paragraph = harness.get_by_label_contains("参会者约三百人，外贸").rect();
    let line = pos2(paragraph.left(), paragraph.top() + 15.0);
    // 隧道贯通 stands eight characters of 16 pixels from the left, and is four characters long.
    let from = line + egui::vec2(16.0 * 7.0, 0.0);
    drag(&mut harness, from, from + egui::vec2(16.0 * 3.0, 0.0), Modifiers::NONE);
    let passage = program(&harness).desk().passage.expect("words are selected");
    let words = passage.span.slice(&program(&harness).corpus().entries[0].text).to_owned();
    assert!(harness.query_by_label("加为事件").is_some());
    press(&mut harness, Key::N);
    assert_eq!(events(&harness).len(), n_events + 1);
    assert!(events(&harness).iter().any(|event| event.starts_with("2024-08 ") && words.contains(&event[8..])));
    assert_eq!(program(&harness).desk().passage, None);
    assert!(harness.query_by_label("加为事件").is_none());
}

#[test]
fn titles_notes_and_stars_are_the_users_and_listed() {
    let (path, state) = page("names");
    let mut harness = opened(&path, &state);
    press(&mut harness, Key::Home);
    press(&mut harness, Key::F2);
    type_in(&mut harness, "大桥动工");
    press(&mut harness, Key::Enter);
    assert_eq!(events(&harness)[0], "2023-05 大桥动工");
    harness.key_press_modifiers(Modifiers::ALT, Key::N);
    harness.run_steps(3);
    type_in(&mut harness, "见五月的报纸");
    press(&mut harness, Key::Enter);
    press(&mut harness, Key::S);
    let event = &program(&harness).corpus().entries[0].document.events[0];
    assert_eq!((event.note(), event.is_starred()), (Some("见五月的报纸"), true));
    harness.get_by_label("3 处更改").click();
    harness.run_steps(3);
    assert_eq!(program(&harness).desk().overlay, Some(Overlay::Changes));
    let rows: Vec<String> =
        harness.query_all_by_label_contains("大桥").filter_map(|node| node.accesskit_node().label()).collect();
    assert!(rows.iter().any(|row| row.starts_with("改标题 大桥动工")), "{rows:?}");
    let first = harness.query_all_by_label("撤回").next().unwrap();
    first.click();
    harness.run_steps(3);
    settle(&mut harness);
    assert_eq!(program(&harness).corpus().edits().changes(0).len(), 2);
}

#[test]
fn m_on_one_and_m_on_another_make_them_one_and_shift_m_parts_them() {
    let (path, state) = page("merge");
    let mut harness = opened(&path, &state);
    let n_rows = program(&harness).corpus().index().len();
    press(&mut harness, Key::Home);
    press(&mut harness, Key::M);
    press(&mut harness, Key::End);
    press(&mut harness, Key::M);
    assert_eq!(program(&harness).desk().overlay, Some(Overlay::Merge));
    let name = events(&harness)[0].split_once(' ').unwrap().1.to_owned();
    harness.get_by_label(&format!("2023年5月 {name}")).click();
    harness.run_steps(3);
    let corpus = program(&harness).corpus();
    assert_eq!(corpus.index().len(), n_rows - 1);
    assert!(corpus.entries[0].document.events[1].is_merged());
    harness.key_press_modifiers(Modifiers::SHIFT, Key::M);
    harness.run_steps(3);
    assert_eq!(program(&harness).corpus().index().len(), n_rows);
}

#[test]
fn an_approximate_date_stands_in_its_field_with_its_mark() {
    let dir = scratch("correct-approximate");
    let path = dir.join("消息.txt");
    std::fs::write(&path, "新华社北京2025年6月22日电 2100多年前，张骞出使西域。\n").unwrap();
    let mut harness = window(vec![path], None);
    let read = events(&harness);
    press(&mut harness, Key::Home);
    press(&mut harness, Key::E);
    assert!(harness.query_all_by_value("-0174~/-0075~").count() > 0, "{read:?}");
    press(&mut harness, Key::Enter);
    assert_eq!(events(&harness), read, "what was not changed stays");
}

#[test]
fn a_value_and_what_it_measures_are_corrected_in_one_go() {
    let (path, state) = page("value");
    let mut harness = opened(&path, &state);
    let document = &program(&harness).corpus().entries[0].document;
    let quantity = document.quantities.iter().position(|found| found.text.contains("948")).unwrap();
    command(&mut harness, Command::Select(Mark::Quantity { doc: 0, quantity }));
    press(&mut harness, Key::E);
    press(&mut harness, Key::Tab);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    harness.run_steps(2);
    type_in(&mut harness, "950亿元");
    press(&mut harness, Key::Enter);
    let found = &program(&harness).corpus().entries[0].document.quantities[quantity];
    assert_eq!((found.value, found.rule.as_str()), (9.5e10, "hand/value"));
    assert_eq!(program(&harness).corpus().edits().changes(0).len(), 1);
}
