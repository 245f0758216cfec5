//! What a figure is to be: kind, size, looks, words. The export sheet sets it, the command line fills it, an
//! exported picture carries it.

use super::{Desk, Facets, Lang};
use crate::corpus::Period;
use serde::{Deserialize, Serialize};

/// What a figure shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FigureKind {
    /// The events.
    Timeline,
    /// One measure, or several, over time.
    #[default]
    Series,
    /// The events above the measures, on one time axis.
    Both,
}

/// The kinds of figure sizes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Preset {
    /// 800 × 450: for a report, 16:9.
    #[default]
    Article,
    /// 540 × 540: for a feed.
    Square,
    /// 400 × 320: one column of a journal.
    Column,
    /// 960 × 540: for a slide.
    Slide,
    /// 1123 × 794: an A4 sheet lying on its side, 96 pixels an inch.
    A4,
    /// 794 × 1123: an A4 sheet.
    Page,
}

impl Preset {
    /// In the order in which the export sheet shows them.
    pub const ALL: [Self; 6] = [Self::Article, Self::Square, Self::Column, Self::Slide, Self::A4, Self::Page];

    /// Width and height in logical pixels.
    pub const fn size(self) -> [f32; 2] {
        match self {
            Self::Article => [800.0, 450.0],
            Self::Square => [540.0, 540.0],
            Self::Column => [400.0, 320.0],
            Self::Slide => [960.0, 540.0],
            Self::A4 => [1123.0, 794.0],
            Self::Page => [794.0, 1123.0],
        }
    }
}

/// Width and height of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FigureSize {
    /// One of the ready-made ones, with its own type.
    Preset(Preset),
    /// Logical pixels.
    Own([f32; 2]),
}

impl Default for FigureSize {
    fn default() -> Self {
        Self::Preset(Preset::default())
    }
}

impl FigureSize {
    /// Width and height in logical pixels.
    pub const fn logical(self) -> [f32; 2] {
        match self {
            Self::Preset(preset) => preset.size(),
            Self::Own(size) => size,
        }
    }
}

/// The colours of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Look {
    /// Dark ink on white.
    #[default]
    Light,
    /// Light ink on a dark ground.
    Dark,
    /// Black on white; series are told apart by their strokes.
    Print,
}

/// How a figure is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FigureFormat {
    /// Pixels.
    #[default]
    Png,
    /// Shapes, text as text with font names.
    Svg,
    /// Shapes, text as outlines: the same on every machine.
    SvgOutlines,
    /// Shapes on a page, fonts subset.
    Pdf,
}

impl FigureFormat {
    /// In the order in which the export sheet shows them.
    pub const ALL: [Self; 4] = [Self::Png, Self::Svg, Self::SvgOutlines, Self::Pdf];

    /// The ending of the file's name.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Svg | Self::SvgOutlines => "svg",
            Self::Pdf => "pdf",
        }
    }

    /// The format that a file's ending asks for.
    pub fn of_extension(extension: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.extension().eq_ignore_ascii_case(extension))
    }
}

/// Which figures are made at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FigureBatch {
    /// One of every series.
    Series,
    /// One of every document.
    Documents,
}

/// The words around the plot. What is empty is written from the data.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct Captions {
    /// Says the finding.
    pub title: String,
    /// Measure and unit, or what was chosen.
    pub subtitle: String,
    /// What hollow, whisker and tear mean here; joined, at most two lines.
    pub note: String,
    /// Document, date, story, agency.
    pub source: String,
    /// What the figure shows, for those who do not see it.
    pub alt: String,
}

impl Captions {
    /// These words, with what is empty made: title, subtitle, note and source in this order.
    pub fn or_made(
        &self,
        title: &dyn Fn() -> String,
        subtitle: &dyn Fn() -> String,
        note: &dyn Fn() -> String,
        source: &dyn Fn() -> String,
    ) -> Self {
        let or = |given: &str, made: &dyn Fn() -> String| if given.is_empty() { made() } else { given.to_owned() };
        Self {
            title: or(&self.title, title),
            subtitle: or(&self.subtitle, subtitle),
            note: or(&self.note, note),
            source: or(&self.source, source),
            alt: self.alt.clone(),
        }
    }
}

impl Captions {
    /// These words with those of another language below them, where they differ; what stands in `given` stays alone.
    #[must_use]
    pub fn with_second(self, second: &Self, given: &Self) -> Self {
        let both = |first: String, second: &str, given: &str| {
            let is_alone = !given.is_empty() || second.is_empty() || first == second;
            if is_alone { first } else { format!("{first}\n{second}") }
        };
        Self {
            title: both(self.title, &second.title, &given.title),
            subtitle: both(self.subtitle, &second.subtitle, &given.subtitle),
            note: both(self.note, &second.note, &given.note),
            source: both(self.source, &second.source, &given.source),
            alt: both(self.alt, &second.alt, &given.alt),
        }
    }
}

/// Words at a moment of a series figure.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Annotation {
    /// When, in EDTF.
    pub date: String,
    /// What stands there.
    pub text: String,
}

/// All choices about a figure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct FigureSpec {
    /// What it shows.
    pub kind: FigureKind,
    /// Width and height.
    pub size: FigureSize,
    /// Physical pixels for one logical one.
    pub scale: f32,
    /// Colours.
    pub look: Look,
    /// No ground.
    pub transparent: bool,
    /// Language of all that the documents did not say themselves; `None` is the interface's.
    pub lang: Option<Lang>,
    /// Whether the words around the plot stand there in the other language, too.
    pub bilingual: bool,
    /// Format of the file.
    pub format: FigureFormat,
    /// Whether the wordmark is drawn.
    pub wordmark: bool,
    /// Whether the file carries its data and sources.
    pub carries_data: bool,
    /// Words around the plot.
    pub captions: Captions,
    /// The series, as (document, series); empty takes the one that tells most.
    pub series: Vec<(usize, usize)>,
    /// Which of the series that their points have gone into; `None` the one of most points.
    #[serde(default)]
    pub period: Option<Period>,
    /// Leave out what ended before (EDTF); empty for no limit.
    pub from: String,
    /// Leave out what began after (EDTF); empty for no limit.
    pub to: String,
    /// Words at moments of a series figure.
    pub annotations: Vec<Annotation>,
    /// The places whose events are shown; empty shows all.
    pub places: Vec<String>,
    /// What else its events must be.
    pub facets: Facets,
    /// What its events must have in their words, as it is typed into the search field; empty for anything.
    pub text: String,
}

impl Default for FigureSpec {
    fn default() -> Self {
        Self {
            kind: FigureKind::default(),
            size: FigureSize::default(),
            scale: 2.0,
            look: Look::default(),
            transparent: false,
            lang: None,
            bilingual: false,
            format: FigureFormat::default(),
            wordmark: true,
            carries_data: true,
            captions: Captions::default(),
            series: Vec::new(),
            period: None,
            from: String::new(),
            to: String::new(),
            annotations: Vec::new(),
            places: Vec::new(),
            facets: Facets::default(),
            text: String::new(),
        }
    }
}

impl FigureSpec {
    /// The choices that hold for the next figure, too: looks, not words or data.
    #[must_use]
    pub fn remembered(&self) -> Self {
        Self {
            captions: Captions::default(),
            series: Vec::new(),
            period: None,
            annotations: Vec::new(),
            ..Self::default()
        }
        .looks_of(self)
    }

    /// With the events that the desk shows: its filters, and what is searched for.
    #[must_use]
    pub fn filtered_as(self, desk: &Desk) -> Self {
        let places = desk.places.iter().cloned().collect();
        Self { places, facets: desk.facets.clone(), text: desk.search.trim().to_owned(), ..self }
    }

    /// These data and words with the looks of `other`.
    #[must_use]
    fn looks_of(self, other: &Self) -> Self {
        let Self { size, scale, look, transparent, lang, bilingual, format, wordmark, carries_data, .. } = *other;
        Self { size, scale, look, transparent, lang, bilingual, format, wordmark, carries_data, ..self }
    }
}
