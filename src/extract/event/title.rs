//! What a person would write on a timeline: a clause without its date, at most about thirty characters.

use super::{
    clause::{self, Telling},
    cues::{self, Cues},
};
use crate::span::Span;

/// Longest title, in characters.
pub const MAX_CHARS: usize = 30;
/// A title shorter than this takes the next clause too.
const SHORT_CHARS: usize = 9;
/// With a figure behind it, the clause may grow to this.
const WITH_FIGURE_CHARS: usize = 26;

/// The title of `telling`; `None` where the words tell nothing. `person` stands in for 他 and 她.
pub fn title(text: &str, telling: &Telling, person: Option<&str>, cues: &Cues) -> Option<String> {
    let clauses: Vec<String> = clause::segments(text, telling.region)
        .into_iter()
        .map(|segment| tidy(&without_time(text, segment, telling.time_at, cues)))
        .filter(|clause| clause.chars().count() >= 2)
        .collect();
    let main = main_clause(&clauses, cues)?;
    let mut title = with_subject(clauses.get(main)?, person, cues);
    if n_chars(&title) > MAX_CHARS {
        title = shortened(&title, cues);
    }
    for next in clauses.iter().skip(main + 1) {
        let joined = n_chars(&title) + 1 + n_chars(next);
        let is_figure = cues::opener_len(next, &cues.figure_openers).is_some() && has_digit(next) && !has_digit(&title)
            || cues::opener_len(next, &cues.figure_openers).is_some() && joined <= WITH_FIGURE_CHARS;
        let is_needed = n_chars(&title) < SHORT_CHARS;
        if joined > MAX_CHARS || !(is_figure || is_needed) {
            break;
        }
        title.push('，');
        title.push_str(next);
    }
    let title = tidy(&balanced(&title));
    let is_telling = n_chars(&title) >= 4 && title.chars().any(|c| !c.is_ascii());
    is_telling.then(|| half_width(&title))
}

/// The segment's words without the time, its prepositions and what closes it.
fn without_time(text: &str, segment: Span, time: Span, cues: &Cues) -> String {
    if !segment.overlaps(time) {
        return clause::trimmed(text, segment).slice(text).to_owned();
    }
    let mut before = Span::new(segment.start, time.start.max(segment.start)).slice(text);
    let mut after = Span::new(time.end.min(segment.end), segment.end).slice(text);
    while let Some(len) = cues::closer_len(before, &cues.time_openers) {
        // 「国家防总在」 loses 在; 「其中」 goes whole; a word that ends like an opener (存在) is a risk we take
        // only where the opener is all there is or one character long.
        let rest = &before[..before.len() - len];
        if !rest.is_empty() && before[rest.len()..].chars().count() > 1 {
            break;
        }
        before = rest;
    }
    while let Some(len) = cues::opener_len(after, &cues.time_closers) {
        after = &after[len..];
    }
    let before = before.trim_matches(is_edge);
    // 「举办以来」 behind the time closes the clause, not the time.
    let after = after.trim_end_matches(is_edge);
    let after = after.strip_suffix("以来").or_else(|| after.strip_suffix("以來")).unwrap_or(after);
    format!("{before}{after}")
}

fn is_edge(c: char) -> bool {
    c.is_whitespace() || "，。；：、,;:.!！？?—…".contains(c)
}

/// The clause that tells what happened: the first that is neither subordinate nor the words of a speaker.
fn main_clause(clauses: &[String], cues: &Cues) -> Option<usize> {
    let is_last = |idx: usize| idx + 1 >= clauses.len();
    let tells = |idx: usize, clause: &String| {
        let is_subordinate = cues::opener_len(clause, &cues.subordinate_openers).is_some();
        let speaks = cues::closer_len(clause, &cues.speech_closers).is_some() && !is_last(idx);
        !is_subordinate && !speaks && n_chars(clause) >= 3
    };
    let found = clauses.iter().enumerate().find(|(idx, clause)| tells(*idx, clause));
    found.map(|(idx, _)| idx).or(if clauses.is_empty() { None } else { Some(0) })
}

/// 他 → the person the article is about; 其, 该 and the like go.
fn with_subject(clause: &str, person: Option<&str>, cues: &Cues) -> String {
    let Some(len) = cues::opener_len(clause, &cues.pronouns) else { return clause.to_owned() };
    let (pronoun, rest) = clause.split_at(len);
    match (pronoun, person) {
        ("他" | "她", Some(person)) => format!("{person}{rest}"),
        ("他" | "她" | "其" | "它", _) => rest.to_owned(),
        _ => clause.to_owned(),
    }
}

/// Shorter by what a timeline can do without, in steps, until it fits.
fn shortened(clause: &str, cues: &Cues) -> String {
    let mut text = without_brackets(clause);
    if n_chars(&text) <= MAX_CHARS {
        return text;
    }
    if let Some(rest) = ["位于", "来自"].iter().find_map(|opener| text.strip_prefix(opener))
        && let Some((_, tail)) = rest.split_once('的')
        && n_chars(tail) >= 8
    {
        text = tail.to_owned();
    }
    if n_chars(&text) > MAX_CHARS
        && let Some(named) = from_title_mark(&text)
    {
        text = named;
    }
    if n_chars(&text) > MAX_CHARS {
        text = first_of_list(&text);
    }
    if n_chars(&text) <= MAX_CHARS { text } else { cut(&text, cues) }
}

/// Without （…）.
fn without_brackets(text: &str) -> String {
    let mut out = String::new();
    let mut depth = 0;
    for c in text.chars() {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' if depth > 0 => depth -= 1,
            _ if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

/// 《…》 with what is said of it, where who says it is too long to keep.
fn from_title_mark(text: &str) -> Option<String> {
    let start = text.find('《')?;
    let end = text.rfind('》')? + '》'.len_utf8();
    let tail = text.get(end..)?;
    let named = text.get(start..)?;
    (n_chars(tail) >= 2 && n_chars(named) <= MAX_CHARS).then(|| named.to_owned())
}

/// A、B、C和D → A等, where the list is what makes it long.
fn first_of_list(text: &str) -> String {
    let items: Vec<&str> = text.split('、').collect();
    let [first, .., last] = items.as_slice() else { return text.to_owned() };
    let tail_at = last.char_indices().find(|(_, c)| "和等".contains(*c));
    let Some((at, c)) = tail_at.filter(|_| items.len() >= 3) else { return text.to_owned() };
    let rest = last.get(at + c.len_utf8()..).unwrap_or_default();
    if c == '等' { format!("{first}等{rest}") } else { text.to_owned() }
}

/// Cut before a connective, as late as fits; the plain length where there is none.
fn cut(text: &str, cues: &Cues) -> String {
    let mut best = None;
    for (n, (at, _)) in text.char_indices().enumerate() {
        if n > MAX_CHARS {
            break;
        }
        let rest = text.get(at..).unwrap_or_default();
        if n >= 10 && cues.cut_before.iter().any(|word| rest.starts_with(word.as_str())) {
            best = Some(at);
        }
    }
    let end = best.unwrap_or_else(|| text.char_indices().nth(MAX_CHARS - 1).map_or(text.len(), |(at, _)| at));
    let head = text.get(..end).unwrap_or(text);
    if best.is_some() { head.to_owned() } else { format!("{head}…") }
}

/// Without marks, conjunctions and blanks at either end.
fn tidy(text: &str) -> String {
    let mut text = text.trim_matches(|c: char| is_edge(c) && c != '…' || c.is_whitespace());
    for conjunction in ["并且", "而且", "并", "而", "但", "也", "且"] {
        // 并购 and 而立 begin words; only in front of a longer clause is it a conjunction.
        if let Some(rest) = text.strip_prefix(conjunction)
            && n_chars(rest) >= 6
            && !rest.starts_with(['购', '立', '入', '列', '轨', '网', '行'])
        {
            text = rest;
            break;
        }
    }
    text.trim_matches(|c: char| is_edge(c) && c != '…').to_owned()
}

/// Without quotes and brackets that have lost their other half.
fn balanced(text: &str) -> String {
    let mut out = text.to_owned();
    for (open, close) in [('“', '”'), ('‘', '’'), ('（', '）'), ('(', ')'), ('《', '》'), ('「', '」')] {
        if out.matches(open).count() != out.matches(close).count() {
            out.retain(|c| c != open && c != close);
        }
    }
    out
}

/// Full-width digits and letters, the percent sign and the point as half-width.
fn half_width(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '％' | '．' => {
                char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c)
            }
            c => c,
        })
        .collect()
}

fn n_chars(text: &str) -> usize {
    text.chars().count()
}

fn has_digit(text: &str) -> bool {
    text.chars().any(|c| c.is_ascii_digit() || ('０'..='９').contains(&c))
}
