//! The sidebar: documents, series, places, exactness.

use super::{
    cx::Cx,
    glyphs, icons,
    kept::{corpus_key, kept},
    rows::rows_ui,
    shown::unit_and_period,
    type_scale::Type,
    widgets::{self, text_at},
};
use crate::{
    desk::{ChartMode, Command, Overlay, Pane, SeriesChoice},
    view::{
        grouping, names, number,
        sidebar::{PeriodRows, SeriesRow, SidebarModel, TreeRow},
        value_text,
    },
};
use egui::{
    Align2, Color32, CornerRadius, Id, Rangef, Rect, Response, Role, Sense, Shape, Stroke, StrokeKind, Ui, WidgetInfo,
    pos2, vec2,
};
use std::{collections::BTreeSet, sync::Arc};

/// Height of a row of the tree.
const TREE_ROW_PX: f32 = 26.0;
/// Height of a row of a facet.
const FACET_ROW_PX: f32 = 24.0;
/// The tree of a collection shows so many rows at once.
const MAX_TREE_ROWS: usize = 12;
/// So many files that could not be read are named here; the list of warnings has all.
const MAX_FAILURES: usize = 12;
/// So near to the edge the splitter is taken, not the row.
const GRAB_PX: f32 = 5.0;
/// Left inset.
const INSET_PX: f32 = 15.0;
/// Right edges of the two columns of counts, from the right.
const COLUMNS_PX: [f32; 2] = [36.0, 13.0];

/// Draws it into the whole of `ui`.
pub fn sidebar_ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    let whole = ui.max_rect();
    ui.painter().rect_filled(whole, CornerRadius::ZERO, cx.theme.panel);
    let model = model(ui, cx);
    egui::ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
        ui.add_space(8.0);
        documents_ui(ui, cx, &model);
        if model.years.is_empty() {
            series_ui(ui, cx, &model);
        }
        places_ui(ui, cx, &model);
        tags_ui(ui, cx, &model);
        exactness_ui(ui, cx, &model);
        kinds_ui(ui, cx, &model);
        // Of a collection one asks where and how sure first; its measures are many.
        if !model.years.is_empty() {
            series_ui(ui, cx, &model);
        }
        ui.add_space(16.0);
    });
}

/// What is listed, kept as long as corpus and language stay.
fn model(ui: &Ui, cx: &Cx<'_>) -> Arc<SidebarModel> {
    kept(ui, Id::unique("sidebar model"), corpus_key(cx, ()), |_| SidebarModel::new(cx.corpus, cx.words))
}

/// A row across the sidebar; `None` where it is scrolled out of view.
fn row(ui: &mut Ui, height_px: f32, sense: Sense) -> Option<(Rect, Response)> {
    let (id, rect) = ui.allocate_space(vec2(ui.available_width(), height_px));
    // The last pixels belong to the splitter.
    let reach = Rect::from_min_max(rect.min, rect.max - vec2(GRAB_PX, 0.0));
    ui.is_rect_visible(rect).then(|| (rect, ui.interact(reach, id, sense)))
}

fn heading_ui(ui: &mut Ui, cx: &Cx<'_>, key: &str, count: Option<usize>) -> Option<Rect> {
    let (rect, _) = row(ui, 28.0, Sense::hover())?;
    let at = pos2(rect.left() + INSET_PX, rect.center().y);
    text_at(ui, at, Align2::LEFT_CENTER, cx.words.get(key), Type::LabelBold, cx.theme.ink_3);
    if let Some(count) = count {
        count_at(ui, rect, 1, count, Type::Label, cx.theme.ink_3, cx);
    }
    Some(rect)
}

/// Paints a count into its column; returns its left edge.
fn count_at(ui: &Ui, rect: Rect, column: usize, count: usize, kind: Type, ink: Color32, cx: &Cx<'_>) -> f32 {
    let x = rect.right() - COLUMNS_PX.get(column).copied().unwrap_or(0.0);
    let text = number::counted(count, cx.words);
    text_at(ui, pos2(x, rect.center().y), Align2::RIGHT_CENTER, &text, kind, ink).left()
}

fn documents_ui(ui: &mut Ui, cx: &mut Cx<'_>, model: &SidebarModel) {
    if let Some(rect) = heading_ui(ui, cx, "sidebar.documents", None) {
        let is_collection = !model.years.is_empty();
        let columns = [(0, "clock", cx.theme.time), (1, "hash", cx.theme.number)];
        for (column, icon, ink) in columns.into_iter().filter(|_| !is_collection) {
            let at = pos2(rect.right() - COLUMNS_PX[column], rect.center().y);
            text_at(ui, at, Align2::RIGHT_CENTER, &icons::glyph(icon).to_string(), Type::IconSmall, ink);
        }
    }
    let toggled_id = Id::unique("toggled documents");
    let mut toggled: BTreeSet<usize> = ui.data(|data| data.get_temp(toggled_id)).unwrap_or_default();
    for (doc, rows) in model.documents.iter().enumerate() {
        let opens_by_itself = doc == cx.desk.source.doc;
        let is_open = opens_by_itself != toggled.contains(&doc);
        if document_row_ui(ui, cx, doc, &rows.row, is_open) && !toggled.remove(&doc) {
            toggled.insert(doc);
        }
        if is_open {
            for (article, row) in rows.articles.iter().enumerate() {
                article_row_ui(ui, cx, (doc, article), row);
            }
        }
    }
    years_ui(ui, cx, model);
    for (path, reason) in cx.shell.failures.iter().take(MAX_FAILURES) {
        failure_row_ui(ui, cx, path, reason);
    }
    ui.data_mut(|data| data.insert_temp(toggled_id, toggled));
}

/// A line of the tree of a collection.
enum Line<'a> {
    Period(&'a PeriodRows, f32, bool),
    Document(usize),
}

/// The documents of a collection: years, months, documents; the tree scrolls by itself, be it ever so long.
fn years_ui(ui: &mut Ui, cx: &mut Cx<'_>, model: &SidebarModel) {
    if model.years.is_empty() {
        return;
    }
    let id = Id::unique("open periods");
    let mut open: BTreeSet<i32> = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    let is_dark = ui.data(|data| data.get_temp::<BTreeSet<i32>>(id)).is_none();
    // One year alone needs no opening.
    if is_dark && let [only] = model.years.as_slice() {
        open.insert(only.key);
    }
    // (lines before it, the period, how deep): documents are counted, not listed.
    let mut lines: Vec<(usize, &PeriodRows, f32)> = Vec::new();
    let mut n_lines = 0;
    let mut put = |period, depth: f32, open: &BTreeSet<i32>| {
        lines.push((n_lines, period, depth));
        let period: &PeriodRows = period;
        n_lines += 1 + if open.contains(&period.key) { period.docs.len() } else { 0 };
    };
    for year in &model.years {
        put(year, 0.0, &open);
        if open.contains(&year.key) {
            year.months.iter().for_each(|month| put(month, 14.0, &open));
        }
    }
    let n_shown = n_lines.min(MAX_TREE_ROWS);
    let size = vec2(ui.available_width(), n_shown as f32 * TREE_ROW_PX);
    let (area, _) = ui.allocate_exact_size(size, Sense::hover());
    let written = cx.corpus.index().writing();
    let line = |idx: usize| {
        let at = lines.partition_point(|(before, ..)| *before <= idx).checked_sub(1)?;
        let &(before, period, depth) = lines.get(at)?;
        Some(match idx - before {
            0 => Line::Period(period, depth, open.contains(&period.key)),
            below => Line::Document(written.order.get(period.docs.start + below - 1)? as usize),
        })
    };
    let mut toggled = None;
    let clip = ui.clip_rect();
    ui.set_clip_rect(area.intersect(clip));
    let place = (Id::unique("document tree"), area);
    rows_ui(ui, cx.theme, place, (n_lines, TREE_ROW_PX), None, |ui, idx, rect| match line(idx) {
        Some(Line::Period(period, depth, is_open)) if period_row_ui(ui, cx, period, rect, depth, is_open) => {
            toggled = Some(period.key);
        }
        Some(Line::Document(doc)) => collected_row_ui(ui, cx, doc, rect),
        _ => {}
    });
    ui.set_clip_rect(clip);
    if let Some(key) = toggled
        && !open.remove(&key)
    {
        open.insert(key);
    }
    ui.data_mut(|data| data.insert_temp(id, open));
}

/// A year or a month; returns whether it was clicked.
fn period_row_ui(ui: &Ui, cx: &Cx<'_>, period: &PeriodRows, rect: Rect, depth: f32, is_open: bool) -> bool {
    let theme = cx.theme;
    let response = ui.interact(rect, Id::unique(("period", period.key)), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::TreeItem, true, is_open, spoken(cx, &period.row)));
    if response.hovered() {
        ui.painter().rect_filled(rect, CornerRadius::ZERO, theme.paper);
    }
    let (left, y) = (rect.left() + depth, rect.center().y);
    let caret = icons::glyph(if is_open { "caret-down" } else { "caret-right" }).to_string();
    text_at(ui, pos2(left + 16.0, y), Align2::CENTER_CENTER, &caret, Type::IconSmall, theme.ink_3);
    let icon = icons::glyph("folder").to_string();
    text_at(ui, pos2(left + 34.0, y), Align2::CENTER_CENTER, &icon, Type::Icon, theme.ink_2);
    let name = text_at(ui, pos2(left + 45.0, y), Align2::LEFT_CENTER, &period.row.name, Type::Body, theme.ink);
    let n_docs = number::counted(period.n_docs, cx.words);
    text_at(ui, pos2(name.right() + 6.0, y), Align2::LEFT_CENTER, &n_docs, Type::Small, theme.ink_3);
    count_at(ui, rect, 1, period.row.n_events, Type::Label, theme.time, cx);
    widgets::focus_ring(ui, theme, &response, 2);
    response.clicked()
}

/// A document of a collection; only what is in view is fetched for its name.
fn collected_row_ui(ui: &Ui, cx: &mut Cx<'_>, doc: usize, rect: Rect) {
    let Some(entry) = cx.corpus.entries.get(doc) else { return };
    let counts = cx.corpus.index().counts(doc);
    let row = TreeRow {
        name: names::document_name(entry),
        n_events: counts.events as usize,
        n_quantities: counts.quantities as usize,
    };
    let response = ui.interact(rect, Id::unique(("collected", doc)), Sense::click());
    let is_selected = cx.desk.source.doc == doc;
    leaf_ui(ui, cx, (rect, &response), (58.0, 60.0), is_selected, &row);
    if response.clicked() {
        cx.push(Command::ShowArticle { doc, article: 0 });
    }
}

/// Returns whether it was folded or opened.
fn document_row_ui(ui: &mut Ui, cx: &mut Cx<'_>, doc: usize, row_: &TreeRow, is_open: bool) -> bool {
    let theme = cx.theme;
    let Some((rect, response)) = row(ui, TREE_ROW_PX, Sense::click()) else { return false };
    response.widget_info(|| WidgetInfo::selected(Role::TreeItem, true, is_open, spoken(cx, row_)));
    if response.hovered() {
        ui.painter().rect_filled(rect, CornerRadius::ZERO, theme.paper);
    }
    let y = rect.center().y;
    let caret = icons::glyph(if is_open { "caret-down" } else { "caret-right" }).to_string();
    text_at(ui, pos2(rect.left() + 16.0, y), Align2::CENTER_CENTER, &caret, Type::IconSmall, theme.ink_3);
    let icon = icons::glyph("file-text").to_string();
    text_at(ui, pos2(rect.left() + 34.0, y), Align2::CENTER_CENTER, &icon, Type::Icon, theme.ink_2);
    let room = rect.width() - 46.0 - if is_open { 12.0 } else { 60.0 };
    let name = widgets::elided(ui, &row_.name, Type::BodyBold, room);
    text_at(ui, pos2(rect.left() + 45.0, y), Align2::LEFT_CENTER, &name, Type::BodyBold, theme.ink);
    if !is_open {
        counts_ui(ui, cx, rect, row_);
    }
    widgets::focus_ring(ui, theme, &response, 2);
    if !response.clicked() {
        return false;
    }
    let on_caret = response.interact_pointer_pos().is_some_and(|at| at.x < rect.left() + 26.0);
    if on_caret || doc == cx.desk.source.doc {
        return true;
    }
    cx.push(Command::ShowArticle { doc, article: 0 });
    false
}

fn spoken(cx: &Cx<'_>, row: &TreeRow) -> String {
    let (events, quantities) = (row.n_events.to_string(), row.n_quantities.to_string());
    cx.words.fill("sidebar.row", &[&row.name, &events, &quantities])
}

fn counts_ui(ui: &Ui, cx: &Cx<'_>, rect: Rect, row: &TreeRow) {
    if row.n_events > 0 {
        count_at(ui, rect, 0, row.n_events, Type::Label, cx.theme.time, cx);
    }
    if row.n_quantities > 0 {
        count_at(ui, rect, 1, row.n_quantities, Type::Label, cx.theme.number, cx);
    }
}

/// A row without rows of its own: name and counts, the selected one with a bar. The name begins at the first of the two
/// distances from the left edge and ends at the second from the right.
fn leaf_ui(
    ui: &Ui,
    cx: &Cx<'_>,
    (rect, response): (Rect, &Response),
    (left_px, right_px): (f32, f32),
    is_selected: bool,
    row: &TreeRow,
) {
    let theme = cx.theme;
    response.widget_info(|| WidgetInfo::selected(Role::TreeItem, true, is_selected, spoken(cx, row)));
    if is_selected || response.hovered() {
        ui.painter().rect_filled(rect, CornerRadius::ZERO, theme.paper);
    }
    if is_selected {
        let bar = Rect::from_min_size(rect.min, vec2(3.0, rect.height()));
        ui.painter().rect_filled(bar, CornerRadius::ZERO, theme.selected);
    }
    let kind = if is_selected { Type::BodyBold } else { Type::Body };
    let name = widgets::elided(ui, &row.name, kind, rect.width() - left_px - right_px);
    text_at(ui, pos2(rect.left() + left_px, rect.center().y), Align2::LEFT_CENTER, &name, kind, theme.ink);
    counts_ui(ui, cx, rect, row);
    widgets::focus_ring(ui, theme, response, 2);
}

fn article_row_ui(ui: &mut Ui, cx: &mut Cx<'_>, (doc, article): (usize, usize), row_: &TreeRow) {
    let Some((rect, response)) = row(ui, TREE_ROW_PX, Sense::click()) else { return };
    let is_selected = (cx.desk.source.doc, cx.desk.source.article) == (doc, article);
    leaf_ui(ui, cx, (rect, &response), (46.0, 56.0), is_selected, row_);
    if response.clicked() {
        cx.push(Command::ShowArticle { doc, article });
    }
}

fn failure_row_ui(ui: &mut Ui, cx: &Cx<'_>, path: &str, reason: &str) {
    let Some((rect, response)) = row(ui, TREE_ROW_PX, Sense::hover()) else { return };
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    response.widget_info(|| WidgetInfo::labeled(Role::TreeItem, true, format!("{name}: {reason}")));
    let y = rect.center().y;
    let glyph = icons::glyph("x-circle");
    ui.painter().text(pos2(rect.left() + 34.0, y), Align2::CENTER_CENTER, glyph, Type::icon_fill(), cx.theme.error);
    let shown = widgets::elided(ui, name, Type::Body, rect.width() - 60.0);
    text_at(ui, pos2(rect.left() + 45.0, y), Align2::LEFT_CENTER, &shown, Type::Body, cx.theme.ink_2);
    response.on_hover_text(format!("{}\n{reason}\n{path}", cx.words.get("sidebar.unread")));
}

fn series_ui(ui: &mut Ui, cx: &mut Cx<'_>, model: &SidebarModel) {
    ui.add_space(8.0);
    if cx.corpus.index().has_groups() {
        heading_ui(ui, cx, "sidebar.series", Some(model.series.len()));
    } else {
        heading_ui(ui, cx, "sidebar.series", None);
        joining_ui(ui, cx);
    }
    let in_view: Vec<SeriesChoice> = cx.desk.chart.groups(cx.corpus).into_iter().filter_map(SeriesChoice::of).collect();
    for series in &model.series {
        let is_in_view = in_view.contains(&series.choice) && model.series.len() > 1;
        series_row_ui(ui, cx, series, is_in_view);
    }
    if model.n_other_series > 0 {
        let name = cx.words.fill("sidebar.other-series", &[&model.n_other_series.to_string()]);
        if let Some((rect, response)) = row(ui, TREE_ROW_PX, Sense::click()) {
            response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
            let ink = if response.hovered() { cx.theme.ink } else { cx.theme.ink_3 };
            let at = pos2(rect.left() + INSET_PX, rect.center().y);
            text_at(ui, at, Align2::LEFT_CENTER, &name, Type::Label, ink);
            widgets::focus_ring(ui, cx.theme, &response, 2);
            if response.clicked() {
                cx.push(Command::Open(Overlay::Summary));
            }
        }
    }
    let Some((rect, response)) = row(ui, TREE_ROW_PX, Sense::click()) else { return };
    let name = cx.words.get("sidebar.other-quantities");
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{name}, {}", model.n_other_quantities)));
    if response.hovered() {
        ui.painter().rect_filled(rect, CornerRadius::ZERO, cx.theme.paper);
    }
    text_at(ui, pos2(rect.left() + INSET_PX, rect.center().y), Align2::LEFT_CENTER, name, Type::Body, cx.theme.ink_2);
    count_at(ui, rect, 1, model.n_other_quantities, Type::Label, cx.theme.number, cx);
    widgets::focus_ring(ui, cx.theme, &response, 2);
    if response.clicked() {
        if cx.desk.chart.mode != ChartMode::Quantities {
            cx.push(Command::SetChartMode(ChartMode::Quantities));
        }
        cx.push(Command::ShowTab(Pane::Chart));
    }
}

/// The series of a large collection are still being put together.
fn joining_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let Some((rect, response)) = row(ui, TREE_ROW_PX, Sense::hover()) else { return };
    let sentence = cx.words.get("sidebar.joining");
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, sentence));
    let at = pos2(rect.left() + INSET_PX, rect.center().y);
    let shown = widgets::elided(ui, sentence, Type::Label, rect.width() - INSET_PX - 8.0);
    text_at(ui, at, Align2::LEFT_CENTER, &shown, Type::Label, cx.theme.ink_3);
}

fn series_row_ui(ui: &mut Ui, cx: &mut Cx<'_>, series: &SeriesRow, is_in_view: bool) {
    let (theme, words) = (cx.theme, cx.words);
    let Some((rect, response)) = row(ui, 44.0, Sense::click()) else { return };
    let points = series.n_points.to_string();
    let unit = unit_and_period(series.period, &value_text::unit_name(&series.unit, words), cx);
    let about = if series.n_derived > 0 {
        words.fill("sidebar.points-derived", &[&unit, &points, &series.n_derived.to_string()])
    } else {
        words.fill("sidebar.points", &[&unit, &points])
    };
    let about = about.trim_start_matches(" ・ ").to_owned();
    let spoken = format!("{}, {about}", series.name);
    response.widget_info(|| WidgetInfo::selected(Role::ListItem, true, is_in_view, &spoken));
    if response.hovered() || is_in_view {
        ui.painter().rect_filled(rect, CornerRadius::ZERO, theme.paper);
    }
    let spark = Rect::from_min_size(pos2(rect.right() - 13.0 - 56.0, rect.top() + 8.0), vec2(56.0, 18.0));
    let left = rect.left() + INSET_PX;
    let name = widgets::elided(ui, &series.name, Type::Body, spark.left() - left - 6.0);
    text_at(ui, pos2(left, rect.top() + 14.0), Align2::LEFT_CENTER, &name, Type::Body, theme.ink);
    text_at(ui, pos2(left, rect.top() + 32.0), Align2::LEFT_CENTER, &about, Type::Small, theme.ink_3);
    spark_ui(ui, cx, spark.shrink2(vec2(3.0, 3.0)), series);
    widgets::focus_ring(ui, theme, &response, 2);
    let hint = format!("{}\n{}", series.name, words.get("chart.compare"));
    if response.on_hover_text(hint).clicked() {
        let is_beside = ui.input(|input| input.modifiers.command);
        let choice = series.choice;
        cx.push(if is_beside { Command::CompareSeries(choice) } else { Command::ShowSeries(choice) });
    }
}

/// The series within 56×18: reported points filled and joined, derived ones hollow; dotted, for few points are no line.
fn spark_ui(ui: &Ui, cx: &Cx<'_>, rect: Rect, series: &SeriesRow) {
    let colour = cx.theme.number;
    let at = |&(x, y, _): &(f64, f64, bool)| {
        pos2(egui::lerp(rect.x_range(), x as f32), egui::lerp(rect.bottom()..=rect.top(), y as f32))
    };
    let line: Vec<_> = series.spark.iter().map(at).collect();
    if series.spark.len() < 8 {
        ui.painter().extend(Shape::dotted_line(&line, colour, 3.5, 0.6));
    } else {
        ui.painter().add(Shape::line(line, Stroke::new(1.0, colour)));
    }
    if series.spark.len() <= 12 {
        for point in &series.spark {
            let ground = if point.2 { cx.theme.panel } else { colour };
            ui.painter().circle(at(point), 2.0, ground, Stroke::new(1.0, colour));
        }
    }
}

fn places_ui(ui: &mut Ui, cx: &mut Cx<'_>, model: &SidebarModel) {
    if model.places.is_empty() {
        return;
    }
    ui.add_space(8.0);
    heading_ui(ui, cx, "sidebar.places", None);
    let most = model.places.first().map_or(1, |(_, count)| *count);
    for (place, count) in &model.places {
        let is_ticked = cx.desk.places.contains(place);
        let share = *count as f32 / most.max(1) as f32;
        if facet_row_ui(ui, cx, place, (*count, Some(share)), Some(is_ticked)) {
            cx.push(Command::TogglePlace(place.clone()));
        }
    }
    if model.n_other_places > 0 {
        let name = cx.words.fill("sidebar.other-places", &[&model.n_other_places.to_string()]);
        if let Some((rect, _)) = row(ui, FACET_ROW_PX, Sense::hover()) {
            let at = pos2(rect.left() + 36.0, rect.center().y);
            text_at(ui, at, Align2::LEFT_CENTER, &name, Type::Label, cx.theme.ink_3);
        }
    }
    if model.n_unplaced > 0 {
        // The empty name stands for events that name no place.
        let is_ticked = cx.desk.places.contains("");
        let name = cx.words.get("sidebar.no-place");
        if facet_row_ui(ui, cx, name, (model.n_unplaced, None), Some(is_ticked)) {
            cx.push(Command::TogglePlace(String::new()));
        }
    }
}

/// The user's own tags, where there are any.
fn tags_ui(ui: &mut Ui, cx: &mut Cx<'_>, model: &SidebarModel) {
    if model.tags.is_empty() {
        return;
    }
    ui.add_space(8.0);
    heading_ui(ui, cx, "sidebar.tags", None);
    let most = model.tags.iter().map(|(_, count)| *count).max().unwrap_or(1);
    for (tag, count) in &model.tags {
        let share = *count as f32 / most.max(1) as f32;
        if facet_row_ui(ui, cx, tag, (*count, Some(share)), Some(cx.desk.facets.tags.contains(tag))) {
            cx.push(Command::ToggleTag(tag.clone()));
        }
    }
    if model.n_untagged > 0 {
        // The empty word stands for events without a tag.
        let is_ticked = cx.desk.facets.tags.contains("");
        if facet_row_ui(ui, cx, cx.words.get("timeline.no-tag"), (model.n_untagged, None), Some(is_ticked)) {
            cx.push(Command::ToggleTag(String::new()));
        }
    }
}

/// A row with checkbox, name, bar and count; returns whether it was clicked.
fn facet_row_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    name: &str,
    (count, share): (usize, Option<f32>),
    is_ticked: Option<bool>,
) -> bool {
    let theme = cx.theme;
    let Some((rect, response)) = row(ui, FACET_ROW_PX, Sense::click()) else { return false };
    let is_on = is_ticked.unwrap_or(false);
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, is_on, format!("{name}, {count}")));
    if response.hovered() {
        ui.painter().rect_filled(rect, CornerRadius::ZERO, theme.paper);
    }
    let y = rect.center().y;
    let tick = Rect::from_center_size(pos2(rect.left() + INSET_PX + 6.5, y.floor() + 0.5), vec2(14.0, 14.0));
    let (fill, outline) = if is_on { (theme.time, theme.time) } else { (theme.sheet, theme.control) };
    ui.painter().rect(tick, CornerRadius::same(3), fill, Stroke::new(1.0, outline), StrokeKind::Inside);
    if is_on {
        let glyph = icons::glyph("check").to_string();
        text_at(ui, tick.center(), Align2::CENTER_CENTER, &glyph, Type::IconSmall, theme.sheet);
    }
    // As wide as counts usually get, so that the bars of a list begin at one line.
    let widest = number::counted(99_900, cx.words);
    let count_px = [widest, number::counted(count, cx.words)]
        .iter()
        .map(|text| widgets::text_width(ui, text, Type::Label))
        .fold(0.0, f32::max);
    let bar_right = rect.right() - (COLUMNS_PX[0] + 2.0).max(COLUMNS_PX[1] + count_px + 6.0);
    let ink = if share.is_some() { theme.ink } else { theme.ink_2 };
    // Without a bar the name has its room.
    let name_right = if share.is_some() { bar_right - 46.0 } else { bar_right };
    let shown = widgets::elided(ui, name, Type::Label, name_right - rect.left() - 36.0);
    text_at(ui, pos2(rect.left() + 36.0, y), Align2::LEFT_CENTER, &shown, Type::Label, ink);
    if let Some(share) = share {
        let bar = Rect::from_min_size(pos2(bar_right - 40.0, y - 3.0), vec2((40.0 * share).max(2.0), 6.0));
        ui.painter().rect_filled(bar, CornerRadius::same(1), super::Theme::wash(theme.time, 55));
    }
    count_at(ui, rect, 1, count, Type::Label, theme.ink_3, cx);
    widgets::focus_ring(ui, theme, &response, 2);
    response.clicked()
}

fn exactness_ui(ui: &mut Ui, cx: &mut Cx<'_>, model: &SidebarModel) {
    if model.exactness.is_empty() {
        return;
    }
    ui.add_space(8.0);
    heading_ui(ui, cx, "sidebar.exactness", None);
    for (class, count) in &model.exactness {
        let Some((rect, response)) = row(ui, FACET_ROW_PX, Sense::click()) else { continue };
        let name = cx.words.get(class.key());
        let is_on = cx.desk.facets.exactness.contains(class);
        response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, is_on, format!("{name}, {count}")));
        if is_on {
            ui.painter().rect_filled(rect, CornerRadius::ZERO, cx.theme.time_soft);
        } else if response.hovered() {
            ui.painter().rect_filled(rect, CornerRadius::ZERO, cx.theme.paper);
        }
        let y = rect.center().y;
        let span = Rangef::new(rect.left() + INSET_PX + 3.0, rect.left() + INSET_PX + 25.0);
        glyphs::glyph(ui.painter(), *class, span, y, (cx.theme.time, cx.theme.panel), 1.0);
        let end = count_at(ui, rect, 1, *count, Type::Label, cx.theme.ink_3, cx) - 6.0;
        let shown = widgets::elided(ui, name, Type::Label, end - rect.left() - 50.0);
        text_at(ui, pos2(rect.left() + 50.0, y), Align2::LEFT_CENTER, &shown, Type::Label, cx.theme.ink);
        widgets::focus_ring(ui, cx.theme, &response, 2);
        if response.clicked() {
            cx.push(Command::ToggleExactness(*class));
        }
        if shown != name {
            response.on_hover_text(name);
        }
    }
}

/// Kinds of articles, where there is more than one.
fn kinds_ui(ui: &mut Ui, cx: &mut Cx<'_>, model: &SidebarModel) {
    if model.kinds.len() < 2 || model.years.is_empty() {
        return;
    }
    ui.add_space(8.0);
    heading_ui(ui, cx, "sidebar.kinds", None);
    for (kind, count) in &model.kinds {
        let is_on = cx.desk.facets.kinds.contains(kind);
        let name = cx.words.get(grouping::kind_key(*kind));
        if facet_row_ui(ui, cx, name, (*count, None), Some(is_on)) {
            cx.push(Command::ToggleKind(*kind));
        }
    }
}
