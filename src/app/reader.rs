//! Reads documents on threads of their own; the window takes what is ready, whenever it draws.

use crate::{
    corpus::{Corpus, Entry, ReadOptions, read},
    desk::FigureSpec,
    edtf::Edtf,
    store::{
        far, load,
        project::{One, Project, one},
    },
    text::Source,
    warn::Reporter,
};
use rayon::prelude::*;
use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::{self, Receiver, Sender},
    },
    thread,
    time::Instant,
};

/// How many files are read before their documents are handed over; the first portion is smaller.
const PORTION: usize = 64;

/// What to read.
#[derive(Debug)]
pub enum Job {
    /// These files and folders; what is read is kept in the project, where one is open.
    Paths(Vec<PathBuf>, Option<Project>),
    /// This project.
    Project(PathBuf),
    /// This text, under this name.
    Text {
        /// Its name; empty for pasted text.
        name: String,
        /// The text itself.
        text: String,
    },
    /// The bundled sample.
    Sample,
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
        Self { news, cancel, since: Instant::now(), progress: (0, 1), is_sample }
    }

    /// What has come since the last call.
    pub fn news(&self) -> Vec<News> {
        self.news.try_iter().collect()
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
        Job::Paths(paths, project) => read_paths(&paths, project.as_ref(), post),
        Job::Project(path) => {
            let opened = Project::open(&path).and_then(|project| Ok((project.corpus()?, project)));
            post.send(match opened {
                Ok((corpus, project)) => News::Project { project, corpus },
                Err(error) => News::Failed { path, reason: error.to_string() },
            });
        }
        Job::Text { name, text } => {
            let source = Source { path: name, text, encoding: "UTF-8".to_owned(), sha256: String::new() };
            let entry = read(source, &ReadOptions::default(), Reporter::new());
            post.send(News::Read { entries: vec![entry], n_done: 1 });
        }
        Job::Sample => post.send(News::Read { entries: crate::store::sample::entries(), n_done: 1 }),
        Job::Again { doc, source, id, dct } => {
            let options = ReadOptions { dct: Some(dct), id: Some(id) };
            let entry = read(source, &options, Reporter::new());
            post.send(News::Again { doc, entry: Box::new(entry) });
        }
    }
}

fn read_paths(paths: &[PathBuf], project: Option<&Project>, post: &Post) {
    let (files, failures) = load::files(paths);
    for failure in failures {
        post.send(News::Failed { path: failure.path, reason: failure.error.to_string() });
    }
    let (far_files, files): (Vec<PathBuf>, Vec<PathBuf>) = files.into_iter().partition(|path| far::is_far(path));
    post.send(News::Found(files.len() + far_files.len()));
    let mut n_far = 0;
    for path in far_files {
        match far::open(&path, |_, _| !post.is_stopped()) {
            Ok(opened) => {
                n_far += 1;
                post.send(News::Opened { corpus: Box::new(opened.into_corpus()), n_done: n_far });
            }
            Err(error) => post.send(News::Failed { path, reason: error.to_string() }),
        }
    }
    let options = ReadOptions::default();
    let (first, rest) = files.split_at(files.len().min(8));
    let (mut n_done, mut portion, mut rest) = (n_far, first, rest);
    while !portion.is_empty() {
        let results: Vec<_> =
            portion.par_iter().map(|path| (!post.is_stopped()).then(|| one(project, path, &options))).collect();
        let mut entries = Vec::new();
        let failed = |failure: load::Failure| News::Failed { path: failure.path, reason: failure.error.to_string() };
        let (mut files, mut figures) = (Vec::new(), Vec::new());
        for (path, one) in portion.iter().zip(results).filter_map(|(path, one)| Some((path, one?))) {
            n_done += 1;
            match one {
                One::Unchanged => {}
                One::Gone(failure) => post.send(failed(failure)),
                One::Read(file, failures) => {
                    if let Some(view) = load::view(path) {
                        let paths = file.entries.iter().map(|entry| entry.document.source.path.clone()).collect();
                        figures.push(News::Figure { view: Box::new(view), paths });
                    }
                    failures.into_iter().for_each(|failure| post.send(failed(failure)));
                    files.push(file);
                }
            }
        }
        if let Some(project) = project.filter(|project| !project.is_read_only())
            && let Err(error) = project.keep(&files)
        {
            post.send(News::Failed { path: project.path().to_owned(), reason: error.to_string() });
        }
        entries.extend(files.into_iter().flat_map(|file| file.entries));
        if post.is_stopped() {
            return;
        }
        post.send(News::Read { entries, n_done });
        figures.into_iter().for_each(|figure| post.send(figure));
        // The more there is, the longer it takes to fit in more: portions grow with what was read.
        (portion, rest) = rest.split_at(rest.len().min(PORTION.max(n_done / 4)));
    }
}
