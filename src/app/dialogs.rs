//! File dialogs, off the thread that draws.

use crate::desk::{FigureBatch, FigureFormat, Locale};
use std::{
    path::PathBuf,
    sync::mpsc::{self, Receiver},
    thread,
};

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ask {
    /// Files to open.
    Files,
    /// A folder to open.
    Folder,
    /// Where to save the parsed corpus.
    SaveCorpus,
    /// Where to save a project.
    SaveProject,
    /// Where to save a figure.
    ExportFigure(FigureFormat),
    /// The folder for many figures.
    ExportFigures(FigureBatch),
}

/// The user's answer; no paths where there was none, which is also what happens where the system has no dialogs.
#[derive(Debug)]
pub struct Answer {
    /// What was asked.
    pub ask: Ask,
    /// The paths.
    pub paths: Vec<PathBuf>,
}

/// A dialog that is open.
#[derive(Debug)]
pub struct Dialog {
    answer: Receiver<Answer>,
}

impl Dialog {
    /// Opens it. `file_name` is proposed where something is saved; `wake` is called when the answer is there.
    pub fn open(ask: Ask, file_name: String, words: &'static Locale, wake: impl FnOnce() + Send + 'static) -> Self {
        let (sender, answer) = mpsc::channel();
        let question = move || {
            let paths = show(ask, &file_name, words);
            // The window may be gone by now.
            let _ = sender.send(Answer { ask, paths });
            wake();
        };
        // A Mac shows dialogs on the main thread only.
        if cfg!(target_os = "macos") {
            question();
        } else {
            thread::spawn(question);
        }
        Self { answer }
    }

    /// The answer, once it is there; `Err` where the dialog died without one.
    pub fn answer(&self) -> Result<Option<Answer>, ()> {
        match self.answer.try_recv() {
            Ok(answer) => Ok(Some(answer)),
            Err(mpsc::TryRecvError::Empty) => Ok(None),
            Err(mpsc::TryRecvError::Disconnected) => Err(()),
        }
    }
}

fn show(ask: Ask, file_name: &str, words: &Locale) -> Vec<PathBuf> {
    let dialog = rfd::FileDialog::new();
    match ask {
        Ask::Files => dialog
            .set_title(words.get("dialog.open"))
            .add_filter(words.get("dialog.documents"), &[crate::store::load::KINDS, &["nianbiao"]].concat())
            .add_filter(words.get("dialog.figures"), &["png", "svg"])
            .add_filter("*", &["*"])
            .pick_files()
            .unwrap_or_default(),
        Ask::Folder => dialog.set_title(words.get("dialog.folder")).pick_folder().into_iter().collect(),
        Ask::ExportFigures(_) => {
            dialog.set_title(words.get("dialog.figures-folder")).pick_folder().into_iter().collect()
        }
        Ask::SaveCorpus => dialog
            .set_title(words.get("dialog.save"))
            .set_file_name(file_name)
            .add_filter(words.get("dialog.corpus"), &["json"])
            .save_file()
            .into_iter()
            .collect(),
        Ask::SaveProject => dialog
            .set_title(words.get("dialog.save-project"))
            .set_file_name(file_name)
            .add_filter(words.get("dialog.project"), &["nianbiao"])
            .save_file()
            .into_iter()
            .collect(),
        Ask::ExportFigure(format) => dialog
            .set_title(words.get("dialog.export"))
            .set_file_name(file_name)
            .add_filter(format.extension().to_uppercase(), &[format.extension()])
            .save_file()
            .into_iter()
            .collect(),
    }
}
