//! Tells text set in columns from top to bottom, whose lines read across are nonsense.

use super::line::{Line, is_han};
use std::collections::HashSet;

/// As many lines are looked at.
const SAMPLE: usize = 60;

/// Whether `lines` are a block set vertically: as long as each other, and pairs of characters recur from top to
/// bottom much more than from left to right. In running text words recur; across columns nothing does.
pub(super) fn is_vertical(text: &str, lines: &[Line]) -> bool {
    let rows: Vec<&str> = lines.iter().take(SAMPLE).map(|line| line.span.slice(text)).collect();
    let lengths: Vec<usize> = rows.iter().map(|row| row.chars().count()).collect();
    let Some(longest) = lengths.iter().copied().max() else { return false };
    let is_block = rows.len() >= 6
        && longest >= 6
        && lengths.iter().filter(|&&length| length + 2 >= longest).count() * 4 >= rows.len() * 3;
    if !is_block {
        return false;
    }
    let rows: Vec<Vec<char>> = rows.iter().map(|row| row.chars().collect()).collect();
    let across = rows.iter().flat_map(|row| row.windows(2).filter_map(|pair| Some((*pair.first()?, *pair.get(1)?))));
    let down = rows.windows(2).flat_map(|pair| {
        let (upper, lower) = (pair.first().map(Vec::as_slice), pair.get(1).map(Vec::as_slice));
        upper.unwrap_or_default().iter().copied().zip(lower.unwrap_or_default().iter().copied())
    });
    let (across, down) = (recurring(across), recurring(down));
    down > 0.08 && down > across * 2.5
}

/// The share of pairs that occurred before.
fn recurring(pairs: impl Iterator<Item = (char, char)>) -> f32 {
    let (mut seen, mut n, mut n_again) = (HashSet::new(), 0.0_f32, 0.0_f32);
    for pair in pairs.filter(|(a, b)| is_han(*a) && is_han(*b)) {
        n += 1.0;
        n_again += if seen.insert(pair) { 0.0 } else { 1.0 };
    }
    n_again / n.max(1.0)
}

#[cfg(test)]
mod tests {
    use super::{super::line::lines, *};

    /// Sets `text` in columns of `height`, the first at the right.
    fn set_vertically(text: &str, height: usize) -> String {
        let chars: Vec<char> = text.chars().collect();
        let columns: Vec<&[char]> = chars.chunks_exact(height).collect();
        let rows = (0..height).map(|row| columns.iter().rev().map(|column| column[row]).collect::<String>());
        rows.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn columns_are_told_from_lines() {
        let text = "海湾港口扩建工程开工，海湾港口去年完成货物吞吐量比前年增加，扩建工程建成以后海湾港口货物吞吐量还要增加，\
                    港口工程建设指挥部说扩建工程质量良好，海湾港口货物运输正常。海湾港口工程建设指挥部还说货物运输正常。\
                    附近渔民关心扩建工程会不会影响渔场，指挥部答复说工程建设避开了渔场，渔民出海捕鱼不受影响。";
        let vertical = set_vertically(text, 12);
        assert!(is_vertical(&vertical, &lines(&vertical)));
        let chars: Vec<char> = text.chars().collect();
        let torn = chars.chunks(16).map(|line| line.iter().collect::<String>()).collect::<Vec<_>>().join("\n");
        assert!(!is_vertical(&torn, &lines(&torn)));
    }
}
