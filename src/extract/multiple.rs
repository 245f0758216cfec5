//! Times that a share or a multiple is reckoned against, and that date nothing: 恢复至2019年同期的90.3%, 是1978年的120倍.

use super::{load, trie::Trie};
use crate::span::Span;
use serde::Deserialize;
use std::sync::LazyLock;

/// The words of `rules/quantity/multiple.toml`.
#[derive(Debug, Default, Deserialize)]
struct File {
    before: Vec<String>,
    before_unless_rate: Vec<String>,
    rates: Vec<String>,
    same: Vec<String>,
    about: Vec<String>,
    run: Vec<String>,
    examples: Vec<String>,
    not: Vec<String>,
}

#[derive(Default)]
struct Words {
    /// Each with whether it holds for rates too.
    before: Trie<bool>,
    rates: Vec<String>,
    same: Trie<()>,
    about: Trie<()>,
    run: Vec<String>,
}

const FILE: &str = include_str!("../../assets/rules/quantity/multiple.toml");

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let file: File = load::words("rules/quantity/multiple.toml", FILE);
    debug_assert!(!file.examples.is_empty() && !file.not.is_empty());
    let mut words = Words { run: file.run, rates: file.rates, ..Words::default() };
    file.before.iter().for_each(|word| words.before.insert(word.bytes().rev(), true));
    file.before_unless_rate.iter().for_each(|word| words.before.insert(word.bytes().rev(), false));
    file.same.iter().for_each(|word| words.same.insert(word.bytes(), ()));
    file.about.iter().for_each(|word| words.about.insert(word.bytes(), ()));
    words
});

/// Where the figure begins that says what share or multiple of its value at `time` something is; `None` where `time`
/// in `text` is not such a base.
///
/// `恢复至[2019年]同期的90.3%` → where 90.3% stands.
pub(super) fn multiple_of(text: &str, time: Span) -> Option<usize> {
    let words = &*WORDS;
    let rest = text.get(time.end..)?;
    let of = words.same.longest(rest).map_or(0, |(len, ())| len);
    let behind = rest.get(of..)?.strip_prefix('的')?;
    let about = words.about.longest(behind).map_or(0, |(len, ())| len);
    let figure = behind.get(about..)?;
    let is_percent = share(figure)?;
    let before = text.get(..time.start)?;
    let (_, for_rates) = words.before.longest_suffix(before.trim_end())?;
    // 由1978年的10%上升为2019年的50%: a run of values, each of its own year.
    let sentence = before.rfind(['。', '；', '\n']).map_or(0, |at| at + '。'.len_utf8());
    let told = before.get(sentence.min(before.len())..).unwrap_or_default();
    let holds_value = |run: &str| run.contains(|c: char| c.is_ascii_digit()) && run.contains(['%', '％', '倍', '成']);
    let mut runs = words.run.iter().filter_map(|word| told.rfind(word.as_str()));
    let is_run = runs.any(|at| told.get(at..).is_some_and(holds_value));
    let is_rate = !for_rates && is_percent && words.rates.iter().any(|rate| told.contains(rate.as_str()));
    (!is_run && !is_rate).then_some(text.len() - figure.len())
}

/// Whether the share or multiple that `text` begins with is in per cent; `None` where it begins with none: 90.3%, 九成,
/// 1.2倍, 一半, 三分之一.
fn share(text: &str) -> Option<bool> {
    let is_digit =
        |c: char| c.is_ascii_digit() || "０１２３４５６７８９.．·一二三四五六七八九十百千万两几数点多余半".contains(c);
    let rest = text.trim_start_matches(is_digit);
    let is_percent = rest.starts_with(['%', '％']);
    let is_share =
        rest.len() < text.len() && (is_percent || rest.starts_with(['倍', '成']) || rest.starts_with("分之"));
    (is_share || text.starts_with("一半")).then_some(is_percent)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `[…]` marks the time.
    fn base_in(marked: &str) -> Option<String> {
        let (before, rest) = marked.split_once('[').unwrap();
        let (time, after) = rest.split_once(']').unwrap();
        let text = format!("{before}{time}{after}");
        multiple_of(&text, Span::new(before.len(), before.len() + time.len())).map(|at| text[at..].to_owned())
    }

    #[test]
    fn bases_of_shares_and_multiples_are_told_from_times_of_values() {
        let file: File = toml::from_str(FILE).unwrap();
        for example in &file.examples {
            let (marked, figure) = example.split_once(" => ").unwrap();
            assert!(base_in(marked).is_some_and(|found| found.starts_with(figure)), "{example}");
        }
        for other in &file.not {
            assert_eq!(base_in(other), None, "{other}");
        }
    }
}
