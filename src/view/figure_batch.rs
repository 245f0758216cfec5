//! Many figures at once: what each is made from, and the name of its file.

use super::{
    figure::{Chosen, NoFigure},
    names::document_name,
};
use crate::{
    corpus::{Entry, JoinedSeries, Period, join_series},
    desk::{Facets, FigureBatch, FigureKind, FigureSpec, Locale},
};
use std::{
    collections::{BTreeSet, HashMap, HashSet},
    ops::Range,
};

/// A series needs so many points to be worth a figure of its own.
const FEWEST_POINTS: usize = 2;
/// File names are no longer than this, in characters, without ending.
const LONGEST_NAME: usize = 60;

/// One figure of a batch.
#[derive(Debug, Clone, PartialEq)]
pub struct BatchItem {
    /// The documents it is made from; the series of `spec` count within them.
    docs: Range<usize>,
    /// The choices that make it.
    pub spec: FigureSpec,
    /// The name of its file, with its ending; no two are the same.
    pub name: String,
}

/// All figures of a batch.
#[derive(Debug, Clone, Default)]
pub struct BatchPlan {
    /// In the order in which they are drawn.
    pub items: Vec<BatchItem>,
    /// Series of a single point, which make no figure.
    pub n_left_out: usize,
    joined: Vec<JoinedSeries>,
}

impl BatchPlan {
    /// Figures that look as `spec` says. Words given there stand on every one of them.
    pub fn new(entries: &[Entry], spec: &FigureSpec, batch: FigureBatch) -> Self {
        let mut plan = match batch {
            FigureBatch::Series => Self::of_series(entries, spec),
            FigureBatch::Documents => Self::of_documents(entries, spec),
        };
        let mut taken = HashSet::new();
        for item in &mut plan.items {
            item.name = unused(&item.name, item.spec.format.extension(), &mut taken);
        }
        plan
    }

    fn of_series(entries: &[Entry], spec: &FigureSpec) -> Self {
        let joined = if entries.len() > 1 { join_series(entries) } else { Vec::new() };
        let mut plan = Self { joined, ..Self::default() };
        let kind = if spec.kind == FigureKind::Timeline { FigureKind::Series } else { spec.kind };
        let mut add = |name: &str, n_points: usize, place: Option<(usize, usize)>, period| match place {
            Some(place) if n_points >= FEWEST_POINTS => plan.items.push(BatchItem {
                docs: 0..entries.len(),
                spec: FigureSpec { kind, series: vec![place], period, ..spec.clone() },
                name: name.to_owned(),
            }),
            _ => plan.n_left_out += 1,
        };
        if entries.len() > 1 {
            let joined = std::mem::take(&mut plan.joined);
            for (all, place) in joined.iter().zip(places(&joined)) {
                add(&all.name, all.points.len(), place, Some(all.period));
            }
            plan.joined = joined;
        } else {
            let series = entries.iter().flat_map(|entry| &entry.document.series).enumerate();
            series.for_each(|(idx, series)| add(&series.name, series.points.len(), Some((0, idx)), None));
        }
        plan
    }

    fn of_documents(entries: &[Entry], spec: &FigureSpec) -> Self {
        // Each is the only document of its figure: the choice of documents says which are drawn at all.
        let facets = Facets { documents: BTreeSet::new(), ..spec.facets.clone() };
        let item = |(doc, entry): (usize, &Entry)| BatchItem {
            docs: doc..doc + 1,
            spec: FigureSpec { series: Vec::new(), facets: facets.clone(), ..spec.clone() },
            name: document_name(entry),
        };
        let wanted = &spec.facets.documents;
        let is_wanted = |(doc, _): &(usize, &Entry)| wanted.is_empty() || wanted.contains(doc);
        Self { items: entries.iter().enumerate().filter(is_wanted).map(item).collect(), ..Self::default() }
    }

    /// What a figure is made from; `words` where its spec leaves the language open.
    ///
    /// # Errors
    /// See [`NoFigure`].
    pub fn chosen<'a>(
        &self,
        item: &'a BatchItem,
        entries: &'a [Entry],
        words: &'static Locale,
    ) -> Result<(Chosen<'a>, &'a [Entry]), NoFigure> {
        let entries = entries.get(item.docs.clone()).unwrap_or_default();
        Ok((Chosen::of_joined(entries, &self.joined, &item.spec, words)?, entries))
    }
}

/// For each joined series a (document, series) that stands for it and for no longer one of the same period.
fn places(joined: &[JoinedSeries]) -> Vec<Option<(usize, usize)>> {
    let mut longest: HashMap<(usize, usize, Period), usize> = HashMap::new();
    for (idx, all) in joined.iter().enumerate() {
        for source in all.points.iter().flat_map(|point| &point.sources) {
            let known = longest.entry((source.document, source.series, all.period)).or_insert(idx);
            // As a figure of that place takes it: the last of the longest.
            if joined.get(*known).is_none_or(|other| all.points.len() >= other.points.len()) {
                *known = idx;
            }
        }
    }
    let place = |(idx, all): (usize, &JoinedSeries)| {
        let mut places =
            all.points.iter().flat_map(|point| &point.sources).map(|source| (source.document, source.series));
        places.find(|place| longest.get(&(place.0, place.1, all.period)) == Some(&idx))
    };
    joined.iter().enumerate().map(place).collect()
}

/// `name` as a file name that is not `taken` yet: 产量.png, 产量 2.png.
fn unused(name: &str, ending: &str, taken: &mut HashSet<String>) -> String {
    let stem = file_stem(name);
    let names = (1..).map(|nth| if nth == 1 { format!("{stem}.{ending}") } else { format!("{stem} {nth}.{ending}") });
    // Some file systems do not tell capitals apart.
    let mut free = names.filter(|name| taken.insert(name.to_lowercase()));
    free.next().unwrap_or_default()
}

/// Without the characters that file systems refuse, and not too long.
pub fn file_stem(name: &str) -> String {
    let is_bad = |c: char| c.is_control() || "/\\:*?\"<>|".contains(c);
    let name: String = name.chars().map(|c| if is_bad(c) { '_' } else { c }).take(LONGEST_NAME).collect();
    let name = name.trim().trim_matches('.').trim();
    if name.is_empty() { "figure".to_owned() } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_files_and_never_the_same() {
        let mut taken = HashSet::new();
        let mut named = |name: &str| unused(name, "png", &mut taken);
        assert_eq!(named("产量"), "产量.png");
        assert_eq!(named("产量"), "产量 2.png");
        assert_eq!(named("进口/出口"), "进口_出口.png");
        assert_eq!(named("GDP"), "GDP.png");
        assert_eq!(named("gdp"), "gdp 2.png");
        assert_eq!(named(".."), "figure.png");
    }
}
