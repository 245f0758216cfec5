//! `nianbiao figure`: a timeline or a series as a PNG or an SVG, drawn without a window.

use super::{
    complain,
    window::{LangArg, ThemeArg},
};
use crate::{
    corpus::{Entry, ReadOptions},
    desk::{Lang, Locale},
    edtf::{Edtf, Interval},
    figure::{DrawOptions, Drawn, draw},
    model::{Document, Series},
    store::{atomic, load, sample},
    ui::Theme,
    view::{
        figure_frame::{Captions, FigureStyle, Preset},
        figure_series::{SeriesInput, series_figure},
        figure_timeline::{TimelineInput, timeline_figure},
    },
};
use clap::{Args, ValueEnum};
use rayon::prelude::*;
use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

const EXAMPLES: &str = "\
Examples:
  nianbiao figure series report.txt -o trade.png
      the series with the most points, 1600 × 900 pixels, with a title that says what was found
  nianbiao figure timeline news/ --from 2012 --to 2025-06 --preset square -o events.png
      the events of a folder within a stretch of time, for a feed
  nianbiao figure series report.txt --series 贸易 --lang en --theme dark --transparent -o trade.svg
      the first series whose name contains 贸易, as SVG with text as text

--size is in logical pixels; the file has --scale times as many: --size 1920x1080 --scale 2 gives 3840 × 2160.
A PNG carries its description as alt text, an SVG as <title> and <desc>.";

/// Arguments of `nianbiao figure`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct FigureArgs {
    /// What to draw
    #[arg(value_enum)]
    kind: Kind,
    /// Where the figure goes; the ending says what it is
    #[arg(short, long, value_name = "OUT.png|OUT.svg", value_parser = target_from_text)]
    output: Target,
    /// A ready-made size and type: 800x450, 540x540 or 960x540
    #[arg(long, value_enum, default_value = "article")]
    preset: PresetArg,
    /// An own size in logical pixels, sides from 240 to 12000
    #[arg(long, value_name = "WxH", conflicts_with = "preset", value_parser = size_from_text)]
    size: Option<(f32, f32)>,
    /// Physical pixels for one logical one, from 0.25 to 8
    #[arg(long, value_name = "F", default_value_t = 2.0, value_parser = scale_from_text)]
    scale: f32,
    /// Colours
    #[arg(long, value_enum, default_value = "light")]
    theme: ThemeArg,
    /// Language of titles, dates and notes; the documents' own words stay as they are
    #[arg(long, value_enum, default_value = "zh")]
    lang: LangArg,
    /// No ground
    #[arg(long)]
    transparent: bool,
    /// Which series: its name, part of its name, or its number as `nianbiao extract` lists them, from 0
    #[arg(long, value_name = "NAME|INDEX")]
    series: Option<String>,
    /// Leave out what ended before this date (EDTF: 2012, 2012-11, -0137)
    #[arg(long, value_name = "DATE", allow_hyphen_values = true, value_parser = interval_from_text)]
    from: Option<Interval>,
    /// Leave out what began after this date
    #[arg(long, value_name = "DATE", allow_hyphen_values = true, value_parser = interval_from_text)]
    to: Option<Interval>,
    /// Instead of the title made from the data
    #[arg(long)]
    title: Option<String>,
    /// Instead of the line below it
    #[arg(long)]
    subtitle: Option<String>,
    /// Instead of the source line
    #[arg(long)]
    source: Option<String>,
    /// Instead of the notes
    #[arg(long)]
    note: Option<String>,
    /// Documents, folders or parsed corpora; the bundled sample if none
    paths: Vec<PathBuf>,
}

/// What to draw.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// Events along an axis
    Timeline,
    /// One measure over time
    Series,
}

/// The presets.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum PresetArg {
    /// 800 × 450, for an article
    Article,
    /// 540 × 540, for a feed
    Square,
    /// 960 × 540, for a slide
    Slide,
}

impl From<PresetArg> for Preset {
    fn from(arg: PresetArg) -> Self {
        match arg {
            PresetArg::Article => Self::Article,
            PresetArg::Square => Self::Square,
            PresetArg::Slide => Self::Slide,
        }
    }
}

/// The file to write and its format.
#[derive(Debug, Clone)]
struct Target {
    path: PathBuf,
    is_svg: bool,
}

fn target_from_text(text: &str) -> Result<Target, String> {
    let path = PathBuf::from(text);
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
    match extension.as_deref() {
        Some("png") => Ok(Target { path, is_svg: false }),
        Some("svg") => Ok(Target { path, is_svg: true }),
        _ => Err("the name must end in .png or .svg".to_owned()),
    }
}

fn size_from_text(text: &str) -> Result<(f32, f32), String> {
    let (width, height) = text.split_once(['x', 'X', '×']).ok_or("write it as WIDTHxHEIGHT, such as 1920x1080")?;
    let side = |side: &str| match side.trim().parse::<f32>() {
        Ok(side) if (240.0..=12_000.0).contains(&side) => Ok(side),
        _ => Err(format!("each side is a number from 240 to 12000, not '{side}'")),
    };
    Ok((side(width)?, side(height)?))
}

fn scale_from_text(text: &str) -> Result<f32, String> {
    match text.parse::<f32>() {
        Ok(scale) if (0.25..=8.0).contains(&scale) => Ok(scale),
        _ => Err("it is a number from 0.25 to 8".to_owned()),
    }
}

fn interval_from_text(text: &str) -> Result<Interval, String> {
    let edtf: Edtf = text.parse().map_err(|_| "it is a date in EDTF: 2012, 2012-11, 2012-11-08, -0137".to_owned())?;
    edtf.interval().ok_or_else(|| "the date needs a year".to_owned())
}

/// Why there is no figure.
enum Refusal {
    /// The arguments ask for what is not there: status 2.
    Arguments(String),
    /// Nothing could be done: status 1.
    Nothing(String),
}

/// Runs it.
pub fn run(args: &FigureArgs) -> ExitCode {
    let result = read(&args.paths).and_then(|entries| {
        let drawn = match args.kind {
            Kind::Series => series(args, &entries),
            Kind::Timeline => timeline(args, &entries),
        }?;
        write(&args.output, &drawn)
    });
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(Refusal::Arguments(message)) => {
            complain(message);
            ExitCode::from(2)
        }
        Err(Refusal::Nothing(message)) => {
            complain(message);
            ExitCode::FAILURE
        }
    }
}

/// Reads all documents; what cannot be read is told, and an error only if nothing is left.
fn read(paths: &[PathBuf]) -> Result<Vec<Entry>, Refusal> {
    if paths.is_empty() {
        return Ok(sample::entries());
    }
    let (files, failures) = load::files(paths);
    for load::Failure { path, error } in &failures {
        complain(format_args!("{error}: \"{}\"", path.display()));
    }
    let options = ReadOptions::default();
    let read: Vec<_> = files.par_iter().map(|path| (path, load::file(path, &options))).collect();
    let mut entries = Vec::new();
    for (path, result) in read {
        match result {
            Ok(found) => entries.extend(found),
            Err(error) => complain(format_args!("{error}: \"{}\"", path.display())),
        }
    }
    if entries.is_empty() {
        return Err(Refusal::Nothing("no document could be read, so there is nothing to draw".to_owned()));
    }
    Ok(entries)
}

fn style(args: &FigureArgs) -> FigureStyle {
    match args.size {
        Some((width, height)) => FigureStyle::of_size(width, height),
        None => FigureStyle::of(args.preset.into()),
    }
}

fn captions(args: &FigureArgs) -> Captions {
    let given = |text: &Option<String>| text.clone().unwrap_or_default();
    Captions {
        title: given(&args.title),
        subtitle: given(&args.subtitle),
        note: given(&args.note),
        source: given(&args.source),
    }
}

fn draw_options(args: &FigureArgs) -> DrawOptions {
    let theme = match args.theme {
        ThemeArg::Light => Theme::light(),
        ThemeArg::Dark => Theme::dark(),
    };
    DrawOptions { scale: args.scale, theme, transparent: args.transparent }
}

/// Whether something that takes up `interval` is within `--from` and `--to`.
fn is_wanted(args: &FigureArgs, interval: Option<Interval>) -> bool {
    let Some(Interval { start, end }) = interval else { return args.from.is_none() && args.to.is_none() };
    let after_from = args.from.and_then(|from| from.start).is_none_or(|from| end.is_none_or(|end| end > from));
    let before_to = args.to.and_then(|to| to.end).is_none_or(|to| start.is_none_or(|start| start < to));
    after_from && before_to
}

fn series(args: &FigureArgs, entries: &[Entry]) -> Result<Drawn, Refusal> {
    let all: Vec<(&Document, &Series)> = entries
        .iter()
        .flat_map(|entry| entry.document.series.iter().map(move |series| (&entry.document, series)))
        .filter(|(_, series)| !series.points.is_empty())
        .collect();
    let (document, series) = chosen(args.series.as_deref(), &all)?;
    let mut series = series.clone();
    series.points.retain(|point| is_wanted(args, point.interval));
    if series.points.is_empty() {
        return Err(Refusal::Nothing(format!("no point of \"{}\" lies between --from and --to", series.name)));
    }
    let style = style(args);
    let input = SeriesInput { document, series: &series, words: words(args) };
    draw(&style, draw_options(args), |measure| series_figure(input, &style, &captions(args), measure))
        .map_err(|error| Refusal::Arguments(error.to_string()))
}

fn words(args: &FigureArgs) -> &'static Locale {
    Locale::of(Lang::from(args.lang))
}

/// The series asked for; without a wish the one that tells most.
fn chosen<'a>(wish: Option<&str>, all: &[(&'a Document, &'a Series)]) -> Result<(&'a Document, &'a Series), Refusal> {
    let Some(first) = all.first() else {
        return Err(Refusal::Nothing(
            "no series found: the documents give no measure at two times; `nianbiao extract` lists what they give"
                .to_owned(),
        ));
    };
    let Some(wish) = wish else {
        // Different times first, a claim of the text counting as one more; the earliest of equals.
        let worth = |(document, series): &(&Document, &Series)| {
            let mut times: Vec<_> = series.points.iter().filter_map(|point| point.interval).collect();
            times.sort_unstable();
            times.dedup();
            let claims = |quantity| document.claims.iter().any(|claim| claim.from.contains(&quantity));
            let has_claim = series.points.iter().filter_map(|point| point.quantity).any(claims);
            let has_course = times.len() > 1;
            (has_course, times.len() + usize::from(has_claim && has_course), usize::from(has_claim))
        };
        return Ok(all
            .iter()
            .copied()
            .reduce(|best, next| if worth(&next) > worth(&best) { next } else { best })
            .unwrap_or(*first));
    };
    let by_name = || all.iter().find(|(_, series)| series.name == wish);
    let by_part = || all.iter().find(|(_, series)| series.name.contains(wish));
    let by_index = || wish.parse::<usize>().ok().and_then(|idx| all.get(idx));
    by_name().or_else(by_index).or_else(by_part).copied().ok_or_else(|| {
        let names: Vec<String> =
            all.iter().take(12).enumerate().map(|(idx, (_, series))| format!("{idx} {}", series.name)).collect();
        let more = if all.len() > 12 { format!(" and {} more", all.len() - 12) } else { String::new() };
        Refusal::Arguments(format!("no series \"{wish}\"; there are: {}{more}", names.join(", ")))
    })
}

fn timeline(args: &FigureArgs, entries: &[Entry]) -> Result<Drawn, Refusal> {
    let events: Vec<_> = entries
        .iter()
        .flat_map(|entry| entry.document.events.iter().map(move |event| (&entry.document, event)))
        .filter(|(_, event)| is_wanted(args, event.interval))
        .collect();
    if !events.iter().any(|(_, event)| event.interval.is_some()) {
        let message = if args.from.is_some() || args.to.is_some() {
            "no event lies between --from and --to"
        } else {
            "no dated event found in the documents"
        };
        return Err(Refusal::Nothing(message.to_owned()));
    }
    let style = style(args);
    let input = TimelineInput { events, words: words(args) };
    draw(&style, draw_options(args), |measure| timeline_figure(&input, &style, &captions(args), measure))
        .map_err(|error| Refusal::Arguments(error.to_string()))
}

fn write(Target { path, is_svg }: &Target, drawn: &Drawn) -> Result<(), Refusal> {
    let bytes = if *is_svg {
        drawn.svg().into_bytes()
    } else {
        drawn.png().map_err(|error| Refusal::Nothing(format!("cannot write PNG: {error}: \"{}\"", path.display())))?
    };
    write_bytes(path, &bytes)
}

fn write_bytes(path: &Path, bytes: &[u8]) -> Result<(), Refusal> {
    atomic::write(path, bytes)
        .map_err(|error| Refusal::Nothing(format!("cannot write: {error}: \"{}\"", path.display())))
}
