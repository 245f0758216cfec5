//! What was found, counted: events by period, kind of article, place and exactness; quantities by unit; the series.
//!
//! Every row knows what shows the findings that it counts.

use super::words;
use crate::{
    corpus::{
        Corpus, SeriesGroup,
        index::{EventIndex, KINDS, Row},
        when::Exactness,
    },
    desk::{Command, Locale, SeriesChoice, SummaryOrder, TimeWindow},
    edtf::Moment,
    model::ArticleKind,
    view::value_text::unit_name,
};
use chrono::Datelike as _;
use std::collections::BTreeMap;

/// How many rows a table has at most; the rest is added up in its last row.
const MAX_ROWS: usize = 24;

/// One count.
#[derive(Debug, Clone, PartialEq)]
pub struct SummaryRow {
    /// Of what.
    pub name: String,
    /// How many.
    pub count: usize,
    /// What shows them; `None` where no view shows just these.
    pub shows: Option<Command>,
    /// Its place in the table's own order: time for periods, 0 where names are the order.
    rank: i64,
}

/// One table.
#[derive(Debug, Clone, PartialEq)]
pub struct SummaryTable {
    /// Key of its title in the locale's section `summary`.
    pub key: &'static str,
    /// Its rows.
    pub rows: Vec<SummaryRow>,
    /// How many things it counts in all.
    pub total: usize,
}

/// All tables that have rows, in the order in which they are shown.
pub fn summary(corpus: &Corpus, order: SummaryOrder, words: &Locale) -> Vec<SummaryTable> {
    let index = corpus.index();
    let mut tables = vec![
        table(periods_key(index), periods(index, words)),
        table("places", places(index, words)),
        table("kinds", kinds(index, words)),
        table("exactness", exactness(index, words)),
        table("units", units(corpus, words)),
        table("series", series(index)),
    ];
    tables.retain(|table| !table.rows.is_empty());
    for table in &mut tables {
        sort(table, order, words);
    }
    tables
}

fn table(key: &'static str, rows: Vec<SummaryRow>) -> SummaryTable {
    SummaryTable { key, total: rows.iter().map(|row| row.count).sum(), rows }
}

/// Sorts the rows and adds up those beyond [`MAX_ROWS`] (of the largest, whatever the order).
fn sort(table: &mut SummaryTable, order: SummaryOrder, words: &Locale) {
    table.rows.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| (a.rank, &a.name).cmp(&(b.rank, &b.name))));
    let rest: Vec<SummaryRow> = table.rows.split_off(table.rows.len().min(MAX_ROWS));
    if order == SummaryOrder::Name {
        table.rows.sort_by(|a, b| (a.rank, &a.name).cmp(&(b.rank, &b.name)));
    }
    if !rest.is_empty() {
        let name = words.fill("summary.others", &[&rest.len().to_string()]);
        table.rows.push(SummaryRow {
            name,
            count: rest.iter().map(|row| row.count).sum(),
            shows: None,
            rank: i64::MAX,
        });
    }
}

/// The year a moment lies in; `None` outside of what the calendar holds.
fn year_of(secs: i64) -> Option<i32> {
    Moment::from_seconds(secs).map(|moment| moment.0.year())
}

fn year_start(year: i32) -> Option<f64> {
    Moment::from_ymd(year, 1, 1).map(|moment| moment.seconds() as f64)
}

/// More events than this are not walked one by one: they count by their middles, which the index has in order.
const MAX_WALKED: usize = 200_000;

/// Key of the title of [`periods`]: it says what puts an event into a period.
const fn periods_key(index: &EventIndex) -> &'static str {
    if index.len() <= MAX_WALKED { "periods" } else { "periods-by-middle" }
}

/// How many events each year has: what lasts counts in the year it begins.
fn by_year(index: &EventIndex) -> BTreeMap<i32, usize> {
    let mut by_year: BTreeMap<i32, usize> = BTreeMap::new();
    if index.len() <= MAX_WALKED {
        // Of what is before or after a moment only that is known.
        let known = |row: Row| match row.traits.exactness {
            Exactness::Before | Exactness::After => row.middle(),
            _ => row.start,
        };
        let years = index.rows().iter_from(0).filter_map(|row| year_of(known(row)));
        years.for_each(|year| *by_year.entry(year).or_default() += 1);
        return by_year;
    }
    // From year to year with anything in it, by counts alone.
    let mut row = 0;
    while row < index.len() {
        let Some(year) = year_of(index.middle(row as u32)) else {
            row += 1;
            continue;
        };
        let end = year_start(year + 1).map(|end| index.all().before(end, |row| index.middle(row as u32)));
        let end = end.unwrap_or(index.len()).max(row + 1);
        *by_year.entry(year).or_default() += end - row;
        row = end;
    }
    by_year
}

/// Events by year, decade or century, whatever gives a table that can be taken in.
fn periods(index: &EventIndex, locale: &Locale) -> Vec<SummaryRow> {
    let by_year = by_year(index);
    let total: usize = by_year.values().sum();
    // The shortest periods of which a table of them holds nearly all events: a few far-off dates do not make the
    // years of the news into centuries.
    let fits = |step: i32| {
        let mut counts: BTreeMap<i32, usize> = BTreeMap::new();
        by_year.iter().for_each(|(year, count)| *counts.entry(year.div_euclid(step)).or_default() += count);
        let mut counts: Vec<usize> = counts.into_values().collect();
        counts.sort_unstable_by(|a, b| b.cmp(a));
        let shown: usize = counts.iter().take(MAX_ROWS).sum();
        shown * 20 >= total * 19
    };
    let step = [1, 10, 100].into_iter().find(|step| fits(*step)).unwrap_or(1000);
    let mut by_period: BTreeMap<i32, usize> = BTreeMap::new();
    for (year, count) in by_year {
        *by_period.entry(year.div_euclid(step) * step).or_default() += count;
    }
    let name = |first: i32| match step {
        1 => words::year(first, locale),
        10 => words::decade(first, locale),
        100 => words::century(first, locale),
        _ => words::millennium(first, locale),
    };
    let row = |(first, count): (i32, usize)| {
        let window = year_start(first).zip(year_start(first + step)).map(|(start, end)| TimeWindow { start, end });
        let shows = window.map(|window| Command::SetTimeWindow(Some(window)));
        SummaryRow { name: name(first), count, shows, rank: i64::from(first) }
    };
    by_period.into_iter().map(row).collect()
}

fn places(index: &EventIndex, words: &Locale) -> Vec<SummaryRow> {
    let names = index.names();
    let named = names.by_count().into_iter().filter_map(|(id, n)| Some((names.get(id)?, n)));
    let unnamed = Some(("", names.n_without())).filter(|(_, n)| *n > 0);
    let counts: BTreeMap<&str, usize> = named.chain(unnamed).collect();
    let row = |(place, count): (&str, usize)| SummaryRow {
        name: if place.is_empty() { words.get("sidebar.no-place").to_owned() } else { place.to_owned() },
        count,
        shows: Some(Command::TogglePlace(place.to_owned())),
        rank: i64::from(place.is_empty()),
    };
    counts.into_iter().map(row).collect()
}

const fn kind_key(kind: ArticleKind) -> &'static str {
    match kind {
        ArticleKind::News => "kind.news",
        ArticleKind::Photo => "kind.photo",
        ArticleKind::Brief => "kind.brief",
        ArticleKind::Section => "kind.section",
        ArticleKind::Other => "kind.other",
    }
}

fn kinds(index: &EventIndex, words: &Locale) -> Vec<SummaryRow> {
    let tallies = KINDS.iter().zip(index.tallies().kinds).filter(|(_, n)| *n > 0);
    let counts: BTreeMap<&str, usize> = tallies.map(|(kind, n)| (kind_key(*kind), n as usize)).collect();
    let row = |(key, count): (&str, usize)| SummaryRow {
        name: words.find(key).unwrap_or(key).to_owned(),
        count,
        shows: None,
        rank: 0,
    };
    counts.into_iter().map(row).collect()
}

fn exactness(index: &EventIndex, words: &Locale) -> Vec<SummaryRow> {
    let tallies = Exactness::ALL.into_iter().zip(index.tallies().exactness).filter(|(_, n)| *n > 0);
    let counts: BTreeMap<Exactness, usize> = tallies.map(|(class, n)| (class, n as usize)).collect();
    let rows = counts.into_iter().enumerate();
    rows.map(|(rank, (exactness, count))| SummaryRow {
        name: words.get(exactness.key()).to_owned(),
        count,
        shows: None,
        rank: rank as i64,
    })
    .collect()
}

fn units(corpus: &Corpus, words: &Locale) -> Vec<SummaryRow> {
    let all = corpus.near().flat_map(|(_, entry)| &entry.document.quantities);
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    all.for_each(|quantity| *counts.entry(quantity.unit.as_str()).or_default() += 1);
    let row = |(unit, count): (&str, usize)| {
        let is_bare = unit.is_empty() || unit == "1";
        let name = if is_bare { words.get("summary.no-unit").to_owned() } else { unit_name(unit, words) };
        // The table's filter looks for the unit's code; a bare 1 is in every number.
        let shows = (!is_bare).then(|| Command::FilterQuantities(unit.to_owned()));
        SummaryRow { name, count, shows, rank: 0 }
    };
    counts.into_iter().map(row).collect()
}

fn series(index: &EventIndex) -> Vec<SummaryRow> {
    let row = |group: &SeriesGroup| SummaryRow {
        name: group.name.clone(),
        count: group.points.len(),
        shows: SeriesChoice::of(group).map(Command::ShowSeries),
        rank: 0,
    };
    index.groups().iter().map(row).collect()
}

/// All tables as tab-separated lines, for a spreadsheet.
pub fn summary_tsv(tables: &[SummaryTable], words: &Locale) -> String {
    let mut out = String::new();
    for table in tables {
        out.push_str(words.find(&format!("summary.{}", table.key)).unwrap_or(table.key));
        out.push('\n');
        for row in &table.rows {
            out.push_str(&format!("{}\t{}\n", row.name.replace(['\t', '\n'], " "), row.count));
        }
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        corpus::{ReadOptions, read},
        desk::Lang,
        text::Source,
        warn::Reporter,
    };

    #[test]
    fn what_is_counted_leads_to_what_shows_it() {
        let text =
            "2023年，大桥在天津开工，投资12亿元。2024年，大桥在天津通车，投资15亿元。2024年9月，地铁在香港开通。";
        let source = Source::of("a.txt", text);
        let corpus = Corpus::new(vec![read(source, &ReadOptions::default(), Reporter::new())]);
        let words = Locale::of(Lang::Zh);
        let tables = summary(&corpus, SummaryOrder::Name, words);
        let rows = |key: &str| -> Vec<(String, usize)> {
            let table = tables.iter().find(|table| table.key == key).unwrap();
            table.rows.iter().map(|row| (row.name.clone(), row.count)).collect()
        };
        assert_eq!(rows("periods"), [("2023年".to_owned(), 1), ("2024年".to_owned(), 2)]);
        assert_eq!(rows("places"), [("天津".to_owned(), 2), ("香港".to_owned(), 1)]);
        assert_eq!(rows("units"), [("元".to_owned(), 2)]);
        let period = tables.iter().find(|table| table.key == "periods").unwrap();
        let Some(Command::SetTimeWindow(Some(window))) = period.rows[0].shows.clone() else { panic!("leads nowhere") };
        assert_eq!(Moment::from_seconds(window.end as i64), Moment::from_ymd(2024, 1, 1));
        let by_count = summary(&corpus, SummaryOrder::Count, words);
        assert_eq!(by_count[0].rows[0].name, "2024年");
        assert!(summary_tsv(&tables, words).contains("天津\t2\n"));
    }

    #[test]
    fn what_lasts_counts_where_it_begins() {
        let text =
            "公元前175年至前76年，商路沿线兴建了驿站。2023年至2024年，大桥在天津建设。1949年以前，铁路通到香港。";
        let source = Source::of("a.txt", text);
        let corpus = Corpus::new(vec![read(source, &ReadOptions::default(), Reporter::new())]);
        let years = by_year(corpus.index());
        assert_eq!(years.get(&-174), Some(&1), "{years:?}");
        assert_eq!(years.get(&2023), Some(&1), "{years:?}");
        assert!(!years.contains_key(&-124) && !years.contains_key(&2024), "{years:?}");
    }
}
