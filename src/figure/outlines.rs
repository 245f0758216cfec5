//! Glyphs of the two figure faces: which there are, how wide, and their outlines.

use crate::ui::fonts;
use egui::{FontFamily, FontId};
use skrifa::{
    FontRef, GlyphId, MetadataProvider as _,
    instance::{LocationRef, Size},
    outline::{DrawSettings, OutlinePen},
};

/// Bold and Sans, in the order in which a glyph is looked for in a bold text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FigureFace {
    /// Noto Sans SC.
    Sans,
    /// Noto Sans SC Bold.
    Bold,
}

impl FigureFace {
    /// Its file.
    pub fn bytes(self) -> &'static [u8] {
        match self {
            Self::Sans => fonts::SANS_BYTES,
            Self::Bold => fonts::BOLD_BYTES,
        }
    }

    /// Its name in a PDF.
    pub const fn post_script_name(self) -> &'static str {
        match self {
            Self::Sans => "NBIAAA+NotoSansSC-Regular",
            Self::Bold => "NBIAAB+NotoSansSC-Bold",
        }
    }

    /// The face, opened; the bundled files always can be.
    pub fn font(self) -> Option<FontRef<'static>> {
        FontRef::new(self.bytes()).ok()
    }
}

/// The face and glyph that egui took for a character of a text in `font`.
pub fn glyph_of(font: &FontId, c: char) -> Option<(FigureFace, GlyphId)> {
    let is_bold = matches!(&font.family, FontFamily::Name(name) if &**name == fonts::BOLD);
    let order = if is_bold { [FigureFace::Bold, FigureFace::Sans] } else { [FigureFace::Sans, FigureFace::Sans] };
    order.into_iter().find_map(|face| Some((face, face.font()?.charmap().map(c)?)))
}

/// A step of an outline, y upwards, in units of the size asked for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Step {
    /// Begin here.
    Move([f32; 2]),
    /// A straight line.
    Line([f32; 2]),
    /// A quadratic curve: control, end.
    Quad([f32; 2], [f32; 2]),
    /// A cubic curve: controls, end.
    Cubic([f32; 2], [f32; 2], [f32; 2]),
    /// Back to the beginning.
    Close,
}

/// The outline of a glyph at a size.
pub fn outline(face: FigureFace, glyph: GlyphId, size_px: f32) -> Vec<Step> {
    #[derive(Default)]
    struct Pen(Vec<Step>);
    impl OutlinePen for Pen {
        fn move_to(&mut self, x: f32, y: f32) {
            self.0.push(Step::Move([x, y]));
        }
        fn line_to(&mut self, x: f32, y: f32) {
            self.0.push(Step::Line([x, y]));
        }
        fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
            self.0.push(Step::Quad([cx, cy], [x, y]));
        }
        fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
            self.0.push(Step::Cubic([ax, ay], [bx, by], [x, y]));
        }
        fn close(&mut self) {
            self.0.push(Step::Close);
        }
    }
    let mut pen = Pen::default();
    let Some(found) = face.font().and_then(|font| font.outline_glyphs().get(glyph)) else { return Vec::new() };
    let settings = DrawSettings::unhinted(Size::new(size_px), LocationRef::default());
    // A glyph that cannot be drawn is left out, as it is on screen.
    let _ = found.draw(settings, &mut pen);
    pen.0
}
