//! 更正: what the text says, and the fields for the right date, value and measure, read while one types.

use super::{
    arrangement::STATUS_PX,
    cx::Cx,
    glyphs,
    popover::{Place, fields, popover, title_ui},
    type_scale::Type,
    widgets::{self, Face, Weight, button},
};
use crate::{
    corpus::{
        edits::{Edit, Scope, typed_date, typed_quantity},
        when::Exactness,
    },
    desk::{Command, Correction, Mark, Overlay, n_worded_the_same, quantity_of, time_of},
    edtf::Edtf,
    model::{Document, Quantity, Time},
    view::{number, words},
};
use egui::{Align2, Id, Key, Rect, Response, RichText, Role, Sense, TextEdit, Ui, WidgetInfo, pos2, vec2};

/// Width of the popover.
const WIDTH_PX: f32 = 320.0;

/// The id under which the why card keeps its place; popovers about the selection stand above it.
pub(super) fn card_id() -> Id {
    Id::unique("why card place")
}

/// Where popovers about the selection stand: above the why card, else above the status bar.
pub(super) fn place(ui: &Ui) -> Place {
    let window = ui.max_rect();
    let frame = ui.ctx().cumulative_frame_nr();
    let card: Option<(u64, Rect)> = ui.data(|data| data.get_temp(card_id()));
    let width_px = WIDTH_PX.min(window.width() - 24.0);
    match card.filter(|(drawn, _)| drawn + 2 >= frame) {
        Some((_, rect)) => {
            // As wide as the card, so that both have one edge at each side.
            let width_px = rect.width().clamp(width_px.min(rect.width()), 440.0);
            let left = rect.left().min(window.right() - width_px - 12.0);
            Place { at: pos2(left, rect.top() - 6.0), pivot: Align2::LEFT_BOTTOM, width_px }
        }
        None => {
            let at = pos2(window.right() - 12.0, window.bottom() - STATUS_PX - 8.0);
            Place { at, pivot: Align2::RIGHT_BOTTOM, width_px }
        }
    }
}

/// What stands in the fields.
#[derive(Debug, Clone, PartialEq, Default)]
struct Typed {
    date: String,
    value: String,
    measure: String,
    scope: Scope,
}

/// What the popover is about.
struct Subject<'a> {
    mark: Mark,
    document: &'a Document,
    date: Option<Edtf>,
    quantity: Option<(usize, &'a Quantity)>,
    /// The article's writing date, for 去年.
    dct: Option<Edtf>,
    first: Typed,
}

impl<'a> Subject<'a> {
    fn new(cx: &Cx<'a>, mark: Mark) -> Option<Self> {
        let corpus = cx.corpus;
        let document = &corpus.entries.get(mark.doc())?.document;
        let time = time_of(corpus, mark).and_then(|idx| document.times.get(idx));
        let quantity = quantity_of(corpus, mark).and_then(|idx| Some((idx, document.quantities.get(idx)?)));
        let date = match (mark, time) {
            (Mark::Event { event, .. }, None) => document.events.get(event)?.edtf.clone(),
            (_, time) => time.and_then(marked),
        };
        let article = mark.article(corpus).and_then(|article| document.articles.get(article));
        let dct = article.and_then(|article| article.dct.clone()).or_else(|| document.dct.clone());
        let first = Typed {
            date: date.as_ref().map(|edtf| edtf.as_str().to_owned()).unwrap_or_default(),
            value: quantity.map(|(_, found)| value_words(found)).unwrap_or_default(),
            measure: quantity.and_then(|(_, found)| found.measure.clone()).unwrap_or_default(),
            scope: Scope::Here,
        };
        Some(Self { mark, document, date, quantity, dct, first })
    }

    /// Whether the date of this is one that the user gave.
    fn is_corrected(&self, cx: &Cx<'_>) -> bool {
        let span = time_of(cx.corpus, self.mark)
            .and_then(|idx| self.document.times.get(idx))
            .map(|time| time.span)
            .or_else(|| self.mark.span(cx.corpus));
        cx.corpus.edits().changes(self.mark.doc()).iter().any(|change| match &change.edit {
            Edit::Date { target, .. } => Some(target.quote.span) == span,
            _ => false,
        })
    }
}

/// The date of a time as one would type it: what its words alone call approximate (2100多年前) has the mark.
fn marked(time: &Time) -> Option<Edtf> {
    let edtf = time.edtf.as_ref()?;
    let is_approximate = Exactness::of(Some(edtf), time.interval, time.modifier) == Exactness::Approximate;
    Some(if is_approximate && !edtf.is_approximate() { edtf.approximate() } else { edtf.clone() })
}

fn value_words(quantity: &Quantity) -> String {
    if quantity.rule == "hand/value" {
        return format!("{}{}", quantity.value, quantity.unit);
    }
    format!("{}{}", quantity.printed.number, quantity.printed.unit)
}

/// Draws it above the why card.
pub fn correct_ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    let Some(subject) = cx.desk.selection.and_then(|mark| Subject::new(cx, mark)) else {
        return cx.push(Command::Open(Overlay::Correct));
    };
    let place = place(ui);
    popover(ui, cx, Overlay::Correct, place, |ui, cx| {
        let id = Id::unique("what is corrected");
        let kept: Option<(Mark, u64, Typed)> = ui.data(|data| data.get_temp(id));
        let stamp = cx.corpus.stamp();
        let kept = kept.filter(|(mark, known, _)| (*mark, *known) == (subject.mark, stamp));
        let is_new = kept.is_none() || is_fresh(ui, id);
        let mut typed = if is_new { subject.first.clone() } else { kept.map(|(.., typed)| typed).unwrap_or_default() };
        title_ui(ui, cx, cx.words.get("command.correct"));
        fields(ui, |ui| {
            let is_entered = fields_ui(ui, cx, &subject, &mut typed, is_new);
            ui.add_space(6.0);
            buttons_ui(ui, cx, &subject, &typed, is_entered);
        });
        ui.data_mut(|data| data.insert_temp(id, (subject.mark, stamp, typed)));
    });
}

/// Whether a popover was not drawn in the frame before: its fields begin anew.
pub(super) fn is_fresh(ui: &Ui, id: Id) -> bool {
    let (id, frame) = (id.with("frame"), ui.ctx().cumulative_frame_nr());
    let last: Option<u64> = ui.data(|data| data.get_temp(id));
    ui.data_mut(|data| data.insert_temp(id, frame));
    // A frame may be drawn in several passes.
    last.is_none_or(|last| last + 1 < frame)
}

/// The fields; whether Enter was pressed in one of them.
fn fields_ui(ui: &mut Ui, cx: &Cx<'_>, subject: &Subject<'_>, typed: &mut Typed, is_new: bool) -> bool {
    let words = cx.words;
    said_ui(ui, cx, subject);
    let date = field_ui(ui, cx, "edit.date-field", "edit.date-hint", &mut typed.date);
    if is_new {
        date.request_focus();
        select_all(ui, &date, &typed.date);
    }
    reading_ui(ui, cx, subject, &typed.date);
    let n_same = n_worded_the_same(cx.corpus, subject.mark);
    if n_same > 1 {
        let choices = [words.get("edit.here").to_owned(), words.fill("edit.same", &[&n_same.to_string()])];
        let choices: Vec<&str> = choices.iter().map(String::as_str).collect();
        let chosen = usize::from(typed.scope == Scope::SameWording);
        if let Some(idx) = widgets::segments(ui, cx.theme, words.get("edit.scope"), &choices, chosen) {
            typed.scope = if idx == 0 { Scope::Here } else { Scope::SameWording };
        }
    }
    let mut all = vec![date];
    if subject.quantity.is_some() {
        all.push(field_ui(ui, cx, "edit.value-field", "edit.value-hint", &mut typed.value));
        let read = typed_quantity(&typed.value);
        let below = match &read {
            Some(read) => number::short(read.value, &read.unit, read.value, words),
            None => words.get("edit.value-not-read").to_owned(),
        };
        let is_same = typed.value == subject.first.value;
        if !is_same {
            let ink = if read.is_some() { cx.theme.ink_2 } else { cx.theme.error };
            ui.label(RichText::new(below).font(Type::Label.font()).color(ink));
        }
        all.push(field_ui(ui, cx, "edit.measure-field", "edit.measure-field", &mut typed.measure));
    }
    let has_enter = ui.input(|input| input.key_pressed(Key::Enter));
    has_enter && all.iter().any(|field| field.lost_focus())
}

/// 文中写“2024年8月”，读作 2024年8月.
fn said_ui(ui: &mut Ui, cx: &Cx<'_>, subject: &Subject<'_>) {
    let read = cx.corpus.edits().read(subject.mark.doc()).unwrap_or(subject.document);
    let time = time_of(cx.corpus, subject.mark).and_then(|idx| subject.document.times.get(idx));
    let said = match (time, subject.quantity) {
        (Some(time), _) => {
            // What was read of these words, before any correction.
            let as_read = read.times.iter().find(|found| found.span == time.span).unwrap_or(time);
            let date = as_read.edtf.as_ref().map(|edtf| words::date(edtf, cx.words));
            let date = date.unwrap_or_else(|| cx.words.get("edit.undated").to_owned());
            cx.words.fill("edit.text-says", &[&time.text, &date])
        }
        (None, Some((_, quantity))) => cx.words.fill("edit.text-says-only", &[&quantity.text]),
        (None, None) => return,
    };
    ui.label(RichText::new(said).font(Type::Label.font()).color(cx.theme.ink_2));
}

/// The date that is typed, in words and as its glyph.
fn reading_ui(ui: &mut Ui, cx: &Cx<'_>, subject: &Subject<'_>, text: &str) {
    let read = typed_date(text, subject.dct.as_ref());
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 20.0), Sense::hover());
    let (said, ink) = match &read {
        Some(edtf) => (words::date(edtf, cx.words), cx.theme.ink),
        None if text.trim().is_empty() => (cx.words.get("edit.date-how").to_owned(), cx.theme.ink_3),
        None => (cx.words.get("edit.not-read").to_owned(), cx.theme.error),
    };
    let left = match &read {
        Some(edtf) => {
            let kind = Exactness::of(Some(edtf), edtf.interval(), None);
            let glyph = Rect::from_min_size(rect.min, vec2(28.0, rect.height()));
            glyphs::key_glyph(ui.painter(), cx.theme, kind, glyph);
            rect.left() + 36.0
        }
        None => rect.left(),
    };
    let said = widgets::elided(ui, &said, Type::Label, rect.right() - left);
    let drawn = widgets::text_at(ui, pos2(left, rect.center().y), Align2::LEFT_CENTER, &said, Type::Label, ink);
    let response = ui.interact(drawn, Id::unique("typed date in words"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &said));
    if let Some(edtf) = read {
        let at = pos2(rect.right(), rect.center().y);
        let width = widgets::text_width(ui, edtf.as_str(), Type::Small);
        if drawn.right() + width + 12.0 < rect.right() {
            widgets::text_at(ui, at, Align2::RIGHT_CENTER, edtf.as_str(), Type::Small, cx.theme.ink_3);
        }
    }
}

/// A labelled field.
pub(super) fn field_ui(ui: &mut Ui, cx: &Cx<'_>, label: &str, hint: &str, text: &mut String) -> Response {
    let name = cx.words.get(label);
    ui.label(RichText::new(name).font(Type::Small.font()).color(cx.theme.ink_3));
    let field = TextEdit::singleline(text)
        .id(Id::unique(("edit field", label)))
        .desired_width(f32::INFINITY)
        .hint_text(cx.words.get(hint));
    let response = ui.add(field);
    response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, name));
    widgets::focus_ring(ui, cx.theme, &response, 4);
    response
}

/// Selects what stands in a field, so that typing takes its place.
pub(super) fn select_all(ui: &Ui, field: &Response, text: &str) {
    let mut state = egui::widgets::text_edit::TextEditState::load(ui.ctx(), field.id).unwrap_or_default();
    let range =
        egui::text::CCursorRange::two(egui::text::CCursor::new(0), egui::text::CCursor::new(text.chars().count()));
    state.cursor.set_char_range(Some(range));
    state.store(ui.ctx(), field.id);
}

fn buttons_ui(ui: &mut Ui, cx: &mut Cx<'_>, subject: &Subject<'_>, typed: &Typed, is_entered: bool) {
    let corrections = corrections(subject, typed);
    let is_corrected = subject.is_corrected(cx);
    let theme = cx.theme;
    ui.horizontal(|ui| {
        let face = Face::words(cx.words.get("edit.apply"));
        let is_possible = !corrections.is_empty();
        let apply = ui.add_enabled_ui(is_possible, |ui| button(ui, theme, face, Weight::Primary, false)).inner;
        if is_possible && (apply.clicked() || is_entered) {
            for correction in corrections {
                cx.push(Command::Correct(correction));
            }
            cx.push(Command::Open(Overlay::Correct));
        }
        if is_corrected {
            let face = Face::words(cx.words.get("edit.as-read"));
            if button(ui, theme, face, Weight::Secondary, false).clicked() {
                cx.push(Command::Correct(Correction::DateAsRead(subject.mark)));
                cx.push(Command::Open(Overlay::Correct));
            }
        }
    });
}

/// What of the fields is new and can be read.
fn corrections(subject: &Subject<'_>, typed: &Typed) -> Vec<Correction> {
    let doc = subject.mark.doc();
    let mut found = Vec::new();
    let date = typed_date(&typed.date, subject.dct.as_ref());
    if let Some(edtf) = date.filter(|edtf| Some(edtf) != subject.date.as_ref() || typed.scope != Scope::Here) {
        found.push(Correction::Date { mark: subject.mark, edtf, scope: typed.scope });
    }
    let Some((idx, quantity)) = subject.quantity else { return found };
    let mark = Mark::Quantity { doc, quantity: idx };
    if typed.value != subject.first.value
        && let Some(read) = typed_quantity(&typed.value)
    {
        // A bare number is in the unit that was read.
        let unit = if read.unit.is_empty() { quantity.unit.clone() } else { read.unit };
        found.push(Correction::Value { mark, value: read.value, upper: read.upper, unit });
    }
    let measure = typed.measure.trim();
    if !measure.is_empty() && measure != subject.first.measure {
        found.push(Correction::Measure { mark, measure: measure.to_owned() });
    }
    found
}
