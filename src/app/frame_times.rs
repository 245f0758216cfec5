//! Tells when the first frames were on the screen, for `scripts/measure-start`; does nothing unless it is asked to.

use egui::{Context, ViewportCommand};
use std::time::{SystemTime, UNIX_EPOCH};

/// The variable that asks for it.
const ASKED_BY: &str = "NIANBIAO_TELL_FRAMES";

/// What was told already.
#[derive(Debug, Default)]
pub struct FrameTimes {
    is_asked: bool,
    n_frames: usize,
    /// Whether the frame before showed documents.
    had_content: bool,
    is_done: bool,
}

impl FrameTimes {
    /// Tells if the environment asks for it.
    pub fn new() -> Self {
        Self { is_asked: std::env::var_os(ASKED_BY).is_some(), ..Self::default() }
    }

    /// To be called when a frame begins: the one before is on the screen by then. When one with documents was, the
    /// window closes.
    pub fn begin(&mut self, ctx: &Context) {
        if !self.is_asked || self.is_done {
            return;
        }
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0.0, |since| since.as_secs_f64());
        if self.n_frames == 1 {
            eprintln!("first-frame {now:.4}");
        }
        if self.had_content {
            eprintln!("content-frame {now:.4}");
            self.is_done = true;
            ctx.send_viewport_cmd(ViewportCommand::Close);
        }
        // Frames that nobody asked for would be measured, too.
        if self.n_frames == 0 || self.had_content {
            ctx.request_repaint();
        }
        self.n_frames += 1;
    }

    /// To be called when a frame has been laid out.
    pub fn drew(&mut self, ctx: &Context, has_content: bool) {
        if self.is_asked && has_content && !self.had_content {
            ctx.request_repaint();
        }
        self.had_content = has_content;
    }
}
