//! How much work the drawing of a page is, found out without drawing it.
//!
//! Who draws a page cannot be stopped: it ends when it ends, and takes the room that it takes. A page of a few lines may
//! ask for hours and for all memory there is: a glyph that is a program and shows itself, a tile of a pattern laid a
//! billion times, an image that says it has four billion pixels. So a page is gone through first, and what each thing that
//! is drawn will take is reckoned: a unit of [`Work`] is some 0.1 µs and 30 bytes.

use super::super::limits::{MAX_PAGE_STEPS, MAX_PAGE_WORK};
use hayro::hayro_interpret::{
    BlendMode, CacheKey, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, Paint, SoftMask, StrokeProps,
    font::{Glyph, GlyphRun},
    hayro_syntax::{
        Pdf,
        object::{Dict, Stream, dict::keys::SMASK},
        page::Page,
    },
    interpret_page,
    kurbo::{Affine, BezPath, PathSeg, Point, Rect, Shape as _},
    pattern::{Pattern, ShadingPattern, TilingPattern},
    shading::ShadingType,
    util::x_y_advances,
};
use std::{
    collections::HashMap,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
};

/// Programs in programs go no deeper in any page that means well.
const MAX_DEPTH: usize = 16;
/// The edge of a shape is kept in pieces of so many pixels.
const PX_OF_AN_EDGE: f64 = 4.0;
/// So many pixels are filled with one colour in a unit of work.
const PX_OF_A_FILL: f64 = 3072.0;
/// So many are put together from a layer and what lies below.
const PX_OF_A_LAYER: f64 = 1024.0;
/// So many are filled from a picture, a pattern or a run of colours.
const PX_OF_A_SAMPLE: f64 = 10.0;
/// So many pixels of an image, a tile or a mask are made and kept in a unit of work.
const PX_OF_A_PICTURE: f64 = 8.0;
/// Reading what is to be drawn is work as well.
const WORK_OF_A_STEP: Work = 4.0;
/// A pixel of a mesh of colours is kept in a table, which takes so many units.
const WORK_OF_A_MESH_PX: Work = 4.0;
/// A patch of a mesh is cut into some hundred triangles.
const WORK_OF_A_PATCH: Work = 1000.0;
/// Tiles have no more pixels on a side.
const MAX_TILE_PX: f64 = 65_535.0;
/// A unit of a font is so much of its em.
const EM: f64 = 1000.0;

/// Why a page is not drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Endless {
    /// Something in it shows itself, or it takes more than [`MAX_PAGE_STEPS`].
    Steps,
    /// It takes more than [`MAX_PAGE_WORK`].
    Work,
}

/// Whether `page` can be drawn, put on its pixels by `transform` and `size_px` pixels large.
///
/// # Errors
/// What there is too much of.
pub(super) fn check(pdf: &Pdf, page: &Page<'_>, transform: Affine, size_px: [f64; 2]) -> Result<(), Endless> {
    let bounds = Rect::new(0.0, 0.0, size_px[0], size_px[1]);
    let cache = InterpreterCache::new();
    let mut context = Context::new(transform, bounds, &cache, pdf.xref(), InterpreterSettings::default());
    let mut probe = Probe { bounds, ..Probe::default() };
    match catch_unwind(AssertUnwindSafe(|| interpret_page(page, &mut context, &mut probe))) {
        Ok(()) => Ok(()),
        Err(why) => match why.downcast::<Endless>() {
            Ok(endless) => Err(*endless),
            Err(why) => resume_unwind(why),
        },
    }
}

/// Units of work.
type Work = f64;

#[derive(Default)]
struct Probe {
    bounds: Rect,
    /// What is cut to, the innermost last.
    clips: Vec<Rect>,
    n_steps: usize,
    work: Work,
    /// The programs that are being gone through, the outermost first.
    open: Vec<u128>,
    /// Those that were, each with the work that it is.
    done: HashMap<u128, Work>,
    /// Pieces of the outline of each glyph.
    outlines: HashMap<u128, usize>,
}

impl Probe {
    fn step(&mut self) {
        self.n_steps += 1;
        if self.n_steps > MAX_PAGE_STEPS {
            stop(Endless::Steps);
        }
        self.add(WORK_OF_A_STEP);
    }

    fn add(&mut self, work: Work) {
        self.work += work;
        // What is no number is no work that has an end.
        if self.work.is_nan() || self.work > MAX_PAGE_WORK {
            stop(Endless::Work);
        }
    }

    /// Goes through a program once, and adds its work `n_times`.
    fn enter(&mut self, key: u128, n_times: f64, go_through: impl FnOnce(&mut Self)) {
        if self.open.contains(&key) || self.open.len() >= MAX_DEPTH {
            stop(Endless::Steps);
        }
        if let Some(work) = self.done.get(&key) {
            self.add((work + 1.0) * n_times);
            return;
        }
        let before = self.work;
        self.open.push(key);
        go_through(self);
        self.open.pop();
        let work = self.work - before;
        self.done.insert(key, work);
        self.add(work * (n_times - 1.0).max(0.0));
    }

    /// The part of `rect`, in pixels, that is on the page and not cut away.
    fn seen(&self, rect: Rect) -> Rect {
        let clip = self.clips.last().copied().unwrap_or(self.bounds);
        if rect.is_finite() { rect.intersect(clip) } else { clip }
    }

    /// A line is cut at the borders of the page.
    fn edge(&self, n_pieces: f64, length_px: f64) -> Work {
        let longest = n_pieces * (self.bounds.width() + self.bounds.height());
        n_pieces + length_px.min(longest) / PX_OF_AN_EDGE
    }

    fn page_px(&self) -> f64 {
        self.bounds.area()
    }

    fn shape(&mut self, path: &BezPath, props: &DrawProps<'_>, mode: &DrawMode) {
        let n_pieces = path.elements().len() as f64;
        let scale = scale(props.transform);
        let bbox = path.control_box();
        let (stroke, is_filled) = match mode {
            DrawMode::Fill(_) => (None, true),
            DrawMode::Stroke(stroke) => (Some(stroke), false),
            DrawMode::FillAndStroke(_, stroke) => (Some(stroke), true),
            DrawMode::Invisible => return,
        };
        let width = stroke.map_or(0.0, |stroke| f64::from(stroke.line_width));
        let seen = self.seen(props.transform.transform_rect_bbox(bbox.inflate(width, width)));
        self.add(n_pieces / 8.0);
        if let Some(stroke) = stroke {
            self.add(n_dashes(path, stroke));
        }
        if seen.is_zero_area() {
            return;
        }
        let length_px: f64 = path.segments().map(|segment| chord(&segment)).sum::<f64>() * scale;
        let edge = self.edge(n_pieces, length_px);
        if is_filled {
            self.add(edge + seen.area() / PX_OF_A_FILL);
        }
        if stroke.is_some() {
            self.add(2.0 * edge + (length_px * width * scale).min(seen.area()) / PX_OF_A_FILL);
        }
    }

    fn paint<'a>(&mut self, paint: &Paint<'a>, area: Rect) {
        let Paint::Pattern(pattern) = paint else { return };
        let seen = self.seen(area);
        self.add(seen.area() / PX_OF_A_SAMPLE);
        match &**pattern {
            Pattern::Tiling(tile) => self.tiles(tile, seen),
            Pattern::Shading(shading) => {
                self.add(seen.area() / PX_OF_A_PICTURE + mesh_work(shading));
            }
        }
    }

    fn tiles(&mut self, tile: &TilingPattern<'_>, seen: Rect) {
        let area = tile.matrix.inverse().transform_rect_bbox(seen);
        let (x_advance, y_advance) = x_y_advances(&tile.matrix);
        // As the drawing lays them: once for each step that the tile is wide, and not beyond what is seen.
        let axis = |step: f32, cell: f64, visible: f64, advance: f64| {
            let step = f64::from(step.abs());
            let px = (step.min(visible).max(0.0) * advance).clamp(1.0, MAX_TILE_PX);
            ((cell / step).max(0.0) + 2.0, px)
        };
        let (n_x, width_px) = axis(tile.x_step, tile.bbox.width(), area.width(), x_advance.length());
        let (n_y, height_px) = axis(tile.y_step, tile.bbox.height(), area.height(), y_advance.length());
        self.add(width_px * height_px / PX_OF_A_PICTURE);
        self.enter(tile.cache_key(), n_x * n_y, |probe| {
            let _ = tile.interpret(probe, tile.matrix, false);
        });
    }

    fn mask(&mut self, mask: Option<&SoftMask<'_>>) {
        let Some(mask) = mask else { return };
        if self.done.contains_key(&mask.cache_key()) {
            // It is kept.
            return;
        }
        self.add(self.page_px() / PX_OF_A_PICTURE);
        self.enter(mask.cache_key(), 1.0, |probe| mask.interpret(probe));
    }
}

/// Ends the interpreter, which has no other way to be stopped. No panic: nothing is printed, and [`check`] catches it.
fn stop(why: Endless) -> ! {
    resume_unwind(Box::new(why))
}

/// How many pixels a unit is long at most.
fn scale(transform: Affine) -> f64 {
    let (x, y) = x_y_advances(&transform);
    x.length().max(y.length())
}

/// The length of a piece, that of a curve through its handles.
fn chord(segment: &PathSeg) -> f64 {
    match segment {
        PathSeg::Line(line) => (line.p1 - line.p0).length(),
        PathSeg::Quad(curve) => (curve.p1 - curve.p0).length() + (curve.p2 - curve.p1).length(),
        PathSeg::Cubic(curve) => {
            (curve.p1 - curve.p0).length() + (curve.p2 - curve.p1).length() + (curve.p3 - curve.p2).length()
        }
    }
}

/// Into how many dashes a stroke is cut, on the page or not.
fn n_dashes(path: &BezPath, stroke: &StrokeProps) -> Work {
    let period: f64 = stroke.dash_array.iter().map(|dash| f64::from(dash.abs())).sum();
    if stroke.dash_array.is_empty() {
        return 0.0;
    }
    let length: f64 = path.segments().map(|segment| chord(&segment)).sum();
    let n = length / period * stroke.dash_array.len() as f64;
    if length > 0.0 { n * 4.0 } else { 0.0 }
}

/// A mesh is drawn on all the pixels it covers, seen or not.
fn mesh_work(shading: &ShadingPattern) -> Work {
    let px = |points: &[Point]| {
        let points = points.iter().map(|point| shading.matrix * *point);
        let bounds = points.fold(None, |bounds: Option<Rect>, point| {
            let at = Rect::from_points(point, point);
            Some(bounds.map_or(at, |bounds| bounds.union(at)))
        });
        let side = |low: f64, high: f64| high.clamp(0.0, MAX_TILE_PX) - low.clamp(0.0, MAX_TILE_PX) + 1.0;
        bounds.map_or(0.0, |bounds| side(bounds.x0, bounds.x1) * side(bounds.y0, bounds.y1))
    };
    match shading.shading.shading_type.as_ref() {
        ShadingType::TriangleMesh { triangles, .. } => {
            triangles.iter().map(|one| px(&[one.p0.point, one.p1.point, one.p2.point]) * WORK_OF_A_MESH_PX).sum()
        }
        ShadingType::CoonsPatchMesh { patches, .. } => {
            patches.iter().map(|patch| px(&patch.control_points) * WORK_OF_A_MESH_PX + WORK_OF_A_PATCH).sum()
        }
        ShadingType::TensorProductPatchMesh { patches, .. } => {
            patches.iter().map(|patch| px(&patch.control_points) * WORK_OF_A_MESH_PX + WORK_OF_A_PATCH).sum()
        }
        _ => 0.0,
    }
}

/// The pixels that an image says it has, with those of its mask, and those that a JPEG 2000 file says it has.
fn image_px(stream: &Stream<'_>, size: [u32; 2]) -> f64 {
    let mut px = size.map(f64::from).iter().product::<f64>();
    let side = |dict: &Dict<'_>, short: &str, long: &str| {
        dict.get::<u32>(short).or_else(|| dict.get::<u32>(long)).map_or(0.0, f64::from)
    };
    if let Some(mask) = stream.dict().get::<Stream<'_>>(SMASK) {
        px += side(mask.dict(), "W", "Width") * side(mask.dict(), "H", "Height");
    }
    px + jpeg2000_px(&stream.raw_data())
}

/// A JPEG 2000 file has its size in itself: the marker FF51 at its begin, then length, profile, width and height.
fn jpeg2000_px(bytes: &[u8]) -> f64 {
    let Some(at) = memchr::memmem::find(bytes, b"\xff\x4f\xff\x51") else { return 0.0 };
    let number = |from: usize| {
        let four = bytes.get(at + from..at + from + 4)?;
        Some(f64::from(u32::from_be_bytes(four.try_into().ok()?)))
    };
    number(8).zip(number(12)).map_or(0.0, |(width, height)| width * height)
}

impl<'a> Device<'a> for Probe {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        self.mask(props.soft_mask.as_ref());
        let mut whole = Rect::ZERO;
        for glyph in run.glyphs() {
            self.step();
            let at = glyph.transform();
            match &**glyph {
                Glyph::Type3(program) => {
                    // Drawn larger it is more work, so each size counts by itself.
                    let size = scale(props.transform * at).log2().clamp(-64.0, 64.0).ceil() as i8;
                    let key = program.cache_key() ^ u128::from(size.unsigned_abs()) << 1 ^ u128::from(size < 0);
                    self.enter(key, 1.0, |probe| program.interpret(probe, props.transform, at, &props.paint));
                    // The glyph may fill what it is painted with.
                    self.add(1.0);
                }
                Glyph::Outline(outline) => {
                    let key = outline.identifier().cache_key();
                    let n_pieces = *self.outlines.entry(key).or_insert_with(|| outline.outline().elements().len());
                    let em_px = scale(props.transform * at) * EM;
                    let turn = props.transform * at;
                    let origin = turn * Point::ORIGIN;
                    let around = Rect::from_center_size(origin, (2.0 * em_px, 2.0 * em_px));
                    let seen = self.seen(around);
                    let is_drawn = !matches!(mode, DrawMode::Invisible) && !seen.is_zero_area();
                    self.add(1.0 + n_pieces as f64 / 8.0);
                    if is_drawn {
                        let edge = self.edge(n_pieces as f64, em_px * 8.0);
                        self.add(edge + seen.area() / PX_OF_A_FILL);
                        whole = if whole.is_zero_area() { seen } else { whole.union(seen) };
                    }
                }
            }
        }
        self.paint(&props.paint, whole);
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        self.step();
        self.mask(props.soft_mask.as_ref());
        let size = [image.width(), image.height()];
        let unit = Rect::new(0.0, 0.0, f64::from(size[0]), f64::from(size[1]));
        let seen = self.seen(props.transform.transform_rect_bbox(unit));
        self.add(seen.area() / PX_OF_A_SAMPLE);
        match &image {
            Image::Raster(raster) => self.add(image_px(raster.stream(), size) / PX_OF_A_PICTURE),
            Image::Stencil(stencil) => {
                let px = image_px(stencil.stream(), size);
                self.add(px / PX_OF_A_PICTURE);
                stencil.with_stencil(|_, paint| self.paint(paint, self.bounds), Some((1, 1)));
            }
        }
    }

    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        self.step();
        self.shape(path, &props, mode);
        self.paint(&props.paint, props.transform.transform_rect_bbox(path.control_box()));
        self.mask(props.soft_mask.as_ref());
    }

    fn draw_rect(&mut self, rect: &Rect, props: DrawProps<'a>, mode: &DrawMode) {
        let DrawMode::Fill(_) = mode else { return self.draw_path(&rect.to_path(0.1), props, mode) };
        self.step();
        let area = props.transform.transform_rect_bbox(*rect);
        let seen = self.seen(area);
        self.add(1.0 + seen.height() / PX_OF_AN_EDGE + seen.area() / PX_OF_A_FILL);
        self.paint(&props.paint, area);
        self.mask(props.soft_mask.as_ref());
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        self.step();
        let n_pieces = clip.path.elements().len() as f64;
        let length_px: f64 = clip.path.segments().map(|segment| chord(&segment)).sum();
        let seen = self.seen(clip.path.control_box());
        self.clips.push(seen);
        self.add(self.edge(n_pieces, length_px) + seen.area() / PX_OF_A_FILL);
    }

    fn push_transparency_group(&mut self, _: f32, mask: Option<SoftMask<'a>>, _: BlendMode) {
        self.step();
        self.add(self.seen(self.bounds).area() / PX_OF_A_LAYER);
        self.mask(mask.as_ref());
    }

    fn pop_clip(&mut self) {
        self.clips.pop();
    }

    fn pop_transparency_group(&mut self) {}
}
