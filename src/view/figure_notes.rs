//! Words at moments of a series figure: what happened there. Each stands where it covers nothing, with a leader
//! to the line.

use super::{
    figure_frame::{Bounds, Face, FigureStyle, Ink, Item, Measure, Part},
    figure_plot::{Line, Plot},
    label_place::Obstacles,
    text_lines::balanced,
};
use crate::{desk::Annotation, edtf::Edtf};

/// Line height as a share of the type's size.
const LEADING: f32 = 1.32;

/// A part for each annotation that finds a place, and how many do not.
pub fn annotate(
    annotations: &[Annotation],
    line: &Line<'_>,
    plot: &Plot,
    style: &FigureStyle,
    measure: &Measure<'_>,
    obstacles: &mut Obstacles,
) -> (Vec<Part>, usize) {
    let size_px = style.label_px;
    let width_of = |text: &str| measure(text, Face::Sans, size_px);
    let mut parts = Vec::new();
    let mut n_left_out = 0;
    for (idx, annotation) in annotations.iter().enumerate() {
        let Some(at) = anchor(annotation, line, plot) else {
            n_left_out += 1;
            continue;
        };
        let room = (size_px * 10.5).min(style.size[0] * 0.3);
        let rows = balanced(&annotation.text, room, &width_of);
        let width = rows.iter().map(|row| width_of(row)).fold(0.0, f32::max);
        let size = [width, (rows.len() as f32 - 1.0) * size_px * LEADING + size_px * 1.02];
        let Some(bounds) = spot(at, size, (size_px, style.zoom()), plot, obstacles) else {
            n_left_out += 1;
            continue;
        };
        let near = if bounds.bottom <= at[1] { bounds.bottom + 2.0 } else { bounds.top - 2.0 };
        let gap = if bounds.bottom <= at[1] { -5.0 } else { 5.0 } * style.zoom();
        let leader_x = at[0].round() + 0.5;
        let mut items = vec![Item::Line {
            points: vec![[leader_x, near], [leader_x, at[1] + gap]],
            width_px: style.hair_px(),
            ink: Ink::Control,
        }];
        items.push(Item::Point { at, radius_px: 3.5 * style.zoom(), hollow: true, shape: 0, ink: Ink::Ink2 });
        for (row, text) in rows.into_iter().enumerate() {
            let baseline = bounds.top + size_px * (0.88 + LEADING * row as f32);
            let left = align(at[0], bounds, width_of(&text));
            items.push(Item::Text { at: [left, baseline], text, face: Face::Sans, size_px, ink: Ink::Ink2 });
        }
        obstacles.add(bounds.grown(4.0));
        obstacles.add(Bounds {
            left: leader_x - 2.0,
            top: near.min(at[1]),
            right: leader_x + 2.0,
            bottom: near.max(at[1]),
        });
        parts.push(Part { id: format!("annotation-{}", idx + 1), title: annotation.text.clone(), items });
    }
    (parts, n_left_out)
}

/// Rows are set against the leader where it stands at a side, else to its left edge.
fn align(x: f32, bounds: Bounds, width: f32) -> f32 {
    if x > bounds.right - 1.0 { bounds.right - width } else { bounds.left }
}

/// Where the line is at the annotation's moment; between two points, on the line between them.
fn anchor(annotation: &Annotation, line: &Line<'_>, plot: &Plot) -> Option<[f32; 2]> {
    let interval = annotation.date.parse::<Edtf>().ok()?.interval()?;
    let secs = (interval.start?.seconds() as f64 + interval.end?.seconds() as f64) / 2.0;
    let dots = &line.dots;
    let after = dots.partition_point(|dot| dot.secs < secs);
    let value = match (after.checked_sub(1).and_then(|idx| dots.get(idx)), dots.get(after)) {
        (Some(a), Some(b)) if b.secs > a.secs => a.value + (b.value - a.value) * (secs - a.secs) / (b.secs - a.secs),
        (_, Some(dot)) | (Some(dot), _) if (dot.secs - secs).abs() < 32.0 * 86_400.0 => dot.value,
        _ => return None,
    };
    let at = [plot.x_from_secs(secs), plot.y_from_value(value)];
    (plot.bounds.left..=plot.bounds.right).contains(&at[0]).then_some(at)
}

/// The nearest free place above the line, else below it; beside the leader first, then centred over it.
fn spot(
    at: [f32; 2],
    [width, height]: [f32; 2],
    (size_px, zoom): (f32, f32),
    plot: &Plot,
    obstacles: &Obstacles,
) -> Option<Bounds> {
    let mut best: Option<(f32, Bounds)> = None;
    for step in 0..48u8 {
        let away = size_px * (1.3 + 0.4 * f32::from(step));
        for (side, top) in [(0.0, at[1] - away - height), (9.0, at[1] + away)] {
            let lefts = [at[0] + 1.0 - size_px * 0.2, at[0] - width + size_px * 0.2, at[0] - width / 2.0];
            for (order, left) in lefts.into_iter().enumerate() {
                let bounds = Bounds { left, top, right: left + width, bottom: top + height };
                let clear = 7.5 * zoom;
                let (near, edge) =
                    if side == 0.0 { (bounds.bottom, at[1] - clear) } else { (bounds.top, at[1] + clear) };
                let leader =
                    Bounds { left: at[0] - 1.0, top: near.min(edge), right: at[0] + 1.0, bottom: near.max(edge) };
                let (Some(cost), Some(crossed)) = (obstacles.cost(bounds.grown(2.0)), obstacles.cost(leader)) else {
                    continue;
                };
                let outside = bounds.left < plot.bounds.left || bounds.right > plot.bounds.right;
                let cost = cost * 0.4
                    + crossed * 0.2
                    + side
                    + order as f32 * 2.0
                    + f32::from(step)
                    + f32::from(u8::from(outside)) * 4.0;
                if best.is_none_or(|(lowest, _)| cost < lowest) {
                    best = Some((cost, bounds));
                }
            }
        }
    }
    best.map(|(_, bounds)| bounds)
}
