//! A series as plain plot data: points in seconds and values, how they are joined, what is claimed about them.
//!
//! ```text
//! Corpus ─[groups]→ series of the same measure, over all documents ─[chart]→ Chart ─[labels]→ places
//! ```
//!
//! A year is a year: its value stands in the middle of its interval. What is approximate keeps the stretch it may
//! lie in, what is derived says from what, and a stretch without figures is named, never bridged silently.

use super::{
    date_text::years_text,
    figure_frame::Bounds,
    figure_input::SeriesInput,
    label_place::{Obstacles, place},
    number,
    series_axis::{Unit, missing_units, missing_years, told_by},
    series_words::{PointWords, SeriesWords},
    sums,
    time_glyph::drawn_interval,
};
use crate::{
    corpus::{Corpus, Period, SeriesGroup},
    desk::{Locale, Mark},
    edtf::{Grain, Interval, Moment},
    extract::quantity::same,
    model::{Claim, Document, Point, QuantityMod, Verdict},
};
/// A value of a moment stands on the day before its end.
const DAY_SECS: i64 = 86_400;
/// With more points in view than these only the ends, the extremes and the selection are named.
pub const MAX_NAMED: usize = 12;
/// A link is a gap from this many times the usual distance on.
const GAP_FACTOR: f64 = 5.0;

/// Which way the true value may lie from the printed one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Toward {
    /// 多, 超过, 以上.
    Higher,
    /// 不到, 不足, 以下.
    Lower,
    /// 约, 左右, 近.
    Either,
}

/// One point, ready to be drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct ChartPoint {
    /// What it is in the corpus; several where sources agree.
    pub marks: Vec<Mark>,
    /// Middle of its interval, seconds from 1970.
    pub secs: f64,
    /// Its interval.
    pub interval: Interval,
    /// Where its time may lie, for a whisker; only where it is approximate.
    pub whisker_secs: Option<[f64; 2]>,
    /// In the series' unit.
    pub value: f64,
    /// Lowest and highest value that the text (a range) or the sources (that disagree) give.
    pub span: Option<[f64; 2]>,
    /// How the printed number bounds the true one.
    pub toward: Option<Toward>,
    /// Whether it was worked out.
    pub is_derived: bool,
    /// Whether sources give different values for the same time.
    pub is_disputed: bool,
    /// Its words.
    pub words: PointWords,
    /// The value as a label says it: 948亿, $94.8bn.
    pub value_words: String,
    /// The sum it comes from.
    pub formula: Option<String>,
    /// The number as printed.
    pub printed: Option<String>,
    /// 2023年，894亿美元，推算：948亿 − 54亿.
    pub spoken: String,
}

/// How two neighbours are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Joint {
    /// Both reported.
    Solid,
    /// One of them derived.
    Dashed,
    /// No figures for a long time between them.
    Dotted,
    /// Nothing: the second is of a sum that begins anew with the year.
    None,
}

/// The link from point `from` to the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChartLink {
    /// Index of the point it leads from.
    pub from: usize,
    /// How it is drawn.
    pub joint: Joint,
    /// 1993—2022年：文中没有数据.
    pub gap: Option<String>,
}

/// A claim of the text beside what the numbers give.
#[derive(Debug, Clone, PartialEq)]
pub struct Badge {
    /// The outcome.
    pub verdict: Verdict,
    /// “上百倍”：算得约 206 倍.
    pub text: String,
    /// What to select for it: its last operand.
    pub mark: Mark,
    /// All its operands.
    pub operands: Vec<Mark>,
}

/// A series as plot data.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// What is measured.
    pub name: String,
    /// Its unit.
    pub unit: String,
    /// What stretch each value is told for, where that is one for all.
    pub period: Option<Period>,
    /// 亿美元: the unit with the scale of the axis.
    pub axis_unit: String,
    /// The largest value by size.
    pub largest: f64,
    /// In order of time.
    pub points: Vec<ChartPoint>,
    /// Between neighbours.
    pub links: Vec<ChartLink>,
    /// Claims about this series, checked.
    pub badges: Vec<Badge>,
    /// Points whose time is unknown or unbounded.
    pub n_undated: usize,
    /// What values are read off by.
    pub time_unit: Option<Unit>,
    /// Whether the values are summed from January on.
    pub are_sums: bool,
    /// From before the first point to after the last, with a little air; seconds.
    pub extent_secs: Option<[f64; 2]>,
}

/// Makes the plot data of `group`.
pub fn chart(corpus: &Corpus, group: &SeriesGroup, words: &Locale) -> Chart {
    let values = group.points.iter().map(|point| point.upper.unwrap_or(point.value).abs());
    let largest = values.filter(|v| v.is_finite()).fold(0.0, f64::max);
    let are_sums = sums::are_sums(group.points.iter().filter_map(|point| point.interval));
    let mut points = Vec::new();
    let mut n_undated = 0;
    for told in &group.points {
        for source in &told.sources {
            let Some((document, series)) = series_at(corpus, source.document, source.series) else { continue };
            let Some(point) = series.points.get(source.point) else { continue };
            let said = SeriesWords::new(SeriesInput { document, n_documents: 1, series, words, second: None });
            let point = Point {
                interval: drawn_at(told.interval, group.period, are_sums),
                ..told_in(point, &series.unit, group)
            };
            let mark = Mark::Point { doc: source.document, series: source.series, point: source.point };
            match chart_point(document, &point, mark, &said, (&group.unit, largest), words) {
                Some(point) => points.push(point),
                None => n_undated += 1,
            }
        }
    }
    points.sort_by(|a, b| {
        (a.interval, a.is_derived).cmp(&(b.interval, b.is_derived)).then_with(|| a.value.total_cmp(&b.value))
    });
    let mut points = agreed(points);
    points.sort_by(|a, b| a.secs.total_cmp(&b.secs));
    let time_unit = points.iter().map(|point| unit_of(point.interval)).min();
    Chart {
        name: group.name.clone(),
        unit: group.unit.clone(),
        period: group.period,
        axis_unit: number::axis_unit(&group.unit, largest, words),
        largest,
        links: links(&points, time_unit.unwrap_or(Unit::Year), are_sums, words),
        are_sums,
        badges: badges(corpus, group, words),
        n_undated,
        time_unit,
        extent_secs: extent_secs(&points, time_unit.unwrap_or(Unit::Year)),
        points,
    }
}

/// Where a value of `period` stands: that of a moment at its end, whatever was said of its beginning, and a sum at its
/// last month.
fn drawn_at(interval: Option<Interval>, period: Option<Period>, are_sums: bool) -> Option<Interval> {
    let interval = interval?;
    if are_sums {
        return Some(sums::last_month(interval));
    }
    let end = interval.end.filter(|_| period == Some(Period::Moment));
    let Some(end) = end else { return Some(interval) };
    Some(Interval::new(Moment::from_seconds(end.seconds() - DAY_SECS), Some(end)))
}

/// A document's point in the unit of the group.
fn told_in(point: &Point, unit: &str, group: &SeriesGroup) -> Point {
    let factor = same::factor(unit, &group.unit);
    let mut point = point.clone();
    if factor != 1.0 {
        point.value *= factor;
        point.upper = point.upper.map(|upper| upper * factor);
    }
    point
}

fn series_at(corpus: &Corpus, doc: usize, series: usize) -> Option<(&Document, &crate::model::Series)> {
    let document = &corpus.entries.get(doc)?.document;
    Some((document, document.series.get(series)?))
}

fn chart_point(
    document: &Document,
    point: &Point,
    mark: Mark,
    said: &SeriesWords<'_>,
    (unit, largest): (&str, f64),
    words: &Locale,
) -> Option<ChartPoint> {
    let interval = point.interval.or_else(|| point.edtf.as_ref()?.interval())?;
    let (start, end) = (interval.start?.seconds() as f64, interval.end?.seconds() as f64);
    if !point.value.is_finite() || end < start {
        return None;
    }
    let quantity = point.quantity.and_then(|idx| document.quantities.get(idx));
    let toward = quantity.and_then(|quantity| quantity.modifier).map(|modifier| match modifier {
        QuantityMod::Approx => Toward::Either,
        QuantityMod::MoreThan | QuantityMod::EqualOrMore => Toward::Higher,
        QuantityMod::LessThan | QuantityMod::EqualOrLess => Toward::Lower,
    });
    let spoken_words = said.point(point);
    let approximate = point.edtf.as_ref().filter(|edtf| edtf.is_approximate());
    let drawn = approximate.and_then(drawn_interval);
    let spoken = match &point.derived {
        Some(derived) => {
            words.fill("chart.spoken-derived", &[&spoken_words.time, &spoken_words.value_with_unit, &derived.formula])
        }
        None => words.fill("chart.spoken", &[&spoken_words.label, &spoken_words.value_with_unit]),
    };
    // 90多 has an upper end too, but there an arrow says more than a bar.
    let is_bound = matches!(toward, Some(Toward::Higher | Toward::Lower));
    let upper = point.upper.filter(|upper| upper.is_finite() && !is_bound);
    // 约300万至350万: the bar says how far it may be off.
    let toward = toward.filter(|_| upper.is_none());
    Some(ChartPoint {
        marks: vec![mark],
        secs: (start + end) / 2.0,
        interval,
        whisker_secs: drawn.and_then(|drawn| Some([drawn.start?.seconds() as f64, drawn.end?.seconds() as f64])),
        value: point.value,
        span: upper.map(|upper| [point.value, upper]),
        toward,
        is_derived: point.derived.is_some(),
        is_disputed: false,
        value_words: upper.map_or_else(
            || number::short(point.value, unit, largest, words),
            |upper| {
                let [low, high] = [point.value, upper].map(|value| number::short(value, unit, largest, words));
                format!("{low}–{high}")
            },
        ),
        words: spoken_words,
        formula: point.derived.as_ref().map(|derived| derived.formula.clone()),
        printed: quantity.map(|quantity| quantity.text.clone()),
        spoken,
    })
}

/// Points of the same time as one: those that agree add their sources, those that do not span a bar. A derived
/// value gives way to a reported one. `points` are by interval, reported first.
fn agreed(points: Vec<ChartPoint>) -> Vec<ChartPoint> {
    let mut out: Vec<ChartPoint> = Vec::with_capacity(points.len());
    for point in points {
        let Some(before) = out.last_mut().filter(|before| before.interval == point.interval) else {
            out.push(point);
            continue;
        };
        before.marks.extend(point.marks);
        let is_same = (before.value - point.value).abs() <= before.value.abs() * 1e-9;
        if !is_same && before.is_derived == point.is_derived {
            let [low, high] = before.span.unwrap_or([before.value, before.value]);
            before.span = Some([low.min(point.value), high.max(point.value)]);
            before.is_disputed = true;
        }
    }
    out
}

fn unit_of(interval: Interval) -> Unit {
    let (Some(start), Some(end)) = (interval.start, interval.end) else { return Unit::Year };
    match (end.seconds() - start.seconds()) / 86_400 {
        300.. => Unit::of(Grain::Year),
        27.. => Unit::of(Grain::Month),
        _ => Unit::of(Grain::Day),
    }
}

fn unit_secs(unit: Unit) -> f64 {
    86_400.0
        * match unit {
            Unit::Day => 1.0,
            Unit::Month => 30.4,
            Unit::Year => 365.25,
        }
}

fn extent_secs(points: &[ChartPoint], unit: Unit) -> Option<[f64; 2]> {
    let ends = |point: &ChartPoint| point.whisker_secs.unwrap_or([point.secs, point.secs]);
    let first = points.iter().map(|point| ends(point)[0]).reduce(f64::min)?;
    let last = points.iter().map(|point| ends(point)[1]).reduce(f64::max)?;
    let air = ((last - first) * 0.045).max(unit_secs(unit) * 0.7);
    Some([first - air, last + air])
}

pub(super) fn links(points: &[ChartPoint], unit: Unit, are_sums: bool, words: &Locale) -> Vec<ChartLink> {
    let mut distances: Vec<f64> = points.windows(2).map(|pair| pair[1].secs - pair[0].secs).collect();
    distances.sort_by(f64::total_cmp);
    let usual = distances.get(distances.len().saturating_sub(1) / 2).copied().unwrap_or(0.0);
    // Two points say nothing about what is usual: there the grain of the values does.
    let unit = told_by(points.iter().map(|point| point.interval), unit);
    let usual = if distances.len() < 2 { unit_secs(unit) } else { usual.max(unit_secs(unit) * 0.5) };
    points
        .windows(2)
        .enumerate()
        .map(|(from, pair)| {
            let (a, b) = (&pair[0], &pair[1]);
            if are_sums && sums::begins_anew(a.interval, b.interval) {
                return ChartLink { from, joint: Joint::None, gap: None };
            }
            let is_gap = b.secs - a.secs > GAP_FACTOR * usual && missing_units(a.interval, b.interval, unit).is_some();
            let gap = is_gap.then(|| match missing_years(a.interval, b.interval, unit) {
                Some((first, last)) => words.fill("chart.gap", &[&years_text(first, last, words)]),
                None => words.fill("chart.gap-between", &[&a.words.time, &b.words.time]),
            });
            let joint = match &gap {
                Some(_) => Joint::Dotted,
                None if a.is_derived || b.is_derived => Joint::Dashed,
                None => Joint::Solid,
            };
            ChartLink { from, joint, gap }
        })
        .collect()
}

fn badges(corpus: &Corpus, group: &SeriesGroup, words: &Locale) -> Vec<Badge> {
    let mut out: Vec<Badge> = Vec::new();
    for (doc, series) in group.parts() {
        let Some((document, found)) = series_at(corpus, doc, series) else { continue };
        let quantities: Vec<usize> = found
            .points
            .iter()
            .flat_map(|point| {
                point.quantity.into_iter().chain(point.derived.iter().flat_map(|d| d.from.iter().copied()))
            })
            .collect();
        let about_it = |claim: &&Claim| claim.from.iter().any(|from| quantities.contains(from));
        for claim in document.claims.iter().filter(about_it) {
            let operands: Vec<Mark> = claim.from.iter().map(|&quantity| Mark::Quantity { doc, quantity }).collect();
            let Some(mark) = operands.last().copied() else { continue };
            let badge = Badge { verdict: claim.verdict, text: badge_text(claim, words), mark, operands };
            if !out.iter().any(|before| before.text == badge.text) {
                out.push(badge);
            }
        }
    }
    // What does not hold comes first: that is what one must see.
    out.sort_by_key(|badge| match badge.verdict {
        Verdict::Inconsistent => 0,
        Verdict::Consistent => 1,
        Verdict::Unverifiable => 2,
    });
    out
}

/// “上百倍”：算得约 206 倍.
fn badge_text(claim: &Claim, words: &Locale) -> String {
    let verbs = words.get("figure.claim-verbs").split_whitespace();
    let stated = verbs.fold(claim.text.as_str(), |text, verb| text.strip_prefix(verb).unwrap_or(text));
    let Some(computed) = claim.computed.filter(|computed| computed.is_finite()) else {
        return words.get("chart.claim-unverifiable").to_owned();
    };
    let is_times = claim.text.contains(['倍', '番']);
    let is_share = claim.text.contains(['%', '％', '成']) || claim.text.contains("百分");
    let number = number::about(computed);
    let exact = (computed - computed.round()).abs() < 1e-9;
    let key = match (is_times, is_share, exact) {
        (true, _, true) => "chart.times",
        (true, _, false) => "chart.about-times",
        (_, true, _) => "chart.percent",
        _ => "chart.plain",
    };
    let number = if key == "chart.plain" { crate::view::value_text::value_text(computed, words) } else { number };
    let computed = words.fill(key, &[&number]);
    match claim.verdict {
        Verdict::Consistent => words.fill("chart.claim-consistent", &[stated, &computed]),
        Verdict::Inconsistent => words.fill("chart.claim-inconsistent", &[stated, &computed]),
        Verdict::Unverifiable => words.get("chart.claim-unverifiable").to_owned(),
    }
}

/// How far the arrows of a bound reach, in pixels.
pub const ARROW_PX: f32 = 14.0;

/// The highest value of a plot `height_px` high that marks reach: `most`, or where the arrow of 超过 ends.
pub fn highest_reached<'a>(
    points: impl Iterator<Item = &'a ChartPoint>,
    [least, most]: [f64; 2],
    height_px: f32,
) -> f64 {
    let arrow = (most - least) * f64::from(ARROW_PX / height_px.max(ARROW_PX * 2.0));
    let goes_up = |point: &&ChartPoint| matches!(point.toward, Some(Toward::Higher | Toward::Either));
    points.filter(goes_up).map(|point| point.value + arrow).fold(most, f64::max)
}

/// A point on the screen, in logical pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dot {
    /// Centre of the mark.
    pub at: [f32; 2],
    /// Left and right end of the whisker.
    pub whisker: Option<[f32; 2]>,
    /// Upper and lower end of the bar.
    pub bar: Option<[f32; 2]>,
}

/// A label in its place. Texts are anchored at their left end, half-way up.
#[derive(Debug, Clone, PartialEq)]
pub struct ChartLabel {
    /// The point it belongs to.
    pub point: usize,
    /// Left end of the value.
    pub value_at: [f32; 2],
    /// Left end of the time.
    pub time_at: [f32; 2],
    /// Around both.
    pub bounds: Bounds,
    /// From the point to a label that stands far off.
    pub leader: Option<[[f32; 2]; 2]>,
}

/// The words beside a gap.
#[derive(Debug, Clone, PartialEq)]
pub struct GapLabel {
    /// The link it names.
    pub link: usize,
    /// Left end, half-way up.
    pub at: [f32; 2],
    /// Around it.
    pub bounds: Bounds,
}

/// All labels of a chart.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Labels {
    /// Of points.
    pub points: Vec<ChartLabel>,
    /// Of gaps.
    pub gaps: Vec<GapLabel>,
    /// Points that should have a label and found no place.
    pub n_left_out: usize,
}

/// What a label is written with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A value, in bold.
    Value,
    /// A time beside it.
    Time,
}

/// Type sizes of labels in logical pixels.
#[derive(Debug, Clone, Copy)]
pub struct LabelSizes {
    /// The value's.
    pub value_px: f32,
    /// The time's.
    pub time_px: f32,
}

/// Where labels may be and what they must leave free.
#[derive(Debug, Clone)]
pub struct LabelRoom<'a> {
    /// The plot with its margins.
    pub room: Bounds,
    /// The plot's right edge: beyond it the last label may stand in two lines.
    pub plot_right: f32,
    /// The points, in the chart's order.
    pub dots: &'a [Option<Dot>],
    /// Heights of the grid lines, better not covered.
    pub grid: &'a [f32],
    /// Where the counts of sources stand.
    pub counts: &'a [Option<Bounds>],
}

/// Places the labels of selected, last, first, highest, lowest and derived points, in this order, and of gaps.
/// None covers a mark, a link or another label.
pub fn labels(
    chart: &Chart,
    selected: Option<usize>,
    room: &LabelRoom<'_>,
    sizes: LabelSizes,
    width: &dyn Fn(&str, Role) -> f32,
) -> Labels {
    let mut obstacles = obstacles(room);
    let mut out = Labels::default();
    let last = (0..chart.points.len()).rev().find(|&idx| room.dots.get(idx).copied().flatten().is_some());
    for idx in labelled(&chart.points, selected, room.dots) {
        let (Some(point), Some(dot)) = (chart.points.get(idx), room.dots.get(idx).copied().flatten()) else { continue };
        let widths = [width(&point.value_words, Role::Value), width(&point.words.label, Role::Time)];
        let beside = if last == Some(idx) { two_lines(idx, dot.at, widths, sizes, &obstacles) } else { None };
        let label = beside.or_else(|| {
            let placed = place(dot.at, widths, sizes.value_px, sizes.time_px, &obstacles)?;
            let middle = |at: [f32; 2]| [at[0], at[1] - sizes.value_px * 0.36];
            Some(ChartLabel {
                point: idx,
                value_at: middle(placed.value_at),
                time_at: middle(placed.time_at),
                bounds: placed.bounds,
                leader: placed.leader,
            })
        });
        match label {
            Some(label) => {
                obstacles.add(label.bounds.grown(3.0));
                out.points.push(label);
            }
            None => out.n_left_out += 1,
        }
    }
    for (link_idx, link) in chart.links.iter().enumerate() {
        let Some(text) = &link.gap else { continue };
        let ends = (room.dots.get(link.from).copied().flatten(), room.dots.get(link.from + 1).copied().flatten());
        let (Some(from), Some(to)) = ends else { continue };
        let width = width(text, Role::Time);
        if let Some((at, bounds)) = beside_link(from.at, to.at, width, sizes.time_px, &obstacles) {
            obstacles.add(bounds.grown(3.0));
            out.gaps.push(GapLabel { link: link_idx, at, bounds });
        }
    }
    out
}

/// Which points get a label, the most important first.
fn labelled(points: &[ChartPoint], selected: Option<usize>, dots: &[Option<Dot>]) -> Vec<usize> {
    let seen: Vec<usize> = (0..points.len()).filter(|&idx| dots.get(idx).copied().flatten().is_some()).collect();
    let value = |idx: &usize| points.get(*idx).map_or(0.0, |point| point.value);
    let highest = seen.iter().copied().max_by(|a, b| value(a).total_cmp(&value(b)));
    let lowest = seen.iter().copied().min_by(|a, b| value(a).total_cmp(&value(b)));
    // Of many points the plain shape is the message; derived ones are told by their marks, and by hovering.
    let n_derived = if seen.len() > MAX_NAMED { 0 } else { MAX_NAMED };
    let derived = seen.iter().copied().filter(|&idx| points.get(idx).is_some_and(|point| point.is_derived));
    let order = selected
        .filter(|idx| seen.contains(idx))
        .into_iter()
        .chain(seen.last().copied())
        .chain(seen.first().copied())
        .chain(highest)
        .chain(lowest)
        .chain(derived.take(n_derived));
    let mut out: Vec<usize> = Vec::new();
    for idx in order {
        if !out.contains(&idx) {
            out.push(idx);
        }
    }
    out
}

fn obstacles(room: &LabelRoom<'_>) -> Obstacles {
    const RADIUS_PX: f32 = 6.5;
    let mut obstacles = Obstacles::new(room.room);
    for (idx, dot) in room.dots.iter().enumerate() {
        let Some(dot) = dot else { continue };
        let [x, y] = dot.at;
        let block = Bounds { left: x - RADIUS_PX, top: y - RADIUS_PX, right: x + RADIUS_PX, bottom: y + RADIUS_PX };
        obstacles.add(block);
        if let Some([left, right]) = dot.whisker {
            obstacles.add(Bounds { left: left - 6.0, right: right + 6.0, ..block });
        }
        if let Some([top, bottom]) = dot.bar {
            obstacles.add_line([x, top], [x, bottom]);
        }
        if let Some(next) = room.dots.get(idx + 1).copied().flatten() {
            obstacles.add_line(dot.at, next.at);
        }
    }
    room.counts.iter().flatten().for_each(|count| obstacles.add(*count));
    for &y in room.grid {
        obstacles.add_faint_line([room.room.left, y], [room.plot_right, y]);
    }
    obstacles
}

/// The last point's label at its right: the value above, the time below it.
fn two_lines(
    point: usize,
    at: [f32; 2],
    [value_width, time_width]: [f32; 2],
    sizes: LabelSizes,
    obstacles: &Obstacles,
) -> Option<ChartLabel> {
    let left = at[0] + 15.0;
    let bounds = Bounds {
        left,
        top: at[1] - sizes.value_px * 0.85,
        right: left + value_width.max(time_width),
        bottom: at[1] + sizes.value_px * 0.5 + sizes.time_px * 1.1,
    };
    obstacles.cost(bounds)?;
    let value_at = [left, at[1] - sizes.value_px * 0.3];
    let time_at = [left, at[1] + sizes.value_px * 0.42 + sizes.time_px * 0.5];
    Some(ChartLabel { point, value_at, time_at, bounds, leader: None })
}

/// A free place above or below the link, near its middle: (left end half-way up, bounds).
fn beside_link(
    from: [f32; 2],
    to: [f32; 2],
    width: f32,
    size_px: f32,
    obstacles: &Obstacles,
) -> Option<([f32; 2], Bounds)> {
    let is_rising = to[1] <= from[1];
    let mut best: Option<(f32, [f32; 2], Bounds)> = None;
    for (order, share) in [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74].into_iter().enumerate() {
        let x = from[0] + (to[0] - from[0]) * share;
        let y = from[1] + (to[1] - from[1]) * share;
        let (left_of, right_of) = (x - width - 8.0, x + 8.0);
        let (above, below) = (y - size_px * 0.9, y + size_px * 0.9);
        let places =
            if is_rising { [[left_of, above], [right_of, below]] } else { [[right_of, above], [left_of, below]] };
        for (side, at) in places.into_iter().enumerate() {
            let half = size_px * 0.6;
            let bounds = Bounds { left: at[0], top: at[1] - half, right: at[0] + width, bottom: at[1] + half };
            let Some(cost) = obstacles.cost(bounds.grown(2.0)) else { continue };
            let cost = cost + order as f32 + side as f32 * 3.0;
            if best.as_ref().is_none_or(|(lowest, ..)| cost < *lowest) {
                best = Some((cost, at, bounds));
            }
        }
    }
    best.map(|(_, at, bounds)| (at, bounds))
}

#[cfg(test)]
#[path = "chart_tests.rs"]
pub(super) mod tests;
