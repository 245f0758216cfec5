//! A page as it looks, and where the text stands on it.

use super::{
    super::{
        FormatError,
        limits::{MAX_PAGE_PIXELS, MAX_PAGE_WORK},
    },
    bomb, glyphs, layout, open, places,
    probe::{self, Endless},
};
use crate::model::{PagePixels, PageSheet};
use hayro::{
    PixmapSettings, RenderCache, RenderSettings,
    hayro_interpret::{
        InterpreterCache, InterpreterSettings, TransformExt as _,
        font::{FontData, FontQuery},
        hayro_syntax::{Pdf, page::Page},
        kurbo::Affine,
    },
    render,
    vello_cpu::color::palette::css::WHITE,
};
use std::{
    fmt,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

/// The longest side of a picture, in pixels.
const MAX_SIDE: f32 = 8192.0;

/// A page that is too much work is tried so much smaller: fewer pixels are less work.
const SMALLER: [f32; 3] = [1.0, 0.5, 0.25];

/// A PDF file in memory, to be looked at page by page.
pub struct PdfFile {
    pdf: Pdf,
    /// Stands for Chinese, Japanese and Korean fonts that the file names and does not bring along.
    font: &'static [u8],
}

impl fmt::Debug for PdfFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PdfFile").field("n_pages", &self.pdf.pages().len()).finish_non_exhaustive()
    }
}

impl PdfFile {
    /// Opens it; `font` is a font file with han characters.
    ///
    /// # Errors
    /// The file is damaged, encrypted, or a bomb.
    pub fn open(bytes: Vec<u8>, font: &'static [u8]) -> Result<Self, FormatError> {
        bomb::check(&bytes)?;
        guarded(|| open(bytes)).map(|pdf| Self { pdf, font })
    }

    /// How many pages it has.
    pub fn n_pages(&self) -> usize {
        self.pdf.pages().len()
    }

    /// Where on page `idx` the characters of `text`, the text that was read from this file, stand.
    ///
    /// # Errors
    /// There is no such page, its drawing has no end, or its reader gave up.
    pub fn sheet(&self, idx: usize, text: &str) -> Result<PageSheet, FormatError> {
        let page = self.page(idx)?;
        guarded(|| {
            let cache = InterpreterCache::new();
            let drawn = glyphs::of_page(&self.pdf, page, &cache);
            if drawn.is_cut {
                return Err(endless(idx));
            }
            let (blocks, _) = layout::blocks(drawn);
            let before = |at: usize| text.match_indices('\u{c}').nth(at).map(|(at, _)| at);
            let start = if idx == 0 { Some(0) } else { before(idx - 1).map(|at| at + 1) };
            let end = before(idx).unwrap_or(text.len());
            let chars = start.map(|start| places::chars(&blocks, text.get(start..end).unwrap_or_default(), start));
            let (width, height) = page.render_dimensions();
            let n_pages = self.n_pages();
            Ok(PageSheet { page: idx, n_pages, size_pt: [width, height], chars: chars.unwrap_or_default() })
        })
    }

    /// The page of `sheet`, drawn so that a point of it has `scale` pixels; smaller where that would be too many, or too much work. Once it
    /// is begun it cannot be stopped, so what it will take is reckoned before.
    ///
    /// # Errors
    /// It has no size, its drawing has no end or is more work than is done for a page, or its reader gave up.
    pub fn pixels(&self, sheet: &PageSheet, scale: f32) -> Result<PagePixels, FormatError> {
        let idx = sheet.page;
        let page = self.page(idx)?;
        let (width, height) = page.render_dimensions();
        let is_size = |side: f32| side.is_finite() && side >= 1.0;
        if !is_size(width) || !is_size(height) {
            return Err(damaged(format!("page {} is {width} by {height} points", idx + 1)));
        }
        let most = (MAX_PAGE_PIXELS / (width * height)).sqrt().min(MAX_SIDE / width.max(height));
        let scale = scale.min(most);
        let drawn = |scale: f32| guarded(|| self.drawn(page, [width, height], scale));
        SMALLER
            .iter()
            .map(|by| drawn(scale * by))
            .find(|result| !matches!(result, Ok(Err(Endless::Work))))
            .unwrap_or(Ok(Err(Endless::Work)))?
            .map_err(|why| match why {
                Endless::Steps => endless(idx),
                Endless::Work => overfull(idx),
            })
    }

    fn drawn(&self, page: &Page<'_>, size: [f32; 2], scale: f32) -> Result<Result<PagePixels, Endless>, FormatError> {
        // A page a thousand times as long as it is wide still has a pixel across.
        let [x_scale, y_scale] = size.map(|side| scale.max(1.0 / side));
        let to_pixels =
            Affine::scale_non_uniform(f64::from(x_scale), f64::from(y_scale)) * page.initial_transform(true).to_kurbo();
        let size_px = [f64::from(size[0] * x_scale), f64::from(size[1] * y_scale)];
        if let Err(why) = probe::check(&self.pdf, page, to_pixels, size_px) {
            return Ok(Err(why));
        }
        let settings = PixmapSettings { x_scale, y_scale, bg_color: WHITE };
        let drawn = render(page, &RenderCache::new(), &self.settings(), &RenderSettings::default(), &settings);
        let size = [drawn.width(), drawn.height()].map(usize::from);
        let rgba = drawn.data_as_u8_slice().to_vec();
        Ok(Ok(PagePixels { size, rgba }))
    }

    fn page(&self, idx: usize) -> Result<&Page<'_>, FormatError> {
        let n_pages = self.n_pages();
        self.pdf.pages().get(idx).ok_or_else(|| damaged(format!("it has {n_pages} pages, no page {}", idx + 1)))
    }

    /// Fonts that are not in the file: ours for han, the reader's own for the rest.
    fn settings(&self) -> InterpreterSettings {
        let (own, font) = (InterpreterSettings::default(), self.font);
        let fallback = Arc::clone(&own.font_resolver);
        let resolver = move |query: &FontQuery| match query {
            FontQuery::Fallback(wanted) if is_east_asian(wanted) => {
                let data: FontData = Arc::new(font);
                Some((data, 0))
            }
            query => fallback(query),
        };
        InterpreterSettings { font_resolver: Arc::new(resolver), ..own }
    }
}

/// Whether a font that is missing holds han characters: by its character collection, else by its name.
fn is_east_asian(wanted: &hayro::hayro_interpret::font::FallbackFontQuery) -> bool {
    const NAMES: [&str; 14] = [
        "song", "sim", "hei", "kai", "fang", "ming", "gothic", "mincho", "batang", "dotum", "gulim", "yahei", "cjk",
        "stsong",
    ];
    let names = [&wanted.post_script_name, &wanted.font_name, &wanted.font_family];
    let is_named = |name: &String| {
        let lower = name.to_lowercase();
        !name.is_ascii() || NAMES.iter().any(|known| lower.contains(known))
    };
    wanted.character_collection.is_some() || names.into_iter().flatten().any(is_named)
}

fn endless(page_idx: usize) -> FormatError {
    damaged(format!("the drawing of page {} has no end", page_idx + 1))
}

fn overfull(page_idx: usize) -> FormatError {
    let limit = format!("{} million units of work", MAX_PAGE_WORK / 1e6);
    FormatError::TooLarge { what: format!("the drawing of page {}", page_idx + 1), limit }
}

fn damaged(detail: String) -> FormatError {
    FormatError::Damaged { what: "PDF", detail }
}

/// The reader of PDFs is held to have no panics; should it have one, it costs this page and not the window.
fn guarded<T>(run: impl FnOnce() -> Result<T, FormatError>) -> Result<T, FormatError> {
    catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|_| Err(damaged("its reader gave up".to_owned())))
}
