//! The card that every overlay stands in: its frame, its place, its title, and how a click elsewhere closes it.

use super::{Theme, cx::Cx, type_scale::Type, widgets::text_at};
use crate::desk::{Command, Overlay};
use egui::{Align2, Area, CornerRadius, Frame, Id, Margin, Order, Pos2, Rect, Response, Stroke, Ui, pos2, vec2};

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
pub fn was_open(ui: &Ui, overlay: Overlay) -> bool {
    let id = Id::unique(("overlay was open", overlay));
    let frame = ui.ctx().cumulative_frame_nr();
    let last = ui.data(|data| data.get_temp::<u64>(id));
    ui.data_mut(|data| data.insert_temp(id, frame));
    last.is_some_and(|last| last + 1 >= frame)
}

/// Whether a click went elsewhere and not into a list that hangs from it.
pub fn clicked_outside(response: &Response) -> bool {
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

/// A name at the left, a control at 200.
pub(super) fn setting_ui(ui: &mut Ui, cx: &mut Cx<'_>, key: &str, add: impl FnOnce(&mut Ui, &mut Cx<'_>)) {
    ui.horizontal(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(180.0, 30.0), egui::Sense::hover());
        let at = rect.left_center() + vec2(8.0, 0.0);
        text_at(ui, at, Align2::LEFT_CENTER, cx.words.get(key), Type::Body, cx.theme.ink);
        add(ui, cx);
    });
}
