//! Hints for the first minutes: one at a time, each gone for good when it was put away or what it says was done.

use super::{Command, Desk, Mark, Overlay};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// One thing that is not to be seen at first sight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Hint {
    /// A mark leads to the sentence that says so.
    Mark,
    /// The wheel with Ctrl zooms.
    Zoom,
    /// One field finds every command.
    Palette,
    /// What was read wrong can be put right.
    Correct,
}

impl Hint {
    /// In the order in which they come.
    pub const ALL: [Self; 4] = [Self::Mark, Self::Zoom, Self::Palette, Self::Correct];

    /// What does at once what it tells of.
    pub const fn command(self) -> Command {
        match self {
            Self::Mark => Command::NextEvent,
            Self::Zoom => Command::ZoomIn,
            Self::Palette => Command::Open(Overlay::Palette),
            Self::Correct => Command::Open(Overlay::Correct),
        }
    }

    /// The key of its words; those of its action stand under the same with `-do` behind.
    pub const fn keys(self) -> (&'static str, &'static str) {
        match self {
            Self::Mark => ("hint.mark", "hint.mark-do"),
            Self::Zoom => ("hint.zoom", "hint.zoom-do"),
            Self::Palette => ("hint.palette", "hint.palette-do"),
            Self::Correct => ("hint.correct", "hint.correct-do"),
        }
    }

    /// Whether there is anything on the desk that it is about.
    fn fits(self, desk: &Desk) -> bool {
        let is_axis = desk.panes.timeline && !desk.seen.is_list;
        match self {
            Self::Mark => desk.selection.is_none() && desk.panes.timeline,
            Self::Zoom => is_axis,
            Self::Palette => true,
            Self::Correct => matches!(desk.selection, Some(Mark::Event { .. })),
        }
    }
}

/// The hints that are no longer needed. Kept with the settings.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Hints(BTreeSet<Hint>);

impl Hints {
    /// It is not needed any more.
    pub fn put_away(&mut self, hint: Hint) {
        self.0.insert(hint);
    }

    /// All of them come again.
    pub fn show_again(&mut self) {
        self.0.clear();
    }

    /// The one to be shown now, if any; only where there are events to speak of and nothing lies over the window.
    ///
    /// ```
    /// use nianbiao::desk::{Desk, Hint};
    /// let mut desk = Desk::default();
    /// assert_eq!(desk.hints.next(&desk), Some(Hint::Mark));
    /// desk.hints.put_away(Hint::Mark);
    /// assert_eq!(desk.hints.next(&desk), Some(Hint::Zoom));
    /// ```
    pub fn next(&self, desk: &Desk) -> Option<Hint> {
        let is_free = desk.overlay.is_none() && desk.search.is_empty();
        Hint::ALL.into_iter().find(|hint| is_free && !self.0.contains(hint) && hint.fits(desk))
    }
}

/// Who did what a hint tells of needs no telling. `desk` is as it was before the command.
pub(super) fn learn(desk: &mut Desk, command: &Command) {
    // A pane that answers (centres, pans) sets the window, too.
    let is_own = desk.timeline.nudge.is_none();
    let known = match command {
        Command::Select(_) => Hint::Mark,
        Command::ZoomIn | Command::ZoomOut => Hint::Zoom,
        Command::SetTimeWindow(Some(_)) if is_own => Hint::Zoom,
        Command::Open(Overlay::Palette) => Hint::Palette,
        Command::Open(Overlay::Correct) | Command::Correct(_) => Hint::Correct,
        _ => return,
    };
    desk.hints.put_away(known);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{corpus::Corpus, desk::apply};

    #[test]
    fn a_hint_goes_when_it_was_done_or_put_away_and_all_come_again_when_asked() {
        let (mut desk, corpus) = (Desk::default(), Corpus::default());
        let next = |desk: &Desk| desk.hints.next(desk);
        apply(&mut desk, &corpus, Command::Select(Mark::Event { doc: 0, event: 0 }));
        assert_eq!(next(&desk), Some(Hint::Zoom));
        // What a pane answers to a selection is no zooming of the user's.
        let window = crate::desk::TimeWindow { start: 0.0, end: 1.0 };
        apply(&mut desk, &corpus, Command::SetTimeWindow(Some(window)));
        assert_eq!(next(&desk), Some(Hint::Zoom));
        apply(&mut desk, &corpus, Command::ZoomIn);
        assert_eq!(next(&desk), Some(Hint::Palette));
        apply(&mut desk, &corpus, Command::DismissHint(Hint::Palette));
        assert_eq!(next(&desk), Some(Hint::Correct));
        apply(&mut desk, &corpus, Command::ClearSelection);
        assert_eq!(next(&desk), None, "nothing is there to be corrected");
        apply(&mut desk, &corpus, Command::ShowHints);
        assert_eq!(next(&desk), Some(Hint::Mark));
        apply(&mut desk, &corpus, Command::Open(Overlay::Palette));
        assert_eq!(next(&desk), None, "nothing is said beside an overlay");
    }
}
