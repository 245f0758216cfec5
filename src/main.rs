//! The `nianbiao` program: hands its arguments to the library.

/// What is found is many small strings, for which this allocator takes a third less time than the system's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    nianbiao::cli::run()
}
