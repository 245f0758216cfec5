//! What lies over the window: one overlay at a time, and the frame that all of them share.

use super::{
    Theme, about_ui, banner_ui, changes_ui, columns_ui, correct_ui, encoding_ui, export_ui, name_ui, palette_ui,
    search_ui, settings_ui, shortcuts_ui, sidebar_ui, summary_ui, tag_ui,
    type_scale::Type,
    warnings_ui,
    widgets::text_at,
    window::{Cx, SIDEBAR_FROM_PX, STATUS_PX, TOOLBAR_PX},
    writing_date_ui,
};
use crate::desk::{Command, Overlay};
use egui::{
    Align2, Area, CornerRadius, Frame, Id, Margin, Order, Pos2, Rect, Response, Stroke, Ui, UiBuilder, pos2, vec2,
};

/// The overlay that is open, banner, toasts, and the frame about the window while files are dragged over it.
pub fn overlay_ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    match cx.desk.overlay {
        Some(Overlay::Search) => search_ui::results_ui(ui, cx),
        Some(Overlay::Palette) => palette_ui::palette_ui(ui, cx),
        Some(Overlay::Settings) => settings_ui::settings_ui(ui, cx),
        Some(Overlay::Shortcuts) => shortcuts_ui::shortcuts_ui(ui, cx),
        Some(Overlay::Warnings) => warnings_ui::warnings_ui(ui, cx),
        Some(Overlay::WritingDate) => writing_date_ui::writing_date_ui(ui, cx),
        Some(Overlay::Encoding) => encoding_ui::encoding_ui(ui, cx),
        Some(Overlay::Columns) => columns_ui::columns_ui(ui, cx),
        Some(Overlay::About) => about_ui::about_ui(ui, cx),
        Some(Overlay::Summary) => summary_ui::summary_ui(ui, cx),
        Some(Overlay::Sidebar) => sidebar_over_ui(ui, cx),
        Some(Overlay::Correct) => correct_ui::correct_ui(ui, cx),
        Some(Overlay::Rename) => name_ui::rename_ui(ui, cx),
        Some(Overlay::Note) => name_ui::note_ui(ui, cx),
        Some(Overlay::Tag) => tag_ui::tag_ui(ui, cx),
        Some(Overlay::Merge) => name_ui::merge_ui(ui, cx),
        Some(Overlay::Changes) => changes_ui::changes_ui(ui, cx),
        Some(Overlay::Export) => export_ui::export_ui(ui, cx),
        None => {}
    }
    banner_ui::banner_ui(ui, cx);
    banner_ui::toasts_ui(ui, cx);
    banner_ui::drag_frame_ui(ui, cx);
}

/// Width of the sidebar where it lies over the panes.
const SIDEBAR_PX: f32 = 240.0;

/// The sidebar over the left of a narrow window, from the toolbar to the status bar.
fn sidebar_over_ui(ui: &Ui, cx: &mut Cx<'_>) {
    let window = ui.max_rect();
    if window.width() >= SIDEBAR_FROM_PX || cx.corpus.entries.is_empty() {
        // The window has become wide enough to show it beside the panes.
        return cx.push(Command::Open(Overlay::Sidebar));
    }
    let height = window.height() - TOOLBAR_PX - STATUS_PX;
    let at = window.min + vec2(0.0, TOOLBAR_PX);
    let rect = Rect::from_min_size(at, vec2(SIDEBAR_PX, height));
    let is_new = !was_open(ui, Overlay::Sidebar);
    let shown = Area::new(Id::unique("sidebar over the panes"))
        .order(Order::Middle)
        .fixed_pos(at)
        .constrain(false)
        .accessible_name(cx.words.get("pane.sidebar"))
        .show(ui.ctx(), |ui| {
            ui.set_clip_rect(rect);
            let (rect, _) = ui.allocate_exact_size(rect.size(), egui::Sense::click());
            ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| sidebar_ui::sidebar_ui(ui, cx));
            let line = Stroke::new(1.0, cx.theme.line);
            ui.painter().vline(rect.right() - 0.5, rect.y_range(), line);
        });
    if !is_new && clicked_outside(&shown.response) && cx.desk.overlay == Some(Overlay::Sidebar) {
        cx.push(Command::Open(Overlay::Sidebar));
    }
}

/// The frame of a card: sheet, hairline, no shadow.
pub fn card(theme: &Theme) -> Frame {
    Frame::new()
        .fill(theme.sheet)
        .stroke(Stroke::new(1.0, theme.line))
        .corner_radius(CornerRadius::same(6))
        .inner_margin(Margin::same(8))
}

/// Where a popover stands and which of its corners stands there.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// The point of the window.
    pub at: Pos2,
    /// The popover's corner or middle that lies on it.
    pub pivot: Align2,
    /// Its width, frame included.
    pub width_px: f32,
}

/// A card over the window; a click elsewhere closes `overlay`.
pub fn popover(ui: &Ui, cx: &mut Cx<'_>, overlay: Overlay, place: Place, add: impl FnOnce(&mut Ui, &mut Cx<'_>)) {
    let name = cx.words.get(overlay_key(overlay));
    let area = Area::new(Id::unique(("overlay", overlay)))
        .order(Order::Foreground)
        .pivot(place.pivot)
        .fixed_pos(place.at.round())
        .accessible_name(name)
        .constrain(true);
    let is_new = !was_open(ui, overlay);
    let shown = area.show(ui.ctx(), |ui| {
        card(cx.theme).show(ui, |ui| {
            ui.set_width(place.width_px - 18.0);
            add(ui, cx);
        });
    });
    if !is_new && clicked_outside(&shown.response) && cx.desk.overlay == Some(overlay) {
        cx.push(Command::Open(overlay));
    }
}

/// Whether this overlay was drawn in the frame before; the click that opened it must not close it.
fn was_open(ui: &Ui, overlay: Overlay) -> bool {
    let id = Id::unique(("overlay was open", overlay));
    let frame = ui.ctx().cumulative_frame_nr();
    let last = ui.data(|data| data.get_temp::<u64>(id));
    ui.data_mut(|data| data.insert_temp(id, frame));
    last.is_some_and(|last| last + 1 >= frame)
}

fn clicked_outside(response: &Response) -> bool {
    response.clicked_elsewhere() && !egui::Popup::is_any_open(&response.ctx)
}

const fn overlay_key(overlay: Overlay) -> &'static str {
    match overlay {
        Overlay::Search => "command.search",
        Overlay::Palette => "command.palette",
        Overlay::Settings => "command.settings",
        Overlay::Shortcuts => "command.shortcuts",
        Overlay::Warnings => "command.warnings",
        Overlay::WritingDate => "command.writing-date",
        Overlay::Encoding => "command.encoding",
        Overlay::Columns => "command.columns",
        Overlay::Export => "export.title",
        Overlay::About => "command.about",
        Overlay::Summary => "command.summary",
        Overlay::Sidebar => "command.toggle-sidebar",
        Overlay::Correct => "command.correct",
        Overlay::Rename => "command.rename",
        Overlay::Note => "command.note",
        Overlay::Tag => "command.tag",
        Overlay::Merge => "command.merge",
        Overlay::Changes => "command.changes",
    }
}

/// In the middle of the window, a fifth from the top.
pub fn middle(window: Rect, width_px: f32) -> Place {
    let width_px = width_px.min(window.width() - 24.0);
    let at = pos2(window.center().x, window.top() + (window.height() * 0.12).max(56.0));
    Place { at, pivot: Align2::CENTER_TOP, width_px }
}

/// The fields and buttons of a card, in line with its title.
pub fn fields<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> R {
    let margin = Margin { left: 8, right: 8, top: 0, bottom: 6 };
    Frame::new().inner_margin(margin).show(ui, add).inner
}

/// The title line of a card.
pub fn title_ui(ui: &mut Ui, cx: &Cx<'_>, title: &str) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 28.0), egui::Sense::hover());
    text_at(ui, rect.left_center() + vec2(8.0, 0.0), Align2::LEFT_CENTER, title, Type::PaneTitle, cx.theme.ink);
}
