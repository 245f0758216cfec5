//! The figure in the export sheet: drawn again when a choice, the data or the room has changed, on a thread of its
//! own; until it is there the last one stays.

use super::figure_worker::{FigureJob, FigureNews, FigureWorker};
use crate::{
    corpus::Corpus,
    desk::{Desk, FigureSpec, Lang, Overlay, WordStyle},
    figure::MAX_FIGURE_SIDE_PX,
    ui::{self, FigurePreview, Shell},
};
use egui::{Context, TextureHandle, TextureOptions, load::SizedTexture};

/// What a preview depends on.
#[derive(Debug, Clone, PartialEq)]
struct Key {
    spec: FigureSpec,
    stamp: u64,
    words: (Lang, WordStyle),
    room_px: [u32; 2],
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
        let scale = ctx.pixels_per_point();
        let room = ui::preview_room(ctx.content_rect().size());
        let room_px = [room.x, room.y].map(|side| (side * scale) as u32);
        let key = Key { spec: desk.figure.clone(), stamp: corpus.stamp(), words: desk.locale().key(), room_px };
        self.take(ctx, shell);
        // One at a time: what is typed meanwhile is drawn when this one is done.
        if self.key.as_ref() == Some(&key) || self.under_way.is_some() {
            return;
        }
        let [width, height] = desk.figure.size.logical();
        let fit = (room_px[0] as f32 / width).min(room_px[1] as f32 / height);
        let job = FigureJob::Preview(Box::new(FigureSpec { scale: fit, ..desk.figure.clone() }));
        let waker = ctx.clone();
        let wake = move || waker.request_repaint();
        let worker = FigureWorker::start(job, corpus.entries.clone(), desk.locale(), wake);
        self.under_way = Some((key, worker));
    }

    /// Shows what has been drawn.
    fn take(&mut self, ctx: &Context, shell: &mut Shell) {
        let Some(news) = self.under_way.as_ref().and_then(|(_, worker)| worker.news()) else { return };
        let Some((key, _)) = self.under_way.take() else { return };
        let spec = &key.spec;
        let size_px = spec.size.logical().map(|side| (side * spec.scale).round() as u32);
        let drawn = match news {
            FigureNews::Preview(drawn) => drawn,
            _ => Err(String::new()),
        };
        let mut captions = spec.captions.clone();
        let picture = drawn.map(|(image, made)| {
            captions = made;
            let size = egui::vec2(image.width() as f32, image.height() as f32) / ctx.pixels_per_point();
            let texture = ctx.load_texture("figure", image, TextureOptions::LINEAR);
            let sized = SizedTexture::new(texture.id(), size);
            self.texture = Some(texture);
            sized
        });
        let is_too_large = size_px.iter().any(|side| *side as usize > MAX_FIGURE_SIDE_PX);
        shell.preview = Some(FigurePreview { picture, captions, size_px, is_too_large });
        self.key = Some(key);
    }
}
