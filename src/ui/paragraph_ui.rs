//! One paragraph of the reading column: its lines, its highlights, and what the pointer does with them.

use super::{
    Theme,
    cx::Cx,
    fonts,
    source_ui::{Frame, Reader},
    type_scale::Type,
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
use egui::{
    Color32, CornerRadius, FontFamily, FontId, Galley, Id, Pos2, Rect, Role, Sense, Shape, Stroke, StrokeKind, Ui,
    WidgetInfo,
    epaint::text::{LayoutJob, TextFormat, TextWrapping},
    pos2, vec2,
};
use std::sync::Arc;

/// Type and measures of the page.
#[derive(Debug, Clone)]
pub(super) struct Look {
    reading: (FontId, f32),
    is_printed: bool,
}

/// Type and measures of one paragraph.
struct Style {
    font: FontId,
    line_px: f32,
    /// Blank inside its ground, left and right, above and below.
    inset: (f32, f32),
}

impl Look {
    pub fn new(reading_size_px: u32, is_printed: bool) -> Self {
        let reading = if is_printed { (Type::Body.font(), 22.0) } else { Type::reading(reading_size_px) };
        Self { reading, is_printed }
    }

    /// Size of the body's type.
    pub fn size_px(&self) -> f32 {
        self.reading.0.size
    }

    /// Height of the body's lines.
    pub fn line_px(&self) -> f32 {
        self.reading.1
    }

    fn style(&self, role: Kind) -> Style {
        let style = |font, line_px| Style { font, line_px, inset: (0.0, 0.0) };
        if self.is_printed {
            return style(self.reading.0.clone(), self.reading.1);
        }
        match role {
            Kind::Headline => style(Type::Headline.font(), Type::Headline.line_px()),
            Kind::Deck => style(Type::Deck.font(), Type::Deck.line_px()),
            Kind::Credit => style(Type::Label.font(), 20.0),
            Kind::Subhead => style(Type::Subhead.font(), Type::Subhead.line_px()),
            Kind::Body => style(self.reading.0.clone(), self.reading.1),
            Kind::Caption => {
                let font = FontId::new(14.0, FontFamily::Name(fonts::SERIF.into()));
                Style { font, line_px: 24.0, inset: (12.0, 8.0) }
            }
            Kind::Row => style(Type::Body.font(), 22.0),
        }
    }

    fn ink(&self, role: Kind, theme: &Theme) -> Color32 {
        match role {
            _ if self.is_printed => theme.ink,
            // The time in a credit stands on a highlight, where ink_3 is too faint.
            Kind::Deck | Kind::Caption | Kind::Credit => theme.ink_2,
            Kind::Headline | Kind::Subhead | Kind::Body | Kind::Row => theme.ink,
        }
    }

    /// Blank above a paragraph, behind one of role `before`.
    pub fn gap_px(&self, before: Option<Kind>, paragraph: &Paragraph) -> f32 {
        if paragraph.is_continued {
            return 0.0;
        }
        match (before, paragraph.role) {
            (None, _) => 16.0,
            _ if self.is_printed => 0.0,
            (Some(Kind::Headline), Kind::Deck) => 4.0,
            (Some(Kind::Headline | Kind::Deck), Kind::Credit) => 6.0,
            (Some(Kind::Row), Kind::Row) => 2.0,
            (Some(Kind::Credit), Kind::Credit) => 0.0,
            (Some(Kind::Subhead), _) => 8.0,
            (_, Kind::Subhead) => 18.0,
            _ => 12.0,
        }
    }

    /// A guess at the height of a paragraph that has not been broken into lines.
    pub fn estimated_px(&self, paragraph: &Paragraph, width: f32) -> f32 {
        let style = self.style(paragraph.role);
        let per_line = ((width - 2.0 * style.inset.0) / style.font.size).max(1.0);
        (paragraph.n_chars as f32 / per_line).ceil().max(1.0) * style.line_px + 2.0 * style.inset.1
    }
}

/// A paragraph broken into lines.
#[derive(Debug)]
pub(super) struct Laid {
    lines: Vec<Span>,
    /// The lines, with a line break behind each but the last.
    text: String,
    pub height_px: f32,
    line_px: f32,
    inset: (f32, f32),
}

impl Laid {
    /// Distance of the middle of the line with byte `at` from the paragraph's upper edge.
    pub fn line_middle_px(&self, at: usize) -> f32 {
        let line = self.lines.partition_point(|line| line.end <= at);
        self.inset.1 + (line as f32 + 0.5) * self.line_px
    }
}

/// Breaks a paragraph into the lines of a column `width` wide.
pub(super) fn lay_out(ui: &Ui, look: &Look, width: f32, paragraph: &Paragraph) -> Laid {
    let style = look.style(paragraph.role);
    let room = f64::from(width - 2.0 * style.inset.0);
    let mut lines = ui.fonts_mut(|fonts| {
        let han = f64::from(fonts.glyph_width(&style.font, '国'));
        paragraph.lines(room, |c| match c {
            '\u{4E00}'..='\u{9FFF}' => han,
            _ => f64::from(fonts.glyph_width(&style.font, c)),
        })
    });
    if lines.is_empty() {
        lines.push(Span::new(0, 0));
    }
    let text = lines.iter().map(|line| line.slice(&paragraph.text).trim_end()).collect::<Vec<_>>().join("\n");
    let height_px = lines.len() as f32 * style.line_px + 2.0 * style.inset.1;
    Laid { lines, text, height_px, line_px: style.line_px, inset: style.inset }
}

/// Where selected words stand: the first and the last of their lines.
#[derive(Debug, Clone, Copy)]
pub(super) struct Selected {
    pub first: Rect,
    pub last: Rect,
}

/// A paragraph on the screen: where each byte stands.
struct Set<'a> {
    paragraph: &'a Paragraph,
    laid: &'a Laid,
    galley: Arc<Galley>,
    /// Upper left corner of the first line.
    at: Pos2,
}

impl Set<'_> {
    fn line_top(&self, line: usize) -> f32 {
        self.at.y + line as f32 * self.laid.line_px
    }

    /// The x at which byte `byte` of line `line` begins, or the line ends.
    fn x(&self, line: usize, byte: usize) -> f32 {
        let (Some(row), Some(span)) = (self.galley.rows.get(line), self.laid.lines.get(line)) else { return self.at.x };
        let n_before = self.paragraph.text.get(span.start..byte).map_or(0, |text| text.chars().count());
        let x = match row.glyphs.get(n_before) {
            Some(glyph) => glyph.pos.x,
            None => row.glyphs.last().map_or(0.0, |glyph| glyph.pos.x + glyph.advance_width),
        };
        self.at.x + row.pos.x + x
    }

    /// What `span` covers, line by line, as tall as a highlight.
    fn rects(&self, span: Span) -> Vec<Rect> {
        let tall = (self.laid.line_px * 0.83).round();
        reading::pieces(&self.laid.lines, span)
            .into_iter()
            .map(|(line, piece)| {
                let top = self.line_top(line) + ((self.laid.line_px - tall) / 2.0).round();
                let (left, right) = (self.x(line, piece.start), self.x(line, piece.end));
                Rect::from_min_max(pos2(left - 1.0, top), pos2(right + 1.0, top + tall)).round()
            })
            .collect()
    }

    /// The byte under `pos`.
    fn byte_at(&self, pos: Pos2) -> usize {
        let line = ((pos.y - self.at.y) / self.laid.line_px).floor().max(0.0) as usize;
        let line = line.min(self.laid.lines.len().saturating_sub(1));
        let (Some(row), Some(span)) = (self.galley.rows.get(line), self.laid.lines.get(line)) else { return 0 };
        let x = pos.x - self.at.x - row.pos.x;
        let n = row.glyphs.iter().take_while(|glyph| glyph.pos.x + glyph.advance_width <= x).count();
        let words = span.slice(&self.paragraph.text);
        words.char_indices().nth(n).map_or(span.end, |(at, _)| span.start + at)
    }
}

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

fn galley(ui: &Ui, style: &Style, laid: &Laid) -> Arc<Galley> {
    let format = TextFormat {
        font_id: style.font.clone(),
        color: Color32::PLACEHOLDER,
        line_height: Some(style.line_px),
        valign: egui::Align::Center,
        ..TextFormat::default()
    };
    let mut job = LayoutJob::single_section(laid.text.clone(), format);
    job.wrap = TextWrapping::no_max_width();
    ui.painter().layout_job(job)
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

/// The ground and underline of a highlight, as in the text so in the why card.
pub(super) fn ground(ui: &Ui, theme: &Theme, rect: Rect, corners: CornerRadius, kind: FindKind, is_selected: bool) {
    let painter = ui.painter();
    let line = |height: f32, colour| {
        // A strip of the rounded ground, so that its corners stay round.
        let clip = Rect::from_min_max(pos2(rect.left(), rect.bottom() - height), rect.max);
        painter.with_clip_rect(clip.intersect(painter.clip_rect())).rect_filled(rect, corners, colour);
    };
    let outline = |colour| {
        if theme.has_high_contrast {
            painter.rect_stroke(rect, corners, Stroke::new(1.0, colour), StrokeKind::Inside);
        }
    };
    if is_selected {
        painter.rect_filled(rect, corners, theme.selected_soft);
        outline(theme.selected);
        line(2.0, theme.selected);
        return;
    }
    match kind {
        FindKind::Time => {
            painter.rect_filled(rect, corners, theme.time_soft);
            outline(theme.time);
        }
        FindKind::Number | FindKind::Claim => {
            painter.rect_filled(rect, corners, theme.number_soft);
            outline(theme.number);
            line(1.0, theme.number);
        }
        FindKind::Undated => dotted(ui, rect, theme.ink_3),
        FindKind::Period => dotted(ui, rect, theme.time),
    }
}

fn dotted(ui: &Ui, rect: Rect, colour: Color32) {
    let y = rect.bottom() - 1.0;
    let ends = [pos2(rect.left() + 1.0, y), pos2(rect.right() - 1.0, y)];
    ui.painter().extend(Shape::dashed_line(&ends, Stroke::new(1.5, colour), 1.5, 1.5));
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
