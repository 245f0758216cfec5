//! One small text in every format.

use super::*;
use crate::{
    corpus::{ReadOptions, read},
    text::Source,
    warn::Reporter,
};

const TEXT: &str = "港口扩建\n\n新华社海湾2024年9月3日电 港口扩建工程2024年9月2日在海湾市开工，投资948亿元。\n公元前221年，秦统一六国。\n";

fn entry() -> Entry {
    let source = Source { path: "a.txt".into(), text: TEXT.into(), encoding: "UTF-8".into(), sha256: "0f".into() };
    read(source, &ReadOptions::default(), Reporter::new())
}

fn written(target: Target) -> String {
    let (mut writer, mut out) = (Writer::new(target), Vec::new());
    writer.begin(&mut out).unwrap();
    writer.add(&mut out, &entry()).unwrap();
    writer.end(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn tables_have_a_row_for_each_event() {
    let n_events = entry().document.events.len();
    assert!(n_events >= 1);
    let csv = written(Target::EventsCsv);
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    assert_eq!(reader.headers().unwrap().len(), EVENT_COLUMNS);
    assert_eq!(reader.records().map(Result::unwrap).count(), n_events);
    let lines = written(Target::EventsJsonl);
    let first: serde_json::Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
    assert_eq!(first["edtf"], "2024-09-02");
    assert_eq!(first["from"], "2024-09-02T00:00:00");
    let names: Vec<&String> = first.as_object().unwrap().keys().collect();
    let mut head: Vec<&str> = csv.lines().next().unwrap().split(',').collect();
    head.sort_unstable();
    assert_eq!(names, head);
    assert_eq!(written(Target::SeriesCsv).lines().count(), 1 + points(&entry()).len());
}

#[test]
fn parquet_has_the_columns_of_the_other_tables() {
    let names = |columns: &[(&'static str, parquet::Kind)]| columns.iter().map(|(name, _)| *name).collect::<Vec<_>>();
    assert_eq!(names(rows::EVENT_COLUMNS), rows::EVENT_HEAD);
    assert_eq!(names(rows::POINT_COLUMNS), rows::POINT_HEAD);
}

const EVENT_COLUMNS: usize = 14;

#[test]
fn a_calendar_has_whole_days_and_short_lines() {
    let ics = written(Target::Ics);
    assert!(ics.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n") && ics.ends_with("END:VCALENDAR\r\n"), "{ics}");
    assert!(ics.contains("DTSTART;VALUE=DATE:20240902\r\nDTEND;VALUE=DATE:20240903\r\n"), "{ics}");
    assert!(ics.lines().all(|line| line.len() <= 75));
    assert!(!ics.contains("-0220"));
}

#[test]
fn a_timeline_says_no_more_than_the_text() {
    let value: serde_json::Value = serde_json::from_str(&written(Target::TimelineJs)).unwrap();
    let dates: Vec<&serde_json::Value> =
        value["events"].as_array().unwrap().iter().map(|event| &event["start_date"]).collect();
    assert!(dates.contains(&&serde_json::json!({"year": 2024, "month": 9, "day": 2})), "{dates:?}");
}

#[test]
fn annotations_point_at_their_passage() {
    let lines = written(Target::Annotations);
    let chars: Vec<char> = TEXT.chars().collect();
    for line in lines.lines() {
        let value: serde_json::Value = serde_json::from_str(line).unwrap();
        let [position, quote] = [&value["target"]["selector"][0], &value["target"]["selector"][1]];
        let at = |name: &str| usize::try_from(position[name].as_u64().unwrap()).unwrap();
        let exact: String = chars[at("start")..at("end")].iter().collect();
        assert_eq!(quote["exact"], exact.as_str());
    }
    assert!(lines.lines().count() >= 3);
}
