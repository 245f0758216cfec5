//! Lanes of density: columns as one mesh, and the most significant events named above them.

use super::{Theme, cx::Cx, overview_ui::hits, scene::Scene, type_scale::Type, widgets};
use crate::view::lanes_layout::LaneLayout;
use egui::{Align2, CornerRadius, Mesh, Rect, Shape, Stroke, Ui, pos2};

/// Room for a line of names above the columns.
const NAMES_PX: f32 = 20.0;
/// A column of a folded lane is at least this wide.
const LOW_COLUMN_PX: f32 = 2.5;
/// A lower lane has no line of names.
const MIN_NAMED_PX: f32 = 40.0;

/// Draws the columns of a lane into its rectangle.
pub(super) fn density_ui(ui: &Ui, cx: &Cx<'_>, scene: &Scene<'_>, lane: &LaneLayout, rect: Rect) {
    if lane.columns.is_empty() {
        return;
    }
    let foot = (rect.bottom() - 3.0).floor();
    let height = foot - rect.top() - if rect.height() > MIN_NAMED_PX { NAMES_PX } else { 2.0 };
    // A lane folded into one row is low: by the square root, as in the overview, so that one event stays visible.
    let is_low = rect.height() <= MIN_NAMED_PX;
    let mut mesh = Mesh::default();
    for column in &lane.columns {
        let share = (column.count as f32 / lane.full.max(1) as f32).min(1.0);
        let share = if is_low { share.sqrt() } else { share };
        let colour = cx.theme.density(share);
        let top = foot - (share * height).max(1.5);
        // A hair of ground between columns, so that they can be told apart.
        let least_px = if is_low { LOW_COLUMN_PX } else { 1.0 };
        let right = (column.right_px - 0.5).max(column.left_px + least_px);
        mesh.add_colored_rect(Rect::from_min_max(pos2(column.left_px, top), pos2(right, foot)), colour);
    }
    ui.painter().add(Shape::mesh(mesh));
    hits_ui(ui, cx, scene, lane, foot);
    peaks_ui(ui, cx, scene, lane, rect, (foot, height));
}

/// Height of the mark of a search hit.
const HIT_PX: f32 = 8.0;

/// Where in the columns what is searched for stands, for most of it has no name here.
fn hits_ui(ui: &Ui, cx: &Cx<'_>, scene: &Scene<'_>, lane: &LaneLayout, foot: f32) {
    let Some(info) = scene.timeline.lanes.get(lane.lane) else { return };
    let window = scene.scale.window();
    let mut last = f32::NEG_INFINITY;
    for (row, time) in hits(ui, cx, scene.timeline).iter() {
        let x = (scene.scale.px_from_time(*time) as f32).floor();
        let is_seen = window.start <= *time && *time <= window.end;
        if is_seen && x > last + 2.0 && info.rows().holds(*row) {
            let mark = Rect::from_min_max(pos2(x, foot - HIT_PX), pos2(x + 2.0, foot));
            ui.painter().rect_filled(mark, CornerRadius::ZERO, cx.theme.ink);
            last = x;
        }
    }
}

fn peaks_ui(ui: &Ui, cx: &Cx<'_>, scene: &Scene<'_>, lane: &LaneLayout, rect: Rect, (foot, height): (f32, f32)) {
    let theme = cx.theme;
    let y = rect.top() + 11.0;
    for peak in &lane.peaks {
        let state = scene.lights.state(cx, &peak.item, scene.selected == Some(peak.item.row));
        let at = lane.columns.partition_point(|column| column.right_px <= peak.x);
        let count = lane.columns.get(at).filter(|column| column.left_px <= peak.x).map_or(0, |column| column.count);
        let top = foot - (count as f32 / lane.full.max(1) as f32).min(1.0) * height;
        let (dot, ink) = match (state.is_selected, state.is_dimmed) {
            (true, _) => (theme.selected, theme.ink),
            (_, true) => (Theme::wash(theme.time, 30), Theme::wash(theme.ink, 30)),
            _ => (theme.time, theme.ink),
        };
        let x = peak.x.floor() + 0.5;
        let stem = if state.is_selected { theme.selected } else { Theme::wash(theme.ink, 60) };
        ui.painter().vline(x, y + 3.0..=top.max(y + 4.0), Stroke::new(1.0, stem));
        if state.is_selected {
            let ground = Rect::from_x_y_ranges(peak.left - 3.0..=peak.right + 3.0, y - 8.5..=y + 8.5);
            ui.painter().rect_filled(ground, CornerRadius::same(2), theme.selected_soft);
        }
        if state.is_hovered && !state.is_selected {
            ui.painter().circle_stroke(pos2(x, y), 5.0, Stroke::new(2.0, Theme::wash(theme.time, 35)));
        }
        ui.painter().circle_filled(pos2(x, y), 3.0, dot);
        let kind = if state.is_selected { Type::LabelBold } else { Type::Label };
        widgets::text_at(ui, pos2(peak.left, y), Align2::LEFT_CENTER, &peak.text, kind, ink);
    }
}
