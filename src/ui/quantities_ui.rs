//! The table of every quantity: sorted by column, filtered by words, a click leads to the passage.

use super::{
    composition::Composed,
    cx::Cx,
    kept::corpus_key,
    kept::kept,
    table::{Cell, Column, TableAction, table_ui},
    type_scale::Type,
    widgets::row_ui,
    widgets::{BUTTON_PX, Face, Weight, button, text_at, text_width},
};
use crate::{
    desk::{ChartMode, Command, QuantityOrder},
    view::stats::{quantity_order, quantity_row},
};
use egui::{Align, Align2, CornerRadius, Layout, Rect, Role, Stroke, StrokeKind, TextEdit, Ui, WidgetInfo, pos2, vec2};

/// The columns with what they sort by.
const COLUMNS: [(&str, QuantityOrder); 6] = [
    ("measure", QuantityOrder::Measure),
    ("printed", QuantityOrder::Place),
    ("value", QuantityOrder::Value),
    ("unit", QuantityOrder::Unit),
    ("time", QuantityOrder::Time),
    ("article", QuantityOrder::Article),
];

/// Draws header and table.
pub(super) fn quantities_ui(ui: &mut Ui, cx: &mut Cx<'_>, header: Rect, body: Rect) {
    let chart = &cx.desk.chart;
    let key = corpus_key(cx, (&chart.quantity_filter, chart.order, chart.is_descending));
    let order = kept(ui, egui::Id::unique("chart quantities"), key, |_| quantity_order(cx.corpus, cx.desk));
    header_ui(ui, cx, header, order.len());
    if order.is_empty() && !cx.desk.chart.quantity_filter.is_empty() {
        nothing_ui(ui, cx, body);
        return;
    }
    let words = cx.words;
    let titles = COLUMNS.map(|(key, _)| words.find(&format!("quantities.column.{key}")).unwrap_or(key));
    let is_narrow = body.width() < 560.0;
    // (least width, share of the rest); a narrow pane leaves out unit and story.
    let measures: [(f32, f32); 6] = if is_narrow {
        [(90.0, 1.0), (84.0, 0.0), (110.0, 0.0), (0.0, 0.0), (64.0, 0.0), (0.0, 0.0)]
    } else {
        [(132.0, 1.2), (96.0, 0.2), (116.0, 0.1), (92.0, 0.1), (108.0, 0.1), (112.0, 1.0)]
    };
    let shown: Vec<usize> = (0..COLUMNS.len()).filter(|&idx| measures[idx].0 > 0.0).collect();
    let columns: Vec<Column<'_>> = shown
        .iter()
        .map(|&idx| Column {
            title: titles[idx],
            min_px: measures[idx].0,
            grow: measures[idx].1,
            is_number: idx == 2,
            sorted: (cx.desk.chart.order == COLUMNS[idx].1).then_some(cx.desk.chart.is_descending),
            sort_name: Some(words.fill("quantities.sort-by", &[titles[idx]])),
        })
        .collect();
    let (theme, corpus, selection) = (cx.theme, cx.corpus, cx.desk.selection);
    let action = table_ui(ui, theme, body, &columns, order.len(), |idx| {
        let row = quantity_row(corpus, *order.get(idx)?, words)?;
        let measure_ink = if row.has_measure { theme.ink } else { theme.ink_3 };
        let all = [
            (row.measure, measure_ink),
            (row.printed, theme.ink),
            (row.value, theme.ink),
            (row.unit, theme.ink_2),
            (row.time, theme.ink_2),
            (row.article, theme.ink_2),
        ];
        let cells = all.into_iter().enumerate().filter(|(idx, _)| shown.contains(idx));
        let cells = cells.map(|(_, (text, ink))| Cell { text, ink, kind: Type::Label }).collect();
        Some((cells, selection == Some(row.mark)))
    });
    match action {
        Some(TableAction::Sort(idx)) => {
            if let Some((_, order)) = shown.get(idx).and_then(|&idx| COLUMNS.get(idx)) {
                cx.push(Command::SortQuantities(*order));
            }
        }
        Some(TableAction::Pick(idx)) => {
            if let Some(&(doc, quantity)) = order.get(idx) {
                cx.push(Command::Select(crate::desk::Mark::Quantity { doc, quantity }));
            }
        }
        None => {}
    }
}

/// Title, count, filter field, back to the plot, copy.
fn header_ui(ui: &mut Ui, cx: &mut Cx<'_>, header: Rect, n_shown: usize) {
    let words = cx.words;
    let middle = header.center().y;
    let at = pos2(header.left() + 16.0, middle);
    let title = text_at(ui, at, Align2::LEFT_CENTER, words.get("quantities.title"), Type::PaneTitle, cx.theme.ink);
    let n_all = cx.corpus.index().total().quantities;
    let count = if n_shown == n_all {
        words.fill("quantities.count", &[&n_all.to_string()])
    } else {
        words.fill("quantities.count-of", &[&n_shown.to_string(), &n_all.to_string()])
    };
    let at = pos2(title.right() + 8.0, middle);
    let count = text_at(ui, at, Align2::LEFT_CENTER, &count, Type::Label, cx.theme.ink_3);
    let rect = Rect::from_min_max(pos2(count.right() + 12.0, header.top()), header.max - vec2(8.0, 0.0));
    row_ui(ui, rect, "quantities-header", Layout::right_to_left(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        if button(ui, cx.theme, Face::icon("copy", words.get("chart.copy")), Weight::Quiet, false).clicked() {
            cx.push(Command::CopyQuantities);
        }
        let has_series = cx.corpus.index().total().series > 0;
        if has_series
            && button(ui, cx.theme, Face::icon("chart-line", words.get("chart.back")), Weight::Quiet, false).clicked()
        {
            cx.push(Command::SetChartMode(ChartMode::Plot));
        }
        ui.add_space(8.0);
        filter_ui(ui, cx);
    });
}

fn filter_ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    let width = ui.available_width().min(260.0);
    if width < 60.0 {
        return;
    }
    let (field, _) = ui.allocate_exact_size(vec2(width, BUTTON_PX), egui::Sense::hover());
    ui.painter().rect(
        field,
        CornerRadius::same(4),
        cx.theme.sheet,
        Stroke::new(1.0, cx.theme.control),
        StrokeKind::Inside,
    );
    let icon = super::icons::glyph("funnel-simple").to_string();
    let at = pos2(field.left() + 14.0, field.center().y);
    text_at(ui, at, Align2::CENTER_CENTER, &icon, Type::IconSmall, cx.theme.ink_3);
    let id = egui::Id::unique("quantity-filter");
    let (composed, mut text) = Composed::begin(ui, id, &cx.desk.chart.quantity_filter);
    let hint = cx.words.get("quantities.filter");
    let inner = Rect::from_min_max(pos2(field.left() + 26.0, field.top() + 4.0), field.max - vec2(6.0, 4.0));
    let edit = TextEdit::singleline(&mut text)
        .id(id)
        .font(Type::Body.font())
        .frame(egui::Frame::NONE)
        .hint_text(
            egui::RichText::new(super::widgets::elided(ui, hint, Type::Label, inner.width() - 4.0))
                .font(Type::Label.font())
                .color(cx.theme.ink_3),
        )
        .margin(egui::Margin::ZERO)
        .align(Align2::LEFT_CENTER);
    let response = ui.put(inner, edit);
    response.widget_info(|| WidgetInfo::labeled(Role::SearchInput, true, hint));
    if response.has_focus() {
        let ring = Stroke::new(2.0, cx.theme.time);
        ui.painter().rect_stroke(field, CornerRadius::same(4), ring, StrokeKind::Outside);
    }
    let is_changed = text != cx.desk.chart.quantity_filter;
    if let Some(text) = composed.end(ui, id, text, (response.has_focus(), is_changed)) {
        cx.push(Command::FilterQuantities(text));
    }
}

/// The filter leaves nothing: a sentence and the way out.
fn nothing_ui(ui: &mut Ui, cx: &mut Cx<'_>, body: Rect) {
    let centre = body.center();
    let sentence = cx.words.get("quantities.none");
    text_at(ui, centre - vec2(0.0, 16.0), Align2::CENTER_CENTER, sentence, Type::Body, cx.theme.ink_2);
    let label = cx.words.get("quantities.drop-filter");
    let width = text_width(ui, label, Type::Body) + 20.0;
    let rect = Rect::from_center_size(centre + vec2(0.0, 18.0), vec2(width, BUTTON_PX));
    let clicked = row_ui(ui, rect, "drop-filter", Layout::left_to_right(Align::Center), |ui| {
        button(ui, cx.theme, Face::words(label), Weight::Secondary, false).clicked()
    });
    if clicked {
        cx.push(Command::FilterQuantities(String::new()));
    }
}
