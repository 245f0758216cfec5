//! The search field and the results below it.

use super::{
    composition::Composed,
    cx::Cx,
    icons,
    kept::{kept, key_of},
    type_scale::Type,
    widgets::{self, text_at},
};
use crate::{
    desk::{Command, Overlay},
    view::{
        number,
        query::Query,
        search::{FEW_ROWS, Hit, HitGroup, MAX_ROWS, Search, Target},
    },
};
use egui::{
    Align2, Area, CornerRadius, Frame, Id, Key, Margin, Order, Rect, Role, Sense, Stroke, StrokeKind, TextEdit, Ui,
    UiBuilder, WidgetInfo, pos2, vec2,
};
use std::sync::Arc;

/// Height of a row of results.
const ROW_PX: f32 = 28.0;

/// The id of the text field, for tests and for focus.
pub fn field_id() -> Id {
    Id::unique("search field")
}

/// Draws the field into `rect`; what is typed becomes `Desk::search`.
pub fn field_ui(ui: &mut Ui, cx: &mut Cx<'_>, rect: Rect) {
    let (theme, words) = (cx.theme, cx.words);
    let is_open = cx.desk.overlay == Some(Overlay::Search);
    let has_focus = ui.memory(|memory| memory.has_focus(field_id()));
    let outline = if has_focus { Stroke::new(2.0, theme.time) } else { Stroke::new(1.0, theme.control) };
    ui.painter().rect(rect, CornerRadius::same(4), theme.sheet, outline, StrokeKind::Inside);
    let glyph = icons::glyph("magnifying-glass").to_string();
    text_at(ui, pos2(rect.left() + 17.0, rect.center().y), Align2::CENTER_CENTER, &glyph, Type::Icon, theme.ink_2);
    // What an input method has not committed yet stays in the field: it is shown there and searched nowhere.
    let (composed, mut text) = Composed::begin(ui, field_id(), &cx.desk.search);
    let inner = Rect::from_min_max(rect.min + vec2(32.0, 1.0), rect.max - vec2(62.0, 1.0));
    let mut child = ui.new_child(UiBuilder::new().max_rect(inner));
    let edit = TextEdit::singleline(&mut text)
        .id(field_id())
        .frame(Frame::NONE)
        .margin(Margin::ZERO)
        .align(Align2::LEFT_CENTER)
        .min_size(inner.size())
        .desired_width(inner.width())
        .font(Type::Body.font())
        .hint_text(egui::RichText::new(words.get("search.hint")).color(theme.ink_3));
    let response = child.add(edit);
    response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, words.get("command.search")));
    if is_open && !has_focus && !was_open(ui) {
        response.request_focus();
    }
    ui.data_mut(|data| data.insert_temp(field_id(), is_open));
    match composed.end(ui, field_id(), text, (has_focus, response.changed())) {
        Some(text) if [">", "》", "＞"].contains(&text.as_str()) => {
            cx.push(Command::Search(">".to_owned()));
            cx.push(Command::Open(Overlay::Palette));
        }
        Some(text) => {
            if !is_open {
                cx.push(Command::Open(Overlay::Search));
            }
            cx.push(Command::Search(text));
        }
        None if response.gained_focus() && !is_open => cx.push(Command::Open(Overlay::Search)),
        None => {}
    }
    end_of_field_ui(ui, cx, rect);
}

/// The field takes the keyboard, behind what stands in it.
pub(super) fn type_on(ui: &Ui) {
    let mut state = egui::widgets::text_edit::TextEditState::default();
    let end = egui::text::CCursor::new(usize::MAX);
    state.cursor.set_char_range(Some(egui::text::CCursorRange::one(end)));
    state.store(ui.ctx(), field_id());
    ui.memory_mut(|memory| memory.request_focus(field_id()));
}

/// Whether the results were open in the frame before.
fn was_open(ui: &Ui) -> bool {
    ui.data(|data| data.get_temp::<bool>(field_id())).unwrap_or(false)
}

/// The key cap at the end of an empty field; a cross in a field with text.
fn end_of_field_ui(ui: &mut Ui, cx: &mut Cx<'_>, rect: Rect) {
    let theme = cx.theme;
    if cx.desk.search.is_empty() {
        let cap = Rect::from_min_max(pos2(rect.right() - 52.0, rect.top() + 6.0), rect.right_bottom() - vec2(8.0, 6.0));
        ui.painter().rect(cap, CornerRadius::same(3), theme.panel, Stroke::new(1.0, theme.hair), StrokeKind::Inside);
        text_at(ui, cap.center(), Align2::CENTER_CENTER, "Ctrl K", Type::Small, theme.ink_3);
        return;
    }
    let cross = Rect::from_center_size(pos2(rect.right() - 16.0, rect.center().y), vec2(26.0, 26.0));
    let response = ui.interact(cross, field_id().with("clear"), Sense::click());
    let name = cx.words.get("search.clear");
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    let ink = if response.hovered() { theme.ink } else { theme.ink_3 };
    let glyph = icons::glyph("x").to_string();
    text_at(ui, cross.center(), Align2::CENTER_CENTER, &glyph, Type::IconSmall, ink);
    if response.clicked() {
        cx.push(Command::Search(String::new()));
    }
}

/// What is asked for, kept as long as the words stay; `None` where the field is empty.
pub(super) fn query(ui: &Ui, cx: &Cx<'_>) -> Arc<Option<Query>> {
    let dct = || cx.corpus.entries.get(cx.desk.source.doc).and_then(|entry| entry.document.dct.as_ref());
    let key = key_of((&cx.desk.search, cx.desk.source.doc, cx.corpus.stamp()));
    kept(ui, Id::unique("search query"), key, |_| Query::new(&cx.desk.search, dct()))
}

/// The search, kept as long as corpus and words stay; each frame searches a portion until it is done.
fn found(ui: &Ui, cx: &Cx<'_>) -> Arc<Search> {
    type Kept = (u64, Arc<Search>);
    let id = Id::unique("search results");
    let key = key_of((&cx.desk.search, cx.desk.source.doc, cx.corpus.stamp(), cx.shell.generation, cx.words.key()));
    let kept = ui.data(|data| data.get_temp::<Kept>(id)).filter(|(kept_key, _)| *kept_key == key);
    let mut search = match kept {
        Some((_, search)) if search.is_done() => return search,
        Some((_, search)) => search,
        None => Arc::new(Search::new(cx.corpus, &cx.desk.search, cx.desk.source.doc)),
    };
    Arc::make_mut(&mut search).go_on(cx.corpus, cx.words);
    if !search.is_done() {
        ui.request_repaint();
    }
    ui.data_mut(|data| data.insert_temp::<Kept>(id, (key, Arc::clone(&search))));
    search
}

/// The results below the field.
pub fn results_ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    if cx.desk.search.trim().is_empty() {
        return;
    }
    let window = ui.max_rect();
    let search = found(ui, cx);
    let groups = search.groups();
    let opened = opened(ui);
    let shown_of = |group: &HitGroup| if opened == Some(group.key) { MAX_ROWS } else { FEW_ROWS };
    let n_rows: usize = groups.iter().map(|group| group.hits.len().min(shown_of(group))).sum();
    let chosen = chosen_row(ui, n_rows);
    let width = 560.0_f32.min(window.width() - 24.0);
    let at = pos2((window.center().x - width / 2.0).round(), window.top() + 46.0);
    let shown = Area::new(Id::unique("search popup")).order(Order::Foreground).fixed_pos(at).show(ui.ctx(), |ui| {
        super::popover::card(cx.theme).show(ui, |ui| {
            ui.set_width(width - 18.0);
            egui::ScrollArea::vertical()
                .max_height(window.height() - 120.0)
                .min_scrolled_height(window.height() - 120.0)
                .show(ui, |ui| {
                    ui.spacing_mut().item_spacing.y = 0.0;
                    let mut row_idx = 0;
                    if !search.is_done() {
                        let percent = format!("{:.0}", search.share() * 100.0);
                        ui.add_space(6.0);
                        ui.colored_label(cx.theme.ink_3, cx.words.fill("search.under-way", &[&percent]));
                        ui.add_space(6.0);
                    } else if groups.is_empty() {
                        ui.add_space(6.0);
                        ui.colored_label(cx.theme.ink_3, cx.words.fill("search.nothing", &[cx.desk.search.trim()]));
                        ui.add_space(6.0);
                    }
                    for group in &groups {
                        heading_ui(ui, cx, group, opened == Some(group.key));
                        for hit in group.hits.iter().take(shown_of(group)) {
                            hit_ui(ui, cx, hit, row_idx == chosen);
                            row_idx += 1;
                        }
                    }
                });
        });
    });
    let enter = ui.input(|input| input.key_pressed(Key::Enter));
    let has_focus = ui.memory(|memory| memory.has_focus(field_id()));
    if enter && let Some(hit) = groups.iter().flat_map(|group| group.hits.iter().take(shown_of(group))).nth(chosen) {
        open(cx, hit);
    } else if shown.response.clicked_elsewhere() && !has_focus {
        cx.push(Command::Open(Overlay::Search));
    }
}

/// Arrow keys move through the rows.
fn chosen_row(ui: &Ui, n_rows: usize) -> usize {
    let id = Id::unique("search row");
    let (up, down) = ui.input(|input| (input.key_pressed(Key::ArrowUp), input.key_pressed(Key::ArrowDown)));
    let before = ui.data(|data| data.get_temp::<usize>(id)).unwrap_or(0);
    let after = (before + usize::from(down)).saturating_sub(usize::from(up)).min(n_rows.saturating_sub(1));
    ui.data_mut(|data| data.insert_temp(id, after));
    after
}

/// The group that shows all its hits.
fn opened(ui: &Ui) -> Option<&'static str> {
    ui.data(|data| data.get_temp::<&'static str>(Id::unique("search opened")))
}

/// Name and count; a click opens a group of many, or closes it.
fn heading_ui(ui: &mut Ui, cx: &Cx<'_>, group: &HitGroup, is_opened: bool) {
    let has_more = group.hits.len() > FEW_ROWS;
    let sense = if has_more { Sense::click() } else { Sense::hover() };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 24.0), sense);
    let name = cx.words.get(group.key);
    let count = number::counted(group.count, cx.words);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, has_more, format!("{name}, {count}")));
    text_at(ui, rect.left_center() + vec2(4.0, 0.0), Align2::LEFT_CENTER, name, Type::SmallBold, cx.theme.ink_3);
    let ink = if has_more && response.hovered() { cx.theme.ink } else { cx.theme.ink_3 };
    let mut right = rect.right_center() - vec2(8.0, 0.0);
    if has_more {
        let caret = icons::glyph(if is_opened { "caret-up" } else { "caret-down" }).to_string();
        right = text_at(ui, right, Align2::RIGHT_CENTER, &caret, Type::IconSmall, ink).left_center() - vec2(6.0, 0.0);
    }
    text_at(ui, right, Align2::RIGHT_CENTER, &count, Type::Small, ink);
    widgets::focus_ring(ui, cx.theme, &response, 3);
    if response.clicked() {
        let id = Id::unique("search opened");
        let key = group.key;
        ui.data_mut(|data| data.insert_temp(id, if is_opened { "" } else { key }));
    }
}

fn hit_ui(ui: &mut Ui, cx: &mut Cx<'_>, hit: &Hit, is_chosen: bool) {
    let theme = cx.theme;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW_PX), Sense::click());
    response
        .widget_info(|| WidgetInfo::selected(Role::ListItem, true, is_chosen, format!("{}, {}", hit.title, hit.note)));
    if is_chosen || response.hovered() {
        ui.painter().rect_filled(rect, CornerRadius::same(3), theme.paper);
    }
    let note = widgets::elided(ui, &hit.note, Type::Small, rect.width() * 0.4);
    let room = rect.width() - widgets::text_width(ui, &note, Type::Small) - 28.0;
    let title = widgets::elided(ui, &hit.title, Type::Body, room);
    let at = rect.left_center() + vec2(8.0, 0.0);
    match hit.found.filter(|found| found.end <= title.len() && title.is_char_boundary(found.end)) {
        None => _ = text_at(ui, at, Align2::LEFT_CENTER, &title, Type::Body, theme.ink),
        Some(found) => {
            let parts = [
                (title.get(..found.start), Type::Body, theme.ink_2),
                (title.get(found.start..found.end), Type::BodyBold, theme.ink),
                (title.get(found.end..), Type::Body, theme.ink_2),
            ];
            let mut at = at;
            for (part, kind, ink) in parts {
                at.x = text_at(ui, at, Align2::LEFT_CENTER, part.unwrap_or_default(), kind, ink).right();
            }
        }
    }
    text_at(ui, rect.right_center() - vec2(8.0, 0.0), Align2::RIGHT_CENTER, &note, Type::Small, theme.ink_3);
    if response.clicked() {
        open(cx, hit);
    }
}

fn open(cx: &mut Cx<'_>, hit: &Hit) {
    cx.push(match hit.target {
        Target::Mark(mark) => Command::Select(mark),
        Target::Article { doc, article } => Command::ShowArticle { doc, article },
    });
    if cx.desk.overlay == Some(Overlay::Search) {
        cx.push(Command::Open(Overlay::Search));
    }
}
