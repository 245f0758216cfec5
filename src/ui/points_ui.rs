//! The table of a series' points: time, as printed, value, how it is known, the words around it.

use super::{
    chart_ui::{cached, corpus_key},
    table::{Cell, Column, TableAction, table_ui, widest},
    type_scale::Type,
    window::Cx,
};
use crate::{
    corpus::SeriesGroup,
    desk::{Command, Mark, PointOrder},
    view::{stats::sorted_point_rows, value_text::unit_name},
};
use egui::{Rect, Ui};

/// What sorts by each column that can.
const ORDERS: [PointOrder; 4] = [PointOrder::Time, PointOrder::Printed, PointOrder::Value, PointOrder::How];

/// Draws it into `body`.
pub(super) fn points_ui(ui: &mut Ui, cx: &mut Cx<'_>, body: Rect, group: &SeriesGroup) {
    let is_descending = cx.desk.chart.points_are_descending;
    let key = corpus_key(cx, (cx.desk.chart.series, cx.words.key(), cx.desk.chart.point_order, is_descending));
    let rows = cached(ui, "points", key, || sorted_point_rows(cx.corpus, group, cx.desk, cx.words));
    let title = |key: &str| cx.words.find(&format!("quantities.column.{key}")).unwrap_or_default().to_owned();
    let value_title = format!("{} ({})", title("value"), unit_name(&group.unit, cx.words));
    let titles = [title("time"), title("printed"), value_title, title("how"), title("passage")];
    let shown = || rows.iter().take(200);
    let fitted = |title: &str, texts: f32, least: f32, most: f32| {
        (texts.max(widest(ui, std::iter::once(title), Type::Small)) + 20.0).clamp(least, most)
    };
    let widths = [
        fitted(&titles[0], widest(ui, shown().map(|row| row.time.as_str()), Type::Label), 72.0, 150.0),
        fitted(&titles[1], widest(ui, shown().map(|row| row.printed.as_str()), Type::Label), 72.0, 160.0),
        fitted(&titles[2], widest(ui, shown().map(|row| row.value.as_str()), Type::Label), 72.0, 220.0),
        fitted(&titles[3], widest(ui, shown().map(|row| row.how.as_str()), Type::Label), 48.0, 90.0),
        80.0,
    ];
    let columns: Vec<Column<'_>> = titles
        .iter()
        .zip(widths)
        .enumerate()
        .map(|(idx, (title, min_px))| Column {
            title,
            min_px,
            grow: if idx == 4 { 1.0 } else { 0.0 },
            is_number: idx == 2,
            sorted: ORDERS.get(idx).filter(|order| **order == cx.desk.chart.point_order).map(|_| is_descending),
            sort_name: ORDERS.get(idx).map(|_| cx.words.fill("quantities.sort-by", &[title])),
        })
        .collect();
    let theme = cx.theme;
    let selection = cx.desk.selection;
    let corpus = cx.corpus;
    let action = table_ui(ui, theme, body, &columns, rows.len(), |idx| {
        let row = rows.get(idx)?;
        let cell = |text: &str, ink| Cell { text: text.to_owned(), ink, kind: Type::Label };
        let cells = vec![
            cell(&row.time, theme.ink),
            cell(&row.printed, theme.ink),
            Cell { text: row.value.clone(), ink: theme.ink, kind: Type::Label },
            cell(&row.how, theme.ink_3),
            cell(&row.passage, theme.ink_2),
        ];
        let is_selected = selection.is_some_and(|selection| {
            selection == row.mark
                || matches!(selection, Mark::Quantity { .. }) && row.mark.parts(corpus).first() == Some(&selection)
        });
        Some((cells, is_selected))
    });
    match action {
        Some(TableAction::Pick(idx)) => {
            if let Some(row) = rows.get(idx) {
                cx.push(Command::Select(row.mark));
            }
        }
        Some(TableAction::Sort(idx)) => cx.commands.extend(ORDERS.get(idx).copied().map(Command::SortPoints)),
        None => {}
    }
}
