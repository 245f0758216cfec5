//! A title without its trimmings: offices before names, degrees, manners.
//!
//! ```text
//! 国务院总理甲某某在全体会议上亲自宣布…  →  甲某某在全体会议上宣布…
//! ```
//!
//! Nothing goes that says who did what to whom, where, or how much.

use super::{cues::Cues, person, place};

/// What is left of a title must be at least this long, in characters.
const MIN_CHARS: usize = 8;

/// `title` without offices, adverbs of manner and 了.
pub fn without_trimmings(title: &str, cues: &Cues) -> String {
    let named = without_office(title, cues).unwrap_or_else(|| title.to_owned());
    let named = without_office_behind(&named, cues).unwrap_or(named);
    let mut text = place::without_wider(&without_manner(&named, cues));
    if let Some(rest) = without_epithet(&text) {
        text = rest;
    }
    if text.chars().count() >= MIN_CHARS { text } else { title.to_owned() }
}

/// 县委书记、县长甲某某出席 → 甲某某出席: the offices go where a name and what its bearer did stand behind them.
fn without_office(title: &str, cues: &Cues) -> Option<String> {
    let end = last_office_end(title, cues)?;
    let name = title.get(end..)?;
    // 甲国总统某某与到访的乙国总统某某: two act.
    let is_joint = title.get(..end).is_some_and(|head| {
        head.match_indices(['与', '同', '和'])
            .any(|(at, _)| n_after_office(head.get(..at).unwrap_or_default(), cues) >= 2)
    });
    if is_joint {
        return None;
    }
    // The office of an organisation may be all that tells who acts.
    let is_name = cues.acts.find(name).is_some_and(|act| {
        let n = name.get(..act).map_or(0, |name| name.chars().count());
        (2..=4).contains(&n) && !name.starts_with(|c: char| "团府会委们级在和与同".contains(c))
    });
    is_name.then(|| name.to_owned())
}

/// How many characters stand behind the last office of `head`; 0 where there is none.
fn n_after_office(head: &str, cues: &Cues) -> usize {
    let ends = (0..=head.len()).rev().filter(|&end| head.is_char_boundary(end));
    let end = ends.into_iter().find(|&end| head.get(..end).is_some_and(|head| cues.offices.ends(head)));
    end.and_then(|end| head.get(end..)).map_or(0, |name| name.chars().count())
}

/// 林大川县长在…: the office behind a name that opens the title.
fn without_office_behind(title: &str, cues: &Cues) -> Option<String> {
    (person::is_surname(title.chars().next()?) && cues.offices.is_in(title)).then_some(())?;
    cues.offices.iter().find_map(|office| {
        let at = title.find(office.as_str())?;
        let (name, rest) = (title.get(..at)?, title.get(at + office.len()..)?);
        let is_name = (2..=3).contains(&name.chars().count());
        let acts = cues.acts.begins(rest);
        (is_name && acts).then(|| format!("{name}{rest}"))
    })
}

/// Where the last office among the first characters of the title ends, as far back as offices follow each other.
fn last_office_end(title: &str, cues: &Cues) -> Option<usize> {
    let head: usize = title.chars().take(28).map(char::len_utf8).sum();
    let head = title.get(..head)?;
    let first_act = head.find(['，', '在', '于', '。']).unwrap_or(head.len());
    let ends = (0..=first_act).rev().filter(|&end| head.is_char_boundary(end));
    ends.into_iter().find(|&end| head.get(..end).is_some_and(|head| cues.offices.ends(head)))
}

/// Without words of manner and degree (亲自, 顺利, 进一步) and 了, but where they are part of another word.
pub fn without_manner(title: &str, cues: &Cues) -> String {
    let mut out = String::with_capacity(title.len());
    let mut rest = title;
    let mut is_quoted = false;
    while let Some(c) = rest.chars().next() {
        is_quoted = match c {
            '“' | '《' | '「' => true,
            '”' | '》' | '」' => false,
            _ => is_quoted,
        };
        let may_be = !is_quoted && cues.manners.begins(rest);
        let manner = cues.manners.iter().find(|word| may_be && rest.starts_with(word.as_str()));
        let behind = manner.and_then(|word| rest.get(word.len()..)).unwrap_or_default();
        let inside = out.ends_with(['可', '不', '为', '除', '受', '罢', '末', '很', '得', '最', '更', '较'])
            || behind.starts_with(|c: char| !c.is_alphabetic() || "性化度的率力者以解不却望结断如然事地感".contains(c));
        match manner {
            Some(word) if !inside && !out.is_empty() => rest = rest.get(word.len()..).unwrap_or_default(),
            _ => {
                out.push(c);
                rest = rest.get(c.len_utf8()..).unwrap_or_default();
            }
        }
    }
    out
}

/// 真诚而坚决地拥护: a manner that ends in 地 between who acts and the verb.
fn without_epithet(title: &str) -> Option<String> {
    let at = title.find('地')?;
    let (before, after) = (title.get(..at)?, title.get(at + '地'.len_utf8()..)?);
    let from = before.rfind('而').or_else(|| before.rfind("十分")).or_else(|| before.rfind("更加"))?;
    let manner = before.get(from..)?;
    let start = before.get(..from)?.char_indices().rev().nth(1).map(|(at, _)| at)?;
    let is_manner = manner.chars().count() <= 4 && after.chars().count() >= 4 && start > 0;
    is_manner.then(|| format!("{}{after}", before.get(..start).unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(title: &str, expected: &str) {
        assert_eq!(without_trimmings(title, crate::extract::event::cues::cues()), expected);
    }

    #[test]
    fn offices_and_manners_go() {
        check("县委书记、县长林大川出席新桥隧道贯通仪式", "林大川出席新桥隧道贯通仪式");
        check("国务院总理林大川会见来访的客人", "林大川会见来访的客人");
        check("林大川县长在全体会议上宣布新校区开工", "林大川在全体会议上宣布新校区开工");
        check("山东省济南市新桥隧道完成河段掘进任务", "济南市新桥隧道完成河段掘进任务");
        check("县政府主席团举行全体会议讨论水利规划", "县政府主席团举行全体会议讨论水利规划");
        check("新桥隧道顺利完成河段掘进任务", "新桥隧道完成河段掘进任务");
        check("林大川亲自部署抢修河堤的工作任务", "林大川部署抢修河堤的工作任务");
        check("全县进一步的水利规划方案公布实施", "全县进一步的水利规划方案公布实施");
    }
}
