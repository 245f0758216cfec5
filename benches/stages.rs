//! What each stage costs: `cargo bench`. Figures are of one thread unless a name says otherwise.

use divan::{Bencher, counter::BytesCount};
use nianbiao::{
    corpus::{ReadOptions, read},
    store::sample,
    text::{decode, segment},
    warn::Reporter,
};
use std::process::{Command, Stdio};

fn main() {
    divan::main();
}

/// The bundled page, so many times over: stories of every kind in the proportions of a page.
fn pages(n: usize) -> String {
    let page = sample::entries().into_iter().next().map(|entry| entry.text.clone()).unwrap_or_default();
    vec![page; n].join("\n\n")
}

/// Bytes to text.
#[divan::bench(args = [1, 16])]
fn decodes(bencher: Bencher<'_, '_>, n_pages: usize) {
    let text = pages(n_pages);
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| decode("page.txt", text.as_bytes(), &mut Reporter::new()).is_ok());
}

/// Text to articles.
#[divan::bench(args = [1, 16])]
fn segments(bencher: Bencher<'_, '_>, n_pages: usize) {
    let text = pages(n_pages);
    bencher.counter(BytesCount::of_str(&text)).bench(|| segment(&text, &mut Reporter::new()).len());
}

/// Text to everything that is found in it. The cost per byte should not grow with the length.
#[divan::bench(args = [1, 4, 16])]
fn extracts(bencher: Bencher<'_, '_>, n_pages: usize) {
    let text = pages(n_pages);
    bencher
        .counter(BytesCount::of_str(&text))
        .with_inputs(|| decode("page.txt", text.as_bytes(), &mut Reporter::new()).ok())
        .bench_values(|source| {
            source.map(|source| read(source, &ReadOptions::default(), Reporter::new()).document.events.len())
        });
}

/// A process from its start to a window drawn on the bundled sample, without a display.
#[divan::bench]
fn opens_and_draws_the_window(bencher: Bencher<'_, '_>) {
    let out = std::env::temp_dir().join("nianbiao-bench-window.png");
    bencher.bench(|| run(&["window", "--size", "1440x900", "-o", &out.to_string_lossy()]));
}

/// A process from its start to a figure of 3840 × 2160 pixels on disk.
#[divan::bench]
fn draws_a_figure(bencher: Bencher<'_, '_>) {
    let out = std::env::temp_dir().join("nianbiao-bench-figure.png");
    bencher.bench(|| run(&["figure", "series", "--size", "1920x1080", "--scale", "2", "-o", &out.to_string_lossy()]));
}

fn run(args: &[&str]) -> bool {
    let program = env!("CARGO_BIN_EXE_nianbiao");
    Command::new(program).args(args).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

/// One frame of the window: layout and tessellation, caches warm.
#[cfg(feature = "gui")]
mod frame {
    use divan::Bencher;
    use egui::{Context, RawInput, Rect, pos2, vec2};
    use nianbiao::{
        corpus::Corpus,
        desk::{Desk, Locale, apply},
        store::sample,
        ui::{self, Cx, Shell, Theme},
    };

    #[divan::bench]
    fn of_the_sample(bencher: Bencher<'_, '_>) {
        let corpus = Corpus::new(sample::entries());
        let (shell, theme) = (Shell::default(), Theme::light());
        let mut desk = Desk::default();
        let words = Locale::of(desk.settings.lang);
        let ctx = Context::default();
        ui::prepare(&ctx, theme);
        let mut frame = move || {
            let screen_rect = Some(Rect::from_min_size(pos2(0.0, 0.0), vec2(1440.0, 900.0)));
            let mut commands = Vec::new();
            let output = ctx.run_ui(RawInput { screen_rect, ..RawInput::default() }, |ui| {
                let mut cx = Cx { corpus: &corpus, desk: &desk, shell: &shell, theme, words, commands: &mut commands };
                ui::window_ui(ui, &mut cx);
            });
            for command in commands {
                apply(&mut desk, &corpus, command);
            }
            let shapes = output.shapes.clone();
            output.drop_without_applying_deltas();
            ctx.tessellate(shapes, 1.0).len()
        };
        for _ in 0..10 {
            frame();
        }
        bencher.bench_local(frame);
    }
}
