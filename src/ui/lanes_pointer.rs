//! What the pointer does in the axis view: hover, click, double-click, drag, wheel, pinch.

use super::{
    Theme,
    cx::Cx,
    event_menu::{About, event_menu_ui},
    rubber_band,
    scene::{REACH_PX, Scene, lane_name, normal, pill_rect, stretch_words},
    tooltip::event_tooltip,
    type_scale::Type,
};
use crate::{
    desk::{Command, TimeWindow},
    view::{brush, lanes_layout::ROW_PX, number, timeline::Item, when::DAY_SECS, words},
};
use egui::{CornerRadius, Id, Pos2, Rect, Response, Stroke, StrokeKind, Ui, pos2, vec2};

/// What lies under the pointer.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Target {
    Item(u32),
    Pill { first: f64, last: f64, member: u32, count: usize },
    Column { lane: usize, start: f64, end: f64, count: usize },
    Tear(f64),
    Ground,
}

fn target(scene: &Scene<'_>, at: Pos2) -> Target {
    if !scene.plot().expand(REACH_PX).contains(at.x) {
        return Target::Ground;
    }
    let mut nearest: Option<(f32, Target)> = None;
    let mut offer = |distance: f32, target: Target| {
        if nearest.is_none_or(|(best, _)| distance < best) {
            nearest = Some((distance, target));
        }
    };
    for (lane, rect) in scene.seen().filter(|(_, rect)| rect.y_range().contains(at.y) && scene.lanes.contains(at)) {
        for glyph in &lane.glyphs {
            let y = scene.row_y(rect, glyph.row);
            let x = at.x.clamp(glyph.x.0.min(glyph.x.1), glyph.x.1);
            let distance = (pos2(x, y) - at).length();
            if distance <= REACH_PX {
                offer(
                    if scene.selected == Some(glyph.item.row) { 0.0 } else { distance },
                    Target::Item(glyph.item.row),
                );
            }
            if let Some(label) = &glyph.label {
                let y = scene.row_y(rect, label.row);
                let is_over = (at.y - y).abs() <= ROW_PX / 2.0 && label.left - 3.0 <= at.x && at.x <= label.right + 3.0;
                if is_over {
                    offer(REACH_PX, Target::Item(glyph.item.row));
                }
            }
        }
        for pill in lane.pills.iter().filter(|pill| pill_rect(scene, rect, pill).expand(3.0).contains(at)) {
            let (first, last) = pill.times;
            let member = pill.cluster.members.first().copied().unwrap_or(0);
            offer(0.0, Target::Pill { first, last, member, count: pill.cluster.members.len() });
        }
        for peak in &lane.peaks {
            let is_over = (at.y - rect.top() - 11.0).abs() <= ROW_PX / 2.0
                && peak.left.min(peak.x - 5.0) <= at.x
                && at.x <= peak.right.max(peak.x + 5.0);
            if is_over {
                offer(REACH_PX, Target::Item(peak.item.row));
            }
        }
        let idx = lane.columns.partition_point(|column| column.right_px <= at.x);
        if let Some(column) = lane.columns.get(idx).filter(|column| column.left_px <= at.x) {
            let (start, end, count) = (column.start, column.end, column.count);
            offer(REACH_PX + 1.0, Target::Column { lane: lane.lane, start, end, count });
        }
    }
    let tear = scene.scale.tears().find(|tear| tear.left_px < f64::from(at.x) && f64::from(at.x) < tear.right_px);
    nearest
        .map(|(_, target)| target)
        .or_else(|| tear.map(|tear| Target::Tear(f64::midpoint(tear.start, tear.end))))
        .unwrap_or(Target::Ground)
}

/// What a menu here is about.
fn about(scene: &Scene<'_>, target: Target) -> About {
    match target {
        Target::Item(row) => scene.item(row).map_or(About::Ground, |item| About::Event(item.mark())),
        Target::Pill { first, last, .. } => {
            About::Stretch(TimeWindow { start: first, end: last.max(first + DAY_SECS) })
        }
        Target::Column { start, end, .. } => About::Stretch(TimeWindow { start, end }),
        Target::Tear(_) | Target::Ground => About::Ground,
    }
}

/// What the pointer does: hover, click, double-click, drag, wheel, pinch.
pub(super) fn pointer_ui(ui: &mut Ui, cx: &mut Cx<'_>, scene: &Scene<'_>, ground: &Response, max_scroll: f32) {
    let area = scene.lanes.union(scene.ruler);
    let at = ui.input(|input| input.pointer.hover_pos()).filter(|_| ui.rect_contains_pointer(area));
    let target = at.map_or(Target::Ground, |at| target(scene, at));
    hover_ui(ui, cx, scene, ground, at, target);
    event_menu_ui(ground, cx, about(scene, target));
    if at.is_some() {
        click(ui, cx, scene, target);
        wheel(ui, cx, scene, at, max_scroll);
    }
    drag_ui(ui, cx, scene, ground);
}

fn hover_ui(ui: &Ui, cx: &mut Cx<'_>, scene: &Scene<'_>, ground: &Response, at: Option<Pos2>, target: Target) {
    let id = Id::unique("timeline-hovers");
    let was_ours = ui.data(|data| data.get_temp::<bool>(id)).unwrap_or(false);
    let over = match target {
        Target::Item(idx) if !ground.dragged() => scene.item(idx),
        _ => None,
    };
    let mark = over.as_ref().map(Item::mark);
    if mark.is_some() && cx.desk.hover != mark || mark.is_none() && was_ours {
        cx.push(Command::Hover(mark));
        ui.data_mut(|data| data.insert_temp(id, mark.is_some()));
    }
    let Some(at) = at else { return };
    let tip = |add: &mut dyn FnMut(&mut Ui)| {
        let place = Rect::from_center_size(at, vec2(20.0, 24.0));
        egui::Tooltip::always_open(ui.ctx().clone(), ui.layer_id(), ui.scope_id().with("tip"), place)
            .show(|ui| add(ui));
    };
    match target {
        Target::Item(_) => {
            if let Some((item, event)) = over.as_ref().and_then(|item| Some((item, item.event(cx.corpus)?))) {
                ui.ctx().set_cursor_icon(egui::CursorIcon::PointingHand);
                tip(&mut |ui| event_tooltip(ui, cx, item.doc as usize, event));
            }
        }
        Target::Pill { first, last, count, .. } => {
            let words = cx.words.fill("timeline.cluster", &[&count.to_string(), &stretch_words(cx, first, last)]);
            tip(&mut |ui| drop(ui.label(&words)));
        }
        Target::Column { lane, start, end, count } => {
            let head = format!("{} ・ {}", stretch_words(cx, start, end - 1.0), lane_name(scene, lane));
            let count = cx.words.fill("timeline.n-events", &[&number::counted(count, cx.words)]);
            tip(&mut |ui| {
                ui.label(egui::RichText::new(&head).font(Type::LabelBold.font()));
                ui.label(&count);
                ui.label(egui::RichText::new(cx.words.get("timeline.column-hint")).font(Type::Small.font()));
            });
        }
        Target::Tear(time) => {
            let length = scene.timeline.cut_at(time).map_or(0.0, |cut| cut.end - cut.start);
            let words = cx.words.fill("timeline.tear", &[&words::length(length, cx.words)]);
            tip(&mut |ui| drop(ui.label(&words)));
        }
        Target::Ground => {}
    }
}

fn click(ui: &Ui, cx: &mut Cx<'_>, scene: &Scene<'_>, target: Target) {
    use egui::PointerButton::Primary;
    let (is_click, is_double) =
        ui.input(|input| (input.pointer.button_clicked(Primary), input.pointer.button_double_clicked(Primary)));
    match target {
        Target::Item(idx) if is_double || is_click => {
            let Some(item) = scene.item(idx) else { return };
            if ui.input(|input| input.modifiers.command) {
                cx.push(Command::Pick(item.mark()));
                return;
            }
            cx.push(Command::Select(item.mark()));
            if is_double {
                cx.push(Command::ZoomToSelection);
            }
        }
        Target::Pill { first, last, member, .. } if is_double || is_click => {
            if is_double {
                let pad = ((last - first) * 0.25).max(DAY_SECS / 24.0);
                cx.push(Command::SetTimeWindow(Some(TimeWindow { start: first - pad, end: last + pad })));
            } else if let Some(item) = scene.item(member) {
                cx.push(Command::Select(item.mark()));
            }
        }
        Target::Column { start, end, .. } if is_double => {
            cx.push(Command::SetTimeWindow(Some(TimeWindow { start, end })));
        }
        // A column of one event is that event.
        Target::Column { lane, start, end, count: 1 } if is_click => {
            let lane = scene.timeline.lanes.get(lane);
            if let Some(item) = lane.and_then(|lane| scene.timeline.most_significant(lane, start, end)) {
                cx.push(Command::Select(item.mark()));
            }
        }
        Target::Tear(time) if is_double => cx.push(Command::OpenCut(time)),
        _ => {}
    }
}

fn wheel(ui: &Ui, cx: &mut Cx<'_>, scene: &Scene<'_>, at: Option<Pos2>, max_scroll: f32) {
    let (scroll, zoom) = ui.input(|input| (input.smooth_scroll_delta(), input.zoom_delta()));
    let Some(at) = at else { return };
    if (zoom - 1.0).abs() > 1e-3 {
        let window = scene.scale.zoom_at(f64::from(at.x), f64::from(1.0 / zoom));
        cx.push(Command::SetTimeWindow(normal(&scene.scale, window)));
    } else {
        if scroll.x != 0.0 {
            let window = scene.scale.pan(f64::from(scroll.x));
            cx.push(Command::SetTimeWindow(normal(&scene.scale, window)));
        }
        if scroll.y != 0.0 && max_scroll > 0.0 {
            cx.push(Command::ScrollLanes((scene.scroll_px - scroll.y).clamp(0.0, max_scroll)));
        }
    }
}

/// What a stretch that is drawn over the timeline is for.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Stretch {
    /// To be zoomed to.
    Zoom,
    /// To filter by.
    Period,
}

/// Drag pans; Shift drag, or any drag in the ruler, draws a window to zoom to; Alt drag draws a period to filter by.
fn drag_ui(ui: &Ui, cx: &mut Cx<'_>, scene: &Scene<'_>, ground: &Response) {
    let id = Id::unique("timeline-zoom-from");
    let at = ground.interact_pointer_pos();
    if rubber_band::band_ui(ui, cx, scene, ground) {
        return;
    }
    if ground.drag_started() {
        let from = ui.input(|input| input.pointer.press_origin());
        let (shift, alt) = ui.input(|input| (input.modifiers.shift, input.modifiers.alt));
        let is_zoom = shift || from.is_some_and(|from| scene.ruler.contains(from));
        let stretch = if alt { Some(Stretch::Period) } else { is_zoom.then_some(Stretch::Zoom) };
        ui.data_mut(|data| data.insert_temp(id, from.map(|from| from.x).zip(stretch)));
    }
    let begun = ui.data(|data| data.get_temp::<Option<(f32, Stretch)>>(id)).flatten();
    if let (Some((from, stretch)), Some(at)) = (begun, at) {
        let x = scene.plot().clamp(at.x);
        let frame = Rect::from_x_y_ranges(from.min(x)..=from.max(x), scene.ruler.top()..=scene.lanes.bottom());
        ui.painter().rect_filled(frame, CornerRadius::ZERO, Theme::wash(cx.theme.time, 12));
        ui.painter().rect_stroke(frame, CornerRadius::ZERO, Stroke::new(1.0, cx.theme.time), StrokeKind::Inside);
        if ground.drag_stopped() {
            let time = |px: f32| scene.scale.time_from_px(f64::from(px));
            if frame.width() >= 4.0 {
                let (start, end) = (time(frame.left()), time(frame.right()));
                cx.push(match stretch {
                    Stretch::Zoom => Command::SetTimeWindow(normal(&scene.scale, TimeWindow { start, end })),
                    Stretch::Period => Command::SetPeriod(Some(brush::period(start, end))),
                });
            }
            ui.data_mut(|data| data.insert_temp(id, None::<(f32, Stretch)>));
        }
    } else if ground.dragged() {
        let by = ground.drag_delta();
        if by.x != 0.0 {
            let window = scene.scale.pan(f64::from(by.x));
            cx.push(Command::SetTimeWindow(normal(&scene.scale, window)));
        }
        if by.y != 0.0 {
            cx.push(Command::ScrollLanes(scene.scroll_px - by.y));
        }
        ui.ctx().set_cursor_icon(egui::CursorIcon::Grabbing);
    }
}
