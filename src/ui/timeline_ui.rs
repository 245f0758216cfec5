//! The timeline pane: header, and below it the axis with its lanes or the list.

use super::{
    Theme,
    arrangement::{Arrangement, HEADER_PX},
    cx::Cx,
    lanes_ui, list_ui,
    scene::IS_DENSE,
    tabs::tabs_ui,
    timeline_kept::timeline,
    type_scale::Type,
    widgets::{self, ChipInk, Face, Weight, menu_row},
};
use crate::{
    desk::{Command, Desk, FoldChoice, Grouping, Overlay, Pane, Sight, TimelineMode},
    view::{
        filter_words, grouping,
        no_events::{NoEvents, no_events},
        timeline::Timeline,
    },
};
use egui::{
    Align, Align2, CornerRadius, Id, Layout, Popup, Rect, Response, Role, Sense, Stroke, Ui, UiBuilder, WidgetInfo,
    pos2, vec2,
};

/// A narrower pane shows the list unless the user chose.
const AXIS_FROM_PX: f32 = 520.0;
/// A narrower header shows icons without words.
const WORDS_FROM_PX: f32 = 600.0;
/// A narrower header shows icons without words where filters are in force.
const WORDS_BESIDE_CHIPS_FROM_PX: f32 = 900.0;
/// Width of the buttons at the right of the header, with the blank before them.
const ZOOM_BUTTONS_PX: f32 = 92.0;

/// Draws it into the whole of `ui`.
pub fn timeline_ui(ui: &mut Ui, cx: &mut Cx<'_>, arrangement: &Arrangement) {
    let rect = ui.max_rect();
    ui.painter().rect_filled(rect, CornerRadius::ZERO, cx.theme.sheet);
    let timeline = timeline(ui, cx);
    let header = Rect::from_min_size(rect.min, vec2(rect.width(), HEADER_PX));
    let body = Rect::from_min_max(header.left_bottom(), rect.max);
    let mode = mode(cx.desk, rect.width());
    cx.see(Sight::List(mode == TimelineMode::List));
    ui.scope_builder(UiBuilder::new().max_rect(header).id_salt("header"), |ui| {
        header_ui(ui, cx, &timeline, mode, arrangement)
    });
    if timeline.is_empty() {
        empty_ui(ui, cx, body);
        return;
    }
    ui.scope_builder(UiBuilder::new().max_rect(body).id_salt("body"), |ui| match mode {
        TimelineMode::Axis => lanes_ui::axis_ui(ui, cx, &timeline, body),
        TimelineMode::List => list_ui::list_ui(ui, cx, &timeline, body),
    });
}

/// Axis or list: as the user chose, else by the width of the pane.
fn mode(desk: &Desk, width_px: f32) -> TimelineMode {
    let by_width = if width_px < AXIS_FROM_PX + 80.0 { TimelineMode::List } else { TimelineMode::Axis };
    desk.timeline.mode.unwrap_or(by_width)
}

/// One line of words in a row of controls.
fn word(ui: &mut Ui, text: &str, kind: Type, colour: egui::Color32) -> Response {
    let width = widgets::text_width(ui, text, kind);
    let (rect, response) = ui.allocate_exact_size(vec2(width, 26.0), Sense::hover());
    widgets::text_at(ui, pos2(rect.left(), rect.center().y), Align2::LEFT_CENTER, text, kind, colour);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
    response
}

fn header_ui(ui: &mut Ui, cx: &mut Cx<'_>, timeline: &Timeline, mode: TimelineMode, arrangement: &Arrangement) {
    let rect = ui.max_rect();
    let tabs_end = tabs_ui(ui, cx, rect, Pane::Timeline, arrangement);
    let has_words = rect.width() >= WORDS_FROM_PX;
    let inside =
        Rect::from_min_max(pos2(tabs_end.unwrap_or(rect.left() + 16.0), rect.top()), rect.max - vec2(8.0, 0.0));
    let left = UiBuilder::new().max_rect(inside).layout(Layout::left_to_right(Align::Center)).id_salt("left");
    let right = UiBuilder::new().max_rect(inside).layout(Layout::right_to_left(Align::Center)).id_salt("right");
    let left = ui.scope_builder(left, |ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        if tabs_end.is_none() {
            word(ui, cx.words.get("timeline.title"), Type::PaneTitle, cx.theme.ink);
        }
        word(ui, &count_words(cx, timeline), Type::Small, cx.theme.ink_3);
        ui.add_space(8.0);
        let choices = [cx.words.get("timeline.axis"), cx.words.get("timeline.list")];
        let chosen = usize::from(mode == TimelineMode::List);
        match widgets::segments(ui, cx.theme, cx.words.get("timeline.mode"), &choices, chosen) {
            Some(0) => cx.push(Command::SetTimelineMode(TimelineMode::Axis)),
            Some(_) => cx.push(Command::SetTimelineMode(TimelineMode::List)),
            None => {}
        }
        if has_words {
            // Filters in force need the room that words on buttons take.
            let room_px = inside.right() - ZOOM_BUTTONS_PX - ui.cursor().left();
            let is_tight =
                cx.desk.is_filtered() && rect.width() < WORDS_BESIDE_CHIPS_FROM_PX || menus_px(ui, cx) > room_px;
            grouping_menu(ui, cx, !is_tight);
            fold_menu(ui, cx, !is_tight);
            filter_menu(ui, cx, has_words);
            filter_chips(ui, cx, inside.right() - ZOOM_BUTTONS_PX);
        }
        ui.min_rect().right()
    });
    ui.scope_builder(right, |ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        if has_words {
            for (icon, key, command) in [
                ("corners-out", "command.zoom-to-fit", Command::ZoomToFit),
                ("plus", "command.zoom-in", Command::ZoomIn),
                ("minus", "command.zoom-out", Command::ZoomOut),
            ] {
                let face = Face::icon(icon, cx.words.get(key));
                if widgets::button(ui, cx.theme, face, Weight::Quiet, false).clicked() {
                    cx.push(command);
                }
            }
            height_ui(ui, cx, mode, left.inner);
        } else {
            grouping_menu(ui, cx, has_words);
            filter_menu(ui, cx, has_words);
        }
    });
}

/// Whether lanes of density share one scale: said, and changed by a click, where there is room behind `left_end`.
fn height_ui(ui: &mut Ui, cx: &mut Cx<'_>, mode: TimelineMode, left_end: f32) {
    let is_dense = ui.data(|data| data.get_temp::<bool>(Id::unique(IS_DENSE))).unwrap_or(false);
    if mode != TimelineMode::Axis || !is_dense || ui.max_rect().width() < 780.0 || cx.desk.is_filtered() {
        return;
    }
    let key = if cx.desk.timeline.has_same_height { "timeline.same-height" } else { "timeline.own-height" };
    let text = cx.words.get(key);
    let width = widgets::text_width(ui, text, Type::Small);
    if ui.min_rect().left() - 6.0 - width < left_end + 8.0 {
        return;
    }
    ui.add_space(6.0);
    let (rect, response) = ui.allocate_exact_size(vec2(width, 26.0), Sense::click());
    let ink = if response.hovered() { cx.theme.ink } else { cx.theme.ink_3 };
    widgets::text_at(ui, pos2(rect.left(), rect.center().y), Align2::LEFT_CENTER, text, Type::Small, ink);
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, cx.desk.timeline.has_same_height, text));
    widgets::focus_ring(ui, cx.theme, &response, 2);
    if response.clicked() {
        cx.push(Command::ToggleSameHeight);
    }
}

/// 20 个事件, or how many of them are in view.
fn count_words(cx: &Cx<'_>, timeline: &Timeline) -> String {
    let all = timeline.len();
    let n = cx.desk.timeline.window.map_or(all, |window| timeline.count(window.start, window.end));
    let [n, all] = [n, all].map(super::toolbar_ui::grouped);
    if n == all {
        cx.words.fill("timeline.n-events", &[&all])
    } else {
        cx.words.fill("timeline.n-in-view", &[&n, &all])
    }
}

const fn grouping_key(grouping: Grouping) -> &'static str {
    match grouping {
        Grouping::Article | Grouping::Auto => "timeline.by-article",
        Grouping::Kind => "timeline.by-kind",
        Grouping::Tag => "timeline.by-tag",
        Grouping::Place => "timeline.by-place",
        Grouping::Document => "timeline.by-document",
        Grouping::None => "timeline.by-none",
    }
}

/// A button of the header: 26 high, its words only where there is room.
fn menu_button(ui: &mut Ui, theme: &Theme, icon: &str, text: &str, has_words: bool) -> Response {
    let face = if has_words { Face::labelled(icon, text) } else { Face::icon(icon, text) };
    let face = if has_words { face.with_caret() } else { face };
    let weight = if has_words { Weight::Secondary } else { Weight::Quiet };
    widgets::button_sized(ui, theme, face, weight, false, widgets::CHIP_PX)
}

/// The width of the three menus with their words.
fn menus_px(ui: &Ui, cx: &Cx<'_>) -> f32 {
    let grouping = cx.words.get(grouping_key(grouping::in_force(cx.corpus, cx.desk)));
    let fold = cx.words.get(fold_key(cx));
    let menus = [
        Face::labelled("rows", grouping).with_caret(),
        Face::labelled("scissors", fold).with_caret(),
        Face::labelled("funnel-simple", cx.words.get("timeline.filter")),
    ];
    let widths = menus.iter().map(|face| widgets::button_width(ui, face, widgets::CHIP_PX));
    widths.sum::<f32>() + 2.0 * ui.spacing().item_spacing.x
}

const fn fold_key(cx: &Cx<'_>) -> &'static str {
    if cx.desk.seen.is_folded { "timeline.folded" } else { "timeline.continuous" }
}

fn grouping_menu(ui: &mut Ui, cx: &mut Cx<'_>, has_words: bool) {
    let current = grouping::in_force(cx.corpus, cx.desk);
    let response = menu_button(ui, cx.theme, "rows", cx.words.get(grouping_key(current)), has_words);
    Popup::menu(&response).gap(4.0).width(150.0).show(|ui| {
        for grouping in Grouping::ALL {
            if menu_row(ui, cx.theme, cx.words.get(grouping_key(grouping)), grouping == current) {
                cx.push(Command::SetGrouping(grouping));
            }
        }
    });
}

fn fold_menu(ui: &mut Ui, cx: &mut Cx<'_>, has_words: bool) {
    let response = menu_button(ui, cx.theme, "scissors", cx.words.get(fold_key(cx)), has_words);
    let current = cx.desk.timeline.fold;
    Popup::menu(&response).gap(4.0).width(150.0).show(|ui| {
        for (choice, key) in [
            (FoldChoice::Auto, "timeline.fold-auto"),
            (FoldChoice::Folded, "timeline.folded"),
            (FoldChoice::Continuous, "timeline.continuous"),
        ] {
            if menu_row(ui, cx.theme, cx.words.get(key), choice == current) {
                cx.push(Command::SetFold(choice));
            }
        }
    });
}

/// How many places the filter menu offers; the sidebar has all.
const MAX_MENU_PLACES: usize = 12;

fn filter_menu(ui: &mut Ui, cx: &mut Cx<'_>, has_words: bool) {
    let text = cx.words.get("timeline.filter");
    let face = if has_words { Face::labelled("funnel-simple", text) } else { Face::icon("funnel-simple", text) };
    let weight = if has_words { Weight::Secondary } else { Weight::Quiet };
    let is_on = cx.desk.is_filtered();
    let response = widgets::button_sized(ui, cx.theme, face, weight, is_on, widgets::CHIP_PX);
    Popup::menu(&response).gap(4.0).width(170.0).close_behavior(egui::PopupCloseBehavior::CloseOnClickOutside).show(
        |ui| {
            let places = places(cx);
            if places.is_empty() {
                ui.label(cx.words.get("timeline.filter-none"));
            }
            for (place, n) in places {
                let is_on = cx.desk.places.contains(&place);
                if menu_row(ui, cx.theme, &format!("{place}  {n}"), is_on) {
                    cx.push(Command::TogglePlace(place));
                }
            }
            if is_on && menu_row(ui, cx.theme, cx.words.get("timeline.clear"), false) {
                cx.push(Command::ClearFilters);
            }
        },
    );
}

/// The most frequent places with their number of events.
fn places(cx: &Cx<'_>) -> Vec<(String, usize)> {
    let names = cx.corpus.index().names();
    let most = names.by_count().into_iter().take(MAX_MENU_PLACES);
    most.filter_map(|(id, n)| Some((names.get(id)?.to_owned(), n))).collect()
}

/// So many filters at most have a chip of their own.
const MAX_CHIPS: usize = 3;
/// The words of a chip are cut to this width.
const MAX_CHIP_PX: f32 = 200.0;
/// Blank of a chip beside its words, and between it and the next.
const CHIP_BLANK_PX: f32 = 28.0;
/// Room for the chip that counts the others.
const MORE_PX: f32 = 44.0;

/// What is filtered by, each with a cross, as far as there is room up to `right`; the others fold into one.
fn filter_chips(ui: &mut Ui, cx: &mut Cx<'_>, right: f32) {
    let colours = ChipInk { ground: cx.theme.time_soft, ink: cx.theme.time };
    let chips = chips(cx);
    let mut n_left = chips.len();
    for (text, command) in chips.into_iter().take(MAX_CHIPS) {
        let rest = if n_left > 1 { MORE_PX } else { 0.0 };
        let room = right - ui.cursor().left() - rest - CHIP_BLANK_PX;
        if room < 24.0 {
            break;
        }
        n_left -= 1;
        let cross_px = widgets::text_width(ui, " ×", Type::Label);
        let shown = widgets::elided(ui, &text, Type::Label, (room - cross_px).min(MAX_CHIP_PX));
        let response = widgets::chip(ui, cx.theme, None, &format!("{shown} ×"), colours);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{text} ×")));
        let response = if shown == text { response } else { response.on_hover_text(&text) };
        if response.clicked() {
            cx.push(command);
        }
    }
    if n_left > 0 && widgets::chip(ui, cx.theme, None, &format!("＋{n_left}"), colours).clicked() {
        cx.push(Command::ClearFilters);
    }
}

/// Everything in force, in words, with the command that lifts it.
fn chips(cx: &Cx<'_>) -> Vec<(String, Command)> {
    let parts = filter_words::parts(&cx.desk.places, &cx.desk.facets, &|doc| cx.corpus.entries.get(doc));
    parts.into_iter().map(|(part, command)| (part.words(cx.words), command)).collect()
}

/// What stands where there is nothing to show, with a way out where a filter hides everything.
fn empty_ui(ui: &mut Ui, cx: &mut Cx<'_>, rect: Rect) {
    let reason = if cx.desk.is_filtered() { None } else { no_events(cx.corpus) };
    let (words, way_out) = match reason {
        _ if cx.desk.is_filtered() => {
            (cx.words.get("timeline.no-match").to_owned(), Some(("timeline.drop-filter", Command::ClearFilters)))
        }
        Some(NoEvents::NoWritingDate { example }) => {
            let way_out = ("timeline.give-writing-date", Command::Open(Overlay::WritingDate));
            (cx.words.fill("timeline.empty-undated", &[&example]), Some(way_out))
        }
        Some(NoEvents::NoDates) => (cx.words.get("timeline.empty-no-dates").to_owned(), None),
        Some(NoEvents::NothingTold) | None => (cx.words.get("timeline.empty").to_owned(), None),
    };
    let line = Stroke::new(1.0, cx.theme.hair);
    ui.painter().hline(rect.x_range(), rect.top() + 0.5, line);
    let at = rect.center() - vec2(0.0, 20.0);
    let covered = widgets::text_at(ui, at, Align2::CENTER_CENTER, &words, Type::Body, cx.theme.ink_2);
    if let Some((name, command)) = way_out {
        let button = Rect::from_center_size(pos2(rect.center().x, covered.bottom() + 26.0), vec2(200.0, 28.0));
        let builder = UiBuilder::new().max_rect(button).layout(Layout::top_down(Align::Center));
        ui.scope_builder(builder, |ui| {
            let face = Face::words(cx.words.get(name));
            if widgets::button(ui, cx.theme, face, Weight::Secondary, false).clicked() {
                cx.push(command);
            }
        });
    }
    if let Some(window) = cx.desk.timeline.nudge.map(|_| cx.desk.timeline.window) {
        cx.push(Command::SetTimeWindow(window));
    }
}
