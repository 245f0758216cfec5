//! The project that is open: made, kept, taken up; and parsed corpora that are written.

use super::{
    super::{dialogs::Ask, export, session::Session},
    Program,
};
use crate::{
    corpus::{Corpus, edits::Hidden},
    desk::SourceDesk,
    store::{atomic, json::CorpusFile, project::Project},
};
use egui::Context;
use std::path::{Path, PathBuf};

impl Program {
    /// A project that is open keeps itself; else it is asked where a new one shall stand.
    pub(super) fn ask_for_project(&mut self, ctx: &Context) {
        if self.session.is_some() {
            self.keep_desk(ctx, true);
            let shown = self.session.as_ref().map(|session| session.project().path().display().to_string());
            self.toast("toast.saved", &[&shown.unwrap_or_default()]);
        } else if self.corpus.entries.is_empty() {
            self.toast("toast.nothing-to-copy", &[]);
        } else {
            let name = crate::view::names::corpus_name(&self.corpus, self.desk.source.doc, self.words());
            self.ask(ctx, Ask::SaveProject, format!("{}.nianbiao", export::without_separators(&name)));
        }
    }

    /// Makes a project of all that is open; from now on it keeps itself.
    pub fn save_project(&mut self, mut path: PathBuf) {
        if path.extension().is_none() {
            path.set_extension("nianbiao");
        }
        let made = Session::create(&path, &self.corpus).and_then(|mut session| {
            session.project().add_roots(&self.roots)?;
            session.keep_desk(&self.desk, true)?;
            Ok(session)
        });
        match made {
            Ok(session) => {
                self.session = Some(session);
                let n_events = self.corpus.index().total().events;
                self.state.remember(std::path::absolute(&path).unwrap_or_else(|_| path.clone()), n_events);
                self.told(&path, Ok(()));
            }
            Err(error) => self.told(&path, Err(error.to_string())),
        }
    }

    /// Keeps in the open project how the desk stands.
    pub(super) fn keep_desk(&mut self, ctx: &Context, is_last: bool) {
        let Some(session) = &mut self.session else { return };
        match session.keep_desk(&self.desk, is_last) {
            Ok(Some(again)) if !is_last => ctx.request_repaint_after(again),
            Ok(_) => {}
            Err(error) => {
                let path = session.project().path().to_owned();
                self.session = None;
                self.told(&path, Err(error.to_string()));
            }
        }
    }

    /// A project takes the place of all that was open.
    pub(super) fn take_project(&mut self, project: Project, corpus: Corpus) {
        let (reading, opening) = (self.reading.take(), std::mem::take(&mut self.opening));
        self.close_all();
        (self.reading, self.opening) = (reading, opening);
        self.n_added_events = corpus.index().total().events;
        self.corpus = corpus;
        self.corpus.set_all_changes(project.changes().unwrap_or_default());
        self.roots = project.roots().unwrap_or_default();
        let is_read_only = project.is_read_only();
        let mut session = Session::new(project);
        if !session.restore(&mut self.desk) {
            self.desk.source.article = SourceDesk::opening(&self.corpus, 0);
        }
        self.session = Some(session);
        if is_read_only {
            self.banner("banner.project-read-only", &[]);
        }
        self.shell.generation += 1;
    }

    pub(super) fn save_corpus(&mut self, path: &Path) {
        // What is hidden is in no file, whether it is shown or not.
        let mut corpus = std::borrow::Cow::Borrowed(&self.corpus);
        if self.desk.shows_hidden {
            corpus.to_mut().show_hidden(Hidden::LeftOut);
        }
        let written = serde_json::to_vec(&CorpusFile::new(&corpus.entries))
            .map_err(|error| error.to_string())
            .and_then(|bytes| atomic::write(path, &bytes).map_err(|error| error.to_string()));
        self.told(path, written);
    }

    /// Says how writing went.
    pub(super) fn told(&mut self, path: &Path, written: Result<(), String>) {
        let shown = path.display().to_string();
        match written {
            Ok(()) => self.toast("toast.saved", &[&shown]),
            Err(reason) => self.banner("banner.not-written", &[&reason, &shown]),
        }
    }
}
