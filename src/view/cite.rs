//! The words of a find with where they stand, ready to be quoted.

use crate::{
    corpus::{Corpus, Entry},
    desk::{Locale, Mark},
    span::Span,
    text::sentences,
    view::words,
};

/// The sentence of `mark` with story, agency and place, date, document and the place in it; `None` where the corpus has
/// no such thing.
///
/// `“2024年，双方的贸易总额为948亿美元。”（《从商路到命运与共》，新华社阿斯塔纳，2025年6月22日，报纸版面.txt，第121—140字）`
pub fn citation(corpus: &Corpus, mark: Mark, locale: &Locale) -> Option<String> {
    let entry = corpus.entries.get(mark.doc())?;
    let article = mark.article(corpus)?;
    let (sentence, span) = sentence_of(entry, article, mark.span(corpus)?)?;
    Some(quoted(entry, article, (&sentence, Some(span)), locale))
}

/// Any words of an article with story, agency and place, date, document, and where they stand in it (bytes of the
/// document; told in characters, counted from 1).
pub fn quoted(entry: &Entry, article: usize, (words, span): (&str, Option<Span>), locale: &Locale) -> String {
    let mut line = source_line(entry, article, locale);
    if let Some(place) = span.and_then(|span| place_words(&entry.text, span, locale)) {
        if !line.is_empty() {
            line.push_str(locale.get("source.comma"));
        }
        line.push_str(&place);
    }
    locale.fill("source.citation", &[words.trim(), &line])
}

/// The words `span` of an article as they are read, without the line breaks of the file.
pub fn words_of(entry: &Entry, article: usize, span: Span) -> Option<String> {
    let blocks = &entry.articles.get(article)?.blocks;
    let (text, words) = blocks.iter().find_map(|block| Some((block.text.text(), block.text.clean_span(span)?)))?;
    Some(words.slice(text).to_owned())
}

/// 第121—140字: where bytes of a text stand in it.
fn place_words(text: &str, span: Span, locale: &Locale) -> Option<String> {
    let before = text.get(..span.start)?.chars().count();
    let n = span.slice(text).chars().count();
    let first = (before + 1).to_string();
    match n {
        0 => None,
        1 => Some(locale.fill("source.character", &[&first])),
        _ => Some(locale.fill("source.characters", &[&first, &(before + n).to_string()])),
    }
}

/// Story, agency and place, date and document.
pub fn source_line(entry: &Entry, article: usize, locale: &Locale) -> String {
    let mut parts = Vec::new();
    let mut date = entry.document.dct.as_ref();
    if let Some(article) = entry.document.articles.get(article) {
        parts.extend(article.headline.as_ref().map(|headline| locale.fill("source.headline", &[headline])));
        parts.extend(article.dateline.as_ref().map(|dateline| {
            let place = dateline.place.as_deref().unwrap_or_default();
            format!("{}{place}", dateline.agency)
        }));
        date = article.dct.as_ref().or(date);
    }
    parts.extend(date.map(|date| words::date(date, locale)));
    let path = &entry.document.source.path;
    let name = path.rsplit(['/', '\\']).next().unwrap_or_default();
    parts.extend((!name.is_empty()).then(|| name.to_owned()));
    parts.join(locale.get("source.comma"))
}

/// The sentence or sentences of joined text that hold the words `source` of a document, and where they stand in it.
pub fn sentence_of(entry: &Entry, article: usize, source: Span) -> Option<(String, Span)> {
    let blocks = &entry.articles.get(article)?.blocks;
    let (block, span) = blocks.iter().find_map(|block| Some((&block.text, block.text.clean_span(source)?)))?;
    let text = block.text();
    let held = sentences(text).into_iter().filter(|sentence| sentence.overlaps(span)).reduce(Span::union)?;
    let words = held.slice(text);
    let start = held.start + (words.len() - words.trim_start().len());
    let held = Span::new(start, start + words.trim().len());
    Some((held.slice(text).to_owned(), block.source_span(held)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{desk::Lang, view::reading::tests::corpus_of};

    #[test]
    fn a_quotation_names_its_source() {
        let corpus = corpus_of("开头一句。2024年贸易额为948亿美元。最后一句。");
        let zh = Locale::of(Lang::Zh);
        let text = citation(&corpus, Mark::Time { doc: 0, time: 0 }, zh).unwrap();
        assert!(text.starts_with("“2024年贸易额为948亿美元。”（"), "{text}");
        assert!(text.ends_with("2025年6月22日，试文.txt，第6—21字）"), "{text}");
        let en = citation(&corpus, Mark::Time { doc: 0, time: 0 }, Locale::of(Lang::En)).unwrap();
        assert!(en.ends_with("22 June 2025, 试文.txt, characters 6–21)"), "{en}");
    }

    #[test]
    fn story_agency_and_place_stand_before_date_and_document() {
        let corpus = corpus_of("大桥通车\n\n新华社河口5月8日电　2024年贸易额为\n948亿美元。\n");
        let entry = &corpus.entries[0];
        let money = Mark::Quantity { doc: 0, quantity: 0 };
        let text = citation(&corpus, money, Locale::of(Lang::Zh)).unwrap();
        assert!(text.contains("贸易额为948亿美元。”（《大桥通车》，新华社河口，"), "{text}");
        let plain = words_of(entry, 0, money.span(&corpus).unwrap()).unwrap();
        assert_eq!(plain, "948亿美元");
        assert_eq!(words_of(entry, 9, Span::new(0, 3)), None);
    }
}
