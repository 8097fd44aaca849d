//! Responsibility notes: `(牵头单位:…;责任单位:…)`, `（责任单位：…）`.

use std::ops::Range;

use crate::text::is_blank;

/// Who a note names, and where it stands in its block.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Responsibility {
    /// The note in the block's text, brackets included.
    pub span: Range<usize>,
    /// Those that lead (牵头单位).
    pub leads: Vec<String>,
    /// Those that are responsible where no leader is named (责任单位 alone).
    pub responsible: Vec<String>,
    /// Those that support: 责任单位 beside 牵头单位, 配合单位.
    pub supporters: Vec<String>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Lead,
    Responsible,
    Support,
}

/// Labels of the roles, longest first where one contains another.
const LABELS: [(&str, Role); 21] = [
    ("牵头责任单位", Role::Lead),
    ("牵头单位", Role::Lead),
    ("牵头部门", Role::Lead),
    ("牵头负责单位", Role::Lead),
    ("牽頭單位", Role::Lead),
    ("牽頭部門", Role::Lead),
    ("主办单位", Role::Lead),
    ("主要责任单位", Role::Responsible),
    ("责任单位", Role::Responsible),
    ("责任部门", Role::Responsible),
    ("责任主体", Role::Responsible),
    ("負責單位", Role::Responsible),
    ("責任單位", Role::Responsible),
    ("责任处室", Role::Responsible),
    ("配合单位", Role::Support),
    ("配合部门", Role::Support),
    ("协同单位", Role::Support),
    ("参与单位", Role::Support),
    ("参加单位", Role::Support),
    ("协办单位", Role::Support),
    ("配合單位", Role::Support),
];

/// The notes of a block's text, in order.
pub fn notes(text: &str) -> Vec<Responsibility> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(open) = text[at..].find(['（', '(']).map(|i| at + i) {
        let inner = open + text[open..].chars().next().map_or(1, char::len_utf8);
        if label(&text[inner..]).is_none() {
            at = inner;
            continue;
        }
        let Some(close) = closing(text, open) else { break };
        let end = close + text[close..].chars().next().map_or(1, char::len_utf8);
        out.push(read(&text[inner..close], open..end));
        at = end;
    }
    out
}

/// Whether a text ends with a note.
pub(super) fn ends_with_note(text: &str) -> bool {
    text.ends_with(['）', ')']) && notes(text).last().is_some_and(|n| n.span.end == text.len())
}

/// Whether a text is a note and nothing else.
pub(super) fn is_note(text: &str) -> bool {
    let text = text.trim_matches(is_blank);
    text.strip_prefix(['（', '(']).is_some_and(|inner| label(inner).is_some())
}

fn label(text: &str) -> Option<(usize, Role)> {
    let blank = text.len() - text.trim_start_matches(is_blank).len();
    LABELS.iter().find_map(|(words, role)| {
        let rest = text[blank..].strip_prefix(words)?;
        let rest_trimmed = rest.trim_start_matches(is_blank);
        let colon = rest_trimmed.strip_prefix(['：', ':'])?;
        Some((text.len() - colon.len(), *role))
    })
}

/// Where the bracket opened at `open` closes, brackets within it minded.
fn closing(text: &str, open: usize) -> Option<usize> {
    let mut depth = 0usize;
    for (i, c) in text[open..].char_indices() {
        match c {
            '（' | '(' | '〈' | '<' | '［' | '[' => depth += 1,
            '）' | ')' | '〉' | '>' | '］' | ']' => {
                depth -= 1;
                if depth == 0 {
                    return Some(open + i);
                }
            }
            _ => {}
        }
    }
    None
}

fn read(inner: &str, span: Range<usize>) -> Responsibility {
    let mut note = Responsibility { span, ..Responsibility::default() };
    let mut at = 0;
    let mut role = Role::Responsible;
    let mut lists: Vec<(Role, &str)> = Vec::new();
    let mut from = 0;
    while at < inner.len() {
        // A label stands at the beginning or after a separator of lists.
        let fresh = at == 0 || inner[..at].ends_with(['；', ';', '，', ',', '。', '、']);
        if fresh && let Some((len, next)) = label(&inner[at..]) {
            lists.push((role, &inner[from..at]));
            role = next;
            at += len;
            from = at;
        } else {
            at += inner[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    lists.push((role, &inner[from..]));
    let has_lead = lists.iter().any(|(r, names)| *r == Role::Lead && !names.trim().is_empty());
    for (role, names) in lists {
        let to = match role {
            Role::Lead => &mut note.leads,
            Role::Responsible if !has_lead => &mut note.responsible,
            Role::Responsible | Role::Support => &mut note.supporters,
        };
        for name in split_names(names) {
            if !to.contains(&name) {
                to.push(name);
            }
        }
    }
    note
}

/// Names of a list by 、 or , or ; outside brackets; what stands in brackets after a name is dropped,
/// within a name (各县（市）区人民政府) it belongs to it.
/// `汉阳区、武昌区人民政府` gives both governments.
fn split_names(list: &str) -> Vec<String> {
    let mut groups: Vec<Vec<String>> = vec![Vec::new()];
    let mut name = String::new();
    let mut bracket = String::new();
    let mut depth = 0usize;
    for c in list.chars().chain(['；']) {
        match c {
            _ if is_blank(c) => {}
            '（' | '(' | '〈' | '<' | '［' | '[' => {
                depth += 1;
                bracket.push(c);
            }
            '）' | ')' | '〉' | '>' | '］' | ']' => {
                depth = depth.saturating_sub(1);
                bracket.push(c);
            }
            _ if depth > 0 => bracket.push(c),
            '、' | '，' | ',' | '；' | ';' | '。' => {
                bracket.clear();
                let done = std::mem::take(&mut name);
                let done = done.trim_end_matches('等').to_owned();
                if !done.is_empty()
                    && let Some(group) = groups.last_mut()
                {
                    group.push(done);
                }
                if c != '、' {
                    groups.push(Vec::new());
                }
            }
            c => {
                name.push_str(&bracket);
                bracket.clear();
                name.push(c);
            }
        }
    }
    for group in &mut groups {
        share_ending(group);
    }
    groups.into_iter().flatten().collect()
}

/// Gives bare names of districts the ending that only the last of a run carries.
fn share_ending(group: &mut [String]) {
    for suffix in ["人民政府", "政府", "管委会"] {
        let Some(last) = group.iter().rposition(|n| n.ends_with(suffix)) else { continue };
        if !ends_in_division(group[last].trim_end_matches(suffix)) {
            continue;
        }
        for i in (0..last).rev() {
            let bare = ends_in_division(&group[i]) && group[i].chars().count() <= 5;
            if !bare {
                break;
            }
            group[i].push_str(suffix);
        }
    }
}

fn ends_in_division(name: &str) -> bool {
    name.ends_with(['区', '县', '市', '州', '區', '縣'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> (Vec<String>, Vec<String>, Vec<String>) {
        let mut found = notes(text);
        assert_eq!(found.len(), 1, "{text}");
        let n = found.remove(0);
        (n.leads, n.responsible, n.supporters)
    }

    fn list(names: &[&str]) -> Vec<String> {
        names.iter().map(|n| (*n).to_owned()).collect()
    }

    #[test]
    fn leads_and_supporters() {
        let (leads, responsible, supporters) = names(
            "领域。(牵头单位:市科技创新局;责任单位:市委金融办、市人才工作局,市发改委,各区人民政府〈含开发区、长江新区管委会,下同〉)",
        );
        assert_eq!(leads, list(&["市科技创新局"]));
        assert!(responsible.is_empty());
        assert_eq!(supporters, list(&["市委金融办", "市人才工作局", "市发改委", "各区人民政府"]));
    }

    #[test]
    fn responsible_alone_and_shared_endings() {
        let (leads, responsible, _) = names("（责任单位：市科技局、市卫健委）");
        assert_eq!((leads, responsible), (list(&[]), list(&["市科技局", "市卫健委"])));
        let (_, _, supporters) =
            names("(牵头单位:市卫健委;责任单位:市文旅局、市体育局,汉阳区、武昌区、洪山区人民政府)");
        assert_eq!(supporters, list(&["市文旅局", "市体育局", "汉阳区人民政府", "武昌区人民政府", "洪山区人民政府"]));
    }

    #[test]
    fn other_brackets_are_no_notes() {
        assert!(notes("卫生机构（含村卫生室）5036个").is_empty());
        assert!(is_note("（责任单位：市经信局、市生态环境局）") && !is_note("（一）责任单位"));
    }
}
