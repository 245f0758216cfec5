//! Stretches of the calendar that get narrower with each field: a year, its third month, its second Tuesday.

use super::{
    holiday::nth_weekday,
    lexicon::lexicon,
    lunar,
    timex::{Fields, Slice, Unit, Val},
    words::words,
};
use crate::{
    edtf::{Date, Edtf, Interval, Moment},
    model::TimeMod,
};
use chrono::{Datelike as _, Days, Months, NaiveDate, NaiveDateTime, TimeDelta, Timelike as _};

/// A stretch of time with its notation.
#[derive(Debug, Clone, PartialEq)]
pub struct Frame {
    /// First moment.
    pub start: NaiveDateTime,
    /// Moment after the last.
    pub end: NaiveDateTime,
    /// How fine it was said.
    pub unit: Unit,
    /// First date in EDTF.
    pub first: Date,
    /// Last date, where one EDTF date does not say it.
    pub last: Option<Date>,
    /// TIMEX3 value where it is not the EDTF string.
    pub value: Option<String>,
}

impl Frame {
    /// A whole year.
    pub fn year(year: i32) -> Option<Self> {
        Self::from_date(Date::from_year(year), Unit::Year)
    }

    /// A month of a year; months beyond 12 or below 1 count on into other years.
    pub fn month(year: i32, month: i32) -> Option<Self> {
        let (year, month) = (year + (month - 1).div_euclid(12), (month - 1).rem_euclid(12) + 1);
        Self::from_date(Date::from_month(year, u32::try_from(month).ok()?)?, Unit::Month)
    }

    /// A day.
    pub fn day(day: NaiveDate) -> Option<Self> {
        Self::from_date(Date::from_day(day), Unit::Day)
    }

    /// From one day up to, not including, another.
    pub fn days(first: NaiveDate, after: NaiveDate, unit: Unit) -> Option<Self> {
        let last = after.pred_opt()?;
        let last_date = (last != first).then(|| Date::from_day(last));
        Some(Self {
            start: midnight(first)?,
            end: midnight(after)?,
            unit,
            first: Date::from_day(first),
            last: last_date,
            value: None,
        })
    }

    /// The week (Monday first) that `day` lies in, `by` weeks on.
    pub fn week(day: NaiveDate, by: i32) -> Option<Self> {
        let back = u64::from(day.weekday().num_days_from_monday());
        let monday = day.checked_sub_days(Days::new(back))?.checked_add_signed(TimeDelta::weeks(i64::from(by)))?;
        let mut frame = Self::days(monday, monday.checked_add_days(Days::new(7))?, Unit::Week)?;
        let iso = monday.iso_week();
        frame.value = Some(format!("{:04}-W{:02}", iso.year(), iso.week()));
        Some(frame)
    }

    /// The stretch of one EDTF date.
    pub fn from_date(date: Date, unit: Unit) -> Option<Self> {
        let interval = date.interval()?;
        Some(Self { start: interval.start?.0, end: interval.end?.0, unit, first: date, last: None, value: None })
    }

    /// A moment at a grain.
    pub fn moment(moment: NaiveDateTime, unit: Unit) -> Option<Self> {
        Self::from_date(Date::from_moment(moment, unit.grain()), unit)
    }

    /// As EDTF.
    pub fn edtf(&self) -> Edtf {
        let first = Edtf::from(self.first);
        self.last.map_or_else(|| first.clone(), |last| Edtf::range(Some(&first), Some(&last.into())))
    }

    /// The TIMEX3 value.
    pub fn value(&self) -> String {
        self.value.clone().unwrap_or_else(|| self.edtf().to_string())
    }

    /// As an interval.
    pub fn interval(&self) -> Interval {
        Interval::new(Some(Moment(self.start)), Some(Moment(self.end)))
    }

    /// Narrowed by all fields of `fields` that are finer than it.
    pub fn narrowed(self, fields: &Fields) -> Option<Self> {
        let mut frame = self;
        for unit in Unit::ALL.into_iter().filter(|&unit| unit > Unit::Year) {
            if unit <= frame.unit && frame.unit < Unit::Part {
                continue;
            }
            if let Some(Val::Is(value)) = fields.get(unit) {
                frame = frame.step(unit, value, fields)?;
            }
            if unit == Unit::Day
                && let Some(slice) = fields.slice
                && slice.unit < Unit::Part
            {
                frame = frame.slice(slice)?;
            }
        }
        if let Some(part) = fields.part_of {
            frame = frame.part_of(part)?;
        }
        Some(frame)
    }

    fn step(self, unit: Unit, value: i32, fields: &Fields) -> Option<Self> {
        let year = self.start.year();
        let number = u32::try_from(value).ok()?;
        match unit {
            Unit::Half => Self::from_date(Date::from_month(year, 39 + number)?, unit)
                .map(|f| f.with_value(format!("{year:04}-H{value}"))),
            Unit::Quarter => Self::from_date(Date::from_month(year, 32 + number)?, unit)
                .map(|f| f.with_value(format!("{year:04}-Q{value}"))),
            Unit::Season => season(year, number),
            Unit::Month if fields.lunar => {
                let (first, after) = lunar::month(year, number, fields.leap)?;
                Self::days(first, after, Unit::Month)
            }
            Unit::Month => Self::month(year, value),
            Unit::Xun => {
                let first = self.start.date().with_day((number - 1) * 10 + 1)?;
                let after = if value == 3 { self.end.date() } else { first.checked_add_days(Days::new(10))? };
                Self::days(first, after, Unit::Xun)
            }
            Unit::Day if fields.lunar => {
                let day = self.start.date().checked_add_days(Days::new(u64::from(number) - 1))?;
                (midnight(day)? < self.end).then(|| Self::day(day))?
            }
            Unit::Day => Self::day(self.start.date().with_day(number)?),
            Unit::Week => {
                let thursday = nth_weekday(year, 1, 1, 4)?;
                Self::week(thursday, value - 1)
            }
            Unit::Weekday if value == 8 => {
                let saturday = self.start.date().checked_add_days(Days::new(5))?;
                Self::days(saturday, saturday.checked_add_days(Days::new(2))?, Unit::Weekday)
            }
            Unit::Weekday => Self::day(self.start.date().checked_add_days(Days::new(u64::from(number) - 1))?),
            Unit::Part => self.part(value),
            Unit::Hour => self.hour(value, fields),
            Unit::Minute => Self::moment(self.start.with_minute(number)?, Unit::Minute),
            Unit::Second => Self::moment(self.start.with_second(number)?, Unit::Second),
            Unit::Century | Unit::Decade | Unit::Year => Some(self),
        }
    }

    fn with_value(mut self, value: String) -> Self {
        self.value = Some(value);
        self
    }

    /// A part of the day the frame begins with.
    fn part(self, index: i32) -> Option<Self> {
        let part = words().part(index)?;
        let day = self.start.date();
        let start = midnight(day)? + TimeDelta::hours(i64::from(part.from));
        let end = midnight(day)? + TimeDelta::hours(i64::from(part.to));
        let code = if part.code == "T" {
            format!("{}T{:02}", Date::from_day(day), part.from)
        } else {
            format!("{}T{}", Date::from_day(day), part.code)
        };
        Some(Self { start, end, unit: Unit::Part, first: Date::from_day(day), last: None, value: Some(code) })
    }

    /// An hour of the day; with a part of the day 3点 may be 15.
    fn hour(self, hour: i32, fields: &Fields) -> Option<Self> {
        let day = midnight(self.start.date())?;
        let hour = hour_of_day(hour, fields);
        Self::moment(day + TimeDelta::hours(i64::from(hour)), Unit::Hour)
    }

    /// The first, last or n-th so many units inside.
    pub fn slice(self, slice: Slice) -> Option<Self> {
        let (year, month) = (self.start.year(), self.start.month() as i32);
        let (skip, count) = (slice.skip as i32, slice.count as i32);
        match slice.unit {
            Unit::Year => {
                let first = if slice.from_end { self.end.year() - count } else { year + skip };
                span_of(&Self::year(first)?, &Self::year(first + count - 1)?, Unit::Year)
            }
            Unit::Quarter => {
                let first = if slice.from_end { 5 - count } else { skip + 1 };
                let quarter =
                    |n: i32| Self::from_date(Date::from_month(year, 32 + u32::try_from(n).ok()?)?, Unit::Quarter);
                span_of(&quarter(first)?, &quarter(first + count - 1)?, Unit::Quarter)
            }
            Unit::Month => {
                let first = if slice.from_end {
                    self.end.month0() as i32 + 1 - count + if self.end.month() == 1 { 12 } else { 0 }
                } else {
                    month + skip
                };
                span_of(&Self::month(year, first)?, &Self::month(year, first + count - 1)?, Unit::Month)
            }
            Unit::Week => {
                // The first Monday inside begins the first week.
                let monday = nth_weekday(year, month, 1, 1)?;
                let first = if slice.from_end {
                    let last = self.end.date().pred_opt()?;
                    let back = u64::from(last.weekday().num_days_from_monday()) + 7 * (u64::from(slice.count) - 1);
                    last.checked_sub_days(Days::new(back))?
                } else {
                    monday.checked_add_days(Days::new(7 * u64::from(slice.skip)))?
                };
                Self::days(first, first.checked_add_days(Days::new(7 * u64::from(slice.count)))?, Unit::Week)
            }
            Unit::Weekday => {
                let n = if slice.from_end { -1 } else { skip + 1 };
                Self::day(nth_weekday(year, month, n, slice.weekday?)?)
            }
            Unit::Day if slice.from_end && slice.count == 15 => {
                Self::days(self.start.date().with_day(16)?, self.end.date(), Unit::Day)
            }
            Unit::Day => {
                let first = if slice.from_end {
                    self.end.date().checked_sub_days(Days::new(u64::from(slice.count)))?
                } else {
                    self.start.date().checked_add_days(Days::new(u64::from(slice.skip)))?
                };
                let frame = Self::days(first, first.checked_add_days(Days::new(u64::from(slice.count)))?, Unit::Day)?;
                Some(frame)
            }
            _ => Some(self),
        }
    }

    /// The beginning, middle or end of the stretch: the first or last two months of a year, five days of a month,
    /// a fifth of a century. The notation stays that of the whole: TIMEX3 says the rest with its modifier.
    fn part_of(self, part: TimeMod) -> Option<Self> {
        let mut frame = self.clone();
        let months = |at: NaiveDateTime, by: u32| at.checked_add_months(Months::new(by));
        let back = |at: NaiveDateTime, by: u32| at.checked_sub_months(Months::new(by));
        let (lead, tail, mid) = match self.unit {
            Unit::Century => {
                (months(self.start, 240)?, back(self.end, 240)?, (months(self.start, 480)?, months(self.start, 720)?))
            }
            Unit::Decade => {
                (months(self.start, 36)?, back(self.end, 36)?, (months(self.start, 36)?, months(self.start, 84)?))
            }
            Unit::Year => {
                (months(self.start, 2)?, back(self.end, 2)?, (months(self.start, 5)?, months(self.start, 7)?))
            }
            Unit::Half | Unit::Quarter | Unit::Season => {
                (months(self.start, 1)?, back(self.end, 1)?, (months(self.start, 1)?, back(self.end, 1)?))
            }
            Unit::Month => (
                self.start + TimeDelta::days(5),
                self.start.date().with_day(25).and_then(midnight)?,
                (self.start + TimeDelta::days(10), self.start + TimeDelta::days(20)),
            ),
            _ => return Some(self),
        };
        match part {
            TimeMod::Start => frame.end = lead,
            TimeMod::End => frame.start = tail,
            TimeMod::Mid => (frame.start, frame.end) = mid,
            _ => {}
        }
        Some(frame)
    }
}

/// The hour of the day, 0–24: 下午3点 is 15, 晚上12点 24, 凌晨12点 0.
pub fn hour_of_day(hour: i32, fields: &Fields) -> i32 {
    let Some(part) = fields.is(Unit::Part).and_then(|index| words().part(index)) else { return hour };
    let pm = part.pm as i32;
    let evening = part.from >= 17 || (part.code == "NI" && part.pm < 12);
    match hour {
        12 if evening => 24,
        12 if part.to <= 6 => 0,
        // 中午11点 is before noon.
        9..12 if part.code == "MI" => hour,
        1..12 if hour >= pm => hour + 12,
        _ => hour,
    }
}

/// From the beginning of one frame to the end of another.
pub fn span_of(from: &Frame, to: &Frame, unit: Unit) -> Option<Frame> {
    if to.end <= from.start {
        return None;
    }
    let last = to.last.unwrap_or(to.first);
    let last = (from.first != last || from.last.is_some()).then_some(last);
    let value = match (&from.value, &to.value) {
        (None, None) => None,
        _ if from == to => from.value.clone(),
        _ if last.is_none() => from.value.clone(),
        _ => None,
    };
    Some(Frame { start: from.start, end: to.end, unit, first: from.first, last, value })
}

/// A season by the solar terms: spring is from 立春 up to 立夏.
fn season(year: i32, season: u32) -> Option<Frame> {
    let term = |year: i32, name: &str| {
        let lexicon = lexicon();
        Some(lexicon.named_day(lexicon.term(name)?, year)?.0)
    };
    let (first, after) = match season {
        1 => (term(year, "立春")?, term(year, "立夏")?),
        2 => (term(year, "立夏")?, term(year, "立秋")?),
        3 => (term(year, "立秋")?, term(year, "立冬")?),
        _ => (term(year, "立冬")?, term(year + 1, "立春")?),
    };
    let date = Date::from_month(year, 20 + season)?;
    let code = ["SP", "SU", "FA", "WI"].get(season as usize - 1)?;
    Some(Frame {
        start: midnight(first)?,
        end: midnight(after)?,
        unit: Unit::Season,
        first: date,
        last: None,
        value: Some(format!("{year:04}-{code}")),
    })
}

/// The first moment of a day.
pub fn midnight(day: NaiveDate) -> Option<NaiveDateTime> {
    day.and_hms_opt(0, 0, 0)
}

/// `at` moved by a number of months, the day cut to the month's last.
pub fn add_months(at: NaiveDateTime, months: i64) -> Option<NaiveDateTime> {
    let by = Months::new(u32::try_from(months.unsigned_abs()).ok()?);
    if months < 0 { at.checked_sub_months(by) } else { at.checked_add_months(by) }
}
