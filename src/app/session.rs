//! The project behind the window: what is read is kept by the threads that read it, how the window stands from here.

use crate::{
    corpus::{Body, Corpus, Entry},
    desk::Desk,
    store::project::{FileRead, Project, ProjectError},
};
use std::{
    collections::BTreeMap,
    path::Path,
    time::{Duration, Instant},
};

/// How often the desk is kept at most.
const KEEP_EVERY: Duration = Duration::from_secs(2);

/// An open project.
#[derive(Debug)]
pub struct Session {
    project: Project,
    kept_desk: String,
    last_keep: Instant,
}

impl Session {
    /// Of a project that is open.
    pub fn new(project: Project) -> Self {
        Self { project, kept_desk: String::new(), last_keep: Instant::now() }
    }

    /// A new project of all documents in memory, at `path`.
    ///
    /// # Errors
    /// See [`ProjectError`].
    pub fn create(path: &Path, corpus: &Corpus) -> Result<Self, ProjectError> {
        let project = Project::open(path)?;
        let mut files: BTreeMap<&str, FileRead> = BTreeMap::new();
        for (doc, entry) in corpus.entries.iter().enumerate() {
            let source = &entry.document.source;
            // What was pasted has no path, but an id.
            let path = if source.path.is_empty() { &entry.document.id } else { &source.path };
            let new = || FileRead {
                path: path.clone(),
                sha256: source.sha256.clone(),
                size: entry.text.len() as u64,
                ..FileRead::default()
            };
            // What was read and what was corrected are kept apart, as in memory.
            let entry = match corpus.edits().read(doc) {
                Some(read) => Body { document: read.clone(), ..Body::clone(entry) }.into(),
                None => Entry::clone(entry),
            };
            files.entry(path).or_insert_with(new).entries.push(entry);
        }
        let files: Vec<FileRead> = files.into_values().collect();
        project.keep(&files)?;
        for doc in corpus.edits().docs() {
            let Some(entry) = corpus.entries.get(doc) else { continue };
            project.keep_changes(&entry.document.id, corpus.edits().changes(doc))?;
        }
        Ok(Self::new(project))
    }

    /// The project itself.
    pub const fn project(&self) -> &Project {
        &self.project
    }

    /// Brings `desk` to stand as it was kept: what is shown, not how large or in which language. Whether anything was kept.
    pub fn restore(&mut self, desk: &mut Desk) -> bool {
        let kept = self.project.desk().ok().flatten();
        let Some(kept) = kept.and_then(|state| serde_json::from_str::<Desk>(&state).ok()) else { return false };
        let Desk { timeline, chart, source, places, tables, undated, .. } = kept;
        (desk.timeline, desk.chart, desk.source, desk.places) = (timeline, chart, source, places);
        // Its documents were read so; whoever opens it next shall find them so.
        desk.undated = undated;
        // What was chosen for tables elsewhere holds here, too, where this project says nothing else.
        let known: Vec<_> =
            desk.tables.drain(..).filter(|choice| tables.iter().all(|own| own.headers != choice.headers)).collect();
        desk.tables = tables.into_iter().chain(known).collect();
        self.kept_desk = serde_json::to_string(&*desk).unwrap_or_default();
        true
    }

    /// Keeps how the desk stands, if it has changed and it is time; `is_last` keeps it anyway. The answer is when to
    /// ask again.
    ///
    /// # Errors
    /// See [`ProjectError`].
    pub fn keep_desk(&mut self, desk: &Desk, is_last: bool) -> Result<Option<Duration>, ProjectError> {
        if self.project.is_read_only() || (!is_last && self.last_keep.elapsed() < KEEP_EVERY) {
            return Ok(None);
        }
        self.last_keep = Instant::now();
        let state = serde_json::to_string(desk).map_err(std::io::Error::from)?;
        if state != self.kept_desk {
            self.project.keep_desk(&state)?;
            self.kept_desk = state;
        }
        Ok(Some(KEEP_EVERY))
    }
}
