//! The words of a find with where they stand, ready to be quoted.

use crate::{
    corpus::{Corpus, Entry},
    desk::{Locale, Mark},
    span::Span,
    text::sentences,
    view::words,
};

/// The sentence of `mark` with story, document and date; `None` where the corpus has no such thing.
///
/// `“2024年，双方的贸易总额为948亿美元。”（《从商路到命运与共》，新华社阿斯塔纳，2025年6月22日，报纸版面.txt）`
pub fn citation(corpus: &Corpus, mark: Mark, locale: &Locale) -> Option<String> {
    let entry = corpus.entries.get(mark.doc())?;
    let article = mark.article(corpus)?;
    let sentence = sentence_of(entry, article, mark.span(corpus)?)?;
    Some(quoted(entry, article, &sentence, locale))
}

/// Any words of an article with story, document and date.
pub fn quoted(entry: &Entry, article: usize, words: &str, locale: &Locale) -> String {
    locale.fill("source.citation", &[words.trim(), &source_line(entry, article, locale)])
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

/// The sentence or sentences of joined text that hold the words `source` of a document.
pub fn sentence_of(entry: &Entry, article: usize, source: Span) -> Option<String> {
    let blocks = &entry.articles.get(article)?.blocks;
    let (text, span) = blocks.iter().find_map(|block| Some((block.text.text(), block.text.clean_span(source)?)))?;
    let held = sentences(text).into_iter().filter(|sentence| sentence.overlaps(span)).reduce(Span::union)?;
    Some(held.slice(text).trim().to_owned())
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
        assert!(text.contains("2025年6月22日，试文.txt"), "{text}");
    }
}
