//! `nianbiao project`: reads documents into a project file, and goes on where it was stopped.

use super::complain;
use crate::{
    corpus::ReadOptions,
    desk::Desk,
    model::TableChoice,
    store::project::{Import, Progress, Project, import},
};
use std::{
    path::PathBuf,
    process::ExitCode,
    time::{Duration, Instant},
};

const EXAMPLES: &str = "\
Examples:
  nianbiao project 2024.nianbiao news/2024     reads all documents of a folder into a project
  nianbiao project 2024.nianbiao               again, all that was opened: reads only what is new or has changed
  nianbiao 2024.nianbiao                       the window on it
  nianbiao extract 2024.nianbiao               what was found, as JSON

It can be stopped at any moment, by Ctrl C or by pulling the plug: what was told as kept is kept, and the same command
goes on from there. While the window has the project open it is refused.
Exit status: 0 done, 1 the project cannot be written or nothing could be read, 2 the arguments are wrong.";

/// Arguments of `nianbiao project`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct ProjectArgs {
    /// The project; made where there is none
    #[arg(value_name = "FILE")]
    project: PathBuf,
    /// Say on standard error, whenever something was kept, how far it is
    #[arg(long)]
    progress: bool,
    /// What the columns of tables of records are for: text, title, dct, id or ignore; the others are told by their names
    #[arg(long, value_name = "USE=COLUMN,…")]
    columns: Vec<TableChoice>,
    /// Files or folders to read into it; without any, those that it was made of, gone through again
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
}

/// Runs it.
pub fn run(args: &ProjectArgs) -> ExitCode {
    let failed = |error: &dyn std::fmt::Display| {
        complain(format_args!("{error}: \"{}\"", args.project.display()));
        ExitCode::FAILURE
    };
    let project = match Project::open(&args.project) {
        Ok(project) => project,
        Err(error) => return failed(&error),
    };
    let since = Instant::now();
    let mut tell = |progress: Progress| {
        if args.progress {
            complain(words(progress, since.elapsed()));
        }
        true
    };
    let kept = kept_desk(&project);
    // What the command line says of columns comes before what was chosen in the window.
    let tables = args.columns.iter().cloned().chain(kept.tables).collect();
    let options = ReadOptions { tables, undated: kept.undated, ..ReadOptions::default() };
    match import(&project, &args.paths, &options, &mut tell) {
        Ok(Import { progress, failures, .. }) => {
            // Made here, so that the window opens a large project at once.
            if let Err(error) = project.refresh_index() {
                return failed(&error);
            }
            if args.progress && progress.n_gone > 0 {
                complain(format_args!("{} files are no more and were taken out", progress.n_gone));
            }
            for failure in &failures {
                complain(format_args!("{}: \"{}\"", failure.error, failure.path.display()));
            }
            let is_nothing = progress.n_documents + progress.n_unchanged == 0 && !args.paths.is_empty();
            if is_nothing { ExitCode::FAILURE } else { ExitCode::SUCCESS }
        }
        Err(error) => failed(&error),
    }
}

/// How the window stood when it last had the project open.
fn kept_desk(project: &Project) -> Desk {
    let kept = project.desk().ok().flatten();
    kept.and_then(|state| serde_json::from_str(&state).ok()).unwrap_or_default()
}

/// `640 of 825 files kept, 0 unchanged, 12.3 MB/s, 4 s left`.
fn words(progress: Progress, elapsed: Duration) -> String {
    let Progress { n_done, n_files, n_unchanged, n_bytes, .. } = progress;
    let secs = elapsed.as_secs_f64().max(0.001);
    let left = secs / n_done.max(1) as f64 * n_files.saturating_sub(n_done) as f64;
    let speed = n_bytes as f64 / 1e6 / secs;
    format!("{n_done} of {n_files} files kept, {n_unchanged} unchanged, {speed:.1} MB/s, {left:.0} s left")
}
