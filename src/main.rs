//! The command `duizhao`.

fn main() -> std::process::ExitCode {
    duizhao::commands::run()
}
