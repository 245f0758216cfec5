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

use super::{
    around,
    lexicon::{self, MeasureWords},
};
use crate::{
    extract::Found,
    model::{Direction, Quantity, QuantityKind, Time, TimeType},
    span::Span,
    text::Article,
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
    /// Whether the name was taken over from the quantity before.
    pub is_inherited: bool,
    /// Whether what is counted stands behind the number (90多个国家).
    pub is_count: bool,
    /// Which sentence of the block, by the byte it begins at.
    pub sentence: usize,
    /// The time it holds for.
    pub time: Option<usize>,
}

impl Reading {
    /// The measure in full: 港区吞吐量同比增长.
    pub fn name(&self) -> Option<String> {
        (!self.core.is_empty()).then(|| format!("{}{}", self.core, self.said))
    }
}

/// Sets `measure` and `time` of every quantity of the article.
pub fn bind(article: &Article, times: &[Found<Time>], found: &mut [Found<Quantity>]) {
    let readings = readings(article, times, found);
    for (quantity, reading) in found.iter_mut().zip(readings) {
        quantity.item.time = reading.time;
        quantity.item.measure = reading.name();
    }
}

/// Reads every quantity's sentence, in order.
pub fn readings(article: &Article, times: &[Found<Time>], quantities: &[Found<Quantity>]) -> Vec<Reading> {
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
        let mut reader = Reader { text: block.text.text(), words, times, quantities, time_range, from, carried };
        for idx in from..to {
            let reading = reader.read(idx, &readings);
            readings.push(reading);
        }
        reader.pair_lists(to, &mut readings);
        carried = reader.carried;
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
    words: &'a MeasureWords,
    times: &'a [Found<Time>],
    quantities: &'a [Found<Quantity>],
    /// The times of this block.
    time_range: (usize, usize),
    /// The first quantity of this block.
    from: usize,
    carried: Carried,
}

/// Longest name kept, in characters; longer ones are cut at the front.
const MAX_NAME: usize = 36;

/// How far back a sentence is looked for, in bytes.
const REACH: usize = 900;

impl Reader<'_> {
    fn read(&mut self, idx: usize, readings: &[Reading]) -> Reading {
        let Some(quantity) = self.quantities.get(idx) else { return Reading::default() };
        let at = quantity.at;
        let floor = idx.checked_sub(1).filter(|&i| i >= self.from).and_then(|i| self.quantities.get(i)).map_or(0, |q| q.at.end);
        let sentence = self.sentence_start(at.start);
        let start = floor.max(sentence);
        let is_first = floor < sentence || floor == 0;
        let head_start = self.head_start(start, at.start);
        let head = self.text.get(head_start..at.start).unwrap_or_default();
        let mut reading = Reading { sentence, direction: quantity.item.direction, ..Reading::default() };
        reading.is_base = base_at(head).is_some() && quantity.item.direction.is_none();
        reading.basis = self.basis(head_start, head, idx, readings);
        let previous = if is_first { None } else { idx.checked_sub(1).and_then(|i| readings.get(i)) };
        self.name(&mut reading, quantity, Span::new(head_start, at.start), start, previous, readings);
        reading.time = self.time(&reading, quantity, sentence, previous);
        self.carry(idx, &reading);
        reading
    }

    fn sentence_start(&self, end: usize) -> usize {
        let from = char_floor(self.text, end.saturating_sub(REACH));
        let window = self.text.get(from..end).unwrap_or_default();
        window
            .char_indices()
            .rev()
            .find(|&(_, c)| "。！？!?\n".contains(c))
            .map_or(from, |(at, c)| from + at + c.len_utf8())
    }

    /// Where the last clause between `start` and `end` begins.
    fn head_start(&self, start: usize, end: usize) -> usize {
        let window = self.text.get(start..end).unwrap_or_default();
        window
            .char_indices()
            .rev()
            .find(|&(_, c)| "，；：、,;:—（(）)".contains(c))
            .map_or(start, |(at, c)| start + at + c.len_utf8())
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
        if item.kind == QuantityKind::Count
            && let Some(noun) = self.noun_behind(quantity.at.end)
        {
            reading.core = noun;
            reading.is_count = true;
            return;
        }
        let mut parts = self.phrase(head);
        // 2024年，…加快，同比增长8%: the clause before names it.
        let mut end = head.start;
        while parts.core.is_empty() && parts.share.is_none() && end > start {
            let before = end - self.text.get(..end).and_then(|t| t.chars().next_back()).map_or(1, char::len_utf8);
            let clause = Span::new(self.head_start(start, before), before);
            let earlier = self.phrase(clause);
            if previous.is_none() || clause.start > start {
                parts.core = earlier.core;
            }
            end = clause.start;
        }
        reading.said = parts.said(item);
        if let Some(whole) = parts.share {
            let subject = if parts.core.is_empty() { previous.map(|p| p.core.clone()).unwrap_or_default() } else { parts.core };
            reading.is_inherited = previous.is_some();
            reading.core = subject;
            reading.said = if whole.is_empty() { "占比".to_owned() } else { format!("占{whole}比重") };
            if reading.core.is_empty() {
                reading.core = std::mem::take(&mut reading.said);
            }
            return;
        }
        if parts.core.is_empty() {
            if let Some(previous) = previous {
                reading.core.clone_from(&previous.core);
                reading.is_inherited = true;
                if reading.said.is_empty() && reading.direction.is_none() && previous.direction.is_none() {
                    reading.said.clone_from(&previous.said);
                }
            }
            return;
        }
        reading.core = self.part_of_whole(&parts.core, readings).unwrap_or(parts.core);
    }

    /// 出口 behind 服务进出口总额 is 服务出口.
    fn part_of_whole(&self, core: &str, readings: &[Reading]) -> Option<String> {
        if !self.words.parts.iter().any(|part| part == core) {
            return None;
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
        let is_level = item.is_some_and(|q| q.kind == QuantityKind::Currency && q.direction.is_none()) || reading.direction.is_some();
        if is_level && !reading.is_inherited && self.words.wholes.iter().any(|whole| reading.core.ends_with(whole.as_str())) {
            self.carried.whole = Some(idx);
        }
        if let Some(time) = reading.time.filter(|&time| self.is_period(time)) {
            self.carried.period = Some(time);
        }
    }

    /// The noun behind a classifier: 90多个[国家和地区].
    fn noun_behind(&self, end: usize) -> Option<String> {
        let rest = self.text.get(end..)?;
        let mut length = 0;
        for (n, c) in rest.chars().enumerate() {
            let tail = rest.get(length..).unwrap_or_default();
            let stops = !c.is_alphabetic() || c.is_ascii() || self.words.stop.longest(tail).is_some() || n == 14;
            if stops || super::number::digit(c).is_some() && n > 0 {
                break;
            }
            length += c.len_utf8();
        }
        let noun = rest.get(..length)?;
        (noun.chars().count() > 1).then(|| noun.to_owned())
    }

    /// The parts of the phrase `head`: name, share, basis and change.
    fn phrase(&self, head: Span) -> Phrase {
        let mut text = self.without_times(head);
        let mut phrase = Phrase::default();
        if let Some(cut) = base_at(&text) {
            let verb = text.get(cut..).unwrap_or_default().to_owned();
            phrase.change = last_change(&verb);
            text.truncate(cut);
        }
        let mut rest: &str = text.trim();
        loop {
            let before = rest;
            if let Some((length, ())) = self.words.basis.longest_suffix(rest) {
                let tail = rest.get(rest.len() - length..).unwrap_or_default();
                if phrase.basis.is_empty() {
                    tail.clone_into(&mut phrase.basis);
                }
                rest = rest.get(..rest.len() - length).unwrap_or_default();
            } else if let Some((length, _)) = change_suffix(rest) {
                if phrase.change.is_none() {
                    phrase.change = rest.get(rest.len() - length..).map(str::to_owned);
                }
                rest = rest.get(..rest.len() - length).unwrap_or_default();
            } else if let Some((length, ())) = self.words.link.longest_suffix(rest) {
                rest = rest.get(..rest.len() - length).unwrap_or_default();
            }
            rest = rest.trim();
            if rest == before || rest.is_empty() {
                break;
            }
        }
        let mut rest = rest;
        if let Some(at) = share_at(rest, text.trim()) {
            let whole = text.trim().get(at + '占'.len_utf8()..).unwrap_or_default();
            phrase.share = Some(self.trimmed(whole).to_owned());
            rest = rest.get(..at.min(rest.len())).unwrap_or_default();
        }
        phrase.core = shortened(self.trimmed(rest));
        phrase
    }

    /// Without leading and trailing words that name nothing.
    fn trimmed<'t>(&self, text: &'t str) -> &'t str {
        let mut rest = text.trim_matches(|c: char| !c.is_alphanumeric() && !"”》）)".contains(c));
        loop {
            let before = rest;
            if let Some((length, ())) = self.words.lead.longest(rest) {
                rest = rest.get(length..).unwrap_or_default();
            }
            if let Some((length, ())) = self.words.link.longest_suffix(rest) {
                rest = rest.get(..rest.len() - length).unwrap_or_default();
            }
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
        for time in self.block_times().iter().filter(|time| time.at.start >= head.start && time.at.end <= head.end) {
            out += self.text.get(at..time.at.start).unwrap_or_default();
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

    /// What a change in this clause is reckoned against.
    fn basis(&self, head_start: usize, head: &str, idx: usize, readings: &[Reading]) -> Basis {
        if let Some(cut) = base_at(head) {
            let from = head_start + cut;
            let time = self.block_times().iter().position(|time| time.at.start >= from && time.at.end <= head_start + head.len());
            if let Some(time) = time {
                return Basis::Time(self.time_range.0 + time);
            }
        }
        if head.contains("同比") {
            return Basis::YearOnYear;
        }
        if head.contains("环比") {
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
    fn time(&self, reading: &Reading, quantity: &Found<Quantity>, sentence: usize, previous: Option<&Reading>) -> Option<usize> {
        let at = quantity.at.start;
        let here = self.block_times();
        let n_before = here.partition_point(|time| time.at.end <= at);
        let in_sentence = |time: &Found<Time>| time.at.start >= sentence;
        let candidates = here.get(..n_before).unwrap_or_default();
        if let Some(last) = candidates.last().filter(|time| in_sentence(time) && governs(time)) {
            let between = self.text.get(last.at.end..at).unwrap_or_default();
            // 1985年的149元; 比上半年26.3%
            if reading.direction.is_none() && between.chars().count() <= 3 && !between.contains(['，', '、', ',', '；']) {
                return Some(self.time_range.0 + n_before - 1);
            }
        }
        let found = candidates
            .iter()
            .enumerate()
            .rev()
            .take_while(|(_, time)| in_sentence(time))
            .find(|(_, time)| governs(time) && !self.is_compared(time) && !self.is_past_bound(time));
        if let Some((idx, _)) = found {
            return Some(self.time_range.0 + idx);
        }
        let lasting = matches!(
            quantity.item.kind,
            QuantityKind::Currency | QuantityKind::Percent | QuantityKind::Ratio | QuantityKind::Mass | QuantityKind::Energy | QuantityKind::Power
        );
        let carried = previous.and_then(|p| p.time).or(self.carried.period);
        if let Some(carried) = carried.filter(|_| lasting) {
            return Some(carried);
        }
        let earlier = candidates.iter().enumerate().rev().find(|(idx, time)| {
            governs(time) && !self.is_compared(time) && !self.is_past_bound(time) && self.is_period(self.time_range.0 + idx)
        });
        earlier.filter(|_| lasting).map(|(idx, _)| self.time_range.0 + idx)
    }

    /// Whether 较, 比, 与 stand before the time: it is what is compared with.
    fn is_compared(&self, time: &Found<Time>) -> bool {
        let before = self.text.get(..time.at.start).unwrap_or_default().trim_end_matches([' ', '（', '(']);
        before.ends_with(['较', '比', '較', '与', '同', '和']) && !before.ends_with("同比") && !before.ends_with("环比")
            || before.ends_with("高于") || before.ends_with("低于") || before.ends_with("相比")
    }

    /// 为1980年以来, 自1983年以来: only a bound of a record.
    fn is_past_bound(&self, time: &Found<Time>) -> bool {
        let since = time.item.text.ends_with("以来") || self.text.get(time.at.end..).is_some_and(|rest| rest.starts_with("以来"));
        let before = self.text.get(..time.at.start).unwrap_or_default();
        since && before.ends_with(['为', '自', '是', '创', '从'])
    }

    /// Whether a time lasts a month or longer.
    fn is_period(&self, time: usize) -> bool {
        let Some(interval) = self.times.get(time).and_then(|time| time.item.interval) else { return false };
        match (interval.start, interval.end) {
            (Some(start), Some(end)) => end.seconds() - start.seconds() >= 27 * 86_400,
            _ => false,
        }
    }

    /// 1993、1994年的56.8%、30.4%: the first value is the first year's, and so on.
    fn pair_lists(&self, to: usize, readings: &mut [Reading]) {
        let mut idx = self.from;
        while idx < to {
            let n = self.list_length(idx, to);
            if n > 1
                && let Some(first) = self.quantities.get(idx)
                && let Some(run) = self.time_run(first.at.start, n)
            {
                for offset in 0..n {
                    if let Some(reading) = readings.get_mut(idx + offset) {
                        reading.time = Some(run + offset);
                    }
                }
            }
            idx += n.max(1);
        }
    }

    /// How many quantities of one unit stand side by side from `idx` on: 56.8%、30.4%.
    fn list_length(&self, idx: usize, to: usize) -> usize {
        let mut n = 1;
        while idx + n < to {
            let (Some(a), Some(b)) = (self.quantities.get(idx + n - 1), self.quantities.get(idx + n)) else { break };
            let gap = self.text.get(a.at.end..b.at.start).unwrap_or_default().trim();
            if a.item.unit != b.item.unit || !matches!(gap, "、" | "和" | "及" | "与" | "," | "，") {
                break;
            }
            n += 1;
        }
        n
    }

    /// The first of exactly `n` times side by side that end right before `at`.
    fn time_run(&self, at: usize, n: usize) -> Option<usize> {
        let here = self.block_times();
        let end = here.partition_point(|time| time.at.end <= at);
        let last = here.get(end.checked_sub(1)?)?;
        let between = self.text.get(last.at.end..at)?.trim();
        if between.chars().count() > 8 || between.contains(['，', '。', '；', ',']) {
            return None;
        }
        let mut first = end - 1;
        while let Some(earlier) = first.checked_sub(1) {
            let gap = self.text.get(here.get(earlier)?.at.end..here.get(first)?.at.start)?.trim();
            if !matches!(gap, "、" | "和" | "及" | "与") {
                break;
            }
            first = earlier;
        }
        (end - first == n).then_some(self.time_range.0 + first)
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
}

impl Phrase {
    /// 同比增长; nothing for a level.
    fn said(&self, item: &Quantity) -> String {
        match (item.direction, &self.change) {
            (Some(_), Some(change)) => format!("{}{change}", self.basis),
            (Some(direction), None) => {
                let word = if direction == Direction::Up { "增长" } else { "下降" };
                format!("{}{word}", self.basis)
            }
            (None, _) => String::new(),
        }
    }
}

/// Whether a time can be the time of a value: a date that is known.
fn governs(time: &Found<Time>) -> bool {
    matches!(time.item.kind, TimeType::Date | TimeType::Time) && time.item.interval.is_some()
}

/// Where 较…, 比…, 与…相比 begins, outside words such as 比重 and 同比.
fn base_at(head: &str) -> Option<usize> {
    head.char_indices().rev().find_map(|(at, c)| {
        if c != '比' && c != '较' && c != '較' {
            return None;
        }
        let next = head.get(at + c.len_utf8()..).and_then(|rest| rest.chars().next());
        let before = head.get(..at).unwrap_or_default();
        let inside = next.is_some_and(|c| "重例率值分数特赛大快高好为低强弱优佳早晚长短多少较如".contains(c));
        let joined = before.ends_with(['占', '同', '环', '对', '相', '正', '反', '百', '之', '性', '相', '比', '配', '可']);
        (!inside && !joined).then_some(at)
    })
}

/// Where 占 says a share of a whole.
fn share_at(rest: &str, text: &str) -> Option<usize> {
    let at = text.rfind('占')?;
    let next = text.get(at + '占'.len_utf8()..)?;
    let inside = next.starts_with(['领', '据', '地', '用', '有', '比']);
    let before = rest.get(..at.min(rest.len())).unwrap_or_default();
    (!inside && !before.ends_with(['侵', '抢'])).then_some(at)
}

fn change_suffix(text: &str) -> Option<(usize, Direction)> {
    around::change_suffix(text, lexicon::lexicon())
}

/// The word of change that a comparison ends in: 较上年[增加].
fn last_change(text: &str) -> Option<String> {
    let mut rest = text.trim();
    for _ in 0..4 {
        if let Some((length, _)) = change_suffix(rest) {
            return rest.get(rest.len() - length..).map(str::to_owned);
        }
        let (length, ()) = lexicon::lexicon().fill.longest_suffix(rest)?;
        rest = rest.get(..rest.len() - length)?;
    }
    None
}

/// Cut at the front to the longest name kept, behind a 的 where there is one.
fn shortened(name: &str) -> String {
    let n = name.chars().count();
    if n <= MAX_NAME {
        return name.to_owned();
    }
    name.chars().skip(n - MAX_NAME).collect()
}

fn char_floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}
