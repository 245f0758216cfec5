//! Shapes as SVG: the same shapes that became pixels, text as text with font names or as outlines.

use super::{
    outlines::{Step, glyph_of, outline},
    png_file::CARRIED,
};
use crate::{ui::fonts, view::figure_frame::Figure};
use egui::{
    Color32, FontFamily, FontId, Mesh, Pos2, Rect, Shape, Stroke,
    epaint::{CircleShape, ClippedShape, ColorMode, PathShape, PathStroke, RectShape, TextShape},
};
use std::fmt::Write as _;

/// The SVG of a figure. `part_starts` gives for each part the index of its first shape; what lies before the first
/// is left out. `ground` is the colour below everything, if any.
pub fn document(
    figure: &Figure,
    shapes: &[ClippedShape],
    part_starts: &[usize],
    ground: Option<[u8; 4]>,
    SvgOptions { with_outlines, carried }: SvgOptions<'_>,
) -> String {
    let [width, height] = figure.size;
    let mut out = Writer { with_outlines, ..Writer::default() };
    out.line(format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img" aria-labelledby="title desc">"#
    ));
    out.line(format!(r#"<title id="title">{}</title>"#, escaped(&figure.title)));
    out.line(format!(r#"<desc id="desc">{}</desc>"#, escaped(&figure.alt_text)));
    if !carried.is_empty() {
        out.line(format!(r#"<metadata id="{CARRIED}">{}</metadata>"#, escaped(carried)));
    }
    if let Some([r, g, b, _]) = ground {
        out.line(format!(r##"<rect width="100%" height="100%" fill="#{r:02x}{g:02x}{b:02x}"/>"##));
    }
    for (idx, part) in figure.parts.iter().enumerate() {
        let start = part_starts.get(idx).copied().unwrap_or(shapes.len());
        let end = part_starts.get(idx + 1).copied().unwrap_or(shapes.len());
        out.line(format!(r#"<g id="{}">"#, escaped(&part.id)));
        if !part.title.is_empty() {
            out.line(format!("<title>{}</title>", escaped(&part.title)));
        }
        for ClippedShape { shape, .. } in shapes.get(start..end).unwrap_or_default() {
            out.shape(shape);
        }
        out.line("</g>".to_owned());
    }
    out.line("</svg>".to_owned());
    out.text
}

/// What of an SVG can be chosen.
#[derive(Debug, Clone, Copy, Default)]
pub struct SvgOptions<'a> {
    /// Text as outlines instead of text with font names.
    pub with_outlines: bool,
    /// Data and sources as JSON; none where it is empty.
    pub carried: &'a str,
}

#[derive(Debug, Default)]
struct Writer {
    with_outlines: bool,
    text: String,
    n_gradients: usize,
}

impl Writer {
    fn line(&mut self, line: String) {
        self.text.push_str(&line);
        self.text.push('\n');
    }

    fn shape(&mut self, shape: &Shape) {
        match shape {
            Shape::Vec(shapes) => shapes.iter().for_each(|shape| self.shape(shape)),
            Shape::Circle(CircleShape { center, radius, fill, stroke }) => self.line(format!(
                r#"<circle cx="{}" cy="{}" r="{}"{}{}/>"#,
                short(center.x),
                short(center.y),
                short(*radius),
                fill_of(*fill),
                stroke_of(*stroke)
            )),
            Shape::Ellipse(ellipse) => self.line(format!(
                r#"<ellipse cx="{}" cy="{}" rx="{}" ry="{}"{}{}/>"#,
                short(ellipse.center.x),
                short(ellipse.center.y),
                short(ellipse.radius.x),
                short(ellipse.radius.y),
                fill_of(ellipse.fill),
                stroke_of(ellipse.stroke)
            )),
            Shape::LineSegment { points: [a, b], stroke } => self.line(format!(
                r#"<line x1="{}" y1="{}" x2="{}" y2="{}"{}/>"#,
                short(a.x),
                short(a.y),
                short(b.x),
                short(b.y),
                stroke_of(*stroke)
            )),
            Shape::Path(PathShape { points, closed, fill, stroke }) => {
                self.path(points, *closed, *fill, solid(stroke));
            }
            Shape::Rect(rect) => self.rect(rect),
            Shape::Text(text) => self.text(text),
            Shape::Mesh(mesh) => self.mesh(mesh),
            Shape::QuadraticBezier(curve) => {
                self.path(&curve.flatten(None), curve.closed, curve.fill, solid(&curve.stroke))
            }
            Shape::CubicBezier(curve) => {
                self.path(&curve.flatten(None), curve.closed, curve.fill, solid(&curve.stroke))
            }
            // Figures use neither bands nor callbacks.
            Shape::Band(_) | Shape::Callback(_) | Shape::Noop => {}
        }
    }

    fn path(&mut self, points: &[Pos2], closed: bool, fill: Color32, stroke: Stroke) {
        if points.len() < 2 {
            return;
        }
        let mut d = String::new();
        for (idx, point) in points.iter().enumerate() {
            let letter = if idx == 0 { "M" } else { "L" };
            let _ = write!(d, "{letter}{} {}", short(point.x), short(point.y));
        }
        if closed {
            d.push('Z');
        }
        self.line(format!(r#"<path d="{d}"{}{}/>"#, fill_of(fill), stroke_of(stroke)));
    }

    fn rect(&mut self, RectShape { rect, corner_radius, fill, stroke, .. }: &RectShape) {
        let radius = f32::from(corner_radius.nw);
        let rounding = if radius > 0.0 { format!(r#" rx="{}""#, short(radius)) } else { String::new() };
        self.line(format!("<rect{}{rounding}{}{}/>", place(*rect), fill_of(*fill), stroke_of(*stroke)));
    }

    /// One `<text>` for each stretch of a row in one format. `textLength` keeps its width where the font is another.
    fn text(&mut self, shape: &TextShape) {
        let sections = &shape.galley.job.sections;
        let Some(format) = sections.first().map(|section| &section.format) else { return };
        let color = if format.color == Color32::PLACEHOLDER { shape.fallback_color } else { format.color };
        let color = shape.override_text_color.unwrap_or(color);
        let weight = match &format.font_id.family {
            FontFamily::Name(name) if &**name == fonts::BOLD => r#" font-weight="700""#,
            _ => "",
        };
        let family = match &format.font_id.family {
            FontFamily::Name(name) if &**name == fonts::SERIF => "'Noto Serif SC', 'Source Han Serif SC', serif",
            _ => "'Noto Sans SC', 'Source Han Sans SC', sans-serif",
        };
        for row in &shape.galley.rows {
            if self.with_outlines {
                self.outlined(shape, row, &format.font_id, color);
                continue;
            }
            let text: String = row.glyphs.iter().map(|glyph| glyph.chr).collect();
            let (Some(first), Some(last)) = (row.glyphs.first(), row.glyphs.last()) else { continue };
            let (x, y) = (shape.pos.x + row.pos.x + first.pos.x, shape.pos.y + row.pos.y + first.pos.y);
            let width = last.pos.x + last.advance_width - first.pos.x;
            self.line(format!(
                r#"<text x="{}" y="{}" font-family="{family}" font-size="{}"{weight} textLength="{}" xml:space="preserve"{}>{}</text>"#,
                short(x),
                short(y),
                short(format.font_id.size),
                short(width),
                fill_of(color),
                escaped(&text)
            ));
        }
    }

    /// The row's glyphs as one path.
    fn outlined(&mut self, shape: &TextShape, row: &egui::epaint::text::PlacedRow, font: &FontId, color: Color32) {
        let mut d = String::new();
        for glyph in &row.glyphs {
            let Some((face, id)) = glyph_of(font, glyph.chr) else { continue };
            let (x0, y0) = (shape.pos.x + row.pos.x + glyph.pos.x, shape.pos.y + row.pos.y + glyph.pos.y);
            let at = |[x, y]: [f32; 2]| format!("{} {}", short(x0 + x), short(y0 - y));
            for step in outline(face, id, font.size) {
                let _ = match step {
                    Step::Move(to) => write!(d, "M{}", at(to)),
                    Step::Line(to) => write!(d, "L{}", at(to)),
                    Step::Quad(by, to) => write!(d, "Q{} {}", at(by), at(to)),
                    Step::Cubic(a, b, to) => write!(d, "C{} {} {}", at(a), at(b), at(to)),
                    Step::Close => write!(d, "Z"),
                };
            }
        }
        if !d.is_empty() {
            self.line(format!(r#"<path d="{d}"{}/>"#, fill_of(color)));
        }
    }

    /// Bands with a gradient along x become rectangles with that gradient; other meshes, triangles.
    fn mesh(&mut self, mesh: &Mesh) {
        if let Some((rect, stops)) = horizontal_gradient(mesh) {
            self.n_gradients += 1;
            let id = format!("gradient-{}", self.n_gradients);
            let hue = stops.iter().map(|stop| stop.1).max_by_key(Color32::a).unwrap_or_default();
            let stops: String = stops
                .iter()
                .map(|(share, color)| format!(r#"<stop offset="{}"{}/>"#, short(*share), stop_of(*color, hue)))
                .collect();
            self.line(format!(r#"<linearGradient id="{id}">{stops}</linearGradient>"#));
            self.line(format!(r#"<rect{} fill="url(#{id})"/>"#, place(rect)));
            return;
        }
        for corners in mesh.triangles() {
            let vertices: Vec<_> = corners.iter().filter_map(|&idx| mesh.vertices.get(idx as usize)).collect();
            if let [a, b, c] = vertices[..] {
                self.path(&[a.pos, b.pos, c.pos], true, a.color, Stroke::NONE);
            }
        }
    }
}

/// The band and its colour stops (share of the width, colour), where all vertices stand in pairs one above the other.
fn horizontal_gradient(mesh: &Mesh) -> Option<(Rect, Vec<(f32, Color32)>)> {
    let rect = Rect::from_points(&mesh.vertices.iter().map(|vertex| vertex.pos).collect::<Vec<_>>());
    let mut stops: Vec<(f32, Color32)> = Vec::new();
    if !mesh.vertices.len().is_multiple_of(2) || rect.width() <= 0.0 {
        return None;
    }
    for pair in mesh.vertices.chunks_exact(2) {
        let [top, bottom] = pair else { return None };
        let is_column = top.pos.x == bottom.pos.x && top.color == bottom.color;
        if !is_column || top.pos.y != rect.top() || bottom.pos.y != rect.bottom() {
            return None;
        }
        stops.push(((top.pos.x - rect.left()) / rect.width(), top.color));
    }
    stops.sort_by(|a, b| a.0.total_cmp(&b.0));
    Some((rect, stops))
}

fn solid(stroke: &PathStroke) -> Stroke {
    match stroke.color {
        ColorMode::Solid(color) => Stroke::new(stroke.width, color),
        ColorMode::UV(_) => Stroke::NONE,
    }
}

fn place(rect: Rect) -> String {
    let (x, y, width, height) = (short(rect.left()), short(rect.top()), short(rect.width()), short(rect.height()));
    format!(r#" x="{x}" y="{y}" width="{width}" height="{height}""#)
}

/// Three decimals at most: a thousandth of a pixel.
fn short(value: f32) -> f32 {
    (value * 1000.0).round() / 1000.0
}

fn hex_and_opacity(color: Color32) -> (String, f32) {
    let [r, g, b, a] = color.to_srgba_unmultiplied();
    (format!("#{r:02x}{g:02x}{b:02x}"), short(f32::from(a) / 255.0))
}

fn fill_of(color: Color32) -> String {
    if color.a() == 0 {
        return r#" fill="none""#.to_owned();
    }
    let (hex, opacity) = hex_and_opacity(color);
    let opacity = if opacity < 1.0 { format!(r#" fill-opacity="{opacity}""#) } else { String::new() };
    format!(r#" fill="{hex}"{opacity}"#)
}

fn stroke_of(stroke: Stroke) -> String {
    if stroke.width <= 0.0 || stroke.color.a() == 0 {
        return String::new();
    }
    let (hex, opacity) = hex_and_opacity(stroke.color);
    let opacity = if opacity < 1.0 { format!(r#" stroke-opacity="{opacity}""#) } else { String::new() };
    format!(r#" stroke="{hex}" stroke-width="{}"{opacity}"#, short(stroke.width))
}

/// A stop that is nothing at all takes the hue of the others, else the fade would pass through black.
fn stop_of(color: Color32, hue: Color32) -> String {
    let opacity = hex_and_opacity(color).1;
    let (hex, _) = hex_and_opacity(if color.a() == 0 { hue } else { color });
    format!(r#" stop-color="{hex}" stop-opacity="{opacity}""#)
}

fn escaped(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_control() || *c == '\n')
        .map(|c| match c {
            '&' => "&amp;".to_owned(),
            '<' => "&lt;".to_owned(),
            '>' => "&gt;".to_owned(),
            '"' => "&quot;".to_owned(),
            other => other.to_string(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::{pos2, vec2};

    #[track_caller]
    fn check(shape: &Shape, expected: &str) {
        let mut writer = Writer::default();
        writer.shape(shape);
        assert_eq!(writer.text.trim_end(), expected);
    }

    #[test]
    fn shapes_become_elements() {
        let red = Color32::RED;
        check(&Shape::circle_filled(pos2(1.0, 2.5), 4.0, red), r##"<circle cx="1" cy="2.5" r="4" fill="#ff0000"/>"##);
        check(
            &Shape::line_segment([pos2(0.0, 0.0), pos2(3.0, 0.0)], (1.0, red)),
            r##"<line x1="0" y1="0" x2="3" y2="0" stroke="#ff0000" stroke-width="1"/>"##,
        );
        let rect = Rect::from_min_size(pos2(1.0, 1.0), vec2(2.0, 3.0));
        check(
            &Shape::rect_filled(rect, 2.0, red),
            r##"<rect x="1" y="1" width="2" height="3" rx="2" fill="#ff0000"/>"##,
        );
    }

    #[test]
    fn words_of_the_text_cannot_break_the_file() {
        assert_eq!(escaped("甲<乙>&\"丙\"\u{0}"), "甲&lt;乙&gt;&amp;&quot;丙&quot;");
    }
}
