//! Undo and redo of the user's choices.

use super::{AxisScale, ChartMode, Command, Desk, FoldChoice, Grouping, TimelineMode, apply};
use crate::corpus::Corpus;
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
    chart_mode: ChartMode,
    chart_scale: AxisScale,
    chart_is_linked: bool,
    quantity_filter: String,
    places: BTreeSet<String>,
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
            chart_mode: desk.chart.mode,
            chart_scale: desk.chart.scale,
            chart_is_linked: desk.chart.is_linked,
            quantity_filter: desk.chart.quantity_filter.clone(),
            places: desk.places.clone(),
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
        desk.chart.mode = self.chart_mode;
        desk.chart.scale = self.chart_scale;
        desk.chart.is_linked = self.chart_is_linked;
        desk.chart.quantity_filter = self.quantity_filter;
        desk.places = self.places;
        [desk.panes.timeline, desk.panes.chart, desk.panes.source] = self.open_panes;
        desk.panes.sidebar = self.sidebar;
    }
}

/// The steps that were taken, and those that were taken back.
#[derive(Debug, Clone, Default)]
pub struct History {
    done: Vec<Choices>,
    undone: Vec<Choices>,
}

impl History {
    /// As [`apply`], and remembers what it changed. Carries out [`Command::Undo`] and [`Command::Redo`].
    pub fn apply(&mut self, desk: &mut Desk, corpus: &Corpus, command: Command) -> Option<Command> {
        match command {
            Command::Undo => {
                if let Some(before) = self.done.pop() {
                    self.undone.push(Choices::of(desk));
                    before.put_into(desk);
                }
                None
            }
            Command::Redo => {
                if let Some(after) = self.undone.pop() {
                    self.done.push(Choices::of(desk));
                    after.put_into(desk);
                }
                None
            }
            command => {
                let before = Choices::of(desk);
                let outward = apply(desk, corpus, command);
                if before != Choices::of(desk) {
                    self.done.push(before);
                    let excess = self.done.len().saturating_sub(MAX_STEPS);
                    self.done.drain(..excess);
                    self.undone.clear();
                }
                outward
            }
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_are_taken_back_one_by_one_and_looking_about_is_none() {
        let (mut desk, corpus, mut history) = (Desk::default(), Corpus::default(), History::default());
        let mut run = |desk: &mut Desk, command: Command| history.apply(desk, &corpus, command);
        run(&mut desk, Command::TogglePlace("天津".to_owned()));
        run(&mut desk, Command::LargerInterface);
        run(&mut desk, Command::ToggleFold);
        run(&mut desk, Command::Undo);
        assert_eq!(desk.timeline.fold, FoldChoice::Auto);
        assert!(desk.places.contains("天津"));
        run(&mut desk, Command::Undo);
        run(&mut desk, Command::Undo);
        assert!(desk.places.is_empty());
        assert_eq!(desk.ui_scale_percent, 110);
        run(&mut desk, Command::Redo);
        assert!(desk.places.contains("天津"));
        assert!(history.can_undo() && history.can_redo());
    }
}
