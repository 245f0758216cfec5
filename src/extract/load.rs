//! Rule files → rules: TOML with macros, checked while it is read.
//!
//! ```toml
//! [macro]
//! YEAR4 = "[12][0-9]{3}"
//!
//! [[rule]]
//! id = "year"
//! pattern = "(?<year>{YEAR4})年"       # {NAME} is a macro; groups carry the meaning
//! not_after = "[前后]"                  # the rule is silent where this follows
//! examples = ["【2024年】开工 → 2024"]   # what is between the brackets is found, with this value
//! not = ["约2024年轻人"]                 # here this rule finds nothing
//! ```
//!
//! Every other key belongs to the reader of the rules and is handed to its `M` (time, quantity, event). The same
//! loader reads the rules that are built in and those a user brings, so its errors name file, rule and reason.

use serde::{Deserialize, de::DeserializeOwned};
use std::collections::BTreeMap;

/// The words of a bundled file below `assets`. A broken one is a fault of ours that the tests catch; the rest still works.
pub(super) fn words<T: Default + DeserializeOwned>(name: &str, text: &str) -> T {
    toml::from_str(text).unwrap_or_else(|error| {
        debug_assert!(false, "assets/{name}: {error}");
        T::default()
    })
}

/// Macro name → regular expression.
pub type Macros = BTreeMap<String, String>;

/// A rule file cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LoadError {
    /// Not TOML, or not of the shape of a rule file.
    #[error("{file}: {reason}")]
    File {
        /// The file's name.
        file: String,
        /// What the TOML reader said.
        reason: String,
    },
    /// One rule is wrong.
    #[error("{file}: rule `{id}`: {reason}")]
    Rule {
        /// The file's name.
        file: String,
        /// The rule's id, or its number where it has none.
        id: String,
        /// What is wrong with it.
        reason: String,
    },
}

/// A rule as the file says it, macros expanded.
#[derive(Debug, Clone)]
pub struct RawRule<M> {
    /// `file/id`, unique over all files.
    pub id: String,
    /// The regular expression.
    pub pattern: String,
    /// What must not stand before.
    pub not_before: Option<String>,
    /// What must not follow.
    pub not_after: Option<String>,
    /// What must stand before.
    pub after: Option<String>,
    /// What must follow.
    pub before: Option<String>,
    /// What it means: the keys that are not the loader's.
    pub meaning: M,
    /// Its examples.
    pub examples: Vec<Example>,
    /// Texts in which it must find nothing.
    pub counter_examples: Vec<String>,
}

/// `"text with 【the finding】 → value"`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// The text without brackets.
    pub text: String,
    /// What is found.
    pub found: String,
    /// Its value, where the example says it.
    pub value: Option<String>,
}

impl Example {
    /// Reads the notation; `None` without brackets.
    pub fn parse(line: &str) -> Option<Self> {
        let (text, value) = match line.split_once(" → ") {
            Some((text, value)) => (text, Some(value.trim().to_owned())),
            None => (line, None),
        };
        let (before, rest) = text.split_once('【')?;
        let (found, after) = rest.split_once('】')?;
        Some(Self { text: format!("{before}{found}{after}"), found: found.to_owned(), value })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default, rename = "macro")]
    macros: Macros,
    #[serde(default, rename = "rule")]
    rules: Vec<toml::Table>,
}

/// Reads one rule file. `macros` holds those of the files before and gets those of this one, so a common file
/// comes first.
///
/// # Errors
/// Names the file, and the rule where it is one.
pub fn read<M: DeserializeOwned>(file: &str, text: &str, macros: &mut Macros) -> Result<Vec<RawRule<M>>, LoadError> {
    let parsed: File = toml::from_str(text)
        .map_err(|error| LoadError::File { file: file.to_owned(), reason: error.to_string().trim().to_owned() })?;
    for (name, pattern) in parsed.macros {
        let pattern = expand(&pattern, macros)
            .map_err(|reason| LoadError::File { file: file.to_owned(), reason: format!("macro `{name}`: {reason}") })?;
        macros.insert(name, pattern);
    }
    let stem = file.rsplit('/').next().unwrap_or(file).trim_end_matches(".toml");
    let mut rules = Vec::with_capacity(parsed.rules.len());
    for (idx, table) in parsed.rules.into_iter().enumerate() {
        let id = table.get("id").and_then(toml::Value::as_str).map_or_else(|| format!("#{}", idx + 1), str::to_owned);
        let rule = raw_rule(stem, &id, table, macros).map_err(|reason| LoadError::Rule {
            file: file.to_owned(),
            id,
            reason,
        })?;
        rules.push(rule);
    }
    Ok(rules)
}

fn raw_rule<M: DeserializeOwned>(
    stem: &str,
    id: &str,
    mut table: toml::Table,
    macros: &Macros,
) -> Result<RawRule<M>, String> {
    let mut take = |key: &str| match table.remove(key) {
        None => Ok(None),
        Some(toml::Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(format!("`{key}` must be a text")),
    };
    if take("id")?.is_none() {
        return Err("it has no id".to_owned());
    }
    let pattern = take("pattern")?.ok_or("it has no pattern")?;
    let mut guard = |key: &str| take(key)?.map(|text| expand(&text, macros)).transpose();
    let (not_before, not_after) = (guard("not_before")?, guard("not_after")?);
    let (after, before) = (guard("after")?, guard("before")?);
    let examples = texts(&mut table, "examples")?;
    let examples = examples
        .iter()
        .map(|line| Example::parse(line).ok_or_else(|| format!("the example has no 【】: `{line}`")))
        .collect::<Result<_, _>>()?;
    let counter_examples = texts(&mut table, "not")?;
    let pattern = expand(&pattern, macros)?;
    let meaning = M::deserialize(table).map_err(|error| error.message().to_owned())?;
    Ok(RawRule {
        id: format!("{stem}/{id}"),
        pattern,
        not_before,
        not_after,
        after,
        before,
        meaning,
        examples,
        counter_examples,
    })
}

fn texts(table: &mut toml::Table, key: &str) -> Result<Vec<String>, String> {
    match table.remove(key) {
        None => Ok(Vec::new()),
        Some(value) => Vec::deserialize(value).map_err(|_| format!("`{key}` must be a list of texts")),
    }
}

/// Replaces `{NAME}` by the macro in a group of its own; `{2,3}` stays. `\d` is an ASCII digit.
fn expand(pattern: &str, macros: &Macros) -> Result<String, String> {
    let mut out = String::with_capacity(pattern.len() * 2);
    let mut rest = pattern;
    while let Some(open) = rest.find('{') {
        let (before, from) = rest.split_at(open);
        out.push_str(before);
        let Some(close) = from.find('}') else {
            return Err(format!("`{{` without `}}` in `{pattern}`"));
        };
        let name = &from[1..close];
        if name.starts_with(|c: char| c.is_ascii_uppercase()) {
            let body = macros.get(name).ok_or_else(|| format!("there is no macro `{name}`"))?;
            out.push_str("(?:");
            out.push_str(body);
            out.push(')');
        } else {
            out.push_str(&from[..=close]);
        }
        rest = &from[close + 1..];
    }
    out.push_str(rest);
    Ok(out.replace("\\d", "[0-9]"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Meaning {
        #[allow(dead_code)]
        say: String,
    }

    #[track_caller]
    fn check(text: &str, error: &str) {
        let result = read::<Meaning>("time/a.toml", text, &mut Macros::new());
        assert_eq!(result.map(|_| ()).unwrap_err().to_string(), error);
    }

    #[test]
    fn errors_name_file_rule_and_reason() {
        check("[[rule]]\nid = 'x'\nsay = 'a'", "time/a.toml: rule `x`: it has no pattern");
        check("[[rule]]\npattern = 'x'\nsay = 'a'", "time/a.toml: rule `#1`: it has no id");
        check("[[rule]]\nid = 'x'\npattern = '{NONE}年'\nsay = 'a'", "time/a.toml: rule `x`: there is no macro `NONE`");
        check(
            "[[rule]]\nid = 'x'\npattern = '年'\nsay = 'a'\nexamples = ['2024年']",
            "time/a.toml: rule `x`: the example has no 【】: `2024年`",
        );
    }

    #[test]
    fn examples_are_read() {
        let example = Example::parse("经过【10年】深耕 → P10Y").unwrap();
        assert_eq!((example.text.as_str(), example.found.as_str()), ("经过10年深耕", "10年"));
        assert_eq!(example.value.as_deref(), Some("P10Y"));
    }
}
