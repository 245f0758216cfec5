//! The names of the lanes beside the timeline: they fold a lane, open it, and are dragged into another order.

use super::{
    cx::Cx,
    event_menu::menu_row,
    icons,
    kept::{kept, key_of},
    scene::Scene,
    timeline_kept::timeline_key,
    type_scale::Type,
    widgets,
};
use crate::{
    desk::{Command, Nudge},
    view::{
        lanes,
        lanes_layout::{LaneLayout, ROW_PX},
        number,
        timeline::{Lane, Timeline},
    },
};
use egui::{
    Align2, CornerRadius, CursorIcon, Id, Popup, Rangef, Rect, Response, Role, Sense, Stroke, Ui, WidgetInfo, pos2,
};

/// Where the names begin; the sign that folds stands before them.
const NAME_PX: f32 = 16.0;
/// Blank behind the names.
const BLANK_PX: f32 = 8.0;
/// Under this the pane remembers which lane is dragged.
const DRAGGED: &str = "timeline-dragged-lane";

/// The width that the names want in a pane of this width.
pub(super) fn width_px(ui: &Ui, cx: &Cx<'_>, timeline: &Timeline, pane_px: f32) -> f32 {
    let key = key_of((timeline_key(cx), timeline.len(), pane_px.to_bits()));
    let width = kept(ui, Id::unique("timeline-gutter"), key, |_| {
        let names = timeline.lanes.iter().map(|lane| widgets::text_width(ui, &lane.name, Type::LabelBold));
        lanes::gutter_px(pane_px, NAME_PX + BLANK_PX + names.fold(0.0, f32::max))
    });
    *width
}

/// Draws the names; a name stays in view as long as its lane is.
pub(super) fn gutter_ui(ui: &mut Ui, cx: &mut Cx<'_>, scene: &Scene<'_>) {
    let right = scene.lanes.left() + scene.gutter_px;
    for (lane, rect) in scene.seen() {
        let Some(info) = scene.timeline.lanes.get(lane.lane) else { continue };
        let cell = Rect::from_min_max(rect.min, pos2(right, rect.bottom())).intersect(scene.lanes);
        let response = ui.interact(cell, ui.scope_id().with(("lane", lane.lane)), Sense::click_and_drag());
        name_ui(ui, cx, scene, (lane, info), rect, &response);
        act(ui, cx, scene, (lane, info), &response);
        let hint = format!("{}\n{}", info.name, cx.words.get("timeline.lane-hint"));
        response.on_hover_text(hint);
    }
    let painter = ui.painter().with_clip_rect(scene.lanes.intersect(ui.clip_rect()));
    painter.vline(right.floor() + 0.5, scene.lanes.y_range(), Stroke::new(1.0, cx.theme.hair));
    drag_ui(ui, cx, scene);
}

fn is_folded(cx: &Cx<'_>, lane: &Lane) -> bool {
    cx.desk.timeline.folded_lanes.contains(&lane.key)
}

fn name_ui(ui: &Ui, cx: &Cx<'_>, scene: &Scene<'_>, (lane, info): (&LaneLayout, &Lane), rect: Rect, cell: &Response) {
    let theme = cx.theme;
    let is_folded = is_folded(cx, info);
    cell.widget_info(|| {
        let key = if is_folded { "timeline.lane-folded" } else { "timeline.lane" };
        WidgetInfo::labeled(Role::RowHeader, true, cx.words.fill(key, &[&info.name, &info.len().to_string()]))
    });
    let painter = ui.painter().with_clip_rect(scene.lanes.intersect(ui.clip_rect()));
    let holds_selection = scene.selected.is_some_and(|row| info.rows().holds(row));
    let (kind, ink) = if holds_selection { (Type::LabelBold, theme.ink) } else { (Type::Label, theme.ink_2) };
    let first_px = ROW_PX + scene.layout.pad_px;
    let y = rect.top().max(scene.lanes.top()).min(rect.bottom() - first_px) + first_px / 2.0;
    let left = scene.lanes.left();
    if is_folded || cell.hovered() || cell.has_focus() {
        let sign = icons::glyph(if is_folded { "caret-right" } else { "caret-down" });
        painter.text(pos2(left + 9.0, y).round(), Align2::CENTER_CENTER, sign, Type::IconSmall.font(), theme.ink_3);
    }
    let end = left + scene.gutter_px - BLANK_PX;
    let small = |text: String, at: egui::Pos2, anchor: Align2| {
        painter.text(at.round(), anchor, text, Type::Small.font(), theme.ink_3).width()
    };
    let count = number::counted(lane.n_in_view, cx.words);
    let count_px = if is_folded { small(count.clone(), pos2(end, y), Align2::RIGHT_CENTER) + 6.0 } else { 0.0 };
    let name = widgets::elided(ui, &info.name, kind, scene.gutter_px - NAME_PX - BLANK_PX - count_px);
    painter.text(pos2(left + NAME_PX, y).round(), Align2::LEFT_CENTER, name, kind.font(), ink);
    let n_noted = if lane.is_dense { lane.n_in_view } else { lane.n_unnamed };
    if n_noted > 0 && rect.height() > 40.0 {
        let n_noted = number::counted(n_noted, cx.words);
        let text = if lane.is_dense { n_noted } else { cx.words.fill("timeline.unnamed", &[&n_noted]) };
        small(text, pos2(left + NAME_PX, y + 16.0), Align2::LEFT_CENTER);
    }
    if cell.has_focus() {
        let ring = cell.rect.shrink(2.0);
        let stroke = Stroke::new(2.0, theme.time);
        painter.rect_stroke(ring, CornerRadius::same(4), stroke, egui::StrokeKind::Inside);
    }
}

/// A click on the sign, a double-click on the name, Enter or Space fold the lane or open it; the right button lists
/// what else there is.
fn act(ui: &Ui, cx: &mut Cx<'_>, scene: &Scene<'_>, (lane, info): (&LaneLayout, &Lane), cell: &Response) {
    let is_on_sign = cell.interact_pointer_pos().is_some_and(|at| at.x < scene.lanes.left() + NAME_PX);
    let by_pointer = ui.input(|input| input.pointer.any_released() || input.pointer.any_click());
    if cell.clicked() && (is_on_sign || !by_pointer) || cell.double_clicked() && !is_on_sign {
        cx.push(Command::ToggleLane(info.key.clone()));
    }
    if cell.drag_started() {
        ui.data_mut(|data| data.insert_temp(Id::unique(DRAGGED), lane.lane));
    }
    Popup::context_menu(cell).width(190.0).show(|ui| {
        let is_folded = is_folded(cx, info);
        let rows = [
            (if is_folded { "menu.open-lane" } else { "menu.fold-lane" }, Some(Command::ToggleLane(info.key.clone()))),
            ("menu.lane-up", moved(scene, lane.lane, -1).map(Command::SetLaneOrder)),
            ("menu.lane-down", moved(scene, lane.lane, 1).map(Command::SetLaneOrder)),
            ("command.fold-lanes", Some(Command::FoldLanes)),
            ("command.open-lanes", Some(Command::OpenLanes)),
        ];
        for (key, command) in rows {
            let Some(command) = command else { continue };
            if menu_row(ui, cx.theme, cx.words.get(key)) {
                cx.push(command);
                ui.close();
            }
        }
    });
}

/// While a name is dragged: a line where the lane would stand; at the end it stands there.
fn drag_ui(ui: &Ui, cx: &mut Cx<'_>, scene: &Scene<'_>) {
    let id = Id::unique(DRAGGED);
    let Some(dragged) = ui.data(|data| data.get_temp::<usize>(id)) else { return };
    let (at, is_down) = ui.input(|input| (input.pointer.interact_pos(), input.pointer.primary_down()));
    let middle = |lane: &LaneLayout| scene.lane_rect(lane).center().y;
    let to = at.map(|at| scene.layout.lanes.iter().filter(|lane| middle(lane) < at.y).count());
    let is_same = to.is_none_or(|to| to == dragged || to == dragged + 1);
    if let (Some(to), true) = (to, is_down) {
        ui.ctx().set_cursor_icon(CursorIcon::Grabbing);
        let above = to.checked_sub(1).and_then(|above| scene.layout.lanes.get(above));
        let y = above.map_or(scene.lanes.top() - scene.scroll_px, |above| scene.lane_rect(above).bottom());
        let painter = ui.painter().with_clip_rect(scene.lanes.intersect(ui.clip_rect()));
        if let Some(lane) = scene.layout.lanes.get(dragged) {
            let x = Rangef::new(scene.lanes.left(), scene.lanes.left() + scene.gutter_px);
            let cell = Rect::from_x_y_ranges(x, scene.lane_rect(lane).y_range());
            painter.rect_filled(cell, CornerRadius::ZERO, super::Theme::wash(cx.theme.ink, 8));
        }
        if !is_same {
            painter.hline(scene.lanes.x_range(), y.round(), Stroke::new(2.0, cx.theme.time));
        }
        return;
    }
    ui.data_mut(|data| data.remove::<usize>(id));
    if let (Some(to), false) = (to, is_same) {
        let to = if to > dragged { to - 1 } else { to };
        if let Some(order) = placed(scene, dragged, to) {
            cx.push(Command::SetLaneOrder(order));
        }
    }
}

/// The keys of all lanes with one of them at another place; `None` where there is no such place.
fn placed(scene: &Scene<'_>, lane: usize, to: usize) -> Option<Vec<String>> {
    let mut keys: Vec<String> = scene.timeline.lanes.iter().map(|lane| lane.key.clone()).collect();
    if lane >= keys.len() || to >= keys.len() {
        return None;
    }
    let key = keys.remove(lane);
    keys.insert(to, key);
    Some(keys)
}

fn moved(scene: &Scene<'_>, lane: usize, by: i32) -> Option<Vec<String>> {
    placed(scene, lane, lane.checked_add_signed(by as isize)?)
}

/// Answers the commands about the lane of the selection, `lane`, or about all lanes.
pub(super) fn answer(cx: &mut Cx<'_>, scene: &Scene<'_>, nudge: Nudge, lane: Option<usize>) {
    match nudge {
        Nudge::FoldLanes => {
            let keys = scene.timeline.lanes.iter().map(|lane| lane.key.clone());
            cx.push(Command::SetFoldedLanes(keys.collect()));
        }
        Nudge::FoldLane => {
            if let Some(info) = lane.and_then(|lane| scene.timeline.lanes.get(lane)) {
                cx.push(Command::ToggleLane(info.key.clone()));
            }
        }
        Nudge::MoveLane(by) => {
            if let Some(order) = lane.and_then(|lane| moved(scene, lane, by)) {
                cx.push(Command::SetLaneOrder(order));
            }
        }
        _ => {}
    }
}
