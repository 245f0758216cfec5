//! Tables of figures: a column (or a row) of dates and columns of values, as statistical offices publish them.
//!
//! ```text
//! 年份,出口额(亿元)          | 年份 | 出口额（亿元） |
//! 2020,"179,326"      →     | 2020年 | 179326 |       read like any table in a text
//! ```

use super::tidy;
use crate::edtf::{Edtf, Grain};

/// Titles and notes above a table are no more rows than these.
const MAX_ROWS_ABOVE: usize = 6;
/// A table has so many rows below its head at least.
const MIN_ROWS: usize = 2;
/// Most cells of a column of dates are dates, in percent.
const DATES_PERCENT: usize = 80;
/// Most cells of a column of values are numbers, in percent.
const VALUES_PERCENT: usize = 60;

/// The table of figures in `rows` as text: cells between bars, dates as a text would say them. `None` where
/// there are no dates or no values.
pub(super) fn text(rows: &[Vec<String>]) -> Option<String> {
    (0..rows.len().min(MAX_ROWS_ABOVE)).find_map(|head| {
        let body = rows.get(head + 1..)?;
        let written = columns(rows.get(head)?, body).or_else(|| across(rows.get(head)?, body))?;
        let above = rows.get(..head)?.iter().map(|row| joined(row, "")).filter(|line| !line.is_empty());
        let above: String = above.map(|line| line + "\n\n").collect();
        Some(above + &written)
    })
}

/// Dates down a column, measures along the head.
fn columns(head: &[String], body: &[Vec<String>]) -> Option<String> {
    let cell = |row: &Vec<String>, idx: usize| row.get(idx).map(|cell| cell.trim().to_owned()).unwrap_or_default();
    let share = |idx: usize, is: &dyn Fn(&str) -> bool| {
        let cells: Vec<String> = body.iter().map(|row| cell(row, idx)).filter(|cell| !cell.is_empty()).collect();
        let n = cells.iter().filter(|cell| is(cell)).count();
        if cells.len() < MIN_ROWS { 0 } else { n * 100 / cells.len() }
    };
    let dates = (0..head.len()).find(|&idx| share(idx, &|cell| date_words(cell).is_some()) >= DATES_PERCENT)?;
    let is_head = |idx: &usize| head.get(*idx).is_some_and(|name| !name.trim().is_empty() && number(name).is_none());
    let values: Vec<usize> = (0..head.len())
        .filter(|idx| *idx != dates && is_head(idx))
        .filter(|&idx| share(idx, &|cell| number(cell).is_some()) >= VALUES_PERCENT)
        .collect();
    if values.is_empty() {
        return None;
    }
    let names = values.iter().filter_map(|&idx| head.get(idx)).map(|name| wide_brackets(name));
    let first = head.get(dates).map(|name| name.trim()).filter(|name| !name.is_empty()).unwrap_or("时间");
    let mut lines = vec![barred(std::iter::once(first.to_owned()).chain(names))];
    for row in body {
        let Some(date) = date_words(&cell(row, dates)) else { continue };
        let values = values.iter().map(|&idx| number(&cell(row, idx)).unwrap_or_else(|| "-".to_owned()));
        lines.push(barred(std::iter::once(date).chain(values)));
    }
    (lines.len() > MIN_ROWS).then(|| lines.join("\n") + "\n")
}

/// Dates along the head, measures down the first column.
fn across(head: &[String], body: &[Vec<String>]) -> Option<String> {
    let dates: Vec<(usize, String)> =
        head.iter().enumerate().skip(1).filter_map(|(idx, cell)| Some((idx, date_words(cell.trim())?))).collect();
    if dates.len() < MIN_ROWS {
        return None;
    }
    let first = head.first().map(|name| name.trim()).filter(|name| !name.is_empty()).unwrap_or("指标").to_owned();
    let mut lines = vec![barred(std::iter::once(first).chain(dates.iter().map(|(_, date)| date.clone())))];
    for row in body {
        let Some(name) = row.first().map(|name| wide_brackets(name)).filter(|name| !name.is_empty()) else { continue };
        let values: Vec<Option<String>> = dates.iter().map(|(idx, _)| number(row.get(*idx)?.trim())).collect();
        if values.iter().flatten().count() * 100 < values.len() * VALUES_PERCENT {
            continue;
        }
        let values = values.into_iter().map(|value| value.unwrap_or_else(|| "-".to_owned()));
        lines.push(barred(std::iter::once(name).chain(values)));
    }
    (lines.len() > 1).then(|| lines.join("\n") + "\n")
}

/// A row between bars, so that no reader of the text takes it for prose.
fn barred(cells: impl Iterator<Item = String>) -> String {
    format!("| {} |", cells.map(|cell| cell.replace('|', "／")).collect::<Vec<_>>().join(" | "))
}

/// The cells of a row that hold anything, with `between` between them.
pub(super) fn joined(row: &[String], between: &str) -> String {
    let cells = row.iter().map(|cell| cell.split_whitespace().collect::<Vec<_>>().join(" "));
    cells.filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join(between)
}

/// 2020 → 2020年, 2023-01 → 2023年1月, 2023Q1 → 2023年第1季度; `None` where the cell is no date.
fn date_words(cell: &str) -> Option<String> {
    if let Some((year, quarter)) = cell.split_once(['Q', 'q'])
        && let (Ok(year), Ok(quarter @ 1..=4)) =
            (year.trim_end_matches(['-', ' ', '年']).parse::<u16>(), quarter.parse::<u8>())
        && is_year(i32::from(year))
    {
        return Some(format!("{year}年第{quarter}季度"));
    }
    if cell.contains('年') && cell.starts_with(|c: char| c.is_ascii_digit()) && cell.chars().count() <= 12 {
        return Some(cell.to_owned());
    }
    let is_bare = cell.bytes().all(|byte| byte.is_ascii_digit());
    if is_bare && !matches!(cell.len(), 4 | 6 | 8) {
        return None;
    }
    // 202301
    let with_month =
        (is_bare && cell.len() == 6).then(|| Some(format!("{}-{}", cell.get(..4)?, cell.get(4..)?))).flatten();
    let read: Edtf = tidy::date(with_month.as_deref().unwrap_or(cell))?;
    let start = read.start()?;
    let year = start.year().filter(|year| is_year(*year))?;
    Some(match (start.month(), start.day()) {
        (Some(month), Some(day)) if start.grain() <= Grain::Day => format!("{year}年{month}月{day}日"),
        (Some(month), _) => format!("{year}年{month}月"),
        _ => format!("{year}年"),
    })
}

const fn is_year(year: i32) -> bool {
    matches!(year, 1000..=2200)
}

/// A number without the marks between its thousands.
fn number(cell: &str) -> Option<String> {
    let plain: String = cell.trim().chars().filter(|c| !matches!(c, ',' | '，' | ' ' | '\u{a0}')).collect();
    let digits = plain.trim_end_matches(['%', '％']);
    let is_number = digits.parse::<f64>().is_ok_and(f64::is_finite) && digits.bytes().any(|byte| byte.is_ascii_digit());
    is_number.then_some(plain)
}

/// 出口额(亿元) → 出口额（亿元）, on one line.
fn wide_brackets(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join("").replace('(', "（").replace(')', "）")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(table: &str, expected: Option<&str>) {
        let rows: Vec<Vec<String>> = table.lines().map(|line| line.split('@').map(str::to_owned).collect()).collect();
        assert_eq!(text(&rows).as_deref(), expected);
    }

    #[test]
    fn dates_down_a_column() {
        check(
            "港口年报@@\n年份@吞吐量(万吨)@备注\n2020@1,200@\n2021@1,350.5@修订\n2022@@",
            Some("港口年报\n\n| 年份 | 吞吐量（万吨） |\n| 2020年 | 1200 |\n| 2021年 | 1350.5 |\n| 2022年 | - |\n"),
        );
        check(
            "date@CPI(%)\n2023-01@2.1\n202302@-0.3",
            Some("| date | CPI（%） |\n| 2023年1月 | 2.1 |\n| 2023年2月 | -0.3 |\n"),
        );
    }

    #[test]
    fn dates_along_the_head() {
        check(
            "指标@2023Q1@2023Q2\n出口额（亿元）@5.6@6.1\n说明@甲@乙",
            Some("| 指标 | 2023年第1季度 | 2023年第2季度 |\n| 出口额（亿元） | 5.6 | 6.1 |\n"),
        );
    }

    #[test]
    fn other_tables_are_no_figures() {
        check("姓名@职务\n甲@主任\n乙@科长", None);
        check("编号@数量\n10001@5\n10002@6", None);
    }
}
