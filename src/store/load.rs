//! Paths → documents: folders walked, files decoded and read, parsed corpora opened.

use super::{
    carried,
    json::{self, CorpusError},
};
use crate::{
    corpus::{Entry, ReadOptions, read},
    text::{self, DecodeError},
    warn::Reporter,
};
use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// What the file names of documents end in, lower case; other files in a folder are passed over. A file that is
/// named itself is read whatever its name.
pub const KINDS: &[&str] = &["txt", "text", "md", "markdown", "html", "htm", "json"];

/// How deep folders are followed, so that a folder that contains itself comes to an end.
const MAX_DEPTH: usize = 64;

/// Why a path gave no document.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The file system says no.
    #[error("{}", io_words(.0))]
    Io(#[from] io::Error),
    /// It is no text.
    #[error(transparent)]
    Decode(#[from] DecodeError),
    /// It is a picture that carries no data.
    #[error("this picture carries no data of a figure; only figures exported with their data can be opened")]
    NoFigure,
    /// It is a parsed corpus that was refused.
    #[error(transparent)]
    Corpus(#[from] CorpusError),
}

/// The system's words without its number: `no such file or directory`.
fn io_words(error: &io::Error) -> String {
    let words = error.to_string();
    let words = words.split(" (os error").next().unwrap_or_default();
    let mut chars = words.chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}

/// A path that could not be used, and why.
#[derive(Debug)]
pub struct Failure {
    /// As the user gave it, or as it was found in a folder.
    pub path: PathBuf,
    /// What happened.
    pub error: LoadError,
}

/// The files that `paths` stand for: a file is itself, a folder all documents below it, in sorted order. Hidden files
/// and folders in a folder are passed over.
pub fn files(paths: &[PathBuf]) -> (Vec<PathBuf>, Vec<Failure>) {
    let (mut files, mut failures) = (Vec::new(), Vec::new());
    for path in paths {
        if path.is_dir() {
            walk(path, 0, &mut files, &mut failures);
        } else {
            files.push(path.clone());
        }
    }
    (files, failures)
}

fn walk(folder: &Path, depth: usize, files: &mut Vec<PathBuf>, failures: &mut Vec<Failure>) {
    let mut paths: Vec<PathBuf> = match fs::read_dir(folder) {
        Ok(entries) => entries.filter_map(Result::ok).map(|entry| entry.path()).collect(),
        Err(error) => {
            failures.push(Failure { path: folder.to_owned(), error: error.into() });
            return;
        }
    };
    paths.sort();
    for path in paths {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if name.starts_with('.') {
            continue;
        }
        if path.is_dir() {
            if depth < MAX_DEPTH {
                walk(&path, depth + 1, files, failures);
            }
        } else if is_document(&path) {
            files.push(path);
        }
    }
}

/// Whether a file of this name is read when it is found in a folder.
pub fn is_document(path: &Path) -> bool {
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
    extension.is_some_and(|extension| KINDS.contains(&extension.as_str()))
}

/// Reads one file: a document, or a parsed corpus with several.
///
/// # Errors
/// See [`LoadError`].
pub fn file(path: &Path, options: &ReadOptions) -> Result<Vec<Entry>, LoadError> {
    bytes(&path.to_string_lossy(), &fs::read(path)?, options)
}

/// The figure in a picture that this program exported, with its sources.
///
/// # Errors
/// [`LoadError::NoFigure`] where it carries none, [`LoadError::Corpus`] where it cannot be understood.
pub fn figure(bytes: &[u8]) -> Result<carried::Opened, LoadError> {
    let text = carried::find(bytes).ok_or(LoadError::NoFigure)?;
    Ok(carried::open(&text)?)
}

/// As [`file()`], from bytes that are in memory already; `name` stands for the path.
///
/// # Errors
/// See [`LoadError`].
pub fn bytes(name: &str, bytes: &[u8], options: &ReadOptions) -> Result<Vec<Entry>, LoadError> {
    if json::is_corpus(bytes) {
        return Ok(json::read_corpus(bytes)?);
    }
    if carried::is_picture(bytes) {
        return Ok(figure(bytes)?.entries);
    }
    let mut reporter = Reporter::new();
    let source = text::decode(name, bytes, &mut reporter)?;
    Ok(vec![read(source, options, reporter)])
}
