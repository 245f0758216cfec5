//! Opens the window, or says in one sentence what is missing.

use super::{
    frame_times::FrameTimes,
    program::{Options, Program},
    reader::Early,
};
use crate::{
    desk::{Lang, Locale, Settings},
    store::state::{self, Loaded, State},
};
use std::{
    panic::{self, AssertUnwindSafe},
    path::PathBuf,
    process::ExitCode,
    sync::{Arc, Mutex, atomic::AtomicBool, atomic::Ordering},
};

/// Opens the window on `paths` (the bundled sample if there are none) and stays until it is closed.
pub fn run(paths: Vec<PathBuf>) -> ExitCode {
    if !has_display() {
        eprintln!("nianbiao: {NO_DISPLAY}");
        return ExitCode::FAILURE;
    }
    let options = options(paths);
    let viewport = egui::ViewportBuilder::default()
        .with_app_id("nianbiao")
        .with_title("年表 nianbiao")
        .with_icon(super::icon::icon())
        .with_inner_size(options.state.window_size)
        .with_min_inner_size([720.0, 480.0])
        .with_drag_and_drop(true);
    let native = eframe::NativeOptions { viewport, ..Default::default() };
    match opened(native, options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("nianbiao: {}", advice(&reason));
            ExitCode::FAILURE
        }
    }
}

const NO_DISPLAY: &str = "no display was found (neither DISPLAY nor WAYLAND_DISPLAY is set), so no window can be \
                          opened; `nianbiao extract`, `nianbiao figure` and `nianbiao window -o OUT.png` work without one";

/// Whether the environment names a display. Where windows need no such name there always is one.
fn has_display() -> bool {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(all(unix, not(target_os = "macos"))) || is_set("DISPLAY") || is_set("WAYLAND_DISPLAY")
}

/// Settings as they were left.
fn options(paths: Vec<PathBuf>) -> Options {
    let state_path = state::default_path();
    let (state, banner) = match state_path.as_deref().map(state::load) {
        Some(Ok(Loaded::State(state))) => (*state, None),
        Some(Ok(Loaded::Broken(aside))) => {
            let state = first_state();
            let words = Locale::of(state.settings.lang);
            let banner = words.fill("banner.state-broken", &[&aside.display().to_string()]);
            (state, Some(banner))
        }
        Some(Err(_)) | None => (first_state(), None),
    };
    let is_new = state_path.as_deref().is_some_and(|path| !path.exists());
    let state = if is_new { first_state() } else { state };
    // The documents are read while the window system is asked for a window.
    let early = Early::start(&paths);
    Options { paths, state_path, state, banner, early }
}

/// Settings of the first start: English where the system speaks it, else Chinese.
fn first_state() -> State {
    let locale =
        ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(|name| std::env::var(name).ok().filter(|v| !v.is_empty()));
    let lang = if locale.is_some_and(|locale| locale.starts_with("en")) { Lang::En } else { Lang::Zh };
    State { settings: Settings { lang, ..Settings::default() }, ..State::default() }
}

/// Opens the window; the error is what the system said. What goes wrong before the window is there (a library that
/// cannot be loaded may panic deep inside) is caught and told in one sentence; once it is there, panics are panics.
fn opened(native: eframe::NativeOptions, options: Options) -> Result<(), String> {
    let is_open = Arc::new(AtomicBool::new(false));
    let said = Arc::new(Mutex::new(String::new()));
    let usual = Arc::new(panic::take_hook());
    {
        let (is_open, said, usual) = (is_open.clone(), said.clone(), usual.clone());
        panic::set_hook(Box::new(move |info| {
            if is_open.load(Ordering::Relaxed) {
                usual(info);
            } else if let Ok(mut said) = said.lock() {
                *said = info.to_string();
            }
        }));
    }
    let result = panic::catch_unwind(AssertUnwindSafe(|| {
        let is_open = is_open.clone();
        eframe::run_native(
            "nianbiao",
            native,
            Box::new(move |creation| {
                is_open.store(true, Ordering::Relaxed);
                let program = Program::new(&creation.egui_ctx, options);
                Ok(Box::new(Window { program, ctx: creation.egui_ctx.clone(), times: FrameTimes::new() }))
            }),
        )
    }));
    match result {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => Err(error.to_string()),
        Err(payload) if is_open.load(Ordering::Relaxed) => panic::resume_unwind(payload),
        Err(_) => Err(said.lock().map(|said| said.clone()).unwrap_or_default()),
    }
}

/// What to do about an error of the window system: names what is missing.
fn advice(reason: &str) -> String {
    let lower = reason.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    if has(&["xkbcommon"]) {
        "the window needs libxkbcommon; on Debian and Ubuntu: apt-get install libxkbcommon-x11-0".to_owned()
    } else if has(&["glutin", "opengl", "egl", "glx", "gl context", "no suitable config", "libgl", "glow", "adapter"]) {
        "no OpenGL driver was found; on Debian and Ubuntu: apt-get install libgl1 libgl1-mesa-dri".to_owned()
    } else if has(&["libx11", "libxcursor", "libxi", "xlib", "x11-dl", "opening library"]) {
        let libraries = "libx11-6 libx11-xcb1 libxcursor1 libxi6";
        format!("a library of the X window system is missing; on Debian and Ubuntu: apt-get install {libraries}")
    } else if has(&["display", "connection", "compositor", "wayland", "xopendisplay", "os error"]) {
        format!("the display could not be reached ({}); is DISPLAY or WAYLAND_DISPLAY right?", core_of(reason))
    } else {
        let core = core_of(reason);
        // Some errors of the graphics stack have no words of their own.
        let core = if core.chars().any(char::is_alphabetic) { &core } else { "no graphics driver was found" };
        format!("no window could be opened: {core}")
    }
}

/// The last clause of a long error: what went wrong, without where in which library.
fn core_of(reason: &str) -> String {
    let line = reason.lines().last().unwrap_or_default();
    line.rsplit(": ").next().unwrap_or(line).trim().to_lowercase()
}

struct Window {
    program: Program,
    ctx: egui::Context,
    times: FrameTimes,
}

impl eframe::App for Window {
    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        self.times.begin(&self.ctx);
        self.program.frame(ui);
        self.times.drew(&self.ctx, !self.program.corpus().entries.is_empty());
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        let ctx = self.ctx.clone();
        self.program.close(&ctx);
    }

    fn clear_color(&self, _visuals: &egui::Visuals) -> [f32; 4] {
        let theme = if self.program.shell().is_dark { crate::ui::Theme::dark() } else { crate::ui::Theme::light() };
        theme.tokens.paper.to_normalized_gamma_f32()
    }

    fn persist_egui_memory(&self) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_named() {
        assert!(advice("Library libxkbcommon-x11.so could not be loaded.").contains("libxkbcommon-x11-0"));
        assert!(advice("glutin error: provided display is not supported").contains("libgl1"));
        assert!(advice("opening library failed (libXcursor.so.1: cannot open)").contains("libxcursor1"));
        assert!(advice("os error at …: failed to open connection to X server").contains("DISPLAY"));
    }
}
