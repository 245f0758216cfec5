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
mod name;
mod phrase;
mod told;
mod when;
mod words;

pub use super::reading::{Basis, Reading};
use super::{
    compare::{base_at, starts_run},
    lexicon::{self, MeasureWords},
    table::Tables,
};
use crate::{
    extract::Found,
    model::{Quantity, QuantityKind, Time},
    span::Span,
    text::{Article, Role, charset::char_len},
};
use name::Place;
use phrase::Phrase;
use words::{char_floor, is_gap, is_grouping, is_in_title};

/// Sets `measure` and `time` of every quantity of the article, by its reading.
pub fn bind(readings: &[Reading], found: &mut [Found<Quantity>]) {
    for (idx, reading) in readings.iter().enumerate() {
        let before = idx.checked_sub(1).and_then(|i| found.get(i)).filter(|_| reading.is_inherited);
        let before = before.map(|q| (q.item.unit.clone(), q.item.per.clone()));
        let Some(quantity) = found.get_mut(idx) else { return };
        quantity.item.time = reading.time;
        if reading.is_listed || quantity.item.unit == "pp" {
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
        readings.iter_mut().skip(from).for_each(Reading::drop_rise_of_rate);
        share_times(readings.get_mut(from..).unwrap_or_default());
        carried = reader.carried;
        // 二、2018年主要目标: what stands under a heading holds for the one period it names.
        let only = times.get(time_range.0).filter(|_| time_range.1 == time_range.0 + 1);
        if block.role == Role::Subhead && only.is_some_and(|time| time.item.lasts_a_month()) {
            carried.period = Some(time_range.0);
        }
        (from, time_from) = (to, time_range.1);
    }
    readings
}

/// 受理申请5.3万件，同比增长2.1%: what grew holds for the time that its growth is told for.
fn share_times(readings: &mut [Reading]) {
    for idx in 1..readings.len() {
        let Some([level, growth]) = readings.get_mut(idx - 1..=idx) else { continue };
        let is_its_own = level.sentence == growth.sentence && level.core == growth.core && !level.core.is_empty();
        let is_level = level.direction.is_none() && !level.is_start && !level.is_base;
        if is_its_own && is_level && level.time.is_none() && growth.direction.is_some() && growth.is_percent {
            level.time = growth.time;
        }
    }
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
        let len = char_len(byte);
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
        let base = self.base_of_multiple(at).filter(|_| quantity.item.direction.is_none());
        if let Some(base) = base {
            (reading.basis, reading.is_multiple) = (Basis::Time(base), true);
        }
        let previous = if is_first { None } else { before.and_then(|i| readings.get(i)) };
        let head = Span::new(head_start, at.start);
        self.name(&mut reading, Place { quantity, head, start, previous, readings });
        if quantity.item.kind == QuantityKind::Count
            && let Some((_, fate)) = self.text.get(at.end..).and_then(|rest| self.words.fate.longest(rest))
        {
            reading.said.clone_from(fate);
            // 地震造成3人轻伤: the noun behind the number is the fate itself.
            if let Some(told) = reading.core.strip_suffix(fate.as_str()) {
                reading.core = told.to_owned();
            }
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
        if let Some(base) = base.and_then(|base| self.times.get(base)).filter(|_| !reading.core.is_empty()) {
            reading.said = format!("相当于{}", base.item.text);
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

    fn block_times(&self) -> &[Found<Time>] {
        self.times.get(self.time_range.0..self.time_range.1).unwrap_or_default()
    }

    /// The times of the block that begin at byte `from` or later.
    fn times_from(&self, from: usize) -> &[Found<Time>] {
        let here = self.block_times();
        here.get(here.partition_point(|time| time.at.start < from)..).unwrap_or_default()
    }
}

/// What is called a rate and is no share, so that a change of it in per cent is a rate of change: 劳动生产率, 汇率.
pub(crate) fn is_level_of_rate(core: &str) -> bool {
    ["生产率", "汇率", "功率", "频率", "速率"].iter().any(|end| core.ends_with(end))
}
