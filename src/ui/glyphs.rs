//! The glyphs of time: what is known about when, drawn as a shape. Window and figures draw with the same function.
//!
//! ```text
//! ●      a day or a moment           ▬▬▬▬    lasted from … to
//! ├●┤    once, within the interval   ▌▒▒░ >  from …, not ended (mirrored: until …)
//! ░◌░    approximate
//! ```

use crate::view::time_glyph::TimeGlyph;
use egui::{Color32, Mesh, Painter, Pos2, Rangef, Rect, Shape, Stroke, pos2};

/// Height of a glyph, in logical pixels, before figures scale it.
pub const GLYPH_HEIGHT_PX: f32 = 9.0;

/// Where on a glyph its title points at: the dot, or the bar's known end.
pub fn anchor_x(glyph: TimeGlyph, x: Rangef) -> f32 {
    match glyph {
        TimeGlyph::From => x.min,
        TimeGlyph::Until => x.max,
        _ => x.center(),
    }
}

/// Paints one glyph over the interval `x`, centred on `y`.
///
/// `ground` fills hollow dots. An open interval must be given the edge of what is in view.
pub fn glyph(painter: &Painter, glyph: TimeGlyph, x: Rangef, y: f32, (colour, ground): (Color32, Color32), scale: f32) {
    let centre = pos2(x.center(), y);
    match glyph {
        TimeGlyph::Moment => {
            painter.circle_filled(centre, 4.0 * scale, colour);
        }
        TimeGlyph::Within => {
            if x.span() >= 6.0 * scale {
                whisker(painter, x, y, colour, scale);
            }
            painter.circle_filled(centre, 3.0 * scale, colour);
        }
        TimeGlyph::Lasting => {
            let least = 4.0 * scale;
            let x = if x.span() < least { Rangef::point(x.center()).expand(least / 2.0) } else { x };
            painter.rect_filled(band(x, y, GLYPH_HEIGHT_PX * scale), 2.0 * scale, colour);
        }
        TimeGlyph::From => open(painter, x.min, x.max, y, colour, scale),
        TimeGlyph::Until => open(painter, x.max, x.min, y, colour, scale),
        TimeGlyph::Approximate => {
            let half = wash(colour, 50);
            let shoulder = x.span() * 0.3;
            let stops = [
                (x.min, Color32::TRANSPARENT),
                (x.min + shoulder, half),
                (x.max - shoulder, half),
                (x.max, Color32::TRANSPARENT),
            ];
            painter.add(gradient(&stops, y, GLYPH_HEIGHT_PX * scale));
            painter.circle(centre, 3.5 * scale, ground, Stroke::new(1.5 * scale, colour));
        }
    }
}

/// A whisker over `x` with ends 8 px high.
fn whisker(painter: &Painter, x: Rangef, y: f32, colour: Color32, scale: f32) {
    let stroke = Stroke::new(1.5 * scale, colour);
    let half = 4.0 * scale;
    painter.line_segment([pos2(x.min, y), pos2(x.max, y)], stroke);
    for end in [x.min, x.max] {
        painter.line_segment([pos2(end, y - half), pos2(end, y + half)], stroke);
    }
}

/// A stop at `known` and a bar that fades towards `open`, with a chevron there.
fn open(painter: &Painter, known: f32, open: f32, y: f32, colour: Color32, scale: f32) {
    let sign = if open < known { -1.0 } else { 1.0 };
    let height = GLYPH_HEIGHT_PX * scale;
    painter.add(gradient(&[(known, wash(colour, 55)), (open, Color32::TRANSPARENT)], y, height * 0.75));
    painter.rect_filled(band(Rangef::point(known).expand(scale), y, height * 1.1), 0.0, colour);
    if (open - known).abs() > 12.0 * scale {
        let tip = pos2(open - sign * scale, y);
        let back = |side: f32| tip + egui::vec2(-sign * 3.0, side * 3.0) * scale;
        painter.add(Shape::line(vec![back(-1.0), tip, back(1.0)], Stroke::new(1.0 * scale, wash(colour, 70))));
    }
}

fn band(x: Rangef, y: f32, height: f32) -> Rect {
    Rect::from_x_y_ranges(x, Rangef::new(y - height / 2.0, y + height / 2.0))
}

/// A band whose colour runs from stop to stop; as a mesh, for egui has no gradients along a shape.
fn gradient(stops: &[(f32, Color32)], y: f32, height: f32) -> Shape {
    let mut mesh = Mesh::default();
    for (idx, &(x, colour)) in (0u32..).zip(stops) {
        let at = |y: f32| -> Pos2 { pos2(x, y) };
        mesh.colored_vertex(at(y - height / 2.0), colour);
        mesh.colored_vertex(at(y + height / 2.0), colour);
        if idx > 0 {
            let first = idx * 2 - 2;
            mesh.add_triangle(first, first + 1, first + 2);
            mesh.add_triangle(first + 2, first + 1, first + 3);
        }
    }
    Shape::mesh(mesh)
}

fn wash(colour: Color32, percent: u8) -> Color32 {
    super::Theme::wash(colour, percent)
}
