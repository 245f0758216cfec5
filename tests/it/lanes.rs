//! Lanes are folded, opened and put into another order, by pointer, key and command; and every event stays in reach of
//! a screen reader however it is drawn.

use crate::driver::{Window, command, double_click, drag, painted, program, scratch, settle, sized_window, window};
use egui::{Key, Modifiers, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use nianbiao::{
    desk::{Command, Correction, FoldChoice, Grouping, Lang, Locale, Mark, TimelineMode},
    view::words,
};

/// A page of three stories.
const TEXT: &str = "港口扩建\n\n2019年3月5日，港口在海湾市扩建。2020年7月，新泊位启用。\n\n\
    大桥合龙\n\n2023年5月9日，大桥合龙。2023年5月11日，大桥试车。2024年8月，大桥通车。\n";

fn page(name: &str) -> std::path::PathBuf {
    let path = scratch(name).join("工地.txt");
    std::fs::write(&path, TEXT).unwrap();
    path
}

fn key(harness: &mut Window, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    harness.run_steps(4);
}

/// A window whose lanes are tags: 甲 has two events, 乙 one, the others none.
fn by_tag(name: &str) -> Window {
    let mut harness = window(vec![page(name)], None);
    for (event, tag) in [(0, "甲"), (1, "甲"), (2, "乙")] {
        let marks = vec![Mark::Event { doc: 0, event }];
        command(&mut harness, Command::Correct(Correction::Tag { marks, tag: tag.to_owned() }));
    }
    command(&mut harness, Command::SetGrouping(Grouping::Tag));
    command(&mut harness, Command::ClearSelection);
    harness
}

fn folded(harness: &Window) -> Vec<&str> {
    program(harness).desk().timeline.folded_lanes.iter().map(String::as_str).collect()
}

/// The lanes from top to bottom, as a screen reader finds them.
fn lanes(harness: &Window) -> Vec<String> {
    let names = ["甲，2 个事件", "乙，1 个事件", "未加标签，2 个事件"];
    let mut found: Vec<(f32, &str)> =
        names.iter().map(|name| (harness.get_by_label(name).rect().top(), *name)).collect();
    found.sort_by(|a, b| a.0.total_cmp(&b.0));
    found.into_iter().map(|(_, name)| name.split('，').next().unwrap().to_owned()).collect()
}

#[test]
fn a_lane_is_folded_by_pointer_key_and_command_and_undo_opens_it() {
    let mut harness = by_tag("lanes-fold");
    let height = |harness: &Window, name: &str| harness.get_by_label(name).rect().height();
    let name = harness.get_by_label("甲，2 个事件").rect().center();
    double_click(&mut harness, name);
    assert_eq!(folded(&harness), ["甲"]);
    assert!(height(&harness, "甲，2 个事件，已折叠") <= 27.0);
    // The sign before the name opens it with one click.
    let sign = harness.get_by_label("甲，2 个事件，已折叠").rect().left_center() + vec2(8.0, 0.0);
    crate::driver::drag(&mut harness, sign, sign, Modifiers::NONE);
    assert!(folded(&harness).is_empty());
    command(&mut harness, Command::Undo);
    assert_eq!(folded(&harness), ["甲"]);
    command(&mut harness, Command::Undo);
    assert!(folded(&harness).is_empty());
    // With the focus on the name.
    harness.get_by_label("乙，1 个事件").focus();
    harness.run_steps(2);
    key(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(folded(&harness), ["乙"]);
    // The lane of the selection; then all, and none.
    command(&mut harness, Command::Undo);
    key(&mut harness, Modifiers::NONE, Key::Escape);
    key(&mut harness, Modifiers::NONE, Key::K);
    assert!(folded(&harness).is_empty(), "nothing is selected");
    key(&mut harness, Modifiers::NONE, Key::Home);
    key(&mut harness, Modifiers::NONE, Key::K);
    assert_eq!(folded(&harness), ["甲"]);
    key(&mut harness, Modifiers::SHIFT, Key::K);
    assert_eq!(folded(&harness).len(), 3);
    key(&mut harness, Modifiers::ALT, Key::K);
    assert!(folded(&harness).is_empty());
    command(&mut harness, Command::Undo);
    assert_eq!(folded(&harness).len(), 3);
}

#[test]
fn lanes_are_put_into_another_order_and_it_is_kept() {
    let mut harness = by_tag("lanes-order");
    assert_eq!(lanes(&harness), ["乙", "甲", "未加标签"]);
    let from = harness.get_by_label("甲，2 个事件").rect().center();
    let to = harness.get_by_label("乙，1 个事件").rect().center_top() + vec2(0.0, 2.0);
    drag(&mut harness, from, to, Modifiers::NONE);
    harness.run_steps(3);
    assert_eq!(lanes(&harness), ["甲", "乙", "未加标签"]);
    command(&mut harness, Command::Undo);
    assert_eq!(lanes(&harness), ["乙", "甲", "未加标签"]);
    key(&mut harness, Modifiers::NONE, Key::Home);
    key(&mut harness, Modifiers::ALT, Key::ArrowDown);
    assert_eq!(lanes(&harness), ["乙", "未加标签", "甲"]);
    key(&mut harness, Modifiers::ALT, Key::ArrowDown);
    assert_eq!(lanes(&harness), ["乙", "未加标签", "甲"], "there is nothing below the last");
    // Another grouping has its own lanes; back again the order is there.
    command(&mut harness, Command::SetGrouping(Grouping::None));
    command(&mut harness, Command::SetGrouping(Grouping::Tag));
    assert_eq!(lanes(&harness), ["乙", "未加标签", "甲"]);
    key(&mut harness, Modifiers::NONE, Key::K);
    let project = scratch("lanes-kept").join("工地.nianbiao");
    harness.state_mut().as_mut().unwrap().save_project(project.clone());
    drop(harness);
    let mut harness = window(vec![project], None);
    settle(&mut harness);
    assert_eq!(program(&harness).desk().timeline.lane_order, ["乙", "@@timeline.no-tag", "甲"]);
    assert_eq!(folded(&harness), ["甲"]);
    harness.get_by_label("甲，2 个事件，已折叠");
}

/// The names of all lanes from top to bottom.
fn shown(harness: &Window) -> Vec<String> {
    let nodes = harness.root().children_recursive();
    let headers = nodes.filter(|node| node.accesskit_node().role() == egui::accesskit::Role::RowHeader);
    let mut found: Vec<(f32, String)> =
        headers.filter_map(|node| Some((node.rect().top(), node.accesskit_node().label()?))).collect();
    found.sort_by(|a, b| a.0.total_cmp(&b.0));
    found.into_iter().map(|(_, name)| name).collect()
}

#[test]
fn lanes_stay_as_they_are_when_the_language_is_changed() {
    let mut harness = by_tag("lanes-language");
    harness.get_by_label("未加标签，2 个事件").focus();
    harness.run_steps(2);
    key(&mut harness, Modifiers::NONE, Key::Enter);
    let from = harness.get_by_label("未加标签，2 个事件，已折叠").rect().center();
    let to = harness.get_by_label("乙，1 个事件").rect().center_top() + vec2(0.0, 2.0);
    drag(&mut harness, from, to, Modifiers::NONE);
    harness.run_steps(3);
    assert_eq!(shown(&harness), ["未加标签，2 个事件，已折叠", "乙，1 个事件", "甲，2 个事件"]);
    command(&mut harness, Command::SetLang(Lang::En));
    assert_eq!(shown(&harness), ["Untagged, 2 events, folded", "乙, 1 event", "甲, 2 events"]);
    // Kinds have no names but the interface's.
    command(&mut harness, Command::SetGrouping(Grouping::Kind));
    command(&mut harness, Command::FoldLanes);
    let all_are_folded =
        |harness: &Window| shown(harness).iter().all(|name| name.contains("folded") || name.contains("已折叠"));
    assert!(all_are_folded(&harness), "{:?}", shown(&harness));
    command(&mut harness, Command::SetLang(Lang::Zh));
    assert!(all_are_folded(&harness), "{:?}", shown(&harness));
    command(&mut harness, Command::SetGrouping(Grouping::None));
    assert!(!all_are_folded(&harness), "{:?}", shown(&harness));
}

/// Each event's date and title stand in the name of a node.
fn all_are_named(harness: &Window, lang: Lang, how: &str) {
    let corpus = program(harness).corpus();
    let names: Vec<String> =
        harness.root().children_recursive().filter_map(|node| node.accesskit_node().label()).collect();
    let n_dated = corpus.index().len() as u32;
    for row in (0..n_dated).filter_map(|row| corpus.index().row(row)) {
        let event = &corpus.entries[row.doc as usize].document.events[row.event as usize];
        let date = words::event_date(event, Locale::of(lang));
        let is_told = names.iter().any(|name| name.starts_with(&date) && name.contains(&event.title));
        assert!(is_told, "{how}: nothing is named {date} {}", event.title);
    }
}

#[test]
fn every_event_is_named_by_date_and_title_however_it_is_drawn() {
    for lang in [Lang::Zh, Lang::En] {
        // The bundled sample has events in many lanes; all of it is in view in a high window.
        let mut harness = sized_window([1600.0, 1400.0], Vec::new(), None);
        command(&mut harness, Command::SetLang(lang));
        for event in [0, 2, 4] {
            let marks = vec![Mark::Event { doc: 0, event }];
            command(&mut harness, Command::Correct(Correction::Tag { marks, tag: "要事".to_owned() }));
        }
        for grouping in Grouping::ALL {
            command(&mut harness, Command::SetGrouping(grouping));
            for fold in [FoldChoice::Folded, FoldChoice::Continuous] {
                // A continuous axis of two thousand years crowds nearly all events into one pill.
                command(&mut harness, Command::SetFold(fold));
                all_are_named(&harness, lang, &format!("{grouping:?} {fold:?}"));
            }
            command(&mut harness, Command::FoldLanes);
            all_are_named(&harness, lang, &format!("{grouping:?}, lanes folded"));
            command(&mut harness, Command::OpenLanes);
        }
        command(&mut harness, Command::SetTimelineMode(TimelineMode::List));
        all_are_named(&harness, lang, "list");
    }
}

#[test]
fn a_lane_takes_the_height_that_is_left_before_it_counts_what_has_no_name() {
    let path = scratch("lanes-same-day").join("一天.txt");
    let places = ["东", "南", "西", "北", "中", "前", "后", "上", "下"];
    let events: Vec<String> = places
        .iter()
        .flat_map(|place| [format!("{place}城大桥合龙"), format!("{place}城隧道贯通")])
        .map(|title| format!("2025年6月22日，{title}。"))
        .collect();
    std::fs::write(&path, format!("本市一天\n\n{}\n", events.concat())).unwrap();
    let n_named = |harness: &Window| painted(harness).iter().filter(|words| words.contains("城")).count();
    let is_counted = |harness: &Window| painted(harness).iter().any(|words| words.starts_with("另有 "));
    let mut harness = window(vec![path.clone()], None);
    assert_eq!(program(&harness).corpus().index().len(), 18);
    assert!(n_named(&harness) >= 18 && !is_counted(&harness), "{:?}", painted(&harness));
    // In a lower pane there is no room for all; it comes back with the height.
    command(&mut harness, Command::SetChartHeight(Some(500.0)));
    assert!(is_counted(&harness), "{:?}", painted(&harness));
    command(&mut harness, Command::SetChartHeight(None));
    assert!(n_named(&harness) >= 18 && !is_counted(&harness));
}
