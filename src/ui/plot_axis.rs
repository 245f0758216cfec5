//! The axes of a plot: values at the left, time at the foot, and the ground between them.

use super::{Theme, cx::Cx, marks, type_scale::Type};
use crate::{
    desk::{AxisScale, ChartMeasure},
    view::{
        chart::{Chart, Joint, highest_reached},
        number::{log_tick_label, log_ticks, tick_label},
        series_axis::{Tick, Unit, ticks},
        value_text::nice_ticks,
    },
};
use egui::{Color32, Rangef, Sense, Shape, Stroke, Ui, pos2, vec2};
use egui_plot::{AxisHints, GridMark, Line, Plot, PlotPoint, PlotPoints, PlotTransform};

/// Blank between the plot's edge and the axis line, so that marks on the line are whole.
pub(super) const PAD_PX: f64 = 7.0;
/// Height of the row of tick labels.
const TICKS_PX: f32 = 17.0;
/// Blank between the labels of the time axis.
const LABEL_GAP_PX: f64 = 20.0;
/// Names no colour: the layout of a text does not depend on it.
const NO_COLOUR: Color32 = Color32::PLACEHOLDER;

/// The value axis: from where to where, with which ticks.
pub(super) struct ValueAxis {
    pub low: f64,
    pub high: f64,
    /// Position on the axis and words.
    pub ticks: Vec<(f64, String)>,
    pub is_log: bool,
}

impl ValueAxis {
    /// Where a value stands on the axis; `None` where a logarithm has no place for it.
    pub fn at(&self, value: f64) -> Option<f64> {
        if !self.is_log {
            return Some(value);
        }
        (value > 0.0).then(|| value.log10())
    }
}

pub(super) fn width_of(ui: &Ui, text: &str, kind: Type) -> f32 {
    ui.painter().layout_no_wrap(text.to_owned(), kind.font(), NO_COLOUR).size().x
}

/// The stretch of time in view: the timeline's where the two are linked, else the chart's own.
pub(super) fn view_secs(cx: &Cx<'_>, extent: [f64; 2]) -> [f64; 2] {
    let window = if cx.desk.chart.is_linked { cx.desk.timeline.window } else { cx.desk.chart.window };
    let view = window.map_or(extent, |window| [window.start, window.end]);
    if view[1] - view[0] > 1.0 { view } else { [view[0] - 43_200.0, view[0] + 43_200.0] }
}

/// The axis of series of one unit. `zoomed` is what the user has zoomed to.
pub(super) fn value_axis(cx: &Cx<'_>, charts: &[&Chart], height_px: f32, zoomed: Option<[f64; 2]>) -> ValueAxis {
    let unit = charts.first().map_or("", |chart| chart.unit.as_str());
    let all = charts.iter().flat_map(|chart| &chart.points).flat_map(|point| {
        let [low, high] = point.span.unwrap_or([point.value, point.value]);
        [low, high, point.value]
    });
    let words = cx.words;
    if cx.desk.chart.scale == AxisScale::Log && has_log(cx) {
        let positive: Vec<f64> = all.filter(|value| *value > 0.0).collect();
        let low = positive.iter().copied().fold(f64::INFINITY, f64::min);
        let high = positive.iter().copied().fold(0.0, f64::max);
        let (low, high) = if low.is_finite() { (low, high) } else { (1.0, 10.0) };
        // Up to the next 1, 2 or 5 on both sides.
        let round = log_ticks(low / 5.0, high * 5.0, usize::MAX);
        let low = round.iter().copied().rfind(|tick| *tick <= low).unwrap_or(low);
        let high = round.iter().copied().find(|tick| *tick >= high && *tick > low).unwrap_or(high * 10.0);
        let [low, high] = zoomed.unwrap_or([low.log10(), high.log10()]);
        let most = (height_px / 22.0).clamp(4.0, 12.0) as usize;
        let ticks = log_ticks(10_f64.powf(low), 10_f64.powf(high), most);
        let ticks = ticks.into_iter().map(|tick| (tick.log10(), log_tick_label(tick, unit, words))).collect();
        return ValueAxis { low, high, ticks, is_log: true };
    }
    // An index is read against its hundred, not against zero.
    let is_fitted = cx.desk.chart.is_fitted || cx.desk.chart.measure == ChartMeasure::Index;
    let start = if is_fitted { (f64::INFINITY, f64::NEG_INFINITY) } else { (0.0, 0.0) };
    let (least, most) = all.fold(start, |(low, high), value| (low.min(value), high.max(value)));
    let (least, most) =
        if least < most { (least, most) } else { (least.clamp(-1.0e300, 0.0), most.clamp(0.0, 1.0e300)) };
    let most = highest_reached(charts.iter().flat_map(|chart| &chart.points), [least, most], height_px);
    // A low plot has room for fewer lines.
    let n_ticks = if height_px < 120.0 { 3 } else { 5 };
    let enclosing = nice_ticks(least, most, n_ticks);
    let ends = [enclosing.first().copied().unwrap_or(0.0), enclosing.last().copied().unwrap_or(1.0)];
    let [low, high] = zoomed.unwrap_or(ends);
    let mut ticks = nice_ticks(low, high, n_ticks);
    let slack = (high - low) * 1e-9;
    ticks.retain(|tick| *tick >= low - slack && *tick <= high + slack);
    let step = ticks.windows(2).map(|pair| pair[1] - pair[0]).next().unwrap_or(high - low);
    let largest = ticks.iter().fold(0.0_f64, |largest, tick| largest.max(tick.abs()));
    let label = |tick: f64| (tick, tick_label(tick, step, largest, unit, words));
    ValueAxis { low, high, ticks: ticks.into_iter().map(label).collect(), is_log: false }
}

/// Whether what is measured can be drawn on a logarithmic axis: changes go below zero.
pub(super) fn has_log(cx: &Cx<'_>) -> bool {
    matches!(cx.desk.chart.measure, ChartMeasure::Value | ChartMeasure::Index)
}

/// Ticks in the middle of years, months or days, as close as their labels allow.
pub(super) fn time_ticks(ui: &Ui, cx: &Cx<'_>, unit: Unit, view: [f64; 2], plot_px: f32) -> Vec<Tick> {
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
    ticks(unit, [edge, view[1]], cx.words, &fits)
}

/// Runs `egui_plot` for axes, transform and pointer. Solid links are its lines; all else is painted over.
pub(super) fn egui_plot_ui(
    ui: &mut Ui,
    theme: &Theme,
    charts: &[(usize, &Chart)],
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
            for &(number, chart) in charts {
                for points in solid_runs(chart, values) {
                    let line = Line::new(&chart.name, PlotPoints::Owned(points));
                    let line = line.color(marks::series_colour(theme, number)).width(2.0);
                    plot.line(line.allow_band(false).allow_hover(false));
                }
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
pub(super) fn grid(theme: &Theme, values: &ValueAxis, time_ticks: &[Tick], transform: &PlotTransform) -> Vec<Shape> {
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
