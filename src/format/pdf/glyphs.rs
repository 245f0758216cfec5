//! What a page draws: characters with their boxes, upright, with y downwards.

use super::super::limits::{MAX_PAGE_GLYPHS, MAX_PAGE_STEPS};
use crate::model::Area;
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, SoftMask, TransformExt as _,
    font::{Glyph as PdfGlyph, GlyphRun},
    hayro_cmap::{BfString, WritingMode},
    hayro_syntax::{Pdf, page::Page},
    interpret_page,
    kurbo::{BezPath, Point, Rect},
};
use std::{
    collections::HashMap,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
};
use unicode_normalization::UnicodeNormalization as _;

/// Font units to the em.
const UNITS_PER_EM: f64 = 1000.0;
/// How far a character reaches below and above its baseline, in font units.
const BELOW: f64 = -120.0;
const ABOVE: f64 = 880.0;
/// A glyph that is drawn again nearer than this, in em, is the same one, made bold.
const FAKE_BOLD_EM: f32 = 0.15;

/// Stands for a character that the fonts give no meaning.
pub(super) const UNKNOWN: char = char::REPLACEMENT_CHARACTER;

/// A character on the page; `text` may be several (a ligature).
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Glyph {
    pub text: String,
    /// Its code, where it may be one byte of a text in an old encoding rather than a letter.
    pub byte: Option<u8>,
    pub x0: f32,
    pub x1: f32,
    /// Baseline.
    pub y: f32,
    /// Size of the type.
    pub size: f32,
    /// Where it stands on the page, whichever way it runs.
    pub area: Area,
}

/// What a page draws.
#[derive(Debug, Default)]
pub(super) struct Drawn {
    pub glyphs: Vec<Glyph>,
    /// Text set in columns from top to bottom; its coordinates are turned so that it runs like the rest.
    pub upright: Vec<Glyph>,
    /// Text that runs up or down the page, turned likewise.
    pub turned: Vec<Glyph>,
    pub has_picture: bool,
    /// Characters beyond the limit.
    pub n_left_out: usize,
    /// Whether drawing was stopped, for there was no end of it.
    pub is_cut: bool,
}

impl Drawn {
    /// Whether no character is drawn.
    pub fn is_empty(&self) -> bool {
        self.glyphs.is_empty() && self.upright.is_empty() && self.turned.is_empty()
    }
}

/// Everything drawn on `page`.
pub(super) fn of_page<'a>(pdf: &'a Pdf, page: &Page<'a>, cache: &InterpreterCache<'a>) -> Drawn {
    let (width, height) = page.render_dimensions();
    let transform = page.initial_transform(true).to_kurbo();
    let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    let mut context = Context::new(transform, bounds, cache, pdf.xref(), InterpreterSettings::default());
    let mut collector = Collector { width, height, ..Collector::default() };
    let drawing = AssertUnwindSafe(|| interpret_page(page, &mut context, &mut collector));
    if let Err(why) = catch_unwind(drawing) {
        if !why.is::<TooMany>() {
            resume_unwind(why);
        }
        collector.drawn.is_cut = true;
    }
    let Collector { mut drawn, .. } = collector;
    // Searchable scans have their text invisible; where a page has text that is seen, what is not seen is a double.
    if drawn.glyphs.len() < collector.hidden.len() {
        drawn.glyphs.append(&mut collector.hidden);
    }
    drawn
}

#[derive(Debug, Default)]
struct Collector {
    width: f32,
    height: f32,
    drawn: Drawn,
    hidden: Vec<Glyph>,
    n_steps: usize,
    /// Text and place → where glyphs of it stand.
    seen: HashMap<(String, i32, i32), (f32, f32)>,
}

/// Drawing went beyond [`MAX_PAGE_STEPS`]: thrown through the interpreter, which has no other way to be stopped.
struct TooMany;

/// Which way text runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Across,
    Up,
    Down,
    Askew,
}

impl Collector {
    fn count(&mut self, n_steps: usize) {
        self.n_steps += n_steps;
        if self.n_steps > MAX_PAGE_STEPS {
            // No panic: nothing is printed, and it is caught in `of_page`.
            resume_unwind(Box::new(TooMany));
        }
    }

    /// Whether the same character stands there already.
    fn is_double(&mut self, glyph: &Glyph) -> bool {
        let near = (glyph.size * FAKE_BOLD_EM).max(0.01);
        // Four cells around the glyph hold all that are near.
        let cell = |v: f32| (v / (near * 2.0)).floor() as i32;
        let (x, y) = (cell(glyph.x0), cell(glyph.y));
        for (dx, dy) in [(0, 0), (-1, 0), (1, 0), (0, -1), (0, 1), (-1, -1), (1, 1), (-1, 1), (1, -1)] {
            if let Some((x0, y0)) = self.seen.get(&(glyph.text.clone(), x + dx, y + dy))
                && (x0 - glyph.x0).abs() < near
                && (y0 - glyph.y).abs() < near
            {
                return true;
            }
        }
        self.seen.insert((glyph.text.clone(), x, y), (glyph.x0, glyph.y));
        false
    }
}

fn text_of(glyph: &PdfGlyph<'_>) -> String {
    let text = match glyph.as_unicode() {
        Some(BfString::Char(c)) => c.to_string(),
        Some(BfString::String(text)) => text,
        None => String::new(),
    };
    let is_private = |c: char| matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{fffd}' | '\0'..='\u{8}');
    if text.chars().all(is_private) {
        return UNKNOWN.to_string();
    }
    text.chars().flat_map(plain).collect()
}

/// Its code, where that may be a byte of a text in an old encoding: a letter that is not Chinese, or nothing known.
fn byte_of(glyph: &PdfGlyph<'_>, text: &str) -> Option<u8> {
    let may_be = |c: char| c == UNKNOWN || c < '\u{2e80}';
    text.chars().all(may_be).then_some(())?;
    u8::try_from(glyph.char_code()).ok()
}

/// Radicals and compatibility forms become the characters they stand for; control characters and soft hyphens go.
fn plain(c: char) -> Vec<char> {
    match c {
        '\u{2e80}'..='\u{2fdf}' | '\u{f900}'..='\u{faff}' | '\u{fb00}'..='\u{fb06}' => c.nfkc().collect(),
        '\u{a0}' => vec![' '],
        c if c.is_control() || c == '\u{ad}' => Vec::new(),
        c => vec![c],
    }
}

impl Device<'_> for Collector {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, '_>, props: DrawProps<'_>, mode: &DrawMode) {
        self.count(run.glyphs().len());
        let is_vertical = run.writing_mode() == WritingMode::Vertical;
        let mut glyphs: Vec<(Glyph, Way)> = Vec::with_capacity(run.glyphs().len());
        for glyph in run.glyphs() {
            let text = text_of(glyph);
            let byte = byte_of(glyph, &text);
            let matrix = props.transform * glyph.transform();
            let advance = match &**glyph {
                PdfGlyph::Outline(outline) => outline.advance_width().map_or(UNITS_PER_EM, f64::from),
                PdfGlyph::Type3(type3) => type3.advance_width().map_or(UNITS_PER_EM, f64::from),
            };
            let at = |x: f64, y: f64| matrix * Point::new(x, y);
            let (origin, end, top) = (at(0.0, 0.0), at(advance, 0.0), at(0.0, UNITS_PER_EM));
            let area = area([at(0.0, BELOW), at(advance, BELOW), at(0.0, ABOVE), at(advance, ABOVE)]);
            let size = ((top.x - origin.x).hypot(top.y - origin.y)) as f32;
            let way = way(origin, end);
            let (x0, x1, y) = self.turned(origin, end, if is_vertical { Way::Down } else { way });
            let is_sane = [x0, x1, y, size].iter().all(|v| v.is_finite() && v.abs() < 1e6) && size > 0.1;
            if !is_sane || (text.trim().is_empty() && byte.is_none_or(|byte| byte < 0x80)) {
                continue;
            }
            let x1 = if is_vertical { x0 + size } else { x1 };
            glyphs.push((Glyph { text, byte, x0: x0.min(x1), x1: x1.max(x0), y, size, area }, way));
        }
        for (glyph, way) in glyphs {
            if self.drawn.glyphs.len() + self.hidden.len() >= MAX_PAGE_GLYPHS {
                self.drawn.n_left_out += 1;
            } else if self.is_double(&glyph) {
                // Bold by drawing it twice.
            } else if matches!(mode, DrawMode::Invisible) {
                self.hidden.push(glyph);
            } else if is_vertical {
                self.drawn.upright.push(glyph);
            } else {
                match way {
                    Way::Across => self.drawn.glyphs.push(glyph),
                    Way::Up | Way::Down => self.drawn.turned.push(glyph),
                    // A watermark.
                    Way::Askew => {}
                }
            }
        }
    }

    fn draw_image(&mut self, _: Image<'_, '_>, _: ImageDrawProps<'_>) {
        self.count(1);
        self.drawn.has_picture = true;
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'_>, _: &DrawMode) {
        self.count(1);
    }

    fn push_clip_path(&mut self, _: &ClipPath) {
        self.count(1);
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {
        self.count(1);
    }

    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

impl Collector {
    /// The box's left and right and its baseline, as if the text ran across.
    fn turned(&self, origin: Point, end: Point, way: Way) -> (f32, f32, f32) {
        let (ox, oy, ex, ey) = (origin.x as f32, origin.y as f32, end.x as f32, end.y as f32);
        match way {
            Way::Across | Way::Askew => (ox, ex, oy),
            Way::Down => (oy, ey, self.width - ox),
            Way::Up => (self.height - oy, self.height - ey, ox),
        }
    }
}

/// What encloses the corners of a glyph.
fn area(corners: [Point; 4]) -> Area {
    let fold = |f: fn(f64, f64) -> f64, of: fn(&Point) -> f64| corners.iter().map(of).reduce(f).unwrap_or(0.0) as f32;
    Area {
        left: fold(f64::min, |p| p.x),
        top: fold(f64::min, |p| p.y),
        right: fold(f64::max, |p| p.x),
        bottom: fold(f64::max, |p| p.y),
    }
}

fn way(origin: Point, end: Point) -> Way {
    let (dx, dy) = (end.x - origin.x, end.y - origin.y);
    if dx >= 0.0 && dy.abs() <= dx * 0.1 {
        Way::Across
    } else if dx.abs() <= dy.abs() * 0.1 {
        if dy > 0.0 { Way::Down } else { Way::Up }
    } else {
        Way::Askew
    }
}
