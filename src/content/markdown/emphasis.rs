//! Emphasis beside full-width punctuation.
//!
//! CommonMark decides by the characters beside a run of `*` whether it can open or close emphasis, and
//! takes Chinese punctuation for a boundary: in `**真，**她` the second run cannot close
//! (commonmark-spec issue 650). Before parsing, punctuation that stands beside `*` and touches Chinese
//! is replaced by a letter of the same length, so that no offset moves; the words are then taken from
//! the original text. To be deleted once the parser has an option for it.

use std::ops::Range;

use crate::text::{is_chinese, is_cjk_punctuation, is_han};

/// A text to parse in place of `text`, of the same length, or `None` if nothing needs it.
///
/// `leave` holds ranges that must stay as they are (code, addresses), sorted.
pub fn shield(text: &str, leave: &[Range<usize>]) -> Option<String> {
    let mut patches: Vec<(usize, char)> = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(start) = memchr::memchr(b'*', &bytes[at..]).map(|i| at + i) {
        let end = start + bytes[start..].iter().take_while(|b| **b == b'*').count();
        at = end;
        let before = text[..start].char_indices().next_back();
        let after = text[end..].chars().next().map(|c| (end, c));
        let left_alone = leave.iter().any(|r| r.start < end && start < r.end);
        let escaped = text[..start].ends_with('\\');
        let touches = [before, after].into_iter().flatten().any(|(_, c)| is_chinese(c));
        if left_alone || escaped || !touches {
            continue;
        }
        // A link or code within (**[[id|词]]**后文): its bracket must stay, so what stands without becomes
        // punctuation.
        let inner = |c: Option<(usize, char)>, marks: &[char]| c.is_some_and(|(_, c)| marks.contains(&c));
        let outside = match (inner(before, &[']', '`']), inner(after, &['[', '`'])) {
            (true, false) => Some(after),
            (false, true) => Some(before),
            _ => None,
        };
        if let Some(outside) = outside {
            let han = outside.filter(|(_, c)| is_han(*c) && c.len_utf8() == '。'.len_utf8());
            patches.extend(han.map(|(i, _)| (i, '。')));
            continue;
        }
        for (i, c) in [before, after].into_iter().flatten() {
            if let Some(letter) = letter_for(c) {
                patches.push((i, letter));
            }
        }
    }
    if patches.is_empty() {
        return None;
    }
    let mut out = text.to_owned();
    for (i, letter) in patches {
        // The letter is as long as what it stands for, so earlier places stay where they are.
        out.replace_range(i..i + letter.len_utf8(), letter.encode_utf8(&mut [0; 4]));
    }
    Some(out)
}

/// A letter with as many bytes of UTF-8 as the punctuation, or `None` if the character needs none.
fn letter_for(c: char) -> Option<char> {
    match c {
        '%' | '"' | '\'' | '.' | ',' | ';' | ':' | '?' | '+' => Some('a'),
        c if is_cjk_punctuation(c) && c.len_utf8() == 3 => Some('字'),
        c if is_cjk_punctuation(c) && c.len_utf8() == 2 => Some('é'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{BlockKind, Inline};
    use crate::content::fields::Lang;
    use proptest::prelude::*;

    fn strong(text: &str) -> Vec<String> {
        let (digest, _) = super::super::parse("d.md", text, Lang::Zh);
        let mut out = Vec::new();
        digest.each_inline(&mut |i| {
            if let Inline::Strong(words) = i {
                out.push(super::super::plain(words));
            }
        });
        out
    }

    #[test]
    fn bold_beside_full_width_punctuation() {
        for (text, expected) in [
            ("**重点。**后文", "重点。"),
            ("**真，**她", "真，"),
            ("他说**“真”**的", "“真”"),
            ("占比**90%**以上", "90%"),
            ("（**重点**）后文", "重点"),
            ("前文，**（重点）**后文", "（重点）"),
            ("**《规划》**印发", "《规划》"),
            ("前**\"真\"**后", "\"真\""),
            ("**[[wuhan|武汉]]**：后文", "武汉"),
            ("前文**[[wuhan|武汉]]**后文", "武汉"),
            ("**建[[wuhan|武汉]]**，后文", "建武汉"),
            ("前**`真`**后", "真"),
        ] {
            assert_eq!(strong(text), [expected], "{text}");
        }
        assert_eq!(strong("**甲**，**乙**。"), ["甲", "乙"]);
    }

    #[test]
    fn what_is_no_emphasis_stays() {
        assert!(strong("`**重点。**后文`").is_empty());
        assert!(strong("2 ** 3，后文").is_empty());
        assert!(strong("\\**重点。\\**后文").is_empty());
    }

    proptest! {
        #[test]
        fn words_are_never_changed(text in "[甲乙，。“”（）a-z0-9%*\" ]{0,40}") {
            let (digest, _) = super::super::parse("d.md", &text, Lang::Zh);
            let mut words = String::new();
            for block in &digest.blocks {
                if let BlockKind::Paragraph(inlines) = &block.kind {
                    words.push_str(&super::super::plain(inlines));
                }
            }
            for c in words.chars() {
                prop_assert!(text.contains(c), "{c} in {words}");
            }
        }
    }
}
