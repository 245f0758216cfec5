//! Tables in text: each cell's number gets its unit, its measure and its time from the heads of its row and column.
//!
//! ```text
//! 指标            2021年   2022年        年份   产量（万吨）   产值（亿元）
//! 产量（万吨）      31.2     32.5        2021       31.2           120
//! ```

use super::{Decimal, lexicon, reading::Reading, scan, without_blanks};
use crate::{
    extract::Found,
    model::{Direction, Printed, Quantity, Time},
    span::Span,
    text::{Article, Role, cells},
};

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

/// Names of rows that tell the growth of the row above.
const GROWTH: [&str; 8] =
    ["比上年增长", "比上年±", "同比增长", "同比增速", "增长", "增速", "增长速度", "比上年同期增长"];

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

    /// The time that is all of cell `idx`, in `times`, which are by place.
    fn time(&self, idx: usize, times: &[Found<Time>]) -> Option<usize> {
        let cell = *self.cells.get(idx)?;
        let from = times.partition_point(|time| (time.block, time.at.start) < (self.block, cell.start));
        let inside = times.get(from..)?.iter().take_while(|time| time.block == self.block && time.at.start < cell.end);
        let is_all =
            |time: &Found<Time>| cell.contains(time.at) && cell.end - cell.start <= time.at.end - time.at.start + 6;
        inside.enumerate().find(|(_, time)| is_all(time)).map(|(n, _)| from + n)
    }
}

impl Tables {
    /// Reads the tables of `article`.
    pub fn of(article: &Article, times: &[Found<Time>]) -> Self {
        let mut tables = Self::default();
        let mut from = 0;
        while from < article.blocks.len() {
            let is_row = |idx: &usize| article.blocks.get(*idx).is_some_and(|block| block.role == Role::Row);
            let rows: Vec<Row<'_>> = (from..article.blocks.len())
                .take_while(is_row)
                .filter_map(|block| {
                    let text = article.blocks.get(block)?.text.text();
                    Some(Row { block, text, cells: cells(text) })
                })
                .collect();
            if rows.len() > 1 {
                let unit = from.checked_sub(1).and_then(|before| stated_unit(article, before)).unwrap_or_default();
                let read = read(article, &rows, times, &unit);
                if !read.is_empty() {
                    tables.blocks.push((from, from + rows.len() - 1));
                    tables.cells.extend(read);
                }
            }
            from += rows.len().max(1);
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

/// 单位：亿元 in the line above the table.
fn stated_unit(article: &Article, block: usize) -> Option<String> {
    let text = article.blocks.get(block)?.text.text();
    let (_, rest) = text.split_once("单位：").or_else(|| text.split_once("单位:"))?;
    Some(rest.split([' ', '）', ')', '\u{3000}', '，']).next()?.to_owned())
}

fn read(article: &Article, rows: &[Row<'_>], times: &[Found<Time>], unit: &str) -> Vec<Cell> {
    let Some((head, body)) = rows.split_first() else { return Vec::new() };
    let head = Head::of(head, times);
    let row_times: Vec<Option<usize>> = body.iter().map(|row| row.time(0, times)).collect();
    let n_row_times = row_times.iter().flatten().count();
    let mut found = Vec::new();
    let mut above = String::new();
    for (row, row_time) in body.iter().zip(row_times).filter(|(row, _)| row.cells.len() == head.columns.len()) {
        let (own_name, _) = name_and_unit(row.cell(0));
        let growth = GROWTH.contains(&own_name.as_str()).then(|| above.clone()).filter(|above| !above.is_empty());
        if growth.is_none() {
            above = own_name;
        }
        for (idx, column) in head.columns.iter().enumerate().skip(1) {
            let meaning = if head.has_times {
                let named = head.named_by_row(row, idx, unit).map(|(name, said, unit)| match &growth {
                    Some(above) => (above.clone(), "增长".to_owned(), "%".to_owned()),
                    None => (name, said, unit),
                });
                named.map(|(name, said, unit)| (name, said, unit, column.time_or_before))
            } else if n_row_times > 1 || n_row_times == body.len() {
                let unit = if column.unit.is_empty() { unit } else { &column.unit };
                Some((column.name.clone(), String::new(), unit.to_owned(), row_time))
            } else {
                None
            };
            let Some((core, said, unit, time)) = meaning.filter(|(core, ..)| !core.is_empty()) else { continue };
            found.extend(cell(article, row, idx, &unit).map(|(at, quantity)| {
                let direction = (!said.is_empty()).then_some(Direction::Up);
                let reading =
                    Reading { core, said, direction, time, is_percent: quantity.unit == "%", ..Reading::default() };
                Cell { block: row.block, at, quantity: Quantity { time, direction, ..quantity }, reading }
            }));
        }
    }
    found
}

/// What the first row says of the cells below it.
struct Head {
    columns: Vec<Column>,
    /// Whether times stand at the head of columns.
    has_times: bool,
    /// The column that tells each row's unit.
    unit_column: Option<usize>,
}

/// What stands at the head of a column.
struct Column {
    name: String,
    unit: String,
    /// Its time; where it has none, that of the column before: 同比增长 stands behind what it tells the growth of.
    time_or_before: Option<usize>,
    /// What is said of the measure, with 增长 behind it: 同比增长.
    said: Option<String>,
}

impl Head {
    fn of(row: &Row<'_>, times: &[Found<Time>]) -> Self {
        let mut before = None;
        let columns = row.cells.iter().enumerate().map(|(idx, _)| {
            before = row.time(idx, times).filter(|_| idx > 0).or(before);
            let (name, unit) = name_and_unit(row.cell(idx));
            let said = ["同比增长", "同比增速", "同比", "环比增长", "环比增速", "环比", "增长", "增速", "增长速度"]
                .iter()
                .find(|word| name.contains(**word))
                .map(|said| format!("{}增长", said.trim_end_matches("速度").trim_end_matches(['增', '长', '速'])));
            Column { name, unit, time_or_before: before, said }
        });
        let columns = columns.collect();
        let unit_column = (1..row.cells.len()).find(|&idx| matches!(row.cell(idx), "单位" | "计量单位"));
        Self { columns, has_times: before.is_some(), unit_column }
    }

    /// The measure of cell `idx` of a row that names it: its name, what is said of it, and its unit.
    fn named_by_row(&self, row: &Row<'_>, idx: usize, unit: &str) -> Option<(String, String, String)> {
        let column = self.columns.get(idx).filter(|_| self.unit_column != Some(idx))?;
        let (name, own) = name_and_unit(row.cell(0));
        if let Some(said) = &column.said {
            return Some((name, said.clone(), "%".to_owned()));
        }
        let of_row = self.unit_column.map_or("", |idx| row.cell(idx));
        let unit = [column.unit.as_str(), &own, of_row, unit].into_iter().find(|unit| !unit.is_empty());
        Some((name, String::new(), unit.unwrap_or_default().to_owned()))
    }
}

/// 产量（万吨） → 产量 and 万吨; 其中：出口 → 出口.
fn name_and_unit(cell: &str) -> (String, String) {
    let name = ["其中：", "其中:", "#", "＃", "一、", "二、", "三、", "四、", "五、"]
        .iter()
        .find_map(|mark| cell.strip_prefix(mark))
        .unwrap_or(cell)
        .trim();
    let split = name.strip_suffix(['）', ')']).and_then(|inside| inside.rsplit_once(['（', '(']));
    match split {
        Some((name, unit)) if as_unit("1", unit).is_some() => (name.trim().to_owned(), unit.trim().to_owned()),
        _ => (name.to_owned(), String::new()),
    }
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
        text::Source,
        warn::Reporter,
    };

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
