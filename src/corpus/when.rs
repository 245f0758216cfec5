//! Where an event stands on the time axis, and how exactly that is known.

use crate::{
    edtf::{Edtf, Grain, Interval, Moment},
    model::{Document, Event, TimeMod},
};
use serde::{Deserialize, Serialize};

/// How exactly a time is known; each class has a glyph of its own (`ui::glyphs`) and words (`exactness.<key>`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Exactness {
    /// A day or a moment.
    Moment,
    /// Once, somewhere within the year or month.
    Within,
    /// It lasted from … to.
    Lasting,
    /// From …, not ended.
    Ongoing,
    /// Until …, beginning unknown.
    Until,
    /// Approximate.
    Approximate,
    /// Before a bound.
    Before,
    /// After a bound.
    After,
}

impl Exactness {
    /// In the order in which keys list them.
    pub const ALL: [Self; 8] = [
        Self::Moment,
        Self::Within,
        Self::Lasting,
        Self::Ongoing,
        Self::Until,
        Self::Approximate,
        Self::Before,
        Self::After,
    ];

    /// Its place in [`Self::ALL`], for files.
    pub fn number(self) -> u8 {
        Self::ALL.iter().position(|one| *one == self).unwrap_or(0) as u8
    }

    /// The one with this number.
    pub fn numbered(number: u8) -> Option<Self> {
        Self::ALL.get(usize::from(number)).copied()
    }

    /// Its words in the locale: `exactness.moment` and so on.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Moment => "exactness.moment",
            Self::Within => "exactness.within",
            Self::Lasting => "exactness.lasting",
            Self::Ongoing => "exactness.ongoing",
            Self::Until => "exactness.until",
            Self::Approximate => "exactness.approximate",
            Self::Before => "exactness.before",
            Self::After => "exactness.after",
        }
    }

    /// The class of a time by its EDTF, its interval and TIMEX3's `mod`.
    pub fn of(edtf: Option<&Edtf>, interval: Option<Interval>, modifier: Option<TimeMod>) -> Self {
        match modifier {
            Some(TimeMod::Before | TimeMod::OnOrBefore) => return Self::Before,
            Some(TimeMod::After | TimeMod::OnOrAfter) => return Self::After,
            _ => {}
        }
        match interval {
            Some(Interval { start: Some(_), end: None }) => return Self::Ongoing,
            Some(Interval { start: None, end: Some(_) }) => return Self::Until,
            _ => {}
        }
        let is_bound = matches!(
            modifier,
            Some(TimeMod::Approx | TimeMod::MoreThan | TimeMod::LessThan | TimeMod::EqualOrMore | TimeMod::EqualOrLess)
        );
        // 2100多年前 is a century in which it happened, not one through which it lasted.
        if is_bound || edtf.is_some_and(Edtf::is_approximate) {
            return Self::Approximate;
        }
        let is_part = matches!(modifier, Some(TimeMod::Start | TimeMod::Mid | TimeMod::End));
        match edtf {
            Some(edtf) if edtf.is_range() && !is_part => Self::Lasting,
            Some(edtf) if edtf.grain() <= Grain::Day && !is_part => Self::Moment,
            Some(_) => Self::Within,
            None if interval.is_some_and(|interval| length_secs(interval) <= DAY_SECS) => Self::Moment,
            None => Self::Within,
        }
    }
}

/// A day in seconds.
pub const DAY_SECS: f64 = 86_400.0;

/// Where a time stands on the axis, in seconds from 1970.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct When {
    /// Its beginning; the bound of [`Exactness::Until`] and [`Exactness::Before`].
    pub start: f64,
    /// Its end, exclusive; equal to `start` where one side is open.
    pub end: f64,
    /// How exactly it is known.
    pub exactness: Exactness,
    /// The length of its grain: a day at least, a month, a year.
    pub precision_secs: f64,
}

impl When {
    /// Places a time; `None` where it has no interval (a missing year, 近年来).
    pub fn new(edtf: Option<&Edtf>, interval: Option<Interval>, modifier: Option<TimeMod>) -> Option<Self> {
        let interval = interval.or_else(|| edtf?.interval())?;
        let secs = |moment: Moment| moment.seconds() as f64;
        let start = interval.start.or(interval.end).map(secs)?;
        let end = interval.end.or(interval.start).map(secs)?;
        let exactness = Exactness::of(edtf, Some(interval), modifier);
        let precision_secs = edtf.map_or_else(|| (end - start).max(DAY_SECS), |edtf| grain_secs(edtf.grain()));
        Some(Self { start: start.min(end), end: end.max(start), exactness, precision_secs })
    }

    /// Places an event of `document`.
    pub fn of_event(document: &Document, event: &Event) -> Option<Self> {
        let modifier = event.time.and_then(|time| document.times.get(time)).and_then(|time| time.modifier);
        Self::new(event.edtf.as_ref(), event.interval, modifier)
    }

    /// The moment its glyph stands at: the middle, or the bound of an open one.
    pub fn middle(&self) -> f64 {
        match self.exactness {
            Exactness::Before => self.start,
            Exactness::After if self.end > self.start => self.end,
            _ => f64::midpoint(self.start, self.end),
        }
    }
}

fn length_secs(interval: Interval) -> f64 {
    match (interval.start, interval.end) {
        (Some(start), Some(end)) => (end.seconds() - start.seconds()) as f64,
        _ => f64::INFINITY,
    }
}

/// The usual length of a grain in seconds, a day at least.
const fn grain_secs(grain: Grain) -> f64 {
    DAY_SECS
        * match grain {
            Grain::Second | Grain::Minute | Grain::Hour | Grain::Day => 1.0,
            Grain::Week => 7.0,
            Grain::Month => 30.4,
            Grain::Quarter => 91.3,
            Grain::Half => 182.6,
            Grain::Year => 365.25,
            Grain::Decade => 3_652.5,
            Grain::Century => 36_525.0,
            Grain::Millennium => 365_250.0,
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn class(edtf: &str, modifier: Option<TimeMod>) -> Exactness {
        let edtf: Edtf = edtf.parse().unwrap();
        Exactness::of(Some(&edtf), edtf.interval(), modifier)
    }

    #[test]
    fn every_kind_of_date_has_its_class() {
        assert_eq!(class("2025-06-22", None), Exactness::Moment);
        assert_eq!(class("2025-06-22T18", None), Exactness::Moment);
        assert_eq!(class("2024-09", None), Exactness::Within);
        assert_eq!(class("2024", None), Exactness::Within);
        assert_eq!(class("2025-06-24/2025-06-26", None), Exactness::Lasting);
        assert_eq!(class("2012-11-08/..", None), Exactness::Ongoing);
        assert_eq!(class("../1949", None), Exactness::Until);
        assert_eq!(class("1992~", None), Exactness::Approximate);
        assert_eq!(class("-0174~/-0075~", None), Exactness::Approximate);
        assert_eq!(class("2020", Some(TimeMod::Before)), Exactness::Before);
        assert_eq!(class("2020", Some(TimeMod::After)), Exactness::After);
        assert_eq!(class("2020-01/2020-03", Some(TimeMod::Start)), Exactness::Within);
    }

    #[test]
    fn a_year_stands_in_its_middle_and_counts_as_a_year() {
        let edtf: Edtf = "2024".parse().unwrap();
        let when = When::new(Some(&edtf), None, None).unwrap();
        assert_eq!(when.end - when.start, 366.0 * DAY_SECS);
        assert!(when.middle() > when.start && when.precision_secs > 360.0 * DAY_SECS);
        let open: Edtf = "2012-11-08/..".parse().unwrap();
        let when = When::new(Some(&open), None, None).unwrap();
        assert_eq!(when.start, when.end);
    }
}
