//! Small repairs to what formats give: dates as people and programs write them.

use crate::edtf::Edtf;
use chrono::DateTime;

/// A writing date: `2025-06-22`, `2025/6/22`, `2025年6月22日`, `20250622`, each also with a time of day behind it, which
/// is kept to the second; a zone is dropped, for what is printed is local time. Also as letters and feeds give it
/// (`Tue, 08 Oct 2024 09:30:00 +0800`) and as programs run it together (`20241008093000`, `20241008T0930`).
pub(super) fn date(text: &str) -> Option<Edtf> {
    let text = text.trim();
    if let Ok(moment) = DateTime::parse_from_rfc2822(text) {
        return moment.format("%Y-%m-%dT%H:%M:%S").to_string().parse().ok();
    }
    if let Some(spread) = spread(text) {
        return date(&spread);
    }
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

/// `20241008093000` → `2024-10-08 09:30:00`; `None` where nothing was run together.
fn spread(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let (day, rest) = text.split_at_checked(8)?;
    let is_run = day.bytes().all(|byte| byte.is_ascii_digit())
        && matches!(digits.len(), 12 | 14)
        && rest.trim_start_matches(['T', 't', ' ']).len() + 8 >= digits.len();
    let part = |from: usize, to: usize| digits.get(from..to);
    is_run.then_some(())?;
    let (date, time) = (format!("{}-{}-{}", part(0, 4)?, part(4, 6)?, part(6, 8)?), (part(8, 10)?, part(10, 12)?));
    Some(format!("{date} {}:{}:{}", time.0, time.1, part(12, 14).unwrap_or("00")))
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
        is("2024-10-08T09:30:00.123Z", "2024-10-08T09:30:00");
        is("Tue, 08 Oct 2024 09:30:00 +0800", "2024-10-08T09:30:00");
        is("8 Oct 2024 09:30:00 GMT", "2024-10-08T09:30:00");
        is("20241008093015", "2024-10-08T09:30:15");
        is("20241008T0930", "2024-10-08T09:30:00");
        is("20241008 09:30", "2024-10-08T09:30:00");
        assert_eq!(read("20241308093015"), None);
        assert_eq!(read("gestern"), None);
        assert_eq!(read("2025-13-01"), None);
        assert_eq!(read("948亿"), None);
    }
}
