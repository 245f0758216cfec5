//! Who else tells what is selected, as things that can be pointed at.

use super::Mark;
use crate::{
    corpus::{Corpus, tellings_of_event, tellings_of_point},
    model::Document,
    span::Span,
};
use std::collections::BTreeSet;

/// All that tell what `mark` tells, in the order of the corpus: of a time or quantity, what its event or its point
/// tells; of an event that nobody else tells, who gives its figure. One alone where there is no other; empty where it
/// belongs to nothing.
pub fn sources_of(corpus: &Corpus, mark: Mark) -> Vec<Mark> {
    let doc = mark.doc();
    let Some(entry) = corpus.entries.get(doc) else { return Vec::new() };
    let document = &entry.document;
    match mark {
        Mark::Event { event, .. } => {
            let told = of_event(corpus, doc, event);
            let of_figure = || of_figures(corpus, doc, document.events.get(event)?.span);
            if told.len() > 1 { told } else { of_figure().unwrap_or(told) }
        }
        Mark::Point { series, point, .. } => of_point(corpus, doc, series, point),
        Mark::Quantity { quantity, .. } => {
            let Some(span) = document.quantities.get(quantity).map(|quantity| quantity.span) else { return Vec::new() };
            let told = point_of(document, quantity).map(|(series, point)| of_point(corpus, doc, series, point));
            let told = told.unwrap_or_default();
            let events = document.events.iter().enumerate().filter(|(_, event)| event.span.overlaps(span));
            let event = events.min_by_key(|(idx, event)| (event.span.len(), *idx)).filter(|_| told.len() < 2);
            event.map_or(told, |(event, _)| of_event(corpus, doc, event))
        }
        Mark::Time { time, .. } => {
            let event = document.events.iter().position(|event| event.time == Some(time));
            event.map(|event| sources_of(corpus, Mark::Event { doc, event })).unwrap_or_default()
        }
    }
}

fn of_event(corpus: &Corpus, doc: usize, event: usize) -> Vec<Mark> {
    let told = tellings_of_event(corpus, doc, event).into_iter();
    one_a_passage(corpus, told.map(|at| Mark::Event { doc: at.document, event: at.event }).collect())
}

fn of_point(corpus: &Corpus, doc: usize, series: usize, point: usize) -> Vec<Mark> {
    let told = tellings_of_point(corpus, doc, series, point).into_iter();
    let told = told.map(|at| Mark::Point { doc: at.document, series: at.series, point: at.point });
    one_a_passage(corpus, told.collect())
}

/// Who gives the first of the figures within `span` that others give too.
fn of_figures(corpus: &Corpus, doc: usize, span: Span) -> Option<Vec<Mark>> {
    let document = &corpus.entries.get(doc)?.document;
    let inside = document.quantities.iter().enumerate().filter(|(_, quantity)| span.contains(quantity.span));
    let points = inside.filter_map(|(quantity, _)| point_of(document, quantity));
    points.map(|(series, point)| of_point(corpus, doc, series, point)).find(|told| told.len() > 1)
}

/// The point that plots a quantity.
fn point_of(document: &Document, quantity: usize) -> Option<(usize, usize)> {
    let all = document.series.iter().enumerate();
    all.filter_map(|(idx, series)| {
        Some((idx, series.points.iter().position(|point| point.quantity == Some(quantity))?))
    })
    .next()
}

/// The same words are one source, whatever they are counted as.
fn one_a_passage(corpus: &Corpus, marks: Vec<Mark>) -> Vec<Mark> {
    let mut seen = BTreeSet::new();
    let is_new = |mark: &Mark| mark.span(corpus).is_none_or(|span| seen.insert((mark.doc(), span)));
    marks.into_iter().filter(is_new).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        corpus::{ReadOptions, read},
        text::Source,
        warn::Reporter,
    };

    #[test]
    fn a_time_and_a_number_lead_to_the_sources_of_their_event() {
        let texts = ["2023年5月8日，河口跨海大桥正式通车，全长9公里。", "2023年5月8日，河口跨海大桥正式通车运营。"];
        let read_one = |text: &str| read(Source::of("甲.txt", text), &ReadOptions::default(), Reporter::new());
        let corpus = Corpus::new(texts.into_iter().map(read_one).collect());
        let events = [Mark::Event { doc: 0, event: 0 }, Mark::Event { doc: 1, event: 0 }];
        for mark in [events[0], events[1], Mark::Time { doc: 0, time: 0 }, Mark::Quantity { doc: 0, quantity: 0 }] {
            assert_eq!(sources_of(&corpus, mark), events, "{mark:?}");
        }
        assert!(sources_of(&corpus, Mark::Time { doc: 7, time: 0 }).is_empty());
    }
}
