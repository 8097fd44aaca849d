//! Character classes of mixed Chinese and Latin text, shared by every stage.
//!
//! Takes single characters; gives yes or no. Nothing here knows a document.

/// A Han ideograph (Unified Ideographs, extensions, compatibility forms) or `〇`/`々`.
pub fn is_han(c: char) -> bool {
    matches!(c,
        '\u{3005}' | '\u{3007}'
        | '\u{2E80}'..='\u{2FDF}'
        | '\u{3400}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFF}')
}

/// Punctuation set in Chinese text: CJK symbols, full-width forms, and the marks that Chinese
/// shares with Latin text (curly quotes, em dash, ellipsis, middle dot).
pub fn is_cjk_punctuation(c: char) -> bool {
    matches!(c,
        '\u{3001}'..='\u{3004}'
        | '\u{3008}'..='\u{3020}'
        | '\u{3030}'
        | '\u{FF01}'..='\u{FF0F}'
        | '\u{FF1A}'..='\u{FF20}'
        | '\u{FF3B}'..='\u{FF40}'
        | '\u{FF5B}'..='\u{FF65}'
        | '\u{2018}'..='\u{201F}'
        | '\u{2013}'..='\u{2015}'
        | '\u{2026}' | '\u{00B7}')
}

/// A character that belongs to Chinese text for the purposes of spacing: between two of these no
/// white space is ever meant (CSS Text 4, segment break transformation).
pub fn is_chinese(c: char) -> bool {
    is_han(c) || is_cjk_punctuation(c) || ('\u{FF10}'..='\u{FF5A}').contains(&c)
}

/// White space of an extraction: Unicode white space, byte order mark and zero-width spaces.
pub fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{FEFF}' | '\u{200B}' | '\u{2060}' | '\u{00AD}')
}

/// A character that shows nothing and may change how its neighbours show or are read: a control other than
/// white space, a bidirectional control, a joiner, a tag, a noncharacter.
pub fn is_hidden(c: char) -> bool {
    match c {
        ' '..='~' => false,
        '\u{B}' | '\u{C}' => true,
        '\u{61C}'
        | '\u{180E}'
        | '\u{200C}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2061}'..='\u{206F}'
        | '\u{FDD0}'..='\u{FDEF}'
        | '\u{FFF9}'..='\u{FFFB}'
        | '\u{E0000}'..='\u{E007F}' => true,
        c => (c.is_control() && !c.is_whitespace()) || (c as u32 & 0xFFFE) == 0xFFFE,
    }
}

/// A text as it is shown: without what is hidden in it. Where a text is kept for machines, it stays whole.
pub fn shown(text: &str) -> std::borrow::Cow<'_, str> {
    if text.contains(is_hidden) { text.replace(is_hidden, "").into() } else { text.into() }
}

/// Width in columns of a fixed-pitch terminal or an extraction's line: 2 for wide, 1 otherwise.
pub fn columns(text: &str) -> usize {
    text.chars().map(|c| if is_chinese(c) { 2 } else { 1 }).sum()
}

/// Whether `text` ends a sentence: `。！？：；` or `!?;:`, closing brackets and quotes passed over.
pub fn ends_sentence(text: &str) -> bool {
    for c in text.chars().rev() {
        match c {
            '。' | '！' | '？' | '：' | '；' | '!' | '?' | ';' | ':' => return true,
            '”' | '’' | '"' | '」' | '』' | '）' | ')' | '】' | '》' | '*' | '〉' => {}
            _ => return false,
        }
    }
    false
}

/// Han numerals of ordinals and counts, `零〇` and `两` included.
pub fn is_han_numeral(c: char) -> bool {
    matches!(
        c,
        '零' | '〇'
            | '一'
            | '二'
            | '三'
            | '四'
            | '五'
            | '六'
            | '七'
            | '八'
            | '九'
            | '十'
            | '百'
            | '千'
            | '万'
            | '亿'
            | '两'
            | '萬'
            | '億'
    )
}

/// The lower-case ASCII id form: letters, digits and hyphens, beginning with a letter or digit.
pub fn is_id(text: &str) -> bool {
    !text.is_empty()
        && !text.starts_with('-')
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_hidden_is_not_shown() {
        assert_eq!(shown("力争\u{202E}8000\u{202C}亿元"), "力争8000亿元");
        for c in ['\0', '\u{1}', '\u{1B}', '\u{9B}', '\u{200F}', '\u{2067}', '\u{FFFF}', '\u{1FFFE}', '\u{E0041}'] {
            assert!(is_hidden(c), "{c:?}");
        }
        for c in ['\t', '\n', '\r', ' ', '\u{3000}', '\u{A0}', '汉', '😀', '\u{FE0F}', '\u{E0100}'] {
            assert!(!is_hidden(c), "{c:?}");
        }
    }

    #[test]
    fn classes() {
        assert!(is_han('汉') && is_han('〇') && !is_han('。'));
        assert!(is_cjk_punctuation('。') && is_cjk_punctuation('“') && !is_cjk_punctuation('"'));
        assert!(ends_sentence("结束。”") && ends_sentence("各部门：") && !ends_sentence("《计划》"));
        assert_eq!(columns("到2027年"), 8);
        assert!(is_id("wuhan-rd-centre-2025") && !is_id("Wuhan") && !is_id("-a"));
    }
}
