//! Where it happened, as the passage prints it.

use crate::{extract::trie::Trie, text::charset::CharSet};
use serde::Deserialize;
use std::{ops::Range, sync::LazyLock};

#[derive(Deserialize)]
struct Lexicon {
    suffixes: Vec<String>,
    openers: Vec<String>,
    names: String,
}

struct Places {
    lexicon: Lexicon,
    /// The names.
    names: Trie<()>,
    /// The characters that they begin with.
    firsts: CharSet,
}

impl Places {
    /// Every name in `text`, the longest at each place, from left to right, none overlapping.
    fn find<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Range<usize>> + 't {
        let mut at = 0;
        std::iter::from_fn(move || {
            loop {
                at = self.firsts.find(text, at)?;
                let rest = text.get(at..)?;
                if let Some((length, ())) = self.names.longest(rest) {
                    let found = at..at + length;
                    at = found.end;
                    return Some(found);
                }
                at += rest.chars().next()?.len_utf8();
            }
        })
    }

    /// Where the name that ends at `end` of `text` ends with its suffix (市, 省), if it has one.
    fn with_suffix(&self, text: &str, end: usize) -> usize {
        let rest = text.get(end..).unwrap_or_default();
        end + self.lexicon.suffixes.iter().find(|suffix| rest.starts_with(suffix.as_str())).map_or(0, String::len)
    }
}

static PLACES: LazyLock<Option<Places>> = LazyLock::new(|| {
    let lexicon: Lexicon = toml::from_str(include_str!("../../../assets/lexicon/places.toml")).ok()?;
    let mut names = Trie::default();
    lexicon.names.split_whitespace().for_each(|name| names.insert(name.bytes(), ()));
    let firsts = lexicon.names.split_whitespace().filter_map(|name| name.chars().next()).collect::<String>();
    Some(Places { names, firsts: CharSet::of(&firsts), lexicon })
});

/// The place that `passage` names: one that follows 在, 抵达 and the like, else the first. A name that is part of
/// a longer word it does not end (中亚国家, 香港居民) still counts, for it tells where.
///
/// `passage` is folded to simplified characters by the caller; the result is a byte range of it.
pub fn place(passage: &str) -> Option<std::ops::Range<usize>> {
    let places = PLACES.as_ref()?;
    let mut first = None;
    for found in places.find(passage) {
        let before = passage.get(..found.start).unwrap_or_default();
        let rest = passage.get(found.end..).unwrap_or_default();
        if is_of_a_name(passage.get(found.clone()).unwrap_or_default(), before, rest) {
            continue;
        }
        let range = found.start..places.with_suffix(passage, found.end);
        if places.lexicon.openers.iter().any(|opener| before.ends_with(opener.as_str())) {
            return Some(range);
        }
        first.get_or_insert(range);
    }
    first
}

/// 孙中山, 巴西队, 法语: a person, a team or a tongue is nowhere.
fn is_of_a_name(name: &str, before: &str, rest: &str) -> bool {
    name == "中山" && before.ends_with('孙') || rest.starts_with(['队', '籍', '裔']) && !rest.starts_with("队伍")
}

/// Without a province before its city and a country before its capital: 山东省济南市 → 济南市, 英国首都伦敦 → 伦敦.
pub fn without_wider(title: &str) -> String {
    let Some(places) = PLACES.as_ref() else { return title.to_owned() };
    let found: Vec<_> = places.find(title).collect();
    for pair in found.windows(2) {
        let [wide, narrow] = pair else { continue };
        let between = title.get(wide.end..narrow.start).unwrap_or_default();
        if matches!(between, "省" | "自治区" | "首都") {
            let (before, rest) = (title.get(..wide.start), title.get(narrow.start..));
            return format!("{}{}", before.unwrap_or_default(), rest.unwrap_or_default());
        }
    }
    title.to_owned()
}

/// How far into a sentence or headline its place may stand, in characters.
const OPENING: usize = 10;

/// The place that a sentence or headline opens with, behind its time or rubric.
pub fn opening(words: &str) -> Option<String> {
    let words = words.rsplit('】').next().unwrap_or(words);
    let head_len = words.char_indices().nth(OPENING).map_or(words.len(), |(at, _)| at);
    let at = PLACES.as_ref()?.find(words).next().filter(|found| found.start < head_len)?.start;
    let before = words.get(..at)?;
    let is_partner = before.ends_with(['对', '与', '同', '和', '向', '从', '自', '赴', '、']);
    if is_partner { None } else { at_start(words.get(at..)?) }
}

/// The place that `name` begins with, its suffix included: 广东省 of 广东省进出口总值.
pub fn at_start(name: &str) -> Option<String> {
    let places = PLACES.as_ref()?;
    let (end, ()) = places.names.longest(name)?;
    name.get(..places.with_suffix(name, end)).map(str::to_owned)
}

/// The last place that `passage` names, its suffix included.
pub fn last_place(passage: &str) -> Option<std::ops::Range<usize>> {
    let places = PLACES.as_ref()?;
    let found = places.find(passage).last()?;
    Some(found.start..places.with_suffix(passage, found.end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(passage: &str, expected: Option<&str>) {
        assert_eq!(place(passage).and_then(|range| passage.get(range)), expected, "{passage}");
    }

    #[test]
    fn the_place_behind_an_opener_comes_first() {
        check("中日韩合作论坛在青岛市举行", Some("青岛市"));
        check("列车抵达西安", Some("西安"));
        check("孙中山抵达广州", Some("广州"));
        check("女篮战胜古巴队", None);
        check("香港居民可汇款", Some("香港"));
        check("大桥正式通车", None);
    }
}
