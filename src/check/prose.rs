//! Our own prose is set as both languages ask: marks, quotes, currency, no word twice.

use std::ops::Range;

use super::passages::{Form, Passage};
use super::rule::Rule;
use crate::content::fields::Lang;
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
    "One without its partner shows readers raw asterisks.",
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

/// Checks a passage of a digest; `raw` is its text with Markdown's marks.
pub(super) fn passage(passage: &Passage<'_>, raw: &str, problems: &mut Vec<Problem>) {
    if passage.form == Form::Code {
        return;
    }
    let at = |range: Range<usize>| passage.at(range);
    words(&passage.words, passage.lang, passage.file, &at, problems);
    // Emphasis that parsed has gone in pairs.
    let marks: Vec<usize> = raw.match_indices("**").map(|(i, _)| i).collect();
    if marks.len() % 2 == 1
        && let Some(last) = marks.last()
    {
        problems.push(
            EMPHASIS
                .problem("this `**` has no partner")
                .at(passage.file, passage.at(*last..last + 2))
                .help("close the emphasis, or take the marks out"),
        );
    }
}

/// Checks words that are no Markdown; `at` gives their place in the file.
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

fn chinese(text: &str, report: &mut dyn FnMut(Problem, Range<usize>, String)) {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    for n in 0..chars.len() {
        let (i, c) = chars[n];
        let before = n.checked_sub(1).map(|b| chars[b].1);
        let after = chars.get(n + 1).map(|(_, c)| *c);
        let han = |c: Option<char>| c.is_some_and(is_han);
        let full =
            [(',', '，'), (';', '；'), (':', '：'), ('?', '？'), ('!', '！'), ('(', '（'), (')', '）'), ('.', '。')];
        if let Some((_, wide)) = full.iter().find(|(half, _)| *half == c) {
            let beside = match c {
                // 2.5, a.b: only between Han; brackets beside Han on either side.
                '.' => han(before) && !after.is_some_and(|c| c.is_ascii_alphanumeric()),
                '(' => han(before) || han(after),
                ')' => han(before),
                _ => han(before) || (han(after) && before.is_some_and(|b| !b.is_ascii())),
            };
            if beside {
                report(HALF_WIDTH.problem(format!("`{c}` is half-width")), i..i + 1, format!("write {wide}"));
            }
        }
        if matches!(c, ' ' | '\u{3000}') && han(before) && han(after) {
            report(
                SPACE.problem("a space stands between two Chinese characters"),
                i..i + c.len_utf8(),
                "take it out".to_owned(),
            );
        }
        if let Some(next) = after
            && c == next
            && matches!(c, '的' | '了' | '是' | '在' | '和' | '与' | '及' | '，' | '。' | '、' | '；')
        {
            report(DOUBLED.problem(format!("{c} stands twice")), i..i + 2 * c.len_utf8(), format!("take one {c} out"));
        }
    }
}

fn english(text: &str, report: &mut dyn FnMut(Problem, Range<usize>, String)) {
    let mut last: Option<(&str, usize)> = None;
    let mut from = None;
    for (i, c) in text.char_indices().chain(std::iter::once((text.len(), ' '))) {
        if c.is_ascii_alphabetic() {
            from = from.or(Some(i));
            continue;
        }
        if let Some(start) = from.take() {
            let word = &text[start..i];
            if let Some((previous, end)) = last
                && previous.eq_ignore_ascii_case(word)
                && text[end..start].chars().all(char::is_whitespace)
                && !text[end..start].is_empty()
                && word.len() > 1
                && !["that", "had"].contains(&word.to_ascii_lowercase().as_str())
            {
                report(DOUBLED.problem(format!("«{word}» stands twice")), start..i, format!("take one «{word}» out"));
            }
            if matches!(word, "yuan" | "CNY" | "Yuan") {
                report(
                    CURRENCY.problem(format!("money is written with RMB, not {word}")),
                    start..i,
                    "write «RMB 800 billion»".to_owned(),
                );
            }
            if word == "RMB" && text[i..].starts_with(|c: char| c.is_ascii_digit()) {
                report(
                    CURRENCY.problem("a space is missing after RMB"),
                    start..i,
                    "write «RMB 800 billion»".to_owned(),
                );
            }
            last = Some((word, i));
        }
        if matches!(c, '¥' | '￥') {
            report(
                CURRENCY.problem(format!("money is written with RMB, not {c}")),
                i..i + c.len_utf8(),
                "write «RMB 800 billion»".to_owned(),
            );
        }
    }
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
        assert!(codes("占比4.2%，发展CRO、CDMO（合同研发）平台；1:1配套\n下一行", Lang::Zh).is_empty());
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
