//! Times counted from another: 三年前, 五天以后, and windows such as 近三年, 未来两个月.
//!
//! In a story they look from the time told last, in news from the day of writing; what would need a day that the text
//! does not name stays unresolved.

use super::{
    frame::{Frame, add_months, span_of},
    resolve::{Anchors, Here, Resolved, Seen, unresolved},
    timex::{Direction, Fields, From, Length, LengthUnit, Unit, WindowSpan},
};
use crate::{
    edtf::{Edtf, Grain, Interval, Moment},
    model::{Anchor, AnchorKind, TimeMod, TimeType},
};
use chrono::{Datelike as _, NaiveDateTime, TimeDelta, Timelike as _};

impl Anchors {
    /// The year that the headline names, where it names one: 2023年统计公报 tells of that year throughout.
    pub fn with_headline_year(mut self, year: Option<i32>) -> Self {
        let near = |year: &i32| self.dct.is_none_or(|dct| (dct.start.year() - year).abs() <= 1);
        self.headline_year = year.filter(near);
        self
    }

    /// 崇祯元年复官，明年三月乞休: in a story of old times the next year is the story's.
    pub(super) fn next_year_of_story(&self, fields: &Fields, here: Here) -> Option<(NaiveDateTime, Anchor)> {
        let seen = self.text_anchor(Grain::Year).filter(|seen| seen.here.block == here.block)?;
        let is_old = fields.shift(Unit::Year) == Some(1) && seen.frame.start.year() < 1912 && !here.spoken;
        let anchor = Anchor { kind: AnchorKind::Sentence, time: Some(seen.idx), note: None };
        is_old.then_some((seen.frame.start, anchor))
    }

    /// 三年前, 五天以后.
    pub(super) fn offset(&self, length: &Length, direction: Direction, from: From, here: Here) -> Resolved {
        if let Some(told) = self.year_of_story(length, direction) {
            return told;
        }
        let reference = if direction == Direction::Past { "PAST_REF" } else { "FUTURE_REF" };
        let fields = Fields { from, ..Fields::default() };
        let base = self.story_base(length, direction, here).or_else(|| {
            let vague = self.is_vague_from_dct(length) || self.is_of_vague_story(length, direction, here);
            self.base(&fields, here).filter(|_| !vague)
        });
        let Some((at, anchor)) = base.filter(|_| !length.unknown) else {
            return unresolved(TimeType::Date, if length.unknown || self.dct.is_some() { reference } else { "XXXX" });
        };
        let sign = if direction == Direction::Past { -1.0 } else { 1.0 };
        let Some(near) = offset_frame(at, length, sign, None) else {
            return unresolved(TimeType::Date, reference);
        };
        let upper = length.upper.filter(|_| length.single().is_some());
        let frame = match upper {
            Some(upper) => {
                let far = offset_frame(at, length, sign, Some(upper - 1.0));
                far.and_then(
                    |far| if sign < 0.0 { span_of(&far, &near, near.unit) } else { span_of(&near, &far, near.unit) },
                )
            }
            None => Some(near),
        };
        let Some(frame) = frame else { return unresolved(TimeType::Date, reference) };
        let kind = if frame.unit >= Unit::Part { TimeType::Time } else { TimeType::Date };
        if length.modifier == Some(TimeMod::EqualOrMore) {
            let (edtf, interval) = match direction {
                Direction::Past => {
                    (Edtf::range(None, Some(&frame.edtf())), Interval::new(None, Some(Moment(frame.end))))
                }
                Direction::Future => {
                    (Edtf::range(Some(&frame.edtf()), None), Interval::new(Some(Moment(frame.start)), None))
                }
            };
            return Resolved {
                kind,
                value: edtf.to_string(),
                edtf: Some(edtf),
                interval: Some(interval),
                modifier: length.modifier,
                anchor,
                frame: None,
            };
        }
        Resolved {
            kind,
            value: frame.edtf().to_string(),
            edtf: Some(frame.edtf()),
            interval: Some(frame.interval()),
            modifier: length.modifier,
            anchor,
            frame: Some(frame),
        }
    }

    /// 751年7月，唐军大败。766年后: in a story of those years a year, and not so many years on. 700年前 is a round number,
    /// as lengths are.
    fn year_of_story(&self, length: &Length, direction: Direction) -> Option<Resolved> {
        const NEAR: i32 = 100;
        let (n, unit) = length.single().filter(|_| length.modifier.is_none() && length.upper.is_none())?;
        let year = (unit == LengthUnit::Year && n.fract() == 0.0 && n % 10.0 != 0.0 && (100.0..1000.0).contains(&n))
            .then_some(n as i32)?;
        let told = self.text_anchor(Grain::Year)?;
        let last = told.frame.start.year();
        if !(100..1000).contains(&last) || (year - last).abs() > NEAR {
            return None;
        }
        let frame = Frame::year(year)?;
        let (edtf, interval) = match direction {
            Direction::Past => (Edtf::range(None, Some(&frame.edtf())), Interval::new(None, Some(Moment(frame.end)))),
            Direction::Future => {
                (Edtf::range(Some(&frame.edtf()), None), Interval::new(Some(Moment(frame.start)), None))
            }
        };
        let anchor = Anchor { kind: AnchorKind::Sentence, time: Some(told.idx), note: None };
        Some(Resolved {
            kind: TimeType::Date,
            value: edtf.to_string(),
            edtf: Some(edtf),
            interval: Some(interval),
            modifier: None,
            anchor,
            frame: Some(frame),
        })
    }

    /// 五分钟前 in a text of which only the day of writing is known.
    fn is_vague_from_dct(&self, length: &Length) -> bool {
        let fine = length.parts.last().is_some_and(|part| part.1 >= LengthUnit::Hour);
        fine && self.dct.is_some_and(|dct| dct.grain >= Grain::Day)
    }

    /// 两周后 in a story of long ago that names only the month: no day is known, and surely none after today.
    fn is_of_vague_story(&self, length: &Length, direction: Direction, here: Here) -> bool {
        let Some((last, dct)) = self.seen.last().zip(self.dct) else { return false };
        let reached = length.parts.iter().try_fold(last.frame.end, |at, &(amount, unit)| add_length(at, amount, unit));
        let is_past = reached.is_some_and(|reached| reached < dct.start);
        direction == Direction::Future && last.here.block == here.block && is_past && !here.spoken
    }

    /// Where 五天后 looks from in a story: the time told last, as long as that leads no further than the day of writing.
    fn story_base(&self, length: &Length, direction: Direction, here: Here) -> Option<(NaiveDateTime, Anchor)> {
        let (amount, unit) = *length.parts.last()?;
        let grain = match unit {
            LengthUnit::Century | LengthUnit::Decade | LengthUnit::Year => Grain::Year,
            LengthUnit::Quarter | LengthUnit::Month => Grain::Month,
            LengthUnit::Xun | LengthUnit::Week | LengthUnit::Day | LengthUnit::Workday => Grain::Day,
            _ => Grain::Hour,
        };
        let in_same = |seen: &Seen| seen.here.block == here.block && seen.here.sentence == here.sentence;
        let mut told = self.text_anchor(grain).filter(|_| !here.spoken)?;
        if told.here.counted && in_same(told) {
            let fits = |seen: &&Seen| seen.frame.unit.grain() <= grain && !(seen.here.counted && in_same(seen));
            told = self.in_block(here.block).find(fits)?;
        }
        let last = told.frame.end - TimeDelta::seconds(1);
        let at = if grain >= Grain::Year { told.frame.start } else { last };
        let at = if grain == Grain::Hour { told.frame.start } else { at };
        let in_sentence = in_same(told);
        let near = told.here.block == here.block || told.here.block + 1 == here.block;
        let in_story = match direction {
            Direction::Future => {
                let reached = add_length(at, amount, unit)?;
                let is_past = self.dct.is_none_or(|dct| reached <= dct.end && last < dct.start);
                near && (is_past || in_sentence && (grain >= Grain::Month || grain == Grain::Hour))
            }
            // 三天前 in news looks from the day of writing; only in a story of long ago from within.
            Direction::Past => {
                let long_ago = self.dct.is_none_or(|dct| last + TimeDelta::days(31) < dct.start);
                told.here.block == here.block && long_ago && grain <= Grain::Day
            }
        };
        let anchor = Anchor { kind: AnchorKind::Sentence, time: Some(told.idx), note: None };
        in_story.then_some((at, anchor))
    }

    /// 圣诞节的前一天, 2月13日后的第3天, 明天的向后三天.
    pub(super) fn beside(
        &self,
        base: &Fields,
        length: &Length,
        direction: Direction,
        all: bool,
        here: Here,
    ) -> Resolved {
        let reference = if direction == Direction::Past { "PAST_REF" } else { "FUTURE_REF" };
        let bare = || unresolved(TimeType::Date, reference);
        let Some((start, anchor)) = self.place(base, here).filter(|_| !length.unknown) else { return bare() };
        let sign = if direction == Direction::Past { -1.0 } else { 1.0 };
        let at = length.parts.iter().try_fold(start.start, |at, &(amount, unit)| add_length(at, amount * sign, unit));
        let finest = length.parts.last().map(|part| part.1);
        let frame = at.and_then(|at| match finest? {
            _ if all && sign > 0.0 => Frame::days(start.start.date(), at.date(), Unit::Day),
            _ if all => Frame::days(at.date(), start.end.date(), Unit::Day),
            LengthUnit::Hour => Frame::moment(at, Unit::Hour),
            LengthUnit::Quarterhour | LengthUnit::Minute => Frame::moment(at, Unit::Minute),
            LengthUnit::Second => Frame::moment(at, Unit::Second),
            _ if start.unit < Unit::Week => offset_frame(start.start, length, sign, None),
            _ => Frame::day(at.date()),
        });
        frame.map_or_else(bare, |frame| of_frame(frame, anchor))
    }

    /// 6月30日止六个月: in months or years where it is whole ones, else in days.
    pub(super) fn ending(&self, last: &Fields, length: &Length, here: Here) -> Resolved {
        let bare = || unresolved(TimeType::Date, "PAST_REF");
        let Some((end, anchor)) = self.place(last, here) else { return bare() };
        // Behind the day that it ends with; months are counted from the first of one.
        let after = end.end;
        let start = length.parts.iter().try_fold(after, |at, &(amount, unit)| add_length(at, -amount, unit));
        let Some(start) = start.filter(|start| *start < after) else { return bare() };
        let frame = if start.day() == 1 && after.day() == 1 {
            let of = |at: NaiveDateTime| Frame::month(at.year(), i32::try_from(at.month()).ok()?);
            let is_year = start.month() == 1 && after.month() == 1 && after.year() == start.year() + 1;
            if is_year {
                Frame::year(start.year())
            } else {
                of(start).zip(of(after - TimeDelta::days(1))).and_then(|(from, to)| span_of(&from, &to, Unit::Month))
            }
        } else {
            Frame::days(start.date(), after.date(), Unit::Day)
        };
        frame.map_or_else(bare, |frame| of_frame(frame, anchor))
    }

    /// 五年后3月30日, 一个月后下午7点.
    pub(super) fn within(&self, length: &Length, direction: Direction, fields: &Fields, here: Here) -> Resolved {
        let outer = self.offset(length, direction, From::Dct, here);
        let Some(frame) = outer.frame.clone() else { return outer };
        // By the clock of a day so many months away: the same day of the month.
        let frame = if fields.is_clock_only() && frame.unit < Unit::Week {
            let at = self.dct.map(|dct| dct.start).unwrap_or(frame.start).date();
            let day = frame.start.date().with_day(at.day());
            day.and_then(Frame::day).unwrap_or(frame)
        } else {
            frame
        };
        match frame.narrowed(fields) {
            Some(frame) => of_frame(frame, outer.anchor),
            None => outer,
        }
    }

    /// 近三年, 未来两个月.
    pub(super) fn window(&self, length: &Length, direction: Direction, span: WindowSpan) -> Resolved {
        let reference = if direction == Direction::Past { "PAST_REF" } else { "FUTURE_REF" };
        let Some(dct) = self.dct.filter(|_| !length.unknown && length.upper.is_none()) else {
            return unresolved(TimeType::Date, reference);
        };
        let fine = length.parts.iter().any(|part| part.1 >= LengthUnit::Hour);
        if span != WindowSpan::Running
            && let Some((frame, edtf)) = whole_units(dct.start, length, direction, span)
        {
            return Resolved {
                kind: if fine { TimeType::Time } else { TimeType::Date },
                value: edtf.to_string(),
                edtf: Some(edtf),
                interval: Some(frame),
                modifier: length.modifier,
                anchor: self.dct_anchor(),
                frame: None,
            };
        }
        let now = if fine { dct.start } else { dct.start.date().and_time(chrono::NaiveTime::MIN) };
        let moved = |at: NaiveDateTime, sign: f64| {
            length.parts.iter().try_fold(at, |at, &(amount, unit)| add_length(at, amount * sign, unit))
        };
        let (start, end) = match direction {
            Direction::Past => (moved(now, -1.0), Some(now)),
            Direction::Future => (Some(now), moved(now, 1.0)),
        };
        let (Some(start), Some(end)) = (start, end) else { return unresolved(TimeType::Date, reference) };
        let day = |at: NaiveDateTime| Edtf::from_day(at.date());
        let last = end - TimeDelta::seconds(1);
        let edtf = (!fine).then(|| Edtf::range(Some(&day(start)), Some(&day(last))));
        Resolved {
            kind: if fine { TimeType::Time } else { TimeType::Date },
            value: edtf.as_ref().map_or_else(|| format!("{}/{}", Moment(start), Moment(end)), Edtf::to_string),
            edtf,
            interval: Some(Interval::new(Some(Moment(start)), Some(Moment(end)))),
            modifier: length.modifier,
            anchor: self.dct_anchor(),
            frame: None,
        }
    }
}

/// A stretch as a resolved time.
fn of_frame(frame: Frame, anchor: Anchor) -> Resolved {
    Resolved {
        kind: if frame.unit >= Unit::Part { TimeType::Time } else { TimeType::Date },
        value: frame.value(),
        edtf: Some(frame.edtf()),
        interval: Some(frame.interval()),
        modifier: None,
        anchor,
        frame: Some(frame),
    }
}

/// 上两周, 下三个月: whole units of the calendar; 这五年 in a report: full years up to the one just over.
fn whole_units(
    now: NaiveDateTime,
    length: &Length,
    direction: Direction,
    span: WindowSpan,
) -> Option<(Interval, Edtf)> {
    let (amount, unit) = length.single()?;
    let n = (amount.fract() == 0.0 && (1.0..2000.0).contains(&amount)).then_some(amount as i32)?;
    let current = |by: i32| match unit {
        LengthUnit::Year => Frame::year(now.year() + by),
        LengthUnit::Month => Frame::month(now.year(), now.month() as i32 + by),
        LengthUnit::Week => Frame::week(now.date(), by),
        LengthUnit::Day => Frame::day(now.date().checked_add_signed(TimeDelta::days(i64::from(by)))?),
        LengthUnit::Hour => {
            Frame::moment(now.with_minute(0)?.with_second(0)? + TimeDelta::hours(i64::from(by)), Unit::Hour)
        }
        LengthUnit::Minute => Frame::moment(now.with_second(0)? + TimeDelta::minutes(i64::from(by)), Unit::Minute),
        LengthUnit::Second => Frame::moment(now + TimeDelta::seconds(i64::from(by)), Unit::Second),
        _ => None,
    };
    let (first, last) = match (span, direction) {
        // A report of the first months speaks of the years before.
        (WindowSpan::Report, _) if now.month() <= 3 => (-n, -1),
        (WindowSpan::Report, _) => (1 - n, 0),
        (_, Direction::Past) => (-n, -1),
        (_, Direction::Future) => (1, n),
    };
    let frame = span_of(&current(first)?, &current(last)?, Unit::Day)?;
    Some((frame.interval(), frame.edtf()))
}

/// `at` moved by a length.
fn add_length(at: NaiveDateTime, amount: f64, unit: LengthUnit) -> Option<NaiveDateTime> {
    let whole = |n: f64| (n.abs() < 1e7).then_some(n.round() as i64);
    match unit {
        LengthUnit::Century => add_months(at, whole(amount * 1200.0)?),
        LengthUnit::Decade => add_months(at, whole(amount * 120.0)?),
        LengthUnit::Year => add_months(at, whole(amount * 12.0)?),
        LengthUnit::Quarter => add_months(at, whole(amount * 3.0)?),
        LengthUnit::Month if amount.fract() == 0.0 => add_months(at, whole(amount)?),
        LengthUnit::Month => {
            add_months(at, whole(amount.trunc())?)?.checked_add_signed(TimeDelta::days(whole(amount.fract() * 30.0)?))
        }
        LengthUnit::Xun => at.checked_add_signed(TimeDelta::days(whole(amount * 10.0)?)),
        LengthUnit::Week => at.checked_add_signed(TimeDelta::days(whole(amount * 7.0)?)),
        LengthUnit::Workday if amount.fract() == 0.0 => add_workdays(at, whole(amount)?),
        LengthUnit::Day if amount.fract() == 0.0 => at.checked_add_signed(TimeDelta::days(whole(amount)?)),
        LengthUnit::Day | LengthUnit::Workday => at.checked_add_signed(TimeDelta::hours(whole(amount * 24.0)?)),
        LengthUnit::Hour => at.checked_add_signed(TimeDelta::minutes(whole(amount * 60.0)?)),
        LengthUnit::Quarterhour => at.checked_add_signed(TimeDelta::minutes(whole(amount * 15.0)?)),
        LengthUnit::Minute => at.checked_add_signed(TimeDelta::seconds(whole(amount * 60.0)?)),
        LengthUnit::Second => at.checked_add_signed(TimeDelta::seconds(whole(amount)?)),
    }
}

/// `at` moved by a number of days from Monday to Friday; holidays are not known.
fn add_workdays(at: NaiveDateTime, n: i64) -> Option<NaiveDateTime> {
    let mut at = at.checked_add_signed(TimeDelta::weeks(n / 5))?;
    let mut left = (n % 5).abs();
    while left > 0 {
        at = at.checked_add_signed(TimeDelta::days(n.signum()))?;
        left -= i64::from(at.weekday().num_days_from_monday() < 5);
    }
    Some(at)
}

/// The stretch a length away: a year for years, a month for months, a day for days.
fn offset_frame(at: NaiveDateTime, length: &Length, sign: f64, instead: Option<f64>) -> Option<Frame> {
    let (_, finest) = *length.parts.last()?;
    if let Some((amount, LengthUnit::Year | LengthUnit::Century | LengthUnit::Decade)) = length.single()
        && amount.fract() == 0.0
    {
        let factor = match finest {
            LengthUnit::Century => 100.0,
            LengthUnit::Decade => 10.0,
            _ => 1.0,
        };
        let years = instead.unwrap_or(amount) * factor;
        return (years < 2e5).then(|| Frame::year(at.year() + (sign * years) as i32))?;
    }
    let moved = length
        .parts
        .iter()
        .try_fold(at, |at, &(amount, unit)| add_length(at, sign * instead.unwrap_or(amount), unit))?;
    let half = length.parts.iter().any(|part| part.0.fract() != 0.0);
    match finest {
        LengthUnit::Century | LengthUnit::Decade | LengthUnit::Year | LengthUnit::Quarter => {
            Frame::month(moved.year(), moved.month() as i32)
        }
        LengthUnit::Month if !half => Frame::month(moved.year(), moved.month() as i32),
        LengthUnit::Week if !half => Frame::week(moved.date(), 0),
        LengthUnit::Hour | LengthUnit::Quarterhour | LengthUnit::Minute | LengthUnit::Second => {
            Frame::moment(moved, Unit::Second)
        }
        _ => Frame::day(moved.date()),
    }
}
