//! Whom 「他」 means in an article about one person.

use super::cues::Cues;
use crate::text::charset::CharSet;
use std::{collections::BTreeMap, sync::LazyLock};

/// Family names that open a name (the commoner of the Hundred Family Surnames).
const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤习";

/// Characters that no given name holds and that often follow a name: verbs, particles, titles.
const STOPS: &str = "的了在是和与同为对说表被把向从于等这那有以及将任又也就曾出参主领发作到";

static SURNAME_SET: LazyLock<CharSet> = LazyLock::new(|| CharSet::of(SURNAMES));
static STOP_SET: LazyLock<CharSet> = LazyLock::new(|| CharSet::of(STOPS));

/// The person an article is about: the name that it prints most often, at least three times, and that
/// also stands in its first paragraph or headline.
pub fn person(opening: &str, body: &[&str], cues: &Cues) -> Option<String> {
    let (surnames, stops) = (&*SURNAME_SET, &*STOP_SET);
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for text in std::iter::once(opening).chain(body.iter().copied()) {
        let mut from = 0;
        while let Some(at) = surnames.find(text, from) {
            let given_at = at + '王'.len_utf8();
            from = given_at;
            if text.get(at..).is_some_and(|rest| cues.no_names.begins(rest)) {
                continue;
            }
            let given = text.get(given_at..).unwrap_or_default().chars().take(2);
            let mut end = given_at;
            for c in given.take_while(|c| is_han(*c) && !stops.contains(*c)) {
                end += c.len_utf8();
                *counts.entry(text.get(at..end).unwrap_or_default()).or_default() += 1;
            }
        }
    }
    // The longer of two that begin alike, unless the shorter stands by itself much more often.
    counts
        .iter()
        .filter(|(name, n)| **n >= 3 && opening.contains(**name))
        .max_by_key(|(name, n)| (**n * name.chars().count(), name.chars().count()))
        .map(|(name, _)| (*name).to_owned())
}

/// Whether `c` is a common family name.
pub fn is_surname(c: char) -> bool {
    SURNAME_SET.contains(c)
}

fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::event::cues::cues;

    #[test]
    fn the_name_that_recurs_is_the_person() {
        let body = ["陈望舒在河口镇长大。", "后来陈望舒任校长，陈望舒的学生很多。"];
        let person = |opening, body: &[&str]| person(opening, body, cues());
        assert_eq!(person("纪念陈望舒先生", &body).as_deref(), Some("陈望舒"));
        assert_eq!(person("大桥通车", &["大桥昨日通车。"]), None);
        assert_eq!(person("东河王朝", &["东河王朝与西河王朝交战。", "王朝衰落，他出访西河。"]), None);
    }
}
