//! Drives the program behind the window as a user would, without a window: the CPU draws it.

use crate::cpu_renderer::CpuRenderer;
use egui::{Event, Modifiers, MouseWheelUnit, PointerButton, Pos2, TouchPhase, Vec2};
use egui_kittest::Harness;
use nianbiao::{
    app::{Options, Program},
    desk::{Command, Settings, ThemeChoice},
    store::state::State,
    ui::{self, Theme},
};
use std::path::{Path, PathBuf};

pub type Window = Harness<'static, Option<Program>>;

pub fn fixture() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/sample.corpus.json")
}

pub fn scratch(name: &str) -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("gui").join(name);
    let _ = std::fs::remove_dir_all(&dir);
    std::fs::create_dir_all(&dir).unwrap();
    dir
}

/// The window on `paths`, when all has been read.
pub fn window(paths: Vec<PathBuf>, state_path: Option<PathBuf>) -> Window {
    sized_window([1440.0, 900.0], paths, state_path)
}

/// The same in a window of another size.
pub fn sized_window(size: [f32; 2], paths: Vec<PathBuf>, state_path: Option<PathBuf>) -> Window {
    let mut options = Some(Options {
        paths,
        state_path,
        state: State { settings: Settings { theme: ThemeChoice::Light, ..Settings::default() }, ..State::default() },
        banner: None,
        early: None,
    });
    let mut harness = Harness::builder()
        .with_size(Vec2::from(size))
        .with_max_steps(64)
        // As on a screen: clicks a quarter of a second apart would be no double-click.
        .with_step_dt(1.0 / 60.0)
        .renderer(CpuRenderer::default())
        .with_context_setup(|ctx| ui::prepare(ctx, Theme::light()))
        .build_ui_state(
            move |ui, program: &mut Option<Program>| {
                let ctx = ui.ctx().clone();
                let program = program.get_or_insert_with(|| Program::new(&ctx, options.take().unwrap_or_default()));
                program.frame(ui);
            },
            None,
        );
    settle(&mut harness);
    harness
}

/// Steps until nothing is read any more; threads need a moment, so this waits, but tests no times.
pub fn settle(harness: &mut Window) {
    for _ in 0..2000 {
        harness.step();
        if harness.state().as_ref().is_some_and(|program| !program.is_busy()) {
            harness.run_steps(3);
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    panic!("the documents were never read");
}

pub fn program(harness: &Window) -> &Program {
    harness.state().as_ref().unwrap()
}

pub fn command(harness: &mut Window, command: Command) {
    let ctx = harness.ctx.clone();
    harness.state_mut().as_mut().unwrap().run(&ctx, command);
    harness.run_steps(3);
}

/// The words that are painted, as far as they are not clipped away.
pub fn painted(harness: &Window) -> Vec<String> {
    fn add(clip: egui::Rect, shape: &egui::Shape, found: &mut Vec<String>) {
        match shape {
            egui::Shape::Vec(all) => all.iter().for_each(|shape| add(clip, shape, found)),
            egui::Shape::Text(text) if clip.contains_rect(text.visual_bounding_rect()) => {
                found.push(text.galley.text().to_owned());
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    harness.output().shapes.iter().for_each(|clipped| add(clipped.clip_rect, &clipped.shape, &mut found));
    found
}

/// The pointer moves to `at`.
pub fn point(harness: &mut Window, at: Pos2) {
    harness.event(Event::PointerMoved(at));
    harness.run_steps(2);
}

/// One notch or stroke of the wheel at `at`, and the frames in which it is smoothed out.
pub fn wheel(harness: &mut Window, at: Pos2, delta: Vec2, modifiers: Modifiers) {
    point(harness, at);
    let (unit, source) = (MouseWheelUnit::Point, egui::MouseWheelSource::Unknown);
    harness.event_modifiers(Event::MouseWheel { unit, source, delta, phase: TouchPhase::Move, modifiers }, modifiers);
    harness.run_steps(24);
}

/// Presses at `from`, moves to `to` in steps, and lets go.
pub fn drag(harness: &mut Window, from: Pos2, to: Pos2, modifiers: Modifiers) {
    point(harness, from);
    press(harness, from, true, modifiers);
    harness.step();
    for step in 1..=8 {
        let at = from + (to - from) * (step as f32 / 8.0);
        harness.event_modifiers(Event::PointerMoved(at), modifiers);
        harness.step();
    }
    press(harness, to, false, modifiers);
    harness.run_steps(2);
}

/// Two clicks at `at`.
pub fn double_click(harness: &mut Window, at: Pos2) {
    point(harness, at);
    for _ in 0..2 {
        press(harness, at, true, Modifiers::NONE);
        press(harness, at, false, Modifiers::NONE);
        harness.step();
    }
    harness.run_steps(3);
}

fn press(harness: &mut Window, pos: Pos2, pressed: bool, modifiers: Modifiers) {
    harness
        .event_modifiers(Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers }, modifiers);
    harness.step();
}
