//! What has a name: days of the lexicon (元旦, 国庆假期前三天) and times of history (北宋末年, 改革开放以来).

use super::{Anchors, Here, Resolved, anchors::Placed, unresolved};
use crate::{
    edtf::{Date, Edtf, Grain, Interval, Moment},
    extract::time::{
        frame::Frame,
        lexicon::lexicon,
        needs::Needs,
        timex::{Bound, Fields, Slice, Unit},
    },
    model::{Anchor, AnchorKind, TimeMod, TimeType},
};
use chrono::{Datelike as _, Days, NaiveDate, NaiveDateTime, TimeDelta};

impl Anchors {
    pub(super) fn named(&self, entry: u16, fields: &Fields, here: Here) -> Option<Placed> {
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

    pub(super) fn period(
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
}

/// 假期首日, 假期前三天, 假期最后一天: so many of the days off.
fn part_of_days((first, n_days): (NaiveDate, u64), slice: Option<Slice>) -> (NaiveDate, u64) {
    let Some(slice) = slice.filter(|slice| slice.unit == Unit::Day) else { return (first, n_days) };
    let skip = if slice.from_end { n_days.saturating_sub(u64::from(slice.count)) } else { u64::from(slice.skip) };
    let begin = first.checked_add_days(Days::new(skip));
    begin.filter(|_| skip < n_days).map_or((first, n_days), |begin| (begin, u64::from(slice.count).min(n_days - skip)))
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
