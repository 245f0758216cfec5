//! 成文日期: when the document was written, where that came from, and the field that changes it.

use super::{
    arrangement::TOOLBAR_PX,
    cx::Cx,
    popover::{Place, popover, title_ui},
    type_scale::Type,
    widgets::{self, Face, Weight, button},
};
use crate::{
    desk::{Command, Overlay},
    edtf::Edtf,
    model::DctFrom,
    view::date_text::{DateStyle, date_text},
};
use egui::{Align2, Id, Key, RichText, Role, TextEdit, Ui, WidgetInfo, pos2};

/// Draws it below the document's name.
pub fn writing_date_ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    let window = ui.max_rect();
    let Some(entry) = cx.corpus.entries.get(cx.desk.source.doc) else { return };
    let place = Place {
        at: pos2(window.left() + 134.0, window.top() + TOOLBAR_PX - 2.0),
        pivot: Align2::LEFT_TOP,
        width_px: 340.0_f32.min(window.width() - 24.0),
    };
    let document = &entry.document;
    popover(ui, cx, Overlay::WritingDate, place, |ui, cx| {
        let (theme, words) = (cx.theme, cx.words);
        title_ui(ui, cx, words.get("command.writing-date"));
        let now = document
            .dct
            .as_ref()
            .map_or_else(|| words.get("writing-date.unknown").to_owned(), |dct| date_text(dct, DateStyle::Full, words));
        ui.label(RichText::new(now).font(Type::BodyBold.font()));
        ui.label(RichText::new(words.get(from_key(document.dct_from))).font(Type::Label.font()).color(theme.ink_3));
        ui.add_space(4.0);
        let id = Id::unique("writing date field");
        let first = document.dct.as_ref().map_or("", |dct| dct.as_str());
        let kept: Option<(u64, String)> = ui.data(|data| data.get_temp(id));
        let mut text = kept
            .filter(|(generation, _)| *generation == cx.shell.generation)
            .map_or_else(|| first.to_owned(), |(_, text)| text);
        let field = TextEdit::singleline(&mut text).id(id).desired_width(f32::INFINITY).hint_text("2025-06-22");
        let response = ui.add(field);
        response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, words.get("command.writing-date")));
        widgets::focus_ring(ui, theme, &response, 4);
        let read = text.trim().parse::<Edtf>().ok().filter(|edtf| edtf.interval().is_some());
        let (below, ink) = match &read {
            Some(edtf) => (date_text(edtf, DateStyle::Full, words), theme.ink_2),
            None => (words.get("writing-date.how").to_owned(), theme.ink_3),
        };
        ui.label(RichText::new(below).font(Type::Label.font()).color(ink));
        ui.add_space(4.0);
        let enter = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        let is_new = read.is_some() && text.trim() != first;
        let face = Face::words(words.get("writing-date.apply"));
        let clicked = ui.add_enabled_ui(is_new, |ui| button(ui, theme, face, Weight::Primary, false)).inner.clicked();
        if is_new && (enter || clicked) {
            cx.push(Command::SetWritingDate(text.trim().to_owned()));
            cx.push(Command::Open(Overlay::WritingDate));
        }
        ui.data_mut(|data| data.insert_temp(id, (cx.shell.generation, text)));
    });
}

const fn from_key(from: DctFrom) -> &'static str {
    match from {
        DctFrom::Given => "writing-date.given",
        DctFrom::Dateline => "writing-date.dateline",
        DctFrom::Heading => "writing-date.heading",
        DctFrom::Filename => "writing-date.filename",
        DctFrom::Assumed => "writing-date.assumed",
        DctFrom::None => "writing-date.none",
    }
}
