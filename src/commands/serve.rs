//! `duizhao serve`

use std::collections::BTreeSet;
use std::io::IsTerminal;
use std::path::PathBuf;
use std::sync::Mutex;

use clap::Args;
use jiff::civil::Date;

use super::{BROKEN, FINE, SiteArgs, summary};
use crate::diagnostic::{Problem, human};
use crate::preview::{self, Preview, Started, Told};

#[derive(Debug, Args)]
#[command(after_help = "\
Open the address that is printed. Drafts, and proposed targets that nobody has reviewed, are shown too, with a mark.
Save a file, and the open page follows; a problem is shown on the page and here until it is mended, and meanwhile the
site stays as it was. Each page names the files that it was made from. Only this machine is served. Stop with ctrl-C.")]
pub(super) struct Serve {
    /// The site's folder
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
    /// The day on which a target counts as due or past (YYYY-MM-DD) [default: SOURCE_DATE_EPOCH, else the latest date in the content]
    #[arg(long, value_name = "DATE")]
    today: Option<Date>,
    /// The port to serve on; another one is taken if it is in use
    #[arg(long, value_name = "N", default_value_t = 4321)]
    port: u16,
    /// Open the site in a browser
    #[arg(long)]
    open: bool,
    /// Look for changes again and again, where the system does not report them (network folders, containers)
    #[arg(long)]
    poll: bool,
}

impl Serve {
    pub(super) fn run(self) -> u8 {
        let site = SiteArgs { root: self.root, today: self.today, drafts: true };
        let dates = match site.dates() {
            Ok(dates) => dates,
            Err(code) => return code,
        };
        let (port, open) = (self.port, self.open);
        let preview = Preview { root: site.root, dates, port, poll: self.poll };
        match preview::run(preview, teller(), |started| begin(started, port, open)) {
            Ok(()) => FINE,
            Err(error) => {
                eprintln!("error: the preview cannot be served: {error}");
                BROKEN
            }
        }
    }
}

fn begin(started: &Started, wanted: u16, open: bool) {
    if let Some(why) = &started.no_events {
        eprintln!("note: the system does not tell what changes ({why}); the folder is looked through instead");
    }
    let got = started.address.port();
    if wanted != 0 && got != wanted {
        eprintln!("note: port {wanted} is in use, {got} is taken instead");
    }
    let address = format!("http://{}/", started.address);
    println!("the site is at {address} (stop with ctrl-C)");
    if open && let Err(error) = open::that_detached(&address) {
        eprintln!("note: no browser could be opened: {error}");
    }
}

/// What a problem is known by while lines above it come and go.
type Key = (&'static str, String, Option<String>);

/// Prints the problems that are new, and how long it took.
fn teller() -> impl Fn(&Told<'_>) + Send + Sync {
    let known: Mutex<Option<BTreeSet<Key>>> = Mutex::default();
    let key = |p: &Problem| (p.code, p.message.clone(), p.place.as_ref().map(|place| place.file.clone()));
    let colour = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    move |told| {
        let mut known = known.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let is_new = |p: &&Problem| !known.as_ref().is_some_and(|known| known.contains(&key(p)));
        let new: Vec<Problem> = told.problems.iter().filter(is_new).cloned().collect();
        eprint!("{}", human(&new, told.files, colour));
        if !new.is_empty() || !told.shown {
            summary(told.problems);
        }
        if told.late {
            known.get_or_insert_default().extend(new.iter().map(key));
            return;
        }
        if known.replace(told.problems.iter().map(key).collect()).is_some() || !told.shown {
            let what = match told.changed {
                [] => "the site".to_owned(),
                [file] => file.clone(),
                files => format!("{} files", files.len()),
            };
            let state = if told.shown { "shown" } else { "not shown: until it is mended, the site stays as it was" };
            eprintln!("{what}: {state} ({} ms)", told.took.as_millis());
        }
    }
}
