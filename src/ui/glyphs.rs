//! The glyphs of time: what is known about when, drawn as a shape. Window and figures draw with the same functions.
//!
//! ```text
//! ●      a day or a moment           ▬▬▬▬    lasted from … to
//! ├●┤    once, within the interval   ▌▒▒░ >  from …, not ended (mirrored: until …)
//! ░◌░    approximate                 |>  <|  after, before a bound
//! ```

use super::Theme;
use crate::view::words::Exactness;
use egui::{Color32, CornerRadius, Mesh, Painter, Pos2, Rangef, Rect, Shape, Stroke, StrokeKind, pos2, vec2};

/// Height of a glyph, in logical pixels, before figures scale it.
pub const GLYPH_HEIGHT_PX: f32 = 9.0;
/// A whisker narrower than this is not drawn, only its dot.
const LEAST_WHISKER_PX: f32 = 6.0;

/// A day is a dot until it is this wide; then it shows that it is a whole day.
const LEAST_DAY_PX: f32 = 60.0;

/// Along which way time runs on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// From left to right: the axis.
    Across,
    /// From top to bottom: the list.
    Down,
}

/// How a glyph stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct GlyphState {
    /// The pointer is over it, or over its counterpart.
    pub is_hovered: bool,
    /// It is the selection.
    pub is_selected: bool,
    /// It rests on the same words as the selection.
    pub is_related: bool,
    /// It does not match the search, or is hidden and shown for now.
    pub is_dimmed: bool,
    /// The user corrected or added it.
    pub is_corrected: bool,
}

impl GlyphState {
    /// The colour of a glyph in this state.
    pub fn colour(self, theme: &Theme) -> Color32 {
        if self.is_selected {
            theme.selected
        } else if self.is_dimmed {
            Theme::wash(theme.time, 30)
        } else {
            theme.time
        }
    }
}

/// Where a glyph's dot (or known end) stands, to which its title points.
pub fn anchor_x(glyph: Exactness, x: Rangef) -> f32 {
    match glyph {
        Exactness::Ongoing | Exactness::After => x.min,
        Exactness::Until | Exactness::Before => x.max,
        _ => x.center(),
    }
}

/// Paints an event's glyph over the interval `x`, centred on `y`, with the ring of its state behind it.
///
/// An open interval must be given the edge of what is in view.
pub fn event_glyph(painter: &Painter, theme: &Theme, kind: Exactness, x: Rangef, y: f32, state: GlyphState) {
    let dot = pos2(anchor_x(kind, x), y);
    halo(painter, theme, kind, x, dot, state);
    let ground = if state.is_selected { theme.selected_soft } else { theme.sheet };
    glyph(painter, kind, x, y, (state.colour(theme), ground), 1.0);
    if state.is_corrected {
        // 2 px under the glyph.
        let tick = Rect::from_center_size(pos2(dot.x, y + 7.0), vec2(8.0, 2.0));
        painter.rect_filled(tick, CornerRadius::ZERO, theme.ink_2);
    }
}

/// As [`event_glyph`], with time running downwards: for the list.
pub fn upright_glyph(painter: &Painter, theme: &Theme, kind: Exactness, x: f32, y: Rangef, state: GlyphState) {
    let ground = if state.is_selected { theme.selected_soft } else { theme.sheet };
    if state.is_hovered {
        painter.circle_stroke(pos2(x, y.center()), 7.0, Stroke::new(2.0, Theme::wash(theme.time, 35)));
    }
    if state.is_related {
        painter.circle_stroke(pos2(x, y.center()), 7.0, Stroke::new(1.0, theme.selected));
    }
    shape(painter, kind, y, x, (state.colour(theme), ground), 1.0, Way::Down);
    if state.is_corrected {
        let tick = Rect::from_center_size(pos2(x + 8.0, y.center()), vec2(2.0, 8.0));
        painter.rect_filled(tick, CornerRadius::ZERO, theme.ink_2);
    }
}

/// The glyph as a key shows it, 24 wide, centred in `rect`.
pub fn key_glyph(painter: &Painter, theme: &Theme, kind: Exactness, rect: Rect) {
    let half = match kind {
        Exactness::Moment => 0.0,
        Exactness::Within => 8.0,
        _ => 9.0,
    };
    let x = Rangef::point(rect.center().x).expand(half);
    glyph(painter, kind, x, rect.center().y, (theme.time, theme.panel), 1.0);
}

/// Paints one glyph over the interval `x`, centred on `y`.
///
/// `ground` fills hollow dots. An open interval must be given the edge of what is in view.
pub fn glyph(painter: &Painter, glyph: Exactness, x: Rangef, y: f32, colours: (Color32, Color32), scale: f32) {
    shape(painter, glyph, x, y, colours, scale, Way::Across);
}

/// A pill with the number of events that stand too close to be drawn apart, and a line under what it spans.
pub fn cluster(painter: &Painter, theme: &Theme, pill: Rect, span: Rangef, count: &str, state: GlyphState) {
    let line = Rect::from_x_y_ranges(span, Rangef::new(pill.bottom() + 1.0, pill.bottom() + 3.0));
    let ground = if state.is_selected { theme.selected_soft } else { theme.time_soft };
    painter.rect_filled(line, CornerRadius::ZERO, state.colour(theme));
    painter.rect_filled(pill, CornerRadius::same(9), ground);
    if state.is_hovered || state.is_related || state.is_selected {
        let ring = if state.is_hovered { Theme::wash(theme.time, 60) } else { theme.selected };
        painter.rect_stroke(pill, CornerRadius::same(9), Stroke::new(1.0, ring), StrokeKind::Inside);
    }
    let ink = if state.is_dimmed { Theme::wash(theme.ink, 45) } else { theme.ink };
    let font = super::type_scale::Type::SmallBold.font();
    painter.text(pill.center(), egui::Align2::CENTER_CENTER, count, font, ink);
}

/// The rings of hover, selection and relation, behind the glyph.
fn halo(painter: &Painter, theme: &Theme, kind: Exactness, x: Rangef, dot: Pos2, state: GlyphState) {
    let is_wide = x.span() > 17.0 && matches!(kind, Exactness::Lasting);
    let ring = |grow: f32, fill: Color32, stroke: Stroke| {
        if is_wide {
            let rect = Rect::from_x_y_ranges(x, Rangef::new(dot.y - 4.5, dot.y + 4.5)).expand(grow - 4.5);
            painter.rect(rect, CornerRadius::same(4), fill, stroke, StrokeKind::Inside);
        } else {
            painter.circle(dot, grow, fill, stroke);
        }
    };
    if state.is_selected {
        ring(8.5, theme.selected_soft, Stroke::new(1.0, theme.selected));
    } else if state.is_hovered {
        ring(7.0, Color32::TRANSPARENT, Stroke::new(2.0, Theme::wash(theme.time, 35)));
    }
    if state.is_related && !state.is_selected {
        ring(7.0, Color32::TRANSPARENT, Stroke::new(1.0, theme.selected));
    }
}

/// A place by its distance along time and across it.
fn place(way: Way, along: f32, across: f32) -> Pos2 {
    if way == Way::Across { pos2(along, across) } else { pos2(across, along) }
}

fn shape(
    painter: &Painter,
    kind: Exactness,
    span: Rangef,
    y: f32,
    (colour, ground): (Color32, Color32),
    scale: f32,
    way: Way,
) {
    let centre = place(way, span.center(), y);
    match kind {
        Exactness::Moment | Exactness::Within => {
            let least = if kind == Exactness::Moment { LEAST_DAY_PX } else { LEAST_WHISKER_PX };
            let is_wide = span.span() >= least * scale;
            if is_wide {
                whisker(painter, span, y, colour, scale, way);
            }
            let radius = if kind == Exactness::Moment && !is_wide { 4.0 } else { 3.0 };
            painter.circle_filled(centre, radius * scale, colour);
        }
        Exactness::Lasting => {
            let least = 4.0 * scale;
            let span = if span.span() < least { Rangef::point(span.center()).expand(least / 2.0) } else { span };
            painter.rect_filled(band(span, y, GLYPH_HEIGHT_PX * scale, way), 2.0 * scale, colour);
        }
        Exactness::Ongoing => open(painter, (span.min, span.max), y, colour, scale, way),
        Exactness::Until => open(painter, (span.max, span.min), y, colour, scale, way),
        Exactness::Approximate => {
            let span = if span.span() < 18.0 * scale { Rangef::point(span.center()).expand(9.0 * scale) } else { span };
            let half = Theme::wash(colour, 50);
            let shoulder = span.span() * 0.3;
            let stops = [
                (span.min, Color32::TRANSPARENT),
                (span.min + shoulder, half),
                (span.max - shoulder, half),
                (span.max, Color32::TRANSPARENT),
            ];
            painter.add(gradient(&stops, y, GLYPH_HEIGHT_PX * scale, way));
            painter.circle(centre, 3.5 * scale, ground, Stroke::new(1.5 * scale, colour));
        }
        Exactness::After => bound(painter, (span.min, 1.0), y, colour, scale, way),
        Exactness::Before => bound(painter, (span.max, -1.0), y, colour, scale, way),
    }
}

/// A whisker over `span` with ends 8 px high.
fn whisker(painter: &Painter, span: Rangef, y: f32, colour: Color32, scale: f32, way: Way) {
    let stroke = Stroke::new(1.5 * scale, colour);
    let half = 4.0 * scale;
    painter.line_segment([place(way, span.min, y), place(way, span.max, y)], stroke);
    for end in [span.min, span.max] {
        painter.line_segment([place(way, end, y - half), place(way, end, y + half)], stroke);
    }
}

/// A stop at the known end and a bar that fades towards the open one, with a chevron there.
fn open(painter: &Painter, (known, open): (f32, f32), y: f32, colour: Color32, scale: f32, way: Way) {
    let sign = if open < known { -1.0 } else { 1.0 };
    let height = GLYPH_HEIGHT_PX * scale;
    let fade_to = open - sign * 6.0 * scale;
    let clear = Color32::TRANSPARENT;
    painter.add(gradient(&[(known, Theme::wash(colour, 55)), (fade_to, clear)], y, height, way));
    let stop = Rangef::new(known.min(known + sign * 2.0 * scale), known.max(known + sign * 2.0 * scale));
    painter.rect_filled(band(stop, y, height, way), 0.0, colour);
    if (open - known).abs() > 12.0 * scale {
        chevron(painter, open, sign, y, Stroke::new(1.5 * scale, colour), scale, way);
    }
}

/// A stop at the bound and a chevron that points away from it.
fn bound(painter: &Painter, (at, sign): (f32, f32), y: f32, colour: Color32, scale: f32, way: Way) {
    let stop = Rangef::point(at).expand(scale);
    painter.rect_filled(band(stop, y, GLYPH_HEIGHT_PX * scale, way), 0.0, colour);
    chevron(painter, at + sign * 7.0 * scale, sign, y, Stroke::new(1.5 * scale, colour), scale, way);
}

/// An open angle with its tip at `tip`.
fn chevron(painter: &Painter, tip: f32, sign: f32, y: f32, stroke: Stroke, scale: f32, way: Way) {
    let back = |side: f32| place(way, tip - sign * 3.5 * scale, y + side * 3.5 * scale);
    painter.add(Shape::line(vec![back(-1.0), place(way, tip, y), back(1.0)], stroke));
}

fn band(span: Rangef, y: f32, height: f32, way: Way) -> Rect {
    let across = Rangef::new(y - height / 2.0, y + height / 2.0);
    if way == Way::Across { Rect::from_x_y_ranges(span, across) } else { Rect::from_x_y_ranges(across, span) }
}

/// A band whose colour runs from stop to stop; as a mesh, for egui has no gradients along a shape.
fn gradient(stops: &[(f32, Color32)], y: f32, height: f32, way: Way) -> Shape {
    let mut mesh = Mesh::default();
    for (idx, &(along, colour)) in (0u32..).zip(stops) {
        mesh.colored_vertex(place(way, along, y - height / 2.0), colour);
        mesh.colored_vertex(place(way, along, y + height / 2.0), colour);
        if idx > 0 {
            let first = idx * 2 - 2;
            mesh.add_triangle(first, first + 1, first + 2);
            mesh.add_triangle(first + 2, first + 1, first + 3);
        }
    }
    Shape::mesh(mesh)
}

/// One edge of a torn strip: a zigzag of amplitude 2.5 and step 5 down from `top` to `bottom`, about `x`.
pub fn zigzag(x: f32, top: f32, bottom: f32) -> Vec<Pos2> {
    let n_steps = ((bottom - top) / 5.0).ceil().max(1.0) as usize;
    (0..=n_steps)
        .map(|idx| {
            let side = if idx % 2 == 0 { -2.5 } else { 2.5 };
            pos2(x, top) + vec2(side, (idx as f32 * 5.0).min(bottom - top))
        })
        .collect()
}

/// A torn strip between two zigzags.
pub fn tear(painter: &Painter, fill: Color32, stroke: Stroke, strip: Rect) {
    let left = zigzag(strip.left() + 2.5, strip.top(), strip.bottom());
    let right = zigzag(strip.right() - 2.5, strip.top(), strip.bottom());
    let mut mesh = Mesh::default();
    for (idx, (a, b)) in (0u32..).zip(left.iter().zip(&right)) {
        mesh.colored_vertex(*a, fill);
        mesh.colored_vertex(*b, fill);
        if idx > 0 {
            let first = idx * 2 - 2;
            mesh.add_triangle(first, first + 1, first + 2);
            mesh.add_triangle(first + 2, first + 1, first + 3);
        }
    }
    painter.add(Shape::mesh(mesh));
    painter.add(Shape::line(left, stroke));
    painter.add(Shape::line(right, stroke));
}
