//! Templates and theme: a site's own where it has them, else those compiled into the binary.

use std::collections::{BTreeMap, BTreeSet};

use tera::{ErrorKind, Kwargs, State, Tera, Value};

use super::{Output, compact, html};
use crate::content::fields::Lang;
use crate::diagnostic::Problem;
use crate::read::Tree;

/// The templates compiled in. A test holds this list against the folder.
const TEMPLATES: &[(&str, &str)] = &[
    ("404.html", include_str!("../../templates/404.html")),
    ("agencies.html", include_str!("../../templates/agencies.html")),
    ("agency.html", include_str!("../../templates/agency.html")),
    ("base.html", include_str!("../../templates/base.html")),
    ("chart.html", include_str!("../../templates/chart.html")),
    ("chooser.html", include_str!("../../templates/chooser.html")),
    ("compare.html", include_str!("../../templates/compare.html")),
    ("feed.xml", include_str!("../../templates/feed.xml")),
    ("glossary.html", include_str!("../../templates/glossary.html")),
    ("guide.html", include_str!("../../templates/guide.html")),
    ("home.html", include_str!("../../templates/home.html")),
    ("indicator.html", include_str!("../../templates/indicator.html")),
    ("parallel.html", include_str!("../../templates/parallel.html")),
    ("parts.html", include_str!("../../templates/parts.html")),
    ("place.html", include_str!("../../templates/place.html")),
    ("places.html", include_str!("../../templates/places.html")),
    ("policies.html", include_str!("../../templates/policies.html")),
    ("policy.html", include_str!("../../templates/policy.html")),
    ("search.html", include_str!("../../templates/search.html")),
    ("sitemap.xml", include_str!("../../templates/sitemap.xml")),
    ("source.html", include_str!("../../templates/source.html")),
    ("target.html", include_str!("../../templates/target.html")),
    ("targets.html", include_str!("../../templates/targets.html")),
    ("verification.html", include_str!("../../templates/verification.html")),
    ("topic.html", include_str!("../../templates/topic.html")),
    ("topics.html", include_str!("../../templates/topics.html")),
    ("versus.html", include_str!("../../templates/versus.html")),
];

/// The theme compiled in.
const GAZETTE: &[(&str, &[u8])] = &[
    ("card.en.png", include_bytes!("../../themes/gazette/card.en.png")),
    ("card.zh.png", include_bytes!("../../themes/gazette/card.zh.png")),
    ("icon.svg", include_bytes!("../../themes/gazette/icon.svg")),
    ("search.js", include_bytes!("../../themes/gazette/search.js")),
    ("site.js", include_bytes!("../../themes/gazette/site.js")),
    ("strings.en.toml", include_bytes!("../../themes/gazette/strings.en.toml")),
    ("strings.zh.toml", include_bytes!("../../themes/gazette/strings.zh.toml")),
    ("style.css", include_bytes!("../../themes/gazette/style.css")),
];

/// Templates and theme files compiled in, by the paths at which a site puts its own.
pub fn compiled_in() -> impl Iterator<Item = (String, &'static [u8])> {
    let templates = TEMPLATES.iter().map(|(name, text)| (format!("templates/{name}"), text.as_bytes()));
    templates.chain(GAZETTE.iter().map(|(name, bytes)| (format!("themes/gazette/{name}"), *bytes)))
}

/// A theme: the interface's words, and files to publish under `assets/`.
#[derive(Clone, Debug)]
pub struct Theme {
    /// Words in Chinese and English, by key.
    pub words: [BTreeMap<String, String>; 2],
    /// Files to publish.
    pub assets: Vec<Output>,
}

impl Theme {
    /// Loads the theme that a site names.
    ///
    /// # Errors
    /// A theme that is neither compiled in nor in `themes/`, or words that are not equal in both languages.
    pub fn load(tree: &Tree, name: &str) -> Result<Self, Vec<Problem>> {
        let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
        if name == "gazette" {
            files.extend(GAZETTE.iter().map(|(path, bytes)| ((*path).to_owned(), bytes.to_vec())));
        }
        let folder = format!("themes/{name}/");
        files.extend(tree.below(&folder).map(|(path, bytes)| (path[folder.len()..].to_owned(), bytes.to_vec())));
        if files.is_empty() {
            return Err(vec![
                Problem::error("no-theme", format!("there is no theme `{name}`"))
                    .in_file("site.toml")
                    .help(format!("put it into themes/{name}/, or write theme = \"gazette\"")),
            ]);
        }
        let mut problems = Vec::new();
        let words = Lang::BOTH.map(|lang| {
            let file = format!("strings.{}.toml", lang.code());
            let text = files.remove(&file).unwrap_or_default();
            let text = String::from_utf8_lossy(&text);
            toml::from_str::<BTreeMap<String, String>>(&text).unwrap_or_else(|error| {
                problems.push(
                    Problem::error("toml", error.message().to_owned())
                        .at(&format!("{folder}{file}"), error.span().unwrap_or(0..0)),
                );
                BTreeMap::new()
            })
        });
        problems.extend(unequal_words(&folder, &words));
        if !problems.is_empty() {
            return Err(problems);
        }
        let assets = files.into_iter().map(asset).collect();
        Ok(Theme { words, assets })
    }
}

/// A file of the theme as it is published.
fn asset((path, bytes): (String, Vec<u8>)) -> Output {
    let bytes = match String::from_utf8(bytes) {
        Ok(text) if path.ends_with(".css") => compact::css(&text).into_bytes(),
        Ok(text) => text.into_bytes(),
        Err(other) => other.into_bytes(),
    };
    Output { path: format!("assets/{path}"), bytes }
}

fn unequal_words(folder: &str, words: &[BTreeMap<String, String>; 2]) -> Vec<Problem> {
    let keys: [BTreeSet<&String>; 2] = [words[0].keys().collect(), words[1].keys().collect()];
    let mut problems = Vec::new();
    for lang in Lang::BOTH {
        let (own, other) = (&keys[lang.index()], &keys[lang.other().index()]);
        for key in other.difference(own) {
            problems.push(
                Problem::error("missing-translation", format!("the interface string `{key}` is missing"))
                    .in_file(&format!("{folder}strings.{}.toml", lang.code()))
                    .help("the strings of both languages have the same keys"),
            );
        }
    }
    problems
}

/// Loads the templates, with a filter `kept(lang)` for words of the content that are escaped here: figures
/// stay with their units, and Chinese in English words has its language. A site's own take the place of those compiled in, name by name.
///
/// # Errors
/// A template that does not parse.
pub(super) fn templates(tree: &Tree) -> Result<Tera, Vec<Problem>> {
    let mut texts: BTreeMap<&str, &str> = TEMPLATES.iter().copied().collect();
    let mut problems = Vec::new();
    for (path, _) in tree.below("templates/") {
        match tree.text(path) {
            Some(Ok(text)) => {
                texts.insert(&path["templates/".len()..], text);
            }
            Some(Err(problem)) => problems.push(problem),
            None => {}
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let mut tera = Tera::new();
    tera.autoescape_on([".html", ".xml"]);
    tera.set_escape_fn(|text, out| {
        let mut escaped = String::with_capacity(text.len());
        html::escape(&mut escaped, text);
        out.write_all(escaped.as_bytes())
    });
    tera.register_filter("kept", |text: &str, words: Kwargs, _: &State| -> tera::TeraResult<Value> {
        let lang = if words.get::<&str>("lang")? == Some("en") { Lang::En } else { Lang::Zh };
        let mut out = String::with_capacity(text.len());
        html::write_text(&mut out, lang, text);
        Ok(Value::safe_string(&out))
    });
    tera.add_raw_templates(texts).map_err(|error| vec![template_problem("", &error)])?;
    Ok(tera)
}

/// A template's error as a problem, at its place in the template.
pub(super) fn template_problem(name: &str, error: &tera::Error) -> Problem {
    let problem = match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            Problem::error("template", report.message().to_owned())
                .at(&format!("templates/{}", report.filename()), report.span().range.clone())
        }
        _ => Problem::error("template", error.to_string()).in_file(&format!("templates/{name}")),
    };
    problem.help("templates are written for Tera 2; without your copy, the built-in one is used again")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    fn names(folder: &str) -> BTreeSet<String> {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        std::fs::read_dir(path)
            .expect("the folder is part of the repository")
            .map(|e| e.expect("its entries can be read").file_name().to_string_lossy().into_owned())
            .collect()
    }

    #[test]
    fn all_templates_and_theme_files_are_compiled_in() {
        assert_eq!(TEMPLATES.iter().map(|(n, _)| (*n).to_owned()).collect::<BTreeSet<_>>(), names("templates"));
        assert_eq!(GAZETTE.iter().map(|(n, _)| (*n).to_owned()).collect::<BTreeSet<_>>(), names("themes/gazette"));
    }

    #[test]
    fn unequal_words_are_a_problem() {
        let files = [
            ("themes/t/strings.zh.toml".to_owned(), b"a = '1'\nb = '2'\n".to_vec()),
            ("themes/t/strings.en.toml".to_owned(), b"a = '1'\n".to_vec()),
        ];
        let problems = Theme::load(&Tree::from_files(files), "t").expect_err("a key is missing in English");
        assert_eq!(problems[0].message, "the interface string `b` is missing");
    }
}
