//! The plot of one or several series of one unit: axes, lines, marks. Words beside them are placed by
//! [`super::point_labels`], [`super::end_labels`] and [`super::figure_notes`].

use super::{
    figure_frame::{Bounds, Dash, Face, FigureStyle, Ink, Item, Measure, Part},
    figure_input::SeriesInput,
    label_place::Obstacles,
    number::tick_label,
    series_axis::{Tick, Unit, missing_units, ticks, told_by},
    series_words::{PointWords, SeriesWords},
    sums,
    time_glyph::drawn_interval,
    value_text::nice_ticks,
};
use crate::{
    desk::Locale,
    edtf::{Grain, Interval},
    model::Point,
};

/// A point on its way to the picture.
#[derive(Debug, Clone)]
pub struct Dot {
    /// Middle of its interval, in seconds.
    pub secs: f64,
    /// The interval a whisker is drawn over, where the time is approximate.
    pub whisker_secs: Option<[f64; 2]>,
    /// Its time.
    pub interval: Interval,
    /// Its value.
    pub value: f64,
    /// The upper end of a range.
    pub upper: Option<f64>,
    /// Worked out, not printed.
    pub derived: bool,
    /// Its index in the series.
    pub point_idx: usize,
}

/// A series on its way to the picture.
#[derive(Debug, Clone)]
pub struct Line<'a> {
    /// Its words.
    pub said: SeriesWords<'a>,
    /// By time.
    pub dots: Vec<Dot>,
    /// Whether the values are summed from January on.
    pub are_sums: bool,
    /// Its number in the figure, which is its colour and its mark.
    pub number: u8,
}

impl<'a> Line<'a> {
    /// The dots of a series that have a place on the axis.
    pub fn new(input: SeriesInput<'a>, number: usize) -> Self {
        let told = |point: &Point| point.interval.or_else(|| point.edtf.as_ref()?.interval());
        let are_sums = sums::are_sums(input.series.points.iter().filter_map(told));
        let dot = |(point_idx, point): (usize, &Point)| {
            let interval = told(point)?;
            let interval = if are_sums { sums::last_month(interval) } else { interval };
            let (start, end) = (interval.start?.seconds() as f64, interval.end?.seconds() as f64);
            point.value.is_finite().then(|| Dot {
                secs: (start + end) / 2.0,
                whisker_secs: whisker(point),
                interval,
                value: point.value,
                upper: point.upper.filter(|upper| upper.is_finite()),
                derived: point.derived.is_some(),
                point_idx,
            })
        };
        let mut dots: Vec<Dot> = input.series.points.iter().enumerate().filter_map(dot).collect();
        dots.sort_by(|a, b| a.secs.total_cmp(&b.secs));
        Self { said: SeriesWords::new(input), dots, are_sums, number: u8::try_from(number).unwrap_or(u8::MAX) }
    }

    /// The same in the second language, where there is one.
    pub fn in_second(&self) -> Option<Self> {
        Some(Self { said: self.said.in_second()?, ..self.clone() })
    }

    /// Its colour.
    pub const fn ink(&self) -> Ink {
        Ink::Series(self.number)
    }

    /// What a dot says.
    pub fn words(&self, dot: &Dot) -> PointWords {
        self.said.point_at(dot.point_idx)
    }
}

fn whisker(point: &Point) -> Option<[f64; 2]> {
    let edtf = point.edtf.as_ref().filter(|edtf| edtf.is_approximate())?;
    let drawn = drawn_interval(edtf)?;
    Some([drawn.start?.seconds() as f64, drawn.end?.seconds() as f64])
}

/// The plot's coordinates.
#[derive(Debug, Clone, Copy)]
pub struct Plot {
    /// Where the lines may run.
    pub bounds: Bounds,
    /// First and last moment.
    pub secs: [f64; 2],
    /// Lowest and highest value.
    pub values: [f64; 2],
}

impl Plot {
    /// Where a moment stands.
    pub fn x_from_secs(&self, secs: f64) -> f32 {
        let share = (secs - self.secs[0]) / (self.secs[1] - self.secs[0]);
        self.bounds.left + (share as f32) * (self.bounds.right - self.bounds.left)
    }

    /// Where a value stands.
    pub fn y_from_value(&self, value: f64) -> f32 {
        let share = (value - self.values[0]) / (self.values[1] - self.values[0]);
        self.bounds.bottom - (share as f32) * (self.bounds.bottom - self.bounds.top)
    }

    /// Where a dot stands.
    pub fn at(&self, dot: &Dot) -> [f32; 2] {
        [self.x_from_secs(dot.secs), self.y_from_value(dot.value)]
    }
}

/// The unit of the time axis: that of the finest point.
pub fn unit_of<'a>(dots: impl Iterator<Item = &'a Dot>) -> Unit {
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
    dots.map(grain).min().map_or(Unit::Year, Unit::of)
}

fn length_secs(interval: Interval) -> f64 {
    match (interval.start, interval.end) {
        (Some(start), Some(end)) => (end.seconds() - start.seconds()) as f64,
        _ => 0.0,
    }
}

/// From before the first point to after the last, with a little air; `None` without points.
pub fn time_range(lines: &[Line<'_>]) -> Option<[f64; 2]> {
    let dots = || lines.iter().flat_map(|line| &line.dots);
    let ends = |dot: &Dot| dot.whisker_secs.unwrap_or([dot.secs, dot.secs]);
    let first = dots().map(|dot| ends(dot)[0]).fold(f64::INFINITY, f64::min);
    let last = dots().map(|dot| ends(dot)[1]).fold(f64::NEG_INFINITY, f64::max);
    if !first.is_finite() || !last.is_finite() {
        return None;
    }
    let unit_secs = match unit_of(dots()) {
        Unit::Day => 86_400.0,
        Unit::Month => 30.4 * 86_400.0,
        Unit::Year => 365.25 * 86_400.0,
    };
    // A long line of many points needs no air to be read.
    let share = if dots().count() > 60 { 0.012 } else { 0.05 };
    let air = ((last - first) * share).max(unit_secs * 0.7);
    Some([first - air, last + air])
}

/// The value axis before it has its place: its ticks with their words.
#[derive(Debug, Clone)]
pub struct ValueAxis {
    ticks: Vec<f64>,
    labels: Vec<String>,
}

impl ValueAxis {
    /// The axis of lines of one unit in a plot of that height; `None` without points.
    pub fn new(lines: &[&Line<'_>], height: f32, style: &FigureStyle, words: &Locale) -> Option<Self> {
        let dots = || lines.iter().flat_map(|line| &line.dots);
        let highest = dots().map(|dot| dot.upper.unwrap_or(dot.value).max(dot.value)).fold(0.0, f64::max);
        let lowest = dots().map(|dot| dot.value).fold(0.0, f64::min);
        // Ticks two lines apart at least.
        let n_steps = (height / (style.tick_px * 2.0)).clamp(1.0, 6.0) as usize;
        let ticks = nice_ticks(lowest, highest, n_steps);
        let (first, last) = (*ticks.first()?, *ticks.last()?);
        let step = (last - first) / (ticks.len() - 1).max(1) as f64;
        let unit = lines.first()?.said.unit();
        let label = |&tick: &f64| tick_label(tick, step, first.abs().max(last.abs()), unit, words);
        let labels = ticks.iter().map(label).collect();
        Some(Self { ticks, labels })
    }

    /// How wide its words are, with the air between them and the plot.
    pub fn room(&self, style: &FigureStyle, measure: &Measure<'_>) -> f32 {
        let widths = self.labels.iter().map(|label| measure(label, Face::Sans, style.tick_px));
        widths.fold(0.0, f32::max) + 8.0 * style.zoom()
    }

    /// Lowest and highest tick.
    pub fn values(&self) -> [f64; 2] {
        [self.ticks.first().copied().unwrap_or(0.0), self.ticks.last().copied().unwrap_or(1.0)]
    }

    /// Grid lines and words.
    pub fn items(&self, plot: &Plot, style: &FigureStyle, measure: &Measure<'_>) -> Vec<Item> {
        let Bounds { left, right, .. } = plot.bounds;
        let rows = self.ticks.iter().zip(&self.labels).flat_map(|(value, label)| {
            let y = plot.y_from_value(*value).round() + 0.5;
            let ink = if *value == 0.0 { Ink::Control } else { Ink::Hair };
            let width = measure(label, Face::Sans, style.tick_px);
            let at = [left - 8.0 * style.zoom() - width, y + style.tick_px * 0.36];
            [
                Item::Line { points: vec![[left, y], [right, y]], width_px: style.hair_px(), ink },
                Item::Text { at, text: label.clone(), face: Face::Sans, size_px: style.tick_px, ink: Ink::Ink3 },
            ]
        });
        rows.collect()
    }

    /// Where the grid lines run.
    pub fn grid(&self, plot: &Plot) -> Vec<f32> {
        self.ticks.iter().map(|tick| plot.y_from_value(*tick)).collect()
    }
}

/// Ticks and their words below `y`, between `left` and `right` which stand for `secs`.
pub fn time_ticks(
    plot: &Plot,
    y: f32,
    unit: Unit,
    style: &FigureStyle,
    words: &Locale,
    measure: &Measure<'_>,
) -> Vec<Item> {
    let tick_width = |text: &str| measure(text, Face::Sans, style.tick_px);
    let edge = style.margin * 0.5;
    // A label may hang over the plot's end, never over the margin.
    let spread = |tick: &Tick| {
        let width = tick_width(&tick.label);
        let left = (plot.x_from_secs(tick.secs) - width / 2.0).clamp(edge, style.size[0] - edge - width);
        (left, left + width)
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
    let mut items = Vec::new();
    // A tick at the very end whose words would have to be pushed aside says nothing that its neighbours do not.
    let is_pushed = |tick: &Tick| {
        let (left, right) = spread(tick);
        plot.x_from_secs(tick.secs) - f32::midpoint(left, right) > 2.0
    };
    for tick in ticks(unit, plot.secs, words, &fits).into_iter().filter(|tick| !is_pushed(tick)) {
        let x = plot.x_from_secs(tick.secs).round() + 0.5;
        let points = vec![[x, y], [x, y + 5.0 * style.zoom()]];
        items.push(Item::Line { points, width_px: style.hair_px(), ink: Ink::Control });
        let at = [spread(&tick).0, y + 8.0 * style.zoom() + style.tick_px - 0.5];
        items.push(Item::Text { at, text: tick.label, face: Face::Sans, size_px: style.tick_px, ink: Ink::Ink3 });
    }
    items
}

/// The line between two neighbours.
#[derive(Debug, Clone, Copy)]
pub struct Link {
    /// The earlier point.
    pub from: [f32; 2],
    /// The later.
    pub to: [f32; 2],
    /// What is known in between.
    pub dash: Dash,
    /// Index of the earlier dot.
    pub first_idx: usize,
}

/// The links of a line; none where a sum begins anew.
pub fn links(line: &Line<'_>, plot: &Plot) -> Vec<Link> {
    let dots = line.dots.as_slice();
    let mut gaps: Vec<f64> = dots.windows(2).map(|pair| pair[1].secs - pair[0].secs).collect();
    gaps.sort_by(f64::total_cmp);
    let usual = gaps.get(gaps.len().saturating_sub(1) / 2).copied().unwrap_or(0.0);
    let unit = told_by_of(line);
    let link = |(first_idx, pair): (usize, &[Dot])| {
        let [a, b] = pair else { return None };
        if line.are_sums && sums::begins_anew(a.interval, b.interval) {
            return None;
        }
        let missing = missing_units(a.interval, b.interval, unit).map_or(0, |(first, last)| last - first + 1);
        let dash = if missing >= 5 && (b.secs - a.secs > 5.0 * usual || gaps.len() == 1) {
            Dash::Dotted
        } else if a.derived || b.derived {
            Dash::Dashed
        } else {
            Dash::Solid
        };
        Some(Link { from: plot.at(a), to: plot.at(b), dash, first_idx })
    };
    dots.windows(2).enumerate().filter_map(link).collect()
}

/// What the gaps of a line are told by.
pub fn told_by_of(line: &Line<'_>) -> Unit {
    told_by(line.dots.iter().map(|dot| dot.interval), unit_of(line.dots.iter()))
}

/// The line: neighbouring links of one pattern are one run, so that corners join and patterns go on.
pub fn line_part(line: &Line<'_>, links: &[Link], zoom: f32) -> Part {
    let mut items: Vec<Item> = Vec::new();
    for link in links {
        if let Some(Item::Run { points, dash, .. }) = items.last_mut()
            && *dash == link.dash
            && *dash != Dash::Dotted
            && points.last() == Some(&link.from)
        {
            points.push(link.to);
            continue;
        }
        let points = vec![link.from, link.to];
        items.push(Item::Run { points, dash: link.dash, ink: line.ink(), zoom });
    }
    let id = if line.number == 0 { "line".to_owned() } else { format!("line-{}", line.number + 1) };
    Part { id, title: line.said.name().to_owned(), items }
}

/// Which dots get a mark: all where they stand apart, else only those that something is said of.
pub fn marked(line: &Line<'_>, plot: &Plot, zoom: f32, said_of: &[usize]) -> Vec<bool> {
    let dots = &line.dots;
    let width = plot.bounds.right - plot.bounds.left;
    let apart = dots.len() < 2 || width / (dots.len() as f32) >= 13.0 * zoom;
    let stands_alone = |idx: usize| {
        let next = |other: usize| dots.get(other).is_some_and(|dot| !dot.derived);
        // A line needs two points: what has no neighbour would not be seen.
        dots.len() == 1 || !(idx.checked_sub(1).is_some_and(next) || next(idx + 1))
    };
    (0..dots.len()).map(|idx| apart || dots[idx].derived || said_of.contains(&idx) || stands_alone(idx)).collect()
}

/// Mark, whisker and bar of one dot.
pub fn point_part(line: &Line<'_>, idx: usize, plot: &Plot, style: &FigureStyle) -> Option<Part> {
    let dot = line.dots.get(idx)?;
    let zoom = style.zoom();
    let at = plot.at(dot);
    let ink = line.ink();
    let mut items = Vec::new();
    let stroke = |points: Vec<[f32; 2]>| Item::Line { points, width_px: 1.5 * zoom, ink };
    if let Some(whisker) = dot.whisker_secs {
        let x = whisker.map(|secs| plot.x_from_secs(secs));
        items.push(Item::Whisker { x, y: at[1], ink, zoom });
    }
    if let Some(upper) = dot.upper {
        let top = plot.y_from_value(upper);
        let half = 4.0 * zoom;
        items.push(stroke(vec![at, [at[0], top]]));
        items.push(stroke(vec![[at[0] - half, top], [at[0] + half, top]]));
    }
    items.push(Item::Point { at, radius_px: 4.5 * zoom, hollow: dot.derived, shape: line.number, ink });
    let words = line.words(dot);
    let series = if line.number == 0 { String::new() } else { format!("{}-", line.number + 1) };
    Some(Part {
        id: format!("point-{series}{}", idx + 1),
        title: line.said.words().fill("figure.point-title", &[&words.time, &words.value_with_unit]),
        items,
    })
}

/// What words must not cover: lines, marks, whiskers; grid lines rather not.
pub fn obstacles(
    lines: &[(&Line<'_>, Vec<Link>, Vec<bool>)],
    plot: &Plot,
    grid: &[f32],
    style: &FigureStyle,
    room: Bounds,
) -> Obstacles {
    let zoom = style.zoom();
    let mut obstacles = Obstacles::new(room);
    for (line, links, marked) in lines {
        add_links(&mut obstacles, links);
        for (dot, marked) in line.dots.iter().zip(marked) {
            let [x, y] = plot.at(dot);
            let radius = 7.0 * zoom;
            if *marked {
                obstacles.add(Bounds { left: x - radius, top: y - radius, right: x + radius, bottom: y + radius });
            }
            if let Some([left, right]) = dot.whisker_secs.map(|ends| ends.map(|secs| plot.x_from_secs(secs))) {
                let air = 6.0 * zoom;
                obstacles.add(Bounds { left: left - air, top: y - radius, right: right + air, bottom: y + radius });
            }
            if let Some(upper) = dot.upper {
                obstacles.add_line([x, y], [x, plot.y_from_value(upper)]);
            }
        }
    }
    for &y in grid {
        obstacles.add_faint_line([plot.bounds.left, y], [plot.bounds.right, y]);
    }
    obstacles
}

/// Width of the columns that a dense line is taken as.
const COLUMN_PX: f32 = 4.0;

/// The links as lines; where they are closer than columns of a few pixels, as what they cover of each column.
fn add_links(obstacles: &mut Obstacles, links: &[Link]) {
    let width = links.iter().map(|link| (link.to[0] - link.from[0]).abs()).sum::<f32>();
    if links.len() < 60 || width / links.len() as f32 >= COLUMN_PX {
        links.iter().for_each(|link| obstacles.add_line(link.from, link.to));
        return;
    }
    let mut column: Option<Bounds> = None;
    for link in links {
        let reach = Bounds {
            left: link.from[0].min(link.to[0]),
            top: link.from[1].min(link.to[1]),
            right: link.from[0].max(link.to[0]),
            bottom: link.from[1].max(link.to[1]),
        };
        column = match column {
            Some(so_far) if reach.right - so_far.left <= COLUMN_PX => Some(so_far.joined(reach)),
            Some(full) => {
                obstacles.add(full.grown(1.0));
                Some(reach)
            }
            None => Some(reach),
        };
    }
    column.into_iter().for_each(|rest| obstacles.add(rest.grown(1.0)));
}
