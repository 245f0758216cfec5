//! The `nianbiao` program: hands its arguments to the library.

fn main() -> std::process::ExitCode {
    nianbiao::cli::run()
}
