//! Two sides, or one: 3月至5月, 2015年以来, 6月底前, 从现在到八点.

use super::{Anchors, Here, Resolved, Seen, resolved::partial_value, unresolved};
use crate::{
    edtf::{Edtf, Grain, Interval, Moment},
    extract::time::{
        frame::Frame,
        timex::{Bound, Fields, Unit},
    },
    model::TimeType,
};
use chrono::{NaiveDateTime, TimeDelta};

impl Anchors {
    pub(super) fn range(&mut self, from: &Fields, to: &Fields, here: Here) -> Resolved {
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

    pub(super) fn bounded(&self, fields: &Fields, bound: Bound, here: Here) -> Resolved {
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

    /// The moment from which a deadline runs, where what is bounded lies wholly ahead of the day of writing or around it.
    fn deadline_opens(&self, frame: &Frame, fields: &Fields) -> Option<NaiveDateTime> {
        let dct = self.dct.filter(|dct| dct.grain <= Grain::Day && !fields.latest)?;
        (frame.end > dct.end && !(frame.start <= dct.start && frame.unit >= Unit::Day)).then_some(dct.start)
    }

    /// 从现在到八点: a clock time is the next one.
    pub(super) fn as_of_now(&self, fields: &Fields, here: Here) -> Resolved {
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
