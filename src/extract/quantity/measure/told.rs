//! What is left out before a number because it was told elsewhere: years of a range, the noun behind bounds, the view.

use super::super::without_blanks;
use super::{Found, Phrase, Quantity, Reader, Reading, base_at};
use crate::span::Span;

impl Reader<'_> {
    /// Where the noun stands behind bounds: 五万元[以上二十万元以下的]罚款.
    pub(super) fn bounded_noun(&self, end: usize) -> Option<usize> {
        let bounds = ["以上", "以下", "以内"];
        let behind = |at: usize| {
            let rest = self.text.get(at..)?;
            bounds.iter().find(|bound| rest.starts_with(**bound)).map(|bound| at + bound.len())
        };
        let is_bounded = bounds.iter().any(|bound| self.text.get(..end).is_some_and(|t| t.ends_with(bound)));
        let mut at = behind(end).or(is_bounded.then_some(end))?;
        let from =
            self.quantities.partition_point(|q| q.block < self.block || q.block == self.block && q.at.start < at);
        if let Some(next) = self.quantities.get(from).filter(|next| next.block == self.block && next.at.start == at) {
            at = behind(next.at.end).unwrap_or(next.at.end);
        }
        let rest = self.text.get(at..)?;
        let is_fine = ["罚", "滞纳金", "赔偿"].iter().any(|word| rest.starts_with(word));
        rest.starts_with('的').then_some(at + '的'.len_utf8()).or(is_fine.then_some(at))
    }

    /// [60周岁及以上]人口, [0—15岁]人口: the age or size, just before, that says which of them are meant.
    pub(super) fn class_before(&self, start: usize, core: &str) -> Option<String> {
        let idx =
            self.quantities.partition_point(|q| q.block < self.block || q.block == self.block && q.at.end <= start);
        let before = self.quantities.get(idx.checked_sub(1)?)?;
        let rest = self.text.get(start..)?;
        let bound = ["及以上", "及以下", "以上", "以下"].into_iter().find(|bound| rest.starts_with(bound));
        let noun = bound.map_or(core, |bound| core.strip_prefix(bound).unwrap_or(core));
        let is_age = before.item.kind == crate::model::QuantityKind::Age;
        let touches = before.block == self.block && before.at.end == start && rest.starts_with(core);
        let is_people = ["人口", "人", "者", "儿童", "青年", "居民", "妇女", "学生", "少年", "群体"];
        let is_class = bound.is_some() || is_age && is_people.iter().any(|people| noun.ends_with(people));
        if !touches || noun.is_empty() || !is_class || !noun.chars().all(char::is_alphanumeric) {
            return None;
        }
        // 超过65岁: the bound before the age belongs to it too.
        Some(without_blanks(&before.item.text))
    }

    /// 从环比看，四季度增长1%: whether the sentence that begins at `sentence` says before `at` that it compares neighbours.
    pub(super) fn views_periods(&self, sentence: usize, at: usize) -> bool {
        let opening = self.text.get(sentence..at).unwrap_or_default();
        let clause = opening.split(['，', ',']).next().unwrap_or_default().trim();
        opening.len() > clause.len() && clause.ends_with("环比看") || clause.ends_with("环比来看")
    }

    /// 全球较前一日[新增病例]11万例: what is counted stands behind what it is compared with.
    pub(super) fn behind_base(&self, parts: &mut Phrase, head: Span) {
        let raw = self.text.get(head.start..head.end).unwrap_or_default();
        let Some(cut) = base_at(raw, "") else { return };
        let Some(time) = self.times_from(head.start + cut).first().filter(|time| time.at.end <= head.end) else {
            return;
        };
        let tail = self.phrase(Span::new(time.at.end, head.end), "").core;
        let is_whole = parts.core.is_empty() || self.words.is_place(&parts.core);
        if tail.chars().count() >= 3 && is_whole {
            parts.core += &tail;
        }
    }

    /// 内地[9市]进出口1.23万亿元: how many places they are belongs to the name.
    pub(super) fn counted_places(&self, before: &Reading, head: Span) -> Option<String> {
        let floor = self.text.get(..head.start)?;
        let printed = floor.get(floor.rfind(before.subject.as_str())? + before.subject.len()..)?;
        let is_places = printed.ends_with(['市', '省', '国', '州', '县', '区']) && printed.chars().count() <= 5;
        let noun = self.text.get(head.start..head.end)?;
        let is_noun = noun.starts_with(before.core.as_str()) && !noun.contains(['，', '、', '的']);
        (is_places && is_noun).then(|| format!("{}{printed}{}", before.subject, self.phrase(head, "").core))
    }

    /// 由上月下降0.3%转为上涨0.1%: whether the change at `at` turns, and was so at the time before it.
    pub(super) fn turns(&self, at: Span) -> bool {
        let here = self.block_times();
        let last = here.partition_point(|time| time.at.end <= at.start).checked_sub(1).and_then(|idx| here.get(idx));
        let begins = last.is_some_and(|time| {
            let near = self.text.get(time.at.end..at.start).is_some_and(|words| words.chars().count() <= 3);
            near && self.text.get(..time.at.start).is_some_and(|before| before.ends_with(['由', '从']))
        });
        begins && self.text.get(at.end..).is_some_and(|rest| rest.starts_with(['转', '变']))
    }

    /// 从1979年到1996年由160元增加到1926元: the first value is the first year's, the second the last's.
    pub(super) fn edges(&self, reading: &mut Reading, at: usize, previous: Option<&Reading>) {
        let years = |time: usize| {
            let item = &self.times.get(time)?.item;
            let (from, to) = item.edtf.as_ref()?.as_str().split_once('/')?;
            let from: i32 = from.parse().ok()?;
            // 2013年以来由286亿增至410亿: only the beginning is a year.
            let to = if item.text.ends_with("以来") { from + 1 } else { to.parse().ok()? };
            u16::try_from(to - from).ok().filter(|&n| n > 0)
        };
        if reading.is_start && reading.time.is_none() {
            let here = self.block_times();
            let last = here.partition_point(|time| time.at.end <= at).checked_sub(1);
            let range = last.filter(|&idx| here.get(idx).is_some_and(|time| time.at.start >= reading.sentence));
            let range = range.map(|idx| idx + self.time_range.0).filter(|&time| years(time).is_some());
            (reading.time, reading.nth) = (range, range.map(|_| 0));
        } else if let Some(before) = previous.filter(|p| p.is_start && p.nth == Some(0) && p.time == reading.time) {
            let is_since = |time: usize| self.times.get(time).is_some_and(|time| time.item.text.ends_with("以来"));
            reading.nth = before.time.filter(|&time| !is_since(time)).and_then(years);
        }
    }

    /// 分季度看，一季度增长5.1%: what the sentence before is about, seen another way.
    pub(super) fn sentence_viewed<'r>(
        &self,
        quantity: &Found<Quantity>,
        reading: &Reading,
        readings: &'r [Reading],
    ) -> Option<&'r Reading> {
        let opening = self.text.get(reading.sentence..quantity.at.start)?.trim_start();
        let clause = opening.get(..opening.find(['，', ','])?)?;
        let is_view = clause.starts_with(['分', '从', '按']) && clause.ends_with('看') || clause == "其中";
        let views = is_view && quantity.item.unit == "%";
        let before =
            readings.get(self.from..)?.iter().rev().find(|r| r.sentence < reading.sentence && r.direction.is_some())?;
        let first = readings.iter().find(|r| r.sentence == before.sentence && !r.core.is_empty())?;
        views.then_some(first)
    }
}
