//! Every action of the user, once. Menu, palette, shortcuts, tooltips and help are all derived from here.

use super::{
    AxisScale, CalendarStyle, ChartMeasure, ChartMode, Correction, FigureBatch, FigureKind, FigureSpec, FoldChoice,
    Grouping, Hint, Lang, Mark, NumberStyle, Overlay, PageZoom, Pane, Passage, PointOrder, QuantityOrder, SeriesChoice,
    Sight, SummaryOrder, ThemeChoice, TimeWindow, TimelineMode, WeekStart, YearStyle,
};
use crate::{
    corpus::when::Exactness,
    model::{ArticleKind, TableChoice, Undated},
};
use std::{collections::BTreeSet, path::PathBuf};

/// One action. Variants without data (and some with) are listed in [`Command::listed`] and so reach the palette.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// Ask for files and open them.
    OpenFiles,
    /// Ask for a folder and open it.
    OpenFolder,
    /// Open these paths (dropped, or from the command line).
    OpenPaths(Vec<PathBuf>),
    /// Open the recent file with this number, 0 the latest.
    OpenRecent(usize),
    /// Read the text on the clipboard as a document.
    PasteText,
    /// Read this text as a document.
    OpenText(String),
    /// Open the bundled sample.
    OpenSample,
    /// Close all documents.
    CloseAll,
    /// Save all that was read as a parsed corpus (JSON).
    SaveCorpus,
    /// Save all that was read, and how the window stands, as a project; one that is open keeps itself.
    SaveProject,
    /// Stop reading and keep what has been read.
    StopReading,
    /// Go through the opened files and folders again and read what is new or has changed.
    ReadAgain,
    /// Open the export sheet for a figure of this kind.
    ExportFigure(FigureKind),
    /// The figure of the export sheet is to be like this.
    SetFigure(Box<FigureSpec>),
    /// Save the figure of the export sheet through the dialog.
    SaveFigure,
    /// Many figures like the one of the export sheet, into a folder.
    SaveFigures(FigureBatch),
    /// Stops what is being drawn and written.
    StopFigures,
    /// Copy the figure as a picture.
    CopyFigure(FigureKind),
    /// Copy this text.
    CopyText(String),
    /// Copy the table of quantities as CSV.
    CopyQuantities,
    /// Copy the points of the series in view as CSV.
    CopyPoints,
    /// Copy the sentence of the selection with its source.
    CopyCitation,
    /// Copy the selected words of the text, else the sentence of the selection, without its source.
    CopyWords,
    /// Correct what was read, as a field or a menu says.
    Correct(Correction),
    /// Hide the selection, or show it again.
    Hide,
    /// Star the selected event, or take the star away.
    Star,
    /// Make one of the events that are picked.
    Merge,
    /// Take the selected event apart from those it was merged with.
    Split,
    /// Make an event of the words selected in the text.
    AddEvent,
    /// Make a value of the words selected in the text.
    AddPoint,
    /// Show hidden events, dimmed, or leave them out.
    ToggleHidden,
    /// Pick an event beside the selection, or leave it.
    Pick(Mark),
    /// These words are selected in the text.
    SelectWords(Option<Passage>),
    /// Take the last choice or correction back.
    Undo,
    /// Make it again.
    Redo,
    /// Put the banner away.
    DismissBanner,
    /// End the program.
    Quit,

    /// Select this, scroll the text to it, centre the timeline on it.
    Select(Mark),
    /// Select nothing.
    ClearSelection,
    /// The pointer is over this.
    Hover(Option<Mark>),
    /// The next event in time.
    NextEvent,
    /// The previous event in time.
    PreviousEvent,
    /// The first event in time.
    FirstEvent,
    /// The last event in time.
    LastEvent,
    /// The next find in the text.
    NextFind,
    /// The previous find in the text.
    PreviousFind,
    /// The next article.
    NextArticle,
    /// The previous article.
    PreviousArticle,
    /// Show this article.
    ShowArticle {
        /// Index in `Corpus::entries`.
        doc: usize,
        /// Index in `Document::articles`.
        article: usize,
    },
    /// Back to the selection before.
    Back,
    /// Forward again.
    Forward,

    /// Axis or list.
    SetTimelineMode(TimelineMode),
    /// The other of axis and list.
    ToggleTimelineMode,
    /// Show this stretch of time; `None` shows all.
    SetTimeWindow(Option<TimeWindow>),
    /// Zoom in about the middle.
    ZoomIn,
    /// Zoom out about the middle.
    ZoomOut,
    /// Show what a look begins with ([`crate::desk::Desk::home_window`]); where that is in view already, all time.
    ZoomToFit,
    /// Show the selection with some room about it.
    ZoomToSelection,
    /// Bring the selection into the middle of the timeline.
    CentreSelection,
    /// Open the source at the selection.
    ShowSource,
    /// Pan by this share of the window's length (negative is earlier).
    Pan(f64),
    /// Fold the axis or not.
    SetFold(FoldChoice),
    /// The other of folded and continuous.
    ToggleFold,
    /// Open the cut about this moment (seconds).
    OpenCut(f64),
    /// What makes a lane.
    SetGrouping(Grouping),
    /// The next grouping.
    NextGrouping,
    /// Select the event nearest in time so many lanes down, negative up.
    StepLane(i32),
    /// Stretch the axis to the few events far off the others, or not.
    ToggleFar,
    /// One scale for all lanes of density, or each its own.
    ToggleSameHeight,
    /// Only events whose time is known so exactly; again to let all through.
    ToggleExactness(Exactness),
    /// Only events from articles of this kind.
    ToggleKind(ArticleKind),
    /// Only events of this document.
    ToggleDocument(usize),
    /// Only events with this tag, the empty word for those without any; again to let all through.
    ToggleTag(String),
    /// Only events that touch this period; `None` lets all through.
    SetPeriod(Option<TimeWindow>),
    /// Scroll the lanes to this offset.
    ScrollLanes(f32),
    /// Fold a lane into one row, or open it; by its key, as below.
    ToggleLane(String),
    /// The same with the lane of the selection.
    FoldLane,
    /// Fold all lanes.
    FoldLanes,
    /// Open all lanes.
    OpenLanes,
    /// These lanes are folded, all others open.
    SetFoldedLanes(BTreeSet<String>),
    /// Move the lane of the selection so many places down, negative up.
    MoveLane(i32),
    /// The lanes stand in this order.
    SetLaneOrder(Vec<String>),

    /// Show this series.
    ShowSeries(SeriesChoice),
    /// Show this series beside the others, or no longer.
    CompareSeries(SeriesChoice),
    /// Show only the series in view.
    CompareNone,
    /// Values, index or change.
    SetChartMeasure(ChartMeasure),
    /// The next of them.
    NextChartMeasure,
    /// Begin a linear axis near the least value, or at zero.
    ToggleFitted,
    /// Plot, table of points, or table of all quantities.
    SetChartMode(ChartMode),
    /// Linear or logarithmic.
    SetChartScale(AxisScale),
    /// The other of the two.
    ToggleChartScale,
    /// Tie the chart's time axis to the timeline's, or untie it.
    ToggleChartLink,
    /// Show this stretch in the chart; `None` shows all.
    SetChartWindow(Option<TimeWindow>),
    /// Show these values in the chart, as drawn (powers of ten on a logarithmic axis); `None` shows all.
    SetChartValues(Option<[f64; 2]>),
    /// Sort the table of quantities; again to turn it round.
    SortQuantities(QuantityOrder),
    /// Sort the table of points; again to turn it round.
    SortPoints(PointOrder),
    /// Sort the tables of the statistics page.
    SetSummaryOrder(SummaryOrder),
    /// Filter the table of quantities.
    FilterQuantities(String),

    /// 按原样显示 or set for reading.
    ToggleAsPrinted,
    /// Fold or open the why card.
    ToggleWhy,
    /// The sources of the selection beside each other, or the text again.
    ToggleSources,
    /// This source in full, in the text.
    ShowInFull(Mark),
    /// Show the page of a PDF, or its text alone.
    TogglePage,
    /// Turn so many pages on, negative back.
    TurnPage(isize),
    /// How large the page of a PDF is shown.
    SetPageZoom(PageZoom),
    /// The next size of the page.
    NextPageZoom,

    /// Tick or untick a place.
    TogglePlace(String),
    /// Untick all.
    ClearFilters,
    /// The text of the search field.
    Search(String),

    /// Open or close a pane.
    TogglePane(Pane),
    /// Bring a pane to the front where several share a place.
    ShowTab(Pane),
    /// Width of the sidebar; `None` is the default.
    SetSidebarWidth(Option<f32>),
    /// Width of the source pane.
    SetSourceWidth(Option<f32>),
    /// Height of the chart pane.
    SetChartHeight(Option<f32>),
    /// Lay this over the window.
    Open(Overlay),
    /// Close what lies over the window, else clear the search, else the selection.
    Escape,
    /// Language of the interface.
    SetLang(Lang),
    /// The other language.
    ToggleLang,
    /// Colours.
    SetTheme(ThemeChoice),
    /// The other of light and dark (the flag says whether it is dark now).
    ToggleTheme,
    /// Larger interface.
    LargerInterface,
    /// Smaller interface.
    SmallerInterface,
    /// Interface at 100 %.
    ResetInterface,
    /// Size of the reading type.
    SetReadingSize(u32),
    /// Stronger lines and outlines, or not.
    SetHighContrast(bool),
    /// Nothing moves by itself, or as designed.
    SetLessMotion(bool),
    /// How large numbers are shortened.
    SetNumberStyle(NumberStyle),
    /// How years before the common era are written.
    SetYearStyle(YearStyle),
    /// Which calendars stand beside the Gregorian date.
    SetCalendar(CalendarStyle),
    /// The clock (an id of `edtf::Zone`) that times of a named clock are shown by as well; `None` leaves them as stated.
    SetZone(Option<String>),
    /// The day that weeks begin with.
    SetWeekStart(WeekStart),
    /// A pane tells what it made of a choice that was left to it.
    See(Sight),
    /// The document was written then (EDTF text); everything is resolved again.
    SetWritingDate(String),
    /// The text of the document is in this encoding (a WHATWG name; empty leaves it to be guessed): it is read again.
    SetEncoding(String),
    /// The columns of tables with these names are for this; without any use their names tell again. The table on the
    /// desk is read again.
    SetColumns(TableChoice),
    /// Documents that do not tell when they were written are taken for this; those that are open are read again.
    SetUndated(Undated),
    /// Full screen on or off.
    ToggleFullScreen,
    /// This hint is put away for good.
    DismissHint(Hint),
    /// All hints come again.
    ShowHints,
}

/// A key with modifiers; the key is named as egui names it (`O`, `ArrowLeft`, `F1`, `Plus`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Shortcut {
    /// Ctrl (Command on a Mac).
    pub ctrl: bool,
    /// Shift.
    pub shift: bool,
    /// Alt.
    pub alt: bool,
    /// The key.
    pub key: &'static str,
}

/// A command as palette, menu and help list it. Its words are `command.<id>` in the locale.
#[derive(Debug, Clone)]
pub struct Listed {
    /// Stable name, also the locale key.
    pub id: &'static str,
    /// What it does.
    pub command: Command,
    /// Icon name (see `ui::icons`).
    pub icon: &'static str,
    /// Shortcuts, the first is shown.
    pub shortcuts: &'static [Shortcut],
}

const fn key(key: &'static str) -> Shortcut {
    Shortcut { ctrl: false, shift: false, alt: false, key }
}
const fn ctrl(key: &'static str) -> Shortcut {
    Shortcut { ctrl: true, shift: false, alt: false, key }
}
const fn ctrl_shift(key: &'static str) -> Shortcut {
    Shortcut { ctrl: true, shift: true, alt: false, key }
}
const fn alt(key: &'static str) -> Shortcut {
    Shortcut { ctrl: false, shift: false, alt: true, key }
}
const fn shift(key: &'static str) -> Shortcut {
    Shortcut { ctrl: false, shift: true, alt: false, key }
}

macro_rules! listed {
    ($($id:literal, $command:expr, $icon:literal, [$($shortcut:expr),*];)*) => {
        vec![$(Listed { id: $id, command: $command, icon: $icon, shortcuts: const { &[$($shortcut),*] } }),*]
    };
}

impl Shortcut {
    /// As key caps say it: `Ctrl Shift O`, `?`.
    pub fn text(self) -> String {
        let key = match self.key {
            "Comma" => ",",
            "Period" => ".",
            "Plus" => "+",
            "Equals" => "=",
            "Minus" => "−",
            "Questionmark" => "?",
            "Escape" => "Esc",
            "ArrowLeft" => "←",
            "ArrowRight" => "→",
            "ArrowUp" => "↑",
            "ArrowDown" => "↓",
            key => key,
        };
        let held = [(self.ctrl, "Ctrl"), (self.alt, "Alt"), (self.shift, "Shift")];
        let held = held.into_iter().filter(|(is_held, _)| *is_held).map(|(_, name)| name);
        held.chain(std::iter::once(key)).collect::<Vec<_>>().join(" ")
    }
}

impl Command {
    /// Every command that palette, help and shortcuts know, in the order in which they list them. Single
    /// letters act only while no text field has the focus.
    pub fn listed() -> Vec<Listed> {
        listed![
            "open-files", Self::OpenFiles, "folder-open", [ctrl("O")];
            "open-folder", Self::OpenFolder, "folder", [ctrl_shift("O")];
            "paste-text", Self::PasteText, "clipboard-text", [ctrl("V")];
            "open-sample", Self::OpenSample, "newspaper", [alt("0")];
            "save-project", Self::SaveProject, "floppy-disk", [ctrl("S")];
            "save-corpus", Self::SaveCorpus, "floppy-disk", [ctrl_shift("S")];
            "close-all", Self::CloseAll, "x", [ctrl("W")];
            "read-again", Self::ReadAgain, "arrow-clockwise", [key("F5")];
            "stop-reading", Self::StopReading, "stop", [ctrl("Period")];
            "undo", Self::Undo, "arrow-u-up-left", [ctrl("Z")];
            "redo", Self::Redo, "arrow-u-up-right", [ctrl_shift("Z"), ctrl("Y")];
            "correct", Self::Open(Overlay::Correct), "pencil-simple", [key("E")];
            "hide", Self::Hide, "eye-slash", [key("H"), key("Delete")];
            "toggle-hidden", Self::ToggleHidden, "eye", [];
            "merge", Self::Merge, "arrows-merge", [key("M")];
            "split", Self::Split, "arrows-split", [shift("M")];
            "star", Self::Star, "star", [key("S")];
            "rename", Self::Open(Overlay::Rename), "text-t", [key("F2")];
            "note", Self::Open(Overlay::Note), "note-pencil", [alt("N")];
            "tag", Self::Open(Overlay::Tag), "tag", [alt("T")];
            "add-event", Self::AddEvent, "plus", [];
            "add-point", Self::AddPoint, "hash", [key("D")];
            "changes", Self::Open(Overlay::Changes), "list", [];
            "export-timeline", Self::ExportFigure(FigureKind::Timeline), "export", [ctrl_shift("E")];
            "export-series", Self::ExportFigure(FigureKind::Series), "export", [ctrl("E")];
            "export-both", Self::ExportFigure(FigureKind::Both), "export", [];
            "copy-figure", Self::CopyFigure(FigureKind::Series), "copy", [];
            "copy-quantities", Self::CopyQuantities, "copy", [];
            "copy-points", Self::CopyPoints, "copy", [];
            "copy-words", Self::CopyWords, "copy", [ctrl_shift("C")];
            "copy-citation", Self::CopyCitation, "copy", [key("C")];
            "next-event", Self::NextEvent, "caret-right", [key("ArrowRight")];
            "previous-event", Self::PreviousEvent, "caret-left", [key("ArrowLeft")];
            "first-event", Self::FirstEvent, "caret-left", [key("Home")];
            "last-event", Self::LastEvent, "caret-right", [key("End")];
            "next-find", Self::NextFind, "caret-down", [key("N")];
            "previous-find", Self::PreviousFind, "caret-up", [key("P")];
            "next-article", Self::NextArticle, "caret-down", [shift("N")];
            "previous-article", Self::PreviousArticle, "caret-up", [shift("P")];
            "back", Self::Back, "arrow-left", [alt("ArrowLeft")];
            "forward", Self::Forward, "arrow-right", [alt("ArrowRight")];
            "zoom-in", Self::ZoomIn, "plus", [key("Plus"), key("Equals")];
            "zoom-out", Self::ZoomOut, "minus", [key("Minus")];
            "zoom-to-fit", Self::ZoomToFit, "corners-out", [key("0")];
            "zoom-to-selection", Self::ZoomToSelection, "target", [key("F")];
            "centre-selection", Self::CentreSelection, "target", [shift("F")];
            "show-source", Self::ShowSource, "article", [key("Enter")];
            "pan-left", Self::Pan(-0.25), "caret-left", [shift("ArrowLeft")];
            "pan-right", Self::Pan(0.25), "caret-right", [shift("ArrowRight")];
            "lane-above", Self::StepLane(-1), "caret-up", [key("ArrowUp")];
            "lane-below", Self::StepLane(1), "caret-down", [key("ArrowDown")];
            "fold-lane", Self::FoldLane, "caret-right", [key("K")];
            "fold-lanes", Self::FoldLanes, "rows", [shift("K")];
            "open-lanes", Self::OpenLanes, "rows", [alt("K")];
            "move-lane-up", Self::MoveLane(-1), "caret-up", [alt("ArrowUp")];
            "move-lane-down", Self::MoveLane(1), "caret-down", [alt("ArrowDown")];
            "toggle-far", Self::ToggleFar, "corners-out", [];
            "toggle-same-height", Self::ToggleSameHeight, "rows", [];
            "toggle-timeline-mode", Self::ToggleTimelineMode, "list", [key("L")];
            "toggle-fold", Self::ToggleFold, "scissors", [key("B")];
            "next-grouping", Self::NextGrouping, "rows", [key("G")];
            "toggle-chart-scale", Self::ToggleChartScale, "chart-line", [key("Y")];
            "next-chart-measure", Self::NextChartMeasure, "chart-line", [shift("Y")];
            "toggle-fitted", Self::ToggleFitted, "corners-out", [];
            "compare-none", Self::CompareNone, "x", [];
            "toggle-chart-link", Self::ToggleChartLink, "link", [];
            "show-plot", Self::SetChartMode(ChartMode::Plot), "chart-line", [];
            "show-points", Self::SetChartMode(ChartMode::Points), "table", [key("T")];
            "show-quantities", Self::SetChartMode(ChartMode::Quantities), "hash", [shift("T")];
            "toggle-as-printed", Self::ToggleAsPrinted, "article", [];
            "toggle-page", Self::TogglePage, "file", [ctrl("4")];
            "next-page", Self::TurnPage(1), "caret-right", [alt("PageDown")];
            "previous-page", Self::TurnPage(-1), "caret-left", [alt("PageUp")];
            "next-page-zoom", Self::NextPageZoom, "magnifying-glass-plus", [];
            "toggle-why", Self::ToggleWhy, "question", [key("Space")];
            "toggle-sources", Self::ToggleSources, "columns", [key("V")];
            "clear-filters", Self::ClearFilters, "funnel-simple", [];
            "toggle-sidebar", Self::TogglePane(Pane::Sidebar), "sidebar-simple", [ctrl("B")];
            "toggle-timeline", Self::TogglePane(Pane::Timeline), "chart-bar-horizontal", [ctrl("1")];
            "toggle-chart", Self::TogglePane(Pane::Chart), "chart-line", [ctrl("2")];
            "toggle-source", Self::TogglePane(Pane::Source), "article", [ctrl("3")];
            "search", Self::Open(Overlay::Search), "magnifying-glass", [ctrl("F")];
            "palette", Self::Open(Overlay::Palette), "command", [ctrl("K")];
            "writing-date", Self::Open(Overlay::WritingDate), "calendar-blank", [];
            "encoding", Self::Open(Overlay::Encoding), "text-aa", [];
            "columns", Self::Open(Overlay::Columns), "columns", [];
            "summary", Self::Open(Overlay::Summary), "table", [ctrl("I")];
            "warnings", Self::Open(Overlay::Warnings), "warning", [];
            "settings", Self::Open(Overlay::Settings), "gear-six", [ctrl("Comma")];
            "shortcuts", Self::Open(Overlay::Shortcuts), "question", [key("F1"), key("Questionmark")];
            "show-hints", Self::ShowHints, "info", [];
            "toggle-lang", Self::ToggleLang, "translate", [];
            "toggle-theme", Self::ToggleTheme, "moon", [];
            "larger-interface", Self::LargerInterface, "plus", [ctrl("Plus"), ctrl("Equals")];
            "smaller-interface", Self::SmallerInterface, "minus", [ctrl("Minus")];
            "reset-interface", Self::ResetInterface, "corners-out", [ctrl("0")];
            "full-screen", Self::ToggleFullScreen, "corners-out", [key("F11")];
            "about", Self::Open(Overlay::About), "question", [];
            "escape", Self::Escape, "x", [key("Escape")];
            "quit", Self::Quit, "x", [ctrl("Q")];
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::Locale;
    use std::collections::HashSet;

    #[test]
    fn every_listed_command_has_words_and_a_shortcut_of_its_own() {
        let (mut ids, mut keys) = (HashSet::new(), HashSet::new());
        for listed in Command::listed() {
            assert!(ids.insert(listed.id), "`{}` twice", listed.id);
            for lang in [Lang::Zh, Lang::En] {
                let key = format!("command.{}", listed.id);
                assert!(Locale::of(lang).keys().any(|known| known == key), "no words for `{key}` in {lang:?}");
            }
            for shortcut in listed.shortcuts {
                assert!(keys.insert(*shortcut), "{shortcut:?} of `{}` is taken", listed.id);
            }
        }
    }
}
