//! Which dated clauses belong on a timeline, and what a person would call them.
//!
//! A sentence tells an event where it has a time of its own that dates a happening: 「2024年9月，……启动」. A time
//! that is the base of a comparison (较上年), part of a name (《2024年报告》), repeated (每日), vague (近年来) or the
//! date of a publication that only brings figures makes none. A sentence with two such times tells two.

mod brief;
mod clause;
mod cues;
mod letters;
mod person;
pub(crate) mod place;
mod shorten;
mod title;

use super::Found;
use crate::{
    edtf::Edtf,
    model::{Event, Quantity, Time, TimeType},
    span::Span,
    text::{Article, Block, Role, sentences},
};
use clause::Telling;
use title::Background;

/// Finds the events of `article`, by place. `Event::time` indexes into `times`.
pub fn events(article: &Article, times: &[Found<Time>], quantities: &[Found<Quantity>]) -> Vec<Found<Event>> {
    let person = subject_of(article, cues::cues());
    let events = super::of_blocks(article, |block_idx, block| {
        if !matches!(block.role, Role::Body | Role::Caption) {
            return Vec::new();
        }
        let (first, here) = of_block(times, block_idx);
        let (_, figures) = of_block(quantities, block_idx);
        in_block((block_idx, block), (first, here), figures, person.as_deref())
    });
    events.into_iter().flatten().collect()
}

/// The events of one block; `first` is the index of the first of its times, `figures` are its quantities.
fn in_block(
    (block_idx, block): (usize, &Block),
    (first, times): (usize, &[Found<Time>]),
    figures: &[Found<Quantity>],
    person: Option<&str>,
) -> Vec<Found<Event>> {
    let mut events = Vec::new();
    if times.is_empty() {
        return events;
    }
    let cues = cues::cues();
    let text = block.text.text();
    let sets: Vec<Span> = times.iter().filter(|time| time.item.kind == TimeType::Set).map(|time| time.at).collect();
    let news_from = clause::after_dateline(text, cues);
    let mut n_before = 0;
    for sentence in sentences(text) {
        // The times that begin before the sentence ends; they stand in order.
        let rest = times.get(n_before..).unwrap_or_default();
        let n = rest.iter().take_while(|time| time.at.start < sentence.end).count();
        let (from, inside) = (first + n_before, rest.get(..n).unwrap_or_default());
        n_before += n;
        if inside.is_empty() {
            continue;
        }
        let sentence = Span::new(sentence.start.max(news_from).min(sentence.end), sentence.end);
        for telling in clause::tellings(text, sentence, (from, inside), &sets, cues) {
            let Some(time) = telling.time.checked_sub(first).and_then(|idx| times.get(idx)) else { continue };
            let measure = figures
                .get(figures.partition_point(|found| found.at.start < telling.region.start))
                .filter(|found| telling.region.contains(found.at))
                .and_then(|found| found.item.measure.as_deref());
            let Some(title) = title::title(text, &telling, Background { person, measure }, cues) else { continue };
            events.push(event(block, block_idx, &telling, time, title));
        }
    }
    events
}

/// The findings of one block, and the index of the first; `found` is by block.
fn of_block<T>(found: &[Found<T>], block: usize) -> (usize, &[Found<T>]) {
    let from = found.partition_point(|item| item.block < block);
    let to = found.partition_point(|item| item.block <= block);
    (from, found.get(from..to).unwrap_or_default())
}

fn event(block: &Block, block_idx: usize, telling: &Telling, time: &Found<Time>, title: String) -> Found<Event> {
    let text = block.text.text();
    let edtf = time.item.edtf.clone().map(|edtf| opened(edtf, time, text));
    let begins = edtf != time.item.edtf;
    let item = Event {
        span: block.text.source_span(telling.region),
        title,
        article: 0,
        time: Some(telling.time),
        edtf: edtf.clone(),
        interval: if begins { edtf.and_then(|edtf| edtf.interval()) } else { time.item.interval },
        place: place_in(telling.region.slice(text)),
        same_as: Vec::new(),
        rule: "event/dated-clause".to_owned(),
        hand: None,
    };
    Found { block: block_idx, at: telling.region, item }
}

/// 「22日起」 and 「新时代以来」 go on: they open towards the future. 「1973年开始建立」 is the other way
/// round: what began is the happening, so it stands at its beginning.
fn opened(edtf: Edtf, time: &Found<Time>, text: &str) -> Edtf {
    let after = text.get(time.at.end..).unwrap_or_default();
    let begins = time.item.text.ends_with("开始");
    let lasts = ["以来", "至今", "迄今"].iter().any(|end| time.item.text.ends_with(end));
    let changed = match edtf.as_str().strip_suffix("/..") {
        // Closed at the day of writing only because that is as far as the text can see.
        None if lasts && edtf.is_range() => match edtf.as_str().split_once('/') {
            Some((start, _)) if !start.is_empty() => format!("{start}/.."),
            _ => return edtf,
        },
        Some(start) if begins && after.starts_with(char::is_alphanumeric) => start.to_owned(),
        None if !edtf.is_range() && after.starts_with('起') => format!("{edtf}/.."),
        _ => return edtf,
    };
    changed.parse().unwrap_or(edtf)
}

fn place_in(passage: &str) -> Option<String> {
    let folded = cues::folded(passage);
    let range = place::place(&folded)?;
    // As printed: the same characters of the unfolded passage.
    let first = folded.get(..range.start)?.chars().count();
    let n_chars = folded.get(range)?.chars().count();
    Some(passage.chars().skip(first).take(n_chars).collect())
}

/// The person an article is about, for 他 and 她.
fn subject_of(article: &Article, cues: &cues::Cues) -> Option<String> {
    let holds = |word: &str, text: &str| memchr::memmem::find(text.as_bytes(), word.as_bytes()).is_some();
    let has_pronoun = ["他", "她"].iter().any(|word| article.blocks.iter().any(|block| holds(word, block.text.text())));
    if !has_pronoun {
        return None;
    }
    let body: Vec<&str> = article.blocks.iter().map(|block| block.text.text()).collect();
    let opening: String = body.iter().take(2).copied().collect();
    person::person(&opening, &body, cues)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        extract::{self, Context, dct},
        text,
        warn::Reporter,
    };

    fn found(example: &cues::Example) -> Vec<(String, String)> {
        let articles = text::segment(&example.text, &mut Reporter::new());
        let given = example.dct.parse().ok();
        let dcts = dct::find(&articles, &dct::Hints { given, file_name: String::new(), assumed: None });
        let mut out = Vec::new();
        for (article, (dct, dct_is_own)) in articles.iter().zip(dcts.articles) {
            let context = Context { dct, dct_is_own, ..Context::default() };
            let times = extract::time::times(article, &context);
            for event in events(article, &times, &[]) {
                let edtf = event.item.edtf.map(|edtf| edtf.to_string()).unwrap_or_default();
                out.push((edtf, event.item.title));
            }
        }
        out
    }

    #[test]
    fn the_rules_own_examples_hold() {
        let cues = cues::cues();
        assert!(cues.examples.len() >= 5 && cues.counter_examples.len() >= 4);
        for example in &cues.examples {
            assert_eq!(found(example), example.events, "rules/event/cues: {}", example.text);
        }
        for example in &cues.counter_examples {
            assert_eq!(found(example), [], "rules/event/cues: {}", example.text);
        }
    }
}
