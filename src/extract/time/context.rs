//! What the words around a time say of it: whether it is only compared with, whose clock tells it, whether its sentence
//! looks ahead.

use crate::{
    extract::{load, multiple::multiple_of, trie::Trie},
    span::Span,
};
use serde::Deserialize;
use std::sync::LazyLock;

#[derive(Debug, Default, Deserialize)]
struct File {
    compared: Vec<String>,
    ahead: Vec<String>,
    clocks: Vec<String>,
}

#[derive(Default)]
struct Words {
    compared: Trie<()>,
    ahead: Vec<String>,
    clocks: Trie<()>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let name = "rules/time/context.toml";
    let file: File = load::words(name, include_str!("../../../assets/rules/time/context.toml"));
    let mut words = Words { ahead: file.ahead, ..Words::default() };
    file.compared.iter().for_each(|word| words.compared.insert(word.bytes().rev(), ()));
    file.clocks.iter().for_each(|word| words.clocks.insert(word.bytes().rev(), ()));
    words
});

/// Whether a sentence tells of what is to come.
pub(super) fn looks_ahead(sentence: &str) -> bool {
    WORDS.ahead.iter().any(|word| sentence.contains(word.as_str()))
}

/// 当地时间, 北京时间, 美国东部时间 right before a time: whose clock it is by. No time is ever moved to another zone.
pub(super) fn stated_zone(before: &str) -> Option<&str> {
    let before = before.trim_end_matches(['，', ',', '：', ':', ' ']);
    let word = before.strip_suffix("时间")?;
    let (length, ()) = WORDS.clocks.longest_suffix(word)?;
    before.get(word.len() - length..)
}

/// 比去年, 较上年, 自1980年以来: a base of comparison is no anchor for what follows.
pub(super) fn is_compared(text: &str, at: Span) -> bool {
    let before = text.get(..at.start).unwrap_or_default();
    let after = text.get(at.end..).unwrap_or_default();
    // 2015年结盟。至2021年，产值达……次年: a station of the story.
    let is_station = before.strip_suffix(['到', '至']).is_some_and(|head| {
        let opens = head.is_empty() || head.ends_with(['，', '。', '；', ',', ';', '\n']);
        opens && after.starts_with(['，', ','])
    });
    let plan = !is_station && WORDS.compared.longest_suffix(before).is_some();
    // 2011年开始统计以来
    let is_mark = |c: char| matches!(c, '，' | '。' | '；' | '、' | '！' | '？');
    let length: usize = after.chars().take(10).take_while(|c| !is_mark(*c)).map(char::len_utf8).sum();
    let clause = after.get(..length).unwrap_or_default();
    // 由1978年的64元增加到70元: where the change starts.
    let starts_rise = before.ends_with('由') && after.starts_with('的');
    // 比历史最高水平的1977年
    let attribute = before
        .strip_suffix('的')
        .map(|words| words.get(words.floor_char_boundary(words.len().saturating_sub(30))..).unwrap_or_default());
    let is_told_apart = attribute.is_some_and(|words| {
        let words = words.rsplit(['，', '。', '；', '、']).next().unwrap_or_default();
        words.starts_with('比') && !words.starts_with("比较") && words.chars().count() >= 3
    });
    plan || is_told_apart
        || multiple_of(text, at).is_some()
        || starts_rise
        || after.starts_with("相比")
        || after.starts_with("相较")
        || clause.contains("以来")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_is_named_by_the_longest_word() {
        assert_eq!(stated_zone("美国东部时间"), Some("美国东部时间"));
        assert_eq!(stated_zone("开幕式于北京时间，"), Some("北京时间"));
        assert_eq!(stated_zone("用了很长时间"), None);
    }

    #[test]
    fn what_is_compared_with_is_told_from_what_is_told() {
        let compared = |text: &str| is_compared(text, Span::new(text.find('2').unwrap(), text.find('年').unwrap() + 3));
        assert!(compared("产值较2012年增长"));
        assert!(compared("恢复至2019年同期的九成"));
        assert!(!compared("产值在2012年增长"));
        assert!(!compared("至2012年，产值达3亿元"));
    }
}
