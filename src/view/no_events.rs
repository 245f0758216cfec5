//! Why nothing stands on the timeline of a document, as far as the reader can do something about it.

use crate::{
    corpus::{Corpus, Entry},
    model::{Time, TimeType},
};

/// Why a document has no events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoEvents {
    /// It names no day, month or year.
    NoDates,
    /// It has dates that begin with the day it was written, which is not known: 6日, 本周.
    NoWritingDate {
        /// The words of the first.
        example: String,
    },
    /// It has dates, and nothing is told of them.
    NothingTold,
}

/// Why the only document of `corpus` has no events; `None` of several documents, of which each has its own reason.
pub fn no_events(corpus: &Corpus) -> Option<NoEvents> {
    let entries: &[Entry] = &corpus.entries;
    let [entry] = entries else { return None };
    let is_date = |time: &&Time| matches!(time.kind, TimeType::Date | TimeType::Time);
    let mut dates = entry.document.times.iter().filter(is_date).peekable();
    if dates.peek().is_none() {
        return Some(NoEvents::NoDates);
    }
    // 近年来 is no day whatever day it was written on.
    let is_counted = |time: &&Time| time.interval.is_none() && !time.value.ends_with("_REF");
    let found = dates.find(is_counted).filter(|_| entry.document.dct.is_none());
    Some(found.map_or(NoEvents::NothingTold, |time| NoEvents::NoWritingDate { example: time.text.clone() }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        corpus::{ReadOptions, read},
        text::Source,
        warn::Reporter,
    };

    fn reason(text: &str) -> Option<NoEvents> {
        let entry = read(Source::of("a", text), &ReadOptions::default(), Reporter::new());
        no_events(&Corpus::new(vec![entry]))
    }

    #[test]
    fn a_day_without_its_year_waits_for_the_writing_date() {
        let undated = reason("恒指高收\n\n港股结束连续下跌，6日恒生指数收报16587点。");
        assert_eq!(undated, Some(NoEvents::NoWritingDate { example: "6日".to_owned() }));
        assert_eq!(reason("天山\n\n雪山之间是草原。"), Some(NoEvents::NoDates));
        assert_eq!(reason("天山\n\n近年来草原很绿。"), Some(NoEvents::NothingTold));
        assert_eq!(no_events(&Corpus::new(Vec::new())), None);
    }
}
