//! Names in the order in which a reader looks for them: pinyin in Chinese, the alphabet in English.

use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::locale;

use crate::content::fields::Lang;

/// The indexes of names in a language's order; equal names keep their own.
pub(super) fn by_name<'a>(names: impl Iterator<Item = &'a str>, lang: Lang) -> Vec<usize> {
    let names: Vec<&str> = names.collect();
    let locale = match lang {
        Lang::Zh => locale!("zh-u-co-pinyin"),
        Lang::En => locale!("en"),
    };
    let mut order: Vec<usize> = (0..names.len()).collect();
    // Both orders are compiled in; were one missing, the order of the ids would stand.
    let collator: Option<CollatorBorrowed<'static>> = Collator::try_new(locale.into(), CollatorOptions::default()).ok();
    if let Some(collator) = collator {
        order.sort_by(|&a, &b| collator.compare(names[a], names[b]));
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pinyin_and_alphabet() {
        let order = |names: &[&'static str], lang| -> Vec<&'static str> {
            by_name(names.iter().copied(), lang).into_iter().map(|i| names[i]).collect()
        };
        assert_eq!(order(&["中医药", "人才", "金融", "北京市"], Lang::Zh), ["北京市", "金融", "人才", "中医药"]);
        assert_eq!(
            order(&["vaccines", "AI", "big PI", "Academician"], Lang::En),
            ["Academician", "AI", "big PI", "vaccines"]
        );
    }
}
