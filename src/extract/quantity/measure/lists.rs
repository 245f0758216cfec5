//! Values told side by side, paired with the times or names told side by side before them.

use super::{Reader, Reading, base_at, starts_run};
use crate::{model::TimeType, span::Span};

impl Reader<'_> {
    /// 1993、1994年的56.8%、30.4%: the first value is the first year's, and so on.
    pub fn pair_lists(&self, to: usize, readings: &mut [Reading]) {
        let mut idx = self.from;
        while idx < to {
            let n = self.list_length(idx, to);
            if n > 1 {
                let run = self.quantities.get(idx).and_then(|first| self.time_run(first.at.start, n));
                let is_named = || {
                    readings.get(idx).is_some_and(|first| self.names_of_list(idx, n, first).is_some())
                        || self.names_told(idx, n, readings).is_some()
                };
                let range = self.quantities.get(idx).and_then(|first| self.period_range(first.at.start, n));
                let range = range.filter(|_| !is_named());
                self.start_list(idx, n, readings);
                self.share_list(idx, n, run.is_some() || range.is_some(), readings);
                if let Some(range) = range {
                    for (offset, reading) in readings.iter_mut().skip(idx).take(n).enumerate() {
                        (reading.time, reading.nth) = (Some(range), u16::try_from(offset).ok());
                    }
                }
                let Some(run) = run else {
                    idx += n;
                    continue;
                };
                for offset in 0..n {
                    if let Some(reading) = readings.get_mut(idx + offset) {
                        reading.time = Some(run + offset);
                    }
                }
            }
            idx += n.max(1);
        }
    }

    /// 分别由216万吨、521万吨增加到460万吨、2157万吨: the first values are where the change starts, at the time that an
    /// earlier change of the sentence starts at.
    fn start_list(&self, idx: usize, n: usize, readings: &mut [Reading]) {
        let (Some(first), Some(last)) = (self.quantities.get(idx), self.quantities.get(idx + n - 1)) else { return };
        let next = self.quantities.get(idx + n).filter(|next| next.block == self.block);
        let Some(sentence) = readings.get(idx).filter(|first| !first.is_start).map(|first| first.sentence) else {
            return;
        };
        let head = self.text.get(self.head_start(sentence, first.at.start)..first.at.start).unwrap_or_default();
        let gap = next.and_then(|next| self.text.get(last.at.end..next.at.start)).unwrap_or_default();
        if !starts_run(head, gap) {
            return;
        }
        let mut told = readings.iter().take(idx).rev().take_while(|told| told.sentence == sentence);
        let time = told.find(|told| told.is_start && told.time.is_some()).and_then(|told| told.time);
        for reading in readings.iter_mut().skip(idx).take(n) {
            (reading.is_start, reading.time) = (true, time);
        }
    }

    /// 甲、乙和丙，分别增长28.3%、23.9%和20.8%: each value gets its own name, and all the same verb.
    fn share_list(&self, idx: usize, n: usize, has_times: bool, readings: &mut [Reading]) {
        let Some(first) = readings.get(idx).cloned() else { return };
        let names = if has_times { None } else { self.names_of_list(idx, n, &first) };
        let told = || (!has_times).then(|| self.names_told(idx, n, readings))?;
        let names = names.or_else(|| self.pair_named(n, &first)).or_else(told);
        let rate = names.as_ref().and_then(|names| self.shared_rate(names));
        for offset in 0..n {
            let Some(reading) = readings.get_mut(idx + offset) else { return };
            let (sentence, time) = (reading.sentence, reading.time);
            *reading = Reading { sentence, time, is_inherited: offset > 0, is_listed: true, ..first.clone() };
            if let Some(name) = names.as_ref().and_then(|names| names.get(offset)) {
                reading.core.clone_from(name);
                reading.is_inherited = false;
                // 甲收入和乙收入实际增速分别为8%和11%: both are rates.
                if let Some(rate) = rate.as_ref().filter(|rate| !name.ends_with(rate.as_str())) {
                    reading.core += rate;
                }
            }
        }
    }

    /// The rate that the last of `names` ends in (实际增速) where no other ends in one.
    fn shared_rate(&self, names: &[String]) -> Option<String> {
        let (last, others) = names.split_last()?;
        let rate =
            self.words.generic.iter().filter(|rate| last.ends_with(rate.as_str())).max_by_key(|rate| rate.len())?;
        let head = last.strip_suffix(rate.as_str())?;
        let kind =
            ["实际", "名义", "同比", "环比", "年均"].into_iter().find(|kind| head.ends_with(kind)).unwrap_or_default();
        let is_shared = !others.is_empty()
            && !last.contains('占')
            && others.iter().all(|name| !self.words.ends_generic(name) && !name.contains('占'));
        (is_shared && head.len() > kind.len()).then(|| format!("{kind}{rate}"))
    }

    /// 开行2567列，发送28万标箱，同比分别增长16%和28%: one for each of the values told before in the sentence.
    fn names_told(&self, idx: usize, n: usize, readings: &[Reading]) -> Option<Vec<String>> {
        let (first, at) = (readings.get(idx)?, self.quantities.get(idx)?.at.start);
        let is_level = |q: &super::Found<super::Quantity>| {
            q.item.unit != "%" && q.item.direction.is_none() && q.item.kind != super::QuantityKind::Ordinal
        };
        let levels: Vec<usize> = (self.from..idx)
            .filter(|&i| readings.get(i).is_some_and(|r| r.sentence == first.sentence && !r.core.is_empty()))
            .filter(|&i| self.quantities.get(i).is_some_and(is_level))
            .collect();
        let is_change = first.direction.is_some() && first.is_percent || first.is_multiple;
        let end = levels.last().and_then(|&last| self.quantities.get(last)).map(|last| last.at.end);
        let between = end.and_then(|end| self.text.get(end..at));
        let each = between.is_some_and(|between| between.contains("分别"));
        let mut names: Vec<String> = levels.iter().filter_map(|&i| readings.get(i).map(|r| r.core.clone())).collect();
        names.dedup();
        if each && is_change && levels.len() == n && names.len() == n {
            return Some(names);
        }
        self.names_listed(idx, n, readings).filter(|_| first.direction.is_some() || first.is_multiple)
    }

    /// 甲业、乙业分别增长17.2%和4.8%，两年平均分别增长17.7%和5.3%: of those told side by side before.
    fn names_listed(&self, idx: usize, n: usize, readings: &[Reading]) -> Option<Vec<String>> {
        let (sentence, at) = (readings.get(idx)?.sentence, self.quantities.get(idx)?.at.start);
        let run = (self.from..=idx.checked_sub(n)?).rev().find_map(|start| {
            let run = readings.get(start..start + n)?;
            let end = self.quantities.get(start + n - 1)?.at.end;
            let is_run = run.iter().all(|r| r.is_listed && r.sentence == sentence && !r.core.is_empty());
            let between = self.text.get(end..at)?;
            // 比重分别为7.2%和15%，比2012年提高2.3和0.6个百分点: in the same order, though it is not said.
            let in_order = between.contains("分别") || start + n == idx && self.is_in_points(idx);
            (is_run && in_order).then_some(run)
        })?;
        let mut names: Vec<String> = run.iter().map(|reading| reading.core.clone()).collect();
        names.dedup();
        (names.len() == n).then_some(names)
    }

    fn is_in_points(&self, idx: usize) -> bool {
        self.quantities.get(idx).is_some_and(|quantity| quantity.item.unit == "pp")
    }

    /// 汽车产销分别完成100万辆和98万辆: 产量 and 销量.
    fn pair_named(&self, n: usize, first: &Reading) -> Option<Vec<String>> {
        let (whole, parts) = self.words.pairs.iter().find(|(whole, _)| first.core.ends_with(whole.as_str()))?;
        let subject = first.core.strip_suffix(whole.as_str())?;
        (parts.len() == n).then(|| parts.iter().map(|part| format!("{subject}{part}")).collect())
    }

    /// The `n` names before 分别, where there are that many.
    fn names_of_list(&self, idx: usize, n: usize, first: &Reading) -> Option<Vec<String>> {
        let at = self.quantities.get(idx)?.at.start;
        let window = self.text.get(first.sentence..at)?;
        let list = window.get(..window.rfind("分别")?)?.trim_end_matches(['，', ',', ' ']);
        if let Some(names) = self.names_by_commas(list, first.sentence, n) {
            return Some(names);
        }
        let list = list.rsplit(['，', '；', '：', ',', ';']).next().unwrap_or(list);
        let list = list.rsplit("是").next().unwrap_or(list);
        // 甲、乙位居上半年净利润增速前二名，分别为: what they are first in is measured.
        let (list, ranked) = self.ranked_in(list).map_or((list, None), |(list, what)| (list, Some(what)));
        // 甲、乙增速较快，分别为
        let list = ["较快", "较高", "较大", "较强", "靠前", "领先", "居前", "明显"]
            .iter()
            .find_map(|word| list.strip_suffix(word))
            .unwrap_or(list);
        // 2024年东、中、西线分别: the time names nothing.
        let from = first.sentence + window.rfind(list)?;
        let opening = self.times_from(from).first().filter(|time| {
            time.at.start == from && time.at.end < from + list.len() && time.item.kind == TimeType::Date
        });
        let list = opening.map_or(list, |time| list.get(time.at.end - from..).unwrap_or(list));
        let mut names: Vec<&str> = list.split('、').collect();
        // The last comma is often 和, which may also stand inside a name: cut at the last one only.
        if names.len() + 1 == n {
            let last = names.pop()?;
            let cut = last.rfind(['和', '及', '与'])?;
            names.push(last.get(..cut)?);
            names.push(last.get(cut + '和'.len_utf8()..)?);
        }
        let bare = |name: &str| {
            let name = self.trimmed(name);
            let basis = self.words.basis.longest_suffix(name).map_or(0, |(length, ())| length);
            name.get(..name.len() - basis).unwrap_or_default().trim().to_owned()
        };
        let mut names: Vec<String> = names.into_iter().map(|name| name.trim().to_owned()).collect();
        share_affixes(&mut names);
        let mut names: Vec<String> = names.iter().map(|name| bare(name)).collect();
        match ranked {
            Some(what) => names.iter_mut().for_each(|name| name.push_str(&what)),
            None => {
                self.share_tail(&mut names, window);
                self.share_object(&mut names, window, at);
            }
        }
        // 机构和设施36.9万个，分别增长: the list holds values of its own.
        let holds_value = |name: &String| {
            name.contains(|c: char| c.is_ascii_digit())
                && name.ends_with(|c: char| "个家户人名件辆台吨元座所只万亿%".contains(c))
        };
        (names.len() == n && names.iter().all(|name| !name.is_empty() && !holds_value(name))).then_some(names)
    }

    /// 甲、乙位居上半年净利润增速前二名: the names, and in what they are first.
    fn ranked_in<'t>(&self, list: &'t str) -> Option<(&'t str, String)> {
        let (names, rank) = ["位居", "名列", "跻身", "位列", "占据"].iter().find_map(|verb| list.split_once(verb))?;
        let what = rank.get(..rank.rfind('前')?)?;
        let at = self.text.find(rank)?;
        let what = self.without_times(Span::new(at, at + what.len()));
        (what.chars().count() >= 2).then(|| (names, self.trimmed(&what).to_owned()))
    }

    /// 信息传输、软件服务业，金融业，商务服务业增加值分别增长: names that hold 、 themselves stand between commas. `list` begins at
    /// byte `from` of the text.
    fn names_by_commas(&self, list: &str, from: usize, n: usize) -> Option<Vec<String>> {
        let parts: Vec<&str> = list.split(['，', ',']).collect();
        let mut names: Vec<&str> = parts.get(parts.len().checked_sub(n)?..)?.to_vec();
        let holds_marks = names.iter().any(|name| name.contains('、'));
        // All before them is the time that the sentence opens with.
        let opening = list.len() - names.iter().map(|name| name.len()).sum::<usize>();
        let opens = self.block_times().iter().any(|time| time.at.start >= from && time.at.end <= from + opening)
            || parts.len() == n;
        let is_noun = |name: &&str| {
            let name = name.trim();
            (2..=24).contains(&name.chars().count())
                && !name.contains(|c: char| c.is_ascii_digit() || "。；：".contains(c))
        };
        let ends_alike = || {
            let last = |name: &str| name.trim().chars().next_back();
            let kinds: Vec<Option<char>> = names.iter().take(n - 1).map(|name| last(name)).collect();
            kinds.windows(2).all(|pair| pair.first() == pair.last())
                && kinds
                    .first()
                    .copied()
                    .flatten()
                    .is_some_and(|kind| names.last().is_some_and(|name| name.contains(kind)))
        };
        if !holds_marks || !opens || !names.iter().all(is_noun) || !ends_alike() {
            return None;
        }
        // 增加值比上年, 增加值占服务业增加值比重: what they have in common stands behind the last.
        let last = names.pop()?;
        let kind = names.first()?.trim().chars().next_back()?;
        let at = last.find(kind)? + kind.len_utf8();
        let (name, common) = last.split_at(at);
        names.push(name);
        let common = base_at(common, "").and_then(|cut| common.get(..cut)).unwrap_or(common);
        let common = self.trimmed(common.split('占').next().unwrap_or(common));
        Some(names.into_iter().map(|name| format!("{}{common}", self.trimmed(name.trim()))).collect())
    }

    /// 汽车、船舶和家电出口分别增长: all three are exports; 机电产品出口…，其中汽车、船舶分别增长: these too.
    fn share_tail(&self, names: &mut [String], window: &str) {
        let own = names.last().and_then(|last| self.words.shared_tail(last));
        let told = || {
            let before = window.rfind("其中").and_then(|at| window.get(..at))?;
            self.words.tail.iter().map(String::as_str).filter_map(|tail| Some((before.rfind(tail)?, tail))).max()
        };
        // 对甲国和乙国分别进出口3亿元和4亿元
        let behind = || {
            let verb = window.get(window.rfind("分别")? + "分别".len()..)?.trim();
            self.words.tail.iter().map(String::as_str).find(|tail| *tail == verb)
        };
        let Some(tail) = own.or_else(behind).or_else(|| told().map(|(_, tail)| tail)) else { return };
        let are_bare =
            names.iter().take(names.len().saturating_sub(1)).all(|name| self.words.shared_tail(name).is_none());
        if are_bare {
            // 对甲、乙和丙进出口: all three are partners.
            let to =
                names.first().and_then(|first| first.get(..first.find('对')? + '对'.len_utf8())).map(str::to_owned);
            if let Some(to) = to.filter(|to| to.chars().count() <= 4) {
                names.iter_mut().skip(1).for_each(|name| name.insert_str(0, &to));
            }
            names.iter_mut().filter(|name| !name.ends_with(tail)).for_each(|name| name.push_str(tail));
        }
    }

    /// 铁路、公路分别完成货运量3亿吨和4亿吨: what each of them did stands behind 分别. `window` ends at byte `at`.
    fn share_object(&self, names: &mut [String], window: &str, at: usize) {
        let Some(from) = window.rfind("分别").map(|cut| at - (window.len() - cut - "分别".len())) else { return };
        if self.text.get(from..at).is_none_or(|told| told.contains(|c: char| c.is_ascii_digit())) {
            return;
        }
        let object = self.phrase(Span::new(from, at), "");
        let verb =
            self.words.hollow.iter().filter(|verb| object.core.starts_with(verb.as_str())).map(String::len).max();
        let noun = object.core.get(verb.unwrap_or(0)..).unwrap_or_default();
        if object.share.is_none() && object.hollow.is_empty() && noun.chars().count() >= 2 {
            names.iter_mut().filter(|name| !name.ends_with(noun)).for_each(|name| name.push_str(noun));
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

    /// A range of exactly `n` years, quarters or months before the values told for them in turn: 2019—2021年依次为;
    /// 前三季度，增速分别为.
    fn period_range(&self, at: usize, n: usize) -> Option<usize> {
        let here = self.block_times();
        let idx = here.partition_point(|time| time.at.end <= at).checked_sub(1)?;
        let time = here.get(idx)?;
        let between = self.text.get(time.at.end..at)?;
        let in_turn = ["依次", "分别", "先后", "各为"].iter().any(|word| between.contains(word));
        let is_near = between.chars().count() <= 40 && !between.contains(['。', '；']);
        let n_periods = periods(time.item.edtf.as_ref()?.as_str())?;
        (in_turn && is_near && n_periods == n).then_some(self.time_range.0 + idx)
    }

    /// The first of exactly `n` times side by side that end right before `at`.
    fn time_run(&self, at: usize, n: usize) -> Option<usize> {
        let here = self.block_times();
        let end = here.partition_point(|time| time.at.end <= at);
        let last = here.get(end.checked_sub(1)?)?;
        let between = self.text.get(last.at.end..at)?.trim();
        // 2001年和2002年，出口额分别为3亿元和4亿元
        let is_shared =
            ["分别", "依次", "先后", "各为"].iter().any(|word| between.contains(word)) && between.chars().count() <= 40;
        if between.contains(['。', '；'])
            || !is_shared && (between.chars().count() > 8 || between.contains(['，', ',']))
        {
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

/// What names side by side have in common and only the first or last says: 东、中、西线, 第一、二、三产业, 全省公路、铁路投资.
fn share_affixes(names: &mut [String]) {
    let [first, middle @ .., last] = &*names else { return };
    let n_chars = |name: &String| name.chars().count();
    // The middle ones are the bare names; of two the first may be.
    let length = middle.first().map_or_else(|| n_chars(first), n_chars);
    if length == 0 || middle.iter().any(|name| n_chars(name) != length) {
        return;
    }
    let cut = |name: &String, at: usize| name.char_indices().nth(at).map_or(name.len(), |(at, _)| at);
    let Some(n_before) = n_chars(first).checked_sub(length) else { return };
    let (prefix, own) = first.split_at(cut(first, n_before));
    let (head, tail) = last.split_at(cut(last, length));
    // 公路、铁路、水路: of more than one character they are of a kind.
    let kind = own.chars().next_back();
    let are_alike = middle.iter().map(String::as_str).chain([head]).all(|name| name.chars().next_back() == kind);
    // 进出口、出口和进口: one character before is part of the name.
    if length > 1 && (!are_alike || n_before == 1) || n_chars(last) < length {
        return;
    }
    // 完工量、订单量和库存量三大指标: what they are called together is no part of their names.
    let is_title = tail.starts_with(|c| "两三四五六七八九十".contains(c));
    let (prefix, head) = (prefix.to_owned(), head.to_owned());
    // 1年期和5年期以上利率: the bound is the last one's own.
    let tail = ["及以上", "及以下", "以上", "以下"].iter().find_map(|bound| tail.strip_prefix(bound)).unwrap_or(tail);
    let tail = if is_title { String::new() } else { tail.to_owned() };
    if let Some(last) = names.last_mut().filter(|_| is_title) {
        *last = head;
    }
    let n = names.len();
    for (idx, name) in names.iter_mut().enumerate() {
        if idx > 0 {
            name.insert_str(0, &prefix);
        }
        if idx + 1 < n {
            name.push_str(&tail);
        }
    }
}

/// How many years, quarters or months of one year an EDTF range holds: 3 of `2019/2021` and of `2024-33/2024-35`.
fn periods(edtf: &str) -> Option<usize> {
    let (from, to) = edtf.split_once('/')?;
    let part = |date: &str| -> Option<(i32, usize)> {
        let (year, part) = date.split_once('-').unwrap_or((date, "0"));
        Some((year.parse().ok()?, part.parse().ok()?))
    };
    let ((from_year, from_part), (to_year, to_part)) = (part(from)?, part(to)?);
    if from.len() != to.len() || from_year != to_year && (from_part, to_part) != (0, 0) {
        return None;
    }
    let n = if from_part == 0 { usize::try_from(to_year - from_year).ok()? } else { to_part.checked_sub(from_part)? };
    Some(n + 1)
}
