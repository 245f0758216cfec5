//! Reads documents on threads of their own; the window takes what is ready, whenever it draws.

use crate::{
    corpus::{Corpus, Entries, Entry, ReadOptions, read},
    desk::FigureSpec,
    edtf::Edtf,
    model::{DctFrom, TableChoice, Undated},
    store::{
        far, load,
        project::{FileRead, Known, One, Project, absolute, holders, is_project, is_vanished, one},
    },
    text::{self, Source},
    warn::Reporter,
};
use rayon::prelude::*;
use std::{
    collections::{BTreeMap, BTreeSet, HashMap, VecDeque},
    path::{Path, PathBuf},
    sync::{
        Arc, LazyLock, OnceLock,
        atomic::{AtomicBool, Ordering},
        mpsc::{self, Receiver, Sender},
    },
    thread,
    time::{Duration, Instant},
};

/// How many files are read before their documents are handed over; the first portion is smaller.
const PORTION: usize = 64;

/// The threads that read: not those that the window and its index wait for, so that no frame stands in line behind a
/// portion of files. `None` where there are no more threads to be had, and then they are the same.
static READERS: LazyLock<Option<rayon::ThreadPool>> = LazyLock::new(|| rayon::ThreadPoolBuilder::new().build().ok());

/// Does something on the threads that read.
fn on_readers<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    match &*READERS {
        Some(readers) => readers.install(work),
        None => work(),
    }
}

/// What to read.
#[derive(Debug)]
pub enum Job {
    /// These files and folders.
    Paths(Paths),
    /// This project.
    Project(PathBuf),
    /// This text, under this name.
    Text {
        /// Its name; empty for pasted text.
        name: String,
        /// The text itself.
        text: String,
        /// When it is taken to be written, where nothing tells.
        undated: Undated,
    },
    /// The bundled sample.
    Sample,
    /// The document with this index once more, from its file, as text in this encoding.
    Decode {
        /// Index in `Corpus::entries`.
        doc: usize,
        /// Its path: of a file, of a file in an archive, or of a record in one of both.
        path: String,
        /// Its id.
        id: String,
        /// A WHATWG name; empty leaves it to be guessed.
        encoding: String,
        /// The writing date that the user gave.
        dct: Option<Edtf>,
        /// When it is taken to be written, where nothing tells.
        undated: Undated,
        /// What the columns of tables of records are for.
        tables: Vec<TableChoice>,
    },
    /// The document with this index once more, as written at this time.
    Again {
        /// Index in `Corpus::entries`.
        doc: usize,
        /// Its text and where it came from.
        source: Source,
        /// Its id.
        id: String,
        /// The writing date.
        dct: Edtf,
    },
    /// All of these that do not tell when they were written, once more.
    Undated {
        /// The documents of the corpus.
        entries: Entries,
        /// What they are taken for from now on.
        undated: Undated,
        /// Whether documents that are not in memory are looked at, too.
        reach: Reach,
    },
}

/// Which documents are read once more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Those in memory: what lies in a parsed corpus was read elsewhere.
    InMemory,
    /// Those of a project, too.
    All,
}

/// Files and folders to be read.
#[derive(Debug, Default)]
pub struct Paths {
    /// As the user named them.
    pub paths: Vec<PathBuf>,
    /// What is read is kept here, and what is kept here and has not changed is not read.
    pub project: Option<Project>,
    /// Without a project: the content (SHA-256) of the files that need not be read again.
    pub known: HashMap<String, String>,
    /// What the columns of tables of records are for.
    pub tables: Vec<TableChoice>,
    /// When documents are taken to be written that do not tell.
    pub undated: Undated,
    /// The encodings that were chosen by hand, by the path of the text.
    pub encodings: BTreeMap<String, String>,
    /// Whether to tell which documents the project holds, in the order of its corpus.
    pub wants_names: bool,
    /// Whether these are all the paths there are, gone through again: what is no more is told.
    pub is_again: bool,
}

impl Known for HashMap<String, String> {
    fn has(&self, path: &str, sha256: &str) -> bool {
        self.get(path).is_some_and(|known| known == sha256)
    }
}

/// News from the threads.
#[derive(Debug)]
pub enum News {
    /// So many files there are.
    Found(usize),
    /// These were read, in order; so many files are done now.
    Read {
        /// The documents, each with the file it came from.
        entries: Vec<Entry>,
        /// Files done so far.
        n_done: usize,
    },
    /// So many bytes of files were read, and so many files need not be, since the last time that this was told.
    Pace {
        /// Bytes.
        n_bytes: u64,
        /// Files.
        n_unchanged: usize,
    },
    /// The ids of the documents that the project holds, in the order of its corpus, before anything is added.
    Names(Vec<String>),
    /// These documents are no more: the ids of those in the project, the paths of others.
    Gone(Vec<String>),
    /// These were read and are kept in the project; so many files are done now.
    Kept {
        /// Their ids.
        names: Vec<String>,
        /// The documents, to be fetched.
        corpus: Box<Corpus>,
        /// Files done so far.
        n_done: usize,
    },
    /// A parsed corpus whose documents stay in its file; so many files are done now.
    Opened {
        /// Its documents, indexed.
        corpus: Box<Corpus>,
        /// Files done so far.
        n_done: usize,
    },
    /// A picture of ours was among the files: its figure, whose series count within its documents.
    Figure {
        /// The choices that made it.
        view: Box<FigureSpec>,
        /// The paths of its documents, as they stand in them.
        paths: Vec<String>,
    },
    /// This one could not be read.
    Failed {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// A document that was read again.
    Again {
        /// Index in `Corpus::entries`.
        doc: usize,
        /// What it is now.
        entry: Box<Entry>,
        /// The encoding that was chosen for it; empty leaves it to be guessed.
        encoding: Option<String>,
    },
    /// The encoding that was chosen for a document is that of a whole table of them, which is to be read again.
    Table {
        /// The file on the disk.
        file: PathBuf,
        /// The table: that file, or one in it.
        path: String,
        /// The encoding; empty leaves it to be guessed.
        encoding: String,
    },
    /// Documents that were read again because they do not tell when they were written; so many were looked at.
    Redated {
        /// Index in `Corpus::entries`, and what it is now.
        entries: Vec<(usize, Entry)>,
        /// Documents looked at so far.
        n_done: usize,
    },
    /// A project was opened.
    Project {
        /// The project itself.
        project: Project,
        /// Its documents, to be fetched.
        corpus: Corpus,
    },
    /// That was all.
    Done,
}

/// A reading under way. Dropping it stops the threads, and what they still find goes nowhere: so nothing stale can
/// arrive.
#[derive(Debug)]
pub struct Reading {
    news: Receiver<News>,
    cancel: Arc<AtomicBool>,
    /// When it began.
    pub since: Instant,
    /// Files done, files in all.
    pub progress: (usize, usize),
    /// How fast it has been of late.
    pub pace: Pace,
    /// Bytes read.
    pub n_bytes: u64,
    /// Files that had not changed.
    pub n_unchanged: usize,
    /// Whether it is the bundled sample that is read.
    pub is_sample: bool,
}

impl Reading {
    /// Begins. `wake` is called whenever there is news.
    pub fn start(job: Job, wake: impl Fn() + Send + Sync + 'static) -> Self {
        let (sender, news) = mpsc::channel();
        let cancel = Arc::new(AtomicBool::new(false));
        let stop = cancel.clone();
        let is_sample = matches!(job, Job::Sample);
        thread::spawn(move || {
            let post = Post { sender, stop, wake: Box::new(wake) };
            work(job, &post);
            post.send(News::Done);
        });
        Self {
            news,
            cancel,
            since: Instant::now(),
            progress: (0, 1),
            pace: Pace::default(),
            n_bytes: 0,
            n_unchanged: 0,
            is_sample,
        }
    }

    /// What has come since the last call.
    pub fn news(&self) -> Vec<News> {
        self.news.try_iter().collect()
    }
}

/// How many files were done when: files that have not changed are passed over a thousand times faster than others are
/// read, so that only the last seconds tell how long the rest will take.
#[derive(Debug, Default)]
pub struct Pace(VecDeque<(Duration, usize)>);

/// So long back the pace is looked at.
const PACE: Duration = Duration::from_secs(10);

impl Pace {
    /// How long the rest will take: `lasted` is how long it has taken, `n_done` of `n_files` are done. `None` where
    /// nothing was done of late.
    pub fn secs_left(&mut self, lasted: Duration, (n_done, n_files): (usize, usize)) -> Option<f64> {
        if self.0.back().is_none_or(|(_, n)| *n < n_done) {
            self.0.push_back((lasted, n_done));
        }
        while self.0.len() > 2 && self.0.get(1).is_some_and(|(at, _)| *at + PACE < lasted) {
            self.0.pop_front();
        }
        let (at, n) = *self.0.front()?;
        let (secs, n) = (lasted.saturating_sub(at).as_secs_f64(), n_done.saturating_sub(n));
        (n > 0).then(|| secs / n as f64 * n_files.saturating_sub(n_done) as f64)
    }
}

/// A reading that began before there was a window.
#[derive(Debug)]
pub struct Early {
    /// The reading itself.
    pub reading: Reading,
    /// The window's context, once there is one: it is woken by news.
    pub window: Arc<OnceLock<egui::Context>>,
}

impl Early {
    /// Begins with what needs no window to be decided: the sample, or a project alone.
    pub fn start(paths: &[PathBuf]) -> Option<Self> {
        let job = match paths {
            [] => Job::Sample,
            [path] if is_project(path) => Job::Project(std::path::absolute(path).ok()?),
            _ => return None,
        };
        let window = Arc::new(OnceLock::<egui::Context>::new());
        let slot = Arc::clone(&window);
        let reading = Reading::start(job, move || slot.get().into_iter().for_each(egui::Context::request_repaint));
        Some(Self { reading, window })
    }
}

impl Drop for Reading {
    fn drop(&mut self) {
        self.cancel.store(true, Ordering::Relaxed);
    }
}

/// The threads' way out.
struct Post {
    sender: Sender<News>,
    stop: Arc<AtomicBool>,
    wake: Box<dyn Fn() + Send + Sync>,
}

impl Post {
    fn send(&self, news: News) {
        // Nobody listens any more once the reading was dropped.
        let _ = self.sender.send(news);
        (self.wake)();
    }

    fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }
}

fn work(job: Job, post: &Post) {
    match job {
        Job::Paths(paths) => read_paths(&paths, post),
        Job::Project(path) => {
            let opened = Project::open(&path).and_then(|project| Ok((project.corpus()?, project)));
            post.send(match opened {
                Ok((corpus, project)) => News::Project { project, corpus },
                Err(error) => News::Failed { path, reason: error.to_string() },
            });
        }
        Job::Text { name, text, undated } => {
            let source = Source { path: name, text, encoding: "UTF-8".to_owned(), sha256: String::new() };
            let entry = read(source, &ReadOptions { undated, ..ReadOptions::default() }, Reporter::new());
            post.send(News::Read { entries: vec![entry], n_done: 1 });
        }
        Job::Sample => post.send(News::Read { entries: crate::store::sample::entries(), n_done: 1 }),
        Job::Decode { doc, path, id, encoding, dct, tables, undated } => {
            let options = ReadOptions { dct, id: Some(id), tables, undated, ..ReadOptions::default() };
            post.send(decoded(doc, &path, encoding, &options));
        }
        Job::Again { doc, source, id, dct } => {
            let options = ReadOptions { dct: Some(dct), id: Some(id), ..ReadOptions::default() };
            let entry = read(source, &options, Reporter::new());
            post.send(News::Again { doc, entry: Box::new(entry), encoding: None });
        }
        Job::Undated { entries, undated, reach } => redate(&entries, &undated, reach, post),
    }
}

/// Reads once more what does not tell when it was written.
fn redate(entries: &Entries, undated: &Undated, reach: Reach, post: &Post) {
    post.send(News::Found(entries.len()));
    let docs: Vec<usize> = (0..entries.len()).collect();
    for portion in docs.chunks(PORTION) {
        let again: Vec<(usize, Entry)> = portion
            .par_iter()
            .filter_map(|doc| {
                let entry = entries.get(*doc).filter(|entry| reach == Reach::All || entry.is_in_memory())?;
                (!post.is_stopped()).then(|| redated(entry, undated)).flatten().map(|entry| (*doc, entry))
            })
            .collect();
        if post.is_stopped() {
            return;
        }
        let n_done = portion.last().map_or(0, |last| last + 1);
        post.send(News::Redated { entries: again, n_done });
    }
}

/// The document read once more, if it does not tell when it was written and is taken for another day now.
fn redated(entry: &Entry, undated: &Undated) -> Option<Entry> {
    let document = &entry.document;
    if !matches!(document.dct_from, DctFrom::None | DctFrom::Assumed) {
        return None;
    }
    let info = &document.source;
    let undated = match undated {
        Undated::File => load::file_day(Path::new(&info.path)).map_or(Undated::Unknown, Undated::On),
        other => other.clone(),
    };
    if undated == Undated::Unknown && document.dct_from == DctFrom::None {
        return None;
    }
    let source = Source {
        path: info.path.clone(),
        text: entry.text.clone(),
        encoding: info.encoding.clone(),
        sha256: info.sha256.clone(),
    };
    let options = ReadOptions { id: Some(document.id.clone()), undated, ..ReadOptions::default() };
    let again = read(source, &options, Reporter::new());
    (again.document.dct != document.dct || again.document.dct_from != document.dct_from).then_some(again)
}

/// Reads the file that document `doc` at `path` came from as text in this encoding.
fn decoded(doc: usize, path: &str, encoding: String, options: &ReadOptions) -> News {
    let part = match load::part(path) {
        Ok(part) => part,
        Err(failure) => return failed(failure),
    };
    let mut loaded = load::part_as(&part, text::encoding_named(&encoding), options);
    // A text may turn out to be a table, and a table to be a text.
    let is_one = part.path == path && loaded.len() == 1;
    match loaded.pop().filter(|_| is_one) {
        Some(Ok(entry)) if entry.document.source.path == path => {
            News::Again { doc, entry: Box::new(entry), encoding: Some(encoding) }
        }
        Some(Err(failure)) => failed(failure),
        _ => News::Table { file: part.file, path: part.path, encoding },
    }
}

fn failed(failure: load::Failure) -> News {
    News::Failed { path: failure.path, reason: failure.error.to_string() }
}

fn read_paths(job: &Paths, post: &Post) {
    let project = job.project.as_ref().filter(|project| !project.is_read_only());
    let paths = if job.project.is_some() { absolute(&job.paths) } else { job.paths.clone() };
    if let Some(project) = project {
        // What cannot be remembered will be told when the first documents are kept.
        let _ = project.add_roots(&paths);
    }
    if let Some(project) = job.project.as_ref().filter(|_| job.wants_names) {
        post.send(News::Names(project.names().unwrap_or_default()));
    }
    let names = |project: &Project| project.names().unwrap_or_default();
    let names_before = project.filter(|_| job.is_again).map(names);
    if let Some(project) = project.filter(|_| job.is_again)
        && let Err(error) = project.forget_vanished(&paths)
    {
        post.send(News::Failed { path: project.path().to_owned(), reason: error.to_string() });
    }
    let mut read_paths: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let (files, failures) = load::files(&paths);
    failures.into_iter().for_each(|failure| post.send(failed(failure)));
    let (far_files, files): (Vec<PathBuf>, Vec<PathBuf>) = files.into_iter().partition(|path| far::is_far(path));
    post.send(News::Found(files.len() + far_files.len()));
    let mut n_far = 0;
    for path in far_files {
        match far::open(&path, |_, _| !post.is_stopped()) {
            Ok(opened) => {
                n_far += 1;
                post.send(News::Opened { corpus: Box::new(opened), n_done: n_far });
            }
            Err(error) => post.send(News::Failed { path, reason: error.to_string() }),
        }
    }
    let (first, rest) = files.split_at(files.len().min(8));
    let (mut n_done, mut portion, mut rest) = (n_far, first, rest);
    while !portion.is_empty() {
        let Some(read) = read_portion(job, portion, post) else { return };
        n_done += portion.len();
        post.send(News::Pace { n_bytes: read.files.iter().map(|file| file.size).sum(), n_unchanged: read.n_unchanged });
        if job.is_again && project.is_none() {
            let of = |file: &FileRead| file.entries.iter().map(|entry| entry.document.source.path.clone()).collect();
            read_paths.extend(read.files.iter().map(|file| (file.path.clone(), of(file))));
        }
        hand_over(read, project, n_done, post);
        // The more there is, the longer it takes to fit in more: portions grow with what was read. What a project
        // keeps is not held in memory, so there a portion has a limit.
        let longest = if project.is_some() { 4 * PORTION } else { usize::MAX };
        (portion, rest) = rest.split_at(rest.len().min((n_done / 4).clamp(PORTION, longest)));
    }
    let gone: Vec<String> = match (project, names_before) {
        (Some(project), Some(before)) => {
            let now: BTreeSet<String> = names(project).into_iter().collect();
            before.into_iter().filter(|name| !now.contains(name)).collect()
        }
        (None, _) if job.is_again => {
            // A member of an archive that was read anew and is not in it any more, or a file that is not there.
            let is_gone = |path: &&String| match holders(path).find_map(|holder| read_paths.get(holder)) {
                Some(there) => !there.contains(*path),
                None => is_vanished(path, &paths),
            };
            job.known.keys().filter(is_gone).cloned().collect()
        }
        _ => Vec::new(),
    };
    if !gone.is_empty() {
        post.send(News::Gone(gone));
    }
}

/// What became of a portion of files.
#[derive(Default)]
struct Portion {
    files: Vec<FileRead>,
    figures: Vec<News>,
    n_unchanged: usize,
}

/// Reads some files; `None` where nobody waits for them any more.
fn read_portion(job: &Paths, paths: &[PathBuf], post: &Post) -> Option<Portion> {
    let known: &dyn Known = match &job.project {
        Some(project) => project,
        None => &job.known,
    };
    let (tables, undated, encodings) = (job.tables.clone(), job.undated.clone(), job.encodings.clone());
    let options = ReadOptions { tables, undated, encodings, ..ReadOptions::default() };
    let results: Vec<Option<One>> =
        on_readers(|| paths.par_iter().map(|path| (!post.is_stopped()).then(|| one(known, path, &options))).collect());
    let mut read = Portion::default();
    for (path, one) in paths.iter().zip(results) {
        match one? {
            One::Unchanged => read.n_unchanged += 1,
            One::Gone(failure) => post.send(failed(failure)),
            One::Read(file, failures) => {
                if let Some(view) = load::view(path) {
                    let paths = file.entries.iter().map(|entry| entry.document.source.path.clone()).collect();
                    read.figures.push(News::Figure { view: Box::new(view), paths });
                }
                failures.into_iter().for_each(|failure| post.send(failed(failure)));
                read.files.push(file);
            }
        }
    }
    Some(read)
}

/// Keeps what was read, where there is a project, and hands it to the window.
fn hand_over(read: Portion, project: Option<&Project>, n_done: usize, post: &Post) {
    let Portion { files, figures, .. } = read;
    // The series of a figure are told by their documents' paths, so those stay in memory.
    let kept = match project {
        Some(project) => match on_readers(|| project.keep(&files)) {
            Ok(kept) if figures.is_empty() => Some((project, kept)),
            Ok(_) => None,
            Err(error) => {
                post.send(News::Failed { path: project.path().to_owned(), reason: error.to_string() });
                None
            }
        },
        None => None,
    };
    if post.is_stopped() {
        return;
    }
    post.send(match kept {
        Some((project, kept)) => {
            let names = kept.iter().map(|kept| kept.name.clone()).collect();
            News::Kept { names, corpus: Box::new(project.fetched(kept)), n_done }
        }
        None => News::Read { entries: files.into_iter().flat_map(|file| file.entries).collect(), n_done },
    });
    figures.into_iter().for_each(|figure| post.send(figure));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_left_is_told_by_the_last_seconds() {
        let mut pace = Pace::default();
        let mut told = |secs: u64, n_done: usize| pace.secs_left(Duration::from_secs(secs), (n_done, 11_000));
        assert_eq!(told(0, 0), None);
        // Ten thousand that have not changed, then ten a second.
        assert_eq!(told(1, 10_000), Some(0.1));
        for secs in 2..14 {
            told(secs, 10_000 + (secs as usize - 1) * 10);
        }
        assert_eq!(told(14, 10_130), Some(87.0));
        // Where nothing comes any more, the rest takes longer and longer.
        assert!(told(30, 10_130).is_some_and(|secs| secs > 87.0));
    }
}
