//! The upright timeline figure: a rail from top to bottom, dates at its left, titles at its right, as in the list view.

use super::{
    figure_frame::{Bounds, Face, FigureStyle, Ink, Item, Measure, Part},
    figure_timeline::{Dated, date_px},
    text_lines::{elided, lines},
    time_glyph::TimeGlyph,
    time_scale::Axis,
    words,
};
use crate::desk::Locale;

/// All rows with their rail; also how many events found a place.
pub fn rail(
    dated: &[Dated],
    axis: &Axis,
    style: &FigureStyle,
    body: Bounds,
    locale: &Locale,
    measure: &Measure<'_>,
) -> (Vec<Part>, usize) {
    let zoom = style.zoom();
    let date_width = |text: &str| measure(text, Face::Bold, date_px(style));
    let widest = dated.iter().map(|event| date_width(&event.words.short_date)).fold(0.0, f32::max);
    let rail_x = (body.left + widest.min((body.right - body.left) * 0.32) + 14.0 * zoom).round() + 0.5;
    let rows = rows(dated, axis);
    let (top, bottom) = (body.top + 14.0 * zoom, body.bottom - 8.0 * zoom);
    // A fold takes half a row.
    let n_units: f32 = rows.iter().map(|row| if matches!(row, Row::Fold(_)) { 0.6 } else { 1.0 }).sum();
    let row_px = ((bottom - top) / n_units.max(1.0)).min(52.0 * zoom);
    let mut parts = Vec::new();
    let mut y = top;
    let mut n_shown = 0;
    let mut rail_items = Vec::new();
    let mut from_y = top;
    for row in &rows {
        match row {
            Row::Fold(secs) => {
                let middle = y + row_px * 0.3;
                rail_items.push(rail_line(rail_x, from_y, middle - 8.0 * zoom, style));
                rail_items.push(zigzag(rail_x, middle, zoom));
                from_y = middle + 8.0 * zoom;
                let text = locale.fill("figure.skipped-rows", &[&words::length(*secs, locale)]);
                let at = [rail_x + 16.0 * zoom, middle + style.tick_px * 0.36];
                rail_items.push(Item::Text { at, text, face: Face::Sans, size_px: style.tick_px, ink: Ink::Ink3 });
                y += row_px * 0.6;
            }
            Row::Event(idx, event) => {
                let middle = y + row_px / 2.0;
                parts.push(event_part(*idx, event, [rail_x, middle], row_px, style, body, measure));
                n_shown += 1;
                y += row_px;
            }
        }
    }
    rail_items.push(rail_line(rail_x, from_y, y.max(from_y), style));
    parts.insert(0, Part { id: "rail".to_owned(), title: String::new(), items: rail_items });
    (parts, n_shown)
}

/// A row of the rail.
enum Row<'a> {
    Event(usize, &'a Dated),
    /// So many seconds are left out here.
    Fold(f64),
}

fn rows<'a>(dated: &'a [Dated], axis: &Axis) -> Vec<Row<'a>> {
    let segment_of = |event: &Dated| {
        let middle = event.when.middle();
        axis.segments().iter().position(|segment| middle <= segment.end).unwrap_or(axis.segments().len() - 1)
    };
    let mut rows = Vec::new();
    let mut before: Option<usize> = None;
    for (idx, event) in dated.iter().enumerate() {
        let segment = segment_of(event);
        if let Some(before) = before.filter(|before| *before < segment)
            && let (Some(left), Some(right)) = (axis.segments().get(before), axis.segments().get(segment))
        {
            rows.push(Row::Fold(right.start - left.end));
        }
        before = Some(segment);
        rows.push(Row::Event(idx, event));
    }
    rows
}

fn rail_line(x: f32, top: f32, bottom: f32, style: &FigureStyle) -> Item {
    Item::Line { points: vec![[x, top], [x, bottom]], width_px: style.hair_px(), ink: Ink::Control }
}

fn zigzag(x: f32, middle: f32, zoom: f32) -> Item {
    let points = (0..=4u8)
        .map(|step| {
            let side = if step == 0 || step == 4 {
                0.0
            } else if step % 2 == 1 {
                3.5
            } else {
                -3.5
            };
            [x + side * zoom, middle + (f32::from(step) - 2.0) * 4.0 * zoom]
        })
        .collect();
    Item::Line { points, width_px: 1.2 * zoom, ink: Ink::Control }
}

fn event_part(
    idx: usize,
    event: &Dated,
    [rail_x, middle]: [f32; 2],
    row_px: f32,
    style: &FigureStyle,
    body: Bounds,
    measure: &Measure<'_>,
) -> Part {
    let zoom = style.zoom();
    let date_width = |text: &str| measure(text, Face::Bold, date_px(style));
    let title_width = |text: &str| measure(text, Face::Sans, style.label_px);
    let room = body.right - rail_x - 16.0 * zoom;
    let date_room = rail_x - 14.0 * zoom - body.left;
    let line_px = style.label_px * 1.35;
    let n_lines = if row_px >= line_px * 2.2 { 2 } else { 1 };
    let mut title = lines(&event.words.full_title, room, &title_width);
    if title.len() > n_lines {
        let rest = title.split_off(n_lines - 1).concat();
        title.push(elided(&rest, room, &title_width));
    }
    let half = 7.0 * zoom;
    let x = match event.glyph {
        // On a rail a length has no room: only what sort of time it is.
        TimeGlyph::Moment => [rail_x, rail_x],
        _ => [rail_x - half, rail_x + half],
    };
    let baseline = middle + style.label_px * 0.36;
    let date = &event.words.date;
    let date = if date_width(date) <= date_room { date } else { &event.words.short_date };
    let date = elided(date, date_room, &date_width);
    let mut items = vec![
        Item::Glyph { glyph: event.glyph, x, y: middle, zoom },
        Item::Text {
            at: [rail_x - 14.0 * zoom - date_width(&date), baseline],
            text: date,
            face: Face::Bold,
            size_px: date_px(style),
            ink: Ink::Time,
        },
    ];
    let first = baseline - line_px * (title.len() as f32 - 1.0) / 2.0;
    for (row, text) in title.into_iter().enumerate() {
        let at = [rail_x + 16.0 * zoom, first + line_px * row as f32];
        items.push(Item::Text { at, text, face: Face::Sans, size_px: style.label_px, ink: Ink::Ink });
    }
    Part { id: format!("event-{}", idx + 1), title: format!("{} {}", event.words.date, event.words.full_title), items }
}
