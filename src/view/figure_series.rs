//! The figure of series over time: one with every label, or several with direct labels; each unit has a plot of its
//! own, one below the other on one time axis.

use super::{
    claim_bracket::{bracket, bracket_room},
    end_labels::EndLabels,
    figure_frame::{Bounds, Face, Figure, FigureStyle, Ink, Item, Measure, Part, frame},
    figure_input::SeriesInput,
    figure_notes::annotate,
    figure_plot::{
        Line, Link, Plot, ValueAxis, line_part, links, marked, obstacles, point_part, time_range, time_ticks, unit_of,
    },
    point_labels::{label_points, labelled, name_gaps},
    series_axis::Unit,
    series_group_words::GroupWords,
    text_lines::elided,
};
use crate::desk::{Annotation, Captions, Locale};

/// Lays out the figure of one or several series. `captions` that are empty are written from the data.
pub fn series_figure(
    inputs: &[SeriesInput<'_>],
    annotations: &[Annotation],
    style: &FigureStyle,
    captions: &Captions,
    measure: &Measure<'_>,
) -> Figure {
    let lines: Vec<Line<'_>> = inputs.iter().enumerate().map(|(idx, input)| Line::new(*input, idx)).collect();
    let second = in_second(&lines);
    let said = GroupWords::new(&lines);
    let others = second.as_ref().map(|lines| GroupWords::new(lines));
    let spoken = |n_series: usize, n_lost: usize| {
        let full = |said: &GroupWords<'_, '_>| {
            let note = said.note_with(n_series, n_lost, false);
            captions.or_made(&|| said.title_made(), &|| said.subtitle_made(), &|| note.clone(), &|| said.source_made())
        };
        let own = full(&said);
        others.as_ref().map_or_else(|| own.clone(), |others| own.clone().with_second(&full(others), captions))
    };
    let mut full = spoken(0, 0);
    let mut parts = Vec::new();
    // How many series and annotations find room decides the note, and the note decides the room: two rounds.
    for _ in 0..2 {
        let (frame_part, body) = frame(style, &full, measure);
        parts = vec![frame_part];
        let Some(secs) = time_range(&lines) else { break };
        let stack = Stack::new(&lines, body, secs, style, measure);
        let (stack_parts, n_lost) = stack.parts(annotations, measure);
        parts.extend(stack_parts);
        let settled = spoken(stack.n_left_out, n_lost);
        if full == settled {
            break;
        }
        full = settled;
    }
    let captions = full;
    let alt_text = alt_of(&captions, &|captions| said.alt_text(captions), &|captions| {
        others.as_ref().map(|others| others.alt_text(captions))
    });
    Figure { size: style.size, parts, title: on_one_line(&captions.title), captions, alt_text }
}

/// The same lines in the second language, where there is one.
pub fn in_second<'a>(lines: &[Line<'a>]) -> Option<Vec<Line<'a>>> {
    lines.iter().map(Line::in_second).collect::<Option<Vec<_>>>().filter(|lines| !lines.is_empty())
}

/// The description in one language, or in both one after the other.
pub fn alt_of(
    captions: &Captions,
    own: &dyn Fn(&Captions) -> String,
    other: &dyn Fn(&Captions) -> Option<String>,
) -> String {
    let nth = |nth: usize| {
        let line = |text: &String| text.lines().nth(nth).or_else(|| text.lines().next()).unwrap_or_default().to_owned();
        let Captions { title, subtitle, note, source, alt } = captions;
        Captions {
            title: line(title),
            subtitle: line(subtitle),
            note: line(note),
            source: line(source),
            alt: line(alt),
        }
    };
    match other(&nth(1)) {
        Some(second) => format!("{}\n{second}", own(&nth(0))),
        None => own(captions),
    }
}

/// A title of two languages as one line.
pub fn on_one_line(title: &str) -> String {
    title.lines().collect::<Vec<_>>().join(" / ")
}

/// The plots of a figure, one for each unit, before they are filled.
pub struct Stack<'a, 'b> {
    style: &'b FigureStyle,
    panels: Vec<Panel<'a, 'b>>,
    unit: Unit,
    words: Option<&'a Locale>,
    body: Bounds,
    /// How many series found no room.
    pub n_left_out: usize,
}

/// One plot: the lines of one unit.
struct Panel<'a, 'b> {
    lines: Vec<&'b Line<'a>>,
    axis: ValueAxis,
    ends: Option<EndLabels>,
    plot: Plot,
    /// Everything that belongs to it.
    body: Bounds,
    heading: Option<(f32, String)>,
}

impl<'a, 'b> Stack<'a, 'b> {
    /// Shares the room out.
    pub fn new(
        lines: &'b [Line<'a>],
        body: Bounds,
        secs: [f64; 2],
        style: &'b FigureStyle,
        measure: &Measure<'_>,
    ) -> Self {
        let words = lines.first().map(|line| line.said.locale());
        let unit = unit_of(lines.iter().flat_map(|line| &line.dots));
        let mut groups: Vec<Vec<&Line<'a>>> = Vec::new();
        for line in lines {
            match groups.iter_mut().find(|group| group[0].said.unit() == line.said.unit()) {
                Some(group) => group.push(line),
                None => groups.push(vec![line]),
            }
        }
        let zoom = style.zoom();
        let height = body.bottom - body.top;
        let ticks_px = style.tick_px * 1.7 + (29.0 * zoom).min(height * 0.16);
        // Units that find no room are left out and counted.
        let n_room = ((height - ticks_px) / (style.label_px * 3.1 + style.tick_px * 2.6)).floor().max(1.0) as usize;
        let n_left_out = groups.iter().skip(n_room).map(Vec::len).sum();
        groups.truncate(n_room);
        let n_panels = groups.len().max(1) as f32;
        let panel_px = (height - ticks_px) / n_panels;
        let is_single = lines.len() == 1;
        let mut panels: Vec<Panel<'a, 'b>> = Vec::new();
        for (idx, group) in groups.into_iter().enumerate() {
            let top = body.top + panel_px * idx as f32;
            let with_heading = n_panels > 1.5;
            let head_px = if with_heading { style.label_px * 3.1 } else { (46.0 * zoom).min(height * 0.24) };
            let plot_top = (top + head_px).round();
            let bottom = (top + panel_px - if with_heading { 6.0 * zoom } else { 0.0 }).round();
            let bottom = bottom.max(plot_top + style.tick_px * if with_heading { 2.2 } else { 4.2 });
            let Some(axis) = words.and_then(|words| ValueAxis::new(&group, bottom - plot_top, style, words)) else {
                continue;
            };
            let ends = (group.len() > 1).then(|| EndLabels::new(&group, style, measure));
            let heading = with_heading
                .then(|| Some((top + style.label_px * 1.9, words.map(|words| group_heading(&group, words))?)))
                .flatten();
            let bounds = Bounds { left: body.left, top: plot_top, right: body.right, bottom };
            let plot = Plot { bounds, secs, values: axis.values() };
            let body = Bounds { top, bottom: top + panel_px, ..body };
            panels.push(Panel { lines: group, axis, ends, plot, body, heading });
        }
        let left_px = panels.iter().map(|panel| panel.axis.room(style, measure)).fold(0.0, f32::max);
        let right_px = panels
            .iter()
            .map(|panel| match (&panel.ends, panel.lines.first()) {
                (Some(ends), _) => ends.room(style),
                (None, Some(line)) if is_single => bracket_room(style, &line.said, measure),
                _ => 0.0,
            })
            .fold(0.0, f32::max);
        for panel in &mut panels {
            panel.plot.bounds.left = (body.left + left_px).round();
            panel.plot.bounds.right = body.right - right_px;
        }
        Self { style, panels, unit, words, body, n_left_out }
    }

    /// Left and right end of the time axis.
    pub fn axis_px(&self) -> [f32; 2] {
        self.panels
            .first()
            .map_or([self.body.left, self.body.right], |panel| [panel.plot.bounds.left, panel.plot.bounds.right])
    }

    /// A plot that stands for the whole time axis.
    pub fn time_axis(&self) -> Option<(Plot, Unit)> {
        self.panels.first().map(|panel| (panel.plot, self.unit))
    }

    /// Axes, lines, marks and words of every plot, and how many annotations found no place. Annotations belong to the
    /// first line.
    pub fn parts(&self, annotations: &[Annotation], measure: &Measure<'_>) -> (Vec<Part>, usize) {
        let mut parts = Vec::new();
        let mut n_lost = 0;
        for (idx, panel) in self.panels.iter().enumerate() {
            let is_last = idx + 1 == self.panels.len();
            let annotations = if idx == 0 { annotations } else { &[] };
            let (panel_parts, n_lost_here) = self.panel(panel, idx, is_last, annotations, measure);
            parts.extend(panel_parts);
            n_lost += n_lost_here;
        }
        (parts, n_lost)
    }

    fn panel(
        &self,
        panel: &Panel<'a, 'b>,
        panel_idx: usize,
        is_last: bool,
        annotations: &[Annotation],
        measure: &Measure<'_>,
    ) -> (Vec<Part>, usize) {
        let Self { style, words, .. } = self;
        let Panel { lines, axis, plot, body, .. } = panel;
        let zoom = style.zoom();
        let Some(words) = words else { return (Vec::new(), annotations.len()) };
        let mut parts = vec![self.axes_part(panel, panel_idx, is_last, words, measure)];
        let is_alone = lines.len() == 1;
        let all: Vec<(&Line<'_>, Vec<Link>, Vec<bool>)> = lines
            .iter()
            .map(|line| {
                let said_of =
                    if is_alone { labelled(&line.dots) } else { line.dots.len().checked_sub(1).into_iter().collect() };
                (*line, links(line, plot), marked(line, plot, zoom, &said_of))
            })
            .collect();
        parts.extend(all.iter().map(|(line, links, _)| line_part(line, links, zoom)));
        let room = Bounds {
            left: plot.bounds.left + 4.0,
            top: body.top + if panel.heading.is_some() { style.label_px * 2.1 } else { 6.0 },
            right: plot.bounds.right,
            bottom: plot.bounds.bottom - 3.0,
        };
        let mut obstacles = obstacles(&all, plot, &axis.grid(plot), style, room);
        let mut labels = Vec::new();
        let mut gap_parts = Vec::new();
        let (mut note_parts, mut n_lost) = (Vec::new(), 0);
        if let ([line], Some((_, links, _))) = (lines.as_slice(), all.first()) {
            labels = label_points(line, plot, style, measure, &mut obstacles);
            (note_parts, n_lost) = annotate(annotations, line, plot, style, measure, &mut obstacles);
            gap_parts.extend(name_gaps(line, links, style, words, measure, &mut obstacles));
        } else if let Some(line) = lines.first() {
            (note_parts, n_lost) = annotate(annotations, line, plot, style, measure, &mut obstacles);
        }
        parts.extend(gap_parts);
        for (line, _, marked) in &all {
            for (idx, _) in marked.iter().enumerate().filter(|(_, marked)| **marked) {
                let Some(mut part) = point_part(line, idx, plot, style) else { continue };
                if let Some((_, items)) = labels.iter_mut().find(|(of, _)| *of == idx) {
                    part.items.append(items);
                }
                parts.push(part);
            }
        }
        parts.extend(note_parts);
        match &panel.ends {
            Some(ends) => parts.extend(ends.parts(lines, plot, style, measure)),
            None if self.panels.len() == 1 => {
                parts.extend(lines.first().and_then(|line| bracket(plot, style, &line.said, *body, measure)));
            }
            None => {}
        }
        free_words(&mut parts, measure);
        (parts, n_lost)
    }

    fn axes_part(
        &self,
        panel: &Panel<'a, 'b>,
        idx: usize,
        is_last: bool,
        words: &Locale,
        measure: &Measure<'_>,
    ) -> Part {
        let Self { style, .. } = self;
        let mut items = panel.axis.items(&panel.plot, style, measure);
        if let Some((baseline, text)) = &panel.heading {
            let width = self.body.right - self.body.left;
            let text = elided(text, width, &|text| measure(text, Face::Bold, style.label_px));
            let at = [self.body.left, *baseline];
            items.push(Item::Text { at, text, face: Face::Bold, size_px: style.label_px, ink: Ink::Ink });
        }
        if is_last {
            let y = panel.plot.bounds.bottom.round() + 0.5;
            items.extend(time_ticks(&panel.plot, y, self.unit, style, words, measure));
        }
        let id = if idx == 0 { "axes".to_owned() } else { format!("axes-{}", idx + 1) };
        Part { id, title: String::new(), items }
    }
}

/// Takes grid lines away behind words: text with a line through it is hard to read.
fn free_words(parts: &mut [Part], measure: &Measure<'_>) {
    let words: Vec<Bounds> = parts
        .iter()
        .skip(1)
        .flat_map(|part| &part.items)
        .filter_map(|item| match item {
            Item::Text { at, text, face, size_px, .. } => {
                let bounds = Bounds::of_text(*at, measure(text, *face, *size_px), *size_px);
                Some(Bounds { left: bounds.left - size_px * 0.4, right: bounds.right + size_px * 0.4, ..bounds })
            }
            _ => None,
        })
        .collect();
    let Some(axes) = parts.first_mut() else { return };
    let items = std::mem::take(&mut axes.items);
    axes.items = items.into_iter().flat_map(|item| cut(item, &words)).collect();
}

/// A level grid line without the stretches that lie behind words; anything else as it is.
fn cut(item: Item, words: &[Bounds]) -> Vec<Item> {
    let Item::Line { points, width_px, ink: Ink::Hair } = item else { return vec![item] };
    let [[left, y], [right, _]] = points[..] else { return vec![Item::Line { points, width_px, ink: Ink::Hair }] };
    let mut gaps: Vec<[f32; 2]> =
        words.iter().filter(|word| word.top < y && y < word.bottom).map(|word| [word.left, word.right]).collect();
    gaps.sort_by(|a, b| a[0].total_cmp(&b[0]));
    let mut from = left;
    let mut out = Vec::new();
    let mut piece = |from: f32, to: f32| {
        if to - from > 1.0 {
            out.push(Item::Line { points: vec![[from, y], [to, y]], width_px, ink: Ink::Hair });
        }
    };
    for [gap_left, gap_right] in gaps {
        piece(from, gap_left.min(right));
        from = from.max(gap_right);
    }
    piece(from, right);
    out
}

/// 进口额，亿美元; several: 亿美元.
fn group_heading(group: &[&Line<'_>], words: &Locale) -> String {
    let unit = group.iter().map(|line| line.said.axis_unit()).max_by_key(String::len).unwrap_or_default();
    match group {
        [line] if unit.is_empty() => line.said.name().to_owned(),
        [line] => words.fill("figure.with-note", &[line.said.name(), &unit]),
        _ => unit,
    }
}
