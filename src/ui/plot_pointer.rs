//! What pointer and keyboard do in a plot, and the card at a point.

use super::{Theme, cx::Cx, drawn::Drawn, marks::MarkState, plot_axis::PAD_PX, type_scale::Type, widgets::text_at};
use crate::{
    desk::{ChartMeasure, Command, Mark, TimeWindow},
    view::{brush::period, chart::Dot, number::exact, stats::passage},
};
use egui::{
    Align2, CornerRadius, EventFilter, Id, Key, Pos2, Rect, Role, Sense, Stroke, StrokeKind, Tooltip, Ui, WidgetInfo,
    pos2, vec2,
};
use egui_plot::PlotTransform;

/// Above this many points marks are drawn without rectangles of their own for screen readers and clicks.
const MAX_SPOKEN: usize = 300;
/// How near the pointer must be to a point.
const REACH_PX: f32 = 24.0;

/// The point nearest to the pointer, within reach: which of the series, and which of its points.
pub(super) fn nearest(all: &[Vec<Option<Dot>>], at: Pos2, frame: Rect) -> Option<(usize, usize)> {
    if !frame.contains(at) {
        return None;
    }
    let distance = |dot: &Dot| (pos2(dot.at[0], dot.at[1]) - at).length();
    let of_series = |(series, dots): (usize, &Vec<Option<Dot>>)| {
        let near = dots.iter().enumerate().filter_map(|(idx, dot)| Some((idx, distance(dot.as_ref()?))));
        near.min_by(|a, b| a.1.total_cmp(&b.1)).map(|(idx, distance)| ((series, idx), distance))
    };
    let near = all.iter().enumerate().filter_map(of_series).filter(|(_, distance)| *distance <= REACH_PX);
    near.min_by(|a, b| a.1.total_cmp(&b.1)).map(|(place, _)| place)
}

/// A row for each point in the tree of screen readers; a click on one selects it.
pub(super) fn spoken_ui(ui: &Ui, cx: &mut Cx<'_>, drawn: &Drawn<'_>, frame: Rect) {
    let Drawn { number, chart, dots, states } = drawn;
    if dots.iter().flatten().count() > MAX_SPOKEN {
        return;
    }
    for (idx, ((point, dot), state)) in chart.points.iter().zip(dots).zip(states).enumerate() {
        let Some(dot) = dot else { continue };
        let rect = Rect::from_center_size(dot.at.into(), vec2(16.0, 16.0)).intersect(frame.expand(8.0));
        let response = ui.interact(rect, ui.scope_id().with(("point", *number, idx)), Sense::CLICK);
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
pub(super) fn pointer_ui(
    ui: &Ui,
    cx: &mut Cx<'_>,
    drawn: &[Drawn<'_>],
    response: &egui::Response,
    transform: &PlotTransform,
    (view, hovered): ([f64; 2], Option<(usize, usize)>),
) {
    let frame = *transform.frame();
    let names: Vec<&str> = drawn.iter().map(|drawn| drawn.chart.name.as_str()).collect();
    let n_points: usize = drawn.iter().map(|drawn| drawn.chart.points.len()).sum();
    let name = cx.words.fill("chart.plot-name", &[&names.join(cx.words.get("source.comma")), &n_points.to_string()]);
    response.widget_info(|| WidgetInfo::labeled(Role::Table, true, &name));
    let mark = hovered.and_then(|(series, idx)| drawn.get(series)?.chart.points.get(idx)?.marks.first().copied());
    // Of several panels only the one under the pointer takes a hover back.
    let is_here = |at: Mark| drawn.iter().any(|one| one.chart.points.iter().any(|point| point.marks.contains(&at)));
    let is_ours = matches!(cx.desk.hover, Some(at @ Mark::Point { .. }) if is_here(at));
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

/// What a drag that has begun is for.
#[derive(Debug, Clone, Copy, PartialEq)]
enum DragFor {
    /// A range to be shown.
    Range,
    /// A period to filter by.
    Period,
}

/// A drag draws the range to be shown; with Shift it moves what is shown, with Alt it draws a period to filter by.
fn drag_ui(ui: &Ui, cx: &mut Cx<'_>, response: &egui::Response, transform: &PlotTransform, view: [f64; 2]) {
    if !response.dragged() && !response.drag_stopped() {
        return;
    }
    let frame = *transform.frame();
    let (origin, now) = ui.input(|input| (input.pointer.press_origin(), input.pointer.latest_pos()));
    let (shift, alt) = ui.input(|input| (input.modifiers.shift, input.modifiers.alt));
    if shift && response.dragged() {
        let by = f64::from(-response.drag_delta().x) * (view[1] - view[0]) / f64::from(frame.width());
        if by != 0.0 {
            set_window(cx, Some(view.map(|end| end + by)));
        }
        return;
    }
    let id = ui.scope_id().with("drag-origin");
    if response.drag_started() {
        let what = if alt { DragFor::Period } else { DragFor::Range };
        ui.data_mut(|data| data.insert_temp(id, (origin.map_or(0.0, |at| at.x), what)));
    }
    let begun = ui.data(|data| data.get_temp::<(f32, DragFor)>(id));
    let (Some((from, what)), Some(to)) = (begun, now.map(|at| at.x)) else { return };
    let ends = [from.min(to), from.max(to)].map(|x| x.clamp(frame.left(), frame.right()));
    if response.drag_stopped() {
        ui.data_mut(|data| data.remove::<(f32, DragFor)>(id));
        if ends[1] - ends[0] >= 6.0 && !shift {
            let [start, end] = ends.map(|x| transform.value_from_position(pos2(x, frame.top())).x);
            match what {
                DragFor::Range => set_window(cx, Some([start, end])),
                DragFor::Period => cx.push(Command::SetPeriod(Some(period(start, end)))),
            }
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
pub(super) fn keyboard_ui(ui: &Ui, cx: &mut Cx<'_>, drawn: &[Drawn<'_>], response: &egui::Response) {
    if !response.has_focus() {
        return;
    }
    let filter = EventFilter { horizontal_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    let ring = response.rect.shrink(1.0);
    ui.painter().rect_stroke(ring, CornerRadius::same(4), Stroke::new(2.0, cx.theme.time), StrokeKind::Inside);
    let is_selected = |drawn: &&Drawn<'_>| drawn.states.contains(&MarkState::Selected);
    let Some(Drawn { chart, states, .. }) = drawn.iter().find(is_selected).or_else(|| drawn.first()) else { return };
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
pub(super) fn card_ui(ui: &Ui, cx: &Cx<'_>, drawn: &Drawn<'_>, idx: usize, has_name: bool) {
    let Drawn { number, chart, dots, .. } = drawn;
    let (Some(point), Some(Some(dot))) = (chart.points.get(idx), dots.get(idx)) else { return };
    let anchor = Rect::from_center_size(dot.at.into(), vec2(20.0, 20.0));
    let id = Id::unique(("chart-card", *number, idx));
    Tooltip::always_open(ui.ctx().clone(), ui.layer_id(), id, anchor).gap(6.0).width(320.0).show(|ui| {
        ui.spacing_mut().item_spacing = vec2(8.0, 4.0);
        ui.set_max_width(320.0);
        if has_name {
            ui.label(egui::RichText::new(&chart.name).font(Type::Label.font()).color(cx.theme.ink_3));
        }
        let value = if cx.desk.chart.measure == ChartMeasure::Value {
            point.words.value_with_unit.clone()
        } else {
            format!("{} ({})", point.value_words, point.words.value_with_unit)
        };
        let head = format!("{} · {value}", point.words.label);
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
        if cx.desk.chart.measure == ChartMeasure::Value {
            line(ui, "chart.in-unit", &exact(point.value));
        }
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
