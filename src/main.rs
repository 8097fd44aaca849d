//! The command `duizhao`.

#![forbid(unsafe_code)]

fn main() -> std::process::ExitCode {
    duizhao::commands::run()
}
