//! Who else tells it: all passages of all documents that tell the same event, or give a value at the same time of
//! the same series. Asked for one thing at a time, when somebody looks at it; nothing is kept.

use super::{Corpus, EventSource, GroupPoint, Period, PointSource, alike};
use crate::model::Event;
use std::collections::BTreeSet;

/// So many events of one date are looked through for others that tell the same.
const MAX_LOOKED_AT: usize = 2_000;
/// So many documents that are not in memory are fetched for it.
const MAX_FETCHED: usize = 24;

/// All that tell the event `event` of document `doc`, this one among them, in the order of the corpus: those that
/// the document itself or the user says are the same, and those of the same date in other documents whose titles
/// share most of their words. Of a date told by very many documents that lie in a file, only the first are asked.
pub fn tellings_of_event(corpus: &Corpus, doc: usize, event: usize) -> Vec<EventSource> {
    let Some(own) = event_at(corpus, doc, event) else { return Vec::new() };
    let mut told: BTreeSet<(usize, usize)> = BTreeSet::new();
    with_its_own(corpus, (doc, event), &mut told);
    let mut waiting = readable(corpus, doc, same_date(corpus, &told));
    waiting.retain(|(_, found)| found.interval == own.interval && !found.is_hidden());
    // Whoever tells what a teller tells is one, too.
    let mut titles: Vec<&str> = titles_of(corpus, &told).collect();
    while !titles.is_empty() {
        let (new, rest): (Vec<_>, Vec<_>) =
            waiting.into_iter().partition(|(_, found)| titles.iter().any(|title| alike::agree(title, &found.title)));
        new.iter().for_each(|(at, _)| with_its_own(corpus, *at, &mut told));
        titles = new.iter().map(|(_, found)| found.title.as_str()).collect();
        waiting = rest;
    }
    told.into_iter().map(|(document, event)| EventSource { document, event }).collect()
}

/// All that give a value of the same series at the same time, equal or not, in the order of the corpus; empty where
/// the point belongs to no series that is put together yet.
pub fn tellings_of_point(corpus: &Corpus, doc: usize, series: usize, point: usize) -> Vec<PointSource> {
    let own = PointSource { document: doc, series, point };
    let Some((group, at)) = corpus.index().groups().iter().find_map(|group| {
        let at = group.points.iter().find(|point| point.sources.contains(&own))?;
        Some((group, at))
    }) else {
        return Vec::new();
    };
    let same_time = |other: &&GroupPoint| match group.period {
        Some(Period::Moment) => end_of(other) == end_of(at),
        _ => other.interval == at.interval,
    };
    let mut told: Vec<PointSource> =
        group.points.iter().filter(same_time).flat_map(|point| point.sources.iter().cloned()).collect();
    told.sort_by_key(|source| (source.document, source.series, source.point));
    told.dedup();
    told
}

type Told<'a> = ((usize, usize), &'a Event);

/// Those of the events that stand in other documents than `doc` and can be had without fetching too many.
fn readable(corpus: &Corpus, doc: usize, events: Vec<(usize, usize)>) -> Vec<Told<'_>> {
    let mut fetched: BTreeSet<usize> = BTreeSet::new();
    let mut found = Vec::new();
    for at in events.into_iter().filter(|at| at.0 != doc) {
        let Some(entry) = corpus.entries.get(at.0) else { continue };
        if !entry.is_in_memory() && !fetched.contains(&at.0) {
            if fetched.len() >= MAX_FETCHED {
                continue;
            }
            fetched.insert(at.0);
        }
        found.extend(entry.document.events.get(at.1).map(|event| (at, event)));
    }
    found
}

fn titles_of<'a>(corpus: &'a Corpus, told: &BTreeSet<(usize, usize)>) -> impl Iterator<Item = &'a str> {
    let at: Vec<(usize, usize)> = told.iter().copied().collect();
    at.into_iter().filter_map(|(doc, event)| Some(event_at(corpus, doc, event)?.title.as_str()))
}

fn end_of(point: &GroupPoint) -> Option<crate::edtf::Moment> {
    point.interval.and_then(|interval| interval.end.or(interval.start))
}

fn event_at(corpus: &Corpus, doc: usize, event: usize) -> Option<&Event> {
    corpus.entries.get(doc)?.document.events.get(event)
}

/// Adds an event and those its document says are the same.
fn with_its_own(corpus: &Corpus, (doc, event): (usize, usize), told: &mut BTreeSet<(usize, usize)>) {
    told.insert((doc, event));
    let same = event_at(corpus, doc, event).map_or(&[][..], |event| &event.same_as);
    told.extend(same.iter().map(|&other| (doc, other)));
}

/// The events of the index that begin and end with one of these, as (document, event).
fn same_date(corpus: &Corpus, told: &BTreeSet<(usize, usize)>) -> Vec<(usize, usize)> {
    let index = corpus.index();
    let Some(row) = told.iter().find_map(|&(doc, event)| index.row_of(doc, event)) else { return Vec::new() };
    let bounds = |row: usize| index.rows().get(row).map(|row| (row.start, row.end));
    let own = bounds(row as usize);
    // Rows are in the order of their middles.
    let middle = index.middle(row);
    let first = (0..row).rev().take(MAX_LOOKED_AT).take_while(|&row| index.middle(row) == middle).last().unwrap_or(row);
    let here = (first..index.len() as u32).take(2 * MAX_LOOKED_AT).take_while(|&row| index.middle(row) == middle);
    let same = here.filter(|&row| bounds(row as usize) == own).filter_map(|row| index.row(row));
    let mut found: Vec<(usize, usize)> = same.map(|row| (row.doc as usize, row.event as usize)).collect();
    found.retain(|at| !told.contains(at));
    found.sort_unstable();
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        corpus::{Entry, ReadOptions, read},
        text::Source,
        warn::Reporter,
    };

    fn corpus_of(texts: &[&str]) -> Corpus {
        let read_one = |(idx, text): (usize, &&str)| -> Entry {
            let source = Source::of(format!("文{idx}.txt"), *text);
            let options = ReadOptions { dct: "2023-12-31".parse().ok(), ..ReadOptions::default() };
            read(source, &options, Reporter::new())
        };
        Corpus::new(texts.iter().enumerate().map(read_one).collect())
    }

    #[test]
    fn an_event_is_told_by_all_documents_that_say_it_of_the_same_day() {
        let corpus = corpus_of(&[
            "2023年5月8日，河口跨海大桥正式通车。",
            "2023年5月8日，河口跨海大桥正式通车运营，全长9公里。",
            "2023年5月9日，河口跨海大桥正式通车。",
            "2023年5月8日，北山水库开工建设。",
            "2023年5月8日，全长9公里的河口跨海大桥正式通车。",
        ]);
        let docs = |doc: usize| -> Vec<usize> {
            tellings_of_event(&corpus, doc, 0).iter().map(|source| source.document).collect()
        };
        for doc in [0, 1, 4] {
            assert_eq!(docs(doc), [0, 1, 4], "told by document {doc}");
        }
        assert_eq!(docs(2), [2]);
        assert_eq!(docs(3), [3]);
        assert!(tellings_of_event(&corpus, 9, 0).is_empty());
    }

    #[test]
    fn a_point_is_told_by_those_who_agree_and_by_those_who_do_not() {
        let corpus = corpus_of(&[
            "2022年，我国粮食总产量68653万吨。2021年，我国粮食总产量68285万吨。",
            "2022年，我国粮食总产量6.87亿吨。",
            "2022年，我国粮食总产量68000万吨。",
        ]);
        let docs: Vec<usize> = tellings_of_point(&corpus, 0, 0, 0).iter().map(|source| source.document).collect();
        let when = corpus.entries[0].document.series[0].points[0].edtf.clone().unwrap();
        let expected: &[usize] = if when.as_str() == "2022" { &[0, 1, 2] } else { &[0] };
        assert_eq!(docs, expected);
        let other: Vec<usize> = tellings_of_point(&corpus, 1, 0, 0).iter().map(|source| source.document).collect();
        assert_eq!(other, [0, 1, 2]);
    }
}
