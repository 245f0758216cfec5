//! The figure of series over time: one with every label, or several with direct labels; each unit has a plot of its
//! own, one below the other on one time axis.

use super::{
    claim_bracket::{bracket, bracket_room},
    end_labels::EndLabels,
    figure_frame::{Bounds, Face, Figure, FigureStyle, Ink, Item, Measure, Part, frame},
    figure_notes::annotate,
    figure_plot::{
        Line, Link, Plot, ValueAxis, line_part, links, marked, obstacles, point_part, time_range, time_ticks, unit_of,
    },
    point_labels::{label_points, labelled, name_gaps},
    series_axis::Unit,
    series_group_words::GroupWords,
    text_lines::elided,
};
use crate::{
    desk::{Annotation, Captions, Locale},
    model::{Document, Series},
};

/// What a series figure is made from.
#[derive(Debug, Clone, Copy)]
pub struct SeriesInput<'a> {
    /// The document it comes from.
    pub document: &'a Document,
    /// How many documents it was put together from.
    pub n_documents: usize,
    /// The series; its points in order of time.
    pub series: &'a Series,
    /// The language of all that the document did not say itself.
    pub words: &'a Locale,
}

/// Lays out the figure of one or several series. `captions` that are empty are written from the data.
pub fn series_figure(
    inputs: &[SeriesInput<'_>],
    annotations: &[Annotation],
    style: &FigureStyle,
    captions: &Captions,
    measure: &Measure<'_>,
) -> Figure {
    let lines: Vec<Line<'_>> = inputs.iter().enumerate().map(|(idx, input)| Line::new(*input, idx)).collect();
    let said = GroupWords::new(&lines);
    let mut full = said.captions(captions);
    let mut parts = Vec::new();
    // How many series find room decides the note, and the note decides the room: two rounds.
    for _ in 0..2 {
        let (frame_part, body) = frame(style, &full, measure);
        parts = vec![frame_part];
        let Some(secs) = time_range(&lines) else { break };
        let stack = Stack::new(&lines, body, secs, style, measure);
        parts.extend(stack.parts(annotations, measure));
        let note = said.note_with(stack.n_left_out);
        if stack.n_left_out == 0 || !captions.note.is_empty() || full.note == note {
            break;
        }
        full.note = note;
    }
    let captions = full;
    let alt_text = said.alt_text(&captions);
    Figure { size: style.size, parts, title: captions.title.clone(), captions, alt_text }
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

    /// Axes, lines, marks and words of every plot. Annotations belong to the first line.
    pub fn parts(&self, annotations: &[Annotation], measure: &Measure<'_>) -> Vec<Part> {
        let mut parts = Vec::new();
        for (idx, panel) in self.panels.iter().enumerate() {
            let is_last = idx + 1 == self.panels.len();
            let annotations = if idx == 0 { annotations } else { &[] };
            parts.extend(self.panel(panel, idx, is_last, annotations, measure));
        }
        parts
    }

    fn panel(
        &self,
        panel: &Panel<'a, 'b>,
        panel_idx: usize,
        is_last: bool,
        annotations: &[Annotation],
        measure: &Measure<'_>,
    ) -> Vec<Part> {
        let Self { style, words, .. } = self;
        let Panel { lines, axis, plot, body, .. } = panel;
        let zoom = style.zoom();
        let Some(words) = words else { return Vec::new() };
        let mut parts = vec![self.axes_part(panel, panel_idx, is_last, words, measure)];
        let is_alone = lines.len() == 1;
        let all: Vec<(&Line<'_>, Vec<Link>, Vec<bool>)> = lines
            .iter()
            .map(|line| {
                let said_of =
                    if is_alone { labelled(&line.dots) } else { line.dots.len().checked_sub(1).into_iter().collect() };
                (*line, links(&line.dots, plot), marked(line, plot, zoom, &said_of))
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
        let mut note_parts = Vec::new();
        if let ([line], Some((_, links, _))) = (lines.as_slice(), all.first()) {
            labels = label_points(line, plot, style, measure, &mut obstacles);
            note_parts = annotate(annotations, line, plot, style, measure, &mut obstacles).0;
            gap_parts.extend(name_gaps(line, links, style, words, measure, &mut obstacles));
        } else if let Some(line) = lines.first() {
            note_parts = annotate(annotations, line, plot, style, measure, &mut obstacles).0;
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
        parts
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

/// 进口额，亿美元; several: 亿美元.
fn group_heading(group: &[&Line<'_>], words: &Locale) -> String {
    let unit = group.iter().map(|line| line.said.axis_unit()).max_by_key(String::len).unwrap_or_default();
    match group {
        [line] if unit.is_empty() => line.said.name().to_owned(),
        [line] => words.fill("figure.with-note", &[line.said.name(), &unit]),
        _ => unit,
    }
}
