//! The axis view of the timeline: ruler, lanes with glyphs and titles, torn strips, and what the pointer does there.

use super::{
    Theme,
    cx::Cx,
    density_ui::density_ui,
    glyphs,
    glyphs::GlyphState,
    gutter_ui,
    lanes_nudge::{answer_nudge, reveal},
    lanes_pointer::pointer_ui,
    nodes_ui::{Nodes, selected_line_ui},
    overview_ui,
    ruler_ui::{self, RULER_PX},
    scene::{IS_DENSE, Lights, Scene, axis, layout, pill_rect, rulers, selected},
    type_scale::Type,
    widgets,
};
use crate::{
    desk::Sight,
    edtf::Edtf,
    view::{
        labels::{Side, faded_ends},
        lanes,
        lanes_layout::{Glyph, LaneLayout, Pill, ROW_PX},
        names::event_label,
        overview,
        time_scale::TimeScale,
        timeline::{Item, Timeline},
        when::{DAY_SECS, When},
        words::{self, Exactness},
    },
};
use egui::{
    Align2, Color32, CornerRadius, Id, Rangef, Rect, Role, Sense, Shape, Stroke, StrokeKind, Ui, UiBuilder, pos2, vec2,
};

/// Blank between the gutter and the plot, and at the right.
const PLOT_PAD_PX: f32 = 12.0;
/// Draws ruler, lanes and overview into `body`.
pub fn axis_ui(ui: &mut Ui, cx: &mut Cx<'_>, timeline: &Timeline, body: Rect) {
    let ruler = Rect::from_min_size(body.min, vec2(body.width(), RULER_PX));
    let overview_px = overview::height_px(cx.corpus.entries.len(), body.height());
    let overview = Rect::from_min_max(pos2(body.left(), body.bottom() - overview_px), body.max);
    let lanes = Rect::from_min_max(ruler.left_bottom(), overview.right_top());
    let gutter_px = gutter_ui::width_px(ui, cx, timeline, body.width());
    let plot = (body.left() + gutter_px + PLOT_PAD_PX, body.right() - PLOT_PAD_PX - 2.0);
    let axis = axis(ui, cx, timeline, plot.1 - plot.0);
    cx.see(Sight::Folded(axis.is_folded()));
    let scale = TimeScale::new(&axis, cx.desk.timeline.window, f64::from(plot.0), f64::from(plot.1));
    let selected = selected(ui, cx, timeline);
    let layout = layout(ui, cx, timeline, &scale, lanes.height());
    let rulers = rulers(ui, cx, &scale);
    let max_scroll = (layout.height_px - lanes.height() + 26.0).max(0.0);
    let scroll_px = cx.desk.timeline.scroll_px.min(max_scroll).round();
    let lights = Lights::new(ui, cx);
    let scene = Scene { timeline, scale, layout, rulers, ruler, lanes, scroll_px, gutter_px, selected, lights };

    let is_dense = scene.layout.lanes.iter().any(|lane| lane.is_dense);
    ui.data_mut(|data| data.insert_temp(Id::unique(IS_DENSE), is_dense));
    reveal(ui, cx, &scene, max_scroll);
    answer_nudge(ui, cx, &scene);
    let ground = ui.interact(lanes.union(ruler), ui.scope_id().with("ground"), Sense::CLICK | Sense::DRAG);
    grounds_ui(ui, cx, &scene);
    let whole = Rect::from_min_max(ruler.min, lanes.max);
    ruler_ui::tears_ui(ui, cx, whole, &scene.scale, timeline);
    ruler_ui::ruler_ui(ui, cx, ruler, &scene.scale, &scene.rulers);
    writing_date_ui(ui, cx, &scene, WritingDate::Line);
    hairline_ui(ui, cx, &scene);
    content_ui(ui, cx, &scene);
    writing_date_ui(ui, cx, &scene, WritingDate::Flag);
    gutter_ui::gutter_ui(ui, cx, &scene);
    flag_ui(ui, cx, &scene);
    pointer_ui(ui, cx, &scene, &ground, max_scroll);
    overview_ui::overview_ui(ui, cx, &scene, overview);
}

/// The ground of a lane.
fn lane_ground(theme: &Theme, lane: usize) -> Color32 {
    if lane % 2 == 1 { theme.panel } else { theme.sheet }
}

/// Grounds of the lanes and grid lines.
fn grounds_ui(ui: &Ui, cx: &Cx<'_>, scene: &Scene<'_>) {
    let painter = ui.painter().with_clip_rect(scene.lanes.intersect(ui.clip_rect()));
    for (lane, rect) in scene.seen() {
        painter.rect_filled(rect, CornerRadius::ZERO, lane_ground(cx.theme, lane.lane));
    }
    let hair = Stroke::new(1.0, cx.theme.hair);
    for tick in scene.rulers.iter().flat_map(|ruler| &ruler.lower).filter(|tick| tick.label.is_some()) {
        painter.vline((tick.px as f32).floor() + 0.5, scene.lanes.y_range(), hair);
    }
    for span in scene.rulers.iter().flat_map(|ruler| &ruler.upper).filter(|span| span.begins) {
        painter.vline((span.left_px as f32).floor() + 0.5, scene.lanes.y_range(), hair);
    }
}

/// The two parts of the writing date: the line lies under the titles, the flag over them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum WritingDate {
    Line,
    Flag,
}

/// Height of the strip at the foot of the lanes that is kept for the writing date's flag.
const FLAG_STRIP_PX: f32 = 22.0;

/// When the document was written, if that is known well enough to be one line, and in view.
fn writing_date<'a>(cx: &Cx<'a>, scene: &Scene<'_>) -> Option<(&'a Edtf, When)> {
    // Among many documents the date of the one whose text happens to be open says nothing.
    let doc = cx.desk.source.doc;
    let is_selected = || cx.desk.selection.is_some_and(|mark| mark.doc() == doc);
    let is_only = || cx.desk.facets.documents.len() == 1 && cx.desk.facets.documents.contains(&doc);
    let is_meant = cx.corpus.entries.len() == 1 || is_selected() || is_only();
    let dct = cx.corpus.entries.get(doc).filter(|_| is_meant)?.document.dct.as_ref()?;
    let when = When::new(Some(dct), None, None).filter(|when| when.end - when.start <= 40.0 * DAY_SECS)?;
    scene.scale.shows(when.middle()).then_some((dct, when))
}

/// The day the document was written, as a dashed line with a flag at the foot.
fn writing_date_ui(ui: &Ui, cx: &Cx<'_>, scene: &Scene<'_>, part: WritingDate) {
    let Some((dct, when)) = writing_date(cx, scene) else { return };
    let x = (scene.scale.px_from_time(when.middle()) as f32).floor() + 0.5;
    let theme = cx.theme;
    let painter = ui.painter().with_clip_rect(scene.lanes.intersect(ui.clip_rect()));
    let year = dct.start().and_then(|date| date.year());
    let text = cx.words.fill("timeline.written", &[&words::date_within(dct, year, cx.words)]);
    let width = widgets::text_width(ui, &text, Type::Small) + 12.0;
    let left = (x - width / 2.0).clamp(scene.plot().min, (scene.plot().max - width).max(scene.plot().min));
    let flag = Rect::from_min_size(pos2(left.round(), scene.lanes.bottom() - 20.0), vec2(width.round(), 17.0));
    if part == WritingDate::Line {
        let line = [pos2(x, scene.lanes.top()), pos2(x, flag.top())];
        painter.extend(Shape::dashed_line(&line, Stroke::new(1.0, theme.ink_3), 2.0, 3.0));
        return;
    }
    painter.rect(flag, CornerRadius::same(2), theme.sheet, Stroke::new(1.0, theme.line), StrokeKind::Inside);
    widgets::text_at(ui, flag.center(), Align2::CENTER_CENTER, &text, Type::Small, theme.ink_2);
}

/// Glyphs, titles, pills and density, with a node for each event that a screen reader can reach.
fn content_ui(ui: &mut Ui, cx: &mut Cx<'_>, scene: &Scene<'_>) {
    let n = scene.layout.n_in_view.to_string();
    let name = format!("{}，{}", cx.words.get("timeline.title"), cx.words.fill("timeline.n-events", &[&n]));
    let builder = UiBuilder::new()
        .max_rect(scene.lanes)
        .id_salt("events")
        .accessibility_role(Role::List)
        .accessibility_label(name);
    ui.scope_builder(builder, |ui| {
        let mut clip = Rect::from_x_y_ranges(scene.plot().expand(3.0), scene.lanes.y_range());
        if writing_date(cx, scene).is_some() {
            // Nothing is covered by the flag: what would be scrolls above it.
            *clip.bottom_mut() -= FLAG_STRIP_PX;
        }
        ui.set_clip_rect(clip.intersect(ui.clip_rect()));
        let mut nodes = Nodes::new();
        for (lane, rect) in scene.seen() {
            density_ui(ui, cx, scene, lane, rect);
            selected_line_ui(ui, cx, scene, lane, rect);
            for glyph in &lane.glyphs {
                glyph_ui(ui, cx, scene, lane, rect, glyph);
            }
            for pill in &lane.pills {
                pill_ui(ui, cx, scene, rect, pill);
            }
            nodes.lane_ui(ui, cx, scene, lane, rect);
        }
        foot_ui(ui, cx, scene, clip);
    });
}

/// Height over which rows fade that go on below the foot.
const FADE_PX: f32 = 14.0;

/// A row that is cut by the foot of the pane fades there: it goes on, it does not end.
fn foot_ui(ui: &Ui, cx: &Cx<'_>, scene: &Scene<'_>, clip: Rect) {
    let reach = scene.lanes.top() - scene.scroll_px + scene.layout.height_px;
    let cut = scene.seen().find(|(_, rect)| rect.y_range().contains(clip.bottom()));
    let Some((lane, _)) = cut.filter(|(lane, _)| !lane.is_dense && reach > clip.bottom() + 4.0) else { return };
    let ground = lane_ground(cx.theme, lane.lane);
    let mut mesh = egui::Mesh::default();
    for piece in scene.scale.pieces() {
        let first = mesh.vertices.len() as u32;
        for (y, colour) in [(clip.bottom() - FADE_PX, Theme::wash(ground, 0)), (clip.bottom(), ground)] {
            mesh.colored_vertex(pos2(piece.left_px as f32, y), colour);
            mesh.colored_vertex(pos2(piece.right_px as f32, y), colour);
        }
        mesh.add_triangle(first, first + 1, first + 2);
        mesh.add_triangle(first + 1, first + 2, first + 3);
    }
    ui.painter().add(Shape::mesh(mesh));
}

fn glyph_ui(ui: &Ui, cx: &Cx<'_>, scene: &Scene<'_>, lane: &LaneLayout, rect: Rect, glyph: &Glyph) {
    let item = &glyph.item;
    let theme = cx.theme;
    let y = scene.row_y(rect, glyph.row);
    if y < scene.lanes.top() - ROW_PX || y > scene.lanes.bottom() + ROW_PX {
        return;
    }
    let is_selected = scene.selected == Some(item.row);
    let state = scene.lights.state(cx, item, is_selected);
    let painter = ui.painter();
    if state.is_hovered && !is_selected {
        let x = glyphs::anchor_x(item.when.exactness, Rangef::new(glyph.x.0, glyph.x.1)).floor() + 0.5;
        painter.vline(x, scene.lanes.top()..=y - 7.0, Stroke::new(1.0, Theme::wash(theme.ink, 45)));
    }
    draw_glyph(ui, theme, scene, item, glyph.x, y, state);
    let label = glyph.label.as_ref().map(|label| (label.text.as_str(), label.left, label.right, label.row));
    let forced = if label.is_none() && is_selected { forced_label(ui, cx, scene, item, glyph) } else { None };
    let forced = forced.as_ref().map(|(text, left, right)| (text.as_str(), *left, *right, glyph.row));
    let Some((text, left, right, row)) = label.or(forced) else { return };
    let middle = scene.row_y(rect, row);
    let ground = Rect::from_x_y_ranges(left - 3.0..=right + 3.0, middle - 8.5..=middle + 8.5);
    let (fill, kind) =
        if is_selected { (theme.selected_soft, Type::LabelBold) } else { (lane_ground(theme, lane.lane), Type::Label) };
    painter.rect_filled(ground, CornerRadius::same(2), fill);
    let ink = if state.is_dimmed { Theme::wash(theme.ink, 30) } else { theme.ink };
    let (at, anchor) = match glyph.label.as_ref().map(|label| label.side) {
        Some(Side::Left) => (pos2(right, middle), Align2::RIGHT_CENTER),
        Some(Side::Below) => (pos2(f32::midpoint(left, right), middle), Align2::CENTER_CENTER),
        _ => (pos2(left, middle), Align2::LEFT_CENTER),
    };
    widgets::text_at(ui, at, anchor, text, kind, ink);
    for (edge, whole) in faded_ends((left, right), (scene.plot().min, scene.plot().max)) {
        let clip_edge = edge + 3.0 * (edge - whole).signum();
        let mut mesh = egui::Mesh::default();
        for y in [ground.top(), ground.bottom()] {
            mesh.colored_vertex(pos2(clip_edge, y), fill);
            mesh.colored_vertex(pos2(whole, y), Theme::wash(fill, 0));
        }
        mesh.add_triangle(0, 1, 2);
        mesh.add_triangle(1, 2, 3);
        painter.add(Shape::mesh(mesh));
    }
}

/// An interval that crosses a tear goes on at its other side.
fn draw_glyph(ui: &Ui, theme: &Theme, scene: &Scene<'_>, item: &Item, x: (f32, f32), y: f32, state: GlyphState) {
    let kind = item.when.exactness;
    let crosses = scene.scale.tears().any(|tear| x.0 < tear.left_px as f32 && tear.right_px as f32 <= x.1 + 0.5);
    if !crosses || kind != Exactness::Lasting {
        glyphs::event_glyph(ui.painter(), theme, kind, Rangef::new(x.0, x.1), y, state);
        return;
    }
    for piece in scene.scale.pieces() {
        let (left, right) = ((piece.left_px as f32).max(x.0), (piece.right_px as f32).min(x.1));
        if right > left {
            glyphs::event_glyph(ui.painter(), theme, kind, Rangef::new(left, right), y, state);
        }
    }
}

/// The selected title is always shown, even over others.
fn forced_label(ui: &Ui, cx: &Cx<'_>, scene: &Scene<'_>, item: &Item, glyph: &Glyph) -> Option<(String, f32, f32)> {
    let text = event_label(item.event(cx.corpus)?);
    let span = lanes::span(item, &scene.scale)?;
    let text = widgets::elided(ui, &text, Type::LabelBold, (span.room.1 - span.room.0 - 8.0).max(60.0));
    let width = widgets::text_width(ui, &text, Type::LabelBold);
    let right = glyph.x.1 + 12.0;
    let left = if right + width <= span.room.1 { right } else { (glyph.x.0 - 12.0 - width).max(span.room.0) };
    Some((text, left, left + width))
}

fn pill_ui(ui: &Ui, cx: &Cx<'_>, scene: &Scene<'_>, lane: Rect, pill: &Pill) {
    let rect = pill_rect(scene, lane, pill);
    let mut state = GlyphState { is_dimmed: scene.lights.query.is_some(), ..GlyphState::default() };
    // Of very many only some can be asked; the count stands for all.
    for member in pill.cluster.members.iter().take(40) {
        let Some(item) = scene.item(*member) else { continue };
        let one = scene.lights.state(cx, &item, scene.selected == Some(*member));
        state.is_selected |= one.is_selected;
        state.is_related |= one.is_related;
        state.is_hovered |= one.is_hovered;
        state.is_dimmed &= one.is_dimmed;
    }
    let span = Rangef::new(pill.cluster.left.min(rect.center().x - 4.0), pill.cluster.right.max(rect.center().x + 4.0));
    glyphs::cluster(ui.painter(), cx.theme, rect, span, &pill.cluster.members.len().to_string(), state);
}

/// Where the selection's flag and hairline stand, where it is in view.
fn flag_place(scene: &Scene<'_>) -> Option<(Item, lanes::Span)> {
    let item = scene.selected.and_then(|idx| scene.item(idx))?;
    let (start, end) = item.drawn();
    let known = if item.when.exactness == Exactness::Ongoing { start } else { item.when.middle() };
    let window = scene.scale.window();
    let is_out = known < window.start && end < window.start || known > window.end;
    (!is_out).then(|| lanes::span(&item, &scene.scale)).flatten().map(|span| (item, span))
}

/// The hairline from the selection's date in the ruler to its glyph; below the titles, so that it runs through none.
fn hairline_ui(ui: &Ui, cx: &Cx<'_>, scene: &Scene<'_>) {
    let Some((_, span)) = flag_place(scene) else { return };
    let Some(top) = scene.selected.and_then(|idx| scene.layout.row_top(idx)) else { return };
    let y = (scene.lanes.top() - scene.scroll_px + top + ROW_PX / 2.0 - 8.5).min(scene.lanes.bottom());
    let x = span.anchor.floor() + 0.5;
    if y > scene.ruler.bottom() {
        ui.painter().vline(x, scene.ruler.bottom() - 6.0..=y, Stroke::new(1.0, cx.theme.selected));
    }
}

/// The date flag of the selection in the ruler.
fn flag_ui(ui: &Ui, cx: &Cx<'_>, scene: &Scene<'_>) {
    let Some((item, span)) = flag_place(scene) else { return };
    let Some(event) = item.event(cx.corpus) else { return };
    let text = words::event_date(event, cx.words);
    ruler_ui::flag_ui(ui, cx.theme, scene.ruler, span.anchor, span.room, &text);
}
