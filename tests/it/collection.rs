//! A collection of documents in the timeline: nothing jumps while the ground is moved, and pictures at three zooms.

use crate::cpu_renderer::CpuRenderer;
use egui_kittest::{Harness, SnapshotOptions, kittest::Queryable as _};
use nianbiao::{
    corpus::Corpus,
    desk::{Command, Desk, Facets, Grouping, Lang, Locale, Pane, TimeWindow, WeekStart, apply},
    edtf::Moment,
    ui::{self, Cx, Shell, Theme},
    view::{
        lanes,
        lanes_layout::{Glyph, LanesLayout, Request},
        time_scale::{Axis, TimeScale},
        timeline::{Item, Reach, Timeline},
        words,
    },
};
use std::{
    collections::BTreeSet,
    sync::{Arc, LazyLock, Mutex},
};

#[path = "../../benches/made/mod.rs"]
#[allow(dead_code, reason = "the benches use all of it")]
pub mod made;

static CORPUS: LazyLock<Corpus> = LazyLock::new(|| made::Made::new(7, 6_000).corpus());

fn desk(grouping: Grouping) -> Desk {
    let mut desk = Desk::default();
    desk.timeline.grouping = grouping;
    desk
}

fn timeline(desk: &Desk) -> Timeline {
    Timeline::new(&CORPUS, desk, Locale::of(Lang::Zh))
}

fn lay_out(
    timeline: &Timeline,
    axis: &Axis,
    window: TimeWindow,
    room_px: f32,
    before: Option<&LanesLayout>,
) -> LanesLayout {
    let scale = TimeScale::new(axis, Some(window), 112.0, 912.0);
    lanes::lay_out(&Request {
        timeline,
        scale: &scale,
        folded: &BTreeSet::new(),
        room_px,
        has_same_height: false,
        week: Default::default(),
        title: &|item: &Item| item.event(&CORPUS).map_or_else(Default::default, |event| event.title.as_str().into()),
        width: &|text| text.chars().count() as f32 * 12.0,
        before,
    })
}

/// Where everything stands that is in both layouts, `by_px` apart.
fn check_stays(days: f64, room_px: f32) {
    let timeline = timeline(&desk(Grouping::Place));
    let axis = timeline.axis(nianbiao::desk::FoldChoice::Continuous, &[], Reach::Core, 800.0);
    let start = made::moment("2015-03-01T00:00:00");
    let length = days * 86_400.0;
    let mut window = TimeWindow { start, end: start + length };
    let mut before = lay_out(&timeline, &axis, window, room_px, None);
    for step in 1..40 {
        let by = length / 800.0 * 7.0;
        window = TimeWindow { start: window.start + by, end: window.end + by };
        let after = lay_out(&timeline, &axis, window, room_px, Some(&before));
        for (old, new) in before.lanes.iter().zip(&after.lanes) {
            assert_eq!(old.lane, new.lane, "step {step}");
            if old.is_dense != new.is_dense {
                // So many have come in, or gone, that the lane changes over.
                continue;
            }
            assert!(new.height_px >= old.height_px, "a lane shrank at step {step}");
            for glyph in &new.glyphs {
                let Some(was) = old.glyphs.iter().find(|old| old.item.row == glyph.item.row) else { continue };
                // What reaches over the edge moves against the ground.
                let is_whole = |glyph: &Glyph| 116.0 < glyph.x.0 && glyph.x.1 < 908.0;
                if !is_whole(glyph) || !is_whole(was) {
                    continue;
                }
                let side = |glyph: &Glyph| glyph.label.as_ref().map(|label| label.side);
                let (now, then) = ((glyph.row, side(glyph)), (was.row, side(was)));
                // What found no place stands below what did; its row may move with theirs.
                assert!(
                    now == then || side(was).is_none() && side(glyph).is_none(),
                    "{now:?} was {then:?} at step {step}"
                );
            }
            for column in &new.columns {
                let same = old.columns.iter().find(|old| old.start == column.start);
                assert!(same.is_none_or(|same| same.count == column.count && same.end == column.end));
            }
        }
        before = after;
    }
}

#[test]
fn nothing_jumps_while_the_ground_is_moved() {
    for days in [6_000.0, 900.0, 60.0, 3.0] {
        check_stays(days, 400.0);
        check_stays(days, 2_400.0);
    }
}

#[test]
fn the_first_press_goes_home_and_the_second_shows_all_time() {
    let mut desk = Desk::default();
    desk.frame_collection(&CORPUS);
    let home = desk.timeline.window;
    assert!(home.is_some());
    desk.timeline.window = home.map(|home| TimeWindow { end: home.start + 86_400.0, ..home });
    for expected in [home, None, home] {
        apply(&mut desk, &CORPUS, Command::ZoomToFit);
        assert_eq!(desk.timeline.window, expected);
    }
}

#[test]
fn filters_and_counts_agree_with_a_walk_over_the_documents() {
    let mut desk = desk(Grouping::Place);
    let all = timeline(&desk);
    assert_eq!(all.len(), CORPUS.index().len());
    let (start, end) = (made::moment("2001-02-03T00:00:00"), made::moment("2009-10-11T12:00:00"));
    let walked = (0..all.len() as u32).filter_map(|row| all.item(row));
    let walked = walked.filter(|item| (start..end).contains(&item.when.middle().floor())).count();
    assert_eq!(all.count(start, end), walked);
    desk.places = ["天津".to_owned()].into();
    desk.facets = Facets { period: Some(TimeWindow { start, end }), ..Facets::default() };
    let some = timeline(&desk);
    let told = CORPUS.entries.iter().flat_map(|entry| &entry.document.events).filter(|event| {
        let Some(interval) = event.interval else { return false };
        let secs = |moment: Option<nianbiao::edtf::Moment>| moment.map(|moment| moment.seconds() as f64);
        let (from, to) = (secs(interval.start.or(interval.end)), secs(interval.end.or(interval.start)));
        event.place.as_deref() == Some("天津") && from.is_some_and(|from| from < end) && to.is_some_and(|to| to > start)
    });
    assert_eq!(some.len(), told.count());
    assert_eq!(some.lanes.len(), 1);
}

#[test]
fn columns_of_weeks_begin_with_the_day_that_was_chosen() {
    let timeline = timeline(&desk(Grouping::None));
    let window = TimeWindow { start: made::moment("2015-03-01T00:00:00"), end: made::moment("2020-03-01T00:00:00") };
    let scale = TimeScale::new(&Axis::continuous(window.start, window.end), Some(window), 112.0, 912.0);
    let lane = timeline.lanes.first().unwrap();
    for (week, name) in WeekStart::ALL.into_iter().zip(["周一", "周日", "周六"]) {
        let (columns, _) = lanes::columns(&timeline, lane, &scale, week);
        assert!(columns.len() > 50, "{}", columns.len());
        for column in columns {
            let begins = Moment::from_seconds(column.start as i64).unwrap();
            assert_eq!(words::weekday(begins, Locale::of(Lang::Zh)), name, "{begins}");
        }
    }
}

fn check_picture(name: &str, from: &str, to: &str) {
    let mut desk = desk(Grouping::Place);
    (desk.panes.chart, desk.panes.source, desk.panes.sidebar) = (false, false, Some(false));
    desk.panes.tab = Pane::Timeline;
    desk.timeline.window = Some(TimeWindow { start: made::moment(from), end: made::moment(to) });
    let mut harness = Harness::builder().with_size([800.0, 420.0]).renderer(CpuRenderer::default()).build_ui(|ui| {
        let mut commands = Vec::new();
        ui::prepare(ui.ctx(), Theme::light());
        let (theme, words, shell) = (Theme::light(), Locale::of(Lang::Zh), Shell::default());
        let (corpus, desk, shell) = (&*CORPUS, &desk, &shell);
        ui::window_ui(ui, &mut Cx { corpus, desk, shell, theme, words, commands: &mut commands });
    });
    harness.run_steps(3);
    let options = SnapshotOptions::new().threshold(1.0).max_failed_pixels(40);
    harness.snapshot_options(format!("collection-{name}"), &options);
}

#[test]
fn decades_of_a_collection_are_drawn() {
    check_picture("decades", "1970-01-01T00:00:00", "2026-06-01T00:00:00");
}

#[test]
fn years_of_a_collection_are_drawn() {
    check_picture("years", "2019-01-01T00:00:00", "2022-01-01T00:00:00");
}

#[test]
fn weeks_of_a_collection_are_drawn() {
    check_picture("weeks", "2021-03-01T00:00:00", "2021-03-22T00:00:00");
}

#[test]
fn a_selection_in_a_lane_of_density_is_scrolled_into_view() {
    let mut first = desk(Grouping::Place);
    (first.panes.chart, first.panes.source, first.panes.sidebar) = (false, false, Some(false));
    let timeline = timeline(&first);
    let last = timeline.lanes.last().unwrap();
    let row = last.rows().get(last.len() / 2).unwrap();
    let mark = timeline.item(row).unwrap().mark();
    let shared = Arc::new(Mutex::new(first));
    let kept = Arc::clone(&shared);
    let mut harness =
        Harness::builder().with_size([800.0, 420.0]).renderer(CpuRenderer::default()).build_ui(move |ui| {
            let mut commands = Vec::new();
            ui::prepare(ui.ctx(), Theme::light());
            let mut desk = kept.lock().unwrap();
            let (theme, words, shell) = (Theme::light(), Locale::of(Lang::Zh), Shell::default());
            ui::window_ui(
                ui,
                &mut Cx { corpus: &CORPUS, desk: &desk, shell: &shell, theme, words, commands: &mut commands },
            );
            for command in commands {
                apply(&mut desk, &CORPUS, command);
            }
        });
    harness.run_steps(3);
    let is_seen = |harness: &Harness<'_>| harness.query_by_label_contains(&format!("{}，", last.name)).is_some();
    assert!(!is_seen(&harness), "the last lane is far down");
    apply(&mut shared.lock().unwrap(), &CORPUS, Command::Select(mark));
    harness.run_steps(4);
    assert!(is_seen(&harness), "{} at {}", last.name, shared.lock().unwrap().timeline.scroll_px);
}

#[test]
fn what_is_searched_for_is_marked_in_lanes_of_density() {
    let marks = |search: &str| {
        let mut desk = desk(Grouping::Place);
        (desk.panes.chart, desk.panes.source, desk.panes.sidebar) = (false, false, Some(false));
        desk.search = search.to_owned();
        let mut harness =
            Harness::builder().with_size([800.0, 420.0]).renderer(CpuRenderer::default()).build_ui(|ui| {
                let mut commands = Vec::new();
                ui::prepare(ui.ctx(), Theme::light());
                let (theme, words, shell) = (Theme::light(), Locale::of(Lang::Zh), Shell::default());
                ui::window_ui(
                    ui,
                    &mut Cx { corpus: &CORPUS, desk: &desk, shell: &shell, theme, words, commands: &mut commands },
                );
            });
        harness.run_steps(3);
        let is_mark = |shape: &egui::Shape| match shape {
            egui::Shape::Rect(rect) => rect.fill == Theme::light().ink && rect.rect.size() == egui::vec2(2.0, 8.0),
            _ => false,
        };
        harness.output().shapes.iter().filter(|clipped| is_mark(&clipped.shape)).count()
    };
    assert_eq!(marks(""), 0);
    let (one, all) = (marks("大桥通车"), marks("/./"));
    assert!(0 < one && one < all, "{one} of {all}");
    assert_eq!(marks("没有这样的事"), 0);
}
