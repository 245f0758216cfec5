//! An empty window of the same toolkit in the same build: what `scripts/measure-start` compares the program with.
//!
//! ```text
//! cargo run --release --example empty
//! ```

use std::time::{SystemTime, UNIX_EPOCH};

struct Empty(usize);

impl eframe::App for Empty {
    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        if self.0 == 1 {
            let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0.0, |since| since.as_secs_f64());
            eprintln!("first-frame {now:.4}");
            ui.ctx().send_viewport_cmd(egui::ViewportCommand::Close);
        }
        self.0 += 1;
        ui.ctx().request_repaint();
    }
}

fn main() -> eframe::Result {
    let viewport = egui::ViewportBuilder::default().with_inner_size([1440.0, 900.0]);
    let native = eframe::NativeOptions { viewport, ..Default::default() };
    eframe::run_native("empty", native, Box::new(|_| Ok(Box::new(Empty(0)))))
}
