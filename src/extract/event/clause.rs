//! Which times of a sentence date a happening, and which words tell it.

use super::cues::{self, Cues};
use crate::{
    extract::{Found, multiple::multiple_of},
    model::{AnchorKind, Time, TimeType},
    span::Span,
};
use std::cell::OnceCell;

/// A time that dates a happening, with the words that tell it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Telling {
    /// Index in the article's times.
    pub time: usize,
    /// Where the time stands in the block.
    pub time_at: Span,
    /// The words, time included, without marks at either end.
    pub region: Span,
}

/// How many characters a dateline may have (新华社香港6月22日电（记者刘英伦）).
const DATELINE_CHARS: usize = 40;

/// Where the news begins in a paragraph that may open with a dateline: behind 电, 讯 or 消息 and the brackets and
/// blanks that follow; 0 where it opens with the news.
pub fn after_dateline(text: &str, cues: &Cues) -> usize {
    let head_len = text.char_indices().nth(DATELINE_CHARS).map_or(text.len(), |(at, _)| at);
    let head = text.get(..head_len).unwrap_or(text);
    let first_mark = head.find(['，', '。', '：', '；', ',']).unwrap_or(head.len());
    let closes = |at: usize| cues::opener_len(text.get(at..).unwrap_or_default(), &cues.dateline_closers);
    let looks_like_one = |at: usize| {
        let before = text.get(..at).unwrap_or_default();
        let has_date = before.ends_with(['日', '月']);
        let has_paper = ["报", "网", "社", "台"].iter().any(|paper| before.contains(paper));
        has_date && has_paper || has_paper && before.chars().count() <= 8
    };
    let mut places = cues.dateline_closers.places(head.get(..first_mark).unwrap_or(head));
    let Some(at) = places.find(|&at| closes(at).is_some() && looks_like_one(at)) else { return 0 };
    let mut from = at + closes(at).unwrap_or(0);
    loop {
        let rest = text.get(from..).unwrap_or_default();
        let close = match rest.chars().next() {
            Some('（') => rest.find('）').map(|end| end + '）'.len_utf8()),
            Some('(') => rest.find(')').map(|end| end + 1),
            Some(c) if c.is_whitespace() || c == '：' || c == ':' => Some(c.len_utf8()),
            Some('记') => rest.find(['：', ':']).filter(|end| rest.starts_with("记者") && *end < 60),
            _ => None,
        };
        match close {
            Some(len) if len > 0 => from += len,
            _ => return from,
        }
    }
}

/// The tellings of the sentence `sentence` of `text`, in order. `times` are the article's times in this sentence,
/// with the index of the first, `sets` the places of the block's times that repeat.
pub fn tellings(
    text: &str,
    sentence: Span,
    (times_from, times): (usize, &[Found<Time>]),
    sets: &[Span],
    cues: &Cues,
) -> Vec<Telling> {
    let segments = segments(text, sentence);
    let segment_of = |at: usize| {
        let idx = segments.partition_point(|segment| segment.end <= at);
        segments.get(idx).filter(|segment| segment.covers(at)).map(|_| idx)
    };
    let mut anchors: Vec<Anchor> = Vec::new();
    let mut last: Option<&Found<Time>> = None;
    let is_normative = OnceCell::new();
    let is_normative = || *is_normative.get_or_init(|| cues::holds(sentence.slice(text), &cues.normative));
    // 账目不得公开，公司于2014年3月11日更正: a day of a numbered year tells, whatever its sentence forbids elsewhere.
    let is_rule = |bounds: Span, time: &Found<Time>| {
        let is_full = time.item.text.contains('年') && time.item.text.contains('日');
        is_normative() && (!is_full || cues::holds(bounds.slice(text), &cues.normative))
    };
    for (idx, time) in times.iter().enumerate().filter(|(_, time)| sentence.contains(time.at)) {
        let Some(segment) = segment_of(time.at.start) else { continue };
        let bounds = segments.get(segment).copied().unwrap_or(sentence);
        let repeats = last.is_some_and(|last| last.item.interval == time.item.interval && near(last.at, time.at));
        // 每日上午9时: an hour that repeats is no moment.
        let near_sets = sets.get(sets.partition_point(|set| set.end < time.at.start)..).unwrap_or_default();
        let repeats_daily = near_sets
            .iter()
            .take_while(|set| set.start <= time.at.start)
            .any(|set| set.end == time.at.start || set.contains(time.at));
        if !repeats && !repeats_daily && dates_something(text, bounds, sentence, time, || is_rule(bounds, time), cues) {
            if !anchors.is_empty() && is_attribute(text, time) {
                continue;
            }
            // 1952年12月底，当年6月动工兴建的住宅建成: what has its own time is only what the thing was like.
            let is_governed = anchors.last().is_some_and(|anchor| anchor.2 == segment && anchor.1.end <= bounds.start);
            if is_governed && opens_attribute(text, bounds, time.at, cues) {
                continue;
            }
            // 23日，…举行发布会介绍一季度情况: a time that is all of its clause governs the next.
            let is_alone = trimmed(text, bounds) == time.at && segment + 1 < segments.len();
            anchors.push((times_from + idx, time.at, segment + usize::from(is_alone)));
            last = Some(time);
        }
    }
    let anchors = governing(text, anchors, |time| times.get(time - times_from), cues);
    let mut tellings = Vec::new();
    for (place, &(time, time_at, segment)) in anchors.iter().enumerate() {
        let is_first_in_segment = place == 0 || anchors.get(place - 1).is_none_or(|before| before.2 != segment);
        let start = if is_first_in_segment {
            segments.get(segment).map_or(time_at.start, |segment| segment.start.min(time_at.start))
        } else {
            time_at.start
        };
        let end = match anchors.get(place + 1) {
            Some(&(_, next_at, next_segment)) if next_segment == segment => next_at.start,
            Some(&(_, next_at, next_segment)) => {
                segments.get(next_segment).map_or(sentence.end, |next| next.start.min(next_at.start))
            }
            None => sentence.end,
        };
        // 继2011年批复规划之后，…: what came before has the time; what came after it has none.
        let first = segments.get(segment).filter(|bounds| comes_first(text, **bounds, time_at));
        let region = first.map_or(Span::new(start, end), |bounds| Span::new(time_at.start, bounds.end.min(end)));
        tellings.push(Telling { time, time_at, region: trimmed(text, region) });
    }
    tellings
}

/// A time that dates a segment: its index, its place, the index of the segment.
type Anchor = (usize, Span, usize);

/// Of two times in one segment the shorter dates it, and the other is part of what is told: 2024年全国征兵工作[今天]启动,
/// [今天]通过了2023财年预算案. Both stay where the words between them tell something of their own: [7日]宣布[2026年]将…,
/// [2014年]开工、[2016年3月]完工.
fn governing<'a>(
    text: &str,
    anchors: Vec<Anchor>,
    time_of: impl Fn(usize) -> Option<&'a Found<Time>>,
    cues: &Cues,
) -> Vec<Anchor> {
    let seconds = |anchor: Anchor| {
        let interval = time_of(anchor.0)?.item.interval?;
        Some(interval.end?.seconds().saturating_sub(interval.start?.seconds()))
    };
    let mut kept: Vec<Anchor> = Vec::with_capacity(anchors.len());
    for anchor in anchors {
        let before = kept.last().copied().filter(|before| before.2 == anchor.2);
        let lengths = before.and_then(|before| Some((before, seconds(before)?, seconds(anchor)?)));
        let interval = |anchor: Anchor| time_of(anchor.0).and_then(|time| time.item.interval);
        // 6月5日，…举办环境日活动: the same day once more.
        let repeats =
            before.is_some_and(|before| interval(before) == interval(anchor) && before.1.end < anchor.1.start);
        if repeats {
            continue;
        }
        // 9日，…就某国建国76周年致电: a time that is all of its clause governs one that is no shorter.
        let opens = |before: Anchor| text.get(before.1.end..).is_some_and(|rest| rest.starts_with(['，', ',']));
        let Some((before, length_before, length)) = lengths.filter(|&(before, a, b)| a != b || opens(before)) else {
            kept.push(anchor);
            continue;
        };
        let between = Span::new(before.1.end, anchor.1.start.max(before.1.end)).slice(text);
        let is_note = between.starts_with(['（', '(']) && between.ends_with(['）', ')']);
        // 举行发布会介绍2024年一季度运行情况: the period is of what was spoken about.
        let clause = text.get(anchor.1.end..).unwrap_or_default();
        let clause = clause.split(['，', '。', '；', ',', ';']).next().unwrap_or_default();
        let is_topic = cues::closer_len(clause, &cues.topics).is_some() && length > length_before;
        let tells = !is_note
            && !is_topic
            && (cues::closer_len(between, &cues.speech_closers).is_some()
                || cues::holds(between, &cues.outlooks)
                || between.contains(['、', '；', '《', '》', '（']) && between.chars().count() > 6);
        if tells {
            kept.push(anchor);
        } else if length < length_before {
            kept.pop();
            // 今天（10月11日）凌晨 and 当地时间今天上午 are one.
            let is_note = between.starts_with(['（', '(']) && between.ends_with(['）', ')']);
            let at =
                if near(before.1, anchor.1) || is_note { Span::new(before.1.start, anchor.1.end) } else { anchor.1 };
            kept.push((anchor.0, at, anchor.2));
        }
    }
    kept
}

/// Whether a period of the lexicon only describes the noun behind it: 汉代使者, behind a date that governs.
fn is_attribute(text: &str, time: &Found<Time>) -> bool {
    let after = text.get(time.at.end..).and_then(|rest| rest.chars().next());
    let governs = time.item.text.ends_with(['来', '起', '间', '时', '期', '后', '前', '年', '月', '日']);
    time.item.anchor.kind == AnchorKind::Lexicon && !governs && after.is_some_and(char::is_alphanumeric)
}

/// Whether a time opens its clause and says when the thing was made that the clause tells of: 当年6月动工兴建的住宅建成.
fn opens_attribute(text: &str, bounds: Span, at: Span, cues: &Cues) -> bool {
    let is_first = at.start.saturating_sub(bounds.start) <= 3;
    let is_told = cues.told_years.begins(at.slice(text));
    let behind = Span::new(at.end.min(bounds.end), bounds.end).slice(text);
    let noun = behind.split_once('的').map(|(_, noun)| noun.chars().count());
    is_first && is_told && noun.is_some_and(|n| n >= 6)
}

/// Whether the clause of a time only says after what something happened: [继2011年批复规划之后]，….
fn comes_first(text: &str, bounds: Span, at: Span) -> bool {
    let before = Span::new(bounds.start, at.start.max(bounds.start)).slice(text);
    let clause = trimmed(text, bounds).slice(text);
    before.ends_with('继') && (clause.ends_with("之后") || clause.ends_with('后'))
}

/// Whether two times stand side by side, as in 今天（4月18日）.
fn near(a: Span, b: Span) -> bool {
    b.start.saturating_sub(a.end) <= 6
}

/// The parts of a sentence between commas, semicolons, colons and dashes that stand outside of quotes and
/// brackets. They cover it; a mark belongs to the part before it.
pub fn segments(text: &str, sentence: Span) -> Vec<Span> {
    let mut parts = Vec::new();
    let mut start = sentence.start;
    let mut depth = 0_i32;
    let slice = sentence.slice(text);
    let bytes = slice.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        // Chinese characters are no marks, and most of the text.
        let c = match byte {
            0xE4..=0xE9 => {
                at += 3;
                continue;
            }
            0..0x80 => char::from(byte),
            _ => slice.get(at..).and_then(|rest| rest.chars().next()).unwrap_or(' '),
        };
        match c {
            '《' | '（' | '(' | '〈' | '【' => depth += 1,
            '》' | '）' | ')' | '〉' | '】' => depth = (depth - 1).max(0),
            _ => {}
        }
        let follows = |mark: &str| slice.get(..at).is_some_and(|before| before.ends_with(mark));
        // The brackets behind the title of a law hold one clause a wide blank.
        let cuts = (depth == 0 || c == '\u{3000}')
            && match c {
                '，' | '；' | '：' | ';' | '!' | '？' | '！' | '。' => true,
                ',' => !at.checked_sub(1).and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit),
                '—' => follows("—"),
                '\u{3000}' => true,
                _ => false,
            };
        at += c.len_utf8();
        if cuts {
            let end = sentence.start + at;
            parts.push(Span::new(start, end));
            start = end;
        }
    }
    if start < sentence.end {
        parts.push(Span::new(start, sentence.end));
    }
    parts
}

/// Without blanks and marks at either end; opening quotes and brackets stay at the left, closing ones at the right.
pub fn trimmed(text: &str, span: Span) -> Span {
    let is_mark = |c: char| {
        matches!(
            c,
            '，' | '。'
                | '；'
                | '：'
                | '、'
                | ','
                | ';'
                | ':'
                | '.'
                | '!'
                | '！'
                | '？'
                | '?'
                | '—'
                | '…'
                | '-'
                | '·'
        ) || c.is_whitespace()
    };
    let closes = |c: char| is_mark(c) || matches!(c, '”' | '’' | '）' | ')' | '】' | '》');
    let opens = |c: char| is_mark(c) || matches!(c, '“' | '‘' | '（' | '(' | '【' | '《');
    let slice = span.slice(text);
    let left = slice.len() - slice.trim_start_matches(closes).len();
    let right = slice.trim_end_matches(opens).len();
    Span::new(span.start + left.min(right), span.start + right.max(left.min(right)))
}

/// Whether `time` is when something happened, rather than the base of a comparison, part of a name, or the date
/// of a publication.
fn dates_something(
    text: &str,
    segment: Span,
    sentence: Span,
    time: &Found<Time>,
    is_normative: impl Fn() -> bool,
    cues: &Cues,
) -> bool {
    let item = &time.item;
    if !matches!(item.kind, TimeType::Date | TimeType::Time) || item.edtf.is_none() {
        return false;
    }
    if item.interval.is_none_or(|interval| interval.start.is_none() && interval.end.is_none()) {
        return false;
    }
    let before = Span::new(sentence.start, time.at.start).slice(text);
    let after = Span::new(time.at.end, sentence.end).slice(text);
    let rest = Span::new(time.at.end, segment.end).slice(text);
    let bare_before = before.trim_end_matches(['在', '于']);
    if cues::closer_len(bare_before, &cues.comparison_openers).is_some() {
        return false;
    }
    if multiple_of(text, time.at).is_some() {
        return false;
    }
    // 比历史最高水平的1977年
    let words = bare_before.rsplit(['，', '。', '；', '、']).next().unwrap_or_default();
    if words.starts_with('比') && words.ends_with('的') && !words.starts_with("比较") {
        return false;
    }
    let is_pair = cues::closer_len(before, &cues.comparison_pair_openers).is_some();
    if is_pair && cues::holds(rest, &cues.comparison_closers) {
        return false;
    }
    let starts_rise = after.starts_with('的') && cues::closer_len(before, &cues.rise_openers).is_some();
    if starts_rise && cues::holds(rest, &cues.rise_closers) {
        return false;
    }
    if cues::opener_len(after, &cues.publication_links).is_some() {
        return false;
    }
    // 逃回汉朝, 西汉王朝的要求: the name of a house is not always its time.
    if item.anchor.kind == AnchorKind::Lexicon
        && item.text.ends_with(['朝', '代', '汉', '唐', '宋', '元', '明', '清', '秦', '隋'])
    {
        let is_object = before.ends_with([
            '是', '为', '属', '是', '为', '属', '回', '返', '归', '入', '向', '对', '与', '和', '同', '灭', '降', '臣',
            '叛', '投', '抗', '反',
        ]);
        // 中国汉代杰出的外交家: of what time somebody was.
        let noun = trimmed(text, Span::new(time.at.end.min(segment.end), segment.end)).slice(text);
        let is_of_person =
            before.ends_with(['国', '，', '是']) && noun.contains('的') && noun.ends_with(['家', '人', '物']);
        if is_of_person {
            return false;
        }
        let is_name = [
            "王朝", "前身", "历史", "文化", "时代", "朝廷", "政府", "政权", "皇帝", "皇室", "墓", "遗址", "文物", "史",
        ]
        .iter()
        .any(|word| after.starts_with(word));
        if is_object || is_name {
            return false;
        }
    }
    // 完成全年目标任务的27.5%: what is aimed at is no happening of the year.
    let is_whole = item.text.starts_with("全年") || item.text.ends_with("年度");
    if cues::opener_len(after, &cues.goals).is_some() || is_whole && after.starts_with("计划") {
        return false;
    }
    // 为2014年以来一季度最高点: how far back a record reaches.
    let is_since = item.text.ends_with("以来") || after.starts_with("以来");
    let near = || rest.get(..rest.char_indices().nth(14).map_or(rest.len(), |(at, _)| at)).unwrap_or(rest);
    if cues::opener_len(after, &cues.records).is_some()
        || is_since && before.ends_with(['为', '是', '创', '下', '出']) && cues::holds(near(), &cues.records)
    {
        return false;
    }
    let tail_from = item.text.char_indices().rev().nth(1).map_or(0, |(at, _)| at);
    let tail = item.text.get(tail_from..).unwrap_or_default().chars().chain(after.chars().take(8));
    if cues::opener_len_of(tail, &cues.reach_back_closers).is_some() {
        return false;
    }
    if cues::holds(segment.slice(text), &cues.hearsay) || is_normative() {
        return false;
    }
    !is_part_of_a_name(before, after)
}

/// Whether the words stand inside 《》, or inside brackets that hold a name rather than a clause.
fn is_part_of_a_name(before: &str, after: &str) -> bool {
    let open = |opening: char, closing: char| {
        let at = before.rfind(opening)?;
        before.get(at..)?.find(closing).is_none().then_some(at)
    };
    if open('《', '》').is_some() && after.contains('》') {
        return true;
    }
    let bracket = open('（', '）').or_else(|| open('(', ')'));
    let Some(at) = bracket else { return false };
    let inside_before = before.get(at..).unwrap_or_default();
    let inside_after = after.split(['）', ')']).next().unwrap_or_default();
    let is_clause = |part: &str| {
        part.contains(['已', '被', '于', '在', '将']) || part.contains("会议通过") || part.contains("次修正")
    };
    !is_clause(inside_before) && !is_clause(inside_after)
}
