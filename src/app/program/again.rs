//! What is read once more: files and folders that were opened, and texts whose encoding was guessed wrong.

use super::super::reader::{Job, Paths, Reach};
use super::Program;
use crate::{
    corpus::{Corpus, Entry},
    desk::{History, Mark, SourceDesk},
    model::{DctFrom, TableChoice, Undated},
    store::{load, project},
};
use egui::Context;
use std::{
    collections::{BTreeSet, HashMap, HashSet},
    path::{Path, PathBuf},
};

impl Program {
    /// Reads these paths into the project, where one is open.
    pub(super) fn job_of(&self, paths: Vec<PathBuf>, known: HashMap<String, String>) -> Job {
        let project = self.session.as_ref().map(|session| session.project().clone());
        let wants_names = self.fetched.is_none() && project.is_some();
        // A project that cannot be asked will say so when it is written.
        let chosen = project.as_ref().and_then(|project| project.encodings().ok()).unwrap_or_default();
        let encodings = chosen.into_iter().chain(self.encodings.clone()).collect();
        let (tables, undated) = (self.desk.tables.clone(), self.desk.undated.clone());
        Job::Paths(Paths { paths, project, known, wants_names, tables, encodings, undated, is_again: false })
    }

    /// A file or folder that was opened, so that it can be gone through again.
    pub(super) fn remember_root(&mut self, path: &Path) {
        let path = path.to_owned();
        if !project::is_project(&path) && !self.roots.contains(&path) {
            self.roots.push(path);
        }
    }

    /// Goes through all that was opened, and reads what is new or has changed.
    pub(super) fn read_roots_again(&mut self, ctx: &Context) {
        if self.roots.is_empty() {
            return self.toast("toast.nothing-to-read-again", &[]);
        }
        let source = |entry: &Entry| (entry.document.source.path.clone(), entry.document.source.sha256.clone());
        let known = self.corpus.entries.in_memory().map(|(_, entry)| source(entry)).collect();
        let mut job = self.job_of(self.roots.clone(), known);
        if let Job::Paths(paths) = &mut job {
            paths.is_again = true;
        }
        self.start(ctx, job);
        self.n_again = Some(0);
    }

    /// Reads the document on the desk again, in another encoding; without a name in the one that is guessed.
    pub(super) fn decode_again(&mut self, ctx: &Context, encoding: String) {
        let doc = self.desk.source.doc;
        let Some(entry) = self.corpus.entries.get(doc) else { return };
        let document = &entry.document;
        let path = document.source.path.clone();
        let dct = document.dct.clone().filter(|_| document.dct_from == DctFrom::Given);
        let id = document.id.clone();
        self.start(
            ctx,
            Job::Decode {
                doc,
                path,
                id,
                encoding,
                dct,
                tables: self.desk.tables.clone(),
                undated: self.desk.undated.clone(),
            },
        );
    }

    /// The text at `path` is in this encoding from now on; an empty name leaves it to be guessed.
    pub(super) fn keep_encoding(&mut self, path: &str, encoding: &str) {
        if encoding.is_empty() {
            self.encodings.remove(path);
        } else {
            self.encodings.insert(path.to_owned(), encoding.to_owned());
        }
        if let Some(session) = self.session.as_ref().filter(|session| !session.project().is_read_only())
            && let Err(error) = session.project().choose_encoding(path, (!encoding.is_empty()).then_some(encoding))
        {
            let path = session.project().path().to_owned();
            self.told(&path, Err(error.to_string()));
        }
    }

    /// Takes documents that do not tell when they were written for what `undated` says, from now on; those that are
    /// open are read again, behind what is being read.
    pub(super) fn set_undated(&mut self, ctx: &Context, undated: Undated) {
        if self.desk.undated != undated {
            self.desk.undated = undated;
            self.wants_redating = true;
            self.redate(ctx);
        }
    }

    /// Begins to read them again, where that was asked for and nothing else is being read.
    pub(super) fn redate(&mut self, ctx: &Context) {
        if !self.wants_redating || self.reading.is_some() {
            return;
        }
        self.wants_redating = false;
        let is_kept = self.session.as_ref().is_some_and(|session| !session.project().is_read_only());
        let reach = if is_kept { Reach::All } else { Reach::InMemory };
        let (entries, undated) = (self.corpus.entries.clone(), self.desk.undated.clone());
        self.start(ctx, Job::Undated { entries, undated, reach });
        self.n_redated = Some(0);
    }

    /// Documents that are taken for written on another day now.
    pub(super) fn take_redated(&mut self, entries: Vec<(usize, Entry)>) {
        if entries.is_empty() {
            return;
        }
        for (_, entry) in &entries {
            self.keep_again(entry);
        }
        self.n_redated = self.n_redated.map(|n| n + entries.len());
        // Marks count what was found in a document, and that may be something else now.
        let docs: BTreeSet<usize> = entries.iter().map(|(doc, _)| *doc).collect();
        let desk = &mut self.desk;
        let stays = |mark: &Mark| !docs.contains(&mark.doc());
        desk.selection = desk.selection.filter(stays);
        desk.hover = desk.hover.filter(stays);
        desk.picked.retain(stays);
        desk.back.retain(stays);
        desk.forward.retain(stays);
        self.corpus.replace_all(entries);
        self.shell.generation += 1;
    }

    /// Takes the columns of tables as `choice` says, and reads the table on the desk again.
    pub(super) fn set_columns(&mut self, ctx: &Context, choice: TableChoice) {
        self.desk.tables.retain(|known| known.headers != choice.headers);
        if !choice.uses.is_empty() {
            self.desk.tables.insert(0, choice);
        }
        let path_of = |entry: &Entry| entry.document.source.path.clone();
        let file = self.corpus.entries.get(self.desk.source.doc).and_then(|entry| load::table_file(&path_of(entry)));
        match file {
            Some(file) => self.read_file_again(ctx, file),
            None => self.toast("toast.nothing-to-read-again", &[]),
        }
    }

    /// Reads a file with many documents once more, which may all have other names then: those that were read from it
    /// leave the window. Afterwards the document on the desk is shown again, where there still is one of its name.
    pub(super) fn read_file_again(&mut self, ctx: &Context, file: PathBuf) {
        let shown = self.corpus.entries.get(self.desk.source.doc).map(|entry| entry.document.id.clone());
        if let Some(session) = self.session.as_ref().filter(|session| !session.project().is_read_only()) {
            // Its records may have other names now: the project forgets them, is opened anew and reads the table.
            let project = session.project().path().to_owned();
            if let Err(error) = session.project().forget(&file.to_string_lossy()) {
                return self.told(&project, Err(error.to_string()));
            }
            self.open(ctx, vec![project]);
            self.then_open = vec![file];
            self.then_show = shown;
            return;
        }
        let whole = file.to_string_lossy().into_owned();
        let is_of_file = |path: &str| {
            path.strip_prefix(&whole).is_some_and(|rest| rest.is_empty() || rest.starts_with(['#', '/', '\\']))
        };
        let (mut entries, mut changes) = (Vec::new(), Vec::new());
        for (doc, entry) in self.corpus.entries.iter().enumerate() {
            if !entry.is_in_memory() || !is_of_file(&entry.document.source.path) {
                entries.push(entry.clone());
                changes.push(self.corpus.edits().changes(doc).to_vec());
            }
        }
        self.corpus.clear();
        self.corpus.add(entries);
        self.corpus.set_all_changes(changes.into_iter().enumerate());
        self.history = History::default();
        self.desk.source.doc = 0;
        self.desk.selection = None;
        self.desk.hover = None;
        self.desk.chart.series = None;
        self.desk.chart.beside.clear();
        self.shell.generation += 1;
        self.open(ctx, vec![file]);
        self.then_show = shown;
    }

    /// Shows the document that was on the desk before its file was read again.
    pub(super) fn show_again(&mut self) {
        let Some(id) = self.then_show.take() else { return };
        let fetched = self.fetched.as_ref().and_then(|fetched| fetched.get(&id).copied());
        let of_id = || self.corpus.entries.in_memory().find(|(_, entry)| entry.document.id == id).map(|(doc, _)| doc);
        let Some(doc) = fetched.or_else(of_id) else { return };
        self.desk.source.doc = doc;
        self.desk.source.article = SourceDesk::opening(&self.corpus, doc);
        self.desk.selection = None;
    }

    /// A document was read once more: the project keeps it so.
    pub(super) fn keep_again(&mut self, entry: &Entry) {
        let Some(session) = self.session.as_ref().filter(|session| !session.project().is_read_only()) else { return };
        if let Err(error) = session.project().keep_again(entry) {
            let path = session.project().path().to_owned();
            self.told(&path, Err(error.to_string()));
        }
    }

    /// Which documents of the corpus are fetched from the project.
    pub(super) fn take_names(&mut self, names: Vec<String>) {
        let is_fetched = |doc: &usize| self.corpus.entries.get(*doc).is_some_and(|entry| !entry.is_in_memory());
        let names = names.into_iter().enumerate().filter(|(doc, _)| is_fetched(doc));
        self.fetched = Some(names.map(|(doc, name)| (name, doc)).collect());
    }

    /// Documents that are no more leave the window; what was corrected in them stays where it is kept.
    pub(super) fn take_gone(&mut self, gone: &[String]) {
        let gone: HashSet<&str> = gone.iter().map(String::as_str).collect();
        let mut docs: BTreeSet<usize> = (self.corpus.entries.in_memory())
            .filter(|(_, entry)| {
                let of_project = self.session.is_some();
                let known_as = if of_project { &entry.document.id } else { &entry.document.source.path };
                gone.contains(known_as.as_str())
            })
            .map(|(doc, _)| doc)
            .collect();
        let fetched = self.fetched.iter().flatten();
        docs.extend(fetched.filter(|(name, _)| gone.contains(name.as_str())).map(|(_, doc)| *doc));
        if docs.is_empty() {
            return;
        }
        let moved = self.corpus.remove(&docs);
        if let Some(fetched) = &mut self.fetched {
            fetched.retain(|_, doc| moved.get(doc).map(|now| *doc = *now).is_some());
        }
        // Steps that could be undone name documents by index.
        self.history = History::default();
        let desk = &mut self.desk;
        let (doc, article) = (desk.source.doc, desk.source.article);
        (desk.source.doc, desk.source.article) = moved.get(&doc).map_or((0, 0), |now| (*now, article));
        (desk.selection, desk.hover, desk.chart.series) = (None, None, None);
        desk.chart.beside.clear();
        desk.facets.documents.clear();
        self.shell.generation += 1;
        self.toast("toast.gone", &[&docs.len().to_string()]);
    }

    /// Documents that were read and kept: one that is there already takes the place of the old one.
    pub(super) fn take_kept(&mut self, names: Vec<String>, kept: Corpus) {
        if names.is_empty() {
            return;
        }
        self.sample_gives_way();
        self.n_added_events += kept.index().total().events;
        self.n_again = self.n_again.map(|n| n + names.len());
        let in_memory: HashMap<String, usize> =
            (self.corpus.entries.in_memory()).map(|(doc, entry)| (entry.document.id.clone(), doc)).collect();
        let fetched = self.fetched.get_or_insert_default();
        let is_known = |name: &String| fetched.contains_key(name) || in_memory.contains_key(name);
        if self.corpus.is_large() && !names.iter().any(is_known) {
            return self.kept.push((names, kept));
        }
        let n_before = self.corpus.entries.len();
        let (mut replaced, mut new) = (Vec::new(), Vec::new());
        for (name, entry) in names.into_iter().zip(&kept.entries) {
            let doc = match fetched.get(&name).or_else(|| in_memory.get(&name)) {
                Some(&doc) => {
                    replaced.push((doc, entry.clone()));
                    doc
                }
                None => {
                    new.push(entry.clone());
                    n_before + new.len() - 1
                }
            };
            fetched.insert(name, doc);
        }
        let first = replaced.first().map(|(doc, _)| *doc).unwrap_or(n_before);
        if replaced.is_empty() {
            self.corpus.join(kept);
        } else {
            self.corpus.replace_all(replaced);
            self.corpus.add(new);
        }
        if self.n_again.is_none() && self.reading.as_ref().is_some_and(|reading| reading.progress.0 <= 8) {
            self.desk.source.doc = first;
            self.desk.source.article = 0;
            self.desk.selection = None;
        }
        self.shell.generation += 1;
    }
}
