//! Events above series, on one time axis.
//!
//! ```text
//!        2003年 │      2008年 │        flags
//!   第一座冷库   │  铁路通车   │
//! ───────●───────────●─────────────     axis with its ticks
//! 20万 ┤              ___/              series, on the same axis
//!    0 ┴──────────────────────────
//! ```

use super::{
    figure_frame::{Bounds, Figure, FigureStyle, Ink, Item, Measure, Part, frame},
    figure_input::{SeriesInput, TimelineInput},
    figure_plot::{Line, Plot, time_range, time_ticks},
    figure_series::{Stack, alt_of, in_second, on_one_line},
    figure_timeline::flags_along,
    figure_told::Told,
    series_group_words::GroupWords,
    time_scale::{Axis, TimeScale},
    timeline_words::TimelineWords,
};
use crate::desk::{Annotation, Captions, Locale};

/// The share of the plot's room that events take.
const EVENTS_SHARE: f32 = 0.5;

/// Lays out events above series. Events outside the series' time are left out.
pub fn both_figure(
    events: &TimelineInput<'_>,
    series: &[SeriesInput<'_>],
    annotations: &[Annotation],
    style: &FigureStyle,
    captions: &Captions,
    measure: &Measure<'_>,
) -> Figure {
    let lines: Vec<Line<'_>> = series.iter().enumerate().map(|(idx, input)| Line::new(*input, idx)).collect();
    let second = in_second(&lines);
    let said = GroupWords::new(&lines);
    let others = second.as_ref().map(|lines| GroupWords::new(lines)).zip(events.second);
    let secs = time_range(&lines).unwrap_or([0.0, 1.0]);
    let inside = TimelineInput { events: within(events, secs), ..events.clone() };
    // The upper half has room for about two thirds of what a whole figure shows.
    let n_max = (style.max_events * 2).div_ceil(3);
    let mut told = TimelineWords::new(&inside, n_max, true);
    let mut left_out = (0, 0, false);
    let mut parts = Vec::new();
    let mut full = captions.clone();
    // How many events find a place decides what the captions say, and the captions decide the room: two rounds.
    for _ in 0..2 {
        let (n_series, n_notes, has_merged) = left_out;
        let spoken = |said: &GroupWords<'_, '_>, told: &TimelineWords<'_>, words: &Locale| {
            let above = || words.fill("figure.events-above", &[&said.subtitle_made(), &told.shown.len().to_string()]);
            let subtitle = || told.filtered(&above());
            let note = || said.note_with(n_series, n_notes, has_merged);
            captions.or_made(&|| said.title_made(), &subtitle, &note, &|| said.source_made())
        };
        full = spoken(&said, &told, events.words);
        if let Some(((others, words), told)) = others.as_ref().zip(told.in_second()) {
            full = full.with_second(&spoken(others, &told, words), captions);
        }
        let (frame_part, body) = frame(style, &full, measure);
        let height = body.bottom - body.top;
        let least = style.tick_px * 6.0 + (42.0 * style.zoom()).min(height * 0.4);
        let events_px = (height * EVENTS_SHARE).min(height - least);
        // Where there is no room for both the events give way.
        let events_px = if events_px < style.label_px * 6.0 { 0.0 } else { events_px };
        let split = body.top + events_px;
        // One time axis: it is told once, below the series, and little air is needed under it.
        let low = Bounds { top: split, bottom: body.bottom + (12.0 * style.zoom()).min(height * 0.05), ..body };
        let stack = Stack::new(&lines, low, secs, style, measure);
        let band_body = Bounds { bottom: split, ..body };
        let band = match events_px > 0.0 {
            true => band(&told, &stack, band_body, style, events, measure),
            false => Told::default(),
        };
        let (stack_parts, n_lost) = stack.parts(annotations, measure);
        parts = std::iter::once(frame_part).chain(band.parts).chain(stack_parts).collect();
        let is_settled = told.shown == band.shown && left_out == (stack.n_left_out, n_lost, band.has_merged);
        (told.shown, left_out) = (band.shown, (stack.n_left_out, n_lost, band.has_merged));
        if is_settled {
            break;
        }
    }
    let alt = |said: &GroupWords<'_, '_>, told: &TimelineWords<'_>, words: &Locale, captions: &Captions| {
        words.fill("figure.alt-both", &[&said.alt_text(captions), &told.alt_text(captions)])
    };
    let other = |captions: &Captions| {
        let (others, words) = others.as_ref()?;
        Some(alt(others, &told.in_second()?, words, captions))
    };
    let alt_text = alt_of(&full, &|captions| alt(&said, &told, events.words, captions), &other);
    Figure { size: style.size, parts, title: on_one_line(&full.title), captions: full, alt_text }
}

/// The events that lie within the time of the series.
fn within<'a>(
    events: &TimelineInput<'a>,
    secs: [f64; 2],
) -> Vec<(&'a crate::model::Document, &'a crate::model::Event)> {
    let is_inside = |event: &crate::model::Event| {
        let Some(interval) = event.interval else { return false };
        let edge = |moment: Option<crate::edtf::Moment>| moment.map(|moment| moment.seconds() as f64);
        match (edge(interval.start), edge(interval.end)) {
            (Some(start), Some(end)) => (secs[0]..=secs[1]).contains(&f64::midpoint(start, end)),
            (Some(only), None) | (None, Some(only)) => (secs[0]..=secs[1]).contains(&only),
            (None, None) => false,
        }
    };
    events.events.iter().filter(|(_, event)| is_inside(event)).copied().collect()
}

/// Flags, glyphs and the axis between them and the series; its ticks are named below the series.
fn band(
    told: &TimelineWords<'_>,
    stack: &Stack<'_, '_>,
    body: Bounds,
    style: &FigureStyle,
    events: &TimelineInput<'_>,
    measure: &Measure<'_>,
) -> Told {
    let Some((plot, unit)) = stack.time_axis() else { return Told::default() };
    let zoom = style.zoom();
    let [left, right] = stack.axis_px();
    let axis_y = (body.bottom - 8.0 * zoom).round() + 0.5;
    let axis = Axis::continuous(plot.secs[0], plot.secs[1]);
    let scale = TimeScale::new(&axis, None, f64::from(left), f64::from(right));
    let plot = Plot { bounds: Bounds { left, right, ..plot.bounds }, ..plot };
    let mut items =
        vec![Item::Line { points: vec![[left, axis_y], [right, axis_y]], width_px: style.hair_px(), ink: Ink::Ink2 }];
    let ticks = time_ticks(&plot, axis_y, unit, style, events.words, measure);
    items.extend(ticks.into_iter().filter(|item| matches!(item, Item::Line { .. })));
    let axis_part = Part { id: "axis".to_owned(), title: String::new(), items };
    let mut told = flags_along(&told.chosen, &scale, (axis_y, 26.0), style, body, events.words, measure);
    told.parts.insert(0, axis_part);
    told
}
