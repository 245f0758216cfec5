//! The desk itself: everything a view depends on besides the corpus.

use super::{ChartDesk, FigureSpec, Hints, Lang, Locale, Mark, PageDesk, PageWish, Passage, TimeStyle, WordStyle};
use crate::{
    corpus::{
        Corpus,
        when::{DAY_SECS, Exactness},
    },
    model::{ArticleKind, TableChoice, Undated},
    text::{Article, Role},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Light, dark, or as the system has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ThemeChoice {
    /// As the system has it.
    #[default]
    System,
    /// Dark ink on paper.
    Light,
    /// Light ink on a dark ground.
    Dark,
}

/// A stretch of the time axis in seconds from 1970 (negative before), `start < end`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct TimeWindow {
    /// Left edge.
    pub start: f64,
    /// Right edge.
    pub end: f64,
}

/// What the window made of the choices that were left to it. The panes tell ([`super::Command::See`]), so that a
/// command that turns something round turns round what is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// The window is too narrow for a sidebar beside the panes.
    pub is_narrow: bool,
    /// The timeline is a list.
    pub is_list: bool,
    /// The axis is folded.
    pub is_folded: bool,
    /// The why card is folded to two lines.
    pub why_is_folded: bool,
    /// The source pane shows the sources of the selection beside each other.
    pub shows_sources: bool,
    /// The page of a PDF that is to be shown.
    pub page: Option<PageWish>,
}

impl Default for Seen {
    fn default() -> Self {
        Self {
            is_narrow: false,
            is_list: false,
            is_folded: true,
            why_is_folded: false,
            shows_sources: false,
            page: None,
        }
    }
}

/// One part of [`Seen`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sight {
    /// [`Seen::is_narrow`].
    Narrow(bool),
    /// [`Seen::is_list`].
    List(bool),
    /// [`Seen::is_folded`].
    Folded(bool),
    /// [`Seen::why_is_folded`].
    WhyFolded(bool),
    /// [`Seen::shows_sources`].
    Sources(bool),
    /// [`Seen::page`].
    Page(Option<PageWish>),
}

impl Seen {
    /// With this part as it is now.
    pub const fn with(mut self, sight: Sight) -> Self {
        match sight {
            Sight::Narrow(now) => self.is_narrow = now,
            Sight::List(now) => self.is_list = now,
            Sight::Folded(now) => self.is_folded = now,
            Sight::WhyFolded(now) => self.why_is_folded = now,
            Sight::Sources(now) => self.shows_sources = now,
            Sight::Page(now) => self.page = now,
        }
        self
    }
}

/// Axis or list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum TimelineMode {
    /// Lanes along an axis.
    Axis,
    /// Rows along a vertical rail (年表).
    List,
}

/// Whether long empty stretches are torn out of the axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum FoldChoice {
    /// Folded where the continuous axis would leave more than half of the events in clusters.
    #[default]
    Auto,
    /// 分段轴.
    Folded,
    /// 连续轴.
    Continuous,
}

/// What makes a lane.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Grouping {
    /// What suits the documents: stories of a page, places of a collection.
    #[default]
    Auto,
    /// 按文章.
    Article,
    /// 按地点.
    Place,
    /// 按文档.
    Document,
    /// 按类别: news, photographs, briefs.
    Kind,
    /// 按标签: the user's own words. What has several tags stands in each of their lanes.
    Tag,
    /// 不分.
    None,
}

impl Grouping {
    /// In the order in which `G` goes through them.
    pub const ALL: [Self; 6] = [Self::Article, Self::Place, Self::Document, Self::Kind, Self::Tag, Self::None];
}

/// A change of the window that only the pane can work out, for it knows the axis: with a fold, half of the
/// screen is not half of the time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Nudge {
    /// Zoom about the middle: the window's length on screen times this (0.5 shows half as much).
    Zoom(f64),
    /// Move by this share of the window's length on screen, negative to the left.
    Pan(f64),
    /// Bring the selection into view, zooming only where it is inside a cluster.
    Centre,
    /// Move the selection to the middle.
    Middle,
    /// Zoom to the selection.
    FitSelection,
    /// Select the event nearest in time so many lanes down, negative up.
    Lane(i32),
    /// Fold the lane of the selection into one row, or open it.
    FoldLane,
    /// Fold all lanes.
    FoldLanes,
    /// Move the lane of the selection so many places down, negative up.
    MoveLane(i32),
}

/// What events must be to be shown, beside their places; an empty set lets all through.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Facets {
    /// How exactly their time is known.
    pub exactness: BTreeSet<Exactness>,
    /// The kind of their article.
    pub kinds: BTreeSet<ArticleKind>,
    /// Their document, by index in `Corpus::entries`.
    pub documents: BTreeSet<usize>,
    /// A period they must touch.
    pub period: Option<TimeWindow>,
    /// The user's own tags, one of which they must have; the empty word stands for none.
    pub tags: BTreeSet<String>,
}

impl Facets {
    /// Whether they let everything through.
    pub fn is_open(&self) -> bool {
        *self == Self::default()
    }
}

/// The timeline pane.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct TimelineDesk {
    /// Axis or list; `None` leaves it to the width of the pane.
    pub mode: Option<TimelineMode>,
    /// What is in view; `None` shows all.
    pub window: Option<TimeWindow>,
    /// Folded or not.
    pub fold: FoldChoice,
    /// Cuts the user opened, by the moment (seconds) in the middle of the torn stretch.
    pub opened_cuts: Vec<f64>,
    /// What makes a lane.
    pub grouping: Grouping,
    /// How far the lanes are scrolled down, in pixels.
    pub scroll_px: f32,
    /// Lanes folded into one row, by key (`view::grouping::LaneName`): the same in every language.
    pub folded_lanes: BTreeSet<String>,
    /// The order the user gave lanes, by key; lanes that are not named follow in their own.
    #[serde(default)]
    pub lane_order: Vec<String>,
    /// Whether the axis goes from the very first event to the very last, however few lie far off.
    #[serde(skip)]
    pub shows_far: bool,
    /// Whether lanes of density share one scale.
    #[serde(default)]
    pub has_same_height: bool,
    /// Asked for by a command; the pane answers with [`super::Command::SetTimeWindow`], which clears it.
    #[serde(skip)]
    pub nudge: Option<Nudge>,
}

/// The source pane.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SourceDesk {
    /// Document in view.
    pub doc: usize,
    /// Article in view.
    pub article: usize,
    /// 按原样显示: the file as it is, with line numbers.
    pub is_as_printed: bool,
    /// Whether the why card is folded to two lines; `None` leaves it to the height of the pane.
    pub why_is_folded: Option<bool>,
    /// 来源对照: the sources of the selection beside each other, where there are several.
    #[serde(skip)]
    pub compares_sources: bool,
    /// The page of a PDF beside its text.
    #[serde(default)]
    pub page: PageDesk,
    /// Counts up whenever the selection should be scrolled into view.
    #[serde(skip)]
    pub scroll_request: u64,
}

impl SourceDesk {
    /// The article that a document opens with: its first one that says anything below its headline.
    pub fn opening(corpus: &Corpus, doc: usize) -> usize {
        let Some(entry) = corpus.entries.get(doc) else { return 0 };
        let has_body = |article: &Article| article.blocks.iter().any(|block| block.role == Role::Body);
        entry.articles.iter().position(has_body).unwrap_or(0)
    }
}

/// A pane of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Pane {
    /// Documents, series, places.
    Sidebar,
    /// Events along time.
    Timeline,
    /// Numbers along time.
    Chart,
    /// The text.
    Source,
}

/// Which panes are open and how large. Sizes are logical pixels; `None` is the default of the width class.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Panes {
    /// Sidebar open; `None` leaves it to the window's width.
    pub sidebar: Option<bool>,
    /// Timeline open.
    pub timeline: bool,
    /// Chart open.
    pub chart: bool,
    /// Source open.
    pub source: bool,
    /// Width of the sidebar.
    pub sidebar_width_px: Option<f32>,
    /// Width of the source pane.
    pub source_width_px: Option<f32>,
    /// Height of the chart pane.
    pub chart_height_px: Option<f32>,
    /// The pane in front where several share a place.
    pub tab: Pane,
}

impl Default for Panes {
    fn default() -> Self {
        Self {
            sidebar: None,
            timeline: true,
            chart: true,
            source: true,
            sidebar_width_px: None,
            source_width_px: None,
            chart_height_px: None,
            tab: Pane::Source,
        }
    }
}

/// How the tables of the statistics page are sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum SummaryOrder {
    /// Most first.
    #[default]
    Count,
    /// By time, else by name.
    Name,
}

/// More documents than these are a collection.
pub const COLLECTION_FROM: usize = 12;

/// What lies over the window; at most one at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Overlay {
    /// Search results below the field.
    Search,
    /// The command palette.
    Palette,
    /// Settings.
    Settings,
    /// The shortcut sheet.
    Shortcuts,
    /// The list of warnings.
    Warnings,
    /// 成文日期: where the writing date came from, change it.
    WritingDate,
    /// 编码: which encoding the text is read in.
    Encoding,
    /// 列的用法: what the columns of a table of records are for.
    Columns,
    /// The export sheet.
    Export,
    /// About the program.
    About,
    /// What was found, counted.
    Summary,
    /// 更正: the date, the value and what is measured.
    Correct,
    /// The selected event's title.
    Rename,
    /// A note on the selected event.
    Note,
    /// The tags of the selected event, or of those that are picked.
    Tag,
    /// Which title stays of the events that are merged.
    Merge,
    /// 更改: what was corrected.
    Changes,
    /// The sidebar, where the window is too narrow to show it beside the panes.
    Sidebar,
}

/// How the program looks and writes, in every document; what is missing in a file has its default.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Language of the interface.
    pub lang: Lang,
    /// Colours.
    pub theme: ThemeChoice,
    /// Interface size in per cent, 80–200.
    pub ui_scale_percent: u32,
    /// Size of the reading type in logical pixels, 14–22.
    pub reading_size_px: u32,
    /// Stronger lines and outlines.
    pub has_high_contrast: bool,
    /// Nothing moves by itself.
    pub has_less_motion: bool,
    /// How dates and numbers are written.
    pub word_style: WordStyle,
    /// What stands beside a date.
    pub time_style: TimeStyle,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            lang: Lang::default(),
            theme: ThemeChoice::default(),
            ui_scale_percent: 100,
            reading_size_px: 16,
            has_high_contrast: false,
            has_less_motion: false,
            word_style: WordStyle::default(),
            time_style: TimeStyle::default(),
        }
    }
}

impl Settings {
    /// With sizes as large as they may be; a file may say anything.
    #[must_use]
    pub fn within_bounds(self) -> Self {
        Self {
            ui_scale_percent: self.ui_scale_percent.clamp(80, 200),
            reading_size_px: self.reading_size_px.clamp(14, 22),
            ..self
        }
    }
}

/// All that a view depends on besides the corpus.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Desk {
    /// How the program looks and writes.
    #[serde(flatten)]
    pub settings: Settings,
    /// Panes and their sizes.
    pub panes: Panes,
    /// Hints that are no longer needed.
    #[serde(skip)]
    pub hints: Hints,
    /// The timeline pane.
    pub timeline: TimelineDesk,
    /// The chart pane.
    pub chart: ChartDesk,
    /// The source pane.
    pub source: SourceDesk,
    /// Places that are ticked in the sidebar; empty shows all.
    pub places: BTreeSet<String>,
    /// The figure that the export sheet makes.
    pub figure: FigureSpec,
    /// What the columns of tables of records are for, where the user said so; the latest first.
    pub tables: Vec<TableChoice>,
    /// When documents are taken to be written that do not tell.
    pub undated: Undated,
    /// What else events must be to be shown.
    #[serde(skip)]
    pub facets: Facets,
    /// What is selected.
    #[serde(skip)]
    pub selection: Option<Mark>,
    /// Events that were picked beside the selection, to be merged.
    #[serde(skip)]
    pub picked: BTreeSet<Mark>,
    /// Words that are selected in the text.
    #[serde(skip)]
    pub passage: Option<Passage>,
    /// Whether hidden events are shown, dimmed.
    #[serde(skip)]
    pub shows_hidden: bool,
    /// The time of the clock, in seconds from 1970; the shell sets it before a correction is made.
    #[serde(skip)]
    pub clock_secs: i64,
    /// Why the last command came to nothing, as a key of the locale; the shell says it and clears it.
    #[serde(skip)]
    pub refusal: Option<&'static str>,
    /// What the pointer is over.
    #[serde(skip)]
    pub hover: Option<Mark>,
    /// Earlier selections, latest last.
    #[serde(skip)]
    pub back: Vec<Mark>,
    /// Selections gone back from, next first at the end.
    #[serde(skip)]
    pub forward: Vec<Mark>,
    /// What lies over the window.
    #[serde(skip)]
    pub overlay: Option<Overlay>,
    /// The text of the search field.
    #[serde(skip)]
    pub search: String,
    /// Order of the statistics page.
    #[serde(skip)]
    pub summary_order: SummaryOrder,
    /// What the window made of choices left to it.
    #[serde(skip)]
    pub seen: Seen,
}

impl Desk {
    /// The words of its language, in its style.
    pub fn locale(&self) -> &'static Locale {
        Locale::styled(self.settings.lang, self.settings.word_style)
    }

    /// What a look at all begins with: of a collection the time its documents were written in, not all they tell of;
    /// `None` where that is the whole axis.
    pub fn home_window(corpus: &Corpus) -> Option<TimeWindow> {
        let index = corpus.index();
        let (first, last) = index.written_extent().filter(|_| index.n_docs() > COLLECTION_FROM)?;
        let (start, end) = (f64::from(first) * DAY_SECS, f64::from(last + 1) * DAY_SECS);
        let pad = (end - start) * 0.02;
        Some(TimeWindow { start: start - pad, end: end + pad })
    }

    /// Begins a look at a collection with [its home](Self::home_window).
    pub fn frame_collection(&mut self, corpus: &Corpus) {
        self.timeline.window = Self::home_window(corpus).or(self.timeline.window);
    }

    /// Whether anything is kept from being shown.
    pub fn is_filtered(&self) -> bool {
        !self.places.is_empty() || !self.facets.is_open()
    }

    /// Whether the ticked places let this event through. The empty name stands for events that name no place.
    pub fn shows_place(&self, place: Option<&str>) -> bool {
        self.places.is_empty() || self.places.contains(place.unwrap_or_default())
    }
}
