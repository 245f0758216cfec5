//! Several sources of one thing, to be read beside each other: who says it, when, in which words, and which figures
//! the others give otherwise.
//!
//! ```text
//! 甲报 · 大桥今日通车 · 5月8日            乙报 · 大桥正式通车 · 5月8日
//! 全长[9公里]的大桥今天通车。             大桥全长[9.2公里]，今天通车。
//! ≠ 9公里，他处 9.2公里                   ≠ 9.2公里，他处 9公里
//! ```

use super::{
    reading::{self, Paragraph},
    words,
};
use crate::{
    corpus::{Corpus, figures_agree},
    desk::{Locale, Mark},
    edtf::Interval,
    extract::quantity::same,
    model::{Document, Quantity},
};
use std::collections::BTreeSet;

/// A figure that another source gives otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Differing {
    /// The figure: a quantity of the passage.
    pub mark: Mark,
    /// As it is printed.
    pub text: String,
    /// What the others print in its place, each once.
    pub others: Vec<String>,
}

/// One source.
#[derive(Debug, Clone, PartialEq)]
pub struct Passage {
    /// The event or the point there.
    pub mark: Mark,
    /// The document's name.
    pub document: String,
    /// The article's headline, where it has one.
    pub headline: Option<String>,
    /// When it was written, with agency and place where they are told.
    pub when: String,
    /// The sentence or sentences that say so.
    pub text: Paragraph,
    /// Times and quantities that it rests on.
    pub selected: BTreeSet<Mark>,
    /// Its figures that others give otherwise, in the order of the text.
    pub differing: Vec<Differing>,
}

/// The passages of `marks`, with their differing figures marked; those that have no words in the text are left out.
pub fn passages(corpus: &Corpus, marks: &[Mark], locale: &Locale) -> Vec<Passage> {
    let mut passages: Vec<Passage> = marks.iter().filter_map(|mark| passage(corpus, *mark, locale)).collect();
    let figures: Vec<Vec<Figure>> = passages.iter().map(|passage| figures(corpus, passage)).collect();
    for (idx, passage) in passages.iter_mut().enumerate() {
        let Some(own) = figures.get(idx) else { continue };
        let others: Vec<&Vec<Figure>> =
            figures.iter().enumerate().filter(|(other, _)| *other != idx).map(|(_, figures)| figures).collect();
        passage.differing = own.iter().filter_map(|figure| differing(figure, &others)).collect();
    }
    passages
}

fn passage(corpus: &Corpus, mark: Mark, locale: &Locale) -> Option<Passage> {
    let doc = mark.doc();
    let entry = corpus.entries.get(doc)?;
    let article = mark.article(corpus)?;
    let text = reading::passage(entry, doc, article, mark.span(corpus)?)?;
    let told = entry.document.articles.get(article);
    let date = told.and_then(|told| told.dct.as_ref()).or(entry.document.dct.as_ref());
    let credit = told
        .and_then(|told| told.dateline.as_ref())
        .map(|dateline| format!("{}{}", dateline.agency, dateline.place.as_deref().unwrap_or_default()));
    let when: Vec<String> = credit.into_iter().chain(date.map(|date| words::date(date, locale))).collect();
    Some(Passage {
        mark,
        document: document_name(&entry.document),
        headline: told.and_then(|told| told.headline.clone()),
        when: when.join(" · "),
        text,
        selected: mark.parts(corpus).into_iter().collect(),
        differing: Vec::new(),
    })
}

/// The name of its file, else what the document is called.
fn document_name(document: &Document) -> String {
    let name = document.source.path.rsplit(['/', '\\']).next().unwrap_or_default();
    if name.is_empty() { document.id.clone() } else { name.to_owned() }
}

/// A quantity of a passage, in a way that can be compared.
struct Figure {
    mark: Mark,
    text: String,
    value: f64,
    upper: Option<f64>,
    unit: String,
    measure: Option<String>,
    when: Option<Interval>,
    /// The word behind it, where it has no measure: 84人死亡.
    behind: String,
}

/// How many characters behind a figure say what it counts.
const N_BEHIND: usize = 2;

fn figures(corpus: &Corpus, passage: &Passage) -> Vec<Figure> {
    let Some(entry) = corpus.entries.get(passage.mark.doc()) else { return Vec::new() };
    let figure = |find: &reading::Find| {
        let Mark::Quantity { quantity, .. } = find.mark else { return None };
        let found: &Quantity = entry.document.quantities.get(quantity)?;
        let behind = passage.text.text.get(find.span.end..)?.chars().take(N_BEHIND).collect();
        Some(Figure {
            mark: find.mark,
            text: found.text.clone(),
            value: found.value,
            upper: found.upper,
            unit: found.unit.clone(),
            measure: found.measure.clone(),
            when: found.time.and_then(|time| entry.document.times.get(time)?.interval),
            behind,
        })
    };
    passage.text.finds.iter().filter_map(figure).collect()
}

/// What the other passages give in place of `own`: those that speak of the same thing and nowhere say the same.
fn differing(own: &Figure, others: &[&Vec<Figure>]) -> Option<Differing> {
    let mut told: Vec<String> = Vec::new();
    for figures in others {
        let alike: Vec<&Figure> = figures.iter().filter(|other| own.counts_the_same_as(other)).collect();
        if alike.iter().any(|other| own.says_the_same_as(other)) {
            continue;
        }
        told.extend(alike.iter().map(|other| other.text.clone()));
    }
    told.sort_unstable();
    told.dedup();
    (!told.is_empty()).then(|| Differing { mark: own.mark, text: own.text.clone(), others: told })
}

impl Figure {
    fn counts_the_same_as(&self, other: &Self) -> bool {
        let family =
            |unit: &str| same::conversion(unit).map_or_else(|| unit.to_owned(), |(family, _)| family.to_string());
        if self.when.zip(other.when).is_some_and(|(own, other)| own != other) {
            return false;
        }
        if self.unit.is_empty() && self.measure.is_none() || family(&self.unit) != family(&other.unit) {
            return false;
        }
        match (&self.measure, &other.measure) {
            (Some(own), Some(other)) => own.contains(other.as_str()) || other.contains(own.as_str()),
            (None, None) => self.behind == other.behind,
            _ => false,
        }
    }

    fn says_the_same_as(&self, other: &Self) -> bool {
        let factor = same::factor(&other.unit, &self.unit);
        let is_same = |own: f64, other: f64| figures_agree(own, other * factor);
        is_same(self.value, other.value)
            && self.upper.is_some() == other.upper.is_some()
            && self.upper.zip(other.upper).is_none_or(|(own, other)| is_same(own, other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        corpus::{ReadOptions, read},
        desk::{Lang, sources_of},
        text::Source,
        warn::Reporter,
    };

    fn corpus_of(texts: &[&str]) -> Corpus {
        let read_one = |(idx, text): (usize, &&str)| {
            let source = Source::of(format!("报/文{idx}.txt"), *text);
            let options = ReadOptions { dct: "2023-05-09".parse().ok(), ..ReadOptions::default() };
            read(source, &options, Reporter::new())
        };
        Corpus::new(texts.iter().enumerate().map(read_one).collect())
    }

    #[test]
    fn figures_that_others_give_otherwise_are_marked_and_rounded_ones_are_not() {
        let corpus = corpus_of(&[
            "2023年5月8日，河口跨海大桥正式通车，全长9.2公里，总投资86.4亿元。",
            "2023年5月8日，河口跨海大桥正式通车运营，全长9公里，总投资92亿元。",
            "2023年5月8日，河口跨海大桥正式通车，去年总投资31亿元。",
        ]);
        let marks = sources_of(&corpus, Mark::Event { doc: 0, event: 0 });
        let found = passages(&corpus, &marks, Locale::of(Lang::Zh));
        assert_eq!(
            found.iter().map(|passage| passage.document.as_str()).collect::<Vec<_>>(),
            ["文0.txt", "文1.txt", "文2.txt"]
        );
        let told = |idx: usize| -> Vec<(&str, &[String])> {
            found[idx]
                .differing
                .iter()
                .map(|differing| (differing.text.as_str(), differing.others.as_slice()))
                .collect()
        };
        assert!(told(0).contains(&("86.4亿元", &["92亿元".to_owned()])), "{:?}", told(0));
        assert!(told(1).contains(&("92亿元", &["86.4亿元".to_owned()])), "{:?}", told(1));
        assert!(told(2).is_empty(), "another year's: {:?}", told(2));
        assert_eq!(found[0].when, "2023年5月9日");
    }

    #[test]
    fn a_passage_is_the_sentence_with_its_finds() {
        let corpus = corpus_of(&["开头一句。2023年5月8日，河口跨海大桥正式通车，全长9.2公里。最后一句。"]);
        let found = passages(&corpus, &[Mark::Event { doc: 0, event: 0 }], Locale::of(Lang::En));
        assert_eq!(found[0].text.text, "2023年5月8日，河口跨海大桥正式通车，全长9.2公里。");
        let words: Vec<&str> = found[0].text.finds.iter().map(|find| find.span.slice(&found[0].text.text)).collect();
        assert_eq!(words, ["2023年5月8日", "9.2公里"]);
        assert!(found[0].differing.is_empty());
    }
}
