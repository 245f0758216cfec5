//! Clocks of the world, as far as texts name them: 北京时间 is eight hours ahead of universal time.
//!
//! Nothing here guesses: a time is moved from one named clock to another, and only in years for which the rule of both
//! is known. The hour that a clock skips or goes through twice is not moved at all.

use super::Moment;
use chrono::{Datelike as _, NaiveDate, NaiveDateTime, TimeDelta, Weekday};
use serde::Deserialize;
use std::sync::LazyLock;

/// When a clock is an hour further in summer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Saving {
    #[default]
    None,
    Eu,
    Us,
}

/// A clock; see `assets/lexicon/zones.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Zone {
    /// Its name among the words of the interface: `zone.<id>`.
    pub id: String,
    minutes: i64,
    #[serde(default)]
    saving: Saving,
    since: i32,
    said: Vec<String>,
}

#[derive(Deserialize)]
struct Zones {
    zone: Vec<Zone>,
}

static ZONES: LazyLock<Vec<Zone>> = LazyLock::new(|| {
    let parsed = toml::from_str::<Zones>(include_str!("../../assets/lexicon/zones.toml"));
    debug_assert!(parsed.is_ok(), "assets/lexicon/zones.toml: {:?}", parsed.as_ref().err());
    parsed.map(|zones| zones.zone).unwrap_or_default()
});

impl Zone {
    /// All that are known.
    pub fn all() -> &'static [Self] {
        &ZONES
    }

    /// The clock with this id.
    pub fn of(id: &str) -> Option<&'static Self> {
        ZONES.iter().find(|zone| zone.id == id)
    }

    /// The clock that a text means by these words before 时间; `None` for 当地 and all that name none for certain.
    ///
    /// ```
    /// use nianbiao::edtf::Zone;
    /// assert_eq!(Zone::said("北京").map(|zone| zone.id.as_str()), Some("beijing"));
    /// assert_eq!(Zone::said("当地"), None);
    /// ```
    pub fn said(words: &str) -> Option<&'static Self> {
        ZONES.iter().find(|zone| zone.said.iter().any(|said| said == words))
    }

    /// What another clock shows when this one shows `at`; `None` outside the years that both are known for, and in the
    /// hour that this one skips or repeats.
    ///
    /// ```
    /// use nianbiao::edtf::{Moment, Zone};
    /// let at: Moment = "2025-06-22T18:00:00".parse().unwrap();
    /// let (beijing, new_york) = (Zone::of("beijing").unwrap(), Zone::of("new-york").unwrap());
    /// assert_eq!(beijing.to(new_york, at).unwrap().to_string(), "2025-06-22T06:00:00");
    /// ```
    pub fn to(&self, other: &Self, at: Moment) -> Option<Moment> {
        let hour = i64::from(self.saving != Saving::None) * 60;
        let standard = at.0.checked_sub_signed(TimeDelta::minutes(self.minutes))?;
        let summer = standard.checked_sub_signed(TimeDelta::minutes(hour))?;
        let (is_standard, is_summer) = (!self.is_summer(standard), hour > 0 && self.is_summer(summer));
        if is_standard == is_summer {
            return None;
        }
        let universal = if is_summer { summer } else { standard };
        if universal.year() < self.since.max(other.since) {
            return None;
        }
        let ahead = other.minutes + if other.is_summer(universal) { 60 } else { 0 };
        Some(Moment(universal.checked_add_signed(TimeDelta::minutes(ahead))?))
    }

    /// Whether the clock is an hour further at this moment of universal time.
    fn is_summer(&self, universal: NaiveDateTime) -> bool {
        let year = universal.year();
        let bounds = match self.saving {
            Saving::None => None,
            Saving::Eu => last_sunday(year, 3)
                .zip(last_sunday(year, 10))
                .and_then(|(first, last)| Some((first.and_hms_opt(1, 0, 0)?, last.and_hms_opt(1, 0, 0)?))),
            Saving::Us => NaiveDate::from_weekday_of_month_opt(year, 3, Weekday::Sun, 2)
                .zip(NaiveDate::from_weekday_of_month_opt(year, 11, Weekday::Sun, 1))
                .and_then(|(first, last)| {
                    let from = first.and_hms_opt(2, 0, 0)? - TimeDelta::minutes(self.minutes);
                    Some((from, last.and_hms_opt(2, 0, 0)? - TimeDelta::minutes(self.minutes + 60)))
                }),
        };
        bounds.is_some_and(|(from, to)| (from..to).contains(&universal))
    }
}

fn last_sunday(year: i32, month: u32) -> Option<NaiveDate> {
    NaiveDate::from_weekday_of_month_opt(year, month, Weekday::Sun, 5)
        .or_else(|| NaiveDate::from_weekday_of_month_opt(year, month, Weekday::Sun, 4))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(from: &str, to: &str, at: &str, expected: Option<&str>) {
        let at: Moment = at.parse().unwrap();
        let moved = Zone::of(from).unwrap().to(Zone::of(to).unwrap(), at).map(|moment| moment.to_string());
        assert_eq!(moved.as_deref(), expected, "{from} to {to} at {at}");
    }

    #[test]
    fn clocks_are_read_with_their_summer_time() {
        check("beijing", "utc", "2025-01-01T06:30:00", Some("2024-12-31T22:30:00"));
        check("beijing", "new-york", "2025-01-15T09:00:00", Some("2025-01-14T20:00:00"));
        check("new-york", "beijing", "2025-07-04T20:00:00", Some("2025-07-05T08:00:00"));
        check("london", "beijing", "2025-03-30T00:59:00", Some("2025-03-30T08:59:00"));
        check("london", "beijing", "2025-03-30T02:00:00", Some("2025-03-30T09:00:00"));
        check("moscow", "tokyo", "2022-02-24T05:00:00", Some("2022-02-24T11:00:00"));
    }

    #[test]
    fn what_is_not_certain_is_not_moved() {
        // Skipped, repeated, before the rule held.
        check("london", "beijing", "2025-03-30T01:30:00", None);
        check("london", "beijing", "2025-10-26T01:30:00", None);
        check("new-york", "beijing", "2025-03-09T02:30:00", None);
        check("new-york", "beijing", "2025-11-02T01:30:00", None);
        check("beijing", "utc", "1988-07-01T12:00:00", None);
        check("moscow", "beijing", "2013-07-01T12:00:00", None);
        assert_eq!(Zone::said("当地"), None);
        assert_eq!(Zone::said("东部"), None);
    }
}
