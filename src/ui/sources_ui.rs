//! The sources of the selection beside each other: each passage with its document, headline and date, the figures
//! marked that the others give otherwise. Columns where the pane is wide, one below the other where it is not.

use super::{
    arrangement::HEADER_PX,
    cx::Cx,
    kept::{kept, key_of},
    paragraph_ui,
    reader::Frame,
    type_scale::Type,
    typeset::{Laid, Look, lay_out},
    widgets::{self, Face, Weight, elided, text_at, text_width},
};
use crate::{
    desk::{Command, Mark},
    view::{
        linebreak,
        reading::Emphasis,
        sources::{Differing, Passage, passages},
    },
};
use egui::{
    Align2, CornerRadius, Id, Rect, Role, ScrollArea, Sense, Stroke, StrokeKind, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};
use std::sync::Arc;

/// Least width of a column.
const COLUMN_PX: f32 = 270.0;
/// The most columns.
const MAX_COLUMNS: usize = 3;
/// Blank between cards.
const GAP_PX: f32 = 12.0;
/// Blank inside a card, left, right and below.
const INSET_PX: f32 = 14.0;
/// Line heights of a card's head.
const LINE_PX: f32 = 20.0;
/// So many passages are shown before one asks for more; each may have to be fetched.
const N_AT_ONCE: usize = 12;

/// A passage with its lines broken.
struct Card<'a> {
    passage: &'a Passage,
    headline: Vec<String>,
    laid: Laid,
    notes: Vec<String>,
    height_px: f32,
}

/// Draws it into the pane; `tabs_end` is where the pane's tabs end, where it has any.
pub(super) fn sources_ui(ui: &mut Ui, cx: &mut Cx<'_>, (pane, tabs_end): (Rect, Option<f32>), marks: &Arc<Vec<Mark>>) {
    let header = Rect::from_min_size(pane.min, vec2(pane.width(), HEADER_PX));
    header_ui(ui, cx, header, tabs_end, marks.len());
    ui.painter().hline(header.x_range(), header.bottom() - 0.5, Stroke::new(1.0, cx.theme.hair));
    let shown_id = Id::unique(("sources shown", marks.first().copied()));
    let n_shown = ui.data(|data| data.get_temp::<usize>(shown_id)).unwrap_or(N_AT_ONCE).min(marks.len());
    let key = key_of((cx.corpus.stamp(), marks, n_shown, cx.words.key()));
    let found: Arc<Vec<Passage>> = kept(ui, Id::unique("sources"), key, |_| {
        passages(cx.corpus, marks.get(..n_shown).unwrap_or_default(), cx.words)
    });
    let body = Rect::from_min_max(header.left_bottom(), pane.max);
    ui.painter().rect_filled(body, CornerRadius::ZERO, cx.theme.panel);
    let inner = Rect::from_min_max(body.min + vec2(16.0, 0.0), body.max - vec2(4.0, 0.0));
    ui.scope_builder(UiBuilder::new().max_rect(inner).id_salt("sources"), |ui| {
        ui.set_clip_rect(body.intersect(ui.clip_rect()));
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            cards_ui(ui, cx, &found);
            let n_more = marks.len() - n_shown;
            if n_more > 0 {
                let words = cx.words.fill("sources.more", &[&n_more.min(N_AT_ONCE).to_string()]);
                if widgets::button(ui, cx.theme, Face::words(&words), Weight::Secondary, false).clicked() {
                    ui.data_mut(|data| data.insert_temp(shown_id, n_shown + N_AT_ONCE));
                }
                ui.add_space(GAP_PX);
            }
        });
    });
}

fn header_ui(ui: &mut Ui, cx: &mut Cx<'_>, header: Rect, tabs_end: Option<f32>, n: usize) {
    let mid = header.center().y;
    let count = cx.words.fill("sources.count", &[&n.to_string()]);
    match tabs_end {
        None => {
            text_at(ui, pos2(header.left() + 20.0, mid), Align2::LEFT_CENTER, &count, Type::PaneTitle, cx.theme.ink)
        }
        Some(end) => text_at(ui, pos2(end, mid), Align2::LEFT_CENTER, &count, Type::Label, cx.theme.ink_2),
    };
    let rect = Rect::from_min_size(pos2(header.right() - 36.0, mid - 14.0), vec2(28.0, 28.0));
    let mut child = ui.new_child(UiBuilder::new().max_rect(rect).id_salt("sources-close"));
    let close = Face::icon("x", cx.words.get("sources.close"));
    if widgets::button(&mut child, cx.theme, close, Weight::Quiet, false).clicked() {
        cx.push(Command::ToggleSources);
    }
}

/// The cards in rows: those of a row begin at one height, so that they are read beside each other.
fn cards_ui(ui: &mut Ui, cx: &mut Cx<'_>, passages: &[Passage]) {
    let whole = ui.available_rect_before_wrap();
    let room = whole.width() - 12.0;
    let n_columns = (((room + GAP_PX) / (COLUMN_PX + GAP_PX)).floor() as usize).clamp(1, MAX_COLUMNS);
    let n_columns = n_columns.min(passages.len()).max(1);
    let width = ((room - GAP_PX * (n_columns - 1) as f32) / n_columns as f32).floor();
    let look = Look::new(cx.desk.settings.reading_size_px, false);
    let cards: Vec<Card<'_>> = passages.iter().map(|passage| Card::new(ui, cx, &look, passage, width)).collect();
    let mut y = whole.top() + GAP_PX;
    let mut places = Vec::with_capacity(cards.len());
    for row in cards.chunks(n_columns) {
        let height = row.iter().map(|card| card.height_px).fold(0.0, f32::max);
        for column in 0..row.len() {
            let at = pos2(whole.left() + column as f32 * (width + GAP_PX), y);
            places.push(Rect::from_min_size(at, vec2(width, height)).round());
        }
        y += height + GAP_PX;
    }
    ui.allocate_rect(Rect::from_min_max(whole.min, pos2(whole.right(), y)), Sense::hover());
    let mut hovered = None;
    for (idx, (card, place)) in cards.iter().zip(places).enumerate() {
        if ui.is_rect_visible(place) {
            hovered = hovered.or(card.ui(ui, cx, idx, place, &look));
        }
    }
    // Told when it changes, as the text does.
    let last_id = Id::unique("sources hovered");
    if ui.data(|data| data.get_temp::<Option<Mark>>(last_id)).flatten() != hovered {
        ui.data_mut(|data| data.insert_temp(last_id, hovered));
        cx.push(Command::Hover(hovered));
    }
}

impl<'a> Card<'a> {
    fn new(ui: &Ui, cx: &Cx<'_>, look: &Look, passage: &'a Passage, width: f32) -> Self {
        let room = width - 2.0 * INSET_PX;
        let font = Type::BodyBold.font();
        let clamped = |text: &str, font: &egui::FontId| {
            ui.fonts_mut(|fonts| {
                linebreak::clamped(text, 2, f64::from(room), |c| f64::from(fonts.glyph_width(font, c)))
            })
        };
        let headline = passage.headline.as_deref().map(|text| clamped(text, &font)).unwrap_or_default();
        let label = Type::Label.font();
        let note = |differing: &Differing| {
            let others = differing.others.join(cx.words.get("sources.and"));
            let words = cx.words.fill("sources.differs", &[&differing.text, &others]);
            clamped(&words, &label)
        };
        let notes: Vec<String> = passage.differing.iter().flat_map(note).collect();
        let laid = lay_out(ui, look, room, &passage.text);
        let head_px = 12.0 + LINE_PX + headline.len() as f32 * LINE_PX + LINE_PX + 4.0;
        let foot_px = if notes.is_empty() { 0.0 } else { 8.0 + notes.len() as f32 * LINE_PX };
        let height_px = head_px + laid.height_px + foot_px + INSET_PX;
        Self { passage, headline, laid, notes, height_px }
    }

    /// Draws it; returns what is under the pointer.
    fn ui(&self, ui: &mut Ui, cx: &mut Cx<'_>, idx: usize, place: Rect, look: &Look) -> Option<Mark> {
        let theme = cx.theme;
        let is_selected = cx.desk.selection.is_some_and(|mark| self.holds(mark, cx));
        ui.painter().rect(place, CornerRadius::same(6), theme.sheet, Stroke::new(1.0, theme.line), StrokeKind::Inside);
        if is_selected {
            let bar = Rect::from_min_max(place.min, pos2(place.left() + 3.0, place.bottom()));
            let clip = bar.intersect(ui.clip_rect());
            ui.painter().with_clip_rect(clip).rect_filled(place, CornerRadius::same(6), theme.selected);
        }
        let text_top = self.head_ui(ui, cx, idx, place, is_selected);
        let at = pos2(place.left() + INSET_PX, text_top);
        let hovered_marks = cx.desk.hover.map(|mark| mark.parts(cx.corpus)).unwrap_or_default();
        let selected = if is_selected { self.passage.selected.clone() } else { Default::default() };
        let emphasis = Emphasis { selected, ..Emphasis::default() };
        let column = Rect::from_min_size(at, vec2(place.width() - 2.0 * INSET_PX, self.laid.height_px));
        let frame = Frame {
            emphasis: Arc::new(emphasis),
            hovered: hovered_marks,
            sentence: None,
            column,
            view: column,
            look: look.clone(),
        };
        let hovered = paragraph_ui::quoted_ui(ui, cx, &frame, idx, (&self.passage.text, &self.laid), at);
        self.differing_ui(ui, cx, look, at);
        let mut y = at.y + self.laid.height_px + 8.0;
        for note in &self.notes {
            text_at(ui, pos2(at.x, y + LINE_PX / 2.0), Align2::LEFT_CENTER, note, Type::Label, theme.warn);
            y += LINE_PX;
        }
        hovered
    }

    /// Whether the selection stands in this passage.
    fn holds(&self, selection: Mark, cx: &Cx<'_>) -> bool {
        let is_find = |mark: &Mark| self.passage.text.finds.iter().any(|find| find.mark == *mark);
        selection == self.passage.mark || selection.parts(cx.corpus).iter().any(is_find)
    }

    /// Document, headline and date: one thing to click, which shows the source in full. Returns where the text begins.
    fn head_ui(&self, ui: &Ui, cx: &mut Cx<'_>, idx: usize, place: Rect, is_selected: bool) -> f32 {
        let theme = cx.theme;
        let (left, right) = (place.left() + INSET_PX, place.right() - INSET_PX);
        let mut y = place.top() + 12.0;
        let bottom = y + (self.headline.len() as f32 + 2.0) * LINE_PX;
        let head = Rect::from_min_max(pos2(left - 6.0, y - 4.0), pos2(right + 6.0, bottom));
        let response = ui.interact(head, Id::unique(("source in full", idx, self.passage.mark)), Sense::click());
        let title = self.passage.headline.as_deref().unwrap_or_default();
        let name = cx.words.fill("sources.in-full", &[&self.passage.document, title, &self.passage.when]);
        let name = if is_selected { cx.words.fill("source.is-selected", &[&name]) } else { name };
        response.widget_info(|| WidgetInfo::labeled(Role::Link, true, &name));
        if response.hovered() {
            ui.ctx().set_cursor_icon(egui::CursorIcon::PointingHand);
            ui.painter().rect_filled(head, CornerRadius::same(4), theme.panel);
        }
        widgets::focus_ring(ui, theme, &response, 4);
        if response.has_focus() {
            ui.scroll_to_rect(place, None);
        }
        let full = cx.words.get("sources.full");
        let full_px = text_width(ui, full, Type::Label);
        text_at(ui, pos2(right, y + LINE_PX / 2.0), Align2::RIGHT_CENTER, full, Type::Label, theme.time);
        let document = elided(ui, &self.passage.document, Type::Label, right - left - full_px - 10.0);
        text_at(ui, pos2(left, y + LINE_PX / 2.0), Align2::LEFT_CENTER, &document, Type::Label, theme.ink_2);
        y += LINE_PX;
        for line in &self.headline {
            text_at(ui, pos2(left, y + LINE_PX / 2.0), Align2::LEFT_CENTER, line, Type::BodyBold, theme.ink);
            y += LINE_PX;
        }
        let when = elided(ui, &self.passage.when, Type::Small, right - left);
        text_at(ui, pos2(left, y + LINE_PX / 2.0), Align2::LEFT_CENTER, &when, Type::Small, theme.ink_3);
        if response.clicked() {
            cx.push(Command::ShowInFull(self.passage.mark));
        }
        y + LINE_PX + 4.0
    }

    /// An outline about each figure that another source gives otherwise; the line at the foot says it in words.
    fn differing_ui(&self, ui: &Ui, cx: &Cx<'_>, look: &Look, at: egui::Pos2) {
        for differing in &self.passage.differing {
            let Some(find) = self.passage.text.finds.iter().find(|find| find.mark == differing.mark) else { continue };
            for rect in paragraph_ui::quoted_rects(ui, look, (&self.passage.text, &self.laid), at, find.span) {
                let stroke = Stroke::new(1.5, cx.theme.warn);
                ui.painter().rect_stroke(rect.expand(1.0), CornerRadius::same(3), stroke, StrokeKind::Inside);
            }
        }
    }
}
