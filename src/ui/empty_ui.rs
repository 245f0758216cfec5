//! The window without documents: what it is for, and four ways in.

use super::{
    cx::Cx,
    glyphs, icons,
    type_scale::Type,
    widgets::{self, text_at, text_width},
};
use crate::{desk::Command, view::time_glyph::TimeGlyph};
use egui::{
    Align2, Color32, CornerRadius, Pos2, Rangef, Rect, Role, Sense, Shape, Stroke, StrokeKind, Ui, WidgetInfo, pos2,
    vec2,
};

/// Height of the ways in.
const WAY_PX: f32 = 36.0;
/// Width of drawing and list.
const COLUMN_PX: f32 = 560.0;

/// Draws it into the whole of `ui`.
pub fn empty_ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    let (whole, theme) = (ui.max_rect(), cx.theme);
    ui.painter().rect_filled(whole, CornerRadius::ZERO, theme.paper);
    let frame = whole.shrink(12.0);
    dashed_frame(ui, frame, theme.line);
    let has_drawing = whole.height() > 560.0;
    let n_recent = cx.shell.recent.len().min(if whole.height() > 700.0 { 5 } else { 3 });
    let drawing_px = if has_drawing { 204.0 } else { 0.0 };
    let recent_px = if n_recent > 0 { 36.0 + 36.0 * n_recent as f32 + 28.0 } else { 0.0 };
    let total = drawing_px + 92.0 + WAY_PX + 60.0 + recent_px + 24.0;
    let mut y = (frame.center().y - total / 2.0).max(frame.top() + 16.0);
    let x = whole.center().x;
    if has_drawing {
        drawing_ui(ui, cx, pos2(x, y));
        y += drawing_px;
    }
    text_at(ui, pos2(x, y + 24.0), Align2::CENTER_CENTER, cx.words.get("empty.title"), Type::Display, theme.ink);
    text_at(ui, pos2(x, y + 62.0), Align2::CENTER_CENTER, cx.words.get("empty.below"), Type::Body, theme.ink_2);
    y += 92.0;
    y += ways_ui(ui, cx, pos2(x, y)) + 60.0;
    if n_recent > 0 {
        recent_ui(ui, cx, pos2(x, y), n_recent);
        y += recent_px;
    }
    let kinds = widgets::elided(ui, cx.words.get("empty.kinds"), Type::Label, frame.width() - 32.0);
    let y = y.min(frame.bottom() - 20.0);
    text_at(ui, pos2(x, y), Align2::CENTER_CENTER, &kinds, Type::Label, theme.ink_3);
}

fn dashed_frame(ui: &Ui, frame: Rect, colour: Color32) {
    let frame = Rect::from_min_max(frame.min.floor() + vec2(0.5, 0.5), frame.max.floor() - vec2(0.5, 0.5));
    let corners = [frame.left_top(), frame.right_top(), frame.right_bottom(), frame.left_bottom(), frame.left_top()];
    ui.painter().extend(Shape::dashed_line(&corners, Stroke::new(1.0, colour), 4.0, 3.0));
}

/// A page with marked words, an arrow, and the line they make.
fn drawing_ui(ui: &Ui, cx: &Cx<'_>, top: Pos2) {
    let theme = cx.theme;
    let page = Rect::from_min_size(pos2((top.x - COLUMN_PX / 2.0).round(), top.y.round()), vec2(133.0, 161.0));
    ui.painter().rect(page, CornerRadius::same(3), theme.sheet, Stroke::new(1.0, theme.line), StrokeKind::Inside);
    let bar = |x: f32, y: f32, width: f32, height: f32, colour: Color32| {
        let rect = Rect::from_min_size(page.min + vec2(x, y), vec2(width, height));
        ui.painter().rect_filled(rect, CornerRadius::ZERO, colour);
    };
    bar(16.0, 19.0, 72.0, 8.0, theme.ink);
    for (idx, width) in [100.0, 92.0, 100.0, 64.0, 100.0, 88.0, 40.0].into_iter().enumerate() {
        bar(16.0, 43.0 + 15.0 * idx as f32, width, 4.0, theme.hair);
    }
    for (x, y, width, soft, strong) in [
        (34.0, 39.0, 28.0, theme.time_soft, theme.time),
        (74.0, 69.0, 34.0, theme.number_soft, theme.number),
        (20.0, 99.0, 30.0, theme.time_soft, theme.time),
        (60.0, 114.0, 30.0, theme.selected_soft, theme.selected),
    ] {
        bar(x, y, width, 11.0, soft);
        bar(x, y + 11.0, width, 1.5, strong);
    }
    let arrow = Stroke::new(1.5, theme.ink_3);
    let tip = page.right_center() + vec2(64.0, 0.0);
    ui.painter().line_segment([page.right_center() + vec2(18.0, 0.0), tip], arrow);
    ui.painter().add(Shape::line(vec![tip + vec2(-6.0, -5.0), tip, tip + vec2(-6.0, 5.0)], arrow));
    line_ui(ui, cx, page);
}

/// The line with its flags.
fn line_ui(ui: &Ui, cx: &Cx<'_>, page: Rect) {
    let theme = cx.theme;
    let (left, right, y) = (page.right() + 88.0, page.left() + COLUMN_PX - 10.0, page.center().y + 27.5);
    ui.painter().hline(left..=right, y, Stroke::new(1.0, theme.control));
    for idx in 0..12 {
        let x = left + 6.0 + 29.0 * idx as f32;
        let height = if idx % 3 == 0 { 6.0 } else { 3.0 };
        ui.painter().vline(x.floor() + 0.5, y..=y + height, Stroke::new(1.0, theme.control));
    }
    for (at, width, up) in [(48.0, 62.0, 74.0), (135.0, 80.0, 52.0), (204.0, 58.0, 74.0), (275.0, 70.0, 52.0)] {
        let x = (left + at).floor() + 0.5;
        let flag = Rect::from_center_size(pos2(x, y - up), vec2(width, 6.0));
        ui.painter().rect_filled(flag, CornerRadius::ZERO, theme.line);
        ui.painter().vline(x, y - up + 8.0..=y - 10.0, Stroke::new(1.0, theme.line));
    }
    let inks = (theme.time, theme.sheet);
    let around = |at: f32, half: f32| Rangef::new(left + at - half, left + at + half);
    glyphs::glyph(ui.painter(), TimeGlyph::Approximate, around(48.0, 26.0), y, inks, 1.0);
    glyphs::glyph(ui.painter(), TimeGlyph::Moment, around(135.0, 0.0), y, inks, 1.2);
    glyphs::glyph(ui.painter(), TimeGlyph::Lasting, around(204.0, 24.0), y, inks, 1.0);
    let chosen = pos2(left + 275.0, y);
    ui.painter().circle(chosen, 8.5, theme.selected_soft, Stroke::new(1.0, theme.selected));
    ui.painter().circle_filled(chosen, 5.0, theme.selected);
}

/// The four ways in, on one line or two; returns their height.
fn ways_ui(ui: &mut Ui, cx: &mut Cx<'_>, top: Pos2) -> f32 {
    let ways = [
        ("folder-open", "command.open-files", "Ctrl O", Command::OpenFiles),
        ("folder", "command.open-folder", "Ctrl Shift O", Command::OpenFolder),
        ("clipboard-text", "command.paste-text", "Ctrl V", Command::PasteText),
        ("newspaper", "command.open-sample", "Alt 0", Command::OpenSample),
    ];
    let widths = ways.each_ref().map(|(_, key, cap, _)| {
        (text_width(ui, cx.words.get(key), Type::Body) + text_width(ui, cap, Type::Small) + 72.0).round()
    });
    let total: f32 = widths.iter().sum::<f32>() + 30.0;
    let per_row = if total <= ui.max_rect().width() - 48.0 { 4 } else { 2 };
    for (row_idx, row) in ways.iter().zip(widths).collect::<Vec<_>>().chunks(per_row).enumerate() {
        let width: f32 = row.iter().map(|(_, width)| width).sum::<f32>() + 10.0 * (row.len() - 1) as f32;
        let mut at = pos2((top.x - width / 2.0).round(), (top.y + (WAY_PX + 8.0) * row_idx as f32).round());
        for ((icon, key, cap, command), width) in row {
            let rect = Rect::from_min_size(at, vec2(*width, WAY_PX));
            let is_first = *icon == "folder-open";
            if way_ui(ui, cx, rect, (icon, cx.words.get(key), cap), is_first) {
                cx.push(command.clone());
            }
            at.x += width + 10.0;
        }
    }
    let n_rows = 4_usize.div_ceil(per_row) as f32;
    WAY_PX * n_rows + 8.0 * (n_rows - 1.0)
}

fn way_ui(ui: &mut Ui, cx: &Cx<'_>, rect: Rect, (icon, name, cap): (&str, &str, &str), is_first: bool) -> bool {
    let theme = cx.theme;
    let response = ui.interact(rect, ui.scope_id().with(icon), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    let (fill, outline, ink) =
        if is_first { (theme.ink, theme.ink, theme.sheet) } else { (theme.sheet, theme.line, theme.ink) };
    let outline = if response.hovered() { theme.control } else { outline };
    ui.painter().rect(rect, CornerRadius::same(4), fill, Stroke::new(1.0, outline), StrokeKind::Inside);
    let y = rect.center().y;
    let glyph = icons::glyph(icon).to_string();
    text_at(ui, pos2(rect.left() + 23.0, y), Align2::CENTER_CENTER, &glyph, Type::Icon, ink);
    text_at(ui, pos2(rect.left() + 40.0, y), Align2::LEFT_CENTER, name, Type::Body, ink);
    let width = text_width(ui, cap, Type::Small) + 10.0;
    let key_cap = Rect::from_center_size(pos2(rect.right() - 14.0 - width / 2.0, y), vec2(width, 18.0));
    let faint = super::Theme::wash(ink, if is_first { 70 } else { 65 });
    let outline = Stroke::new(1.0, super::Theme::wash(ink, 35));
    ui.painter().rect_stroke(key_cap, CornerRadius::same(3), outline, StrokeKind::Inside);
    text_at(ui, key_cap.center(), Align2::CENTER_CENTER, cap, Type::Small, faint);
    widgets::focus_ring(ui, theme, &response, 4);
    response.clicked()
}

fn recent_ui(ui: &mut Ui, cx: &mut Cx<'_>, top: Pos2, n_recent: usize) {
    let (theme, words) = (cx.theme, cx.words);
    let width = COLUMN_PX.min(ui.max_rect().width() - 64.0);
    let (left, right) = ((top.x - width / 2.0).round(), (top.x + width / 2.0).round());
    let name = words.get("empty.recent");
    text_at(ui, pos2(left, top.y + 8.0), Align2::LEFT_CENTER, name, Type::LabelBold, theme.ink_2);
    text_at(ui, pos2(right, top.y + 8.0), Align2::RIGHT_CENTER, "Alt 1 … Alt 9", Type::Small, theme.ink_3);
    let mut y = (top.y + 23.0).floor() + 0.5;
    let line = Stroke::new(1.0, theme.hair);
    ui.painter().hline(left..=right, y, line);
    for (idx, (path, note)) in cx.shell.recent.iter().enumerate().take(n_recent) {
        let rect = Rect::from_min_max(pos2(left, y), pos2(right, y + 36.0));
        let response = ui.interact(rect, ui.scope_id().with(("recent", idx)), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, path));
        if response.hovered() {
            ui.painter().rect_filled(rect, CornerRadius::ZERO, theme.panel);
        }
        let middle = rect.center().y;
        let is_folder = !path.rsplit(['/', '\\']).next().unwrap_or_default().contains('.');
        let icon = icons::glyph(if is_folder { "folder" } else { "file-text" }).to_string();
        text_at(ui, pos2(left + 8.0, middle), Align2::CENTER_CENTER, &icon, Type::Icon, theme.ink_2);
        let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
        let name = widgets::elided(ui, name, Type::Body, width * 0.55);
        text_at(ui, pos2(left + 28.0, middle), Align2::LEFT_CENTER, &name, Type::Body, theme.ink);
        text_at(ui, pos2(right, middle), Align2::RIGHT_CENTER, note, Type::Label, theme.ink_3);
        widgets::focus_ring(ui, theme, &response, 2);
        y += 36.0;
        ui.painter().hline(left..=right, y, line);
        if response.on_hover_text(path).clicked() {
            cx.push(Command::OpenRecent(idx));
        }
    }
}
