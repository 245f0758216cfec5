//! Command + desk → the next desk.

use super::{
    AxisScale, ChartMode, Command, Desk, Facets, FigureSpec, FoldChoice, Grouping, Hint, Lang, Mark, Nudge, Overlay,
    Pane, Sieve, ThemeChoice, TimelineMode, hint, reading_order, sources_of,
};
use crate::corpus::{Corpus, SeriesGroup};

/// How many selections back can be gone.
const MAX_BACK: usize = 200;

/// Changes `desk` as `command` says. A command that needs the outer world (files, dialogs, the clipboard) is
/// handed back for the shell to carry out.
pub fn apply(desk: &mut Desk, corpus: &Corpus, command: Command) -> Option<Command> {
    hint::learn(desk, &command);
    match command {
        Command::Select(mark) => {
            desk.picked.clear();
            select(desk, corpus, mark);
        }
        Command::ClearSelection => {
            desk.selection = None;
            desk.picked.clear();
        }
        Command::Pick(mark) => pick(desk, corpus, mark),
        Command::Open(overlay) if desk.overlay != Some(overlay) && needs_selection(overlay) => match desk.selection {
            Some(_) => desk.overlay = Some(overlay),
            None => desk.refusal = Some("edit.nothing-selected"),
        },
        Command::Hover(mark) => desk.hover = mark,
        Command::NextEvent => step_event(desk, corpus, Step::Next),
        Command::PreviousEvent => step_event(desk, corpus, Step::Previous),
        Command::FirstEvent => step_event(desk, corpus, Step::First),
        Command::LastEvent => step_event(desk, corpus, Step::Last),
        Command::NextFind => step_find(desk, corpus, Step::Next),
        Command::PreviousFind => step_find(desk, corpus, Step::Previous),
        Command::NextArticle => step_article(desk, corpus, Step::Next),
        Command::PreviousArticle => step_article(desk, corpus, Step::Previous),
        Command::ShowArticle { doc, article } => {
            desk.source.doc = doc;
            desk.source.article = article;
            desk.selection = None;
            desk.source.page.at = None;
            desk.source.scroll_request += 1;
            desk.panes.tab = Pane::Source;
        }
        Command::Back => {
            if let Some(mark) = desk.back.pop() {
                desk.forward.extend(desk.selection);
                show(desk, corpus, mark);
            }
        }
        Command::Forward => {
            if let Some(mark) = desk.forward.pop() {
                desk.back.extend(desk.selection);
                show(desk, corpus, mark);
            }
        }
        Command::ShowSeries(choice) => {
            desk.chart.series = Some(choice);
            desk.chart.beside.clear();
            desk.chart.window = None;
            desk.chart.values = None;
            desk.panes.chart = true;
            desk.panes.tab = Pane::Chart;
            if desk.chart.mode == ChartMode::Quantities {
                desk.chart.mode = ChartMode::Plot;
            }
        }
        // Who is at home already wants to see the rest.
        Command::ZoomToFit => {
            let home = Desk::home_window(corpus);
            desk.timeline.window = home.filter(|_| desk.timeline.window != home);
        }
        Command::ToggleSources => toggle_sources(desk, corpus),
        Command::ShowInFull(mark) => {
            desk.source.compares_sources = false;
            desk.seen.shows_sources = false;
            select(desk, corpus, mark);
        }
        Command::CompareSeries(choice) => desk.chart.toggle_beside(choice, corpus),
        Command::TurnPage(by) => desk.turn_page(corpus, by),
        Command::SetWritingDate(_)
        | Command::SetEncoding(_)
        | Command::SetColumns(_)
        | Command::SetUndated(_)
        | Command::ReadAgain
        | Command::OpenFiles
        | Command::OpenFolder
        | Command::OpenPaths(_)
        | Command::OpenRecent(_)
        | Command::PasteText
        | Command::OpenText(_)
        | Command::OpenSample
        | Command::CloseAll
        | Command::SaveCorpus
        | Command::SaveProject
        | Command::StopReading
        | Command::SaveFigure
        | Command::SaveFigures(_)
        | Command::StopFigures
        | Command::CopyFigure(_)
        | Command::CopyText(_)
        | Command::CopyQuantities
        | Command::CopyPoints
        | Command::CopyCitation
        | Command::CopyWords
        | Command::Correct(_)
        | Command::Hide
        | Command::Star
        | Command::Merge
        | Command::Split
        | Command::AddEvent
        | Command::AddPoint
        | Command::Undo
        | Command::DismissBanner
        | Command::Redo
        | Command::ToggleFullScreen
        | Command::Quit => return Some(command),
        Command::ExportFigure(kind) => {
            let groups = desk.chart.groups(corpus);
            let period = groups.first().and_then(|group| group.period);
            let series = groups.into_iter().filter_map(SeriesGroup::main_part).collect();
            let figure = FigureSpec { kind, series, period, ..desk.figure.remembered() };
            desk.figure = figure.filtered_as(desk);
            desk.overlay = Some(Overlay::Export);
        }
        Command::SetFigure(spec) => desk.figure = *spec,
        command => arrange(desk, command),
    }
    None
}

/// Commands that change how things are shown and need no look at the corpus.
fn arrange(desk: &mut Desk, command: Command) {
    let timeline = &mut desk.timeline;
    let chart = &mut desk.chart;
    match command {
        Command::SelectWords(passage) => desk.passage = passage,
        Command::ToggleHidden => desk.shows_hidden = !desk.shows_hidden,
        Command::SetTimelineMode(mode) => timeline.mode = Some(mode),
        Command::ToggleTimelineMode => {
            let next = if desk.seen.is_list { TimelineMode::Axis } else { TimelineMode::List };
            desk.seen.is_list = next == TimelineMode::List;
            timeline.mode = Some(next);
        }
        Command::SetTimeWindow(window) => {
            timeline.window = window;
            timeline.nudge = None;
        }
        Command::ZoomIn => timeline.nudge = Some(Nudge::Zoom(0.5)),
        Command::ZoomOut => timeline.nudge = Some(Nudge::Zoom(2.0)),
        Command::ZoomToSelection => timeline.nudge = Some(Nudge::FitSelection),
        Command::CentreSelection => timeline.nudge = Some(Nudge::Middle),
        Command::Pan(share) => timeline.nudge = Some(Nudge::Pan(share)),
        Command::SetFold(fold) => {
            timeline.fold = fold;
            timeline.opened_cuts.clear();
        }
        Command::ToggleFold => {
            timeline.fold = if desk.seen.is_folded { FoldChoice::Continuous } else { FoldChoice::Folded };
            desk.seen.is_folded = !desk.seen.is_folded;
        }
        Command::OpenCut(moment) => timeline.opened_cuts.push(moment),
        Command::SetGrouping(grouping) => timeline.grouping = grouping,
        Command::StepLane(by) => timeline.nudge = Some(Nudge::Lane(by)),
        Command::ToggleFar => {
            timeline.shows_far = !timeline.shows_far;
            timeline.window = None;
        }
        Command::ToggleSameHeight => timeline.has_same_height = !timeline.has_same_height,
        Command::NextGrouping => {
            let idx = Grouping::ALL.iter().position(|grouping| *grouping == timeline.grouping).unwrap_or(0);
            timeline.grouping = Grouping::ALL[(idx + 1) % Grouping::ALL.len()];
        }
        Command::ScrollLanes(offset) => timeline.scroll_px = offset.max(0.0),
        Command::ToggleLane(name) => {
            if !timeline.folded_lanes.remove(&name) {
                timeline.folded_lanes.insert(name);
            }
        }
        Command::FoldLane | Command::FoldLanes | Command::MoveLane(_) if desk.seen.is_list => {
            desk.refusal = Some("timeline.no-lanes");
        }
        Command::FoldLane | Command::MoveLane(_) if desk.selection.is_none() => {
            desk.refusal = Some("edit.nothing-selected");
        }
        Command::FoldLane => timeline.nudge = Some(Nudge::FoldLane),
        Command::FoldLanes => timeline.nudge = Some(Nudge::FoldLanes),
        Command::MoveLane(by) => timeline.nudge = Some(Nudge::MoveLane(by)),
        Command::OpenLanes => timeline.folded_lanes.clear(),
        Command::SetFoldedLanes(names) => timeline.folded_lanes = names,
        Command::SetLaneOrder(order) => {
            // What was said of the lanes of another grouping stays.
            timeline.lane_order.retain(|name| !order.contains(name));
            timeline.lane_order.extend(order);
        }
        Command::SetChartMode(mode) => {
            chart.mode = if chart.mode == mode { ChartMode::Plot } else { mode };
            desk.panes.chart = true;
            desk.panes.tab = Pane::Chart;
        }
        Command::SetChartScale(scale) => {
            chart.scale = scale;
            chart.values = None;
        }
        Command::ToggleChartScale => {
            chart.values = None;
            chart.scale = match chart.scale {
                AxisScale::Linear => AxisScale::Log,
                AxisScale::Log => AxisScale::Linear,
            };
        }
        Command::CompareNone => chart.beside.clear(),
        Command::SetChartMeasure(measure) => {
            chart.measure = measure;
            chart.values = None;
        }
        Command::NextChartMeasure => {
            chart.measure = chart.measure.next();
            chart.values = None;
        }
        Command::ToggleFitted => {
            chart.is_fitted = !chart.is_fitted;
            chart.values = None;
        }
        Command::ToggleChartLink => chart.is_linked = !chart.is_linked,
        Command::SetChartWindow(window) => chart.window = window,
        Command::SetChartValues(values) => chart.values = values,
        Command::SortQuantities(order) => {
            chart.is_descending = chart.order == order && !chart.is_descending;
            chart.order = order;
        }
        Command::SortPoints(order) => {
            chart.points_are_descending = chart.point_order == order && !chart.points_are_descending;
            chart.point_order = order;
        }
        Command::FilterQuantities(text) => chart.quantity_filter = text,
        command => arrange_window(desk, command),
    }
}

/// Commands about the window as a whole.
fn arrange_window(desk: &mut Desk, command: Command) {
    let panes = &mut desk.panes;
    match command {
        Command::ShowSource => {
            panes.source = true;
            panes.tab = Pane::Source;
            desk.source.scroll_request += 1;
        }
        Command::ToggleAsPrinted => desk.source.is_as_printed = !desk.source.is_as_printed,
        Command::TogglePage => {
            // Where the pane is closed, it is opened with the page.
            desk.source.page.is_shown = !(desk.source.page.is_shown && panes.source);
            panes.source = true;
            panes.tab = Pane::Source;
            desk.source.scroll_request += 1;
        }
        Command::SetPageZoom(zoom) => desk.source.page.zoom = zoom,
        Command::NextPageZoom => desk.source.page.zoom = desk.source.page.zoom.next(),
        Command::ToggleWhy => {
            desk.seen.why_is_folded = !desk.seen.why_is_folded;
            desk.source.why_is_folded = Some(desk.seen.why_is_folded);
        }
        Command::TogglePlace(place) if !desk.places.remove(&place) => {
            desk.places.insert(place);
        }
        Command::ToggleExactness(class) if !desk.facets.exactness.remove(&class) => {
            desk.facets.exactness.insert(class);
        }
        Command::ToggleKind(kind) if !desk.facets.kinds.remove(&kind) => {
            desk.facets.kinds.insert(kind);
        }
        Command::ToggleDocument(doc) if !desk.facets.documents.remove(&doc) => {
            desk.facets.documents.insert(doc);
        }
        Command::ToggleTag(tag) if !desk.facets.tags.remove(&tag) => {
            desk.facets.tags.insert(tag);
        }
        Command::SetPeriod(period) => desk.facets.period = period,
        Command::ClearFilters => {
            desk.places.clear();
            desk.facets = Facets::default();
            desk.chart.quantity_filter.clear();
        }
        Command::Search(text) => desk.search = text,
        Command::TogglePane(Pane::Sidebar) if desk.seen.is_narrow => {
            desk.overlay = if desk.overlay == Some(Overlay::Sidebar) { None } else { Some(Overlay::Sidebar) };
        }
        Command::TogglePane(Pane::Sidebar) => panes.sidebar = Some(!panes.sidebar.unwrap_or(true)),
        Command::TogglePane(Pane::Timeline) => panes.timeline = !panes.timeline,
        Command::TogglePane(Pane::Chart) => panes.chart = !panes.chart,
        Command::TogglePane(Pane::Source) => panes.source = !panes.source,
        Command::ShowTab(pane) => panes.tab = pane,
        Command::SetSidebarWidth(width) => panes.sidebar_width_px = width,
        Command::SetSourceWidth(width) => panes.source_width_px = width,
        Command::SetChartHeight(height) => panes.chart_height_px = height,
        Command::Open(overlay) => desk.overlay = if desk.overlay == Some(overlay) { None } else { Some(overlay) },
        Command::Escape if desk.overlay.is_none() && desk.passage.take().is_some() => {}
        Command::Escape if desk.overlay.take().is_none() => {
            if desk.seen.shows_sources && desk.search.is_empty() {
                (desk.seen.shows_sources, desk.source.compares_sources) = (false, false);
            } else if desk.search.is_empty() {
                desk.selection = None;
            } else {
                desk.search.clear();
            }
        }
        Command::SetLang(lang) => desk.settings.lang = lang,
        Command::ToggleLang => {
            desk.settings.lang = match desk.settings.lang {
                Lang::Zh => Lang::En,
                Lang::En => Lang::Zh,
            };
        }
        Command::SetTheme(theme) => desk.settings.theme = theme,
        Command::ToggleTheme => {
            desk.settings.theme = match desk.settings.theme {
                ThemeChoice::Dark => ThemeChoice::Light,
                ThemeChoice::Light | ThemeChoice::System => ThemeChoice::Dark,
            };
        }
        Command::LargerInterface => desk.settings.ui_scale_percent = (desk.settings.ui_scale_percent + 10).min(200),
        Command::SmallerInterface => {
            desk.settings.ui_scale_percent = desk.settings.ui_scale_percent.saturating_sub(10).max(80)
        }
        Command::ResetInterface => desk.settings.ui_scale_percent = 100,
        Command::SetSummaryOrder(order) => desk.summary_order = order,
        Command::SetHighContrast(is_on) => desk.settings.has_high_contrast = is_on,
        Command::SetLessMotion(is_on) => desk.settings.has_less_motion = is_on,
        Command::SetNumberStyle(style) => desk.settings.word_style.numbers = style,
        Command::SetYearStyle(style) => desk.settings.word_style.years = style,
        Command::DismissHint(hint) => desk.hints.put_away(hint),
        Command::ShowHints => desk.hints.show_again(),
        Command::SetCalendar(calendar) => desk.settings.time_style.calendar = calendar,
        Command::SetZone(zone) => desk.settings.time_style.zone = zone,
        Command::SetWeekStart(week) => desk.settings.time_style.week = week,
        Command::See(sight) => desk.seen = desk.seen.with(sight),
        Command::SetReadingSize(size) => desk.settings.reading_size_px = size.clamp(14, 22),
        _ => {}
    }
}

/// Puts the sources of the selection beside each other, or the text back; says why where there is nothing to compare.
fn toggle_sources(desk: &mut Desk, corpus: &Corpus) {
    if desk.seen.shows_sources {
        (desk.seen.shows_sources, desk.source.compares_sources) = (false, false);
        return;
    }
    match desk.selection {
        None => desk.refusal = Some("edit.nothing-selected"),
        Some(mark) if sources_of(corpus, mark).len() < 2 => desk.refusal = Some("sources.only-one"),
        Some(_) => {
            desk.source.compares_sources = true;
            desk.panes.source = true;
            desk.panes.tab = Pane::Source;
        }
    }
}

/// Overlays that are about what is selected.
const fn needs_selection(overlay: Overlay) -> bool {
    matches!(overlay, Overlay::Correct | Overlay::Rename | Overlay::Note | Overlay::Tag | Overlay::Merge)
}

/// Adds an event to those that are picked, or leaves it; the first one picked is the selection.
fn pick(desk: &mut Desk, corpus: &Corpus, mark: Mark) {
    if desk.selection.is_none() {
        select(desk, corpus, mark);
    } else if desk.selection != Some(mark) && !desk.picked.remove(&mark) {
        desk.picked.insert(mark);
    }
}

fn select(desk: &mut Desk, corpus: &Corpus, mark: Mark) {
    if desk.selection == Some(mark) {
        desk.source.scroll_request += 1;
        desk.source.page.at = None;
        return;
    }
    if let Some(before) = desk.selection {
        desk.back.push(before);
        let excess = desk.back.len().saturating_sub(MAX_BACK);
        desk.back.drain(..excess);
    }
    desk.forward.clear();
    show(desk, corpus, mark);
}

/// Selects without a trace in the history.
pub(super) fn show(desk: &mut Desk, corpus: &Corpus, mark: Mark) {
    desk.selection = Some(mark);
    desk.source.page.at = None;
    desk.source.doc = mark.doc();
    if let Some(article) = mark.article(corpus) {
        desk.source.article = article;
    }
    if let Mark::Point { doc, series, .. } = mark {
        desk.chart.show_point(doc, series, corpus);
    }
    desk.source.scroll_request += 1;
    desk.timeline.nudge = Some(Nudge::Centre);
}

enum Step {
    Next,
    Previous,
    First,
    Last,
}

impl Step {
    /// The index to go to among `n`, from `at`; `None` where there is nowhere to go.
    fn from(&self, at: Option<usize>, n: usize) -> Option<usize> {
        let last = n.checked_sub(1)?;
        Some(match (self, at) {
            (Self::First, _) | (Self::Next, None) => 0,
            (Self::Last, _) | (Self::Previous, None) => last,
            (Self::Next, Some(at)) => (at + 1).min(last),
            (Self::Previous, Some(at)) => at.saturating_sub(1),
        })
    }
}

/// Steps through the events that are shown, by time.
fn step_event(desk: &mut Desk, corpus: &Corpus, step: Step) {
    let index = corpus.index();
    let sieve = Sieve::new(index, desk);
    let is_shown = |row: &usize| index.rows().get(*row).is_some_and(|facts| sieve.lets(*row as u32, &facts));
    let n = index.len();
    let at = desk.selection.and_then(|selected| row_of(selected, corpus));
    let row = match (step, at) {
        (Step::First, _) | (Step::Next, None) => (0..n).find(is_shown),
        (Step::Last, _) | (Step::Previous, None) => (0..n).rfind(is_shown),
        (Step::Next, Some(at)) => (at as usize + 1..n).find(is_shown),
        (Step::Previous, Some(at)) => (0..at as usize).rfind(is_shown),
    };
    if let Some(found) = row.and_then(|row| index.row(row as u32)) {
        desk.hints.put_away(Hint::Mark);
        select(desk, corpus, Mark::Event { doc: found.doc as usize, event: found.event as usize });
    }
}

/// The row of an event, or of the first that rests on the same words.
fn row_of(mark: Mark, corpus: &Corpus) -> Option<u32> {
    let doc = mark.doc();
    if let Mark::Event { event, .. } = mark {
        return corpus.index().row_of(doc, event);
    }
    let n_events = corpus.entries.get(doc)?.document.events.len();
    let related = (0..n_events).filter(|event| mark.relates_to(Mark::Event { doc, event: *event }, corpus));
    related.filter_map(|event| corpus.index().row_of(doc, event)).min()
}

fn step_find(desk: &mut Desk, corpus: &Corpus, step: Step) {
    let doc = desk.source.doc;
    let Some(entry) = corpus.entries.get(doc) else { return };
    let finds = reading_order::finds(&entry.document, doc);
    let place = desk.selection.filter(|mark| mark.doc() == doc).and_then(|mark| {
        let span = mark.span(corpus)?;
        Some(reading_order::place(&entry.document, mark.article(corpus)?, span))
    });
    // Without a selection one begins in the article that is shown.
    let article = desk.source.article;
    let at = match (place, &step) {
        (Some(place), _) => finds.iter().rposition(|(found, _)| *found <= place),
        (None, Step::Next) => finds.partition_point(|(found, _)| found.0 < article).checked_sub(1),
        (None, _) => Some(finds.partition_point(|(found, _)| found.0 < article)),
    };
    if let Some((_, mark)) = step.from(at, finds.len()).and_then(|idx| finds.get(idx)) {
        select(desk, corpus, *mark);
    }
}

fn step_article(desk: &mut Desk, corpus: &Corpus, step: Step) {
    let index = corpus.index();
    let (doc, article) = (desk.source.doc, desk.source.article);
    let n = |doc: usize| index.counts(doc).articles as usize;
    let has_any = |doc: &usize| n(*doc) > 0;
    let place = match step {
        Step::Next if article + 1 < n(doc) => Some((doc, article + 1)),
        Step::Next => (doc + 1..index.n_docs()).find(has_any).map(|doc| (doc, 0)),
        Step::Previous if article > 0 => Some((doc, article - 1)),
        Step::Previous => (0..doc).rfind(has_any).map(|doc| (doc, n(doc).saturating_sub(1))),
        Step::First => (0..index.n_docs()).find(has_any).map(|doc| (doc, 0)),
        Step::Last => (0..index.n_docs()).rfind(has_any).map(|doc| (doc, n(doc).saturating_sub(1))),
    };
    if let Some((doc, article)) = place {
        apply(desk, corpus, Command::ShowArticle { doc, article });
    }
}
