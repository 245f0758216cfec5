//! 列的用法: what the columns of a table of records are taken for, with its first rows, and the choice to take them for
//! something else.

use super::{
    cx::Cx,
    popover::{fields, middle, popover, title_ui},
    type_scale::Type,
    widgets::{self, Face, Weight, button, text_at},
};
use crate::{
    desk::{Command, Overlay},
    model::{ColumnUse, TableChoice, TablePreview},
};
use egui::{Align2, Id, RichText, ScrollArea, Sense, Ui, UiBuilder, pos2, vec2};

/// Height of a column's row.
const ROW_PX: f32 = 34.0;
/// Room for a column's name.
const NAME_PX: f32 = 132.0;

/// The table that the document on the desk came from, as far as the shell knows it.
#[derive(Debug, Clone, PartialEq)]
pub struct TableView {
    /// The file.
    pub path: String,
    /// Its first rows; why there are none.
    pub preview: Result<TablePreview, String>,
    /// Whether its columns are as the user chose them.
    pub is_chosen: bool,
}

/// Draws it in the middle of the window.
pub fn columns_ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    let window = ui.max_rect();
    popover(ui, cx, Overlay::Columns, middle(window, 760.0), |ui, cx| {
        title_ui(ui, cx, cx.words.get("command.columns"));
        match cx.shell.table.clone() {
            None => said(ui, cx, cx.words.get("columns.reading")),
            Some(TableView { preview: Err(reason), .. }) => {
                let words = if reason.is_empty() {
                    cx.words.get("columns.none").to_owned()
                } else {
                    cx.words.fill("columns.trouble", &[&reason])
                };
                said(ui, cx, &words);
            }
            Some(TableView { path, preview: Ok(preview), is_chosen }) => {
                fields(ui, |ui| table_ui(ui, cx, &path, &preview, is_chosen, window.height() * 0.56));
            }
        }
    });
}

fn said(ui: &mut Ui, cx: &Cx<'_>, words: &str) {
    fields(ui, |ui| ui.label(RichText::new(words).font(Type::Body.font()).color(cx.theme.ink_2)));
}

fn table_ui(ui: &mut Ui, cx: &mut Cx<'_>, path: &str, preview: &TablePreview, is_chosen: bool, height_px: f32) {
    let (theme, words) = (cx.theme, cx.words);
    let file_name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    let how = words.fill("columns.how", &[file_name]);
    ui.label(RichText::new(how).font(Type::Label.font()).color(theme.ink_3));
    // What is being chosen is kept until another table is shown, or this one was read anew.
    let id = Id::unique(("columns", path, cx.shell.generation, &preview.uses));
    let mut uses: Vec<ColumnUse> = ui.data(|data| data.get_temp(id)).unwrap_or_else(|| preview.uses.clone());
    ScrollArea::vertical().max_height(height_px).auto_shrink([false, true]).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for (idx, name) in preview.names.iter().enumerate() {
            let now = uses.get(idx).copied().unwrap_or_default();
            if let Some(chosen) = column_ui(ui, cx, preview, idx, name, now) {
                choose(&mut uses, idx, chosen);
            }
        }
    });
    let has_text = uses.contains(&ColumnUse::Text);
    let below = if has_text { words.get("columns.kept") } else { words.get("columns.no-text") };
    let ink = if has_text { theme.ink_3 } else { theme.warn };
    ui.add_space(4.0);
    ui.label(RichText::new(below).font(Type::Label.font()).color(ink));
    ui.horizontal(|ui| {
        let apply = Face::words(words.get("columns.apply"));
        let is_new = has_text && uses != preview.uses;
        if ui.add_enabled_ui(is_new, |ui| button(ui, theme, apply, Weight::Primary, false)).inner.clicked() {
            cx.push(Command::SetColumns(TableChoice::of_table(&preview.names, &uses)));
            cx.push(Command::Open(Overlay::Columns));
        }
        let automatic = Face::words(words.get("columns.automatic"));
        if is_chosen && button(ui, theme, automatic, Weight::Secondary, false).clicked() {
            cx.push(Command::SetColumns(TableChoice {
                uses: Default::default(),
                ..TableChoice::of_table(&preview.names, &[])
            }));
            cx.push(Command::Open(Overlay::Columns));
        }
    });
    ui.data_mut(|data| data.insert_temp(id, uses));
}

/// Only texts may be several: another title, date or id takes the place of the one before.
fn choose(uses: &mut [ColumnUse], idx: usize, chosen: ColumnUse) {
    if !matches!(chosen, ColumnUse::Text | ColumnUse::Ignore) {
        uses.iter_mut().filter(|known| **known == chosen).for_each(|known| *known = ColumnUse::Ignore);
    }
    if let Some(known) = uses.get_mut(idx) {
        *known = chosen;
    }
}

/// A column: its name, what it is for, and what stands in it.
fn column_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    preview: &TablePreview,
    idx: usize,
    name: &str,
    now: ColumnUse,
) -> Option<ColumnUse> {
    let (theme, words) = (cx.theme, cx.words);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW_PX), Sense::hover());
    let mid = rect.center().y;
    let is_used = now != ColumnUse::Ignore;
    let (kind, ink) = if is_used { (Type::BodyBold, theme.ink) } else { (Type::Body, theme.ink_3) };
    let shown = widgets::elided(ui, name, kind, NAME_PX - 10.0);
    text_at(ui, pos2(rect.left(), mid), Align2::LEFT_CENTER, &shown, kind, ink);
    let names: Vec<&str> = ColumnUse::ALL.iter().map(|known| words.get(use_key(*known))).collect();
    let at = egui::Rect::from_min_max(pos2(rect.left() + NAME_PX, mid - widgets::CHIP_PX / 2.0), rect.max);
    let mut child = ui.new_child(UiBuilder::new().max_rect(at).id_salt(("column", idx)));
    let chosen = ColumnUse::ALL.iter().position(|known| *known == now).unwrap_or(0);
    let clicked = widgets::segments(&mut child, theme, name, &names, chosen);
    let left = child.min_rect().right() + 14.0;
    let samples: Vec<&str> = preview
        .rows
        .iter()
        .filter_map(|row| row.get(idx))
        .map(String::as_str)
        .filter(|field| !field.is_empty())
        .collect();
    let sample = widgets::elided(ui, &samples.join("　"), Type::Label, rect.right() - left);
    text_at(
        ui,
        pos2(left, mid),
        Align2::LEFT_CENTER,
        &sample,
        Type::Label,
        if is_used { theme.ink_2 } else { theme.ink_3 },
    );
    clicked.and_then(|clicked| ColumnUse::ALL.get(clicked).copied())
}

const fn use_key(column_use: ColumnUse) -> &'static str {
    match column_use {
        ColumnUse::Text => "columns.text",
        ColumnUse::Title => "columns.title",
        ColumnUse::Date => "columns.date",
        ColumnUse::Id => "columns.id",
        ColumnUse::Ignore => "columns.ignore",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_date_takes_the_place_of_the_first_and_texts_may_be_several() {
        let mut uses = [ColumnUse::Text, ColumnUse::Date, ColumnUse::Ignore];
        choose(&mut uses, 2, ColumnUse::Date);
        assert_eq!(uses, [ColumnUse::Text, ColumnUse::Ignore, ColumnUse::Date]);
        choose(&mut uses, 1, ColumnUse::Text);
        assert_eq!(uses, [ColumnUse::Text, ColumnUse::Text, ColumnUse::Date]);
    }
}
