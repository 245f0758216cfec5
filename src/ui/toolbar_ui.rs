//! The toolbar: sidebar, open, what is open, search, undo, panes, export, settings.

use super::{
    cx::Cx,
    search_ui,
    type_scale::Type,
    widgets::{self, BUTTON_PX, Face, Weight, button, text_at},
};
use crate::{
    desk::{COLLECTION_FROM, Command, FigureKind, Overlay, Pane},
    view::names,
};
use egui::{Align2, CornerRadius, Rect, Role, Sense, Stroke, StrokeKind, Ui, UiBuilder, WidgetInfo, pos2, vec2};

/// Below this width the search field is an icon and the words of the main buttons go.
const NARROW_PX: f32 = 1100.0;
/// Below this width redo and settings go into the menu.
const NARROWEST_PX: f32 = 940.0;

/// Draws it into the whole of `ui`.
pub fn toolbar_ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    let bar = ui.max_rect();
    ui.painter().rect_filled(bar, CornerRadius::ZERO, cx.theme.panel);
    ui.painter().hline(bar.x_range(), bar.bottom() - 0.5, Stroke::new(1.0, cx.theme.hair));
    let row = Rect::from_center_size(bar.center(), vec2(bar.width() - 24.0, BUTTON_PX));
    let left = part(ui, row, egui::Layout::left_to_right(egui::Align::Center), |ui| left_ui(ui, cx));
    let right = part(ui, row, egui::Layout::right_to_left(egui::Align::Center), |ui| right_ui(ui, cx, bar.width()));
    if bar.width() >= NARROW_PX {
        let width = 380.0_f32.min(right.left() - left.right() - 32.0);
        let middle = bar.center().x.clamp(left.right() + 16.0 + width / 2.0, right.left() - 16.0 - width / 2.0);
        let field = Rect::from_center_size(pos2(middle, bar.center().y), vec2(width, 30.0));
        search_ui::field_ui(ui, cx, field);
    } else if cx.desk.overlay == Some(Overlay::Search) {
        let field = Rect::from_center_size(bar.center(), vec2((bar.width() - 200.0).min(480.0), 30.0));
        search_ui::field_ui(ui, cx, field);
    }
}

/// Runs `add` in a child that covers `rect`; returns what it used.
fn part(ui: &mut Ui, rect: Rect, layout: egui::Layout, add: impl FnOnce(&mut Ui)) -> Rect {
    let mut child = ui.new_child(UiBuilder::new().max_rect(rect).layout(layout));
    child.spacing_mut().item_spacing = vec2(8.0, 0.0);
    add(&mut child);
    child.min_rect()
}

fn left_ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    let (theme, words) = (cx.theme, cx.words);
    let is_over = cx.desk.overlay == Some(Overlay::Sidebar);
    let has_sidebar = if cx.desk.seen.is_narrow { is_over } else { cx.desk.panes.sidebar.unwrap_or(true) };
    let face = Face::icon("sidebar-simple", words.get("command.toggle-sidebar"));
    if button(ui, theme, face, Weight::Quiet, has_sidebar).clicked() {
        cx.push(Command::TogglePane(Pane::Sidebar));
    }
    let response =
        button(ui, theme, Face::labelled("folder-open", words.get("toolbar.open")), Weight::Secondary, false);
    egui::Popup::menu(&response).gap(4.0).show(|ui| open_menu_ui(ui, cx));
    ui.add_space(8.0);
    document_ui(ui, cx);
}

fn open_menu_ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    let words = cx.words;
    for (id, icon, command) in [
        ("open-files", "folder-open", Command::OpenFiles),
        ("open-folder", "folder", Command::OpenFolder),
        ("paste-text", "clipboard-text", Command::PasteText),
        ("open-sample", "newspaper", Command::OpenSample),
    ] {
        menu_row(ui, cx, icon, words.get(&format!("command.{id}")), id, command);
    }
    if !cx.shell.recent.is_empty() {
        separator(ui, cx);
    }
    for (idx, (path, note)) in cx.shell.recent.iter().enumerate().take(9) {
        let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
        let title = if note.is_empty() { name.to_owned() } else { format!("{name} ・ {note}") };
        menu_row(ui, cx, "file-text", &title, "", Command::OpenRecent(idx));
    }
    separator(ui, cx);
    menu_row(ui, cx, "arrow-clockwise", words.get("command.read-again"), "read-again", Command::ReadAgain);
    menu_row(ui, cx, "text-aa", words.get("command.encoding"), "encoding", Command::Open(Overlay::Encoding));
    menu_row(ui, cx, "floppy-disk", words.get("command.save-project"), "save-project", Command::SaveProject);
    menu_row(ui, cx, "floppy-disk", words.get("command.save-corpus"), "save-corpus", Command::SaveCorpus);
    menu_row(ui, cx, "x", words.get("command.close-all"), "close-all", Command::CloseAll);
}

fn separator(ui: &mut Ui, cx: &Cx<'_>) {
    let (rect, _) = ui.allocate_exact_size(vec2(220.0, 9.0), Sense::hover());
    ui.painter().hline(rect.x_range(), rect.center().y.floor() + 0.5, Stroke::new(1.0, cx.theme.hair));
}

/// A row of a menu: icon, words, the shortcut of the listed command `id` (none where it is empty).
pub fn menu_row(ui: &mut Ui, cx: &mut Cx<'_>, icon: &str, words: &str, id: &str, command: Command) {
    let shortcut = Command::listed()
        .into_iter()
        .find(|listed| listed.id == id)
        .and_then(|listed| listed.shortcuts.first().map(|shortcut| shortcut.text()))
        .unwrap_or_default();
    let (rect, response) = ui.allocate_exact_size(vec2(280.0, 28.0), Sense::click());
    let is_enabled = ui.is_enabled();
    response.widget_info(|| WidgetInfo::labeled(Role::MenuItem, is_enabled, words));
    let [ink, ink_2, ink_3] =
        [cx.theme.ink, cx.theme.ink_2, cx.theme.ink_3].map(|ink| if is_enabled { ink } else { super::Theme::off(ink) });
    if is_enabled && (response.hovered() || response.has_focus()) {
        ui.painter().rect_filled(rect, CornerRadius::same(3), cx.theme.paper);
    }
    let y = rect.center().y;
    let glyph = super::icons::glyph(icon).to_string();
    text_at(ui, pos2(rect.left() + 16.0, y), Align2::CENTER_CENTER, &glyph, Type::Icon, ink_2);
    let room = rect.width() - 50.0 - widgets::text_width(ui, &shortcut, Type::Small);
    let words = widgets::elided(ui, words, Type::Body, room);
    text_at(ui, pos2(rect.left() + 32.0, y), Align2::LEFT_CENTER, &words, Type::Body, ink);
    text_at(ui, pos2(rect.right() - 8.0, y), Align2::RIGHT_CENTER, &shortcut, Type::Small, ink_3);
    widgets::focus_ring(ui, cx.theme, &response, 3);
    if response.clicked() {
        cx.push(command);
        ui.close();
    }
}

/// The document's name over a line about it; a click opens the writing date.
fn document_ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    let (theme, words) = (cx.theme, cx.words);
    let width = (ui.max_rect().width() * 0.25).clamp(90.0, 260.0);
    let name = if cx.corpus.entries.is_empty() {
        words.get("toolbar.program").to_owned()
    } else if let Some(project) = cx.shell.project.as_ref().filter(|_| cx.corpus.entries.len() > 1) {
        project.clone()
    } else {
        names::corpus_name(cx.corpus, cx.desk.source.doc, words)
    };
    let parts = about_document(cx);
    let about = parts.join(SEPARATOR);
    let (rect, response) = ui.allocate_exact_size(vec2(width, 36.0), Sense::click());
    let full_name = format!("{name}, {about}");
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &full_name));
    let (top, foot) = (rect.center().y - 8.0, rect.center().y + 9.0);
    let shown = widgets::elided(ui, &name, Type::BodyBold, width);
    text_at(ui, pos2(rect.left(), top), Align2::LEFT_CENTER, &shown, Type::BodyBold, theme.ink);
    let ink = if response.hovered() { theme.ink } else { theme.ink_3 };
    let shown = fitting(&parts, &|text| widgets::text_width(ui, text, Type::Small) <= width);
    let shown = widgets::elided(ui, &shown, Type::Small, width);
    text_at(ui, pos2(rect.left(), foot), Align2::LEFT_CENTER, &shown, Type::Small, ink);
    widgets::focus_ring(ui, theme, &response, 3);
    if response.on_hover_text(words.get("writing-date.tooltip")).clicked() && !cx.corpus.entries.is_empty() {
        cx.push(Command::Open(Overlay::WritingDate));
    }
}

/// Between two facts about a document.
const SEPARATOR: &str = " ・ ";

/// As many of `parts`, from the first on, as fit in one line; at least the first.
fn fitting(parts: &[String], fits: &dyn Fn(&str) -> bool) -> String {
    let lines = (1..=parts.len()).rev().map(|n| parts.iter().take(n).cloned().collect::<Vec<_>>().join(SEPARATOR));
    let mut lines: Vec<String> = lines.collect();
    let shortest = lines.pop().unwrap_or_default();
    lines.into_iter().find(|line| fits(line)).unwrap_or(shortest)
}

/// 5,953 字 ・ 7 篇 ・ 成文 2025-06-22.
fn about_document(cx: &Cx<'_>) -> Vec<String> {
    let Some(entry) = cx.corpus.entries.get(cx.desk.source.doc).or(cx.corpus.entries.first()) else {
        return vec![cx.words.get("toolbar.nothing").to_owned()];
    };
    let document = &entry.document;
    let mut parts = Vec::new();
    if cx.corpus.entries.len() > 1 {
        parts.push(cx.words.fill("toolbar.documents", &[&grouped(cx.corpus.entries.len())]));
    }
    if cx.corpus.entries.len() > COLLECTION_FROM {
        let total = cx.corpus.index().total();
        parts.push(cx.words.fill("toolbar.stories", &[&grouped(total.articles)]));
        parts.push(cx.words.fill("timeline.n-events", &[&grouped(total.events)]));
        return parts;
    }
    parts.push(cx.words.fill("toolbar.chars", &[&grouped(document.source.chars)]));
    parts.push(cx.words.fill("toolbar.stories", &[&grouped(document.articles.len())]));
    parts.push(match &document.dct {
        Some(dct) => cx.words.fill("toolbar.written", &[dct.as_str()]),
        None => cx.words.get("toolbar.not-dated").to_owned(),
    });
    parts
}

/// 5953 → 5,953.
pub fn grouped(number: usize) -> String {
    crate::desk::grouped(&number.to_string())
}

/// From right to left.
fn right_ui(ui: &mut Ui, cx: &mut Cx<'_>, window_width: f32) {
    let (theme, words) = (cx.theme, cx.words);
    let has_documents = !cx.corpus.entries.is_empty();
    if window_width < NARROWEST_PX {
        let response = button(ui, theme, Face::icon("dots-three", words.get("toolbar.more")), Weight::Quiet, false);
        egui::Popup::menu(&response).gap(4.0).show(|ui| {
            for (id, icon, command) in [
                ("redo", "arrow-u-up-right", Command::Redo),
                ("palette", "command", Command::Open(Overlay::Palette)),
                ("settings", "gear-six", Command::Open(Overlay::Settings)),
            ] {
                menu_row(ui, cx, icon, words.get(&format!("command.{id}")), id, command);
            }
        });
    } else if button(
        ui,
        theme,
        Face::icon("gear-six", words.get("command.settings")),
        Weight::Quiet,
        cx.desk.overlay == Some(Overlay::Settings),
    )
    .clicked()
    {
        cx.push(Command::Open(Overlay::Settings));
    }
    ui.add_space(4.0);
    ui.add_enabled_ui(has_documents, |ui| export_ui(ui, cx, window_width));
    ui.add_space(8.0);
    ui.add_enabled_ui(has_documents, |ui| panes_ui(ui, cx));
    ui.add_space(8.0);
    let shell = cx.shell;
    let redo = shell.redo_words.as_deref().unwrap_or(words.get("command.redo"));
    let undo = shell.undo_words.as_deref().unwrap_or(words.get("command.undo"));
    if window_width >= NARROWEST_PX {
        step_ui(ui, cx, "arrow-u-up-right", redo, cx.shell.can_redo, Command::Redo);
    }
    step_ui(ui, cx, "arrow-u-up-left", undo, cx.shell.can_undo, Command::Undo);
    if window_width < NARROW_PX {
        let face = Face::icon("magnifying-glass", words.get("command.search"));
        if button(ui, theme, face, Weight::Quiet, cx.desk.overlay == Some(Overlay::Search)).clicked() {
            cx.push(Command::Open(Overlay::Search));
        }
    }
}

fn step_ui(ui: &mut Ui, cx: &mut Cx<'_>, icon: &str, name: &str, is_possible: bool, command: Command) {
    let face = Face::icon(icon, name);
    let theme = cx.theme;
    if ui.add_enabled_ui(is_possible, |ui| button(ui, theme, face, Weight::Quiet, false)).inner.clicked() {
        cx.push(command);
    }
}

fn export_ui(ui: &mut Ui, cx: &mut Cx<'_>, window_width: f32) {
    let words = cx.words;
    let name = words.get("toolbar.export");
    let face = if window_width < NARROWEST_PX { Face::icon("export", name) } else { Face::labelled("export", name) };
    let response = button(ui, cx.theme, face, Weight::Primary, false);
    egui::Popup::menu(&response).gap(4.0).show(|ui| {
        let has_series = cx.corpus.index().total().series > 0;
        let timeline = Command::ExportFigure(FigureKind::Timeline);
        menu_row(ui, cx, "chart-bar-horizontal", words.get("command.export-timeline"), "export-timeline", timeline);
        ui.add_enabled_ui(has_series, |ui| {
            let series = Command::ExportFigure(FigureKind::Series);
            menu_row(ui, cx, "chart-line", words.get("command.export-series"), "export-series", series);
            let both = Command::ExportFigure(FigureKind::Both);
            menu_row(ui, cx, "rows", words.get("command.export-both"), "export-both", both);
            let copy = Command::CopyFigure(FigureKind::Series);
            menu_row(ui, cx, "copy", words.get("command.copy-figure"), "copy-figure", copy);
        });
        menu_row(ui, cx, "copy", words.get("command.copy-quantities"), "copy-quantities", Command::CopyQuantities);
    });
}

/// Three toggles in one frame.
fn panes_ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    let (theme, words) = (cx.theme, cx.words);
    let is_enabled = ui.is_enabled();
    let panes = &cx.desk.panes;
    let toggles = [
        ("chart-bar-horizontal", "command.toggle-timeline", Pane::Timeline, panes.timeline),
        ("chart-line", "command.toggle-chart", Pane::Chart, panes.chart),
        ("article", "command.toggle-source", Pane::Source, panes.source),
    ];
    let (rect, _) = ui.allocate_exact_size(vec2(106.0, BUTTON_PX), Sense::hover());
    ui.painter().rect(rect, CornerRadius::same(4), theme.sheet, Stroke::new(1.0, theme.line), StrokeKind::Inside);
    for (idx, (icon, key, pane, is_on)) in toggles.into_iter().enumerate() {
        let left = rect.left() + 106.0 / 3.0 * idx as f32;
        let cell = Rect::from_min_size(pos2(left, rect.top()), vec2(106.0 / 3.0, BUTTON_PX));
        let response = ui.interact(cell, ui.scope_id().with(key), Sense::click());
        let name = words.get(key);
        response.widget_info(|| WidgetInfo::selected(Role::Button, is_enabled, is_on, name));
        if response.hovered() && is_enabled {
            ui.painter().rect_filled(cell.shrink(1.0), CornerRadius::same(3), theme.paper);
        }
        let ink = match (is_enabled, is_on) {
            (false, _) => super::Theme::off(theme.ink_2),
            (true, true) => theme.ink,
            (true, false) => super::Theme::wash(theme.ink_3, 70),
        };
        let glyph = super::icons::glyph(icon).to_string();
        text_at(ui, cell.center(), Align2::CENTER_CENTER, &glyph, Type::Icon, ink);
        if is_enabled && !is_on {
            // Off has a sign of its own, not only a paler ink.
            let stroke = Stroke::new(1.5, ink);
            let centre = cell.center();
            ui.painter().line_segment([centre + vec2(-7.0, 7.0), centre + vec2(7.0, -7.0)], stroke);
        }
        if idx > 0 {
            ui.painter().vline(cell.left().floor() + 0.5, cell.y_range(), Stroke::new(1.0, theme.line));
        }
        widgets::focus_ring(ui, theme, &response, 3);
        if response.on_hover_text(name).clicked() {
            cx.push(Command::TogglePane(pane));
        }
    }
}
