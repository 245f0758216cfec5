//! Takes out what stands on every page: page numbers, running heads.

use super::{Block, Line};
use std::collections::HashMap;

/// A line that stands at the edge of so many pages is a running head.
const MIN_PAGES: usize = 3;

/// Takes page numbers and running heads out of `pages`; the first page keeps its head.
pub(super) fn take_out(pages: &mut [Vec<Block>]) {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for page in pages.iter() {
        for line in edges(page) {
            *counts.entry(shape(&line.text)).or_default() += 1;
        }
    }
    for (page_idx, page) in pages.iter_mut().enumerate() {
        let gone: Vec<Line> = edges(page)
            .into_iter()
            .filter(|line| {
                let n_pages = counts.get(&shape(&line.text)).copied().unwrap_or(0);
                is_page_number(&line.text) || (n_pages >= MIN_PAGES && page_idx > 0)
            })
            .collect();
        for block in page.iter_mut() {
            block.retain(|line| !gone.contains(line));
        }
        page.retain(|block| !block.is_empty());
    }
}

/// The highest and the lowest line of a page.
fn edges(page: &[Block]) -> Vec<Line> {
    let lines = || page.iter().flatten();
    let top = lines().min_by(|a, b| a.y.total_cmp(&b.y));
    let bottom = lines().max_by(|a, b| a.y.total_cmp(&b.y));
    [top, bottom].into_iter().flatten().cloned().collect()
}

/// A line with its digits alike.
fn shape(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).map(|c| if c.is_ascii_digit() { '0' } else { c }).collect()
}

/// `12`, `- 12 -`, `— 12 —`, `第12页`, `12 / 30`. A number of four digits by itself may well be a year.
fn is_page_number(text: &str) -> bool {
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let digits: String = plain.chars().filter(|c| !"-—–·第页共/".contains(*c)).collect();
    let most = match (plain.len() == digits.len(), plain.contains(['/', '共'])) {
        (true, _) => 3,
        (false, false) => 4,
        (false, true) => 8,
    };
    (1..=most).contains(&digits.len()) && digits.chars().all(|c| c.is_ascii_digit()) && plain.chars().count() <= 14
}
