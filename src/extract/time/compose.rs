//! Neighbouring findings put together: 2024年 + 9月, 6月24日 至 26日, 2012年 + 以来, 三年 + 前.

use super::{
    counted,
    read::{self, Meaning, On, Say},
    timex::{Bound, Direction, Fields, From, Length, LengthUnit, Timex, Unit, What, WindowSpan},
};
use crate::{extract::rule::RuleSet, model::TimeMod, span::Span};

/// Puts together what belongs together; `found` is by place and stays so. `told` is the era by which the text counts its
/// years before it has named one (its first year, and a year told of it).
pub fn compose(text: &str, found: Vec<Timex>, suffixes: &RuleSet<Meaning>, told: Option<(i32, i32)>) -> Vec<Timex> {
    let mut found = without_glosses(text, found);
    count_on(text, &mut found, told);
    let joined = merge(text, found, join_neighbours);
    let mut parted = joined;
    parted.iter_mut().for_each(|timex| add_part(text, timex, suffixes));
    let joined = merge(text, parted, join_neighbours);
    let ranged = merge(text, joined, join_range);
    let mut out: Vec<Timex> = Vec::with_capacity(ranged.len());
    for timex in ranged {
        // What a suffix swallowed (之后, 以前) is no time of its own.
        if out.last().is_some_and(|last| timex.at.start < last.at.end) {
            continue;
        }
        let timex = with_prefix(text, with_suffixes(text, timex, suffixes));
        if !is_too_little(text, &timex) {
            out.push(timex);
        }
    }
    let counted = |text: &str, left: &Timex, right: &Timex| {
        counted::joined(left, right, gap(text, left, right), right.at.slice(text))
    };
    let out = merge(text, out, counted);
    let mut out = told_lengths(text, out);
    carry_evening(text, &mut out);
    out.retain(|timex| !matches!(timex.what, What::Nth(_)));
    out
}

/// Whether it is a day of the common calendar.
fn is_day(what: &What) -> bool {
    matches!(what, What::Point(fields) if fields.is(Unit::Day).is_some() && !fields.lunar)
}

/// 1月28日（农历除夕、周二）: what else the day is called, the weekday last, is part of it and no time of its own.
fn without_glosses(text: &str, found: Vec<Timex>) -> Vec<Timex> {
    // Most paragraphs have no such bracket, and their findings stay where they are.
    let has_bracket = |timex: &Timex| {
        is_day(&timex.what) && text.get(timex.at.end..).is_some_and(|tail| tail.starts_with(['（', '(']))
    };
    if !found.iter().any(has_bracket) {
        return found;
    }
    let mut out: Vec<Timex> = Vec::with_capacity(found.len());
    let mut rest = found.into_iter().peekable();
    while let Some(timex) = rest.next() {
        let bracket = text.get(timex.at.end..).filter(|tail| tail.starts_with(['（', '(']));
        let close = bracket.and_then(|tail| {
            let end = tail.find(['）', ')'])?;
            let inside = tail.get('（'.len_utf8().min(end)..end)?;
            let weekday = inside.chars().rev().nth(1)? == '周' || inside.contains("星期") || inside.contains("礼拜");
            (inside.contains('、') && weekday && inside.chars().count() <= 16).then_some(timex.at.end + end)
        });
        let day = match &timex.what {
            What::Point(fields) if fields.is(Unit::Day).is_some() && !fields.lunar => Some(*fields),
            _ => None,
        };
        let (Some(mut fields), Some(close)) = (day, close) else {
            out.push(timex);
            continue;
        };
        while let Some(inner) = rest.next_if(|inner| inner.at.end <= close) {
            if let What::Point(named) = inner.what
                && let Some(weekday) = named.is(Unit::Weekday)
            {
                fields.weekday = Some(weekday);
            }
        }
        let mark = text.get(close..).and_then(|tail| tail.chars().next()).map_or(0, char::len_utf8);
        out.push(Timex { at: Span::new(timex.at.start, close + mark), what: What::Point(fields), ..timex });
    }
    out
}

/// 万历十四年进士……二十一年，谪广西: a year counted on from the reign told last; 民国一〇九年……一百一十二年.
fn count_on(text: &str, found: &mut [Timex], mut told: Option<(i32, i32)>) {
    for timex in found {
        match &timex.what {
            What::Point(fields) => {
                if let Some(first) = fields.era_first {
                    told = fields.is(Unit::Year).map(|year| (first, year));
                } else if let (Some((1912, _)), Some(year)) = (told, fields.is(Unit::Year))
                    && (90..=150).contains(&year)
                    && timex
                        .at
                        .slice(text)
                        .starts_with(|c: char| c.is_ascii_digit() || "一二三四五六七八九".contains(c))
                {
                    // 112年12月 where the years are counted from 1912.
                    let mut fields = Fields { era: true, ..*fields };
                    fields.set(Unit::Year, super::timex::Val::Is(year + 1911));
                    timex.what = What::Point(fields);
                }
            }
            What::Length(length) => {
                let Some((first, last)) = told else { continue };
                let Some(year) = regnal_year(text, timex.at, length, first, last) else { continue };
                let mut fields = Fields { era: true, era_first: Some(first), lunar: first < 1912, ..Fields::default() };
                fields.set(Unit::Year, super::timex::Val::Is(year));
                timex.what = What::Point(fields);
                timex.modifier = None;
                told = Some((first, year));
            }
            _ => {}
        }
    }
}

/// The year that a length of years names in the era that begins in `first`, where it is no length.
fn regnal_year(text: &str, at: Span, length: &Length, first: i32, last: i32) -> Option<i32> {
    let &[(n, LengthUnit::Year)] = length.parts.as_slice() else { return None };
    let said = at.slice(text);
    let said = said.strip_suffix("年度").or_else(|| said.strip_suffix('年'))?;
    let is_counted = said.chars().all(|c| "一二三四五六七八九十百零〇廿卅".contains(c));
    let (before, after) = (text.get(..at.start)?, text.get(at.end..)?);
    let opens = before.ends_with(['，', '。', '；', '、', '：', '（', '至', '于', '到', '\n']) || before.is_empty();
    // No reign is counted in thousands of years, and no year so far ahead is one.
    let year = first + i32::try_from(n as i64).ok().filter(|n| (0..10_000).contains(n))? - 1;
    let is_republic = first == 1912 && (90.0..=150.0).contains(&n);
    // 102年以来 is since that year of the republic; 100年以来 may be a century.
    let since = is_republic && n != 100.0 && ["以来", "底", "初"].iter().any(|word| after.starts_with(word));
    let is_length = after.starts_with(|c: char| "后前间来内的多余以之有零半里".contains(c)) && !since;
    let is_reign = first < 1912 && opens && n <= 61.0 && is_counted && (last..=last + 60).contains(&year);
    (n.fract() == 0.0 && !is_length && length.modifier.is_none() && (is_republic || is_reign)).then_some(year)
}

/// 1978年到2008年30年间: behind a range the length says how long it is, and looks from nowhere.
fn told_lengths(text: &str, mut found: Vec<Timex>) -> Vec<Timex> {
    for idx in 1..found.len() {
        let Some([before, timex]) = found.get_mut(idx - 1..=idx) else { continue };
        let beside = matches!(before.what, What::Range(..)) && gap(text, before, timex).is_empty();
        if let What::Window { length, .. } = &timex.what
            && beside
            && timex.at.slice(text).ends_with('间')
        {
            timex.what = What::Length(length.clone());
        }
    }
    found
}

/// 今晚（9月17日）8点: the evening of the first belongs to the clock time behind the bracket.
fn carry_evening(text: &str, found: &mut [Timex]) {
    for idx in 2..found.len() {
        let Some([first, day, clock]) = found.get_mut(idx - 2..=idx) else { continue };
        let bracketed = matches!(gap(text, first, day), "（" | "(") && matches!(gap(text, day, clock), "）" | ")");
        let (What::Point(from), What::Point(hour)) = (&first.what, &mut clock.what) else { continue };
        if let (Some(part), Some(_), None, true) =
            (from.get(Unit::Part), hour.get(Unit::Hour), hour.get(Unit::Part), bracketed)
        {
            hour.set(Unit::Part, part);
        }
    }
}

/// A lone 早 or 晚 is a word of its own (早慧, 晚婚), a lone 分 a point of a score.
fn is_too_little(text: &str, timex: &Timex) -> bool {
    let said = timex.at.slice(text);
    match &timex.what {
        What::Point(fields) => {
            fields.coarsest() == Some(Unit::Part) && fields.get(Unit::Hour).is_none() && said.chars().count() == 1
        }
        What::Length(length) => said.ends_with('分') && length.parts.len() == 1,
        _ => false,
    }
}

/// Merges neighbours from left to right as long as `join` says so.
fn merge(text: &str, mut found: Vec<Timex>, join: impl Fn(&str, &Timex, &Timex) -> Option<Timex>) -> Vec<Timex> {
    found.dedup_by(|timex, last| {
        let joined = if last.at.end <= timex.at.start { join(text, last, timex) } else { None };
        let is_joined = joined.is_some();
        if let Some(joined) = joined {
            *last = joined;
        }
        is_joined
    });
    found
}

fn gap<'t>(text: &'t str, left: &Timex, right: &Timex) -> &'t str {
    text.get(left.at.end..right.at.start).unwrap_or_default()
}

/// 2024年 and 9月; 两年 and 三个月; 10月12日 and （星期一）.
fn join_neighbours(text: &str, left: &Timex, right: &Timex) -> Option<Timex> {
    let between = gap(text, left, right);
    let at = left.at.union(right.at);
    let made =
        |at: Span, what: What| Some(Timex { at, rule: left.rule, what, modifier: left.modifier.or(right.modifier) });
    match (&left.what, &right.what) {
        // 星期天，2月10日
        (What::Point(weekday), What::Point(day))
            if weekday.coarsest() == Some(Unit::Weekday)
                && weekday.finest() == Some(Unit::Weekday)
                && weekday.slice.is_none()
                && day.is(Unit::Day).is_some()
                && matches!(between, "" | "," | "，" | ", " | "（" | "(") =>
        {
            // 周三（9月17日）
            let close =
                text.get(right.at.end..).and_then(|rest| rest.chars().next()).filter(|c| matches!(c, '）' | ')'));
            let is_open = matches!(between, "（" | "(");
            if is_open && close.is_none() {
                return None;
            }
            let at = Span::new(at.start, at.end + close.filter(|_| is_open).map_or(0, char::len_utf8));
            made(at, What::Point(Fields { weekday: weekday.is(Unit::Weekday), ..*day }))
        }
        // 5月1日当天
        (What::Point(day), What::Point(same))
            if between.is_empty()
                && day.is(Unit::Day).is_some()
                && day.finest() == Some(Unit::Day)
                && same.from == From::Text
                && same.coarsest() == Some(Unit::Day)
                && same.finest() == Some(Unit::Day)
                && same.shift(Unit::Day) == Some(0) =>
        {
            made(at, What::Point(*day))
        }
        (What::Point(coarse), What::Point(fine)) => {
            let weekday_only = fine.coarsest() == Some(Unit::Weekday) && fine.slice.is_none();
            let close = match between {
                "" | " " => true,
                "的" => true,
                "，" | "," | ", " => {
                    // 2016年，9月3日
                    let day_of_year = coarse.coarsest() == Some(Unit::Year)
                        && coarse.finest() == Some(Unit::Year)
                        && fine.coarsest() == Some(Unit::Month)
                        && fine.is(Unit::Day).is_some();
                    day_of_year || weekday_only && coarse.is(Unit::Day).is_some()
                }
                "大约" | "大概" | "约" => {
                    matches!(coarse.finest(), Some(Unit::Day | Unit::Part))
                        && coarse.get(Unit::Day).is_some()
                        && fine.get(Unit::Hour).is_some()
                }
                "(" | "（" => {
                    let closed = text.get(right.at.end..).is_some_and(|rest| rest.starts_with([')', '）']));
                    if !(weekday_only && closed) {
                        return None;
                    }
                    let close_len = text.get(right.at.end..)?.chars().next()?.len_utf8();
                    let at = Span::new(at.start, at.end + close_len);
                    return made(at, What::Point(coarse.joined(*fine)?));
                }
                _ => false,
            };
            if !close || left.modifier.is_some() || coarse.part_of.is_some() {
                return None;
            }
            if between == "的"
                && let Some(again) = coarse.shifted_again(*fine)
            {
                return made(at, What::Point(again));
            }
            made(at, What::Point(coarse.joined(*fine)?))
        }
        (What::Point(coarse), What::Range(from, to)) => {
            if !matches!(between, "" | "的" | " ") {
                return None;
            }
            let (from, to) = (coarse.joined(*from)?, coarse.joined(*to).unwrap_or(*to));
            made(at, What::Range(from, to))
        }
        // 22日到24日 + 上午
        (What::Range(from, to), What::Point(clock))
            if matches!(between, "" | "的") && clock.is_clock_only() && to.finest() == Some(Unit::Day) =>
        {
            made(at, What::Range(*from, to.joined(*clock)?))
        }
        (What::Length(first), What::Length(second)) => {
            let falls = first.parts.last()?.1 < second.parts.first()?.1;
            let plain = matches!(between, "" | "零" | "又" | " " | "加" | "加上" | "外加" | "又加")
                && falls
                && first.modifier.is_none();
            if !plain {
                return None;
            }
            let mut parts = first.parts.clone();
            parts.extend(second.parts.iter().copied());
            made(at, What::Length(Length { parts, ..second.clone() }))
        }
        (What::Set { period, at: when }, What::Point(fine)) => {
            // 每日上午7时至晚上11时: what repeats, and the hours it is open.
            let rest = text.get(right.at.end..).unwrap_or_default();
            let opens_range =
                fine.is_clock_only() && ["至", "到", "-", "—", "~"].iter().any(|link| rest.starts_with(link));
            let fits =
                matches!(between, "" | "的") && fine.coarsest()? > Unit::Year && !fine.is_relative() && !opens_range;
            if !fits {
                return None;
            }
            let when = if when.is_empty() { *fine } else { when.joined(*fine)? };
            made(at, What::Set { period: period.clone(), at: when })
        }
        (What::Set { period, at: when }, What::Range(from, _))
            if matches!(between, "" | "的") && !from.is_clock_only() =>
        {
            let when = if when.is_empty() { *from } else { when.joined(*from)? };
            made(at, What::Set { period: period.clone(), at: when })
        }
        // 三天后 is made later; 三天 + 晚上 is nothing.
        _ => None,
    }
}

/// Words between the two sides of a range.
const LINKS: [&str; 23] = [
    "至",
    "到",
    "-",
    "—",
    "——",
    "~",
    "－",
    "−",
    "直至",
    "直到",
    "一直到",
    "以至",
    "起至",
    "起到",
    "～",
    "--",
    "起，至",
    "日至",
    "启动至",
    "开始至",
    "开始到",
    "开始持续至",
    "起持续至",
];

fn join_range(text: &str, left: &Timex, right: &Timex) -> Option<Timex> {
    let between = gap(text, left, right);
    let at = left.at.union(right.at);
    let is_and = matches!(between, "和" | "与" | "、")
        && ["之间", "期间", "间"]
            .iter()
            .any(|word| text.get(right.at.end..).is_some_and(|rest| rest.starts_with(word)));
    // 19世纪末20世纪初: the end of one and the beginning of the next.
    let turn = between.is_empty()
        && matches!((&left.what, &right.what), (What::Point(end), What::Point(start))
            if end.part_of == Some(TimeMod::End)
                && start.part_of == Some(TimeMod::Start)
                && end.finest() == start.finest());
    if !LINKS.contains(&between.trim()) && !is_and && !turn {
        return None;
    }
    // 3月和5月间: the word that makes them a range belongs to it; 之间 and 期间 are suffixes anyway.
    let closes = is_and && text.get(right.at.end..).is_some_and(|rest| rest.starts_with('间'));
    let at = Span::new(at.start, if closes { at.end + '间'.len_utf8() } else { at.end });
    let made = |what: What| Some(Timex { at, rule: left.rule, what, modifier: right.modifier });
    match (&left.what, &right.what) {
        (What::Point(from), What::Point(to)) => {
            let to_completed = complete_end(*from, *to)?;
            made(What::Range(*from, to_completed))
        }
        (What::Ref(value), What::Point(to)) if value == "PRESENT_REF" => made(What::FromNow(*to)),
        (What::Point(from), What::Ref(value)) if value == "PRESENT_REF" && between != "和" => {
            made(What::Bounded(*from, Bound::Since))
        }
        (What::Set { .. }, What::Point(to)) if !to.is_clock_only() && to.coarsest() >= Some(Unit::Month) => {
            made(left.what.clone())
        }
        (What::Length(from), What::Length(to)) => made(What::LengthRange(from.clone(), to.clone())),
        // 距今5300年至4300年: from so long ago until so long ago.
        (What::Offset { length: from, direction, from: base, open: false }, What::Length(to))
            if left.at.slice(text).starts_with("距今") =>
        {
            let ((earlier, unit), (later, same)) = (from.single()?, to.single()?);
            let length = Length { upper: Some(earlier + 1.0), ..to.clone() };
            let offset = What::Offset { length, direction: *direction, from: *base, open: false };
            (unit == same && earlier > later).then(|| made(offset))?
        }
        _ => None,
    }
}

/// The second side of a range with what it leaves out; `None` where the two cannot be sides of one range.
fn complete_end(from: Fields, to: Fields) -> Option<Fields> {
    let (first, second) = (from.finest()?, to.finest()?);
    let clock = |unit: Unit| unit >= Unit::Part;
    if clock(first) != clock(second) && !(clock(second) && first >= Unit::Weekday) && !clock(first) {
        return None;
    }
    if to.from == From::Text && to.is_relative() {
        return Some(to);
    }
    let same_day = to.is_clock_only();
    let mut to = to.completed_from(from);
    // 下午1点到3点: the part of the day carries over where the hour goes on within it.
    if let (Some(part), None, Some(_), true) = (from.get(Unit::Part), to.get(Unit::Part), to.get(Unit::Hour), same_day)
    {
        to.set(Unit::Part, part);
    }
    Some(to)
}

/// 2024年 + 底; a month or year whose beginning, middle or end is meant.
fn add_part(text: &str, timex: &mut Timex, suffixes: &RuleSet<Meaning>) {
    let What::Point(fields) = &mut timex.what else { return };
    let coarse = fields.finest().is_some_and(|unit| unit < Unit::Week) && fields.named.is_none();
    if !coarse || timex.modifier.is_some() {
        return;
    }
    let Some((meaning, at)) = suffix_at(text, timex.at.end, suffixes) else { return };
    if meaning.say == Say::PartOf {
        fields.part_of = meaning.modifier;
        timex.modifier = meaning.modifier;
        timex.at = timex.at.union(at);
    }
}

fn suffix_at<'r>(text: &str, at: usize, suffixes: &'r RuleSet<Meaning>) -> Option<(&'r Meaning, Span)> {
    let rest = text.get(at..)?;
    let from = if rest.starts_with(' ') && rest[1..].starts_with(|c: char| !c.is_ascii()) { at + 1 } else { at };
    let hit = suffixes.match_at(text, from)?;
    Some((&suffixes.rule(hit)?.meaning, hit.at))
}

/// All suffixes in turn: 8月初 + 前, 大约十点 + 以后.
fn with_suffixes(text: &str, mut timex: Timex, suffixes: &RuleSet<Meaning>) -> Timex {
    for _ in 0..3 {
        let is_length = matches!(timex.what, What::Length(_) | What::LengthRange(..));
        let is_date = matches!(timex.what, What::Point(_) | What::Range(..) | What::Bounded(..));
        let Some(next) = suffix_of(text, &timex, suffixes, is_length, is_date) else { break };
        timex = next;
    }
    timex
}

fn suffix_of(text: &str, timex: &Timex, suffixes: &RuleSet<Meaning>, is_length: bool, is_date: bool) -> Option<Timex> {
    let from = timex.at.end;
    let mut candidates = suffixes.matches_at(text, from).into_iter();
    let (meaning, hit) = candidates.find_map(|hit| {
        let meaning = &suffixes.rule(hit)?.meaning;
        let on = meaning.on.unwrap_or(On::Both);
        let fits = (is_length && on != On::Date) || (is_date && on != On::Length);
        fits.then_some((meaning, hit))
    })?;
    let mut next = Timex { at: timex.at.union(hit.at), ..timex.clone() };
    let said = hit.at.slice(text);
    match (meaning.say, &timex.what) {
        (Say::Bound, What::Point(fields)) => {
            if fields.is_clock_only() && said == "起" {
                return None;
            }
            next.what = What::Bounded(*fields, meaning.bound?);
            if meaning.bound == Some(Bound::Until) {
                next.modifier = next.modifier.or(Some(TimeMod::Before));
            }
        }
        (Say::Bound, What::Range(..)) if said == "止" || said == "为止" => {}
        (Say::During, What::Point(_) | What::Range(..)) => {}
        (Say::Ending, What::Point(last)) => {
            // 6月30日的六个月 is nothing; 截至6月30日的六个月 is.
            let before = text.get(..timex.at.start).unwrap_or_default();
            let until = ["截至", "截止"].into_iter().find(|word| before.ends_with(word));
            if said.starts_with('的') {
                next.at.start -= until?.len();
            }
            let length = read::length(meaning, &suffixes.groups(text, hit))?;
            length.modifier.is_none().then_some(())?;
            (next.what, next.modifier) = (What::Ending { last: *last, length }, None);
        }
        (Say::About, _) => next.modifier = meaning.modifier,
        (Say::Offset, What::Length(length)) => {
            let open = matches!(said, "之前" | "以前" | "之后" | "以后");
            next.what = What::Offset { length: length.clone(), direction: meaning.direction?, from: From::Dct, open };
            next.modifier = length.modifier;
        }
        // 15日内 in a rule counts from whatever the rule speaks of; only by itself from today.
        (Say::Window, What::Length(_)) if said.ends_with('内') && follows_a_word(text, timex.at) => return None,
        (Say::Window | Say::Bound, What::Length(length)) => {
            let direction = meaning.direction.unwrap_or(Direction::Past);
            next.what = What::Window { length: length.clone(), direction, span: WindowSpan::Running };
        }
        (Say::PartOf, What::Length(_)) => return None,
        _ => return None,
    }
    Some(next)
}

/// Whether a Chinese character other than a preposition stands right before.
fn follows_a_word(text: &str, at: Span) -> bool {
    let before = text.get(..at.start).and_then(|before| before.chars().next_back());
    before.is_some_and(|c| ('\u{4e00}'..='\u{9fff}').contains(&c) && !"在于将请需约".contains(c))
}

/// 从 and 自 belong to a range or bounded time; 约 and 大约 approximate.
fn with_prefix(text: &str, mut timex: Timex) -> Timex {
    let before = text.get(..timex.at.start).unwrap_or_default();
    let begins = matches!(timex.what, What::Bounded(_, Bound::From)) && timex.at.slice(text).ends_with("开始");
    let opens = begins || matches!(timex.what, What::Range(..) | What::Bounded(_, Bound::Since) | What::FromNow(_));
    // 自从2018年 says since, also without 以来 behind it.
    if let What::Point(fields) = timex.what
        && before.ends_with("自从")
        && fields.finest().is_some_and(|unit| unit <= Unit::Day)
    {
        timex.at.start -= "自从".len();
        timex.what = What::Bounded(fields, Bound::Since);
        return timex;
    }
    if opens {
        let by = matches!(timex.what, What::Range(..) | What::FromNow(_)).then_some("由");
        for word in ["自从", "从", "自"].into_iter().chain(by) {
            let in_word = ["各自", "来自", "理由", "缘由", "自由"].iter().any(|other| before.ends_with(other));
            if before.ends_with(word) && !in_word {
                timex.at.start -= word.len();
                return timex;
            }
        }
    }
    let until = matches!(timex.what, What::Point(_));
    if until {
        for word in ["截止到", "截至到", "截止", "截至", "直到"] {
            if before.ends_with(word)
                && let What::Point(fields) = timex.what
                && word != "直到"
                && fields.finest().is_some_and(|unit| unit <= Unit::Day)
            {
                timex.at.start -= word.len();
                timex.what = What::Bounded(Fields { latest: true, ..fields }, Bound::Until);
                timex.modifier = timex.modifier.or(Some(TimeMod::OnOrBefore));
                return timex;
            }
        }
    }
    let is_clock = matches!(&timex.what, What::Point(fields) if fields.get(Unit::Hour).is_some())
        || matches!(&timex.what, What::Bounded(fields, _) if fields.get(Unit::Hour).is_some());
    for word in ["大约", "大概", "约"] {
        if before.ends_with(word) && matches!(timex.what, What::Point(_) | What::Offset { .. } | What::Bounded(..)) {
            timex.modifier = timex.modifier.or(Some(TimeMod::Approx));
            if is_clock && word == "大约" {
                timex.at.start -= word.len();
            }
            break;
        }
    }
    timex
}
