//! Selecting on the timeline: by rubber band, by the arrow keys, back and forward; and where Enter and F lead.

use crate::driver::{Window, command, drag, fixture, program, sized_window, window};
use egui::{Key, Modifiers, Rect};
use egui_kittest::kittest::NodeT as _;
use nianbiao::{
    corpus::when::When,
    desk::{Command, FoldChoice, Grouping, Mark, Pane, TimelineMode},
};

fn press(harness: &mut Window, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    harness.run_steps(4);
}

fn selected(harness: &Window) -> Option<Mark> {
    program(harness).desk().selection
}

/// When the selected event begins and ends.
fn when(harness: &Window) -> When {
    let Some(Mark::Event { doc, event }) = selected(harness) else { panic!("no event is selected") };
    let document = &program(harness).corpus().entries[doc].document;
    When::of_event(document, &document.events[event]).unwrap()
}

/// Where the events of the timeline stand, as a screen reader finds them.
fn places(harness: &Window) -> Vec<Rect> {
    let nodes = harness.root().children_recursive();
    let named = nodes.filter(|node| {
        let node = node.accesskit_node();
        node.role() == egui::accesskit::Role::ListItem
            && node.label().is_some_and(|name| name.matches('，').count() >= 2)
    });
    named.map(|node| node.rect()).collect()
}

#[test]
fn a_rubber_band_picks_what_it_touches() {
    let mut harness = window(vec![fixture()], None);
    let places = places(&harness);
    assert!(places.len() > 8, "{places:?}");
    let all = places.iter().copied().reduce(Rect::union).unwrap().expand(12.0);
    // From below all glyphs up over the upper half of them.
    let half = Rect::from_min_max(all.min, egui::pos2(all.right(), all.center().y));
    drag(&mut harness, half.right_bottom(), half.left_top(), Modifiers::COMMAND);
    let desk = program(&harness).desk();
    let n_picked = desk.picked.len() + usize::from(desk.selection.is_some());
    assert!(n_picked > 3 && n_picked < program(&harness).corpus().index().len(), "{n_picked}");
    assert!(desk.timeline.window.is_none(), "a band neither pans nor zooms");
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(selected(&harness).is_none());
    // In lanes folded to density, too.
    command(&mut harness, Command::ClearSelection);
    command(&mut harness, Command::FoldLanes);
    let n_events = program(&harness).corpus().index().len();
    drag(&mut harness, all.right_bottom(), all.left_top(), Modifiers::COMMAND);
    let desk = program(&harness).desk();
    assert_eq!(desk.picked.len() + usize::from(desk.selection.is_some()), n_events);
}

#[test]
fn arrows_home_and_end_go_through_time() {
    let mut harness = window(vec![fixture()], None);
    press(&mut harness, Modifiers::NONE, Key::Home);
    let first = when(&harness).middle();
    let mut before = first;
    let n_events = program(&harness).corpus().index().len();
    for _ in 1..n_events {
        press(&mut harness, Modifiers::NONE, Key::ArrowRight);
        let now = when(&harness).middle();
        assert!(now >= before, "→ never goes back in time");
        before = now;
    }
    let last = selected(&harness);
    press(&mut harness, Modifiers::NONE, Key::ArrowLeft);
    assert_ne!(selected(&harness), last);
    press(&mut harness, Modifiers::NONE, Key::End);
    assert_eq!(selected(&harness), last, "→ has come to the last");
    press(&mut harness, Modifiers::NONE, Key::Home);
    assert_eq!(when(&harness).middle(), first);
}

#[test]
fn up_and_down_change_the_lane_and_stay_near_in_time() {
    let mut harness = window(vec![fixture()], None);
    command(&mut harness, Command::SetGrouping(Grouping::Article));
    let article = |harness: &Window| {
        let Some(Mark::Event { doc, event }) = selected(harness) else { panic!("nothing selected") };
        program(harness).corpus().entries[doc].document.events[event].article
    };
    press(&mut harness, Modifiers::NONE, Key::Home);
    let mut seen = vec![article(&harness)];
    for _ in 0..3 {
        press(&mut harness, Modifiers::NONE, Key::ArrowDown);
        seen.push(article(&harness));
    }
    assert!(seen.windows(2).all(|pair| pair[0] < pair[1]), "each lane once: {seen:?}");
    press(&mut harness, Modifiers::NONE, Key::ArrowUp);
    assert_eq!(article(&harness), seen[2]);
    // In the list up and down are earlier and later.
    command(&mut harness, Command::SetTimelineMode(TimelineMode::List));
    let before = when(&harness).middle();
    press(&mut harness, Modifiers::NONE, Key::ArrowUp);
    assert!(when(&harness).middle() <= before);
}

#[test]
fn enter_opens_the_source_and_alt_arrows_go_back_and_forward() {
    let mut harness = window(vec![fixture()], None);
    command(&mut harness, Command::TogglePane(Pane::Source));
    assert!(!program(&harness).desk().panes.source);
    press(&mut harness, Modifiers::NONE, Key::Home);
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert!(program(&harness).desk().panes.source, "Enter opens it");
    let mut trail = vec![selected(&harness)];
    for _ in 0..2 {
        press(&mut harness, Modifiers::NONE, Key::ArrowRight);
        trail.push(selected(&harness));
    }
    press(&mut harness, Modifiers::ALT, Key::ArrowLeft);
    assert_eq!(selected(&harness), trail[1]);
    press(&mut harness, Modifiers::ALT, Key::ArrowLeft);
    assert_eq!(selected(&harness), trail[0]);
    press(&mut harness, Modifiers::ALT, Key::ArrowRight);
    assert_eq!(selected(&harness), trail[1]);
    // Where panes share a place, Enter brings the source to the front.
    let mut harness = sized_window([740.0, 560.0], vec![fixture()], None);
    command(&mut harness, Command::ShowTab(Pane::Timeline));
    press(&mut harness, Modifiers::NONE, Key::Home);
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(program(&harness).desk().panes.tab, Pane::Source);
}

#[test]
fn shift_f_brings_the_selection_to_the_middle_and_f_fits_it() {
    let mut harness = window(vec![fixture()], None);
    command(&mut harness, Command::SetFold(FoldChoice::Continuous));
    press(&mut harness, Modifiers::NONE, Key::End);
    press(&mut harness, Modifiers::NONE, Key::F);
    let fitted = program(&harness).desk().timeline.window.expect("F zooms to it");
    let it = when(&harness);
    assert!(fitted.start <= it.start && it.end <= fitted.end);
    let length = fitted.end - fitted.start;
    assert!(length < 40.0 * (it.end - it.start).max(86_400.0), "with its neighbourhood, not all time");
    // Moved aside, then back into the middle at the same scale.
    press(&mut harness, Modifiers::SHIFT, Key::ArrowLeft);
    press(&mut harness, Modifiers::SHIFT, Key::F);
    let centred = program(&harness).desk().timeline.window.unwrap();
    let middle = f64::midpoint(centred.start, centred.end);
    assert!((middle - it.middle()).abs() < length * 0.02, "{centred:?} {it:?}");
    assert!(((centred.end - centred.start) / length - 1.0).abs() < 0.01);
}
