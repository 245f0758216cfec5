//! Which lines are rows of a table: cells apart by tabs, bars, wide blanks, or a blank each.
//!
//! ```text
//! 指标          绝对数   比上年增长（%）     a head: no figures, as many cells as the rows below
//! 人均收入       51821    5.1                rows: a name and figures to the end
//! 人均支出       32994    8.6
//! ```
//!
//! One such line by itself is a headline with room in it or a score; rows come in twos at least.

use super::{
    cells::{is_figure, parts, wide_cells},
    line::Line,
};

/// What a line could be in a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Prose,
    /// Three and more cells, apart by tabs, bars or two blanks.
    Wide,
    /// The same, apart by full-width blanks alone, which headlines have too.
    FullWidth,
    /// A name and one figure, wide apart: 财政收入      438000.
    Pair,
    /// A name and figures, a blank each between them; how many cells.
    Single(usize),
}

/// Marks the rows among `lines`.
pub(super) fn mark_rows(text: &str, lines: &mut [Line]) {
    let mut from = 0;
    // Where the table before ended, and of what rows it was: a line inside a table (其中：) may stand between.
    let mut last: Option<(usize, Kind)> = None;
    while let Some(first) = lines.get(from).map(|line| kind(text, line)) {
        if first == Kind::Prose {
            from += 1;
            continue;
        }
        let kinds: Vec<Kind> = lines
            .get(from..)
            .unwrap_or_default()
            .iter()
            .map(|line| kind(text, line))
            .take_while(|next| goes_with(first, *next))
            .collect();
        let to = from + kinds.len();
        let head = from.checked_sub(1).and_then(|above| lines.get(above)).filter(|line| !line.is_row);
        let has_head = head.is_some_and(|head| is_head(text, head, first));
        let goes_on = last.is_some_and(|(end, kind)| kind == first && from - end <= 1);
        if goes_on || is_table(text, lines.get(from..to).unwrap_or_default(), first, has_head) {
            last = Some((to, first));
            let begin = from - usize::from(has_head);
            lines.iter_mut().take(to).skip(begin).for_each(|line| line.is_row = true);
        }
        from = to;
    }
}

fn kind(text: &str, line: &Line) -> Kind {
    let content = line.content().slice(text);
    let bytes = content.as_bytes();
    if bytes.first() == Some(&b'|') && bytes.iter().filter(|&&byte| byte == b'|').count() >= 2 {
        return Kind::Wide;
    }
    let is_narrow = memchr::memchr(b'\t', bytes).is_some() || memchr::memmem::find(bytes, b"  ").is_some();
    if is_narrow || memchr::memmem::find(bytes, "\u{3000}".as_bytes()).is_some() {
        let cells = wide_cells(content);
        let filled = cells.iter().filter(|cell| cell.start < cell.end).count();
        let ends_in_figure = || cells.last().is_some_and(|last| is_figure(last.slice(content)));
        match filled {
            3.. if is_narrow => return Kind::Wide,
            3.. if content.len() < 400 => return Kind::FullWidth,
            2 if cells.len() == 2 && ends_in_figure() => return Kind::Pair,
            _ => {}
        }
    }
    n_single(content).map_or(Kind::Prose, Kind::Single)
}

/// How many cells a row has whose cells stand a blank apart: a name and two figures at least, or a year and two.
fn n_single(content: &str) -> Option<usize> {
    // Nearly all lines are told from a row by their end.
    let ends = content.ends_with(|c: char| c.is_ascii_digit() || "%％年-—…".contains(c));
    if !ends || !content.contains(' ') || content.len() > 400 {
        return None;
    }
    let parts = parts(content);
    let n_figures = parts.iter().rev().take_while(|part| is_figure(part.slice(content))).count();
    let name = parts.len().checked_sub(n_figures).filter(|&n| n > 0).and_then(|n| parts.get(..n));
    let is_named = name.is_some_and(|name| {
        let begins = name.first().map_or(0, |part| part.start);
        let name = content.get(begins..name.last().map_or(0, |part| part.end)).unwrap_or_default();
        name.chars().any(char::is_alphabetic) && !name.contains(['，', '。', '：', '；'])
    });
    let n_named = if is_named { 2 } else { 3 };
    (n_figures >= n_named && (is_named || n_figures == parts.len())).then_some(parts.len())
}

/// Whether a line of kind `next` is in the same table as a first one of kind `first`.
fn goes_with(first: Kind, next: Kind) -> bool {
    match (first, next) {
        (Kind::Single(n), Kind::Single(m)) => n == m || n.min(m) > 3 && n.abs_diff(m) <= 1,
        (Kind::Wide | Kind::FullWidth, Kind::Wide | Kind::FullWidth) => true,
        _ => first == next,
    }
}

/// Whether the line above rows of kind `rows` tells what stands in their cells.
fn is_head(text: &str, line: &Line, rows: Kind) -> bool {
    let content = line.content().slice(text);
    if content.contains(['，', '。', '；', '：']) || line.markdown > 0 {
        return false;
    }
    match rows {
        Kind::Single(n) => {
            let n_head = parts(content).len();
            content.contains(' ') && n_head <= n && n_head + 1 >= n
        }
        Kind::Pair => {
            let cells = wide_cells(content);
            cells.len() == 2
                && cells.iter().all(|cell| !is_figure(cell.slice(content)) || cell.slice(content).ends_with('年'))
        }
        _ => false,
    }
}

fn is_table(text: &str, lines: &[Line], kind: Kind, has_head: bool) -> bool {
    let has_figures = |line: &&Line| {
        let content = line.content().slice(text);
        wide_cells(content).iter().skip(1).any(|cell| is_figure(cell.slice(content)))
    };
    match kind {
        _ if lines.len() + usize::from(has_head) < 2 => false,
        Kind::Prose => false,
        Kind::Wide => true,
        Kind::FullWidth => lines.len() >= 2 && lines.iter().filter(has_figures).count() * 2 >= lines.len(),
        Kind::Pair => has_head || lines.first().is_some_and(|line| line.span.slice(text).ends_with('年')),
        Kind::Single(n) => n > 3 || has_head || lines.len() >= 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::line::lines;

    #[track_caller]
    fn check(text: &str, rows: &str) {
        let mut lines = lines(text);
        mark_rows(text, &mut lines);
        let found: String = lines.iter().map(|line| if line.is_row { 'r' } else { '.' }).collect();
        assert_eq!(found, rows, "{text}");
    }

    #[test]
    fn rows_come_with_their_head() {
        check("收支情况\n单位：元\n指标 绝对数 比上年增长\n收入 51821 5.1\n支出 32994 8.6\n以上是初步数。", "..rrr.");
        check("产品　　单位　　产量\n原煤　　万吨　　47.1\n原油　　万吨　　20902.6", "rrr");
        check("指标      2023年\n生产总值      3670000\n财政收入      438000", "rrr");
        check("年份 产量 产值\n2021 31.2 125\n2022 32.5 131", "rrr");
        check("指标  2022年  2023年\n\n收入  34500  36700\n支出  4100  4380", "rrr");
        check("年份 2021 2022 2023\n粮食产量 31.2 32.5 33.1", "rr");
    }

    #[test]
    fn what_stands_apart_otherwise_is_no_row() {
        check("改革　　开放　　发展\n全国　　各地　　报道", "..");
        check("甲队 3 2", ".");
        check("第一章 总则      1\n第二章 分则      12", "..");
        check("今年前三季度，全市生产总值\n达到 120 亿元，增长 5.2%", "..");
        check("电话 010 6655\n传真 010 6656", "..");
    }
}
