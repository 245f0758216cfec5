//! Shapes as a PDF of one page: vectors, text as text in subsets of the faces, title, alt text, and what the figure
//! carries as an attached file.

use super::outlines::{FigureFace, glyph_of};
use crate::view::figure_frame::Figure;
use egui::{
    Color32, Mesh, Pos2, Shape, Stroke,
    epaint::{CircleShape, ClippedShape, ColorMode, PathShape, PathStroke, RectShape, TextShape},
};
use flate2::{Compression, write::ZlibEncoder};
use pdf_writer::{
    Content, Filter, Finish as _, Name, Pdf, Rect, Ref, Str, TextStr,
    types::{AssociationKind, CidFontType, FontFlags, LineCapStyle, LineJoinStyle, SystemInfo, UnicodeCmap},
};
use skrifa::{
    MetadataProvider as _,
    instance::{LocationRef, Size},
};
use std::{collections::BTreeMap, io::Write as _};
use subsetter::GlyphRemapper;

/// Points for one logical pixel: 72 and 96 make an inch.
const POINTS: f32 = 0.75;

/// The PDF of a figure. `ground` is the colour below everything, if any; `carried` what it carries.
pub fn document(figure: &Figure, shapes: &[ClippedShape], ground: Option<[u8; 4]>, carried: &str) -> Vec<u8> {
    let mut page = Page::new(figure.size);
    if let Some([r, g, b, _]) = ground {
        page.content.set_fill_rgb(share(r), share(g), share(b));
        page.content.rect(0.0, 0.0, figure.size[0], figure.size[1]).fill_nonzero();
    }
    for ClippedShape { shape, .. } in shapes {
        page.shape(shape);
    }
    page.finish(figure, carried)
}

/// A face of which some glyphs are used.
#[derive(Default)]
struct Used {
    glyphs: GlyphRemapper,
    /// New glyph → its character.
    chars: BTreeMap<u16, char>,
}

struct Page {
    size: [f32; 2],
    content: Content,
    faces: BTreeMap<FigureFace, Used>,
    /// Opacities in use.
    alphas: Vec<u8>,
    alpha: u8,
}

impl Page {
    fn new(size: [f32; 2]) -> Self {
        let mut content = Content::new();
        content.transform([POINTS, 0.0, 0.0, -POINTS, 0.0, size[1] * POINTS]);
        content.set_line_cap(LineCapStyle::ButtCap).set_line_join(LineJoinStyle::MiterJoin).set_miter_limit(4.0);
        Self { size, content, faces: BTreeMap::new(), alphas: Vec::new(), alpha: u8::MAX }
    }

    /// The opacity of what follows.
    fn opacity(&mut self, alpha: u8) {
        if alpha == self.alpha {
            return;
        }
        self.alpha = alpha;
        if !self.alphas.contains(&alpha) {
            self.alphas.push(alpha);
        }
        self.content.set_parameters(Name(format!("A{alpha}").as_bytes()));
    }

    fn fill(&mut self, colour: Color32) {
        let [r, g, b, a] = colour.to_srgba_unmultiplied();
        self.opacity(a);
        self.content.set_fill_rgb(share(r), share(g), share(b));
    }

    fn stroke(&mut self, stroke: Stroke) {
        let [r, g, b, a] = stroke.color.to_srgba_unmultiplied();
        self.opacity(a);
        self.content.set_stroke_rgb(share(r), share(g), share(b)).set_line_width(stroke.width);
    }

    /// Fills and strokes what `outline` draws.
    fn paint(&mut self, fill: Color32, stroke: Stroke, outline: impl Fn(&mut Content)) {
        if fill.a() > 0 {
            self.fill(fill);
            outline(&mut self.content);
            self.content.fill_nonzero();
        }
        if stroke.width > 0.0 && stroke.color.a() > 0 {
            self.stroke(stroke);
            outline(&mut self.content);
            self.content.stroke();
        }
    }

    fn shape(&mut self, shape: &Shape) {
        match shape {
            Shape::Vec(shapes) => shapes.iter().for_each(|shape| self.shape(shape)),
            Shape::Circle(CircleShape { center, radius, fill, stroke }) => {
                self.paint(*fill, *stroke, |content| rounded(content, *center, [*radius; 2], *radius));
            }
            Shape::LineSegment { points, stroke } => {
                self.paint(Color32::TRANSPARENT, *stroke, |content| path(content, points, false));
            }
            Shape::Path(PathShape { points, closed, fill, stroke }) => {
                self.paint(*fill, solid(stroke), |content| path(content, points, *closed));
            }
            Shape::Rect(RectShape { rect, corner_radius, fill, stroke, .. }) => {
                let half = [rect.width() / 2.0, rect.height() / 2.0];
                let radius = f32::from(corner_radius.nw).min(half[0]).min(half[1]);
                self.paint(*fill, *stroke, |content| rounded(content, rect.center(), half, radius));
            }
            Shape::Text(text) => self.text(text),
            Shape::Mesh(mesh) => self.mesh(mesh),
            // Figures use no other shapes.
            Shape::Ellipse(_) | Shape::QuadraticBezier(_) | Shape::CubicBezier(_) => {}
            Shape::Band(_) | Shape::Callback(_) | Shape::Noop => {}
        }
    }

    /// Every glyph stands where it was laid out.
    fn text(&mut self, shape: &TextShape) {
        for row in &shape.galley.rows {
            for glyph in &row.glyphs {
                let Some(section) = shape.galley.job.sections.first() else { continue };
                let Some((face, id)) = glyph_of(&section.format.font_id, glyph.chr) else { continue };
                let used = self.faces.entry(face).or_default();
                let id = used.glyphs.remap(u16::try_from(id.to_u32()).unwrap_or(0));
                used.chars.insert(id, glyph.chr);
                let colour = if section.format.color == Color32::PLACEHOLDER {
                    shape.fallback_color
                } else {
                    section.format.color
                };
                self.fill(colour);
                let (x, y) = (shape.pos.x + row.pos.x + glyph.pos.x, shape.pos.y + row.pos.y + glyph.pos.y);
                let name = if face == FigureFace::Bold { Name(b"FB") } else { Name(b"FS") };
                self.content.begin_text().set_font(name, section.format.font_id.size);
                self.content.set_text_matrix([1.0, 0.0, 0.0, -1.0, x, y]).show(Str(&id.to_be_bytes())).end_text();
            }
        }
    }

    /// Triangles of one colour each; a gradient is cut into narrow upright slices.
    fn mesh(&mut self, mesh: &Mesh) {
        for quad in mesh.vertices.chunks_exact(2).collect::<Vec<_>>().windows(2) {
            let [[top_a, bottom_a], [top_b, _]] = quad else { continue };
            if top_a.pos.x != bottom_a.pos.x {
                continue;
            }
            const SLICES: u8 = 24;
            for slice in 0..SLICES {
                let at = |slice: u8| top_a.pos.x + (top_b.pos.x - top_a.pos.x) * f32::from(slice) / f32::from(SLICES);
                let colour = top_a.color.lerp_to_gamma(top_b.color, (f32::from(slice) + 0.5) / f32::from(SLICES));
                if colour.a() == 0 {
                    continue;
                }
                self.fill(colour);
                let (left, width) = (at(slice), at(slice + 1) - at(slice));
                self.content.rect(left, top_a.pos.y, width, bottom_a.pos.y - top_a.pos.y).fill_nonzero();
            }
        }
    }

    fn finish(self, figure: &Figure, carried: &str) -> Vec<u8> {
        let Self { size, content, faces, mut alphas, .. } = self;
        let mut ids = (1..).map(Ref::new);
        let mut next = || ids.next().unwrap_or(Ref::new(1));
        let (catalog, pages, page, contents, info, xmp) = (next(), next(), next(), next(), next(), next());
        let mut pdf = Pdf::new();
        pdf.stream(contents, &deflated(&content.finish())).filter(Filter::FlateDecode);
        let fonts: Vec<(FigureFace, Ref)> =
            faces.iter().filter_map(|(face, used)| Some((*face, font(&mut pdf, *face, used, &mut next)?))).collect();
        alphas.sort_unstable();
        alphas.push(u8::MAX);
        alphas.dedup();
        let states: Vec<(u8, Ref)> = alphas.iter().map(|alpha| (*alpha, next())).collect();
        for (alpha, id) in &states {
            pdf.ext_graphics(*id).non_stroking_alpha(share(*alpha)).stroking_alpha(share(*alpha));
        }
        let file = (!carried.is_empty()).then(|| attach(&mut pdf, carried, &mut next));
        let mut root = pdf.catalog(catalog);
        root.pages(pages).metadata(xmp).lang(TextStr("zh-Hans"));
        if let Some(file) = file {
            root.names().embedded_files().names().insert(Str(b"nianbiao.json"), file);
            root.insert(Name(b"AF")).array().item(file);
        }
        root.finish();
        pdf.pages(pages).kids([page]).count(1);
        let mut sheet = pdf.page(page);
        sheet.parent(pages).contents(contents).media_box(Rect::new(0.0, 0.0, size[0] * POINTS, size[1] * POINTS));
        let mut resources = sheet.resources();
        let mut names = resources.fonts();
        for (face, id) in &fonts {
            names.pair(if *face == FigureFace::Bold { Name(b"FB") } else { Name(b"FS") }, *id);
        }
        names.finish();
        let mut names = resources.ext_g_states();
        for (alpha, id) in &states {
            names.pair(Name(format!("A{alpha}").as_bytes()), *id);
        }
        names.finish();
        resources.finish();
        sheet.finish();
        let producer = concat!("nianbiao ", env!("CARGO_PKG_VERSION"));
        pdf.document_info(info)
            .title(TextStr(&figure.title))
            .subject(TextStr(&figure.alt_text))
            .producer(TextStr(producer));
        pdf.metadata(xmp, xmp_packet(figure, producer).as_bytes());
        pdf.finish()
    }
}

/// Embeds the used glyphs of a face with their characters, so that text can be found and copied.
fn font(pdf: &mut Pdf, face: FigureFace, used: &Used, next: &mut impl FnMut() -> Ref) -> Option<Ref> {
    let (type0, cid, descriptor, file, cmap_id) = (next(), next(), next(), next(), next());
    let opened = face.font()?;
    let subset = subsetter::subset(face.bytes(), 0, &used.glyphs).ok()?;
    let metrics = opened.metrics(Size::unscaled(), LocationRef::default());
    let to_thousand = 1000.0 / f32::from(metrics.units_per_em);
    let widths = opened.glyph_metrics(Size::unscaled(), LocationRef::default());
    let widths = used.glyphs.remapped_gids().map(|id| widths.advance_width(id.into()).unwrap_or(0.0) * to_thousand);
    let name = Name(face.post_script_name().as_bytes());
    let system = || SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"Identity"), supplement: 0 };
    pdf.type0_font(type0)
        .base_font(name)
        .encoding_predefined(Name(b"Identity-H"))
        .descendant_font(cid)
        .to_unicode(cmap_id);
    let mut cid_font = pdf.cid_font(cid);
    cid_font.subtype(CidFontType::Type2).base_font(name).system_info(system()).font_descriptor(descriptor);
    cid_font.default_width(1000.0).cid_to_gid_map_predefined(Name(b"Identity"));
    cid_font.widths().consecutive(0, widths);
    cid_font.finish();
    let bounds = metrics.bounds.unwrap_or_default();
    let weight = if face == FigureFace::Bold { 140.0 } else { 80.0 };
    pdf.font_descriptor(descriptor)
        .name(name)
        .flags(FontFlags::SYMBOLIC)
        .bbox(Rect::new(
            bounds.x_min * to_thousand,
            bounds.y_min * to_thousand,
            bounds.x_max * to_thousand,
            bounds.y_max * to_thousand,
        ))
        .italic_angle(0.0)
        .ascent(metrics.ascent * to_thousand)
        .descent(metrics.descent * to_thousand)
        .cap_height(metrics.cap_height.unwrap_or(metrics.ascent) * to_thousand)
        .stem_v(weight)
        .font_file2(file);
    let packed = deflated(&subset);
    let mut stream = pdf.stream(file, &packed);
    stream.filter(Filter::FlateDecode).pair(Name(b"Length1"), i32::try_from(subset.len()).unwrap_or(0));
    stream.finish();
    let mut cmap = UnicodeCmap::new(Name(b"Custom"), system());
    for (id, c) in &used.chars {
        cmap.pair(*id, *c);
    }
    pdf.stream(cmap_id, &deflated(&cmap.finish())).filter(Filter::FlateDecode);
    Some(type0)
}

/// What the figure carries, as an attached file.
fn attach(pdf: &mut Pdf, carried: &str, next: &mut impl FnMut() -> Ref) -> Ref {
    let (spec, file) = (next(), next());
    let packed = deflated(carried.as_bytes());
    let mut embedded = pdf.embedded_file(file, &packed);
    embedded.subtype(Name(b"application/json")).filter(Filter::FlateDecode);
    embedded.params().size(i32::try_from(carried.len()).unwrap_or(i32::MAX));
    embedded.finish();
    let mut named = pdf.file_spec(spec);
    named.path(Str(b"nianbiao.json")).unic_file(TextStr("nianbiao.json"));
    named.description(TextStr("nianbiao")).embedded_file(file).association_kind(AssociationKind::Data);
    named.finish();
    spec
}

/// Title and description for programs that read XMP.
fn xmp_packet(figure: &Figure, producer: &str) -> String {
    let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let (title, alt) = (escaped(&figure.title), escaped(&figure.alt_text));
    format!(
        "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n\
         <x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n\
         <rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\">\n\
         <dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">{title}</rdf:li></rdf:Alt></dc:title>\n\
         <dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">{alt}</rdf:li></rdf:Alt></dc:description>\n\
         <pdf:Producer>{producer}</pdf:Producer>\n\
         </rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"w\"?>"
    )
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    // Writing to memory cannot fail.
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}

fn share(channel: u8) -> f32 {
    (f32::from(channel) / 255.0 * 10_000.0).round() / 10_000.0
}

fn solid(stroke: &PathStroke) -> Stroke {
    match stroke.color {
        ColorMode::Solid(color) => Stroke::new(stroke.width, color),
        ColorMode::UV(_) => Stroke::NONE,
    }
}

fn path(content: &mut Content, points: &[Pos2], is_closed: bool) {
    for (idx, point) in points.iter().enumerate() {
        if idx == 0 {
            content.move_to(point.x, point.y);
        } else {
            content.line_to(point.x, point.y);
        }
    }
    if is_closed {
        content.close_path();
    }
}

/// A rectangle with round corners; a circle where the corners are all of it.
fn rounded(content: &mut Content, centre: Pos2, [half_x, half_y]: [f32; 2], radius: f32) {
    if radius <= 0.0 {
        content.rect(centre.x - half_x, centre.y - half_y, 2.0 * half_x, 2.0 * half_y);
        return;
    }
    // How far the controls of a quarter circle stand from its ends.
    let pull = radius * (1.0 - 0.552_284_8);
    let (l, r, t, b) = (centre.x - half_x, centre.x + half_x, centre.y - half_y, centre.y + half_y);
    content.move_to(l + radius, t).line_to(r - radius, t).cubic_to(r - pull, t, r, t + pull, r, t + radius);
    content.line_to(r, b - radius).cubic_to(r, b - pull, r - pull, b, r - radius, b);
    content.line_to(l + radius, b).cubic_to(l + pull, b, l, b - pull, l, b - radius);
    content.line_to(l, t + radius).cubic_to(l, t + pull, l + pull, t, l + radius, t).close_path();
}
