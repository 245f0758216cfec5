//! The source line of a figure: document, date, story, agency and place.

use super::date_text::{DateStyle, date_text};
use crate::{
    desk::Locale,
    model::{Article, Document},
};

/// 来源：报纸版面 2025-06-23，智库报告解读（新华社阿斯塔纳 6月22日电）, for what stands in `articles` of the document.
pub fn source_line(document: &Document, articles: impl Iterator<Item = usize>, words: &Locale) -> String {
    let mut idxs: Vec<usize> = articles.collect();
    idxs.sort_unstable();
    idxs.dedup();
    let stories: Vec<&Article> = idxs.iter().filter_map(|&idx| document.articles.get(idx)).collect();
    let mut text = document_name(document, words);
    let headline = stories.iter().find_map(|story| story.headline.as_deref());
    if let Some(headline) = headline {
        let key = if stories.len() > 1 { "figure.source-stories" } else { "figure.source-story" };
        text = words.fill(key, &[&text, headline, &stories.len().to_string()]);
    }
    if let Some(dateline) = stories.iter().find_map(|story| story.dateline.as_ref()) {
        let place = dateline.place.as_deref().filter(|_| stories.len() == 1);
        let place = place.map_or_else(String::new, |place| format!("{}{place}", words.get("figure.space")));
        let date =
            dateline.date.as_ref().map_or_else(String::new, |date| date_text(date, DateStyle::WithoutYear, words));
        text = words.fill("figure.source-dateline", &[&text, &dateline.agency, &place, &date]);
    }
    words.fill("figure.source", &[&text])
}

/// The file's name without its ending, and the writing date where the name does not say it.
fn document_name(document: &Document, words: &Locale) -> String {
    let path = if document.source.path.is_empty() { &document.id } else { &document.source.path };
    let name = path.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let stem = if stem.is_empty() || stem == "-" { words.get("figure.pasted") } else { stem };
    match &document.dct {
        Some(dct) if !stem.chars().any(|c| c.is_ascii_digit()) => format!("{stem} {}", dct.as_str()),
        _ => stem.to_owned(),
    }
}
