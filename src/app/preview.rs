//! The figure in the export sheet: drawn again when a choice, the data or the room has changed.

use super::export;
use crate::{
    corpus::Corpus,
    desk::{Captions, Desk, FigureSpec, Lang, Overlay, WordStyle},
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

/// The picture last drawn.
#[derive(Default)]
pub struct Preview {
    key: Option<Key>,
    texture: Option<TextureHandle>,
}

impl Preview {
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
        if self.key.as_ref() == Some(&key) {
            return;
        }
        let [width, height] = desk.figure.size.logical();
        let fit = (room_px[0] as f32 / width).min(room_px[1] as f32 / height);
        let size_px = [width, height].map(|side| (side * desk.figure.scale).round() as u32);
        let spec = FigureSpec { scale: fit, ..desk.figure.clone() };
        let words = desk.locale();
        let mut captions = desk.figure.captions.clone();
        let picture = export::figure(&spec, corpus, words).map(|drawn| {
            captions = made(&drawn.figure.captions, &drawn.figure.alt_text);
            let pixels = drawn.pixels();
            let bytes: Vec<u8> = pixels.data.iter().flatten().copied().collect();
            let image = ColorImage::from_rgba_premultiplied([pixels.width, pixels.height], &bytes);
            let texture = ctx.load_texture("figure", image, TextureOptions::LINEAR);
            let size = egui::vec2(pixels.width as f32, pixels.height as f32) / scale;
            let sized = SizedTexture::new(texture.id(), size);
            self.texture = Some(texture);
            sized
        });
        shell.preview = Some(FigurePreview { picture, captions, size_px });
        self.key = Some(key);
    }
}

fn made(captions: &Captions, alt: &str) -> Captions {
    Captions { alt: alt.to_owned(), ..captions.clone() }
}
