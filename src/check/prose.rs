//! Our own prose is set as both languages ask: marks, quotes, currency, no word twice.

use std::ops::Range;

use super::passages::{Form, MARK, NAME, Passage};
use super::rule::Rule;
use crate::content::fields::Lang;
use crate::content::markdown::Digest;
use crate::diagnostic::{Problem, Severity};
use crate::text::is_han;

const fn rule(
    code: &'static str,
    asks: &'static str,
    why: &'static str,
    wrong: &'static str,
    right: &'static str,
) -> Rule {
    Rule { code, severity: Severity::Warning, adjustable: true, asks, why, wrong, right }
}

pub(super) const EMPHASIS: Rule = rule(
    "emphasis-unparsed",
    "Every `**` of our prose opens or closes emphasis.",
    "One without its partner, or with a blank inside it, shows readers raw asterisks. Code and escaped asterisks are left alone.",
    "**重点：后文没有结束",
    "**重点：**后文",
);
pub(super) const HALF_WIDTH: Rule = rule(
    "half-width-punctuation",
    "Between Chinese characters our prose has full-width punctuation.",
    "CLREQ 3.1: ， 。 ； ： ？ ！ and brackets are full-width in Chinese text. Quotes keep what their source has.",
    "到2027年,规模突破8000亿元(力争)",
    "到2027年，规模突破8000亿元（力争）",
);
pub(super) const CURRENCY: Rule = rule(
    "mixed-currency",
    "English prose writes money as «RMB 800 billion».",
    "One style on all pages: not CNY, yuan or ¥, and a space after RMB.",
    "800 billion yuan, or RMB800 billion",
    "RMB 800 billion",
);
pub(super) const STRAIGHT: Rule = rule(
    "straight-quotes",
    "Prose has curly quotation marks and apostrophes.",
    "“ ” and ‘ ’ in both languages; straight ones are code.",
    "Wuhan's \"hub\"",
    "Wuhan’s “hub”",
);
pub(super) const DOUBLED: Rule = rule(
    "doubled-word",
    "No word stands twice in a row.",
    "«the the», 的的: slips that spell checkers miss. «that that» and «had had» can be right and are left alone.",
    "support for the the industry",
    "support for the industry",
);
pub(super) const SPACE: Rule = rule(
    "space-between-han",
    "No space stands between two Chinese characters.",
    "Chinese is set solid (CLREQ 2.1); a line break in the file does not count.",
    "武汉 国际医疗创新高地",
    "武汉国际医疗创新高地",
);

pub(super) const RULES: [&Rule; 6] = [&EMPHASIS, &HALF_WIDTH, &CURRENCY, &STRAIGHT, &DOUBLED, &SPACE];

/// Checks a passage of a digest.
pub(super) fn passage(passage: &Passage<'_>, problems: &mut Vec<Problem>) {
    if passage.form != Form::Code {
        words(&passage.set, passage.lang, passage.file, &|range| passage.at(range), problems);
    }
}

/// Checks a digest's emphasis.
pub(super) fn emphasis(digest: &Digest, problems: &mut Vec<Problem>) {
    for run in &digest.stray {
        problems.push(
            EMPHASIS
                .problem("this `**` neither opens nor closes emphasis")
                .at(&digest.file, run.clone())
                .help("close the emphasis, with no blank inside it; for plain asterisks write `\\*\\*`"),
        );
    }
}

/// Checks words without Markdown (its marks filled in, see [`Passage::set`]); `at` gives their place in
/// the file.
pub(super) fn words(
    text: &str,
    lang: Lang,
    file: &str,
    at: &dyn Fn(Range<usize>) -> Range<usize>,
    problems: &mut Vec<Problem>,
) {
    let mut report = |problem: Problem, range: Range<usize>, help: String| {
        problems.push(problem.at(file, at(range)).help(help));
    };
    for (i, c) in text.char_indices().filter(|(_, c)| matches!(c, '"' | '\'')) {
        report(STRAIGHT.problem(format!("`{c}` is a straight mark")), i..i + 1, "write “ ” or ‘ ’".to_owned());
    }
    match lang {
        Lang::Zh => chinese(text, &mut report),
        Lang::En => english(text, &mut report),
    }
}

/// The characters that readers see, with their places.
fn seen(text: &str) -> Vec<(usize, char)> {
    text.char_indices().filter(|(_, c)| *c != MARK).collect()
}

fn chinese(text: &str, report: &mut dyn FnMut(Problem, Range<usize>, String)) {
    let chars = seen(text);
    // A page in Chinese shows an entity's Chinese name.
    let han = |c: Option<char>| c.is_some_and(|c| is_han(c) || c == NAME);
    let blank = |c: char| matches!(c, ' ' | '\u{3000}');
    for n in 0..chars.len() {
        let (i, c) = chars[n];
        let before = n.checked_sub(1).map(|b| chars[b].1);
        let after = chars.get(n + 1).map(|(_, c)| *c);
        if let Some(wide) = full_width(c) {
            let beside = match c {
                // 2.5, a.b: only between Han; brackets beside Han on either side.
                '.' => han(before) && !after.is_some_and(|c| c.is_ascii_alphanumeric()),
                '(' => han(before) || han(after),
                ')' => han(before),
                // 占比90%,其中
                ',' | ';' | ':' => han(before) || han(after),
                _ => han(before) || (han(after) && before.is_some_and(|b| !b.is_ascii())),
            };
            if beside {
                report(HALF_WIDTH.problem(format!("`{c}` is half-width")), i..i + 1, format!("write {wide}"));
            }
        }
        if blank(c) && han(before) {
            let rest = chars[n..].iter().find(|(_, c)| !blank(*c));
            if let Some((end, _)) = rest.filter(|(_, c)| han(Some(*c))) {
                let problem = SPACE.problem("a space stands between two Chinese characters");
                report(problem, i..*end, "take it out".to_owned());
            }
        }
        if after == Some(c) && is_doubled(&chars, n) {
            let end = chars[n + 1].0 + c.len_utf8();
            report(DOUBLED.problem(format!("{c} stands twice")), i..end, format!("take one {c} out"));
        }
    }
}

fn full_width(c: char) -> Option<char> {
    Some(match c {
        ',' => '，',
        ';' => '；',
        ':' => '：',
        '?' => '？',
        '!' => '！',
        '(' => '（',
        ')' => '）',
        '.' => '。',
        _ => return None,
    })
}

/// Whether the character at `n`, which stands twice, is one too many: a mark, or a particle of which neither
/// ends the word before (目的的, 参与与) nor begins the word after (为了了解, 以及及时).
fn is_doubled(chars: &[(usize, char)], n: usize) -> bool {
    let (ends, begins) = match chars[n].1 {
        '，' | '。' | '、' | '；' | '：' => return true,
        '的' => ("目标中", "士确"),
        '了' => ("为除罢不", "解结却如然不无断之"),
        '是' => ("于但可总凡国若", "否非"),
        '在' => ("现存正内潜实所外旨好", "建线岗职校场位地外内途册编籍"),
        '和' => ("共缓温饱柔暖平随谐附调总", "谐平解睦气美"),
        '与' => ("参赋给授", "会其时众"),
        '及' => ("普以涉顾波触危提遍", "时其早格至"),
        _ => return false,
    };
    let one_of = |at: Option<usize>, list: &str| at.and_then(|i| chars.get(i)).is_some_and(|(_, c)| list.contains(*c));
    !one_of(n.checked_sub(1), ends) && !one_of(Some(n + 2), begins)
}

fn english(text: &str, report: &mut dyn FnMut(Problem, Range<usize>, String)) {
    let chars = seen(text);
    let mut last: Option<(String, usize)> = None;
    let mut n = 0;
    while let Some(&(start, c)) = chars.get(n) {
        if matches!(c, '¥' | '￥') {
            money(format!("money is written with RMB, not {c}"), start..start + c.len_utf8(), report);
        }
        if !c.is_ascii_alphabetic() {
            n += 1;
            continue;
        }
        let len = chars[n..].iter().take_while(|(_, c)| c.is_ascii_alphabetic()).count();
        let word: String = chars[n..n + len].iter().map(|(_, c)| c).collect();
        let end = chars[n + len - 1].0 + 1;
        let twice = last.as_ref().is_some_and(|(previous, after)| {
            let mut between = chars[*after..n].iter().peekable();
            previous.eq_ignore_ascii_case(&word) && between.peek().is_some() && between.all(|(_, c)| c.is_whitespace())
        });
        if twice && len > 1 && !["that", "had"].contains(&word.to_ascii_lowercase().as_str()) {
            report(DOUBLED.problem(format!("«{word}» stands twice")), start..end, format!("take one «{word}» out"));
        }
        // The Yuan dynasty is no money.
        let amount = || {
            let before = text[..start].trim_end();
            before.ends_with(|c: char| c.is_ascii_digit()) || before.ends_with("illion")
        };
        if matches!(word.as_str(), "yuan" | "CNY") || (word == "Yuan" && amount()) {
            money(format!("money is written with RMB, not {word}"), start..end, report);
        }
        if word == "RMB" && chars.get(n + len).is_some_and(|(_, c)| c.is_ascii_digit()) {
            money("a space is missing after RMB".to_owned(), start..end, report);
        }
        n += len;
        last = Some((word, n));
    }
}

fn money(message: String, range: Range<usize>, report: &mut dyn FnMut(Problem, Range<usize>, String)) {
    report(CURRENCY.problem(message), range, "write «RMB 800 billion»".to_owned());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(text: &str, lang: Lang) -> Vec<&'static str> {
        let mut problems = Vec::new();
        words(text, lang, "d.md", &|r| r, &mut problems);
        problems.iter().map(|p| p.code).collect()
    }

    #[test]
    fn chinese_is_set_full_width_and_solid() {
        assert_eq!(codes("到2027年,规模（力争）突破", Lang::Zh), ["half-width-punctuation"]);
        assert_eq!(codes("武汉 高地的的", Lang::Zh), ["space-between-han", "doubled-word"]);
        assert_eq!(codes("占比90%,其中  一半", Lang::Zh), ["half-width-punctuation", "space-between-han"]);
        assert!(codes("占比4.2%，发展CRO、CDMO（合同研发）平台；1:1配套\n下一行", Lang::Zh).is_empty());
        let words = "以研发为目的的企业，为了了解公众参与与普及及应用，现在在建，关键是是否及时；以及及时公布";
        assert!(codes(words, Lang::Zh).is_empty());
        assert_eq!(codes("支持和和培育在在园区", Lang::Zh), ["doubled-word", "doubled-word"]);
    }

    #[test]
    fn english_marks_and_money() {
        assert_eq!(codes("Wuhan's plan", Lang::En), ["straight-quotes"]);
        assert_eq!(
            codes("the the RMB800 billion and 5 yuan", Lang::En),
            ["doubled-word", "mixed-currency", "mixed-currency"]
        );
        assert!(codes("Wuhan’s plan: RMB 800 billion; what it had had", Lang::En).is_empty());
    }
}
