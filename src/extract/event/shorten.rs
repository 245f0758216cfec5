//! A title that is too long: what a timeline can do without goes, in steps, before anything is cut off.
//!
//! ```text
//! 甲国总统某某与到访的乙国总统某某在首都共同签署条约  →  某某与某某在首都共同签署条约
//! ```

use super::{
    cues::{self, Cues},
    letters::{GOOD_CHARS, MAX_CHARS, has_digit, n_chars},
    place,
};

/// One way to make a title shorter; `None` where it does not apply.
type Step<'a> = &'a dyn Fn(&str) -> Option<String>;

/// How much longer a title may be where it would lose its verb.
const SPARE_CHARS: usize = 2;

/// Shorter by what a timeline can do without, in steps, until it fits.
pub fn shortened(clause: &str, cues: &Cues) -> String {
    let mut text = clause.to_owned();
    let steps: [(usize, Step<'_>); 14] = [
        (GOOD_CHARS, &|text| without_years_of_values(text)),
        (MAX_CHARS, &|text| without_start_of_rise(text, cues)),
        (GOOD_CHARS, &|text| Some(without_brackets(text)).filter(|_| !names_in_latin(text))),
        (MAX_CHARS, &|text| Some(without_brackets(text))),
        (GOOD_CHARS, &|text| without_attribute(text)),
        (MAX_CHARS, &|text| without_given_names(text, cues)),
        (MAX_CHARS, &|text| without_visit(text, cues)),
        (MAX_CHARS, &|text| without_offices_of_states(text, cues)),
        (MAX_CHARS, &|text| from_title_mark(text, cues)),
        (GOOD_CHARS, &|text| without_title_mark(text, cues)),
        (GOOD_CHARS, &|text| Some(first_of_list(text))),
        (MAX_CHARS, &|text| without_setting(text)),
        (MAX_CHARS, &|text| without_counted_attribute(text, cues)),
        (MAX_CHARS, &|text| without_partners(text, cues)),
    ];
    for (longest, step) in steps {
        if n_chars(&text) > longest {
            text = step(&text).unwrap_or(text);
        }
    }
    if n_chars(&text) <= MAX_CHARS { text } else { cut(&text, cues) }
}

/// 由1952年的6亿元增至2018年的90亿元 → 由6亿元增至90亿元: of a rise the years are the timeline's business.
fn without_years_of_values(text: &str) -> Option<String> {
    let (from, years) = (text.find(['由', '从'])?, [("年底的", 4), ("年末的", 4), ("年的", 4)]);
    let mut out = text.to_owned();
    // 从当时的6亿元 says no more than 从6亿元.
    for then in ["当时的", "最初的", "原来的", "当初的"] {
        if let Some(at) = out.get(from..).and_then(|rest| rest.find(then)).map(|at| from + at) {
            out.replace_range(at..at + then.len(), "");
        }
    }
    for (mark, n_digits) in years {
        while let Some(at) = out.get(from..)?.find(mark).map(|at| from + at) {
            let start = at.checked_sub(n_digits)?;
            let is_year = out.get(start..at).is_some_and(|year| year.bytes().all(|byte| byte.is_ascii_digit()));
            let is_edge = out.get(..start).is_some_and(|head| head.ends_with(['由', '从', '至', '到', '了']));
            if !is_year || !is_edge {
                return None;
            }
            out.replace_range(start..at + mark.len(), "");
        }
    }
    (out != text).then_some(out)
}

/// 贸易规模从3120.4亿元增加到6741.5亿元 → 贸易规模增加到6741.5亿元: where only one of the two fits.
fn without_start_of_rise(text: &str, cues: &Cues) -> Option<String> {
    let from = text.find(['从', '由'])?;
    let risen = text.get(from..)?.char_indices().map(|(at, _)| from + at);
    let to = risen.skip(1).find(|&at| text.get(at..).is_some_and(|rest| cues.rise_closers.begins(rest)))?;
    let start = text.get(from..to)?;
    let is_value = n_chars(start) <= 24 && has_digit(start) && !start.contains(['，', '、']);
    is_value.then(|| format!("{}{}", text.get(..from).unwrap_or_default(), text.get(to..).unwrap_or_default()))
}

/// 位于……的 and 来自……的 in front go.
fn without_attribute(text: &str) -> Option<String> {
    let rest = ["位于", "来自"].iter().find_map(|opener| text.strip_prefix(opener))?;
    let (_, tail) = rest.split_once('的')?;
    (n_chars(tail) >= 8).then(|| tail.to_owned())
}

/// 一列满载55个集装箱的班列从某站驶出 → 班列从某站驶出: what a counted thing is like goes before its verb does.
fn without_counted_attribute(text: &str, cues: &Cues) -> Option<String> {
    let counted = text.strip_prefix('一').or_else(|| text.strip_prefix("首"))?;
    if !cues.counters.begins(counted) {
        return None;
    }
    let first_de = counted.find('的')?;
    let behind = counted.get(first_de..)?;
    let end = first_de + behind.find(['在', '从', '同', '与', '对', '向', '由', '将', '把', '被', '也', '已', '，'])?;
    // The attribute may hold such a word itself; the verb's stands behind the last 的 and a noun.
    let (attribute, noun) = counted.get(..end)?.rsplit_once('的')?;
    let rest = counted.get(attribute.len() + '的'.len_utf8()..)?;
    ((2..=14).contains(&n_chars(noun)) && n_chars(attribute) >= 3 && n_chars(rest) >= 8).then(|| rest.to_owned())
}

/// 甲院联合乙中心、丙局对遗址进行发掘 → 甲院对遗址进行发掘: who leads is told, who joined goes before the verb does.
fn without_partners(text: &str, cues: &Cues) -> Option<String> {
    let start = cues.partnerships.find(text)?;
    let partners = text.get(start + "联合".len()..)?;
    let verb = partners
        .char_indices()
        .map(|(at, _)| at)
        .skip(3)
        .find(|&at| partners.get(at..).is_some_and(|rest| cues.joint_deeds.begins(rest)))?;
    let (head, tail) = (text.get(..start)?, partners.get(verb..)?);
    (n_chars(head) >= 3 && n_chars(tail) >= 4).then(|| format!("{head}{tail}"))
}

/// 同某国总理甲·乙·丙会谈 → 同某国总理丙会谈: behind an office the last of a foreign name will do.
fn without_given_names(text: &str, cues: &Cues) -> Option<String> {
    let first = text.find('·')?;
    let is_name = |c: char| c == '·' || ('\u{4e00}'..='\u{9fff}').contains(&c);
    let behind: String = text.get(first..)?.chars().take_while(|&c| is_name(c)).collect();
    let last = behind.rfind('·')? + '·'.len_utf8();
    let head = text.get(..first)?;
    let start = head
        .char_indices()
        .rev()
        .map(|(at, _)| at)
        .take(6)
        .find(|&at| cues.offices.ends(head.get(..at).unwrap_or_default()))?;
    Some(format!("{}{}", text.get(..start)?, text.get(first + last..)?))
}

/// 哈萨克斯坦总统甲与到访的乌兹别克斯坦总统乙签署条约 → 甲与乙签署条约: both are known by their names.
fn without_offices_of_states(text: &str, cues: &Cues) -> Option<String> {
    let mut out = text.to_owned();
    for come in ["到访的", "来访的", "来华访问的"] {
        out = out.replace(come, "");
    }
    for office in cues.offices.iter() {
        let mut from = 0;
        while let Some(at) = out.get(from..).and_then(|rest| rest.find(office.as_str())).map(|at| from + at) {
            from = at + office.len();
            let folded = cues::folded(out.get(..at).unwrap_or_default()).into_owned();
            let state = place::last_place(&folded).filter(|range| range.end == folded.len());
            let is_named =
                out.get(from..).is_some_and(|rest| rest.starts_with(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)));
            if let Some(range) = state.filter(|_| is_named) {
                let start = folded.get(..range.start).map_or(0, |head| {
                    let n = head.chars().count();
                    out.char_indices().nth(n).map_or(0, |(at, _)| at)
                });
                out.replace_range(start..from, "");
                from = start;
            }
        }
    }
    (out != text && n_chars(&out) >= 10).then_some(out)
}

/// 会见来华进行国事访问的某国总统 → 会见某国总统.
fn without_visit(text: &str, cues: &Cues) -> Option<String> {
    text.match_indices('来').find_map(|(at, _)| {
        let coming = text.get(at..)?.chars().take(2).map(char::len_utf8).sum::<usize>();
        let is_forth = text.get(..at)?.ends_with('前');
        let verb = text.get(at + if is_forth { '来'.len_utf8() } else { coming }..)?;
        cues::opener_len(verb, &cues.visits)?;
        let (_, whom) = verb.split_once('的')?;
        let start = if is_forth { at - '前'.len_utf8() } else { at };
        let before = text.get(..start)?;
        (n_chars(before) >= 4 && n_chars(whom) >= 4).then(|| format!("{before}{whom}"))
    })
}

/// 《…》 goes where the noun beside it says what it is: 智库报告《……》.
fn without_title_mark(text: &str, cues: &Cues) -> Option<String> {
    let start = text.find('《')?;
    let end = text.rfind('》')? + '》'.len_utf8();
    let (before, after) = (text.get(..start)?, text.get(end..)?);
    let is_named = cues::closer_len(before, &cues.generic_nouns).is_some()
        || after.chars().count() <= 8 && cues::closer_len(after, &cues.generic_nouns).is_some()
        || cues::opener_len(after, &cues.generic_nouns).is_some();
    is_named.then(|| format!("{before}{after}"))
}

/// 在……会议上 inside goes; the subject before it and what was done stay.
fn without_setting(text: &str) -> Option<String> {
    let start = text.find(['在', '于']).filter(|at| *at > 0)?;
    let rest = text.get(start..)?;
    let close = rest.char_indices().find_map(|(at, c)| {
        let head = rest.get(..at + c.len_utf8())?;
        let ends = ["会上", "会议上", "仪式上", "论坛上", "期间", "过程中", "背景下", "领导下"]
            .iter()
            .any(|end| head.ends_with(end));
        ends.then_some(head.len())
    })?;
    let what = rest.get(close..).filter(|what| n_chars(what) >= 4)?;
    Some(format!("{}{what}", text.get(..start)?))
}

/// Whether a bracket holds a name in Latin letters, which may be all that names the thing.
fn names_in_latin(text: &str) -> bool {
    text.split(['（', '(']).skip(1).any(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic()))
}

/// Without （…）.
fn without_brackets(text: &str) -> String {
    if !text.contains(['（', '(']) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut depth = 0;
    for c in text.chars() {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' if depth > 0 => depth -= 1,
            _ if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

/// 《…》 with what is said of it, where who says it is too long to keep.
fn from_title_mark(text: &str, cues: &Cues) -> Option<String> {
    let start = text.find('《')?;
    let end = text.rfind('》')? + '》'.len_utf8();
    let tail = text.get(end..)?;
    let named = text.get(start..)?;
    let is_noun = cues::opener_len(tail, &cues.generic_nouns) == Some(tail.len());
    (n_chars(tail) >= 2 && !is_noun && n_chars(named) <= MAX_CHARS).then(|| named.to_owned())
}

/// A、B、C和D → A等, where the list is what makes it long.
fn first_of_list(text: &str) -> String {
    let items: Vec<&str> = text.split('、').collect();
    let [first, .., last] = items.as_slice() else { return text.to_owned() };
    // 甲部和乙部、丙部先后加入……等国: what stands between is more than names.
    let are_names = items.iter().skip(1).all(|item| n_chars(item.split('等').next().unwrap_or(item)) <= 10);
    let is_numeral = first.ends_with(['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'])
        || first.ends_with(|c: char| c.is_ascii_digit());
    match last.split_once('等') {
        Some((_, rest)) if !is_numeral && are_names => format!("{first}等{rest}"),
        _ => text.to_owned(),
    }
}

/// Cut before a connective, as late as fits; the plain length where there is none.
fn cut(text: &str, cues: &Cues) -> String {
    let places = text.char_indices().map(|(at, _)| at).take(MAX_CHARS + 1).skip(10);
    let may_cut = |at: &usize| {
        text.get(*at..).is_some_and(|rest| cues.cut_before.begins(rest) && !cues.no_connectives.begins(rest))
    };
    let places: Vec<usize> = places.filter(may_cut).collect();
    let best = places.into_iter().rev().find(|&at| !cues.unbreakable.iter().any(|word| is_inside(text, at, word)));
    // 报告也在这座城市[同读者见面]: what only says where or with whom is no title; a few characters more tell what.
    let lacks_verb = |at: usize| {
        let (head, tail) = text.split_at(at);
        cues.adverbials.begins(tail) && !cues.deeds.is_in(head)
    };
    if best.is_some_and(lacks_verb) {
        if n_chars(text) <= MAX_CHARS + SPARE_CHARS {
            return text.to_owned();
        }
        // 某论坛在某市某馆[举行]: rather that it was held than where.
        let deed = cues.deeds.iter().filter(|deed| text.ends_with(deed.as_str())).max_by_key(|deed| deed.len());
        let held = deed.zip(best).filter(|(_, at)| text.get(*at..).is_some_and(|tail| tail.starts_with('在')));
        if let Some((deed, at)) = held {
            return format!("{}{deed}", text.get(..at).unwrap_or(text));
        }
    }
    let end = best.unwrap_or_else(|| text.char_indices().nth(MAX_CHARS - 1).map_or(text.len(), |(at, _)| at));
    let head = text.get(..end).unwrap_or(text);
    // No number is cut in two.
    let head = if best.is_none() { head.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.') } else { head };
    if best.is_some() { head.to_owned() } else { format!("{head}…") }
}

/// Whether byte `at` of `text` lies inside an occurrence of `word`.
fn is_inside(text: &str, at: usize, word: &str) -> bool {
    let from =
        text.get(..at).map_or(0, |head| head.char_indices().rev().nth(word.chars().count()).map_or(0, |(at, _)| at));
    let window = text.get(from..text.ceil_char_boundary(at + word.len())).unwrap_or_default();
    window
        .match_indices(word)
        .take_while(|(start, _)| from + start < at)
        .any(|(start, _)| from + start + word.len() > at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(title: &str, expected: &str) {
        assert_eq!(shortened(title, cues::cues()), expected);
    }

    #[test]
    fn both_who_act_stay_and_the_verb_with_them() {
        check(
            "哈萨克斯坦总统林大川与到访的乌兹别克斯坦总统周远山在首都会议大厦共同签署两国边界条约",
            "林大川与周远山在首都会议大厦共同签署两国边界条约",
        );
        check(
            "国务院总理林大川同巴基斯坦总理阿里·拉扎·萨利姆在大会堂举行了两国之间的正式会谈",
            "国务院总理林大川同萨利姆在大会堂举行了两国之间的正式会谈",
        );
    }

    #[test]
    fn a_rise_keeps_its_end_and_a_list_its_first() {
        check(
            "河东省与西部五国之间的贸易规模从3120.4亿元增加到了6741.5亿元人民币",
            "河东省与西部五国之间的贸易规模增加到了6741.5亿元人民币",
        );
        check("河东省对甲国、乙国、丙国、丁国等十二个国家减免全部关税", "河东省对甲国等十二个国家减免全部关税");
        check(
            "西部和西南部、南部和北部先后加入甲乙、丙部和丁部等国",
            "西部和西南部、南部和北部先后加入甲乙、丙部和丁部等国",
        );
    }

    #[test]
    fn the_verb_stays() {
        check(
            "一份专门解读“河港互济精神”与沿岸往来的智库报告也在这座城市同各国读者见面",
            "智库报告也在这座城市同各国读者见面",
        );
        check(
            "一列满载五十五个集装箱的河港班列从东山省西岭市货运集散中心鸣笛驶出",
            "河港班列从东山省西岭市货运集散中心鸣笛驶出",
        );
        check(
            "东山省考古研究院联合西岭市文物保护中心、河口县文化和旅游局对遗址进行考古发掘",
            "东山省考古研究院对遗址进行考古发掘",
        );
        check(
            "第三届河港航运经济发展与合作国际论坛暨青年企业家交流大会在西岭市河口区会展中心举行",
            "第三届河港航运经济发展与合作国际论坛暨青年企业家交流大会举行",
        );
    }

    #[test]
    fn no_number_is_cut_in_two() {
        let cut = shortened("河东省人民政府新闻办公室主任在新闻发布会上说明某某情况某某2024年运行", cues::cues());
        assert!(!cut.contains("20…") && !cut.contains("202…") && !cut.contains("2…"), "{cut}");
    }
}
