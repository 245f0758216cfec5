//! A rule's finding → what it says ([`Timex`]), by the names of its groups.

use super::{
    lexicon::lexicon,
    timex::{Bound, Direction, Fields, From, Length, LengthUnit, Slice, Unit, Val, What, WindowSpan},
    words::words,
};
use crate::{
    extract::{
        numeral::{self, Vague},
        rule::{Groups, Hit, RuleSet},
    },
    model::TimeMod,
    span::Span,
};
use serde::Deserialize;
use std::collections::BTreeMap;

/// What a time rule's match is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Say {
    /// A calendar expression.
    Point,
    /// Two of them; the groups of the second end in `_to`.
    Range,
    /// 2019年同期: the stretch last spoken of, in another year.
    SamePeriod,
    /// 上周三, 下周.
    Week,
    /// A part of the day.
    Part,
    /// 去夏.
    RelativeSeason,
    /// A length of time.
    Length,
    /// 3至6个月.
    LengthRange,
    /// 再过两天: so far from now.
    Away,
    /// 第三天, which counts only behind something.
    Nth,
    /// 近三年.
    Window,
    /// 前三季度.
    Slice,
    /// 这五年: the years up to the last full one.
    PlanWindow,
    /// Something that repeats.
    Set,
    /// PAST_REF and its like.
    Ref,
    /// A regnal year.
    Era,
    /// 甲辰年, 光绪甲午年: a year of the cycle of sixty.
    Cycle,
    /// 乾隆年间.
    EraWhole,
    /// A period of the lexicon.
    Period,
    /// Suffix: 以来, 起, 前.
    Bound,
    /// Suffix: 期间, changes nothing.
    During,
    /// Suffix: 初, 底.
    PartOf,
    /// Suffix: 左右.
    About,
    /// Suffix behind a length: 前, 后.
    Offset,
    /// Suffix behind a day: 止六个月, 止年度.
    Ending,
}

/// To what a suffix may be put.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum On {
    /// Dates.
    Date,
    /// Lengths.
    Length,
    /// Both.
    Both,
}

/// The keys of a time rule beside the loader's.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Meaning {
    /// What it is.
    pub say: Say,
    #[serde(default)]
    shift: BTreeMap<Unit, i32>,
    #[serde(default)]
    shift_to: BTreeMap<Unit, i32>,
    #[serde(default)]
    is: BTreeMap<Unit, i32>,
    #[serde(default)]
    from: From,
    /// A TIMEX3 value as it is.
    pub value: Option<String>,
    unit: Option<LengthUnit>,
    n: Option<f64>,
    /// Which way an offset or window goes.
    pub direction: Option<Direction>,
    #[serde(default)]
    unknown: bool,
    #[serde(default)]
    lunar: bool,
    #[serde(default)]
    whole: bool,
    #[serde(default)]
    told: bool,
    /// The finding keeps others from matching but is no time.
    #[serde(default)]
    pub silent: bool,
    /// The bound a suffix sets.
    pub bound: Option<Bound>,
    /// The TIMEX3 modifier.
    #[serde(rename = "mod")]
    pub modifier: Option<TimeMod>,
    /// From where a window is counted.
    #[serde(default)]
    pub span: WindowSpan,
    /// To what a suffix may be put; both where it is not said.
    pub on: Option<On>,
}

/// What the words of a finding say, wherever they stand.
#[derive(Debug, Clone)]
pub struct Said {
    /// What it is.
    pub what: What,
    /// The TIMEX3 modifier.
    pub modifier: Option<TimeMod>,
    /// Bytes at its beginning that do not belong to it.
    pub n_skipped: usize,
}

/// Reads the words that `rule` found, and nothing around them; `None` where the numbers do not fit (13月, a numeral
/// that is none).
pub fn read(rules: &RuleSet<Meaning>, rule: usize, words: &str) -> Option<Said> {
    let hit = Hit { rule, at: Span::new(0, words.len()) };
    let meaning = &rules.rule(hit)?.meaning;
    if meaning.silent {
        return None;
    }
    let groups = rules.groups(words, hit);
    let what = what(meaning, &groups)?;
    let modifier = meaning.modifier.or(match &what {
        What::Length(length) | What::Window { length, .. } => length.modifier,
        _ => None,
    });
    Some(Said { what, modifier, n_skipped: groups.get("skip").map_or(0, str::len) })
}

fn what(meaning: &Meaning, groups: &Groups<'_>) -> Option<What> {
    let point = |fields: Fields| (!fields.is_empty()).then_some(What::Point(fields));
    match meaning.say {
        Say::Point | Say::Part => {
            let mut fields = fields(meaning, groups, "")?;
            if meaning.say == Say::Part {
                fields.set(Unit::Part, Val::Is(words().part_index(groups.said())?));
            }
            fields.part_of = meaning.modifier;
            point(fields)
        }
        Say::Range => {
            let from = fields(meaning, groups, "")?;
            let mut to = fields(meaning, groups, "_to")?;
            for (&unit, &by) in &meaning.shift_to {
                to.set(unit, Val::Shift(by));
            }
            // 公元前500年至500年: years before the era are counted down, so that the second is of the era.
            if let (Some(first), Some(last)) = (from.is(Unit::Year), to.is(Unit::Year))
                && groups.get("bce_to").is_some()
                && last <= first
            {
                to.set(Unit::Year, Val::Is(1 - last));
            }
            // 公元前4－5世纪: before the era the earlier has the greater number, whichever stands first.
            let is_backwards = from.is(Unit::Century).zip(to.is(Unit::Century)).is_some_and(|(a, b)| b < a && a < 0);
            let (from, to) = if is_backwards { (to, from) } else { (from, to) };
            Some(What::Range(from, to.completed_from(from)))
        }
        Say::Week => point(week(groups)?),
        Say::RelativeSeason => {
            let by = [("last", -1), ("this", 0), ("next", 1)];
            let by = by.into_iter().find(|(name, _)| groups.get(name).is_some())?.1;
            let mut fields = fields(meaning, groups, "")?;
            fields.set(Unit::Year, Val::Shift(by));
            point(fields)
        }
        Say::SamePeriod => {
            let mut fields = fields(meaning, groups, "")?;
            if let Some(last) = groups.get("last") {
                fields.set(Unit::Year, Val::Shift(if last == "前年" { -2 } else { -1 }));
                fields.from = if last.starts_with('上') { From::Text } else { From::Dct };
            }
            fields.same_period = true;
            point(fields)
        }
        Say::LengthRange => {
            let to = length(meaning, groups)?;
            let (_, unit) = to.single()?;
            let least = numeral::parse(groups.get("n_from")?)?.value;
            let from = Length { parts: vec![(least, unit)], ..Length::default() };
            Some(What::LengthRange(from, to))
        }
        Say::Away => {
            let length = length(meaning, groups)?;
            Some(What::Offset { length, direction: meaning.direction?, from: From::Dct, open: false })
        }
        Say::Nth => Some(What::Nth(length(meaning, groups)?)),
        Say::Length => {
            let length = length(meaning, groups)?;
            // 8月 is a month of the year; a length is said with 个, or with 两.
            let month_name = groups.get("unit") == Some("月")
                && !groups.said().contains(['个', '两', '几', '数', '多', '余', '半'])
                && (1.0..=12.0).contains(&length.parts.first()?.0);
            // 三四世纪 are the third and fourth century; a length of centuries has its 个.
            let century_name = groups.get("unit") == Some("世纪")
                && !groups.said().contains(['个', '两', '几', '数', '多', '余', '半']);
            (!month_name && !century_name).then_some(What::Length(length))
        }
        Say::Window => {
            Some(What::Window { length: length(meaning, groups)?, direction: meaning.direction?, span: meaning.span })
        }
        Say::PlanWindow => {
            let length = length(meaning, groups)?;
            Some(What::Window { length, direction: Direction::Past, span: WindowSpan::Report })
        }
        Say::Slice => {
            let fields = Fields { slice: Some(slice(groups)?), ..Fields::default() };
            point(fields)
        }
        Say::Set => set(meaning, groups),
        Say::Ref => Some(What::Ref(meaning.value.clone()?)),
        Say::Era => {
            let era = lexicon().era(groups.get("era")?)?;
            let year_of = |group: &str| {
                let year = era.first + words().value("eyear", groups.get(group)?)? - 1;
                // Some went on counting by a name when its house had fallen.
                (year <= era.until.saturating_add(LOYAL_YEARS)).then_some(year)
            };
            let year = year_of("eyear")?;
            if let Some(to) = year_of("eyear_to") {
                let whole = |year| {
                    let mut fields = Fields { era: true, ..Fields::default() };
                    fields.set(Unit::Year, Val::Is(year));
                    fields
                };
                return (year < to).then(|| What::Range(whole(year), whole(to)));
            }
            let mut fields = fields(meaning, groups, "")?;
            fields.set(Unit::Year, Val::Is(year));
            fields.lunar = era.first < 1912 && fields.get(Unit::Month).is_some();
            fields.era = true;
            fields.era_first = Some(era.first);
            point(fields)
        }
        Say::Cycle => cycle(meaning, groups),
        Say::EraWhole => {
            let era = lexicon().era(groups.get("era")?)?;
            let year = |year| {
                let mut fields = Fields { era: true, ..Fields::default() };
                fields.set(Unit::Year, Val::Is(year));
                fields
            };
            Some(What::Range(year(era.first), year(era.until)))
        }
        Say::Period => period(groups),
        Say::Bound | Say::During | Say::PartOf | Say::About | Say::Offset | Say::Ending => None,
    }
}

/// The fields of a calendar expression from groups named like units, with `suffix` behind the names.
fn fields(meaning: &Meaning, groups: &Groups<'_>, suffix: &str) -> Option<Fields> {
    let mut fields = Fields {
        lunar: meaning.lunar,
        from: meaning.from,
        whole: meaning.whole,
        told: meaning.told,
        ..Fields::default()
    };
    if suffix.is_empty() {
        meaning.shift.iter().for_each(|(&unit, &by)| fields.set(unit, Val::Shift(by)));
        meaning.is.iter().for_each(|(&unit, &value)| fields.set(unit, Val::Is(value)));
    }
    let get = |name: &str| if suffix.is_empty() { groups.get(name) } else { groups.get(&format!("{name}{suffix}")) };
    year(&mut fields, &get)?;
    let plain = [
        ("month", Unit::Month, 1..=12),
        ("day", Unit::Day, 1..=31),
        ("month2", Unit::Month, 1..=12),
        ("day2", Unit::Day, 1..=31),
        ("quarter", Unit::Quarter, 1..=4),
        ("half", Unit::Half, 1..=2),
        ("half2", Unit::Half, 1..=2),
        ("xun", Unit::Xun, 1..=3),
        ("season", Unit::Season, 1..=4),
        ("season2", Unit::Season, 1..=4),
        ("season3", Unit::Season, 1..=4),
        ("week", Unit::Week, 1..=53),
        ("weekday", Unit::Weekday, 1..=8),
        ("hour", Unit::Hour, 0..=24),
        ("minute", Unit::Minute, 0..=59),
        ("minute2", Unit::Minute, 0..=59),
        ("second", Unit::Second, 0..=59),
        ("second2", Unit::Second, 0..=59),
    ];
    for (name, unit, allowed) in plain {
        let Some(text) = get(name) else { continue };
        let value = words().value(name.trim_end_matches(['2', '3']), text).or_else(|| initial_day(text))?;
        if !allowed.contains(&value) {
            return None;
        }
        // 周五（9/19）: beside a day the weekday only tells of which year it is.
        if unit == Unit::Weekday && fields.is(Unit::Day).is_some() {
            fields.weekday = Some(value);
            continue;
        }
        fields.set(unit, Val::Is(value));
    }
    if let Some(half) = get("halfcentury") {
        let skip = if half.contains(['下', '后']) { 50 } else { 0 };
        fields.slice = Some(Slice { skip, count: 50, unit: Unit::Year, weekday: None, from_end: false });
    }
    if let Some(half) = get("halfmonth") {
        fields.slice = Some(half_month(half));
    }
    // Cantonese: 三点踏四 is four times five minutes past.
    if let Some(fives) = get("fives").or_else(|| get("fives2")) {
        fields.set(Unit::Minute, Val::Is(words().value("", fives)? * 5));
    }
    if let Some(part) = get("part") {
        fields.set(Unit::Part, Val::Is(words().part_index(part)?));
    }
    if let Some(ampm) = get("ampm") {
        let word = if ampm.starts_with(['p', 'P']) { "下午" } else { "上午" };
        fields.set(Unit::Part, Val::Is(words().part_index(word)?));
    }
    if let Some(name) = get("holiday").or_else(|| get("holiday2")) {
        fields.named = Some(lexicon().holiday(name)?);
        if get("off").or_else(|| get("off2")).is_some() {
            let n_days = get("offdays").or_else(|| get("offdays2")).and_then(|text| words().value("", text));
            fields.days_off = Some(n_days.and_then(|n| u8::try_from(n).ok()).unwrap_or(0));
            let either = |name: &str| get(name).or_else(|| get(&format!("{name}2")));
            let number = |name: &str| either(name).and_then(|text| u32::try_from(words().value("", text)?).ok());
            let days = |skip, count, from_end| Slice { skip, count, unit: Unit::Day, weekday: None, from_end };
            fields.slice = match (number("offnth"), number("offfirst"), either("offlast")) {
                (Some(nth), ..) => Some(days(nth.saturating_sub(1), 1, false)),
                (_, Some(count), _) => Some(days(0, count, false)),
                (.., Some(last)) => Some(days(0, 1, !last.starts_with('首'))),
                _ => fields.slice,
            };
        }
    }
    if let Some(name) = get("term") {
        fields.named = Some(lexicon().term(name)?);
    }
    fields.leap = get("leap").is_some();
    Some(fields)
}

/// 初8, 廿三.
fn initial_day(text: &str) -> Option<i32> {
    words().value("", text.strip_prefix('初')?)
}

/// 甲辰年 stands for every sixtieth year: an era says which, else the nearest to the day of writing is meant.
fn cycle(meaning: &Meaning, groups: &Groups<'_>) -> Option<What> {
    let number = cycle_number(groups.get("stem")?, groups.get("branch")?)?;
    let mut fields = fields(meaning, groups, "")?;
    match groups.get("era") {
        Some(name) => {
            let era = lexicon().era(name)?;
            // The year 4 was the first of a cycle.
            let year = (era.first..=era.until).find(|year| (year - 4).rem_euclid(60) == i32::from(number))?;
            fields.set(Unit::Year, Val::Is(year));
            fields.lunar = fields.get(Unit::Month).is_some();
            fields.era = true;
        }
        None => {
            fields.set(Unit::Year, Val::Shift(0));
            fields.cycle = Some(number);
        }
    }
    Some(What::Point(fields))
}

/// 甲子 is 0, 癸亥 59; `None` for pairs that do not occur (甲丑).
fn cycle_number(stem: &str, branch: &str) -> Option<u8> {
    let place = |all: &str, one: &str| all.chars().position(|c| one.starts_with(c));
    let (stem, branch) = (place("甲乙丙丁戊己庚辛壬癸", stem)?, place("子丑寅卯辰巳午未申酉戌亥", branch)?);
    (0..60_u8).find(|&n| usize::from(n) % 10 == stem && usize::from(n) % 12 == branch)
}

/// How many years beyond its last an era name is still read.
const LOYAL_YEARS: i32 = 10;

/// First or second half of a month.
fn half_month(text: &str) -> Slice {
    let from_end = text == "下";
    Slice { skip: 0, count: 15, unit: Unit::Day, weekday: None, from_end }
}

/// The groups that name a year, decade or century.
fn year<'t>(fields: &mut Fields, get: &impl Fn(&str) -> Option<&'t str>) -> Option<()> {
    let plain = |text: &str| numeral::digits(text).or_else(|| Some(numeral::parse(text)?.value as i64));
    // 2 0 2 3年, as a scanner reads it.
    let number = |text: &str| if text.contains(' ') { plain(&text.replace(' ', "")) } else { plain(text) };
    let value = |text: &str| number(text).and_then(|value| i32::try_from(value).ok());
    if let Some(text) = get("year").or_else(|| get("year_any")) {
        fields.set(Unit::Year, Val::Is(value(text)?));
    }
    if let Some(text) = get("year2") {
        let value = value(text).filter(|value| *value < 100)?;
        fields.set(Unit::Year, Val::Is(value + if value <= PIVOT { 2000 } else { 1900 }));
    }
    if let Some(text) = get("bce").or_else(|| get("bce2")) {
        fields.set(Unit::Year, Val::Is(1 - value(text)?));
    }
    if let Some(text) = get("century") {
        fields.set(Unit::Century, Val::Is(words().value("century", text)? - 1));
    }
    if let Some(text) = get("century_bce") {
        fields.set(Unit::Century, Val::Is(-words().value("century", text)?));
    }
    if let Some(text) = get("decade") {
        let tens = if text == "零零" { 0 } else { value(text).or_else(|| words().value("decade", text))? };
        // 八九十年代: the first of the two is said without its ten.
        fields.set(Unit::Decade, Val::Is(if (1..10).contains(&tens) { tens * 10 } else { tens }));
    }
    if let Some(text) = get("year_decade") {
        let year = value(text)?;
        fields.set(Unit::Century, Val::Is(year / 100));
        fields.set(Unit::Decade, Val::Is(year % 100));
    }
    Some(())
}

/// Two digits up to this are of the twenty-first century.
const PIVOT: i32 = 30;

fn week(groups: &Groups<'_>) -> Option<Fields> {
    // 上上上周: as many weeks back as it says so.
    let times = |name: &str, word: char| {
        let said = groups.get(name)?;
        i32::try_from(said.chars().filter(|&c| c == word).count()).ok()
    };
    let by = times("last", '上').map(|by| -by).or_else(|| times("next", '下')).unwrap_or(0);
    let mut fields = Fields::default();
    fields.set(Unit::Week, Val::Shift(by));
    if let Some(half) = groups.get("halfweek") {
        let from_end = half == "下";
        let count = if from_end { 4 } else { 3 };
        fields.slice = Some(Slice { skip: 0, count, unit: Unit::Day, weekday: None, from_end });
    }
    if let Some(weekday) = groups.get("weekday") {
        fields.set(Unit::Weekday, Val::Is(words().value("weekday", weekday)?));
    }
    if groups.get("this").is_some_and(|word| word.starts_with('当')) {
        fields.from = From::Text;
    }
    Some(fields)
}

pub(super) fn length(meaning: &Meaning, groups: &Groups<'_>) -> Option<Length> {
    let unit = meaning.unit.or_else(|| words().unit(groups.get("unit")?))?;
    if meaning.unknown {
        return Some(Length {
            parts: vec![(1.0, unit)],
            unknown: true,
            modifier: Some(TimeMod::MoreThan),
            upper: None,
        });
    }
    let half = if groups.get("halfin").or_else(|| groups.get("halfout")).is_some() { 0.5 } else { 0.0 };
    let (value, mut upper, vague) = match groups.get("n") {
        None => (meaning.n?, None, Vague::No),
        Some("几" | "数") => (3.0, Some(9.0), Vague::Several),
        Some(text) => {
            // 十来天: ten or so.
            let (text, about) = text.strip_suffix('来').map_or((text, false), |text| (text, true));
            let numeral = numeral::parse(text)?;
            (numeral.value, numeral.upper, if about { Vague::Several } else { numeral.vague })
        }
    };
    let mut modifier = match vague {
        Vague::No | Vague::Between => None,
        Vague::More => Some(TimeMod::MoreThan),
        Vague::Several => Some(TimeMod::Approx),
        Vague::AtLeast => Some(TimeMod::EqualOrMore),
    };
    if groups.get("more").is_some() {
        modifier = Some(TimeMod::MoreThan);
        upper = upper.or(Some(value + 1.0));
    }
    // 46秒4, 46秒40: tenths or hundredths of a second.
    let part = groups.get("decimals").and_then(|text| format!("0.{text}").parse::<f64>().ok()).unwrap_or(0.0);
    let value =
        if part > 0.0 { format!("{value}{}", format!("{part}").trim_start_matches('0')).parse().ok()? } else { value };
    Some(Length { parts: vec![(value + half, unit)], upper, modifier, unknown: false })
}

fn slice(groups: &Groups<'_>) -> Option<Slice> {
    let unit = match groups.get("unit") {
        None => Unit::Weekday,
        Some(text) => match words().unit(text)? {
            LengthUnit::Year => Unit::Year,
            LengthUnit::Quarter => Unit::Quarter,
            LengthUnit::Month => Unit::Month,
            LengthUnit::Week => Unit::Week,
            LengthUnit::Day => Unit::Day,
            LengthUnit::Hour => Unit::Hour,
            _ => return None,
        },
    };
    let number = |text: &str| words().value("nth", text).and_then(|value| u32::try_from(value).ok());
    let weekday = groups.get("weekday").and_then(|text| words().value("weekday", text));
    let from_end = groups.get("last").is_some();
    if let Some(nth) = groups.get("nth") {
        let nth = number(nth).filter(|&nth| nth > 0)?;
        return Some(Slice { skip: nth - 1, count: 1, unit, weekday, from_end });
    }
    if unit == Unit::Weekday {
        return Some(Slice { skip: 0, count: 1, unit, weekday, from_end });
    }
    let count = number(groups.get("n")?).filter(|&count| count > 0)?;
    Some(Slice { skip: 0, count, unit, weekday: None, from_end })
}

fn set(meaning: &Meaning, groups: &Groups<'_>) -> Option<What> {
    let at = fields(meaning, groups, "")?;
    if let Some(period) = &meaning.value {
        return Some(What::Set { period: period.clone(), at });
    }
    let word = groups.get("unit")?;
    let period = match word {
        "半年" => "P0.5Y".to_owned(),
        "晚" | "夜" | "工作日" => "P1D".to_owned(),
        "周末" => "P1W".to_owned(),
        _ => {
            let unit = words().unit(word)?;
            let n = match groups.get("n") {
                Some(text) => numeral::parse(text)?.value,
                None => meaning.n.unwrap_or(1.0),
            };
            Length { parts: vec![(n, unit)], ..Length::default() }.value()
        }
    };
    Some(What::Set { period, at })
}

fn period(groups: &Groups<'_>) -> Option<What> {
    let entry = lexicon().period_index(groups.get("period")?)?;
    // 建交45年来: where it depends on who, the number of years says more than the name.
    if let Some(years) = groups.get("years")
        && lexicon().period(entry).is_some_and(|period| !period.needs.is_empty())
    {
        let amount = numeral::parse(years)?.value;
        let length = Length { parts: vec![(amount, LengthUnit::Year)], ..Length::default() };
        return Some(What::Window { length, direction: Direction::Past, span: WindowSpan::Running });
    }
    let bound = match groups.get("side") {
        Some("以来" | "爆发后") => Some(Bound::Since),
        None if groups.get("years").is_some() => Some(Bound::Since),
        Some("之后" | "以后" | "后" | "结束后") => Some(Bound::From),
        Some("之前" | "以前" | "前" | "前夕") => Some(Bound::Until),
        _ => None,
    };
    let said = groups.said().get(groups.span("period")?.end..)?;
    let modifier = if said.ends_with("初期")
        || said.ends_with("初")
        || said.ends_with("初年")
        || said.ends_with("前期")
        || said.ends_with("伊始")
    {
        Some(TimeMod::Start)
    } else if said.ends_with("末期") || said.ends_with("末年") || said.ends_with("末") || said.ends_with("后期")
    {
        Some(TimeMod::End)
    } else if said.ends_with("中期") {
        Some(TimeMod::Mid)
    } else {
        None
    };
    let which = if said.contains("开局") {
        Some(false)
    } else if said.contains("收官") {
        Some(true)
    } else {
        None
    };
    Some(What::Period { entry, bound, modifier, last_year: which })
}
