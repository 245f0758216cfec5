//! From what is said to which days that is.
//!
//! 「去年」 needs the day of writing, 「上年」 the year its own sentence speaks of, 「9月」 a year from somewhere. Where
//! each came from is kept in the anchor. What cannot be known stays unresolved: a value with `X`, no interval.
//! It does not read on: only what stands before a time can be its anchor.

use super::{
    calendars,
    frame::{Frame, span_of},
    lexicon::lexicon,
    needs::Needs,
    timex::{Bound, Fields, From, Length, N_UNITS, Slice, Timex, Unit, Val, What},
};
use crate::{
    edtf::{Date, Edtf, Grain, Interval, Moment},
    model::{Anchor, AnchorKind, TimeMod, TimeType},
};
use chrono::{Datelike as _, Days, NaiveDate, NaiveDateTime, TimeDelta};

/// A resolved time without its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Resolved {
    /// TIMEX3 type.
    pub kind: TimeType,
    /// TIMEX3 value.
    pub value: String,
    /// EDTF, for dates and times with a day.
    pub edtf: Option<Edtf>,
    /// The stretch meant.
    pub interval: Option<Interval>,
    /// TIMEX3 modifier.
    pub modifier: Option<TimeMod>,
    /// What it was resolved against.
    pub anchor: Anchor,
    /// The stretch for later anchors, and how fine it is.
    pub frame: Option<Frame>,
}

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
pub(super) struct Seen {
    pub(super) idx: usize,
    pub(super) here: Here,
    pub(super) frame: Frame,
}

/// What is known at a place of the article; grows as the article is read.
#[derive(Debug, Clone, Default)]
pub struct Anchors {
    pub(super) dct: Option<Dct>,
    /// The article has its own dateline.
    own: bool,
    /// The text is more than a phrase: its dates look back as readily as ahead.
    is_text: bool,
    /// The one year that the headline names.
    pub(super) headline_year: Option<i32>,
    /// In the order of the text.
    pub(super) seen: Vec<Seen>,
    /// For each unit, the last of `seen` that is so fine.
    latest: [Option<usize>; N_UNITS],
    /// The last of `seen` that is a year by itself in its line.
    heading: Option<usize>,
    /// How many were seen when the text last came back to the present (如今, 目前).
    n_before_now: usize,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Dct {
    pub(super) start: NaiveDateTime,
    pub(super) end: NaiveDateTime,
    pub(super) grain: Grain,
}

/// How many times back a bare month looks for its year, so that one endless paragraph costs no more than many.
const LOOK_BACK: usize = 64;

/// A frame with what it was found from.
type Placed = (Frame, Anchor);

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

    fn push(&mut self, seen: Seen) {
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
    pub(super) fn in_block(&self, block: usize) -> impl Iterator<Item = &Seen> {
        self.seen.iter().rev().take_while(move |seen| seen.here.block == block)
    }

    pub(super) fn dct_anchor(&self) -> Anchor {
        let kind = if self.own { AnchorKind::Article } else { AnchorKind::Document };
        Anchor { kind, time: None, note: None }
    }

    /// The last time spoken of that is at least as fine as `grain`, near enough to lean on.
    pub(super) fn text_anchor(&self, grain: Grain) -> Option<&Seen> {
        self.latest(|unit| unit.grain() <= grain)
    }

    /// 那天 of which nothing was told in its paragraph.
    pub fn is_untold(&self, timex: &Timex, here: Here) -> bool {
        let What::Point(fields) = &timex.what else { return false };
        let grain = if fields.shift(Unit::Year).is_some() { Grain::Year } else { Grain::Day };
        fields.told && !self.text_anchor(grain).is_some_and(|seen| seen.here.block == here.block)
    }

    /// The moment relative fields look from.
    pub(super) fn base(&self, fields: &Fields, here: Here) -> Option<(NaiveDateTime, Anchor)> {
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

    /// The frame of a calendar expression; `None` where something needed is not known.
    pub fn place(&self, fields: &Fields, here: Here) -> Option<Placed> {
        if fields.same_period {
            return self.same_period(fields, here);
        }
        if let Some(named) = fields.named {
            return self.named(named, fields, here);
        }
        if fields.slice.is_some() && Unit::ALL.into_iter().all(|unit| fields.get(unit).is_none()) {
            let unit = fields.slice?.unit;
            if !matches!(unit, Unit::Quarter | Unit::Month) {
                return None;
            }
            let (year, anchor) = self.infer_year(fields, here)?;
            let frame = Frame::year(year)?.narrowed(fields)?;
            // 前两个月 in February: this year has no two yet, so the two before.
            if let (Some(slice), Some(dct)) = (fields.slice, self.dct)
                && anchor.kind != AnchorKind::Sentence
                && slice.unit == Unit::Month
                && slice.skip == 0
                && !slice.from_end
                && slice.count <= 3
                && dct.start.month() <= slice.count
                && dct.end < frame.end
            {
                let (month, count) = (dct.start.month() as i32, slice.count as i32);
                let (first, last) = (Frame::month(year, month - count)?, Frame::month(year, month - 1)?);
                return Some((span_of(&first, &last, Unit::Month)?, anchor));
            }
            return Some((frame, anchor));
        }
        let (start, anchor) = self.outer(fields, here)?;
        let mut frame = start.narrowed(fields)?;
        if let Some(weekday) = fields.is(Unit::Weekday)
            && fields.coarsest() == Some(Unit::Weekday)
            && weekday == 8
        {
            frame.value = None;
        }
        Some((frame, anchor))
    }

    /// The stretch that the coarsest field names, before the finer ones narrow it.
    fn outer(&self, fields: &Fields, here: Here) -> Option<Placed> {
        let coarsest = fields.coarsest()?;
        let base = || self.base(fields, here);
        match coarsest {
            Unit::Century | Unit::Decade => self.century(fields, here),
            Unit::Year => match fields.get(Unit::Year)? {
                Val::Is(year) => {
                    let note = fields.era.then(|| lexicon().era_note.clone());
                    let kind = if fields.era { AnchorKind::Lexicon } else { AnchorKind::None };
                    if let Some(dct) = self.dct
                        && let Some(day) = same_day(fields, dct.start.date(), year)
                    {
                        return Some((Frame::day(day)?, self.dct_anchor()));
                    }
                    Some((Frame::year(year)?, Anchor { kind, time: None, note }))
                }
                Val::Shift(by) if fields.whole => {
                    let (year, anchor) = self.infer_year(fields, here)?;
                    Some((Frame::year(year + by)?, anchor))
                }
                Val::Shift(by) => {
                    let (at, mut anchor) = base()?;
                    let year = match fields.cycle {
                        Some(number) => {
                            anchor.note = Some("干支纪年，取距写作日期最近之年".to_owned());
                            nearest_in_cycle(at.year(), number)
                        }
                        None => at.year() + by,
                    };
                    if let Some(day) = same_day(fields, at.date(), year) {
                        return Some((Frame::day(day)?, anchor));
                    }
                    Some((Frame::year(year)?, anchor))
                }
            },
            Unit::Half | Unit::Quarter | Unit::Month | Unit::Season => {
                if let Some(Val::Shift(by)) = fields.get(coarsest) {
                    let (at, anchor) = base()?;
                    return Some((shifted(coarsest, at, by)?, anchor));
                }
                let (year, anchor) = self.infer_year(fields, here)?;
                if fields.lunar {
                    let in_year = |year| Frame::year(year)?.narrowed(fields);
                    let day = self.nearest_to_told(&anchor, in_year(year)?, || in_year(year - 1));
                    let is_before = in_year(year) != Some(day);
                    return Some((Frame::year(year - i32::from(is_before))?, anchor));
                }
                Some((Frame::year(year)?, anchor))
            }
            Unit::Week => {
                let (at, anchor) = base()?;
                Some((Frame::week(at.date(), fields.shift(Unit::Week)?)?, anchor))
            }
            Unit::Weekday => {
                let (at, anchor) = base()?;
                Some((Frame::week(at.date(), self.weekday_shift(at.date(), fields)?)?, anchor))
            }
            Unit::Xun => {
                let (frame, anchor) = self.infer_month(fields, here)?;
                Some((frame, anchor))
            }
            Unit::Day => match fields.get(Unit::Day)? {
                Val::Shift(by) => {
                    let (at, anchor) = base()?;
                    Some((Frame::day(at.date().checked_add_signed(TimeDelta::days(i64::from(by)))?)?, anchor))
                }
                Val::Is(_) => self.infer_month(fields, here),
            },
            Unit::Part | Unit::Hour | Unit::Minute | Unit::Second => self.infer_day(here),
        }
    }

    /// Which week a bare weekday is in: a dispatch looks back, a bare phrase ahead.
    fn weekday_shift(&self, today: NaiveDate, fields: &Fields) -> Option<i32> {
        let weekday = fields.is(Unit::Weekday)?.min(7);
        let now = i32::try_from(today.weekday().number_from_monday()).ok()?;
        Some(match (self.own, weekday <= now) {
            (false, _) if weekday < now => 1,
            (true, _) if weekday > now => -1,
            _ => 0,
        })
    }

    fn century(&self, fields: &Fields, here: Here) -> Option<Placed> {
        let mut anchor = Anchor::default();
        let century = match fields.get(Unit::Century) {
            Some(Val::Is(century)) => Some(century),
            Some(Val::Shift(by)) => {
                let (at, from) = self.base(fields, here)?;
                anchor = from;
                Some(at.year().div_euclid(100) + by)
            }
            None => None,
        };
        let Some(tens) = fields.is(Unit::Decade) else {
            let century = century?;
            let frame = if century < 0 {
                span_of(&Frame::year(century * 100 + 1)?, &Frame::year(century * 100 + 100)?, Unit::Century)?
            } else {
                Frame::from_date(Date::from_century(century * 100), Unit::Century)?
            };
            return Some((frame, anchor));
        };
        let century = century.unwrap_or(if tens >= 30 { 19 } else { 20 });
        Some((Frame::from_date(Date::from_decade(century * 100 + tens), Unit::Decade)?, anchor))
    }

    /// The year of an expression that names none, and why. A weekday beside the day tells which of the years nearby.
    fn infer_year(&self, fields: &Fields, here: Here) -> Option<(i32, Anchor)> {
        let (year, mut anchor) = self.year_told(fields, here)?;
        let found = fields.weekday.and_then(|weekday| calendars::year_by_weekday(year, fields, weekday));
        if found.is_some() {
            anchor.note = Some("年份按星期推定".to_owned());
        }
        Some((found.unwrap_or(year), anchor))
    }

    fn year_told(&self, fields: &Fields, here: Here) -> Option<(i32, Anchor)> {
        let coarse = fields.whole
            || fields.get(Unit::Half).is_some()
            || fields.get(Unit::Quarter).is_some()
            || fields.slice.is_some();
        let told = self.told_before(here, coarse).filter(|_| !fields.latest);
        let of_dct = self.dct.map(|dct| self.year_near_dct(dct, fields, here));
        if let Some(seen) = told {
            // 元旦假期 may begin in the old year.
            let is_days = seen.frame.unit == Unit::Day && seen.frame.last.is_some();
            let last = seen.frame.end - TimeDelta::seconds(1);
            let year = if is_days { last.year() } else { seen.frame.start.year() };
            let year_only = seen.frame.unit == Unit::Year;
            let fits_dct = self.dct.zip(fields.is(Unit::Month)).is_some_and(|(dct, month)| {
                let day = fields.is(Unit::Day).unwrap_or(15);
                let near = i32::from(dct.start.month() as u16) * 30 + dct.start.day() as i32 - month * 30 - day;
                fields.get(Unit::Day).is_some() && near.abs() <= 45
            });
            if !(year_only && fits_dct) || seen.here.heads {
                // The story goes on: after 2024年底 a 3月 is of the next year.
                let note = format!("年份承前文（{year}年）");
                return Some((year, Anchor { kind: AnchorKind::Sentence, time: Some(seen.idx), note: Some(note) }));
            }
        }
        if let Some(year) = self.headline_year.filter(|_| (coarse || fields.named.is_some()) && !fields.latest) {
            let note = Some(format!("年份承标题（{year}年）"));
            return Some((year, Anchor { kind: AnchorKind::Sentence, time: None, note }));
        }
        // 上半年纪事（2013年1月—6月）: where no day of writing is known, a month is of the year that the headline names.
        if let Some(year) = self.headline_year.filter(|_| self.dct.is_none() && fields.is(Unit::Month).is_some()) {
            let note = Some(format!("年份承标题（{year}年）"));
            return Some((year, Anchor { kind: AnchorKind::Sentence, time: None, note }));
        }
        // Where no day of writing is known, the day told last is all there is to go by.
        if self.dct.is_none()
            && let Some(seen) = self.latest(|unit| unit > Unit::Year).filter(|seen| seen.frame.start.year() >= 1900)
        {
            let year = seen.frame.start.year();
            let note = format!("年份承前文（{year}年）");
            return Some((year, Anchor { kind: AnchorKind::Sentence, time: Some(seen.idx), note: Some(note) }));
        }
        let mut anchor = self.dct_anchor();
        anchor.note = Some("年份取自写作日期".to_owned());
        let leap_day = fields.is(Unit::Month) == Some(2) && fields.is(Unit::Day) == Some(29) && !fields.lunar;
        let year = of_dct?;
        let leap = |year: &i32| NaiveDate::from_ymd_opt(*year, 2, 29).is_some();
        let year = if leap_day { (year - 8..=year).rev().find(leap).unwrap_or(year) } else { year };
        Some((year, anchor))
    }

    /// The time whose year a bare month leans on, since the text last came back to the present; `coarse` ones (一季度)
    /// look beyond their paragraph.
    fn told_before(&self, here: Here, coarse: bool) -> Option<&Seen> {
        let has_year = |unit: Unit| unit >= Unit::Year;
        // An hour of these days tells no year that the day of writing does not; one of long ago does.
        let this_year = self.dct.map(|dct| dct.start.year());
        // Nor does a day of these days say which year's 全年 is told.
        let finest = if coarse { Unit::Week } else { Unit::Day };
        let tells = |seen: &Seen| seen.frame.unit <= finest || this_year != Some(seen.frame.start.year());
        let n_since_now = self.seen.len() - self.n_before_now.min(self.seen.len());
        let in_block = self
            .in_block(here.block)
            .take(n_since_now.min(LOOK_BACK))
            .find(|seen| has_year(seen.frame.unit) && tells(seen) && self.goes_on(seen, here));
        let beyond = || {
            let first = self.seen.get(self.n_before_now)?.idx;
            self.latest(has_year).filter(|seen| {
                let goes_on = self.is_of_these_years(seen, here) && self.goes_on(seen, here);
                coarse && seen.idx >= first && tells(seen) && goes_on
            })
        };
        // 2002年 in a line of its own: the entries of a chronicle stand below.
        let heading = || self.seen.get(self.heading?);
        in_block.or_else(heading).or_else(beyond)
    }

    /// Whether the year of `seen` may still be meant in another paragraph: that of the day of writing or one beside it.
    fn is_of_these_years(&self, seen: &Seen, here: Here) -> bool {
        let year = seen.frame.start.year();
        seen.here.block == here.block || self.dct.is_none_or(|dct| (year - dct.start.year()).abs() <= 1)
    }

    /// Whether the story of `seen` goes on at `here`. 五年前 and 2030年 (in a plan) hold for their own sentence.
    fn goes_on(&self, seen: &Seen, here: Here) -> bool {
        let in_sentence = seen.here.block == here.block && seen.here.sentence == here.sentence;
        let is_ahead = self.dct.is_some_and(|dct| seen.frame.start.year() > dct.end.year());
        in_sentence || !(seen.here.counted || is_ahead)
    }

    /// The year nearest to the day of writing: a 12月 in January is last year's.
    fn year_near_dct(&self, dct: Dct, fields: &Fields, here: Here) -> i32 {
        let year = dct.start.year();
        if dct.grain >= Grain::Quarter || !(self.own || self.is_text) {
            return year;
        }
        let now = dct.start.month() as i32;
        let month = fields
            .is(Unit::Month)
            .or_else(|| fields.is(Unit::Quarter).map(|quarter| quarter * 3))
            .or_else(|| fields.is(Unit::Half).map(|half| half * 6))
            .or_else(|| fields.whole.then_some(12));
        match month {
            Some(month) if now <= 2 && month >= 10 => year - 1,
            // The bulletin of a year comes out in its third month at the latest.
            Some(12) if now <= 3 && fields.whole => year - 1,
            // Early in the year a quarter or half that is not over is one of the year before, but in a plan.
            Some(last) if now <= 3 && last > now && fields.is(Unit::Month).is_none() && !here.ahead => year - 1,
            _ => year,
        }
    }

    /// The month of a day that names none.
    fn infer_month(&self, fields: &Fields, here: Here) -> Option<Placed> {
        let told = self.latest(|unit| unit >= Unit::Month).filter(|seen| seen.here.block == here.block);
        // News of the last days: 4日 on the 5th is of this month, whatever month the story has just told of.
        let fresh = |seen: &Seen| {
            self.dct.zip(fields.is(Unit::Day)).is_some_and(|(dct, day)| {
                let far = seen.here.sentence != here.sentence;
                far && dct.grain <= Grain::Day && (0..=3).contains(&(dct.start.day() as i32 - day))
            })
        };
        if let Some(seen) = told.filter(|seen| !fresh(seen)) {
            let anchor = Anchor { kind: AnchorKind::Sentence, time: Some(seen.idx), note: None };
            let month = Frame::month(seen.frame.start.year(), seen.frame.start.month() as i32)?;
            let exists = fields.is(Unit::Day).is_none_or(|day| month.start.date().with_day(day as u32).is_some());
            if exists {
                return Some((month, anchor));
            }
        }
        let dct = self.dct.filter(|dct| dct.grain <= Grain::Month)?;
        let day = fields.is(Unit::Day).unwrap_or(1);
        let today = dct.start.day() as i32;
        // A dispatch of the 2nd that says 30日 means the month before.
        let back = i32::from(self.own && dct.grain <= Grain::Day && today <= 6 && day - today >= 15);
        let month = Frame::month(dct.start.year(), dct.start.month() as i32 - back)?;
        // 29日 in a February of 28 days is of another month.
        let exists = fields.is(Unit::Day).is_none_or(|day| month.start.date().with_day(day as u32).is_some());
        let month = if exists { month } else { Frame::month(month.start.year(), month.start.month() as i32 - 1)? };
        Some((month, self.dct_anchor()))
    }

    /// The day of a bare time of day.
    fn infer_day(&self, here: Here) -> Option<Placed> {
        let is_day = |seen: &&Seen| seen.frame.unit >= Unit::Weekday && seen.frame.last.is_none();
        let told = self.in_block(here.block).find(is_day);
        if let Some(seen) = told {
            let anchor = Anchor { kind: AnchorKind::Sentence, time: Some(seen.idx), note: None };
            return Some((Frame::day(seen.frame.start.date())?, anchor));
        }
        let dct = self.dct.filter(|dct| dct.grain <= Grain::Day && !self.own)?;
        Some((Frame::day(dct.start.date())?, self.dct_anchor()))
    }

    fn same_period(&self, fields: &Fields, here: Here) -> Option<Placed> {
        let (year, anchor) = self.outer(fields, here)?;
        let told = self.latest(|unit| unit > Unit::Year && unit < Unit::Week);
        let Some(seen) = told else { return Some((year, anchor)) };
        let by = year.start.year() - seen.frame.start.year();
        let first = seen.frame.first.with_year(seen.frame.first.year()? + by)?;
        let last = seen.frame.last.and_then(|last| last.with_year(last.year()? + by));
        let mut frame = Frame::from_date(first, seen.frame.unit)?;
        if let Some(last) = last {
            frame = span_of(&frame, &Frame::from_date(last, seen.frame.unit)?, seen.frame.unit)?;
        }
        Some((frame, Anchor { kind: AnchorKind::Sentence, time: Some(seen.idx), note: None }))
    }

    fn named(&self, entry: u16, fields: &Fields, here: Here) -> Option<Placed> {
        let lexicon = lexicon();
        let frame_in = |year: i32| {
            let of_reign = || lexicon.named_day_of_reign(entry, year);
            let (day, n_days) = fields.era.then(of_reign).flatten().or_else(|| lexicon.named_day(entry, year))?;
            let off = fields.days_off.and_then(|n_said| lexicon.days_off(entry, day, n_said));
            let (day, n_days) = off.map_or((day, n_days), |off| part_of_days(off, fields.slice));
            Frame::days(day, day.checked_add_days(Days::new(n_days))?, Unit::Day)
        };
        let (mut frame, mut anchor) = if fields.get(Unit::Year).is_some() {
            let (year, anchor) = self.outer(&Fields { named: None, ..*fields }, here)?;
            (frame_in(year.start.year())?, anchor)
        } else {
            let (year, anchor) = self.infer_year(fields, here)?;
            let mut frame = self.nearest_to_told(&anchor, frame_in(year)?, || frame_in(year - 1));
            // A phrase by itself looks ahead to the coming one.
            let alone = self.seen.is_empty() && here.block == 0 && !self.is_text;
            if let Some(dct) = self.dct
                && !self.own
                && alone
                && anchor.kind != AnchorKind::Sentence
                && frame.end <= dct.start
            {
                frame = frame_in(year + 1)?;
            }
            // In a text it is the nearest: 春节 in December is ahead, in July behind.
            if let Some(dct) = self.dct.filter(|dct| (self.own || !alone) && dct.grain <= Grain::Day)
                && anchor.kind != AnchorKind::Sentence
            {
                let far = |frame: &Frame| (frame.start - dct.start).abs();
                let years = [frame_in(dct.start.year() - 1), frame_in(dct.start.year() + 1)];
                frame = years.into_iter().flatten().chain([frame.clone()]).min_by_key(far).unwrap_or(frame);
            }
            (frame, anchor)
        };
        frame = Frame { value: None, ..frame }.narrowed(fields)?;
        if let Some(note) = lexicon.named_note(entry) {
            anchor.note = Some(note.to_owned());
        }
        Some((frame, anchor))
    }

    /// The twelfth lunar month ends in the next common year: of `this` and the year before, what is nearer to the day told.
    fn nearest_to_told(&self, anchor: &Anchor, this: Frame, before: impl Fn() -> Option<Frame>) -> Frame {
        let told = anchor.time.and_then(|idx| {
            let place = self.seen.binary_search_by_key(&idx, |seen| seen.idx).ok()?;
            self.seen.get(place).filter(|seen| seen.frame.unit > Unit::Year)
        });
        let (Some(told), Some(before)) = (told, before()) else { return this };
        let far = |frame: &Frame| (frame.start - told.frame.start).abs();
        if far(&before) < far(&this) { before } else { this }
    }

    /// Resolves one expression. `needs` knows the text in which context words are looked for.
    pub fn resolve(&mut self, timex: &Timex, here: Here, needs: &Needs<'_>) -> Resolved {
        let mut resolved = match &timex.what {
            What::Point(fields) => self.point(fields, here),
            What::Range(from, to) => self.range(from, to, here),
            What::Bounded(fields, bound) => self.bounded(fields, *bound, here),
            What::FromNow(fields) => self.as_of_now(fields, here),
            What::Beside { base, length, direction, all } => self.beside(base, length, *direction, *all, here),
            What::Ending { last, length } => self.ending(last, length, here),
            What::Within { length, direction, fields } => self.within(length, *direction, fields, here),
            What::Nth(length) => length_value(length),
            What::Length(length) => length_value(length),
            What::LengthRange(from, to) => {
                let mut resolved = length_value(from);
                resolved.value = format!("{}/{}", from.value(), to.value());
                resolved
            }
            What::Offset { length, direction, from, .. } => self.offset(length, *direction, *from, here),
            What::Window { length, direction, span } => self.window(length, *direction, *span),
            What::Ref(value) => unresolved(
                if value.starts_with('P') && !value.ends_with("REF") { TimeType::Set } else { TimeType::Date },
                value,
            ),
            What::Set { period, at } => {
                Resolved { kind: TimeType::Set, ..unresolved(TimeType::Set, &set_value(period, at)) }
            }
            What::Period { entry, bound, modifier, last_year } => {
                self.period(*entry, *bound, *modifier, *last_year, needs)
            }
        };
        resolved.modifier = resolved.modifier.or(timex.modifier);
        resolved
    }

    fn point(&self, fields: &Fields, here: Here) -> Resolved {
        let kind = if fields.finest().is_some_and(|unit| unit >= Unit::Part) { TimeType::Time } else { TimeType::Date };
        let Some((frame, anchor)) = self.place(fields, here) else {
            return Resolved { modifier: fields.part_of, ..unresolved(kind, &partial_value(fields)) };
        };
        Resolved {
            kind,
            value: frame.value(),
            edtf: Some(frame.edtf()),
            interval: Some(frame.interval()),
            modifier: fields.part_of,
            anchor,
            frame: Some(frame),
        }
    }

    fn range(&mut self, from: &Fields, to: &Fields, here: Here) -> Resolved {
        let clock = to.finest().is_some_and(|unit| unit >= Unit::Part);
        let kind = if clock { TimeType::Time } else { TimeType::Date };
        let bare = || format!("{}/{}", partial_value(from), partial_value(to));
        let Some((first, anchor)) = self.place(from, here) else { return unresolved(kind, &bare()) };
        // The second side may look from the first: 次日.
        let latest = self.latest;
        self.push(Seen { idx: anchor.time.unwrap_or(0), here, frame: first.clone() });
        let last = self.place(to, here);
        self.seen.pop();
        self.latest = latest;
        let Some((mut last, _)) = last else { return unresolved(kind, &bare()) };
        if last.end <= first.start || (clock && last.start < first.start) {
            let day_named =
                to.coarsest().is_some_and(|unit| unit < Unit::Part) && to.get(Unit::Day) != from.get(Unit::Day);
            let later = if clock && !day_named {
                moved(&last, 1, Unit::Day)
            } else if to.coarsest() == Some(Unit::Weekday) {
                // 周一至周五 on a Wednesday: both of the same week.
                moved(&last, 7, Unit::Day)
            } else {
                moved(&last, 1, Unit::Year)
            };
            let Some(later) = later.filter(|_| to.is(Unit::Year).is_none() || clock) else {
                return unresolved(kind, &bare());
            };
            last = later;
        }
        if clock && last.unit >= Unit::Hour {
            last.end = last.start;
        }
        let Some(mut frame) = joined_frames(&first, &last) else { return unresolved(kind, &bare()) };
        frame.value = None;
        let value = if clock { format!("{}/{}", first.value(), last.value()) } else { frame.value() };
        Resolved {
            kind,
            value,
            edtf: Some(frame.edtf()),
            interval: Some(frame.interval()),
            modifier: None,
            anchor,
            frame: Some(frame),
        }
    }

    fn bounded(&self, fields: &Fields, bound: Bound, here: Here) -> Resolved {
        let point = self.point(fields, here);
        let Some(frame) = point.frame.clone() else { return point };
        // 入冬以来 in May: what has lasted until now began before now.
        let ahead = bound == Bound::Since && self.dct.is_some_and(|dct| frame.start >= dct.end);
        let past = (ahead && fields.coarsest() > Some(Unit::Year)).then(|| moved(&frame, -1, Unit::Year)).flatten();
        let frame = past.unwrap_or(frame);
        let date = frame.edtf();
        let (edtf, interval) = match bound {
            Bound::Since => {
                let today = self.dct.filter(|dct| dct.end > frame.start);
                let end = today.map(|dct| Edtf::from_day((dct.end - TimeDelta::seconds(1)).date()));
                let interval = Interval::new(Some(Moment(frame.start)), today.map(|dct| Moment(dct.end)));
                (Edtf::range(Some(&date), end.as_ref()), interval)
            }
            Bound::From => (Edtf::range(Some(&date), None), Interval::new(Some(Moment(frame.start)), None)),
            Bound::Until => match self.deadline_opens(&frame, fields) {
                // 2030年前 in a plan of 2025: between now and then.
                Some(now) => (
                    Edtf::range(Some(&Edtf::from_day(now.date())), Some(&date)),
                    Interval::new(Some(Moment(now)), Some(Moment(frame.end))),
                ),
                None => (Edtf::range(None, Some(&date)), Interval::new(None, Some(Moment(frame.end)))),
            },
        };
        let value = edtf.to_string();
        // 截至今年6月底 and 3月起 tell the year of what follows.
        let frame = (bound != Bound::Since).then_some(frame);
        Resolved { value, edtf: Some(edtf), interval: Some(interval), frame, ..point }
    }

    /// The beginning of what began at `start`: about the year it began.
    fn about_year(&self, note: String, start: Option<&Edtf>) -> Resolved {
        let year = start.and_then(Edtf::start).and_then(Date::year);
        let edtf = year.and_then(|year| format!("{year:04}~").parse::<Edtf>().ok());
        let anchor = Anchor { kind: AnchorKind::Lexicon, time: None, note: Some(note) };
        let Some(edtf) = edtf else { return unresolved(TimeType::Date, "XXXX") };
        Resolved {
            kind: TimeType::Date,
            value: edtf.to_string(),
            interval: edtf.interval(),
            edtf: Some(edtf),
            modifier: Some(TimeMod::Start),
            anchor,
            frame: None,
        }
    }

    /// The moment from which a deadline runs, where what is bounded lies wholly ahead of the day of writing or around it.
    fn deadline_opens(&self, frame: &Frame, fields: &Fields) -> Option<NaiveDateTime> {
        let dct = self.dct.filter(|dct| dct.grain <= Grain::Day && !fields.latest)?;
        (frame.end > dct.end && !(frame.start <= dct.start && frame.unit >= Unit::Day)).then_some(dct.start)
    }

    /// 从现在到八点: a clock time is the next one.
    fn as_of_now(&self, fields: &Fields, here: Here) -> Resolved {
        let to = self.point(fields, here);
        let Some((dct, frame)) = self.dct.zip(to.frame.clone()) else { return to };
        let is_open = fields.is_clock_only() && fields.get(Unit::Part).is_none() && frame.start <= dct.start;
        let later = |hours: i64| frame.start + TimeDelta::hours(hours);
        let end = match (is_open, fields.finest() >= Some(Unit::Hour)) {
            (true, _) if later(12) > dct.start => later(12),
            (true, _) => later(24),
            (false, true) => frame.start,
            (false, false) => frame.end,
        };
        if end <= dct.start {
            return to;
        }
        let value = format!("{}/{}", Moment(dct.start), Moment(end));
        let interval = Some(Interval::new(Some(Moment(dct.start)), Some(Moment(end))));
        Resolved { value, edtf: None, interval, anchor: self.dct_anchor(), frame: None, ..to }
    }

    fn period(
        &self,
        entry: u16,
        bound: Option<Bound>,
        modifier: Option<TimeMod>,
        last_year: Option<bool>,
        needs: &Needs<'_>,
    ) -> Resolved {
        let Some(period) = lexicon().period(entry) else { return unresolved(TimeType::Date, "XXXX") };
        if !needs.are_met(entry, period) {
            return Resolved { modifier, ..unresolved(TimeType::Date, "XXXX") };
        }
        let (start, end) = period.bounds();
        let now = self.dct.map(|dct| Edtf::from_day((dct.end - TimeDelta::seconds(1)).date()));
        let of_year =
            |edtf: &Option<Edtf>| edtf.as_ref().and_then(|edtf| edtf.start()).and_then(Date::year).map(Edtf::from_year);
        let short = start.as_ref().and_then(Edtf::interval).zip(end.as_ref().and_then(Edtf::interval));
        let is_moment = short.is_some_and(|(start, end)| {
            start.start.zip(end.end).is_some_and(|(start, end)| end.0 - start.0 <= TimeDelta::days(366))
        });
        // 建国初期 is not the day itself.
        if is_moment && modifier == Some(TimeMod::Start) && bound.is_none() {
            return self.about_year(period.note.clone(), start.as_ref());
        }
        let edtf = match (bound, last_year) {
            (Some(Bound::Since), _) => Edtf::range(start.as_ref(), now.as_ref()),
            (Some(Bound::From), _) => Edtf::range(end.as_ref().or(start.as_ref()), None),
            (Some(Bound::Until), _) => Edtf::range(None, start.as_ref()),
            (None, Some(false)) => of_year(&start).unwrap_or_else(|| Edtf::range(start.as_ref(), None)),
            (None, Some(true)) => of_year(&end).unwrap_or_else(|| Edtf::range(None, end.as_ref())),
            (None, None) => match (&start, &end) {
                (Some(start), Some(end)) if start == end => start.clone(),
                (start, Some(end)) => Edtf::range(start.as_ref(), Some(end)),
                (start, None) => Edtf::range(start.as_ref(), now.as_ref()),
            },
        };
        let note = Some(period.note.clone());
        let interval = edtf.interval();
        Resolved {
            kind: TimeType::Date,
            value: edtf.to_string(),
            interval: modifier.and_then(|part| part_of_period(interval?, part)).or(interval),
            edtf: Some(edtf),
            modifier,
            anchor: Anchor { kind: AnchorKind::Lexicon, time: None, note },
            frame: None,
        }
    }
}

/// A time of which only what is said is known.
pub(super) fn unresolved(kind: TimeType, value: &str) -> Resolved {
    Resolved {
        kind,
        value: value.to_owned(),
        edtf: None,
        interval: None,
        modifier: None,
        anchor: Anchor::default(),
        frame: None,
    }
}

fn length_value(length: &Length) -> Resolved {
    Resolved { modifier: length.modifier, ..unresolved(TimeType::Duration, &length.value()) }
}

/// 假期首日, 假期前三天, 假期最后一天: so many of the days off.
fn part_of_days((first, n_days): (NaiveDate, u64), slice: Option<Slice>) -> (NaiveDate, u64) {
    let Some(slice) = slice.filter(|slice| slice.unit == Unit::Day) else { return (first, n_days) };
    let skip = if slice.from_end { n_days.saturating_sub(u64::from(slice.count)) } else { u64::from(slice.skip) };
    let begin = first.checked_add_days(Days::new(skip));
    begin.filter(|_| skip < n_days).map_or((first, n_days), |begin| (begin, u64::from(slice.count).min(n_days - skip)))
}

/// The year with this number of the cycle of sixty from 49 years back to ten ahead: one seldom writes of later ones.
fn nearest_in_cycle(year: i32, number: u8) -> i32 {
    let last = year + 10;
    last - (last - 4 - i32::from(number)).rem_euclid(60)
}

/// 北宋末年, 改革开放初期: the first, middle or last fifth of a time of at least five years.
fn part_of_period(whole: Interval, part: TimeMod) -> Option<Interval> {
    let (start, end) = (whole.start?.0, whole.end?.0);
    let fifth = Some((end - start) / 5).filter(|fifth| *fifth >= TimeDelta::days(365))?;
    let year_of = |at: NaiveDateTime| at.date().with_day(1)?.with_month(1)?.and_hms_opt(0, 0, 0);
    let (start, end) = match part {
        TimeMod::Start => (start, year_of(start + fifth)?),
        TimeMod::Mid => (year_of(start + fifth * 2)?, year_of(start + fifth * 3)?),
        TimeMod::End => (year_of(end - fifth)?, end),
        _ => return None,
    };
    Some(Interval::new(Some(Moment(start)), Some(Moment(end))))
}

/// 去年的今天, 1956年的昨天: the day so many from `today`, in `year`.
fn same_day(fields: &Fields, today: NaiveDate, year: i32) -> Option<NaiveDate> {
    let by = fields.shift(Unit::Day)?;
    today.checked_add_signed(TimeDelta::days(i64::from(by)))?.with_year(year)
}

/// A month, quarter or half so many on.
fn shifted(unit: Unit, at: NaiveDateTime, by: i32) -> Option<Frame> {
    let months = match unit {
        Unit::Half => 6,
        Unit::Quarter | Unit::Season => 3,
        _ => 1,
    };
    let index = (at.year() * 12 + at.month0() as i32).div_euclid(months) + by;
    let (year, number) = ((index * months).div_euclid(12), (index * months).rem_euclid(12) / months + 1);
    let number = u32::try_from(number).ok()?;
    match unit {
        Unit::Half => Frame::from_date(Date::from_month(year, 39 + number)?, unit),
        Unit::Quarter => Frame::from_date(Date::from_month(year, 32 + number)?, unit),
        _ => Frame::month(year, i32::try_from(number).ok()?),
    }
}

/// A frame moved by days or years.
fn moved(frame: &Frame, by: i32, unit: Unit) -> Option<Frame> {
    if unit == Unit::Day {
        let shift = TimeDelta::days(i64::from(by));
        let mut later = Frame::moment(frame.start + shift, frame.unit)?;
        later.end = frame.end + shift;
        return Some(later);
    }
    let first = frame.first.with_year(frame.first.year()? + by)?;
    Frame::from_date(first, frame.unit)
}

fn joined_frames(first: &Frame, last: &Frame) -> Option<Frame> {
    if last.end < first.start {
        return None;
    }
    let end = last.last.unwrap_or(last.first);
    let last_date = (end != first.first || first.last.is_some()).then_some(end);
    Some(Frame { start: first.start, end: last.end, unit: last.unit, first: first.first, last: last_date, value: None })
}

/// The value of a calendar expression that could not be placed: `XXXX-06-22`, `T07`, `XXXX-WXX-5`.
fn partial_value(fields: &Fields) -> String {
    let clock = clock_value(fields);
    if fields.is_clock_only() {
        return clock;
    }
    if let Some(weekday) = fields.is(Unit::Weekday)
        && fields.is(Unit::Day).is_none()
    {
        let day = if weekday == 8 { "WE".to_owned() } else { weekday.to_string() };
        return format!("XXXX-WXX-{day}{clock}");
    }
    let year = fields.is(Unit::Year).map_or_else(|| "XXXX".to_owned(), |year| format!("{year:04}"));
    let sub = if let Some(month) = fields.is(Unit::Month) {
        format!("-{month:02}")
    } else if let Some(quarter) = fields.is(Unit::Quarter) {
        format!("-Q{quarter}")
    } else if let Some(half) = fields.is(Unit::Half) {
        format!("-H{half}")
    } else if let Some(season) = fields.is(Unit::Season) {
        let code = ["SP", "SU", "FA", "WI"].get((season - 1) as usize).copied().unwrap_or("XX");
        format!("-{code}")
    } else if fields.is(Unit::Day).is_some() {
        "-XX".to_owned()
    } else {
        String::new()
    };
    let day = fields.is(Unit::Day).map_or_else(String::new, |day| format!("-{day:02}"));
    format!("{year}{sub}{day}{clock}")
}

/// `T07:30`, `TMO`, or nothing.
fn clock_value(fields: &Fields) -> String {
    use super::{frame::hour_of_day, words::words};
    if let Some(hour) = fields.is(Unit::Hour) {
        let hour = hour_of_day(hour, fields);
        let minute = fields.is(Unit::Minute).filter(|_| true);
        let second = fields.is(Unit::Second);
        return match (minute, second) {
            (Some(minute), Some(second)) => format!("T{hour:02}:{minute:02}:{second:02}"),
            (Some(minute), None) => format!("T{hour:02}:{minute:02}"),
            _ => format!("T{hour:02}"),
        };
    }
    let part = fields.is(Unit::Part).and_then(|index| words().part(index));
    part.map_or_else(String::new, |part| {
        if part.code == "T" { format!("T{:02}", part.from) } else { format!("T{}", part.code) }
    })
}

/// The value of a set: `P1D`, `XXXX-WXX-1T20`, `XXXX-09`.
fn set_value(period: &str, at: &Fields) -> String {
    if at.is_empty() {
        return period.to_owned();
    }
    if at.is_clock_only() {
        return format!("XXXX-XX-XX{}", clock_value(at));
    }
    partial_value(at)
}
