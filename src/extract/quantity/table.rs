//! Tables in text: each cell's number gets its unit, its measure and its time from the heads of its row and column.
//!
//! ```text
//! 2022年主要指标（单位：亿元）           what holds for all cells that tell nothing of their own
//! 指标            2021年   2022年        年份   产量（万吨）   产值（亿元）
//! 产量（万吨）      31.2     32.5        2021       31.2           120
//! ```

mod head;

use super::{Decimal, lexicon, reading::Reading, scan, without_blanks};
use crate::{
    extract::Found,
    model::{Direction, Printed, Quantity, Time},
    span::Span,
    text::{Article, Role, cells},
};
use head::{Head, Meaning, TableWords};

/// A number in a table with what its heads say.
#[derive(Debug, Clone)]
pub struct Cell {
    /// Which block, and where in it.
    pub block: usize,
    /// Bytes of the block's joined text.
    pub at: Span,
    /// The quantity, but for its measure.
    pub quantity: Quantity,
    /// Its measure and time.
    pub reading: Reading,
}

/// The tables of an article, read cell by cell.
#[derive(Debug, Clone, Default)]
pub struct Tables {
    cells: Vec<Cell>,
    /// First and last block of each table that was read.
    blocks: Vec<(usize, usize)>,
}

/// One row: its text and cells.
struct Row<'a> {
    block: usize,
    text: &'a str,
    cells: Vec<Span>,
}

impl<'a> Row<'a> {
    fn cell(&self, idx: usize) -> &'a str {
        self.cells.get(idx).map_or("", |cell| cell.slice(self.text))
    }

    /// The time that cell `idx` is or begins with, in `times`, which are by place, and what the cell says besides:
    /// 产量 of 2022年产量.
    fn time(&self, idx: usize, times: &[Found<Time>]) -> Option<(usize, &'a str)> {
        let cell = *self.cells.get(idx)?;
        let from = times.partition_point(|time| (time.block, time.at.start) < (self.block, cell.start));
        let time = times.get(from).filter(|time| time.block == self.block && cell.contains(time.at))?;
        // 至2022年末, 2022年末止
        let before = self.text.get(cell.start..time.at.start)?;
        (before.chars().count() <= 2).then(|| (from, self.text.get(time.at.end..cell.end).unwrap_or_default()))
    }

    /// Whether time `time` of cell `idx` is what is compared with: 比上年增长.
    fn is_base(&self, time: usize, idx: usize, times: &[Found<Time>]) -> bool {
        let from = self.cells.get(idx).map_or(0, |cell| cell.start);
        let before = times.get(time).and_then(|time| self.text.get(from..time.at.start));
        before.is_some_and(|before| before.contains(['比', '较', '±']))
    }

    /// Whether the cells behind the first are figures and no years: no head has them.
    fn is_data(&self, times: &[Found<Time>]) -> bool {
        let is_figure = |idx: usize| {
            self.cell(idx).starts_with(|c: char| c.is_ascii_digit() || "-−+".contains(c))
                && self.time(idx, times).is_none()
        };
        let n_figures = (1..self.cells.len()).filter(|&idx| is_figure(idx)).count();
        n_figures * 2 >= self.cells.len()
    }

    /// Whether all cells are words: the head of a table, and of the next one right below it.
    fn is_words(&self) -> bool {
        let is_word = |idx: usize| {
            let cell = self.cell(idx);
            cell.chars().any(char::is_alphabetic) && !cell.starts_with(|c: char| c.is_ascii_digit())
        };
        self.cells.len() > 1 && (0..self.cells.len()).all(is_word)
    }

    /// With exactly `n` cells: the first ones of a row that has more, the words of a name, are one.
    fn fitted(mut self, n: usize) -> Self {
        let more = self.cells.len().saturating_sub(n);
        if more > 0
            && let (Some(first), Some(last)) = (self.cells.first(), self.cells.get(more))
            && !Span::new(first.start, last.end).slice(self.text).contains(|c: char| c.is_ascii_digit())
        {
            let name = Span::new(first.start, last.end);
            self.cells.splice(..=more, [name]);
        }
        self
    }
}

/// What stands above a table and holds for all of it.
#[derive(Debug, Default)]
struct Above {
    /// 单位：亿元.
    unit: String,
    /// The one period its title names.
    time: Option<usize>,
}

/// A title and a line of units: no more stands between a table and the text before it.
const MAX_ABOVE: usize = 3;

impl Above {
    /// What the blocks before `first` say of the table that begins there.
    fn of(article: &Article, first: usize, times: &[Found<Time>]) -> Self {
        let words = TableWords::bundled();
        let mut above = Self::default();
        for idx in (first.saturating_sub(MAX_ABOVE)..first).rev() {
            let Some(block) = article.blocks.get(idx).filter(|block| block.role != Role::Row) else { break };
            let text = block.text.text();
            let is_heading = matches!(block.role, Role::Headline | Role::Deck | Role::Subhead)
                || text.len() <= 120 && !text.contains('。');
            if !is_heading {
                break;
            }
            if above.unit.is_empty() {
                let in_brackets = || Some(words.name_and_unit(text).1);
                above.unit = words.stated_unit(text).or_else(in_brackets).unwrap_or_default();
            }
            above.time = above.time.or_else(|| only_period(idx, times));
        }
        // 2024年半年度报告: the headline dates what no title nearer to the table does.
        if above.time.is_none()
            && let Some(headline) = article.blocks.iter().position(|block| block.role == Role::Headline)
        {
            above.time = only_period(headline, times);
        }
        above
    }
}

/// The one period that a block names.
fn only_period(block: usize, times: &[Found<Time>]) -> Option<usize> {
    let from = times.partition_point(|time| time.block < block);
    let to = times.partition_point(|time| time.block <= block);
    let mut periods = (from..to).filter(|&time| times.get(time).is_some_and(|time| time.item.lasts_a_month()));
    periods.next().filter(|_| periods.next().is_none())
}

impl Tables {
    /// Reads the tables of `article`.
    pub fn of(article: &Article, times: &[Found<Time>]) -> Self {
        let mut tables = Self::default();
        let mut from = 0;
        let mut last: Option<LastHead> = None;
        while from < article.blocks.len() {
            let is_row = |idx: &usize| article.blocks.get(*idx).is_some_and(|block| block.role == Role::Row);
            let mut rows: Vec<Row<'_>> = (from..article.blocks.len())
                .take_while(is_row)
                .filter_map(|block| {
                    let text = article.blocks.get(block)?.text.text();
                    Some(Row { block, text, cells: cells(text) })
                })
                .collect();
            // A second head below the rows of the first is that of another table.
            let heads = rows.iter().enumerate().skip(2).filter(|(_, row)| row.is_words() && !row.is_data(times));
            let n_here = heads.map(|(idx, _)| idx).next().unwrap_or(rows.len());
            rows.truncate(n_here);
            let n_rows = rows.len();
            if n_rows > 0 {
                let kept = last.take().filter(|last| from - last.to <= MAX_BETWEEN);
                let (read, head) = read(article, rows, times, kept);
                if !read.is_empty() {
                    tables.blocks.push((from, from + n_rows - 1));
                    tables.cells.extend(read);
                    last = head.map(|(head, n_columns, above)| LastHead { head, n_columns, above, to: from + n_rows });
                }
            }
            from += n_rows.max(1);
        }
        tables
    }

    /// Whether `block` is a row of a table that was read.
    pub fn holds(&self, block: usize) -> bool {
        let table = self.blocks.partition_point(|&(_, to)| to < block);
        self.blocks.get(table).is_some_and(|&(from, _)| from <= block)
    }

    /// The cells of `block`, by place.
    pub fn row(&self, block: usize) -> &[Cell] {
        let from = self.cells.partition_point(|cell| cell.block < block);
        let to = self.cells.partition_point(|cell| cell.block <= block);
        self.cells.get(from..to).unwrap_or_default()
    }

    /// What is said of the quantity at `at` of `block`.
    pub fn reading(&self, block: usize, at: Span) -> Option<&Reading> {
        let row = self.row(block);
        let found = row.binary_search_by_key(&at.start, |cell| cell.at.start).ok()?;
        row.get(found).filter(|cell| cell.at == at).map(|cell| &cell.reading)
    }
}

/// A heading inside a table (其中：) is no row; the head above it holds for the rows below.
const MAX_BETWEEN: usize = 2;

/// The head of the table before.
struct LastHead {
    head: Head,
    n_columns: usize,
    above: Above,
    /// The block behind its last row.
    to: usize,
}

type Read = (Vec<Cell>, Option<(Head, usize, Above)>);

fn read(article: &Article, rows: Vec<Row<'_>>, times: &[Found<Time>], before: Option<LastHead>) -> Read {
    let none = || (Vec::new(), None);
    let Some(first) = rows.first() else { return none() };
    // How many cells most rows have.
    let n_columns = |rows: &[Row<'_>]| {
        let counts: Vec<usize> = rows.iter().map(|row| row.cells.len()).collect();
        counts.iter().copied().max_by_key(|n| counts.iter().filter(|m| *m == n).count()).unwrap_or(0)
    };
    let (head, n, above, n_heads) = match before {
        Some(before) if first.is_data(times) && before.n_columns == n_columns(&rows) => {
            (before.head, before.n_columns, before.above, 0)
        }
        _ if rows.len() < 2 || first.is_data(times) => return none(),
        before => {
            let n_body = n_columns(rows.get(1..).unwrap_or_default());
            let n = if first.cells.len() + 1 == n_body { n_body } else { first.cells.len() };
            let own = Above::of(article, first.block, times);
            // Right below another table what stands above that one holds for this one too.
            let above = before.filter(|before| before.to == first.block).map_or(own, |before| before.above);
            (Head::of(first, n, times), n, above, 1)
        }
    };
    let body: Vec<Row<'_>> =
        rows.into_iter().skip(n_heads).map(|row| row.fitted(n)).filter(|row| row.cells.len() == n).collect();
    let found = cells_of(article, &body, times, &head, &above);
    (found, Some((head, n, above)))
}

fn cells_of(article: &Article, body: &[Row<'_>], times: &[Found<Time>], head: &Head, title: &Above) -> Vec<Cell> {
    let words = TableWords::bundled();
    let row_times: Vec<Option<usize>> = body.iter().map(|row| row.time(0, times).map(|(time, _)| time)).collect();
    let n_row_times = row_times.iter().flatten().count();
    let are_rows_times = !head.has_times && (n_row_times > 1 || n_row_times == body.len());
    let mut found = Vec::new();
    let mut above = String::new();
    for (row, row_time) in body.iter().zip(row_times) {
        let (own_name, _) = words.name_and_unit(row.cell(0));
        let growth = words.is_growth(&own_name).then(|| above.clone()).filter(|above| !above.is_empty());
        if growth.is_none() {
            above = own_name;
        }
        for idx in 1..head.columns.len() {
            let meaning = if are_rows_times {
                head.named_by_column(idx, &title.unit).map(|meaning| Meaning { time: row_time, ..meaning })
            } else {
                head.named_by_row(row, idx, &title.unit).map(|meaning| match &growth {
                    Some(above) => {
                        let (said, unit) = ("增长".to_owned(), "%".to_owned());
                        Meaning { core: above.clone(), said, unit, ..meaning }
                    }
                    None => meaning,
                })
            };
            let Some(meaning) = meaning.filter(|meaning| !meaning.core.is_empty()) else { continue };
            let time = meaning.time.or(title.time);
            found.extend(cell(article, row, idx, &meaning.unit).map(|(at, quantity)| {
                let Meaning { core, said, .. } = meaning;
                let direction = (!said.is_empty()).then_some(Direction::Up);
                let reading =
                    Reading { core, said, direction, time, is_percent: quantity.unit == "%", ..Reading::default() };
                Cell { block: row.block, at, quantity: Quantity { time, direction, ..quantity }, reading }
            }));
        }
    }
    found
}

/// `figures` read with `unit` behind them; `None` where the two are no quantity.
fn as_unit(figures: &str, unit: &str) -> Option<scan::Draft> {
    let text = format!("{figures}{unit}");
    let drafts = scan::scan(&text, lexicon::lexicon());
    drafts.into_iter().next().filter(|draft| draft.at == Span::new(0, text.len()))
}

/// The number in cell `idx` of `row` with its unit.
fn cell(article: &Article, row: &Row<'_>, idx: usize, unit: &str) -> Option<(Span, Quantity)> {
    let at = *row.cells.get(idx)?;
    let figures = without_blanks(at.slice(row.text));
    if !figures.starts_with(|c: char| c.is_ascii_digit() || "-−+".contains(c)) {
        return None;
    }
    let draft = as_unit(&figures, unit).or_else(|| as_unit(&figures, ""))?;
    let block = article.blocks.get(row.block)?;
    let quantity = Quantity {
        span: block.text.source_span(at),
        text: figures.clone(),
        article: 0,
        value: draft.low.to_f64(),
        upper: draft.high.map(Decimal::to_f64),
        unit: draft.code,
        printed: Printed { number: figures, unit: unit.to_owned() },
        kind: draft.kind,
        modifier: draft.modifier,
        per: None,
        direction: None,
        measure: None,
        time: None,
        rule: "table/cell".to_owned(),
    };
    Some((at, quantity))
}

#[cfg(test)]
mod tests {
    use crate::{
        corpus::{ReadOptions, read},
        extract::quantity::{Decimal, lexicon},
        text::Source,
        warn::Reporter,
    };
    use serde::Deserialize;

    #[derive(Deserialize)]
    struct File {
        tables: Vec<String>,
    }

    #[test]
    fn every_table_in_the_data_is_read() {
        let (_, text) = lexicon::FILES.iter().find(|(name, _)| *name == "rules/quantity/table.toml").unwrap();
        for example in toml::from_str::<File>(text).unwrap().tables {
            let (table, wanted) = example.split_once(" => ").unwrap();
            let text = table.replace(" / ", "\n").replace('|', "\t") + "\n";
            let document = read(Source::of("a", &text), &ReadOptions::default(), Reporter::new()).into_body().document;
            let found: Vec<String> = document
                .quantities
                .iter()
                .map(|quantity| {
                    let time = quantity.time.and_then(|time| document.times[time].edtf.as_ref());
                    let measure = quantity.measure.as_deref().unwrap_or("?");
                    let value = Decimal::from_f64(quantity.value);
                    let day = time.map_or("", |edtf| edtf.as_str());
                    format!("{measure} {value} {} {day}", quantity.unit).trim().to_owned()
                })
                .collect();
            for wanted in wanted.split("; ") {
                assert!(found.iter().any(|one| one == wanted), "{wanted} is not in {found:?}: {example}");
            }
        }
    }

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let source = Source::of("a", text);
        let document = read(source, &ReadOptions::default(), Reporter::new()).into_body().document;
        let shown: Vec<String> = document
            .series
            .iter()
            .map(|series| {
                let point =
                    |p: &crate::model::Point| format!("{}={}", p.edtf.as_ref().map_or("?", |e| e.as_str()), p.value);
                format!(
                    "{} {}: {}",
                    series.name,
                    series.unit,
                    series.points.iter().map(point).collect::<Vec<_>>().join(" ")
                )
            })
            .collect();
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn columns_of_years() {
        check(
            "全县主要指标\n\n指标      2021年    2022年    2023年\n粮食产量（万吨）    31.2    32.5    33.1\n财政收入（亿元）    125.3    131.8    140.6\n",
            &[
                "粮食产量 t: 2021=312000 2022=325000 2023=331000",
                "财政收入 CNY: 2021=12530000000 2022=13180000000 2023=14060000000",
            ],
        );
    }

    #[test]
    fn a_blank_apart_and_growth_below() {
        check(
            "全县主要指标\n\n年份 2021 2022 2023\n粮食产量（万吨） 31.2 32.5 33.1\n比上年增长（%） 1.5 4.2 1.8\n",
            &["粮食产量 t: 2021=312000 2022=325000 2023=331000", "粮食产量增速 %: 2021=1.5 2022=4.2 2023=1.8"],
        );
    }

    #[test]
    fn title_and_the_line_below_it_hold_for_the_whole_table() {
        let series =
            ["生产总值 CNY: 2022=34500000000 2023=36700000000", "财政收入 CNY: 2022=4100000000 2023=4380000000"];
        let rows =
            "指标      2022年      2023年\n生产总值      3450000      3670000\n财政收入      410000      438000\n";
        for title in ["主要指标\n\n单位：万元\n\n", "主要指标（万元）\n", "主要指标\n（单位：万元、%）\n"]
        {
            check(&format!("{title}{rows}"), &series);
        }
        check(
            "表3 2023年居民收支情况\n单位：元\n指标 绝对数 比上年增长\n工资收入 31321 5.8\n其中：\n经营收入 5903 6.1\n财产收入 5392 -4.2\n",
            &[
                "工资收入 CNY: 2023=31321",
                "工资收入增速 %: 2023=5.8",
                "经营收入 CNY: 2023=5903",
                "经营收入增速 %: 2023=6.1",
                "财产收入 CNY: 2023=5392",
                "财产收入增速 %: 2023=-4.2",
            ],
        );
    }

    #[test]
    fn rows_of_years_and_a_column_of_growth() {
        check(
            "年份\t粮食产量（万吨）\t财政收入（亿元）\n2021\t31.2\t125\n2022\t32.5\t131\n",
            &["粮食产量 t: 2021=312000 2022=325000", "财政收入 CNY: 2021=12500000000 2022=13100000000"],
        );
        check(
            "| 指标 | 单位 | 2023年 | 同比增长（%） |\n| 粮食产量 | 万吨 | 33.1 | 1.8 |\n| 财政收入 | 亿元 | 140.6 | -2.5 |\n",
            &[
                "粮食产量 t: 2023=331000",
                "粮食产量同比增速 %: 2023=1.8",
                "财政收入 CNY: 2023=14060000000",
                "财政收入同比增速 %: 2023=-2.5",
            ],
        );
    }
}
