//! The figure of one series: value axis, points, direct labels, the gap that is named, the claim's bracket.

use super::{
    date_text::years_text,
    figure_frame::{Bounds, Captions, Dash, Face, Figure, FigureStyle, Ink, Item, Measure, Part, frame},
    label_place::{Obstacles, Placed, place},
    number::tick_label,
    series_axis::{Tick, Unit, ticks},
    series_words::{PointWords, SeriesWords},
    text_lines::lines,
    time_glyph::drawn_interval,
    value_text::nice_ticks,
};
use crate::{
    desk::Locale,
    edtf::{Grain, Interval, Moment},
    model::{Document, Point, Series},
};

/// What a series figure is made from.
#[derive(Debug, Clone, Copy)]
pub struct SeriesInput<'a> {
    /// The document it comes from.
    pub document: &'a Document,
    /// The series; its points in order of time.
    pub series: &'a Series,
    /// The language of all that the document did not say itself.
    pub words: &'a Locale,
}

/// A point on its way to the picture.
#[derive(Debug, Clone)]
struct Dot {
    /// Middle of its interval, in seconds.
    secs: f64,
    /// The interval a whisker is drawn over, where the time is approximate.
    whisker_secs: Option<[f64; 2]>,
    interval: Interval,
    value: f64,
    upper: Option<f64>,
    derived: bool,
    words: PointWords,
}

/// The plot's coordinates.
#[derive(Debug, Clone, Copy)]
struct Plot {
    bounds: Bounds,
    secs: [f64; 2],
    values: [f64; 2],
}

impl Plot {
    fn x_from_secs(&self, secs: f64) -> f32 {
        let share = (secs - self.secs[0]) / (self.secs[1] - self.secs[0]);
        self.bounds.left + (share as f32) * (self.bounds.right - self.bounds.left)
    }

    fn y_from_value(&self, value: f64) -> f32 {
        let share = (value - self.values[0]) / (self.values[1] - self.values[0]);
        self.bounds.bottom - (share as f32) * (self.bounds.bottom - self.bounds.top)
    }

    fn at(&self, dot: &Dot) -> [f32; 2] {
        [self.x_from_secs(dot.secs), self.y_from_value(dot.value)]
    }
}

/// Lays out the figure of a series. `captions` that are empty are written from the data.
pub fn series_figure(
    input: SeriesInput<'_>,
    style: &FigureStyle,
    captions: &Captions,
    measure: &Measure<'_>,
) -> Figure {
    let said = SeriesWords::new(input);
    let captions = said.captions(captions);
    let (frame_part, body) = frame(style, &captions, measure);
    let dots = dots(input, &said);
    let mut parts = vec![frame_part];
    if let Some((plot, axis_part)) = axes(&dots, style, &said, body, input.words, measure) {
        let bracket = bracket(&dots, &plot, style, &said, body, measure);
        parts.push(axis_part);
        let (link_parts, links) = links(&dots, &plot, style);
        parts.extend(link_parts);
        let mut obstacles = obstacles(&dots, &plot, style, &links, body);
        let mut point_parts: Vec<Part> =
            dots.iter().enumerate().map(|(idx, dot)| point(idx, dot, &plot, style)).collect();
        label_points(&dots, &plot, style, measure, &mut obstacles, &mut point_parts);
        parts.extend(name_gaps(&dots, &links, style, input.words, measure, &mut obstacles));
        parts.extend(point_parts);
        parts.extend(bracket);
    }
    Figure { size: style.size, parts, title: captions.title.clone(), alt_text: said.alt_text(&captions) }
}

fn dots(input: SeriesInput<'_>, said: &SeriesWords<'_>) -> Vec<Dot> {
    let mut dots: Vec<Dot> = input
        .series
        .points
        .iter()
        .filter_map(|point| {
            let interval = point.interval.or_else(|| point.edtf.as_ref()?.interval())?;
            let (start, end) = (interval.start?.seconds() as f64, interval.end?.seconds() as f64);
            let whisker_secs = whisker(point);
            point.value.is_finite().then(|| Dot {
                secs: (start + end) / 2.0,
                whisker_secs,
                interval,
                value: point.value,
                upper: point.upper.filter(|upper| upper.is_finite()),
                derived: point.derived.is_some(),
                words: said.point(point),
            })
        })
        .collect();
    dots.sort_by(|a, b| a.secs.total_cmp(&b.secs));
    dots
}

fn whisker(point: &Point) -> Option<[f64; 2]> {
    let edtf = point.edtf.as_ref().filter(|edtf| edtf.is_approximate())?;
    let drawn = drawn_interval(edtf)?;
    Some([drawn.start?.seconds() as f64, drawn.end?.seconds() as f64])
}

/// The unit of the time axis: that of the finest point.
fn unit_of(dots: &[Dot]) -> Unit {
    let grain = |dot: &Dot| {
        let days = length_secs(dot.interval) / 86_400.0;
        if days > 360.0 {
            Grain::Year
        } else if days > 27.0 {
            Grain::Month
        } else {
            Grain::Day
        }
    };
    dots.iter().map(grain).min().map_or(Unit::Year, Unit::of)
}

fn length_secs(interval: Interval) -> f64 {
    match (interval.start, interval.end) {
        (Some(start), Some(end)) => (end.seconds() - start.seconds()) as f64,
        _ => 0.0,
    }
}

/// The axes with their labels, and the coordinates they span; `None` without points.
fn axes(
    dots: &[Dot],
    style: &FigureStyle,
    said: &SeriesWords<'_>,
    body: Bounds,
    words: &Locale,
    measure: &Measure<'_>,
) -> Option<(Plot, Part)> {
    let zoom = style.zoom();
    let tick_width = |text: &str| measure(text, Face::Sans, style.tick_px);
    let highest = dots.iter().map(|dot| dot.upper.unwrap_or(dot.value).max(dot.value)).fold(0.0, f64::max);
    let lowest = dots.iter().map(|dot| dot.value).fold(0.0, f64::min);
    let height = body.bottom - body.top;
    let top = (body.top + (46.0 * zoom).min(height * 0.24)).round();
    let bottom =
        (body.bottom - style.tick_px * 1.7 - (29.0 * zoom).min(height * 0.16)).round().max(top + style.tick_px * 4.2);
    // Ticks two lines apart at least.
    let n_steps = ((bottom - top) / (style.tick_px * 2.0)).clamp(1.0, 6.0) as usize;
    let value_ticks = nice_ticks(lowest, highest, n_steps);
    let values = [*value_ticks.first()?, *value_ticks.last()?];
    let largest = values[0].abs().max(values[1].abs());
    let step = (values[1] - values[0]) / (value_ticks.len() - 1).max(1) as f64;
    let label = |&tick: &f64| tick_label(tick, step, largest, said.unit(), words);
    let labels: Vec<String> = value_ticks.iter().map(label).collect();
    let label_room = labels.iter().map(|label| tick_width(label)).fold(0.0, f32::max) + 8.0 * zoom;
    let bounds = Bounds {
        left: (body.left + label_room).round(),
        top,
        right: body.right - bracket_room(style, said, measure),
        bottom,
    };
    let unit = unit_of(dots);
    let plot = Plot { bounds, secs: time_range(dots, unit)?, values };
    let mut items = Vec::new();
    for (value, label) in value_ticks.iter().zip(labels) {
        let y = plot.y_from_value(*value).round() + 0.5;
        let ink = if *value == 0.0 { Ink::Control } else { Ink::Hair };
        items.push(Item::Line { points: vec![[bounds.left, y], [bounds.right, y]], width_px: 1.0, ink });
        let at = [bounds.left - 8.0 * zoom - tick_width(&label), y + style.tick_px * 0.36];
        items.push(Item::Text { at, text: label, face: Face::Sans, size_px: style.tick_px, ink: Ink::Ink3 });
    }
    time_ticks(&plot, unit, style, words, measure, &mut items);
    Some((plot, Part { id: "axes".to_owned(), title: String::new(), items }))
}

/// From before the first point to after the last, with a little air.
fn time_range(dots: &[Dot], unit: Unit) -> Option<[f64; 2]> {
    let ends = |dot: &Dot| dot.whisker_secs.unwrap_or([dot.secs, dot.secs]);
    let first = dots.iter().map(|dot| ends(dot)[0]).fold(f64::INFINITY, f64::min);
    let last = dots.iter().map(|dot| ends(dot)[1]).fold(f64::NEG_INFINITY, f64::max);
    if !first.is_finite() || !last.is_finite() {
        return None;
    }
    let unit_secs = match unit {
        Unit::Day => 86_400.0,
        Unit::Month => 30.4 * 86_400.0,
        Unit::Year => 365.25 * 86_400.0,
    };
    let air = ((last - first) * 0.05).max(unit_secs * 0.7);
    Some([first - air, last + air])
}

fn time_ticks(
    plot: &Plot,
    unit: Unit,
    style: &FigureStyle,
    words: &Locale,
    measure: &Measure<'_>,
    items: &mut Vec<Item>,
) {
    let tick_width = |text: &str| measure(text, Face::Sans, style.tick_px);
    let spread = |tick: &Tick| {
        let (x, half) = (plot.x_from_secs(tick.secs), tick_width(&tick.label) / 2.0);
        (x - half, x + half)
    };
    let fits = |ticks: &[Tick]| {
        let mut previous = f32::NEG_INFINITY;
        ticks.iter().all(|tick| {
            let (left, right) = spread(tick);
            let free = left >= previous + style.tick_px * 2.4;
            previous = right;
            free
        })
    };
    let y = plot.bounds.bottom + 0.5;
    for tick in ticks(unit, plot.secs, words, &fits) {
        let x = plot.x_from_secs(tick.secs).round() + 0.5;
        let points = vec![[x, y], [x, y + 5.0]];
        items.push(Item::Line { points, width_px: 1.0, ink: Ink::Control });
        let half = tick_width(&tick.label) / 2.0;
        // A label may hang over the plot's end, never over the margin.
        let left = (x - half).clamp(style.margin * 0.5, style.size[0] - style.margin * 0.5 - 2.0 * half);
        let at = [left, y + 8.0 * style.zoom() + style.tick_px];
        items.push(Item::Text { at, text: tick.label, face: Face::Sans, size_px: style.tick_px, ink: Ink::Ink3 });
    }
}

/// The line between two neighbours.
#[derive(Debug, Clone, Copy)]
struct Link {
    from: [f32; 2],
    to: [f32; 2],
    dash: Dash,
    first_idx: usize,
}

fn links(dots: &[Dot], plot: &Plot, style: &FigureStyle) -> (Vec<Part>, Vec<Link>) {
    let mut gaps: Vec<f64> = dots.windows(2).map(|pair| pair[1].secs - pair[0].secs).collect();
    gaps.sort_by(f64::total_cmp);
    let usual = gaps.get(gaps.len().saturating_sub(1) / 2).copied().unwrap_or(0.0);
    let unit = unit_of(dots);
    let links: Vec<Link> = dots
        .windows(2)
        .enumerate()
        .filter_map(|(first_idx, pair)| {
            let [a, b] = pair else { return None };
            let missing = missing_units(a, b, unit).map_or(0, |(first, last)| last - first + 1);
            let dash = if missing >= 5 && (b.secs - a.secs > 5.0 * usual || gaps.len() == 1) {
                Dash::Dotted
            } else if a.derived || b.derived {
                Dash::Dashed
            } else {
                Dash::Solid
            };
            Some(Link { from: plot.at(a), to: plot.at(b), dash, first_idx })
        })
        .collect();
    let items = links
        .iter()
        .map(|&Link { from, to, dash, .. }| Item::Link { from, to, dash, ink: Ink::Number, zoom: style.zoom() })
        .collect();
    (vec![Part { id: "line".to_owned(), title: String::new(), items }], links)
}

/// First and last unit between two points that has no figure.
fn missing_units(a: &Dot, b: &Dot, unit: Unit) -> Option<(i32, i32)> {
    let first = unit.index(a.interval.end?);
    let last = unit.index(Moment::from_seconds(b.interval.start?.seconds() - 1)?);
    (first <= last).then_some((first, last))
}

fn point(idx: usize, dot: &Dot, plot: &Plot, style: &FigureStyle) -> Part {
    let zoom = style.zoom();
    let at = plot.at(dot);
    let mut items = Vec::new();
    let line = |points: Vec<[f32; 2]>| Item::Line { points, width_px: 1.5 * zoom, ink: Ink::Number };
    if let Some(whisker) = dot.whisker_secs {
        let x = whisker.map(|secs| plot.x_from_secs(secs));
        items.push(Item::Whisker { x, y: at[1], ink: Ink::Number, zoom });
    }
    if let Some(upper) = dot.upper {
        let top = plot.y_from_value(upper);
        let half = 4.0 * zoom;
        items.push(line(vec![at, [at[0], top]]));
        items.push(line(vec![[at[0] - half, top], [at[0] + half, top]]));
    }
    items.push(Item::Point { at, radius_px: 4.5 * zoom, hollow: dot.derived, ink: Ink::Number });
    Part {
        id: format!("point-{}", idx + 1),
        title: format!("{}：{}", dot.words.time, dot.words.value_with_unit),
        items,
    }
}

fn obstacles(dots: &[Dot], plot: &Plot, style: &FigureStyle, links: &[Link], body: Bounds) -> Obstacles {
    let zoom = style.zoom();
    let mut obstacles = Obstacles::new(Bounds {
        left: plot.bounds.left + 4.0,
        top: body.top + 6.0,
        right: plot.bounds.right.max(plot.x_from_secs(plot.secs[1])),
        bottom: plot.bounds.bottom - 3.0,
    });
    for link in links {
        obstacles.add_line(link.from, link.to);
    }
    for dot in dots {
        let [x, y] = plot.at(dot);
        let radius = 7.0 * zoom;
        obstacles.add(Bounds { left: x - radius, top: y - radius, right: x + radius, bottom: y + radius });
        if let Some([left, right]) = dot.whisker_secs.map(|ends| ends.map(|secs| plot.x_from_secs(secs))) {
            let air = 6.0 * zoom;
            obstacles.add(Bounds { left: left - air, top: y - radius, right: right + air, bottom: y + radius });
        }
        if let Some(upper) = dot.upper {
            obstacles.add_line([x, y], [x, plot.y_from_value(upper)]);
        }
    }
    for value in nice_ticks(plot.values[0], plot.values[1], 6) {
        let y = plot.y_from_value(value);
        obstacles.add_faint_line([plot.bounds.left, y], [plot.bounds.right, y]);
    }
    obstacles
}

/// Which points get a label, the most important first: last, first, derived, highest, lowest; all where they are few.
fn labelled(dots: &[Dot]) -> Vec<usize> {
    let by_value = |better: fn(f64, f64) -> bool| {
        (0..dots.len()).reduce(|best, idx| if better(dots[idx].value, dots[best].value) { idx } else { best })
    };
    let mut order: Vec<usize> = Vec::new();
    order.extend(dots.len().checked_sub(1));
    order.extend((!dots.is_empty()).then_some(0));
    order.extend((0..dots.len()).filter(|&idx| dots[idx].derived));
    order.extend(by_value(|a, b| a > b));
    order.extend(by_value(|a, b| a < b));
    if dots.len() <= 8 {
        order.extend(0..dots.len());
    }
    let mut seen = Vec::new();
    order.retain(|idx| {
        let is_new = !seen.contains(idx);
        seen.push(*idx);
        is_new
    });
    order
}

fn label_points(
    dots: &[Dot],
    plot: &Plot,
    style: &FigureStyle,
    measure: &Measure<'_>,
    obstacles: &mut Obstacles,
    parts: &mut [Part],
) {
    let last_idx = dots.len().saturating_sub(1);
    for idx in labelled(dots) {
        let (Some(dot), Some(part)) = (dots.get(idx), parts.get_mut(idx)) else { continue };
        let (value, value_px) = if idx == last_idx {
            (&dot.words.value_with_unit, style.label_px * 1.44)
        } else {
            (&dot.words.value, style.label_px * 1.2)
        };
        let value_width = measure(value, Face::Bold, value_px);
        let time_width = measure(&dot.words.label, Face::Sans, style.label_px);
        let Some(label) = place(plot.at(dot), [value_width, time_width], value_px, style.label_px, obstacles) else {
            continue;
        };
        let Placed { value_at, time_at, bounds, leader } = label;
        obstacles.add(bounds.grown(4.0));
        part.items.extend(leader.map(|[from, to]| Item::Line {
            points: vec![from, to],
            width_px: 1.0,
            ink: Ink::Line,
        }));
        let time = Item::Text {
            at: time_at,
            text: dot.words.label.clone(),
            face: Face::Sans,
            size_px: style.label_px,
            ink: Ink::Ink2,
        };
        let value =
            Item::Text { at: value_at, text: value.clone(), face: Face::Bold, size_px: value_px, ink: Ink::Ink };
        part.items.extend([time, value]);
    }
}

/// Says which years have no figure, beside the dotted line.
fn name_gaps(
    dots: &[Dot],
    links: &[Link],
    style: &FigureStyle,
    words: &Locale,
    measure: &Measure<'_>,
    obstacles: &mut Obstacles,
) -> Option<Part> {
    let unit = unit_of(dots);
    let mut items = Vec::new();
    for link in links.iter().filter(|link| link.dash == Dash::Dotted) {
        let (Some(a), Some(b)) = (dots.get(link.first_idx), dots.get(link.first_idx + 1)) else { continue };
        let Some((first, last)) = missing_units(a, b, unit) else { continue };
        let span = if unit == Unit::Year {
            years_text(first, last, words)
        } else {
            words.fill("figure.between", &[&a.words.time, &b.words.time])
        };
        let text = words.fill("figure.gap", &[&span]);
        let size_px = style.label_px * 0.96;
        let width_of = |text: &str| measure(text, Face::Sans, size_px);
        // On one line, else on two.
        let found = [1.0, 0.56].into_iter().find_map(|share| {
            let rows = lines(&text, width_of(&text) * share + 0.5, &width_of);
            let width = rows.iter().map(|row| width_of(row)).fold(0.0, f32::max);
            let at = beside_line(link, [width, rows.len() as f32], size_px, obstacles)?;
            Some((rows, width, at))
        });
        let Some((rows, width, at)) = found else { continue };
        for (idx, text) in rows.into_iter().enumerate() {
            let at = [at[0], at[1] + idx as f32 * size_px * GAP_LINE];
            obstacles.add(Bounds::of_text(at, width, size_px).grown(4.0));
            items.push(Item::Text { at, text, face: Face::Sans, size_px, ink: Ink::Ink3 });
        }
    }
    (!items.is_empty()).then(|| Part { id: "gaps".to_owned(), title: String::new(), items })
}

/// Line height of the words beside a gap, as a share of their size.
const GAP_LINE: f32 = 1.35;

/// A free place above or below the line, near its middle, for some rows of text; the first row's baseline.
fn beside_line(link: &Link, [width, n_rows]: [f32; 2], size_px: f32, obstacles: &Obstacles) -> Option<[f32; 2]> {
    let more = (n_rows - 1.0) * size_px * GAP_LINE;
    let mut best: Option<(f32, [f32; 2])> = None;
    for (order, share) in [0.42, 0.5, 0.34, 0.6, 0.26, 0.7].into_iter().enumerate() {
        let x = link.from[0] + (link.to[0] - link.from[0]) * share;
        let y = link.from[1] + (link.to[1] - link.from[1]) * share;
        // Above and to the left of a rising line, below and to the right of it; mirrored where it falls.
        let rising = link.to[1] <= link.from[1];
        let left_of = x - width - size_px * 0.4;
        let right_of = x + size_px * 0.4;
        let candidates = if rising {
            [[left_of, y - size_px * 0.5 - more], [right_of, y + size_px * 1.4]]
        } else {
            [[right_of, y - size_px * 0.5 - more], [left_of, y + size_px * 1.4]]
        };
        for (side, at) in candidates.into_iter().enumerate() {
            let last = Bounds::of_text([at[0], at[1] + more], width, size_px);
            let bounds = Bounds::of_text(at, width, size_px).joined(last).grown(2.0);
            let Some(cost) = obstacles.cost(bounds) else { continue };
            let cost = cost + order as f32 + side as f32 * 3.0;
            if best.is_none_or(|(lowest, _)| cost < lowest) {
                best = Some((cost, at));
            }
        }
    }
    best.map(|(_, at)| at)
}

/// Sizes and texts of the claim's bracket: computed ratio, then the claim's words.
fn bracket_texts(
    style: &FigureStyle,
    said: &SeriesWords<'_>,
    measure: &Measure<'_>,
) -> Option<(String, Vec<String>, f32)> {
    let claim = said.claim.as_ref()?;
    let ratio_width = measure(&claim.ratio, Face::Bold, style.label_px * 1.36);
    let width_of = |text: &str| measure(text, Face::Sans, style.label_px);
    let natural = claim.lines.iter().map(|line| width_of(line)).fold(0.0, f32::max);
    let room = natural.min(style.size[0] * 0.2).max(ratio_width);
    let said_lines: Vec<String> = claim.lines.iter().flat_map(|line| lines(line, room, &width_of)).collect();
    let width = said_lines.iter().map(|line| width_of(line)).fold(ratio_width, f32::max);
    Some((claim.ratio.clone(), said_lines, width))
}

fn bracket_room(style: &FigureStyle, said: &SeriesWords<'_>, measure: &Measure<'_>) -> f32 {
    bracket_texts(style, said, measure).map_or(0.0, |(.., width)| width + 34.0 * style.zoom())
}

fn bracket(
    dots: &[Dot],
    plot: &Plot,
    style: &FigureStyle,
    said: &SeriesWords<'_>,
    body: Bounds,
    measure: &Measure<'_>,
) -> Option<Part> {
    let (ratio, said_lines, width) = bracket_texts(style, said, measure)?;
    let claim = said.claim.as_ref()?;
    let zoom = style.zoom();
    let (from, to) = claim.values;
    let (top, bottom) = (plot.y_from_value(from.max(to)), plot.y_from_value(from.min(to)));
    let text_left = body.right - width;
    let right = (text_left - 12.0 * zoom).round() + 0.5;
    let left = right - 8.0 * zoom;
    let (top, bottom) = (top.round() + 0.5, bottom.round() + 0.5);
    let points = vec![[left, top], [right, top], [right, bottom], [left, bottom]];
    let mut items = vec![Item::Line { points, width_px: 1.0, ink: Ink::Control }];
    let ratio_px = style.label_px * 1.36;
    let line_px = style.label_px * 1.36;
    let height = ratio_px + line_px * said_lines.len() as f32;
    let middle = f32::midpoint(top, bottom).clamp(plot.bounds.top + height / 2.0, plot.bounds.bottom - height / 2.0);
    let mut baseline = middle - height / 2.0 + ratio_px * 0.85;
    let ink = if claim.holds { Ink::Ink } else { Ink::Error };
    items.push(Item::Text { at: [text_left, baseline], text: ratio, face: Face::Bold, size_px: ratio_px, ink });
    baseline += style.label_px * 0.2;
    for text in said_lines {
        baseline += line_px;
        items.push(Item::Text {
            at: [text_left, baseline],
            text,
            face: Face::Sans,
            size_px: style.label_px,
            ink: Ink::Ink2,
        });
    }
    debug_assert!(dots.len() >= 2 || claim.values.0 == claim.values.1, "a claim compares two points");
    Some(Part { id: "claim".to_owned(), title: claim.lines.join(" "), items })
}
