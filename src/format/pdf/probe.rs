//! Whether the drawing of a page comes to an end, found out without drawing it.
//!
//! The interpreter bounds how deep forms lie in each other, but not what a glyph that is drawn by a program (a Type 3
//! font) may show: one that shows itself would use up the stack, and nothing survives that. So everything that is drawn
//! by a program of its own – glyphs, tiles of patterns, masks – is gone through once, before a page is drawn.

use super::super::limits::MAX_PAGE_STEPS;
use hayro::hayro_interpret::{
    BlendMode, CacheKey, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, Paint, SoftMask, TransformExt as _,
    font::{Glyph, GlyphRun},
    hayro_syntax::{Pdf, page::Page},
    interpret_page,
    kurbo::{Affine, BezPath, Rect},
    pattern::Pattern,
};
use std::{
    collections::HashSet,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
};

/// Programs in programs go no deeper in any page that means well.
const MAX_DEPTH: usize = 16;

/// Whether drawing `page` takes no more than [`MAX_PAGE_STEPS`] and shows nothing inside itself.
pub(super) fn comes_to_an_end(pdf: &Pdf, page: &Page<'_>) -> bool {
    let (width, height) = page.render_dimensions();
    let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    let cache = InterpreterCache::new();
    let transform = page.initial_transform(true).to_kurbo();
    let mut context = Context::new(transform, bounds, &cache, pdf.xref(), InterpreterSettings::default());
    let mut probe = Probe::default();
    match catch_unwind(AssertUnwindSafe(|| interpret_page(page, &mut context, &mut probe))) {
        Ok(()) => true,
        Err(why) if why.is::<Endless>() => false,
        Err(why) => resume_unwind(why),
    }
}

/// Thrown through the interpreter, which has no other way to be stopped.
struct Endless;

#[derive(Default)]
struct Probe {
    n_steps: usize,
    /// The programs that are being gone through, the outermost first.
    open: Vec<u128>,
    /// Those that were.
    done: HashSet<u128>,
}

impl Probe {
    fn count(&mut self, n_steps: usize) {
        self.n_steps += n_steps;
        if self.n_steps > MAX_PAGE_STEPS {
            // No panic: nothing is printed, and it is caught above.
            resume_unwind(Box::new(Endless));
        }
    }

    /// Goes through a program, unless that was done.
    fn enter(&mut self, key: u128, go_through: impl FnOnce(&mut Self)) {
        if self.open.contains(&key) || self.open.len() >= MAX_DEPTH {
            resume_unwind(Box::new(Endless));
        }
        if self.done.contains(&key) {
            return;
        }
        self.open.push(key);
        go_through(self);
        self.open.pop();
        self.done.insert(key);
    }

    fn paint<'a>(&mut self, paint: &Paint<'a>, transform: Affine) {
        if let Paint::Pattern(pattern) = paint
            && let Pattern::Tiling(tile) = &**pattern
        {
            self.enter(tile.cache_key(), |probe| {
                let _ = tile.interpret(probe, transform, false);
            });
        }
    }

    fn mask<'a>(&mut self, mask: Option<&SoftMask<'a>>) {
        if let Some(mask) = mask {
            self.enter(mask.cache_key(), |probe| mask.interpret(probe));
        }
    }
}

impl<'a> Device<'a> for Probe {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        self.count(run.glyphs().len());
        self.paint(&props.paint, props.transform);
        self.mask(props.soft_mask.as_ref());
        for glyph in run.glyphs() {
            if let Glyph::Type3(program) = &**glyph {
                let at = glyph.transform();
                self.enter(program.cache_key(), |probe| program.interpret(probe, props.transform, at, &props.paint));
            }
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        self.count(1);
        self.mask(props.soft_mask.as_ref());
        // On the page itself it can show nothing that it lies in.
        if let Image::Stencil(stencil) = &image
            && !self.open.is_empty()
        {
            stencil.with_stencil(|_, paint| self.paint(paint, props.transform), None);
        }
    }

    fn draw_path(&mut self, _: &BezPath, props: DrawProps<'a>, _: &DrawMode) {
        self.count(1);
        self.paint(&props.paint, props.transform);
        self.mask(props.soft_mask.as_ref());
    }

    fn push_clip_path(&mut self, _: &ClipPath) {
        self.count(1);
    }

    fn push_transparency_group(&mut self, _: f32, mask: Option<SoftMask<'a>>, _: BlendMode) {
        self.count(1);
        self.mask(mask.as_ref());
    }

    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
