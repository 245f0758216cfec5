//! What the user corrects, by marks and words of the screen, and the list of changes it comes to.

use super::{Desk, Mark};
use crate::{
    corpus::{
        Corpus,
        edits::{Change, Edit, Quote, Scope, Target, typed_quantity},
    },
    edtf::Edtf,
    model::{Document, Time},
    span::Span,
    text::sentences,
};

/// A title made of selected words has at most so many characters.
const MAX_TITLE: usize = 30;

/// Words of a document that the user has selected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Passage {
    /// Index in `Corpus::entries`.
    pub doc: usize,
    /// Index in `Document::articles`.
    pub article: usize,
    /// Where, in bytes of the document's text.
    pub span: Span,
}

/// One correction, as a field or a key asks for it.
#[derive(Debug, Clone, PartialEq)]
pub enum Correction {
    /// The date of this is that one.
    Date {
        /// A time, or what is dated by one.
        mark: Mark,
        /// The right date.
        edtf: Edtf,
        /// How far it reaches.
        scope: Scope,
    },
    /// The date as it was read.
    DateAsRead(Mark),
    /// The value of this is that one.
    Value {
        /// A quantity or a point.
        mark: Mark,
        /// The value in `unit`.
        value: f64,
        /// The upper end of a range.
        upper: Option<f64>,
        /// The unit's code.
        unit: String,
    },
    /// What it measures.
    Measure {
        /// A quantity or a point.
        mark: Mark,
        /// Its name.
        measure: String,
    },
    /// Its title.
    Rename {
        /// An event.
        mark: Mark,
        /// The title; empty for the one that was read.
        title: String,
    },
    /// A note on it; empty for none.
    Note {
        /// An event.
        mark: Mark,
        /// The paragraph.
        note: String,
    },
    /// They have this tag; where all of them have it already, no more.
    Tag {
        /// Events of one document, what is selected first.
        marks: Vec<Mark>,
        /// The word.
        tag: String,
    },
    /// It leaves all views.
    Hide(Mark),
    /// It is important; where it is already, no more.
    Star(Mark),
    /// These are one.
    Merge {
        /// The event whose title stays.
        kept: Mark,
        /// The others.
        others: Vec<Mark>,
    },
    /// It is merged with nothing.
    Split(Mark),
    /// These words tell an event.
    AddEvent(Passage),
    /// These words give a value.
    AddPoint(Passage),
    /// The correction with this index is taken back.
    Revert {
        /// Index in `Corpus::entries`.
        doc: usize,
        /// Index in `EditBook::changes`.
        idx: usize,
    },
}

/// What a correction comes to.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// Index in `Corpus::entries`.
    pub doc: usize,
    /// All changes of the document from now on.
    pub changes: Vec<Change>,
    /// The edit that was made, or taken back.
    pub edit: Edit,
    /// Whether it was made.
    pub is_made: bool,
}

/// Why a correction comes to nothing, as a key of the locale.
pub type Refusal = &'static str;

impl Correction {
    /// Works out the changes; `at` is the time of the clock in seconds from 1970.
    ///
    /// # Errors
    /// The key of the words that say why it comes to nothing.
    pub fn plan(&self, corpus: &Corpus, at: i64) -> Result<Plan, Refusal> {
        let made = |doc: usize, edit: Option<Edit>| {
            let edit = edit.ok_or("edit.nothing-here")?;
            let mut changes = corpus.edits().changes(doc).to_vec();
            changes.retain(|change| !edit.replaces(&change.edit));
            changes.push(Change { at, edit: edit.clone() });
            Ok(Plan { doc, changes, edit, is_made: true })
        };
        // What is the same as what was read needs no edit.
        let dropped = |doc: usize, wanted: Edit| {
            let mut changes = corpus.edits().changes(doc).to_vec();
            let idx = changes.iter().rposition(|change| wanted.replaces(&change.edit)).ok_or("edit.nothing-changed")?;
            let edit = changes.remove(idx).edit;
            Ok(Plan { doc, changes, edit, is_made: false })
        };
        match self {
            Self::Date { mark, edtf, scope } => {
                let edit = dated(corpus, *mark).map(|target| Edit::Date { target, scope: *scope, edtf: edtf.clone() });
                made(mark.doc(), edit)
            }
            Self::DateAsRead(mark) => {
                let target = dated(corpus, *mark).ok_or("edit.nothing-here")?;
                dropped(mark.doc(), Edit::Date { target, scope: Scope::Here, edtf: Edtf::from_year(0) })
            }
            Self::Value { mark, value, upper, unit } => {
                let value = |target| Edit::Value { target, value: *value, upper: *upper, unit: unit.clone() };
                made(mark.doc(), quantity_target(corpus, *mark).map(value))
            }
            Self::Measure { mark, measure } => {
                let edit =
                    quantity_target(corpus, *mark).map(|target| Edit::Measure { target, measure: measure.clone() });
                made(mark.doc(), edit)
            }
            Self::Rename { mark, title } => {
                let target = event_target(corpus, *mark).ok_or("edit.no-event")?;
                let edit = Edit::Rename { target: target.clone(), title: title.trim().to_owned() };
                if title.trim().is_empty() || title.trim() == target.name {
                    dropped(mark.doc(), edit)
                } else {
                    made(mark.doc(), Some(edit))
                }
            }
            Self::Note { mark, note } => {
                let target = event_target(corpus, *mark).ok_or("edit.no-event")?;
                let edit = Edit::Note { target, note: note.trim().to_owned() };
                if note.trim().is_empty() { dropped(mark.doc(), edit) } else { made(mark.doc(), Some(edit)) }
            }
            Self::Tag { marks, tag } => tagged(corpus, marks, tag, at),
            Self::Star(mark) => {
                let edit = Edit::Star { target: event_target(corpus, *mark).ok_or("edit.no-event")? };
                toggled(corpus, mark.doc(), &edit).map_or_else(|| made(mark.doc(), Some(edit)), Ok)
            }
            Self::Hide(mark) => {
                let target = match mark {
                    Mark::Event { .. } => event_target(corpus, *mark),
                    Mark::Time { .. } => time_target(corpus, *mark),
                    Mark::Quantity { .. } | Mark::Point { .. } => quantity_target(corpus, *mark),
                };
                let edit = target.map(|target| Edit::Hide { target });
                let back = edit.as_ref().and_then(|edit| toggled(corpus, mark.doc(), edit));
                back.map_or_else(|| made(mark.doc(), edit), Ok)
            }
            Self::Merge { kept, others } => {
                if others.iter().any(|other| other.doc() != kept.doc()) {
                    return Err("edit.other-document");
                }
                let marks = std::iter::once(kept).chain(others.iter().filter(|other| *other != kept));
                let targets: Option<Vec<Target>> = marks.map(|mark| event_target(corpus, *mark)).collect();
                let targets = targets.filter(|targets| targets.len() > 1).ok_or("edit.merge-what")?;
                made(kept.doc(), Some(Edit::Merge { targets }))
            }
            Self::Split(mark) => split(corpus, *mark).map_or_else(
                || {
                    let target = event_target(corpus, *mark).filter(|_| is_joined(corpus, *mark));
                    let edit = target.map(|target| Edit::Split { target }).ok_or("edit.split-what")?;
                    made(mark.doc(), Some(edit))
                },
                Ok,
            ),
            Self::AddEvent(passage) => made(passage.doc, new_event(corpus, *passage)),
            Self::AddPoint(passage) => {
                let edit = new_point(corpus, *passage).ok_or("edit.no-number")?;
                made(passage.doc, Some(edit))
            }
            Self::Revert { doc, idx } => {
                let mut changes = corpus.edits().changes(*doc).to_vec();
                if *idx >= changes.len() {
                    return Err("edit.nothing-changed");
                }
                let edit = changes.remove(*idx).edit;
                Ok(Plan { doc: *doc, changes, edit, is_made: false })
            }
        }
    }
}

/// The plan that gives events of one document a tag, or takes it away where all have it.
fn tagged(corpus: &Corpus, marks: &[Mark], tag: &str, at: i64) -> Result<Plan, Refusal> {
    let doc = marks.first().ok_or("edit.no-event")?.doc();
    if marks.iter().any(|mark| mark.doc() != doc) {
        return Err("edit.tag-other-document");
    }
    let tag: String = tag.split_whitespace().collect::<Vec<_>>().join(" ");
    if tag.is_empty() {
        return Err("edit.no-tag");
    }
    let edit = |mark: &Mark| Some(Edit::Tag { target: event_target(corpus, *mark)?, tag: tag.clone() });
    let edits: Vec<Edit> = marks.iter().map(edit).collect::<Option<_>>().ok_or("edit.no-event")?;
    let first = edits.first().cloned().ok_or("edit.no-event")?;
    let mut changes = corpus.edits().changes(doc).to_vec();
    let has = |edit: &&Edit| changes.iter().any(|change| change.edit == **edit);
    let new: Vec<Edit> = edits.iter().filter(|edit| !has(edit)).cloned().collect();
    let is_made = !new.is_empty();
    if is_made {
        changes.extend(new.into_iter().map(|edit| Change { at, edit }));
    } else {
        changes.retain(|change| !edits.contains(&change.edit));
    }
    Ok(Plan { doc, changes, edit: first, is_made })
}

/// The plan that takes `edit` back, where it was made before.
fn toggled(corpus: &Corpus, doc: usize, edit: &Edit) -> Option<Plan> {
    let mut changes = corpus.edits().changes(doc).to_vec();
    let idx = changes.iter().rposition(|change| change.edit == *edit)?;
    let edit = changes.remove(idx).edit;
    Some(Plan { doc, changes, edit, is_made: false })
}

/// A merge by hand is split by taking it back.
fn split(corpus: &Corpus, mark: Mark) -> Option<Plan> {
    let doc = mark.doc();
    let target = event_target(corpus, mark)?;
    let mut changes = corpus.edits().changes(doc).to_vec();
    let holds = |change: &Change| matches!(&change.edit, Edit::Merge { targets } if targets.contains(&target));
    let idx = changes.iter().rposition(holds)?;
    let edit = changes.remove(idx).edit;
    Some(Plan { doc, changes, edit, is_made: false })
}

fn is_joined(corpus: &Corpus, mark: Mark) -> bool {
    let event = event_of(corpus, mark).and_then(|idx| corpus.entries.get(mark.doc())?.document.events.get(idx));
    event.is_some_and(|event| !event.same_as.is_empty())
}

/// The event that a mark is or belongs to, by index in its document.
pub fn event_of(corpus: &Corpus, mark: Mark) -> Option<usize> {
    if let Mark::Event { event, .. } = mark {
        return Some(event);
    }
    let document = &corpus.entries.get(mark.doc())?.document;
    let dated = |time: usize| document.events.iter().position(|event| event.time == Some(time));
    if let Mark::Time { time, .. } = mark
        && let Some(event) = dated(time)
    {
        return Some(event);
    }
    let span = mark.span(corpus)?;
    document.events.iter().position(|event| event.span.contains(span))
}

/// The quantity that a mark is or plots; of a derived point, none.
pub fn quantity_of(corpus: &Corpus, mark: Mark) -> Option<usize> {
    match mark {
        Mark::Quantity { quantity, .. } => Some(quantity),
        Mark::Point { doc, series, point } => {
            corpus.entries.get(doc)?.document.series.get(series)?.points.get(point)?.quantity
        }
        Mark::Event { .. } | Mark::Time { .. } => None,
    }
}

/// The time that dates a mark, by index in its document.
pub fn time_of(corpus: &Corpus, mark: Mark) -> Option<usize> {
    let document = &corpus.entries.get(mark.doc())?.document;
    match mark {
        Mark::Time { time, .. } => Some(time),
        Mark::Event { event, .. } => document.events.get(event)?.time,
        Mark::Quantity { .. } | Mark::Point { .. } => document.quantities.get(quantity_of(corpus, mark)?)?.time,
    }
}

fn event_target(corpus: &Corpus, mark: Mark) -> Option<Target> {
    let entry = corpus.entries.get(mark.doc())?;
    Target::event(&entry.document, &entry.text, event_of(corpus, mark)?)
}

fn time_target(corpus: &Corpus, mark: Mark) -> Option<Target> {
    let entry = corpus.entries.get(mark.doc())?;
    Target::time(&entry.document, &entry.text, time_of(corpus, mark)?)
}

fn quantity_target(corpus: &Corpus, mark: Mark) -> Option<Target> {
    let entry = corpus.entries.get(mark.doc())?;
    Target::quantity(&entry.document, &entry.text, quantity_of(corpus, mark)?)
}

/// What a date is corrected in: the time in the text, else the event or the quantity itself.
fn dated(corpus: &Corpus, mark: Mark) -> Option<Target> {
    time_target(corpus, mark).or_else(|| match mark {
        Mark::Event { .. } => event_target(corpus, mark),
        Mark::Quantity { .. } | Mark::Point { .. } => quantity_target(corpus, mark),
        Mark::Time { .. } => None,
    })
}

/// How many times of the document are worded as the one that dates `mark`, itself included.
pub fn n_worded_the_same(corpus: &Corpus, mark: Mark) -> usize {
    let same = || {
        let times = &corpus.entries.get(mark.doc())?.document.times;
        let words = &times.get(time_of(corpus, mark)?)?.text;
        Some(times.iter().filter(|time| time.text == *words).count())
    };
    same().unwrap_or(0)
}

/// The sentence about `span`, as bytes of the source; the span itself where it stands in no article.
fn sentence_about(corpus: &Corpus, passage: Passage) -> Span {
    let sentence = || {
        let article = corpus.entries.get(passage.doc)?.articles.get(passage.article)?;
        let (block, at) =
            article.blocks.iter().find_map(|block| Some((block, block.text.clean_span(passage.span)?)))?;
        let held = sentences(block.text.text()).into_iter().filter(|sentence| sentence.overlaps(at));
        Some(block.text.source_span(held.reduce(Span::union)?))
    };
    sentence().unwrap_or(passage.span)
}

/// The dated time nearest to the words: in their sentence, else the last before them in their article.
fn nearest_time(corpus: &Corpus, passage: Passage) -> Option<usize> {
    let document = &corpus.entries.get(passage.doc)?.document;
    let sentence = sentence_about(corpus, passage);
    let is_dated = |time: &Time| time.article == passage.article && time.edtf.is_some() && time.interval.is_some();
    let times = || document.times.iter().enumerate().filter(|(_, time)| is_dated(time));
    let distance = |span: Span| {
        let (a, b) = (span.start.saturating_sub(passage.span.end), passage.span.start.saturating_sub(span.end));
        // Of two as near, the one before.
        (a.max(b), span.start > passage.span.start)
    };
    let inside = times().filter(|(_, time)| sentence.contains(time.span)).min_by_key(|(_, time)| distance(time.span));
    let before = || times().filter(|(_, time)| time.span.end <= passage.span.start).max_by_key(|(_, time)| time.span);
    inside.or_else(before).map(|(idx, _)| idx)
}

/// When the words' article was written, for words that stand near no date.
fn written_at(document: &Document, article: usize) -> Option<Edtf> {
    document.articles.get(article).and_then(|article| article.dct.clone()).or_else(|| document.dct.clone())
}

fn new_event(corpus: &Corpus, passage: Passage) -> Option<Edit> {
    let entry = corpus.entries.get(passage.doc)?;
    let (document, text) = (&entry.document, entry.text.as_str());
    let quote = Quote::new(text, passage.span);
    let time = nearest_time(corpus, passage);
    let found = time.and_then(|idx| document.times.get(idx));
    let edtf = found.and_then(|time| time.edtf.clone()).or_else(|| written_at(document, passage.article));
    let title = title_from(&quote.text, found.map(|time| time.text.as_str()));
    let time = time.and_then(|idx| Target::time(document, text, idx));
    (!title.is_empty()).then_some(Edit::AddEvent { quote, title, edtf, time })
}

/// The words without the date they begin with and without marks at their ends.
fn title_from(words: &str, time: Option<&str>) -> String {
    let is_mark = |c: char| !c.is_alphanumeric() && !"“”‘’《》〈〉「」『』（）()％%".contains(c);
    let rest = time.and_then(|time| words.strip_prefix(time)).unwrap_or(words);
    let rest = rest.trim_matches(is_mark);
    let rest = if rest.is_empty() { words.trim_matches(is_mark) } else { rest };
    rest.chars().take(MAX_TITLE).collect()
}

fn new_point(corpus: &Corpus, passage: Passage) -> Option<Edit> {
    let entry = corpus.entries.get(passage.doc)?;
    let (document, text) = (&entry.document, entry.text.as_str());
    let known = document.quantities.iter().filter(|found| found.span.overlaps(passage.span));
    let known = known.max_by_key(|found| found.span.len()).cloned();
    let span = known.as_ref().map_or(passage.span, |found| found.span);
    let quote = Quote::new(text, span);
    let mut quantity = known.or_else(|| typed_quantity(&quote.text))?;
    if quantity.measure.is_none() {
        quantity.measure = Some(measure_before(corpus, Passage { span, ..passage }));
    }
    let time = quantity.time.or_else(|| nearest_time(corpus, passage));
    let found = time.and_then(|idx| document.times.get(idx));
    let edtf = found.and_then(|time| time.edtf.clone()).or_else(|| written_at(document, passage.article));
    let time = time.and_then(|idx| Target::time(document, text, idx));
    Some(Edit::AddPoint { quote, quantity: Box::new(quantity), edtf, time })
}

/// What stands before a number in its clause, without a date: 参会者约 → 参会者. The number's own words where nothing
/// does.
fn measure_before(corpus: &Corpus, passage: Passage) -> String {
    let sentence = sentence_about(corpus, passage);
    let Some(entry) = corpus.entries.get(passage.doc) else { return String::new() };
    let before = Span::new(sentence.start, passage.span.start).slice(&entry.text);
    let before = crate::corpus::edits::dense(before);
    let clause = before.rsplit(['，', '；', '：', '。', ',']).next().unwrap_or_default();
    let name = clause.trim_end_matches(['约', '近', '超', '过', '为', '达', '到', '有', '是', '共', '计']);
    if name.is_empty() { crate::corpus::edits::dense(passage.span.slice(&entry.text)) } else { name.to_owned() }
}

/// Of the selection and what was picked besides: the events, the selection first.
pub fn picked_events(desk: &Desk) -> Vec<Mark> {
    let mut marks: Vec<Mark> = desk.selection.into_iter().chain(desk.picked.iter().copied()).collect();
    marks.retain(|mark| matches!(mark, Mark::Event { .. }));
    let first = marks.first().copied();
    marks.sort_unstable();
    marks.dedup();
    marks.sort_by_key(|mark| Some(*mark) != first);
    marks
}
