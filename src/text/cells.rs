//! The cells of a table's row, as PDF readers and people set them: apart by tabs, bars or two and more blanks.

use crate::span::Span;

/// Where the cells of `row` stand, blanks trimmed; empty ones between bars or tabs count.
pub fn cells(row: &str) -> Vec<Span> {
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
    if found.len() == 1 { figures_row(row).unwrap_or(found) } else { found }
}

/// A row whose cells stand a single blank apart, as PDF readers leave them: a name and three or more figures to the
/// end of the line (粮食产量（万吨） 31.2 32.5 33.1).
pub(super) fn figures_row(row: &str) -> Option<Vec<Span>> {
    let is_figure = |cell: &str| {
        let bare = cell.trim_end_matches(['年', '%', '％']).trim_start_matches(['-', '−', '+']);
        bare.starts_with(|c: char| c.is_ascii_digit())
            && bare.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
    };
    // Nearly all lines are told from a row by their end.
    row.trim_end().ends_with(|c: char| c.is_ascii_digit() || matches!(c, '年' | '%' | '％')).then_some(())?;
    let mut parts: Vec<Span> = Vec::new();
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
    // 年份2019 2020: joining drops the blank between a Chinese character and a figure.
    if let Some(&glued) = parts.first().filter(|part| !is_figure(part.slice(row)))
        && parts.get(1).is_some_and(|part| is_figure(part.slice(row)))
    {
        let text = glued.slice(row);
        let name = text.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '-'));
        if name.len() < text.len() && name.ends_with(|c: char| !c.is_ascii()) {
            let cut = glued.start + name.len();
            parts.splice(..1, [Span::new(glued.start, cut), Span::new(cut, glued.end)]);
        }
    }
    let first = parts.iter().position(|part| is_figure(part.slice(row))).filter(|&first| first > 0)?;
    let (name, figures) = parts.split_at(first);
    let is_row = figures.len() >= 3 && figures.iter().all(|part| is_figure(part.slice(row)));
    let name = Span::new(name.first()?.start, name.last()?.end);
    let is_name = name.slice(row).chars().any(char::is_alphabetic) && !name.slice(row).contains(['，', '。', '：']);
    (is_row && is_name).then(|| std::iter::once(name).chain(figures.iter().copied()).collect())
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
        check("年份2019 2020 2021", &["年份", "2019", "2020", "2021"]);
        check("年份 2019 2020 2021", &["年份", "2019", "2020", "2021"]);
        check("全长 31.2 公里", &["全长 31.2 公里"]);
        check("比分 3 2", &["比分 3 2"]);
    }

    #[test]
    fn tabs_bars_and_wide_blanks_part_cells() {
        check("产量（万吨）    31.2   32.5 ", &["产量（万吨）", "31.2", "32.5"]);
        check("年份\t产量\t\t产值", &["年份", "产量", "", "产值"]);
        check("| 年份 | 产量 |", &["年份", "产量"]);
        check("New York　　3", &["New York", "3"]);
    }
}
