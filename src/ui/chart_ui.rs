//! The chart pane: its header, and below it the plot, the points or all quantities.

use super::{
    Theme,
    arrangement::{Arrangement, HEADER_PX},
    cx::Cx,
    icons,
    plot_axis::has_log,
    plot_ui::plot_ui,
    points_ui::points_ui,
    quantities_ui::quantities_ui,
    series_menu::{self, series_menu_ui},
    shown::{Shown, shown, unit_and_period},
    tabs::tabs_ui,
    type_scale::Type,
    widgets::menu_row,
    widgets::{
        CHIP_PX, ChipInk, Face, Weight, button, button_sized, chip, elided, focus_ring, row_ui, segments, text_at,
        text_width,
    },
};
use crate::{
    desk::{AxisScale, ChartMeasure, ChartMode, Command, Pane},
    model::Verdict,
    view::chart::{Badge, Chart},
};
use egui::{
    Align, Align2, CornerRadius, Layout, Popup, PopupCloseBehavior, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2,
    vec2,
};

/// A series' name has so much room, or what it needs, before other things in the header.
const MIN_NAME_PX: f32 = 190.0;

/// Draws it into the whole of `ui`.
pub fn chart_ui(ui: &mut Ui, cx: &mut Cx<'_>, arrangement: &Arrangement) {
    let area = ui.max_rect();
    ui.painter().rect_filled(area, CornerRadius::ZERO, cx.theme.sheet);
    let shown = shown(ui, cx);
    let mut header = Rect::from_min_size(area.min, vec2(area.width(), HEADER_PX));
    if tabs_ui(ui, cx, header, Pane::Chart, arrangement).is_some() {
        let y = header.bottom() - 0.5;
        ui.painter().hline(header.x_range(), y, Stroke::new(1.0, cx.theme.hair));
        header = header.translate(vec2(0.0, HEADER_PX));
    }
    let body = Rect::from_min_max(header.left_bottom(), area.max);
    match (cx.desk.chart.mode, shown.charts.first()) {
        (ChartMode::Quantities, _) => quantities_ui(ui, cx, header, body),
        (ChartMode::Points, Some(chart)) => {
            header_ui(ui, cx, header, &shown, chart);
            if let Some(group) = cx.desk.chart.group(cx.corpus) {
                points_ui(ui, cx, body, group);
            }
        }
        (ChartMode::Plot, Some(chart)) => {
            header_ui(ui, cx, header, &shown, chart);
            if shown.charts.iter().all(|chart| chart.points.is_empty()) {
                nothing_ui(ui, cx, body);
            } else {
                plot_ui(ui, cx, body, &shown);
            }
        }
        (_, None) => empty_ui(ui, cx, header.union(body)),
    }
}

/// Series name, unit, scale and measure at the left; claim, link, table, copy at the right.
fn header_ui(ui: &mut Ui, cx: &mut Cx<'_>, header: Rect, shown: &Shown, chart: &Chart) {
    let right = right_ui(ui, cx, header, chart);
    let is_plot = cx.desk.chart.mode == ChartMode::Plot;
    let choices = [cx.words.get("chart.linear"), cx.words.get("chart.log")];
    let has_scale = is_plot && has_log(cx);
    let scale_px =
        if has_scale { choices.iter().map(|text| text_width(ui, text, Type::Body) + 16.0).sum::<f32>() } else { 0.0 };
    let mut measure_px = if is_plot { text_width(ui, measure_name(cx), Type::Body) + 34.0 } else { 0.0 };
    // Series of several units have theirs over each panel.
    let is_one_unit = shown.charts.iter().all(|other| other.unit == chart.unit);
    let mut unit = if is_one_unit { unit_and_period(chart.period, &chart.axis_unit, cx) } else { String::new() };
    let mut unit_px = text_width(ui, &unit, Type::Label);
    // The name comes first: where it has no room the measure is an icon, then the unit goes.
    let wanted = text_width(ui, &chart.name, Type::PaneTitle).min(MIN_NAME_PX) + 18.0;
    let room = |measure_px: f32, unit_px: f32| right - header.left() - 56.0 - scale_px - measure_px - unit_px;
    let has_measure_words = room(measure_px, unit_px) >= wanted;
    if !has_measure_words && is_plot {
        measure_px = CHIP_PX;
    }
    if room(measure_px, unit_px) < wanted {
        (unit, unit_px) = (String::new(), 0.0);
    }
    let room = room(measure_px, unit_px).max(48.0);
    let mut x = name_ui(ui, cx, header, shown, chart, room) + 8.0;
    let middle = header.center().y;
    // The table has the unit in its own head, without the axis' scale.
    if is_plot && !unit.is_empty() && x + unit_px + 8.0 < right - scale_px {
        x = text_at(ui, pos2(x, middle), Align2::LEFT_CENTER, &unit, Type::Label, cx.theme.ink_3).right() + 12.0;
    }
    if !is_plot || x + scale_px >= right {
        return;
    }
    let rect = Rect::from_min_max(pos2(x, header.top()), pos2(right, header.bottom()));
    row_ui(ui, rect, "scale", Layout::left_to_right(Align::Center), |ui| {
        if has_scale {
            let chosen = usize::from(cx.desk.chart.scale == AxisScale::Log);
            let picked = segments(ui, cx.theme, cx.words.get("chart.scale"), &choices, chosen);
            let scale = picked.map(|picked| if picked == 0 { AxisScale::Linear } else { AxisScale::Log });
            cx.commands.extend(scale.map(Command::SetChartScale));
        }
        if ui.available_width() > measure_px + 8.0 {
            measure_menu(ui, cx, has_measure_words);
        }
        left_out_ui(ui, cx, chart);
    });
}

const fn measure_key(measure: ChartMeasure) -> &'static str {
    match measure {
        ChartMeasure::Value => "chart.value",
        ChartMeasure::Index => "chart.index",
        ChartMeasure::Change => "chart.change",
        ChartMeasure::YearChange => "chart.year-change",
    }
}

fn measure_name<'a>(cx: &Cx<'a>) -> &'a str {
    cx.words.get(measure_key(cx.desk.chart.measure))
}

/// Value, index, change; whether the axis begins at zero.
fn measure_menu(ui: &mut Ui, cx: &mut Cx<'_>, has_words: bool) {
    let current = cx.desk.chart.measure;
    let name = measure_name(cx);
    let face = if has_words { Face::words(name).with_caret() } else { Face::icon("chart-line", name) };
    let weight = if has_words { Weight::Secondary } else { Weight::Quiet };
    let is_on = current != ChartMeasure::Value;
    let response = button_sized(ui, cx.theme, face, weight, is_on, CHIP_PX);
    Popup::menu(&response).gap(4.0).width(190.0).show(|ui| {
        for measure in ChartMeasure::ALL {
            if menu_row(ui, cx.theme, cx.words.get(measure_key(measure)), measure == current) {
                cx.push(Command::SetChartMeasure(measure));
            }
        }
        ui.separator();
        if menu_row(ui, cx.theme, cx.words.get("chart.fitted"), cx.desk.chart.is_fitted) {
            cx.push(Command::ToggleFitted);
        }
        if !cx.desk.chart.beside.is_empty() && menu_row(ui, cx.theme, cx.words.get("chart.only-this"), false) {
            cx.push(Command::CompareNone);
        }
    });
}

/// Counts what the plot cannot show: values a logarithm has none of, points without a date.
fn left_out_ui(ui: &mut Ui, cx: &Cx<'_>, chart: &Chart) {
    let mut notes = Vec::new();
    if cx.desk.chart.scale == AxisScale::Log {
        let n_bad = chart.points.iter().filter(|point| point.value <= 0.0).count();
        if n_bad > 0 {
            notes.push(cx.words.fill("chart.not-on-log", &[&n_bad.to_string()]));
        }
    }
    if chart.n_undated > 0 {
        notes.push(cx.words.fill("chart.undated", &[&chart.n_undated.to_string()]));
    }
    for note in notes {
        let width = text_width(ui, &note, Type::Small);
        if ui.available_width() > width + 8.0 {
            let (rect, response) = ui.allocate_exact_size(vec2(width, 16.0), Sense::hover());
            response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &note));
            text_at(ui, rect.left_center(), Align2::LEFT_CENTER, &note, Type::Small, cx.theme.ink_3);
        }
    }
}

/// The series' name; a button with a menu where there are several. Returns its right edge.
fn name_ui(ui: &mut Ui, cx: &mut Cx<'_>, header: Rect, shown: &Shown, chart: &Chart, room: f32) -> f32 {
    let has_menu = cx.corpus.index().groups().len() > 1;
    let caret_px = if has_menu { 18.0 } else { 0.0 };
    let more = match shown.charts.len() {
        0 | 1 => String::new(),
        n => cx.words.fill("chart.more-series", &["", &(n - 1).to_string()]),
    };
    let more_px = text_width(ui, &more, Type::PaneTitle);
    let name = elided(ui, &chart.name, Type::PaneTitle, room - caret_px - more_px) + &more;
    let left = pos2(header.left() + 16.0, header.center().y);
    let words = text_at(ui, left, Align2::LEFT_CENTER, &name, Type::PaneTitle, cx.theme.ink);
    let hit = Rect::from_min_max(
        pos2(words.left() - 4.0, header.top() + 6.0),
        pos2(words.right() + caret_px, header.bottom() - 6.0),
    );
    if !has_menu {
        let response = ui.interact(hit, ui.scope_id().with("series-name"), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Heading, true, &chart.name));
        if name != chart.name {
            response.on_hover_text(&chart.name);
        }
        return words.right();
    }
    let response = ui.interact(hit, ui.scope_id().with("series-menu"), Sense::click());
    let menu_name = format!("{}: {}", cx.words.get("chart.pick"), chart.name);
    response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, &menu_name));
    let ink = if response.hovered() { cx.theme.ink } else { cx.theme.ink_2 };
    let caret = icons::glyph("caret-down").to_string();
    text_at(ui, pos2(words.right() + 10.0, header.center().y), Align2::CENTER_CENTER, &caret, Type::IconSmall, ink);
    focus_ring(ui, cx.theme, &response, 4);
    let menu = Popup::menu(&response).gap(2.0).close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    let shown = menu.show(|ui| series_menu_ui(ui, cx));
    if shown.is_none() {
        series_menu::forget(ui);
    }
    cx.commands.extend(shown.and_then(|shown| shown.inner));
    hit.right()
}

/// The buttons at the right end; returns the left edge of them all.
fn right_ui(ui: &mut Ui, cx: &mut Cx<'_>, header: Rect, chart: &Chart) -> f32 {
    let words = cx.words;
    let rect = Rect::from_min_max(header.min, header.max - vec2(8.0, 0.0));
    row_ui(ui, rect, "right", Layout::right_to_left(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        let mode = cx.desk.chart.mode;
        if button(ui, cx.theme, Face::icon("copy", words.get("chart.copy")), Weight::Quiet, false).clicked() {
            cx.push(Command::CopyPoints);
        }
        let (name, next) = match mode {
            ChartMode::Points => (words.get("chart.back"), ChartMode::Plot),
            _ => (words.get("chart.table"), ChartMode::Points),
        };
        if button(ui, cx.theme, Face::icon("table", name), Weight::Quiet, mode == ChartMode::Points).clicked() {
            cx.push(Command::SetChartMode(next));
        }
        let is_linked = cx.desk.chart.is_linked;
        if mode == ChartMode::Plot && header.width() >= 480.0 {
            let name = words.get(if is_linked { "chart.unlink" } else { "chart.link" });
            let icon = if is_linked { "link" } else { "link-break" };
            if button(ui, cx.theme, Face::icon(icon, name), Weight::Quiet, is_linked).clicked() {
                cx.push(Command::ToggleChartLink);
            }
        }
        if header.width() >= 560.0 {
            if let Some(badge) = chart.badges.first() {
                ui.add_space(8.0);
                badge_ui(ui, cx, badge);
            }
            ui.add_space(8.0);
        }
        ui.min_rect().left()
    })
}

/// The claim's chip: colour, sign and words say the outcome.
fn badge_ui(ui: &mut Ui, cx: &mut Cx<'_>, badge: &Badge) {
    let theme: &Theme = cx.theme;
    let (icon, colours) = match badge.verdict {
        Verdict::Consistent => ("check-circle", ChipInk { ground: theme.ok_soft, ink: theme.ok }),
        Verdict::Inconsistent => ("not-equals", ChipInk { ground: theme.error_soft, ink: theme.error }),
        Verdict::Unverifiable => ("question", ChipInk { ground: theme.panel, ink: theme.ink_3 }),
    };
    if chip(ui, theme, Some(icon), &badge.text, colours).clicked() {
        cx.push(Command::Select(badge.mark));
    }
}

/// What is said where a measure leaves no point; axes about nothing would be made up.
fn nothing_ui(ui: &Ui, cx: &Cx<'_>, body: Rect) {
    let sentence = cx.words.fill("chart.nothing-measured", &[measure_name(cx)]);
    let response = ui.interact(body, ui.scope_id().with("nothing"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &sentence));
    text_at(ui, body.center(), Align2::CENTER_CENTER, &sentence, Type::Body, cx.theme.ink_2);
}

/// No series: a sentence, and the way to the numbers that there are.
fn empty_ui(ui: &mut Ui, cx: &mut Cx<'_>, area: Rect) {
    let n = cx.corpus.index().total().quantities;
    let is_joining = !cx.corpus.index().has_groups();
    let sentence = cx.words.get(match n {
        _ if is_joining => "chart.joining",
        0 => "chart.empty-none",
        _ => "chart.empty",
    });
    let title = pos2(area.left() + 16.0, area.top() + HEADER_PX / 2.0);
    text_at(ui, title, Align2::LEFT_CENTER, cx.words.get("chart.name"), Type::PaneTitle, cx.theme.ink);
    let galley =
        ui.painter().layout(sentence.to_owned(), Type::Body.font(), cx.theme.ink_2, (area.width() - 32.0).min(420.0));
    let at = pos2(area.center().x - galley.size().x / 2.0, area.center().y - galley.size().y - 4.0).round();
    let response = ui.interact(Rect::from_min_size(at, galley.size()), ui.scope_id().with("empty"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, sentence));
    ui.painter().galley(at, galley, cx.theme.ink_2);
    if n == 0 {
        return;
    }
    let label = cx.words.fill("chart.see-quantities", &[&n.to_string()]);
    let width = text_width(ui, &label, Type::Body) + 48.0;
    let rect = Rect::from_center_size(pos2(area.center().x, area.center().y + 26.0), vec2(width, 28.0));
    let clicked = row_ui(ui, rect, "see-quantities", Layout::left_to_right(Align::Center), |ui| {
        button(ui, cx.theme, Face::labelled("hash", &label), Weight::Secondary, false).clicked()
    });
    if clicked {
        cx.push(Command::SetChartMode(ChartMode::Quantities));
    }
}
