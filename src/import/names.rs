//! Whom and what a text names: places, agencies and topics of the site by their names and aliases, and new
//! ones as drafts with an id in ASCII.
//!
//! The longest name that matches wins: 武汉大学 is not 武汉, if the site says so with `except`.

use std::collections::{BTreeMap, BTreeSet};

use pinyin::ToPinyin;

use super::plain::{Plain, each, ends};
use crate::content::Content;
use crate::content::entities::PlaceKind;

/// A name, and whose it is; `None` for words that only contain a name.
type Name = (String, Option<usize>);

/// Names to be found in texts.
pub(super) struct Finder {
    ids: Vec<String>,
    names: Vec<Name>,
}

impl Finder {
    fn new<'a>(entries: impl Iterator<Item = (&'a String, Vec<&'a str>, &'a [String])>) -> Self {
        let mut ids = Vec::new();
        let mut names: Vec<Name> = Vec::new();
        for (id, own, except) in entries {
            for name in own {
                names.push((Plain::new(name).text, Some(ids.len())));
            }
            names.extend(except.iter().map(|e| (Plain::new(e).text, None)));
            ids.push(id.clone());
        }
        names.retain(|(n, _)| !n.is_empty());
        names.sort_by_key(|(n, _)| std::cmp::Reverse(n.len()));
        Finder { ids, names }
    }

    pub(super) fn places(content: &Content) -> Self {
        Finder::new(content.places.iter().map(|(id, p)| {
            let place = &p.value.entity;
            let names = std::iter::once(&place.name.zh).chain(&place.aliases.zh).map(String::as_str).collect();
            (id, names, place.except.zh.as_slice())
        }))
    }

    pub(super) fn topics(content: &Content) -> Self {
        Finder::new(content.topics.iter().map(|(id, t)| {
            let topic = &t.value.entity;
            let names = std::iter::once(&topic.name.zh).chain(&topic.aliases.zh).map(String::as_str).collect();
            (id, names, topic.except.zh.as_slice())
        }))
    }

    /// Where names stand in words in comparison form: start, and index of the id, in order.
    fn matches(&self, words: &str) -> Vec<(usize, usize)> {
        let mut taken: BTreeMap<usize, usize> = BTreeMap::new();
        let mut out = Vec::new();
        for (name, whose) in &self.names {
            for (at, found) in words.match_indices(name.as_str()) {
                let end = at + found.len();
                let overlaps = taken.range(..end).next_back().is_some_and(|(_, e)| *e > at);
                if overlaps {
                    continue;
                }
                taken.insert(at, end);
                if let Some(id) = whose {
                    out.push((at, *id));
                }
            }
        }
        out.sort_unstable();
        out
    }

    /// The ids named in words, each once, in order.
    pub(super) fn named(&self, words: &str) -> Vec<&str> {
        let mut seen = BTreeSet::new();
        let found = self.matches(&Plain::new(words).text);
        found.into_iter().filter(|(_, id)| seen.insert(*id)).map(|(_, id)| self.ids[id].as_str()).collect()
    }

    /// How often each id is named in words.
    pub(super) fn counts(&self, words: &str) -> BTreeMap<&str, usize> {
        let mut out = BTreeMap::new();
        for (_, id) in self.matches(&Plain::new(words).text) {
            *out.entry(self.ids[id].as_str()).or_default() += 1;
        }
        out
    }
}

/// Agencies of the site by the names that texts use, and by place.
pub(super) struct Agencies {
    by_name: BTreeMap<String, Vec<(String, Option<String>)>>,
}

impl Agencies {
    pub(super) fn new(content: &Content) -> Self {
        let mut by_name: BTreeMap<String, Vec<(String, Option<String>)>> = BTreeMap::new();
        for (id, agency) in content.agencies.iter() {
            let value = &agency.value;
            let place = value.place.as_ref().map(|p| p.get_ref().clone());
            for name in std::iter::once(&value.name.zh).chain(&value.aliases.zh) {
                by_name.entry(Plain::new(name).text).or_default().push((id.clone(), place.clone()));
            }
        }
        Agencies { by_name }
    }

    /// The agency that a text of `place` means by a name: one of the place, else one whose full name it is.
    pub(super) fn find(&self, name: &str, place: Option<&str>) -> Option<&str> {
        let found = self.by_name.get(&Plain::new(name).text)?;
        let own = found.iter().find(|(_, p)| p.as_deref() == place && place.is_some());
        let local = Plain::new(name).text.starts_with(['市', '省', '区', '县', '州', '各']);
        own.or_else(|| found.first().filter(|_| !local && found.len() == 1)).map(|(id, _)| id.as_str())
    }
}

/// Whether a responsibility note names one body that can have a page of its own.
pub(super) fn is_one_body(name: &str) -> bool {
    let plain = Plain::new(name).text;
    let chars = plain.chars().count();
    let vague = plain.starts_with("各")
        || ["有关", "相关", "其他", "等", "成员单位", "及", "下同"].iter().any(|w| plain.contains(w));
    (3..=24).contains(&chars) && !vague && plain.chars().all(crate::text::is_han)
}

/// A place's name at the beginning of a title or of an issuer's name: 甲市, 乙省, 丙自治区, with its kind.
pub(super) fn leading_place(words: &str) -> Option<(String, PlaceKind)> {
    const ENDS: &[(&str, PlaceKind)] = &[
        ("特别行政区", PlaceKind::Province),
        ("自治区", PlaceKind::Province),
        ("自治州", PlaceKind::City),
        ("自治县", PlaceKind::District),
        ("省", PlaceKind::Province),
        ("市", PlaceKind::City),
        ("县", PlaceKind::District),
        ("区", PlaceKind::District),
    ];
    const ZONES: &str = "开发区 高新区 经开区 新区 示范区 园区 试验区 片区 保税区";
    let plain = Plain::new(words);
    let text = plain.text.trim_start_matches(['"', '《']);
    let skipped = plain.text.len() - text.len();
    let text = ["中共", "共青团"].iter().find_map(|w| text.strip_prefix(w)).unwrap_or(text);
    let skipped = skipped + (plain.text.len() - skipped - text.len());
    let (at, end, kind) = ENDS
        .iter()
        .filter_map(|(end, kind)| text.find(end).map(|i| (i, end.len(), *kind)))
        .min_by_key(|(at, len, _)| (*at, std::cmp::Reverse(*len)))?;
    let name = &text[..at + end];
    let chars = name.chars().count();
    let zone = ends(name, ZONES);
    let stem = name[..at].chars().count();
    // 关于推动…区: no name; a name is short, Han, and says nothing but itself.
    let verbs = [
        "关于", "推进", "加快", "促进", "推动", "建设", "支持", "印发", "加强", "实施", "打造", "各", "全", "本", "我",
        "某", "产业", "发展", "经济", "第", "关",
    ];
    let sound = (2..=7).contains(&stem) || (stem == 1 && kind == PlaceKind::District && chars == 2);
    if !sound || !name.chars().all(crate::text::is_han) || verbs.iter().any(|v| name.contains(v)) {
        return None;
    }
    let original = plain.original(&(skipped..skipped + name.len()));
    let kind = if zone { PlaceKind::Zone } else { kind };
    Some((words[original].to_owned(), kind))
}

/// An id for a name in Chinese: its pinyin, what every name of its kind ends with left out.
pub(super) fn id_of(name: &str) -> String {
    // Longer ones are no help to anybody: a curator gives a better one.
    const SYLLABLES: usize = 6;
    let mut out = String::new();
    for c in Plain::new(name).text.chars().take(SYLLABLES) {
        let syllable = reading(c);
        match syllable {
            Some(s) => out.push_str(s),
            None if c.is_ascii_alphanumeric() => out.push(c.to_ascii_lowercase()),
            None if !out.is_empty() && !out.ends_with('-') => out.push('-'),
            None => {}
        }
    }
    let id = out.trim_matches('-').to_owned();
    if id.is_empty() { "unnamed".to_owned() } else { id }
}

/// How a character is read in most names of places, where that is not its first reading.
fn reading(c: char) -> Option<&'static str> {
    match c {
        '长' => Some("chang"),
        '重' => Some("chong"),
        '厦' => Some("xia"),
        '都' => Some("du"),
        '藏' => Some("zang"),
        '会' => Some("hui"),
        '行' => Some("hang"),
        '沈' => Some("shen"),
        '蚌' => Some("beng"),
        '乐' => Some("le"),
        c => c.to_pinyin().map(|p| p.plain()).filter(|p| p.is_ascii()),
    }
}

/// An id for a place: its pinyin without 市, 省 and the like.
pub(super) fn place_id(name: &str) -> String {
    let plain = Plain::new(name).text;
    const KINDS: &str = "特别行政区 壮族自治区 回族自治区 维吾尔自治区 自治区 自治州 自治县 省 市 县 区";
    let stem = each(KINDS).find_map(|k| plain.strip_suffix(k)).filter(|s| s.chars().count() >= 2).unwrap_or(&plain);
    id_of(stem)
}

/// An id for an agency: the place's, and what words of its name are known in English, the rest in pinyin.
pub(super) fn agency_id(name: &str, place: Option<&str>, place_name: Option<&str>) -> String {
    let plain = Plain::new(name).text;
    let mut rest = plain.as_str();
    if let Some(own) = place_name.map(|p| Plain::new(p).text)
        && let Some(stripped) = rest.strip_prefix(own.as_str())
    {
        rest = stripped;
    } else {
        rest = rest.strip_prefix(['市', '省', '区', '县', '州']).unwrap_or(rest);
    }
    let mut parts: Vec<String> = place.map(str::to_owned).into_iter().collect();
    let mut unknown = String::new();
    while let Some(c) = rest.chars().next() {
        if let Some((zh, en)) = WORDS.iter().find(|(zh, _)| rest.starts_with(zh)) {
            if !unknown.is_empty() {
                parts.push(id_of(&std::mem::take(&mut unknown)));
            }
            if !en.is_empty() {
                parts.push((*en).to_owned());
            }
            rest = &rest[zh.len()..];
        } else {
            unknown.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    if !unknown.is_empty() {
        parts.push(id_of(&unknown));
    }
    let id = parts.join("-");
    if id.is_empty() { id_of(name) } else { id }
}

/// Words of the names of government bodies, for ids only: names in English are looked up, never made.
const WORDS: &[(&str, &str)] = &[
    ("人民政府办公厅", "gov-office"),
    ("人民政府办公室", "gov-office"),
    ("政府办公厅", "gov-office"),
    ("政府办公室", "gov-office"),
    ("人民政府", "gov"),
    ("政府", "gov"),
    ("发展和改革委员会", "drc"),
    ("发展改革委员会", "drc"),
    ("发展改革委", "drc"),
    ("发改委", "drc"),
    ("发展改革局", "drc"),
    ("发改局", "drc"),
    ("经济和信息化", "economy"),
    ("工业和信息化", "industry"),
    ("经信", "economy"),
    ("工信", "industry"),
    ("科学技术", "science"),
    ("科技创新", "science-innovation"),
    ("科技", "science"),
    ("科创", "science-innovation"),
    ("财政", "finance"),
    ("教育", "education"),
    ("公安", "public-security"),
    ("民政", "civil-affairs"),
    ("司法", "justice"),
    ("人力资源和社会保障", "human-resources"),
    ("人力资源社会保障", "human-resources"),
    ("人社", "human-resources"),
    ("自然资源和规划", "natural-resources"),
    ("自然资源", "natural-resources"),
    ("规划", "planning"),
    ("生态环境", "environment"),
    ("住房和城乡建设", "housing"),
    ("住房城乡建设", "housing"),
    ("住建", "housing"),
    ("交通运输", "transport"),
    ("水利", "water"),
    ("水务", "water"),
    ("农业农村", "agriculture"),
    ("商务", "commerce"),
    ("文化和旅游", "culture-tourism"),
    ("文旅", "culture-tourism"),
    ("卫生健康", "health"),
    ("卫健", "health"),
    ("应急管理", "emergency"),
    ("审计", "audit"),
    ("国资", "state-assets"),
    ("市场监督管理", "market-regulation"),
    ("市场监管", "market-regulation"),
    ("统计", "statistics"),
    ("医疗保障", "healthcare-security"),
    ("医保", "healthcare-security"),
    ("体育", "sports"),
    ("林业", "forestry"),
    ("大数据", "data"),
    ("数据", "data"),
    ("投资促进", "investment"),
    ("金融", "finance-affairs"),
    ("税务", "tax"),
    ("气象", "meteorology"),
    ("药品监督管理", "drug-administration"),
    ("药监", "drug-administration"),
    ("人才", "talent"),
    ("海关", "customs"),
    ("管理委员会", "committee"),
    ("管委会", "committee"),
    ("委员会", "commission"),
    ("办公厅", "office"),
    ("办公室", "office"),
    ("管理局", "administration"),
    ("委", "commission"),
    ("局", "bureau"),
    ("厅", "department"),
    ("部", "department"),
    ("办", "office"),
    ("中心", "centre"),
    ("集团", "group"),
    ("和", ""),
];

/// An id that none of `taken` is.
pub(super) fn unique(id: String, taken: &BTreeSet<String>) -> String {
    if !taken.contains(&id) {
        return id;
    }
    (2u32..).map(|n| format!("{id}-{n}")).find(|i| !taken.contains(i)).unwrap_or(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_at_the_beginning() {
        let of = |t: &str| leading_place(t);
        assert_eq!(of("长沙市大健康产业发展规划"), Some(("长沙市".to_owned(), PlaceKind::City)));
        assert_eq!(of("浙江省人民政府关于"), Some(("浙江省".to_owned(), PlaceKind::Province)));
        assert_eq!(of("中共杭州市委办公厅"), Some(("杭州市".to_owned(), PlaceKind::City)));
        assert_eq!(of("關於推動產業發展"), None);
        assert_eq!(of("关于加快开发区发展的意见"), None);
        assert_eq!(of("北京经济技术开发区"), None);
        assert_eq!(of("湘江新区"), Some(("湘江新区".to_owned(), PlaceKind::Zone)));
    }

    #[test]
    fn ids() {
        assert_eq!(place_id("长沙市"), "changsha");
        assert_eq!(place_id("重庆市"), "chongqing");
        assert_eq!(place_id("沙县"), "shaxian");
        assert_eq!(agency_id("市科技局", Some("chengdu"), Some("成都市")), "chengdu-science-bureau");
        assert_eq!(agency_id("成都市人民政府办公厅", Some("chengdu"), Some("成都市")), "chengdu-gov-office");
        assert_eq!(agency_id("市经济和信息化局", Some("x"), None), "x-economy-bureau");
        assert_eq!(agency_id("东方产业集团", None, None), "dongfangchanye-group");
        assert!(crate::text::is_id(&agency_id("《》", None, None)));
    }

    #[test]
    fn one_body() {
        assert!(is_one_body("市科技局") && !is_one_body("各区人民政府") && !is_one_body("市有关部门"));
    }
}
