//! Words beside the points of a single series: values with their times, and the gaps that are named.

use super::{
    date_text::years_text,
    figure_frame::{Bounds, Dash, Face, FigureStyle, Ink, Item, Measure, Part},
    figure_plot::{Dot, Line, Link, Plot, told_by_of},
    label_place::{Obstacles, Placed, place},
    series_axis::missing_years,
    text_lines::lines,
};
use crate::desk::Locale;

/// Which points get a label, the most important first: last, first, derived, highest, lowest; all where they are few.
pub fn labelled(dots: &[Dot]) -> Vec<usize> {
    let by_value = |better: fn(f64, f64) -> bool| {
        (0..dots.len()).reduce(|best, idx| if better(dots[idx].value, dots[best].value) { idx } else { best })
    };
    let mut order: Vec<usize> = Vec::new();
    order.extend(dots.len().checked_sub(1));
    order.extend((!dots.is_empty()).then_some(0));
    order.extend((0..dots.len()).filter(|&idx| dots[idx].derived).take(12));
    order.extend(by_value(|a, b| a > b));
    order.extend(by_value(|a, b| a < b));
    if dots.len() <= 8 {
        order.extend(0..dots.len());
    }
    let mut seen = Vec::new();
    order.retain(|idx| {
        let is_new = !seen.contains(idx);
        seen.push(*idx);
        is_new
    });
    order
}

/// The label of each point that finds a place, as (index of the dot, items).
pub fn label_points(
    line: &Line<'_>,
    plot: &Plot,
    style: &FigureStyle,
    measure: &Measure<'_>,
    obstacles: &mut Obstacles,
) -> Vec<(usize, Vec<Item>)> {
    let last_idx = line.dots.len().saturating_sub(1);
    let mut out = Vec::new();
    for idx in labelled(&line.dots) {
        let Some(dot) = line.dots.get(idx) else { continue };
        let words = line.words(dot);
        let (value, value_px) = if idx == last_idx {
            (&words.value_with_unit, style.label_px * 1.44)
        } else {
            (&words.value, style.label_px * 1.2)
        };
        let value_width = measure(value, Face::Bold, value_px);
        let time_width = measure(&words.label, Face::Sans, style.label_px);
        let Some(label) = place(plot.at(dot), [value_width, time_width], value_px, style.label_px, obstacles) else {
            continue;
        };
        let Placed { value_at, time_at, bounds, leader } = label;
        // Two labels side by side must not read as one.
        let air = 20.0 * style.zoom();
        obstacles.add(Bounds { left: bounds.left - air, right: bounds.right + air, ..bounds.grown(4.0) });
        let mut items = Vec::new();
        items.extend(leader.map(|[from, to]| Item::Line {
            points: vec![from, to],
            width_px: style.hair_px(),
            ink: Ink::Line,
        }));
        items.push(Item::Text {
            at: time_at,
            text: words.label.clone(),
            face: Face::Sans,
            size_px: style.label_px,
            ink: Ink::Ink2,
        });
        items.push(Item::Text {
            at: value_at,
            text: value.clone(),
            face: Face::Bold,
            size_px: value_px,
            ink: Ink::Ink,
        });
        out.push((idx, items));
    }
    out
}

/// Says which years have no figure, beside the dotted line.
pub fn name_gaps(
    line: &Line<'_>,
    links: &[Link],
    style: &FigureStyle,
    words: &Locale,
    measure: &Measure<'_>,
    obstacles: &mut Obstacles,
) -> Option<Part> {
    let unit = told_by_of(line);
    let mut items = Vec::new();
    for link in links.iter().filter(|link| link.dash == Dash::Dotted) {
        let (Some(a), Some(b)) = (line.dots.get(link.first_idx), line.dots.get(link.first_idx + 1)) else { continue };
        let span = match missing_years(a.interval, b.interval, unit) {
            Some((first, last)) => years_text(first, last, words),
            None => words.fill("figure.between", &[&line.words(a).time, &line.words(b).time]),
        };
        let text = words.fill("figure.gap", &[&span]);
        let size_px = style.label_px * 0.96;
        let width_of = |text: &str| measure(text, Face::Sans, size_px);
        // On one line, else on two.
        let found = [1.0, 0.56].into_iter().find_map(|share| {
            let rows = lines(&text, width_of(&text) * share + 0.5, &width_of);
            let width = rows.iter().map(|row| width_of(row)).fold(0.0, f32::max);
            let at = beside_line(link, [width, rows.len() as f32], size_px, obstacles)?;
            Some((rows, width, at))
        });
        let Some((rows, width, at)) = found else { continue };
        for (idx, text) in rows.into_iter().enumerate() {
            let at = [at[0], at[1] + idx as f32 * size_px * GAP_LINE];
            obstacles.add(Bounds::of_text(at, width, size_px).grown(4.0));
            items.push(Item::Text { at, text, face: Face::Sans, size_px, ink: Ink::Ink3 });
        }
    }
    (!items.is_empty()).then(|| Part { id: "gaps".to_owned(), title: String::new(), items })
}

/// Line height of the words beside a gap, as a share of their size.
const GAP_LINE: f32 = 1.35;

/// A free place above or below the line, near its middle, for some rows of text; the first row's baseline.
fn beside_line(link: &Link, [width, n_rows]: [f32; 2], size_px: f32, obstacles: &Obstacles) -> Option<[f32; 2]> {
    let more = (n_rows - 1.0) * size_px * GAP_LINE;
    let mut best: Option<(f32, [f32; 2])> = None;
    for (order, share) in [0.42, 0.5, 0.34, 0.6, 0.26, 0.7].into_iter().enumerate() {
        let x = link.from[0] + (link.to[0] - link.from[0]) * share;
        let y = link.from[1] + (link.to[1] - link.from[1]) * share;
        // Above and to the left of a rising line, below and to the right of it; mirrored where it falls.
        let rising = link.to[1] <= link.from[1];
        let left_of = x - width - size_px * 0.4;
        let right_of = x + size_px * 0.4;
        let candidates = if rising {
            [[left_of, y - size_px * 0.5 - more], [right_of, y + size_px * 1.4]]
        } else {
            [[right_of, y - size_px * 0.5 - more], [left_of, y + size_px * 1.4]]
        };
        for (side, at) in candidates.into_iter().enumerate() {
            let last = Bounds::of_text([at[0], at[1] + more], width, size_px);
            let bounds = Bounds::of_text(at, width, size_px).joined(last).grown(2.0);
            let Some(cost) = obstacles.cost(bounds) else { continue };
            let cost = cost + order as f32 + side as f32 * 3.0;
            if best.is_none_or(|(lowest, _)| cost < lowest) {
                best = Some((cost, at));
            }
        }
    }
    best.map(|(_, at)| at)
}
