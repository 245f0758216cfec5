//! Small repairs to what formats give: dates as people and programs write them.

use crate::edtf::Edtf;

/// A writing date: `2025-06-22`, `2025/6/22`, `2025年6月22日`, `20250622`, each also with a time of day behind it, which
/// is kept to the second; a zone is dropped, for what is printed is local time.
pub(super) fn date(text: &str) -> Option<Edtf> {
    let text = text.trim();
    let numbers: Vec<&str> =
        text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).take(6).collect();
    let (first, rest) = numbers.split_first()?;
    let plain = match (first.len(), text.len()) {
        (8, 8) => format!("{}-{}-{}", first.get(..4)?, first.get(4..6)?, first.get(6..)?),
        (4, _) if text.starts_with(first) => {
            let two = |part: &&str| (part.len() <= 2).then(|| format!("{part:0>2}"));
            let rest: Option<Vec<String>> = rest.iter().map(two).collect();
            match rest?.as_slice() {
                [] => (*first).to_owned(),
                [month] => format!("{first}-{month}"),
                [month, day] => format!("{first}-{month}-{day}"),
                [month, day, hour, minute] => format!("{first}-{month}-{day}T{hour}:{minute}:00"),
                [month, day, hour, minute, second, ..] => format!("{first}-{month}-{day}T{hour}:{minute}:{second}"),
                [month, day, _] => format!("{first}-{month}-{day}"),
            }
        }
        _ => return None,
    };
    plain.parse::<Edtf>().ok().filter(|edtf| edtf.interval().is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_taken_as_they_are_written() {
        let read = |text: &str| date(text).map(|edtf| edtf.as_str().to_owned());
        let is = |text: &str, expected: &str| assert_eq!(read(text).as_deref(), Some(expected), "{text}");
        is("2025-06-22", "2025-06-22");
        is(" 2025/6/2 ", "2025-06-02");
        is("2025年6月22日", "2025-06-22");
        is("20250622", "2025-06-22");
        is("1998-01", "1998-01");
        is("2025-06-22T18:05:09+08:00", "2025-06-22T18:05:09");
        is("2025-06-22 18:05", "2025-06-22T18:05:00");
        assert_eq!(read("gestern"), None);
        assert_eq!(read("2025-13-01"), None);
        assert_eq!(read("948亿"), None);
    }
}
