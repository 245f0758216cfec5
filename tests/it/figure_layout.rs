//! Whatever the data, the words of a figure stay on the picture and never cover one another.

use nianbiao::{
    desk::{Annotation, Captions, FigureSize, Lang, Locale, Preset},
    model::Document,
    view::{
        figure_both::both_figure,
        figure_frame::{Bounds, Face, Figure, FigureStyle, Item},
        figure_input::{SeriesInput, TimelineInput},
        figure_series::series_figure,
        figure_timeline::timeline_figure,
    },
};
use proptest::prelude::*;
use serde_json::{Value, json};

/// About what the bundled faces measure.
fn measure(text: &str, face: Face, size_px: f32) -> f32 {
    let weight = if face == Face::Bold { 1.04 } else { 1.0 };
    text.chars().map(|c| if c.is_ascii() { 0.56 } else { 1.0 }).sum::<f32>() * size_px * weight
}

fn document(events: Vec<Value>, series: Vec<Value>) -> Document {
    let article = json!({"kind": "news", "headline": "一年里的几件小事", "deck": null, "dateline": null, "dct": null, "spans": []});
    serde_json::from_value(json!({
        "schema": 1, "id": "made", "source": {"path": "made.txt", "sha256": "", "encoding": "UTF-8", "chars": 1},
        "dct": "2025-06-22", "dct_from": "given", "articles": [article], "times": [], "quantities": [],
        "events": events, "series": series, "claims": [], "warnings": []
    }))
    .unwrap()
}

fn interval(edtf: &str) -> Value {
    let interval = edtf.parse::<nianbiao::edtf::Edtf>().unwrap().interval();
    serde_json::to_value(interval).unwrap()
}

#[track_caller]
fn check(figure: &Figure) {
    let texts: Vec<(&str, Bounds)> = figure
        .parts
        .iter()
        .flat_map(|part| &part.items)
        .filter_map(|item| match item {
            Item::Text { at, text, face, size_px, .. } => {
                let width = measure(text, *face, *size_px);
                // Ink of han, not the whole line.
                let ink = Bounds {
                    left: at[0],
                    top: at[1] - size_px * 0.8,
                    right: at[0] + width,
                    bottom: at[1] + size_px * 0.08,
                };
                Some((text.as_str(), ink))
            }
            _ => None,
        })
        .collect();
    let canvas = Bounds { left: 0.0, top: 0.0, right: figure.size[0], bottom: figure.size[1] };
    for (idx, (text, bounds)) in texts.iter().enumerate() {
        assert!(canvas.holds(*bounds), "`{text}` leaves the picture: {bounds:?}");
        for (other, other_bounds) in &texts[idx + 1..] {
            assert!(!bounds.meets(*other_bounds), "`{text}` covers `{other}`: {bounds:?} {other_bounds:?}");
        }
    }
    for (text, _) in &texts {
        let starts_wrong = text.starts_with(|c| "，。、；：！？）》〉」』】”’·".contains(c));
        let ends_wrong = text.ends_with(|c| "（《〈「『【“‘".contains(c));
        assert!(!starts_wrong && !ends_wrong, "`{text}` begins or ends with a mark that must not stand there");
    }
    assert!(!figure.title.is_empty() && !figure.alt_text.is_empty());
}

fn edtf() -> impl Strategy<Value = String> {
    let year = prop_oneof![1..=2030i32, 1990..=2025i32, -400..=0i32];
    let written = |year: i32| if year < 0 { format!("-{:04}", -year) } else { format!("{year:04}") };
    prop_oneof![
        year.clone().prop_map(written),
        year.clone().prop_map(move |year| format!("{}~", written(year))),
        (year.clone(), 1..=12u32).prop_map(move |(year, month)| format!("{}-{month:02}", written(year))),
        (2024..=2025i32, 1..=12u32, 1..=28u32).prop_map(|(year, month, day)| format!("{year}-{month:02}-{day:02}")),
        (1..=28u32).prop_map(|day| format!("2025-06-{day:02}")),
        year.clone().prop_map(move |year| format!("{}/..", written(year))),
        (year, 1..=40i32).prop_map(move |(year, n)| format!("{}/{}", written(year), written(year + n))),
    ]
}

fn style() -> impl Strategy<Value = FigureStyle> {
    let preset = prop::sample::select(&Preset::ALL[..]);
    prop_oneof![
        preset.prop_map(|preset| FigureStyle::of(FigureSize::Preset(preset))),
        (320.0..2400.0f32, 280.0..1600.0f32).prop_map(|(width, height)| FigureStyle::of_size(width, height)),
    ]
}

/// The other language, or none.
fn second() -> impl Strategy<Value = Option<Lang>> {
    prop_oneof![Just(None), Just(Some(Lang::Zh)), Just(Some(Lang::En))]
}

fn lang() -> impl Strategy<Value = Lang> {
    prop_oneof![Just(Lang::Zh), Just(Lang::En)]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn words_of_a_timeline_never_collide(
        events in prop::collection::vec((edtf(), "[一-龥]{2,24}"), 1..30),
        style in style(),
        lang in lang(),
        second in second(),
    ) {
        let events: Vec<Value> = events
            .iter()
            .map(|(edtf, title)| json!({
                "span": [0, 0], "title": title, "article": 0, "time": null, "edtf": edtf,
                "interval": interval(edtf), "place": null,
            }))
            .collect();
        let document = document(events, Vec::new());
        let events = document.events.iter().map(|event| (&document, event)).collect();
        let input = TimelineInput { events, words: Locale::of(lang), second: second.map(Locale::of), filter: Vec::new() };
        check(&timeline_figure(&input, &style, &Captions::default(), &measure));
    }

    #[test]
    fn words_of_several_series_below_events_never_collide(
        lines in prop::collection::vec((prop::collection::vec((1990..=2025i32, 1.0..1e9f64), 1..40), 0..3usize, "[一-龥]{2,16}"), 1..8),
        events in prop::collection::vec((edtf(), "[一-龥]{2,24}"), 1..12),
        notes in prop::collection::vec((1990..=2025i32, "[一-龥]{2,20}"), 0..4),
        style in style(),
        lang in lang(),
        second in second(),
    ) {
        let series: Vec<Value> = lines
            .iter()
            .map(|(points, unit, name)| {
                let points: Vec<Value> = points
                    .iter()
                    .map(|(year, value)| {
                        let edtf = year.to_string();
                        json!({"edtf": edtf, "interval": interval(&edtf), "value": value, "quantity": null, "derived": null})
                    })
                    .collect();
                let unit = ["t", "USD", "%"][*unit];
                json!({"name": name, "unit": unit, "points": points})
            })
            .collect();
        let events: Vec<Value> = events
            .iter()
            .map(|(edtf, title)| json!({
                "span": [0, 0], "title": title, "article": 0, "time": null, "edtf": edtf,
                "interval": interval(edtf), "place": null,
            }))
            .collect();
        let document = document(events, series);
        let words = Locale::of(lang);
        let inputs: Vec<SeriesInput<'_>> = document
            .series
            .iter()
            .map(|series| SeriesInput { document: &document, n_documents: 1, series, words, second: second.map(Locale::of) })
            .collect();
        let notes: Vec<Annotation> =
            notes.into_iter().map(|(year, text)| Annotation { date: year.to_string(), text }).collect();
        check(&series_figure(&inputs, &notes, &style, &Captions::default(), &measure));
        let events = document.events.iter().map(|event| (&document, event)).collect();
        check(&both_figure(&TimelineInput { events, words, second: second.map(Locale::of), filter: Vec::new() }, &inputs, &notes, &style, &Captions::default(), &measure));
    }

    #[test]
    fn lines_begin_and_end_where_they_may(
        text in "[一-龥，。、；“”《》（）a-z0-9 ]{1,90}",
        style in style(),
    ) {
        let document = document(Vec::new(), vec![json!({"name": "产量", "unit": "t", "points": [
            {"edtf": "2020", "interval": interval("2020"), "value": 3.0, "quantity": null, "derived": null},
            {"edtf": "2024", "interval": interval("2024"), "value": 4.0, "quantity": null, "derived": null},
        ]})]);
        let words = Locale::of(Lang::Zh);
        let input = SeriesInput { document: &document, n_documents: 1, series: &document.series[0], words, second: None };
        let text = format!("年{text}完");
        let captions = Captions { title: text.clone(), subtitle: text.clone(), note: text, ..Captions::default() };
        check(&series_figure(&[input], &[], &style, &captions, &measure));
    }

    #[test]
    fn words_of_a_series_never_collide(
        points in prop::collection::vec((edtf(), -1e12..1e12f64, any::<bool>()), 1..24),
        scale in -9..3i32,
        style in style(),
        lang in lang(),
        second in second(),
    ) {
        let points: Vec<Value> = points
            .iter()
            .map(|(edtf, value, derived)| json!({
                "edtf": edtf, "interval": interval(edtf), "value": value * 10f64.powi(scale), "quantity": null,
                "derived": derived.then(|| json!({"formula": "3 − 1", "from": []})),
            }))
            .collect();
        let document = document(Vec::new(), vec![json!({"name": "一种作物的产量", "unit": "t", "points": points})]);
        let input = SeriesInput { document: &document, n_documents: 1, series: &document.series[0], words: Locale::of(lang), second: second.map(Locale::of) };
        check(&series_figure(&[input], &[], &style, &Captions::default(), &measure));
    }
}
