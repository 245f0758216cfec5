//! A figure from beginning to end: lay out, paint, and make a PNG or an SVG of it.

use super::{Frame, MAX_SIDE_PX, Pixels, PngInfo, Shot, paint, shoot, svg};
use crate::{
    ui::{Theme, fonts},
    view::figure_frame::{Figure, FigureStyle, Measure},
};
use egui::vec2;

/// How a figure is drawn.
#[derive(Debug, Clone, Copy)]
pub struct DrawOptions {
    /// Physical pixels for one logical one.
    pub scale: f32,
    /// Colours.
    pub theme: &'static Theme,
    /// No ground.
    pub transparent: bool,
}

/// A figure that has been drawn.
#[derive(Debug)]
pub struct Drawn {
    /// What was laid out.
    pub figure: Figure,
    /// Pixels and shapes.
    pub shot: Shot,
    /// For each part the index of its first shape.
    pub part_starts: Vec<usize>,
    scale: f32,
    ground: Option<[u8; 4]>,
}

/// The figure cannot be drawn in this size.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error(
    "{width_px} × {height_px} pixels are too many: a picture may have {MAX_SIDE_PX} on a side and 200 million in all"
)]
pub struct TooLarge {
    /// Width in physical pixels.
    pub width_px: f64,
    /// Height in physical pixels.
    pub height_px: f64,
}

/// Draws the figure that `lay_out` makes.
///
/// # Errors
/// [`TooLarge`] where the picture would have too many pixels.
pub fn draw(
    style: &FigureStyle,
    options: DrawOptions,
    lay_out: impl Fn(&Measure<'_>) -> Figure,
) -> Result<Drawn, TooLarge> {
    let [width_px, height_px] = style.size.map(|side| f64::from(side) * f64::from(options.scale));
    let max_side = MAX_SIDE_PX as f64;
    if !(width_px <= max_side && height_px <= max_side && width_px * height_px <= 2e8) {
        return Err(TooLarge { width_px, height_px });
    }
    let ground = (!options.transparent).then(|| options.theme.sheet.to_array());
    let frame = Frame {
        size: vec2(style.size[0], style.size[1]),
        scale: options.scale,
        background: ground.unwrap_or([0; 4]),
        n_passes: 2,
    };
    let setup = |ctx: &egui::Context| {
        ctx.set_fonts(fonts::definitions());
        options.theme.apply(ctx);
    };
    let mut figure = Figure { size: style.size, parts: Vec::new(), title: String::new(), alt_text: String::new() };
    let mut part_starts = Vec::new();
    let shot = shoot(&frame, setup, |ui| {
        let painter = ui.ctx().layer_painter(egui::LayerId::background());
        figure = lay_out(&|text, face, size_px| paint::text_width(&painter, text, face, size_px));
        part_starts = paint::paint(&painter, options.theme, &figure);
    });
    Ok(Drawn { figure, shot, part_starts, scale: options.scale, ground })
}

impl Drawn {
    /// The pixels.
    pub const fn pixels(&self) -> &Pixels {
        &self.shot.pixels
    }

    /// As a PNG with title, alt text and resolution.
    ///
    /// # Errors
    /// What the writer reports.
    pub fn png(&self) -> Result<Vec<u8>, png::EncodingError> {
        let Figure { title, alt_text, .. } = &self.figure;
        self.shot.pixels.png(&PngInfo { title: title.clone(), alt_text: alt_text.clone(), scale: self.scale })
    }

    /// As an SVG with text as text, an id for every event and point, title and description.
    pub fn svg(&self) -> String {
        svg::document(&self.figure, &self.shot.shapes, &self.part_starts, self.ground)
    }
}
