//! Cuts words off the ends of a phrase.

use super::MAX_NAME;
use crate::{
    extract::quantity::{around, lexicon},
    model::Direction,
};

/// Without the mark of a list's item: 2）, 6.
pub fn without_mark(text: &str) -> &str {
    let text = text.trim_start();
    // 今天（1月31日）人员流动量 without its times leaves the brackets.
    let text = text.strip_prefix("（）").or_else(|| text.strip_prefix("()")).unwrap_or(text);
    let text = text.strip_prefix(['）', ')', '〕', '】']).unwrap_or(text);
    let head = text.strip_prefix(['（', '(']).unwrap_or(text);
    let rest = head.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
    let is_counted = rest.len() < head.len() || head.len() == text.len();
    let mark = rest.strip_prefix(['）', ')', '.', '．', '、']).filter(|_| is_counted);
    mark.filter(|rest| !rest.starts_with(|c: char| c.is_ascii_digit())).unwrap_or(text)
}

/// Without a 和 or 与 that ends it and joins what is counted next, but 总和, 参与 whole.
pub fn without_joint(text: &str) -> &str {
    let Some(rest) = text.strip_suffix(['和', '与', '及']) else { return text };
    let inside = rest.ends_with(|c| "总共饱柔缓温亲祥谐平参以涉普波".contains(c));
    if inside || rest.chars().count() < 2 { text } else { rest }
}

/// Without the record that the value is: 吞吐量[再创单月新纪录], 销量[创下历史新高].
pub fn without_record(text: &str) -> Option<&str> {
    if !text.ends_with(['录', '高', '低', '最', '点', '平']) {
        return None;
    }
    let is_record = ["纪录", "记录", "新高", "新低", "之最", "高点", "低点", "最好水平", "最高水平"];
    if !is_record.iter().any(|end| text.ends_with(end)) {
        return None;
    }
    let at = ["创", "刷新", "打破"].iter().filter_map(|verb| text.rfind(verb)).max()?;
    let subject = text.get(..at)?.trim_end_matches(['再', '次', '又', '均', '都', '也', '双', '屡', '并', '连', '续']);
    (!subject.is_empty()).then_some(subject)
}

/// Whether 能 at the end of `text` belongs to a noun: 太阳能, 产能.
fn ends_in_power(text: &str) -> bool {
    let Some(head) = text.strip_suffix('能') else { return false };
    head.ends_with(|c| "功性产节智核热电动势风光储技效潜阳新机体职氢化".contains(c))
}

/// Whether `text` ends in a word that looks like a link and is part of a name: 太阳能, 外资买超.
pub fn ends_in_name(text: &str) -> bool {
    let bound = lexicon::lexicon().before.longest_suffix(text);
    let words = lexicon::measure_words();
    ends_in_power(text)
        || words.kept_ends.iter().any(|end| text.ends_with(end.as_str()))
        || bound.is_some_and(|(_, bound)| bound.ends_a_word(text))
}

/// 商品种类[从服装增加到日用百货]: what grew, without from what to what.
pub fn without_rise(text: &str) -> &str {
    if !text.contains(['从', '由']) {
        return text;
    }
    let grown =
        ["增加到", "扩大到", "拓展到", "扩展到", "发展到", "延伸到", "丰富到", "增至", "扩至", "拓展至", "扩大至"];
    let Some(to) = grown.iter().filter_map(|verb| text.find(verb)).min() else { return text };
    let from = text.get(..to).and_then(|head| head.rfind(['从', '由']));
    from.and_then(|from| text.get(..from)).filter(|what| what.chars().count() >= 2).unwrap_or(text)
}

/// 香港居民汇款[每人]: whose, and each of what.
pub fn each_at_end(core: &str) -> Option<(&str, &str)> {
    let at = core.rfind('每')?;
    let (whose, each) = core.split_at_checked(at)?;
    (is_per(each) || (2..=3).contains(&each.chars().count())).then_some((whose, each))
}

/// Whether `each` is what a price or yield is per: 每升, 每亩.
pub fn is_per(each: &str) -> bool {
    lexicon::lexicon().per_before.longest(each).is_some_and(|(length, _)| length == each.len())
}

/// Whether `tail` begins with a word of change: 跃升到, 减至.
pub fn begins_change(tail: &str) -> bool {
    let end = |n: usize| tail.char_indices().nth(n).map_or(tail.len(), |(at, _)| at);
    let is_change = |n: usize| {
        let word = tail.get(..end(n)).unwrap_or_default();
        change_suffix(word).is_some_and(|(length, _)| length == word.len())
    };
    is_change(2) || is_change(1) && tail.get(end(1)..).is_some_and(|rest| rest.starts_with(['到', '至']))
}

/// 园区[能]加工: whose, and what can be done.
pub fn able(core: &str) -> Option<(&str, &str)> {
    let at = core.find('能').filter(|&at| at > 0)?;
    let (whose, rest) = core.split_at_checked(at)?;
    let verb = rest.strip_prefix("能够").or_else(|| rest.strip_prefix('能'))?;
    let inside = whose.ends_with(|c| "功性产节智职核热电动势风光储技效潜万太阳新机体官才可不只".contains(c));
    let goes_on = verb.starts_with(|c| "源力耗量级效见否动".contains(c));
    (!inside && !goes_on && verb.chars().count() >= 2).then_some((whose, verb))
}

/// Where 占 says a share of a whole.
pub fn share_at(rest: &str, text: &str) -> Option<usize> {
    let at = text.rfind('占')?;
    let next = text.get(at + '占'.len_utf8()..)?;
    let inside = next.starts_with(['领', '据', '地', '用', '有', '比']);
    let before = rest.get(..at.min(rest.len())).unwrap_or_default();
    // 股东应占溢利: what falls to them, no share of anything.
    (!inside && !before.ends_with(['侵', '抢', '应'])).then_some(at)
}

pub fn change_suffix(text: &str) -> Option<(usize, Direction)> {
    around::change_suffix(text, lexicon::lexicon())
}

/// The word of change that a comparison ends in: 较上年[增加].
pub fn last_change(text: &str) -> Option<String> {
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
pub fn shortened(name: &str) -> String {
    let n = name.chars().count();
    if n <= MAX_NAME {
        return name.to_owned();
    }
    name.chars().skip(n - MAX_NAME).collect()
}

/// Without `word` at the beginning, unless a character of `not_before` follows.
pub fn without_first<'t>(text: &'t str, word: char, not_before: &str) -> &'t str {
    text.strip_prefix(word).filter(|rest| !rest.starts_with(|c| not_before.contains(c))).unwrap_or(text)
}

/// Without notes in brackets such as （人民币，下同）; a short gloss such as (GDP) stays.
pub fn without_notes(text: String) -> String {
    // 假期（5月1日至5日）出游 without its times.
    let text = if text.contains("（）") || text.contains("()") {
        text.replace("（）", "").replace("()", "")
    } else {
        text
    };
    let text = if text.contains("“”") { text.replace("“”", "") } else { text };
    let (Some(open), Some(close)) = (text.find(['（', '(']), text.rfind(['）', ')'])) else { return text };
    let note = text.get(open..close).unwrap_or_default();
    if note.chars().count() <= 8 && !note.contains('同') || close < open {
        return text;
    }
    let rest = text.get(close..).unwrap_or_default().trim_start_matches(['）', ')']);
    format!("{}{rest}", text.get(..open).unwrap_or_default())
}

pub fn char_floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

/// 比上年高2.1个百分点: what an adjective says as a verb.
pub fn as_verb(change: &str) -> &str {
    match change {
        "高" | "高出" | "長" | "长" => "提高",
        "低" | "低出" => "降低",
        "多" | "多出" | "大" => "增加",
        "少" | "少出" | "小" => "减少",
        "快" => "加快",
        "慢" => "放缓",
        _ => change,
    }
}

/// The comma of 16,353.
pub fn is_grouping(text: &str, at: usize, c: char) -> bool {
    let is_figure = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    c == ','
        && is_figure(text.get(..at).and_then(|t| t.chars().next_back()))
        && is_figure(text.get(at + 1..).and_then(|t| t.chars().next()))
}

/// Whether the mark at byte `at` stands inside a title: 《你好，李焕英》.
pub fn is_in_title(text: &str, at: usize) -> bool {
    let behind = text.get(at..).unwrap_or_default();
    let close = behind.find('》');
    close.is_some_and(|close| behind.get(..close).is_some_and(|inside| !inside.contains('《')))
        && text.get(..at).is_some_and(|before| before.rfind('《') > before.rfind('》'))
}

/// The blank between the two halves of a headline: 全线贯通 总投资30亿元.
pub fn is_gap(text: &str, at: usize, c: char) -> bool {
    let is_han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    matches!(c, ' ' | '\u{3000}')
        && text.get(..at).is_some_and(|t| t.chars().rev().take_while(|&c| is_han(c)).count() >= 4)
        && text.get(at + c.len_utf8()..).is_some_and(|t| t.chars().take_while(|&c| is_han(c)).count() >= 2)
}
