//! Takes the blank half out of full-width marks that meet: 约数，“建交 instead of 约数， “建交.
//!
//! Full-width marks fill a han's square with ink in one half only. Where two such blanks meet, or a quotation
//! stands among Latin letters, typesetters take one half away. The font could do it (`chws`), egui does not ask.

use egui::{
    Color32, FontId,
    text::{LayoutJob, TextFormat},
};

/// Blank on the right.
const CLOSING: &str = "，。、；：）》〉」』】”’";
/// Blank on the left.
const OPENING: &str = "（《〈「『【“‘";

/// A job for one line of `text`, its marks squeezed.
pub fn line_job(text: &str, font: FontId, colour: Color32) -> LayoutJob {
    let mut job = LayoutJob { break_on_newline: false, ..Default::default() };
    job.wrap.max_width = f32::INFINITY;
    let plain = TextFormat { font_id: font.clone(), color: colour, ..Default::default() };
    // egui puts the spacing of a section before each of its characters.
    let squeezed = TextFormat { extra_letter_spacing: -font.size / 2.0, ..plain.clone() };
    let mut before = None;
    let mut start = 0;
    let mut is_squeezed = false;
    for (byte_idx, c) in text.char_indices() {
        let joins = before.is_some_and(|before| leaves_a_blank(before, c));
        if joins != is_squeezed {
            append(&mut job, text.get(start..byte_idx), if is_squeezed { &squeezed } else { &plain });
            (start, is_squeezed) = (byte_idx, joins);
        }
        before = Some(c);
    }
    append(&mut job, text.get(start..), if is_squeezed { &squeezed } else { &plain });
    job
}

fn append(job: &mut LayoutJob, part: Option<&str>, format: &TextFormat) {
    if let Some(part) = part.filter(|part| !part.is_empty()) {
        job.append(part, 0.0, format.clone());
    }
}

/// Whether half a square of blank stands between two characters that does not belong there.
fn leaves_a_blank(before: char, after: char) -> bool {
    let (closes, opens) = (CLOSING.contains(before), OPENING.contains(after));
    let is_quote = |c: char| "“”‘’".contains(c);
    (closes && (opens || CLOSING.contains(after)))
        || (OPENING.contains(before) && opens)
        || (before.is_ascii() && opens && is_quote(after))
        || (closes && is_quote(before) && after.is_ascii())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let job = line_job(text, FontId::proportional(10.0), Color32::PLACEHOLDER);
        let parts: Vec<String> = job
            .sections
            .iter()
            .map(|section| {
                let part = &text[section.byte_range.start.0..section.byte_range.end.0];
                if section.format.extra_letter_spacing < 0.0 { format!("[{part}]") } else { part.to_owned() }
            })
            .collect();
        assert_eq!(parts.concat(), expected);
    }

    #[test]
    fn blanks_that_meet_are_taken_out() {
        check("约数，“初年”按今年计", "约数，[“]初年”按今年计");
        check("（“甲”，“乙”）", "（[“]甲”[，“]乙”[）]");
        check("the “甲” is", "the [“]甲”[ ]is");
        check("甲，乙", "甲，乙");
        check("", "");
    }
}
