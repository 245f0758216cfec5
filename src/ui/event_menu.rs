//! The menu of the right button on the timeline: what can be done with the event or the stretch under the pointer.

use super::{Theme, cx::Cx, type_scale::Type, widgets};
use crate::{
    desk::{Command, Mark, Overlay, Pane, TimeWindow},
    view::words,
};
use egui::{Align2, CornerRadius, Response, Role, Sense, Ui, WidgetInfo, pos2, vec2};

/// What the menu is about.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum About {
    /// An event.
    Event(Mark),
    /// A stretch of time, of one lane or all.
    Stretch(TimeWindow),
    /// Nothing in particular.
    Ground,
}

/// The rows of the menu: key of the words, command.
fn rows(cx: &Cx<'_>, about: About) -> Vec<(&'static str, Vec<Command>)> {
    let mut rows: Vec<(&'static str, Vec<Command>)> = Vec::new();
    match about {
        About::Event(mark) => {
            let select = Command::Select(mark);
            // Several that are picked are one matter.
            if cx.desk.picked.contains(&mark) || cx.desk.selection == Some(mark) && !cx.desk.picked.is_empty() {
                rows.push(("menu.merge", vec![Command::Merge]));
                rows.push(("menu.tag-picked", vec![Command::Open(Overlay::Tag)]));
                rows.push(("menu.pick-none", vec![Command::ClearSelection]));
                return rows;
            }
            rows.push(("menu.show-source", vec![select.clone(), Command::ShowTab(Pane::Source)]));
            rows.push(("menu.centre", vec![select.clone(), Command::CentreSelection]));
            rows.push(("menu.zoom", vec![select.clone(), Command::ZoomToSelection]));
            let entry = cx.corpus.entries.get(mark.doc());
            let Mark::Event { doc, event } = mark else { return rows };
            let event = entry.and_then(|entry| entry.document.events.get(event));
            if let Some(event) = event {
                if let Some(place) = event.place.clone() {
                    rows.push(("menu.only-place", vec![Command::TogglePlace(place)]));
                }
                if cx.corpus.entries.len() > 1 {
                    rows.push(("menu.only-document", vec![Command::ToggleDocument(doc)]));
                }
                rows.push(("menu.correct", vec![select.clone(), Command::Open(Overlay::Correct)]));
                let star = if event.is_starred() { "menu.unstar" } else { "menu.star" };
                rows.push((star, vec![select.clone(), Command::Star]));
                let hide = if event.is_hidden() { "edit.unhide" } else { "menu.hide" };
                rows.push((hide, vec![select.clone(), Command::Hide]));
                let text = format!("{} {}", words::event_date(event, cx.words), event.title);
                rows.push(("menu.copy", vec![Command::CopyText(text)]));
            }
            if event.is_some_and(|event| !event.same_as.is_empty()) {
                rows.push(("command.split", vec![select.clone(), Command::Split]));
            }
            rows.push(("command.rename", vec![select.clone(), Command::Open(Overlay::Rename)]));
            rows.push(("command.note", vec![select.clone(), Command::Open(Overlay::Note)]));
            rows.push(("command.tag", vec![select.clone(), Command::Open(Overlay::Tag)]));
            rows.push(("menu.cite", vec![select, Command::CopyCitation]));
        }
        About::Stretch(window) => {
            rows.push(("menu.zoom", vec![Command::SetTimeWindow(Some(window))]));
            rows.push(("menu.only-period", vec![Command::SetPeriod(Some(window))]));
        }
        About::Ground => {}
    }
    rows.push(("menu.all", vec![Command::SetTimeWindow(None)]));
    if let Some(window) = cx.desk.timeline.window.filter(|_| about == About::Ground) {
        rows.push(("menu.only-view", vec![Command::SetPeriod(Some(window))]));
    }
    if cx.desk.is_filtered() {
        rows.push(("menu.drop-filters", vec![Command::ClearFilters]));
    }
    rows
}

/// Opens at a click of the right button on `ground`; `about` is what lies under the pointer now.
pub(super) fn event_menu_ui(ground: &Response, cx: &mut Cx<'_>, about: About) {
    let id = egui::Id::unique("timeline-menu-about");
    if ground.secondary_clicked() {
        ground.ctx.data_mut(|data| data.insert_temp(id, about));
    }
    let about = ground.ctx.data(|data| data.get_temp::<About>(id)).unwrap_or(About::Ground);
    egui::Popup::context_menu(ground).width(190.0).show(|ui| {
        for (key, commands) in rows(cx, about) {
            if menu_row(ui, cx.theme, cx.words.get(key)) {
                commands.into_iter().for_each(|command| cx.push(command));
                ui.close();
            }
        }
    });
}

/// A row of a menu; whether it was clicked.
pub(super) fn menu_row(ui: &mut Ui, theme: &Theme, text: &str) -> bool {
    let width = ui.available_width().max(widgets::text_width(ui, text, Type::Body) + 24.0);
    let (rect, response) = ui.allocate_exact_size(vec2(width, 28.0), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::MenuItem, true, text));
    if response.hovered() {
        ui.painter().rect_filled(rect, CornerRadius::same(3), theme.paper);
    }
    let at = pos2(rect.left() + 12.0, rect.center().y);
    widgets::text_at(ui, at, Align2::LEFT_CENTER, text, Type::Body, theme.ink);
    widgets::focus_ring(ui, theme, &response, 3);
    response.clicked()
}
