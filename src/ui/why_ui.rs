//! The why card at the foot of the source pane: the steps from the printed words to the reading.

use super::{
    cx::Cx,
    highlight::ground,
    minimap_ui,
    type_scale::Type,
    widgets::{self, Face, Weight, elided, text_at, text_width},
};
use crate::{
    desk::{Command, Mark, Overlay},
    model::TimeType,
    span::Span,
    view::{
        beside::calendars,
        cite, linebreak,
        reading::{FindKind, pieces},
        why::{Part, Step, Why},
    },
};
use egui::{
    Align2, Color32, CornerRadius, Galley, Id, Rect, Role, Sense, Stroke, StrokeKind, Ui, UiBuilder, WidgetInfo,
    epaint::text::{LayoutJob, TextFormat, TextWrapping},
    pos2, vec2,
};
use std::sync::Arc;

/// Below this height of the text's part the card is folded, unless the user opened it.
const LOW_PX: f32 = 500.0;
/// The card's share of the pane, at most.
const MAX_SHARE: f32 = 0.4;
/// Height of a line of a step.
const STEP_PX: f32 = 22.0;
/// Blank inside the card, left and right.
const INSET_PX: f32 = 16.0;
/// Where less is left beside the buttons, the rules' names are not shown; a piece of one says nothing.
const LEAST_RULES_PX: f32 = 70.0;
/// Height of the folded card.
const FOLDED_PX: f32 = 58.0;
/// What stands above the steps, and below them with the buttons.
const ABOVE_PX: f32 = 53.0;
const BELOW_PX: f32 = 43.0;

/// The card, laid out.
pub(super) struct WhyCard<'a> {
    why: &'a Why,
    /// Where it stands.
    pub rect: Rect,
    pub is_folded: bool,
    label_px: f32,
    steps: Vec<SetStep>,
    /// How many tell the same.
    n_sources: usize,
}

/// A step broken into lines.
struct SetStep {
    /// Which step, so that the same words in two steps are two things to point at.
    idx: usize,
    parts: Vec<Part>,
    /// The bytes of each part in the joined text.
    spans: Vec<Span>,
    text: String,
    lines: Vec<Span>,
    galley: Arc<Galley>,
}

impl<'a> WhyCard<'a> {
    /// Lays the card out at the foot of `body`, the pane without its header.
    pub fn new(ui: &Ui, cx: &Cx<'_>, why: &'a Why, body: Rect) -> Self {
        let left = body.left() + 13.0;
        let right = body.right() - minimap_ui::WIDTH_PX - 9.0;
        let is_folded = cx.desk.source.why_is_folded.unwrap_or(body.height() < LOW_PX);
        let labels = why.steps.iter().map(|step| text_width(ui, &step.label, Type::Label));
        let label_px = labels.fold(0.0, f32::max).ceil() + 20.0;
        let room = right - left - 2.0 * INSET_PX - label_px;
        let steps: Vec<SetStep> = if is_folded {
            let brief = folded_parts(&why.steps);
            vec![SetStep::new(ui, 0, brief, f32::INFINITY)]
        } else {
            why.steps.iter().enumerate().map(|(idx, step)| SetStep::new(ui, idx, step.parts.clone(), room)).collect()
        };
        let n_lines: usize = steps.iter().map(|step| step.lines.len()).sum();
        let height = if is_folded { FOLDED_PX } else { ABOVE_PX + n_lines as f32 * STEP_PX + BELOW_PX };
        let height = height.min((body.height() * MAX_SHARE).max(FOLDED_PX)).round();
        let bottom = body.bottom() - 12.0;
        let rect = Rect::from_min_max(pos2(left, bottom - height), pos2(right, bottom));
        Self { why, rect, is_folded, label_px, steps, n_sources: 0 }
    }

    /// With a way to the sources, where there are several.
    pub const fn with_sources(mut self, n_sources: usize) -> Self {
        self.n_sources = n_sources;
        self
    }

    /// Draws it.
    pub fn ui(&self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let rect = self.rect;
        let theme = cx.theme;
        let frame = ui.ctx().cumulative_frame_nr();
        ui.data_mut(|data| data.insert_temp(super::correct_ui::card_id(), (frame, rect)));
        let region = ui.interact(rect, ui.scope_id().with("why"), Sense::hover());
        region.widget_info(|| WidgetInfo::labeled(Role::Region, true, self.why.text()));
        ui.painter().rect_filled(rect, CornerRadius::same(6), theme.sheet);
        let bar = Rect::from_min_max(rect.min, pos2(rect.left() + 3.0, rect.bottom()));
        ui.painter().with_clip_rect(bar.intersect(ui.clip_rect())).rect_filled(
            rect,
            CornerRadius::same(6),
            theme.selected,
        );
        let stroke = Stroke::new(1.0, theme.line);
        let outside = Rect::from_min_max(pos2(bar.right(), rect.top()), rect.max);
        ui.painter().with_clip_rect(outside.intersect(ui.clip_rect())).rect_stroke(
            rect,
            CornerRadius::same(6),
            stroke,
            StrokeKind::Inside,
        );
        self.title_ui(ui, cx);
        if self.is_folded {
            if let Some(step) = self.steps.first() {
                let at = pos2(rect.left() + INSET_PX, rect.top() + 28.0);
                let clip = Rect::from_min_max(at, rect.max - vec2(INSET_PX, 0.0));
                ui.scope_builder(UiBuilder::new().max_rect(clip), |ui| {
                    ui.set_clip_rect(clip.expand2(vec2(2.0, 0.0)).intersect(ui.clip_rect()));
                    step.ui(ui, cx, at, theme.ink_2);
                });
            }
            return;
        }
        let inner = Rect::from_min_max(
            pos2(rect.left() + INSET_PX, rect.top() + ABOVE_PX),
            pos2(rect.right() - INSET_PX, rect.bottom() - BELOW_PX),
        );
        self.steps_ui(ui, cx, inner);
        self.buttons_ui(ui, cx);
    }

    fn title_ui(&self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let rect = self.rect;
        let at = rect.left_top() + vec2(INSET_PX, if self.is_folded { 18.0 } else { 21.0 });
        let sources = (self.n_sources > 1).then(|| cx.words.fill("sources.count", &[&self.n_sources.to_string()]));
        let sources_px = sources.as_ref().map_or(0.0, |words| text_width(ui, words, Type::Label) + 16.0);
        let room = rect.width() - 2.0 * INSET_PX - 32.0 - if self.is_folded { sources_px } else { 0.0 };
        if let Some(words) = sources {
            let (right, y) = if self.is_folded { (40.0, at.y) } else { (INSET_PX - 8.0, rect.top() + 40.0) };
            let place = Rect::from_min_max(
                pos2(rect.right() - right - sources_px, y - 11.0),
                pos2(rect.right() - right, y + 11.0),
            );
            sources_link(ui, cx, place, &words);
        }
        let title = elided(ui, &self.why.title, Type::BodyBold, room);
        let drawn = text_at(ui, at, Align2::LEFT_CENTER, &title, Type::BodyBold, cx.theme.ink);
        let heading = ui.interact(drawn, ui.scope_id().with("why-title"), Sense::hover());
        // The date in other calendars stands where the card's name stands else.
        let beside = self.why.date.as_ref().and_then(|date| calendars(date, &cx.desk.settings.time_style, cx.words));
        let name =
            [Some(self.why.title.as_str()), beside.as_deref()].into_iter().flatten().collect::<Vec<_>>().join("\n");
        heading.widget_info(|| WidgetInfo::labeled(Role::Heading, true, &name));
        if title != self.why.title {
            heading.on_hover_text(&self.why.title);
        }
        if !self.is_folded {
            let below = rect.left_top() + vec2(INSET_PX, 40.0);
            let caption = beside.as_deref().unwrap_or(cx.words.get("why.title"));
            let caption = elided(ui, caption, Type::Small, rect.width() - 2.0 * INSET_PX - sources_px);
            text_at(ui, below, Align2::LEFT_CENTER, &caption, Type::Small, cx.theme.ink_3);
        }
        let fold = Rect::from_center_size(pos2(rect.right() - 22.0, at.y), vec2(28.0, 28.0));
        let (icon, name) = if self.is_folded { ("caret-up", "why.unfold") } else { ("caret-down", "why.fold") };
        let mut child = ui.new_child(UiBuilder::new().max_rect(fold).id_salt("why-fold"));
        let face = Face::icon(icon, cx.words.get(name));
        if widgets::button(&mut child, cx.theme, face, Weight::Quiet, false).clicked() {
            cx.push(Command::ToggleWhy);
        }
    }

    /// The steps; they scroll where they are higher than the card may be.
    fn steps_ui(&self, ui: &mut Ui, cx: &mut Cx<'_>, inner: Rect) {
        let n_lines: usize = self.steps.iter().map(|step| step.lines.len()).sum();
        let mut child = ui.new_child(UiBuilder::new().max_rect(inner).id_salt("why-steps"));
        let area = egui::ScrollArea::vertical().max_height(inner.height()).auto_shrink(false);
        area.show(&mut child, |ui| {
            let (rect, _) = ui.allocate_exact_size(vec2(inner.width(), n_lines as f32 * STEP_PX), Sense::hover());
            let mut y = rect.top();
            for (step, set) in self.why.steps.iter().zip(&self.steps) {
                let label = pos2(rect.left(), y + STEP_PX / 2.0);
                text_at(ui, label, Align2::LEFT_CENTER, &step.label, Type::Label, cx.theme.ink_3);
                set.ui(ui, cx, pos2(rect.left() + self.label_px, y), cx.theme.ink);
                y += set.lines.len() as f32 * STEP_PX;
            }
        });
    }

    fn buttons_ui(&self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let rect = self.rect;
        let at = pos2(rect.left() + INSET_PX, rect.bottom() - 8.0 - widgets::CHIP_PX);
        let place = Rect::from_min_max(at, rect.max - vec2(INSET_PX, 8.0));
        let mut child = ui.new_child(UiBuilder::new().max_rect(place).id_salt("why-buttons"));
        child.set_width(place.width());
        child.spacing_mut().item_spacing.x = 6.0;
        let mut right_px = place.left();
        let mut response = None;
        child.horizontal(|ui| {
            let mut small = |face: Face<'_>| {
                let response = widgets::button_sized(ui, cx.theme, face, Weight::Secondary, false, widgets::CHIP_PX);
                right_px = response.rect.right();
                response
            };
            let correct = small(Face::labelled("pencil-simple", cx.words.get("command.correct")).with_key("E"));
            let hide = small(Face::labelled("eye-slash", cx.words.get("command.hide")).with_key("H"));
            response = Some(small(Face::labelled("copy", cx.words.get("source.cite")).with_key("C")));
            if correct.clicked() {
                cx.push(Command::Open(Overlay::Correct));
            }
            if hide.clicked() {
                cx.push(Command::Hide);
            }
        });
        let Some(response) = response else { return };
        if response.clicked()
            && let Some(mark) = cx.desk.selection
            && let Some(text) = cite::citation(cx.corpus, mark, cx.words)
        {
            cx.push(Command::CopyText(text));
        }
        let room = place.right() - right_px - 12.0;
        if room < LEAST_RULES_PX {
            return;
        }
        let rules = elided(ui, &self.why.rules.join(" · "), Type::Small, room);
        let right = pos2(place.right(), response.rect.center().y);
        text_at(ui, right, Align2::RIGHT_CENTER, &rules, Type::Small, cx.theme.ink_3);
    }
}

/// “3 处来源”: leads to the sources beside each other.
fn sources_link(ui: &Ui, cx: &mut Cx<'_>, place: Rect, words: &str) {
    let response = ui.interact(place, ui.scope_id().with("why-sources"), Sense::click());
    let name = cx.words.fill("sources.open", &[words]);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    if response.hovered() {
        ui.ctx().set_cursor_icon(egui::CursorIcon::PointingHand);
        ui.painter().rect_filled(place, CornerRadius::same(3), cx.theme.paper);
    }
    let at = pos2(place.right() - 8.0, place.center().y);
    let drawn = text_at(ui, at, Align2::RIGHT_CENTER, words, Type::Label, cx.theme.time);
    ui.painter().hline(drawn.x_range(), drawn.bottom() - 0.5, Stroke::new(1.0, cx.theme.time));
    widgets::focus_ring(ui, cx.theme, &response, 3);
    if response.on_hover_text(format!("{name}  V")).clicked() {
        cx.push(Command::ToggleSources);
    }
}

/// The steps in a few words, for the folded card.
fn folded_parts(steps: &[Step]) -> Vec<Part> {
    let mut parts = Vec::new();
    for step in steps.iter().filter(|step| !step.brief.is_empty()) {
        if !parts.is_empty() {
            parts.push(Part::Plain("  ·  ".to_owned()));
        }
        parts.extend(step.brief.iter().cloned());
    }
    if parts.is_empty() {
        parts.extend(steps.first().map(|step| step.parts.clone()).unwrap_or_default());
    }
    parts
}

impl SetStep {
    fn new(ui: &Ui, idx: usize, parts: Vec<Part>, width: f32) -> Self {
        let mut text = String::new();
        let mut spans = Vec::with_capacity(parts.len());
        for part in &parts {
            let start = text.len();
            text.push_str(part.text());
            spans.push(Span::new(start, text.len()));
        }
        let atoms: Vec<Span> = parts
            .iter()
            .zip(&spans)
            .filter(|(part, _)| matches!(part, Part::Cited { .. } | Part::Bold(_)))
            .map(|(_, span)| *span)
            .collect();
        // Bold is a little wider than the face that is measured.
        let room = f64::from(width - 4.0);
        let (body, bold) = (Type::Body.font(), Type::BodyBold.font());
        let lines =
            ui.fonts_mut(|fonts| linebreak::lines(&text, &atoms, room, |c| f64::from(fonts.glyph_width(&body, c))));
        let mut job = LayoutJob { wrap: TextWrapping::no_max_width(), ..LayoutJob::default() };
        for (idx, line) in lines.iter().enumerate() {
            for (part, span) in parts.iter().zip(&spans) {
                let piece = Span::new(span.start.max(line.start), span.end.min(line.end));
                let font = if matches!(part, Part::Bold(_)) { &bold } else { &body };
                append(&mut job, piece.slice(&text), font.clone());
            }
            if idx + 1 < lines.len() {
                append(&mut job, "\n", body.clone());
            }
        }
        let galley = ui.painter().layout_job(job);
        Self { idx, parts, spans, text, lines, galley }
    }

    /// Draws the lines from `at` down, the words of the text as their highlights.
    fn ui(&self, ui: &Ui, cx: &mut Cx<'_>, at: egui::Pos2, ink: Color32) {
        for (idx, (part, span)) in self.parts.iter().zip(&self.spans).enumerate() {
            let (Part::Cited { mark, .. } | Part::Link { mark, .. }) = part else { continue };
            for (line, piece) in pieces(&self.lines, *span) {
                let rect = self.rect(at, line, piece);
                let response = ui.interact(rect, Id::unique(("why", *mark, self.idx, idx, line)), Sense::click());
                response.widget_info(|| WidgetInfo::labeled(Role::Link, true, part.text()));
                if matches!(part, Part::Cited { .. }) {
                    let is_selected = is_selected(cx, *mark);
                    ground(ui, cx.theme, rect, CornerRadius::same(2), kind_of(cx, *mark), is_selected);
                } else {
                    let y = rect.bottom() - 2.5;
                    ui.painter().hline(rect.x_range(), y, Stroke::new(1.0, cx.theme.time));
                }
                if response.hovered() {
                    ui.ctx().set_cursor_icon(egui::CursorIcon::PointingHand);
                    ui.painter().rect_stroke(
                        rect,
                        CornerRadius::same(2),
                        Stroke::new(1.0, cx.theme.ink),
                        StrokeKind::Inside,
                    );
                }
                widgets::focus_ring(ui, cx.theme, &response, 2);
                if response.clicked() {
                    cx.push(Command::Select(*mark));
                }
            }
        }
        ui.painter().galley(at.round(), self.galley.clone(), ink);
    }

    fn rect(&self, at: egui::Pos2, line: usize, piece: Span) -> Rect {
        let x = |byte: usize| {
            let (Some(row), Some(span)) = (self.galley.rows.get(line), self.lines.get(line)) else { return 0.0 };
            let n = self.text.get(span.start..byte).map_or(0, |text| text.chars().count());
            let end = row.glyphs.last().map_or(0.0, |glyph| glyph.pos.x + glyph.advance_width);
            row.pos.x + row.glyphs.get(n).map_or(end, |glyph| glyph.pos.x)
        };
        let top = at.y + line as f32 * STEP_PX + 1.0;
        Rect::from_min_max(pos2(at.x + x(piece.start) - 1.0, top), pos2(at.x + x(piece.end) + 1.0, top + STEP_PX - 2.0))
            .round()
    }
}

fn append(job: &mut LayoutJob, text: &str, font_id: egui::FontId) {
    let format = TextFormat {
        font_id,
        color: Color32::PLACEHOLDER,
        line_height: Some(STEP_PX),
        valign: egui::Align::Center,
        ..TextFormat::default()
    };
    job.append(text, 0.0, format);
}

fn is_selected(cx: &Cx<'_>, mark: Mark) -> bool {
    cx.desk.selection.is_some_and(|selected| match selected {
        Mark::Event { .. } => selected.parts(cx.corpus).contains(&mark),
        _ => selected == mark,
    })
}

fn kind_of(cx: &Cx<'_>, mark: Mark) -> FindKind {
    let Mark::Time { doc, time } = mark else { return FindKind::Number };
    let time = cx.corpus.entries.get(doc).and_then(|entry| entry.document.times.get(time));
    match time {
        Some(time) if matches!(time.kind, TimeType::Duration | TimeType::Set) => FindKind::Period,
        Some(time) if time.edtf.is_none() && time.interval.is_none() => FindKind::Undated,
        _ => FindKind::Time,
    }
}
