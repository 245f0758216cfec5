//! Tests of the plot data and of where labels go.

use super::*;
use crate::{
    corpus::Entry,
    desk::Lang,
    edtf::Edtf,
    model::{DctFrom, Derivation, SCHEMA, Series, SourceInfo, Stated},
};
use proptest::prelude::*;

fn point(edtf: &str, value: f64) -> Point {
    let edtf: Edtf = edtf.parse().unwrap();
    let interval = edtf.interval();
    Point { edtf: Some(edtf), interval, value, upper: None, quantity: None, derived: None }
}

fn derived(edtf: &str, value: f64, formula: &str) -> Point {
    Point { derived: Some(Derivation { formula: formula.to_owned(), from: vec![0, 1] }), ..point(edtf, value) }
}

fn corpus(points: Vec<Point>, claims: Vec<Claim>) -> Corpus {
    let document = Document {
        schema: SCHEMA,
        id: "甲".to_owned(),
        source: SourceInfo::default(),
        dct: None,
        dct_from: DctFrom::None,
        articles: Vec::new(),
        times: Vec::new(),
        quantities: Vec::new(),
        events: Vec::new(),
        series: vec![Series { name: "粮食产量".to_owned(), unit: "t".to_owned(), points }],
        claims,
        warnings: Vec::new(),
    };
    Corpus::new(vec![Entry::new(document, String::new(), Vec::new())])
}

fn chart_of(points: Vec<Point>, lang: Lang) -> Chart {
    let corpus = corpus(points, Vec::new());
    chart(&corpus, &corpus.index().groups()[0], Locale::of(lang))
}

/// A chart of these dates and values.
pub fn chart_of_values(values: &[(&str, f64)]) -> Chart {
    chart_of(values.iter().map(|(edtf, value)| point(edtf, *value)).collect(), Lang::En)
}

#[test]
fn a_year_stands_in_its_middle_and_a_gap_is_named() {
    let points = vec![point("1998~", 3e6), derived("2021", 8e6, "8.5 − 0.5"), point("2022", 8.5e6)];
    let chart = chart_of(points.clone(), Lang::Zh);
    let july = Moment::from_ymd(2022, 7, 2).unwrap().seconds() as f64;
    assert!((chart.points[2].secs - july).abs() < 86_400.0);
    assert!(chart.points[0].whisker_secs.is_some() && chart.points[2].whisker_secs.is_none());
    assert_eq!(chart.links[0].joint, Joint::Dotted);
    assert_eq!(chart.links[0].gap.as_deref(), Some("1999—2020年：文中没有数据"));
    assert_eq!(chart.links[1].joint, Joint::Dashed);
    assert_eq!(chart.points[1].spoken, "2021年，800万吨，推算：8.5 − 0.5");
    assert_eq!(chart.axis_unit, "万吨");
    let english = chart_of(points, Lang::En);
    assert_eq!(english.links[0].gap.as_deref(), Some("1999–2020: no figures in the text"));
}

#[test]
fn neighbouring_years_are_joined_without_a_gap() {
    let chart = chart_of((2015..2022).map(|year| point(&year.to_string(), f64::from(year))).collect(), Lang::Zh);
    assert!(chart.links.iter().all(|link| link.joint == Joint::Solid));
    let two = chart_of(vec![point("2001", 1.0), point("2020", 2.0)], Lang::Zh);
    assert_eq!(two.links[0].joint, Joint::Dotted);
}

#[test]
fn the_same_part_of_neighbouring_years_leaves_no_gap() {
    let gap = |points: Vec<Point>| chart_of(points, Lang::Zh).links[0].gap.clone();
    assert_eq!(gap(vec![derived("2019-01/2019-09", 6.0, "甲 − 乙"), point("2020-01/2020-09", 7.0)]), None);
    assert_eq!(gap(vec![point("2022", 6.0), point("2023-11/2023-12", 7.0)]), None);
    let far = gap(vec![point("2010-01/2010-06", 6.0), point("2020-01/2020-06", 7.0)]);
    assert_eq!(far.as_deref(), Some("2011—2019年：文中没有数据"));
    // Other parts of a year, and months of one series, are still months.
    let apart = gap(vec![point("2019-01/2019-03", 6.0), point("2020-07/2020-09", 7.0)]);
    assert_eq!(apart.as_deref(), Some("2019年1月至3月与2020年7月至9月之间：文中没有数据"));
    let months = vec![point("2020-01", 1.0), point("2021-01", 1.0), point("2021-02", 1.0), point("2021-03", 1.0)];
    assert!(gap(months).is_some());
    // From minute to minute would be longer than the plot is wide.
    let moments = gap(vec![point("2016-12-20T18:04:00", 6.0), point("2023-12-20T05:49:00", 7.0)]);
    assert_eq!(moments.as_deref(), Some("2017—2022年：文中没有数据"));
}

#[test]
fn sources_that_agree_are_counted_and_others_span_a_bar() {
    let chart =
        chart_of(vec![point("2020", 5.0), point("2020", 5.0), point("2021", 6.0), point("2021", 7.0)], Lang::Zh);
    assert_eq!((chart.points[0].marks.len(), chart.points[0].is_disputed), (2, false));
    assert_eq!((chart.points[1].span, chart.points[1].is_disputed), (Some([6.0, 7.0]), true));
}

#[test]
fn a_badge_says_what_the_numbers_give() {
    let claim = |text: &str, computed, verdict| Claim {
        span: crate::span::Span::new(0, 0),
        text: text.to_owned(),
        stated: Stated { value: 3.0, modifier: None },
        computed,
        verdict,
        from: vec![0, 1],
        formula: None,
    };
    let check = |claim: Claim, zh: &str| assert_eq!(badge_text(&claim, Locale::of(Lang::Zh)), zh);
    check(claim("增长近三倍", Some(2.94), Verdict::Consistent), "“近三倍”：算得约 2.9 倍");
    check(claim("增长三成", Some(21.0), Verdict::Inconsistent), "说“三成”，算得 21%");
    check(claim("翻了一番", None, Verdict::Unverifiable), "缺少数据，无法核对");
    let corpus = corpus(vec![derived("2021", 1.0, "2 − 1")], vec![claim("增长两倍", Some(2.0), Verdict::Consistent)]);
    let badges = badges(&corpus, &corpus.index().groups()[0], Locale::of(Lang::En));
    assert_eq!(badges[0].text, "“两倍” checks out: 2×");
}

#[test]
fn an_arrow_at_the_highest_point_has_room() {
    let mut points = chart_of_values(&[("2023", 60.0), ("2024", 100.0)]).points;
    assert_eq!(highest_reached(points.iter(), [0.0, 100.0], 140.0), 100.0);
    points[0].toward = Some(Toward::Higher);
    assert_eq!(highest_reached(points.iter(), [0.0, 100.0], 140.0), 100.0);
    points[1].toward = Some(Toward::Either);
    assert!((highest_reached(points.iter(), [0.0, 100.0], 140.0) - 110.0).abs() < 1e-4);
}

proptest! {
    #[test]
    fn labels_never_meet(values in proptest::collection::vec((0.0..1.0_f32, 0.0..1.0_f32), 1..40), selected in 0..40_usize) {
        let points = (0..values.len()).map(|idx| {
            let year = 1950 + idx;
            if idx % 5 == 1 { derived(&year.to_string(), 1.0, "a − b") } else { point(&year.to_string(), 1.0) }
        }).collect();
        let chart = chart_of(points, Lang::Zh);
        let mut dots: Vec<[f32; 2]> = values.iter().map(|(x, y)| [60.0 + x * 500.0, 40.0 + y * 180.0]).collect();
        dots.sort_by(|a, b| a[0].total_cmp(&b[0]));
        let dots: Vec<Option<Dot>> = dots.into_iter().map(|at| Some(Dot { at, whisker: None, bar: None })).collect();
        let bounds = Bounds { left: 40.0, top: 0.0, right: 700.0, bottom: 260.0 };
        let room = LabelRoom { room: bounds, plot_right: 600.0, dots: &dots, grid: &[], counts: &[] };
        let sizes = LabelSizes { value_px: 13.0, time_px: 12.0 };
        let found = labels(&chart, Some(selected), &room, sizes, &|text, _| text.chars().count() as f32 * 10.0);
        let all: Vec<Bounds> = found.points.iter().map(|label| label.bounds).chain(found.gaps.iter().map(|gap| gap.bounds)).collect();
        for (idx, a) in all.iter().enumerate() {
            prop_assert!(bounds.holds(*a));
            for b in &all[idx + 1..] {
                prop_assert!(!a.meets(*b), "{a:?} {b:?}");
            }
            for dot in dots.iter().flatten() {
                let mark = Bounds { left: dot.at[0] - 4.0, top: dot.at[1] - 4.0, right: dot.at[0] + 4.0, bottom: dot.at[1] + 4.0 };
                prop_assert!(!a.meets(mark));
            }
        }
    }
}
