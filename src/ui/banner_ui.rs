//! Notices: the banner, the toasts, and the frame about the window while files are dragged over it.

use super::{
    arrangement::{STATUS_PX, TOOLBAR_PX},
    cx::Cx,
    icons,
    type_scale::Type,
    widgets::{self, text_at},
};
use crate::desk::Command;
use egui::{Align2, Area, CornerRadius, Id, Order, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

/// Something failed as a whole: said across the centre until it is put away.
pub fn banner_ui(ui: &Ui, cx: &mut Cx<'_>) {
    let Some(text) = &cx.shell.banner else { return };
    let (window, theme) = (ui.max_rect(), cx.theme);
    let width = (window.width() - 48.0).min(900.0);
    let at = pos2((window.center().x - width / 2.0).round(), window.top() + TOOLBAR_PX + 8.0);
    Area::new(Id::unique("banner")).order(Order::Foreground).fixed_pos(at).show(ui.ctx(), |ui| {
        let (rect, response) = ui.allocate_exact_size(vec2(width, 40.0), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
        let outline = Stroke::new(1.0, theme.error);
        ui.painter().rect(rect, CornerRadius::same(4), theme.error_soft, outline, StrokeKind::Inside);
        let sign = pos2(rect.left() + 20.0, rect.center().y);
        ui.painter().text(sign, Align2::CENTER_CENTER, icons::glyph("x-circle"), Type::icon_fill(), theme.error);
        let shown = widgets::elided(ui, text, Type::Body, width - 84.0);
        let at = pos2(rect.left() + 36.0, rect.center().y);
        text_at(ui, at, Align2::LEFT_CENTER, &shown, Type::Body, theme.ink);
        let cross = Rect::from_center_size(pos2(rect.right() - 22.0, rect.center().y), vec2(28.0, 28.0));
        let close = ui.interact(cross, Id::unique("banner close"), Sense::click());
        let name = cx.words.get("banner.close");
        close.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
        text_at(ui, cross.center(), Align2::CENTER_CENTER, &icons::glyph("x").to_string(), Type::Icon, theme.ink_2);
        if close.clicked() {
            cx.push(Command::DismissBanner);
        }
        response.on_hover_text(text);
    });
}

/// Short notices at the foot of the window, the latest lowest; three at most.
pub fn toasts_ui(ui: &Ui, cx: &mut Cx<'_>) {
    let (window, theme) = (ui.max_rect(), cx.theme);
    let n_hidden = cx.shell.toasts.len().saturating_sub(3);
    for (idx, toast) in cx.shell.toasts.iter().skip(n_hidden).rev().enumerate() {
        let at = pos2(window.center().x, window.bottom() - STATUS_PX - 16.0 - 44.0 * idx as f32);
        let area = Area::new(Id::unique(("toast", idx))).order(Order::Foreground).pivot(Align2::CENTER_BOTTOM);
        let has_action = toast.action.is_some();
        area.fixed_pos(at).interactable(has_action).show(ui.ctx(), |ui| {
            let action = toast.action.as_ref().map_or("", |(name, _)| name);
            let action_px = if has_action { widgets::text_width(ui, action, Type::BodyBold) + 24.0 } else { 0.0 };
            let width = widgets::text_width(ui, &toast.text, Type::Body) + 32.0 + action_px;
            let width = width.clamp(360.0, window.width() - 48.0);
            let (rect, response) = ui.allocate_exact_size(vec2(width, 36.0), Sense::hover());
            response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &toast.text));
            ui.painter().rect_filled(rect, CornerRadius::same(4), theme.ink);
            let words = Rect::from_min_max(rect.min, rect.max - vec2(action_px, 0.0));
            let shown = widgets::elided(ui, &toast.text, Type::Body, words.width() - 24.0);
            text_at(ui, words.center(), Align2::CENTER_CENTER, &shown, Type::Body, theme.sheet);
            let Some((name, command)) = &toast.action else { return };
            let button = Rect::from_min_max(words.right_top(), rect.max);
            let response = ui.interact(button, Id::unique(("toast action", idx)), Sense::click());
            response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
            let line = pos2(button.left(), button.top() + 10.0)..=pos2(button.left(), button.bottom() - 10.0);
            let stroke = Stroke::new(1.0, super::Theme::wash(theme.sheet, 45));
            ui.painter().line_segment([*line.start(), *line.end()], stroke);
            text_at(ui, button.center(), Align2::CENTER_CENTER, name, Type::BodyBold, theme.sheet);
            widgets::focus_ring(ui, theme, &response, 4);
            if response.clicked() {
                cx.push(command.clone());
            }
        });
    }
}

/// Files are held over the window: say what letting go will do.
pub fn drag_frame_ui(ui: &Ui, cx: &Cx<'_>) {
    if cx.shell.n_dragged == 0 {
        return;
    }
    let (window, theme) = (ui.max_rect(), cx.theme);
    let painter = ui.ctx().layer_painter(egui::LayerId::new(Order::Foreground, Id::unique("drag frame")));
    painter.rect_filled(window, CornerRadius::ZERO, super::Theme::wash(theme.paper, 80));
    painter.rect_stroke(window.shrink(1.0), CornerRadius::ZERO, Stroke::new(2.0, theme.time), StrokeKind::Middle);
    let text = cx.words.fill("drag.drop", &[&cx.shell.n_dragged.to_string()]);
    painter.text(window.center().round(), Align2::CENTER_CENTER, text, Type::Display.font(), theme.ink);
}
