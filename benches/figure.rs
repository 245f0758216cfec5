//! Times a large figure: five series of 684 months at 3840 × 2160, in a cold process and warm.
//!
//! `cargo bench --bench figure`. Prints wall time, CPU seconds and peak memory (the last two on Linux).

#![allow(clippy::unwrap_used, reason = "a bench that cannot go on stops")]

use nianbiao::{
    corpus::ReadOptions,
    desk::{FigureFormat, FigureSize, FigureSpec, Lang, Locale},
    figure::draw_figure,
    store::load,
    view::figure::Chosen,
};
use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

const N_SERIES: usize = 5;
const N_MONTHS: usize = 684;
const N_COLD: u32 = 10;
const N_WARM: u32 = 20;

/// A parsed corpus with made prices.
fn corpus() -> String {
    let mut state = 1_u64;
    // A small generator of our own: the same numbers on every machine.
    let mut step = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        f64::from((state >> 40) as u32) / f64::from(1_u32 << 24) - 0.5
    };
    let series: Vec<serde_json::Value> = (0..N_SERIES)
        .map(|number| {
            let mut value = 100.0;
            let points: Vec<serde_json::Value> = (0..N_MONTHS)
                .map(|month| {
                    value *= 1.0 + 0.002 + number as f64 * 0.0006 + step() * 0.04;
                    let (year, month) = (1968 + month / 12, month % 12 + 1);
                    let (next_year, next) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
                    serde_json::json!({
                        "edtf": format!("{year}-{month:02}"), "value": (value * 100.0).round() / 100.0,
                        "interval": [format!("{year}-{month:02}-01T00:00:00"), format!("{next_year}-{next:02}-01T00:00:00")],
                        "quantity": null, "derived": null,
                    })
                })
                .collect();
            serde_json::json!({"name": format!("{number} 号仓粮价"), "unit": "CNY", "points": points})
        })
        .collect();
    serde_json::json!({"schema": 1, "documents": [{
        "schema": 1, "id": "prices", "dct": "2025-01-01", "dct_from": "given",
        "source": {"path": "prices.json", "sha256": "", "encoding": "UTF-8", "chars": 3, "text": "粮价表"},
        "articles": [{"kind": "other", "headline": "粮价", "deck": null, "dateline": null, "dct": null, "spans": [[0, 3]]}],
        "times": [], "quantities": [], "events": [], "series": series, "claims": [], "warnings": [],
    }]})
    .to_string()
}

fn main() {
    let dir = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let path = dir.join("five-series.json");
    fs::write(&path, corpus()).unwrap();
    cold(&path, &dir.join("five-series.png"));
    warm(&path);
}

/// The program itself, begun anew each time.
fn cold(corpus: &Path, out: &Path) {
    let (mut least, mut peak_kib) = (Duration::MAX, 0);
    let cpu_before = children_cpu_secs();
    for _ in 0..N_COLD {
        let since = Instant::now();
        let mut command = Command::new(env!("CARGO_BIN_EXE_nianbiao"));
        command.args(["figure", "series", "--size", "1920x1080", "--scale", "2"]);
        for number in 0..N_SERIES {
            command.args(["--series", &number.to_string()]);
        }
        let mut child = command.arg(corpus).arg("-o").arg(out).stdout(Stdio::null()).spawn().unwrap();
        let status = PathBuf::from(format!("/proc/{}/status", child.id()));
        while child.try_wait().unwrap().is_none() {
            peak_kib = peak_kib.max(high_water_kib(&status).unwrap_or(0));
            std::thread::sleep(Duration::from_micros(500));
        }
        least = least.min(since.elapsed());
    }
    let cpu = children_cpu_secs().zip(cpu_before).map(|(after, before)| (after - before) / f64::from(N_COLD));
    let size = fs::metadata(out).unwrap().len();
    println!(
        "cold: {:.3} s at best, {} CPU s, {} MB at most, file of {} kB",
        least.as_secs_f64(),
        text(cpu),
        peak_kib / 1000,
        size / 1000
    );
}

/// Everything but reading the corpus, in a process that has done it before.
fn warm(corpus: &Path) {
    let entries = load::file(corpus, &ReadOptions::default()).into_iter().filter_map(Result::ok).collect::<Vec<_>>();
    let spec = FigureSpec {
        size: FigureSize::Own([1920.0, 1080.0]),
        series: (0..N_SERIES).map(|number| (0, number)).collect(),
        format: FigureFormat::Png,
        ..FigureSpec::default()
    };
    let mut least = Duration::MAX;
    for _ in 0..N_WARM {
        let since = Instant::now();
        let chosen = Chosen::new(&entries, &spec, Locale::of(Lang::Zh)).unwrap();
        draw_figure(&spec, &chosen).unwrap().write(std::io::sink()).unwrap();
        least = least.min(since.elapsed());
    }
    println!("warm: {:.3} s at best", least.as_secs_f64());
}

/// CPU seconds of all children that have ended.
fn children_cpu_secs() -> Option<f64> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    let fields: Vec<&str> = stat.rsplit(')').next()?.split_whitespace().collect();
    let ticks: f64 = [fields.get(13)?, fields.get(14)?].iter().filter_map(|field| field.parse::<f64>().ok()).sum();
    Some(ticks / 100.0)
}

fn high_water_kib(status: &Path) -> Option<u64> {
    let text = fs::read_to_string(status).ok()?;
    text.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse().ok())
}

fn text(secs: Option<f64>) -> String {
    secs.map_or_else(|| "?".to_owned(), |secs| format!("{secs:.3}"))
}
