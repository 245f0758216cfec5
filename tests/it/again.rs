//! What is read once more in the window: folders that were opened, texts whose encoding was guessed wrong.

use crate::driver::{command, program, scratch, settle, window};
use egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;
use nianbiao::{
    desk::{Command, Mark, Overlay},
    model::Undated,
    store::project::Project,
};
use std::{fs, path::Path};

fn write(folder: &Path, name: &str, text: &str) {
    fs::write(folder.join(name), text).unwrap();
}

fn texts(harness: &crate::driver::Window) -> Vec<String> {
    program(harness).corpus().entries.iter().map(|entry| entry.text.trim().to_owned()).collect()
}

#[test]
fn a_folder_is_read_again_and_only_what_changed() {
    let dir = scratch("again").join("in");
    fs::create_dir_all(&dir).unwrap();
    write(&dir, "a.txt", "2023年5月，大桥开工。");
    write(&dir, "b.txt", "2024年8月，隧道贯通。");
    let mut harness = window(vec![dir.clone()], None);
    command(&mut harness, Command::SetLang(nianbiao::desk::Lang::En));
    write(&dir, "b.txt", "2024年9月，隧道通车。");
    write(&dir, "c.txt", "2025年1月，码头开港。");
    command(&mut harness, Command::ReadAgain);
    settle(&mut harness);
    assert_eq!(texts(&harness), ["2023年5月，大桥开工。", "2024年9月，隧道通车。", "2025年1月，码头开港。"]);
    let said: Vec<&str> = program(&harness).shell().toasts.iter().map(|toast| toast.text.as_str()).collect();
    assert!(said.contains(&"Read again: 2 documents new or changed, 1 file as it was"), "{said:?}");
}

#[test]
fn a_project_reads_its_folders_again() {
    let dir = scratch("again-project");
    let folder = dir.join("in");
    fs::create_dir_all(&folder).unwrap();
    write(&folder, "a.txt", "2023年5月，大桥开工。");
    write(&folder, "b.txt", "2024年8月，隧道贯通。");
    let mut harness = window(vec![folder.clone()], None);
    let project = dir.join("p.nianbiao");
    harness.state_mut().as_mut().unwrap().save_project(project.clone());
    drop(harness);
    write(&folder, "a.txt", "2023年6月，大桥停工。");
    write(&folder, "c.txt", "2025年1月，码头开港。");
    let mut harness = window(vec![project.clone()], None);
    assert_eq!(texts(&harness).len(), 2);
    for _ in 0..2 {
        command(&mut harness, Command::ReadAgain);
        settle(&mut harness);
        assert_eq!(texts(&harness), ["2023年6月，大桥停工。", "2024年8月，隧道贯通。", "2025年1月，码头开港。"]);
    }
    drop(harness);
    assert_eq!(Project::open(&project).unwrap().kept().unwrap().documents, 3);
}

#[test]
fn what_is_no_more_leaves_the_window_and_the_project() {
    let dir = scratch("again-gone");
    let folder = dir.join("in");
    fs::create_dir_all(&folder).unwrap();
    write(&folder, "a.txt", "2023年5月，大桥开工。");
    write(&folder, "b.txt", "2024年8月，隧道贯通。");
    write(&folder, "c.csv", "标题,正文\n甲,2021年3月，铁路开工。\n乙,2022年4月，铁路通车。\n");
    let mut harness = window(vec![folder.clone()], None);
    let n_before = texts(&harness).len();
    assert!(n_before >= 4, "{:?}", texts(&harness));
    fs::remove_file(folder.join("a.txt")).unwrap();
    write(&folder, "c.csv", "标题,正文\n甲,2021年3月，铁路开工。\n");
    command(&mut harness, Command::ReadAgain);
    settle(&mut harness);
    let left = texts(&harness);
    assert_eq!(left.len(), n_before - 2, "{left:?}");
    assert!(!left.iter().any(|text| text.contains("大桥") || text.contains("通车")), "{left:?}");
    // The same with a project, where documents are fetched.
    let project = dir.join("p.nianbiao");
    harness.state_mut().as_mut().unwrap().save_project(project.clone());
    drop(harness);
    let mut harness = window(vec![project.clone()], None);
    fs::remove_file(folder.join("b.txt")).unwrap();
    command(&mut harness, Command::ReadAgain);
    settle(&mut harness);
    let left = texts(&harness);
    assert_eq!(left.len(), n_before - 3, "{left:?}");
    assert!(!left.iter().any(|text| text.contains("隧道")), "{left:?}");
    drop(harness);
    assert_eq!(Project::open(&project).unwrap().kept().unwrap().documents, left.len());
    // A folder that is not there at all says nothing of what was in it.
    fs::rename(&folder, dir.join("away")).unwrap();
    let mut harness = window(vec![project.clone()], None);
    command(&mut harness, Command::ReadAgain);
    settle(&mut harness);
    assert_eq!(texts(&harness).len(), left.len());
}

#[test]
fn an_encoding_chosen_by_hand_stays_with_the_project() {
    let dir = scratch("encoding");
    let path = dir.join("a.txt");
    fs::write(&path, encoding_rs::BIG5.encode("2024年9月，大橋通車，港口開工。\n").0).unwrap();
    let project = dir.join("p.nianbiao");
    let mut harness = window(vec![path.clone()], None);
    harness.state_mut().as_mut().unwrap().save_project(project.clone());
    command(&mut harness, Command::SetEncoding("Big5".to_owned()));
    settle(&mut harness);
    assert_eq!(texts(&harness), ["2024年9月，大橋通車，港口開工。"]);
    drop(harness);
    // The file changes, and now its bytes alone would say that it is UTF-8.
    fs::write(&path, "2025").unwrap();
    let mut harness = window(vec![project], None);
    assert_eq!(texts(&harness), ["2024年9月，大橋通車，港口開工。"]);
    command(&mut harness, Command::ReadAgain);
    settle(&mut harness);
    assert_eq!(program(&harness).corpus().entries[0].document.source.encoding, "Big5");
    command(&mut harness, Command::SetEncoding(String::new()));
    settle(&mut harness);
    assert_eq!(program(&harness).corpus().entries[0].document.source.encoding, "UTF-8");
}

fn zip_of(files: &[(&str, &[u8])]) -> Vec<u8> {
    use std::io::Write as _;
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Chooses `encoding` for the document whose text has `words` in it after that, in a window and in a project, and looks
/// whether the choice holds for all of `expected`, now and when the file is read again.
fn check_encoding(name: &str, bytes: &[u8], shown: usize, encoding: &str, expected: &[&str]) {
    let dir = scratch(&format!("encoding-{}", name.replace('.', "-")));
    let path = dir.join(name);
    fs::write(&path, bytes).unwrap();
    let texts = |harness: &crate::driver::Window| {
        let mut texts = texts(harness);
        texts.sort();
        texts
    };
    let mut expected: Vec<&str> = expected.to_vec();
    expected.sort_unstable();
    let project = dir.join("p.nianbiao");
    for opened in [path.clone(), project.clone()] {
        let mut harness = window(vec![opened], None);
        harness.state_mut().as_mut().unwrap().save_project(project.clone());
        drop(harness);
    }
    for opened in [path.clone(), project.clone()] {
        let mut harness = window(vec![opened.clone()], None);
        assert_ne!(texts(&harness), expected, "{name}: it was guessed right");
        command(&mut harness, Command::ShowArticle { doc: shown, article: 0 });
        let id = program(&harness).corpus().entries[shown].document.id.clone();
        command(&mut harness, Command::SetEncoding(encoding.to_owned()));
        settle(&mut harness);
        let failures = &program(&harness).shell().failures;
        assert!(failures.is_empty(), "{failures:?}");
        assert_eq!(texts(&harness), expected, "{name} in {opened:?}");
        let (corpus, desk) = (program(&harness).corpus(), program(&harness).desk());
        assert_eq!(corpus.entries[desk.source.doc].document.id, id, "{name}: another document is shown");
        drop(harness);
    }
    // The choice is kept, and the file is read so whenever it has changed.
    let again = dir.join("again").join(name);
    fs::create_dir_all(again.parent().unwrap()).unwrap();
    let kept = Project::open(&project).unwrap();
    kept.forget(&path.to_string_lossy()).unwrap();
    nianbiao::store::project::import(&kept, &[], &Default::default(), &mut |_| true).unwrap();
    let mut read: Vec<String> = kept.corpus().unwrap().entries.iter().map(|e| e.text.trim().to_owned()).collect();
    read.sort();
    assert_eq!(read, expected, "{name}");
}

#[test]
fn an_encoding_is_chosen_for_a_table_and_for_files_in_an_archive() {
    // The guess is right; another choice shows whether it is taken.
    let gbk = |text: &str| encoding_rs::GBK.encode(text).0.into_owned();
    let as_big5 = |text: &str| encoding_rs::BIG5.decode(&gbk(text)).0.trim().to_owned();
    let records = ["中国大桥通车", "中国港口开工", "中国隧道开工"].map(as_big5);
    let records: Vec<&str> = records.iter().map(String::as_str).collect();
    let table = gbk("id,text\n1,中国大桥通车\n2,中国港口开工\n3,中国隧道开工\n");
    let utf8 = "2024年5月，大桥开工。\n".as_bytes();
    check_encoding("t.csv", &table, 1, "Big5", &records);
    let member = zip_of(&[("甲.txt", utf8), ("b#1.txt", &gbk("中国大桥通车"))]);
    check_encoding("a.zip", &member, 0, "Big5", &["2024年5月，大桥开工。", records[0]]);
    let with_table = zip_of(&[("x/t.csv", &table), ("甲.txt", utf8)]);
    check_encoding("b.zip", &with_table, 2, "Big5", &[&["2024年5月，大桥开工。"], &records[..]].concat());
    let nested = zip_of(&[("in.zip", &zip_of(&[("t.csv", &table)]))]);
    check_encoding("c.zip", &nested, 0, "Big5", &records);
}

#[test]
fn an_encoding_for_a_file_that_is_gone_says_so() {
    let dir = scratch("encoding-gone");
    let path = dir.join("t.csv");
    fs::write(&path, "id,text\n1,大桥2024年9月通车。\n2,港口2024年8月开工。\n").unwrap();
    let mut harness = window(vec![path.clone()], None);
    fs::remove_file(&path).unwrap();
    command(&mut harness, Command::SetEncoding("GBK".to_owned()));
    settle(&mut harness);
    assert_eq!(texts(&harness).len(), 2);
    let failures = &program(&harness).shell().failures;
    assert!(failures.len() == 1 && failures[0].1.contains("no"), "{failures:?}");
}

#[test]
fn the_documents_of_an_archive_are_not_kept_twice() {
    let dir = scratch("archive");
    let path = dir.join("a.zip");
    let packed = |text: &str| {
        use std::io::Write as _;
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, text) in [("a.txt", text), ("b.txt", "2024年8月，隧道贯通。")] {
            zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    };
    fs::write(&path, packed("2023年5月，大桥开工。")).unwrap();
    let project = dir.join("p.nianbiao");
    let mut harness = window(vec![path.clone()], None);
    harness.state_mut().as_mut().unwrap().save_project(project.clone());
    fs::write(&path, packed("2023年6月，大桥停工。")).unwrap();
    command(&mut harness, Command::ReadAgain);
    settle(&mut harness);
    assert_eq!(texts(&harness), ["2023年6月，大桥停工。", "2024年8月，隧道贯通。"]);
    drop(harness);
    let project = Project::open(&project).unwrap();
    assert_eq!(project.kept().unwrap().documents, 2);
    assert_eq!(project.corpus().unwrap().entries[0].text, "2023年6月，大桥停工。");
}

#[test]
fn columns_chosen_by_hand_hold_for_tables_with_the_same_names() {
    use nianbiao::model::{ColumnUse, TableChoice};
    let dir = scratch("columns");
    let table = "序,刊期,题头,主文\n1,2024-09-03,通车,大桥昨天通车。\n2,2024-10-05,开工,新港昨天开工。\n";
    write(&dir, "a.csv", table);
    write(&dir, "b.txt", "2023年5月，隧道贯通。");
    let state = dir.join("state.json");
    let mut harness = window(vec![dir.join("b.txt"), dir.join("a.csv")], Some(state.clone()));
    assert_eq!(texts(&harness).len(), 2, "nothing says which column has the text");
    command(&mut harness, Command::Select(nianbiao::desk::Mark::Event { doc: 0, event: 0 }));
    command(&mut harness, Command::Star);
    command(&mut harness, Command::ShowArticle { doc: 1, article: 0 });
    command(&mut harness, Command::Open(nianbiao::desk::Overlay::Columns));
    settle(&mut harness);
    let view = program(&harness).shell().table.clone().expect("the table was looked at");
    let preview = view.preview.expect("it is one");
    assert_eq!((preview.names.len(), preview.rows.len(), view.is_chosen), (4, 2, false));
    let uses = [ColumnUse::Ignore, ColumnUse::Date, ColumnUse::Title, ColumnUse::Text];
    let choice = TableChoice::of_table(&preview.names, &uses);
    command(&mut harness, Command::SetColumns(choice.clone()));
    settle(&mut harness);
    let expected = ["2023年5月，隧道贯通。", "# 通车\n\n大桥昨天通车。", "# 开工\n\n新港昨天开工。"];
    assert_eq!(texts(&harness), expected);
    let entries = &program(&harness).corpus().entries;
    assert_eq!(entries[1].document.times[0].edtf.as_ref().map(|edtf| edtf.as_str()), Some("2024-09-02"));
    assert_eq!(program(&harness).corpus().edits().changes(0).len(), 1, "the star of the other document stays");
    // Another table of the same kind, in a project that is opened again.
    write(&dir, "c.csv", &table.replace("大桥", "港口"));
    let project = dir.join("p.nianbiao");
    harness.state_mut().as_mut().unwrap().save_project(project.clone());
    command(&mut harness, Command::OpenPaths(vec![dir.join("c.csv")]));
    settle(&mut harness);
    assert_eq!(texts(&harness)[3], "# 通车\n\n港口昨天通车。");
    drop(harness);
    let mut harness = window(vec![project.clone()], None);
    let doc = texts(&harness).iter().position(|text| text.contains("港口")).unwrap();
    command(&mut harness, Command::ShowArticle { doc, article: 0 });
    let title = TableChoice { uses: [("主文".to_owned(), ColumnUse::Text)].into(), ..choice.clone() };
    command(&mut harness, Command::SetColumns(title));
    settle(&mut harness);
    settle(&mut harness);
    let found = texts(&harness);
    assert!(
        found.contains(&"港口昨天通车。".to_owned()) && found.contains(&"# 通车\n\n大桥昨天通车。".to_owned()),
        "{found:?}"
    );
    command(&mut harness, Command::SetColumns(TableChoice { uses: Default::default(), ..choice }));
    drop(harness);
}

/// The day of each event as it stands in the window, or `?`.
fn days(harness: &crate::driver::Window) -> Vec<String> {
    let events = |entry: &nianbiao::corpus::Entry| -> Vec<String> {
        let day = |edtf: &Option<nianbiao::edtf::Edtf>| edtf.as_ref().map_or("?".to_owned(), ToString::to_string);
        entry.document.events.iter().map(|event| day(&event.edtf)).collect()
    };
    program(harness).corpus().entries.iter().map(|entry| events(entry).join(" ")).collect()
}

#[test]
fn undated_documents_are_read_again_as_written_when_the_user_says() {
    let dir = scratch("undated");
    let folder = dir.join("in");
    fs::create_dir_all(&folder).unwrap();
    write(&folder, "a.txt", "去年5月，大桥开工。");
    write(&folder, "b.txt", "本报海湾2024年8月3日电　隧道昨天贯通。");
    write(&folder, "c.txt", "今年3月，码头开港。");
    let touched = fs::File::options().write(true).open(folder.join("c.txt")).unwrap();
    let noon = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(20_000 * 86_400 + 43_200);
    touched.set_modified(noon).unwrap();
    let state = dir.join("state.json");
    let mut harness = window(vec![folder.clone()], Some(state.clone()));
    let set = |harness: &mut crate::driver::Window, undated: Undated| {
        command(harness, Command::SetUndated(undated));
        settle(harness);
    };
    let on = |date: &str| Undated::On(date.parse().unwrap());
    let before = days(&harness);
    assert!(!before[0].contains("-05") && before[1] == "2024-08-02", "{before:?}");

    // One is starred, which is kept; the third is given its date by hand, which stays.
    set(&mut harness, on("2023-06-22"));
    assert_eq!(days(&harness), ["2022-05", "2024-08-02", "2023-03"]);
    let first = Mark::Event { doc: 0, event: 0 };
    command(&mut harness, Command::Select(first));
    command(&mut harness, Command::Star);
    set(&mut harness, on("2020"));
    assert_eq!(days(&harness), ["2019-05", "2024-08-02", "2020-03"]);
    assert!(program(&harness).corpus().entries[0].document.events[0].is_starred());
    command(&mut harness, Command::Undo);
    assert!(!program(&harness).corpus().entries[0].document.events[0].is_starred(), "undo still knows its step");
    command(&mut harness, Command::ShowArticle { doc: 2, article: 0 });
    set(&mut harness, Undated::File);
    assert_eq!(days(&harness)[2], "2024-03", "its file was changed on day 20000 of the epoch, in 2024");
    command(&mut harness, Command::SetWritingDate("2011-01-01".to_owned()));
    settle(&mut harness);
    set(&mut harness, on("2001-06-22"));
    assert_eq!(days(&harness), ["2000-05", "2024-08-02", "2011-03"]);

    // What is opened later is taken for the same, by a window that is opened later, too; a project keeps it.
    let project = dir.join("p.nianbiao");
    harness.state_mut().as_mut().unwrap().save_project(project.clone());
    let ctx = harness.ctx.clone();
    harness.state_mut().as_mut().unwrap().close(&ctx);
    drop(harness);
    let mut harness = window(vec![project.clone()], None);
    assert_eq!(days(&harness), ["2000-05", "2024-08-02", "2011-03"]);
    write(&folder, "d.txt", "去年12月，灯塔点亮。");
    command(&mut harness, Command::ReadAgain);
    settle(&mut harness);
    assert_eq!(days(&harness)[3], "2000-12");
    set(&mut harness, Undated::Unknown);
    assert_eq!((&days(&harness)[0], &days(&harness)[2]), (&before[0], &"2011-03".to_owned()));
    drop(harness);
    assert_eq!(days(&window(vec![project], None))[0], before[0], "kept in the project");
}

#[test]
fn the_day_of_undated_documents_is_typed_in_the_settings() {
    let dir = scratch("undated-field");
    write(&dir, "a.txt", "去年5月，大桥开工。");
    let mut harness = window(vec![dir], None);
    command(&mut harness, Command::Open(Overlay::Settings));
    harness.get_by_label("没写成文日期的文档: 当作这一天").click();
    harness.run_steps(3);
    assert_eq!(program(&harness).desk().undated, Undated::Unknown, "nothing is assumed before a day is typed");
    let field = harness.get_by_role_and_label(Role::TextInput, "当作这一天");
    field.focus();
    field.type_text("2019-06");
    harness.run_steps(2);
    harness.key_press(egui::Key::Enter);
    harness.run_steps(2);
    settle(&mut harness);
    assert_eq!(days(&harness), ["2018-05"]);
}

#[test]
fn a_reading_that_was_stopped_is_not_told_as_done() {
    let dir = scratch("stopped").join("in");
    fs::create_dir_all(&dir).unwrap();
    write(&dir, "a.txt", "2024年8月，隧道贯通。");
    let mut harness = window(vec![dir.clone()], None);
    for n in 0..300 {
        write(&dir, &format!("{n:03}.txt"), &"2023年5月，大桥开工，投资948亿元。\n".repeat(400));
    }
    command(&mut harness, Command::ReadAgain);
    command(&mut harness, Command::StopReading);
    settle(&mut harness);
    assert!(program(&harness).shell().is_stopped);
    assert!(texts(&harness).len() < 301);
    command(&mut harness, Command::OpenSample);
    settle(&mut harness);
    assert!(!program(&harness).shell().is_stopped);
}
