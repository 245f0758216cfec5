//! Several sources of one event beside each other, and passages that are copied with their source.

use crate::driver::{Window, command, program, scratch, window};
use egui::{Event, Id, ImeEvent, Key, Modifiers, OutputCommand};
use egui_kittest::kittest::Queryable as _;
use nianbiao::{
    desk::{CalendarStyle, ChartMode, Command, Mark, Overlay},
    view::cite,
};

/// Three documents; the first event of each is the same, with other figures.
fn three(name: &str) -> Window {
    let dir = scratch(name);
    let texts = [
        "大桥通车\n\n新华社河口2023年5月8日电　5月8日，河口跨海大桥正式通车，全长9.2公里。北京时间5月8日10时，首车驶过。\n",
        "要闻\n\n2023年5月9日\n\n2023年5月8日，河口跨海大桥正式通车运营，全长9公里。\n",
        "旧闻\n\n2023年5月20日\n\n2023年5月19日，北山水库开工建设。\n",
    ];
    let path = |idx: usize| dir.join(format!("{idx}.txt"));
    for (idx, text) in texts.iter().enumerate() {
        std::fs::write(path(idx), text).unwrap();
    }
    window((0..texts.len()).map(path).collect(), None)
}

/// What is on the clipboard a few frames after an event.
fn copied(harness: &mut Window, event: Event) -> Option<String> {
    harness.event(event);
    (0..4).find_map(|_| {
        harness.step();
        harness.output().platform_output.commands.iter().find_map(|command| match command {
            OutputCommand::CopyText(text) => Some(text.clone()),
            _ => None,
        })
    })
}

fn press(key: Key, modifiers: Modifiers) -> Event {
    Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers }
}

const FIRST: Mark = Mark::Event { doc: 0, event: 0 };

#[test]
fn the_sources_of_an_event_stand_beside_each_other_and_each_opens_in_full() {
    let mut harness = three("sources");
    command(&mut harness, Command::Select(FIRST));
    harness.get_by_label("2 处来源，并排看").click();
    harness.run_steps(4);
    assert!(program(&harness).desk().seen.shows_sources);
    harness.get_by_label("看全文，0.txt，大桥通车，新华社河口 · 2023年5月8日，已选中");
    harness.get_by_label("看全文，1.txt，要闻，2023年5月9日").click();
    harness.run_steps(4);
    let desk = program(&harness).desk();
    assert!(!desk.seen.shows_sources);
    assert_eq!(desk.selection.map(Mark::doc), Some(1));
}

#[test]
fn the_keyboard_opens_and_closes_the_sources_and_one_source_is_said_to_be_alone() {
    let mut harness = three("sources-keys");
    command(&mut harness, Command::Select(FIRST));
    harness.key_press(Key::V);
    harness.run_steps(4);
    assert!(program(&harness).desk().seen.shows_sources);
    harness.key_press(Key::Escape);
    harness.run_steps(4);
    let desk = program(&harness).desk();
    assert!(!desk.seen.shows_sources && desk.selection == Some(FIRST), "the text is back, the selection stays");
    command(&mut harness, Command::Select(Mark::Event { doc: 2, event: 0 }));
    harness.key_press(Key::V);
    harness.run_steps(4);
    assert!(!program(&harness).desk().seen.shows_sources);
    harness.get_by_label_contains("选中的只有这一处来源");
}

#[test]
fn a_passage_is_copied_with_its_source_or_alone() {
    let mut harness = three("sources-copy");
    command(&mut harness, Command::Select(FIRST));
    let cited = cite::citation(program(&harness).corpus(), FIRST, program(&harness).desk().locale()).unwrap();
    assert!(cited.contains("（《大桥通车》，新华社河口，2023年5月8日，0.txt，第"), "{cited}");
    assert_eq!(copied(&mut harness, Event::Copy), Some(cited.clone()));
    assert_eq!(copied(&mut harness, press(Key::C, Modifiers::NONE)), Some(cited.clone()));
    let plain = copied(&mut harness, press(Key::C, Modifiers::COMMAND | Modifiers::SHIFT)).unwrap();
    assert!(cited.starts_with(&format!("“{plain}”（")), "{plain}");
}

#[test]
fn what_stands_beside_a_date_follows_the_settings_at_once() {
    let mut harness = three("sources-settings");
    let at_ten =
        program(&harness).corpus().entries[0].document.times.iter().position(|time| time.text.contains("10时"));
    command(&mut harness, Command::Select(Mark::Time { doc: 0, time: at_ten.unwrap() }));
    assert!(harness.query_by_label_contains("换算").is_none());
    command(&mut harness, Command::SetZone(Some("new-york".to_owned())));
    harness.get_by_label_contains("换算 即纽约时间2023年5月7日22时");
    command(&mut harness, Command::SetCalendar(CalendarStyle::Both));
    harness.get_by_label_contains("农历三月十九 · 民国112年");
    command(&mut harness, Command::SetZone(None));
    assert!(harness.query_by_label_contains("换算").is_none());
}

#[test]
fn a_composition_is_neither_a_search_nor_a_shortcut_in_any_field() {
    let mut harness = three("sources-ime");
    let preedit = |text: &str| Event::Ime(ImeEvent::Preedit { text: text.to_owned(), active_range_chars: None });
    for overlay in [None, Some(Overlay::Correct), Some(Overlay::Rename), Some(Overlay::Note), Some(Overlay::Search)] {
        command(&mut harness, Command::Select(FIRST));
        if let Some(overlay) = overlay {
            command(&mut harness, Command::Open(overlay));
            harness.run_steps(4);
        }
        let before = program(&harness).desk().clone();
        let changes = program(&harness).corpus().edits().changes(0).len();
        // Letters of the pinyin arrive as keys beside the composition; each of them is a shortcut.
        for (text, key) in [("h", Key::H), ("hm", Key::M), ("hmv", Key::V), ("hmve", Key::E), ("hmves", Key::S)] {
            harness.event(preedit(text));
            harness.key_press(key);
            harness.run_steps(2);
        }
        let desk = program(&harness).desk();
        assert_eq!(desk.overlay, before.overlay, "with {overlay:?} open");
        assert_eq!((desk.selection, &desk.search), (before.selection, &before.search), "with {overlay:?} open");
        assert_eq!(desk.seen.shows_sources, before.seen.shows_sources, "with {overlay:?} open");
        assert_eq!(program(&harness).corpus().edits().changes(0).len(), changes, "with {overlay:?} open");
        harness.event(preedit(""));
        harness.run_steps(2);
        harness.key_press(Key::Escape);
        harness.run_steps(3);
    }
}

#[test]
fn what_is_composed_filters_no_table() {
    let mut harness = three("sources-filter");
    command(&mut harness, Command::SetChartMode(ChartMode::Quantities));
    let field = Id::unique("quantity-filter");
    harness.ctx.memory_mut(|memory| memory.request_focus(field));
    harness.run_steps(3);
    let preedit = |text: &str| Event::Ime(ImeEvent::Preedit { text: text.to_owned(), active_range_chars: None });
    harness.event(preedit("quan"));
    harness.run_steps(3);
    assert_eq!(program(&harness).desk().chart.quantity_filter, "");
    harness.event(Event::Ime(ImeEvent::Commit("全长".to_owned())));
    harness.run_steps(3);
    assert_eq!(program(&harness).desk().chart.quantity_filter, "全长");
}
