//! The cells of a table's row, as PDF readers and people set them: apart by tabs, bars or two and more blanks.

use crate::span::Span;

/// Where the cells of `row` stand, blanks trimmed; empty ones between bars or tabs count. A row without wide blanks has
/// its cells a single blank apart.
pub fn cells(row: &str) -> Vec<Span> {
    let wide = wide_cells(row);
    if wide.len() == 1 { single_cells(row) } else { wide }
}

/// Cells apart by tabs, bars or two and more blanks.
pub(super) fn wide_cells(row: &str) -> Vec<Span> {
    let is_barred = row.trim_start().starts_with('|') && row.matches('|').count() >= 2;
    let mut found = Vec::new();
    if is_barred || row.contains('\t') {
        let mark = if is_barred { '|' } else { '\t' };
        let inner = if is_barred { row.trim().trim_matches('|') } else { row };
        let mut at = if is_barred { row.find('|').map_or(0, |at| at + 1) } else { 0 };
        for cell in inner.split(mark) {
            found.push(trimmed(row, at, at + cell.len()));
            at += cell.len() + mark.len_utf8();
        }
        return found;
    }
    let mut start: Option<usize> = None;
    let mut n_blanks = 0;
    let mut end = 0;
    for (at, c) in row.char_indices() {
        if c.is_whitespace() {
            n_blanks += if c == '\u{3000}' { 2 } else { 1 };
            continue;
        }
        match start {
            Some(from) if n_blanks >= 2 => {
                found.push(Span::new(from, end));
                start = Some(at);
            }
            None => start = Some(at),
            Some(_) => {}
        }
        n_blanks = 0;
        end = at + c.len_utf8();
    }
    found.extend(start.map(|from| Span::new(from, end)));
    found
}

/// Whether `cell` is a figure of a table, or stands where one is missing.
pub(super) fn is_figure(cell: &str) -> bool {
    let bare = cell.trim_end_matches(['年', '%', '％']).trim_start_matches(['-', '−', '－', '+', '＋']);
    let is_number = bare.starts_with(|c: char| c.is_ascii_digit())
        && bare.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','));
    is_number || matches!(cell, "-" | "--" | "—" | "——" | "－" | "…" | "……" | "/")
}

/// What stands between blanks in `row`.
pub(super) fn parts(row: &str) -> Vec<Span> {
    let mut parts = Vec::new();
    let mut from = None;
    for (at, c) in row.char_indices().chain([(row.len(), ' ')]) {
        match (c.is_whitespace(), from) {
            (true, Some(start)) => {
                parts.push(Span::new(start, at));
                from = None;
            }
            (false, None) => from = Some(at),
            _ => {}
        }
    }
    parts
}

/// Cells a single blank apart: a name, which may have blanks in it, and figures to the end; or the words of a head.
fn single_cells(row: &str) -> Vec<Span> {
    let parts = parts(row);
    let n_figures = parts.iter().rev().take_while(|part| is_figure(part.slice(row))).count();
    match parts.split_at_checked(parts.len() - n_figures) {
        Some((name @ [first, .., last], figures)) if n_figures > 0 && is_latin(name, row) => {
            std::iter::once(Span::new(first.start, last.end)).chain(figures.iter().copied()).collect()
        }
        _ => parts,
    }
}

/// Whether the blanks in a name are those of a script with blanks between its words.
fn is_latin(name: &[Span], row: &str) -> bool {
    name.iter().all(|part| part.slice(row).starts_with(|c: char| c.is_ascii()))
}

fn trimmed(row: &str, from: usize, to: usize) -> Span {
    let cell = row.get(from..to).unwrap_or_default();
    let lead = cell.len() - cell.trim_start().len();
    let body = cell.trim().len();
    Span::new(from + lead, from + lead + body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(row: &str, expected: &[&str]) {
        let found: Vec<&str> = cells(row).into_iter().map(|cell| cell.slice(row)).collect();
        assert_eq!(found, expected, "{row}");
    }

    #[test]
    fn figures_stand_a_blank_apart() {
        check("粮食产量（万吨） 31.2 32.5 33.1", &["粮食产量（万吨）", "31.2", "32.5", "33.1"]);
        check("年份 2019 2020 2021", &["年份", "2019", "2020", "2021"]);
        check("指标 绝对数 比上年增长（%）", &["指标", "绝对数", "比上年增长（%）"]);
        check("New York 31.2 -", &["New York", "31.2", "-"]);
    }

    #[test]
    fn tabs_bars_and_wide_blanks_part_cells() {
        check("产量（万吨）    31.2   32.5 ", &["产量（万吨）", "31.2", "32.5"]);
        check("年份\t产量\t\t产值", &["年份", "产量", "", "产值"]);
        check("| 年份 | 产量 |", &["年份", "产量"]);
        check("New York　　3", &["New York", "3"]);
    }
}
