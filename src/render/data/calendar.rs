//! Due dates as a calendar (RFC 5545): an all-day event on the last day of each due year.
//!
//! An event's UID is its target's id, whatever the site's address; its time stamp is the day of the
//! policy, so that a calendar changes only when its content does.

use icalendar::{Calendar, Component, Event, EventLike, Property};
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
        let mut calendar = Calendar::empty();
        calendar.append_property(Property::new("VERSION", "2.0"));
        calendar.append_property(Property::new(
            "PRODID",
            concat!("-//duizhao//duizhao ", env!("CARGO_PKG_VERSION"), "//ZH"),
        ));
        calendar.append_property(Property::new("CALSCALE", "GREGORIAN"));
        calendar.append_property(Property::new("METHOD", "PUBLISH"));
        let name = tongue.join(" · ", |lang| {
            let own = view.name(site, lang);
            if view == View::All { own.to_owned() } else { format!("{own} · {}", site.settings.title.get(lang)) }
        });
        calendar.name(&name);
        for at in view.targets(site) {
            if site.target(at).same_as.is_none()
                && let Some(event) = self.event(at, tongue)
            {
                calendar.push(event);
            }
        }
        Output { path: path(site, view, tongue), bytes: calendar.to_string().into_bytes() }
    }

    fn event(&self, at: TargetRef, tongue: Tongue) -> Option<Event> {
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
        let mut event = Event::new();
        event
            .uid(&format!("{}.{}@duizhao", policy.id, target.id.get_ref()))
            .add_property("DTSTAMP", format!("{}T000000Z", day(stamp)))
            .append_property(all_day("DTSTART", &day(due)))
            .append_property(all_day("DTEND", &day(due.tomorrow().ok()?)))
            .summary(&summary)
            .description(&lines.join("\n"))
            .add_property("TRANSP", "TRANSPARENT");
        if !base.is_empty() {
            let lang = tongue.langs().first().copied().unwrap_or(Lang::Zh);
            event.url(&format!("{base}{}", urls::target(site, at, lang)));
        }
        event.categories(tongue.langs().iter().map(|l| place(*l)));
        Some(event.done())
    }
}

fn all_day(key: &str, day: &str) -> Property {
    Property::new(key, day).add_parameter("VALUE", "DATE").done()
}
