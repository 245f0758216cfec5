//! Wheel, pinch, drags and double-clicks in timeline, overview, chart and between the panes; and what a key does
//! whose meaning depends on what is seen.

use crate::driver::{
    Window, command, double_click, drag, fixture, point, program, scratch, settle, sized_window, wheel, window,
};
use egui::{Event, ImeEvent, Key, Modifiers, Pos2, pos2, vec2};
use egui_kittest::kittest::Queryable as _;
use nianbiao::{
    desk::{Command, FoldChoice, Lang, Locale, Mark, Overlay, TimeWindow},
    view::{filter_words, timeline::Timeline},
};

/// Free ground in the lanes of a window of 1440×900, between two gridlines.
const GROUND: Pos2 = pos2(640.0, 480.0);
/// The middle of the plot.
const PLOT: Pos2 = pos2(600.0, 740.0);

/// A window with one scale over all of the axis, so that pixels and seconds are in proportion.
fn continuous() -> Window {
    let mut harness = window(vec![fixture()], None);
    command(&mut harness, Command::SetFold(FoldChoice::Continuous));
    harness
}

fn in_view(harness: &Window) -> Option<TimeWindow> {
    program(harness).desk().timeline.window
}

fn length(window: TimeWindow) -> f64 {
    window.end - window.start
}

#[test]
fn wheel_and_pinch_zoom_at_the_pointer_and_shift_wheel_pans() {
    let mut harness = continuous();
    wheel(&mut harness, GROUND, vec2(0.0, 400.0), Modifiers::CTRL);
    let near = in_view(&harness).expect("zoomed in");
    wheel(&mut harness, pos2(400.0, GROUND.y), vec2(0.0, 200.0), Modifiers::CTRL);
    let nearer = in_view(&harness).expect("zoomed in again");
    assert!(length(nearer) < length(near));
    assert!(nearer.start - near.start < near.end - nearer.end, "what is at the pointer stays there");
    wheel(&mut harness, GROUND, vec2(0.0, 120.0), Modifiers::SHIFT);
    let panned = in_view(&harness).expect("still zoomed in");
    assert!((length(panned) / length(nearer) - 1.0).abs() < 1e-6, "panning keeps the scale");
    assert!(panned.start != nearer.start);
    point(&mut harness, GROUND);
    harness.event(Event::Zoom(1.5));
    harness.run_steps(3);
    assert!(length(in_view(&harness).unwrap()) < length(panned), "a pinch zooms too");
    harness.key_press(Key::Num0);
    harness.run_steps(3);
    assert_eq!(in_view(&harness), None);
}

#[test]
fn dragging_pans_and_with_shift_draws_the_window() {
    let mut harness = continuous();
    wheel(&mut harness, GROUND, vec2(0.0, 600.0), Modifiers::CTRL);
    let before = in_view(&harness).unwrap();
    drag(&mut harness, GROUND, GROUND + vec2(-80.0, 0.0), Modifiers::NONE);
    let after = in_view(&harness).unwrap();
    assert!(after.start > before.start, "the ground goes with the pointer");
    assert!((length(after) / length(before) - 1.0).abs() < 1e-6);
    drag(&mut harness, GROUND, GROUND + vec2(120.0, 0.0), Modifiers::SHIFT);
    assert!(length(in_view(&harness).unwrap()) < length(after) / 2.0);
}

#[test]
fn a_double_click_on_an_event_zooms_to_it() {
    let mut harness = window(vec![fixture()], None);
    let name = "2025年6月4日，鲁班工坊水电课，鲁班工坊（图片）";
    let at = harness.get_by_label(name).rect().center();
    double_click(&mut harness, at);
    let window = in_view(&harness).expect("zoomed");
    assert!(length(window) < 400.0 * 86_400.0, "{window:?}");
    assert!(matches!(program(&harness).desk().selection, Some(Mark::Event { .. })));
}

#[test]
fn the_overview_pans_zooms_and_draws_anew() {
    let mut harness = continuous();
    // A new window outside of the one there: drawn over the left half.
    let y = 563.0;
    wheel(&mut harness, pos2(900.0, GROUND.y), vec2(0.0, 400.0), Modifiers::CTRL);
    let before = in_view(&harness).unwrap();
    drag(&mut harness, pos2(400.0, y), pos2(520.0, y), Modifiers::NONE);
    let drawn = in_view(&harness).unwrap();
    assert!(drawn.end < before.start, "{drawn:?} lies to the left of {before:?}");
    drag(&mut harness, pos2(460.0, y), pos2(560.0, y), Modifiers::NONE);
    let moved = in_view(&harness).unwrap();
    assert!(moved.start > drawn.start && (length(moved) / length(drawn) - 1.0).abs() < 0.01);
    double_click(&mut harness, pos2(560.0, y));
    assert_eq!(in_view(&harness), None);
}

#[test]
fn the_chart_zooms_by_wheel_and_a_double_click_shows_all() {
    let mut harness = window(vec![fixture()], None);
    let chart = |harness: &Window| program(harness).desk().chart.window;
    wheel(&mut harness, PLOT, vec2(0.0, 240.0), Modifiers::NONE);
    let near = chart(&harness).expect("zoomed in");
    wheel(&mut harness, PLOT, vec2(0.0, 240.0), Modifiers::NONE);
    assert!(length(chart(&harness).unwrap()) < length(near));
    double_click(&mut harness, pos2(700.0, 700.0));
    assert_eq!(chart(&harness), None);
}

#[test]
fn splitters_move_and_come_back() {
    let mut harness = window(vec![fixture()], None);
    let width = |harness: &Window| program(harness).desk().panes.sidebar_width_px;
    drag(&mut harness, pos2(236.0, 700.0), pos2(308.0, 700.0), Modifiers::NONE);
    assert_eq!(width(&harness).map(f32::round), Some(300.0));
    double_click(&mut harness, pos2(308.0, 700.0));
    assert_eq!(width(&harness), None);
}

#[test]
fn a_narrow_window_lays_the_sidebar_over_its_panes() {
    let mut harness = sized_window([900.0, 600.0], vec![fixture()], None);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::B);
    harness.run_steps(4);
    assert_eq!(program(&harness).desk().overlay, Some(Overlay::Sidebar));
    harness.get_by_label("天津, 2").click();
    harness.run_steps(3);
    assert!(program(&harness).desk().places.contains("天津"));
    harness.key_press(Key::Escape);
    harness.run_steps(3);
    assert_eq!(program(&harness).desk().overlay, None);
    assert_eq!(program(&harness).desk().panes.sidebar, None, "no choice for wide windows was made");
}

#[test]
fn one_press_turns_round_what_is_seen() {
    // So low that the card is folded by itself, and so narrow that the timeline is a list by itself.
    let mut harness = sized_window([900.0, 600.0], vec![fixture()], None);
    command(&mut harness, Command::NextEvent);
    harness.key_press(Key::Space);
    harness.run_steps(3);
    assert_eq!(program(&harness).desk().source.why_is_folded, Some(false));
    harness.key_press(Key::L);
    harness.run_steps(3);
    assert!(!program(&harness).desk().seen.is_list);
}

#[test]
fn a_composition_is_searched_when_it_is_committed() {
    let mut harness = window(vec![fixture()], None);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::F);
    harness.run_steps(3);
    let preedit = |text: &str| Event::Ime(ImeEvent::Preedit { text: text.to_owned(), active_range_chars: None });
    harness.event(preedit("lian yun"));
    harness.run_steps(3);
    assert_eq!(program(&harness).desk().search, "");
    harness.event(preedit(""));
    harness.event(Event::Ime(ImeEvent::Commit("连云港".to_owned())));
    harness.run_steps(3);
    assert_eq!(program(&harness).desk().search, "连云港");
}

#[test]
fn a_comparison_is_typed_like_any_search() {
    let mut harness = window(vec![fixture()], None);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::F);
    harness.run_steps(3);
    for part in [">", "9", "00亿美元"] {
        harness.event(Event::Text(part.to_owned()));
        harness.run_steps(4);
    }
    assert_eq!(program(&harness).desk().search, ">900亿美元");
    assert_eq!(program(&harness).desk().overlay, Some(Overlay::Search));
    harness.key_press(Key::Enter);
    harness.run_steps(3);
    let Some(Mark::Quantity { quantity, .. }) = program(&harness).desk().selection else { panic!("nothing selected") };
    assert_eq!(program(&harness).corpus().entries[0].document.quantities[quantity].value, 9.48e10);
}

#[test]
fn documents_are_closed_and_opened_again() {
    let mut harness = window(vec![fixture()], None);
    command(&mut harness, Command::CloseAll);
    command(&mut harness, Command::OpenPaths(vec![fixture()]));
    settle(&mut harness);
    assert_eq!(program(&harness).corpus().entries.len(), 1);
}

/// What a period that is filtered by lets through: the events shown, and how many marks of the chart stay whole.
fn shown_events(harness: &Window) -> usize {
    let program = program(harness);
    Timeline::new(program.corpus(), program.desk(), Locale::of(Lang::Zh)).len()
}

#[test]
fn a_period_drawn_with_alt_in_either_pane_filters_both() {
    let mut harness = window(vec![fixture()], None);
    let all = shown_events(&harness);
    // In the chart, over the right half of the plot: 2008 and later.
    let plot = harness.get_by_label_contains("数列图：").rect();
    let (from, to) = (plot.center(), plot.right_center() - vec2(2.0, 0.0));
    let window_before = program(&harness).desk().chart.window;
    drag(&mut harness, from, to, Modifiers::ALT);
    let period = program(&harness).desk().facets.period.expect("a period");
    assert_eq!((period.start % 86_400.0, period.end % 86_400.0), (0.0, 0.0), "whole days");
    assert_eq!(program(&harness).desk().chart.window, window_before, "the chart is not zoomed");
    let some = shown_events(&harness);
    assert!(some > 0 && some < all, "{some} of {all}");
    harness.render().unwrap().save(scratch("pointer-brush").join("chart.png")).unwrap();
    let chip = words_of(&harness, period);
    harness.get_by_label(&format!("{chip} ×"));
    command(&mut harness, Command::Undo);
    assert_eq!((program(&harness).desk().facets.period, shown_events(&harness)), (None, all), "one step to take back");

    // In the timeline, over the last days of it.
    let timeline_window = program(&harness).desk().timeline.window;
    drag(&mut harness, GROUND + vec2(240.0, 0.0), GROUND + vec2(380.0, 0.0), Modifiers::ALT);
    let period = program(&harness).desk().facets.period.expect("a period");
    assert_eq!(program(&harness).desk().timeline.window, timeline_window, "the timeline is not zoomed");
    assert!(shown_events(&harness) < all);
    // Points outside it are faint, those inside stay: 1992 lies before.
    assert!(period.start > 0.0);
    harness.render().unwrap().save(scratch("pointer-brush-timeline").join("timeline.png")).unwrap();
    // A click with Alt draws nothing.
    drag(&mut harness, from, from + vec2(2.0, 0.0), Modifiers::ALT);
    assert_eq!(program(&harness).desk().facets.period, Some(period));
}

fn words_of(harness: &Window, period: TimeWindow) -> String {
    filter_words::stretch_words(period.start, period.end - 1.0, program(harness).desk().locale())
}
