//! What the chart pane shows: the plot data of its series, made once and kept.

use super::{
    cx::Cx,
    kept::{corpus_key, kept},
};
use crate::{
    corpus::{Period, SeriesGroup},
    view::{
        chart::{Chart, chart},
        chart_measure::measured,
    },
};
use egui::{Id, Ui};
use std::sync::Arc;

/// What the pane shows: made once, kept until corpus, choice or language change.
pub(super) struct Shown {
    /// The plot data of the series in view and of those beside it.
    pub charts: Vec<Chart>,
}

/// The plot data, from the cache where nothing has changed.
pub(super) fn shown(ui: &Ui, cx: &Cx<'_>) -> Arc<Shown> {
    let key = corpus_key(cx, (cx.desk.chart.series, &cx.desk.chart.beside, cx.desk.chart.measure));
    kept(ui, Id::unique("chart"), key, |_| {
        let made = |group: &SeriesGroup| measured(chart(cx.corpus, group, cx.words), cx.desk.chart.measure, cx.words);
        Shown { charts: cx.desk.chart.groups(cx.corpus).into_iter().map(made).collect() }
    })
}

/// 亿元 ・ 逐月: the unit, and what stretch each value is told for.
pub(super) fn unit_and_period(period: Option<Period>, unit: &str, cx: &Cx<'_>) -> String {
    let period = period.and_then(|period| cx.words.find(&format!("period.{}", period.key()))).unwrap_or_default();
    match (unit.is_empty(), period.is_empty()) {
        (_, true) => unit.to_owned(),
        (true, false) => period.to_owned(),
        (false, false) => cx.words.fill("period.after-unit", &[unit, period]),
    }
}
