//! What a mark points at, by its words: found again when a correction has moved the indices.

use super::{Desk, Mark, SeriesChoice};
use crate::{
    corpus::{Corpus, Period},
    model::Document,
    span::Span,
};

/// A mark that does not depend on indices. Good for one text: a changed one has other places.
#[derive(Debug, Clone, PartialEq)]
struct Landmark {
    doc: usize,
    what: What,
}

#[derive(Debug, Clone, PartialEq)]
enum What {
    Event(Span, String),
    Time(Span),
    Quantity(Span),
    /// Of a point its quantity; of a derived one its series and date.
    Point(Option<Span>, String, String),
}

impl Landmark {
    fn new(mark: Mark, corpus: &Corpus) -> Option<Self> {
        let document = &corpus.entries.get(mark.doc())?.document;
        let what = match mark {
            Mark::Event { event, .. } => {
                let event = document.events.get(event)?;
                What::Event(event.span, event.title_as_read().to_owned())
            }
            Mark::Time { time, .. } => What::Time(document.times.get(time)?.span),
            Mark::Quantity { quantity, .. } => What::Quantity(document.quantities.get(quantity)?.span),
            Mark::Point { series, point, .. } => point_of(document, series, point)?,
        };
        Some(Self { doc: mark.doc(), what })
    }

    fn find(&self, corpus: &Corpus) -> Option<Mark> {
        let doc = self.doc;
        let document = &corpus.entries.get(doc)?.document;
        match &self.what {
            What::Event(span, title) => {
                let is_it =
                    |(_, event): &(usize, &crate::model::Event)| event.span == *span && event.title_as_read() == title;
                document.events.iter().enumerate().find(is_it).map(|(event, _)| Mark::Event { doc, event })
            }
            What::Time(span) => {
                let time = document.times.iter().position(|time| time.span == *span)?;
                Some(Mark::Time { doc, time })
            }
            What::Quantity(span) => {
                let quantity = document.quantities.iter().position(|found| found.span == *span)?;
                Some(Mark::Quantity { doc, quantity })
            }
            What::Point(..) => document.series.iter().enumerate().find_map(|(series, found)| {
                let is_it = |point: &usize| point_of(document, series, *point).as_ref() == Some(&self.what);
                let point = (0..found.points.len()).find(is_it)?;
                Some(Mark::Point { doc, series, point })
            }),
        }
    }
}

fn point_of(document: &Document, series: usize, point: usize) -> Option<What> {
    let series = document.series.get(series)?;
    let point = series.points.get(point)?;
    let quantity = point.quantity.and_then(|idx| document.quantities.get(idx)).map(|found| found.span);
    if quantity.is_some() {
        return Some(What::Point(quantity, String::new(), String::new()));
    }
    let date = point.edtf.as_ref().map_or_else(String::new, ToString::to_string);
    Some(What::Point(None, format!("{} {}", series.name, series.unit), date))
}

/// All that a desk points at in one document.
pub(super) struct Landmarks {
    doc: usize,
    selection: Option<Landmark>,
    back: Vec<Option<Landmark>>,
    forward: Vec<Option<Landmark>>,
    picked: Vec<Landmark>,
    series: Option<(String, String, Option<Period>)>,
}

impl Landmarks {
    /// Remembers what `desk` points at in document `doc`.
    pub fn new(desk: &Desk, corpus: &Corpus, doc: usize) -> Self {
        let here = |mark: Mark| (mark.doc() == doc).then(|| Landmark::new(mark, corpus)).flatten();
        let series = desk.chart.series.filter(|choice| choice.doc == doc).and_then(|choice| {
            let series = corpus.entries.get(doc)?.document.series.get(choice.series)?;
            Some((series.name.clone(), series.unit.clone(), choice.period))
        });
        Self {
            doc,
            selection: desk.selection.and_then(here),
            back: desk.back.iter().map(|mark| here(*mark)).collect(),
            forward: desk.forward.iter().map(|mark| here(*mark)).collect(),
            picked: desk.picked.iter().filter_map(|mark| here(*mark)).collect(),
            series,
        }
    }

    /// Points `desk` at the same things again, now that the document has changed. What is gone is pointed at no more.
    pub fn restore(self, desk: &mut Desk, corpus: &Corpus) {
        let doc = self.doc;
        let find = |landmark: &Option<Landmark>| landmark.as_ref().and_then(|landmark| landmark.find(corpus));
        if desk.selection.is_some_and(|mark| mark.doc() == doc) {
            desk.selection = find(&self.selection);
        }
        for (marks, landmarks) in [(&mut desk.back, &self.back), (&mut desk.forward, &self.forward)] {
            let moved = marks.iter().zip(landmarks);
            *marks = moved
                .filter_map(|(mark, landmark)| if mark.doc() == doc { find(landmark) } else { Some(*mark) })
                .collect();
        }
        desk.picked.retain(|mark| mark.doc() != doc);
        desk.picked.extend(self.picked.iter().filter_map(|landmark| landmark.find(corpus)));
        desk.hover = desk.hover.filter(|mark| mark.doc() != doc);
        if let Some((name, unit, period)) = self.series {
            let series = corpus.entries.get(doc).map(|entry| entry.document.series.iter());
            let at = series.and_then(|mut series| series.position(|found| found.name == name && found.unit == unit));
            desk.chart.series = at.map(|series| SeriesChoice { doc, series, period });
        }
    }
}
