//! The targets without a fuzzer, on a plain toolchain: every seed, and inputs made of the seeds by damaging them.
//!
//! ```text
//! cargo test --test fuzz                                 the seeds and some inputs made of them, always the same ones
//! NIANBIAO_FUZZ_SECS=60 cargo test --test fuzz           each target for a minute, other inputs every time
//! NIANBIAO_FUZZ_SECS=60 cargo test --test fuzz -- pdf    one of them
//! cargo test --test fuzz -- --seeds FOLDER               writes all seeds, as `scripts/fuzz` needs them
//! ```
//!
//! An input that breaks a target is left in `target/fuzz` (one that ends the process as `TARGET-running`); made smaller,
//! it becomes a seed in `tests/fuzz/seeds`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

mod damage;
mod targets;

use damage::Damager;
use std::{
    collections::BTreeMap,
    fs,
    panic::{self, AssertUnwindSafe},
    path::{Path, PathBuf},
    process::ExitCode,
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant, SystemTime},
};

/// How many inputs are made of the seeds of a target where no time is given.
const N_MADE: usize = 150;
/// An input that keeps a target busy for longer is as bad as one that breaks it, even without optimisation.
const MAX_SECS: u64 = 60;

type Seeds = BTreeMap<String, Vec<u8>>;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The seeds of a target: its files, what it was broken by among them; for what reads prose, also what the rules'
/// examples say.
fn seeds(target: &str) -> Seeds {
    let mut seeds = Seeds::new();
    let folder = root().join("tests/fuzz/seeds").join(if target == "pages" { "pdf" } else { target });
    for entry in fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok) {
        seeds.insert(entry.file_name().to_string_lossy().into_owned(), fs::read(entry.path()).unwrap());
    }
    if matches!(target, "segment" | "extract") {
        seeds.insert("sample".to_owned(), fs::read(root().join("assets/sample/page.txt")).unwrap());
        for (idx, examples) in examples().chunks(12).enumerate() {
            seeds.insert(format!("examples-{idx}"), examples.join("\n").into_bytes());
        }
    }
    if target == "project" {
        seeds.insert("project".to_owned(), targets::small_project());
    }
    seeds
}

/// The sentences that the rules bring along.
fn examples() -> Vec<String> {
    fn strings(value: &toml::Value, found: &mut Vec<String>) {
        match value {
            toml::Value::String(text) => {
                found.push(text.split(" → ").next().unwrap_or_default().replace(['【', '】'], ""))
            }
            toml::Value::Array(list) => list.iter().for_each(|value| strings(value, found)),
            _ => {}
        }
    }
    fn walk(value: &toml::Value, found: &mut Vec<String>) {
        match value {
            toml::Value::Table(table) => {
                for (key, value) in table {
                    if matches!(key.as_str(), "examples" | "not") { strings(value, found) } else { walk(value, found) }
                }
            }
            toml::Value::Array(list) => list.iter().for_each(|value| walk(value, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    let mut folders = vec![root().join("assets/rules")];
    while let Some(folder) = folders.pop() {
        let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        for path in paths {
            if path.is_dir() {
                folders.push(path);
            } else {
                walk(&toml::from_str(&fs::read_to_string(path).unwrap()).unwrap(), &mut found);
            }
        }
    }
    found
}

/// What a target is busy with, for the case that it never comes back.
type Busy = Arc<Mutex<Option<(Instant, Vec<u8>)>>>;

fn leave(target: &str, input: &[u8]) -> PathBuf {
    let folder = root().join("target/fuzz");
    fs::create_dir_all(&folder).unwrap();
    let path = folder.join(format!("{target}-{}", nianbiao::text::checksum(input).get(..12).unwrap_or_default()));
    fs::write(&path, input).unwrap();
    path
}

/// Ends the process when a target does not come back.
fn watch(target: &'static str, busy: &Busy) {
    let busy = Arc::downgrade(busy);
    thread::spawn(move || {
        while let Some(busy) = busy.upgrade() {
            if let Some((since, input)) = &*busy.lock().unwrap()
                && since.elapsed() > Duration::from_secs(MAX_SECS)
            {
                eprintln!("fuzz: {target} is slow, {MAX_SECS} s and no end: {}", leave(target, input).display());
                std::process::exit(1);
            }
            drop(busy);
            thread::sleep(Duration::from_millis(500));
        }
    });
}

/// Where the input lies that a target is busy with: one that ends the process can leave itself no other way.
fn running(target: &str) -> PathBuf {
    root().join("target/fuzz").join(format!("{target}-running"))
}

/// Whether the target stands the input.
fn stands(target: &str, run: targets::Run, busy: &Busy, input: &[u8]) -> bool {
    *busy.lock().unwrap() = Some((Instant::now(), input.to_vec()));
    fs::write(running(target), input).unwrap();
    let result = panic::catch_unwind(AssertUnwindSafe(|| run(input)));
    *busy.lock().unwrap() = None;
    if result.is_err() {
        eprintln!("fuzz: {target} does not stand {}", leave(target, input).display());
    }
    result.is_ok()
}

/// Runs one target over its seeds and what is made of them; how many inputs, and whether all is well.
fn run(target: &'static str, run: targets::Run, time: Option<Duration>) -> (usize, bool) {
    let busy = Busy::default();
    watch(target, &busy);
    fs::create_dir_all(root().join("target/fuzz")).unwrap();
    let seeds: Vec<Vec<u8>> = seeds(target).into_values().collect();
    assert!(!seeds.is_empty(), "{target} has no seeds");
    let mut is_well = seeds.iter().all(|seed| stands(target, run, &busy, seed));
    let clock = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(1, |since| since.as_nanos() as u64);
    let tokens = fs::read_to_string(root().join("tests/fuzz/tokens.txt")).unwrap();
    let mut damager = Damager::new(if time.is_some() { clock } else { 7 }, tokens.lines().map(damage::token).collect());
    let (since, mut n) = (Instant::now(), 0);
    while is_well && time.map_or(n < N_MADE, |time| since.elapsed() < time) {
        is_well = stands(target, run, &busy, &damager.made_of(&seeds));
        n += 1;
    }
    fs::remove_file(running(target)).unwrap();
    (seeds.len() + n, is_well)
}

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if let [first, folder] = args.as_slice()
        && first == "--seeds"
    {
        for (target, _) in targets::TARGETS {
            let folder = Path::new(folder).join(target);
            fs::create_dir_all(&folder).unwrap();
            seeds(target).iter().for_each(|(name, bytes)| fs::write(folder.join(name), bytes).unwrap());
        }
        targets::clean();
        return ExitCode::SUCCESS;
    }
    if args.iter().any(|arg| arg == "--list") {
        return ExitCode::SUCCESS;
    }
    let time = std::env::var("NIANBIAO_FUZZ_SECS").ok().and_then(|secs| secs.parse().ok()).map(Duration::from_secs);
    let filters: Vec<&String> = args.iter().filter(|arg| !arg.starts_with('-')).collect();
    let mut is_well = true;
    let pages: (&str, targets::Run) = ("pages", targets::pages);
    for (target, function) in targets::TARGETS.iter().chain([&pages]) {
        if !filters.is_empty() && !filters.iter().any(|filter| target.contains(filter.as_str())) {
            continue;
        }
        let (n, stood) = run(target, *function, time);
        println!("fuzz: {target}, {n} inputs, {}", if stood { "all stood" } else { "BROKEN" });
        is_well &= stood;
    }
    targets::clean();
    if is_well { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
