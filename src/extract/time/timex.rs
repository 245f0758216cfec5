//! What a time expression says, before anyone asks which days that is.
//!
//! 「去年3月」 says: year, one before; month, the third. Which month that is depends on when it was written, and is
//! `resolve`'s business. An expression is a set of [`Fields`] from century to second, a length, an offset, a
//! window, a set, a reference, or a range of two.

use crate::{edtf::Grain, model::TimeMod};
use serde::Deserialize;

/// Units that a field can name, from coarse to fine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// 世纪.
    Century,
    /// 年代.
    Decade,
    /// 年.
    Year,
    /// 上半年 (1), 下半年 (2).
    Half,
    /// 季度.
    Quarter,
    /// 春 (1) … 冬 (4).
    Season,
    /// 月.
    Month,
    /// 上旬 (1), 中旬, 下旬.
    Xun,
    /// A week; as a value its number in the year (ISO).
    Week,
    /// A day of the week, Monday 1 … Sunday 7; 8 is the weekend.
    Weekday,
    /// A day of the month; as a length a day.
    Day,
    /// A part of the day: index into the table of `words.toml`.
    Part,
    /// 时.
    Hour,
    /// 分.
    Minute,
    /// 秒.
    Second,
}

/// How many units there are.
pub const N_UNITS: usize = 15;

impl Unit {
    /// From coarse to fine.
    pub const ALL: [Self; N_UNITS] = [
        Self::Century,
        Self::Decade,
        Self::Year,
        Self::Half,
        Self::Quarter,
        Self::Season,
        Self::Month,
        Self::Xun,
        Self::Week,
        Self::Weekday,
        Self::Day,
        Self::Part,
        Self::Hour,
        Self::Minute,
        Self::Second,
    ];

    /// The grain of a date whose finest field this is.
    pub const fn grain(self) -> Grain {
        match self {
            Self::Century => Grain::Century,
            Self::Decade => Grain::Decade,
            Self::Year => Grain::Year,
            Self::Half => Grain::Half,
            Self::Quarter => Grain::Quarter,
            Self::Season | Self::Month => Grain::Month,
            Self::Week => Grain::Week,
            Self::Xun | Self::Weekday | Self::Day => Grain::Day,
            Self::Part | Self::Hour => Grain::Hour,
            Self::Minute => Grain::Minute,
            Self::Second => Grain::Second,
        }
    }
}

/// What a field says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Val {
    /// This one: 3月 is `Is(3)`.
    Is(i32),
    /// So many on from the anchor: 去年 is `Shift(-1)`, 下周 `Shift(1)`, 本月 `Shift(0)`.
    Shift(i32),
}

/// A stretch counted inside a larger one: 前三个月, 最后5天, 第二周, 第一个周二.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slice {
    /// How many are passed over.
    pub skip: u32,
    /// How many are meant.
    pub count: u32,
    /// Of what; `Weekday` needs `weekday`.
    pub unit: Unit,
    /// Which weekday, for 第一个周二.
    pub weekday: Option<i32>,
    /// Counted from the end: 最后.
    pub from_end: bool,
}

/// What relative fields look from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum From {
    /// The document creation time: 去年, 昨天.
    #[default]
    Dct,
    /// The time spoken of in the text: 上年, 次日, 同年.
    Text,
}

/// A calendar expression, partial or relative or both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Fields {
    pub(super) values: [Option<Val>; N_UNITS],
    /// A part counted inside.
    pub slice: Option<Slice>,
    /// A day or interval of the lexicon, by index: 春节, 清明.
    pub named: Option<u16>,
    /// The days off around the named day are meant (春节假期); their number where it is said (假期5天), else 0.
    pub days_off: Option<u8>,
    /// Month and day are of the lunar calendar.
    pub lunar: bool,
    /// The lunar month is an intercalary one (闰四月).
    pub leap: bool,
    /// What relative fields look from.
    pub from: From,
    /// The whole year, half, month was said to be meant (全年).
    pub whole: bool,
    /// 同期: the months of the time last spoken of.
    pub same_period: bool,
    /// The year was counted from an era name.
    pub era: bool,
    /// The first year of that era; 二十一年 behind 万历十四年 goes on counting from it.
    pub era_first: Option<i32>,
    /// 那天: it must have been told before, in the same paragraph; else it is no time.
    pub told: bool,
    /// 甲辰: the year with this number of the cycle of sixty (甲子 is 0) nearest to the day of writing.
    pub cycle: Option<u8>,
    /// The day of the week told beside a day of the month: 1月26日（周日）.
    pub weekday: Option<i32>,
    /// 截至: the last such time before the text was written.
    pub latest: bool,
    /// 初, 中, 底: only a part of it.
    pub part_of: Option<TimeMod>,
}

impl Fields {
    /// The value of `unit`.
    pub fn get(&self, unit: Unit) -> Option<Val> {
        self.values.get(unit as usize).copied().flatten()
    }

    /// The value of `unit` where it is named outright.
    pub fn is(&self, unit: Unit) -> Option<i32> {
        match self.get(unit) {
            Some(Val::Is(value)) => Some(value),
            _ => None,
        }
    }

    /// The shift of `unit` where it is relative.
    pub fn shift(&self, unit: Unit) -> Option<i32> {
        match self.get(unit) {
            Some(Val::Shift(value)) => Some(value),
            _ => None,
        }
    }

    /// Sets `unit`.
    pub fn set(&mut self, unit: Unit, value: Val) {
        if let Some(slot) = self.values.get_mut(unit as usize) {
            *slot = Some(value);
        }
    }

    /// The coarsest unit named; a named day counts as a day.
    pub fn coarsest(&self) -> Option<Unit> {
        let field = Unit::ALL.into_iter().find(|&unit| self.get(unit).is_some());
        let named = self.named.map(|_| Unit::Month);
        let slice = self.slice.map(|slice| slice.unit);
        [field, named, slice].into_iter().flatten().min()
    }

    /// The finest unit named.
    pub fn finest(&self) -> Option<Unit> {
        let field = Unit::ALL.into_iter().rev().find(|&unit| self.get(unit).is_some());
        let named = self.named.map(|_| Unit::Day);
        let slice = self.slice.map(|slice| slice.unit);
        [field, named, slice].into_iter().flatten().max()
    }

    /// Whether it has nothing at all.
    pub fn is_empty(&self) -> bool {
        self.coarsest().is_none()
    }

    /// Whether any field is relative.
    pub fn is_relative(&self) -> bool {
        self.values.iter().flatten().any(|value| matches!(value, Val::Shift(_)))
    }

    /// Whether it says only a time of day.
    pub fn is_clock_only(&self) -> bool {
        self.coarsest().is_some_and(|unit| unit >= Unit::Part)
    }

    /// `finer` put behind: 2024年 and 9月. `None` where they do not fit.
    pub fn joined(self, finer: Self) -> Option<Self> {
        let (last, first) = (self.finest()?, finer.coarsest()?);
        let day_and_weekday = last == Unit::Day && first == Unit::Weekday;
        let fits = last < first || day_and_weekday;
        // 去年的今天, 1956年的昨天
        if let Some(by) = finer.shift(Unit::Day)
            && last == Unit::Year
            && finer.from == From::Dct
        {
            let mut joined = self;
            joined.set(Unit::Day, Val::Shift(by));
            return Some(joined);
        }
        let unnamed_fits = finer.named.is_none() || last <= Unit::Year;
        if !fits || !unnamed_fits || (finer.is_relative() && finer.from == From::Dct && !same_base(self, finer)) {
            return None;
        }
        // A clock needs a day before it: 2024年8时 says nothing.
        let clock_without_day = first >= Unit::Part && last < Unit::Xun && self.named.is_none();
        let day_without_month = first == Unit::Day && finer.is(Unit::Day).is_some() && !matches!(last, Unit::Month);
        let week_without_period =
            first == Unit::Weekday && finer.slice.is_none() && !matches!(last, Unit::Week | Unit::Day);
        if clock_without_day || day_without_month || week_without_period {
            return None;
        }
        let mut joined = self;
        for unit in Unit::ALL {
            if let Some(value) = finer.get(unit)
                && !(day_and_weekday && unit == Unit::Weekday)
            {
                joined.set(unit, value);
            }
        }
        if day_and_weekday {
            joined.weekday = finer.is(Unit::Weekday);
        }
        joined.named = self.named.or(finer.named);
        joined.days_off = self.days_off.or(finer.days_off);
        joined.slice = finer.slice.or(self.slice);
        joined.lunar |= finer.lunar;
        joined.leap |= finer.leap;
        joined.whole |= finer.whole;
        joined.part_of = finer.part_of.or(self.part_of);
        if !self.is_relative() {
            joined.from = finer.from;
        }
        Some(joined)
    }

    /// A shift put on a shift of the same unit: 去年 的 前年 is three years back, 明天 的 后天 three days on.
    pub fn shifted_again(self, by: Self) -> Option<Self> {
        let unit = self.finest().filter(|&unit| self.coarsest() == Some(unit))?;
        let total = self.shift(unit)? + by.shift(unit).filter(|_| by.coarsest() == Some(unit))?;
        let mut again = by;
        again.set(unit, Val::Shift(total));
        again.from = self.from;
        Some(again)
    }

    /// Takes the coarser fields that `self` lacks from `other`: 26日 behind 6月24日 is 6月26日.
    pub fn completed_from(mut self, other: Self) -> Self {
        let Some(coarsest) = self.coarsest() else { return self };
        if self.is_relative() {
            return self;
        }
        for unit in Unit::ALL.into_iter().take_while(|&unit| unit < coarsest) {
            let carries = !matches!(unit, Unit::Part | Unit::Weekday | Unit::Xun) || coarsest > unit;
            if self.get(unit).is_none()
                && carries
                && let Some(value) = other.get(unit)
            {
                self.set(unit, value);
            }
        }
        if other.is_relative() {
            self.from = other.from;
        }
        if coarsest >= Unit::Part && self.named.is_none() {
            self.named = other.named;
        }
        self.lunar |= other.lunar && coarsest >= Unit::Month;
        self
    }
}

/// 去年 + 上半年 hang together; 去年 + 昨天 do not.
fn same_base(coarse: Fields, fine: Fields) -> bool {
    coarse.is_relative() && fine.shift(Unit::Part).is_some()
}

/// A length of time, unit by unit: 两年三个月.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Length {
    /// Amount and unit, coarse first. Halves are .5.
    pub parts: Vec<(f64, LengthUnit)>,
    /// The greatest amount of the last part, where it is vague (十几年, 2100多年).
    pub upper: Option<f64>,
    /// 多, 余, 几, 上百.
    pub modifier: Option<TimeMod>,
    /// No number at all: 多年, 数年 (`PXY`).
    pub unknown: bool,
}

/// Units of lengths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LengthUnit {
    /// 世纪.
    Century,
    /// 年代, 十年.
    Decade,
    /// 年.
    Year,
    /// 季度.
    Quarter,
    /// 月.
    Month,
    /// 旬.
    Xun,
    /// 周.
    Week,
    /// 天.
    Day,
    /// 工作日, 交易日.
    Workday,
    /// 小时.
    Hour,
    /// 刻钟.
    Quarterhour,
    /// 分钟.
    Minute,
    /// 秒.
    Second,
}

impl Length {
    /// The single part, where there is only one.
    pub fn single(&self) -> Option<(f64, LengthUnit)> {
        match self.parts.as_slice() {
            [part] => Some(*part),
            _ => None,
        }
    }

    /// The TIMEX3 value: `P2Y3M`, `PT24H`, `P0.5Y`, `PXY`.
    pub fn value(&self) -> String {
        let mut date = String::new();
        let mut time = String::new();
        for &(amount, unit) in &self.parts {
            let (factor, letter, is_time) = unit.letter();
            let amount = amount * factor;
            let number = if self.unknown { "X".to_owned() } else { format!("{amount}") };
            let side = if is_time { &mut time } else { &mut date };
            side.push_str(&number);
            side.push(letter);
        }
        if time.is_empty() { format!("P{date}") } else { format!("P{date}T{time}") }
    }
}

impl LengthUnit {
    /// Factor to the ISO unit, its letter, and whether it stands behind `T`.
    const fn letter(self) -> (f64, char, bool) {
        match self {
            Self::Century => (100.0, 'Y', false),
            Self::Decade => (10.0, 'Y', false),
            Self::Year => (1.0, 'Y', false),
            Self::Quarter => (3.0, 'M', false),
            Self::Month => (1.0, 'M', false),
            Self::Xun => (10.0, 'D', false),
            Self::Week => (1.0, 'W', false),
            Self::Day | Self::Workday => (1.0, 'D', false),
            Self::Hour => (1.0, 'H', true),
            Self::Quarterhour => (15.0, 'M', true),
            Self::Minute => (1.0, 'M', true),
            Self::Second => (1.0, 'S', true),
        }
    }
}

/// Before or after.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// 前.
    Past,
    /// 后.
    Future,
}

/// From where a window is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum WindowSpan {
    /// 近三年: back from the day of writing.
    #[default]
    Running,
    /// 上两周, 下三个月: whole weeks or months of the calendar, the current one left out.
    Calendar,
    /// 这五年 in a report: full years, up to the one just over.
    Report,
}

/// On which sides a range is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Bound {
    /// 以来: from it until the time of writing.
    Since,
    /// 起, 以后: from it on.
    From,
    /// 前, 为止: up to and with it.
    Until,
}

/// All forms of expressions.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// A calendar expression.
    Point(Fields),
    /// From one to another.
    Range(Fields, Fields),
    /// 2012年以来, 6月前.
    Bounded(Fields, Bound),
    /// 从现在到八点.
    FromNow(Fields),
    /// A length.
    Length(Length),
    /// 3天至8天.
    LengthRange(Length, Length),
    /// 三年前, 两周后.
    Offset {
        /// How far.
        length: Length,
        /// Which way.
        direction: Direction,
        /// From where.
        from: From,
        /// 三年以前: everything before, not the year itself.
        open: bool,
    },
    /// 圣诞节的前一天, 9月1日的三天后, 2月13日前的第31天: so far from a named time.
    Beside {
        /// From where it is counted.
        base: Fields,
        /// How far.
        length: Length,
        /// Which way.
        direction: Direction,
        /// 明天的向后三天: all of it, not its far end.
        all: bool,
    },
    /// 6月30日止六个月: so long, up to the end of a named time.
    Ending {
        /// What it ends with.
        last: Fields,
        /// How long it is.
        length: Length,
    },
    /// 五年后 + 3月30日, 一个月后 + 下午7点: a time inside one that is counted.
    Within {
        /// How far.
        length: Length,
        /// Which way.
        direction: Direction,
        /// What inside.
        fields: Fields,
    },
    /// 第三天 behind something that it may be counted from.
    Nth(Length),
    /// 近三年, 未来两个月.
    Window {
        /// How long.
        length: Length,
        /// Which way.
        direction: Direction,
        /// From where it is counted.
        span: WindowSpan,
    },
    /// 近年来, 目前: a TIMEX3 reference.
    Ref(String),
    /// Something that repeats, by its TIMEX3 value, with the fields it repeats at.
    Set {
        /// `P1D`.
        period: String,
        /// 每周一 says the weekday.
        at: Fields,
    },
    /// An interval of the lexicon.
    Period {
        /// Which entry.
        entry: u16,
        /// 改革开放以来.
        bound: Option<Bound>,
        /// 初期, 末年.
        modifier: Option<TimeMod>,
        /// Only its first (开局之年) or last (收官之年) year.
        last_year: Option<bool>,
    },
}

/// One expression with its place in the folded text.
#[derive(Debug, Clone, PartialEq)]
pub struct Timex {
    /// Bytes of the folded text.
    pub at: crate::span::Span,
    /// The rule that found its first part.
    pub rule: usize,
    /// What it says.
    pub what: What,
    /// 初, 底, 左右.
    pub modifier: Option<TimeMod>,
}
