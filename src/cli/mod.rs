//! The command line.

mod extract;
#[cfg(feature = "gui")]
mod figure;
#[cfg(feature = "gui")]
mod window;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Finds every dated event and every statistic in Chinese documents, and shows them beside their sentences.
#[derive(Debug, Parser)]
#[command(name = "nianbiao", version)]
struct Args {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Read documents, write what was found (needs no display)
    Extract(extract::ExtractArgs),
    /// Draw a timeline or a series as a PNG or an SVG (needs no display)
    #[cfg(feature = "gui")]
    Figure(figure::FigureArgs),
    /// Draw the whole window as the user would see it, without one (needs no display)
    #[cfg(feature = "gui")]
    Window(window::WindowArgs),
}

/// Runs the program with the process's arguments.
pub fn run() -> ExitCode {
    match Args::parse().command {
        Some(Command::Extract(args)) => extract::run(&args),
        #[cfg(feature = "gui")]
        Some(Command::Figure(args)) => figure::run(&args),
        #[cfg(feature = "gui")]
        Some(Command::Window(args)) => window::run(&args),
        None => ExitCode::from(2),
    }
}

/// One line on standard error, in the program's voice.
fn complain(message: impl std::fmt::Display) {
    eprintln!("nianbiao: {message}");
}
