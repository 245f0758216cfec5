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
