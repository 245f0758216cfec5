//! What a timeline figure says in words: which events, title, subtitle, notes, source, alt text.

use super::{
    date_text::{DateStyle, date_text, years_text},
    figure_input::TimelineInput,
    figure_source::source_line,
    filter_words::{FilterPart, in_a_row},
    time_glyph::{TimeGlyph, drawn_interval},
    when::When,
};
use crate::{
    desk::{Captions, Locale},
    edtf::{Date, Edtf, Grain},
    model::{Document, Event},
};

/// An event in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventWords {
    /// 2024年9月; without its year where the segment is of one year.
    pub date: String,
    /// The same in years alone where it is a range over years: for where the date is too long.
    pub short_date: String,
    /// `date` with its year, where nothing beside it says the year.
    pub year_date: String,
    /// The title as it should be drawn, perhaps shortened.
    pub title: String,
    /// The whole title.
    pub full_title: String,
}

/// An event on its way to the picture.
#[derive(Debug, Clone)]
pub struct Dated {
    /// When, in seconds, for the axis.
    pub when: When,
    /// Its glyph.
    pub glyph: TimeGlyph,
    /// The stretch the glyph is drawn over, in seconds; an open side is infinite.
    pub drawn_secs: [f64; 2],
    /// What it says.
    pub words: EventWords,
}

/// Titles longer than this are shortened on a figure, in characters.
const LONGEST_TITLE: usize = 20;

/// Writes the words of one timeline.
#[derive(Debug, Clone)]
pub struct TimelineWords<'a> {
    words: &'a Locale,
    second: Option<&'a Locale>,
    /// The events drawn, by time.
    pub chosen: Vec<Dated>,
    sources: Vec<(&'a Document, &'a Event)>,
    filter: Vec<FilterPart>,
    n_all: usize,
    /// Which of the chosen found a place.
    pub shown: Vec<usize>,
    /// How many segments the axis has.
    pub n_segments: usize,
    /// Whether dots that stand too close are drawn as one.
    pub has_merged: bool,
}

impl<'a> TimelineWords<'a> {
    /// Chooses at most `n_max` events: the most mentioned, then the most exactly dated, spread over time.
    /// `with_years` says the year of every day, also of the writing date's own year.
    pub fn new(input: &TimelineInput<'a>, n_max: usize, with_years: bool) -> Self {
        let mut all: Vec<(&Document, &Event, When)> = input
            .events
            .iter()
            .filter(|(document, event)| is_first_telling(document, event))
            .filter_map(|(document, event)| Some((*document, *event, When::of_event(document, event)?)))
            .collect();
        all.sort_by(|a, b| a.2.middle().total_cmp(&b.2.middle()).then_with(|| a.1.title.cmp(&b.1.title)));
        let n_all = all.len();
        let kept = keep_most_important(all, n_max);
        let chosen: Vec<Dated> =
            kept.iter().map(|(document, event, when)| dated(document, event, *when, with_years, input.words)).collect();
        let shown = (0..chosen.len()).collect();
        let sources = kept.into_iter().map(|(document, event, _)| (document, event)).collect();
        Self {
            words: input.words,
            second: input.second,
            chosen,
            sources,
            filter: input.filter.clone(),
            n_all,
            shown,
            n_segments: 1,
            has_merged: false,
        }
    }

    /// `given`, with what is empty there written from the data.
    pub fn captions(&self, given: &Captions) -> Captions {
        let own = given.or_made(&|| self.title(), &|| self.subtitle(), &|| self.note(), &|| self.source());
        match self.in_second() {
            Some(other) => own.with_second(&other.captions(given), given),
            None => own,
        }
    }

    /// The same in the second language, where there is one.
    pub fn in_second(&self) -> Option<Self> {
        Some(Self { words: self.second?, second: None, ..self.clone() })
    }

    /// 智库报告解读：从前175年到2025年6月.
    fn title(&self) -> String {
        let Self { words, .. } = self;
        let headline = self.main_headline();
        let Some((first, last)) = self.ends() else {
            return headline.unwrap_or(words.get("figure.no-events")).to_owned();
        };
        // The year is said once where it is one year's.
        let is_one_year = first.year() == last.year() && last.grain() < Grain::Year;
        let last_style = if is_one_year { DateStyle::WithoutYear } else { DateStyle::Full };
        let word = |date: Date, style| Some(date_text(&coarse(date)?, style, words));
        let (Some(first), Some(whole)) = (word(first, DateStyle::Full), word(last, DateStyle::Full)) else {
            return headline.unwrap_or_default().to_owned();
        };
        let last = if first == whole { whole } else { word(last, last_style).unwrap_or(whole) };
        match (headline, first == last) {
            (Some(headline), true) => words.fill("figure.title-events-at", &[headline, &first]),
            (Some(headline), false) => words.fill("figure.title-events", &[headline, &first, &last]),
            (None, true) => words.fill("figure.title-dates-at", &[&first]),
            (None, false) => words.fill("figure.title-dates", &[&first, &last]),
        }
    }

    /// The headline of the story that tells most of the events; the earliest of equals. Of several documents none speaks
    /// for all, unless it tells more than half.
    fn main_headline(&self) -> Option<&'a str> {
        let mut counts: Vec<(&str, usize)> = Vec::new();
        for (document, event) in &self.sources {
            let Some(headline) = document.articles.get(event.article).and_then(|story| story.headline.as_deref())
            else {
                continue;
            };
            match counts.iter_mut().find(|(known, _)| *known == headline) {
                Some((_, n)) => *n += 1,
                None => counts.push((headline, 1)),
            }
        }
        let (headline, n) = counts.into_iter().reduce(|best, next| if next.1 > best.1 { next } else { best })?;
        let (first, _) = self.sources.first()?;
        let is_one = self.sources.iter().all(|(document, _)| std::ptr::eq(*document, *first));
        (is_one || n * 2 > self.sources.len()).then_some(headline)
    }

    /// The earliest date that is told of and the latest, open ends left out.
    fn ends(&self) -> Option<(Date, Date)> {
        let edtfs = || self.sources.iter().filter_map(|(_, event)| event.edtf.as_ref());
        let first = edtfs().filter_map(|edtf| edtf.start().or_else(|| edtf.end()));
        let last = edtfs().filter_map(|edtf| edtf.end().or_else(|| edtf.start()));
        let first = first.min_by_key(|date| date.interval().and_then(|interval| interval.start))?;
        let last = last.max_by_key(|date| date.interval().and_then(|interval| interval.end))?;
        Some((first, last))
    }

    /// `text`, and what the events were chosen by: 5 件事，限天津、#外交.
    pub fn filtered(&self, text: &str) -> String {
        match self.filter.as_slice() {
            [] => text.to_owned(),
            parts => self.words.fill("figure.filtered", &[text, &in_a_row(parts, self.words)]),
        }
    }

    /// 20 件事里的 12 件；年代空白处折叠，三段各用各的比例.
    fn subtitle(&self) -> String {
        let Self { words, n_all, n_segments, .. } = self;
        let (all, shown) = (n_all.to_string(), self.shown.len().to_string());
        let count = if self.shown.len() < *n_all {
            words.fill("figure.some-events", &[&all, &shown])
        } else {
            words.fill("figure.all-events", &[&all])
        };
        let count = self.filtered(&count);
        if *n_segments < 2 {
            return count;
        }
        let digits = words.get("figure.counts").split_whitespace().nth(n_segments - 1).unwrap_or_default();
        words.fill("figure.folded", &[&count, digits])
    }

    fn note(&self) -> String {
        let words = self.words;
        let mut notes = Vec::new();
        let said: Vec<String> =
            self.sources.iter().filter_map(|(document, event)| self.counted_as(document, event)).take(2).collect();
        if !said.is_empty() {
            notes.push(words.fill("figure.sentence", &[&said.join(words.get("figure.list-semicolon"))]));
        }
        if self.has_merged {
            notes.push(words.get("figure.note-merged").to_owned());
        }
        let left_out = self.n_all.saturating_sub(self.shown.len());
        if left_out > 0 {
            notes.push(words.fill("figure.left-out", &[&left_out.to_string()]));
        }
        if notes.is_empty() {
            String::new()
        } else {
            words.fill("figure.note", &[&notes.join(words.get("figure.space"))])
        }
    }

    /// “2100多年前”按约前175—前76年计, where the text's words and the date are far apart.
    fn counted_as(&self, document: &Document, event: &Event) -> Option<String> {
        let when = When::of_event(document, event).filter(|when| when.exactness == TimeGlyph::Approximate);
        let edtf = event.edtf.as_ref().filter(|_| when.is_some())?;
        let time = document.times.get(event.time?)?;
        let date = date_text(edtf, DateStyle::Short, self.words);
        Some(self.words.fill("figure.counted-as", &[&time.text, &date]))
    }

    fn source(&self) -> String {
        let Some((document, _)) = self.sources.first() else { return String::new() };
        let same = |other: &&(&Document, &Event)| std::ptr::eq(other.0, *document);
        let articles = self.sources.iter().filter(same).map(|(_, event)| event.article);
        let line = source_line(document, articles, self.words);
        let mut others: Vec<&str> =
            self.sources.iter().filter(|other| !same(other)).map(|(other, _)| other.id.as_str()).collect();
        others.sort_unstable();
        others.dedup();
        if others.is_empty() {
            line
        } else {
            self.words.fill("figure.more-documents", &[&line, &others.len().to_string()])
        }
    }

    /// Kind, events with their dates, source.
    pub fn alt_text(&self, captions: &Captions) -> String {
        let words = self.words;
        let events: Vec<String> = self
            .shown
            .iter()
            .filter_map(|&idx| self.sources.get(idx))
            .map(|(_, event)| {
                let date = event.edtf.as_ref().map_or_else(String::new, |edtf| date_text(edtf, DateStyle::Full, words));
                words.fill("figure.alt-event", &[&date, &event.title])
            })
            .collect();
        let events_told = events.len().to_string();
        let events = events.join(words.get("figure.list-semicolon"));
        words.fill("figure.alt-timeline", &[&captions.title, &events_told, &events, &captions.source])
    }
}

/// One end of the span for the title: no finer than a month.
fn coarse(date: Date) -> Option<Edtf> {
    match (date.year(), date.month()) {
        (Some(year), Some(month)) if date.grain() < Grain::Year => Edtf::from_month(year, month),
        (Some(year), _) => Some(Edtf::from_year(year)),
        _ => date.to_string().parse().ok(),
    }
}

/// Of several events that tell the same, the first stands for all.
fn is_first_telling(document: &Document, event: &Event) -> bool {
    let own_idx = document.events.iter().position(|other| std::ptr::eq(other, event));
    let stands_behind = |other: usize| document.events.get(other).is_some_and(Event::is_merged);
    // Where the user said which of them stays, that one is the first.
    let is_first = |own_idx: usize| event.same_as.iter().all(|&other| other >= own_idx || stands_behind(other));
    !event.is_merged() && !event.is_hidden() && own_idx.is_none_or(is_first)
}

type Candidate<'a> = (&'a Document, &'a Event, When);

/// For each event how many of the same date come before it: short titles first, then as they stand.
fn places_in_their_dates(all: &[Candidate<'_>]) -> Vec<usize> {
    let is_long = |event: &Event| event.title.chars().count() > LONGEST_TITLE;
    let mut order: Vec<(f64, f64, bool, usize)> =
        all.iter().enumerate().map(|(idx, (_, event, when))| (when.start, when.end, is_long(event), idx)).collect();
    // Sorted, for a collection has hundreds of thousands, and each against each would take hours.
    order.sort_unstable_by(|a, b| {
        let by_date = a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1));
        by_date.then(a.2.cmp(&b.2)).then(a.3.cmp(&b.3))
    });
    let mut places = vec![0; all.len()];
    for of_date in order.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
        for (place, (.., idx)) in of_date.iter().enumerate() {
            if let Some(slot) = places.get_mut(*idx) {
                *slot = place;
            }
        }
    }
    places
}

/// The most mentioned, then at most one of each date before a second of any, spread over the dates; short titles first.
fn keep_most_important(all: Vec<Candidate<'_>>, n_max: usize) -> Vec<Candidate<'_>> {
    if all.len() <= n_max {
        return all;
    }
    // (fewest mentions last, how many of its date come before it): lower is taken first.
    let n_before = places_in_their_dates(&all);
    let mentions = |event: &Event| std::cmp::Reverse(event.same_as.len());
    let ranks: Vec<_> = all.iter().zip(n_before).map(|((_, event, _), n)| Some((mentions(event), n))).collect();
    let mut levels = ranks.clone();
    levels.sort_unstable();
    levels.dedup();
    let mut kept: Vec<usize> = Vec::new();
    for level in levels {
        let group: Vec<usize> = (0..all.len()).filter(|&idx| ranks.get(idx) == Some(&level)).collect();
        let room = n_max - kept.len();
        if group.len() <= room {
            kept.extend(group);
            continue;
        }
        // More of equal importance than there is room: evenly over their order in time, ends included.
        let last = group.len() - 1;
        kept.extend(
            (0..room).filter_map(|nth| group.get(if room > 1 { nth * last / (room - 1) } else { last }).copied()),
        );
        break;
    }
    kept.sort_unstable();
    let mut idx = 0;
    all.into_iter()
        .filter(|_| {
            idx += 1;
            kept.binary_search(&(idx - 1)).is_ok()
        })
        .collect()
}

fn dated(document: &Document, event: &Event, when: When, with_years: bool, words: &Locale) -> Dated {
    let drawn = event.edtf.as_ref().and_then(drawn_interval).or(event.interval);
    let secs = |moment: Option<crate::edtf::Moment>, open: f64| moment.map_or(open, |moment| moment.seconds() as f64);
    let drawn_secs = drawn.map_or([when.start, when.end], |interval| {
        [secs(interval.start, f64::NEG_INFINITY), secs(interval.end, f64::INFINITY)]
    });
    let dct_year = document.dct.as_ref().and_then(|dct| dct.start()).and_then(|date| date.year());
    let year_date = event.edtf.as_ref().map_or_else(String::new, |edtf| {
        approximately(date_text(edtf, DateStyle::Short, words), edtf, when.exactness, words)
    });
    let date = event.edtf.as_ref().map_or_else(String::new, |edtf| {
        // Days of the year of writing need no year: the axis says it.
        let is_own_year = edtf.grain() <= Grain::Day && edtf.start().and_then(|date| date.year()) == dct_year;
        let style =
            if is_own_year && dct_year.is_some() && !with_years { DateStyle::WithoutYear } else { DateStyle::Short };
        approximately(date_text(edtf, style, words), edtf, when.exactness, words)
    });
    let ends = event.edtf.as_ref().map(|edtf| (edtf.start().and_then(Date::year), edtf.end().and_then(Date::year)));
    let short_date = match ends {
        Some((Some(first), Some(last))) if first < last => match &event.edtf {
            Some(edtf) => approximately(years_text(first, last, words), edtf, when.exactness, words),
            None => years_text(first, last, words),
        },
        _ => date.clone(),
    };
    Dated {
        when,
        glyph: when.exactness,
        drawn_secs,
        words: EventWords {
            date,
            short_date,
            year_date,
            title: shortened(&event.title, LONGEST_TITLE),
            full_title: event.title.clone(),
        },
    }
}

/// 约 before a date that is approximate, where its own words do not say so.
fn approximately(text: String, edtf: &Edtf, exactness: TimeGlyph, words: &Locale) -> String {
    let sign = words.fill("date.approximate", &[""]);
    let is_said = edtf.is_approximate() && text.starts_with(sign.trim());
    if exactness == TimeGlyph::Approximate && !is_said { words.fill("date.approximate", &[&text]) } else { text }
}

/// The title up to a mark or an end that reads well, where it is longer than `n_max` characters.
pub fn shortened(title: &str, n_max: usize) -> String {
    if title.chars().count() <= n_max {
        return title.to_owned();
    }
    let mut kept = String::new();
    for (n, c) in title.chars().enumerate() {
        if n + 1 >= n_max {
            break;
        }
        if "，；：".contains(c) && n >= 6 {
            return kept;
        }
        kept.push(c);
    }
    format!("{}…", kept.trim_end_matches(|c: char| c.is_ascii_digit() || "“《（、，·. ".contains(c)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        corpus::{ReadOptions, read},
        text::Source,
        warn::Reporter,
    };

    #[test]
    fn of_one_date_short_titles_come_first_then_those_told_first() {
        let text = "2023年5月9日，大桥合龙。2023年5月9日，跨越海湾连接两岸三座城市的新大桥和隧道全线试车并向市民开放参观。\
            2024年8月，新线通车。2023年5月9日，码头开港。2023年5月，展会开幕。2024年8月，灯塔点亮。";
        let entry = read(Source::of("a", text), &ReadOptions::default(), Reporter::new());
        let document = &entry.document;
        let all: Vec<Candidate<'_>> = document
            .events
            .iter()
            .filter_map(|event| Some((document, event, When::of_event(document, event)?)))
            .collect();
        let told: Vec<(String, usize)> = all
            .iter()
            .zip(places_in_their_dates(&all))
            .map(|((_, event, _), place)| (event.title.chars().take(4).collect(), place))
            .collect();
        let expected =
            [("大桥合龙", 0), ("跨越海湾", 2), ("新线通车", 0), ("码头开港", 1), ("展会开幕", 0), ("灯塔点亮", 1)];
        assert_eq!(told, expected.map(|(title, place)| (title.to_owned(), place)));
    }

    #[test]
    fn only_what_is_drawn_is_told_to_those_who_do_not_see_it() {
        let text = "2023年5月9日，大桥合龙。2023年5月11日，大桥试车。2024年8月，新线通车。";
        let entry = read(Source::of("a", text), &ReadOptions::default(), Reporter::new());
        let events = entry.document.events.iter().map(|event| (&entry.document, event)).collect();
        let words = Locale::of(crate::desk::Lang::Zh);
        let input = TimelineInput { events, words, second: None, filter: Vec::new() };
        let all = TimelineWords::new(&input, 12, false);
        let some = TimelineWords { shown: vec![0, 2], ..all.clone() };
        assert!(all.alt_text(&Captions::default()).contains("3 件事：2023年5月9日，大桥合龙；"));
        assert!(some.alt_text(&Captions::default()).contains("2 件事：2023年5月9日，大桥合龙；2024年8月，新线通车"));
        assert_eq!((some.subtitle().as_str(), all.subtitle().as_str()), ("3 件事里的 2 件", "3 件事"));
    }

    #[test]
    fn no_story_of_many_documents_speaks_for_all() {
        let title = |texts: &[&str]| {
            let entry = |(n, text): (usize, &&str)| {
                let source = Source::of(n.to_string(), *text);
                read(source, &ReadOptions::default(), Reporter::new())
            };
            let entries: Vec<_> = texts.iter().enumerate().map(entry).collect();
            let events = entries.iter().flat_map(|e| e.document.events.iter().map(move |event| (&e.document, event)));
            let input = TimelineInput {
                events: events.collect(),
                words: Locale::of(crate::desk::Lang::Zh),
                second: None,
                filter: Vec::new(),
            };
            TimelineWords::new(&input, 12, false).title()
        };
        let bridge = "大桥合龙\n\n2023年5月9日，大桥合龙。2023年5月11日，大桥试车。2024年8月，大桥通车。\n";
        let port = "港口扩建\n\n2019年3月5日，港口在海湾市扩建。2020年7月，新泊位启用。2021年1月，航道加深。\n";
        assert_eq!(title(&[bridge]), "大桥合龙：从2023年5月到2024年8月");
        assert_eq!(title(&[bridge, port]), "从2019年3月到2024年8月");
        assert_eq!(
            title(&[bridge, "港口扩建\n\n2019年3月5日，港口在海湾市扩建。\n"]),
            "大桥合龙：从2019年3月到2024年8月"
        );
    }
}
