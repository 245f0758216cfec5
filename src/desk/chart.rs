//! What the chart pane shows: which series, how measured, on which axis, and the order of its tables.

use super::TimeWindow;
use crate::corpus::{Corpus, Period, SeriesGroup};
use serde::{Deserialize, Serialize};

/// Linear or logarithmic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum AxisScale {
    /// Linear, from zero.
    #[default]
    Linear,
    /// Logarithmic to base 10.
    Log,
}

/// What the chart pane shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum ChartMode {
    /// The series as a line.
    #[default]
    Plot,
    /// The series as a table of its points.
    Points,
    /// Every quantity of the corpus as a table.
    Quantities,
}

/// By which column the table of quantities is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum QuantityOrder {
    /// By place in the text.
    #[default]
    Place,
    /// By what is measured.
    Measure,
    /// By value, within the same unit.
    Value,
    /// By unit.
    Unit,
    /// By time.
    Time,
    /// By article.
    Article,
}

/// By which column the table of points is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum PointOrder {
    /// By time.
    #[default]
    Time,
    /// By the words as printed.
    Printed,
    /// By value.
    Value,
    /// Reported before worked out.
    How,
}

/// What of the values is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum ChartMeasure {
    /// The values themselves.
    #[default]
    Value,
    /// Each as a share of the first, which is 100.
    Index,
    /// The change against the value before, in percent.
    Change,
    /// The change against the same stretch of the year before, in percent.
    YearChange,
}

impl ChartMeasure {
    /// In the order of menus.
    pub const ALL: [Self; 4] = [Self::Value, Self::Index, Self::Change, Self::YearChange];

    /// The next one, round and round.
    pub fn next(self) -> Self {
        let at = Self::ALL.iter().position(|one| *one == self).unwrap_or(0);
        Self::ALL.get((at + 1) % Self::ALL.len()).copied().unwrap_or_default()
    }
}

/// A series that is chosen: one that a document tells, and which of those that its points have gone into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SeriesChoice {
    /// Index in `Corpus::entries`.
    pub doc: usize,
    /// Index in `Document::series`.
    pub series: usize,
    /// Monthly values, yearly ones …; `None` the one of most times.
    pub period: Option<Period>,
}

impl SeriesChoice {
    /// What chooses `group`.
    pub fn of(group: &SeriesGroup) -> Option<Self> {
        let (doc, series) = group.main_part()?;
        Some(Self { doc, series, period: group.period })
    }

    /// The group it chooses.
    pub fn group(self, corpus: &Corpus) -> Option<&SeriesGroup> {
        let mut having = corpus.index().groups().iter().filter(|group| group.has((self.doc, self.series)));
        let first = having.next()?;
        let is_meant = |group: &&SeriesGroup| self.period.is_some() && group.period == self.period;
        Some(std::iter::once(first).chain(having).find(is_meant).unwrap_or(first))
    }
}

/// The chart pane.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ChartDesk {
    /// What is shown.
    pub mode: ChartMode,
    /// The series in view; `None` is the one of most times.
    pub series: Option<SeriesChoice>,
    /// Series that are shown beside it.
    pub beside: Vec<SeriesChoice>,
    /// What of the values is shown.
    pub measure: ChartMeasure,
    /// Whether a linear axis begins near the least value, not at zero.
    pub is_fitted: bool,
    /// Linear or logarithmic.
    pub scale: AxisScale,
    /// Whether the time axis is the timeline's.
    pub is_linked: bool,
    /// What is in view when not linked; `None` shows all.
    pub window: Option<TimeWindow>,
    /// Values in view on the axis as drawn (powers of ten on a logarithmic one); `None` shows all.
    #[serde(skip)]
    pub values: Option<[f64; 2]>,
    /// Sort column of the table of quantities.
    pub order: QuantityOrder,
    /// Whether it runs downwards.
    pub is_descending: bool,
    /// Sort column of the table of points.
    pub point_order: PointOrder,
    /// Whether that runs downwards.
    pub points_are_descending: bool,
    /// Words that a row of the table must hold.
    pub quantity_filter: String,
}

/// No more series than these are shown together: so many have a colour and a mark of their own.
pub const MAX_SERIES_TOGETHER: usize = 6;

impl ChartDesk {
    /// Which of the corpus's [series](crate::corpus::index::EventIndex::groups) is in view: the one named, else the
    /// first.
    pub fn group<'a>(&self, corpus: &'a Corpus) -> Option<&'a SeriesGroup> {
        self.series.and_then(|choice| choice.group(corpus)).or_else(|| corpus.index().groups().first())
    }

    /// The series in view and those beside it, each once.
    pub fn groups<'a>(&self, corpus: &'a Corpus) -> Vec<&'a SeriesGroup> {
        let mut out: Vec<&SeriesGroup> = self.group(corpus).into_iter().collect();
        for group in self.beside.iter().filter_map(|choice| choice.group(corpus)) {
            if !out.iter().any(|known| std::ptr::eq(*known, group)) {
                out.push(group);
            }
        }
        out.truncate(MAX_SERIES_TOGETHER);
        out
    }

    /// Shows a series with a point of this one, given as document and series; none other where one is shown.
    pub(super) fn show_point(&mut self, doc: usize, series: usize, corpus: &Corpus) {
        if !self.groups(corpus).iter().any(|group| group.has((doc, series))) {
            self.series = Some(SeriesChoice { doc, series, period: None });
            self.beside.clear();
        }
    }

    /// Shows `choice` beside the others, or no longer.
    pub(super) fn toggle_beside(&mut self, choice: SeriesChoice, corpus: &Corpus) {
        let Some(group) = choice.group(corpus) else { return };
        let is_same = |other: &SeriesChoice| other.group(corpus).is_some_and(|other| std::ptr::eq(other, group));
        if self.group(corpus).is_some_and(|shown| std::ptr::eq(shown, group)) {
            // The first of the others takes its place.
            if !self.beside.is_empty() {
                self.series = Some(self.beside.remove(0));
            }
        } else if let Some(at) = self.beside.iter().position(is_same) {
            self.beside.remove(at);
        } else if self.beside.len() + 1 < MAX_SERIES_TOGETHER {
            self.series = self.group(corpus).and_then(SeriesChoice::of);
            self.beside.push(choice);
        }
    }
}
