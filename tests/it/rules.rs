//! Every rule is run on its own examples and counter-examples; a failure names file and rule.

use nianbiao::{
    edtf::Edtf,
    extract::{Context, time},
    model::Time,
    text::{Article, segment},
    warn::Reporter,
};

/// The day on which all examples were written.
const DCT: &str = "2025-06-22";

fn article(text: &str) -> Article {
    segment(text, &mut Reporter::default()).into_iter().next().unwrap()
}

fn times(text: &str) -> Vec<Time> {
    let context = Context { dct: DCT.parse::<Edtf>().ok(), ..Context::default() };
    time::times(&article(text), &context).into_iter().map(|found| found.item).collect()
}

#[test]
fn time_rules_keep_their_examples() {
    let rules = time::load().unwrap();
    let mut faults = Vec::new();
    for rule in rules.times.rules() {
        for example in &rule.examples {
            let found = times(&example.text);
            let all = || {
                found.iter().map(|time| format!("{} {} by {}", time.text, time.value, time.rule)).collect::<Vec<_>>()
            };
            let fits = |time: &&Time| {
                let value = time.edtf.as_ref().map_or(time.value.clone(), ToString::to_string);
                time.text == example.found
                    && example.value.as_ref().is_none_or(|expected| {
                        *expected == value || *expected == time.value || time.value.ends_with(expected.as_str())
                    })
            };
            if found.iter().find(fits).is_none() {
                faults.push(format!(
                    "{}: `{}` gives {:?}, not `{}` {:?}",
                    rule.id,
                    example.text,
                    all(),
                    example.found,
                    example.value
                ));
            }
        }
        for text in &rule.counter_examples {
            if let Some(time) = times(text).iter().find(|time| time.rule == rule.id) {
                faults.push(format!("{}: `{text}` gives `{}` {}", rule.id, time.text, time.value));
            }
        }
    }
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}
