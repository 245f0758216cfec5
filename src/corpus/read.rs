//! Source → Document: runs the stages in order and puts the articles' findings together.

use super::{Entry, merge};
use crate::{
    edtf::Edtf,
    extract::{self, Context, Findings, Found, dct},
    model::{self, Document, SCHEMA, SourceInfo, TableChoice, Undated},
    text::{self, Article, Source},
    warn::Reporter,
};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// A document of more articles is shared out over the cores.
const ARTICLES_A_TASK: usize = 8;
/// And of so many at a time.
const ARTICLES_A_TURN: usize = 512;

/// What the caller knows.
#[derive(Debug, Clone, Default)]
pub struct ReadOptions {
    /// Document creation time, where the text gives none.
    pub dct: Option<Edtf>,
    /// The document's id; the source's path where `None`.
    pub id: Option<String>,
    /// What the columns of tables of records are for, where the user says so.
    pub tables: Vec<TableChoice>,
    /// When it was written, where neither the text nor the caller nor the file's name tells. Whoever knows the file turns
    /// [`Undated::File`] into a day; here it says nothing.
    pub undated: Undated,
    /// The encodings that were chosen by hand (WHATWG names): of files, and of files in archives (`a.zip/b.txt`).
    pub encodings: BTreeMap<String, String>,
}

/// Reads one document. Never fails; what could not be read is among the document's warnings.
pub fn read(source: Source, options: &ReadOptions, mut reporter: Reporter) -> Entry {
    let Source { path, text, encoding, sha256 } = source;
    let articles = text::segment(&text, &mut reporter);
    let file_name = path.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
    let assumed = match &options.undated {
        Undated::On(date) => Some(date.clone()),
        Undated::Unknown | Undated::File => None,
    };
    let dcts = dct::find(&articles, &dct::Hints { given: options.dct.clone(), file_name, assumed });
    let mut document = Document {
        schema: SCHEMA,
        id: options.id.clone().unwrap_or_else(|| path.clone()),
        source: SourceInfo { path, sha256, encoding, chars: text.chars().count(), text: None },
        dct: dcts.document,
        dct_from: dcts.from,
        articles: Vec::with_capacity(articles.len()),
        times: Vec::new(),
        quantities: Vec::new(),
        events: Vec::new(),
        series: Vec::new(),
        claims: Vec::new(),
        warnings: Vec::new(),
    };
    let contexts: Vec<Context> =
        dcts.articles.into_iter().map(|(dct, dct_is_own)| Context { dct, dct_is_own, ..Context::default() }).collect();
    // Not all at once: what was found is smaller where it is put together.
    for (articles, contexts) in articles.chunks(ARTICLES_A_TURN).zip(contexts.chunks(ARTICLES_A_TURN)) {
        let found = articles.par_iter().zip(contexts).with_min_len(ARTICLES_A_TASK);
        let found: Vec<Findings> = found.map(|(article, context)| extract::findings(article, context)).collect();
        for ((article, context), findings) in articles.iter().zip(contexts).zip(found) {
            document.articles.push(described(article, context));
            append(&mut document, findings);
        }
    }
    merge(&mut document, &text);
    document.warnings = reporter.into_warnings();
    Entry::new(document, text, articles)
}

/// The article as the JSON tells it.
fn described(article: &Article, context: &Context) -> model::Article {
    use text::Role;
    let first = |role| article.first(role).map(str::to_owned);
    let dateline = article.dateline.clone().map(|mut dateline| {
        if context.dct_is_own {
            dateline.date.clone_from(&context.dct);
        }
        dateline
    });
    model::Article {
        kind: article.kind,
        headline: first(Role::Headline),
        deck: first(Role::Deck),
        subheads: article
            .blocks
            .iter()
            .filter(|block| block.role == Role::Subhead)
            .map(|block| block.text.text().to_owned())
            .collect(),
        byline: article.byline.clone(),
        dateline,
        dct: context.dct.clone(),
        spans: article.spans.clone(),
    }
}

/// Appends an article's findings, turning its indices into the document's.
fn append(document: &mut Document, findings: Findings) {
    let Findings { times, quantities, events, series, claims } = findings;
    let article_idx = document.articles.len() - 1;
    let (n_times, n_quantities, n_events) = (document.times.len(), document.quantities.len(), document.events.len());
    document.times.extend(times.into_iter().map(|Found { mut item, .. }| {
        item.article = article_idx;
        item.anchor.time = item.anchor.time.map(|idx| idx + n_times);
        item
    }));
    document.quantities.extend(quantities.into_iter().map(|Found { mut item, .. }| {
        item.article = article_idx;
        item.time = item.time.map(|idx| idx + n_times);
        item
    }));
    document.events.extend(events.into_iter().map(|Found { mut item, .. }| {
        item.article = article_idx;
        item.time = item.time.map(|idx| idx + n_times);
        item.same_as.iter_mut().for_each(|idx| *idx += n_events);
        item
    }));
    document.series.extend(series.into_iter().map(|mut series| {
        for point in &mut series.points {
            point.quantity = point.quantity.map(|idx| idx + n_quantities);
            if let Some(derived) = &mut point.derived {
                derived.from.iter_mut().for_each(|idx| *idx += n_quantities);
            }
        }
        series
    }));
    document.claims.extend(claims.into_iter().map(|mut claim| {
        claim.from.iter_mut().for_each(|idx| *idx += n_quantities);
        claim
    }));
}
