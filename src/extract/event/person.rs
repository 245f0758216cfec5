//! Whom 「他」 means in an article about one person.

use std::collections::BTreeMap;

/// Family names that open a name (the commoner of the Hundred Family Surnames).
const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤习";

/// Characters that no given name holds and that often follow a name: verbs, particles, titles.
const STOPS: &str = "的了在是和与同为对说表被把向从于等这那有以及将任又也就曾出参主领发作到";

/// The person an article is about: the name that it prints most often, at least three times, and that
/// also stands in its first paragraph or headline.
pub fn person(opening: &str, body: &[&str]) -> Option<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for text in std::iter::once(opening).chain(body.iter().copied()) {
        let chars: Vec<char> = text.chars().collect();
        for (at, c) in chars.iter().enumerate() {
            if !SURNAMES.contains(*c) {
                continue;
            }
            for len in [3, 2] {
                let Some(name) = chars.get(at..at + len) else { continue };
                let is_name = name.iter().skip(1).all(|c| is_han(*c) && !STOPS.contains(*c));
                if is_name {
                    *counts.entry(name.iter().collect()).or_default() += 1;
                }
            }
        }
    }
    // The longer of two that begin alike, unless the shorter stands by itself much more often.
    counts
        .iter()
        .filter(|(name, n)| **n >= 3 && opening.contains(name.as_str()))
        .max_by_key(|(name, n)| (**n * name.chars().count(), name.chars().count()))
        .map(|(name, _)| name.clone())
}

/// Whether `c` is a common family name.
pub fn is_surname(c: char) -> bool {
    SURNAMES.contains(c)
}

fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_that_recurs_is_the_person() {
        let body = ["陈望舒在河口镇长大。", "后来陈望舒任校长，陈望舒的学生很多。"];
        assert_eq!(person("纪念陈望舒先生", &body).as_deref(), Some("陈望舒"));
        assert_eq!(person("大桥通车", &["大桥昨日通车。"]), None);
    }
}
