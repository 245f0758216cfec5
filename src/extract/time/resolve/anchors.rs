//! What a time can be looked at from: the day of writing, and the times told before it.
//!
//! ```text
//! 2023年产量5万吨。上年为4万吨      上年 looks from the time told last
//! 去年产量5万吨                    去年 looks from the day of writing
//! ```

use super::Resolved;
use crate::{
    edtf::{Edtf, Grain},
    extract::time::{
        frame::Frame,
        timex::{Fields, From, N_UNITS, Timex, Unit, What},
    },
    model::{Anchor, AnchorKind},
};
use chrono::{NaiveDateTime, TimeDelta};

/// Where an expression stands.
#[derive(Debug, Clone, Copy, Default)]
pub struct Here {
    /// Index of the block.
    pub block: usize,
    /// Index of the sentence in the block.
    pub sentence: usize,
    /// 的 stands right before: 领取的次月.
    pub after_de: bool,
    /// It is the base of a comparison (比去年): no anchor for what follows.
    pub compared: bool,
    /// Someone speaks: 三年后 looks from the day of speaking, not from the story.
    pub spoken: bool,
    /// Its sentence looks ahead: 将, 预计, 力争.
    pub ahead: bool,
    /// It is all of its line, or nearly: a year that stands over the entries of a chronicle.
    pub heads: bool,
    /// It is itself counted from another time (一年后): 一年后……，两年后…… of one sentence count from the same.
    pub counted: bool,
}

/// A time that was resolved before, as an anchor.
#[derive(Debug, Clone)]
pub(in crate::extract::time) struct Seen {
    pub idx: usize,
    pub here: Here,
    pub frame: Frame,
}

/// What is known at a place of the article; grows as the article is read.
#[derive(Debug, Clone, Default)]
pub struct Anchors {
    pub(in crate::extract::time) dct: Option<Dct>,
    /// The article has its own dateline.
    pub(super) own: bool,
    /// The text is more than a phrase: its dates look back as readily as ahead.
    pub(super) is_text: bool,
    /// The one year that the headline names.
    pub(in crate::extract::time) headline_year: Option<i32>,
    /// In the order of the text.
    pub(in crate::extract::time) seen: Vec<Seen>,
    /// For each unit, the last of `seen` that is so fine.
    pub(super) latest: [Option<usize>; N_UNITS],
    /// The last of `seen` that is a year by itself in its line.
    pub(super) heading: Option<usize>,
    /// How many were seen when the text last came back to the present (如今, 目前).
    pub(super) n_before_now: usize,
}

#[derive(Debug, Clone, Copy)]
pub(in crate::extract::time) struct Dct {
    pub start: NaiveDateTime,
    pub end: NaiveDateTime,
    pub grain: Grain,
}

/// How many times back a bare month looks for its year, so that one endless paragraph costs no more than many.
pub(super) const LOOK_BACK: usize = 64;

/// A frame with what it was found from.
pub(super) type Placed = (Frame, Anchor);

impl Anchors {
    /// Nothing read yet.
    pub fn new(dct: Option<&Edtf>, own: bool, is_text: bool) -> Self {
        let dct = dct.and_then(|edtf| {
            let interval = edtf.interval()?;
            Some(Dct { start: interval.start?.0, end: interval.end?.0, grain: edtf.grain() })
        });
        Self { dct, own, is_text, ..Self::default() }
    }

    /// Remembers a resolved time as the `idx`-th of the article.
    pub fn remember(&mut self, idx: usize, here: Here, resolved: &Resolved) {
        if resolved.value == "PRESENT_REF" {
            self.n_before_now = self.seen.len();
        }
        if let Some(frame) = &resolved.frame
            && !here.compared
        {
            self.push(Seen { idx, here, frame: frame.clone() });
        }
    }

    pub(super) fn push(&mut self, seen: Seen) {
        if seen.here.heads && seen.frame.unit == Unit::Year && seen.frame.last.is_none() {
            self.heading = Some(self.seen.len());
        }
        if let Some(slot) = self.latest.get_mut(seen.frame.unit as usize) {
            *slot = Some(self.seen.len());
        }
        self.seen.push(seen);
    }

    /// The time told last whose unit `fits`; no walk back over the article.
    pub(super) fn latest(&self, fits: impl Fn(Unit) -> bool) -> Option<&Seen> {
        let units = Unit::ALL.into_iter().zip(self.latest).filter(|(unit, _)| fits(*unit));
        self.seen.get(units.filter_map(|(_, idx)| idx).max()?)
    }

    /// The times told in block `block`, the last one of the article, from the last to the first.
    pub(in crate::extract::time) fn in_block(&self, block: usize) -> impl Iterator<Item = &Seen> {
        self.seen.iter().rev().take_while(move |seen| seen.here.block == block)
    }

    pub(in crate::extract::time) fn dct_anchor(&self) -> Anchor {
        let kind = if self.own { AnchorKind::Article } else { AnchorKind::Document };
        Anchor { kind, time: None, note: None }
    }

    /// The last time spoken of that is at least as fine as `grain`, near enough to lean on.
    pub(in crate::extract::time) fn text_anchor(&self, grain: Grain) -> Option<&Seen> {
        self.latest(|unit| unit.grain() <= grain)
    }

    /// 那天 of which nothing was told in its paragraph.
    pub fn is_untold(&self, timex: &Timex, here: Here) -> bool {
        let What::Point(fields) = &timex.what else { return false };
        let grain = if fields.shift(Unit::Year).is_some() { Grain::Year } else { Grain::Day };
        fields.told && !self.text_anchor(grain).is_some_and(|seen| seen.here.block == here.block)
    }

    /// The moment relative fields look from.
    pub(in crate::extract::time) fn base(&self, fields: &Fields, here: Here) -> Option<(NaiveDateTime, Anchor)> {
        if fields.from == From::Text {
            let grain = if fields.shift(Unit::Day).is_some() {
                Grain::Day
            } else if fields.shift(Unit::Month).is_some() {
                Grain::Month
            } else {
                Grain::Year
            };
            // 在取得所得的次月: of whatever is spoken of, which no date says.
            let same_sentence = |seen: &Seen| seen.here.block == here.block && seen.here.sentence == here.sentence;
            // 降幅比上月收窄: the month before the one that the paragraph tells of.
            let is_month = |seen: &&Seen| seen.frame.unit == Unit::Month && seen.frame.last.is_none();
            let month = if fields.shift(Unit::Month) == Some(-1) && here.compared {
                self.in_block(here.block).take(LOOK_BACK).find(is_month)
            } else {
                None
            };
            let near = self.text_anchor(grain);
            if here.after_de && !near.is_some_and(same_sentence) {
                return None;
            }
            let near = near.filter(|seen| {
                let same_block = seen.here.block == here.block;
                if fields.shift(Unit::Month) == Some(-1) {
                    return same_sentence(seen) && seen.frame.unit == Unit::Month;
                }
                same_block || fields.shift(Unit::Year) != Some(-1) && fields.shift(Unit::Year) != Some(1)
            });
            if let Some(seen) = near.or(month) {
                let anchor = Anchor { kind: AnchorKind::Sentence, time: Some(seen.idx), note: None };
                let last = seen.frame.end - TimeDelta::seconds(1);
                let at = if grain == Grain::Year { seen.frame.start } else { last };
                return Some((if fields.shift(Unit::Day) == Some(0) { seen.frame.start } else { at }, anchor));
            }
        }
        if let Some(told) = self.next_year_of_story(fields, here) {
            return Some(told);
        }
        self.dct.map(|dct| (dct.start, self.dct_anchor()))
    }
}
