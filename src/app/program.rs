//! The program behind the window: takes commands, talks to the outer world, and keeps the desk.

mod again;

use super::{
    batch::BatchOutcome,
    dialogs::{Answer, Ask, Dialog},
    export,
    figure_worker::{FigureJob, FigureNews, FigureWorker, target},
    keyboard,
    pages::Pages,
    preview::Preview,
    reader::{Early, Job, News, Reading},
    session::Session,
    tables::Tables,
};
use crate::{
    corpus::{Corpus, Entry, Joined, Reindexed, edits::Hidden},
    desk::{
        Command, Desk, Facets, FigureBatch, FigureKind, FigureSpec, History, Locale, Overlay, SeriesChoice, SourceDesk,
    },
    store::{
        atomic,
        edits::EditStore,
        json::CorpusFile,
        project::{self, Project},
        state::{self, State},
    },
    text::Source,
    ui::{self, Cx, Shell, Theme, Toast},
    view::{correction_words::done_words, stats},
};
use egui::{Context, ViewportCommand};
use std::{
    collections::{BTreeMap, HashMap},
    path::{Path, PathBuf},
    sync::{
        Arc,
        mpsc::{self, Receiver, TryRecvError},
    },
    thread,
    time::{Duration, Instant, SystemTime},
};

/// How long a toast stays.
const TOAST: Duration = Duration::from_secs(4);
/// How long one stays that offers something.
const TOAST_WITH_ACTION: Duration = Duration::from_secs(8);
/// How long a reading may last before its progress is shown.
const PATIENCE: Duration = Duration::from_millis(300);
/// How long a reading lasts before it is said how long it will take.
const ESTIMATE_AFTER: Duration = Duration::from_secs(3);
/// How long anything may move by itself.
const ANIMATION_SECS: f32 = 0.09;
/// Documents that were read come to a large corpus when they are this part of it: an eighth.
const PORTIONS_OF_ALL: usize = 8;
/// How often settings are written at most.
const SAVE_EVERY: Duration = Duration::from_secs(2);

/// How the program begins.
#[derive(Debug, Default)]
pub struct Options {
    /// Files and folders to open; the sample where there are none.
    pub paths: Vec<PathBuf>,
    /// Where settings are kept; `None` keeps none.
    pub state_path: Option<PathBuf>,
    /// What was remembered.
    pub state: State,
    /// Said in a banner at the start.
    pub banner: Option<String>,
    /// The reading of `paths`, where it has begun already.
    pub early: Option<Early>,
}

/// An index that was made beside the window.
enum IndexMade {
    /// After corrections.
    Anew(Reindexed),
    /// With so many portions of documents behind the others.
    Joined(usize, Joined),
}

/// All that lives as long as the window.
pub struct Program {
    corpus: Corpus,
    desk: Desk,
    history: History,
    shell: Shell,
    toasts: Vec<(Instant, Toast)>,
    /// Where corrections are kept; `None` keeps none.
    edits: Option<EditStore>,
    reading: Option<Reading>,
    /// Paths that the reading under way was started with, to be remembered when it is done.
    opening: Vec<PathBuf>,
    /// Files and folders that were opened, to be gone through again.
    roots: Vec<PathBuf>,
    /// The documents that are fetched from the project, by their ids; `None` as long as nobody has asked.
    fetched: Option<HashMap<String, usize>>,
    /// Documents that the reading under way has brought or changed; counted where files are gone through again.
    n_again: Option<usize>,
    /// Documents that the reading under way took for written on another day; counted where it is about that.
    n_redated: Option<usize>,
    /// Whether undated documents are to be read again as soon as nothing else is being read.
    wants_redating: bool,
    /// Paths that a dialog has named and nobody reads yet.
    to_open: Vec<PathBuf>,
    /// Paths to be opened when the project that is being opened is there.
    then_open: Vec<PathBuf>,
    /// The id of the document that is shown once that was read.
    then_show: Option<String>,
    /// A file that is read once more when what is being read now is done.
    to_reread: Option<PathBuf>,
    /// The encodings that were chosen by hand in this session.
    encodings: BTreeMap<String, String>,
    /// Events that the reading under way has brought.
    n_added_events: usize,
    dialog: Option<Dialog>,
    /// The project that is open.
    session: Option<Session>,
    state: State,
    saved: State,
    state_path: Option<PathBuf>,
    last_save: Instant,
    looks: Option<(bool, bool, bool, u32)>,
    is_sample: bool,
    preview: Preview,
    pages: Pages,
    tables: Tables,
    /// The corpus whose series a thread is putting together.
    joining: Option<thread::JoinHandle<()>>,
    /// The index that is being made.
    indexing: Option<Receiver<IndexMade>>,
    /// Documents that were kept and shall come behind the others once their indices are joined, each with its names.
    kept: Vec<(Vec<String>, Corpus)>,
    /// A figure, or many, on the way to a file or to the clipboard.
    figures: Option<FigureWorker>,
}

impl Program {
    /// Begins to read what `options` name.
    pub fn new(ctx: &Context, options: Options) -> Self {
        let Options { paths, state_path, state, banner, early } = options;
        ctx.options_mut(|options| options.zoom_with_keyboard = false);
        // Fonts must be there before the first frame; the theme is put right in it.
        ui::prepare(ctx, Theme::light());
        let mut program = Self {
            corpus: Corpus::default(),
            desk: state.desk(),
            history: History::default(),
            shell: Shell { banner, shows_hints: true, ..Shell::default() },
            toasts: Vec::new(),
            edits: state_path.as_deref().map(EditStore::beside),
            reading: None,
            opening: Vec::new(),
            roots: Vec::new(),
            fetched: None,
            n_again: None,
            n_redated: None,
            wants_redating: false,
            to_open: Vec::new(),
            then_open: Vec::new(),
            then_show: None,
            to_reread: None,
            encodings: BTreeMap::new(),
            n_added_events: 0,
            dialog: None,
            session: None,
            saved: state.clone(),
            state,
            state_path,
            last_save: Instant::now(),
            looks: None,
            is_sample: false,
            preview: Preview::default(),
            pages: Pages::default(),
            tables: Tables::default(),
            joining: None,
            indexing: None,
            kept: Vec::new(),
            figures: None,
        };
        if let Some(Early { reading, window }) = early {
            // What came before the window was there is taken in its first frame.
            let _ = window.set(ctx.clone());
            program.reading = Some(reading);
            program.opening = project::absolute(&paths);
        } else if paths.is_empty() {
            program.start(ctx, Job::Sample);
        } else {
            program.open(ctx, paths);
        }
        program
    }

    /// Has the series of a large corpus put together while the window goes on. Those of before are shown as long as
    /// documents are still coming.
    fn join_series(&mut self, ctx: &Context) {
        let index = self.corpus.index();
        let is_under_way = self.joining.as_ref().is_some_and(|thread| !thread.is_finished());
        let is_early = (self.reading.is_some() || self.is_indexing()) && !index.groups().is_empty();
        if index.has_groups() || is_under_way || is_early {
            return;
        }
        let (index, ctx) = (Arc::clone(index), ctx.clone());
        self.joining = Some(thread::spawn(move || {
            index.put_series_together();
            ctx.request_repaint();
        }));
    }

    const fn is_indexing(&self) -> bool {
        self.indexing.is_some() || !self.kept.is_empty()
    }

    /// Has the index of a large corpus made while the window goes on. What was corrected is shown at once, and takes its
    /// new place on the axis when the index is there; what was read comes when it is indexed, the more of it at a time
    /// the more there is.
    fn keep_index(&mut self, ctx: &Context) {
        if let Some(made) = &self.indexing {
            match made.try_recv() {
                Ok(made) => self.take_index(made),
                Err(TryRecvError::Empty) => return,
                // It ends without an answer by a fault alone, and is begun again.
                Err(TryRecvError::Disconnected) => {}
            }
            self.indexing = None;
        }
        let n_kept: usize = self.kept.iter().map(|(names, _)| names.len()).sum();
        let is_worth_it = self.reading.is_none() || n_kept * PORTIONS_OF_ALL >= self.corpus.entries.len();
        let work: Box<dyn FnOnce() -> IndexMade + Send> = if n_kept > 0 && is_worth_it {
            let joining = self.corpus.to_join(self.kept.iter().map(|(_, kept)| kept.clone()).collect());
            let n_portions = self.kept.len();
            Box::new(move || IndexMade::Joined(n_portions, joining.run()))
        } else if let Some(work) = self.corpus.to_reindex() {
            Box::new(move || IndexMade::Anew(work.run()))
        } else {
            return;
        };
        let (tell, made) = mpsc::channel();
        let ctx = ctx.clone();
        thread::spawn(move || {
            // Nobody waits for it any more once another corpus was opened.
            let _ = tell.send(work());
            ctx.request_repaint();
        });
        self.indexing = Some(made);
    }

    fn take_index(&mut self, made: IndexMade) {
        let before = match made {
            IndexMade::Anew(made) => Some(self.corpus.take_reindexed(made)),
            IndexMade::Joined(n_portions, joined) => {
                let first = self.corpus.entries.len();
                // Where documents have changed meanwhile, they are joined once more.
                let before = self.corpus.take_joined(joined).ok();
                if before.is_some() {
                    let names = self.kept.drain(..n_portions.min(self.kept.len())).flat_map(|(names, _)| names);
                    let fetched = self.fetched.get_or_insert_default();
                    fetched.extend(names.enumerate().map(|(at, name)| (name, first + at)));
                }
                before
            }
        };
        thread::spawn(move || drop(before));
        self.shell.generation += 1;
    }

    /// The documents.
    pub const fn corpus(&self) -> &Corpus {
        &self.corpus
    }

    /// What is shown and how.
    pub const fn desk(&self) -> &Desk {
        &self.desk
    }

    /// What the outer world has to say.
    pub const fn shell(&self) -> &Shell {
        &self.shell
    }

    /// Whether documents are being read, series put together, figures drawn, or a dialog is open.
    pub fn is_busy(&self) -> bool {
        self.reading.is_some()
            || !self.to_open.is_empty()
            || self.is_indexing()
            || self.dialog.is_some()
            || self.figures.is_some()
            || self.preview.is_drawing()
            || self.pages.is_drawing()
            || self.tables.is_reading()
            || self.joining.as_ref().is_some_and(|thread| !thread.is_finished())
    }

    /// One frame: news, keys, drawing, and what the user did.
    pub fn frame(&mut self, ui: &mut egui::Ui) {
        let ctx = ui.ctx().clone();
        self.take_answer(&ctx);
        self.take_news(&ctx);
        self.take_figures(&ctx);
        self.take_drops(&ctx);
        self.desk.clock_secs = clock_secs();
        let mut commands = keyboard::commands(&ctx);
        for command in &mut commands {
            // N is the next find, and where words are selected it makes an event of them.
            if *command == Command::NextFind && self.desk.passage.is_some() {
                *command = Command::AddEvent;
            }
        }
        keyboard::step_panes(&ctx);
        self.dress(&ctx);
        self.tell(&ctx);
        self.join_series(&ctx);
        self.keep_index(&ctx);
        self.preview.update(&ctx, &mut self.shell, &self.corpus, &self.desk);
        self.pages.update(&ctx, &mut self.shell, &self.corpus, &self.desk);
        self.tables.update(&ctx, &mut self.shell, &self.corpus, &self.desk);
        let theme = Theme::of(&self.desk, ctx.system_theme() == Some(egui::Theme::Dark));
        let words = self.desk.locale();
        let (corpus, desk, shell) = (&self.corpus, &self.desk, &self.shell);
        ui::window_ui(ui, &mut Cx { corpus, desk, shell, theme, words, commands: &mut commands });
        if !commands.is_empty() {
            ctx.request_repaint();
        }
        for command in commands {
            self.run(&ctx, command);
        }
        self.save_state(&ctx, false);
        self.keep_desk(&ctx, false);
    }

    /// Carries out a command.
    pub fn run(&mut self, ctx: &Context, command: Command) {
        if command == Command::Escape {
            // A text field lets go of the keyboard, too.
            ctx.memory_mut(|memory| memory.focused().inspect(|id| memory.surrender_focus(*id)));
        }
        let hidden = self.corpus.edits().hidden();
        let outward = self.history.apply(&mut self.desk, &mut self.corpus, command);
        self.after_corrections(hidden != self.corpus.edits().hidden());
        let Some(outward) = outward else { return };
        match outward {
            Command::OpenFiles => self.ask(ctx, Ask::Files, String::new()),
            Command::OpenFolder => self.ask(ctx, Ask::Folder, String::new()),
            Command::OpenPaths(paths) => self.open(ctx, paths),
            Command::OpenRecent(idx) => {
                if let Some(recent) = self.state.recent.get(idx) {
                    self.open(ctx, vec![recent.path.clone()]);
                }
            }
            Command::PasteText => ctx.send_viewport_cmd(ViewportCommand::RequestPaste),
            Command::OpenText(text) => self.open_text(ctx, text),
            Command::OpenSample => {
                self.close_all();
                self.start(ctx, Job::Sample);
            }
            Command::CloseAll => self.close_all(),
            Command::SaveCorpus => {
                if self.corpus.entries.is_empty() {
                    self.toast("toast.nothing-to-copy", &[]);
                } else {
                    let name = crate::view::names::corpus_name(&self.corpus, self.desk.source.doc, self.words());
                    self.ask(ctx, Ask::SaveCorpus, format!("{}.corpus.json", export::without_separators(&name)));
                }
            }
            Command::SaveProject => self.ask_for_project(ctx),
            Command::StopReading => {
                self.take_news(ctx);
                if self.reading.take().is_some() {
                    self.n_redated = None;
                    self.shell.progress = None;
                    self.shell.is_stopped = true;
                    let n_coming: usize = self.kept.iter().map(|(names, _)| names.len()).sum();
                    let n_read = (self.corpus.entries.len() + n_coming).to_string();
                    self.toast("toast.stopped", &[&n_read]);
                }
            }
            Command::SaveFigure => {
                let name = export::figure_file_name(self.desk.figure.kind, &self.corpus, &self.desk);
                self.ask(ctx, Ask::ExportFigure(self.desk.figure.format), name);
            }
            Command::SaveFigures(batch) => self.ask(ctx, Ask::ExportFigures(batch), String::new()),
            Command::StopFigures => {
                if let Some(worker) = &self.figures {
                    worker.progress.stop();
                }
            }
            Command::CopyFigure(kind) => {
                let is_shown = self.desk.overlay == Some(Overlay::Export);
                let made = || export::spec(kind, &self.corpus, &self.desk);
                let spec = if is_shown { self.desk.figure.clone() } else { made() };
                self.draw(ctx, FigureJob::Copy(Box::new(spec)));
            }
            Command::CopyText(text) => self.copy(ctx, Some(text)),
            Command::CopyQuantities => {
                self.copy(ctx, Some(stats::quantities_csv(&self.corpus, &self.desk, self.words())))
            }
            Command::CopyPoints => self.copy(ctx, Some(stats::points_tsv(&self.corpus, &self.desk, self.words()))),
            Command::CopyCitation => self.copy(ctx, export::citation(&self.corpus, &self.desk)),
            Command::CopyWords => self.copy(ctx, export::words(&self.corpus, &self.desk)),
            Command::SetWritingDate(text) => self.read_again(ctx, &text),
            Command::SetEncoding(name) => self.decode_again(ctx, name),
            Command::SetColumns(choice) => self.set_columns(ctx, choice),
            Command::SetUndated(undated) => self.set_undated(ctx, undated),
            Command::ReadAgain => self.read_roots_again(ctx),
            Command::DismissBanner => self.shell.banner = None,
            Command::ToggleFullScreen => {
                let is_full = ctx.input(|input| input.viewport().fullscreen.unwrap_or(false));
                ctx.send_viewport_cmd(ViewportCommand::Fullscreen(!is_full));
            }
            Command::Quit => ctx.send_viewport_cmd(ViewportCommand::Close),
            other => debug_assert!(false, "{other:?} was handed back, but nobody carries it out"),
        }
    }

    /// Keeps and says what the last command corrected, or why it did not.
    fn after_corrections(&mut self, shows_others: bool) {
        if let Some(key) = self.desk.refusal.take() {
            self.toast(key, &[]);
        }
        let done = self.history.last_correction().cloned();
        if done.is_some() || shows_others {
            self.shell.generation += 1;
        }
        let Some((doc, done)) = done else { return };
        let said = done_words(&done, self.words());
        // One correction, one notice: what an earlier one offers to undo is no longer the last step.
        self.toasts.retain(|(_, toast)| toast.action.is_none());
        let action = done.is_made.then(|| (self.words().get("command.undo").to_owned(), Command::Undo));
        self.toasts.push((Instant::now(), Toast { text: said, action }));
        let Some(entry) = self.corpus.entries.get(doc) else { return };
        let changes = self.corpus.edits().changes(doc);
        if let Some(session) = self.session.as_ref().filter(|session| !session.project().is_read_only())
            && let Err(error) = session.project().keep_changes(&entry.document.id, changes)
        {
            let path = session.project().path().to_owned();
            return self.told(&path, Err(error.to_string()));
        }
        let Some(store) = &mut self.edits else { return };
        if let Err(error) = store.save(entry, changes) {
            let path = self.state_path.clone().unwrap_or_default();
            self.told(&path, Err(error.to_string()));
        }
    }

    /// The corrections that were made in documents that have just been opened, from the first on.
    fn take_up_corrections(&mut self, first: usize) {
        let Some(store) = &mut self.edits else { return };
        let (mut broken, mut all) = (None, Vec::new());
        for doc in first..self.corpus.entries.len() {
            let Some(entry) = self.corpus.entries.get(doc).filter(|entry| entry.is_in_memory()) else { continue };
            let found = store.load(entry);
            broken = found.broken.or(broken);
            all.push((doc, found.changes));
        }
        self.corpus.set_all_changes(all);
        if let Some(aside) = broken {
            self.banner("edit.broken", &[&aside.display().to_string()]);
        }
    }

    fn words(&self) -> &'static Locale {
        self.desk.locale()
    }

    fn toast(&mut self, key: &str, args: &[&str]) {
        self.toasts.push((Instant::now(), self.words().fill(key, args).into()));
    }

    fn banner(&mut self, key: &str, args: &[&str]) {
        self.shell.banner = Some(self.words().fill(key, args));
    }

    fn ask(&mut self, ctx: &Context, ask: Ask, file_name: String) {
        // One dialog at a time.
        if self.dialog.is_none() {
            let ctx = ctx.clone();
            self.dialog = Some(Dialog::open(ask, file_name, self.words(), move || ctx.request_repaint()));
        }
    }

    fn take_answer(&mut self, ctx: &Context) {
        let Some(dialog) = &self.dialog else { return };
        let answer = match dialog.answer() {
            Ok(None) => return,
            Ok(Some(answer)) => Some(answer),
            Err(()) => None,
        };
        self.dialog = None;
        let Some(Answer { ask, paths }) = answer else { return self.banner("banner.no-file", &[]) };
        let first = paths.first().cloned();
        match (ask, first) {
            (Ask::Files | Ask::Folder, None) => self.banner("banner.no-file", &[]),
            (Ask::SaveCorpus | Ask::SaveProject | Ask::ExportFigure(_) | Ask::ExportFigures(_), None) => {
                self.banner("banner.no-target", &[]);
            }
            (Ask::Files | Ask::Folder, Some(_)) => self.to_open = paths,
            (Ask::SaveCorpus, Some(path)) => self.save_corpus(&path),
            (Ask::SaveProject, Some(path)) => self.save_project(path),
            (Ask::ExportFigure(_), Some(path)) => self.write_figure(ctx, self.desk.figure.clone(), path),
            (Ask::ExportFigures(batch), Some(dir)) => self.write_figures(ctx, batch, dir),
        }
    }

    /// A project that is open keeps itself; else it is asked where a new one shall stand.
    fn ask_for_project(&mut self, ctx: &Context) {
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
    fn keep_desk(&mut self, ctx: &Context, is_last: bool) {
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
    fn take_project(&mut self, project: Project, corpus: Corpus) {
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

    fn save_corpus(&mut self, path: &Path) {
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
    fn told(&mut self, path: &Path, written: Result<(), String>) {
        let shown = path.display().to_string();
        match written {
            Ok(()) => self.toast("toast.saved", &[&shown]),
            Err(reason) => self.banner("banner.not-written", &[&reason, &shown]),
        }
    }

    /// Draws the figure that the desk has of this kind and writes it to `path`.
    pub fn export_figure(&mut self, ctx: &Context, kind: FigureKind, path: PathBuf) {
        self.write_figure(ctx, export::spec(kind, &self.corpus, &self.desk), path);
    }

    /// Draws the figures of a batch into the folder `dir`.
    pub fn write_figures(&mut self, ctx: &Context, batch: FigureBatch, dir: PathBuf) {
        self.draw(ctx, FigureJob::Batch(Box::new(self.desk.figure.clone()), batch, dir));
    }

    fn write_figure(&mut self, ctx: &Context, spec: FigureSpec, path: PathBuf) {
        let (spec, path) = target(spec, path);
        self.draw(ctx, FigureJob::Save(Box::new(spec), path));
    }

    /// Begins to draw; one at a time.
    fn draw(&mut self, ctx: &Context, job: FigureJob) {
        if self.figures.is_none() {
            let waker = ctx.clone();
            let wake = move || waker.request_repaint();
            self.figures = Some(FigureWorker::start(job, self.corpus.entries.clone(), self.words(), wake));
        }
    }

    /// Takes what has been drawn, and says how far a batch is.
    fn take_figures(&mut self, ctx: &Context) {
        let Some(worker) = &self.figures else { return };
        self.shell.drawing = Some(worker.progress.counts());
        let is_stopped = worker.progress.is_stopped();
        let Some(news) = worker.news() else { return ctx.request_repaint_after(PATIENCE / 3) };
        self.figures = None;
        self.shell.drawing = None;
        match news {
            FigureNews::Copied(Ok(image)) => {
                ctx.copy_image(image);
                self.toast("toast.copied", &[]);
            }
            FigureNews::Copied(Err(reason)) => self.banner("banner.no-figure", &[&reason]),
            FigureNews::Saved(path, written) => {
                if written.is_ok() && self.desk.overlay == Some(Overlay::Export) {
                    self.desk.overlay = None;
                }
                self.told(&path, written);
            }
            FigureNews::Batch(_, BatchOutcome { failure: Some((path, reason)), .. }) => self.told(&path, Err(reason)),
            FigureNews::Batch(dir, BatchOutcome { n_written, n_left_out, .. }) => {
                let key = match (is_stopped, n_left_out) {
                    (true, _) => "toast.figures-stopped",
                    (false, 0) => "toast.figures-saved",
                    (false, _) => "toast.figures-saved-some",
                };
                let counts = [n_written, n_left_out].map(|n| n.to_string());
                self.toast(key, &[&counts[0], &dir.display().to_string(), &counts[1]]);
            }
            FigureNews::Preview(_) | FigureNews::Lost => self.banner("banner.no-figure", &[""]),
        }
    }

    fn copy(&mut self, ctx: &Context, text: Option<String>) {
        match text.filter(|text| !text.is_empty()) {
            Some(text) => {
                ctx.copy_text(text);
                self.toast("toast.copied", &[]);
            }
            None => self.toast("toast.nothing-to-copy", &[]),
        }
    }

    fn open_text(&mut self, ctx: &Context, text: String) {
        if text.trim().is_empty() {
            self.banner("banner.nothing-to-paste", &[]);
        } else {
            let undated = self.desk.undated.clone();
            self.start(ctx, Job::Text { name: String::new(), text, undated });
        }
    }

    fn open(&mut self, ctx: &Context, paths: Vec<PathBuf>) {
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

    fn start(&mut self, ctx: &Context, job: Job) {
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

    fn close_all(&mut self) {
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

    fn read_again(&mut self, ctx: &Context, text: &str) {
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

    fn take_news(&mut self, ctx: &Context) {
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
    fn add(&mut self, entries: Vec<Entry>) {
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
    fn sample_gives_way(&mut self) {
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

    /// Brings back the figure of a picture that was opened; its sources are among the documents by now.
    fn show_figure(&mut self, view: FigureSpec, paths: &[String]) {
        let doc_of = |path: &String| {
            let mut near = self.corpus.entries.in_memory();
            near.find(|(_, entry)| entry.document.source.path == *path).map(|(doc, _)| doc)
        };
        let place = |&(doc, series): &(usize, usize)| Some((doc_of(paths.get(doc)?)?, series));
        let series: Vec<(usize, usize)> = view.series.iter().filter_map(place).collect();
        let first = series.first().map(|&(doc, series)| SeriesChoice { doc, series, period: view.period });
        self.desk.chart.series = first.or(self.desk.chart.series);
        let documents = view.facets.documents.iter().filter_map(|doc| doc_of(paths.get(*doc)?)).collect();
        let facets = Facets { documents, ..view.facets.clone() };
        self.desk.figure = FigureSpec { series, facets, ..view };
        self.desk.overlay = Some(Overlay::Export);
    }

    fn finish(&mut self, lasted: Duration, n_files: usize) {
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

    fn take_drops(&mut self, ctx: &Context) {
        let (hovered, dropped) = ctx.input(|input| {
            let dropped: Vec<PathBuf> = input.raw.dropped_files.iter().map(|file| file.path().to_owned()).collect();
            (input.raw.hovered_files.len(), dropped)
        });
        self.shell.n_dragged = hovered;
        if !dropped.is_empty() {
            self.open(ctx, dropped);
        }
    }

    /// Gives the context theme, fonts and size, when they have changed.
    fn dress(&mut self, ctx: &Context) {
        let theme = Theme::of(&self.desk, ctx.system_theme() == Some(egui::Theme::Dark));
        let is_dark = theme.is_dark;
        self.shell.is_dark = is_dark;
        let looks = (is_dark, self.desk.has_high_contrast, self.desk.has_less_motion, self.desk.ui_scale_percent);
        if self.looks == Some(looks) {
            return;
        }
        ctx.set_theme(if is_dark { egui::Theme::Dark } else { egui::Theme::Light });
        theme.apply(ctx);
        let animation_secs = if self.desk.has_less_motion { 0.0 } else { ANIMATION_SECS };
        ctx.all_styles_mut(|style| style.animation_time = animation_secs);
        ctx.set_zoom_factor(self.desk.ui_scale_percent as f32 / 100.0);
        self.looks = Some(looks);
    }

    /// Brings what the shell tells the window up to date.
    fn tell(&mut self, ctx: &Context) {
        let stays = |toast: &Toast| if toast.action.is_some() { TOAST_WITH_ACTION } else { TOAST };
        self.toasts.retain(|(since, toast)| since.elapsed() < stays(toast));
        if !self.toasts.is_empty() {
            ctx.request_repaint_after(Duration::from_millis(250));
        }
        self.shell.toasts = self.toasts.iter().map(|(_, toast)| toast.clone()).collect();
        let path = self.session.as_ref().map(|session| session.project().path());
        let name = path.and_then(std::path::Path::file_stem).map(std::ffi::OsStr::to_string_lossy);
        if self.shell.project.as_deref() != name.as_deref() {
            self.shell.project = name.map(std::borrow::Cow::into_owned);
        }
        self.shell.can_undo = self.history.can_undo();
        self.shell.can_redo = self.history.can_redo();
        let words = self.words();
        let named = |key: &str, done| words.fill(key, &[&done_words(done, words)]);
        self.shell.undo_words = self.history.next_undo().map(|done| named("edit.undo", done));
        self.shell.redo_words = self.history.next_redo().map(|done| named("edit.redo", done));
        self.shell.recent = self
            .state
            .recent
            .iter()
            .map(|recent| {
                let note = words.fill("status.events", &[&recent.n_events.to_string()]);
                (recent.path.to_string_lossy().into_owned(), note)
            })
            .collect();
    }

    /// Writes the settings if they have changed and it is time; `is_last` writes them anyway.
    fn save_state(&mut self, ctx: &Context, is_last: bool) {
        take_settings(&mut self.state, &self.desk, self.session.is_some());
        if let Some(rect) = ctx.input(|input| input.viewport().inner_rect)
            && rect.width() > 200.0
            && rect.height() > 200.0
        {
            let zoom = ctx.zoom_factor();
            self.state.window_size = [(rect.width() * zoom).round(), (rect.height() * zoom).round()];
        }
        if self.state == self.saved {
            return;
        }
        if !is_last && self.last_save.elapsed() < SAVE_EVERY {
            ctx.request_repaint_after(SAVE_EVERY);
            return;
        }
        self.last_save = Instant::now();
        self.saved = self.state.clone();
        let Some(path) = self.state_path.clone() else { return };
        if let Err(error) = state::save(&path, &self.state) {
            // Once is enough: without a place for settings the program works all the same.
            self.state_path = None;
            self.told(&path, Err(error.to_string()));
        }
    }

    /// Writes the settings before the window goes.
    pub fn close(&mut self, ctx: &Context) {
        self.save_state(ctx, true);
        self.keep_desk(ctx, true);
    }
}

/// Remembers what of `desk` is a setting. How a project takes undated documents is kept there, for no other.
fn take_settings(state: &mut State, desk: &Desk, is_of_project: bool) {
    let undated = state.undated.clone();
    state.take_from(desk);
    if is_of_project {
        state.undated = undated;
    }
}

/// Seconds from 1970.
fn clock_secs() -> i64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    since.map_or(0, |since| i64::try_from(since.as_secs()).unwrap_or(0))
}

/// Whether `old` was read from the very file that `new` is a part of.
fn is_whole_of(old: &Entry, new: &Entry) -> bool {
    let sha256 = |entry: &Entry| entry.document.source.sha256.clone();
    !sha256(old).is_empty() && sha256(old) == sha256(new) && new.text != old.text && new.text.contains("    ")
}
