//! The plot of one series or several: axes and pointer by `egui_plot`, marks, links and labels by our own hand.
//!
//! Series of one unit share a panel; panels stand one above the other on one time axis, for two units on one plot
//! would compare what cannot be compared. The plot is told its bounds in every frame, from the desk: it keeps no
//! state of its own. A logarithmic axis is one of powers of ten (`log10` of the data) with its own ticks.

use super::{
    Theme,
    cx::Cx,
    drawn::Drawn,
    kept::{kept, key_of},
    marks::{self, LinkStyle, MARK_RADIUS_PX, MarkShape, MarkState, Origin},
    plot_axis::{PAD_PX, ValueAxis, egui_plot_ui, grid, time_ticks, value_axis, view_secs, width_of},
    plot_pointer::{card_ui, keyboard_ui, nearest, pointer_ui, spoken_ui},
    shown::Shown,
    type_scale::Type,
    widgets::{elided, text_at},
};
use crate::{
    desk::Mark,
    view::{
        brush::touches,
        chart::{
            ARROW_PX, Chart, ChartPoint, Dot, Joint, LabelRoom, LabelSizes, Labels, MAX_NAMED, Role as LabelRole,
            Toward, labels,
        },
        chart_measure::panels,
        end_labels::apart,
        figure_frame::Bounds,
        series_axis::Unit,
        source_counts::source_counts,
    },
};
use egui::{Align2, CornerRadius, Pos2, Rect, Shape, Stroke, Ui, UiBuilder, pos2, vec2};
use egui_plot::PlotTransform;

/// Between two panels.
const PANEL_GAP_PX: f32 = 6.0;
/// A panel that is lower than this has no room for its axes below its caption: fewer are drawn.
const MIN_PANEL_PX: f32 = 68.0;
/// The words over a panel of a single series among several.
const CAPTION_PX: f32 = 18.0;
/// Line height of a label at a line's end.
const END_ROW_PX: f32 = 17.0;

/// What all panels have in common.
struct Common {
    view: [f64; 2],
    unit: Unit,
    tick_px: f32,
    margin_px: f32,
    n_series: usize,
}

/// Draws the plot into `body`.
pub(super) fn plot_ui(ui: &mut Ui, cx: &mut Cx<'_>, body: Rect, shown: &Shown) {
    let ends = shown.charts.iter().filter_map(|chart| chart.extent_secs);
    let extent = ends.reduce(|a, b| [a[0].min(b[0]), a[1].max(b[1])]);
    let Some(extent) = extent else { return };
    let panels = panels(&shown.charts);
    let n_fit =
        (((body.height() + PANEL_GAP_PX) / (MIN_PANEL_PX + PANEL_GAP_PX)) as usize).clamp(1, panels.len().max(1));
    let n_left_out: usize = panels.iter().skip(n_fit).map(Vec::len).sum();
    let height = (body.height() - PANEL_GAP_PX * (n_fit - 1) as f32) / n_fit as f32;
    let zoomed = cx.desk.chart.values.filter(|_| panels.len() == 1);
    let of_panel = |panel: &Vec<usize>| -> Vec<(usize, &Chart)> {
        panel.iter().filter_map(|idx| Some((*idx, shown.charts.get(*idx)?))).collect()
    };
    let panels: Vec<(Vec<(usize, &Chart)>, ValueAxis)> = panels
        .iter()
        .take(n_fit)
        .map(|panel| {
            let charts = of_panel(panel);
            let bare: Vec<&Chart> = charts.iter().map(|(_, chart)| *chart).collect();
            let values = value_axis(cx, &bare, height, zoomed);
            (charts, values)
        })
        .collect();
    let ticks = panels.iter().flat_map(|(_, values)| &values.ticks);
    let common = Common {
        view: view_secs(cx, extent),
        unit: shown.charts.iter().filter_map(|chart| chart.time_unit).min().unwrap_or(Unit::Year),
        tick_px: ticks.map(|(_, text)| width_of(ui, text, Type::Small)).fold(0.0, f32::max),
        margin_px: margin_px(ui, shown, body.width()),
        n_series: shown.charts.len(),
    };
    for (idx, (charts, values)) in panels.iter().enumerate() {
        let top = body.top() + (height + PANEL_GAP_PX) * idx as f32;
        let rect = Rect::from_min_size(pos2(body.left(), top), vec2(body.width(), height));
        ui.push_id(("panel", idx), |ui| panel_ui(ui, cx, rect, charts, values, &common));
        if idx + 1 == n_fit && n_left_out > 0 {
            let words = cx.words.fill("figure.series-left-out", &[&n_left_out.to_string()]);
            let at = pos2(rect.right() - 12.0, rect.top() + CAPTION_PX / 2.0);
            text_at(ui, at, Align2::RIGHT_CENTER, &words, Type::Small, cx.theme.ink_3);
        }
    }
}

/// Room at the right for the label of the last point, or for the names of several lines.
fn margin_px(ui: &Ui, shown: &Shown, width: f32) -> f32 {
    let last = |chart: &Chart| {
        chart.points.last().map_or(0.0, |point| {
            width_of(ui, &point.value_words, Type::BodyBold).max(width_of(ui, &point.words.label, Type::Label))
        })
    };
    let widest = shown.charts.iter().map(last).fold(0.0, f32::max);
    let names = shown.charts.iter().map(|chart| width_of(ui, &chart.name, Type::Label)).fold(0.0, f32::max);
    match (shown.charts.len(), width >= 600.0) {
        (1, true) => 100.0,
        (1, false) => (widest + 16.0).clamp(24.0, 96.0),
        _ => (names.max(widest) + 26.0).clamp(60.0, (width * 0.24).max(60.0)),
    }
}

/// One pair of axes with the series of one unit.
fn panel_ui(ui: &mut Ui, cx: &mut Cx<'_>, body: Rect, charts: &[(usize, &Chart)], values: &ValueAxis, common: &Common) {
    let has_caption = common.n_series > 1 && charts.len() == 1;
    let top = if has_caption { CAPTION_PX } else { 4.0 };
    let outer = Rect::from_min_max(
        pos2(body.left() + 16.0, body.top() + top),
        pos2(body.right() - common.margin_px, body.bottom() - 9.0),
    );
    if outer.width() < 80.0 || outer.height() < 40.0 {
        return;
    }
    let plot_px = outer.width() - common.tick_px - 8.0;
    let time_ticks = time_ticks(ui, cx, common.unit, common.view, plot_px);

    let ground = ui.painter().add(Shape::Noop);
    let (response, transform) = ui
        .scope_builder(UiBuilder::new().max_rect(outer).id_salt("plot"), |ui| {
            egui_plot_ui(ui, cx.theme, charts, values, &time_ticks, common.view, common.tick_px)
        })
        .inner;
    let frame = *transform.frame();
    let mut below = grid(cx.theme, values, &time_ticks, &transform);
    below.extend(period_band(cx, &transform));
    ui.painter().set(ground, Shape::Vec(below));

    let dots: Vec<Vec<Option<Dot>>> = charts.iter().map(|(_, chart)| dots(chart, values, &transform)).collect();
    let hovered = response.hover_pos().and_then(|at| nearest(&dots, at, frame));
    let drawn: Vec<Drawn<'_>> = charts
        .iter()
        .zip(dots)
        .enumerate()
        .map(|(place, (&(number, chart), dots))| {
            let hovered = hovered.filter(|(series, _)| *series == place).map(|(_, idx)| idx);
            Drawn { number, chart, dots, states: states(cx, chart, hovered) }
        })
        .collect();
    let painter = ui.painter().with_clip_rect(body);
    // Of many points, and of several lines, the count of sources is told by the card.
    let counts = match drawn.as_slice() {
        [only] if common.n_series == 1 && only.dots.iter().flatten().count() <= MAX_NAMED => {
            counts(ui, only, frame.bottom() - PAD_PX as f32)
        }
        _ => Vec::new(),
    };
    drawn.iter().for_each(|drawn| paint_links(&painter, cx.theme, drawn));
    let room = Rect::from_min_max(
        pos2(frame.left() + 4.0, body.top()),
        pos2(body.right() - 6.0, frame.bottom() - PAD_PX as f32 - 3.0),
    );
    match drawn.as_slice() {
        [only] if !has_caption => paint_labels(ui, cx, (only, &counts), values, (&transform, room)),
        several => {
            paint_ends(ui, cx, several, Rect::from_min_max(pos2(frame.right(), room.top()), room.max), has_caption)
        }
    }
    if let (true, Some(only)) = (has_caption, drawn.first()) {
        let at = pos2(frame.left() + 4.0, body.top() + CAPTION_PX / 2.0);
        caption(ui, cx, only, at, frame.width());
    }
    drawn.iter().for_each(|drawn| paint_points(&painter, cx.theme, drawn));
    if let Some(only) = drawn.first() {
        paint_counts(&painter, cx.theme, only.chart, &counts);
    }

    drawn.iter().for_each(|drawn| spoken_ui(ui, cx, drawn, frame));
    pointer_ui(ui, cx, &drawn, &response, &transform, (common.view, hovered));
    keyboard_ui(ui, cx, &drawn, &response);
    if let Some((drawn, idx)) = hovered.and_then(|(series, idx)| Some((drawn.get(series)?, idx))) {
        card_ui(ui, cx, drawn, idx, common.n_series > 1);
    }
}

/// The period that is filtered by, as far as it is in view.
fn period_band(cx: &Cx<'_>, transform: &PlotTransform) -> Option<Shape> {
    let period = cx.desk.facets.period?;
    let frame = *transform.frame();
    let x = |secs: f64| transform.position_from_point_x(secs).clamp(frame.left(), frame.right());
    let (left, right) = (x(period.start), x(period.end));
    let band = Rect::from_x_y_ranges(left..=right, frame.y_range());
    (right > left).then(|| Shape::rect_filled(band, CornerRadius::ZERO, Theme::wash(cx.theme.time, 12)))
}

/// The name of a panel's only series, with its mark and unit.
fn caption(ui: &Ui, cx: &Cx<'_>, drawn: &Drawn<'_>, at: Pos2, width: f32) {
    let colour = marks::series_colour(cx.theme, drawn.number);
    let look = (MarkShape::of(drawn.number), colour);
    marks::mark(ui.painter(), cx.theme, at + vec2(5.0, 0.0), 4.0, look, (Origin::Reported, MarkState::Plain));
    let unit = &drawn.chart.axis_unit;
    let unit_px = width_of(ui, unit, Type::Small) + 8.0;
    let name = elided(ui, &drawn.chart.name, Type::Label, width - unit_px - 20.0);
    let name = text_at(ui, at + vec2(15.0, 0.0), Align2::LEFT_CENTER, &name, Type::Label, cx.theme.ink_2);
    text_at(ui, pos2(name.right() + 8.0, at.y), Align2::LEFT_CENTER, unit, Type::Small, cx.theme.ink_3);
}

/// Names and last values beside the lines' ends, instead of a legend; values alone where a caption has the name.
fn paint_ends(ui: &Ui, cx: &Cx<'_>, all: &[Drawn<'_>], room: Rect, has_caption: bool) {
    let end = |drawn: &Drawn<'_>| {
        let idx = drawn.dots.iter().rposition(Option::is_some)?;
        Some((drawn.chart.points.get(idx)?.value_words.clone(), drawn.dots.get(idx)?.as_ref()?.at))
    };
    let mut ends: Vec<(&Drawn<'_>, String, [f32; 2])> =
        all.iter().filter_map(|drawn| end(drawn).map(|(words, at)| (drawn, words, at))).collect();
    ends.sort_by(|a, b| a.2[1].total_cmp(&b.2[1]));
    let height = if has_caption { END_ROW_PX } else { END_ROW_PX * 2.0 };
    let wishes: Vec<[f32; 2]> = ends.iter().map(|(_, _, at)| [at[1] - height / 2.0, height]).collect();
    let tops = apart(&wishes, 2.0, [room.top(), room.bottom() + END_ROW_PX]);
    let left = room.left() + 14.0;
    for ((drawn, words, at), top) in ends.iter().zip(tops) {
        let colour = marks::series_colour(cx.theme, drawn.number);
        let middle = top + height / 2.0;
        if (middle - at[1]).abs() > 12.0 || left - at[0] > 40.0 {
            let ends = [pos2(at[0] + 7.0, at[1]), pos2(left - 4.0, middle)];
            ui.painter().line_segment(ends, Stroke::new(1.0, Theme::wash(colour, 50)));
        }
        let first = pos2(left, top + END_ROW_PX / 2.0);
        if has_caption {
            text_at(ui, first, Align2::LEFT_CENTER, words, Type::BodyBold, cx.theme.ink);
            continue;
        }
        let name = elided(ui, &drawn.chart.name, Type::Label, room.right() - left);
        text_at(ui, first, Align2::LEFT_CENTER, &name, Type::Label, colour);
        text_at(ui, first + vec2(0.0, END_ROW_PX), Align2::LEFT_CENTER, words, Type::BodyBold, cx.theme.ink);
    }
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
        Toward::Higher => [y - ARROW_PX, y],
        Toward::Lower => [y, y + ARROW_PX],
        Toward::Either => [y - ARROW_PX, y + ARROW_PX],
    }
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
        let is_left_out = cx.desk.facets.period.is_some_and(|period| !touches(point.interval, period));
        match (is_hovered, is_left_out) {
            (true, _) => MarkState::Hovered,
            (false, true) => MarkState::Dimmed,
            (false, false) => MarkState::Plain,
        }
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

fn paint_links(painter: &egui::Painter, theme: &Theme, drawn: &Drawn<'_>) {
    let Drawn { number, chart, dots, .. } = drawn;
    let colour = marks::series_colour(theme, *number);
    for link in &chart.links {
        let ends = (dots.get(link.from).copied().flatten(), dots.get(link.from + 1).copied().flatten());
        let (Some(from), Some(to)) = ends else { continue };
        let style = match link.joint {
            // The plot has drawn it.
            Joint::Solid | Joint::None => continue,
            Joint::Dashed => LinkStyle::Dashed,
            Joint::Dotted => LinkStyle::Dotted,
        };
        marks::link(painter, from.at.into(), to.at.into(), style, colour, 1.0);
    }
}

/// So many marks are drawn however near they are to each other.
const MAX_MARKS: usize = 60;
/// More than that, where they are at least so far apart on average, in pixels.
const LEAST_APART_PX: f32 = 4.5;

fn paint_points(painter: &egui::Painter, theme: &Theme, drawn: &Drawn<'_>) {
    let Drawn { number, chart, dots, states } = drawn;
    let colour = marks::series_colour(theme, *number);
    let n_seen = dots.iter().flatten().count();
    // Marks that would cover each other are left out: the line tells more without them.
    let seen_x = || dots.iter().flatten().map(|dot| dot.at[0]);
    let width_px = seen_x().fold(f32::MIN, f32::max) - seen_x().fold(f32::MAX, f32::min);
    let is_dense = n_seen > MAX_MARKS && width_px < n_seen as f32 * LEAST_APART_PX;
    let radius = if n_seen > 60 { MARK_RADIUS_PX * 0.7 } else { MARK_RADIUS_PX };
    for ((point, dot), state) in chart.points.iter().zip(dots).zip(states) {
        let Some(dot) = dot else { continue };
        if is_dense && *state == MarkState::Plain && !point.is_derived {
            continue;
        }
        let ink = match state {
            MarkState::Selected => theme.selected,
            MarkState::Dimmed => Theme::wash(colour, 30),
            _ => colour,
        };
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
        marks::mark(painter, theme, at, radius, (MarkShape::of(*number), colour), (origin, *state));
    }
}

/// ×3, or ≠×3 where the sources disagree.
fn count_text(point: &ChartPoint) -> Option<String> {
    let sign = if point.is_disputed { "≠" } else { "" };
    (point.marks.len() > 1).then(|| format!("{sign}×{}", point.marks.len()))
}

/// Where the counts of sources stand, above `floor`.
fn counts(ui: &Ui, drawn: &Drawn<'_>, floor: f32) -> Vec<Option<Bounds>> {
    let width = |point: &ChartPoint| Some(width_of(ui, &count_text(point)?, Type::Small));
    let widths: Vec<Option<f32>> = drawn.chart.points.iter().map(width).collect();
    source_counts(&drawn.dots, &widths, floor)
}

fn paint_counts(painter: &egui::Painter, theme: &Theme, chart: &Chart, counts: &[Option<Bounds>]) {
    for (point, at) in chart.points.iter().zip(counts) {
        let (Some(text), Some(at)) = (count_text(point), at) else { continue };
        let ink = if point.is_disputed { theme.warn } else { theme.ink_3 };
        let middle = pos2(at.left, f32::midpoint(at.top, at.bottom));
        painter.text(middle, Align2::LEFT_CENTER, text, Type::Small.font(), ink);
    }
}

/// Places the labels (kept until something moves) and paints them.
fn paint_labels(
    ui: &Ui,
    cx: &Cx<'_>,
    (drawn, counts): (&Drawn<'_>, &[Option<Bounds>]),
    values: &ValueAxis,
    (transform, room): (&PlotTransform, Rect),
) {
    let Drawn { chart, dots, states, .. } = drawn;
    let selected = states.iter().position(|state| *state == MarkState::Selected);
    let places: Vec<[u32; 2]> = dots.iter().flatten().map(|dot| dot.at.map(f32::to_bits)).collect();
    let shape = (room.right().to_bits(), room.bottom().to_bits());
    let key = key_of((places, selected, shape, &chart.name, cx.desk.chart.measure, cx.words.key()));
    let placed = kept(ui, egui::Id::unique("chart labels"), key, |_| {
        let grid: Vec<f32> = values.ticks.iter().map(|(at, _)| transform.position_from_point_y(*at)).collect();
        let room = LabelRoom {
            room: Bounds { left: room.left(), top: room.top(), right: room.right(), bottom: room.bottom() },
            plot_right: transform.frame().right(),
            dots,
            grid: &grid,
            counts,
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
