//! What can be pointed at: the one identity that timeline, chart, table and text share.

use crate::{corpus::Corpus, model, span::Span};
use serde::{Deserialize, Serialize};

/// A thing found in a document, by the document's index in the corpus and its own index there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Mark {
    /// `Document::events[event]`.
    Event {
        /// Index in `Corpus::entries`.
        doc: usize,
        /// Index in `Document::events`.
        event: usize,
    },
    /// `Document::series[series].points[point]`.
    Point {
        /// Index in `Corpus::entries`.
        doc: usize,
        /// Index in `Document::series`.
        series: usize,
        /// Index in `Series::points`.
        point: usize,
    },
    /// `Document::times[time]`.
    Time {
        /// Index in `Corpus::entries`.
        doc: usize,
        /// Index in `Document::times`.
        time: usize,
    },
    /// `Document::quantities[quantity]`.
    Quantity {
        /// Index in `Corpus::entries`.
        doc: usize,
        /// Index in `Document::quantities`.
        quantity: usize,
    },
}

impl Mark {
    /// The document it belongs to.
    pub const fn doc(self) -> usize {
        match self {
            Self::Event { doc, .. } | Self::Point { doc, .. } | Self::Time { doc, .. } | Self::Quantity { doc, .. } => {
                doc
            }
        }
    }

    /// Its words in the source, as bytes; of a derived point, its first operand's. `None` where the corpus has
    /// no such thing.
    pub fn span(self, corpus: &Corpus) -> Option<Span> {
        let document = &corpus.entries.get(self.doc())?.document;
        match self {
            Self::Event { event, .. } => Some(document.events.get(event)?.span),
            Self::Time { time, .. } => Some(document.times.get(time)?.span),
            Self::Quantity { quantity, .. } => Some(document.quantities.get(quantity)?.span),
            Self::Point { series, point, .. } => {
                let point = document.series.get(series)?.points.get(point)?;
                let derived = || point.derived.as_ref()?.from.first().copied();
                let quantity = point.quantity.or_else(derived)?;
                Some(document.quantities.get(quantity)?.span)
            }
        }
    }

    /// The article it stands in.
    pub fn article(self, corpus: &Corpus) -> Option<usize> {
        let document = &corpus.entries.get(self.doc())?.document;
        match self {
            Self::Event { event, .. } => Some(document.events.get(event)?.article),
            Self::Time { time, .. } => Some(document.times.get(time)?.article),
            Self::Quantity { quantity, .. } => Some(document.quantities.get(quantity)?.article),
            Self::Point { .. } => {
                let span = self.span(corpus)?;
                document.quantities.iter().find(|quantity| quantity.span == span).map(|quantity| quantity.article)
            }
        }
    }

    /// Whether the two are about the same words: an event and the time that dates it, a point and the quantity
    /// it plots. Used to light up counterparts in the other views.
    pub fn relates_to(self, other: Self, corpus: &Corpus) -> bool {
        self == other || self.parts(corpus).iter().any(|part| other.parts(corpus).contains(part))
    }

    /// The times and quantities it rests on, itself included where it is one.
    pub fn parts(self, corpus: &Corpus) -> Vec<Self> {
        let Some(entry) = corpus.entries.get(self.doc()) else { return Vec::new() };
        let document: &model::Document = &entry.document;
        let doc = self.doc();
        match self {
            Self::Time { .. } => vec![self],
            Self::Quantity { quantity, .. } => {
                let time = document.quantities.get(quantity).and_then(|found| found.time);
                std::iter::once(self).chain(time.map(|time| Self::Time { doc, time })).collect()
            }
            Self::Event { event, .. } => {
                let Some(event) = document.events.get(event) else { return Vec::new() };
                let time = event.time.map(|time| Self::Time { doc, time });
                let inside = document
                    .quantities
                    .iter()
                    .enumerate()
                    .filter(|(_, quantity)| event.span.contains(quantity.span))
                    .map(|(quantity, _)| Self::Quantity { doc, quantity });
                time.into_iter().chain(inside).collect()
            }
            Self::Point { series, point, .. } => {
                let Some(point) = document.series.get(series).and_then(|series| series.points.get(point)) else {
                    return Vec::new();
                };
                let derived = point.derived.iter().flat_map(|derived| derived.from.iter().copied());
                point.quantity.into_iter().chain(derived).map(|quantity| Self::Quantity { doc, quantity }).collect()
            }
        }
    }
}
