//! Project files and exports under the real program: killed at random moments, on a full disk, in folders that cannot be
//! written, with files that vanish. What was told as kept is there afterwards.

use nianbiao::{
    corpus::ReadOptions,
    store::project::{Project, ProjectError, import},
};
use std::{
    fs,
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::Duration,
};

fn scratch(name: &str) -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("project").join(name);
    let _ = fs::remove_dir_all(&dir);
    fs::create_dir_all(dir.join("in")).unwrap();
    dir
}

fn write_texts(dir: &Path, n_files: usize) {
    for idx in 0..n_files {
        let (month, day) = (idx % 12 + 1, idx % 28 + 1);
        let text =
            format!("新华社海湾2024年{month}月{day}日电 第{idx}座大桥昨天通车，投资{idx}亿元，比上年增长{day}%。\n");
        fs::write(dir.join(format!("in/{idx:04}.txt")), text).unwrap();
    }
}

/// Numbers that look random and are the same on every machine.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }
}

fn program(dir: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_nianbiao"));
    command.args(args).current_dir(dir).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
    command
}

/// How often the program is killed; `NIANBIAO_KILLS=200` for the long run.
fn n_kills() -> usize {
    std::env::var("NIANBIAO_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(16)
}

#[test]
fn killed_while_importing_it_holds_all_that_was_confirmed() {
    let dir = scratch("killed");
    let n_files = 700;
    write_texts(&dir, n_files);
    let path = dir.join("a.nianbiao");
    let mut dice = Dice(7);
    let mut n_before = 0;
    for kill in 0..n_kills() {
        let mut child = program(&dir, &["project", "a.nianbiao", "--progress", "in"]).spawn().unwrap();
        let stderr = child.stderr.take().unwrap();
        let told = thread::spawn(move || {
            let lines = BufReader::new(stderr).lines().map_while(Result::ok);
            let count = |line: String| line.strip_prefix("nianbiao: ")?.split(' ').next()?.parse::<usize>().ok();
            lines.filter_map(count).last().unwrap_or(0)
        });
        thread::sleep(Duration::from_millis(dice.below(900)));
        let _ = child.kill();
        child.wait().unwrap();
        let n_told = told.join().unwrap();
        let n_kept = {
            let project = Project::open(&path).unwrap_or_else(|error| panic!("kill {kill}: {error}"));
            let corpus = project.corpus().unwrap();
            let kept = project.kept().unwrap();
            assert_eq!(corpus.entries.len(), kept.documents);
            if let Some(last) = corpus.entries.last() {
                assert!(last.text.contains("大桥") && !last.document.times.is_empty());
            }
            kept.files
        };
        assert!(
            n_kept >= n_told.max(n_before),
            "kill {kill}: {n_kept} files are kept, {n_told} were told, {n_before} before"
        );
        n_before = n_kept;
        if n_kept == n_files {
            fs::remove_file(&path).unwrap();
            n_before = 0;
        }
    }
    fs::remove_dir_all(&dir).unwrap();
}

#[test]
fn killed_while_exporting_it_leaves_the_old_file_or_the_new_one() {
    let dir = scratch("export");
    write_texts(&dir, 60);
    let out = dir.join("out.jsonl");
    let mut dice = Dice(11);
    for _ in 0..n_kills() / 2 {
        let is_old = dice.below(2) == 0;
        let _ = fs::remove_file(&out);
        if is_old {
            fs::write(&out, "old").unwrap();
        }
        let mut child = program(&dir, &["extract", "in", "-o", "out.jsonl"]).spawn().unwrap();
        thread::sleep(Duration::from_millis(dice.below(500)));
        let _ = child.kill();
        child.wait().unwrap();
        match fs::read_to_string(&out) {
            Ok(text) => assert!(text == "old" && is_old || text.lines().count() == 60, "half an export"),
            Err(_) => assert!(!is_old, "the old export is gone"),
        }
    }
    fs::remove_dir_all(&dir).unwrap();
}

/// Not a test by itself: the process that [`killed_while_saving_it_holds_all_that_was_confirmed`] kills. It corrects and
/// keeps the desk again and again, and says so each time.
#[test]
fn the_process_that_saves() {
    use std::io::Write as _;
    let Some(path) = std::env::var_os("NIANBIAO_SAVES_TO") else { return };
    let project = Project::open(Path::new(&path)).unwrap();
    let corpus = project.corpus().unwrap();
    let (document, text) = (&corpus.entries[0].document, &corpus.entries[0].text);
    let target = nianbiao::corpus::edits::Target::event(document, text, 0).unwrap();
    let first: usize = project.desk().unwrap().map_or(0, |desk| desk.parse().unwrap());
    for n in first + 1.. {
        let edit = nianbiao::corpus::edits::Edit::Rename { target: target.clone(), title: n.to_string() };
        let change = nianbiao::corpus::edits::Change { at: -1, edit };
        project.keep_changes(&document.id, &vec![change; n % 5 + 1]).unwrap();
        project.keep_desk(&n.to_string()).unwrap();
        println!("kept {n}");
        std::io::stdout().flush().unwrap();
    }
}

#[test]
fn killed_while_saving_it_holds_all_that_was_confirmed() {
    let dir = scratch("saving");
    write_texts(&dir, 1);
    let path = dir.join("a.nianbiao");
    import(&Project::open(&path).unwrap(), &[dir.join("in")], &ReadOptions::default(), &mut |_| true).unwrap();
    let mut dice = Dice(5);
    for kill in 0..n_kills() {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "project::the_process_that_saves", "--nocapture"])
            .env("NIANBIAO_SAVES_TO", &path)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let stdout = child.stdout.take().unwrap();
        let told = thread::spawn(move || {
            let lines = BufReader::new(stdout).lines().map_while(Result::ok);
            // The line of the test's name may stand before the first.
            let number = |line: String| line.rsplit_once("kept ").and_then(|(_, n)| n.parse::<usize>().ok());
            lines.filter_map(number).last().unwrap_or(0)
        });
        thread::sleep(Duration::from_millis(20 + dice.below(300)));
        let _ = child.kill();
        child.wait().unwrap();
        let n_told = told.join().unwrap();
        let project = Project::open(&path).unwrap_or_else(|error| panic!("kill {kill}: {error}"));
        let n_kept: usize = project.desk().unwrap().map_or(0, |desk| desk.parse().unwrap());
        assert!(n_kept >= n_told, "kill {kill}: {n_kept} is kept, {n_told} was told");
        if n_kept > 0 {
            let changes = project.changes().unwrap();
            let n_changes = changes.get(&0).map_or(0, Vec::len);
            assert!(
                [n_kept % 5 + 1, (n_kept + 1) % 5 + 1].contains(&n_changes),
                "kill {kill}: {n_changes} corrections"
            );
        }
    }
    fs::remove_dir_all(&dir).unwrap();
}

#[cfg(unix)]
#[test]
fn a_project_whose_path_goes_away_says_so_and_is_whole_when_it_comes_back() {
    let dir = scratch("gone");
    write_texts(&dir, 5);
    let path = dir.join("drive/a.nianbiao");
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let project = Project::open(&path).unwrap();
    let read = |project: &Project| import(project, &[dir.join("in")], &ReadOptions::default(), &mut |_| true);
    read(&project).unwrap();
    write_texts(&dir, 9);
    fs::rename(dir.join("drive"), dir.join("away")).unwrap();
    assert!(matches!(read(&project), Err(ProjectError::Gone)));
    assert!(matches!(project.keep_desk("{}"), Err(ProjectError::Gone)));
    // Another project has come to the same place: nothing is written to either.
    fs::create_dir_all(dir.join("drive")).unwrap();
    fs::copy(dir.join("away/a.nianbiao"), &path).unwrap();
    assert!(matches!(read(&project), Err(ProjectError::Gone)));
    drop(project);
    for path in [dir.join("away/a.nianbiao"), path] {
        let project = Project::open(&path).unwrap();
        assert_eq!(project.kept().unwrap().files, 5);
        read(&project).unwrap();
        assert_eq!(project.kept().unwrap().files, 9);
    }
    fs::remove_dir_all(&dir).unwrap();
}

#[test]
fn a_clock_that_jumps_hides_no_change() {
    let dir = scratch("clock");
    write_texts(&dir, 1);
    let (file, project) = (dir.join("in/0000.txt"), Project::open(&dir.join("a.nianbiao")).unwrap());
    let read = || import(&project, &[dir.join("in")], &ReadOptions::default(), &mut |_| true).unwrap().progress;
    let set_time = |secs: u64| {
        let at = std::time::UNIX_EPOCH + Duration::from_secs(secs);
        fs::File::options().write(true).open(&file).unwrap().set_modified(at).unwrap();
    };
    set_time(4_000_000_000);
    assert_eq!(read().n_unchanged, 0);
    // Another text of the same length, written "earlier", and at the very same time.
    for (text, secs) in [("第7座大桥去年通车。", 1_000), ("第8座大桥今年通车。", 1_000)] {
        fs::write(&file, text).unwrap();
        set_time(secs);
        assert_eq!(read().n_unchanged, 0);
        assert_eq!(project.corpus().unwrap().entries[0].text, text);
    }
    set_time(2_000_000_000);
    assert_eq!(read().n_unchanged, 1);
    fs::remove_dir_all(&dir).unwrap();
}

/// A disk of some hundred kilobytes that is really full.
#[cfg(target_os = "linux")]
#[test]
fn on_a_small_disk_it_says_so_and_keeps_what_was_kept() {
    let dir = scratch("small-disk");
    write_texts(&dir, 8);
    let path = dir.join("a.nianbiao");
    import(&Project::open(&path).unwrap(), &[dir.join("in")], &ReadOptions::default(), &mut |_| true).unwrap();
    write_texts(&dir, 900);
    fs::create_dir_all(dir.join("disk")).unwrap();
    let script = "mount -t tmpfs -o size=300k none disk || exit 77; cp a.nianbiao disk/ || exit 78; echo old > disk/out.json
        \"$0\" project disk/a.nianbiao in 2>said; echo $? >status; \"$0\" extract --format json in -o disk/out.json 2>>said
        echo $? >>status; ls -A disk >names; cp disk/* .";
    let args = ["-rm", "sh", "-c", script, env!("CARGO_BIN_EXE_nianbiao")];
    let output = Command::new("unshare").args(args).current_dir(&dir).stdin(Stdio::null()).output();
    if !output.as_ref().is_ok_and(|output| output.status.success()) {
        println!("skipped: no disk of its own can be made here ({output:?})");
        return;
    }
    let read = |name: &str| fs::read_to_string(dir.join(name)).unwrap();
    assert_eq!(read("status"), "1\n1\n", "{}", read("said"));
    assert!(read("said").contains("disk is full"), "{}", read("said"));
    assert_eq!(read("out.json"), "old\n");
    assert!(!read("names").contains(".part"), "{}", read("names"));
    // What fitted before the disk was full was kept, too.
    assert!(Project::open(&path).unwrap().kept().unwrap().files >= 8);
    fs::remove_dir_all(&dir).unwrap();
}

/// Runs the program with files limited to some kilobytes, as on a full disk.
#[cfg(unix)]
#[test]
fn on_a_full_disk_it_says_so_and_keeps_what_was_kept() {
    let dir = scratch("full");
    write_texts(&dir, 64);
    let path = dir.join("a.nianbiao");
    import(&Project::open(&path).unwrap(), &[dir.join("in")], &ReadOptions::default(), &mut |_| true).unwrap();
    write_texts(&dir, 640);
    let blocks = fs::metadata(&path).unwrap().len() / 512 + 16;
    let limited = |command: &str| {
        let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" {command}");
        let args = ["-c", &script, env!("CARGO_BIN_EXE_nianbiao")];
        Command::new("sh").args(args).current_dir(&dir).stdin(Stdio::null()).output().unwrap()
    };
    let output = limited("project a.nianbiao in");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.starts_with("nianbiao: ") && said.lines().count() == 1 && said.contains("a.nianbiao"), "{said}");
    let project = Project::open(&path).unwrap();
    assert_eq!(project.kept().unwrap().files, 64);
    fs::write(dir.join("out.json"), "old").unwrap();
    let output = limited("extract --format json in -o out.json");
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(fs::read_to_string(dir.join("out.json")).unwrap(), "old");
    assert!(!fs::read_dir(&dir).unwrap().any(|entry| entry.unwrap().file_name().to_string_lossy().ends_with(".part")));
    fs::remove_dir_all(&dir).unwrap();
}

#[cfg(unix)]
#[test]
fn where_it_cannot_be_written_a_project_is_opened_to_be_read() {
    use std::os::unix::fs::PermissionsExt as _;
    let dir = scratch("read-only");
    write_texts(&dir, 3);
    let path = dir.join("a.nianbiao");
    import(&Project::open(&path).unwrap(), &[dir.join("in")], &ReadOptions::default(), &mut |_| true).unwrap();
    let set = |mode: u32| {
        fs::set_permissions(&path, fs::Permissions::from_mode(mode & 0o666)).unwrap();
        fs::set_permissions(&dir, fs::Permissions::from_mode(mode)).unwrap();
    };
    set(0o555);
    if fs::write(dir.join("probe"), "").is_ok() {
        println!("skipped: this user may write everywhere");
        set(0o755);
        return;
    }
    let project = Project::open(&path).unwrap();
    assert!(project.is_read_only());
    assert_eq!(project.corpus().unwrap().entries.len(), 3);
    assert!(matches!(project.keep_desk("{}"), Err(ProjectError::ReadOnly)));
    assert!(matches!(Project::open(&dir.join("new.nianbiao")), Err(ProjectError::ReadOnly)));
    set(0o755);
}

/// A folder on a disk that is mounted to be read only, where not even root may write.
#[cfg(target_os = "linux")]
#[test]
fn on_a_disk_to_be_read_only_a_project_is_read_by_root_too() {
    let dir = scratch("read-only-disk");
    write_texts(&dir, 3);
    fs::create_dir_all(dir.join("disk")).unwrap();
    let script = "mount -t tmpfs none disk || exit 77; \"$0\" project disk/a.nianbiao in || exit 78; echo old > disk/out.json
        mount -o remount,ro none disk || exit 79; echo x 2>/dev/null >disk/probe && exit 80; rm in/0000.txt
        \"$0\" project disk/a.nianbiao in 2>said; echo $? >status; \"$0\" project disk/new.nianbiao in 2>>said; echo $? >>status
        \"$0\" extract --format json in -o disk/out.json 2>>said; echo $? >>status
        \"$0\" extract --format json disk/a.nianbiao -o read.json; echo $? >>status
        \"$0\" window -o read.png disk/a.nianbiao; echo $? >>status; ls -A disk >names; cat disk/out.json >out.json";
    let args = ["-rm", "sh", "-c", script, env!("CARGO_BIN_EXE_nianbiao")];
    let output = Command::new("unshare").args(args).current_dir(&dir).stdin(Stdio::null()).output();
    if !output.as_ref().is_ok_and(|output| output.status.success()) {
        let no_disk = [Some(1), Some(77)].contains(&output.as_ref().ok().and_then(|output| output.status.code()));
        assert!(no_disk || output.is_err(), "{output:?}");
        println!("skipped: no disk of its own can be made here ({output:?})");
        return;
    }
    let read = |name: &str| fs::read_to_string(dir.join(name)).unwrap();
    assert_eq!(read("status"), "1\n1\n1\n0\n0\n", "{}", read("said"));
    let said: Vec<String> = read("said").lines().map(str::to_owned).collect();
    assert_eq!(said.len(), 3, "{said:?}");
    assert!(
        said.iter().all(|line| line.starts_with("nianbiao: ") && line.contains("disk/") && !line.contains("os error")),
        "{said:?}"
    );
    assert_eq!(read("names"), "a.nianbiao\nout.json\n");
    assert_eq!(read("out.json"), "old\n");
    assert_eq!(read("read.json").matches("\"source\"").count(), 3);
    fs::remove_dir_all(&dir).unwrap();
}

#[test]
fn files_that_vanish_or_change_while_they_are_read_stop_nothing() {
    let dir = scratch("vanishing");
    write_texts(&dir, 400);
    let project = Project::open(&dir.join("a.nianbiao")).unwrap();
    let is_done = AtomicBool::new(false);
    let outcome = thread::scope(|scope| {
        scope.spawn(|| {
            let mut dice = Dice(3);
            while !is_done.load(Ordering::Relaxed) {
                let path = dir.join(format!("in/{:04}.txt", dice.below(400)));
                let _ = if dice.below(2) == 0 { fs::remove_file(path) } else { fs::write(path, "2025年") };
            }
        });
        let outcome = import(&project, &[dir.join("in")], &ReadOptions::default(), &mut |_| true);
        is_done.store(true, Ordering::Relaxed);
        outcome
    });
    let import = outcome.unwrap();
    assert_eq!(import.progress.n_done, import.progress.n_files);
    let n_kept = project.kept().unwrap().documents;
    assert_eq!(n_kept + import.failures.len(), import.progress.n_files);
    // A file may be found between being emptied and being written; half of one is never kept.
    let corpus = project.corpus().unwrap();
    assert!(corpus.entries.iter().all(|entry| entry.text.is_empty() || entry.text.contains('年')));
    fs::remove_dir_all(&dir).unwrap();
}
