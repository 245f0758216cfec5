//! Runs `ui` code without a window and draws what it painted.

use super::{Pixels, Textures, rasterize};
use egui::{ClippedPrimitive, Context, FullOutput, Rect, Ui, Vec2, ViewportId, epaint::ClippedShape};

/// The most pixels a picture may have on a side; the glyph atlas may grow as large.
pub const MAX_SIDE_PX: usize = 16_384;

/// The frame a picture is drawn in.
#[derive(Debug, Clone, PartialEq)]
pub struct Frame {
    /// Width and height in logical pixels.
    pub size: Vec2,
    /// Physical pixels for one logical one.
    pub scale: f32,
    /// What lies under everything, premultiplied; all zeros for a transparent picture.
    pub background: [u8; 4],
    /// How often the `ui` code is run before its output is taken: egui needs a second pass for sizes that depend
    /// on what was drawn, and animations must have come to their end. At least 1; one second passes between two.
    pub n_passes: usize,
}

impl Frame {
    /// Width and height of the picture in physical pixels.
    pub fn size_px(&self) -> [usize; 2] {
        [self.size.x, self.size.y].map(|side| ((side * self.scale).round().max(1.0) as usize).min(MAX_SIDE_PX))
    }
}

/// What was drawn.
#[derive(Debug)]
pub struct Shot {
    /// The pixels.
    pub pixels: Pixels,
    /// The shapes they were made from, in logical pixels, in order of painting.
    pub shapes: Vec<ClippedShape>,
}

/// Shapes ready to become pixels.
#[derive(Debug)]
pub struct Shapes {
    /// In logical pixels, in order of painting.
    pub shapes: Vec<ClippedShape>,
    /// The same as triangles.
    pub primitives: Vec<ClippedPrimitive>,
    /// What the triangles are filled with.
    pub textures: Textures,
    /// Size, scale and ground.
    pub frame: Frame,
}

impl Shapes {
    /// Draws them.
    pub fn pixels(&self) -> Pixels {
        let Self { primitives, textures, frame, .. } = self;
        let [width, height] = frame.size_px();
        let mut pixels = Pixels::filled(width, height, frame.background);
        rasterize(primitives, textures, frame.scale, &mut pixels);
        pixels
    }
}

/// Runs `ui` in a context of its own and draws the result.
///
/// `setup` gets the new context first: fonts, style, visuals. Nothing of the machine comes in: no system fonts
/// (the context has no font provider), no clock (time starts at 0 and goes in steps of a second), no input.
///
/// ```
/// use nianbiao::figure::{Frame, shoot};
/// let frame = Frame { size: egui::vec2(8.0, 4.0), scale: 2.0, background: [255; 4], n_passes: 2 };
/// let shot = shoot(&frame, |_| {}, |ui| {
///     ui.painter().rect_filled(ui.max_rect(), 0.0, egui::Color32::BLACK);
/// });
/// assert_eq!((shot.pixels.width, shot.pixels.height), (16, 8));
/// assert_eq!(shot.pixels.get(3, 3), Some([0, 0, 0, 255]));
/// ```
pub fn shoot(frame: &Frame, setup: impl FnOnce(&Context), ui: impl FnMut(&mut Ui)) -> Shot {
    let drawn = shapes(frame, setup, ui);
    Shot { pixels: drawn.pixels(), shapes: drawn.shapes }
}

/// As [`shoot`], without the pixels.
pub fn shapes(frame: &Frame, setup: impl FnOnce(&Context), mut ui: impl FnMut(&mut Ui)) -> Shapes {
    let ctx = Context::default();
    ctx.options_mut(|options| options.max_passes = 1.try_into().unwrap_or(options.max_passes));
    setup(&ctx);
    ctx.all_styles_mut(|style| style.animation_time = 0.0);
    let mut textures = Textures::default();
    let mut last = None;
    for pass_idx in 0..frame.n_passes.max(1) {
        let mut output = ctx.run_ui(raw_input(frame, pass_idx), &mut ui);
        textures.apply(&mut output.textures_delta);
        last = Some(output);
    }
    let shapes = last.map(|output: FullOutput| output.shapes).unwrap_or_default();
    let primitives = ctx.tessellate(shapes.clone(), frame.scale);
    Shapes { shapes, primitives, textures, frame: frame.clone() }
}

fn raw_input(frame: &Frame, pass_idx: usize) -> egui::RawInput {
    let mut input = egui::RawInput {
        screen_rect: Some(Rect::from_min_size(egui::Pos2::ZERO, frame.size)),
        max_texture_side: Some(MAX_SIDE_PX),
        time: Some(pass_idx as f64),
        predicted_dt: 1.0,
        focused: true,
        ..Default::default()
    };
    let viewport = input.viewports.entry(ViewportId::ROOT).or_default();
    viewport.native_pixels_per_point = Some(frame.scale);
    input
}
