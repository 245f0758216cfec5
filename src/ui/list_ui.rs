//! The list view of the timeline (年表): dates at the left of a rail, glyphs turned upright on it, titles at the right.

use super::{
    cx::Cx,
    glyphs,
    kept::{kept, key_of},
    overview_ui,
    rows::{GO_TO_SHARE, rows_ui},
    scene::{self, Lights},
    timeline_kept::timeline_key,
    tooltip::event_tooltip,
    type_scale::Type,
    widgets,
};
use crate::{
    desk::{Command, Nudge},
    edtf::{Grain, Moment},
    view::{
        beside,
        list::{LIST_ROW_PX, RAIL_PX, Row, Rows, TITLE_PX},
        names::event_label,
        time_scale::{Axis, TimeScale},
        timeline::{Item, Timeline},
        words,
    },
};
use egui::{Align2, CornerRadius, Id, Rangef, Rect, Role, Sense, Shape, Stroke, Ui, UiBuilder, WidgetInfo, pos2, vec2};

/// Height of the strip above the rows.
const STRIP_PX: f32 = 48.0;

/// Draws the list into `body`.
pub(super) fn list_ui(ui: &mut Ui, cx: &mut Cx<'_>, timeline: &Timeline, body: Rect) {
    let axis = scene::axis(ui, cx, timeline, body.width() - 24.0);
    let selected = scene::selected(ui, cx, timeline);
    let strip = Rect::from_min_size(body.min, vec2(body.width(), STRIP_PX));
    strip_ui(ui, cx, timeline, &axis, selected, strip);

    let segments: Vec<[u64; 2]> = axis.segments().iter().map(|s| [s.start.to_bits(), s.end.to_bits()]).collect();
    let mut is_opening = false;
    let key = key_of((timeline_key(cx), segments, timeline.len()));
    let rows = kept(ui, Id::unique("timeline-rows"), key, |before| {
        is_opening = before.is_none();
        Rows::new(timeline, &axis, cx.words)
    });
    let area = Rect::from_min_max(strip.left_bottom(), body.max);
    // It opens where the axis does, not with what is farthest back.
    let home = || match cx.desk.timeline.window {
        Some(window) => rows.place(timeline.ordinal_at(window.start)),
        None => rows.home(),
    };
    let behind_top = (area.height() / LIST_ROW_PX * GO_TO_SHARE).ceil() as usize;
    let mut go_to = is_opening.then(home).filter(|home| *home > 0).map(|home| home + behind_top);
    if let Some(nudge) = cx.desk.timeline.nudge {
        if matches!(nudge, Nudge::Centre | Nudge::FitSelection) {
            go_to = selected.map(|row| rows.place(timeline.rows.rank(row)));
        }
        cx.push(Command::SetTimeWindow(cx.desk.timeline.window));
        match nudge {
            Nudge::Lane(by) if by < 0 => cx.push(Command::PreviousEvent),
            Nudge::Lane(_) => cx.push(Command::NextEvent),
            _ => {}
        }
    }
    let lights = Lights::new(ui, cx);
    let n = timeline.len().to_string();
    let name = format!("{}，{}", cx.words.get("timeline.title"), cx.words.fill("timeline.n-events", &[&n]));
    let builder =
        UiBuilder::new().max_rect(area).id_salt("list").accessibility_role(Role::List).accessibility_label(name);
    ui.scope_builder(builder, |ui| {
        ui.set_clip_rect(area.intersect(ui.clip_rect()));
        let x = (area.left() + RAIL_PX).floor() + 0.5;
        ui.painter().vline(x, area.y_range(), Stroke::new(1.0, cx.theme.line));
        let place = (Id::unique("timeline-list"), area);
        rows_ui(ui, cx.theme, place, (rows.len(), LIST_ROW_PX), go_to, |ui, idx, rect| {
            if let Some(row) = rows.get(idx, timeline) {
                row_ui(ui, cx, timeline, &row, rect, selected, &lights);
            }
        });
    });
}

/// The overview above the rows, with the name of each segment below it.
fn strip_ui(ui: &mut Ui, cx: &mut Cx<'_>, timeline: &Timeline, axis: &Axis, selected: Option<u32>, rect: Rect) {
    let theme = cx.theme;
    ui.painter().rect_filled(rect, CornerRadius::ZERO, theme.panel);
    let hair = Stroke::new(1.0, theme.hair);
    ui.painter().hline(rect.x_range(), rect.top() + 0.5, hair);
    ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, hair);
    let whole = TimeScale::new(axis, None, f64::from(rect.left() + 12.0), f64::from(rect.right() - 16.0));
    for tear in whole.tears() {
        let middle = f64::midpoint(tear.left_px, tear.right_px) as f32;
        for x in [middle - 4.0, middle + 4.0] {
            let line = glyphs::zigzag(x, rect.top() + 3.0, rect.bottom() - 3.0);
            ui.painter().add(Shape::line(line, Stroke::new(1.0, theme.line)));
        }
    }
    for piece in whole.pieces() {
        let text = segment_words(cx, piece.start, piece.end);
        let text = widgets::elided(ui, &text, Type::Small, piece.width_px() as f32);
        let at = pos2(piece.left_px as f32, rect.bottom() - 10.0);
        widgets::text_at(ui, at, Align2::LEFT_CENTER, &text, Type::Small, theme.ink_3);
    }
    let strip = Rect::from_min_max(
        pos2(whole.left_px() as f32, rect.top() + 3.0),
        pos2(whole.right_px() as f32, rect.bottom() - 19.0),
    );
    let window = cx.desk.timeline.window.map_or_else(|| axis.whole(), |window| axis.clamp(window));
    overview_ui::strip_ui(ui, cx, timeline, &whole, window, selected, strip);
}

/// A segment in words, as coarse as it is long.
fn segment_words(cx: &Cx<'_>, start: f64, end: f64) -> String {
    use chrono::Datelike as _;
    let year_secs = 365.2425 * 86_400.0;
    let at = |secs: f64| Moment::from_seconds(secs as i64);
    let (Some(first), Some(last)) = (at(start), at(end)) else { return String::new() };
    if end - start < 1.5 * year_secs {
        let middle = at(f64::midpoint(start, end)).unwrap_or(first);
        return words::year_long_month(middle.0.year(), middle.0.month(), cx.words);
    }
    // The blank at both ends of a segment is no part of what happened.
    let inset = (end - start) * 0.15;
    if first.0.year() <= 0
        && let (Some(first), Some(last)) = (at(start + inset), at(end - inset))
    {
        let centuries = [first, last].map(|moment| words::century(moment.0.year(), cx.words));
        return match centuries {
            [one, other] if one == other => one,
            [one, other] => cx.words.fill("date.range", &[&one, &other]),
        };
    }
    let year = |moment: Moment| crate::edtf::Edtf::from_year(moment.0.year());
    words::date(&crate::edtf::Edtf::range(Some(&year(first)), Some(&year(last))), cx.words)
}

fn row_ui(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    timeline: &Timeline,
    row: &Row<'_>,
    rect: Rect,
    selected: Option<u32>,
    lights: &Lights,
) {
    let theme = cx.theme;
    let y = rect.center().y;
    let x = (rect.left() + RAIL_PX).floor() + 0.5;
    match row {
        Row::Heading(name) => {
            let width = widgets::text_width(ui, name, Type::SmallBold);
            let left = rect.left() + 16.0;
            let hair = Stroke::new(1.0, theme.hair);
            ui.painter().hline(left + width + 10.0..=rect.right() - 16.0, y.floor() + 0.5, hair);
            widgets::text_at(ui, pos2(left, y), Align2::LEFT_CENTER, name, Type::SmallBold, theme.ink_2);
            let response = ui.interact(rect, ui.scope_id().with(("heading", name)), Sense::hover());
            response.widget_info(|| WidgetInfo::labeled(Role::Heading, true, name));
        }
        Row::Skipped(length) => {
            let gap = Rect::from_center_size(pos2(x, y), vec2(8.0, 20.0));
            ui.painter().rect_filled(gap, CornerRadius::ZERO, theme.sheet);
            ui.painter().add(Shape::line(glyphs::zigzag(x, gap.top(), gap.bottom()), Stroke::new(1.0, theme.control)));
            let text = cx.words.fill("timeline.skipped", &[&words::length(*length, cx.words)]);
            widgets::text_at(ui, pos2(rect.left() + TITLE_PX, y), Align2::LEFT_CENTER, &text, Type::Small, theme.ink_3);
        }
        Row::Event(idx, year) => {
            let Some(item) = timeline.item(*idx) else { return };
            event_row_ui(ui, cx, &item, *year, rect, selected == Some(*idx), lights);
        }
    }
}

fn event_row_ui(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    item: &Item,
    year: Option<i32>,
    rect: Rect,
    is_selected: bool,
    lights: &Lights,
) {
    let corpus = cx.corpus;
    let Some(event) = item.event(corpus) else { return };
    let theme = cx.theme;
    let response = ui.interact(rect, Id::unique(("timeline-row", item.doc, item.event)), Sense::CLICK);
    let date = words::event_date(event, cx.words);
    response.widget_info(|| {
        let place = event.place.as_deref().unwrap_or_default();
        WidgetInfo::selected(
            Role::ListItem,
            true,
            is_selected,
            cx.words.fill("timeline.item", &[&date, &event.title, place]),
        )
    });
    let state = lights.state(cx, item, is_selected);
    if is_selected {
        ui.painter().rect_filled(rect, CornerRadius::ZERO, theme.selected_soft);
        let bar = Rect::from_min_size(rect.min, vec2(3.0, rect.height()));
        ui.painter().rect_filled(bar, CornerRadius::ZERO, theme.selected);
    } else if response.hovered() || state.is_hovered {
        ui.painter().rect_filled(rect, CornerRadius::ZERO, theme.panel);
    }
    let (x, y) = ((rect.left() + RAIL_PX).floor() + 0.5, rect.center().y);
    ui.painter().vline(x, rect.y_range(), Stroke::new(1.0, theme.line));
    glyphs::upright_glyph(ui.painter(), theme, item.when.exactness, x, upright_span(item, y), state);
    let faded = |colour| if state.is_dimmed { super::Theme::wash(colour, 30) } else { colour };
    let short = row_date(cx, event, year);
    let short = widgets::elided(ui, &short, Type::Label, RAIL_PX - 16.0 - 14.0);
    widgets::text_at(
        ui,
        pos2(rect.left() + RAIL_PX - 16.0, y),
        Align2::RIGHT_CENTER,
        &short,
        Type::Label,
        faded(theme.ink_2),
    );
    let kind = if is_selected { Type::BodyBold } else { Type::Body };
    let title = widgets::elided(ui, &event_label(event), kind, rect.width() - TITLE_PX - 20.0);
    let at = pos2(rect.left() + TITLE_PX, y);
    let drawn = widgets::text_at(ui, at, Align2::LEFT_CENTER, &title, kind, faded(theme.ink));
    // What other calendars say of the date, where there is room for it.
    if let Some(beside) =
        event.edtf.as_ref().and_then(|edtf| beside::calendars(edtf, &cx.desk.settings.time_style, cx.words))
        && drawn.right() + 24.0 + widgets::text_width(ui, &beside, Type::Small) < rect.right() - 12.0
    {
        let at = pos2(rect.right() - 12.0, y);
        widgets::text_at(ui, at, Align2::RIGHT_CENTER, &beside, Type::Small, faded(theme.ink_3));
    }
    if response.hovered() && cx.desk.hover != Some(item.mark()) {
        cx.push(Command::Hover(Some(item.mark())));
    }
    if response.clicked() {
        let picks = ui.input(|input| input.modifiers.command);
        cx.push(if picks { Command::Pick(item.mark()) } else { Command::Select(item.mark()) });
    }
    response.on_hover_ui_at_pointer(|ui| event_tooltip(ui, cx, item.doc as usize, event));
}

/// How far up and down a glyph reaches on the rail.
fn upright_span(item: &Item, y: f32) -> Rangef {
    use words::Exactness;
    match item.when.exactness {
        Exactness::Moment => Rangef::new(y - 1.0, y + 1.0),
        Exactness::Lasting => Rangef::new(y - 7.0, y + 7.0),
        Exactness::Approximate => Rangef::new(y - 12.0, y + 12.0),
        _ => Rangef::new(y - 8.0, y + 8.0),
    }
}

/// A date beside the rail: without the year that the heading names, a day with its weekday.
fn row_date(cx: &Cx<'_>, event: &crate::model::Event, year: Option<i32>) -> String {
    let Some(edtf) = &event.edtf else { return words::event_date(event, cx.words) };
    let text = words::date_within(edtf, year, cx.words);
    let is_day = edtf.grain() == Grain::Day && !edtf.is_range() && year.is_some();
    match edtf.interval().and_then(|interval| interval.start).filter(|_| is_day) {
        Some(start) => cx.words.fill("date.day-weekday", &[&text, &words::weekday(start, cx.words)]),
        None => text,
    }
}
