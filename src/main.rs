//! The program `pathways`: reads the command line and runs one command.

fn main() -> std::process::ExitCode {
    pathways::cli::run()
}
