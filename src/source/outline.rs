//! Titles, numbering, labelled heads, and the levels they have in the outline.

use super::draft::{Draft, append, end_in};
use super::heading::{self, Marker, Shape, Style};
use super::noise;
use super::{Hints, Kind};
use crate::text::ends_sentence;

/// A line that ends as a title does is one, together with the short lines just before it.
pub(super) fn titles(drafts: Vec<Draft<'_>>) -> Vec<Draft<'_>> {
    const LONGEST: usize = 90;
    let mut out: Vec<Draft<'_>> = Vec::new();
    for mut draft in drafts {
        let is_title = draft.kind == Kind::Paragraph
            && marker_of(&draft).is_none()
            && draft.text.chars().count() <= LONGEST
            && heading::ends_like_title(&draft.text)
            && !draft.text.contains(['，', '。', '；', '、', '|'])
            && !draft.text.starts_with("现将");
        if is_title {
            while out.last().is_some_and(|last| begins_title(last, &draft)) {
                let Some(mut first) = out.pop() else { break };
                for piece in draft.pieces {
                    append(&mut first.text, piece.text);
                    first.pieces.push(piece);
                }
                draft = first;
            }
            draft.kind = Kind::Title;
        }
        out.push(draft);
    }
    out
}

/// Whether a paragraph is the first line of a title that goes on in `next`.
fn begins_title(draft: &Draft<'_>, next: &Draft<'_>) -> bool {
    let text = &draft.text;
    draft.kind == Kind::Paragraph
        && next.pieces.first().is_some_and(|p| p.gap <= 1 && !p.after_noise)
        && marker_of(draft).is_none()
        && (4..=40).contains(&text.chars().count())
        && !ends_sentence(text)
        && !text.contains(['，', '。', ','])
        && !heading::is_issuer(text)
        && !noise::is_date_or_number(text)
        && !text.ends_with(['）', ')'])
}

/// The record's own heading levels. Gives the anchors that no block has.
pub(super) fn apply_hints(drafts: &mut [Draft<'_>], hints: &Hints) -> Vec<String> {
    let mut unused = Vec::new();
    for (anchor, &level) in &hints.headings {
        let Some(draft) = drafts.iter_mut().find(|d| d.anchor() == *anchor) else {
            unused.push(anchor.to_string());
            continue;
        };
        draft.kind = match level {
            0 => Kind::Paragraph,
            1 => Kind::Title,
            n => Kind::Heading(n.min(6)),
        };
        draft.level = Some(level);
    }
    unused
}

/// Recognises numbering and labelled heads.
pub(super) fn label_heads(drafts: &mut [Draft<'_>]) {
    let mut in_annexes = false;
    for d in drafts.iter_mut().filter(|d| d.level.is_none()) {
        let boxed = d.kind == Kind::Caption;
        if d.kind != Kind::Paragraph && !boxed {
            continue;
        }
        d.marker = marker_of(d);
        let style = d.marker.map(|m| m.style);
        if style == Some(Style::Annex) && d.marker.is_some_and(|m| m.len < d.text.len()) {
            // 附件：1.… begins a list of annexes, which stand elsewhere.
            in_annexes = true;
            d.marker = None;
            continue;
        }
        if in_annexes && style == Some(Style::Digit) {
            d.marker = None;
            continue;
        }
        in_annexes = false;
        match d.marker.map(|m| (m, heading::shape(&d.text, m))) {
            Some((m, Shape::Alone)) if !boxed || m.style == Style::Box => d.kind = Kind::Heading(0),
            Some((_, Shape::RunIn(end))) if !boxed => d.head = Some((end, false)),
            None if !boxed => {
                let raw = d.pieces.first().map_or("", |p| p.text);
                if let Some(bold) = heading::bold_heads(raw).first().filter(|b| b.start == 0) {
                    let end = end_in(&d.text, &raw[..bold.end]);
                    if d.text[end..].trim().is_empty() {
                        d.kind = Kind::Heading(0);
                    }
                    d.head = Some((end, true));
                }
            }
            _ => {}
        }
    }
    // Heads without number or bold, known by their siblings under one heading.
    let mut start = 0;
    while start < drafts.len() {
        let end = drafts[start + 1..].iter().position(opens_section).map_or(drafts.len(), |i| start + 1 + i);
        if opens_section(&drafts[start]) {
            plain_heads(&mut drafts[start..end]);
        }
        start = end;
    }
}

/// Numbering, seen in the raw text, where blanks tell 第一条 … from a sentence; its length in the words.
fn marker_of(draft: &Draft<'_>) -> Option<Marker> {
    let raw = draft.pieces.first()?.text;
    let raw = raw.strip_prefix("**").unwrap_or(raw);
    let marker = heading::marker(raw)?;
    Some(Marker { style: marker.style, len: end_in(&draft.text, &raw[..marker.len]) })
}

fn opens_section(draft: &Draft<'_>) -> bool {
    let numbered_head = draft.marker.is_some() && draft.head.is_some();
    matches!(draft.kind, Kind::Heading(_) | Kind::Title) && !draft.head.is_some_and(|(_, bold)| bold) || numbered_head
}

fn plain_heads(section: &mut [Draft<'_>]) {
    let bold = section.iter().any(|d| d.head.is_some_and(|(_, bold)| bold));
    let colon = section.iter().any(|d| d.head.is_some_and(|(end, bold)| bold && d.text[..end].ends_with(['：', ':'])));
    let candidates: Vec<(usize, usize)> = section
        .iter()
        .enumerate()
        .skip(1)
        .filter(|(_, d)| d.kind == Kind::Paragraph && d.marker.is_none() && d.head.is_none() && d.level.is_none())
        .filter_map(|(i, d)| Some((i, heading::plain_head(&d.text, bold, colon)?)))
        .collect();
    if bold || candidates.len() >= 2 {
        for (i, end) in candidates {
            section[i].head = Some((end, false));
        }
    }
}

/// Outline levels, from the styles of numbering and from what each head stands under.
pub(super) fn set_levels(drafts: &mut [Draft<'_>]) {
    let chapters = drafts.iter().any(|d| {
        d.kind == Kind::Heading(0) && d.marker.is_some_and(|m| matches!(m.style, Style::Chapter | Style::Section))
    });
    let shift = if chapters { 2 } else { 0 };
    let mut container = 1;
    let mut current = 1;
    for d in drafts {
        if let Some(level) = d.level {
            if (1..=6).contains(&level) {
                container = level;
                current = level;
            }
            continue;
        }
        match d.kind {
            Kind::Title => {
                (container, current) = (1, 1);
                continue;
            }
            Kind::Heading(_) => {}
            _ if d.head.is_some() => {}
            _ => continue,
        }
        let level = match d.marker.map(|m| m.style) {
            Some(Style::Chapter | Style::Annex) => 2,
            Some(Style::Section) => 3,
            Some(Style::Article) => 4,
            Some(Style::Han) => 2 + shift,
            Some(Style::HanParen) => 3 + shift,
            Some(Style::Digit) => 4 + shift,
            Some(Style::DigitParen) => 5 + shift,
            Some(Style::Circled) => 6,
            Some(Style::Box) => container + 1,
            None => current + 1,
        }
        .min(6);
        match d.marker.map(|m| m.style) {
            Some(Style::Chapter | Style::Section | Style::Han | Style::HanParen | Style::Annex) => {
                (container, current) = (level, level);
            }
            Some(_) => current = level,
            None => {}
        }
        d.level = Some(level);
        if let Kind::Heading(l) = &mut d.kind {
            *l = level;
        }
    }
}
