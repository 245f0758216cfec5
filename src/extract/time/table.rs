//! Years that stand by themselves in a table: 年份 2021 2022 2023.
//!
//! Elsewhere 2021 without 年 is a number; at the head of a column or row of a table it is a year.

use crate::{
    edtf::Edtf,
    model::{Anchor, Time, TimeType},
    span::Span,
    text::{Article, Role, cells},
};

/// The bare years of block `block`, by place, where it is a row of a table and they head its columns or itself.
pub fn years(article: &Article, block: usize) -> Vec<(Span, Time)> {
    let Some(row) = article.blocks.get(block).filter(|row| row.role == Role::Row) else { return Vec::new() };
    let text = row.text.text();
    let cells = cells(text);
    let is_year = |cell: &Span| year(cell.slice(text)).is_some();
    let heads_columns = cells.len() > 2 && cells.iter().skip(1).all(is_year) && !cells.first().is_some_and(is_year);
    let beside = [block.checked_sub(1), Some(block + 1)].into_iter().flatten();
    let is_column = || {
        beside.filter_map(|block| article.blocks.get(block)).filter(|row| row.role == Role::Row).any(|row| {
            let text = row.text.text();
            self::cells(text).first().is_some_and(|cell| year(cell.slice(text)).is_some())
        })
    };
    let wanted: Vec<Span> = if heads_columns {
        cells.into_iter().skip(1).collect()
    } else if cells.len() > 1 && cells.first().is_some_and(is_year) && is_column() {
        cells.into_iter().take(1).collect()
    } else {
        Vec::new()
    };
    let time = |at: Span| {
        let edtf = Edtf::from_year(year(at.slice(text))?);
        let time = Time {
            span: at,
            text: at.slice(text).to_owned(),
            article: 0,
            kind: TimeType::Date,
            value: edtf.to_string(),
            interval: edtf.interval(),
            edtf: Some(edtf),
            modifier: None,
            anchor: Anchor::default(),
            rule: "table/year".to_owned(),
        };
        Some((at, time))
    };
    wanted.into_iter().filter_map(time).collect()
}

/// A year of four figures that statistics are told for.
fn year(cell: &str) -> Option<i32> {
    let is_bare = cell.len() == 4 && cell.bytes().all(|byte| byte.is_ascii_digit());
    cell.parse().ok().filter(|year| is_bare && (1800..2100).contains(year))
}
