//! The command line.

mod extract;

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
}

/// Runs the program with the process's arguments.
pub fn run() -> ExitCode {
    match Args::parse().command {
        Some(Command::Extract(args)) => extract::run(&args),
        None => ExitCode::from(2),
    }
}
