//! The figure in the export sheet: drawn again when a choice, the data or the room has changed, on a thread of its
//! own; until it is there the last one stays.

use super::figure_worker::{FigureJob, FigureNews, FigureWorker, preview};
use crate::{
    corpus::Corpus,
    desk::{Captions, Desk, FigureSpec, Lang, Overlay, WordStyle},
    figure::MAX_FIGURE_SIDE_PX,
    ui::{self, FigurePreview, Shell},
};
use egui::{ColorImage, Context, TextureHandle, TextureOptions, load::SizedTexture};

/// What a preview depends on.
#[derive(Debug, Clone, PartialEq)]
struct Key {
    spec: FigureSpec,
    stamp: u64,
    words: (Lang, WordStyle),
    room_px: [u32; 2],
}

impl Key {
    fn of(ctx: &Context, corpus: &Corpus, desk: &Desk) -> Self {
        let scale = ctx.pixels_per_point();
        let room = ui::preview_room(ctx.content_rect().size());
        let room_px = [room.x, room.y].map(|side| (side * scale) as u32);
        Self { spec: desk.figure.clone(), stamp: corpus.stamp(), words: desk.locale().key(), room_px }
    }

    /// The figure at the scale that fills the room.
    fn fitted(&self) -> FigureSpec {
        let [width, height] = self.spec.size.logical();
        let scale = (self.room_px[0] as f32 / width).min(self.room_px[1] as f32 / height);
        FigureSpec { scale, ..self.spec.clone() }
    }
}

/// What the sheet shows of a figure that was drawn, and the texture, which must be held as long as it is shown.
fn shown(
    ctx: &Context,
    spec: &FigureSpec,
    drawn: Result<(ColorImage, Captions), String>,
) -> (FigurePreview, Option<TextureHandle>) {
    let size_px = spec.size.logical().map(|side| (side * spec.scale).round() as u32);
    let is_too_large = size_px.iter().any(|side| *side as usize > MAX_FIGURE_SIDE_PX);
    match drawn {
        Ok((image, captions)) => {
            let size = egui::vec2(image.width() as f32, image.height() as f32) / ctx.pixels_per_point();
            let texture = ctx.load_texture("figure", image, TextureOptions::LINEAR);
            let picture = Ok(SizedTexture::new(texture.id(), size));
            (FigurePreview { picture, captions, size_px, is_too_large }, Some(texture))
        }
        Err(reason) => {
            (FigurePreview { picture: Err(reason), captions: spec.captions.clone(), size_px, is_too_large }, None)
        }
    }
}

/// What the sheet asks for, drawn at once: for pictures of the window.
pub fn at_once(ctx: &Context, corpus: &Corpus, desk: &Desk) -> (FigurePreview, Option<TextureHandle>) {
    let key = Key::of(ctx, corpus, desk);
    shown(ctx, &key.spec, preview(key.fitted(), &corpus.entries, desk.locale()))
}

/// The picture last drawn, and the one that is being drawn.
#[derive(Default)]
pub struct Preview {
    key: Option<Key>,
    texture: Option<TextureHandle>,
    under_way: Option<(Key, FigureWorker)>,
}

impl Preview {
    /// Whether what is shown is not yet what was chosen.
    pub const fn is_drawing(&self) -> bool {
        self.under_way.is_some()
    }

    /// Brings `shell.preview` up to date; drops it when the sheet is closed.
    pub fn update(&mut self, ctx: &Context, shell: &mut Shell, corpus: &Corpus, desk: &Desk) {
        if desk.overlay != Some(Overlay::Export) {
            *self = Self::default();
            shell.preview = None;
            return;
        }
        let key = Key::of(ctx, corpus, desk);
        self.take(ctx, shell);
        // One at a time: what is typed meanwhile is drawn when this one is done.
        if self.key.as_ref() == Some(&key) || self.under_way.is_some() {
            return;
        }
        let job = FigureJob::Preview(Box::new(key.fitted()));
        let waker = ctx.clone();
        let wake = move || waker.request_repaint();
        let worker = FigureWorker::start(job, corpus.entries.clone(), desk.locale(), wake);
        self.under_way = Some((key, worker));
    }

    /// Shows what has been drawn.
    fn take(&mut self, ctx: &Context, shell: &mut Shell) {
        let Some(news) = self.under_way.as_ref().and_then(|(_, worker)| worker.news()) else { return };
        let Some((key, _)) = self.under_way.take() else { return };
        let drawn = match news {
            FigureNews::Preview(drawn) => drawn,
            _ => Err(String::new()),
        };
        let (preview, texture) = shown(ctx, &key.spec, drawn);
        self.texture = texture.or(self.texture.take());
        shell.preview = Some(preview);
        self.key = Some(key);
    }
}
