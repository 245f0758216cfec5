//! The upright timeline figure: a rail from top to bottom, dates at its left, titles at its right, as in the list view.

use super::{
    figure_frame::{Bounds, Face, FigureStyle, Ink, Item, Measure, Part},
    figure_told::{Told, date_px, key_glyphs, length},
    text_lines::{elided, lines},
    time_glyph::TimeGlyph,
    time_scale::Axis,
    timeline_words::Dated,
};
use crate::{desk::Locale, edtf::Moment};
use chrono::Datelike as _;

/// All rows with their rail, in two columns where they are many and short.
pub fn rail(
    dated: &[Dated],
    axis: &Axis,
    style: &FigureStyle,
    body: Bounds,
    locale: &Locale,
    measure: &Measure<'_>,
) -> Told {
    let zoom = style.zoom();
    let rows = rows(dated, axis);
    let is_wide = dated.len() > style.max_events * 3 / 4 && fit_two_columns(dated, style, measure);
    let columns = if is_wide { halves(&rows) } else { vec![rows.as_slice()] };
    let n_units = columns.iter().map(|rows| units(rows)).fold(1.0, f32::max);
    let room_px = body.bottom - body.top - 30.0 * zoom;
    let key =
        key_row(dated, style, body, locale, measure).filter(|_| room_px - KEY_PX * zoom > n_units * ROW_PX * zoom);
    let key_px = if key.is_some() { KEY_PX * zoom } else { 0.0 };
    let row_px = ((room_px - key_px) / n_units).min(52.0 * zoom);
    let widest = widest_date(dated, style, measure);
    let width = column_px(columns.len(), style);
    let mut told = Told { parts: key.into_iter().collect(), ..Told::default() };
    for (nth, rows) in columns.into_iter().enumerate() {
        let left = body.left + (width + GUTTER_PX * zoom) * nth as f32;
        let bounds = Bounds { left, top: body.top + 14.0 * zoom + key_px, right: left + width, bottom: body.bottom };
        let rail_x = (left + widest.min(width * 0.32) + 14.0 * zoom).round() + 0.5;
        let id = if nth == 0 { "rail".to_owned() } else { format!("rail-{}", nth + 1) };
        told.shown.extend(rows.iter().filter_map(|row| match row {
            Row::Event(idx, _) => Some(*idx),
            Row::Fold(_) => None,
        }));
        told.parts.extend(column(rows, (id, rail_x, row_px), style, bounds, locale, measure));
    }
    told
}

/// Between two columns.
const GUTTER_PX: f32 = 30.0;
/// The line that explains the glyphs, with the air below it.
const KEY_PX: f32 = 26.0;
/// Rows are not made lower than this for the sake of the key.
const ROW_PX: f32 = 24.0;

fn column_px(n_columns: usize, style: &FigureStyle) -> f32 {
    let gutters = GUTTER_PX * style.zoom() * (n_columns as f32 - 1.0);
    (style.size[0] - 2.0 * style.margin - gutters) / n_columns as f32
}

/// Whether every title fits on one line of a column that is half as wide as the picture.
pub fn fit_two_columns(dated: &[Dated], style: &FigureStyle, measure: &Measure<'_>) -> bool {
    let width = column_px(2, style);
    let widest = widest_date(dated, style, measure);
    let room = width - widest - 30.0 * style.zoom();
    let fits = |event: &Dated| measure(&event.words.full_title, Face::Sans, style.label_px) <= room;
    widest <= width * 0.32 && dated.iter().all(fits)
}

/// Width of the widest date, the year said where it is another than in the row before.
fn widest_date(dated: &[Dated], style: &FigureStyle, measure: &Measure<'_>) -> f32 {
    let date = |(idx, event): (usize, &Dated)| {
        let before = idx.checked_sub(1).and_then(|idx| dated.get(idx));
        measure(date_behind(before, event), Face::Bold, date_px(style))
    };
    dated.iter().enumerate().map(date).fold(0.0, f32::max)
}

/// The date as it is said behind the event `before`: a rail has no axis that would say the year.
fn date_behind<'a>(before: Option<&Dated>, event: &'a Dated) -> &'a str {
    let year = |event: &Dated| Moment::from_seconds(event.when.middle() as i64).map(|moment| moment.0.year());
    let is_told = before.is_some_and(|before| year(before) == year(event));
    if is_told || event.words.short_date != event.words.date { &event.words.short_date } else { &event.words.year_date }
}

/// How many rows these take; a fold takes a little more than half of one.
fn units(rows: &[Row<'_>]) -> f32 {
    rows.iter().map(|row| if matches!(row, Row::Fold(_)) { FOLD_SHARE } else { 1.0 }).sum()
}

/// Height of a fold as a share of a row's.
const FOLD_SHARE: f32 = 0.6;

/// Two columns of one height; a fold begins the second rather than ending the first.
fn halves<'a, 'b>(rows: &'b [Row<'a>]) -> Vec<&'b [Row<'a>]> {
    let half = units(rows) / 2.0;
    let mut at = (0..rows.len()).find(|&at| units(rows.get(..at).unwrap_or_default()) >= half).unwrap_or(rows.len());
    if at > 0 && rows.get(at - 1).is_some_and(|row| matches!(row, Row::Fold(_))) {
        at -= 1;
    }
    let (first, second) = rows.split_at(at.min(rows.len()));
    vec![first, second]
}

/// What the glyphs mean, on one line; nothing where they do not fit on one.
fn key_row(dated: &[Dated], style: &FigureStyle, body: Bounds, locale: &Locale, measure: &Measure<'_>) -> Option<Part> {
    let zoom = style.zoom();
    let size_px = style.tick_px;
    let y = body.top + 20.0 * zoom;
    let mut x = body.left;
    let mut items = Vec::new();
    for glyph in key_glyphs(dated, &|_| true) {
        let text = locale.get(glyph.key()).to_owned();
        let width = measure(&text, Face::Sans, size_px);
        let spread = glyph_spread(glyph, x + 8.0 * zoom, zoom);
        items.push(Item::Glyph { glyph, x: spread, y, zoom });
        let at = [x + 21.0 * zoom, y + size_px * 0.36];
        items.push(Item::Text { at, text, face: Face::Sans, size_px, ink: Ink::Ink2 });
        x = at[0] + width + 16.0 * zoom;
    }
    let fits = !items.is_empty() && x - 16.0 * zoom <= body.right;
    fits.then(|| Part { id: "key".to_owned(), title: String::new(), items })
}

/// On a rail a length has no room: only what sort of time it is.
fn glyph_spread(glyph: TimeGlyph, x: f32, zoom: f32) -> [f32; 2] {
    let half = 7.0 * zoom;
    if glyph == TimeGlyph::Moment { [x, x] } else { [x - half, x + half] }
}

/// The rows of one column with their rail.
fn column(
    rows: &[Row<'_>],
    (id, rail_x, row_px): (String, f32, f32),
    style: &FigureStyle,
    bounds: Bounds,
    locale: &Locale,
    measure: &Measure<'_>,
) -> Vec<Part> {
    let zoom = style.zoom();
    let mut parts = Vec::new();
    let mut y = bounds.top;
    let mut rail_items = Vec::new();
    let mut from_y = y;
    let mut before = None;
    for row in rows {
        match row {
            Row::Fold(secs) => {
                let middle = y + row_px * FOLD_SHARE / 2.0;
                rail_items.push(rail_line(rail_x, from_y, middle - 8.0 * zoom, style));
                rail_items.push(zigzag(rail_x, middle, zoom));
                from_y = middle + 8.0 * zoom;
                let text = locale.fill("figure.skipped-rows", &[&length(*secs, locale)]);
                let at = [rail_x + 16.0 * zoom, middle + style.tick_px * 0.36];
                rail_items.push(Item::Text { at, text, face: Face::Sans, size_px: style.tick_px, ink: Ink::Ink3 });
                y += row_px * FOLD_SHARE;
            }
            Row::Event(idx, event) => {
                let middle = y + row_px / 2.0;
                parts.push(event_part(
                    (*idx, event, date_behind(before, event)),
                    [rail_x, middle],
                    row_px,
                    style,
                    bounds,
                    measure,
                ));
                y += row_px;
                before = Some(event);
            }
        }
    }
    rail_items.push(rail_line(rail_x, from_y, y.max(from_y), style));
    parts.insert(0, Part { id, title: String::new(), items: rail_items });
    parts
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
    (idx, event, date): (usize, &Dated, &str),
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
    let x = glyph_spread(event.glyph, rail_x, zoom);
    let baseline = middle + style.label_px * 0.36;
    let words = &event.words;
    let is_shorter = words.short_date != words.date;
    let wanted = if is_shorter { words.date.as_str() } else { date };
    let date = if date_width(wanted) <= date_room { wanted } else { &words.short_date };
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
