//! A figure from beginning to end: lay out, paint, and make pixels or a file of it.

use super::{
    Frame, Pixels, PngInfo, Scene, Shapes, paint, pdf,
    png_file::write_png,
    shapes,
    svg::{self, SvgOptions},
};
use crate::{
    desk::{FigureFormat, FigureSpec},
    ui::{Theme, fonts},
    view::{
        figure::Chosen,
        figure_frame::{Figure, FigureStyle, Measure},
    },
};
use egui::vec2;
use rayon::prelude::*;
use std::io::Write;

/// The most pixels a figure may have on a side.
pub const MAX_FIGURE_SIDE_PX: usize = 12_000;

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

/// A figure that has been drawn as shapes.
#[derive(Debug)]
pub struct Drawn {
    /// What was laid out.
    pub figure: Figure,
    /// The shapes it was painted with.
    pub shapes: Shapes,
    /// For each part the index of its first shape.
    pub part_starts: Vec<usize>,
    /// The format that [`Drawn`] writes.
    pub format: FigureFormat,
    /// Data and sources that the file carries, as JSON.
    pub carried: Option<String>,
    scale: f32,
    ground: Option<[u8; 4]>,
}

/// The figure cannot be drawn in this size.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{width_px} × {height_px} pixels are too many: a figure may have {MAX_FIGURE_SIDE_PX} on a side")]
pub struct TooLarge {
    /// Width in physical pixels.
    pub width_px: f64,
    /// Height in physical pixels.
    pub height_px: f64,
}

/// The figure was drawn, but cannot be written in its format.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// What the PNG writer reports.
    #[error("{0}")]
    Png(#[from] png::EncodingError),
    /// What the target reports.
    #[error("{0}")]
    Io(#[from] std::io::Error),
}

/// Draws what was chosen as its spec says.
///
/// # Errors
/// [`TooLarge`] where the picture would have too many pixels.
pub fn draw_figure(spec: &FigureSpec, chosen: &Chosen<'_>) -> Result<Drawn, TooLarge> {
    // Shapes have no pixels.
    let scale = if spec.format == FigureFormat::Png { spec.scale } else { 1.0 };
    let options = DrawOptions { scale, theme: Theme::of_look(spec.look), transparent: spec.transparent };
    let mut drawn = draw(&chosen.style(), options, |measure| chosen.lay_out(measure))?;
    drawn.format = spec.format;
    Ok(drawn)
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
    let max_side = MAX_FIGURE_SIDE_PX as f64;
    if !(width_px <= max_side && height_px <= max_side) {
        return Err(TooLarge { width_px, height_px });
    }
    let ground = (!options.transparent).then(|| options.theme.sheet.to_array());
    let frame = Frame {
        size: vec2(style.size[0], style.size[1]),
        scale: options.scale,
        background: ground.unwrap_or([0; 4]),
        // Nothing here has a size that depends on what was drawn before.
        n_passes: 1,
    };
    let setup = |ctx: &egui::Context| {
        ctx.set_fonts(fonts::figure_definitions());
        options.theme.apply(ctx);
    };
    let mut figure = Figure::empty(style.size);
    let mut part_starts = Vec::new();
    let shapes = shapes(&frame, setup, |ui| {
        let painter = ui.ctx().layer_painter(egui::LayerId::background());
        figure = lay_out(&|text, face, size_px| paint::text_width(&painter, text, face, size_px));
        part_starts = paint::paint(&painter, options.theme, &figure);
    });
    let format = FigureFormat::Png;
    Ok(Drawn { figure, shapes, part_starts, format, carried: None, scale: options.scale, ground })
}

impl Drawn {
    /// The pixels.
    pub fn pixels(&self) -> Pixels {
        self.shapes.pixels()
    }

    /// Writes the file in the figure's format.
    ///
    /// # Errors
    /// What the writer reports.
    pub fn write(&self, mut out: impl Write + Send) -> Result<(), WriteError> {
        match self.format {
            FigureFormat::Png => self.write_png(out)?,
            FigureFormat::Svg | FigureFormat::SvgOutlines => out.write_all(self.svg().as_bytes())?,
            FigureFormat::Pdf => out.write_all(&self.pdf())?,
        }
        Ok(())
    }

    /// As a PNG, in memory.
    ///
    /// # Errors
    /// What the writer reports.
    pub fn png(&self) -> Result<Vec<u8>, png::EncodingError> {
        let mut bytes = Vec::new();
        self.write_png(&mut bytes)?;
        Ok(bytes)
    }

    /// As a PNG with title, alt text and resolution. Rows are drawn a few strips at a time and written at once, so
    /// that a large picture needs no memory for all of its pixels.
    fn write_png(&self, out: impl Write + Send) -> Result<(), png::EncodingError> {
        let Figure { title, alt_text, .. } = &self.figure;
        let info = PngInfo {
            title: title.clone(),
            alt_text: alt_text.clone(),
            carried: self.carried.clone().unwrap_or_default(),
            scale: self.scale,
        };
        let Shapes { primitives, textures, frame, .. } = &self.shapes;
        let [width, height] = frame.size_px();
        let scene = Scene::new(primitives, textures, frame.scale, [width, height]);
        write_png(out, [width, height], self.ground.is_some(), &info, |take| {
            // Twice as many strips as there are cores: none waits for the slowest for long.
            let n_at_once = (rayon::current_num_threads() * 2).max(1);
            let draw = |first: usize| -> Vec<Vec<[u8; 4]>> {
                let strip = |idx: usize| {
                    let mut rows = vec![frame.background; width * scene.n_rows(idx)];
                    scene.fill(idx, &mut rows);
                    rows
                };
                (first..(first + n_at_once).min(scene.n_strips())).into_par_iter().map(strip).collect()
            };
            // While some strips are packed, which one core must do, the others draw the next.
            let mut drawn = Vec::new();
            for first in (0..scene.n_strips()).step_by(n_at_once) {
                let (next, packed) =
                    rayon::join(|| draw(first), || drawn.iter().try_for_each(|rows: &Vec<[u8; 4]>| take(rows)));
                packed?;
                drawn = next;
            }
            drawn.iter().try_for_each(|rows| take(rows))
        })
    }

    /// As an SVG with an id for every event and point, title and description; text as text, or as outlines where the
    /// format says so.
    pub fn svg(&self) -> String {
        let options = SvgOptions {
            with_outlines: self.format == FigureFormat::SvgOutlines,
            carried: self.carried.as_deref().unwrap_or_default(),
        };
        svg::document(&self.figure, &self.shapes.shapes, &self.part_starts, self.ground, options)
    }

    /// As a PDF of one page.
    pub fn pdf(&self) -> Vec<u8> {
        let carried = self.carried.as_deref().unwrap_or_default();
        pdf::document(&self.figure, &self.shapes.shapes, self.ground, carried)
    }
}
