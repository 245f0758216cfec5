//! `nianbiao window`: a picture of the whole window, drawn without one.

use super::complain;
use crate::{
    app::{pages::at_once, preview, tables::view},
    corpus::{Corpus, ReadOptions},
    desk::{
        Command, Desk, History, Lang, Mark, Overlay, Settings, SourceDesk, ThemeChoice, TimeWindow, TimelineMode, apply,
    },
    edtf::Edtf,
    figure::{self, Frame, PngInfo},
    model::TableChoice,
    store::{
        atomic, far,
        load::{self, LoadError},
        pages,
        project::{self, Project, ProjectError},
        sample,
    },
    ui::{self, Cx, Shell, Theme},
};
use clap::{Args, ValueEnum};
use std::{collections::VecDeque, path::PathBuf, process::ExitCode};

/// How often the window is run before its picture is taken: panes answer some commands only when drawn.
const N_PASSES: usize = 5;

/// Arguments of `nianbiao window`.
#[derive(Debug, Args)]
pub struct WindowArgs {
    /// Where the picture goes
    #[arg(short, value_name = "OUT.png")]
    output: PathBuf,
    /// Width and height in logical pixels
    #[arg(long, value_name = "WxH", default_value = "1440x900", value_parser = size_from_text)]
    size: (f32, f32),
    /// Physical pixels for one logical one
    #[arg(long, value_name = "F", default_value_t = 1.0, value_parser = scale_from_text)]
    scale: f32,
    /// Language of the interface
    #[arg(long, value_enum, default_value = "zh")]
    lang: LangArg,
    /// Colours
    #[arg(long, value_enum, default_value = "light")]
    theme: ThemeArg,
    /// Select the event with this number, as `nianbiao extract` lists them; DOCUMENT:EVENT in one of several documents
    #[arg(long, value_name = "EVENT_INDEX", value_parser = place_from_text)]
    select: Option<(usize, usize)>,
    /// The timeline begins here (2024, 2024-09, 2024-09-01)
    #[arg(long, value_name = "DATE", requires = "to")]
    from: Option<Edtf>,
    /// The timeline ends with this year, month or day
    #[arg(long, value_name = "DATE", requires = "from")]
    to: Option<Edtf>,
    /// Do this first, by the name of the command (settings, summary, toggle-sources …); may be given several times.
    /// What cannot be done without a window, or has nothing to do, ends with status 1
    #[arg(long = "do", value_name = "COMMAND", value_parser = command_from_name)]
    commands: Vec<Command>,
    /// The timeline is a list
    #[arg(long)]
    list: bool,
    /// With the hint that a new user would see
    #[arg(long)]
    hints: bool,
    /// What the columns of tables of records are for: text, title, dct, id or ignore; the others are told by their names
    #[arg(long, value_name = "USE=COLUMN,…")]
    columns: Vec<TableChoice>,
    /// Show the page of a PDF beside its text
    #[arg(long, conflicts_with = "page_number")]
    page: bool,
    /// The same, turned to this page
    #[arg(long, value_name = "N")]
    page_number: Option<std::num::NonZeroUsize>,
    /// Files or folders; the bundled sample if none
    paths: Vec<PathBuf>,
}

/// `zh` or `en`.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum LangArg {
    /// Chinese
    Zh,
    /// English
    En,
}

impl From<LangArg> for Lang {
    fn from(arg: LangArg) -> Self {
        match arg {
            LangArg::Zh => Self::Zh,
            LangArg::En => Self::En,
        }
    }
}

/// `light` or `dark`.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum ThemeArg {
    /// Dark ink on paper
    Light,
    /// Light ink on a dark ground
    Dark,
}

impl From<ThemeArg> for ThemeChoice {
    fn from(arg: ThemeArg) -> Self {
        match arg {
            ThemeArg::Light => Self::Light,
            ThemeArg::Dark => Self::Dark,
        }
    }
}

/// `1440x900` → (1440, 900).
pub fn size_from_text(text: &str) -> Result<(f32, f32), String> {
    let (width, height) = text.split_once(['x', '×', 'X']).ok_or("write it as WIDTHxHEIGHT, such as 1440x900")?;
    let side = |side: &str| match side.trim().parse::<u32>() {
        Ok(side @ 16..=8000) => Ok(side as f32),
        _ => Err(format!("each side is a whole number from 16 to 8000, not '{side}'")),
    };
    Ok((side(width)?, side(height)?))
}

/// `1.5` → 1.5.
pub fn scale_from_text(text: &str) -> Result<f32, String> {
    match text.parse::<f32>() {
        Ok(scale) if (0.5..=4.0).contains(&scale) => Ok(scale),
        _ => Err("it is a number from 0.5 to 4".to_owned()),
    }
}

/// `3` → event 3 of the first document, `12:3` → of document 12.
pub fn place_from_text(text: &str) -> Result<(usize, usize), String> {
    let (doc, event) = text.split_once(':').unwrap_or(("0", text));
    let number = |text: &str| text.trim().parse::<usize>();
    match (number(doc), number(event)) {
        (Ok(doc), Ok(event)) => Ok((doc, event)),
        _ => Err("write it as EVENT or DOCUMENT:EVENT, both counted from 0".to_owned()),
    }
}

/// `encoding` → the command of this name, as palette and shortcuts know it.
fn command_from_name(name: &str) -> Result<Command, String> {
    let found = Command::listed().into_iter().find(|listed| listed.id == name);
    found.map(|listed| listed.command).ok_or_else(|| {
        let ids: Vec<&str> = Command::listed().iter().map(|listed| listed.id).collect();
        format!("it is one of {}", ids.join(", "))
    })
}

/// Runs it.
pub fn run(args: &WindowArgs) -> ExitCode {
    let mut corpus = Corpus::default();
    let options = ReadOptions { tables: args.columns.clone(), ..ReadOptions::default() };
    let mut shell = Shell { shows_hints: args.hints, ..Shell::default() };
    if args.paths.is_empty() {
        corpus.add(sample::entries());
    }
    let (projects, paths): (Vec<PathBuf>, Vec<PathBuf>) =
        args.paths.iter().cloned().partition(|path| project::is_project(path));
    let (files, mut failures) = load::files(&paths);
    let (far_files, files): (Vec<PathBuf>, Vec<PathBuf>) = files.into_iter().partition(|path| far::is_far(path));
    let mut loaded = Vec::new();
    for result in files.into_iter().flat_map(|path| load::file(&path, &options)) {
        match result {
            Ok(entry) => loaded.push(entry),
            Err(failure) => failures.push(failure),
        }
    }
    for path in projects {
        match Project::open(&path).and_then(|project| opened(&project)) {
            Ok(opened) => {
                corpus.join(opened);
                shell.project = path.file_stem().map(|name| name.to_string_lossy().into_owned());
            }
            Err(error) => failures.push(load::Failure { path, error: LoadError::Project(error) }),
        }
    }
    for path in far_files {
        match far::open(&path, |_, _| true) {
            Ok(opened) => corpus.join(opened),
            Err(error) => failures.push(load::Failure { path, error }),
        }
    }
    for load::Failure { path, error } in &failures {
        complain(format_args!("{error}: \"{}\"", path.display()));
        shell.failures.push((path.to_string_lossy().into_owned(), error.to_string()));
    }
    if !loaded.is_empty() {
        corpus.add(loaded);
    }
    if corpus.entries.is_empty() && !args.paths.is_empty() {
        return ExitCode::FAILURE;
    }
    let settings = Settings { lang: args.lang.into(), theme: args.theme.into(), ..Settings::default() };
    let mut desk = Desk { settings, ..Desk::default() };
    desk.source.article = SourceDesk::opening(&corpus, 0);
    desk.frame_collection(&corpus);
    let start = args.from.as_ref().and_then(|from| from.interval()?.start);
    let end = args.to.as_ref().and_then(|to| to.interval()?.end);
    if let (Some(start), Some(end)) = (start, end) {
        let (start, end) = (start.seconds() as f64, end.seconds() as f64);
        desk.timeline.window = (end > start).then_some(TimeWindow { start, end });
    }
    if args.list {
        desk.timeline.mode = Some(TimelineMode::List);
    }
    if let Some((doc, event)) = args.select {
        let n_docs = corpus.entries.len();
        let n_events = corpus.entries.get(doc).map_or(0, |entry| entry.document.events.len());
        if event >= n_events {
            let has = if doc < n_docs { format!("it has {n_events}") } else { format!("there are {n_docs} documents") };
            complain(format_args!("there is no event {event} in document {doc}: {has}, counted from 0"));
            return ExitCode::from(2);
        }
        apply(&mut desk, &corpus, Command::Select(Mark::Event { doc, event }));
    }
    desk.source.page.is_shown = args.page || args.page_number.is_some();
    desk.source.page.at = args.page_number.map(|number| number.get() - 1);
    let of_doc = corpus.entries.get(desk.source.doc);
    shell.is_pdf = of_doc.is_some_and(|entry| pages::is_pdf(&entry.document.source.path));
    desk.tables.clone_from(&args.columns);
    let mut stage = Stage { corpus, desk, shell, history: History::default() };
    match stage.draw(args).and_then(|png| {
        let written = atomic::write(&args.output, &png);
        written.map_err(|error| format!("cannot write: {}: \"{}\"", load::io_words(&error), args.output.display()))
    }) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            complain(format_args!("{message}"));
            ExitCode::FAILURE
        }
    }
}

/// The documents of a project with their corrections; fetched when they are looked at.
fn opened(project: &Project) -> Result<Corpus, ProjectError> {
    let mut corpus = project.corpus()?;
    corpus.set_all_changes(project.changes()?);
    corpus.settle();
    Ok(corpus)
}

/// What a picture is taken of.
#[derive(Default)]
struct Stage {
    corpus: Corpus,
    desk: Desk,
    shell: Shell,
    history: History,
}

impl Stage {
    /// Carries out a command as the window would; what it cannot do without one, or has nothing to do with, is an
    /// error in words.
    fn carry_out(&mut self, command: &Command) -> Result<(), String> {
        let id = Command::listed().into_iter().find(|listed| listed.command == *command).map_or("", |listed| listed.id);
        let reason = |words: &str| Err(format!("'{id}' does nothing here: {words}"));
        let selection = self.desk.selection;
        match command {
            Command::Undo if !self.history.can_undo() => return reason("nothing was done before it"),
            Command::Redo if !self.history.can_redo() => return reason("nothing was undone before it"),
            Command::Back if self.desk.back.is_empty() => return reason("nothing was selected before"),
            Command::Forward if self.desk.forward.is_empty() => return reason("nothing is to come"),
            Command::ZoomToSelection | Command::CentreSelection if selection.is_none() => {
                return reason("nothing is selected (see --select)");
            }
            Command::TogglePage | Command::TurnPage(_) | Command::NextPageZoom if !self.shell.is_pdf => {
                return reason("the document is no PDF");
            }
            Command::ShowHints => self.shell.shows_hints = true,
            _ => {}
        }
        let outward = self.history.apply(&mut self.desk, &mut self.corpus, command.clone());
        if let Some(key) = self.desk.refusal.take() {
            return reason(self.desk.locale().get(key));
        }
        match outward {
            None => self.corpus.settle(),
            Some(Command::CloseAll) => self.clear(),
            Some(Command::OpenSample) => {
                self.clear();
                self.corpus.add(sample::entries());
                self.desk.source.article = SourceDesk::opening(&self.corpus, 0);
            }
            Some(_) => return reason("it needs a window (a dialog, the clipboard or a worker)"),
        }
        Ok(())
    }

    fn clear(&mut self) {
        let settings = self.desk.settings.clone();
        let shows_hints = self.shell.shows_hints;
        *self = Self::default();
        self.desk.settings = settings;
        self.shell.shows_hints = shows_hints;
    }

    fn draw(&mut self, args: &WindowArgs) -> Result<Vec<u8>, String> {
        let mut commands: VecDeque<&Command> = args.commands.iter().collect();
        // Panes answer some commands only when drawn, and what comes behind one of those begins where it ended.
        while let Some(command) = commands.pop_front_if(|_| self.desk.timeline.nudge.is_none()) {
            self.carry_out(command)?;
        }
        // The size of the interface is known before the frame is: what comes later may not change it any more.
        let zoom = self.desk.settings.ui_scale_percent as f32 / 100.0;
        let theme = Theme::of(&self.desk, false);
        let (width, height) = args.size;
        let frame = Frame {
            size: egui::vec2(width, height) / zoom,
            scale: args.scale * zoom,
            background: theme.paper.to_array(),
            n_passes: N_PASSES + 2 * commands.len(),
        };
        // Textures live as long as somebody holds them.
        let mut textures = Vec::new();
        let mut failed = None;
        let mut n_drawn = 0;
        let shot = figure::shoot(
            &frame,
            |ctx| ui::prepare(ctx, theme),
            |ui| {
                self.frame(ui, theme, &mut textures);
                n_drawn += 1;
                if n_drawn % 2 == 0
                    && let Some(command) = commands.pop_front()
                {
                    failed = failed.take().or(self.carry_out(command).err());
                }
            },
        );
        if let Some(message) = failed {
            return Err(message);
        }
        let info = PngInfo { title: "nianbiao".to_owned(), scale: args.scale, ..PngInfo::default() };
        shot.pixels.png(&info).map_err(|error| error.to_string())
    }

    fn frame(&mut self, ui: &mut egui::Ui, theme: &'static Theme, textures: &mut Vec<egui::TextureHandle>) {
        // The window does that beside itself; a picture waits for it.
        self.corpus.index().put_series_together();
        let Self { corpus, desk, shell, .. } = self;
        if let (Some(Overlay::Columns), Some(entry)) = (desk.overlay, corpus.entries.get(desk.source.doc)) {
            shell.table = Some(view(&entry.document.source.path, &desk.tables));
        }
        let mut commands = Vec::new();
        let words = desk.locale();
        ui::window_ui(ui, &mut Cx { corpus, desk, shell, theme, words, commands: &mut commands });
        for command in commands {
            apply(desk, corpus, command);
        }
        let wish = desk.seen.page.filter(|wish| shell.page.as_ref().is_none_or(|pane| pane.wish != *wish));
        if let Some((pane, texture)) = wish.and_then(|wish| at_once(ui.ctx(), corpus, wish)) {
            shell.page = Some(pane);
            textures.extend(texture);
        }
        if desk.overlay == Some(Overlay::Export) && shell.preview.is_none() {
            let (preview, texture) = preview::at_once(ui.ctx(), corpus, desk);
            shell.preview = Some(preview);
            textures.extend(texture);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stage() -> Stage {
        let mut stage = Stage::default();
        stage.corpus.add(sample::entries());
        stage
    }

    fn done(stage: &mut Stage, name: &str) -> Result<(), String> {
        stage.carry_out(&command_from_name(name).unwrap())
    }

    #[test]
    fn a_command_does_what_it_does_in_the_window_or_says_why_not() {
        let mut stage = stage();
        assert!(done(&mut stage, "hide").unwrap_err().contains("hide"), "nothing is selected");
        assert!(done(&mut stage, "undo").is_err() && done(&mut stage, "zoom-to-selection").is_err());
        done(&mut stage, "next-event").unwrap();
        let n_events = stage.corpus.index().len();
        done(&mut stage, "hide").unwrap();
        assert_eq!(stage.corpus.index().len(), n_events - 1);
        done(&mut stage, "undo").unwrap();
        assert_eq!(stage.corpus.index().len(), n_events);
        done(&mut stage, "larger-interface").unwrap();
        assert_eq!(stage.desk.settings.ui_scale_percent, 110);
        for name in ["open-files", "paste-text", "copy-points", "save-project", "full-screen", "quit", "toggle-page"] {
            assert!(done(&mut stage, name).unwrap_err().contains(name));
        }
        done(&mut stage, "close-all").unwrap();
        assert!(stage.corpus.entries.is_empty());
        done(&mut stage, "open-sample").unwrap();
        assert_eq!(stage.corpus.index().len(), n_events);
    }
}
