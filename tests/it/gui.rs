//! The program behind the window by keyboard and by name.

use crate::driver::{command, fixture, painted, program, scratch, settle, sized_window, window};
use egui_kittest::kittest::Queryable as _;
use nianbiao::desk::{Command, FigureKind, Lang, Mark, Overlay, ThemeChoice};
use std::path::PathBuf;

#[test]
fn a_corpus_is_opened_and_an_event_leads_to_its_passage() {
    let mut harness = window(vec![fixture()], None);
    assert_eq!(program(&harness).corpus().entries.len(), 1);
    assert_eq!(program(&harness).desk().selection, None);
    harness.key_press(egui::Key::ArrowRight);
    harness.run_steps(3);
    let Some(Mark::Event { doc: 0, event }) = program(&harness).desk().selection else { panic!("nothing selected") };
    let found = &program(&harness).corpus().entries[0].document.events[event];
    assert_eq!(found.edtf.as_ref().unwrap().as_str(), "-0174/-0075");
    assert_eq!(program(&harness).desk().source.article, found.article);
    harness.key_press(egui::Key::Escape);
    harness.run_steps(2);
    assert_eq!(program(&harness).desk().selection, None);
}

#[test]
fn places_filter_and_undo_takes_it_back() {
    let mut harness = window(vec![fixture()], None);
    harness.get_by_label("天津, 2").click();
    harness.run_steps(3);
    assert!(program(&harness).desk().shows_place(Some("天津")) && !program(&harness).desk().shows_place(Some("香港")));
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Z);
    harness.run_steps(3);
    assert!(program(&harness).desk().places.is_empty());
}

#[test]
fn the_palette_finds_by_pinyin_and_switches_the_language() {
    let mut harness = window(vec![fixture()], None);
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::K);
    harness.run_steps(3);
    assert_eq!(program(&harness).desk().overlay, Some(Overlay::Palette));
    harness.event(egui::Event::Text("yingyu".to_owned()));
    harness.run_steps(2);
    harness.key_press(egui::Key::Enter);
    harness.run_steps(3);
    assert_eq!(program(&harness).desk().settings.lang, Lang::En);
    assert_eq!(program(&harness).desk().overlay, None);
    assert!(harness.query_by_label("Export figure").is_some());
}

#[test]
fn searching_lists_hits_and_enter_goes_there() {
    let mut harness = window(vec![fixture()], None);
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::F);
    harness.run_steps(3);
    harness.event(egui::Event::Text("连云港".to_owned()));
    harness.run_steps(3);
    assert_eq!(program(&harness).desk().search, "连云港");
    harness.key_press(egui::Key::Enter);
    harness.run_steps(3);
    let Some(Mark::Event { event, .. }) = program(&harness).desk().selection else { panic!("nothing selected") };
    assert_eq!(program(&harness).corpus().entries[0].document.events[event].place.as_deref(), Some("连云港"));
}

#[test]
fn figures_are_exported_and_settings_kept() {
    let dir = scratch("export");
    let state_path = dir.join("config/state.json");
    let mut harness = window(vec![fixture()], Some(state_path.clone()));
    for (kind, name) in [(FigureKind::Series, "series.png"), (FigureKind::Timeline, "timeline.svg")] {
        let ctx = harness.ctx.clone();
        harness.state_mut().as_mut().unwrap().export_figure(&ctx, kind, dir.join(name));
        settle(&mut harness);
        let size = std::fs::metadata(dir.join(name)).unwrap().len();
        assert!(size > 3000, "{name} has {size} bytes");
    }
    command(&mut harness, Command::SetTheme(ThemeChoice::Dark));
    let ctx = harness.ctx.clone();
    harness.state_mut().as_mut().unwrap().close(&ctx);
    let kept: serde_json::Value = serde_json::from_slice(&std::fs::read(&state_path).unwrap()).unwrap();
    assert_eq!(kept["theme"], "dark");
    assert_eq!(kept["recent"][0]["n_events"], 20);
    assert!(harness.render().is_ok());
}

#[test]
fn without_documents_there_are_four_ways_in() {
    let mut harness = window(vec![fixture()], None);
    command(&mut harness, Command::CloseAll);
    for name in ["打开文件", "打开文件夹", "粘贴文字", "看示例"] {
        assert!(harness.query_by_label(name).is_some(), "{name}");
    }
    harness.get_by_label("看示例").click();
    harness.step();
    settle(&mut harness);
    assert_eq!(program(&harness).corpus().entries.len(), 1);
    harness.event(egui::Event::Paste("2024年9月，大桥通车。".to_owned()));
    harness.step();
    settle(&mut harness);
    assert_eq!(program(&harness).corpus().entries.len(), 1, "the sample gives way");
    assert_eq!(program(&harness).corpus().entries[0].text, "2024年9月，大桥通车。");
}

#[test]
fn what_cannot_be_read_is_said_and_the_rest_is_shown() {
    let harness = window(vec![fixture(), PathBuf::from("/no/such/file.txt")], None);
    assert_eq!(program(&harness).corpus().entries.len(), 1);
    let banner = program(&harness).shell().banner.clone().unwrap();
    assert!(banner.contains("/no/such/file.txt"), "{banner}");
}

#[test]
fn a_file_without_text_says_what_may_help() {
    let path = scratch("no-text").join("空.txt");
    std::fs::write(&path, "").unwrap();
    let mut harness = window(vec![path], None);
    harness.get_by(|node| node.value().is_some_and(|value| value.contains("没有读到文字")));
    let words = painted(&harness);
    assert!(!words.iter().any(|words| words.contains("共 0 篇") || words.starts_with("第 1 篇")), "{words:?}");
    harness.get_by_label("选编码").click();
    harness.run_steps(3);
    assert_eq!(program(&harness).desk().overlay, Some(Overlay::Encoding));
}

#[test]
fn the_sheet_of_shortcuts_is_whole_in_a_small_window() {
    for (lang, size) in [(Lang::Zh, [1280.0, 800.0]), (Lang::En, [1280.0, 800.0]), (Lang::Zh, [1440.0, 900.0])] {
        let mut harness = sized_window(size, vec![fixture()], None);
        command(&mut harness, Command::SetLang(lang));
        command(&mut harness, Command::Open(Overlay::Shortcuts));
        let last = if lang == Lang::Zh { "翻到正文的那一处" } else { "Go to that place" };
        harness.run_steps(8);
        let words = painted(&harness);
        for wanted in ["Ctrl Q", last] {
            assert!(words.iter().any(|words| words == wanted), "{wanted} at {size:?}: {words:?}");
        }
    }
}

#[test]
fn a_writing_date_is_drawn_for_one_document_not_for_many() {
    let dir = scratch("writing-date");
    let paths = ["一", "二"].map(|name| dir.join(format!("{name}.txt")));
    for (path, day) in paths.iter().zip([20, 21]) {
        let text = format!("新华社北京2025年6月{day}日电 2025年6月18日，大桥通车。2025年6月25日，隧道贯通。\n");
        std::fs::write(path, text).unwrap();
    }
    let flag = |harness: &crate::driver::Window| painted(harness).iter().any(|words| words.starts_with("成文 6月"));
    assert!(flag(&window(vec![paths[0].clone()], None)));
    let mut harness = window(paths.to_vec(), None);
    assert!(!flag(&harness));
    command(&mut harness, Command::Select(Mark::Event { doc: 0, event: 0 }));
    assert!(flag(&harness));
    command(&mut harness, Command::ClearSelection);
    command(&mut harness, Command::ToggleDocument(0));
    assert!(flag(&harness));
}
