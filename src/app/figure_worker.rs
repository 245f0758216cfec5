//! Draws figures on a thread of its own: for the export sheet, for a file, for the clipboard, or many for a folder.

use super::{
    batch::{self, BatchOptions, BatchOutcome, BatchProgress},
    export,
};
use crate::{
    corpus::Entries,
    desk::{Captions, FigureBatch, FigureFormat, FigureSpec, Locale},
    store::atomic::WholeFile,
};
use egui::ColorImage;
use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        mpsc::{self, Receiver, TryRecvError},
    },
    thread,
};

/// What is drawn, from documents that stay what they are meanwhile.
#[derive(Debug)]
pub enum FigureJob {
    /// Pixels to be shown.
    Preview(Box<FigureSpec>),
    /// Pixels for the clipboard.
    Copy(Box<FigureSpec>),
    /// A file.
    Save(Box<FigureSpec>, PathBuf),
    /// Files in a folder.
    Batch(Box<FigureSpec>, FigureBatch, PathBuf),
}

/// What came of it, or in words why nothing did.
#[derive(Debug)]
pub enum FigureNews {
    /// Pixels with the words of the figure.
    Preview(Result<(ColorImage, Captions), String>),
    /// Pixels for the clipboard.
    Copied(Result<ColorImage, String>),
    /// The file is written.
    Saved(PathBuf, Result<(), String>),
    /// The folder, and what is in it now.
    Batch(PathBuf, BatchOutcome),
    /// The thread died.
    Lost,
}

/// A job under way. Dropped, its result goes nowhere; a batch is stopped.
#[derive(Debug)]
pub struct FigureWorker {
    news: Receiver<FigureNews>,
    /// How far a batch is.
    pub progress: Arc<BatchProgress>,
}

impl FigureWorker {
    /// Begins; `wake` is called when there is news.
    pub fn start(
        job: FigureJob,
        entries: Entries,
        words: &'static Locale,
        wake: impl FnOnce() + Send + 'static,
    ) -> Self {
        let (sender, news) = mpsc::channel();
        let progress = Arc::new(BatchProgress::default());
        let shared = Arc::clone(&progress);
        thread::spawn(move || {
            let done = done(job, &entries, words, &shared);
            // Large collections are let go before the window goes on: it may change them without copying.
            drop(entries);
            // The window may be gone by now.
            let _ = sender.send(done);
            wake();
        });
        Self { news, progress }
    }

    /// The result, once it is there.
    pub fn news(&self) -> Option<FigureNews> {
        match self.news.try_recv() {
            Ok(news) => Some(news),
            Err(TryRecvError::Empty) => None,
            Err(TryRecvError::Disconnected) => Some(FigureNews::Lost),
        }
    }
}

impl Drop for FigureWorker {
    fn drop(&mut self) {
        self.progress.stop();
    }
}

fn done(job: FigureJob, entries: &Entries, words: &'static Locale, progress: &BatchProgress) -> FigureNews {
    match job {
        FigureJob::Preview(spec) => FigureNews::Preview(preview(*spec, entries, words)),
        FigureJob::Copy(spec) => FigureNews::Copied(export::figure(&spec, entries, words).map(|drawn| {
            let pixels = drawn.pixels();
            ColorImage::from_rgba_unmultiplied([pixels.width, pixels.height], &pixels.straight_rgba())
        })),
        FigureJob::Save(spec, path) => {
            let written = save(&spec, entries, words, &path);
            FigureNews::Saved(path, written)
        }
        FigureJob::Batch(spec, batch, dir) => {
            let options = BatchOptions { keeps_existing: true, ..BatchOptions::default() };
            let outcome = batch::write_batch(entries, &spec, batch, (&dir, options), words, progress);
            FigureNews::Batch(dir, outcome)
        }
    }
}

/// The pixels of a figure to be shown, and its words.
pub fn preview(
    mut spec: FigureSpec,
    entries: &Entries,
    words: &'static Locale,
) -> Result<(ColorImage, Captions), String> {
    // Pixels carry nothing.
    (spec.carries_data, spec.format) = (false, FigureFormat::Png);
    let drawn = export::figure(&spec, entries, words)?;
    let captions = Captions { alt: drawn.figure.alt_text.clone(), ..drawn.figure.captions.clone() };
    let pixels = drawn.pixels();
    let bytes: Vec<u8> = pixels.data.iter().flatten().copied().collect();
    Ok((ColorImage::from_rgba_premultiplied([pixels.width, pixels.height], &bytes), captions))
}

fn save(spec: &FigureSpec, entries: &Entries, words: &'static Locale, path: &Path) -> Result<(), String> {
    let drawn = export::figure(spec, entries, words)?;
    let mut file = WholeFile::create(path).map_err(|error| error.to_string())?;
    drawn.write(&mut file).map_err(|error| error.to_string())?;
    file.finish().map_err(|error| error.to_string())
}

/// The path and the choices for a file: the format is the one that the ending says; the spec's, where it says none.
pub fn target(mut spec: FigureSpec, mut path: PathBuf) -> (FigureSpec, PathBuf) {
    let ending = path.extension().map(|extension| extension.to_string_lossy().into_owned());
    match ending.as_deref().and_then(FigureFormat::of_extension) {
        Some(format) if format.extension() == spec.format.extension() => {}
        Some(format) => spec.format = format,
        None => {
            let mut name = path.into_os_string();
            name.push(format!(".{}", spec.format.extension()));
            path = PathBuf::from(name);
        }
    }
    (spec, path)
}
