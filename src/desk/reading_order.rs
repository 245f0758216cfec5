//! The order in which a reader comes upon the finds of a document.
//!
//! A reader sees the articles one after another, each from headline to end, however the file has torn them: the
//! headline may stand after the body, the lede at the end of the page.

use super::Mark;
use crate::{model::Document, span::Span};

/// Where something stands for a reader: article, part of the article, place in the text. Places compare as one reads.
pub type ReadingPlace = (usize, usize, Span);

/// The place of `span` in an article (index in `Document::articles`). What lies outside of the article's parts comes
/// behind them.
pub fn place(document: &Document, article: usize, span: Span) -> ReadingPlace {
    let parts = document.articles.get(article).map(|article| article.spans.as_slice()).unwrap_or_default();
    (article, part_of(parts, span), span)
}

fn part_of(parts: &[Span], span: Span) -> usize {
    parts.iter().position(|part| part.overlaps(span)).unwrap_or(parts.len())
}

/// Every time and quantity of a document with its place, as one reads. `doc` is the document's index in
/// `Corpus::entries`.
pub fn finds(document: &Document, doc: usize) -> Vec<(ReadingPlace, Mark)> {
    let times = document.times.iter().enumerate();
    let times = times.map(|(time, found)| (found.article, found.span, Mark::Time { doc, time }));
    let quantities = document.quantities.iter().enumerate();
    let quantities = quantities.map(|(quantity, found)| (found.article, found.span, Mark::Quantity { doc, quantity }));
    let finds = times.chain(quantities);
    let mut finds: Vec<_> = finds.map(|(article, span, mark)| (place(document, article, span), mark)).collect();
    finds.sort();
    finds
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_read_in_their_order_not_in_the_files() {
        let parts = [Span::new(50, 90), Span::new(0, 40)];
        assert_eq!(part_of(&parts, Span::new(60, 62)), 0);
        assert_eq!(part_of(&parts, Span::new(3, 9)), 1);
        assert_eq!(part_of(&parts, Span::new(95, 99)), 2);
    }
}
