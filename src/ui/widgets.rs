//! The few controls of the window, in the design's measures: buttons, segments, chips, key caps, splitters.

use super::{Theme, icons, type_scale::Type};
use egui::{
    Align2, Color32, CornerRadius, Pos2, Rect, Response, Role, Sense, Shape, Stroke, StrokeKind, Ui, Vec2, WidgetInfo,
    pos2, vec2,
};

/// Height of buttons and fields.
pub const BUTTON_PX: f32 = 28.0;
/// Height of chips in headers.
pub const CHIP_PX: f32 = 26.0;
/// Blank inside a control at its left and right.
pub const INSIDE_PX: f32 = 10.0;
/// Blank between controls.
pub const BETWEEN_PX: f32 = 8.0;

/// How much a button weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// Ink fill: the one main action.
    Primary,
    /// Outlined.
    Secondary,
    /// No outline until hovered.
    Quiet,
}

/// What a button shows.
#[derive(Debug, Clone, Copy)]
pub struct Face<'a> {
    /// Icon name, or none.
    pub icon: Option<&'a str>,
    /// Words, or none.
    pub text: Option<&'a str>,
    /// Key cap behind the words.
    pub key_cap: Option<&'a str>,
    /// Icon behind the words (a caret where it opens a menu).
    pub trailing_icon: Option<&'a str>,
    /// Its name for screen readers and its tooltip.
    pub name: &'a str,
}

impl<'a> Face<'a> {
    /// Only an icon.
    pub const fn icon(icon: &'a str, name: &'a str) -> Self {
        Self { icon: Some(icon), text: None, key_cap: None, trailing_icon: None, name }
    }

    /// Icon and words; the words are the name.
    pub const fn labelled(icon: &'a str, text: &'a str) -> Self {
        Self { icon: Some(icon), text: Some(text), key_cap: None, trailing_icon: None, name: text }
    }

    /// Only words.
    pub const fn words(text: &'a str) -> Self {
        Self { icon: None, text: Some(text), key_cap: None, trailing_icon: None, name: text }
    }

    /// With a key cap.
    pub const fn with_key(mut self, key_cap: &'a str) -> Self {
        self.key_cap = Some(key_cap);
        self
    }

    /// With a caret behind: it opens a menu.
    pub const fn with_caret(mut self) -> Self {
        self.trailing_icon = Some("caret-down");
        self
    }
}

/// Paints one line of text on whole pixels and returns the rectangle it covers.
pub fn text_at(ui: &Ui, at: Pos2, anchor: Align2, text: &str, kind: Type, colour: Color32) -> Rect {
    ui.painter().text(at.round(), anchor, text, kind.font(), colour)
}

/// How wide one line of text is.
pub fn text_width(ui: &Ui, text: &str, kind: Type) -> f32 {
    ui.painter().layout_no_wrap(text.to_owned(), kind.font(), Color32::PLACEHOLDER).size().x
}

/// `text` cut to `width_px` with … behind, by whole characters.
pub fn elided(ui: &Ui, text: &str, kind: Type, width_px: f32) -> String {
    if text_width(ui, text, kind) <= width_px {
        return text.to_owned();
    }
    let chars: Vec<char> = text.chars().collect();
    let fits = |n: usize| {
        let mut cut: String = chars.iter().take(n).collect();
        cut.push('…');
        text_width(ui, &cut, kind) <= width_px
    };
    let (mut low, mut high) = (0, chars.len());
    while low < high {
        let mid = (low + high).div_ceil(2);
        if fits(mid) { low = mid } else { high = mid - 1 }
    }
    chars.iter().take(low).chain(std::iter::once(&'…')).collect()
}

/// The ring that keyboard focus draws.
pub fn focus_ring(ui: &Ui, theme: &Theme, response: &Response, radius: u8) {
    if response.has_focus() {
        let ring = response.rect.expand(2.0);
        let stroke = Stroke::new(2.0, theme.time);
        ui.painter().rect_stroke(ring, CornerRadius::same(radius + 2), stroke, StrokeKind::Middle);
    }
}

/// A button. `is_on` marks a toggle that is on, or an open menu.
pub fn button(ui: &mut Ui, theme: &Theme, face: Face<'_>, weight: Weight, is_on: bool) -> Response {
    button_sized(ui, theme, face, weight, is_on, BUTTON_PX)
}

/// A button of another height.
pub fn button_sized(
    ui: &mut Ui,
    theme: &Theme,
    face: Face<'_>,
    weight: Weight,
    is_on: bool,
    height_px: f32,
) -> Response {
    let is_enabled = ui.is_enabled();
    let parts = face_parts(ui, &face, height_px);
    let width = width_of(&face, &parts, height_px);
    let (rect, response) = ui.allocate_exact_size(vec2(width, height_px), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Button, is_enabled, is_on, face.name));
    let (mut fill, mut outline, mut ink) = match weight {
        Weight::Primary => (theme.ink, theme.ink, theme.sheet),
        Weight::Secondary => (theme.sheet, theme.line, theme.ink),
        Weight::Quiet => (Color32::TRANSPARENT, Color32::TRANSPARENT, theme.ink_2),
    };
    if is_on && weight != Weight::Primary {
        (fill, ink) = (theme.paper, theme.ink);
    }
    if is_enabled && response.hovered() && weight != Weight::Primary {
        fill = theme.paper;
        outline = if weight == Weight::Quiet { Color32::TRANSPARENT } else { theme.control };
    }
    if !is_enabled {
        ink = Theme::off(ink);
        if weight == Weight::Primary {
            (fill, outline) = (Theme::off(theme.ink), Color32::TRANSPARENT);
            ink = theme.sheet;
        }
    }
    let stroke = Stroke::new(1.0, outline);
    ui.painter().rect(rect, CornerRadius::same(4), fill, stroke, StrokeKind::Inside);
    paint_parts(ui, theme, rect, &parts, ink, weight);
    focus_ring(ui, theme, &response, 4);
    response.on_hover_text(face.name)
}

/// The width of a button with this face.
pub fn button_width(ui: &Ui, face: &Face<'_>, height_px: f32) -> f32 {
    width_of(face, &face_parts(ui, face, height_px), height_px)
}

fn width_of(face: &Face<'_>, parts: &[Part], height_px: f32) -> f32 {
    match parts {
        [_] if face.text.is_none() => height_px,
        parts => parts.iter().map(|part| part.width_px).sum::<f32>() + 6.0 * (parts.len() - 1) as f32 + 2.0 * INSIDE_PX,
    }
}

struct Part {
    text: String,
    kind: Type,
    width_px: f32,
    is_key_cap: bool,
}

fn face_parts(ui: &Ui, face: &Face<'_>, height_px: f32) -> Vec<Part> {
    let icon_kind = if height_px > 30.0 { Type::IconLarge } else { Type::Icon };
    let icon = |name: &str, kind: Type| Part {
        text: icons::glyph(name).to_string(),
        kind,
        width_px: kind.font().size,
        is_key_cap: false,
    };
    let mut parts = Vec::new();
    parts.extend(face.icon.map(|name| icon(name, icon_kind)));
    parts.extend(face.text.map(|text| Part {
        text: text.to_owned(),
        kind: Type::Body,
        width_px: text_width(ui, text, Type::Body),
        is_key_cap: false,
    }));
    parts.extend(face.key_cap.map(|text| Part {
        text: text.to_owned(),
        kind: Type::Small,
        width_px: text_width(ui, text, Type::Small) + 10.0,
        is_key_cap: true,
    }));
    parts.extend(face.trailing_icon.map(|name| icon(name, Type::IconSmall)));
    parts
}

fn paint_parts(ui: &Ui, theme: &Theme, rect: Rect, parts: &[Part], ink: Color32, weight: Weight) {
    let total = parts.iter().map(|part| part.width_px).sum::<f32>() + 6.0 * parts.len().saturating_sub(1) as f32;
    let mut x = rect.center().x - total / 2.0;
    for part in parts {
        let centre = pos2(x + part.width_px / 2.0, rect.center().y);
        if part.is_key_cap {
            let colour = if weight == Weight::Primary { Theme::wash(theme.sheet, 70) } else { theme.ink_3 };
            let colour = if ui.is_enabled() { colour } else { Theme::off(colour) };
            key_cap_at(ui, centre, &part.text, part.width_px, colour, Theme::wash(colour, 45));
        } else {
            text_at(ui, centre, Align2::CENTER_CENTER, &part.text, part.kind, ink);
        }
        x += part.width_px + 6.0;
    }
}

fn key_cap_at(ui: &Ui, centre: Pos2, text: &str, width_px: f32, ink: Color32, outline: Color32) {
    let cap = Rect::from_center_size(centre, vec2(width_px, 17.0));
    ui.painter().rect_stroke(cap, CornerRadius::same(3), Stroke::new(1.0, outline), StrokeKind::Inside);
    text_at(ui, centre, Align2::CENTER_CENTER, text, Type::Small, ink);
}

/// A key cap by itself: `Ctrl K`.
pub fn key_cap(ui: &mut Ui, theme: &Theme, text: &str) -> Response {
    let width = text_width(ui, text, Type::Small) + 10.0;
    let (rect, response) = ui.allocate_exact_size(vec2(width, 18.0), Sense::hover());
    key_cap_at(ui, rect.center(), text, width, theme.ink_3, theme.line);
    response
}

/// Segments of which one is chosen (轴 | 表); returns the index that was clicked. The chosen one has a 2 px
/// underline, so colour is not alone in saying it.
pub fn segments(ui: &mut Ui, theme: &Theme, name: &str, choices: &[&str], chosen: usize) -> Option<usize> {
    let widths: Vec<f32> =
        choices.iter().map(|text| (text_width(ui, text, Type::Body) + 16.0).max(28.0).round()).collect();
    let size = vec2(widths.iter().sum::<f32>(), CHIP_PX);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let outline = Stroke::new(1.0, theme.line);
    ui.painter().rect(rect, CornerRadius::same(4), theme.sheet, outline, StrokeKind::Inside);
    let mut clicked = None;
    let mut x = rect.left();
    for (idx, (text, width)) in choices.iter().zip(&widths).enumerate() {
        let part = Rect::from_min_size(pos2(x, rect.top()), vec2(*width, CHIP_PX));
        let response = ui.interact(part, ui.scope_id().with((name, idx)), Sense::click());
        let is_chosen = idx == chosen;
        response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, is_chosen, format!("{name}: {text}")));
        if response.hovered() && !is_chosen {
            ui.painter().rect_filled(part.shrink(1.0), CornerRadius::same(3), theme.paper);
        }
        let (kind, ink) = if is_chosen { (Type::BodyBold, theme.ink) } else { (Type::Body, theme.ink_2) };
        text_at(ui, part.center(), Align2::CENTER_CENTER, text, kind, ink);
        if is_chosen {
            let line = Rect::from_min_max(part.left_bottom() - vec2(0.0, 2.0), part.right_bottom());
            ui.painter().rect_filled(line, CornerRadius::ZERO, theme.ink);
        } else if idx > 0 && idx != chosen + 1 {
            ui.painter().vline(part.left() + 0.5, part.y_range(), Stroke::new(1.0, theme.hair));
        }
        focus_ring(ui, theme, &response, 4);
        if response.clicked() {
            clicked = Some(idx);
        }
        x += width;
    }
    clicked
}

/// The colours of a chip.
#[derive(Debug, Clone, Copy)]
pub struct ChipInk {
    /// Ground.
    pub ground: Color32,
    /// Text and icon.
    pub ink: Color32,
}

/// A chip: a fact or a filter in force, with an icon before it.
pub fn chip(ui: &mut Ui, theme: &Theme, icon: Option<&str>, text: &str, colours: ChipInk) -> Response {
    let icon_width = if icon.is_some() { 20.0 } else { 0.0 };
    let width = text_width(ui, text, Type::Label) + icon_width + 2.0 * INSIDE_PX;
    let (rect, response) = ui.allocate_exact_size(vec2(width, CHIP_PX), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, text));
    ui.painter().rect_filled(rect, CornerRadius::same(3), colours.ground);
    let mut x = rect.left() + INSIDE_PX;
    if let Some(icon) = icon {
        let at = pos2(x + 7.0, rect.center().y);
        ui.painter().text(at, Align2::CENTER_CENTER, icons::glyph(icon), Type::icon_fill(), colours.ink);
        x += icon_width;
    }
    text_at(ui, pos2(x, rect.center().y), Align2::LEFT_CENTER, text, Type::Label, colours.ink);
    focus_ring(ui, theme, &response, 3);
    response
}

/// Which way a splitter is dragged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Split {
    /// A vertical line, dragged left and right.
    Columns,
    /// A horizontal line, dragged up and down.
    Rows,
}

/// A 1 px line with an 8 px grab along `line`; returns how far it was dragged, or `Reset` by a double-click.
pub fn splitter(ui: &mut Ui, theme: &Theme, name: &str, line: Rect, split: Split) -> Option<SplitterAction> {
    let grab = match split {
        Split::Columns => line.expand2(vec2(4.0, 0.0)),
        Split::Rows => line.expand2(vec2(0.0, 4.0)),
    };
    let response = ui.interact(grab, ui.scope_id().with(("splitter", name)), Sense::click_and_drag());
    response.widget_info(|| WidgetInfo::labeled(Role::Slider, true, name));
    let is_live = response.hovered() || response.dragged();
    let stroke = if is_live { Stroke::new(2.0, theme.time) } else { Stroke::new(1.0, theme.hair) };
    let (from, to, cursor) = match split {
        Split::Columns => {
            let x = line.center().x.floor() + 0.5;
            (pos2(x, line.top()), pos2(x, line.bottom()), egui::CursorIcon::ResizeHorizontal)
        }
        Split::Rows => {
            let y = line.center().y.floor() + 0.5;
            (pos2(line.left(), y), pos2(line.right(), y), egui::CursorIcon::ResizeVertical)
        }
    };
    ui.painter().add(Shape::line_segment([from, to], stroke));
    if is_live {
        ui.ctx().set_cursor_icon(cursor);
    }
    if response.double_clicked() {
        return Some(SplitterAction::Reset);
    }
    let moved: Vec2 = response.drag_delta();
    let by = if split == Split::Columns { moved.x } else { moved.y };
    (by != 0.0).then_some(SplitterAction::MoveBy(by))
}

/// What the user did with a splitter.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum SplitterAction {
    /// Dragged it, in pixels to the right or down.
    MoveBy(f32),
    /// Double-clicked it: back to the default.
    Reset,
}

/// A row of a menu, 28 high, with a tick where it is on.
pub(super) fn menu_row(ui: &mut Ui, theme: &Theme, text: &str, is_on: bool) -> bool {
    let width = ui.available_width().max(text_width(ui, text, Type::Body) + 40.0);
    let (rect, response) = ui.allocate_exact_size(vec2(width, 28.0), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::MenuItemRadio, true, is_on, text));
    if response.hovered() {
        ui.painter().rect_filled(rect, CornerRadius::same(3), theme.paper);
    }
    if is_on {
        let check = icons::glyph("check").to_string();
        text_at(
            ui,
            pos2(rect.left() + 14.0, rect.center().y),
            Align2::CENTER_CENTER,
            &check,
            Type::IconSmall,
            theme.ink,
        );
    }
    text_at(ui, pos2(rect.left() + 28.0, rect.center().y), Align2::LEFT_CENTER, text, Type::Body, theme.ink);
    focus_ring(ui, theme, &response, 3);
    response.clicked()
}

/// Lays out a row inside `rect`.
pub(super) fn row_ui<R>(
    ui: &mut Ui,
    rect: Rect,
    name: &str,
    layout: egui::Layout,
    add: impl FnOnce(&mut Ui) -> R,
) -> R {
    ui.scope_builder(egui::UiBuilder::new().max_rect(rect).layout(layout).id_salt(name), add).inner
}
