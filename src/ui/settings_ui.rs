//! Settings: looks, language, text. Changes act at once; there is no OK button.

use super::{
    cx::Cx,
    popover::{middle, popover, setting_ui, title_ui},
    type_scale::Type,
    undated_ui::undated_ui,
    widgets::menu_row,
    widgets::{self, Face, Weight, button, text_at},
};
use crate::{
    desk::{CalendarStyle, Command, FoldChoice, Lang, NumberStyle, Overlay, ThemeChoice, WeekStart, YearStyle},
    edtf::Zone,
};
use egui::{Align2, Popup, ScrollArea, Sense, Stroke, Ui, vec2};

/// Draws it.
pub fn settings_ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    let place = middle(ui.max_rect(), 560.0);
    let room_px = ui.max_rect().bottom() - place.at.y - 88.0;
    popover(ui, cx, Overlay::Settings, place, |ui, cx| {
        let words = cx.words;
        title_ui(ui, cx, words.get("command.settings"));
        // In a low window, as at a large interface size, they scroll.
        ScrollArea::vertical().max_height(room_px).min_scrolled_height(room_px).show(ui, |ui| settings(ui, cx));
    });
}

fn settings(ui: &mut Ui, cx: &mut Cx<'_>) {
    let words = cx.words;
    heading_ui(ui, cx, "settings.looks");
    theme_ui(ui, cx);
    size_ui(
        ui,
        cx,
        ("settings.interface", &format!("{} %", cx.desk.settings.ui_scale_percent)),
        (Command::SmallerInterface, Command::LargerInterface),
    );
    let reading = cx.desk.settings.reading_size_px;
    size_ui(
        ui,
        cx,
        ("settings.reading", &reading.to_string()),
        (Command::SetReadingSize(reading.saturating_sub(1)), Command::SetReadingSize(reading + 1)),
    );
    either_ui(
        ui,
        cx,
        "settings.contrast",
        ["settings.contrast-plain", "settings.contrast-high"],
        cx.desk.settings.has_high_contrast,
        Command::SetHighContrast,
    );
    either_ui(
        ui,
        cx,
        "settings.motion",
        ["settings.motion-on", "settings.motion-off"],
        cx.desk.settings.has_less_motion,
        Command::SetLessMotion,
    );
    heading_ui(ui, cx, "settings.language");
    setting_ui(ui, cx, "settings.interface-language", |ui, cx| {
        let chosen = usize::from(cx.desk.settings.lang == Lang::En);
        let name = cx.words.get("settings.interface-language");
        if let Some(idx) = widgets::segments(ui, cx.theme, name, &["中文", "English"], chosen) {
            cx.push(Command::SetLang(if idx == 0 { Lang::Zh } else { Lang::En }));
        }
    });
    let is_other = cx.desk.settings.word_style.numbers == NumberStyle::Other;
    either_ui(ui, cx, "settings.numbers", ["settings.numbers-own", "settings.numbers-other"], is_other, |is_other| {
        Command::SetNumberStyle(if is_other { NumberStyle::Other } else { NumberStyle::Own })
    });
    let is_signed = cx.desk.settings.word_style.years == YearStyle::Signed;
    either_ui(ui, cx, "settings.years", ["settings.years-words", "settings.years-signed"], is_signed, |is_signed| {
        Command::SetYearStyle(if is_signed { YearStyle::Signed } else { YearStyle::Words })
    });
    heading_ui(ui, cx, "settings.time");
    fold_ui(ui, cx);
    undated_ui(ui, cx);
    week_ui(ui, cx);
    calendar_ui(ui, cx);
    zone_ui(ui, cx);
    heading_ui(ui, cx, "settings.more");
    ui.horizontal(|ui| {
        ui.add_space(8.0);
        for (icon, key, overlay) in
            [("question", "command.shortcuts", Overlay::Shortcuts), ("info", "command.about", Overlay::About)]
        {
            if button(ui, cx.theme, Face::labelled(icon, words.get(key)), Weight::Secondary, false).clicked() {
                cx.push(Command::Open(overlay));
            }
        }
    });
    ui.add_space(6.0);
}

/// A choice between two; `command` gets whether it is the second.
fn either_ui(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    key: &str,
    names: [&str; 2],
    is_second: bool,
    command: impl FnOnce(bool) -> Command,
) {
    setting_ui(ui, cx, key, |ui, cx| {
        let names = names.map(|key| cx.words.get(key));
        if let Some(idx) = widgets::segments(ui, cx.theme, cx.words.get(key), &names, usize::from(is_second)) {
            cx.push(command(idx == 1));
        }
    });
}

fn theme_ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    setting_ui(ui, cx, "settings.theme", |ui, cx| {
        let choices = [ThemeChoice::System, ThemeChoice::Light, ThemeChoice::Dark];
        let names = ["settings.system", "settings.light", "settings.dark"].map(|key| cx.words.get(key));
        let chosen = choices.iter().position(|choice| *choice == cx.desk.settings.theme).unwrap_or(0);
        let clicked = widgets::segments(ui, cx.theme, cx.words.get("settings.theme"), &names, chosen);
        if let Some(choice) = clicked.and_then(|idx| choices.get(idx)) {
            cx.push(Command::SetTheme(*choice));
        }
    });
}

fn fold_ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    setting_ui(ui, cx, "settings.fold", |ui, cx| {
        let choices = [FoldChoice::Auto, FoldChoice::Folded, FoldChoice::Continuous];
        let names = ["settings.fold-auto", "settings.fold-always", "settings.fold-never"].map(|key| cx.words.get(key));
        let chosen = choices.iter().position(|choice| *choice == cx.desk.timeline.fold).unwrap_or(0);
        let clicked = widgets::segments(ui, cx.theme, cx.words.get("settings.fold"), &names, chosen);
        if let Some(choice) = clicked.and_then(|idx| choices.get(idx)) {
            cx.push(Command::SetFold(*choice));
        }
    });
}

fn week_ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    setting_ui(ui, cx, "settings.week", |ui, cx| {
        let day = |week: &WeekStart| format!("date.weekday-{}", week.days_from_monday() + 1);
        let days = WeekStart::ALL.each_ref().map(day);
        let names = days.each_ref().map(|key| cx.words.get(key));
        let chosen = WeekStart::ALL.iter().position(|week| *week == cx.desk.settings.time_style.week).unwrap_or(0);
        let clicked = widgets::segments(ui, cx.theme, cx.words.get("settings.week"), &names, chosen);
        if let Some(week) = clicked.and_then(|idx| WeekStart::ALL.get(idx)) {
            cx.push(Command::SetWeekStart(*week));
        }
    });
}

fn calendar_ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    setting_ui(ui, cx, "settings.calendar", |ui, cx| {
        let names = [
            "settings.calendar-gregorian",
            "settings.calendar-lunar",
            "settings.calendar-eras",
            "settings.calendar-both",
        ]
        .map(|key| cx.words.get(key));
        let chosen =
            CalendarStyle::ALL.iter().position(|style| *style == cx.desk.settings.time_style.calendar).unwrap_or(0);
        let clicked = widgets::segments(ui, cx.theme, cx.words.get("settings.calendar"), &names, chosen);
        if let Some(style) = clicked.and_then(|idx| CalendarStyle::ALL.get(idx)) {
            cx.push(Command::SetCalendar(*style));
        }
    });
}

/// As stated, or one of the known clocks: a menu, for there are many.
fn zone_ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    setting_ui(ui, cx, "settings.zone", |ui, cx| {
        let words = cx.words;
        let name = |zone: &Zone| words.find(&format!("zone.{}", zone.id)).unwrap_or(&zone.id).to_owned();
        let chosen = cx.desk.settings.time_style.zone.as_deref().and_then(Zone::of);
        let shown = chosen.map_or_else(|| words.get("settings.zone-stated").to_owned(), name);
        let face = Face::labelled("globe", &shown).with_caret();
        let response = button(ui, cx.theme, face, Weight::Secondary, false);
        Popup::menu(&response).gap(4.0).width(190.0).show(|ui| {
            if menu_row(ui, cx.theme, words.get("settings.zone-stated"), chosen.is_none()) {
                cx.push(Command::SetZone(None));
            }
            for zone in Zone::all() {
                if menu_row(ui, cx.theme, &name(zone), chosen == Some(zone)) {
                    cx.push(Command::SetZone(Some(zone.id.clone())));
                }
            }
        });
        response.on_hover_text(words.get("settings.zone-tooltip"));
    });
}

fn heading_ui(ui: &mut Ui, cx: &Cx<'_>, key: &str) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 30.0), Sense::hover());
    let line = Stroke::new(1.0, cx.theme.hair);
    ui.painter().hline(rect.x_range(), rect.top().floor() + 0.5, line);
    let at = rect.left_center() + vec2(8.0, 2.0);
    text_at(ui, at, Align2::LEFT_CENTER, cx.words.get(key), Type::LabelBold, cx.theme.ink_3);
}

/// Smaller, the value, larger.
fn size_ui(ui: &mut Ui, cx: &mut Cx<'_>, (key, value): (&str, &str), (less, more): (Command, Command)) {
    setting_ui(ui, cx, key, |ui, cx| {
        let name = cx.words.get(key);
        let smaller = cx.words.fill("settings.smaller", &[name]);
        if button(ui, cx.theme, Face::icon("minus", &smaller), Weight::Secondary, false).clicked() {
            cx.push(less);
        }
        let (rect, _) = ui.allocate_exact_size(vec2(56.0, 28.0), Sense::hover());
        text_at(ui, rect.center(), Align2::CENTER_CENTER, value, Type::Body, cx.theme.ink);
        let larger = cx.words.fill("settings.larger", &[name]);
        if button(ui, cx.theme, Face::icon("plus", &larger), Weight::Secondary, false).clicked() {
            cx.push(more);
        }
    });
}
