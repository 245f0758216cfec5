//! The stretch that the coarsest field of a calendar expression names: 去年 of 去年9月, 上周 of 上周五, 80年代.

use super::{Anchors, Here, anchors::Placed};
use crate::{
    edtf::Date,
    extract::time::{
        frame::{Frame, span_of},
        lexicon::lexicon,
        timex::{Fields, Unit, Val},
    },
    model::{Anchor, AnchorKind},
};
use chrono::{Datelike as _, NaiveDate, NaiveDateTime, TimeDelta};

impl Anchors {
    /// The stretch that the coarsest field names, before the finer ones narrow it.
    pub(super) fn outer(&self, fields: &Fields, here: Here) -> Option<Placed> {
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
}

/// The year with this number of the cycle of sixty from 49 years back to ten ahead: one seldom writes of later ones.
fn nearest_in_cycle(year: i32, number: u8) -> i32 {
    let last = year + 10;
    last - (last - 4 - i32::from(number)).rem_euclid(60)
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
