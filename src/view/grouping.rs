//! Which lane each event goes to, and which events are shown at all.

use super::names;
use crate::{
    corpus::{
        Corpus,
        index::{EventIndex, NameId, PlaceLanes, Row, Rows, Shelf, ShelfBy},
        when::Exactness,
    },
    desk::{Desk, Grouping, Locale, Sieve},
    model::ArticleKind,
};
use std::{cmp::Reverse, collections::HashMap, sync::Arc};

pub use crate::corpus::index::{KINDS, MAX_GROUPS};

/// Stories of a few documents keep lanes of their own up to this number.
pub const MAX_STORIES: usize = 40;
/// No grouping makes more lanes than these.
pub const MAX_LANES: usize = 250;
/// More documents than these are a collection: their stories are no lanes.
const MAX_DOCS_BY_STORY: usize = 64;
/// Marks what goes to no lane.
const HIDDEN: u8 = u8::MAX;

/// The grouping that is in force: the user's, or what suits the corpus.
pub fn in_force(corpus: &Corpus, desk: &Desk) -> Grouping {
    let index = corpus.index();
    match desk.timeline.grouping {
        Grouping::Auto => {
            let n_articles: usize =
                (0..index.n_docs()).take(MAX_STORIES + 2).map(|doc| index.counts(doc).articles as usize).sum();
            if n_articles <= MAX_STORIES + 1 && index.n_docs() <= MAX_STORIES {
                Grouping::Article
            } else if index.is_told_by_place() {
                Grouping::Place
            } else {
                Grouping::Kind
            }
        }
        Grouping::Article if index.n_docs() > MAX_DOCS_BY_STORY => Grouping::Document,
        grouping => grouping,
    }
}

/// What decides an event's lane.
enum Table {
    /// All go to the first.
    One,
    /// By place.
    Places(PlaceLanes),
    /// By document.
    Docs(Vec<u8>),
    /// By document and article.
    Articles { first: Vec<u32>, lanes: Vec<u8> },
    /// By kind of article.
    Kinds([u8; 5]),
    /// By tag: rows with each lane they stand in, in order, and the lane of all other rows.
    Tags { rows: Vec<(u32, u8)>, others: u8 },
}

/// What a lane is called, and what tells it from others whatever the language of the interface is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LaneName {
    /// Its identity: under this the desk knows whether it is folded and where it stands. The documents' and the user's
    /// own words are their own key; what the interface names has one that begins with `@@`.
    pub key: String,
    /// As it is shown.
    pub shown: String,
}

impl LaneName {
    /// Of the documents' or the user's own words.
    fn own(name: String) -> Self {
        Self { key: name.clone(), shown: name }
    }

    /// Of words of the interface, by their key there.
    fn of_locale(key: &str, locale: &Locale) -> Self {
        Self { key: format!("@@{key}"), shown: locale.get(key).to_owned() }
    }
}

/// Two documents, or two stories, may have one name, and are two lanes all the same.
fn told_apart(mut names: Vec<LaneName>) -> Vec<LaneName> {
    let mut n_of: HashMap<String, usize> = HashMap::new();
    for name in &mut names {
        let n = n_of.entry(name.key.clone()).or_default();
        *n += 1;
        if *n > 1 {
            name.key = format!("{}@@{n}", name.key);
        }
    }
    names
}

/// Lanes with their names, and which event goes where: everything that sorting needs beside the index.
pub struct Plan {
    names: Vec<LaneName>,
    table: Table,
    sieve: Sieve,
    /// As the user put them; what is not named comes behind, in its own order.
    order: Vec<String>,
}

/// Works out the lanes; looks only at the documents that get a lane.
pub fn plan(corpus: &Corpus, desk: &Desk, locale: &Locale) -> Plan {
    let index = corpus.index();
    let sieve = Sieve::new(index, desk);
    let (names, table) = match in_force(corpus, desk) {
        Grouping::Place => by_place(index, &sieve, locale),
        Grouping::Document => by_document(corpus, locale),
        Grouping::Article | Grouping::Auto => by_article(corpus, locale),
        Grouping::Kind => by_kind(locale),
        Grouping::Tag => by_tag(index, locale),
        Grouping::None => (vec![LaneName::of_locale("timeline.all-events", locale)], Table::One),
    };
    Plan { names: told_apart(names), table, sieve, order: desk.timeline.lane_order.clone() }
}

impl Plan {
    /// The lanes that are kept with the index, where they are these ones, each with its name.
    pub fn shelf(&self, index: &EventIndex) -> Option<(Arc<Shelf>, Vec<LaneName>)> {
        let by = match self.table {
            Table::Places(_) => ShelfBy::Place,
            Table::Kinds(_) => ShelfBy::Kind,
            _ => return None,
        };
        let shelf = index.shelf().filter(|shelf| shelf.by == by && self.sieve.is_open())?;
        let name = |(number, _): &(u8, _)| self.names.get(usize::from(*number)).cloned();
        let names = shelf.lanes.iter().map(name).collect::<Option<Vec<LaneName>>>()?;
        Some((Arc::clone(shelf), names))
    }

    /// Where the user put the lane with this key; lanes that were not moved come behind.
    pub fn place_of(&self, key: &str) -> usize {
        place_in(&self.order, key)
    }

    /// All rows that are shown, and the lanes that have any.
    pub fn sort(self, index: &EventIndex) -> (Rows, Vec<(LaneName, Rows)>) {
        let Self { names, table, sieve, order } = self;
        let all = index.len();
        if matches!(table, Table::One) && sieve.is_open() {
            let rows = Rows::All(all as u32);
            let lanes = names.into_iter().map(|name| (name, rows.clone())).filter(|(_, rows)| !rows.is_empty());
            return (rows.clone(), lanes.collect());
        }
        let mut lanes: Vec<Vec<u32>> = vec![Vec::new(); names.len()];
        let mut shown: Vec<u32> = Vec::new();
        let is_open = sieve.is_open();
        for (number, row) in index.rows().iter_from(0).enumerate() {
            let number = number as u32;
            if !is_open && !sieve.lets(number, &row) {
                continue;
            }
            let mut is_shown = false;
            let mut put = |lane: u8| {
                if let Some(lane) = lanes.get_mut(usize::from(lane)) {
                    lane.push(number);
                    is_shown = true;
                }
            };
            match &table {
                Table::Tags { rows, others } => match tags_of(rows, number) {
                    [] => put(*others),
                    own => own.iter().for_each(|(_, lane)| put(*lane)),
                },
                table => put(table.lane(&row)),
            }
            if is_shown && !is_open {
                shown.push(number);
            }
        }
        let rows = if is_open { Rows::All(all as u32) } else { Rows::Some(shown.into()) };
        let lanes = names.into_iter().zip(lanes).filter(|(_, rows)| !rows.is_empty());
        let mut lanes: Vec<(LaneName, Rows)> = lanes.map(|(name, rows)| (name, Rows::Some(rows.into()))).collect();
        lanes.sort_by_cached_key(|(name, _)| place_in(&order, &name.key));
        (rows, lanes)
    }
}

fn place_in(order: &[String], key: &str) -> usize {
    order.iter().position(|other| other == key).unwrap_or(usize::MAX)
}

impl Table {
    fn lane(&self, row: &Row) -> u8 {
        let lane = match self {
            Self::One => Some(0),
            Self::Places(places) => places.lane(row.place),
            Self::Docs(lanes) => lanes.get(row.doc as usize).copied(),
            Self::Articles { first, lanes } => {
                first.get(row.doc as usize).and_then(|first| lanes.get((first + row.article) as usize).copied())
            }
            Self::Kinds(lanes) => Some(lanes[kind_idx(row.traits.kind)]),
            // Rows with tags are sorted by number.
            Self::Tags { others, .. } => Some(*others),
        };
        lane.unwrap_or(HIDDEN)
    }
}

/// The lanes of one row by its tags.
fn tags_of(rows: &[(u32, u8)], row: u32) -> &[(u32, u8)] {
    let from = rows.partition_point(|(at, _)| *at < row);
    let n = rows.get(from..).unwrap_or_default().partition_point(|(at, _)| *at == row);
    rows.get(from..from + n).unwrap_or_default()
}

/// Lanes for the largest of `sizes` (events of each group), in the order of the groups, and one for the rest. Returns
/// the groups that got a lane and each group's lane.
fn largest(sizes: &[usize], max: usize) -> (Vec<usize>, Vec<u8>, usize) {
    let mut by_size: Vec<usize> = (0..sizes.len()).filter(|at| sizes.get(*at).is_some_and(|size| *size > 0)).collect();
    let n_groups = by_size.len();
    if n_groups > max + 1 {
        by_size.select_nth_unstable_by_key(MAX_GROUPS - 1, |at| (Reverse(sizes.get(*at).copied()), *at));
        by_size.truncate(MAX_GROUPS);
    }
    by_size.sort_unstable();
    let rest = by_size.len() as u8;
    let mut lanes = vec![rest; sizes.len()];
    for (lane, group) in by_size.iter().enumerate() {
        if let Some(slot) = lanes.get_mut(*group) {
            *slot = lane as u8;
        }
    }
    let n_rest = n_groups - by_size.len();
    (by_size, lanes, n_rest)
}

fn others(n: usize, key: &str, locale: &Locale) -> Option<LaneName> {
    let shown = || locale.fill(key, &[&super::number::counted(n, locale)]);
    (n > 0).then(|| LaneName { key: format!("@@{key}"), shown: shown() })
}

fn by_place(index: &EventIndex, sieve: &Sieve, locale: &Locale) -> (Vec<LaneName>, Table) {
    let known = index.names();
    let by_count: Vec<NameId> =
        known.by_count().into_iter().map(|(id, _)| id).filter(|id| sieve.lets_place(*id)).collect();
    let places = PlaceLanes::new(&by_count, known.len());
    let own = places.own.iter().filter_map(|id| known.get(*id));
    let mut names: Vec<LaneName> = own.map(|name| LaneName::own(name.to_owned())).collect();
    names.extend(others(places.n_others, "timeline.other-places", locale));
    names.push(LaneName::of_locale("timeline.no-place", locale));
    (names, Table::Places(places))
}

fn by_document(corpus: &Corpus, locale: &Locale) -> (Vec<LaneName>, Table) {
    let index = corpus.index();
    let sizes: Vec<usize> = index.docs().iter_from(0).map(|doc| doc.counts.events as usize).collect();
    let (own, lanes, n_rest) = largest(&sizes, MAX_GROUPS);
    let own = own.iter().filter_map(|doc| corpus.entries.get(*doc));
    let mut names: Vec<LaneName> = own.map(|entry| LaneName::own(names::document_name(entry))).collect();
    names.extend(others(n_rest, "timeline.other-documents", locale));
    (names, Table::Docs(lanes))
}

fn by_article(corpus: &Corpus, locale: &Locale) -> (Vec<LaneName>, Table) {
    let index = corpus.index();
    let mut first: Vec<u32> = Vec::with_capacity(index.n_docs());
    let mut n_articles = 0_u32;
    for doc in index.docs().iter_from(0) {
        first.push(n_articles);
        n_articles += doc.counts.articles;
    }
    let mut sizes = vec![0_usize; n_articles as usize];
    for row in index.rows().iter_from(0) {
        let at = first.get(row.doc as usize).map(|first| (first + row.article) as usize);
        if let Some(size) = at.and_then(|at| sizes.get_mut(at)) {
            *size += 1;
        }
    }
    let (own, lanes, n_rest) = largest(&sizes, MAX_STORIES);
    let name = |at: &usize| {
        let doc = first.partition_point(|first| (*first as usize) <= *at).checked_sub(1)?;
        let entry = corpus.entries.get(doc)?;
        let article = *at - *first.get(doc)? as usize;
        let key = names::article_words(entry, article);
        Some(LaneName { key, shown: names::article_name(entry, article, locale) })
    };
    let mut names: Vec<LaneName> = own.iter().filter_map(name).collect();
    names.extend(others(n_rest, "timeline.other-articles", locale));
    (names, Table::Articles { first, lanes })
}

const fn kind_idx(kind: ArticleKind) -> usize {
    match kind {
        ArticleKind::News => 0,
        ArticleKind::Brief => 1,
        ArticleKind::Photo => 2,
        ArticleKind::Section => 3,
        ArticleKind::Other => 4,
    }
}

/// The words for a kind of article, in the locale.
pub const fn kind_key(kind: ArticleKind) -> &'static str {
    match kind {
        ArticleKind::News => "kind.news",
        ArticleKind::Brief => "kind.brief",
        ArticleKind::Photo => "kind.photo",
        ArticleKind::Section => "kind.section",
        ArticleKind::Other => "kind.other",
    }
}

fn by_kind(locale: &Locale) -> (Vec<LaneName>, Table) {
    (KINDS.iter().map(|kind| LaneName::of_locale(kind_key(*kind), locale)).collect(), Table::Kinds([0, 1, 2, 3, 4]))
}

/// A lane for each tag, by name, and one for what has none. An event with several tags stands in each of their lanes,
/// so that a lane has all that its name promises.
fn by_tag(index: &EventIndex, locale: &Locale) -> (Vec<LaneName>, Table) {
    let tagged = index.tagged();
    let sizes: Vec<usize> = tagged.iter().map(|(_, rows)| rows.len()).collect();
    let (own, lanes, n_rest) = largest(&sizes, MAX_STORIES);
    let own = own.iter().filter_map(|tag| tagged.get(*tag));
    let mut names: Vec<LaneName> = own.map(|(tag, _)| LaneName::own((*tag).to_owned())).collect();
    names.extend(others(n_rest, "timeline.other-tags", locale));
    let untagged = names.len() as u8;
    names.push(LaneName::of_locale("timeline.no-tag", locale));
    let of_tag = tagged.iter().zip(&lanes);
    let mut rows: Vec<(u32, u8)> =
        of_tag.flat_map(|((_, rows), lane)| rows.iter().map(move |row| (*row, *lane))).collect();
    rows.sort_unstable();
    rows.dedup();
    (names, Table::Tags { rows, others: untagged })
}

/// Each value that occurs, with how often.
pub type Tally<T> = Vec<(T, usize)>;

/// How many events there are of each exactness and of each kind of article.
pub fn tallies(index: &EventIndex) -> (Tally<Exactness>, Tally<ArticleKind>) {
    let tallies = index.tallies();
    let exactness = Exactness::ALL.into_iter().zip(tallies.exactness.map(|n| n as usize));
    let kinds = KINDS.into_iter().zip(tallies.kinds.map(|n| n as usize));
    (exactness.filter(|(_, n)| *n > 0).collect(), kinds.filter(|(_, n)| *n > 0).collect())
}
