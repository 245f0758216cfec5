//! Files on their way into the window: opening, what the reading tells, and its end.

use super::{
    super::reader::{Job, News, Reading},
    PATIENCE, Program, take_settings,
};
use crate::{
    corpus::{Corpus, Entry},
    desk::{History, SourceDesk},
    store::project,
    text::Source,
};
use egui::Context;
use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    time::Duration,
};

/// How long a reading lasts before it is said how long it will take.
const ESTIMATE_AFTER: Duration = Duration::from_secs(3);

impl Program {
    pub(super) fn open_text(&mut self, ctx: &Context, text: String) {
        if text.trim().is_empty() {
            self.banner("banner.nothing-to-paste", &[]);
        } else {
            let undated = self.desk.undated.clone();
            self.start(ctx, Job::Text { name: String::new(), text, undated });
        }
    }

    pub(super) fn open(&mut self, ctx: &Context, paths: Vec<PathBuf>) {
        // A project and a file that is read again know documents by their paths.
        let paths = project::absolute(&paths);
        let job = match paths.as_slice() {
            [path] if project::is_project(path) => {
                // Its lock is ours; it is given up before it is taken again.
                self.keep_desk(ctx, true);
                self.session = None;
                self.close_all();
                Job::Project(path.clone())
            }
            paths => self.job_of(paths.to_vec(), HashMap::new()),
        };
        self.start(ctx, job);
        self.opening = paths;
    }

    pub(super) fn start(&mut self, ctx: &Context, job: Job) {
        let ctx = ctx.clone();
        // What takes the place of a reading of undated documents comes first; then they are gone through again.
        self.wants_redating |= self.n_redated.is_some();
        self.opening.clear();
        self.n_added_events = 0;
        self.n_again = None;
        self.n_redated = None;
        self.shell.is_stopped = false;
        self.shell.failures.clear();
        self.shell.banner = None;
        self.reading = Some(Reading::start(job, move || ctx.request_repaint()));
    }

    pub(super) fn close_all(&mut self) {
        self.reading = None;
        let was_project = self.session.take().is_some();
        self.corpus = Corpus::default();
        self.roots.clear();
        self.fetched = None;
        (self.indexing, self.kept) = (None, Vec::new());
        self.history = History::default();
        let kept = std::mem::take(&mut self.desk);
        take_settings(&mut self.state, &kept, was_project);
        self.desk = self.state.desk();
        self.shell.failures.clear();
        self.shell.is_stopped = false;
        self.shell.read_secs = None;
        self.shell.progress = None;
        self.shell.generation += 1;
        self.is_sample = false;
    }

    pub(super) fn read_again(&mut self, ctx: &Context, text: &str) {
        let doc = self.desk.source.doc;
        let (Ok(dct), Some(entry)) = (text.parse(), self.corpus.entries.get(doc)) else { return };
        let info = &entry.document.source;
        let source = Source {
            path: info.path.clone(),
            text: entry.text.clone(),
            encoding: info.encoding.clone(),
            sha256: info.sha256.clone(),
        };
        let id = entry.document.id.clone();
        self.start(ctx, Job::Again { doc, source, id, dct });
    }

    pub(super) fn take_news(&mut self, ctx: &Context) {
        let paths = std::mem::take(&mut self.to_open);
        if !paths.is_empty() {
            self.open(ctx, paths);
        }
        let Some(reading) = &mut self.reading else { return };
        let news = reading.news();
        let mut is_done = false;
        for item in news {
            match item {
                News::Found(n_files) => {
                    if let Some(reading) = &mut self.reading {
                        reading.progress = (0, n_files);
                    }
                }
                News::Read { entries, n_done } => {
                    if let Some(reading) = &mut self.reading {
                        reading.progress.0 = n_done;
                    }
                    self.add(entries);
                }
                News::Opened { corpus, n_done } => {
                    if let Some(reading) = &mut self.reading {
                        reading.progress.0 = n_done;
                    }
                    self.n_added_events += corpus.index().total().events;
                    self.sample_gives_way();
                    self.corpus.join(*corpus);
                    self.shell.generation += 1;
                }
                News::Pace { n_bytes, n_unchanged } => {
                    if let Some(reading) = &mut self.reading {
                        reading.n_bytes += n_bytes;
                        reading.n_unchanged += n_unchanged;
                    }
                }
                News::Names(names) => self.take_names(names),
                News::Gone(gone) => self.take_gone(&gone),
                News::Kept { names, corpus, n_done } => {
                    if let Some(reading) = &mut self.reading {
                        reading.progress.0 = n_done;
                    }
                    self.take_kept(names, *corpus);
                }
                News::Figure { view, paths } => self.show_figure(*view, &paths),
                News::Failed { path, reason } => {
                    self.shell.failures.push((path.to_string_lossy().into_owned(), reason));
                }
                News::Table { file, path, encoding } => {
                    self.keep_encoding(&path, &encoding);
                    self.to_reread = Some(file);
                }
                News::Again { doc, entry, encoding } => {
                    if doc < self.corpus.entries.len() {
                        if let Some(encoding) = encoding {
                            self.keep_encoding(&entry.document.source.path, &encoding);
                        }
                        self.keep_again(&entry);
                        self.corpus.replace(doc, *entry);
                        self.desk.selection = None;
                        self.desk.hover = None;
                        self.shell.generation += 1;
                    }
                }
                News::Redated { entries, n_done } => {
                    if let Some(reading) = &mut self.reading {
                        reading.progress.0 = n_done;
                    }
                    self.take_redated(entries);
                }
                News::Project { project, corpus } => self.take_project(project, corpus),
                News::Done => is_done = true,
            }
        }
        let Some(reading) = &mut self.reading else { return };
        let lasted = reading.since.elapsed();
        self.shell.progress = (lasted > PATIENCE).then_some(reading.progress);
        let bytes_a_sec = reading.n_bytes as f64 / lasted.as_secs_f64().max(0.001);
        self.shell.bytes_a_sec = (lasted > ESTIMATE_AFTER && reading.n_bytes > 0).then_some(bytes_a_sec);
        let secs_left = reading.pace.secs_left(lasted, reading.progress);
        self.shell.secs_left = secs_left.filter(|_| lasted > ESTIMATE_AFTER);
        if is_done {
            let n_files = reading.progress.1;
            self.finish(lasted, n_files);
            if let Some(file) = self.to_reread.take() {
                self.read_file_again(ctx, file);
                return;
            }
            if self.then_open.is_empty() {
                self.show_again();
            }
            self.redate(ctx);
            self.to_open.append(&mut self.then_open);
            if !self.to_open.is_empty() {
                ctx.request_repaint();
            }
        } else {
            ctx.request_repaint_after(Duration::from_millis(50));
        }
    }

    /// Adds documents; one of the same path takes the place of the old one, and the sample gives way.
    pub(super) fn add(&mut self, entries: Vec<Entry>) {
        if entries.is_empty() {
            return;
        }
        self.sample_gives_way();
        self.is_sample = self.reading.as_ref().is_some_and(|reading| reading.is_sample);
        self.n_added_events += entries.iter().map(|entry| entry.counts().events as usize).sum::<usize>();
        self.n_again = self.n_again.map(|n| n + entries.len());
        let of_path: HashMap<String, usize> = (self.corpus.entries.in_memory())
            .filter(|(_, entry)| !entry.document.source.path.is_empty())
            .map(|(doc, entry)| (entry.document.source.path.clone(), doc))
            .collect();
        let mut first_new = None;
        let (mut new, mut replaced) = (Vec::with_capacity(entries.len()), Vec::new());
        for entry in entries {
            let same = if entry.is_in_memory() { of_path.get(&entry.document.source.path) } else { None };
            let doc = match same {
                Some(&doc) => {
                    // A figure carries a document with parts of its text blank: the whole one stays.
                    if !self.corpus.entries.get(doc).is_some_and(|old| is_whole_of(old, &entry)) {
                        replaced.push((doc, entry));
                    }
                    doc
                }
                None => {
                    new.push(entry);
                    self.corpus.entries.len() + new.len() - 1
                }
            };
            first_new.get_or_insert(doc);
        }
        self.corpus.replace_all(replaced);
        let first = self.corpus.entries.len();
        self.corpus.add(new);
        self.take_up_corrections(first);
        let is_first_portion = self.reading.as_ref().is_some_and(|reading| reading.progress.0 <= 8);
        if let Some(doc) = first_new.filter(|_| is_first_portion) {
            self.desk.source.doc = doc;
            self.desk.source.article = SourceDesk::opening(&self.corpus, doc);
            self.desk.selection = None;
        }
        self.shell.generation += 1;
    }

    /// The bundled sample makes room for what was opened.
    pub(super) fn sample_gives_way(&mut self) {
        if self.is_sample {
            self.is_sample = false;
            self.corpus.clear();
            self.history = History::default();
            self.desk.source = SourceDesk::default();
            self.desk.selection = None;
            self.desk.chart.series = None;
            self.desk.chart.beside.clear();
            self.desk.timeline.window = None;
        }
    }

    pub(super) fn finish(&mut self, lasted: Duration, n_files: usize) {
        let n_unchanged = self.reading.take().map_or(0, |reading| reading.n_unchanged);
        self.shell.progress = None;
        self.shell.read_secs = Some(lasted.as_secs_f64());
        if let Some(n_again) = self.n_again.take() {
            self.toast("toast.read-again", &[&n_again.to_string(), &n_unchanged.to_string()]);
        }
        if let Some(n_redated) = self.n_redated.take().filter(|n| *n > 0) {
            self.toast("toast.redated", &[&crate::view::number::counted(n_redated, self.words())]);
        }
        let opened = std::mem::take(&mut self.opening);
        let failures = self.shell.failures.clone();
        match failures.as_slice() {
            [] if n_files == 0 && !opened.is_empty() => {
                let shown = opened.first().map(|path| path.display().to_string()).unwrap_or_default();
                self.banner("banner.nothing-found", &[&shown]);
            }
            [(path, reason)] => self.banner("banner.not-read", &[reason, path]),
            [(path, reason), ..] => {
                let count = failures.len().to_string();
                self.banner("banner.not-read-many", &[&count, reason, path]);
            }
            [] => {}
        }
        if self.desk.timeline.window.is_none() {
            self.desk.frame_collection(&self.corpus);
        }
        let n_added = std::mem::take(&mut self.n_added_events);
        let is_one = opened.len() == 1;
        for path in opened.into_iter().rev() {
            self.remember_root(&path);
            let shown = path.to_string_lossy().into_owned();
            if failures.iter().any(|(failed, _)| *failed == shown) {
                continue;
            }
            let of_path = |entry: &&Entry| Path::new(&entry.document.source.path).starts_with(&path);
            // The documents of a parsed corpus have paths of their own.
            let in_memory = || self.corpus.entries.in_memory().map(|(_, entry)| entry);
            let of_path = || in_memory().filter(of_path).map(|entry| entry.document.events.len()).sum();
            let n_events = if is_one { n_added } else { of_path() };
            let absolute = std::path::absolute(&path).unwrap_or(path);
            self.state.remember(absolute, n_events);
        }
    }

    pub(super) fn take_drops(&mut self, ctx: &Context) {
        let (hovered, dropped) = ctx.input(|input| {
            let dropped: Vec<PathBuf> = input.raw.dropped_files.iter().map(|file| file.path().to_owned()).collect();
            (input.raw.hovered_files.len(), dropped)
        });
        self.shell.n_dragged = hovered;
        if !dropped.is_empty() {
            self.open(ctx, dropped);
        }
    }
}

/// Whether `old` was read from the very file that `new` is a part of.
fn is_whole_of(old: &Entry, new: &Entry) -> bool {
    let sha256 = |entry: &Entry| entry.document.source.sha256.clone();
    !sha256(old).is_empty() && sha256(old) == sha256(new) && new.text != old.text && new.text.contains("    ")
}
