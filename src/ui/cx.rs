//! What every panel gets: the data, the desk, what the shell tells, the looks, and where to put what the user does.

use super::Theme;
use crate::{
    corpus::Corpus,
    desk::{Command, Desk, Locale, Sight},
};

/// A short notice, with at most one thing to do about it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Toast {
    /// What happened.
    pub text: String,
    /// What can be done: the words of the button and what it does.
    pub action: Option<(String, Command)>,
}

impl From<String> for Toast {
    fn from(text: String) -> Self {
        Self { text, action: None }
    }
}

/// What the shell tells the window about the outer world.
#[derive(Debug, Clone, Default)]
pub struct Shell {
    /// The name of the project that is open.
    pub project: Option<String>,
    /// Recently opened files: path and a short line about it.
    pub recent: Vec<(String, String)>,
    /// Reading under way: documents read, documents in all.
    pub progress: Option<(usize, usize)>,
    /// How many bytes a second are read; `None` as long as that cannot be told.
    pub bytes_a_sec: Option<f64>,
    /// How long the reading may still take, in seconds; `None` as long as that cannot be told.
    pub secs_left: Option<f64>,
    /// How long the last reading took, in seconds.
    pub read_secs: Option<f64>,
    /// Whether the last reading was stopped before its end.
    pub is_stopped: bool,
    /// Files that could not be read: path and reason.
    pub failures: Vec<(String, String)>,
    /// A banner across the centre: something failed as a whole.
    pub banner: Option<String>,
    /// Short notices at the foot of the centre, oldest first.
    pub toasts: Vec<Toast>,
    /// Files dragged over the window right now.
    pub n_dragged: usize,
    /// Counts up whenever the corpus changes; what is worked out from the corpus can be kept as long as it stays.
    pub generation: u64,
    /// Figures on the way to files or to the clipboard: how many are done, and of how many; of 0, one alone.
    pub drawing: Option<(usize, usize)>,
    /// The figure of the export sheet, while that is open.
    pub preview: Option<super::FigurePreview>,
    /// Whether the document in the source pane came from a PDF, so that its pages can be looked at.
    pub is_pdf: bool,
    /// The page last drawn of those that the window asked for ([`crate::desk::Seen::page`]).
    pub page: Option<super::PagePane>,
    /// The table that the document on the desk came from, while the card on its columns is open.
    pub table: Option<super::TableView>,
    /// Whether there is a choice to take back.
    pub can_undo: bool,
    /// Whether there is a choice to make again.
    pub can_redo: bool,
    /// What undo says it will do, where it takes back a correction.
    pub undo_words: Option<String>,
    /// What redo says it will do.
    pub redo_words: Option<String>,
    /// Whether hints may be shown: in the window, not in pictures of it.
    pub shows_hints: bool,
    /// Whether the window is drawn dark, whatever the desk leaves to the system.
    pub is_dark: bool,
}

/// What every panel gets: the data, the desk, the looks, and where to put what the user does.
pub struct Cx<'a> {
    /// All documents.
    pub corpus: &'a Corpus,
    /// What is shown and how.
    pub desk: &'a Desk,
    /// The outer world.
    pub shell: &'a Shell,
    /// Colours.
    pub theme: &'a Theme,
    /// Words.
    pub words: &'a Locale,
    /// What the user did.
    pub commands: &'a mut Vec<Command>,
}

impl Cx<'_> {
    /// What became of a choice that was left to the window; told when it is new.
    pub fn see(&mut self, sight: Sight) {
        if self.desk.seen.with(sight) != self.desk.seen {
            self.push(Command::See(sight));
        }
    }

    /// The user did this.
    pub fn push(&mut self, command: Command) {
        self.commands.push(command);
    }
}
