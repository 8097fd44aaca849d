//! From a page saved from the web to text: a line a block, tables as rows parted by tabs.
//!
//! Scripts, styles, forms and navigation are left out, and so are blocks that are mostly links. What is left
//! of the page's own furniture (a date, a share button) a curator takes out with the record's `noise`.

use std::collections::BTreeMap;

use html5gum::{DefaultEmitter, Token, Tokenizer};

use crate::text::{is_blank, is_chinese};

/// Elements whose content is no text of the document.
const SKIPPED: &str = "script style head noscript template svg nav \
    header footer aside form button select iframe \
    object audio video canvas textarea map";

/// Elements without an end.
const VOID: &str = "area base br col embed hr img input link meta \
    param source track wbr";

/// Elements that begin and end a block.
const BLOCKS: &str = "p div h1 h2 h3 h4 h5 h6 li ul ol dl dt dd \
    section article main blockquote pre figure \
    figcaption center address body html fieldset \
    details summary hr caption";

/// Classes and ids of what belongs to the page and not to the document.
const FURNITURE: &str = "footer foot copyright breadcrumb breadcrumbs crumbs navbar nav navigation sidebar pagination";

/// Whether a name is one of a list.
fn is_one(name: &str, list: &'static str) -> bool {
    super::plain::each(list).any(|n| n == name)
}

/// The text of a page.
pub(super) fn text(page: &str) -> String {
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let mut writer = Writer::default();
    // Reading from memory cannot fail.
    for token in Tokenizer::new_with_emitter(page, emitter).flatten() {
        match token {
            Token::StartTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).to_ascii_lowercase();
                let attribute = |key: &str| {
                    tag.attributes
                        .iter()
                        .find(|(k, _)| k.as_slice() == key.as_bytes())
                        .map(|(_, v)| String::from_utf8_lossy(&v.value).into_owned())
                };
                writer.start(&name, tag.self_closing, attribute);
            }
            Token::EndTag(tag) => writer.end(&String::from_utf8_lossy(&tag.name).to_ascii_lowercase()),
            Token::String(words) => writer.words(&String::from_utf8_lossy(&words.value)),
            _ => {}
        }
    }
    writer.finish()
}

/// A table in the making.
#[derive(Default)]
struct Table {
    row: Vec<String>,
    cell: Option<Cell>,
    /// For each column: rows below that a cell above still covers.
    covered: BTreeMap<usize, usize>,
}

#[derive(Default)]
struct Cell {
    words: String,
    columns: usize,
    rows: usize,
}

#[derive(Default)]
struct Writer {
    lines: Vec<String>,
    block: String,
    /// Characters of the block, and those of them within links.
    all: usize,
    linked: usize,
    links: usize,
    skipping: Vec<String>,
    table: Option<Table>,
    /// Tables within cells are text of the cell.
    depth: usize,
}

impl Writer {
    fn start(&mut self, name: &str, closed: bool, attribute: impl Fn(&str) -> Option<String>) {
        if !self.skipping.is_empty() || is_one(name, SKIPPED) {
            if !closed && !is_one(name, VOID) && (is_one(name, SKIPPED) || self.skipping.iter().any(|s| s == name)) {
                self.skipping.push(name.to_owned());
            }
            return;
        }
        let furniture = |key| {
            let words = attribute(key).unwrap_or_default().to_ascii_lowercase();
            words.split_ascii_whitespace().any(|w| is_one(w, FURNITURE))
        };
        if !closed && is_one(name, "div section ul") && self.depth == 0 && (furniture("class") || furniture("id")) {
            self.part();
            self.skipping.push(name.to_owned());
            return;
        }
        match name {
            "a" => self.links += 1,
            "br" if self.table.is_none() => self.line(),
            "table" => {
                self.depth += 1;
                if self.depth == 1 {
                    self.part();
                    self.table = Some(Table::default());
                }
            }
            "tr" if self.depth == 1 => self.end_row(),
            "td" | "th" if self.depth == 1 => {
                self.end_cell();
                let span = |key| attribute(key).and_then(|n| n.trim().parse::<usize>().ok()).unwrap_or(1).clamp(1, 40);
                if let Some(table) = &mut self.table {
                    table.cell = Some(Cell { words: String::new(), columns: span("colspan"), rows: span("rowspan") });
                }
            }
            _ if is_one(name, BLOCKS) => self.part(),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        if let Some(at) = self.skipping.iter().rposition(|s| s == name) {
            self.skipping.truncate(at);
            return;
        }
        if !self.skipping.is_empty() {
            return;
        }
        match name {
            "a" => self.links = self.links.saturating_sub(1),
            "table" => {
                if self.depth == 1 {
                    self.end_row();
                    self.table = None;
                    self.lines.push(String::new());
                }
                self.depth = self.depth.saturating_sub(1);
            }
            "tr" if self.depth == 1 => self.end_row(),
            "td" | "th" if self.depth == 1 => self.end_cell(),
            _ if is_one(name, BLOCKS) => self.part(),
            _ => {}
        }
    }

    fn words(&mut self, words: &str) {
        if !self.skipping.is_empty() {
            return;
        }
        if let Some(cell) = self.table.as_mut().and_then(|t| t.cell.as_mut()) {
            append(&mut cell.words, words);
            return;
        }
        let count = words.chars().filter(|c| !is_blank(*c)).count();
        self.all += count;
        if self.links > 0 {
            self.linked += count;
        }
        append(&mut self.block, words);
    }

    /// Ends a line within a block.
    fn line(&mut self) {
        let block = std::mem::take(&mut self.block);
        let words = block.trim_matches(is_blank);
        // Mostly links: the page's, not the document's.
        let furniture = self.linked * 2 > self.all && self.all > 0;
        if !words.is_empty() && !furniture {
            self.lines.push(words.to_owned());
        }
        (self.all, self.linked) = (0, 0);
    }

    /// Ends a block.
    fn part(&mut self) {
        if let Some(cell) = self.table.as_mut().and_then(|t| t.cell.as_mut()) {
            // Blocks within a cell are its words.
            if !cell.words.is_empty() && !cell.words.ends_with(' ') {
                cell.words.push(' ');
            }
            return;
        }
        self.line();
        if self.lines.last().is_some_and(|l| !l.is_empty()) {
            self.lines.push(String::new());
        }
    }

    fn end_cell(&mut self) {
        let Some(table) = &mut self.table else { return };
        let Some(cell) = table.cell.take() else { return };
        fill_covered(table);
        let column = table.row.len();
        for n in 0..cell.columns {
            table.row.push(if n == 0 { cell.words.trim_matches(is_blank).to_owned() } else { String::new() });
            if cell.rows > 1 {
                table.covered.insert(column + n, cell.rows);
            }
        }
    }

    fn end_row(&mut self) {
        self.end_cell();
        let Some(table) = &mut self.table else { return };
        if table.row.is_empty() {
            return;
        }
        fill_covered(table);
        for rows in table.covered.values_mut() {
            *rows -= 1;
        }
        table.covered.retain(|_, rows| *rows > 0);
        let row = std::mem::take(&mut table.row);
        if row.iter().any(|c| !c.is_empty()) {
            // A table that only lays out a page has one column: its cells are paragraphs.
            let line = if row.len() < 3 { row.join(" ").trim().to_owned() } else { row.join("\t") };
            self.lines.push(line);
        }
    }

    fn finish(mut self) -> String {
        self.end_row();
        self.table = None;
        self.part();
        let mut out = String::new();
        let mut blank = true;
        for line in &self.lines {
            if line.is_empty() && blank {
                continue;
            }
            blank = line.is_empty();
            out.push_str(line);
            out.push('\n');
        }
        out
    }
}

/// Empty cells where one above reaches down.
fn fill_covered(table: &mut Table) {
    while table.covered.get(&table.row.len()).is_some_and(|rows| *rows > 0) {
        table.row.push(String::new());
    }
}

/// Appends words as a browser shows them: white space collapsed, none kept between two Chinese characters.
fn append(out: &mut String, words: &str) {
    for c in words.chars() {
        if is_blank(c) {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
            continue;
        }
        if out.ends_with(' ') {
            let before = out.trim_end_matches(' ').chars().next_back();
            if is_chinese(c) && before.is_none_or(is_chinese) {
                out.truncate(out.trim_end_matches(' ').len());
            }
        }
        out.push(c);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn blocks_and_furniture() {
        let page = "<html><head><title>x</title><style>p{}</style></head><body><nav><a>首页</a></nav>\
            <div class=\"list\"><a href=\"/\">政务公开</a> <a>新闻</a></div>\
            <h1>甲市行动方案</h1><div><p>　　到2027年，产业规模\n      突破<b>8000</b>亿元。</p><p>第二段<br>另一行</p></div>\
            <script>var a = '<p>不是</p>';</script><footer>版权</footer>\
            <div class='bottom footer'><div>版权所有</div><p>备案号</p></div></body></html>";
        assert_eq!(text("<p>甲<a href=x>乙</a>丙丁戊</p>"), "甲乙丙丁戊\n\n");
        assert_eq!(text(page), "甲市行动方案\n\n到2027年，产业规模突破8000亿元。\n\n第二段\n另一行\n\n");
    }

    #[test]
    fn tables_become_rows() {
        let page = "<p>前</p><table><tr><th>类别</th><th>指标</th><th>2025年</th></tr>\
            <tr><td rowspan=2>规模</td><td>产值（亿元）</td><td><p>200</p></td></tr>\
            <tr><td>企业</td><td>≥100</td></tr><tr><td colspan=3>注</td></tr></table><p>后</p>";
        assert_eq!(text(page), "前\n\n类别\t指标\t2025年\n规模\t产值（亿元）\t200\n\t企业\t≥100\n注\t\t\n\n后\n\n");
    }

    proptest! {
        #[test]
        fn never_panics(page in "[<>/a-z \"=甲乙1&;!\\-\n]{0,200}") {
            text(&page);
        }
    }
}
