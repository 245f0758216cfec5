//! Files and folders → a project, portion by portion: can be stopped at any moment and goes on where it was.

use super::{FileRead, Project, ProjectError, is_project};
use crate::{
    corpus::ReadOptions,
    store::load::{self, Failure, Loaded},
    text,
};
use rayon::prelude::*;
use std::path::{Path, PathBuf};

/// How many files are read before they are kept together: few enough that little is lost when the power goes, enough
/// that flushing the disk costs little.
const PORTION: usize = 64;

/// How far an import has come. What is counted here is on the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// Files done, those that had not changed included.
    pub n_done: usize,
    /// Files in all.
    pub n_files: usize,
    /// Files that had not changed since they were read.
    pub n_unchanged: usize,
    /// Bytes read.
    pub n_bytes: u64,
    /// Documents kept by this import.
    pub n_documents: usize,
    /// Files that are no more, with what was read in them.
    pub n_gone: usize,
}

/// What an import came to.
#[derive(Debug, Default)]
pub struct Import {
    /// Its last state.
    pub progress: Progress,
    /// What could not be read.
    pub failures: Vec<Failure>,
    /// Whether it was stopped before the end.
    pub is_stopped: bool,
}

/// Reads what is new or has changed below `paths` into `project`, which remembers them; without any, below those that it
/// remembers. `tell` is called whenever something was kept; it returns whether to go on.
///
/// # Errors
/// The project cannot be written; what was told before is kept. A file that cannot be read is no error.
pub fn import(
    project: &Project,
    paths: &[PathBuf],
    options: &ReadOptions,
    tell: &mut dyn FnMut(Progress) -> bool,
) -> Result<Import, ProjectError> {
    let paths = if paths.is_empty() { project.roots()? } else { absolute(paths) };
    project.add_roots(&paths)?;
    let (files, failures) = load::files(&paths);
    let mut encodings = project.encodings()?;
    encodings.extend(options.encodings.clone());
    let options = &ReadOptions { encodings, ..options.clone() };
    let mut import = Import { failures, ..Import::default() };
    import.progress.n_files = files.len();
    import.progress.n_gone = project.forget_vanished(&paths)?;
    for portion in files.chunks(PORTION) {
        let read: Vec<One> = portion.par_iter().map(|path| one(project, path, options)).collect();
        let mut kept = Vec::new();
        for one in read {
            import.progress.n_done += 1;
            match one {
                One::Unchanged => import.progress.n_unchanged += 1,
                One::Gone(failure) => import.failures.push(failure),
                One::Read(file, failures) => {
                    import.progress.n_bytes += file.size;
                    import.progress.n_documents += file.entries.len();
                    import.failures.extend(failures);
                    kept.push(file);
                }
            }
        }
        if !kept.is_empty() {
            project.keep(&kept)?;
        }
        if !tell(import.progress) {
            import.is_stopped = true;
            break;
        }
    }
    Ok(import)
}

/// The file that a document's path lies in, as far as it can be told from the path: `a.zip/b.txt`, `a.csv#7`.
pub fn holders(path: &str) -> impl Iterator<Item = &str> {
    let cuts = path.char_indices().rev().filter(|(_, c)| matches!(c, '/' | '\\' | '#'));
    std::iter::once(path).chain(cuts.filter_map(|(at, _)| path.get(..at)).filter(|holder| !holder.is_empty()))
}

/// Whether what stood at `path`, below one of `roots`, is no more. Below a root that is not there itself (a disk that
/// is not mounted) nothing is known.
pub fn is_vanished(path: &str, roots: &[PathBuf]) -> bool {
    let is_below = |root: &PathBuf| root.is_dir() && Path::new(path).starts_with(root);
    roots.iter().any(is_below) && !holders(path).any(|holder| Path::new(holder).is_file())
}

impl Project {
    /// Forgets the files below `roots` that are no more, and what was read in them; the answer is how many.
    ///
    /// # Errors
    /// See [`ProjectError`].
    pub fn forget_vanished(&self, roots: &[PathBuf]) -> Result<usize, ProjectError> {
        let gone: Vec<String> = self.files()?.into_iter().filter(|path| is_vanished(path, roots)).collect();
        gone.iter().try_for_each(|path| self.forget(path))?;
        Ok(gone.len())
    }
}

/// The same paths from the root on: a project is opened from other folders, too.
pub fn absolute(paths: &[PathBuf]) -> Vec<PathBuf> {
    paths.iter().map(|path| std::path::absolute(path).unwrap_or_else(|_| path.clone())).collect()
}

/// What is known already of the files that are gone through.
pub trait Known: Sync {
    /// Whether the file at `path` is there with this very content.
    fn has(&self, path: &str, sha256: &str) -> bool;
}

impl Known for Project {
    fn has(&self, path: &str, sha256: &str) -> bool {
        // A project that cannot be asked will say so when it is written.
        self.has(path, sha256).unwrap_or(false)
    }
}

/// What became of one file.
#[derive(Debug)]
pub enum One {
    /// The project holds this very content already.
    Unchanged,
    /// It cannot be read at all.
    Gone(Failure),
    /// It was read; with what in it could not be.
    Read(FileRead, Vec<Failure>),
}

/// Reads one file, unless it is `known`.
pub fn one(known: &dyn Known, path: &Path, options: &ReadOptions) -> One {
    if is_project(path) {
        return sorted(
            FileRead { path: path.to_string_lossy().into_owned(), ..FileRead::default() },
            load::file(path, options),
        );
    }
    let bytes = match load::whole(path) {
        Ok(bytes) => bytes,
        Err(error) => return One::Gone(Failure { path: path.to_owned(), error }),
    };
    let name = path.to_string_lossy().into_owned();
    let sha256 = text::checksum(&bytes);
    if known.has(&name, &sha256) {
        return One::Unchanged;
    }
    let file = FileRead { size: bytes.len() as u64, sha256, path: name, ..FileRead::default() };
    let loaded = load::bytes(&file.path, &bytes, &load::options_of(path, options));
    sorted(file, loaded)
}

/// Documents to documents, failures to failures.
fn sorted(mut file: FileRead, loaded: Vec<Loaded>) -> One {
    let mut failures = Vec::new();
    for loaded in loaded {
        match loaded {
            Ok(entry) => file.entries.push(entry),
            Err(failure) => {
                file.failures.push((failure.path.to_string_lossy().into_owned(), failure.error.to_string()));
                failures.push(failure);
            }
        }
    }
    One::Read(file, failures)
}
