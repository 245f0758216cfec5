//! Sentences of our own, read, corrected, and looked at.

use super::*;
use crate::{
    corpus::{ReadOptions, edits::Change, read},
    text::Source,
    warn::Reporter,
};

const PAGE: &str = "2023年5月，大桥开工。\n2024年，全市外贸总额达948亿元，较上年增加54亿元。2024年8月，隧道贯通。\n";

fn document(text: &str) -> Document {
    let source = Source::of("a.txt", text);
    read(source, &ReadOptions::default(), Reporter::new()).document.clone()
}

fn event(document: &Document, words: &str) -> usize {
    document.events.iter().position(|event| event.title.contains(words)).unwrap_or_else(|| panic!("no {words}"))
}

fn titles(document: &Document) -> Vec<String> {
    document.events.iter().map(|event| format!("{} {}", event.edtf.as_ref().unwrap(), event.title)).collect()
}

fn applied(read: &Document, edits: &[Edit]) -> Document {
    let applied = apply_edits(read, PAGE, edits, Hidden::LeftOut);
    assert_eq!(applied.stale, [] as [usize; 0]);
    applied.document
}

#[test]
fn a_right_date_moves_the_event_and_says_what_was_read() {
    let read = document(PAGE);
    let idx = event(&read, "隧道");
    let target = Target::time(&read, PAGE, read.events[idx].time.unwrap()).unwrap();
    let edit = Edit::Date { target, scope: Scope::Here, edtf: "2024-09".parse().unwrap() };
    let corrected = applied(&read, std::slice::from_ref(&edit));
    let found = &corrected.events[event(&corrected, "隧道")];
    assert_eq!(found.edtf.as_ref().unwrap().as_str(), "2024-09");
    assert_eq!(found.hand.as_ref().unwrap().edtf.as_deref(), Some("2024-08"));
    assert_eq!(corrected.times[found.time.unwrap()].rule, "hand/date");
    assert_eq!(applied(&read, &[]), read, "without edits it is what was read");
    // A document that was saved with its corrections takes them once more.
    assert_eq!(apply_edits(&corrected, PAGE, [&edit], Hidden::LeftOut).document, corrected);
}

#[test]
fn the_same_wording_is_corrected_everywhere_where_that_is_asked_for() {
    let text = "去年，大桥开工。\n去年，隧道贯通。\n";
    let source = Source::of("a", text);
    let options = ReadOptions { dct: "2025-06-22".parse().ok(), id: None, ..ReadOptions::default() };
    let read = read(source, &options, Reporter::new()).document.clone();
    let target = Target::time(&read, text, 0).unwrap();
    for (scope, expected) in [(Scope::Here, ["2023", "2024"]), (Scope::SameWording, ["2023", "2023"])] {
        let edit = Edit::Date { target: target.clone(), scope, edtf: "2023".parse().unwrap() };
        let done = apply_edits(&read, text, [&edit], Hidden::LeftOut);
        let dates: Vec<&str> = done.document.times.iter().map(|time| time.edtf.as_ref().unwrap().as_str()).collect();
        assert_eq!(dates, expected);
    }
}

#[test]
fn what_is_hidden_goes_and_indices_stay_right() {
    let read = document(PAGE);
    let hide = Edit::Hide { target: Target::event(&read, PAGE, event(&read, "大桥")).unwrap() };
    let without = applied(&read, std::slice::from_ref(&hide));
    assert_eq!(without.events.len() + 1, read.events.len());
    let tunnel = &without.events[event(&without, "隧道")];
    assert_eq!(without.times[tunnel.time.unwrap()].text, "2024年8月");
    let shown = apply_edits(&read, PAGE, [&hide], Hidden::Shown).document;
    assert!(shown.events[event(&shown, "大桥")].is_hidden());

    let total = read.quantities.iter().position(|found| found.text.contains("948")).unwrap();
    let hide = Edit::Hide { target: Target::quantity(&read, PAGE, total).unwrap() };
    let without = applied(&read, &[hide]);
    assert!(without.quantities.iter().all(|found| !found.text.contains("948")));
    let n = without.quantities.len();
    let points = without.series.iter().flat_map(|series| &series.points);
    let used: Vec<usize> = points.flat_map(|point| point.derived.iter().flat_map(|d| d.from.clone())).collect();
    assert!(used.iter().all(|idx| *idx < n), "{used:?}");
}

#[test]
fn a_right_value_is_reckoned_on_with() {
    let read = document(PAGE);
    let total = read.quantities.iter().position(|found| found.text.contains("948")).unwrap();
    let target = Target::quantity(&read, PAGE, total).unwrap();
    let edit = Edit::Value { target: target.clone(), value: 9.5e10, upper: None, unit: "CNY".into() };
    let corrected = applied(&read, &[edit]);
    let values: Vec<(f64, Option<String>)> = corrected
        .series
        .iter()
        .flat_map(|series| &series.points)
        .map(|point| (point.value, point.derived.as_ref().map(|derived| derived.formula.clone())))
        .collect();
    assert_eq!(values, [(8.96e10, Some("950亿 − 54亿".to_owned())), (9.5e10, None)]);
    let rename = Edit::Measure { target, measure: "出口额".into() };
    let corrected = applied(&read, &[rename]);
    assert!(corrected.series.iter().any(|series| series.name == "出口额" && series.points.len() == 1));
}

#[test]
fn events_are_merged_split_named_starred_noted_and_added() {
    let read = document(PAGE);
    let (bridge, tunnel) = (event(&read, "大桥"), event(&read, "隧道"));
    let targets: Vec<Target> = [tunnel, bridge].iter().map(|&idx| Target::event(&read, PAGE, idx).unwrap()).collect();
    let merged = applied(&read, &[Edit::Merge { targets: targets.clone() }]);
    assert_eq!(merged.events[bridge].same_as, [tunnel]);
    assert!(merged.events[bridge].is_merged() && !merged.events[tunnel].is_merged());
    assert_eq!(merged.events[bridge].title, merged.events[tunnel].title);
    let [first, second] = targets.try_into().unwrap();
    let marked = applied(
        &read,
        &[
            Edit::Rename { target: first.clone(), title: "隧道通了".into() },
            Edit::Star { target: first.clone() },
            Edit::Note { target: first.clone(), note: "见报".into() },
            Edit::Tag { target: first, tag: "工程".into() },
            Edit::Split { target: second },
        ],
    );
    let found = &marked.events[tunnel];
    assert_eq!((found.title.as_str(), found.is_starred(), found.note()), ("隧道通了", true, Some("见报")));
    assert_eq!(found.title_as_read(), read.events[tunnel].title);

    let at = PAGE.find("大桥").unwrap();
    let quote = Quote::new(PAGE, Span::new(at, at + "大桥开工".len()));
    let add = Edit::AddEvent { quote, title: "开工".into(), edtf: "2023-05".parse().ok(), time: None };
    let added = applied(&read, &[add]);
    assert_eq!(added.events.len(), read.events.len() + 1);
    let new = added.events.iter().position(|event| event.rule == "hand/event").unwrap();
    assert!(new < event(&added, "隧道"), "it stands where its words stand");
}

#[test]
fn a_point_is_made_of_words() {
    let text = "会议于2024年3月召开，参会者约三百位。";
    let read = document(text);
    let at = text.find("三百位").unwrap();
    let mut quantity = super::super::typed_quantity("300人").unwrap();
    quantity.measure = Some("参会者".into());
    let quote = Quote::new(text, Span::new(at, at + "三百位".len()));
    let time = Target::time(&read, text, 0);
    let edit = Edit::AddPoint { quote, quantity: Box::new(quantity), edtf: "2024-03".parse().ok(), time };
    let done = apply_edits(&read, text, [&edit], Hidden::LeftOut);
    assert_eq!(done.stale, [] as [usize; 0]);
    let series = done.document.series.iter().find(|series| series.name == "参会者").unwrap();
    assert_eq!(series.points[0].value, 300.0);
}

#[test]
fn a_changed_text_keeps_what_still_applies_and_lists_the_rest() {
    let read = document(PAGE);
    let rename = |words: &str, title: &str| Edit::Rename {
        target: Target::event(&read, PAGE, event(&read, words)).unwrap(),
        title: title.to_owned(),
    };
    let edits = [rename("大桥", "桥"), rename("隧道", "洞")];
    let changed = PAGE.replace("2023年5月，大桥开工。\n", "本报讯，连日来天气晴好。\n");
    let applied = apply_edits(&document(&changed), &changed, &edits, Hidden::LeftOut);
    assert_eq!(applied.stale, [0]);
    assert!(titles(&applied.document).contains(&"2024-08 洞".to_owned()), "{:?}", titles(&applied.document));
}

#[test]
fn changes_are_plain_data() {
    let read = document(PAGE);
    let target = Target::time(&read, PAGE, 0).unwrap();
    let change = Change { at: 7, edit: Edit::Date { target, scope: Scope::Here, edtf: "2023-06".parse().unwrap() } };
    let json = serde_json::to_string(&change).unwrap();
    assert!(json.starts_with(r#"{"at":7,"edit":"date","target":{"kind":"time","quote":{"span":[0,"#), "{json}");
    assert_eq!(serde_json::from_str::<Change>(&json).unwrap(), change);
}
