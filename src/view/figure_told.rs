//! What the layouts of a timeline, along an axis and as a rail, have in common.

use super::{
    figure_frame::{FigureStyle, Part},
    time_glyph::TimeGlyph,
    timeline_words::Dated,
    words,
};
use crate::desk::Locale;

/// What a layout of events tells, beside what it draws.
#[derive(Debug, Clone, Default)]
pub struct Told {
    /// What is drawn.
    pub parts: Vec<Part>,
    /// The events that found a place, by their places among those that were to be shown.
    pub shown: Vec<usize>,
    /// Whether dots that stand too close were drawn as one.
    pub has_merged: bool,
}

/// Size of a flag's date.
pub fn date_px(style: &FigureStyle) -> f32 {
    (style.label_px * 0.9).max(11.0)
}

/// How long a stretch is, set as counts are: 2056 年.
pub fn length(secs: f64, locale: &Locale) -> String {
    let text = words::length(secs, locale);
    match text.find(|c: char| !c.is_ascii_digit()) {
        Some(at) if !text[at..].starts_with(' ') => format!("{} {}", &text[..at], &text[at..]),
        _ => text,
    }
}

/// The glyphs that occur, where there is something to tell apart.
pub fn key_glyphs(dated: &[Dated], is_shown: &dyn Fn(usize) -> bool) -> Vec<TimeGlyph> {
    let occurs =
        |glyph: &TimeGlyph| dated.iter().enumerate().any(|(idx, event)| event.glyph == *glyph && is_shown(idx));
    let glyphs: Vec<TimeGlyph> = TimeGlyph::ALL.into_iter().filter(occurs).collect();
    if glyphs == [TimeGlyph::Moment] { Vec::new() } else { glyphs }
}
