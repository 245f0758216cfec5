//! Undo and redo of the user's choices and corrections.

use super::{
    AxisScale, ChartMeasure, ChartMode, Command, Correction, Desk, Facets, FoldChoice, Grouping, Mark, Overlay,
    Passage, Plan, SeriesChoice, TimelineMode,
    apply::{apply, show},
    landmark::Landmarks,
    picked_events,
};
use crate::corpus::{
    Corpus,
    edits::{Change, Edit, Hidden, TargetKind},
};
use std::collections::BTreeSet;

/// How many steps back can be gone.
const MAX_STEPS: usize = 500;

/// The part of a desk that undo brings back: what the user chose to see, not where he looked. Selections have their
/// own way back ([`Command::Back`]), and settings are no steps.
#[derive(Debug, Clone, PartialEq)]
struct Choices {
    timeline_mode: Option<TimelineMode>,
    fold: FoldChoice,
    opened_cuts: Vec<f64>,
    grouping: Grouping,
    folded_lanes: BTreeSet<String>,
    lane_order: Vec<String>,
    chart_mode: ChartMode,
    chart_scale: AxisScale,
    chart_is_linked: bool,
    chart_measure: ChartMeasure,
    chart_is_fitted: bool,
    chart_beside: Vec<SeriesChoice>,
    quantity_filter: String,
    places: BTreeSet<String>,
    shows_hidden: bool,
    facets: Facets,
    has_same_height: bool,
    open_panes: [bool; 3],
    sidebar: Option<bool>,
}

impl Choices {
    fn of(desk: &Desk) -> Self {
        Self {
            timeline_mode: desk.timeline.mode,
            fold: desk.timeline.fold,
            opened_cuts: desk.timeline.opened_cuts.clone(),
            grouping: desk.timeline.grouping,
            folded_lanes: desk.timeline.folded_lanes.clone(),
            lane_order: desk.timeline.lane_order.clone(),
            chart_mode: desk.chart.mode,
            chart_scale: desk.chart.scale,
            chart_is_linked: desk.chart.is_linked,
            chart_measure: desk.chart.measure,
            chart_is_fitted: desk.chart.is_fitted,
            chart_beside: desk.chart.beside.clone(),
            quantity_filter: desk.chart.quantity_filter.clone(),
            places: desk.places.clone(),
            shows_hidden: desk.shows_hidden,
            facets: desk.facets.clone(),
            has_same_height: desk.timeline.has_same_height,
            open_panes: [desk.panes.timeline, desk.panes.chart, desk.panes.source],
            sidebar: desk.panes.sidebar,
        }
    }

    fn put_into(self, desk: &mut Desk) {
        desk.timeline.mode = self.timeline_mode;
        desk.timeline.fold = self.fold;
        desk.timeline.opened_cuts = self.opened_cuts;
        desk.timeline.grouping = self.grouping;
        desk.timeline.folded_lanes = self.folded_lanes;
        desk.timeline.lane_order = self.lane_order;
        desk.chart.mode = self.chart_mode;
        desk.chart.scale = self.chart_scale;
        desk.chart.is_linked = self.chart_is_linked;
        desk.chart.measure = self.chart_measure;
        desk.chart.is_fitted = self.chart_is_fitted;
        desk.chart.beside = self.chart_beside;
        desk.chart.quantity_filter = self.quantity_filter;
        desk.places = self.places;
        desk.shows_hidden = self.shows_hidden;
        desk.facets = self.facets;
        desk.timeline.has_same_height = self.has_same_height;
        [desk.panes.timeline, desk.panes.chart, desk.panes.source] = self.open_panes;
        desk.panes.sidebar = self.sidebar;
    }
}

/// A step that can be taken back or again.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "some hundred steps at most are kept")]
enum Step {
    /// These choices are put into the desk.
    Choices(Box<Choices>),
    /// A document has these corrections.
    Changes {
        /// Index in `Corpus::entries`.
        doc: usize,
        changes: Vec<Change>,
        /// What was done, to name the step.
        done: Done,
    },
}

/// A correction that was carried out.
#[derive(Debug, Clone, PartialEq)]
pub struct Done {
    /// The edit.
    pub edit: Edit,
    /// Whether it was made rather than taken back.
    pub is_made: bool,
}

/// The steps that were taken, and those that were taken back.
#[derive(Debug, Clone, Default)]
pub struct History {
    done: Vec<Step>,
    undone: Vec<Step>,
    /// The correction of the last command, and its document.
    last: Option<(usize, Done)>,
}

impl History {
    /// As [`apply`], and remembers what it changed. Carries out [`Command::Undo`], [`Command::Redo`] and corrections.
    pub fn apply(&mut self, desk: &mut Desk, corpus: &mut Corpus, command: Command) -> Option<Command> {
        self.last = None;
        let outward = match command {
            Command::Undo => {
                if let Some(step) = self.done.pop() {
                    self.last = step.undone();
                    let back = take(step, desk, corpus);
                    self.undone.push(back);
                }
                None
            }
            Command::Redo => {
                if let Some(step) = self.undone.pop() {
                    self.last = step.done_in();
                    let back = take(step, desk, corpus);
                    self.done.push(back);
                }
                None
            }
            command => {
                let before = Choices::of(desk);
                let outward = apply(desk, corpus, command);
                if before != Choices::of(desk) {
                    self.push(Step::Choices(Box::new(before)));
                }
                outward.and_then(|command| self.correct(desk, corpus, command))
            }
        };
        let hidden = if desk.shows_hidden { Hidden::Shown } else { Hidden::LeftOut };
        if corpus.edits().hidden() != hidden {
            let docs: Vec<usize> = corpus.edits().docs().collect();
            let landmarks: Vec<Landmarks> = docs.into_iter().map(|doc| Landmarks::new(desk, corpus, doc)).collect();
            corpus.show_hidden(hidden);
            landmarks.into_iter().for_each(|landmarks| landmarks.restore(desk, corpus));
        }
        outward
    }

    fn push(&mut self, step: Step) {
        self.done.push(step);
        let excess = self.done.len().saturating_sub(MAX_STEPS);
        self.done.drain(..excess);
        self.undone.clear();
    }

    /// Carries out a command that corrects; hands others back.
    fn correct(&mut self, desk: &mut Desk, corpus: &mut Corpus, command: Command) -> Option<Command> {
        let correction = match correction(desk, command) {
            Ok(correction) => correction,
            Err(Refused::Said(key)) => {
                desk.refusal = Some(key);
                return None;
            }
            Err(Refused::Opened) => return None,
            Err(Refused::Other(command)) => return Some(*command),
        };
        match correction.plan(corpus, desk.clock_secs) {
            Err(key) => desk.refusal = Some(key),
            Ok(Plan { doc, changes, edit, is_made }) => {
                let done = Done { edit, is_made };
                let back = take(Step::Changes { doc, changes, done: done.clone() }, desk, corpus);
                self.push(back);
                self.last = Some((doc, done));
                desk.passage = None;
                if let Correction::Merge { .. } = correction {
                    desk.picked.clear();
                }
            }
        }
        None
    }

    /// The correction that the last command made or took back, undo and redo included, and its document.
    pub const fn last_correction(&self) -> Option<&(usize, Done)> {
        self.last.as_ref()
    }

    /// The correction that undo would take back next; `None` where that is a choice or nothing.
    pub fn next_undo(&self) -> Option<&Done> {
        self.done.last().and_then(Step::done)
    }

    /// The correction that redo would make again next.
    pub fn next_redo(&self) -> Option<&Done> {
        self.undone.last().and_then(Step::done)
    }

    /// Whether there is a step to take back.
    pub fn can_undo(&self) -> bool {
        !self.done.is_empty()
    }

    /// Whether there is a step to take again.
    pub fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }
}

impl Step {
    const fn done(&self) -> Option<&Done> {
        match self {
            Self::Choices(_) => None,
            Self::Changes { done, .. } => Some(done),
        }
    }

    fn done_in(&self) -> Option<(usize, Done)> {
        match self {
            Self::Choices(_) => None,
            Self::Changes { doc, done, .. } => Some((*doc, done.clone())),
        }
    }

    /// What is done by taking it back.
    fn undone(&self) -> Option<(usize, Done)> {
        let (doc, done) = self.done_in()?;
        Some((doc, Done { is_made: !done.is_made, ..done }))
    }
}

/// Takes a step and returns the one that leads back.
fn take(step: Step, desk: &mut Desk, corpus: &mut Corpus) -> Step {
    match step {
        Step::Choices(choices) => {
            let now = Choices::of(desk);
            choices.put_into(desk);
            Step::Choices(Box::new(now))
        }
        Step::Changes { doc, changes, done } => {
            let now = corpus.edits().changes(doc).to_vec();
            let landmarks = Landmarks::new(desk, corpus, doc);
            corpus.set_changes(doc, changes);
            landmarks.restore(desk, corpus);
            if let Some(mark) = mark_of(&done.edit, corpus, doc) {
                show(desk, corpus, mark);
            }
            Step::Changes { doc, changes: now, done }
        }
    }
}

/// What an edit is about, where it is in view: a correction shows what it did. Stars and hidden things move nothing.
fn mark_of(edit: &Edit, corpus: &Corpus, doc: usize) -> Option<Mark> {
    let entry = corpus.entries.get(doc)?;
    let document = &entry.document;
    if let Edit::AddEvent { quote, .. } = edit {
        let span = quote.find(&entry.text)?;
        let event = document.events.iter().position(|event| event.rule == "hand/event" && event.span == span)?;
        return Some(Mark::Event { doc, event });
    }
    if let Edit::AddPoint { quote, .. } = edit {
        let span = quote.find(&entry.text)?;
        let quantity = document.quantities.iter().position(|found| found.span == span)?;
        return Some(Mark::Quantity { doc, quantity });
    }
    let target = edit.target().filter(|target| target.kind == TargetKind::Event)?;
    let event = target.find(document, &entry.text)?;
    Some(Mark::Event { doc, event })
}

/// Why a command corrects nothing.
enum Refused {
    /// For this reason, a key of the locale.
    Said(&'static str),
    /// It asks first.
    Opened,
    /// It is another command.
    Other(Box<Command>),
}

/// The correction that a command means, with what is selected.
fn correction(desk: &mut Desk, command: Command) -> Result<Correction, Refused> {
    let selected = || desk.selection.ok_or(Refused::Said("edit.nothing-selected"));
    let words = |make: fn(Passage) -> Correction| desk.passage.map(make).ok_or(Refused::Said("edit.no-words"));
    match command {
        Command::Correct(correction) => Ok(correction),
        Command::Hide => selected().map(Correction::Hide),
        Command::Star => selected().map(Correction::Star),
        Command::Split => selected().map(Correction::Split),
        Command::AddEvent => words(Correction::AddEvent),
        Command::AddPoint => words(Correction::AddPoint),
        Command::Merge if picked_events(desk).len() < 2 => {
            // M on the one, then M on the other: without a pointer, too.
            let event = picked_events(desk).first().copied();
            desk.picked.extend(event);
            Err(Refused::Said(if event.is_some() { "edit.merge-next" } else { "edit.merge-what" }))
        }
        Command::Merge => {
            desk.overlay = Some(Overlay::Merge);
            Err(Refused::Opened)
        }
        other => Err(Refused::Other(Box::new(other))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_are_taken_back_one_by_one_and_looking_about_is_none() {
        let (mut desk, mut corpus, mut history) = (Desk::default(), Corpus::default(), History::default());
        let mut run = |desk: &mut Desk, command: Command| history.apply(desk, &mut corpus, command);
        run(&mut desk, Command::TogglePlace("天津".to_owned()));
        run(&mut desk, Command::LargerInterface);
        run(&mut desk, Command::ToggleFold);
        run(&mut desk, Command::Undo);
        assert_eq!(desk.timeline.fold, FoldChoice::Auto);
        assert!(desk.places.contains("天津"));
        run(&mut desk, Command::Undo);
        run(&mut desk, Command::Undo);
        assert!(desk.places.is_empty());
        assert_eq!(desk.settings.ui_scale_percent, 110);
        run(&mut desk, Command::Redo);
        assert!(desk.places.contains("天津"));
        assert!(history.can_undo() && history.can_redo());
    }

    const TEXT: &str = "2023年5月，大桥开工。\n2024年8月，隧道贯通。\n";

    fn corpus() -> Corpus {
        use crate::{corpus::read, text::Source, warn::Reporter};
        let source = Source::of("a", TEXT);
        Corpus::new(vec![read(source, &Default::default(), Reporter::new())])
    }

    fn titles(corpus: &Corpus) -> Vec<String> {
        let events = corpus.entries[0].document.events.iter();
        events.map(|event| format!("{} {}", event.edtf.as_ref().unwrap(), event.title)).collect()
    }

    #[test]
    fn corrections_are_taken_back_and_made_again_with_what_is_selected() {
        let (mut desk, mut corpus, mut history) = (Desk::default(), corpus(), History::default());
        let before = titles(&corpus);
        let [bridge, tunnel] = [0, 1].map(|event| Mark::Event { doc: 0, event });
        let mut run = |desk: &mut Desk, corpus: &mut Corpus, command| history.apply(desk, corpus, command);
        run(&mut desk, &mut corpus, Command::Hide);
        assert_eq!(desk.refusal.take(), Some("edit.nothing-selected"));
        run(&mut desk, &mut corpus, Command::Select(tunnel));
        run(&mut desk, &mut corpus, Command::Select(bridge));
        run(&mut desk, &mut corpus, Command::Hide);
        assert_eq!(titles(&corpus), before[1..]);
        assert_eq!((desk.selection, desk.back.as_slice()), (None, [bridge].as_slice()), "the indices have moved");
        run(&mut desk, &mut corpus, Command::ToggleHidden);
        assert_eq!(titles(&corpus), before);
        assert!(corpus.entries[0].document.events[0].is_hidden());
        run(&mut desk, &mut corpus, Command::Undo);
        run(&mut desk, &mut corpus, Command::Undo);
        assert_eq!((titles(&corpus), desk.selection), (before.clone(), Some(bridge)));
        run(&mut desk, &mut corpus, Command::Redo);
        assert_eq!(titles(&corpus).len(), 1);
        run(&mut desk, &mut corpus, Command::Undo);

        let edtf = "2024-09".parse().unwrap();
        let date = Correction::Date { mark: tunnel, edtf, scope: Default::default() };
        run(&mut desk, &mut corpus, Command::Correct(date));
        assert!(titles(&corpus)[1].starts_with("2024-09 "), "{:?}", titles(&corpus));
        run(&mut desk, &mut corpus, Command::Correct(Correction::DateAsRead(tunnel)));
        assert_eq!(titles(&corpus), before);

        let at = TEXT.find("隧道贯通").unwrap();
        let span = crate::span::Span::new(at, at + "隧道贯通".len());
        run(&mut desk, &mut corpus, Command::SelectWords(Some(Passage { doc: 0, article: 0, span })));
        run(&mut desk, &mut corpus, Command::AddEvent);
        assert_eq!(titles(&corpus).last().map(String::as_str), Some("2024-08 隧道贯通"));
        let Some(Mark::Event { event, .. }) = desk.selection else { panic!("it is selected") };
        assert!(corpus.entries[0].document.events[event].is_corrected());

        run(&mut desk, &mut corpus, Command::Select(bridge));
        run(&mut desk, &mut corpus, Command::Pick(tunnel));
        run(&mut desk, &mut corpus, Command::Merge);
        assert_eq!(desk.overlay, Some(Overlay::Merge));
        let merge = Correction::Merge { kept: bridge, others: vec![tunnel] };
        run(&mut desk, &mut corpus, Command::Correct(merge));
        assert!(corpus.entries[0].document.events[1].is_merged());
        run(&mut desk, &mut corpus, Command::Split);
        assert!(!corpus.entries[0].document.events[1].is_merged());
        run(&mut desk, &mut corpus, Command::Star);
        assert!(corpus.entries[0].document.events[0].is_starred());
        run(&mut desk, &mut corpus, Command::Star);
        assert!(!corpus.entries[0].document.events[0].is_starred());
    }
}
