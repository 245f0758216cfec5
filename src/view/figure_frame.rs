//! A figure as geometry: what every figure has around its plot (title, subtitle, notes, source line), in
//! logical pixels, without painting.
//!
//! ```text
//! title            says the finding
//! subtitle         measure, unit, span
//! ┌ body ────────────────────────────┐
//! │ laid out by figure_series,       │
//! │ figure_timeline                  │
//! └──────────────────────────────────┘
//! ────────────────────────────────────  hairline
//! notes, source line        ■ nianbiao
//! ```
//!
//! Text is placed by its baseline. How wide it is only the caller knows: [`Measure`].

use super::{
    text_lines::{balanced, elided, lines},
    time_glyph::TimeGlyph,
};
use crate::desk::{Captions, FigureSize, Preset};

/// The faces of figures; numbers are tabular in both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Face {
    /// Noto Sans SC.
    Sans,
    /// Noto Sans SC Bold.
    Bold,
}

/// How wide `text` is in `face` at `size_px`.
pub type Measure<'a> = dyn Fn(&str, Face, f32) -> f32 + 'a;

/// The colours a figure uses, by their token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ink {
    /// Text.
    Ink,
    /// Secondary text.
    Ink2,
    /// Ticks, captions.
    Ink3,
    /// Grid lines.
    Hair,
    /// Leaders.
    Line,
    /// Axis line and ticks.
    Control,
    /// Dates and event glyphs.
    Time,
    /// The series with this number, from 0; from the seventh on all are grey.
    Series(u8),
    /// The wordmark's square.
    Selected,
    /// A claim that does not hold.
    Error,
}

/// How the line between two points is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Dash {
    /// Unbroken.
    Solid,
    /// 5 on, 3 off: leads to or from a derived point.
    Dashed,
    /// Dots: a stretch without figures.
    Dotted,
}

/// One thing to be painted.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// A line of text; `at` is the left end of its baseline.
    Text {
        /// Left end of the baseline.
        at: [f32; 2],
        /// The words.
        text: String,
        /// The face.
        face: Face,
        /// Size in logical pixels.
        size_px: f32,
        /// Colour.
        ink: Ink,
    },
    /// A line through points.
    Line {
        /// At least two points.
        points: Vec<[f32; 2]>,
        /// Thickness.
        width_px: f32,
        /// Colour.
        ink: Ink,
    },
    /// A run of a series: neighbouring points joined in one way.
    Run {
        /// At least two points, in order of time.
        points: Vec<[f32; 2]>,
        /// Pattern: what is known in between.
        dash: Dash,
        /// Colour.
        ink: Ink,
        /// 1 for the size it has in the window.
        zoom: f32,
    },
    /// Dots on an axis that stand too close to be told apart: a rectangle with round ends.
    Pill {
        /// Left, top, right, bottom.
        bounds: Bounds,
        /// Colour.
        ink: Ink,
    },
    /// The whisker of an approximate time.
    Whisker {
        /// Its ends.
        x: [f32; 2],
        /// The point's height.
        y: f32,
        /// Colour.
        ink: Ink,
        /// 1 for the size it has in the window.
        zoom: f32,
    },
    /// A filled rectangle.
    Block {
        /// Left, top, right, bottom.
        bounds: Bounds,
        /// Colour.
        ink: Ink,
    },
    /// A point of a series.
    Point {
        /// Its centre.
        at: [f32; 2],
        /// Radius.
        radius_px: f32,
        /// Derived points are hollow.
        hollow: bool,
        /// Which of the six marks, from 0.
        shape: u8,
        /// Colour.
        ink: Ink,
    },
    /// The glyph of a time on an axis.
    Glyph {
        /// Which.
        glyph: TimeGlyph,
        /// Left and right end of the interval.
        x: [f32; 2],
        /// The axis.
        y: f32,
        /// 1 for the size it has in the window.
        zoom: f32,
    },
}

/// A group of items that belong together: an event with its flag, a point with its label.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// Unique in the figure; the `id` in an SVG.
    pub id: String,
    /// What it is, in words; the tooltip in an SVG. Empty where the text says it all.
    pub title: String,
    /// In order of painting.
    pub items: Vec<Item>,
}

/// A finished figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Width and height in logical pixels.
    pub size: [f32; 2],
    /// In order of painting.
    pub parts: Vec<Part>,
    /// The title as drawn.
    pub title: String,
    /// All words around the plot, as drawn or made.
    pub captions: Captions,
    /// What the figure shows, for those who do not see it.
    pub alt_text: String,
}

impl Figure {
    /// Nothing, in this size.
    pub fn empty(size: [f32; 2]) -> Self {
        Self { size, parts: Vec::new(), title: String::new(), captions: Captions::default(), alt_text: String::new() }
    }
}

/// A rectangle in logical pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    /// Left.
    pub left: f32,
    /// Top.
    pub top: f32,
    /// Right.
    pub right: f32,
    /// Bottom.
    pub bottom: f32,
}

impl Bounds {
    /// Around a line of text with its baseline at `at`.
    pub fn of_text(at: [f32; 2], width: f32, size_px: f32) -> Self {
        Self { left: at[0], top: at[1] - size_px * 0.88, right: at[0] + width, bottom: at[1] + size_px * 0.14 }
    }

    /// Grown by `by` on every side.
    #[must_use]
    pub fn grown(self, by: f32) -> Self {
        Self { left: self.left - by, top: self.top - by, right: self.right + by, bottom: self.bottom + by }
    }

    /// The smallest that holds both.
    #[must_use]
    pub fn joined(self, other: Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    /// Whether they share some area.
    pub fn meets(self, other: Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }

    /// Whether `other` lies inside.
    pub fn holds(self, other: Self) -> bool {
        self.left <= other.left && other.right <= self.right && self.top <= other.top && other.bottom <= self.bottom
    }

    /// Whether the line from `a` to `b` comes inside (Liang and Barsky's clipping).
    pub fn meets_line(self, a: [f32; 2], b: [f32; 2]) -> bool {
        let (mut enter, mut leave) = (0.0_f32, 1.0_f32);
        for axis in 0..2 {
            let (low, high) = if axis == 0 { (self.left, self.right) } else { (self.top, self.bottom) };
            let (from, step) = (a[axis], b[axis] - a[axis]);
            if step == 0.0 {
                if from < low || from > high {
                    return false;
                }
                continue;
            }
            let (t0, t1) = ((low - from) / step, (high - from) / step);
            enter = enter.max(t0.min(t1));
            leave = leave.min(t0.max(t1));
        }
        enter <= leave
    }
}

/// Sizes of a figure and its type, in logical pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FigureStyle {
    /// Width and height.
    pub size: [f32; 2],
    /// Left and right margin.
    pub margin: f32,
    /// Type sizes.
    pub title_px: f32,
    /// Below the title.
    pub subtitle_px: f32,
    /// Labels of points and events.
    pub label_px: f32,
    /// Ticks.
    pub tick_px: f32,
    /// Notes and source line.
    pub note_px: f32,
    /// How many events a timeline shows at most.
    pub max_events: usize,
    /// Whether the timeline stands upright.
    pub upright: bool,
    /// Whether the wordmark is drawn.
    pub wordmark: bool,
}

impl FigureStyle {
    /// The style of a size.
    pub fn of(size: FigureSize) -> Self {
        match size {
            FigureSize::Preset(preset) => Self::of_preset(preset),
            FigureSize::Own([width, height]) => Self::of_size(width, height),
        }
    }

    /// The style of a preset.
    pub fn of_preset(preset: Preset) -> Self {
        let size = preset.size();
        match preset {
            Preset::Article => Self::new(size, 30.0, [23.0, 13.5, 12.5, 11.5, 11.0], 12, false),
            Preset::Square => Self::new(size, 28.0, [24.0, 14.0, 14.0, 13.0, 12.0], 9, true),
            Preset::Column => Self::new(size, 20.0, [17.0, 12.0, 11.5, 11.0, 11.0], 7, true),
            Preset::Slide => Self::new(size, 40.0, [30.0, 17.0, 16.0, 14.0, 13.0], 9, false),
            Preset::A4 => Self::new(size, 48.0, [30.0, 17.0, 15.0, 13.5, 12.0], 18, false),
            Preset::Page => Self::new(size, 44.0, [27.0, 15.5, 14.0, 13.0, 12.0], 24, true),
        }
    }

    /// The style of an own size: the article figure's type, larger with the canvas so that a larger picture is the
    /// same picture; smaller ones keep readable type, nothing under 11.
    pub fn of_size(width: f32, height: f32) -> Self {
        // A wide, flat picture must not get type for its width, nor a tall, narrow one for its height.
        let share = (width.min(height * 16.0 / 9.0) / 800.0).max(0.0);
        let zoom = if share > 1.0 { share } else { share.sqrt() };
        let sizes = [23.0, 13.5, 12.5, 11.5, 11.0].map(|size: f32| (size * zoom * 2.0).round().max(22.0) / 2.0);
        let upright = height >= width * 0.9 || width < 480.0;
        // Rows of 24 between head and foot, or flags along the axis.
        let n_rows = ((height - 170.0 * zoom.max(1.0)) / (24.0 * zoom.max(1.0))).clamp(2.0, 24.0) as usize;
        let max_events = if upright { n_rows } else { 12 };
        Self::new([width, height], (width * 0.0375).max(20.0), sizes, max_events, upright)
    }

    const fn new(size: [f32; 2], margin: f32, type_px: [f32; 5], max_events: usize, upright: bool) -> Self {
        let [title_px, subtitle_px, label_px, tick_px, note_px] = type_px;
        Self { size, margin, title_px, subtitle_px, label_px, tick_px, note_px, max_events, upright, wordmark: true }
    }

    /// How large things are beside the article figure.
    pub fn zoom(&self) -> f32 {
        self.label_px / 12.5
    }

    /// Thickness of grid lines, leaders and ticks; the painter rounds it to whole pixels.
    pub fn hair_px(&self) -> f32 {
        self.zoom().max(1.0)
    }

    /// The whole picture.
    pub const fn canvas(&self) -> Bounds {
        Bounds { left: 0.0, top: 0.0, right: self.size[0], bottom: self.size[1] }
    }
}

/// A plot is never lower than so much times [`FigureStyle::zoom`]: words around it give way.
const LEAST_PLOT_PX: f32 = 96.0;

/// Lays out the words around the plot; returns their part and the room that is left. On a canvas too low for all of
/// them the subtitle goes, then the notes.
pub fn frame(style: &FigureStyle, captions: &Captions, measure: &Measure<'_>) -> (Part, Bounds) {
    let mut captions = captions.clone();
    loop {
        let mut items = Vec::new();
        let head_bottom = head(style, &captions, measure, &mut items);
        let foot_top = foot(style, &captions, measure, &mut items);
        if foot_top - head_bottom < LEAST_PLOT_PX * style.zoom() {
            let dispensable = [&mut captions.subtitle, &mut captions.note].into_iter().find(|text| !text.is_empty());
            if let Some(text) = dispensable {
                text.clear();
                continue;
            }
        }
        let right = style.size[0] - style.margin;
        let body = Bounds { left: style.margin, top: head_bottom, right, bottom: foot_top.max(head_bottom) };
        return (Part { id: "frame".to_owned(), title: String::new(), items }, body);
    }
}

/// Title and subtitle; returns the baseline of the last line.
fn head(style: &FigureStyle, captions: &Captions, measure: &Measure<'_>, items: &mut Vec<Item>) -> f32 {
    let width = style.size[0] - 2.0 * style.margin;
    let mut baseline = style.margin + style.title_px * 0.7;
    let mut size_px = style.title_px;
    let title_width = |text: &str, size_px: f32| measure(text, Face::Bold, size_px);
    // A second line given apart is the title in another language, and the subtitle's likewise.
    let (title, second) = captions.title.split_once('\n').unwrap_or((&captions.title, ""));
    let second = second.replace('\n', " ");
    // A title that would need a third line is set smaller first.
    while lines(title, width, &|text| title_width(text, size_px)).len() > 2 && size_px > style.title_px * 0.75 {
        size_px -= 0.5;
    }
    let mut title_lines = balanced(title, width, &|text| title_width(text, size_px));
    if title_lines.len() > 2 {
        let rest = title_lines.split_off(1).concat();
        title_lines.push(elided(&rest, width, &|text| title_width(text, size_px)));
    }
    for (idx, text) in title_lines.into_iter().enumerate() {
        baseline += if idx > 0 { size_px * 1.32 } else { 0.0 };
        items.push(Item::Text { at: [style.margin, baseline], text, face: Face::Bold, size_px, ink: Ink::Ink });
    }
    if !second.is_empty() {
        let size_px = (style.title_px * 0.7).max(style.subtitle_px);
        baseline += size_px * 1.45;
        let text = elided(&second, width, &|text| title_width(text, size_px));
        items.push(Item::Text { at: [style.margin, baseline], text, face: Face::Bold, size_px, ink: Ink::Ink2 });
    }
    if !captions.subtitle.is_empty() {
        let size_px = style.subtitle_px;
        baseline += size_px * 0.45;
        let sub_width = |text: &str| measure(text, Face::Sans, size_px);
        for text in paragraphs(&captions.subtitle, width, &sub_width) {
            baseline += size_px * 1.35;
            items.push(Item::Text { at: [style.margin, baseline], text, face: Face::Sans, size_px, ink: Ink::Ink2 });
        }
    }
    baseline
}

/// Hairline, notes, source line and wordmark; returns where the hairline is.
fn foot(style: &FigureStyle, captions: &Captions, measure: &Measure<'_>, items: &mut Vec<Item>) -> f32 {
    let size_px = style.note_px;
    let (left, right) = (style.margin, style.size[0] - style.margin);
    let baseline = style.size[1] - style.margin * 0.73;
    let line_px = (size_px * 1.55).round();
    let width_of = |text: &str| measure(text, Face::Sans, size_px);
    let mut wordmark_left = right;
    if style.wordmark {
        let word_width = measure("nianbiao", Face::Bold, size_px);
        let side = (size_px * 0.55).round();
        let word_left = right - word_width;
        wordmark_left = word_left - side * 1.8;
        let bounds = Bounds {
            left: wordmark_left,
            top: baseline - side - 1.0,
            right: wordmark_left + side,
            bottom: baseline - 1.0,
        };
        items.push(Item::Block { bounds, ink: Ink::Selected });
        items.push(Item::Text {
            at: [word_left, baseline],
            text: "nianbiao".to_owned(),
            face: Face::Bold,
            size_px,
            ink: Ink::Ink3,
        });
    }
    let sources: Vec<&str> = captions.source.lines().take(2).collect();
    for (row, source) in sources.iter().rev().enumerate() {
        let room = if row == 0 { wordmark_left - left - size_px } else { right - left };
        let at = [left, baseline - line_px * row as f32];
        let text = elided(source, room, &width_of);
        items.push(Item::Text { at, text, face: Face::Sans, size_px, ink: Ink::Ink3 });
    }
    let baseline = baseline - line_px * (sources.len().max(1) as f32 - 1.0);
    let notes = if captions.note.is_empty() { Vec::new() } else { paragraphs(&captions.note, right - left, &width_of) };
    let mut top = baseline - line_px * notes.len() as f32;
    for (idx, text) in notes.into_iter().enumerate() {
        let at = [left, top + line_px * idx as f32];
        items.push(Item::Text { at, text, face: Face::Sans, size_px, ink: Ink::Ink2 });
    }
    top = (top - size_px * 1.6).round() + 0.5;
    items.push(Item::Line { points: vec![[left, top], [right, top]], width_px: style.hair_px(), ink: Ink::Hair });
    top
}

/// Two lines at most: those of a text of two languages, each as far as it goes, or one text broken into two.
fn paragraphs(text: &str, width: f32, width_of: &dyn Fn(&str) -> f32) -> Vec<String> {
    if text.contains('\n') {
        return text.lines().take(2).map(|line| elided(line, width, width_of)).collect();
    }
    limited(lines(text, width, width_of), 2, width, width_of)
}

/// The first `n_max` lines, the last of them elided where more follow.
fn limited(mut all: Vec<String>, n_max: usize, width: f32, width_of: &dyn Fn(&str) -> f32) -> Vec<String> {
    if all.len() > n_max && n_max > 0 {
        let rest = all.split_off(n_max - 1).concat();
        all.push(elided(&rest, width, width_of));
    }
    all
}
