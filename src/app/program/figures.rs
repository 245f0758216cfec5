//! Figures on their way to files and to the clipboard, and the figure that a picture brings back.

use super::{
    super::{
        batch::BatchOutcome,
        export,
        figure_worker::{FigureJob, FigureNews, FigureWorker, target},
    },
    PATIENCE, Program,
};
use crate::desk::{Facets, FigureBatch, FigureKind, FigureSpec, Overlay, SeriesChoice};
use egui::Context;
use std::path::PathBuf;

impl Program {
    /// Draws the figure that the desk has of this kind and writes it to `path`.
    pub fn export_figure(&mut self, ctx: &Context, kind: FigureKind, path: PathBuf) {
        self.write_figure(ctx, export::spec(kind, &self.corpus, &self.desk), path);
    }

    /// Draws the figures of a batch into the folder `dir`.
    pub fn write_figures(&mut self, ctx: &Context, batch: FigureBatch, dir: PathBuf) {
        self.draw(ctx, FigureJob::Batch(Box::new(self.desk.figure.clone()), batch, dir));
    }

    pub(super) fn write_figure(&mut self, ctx: &Context, spec: FigureSpec, path: PathBuf) {
        let (spec, path) = target(spec, path);
        self.draw(ctx, FigureJob::Save(Box::new(spec), path));
    }

    /// Begins to draw; one at a time.
    pub(super) fn draw(&mut self, ctx: &Context, job: FigureJob) {
        if self.figures.is_none() {
            let waker = ctx.clone();
            let wake = move || waker.request_repaint();
            self.figures = Some(FigureWorker::start(job, self.corpus.entries.clone(), self.words(), wake));
        }
    }

    /// Takes what has been drawn, and says how far a batch is.
    pub(super) fn take_figures(&mut self, ctx: &Context) {
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

    /// Brings back the figure of a picture that was opened; its sources are among the documents by now.
    pub(super) fn show_figure(&mut self, view: FigureSpec, paths: &[String]) {
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
}
