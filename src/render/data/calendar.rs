//! Due dates as a calendar (RFC 5545): an all-day event on the last day of each due year.
//!
//! An event's UID is its target's id, whatever the site's address; its time stamp is the day of the
//! policy, so that a calendar changes only when its content does. Written by hand: the crate for it
//! (icalendar 0.17) lets a folded line's last piece grow to 76 octets.

use std::fmt::Write as _;

use jiff::civil::Date;

use super::{View, status};
use crate::content::fields::Lang;
use crate::render::{Output, Renderer, urls};
use crate::site::{Site, TargetRef};

/// Which language a calendar speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tongue {
    /// Both, as in `data/targets.ics`.
    Both,
    /// One.
    One(Lang),
}

impl Tongue {
    /// `targets.ics`, `targets.en.ics`
    fn file(self) -> String {
        match self {
            Tongue::Both => "targets.ics".to_owned(),
            Tongue::One(lang) => format!("targets.{}.ics", lang.code()),
        }
    }

    fn langs(self) -> &'static [Lang] {
        match self {
            Tongue::Both => &Lang::BOTH,
            Tongue::One(Lang::Zh) => &[Lang::Zh],
            Tongue::One(Lang::En) => &[Lang::En],
        }
    }

    /// The words of its languages, one after the other.
    fn join(self, between: &str, words: impl Fn(Lang) -> String) -> String {
        self.langs().iter().map(|l| words(*l)).collect::<Vec<_>>().join(between)
    }
}

/// The address of a view's calendar.
pub(in crate::render) fn path(site: &Site, view: View, tongue: Tongue) -> String {
    format!("{}{}", view.folder(site), tongue.file())
}

impl Renderer<'_> {
    pub(in crate::render) fn calendar(&self, view: View, tongue: Tongue) -> Output {
        let site = self.site;
        let mut out = String::new();
        property(&mut out, "BEGIN", "VCALENDAR");
        property(&mut out, "VERSION", "2.0");
        property(&mut out, "PRODID", concat!("-//duizhao//duizhao ", env!("CARGO_PKG_VERSION"), "//EN"));
        property(&mut out, "CALSCALE", "GREGORIAN");
        property(&mut out, "METHOD", "PUBLISH");
        let name = tongue.join(" · ", |lang| {
            let own = view.name(site, lang);
            if view == View::All { own.to_owned() } else { format!("{own} · {}", site.settings.title.get(lang)) }
        });
        property(&mut out, "NAME", &escape(&name));
        property(&mut out, "X-WR-CALNAME", &escape(&name));
        for at in view.targets(site) {
            if site.target(at).same_as.is_none() {
                self.event(&mut out, at, tongue);
            }
        }
        property(&mut out, "END", "VCALENDAR");
        Output { path: path(site, view, tongue), bytes: out.into_bytes() }
    }

    /// The event of a target; one without a due year has none.
    fn event(&self, out: &mut String, at: TargetRef, tongue: Tongue) -> Option<()> {
        let site = self.site;
        let linked = site.target(at);
        let target = &linked.target;
        let policy = &site.policies[at.policy];
        let due = Date::new(*target.due.as_ref()?.get_ref(), 12, 31).ok()?;
        let day = |date: Date| date.strftime("%Y%m%d").to_string();
        let stamp = policy.record.issued.map_or(site.today, |d| d.0);
        let figure = |lang: Lang| {
            let hedge = match super::super::pages::views::commitment_key(target.commitment()) {
                "firm" => "",
                key => self.word(lang, key),
            };
            let gap = if hedge.is_empty() || lang == Lang::Zh { "" } else { " " };
            format!("{hedge}{gap}{}", self.figure(at, lang))
        };
        let place = |lang: Lang| site.places[linked.place].place.name.get(lang).to_owned();
        let summary = tongue.join(" · ", |lang| {
            let colon = self.word(lang, "colon");
            format!("{}{colon}{}{colon}{}", place(lang), target.measure.get(lang), figure(lang))
        });
        let (_, span) = site.span(linked.quote);
        let anchor = policy.source.blocks[span.block].anchor;
        let mut lines = vec![target.quote.get_ref().text.clone()];
        if tongue.langs().contains(&Lang::En) {
            lines.extend(target.quote_en.as_ref().map(|q| q.get_ref().clone()));
        }
        lines.push(tongue.join("\n", |lang| {
            let title = policy.record.title.full();
            format!("{} {anchor} · {}", title.get(lang), self.word(lang, status(policy)))
        }));
        let base = self.base_url.clone().unwrap_or_default();
        lines.push(tongue.join("\n", |lang| format!("{base}{}", self.urls().target(site, at, lang))));
        property(out, "BEGIN", "VEVENT");
        property(out, "UID", &format!("{}.{}@duizhao", policy.id, target.id.get_ref()));
        property(out, "DTSTAMP", &format!("{}T000000Z", day(stamp)));
        property(out, "DTSTART;VALUE=DATE", &day(due));
        property(out, "DTEND;VALUE=DATE", &day(due.tomorrow().ok()?));
        property(out, "SUMMARY", &escape(&summary));
        property(out, "DESCRIPTION", &escape(&lines.join("\n")));
        if !base.is_empty() {
            let lang = tongue.langs().first().copied().unwrap_or(Lang::Zh);
            property(out, "URL", &format!("{base}{}", urls::target(site, at, lang)));
        }
        let places: Vec<String> = tongue.langs().iter().map(|l| escape(&place(*l))).collect();
        property(out, "CATEGORIES", &places.join(","));
        property(out, "TRANSP", "TRANSPARENT");
        property(out, "END", "VEVENT");
        Some(())
    }
}

/// Text as a property's value (RFC 5545, 3.3.11).
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() || crate::text::is_hidden(c) => {}
            c => out.push(c),
        }
    }
    out
}

/// A content line, folded so that no line has more than 75 octets and no character is cut (RFC 5545, 3.1).
fn property(out: &mut String, name: &str, value: &str) {
    const MOST: usize = 75;
    let mut line = String::with_capacity(MOST);
    let _ = write!(line, "{name}:{value}");
    let mut used = 0;
    for c in line.chars() {
        if used + c.len_utf8() > MOST {
            out.push_str("\r\n ");
            used = 1;
        }
        out.push(c);
        used += c.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn folded_lines_are_short_and_unfold(value in "[a-z ,;\\\\\n到２〇年亿元😀]{0,200}") {
            let mut out = String::new();
            property(&mut out, "SUMMARY", &escape(&value));
            for line in out.trim_end_matches("\r\n").split("\r\n") {
                prop_assert!(line.len() <= 75);
            }
            let unfolded = out.replace("\r\n ", "");
            let read = unfolded.trim_end_matches("\r\n").strip_prefix("SUMMARY:").expect("it has its name");
            let plain = read.replace("\\n", "\n").replace("\\,", ",").replace("\\;", ";");
            if !value.contains('\\') {
                prop_assert_eq!(plain, value);
            }
        }
    }
}
