//! The tables beside the chart: the points of a series, every quantity of the corpus, and both as CSV.

use super::{
    date_text::{DateStyle, date_text},
    number::exact,
    value_text::unit_name,
};
use crate::{
    corpus::{Corpus, Entry, Period, PointSource, SeriesGroup, figures_agree},
    desk::{Desk, Locale, Mark, PointOrder, QuantityOrder},
    edtf::{Interval, Moment},
    extract::quantity::same,
    model::Quantity,
    span::{CharIndex, Span},
};
use std::{cmp::Ordering, collections::BTreeMap};

/// A tag is no longer than this.
const MAX_TAG: usize = 80;
/// How many characters of a passage a table shows on either side of the number.
const N_CONTEXT: usize = 24;

/// One row of the table of points.
#[derive(Debug, Clone, PartialEq)]
pub struct PointRow {
    /// The point.
    pub mark: Mark,
    /// 约1992年.
    pub time: String,
    /// 948亿美元 as printed, or the sum of a derived point.
    pub printed: String,
    /// In the series' unit: 94,800,000,000.
    pub value: String,
    /// 原文 or 推算.
    pub how: String,
    /// What a table of figures gives for the same time, and how far this value is from it; `None` where there is none,
    /// and for the figures of the table themselves.
    pub reference: Option<Compared>,
    /// Whether it is such a figure itself, beside those of texts.
    pub is_reference: bool,
    /// The passage, joined, about the number.
    pub passage: String,
}

/// A value of a text beside the one of a table of figures.
#[derive(Debug, Clone, PartialEq)]
pub struct Compared {
    /// The table's value in the series' unit: 1,254,000.
    pub value: String,
    /// This value less the table's: +6,000; of a range, from its nearer end, 0 within it.
    pub difference: String,
    /// The same as a share of the table's: +0.5%; empty where that is 0.
    pub percent: String,
    /// Whether they are the same, or one is the other, rounded.
    pub agrees: bool,
}

impl Compared {
    /// `value` to `upper` beside the table's `reference`.
    fn new(value: f64, upper: Option<f64>, reference: f64) -> Self {
        let upper = upper.unwrap_or(value).max(value);
        // The value of the range that is nearest to the table's: that itself, where the range holds it.
        let nearest = reference.max(value).min(upper);
        // Sums of decimals leave crumbs: 1254000 − 1254000.0000000002.
        let difference = nearest - reference;
        let difference = if difference.abs() < reference.abs() * 1e-12 { 0.0 } else { difference };
        let sign = if difference > 0.0 { "+" } else { "" };
        let percent = difference / reference.abs() * 100.0;
        Self {
            value: exact(reference),
            difference: format!("{sign}{}", exact(difference)),
            percent: if percent.is_finite() {
                format!("{sign}{}%", format!("{percent:.1}").replace('-', "−"))
            } else {
                String::new()
            },
            agrees: difference == 0.0 || figures_agree(nearest, reference),
        }
    }
}

/// Whether a document is a table of figures, as statistical offices publish them, by the ending of its file.
fn is_table(entry: &Entry) -> bool {
    const ENDINGS: [&str; 7] = ["csv", "tsv", "tab", "xlsx", "xlsm", "xls", "ods"];
    let path = &entry.document.source.path;
    path.rsplit_once('.').is_some_and(|(_, ending)| ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known)))
}

/// What the tables of figures among the documents of `group` give, by time.
fn reference_values(corpus: &Corpus, group: &SeriesGroup) -> BTreeMap<(Option<Moment>, Option<Moment>), f64> {
    let mut values = BTreeMap::new();
    for point in &group.points {
        for source in &point.sources {
            let Some(entry) = corpus.entries.get(source.document).filter(|entry| is_table(entry)) else { continue };
            let series = entry.document.series.get(source.series);
            let Some((series, told)) = series.and_then(|series| Some((series, series.points.get(source.point)?)))
            else {
                continue;
            };
            let value = told.value * same::factor(&series.unit, &group.unit);
            values.entry(time_key(point.interval, group)).or_insert(value);
        }
    }
    values
}

/// When a point of `group` is: of what is told for a moment, the end of its stretch.
fn time_key(interval: Option<Interval>, group: &SeriesGroup) -> (Option<Moment>, Option<Moment>) {
    match interval {
        Some(interval) if group.period == Some(Period::Moment) => (None, interval.end.or(interval.start)),
        Some(interval) => (interval.start, interval.end),
        None => (None, None),
    }
}

/// The rows of a series, by time.
pub fn point_rows(corpus: &Corpus, group: &SeriesGroup, words: &Locale) -> Vec<PointRow> {
    let mut rows = Vec::new();
    let references = reference_values(corpus, group);
    let sources = group.points.iter().flat_map(|point| &point.sources);
    let is_compared = !references.is_empty()
        && sources.filter_map(|source| corpus.entries.get(source.document)).any(|entry| !is_table(entry));
    for PointSource { document: doc, series, point: idx } in
        group.points.iter().flat_map(|point| &point.sources).cloned()
    {
        let Some(entry) = corpus.entries.get(doc) else { continue };
        let Some(found) = entry.document.series.get(series) else { continue };
        let Some(point) = found.points.get(idx) else { continue };
        let mark = Mark::Point { doc, series, point: idx };
        let quantity = point.quantity.and_then(|idx| entry.document.quantities.get(idx));
        let formula = point.derived.as_ref().map(|derived| derived.formula.clone());
        let factor = same::factor(&found.unit, &group.unit);
        let upper = point.upper.map_or_else(String::new, |upper| format!("–{}", exact(upper * factor)));
        let edtf = point.edtf.as_ref();
        let is_reference = is_compared && is_table(entry);
        let reference = references
            .get(&time_key(point.interval, group))
            .filter(|_| is_compared && !is_reference)
            .map(|reference| Compared::new(point.value * factor, point.upper.map(|upper| upper * factor), *reference));
        let how = match (is_reference, &point.derived) {
            (true, _) => "chart.reference",
            (_, Some(_)) => "chart.derived",
            (_, None) => "chart.reported",
        };
        let row = PointRow {
            mark,
            reference,
            is_reference,
            time: edtf.map_or_else(String::new, |edtf| date_text(edtf, DateStyle::Short, words)),
            printed: quantity.map(|quantity| quantity.text.clone()).or(formula).unwrap_or_default(),
            value: format!("{}{upper}", exact(point.value * factor)),
            how: words.get(how).to_owned(),
            passage: mark.span(corpus).map_or_else(String::new, |span| passage(entry, span)),
        };
        rows.push((point.interval, row));
    }
    // The sort is stable: points of the same time stay in the order of the corpus.
    rows.sort_by_key(|(interval, _)| *interval);
    rows.into_iter().map(|(_, row)| row).collect()
}

/// The rows in the order that the desk asks for; what is equal stays in order of time.
pub fn sorted_point_rows(corpus: &Corpus, group: &SeriesGroup, desk: &Desk, words: &Locale) -> Vec<PointRow> {
    let mut rows = point_rows(corpus, group, words);
    let value = |row: &PointRow| match row.mark {
        Mark::Point { doc, series, point } => {
            let series = corpus.entries.get(doc).and_then(|entry| entry.document.series.get(series));
            series.and_then(|series| series.points.get(point)).map_or(f64::NAN, |point| point.value)
        }
        _ => f64::NAN,
    };
    match desk.chart.point_order {
        PointOrder::Time => {}
        PointOrder::Printed => rows.sort_by(|a, b| a.printed.cmp(&b.printed)),
        PointOrder::Value => rows.sort_by(|a, b| value(a).total_cmp(&value(b))),
        PointOrder::How => rows.sort_by(|a, b| a.how.cmp(&b.how)),
    }
    if desk.chart.points_are_descending {
        rows.reverse();
    }
    rows
}

/// The rows as tab-separated lines, for a spreadsheet's clipboard.
pub fn points_tsv(corpus: &Corpus, desk: &Desk, words: &Locale) -> String {
    let Some(group) = desk.chart.group(corpus) else { return String::new() };
    let title = |key: &str| words.find(&format!("quantities.column.{key}")).unwrap_or_default().to_owned();
    let rows = sorted_point_rows(corpus, group, desk, words);
    let is_compared = rows.iter().any(|row| row.reference.is_some());
    let compared: &[&str] = if is_compared { &["reference", "difference", "percent"] } else { &[] };
    let titles = ["time", "printed", "value", "how"].iter().chain(compared).chain(&["passage"]);
    let mut lines = vec![titles.map(|key| title(key)).collect::<Vec<_>>().join("\t")];
    for row in rows {
        let mut cells = vec![row.time, row.printed, row.value.replace(',', ""), row.how];
        if is_compared {
            let told = row.reference.map(|told| [told.value, told.difference, told.percent]).unwrap_or_default();
            cells.extend(told.map(|cell| cell.replace(',', "")));
        }
        cells.push(row.passage);
        lines.push(cells.join("\t"));
    }
    lines.join("\n") + "\n"
}

/// One row of the table of quantities.
#[derive(Debug, Clone, PartialEq)]
pub struct QuantityRow {
    /// The quantity.
    pub mark: Mark,
    /// What is measured, or the words beside it where that is not known.
    pub measure: String,
    /// Whether `measure` is what the reading found (rather than the words beside it).
    pub has_measure: bool,
    /// As printed.
    pub printed: String,
    /// In its unit: 94,800,000,000.
    pub value: String,
    /// The unit's name.
    pub unit: String,
    /// The time it holds for.
    pub time: String,
    /// The headline of its article.
    pub article: String,
}

/// Which quantities are listed and in which order: (document, quantity) by the desk's filter and sort column. Of a
/// corpus too large for memory those of the [documents at hand](Corpus::near).
pub fn quantity_order(corpus: &Corpus, desk: &Desk) -> Vec<(usize, usize)> {
    let filter = desk.chart.quantity_filter.trim().to_lowercase();
    let mut all: Vec<(usize, usize)> = corpus
        .near()
        .flat_map(|(doc, entry)| {
            let quantities = entry.document.quantities.iter().enumerate();
            let filter = &filter;
            quantities.filter(move |(_, quantity)| is_wanted(entry, quantity, filter)).map(move |(idx, _)| (doc, idx))
        })
        .collect();
    let quantity = |place: &(usize, usize)| {
        let document = &corpus.entries.get(place.0)?.document;
        Some((document, document.quantities.get(place.1)?))
    };
    let compare = |a: &(usize, usize), b: &(usize, usize)| {
        let (Some((doc_a, a)), Some((doc_b, b))) = (quantity(a), quantity(b)) else { return Ordering::Equal };
        match desk.chart.order {
            QuantityOrder::Place => Ordering::Equal,
            QuantityOrder::Measure => last_if_none(a.measure.as_deref(), b.measure.as_deref()),
            QuantityOrder::Value => a.unit.cmp(&b.unit).then_with(|| a.value.total_cmp(&b.value)),
            QuantityOrder::Unit => a.unit.cmp(&b.unit),
            QuantityOrder::Time => {
                let start =
                    |doc: &crate::model::Document, quantity: &Quantity| doc.times.get(quantity.time?)?.interval?.start;
                last_if_none(start(doc_a, a), start(doc_b, b))
            }
            QuantityOrder::Article => a.article.cmp(&b.article),
        }
    };
    // Stable: what is equal stays in the order of the text.
    all.sort_by(compare);
    if desk.chart.is_descending {
        all.reverse();
    }
    all
}

fn last_if_none<T: Ord>(a: Option<T>, b: Option<T>) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) => a.cmp(&b),
        (a, b) => b.is_some().cmp(&a.is_some()),
    }
}

/// Every word of the filter must occur in the measure, the printed words, the unit or the headline.
fn is_wanted(entry: &Entry, quantity: &Quantity, filter: &str) -> bool {
    let headline = entry.document.articles.get(quantity.article).and_then(|article| article.headline.as_deref());
    let time = quantity.time.and_then(|time| entry.document.times.get(time)).map(|time| time.text.as_str());
    let fields = [quantity.measure.as_deref(), Some(quantity.text.as_str()), Some(&quantity.unit), headline, time];
    filter.split_whitespace().all(|word| fields.iter().flatten().any(|field| field.to_lowercase().contains(word)))
}

/// The row of one quantity.
pub fn quantity_row(corpus: &Corpus, (doc, quantity): (usize, usize), words: &Locale) -> Option<QuantityRow> {
    let entry = corpus.entries.get(doc)?;
    let found = entry.document.quantities.get(quantity)?;
    let upper = found.upper.map_or_else(String::new, |upper| format!("–{}", exact(upper)));
    Some(QuantityRow {
        mark: Mark::Quantity { doc, quantity },
        has_measure: found.measure.is_some(),
        measure: found.measure.clone().unwrap_or_else(|| passage(entry, found.span)),
        printed: found.text.clone(),
        value: format!("{}{upper}", exact(found.value)),
        unit: unit_words(found, words),
        time: time_words(entry, found, words),
        article: article_words(entry, found.article),
    })
}

/// 美元, 元/人.
fn unit_words(quantity: &Quantity, words: &Locale) -> String {
    let unit = unit_name(&quantity.unit, words);
    match &quantity.per {
        Some(per) => {
            let per = words
                .find(&format!("quantities.per.{}", per.0))
                .map_or_else(|| unit_name(&per.0, words), str::to_owned);
            words.fill("quantities.per-unit", &[&unit, &per])
        }
        None => unit,
    }
}

fn time_words(entry: &Entry, quantity: &Quantity, words: &Locale) -> String {
    let Some(time) = quantity.time.and_then(|time| entry.document.times.get(time)) else { return String::new() };
    time.edtf.as_ref().map_or_else(|| time.text.clone(), |edtf| date_text(edtf, DateStyle::Short, words))
}

fn article_words(entry: &Entry, article: usize) -> String {
    let headline = entry.document.articles.get(article).and_then(|article| article.headline.clone());
    headline.unwrap_or_else(|| entry.document.id.clone())
}

/// The sentence about `span`, line breaks joined, cut to [`N_CONTEXT`] characters on either side.
pub fn passage(entry: &Entry, span: Span) -> String {
    let text = &entry.text;
    let (Some(before), Some(inside), Some(after)) =
        (text.get(..span.start), text.get(span.start..span.end), text.get(span.end..))
    else {
        return String::new();
    };
    let is_end = |c: char| "。！？；".contains(c);
    // A blank line ends a paragraph, and so does a tag that does; a single break is a torn line.
    let breaks = ["\n\n", "<p>", "</p>", "<br>", "\n#"];
    let start = before.rfind(is_end).map_or(0, |at| at + '。'.len_utf8());
    let start = breaks.iter().filter_map(|mark| Some(before.rfind(mark)? + mark.len())).fold(start, usize::max);
    let end = after.find(is_end).map_or(after.len(), |at| at + '。'.len_utf8());
    let end = breaks.iter().filter_map(|mark| after.find(mark)).fold(end, usize::min);
    let left = without_markup(before.get(start..).unwrap_or_default());
    let right = without_markup(after.get(..end).unwrap_or_default());
    let n_left = left.chars().count();
    let left: String = if n_left > N_CONTEXT {
        std::iter::once('…').chain(left.chars().skip(n_left - N_CONTEXT)).collect()
    } else {
        left
    };
    let n_right = right.chars().count();
    let right: String = right.chars().take(N_CONTEXT).chain((n_right > N_CONTEXT).then_some('…')).collect();
    format!("{left}{}{right}", without_markup(inside))
}

/// Words without blanks, tags and the signs of headings and stress.
fn without_markup(part: &str) -> String {
    let mut out = String::with_capacity(part.len());
    let mut rest = part;
    while let Some(c) = rest.chars().next() {
        let tag = rest.strip_prefix('<').and_then(|tag| tag.find('>')).filter(|length| *length <= MAX_TAG);
        let is_tag =
            tag.is_some() && rest.get(1..2).is_some_and(|c| c == "/" || c.bytes().all(|b| b.is_ascii_alphabetic()));
        match tag.filter(|_| is_tag) {
            Some(length) => rest = rest.get(length + 2..).unwrap_or_default(),
            None => {
                if !c.is_whitespace() && !matches!(c, '#' | '*') {
                    out.push(c);
                }
                rest = rest.get(c.len_utf8()..).unwrap_or_default();
            }
        }
    }
    out
}

/// One CSV field: quoted where it holds a comma, a quote, a line break or blanks at its ends.
fn field(text: &str) -> String {
    let is_plain = !text.contains([',', '"', '\n', '\r']) && text.trim() == text;
    if is_plain { text.to_owned() } else { format!("\"{}\"", text.replace('"', "\"\"")) }
}

fn record(out: &mut String, fields: &[&str]) {
    let fields: Vec<String> = fields.iter().map(|text| field(text)).collect();
    out.push_str(&fields.join(","));
    out.push_str("\r\n");
}

fn header(out: &mut String, words: &Locale, keys: &[&str]) {
    let names: Vec<&str> =
        keys.iter().map(|key| words.find(&format!("quantities.column.{key}")).unwrap_or(key)).collect();
    record(out, &names);
}

/// Offsets in code points, as everywhere at the program's edges.
fn offsets(index: &CharIndex, entry: &Entry, span: Span) -> [String; 2] {
    let span = index.chars_from_bytes(&entry.text, span);
    [span.start.to_string(), span.end.to_string()]
}

/// Every quantity that the desk's filter lets through, in its order, as CSV (RFC 4180, UTF-8): measure, as
/// printed, value, upper, unit, per, bound, time, EDTF, article, document, start and end in code points.
pub fn quantities_csv(corpus: &Corpus, desk: &Desk, words: &Locale) -> String {
    let mut out = String::new();
    let keys = [
        "measure", "printed", "value", "upper", "unit", "per", "bound", "time", "edtf", "article", "document", "start",
        "end",
    ];
    header(&mut out, words, &keys);
    let indices: Vec<CharIndex> = corpus.entries.iter().map(|entry| CharIndex::new(&entry.text)).collect();
    for place in quantity_order(corpus, desk) {
        let (Some(entry), Some(index)) = (corpus.entries.get(place.0), indices.get(place.0)) else { continue };
        let Some(found) = entry.document.quantities.get(place.1) else { continue };
        let [start, end] = offsets(index, entry, found.span);
        let time = found.time.and_then(|time| entry.document.times.get(time));
        let edtf = time.and_then(|time| time.edtf.as_ref()).map(ToString::to_string).unwrap_or_default();
        let bound = found.modifier.map_or("", bound_code);
        record(
            &mut out,
            &[
                found.measure.as_deref().unwrap_or_default(),
                &found.text,
                &found.value.to_string(),
                &found.upper.map_or_else(String::new, |upper| upper.to_string()),
                &found.unit,
                found.per.as_ref().map_or("", |per| &per.0),
                bound,
                &time_words(entry, found, words),
                &edtf,
                &article_words(entry, found.article),
                &entry.document.id,
                &start,
                &end,
            ],
        );
    }
    out
}

/// The bound as the JSON names it.
const fn bound_code(modifier: crate::model::QuantityMod) -> &'static str {
    use crate::model::QuantityMod;
    match modifier {
        QuantityMod::Approx => "APPROX",
        QuantityMod::MoreThan => "MORE_THAN",
        QuantityMod::LessThan => "LESS_THAN",
        QuantityMod::EqualOrMore => "EQUAL_OR_MORE",
        QuantityMod::EqualOrLess => "EQUAL_OR_LESS",
    }
}

/// The points of the series in view as CSV: measure, time, EDTF, value, upper, unit, how, as printed or the sum,
/// passage, document, start and end of the (first) number in code points. Empty where there is no series.
pub fn points_csv(corpus: &Corpus, desk: &Desk, words: &Locale) -> String {
    let Some(group) = desk.chart.group(corpus) else { return String::new() };
    let mut out = String::new();
    let keys =
        ["measure", "time", "edtf", "value", "upper", "unit", "how", "printed", "passage", "document", "start", "end"];
    header(&mut out, words, &keys);
    for row in point_rows(corpus, group, words) {
        let Mark::Point { doc, series, point } = row.mark else { continue };
        let Some(entry) = corpus.entries.get(doc) else { continue };
        let Some(found) = entry.document.series.get(series).and_then(|series| series.points.get(point)) else {
            continue;
        };
        let index = CharIndex::new(&entry.text);
        let [start, end] = row.mark.span(corpus).map_or_else(Default::default, |span| offsets(&index, entry, span));
        let edtf = found.edtf.as_ref().map(ToString::to_string).unwrap_or_default();
        let upper = found.upper.map_or_else(String::new, |upper| upper.to_string());
        let value = found.value.to_string();
        record(
            &mut out,
            &[
                &group.name,
                &row.time,
                &edtf,
                &value,
                &upper,
                &group.unit,
                &row.how,
                &row.printed,
                &row.passage,
                &entry.document.id,
                &start,
                &end,
            ],
        );
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
    fn a_value_is_set_beside_the_tables() {
        let told = |value, upper, reference| {
            let Compared { difference, percent, agrees, .. } = Compared::new(value, upper, reference);
            (difference, percent, agrees)
        };
        let row = |difference: &str, percent: &str, agrees| (difference.to_owned(), percent.to_owned(), agrees);
        assert_eq!(told(1_260_000.0, None, 1_254_000.0), row("+6,000", "+0.5%", false));
        assert_eq!(told(1_190_000.0, None, 1_190_000.0), row("0", "0.0%", true));
        assert_eq!(told(687e6, None, 686.53e6), row("+470,000", "+0.1%", true));
        // Within a range, and beyond it.
        assert_eq!(told(300.0, Some(350.0), 320.0), row("0", "0.0%", true));
        assert_eq!(told(300.0, Some(350.0), 400.0), row("−50", "−12.5%", false));
        assert_eq!(told(3.0, None, 0.0).1, "");
    }

    #[test]
    fn the_values_of_a_text_are_listed_beside_those_of_a_table() {
        let read_one = |(path, text): (&str, &str)| {
            let source = Source::of(path, text);
            read(source, &ReadOptions::default(), Reporter::new())
        };
        let text = "2021年，全市粮食产量为120万吨。2022年，全市粮食产量为126万吨。";
        let table = "| 年份 | 全市粮食产量（万吨） |\n| 2021年 | 120 |\n| 2022年 | 125.4 |\n| 2023年 | 119 |\n";
        let corpus = Corpus::new([("公报.txt", text), ("年鉴.csv", table)].into_iter().map(read_one).collect());
        let words = Locale::of(Lang::Zh);
        let group = corpus.index().groups().iter().find(|group| group.name.contains("粮食")).unwrap();
        let rows = point_rows(&corpus, group, words);
        let told: Vec<String> = rows
            .iter()
            .map(|row| match &row.reference {
                Some(told) => format!("{} {} {} {} {}", row.time, row.value, told.value, told.difference, told.percent),
                None => format!("{} {} {}", row.time, row.value, row.how),
            })
            .collect();
        assert!(told.contains(&"2022年 1,260,000 1,254,000 +6,000 +0.5%".to_owned()), "{told:?}");
        assert!(told.contains(&"2021年 1,200,000 1,200,000 0 0.0%".to_owned()), "{told:?}");
        assert!(told.contains(&"2023年 1,190,000 参考".to_owned()), "{told:?}");
        let tsv = points_tsv(&corpus, &Desk::default(), words);
        assert!(tsv.starts_with("时间\t原文写作\t数值\t来历\t参考值\t差\t差（%）\t原文\n"), "{tsv}");
        // A table alone is compared with nothing.
        let alone = Corpus::new(vec![read_one(("年鉴.csv", table))]);
        let rows = point_rows(&alone, &alone.index().groups()[0], words);
        assert!(rows.iter().all(|row| !row.is_reference && row.reference.is_none()));
    }

    #[test]
    fn passages_are_without_markup() {
        assert_eq!(without_markup("###\u{3000}10月<strong>CPI</strong>\n上涨2.1%"), "10月CPI上涨2.1%");
        assert_eq!(without_markup("增速<3%，>2%"), "增速<3%，>2%");
    }

    #[test]
    fn csv_fields_are_quoted_where_they_must_be() {
        assert_eq!(field("948亿美元"), "948亿美元");
        assert_eq!(field("a,b"), "\"a,b\"");
        assert_eq!(field("他说\"好\""), "\"他说\"\"好\"\"\"");
        assert_eq!(field(" x"), "\" x\"");
    }
}
