//! The command palette: every command by its Chinese, English or pinyin name.

use super::{
    composition::is_composing,
    cx::Cx,
    icons,
    popover::{Place, popover},
    type_scale::Type,
    widgets::{self, text_at},
};
use crate::desk::{Command, Lang, Listed, Locale, Overlay, find_commands};
use egui::{Align2, CornerRadius, Frame, Id, Key, Margin, Role, Sense, Stroke, TextEdit, Ui, WidgetInfo, pos2, vec2};

/// Height of a row.
const ROW_PX: f32 = 32.0;
/// Rows in view.
const N_ROWS: f32 = 12.0;

#[derive(Debug, Clone, Default)]
struct State {
    query: String,
    /// The query without what is being composed.
    searched: String,
    chosen: usize,
    frame: u64,
}

/// Draws it.
pub fn palette_ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    let window = ui.max_rect();
    let width_px = 560.0_f32.min(window.width() - 24.0);
    let place = Place { at: pos2(window.center().x, window.top() + 64.0), pivot: Align2::CENTER_TOP, width_px };
    popover(ui, cx, Overlay::Palette, place, |ui, cx| {
        let id = Id::unique("palette");
        let frame = ui.ctx().cumulative_frame_nr();
        let mut state: State = ui.data(|data| data.get_temp(id)).unwrap_or_default();
        let is_new = state.frame + 1 < frame || frame <= 1;
        if is_new {
            state = State::default();
        }
        state.frame = frame;
        field_ui(ui, cx, &mut state, is_new);
        compare_ui(ui, cx, &state.query);
        let field = Id::unique("palette field");
        if !is_composing(ui, field, ui.memory(|memory| memory.has_focus(field))) {
            state.searched.clone_from(&state.query);
        }
        let found = find_commands(&state.searched);
        move_choice(ui, &mut state, found.len());
        rows_ui(ui, cx, &mut state, &found);
        ui.data_mut(|data| data.insert_temp(id, state));
    });
}

fn field_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut State, is_new: bool) {
    let (theme, words) = (cx.theme, cx.words);
    ui.horizontal(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(28.0, 32.0), Sense::hover());
        let glyph = icons::glyph("command").to_string();
        text_at(ui, rect.center(), Align2::CENTER_CENTER, &glyph, Type::Icon, theme.ink_2);
        let edit = TextEdit::singleline(&mut state.query)
            .id(Id::unique("palette field"))
            .frame(Frame::NONE)
            .margin(Margin::ZERO)
            .align(Align2::LEFT_CENTER)
            .min_size(vec2(0.0, 32.0))
            .desired_width(ui.available_width() - 8.0)
            .font(Type::Body.font())
            .hint_text(egui::RichText::new(words.get("palette.hint")).color(theme.ink_3));
        let response = ui.add(edit);
        response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, words.get("command.palette")));
        if is_new {
            response.request_focus();
        }
        if response.changed() {
            state.chosen = 0;
        }
    });
    let line = ui.cursor().top() - 2.0;
    ui.painter().hline(ui.max_rect().x_range(), line.floor() + 0.5, Stroke::new(1.0, theme.hair));
}

/// `>` in the search field opens the palette; a number behind it is a comparison after all, and goes back there.
fn compare_ui(ui: &Ui, cx: &mut Cx<'_>, query: &str) {
    let came_from_search = cx.desk.search == ">";
    if !came_from_search || query.is_empty() {
        return;
    }
    if query.starts_with(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c) || "=＝".contains(c)) {
        cx.push(Command::Search(format!(">{query}")));
        cx.push(Command::Open(Overlay::Search));
        super::search_ui::type_on(ui);
    } else {
        cx.push(Command::Search(String::new()));
    }
}

fn move_choice(ui: &Ui, state: &mut State, n_found: usize) {
    let (up, down) = ui.input(|input| (input.key_pressed(Key::ArrowUp), input.key_pressed(Key::ArrowDown)));
    let last = n_found.saturating_sub(1);
    state.chosen = (state.chosen + usize::from(down)).saturating_sub(usize::from(up)).min(last);
}

fn rows_ui(ui: &mut Ui, cx: &mut Cx<'_>, state: &mut State, found: &[Listed]) {
    let enter = ui.input(|input| input.key_pressed(Key::Enter));
    if found.is_empty() {
        ui.add_space(8.0);
        ui.colored_label(cx.theme.ink_3, cx.words.get("palette.nothing"));
        ui.add_space(8.0);
    }
    let moved = ui.input(|input| input.key_pressed(Key::ArrowUp) || input.key_pressed(Key::ArrowDown));
    let room = (ui.ctx().content_rect().height() - 160.0).max(ROW_PX * 3.0);
    egui::ScrollArea::vertical()
        .max_height((ROW_PX * N_ROWS).min(room))
        .min_scrolled_height((ROW_PX * N_ROWS).min(room))
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            for (idx, listed) in found.iter().enumerate() {
                let is_chosen = idx == state.chosen;
                let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW_PX), Sense::click());
                if is_chosen && moved {
                    response.scroll_to_me(None);
                }
                if ui.is_rect_visible(rect) {
                    row_ui(ui, cx, listed, rect, &response, is_chosen);
                }
                if response.clicked() || (is_chosen && enter) {
                    cx.push(Command::Open(Overlay::Palette));
                    cx.push(listed.command.clone());
                }
            }
        });
}

fn row_ui(ui: &Ui, cx: &Cx<'_>, listed: &Listed, rect: egui::Rect, response: &egui::Response, is_chosen: bool) {
    let theme = cx.theme;
    let key = format!("command.{}", listed.id);
    let name = cx.words.get(&key);
    let other = if cx.words.lang == Lang::Zh { Lang::En } else { Lang::Zh };
    response.widget_info(|| WidgetInfo::selected(Role::MenuItem, true, is_chosen, name));
    if is_chosen || response.hovered() {
        ui.painter().rect_filled(rect, CornerRadius::same(3), theme.paper);
    }
    let y = rect.center().y;
    let glyph = icons::glyph(listed.icon).to_string();
    text_at(ui, pos2(rect.left() + 16.0, y), Align2::CENTER_CENTER, &glyph, Type::Icon, theme.ink_2);
    let end = text_at(ui, pos2(rect.left() + 32.0, y), Align2::LEFT_CENTER, name, Type::Body, theme.ink).right();
    let keys = listed.shortcuts.first().map(|shortcut| shortcut.text()).unwrap_or_default();
    let keys_left = rect.right() - 10.0 - widgets::text_width(ui, &keys, Type::Small);
    text_at(ui, pos2(rect.right() - 10.0, y), Align2::RIGHT_CENTER, &keys, Type::Small, theme.ink_3);
    let other = widgets::elided(ui, Locale::of(other).get(&key), Type::Label, keys_left - end - 24.0);
    text_at(ui, pos2(end + 12.0, y + 0.5), Align2::LEFT_CENTER, &other, Type::Label, theme.ink_3);
}
