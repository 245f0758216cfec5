//! Writes many figures, on all cores, each whole or not at all; can be watched and stopped.

use super::figure_table;
use crate::{
    corpus::Entry,
    desk::{FigureBatch, FigureSpec, Locale},
    figure::{Drawn, draw_figure},
    store::{atomic, carried, load},
    view::{figure::Chosen, figure_batch::BatchPlan},
};
use rayon::prelude::*;
use std::{
    path::{Path, PathBuf},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
};

/// How far a batch is, seen from another thread; and how it is stopped.
#[derive(Debug, Default)]
pub struct BatchProgress {
    n_done: AtomicUsize,
    n_all: AtomicUsize,
    is_stopped: AtomicBool,
}

impl BatchProgress {
    /// Figures done, figures in all; (0, 0) before that is known.
    pub fn counts(&self) -> (usize, usize) {
        (self.n_done.load(Ordering::Relaxed), self.n_all.load(Ordering::Relaxed))
    }

    /// No further figure is begun; those that stand already stay.
    pub fn stop(&self) {
        self.is_stopped.store(true, Ordering::Relaxed);
    }

    /// Whether it was stopped.
    pub fn is_stopped(&self) -> bool {
        self.is_stopped.load(Ordering::Relaxed)
    }
}

/// What came of a batch.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BatchOutcome {
    /// Figures that were written.
    pub n_written: usize,
    /// Series and documents that make no figure.
    pub n_left_out: usize,
    /// The file that could not be written, and why; nothing was begun after it.
    pub failure: Option<(PathBuf, String)>,
}

/// What is written into `dir` beside each figure, and what is done about files that stand there already.
#[derive(Debug, Clone, Copy, Default)]
pub struct BatchOptions {
    /// The tables and sources of each figure, too.
    pub with_data: bool,
    /// A file that has the name already stays, and the new one gets a number.
    pub keeps_existing: bool,
}

/// Draws every series or every document of `entries` as `spec` says into `dir`, which is made where it is missing.
pub fn write_batch(
    entries: &[Entry],
    spec: &FigureSpec,
    batch: FigureBatch,
    (dir, options): (&Path, BatchOptions),
    words: &'static Locale,
    progress: &BatchProgress,
) -> BatchOutcome {
    if let Err(error) = std::fs::create_dir_all(dir) {
        return BatchOutcome { failure: Some((dir.to_owned(), load::io_words(&error))), ..BatchOutcome::default() };
    }
    let plan = BatchPlan::new(entries, spec, batch);
    progress.n_all.store(plan.items.len(), Ordering::Relaxed);
    let failure = Mutex::new(None);
    let written = plan.items.par_iter().map(|item| {
        if progress.is_stopped() {
            return (0, 0);
        }
        let counts = match plan.chosen(item, entries, words) {
            // A document without a series, or nothing between the limits of time.
            Err(_) => (0, 1),
            Ok((chosen, entries)) => {
                let path = if options.keeps_existing { free(dir, &item.name) } else { dir.join(&item.name) };
                match write_one(entries, &item.spec, &chosen, &path, options) {
                    Ok(()) => (1, 0),
                    Err(reason) => {
                        progress.stop();
                        *failure.lock().unwrap_or_else(PoisonError::into_inner) = Some((path, reason));
                        (0, 0)
                    }
                }
            }
        };
        progress.n_done.fetch_add(1, Ordering::Relaxed);
        counts
    });
    let (n_written, n_left_out) = written.reduce(|| (0, 0), |a, b| (a.0 + b.0, a.1 + b.1));
    let failure = failure.into_inner().unwrap_or_else(PoisonError::into_inner);
    BatchOutcome { n_written, n_left_out: n_left_out + plan.n_left_out, failure }
}

/// Draws a figure with what it carries.
///
/// # Errors
/// Where it would have too many pixels.
pub fn drawn(entries: &[Entry], spec: &FigureSpec, chosen: &Chosen<'_>) -> Result<Drawn, crate::figure::TooLarge> {
    let mut drawn = draw_figure(spec, chosen)?;
    if spec.carries_data {
        // Without it the figure is as good a picture.
        drawn.carried = carried::carried(entries, &chosen.docs(), spec, &drawn.figure.captions).ok();
    }
    Ok(drawn)
}

fn write_one(
    entries: &[Entry],
    spec: &FigureSpec,
    chosen: &Chosen<'_>,
    path: &Path,
    options: BatchOptions,
) -> Result<(), String> {
    let drawn = drawn(entries, spec, chosen).map_err(|error| error.to_string())?;
    let mut bytes = Vec::new();
    drawn.write(&mut bytes).map_err(|error| error.to_string())?;
    atomic::write(path, &bytes).map_err(|error| load::io_words(&error))?;
    if options.with_data {
        let json = carried::carried(entries, &chosen.docs(), spec, &drawn.figure.captions).unwrap_or_default();
        for (ending, text) in [("csv", figure_table::csv(chosen, entries)), ("json", json)] {
            atomic::write(&path.with_extension(ending), text.as_bytes()).map_err(|error| load::io_words(&error))?;
        }
    }
    Ok(())
}

/// `name` in `dir`, with a number where a file has it already.
fn free(dir: &Path, name: &str) -> PathBuf {
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let names = std::iter::once(name.to_owned()).chain((2..).map(|nth| format!("{stem} ({nth}).{ending}")));
    let mut free = names.map(|name| dir.join(name)).filter(|path| !path.exists());
    free.next().unwrap_or_else(|| dir.join(name))
}
