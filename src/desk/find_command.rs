//! Commands by what was typed: Chinese, English, pinyin or its initials.

use super::{Command, Lang, Listed, Locale};
use std::{collections::BTreeMap, sync::LazyLock};

static PINYIN: LazyLock<BTreeMap<String, String>> =
    LazyLock::new(|| toml::from_str(include_str!("../../assets/locale/pinyin.toml")).unwrap_or_default());

/// The listed commands that `query` may mean, the likeliest first, otherwise in the order of the list. An empty
/// query finds all.
///
/// ```
/// use nianbiao::desk::find_commands;
/// assert_eq!(find_commands("dc")[0].id, "export-timeline");
/// assert_eq!(find_commands("设")[0].id, "settings");
/// ```
pub fn find_commands(query: &str) -> Vec<Listed> {
    let query = query.trim().trim_start_matches('>').trim().to_lowercase();
    let mut found: Vec<(usize, Listed)> =
        Command::listed().into_iter().filter_map(|listed| Some((rank(&query, &listed)?, listed))).collect();
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(_, listed)| listed).collect()
}

/// How far `listed` is from `query`, 0 the nearest; `None` where it is not meant.
fn rank(query: &str, listed: &Listed) -> Option<usize> {
    if query.is_empty() {
        return Some(0);
    }
    let key = format!("command.{}", listed.id);
    let names = [Lang::Zh, Lang::En].map(|lang| Locale::of(lang).get(&key).to_lowercase());
    let pinyin = PINYIN.get(listed.id).map_or("", String::as_str);
    let joined = pinyin.replace(' ', "");
    let initials: String = pinyin.split(' ').filter_map(|syllable| syllable.chars().next()).collect();
    if names.iter().any(|name| name == query) {
        return Some(0);
    }
    if names.iter().any(|name| name.starts_with(query)) || initials.starts_with(query) || joined.starts_with(query) {
        return Some(1);
    }
    if names.iter().any(|name| name.split(' ').any(|word| word.starts_with(query))) {
        return Some(2);
    }
    let inside = names.iter().any(|name| name.contains(query)) || initials.contains(query) || joined.contains(query);
    inside.then_some(3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_is_found_by_each_of_its_names() {
        for listed in Command::listed() {
            let pinyin = PINYIN.get(listed.id).unwrap_or_else(|| panic!("no pinyin for `{}`", listed.id));
            let key = format!("command.{}", listed.id);
            for query in
                [pinyin.replace(' ', "").as_str(), Locale::of(Lang::Zh).get(&key), Locale::of(Lang::En).get(&key)]
            {
                assert!(find_commands(query).iter().any(|found| found.id == listed.id), "`{}` by {query}", listed.id);
            }
        }
        assert_eq!(PINYIN.len(), Command::listed().len());
        assert!(find_commands("没有这个").is_empty());
    }
}
