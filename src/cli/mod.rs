//! The command line.

mod extract;
#[cfg(feature = "gui")]
mod figure;
mod project;
#[cfg(feature = "gui")]
mod window;

use clap::{Parser, Subcommand};
use std::{path::PathBuf, process::ExitCode};

const EXAMPLES: &str = "\
Examples:
  nianbiao                                     the window, on the bundled sample
  nianbiao 报纸.txt 2024/                      the window, on a file and all documents of a folder
  nianbiao extract 报纸.txt                    what was found, as JSON
  nianbiao figure series 报纸.txt -o trade.png a figure
  nianbiao window -o window.png 报纸.txt       a picture of the window";

/// 年表: finds every dated event and every statistic in Chinese documents, and shows them beside their sentences
#[derive(Debug, Parser)]
#[command(name = "nianbiao", version, after_help = EXAMPLES, args_conflicts_with_subcommands = true)]
struct Args {
    #[command(subcommand)]
    command: Option<Command>,
    /// Files or folders to open in the window; the bundled sample if none
    paths: Vec<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Read documents, write what was found (needs no display)
    Extract(extract::ExtractArgs),
    /// Read documents into a project file; can be stopped and goes on where it was (needs no display)
    Project(project::ProjectArgs),
    /// Draw a timeline or a series as a PNG or an SVG (needs no display)
    #[cfg(feature = "gui")]
    Figure(figure::FigureArgs),
    /// Draw the whole window as the user would see it, without one (needs no display)
    #[cfg(feature = "gui")]
    Window(window::WindowArgs),
}

/// Runs the program with the process's arguments.
pub fn run() -> ExitCode {
    let Args { command, paths } = Args::parse();
    match command {
        Some(Command::Extract(args)) => extract::run(&args),
        Some(Command::Project(args)) => project::run(&args),
        #[cfg(feature = "gui")]
        Some(Command::Figure(args)) => figure::run(&args),
        #[cfg(feature = "gui")]
        Some(Command::Window(args)) => window::run(&args),
        #[cfg(feature = "gui")]
        None => crate::app::run(paths),
        #[cfg(not(feature = "gui"))]
        None => {
            let _ = paths;
            complain("this build has no window; `nianbiao extract` reads documents without one");
            ExitCode::from(2)
        }
    }
}

/// One line on standard error, in the program's voice.
fn complain(message: impl std::fmt::Display) {
    eprintln!("nianbiao: {message}");
}
