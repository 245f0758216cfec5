//! What a quantity measures, and when it holds.
//!
//! ```text
//! 2024年，港区吞吐量达948万吨，同比增长3.6%，其中煤炭占两成
//! ├time─┘ ├measure─┘            ├basis├change      └share of the measure before
//! ```
//!
//! The name is the noun phrase before the number, cut free from verbs, times and bounds by the word lists of
//! `measure.toml`; a clause without one (同比增长3.6%) goes on with the measure before it. [`readings`] gives the
//! parts, which series and claims need apart.

mod lists;
mod told;
mod words;

use super::{
    compare::{base_at, starts_run},
    lexicon::{self, MeasureWords},
    same,
    table::Tables,
};
use crate::{
    extract::Found,
    model::{Direction, Quantity, QuantityKind, Time, TimeType},
    span::Span,
    text::{Article, Role},
};
use words::{
    able, as_verb, begins_change, change_suffix, char_floor, each_at_end, is_gap, is_grouping, is_in_title, is_per,
    last_change, share_at, shortened, without_first, without_joint, without_mark, without_notes, without_record,
    without_rise,
};

/// What a change is reckoned against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Basis {
    /// Not said.
    #[default]
    None,
    /// 同比: the same period a year before.
    YearOnYear,
    /// 环比: the period before.
    PeriodOnPeriod,
    /// 年均: each year of the period.
    Average,
    /// 较上年, 比1996年: a time, by index.
    Time(usize),
    /// 较建交初期的4.6亿美元: a quantity, by index.
    Quantity(usize),
}

/// How a quantity's sentence presents it.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// The noun phrase measured, without what is said of it.
    pub core: String,
    /// 占外贸总值的比重, 同比增长: what is said of it.
    pub said: String,
    /// A change is no level.
    pub direction: Option<Direction>,
    /// What the change is reckoned against.
    pub basis: Basis,
    /// Whether it stands inside 较…, 比…: the value compared with.
    pub is_base: bool,
    /// Whether a change starts from it: 由[30万吨]增至.
    pub is_start: bool,
    /// Whether the name was taken over from the quantity before.
    pub is_inherited: bool,
    /// Whether it is one of several values told side by side: 28.3%、23.9%.
    pub is_listed: bool,
    /// Whether what is counted stands behind the number (90多个国家).
    pub is_count: bool,
    /// Whether it is in per cent.
    pub is_percent: bool,
    /// Whose things are counted: 全县共有7个乡.
    pub subject: String,
    /// Which sentence of the block, by the byte it begins at.
    pub sentence: usize,
    /// The time it holds for.
    pub time: Option<usize>,
    /// Which year, quarter or month of a range it holds for, from 0: 2019—2021年依次为…, 前三季度增速分别为….
    pub nth: Option<u16>,
}

impl Reading {
    /// The measure in full: 港区吞吐量同比增长.
    pub fn name(&self) -> Option<String> {
        (!self.core.is_empty()).then(|| format!("{}{}", self.core, self.said))
    }
}

/// Sets `measure` and `time` of every quantity of the article, by its reading.
pub fn bind(readings: &[Reading], found: &mut [Found<Quantity>]) {
    for (idx, reading) in readings.iter().enumerate() {
        let before = idx.checked_sub(1).and_then(|i| found.get(i)).filter(|_| reading.is_inherited);
        let before = before.map(|q| (q.item.unit.clone(), q.item.per.clone()));
        let Some(quantity) = found.get_mut(idx) else { return };
        quantity.item.time = reading.time;
        if reading.is_listed {
            quantity.item.direction = quantity.item.direction.or(reading.direction);
        }
        quantity.item.measure = reading.name();
        // 人均收入由1.2万元提高到6.3万元: per what goes on with the name.
        if let Some((unit, per)) = before
            && quantity.item.per.is_none()
            && unit == quantity.item.unit
            && unit != "%"
        {
            quantity.item.per = per;
        }
    }
}

/// Reads every quantity's sentence, in order.
pub fn readings(
    article: &Article,
    times: &[Found<Time>],
    tables: &Tables,
    quantities: &[Found<Quantity>],
) -> Vec<Reading> {
    let words = lexicon::measure_words();
    let mut readings: Vec<Reading> = Vec::with_capacity(quantities.len());
    let mut carried = Carried::default();
    let (mut from, mut time_from) = (0, 0);
    for (block_idx, block) in article.blocks.iter().enumerate() {
        let to = from + quantities.get(from..).unwrap_or_default().iter().take_while(|q| q.block == block_idx).count();
        let rest = times.get(time_from..).unwrap_or_default();
        let n_before = rest.iter().take_while(|time| time.block < block_idx).count();
        let n_here = rest.iter().skip(n_before).take_while(|time| time.block == block_idx).count();
        let time_range = (time_from + n_before, time_from + n_before + n_here);
        // What a heading closes is not gone on with.
        if block.role == Role::Subhead {
            carried = Carried::default();
        }
        if tables.holds(block_idx) {
            let here = quantities.get(from..to).unwrap_or_default();
            readings.extend(here.iter().map(|q| tables.reading(block_idx, q.at).cloned().unwrap_or_default()));
            (from, time_from) = (to, time_range.1);
            continue;
        }
        let text = block.text.text();
        let ends = if from < to { sentence_ends(text) } else { Vec::new() };
        let mut reader = Reader { text, block: block_idx, words, times, quantities, time_range, from, carried, ends };
        for idx in from..to {
            let reading = reader.read(idx, &readings);
            readings.push(reading);
        }
        reader.pair_lists(to, &mut readings);
        carried = reader.carried;
        // 二、2018年主要目标: what stands under a heading holds for the one period it names.
        if block.role == Role::Subhead && time_range.1 == time_range.0 + 1 && is_period(times, time_range.0) {
            carried.period = Some(time_range.0);
        }
        (from, time_from) = (to, time_range.1);
    }
    readings
}

/// What later clauses may fall back on.
#[derive(Debug, Clone, Copy, Default)]
struct Carried {
    /// The last time of a month or longer.
    period: Option<usize>,
    /// The last quantity whose measure is a whole with parts (进出口总额).
    whole: Option<usize>,
}

struct Reader<'a> {
    text: &'a str,
    block: usize,
    words: &'a MeasureWords,
    times: &'a [Found<Time>],
    quantities: &'a [Found<Quantity>],
    /// The times of this block.
    time_range: (usize, usize),
    /// The first quantity of this block.
    from: usize,
    carried: Carried,
    /// The marks that end sentences: where each stands and what is behind it.
    ends: Vec<(usize, usize)>,
}

/// Where 。！？!? and line breaks of `text` stand, and where each ends.
fn sentence_ends(text: &str) -> Vec<(usize, usize)> {
    let bytes = text.as_bytes();
    let mut ends = Vec::new();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let len = match byte {
            0..0x80 => 1,
            0xC0..0xE0 => 2,
            0xE0..0xF0 => 3,
            _ => 4,
        };
        let is_end = match byte {
            b'!' | b'?' | b'\n' => true,
            0xE3 => matches!(bytes.get(at + 1..at + 3), Some([0x80, 0x82])),
            0xEF => matches!(bytes.get(at + 1..at + 3), Some([0xBC, 0x81 | 0x9F])),
            _ => false,
        };
        if is_end {
            ends.push((at, at + len));
        }
        at += len;
    }
    ends
}

/// What befell those counted before; kept short, the rest is in `measure.toml`.
const FATES: [&str; 9] = ["死亡", "遇难", "受伤", "失踪", "丧生", "身亡", "下落不明", "死", "伤"];

/// What a national measure begins with.
const NATIONS: [&str; 3] = ["我国", "全国", "中国"];

/// Longest name kept, in characters; longer ones are cut at the front.
const MAX_NAME: usize = 36;

/// How far back a sentence is looked for, in bytes.
const REACH: usize = 900;

impl Reader<'_> {
    fn read(&mut self, idx: usize, readings: &[Reading]) -> Reading {
        let Some(quantity) = self.quantities.get(idx) else { return Reading::default() };
        let at = quantity.at;
        let before = (self.from..idx)
            .rev()
            .find(|&i| self.quantities.get(i).is_some_and(|q| q.item.kind != QuantityKind::Ordinal));
        let floor = before.and_then(|i| self.quantities.get(i)).map_or(0, |q| q.at.end);
        let sentence = self.sentence_start(at.start);
        let start = floor.max(sentence);
        let is_first = floor < sentence || floor == 0;
        if let Some(previous) = before.filter(|_| !is_first).and_then(|i| self.list_item(i, idx, readings)) {
            return previous;
        }
        let head_start = self.head_start(start, at.start);
        let head = self.text.get(head_start..at.start).unwrap_or_default();
        let mut reading = Reading {
            sentence,
            direction: quantity.item.direction,
            is_percent: quantity.item.unit == "%",
            ..Reading::default()
        };
        let after = self.text.get(at.end..).unwrap_or_default();
        let next = self.quantities.get(idx + 1).filter(|next| next.block == quantity.block);
        let gap = self.text.get(at.end..next.map_or(at.end, |next| next.at.start)).unwrap_or_default();
        reading.is_base = base_at(head, after).is_some() && quantity.item.direction.is_none();
        reading.is_start = quantity.item.direction.is_none() && starts_run(head, gap) || self.turns(at);
        reading.basis = self.basis(start, head_start, head, idx, readings);
        let previous = if is_first { None } else { before.and_then(|i| readings.get(i)) };
        self.name(&mut reading, quantity, Span::new(head_start, at.start), start, previous, readings);
        if quantity.item.kind == QuantityKind::Count
            && let Some((_, fate)) = self.text.get(at.end..).and_then(|rest| self.words.fate.longest(rest))
        {
            reading.said.clone_from(fate);
            // 2人死亡、3人受伤: the first fate is no name of the second.
            while let Some(told) = FATES.iter().find_map(|fate| reading.core.strip_suffix(fate)) {
                reading.core = told.to_owned();
            }
            if reading.core.is_empty() {
                let people = previous.filter(|p| p.is_count || !p.said.is_empty() && FATES.contains(&p.said.as_str()));
                reading.core = people.map(|p| p.core.clone()).unwrap_or_default();
            }
            if reading.core.is_empty() {
                reading.core = std::mem::take(&mut reading.said);
            }
        }
        reading.time = self.time(&reading, quantity, sentence, previous, readings);
        self.edges(&mut reading, at.start, previous);
        self.carry(idx, &reading);
        reading
    }

    /// 28.3%、23.9%: the second is told in the words of the first.
    fn list_item(&self, before: usize, idx: usize, readings: &[Reading]) -> Option<Reading> {
        let (a, b) = (self.quantities.get(before)?, self.quantities.get(idx)?);
        let gap = self.text.get(a.at.end..b.at.start)?.trim();
        let is_list =
            a.item.unit == b.item.unit && b.item.direction.is_none() && matches!(gap, "、" | "和" | "及" | "与");
        is_list.then(|| {
            readings.get(before).map(|first| Reading { is_inherited: true, is_listed: true, ..first.clone() })
        })?
    }

    fn sentence_start(&self, end: usize) -> usize {
        let from = char_floor(self.text, end.saturating_sub(REACH));
        let n_ended = self.ends.partition_point(|&(_, after)| after <= end);
        let last = n_ended.checked_sub(1).and_then(|idx| self.ends.get(idx));
        last.filter(|(mark, _)| *mark >= from).map_or(from, |&(_, after)| after)
    }

    /// Where the last clause between `start` and `end` begins.
    fn head_start(&self, start: usize, end: usize) -> usize {
        let window = self.text.get(start..end).unwrap_or_default();
        // 2010年（普查数据，下同）的人口: the marks of a bracket that is closed cut nothing.
        let mut n_closed = 0_u32;
        window
            .char_indices()
            .rev()
            .find(|&(at, c)| {
                match c {
                    '）' | ')' => n_closed += 1,
                    '（' | '(' => n_closed = n_closed.saturating_sub(1),
                    _ => {}
                }
                if n_closed > 0 {
                    return false;
                }
                let is_mark = matches!(c, '，' | '；' | '：' | ',' | ';' | ':' | '—' | '】') || is_gap(window, at, c);
                is_mark && !is_in_title(window, at) && !is_grouping(window, at, c) && !self.is_in_times(start + at)
            })
            .map_or(start, |(at, c)| start + at + c.len_utf8())
    }

    /// Whether a mark stands inside a time or joins two (1993、1994年).
    fn is_in_times(&self, at: usize) -> bool {
        let here = self.block_times();
        let idx = here.partition_point(|time| time.at.end <= at);
        let mark_end = at + self.text.get(at..).and_then(|t| t.chars().next()).map_or(1, char::len_utf8);
        here.get(idx).is_some_and(|time| {
            let joins = idx
                .checked_sub(1)
                .and_then(|i| here.get(i))
                .is_some_and(|before| before.at.end == at && time.at.start == mark_end);
            time.at.covers(at) || joins && self.text.get(at..).is_some_and(|t| t.starts_with('、'))
        })
    }

    /// Fills in `core` and `said`.
    fn name(
        &self,
        reading: &mut Reading,
        quantity: &Found<Quantity>,
        head: Span,
        start: usize,
        previous: Option<&Reading>,
        readings: &[Reading],
    ) {
        let item = &quantity.item;
        if item.kind == QuantityKind::Ordinal {
            return;
        }
        // 6.2级[地震]: the grade of what happened.
        let is_graded = item.kind == QuantityKind::Count || item.unit == "级";
        let noun = if is_graded { self.noun_behind(quantity.at.end) } else { None };
        if let Some(noun) = noun {
            reading.core = noun;
            reading.is_count = true;
            let subject = self.phrase(head, "").core;
            let is_noun_before = previous.is_some_and(|p| p.is_count && p.core.ends_with(&subject));
            reading.subject =
                if is_noun_before { previous.map(|p| p.subject.clone()).unwrap_or_default() } else { subject };
            return;
        }
        let after = self.text.get(quantity.at.end..).unwrap_or_default();
        let mut parts = self.phrase(head, after);
        self.completed(&mut parts, quantity.at.end, reading.sentence, readings);
        if item.direction.is_none() && !reading.is_base {
            self.behind_base(&mut parts, head);
        }
        if item.kind != QuantityKind::Count {
            // 其中，香港2.7万亿元: of what the sentence before measures.
            let whole = previous.or_else(|| self.sentence_before(quantity, reading, readings));
            self.part(&mut parts, quantity, head, whole);
        }
        if let Some(before) = previous.filter(|p| p.is_count && !p.subject.is_empty())
            && let Some(named) = self.counted_places(before, head)
        {
            parts.core = named;
        }
        if let Some(class) = self.class_before(head.start, &parts.core) {
            parts.core.insert_str(0, &class);
        }
        if parts.basis.is_empty() && item.direction.is_some() && self.views_periods(reading.sentence, head.start) {
            "环比".clone_into(&mut parts.basis);
        }
        // 《某片》以27亿元票房居首: what is counted stands behind.
        if parts.core.ends_with('》') && item.kind == QuantityKind::Currency && after.starts_with("票房") {
            parts.core += "票房";
        }
        let goes_on = self.text.get(head.start..head.end).is_some_and(|head| head.starts_with('的'));
        if let Some(before) = previous.filter(|p| p.is_base && goes_on || p.is_count && p.core.ends_with(&parts.core)) {
            parts.core = if before.is_count { before.subject.clone() } else { String::new() };
        }
        if parts.core.is_empty()
            && !matches!(item.kind, QuantityKind::Currency | QuantityKind::Percent | QuantityKind::Count)
            && previous.is_none_or(|p| p.core.is_empty())
            && let Some(noun) = self.noun_behind(quantity.at.end)
        {
            reading.core = noun;
            reading.is_count = true;
            return;
        }
        // 2024年，…加快，同比增长8%: the clause before names it.
        let is_bare = previous.is_none() && self.words.generic.contains(&parts.core);
        // 甲业对增长的贡献率为45%。2021年贡献率增长至54.9%: of the same.
        if is_bare
            && let Some(before) = self.sentence_before(quantity, reading, readings)
            && before.core.ends_with(&parts.core)
        {
            reading.core.clone_from(&before.core);
            return;
        }
        let bare = if is_bare { std::mem::take(&mut parts.core) } else { String::new() };
        let mut end = head.start;
        let inherits = previous.is_some_and(|p| !p.core.is_empty());
        while parts.core.is_empty() && !(parts.share.is_some() && inherits) && end > start {
            let mark = self.text.get(..end).and_then(|t| t.chars().next_back()).unwrap_or(',');
            let mut before = end - mark.len_utf8();
            if self.text.get(start..before).is_some_and(|t| t.ends_with(['）', ')'])) {
                let open = self.text.get(start..before).and_then(|t| t.rfind(['（', '(']));
                before = open.map_or(start, |open| start + open);
            }
            let clause = Span::new(self.head_start(start, before), before);
            // The rest of the clause that the last quantity stood in names nothing new.
            if previous.is_none() || clause.start > start {
                let told = self.phrase(clause, "");
                // 占外贸的比重逐年提升，由25%提升到26.5%
                if item.unit == "%"
                    && parts.share.is_none()
                    && told.share.as_ref().is_some_and(|whole| !whole.is_empty())
                {
                    parts.share = told.share;
                }
                parts.core = told.core;
            }
            end = clause.start;
        }
        if !parts.core.ends_with(&bare) || parts.core.is_empty() {
            parts.core += &bare;
        }
        reading.said = parts.said(item);
        if let Some(whole) = parts.share {
            let subject =
                if parts.core.is_empty() { previous.map(|p| p.core.clone()).unwrap_or_default() } else { parts.core };
            reading.is_inherited = previous.is_some();
            reading.core = subject;
            let whole = whole.trim_end_matches("比重").trim_end_matches('的');
            let is_told = ["份额", "比重", "占比", "比例"].iter().any(|word| reading.core.ends_with(word));
            reading.said = match previous {
                _ if !whole.is_empty() => format!("占{whole}比重"),
                _ if is_told => String::new(),
                Some(previous) if reading.core == previous.core && previous.is_percent => previous.said.clone(),
                _ => "占比".to_owned(),
            };
            if reading.core.is_empty() {
                reading.core = std::mem::take(&mut reading.said);
            }
            return;
        }
        let generic = self.words.generic.contains(&parts.core);
        if let Some(previous) = previous.filter(|p| generic && !p.core.is_empty()) {
            let is_told = self.words.ends_generic(&previous.core);
            reading.core = if is_told { previous.core.clone() } else { format!("{}{}", previous.core, parts.core) };
            return;
        }
        // 确诊病例9600万例，累计死亡105万例: those who died are no confirmed cases.
        let is_deaths = parts.core.is_empty() && parts.hollow == "死亡" && item.unit == "例";
        if let Some(cases) = previous.filter(|_| is_deaths).and_then(|p| p.core.strip_suffix("确诊病例")) {
            reading.core = format!("{cases}死亡病例");
            return;
        }
        if parts.core.is_empty() {
            let leaves_out = ["扣除", "剔除"].iter().any(|word| parts.hollow.starts_with(word));
            // 用新法施工3290米: of what, is not said.
            if parts.hollow.chars().count() > 2 && !reading.is_base && !leaves_out {
                return;
            }
            let before = previous
                .or_else(|| self.sentence_before(quantity, reading, readings))
                .or_else(|| self.sentence_viewed(quantity, reading, readings));
            let is_each = matches!(item.kind, QuantityKind::Currency | QuantityKind::Count);
            if let Some(each) = parts.each.filter(|_| is_each && before.is_some_and(|p| !p.core.is_empty())) {
                let mean = self.text.get(head.start..head.end).is_some_and(|t| t.contains('均')).then_some("平均");
                let sum = if item.kind == QuantityKind::Currency { "金额" } else { "" };
                reading.said = format!("{}{each}{sum}", mean.unwrap_or_default());
                reading.core = before.map(|p| p.core.clone()).unwrap_or_default();
                return;
            }
            if let Some(previous) = before {
                reading.core.clone_from(&previous.core);
                // 跌幅0.06%，报39982点: the points are no fall.
                if item.unit == "点" || item.kind == QuantityKind::Currency {
                    let rate = self.words.generic.iter().find_map(|end| previous.core.strip_suffix(end.as_str()));
                    rate.unwrap_or(&previous.core).clone_into(&mut reading.core);
                }
                // 占42.1%，比上年提高2.6个百分点: it is the share that rose.
                if item.unit == "pp" && previous.is_percent && previous.direction.is_none() {
                    reading.core += &previous.said;
                }
                // 新增11万例，累计7.61亿例
                if self.text.get(head.start..head.end).is_some_and(|head| head.contains("累计")) {
                    reading.core = reading.core.replace("新增", "累计");
                }
                reading.is_inherited = true;
                let is_rate = item.unit == "%" && previous.is_percent;
                if reading.said.is_empty() && reading.direction.is_none() && (previous.direction.is_none() || is_rate) {
                    // 增长23.1%，1995年为23.4%: a rate goes on as a rate.
                    reading.said.clone_from(&previous.said);
                    reading.direction = previous.direction;
                }
            }
            return;
        }
        if self.words.ends_generic(&parts.core) || parts.core.ends_with('率') && !is_level_of_rate(&parts.core) {
            reading.said.clear();
        }
        reading.core = self.part_of_whole(&parts.core, reading.sentence, readings).unwrap_or(parts.core);
        // 某区生产总值100亿元，其中：第一产业增加值10亿元: of that region.
        if let Some(area) =
            previous.and_then(|_| self.area_of_parts(reading.sentence, head.start, &reading.core, readings))
        {
            reading.core.insert_str(0, &area);
        }
        // 服务业增加值6万亿元，对经济增长的贡献率为54.9%: whose, the clause before says.
        if let Some(whose) = previous.filter(|p| reading.core.starts_with('对') && !p.core.starts_with('对'))
            && reading.core.ends_with('率')
        {
            reading.core.insert_str(0, &whose.core);
        }
    }

    /// A place or thing that only says whose share of the measure before it is told: 进出口增长5%，其中广东增长7%;
    /// 机电产品出口增长6%，其中汽车增长8%.
    fn part(&self, parts: &mut Phrase, quantity: &Found<Quantity>, head: Span, previous: Option<&Reading>) {
        let previous = previous.filter(|p| !p.core.is_empty());
        if self.words.is_place(&parts.core) {
            let place = std::mem::take(&mut parts.core);
            if let Some(previous) = previous {
                let whole = same::same(&previous.core);
                let begins = previous.core.find(whole.core.as_str()).filter(|_| !whole.area.is_empty());
                let measure = match begins {
                    Some(at) => previous.core.get(at..),
                    None if whole.is_national => NATIONS.iter().find_map(|nation| previous.core.strip_prefix(nation)),
                    None => None,
                };
                let measure = measure.unwrap_or(&previous.core);
                // Behind 广东九市经济总量 Hong Kong's is 香港经济总量.
                let parts_len = if begins.is_some() { lexicon::parts_of_place_len(measure) } else { 0 };
                parts.core = format!("{place}{}", measure.get(parts_len..).unwrap_or_default());
            }
            return;
        }
        let is_part = quantity.item.unit == "%"
            && quantity.item.direction.is_some()
            && !parts.core.is_empty()
            && self.text.get(head.start.saturating_sub("其中，".len())..head.end).is_some_and(|t| t.contains("其中"))
            && self.words.shared_tail(&parts.core).is_none()
            && !parts.core.ends_with(['额', '量', '值', '率', '数', '资', '入', '出', '格', '价']);
        if let Some(tail) = previous.filter(|_| is_part).and_then(|p| self.words.shared_tail(&p.core)) {
            parts.core += tail;
        }
    }

    /// The place whose measure the sentence opens with, where `core` is named as a part of it and has no place itself.
    fn area_of_parts(&self, sentence: usize, at: usize, core: &str, readings: &[Reading]) -> Option<String> {
        let told = self.text.get(sentence..at)?;
        let opened = told.find("其中")?;
        let first = readings.iter().rev().take_while(|r| r.sentence == sentence).last()?;
        let area = same::same(&first.core).area;
        let is_whole = !area.is_empty() && told.get(..opened)?.contains(area.as_str());
        (is_whole
            && first.core.starts_with(area.as_str())
            && same::same(core).area.is_empty()
            && !core.starts_with("全"))
        .then_some(area)
    }

    /// What the words right before the number leave out: 南向 behind 北向的汇款 is 南向的汇款, and what is measured
    /// may stand behind the number (能加工20万吨[原奶], 8万元的[日常额度]).
    fn completed(&self, parts: &mut Phrase, end: usize, sentence: usize, readings: &[Reading]) {
        if parts.is_verbal {
            parts.core += &self.noun_behind(end).unwrap_or_default();
        }
        if parts.core.is_empty()
            && let Some(noun_at) = self.bounded_noun(end)
        {
            parts.core = self.noun_behind(noun_at).unwrap_or_default();
        } else if parts.hollow.chars().count() > 1 && self.text.get(end..).is_some_and(|rest| rest.starts_with('的')) {
            parts.core = self.noun_behind(end + '的'.len_utf8()).unwrap_or_default();
        }
        let Some(last) = parts.core.chars().next_back().filter(|&c| "向内外上下型类级式侧线".contains(c))
        else {
            return;
        };
        if parts.core.chars().count() > 4 {
            return;
        }
        let told = readings.iter().rev().take_while(|r| r.sentence == sentence).find_map(|r| {
            let (which, noun) = r.core.split_once('的')?;
            (which.ends_with(last) && !noun.is_empty()).then_some(noun)
        });
        if let Some(noun) = told {
            parts.core += "的";
            parts.core += noun;
        }
    }

    /// The last value of the sentence before, which a sentence without a subject goes on with:
    /// 2019年产值30亿元。2020年增至45亿元。
    fn sentence_before<'r>(
        &self,
        quantity: &Found<Quantity>,
        reading: &Reading,
        readings: &'r [Reading],
    ) -> Option<&'r Reading> {
        let idx = readings.len().checked_sub(1).filter(|&idx| idx >= self.from)?;
        let (told, before) = (self.quantities.get(idx)?, readings.get(idx)?);
        let is_same = told.item.unit == quantity.item.unit && !before.core.is_empty() && before.direction.is_none();
        (is_same && reading.direction.is_none() && before.sentence < reading.sentence).then_some(before)
    }

    /// 出口 behind 服务进出口总额 is 服务出口.
    fn part_of_whole(&self, core: &str, sentence: usize, readings: &[Reading]) -> Option<String> {
        if !self.words.parts.iter().any(|part| part == core) {
            return None;
        }
        let told = readings
            .iter()
            .rev()
            .take_while(|r| r.sentence == sentence)
            .find(|r| r.core.ends_with(core) && !r.core.contains("进出口"));
        if let Some(told) = told {
            return Some(told.core.clone());
        }
        let whole = &readings.get(self.carried.whole?)?.core;
        let name = self.words.wholes.iter().find(|name| whole.ends_with(name.as_str()))?;
        let mut subject = whole.get(..whole.len() - name.len())?.to_owned();
        for keep in self.words.keep.iter().filter(|keep| name.starts_with(keep.as_str())) {
            subject += keep;
        }
        Some(format!("{subject}{core}"))
    }

    fn carry(&mut self, idx: usize, reading: &Reading) {
        let item = self.quantities.get(idx).map(|q| &q.item);
        let is_level = item.is_some_and(|q| q.kind == QuantityKind::Currency && q.direction.is_none())
            || reading.direction.is_some();
        if is_level && !reading.is_inherited && self.words.ends_whole(&reading.core) {
            self.carried.whole = Some(idx);
        }
        let is_told = self.quantities.get(idx).is_some_and(|q| q.item.kind != QuantityKind::Ordinal);
        let is_base = |time: usize| self.times.get(time).is_some_and(|time| self.is_compared(time));
        if let Some(time) = reading
            .time
            .filter(|&time| is_told && !is_base(time) && self.is_period(time) && !reading.is_base && !reading.is_start)
        {
            self.carried.period = Some(time);
        }
    }

    /// The noun behind a classifier: 90多个[国家和地区].
    fn noun_behind(&self, end: usize) -> Option<String> {
        let rest = self.text.get(end..)?;
        let mut length = 0;
        let mut through = 0;
        for (n, c) in rest.chars().enumerate() {
            let tail = rest.get(length..).unwrap_or_default();
            if length >= through
                && let Some((word, ())) = self.words.through.longest(tail)
            {
                through = length + word;
            }
            if length < through {
                length += c.len_utf8();
                continue;
            }
            let stops = begins_change(tail)
                || !c.is_alphabetic()
                || c.is_ascii()
                || self.words.stop.longest(tail).is_some()
                || n == 14;
            if stops || super::number::digit(c).is_some() && n > 0 {
                break;
            }
            length += c.len_utf8();
        }
        let noun = rest.get(..length).filter(|noun| !noun.starts_with("及以"))?;
        let behind = rest.get(length..).unwrap_or_default();
        // 8个师团和2个旅团近30万人: what joins the next number is no part of the noun.
        let joins = behind.starts_with(super::number::may_begin);
        let noun =
            if joins { noun.trim_end_matches(['和', '与', '及', '近', '约', '超', '逾', '共']) } else { noun };
        // 三只规模较大的新股: the noun stands behind what is said of it.
        if noun.chars().count() >= 3
            && noun.ends_with(['大', '小', '高', '低', '多', '少', '强', '好'])
            && let Some(named) = behind.strip_prefix('的').filter(|rest| !rest.starts_with('的'))
        {
            let at = end + length + '的'.len_utf8();
            return self.noun_behind(at).filter(|_| !named.is_empty());
        }
        let is_named = match noun.chars().count() {
            0 => false,
            1 => "村乡镇县市省区国厂矿校店站点岛井社团队字师旅营".contains(noun),
            _ => true,
        };
        (is_named && (noun.chars().count() == 1 || self.words.names(noun))).then(|| noun.to_owned())
    }

    /// The parts of the phrase `head`: name, share, basis and change.
    /// `after` is what follows the number, empty where `head` is a clause before.
    fn phrase(&self, head: Span, after: &str) -> Phrase {
        let mut phrase = Phrase::default();
        let raw = self.text.get(head.start..head.end).unwrap_or_default();
        let mut head = head;
        if let Some(cut) = base_at(raw, after) {
            phrase.change = last_change(raw.get(cut..).unwrap_or_default());
            head.end = head.start + cut;
        }
        let text = without_notes(self.without_times(head));
        let mut rest: &str = text.trim().trim_end_matches(['+', '＋', '-', '−', '－']);
        loop {
            let before = rest;
            if let Some((length, ())) = self.words.basis.longest_suffix(rest) {
                let tail = rest.get(rest.len() - length..).unwrap_or_default();
                if phrase.basis.is_empty() {
                    tail.clone_into(&mut phrase.basis);
                }
                rest = rest.get(..rest.len() - length).unwrap_or_default();
            } else if let Some((whose, each)) = each_at_end(rest).filter(|(_, each)| is_per(each)) {
                phrase.each = Some(each.to_owned());
                rest = whose;
            } else if let Some((length, _)) = change_suffix(rest) {
                if phrase.change.is_none() {
                    phrase.change = rest.get(rest.len() - length..).map(str::to_owned);
                }
                rest = rest.get(..rest.len() - length).unwrap_or_default();
            } else if let Some((length, ())) = self.words.link.longest_suffix(rest) {
                rest = rest.get(..rest.len() - length).unwrap_or_default();
            } else if let Some(told) = without_record(rest) {
                rest = told;
            } else if let Some((whose, each)) = each_at_end(rest) {
                phrase.each = Some(each.to_owned());
                rest = whose;
            }
            rest = rest.trim();
            if rest == before || rest.is_empty() {
                break;
            }
        }
        if let Some(at) = share_at(rest, text.trim()) {
            let whole = text.trim().get(at + '占'.len_utf8()..).unwrap_or_default();
            // 占外贸的[比重也在逐年提升]: what became of it is not the whole.
            let end = ["比重", "比例"].iter().filter_map(|word| whole.find(word).filter(|&at| at > 0)).min();
            let whole = end.and_then(|end| whole.get(..end)).unwrap_or(whole);
            phrase.share = Some(self.trimmed(whole).to_owned());
            rest = rest.get(..at.min(rest.len())).unwrap_or_default();
        }
        let mut core = self.trimmed(without_rise(rest));
        // 剔除食品和能源价格的核心CPI: the name stands behind what is left out.
        if ["扣除", "剔除", "不包括", "不计"].iter().any(|word| core.starts_with(word))
            && let Some((_, name)) = core.rsplit_once('的')
            && name.chars().count() >= 2
        {
            core = name;
        }
        if let Some((whose, each)) = each_at_end(core) {
            phrase.each = Some(each.to_owned());
            core = self.trimmed(whose);
        }
        let achieved = self.achieved(core);
        let core = achieved.as_deref().unwrap_or(core);
        if let Some((subject, verb)) = able(core) {
            phrase.is_verbal = true;
            phrase.core = shortened(&format!("{subject}{verb}"));
        } else if self.words.names(core) {
            phrase.core = shortened(core);
        } else {
            core.clone_into(&mut phrase.hollow);
        }
        phrase
    }

    /// 某区[实现]生产总值, 兵团[完成]投资: the verb between whose and what goes.
    fn achieved(&self, core: &str) -> Option<String> {
        ["实现", "完成"].iter().find_map(|verb| {
            let (whose, what) = core.split_once(verb)?;
            let is_what = self.words.ends_whole(what)
                || self.words.shared_tail(what).is_some()
                || what.ends_with(['额', '量', '值', '资', '入', '润', '税']);
            let whose = ["共计", "累计", "合计", "共", "已经", "已", "预计", "又"]
                .iter()
                .find_map(|word| whose.strip_suffix(word))
                .unwrap_or(whose);
            (is_what && !what.starts_with('的') && whose.chars().count() >= 2 && what.chars().count() >= 2)
                .then(|| format!("{whose}{what}"))
        })
    }

    /// Without leading and trailing words that name nothing.
    fn trimmed<'t>(&self, text: &'t str) -> &'t str {
        let mut rest = without_mark(text);
        // 日土县（北纬33.62度: the number stands inside the bracket.
        if let Some(open) =
            rest.rfind(['（', '(']).filter(|&open| !rest.get(open..).is_some_and(|t| t.contains(['）', ')'])))
        {
            rest = rest.get(open..).unwrap_or_default().trim_start_matches(['（', '(']);
        }
        rest = rest.trim_matches(|c: char| !c.is_alphanumeric() && !"“《”》）)".contains(c));
        loop {
            let before = rest;
            let lead =
                self.words.lead.longest(rest).filter(|_| !rest.starts_with("年均") && !rest.starts_with("年平均"));
            if let Some((length, ())) = lead {
                rest = rest.get(length..).unwrap_or_default();
            }
            rest = without_first(without_first(rest, '其', "他它余次"), '在', "建校线职外编岸册岗读研营训园手");
            rest = without_first(rest, '将', "军领士帅来");
            rest = without_first(without_first(rest, '由', "来"), '从', "业事属军化容");
            if let Some((length, ())) = self.words.link.longest_suffix(rest) {
                rest = rest.get(..rest.len() - length).unwrap_or_default();
            }
            rest = without_joint(rest);
            rest = rest.strip_suffix("比重").filter(|r| r.ends_with('的')).unwrap_or(rest).trim();
            if rest == before || rest.is_empty() {
                return rest;
            }
        }
    }

    /// The words of `head` with its times and the 的 behind them taken out.
    fn without_times(&self, head: Span) -> String {
        let mut out = String::new();
        let mut at = head.start;
        for time in self.times_from(head.start).iter().take_while(|time| time.at.end <= head.end) {
            let gap = self.text.get(at..time.at.start).unwrap_or_default();
            out += if at > head.start && matches!(gap.trim(), "、" | "和" | "及" | "与" | "至" | "到") {
                ""
            } else {
                gap
            };
            at = time.at.end.max(at);
            let rest = self.text.get(at..head.end).unwrap_or_default();
            at += if rest.starts_with('的') { '的'.len_utf8() } else { 0 };
        }
        out += self.text.get(at..head.end).unwrap_or_default();
        out
    }

    fn block_times(&self) -> &[Found<Time>] {
        self.times.get(self.time_range.0..self.time_range.1).unwrap_or_default()
    }

    /// The times of the block that begin at byte `from` or later.
    fn times_from(&self, from: usize) -> &[Found<Time>] {
        let here = self.block_times();
        here.get(here.partition_point(|time| time.at.start < from)..).unwrap_or_default()
    }

    /// What a change in this clause is reckoned against.
    fn basis(&self, start: usize, head_start: usize, head: &str, idx: usize, readings: &[Reading]) -> Basis {
        let time_in = |from: usize, to: usize| {
            let times = self.times_from(from);
            let is_found = times.first().is_some_and(|time| time.at.end <= to);
            is_found.then(|| Basis::Time(self.time_range.1 - times.len()))
        };
        if let Some(cut) = base_at(head, "") {
            if let Some(basis) = time_in(head_start + cut, head_start + head.len()) {
                return basis;
            }
        } else if let Some(before) = self.text.get(start..head_start)
            && let before = before.trim_end_matches(['，', ',', ' '])
            && before.ends_with(['比', '较'])
        {
            // 与上年相比，产值增加3亿元
            let (from, to) = (self.head_start(start, start + before.len()), start + before.len());
            let clause = self.text.get(from..to).unwrap_or_default();
            if let Some(basis) = base_at(clause, "").and_then(|cut| time_in(from + cut, to)) {
                return basis;
            }
        }
        if head.contains("同比") {
            return Basis::YearOnYear;
        }
        if head.contains("环比") || self.views_periods(self.sentence_start(head_start), head_start) {
            return Basis::PeriodOnPeriod;
        }
        if head.contains("年均") || head.contains("年平均") {
            return Basis::Average;
        }
        match idx.checked_sub(1).and_then(|i| readings.get(i)) {
            Some(previous) if previous.is_base && previous.sentence <= head_start => Basis::Quantity(idx - 1),
            _ => Basis::None,
        }
    }

    /// The time the quantity holds for.
    fn time(
        &self,
        reading: &Reading,
        quantity: &Found<Quantity>,
        sentence: usize,
        previous: Option<&Reading>,
        readings: &[Reading],
    ) -> Option<usize> {
        let at = quantity.at.start;
        let here = self.block_times();
        let n_before = here.partition_point(|time| time.at.end <= at);
        let in_sentence = |time: &Found<Time>| time.at.start >= sentence;
        let told = || readings.iter().rev().take_while(|r| r.sentence == sentence);
        let candidates = here.get(..n_before).unwrap_or_default();
        if let Some(last) = candidates.last().filter(|time| in_sentence(time) && governs(time)) {
            let between = self.text.get(last.at.end..at).unwrap_or_default();
            // 1985年的149元; 比上半年26.3%
            let is_whose = (reading.is_start || reading.is_base) && between.starts_with('的');
            let is_beside = between.chars().count() <= if is_whose { 8 } else { 3 }
                && !between.contains(['，', '、', ',', '；', '由', '从']);
            if (reading.direction.is_none() || reading.is_start) && is_beside {
                return Some(self.time_range.0 + n_before - 1);
            }
        }
        if reading.is_start || reading.is_base {
            // 由1949年的30万吨增至2020年的50万吨，人均从20公斤增至30公斤: the same years.
            let same = told().find(|r| r.is_start && r.time.is_some() && r.nth.is_none());
            // 2020年由30万吨增至50万吨: when it was 30万吨, is not said.
            return same.filter(|_| reading.is_start).and_then(|r| r.time).filter(|&time| self.is_period(time));
        }
        let is_start_of_other = |time: usize| {
            let here = readings.iter().rev().take_while(|r| r.sentence == sentence);
            here.into_iter()
                .any(|r| (r.is_start && r.nth.is_none() || r.is_base) && r.time == Some(self.time_range.0 + time))
        };
        let found =
            candidates.iter().enumerate().rev().take_while(|(_, time)| in_sentence(time)).find(|&(idx, time)| {
                governs(time)
                    && !self.is_compared(time)
                    && !self.is_past_bound(time)
                    && !self.is_goal(time)
                    && !is_start_of_other(idx)
            });
        if let Some((idx, _)) = found {
            return Some(self.time_range.0 + idx);
        }
        let opening = self.text.get(sentence..at).unwrap_or_default().trim_start();
        let is_figure = [
            "面积",
            "产量",
            "总量",
            "人数",
            "人次",
            "客运量",
            "货运量",
            "流动量",
            "吞吐量",
            "发送量",
            "就业",
            "指数",
            "成指",
        ];
        let lasting = opening.starts_with("其中")
            || is_figure.iter().any(|end| reading.core.ends_with(end))
            || matches!(
                quantity.item.kind,
                QuantityKind::Currency
                    | QuantityKind::Percent
                    | QuantityKind::Ratio
                    | QuantityKind::Mass
                    | QuantityKind::Energy
                    | QuantityKind::Power
            );
        // 今天流动量2亿人次。其中，铁路830万人次: of the day that the sentence before tells.
        let goes_on = opening.starts_with("其中") || is_figure.iter().any(|end| reading.core.ends_with(end));
        let told =
            readings.get(self.from..).and_then(<[Reading]>::last).filter(|r| goes_on && !r.is_start && !r.is_base);
        if let Some(time) = told.filter(|_| previous.is_none()).and_then(|r| r.time) {
            return Some(time);
        }
        let carried = previous.filter(|p| !p.is_start && !p.is_base).and_then(|p| p.time).or(self.carried.period);
        if let Some(carried) = carried.filter(|_| lasting) {
            return Some(carried);
        }
        let tells = |time: &Found<Time>| {
            governs(time) && !self.is_compared(time) && !self.is_past_bound(time) && !self.is_goal(time)
        };
        let mut earlier = candidates.iter().enumerate().rev().filter(|(_, time)| lasting && tells(time));
        let last = earlier.clone().next();
        let period = earlier.find(|(idx, _)| self.is_period(self.time_range.0 + idx));
        period.or(last).map(|(idx, _)| self.time_range.0 + idx)
    }

    /// Whether 较, 比, 与 stand before the time: it is what is compared with.
    fn is_compared(&self, time: &Found<Time>) -> bool {
        let before = self.text.get(..time.at.start).unwrap_or_default().trim_end_matches([' ', '（', '(']);
        let joins_times = before
            .strip_suffix(['与', '同', '和'])
            .is_some_and(|list| self.block_times().iter().any(|other| other.at.end == list.trim_end().len()));
        let rest = self.text.get(time.at.end..).unwrap_or_default();
        // 受上年同期对比基数较高影响
        let is_base = ["对比基数", "基数", "的基数", "高基数", "低基数", "同期基数", "同期对比基数"];
        if is_base.iter().any(|word| rest.starts_with(word)) {
            return true;
        }
        is_behind_comparison(before)
            || before.ends_with(['较', '比', '較', '与', '同', '和', '跟'])
                && !joins_times
                && !before.ends_with("同比")
                && !before.ends_with("环比")
            || before.ends_with(['由', '从']) && rest.starts_with('的')
            || before.ends_with("高于")
            || before.ends_with("低于")
            || before.ends_with("相比")
    }

    /// 为1980年以来, 自1983年以来: only a bound of a record.
    fn is_past_bound(&self, time: &Found<Time>) -> bool {
        let since = time.item.text.ends_with("以来")
            || self.text.get(time.at.end..).is_some_and(|rest| rest.starts_with("以来"));
        let before = self.text.get(..time.at.start).unwrap_or_default();
        let before = before.strip_suffix(['自', '从']).unwrap_or(before).trim_end();
        since && before.chars().next_back().is_some_and(char::is_alphanumeric)
    }

    /// 完成全年目标任务的27.5%: whose goal it is, not when it was reached.
    fn is_goal(&self, time: &Found<Time>) -> bool {
        let rest = self.text.get(time.at.end..).unwrap_or_default();
        let rest = rest.strip_prefix('的').unwrap_or(rest);
        self.words.goal.longest(rest).is_some()
    }

    fn is_period(&self, time: usize) -> bool {
        is_period(self.times, time)
    }
}

/// Whether a time lasts a month or longer.
fn is_period(times: &[Found<Time>], time: usize) -> bool {
    let Some(interval) = times.get(time).and_then(|time| time.item.interval) else { return false };
    match (interval.start, interval.end) {
        (Some(start), Some(end)) => end.seconds() - start.seconds() >= 27 * 86_400,
        _ => false,
    }
}

/// The parts of a phrase before a number.
#[derive(Debug, Default)]
struct Phrase {
    core: String,
    /// 占X的: the whole X, empty where it is not named.
    share: Option<String>,
    basis: String,
    change: Option<String>,
    /// 每笔, 每户 at the end.
    each: Option<String>,
    /// Words that stand where the name should and name nothing: 不占用原.
    hollow: String,
    /// Whether `core` is whose and a verb (园区能加工): what it acts on stands behind the number.
    is_verbal: bool,
}

impl Phrase {
    /// 同比增长; nothing for a level.
    fn said(&self, item: &Quantity) -> String {
        match (item.direction, &self.change) {
            (Some(_), Some(change)) => format!("{}{}", self.basis, as_verb(change)),
            (Some(direction), None) => {
                let word = if direction == Direction::Up { "增长" } else { "下降" };
                format!("{}{word}", self.basis)
            }
            (None, _) => String::new(),
        }
    }
}

/// What is called a rate and is no share, so that a change of it in per cent is a rate of change: 劳动生产率, 汇率.
pub(crate) fn is_level_of_rate(core: &str) -> bool {
    ["生产率", "汇率", "功率", "频率", "速率"].iter().any(|end| core.ends_with(end))
}

/// 比历史最高水平的1977年: the year is told apart by what stands before it, and still compared with.
fn is_behind_comparison(before: &str) -> bool {
    let Some(attribute) = before.strip_suffix('的') else { return false };
    let Some(at) = attribute.rfind(['比', '较', '較']) else { return false };
    let words = attribute.get(at..).unwrap_or_default();
    let is_word = ["比例", "比重", "比赛", "比如", "比较", "较为", "较大", "较高", "较多", "较好", "比值"];
    let inside = attribute.get(..at).is_some_and(|head| head.ends_with(['对', '环', '占', '相', '同']));
    !inside
        && (3..=12).contains(&words.chars().count())
        && !words.contains(['，', '。', '；', '、', '：'])
        && !is_word.iter().any(|word| words.starts_with(word))
}

/// Whether a time can be the time of a value: a date that is known, or 目前.
fn governs(time: &Found<Time>) -> bool {
    matches!(time.item.kind, TimeType::Date | TimeType::Time)
        && (time.item.interval.is_some() || time.item.value == "PRESENT_REF")
}
