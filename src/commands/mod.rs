//! The commands: arguments in, exit code out; one file a command.

mod build;
mod check;
mod completions;
mod copies;
mod explain;
mod import;
mod new;
mod progress;
mod review;
mod schema;
mod serve;
mod templates;
mod verify;

use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use jiff::civil::Date;

use crate::diagnostic::{Problem, Problems, Severity, human};
use crate::pipeline::{self, Loaded};
use crate::site::DateSource;

/// All is well.
const FINE: u8 = 0;
/// The content has errors; nothing was published.
const CONTENT: u8 = 1;
/// Wrong use, or a broken environment.
const BROKEN: u8 = 2;

const BEGIN: &str = "\
To begin:
  duizhao new my-site     make a small complete site, with an example that explains itself
  cd my-site
  duizhao serve           look at it in a browser; stop with ctrl-C
  duizhao check           see what is wrong, on which line, and how to mend it
  duizhao build           write the website into public/

`duizhao COMMAND --help` lists a command's options; `duizhao explain CODE` says what a problem means.
Exit codes: 0 all is well; 1 the content has errors, and nothing is published; 2 wrong use, or a broken environment.";

/// A static site generator for bilingual digests of policy documents.
///
/// It reads a site's folder (site.toml, content/, seeds/), proves that every quote stands in its
/// source text, and writes a website in Chinese and English.
#[derive(Debug, Parser)]
#[command(name = "duizhao", version, after_help = BEGIN)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make a small complete site to begin with
    New(new::New),
    /// Draft a policy's folder from its source text, with a target proposed for each commitment
    Import(import::ImportCommand),
    /// Check the site, and publish nothing
    Check(check::Check),
    /// Show the site in a browser on this machine, as it is written
    Serve(serve::Serve),
    /// Check the site, and write the website into a folder
    Build(build::Build),
    /// Sign a digest that you have read against its source
    Review(review::Review),
    /// Explain the code of a problem, with a wrong and a right example
    Explain(explain::Explain),
    /// Check that a published folder is what was built
    Verify(verify::Verify),
    /// List the built-in templates and theme files, or copy some into the site to change them
    Templates(templates::Templates),
    /// Print the JSON Schema of a kind of TOML file, for editors, or the known units
    Schema(schema::Schema),
    /// Print a shell's completion script
    Completions(completions::Completions),
    /// Write manual pages for `man` into a folder
    Man(completions::Man),
}

/// Which site, and as of when.
#[derive(Debug, Args)]
struct SiteArgs {
    /// The site's folder
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
    /// The day on which a target counts as due or past (YYYY-MM-DD) [default: SOURCE_DATE_EPOCH, else the latest date in the content]
    #[arg(long, value_name = "DATE")]
    today: Option<Date>,
    /// Include drafts, and proposed targets that nobody has reviewed
    #[arg(long)]
    drafts: bool,
}

/// Runs the command line.
pub fn run() -> ExitCode {
    // clap exits with 2 for wrong use and 0 for --help, as we do.
    let code = match Cli::parse().command {
        Command::New(command) => command.run(),
        Command::Import(command) => command.run(),
        Command::Check(command) => command.run(),
        Command::Serve(command) => command.run(),
        Command::Build(command) => command.run(),
        Command::Review(command) => command.run(),
        Command::Explain(command) => command.run(),
        Command::Verify(command) => command.run(),
        Command::Templates(command) => command.run(),
        Command::Schema(command) => command.run(),
        Command::Completions(command) => command.run(),
        Command::Man(command) => command.run(),
    };
    ExitCode::from(code)
}

impl SiteArgs {
    /// Reads and links the site; `Err` is an exit code for a broken environment.
    fn load(&self) -> Result<Loaded, u8> {
        let dates = self.dates()?;
        Ok(pipeline::load(&self.root, self.drafts, dates))
    }

    /// Where the date comes from, if there is a folder at all; `Err` is an exit code for a broken environment.
    fn dates(&self) -> Result<DateSource, u8> {
        if !self.root.is_dir() {
            eprintln!("error: there is no folder {}", self.root.display());
            return Err(BROKEN);
        }
        let epoch = match std::env::var("SOURCE_DATE_EPOCH") {
            Err(_) => None,
            Ok(text) => Some(epoch_date(&text).ok_or_else(|| {
                eprintln!("error: SOURCE_DATE_EPOCH is `{text}`, which is no number of seconds since 1970");
                BROKEN
            })?),
        };
        Ok(DateSource { today: self.today, epoch })
    }
}

/// The day, in UTC, of a number of seconds since 1970.
fn epoch_date(text: &str) -> Option<Date> {
    let seconds: i64 = text.trim().parse().ok()?;
    let days = i32::try_from(seconds.div_euclid(86_400)).ok()?;
    Date::constant(1970, 1, 1).checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

/// Prints problems to standard error, in a stable order, with a summary.
fn report(problems: Problems, loaded: &Loaded) -> Vec<Problem> {
    let sorted = problems.sorted();
    let colour = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    eprint!("{}", human(&sorted, &loaded.tree.texts(), colour));
    summary(&sorted);
    sorted
}

/// Prints to standard output. A reader that has gone away (`| head`) is no fault.
fn emit(text: &str) {
    use std::io::Write as _;
    let _ = std::io::stdout().write_all(text.as_bytes());
}

/// Prints how many problems there are, if there are any.
fn summary(sorted: &[Problem]) {
    let count = |severity| sorted.iter().filter(|p| p.severity == severity).count();
    let (errors, warnings, notes) = (count(Severity::Error), count(Severity::Warning), count(Severity::Note));
    if errors + warnings + notes > 0 {
        eprintln!("{}, {}, {}", plural(errors, "error"), plural(warnings, "warning"), plural(notes, "note"));
    }
}

fn plural(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        use clap::CommandFactory;
        Cli::command().debug_assert();
    }

    #[test]
    fn epochs() {
        assert_eq!(epoch_date("0"), Some(Date::constant(1970, 1, 1)));
        assert_eq!(epoch_date("1735603200"), Some(Date::constant(2024, 12, 31)));
        assert_eq!(epoch_date("soon"), None);
    }
}
