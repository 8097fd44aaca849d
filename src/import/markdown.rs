//! From Markdown to text: a line a block, tables as rows parted by tabs, emphasis and links as their words.
//!
//! `**` stays, since a bold head tells a reader of the source where a block begins; list numbers stay, since
//! they are the document's own.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::text::is_chinese;

/// The text of a Markdown file.
pub(super) fn text(markdown: &str) -> String {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let mut out = String::new();
    let mut line = String::new();
    let mut lists: Vec<Option<u64>> = Vec::new();
    let mut row: Option<Vec<String>> = None;
    let end = |out: &mut String, line: &mut String| {
        if !line.trim().is_empty() {
            out.push_str(line.trim());
            out.push_str("\n\n");
        }
        line.clear();
    };
    for event in Parser::new_ext(markdown, options) {
        match event {
            Event::Start(Tag::List(first)) => {
                end(&mut out, &mut line);
                lists.push(first);
            }
            Event::End(TagEnd::List(_)) => {
                lists.pop();
            }
            Event::Start(Tag::Item) => {
                end(&mut out, &mut line);
                match lists.last_mut() {
                    Some(Some(n)) => {
                        line.push_str(&format!("{n}. "));
                        *n += 1;
                    }
                    _ => line.push_str("- "),
                }
            }
            Event::Start(Tag::TableHead | Tag::TableRow) => row = Some(Vec::new()),
            Event::End(TagEnd::TableHead | TagEnd::TableRow) => {
                if let Some(cells) = row.take() {
                    // Two columns are no table of the source's kind.
                    out.push_str(&cells.join(if cells.len() < 3 { " " } else { "\t" }));
                    out.push('\n');
                }
            }
            Event::End(TagEnd::TableCell) => {
                if let Some(cells) = &mut row {
                    cells.push(std::mem::take(&mut line).trim().to_owned());
                }
            }
            Event::End(TagEnd::Table) => out.push('\n'),
            Event::Start(Tag::Strong) | Event::End(TagEnd::Strong) if row.is_none() => line.push_str("**"),
            Event::Text(words) | Event::Code(words) => line.push_str(&words),
            Event::SoftBreak => {
                // A line broken between two Chinese characters has no blank there.
                if !line.ends_with(is_chinese) {
                    line.push(' ');
                }
            }
            Event::HardBreak => {
                if row.is_none() {
                    out.push_str(line.trim());
                    out.push('\n');
                    line.clear();
                }
            }
            Event::End(
                TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::CodeBlock | TagEnd::BlockQuote(_),
            ) => {
                if row.is_none() {
                    end(&mut out, &mut line);
                }
            }
            _ => {}
        }
    }
    end(&mut out, &mut line);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn markdown_to_lines() {
        let source = "# 甲市行动方案\n\n到2027年，\n达到[100](x)家。**重点。**后文\n\n1. 第一项\n2. 第二项\n\n| 指标 | 单位 | 2025年 |\n|---|---|---|\n| 产值 | 亿元 | **200** |\n";
        assert_eq!(
            text(source),
            "甲市行动方案\n\n到2027年，达到100家。**重点。**后文\n\n1. 第一项\n\n2. 第二项\n\n指标\t单位\t2025年\n产值\t亿元\t200\n\n"
        );
    }

    proptest! {
        #[test]
        fn never_panics(source in "[#*|甲乙1. \\-\n\\[\\]()`>]{0,200}") {
            text(&source);
        }
    }
}
