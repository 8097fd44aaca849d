//! Small views that several pages share: dates, policies in a list, targets in a table, notes.

use jiff::civil::Date;
use serde::Serialize;

use crate::content::fields::Lang;
use crate::content::record::Status;
use crate::content::targets::{Basis, Bound, Commitment, Target};
use crate::quantity::Number;
use crate::quantity::display::{Figure, show};
use crate::render::data::calendar;
use crate::render::urls;
use crate::render::{Format, Renderer, Tongue, View};
use crate::site::{Entity, Evidence, LinkedDigest, TargetRef};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// `2024年12月31日`, `31 December 2024`.
pub(in crate::render) fn date(date: Date, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{}年{}月{}日", date.year(), date.month(), date.day()),
        Lang::En => {
            let month = usize::try_from(date.month()).ok().and_then(|m| MONTHS.get(m.wrapping_sub(1))).unwrap_or(&"");
            format!("{} {month} {}", date.day(), date.year())
        }
    }
}

/// `firm`, `strive`, `expected`: part of the keys of the words.
pub(in crate::render) fn commitment_key(commitment: Commitment) -> &'static str {
    match commitment {
        Commitment::Firm => "firm",
        Commitment::Strive => "strive",
        Commitment::Expected => "expected",
    }
}

/// A link with its words.
#[derive(Clone, Serialize)]
pub(in crate::render) struct LinkView {
    pub(in crate::render) url: String,
    pub(in crate::render) name: String,
}

/// A policy in a list.
#[derive(Serialize)]
pub(in crate::render) struct PolicyView {
    url: String,
    source_url: String,
    title: String,
    short: String,
    place: LinkView,
    kind: String,
    issuer: LinkView,
    number: String,
    issued: Option<String>,
    issued_iso: Option<String>,
    period: Option<(i16, i16)>,
    /// `in-force`, `expired`, `superseded`
    status: &'static str,
    expires: Option<String>,
    targets: usize,
}

/// A target in a table.
#[derive(Serialize)]
pub(in crate::render) struct TargetView {
    pub(in crate::render) id: String,
    pub(in crate::render) url: String,
    pub(in crate::render) measure: String,
    pub(in crate::render) scope: Option<String>,
    pub(in crate::render) figure: String,
    /// `firm`, `strive`, `expected`
    pub(in crate::render) commitment: &'static str,
    /// What the timeline's filter finds it by.
    pub(in crate::render) key: String,
    pub(in crate::render) due: Option<i16>,
    pub(in crate::render) passed: bool,
    pub(in crate::render) baseline: Option<String>,
    pub(in crate::render) baseline_year: Option<i16>,
    pub(in crate::render) quote: String,
    pub(in crate::render) quote_en: String,
    pub(in crate::render) quote_url: String,
    pub(in crate::render) anchor: String,
    pub(in crate::render) place: LinkView,
    pub(in crate::render) policy: LinkView,
    pub(in crate::render) note: Option<String>,
    pub(in crate::render) same_as: Option<LinkView>,
}

/// A numbered note under a digest.
#[derive(Serialize)]
pub(in crate::render) struct NoteView {
    number: usize,
    quote: String,
    translation: String,
    /// The quoted words on the source page.
    url: Option<String>,
    anchor: String,
    /// The source's policy, if it is another's.
    policy: Option<LinkView>,
    /// The target that is cited.
    target: Option<LinkView>,
    figure: String,
    arithmetic: String,
}

impl Renderer<'_> {
    /// A link to an entity's page by its name.
    pub(in crate::render) fn link(&self, entity: Entity, lang: Lang) -> LinkView {
        LinkView { url: self.urls().entity(self.site, entity, lang), name: self.site.name(entity, lang).to_owned() }
    }

    /// The files that have a view's targets: CSV, JSON, and a calendar in the page's language.
    pub(in crate::render) fn files(&self, view: View, lang: Lang) -> Vec<LinkView> {
        let none = match view {
            View::All => self.site.policies.iter().all(|p| p.targets.is_empty()),
            view => !self.has_targets(view),
        };
        if none {
            return Vec::new();
        }
        let folder = view.folder(self.site);
        let calendar = calendar::path(self.site, view, Tongue::One(lang));
        [("CSV", format!("{folder}targets.csv")), ("JSON", format!("{folder}targets.json")), ("iCalendar", calendar)]
            .into_iter()
            .map(|(name, url)| LinkView { url, name: format!("{}{name}", self.word(lang, "file_targets")) })
            .collect()
    }

    /// A policy's citations for reference managers.
    pub(in crate::render) fn cite_files(&self, policy: usize, lang: Lang) -> Vec<LinkView> {
        let folder = urls::policy(&self.site.policies[policy].id, lang);
        Format::ALL
            .into_iter()
            .map(|format| {
                let (name, file) = format.names();
                LinkView { url: format!("{folder}{file}"), name: name.to_owned() }
            })
            .collect()
    }

    /// A file by the key of its name.
    pub(in crate::render) fn file(&self, key: &str, url: String, lang: Lang) -> LinkView {
        LinkView { url, name: self.word(lang, key).to_owned() }
    }

    pub(in crate::render) fn place_link(&self, index: usize, lang: Lang) -> LinkView {
        let place = &self.site.places[index];
        LinkView { url: self.urls().page(&urls::place(&place.id, lang)), name: place.place.name.get(lang).to_owned() }
    }

    pub(in crate::render) fn policy_link(&self, index: usize, lang: Lang) -> LinkView {
        LinkView {
            url: self.urls().page(&urls::policy(&self.site.policies[index].id, lang)),
            name: self.site.name(Entity::Policy(index), lang).to_owned(),
        }
    }

    pub(in crate::render) fn policy_view(&self, index: usize, lang: Lang) -> PolicyView {
        let policy = &self.site.policies[index];
        let record = &policy.record;
        let kinds = &self.site.settings.kinds;
        PolicyView {
            url: self.urls().page(&urls::policy(&policy.id, lang)),
            source_url: self.urls().page(&urls::source(&policy.id, lang)),
            title: record.title.full().get(lang).to_owned(),
            short: self.site.name(Entity::Policy(index), lang).to_owned(),
            place: self.place_link(policy.place, lang),
            kind: kinds.get(record.kind.get_ref()).map(|k| k.name.get(lang).to_owned()).unwrap_or_default(),
            issuer: self.link(Entity::Agency(policy.issuer), lang),
            number: record.number.clone(),
            issued: record.issued.map(|d| date(d.0, lang)),
            issued_iso: record.issued.map(|d| d.0.to_string()),
            period: record.period.as_ref().map(|p| *p.get_ref()),
            status: match record.status {
                Status::InForce => "in-force",
                Status::Expired => "expired",
                Status::Superseded => "superseded",
            },
            expires: record.expires.map(|d| date(d.0, lang)),
            targets: policy.targets.len(),
        }
    }

    /// Whom a target binds, where that says more than its place's name.
    fn narrower(&self, place: usize, scope: Option<&str>, lang: Lang) -> Option<String> {
        let place = &self.site.places[place].place;
        let named = |words: &str| place.name.get(lang) == words || place.aliases.get(lang).iter().any(|n| n == words);
        scope.filter(|words| !named(words)).map(str::to_owned)
    }

    pub(in crate::render) fn target_view(&self, at: TargetRef, lang: Lang) -> TargetView {
        let site = self.site;
        let linked = site.target(at);
        let target = &linked.target;
        let due = target.due.as_ref().map(|d| *d.get_ref());
        let (policy, span) = site.span(linked.quote);
        TargetView {
            id: target.id.get_ref().clone(),
            url: self.urls().target(site, at, lang),
            measure: target.measure.get(lang).to_owned(),
            scope: self.narrower(linked.place, target.scope.as_ref().map(|s| s.get(lang)), lang),
            figure: self.figure(at, lang),
            commitment: commitment_key(target.commitment()),
            key: self.filter_key(at),
            due,
            passed: due.is_some_and(|d| d < site.today.year()),
            baseline: target.baseline.as_ref().and_then(|b| self.amount(target, b.value.get_ref(), lang)),
            baseline_year: target.baseline.as_ref().and_then(|b| b.year.as_ref()).map(|y| *y.get_ref()),
            quote: site.quoted(linked.quote).to_owned(),
            quote_en: target.quote_en.as_ref().map(|q| q.get_ref().clone()).unwrap_or_default(),
            quote_url: self.urls().span(site, linked.quote, lang),
            anchor: policy.source.blocks[span.block].anchor.to_string(),
            place: self.place_link(linked.place, lang),
            policy: self.policy_link(at.policy, lang),
            note: target.note.as_ref().map(|n| n.get(lang).to_owned()),
            same_as: linked.same_as.map(|other| LinkView {
                url: self.urls().target(site, other, lang),
                name: site.target(other).target.measure.get(lang).to_owned(),
            }),
        }
    }

    /// A bare amount in a target's unit.
    pub(in crate::render) fn amount(&self, target: &Target, value: &str, lang: Lang) -> Option<String> {
        let value: Number = value.parse().ok()?;
        let unit = target.unit.get_ref();
        let figure = Figure { bound: Bound::Reach, low: value, high: value, unit, basis: Basis::Level };
        Some(show(&figure).get(lang).to_owned())
    }

    /// A target's figure with what each thing must pass and what it is per.
    pub(in crate::render) fn figure(&self, at: TargetRef, lang: Lang) -> String {
        let linked = self.site.target(at);
        let target = &linked.target;
        let mut out = linked.display.get(lang).to_owned();
        if let Some(per) = &target.per {
            out = match lang {
                Lang::Zh => format!("{}{out}", per.zh),
                Lang::En => format!("{out} {}", per.en),
            };
        }
        if let Some(each) = &target.each {
            let number =
                |v: &Option<toml::Spanned<String>>| v.as_ref().and_then(|v| v.get_ref().parse::<Number>().ok());
            let low = number(&each.value).or_else(|| number(&each.low));
            let high = number(&each.value).or_else(|| number(&each.high));
            if let (Some(low), Some(high)) = (low, high) {
                let figure =
                    Figure { bound: *each.bound.get_ref(), low, high, unit: each.unit.get_ref(), basis: Basis::Level };
                let shown = show(&figure);
                // One thing is not «each», and a class is what things are in.
                let one = target.value.as_ref().is_some_and(|v| v.get_ref() == "1");
                let class = figure.bound == Bound::Magnitude;
                out = match lang {
                    Lang::Zh => format!("{out}（{}{}）", if one { "" } else { "每个" }, shown.zh),
                    Lang::En => {
                        let (each, within) = (if one { "" } else { "each " }, if class { "in the " } else { "" });
                        format!("{out}, {each}{within}{}", shown.en)
                    }
                };
            }
        }
        out
    }

    /// The notes of a digest, by number. `own` is the policy whose digest it is.
    pub(in crate::render) fn note_views(&self, digest: &LinkedDigest, own: Option<usize>, lang: Lang) -> Vec<NoteView> {
        let site = self.site;
        let view = |(i, note): (usize, &crate::site::Note)| {
            let span = note.evidence.span();
            let mut out = NoteView {
                number: i + 1,
                quote: span.map(|s| site.quoted(s).to_owned()).unwrap_or_default(),
                translation: note.translation.clone(),
                url: span.map(|s| self.urls().span(site, s, lang)),
                anchor: String::new(),
                policy: None,
                target: None,
                figure: String::new(),
                arithmetic: String::new(),
            };
            if let Some(at) = span {
                let (policy, span) = site.span(at);
                out.anchor = policy.source.blocks[span.block].anchor.to_string();
                out.policy = (own != Some(at.policy)).then(|| self.policy_link(at.policy, lang));
            }
            match &note.evidence {
                Evidence::Target(at, _) => {
                    out.target = Some(LinkView {
                        url: self.urls().target(site, *at, lang),
                        name: site.target(*at).target.measure.get(lang).to_owned(),
                    });
                    out.figure = self.figure(*at, lang);
                }
                Evidence::Derived(policy, at) => {
                    let derived = &site.policies[*policy].derived[*at];
                    out.figure = format!("{}: {}", derived.measure.get(lang), derived.value.get_ref());
                    out.arithmetic = derived.arithmetic.get_ref().clone();
                }
                Evidence::Fact(..) | Evidence::Quote(_) => {}
            }
            out
        };
        digest.notes.iter().enumerate().map(view).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_both_languages() {
        let day = Date::constant(2024, 12, 31);
        assert_eq!(date(day, Lang::Zh), "2024年12月31日");
        assert_eq!(date(day, Lang::En), "31 December 2024");
    }
}
