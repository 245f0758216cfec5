//! The program behind the window: takes commands, talks to the outer world, and keeps the desk.

mod again;
mod corrections;
mod figures;
mod indexing;
mod opening;
mod projects;

use super::{
    dialogs::{Answer, Ask, Dialog},
    export,
    figure_worker::{FigureJob, FigureWorker},
    keyboard,
    pages::Pages,
    preview::Preview,
    reader::{Early, Job, Reading},
    session::Session,
    tables::Tables,
};
use crate::{
    corpus::Corpus,
    desk::{Command, Desk, History, Locale, Overlay},
    store::{
        edits::EditStore,
        project,
        state::{self, State},
    },
    ui::{self, Cx, Shell, Theme, Toast},
    view::{correction_words::done_words, stats},
};
use egui::{Context, ViewportCommand};
use std::{
    collections::{BTreeMap, HashMap},
    path::PathBuf,
    sync::mpsc::Receiver,
    thread,
    time::{Duration, Instant, SystemTime},
};

/// How long a toast stays.
const TOAST: Duration = Duration::from_secs(4);
/// How long one stays that offers something.
const TOAST_WITH_ACTION: Duration = Duration::from_secs(8);
/// How long a reading may last before its progress is shown.
const PATIENCE: Duration = Duration::from_millis(300);
/// How long anything may move by itself.
const ANIMATION_SECS: f32 = 0.09;
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
    indexing: Option<Receiver<indexing::IndexMade>>,
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

    fn copy(&mut self, ctx: &Context, text: Option<String>) {
        match text.filter(|text| !text.is_empty()) {
            Some(text) => {
                ctx.copy_text(text);
                self.toast("toast.copied", &[]);
            }
            None => self.toast("toast.nothing-to-copy", &[]),
        }
    }

    /// Gives the context theme, fonts and size, when they have changed.
    fn dress(&mut self, ctx: &Context) {
        let theme = Theme::of(&self.desk, ctx.system_theme() == Some(egui::Theme::Dark));
        let is_dark = theme.is_dark;
        self.shell.is_dark = is_dark;
        let looks = (
            is_dark,
            self.desk.settings.has_high_contrast,
            self.desk.settings.has_less_motion,
            self.desk.settings.ui_scale_percent,
        );
        if self.looks == Some(looks) {
            return;
        }
        ctx.set_theme(if is_dark { egui::Theme::Dark } else { egui::Theme::Light });
        theme.apply(ctx);
        let animation_secs = if self.desk.settings.has_less_motion { 0.0 } else { ANIMATION_SECS };
        ctx.all_styles_mut(|style| style.animation_time = animation_secs);
        ctx.set_zoom_factor(self.desk.settings.ui_scale_percent as f32 / 100.0);
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
