//! What is measured: the name before a number, what is said of it, and what a clause leaves out because one before said it.

use super::{Phrase, Reader, Reading, is_level_of_rate, words::change_suffix};
use crate::{
    extract::{
        Found,
        quantity::{lexicon, same},
    },
    model::{Direction, Quantity, QuantityKind},
    span::Span,
};

/// What a national measure begins with.
const NATIONS: [&str; 3] = ["我国", "全国", "中国"];

/// Where a number stands, and what was read before it.
#[derive(Clone, Copy)]
pub(super) struct Place<'r> {
    pub quantity: &'r Found<Quantity>,
    /// The clause up to the number.
    pub head: Span,
    /// Where the words begin that no earlier number has used.
    pub start: usize,
    /// The number before in the sentence.
    pub previous: Option<&'r Reading>,
    /// All numbers before.
    pub readings: &'r [Reading],
}

/// 下调利率, 央行下调利率 → 下调, down, 利率.
fn verb_first(core: &str) -> Option<(&str, Direction, &str)> {
    core.char_indices().take(9).find_map(|(at, _)| {
        let rest = core.get(at..)?;
        let (verb, what) = rest.split_at(rest.char_indices().nth(2)?.0);
        let (_, direction) = change_suffix(verb).filter(|(length, _)| *length == verb.len())?;
        let is_rate = what.chars().count() >= 2 && what.ends_with(['率', '差', '例', '重']);
        is_rate.then_some((verb, direction, what))
    })
}

impl Reader<'_> {
    /// Fills in `core` and `said`.
    pub(super) fn name(&self, reading: &mut Reading, here: Place<'_>) {
        let item = &here.quantity.item;
        if item.kind == QuantityKind::Ordinal || self.counts_what_follows(reading, here) {
            return;
        }
        let mut parts = self.own_words(reading, here);
        // 下调存款准备金率0.5个百分点: the verb stands before what it lowers.
        if item.unit == "pp"
            && item.direction.is_none()
            && let Some((verb, direction, what)) = verb_first(&parts.core)
        {
            reading.direction = Some(direction);
            (reading.core, reading.said) = (what.to_owned(), verb.to_owned());
            return;
        }
        if self.is_all_behind(reading, &parts, here) || self.goes_on_with_rate(reading, &parts, here) {
            return;
        }
        self.clauses_before(&mut parts, here);
        reading.said = parts.said(item);
        if let Some(whole) = parts.share.take() {
            return Self::share(reading, &whole, parts.core, here.previous);
        }
        let previous = here.previous.filter(|p| !p.core.is_empty());
        if let Some(previous) = previous.filter(|_| self.words.generic.contains(&parts.core)) {
            let is_told = self.words.ends_generic(&previous.core);
            reading.core = if is_told { previous.core.clone() } else { format!("{}{}", previous.core, parts.core) };
            return;
        }
        // 确诊病例9600万例，累计死亡105万例: those who died are no confirmed cases.
        let is_deaths = parts.core.is_empty() && parts.hollow == "死亡" && item.unit == "例";
        if let Some(cases) = here.previous.filter(|_| is_deaths).and_then(|p| p.core.strip_suffix("确诊病例")) {
            reading.core = format!("{cases}死亡病例");
        } else if parts.core.is_empty() {
            self.taken_over(reading, &parts, here);
        } else {
            self.of_its_own(reading, parts.core, here);
        }
    }

    /// 90多个[国家], 6.2级[地震]: what is counted stands behind the number.
    fn counts_what_follows(&self, reading: &mut Reading, here: Place<'_>) -> bool {
        let item = &here.quantity.item;
        let is_graded = item.kind == QuantityKind::Count || item.unit == "级";
        let noun = if is_graded { self.noun_behind(here.quantity.at.end) } else { None };
        let Some(noun) = noun else { return false };
        reading.core = noun;
        reading.is_count = true;
        let subject = self.phrase(here.head, "").core;
        let before = here.previous.filter(|p| p.is_count && p.core.ends_with(&subject));
        reading.subject = before.map_or(subject, |p| p.subject.clone());
        true
    }

    /// What the clause up to the number says, with what it leaves out of it.
    fn own_words(&self, reading: &Reading, here: Place<'_>) -> Phrase {
        let Place { quantity, head, previous, readings, .. } = here;
        let item = &quantity.item;
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
        // 为连续第4个月低于2%: how often, and of what before.
        if let Some(at) = parts.core.find("连续第") {
            parts.core.truncate(at);
            parts.core = parts.core.trim_end_matches(['已', '为']).to_owned();
        }
        let goes_on = self.text.get(head.start..head.end).is_some_and(|head| head.starts_with('的'));
        if let Some(before) = previous.filter(|p| p.is_base && goes_on || p.is_count && p.core.ends_with(&parts.core)) {
            parts.core = if before.is_count { before.subject.clone() } else { String::new() };
        }
        parts
    }

    /// A number that nothing leads up to, of what stands behind it.
    fn is_all_behind(&self, reading: &mut Reading, parts: &Phrase, here: Place<'_>) -> bool {
        let kind = here.quantity.item.kind;
        let may_be = parts.core.is_empty()
            && !matches!(kind, QuantityKind::Currency | QuantityKind::Percent | QuantityKind::Count)
            && here.previous.is_none_or(|p| p.core.is_empty());
        let noun = if may_be { self.noun_behind(here.quantity.at.end) } else { None };
        reading.is_count |= noun.is_some();
        noun.map(|noun| reading.core = noun).is_some()
    }

    /// 甲业对增长的贡献率为45%。2021年贡献率增长至54.9%: the rate that the sentence before tells of.
    fn goes_on_with_rate(&self, reading: &mut Reading, parts: &Phrase, here: Place<'_>) -> bool {
        let is_bare = here.previous.is_none() && self.words.generic.contains(&parts.core);
        let before = if is_bare { self.sentence_before(here.quantity, reading, here.readings) } else { None };
        let before = before.filter(|before| before.core.ends_with(&parts.core));
        before.map(|before| reading.core.clone_from(&before.core)).is_some()
    }

    /// 2024年，…加快，同比增长8%: where the clause names nothing, or a bare rate, the ones before it do.
    fn clauses_before(&self, parts: &mut Phrase, here: Place<'_>) {
        let Place { quantity, head, start, previous, .. } = here;
        let is_bare = previous.is_none() && self.words.generic.contains(&parts.core);
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
                let is_share = quantity.item.unit == "%" && parts.share.is_none();
                if is_share && told.share.as_ref().is_some_and(|whole| !whole.is_empty()) {
                    parts.share = told.share;
                }
                parts.core = told.core;
            }
            end = clause.start;
        }
        if !parts.core.ends_with(&bare) || parts.core.is_empty() {
            parts.core += &bare;
        }
    }

    /// 占外贸总值的27%, 其中煤炭占两成: a share of `whole`, which may not be named.
    fn share(reading: &mut Reading, whole: &str, core: String, previous: Option<&Reading>) {
        reading.core = if core.is_empty() { previous.map(|p| p.core.clone()).unwrap_or_default() } else { core };
        reading.is_inherited = previous.is_some();
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
    }

    /// 煤炭3万吨、石油2万吨，[合计]5万吨: of none of the things that it sums up.
    fn total_of<'t>(&self, reading: &Reading, head: &'t str, here: Place<'_>) -> Option<&'t str> {
        let head = head.trim();
        let word = self.words.total.iter().find(|word| head.starts_with(word.as_str()))?;
        let rest = head.get(word.len()..)?;
        let is_bare = rest.chars().all(|c| "为达约近超过是：".contains(c));
        let mut told = here.readings.iter().rev().take_while(|told| told.sentence == reading.sentence);
        let last = told.next()?;
        let sums_up = told.any(|other| other.core != last.core && other.direction.is_none() && !other.core.is_empty());
        (is_bare && sums_up).then(|| head.get(..word.len()))?
    }

    /// 同比增长3.6%: a clause that names nothing goes on with what was measured before.
    fn taken_over(&self, reading: &mut Reading, parts: &Phrase, here: Place<'_>) {
        let item = &here.quantity.item;
        let head = self.text.get(here.head.start..here.head.end).unwrap_or_default();
        if let Some(total) = self.total_of(reading, head, here) {
            total.clone_into(&mut reading.core);
            return;
        }
        // 受灾面积3亿亩，死亡3004人: those who died are counted by themselves.
        let is_fate = self.words.fate.longest(&parts.hollow).is_some_and(|(len, _)| len == parts.hollow.len());
        if is_fate && matches!(item.unit.as_str(), "人" | "名") && here.previous.is_none_or(|p| !p.core.ends_with('人'))
        {
            reading.core.clone_from(&parts.hollow);
            return;
        }
        let leaves_out = ["扣除", "剔除"].iter().any(|word| parts.hollow.starts_with(word));
        // 用新法施工3290米: of what, is not said.
        if parts.hollow.chars().count() > 2 && !reading.is_base && !leaves_out {
            return;
        }
        let before = here
            .previous
            .or_else(|| self.sentence_before(here.quantity, reading, here.readings))
            .or_else(|| self.sentence_viewed(here.quantity, reading, here.readings));
        let Some(before) = before else { return };
        let is_each = matches!(item.kind, QuantityKind::Currency | QuantityKind::Count) && !before.core.is_empty();
        if let Some(each) = parts.each.as_ref().filter(|_| is_each) {
            let mean = if head.contains('均') { "平均" } else { "" };
            let sum = if item.kind == QuantityKind::Currency { "金额" } else { "" };
            reading.said = format!("{mean}{each}{sum}");
            reading.core.clone_from(&before.core);
            return;
        }
        reading.core.clone_from(&before.core);
        // 跌幅0.06%，报39982点: the points are no fall.
        if item.unit == "点" || item.kind == QuantityKind::Currency {
            let ends = self.words.generic.iter().filter_map(|end| before.core.strip_suffix(end.as_str()));
            ends.min_by_key(|rest| rest.len()).unwrap_or(&before.core).clone_into(&mut reading.core);
        }
        // 占42.1%，比上年提高2.6个百分点: it is the share that rose.
        if item.unit == "pp" && before.is_percent && before.direction.is_none() {
            reading.core += &before.said;
        }
        // 新增11万例，累计7.61亿例
        if head.contains("累计") {
            reading.core = reading.core.replace("新增", "累计");
        }
        reading.is_inherited = true;
        let is_rate = item.unit == "%" && before.is_percent;
        if reading.said.is_empty() && reading.direction.is_none() && (before.direction.is_none() || is_rate) {
            // 增长23.1%，1995年为23.4%: a rate goes on as a rate.
            reading.said.clone_from(&before.said);
            reading.direction = before.direction;
        }
    }

    /// A name that the clause gives, with whose it is where an earlier clause says so.
    fn of_its_own(&self, reading: &mut Reading, core: String, here: Place<'_>) {
        if self.words.ends_generic(&core) || core.ends_with('率') && !is_level_of_rate(&core) {
            reading.said.clear();
        }
        reading.core = self.part_of_whole(&core, reading.sentence, here.readings).unwrap_or(core);
        let Some(previous) = here.previous else { return };
        // 某区生产总值100亿元，其中：第一产业增加值10亿元: of that region.
        if let Some(area) = self.area_of_parts(reading.sentence, here.head.start, &reading.core, here.readings) {
            reading.core.insert_str(0, &area);
        }
        // 服务业增加值6万亿元，对经济增长的贡献率为54.9%: whose, the clause before says.
        let is_whose = |core: &str| core.starts_with('对') && core.ends_with('率') && !previous.core.starts_with('对');
        // 某区生产总值增长5.5%，增速高于全国0.5个百分点
        let is_rate =
            |core: &str| core.contains("于") && self.words.generic.iter().any(|rate| core.starts_with(rate.as_str()));
        if is_whose(&reading.core) || is_rate(&reading.core) && !self.words.ends_generic(&previous.core) {
            reading.core.insert_str(0, &previous.core);
        }
    }

    /// A place or thing that only says whose share of the measure before it is told: 进出口增长5%，其中广东增长7%;
    /// 机电产品出口增长6%，其中汽车增长8%.
    pub(super) fn part(&self, parts: &mut Phrase, quantity: &Found<Quantity>, head: Span, previous: Option<&Reading>) {
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
    pub(super) fn area_of_parts(&self, sentence: usize, at: usize, core: &str, readings: &[Reading]) -> Option<String> {
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
    pub(super) fn completed(&self, parts: &mut Phrase, end: usize, sentence: usize, readings: &[Reading]) {
        if parts.is_verbal {
            parts.core += &self.noun_behind(end).unwrap_or_default();
        }
        if parts.core.is_empty()
            && let Some(noun_at) = self.bounded_noun(end)
        {
            let rest = self.text.get(noun_at..).unwrap_or_default();
            let fine = self.words.fine.iter().find(|fine| rest.starts_with(fine.as_str())).cloned();
            parts.core = fine.or_else(|| self.noun_behind(noun_at)).unwrap_or_default();
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
    pub(super) fn sentence_before<'r>(
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
    pub(super) fn part_of_whole(&self, core: &str, sentence: usize, readings: &[Reading]) -> Option<String> {
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
}
