//! Times counted from a neighbour that is named: 圣诞节 + 前一天, 9月1日 + 的 + 三天后, 五年后 + 3月30日, 2010年之后 + 2018年之前.

use super::timex::{Bound, Direction, Fields, From, Length, LengthUnit, Timex, Unit, Val, What};

/// `left` and `right` as one time; `between` is the text between them, `right_said` the text of the right one.
pub(super) fn joined(left: &Timex, right: &Timex, between: &str, right_said: &str) -> Option<Timex> {
    if !matches!(between, "" | "的") {
        return None;
    }
    let what = match (&left.what, &right.what) {
        (What::Point(base), What::Offset { length, direction, .. }) if between == "的" => {
            What::Beside { base: *base, length: length.clone(), direction: *direction, all: false }
        }
        (What::Point(base), What::Window { length, direction, .. }) if right_said.starts_with(['向', '往']) => {
            What::Beside { base: *base, length: length.clone(), direction: *direction, all: true }
        }
        (What::Point(base), What::Point(day)) if is_day(base) => beside_day(*base, day)?,
        (What::Point(base), What::Nth(length)) if is_day(base) => nth_from(*base, length)?,
        (What::Bounded(base, Bound::From), What::Nth(length)) => {
            What::Beside { base: *base, length: length.clone(), direction: Direction::Future, all: false }
        }
        (What::Bounded(base, Bound::Until), What::Nth(length)) => {
            What::Beside { base: *base, length: length.clone(), direction: Direction::Past, all: false }
        }
        // 25年前的今天; in 四年后的今天 the day of writing itself is meant.
        (What::Offset { length, direction: Direction::Past, .. }, What::Point(day))
            if between == "的" && is_now(day) =>
        {
            let is_plain = |part: &(f64, LengthUnit)| part.1 == LengthUnit::Year && part.0.fract() == 0.0;
            let (years, _) = length.single().filter(|part| is_plain(part) && part.0 < 3000.0)?;
            let mut fields = *day;
            fields.set(Unit::Year, Val::Shift(-(years as i32)));
            What::Point(fields)
        }
        (What::Offset { length, direction, .. }, What::Point(fields)) if fits_inside(length, fields) => {
            What::Within { length: length.clone(), direction: *direction, fields: *fields }
        }
        (What::Bounded(from, Bound::From), What::Bounded(to, Bound::Until)) if between.is_empty() => {
            What::Range(*from, to.completed_from(*from))
        }
        _ => return None,
    };
    Some(Timex { at: left.at.union(right.at), rule: left.rule, what, modifier: left.modifier.or(right.modifier) })
}

/// Whether it names one day: 9月1日, 圣诞节, 明天.
fn is_day(fields: &Fields) -> bool {
    fields.finest() == Some(Unit::Day) && fields.slice.is_none()
}

/// 今天, 昨天: a day counted from the day of writing and nothing else.
fn is_now(fields: &Fields) -> bool {
    fields.shift(Unit::Day).is_some() && fields.coarsest() == Some(Unit::Day) && fields.from == From::Dct
}

/// 圣诞节 + 前一天, 5月1日 + 次日.
fn beside_day(base: Fields, day: &Fields) -> Option<What> {
    let only_day = day.from == From::Text && day.coarsest() == Some(Unit::Day) && day.finest() == Some(Unit::Day);
    let by = day.shift(Unit::Day).filter(|&by| only_day && by != 0)?;
    let direction = if by < 0 { Direction::Past } else { Direction::Future };
    let length = Length { parts: vec![(f64::from(by.abs()), LengthUnit::Day)], ..Length::default() };
    Some(What::Beside { base, length, direction, all: false })
}

/// 春节 + 第三天: the day itself is the first.
fn nth_from(base: Fields, length: &Length) -> Option<What> {
    let (n, unit) = length.single().filter(|part| part.1 == LengthUnit::Day && part.0 >= 1.0)?;
    let length = Length { parts: vec![(n - 1.0, unit)], ..Length::default() };
    Some(What::Beside { base, length, direction: Direction::Future, all: false })
}

/// Whether `fields` names something inside the year, month, week or day that `length` leads to.
fn fits_inside(length: &Length, fields: &Fields) -> bool {
    let unit = match length.single() {
        Some((amount, unit)) if amount.fract() == 0.0 && length.upper.is_none() && !length.unknown => unit,
        _ => return false,
    };
    let Some(coarsest) = fields.coarsest().filter(|_| !fields.is_relative()) else { return false };
    match unit {
        LengthUnit::Year => matches!(coarsest, Unit::Half | Unit::Quarter | Unit::Season | Unit::Month),
        LengthUnit::Month => matches!(coarsest, Unit::Xun | Unit::Day) || fields.is_clock_only(),
        LengthUnit::Week => coarsest == Unit::Weekday,
        LengthUnit::Day => fields.is_clock_only(),
        _ => false,
    }
}
