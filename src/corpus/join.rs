//! What several documents tell of the same thing, put together: one series with many sources, one event with many.

use super::{Entry, alike, period::Period};
use crate::{
    edtf::{Edtf, Interval},
    model::Derivation,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A point of a document's series.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PointSource {
    /// Index in the corpus's documents.
    pub document: usize,
    /// Index in its `series`.
    pub series: usize,
    /// Index in the series' `points`.
    pub point: usize,
}

/// One value at one time, with all that say so.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct JoinedPoint {
    /// When.
    pub edtf: Option<Edtf>,
    /// When, as a stretch of time.
    pub interval: Option<Interval>,
    /// In the series' unit.
    pub value: f64,
    /// The upper end where a range is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub upper: Option<f64>,
    /// How it was worked out, where no source prints it; its `from` counts within the first source's document.
    pub derived: Option<Derivation>,
    /// Who says so.
    pub sources: Vec<PointSource>,
}

/// The same measure in the same unit, from all documents.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct JoinedSeries {
    /// What is measured.
    pub name: String,
    /// The unit of every value.
    pub unit: String,
    /// What stretch each value is told for.
    pub period: Period,
    /// By time. Sources that disagree give several points at one time.
    pub points: Vec<JoinedPoint>,
}

/// An event of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventSource {
    /// Index in the corpus's documents.
    pub document: usize,
    /// Index in its `events`.
    pub event: usize,
}

/// One happening, with all that tell it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JoinedEvent {
    /// As the first source puts it.
    pub title: String,
    /// When.
    pub edtf: Option<Edtf>,
    /// When, as a stretch of time.
    pub interval: Option<Interval>,
    /// Where.
    pub place: Option<String>,
    /// Who tells it.
    pub sources: Vec<EventSource>,
}

/// Joins events of the same date and title, those that a document itself says are the same, and those of one date
/// whose titles share most of their words.
pub fn join_events(entries: &[Entry]) -> Vec<JoinedEvent> {
    let mut by_words: BTreeMap<(String, String), usize> = BTreeMap::new();
    let mut joined: Vec<JoinedEvent> = Vec::new();
    for (document_idx, entry) in entries.iter().enumerate() {
        let mut place_of: Vec<usize> = Vec::with_capacity(entry.document.events.len());
        for (event_idx, event) in entry.document.events.iter().enumerate() {
            let source = EventSource { document: document_idx, event: event_idx };
            let date = event.edtf.as_ref().map(|edtf| edtf.as_str().to_owned()).unwrap_or_default();
            let key = (date, plain(&event.title));
            let earlier = event.same_as.iter().find_map(|same| place_of.get(*same).copied());
            let idx = earlier.or_else(|| by_words.get(&key).copied());
            let idx = idx.unwrap_or(joined.len());
            match joined.get_mut(idx) {
                Some(old) => {
                    old.place = old.place.take().or_else(|| event.place.clone());
                    old.sources.push(source);
                }
                None => joined.push(JoinedEvent {
                    title: event.title.clone(),
                    edtf: event.edtf.clone(),
                    interval: event.interval,
                    place: event.place.clone(),
                    sources: vec![source],
                }),
            }
            by_words.entry(key).or_insert(idx);
            place_of.push(idx);
        }
    }
    let mut joined = alike::join(joined);
    joined.sort_by_key(|event| event.interval.map(|interval| (interval.start.or(interval.end), interval.end)));
    joined
}

/// A title without marks and blanks.
fn plain(title: &str) -> String {
    title.chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        corpus::{ReadOptions, read},
        model::{Event, Point, Series},
        text::Source,
        warn::Reporter,
    };

    fn entry(value: f64, title: &str) -> Entry {
        let source = Source::of("a", "一");
        let mut entry = read(source, &ReadOptions::default(), Reporter::new()).into_body();
        let edtf: Edtf = "2024".parse().unwrap();
        let interval = edtf.interval();
        let point = Point { edtf: Some(edtf.clone()), interval, value, upper: None, quantity: None, derived: None };
        entry.document.series = vec![Series { name: "原煤产量".into(), unit: "t".into(), points: vec![point] }];
        entry.document.events = vec![Event {
            span: crate::span::Span::new(0, 3),
            title: title.into(),
            article: 0,
            time: None,
            edtf: Some(edtf),
            interval,
            place: None,
            same_as: Vec::new(),
            rule: String::new(),
            hand: None,
        }];
        entry.into()
    }

    #[test]
    fn what_several_documents_tell_is_one_thing_with_several_sources() {
        let entries = [entry(3.0, "大桥通车"), entry(3.0, "大桥，通车"), entry(4.0, "大桥开工")];
        let series = crate::corpus::join_series(&entries);
        assert_eq!(series.len(), 1);
        assert_eq!(series[0].points.iter().map(|point| point.sources.len()).collect::<Vec<_>>(), [2, 1]);
        let events = join_events(&entries);
        assert_eq!(events.iter().map(|event| event.sources.len()).collect::<Vec<_>>(), [2, 1]);
    }

    #[test]
    fn one_happening_told_in_other_words_is_one_event() {
        let told = |titles: &[&str]| {
            let entries: Vec<Entry> = titles.iter().map(|title| entry(3.0, title)).collect();
            join_events(&entries).iter().map(|event| event.sources.len()).collect::<Vec<_>>()
        };
        assert_eq!(told(&["河口跨海大桥今天正式通车", "河口跨海大桥正式通车运营"]), [2]);
        assert_eq!(told(&["河口强震致84人死亡", "河口强震致92人死亡"]), [2]);
        assert_eq!(told(&["第3届河港论坛在河口举行", "第4届河港论坛在河口举行"]), [1, 1]);
        assert_eq!(told(&["河口港吞吐量增长3.6%", "河口港集装箱吞吐量增长8.1%"]), [1, 1]);
        assert_eq!(told(&["林大川会见来访客人", "陈小江会见来访客人"]), [1, 1]);
    }
}
