//! A site that stands: its files are made when they are asked for, and kept for as long as it stands.
//!
//! [`begin`] takes a loaded site. It renders the pages that are open, and one page of each kind if templates may
//! have changed; only if all of them can be rendered does the site take the place of the one before it.
//! Later, when nobody has changed anything for a while, every page is looked at, since links and addresses are known
//! of finished pages only.

use std::collections::{BTreeMap, HashSet};
use std::sync::{Arc, Mutex, OnceLock, mpsc};
use std::thread;
use std::time::Duration;

use hyper::body::Bytes;
use memchr::memmem;
use rayon::prelude::*;

use super::origin;
use super::overlay;
use super::stage::{Answer, Desk, File, Queue, Stage, lock};
use crate::diagnostic::{Problem, Problems};
use crate::pipeline::Loaded;
use crate::publish::{self, Sink, links};
use crate::render::{Options, Output, Page, Renderer, urls};
use crate::search;
use crate::site::Site;

/// Bytes of finished files that are kept; beyond these all are made anew.
const KEPT: usize = 64 * 1024 * 1024;
/// Open pages that are rendered before a site stands.
const FIRST: usize = 16;
/// How long nothing may change before every page is looked at.
const LATE: Duration = Duration::from_millis(500);
/// Sites with more pages are looked at by `check` and `build` only.
const LATE_PAGES: usize = 20_000;

/// A site that stands, as far as every page is told of it.
#[derive(Debug)]
pub(super) struct Standing {
    /// A hash of the theme's styles.
    pub(super) style: String,
    /// Addresses of drafts and proposals, as JSON.
    pub(super) marks: Arc<str>,
}

/// Told of errors that were found in finished pages.
pub(super) type Late = Arc<dyn Fn(&Loaded, &[Problem]) + Send + Sync>;

/// Lets a site stand in the place of the one before it.
///
/// # Errors
/// Why it cannot be shown; the one before it still stands then.
pub(super) fn begin(
    stage: &Arc<Stage>,
    loaded: Arc<Loaded>,
    thorough: bool,
    late: Late,
) -> Result<Standing, Vec<Problem>> {
    let (verdict, heard) = mpsc::channel();
    let stage = Arc::clone(stage);
    thread::spawn(move || stand(&stage, &loaded, thorough, &late, &verdict));
    // A thread that ends without a word has panicked, and has said so on standard error.
    heard.recv().unwrap_or_else(|_| Err(vec![Problem::error("template", "the site cannot be rendered")]))
}

fn stand(
    stage: &Arc<Stage>,
    loaded: &Loaded,
    thorough: bool,
    late: &Late,
    verdict: &mpsc::Sender<Result<Standing, Vec<Problem>>>,
) {
    let house = match House::new(loaded).and_then(|house| {
        house.try_out(&stage.open_paths(), thorough)?;
        Ok(house)
    }) {
        Ok(house) => house,
        Err(problems) => {
            // Whoever waited has gone only if the preview ends.
            let _ = verdict.send(Err(problems));
            return;
        }
    };
    let desk = Arc::new(Desk::default());
    stage.stand(Arc::clone(&desk));
    let _ = verdict.send(Ok(house.standing()));
    let workers = thread::available_parallelism().map_or(2, usize::from);
    thread::scope(|scope| {
        for _ in 1..workers {
            scope.spawn(|| house.work(&desk.pages));
        }
        scope.spawn(|| house.work(&desk.slow));
        scope.spawn(|| house.look_through(stage, &desk, late));
        house.work(&desk.pages);
    });
}

/// A loaded site with its renderer.
struct House<'a> {
    loaded: &'a Loaded,
    site: &'a Site,
    renderer: Renderer<'a>,
    kept: Mutex<Kept>,
    index: OnceLock<BTreeMap<String, Bytes>>,
}

#[derive(Default)]
struct Kept {
    files: BTreeMap<String, Answer>,
    bytes: usize,
}

impl<'a> House<'a> {
    fn new(loaded: &'a Loaded) -> Result<Self, Vec<Problem>> {
        let site = loaded.site.as_ref().ok_or_else(Vec::new)?;
        let base_url = site.settings.base_url.as_ref().map(|url| urls::base(url.get_ref()));
        let base_url = base_url.transpose().map_err(|problem| vec![problem])?;
        let options = Options { base_url, ..Options::default() };
        let renderer = Renderer::new(site, &loaded.tree, &loaded.verification, &options)?;
        Ok(House { loaded, site, renderer, kept: Mutex::default(), index: OnceLock::new() })
    }

    /// Renders what is open, and if asked for one page of each kind.
    fn try_out(&self, open: &[String], thorough: bool) -> Result<(), Vec<Problem>> {
        let mut pages: Vec<Page> = open.iter().filter_map(|path| self.renderer.find(path)).take(FIRST).collect();
        if thorough {
            let mut kinds = HashSet::new();
            let mut all = self.renderer.pages();
            all.retain(|page| kinds.insert(std::mem::discriminant(page)));
            // Only these are made by templates.
            all.retain(|page| {
                let path = self.renderer.path(*page);
                path.ends_with(".html") || path.ends_with(".xml")
            });
            pages.extend(all);
        }
        let found: Vec<Problem> = pages.par_iter().filter_map(|page| self.file(*page).err()).collect();
        if found.is_empty() {
            return Ok(());
        }
        let mut problems = Problems::default();
        problems.extend(found);
        Err(problems.sorted())
    }

    fn standing(&self) -> Standing {
        let mut hasher = blake3::Hasher::new();
        for asset in self.renderer.assets().iter().filter(|a| a.path.ends_with(".css")) {
            hasher.update(asset.path.as_bytes()).update(&asset.bytes);
        }
        let marks: BTreeMap<String, &str> =
            origin::marked(self.site).into_iter().map(|(address, mark)| (address, mark.name())).collect();
        Standing {
            style: hasher.finalize().to_hex()[..32].to_owned(),
            marks: serde_json::json!(marks).to_string().into(),
        }
    }

    /// Answers questions until another site stands.
    fn work(&self, queue: &Queue) {
        while let Some(question) = queue.take() {
            // Whoever asked may have gone.
            let _ = question.reply.send(self.answer(&question.path));
        }
    }

    fn answer(&self, path: &str) -> Answer {
        if let Some(answer) = lock(&self.kept).files.get(path) {
            return answer.clone();
        }
        if let Some(page) = self.renderer.find(path) {
            return self.file(page).map_or_else(|problem| self.failed(&[problem]), Answer::File);
        }
        if path == publish::MANIFEST {
            return self.manifest();
        }
        if path.starts_with("search/") && self.renderer.searches() {
            let index = self.index.get_or_init(|| {
                search::index(self.site).into_iter().map(|output| (output.path, output.bytes.into())).collect()
            });
            if let Some(bytes) = index.get(path) {
                return Answer::File(Arc::new(plain_file(path, bytes.clone())));
            }
        }
        if !path.is_empty() && self.renderer.find(&format!("{path}/index.html")).is_some() {
            return Answer::Folder;
        }
        match self.file(Page::NotFound) {
            Ok(file) => Answer::Missing(file),
            Err(problem) => self.failed(&[problem]),
        }
    }

    /// A page, made now or before.
    fn file(&self, page: Page) -> Result<Arc<File>, Problem> {
        let path = self.renderer.path(page);
        if let Some(Answer::File(file)) = lock(&self.kept).files.get(&path) {
            return Ok(Arc::clone(file));
        }
        let output = self.renderer.render(page)?;
        let file = Arc::new(File {
            version: self.version(&output),
            files: origin::files(self.site, &self.loaded.tree, page),
            marks: origin::marks(self.site, page),
            path: output.path,
            bytes: output.bytes.into(),
        });
        self.keep(path, Answer::File(Arc::clone(&file)), file.bytes.len());
        Ok(file)
    }

    fn keep(&self, path: String, answer: Answer, size: usize) {
        let mut kept = lock(&self.kept);
        if kept.bytes + size > KEPT {
            *kept = Kept::default();
        }
        kept.bytes += size;
        kept.files.insert(path, answer);
    }

    /// A hash of a page and of the scripts and images in it. Styles are left out: they change without a reload.
    fn version(&self, output: &Output) -> String {
        const SOURCE: &[u8] = b" src=\"";
        let mut hasher = blake3::Hasher::new();
        hasher.update(&output.bytes);
        if output.path.ends_with(".html") {
            for at in memmem::find_iter(&output.bytes, SOURCE) {
                let rest = &output.bytes[at + SOURCE.len()..];
                let end = memchr::memchr(b'"', rest).unwrap_or(rest.len());
                let address = String::from_utf8_lossy(&rest[..end]);
                let part = links::resolve(&output.path, &address);
                if let Some(asset) = self.renderer.assets().iter().find(|a| Some(&a.path) == part.as_ref()) {
                    hasher.update(&asset.bytes);
                }
            }
        }
        hasher.finalize().to_hex()[..32].to_owned()
    }

    /// The manifest has the hash of every file, so all of them are made.
    fn manifest(&self) -> Answer {
        let sink = OnlyManifest::default();
        let made = publish::make(self.site, &self.renderer, &sink);
        match (made, lock(&sink.0).take()) {
            (Ok(_), Some(bytes)) => {
                let file = Arc::new(plain_file(publish::MANIFEST, bytes));
                self.keep(publish::MANIFEST.to_owned(), Answer::File(Arc::clone(&file)), file.bytes.len());
                Answer::File(file)
            }
            (Err(problems), _) => self.failed(&problems),
            (Ok(_), None) => self.failed(&[]),
        }
    }

    fn failed(&self, problems: &[Problem]) -> Answer {
        let files = overlay::texts(&self.loaded.tree, problems);
        let all: Vec<&Problem> = problems.iter().collect();
        Answer::Failed(overlay::html(&all, &files).into())
    }

    /// Makes every page for its links and addresses, unless another site comes to stand meanwhile.
    fn look_through(&self, stage: &Stage, desk: &Desk, late: &Late) {
        // Errors of this kind that are shown are looked for at once.
        let wait = if stage.now().late { Duration::ZERO } else { LATE };
        if desk.gone_within(wait) {
            return;
        }
        let pages = self.renderer.pages();
        let mut problems = Problems::default();
        if pages.len() <= LATE_PAGES {
            let mut files = BTreeMap::new();
            let mut found = Vec::new();
            for page in pages {
                if desk.is_gone() {
                    return;
                }
                match self.renderer.render(page) {
                    Ok(output) => {
                        if output.path.ends_with(".html") {
                            found.push(links::trace(page, &output));
                        }
                        if files.insert(output.path.clone(), (String::new(), output.bytes.len())).is_some() {
                            problems.push(publish::collision(&output.path));
                        }
                    }
                    Err(problem) => problems.push(problem),
                }
            }
            if !problems.has_errors() {
                problems.extend(links::check(self.site, &files, &found, |page| self.renderer.render(page).ok()));
            }
        }
        if !desk.is_gone() {
            late(self.loaded, &problems.sorted());
        }
    }
}

/// A file that is made from all of the site.
fn plain_file(path: &str, bytes: Bytes) -> File {
    let version = super::stage::short_hash(&bytes);
    File { path: path.to_owned(), bytes, version, files: Vec::new(), marks: Vec::new() }
}

/// Keeps the manifest, and nothing else.
#[derive(Default)]
struct OnlyManifest(Mutex<Option<Bytes>>);

impl Sink for OnlyManifest {
    fn put(&self, output: &Output) -> Result<(), Problem> {
        if output.path == publish::MANIFEST {
            *lock(&self.0) = Some(output.bytes.clone().into());
        }
        Ok(())
    }
}
