//! `duizhao completions` and `duizhao man`: what shells and `man` want to know of the command line.

use std::path::PathBuf;

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::{BROKEN, Cli, FINE};

#[derive(Debug, Args)]
pub(super) struct Completions {
    /// The shell to complete in
    #[arg(value_enum)]
    shell: Shell,
}

impl Completions {
    pub(super) fn run(&self) -> u8 {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), "duizhao", &mut script);
        super::emit(&String::from_utf8_lossy(&script));
        FINE
    }
}

#[derive(Debug, Args)]
pub(super) struct Man {
    /// The folder to write the pages into
    dir: PathBuf,
}

impl Man {
    pub(super) fn run(&self) -> u8 {
        let made =
            std::fs::create_dir_all(&self.dir).and_then(|()| clap_mangen::generate_to(Cli::command(), &self.dir));
        match made {
            Ok(()) => {
                println!("wrote the manual pages into {}", self.dir.display());
                FINE
            }
            Err(error) => {
                eprintln!("error: {}: {error}", self.dir.display());
                BROKEN
            }
        }
    }
}
