//! A stretch of words before a number, taken apart: name, share, basis and change; and the noun behind a classifier.

use super::Reader;
use super::words::{
    able, as_verb, begins_change, change_suffix, each_at_end, ends_in_name, is_per, last_change, share_at, shortened,
    without_first, without_joint, without_mark, without_notes, without_record, without_rise,
};
use crate::{
    extract::{
        Found,
        quantity::{compare::base_at, number},
    },
    model::{Direction, Quantity, Time, TimeType},
    span::Span,
};

/// The parts of a phrase before a number.
#[derive(Debug, Default)]
pub(super) struct Phrase {
    pub(super) core: String,
    /// 占X的: the whole X, empty where it is not named.
    pub(super) share: Option<String>,
    pub(super) basis: String,
    pub(super) change: Option<String>,
    /// 每笔, 每户 at the end.
    pub(super) each: Option<String>,
    /// Words that stand where the name should and name nothing: 不占用原.
    pub(super) hollow: String,
    /// Whether `core` is whose and a verb (园区能加工): what it acts on stands behind the number.
    pub(super) is_verbal: bool,
}

impl Phrase {
    /// 同比增长; nothing for a level.
    pub(super) fn said(&self, item: &Quantity) -> String {
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

impl Reader<'_> {
    /// The noun behind a classifier: 90多个[国家和地区].
    pub(super) fn noun_behind(&self, end: usize) -> Option<String> {
        // 两架直升机今天飞抵: the noun ends where a time begins.
        let until = self.times_from(end).first().map_or(self.text.len(), |time| time.at.start);
        let rest = self.text.get(end..until)?;
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
            if stops || number::digit(c).is_some() && n > 0 {
                break;
            }
            length += c.len_utf8();
        }
        let noun = rest.get(..length).filter(|noun| !noun.starts_with("及以"))?;
        let behind = rest.get(length..).unwrap_or_default();
        // 8个师团和2个旅团近30万人: what joins the next number is no part of the noun.
        let joins = behind.starts_with(number::may_begin);
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
    pub(super) fn phrase(&self, head: Span, after: &str) -> Phrase {
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
            } else if let Some((length, ())) = self.words.link.longest_suffix(rest).filter(|_| !ends_in_name(rest)) {
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
    pub(super) fn achieved(&self, core: &str) -> Option<String> {
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
    pub(super) fn trimmed<'t>(&self, text: &'t str) -> &'t str {
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
            rest = without_first(rest, '个', "人体股税性别案");
            rest = without_first(without_first(rest, '由', "来"), '从', "业事属军化容");
            if let Some((length, ())) = self.words.link.longest_suffix(rest).filter(|_| !ends_in_name(rest)) {
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
    pub(super) fn without_times(&self, head: Span) -> String {
        let mut out = String::new();
        let mut at = head.start;
        // 1年期 and 7天期 say which kind, not when.
        let is_kind = |time: &Found<Time>| {
            self.text.get(time.at.end..).is_some_and(|rest| rest.starts_with('期'))
                && time.item.kind == TimeType::Duration
        };
        let times = self.times_from(head.start).iter().take_while(|time| time.at.end <= head.end);
        for time in times.filter(|time| !is_kind(time)) {
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
}
