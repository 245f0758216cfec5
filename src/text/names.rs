//! The names of reporters and photographers in bylines and credits.

use super::line::n_han;
use regex::Regex;
use serde::Deserialize;
use std::sync::LazyLock;

#[derive(Debug, Deserialize)]
struct NamesFile {
    surnames: String,
    reporters: String,
    photographers: String,
}

struct Names {
    surnames: String,
    reporters: Option<Regex>,
    photographers: Option<Regex>,
}

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    let file: Option<NamesFile> = toml::from_str(include_str!("../../assets/rules/article/names.toml")).ok();
    let regex = |pattern: fn(&NamesFile) -> &str| file.as_ref().and_then(|file| Regex::new(pattern(file)).ok());
    Names {
        reporters: regex(|file| &file.reporters),
        photographers: regex(|file| &file.photographers),
        surnames: file.as_ref().map_or_else(String::new, |file| file.surnames.clone()),
    }
});

fn is_surname(c: char) -> bool {
    NAMES.surnames.contains(c)
}

/// The names after 记者, 通讯员, 作者 in a byline, a credit, or the brackets of a dateline.
pub(super) fn of_reporters(text: &str) -> Vec<String> {
    first_group(NAMES.reporters.as_ref(), text).map(split).unwrap_or_default()
}

/// The names before 摄.
pub(super) fn of_photographers(credit: &str) -> Vec<String> {
    let credit = credit.trim_matches(['（', '）', '(', ')']);
    let bare = credit.rsplit(['者', '员', '（', '(']).next().unwrap_or(credit);
    first_group(NAMES.photographers.as_ref(), bare).map(split).unwrap_or_default()
}

fn first_group<'t>(regex: Option<&Regex>, text: &'t str) -> Option<&'t str> {
    Some(regex?.captures(text)?.get(1)?.as_str())
}

/// A list of names one by one; those set without a blank are told apart by the second surname.
pub(super) fn split(names: &str) -> Vec<String> {
    names
        .split(|c: char| c.is_whitespace() || c == '、')
        .map(|name| name.trim_end_matches("报道"))
        .map(|name| {
            ["记者", "記者", "通讯员", "实习生"].iter().find_map(|label| name.strip_prefix(label)).unwrap_or(name)
        })
        .map(|name| match name.strip_suffix(['摄', '文', '图']) {
            Some(shorter) if name.chars().count() > 3 => shorter,
            _ => name,
        })
        .filter(|name| (2..=12).contains(&name.chars().count()) && !is_phrase(name))
        .flat_map(apart)
        .collect()
}

/// 记者[从市里获悉], 记者[近日了解到]: what the reporter did, no name. Foreign names over four characters have their ·.
fn is_phrase(name: &str) -> bool {
    let verbs = ["获悉", "了解", "从", "近日", "日前", "今天", "昨天", "看到", "来到", "采访", "在", "对", "就"];
    let is_long = name.chars().count() > 3 && !name.contains('·');
    is_long && verbs.iter().any(|verb| name.starts_with(verb) || verb.chars().count() > 1 && name.contains(verb))
}

/// 赵一一钱二二 as two names.
fn apart(names: &str) -> Vec<String> {
    let chars: Vec<char> = names.chars().collect();
    let is_cut =
        |at: usize| chars.len() >= at + 2 && chars.len() <= at + 3 && chars.get(at).is_some_and(|&c| is_surname(c));
    let at = [3, 2].into_iter().find(|&at| is_cut(at));
    match at.and_then(|at| chars.split_at_checked(at)) {
        Some((first, second)) if first.first().is_some_and(|&c| is_surname(c)) => {
            vec![first.iter().collect(), second.iter().collect()]
        }
        _ => vec![names.to_owned()],
    }
}

/// Whether a line is nothing but names: two or three characters each, the first a common surname.
pub(super) fn are_names(text: &str) -> bool {
    let names: Vec<&str> = text.split([' ', '\u{3000}', '、']).filter(|name| !name.is_empty()).collect();
    let is_name = |name: &&str| {
        let n = name.chars().count();
        let begins = name.chars().next().is_some_and(is_surname);
        let are_two = names.len() == 1 && apart(name).len() == 2;
        n_han(name) == n && begins && ((2..=3).contains(&n) || are_two)
    };
    !names.is_empty() && names.len() <= 6 && names.iter().all(is_name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_from_bylines() {
        assert_eq!(of_reporters("新华社拉萨8月3日电（记者赵一一 钱二）"), ["赵一一", "钱二"]);
        assert_eq!(of_reporters("本报讯记者赵志一报道：今年"), ["赵志一"]);
        assert_eq!(of_reporters("（记者赵一一钱二二）"), ["赵一一", "钱二二"]);
        assert_eq!(of_photographers("新华社记者 赵一 摄"), ["赵一"]);
        assert_eq!(of_photographers("新华社发（赵一摄）"), ["赵一"]);
    }

    #[test]
    fn a_line_of_names_is_told_from_a_heading() {
        assert!(are_names("赵一一 钱二"));
        assert!(are_names("赵一一钱二二"));
        assert!(!are_names("开工之后"));
        assert!(!are_names("黄河治理记"));
    }
}
