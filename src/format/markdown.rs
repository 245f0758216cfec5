//! Markdown stays as it is, for the text layer knows its headings; only the date of its front matter is taken.

/// Front matter is so many lines at most.
const MAX_LINES: usize = 60;

/// The `date:` of YAML front matter:
///
/// ```text
/// ---
/// title: 大桥通车
/// date: 2024-09-01
/// ---
/// ```
pub(super) fn front_matter_date(text: &str) -> Option<&str> {
    let mut lines = text.lines();
    if lines.next()?.trim_end() != "---" {
        return None;
    }
    let mut date = None;
    for line in lines.take(MAX_LINES) {
        if line.trim_end() == "---" {
            return date;
        }
        if let Some((key, value)) = line.split_once(':')
            && matches!(key.trim(), "date" | "published" | "日期")
        {
            date = Some(value.trim().trim_matches(['"', '\''])).filter(|date| !date.is_empty());
        }
    }
    None
}
