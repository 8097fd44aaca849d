//! From the Markdown parser's events to blocks and inlines.

use std::collections::BTreeSet;
use std::iter::Peekable;
use std::ops::Range;

use pulldown_cmark::{Alignment, CodeBlockKind, Event, HeadingLevel, LinkType, OffsetIter, Options, Parser, Tag};

use super::{Block, BlockKind, Citation, Digest, Inline, emphasis, footnote};
use crate::content::fields::{Lang, is_web_address};
use crate::content::unseen::{hidden, is_unseen};
use crate::diagnostic::Problem;
use crate::text::{is_chinese, is_id};

/// Blocks and inlines within each other beyond which a text is refused: all that follows walks them recursively.
const DEEPEST: usize = 64;

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_WIKILINKS
        // The old kind reports a reference whose definition is a target's id and stands elsewhere.
        | Options::ENABLE_OLD_FOOTNOTES
}

/// Parses a Markdown file.
pub fn parse(path: &str, text: &str, lang: Lang) -> (Digest, Vec<Problem>) {
    let (left, footnotes, mut problems) = footnote::cut(path, text);
    let shielded = left.contains('*').then(|| emphasis::shield(&left, &code_ranges(&left))).flatten();
    let parsed = shielded.as_deref().unwrap_or(&left);
    let events = Parser::new_ext(parsed, options()).into_offset_iter().peekable();
    problems.extend(hidden(path, text, 0..text.len()));
    let mut builder = Builder {
        path,
        original: &left,
        parsed,
        events,
        problems: Vec::new(),
        citations: Vec::new(),
        stars: Vec::new(),
        heading: None,
        depth: 0,
    };
    let blocks = builder.blocks();
    problems.extend(builder.problems);
    let stray = runs(&builder.stars);
    let digest = Digest { file: path.to_owned(), lang, blocks, footnotes, citations: builder.citations, stray };
    problems.extend(heading_ids(&digest));
    (digest, problems)
}

/// Runs of two and more among places of single characters, in order.
fn runs(places: &[usize]) -> Vec<Range<usize>> {
    places.chunk_by(|a, b| a + 1 == *b).filter(|run| run.len() > 1).map(|run| run[0]..run[0] + run.len()).collect()
}

/// Ranges of code and of link addresses, which emphasis does not touch.
fn code_ranges(text: &str) -> Vec<Range<usize>> {
    Parser::new_ext(text, options())
        .into_offset_iter()
        .filter(|(event, _)| {
            matches!(event, Event::Code(_) | Event::Start(Tag::CodeBlock(_)) | Event::Html(_) | Event::InlineHtml(_))
        })
        .map(|(_, range)| range)
        .collect()
}

fn heading_ids(digest: &Digest) -> Vec<Problem> {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut problems = Vec::new();
    for (id, _, span) in digest.headings() {
        if id.is_empty() {
            problems.push(
                Problem::error("heading-without-id", "the heading has no id")
                    .at(&digest.file, span.clone())
                    .help("end it with {#…}: lower-case ASCII, the same in both languages"),
            );
        } else if !is_id(id) {
            problems.push(
                Problem::error("bad-id", format!("`{id}` is not an id"))
                    .at(&digest.file, span.clone())
                    .help("ids are lower-case ASCII letters, digits and hyphens"),
            );
        } else if seen.contains(id) {
            problems.push(
                Problem::error("duplicate-id", format!("two headings have the id `{id}`"))
                    .at(&digest.file, span.clone())
                    .help("give one of them another id, in both languages"),
            );
        }
        seen.insert(id);
    }
    problems
}

struct Builder<'a> {
    path: &'a str,
    /// The text as written, definitions cut out.
    original: &'a str,
    /// The text as parsed, of the same length.
    parsed: &'a str,
    events: Peekable<OffsetIter<'a>>,
    problems: Vec<Problem>,
    citations: Vec<Citation>,
    /// Places of asterisks that are neither emphasis nor escaped.
    stars: Vec<usize>,
    heading: Option<String>,
    /// How many blocks and inlines enclose what is being read.
    depth: usize,
}

impl<'a> Builder<'a> {
    /// Goes one level down; `false` if that is too deep, and what stands there has been passed over.
    fn descend(&mut self) -> bool {
        self.depth += 1;
        if self.depth <= DEEPEST {
            return true;
        }
        self.depth -= 1;
        let at = self.events.peek().map_or(0, |(_, span)| span.start);
        if !self.problems.iter().any(|p| p.code == "too-deep") {
            let end = self.original[at..].find('\n').map_or(self.original.len(), |i| at + i);
            self.problems.push(
                Problem::error(
                    "too-deep",
                    format!("more than {DEEPEST} lists, quotations or marks stand in each other"),
                )
                .at(self.path, at..end)
                .help("no reader follows that: say it flat"),
            );
        }
        let mut open = 1usize;
        for (event, _) in self.events.by_ref() {
            match event {
                Event::Start(_) => open += 1,
                Event::End(_) => open -= 1,
                _ => {}
            }
            if open == 0 {
                break;
            }
        }
        false
    }

    /// Blocks up to the end of the enclosing one.
    fn blocks(&mut self) -> Vec<Block> {
        let mut out = Vec::new();
        if !self.descend() {
            return out;
        }
        while let Some((event, _)) = self.events.peek() {
            match event {
                Event::End(_) => {
                    self.events.next();
                    break;
                }
                Event::Start(tag) if is_block(tag) => {
                    if let Some((Event::Start(tag), span)) = self.events.next()
                        && let Some(kind) = self.block(tag, span.clone())
                    {
                        out.push(Block { kind, span });
                    }
                }
                Event::Rule => {
                    if let Some((_, span)) = self.events.next() {
                        out.push(Block { kind: BlockKind::Rule, span });
                    }
                }
                Event::Html(_) => self.refuse_html(),
                // A tight list's item holds words without a paragraph around them.
                _ => {
                    let start = self.events.peek().map_or(0, |(_, s)| s.start);
                    let words = self.inlines(true);
                    // What ends the words is the item's own end, or a list within it.
                    let end = match self.events.peek() {
                        None => self.original.len(),
                        Some((Event::End(_), s)) => s.end,
                        Some((_, s)) => s.start,
                    };
                    let end = start + self.original.get(start..end).unwrap_or_default().trim_end().len();
                    out.push(Block { kind: BlockKind::Paragraph(words), span: start..end });
                }
            }
        }
        self.depth -= 1;
        out
    }

    fn block(&mut self, tag: Tag<'a>, span: Range<usize>) -> Option<BlockKind> {
        Some(match tag {
            Tag::Paragraph => BlockKind::Paragraph(self.inlines(false)),
            Tag::Heading { level, id, .. } => {
                let id = id.map(|id| id.to_string()).unwrap_or_default();
                self.heading = Some(id.clone());
                BlockKind::Heading { level: level_number(level), id, words: self.inlines(false) }
            }
            Tag::List(start) => {
                let mut items = Vec::new();
                while let Some((event, _)) = self.events.next() {
                    match event {
                        Event::Start(Tag::Item) => items.push(self.blocks()),
                        _ => break,
                    }
                }
                BlockKind::List { start, items }
            }
            Tag::BlockQuote(_) => BlockKind::Quotation(self.blocks()),
            Tag::CodeBlock(kind) => {
                let language = match kind {
                    CodeBlockKind::Fenced(info) => info.split([' ', ',']).next().unwrap_or_default().to_owned(),
                    CodeBlockKind::Indented => String::new(),
                };
                let mut text = String::new();
                while let Some((Event::Text(part), _)) = self.events.next() {
                    text.push_str(&part);
                }
                BlockKind::Code { language, text }
            }
            Tag::Table(alignments) => self.table(&alignments),
            Tag::HtmlBlock => {
                self.refuse_html_at(span);
                while self.events.next().is_some_and(|(event, _)| !matches!(event, Event::End(_))) {}
                return None;
            }
            _ => {
                // Not enabled in the options: nothing else is a block.
                let _ = self.blocks();
                return None;
            }
        })
    }

    fn table(&mut self, alignments: &[Alignment]) -> BlockKind {
        let mut header = Vec::new();
        let mut rows = Vec::new();
        while let Some((event, _)) = self.events.next() {
            match event {
                Event::Start(Tag::TableHead) => header = self.cells(),
                Event::Start(Tag::TableRow) => rows.push(self.cells()),
                _ => break,
            }
        }
        let numeric = alignments.iter().map(|a| *a == Alignment::Right).collect();
        BlockKind::Table { numeric, header, rows }
    }

    fn cells(&mut self) -> Vec<Vec<Inline>> {
        let mut out = Vec::new();
        while let Some((event, _)) = self.events.next() {
            match event {
                Event::Start(Tag::TableCell) => out.push(self.inlines(false)),
                _ => break,
            }
        }
        out
    }

    /// Inlines up to the end of the enclosing tag, which is taken; or, `loose`, up to where the
    /// words of a tight item end, which is left.
    fn inlines(&mut self, loose: bool) -> Vec<Inline> {
        let mut out: Vec<Inline> = Vec::new();
        if !self.descend() {
            return out;
        }
        while let Some((event, _)) = self.events.peek() {
            if loose {
                let ends = match event {
                    Event::End(_) | Event::Rule => true,
                    Event::Start(tag) => is_block(tag),
                    _ => false,
                };
                if ends {
                    break;
                }
            }
            let Some((event, span)) = self.events.next() else { break };
            match event {
                Event::End(_) => break,
                Event::Text(text) => {
                    if text.contains(is_unseen) && self.decoded(&span) {
                        self.problems.extend(hidden(self.path, &text, span.clone()));
                    }
                    let words = self.words(&text, span);
                    match out.last_mut() {
                        Some(Inline::Text(last)) => last.push_str(&words),
                        _ => out.push(Inline::Text(words)),
                    }
                }
                Event::Code(code) => out.push(Inline::Code(code.to_string())),
                Event::SoftBreak if self.breaks_between_chinese(&out) => {}
                Event::SoftBreak => out.push(Inline::Text(" ".to_owned())),
                Event::HardBreak => out.push(Inline::Break),
                Event::FootnoteReference(label) => {
                    out.push(Inline::Citation(self.citations.len()));
                    self.citations.push(Citation { label: label.to_string(), span, heading: self.heading.clone() });
                }
                Event::InlineHtml(_) | Event::Html(_) => self.refuse_html_at(span),
                Event::Start(tag) => {
                    if let Some(inline) = self.inline(tag, span) {
                        out.push(inline);
                    }
                }
                _ => {}
            }
        }
        self.depth -= 1;
        out
    }

    fn inline(&mut self, tag: Tag<'a>, span: Range<usize>) -> Option<Inline> {
        match tag {
            Tag::Emphasis => Some(Inline::Emphasis(self.inlines(false))),
            Tag::Strong => Some(Inline::Strong(self.inlines(false))),
            Tag::Strikethrough => Some(Inline::Deleted(self.inlines(false))),
            Tag::Link { link_type: LinkType::WikiLink { has_pothole }, dest_url, .. } => {
                let words = self.inlines(false);
                // In a table the bar is written `\|`.
                let target = dest_url.strip_suffix('\\').unwrap_or(&dest_url).trim().to_owned();
                Some(Inline::Reference { target, words: has_pothole.then_some(words), span })
            }
            Tag::Link { link_type, dest_url, .. } => {
                let words = self.inlines(false);
                let to = match link_type {
                    LinkType::Email => format!("mailto:{dest_url}"),
                    _ => dest_url.to_string(),
                };
                if !is_safe_address(&to) {
                    self.problems.push(
                        Problem::error("unsafe-link", format!("`{to}` is not an address that a page may link to"))
                            .at(self.path, span)
                            .help("link to http, https or mailto, or to a page of the site"),
                    );
                    return None;
                }
                Some(Inline::Link { to, words, span })
            }
            Tag::Image { .. } => {
                let _ = self.inlines(false);
                self.problems
                    .push(Problem::error("image", "digests have no images").at(self.path, span).help("take it out"));
                None
            }
            _ => {
                let _ = self.inlines(false);
                None
            }
        }
    }

    /// Whether what stands at a place is a reference to a character, not the character.
    fn decoded(&self, span: &Range<usize>) -> bool {
        !self.original.get(span.clone()).unwrap_or_default().contains(is_unseen)
    }

    /// The words of a text event as they stand in the original text.
    fn words(&mut self, text: &str, span: Range<usize>) -> String {
        let written = self.original.get(span.clone()).unwrap_or_default();
        let escaped = |i: usize| self.original[..span.start + i].ends_with('\\');
        let stars = written.match_indices('*').map(|(i, _)| i).filter(|i| !escaped(*i));
        self.stars.extend(stars.map(|i| span.start + i));
        match (self.parsed.get(span.clone()), self.original.get(span)) {
            (Some(parsed), Some(original)) if parsed == text => original.to_owned(),
            _ => text.to_owned(),
        }
    }

    /// Whether a soft break stands between two Chinese characters, where it is no space
    /// (CSS Text 4, section 4.1.3).
    fn breaks_between_chinese(&mut self, before: &[Inline]) -> bool {
        let left = last_char(before);
        let right = match self.events.peek() {
            Some((Event::Text(text), span)) => self.original.get(span.clone()).unwrap_or(text).chars().next(),
            // What opens emphasis or a link: the first letter within.
            Some((Event::Start(_), span)) => {
                self.original[span.clone()].chars().find(|c| !matches!(c, '*' | '[' | '_' | '~'))
            }
            _ => None,
        };
        left.is_some_and(is_chinese) && right.is_some_and(is_chinese)
    }

    fn refuse_html(&mut self) {
        if let Some((_, span)) = self.events.next() {
            self.refuse_html_at(span);
        }
    }

    fn refuse_html_at(&mut self, span: Range<usize>) {
        let text = self.original[span.clone()].trim_end();
        let span = span.start..span.start + text.len();
        self.problems.push(
            Problem::error("raw-html", "a digest holds no HTML")
                .at(self.path, span)
                .help("say it in Markdown; for a plain `<` write `\\<`"),
        );
    }
}

fn last_char(inlines: &[Inline]) -> Option<char> {
    inlines.iter().rev().find_map(|i| match i {
        Inline::Text(text) | Inline::Code(text) => text.chars().next_back(),
        Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Deleted(inner) => last_char(inner),
        Inline::Link { words, .. } | Inline::Reference { words: Some(words), .. } => last_char(words),
        // A citation mark is set as nothing between two words.
        Inline::Citation(_) | Inline::Reference { words: None, .. } | Inline::Break => None,
    })
}

fn is_block(tag: &Tag<'_>) -> bool {
    !matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. })
}

fn level_number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

/// Whether an address is http or https, written in full, or mailto, or relative.
fn is_safe_address(address: &str) -> bool {
    if address.contains(|c: char| c.is_control() || is_unseen(c)) || address.starts_with("//") {
        return false;
    }
    let scheme = address.split(['/', '?', '#']).next().unwrap_or_default();
    match scheme.split_once(':') {
        None => true,
        Some((scheme, _)) => scheme.eq_ignore_ascii_case("mailto") || is_web_address(address),
    }
}

#[cfg(test)]
mod tests {
    use super::super::plain;
    use super::*;

    fn digest(text: &str) -> (Digest, Vec<Problem>) {
        parse("d.md", text, Lang::Zh)
    }

    fn words(text: &str) -> String {
        let (digest, problems) = digest(text);
        assert!(problems.is_empty(), "{problems:?}");
        match &digest.blocks[0].kind {
            BlockKind::Paragraph(words) => plain(words),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn soft_breaks() {
        assert_eq!(words("到2027年，\n力争突破"), "到2027年，力争突破");
        assert_eq!(words("规模\n**突破**"), "规模突破");
        assert_eq!(words("the life\nindustry"), "the life industry");
        assert_eq!(words("使用 AI\n技术"), "使用 AI 技术");
    }

    #[test]
    fn items_span_their_own_words() {
        let text = "- 甲一[^a]\n- 乙二\n  - 丙三\n\n[^a]: 甲\n";
        let (digest, _) = digest(text);
        let mut found = Vec::new();
        fn spans<'a>(blocks: &[Block], text: &'a str, found: &mut Vec<&'a str>) {
            for block in blocks {
                match &block.kind {
                    BlockKind::List { items, .. } => items.iter().for_each(|i| spans(i, text, found)),
                    _ => found.push(text[block.span.clone()].trim()),
                }
            }
        }
        spans(&digest.blocks, text, &mut found);
        assert_eq!(found, ["甲一[^a]", "乙二", "丙三"]);
    }

    #[test]
    fn citations_and_references() {
        let text = "## 目标 {#goals}\n\n到2027年。[^a][^hubei/b]见[[wuhan|武汉]]。\n\n| 甲 | 乙 |\n|---|---:|\n| [[term:mah\\|持有人]][^c] | 2 |\n\n[^a]: 到2027年\n";
        let (digest, problems) = digest(text);
        assert!(problems.is_empty(), "{problems:?}");
        let labels: Vec<_> = digest.citations.iter().map(|c| (c.label.as_str(), c.heading.as_deref())).collect();
        assert_eq!(labels, [("a", Some("goals")), ("hubei/b", Some("goals")), ("c", Some("goals"))]);
        let mut references = Vec::new();
        digest.each_inline(&mut |i| {
            if let Inline::Reference { target, words, .. } = i {
                references.push((target.clone(), words.as_ref().map(|w| plain(w))));
            }
        });
        assert_eq!(
            references,
            [("wuhan".to_owned(), Some("武汉".to_owned())), ("term:mah".to_owned(), Some("持有人".to_owned()))]
        );
        assert!(
            matches!(&digest.blocks[2].kind, BlockKind::Table { numeric, rows, .. } if numeric == &[false, true] && rows.len() == 1)
        );
    }

    #[test]
    fn refusals() {
        let codes = |text: &str| digest(text).1.iter().map(|p| p.code).collect::<Vec<_>>();
        assert_eq!(codes("<b>甲</b>"), ["raw-html", "raw-html"]);
        assert_eq!(codes("<script>alert(1)</script>\n"), ["raw-html"]);
        assert_eq!(codes("[甲](javascript:alert(1))"), ["unsafe-link"]);
        assert_eq!(codes("[甲](JavaScript:alert(1))"), ["unsafe-link"]);
        for address in
            ["vbscript:x", "data:text/html,x", "//a.b/c", "https:a", "https:///a", "&#106;avascript:x", "a&#8;b"]
        {
            assert_eq!(codes(&format!("[甲](<{address}>)")), ["unsafe-link"], "{address}");
        }
        assert_eq!(codes("[甲](HTTPS://a.b/c) [乙](mailto:a@b.c) [丙](../d/)"), [""; 0]);
        for deep in
            [">".repeat(10_000), "- ".repeat(10_000), "*甲 ".repeat(10_000) + &"*".repeat(10_000), "[".repeat(10_000)]
        {
            assert!(codes(&format!("{deep} 甲\n")).iter().all(|c| *c == "too-deep"), "{}", &deep[..9]);
        }
        assert_eq!(codes(&">".repeat(200)), ["too-deep"]);
        assert_eq!(codes(&format!("{} 甲\n", ">".repeat(20))), [""; 0]);
        assert_eq!(codes("甲\u{202E}乙"), ["hidden-character"]);
        assert_eq!(codes("甲&#x202e;乙 `丙`"), ["hidden-character"]);
        assert_eq!(codes("甲[^a]\n\n[^a]: 乙\u{200B}丙"), ["hidden-character"]);
        assert_eq!(codes("![甲](a.png)"), ["image"]);
        assert_eq!(codes("## 甲\n"), ["heading-without-id"]);
        assert_eq!(codes("## 甲 {#a}\n\n## 乙 {#a}\n"), ["duplicate-id"]);
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "[#*_`~\\[\\]()<>|!\\-+=^:{}\\n 0-9a-z甲乙，。“”\\\\]{0,120}") {
            let (digest, _) = digest(&text);
            for note in &digest.footnotes {
                proptest::prop_assert_eq!(&text[note.quote_span.clone()], note.quote.text.as_str());
            }
            for citation in &digest.citations {
                proptest::prop_assert!(text.get(citation.span.clone()).is_some());
            }
        }
    }

    #[test]
    fn lists_tight_and_loose() {
        let (digest, _) = digest("- 甲[^a]\n- 乙\n  - 丙\n\n1. 丁\n\n2. 戊\n");
        assert_eq!(digest.blocks.len(), 2);
        match &digest.blocks[0].kind {
            BlockKind::List { start: None, items } => {
                assert_eq!((items.len(), items[1].len()), (2, 2));
            }
            other => panic!("{other:?}"),
        }
    }
}
