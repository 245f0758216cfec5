//! When documents are taken to be written that do not tell: not at all, on their file's day, or on a day that is typed.

use super::{
    cx::Cx,
    popover::setting_ui,
    type_scale::Type,
    widgets::{self, text_at},
};
use crate::{
    desk::Command,
    edtf::Edtf,
    model::Undated,
    view::date_text::{DateStyle, date_text},
};
use egui::{Align2, Id, Key, Role, Sense, TextEdit, Ui, WidgetInfo, vec2};

/// Width of the field for the day.
const FIELD_PX: f32 = 120.0;
/// The third choice, which needs a day to be one.
const ON: usize = 2;

/// The row of the settings, and below it the field for the day, where that is chosen.
pub(super) fn undated_ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    let id = Id::unique("undated");
    let chosen = match cx.desk.undated {
        Undated::Unknown => 0,
        Undated::File => 1,
        Undated::On(_) => ON,
    };
    // To be typed first; until then the choice before is in force.
    let mut is_asking: bool = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    let shown = if is_asking { ON } else { chosen };
    setting_ui(ui, cx, "settings.undated", |ui, cx| {
        let names =
            ["settings.undated-unknown", "settings.undated-file", "settings.undated-on"].map(|key| cx.words.get(key));
        let clicked = widgets::segments(ui, cx.theme, cx.words.get("settings.undated"), &names, shown);
        let choice = clicked.map(|idx| (idx == ON, if idx == 0 { Undated::Unknown } else { Undated::File }));
        if let Some((asks, undated)) = choice {
            is_asking = asks;
            if !asks && undated != cx.desk.undated {
                cx.push(Command::SetUndated(undated));
            }
        }
    });
    if is_asking || chosen == ON && shown == ON {
        day_ui(ui, cx, id.with("day"), &mut is_asking);
    }
    ui.data_mut(|data| data.insert_temp(id, is_asking));
}

/// The field for the day; Enter takes it, and what was read of it stands beside.
fn day_ui(ui: &mut Ui, cx: &mut Cx<'_>, id: Id, is_asking: &mut bool) {
    let (theme, words) = (cx.theme, cx.words);
    let given = match &cx.desk.undated {
        Undated::On(day) => day.as_str(),
        Undated::Unknown | Undated::File => "",
    };
    let kept: Option<(String, String)> = ui.data(|data| data.get_temp(id));
    // What is in force has changed elsewhere: by another window's project, say.
    let kept = kept.filter(|(of, _)| of == given);
    let mut text = kept.map_or_else(|| given.to_owned(), |(_, text)| text);
    ui.horizontal(|ui| {
        ui.allocate_exact_size(vec2(180.0, 30.0), Sense::hover());
        let field =
            TextEdit::singleline(&mut text).id(id.with("field")).desired_width(FIELD_PX).hint_text("2025-06-22");
        let response = ui.add(field);
        response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, words.get("settings.undated-on")));
        widgets::focus_ring(ui, theme, &response, 4);
        let read = text.trim().parse::<Edtf>().ok().filter(|edtf| edtf.interval().is_some());
        let is_entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        let (beside, ink) = match &read {
            Some(day) if day.as_str() == given => (date_text(day, DateStyle::Full, words), theme.ink_2),
            Some(day) => {
                (words.fill("settings.undated-enter", &[&date_text(day, DateStyle::Full, words)]), theme.ink_2)
            }
            None => (words.get("writing-date.how").to_owned(), theme.ink_3),
        };
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 30.0), Sense::hover());
        let beside = widgets::elided(ui, &beside, Type::Label, rect.width());
        text_at(ui, rect.left_center(), Align2::LEFT_CENTER, &beside, Type::Label, ink);
        if let Some(day) = read.filter(|day| is_entered && day.as_str() != given) {
            *is_asking = false;
            cx.push(Command::SetUndated(Undated::On(day)));
        }
    });
    let given = given.to_owned();
    ui.data_mut(|data| data.insert_temp(id, (given, text)));
}
