//! The table of a series' points: time, as printed, value, how it is known, the words around it.

use super::{
    cx::Cx,
    kept::corpus_key,
    kept::kept,
    table::{Cell, Column, TableAction, table_ui, widest},
    type_scale::Type,
};
use crate::{
    corpus::SeriesGroup,
    desk::{Command, Mark, PointOrder},
    view::{
        stats::{Compared, PointRow, sorted_point_rows},
        value_text::unit_name,
    },
};
use egui::{Rect, Ui};

/// What sorts by each column that can.
const ORDERS: [PointOrder; 4] = [PointOrder::Time, PointOrder::Printed, PointOrder::Value, PointOrder::How];

/// Draws it into `body`.
pub(super) fn points_ui(ui: &mut Ui, cx: &mut Cx<'_>, body: Rect, group: &SeriesGroup) {
    let is_descending = cx.desk.chart.points_are_descending;
    let key = corpus_key(cx, (cx.desk.chart.series, cx.words.key(), cx.desk.chart.point_order, is_descending));
    let rows =
        kept(ui, egui::Id::unique("chart points"), key, |_| sorted_point_rows(cx.corpus, group, cx.desk, cx.words));
    let title = |key: &str| cx.words.find(&format!("quantities.column.{key}")).unwrap_or_default().to_owned();
    let value_title = format!("{} ({})", title("value"), unit_name(&group.unit, cx.words));
    // Where a table of figures tells of the same times, how far each value is from it.
    let is_compared = rows.iter().any(|row| row.reference.is_some());
    let shown = || rows.iter().take(200);
    let fitted = |title: &str, texts: f32, least: f32, most: f32| {
        (texts.max(widest(ui, std::iter::once(title), Type::Small)) + 20.0).clamp(least, most)
    };
    let column = |title: String, text: fn(&PointRow) -> &str, (least, most): (f32, f32)| {
        let px = fitted(&title, widest(ui, shown().map(text), Type::Label), least, most);
        (title, px)
    };
    let compared = |row: fn(&Compared) -> &str, title: String| {
        let texts = shown().filter_map(|shown| shown.reference.as_ref()).map(row);
        let px = fitted(&title, widest(ui, texts, Type::Label), 56.0, 160.0);
        (title, px)
    };
    let mut titles = vec![
        column(title("time"), |row| &row.time, (72.0, 150.0)),
        column(title("printed"), |row| &row.printed, (72.0, 160.0)),
        column(value_title, |row| &row.value, (72.0, 220.0)),
        column(title("how"), |row| &row.how, (48.0, 90.0)),
    ];
    if is_compared {
        titles.push(compared(|told| &told.value, title("reference")));
        titles.push(compared(|told| &told.difference, title("difference")));
        titles.push(compared(|told| &told.percent, title("percent")));
    }
    titles.push((title("passage"), 80.0));
    let last = titles.len() - 1;
    let columns: Vec<Column<'_>> = titles
        .iter()
        .enumerate()
        .map(|(idx, (title, min_px))| Column {
            title,
            min_px: *min_px,
            grow: if idx == last { 1.0 } else { 0.0 },
            is_number: idx == 2 || is_compared && (4..last).contains(&idx),
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
        let mut cells = vec![
            cell(&row.time, theme.ink),
            cell(&row.printed, theme.ink),
            cell(&row.value, theme.ink),
            cell(&row.how, theme.ink_3),
        ];
        if is_compared {
            let (told, ink) = match &row.reference {
                Some(told) if told.agrees => {
                    ([&told.value, &told.difference, &told.percent].map(String::as_str), theme.ink_3)
                }
                Some(told) => ([&told.value, &told.difference, &told.percent].map(String::as_str), theme.warn),
                None => ([""; 3], theme.ink_3),
            };
            cells.extend(told.map(|text| cell(text, ink)));
        }
        cells.push(cell(&row.passage, theme.ink_2));
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
