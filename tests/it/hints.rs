//! Hints for the first minutes: one at a time, gone when done or put away, kept over a restart, in no picture.

use crate::driver::{Window, command, fixture, program, scratch, window};
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use nianbiao::{
    desk::{Command, Hint, Lang, Locale, Mark, Overlay},
    store::state::{self, Loaded},
};

fn shown(harness: &Window) -> Vec<Hint> {
    let words = Locale::of(Lang::Zh);
    Hint::ALL.into_iter().filter(|hint| harness.query_by_label(words.get(hint.keys().0)).is_some()).collect()
}

#[test]
fn a_hint_goes_when_it_is_done_or_put_away_and_stays_away() {
    let state_path = scratch("hints").join("config/state.json");
    let mut harness = window(vec![fixture()], Some(state_path.clone()));
    assert_eq!(shown(&harness), [Hint::Mark]);
    harness.get_by_label("看第一个").click();
    harness.run_steps(4);
    assert!(program(&harness).desk().selection.is_some());
    assert_eq!(shown(&harness), [Hint::Zoom]);
    harness.get_by_label("不再提示这一条").click();
    harness.run_steps(4);
    assert_eq!(shown(&harness), [Hint::Palette]);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::K);
    harness.run_steps(4);
    assert_eq!(program(&harness).desk().overlay, Some(Overlay::Palette));
    assert!(shown(&harness).is_empty(), "nothing is said beside an overlay");
    harness.key_press(Key::Escape);
    harness.run_steps(4);
    assert_eq!(shown(&harness), [Hint::Correct]);
    command(&mut harness, Command::DismissHint(Hint::Correct));
    assert!(shown(&harness).is_empty());
    let ctx = harness.ctx.clone();
    harness.state_mut().as_mut().unwrap().close(&ctx);
    drop(harness);

    let Loaded::State(kept) = state::load(&state_path).unwrap() else { panic!("the settings cannot be read") };
    let mut desk = kept.desk();
    for selection in [None, Some(Mark::Event { doc: 0, event: 0 })] {
        desk.selection = selection;
        assert_eq!(desk.hints.next(&desk), None, "they are gone for good");
    }
    let mut harness = window(vec![fixture()], None);
    command(&mut harness, Command::DismissHint(Hint::Mark));
    assert_eq!(shown(&harness), [Hint::Zoom]);
    command(&mut harness, Command::ShowHints);
    assert_eq!(shown(&harness), [Hint::Mark]);
}

#[test]
fn without_documents_nothing_is_said() {
    let mut harness = window(vec![fixture()], None);
    command(&mut harness, Command::CloseAll);
    assert!(shown(&harness).is_empty());
}
