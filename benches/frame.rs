//! What a frame of the window costs, be there a thousand events or ten million: `cargo bench --bench frame`.
//!
//! A scripted pan and zoom over made corpora, without a window: layout and tessellation, in CPU milliseconds of the
//! thread that draws. Prints the table of `docs/speed-window.md`. With `--pictures DIR` it also writes what was drawn.
//!
//! ```text
//! cargo bench --bench frame -- [--max EVENTS] [--pictures DIR] [--write EVENTS FILE] [--project EVENTS FILE] [--opened EVENTS FILE] [--correct PROJECT]
//! ```

mod made;

use egui::{Context, RawInput, Rect, pos2, vec2};
use made::Made;
use nianbiao::{
    corpus::{
        Bodies, Body, Corpus,
        edits::{Change, Edit, Target},
        index::{EventIndex, Pages, kept},
    },
    desk::{Command, Desk, Grouping, Locale, TimeWindow, apply},
    figure::{self, Frame, PngInfo},
    store::{
        json,
        project::{FileRead, Project, ProjectError},
    },
    ui::{self, Cx, Shell, Theme},
};
use rusqlite::{Connection, params};
use std::{
    collections::BTreeSet,
    io::Write as _,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

const SIZES: [u64; 5] = [1_000, 10_000, 100_000, 1_000_000, 10_000_000];
const N_FRAMES: usize = 60;
const DAY: f64 = 86_400.0;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let after = |name: &str, n: usize| {
        let at = args.iter().position(|arg| arg == name)?;
        args.get(at + n).cloned()
    };
    if let (Some(n), Some(path)) = (after("--write", 1).and_then(|n| n.parse().ok()), after("--write", 2)) {
        write(Made::new(1, n), &path).unwrap_or_else(|error| eprintln!("{path}: {error}"));
        return;
    }
    if let (Some(n), Some(path)) = (after("--project", 1).and_then(|n| n.parse().ok()), after("--project", 2)) {
        write_project(Made::new(1, n), &path).unwrap_or_else(|error| eprintln!("{path}: {error}"));
        return;
    }
    if let (Some(n), Some(path)) = (after("--opened", 1).and_then(|n| n.parse().ok()), after("--opened", 2)) {
        write_opened(Made::new(1, n), &path).unwrap_or_else(|error| eprintln!("{path}: {error}"));
        return;
    }
    if let Some(path) = after("--correct", 1) {
        correct(&path).unwrap_or_else(|error| eprintln!("{path}: {error}"));
        return;
    }
    let max = after("--max", 1).and_then(|n| n.parse().ok()).unwrap_or(u64::MAX);
    let pictures = after("--pictures", 1);
    println!("| events | documents | open s | B an event | all: median | p95 | year | p95 | month | p95 | day | p95 |");
    println!("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    for n in SIZES.into_iter().filter(|n| *n <= max) {
        let before = resident_bytes();
        let start = Instant::now();
        let corpus = Made::new(1, n).corpus();
        let open = start.elapsed().as_secs_f64();
        let bytes = resident_bytes().saturating_sub(before) as f64 / corpus.index().len().max(1) as f64;
        let mut line = format!("| {} | {} | {open:.1} | {bytes:.0} ", corpus.index().len(), corpus.entries.len());
        let end = made::moment("2024-06-01T00:00:00");
        for days in [f64::INFINITY, 366.0, 31.0, 1.0] {
            let mut stand = Stand::new(&corpus);
            if days.is_finite() {
                stand.run(Command::SetTimeWindow(Some(TimeWindow { start: end - days * DAY, end })));
            }
            let costs = stand.script(days.is_finite());
            line += &format!("| {:.2} | {:.2} ", at(&costs, 0.5), at(&costs, 0.95));
            if let Some(folder) = &pictures {
                let name = format!(
                    "{folder}/{n}-{}.png",
                    if days.is_finite() { format!("{days}-days") } else { "all".into() }
                );
                stand.picture(&name);
            }
        }
        println!("{line}|");
    }
}

/// The value below which a share of them lies.
fn at(costs: &[f64], share: f64) -> f64 {
    let mut sorted = costs.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(((sorted.len() - 1) as f64 * share) as usize).copied().unwrap_or(0.0)
}

/// A window without a window.
struct Stand<'a> {
    corpus: &'a Corpus,
    desk: Desk,
    ctx: Context,
    shell: Shell,
}

impl<'a> Stand<'a> {
    fn new(corpus: &'a Corpus) -> Self {
        let ctx = Context::default();
        ui::prepare(&ctx, Theme::light());
        let mut desk = Desk::default();
        desk.timeline.grouping = Grouping::Place;
        Self { corpus, desk, ctx, shell: Shell::default() }
    }

    fn run(&mut self, command: Command) {
        apply(&mut self.desk, self.corpus, command);
    }

    /// One frame; its cost in milliseconds.
    fn frame(&mut self) -> f64 {
        let start = cpu();
        let screen_rect = Some(Rect::from_min_size(pos2(0.0, 0.0), vec2(1440.0, 900.0)));
        let mut commands = Vec::new();
        let (corpus, desk, shell, theme) = (self.corpus, &self.desk, &self.shell, Theme::light());
        let words = Locale::of(desk.settings.lang);
        let output = self.ctx.run_ui(RawInput { screen_rect, ..RawInput::default() }, |ui| {
            ui::window_ui(ui, &mut Cx { corpus, desk, shell, theme, words, commands: &mut commands });
        });
        let shapes = output.shapes.clone();
        output.drop_without_applying_deltas();
        let n = self.ctx.tessellate(shapes, 1.0).len();
        let cost = cpu().saturating_sub(start).as_secs_f64() * 1e3;
        for command in commands {
            apply(&mut self.desk, self.corpus, command);
        }
        if n == 0 { f64::NAN } else { cost }
    }

    /// Pans and zooms, a little each frame, after the first frames have filled the caches.
    fn script(&mut self, pans: bool) -> Vec<f64> {
        for _ in 0..6 {
            self.frame();
        }
        let mut costs = Vec::with_capacity(N_FRAMES * 2);
        for step in 0..N_FRAMES {
            let by = if pans { 0.013 } else { 0.0 };
            self.run(Command::Pan(if step % 40 < 20 { by } else { -by }));
            // Asked in one frame, answered in the next.
            let asked = self.frame();
            costs.push(asked.max(self.frame()));
        }
        for step in 0..N_FRAMES / 2 {
            let Some(window) = self.desk.timeline.window else {
                costs.push(self.frame());
                continue;
            };
            let factor = if step % 10 < 5 { 0.97_f64 } else { 1.0 / 0.97 };
            let (middle, half) = ((window.start + window.end) / 2.0, (window.end - window.start) / 2.0 * factor);
            self.run(Command::SetTimeWindow(Some(TimeWindow { start: middle - half, end: middle + half })));
            costs.push(self.frame());
        }
        costs
    }

    fn picture(&mut self, path: &str) {
        let theme = Theme::light();
        let frame = Frame { size: vec2(1440.0, 900.0), scale: 1.0, background: theme.paper.to_array(), n_passes: 4 };
        let (corpus, shell) = (self.corpus, &self.shell);
        let desk = &mut self.desk;
        let shot = figure::shoot(
            &frame,
            |ctx| ui::prepare(ctx, theme),
            |ui| {
                let mut commands = Vec::new();
                let words = Locale::of(desk.settings.lang);
                ui::window_ui(ui, &mut Cx { corpus, desk, shell, theme, words, commands: &mut commands });
                for command in commands {
                    apply(desk, corpus, command);
                }
            },
        );
        let written = shot.pixels.png(&PngInfo { title: "nianbiao".to_owned(), ..PngInfo::default() });
        if let Ok(bytes) = written {
            std::fs::write(path, bytes).unwrap_or_else(|error| eprintln!("{path}: {error}"));
        }
    }
}

/// CPU time of this thread, which other programs cannot lengthen; the clock where the system does not tell.
#[cfg(unix)]
fn cpu() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}

#[cfg(not(unix))]
fn cpu() -> Duration {
    static START: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    START.get_or_init(Instant::now).elapsed()
}

/// Memory in use, where the system tells.
fn resident_bytes() -> usize {
    let status = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    status.split(' ').nth(1).and_then(|pages| pages.parse::<usize>().ok()).unwrap_or(0) * 4096
}

/// A project, with its index.
fn write_project(made: Made, path: &str) -> Result<(), ProjectError> {
    const PORTION: u64 = 4_096;
    let project = Project::open(std::path::Path::new(path))?;
    let start = Instant::now();
    for first in (0..made.n_docs()).step_by(PORTION as usize) {
        let numbers = first..(first + PORTION).min(made.n_docs());
        let files = numbers.map(|number| {
            let body = made.body(number);
            let path = format!("/made/{}.txt", body.document.id);
            FileRead { size: body.text.len() as u64, path, entries: vec![body.into()], ..FileRead::default() }
        });
        project.keep(&files.collect::<Vec<FileRead>>())?;
    }
    eprintln!("{} documents kept in {:.0} s", made.n_docs(), start.elapsed().as_secs_f64());
    let start = Instant::now();
    project.refresh_index()?;
    eprintln!("index made and kept in {:.1} s", start.elapsed().as_secs_f64());
    let start = Instant::now();
    let corpus = project.corpus()?;
    eprintln!("{} events opened in {:.1} ms", corpus.index().len(), start.elapsed().as_secs_f64() * 1e3);
    Ok(())
}

/// What a correction in an open project costs, and what is made beside the window after it; what the series of all its
/// documents take in memory and time.
fn correct(path: &str) -> Result<(), ProjectError> {
    let project = Project::open(std::path::Path::new(path))?;
    let mut corpus = project.corpus()?;
    let doc = corpus.entries.len() / 2;
    let ms = |since: Instant| since.elapsed().as_secs_f64() * 1e3;
    eprintln!("{} events in {} documents, {:.0} MB", corpus.index().len(), corpus.entries.len(), resident_mb());
    let entry = corpus.entries.get(doc).cloned().unwrap_or_default();
    let target = Target::event(&entry.document, &entry.text, 0).ok_or(ProjectError::ReadOnly)?;
    let start = Instant::now();
    corpus.set_changes(doc, vec![Change { at: 0, edit: Edit::Rename { target, title: "另一个题目".to_owned() } }]);
    eprintln!("a correction: {:.2} ms, {:.0} MB", ms(start), resident_mb());
    if let Some(work) = corpus.to_reindex() {
        let start = Instant::now();
        let made = work.run();
        eprintln!("the index made beside: {:.0} ms, {:.0} MB", ms(start), resident_mb());
        let start = Instant::now();
        corpus.take_reindexed(made);
        eprintln!("taken: {:.2} ms", ms(start));
    }
    drop(corpus);
    let corpus = project.corpus()?;
    let (start, before) = (Instant::now(), resident_mb());
    let n_series = corpus.index().series().len();
    eprintln!("{n_series} series: read in {:.0} ms, {:.0} MB", ms(start), resident_mb() - before);
    let start = Instant::now();
    let n_groups = corpus.index().put_series_together().len();
    eprintln!("{n_groups} groups of them: {:.0} ms, {:.0} MB with both", ms(start), resident_mb() - before);
    Ok(())
}

fn resident_mb() -> f64 {
    resident_bytes() as f64 / 1e6
}

/// Documents that are made, and which of them somebody asked for.
#[derive(Debug)]
struct Asked(Made, Mutex<BTreeSet<u64>>);

impl Bodies for Asked {
    fn body(&self, number: u64) -> Body {
        self.1.lock().unwrap_or_else(PoisonError::into_inner).insert(number);
        // A project numbers its documents from 1.
        self.0.body(number - 1)
    }
}

/// The pages of an index that lie in a database.
#[derive(Debug)]
struct InFile(Mutex<Connection>);

impl Pages for InFile {
    fn page(&self, part: u32, number: u32) -> Option<Vec<u8>> {
        let connection = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut query = connection.prepare_cached("SELECT bytes FROM index_pages WHERE id = ?1").ok()?;
        query.query_row([i64::from(part) << 32 | i64::from(number)], |row| row.get(0)).ok()
    }
}

/// A project as [`write_project`] writes it, in a hundredth of the time: with its whole index, but of the documents
/// only those that the first frames ask for. To measure opening.
fn write_opened(made: Made, path: &str) -> Result<(), Box<dyn std::error::Error>> {
    drop(Project::open(std::path::Path::new(path))?);
    let start = Instant::now();
    let corpus = made.corpus();
    eprintln!("{} events: index made in {:.0} s", corpus.index().len(), start.elapsed().as_secs_f64());
    let start = Instant::now();
    let connection = Connection::open(path)?;
    connection.execute_batch("PRAGMA synchronous = OFF; BEGIN;")?;
    let mut n_bytes = 0;
    let head = corpus.index().keep(|doc| doc as u64 + 1, &mut |part, number, bytes: Vec<u8>| {
        n_bytes += bytes.len();
        let mut insert = connection.prepare_cached("INSERT INTO index_pages(id, bytes) VALUES (?1, ?2)")?;
        insert.execute(params![i64::from(part) << 32 | i64::from(number), bytes]).map(drop)
    })?;
    drop(corpus);
    let sql = "INSERT INTO index_head SELECT 1, generation, ?1, ?2 FROM contents";
    connection.execute(sql, params![kept::VERSION, head])?;
    connection.execute_batch("COMMIT")?;
    let took = start.elapsed().as_secs_f64();
    eprintln!("kept in {took:.0} s: head {:.1} MB, pages {:.1} MB", head.len() as f64 / 1e6, n_bytes as f64 / 1e6);
    let pages: Arc<dyn Pages> = Arc::new(InFile(Mutex::new(connection)));
    let index = EventIndex::opened(&head, &pages).ok_or("the index cannot be opened")?;
    let asked = Arc::new(Asked(made, Mutex::default()));
    let bodies: Arc<dyn Bodies> = Arc::clone(&asked) as Arc<dyn Bodies>;
    // Documents are numbered from 1, as a project does.
    let corpus = Corpus::kept(bodies, Arc::new(index));
    let mut stand = Stand::new(&corpus);
    stand.desk.timeline.grouping = Grouping::Auto;
    stand.desk.frame_collection(&corpus);
    for _ in 0..6 {
        stand.frame();
    }
    let numbers: Vec<u64> = asked.1.lock().map_err(|_| "lock")?.iter().copied().collect();
    eprintln!("{} documents are asked for", numbers.len());
    drop(stand);
    drop((corpus, pages));
    let connection = Connection::open(path)?;
    let deflated = |bytes: &[u8]| -> std::io::Result<Vec<u8>> {
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::new(3));
        encoder.write_all(bytes)?;
        encoder.finish()
    };
    connection.execute_batch("BEGIN")?;
    for number in numbers {
        let body = made.body(number - 1);
        let (name, text) = (body.document.id.clone(), deflated(body.text.as_bytes())?);
        let findings = deflated(&serde_json::to_vec(&json::public(&body.into()))?)?;
        connection
            .execute("INSERT INTO files VALUES (?1, ?2, '', 0)", params![number as i64, format!("/made/{name}")])?;
        connection.execute("INSERT INTO documents VALUES (?1, ?1, ?2, x'')", params![number as i64, name])?;
        connection.execute("INSERT INTO bodies VALUES (?1, ?2, ?3)", params![number as i64, findings, text])?;
    }
    connection.execute_batch("COMMIT")?;
    Ok(())
}

/// A parsed corpus on disk, as `nianbiao extract --format json` writes one.
fn write(made: Made, path: &str) -> std::io::Result<()> {
    let corpus = made.corpus();
    let mut out = std::io::BufWriter::new(std::fs::File::create(path)?);
    write!(out, "{{\"schema\":1,\"documents\":[")?;
    for (idx, entry) in corpus.entries.iter().enumerate() {
        if idx > 0 {
            out.write_all(b",\n")?;
        }
        // A copy is fetched and dropped again, so that memory stays small.
        serde_json::to_writer(&mut out, &json::standalone(&entry.clone()))?;
    }
    out.write_all(b"]}\n")?;
    eprintln!("{} events in {} documents", made::n_events(&corpus), corpus.entries.len());
    out.flush()
}
