//! The axis view of the timeline: ruler, lanes with glyphs and titles, torn strips, and what the pointer does there.

use super::{
    Theme,
    cx::Cx,
    density_ui::density_ui,
    event_menu::{About, event_menu_ui},
    glyphs,
    glyphs::GlyphState,
    gutter_ui,
    nodes_ui::{Nodes, selected_line_ui},
    overview_ui, rubber_band,
    ruler_ui::{self, RULER_PX},
    search_ui,
    timeline_ui::{kept, key_of, timeline_key},
    tooltip::event_tooltip,
    type_scale::Type,
    widgets,
};
use crate::{
    desk::{Command, Mark, Nudge, Sight, TimeWindow},
    edtf::Edtf,
    view::{
        brush, filter_words,
        labels::Side,
        lanes::{self, Glyph, LANE_PAD_PX, LaneLayout, LanesLayout, PILL_PX, Pill, ROW_PX, Request},
        names::event_label,
        number, overview,
        query::Query,
        ticks::{self, Ruler},
        time_scale::{Axis, TimeScale},
        timeline::{Item, Reach, Timeline, rests_on},
        when::{DAY_SECS, When},
        words::{self, Exactness},
    },
};
use egui::{
    Align2, Color32, CornerRadius, Id, Pos2, Rangef, Rect, Response, Role, Sense, Shape, Stroke, StrokeKind, Ui,
    UiBuilder, pos2, vec2,
};
use std::sync::Arc;

/// Name under which the pane remembers whether a lane shows density.
pub(super) const IS_DENSE: &str = "timeline-is-dense";
/// Blank between the gutter and the plot, and at the right.
const PLOT_PAD_PX: f32 = 12.0;
/// A glyph takes the pointer within this.
pub(super) const REACH_PX: f32 = 8.0;

/// Everything one frame of the axis is drawn from.
pub(super) struct Scene<'a> {
    pub timeline: &'a Timeline,
    pub scale: TimeScale,
    pub layout: Arc<LanesLayout>,
    pub rulers: Arc<Vec<Ruler>>,
    pub ruler: Rect,
    pub lanes: Rect,
    pub scroll_px: f32,
    /// Width of the names at the left.
    pub gutter_px: f32,
    pub selected: Option<u32>,
    pub lights: Lights,
}

/// Which events rest on the same words as what is selected or under the pointer.
#[derive(Debug, Default)]
pub(super) struct Lights {
    selected: Vec<Mark>,
    hovered: Vec<Mark>,
    hover: Option<Mark>,
    query: Arc<Option<Query>>,
}

impl Lights {
    pub fn new(ui: &Ui, cx: &Cx<'_>) -> Self {
        let parts = |mark: Option<Mark>| mark.map(|mark| mark.parts(cx.corpus)).unwrap_or_default();
        Self {
            selected: parts(cx.desk.selection),
            hovered: parts(cx.desk.hover),
            hover: cx.desk.hover,
            query: search_ui::query(ui, cx),
        }
    }

    /// The state of one event's glyph.
    pub fn state(&self, cx: &Cx<'_>, item: &Item, is_selected: bool) -> GlyphState {
        let Some(event) = item.event(cx.corpus) else { return GlyphState::default() };
        let doc = item.doc as usize;
        let rests =
            |parts: &[Mark]| parts.first().is_some_and(|part| part.doc() == doc) && rests_on(event, parts, cx.corpus);
        let document = cx.corpus.entries.get(doc).map(|entry| &entry.document);
        let is_wanted = |query: &Query| document.is_some_and(|document| query.wants_event(document, event));
        let is_dimmed = self.query.as_ref().as_ref().is_some_and(|query| !is_wanted(query)) || event.is_hidden();
        GlyphState {
            is_selected,
            is_related: !is_selected && (cx.desk.picked.contains(&item.mark()) || rests(&self.selected)),
            is_hovered: self.hover == Some(item.mark()) || rests(&self.hovered),
            is_dimmed,
            is_corrected: event.is_corrected(),
        }
    }
}

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

fn axis(ui: &Ui, cx: &Cx<'_>, timeline: &Timeline, width_px: f32) -> Arc<Axis> {
    let desk = &cx.desk.timeline;
    let opened: Vec<u64> = desk.opened_cuts.iter().map(|at| at.to_bits()).collect();
    let reach = if desk.shows_far { Reach::All } else { Reach::Core };
    let key = key_of((timeline_key(cx), width_px.to_bits(), format!("{:?}", desk.fold), opened, reach, timeline.len()));
    kept(ui, Id::unique("timeline-axis"), key, |_| {
        timeline.axis(desk.fold, &desk.opened_cuts, reach, f64::from(width_px))
    })
}

/// The axis of the events for a pane of this width; the list shares it.
pub(super) fn axis_of(ui: &Ui, cx: &Cx<'_>, timeline: &Timeline, width_px: f32) -> Arc<Axis> {
    axis(ui, cx, timeline, width_px)
}

/// Index of the selected event in `timeline.items`.
pub(super) fn selected(ui: &Ui, cx: &Cx<'_>, timeline: &Timeline) -> Option<u32> {
    let mark = cx.desk.selection?;
    let found =
        kept(ui, Id::unique("timeline-selected"), key_of((timeline_key(cx), mark)), |_| timeline.find(mark, cx.corpus));
    *found
}

fn layout(ui: &Ui, cx: &Cx<'_>, timeline: &Timeline, scale: &TimeScale, room_px: f32) -> Arc<LanesLayout> {
    let desk = &cx.desk.timeline;
    let window = scale.window();
    let pieces: Vec<[u64; 3]> = scale
        .pieces()
        .iter()
        .map(|piece| [piece.start.to_bits(), piece.left_px.to_bits(), piece.right_px.to_bits()])
        .collect();
    let week = cx.desk.time_style.week;
    let shape = (room_px.to_bits(), desk.has_same_height, week);
    let edges = (window.start.to_bits(), window.end.to_bits());
    let key = key_of((timeline_key(cx), edges, pieces, &desk.folded_lanes, shape, timeline.len()));
    kept(ui, Id::unique("timeline-lanes"), key, |before: Option<&LanesLayout>| {
        let before = before.filter(|_| key_is_same_events(ui, cx));
        lanes::lay_out(&Request {
            timeline,
            scale,
            folded: &desk.folded_lanes,
            room_px,
            has_same_height: desk.has_same_height,
            week,
            title: &|item: &Item| item.event(cx.corpus).map(event_label).unwrap_or_default(),
            width: &|text| widgets::text_width(ui, text, Type::LabelBold),
            before,
        })
    })
}

/// Whether the last layout was of the same events, so that its places may be kept.
fn key_is_same_events(ui: &Ui, cx: &Cx<'_>) -> bool {
    let key = timeline_key(cx);
    let id = Id::unique("timeline-sides-of");
    let before = ui.data(|data| data.get_temp::<u64>(id));
    ui.data_mut(|data| data.insert_temp(id, key));
    before == Some(key)
}

fn rulers(ui: &Ui, cx: &Cx<'_>, scale: &TimeScale) -> Arc<Vec<Ruler>> {
    let pieces: Vec<[u64; 4]> = scale
        .pieces()
        .iter()
        .map(|p| [p.start.to_bits(), p.end.to_bits(), p.left_px.to_bits(), p.right_px.to_bits()])
        .collect();
    let week = cx.desk.time_style.week;
    kept(ui, Id::unique("timeline-rulers"), key_of((pieces, cx.words.key(), week)), |_| {
        let width = |text: &str| f64::from(widgets::text_width(ui, text, Type::Small));
        scale.pieces().iter().map(|piece| ticks::ruler(piece, cx.words, week, &width)).collect()
    })
}

/// The ground of a lane.
fn lane_ground(theme: &Theme, lane: usize) -> Color32 {
    if lane % 2 == 1 { theme.panel } else { theme.sheet }
}

impl Scene<'_> {
    /// A lane's rectangle on screen.
    pub fn lane_rect(&self, lane: &LaneLayout) -> Rect {
        let top = self.lanes.top() - self.scroll_px + lane.top_px;
        Rect::from_min_size(pos2(self.lanes.left(), top), vec2(self.lanes.width(), lane.height_px))
    }

    /// The lanes in view with their rectangles.
    pub fn seen(&self) -> impl Iterator<Item = (&LaneLayout, Rect)> {
        self.layout
            .lanes
            .iter()
            .map(|lane| (lane, self.lane_rect(lane)))
            .filter(|(_, rect)| rect.intersects(self.lanes))
    }

    pub fn row_y(&self, lane: Rect, row: usize) -> f32 {
        lane.top() + LANE_PAD_PX / 2.0 + (row as f32 + 0.5) * ROW_PX
    }

    pub fn item(&self, idx: u32) -> Option<Item> {
        self.timeline.item(idx)
    }

    pub fn plot(&self) -> Rangef {
        Rangef::new(self.scale.left_px() as f32, self.scale.right_px() as f32)
    }
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
    let dct = cx.corpus.entries.get(cx.desk.source.doc)?.document.dct.as_ref()?;
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

/// The name of a lane.
pub(super) fn lane_name<'a>(scene: &'a Scene<'_>, lane: usize) -> &'a str {
    scene.timeline.lanes.get(lane).map_or("", |lane| lane.name.as_str())
}

/// Where a pill stands.
pub(super) fn pill_rect(scene: &Scene<'_>, lane: Rect, pill: &Pill) -> Rect {
    let middle = pos2(pill.cluster.middle, scene.row_y(lane, pill.row) - 1.0);
    Rect::from_center_size(
        middle,
        vec2(PILL_PX.max(pill.cluster.members.len().to_string().len() as f32 * 7.0 + 12.0), 16.0),
    )
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

/// What lies under the pointer.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Target {
    Item(u32),
    Pill { first: f64, last: f64, member: u32, count: usize },
    Column { lane: usize, start: f64, end: f64, count: usize },
    Tear(f64),
    Ground,
}

fn target(scene: &Scene<'_>, at: Pos2) -> Target {
    if !scene.plot().expand(REACH_PX).contains(at.x) {
        return Target::Ground;
    }
    let mut nearest: Option<(f32, Target)> = None;
    let mut offer = |distance: f32, target: Target| {
        if nearest.is_none_or(|(best, _)| distance < best) {
            nearest = Some((distance, target));
        }
    };
    for (lane, rect) in scene.seen().filter(|(_, rect)| rect.y_range().contains(at.y) && scene.lanes.contains(at)) {
        for glyph in &lane.glyphs {
            let y = scene.row_y(rect, glyph.row);
            let x = at.x.clamp(glyph.x.0.min(glyph.x.1), glyph.x.1);
            let distance = (pos2(x, y) - at).length();
            if distance <= REACH_PX {
                offer(
                    if scene.selected == Some(glyph.item.row) { 0.0 } else { distance },
                    Target::Item(glyph.item.row),
                );
            }
            if let Some(label) = &glyph.label {
                let y = scene.row_y(rect, label.row);
                let is_over = (at.y - y).abs() <= ROW_PX / 2.0 && label.left - 3.0 <= at.x && at.x <= label.right + 3.0;
                if is_over {
                    offer(REACH_PX, Target::Item(glyph.item.row));
                }
            }
        }
        for pill in lane.pills.iter().filter(|pill| pill_rect(scene, rect, pill).expand(3.0).contains(at)) {
            let (first, last) = pill.times;
            let member = pill.cluster.members.first().copied().unwrap_or(0);
            offer(0.0, Target::Pill { first, last, member, count: pill.cluster.members.len() });
        }
        for peak in &lane.peaks {
            let is_over = (at.y - rect.top() - 11.0).abs() <= ROW_PX / 2.0
                && peak.left.min(peak.x - 5.0) <= at.x
                && at.x <= peak.right.max(peak.x + 5.0);
            if is_over {
                offer(REACH_PX, Target::Item(peak.item.row));
            }
        }
        let idx = lane.columns.partition_point(|column| column.right_px <= at.x);
        if let Some(column) = lane.columns.get(idx).filter(|column| column.left_px <= at.x) {
            let (start, end, count) = (column.start, column.end, column.count);
            offer(REACH_PX + 1.0, Target::Column { lane: lane.lane, start, end, count });
        }
    }
    let tear = scene.scale.tears().find(|tear| tear.left_px < f64::from(at.x) && f64::from(at.x) < tear.right_px);
    nearest
        .map(|(_, target)| target)
        .or_else(|| tear.map(|tear| Target::Tear(f64::midpoint(tear.start, tear.end))))
        .unwrap_or(Target::Ground)
}

/// What a menu here is about.
fn about(scene: &Scene<'_>, target: Target) -> About {
    match target {
        Target::Item(row) => scene.item(row).map_or(About::Ground, |item| About::Event(item.mark())),
        Target::Pill { first, last, .. } => {
            About::Stretch(TimeWindow { start: first, end: last.max(first + DAY_SECS) })
        }
        Target::Column { start, end, .. } => About::Stretch(TimeWindow { start, end }),
        Target::Tear(_) | Target::Ground => About::Ground,
    }
}

/// What the pointer does: hover, click, double-click, drag, wheel, pinch.
fn pointer_ui(ui: &mut Ui, cx: &mut Cx<'_>, scene: &Scene<'_>, ground: &Response, max_scroll: f32) {
    let area = scene.lanes.union(scene.ruler);
    let at = ui.input(|input| input.pointer.hover_pos()).filter(|_| ui.rect_contains_pointer(area));
    let target = at.map_or(Target::Ground, |at| target(scene, at));
    hover_ui(ui, cx, scene, ground, at, target);
    event_menu_ui(ground, cx, about(scene, target));
    if at.is_some() {
        click(ui, cx, scene, target);
        wheel(ui, cx, scene, at, max_scroll);
    }
    drag_ui(ui, cx, scene, ground);
}

fn hover_ui(ui: &Ui, cx: &mut Cx<'_>, scene: &Scene<'_>, ground: &Response, at: Option<Pos2>, target: Target) {
    let id = Id::unique("timeline-hovers");
    let was_ours = ui.data(|data| data.get_temp::<bool>(id)).unwrap_or(false);
    let over = match target {
        Target::Item(idx) if !ground.dragged() => scene.item(idx),
        _ => None,
    };
    let mark = over.as_ref().map(Item::mark);
    if mark.is_some() && cx.desk.hover != mark || mark.is_none() && was_ours {
        cx.push(Command::Hover(mark));
        ui.data_mut(|data| data.insert_temp(id, mark.is_some()));
    }
    let Some(at) = at else { return };
    let tip = |add: &mut dyn FnMut(&mut Ui)| {
        let place = Rect::from_center_size(at, vec2(20.0, 24.0));
        egui::Tooltip::always_open(ui.ctx().clone(), ui.layer_id(), ui.scope_id().with("tip"), place)
            .show(|ui| add(ui));
    };
    match target {
        Target::Item(_) => {
            if let Some((item, event)) = over.as_ref().and_then(|item| Some((item, item.event(cx.corpus)?))) {
                ui.ctx().set_cursor_icon(egui::CursorIcon::PointingHand);
                tip(&mut |ui| event_tooltip(ui, cx, item.doc as usize, event));
            }
        }
        Target::Pill { first, last, count, .. } => {
            let words = cx.words.fill("timeline.cluster", &[&count.to_string(), &stretch_words(cx, first, last)]);
            tip(&mut |ui| drop(ui.label(&words)));
        }
        Target::Column { lane, start, end, count } => {
            let head = format!("{} ・ {}", stretch_words(cx, start, end - 1.0), lane_name(scene, lane));
            let count = cx.words.fill("timeline.n-events", &[&number::counted(count, cx.words)]);
            tip(&mut |ui| {
                ui.label(egui::RichText::new(&head).font(Type::LabelBold.font()));
                ui.label(&count);
                ui.label(egui::RichText::new(cx.words.get("timeline.column-hint")).font(Type::Small.font()));
            });
        }
        Target::Tear(time) => {
            let length = scene.timeline.cut_at(time).map_or(0.0, |cut| cut.end - cut.start);
            let words = cx.words.fill("timeline.tear", &[&words::length(length, cx.words)]);
            tip(&mut |ui| drop(ui.label(&words)));
        }
        Target::Ground => {}
    }
}

/// A stretch of time by its first and last day.
pub(super) fn stretch_words(cx: &Cx<'_>, start: f64, end: f64) -> String {
    filter_words::stretch_words(start, end, cx.words)
}

fn click(ui: &Ui, cx: &mut Cx<'_>, scene: &Scene<'_>, target: Target) {
    use egui::PointerButton::Primary;
    let (is_click, is_double) =
        ui.input(|input| (input.pointer.button_clicked(Primary), input.pointer.button_double_clicked(Primary)));
    match target {
        Target::Item(idx) if is_double || is_click => {
            let Some(item) = scene.item(idx) else { return };
            if ui.input(|input| input.modifiers.command) {
                cx.push(Command::Pick(item.mark()));
                return;
            }
            cx.push(Command::Select(item.mark()));
            if is_double {
                cx.push(Command::ZoomToSelection);
            }
        }
        Target::Pill { first, last, member, .. } if is_double || is_click => {
            if is_double {
                let pad = ((last - first) * 0.25).max(DAY_SECS / 24.0);
                cx.push(Command::SetTimeWindow(Some(TimeWindow { start: first - pad, end: last + pad })));
            } else if let Some(item) = scene.item(member) {
                cx.push(Command::Select(item.mark()));
            }
        }
        Target::Column { start, end, .. } if is_double => {
            cx.push(Command::SetTimeWindow(Some(TimeWindow { start, end })));
        }
        // A column of one event is that event.
        Target::Column { lane, start, end, count: 1 } if is_click => {
            let lane = scene.timeline.lanes.get(lane);
            if let Some(item) = lane.and_then(|lane| scene.timeline.most_significant(lane, start, end)) {
                cx.push(Command::Select(item.mark()));
            }
        }
        Target::Tear(time) if is_double => cx.push(Command::OpenCut(time)),
        _ => {}
    }
}

fn wheel(ui: &Ui, cx: &mut Cx<'_>, scene: &Scene<'_>, at: Option<Pos2>, max_scroll: f32) {
    let (scroll, zoom) = ui.input(|input| (input.smooth_scroll_delta(), input.zoom_delta()));
    let Some(at) = at else { return };
    if (zoom - 1.0).abs() > 1e-3 {
        let window = scene.scale.zoom_at(f64::from(at.x), f64::from(1.0 / zoom));
        cx.push(Command::SetTimeWindow(normal(&scene.scale, window)));
    } else {
        if scroll.x != 0.0 {
            let window = scene.scale.pan(f64::from(scroll.x));
            cx.push(Command::SetTimeWindow(normal(&scene.scale, window)));
        }
        if scroll.y != 0.0 && max_scroll > 0.0 {
            cx.push(Command::ScrollLanes((scene.scroll_px - scroll.y).clamp(0.0, max_scroll)));
        }
    }
}

/// What a stretch that is drawn over the timeline is for.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Stretch {
    /// To be zoomed to.
    Zoom,
    /// To filter by.
    Period,
}

/// Drag pans; Shift drag, or any drag in the ruler, draws a window to zoom to; Alt drag draws a period to filter by.
fn drag_ui(ui: &Ui, cx: &mut Cx<'_>, scene: &Scene<'_>, ground: &Response) {
    let id = Id::unique("timeline-zoom-from");
    let at = ground.interact_pointer_pos();
    if rubber_band::band_ui(ui, cx, scene, ground) {
        return;
    }
    if ground.drag_started() {
        let from = ui.input(|input| input.pointer.press_origin());
        let (shift, alt) = ui.input(|input| (input.modifiers.shift, input.modifiers.alt));
        let is_zoom = shift || from.is_some_and(|from| scene.ruler.contains(from));
        let stretch = if alt { Some(Stretch::Period) } else { is_zoom.then_some(Stretch::Zoom) };
        ui.data_mut(|data| data.insert_temp(id, from.map(|from| from.x).zip(stretch)));
    }
    let begun = ui.data(|data| data.get_temp::<Option<(f32, Stretch)>>(id)).flatten();
    if let (Some((from, stretch)), Some(at)) = (begun, at) {
        let x = scene.plot().clamp(at.x);
        let frame = Rect::from_x_y_ranges(from.min(x)..=from.max(x), scene.ruler.top()..=scene.lanes.bottom());
        ui.painter().rect_filled(frame, CornerRadius::ZERO, Theme::wash(cx.theme.time, 12));
        ui.painter().rect_stroke(frame, CornerRadius::ZERO, Stroke::new(1.0, cx.theme.time), StrokeKind::Inside);
        if ground.drag_stopped() {
            let time = |px: f32| scene.scale.time_from_px(f64::from(px));
            if frame.width() >= 4.0 {
                let (start, end) = (time(frame.left()), time(frame.right()));
                cx.push(match stretch {
                    Stretch::Zoom => Command::SetTimeWindow(normal(&scene.scale, TimeWindow { start, end })),
                    Stretch::Period => Command::SetPeriod(Some(brush::period(start, end))),
                });
            }
            ui.data_mut(|data| data.insert_temp(id, None::<(f32, Stretch)>));
        }
    } else if ground.dragged() {
        let by = ground.drag_delta();
        if by.x != 0.0 {
            let window = scene.scale.pan(f64::from(by.x));
            cx.push(Command::SetTimeWindow(normal(&scene.scale, window)));
        }
        if by.y != 0.0 {
            cx.push(Command::ScrollLanes(scene.scroll_px - by.y));
        }
        ui.ctx().set_cursor_icon(egui::CursorIcon::Grabbing);
    }
}

/// All of the axis is said as `None`, so that it stays all when more is read.
pub(super) fn normal(scale: &TimeScale, window: TimeWindow) -> Option<TimeWindow> {
    let whole = scale.axis().whole();
    let slack = (whole.end - whole.start) * 1e-6;
    let is_whole = window.start <= whole.start + slack && window.end >= whole.end - slack;
    (!is_whole).then_some(window)
}

/// Answers a command that only the pane can work out.
fn answer_nudge(ui: &Ui, cx: &mut Cx<'_>, scene: &Scene<'_>) {
    let Some(nudge) = cx.desk.timeline.nudge else { return };
    let scale = &scene.scale;
    let middle = f64::midpoint(scale.left_px(), scale.right_px());
    let item = scene.selected.and_then(|idx| scene.item(idx));
    let same = cx.desk.timeline.window;
    let window = match nudge {
        Nudge::Zoom(factor) => normal(scale, scale.zoom_at(middle, factor)),
        Nudge::Pan(share) => normal(scale, scale.pan(-share * (scale.right_px() - scale.left_px()))),
        Nudge::FitSelection => item.map_or(same, |item| normal(scale, fit(&item, scale))),
        Nudge::Middle => item.map_or(same, |item| {
            let window = scale.window();
            let half = (window.end - window.start) / 2.0;
            let known = item.when.middle();
            normal(scale, TimeWindow { start: known - half, end: known + half })
        }),
        Nudge::Centre => item.map_or(same, |item| {
            let known = item.when.middle();
            let whole = scale.axis().whole();
            if (known < whole.start || known > whole.end) && !cx.desk.timeline.shows_far {
                cx.push(Command::ToggleFar);
                return Some(fit(&item, scale));
            }
            centred(scene, &item, same)
        }),
        Nudge::FoldLane | Nudge::FoldLanes | Nudge::MoveLane(_) => {
            cx.push(Command::SetTimeWindow(same));
            return gutter_ui::answer(cx, scene, nudge, lane_of_selection(ui, scene));
        }
        Nudge::Lane(by) => {
            cx.push(Command::SetTimeWindow(same));
            if let Some((item, lane)) = lane_step(ui, scene, by) {
                ui.data_mut(|data| data.insert_temp(Id::unique(LANE_OF), (item.row, lane)));
                cx.push(Command::Select(item.mark()));
            }
            return;
        }
    };
    cx.push(Command::SetTimeWindow(window));
    if nudge == Nudge::Centre {
        // Only the next layout tells in which row it stands when the window is there.
        ui.data_mut(|data| data.insert_temp(Id::unique(REVEAL), true));
    }
}

/// Under this the pane remembers that the selection is to be scrolled into view.
const REVEAL: &str = "timeline-reveal-selection";

/// Scrolls the lanes to the selection, where it was centred in the frame before.
fn reveal(ui: &Ui, cx: &mut Cx<'_>, scene: &Scene<'_>, max_scroll: f32) {
    let is_wanted = ui.data_mut(|data| data.remove_temp::<bool>(Id::unique(REVEAL)));
    let Some((top, row_px)) = is_wanted.and_then(|_| place_of_selection(ui, scene)) else { return };
    let height = scene.lanes.height();
    let is_seen = scene.scroll_px <= top && top + row_px + 20.0 <= scene.scroll_px + height;
    if !is_seen {
        cx.push(Command::ScrollLanes((top - height / 2.0).clamp(0.0, max_scroll)));
    }
}

/// Where the selection stands, from the top of all lanes, and how high that is: its row, or its lane where that shows
/// density.
fn place_of_selection(ui: &Ui, scene: &Scene<'_>) -> Option<(f32, f32)> {
    let row = scene.layout.row_top(scene.selected?).map(|top| (top, ROW_PX));
    row.or_else(|| {
        let lane = scene.layout.of_lane(lane_of_selection(ui, scene)?)?;
        Some((lane.top_px, lane.height_px))
    })
}

/// Under this the pane remembers in which lane the selection was reached, for it may stand in several.
const LANE_OF: &str = "timeline-lane-of-selection";

/// The lane of the selection: the one it was reached in, else its first.
fn lane_of_selection(ui: &Ui, scene: &Scene<'_>) -> Option<usize> {
    let row = scene.selected?;
    let reached = ui.data(|data| data.get_temp::<(u32, usize)>(Id::unique(LANE_OF)));
    let holds = |lane: &usize| scene.timeline.lanes.get(*lane).is_some_and(|lane| lane.rows().holds(row));
    let reached = reached.filter(|(of, lane)| *of == row && holds(lane)).map(|(_, lane)| lane);
    reached.or_else(|| scene.timeline.lane_of(row))
}

/// The event nearest in time so many lanes away from the selected one, and its lane; the first in view where nothing
/// is selected.
fn lane_step(ui: &Ui, scene: &Scene<'_>, by: i32) -> Option<(Item, usize)> {
    let timeline = scene.timeline;
    let window = scene.scale.window();
    let Some(row) = scene.selected else {
        let row = timeline.rows.get(timeline.ordinal_at(window.start))?;
        return Some((scene.item(row)?, timeline.lane_of(row)?));
    };
    let time = scene.item(row)?.when.middle();
    let idx = lane_of_selection(ui, scene)?.checked_add_signed(by as isize)?;
    let lane = timeline.lanes.get(idx)?;
    let at = timeline.before(lane, time);
    let near = [at.checked_sub(1), Some(at)].into_iter().flatten();
    let near = near.filter_map(|ordinal| scene.item(lane.rows().get(ordinal)?));
    let nearest = near.min_by(|a, b| (a.when.middle() - time).abs().total_cmp(&(b.when.middle() - time).abs()));
    nearest.map(|item| (item, idx))
}

/// A window about one event, wide enough to show its neighbourhood.
fn fit(item: &Item, scale: &TimeScale) -> TimeWindow {
    let (start, end) = item.drawn();
    let piece = scale.axis().segments().iter().find(|segment| segment.start <= start && start <= segment.end);
    let end = if item.when.exactness == Exactness::Ongoing { piece.map_or(end, |segment| segment.end) } else { end };
    let pad = (end - start).max(item.when.precision_secs * 2.0);
    TimeWindow { start: start - pad, end: end + pad }
}

/// Moves the window only where the event is out of view, and zooms only where it is inside a cluster.
fn centred(scene: &Scene<'_>, item: &Item, same: Option<TimeWindow>) -> Option<TimeWindow> {
    let scale = &scene.scale;
    let known = if item.when.exactness == Exactness::Ongoing { item.when.start } else { item.when.middle() };
    let px = scale.px_from_time(known);
    let window = scale.window();
    if known < window.start || known > window.end {
        let middle = f64::midpoint(scale.left_px(), scale.right_px());
        return normal(scale, scale.pan(middle - px));
    }
    let is_member = |pill: &Pill| scene.selected.is_some_and(|idx| pill.cluster.members.contains(&idx));
    if scene.layout.lanes.iter().flat_map(|lane| &lane.pills).any(is_member) {
        return normal(scale, scale.zoom_at(px, 0.25));
    }
    same
}
