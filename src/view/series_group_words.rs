//! What a figure of several series says in words; a single series speaks for itself.

use super::{
    figure_plot::Line,
    number::about,
    value_text::{plain, rounded},
};
use crate::desk::{Captions, Locale};

/// Writes the words of the series of one figure.
#[derive(Debug, Clone, Copy)]
pub struct GroupWords<'a, 'b> {
    lines: &'b [Line<'a>],
}

/// How one series went from its first to its last value.
struct Course<'b> {
    name: &'b str,
    /// Last value over first.
    ratio: f64,
}

impl<'a, 'b> GroupWords<'a, 'b> {
    /// Speaks for these lines.
    pub const fn new(lines: &'b [Line<'a>]) -> Self {
        Self { lines }
    }

    /// `given`, with what is empty there written from the data.
    pub fn captions(&self, given: &Captions) -> Captions {
        match self.lines {
            [] => given.clone(),
            [line] => line.said.captions(given),
            [first, ..] => {
                let words = first.said.locale();
                given.or_made(&|| self.title(words), &|| self.subtitle(words), &|| self.note(words), &|| {
                    self.source(words)
                })
            }
        }
    }

    /// The title made from the data.
    pub fn title_made(&self) -> String {
        self.captions(&Captions::default()).title
    }

    /// The subtitle made from the data.
    pub fn subtitle_made(&self) -> String {
        self.captions(&Captions::default()).subtitle
    }

    /// The source line made from the data.
    pub fn source_made(&self) -> String {
        self.captions(&Captions::default()).source
    }

    fn courses(&self) -> Vec<Course<'b>> {
        let course = |line: &'b Line<'_>| {
            let (first, last) = (line.dots.first()?, line.dots.last()?);
            let goes = first.value > 0.0 && last.value > 0.0 && first.secs < last.secs;
            goes.then(|| Course { name: line.said.name(), ratio: last.value / first.value })
        };
        self.lines.iter().filter_map(course).collect()
    }

    /// 五十余年，5 项全部增长，粮食最快，增至约 4.2 倍: what all have in common, else how many rose and fell.
    fn title(&self, words: &Locale) -> String {
        let courses = self.courses();
        let longest = self.lines.iter().max_by_key(|line| line.said.years());
        let span = longest.map_or_else(String::new, |line| line.said.whole_span());
        let n = self.lines.len().to_string();
        let names = || {
            let names: Vec<&str> = self.lines.iter().map(|line| line.said.name()).collect();
            match names.as_slice() {
                [a, b] => words.fill("figure.two-names", &[a, b]),
                [a, ..] => words.fill("figure.many-names", &[a, &n]),
                [] => String::new(),
            }
        };
        if courses.len() < self.lines.len() {
            return words.fill("figure.title-group", &[&span, &names()]);
        }
        let size = |ratio: f64| {
            if ratio >= 2.0 {
                words.fill("figure.to-times", &[&about(ratio)])
            } else {
                words.fill("figure.by-percent", &[&plain(rounded((ratio - 1.0).abs() * 100.0, 2))])
            }
        };
        let by_ratio = |course: &&Course<'_>| course.ratio;
        let highest = courses.iter().max_by(|a, b| by_ratio(a).total_cmp(&by_ratio(b)));
        let lowest = courses.iter().min_by(|a, b| by_ratio(a).total_cmp(&by_ratio(b)));
        let n_up = courses.iter().filter(|course| course.ratio > 1.005).count();
        let n_down = courses.iter().filter(|course| course.ratio < 0.995).count();
        match (highest, lowest) {
            (Some(highest), _) if n_up == courses.len() => {
                words.fill("figure.title-all-grew", &[&span, &n, highest.name, &size(highest.ratio)])
            }
            (_, Some(lowest)) if n_down == courses.len() => {
                words.fill("figure.title-all-fell", &[&span, &n, lowest.name, &size(lowest.ratio)])
            }
            (Some(highest), _) if n_up > 0 && n_down > 0 => words.fill(
                "figure.title-mixed",
                &[&span, &n_up.to_string(), &n_down.to_string(), highest.name, &size(highest.ratio)],
            ),
            _ => words.fill("figure.title-group", &[&span, &names()]),
        }
    }

    /// The unit where it is one, else how many measures.
    fn subtitle(&self, words: &Locale) -> String {
        let units: Vec<String> = self.lines.iter().map(|line| line.said.axis_unit()).collect();
        let is_one = self.lines.windows(2).all(|pair| pair[0].said.unit() == pair[1].said.unit());
        let unit = units.iter().max_by_key(|unit| unit.len()).cloned().unwrap_or_default();
        let ends = self.ends();
        let n = self.lines.len().to_string();
        if is_one && !unit.is_empty() {
            words.fill("figure.group-unit", &[&n, &unit, &ends])
        } else {
            words.fill("figure.group", &[&n, &ends])
        }
    }

    /// First and last time of all lines.
    fn ends(&self) -> String {
        let first = self.lines.iter().filter_map(|line| Some((line.dots.first()?, line)));
        let last = self.lines.iter().filter_map(|line| Some((line.dots.last()?, line)));
        let first = first.min_by(|a, b| a.0.secs.total_cmp(&b.0.secs));
        let last = last.max_by(|a, b| a.0.secs.total_cmp(&b.0.secs));
        match (first, last) {
            (Some((a, a_line)), Some((b, b_line))) => {
                a_line.said.locale().fill("figure.ends", &[&a_line.words(a).time, &b_line.words(b).time])
            }
            _ => String::new(),
        }
    }

    /// The notes of all lines, each once.
    fn note(&self, words: &Locale) -> String {
        let mut notes: Vec<String> = Vec::new();
        for note in self.lines.iter().flat_map(|line| line.said.notes()) {
            if !notes.contains(&note) {
                notes.push(note);
            }
        }
        if notes.is_empty() {
            String::new()
        } else {
            words.fill("figure.note", &[&notes.join(words.get("figure.space"))])
        }
    }

    /// The notes; whether dots were merged, and how many series and annotations found no room.
    pub fn note_with(&self, n_series: usize, n_annotations: usize, has_merged: bool) -> String {
        let Some(words) = self.lines.first().map(|line| line.said.locale()) else { return String::new() };
        let mut note = self.captions(&Captions::default()).note;
        let count = |key: &str, n: usize| (n > 0).then(|| words.fill(key, &[&n.to_string()]));
        let more = [
            has_merged.then(|| words.get("figure.note-merged").to_owned()),
            count("figure.series-left-out", n_series),
            count("figure.annotations-left-out", n_annotations),
        ];
        for said in more.into_iter().flatten() {
            note = match note.is_empty() {
                true => words.fill("figure.note", &[&said]),
                false => format!("{note}{}{said}", words.get("figure.space")),
            };
        }
        note
    }

    /// The first line's source, and how many documents more there are.
    fn source(&self, words: &Locale) -> String {
        let Some(first) = self.lines.first() else { return String::new() };
        let line = first.said.captions(&Captions::default()).source;
        let mut others: Vec<&str> = self.lines.iter().map(|line| line.said.document_id()).collect();
        others.retain(|id| *id != first.said.document_id());
        others.sort_unstable();
        others.dedup();
        if others.is_empty() { line } else { words.fill("figure.more-documents", &[&line, &others.len().to_string()]) }
    }

    /// Kind, measures, first and last values, source.
    pub fn alt_text(&self, captions: &Captions) -> String {
        match self.lines {
            [] => captions.title.clone(),
            [line] => line.said.alt_text(captions),
            [first, ..] => {
                let words = first.said.locale();
                let course = |line: &Line<'_>| {
                    let (first, last) = (line.words(line.dots.first()?), line.words(line.dots.last()?));
                    let [a, b] =
                        [first, last].map(|said| words.fill("figure.alt-point", &[&said.time, &said.value_with_unit]));
                    Some(words.fill("figure.alt-course", &[line.said.name(), &a, &b]))
                };
                let courses: Vec<String> = self.lines.iter().filter_map(course).collect();
                let courses = courses.join(words.get("figure.list-semicolon"));
                words.fill("figure.alt-group", &[&captions.title, &courses, &captions.source])
            }
        }
    }
}
