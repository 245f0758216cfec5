//! Paints a figure that `view` laid out, with the marks and glyphs of the window.

use crate::{
    ui::{
        Theme, fonts, glyphs,
        marks::{self, LinkStyle, MarkShape, MarkState, Origin},
        squeeze::line_job,
    },
    view::figure_frame::{Dash, Face, Figure, Ink, Item},
};
use egui::{Color32, CornerRadius, FontFamily, FontId, Painter, Pos2, Rangef, Rect, Shape, Stroke, pos2};

/// The font of a face.
pub fn font(face: Face, size_px: f32) -> FontId {
    match face {
        Face::Sans => FontId::proportional(size_px),
        Face::Bold => FontId::new(size_px, FontFamily::Name(fonts::BOLD.into())),
    }
}

/// How wide a line of text is; no system font takes part where the context has none.
pub fn text_width(painter: &Painter, text: &str, face: Face, size_px: f32) -> f32 {
    if text.is_empty() {
        return 0.0;
    }
    painter.layout_job(line_job(text, font(face, size_px), Color32::PLACEHOLDER)).size().x
}

/// Paints all parts in order; returns for each how many shapes had been painted before it, for those who must tell
/// the shapes of one part from those of another (SVG).
pub fn paint(painter: &Painter, theme: &Theme, figure: &Figure) -> Vec<usize> {
    figure
        .parts
        .iter()
        .map(|part| {
            let n_before = n_shapes(painter);
            part.items.iter().for_each(|item| paint_item(painter, theme, item));
            n_before
        })
        .collect()
}

/// How many shapes the painter's layer holds.
fn n_shapes(painter: &Painter) -> usize {
    painter.ctx().graphics(|graphics| graphics.get(painter.layer_id()).map_or(0, |list| list.all_entries().count()))
}

fn colour(theme: &Theme, ink: Ink) -> Color32 {
    match ink {
        Ink::Ink => theme.ink,
        Ink::Ink2 => theme.ink_2,
        Ink::Ink3 => theme.ink_3,
        Ink::Hair => theme.hair,
        Ink::Line => theme.line,
        Ink::Control => theme.control,
        Ink::Time => theme.time,
        Ink::Series(number) => marks::series_colour(theme, usize::from(number)),
        Ink::Selected => theme.selected,
        Ink::Error => theme.error,
    }
}

/// A level or upright line as a rectangle on whole pixels, at least one thick.
fn hairline(painter: &Painter, from: Pos2, to: Pos2, width_px: f32, colour: Color32) {
    let scale = painter.pixels_per_point();
    let thick = (width_px * scale).round().max(1.0);
    let across = |middle: f32| ((middle * scale - thick / 2.0).round(), (middle * scale - thick / 2.0).round() + thick);
    let along = |a: f32, b: f32| ((a.min(b) * scale).round(), (a.max(b) * scale).round());
    let ((left, right), (top, bottom)) =
        if from.y == to.y { (along(from.x, to.x), across(from.y)) } else { (across(from.x), along(from.y, to.y)) };
    let rect = Rect::from_min_max(pos2(left / scale, top / scale), pos2(right / scale, bottom / scale));
    painter.rect_filled(rect, 0.0, colour);
}

fn paint_item(painter: &Painter, theme: &Theme, item: &Item) {
    match item {
        Item::Text { at, text, face, size_px, ink } => {
            let ink = colour(theme, *ink);
            let galley = painter.layout_job(line_job(text, font(*face, *size_px), ink));
            let baseline = galley.rows.first().and_then(|row| Some(row.pos.y + row.glyphs.first()?.pos.y));
            painter.galley(pos2(at[0], at[1] - baseline.unwrap_or(*size_px)), galley, ink);
        }
        Item::Line { points, width_px, ink } => {
            let points: Vec<Pos2> = points.iter().map(|&[x, y]| pos2(x, y)).collect();
            let is_upright = points.windows(2).all(|pair| pair[0].x == pair[1].x || pair[0].y == pair[1].y);
            if is_upright {
                points.windows(2).for_each(|pair| hairline(painter, pair[0], pair[1], *width_px, colour(theme, *ink)));
            } else {
                painter.add(Shape::line(points, Stroke::new(*width_px, colour(theme, *ink))));
            }
        }
        Item::Block { bounds, ink } => {
            let rect = Rect::from_min_max(pos2(bounds.left, bounds.top), pos2(bounds.right, bounds.bottom));
            painter.rect_filled(rect, 0.0, colour(theme, *ink));
        }
        Item::Pill { bounds, ink } => {
            let rect = Rect::from_min_max(pos2(bounds.left, bounds.top), pos2(bounds.right, bounds.bottom));
            let radius = CornerRadius::from(rect.height() / 2.0);
            painter.rect_filled(rect, radius, colour(theme, *ink));
        }
        Item::Point { at, radius_px, hollow, shape, ink } => {
            let origin = if *hollow { Origin::Derived } else { Origin::Reported };
            let look = (MarkShape::of(usize::from(*shape)), colour(theme, *ink));
            marks::mark(painter, theme, pos2(at[0], at[1]), *radius_px, look, (origin, MarkState::Plain));
        }
        Item::Whisker { x, y, ink, zoom } => marks::time_whisker(painter, x[0], x[1], *y, colour(theme, *ink), *zoom),
        Item::Run { points, dash, ink, zoom } => {
            let style = match dash {
                Dash::Solid => LinkStyle::Solid,
                Dash::Dashed => LinkStyle::Dashed,
                Dash::Dotted => LinkStyle::Dotted,
            };
            let points: Vec<Pos2> = points.iter().map(|&[x, y]| pos2(x, y)).collect();
            let number = if let Ink::Series(number) = ink { usize::from(*number) } else { 0 };
            marks::run(painter, theme, &points, style, number, colour(theme, *ink), *zoom);
        }
        Item::Glyph { glyph, x, y, zoom } => {
            let x = Rangef::new(x[0], x[1]);
            glyphs::glyph(painter, *glyph, x, *y, (theme.time, theme.sheet), *zoom);
        }
    }
}
