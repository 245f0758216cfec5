//! Corrections in words: for the list of changes, for toasts and tooltips.

use super::{number, words};
use crate::{
    corpus::edits::{Edit, Scope, Target, TargetKind},
    desk::{Done, Locale},
};

/// Words of the text are cut after so many characters.
const MAX_WORDS: usize = 18;

/// What was done or taken back: 隐藏 议员试用.
pub fn done_words(done: &Done, locale: &Locale) -> String {
    let said = edit_words(&done.edit, locale);
    if done.is_made { said } else { locale.fill("edit.taken-back", &[&said]) }
}

/// An edit in words: 更正 2024年8月 → 2024年9月.
pub fn edit_words(edit: &Edit, locale: &Locale) -> String {
    let named = |key: &str, target: &Target| locale.fill(key, &[&target_words(target)]);
    match edit {
        Edit::Date { target, scope, edtf } => {
            let key = if *scope == Scope::SameWording { "edit.dates" } else { "edit.date" };
            locale.fill(key, &[&target_words(target), &words::date(edtf, locale)])
        }
        Edit::Rename { title, .. } => locale.fill("edit.rename", &[&cut(title)]),
        Edit::Hide { target } => named("edit.hide", target),
        Edit::Merge { targets } => targets.first().map(|target| named("edit.merge", target)).unwrap_or_default(),
        Edit::Split { target } => named("edit.split", target),
        Edit::Star { target } => named("edit.star", target),
        Edit::Note { target, .. } => named("edit.note", target),
        Edit::Tag { target, tag } => locale.fill("edit.tag", &[&target_words(target), tag]),
        Edit::AddEvent { title, .. } => locale.fill("edit.add-event", &[&cut(title)]),
        Edit::AddPoint { quote, .. } => locale.fill("edit.add-point", &[&cut(&quote.text)]),
        Edit::Value { target, value, unit, .. } => {
            locale.fill("edit.value", &[&target_words(target), &number::short(*value, unit, *value, locale)])
        }
        Edit::Measure { target, measure } => locale.fill("edit.measure", &[&target_words(target), measure]),
    }
}

/// The icon of an edit.
pub const fn edit_icon(edit: &Edit) -> &'static str {
    match edit {
        Edit::Date { .. } | Edit::Value { .. } | Edit::Measure { .. } => "pencil-simple",
        Edit::Rename { .. } => "text-t",
        Edit::Hide { .. } => "eye-slash",
        Edit::Merge { .. } => "arrows-merge",
        Edit::Split { .. } => "arrows-split",
        Edit::Star { .. } => "star",
        Edit::Note { .. } => "note-pencil",
        Edit::Tag { .. } => "tag",
        Edit::AddEvent { .. } => "plus",
        Edit::AddPoint { .. } => "hash",
    }
}

/// An event by its title, all else by its words.
fn target_words(target: &Target) -> String {
    cut(if target.kind == TargetKind::Event { &target.name } else { &target.quote.text })
}

fn cut(words: &str) -> String {
    let mut cut: String = words.chars().take(MAX_WORDS).collect();
    if cut.len() < words.len() {
        cut.push('…');
    }
    cut
}

/// How long ago something was: 刚才, 5 分钟前, then the day.
pub fn ago(at: i64, now: i64, locale: &Locale) -> String {
    let minutes = (now - at) / 60;
    match minutes {
        _ if at == 0 => String::new(),
        ..1 => locale.get("edit.now").to_owned(),
        1..60 => locale.fill("edit.minutes", &[&minutes.to_string()]),
        60..1440 => locale.fill("edit.hours", &[&(minutes / 60).to_string()]),
        _ => chrono::DateTime::from_timestamp(at, 0)
            .map_or_else(String::new, |day| words::date(&crate::edtf::Edtf::from_day(day.date_naive()), locale)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{corpus::edits::Quote, desk::Lang, span::Span};

    #[test]
    fn steps_are_named() {
        let zh = Locale::of(Lang::Zh);
        let text = "2024年8月，隧道贯通。";
        let quote = Quote::new(text, Span::new(0, 11));
        let target = Target { kind: TargetKind::Time, quote, name: String::new() };
        let edit = Edit::Date { target, scope: Scope::Here, edtf: "2024-09".parse().unwrap() };
        assert_eq!(edit_words(&edit, zh), "更正 2024年8月 → 2024年9月");
        let done = Done { edit, is_made: false };
        assert_eq!(done_words(&done, zh), "取消更正 2024年8月 → 2024年9月");
        let day = 86_400;
        let said: Vec<String> = [0, 5, 600, 2 * day].iter().map(|secs| ago(3 * day, 3 * day + secs, zh)).collect();
        assert_eq!(said, ["刚才", "刚才", "10 分钟前", "1970年1月4日"]);
    }
}
