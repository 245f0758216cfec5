//! One paragraph of the reading column: its lines, its highlights, and what the pointer does with them.

use super::{
    Theme,
    cx::Cx,
    highlight::{dotted, ground},
    reader::{Frame, Reader},
    typeset::{Laid, Look, Selected, Set, galley},
    widgets,
};
use crate::{
    desk::{Command, Mark},
    span::Span,
    text::Role as Kind,
    view::{
        find_words::meaning,
        reading::{self, Find, FindKind, Paragraph},
    },
};
use egui::{CornerRadius, Id, Pos2, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

/// Draws paragraph `idx` with its upper left corner at `at`; returns the find under the pointer.
pub(super) fn paragraph_ui(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    reader: &mut Reader,
    frame: &Frame,
    idx: usize,
    laid: &Laid,
    at: Pos2,
) -> Option<Mark> {
    let paragraph = reader.page.paragraphs.get(idx)?.clone();
    let style = frame.look.style(paragraph.role);
    let ink = frame.look.ink(paragraph.role, cx.theme);
    let galley = galley(ui, &style, laid);
    let whole = Rect::from_min_size(at, vec2(frame.column.width(), laid.height_px));
    if paragraph.role == Kind::Caption && !frame.look.is_printed {
        ui.painter().rect_filled(whole, CornerRadius::same(2), cx.theme.panel);
    }
    let set = Set { paragraph: &paragraph, laid, galley, at: (at + vec2(laid.inset.0, laid.inset.1)).round() };
    let body = body_ui(ui, cx, reader, idx, &set, whole);
    sentence_bar(ui, cx, frame, idx, &set);
    if let Some((_, span)) = reader.words.filter(|(at, _)| *at == idx) {
        let rects = set.rects(span);
        if let (Some(first), Some(last)) = (rects.first(), rects.last()) {
            reader.selected = Some(Selected { first: *first, last: *last });
        }
        for rect in rects {
            ui.painter().rect_filled(rect, CornerRadius::ZERO, Theme::wash(cx.theme.time, 30));
        }
    }
    for place in reader.hidden.iter().filter(|place| place.paragraph == idx) {
        for rect in set.rects(place.span) {
            dotted(ui, rect, Theme::wash(cx.theme.ink_3, 60));
        }
    }
    for span in reader.hits(&paragraph.text) {
        for rect in set.rects(span) {
            let outline = Stroke::new(1.0, cx.theme.warn);
            ui.painter().rect(rect, CornerRadius::same(2), cx.theme.warn_soft, outline, StrokeKind::Inside);
        }
    }
    let mut hovered = None;
    for find in &paragraph.finds {
        if find_ui(ui, cx, frame, idx, &set, find) {
            hovered = Some(find.mark);
        }
    }
    ui.painter().galley(set.at, set.galley.clone(), ink);
    body.context_menu(|ui| menu_ui(ui, cx, reader, &paragraph, idx));
    hovered
}

/// A passage that stands outside its page: in `column`, with its highlights, below `at`; returns what is under the
/// pointer. `idx` tells it from the others on the screen.
pub(super) fn quoted_ui(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    frame: &Frame,
    idx: usize,
    (paragraph, laid): (&Paragraph, &Laid),
    at: Pos2,
) -> Option<Mark> {
    let style = frame.look.style(paragraph.role);
    let ink = frame.look.ink(paragraph.role, cx.theme);
    let set =
        Set { paragraph, laid, galley: galley(ui, &style, laid), at: (at + vec2(laid.inset.0, laid.inset.1)).round() };
    let mut hovered = None;
    for find in &paragraph.finds {
        if find_ui(ui, cx, frame, idx, &set, find) {
            hovered = Some(find.mark);
        }
    }
    ui.painter().galley(set.at, set.galley.clone(), ink);
    hovered
}

/// The places of `span` where [`quoted_ui`] drew it.
pub(super) fn quoted_rects(
    ui: &Ui,
    look: &Look,
    (paragraph, laid): (&Paragraph, &Laid),
    at: Pos2,
    span: Span,
) -> Vec<Rect> {
    let style = look.style(paragraph.role);
    let set =
        Set { paragraph, laid, galley: galley(ui, &style, laid), at: (at + vec2(laid.inset.0, laid.inset.1)).round() };
    set.rects(span)
}

/// Click and drag beside the highlights.
fn body_ui(ui: &Ui, cx: &mut Cx<'_>, reader: &mut Reader, idx: usize, set: &Set<'_>, whole: Rect) -> egui::Response {
    let id = ui.scope_id().with(("paragraph", reader.page.doc, reader.page.article, idx));
    let body = ui.interact(whole, id, Sense::click_and_drag() - Sense::FOCUSABLE);
    body.widget_info(|| WidgetInfo::labeled(Role::Paragraph, true, &set.paragraph.text));
    if body.hovered() {
        ui.ctx().set_cursor_icon(egui::CursorIcon::Text);
    }
    let pointer = body.interact_pointer_pos();
    if body.drag_started() {
        let from = ui.input(|input| input.pointer.press_origin()).or(pointer);
        reader.drag_from = from.map(|pos| (idx, set.byte_at(pos)));
    }
    if body.dragged()
        && let (Some((from_idx, from)), Some(pos)) = (reader.drag_from, pointer)
        && from_idx == idx
    {
        let to = set.byte_at(pos);
        reader.words = (from != to).then(|| (idx, Span::new(from.min(to), from.max(to))));
    }
    if body.clicked()
        && let Some(pos) = pointer
    {
        reader.words = None;
        let byte = set.byte_at(pos);
        let here = Span::new(byte, byte + 1);
        let event = cx.corpus.entries.get(reader.page.doc).and_then(|entry| {
            let event_in = |span| {
                let source = reader.page.source_span(entry, idx, span)?;
                reading::event_at(&entry.document, reader.page.doc, source)
            };
            event_in(here).or_else(|| event_in(set.paragraph.sentence_at(byte)?))
        });
        if let Some(event) = event {
            cx.push(Command::Select(event));
        }
    }
    body
}

fn menu_ui(ui: &mut Ui, cx: &mut Cx<'_>, reader: &Reader, paragraph: &Paragraph, idx: usize) {
    let span = reader.words.filter(|(at, _)| *at == idx).map(|(_, span)| span);
    let plain = if span.is_some() { "source.copy-words" } else { "source.copy-paragraph" };
    let span = span.unwrap_or_else(|| Span::new(0, paragraph.text.len()));
    if ui.button(cx.words.get(plain)).clicked() {
        cx.push(Command::CopyText(span.slice(&paragraph.text).to_owned()));
        ui.close();
    }
    if ui.button(cx.words.get("source.copy-cited")).clicked() {
        cx.commands.extend(reader.cited(cx, idx, span).map(Command::CopyText));
        ui.close();
    }
}

/// 3 px left of the selection's sentence.
fn sentence_bar(ui: &Ui, cx: &Cx<'_>, frame: &Frame, idx: usize, set: &Set<'_>) {
    let Some(place) = frame.sentence.filter(|place| place.paragraph == idx) else { return };
    let rects = set.rects(place.span);
    if let (Some(first), Some(last)) = (rects.first(), rects.last()) {
        let left = frame.column.left() - 12.0;
        let bar = Rect::from_min_max(pos2(left, first.top() + 2.0), pos2(left + 3.0, last.bottom() - 2.0));
        ui.painter().rect_filled(bar, CornerRadius::ZERO, cx.theme.selected);
    }
}

/// Draws one highlight and takes its clicks; whether the pointer is over it.
fn find_ui(ui: &mut Ui, cx: &mut Cx<'_>, frame: &Frame, idx: usize, set: &Set<'_>, find: &Find) -> bool {
    let rects = set.rects(find.span);
    let is_selected = find.kind != FindKind::Claim && frame.emphasis.selected.contains(&find.mark);
    let mut is_hovered = false;
    let mut is_focused = false;
    for (piece, rect) in rects.iter().enumerate() {
        let id = Id::unique(("find", idx, find.mark, find.span.start, piece));
        let sense = if piece == 0 { Sense::click() } else { Sense::click() - Sense::FOCUSABLE };
        let response = ui.interact(rect.expand2(vec2(0.0, 2.0)), id, sense);
        if piece == 0 {
            response.widget_info(|| WidgetInfo::labeled(Role::Link, true, name(cx, set, find, is_selected)));
        }
        is_hovered |= response.hovered();
        is_focused |= response.has_focus();
        if response.hovered() {
            ui.ctx().set_cursor_icon(egui::CursorIcon::PointingHand);
        }
        if response.clicked() {
            cx.push(Command::Select(find.mark));
        }
        if piece == 0 {
            widgets::focus_ring(ui, cx.theme, &response.with_new_rect(*rect), 2);
        }
    }
    let is_lit = is_hovered || is_focused || frame.hovered.contains(&find.mark);
    let is_related = find.kind != FindKind::Claim && frame.emphasis.related.contains(&find.mark);
    let n = rects.len();
    for (piece, rect) in rects.iter().enumerate() {
        // Square where the highlight goes on in the next line.
        let round = |is_end: bool| if is_end { 2 } else { 0 };
        let (left, right) = (round(piece == 0), round(piece + 1 == n));
        let corners = CornerRadius { nw: left, sw: left, ne: right, se: right };
        ground(ui, cx.theme, *rect, corners, find.kind, is_selected);
        if find.is_by_hand && piece == 0 {
            let tick = Rect::from_min_max(rect.left_top(), pos2(rect.left() + 2.0, rect.bottom()));
            ui.painter().rect_filled(tick, CornerRadius::ZERO, cx.theme.ink);
        }
        let outline =
            if is_lit { Some(cx.theme.ink) } else { (is_related && !is_selected).then_some(cx.theme.selected) };
        if let Some(colour) = outline {
            ui.painter().rect_stroke(*rect, corners, Stroke::new(1.0, colour), StrokeKind::Inside);
        }
    }
    is_hovered
}

/// “时间，昨天，即2025年6月21日”
fn name(cx: &Cx<'_>, set: &Set<'_>, find: &Find, is_selected: bool) -> String {
    let words = find.span.slice(&set.paragraph.text);
    let key = match find.kind {
        FindKind::Time => "source.time",
        FindKind::Number | FindKind::Claim => "source.number",
        FindKind::Undated => "source.undated",
        FindKind::Period => "source.period",
    };
    let document = cx.corpus.entries.get(find.mark.doc()).map(|entry| &entry.document);
    let name = match document.and_then(|document| meaning(find.mark, document, cx.words)) {
        Some(meaning) => cx.words.fill("source.means", &[&cx.words.fill(key, &[words]), &meaning]),
        None => cx.words.fill(key, &[words]),
    };
    if is_selected { cx.words.fill("source.is-selected", &[&name]) } else { name }
}
