//! Words that set a value against another: 较上年, 同去年相比, 由30万吨增至50万吨.

use super::{
    around::{change_suffix, is_other_word},
    lexicon,
};

/// What says behind a value or a time that it is compared with: 同…[相比].
const WITH: [&str; 5] = ["相比", "相较", "相对比", "对比", "比较"];

/// Where 较…, 比…, 与…相比 or 同…比 begins in `head`, outside words such as 比重 and 同比. `after` is what
/// follows the value, where `head` leads up to one: 同上年的30万吨[相比].
pub fn base_at(head: &str, after: &str) -> Option<usize> {
    let after = after.trim_start();
    if WITH.iter().any(|word| after.starts_with(word))
        || after.strip_prefix('比').is_some_and(|rest| !is_other_word(rest))
    {
        if let Some(at) = partner_at(head) {
            return Some(at);
        }
    } else if after.starts_with("的基础上") || after.starts_with("基础上") {
        return head.rfind('在');
    }
    // One of them is in every word below; most heads compare nothing.
    if !head.contains(['比', '较']) {
        return None;
    }
    for word in WITH {
        let Some(at) = head.rfind(word) else { continue };
        let rest = head.get(at + word.len()..).unwrap_or_default();
        let partner = head.get(..at).and_then(partner_at);
        // 价格比较高 compares nothing that is named.
        if partner.is_some() && (rest.trim().is_empty() || changes_only(rest)) || word.starts_with('相') {
            return Some(partner.unwrap_or(at));
        }
    }
    head.char_indices().rev().find_map(|(at, c)| {
        if c != '比' && c != '较' {
            return None;
        }
        let rest = head.get(at + c.len_utf8()..).unwrap_or_default();
        let before = head.get(..at).unwrap_or_default();
        let joined =
            before.ends_with(['占', '同', '环', '对', '相', '正', '反', '百', '之', '性', '相', '比', '配', '可']);
        if joined {
            return None;
        }
        // 与上年比增长: the 与 begins it; 甲与乙比上年增长: the 比 does.
        if c == '比' && changes_only(rest) {
            return partner_at(before).or_else(|| (!is_other_word(rest)).then_some(at));
        }
        (!is_other_word(rest)).then_some(at)
    })
}

/// Whether `rest` is a change and no more: 增长, 多出了.
fn changes_only(rest: &str) -> bool {
    let mut rest = rest.trim();
    for _ in 0..3 {
        if let Some((length, _)) = lexicon::lexicon().changes.longest_suffix(rest) {
            return length == rest.len();
        }
        let Some((length, ())) = lexicon::lexicon().fill.longest_suffix(rest) else { return false };
        rest = rest.get(..rest.len() - length).unwrap_or_default();
    }
    false
}

/// The last 同, 与, 跟 (or else 和) of `head` that is a word of its own.
fn partner_at(head: &str) -> Option<usize> {
    let is_own = |at: usize, c: char| {
        let before = head.get(..at).unwrap_or_default();
        let rest = head.get(at + c.len_utf8()..).unwrap_or_default();
        match c {
            '同' => {
                !rest.starts_with(|c| "期样时等类比年月行业步".contains(c))
                    && !before.ends_with(|c| "共合不协相等随如陪认下".contains(c))
            }
            '与' => !rest.starts_with('会') && !before.ends_with('参'),
            '跟' => !rest.starts_with(|c| "踪随进".contains(c)),
            _ => false,
        }
    };
    let own = head.char_indices().rev().find(|&(at, c)| is_own(at, c)).map(|(at, _)| at);
    own.or_else(|| head.rfind('和').filter(|&at| !head.get(at..).is_some_and(|t| t.starts_with("和平"))))
}

/// Verbs of change that say no direction: 由1.7%[调整]为1.5%.
const NEUTRAL: [&str; 4] = ["调整", "变更", "改", "变"];

/// Whether the value between `head` and `gap` (the words up to the next value) is where a change starts:
/// 由[30万吨]增至, 从[2%]逐步升到.
pub fn starts_run(head: &str, gap: &str) -> bool {
    let Some(from) = head.rfind(['由', '从', '自']) else { return false };
    let between = head.get(from + '由'.len_utf8()..).unwrap_or_default();
    if between.chars().count() > 14 || between.contains(['，', '；', '。', ',', ';']) {
        return false;
    }
    let gap = gap.trim_start_matches([' ', '，', ',']);
    if gap.starts_with(['到', '至']) && gap.chars().count() <= 8 {
        return true;
    }
    gap.char_indices().any(|(at, c)| {
        let verb = gap.get(..at).unwrap_or_default();
        let verb = verb.trim_end_matches('了');
        "到至为成".contains(c)
            && (change_suffix(verb, lexicon::lexicon()).is_some() || NEUTRAL.iter().any(|word| verb.ends_with(word)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(head: &str, after: &str, base: Option<&str>) {
        assert_eq!(base_at(head, after).and_then(|at| head.get(at..)), base, "{head}[]{after}");
    }

    #[test]
    fn what_is_compared_with_is_found() {
        check("产值较上年增加", "，", Some("较上年增加"));
        check("产值与上年相比多出", "，", Some("与上年相比多出"));
        check("产值和去年同期相比净增", "，", Some("和去年同期相比净增"));
        check("同建厂初期的", "相比增长", Some("同建厂初期的"));
        check("跟上年比少了", "。", Some("跟上年比少了"));
        check("甲市与乙市的投资比上年增加", "。", Some("比上年增加"));
        check("产值同比增长", "。", None);
        check("占比为", "。", None);
        check("甲市与乙市的贸易额为", "，占比", None);
    }

    #[test]
    fn where_a_change_starts_is_found() {
        assert!(starts_run("产量由", "增至"));
        assert!(starts_run("产量从上年的", "，逐步下降到今年的"));
        assert!(!starts_run("由甲市出资", "，其中乙市出资"));
        assert!(!starts_run("产量为", "，增至"));
    }
}
