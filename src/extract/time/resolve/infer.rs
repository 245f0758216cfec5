//! What an expression leaves out: the year of 9月, the month of 5日, the day of 三点.
//!
//! ```text
//! 2024年底签约，3月开工      the story goes on: 3月 of 2024
//! 2002年 / 5月，…… / 7月，……  a year by itself in its line stands over the entries of a chronicle
//! 12月出口增长（2025-01-14）  nearest to the day of writing: 12月 of 2024
//! ```

use super::{
    Anchors, Here, Seen,
    anchors::{Dct, LOOK_BACK, Placed},
};
use crate::{
    edtf::Grain,
    extract::time::{
        calendars,
        frame::Frame,
        timex::{Fields, Unit},
    },
    model::{Anchor, AnchorKind},
};
use chrono::{Datelike as _, NaiveDate, TimeDelta};

impl Anchors {
    /// The year of an expression that names none, and why. A weekday beside the day tells which of the years nearby.
    pub(super) fn infer_year(&self, fields: &Fields, here: Here) -> Option<(i32, Anchor)> {
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
    pub(super) fn infer_month(&self, fields: &Fields, here: Here) -> Option<Placed> {
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
    pub(super) fn infer_day(&self, here: Here) -> Option<Placed> {
        let is_day = |seen: &&Seen| seen.frame.unit >= Unit::Weekday && seen.frame.last.is_none();
        let told = self.in_block(here.block).find(is_day);
        if let Some(seen) = told {
            let anchor = Anchor { kind: AnchorKind::Sentence, time: Some(seen.idx), note: None };
            return Some((Frame::day(seen.frame.start.date())?, anchor));
        }
        let dct = self.dct.filter(|dct| dct.grain <= Grain::Day && !self.own)?;
        Some((Frame::day(dct.start.date())?, self.dct_anchor()))
    }

    /// The twelfth lunar month ends in the next common year: of `this` and the year before, what is nearer to the day told.
    pub(super) fn nearest_to_told(&self, anchor: &Anchor, this: Frame, before: impl Fn() -> Option<Frame>) -> Frame {
        let told = anchor.time.and_then(|idx| {
            let place = self.seen.binary_search_by_key(&idx, |seen| seen.idx).ok()?;
            self.seen.get(place).filter(|seen| seen.frame.unit > Unit::Year)
        });
        let (Some(told), Some(before)) = (told, before()) else { return this };
        let far = |frame: &Frame| (frame.start - told.frame.start).abs();
        if far(&before) < far(&this) { before } else { this }
    }
}
