//! Direct labels of several lines: name and last value at the right of the plot, beside the line's end, instead of
//! a legend. Where lines end close together the labels part and a leader shows which is whose.

use super::{
    figure_frame::{Face, FigureStyle, Ink, Item, Measure, Part},
    figure_plot::{Line, Plot},
    text_lines::{elided, lines},
};

/// The words of one line's end, broken to the room there is.
#[derive(Debug, Clone)]
struct EndWords {
    name: Vec<String>,
    value: String,
    time: String,
}

/// The labels before they have their places.
#[derive(Debug, Clone)]
pub struct EndLabels {
    words: Vec<EndWords>,
    width: f32,
}

/// Line height as a share of the type's size.
const LEADING: f32 = 1.32;

impl EndLabels {
    /// Breaks the names to at most about a quarter of the picture.
    pub fn new(lines_shown: &[&Line<'_>], style: &FigureStyle, measure: &Measure<'_>) -> Self {
        let name_width = |text: &str| measure(text, Face::Sans, style.label_px);
        let value_width = |text: &str| measure(text, Face::Bold, style.label_px);
        let room = style.size[0] * 0.23;
        let words: Vec<EndWords> = lines_shown
            .iter()
            .map(|line| {
                let said = line.dots.last().map(|dot| line.words(dot));
                let mut name = lines(line.said.name(), room, &name_width);
                if name.len() > 2 {
                    let rest = name.split_off(1).concat();
                    name.push(elided(&rest, room, &name_width));
                }
                let (value, time) = said.map_or_else(Default::default, |said| (said.value, said.time));
                EndWords { name, value, time }
            })
            .collect();
        let widest = |words: &EndWords| {
            let names = words.name.iter().map(|row| name_width(row)).fold(0.0, f32::max);
            names.max(value_width(&words.value) + name_width(&words.time) + style.label_px * 0.6)
        };
        let width = words.iter().map(widest).fold(0.0, f32::max).min(style.size[0] * 0.3);
        Self { words, width }
    }

    /// How much room they need at the right, marks and leaders included.
    pub fn room(&self, style: &FigureStyle) -> f32 {
        self.width + before_px(style)
    }

    /// A part for each line that finds a place.
    pub fn parts(&self, shown: &[&Line<'_>], plot: &Plot, style: &FigureStyle, measure: &Measure<'_>) -> Vec<Part> {
        let row_px = style.label_px * LEADING;
        let (top, bottom) = (plot.bounds.top - row_px, plot.bounds.bottom + row_px * 0.4);
        // All words, else one row each, else as many rows as there is room for.
        let all: Vec<usize> = (0..shown.len()).filter(|&idx| !shown[idx].dots.is_empty()).collect();
        let full = |idx: usize| self.words.get(idx).map_or(0.0, |words| (words.name.len() as f32 + 1.0) * row_px);
        let gap = row_px * 0.35;
        let needs = |height: &dyn Fn(usize) -> f32| all.iter().map(|&idx| height(idx) + gap).sum::<f32>() - gap;
        let is_full = needs(&full) <= bottom - top;
        let height = |idx: usize| if is_full { full(idx) } else { row_px };
        let gap = if is_full { gap } else { 0.0 };
        let n_fit = if is_full { all.len() } else { (((bottom - top) / row_px).floor() as usize).min(all.len()) };
        let mut order: Vec<usize> = all.into_iter().take(n_fit).collect();
        let end_y = |idx: usize| shown[idx].dots.last().map_or(0.0, |dot| plot.y_from_value(dot.value));
        order.sort_by(|a, b| end_y(*a).total_cmp(&end_y(*b)));
        let wishes: Vec<[f32; 2]> = order.iter().map(|&idx| [end_y(idx) - height(idx) / 2.0, height(idx)]).collect();
        let tops = apart(&wishes, gap, [top, bottom]);
        let part = |(&idx, top): (&usize, &f32)| {
            self.part(shown[idx], idx, [*top, height(idx)], is_full, plot, style, measure)
        };
        order.iter().zip(&tops).filter_map(part).collect()
    }

    #[expect(clippy::too_many_arguments, reason = "one label's place, looks and words")]
    fn part(
        &self,
        line: &Line<'_>,
        idx: usize,
        [top, height]: [f32; 2],
        is_full: bool,
        plot: &Plot,
        style: &FigureStyle,
        measure: &Measure<'_>,
    ) -> Option<Part> {
        let words = self.words.get(idx)?;
        let zoom = style.zoom();
        let size_px = style.label_px;
        let end = plot.at(line.dots.last()?);
        let mark_x = plot.bounds.right + before_px(style) - 12.0 * zoom;
        let left = mark_x + 9.0 * zoom;
        let first = top + size_px * 1.02;
        let mark_y = first - size_px * 0.34;
        let mut items = Vec::new();
        // From the line's end, unless the label stands beside it.
        let from = [end[0] + 6.0 * zoom, end[1]];
        let to = [mark_x - 8.0 * zoom, (top + height / 2.0).clamp(top + size_px * 0.5, top + height)];
        let to = if is_full { [to[0], mark_y] } else { to };
        if to[0] - from[0] > 22.0 * zoom || (to[1] - from[1]).abs() > 12.0 * zoom {
            items.push(Item::Line { points: vec![from, to], width_px: style.hair_px(), ink: Ink::Line });
        }
        let at = [mark_x, mark_y];
        items.push(Item::Point { at, radius_px: 4.0 * zoom, hollow: false, shape: line.number, ink: line.ink() });
        let text = |at: [f32; 2], text: &str, face: Face, ink: Ink| Item::Text {
            at,
            text: text.to_owned(),
            face,
            size_px,
            ink,
        };
        if !is_full {
            let value_width = measure(&words.value, Face::Bold, size_px) + size_px * 0.5;
            let name = elided(line.said.name(), self.width - value_width, &|text| measure(text, Face::Sans, size_px));
            items.push(text([left, first], &name, Face::Sans, Ink::Ink));
            let at = [left + measure(&name, Face::Sans, size_px) + size_px * 0.5, first];
            items.push(text(at, &words.value, Face::Bold, Ink::Ink));
        } else {
            for (row, name) in words.name.iter().enumerate() {
                items.push(text([left, first + size_px * LEADING * row as f32], name, Face::Sans, Ink::Ink));
            }
            let baseline = first + size_px * LEADING * words.name.len() as f32;
            items.push(text([left, baseline], &words.value, Face::Bold, Ink::Ink));
            let after = left + measure(&words.value, Face::Bold, size_px) + size_px * 0.5;
            if after + measure(&words.time, Face::Sans, size_px) <= style.size[0] - style.margin + 1.0 {
                items.push(text([after, baseline], &words.time, Face::Sans, Ink::Ink3));
            }
        }
        Some(Part { id: format!("label-{}", idx + 1), title: String::new(), items })
    }
}

/// From the plot's end to the words.
fn before_px(style: &FigureStyle) -> f32 {
    39.0 * style.zoom()
}

/// Tops of blocks (wished top, height, sorted by their middle) that keep `gap` from one another and stay within
/// `[top, bottom]`, each as near to its wish as the others allow.
pub fn apart(wishes: &[[f32; 2]], gap: f32, [top, bottom]: [f32; 2]) -> Vec<f32> {
    let mut tops: Vec<f32> = Vec::with_capacity(wishes.len());
    for &[wish, _] in wishes {
        let free = tops
            .last()
            .zip(wishes.get(tops.len().wrapping_sub(1)))
            .map_or(top, |(top, [_, height])| top + height + gap);
        tops.push(wish.max(free));
    }
    let mut limit = bottom;
    for (at, [_, height]) in tops.iter_mut().zip(wishes).rev() {
        *at = at.min(limit - height).max(top);
        limit = *at - gap;
    }
    // A group pushed down from above goes halfway back up, where nothing is in the way.
    for idx in 1..tops.len() {
        let wish = wishes[idx][0];
        let before = idx - 1;
        let above = if before == 0 { top } else { tops[before - 1] + wishes[before - 1][1] + gap };
        let pushed = tops[idx] - wish;
        if pushed > 0.0 && (tops[idx] - (tops[before] + wishes[before][1] + gap)).abs() < 0.5 {
            let by = (pushed / 2.0).min(tops[before] - above).max(0.0);
            tops[before] -= by;
            tops[idx] -= by;
        }
    }
    tops
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_part_and_stay_inside() {
        assert_eq!(apart(&[[10.0, 10.0], [40.0, 10.0]], 2.0, [0.0, 100.0]), [10.0, 40.0]);
        assert_eq!(apart(&[[40.0, 10.0], [40.0, 10.0]], 2.0, [0.0, 100.0]), [34.0, 46.0]);
        assert_eq!(apart(&[[95.0, 10.0], [96.0, 10.0]], 0.0, [0.0, 100.0]), [80.0, 90.0]);
        assert_eq!(apart(&[[-5.0, 10.0], [-4.0, 10.0]], 0.0, [0.0, 100.0]), [0.0, 10.0]);
    }
}
