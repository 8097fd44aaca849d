//! `duizhao serve`

use clap::Args;

use super::{BROKEN, CONTENT, FINE, SiteArgs, report};
use crate::preview;
use crate::publish;
use crate::publish::memory::Memory;
use crate::render::{Options, Renderer};

#[derive(Debug, Args)]
pub(super) struct Serve {
    #[command(flatten)]
    site: SiteArgs,
    /// The port to serve on; the next free one is taken if it is in use
    #[arg(long, value_name = "N", default_value_t = 4321)]
    port: u16,
}

impl Serve {
    pub(super) fn run(self) -> u8 {
        let mut loaded = match self.site.load() {
            Ok(loaded) => loaded,
            Err(code) => return code,
        };
        let mut problems = std::mem::take(&mut loaded.problems);
        let memory = Memory::default();
        let made = loaded.site.as_ref().map(|site| {
            Renderer::new(site, &loaded.tree, &loaded.verification, &Options::default())
                .and_then(|renderer| publish::make(site, &renderer, &memory))
        });
        if let Some(Err(found)) = made {
            problems.extend(found);
        }
        let failed = problems.has_errors();
        report(problems, &loaded);
        if failed {
            return CONTENT;
        }
        match run(self.port, memory.into_files()) {
            Ok(()) => FINE,
            Err(error) => {
                eprintln!("error: the preview cannot be served: {error}");
                BROKEN
            }
        }
    }
}

fn run(port: u16, files: preview::Files) -> std::io::Result<()> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
        let listener = preview::bind(port).await?;
        println!("the site is at http://{}/ (stop with ctrl-C)", listener.local_addr()?);
        preview::serve(listener, files).await
    })
}
