//! `nianbiao extract` end to end, as a process: `cargo bench --bench extract [-- MEGABYTES [PATH]...]`.
//!
//! Without paths it generates its text. Each shape of the same text is run on one core and on all: a folder of
//! documents, one file, one line, records. Times are of the processor, which other programs disturb less. A path that
//! ends in `.jsonl` is read as records.

mod corpus;

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

const MEGABYTE: usize = 1_000_000;

fn main() {
    let mut args = env::args().skip(1).filter(|arg| !arg.starts_with("--"));
    let megabytes = args.next().and_then(|arg| arg.parse().ok()).unwrap_or(100);
    let paths: Vec<PathBuf> = args.map(PathBuf::from).collect();
    println!("{:<28} {:>4} {:>9} {:>9} {:>9} {:>8} {:>9}", "", "jobs", "bytes", "CPU s", "wall s", "MB/s", "peak MB");
    if !paths.is_empty() {
        for path in &paths {
            measure(&path.to_string_lossy(), &[path], path.extension().is_some_and(|ending| ending == "jsonl"));
        }
        return;
    }
    let folder = env::temp_dir().join("nianbiao-bench-extract");
    let shapes = written(&folder, megabytes * MEGABYTE);
    match shapes {
        Ok(shapes) => shapes.iter().for_each(|(name, path)| measure(name, &[path], *name == "records")),
        Err(error) => eprintln!("cannot write the corpus: {error}"),
    }
    let _ = fs::remove_dir_all(&folder);
}

/// The shapes of the generated text, on disk.
fn written(folder: &Path, n_bytes: usize) -> std::io::Result<Vec<(&'static str, PathBuf)>> {
    let stories = corpus::stories(1, n_bytes);
    let path = |name: &str| folder.join(name);
    fs::create_dir_all(path("documents"))?;
    for (idx, document) in stories.chunks(16).enumerate() {
        fs::write(path("documents").join(format!("{idx:06}.txt")), document.concat())?;
    }
    fs::write(path("one.txt"), stories.concat())?;
    fs::write(path("line.txt"), stories.concat().replace('\n', ""))?;
    let record = |(idx, text): (usize, &String)| {
        let text = text.replace('\n', "\\n");
        format!("{{\"id\":\"{idx}\",\"text\":\"{text}\",\"dct\":\"2025-06-22\"}}\n")
    };
    fs::write(path("records.jsonl"), stories.iter().enumerate().map(record).collect::<String>())?;
    Ok(vec![
        ("documents", path("documents")),
        ("one file", path("one.txt")),
        ("one line", path("line.txt")),
        ("records", path("records.jsonl")),
    ])
}

/// Runs the program on `paths`, on one core and on all, and prints a row each.
fn measure(name: &str, paths: &[&PathBuf], are_records: bool) {
    let n_bytes: u64 = paths.iter().map(|path| size(path)).sum();
    let n_cores = thread::available_parallelism().map_or(1, usize::from);
    for jobs in [1, n_cores] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_nianbiao"));
        command.arg("extract").arg("--jobs").arg(jobs.to_string());
        if are_records {
            command.arg("--records");
        }
        command.args(paths).stdout(Stdio::null()).stderr(Stdio::null());
        let begin = Instant::now();
        let Ok(mut child) = command.spawn() else { continue };
        let (mut cpu, mut peak) = (0.0, 0);
        while matches!(child.try_wait(), Ok(None)) {
            (cpu, peak) = usage(child.id()).unwrap_or((cpu, peak));
            thread::sleep(Duration::from_millis(5));
        }
        let wall = begin.elapsed().as_secs_f64();
        // Where the system does not tell, the wall clock has to do.
        let spent = if cpu > 0.0 && jobs == 1 { cpu } else { wall };
        let speed = n_bytes as f64 / MEGABYTE as f64 / spent;
        println!("{name:<28} {jobs:>4} {n_bytes:>9} {cpu:>9.2} {wall:>9.2} {speed:>8.1} {:>9}", peak / 1000);
    }
}

fn size(path: &Path) -> u64 {
    match fs::read_dir(path) {
        Ok(entries) => entries.flatten().map(|entry| size(&entry.path())).sum(),
        Err(_) => fs::metadata(path).map_or(0, |metadata| metadata.len()),
    }
}

/// Seconds of the processor and peak kilobytes of a process, where `/proc` tells.
fn usage(id: u32) -> Option<(f64, u64)> {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    let behind_name = stat.rsplit(')').next()?;
    let ticks: f64 = behind_name.split_whitespace().skip(11).take(2).filter_map(|n| n.parse::<f64>().ok()).sum();
    let status = fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().split(' ').next()?.parse().ok())?;
    Some((ticks / 100.0, peak))
}
