//! What the words around a number say: a bound, per what, up or down.

use super::{
    lexicon::{Change, Lexicon},
    scan::Draft,
};
use crate::model::{Direction, Per, QuantityKind, QuantityMod};

/// What was read around a number.
#[derive(Debug, Clone, Default)]
pub struct Around {
    /// Where the quantity begins, 约 included where it touches.
    pub start: usize,
    /// Where it ends, /吨 included.
    pub end: usize,
    /// Bound or approximation.
    pub modifier: Option<QuantityMod>,
    /// Per what.
    pub per: Option<Per>,
    /// Up or down.
    pub direction: Option<Direction>,
}

/// Words of state that may stand between a bound and the number: 约为, 至少有, 超过了.
const BETWEEN: [&str; 8] = ["为", "是", "有", "达", "了", "到", "在", "过"];

/// How long a text of one quantity and nothing else may be, in bytes.
const WHOLE_PHRASE: usize = 64;

/// How far back 每 and 年产 may stand, in bytes.
const REACH: usize = 120;

/// Reads around `draft`; nothing before byte `floor` (the last quantity's end) is looked at.
pub fn read(text: &str, floor: usize, draft: &Draft, lexicon: &Lexicon) -> Around {
    let mut around = Around { start: draft.at.start, end: draft.at.end, ..Around::default() };
    let floor = clause_floor(text, floor, draft.at.start);
    let before = text.get(floor..draft.at.start).unwrap_or_default();
    // 中超第26轮: what stands before an ordinal bounds nothing.
    let bound = if draft.kind == QuantityKind::Ordinal { None } else { modifier_before(before, lexicon, &mut around) };
    let words_from = bound.map_or(draft.at.start, |at| floor + at);
    let rest = text.get(draft.at.end..).unwrap_or_default();
    if let Some((length, per)) = lexicon.per_after.longest(rest) {
        around.per = Some(Per(per.clone()));
        around.end += length;
    } else {
        // 人均收入增长5%: a rate of growth is nobody's share; what it is per is a stretch of time (年均增长5%).
        let is_rate = matches!(draft.code.as_str(), "%" | "pp");
        let spans = ["day", "week", "month", "quarter", "year"];
        around.per = per_before(before, lexicon).filter(|per| !is_rate || spans.contains(&per.0.as_str()));
    }
    let behind = text.get(around.end..).unwrap_or_default();
    let words_to = around.end + modifier_after(behind, draft, lexicon, &mut around).unwrap_or(0);
    whole_phrase(text, words_from, words_to, &mut around);
    if draft.kind != QuantityKind::Ordinal {
        around.direction = direction(before, lexicon).or_else(|| more_or_less(before));
    }
    around
}

/// A text that is nothing but a quantity with its bound (最多3元, 每小时3千米) is that quantity, bound and all.
fn whole_phrase(text: &str, words_from: usize, words_to: usize, around: &mut Around) {
    if text.len() > WHOLE_PHRASE {
        return;
    }
    let mark = |c: char| !c.is_alphanumeric();
    let (Some(before), Some(after)) = (text.get(..words_from), text.get(words_to..)) else { return };
    let is_per = around.per.is_some() && before.starts_with('每') && before.chars().count() <= 4;
    let from = if is_per { 0 } else { words_from };
    if (is_per || before.chars().all(mark)) && after.chars().all(mark) {
        (around.start, around.end) = (around.start.min(from), around.end.max(words_to));
    }
}

/// The beginning of the clause that ends at `end`, not before `floor`.
fn clause_floor(text: &str, floor: usize, end: usize) -> usize {
    let mut from = floor.max(end.saturating_sub(REACH));
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let window = text.get(from..end).unwrap_or_default();
    window
        .char_indices()
        .rev()
        .find(|&(_, c)| matches!(c, '，' | '。' | '；' | '：' | '！' | '？' | ',' | ';' | '!' | '?' | ':' | '\n'))
        .map_or(from, |(at, c)| from + at + c.len_utf8())
}

/// Reads the bound before the number; where its words begin.
fn modifier_before(before: &str, lexicon: &Lexicon, around: &mut Around) -> Option<usize> {
    let mut head = before.trim_end_matches([' ', '\u{3000}']);
    for step in 0..3 {
        if let Some((length, found)) = lexicon.before.longest_suffix(head) {
            let ahead = head.get(..head.len() - length).unwrap_or_default();
            if !ahead.ends_with(|c| found.not_after.contains(c)) && !found.ends_a_word(head) {
                around.modifier = Some(found.modifier);
                if step == 0 && found.inside {
                    around.start -= before.len() - ahead.len();
                }
                return Some(ahead.len());
            }
        }
        head = BETWEEN.iter().find_map(|word| head.strip_suffix(word))?;
    }
    None
}

/// Reads the bound behind the unit; where its words end in `rest`.
fn modifier_after(rest: &str, draft: &Draft, lexicon: &Lexicon, around: &mut Around) -> Option<usize> {
    let n_bytes = rest.len();
    let trimmed = rest.trim_start_matches([' ', '（', '(', '含', '）', ')']);
    let rest =
        if trimmed.len() < rest.len() && !rest.starts_with(' ') && !rest.contains('含') { rest } else { trimmed };
    let (length, found) = lexicon.after.longest(rest)?;
    let next = rest.get(length..).and_then(|tail| tail.chars().next());
    let short = length <= '多'.len_utf8();
    if short
        && (draft.is_range
            || next.is_some_and(|c| "少数种样年次个项元家边可愿诺昌".contains(c))
            || draft.kind == QuantityKind::Count)
    {
        return None;
    }
    around.modifier = Some(found.modifier);
    Some(n_bytes - rest.len() + length)
}

/// 每天, 人均, 年产: the nearest one in the clause.
fn per_before(before: &str, lexicon: &Lexicon) -> Option<Per> {
    let marks = ['每', '均', '年', '日', '月', '时', '户', '人', '亩', '天', '度', '单', '逐', '周', '季', '次', '吨'];
    let (mut at, mut best) = (0, None);
    while let Some(found) = before.get(at..).and_then(|rest| rest.find(marks)) {
        let start = at + found;
        // 人均, 亩均 begin before their 均; every other word begins with its mark or one of 平, 一.
        let rest = before.get(start..).unwrap_or_default();
        if let Some((length, per)) = lexicon.per_before.longest(rest) {
            let tail = rest.get(length..).unwrap_or_default();
            if !(rest.starts_with("年度") && tail.is_empty()) && !figures_before(before, start) {
                best = Some(per);
            }
            at = start + length;
        } else {
            at = start + rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    best.map(|per| Per(per.clone()))
}

/// 2024年产 and 1992年度: the word belongs to a year.
fn figures_before(before: &str, at: usize) -> bool {
    before.get(..at).is_some_and(|head| {
        head.ends_with(|c: char| {
            c.is_numeric() || "今去明前当同本上半近几多每全次翌后来往历一二三四五六七八九零".contains(c)
        })
    }) && !before.get(at..).is_some_and(|rest| rest.starts_with('每') || rest.starts_with("人均"))
}

/// 增长, 下降 right before the number; with 到 or 至 behind them the number is a level.
fn direction(before: &str, lexicon: &Lexicon) -> Option<Direction> {
    let mut head = before.trim_end_matches([' ', '\u{3000}']);
    // 同比+12.3%, 环比-5%: as analysts print it.
    if let Some(rate) = head.strip_suffix(['+', '＋', '-', '−', '－'])
        && ["同比", "环比", "YoY", "QoQ", "yoy", "qoq"].iter().any(|word| rest_of(rate).ends_with(word))
    {
        return Some(if head.ends_with(['+', '＋']) { Direction::Up } else { Direction::Down });
    }
    let mut is_level = false;
    for _ in 0..4 {
        match lexicon.changes.longest_suffix(head).map(|(length, change)| (length, *change)) {
            Some((_, Change::Noun(direction))) => return Some(direction),
            Some((_, Change::Verb(direction))) => return (!is_level).then_some(direction),
            Some((length, Change::Compared(direction))) => {
                let ahead = head.get(..head.len() - length).unwrap_or_default();
                return compares(ahead).then_some(direction);
            }
            None => {}
        }
        if let Some((length, ())) = lexicon.level.longest_suffix(head) {
            is_level = true;
            head = head.get(..head.len() - length)?;
        } else if let Some((length, ())) = lexicon.fill.longest_suffix(head) {
            head = head.get(..head.len() - length)?;
        } else {
            return None;
        }
    }
    None
}

/// Without blanks at its end.
fn rest_of(text: &str) -> &str {
    text.trim_end_matches([' ', '\u{3000}'])
}

/// 比上年多开行, 较去年少用: how much more or less is done than before.
fn more_or_less(before: &str) -> Option<Direction> {
    let at = before.rfind(['多', '少'])?;
    let ahead = before.get(..at)?;
    let verb = before.get(at + '多'.len_utf8()..)?.trim_end_matches(['了', '约', '近']);
    let inside = ahead.ends_with(['至', '最', '不', '很', '许', '大', '几', '十', '百', '千', '万', '亿', '减', '众']);
    let base = ahead.rfind(['比', '较']).and_then(|at| ahead.get(..at));
    let is_compared =
        base.is_some_and(|words| !words.ends_with(['同', '环', '占', '对', '相'])) && !ahead.contains("比例");
    let is_verb = (1..=3).contains(&verb.chars().count()) && !verb.starts_with(['年', '个', '元', '数', '种', '于']);
    if inside || !is_compared || !is_verb {
        return None;
    }
    Some(if before.get(at..)?.starts_with('多') { Direction::Up } else { Direction::Down })
}

/// Whether `ahead`, before 高 or 多, compares with something: 比上年[高], but not 比例最[高].
fn compares(ahead: &str) -> bool {
    let is_own = |(at, mark): (usize, &str)| !is_other_word(ahead.get(at + mark.len()..).unwrap_or_default());
    !ahead.ends_with('最') && ahead.match_indices(['比', '较']).any(is_own)
}

/// Whether 比 or 较 with `rest` behind it is another word: 比重, 较高; 较多年平均 compares.
pub fn is_other_word(rest: &str) -> bool {
    !rest.starts_with("多年")
        && rest.starts_with(|c| "重例率值分数特赛大快高好为低强弱优佳早晚长短多少较如".contains(c))
}

/// The word of change that `text` ends in, and its length in bytes.
pub fn change_suffix(text: &str, lexicon: &Lexicon) -> Option<(usize, Direction)> {
    let (length, change) = lexicon.changes.longest_suffix(text)?;
    match *change {
        Change::Verb(direction) => Some((length, direction)),
        Change::Noun(_) => None,
        Change::Compared(direction) => {
            let ahead = text.get(..text.len() - length).unwrap_or_default();
            compares(ahead).then_some((length, direction))
        }
    }
}
