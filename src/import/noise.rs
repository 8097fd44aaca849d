//! What an extraction has left in a text that the rules of [`crate::source`] cannot know for noise: proposed
//! for the record.
//!
//! The rules know a header that comes back three times; here one that comes back twice, or cuts a sentence
//! once and says the document's own title or kind, is proposed with the reason.

use std::collections::{BTreeMap, BTreeSet};

use super::plain::{Plain, starts};
use crate::source::{Kind, SourceText};
use crate::text::{ends_sentence, is_blank};

/// Words proposed as noise, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Noise {
    /// The whole line.
    pub words: String,
    /// Why it is taken for noise.
    pub why: &'static str,
}

/// Noise of a text that was reflowed without a record.
pub(super) fn propose(raw: &str, source: &SourceText, title: Option<&str>) -> Vec<Noise> {
    // Lines of titles and headings cut nothing, nor does what is noise already.
    let known: BTreeSet<u32> =
        source.blocks.iter().filter(|b| b.kind != Kind::Paragraph).flat_map(|b| b.lines.iter().copied()).collect();
    let lines: Vec<(u32, &str)> = raw
        .lines()
        .enumerate()
        .map(|(i, l)| (u32::try_from(i + 1).unwrap_or(u32::MAX), l.trim_matches(is_blank)))
        .filter(|(n, l)| !l.is_empty() && !known.contains(n))
        .collect();
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, line) in &lines {
        *times.entry(line).or_default() += 1;
    }
    let title = title.map(|t| Plain::new(t).text);
    let mut out: Vec<Noise> = Vec::new();
    for (i, (_, line)) in lines.iter().enumerate() {
        if !is_short(line) || out.iter().any(|n| n.words == *line) {
            continue;
        }
        let before = i.checked_sub(1).and_then(|b| lines.get(b)).map(|(_, l)| *l);
        let after = lines.get(i + 1).map(|(_, l)| *l);
        let cuts = before.is_some_and(|b| is_running(b) && !ends_sentence(b)) && after.is_some_and(is_running);
        let plain = Plain::new(line).text;
        let why = if furniture(&plain) {
            "words of a web page or of a print office"
        } else if cuts && times.get(line).is_some_and(|n| *n >= 2) {
            "it cuts a sentence and stands twice or more"
        } else if cuts && title.as_deref().is_some_and(|t| t.contains(plain.as_str()) || plain.contains(t)) {
            "it cuts a sentence and is the document's title"
        } else if cuts && ["公报", "文件", "简报", "汇编"].iter().any(|w| plain.ends_with(w)) {
            "it cuts a sentence and names a gazette"
        } else {
            continue;
        };
        out.push(Noise { words: (*line).to_owned(), why });
    }
    out
}

/// A line such as running headers are.
fn is_short(line: &str) -> bool {
    let chars = line.chars().count();
    (3..=40).contains(&chars)
        && !ends_sentence(line)
        && !line.contains(['，', '。', '；', '、', '(', ')', '（', '）', ',', ';', '\t'])
}

/// A line of running text.
fn is_running(line: &str) -> bool {
    line.chars().filter(|c| crate::text::is_han(*c)).count() >= 8
}

/// What pages of the web and print offices put around a document.
fn furniture(line: &str) -> bool {
    const WORDS: &str = "打印本页 关闭窗口 分享到 扫一扫 浏览次数 【字体 字体: 字号: 返回顶部 上一篇 下一篇 \
        相关附件下载 网站地图 点击量 阅读量 责任编辑: 保护视力色";
    starts(line, WORDS) || (line.starts_with("信息来源:") && line.contains("发布"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Hints;

    #[test]
    fn headers_that_cut_a_sentence() {
        let raw = "甲市产业行动方案\n\n到2027年全市产业规模力争突破八千亿元并培育一批\n\n甲市人民政府公报\n\n具有国际竞争力的龙头企业和专精特新企业。\n\n抄送单位名单\n";
        let source = SourceText::new(raw, &Hints::default());
        let found = propose(raw, &source, Some("甲市产业行动方案"));
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].words, "甲市人民政府公报");
    }
}
