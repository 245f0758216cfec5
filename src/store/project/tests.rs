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
    assert!(error.to_string().contains("newer nianbiao (its version is 7, this program knows 4)"), "{error}");
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

/// A project of some days of news, small enough to have no index of its own.
fn news(name: &str) -> (PathBuf, Project) {
    let dir = folder(name);
    for day in 1..=9 {
        let text = format!(
            "新华社海湾2024年9月{day}日电 大桥昨天在天津通车，投资{day}亿元，比2023年的{day}.5亿元少。\n\n\
             2012年以来，来往不断。2023年{day}月，港口在西安扩建。张骞公元前138年出使西域。\n"
        );
        fs::write(dir.join(format!("in/{day}.txt")), text).unwrap();
    }
    let project = Project::open(&dir.join("a.nianbiao")).unwrap();
    import_all(&project, &dir);
    (dir, project)
}

fn numbers(corpus: &Corpus) -> Vec<u64> {
    (1..=corpus.entries.len() as u64).collect()
}

#[test]
fn an_index_that_is_kept_is_the_one_that_was_made() {
    use crate::corpus::index::{LaneIndex, Rows, Shelf, ShelfBy};
    let (dir, project) = news("kept");
    let made = project.corpus().unwrap();
    assert!(project.kept_index().unwrap().is_none());
    project.keep_index(made.index(), &numbers(&made)).unwrap().unwrap();
    let kept = project.corpus().unwrap();
    assert!(kept.index().shelf().is_some());
    let (made_index, kept_index) = (made.index(), kept.index());
    assert!(made_index.len() > 20);
    assert_eq!(kept_index.rows(), made_index.rows());
    assert_eq!(
        (kept_index.total(), kept_index.tallies(), kept_index.extent(), kept_index.n_undated(), kept_index.n_docs()),
        (made_index.total(), made_index.tallies(), made_index.extent(), made_index.n_undated(), made_index.n_docs())
    );
    assert_eq!(kept_index.names().by_count(), made_index.names().by_count());
    assert_eq!(kept_index.series(), made_index.series());
    assert_eq!(kept_index.groups(), made_index.groups());
    assert_eq!(
        (kept_index.writing(), kept_index.written_extent()),
        (made_index.writing(), made_index.written_extent())
    );
    for (doc, entry) in made.entries.iter().enumerate() {
        assert_eq!(kept_index.counts(doc), entry.counts());
        for event in 0..entry.document.events.len() {
            assert_eq!(kept_index.row_of(doc, event), made_index.row_of(doc, event));
        }
        assert_eq!(kept.entries[doc].document, entry.document);
    }
    let shelf = Shelf::new(ShelfBy::Place, made_index);
    let kept_shelf = kept_index.shelf().unwrap();
    assert_eq!((kept_shelf.by, &kept_shelf.sample), (shelf.by, &shelf.sample));
    assert_eq!(kept_shelf.lanes.len(), shelf.lanes.len());
    let of = |index, lane: &LaneIndex| {
        let (start, end) = made_index.extent().unwrap();
        (0..=50)
            .map(|step| (start + (end - start) / 50 * step) as f64)
            .map(|time| {
                let named = lane.most_significant(index, time, time + 1e9);
                (lane.before(index, time), lane.spread_before(index, time), named)
            })
            .collect::<Vec<_>>()
    };
    for ((number, lane), (kept_number, kept_lane)) in shelf.lanes.iter().zip(&kept_shelf.lanes) {
        assert_eq!((number, lane.len(), &lane.rows), (kept_number, kept_lane.len(), &kept_lane.rows));
        assert_eq!(of(made_index, lane), of(kept_index, kept_lane));
        assert!(matches!(kept_lane.rows, Rows::Some(_)));
    }
    fs::remove_dir_all(&dir).unwrap();
}

#[test]
fn an_index_of_other_documents_is_none() {
    let (dir, project) = news("stale");
    let made = project.corpus().unwrap();
    let keep = |project: &Project| project.keep_index(made.index(), &numbers(&made)).unwrap().is_some();
    assert!(keep(&project));
    // What is only looked at changes nothing; corrections stand beside the documents.
    project.keep_desk("{}").unwrap();
    project.keep_changes(&made.entries[0].document.id, &[]).unwrap();
    assert!(project.kept_index().unwrap().is_some());
    project.keep_again(&made.entries[0]).unwrap();
    assert!(project.kept_index().unwrap().is_none());
    assert!(keep(&project));
    project.forget(&dir.join("in/4.txt").to_string_lossy()).unwrap();
    assert!(project.kept_index().unwrap().is_none());
    assert_eq!(project.corpus().unwrap().entries.len(), 8);
    assert!(keep(&project));
    fs::write(dir.join("in/5.txt"), "2025年，大桥关闭。").unwrap();
    import_all(&project, &dir);
    assert!(project.kept_index().unwrap().is_none());
    fs::remove_dir_all(&dir).unwrap();
}

#[test]
fn an_index_that_lost_a_page_or_its_end_is_made_anew() {
    let (dir, project) = news("lost");
    let path = dir.join("a.nianbiao");
    let made = project.corpus().unwrap();
    project.keep_index(made.index(), &numbers(&made)).unwrap().unwrap();
    let run = |sql: &str| project.shared.connection().execute_batch(sql).unwrap();
    // Interrupted: there are pages and no head.
    run("CREATE TABLE aside AS SELECT * FROM index_head; DELETE FROM index_head;");
    assert!(project.kept_index().unwrap().is_none());
    run("INSERT INTO index_head SELECT * FROM aside; DROP TABLE aside;");
    assert!(project.kept_index().unwrap().is_some());
    // A head that was cut off is none.
    run("UPDATE index_head SET head = substr(head, 1, length(head) / 2)");
    assert!(project.kept_index().unwrap().is_none());
    let kept = project.keep_index(made.index(), &numbers(&made)).unwrap().unwrap();
    run("DELETE FROM index_pages WHERE id = 4294967296");
    assert_eq!(kept.row(0), None);
    drop((project, made, kept));
    let project = Project::open(&path).unwrap();
    assert!(project.kept_index().unwrap().is_none());
    assert!(project.corpus().unwrap().index().row(0).is_some());
    fs::remove_dir_all(&dir).unwrap();
}

#[test]
fn a_project_without_a_place_for_an_index_gets_one() {
    let (dir, project) = news("older");
    drop(project);
    let path = dir.join("a.nianbiao");
    let connection = Connection::open(&path).unwrap();
    connection
        .execute_batch("DROP TABLE contents; DROP TABLE index_head; DROP TABLE index_pages; PRAGMA user_version = 3;")
        .unwrap();
    drop(connection);
    let project = Project::open(&path).unwrap();
    let corpus = project.corpus().unwrap();
    assert_eq!(corpus.entries.len(), 9);
    assert!(project.keep_index(corpus.index(), &numbers(&corpus)).unwrap().is_some());
    fs::remove_dir_all(&dir).unwrap();
}
