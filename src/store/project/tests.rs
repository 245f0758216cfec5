//! Projects in folders of their own, and what may befall them.

use super::*;
use crate::{corpus::ReadOptions, store::atomic};
use std::path::PathBuf;

fn folder(name: &str) -> PathBuf {
    let dir = std::env::temp_dir().join(format!("nianbiao-project-{name}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&dir);
    fs::create_dir_all(dir.join("in")).unwrap();
    dir
}

fn import_all(project: &Project, dir: &Path) -> Progress {
    import(project, &[dir.join("in")], &ReadOptions::default(), &mut |_| true).unwrap().progress
}

#[test]
fn what_was_read_is_there_again_and_not_read_twice() {
    let dir = folder("again");
    for day in 1..=9 {
        let text = format!("新华社海湾2024年9月{day}日电 大桥昨天通车，投资{day}亿元。\n");
        fs::write(dir.join(format!("in/{day}.txt")), text).unwrap();
    }
    fs::write(dir.join("in/bad.txt"), [0; 64]).unwrap();
    let project = Project::open(&dir.join("a.nianbiao")).unwrap();
    let progress = import_all(&project, &dir);
    assert_eq!((progress.n_done, progress.n_unchanged, progress.n_documents), (10, 0, 9));
    project.keep_desk("{\"x\":1}").unwrap();
    drop(project);
    let project = Project::open(&dir.join("a.nianbiao")).unwrap();
    assert_eq!(project.kept().unwrap(), Kept { files: 10, documents: 9 });
    assert_eq!(project.desk().unwrap().as_deref(), Some("{\"x\":1}"));
    assert_eq!(project.failures().unwrap().len(), 1);
    let corpus = project.corpus().unwrap();
    assert!(corpus.entries.iter().all(|entry| !entry.is_in_memory()));
    let direct = crate::store::load::file(&dir.join("in/3.txt"), &ReadOptions::default());
    let direct = direct.into_iter().next().unwrap().unwrap();
    assert_eq!(corpus.entries[2].document, direct.document);
    assert_eq!(corpus.entries[2].text, direct.text);
    assert_eq!(corpus.entries[2].counts(), direct.counts());
    let (index, fresh) = (corpus.index(), Corpus::new(corpus.entries.to_vec()));
    assert_eq!(index.len(), fresh.index().len());
    assert_eq!(index.row(0), fresh.index().row(0));
    fs::write(dir.join("in/3.txt"), "2025年，大桥关闭。").unwrap();
    let progress = import_all(&project, &dir);
    assert_eq!((progress.n_done, progress.n_unchanged, progress.n_documents), (10, 9, 1));
    assert_eq!(project.kept().unwrap(), Kept { files: 10, documents: 9 });
    project.forget(&dir.join("in/4.txt").to_string_lossy()).unwrap();
    assert_eq!(project.kept().unwrap(), Kept { files: 9, documents: 8 });
    fs::remove_dir_all(&dir).unwrap();
}

use crate::corpus::Corpus;

#[test]
fn corrections_stand_beside_what_was_read() {
    use crate::corpus::edits::{Change, Edit, Target};
    let dir = folder("corrections");
    fs::write(dir.join("in/1.txt"), "2023年，铁路开工。").unwrap();
    fs::write(dir.join("in/2.txt"), "2024年9月，大桥通车。").unwrap();
    let project = Project::open(&dir.join("a.nianbiao")).unwrap();
    import_all(&project, &dir);
    let corpus = project.corpus().unwrap();
    let target = Target::event(&corpus.entries[1].document, &corpus.entries[1].text, 0).unwrap();
    let changes = vec![Change { at: 7, edit: Edit::Rename { target, title: "通了".to_owned() } }];
    project.keep_changes(&corpus.entries[1].document.id, &changes).unwrap();
    // Documents that are still to be fetched hold the project open.
    drop((project, corpus));
    let project = Project::open(&dir.join("a.nianbiao")).unwrap();
    let mut corpus = project.corpus().unwrap();
    for (doc, changes) in project.changes().unwrap() {
        corpus.set_changes(doc, changes);
    }
    assert_eq!(corpus.edits().docs().collect::<Vec<_>>(), [1]);
    assert_eq!(corpus.entries[1].document.events[0].title, "通了");
    project.keep_changes(&corpus.entries[1].document.id, &[]).unwrap();
    assert!(project.changes().unwrap().is_empty());
    fs::remove_dir_all(&dir).unwrap();
}

#[test]
fn a_second_window_is_told() {
    let dir = folder("lock");
    let path = dir.join("a.nianbiao");
    let project = Project::open(&path).unwrap();
    assert!(matches!(Project::open(&path), Err(ProjectError::Locked)));
    drop(project);
    assert!(Project::open(&path).is_ok());
    fs::remove_dir_all(&dir).unwrap();
}

#[test]
fn older_projects_are_brought_up_to_date_and_newer_ones_refused() {
    let dir = folder("versions");
    let path = dir.join("a.nianbiao");
    schema::old(&path, 1);
    let connection = Connection::open(&path).unwrap();
    connection.execute("INSERT INTO files(path, sha256, size) VALUES ('a', 'b', 1)", []).unwrap();
    drop(connection);
    let project = Project::open(&path).unwrap();
    assert_eq!(project.kept().unwrap(), Kept { files: 1, documents: 0 });
    project.shared.connection().execute("INSERT INTO views VALUES ('a', '{}')", []).unwrap();
    drop(project);
    let connection = Connection::open(&path).unwrap();
    connection.pragma_update(None, "user_version", 7).unwrap();
    drop(connection);
    let before = fs::read(&path).unwrap();
    let error = Project::open(&path).unwrap_err();
    assert!(error.to_string().contains("newer nianbiao (its version is 7, this program knows 3)"), "{error}");
    assert_eq!(fs::read(&path).unwrap(), before);
    fs::remove_dir_all(&dir).unwrap();
}

#[test]
fn what_is_no_project_is_refused_and_left_alone() {
    let dir = folder("other");
    for (name, bytes) in [
        ("text", b"just a text".to_vec()),
        ("cut", SQLITE_MARK.to_vec()),
        ("rubbish", [&SQLITE_MARK[..], &[7; 5000]].concat()),
    ] {
        let path = dir.join(name);
        atomic::write(&path, &bytes).unwrap();
        assert!(Project::open(&path).is_err(), "{name}");
        assert_eq!(fs::read(&path).unwrap(), bytes, "{name}");
    }
    let other = dir.join("other.db");
    Connection::open(&other).unwrap().execute_batch("CREATE TABLE a(b)").unwrap();
    assert!(matches!(Project::open(&other), Err(ProjectError::NotAProject)));
    assert!(matches!(Project::open(&dir), Err(ProjectError::NotAProject)));
    fs::remove_dir_all(&dir).unwrap();
}

#[test]
fn a_copy_is_whole_or_not_there() {
    let dir = folder("copy");
    fs::write(dir.join("in/a.txt"), "2024年9月通车。").unwrap();
    let project = Project::open(&dir.join("a.nianbiao")).unwrap();
    import_all(&project, &dir);
    let copy = project.save_as(&dir.join("b.nianbiao")).unwrap();
    assert_eq!(copy.kept().unwrap(), project.kept().unwrap());
    assert!(project.save_as(&dir.join("no/such/b.nianbiao")).is_err());
    // An open project has its journal beside it.
    drop((project, copy));
    let mut names: Vec<String> =
        fs::read_dir(&dir).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    assert_eq!(names, ["a.nianbiao", "b.nianbiao", "in"]);
    fs::remove_dir_all(&dir).unwrap();
}

#[test]
fn a_body_that_is_gone_is_an_empty_document_with_a_warning() {
    let dir = folder("gone");
    fs::write(dir.join("in/a.txt"), "2024年9月通车。").unwrap();
    let project = Project::open(&dir.join("a.nianbiao")).unwrap();
    import_all(&project, &dir);
    let corpus = project.corpus().unwrap();
    project.shared.connection().execute("UPDATE bodies SET findings = x'00'", []).unwrap();
    assert!(corpus.entries[0].document.warnings[0].message.contains("damaged"));
    assert!(corpus.entries[0].text.is_empty());
    fs::remove_dir_all(&dir).unwrap();
}
