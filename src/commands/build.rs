//! `duizhao build`

use std::path::PathBuf;
use std::time::{Duration, Instant};

use clap::Args;

use super::progress::Progress;
use super::{BROKEN, CONTENT, FINE, SiteArgs, plural, report};
use crate::diagnostic::{Problem, Problems};
use crate::publish::folder::Staging;
use crate::publish::{self, Made, Stage};
use crate::render::{Options, Renderer, urls};

#[derive(Debug, Args)]
pub(super) struct Build {
    #[command(flatten)]
    site: SiteArgs,
    /// The folder to write the website into [default: public, in the site's folder]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Where the website will be published: for canonical addresses, the sitemap and feeds
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// Write links that end in index.html, so that pages open from a disk without a server; without search
    #[arg(long)]
    disk: bool,
    /// Leave the search index out
    #[arg(long)]
    no_search: bool,
    /// Print what each stage made and how long that took
    #[arg(long)]
    timings: bool,
}

impl Build {
    pub(super) fn run(self) -> u8 {
        let mut clock = Clock::default();
        let progress = Progress::begin("reading and checking");
        let mut loaded = match self.site.load() {
            Ok(loaded) => loaded,
            Err(code) => return code,
        };
        let mut problems = std::mem::take(&mut loaded.problems);
        clock.lap("read, parsed, linked, checked");
        let written = self
            .base_url
            .clone()
            .or_else(|| loaded.settings.as_ref().and_then(|s| s.base_url.as_ref()).map(|u| u.get_ref().clone()));
        let base_url = match written.as_deref().map(urls::base) {
            Some(Err(problem)) => {
                problems.push(problem);
                None
            }
            Some(Ok(url)) => Some(url),
            None => None,
        };
        let placed = base_url.is_some();
        let Some(site) = loaded.site.as_ref().filter(|_| !problems.has_errors()) else {
            report(problems, &loaded);
            eprintln!("nothing was published");
            return CONTENT;
        };
        let renderer = match Renderer::new(
            site,
            &loaded.tree,
            &loaded.verification,
            &Options { base_url, disk: self.disk, no_search: self.no_search },
        ) {
            Ok(renderer) => renderer,
            Err(found) => return refuse(problems, found, &loaded),
        };
        let out = self.out.unwrap_or_else(|| self.site.root.join("public"));
        let staging = match Staging::begin(&out, &self.site.root) {
            Ok(staging) => staging,
            Err(error) => {
                eprintln!("error: {error}");
                return BROKEN;
            }
        };
        progress.stage("making pages", renderer.pages().len());
        let made = match publish::make(site, &renderer, &progress.counted(&staging)) {
            Ok(made) => made,
            Err(found) => {
                let broken = found.iter().any(|p| p.code == publish::UNWRITABLE);
                let code = refuse(problems, found, &loaded);
                if let Err(error) = staging.abandon() {
                    eprintln!("warning: {error}");
                }
                return if broken { BROKEN } else { code };
            }
        };
        clock.lap("pages made and checked");
        progress.stage("putting the new site in place", 0);
        let unchanged = staging.unchanged();
        if let Err(error) = staging.publish(&made) {
            eprintln!("error: {error}");
            return BROKEN;
        }
        clock.lap("put in place");
        drop(progress);
        if !placed {
            problems.push(
                Problem::note("no-base-url", "canonical addresses, the sitemap and feeds are left out")
                    .help("they need base_url in site.toml, or --base-url"),
            );
        }
        report(problems, &loaded);
        println!(
            "published {} ({} unchanged) in {}, as of {}",
            plural(made.files.len(), "file"),
            unchanged,
            out.display(),
            site.today
        );
        if self.timings {
            clock.print(&made);
        }
        FINE
    }
}

/// Times by the wall.
struct Clock {
    last: Instant,
    laps: Vec<(&'static str, Duration)>,
}

impl Default for Clock {
    fn default() -> Self {
        Clock { last: Instant::now(), laps: Vec::new() }
    }
}

impl Clock {
    fn lap(&mut self, what: &'static str) {
        let now = Instant::now();
        self.laps.push((what, now - self.last));
        self.last = now;
    }

    fn print(&self, made: &Made) {
        println!("{:>9} {:>8} {:>10}", "seconds", "files", "MB");
        for (what, time) in &self.laps {
            println!("{:>9.3} {:>8} {:>10} {what}", time.as_secs_f64(), "", "");
        }
        println!("of which, summed over threads:");
        for Stage { name, count, bytes, time } in &made.stages {
            println!("{:>9.3} {count:>8} {:>10.1} {name}", time.as_secs_f64(), *bytes as f64 / 1e6);
        }
    }
}

fn refuse(mut problems: Problems, found: Vec<Problem>, loaded: &crate::pipeline::Loaded) -> u8 {
    problems.extend(found);
    report(problems, loaded);
    eprintln!("nothing was published");
    CONTENT
}
