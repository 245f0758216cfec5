//! A resolved time, and the value of what could not be resolved.
//!
//! ```text
//! 6月22日, no year known    XXXX-06-22
//! 周五早上                  XXXX-WXX-5TMO
//! 每天20时                  XXXX-XX-XXT20
//! ```

use crate::{
    edtf::{Edtf, Interval},
    extract::time::{
        frame::{Frame, hour_of_day},
        timex::{Fields, Unit},
        words::words,
    },
    model::{Anchor, TimeMod, TimeType},
};

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

/// A time of which only what is said is known.
pub(in crate::extract::time) fn unresolved(kind: TimeType, value: &str) -> Resolved {
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

/// The value of a calendar expression that could not be placed: `XXXX-06-22`, `T07`, `XXXX-WXX-5`.
pub(super) fn partial_value(fields: &Fields) -> String {
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
pub(super) fn set_value(period: &str, at: &Fields) -> String {
    if at.is_empty() {
        return period.to_owned();
    }
    if at.is_clock_only() {
        return format!("XXXX-XX-XX{}", clock_value(at));
    }
    partial_value(at)
}
