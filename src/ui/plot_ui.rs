//! The plot of a series: axes and pointer by `egui_plot`, marks, links and labels by our own hand.
//!
//! The plot is told its bounds in every frame, from the desk: it keeps no state of its own. A logarithmic axis
//! is one of powers of ten (`log10` of the data) with its own ticks.

use super::{
    Theme,
    marks::{self, LinkStyle, MARK_RADIUS_PX, MarkShape, MarkState, Origin},
    type_scale::Type,
    widgets::text_at,
    window::Cx,
};
use crate::{
    desk::{AxisScale, Command, Mark, TimeWindow},
    view::{
        chart::{Chart, ChartPoint, Dot, Joint, LabelRoom, LabelSizes, Labels, Role as LabelRole, Toward, labels},
        figure_frame::Bounds,
        number::{exact, log_tick_label, log_ticks, tick_label},
        series_axis::{Tick, Unit, ticks},
        stats::passage,
        value_text::nice_ticks,
    },
};
use egui::{
    Align2, Color32, CornerRadius, EventFilter, Id, Key, Pos2, Rangef, Rect, Role, Sense, Shape, Stroke, StrokeKind,
    Tooltip, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};
use egui_plot::{AxisHints, GridMark, Line, Plot, PlotPoint, PlotPoints, PlotTransform};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

/// Blank between the plot's edge and the axis line, so that marks on the line are whole.
const PAD_PX: f64 = 7.0;
/// Height of the row of tick labels.
const TICKS_PX: f32 = 17.0;
/// Above this many points marks are drawn without rectangles of their own for screen readers and clicks.
const MAX_SPOKEN: usize = 300;
/// How near the pointer must be to a point.
const REACH_PX: f32 = 24.0;
/// Blank between the labels of the time axis.
const LABEL_GAP_PX: f64 = 20.0;
/// Names no colour: the layout of a text does not depend on it.
const NO_COLOUR: Color32 = Color32::PLACEHOLDER;

/// The value axis: from where to where, with which ticks.
struct ValueAxis {
    low: f64,
    high: f64,
    /// Position on the axis and words.
    ticks: Vec<(f64, String)>,
    is_log: bool,
}

impl ValueAxis {
    /// Where a value stands on the axis; `None` where a logarithm has no place for it.
    fn at(&self, value: f64) -> Option<f64> {
        if !self.is_log {
            return Some(value);
        }
        (value > 0.0).then(|| value.log10())
    }
}

/// Draws the plot into `body`.
pub(super) fn plot_ui(ui: &mut Ui, cx: &mut Cx<'_>, body: Rect, chart: &Chart) {
    let Some(extent) = chart.extent_secs else { return };
    let view = view_secs(cx, extent);
    let values = value_axis(cx, chart, body.height());
    let tick_px = values.ticks.iter().map(|(_, text)| width_of(ui, text, Type::Small)).fold(0.0, f32::max);
    let label_px = chart.points.last().map_or(0.0, |point| {
        width_of(ui, &point.value_words, Type::BodyBold).max(width_of(ui, &point.words.label, Type::Label))
    });
    let margin = if body.width() >= 600.0 { 100.0 } else { (label_px + 16.0).clamp(24.0, 96.0) };
    let outer = Rect::from_min_max(
        pos2(body.left() + 16.0, body.top() + 4.0),
        pos2(body.right() - margin, body.bottom() - 9.0),
    );
    if outer.width() < 80.0 || outer.height() < 60.0 {
        return;
    }
    let unit = chart.time_unit.unwrap_or(Unit::Year);
    let plot_px = outer.width() - tick_px - 8.0;
    let time_ticks = time_ticks(ui, cx, unit, view, plot_px);

    let ground = ui.painter().add(Shape::Noop);
    let (response, transform) = ui
        .scope_builder(UiBuilder::new().max_rect(outer).id_salt("plot"), |ui| {
            egui_plot_ui(ui, cx.theme, chart, &values, &time_ticks, view, tick_px)
        })
        .inner;
    let frame = *transform.frame();
    ui.painter().set(ground, Shape::Vec(grid(cx.theme, &values, &time_ticks, &transform)));

    let dots = dots(chart, &values, &transform);
    let hovered = response.hover_pos().and_then(|at| nearest(&dots, at, frame));
    let states = states(cx, chart, hovered);
    let painter = ui.painter().with_clip_rect(body);
    paint_links(&painter, cx.theme, chart, &dots);
    let room = Rect::from_min_max(
        pos2(frame.left() + 4.0, body.top()),
        pos2(body.right() - 6.0, frame.bottom() - PAD_PX as f32 - 3.0),
    );
    paint_labels(ui, cx, chart, &dots, &states, &values, (&transform, room));
    paint_points(&painter, cx.theme, chart, &dots, &states);

    spoken_ui(ui, cx, chart, &dots, &states, frame);
    pointer_ui(ui, cx, chart, &response, &transform, (view, hovered));
    keyboard_ui(ui, cx, chart, &response, &states);
    if let Some(idx) = hovered {
        card_ui(ui, cx, chart, idx, &dots);
    }
}

fn width_of(ui: &Ui, text: &str, kind: Type) -> f32 {
    ui.painter().layout_no_wrap(text.to_owned(), kind.font(), NO_COLOUR).size().x
}

/// The stretch of time in view: the timeline's where the two are linked, else the chart's own.
fn view_secs(cx: &Cx<'_>, extent: [f64; 2]) -> [f64; 2] {
    let window = if cx.desk.chart.is_linked { cx.desk.timeline.window } else { cx.desk.chart.window };
    let view = window.map_or(extent, |window| [window.start, window.end]);
    if view[1] - view[0] > 1.0 { view } else { [view[0] - 43_200.0, view[0] + 43_200.0] }
}

fn value_axis(cx: &Cx<'_>, chart: &Chart, height_px: f32) -> ValueAxis {
    let all = chart.points.iter().flat_map(|point| {
        let [low, high] = point.span.unwrap_or([point.value, point.value]);
        [low, high, point.value]
    });
    let words = cx.words;
    if cx.desk.chart.scale == AxisScale::Log {
        let positive: Vec<f64> = all.filter(|value| *value > 0.0).collect();
        let low = positive.iter().copied().fold(f64::INFINITY, f64::min);
        let high = positive.iter().copied().fold(0.0, f64::max);
        let (low, high) = if low.is_finite() { (low, high) } else { (1.0, 10.0) };
        // Up to the next 1, 2 or 5 on both sides.
        let round = log_ticks(low / 5.0, high * 5.0, usize::MAX);
        let low = round.iter().copied().rfind(|tick| *tick <= low).unwrap_or(low);
        let high = round.iter().copied().find(|tick| *tick >= high && *tick > low).unwrap_or(high * 10.0);
        let [low, high] = cx.desk.chart.values.unwrap_or([low.log10(), high.log10()]);
        let most = (height_px / 22.0).clamp(4.0, 12.0) as usize;
        let ticks = log_ticks(10_f64.powf(low), 10_f64.powf(high), most);
        let ticks = ticks.into_iter().map(|tick| (tick.log10(), log_tick_label(tick, &chart.unit, words))).collect();
        return ValueAxis { low, high, ticks, is_log: true };
    }
    let (least, most) = all.fold((0.0_f64, 0.0_f64), |(low, high), value| (low.min(value), high.max(value)));
    let enclosing = nice_ticks(least, most, 5);
    let ends = [enclosing.first().copied().unwrap_or(0.0), enclosing.last().copied().unwrap_or(1.0)];
    let [low, high] = cx.desk.chart.values.unwrap_or(ends);
    let mut ticks = nice_ticks(low, high, 5);
    let slack = (high - low) * 1e-9;
    ticks.retain(|tick| *tick >= low - slack && *tick <= high + slack);
    let step = ticks.windows(2).map(|pair| pair[1] - pair[0]).next().unwrap_or(high - low);
    let largest = ticks.iter().fold(0.0_f64, |largest, tick| largest.max(tick.abs()));
    let label = |tick: f64| (tick, tick_label(tick, step, largest, &chart.unit, words));
    ValueAxis { low, high, ticks: ticks.into_iter().map(label).collect(), is_log: false }
}

/// Ticks in the middle of years, months or days, as close as their labels allow.
fn time_ticks(ui: &Ui, cx: &Cx<'_>, unit: Unit, view: [f64; 2], plot_px: f32) -> Vec<Tick> {
    let px_per_sec = f64::from(plot_px) / (view[1] - view[0]);
    let fits = |ticks: &[Tick]| {
        let mut before = f64::NEG_INFINITY;
        ticks.len() < 200
            && ticks.iter().all(|tick| {
                let half = f64::from(width_of(ui, &tick.label, Type::Small)) / 2.0;
                let x = tick.secs * px_per_sec;
                let is_free = x - half >= before + LABEL_GAP_PX;
                before = x + half;
                is_free
            })
    };
    // A tick on the very edge would run into the labels of the value axis.
    let edge = view[0] + 10.0 / px_per_sec;
    let mut ticks = ticks(unit, view, cx.words, &fits);
    ticks.retain(|tick| tick.secs >= edge);
    ticks
}

/// Runs `egui_plot` for axes, transform and pointer. Solid links are its lines; all else is painted over.
fn egui_plot_ui(
    ui: &mut Ui,
    theme: &Theme,
    chart: &Chart,
    values: &ValueAxis,
    time_ticks: &[Tick],
    view: [f64; 2],
    tick_px: f32,
) -> (egui::Response, PlotTransform) {
    // A grid step as wide as the axis keeps egui_plot from fading or dropping what we chose.
    let time_marks: Vec<GridMark> =
        time_ticks.iter().map(|tick| GridMark { value: tick.secs, step_size: view[1] - view[0] }).collect();
    let value_marks: Vec<GridMark> =
        values.ticks.iter().map(|(at, _)| GridMark { value: *at, step_size: values.high - values.low }).collect();
    let hints = |hints: AxisHints<'static>| {
        hints.tick_label_font(Type::Small.font()).tick_label_color(theme.ink_3).label_spacing(Rangef::new(0.0, 1.0))
    };
    let time_labels: Vec<(f64, String)> = time_ticks.iter().map(|tick| (tick.secs, tick.label.clone())).collect();
    let value_labels = values.ticks.clone();
    let x_axis =
        hints(AxisHints::new_x()).min_thickness(TICKS_PX).formatter(move |mark, _| label_at(&time_labels, mark.value));
    let y_axis = hints(AxisHints::new_y())
        .min_thickness(tick_px + 8.0)
        .formatter(move |mark, _| label_at(&value_labels, mark.value));
    let size = ui.max_rect().size();
    let pad = (values.high - values.low) * PAD_PX / (f64::from(size.y - TICKS_PX) - 2.0 * PAD_PX).max(1.0);
    let bounds = [view[0]..=view[1], values.low - pad..=values.high + pad];
    let response = Plot::new("series")
        .width(size.x)
        .height(size.y)
        .show_background(false)
        .show_grid(false)
        .show_crosshair(false)
        .allow_zoom(false)
        .allow_drag(false)
        .allow_scroll(false)
        .allow_boxed_zoom(false)
        .allow_axis_zoom_drag(false)
        .allow_double_click_reset(false)
        .set_margin_fraction(egui::Vec2::ZERO)
        .label_formatter(|_| None)
        .x_grid_spacer(move |_| time_marks.clone())
        .y_grid_spacer(move |_| value_marks.clone())
        .custom_x_axes(vec![x_axis])
        .custom_y_axes(vec![y_axis])
        .sense(Sense::click_and_drag())
        .show(ui, |plot| {
            let [x, y] = bounds;
            plot.set_plot_bounds_x(x);
            plot.set_plot_bounds_y(y);
            for points in solid_runs(chart, values) {
                let line = Line::new(&chart.name, PlotPoints::Owned(points));
                plot.line(line.color(marks::series_colour(theme, 0)).width(2.0).allow_band(false).allow_hover(false));
            }
        });
    (response.response, response.transform)
}

fn label_at(labels: &[(f64, String)], value: f64) -> String {
    labels.iter().find(|(at, _)| *at == value).map(|(_, label)| label.clone()).unwrap_or_default()
}

/// Unbroken runs of solid links.
fn solid_runs(chart: &Chart, values: &ValueAxis) -> Vec<Vec<PlotPoint>> {
    let mut runs: Vec<Vec<PlotPoint>> = vec![Vec::new()];
    for (idx, point) in chart.points.iter().enumerate() {
        let is_solid = chart.links.get(idx).is_some_and(|link| link.joint == Joint::Solid);
        if let (Some(run), Some(y)) = (runs.last_mut(), values.at(point.value)) {
            run.push(PlotPoint::new(point.secs, y));
        }
        if !is_solid || values.at(point.value).is_none() {
            runs.push(Vec::new());
        }
    }
    runs.retain(|run| run.len() > 1);
    runs
}

/// Horizontal hairlines, the axis line and the ticks below it, under everything.
fn grid(theme: &Theme, values: &ValueAxis, time_ticks: &[Tick], transform: &PlotTransform) -> Vec<Shape> {
    let frame = transform.frame();
    let x = [frame.left() + 4.0, frame.right()];
    let hline = |y: f32, colour| Shape::line_segment([pos2(x[0], y), pos2(x[1], y)], Stroke::new(1.0, colour));
    let y_of = |at: f64| transform.position_from_point_y(at).floor() + 0.5;
    let foot = y_of(values.low);
    let mut shapes = Vec::new();
    let mut zero = None;
    for (at, _) in &values.ticks {
        let is_zero = !values.is_log && *at == 0.0;
        shapes.push(hline(y_of(*at), if is_zero { theme.control } else { theme.hair }));
        zero = zero.or(is_zero.then(|| y_of(*at)));
    }
    if zero.is_none_or(|zero| zero != foot) {
        // A foot that is not zero: where the user zoomed, the line is torn at its left end.
        shapes.push(hline(foot, theme.control));
        if !values.is_log && values.low > 0.0 {
            for shift in [0.0, 4.0] {
                let at = pos2(x[0] + 8.0 + shift, foot);
                shapes.push(Shape::line_segment(
                    [at + vec2(-2.0, 4.0), at + vec2(2.0, -4.0)],
                    Stroke::new(1.0, theme.control),
                ));
            }
        }
    }
    for tick in time_ticks {
        let at = transform.position_from_point_x(tick.secs).floor() + 0.5;
        shapes.push(Shape::line_segment([pos2(at, foot), pos2(at, foot + 5.0)], Stroke::new(1.0, theme.control)));
    }
    shapes
}

/// Where each point stands; `None` where it is out of view or has no place on the axis.
fn dots(chart: &Chart, values: &ValueAxis, transform: &PlotTransform) -> Vec<Option<Dot>> {
    let frame = transform.frame().expand(1.0);
    let x_of = |secs: f64| transform.position_from_point_x(secs);
    let y_of = |value: f64| values.at(value).map(|at| transform.position_from_point_y(at));
    chart
        .points
        .iter()
        .map(|point| {
            let at = pos2(x_of(point.secs), y_of(point.value)?);
            let whisker = point.whisker_secs.map(|ends| ends.map(x_of));
            let bar = point.span.and_then(|[low, high]| Some([y_of(high)?, y_of(low).unwrap_or(at.y)]));
            let bar = bar.or_else(|| point.toward.map(|toward| arrow_reach(toward, at.y)));
            frame.contains(at).then_some(Dot { at: [at.x, at.y], whisker, bar })
        })
        .collect()
}

/// From where to where the arrows of a bound reach.
const fn arrow_reach(toward: Toward, y: f32) -> [f32; 2] {
    match toward {
        Toward::Higher => [y - 14.0, y],
        Toward::Lower => [y, y + 14.0],
        Toward::Either => [y - 14.0, y + 14.0],
    }
}

/// The point nearest to the pointer, within reach.
fn nearest(dots: &[Option<Dot>], at: Pos2, frame: Rect) -> Option<usize> {
    if !frame.contains(at) {
        return None;
    }
    let distance = |dot: &Dot| (pos2(dot.at[0], dot.at[1]) - at).length();
    let near = dots.iter().enumerate().filter_map(|(idx, dot)| Some((idx, distance(dot.as_ref()?))));
    near.filter(|(_, distance)| *distance <= REACH_PX).min_by(|a, b| a.1.total_cmp(&b.1)).map(|(idx, _)| idx)
}

fn states(cx: &Cx<'_>, chart: &Chart, hovered: Option<usize>) -> Vec<MarkState> {
    let hover = cx.desk.hover;
    let state = |(idx, point): (usize, &ChartPoint)| {
        let selected = cx.desk.selection.map_or(MarkState::Plain, |selection| state_of(cx, point, selection));
        if selected != MarkState::Plain {
            return selected;
        }
        let is_hovered = hovered == Some(idx)
            || hover
                .is_some_and(|mark| point.marks.iter().any(|own| !point.is_derived && own.relates_to(mark, cx.corpus)));
        if is_hovered { MarkState::Hovered } else { MarkState::Plain }
    };
    chart.points.iter().enumerate().map(state).collect()
}

/// What the selection makes of a point: itself, the number it plots, an event told by that number, or an operand.
fn state_of(cx: &Cx<'_>, point: &ChartPoint, selection: Mark) -> MarkState {
    if point.marks.contains(&selection) {
        return MarkState::Selected;
    }
    let own = |mark: &Mark| mark.parts(cx.corpus);
    match selection {
        Mark::Quantity { .. } if !point.is_derived && point.marks.iter().any(|mark| own(mark).contains(&selection)) => {
            MarkState::Selected
        }
        Mark::Event { doc, event } => {
            let Some(document) = cx.corpus.entries.get(doc).map(|entry| &entry.document) else {
                return MarkState::Plain;
            };
            let Some(event) = document.events.get(event) else { return MarkState::Plain };
            let tells = |mark: &Mark| match mark {
                Mark::Quantity { doc: at, quantity } => document
                    .quantities
                    .get(*quantity)
                    .is_some_and(|found| *at == doc && event.span.contains(found.span) && found.time == event.time),
                _ => false,
            };
            let is_told = !point.is_derived && point.marks.iter().any(|mark| own(mark).iter().any(tells));
            if is_told { MarkState::Selected } else { MarkState::Plain }
        }
        _ if point.marks.iter().any(|mark| mark.relates_to(selection, cx.corpus)) => MarkState::Related,
        _ => MarkState::Plain,
    }
}

fn paint_links(painter: &egui::Painter, theme: &Theme, chart: &Chart, dots: &[Option<Dot>]) {
    let colour = marks::series_colour(theme, 0);
    for link in &chart.links {
        let ends = (dots.get(link.from).copied().flatten(), dots.get(link.from + 1).copied().flatten());
        let (Some(from), Some(to)) = ends else { continue };
        let style = match link.joint {
            // The plot has drawn it.
            Joint::Solid => continue,
            Joint::Dashed => LinkStyle::Dashed,
            Joint::Dotted => LinkStyle::Dotted,
        };
        marks::link(painter, from.at.into(), to.at.into(), style, colour, 1.0);
    }
}

fn paint_points(painter: &egui::Painter, theme: &Theme, chart: &Chart, dots: &[Option<Dot>], states: &[MarkState]) {
    let colour = marks::series_colour(theme, 0);
    let is_dense = dots.iter().flatten().count() > 400;
    for ((point, dot), state) in chart.points.iter().zip(dots).zip(states) {
        let Some(dot) = dot else { continue };
        if is_dense && *state == MarkState::Plain && !point.is_derived {
            continue;
        }
        let ink = if *state == MarkState::Selected { theme.selected } else { colour };
        let at = Pos2::from(dot.at);
        if let Some([left, right]) = dot.whisker {
            marks::time_whisker(painter, left.min(at.x - 6.0), right.max(at.x + 6.0), at.y, ink, 1.0);
        }
        if let (Some([top, bottom]), true) = (dot.bar, point.span.is_some()) {
            marks::value_bar(painter, at.x, top, bottom, ink, 1.0);
        }
        if let Some(toward) = point.toward {
            let toward = match toward {
                Toward::Higher => marks::Toward::Higher,
                Toward::Lower => marks::Toward::Lower,
                Toward::Either => marks::Toward::Either,
            };
            marks::bound_arrow(painter, at, toward, ink, 1.0);
        }
        let origin = if point.is_derived { Origin::Derived } else { Origin::Reported };
        marks::mark(painter, theme, at, MARK_RADIUS_PX, (MarkShape::of(0), colour), (origin, *state));
        if point.marks.len() > 1 {
            let count = format!("×{}", point.marks.len());
            painter.text(at + vec2(7.0, 7.0), Align2::LEFT_CENTER, count, Type::Small.font(), theme.ink_3);
        }
    }
}

/// Places the labels (kept until something moves) and paints them.
fn paint_labels(
    ui: &Ui,
    cx: &Cx<'_>,
    chart: &Chart,
    dots: &[Option<Dot>],
    states: &[MarkState],
    values: &ValueAxis,
    (transform, room): (&PlotTransform, Rect),
) {
    let selected = states.iter().position(|state| *state == MarkState::Selected);
    let mut hasher = DefaultHasher::new();
    for dot in dots.iter().flatten() {
        dot.at.map(f32::to_bits).hash(&mut hasher);
    }
    (selected, room.right().to_bits(), room.bottom().to_bits(), &chart.name, cx.words.key()).hash(&mut hasher);
    let placed = super::chart_ui::cached(ui, "labels", hasher.finish(), || {
        let grid: Vec<f32> = values.ticks.iter().map(|(at, _)| transform.position_from_point_y(*at)).collect();
        let room = LabelRoom {
            room: Bounds { left: room.left(), top: room.top(), right: room.right(), bottom: room.bottom() },
            plot_right: transform.frame().right(),
            dots,
            grid: &grid,
        };
        let width = |text: &str, role| match role {
            LabelRole::Value => width_of(ui, text, Type::BodyBold),
            LabelRole::Time => width_of(ui, text, Type::Label),
        };
        labels(chart, selected, &room, LabelSizes { value_px: 13.0, time_px: 12.0 }, &width)
    });
    let placed: &Labels = &placed;
    // No grid line runs through words.
    let clear = |bounds: Bounds| {
        let rect = Rect::from_min_max(pos2(bounds.left, bounds.top), pos2(bounds.right, bounds.bottom));
        ui.painter().rect_filled(rect, CornerRadius::ZERO, cx.theme.sheet);
    };
    for label in &placed.points {
        let Some(point) = chart.points.get(label.point) else { continue };
        if let Some([from, to]) = label.leader {
            ui.painter().line_segment([from.into(), to.into()], Stroke::new(1.0, cx.theme.line));
        }
        clear(label.bounds);
        text_at(ui, label.value_at.into(), Align2::LEFT_CENTER, &point.value_words, Type::BodyBold, cx.theme.ink);
        text_at(ui, label.time_at.into(), Align2::LEFT_CENTER, &point.words.label, Type::Label, cx.theme.ink_3);
    }
    for gap in &placed.gaps {
        let Some(text) = chart.links.get(gap.link).and_then(|link| link.gap.as_deref()) else { continue };
        clear(gap.bounds);
        text_at(ui, gap.at.into(), Align2::LEFT_CENTER, text, Type::Label, cx.theme.ink_3);
    }
}

/// A row for each point in the tree of screen readers; a click on one selects it.
fn spoken_ui(ui: &Ui, cx: &mut Cx<'_>, chart: &Chart, dots: &[Option<Dot>], states: &[MarkState], frame: Rect) {
    if dots.iter().flatten().count() > MAX_SPOKEN {
        return;
    }
    for (idx, ((point, dot), state)) in chart.points.iter().zip(dots).zip(states).enumerate() {
        let Some(dot) = dot else { continue };
        let rect = Rect::from_center_size(dot.at.into(), vec2(16.0, 16.0)).intersect(frame.expand(8.0));
        let response = ui.interact(rect, ui.scope_id().with(("point", idx)), Sense::CLICK);
        let is_selected = *state == MarkState::Selected;
        response.widget_info(|| WidgetInfo::selected(Role::Row, true, is_selected, &point.spoken));
        if response.clicked()
            && let Some(mark) = point.marks.first()
        {
            cx.push(Command::Select(*mark));
        }
    }
}

/// Hover, click, drag a range, wheel.
fn pointer_ui(
    ui: &Ui,
    cx: &mut Cx<'_>,
    chart: &Chart,
    response: &egui::Response,
    transform: &PlotTransform,
    (view, hovered): ([f64; 2], Option<usize>),
) {
    let frame = *transform.frame();
    let name = cx.words.fill("chart.plot-name", &[&chart.name, &chart.points.len().to_string()]);
    response.widget_info(|| WidgetInfo::labeled(Role::Table, true, &name));
    let mark = hovered.and_then(|idx| chart.points.get(idx)?.marks.first().copied());
    let is_ours = matches!(cx.desk.hover, Some(Mark::Point { .. }));
    if mark != cx.desk.hover && (mark.is_some() || is_ours) {
        cx.push(Command::Hover(mark));
    }
    if response.double_clicked() {
        set_window(cx, None);
        cx.push(Command::SetChartValues(None));
    } else if response.clicked() {
        if let Some(mark) = mark {
            cx.push(Command::Select(mark));
        }
        response.request_focus();
    }
    drag_ui(ui, cx, response, transform, view);
    let Some(at) = response.hover_pos().filter(|_| response.contains_pointer()) else { return };
    let (scroll, zoom) = ui.input(|input| (input.smooth_scroll_delta, input.zoom_delta()));
    if zoom != 1.0 {
        let (centre, [low, high]) = (transform.value_from_position(at).y, shown_values(transform, frame));
        let shrunk = |end: f64| centre + (end - centre) / f64::from(zoom);
        cx.push(Command::SetChartValues(Some([shrunk(low), shrunk(high)])));
    } else if scroll.y != 0.0 {
        let factor = (f64::from(-scroll.y) / 240.0).exp();
        let centre = transform.value_from_position(at).x;
        let window = view.map(|end| centre + (end - centre) * factor);
        // Not below a minute, not beyond the calendar.
        if window[1] - window[0] > 60.0 && window[0] > -6.0e12 && window[1] < 6.0e12 {
            set_window(cx, Some(window));
        }
    } else if scroll.x != 0.0 {
        let by = f64::from(-scroll.x) * (view[1] - view[0]) / f64::from(frame.width());
        set_window(cx, Some(view.map(|end| end + by)));
    }
}

/// The values between the ticks' ends, without the blank beyond them.
fn shown_values(transform: &PlotTransform, frame: Rect) -> [f64; 2] {
    let at = |y: f32| transform.value_from_position(pos2(frame.left(), y)).y;
    [at(frame.bottom() - PAD_PX as f32), at(frame.top() + PAD_PX as f32)]
}

fn set_window(cx: &mut Cx<'_>, window: Option<[f64; 2]>) {
    let window = window.map(|[start, end]| TimeWindow { start, end });
    cx.push(if cx.desk.chart.is_linked { Command::SetTimeWindow(window) } else { Command::SetChartWindow(window) });
}

/// A drag draws the range to be shown; with Shift it moves what is shown.
fn drag_ui(ui: &Ui, cx: &mut Cx<'_>, response: &egui::Response, transform: &PlotTransform, view: [f64; 2]) {
    if !response.dragged() && !response.drag_stopped() {
        return;
    }
    let frame = *transform.frame();
    let (origin, now, shift) =
        ui.input(|input| (input.pointer.press_origin(), input.pointer.latest_pos(), input.modifiers.shift));
    if shift && response.dragged() {
        let by = f64::from(-response.drag_delta().x) * (view[1] - view[0]) / f64::from(frame.width());
        if by != 0.0 {
            set_window(cx, Some(view.map(|end| end + by)));
        }
        return;
    }
    let id = ui.scope_id().with("drag-origin");
    if response.drag_started() {
        ui.data_mut(|data| data.insert_temp(id, origin.map_or(0.0, |at| at.x)));
    }
    let (Some(from), Some(to)) = (ui.data(|data| data.get_temp::<f32>(id)), now.map(|at| at.x)) else { return };
    let ends = [from.min(to), from.max(to)].map(|x| x.clamp(frame.left(), frame.right()));
    if response.drag_stopped() {
        ui.data_mut(|data| data.remove::<f32>(id));
        if ends[1] - ends[0] >= 6.0 && !shift {
            set_window(cx, Some(ends.map(|x| transform.value_from_position(pos2(x, frame.top())).x)));
        }
        return;
    }
    let range = Rect::from_min_max(pos2(ends[0], frame.top()), pos2(ends[1], frame.bottom()));
    ui.painter().rect(
        range,
        CornerRadius::ZERO,
        Theme::wash(cx.theme.time, 12),
        Stroke::new(1.0, cx.theme.time),
        StrokeKind::Inside,
    );
}

/// While the plot has the focus, ← and → go from point to point.
fn keyboard_ui(ui: &Ui, cx: &mut Cx<'_>, chart: &Chart, response: &egui::Response, states: &[MarkState]) {
    if !response.has_focus() {
        return;
    }
    let filter = EventFilter { horizontal_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    let ring = response.rect.shrink(1.0);
    ui.painter().rect_stroke(ring, CornerRadius::same(4), Stroke::new(2.0, cx.theme.time), StrokeKind::Inside);
    let last = chart.points.len().saturating_sub(1);
    let at = states.iter().position(|state| *state == MarkState::Selected);
    let pressed = |key| ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, key));
    let next = if pressed(Key::ArrowRight) {
        Some(at.map_or(0, |at| (at + 1).min(last)))
    } else if pressed(Key::ArrowLeft) {
        Some(at.map_or(last, |at| at.saturating_sub(1)))
    } else {
        None
    };
    if let Some(mark) = next.and_then(|idx| chart.points.get(idx)?.marks.first()) {
        cx.push(Command::Select(*mark));
    }
}

/// The card at a point: value, time, as printed, how it was reached, the words around it.
fn card_ui(ui: &Ui, cx: &Cx<'_>, chart: &Chart, idx: usize, dots: &[Option<Dot>]) {
    let (Some(point), Some(Some(dot))) = (chart.points.get(idx), dots.get(idx)) else { return };
    let anchor = Rect::from_center_size(dot.at.into(), vec2(20.0, 20.0));
    let id = Id::unique(("chart-card", idx));
    Tooltip::always_open(ui.ctx().clone(), ui.layer_id(), id, anchor).gap(6.0).width(320.0).show(|ui| {
        ui.spacing_mut().item_spacing = vec2(8.0, 4.0);
        ui.set_max_width(320.0);
        let head = format!("{} · {}", point.words.label, point.words.value_with_unit);
        ui.label(egui::RichText::new(head).font(Type::BodyBold.font()).color(cx.theme.ink));
        let line = |ui: &mut Ui, key: &str, text: &str| {
            ui.horizontal_top(|ui| {
                let (rect, _) = ui.allocate_exact_size(vec2(64.0, 16.0), Sense::hover());
                text_at(ui, rect.left_center(), Align2::LEFT_CENTER, cx.words.get(key), Type::Label, cx.theme.ink_3);
                ui.add(egui::Label::new(egui::RichText::new(text).font(Type::Label.font()).color(cx.theme.ink)).wrap());
            });
        };
        if let Some(printed) = &point.printed {
            line(ui, "chart.printed-as", printed);
        }
        if let Some(formula) = &point.formula {
            line(ui, "chart.formula", formula);
        }
        line(ui, "chart.in-unit", &exact(point.value));
        if let (true, Some([low, high])) = (point.is_disputed, point.span) {
            let words = cx.words.fill("chart.disputed", &[&exact(low), &exact(high)]);
            ui.label(egui::RichText::new(words).font(Type::Label.font()).color(cx.theme.warn));
        }
        if point.marks.len() > 1 {
            let words = cx.words.fill("chart.sources", &[&point.marks.len().to_string()]);
            ui.label(egui::RichText::new(words).font(Type::Label.font()).color(cx.theme.ink_3));
        }
        let source = point.marks.first().and_then(|mark| {
            let entry = cx.corpus.entries.get(mark.doc())?;
            Some(passage(entry, mark.span(cx.corpus)?))
        });
        if let Some(source) = source.filter(|source| !source.is_empty()) {
            ui.label(egui::RichText::new(source).font(Type::Label.font()).color(cx.theme.ink_2));
        }
    });
}
