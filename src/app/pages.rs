//! The pages of PDFs that the source pane shows: drawn on a thread of its own, the last few kept.

use crate::{
    corpus::Corpus,
    desk::{Desk, PageWish},
    model::{PagePixels, PageSheet},
    store::pages::{self, PageError, PdfFile, Stamp},
    ui::{PagePane, PagePicture, PageTrouble, Shell, fonts},
};
use egui::{ColorImage, Context, TextureHandle, TextureOptions, load::SizedTexture};
use std::{
    collections::VecDeque,
    sync::{
        Arc,
        mpsc::{self, Receiver, Sender},
    },
    thread,
};

/// Forms in forms, 50 deep, each with its own state, need more than a thread has by itself. What is not used costs nothing.
const STACK_BYTES: usize = 256 << 20;
/// So many pages are kept, so that turning back costs nothing.
const N_KEPT: usize = 6;

/// Which file a document came from.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Origin {
    path: String,
    sha256: String,
}

/// What the thread is asked.
enum Job {
    /// Whether a document came from a PDF.
    Kind(Origin),
    /// A page.
    Page(Origin, PageWish, Arc<str>),
}

/// What it answers.
enum News {
    Kind(Origin, bool),
    Page(Origin, PageWish, Drawn),
}

/// A page with its pixels.
pub type Drawn = Result<(Arc<PageSheet>, PagePixels), PageError>;

struct Worker {
    jobs: Sender<Job>,
    news: Receiver<News>,
}

/// The pages last drawn, and the thread that draws the next.
#[derive(Default)]
pub struct Pages {
    worker: Option<Worker>,
    /// The document that is shown, and whether it came from a PDF, once that is known.
    shown: Option<(Origin, Option<bool>)>,
    kept: VecDeque<(Origin, PageWish, TextureHandle, Arc<PageSheet>)>,
    under_way: Option<(Origin, PageWish)>,
}

impl Pages {
    /// Whether a page is being drawn.
    pub const fn is_drawing(&self) -> bool {
        self.under_way.is_some()
    }

    /// Brings `shell.is_pdf` and `shell.page` up to date.
    pub fn update(&mut self, ctx: &Context, shell: &mut Shell, corpus: &Corpus, desk: &Desk) {
        self.take(ctx, shell);
        let doc = desk.source.doc;
        let Some(entry) = corpus.entries.get(doc) else {
            *self = Self::default();
            (shell.is_pdf, shell.page) = (false, None);
            return;
        };
        let source = &entry.document.source;
        if !self.shown.as_ref().is_some_and(|(of, _)| of.path == source.path && of.sha256 == source.sha256) {
            let origin = Origin { path: source.path.clone(), sha256: source.sha256.clone() };
            (shell.is_pdf, shell.page) = (false, None);
            self.under_way = None;
            if !origin.path.is_empty() && !origin.sha256.is_empty() {
                self.ask(ctx, Job::Kind(origin.clone()));
            }
            self.shown = Some((origin, None));
        }
        if !desk.source.page.is_shown && (!self.kept.is_empty() || shell.page.is_some()) {
            // Nobody looks at pages any more: file, pictures and thread go.
            (self.worker, self.under_way, shell.page) = (None, None, None);
            self.kept.clear();
        }
        let Some((origin, is_pdf)) = &self.shown else { return };
        shell.is_pdf = is_pdf.unwrap_or(false);
        let Some(wish) = desk.seen.page.filter(|wish| shell.is_pdf && wish.doc == doc) else { return };
        let is_shown = shell.page.as_ref().is_some_and(|pane| pane.wish == wish);
        // One at a time: what is asked meanwhile is drawn when this one is done.
        if is_shown || self.under_way.is_some() {
            return;
        }
        let origin = origin.clone();
        if let Some((_, _, texture, sheet)) = self.kept.iter().find(|kept| kept.0 == origin && kept.1 == wish) {
            shell.page = Some(pane(ctx, wish, texture, sheet));
            return;
        }
        self.under_way = Some((origin.clone(), wish));
        self.ask(ctx, Job::Page(origin, wish, entry.text.as_str().into()));
    }

    fn ask(&mut self, ctx: &Context, job: Job) {
        let worker = self.worker.get_or_insert_with(|| {
            let (jobs, asked) = mpsc::channel();
            let (tell, news) = mpsc::channel();
            let ctx = ctx.clone();
            // Where there is no thread to be had, the first question finds nobody.
            let _ = thread::Builder::new().stack_size(STACK_BYTES).spawn(move || work(&asked, &tell, &ctx));
            Worker { jobs, news }
        });
        if worker.jobs.send(job).is_err() {
            // The thread has ended, which it does only by a fault; the next question begins another.
            self.worker = None;
            self.under_way = None;
        }
    }

    /// Takes what the thread has answered.
    fn take(&mut self, ctx: &Context, shell: &mut Shell) {
        let news: Vec<News> = self.worker.iter().flat_map(|worker| worker.news.try_iter()).collect();
        for item in news {
            match item {
                News::Kind(of, is_pdf) => {
                    if let Some((shown, known)) = &mut self.shown
                        && *shown == of
                    {
                        *known = Some(is_pdf);
                    }
                }
                News::Page(of, wish, drawn) => {
                    if self.under_way.as_ref().is_some_and(|(asked, at)| *asked == of && *at == wish) {
                        self.under_way = None;
                    }
                    if self.shown.as_ref().is_some_and(|(shown, _)| *shown == of) {
                        shell.page = Some(self.keep(ctx, of, wish, drawn));
                    }
                }
            }
        }
    }

    fn keep(&mut self, ctx: &Context, of: Origin, wish: PageWish, drawn: Drawn) -> PagePane {
        match drawn {
            Ok((sheet, pixels)) => {
                let texture = load(ctx, pixels);
                let pane = pane(ctx, wish, &texture, &sheet);
                self.kept.push_back((of, wish, texture, sheet));
                while self.kept.len() > N_KEPT {
                    self.kept.pop_front();
                }
                pane
            }
            Err(error) => PagePane { wish, shown: Err(trouble(error)) },
        }
    }
}

fn pane(ctx: &Context, wish: PageWish, texture: &TextureHandle, sheet: &Arc<PageSheet>) -> PagePane {
    let size = texture.size_vec2() / ctx.pixels_per_point();
    PagePane { wish, shown: Ok(PagePicture { sheet: sheet.clone(), texture: SizedTexture::new(texture.id(), size) }) }
}

fn load(ctx: &Context, pixels: PagePixels) -> TextureHandle {
    let PagePixels { size, rgba } = pixels;
    let image = ColorImage::from_rgba_premultiplied(size, &rgba);
    ctx.load_texture("page", image, TextureOptions::LINEAR)
}

fn trouble(error: PageError) -> PageTrouble {
    match error {
        PageError::Gone => PageTrouble::Gone,
        PageError::Changed => PageTrouble::Changed,
        PageError::Other(reason) => PageTrouble::Other(reason),
    }
}

/// Answers until nobody asks any more. The file last looked at stays open.
fn work(jobs: &Receiver<Job>, tell: &Sender<News>, ctx: &Context) {
    let mut open: Option<Open> = None;
    while let Ok(job) = jobs.recv() {
        let news = match job {
            Job::Kind(of) => {
                let is_pdf = pages::is_pdf(&of.path);
                News::Kind(of, is_pdf)
            }
            Job::Page(of, wish, text) => {
                let drawn = draw(&mut open, &of, wish, &text);
                News::Page(of, wish, drawn)
            }
        };
        if tell.send(news).is_err() {
            return;
        }
        ctx.request_repaint();
    }
}

/// The file that is open, and what told it from others when it was opened.
type Open = (Origin, Option<Stamp>, PdfFile);

fn draw(open: &mut Option<Open>, of: &Origin, wish: PageWish, text: &str) -> Drawn {
    let stamp = pages::stamp(&of.path);
    if open.as_ref().is_none_or(|(known, at, _)| known != of || *at != stamp) {
        // The one before goes first: two large files need not be in memory together.
        *open = None;
        *open = Some((of.clone(), stamp, pages::open(&of.path, &of.sha256, fonts::SANS_BYTES)?));
    }
    let Some((_, _, file)) = open else { return Err(PageError::Gone) };
    page(file, wish, text)
}

/// Draws the page that is wished for.
fn page(file: &PdfFile, wish: PageWish, text: &str) -> Drawn {
    let sheet = file.sheet(wish.page, text)?;
    let room = wish.room_px.map(|side| side as f32);
    let scale = wish.zoom.scale(sheet.size_pt, room, wish.paper_scale as f32 / 100.0);
    let pixels = file.pixels(&sheet, scale)?;
    Ok((Arc::new(sheet), pixels))
}

/// What the window asks for, drawn at once: for pictures of the window.
pub fn at_once(ctx: &Context, corpus: &Corpus, wish: PageWish) -> Option<(PagePane, Option<TextureHandle>)> {
    let entry = corpus.entries.get(wish.doc)?;
    let source = &entry.document.source;
    let draw =
        || pages::open(&source.path, &source.sha256, fonts::SANS_BYTES).and_then(|file| page(&file, wish, &entry.text));
    let drawn = thread::scope(|scope| {
        thread::Builder::new().stack_size(STACK_BYTES).spawn_scoped(scope, draw).ok()?.join().ok()
    })?;
    Some(match drawn {
        Ok((sheet, pixels)) => {
            let texture = load(ctx, pixels);
            (pane(ctx, wish, &texture, &sheet), Some(texture))
        }
        Err(error) => (PagePane { wish, shown: Err(trouble(error)) }, None),
    })
}
