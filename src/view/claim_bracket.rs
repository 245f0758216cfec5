//! The bracket at the right of a series figure: what the text claims of the growth, beside what the numbers give.

use super::{
    figure_frame::{Bounds, Face, FigureStyle, Ink, Item, Measure, Part},
    figure_plot::Plot,
    series_words::SeriesWords,
    text_lines::lines,
};

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

/// How much room it needs at the right; 0 where no claim is made.
pub fn bracket_room(style: &FigureStyle, said: &SeriesWords<'_>, measure: &Measure<'_>) -> f32 {
    bracket_texts(style, said, measure).map_or(0.0, |(.., width)| width + 34.0 * style.zoom())
}

/// The bracket from the one value to the other, with its words.
pub fn bracket(
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
    let mut items = vec![Item::Line { points, width_px: style.hair_px(), ink: Ink::Control }];
    let ratio_px = style.label_px * 1.36;
    let line_px = style.label_px * 1.36;
    let height = ratio_px + line_px * said_lines.len() as f32;
    let (highest, lowest) = (plot.bounds.top + height / 2.0, plot.bounds.bottom - height / 2.0);
    let middle = f32::midpoint(top, bottom).min(lowest).max(highest);
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
    Some(Part { id: "claim".to_owned(), title: claim.lines.join(" "), items })
}
