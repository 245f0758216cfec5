//! When a quantity holds, and what a change is reckoned against.

use super::{Basis, Reader, Reading};
use crate::{
    extract::{Found, multiple::multiple_of, quantity::compare::base_at},
    model::{Quantity, QuantityKind, Time, TimeType},
    span::Span,
};

impl Reader<'_> {
    /// What a change in this clause is reckoned against.
    pub(super) fn basis(&self, start: usize, head_start: usize, head: &str, idx: usize, readings: &[Reading]) -> Basis {
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
    pub(super) fn time(
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
            if (reading.direction.is_none() || reading.is_start) && is_beside && !reading.is_multiple {
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
        let clause = self.text.get(self.head_start(sentence, at)..at).unwrap_or_default();
        let lasting = opening.starts_with("其中")
            || clause.trim_start().starts_with("其中")
            || is_figure.iter().any(|end| reading.core.ends_with(end))
            || matches!(quantity.item.unit.as_str(), "人次" | "辆次" | "架次" | "TEU") && !opening.contains("累计")
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

    /// The time that the share or multiple at `at` is reckoned against: 恢复至[2019年]同期的90.3%.
    pub(super) fn base_of_multiple(&self, at: Span) -> Option<usize> {
        let here = self.block_times();
        let last = here.partition_point(|time| time.at.end <= at.start).checked_sub(1)?;
        let figure = here.get(last).and_then(|time| multiple_of(self.text, time.at))?;
        (at.start <= figure && figure < at.end).then_some(self.time_range.0 + last)
    }

    /// Whether 较, 比, 与 stand before the time: it is what is compared with.
    pub(super) fn is_compared(&self, time: &Found<Time>) -> bool {
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
            || multiple_of(self.text, time.at).is_some()
            || before.ends_with(['较', '比', '与', '同', '和', '跟'])
                && !joins_times
                && !before.ends_with("同比")
                && !before.ends_with("环比")
            || before.ends_with(['由', '从']) && rest.starts_with('的')
            || before.ends_with("高于")
            || before.ends_with("低于")
            || before.ends_with("相比")
    }

    /// 为1980年以来, 自1983年以来: only a bound of a record.
    pub(super) fn is_past_bound(&self, time: &Found<Time>) -> bool {
        let since = time.item.text.ends_with("以来")
            || self.text.get(time.at.end..).is_some_and(|rest| rest.starts_with("以来"));
        let before = self.text.get(..time.at.start).unwrap_or_default();
        let before = before.strip_suffix(['自', '从']).unwrap_or(before).trim_end();
        since && before.chars().next_back().is_some_and(char::is_alphanumeric) || self.opens_since(time)
    }

    /// 自2016年3月开行首列班列以来: since what happened then.
    fn opens_since(&self, time: &Found<Time>) -> bool {
        let before = self.text.get(..time.at.start).unwrap_or_default();
        before.ends_with(['自', '从']) && {
            let rest = self.text.get(time.at.end..).unwrap_or_default();
            rest.split(['，', '。', '；', ',']).next().is_some_and(|clause| clause.ends_with("以来"))
        }
    }

    /// 完成全年目标任务的27.5%: whose goal it is, not when it was reached.
    pub(super) fn is_goal(&self, time: &Found<Time>) -> bool {
        let rest = self.text.get(time.at.end..).unwrap_or_default();
        let rest = rest.strip_prefix('的').unwrap_or(rest);
        self.words.goal.longest(rest).is_some()
    }

    pub(super) fn is_period(&self, time: usize) -> bool {
        self.times.get(time).is_some_and(|time| time.item.lasts_a_month())
    }
}

/// 比历史最高水平的1977年: the year is told apart by what stands before it, and still compared with.
fn is_behind_comparison(before: &str) -> bool {
    let Some(attribute) = before.strip_suffix('的') else { return false };
    let Some(at) = attribute.rfind(['比', '较']) else { return false };
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
