//! Where it happened, as the passage prints it.

use aho_corasick::{AhoCorasick, MatchKind};
use serde::Deserialize;
use std::sync::LazyLock;

#[derive(Deserialize)]
struct Lexicon {
    suffixes: Vec<String>,
    openers: Vec<String>,
    names: String,
}

struct Places {
    lexicon: Lexicon,
    /// Finds every name in one pass, the longest at each place.
    finder: AhoCorasick,
}

static PLACES: LazyLock<Option<Places>> = LazyLock::new(|| {
    let lexicon: Lexicon = toml::from_str(include_str!("../../../assets/lexicon/places.toml")).ok()?;
    let names = lexicon.names.split_whitespace();
    let finder = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(names).ok()?;
    Some(Places { lexicon, finder })
});

/// The place that `passage` names: one that follows 在, 抵达 and the like, else the first. A name that is part of
/// a longer word it does not end (中亚国家, 香港居民) still counts, for it tells where.
///
/// `passage` is folded to simplified characters by the caller; the result is a byte range of it.
pub fn place(passage: &str) -> Option<std::ops::Range<usize>> {
    let Places { lexicon, finder } = PLACES.as_ref()?;
    let mut first = None;
    for found in finder.find_iter(passage) {
        let before = passage.get(..found.start()).unwrap_or_default();
        let rest = passage.get(found.end()..).unwrap_or_default();
        if is_of_a_name(passage.get(found.range()).unwrap_or_default(), before, rest) {
            continue;
        }
        let suffix = lexicon.suffixes.iter().find(|suffix| rest.starts_with(suffix.as_str()));
        let range = found.start()..found.end() + suffix.map_or(0, String::len);
        if lexicon.openers.iter().any(|opener| before.ends_with(opener.as_str())) {
            return Some(range);
        }
        first.get_or_insert(range);
    }
    first
}

/// 孙中山, 巴西队, 法语: a person, a team or a tongue is nowhere.
fn is_of_a_name(name: &str, before: &str, rest: &str) -> bool {
    name == "中山" && before.ends_with(['孙', '孫'])
        || rest.starts_with(['队', '隊', '籍', '裔']) && !rest.starts_with("队伍")
}

/// Without a province before its city and a country before its capital: 山东省济南市 → 济南市, 英国首都伦敦 → 伦敦.
pub fn without_wider(title: &str) -> String {
    let Some(Places { finder, .. }) = PLACES.as_ref() else { return title.to_owned() };
    let found: Vec<_> = finder.find_iter(title).map(|found| found.range()).collect();
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
    let found = PLACES.as_ref()?.finder.find(words).filter(|found| found.start() < head_len)?;
    let at = found.start();
    let before = words.get(..at)?;
    let is_partner = before.ends_with(['对', '与', '同', '和', '向', '从', '自', '赴', '、']);
    if is_partner { None } else { at_start(words.get(at..)?) }
}

/// The place that `name` begins with, its suffix included: 广东省 of 广东省进出口总值.
pub fn at_start(name: &str) -> Option<String> {
    let Places { lexicon, finder } = PLACES.as_ref()?;
    let found = finder.find(name).filter(|found| found.start() == 0)?;
    let rest = name.get(found.end()..)?;
    let suffix = lexicon.suffixes.iter().find(|suffix| rest.starts_with(suffix.as_str()));
    name.get(..found.end() + suffix.map_or(0, String::len)).map(str::to_owned)
}

/// The last place that `passage` names, its suffix included.
pub fn last_place(passage: &str) -> Option<std::ops::Range<usize>> {
    let Places { lexicon, finder } = PLACES.as_ref()?;
    let found = finder.find_iter(passage).last()?;
    let rest = passage.get(found.end()..).unwrap_or_default();
    let suffix = lexicon.suffixes.iter().find(|suffix| rest.starts_with(suffix.as_str()));
    Some(found.start()..found.end() + suffix.map_or(0, String::len))
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
