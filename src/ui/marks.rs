//! The marks of series: six shapes, their states, whiskers, bars, arrows and the three kinds of link.
//!
//! Window and figures draw with the same functions. A reported value is filled, a derived one hollow, so that
//! colour is never alone in saying it:
//!
//! ```text
//! ●  ■  ▲  ◆  ▼  ✚      reported        ○  □  △  ◇  ▽  ✚ (outlined)   derived
//! ├──●──┤  approximate time             ↑●  多, 近: the value may be higher (lower)
//! ────  both ends reported      - - -  one end derived      · · ·  no figures between
//! ```

use super::Theme;
use egui::{Color32, Painter, Pos2, Rect, Shape, Stroke, Vec2, pos2, vec2};

/// The shape of a series' marks, one for each colour of the palette.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MarkShape {
    /// ●
    Circle,
    /// ■
    Square,
    /// ▲
    Up,
    /// ◆
    Diamond,
    /// ▼
    Down,
    /// ✚
    Cross,
}

impl MarkShape {
    /// In the order of the palette.
    pub const ALL: [Self; 6] = [Self::Circle, Self::Square, Self::Up, Self::Diamond, Self::Down, Self::Cross];

    /// The shape of series `idx`; from the seventh on all are circles, in grey.
    pub fn of(idx: usize) -> Self {
        Self::ALL.get(idx).copied().unwrap_or(Self::Circle)
    }
}

/// The colour of series `idx`: the six of the palette, then grey.
pub fn series_colour(theme: &Theme, idx: usize) -> Color32 {
    theme.series.get(idx).copied().unwrap_or(theme.ink_3)
}

/// Whether the text prints the value or it was worked out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// Printed.
    Reported,
    /// Worked out from others.
    Derived,
}

/// What the user is doing with a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MarkState {
    /// Nothing.
    #[default]
    Plain,
    /// The pointer is over it, or over its counterpart elsewhere.
    Hovered,
    /// It is selected.
    Selected,
    /// What is selected rests on it.
    Related,
    /// A filter or a search leaves it out.
    Dimmed,
}

/// Half the width of a mark, in logical pixels, before figures scale it.
pub const MARK_RADIUS_PX: f32 = 4.5;

/// Paints one mark at `centre` with half-width `radius`.
pub fn mark(
    painter: &Painter,
    theme: &Theme,
    centre: Pos2,
    radius: f32,
    (shape, colour): (MarkShape, Color32),
    (origin, state): (Origin, MarkState),
) {
    let scale = radius / MARK_RADIUS_PX;
    let (mut colour, mut radius) = (colour, radius);
    match state {
        MarkState::Plain => {}
        MarkState::Dimmed => colour = Theme::wash(colour, 30),
        MarkState::Hovered => {
            let ring = Stroke::new(2.0 * scale, Theme::wash(colour, 35));
            painter.circle_stroke(centre, radius + 3.0 * scale, ring);
        }
        MarkState::Selected => {
            colour = theme.selected;
            let ring = Stroke::new(1.0 * scale, theme.selected);
            painter.circle(centre, 8.5 * scale, theme.selected_soft, ring);
            radius = 5.0 * scale;
        }
        MarkState::Related => {
            painter.circle_stroke(centre, radius + 3.0 * scale, Stroke::new(1.0 * scale, theme.selected));
        }
    }
    let (fill, stroke) = match origin {
        Origin::Reported => (colour, Stroke::NONE),
        Origin::Derived => {
            radius -= 0.5 * scale;
            (theme.sheet, Stroke::new(2.0 * scale, colour))
        }
    };
    painter.extend(outline(shape, centre, radius, fill, stroke));
}

/// The mark as shapes. Areas are made alike to the eye: a square of the circle's width would look larger.
fn outline(shape: MarkShape, centre: Pos2, radius: f32, fill: Color32, stroke: Stroke) -> Vec<Shape> {
    let polygon = |points: &[(f32, f32)]| {
        let points = points.iter().map(|&(x, y)| centre + vec2(x, y) * radius).collect();
        vec![Shape::convex_polygon(points, fill, stroke)]
    };
    match shape {
        MarkShape::Circle => vec![Shape::Circle(egui::epaint::CircleShape { center: centre, radius, fill, stroke })],
        MarkShape::Square => polygon(&[(-0.89, -0.89), (0.89, -0.89), (0.89, 0.89), (-0.89, 0.89)]),
        MarkShape::Up => polygon(&[(0.0, -1.2), (1.12, 0.8), (-1.12, 0.8)]),
        MarkShape::Diamond => polygon(&[(0.0, -1.25), (1.25, 0.0), (0.0, 1.25), (-1.25, 0.0)]),
        MarkShape::Down => polygon(&[(0.0, 1.2), (-1.12, -0.8), (1.12, -0.8)]),
        MarkShape::Cross => cross(centre, radius, fill, stroke),
    }
}

/// ✚ is not convex: two bars, and for the hollow one an outline about them.
fn cross(centre: Pos2, radius: f32, fill: Color32, stroke: Stroke) -> Vec<Shape> {
    let (long, short) = (radius * 1.2, radius * 0.42);
    let bar = |half: Vec2| Shape::rect_filled(Rect::from_center_size(centre, half * 2.0), 0.0, fill);
    let mut shapes = vec![bar(vec2(long, short)), bar(vec2(short, long))];
    if stroke.width > 0.0 {
        let (l, s) = (long, short);
        let points = [
            (-s, -l),
            (s, -l),
            (s, -s),
            (l, -s),
            (l, s),
            (s, s),
            (s, l),
            (-s, l),
            (-s, s),
            (-l, s),
            (-l, -s),
            (-s, -s),
        ];
        let points = points.iter().map(|&(x, y)| centre + vec2(x, y)).collect();
        shapes.push(Shape::closed_line(points, stroke));
    }
    shapes
}

/// A horizontal whisker from `x_from` to `x_to` with ends 8 px high: the time is only known to lie there.
pub fn time_whisker(painter: &Painter, x_from: f32, x_to: f32, y: f32, colour: Color32, scale: f32) {
    let stroke = Stroke::new(1.5 * scale, colour);
    let half = 4.0 * scale;
    painter.line_segment([pos2(x_from, y), pos2(x_to, y)], stroke);
    for x in [x_from, x_to] {
        painter.line_segment([pos2(x, y - half), pos2(x, y + half)], stroke);
    }
}

/// A vertical bar: the text gives a range, or sources disagree.
pub fn value_bar(painter: &Painter, x: f32, y_from: f32, y_to: f32, colour: Color32, scale: f32) {
    let rect = Rect::from_two_pos(pos2(x - 1.5 * scale, y_from), pos2(x + 1.5 * scale, y_to));
    painter.rect_filled(rect, 1.0, colour);
}

/// Which way the true value may lie from the printed one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Toward {
    /// 多, 超过, 以上.
    Higher,
    /// 不到, 不足, 以下.
    Lower,
    /// 约, 左右.
    Either,
}

/// A short arrow from the mark (two for 约), 12 px long.
pub fn bound_arrow(painter: &Painter, centre: Pos2, toward: Toward, colour: Color32, scale: f32) {
    let stroke = Stroke::new(1.5 * scale, colour);
    let one = |sign: f32| {
        let from = centre + vec2(0.0, sign * 5.0 * scale);
        let tip = centre + vec2(0.0, sign * 13.0 * scale);
        painter.line_segment([from, tip], stroke);
        for side in [-3.0, 3.0] {
            painter.line_segment([tip, tip + vec2(side, -sign * 3.0) * scale], stroke);
        }
    };
    match toward {
        Toward::Higher => one(-1.0),
        Toward::Lower => one(1.0),
        Toward::Either => {
            one(-1.0);
            one(1.0);
        }
    }
}

/// How two neighbouring points of a series are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LinkStyle {
    /// Both reported.
    Solid,
    /// One of them derived: dashes 5-3.
    Dashed,
    /// No figures for a long time between them: dots 1.5-5.
    Dotted,
}

/// Paints a link of 2 px (dotted 1.5), leaving the marks free.
pub fn link(painter: &Painter, from: Pos2, to: Pos2, style: LinkStyle, colour: Color32, scale: f32) {
    let along = to - from;
    let length = along.length();
    if length < 1.0 {
        return;
    }
    let unit = along / length;
    match style {
        LinkStyle::Solid => {
            painter.line_segment([from, to], Stroke::new(2.0 * scale, colour));
        }
        LinkStyle::Dashed => {
            let stroke = Stroke::new(2.0 * scale, colour);
            painter.extend(Shape::dashed_line(&[from, to], stroke, 5.0 * scale, 3.0 * scale));
        }
        LinkStyle::Dotted => {
            // The same number of dots for the same length, wherever the ends lie.
            let pitch = 5.0 * scale;
            let n = (length / pitch).floor().min(4000.0) as usize;
            let first = (length - pitch * n as f32) / 2.0;
            for idx in 0..=n {
                let at = from + unit * (first + pitch * idx as f32);
                painter.circle_filled(at, 1.0 * scale, colour);
            }
        }
    }
}

/// Strokes that tell series apart where there are no colours: lengths of dashes and of the gaps behind them, none for
/// an unbroken line. Derived links keep their own short dashes.
const STROKES: [(&[f32], &[f32]); 6] = [
    (&[], &[]),
    (&[14.0], &[4.0]),
    (&[10.0, 2.0], &[3.0, 3.0]),
    (&[8.0, 2.0, 2.0], &[3.0, 3.0, 3.0]),
    (&[2.5], &[2.5]),
    (&[], &[]),
];

/// Paints a run of a series through all of `points`. `number` is the series', for themes that have patterns.
pub fn run(
    painter: &Painter,
    theme: &Theme,
    points: &[Pos2],
    style: LinkStyle,
    number: usize,
    colour: Color32,
    scale: f32,
) {
    match (style, points) {
        (LinkStyle::Solid, points) => {
            let stroke = Stroke::new(2.0 * scale, colour);
            let (dashes, gaps) = STROKES.get(number).copied().unwrap_or_default();
            if theme.has_patterns && !dashes.is_empty() {
                let scaled = |lengths: &[f32]| -> Vec<f32> { lengths.iter().map(|length| length * scale).collect() };
                painter.extend(Shape::dashed_line_with_offset(points, stroke, &scaled(dashes), &scaled(gaps), 0.0));
            } else {
                painter.add(Shape::line(points.to_vec(), stroke));
            }
        }
        (LinkStyle::Dashed, points) => {
            let stroke = Stroke::new(2.0 * scale, colour);
            painter.extend(Shape::dashed_line(points, stroke, 5.0 * scale, 3.0 * scale));
        }
        (LinkStyle::Dotted, points) => {
            for pair in points.windows(2) {
                if let [from, to] = pair {
                    link(painter, *from, *to, style, colour, scale);
                }
            }
        }
    }
}
