//! `duizhao schema`

use clap::Args;

use super::{BROKEN, FINE, emit};
use crate::content::schema;
use crate::diagnostic::nearest;
use crate::quantity::unit::UNITS;

#[derive(Debug, Args)]
pub(super) struct Schema {
    /// A kind of file (site, policy, targets …), or `units`; without one, the kinds are listed
    kind: Option<String>,
}

impl Schema {
    pub(super) fn run(&self) -> u8 {
        let Some(kind) = &self.kind else {
            let kinds = schema::KINDS.iter().map(|(kind, path)| format!("{kind:<12}{path}\n"));
            let units = "units       the units that targets may be counted in\n".to_owned();
            emit(&kinds.chain([units]).collect::<String>());
            return FINE;
        };
        if kind == "units" {
            let units = UNITS.iter().filter(|u| !u.zh.is_empty()).map(|u| {
                let power = if u.power > 0 { format!("× 10^{} ", u.power) } else { String::new() };
                format!("{}\t{power}{}\n", u.zh, u.en)
            });
            emit(&units.collect::<String>());
            return FINE;
        }
        if let Some(schema) = schema::of(kind) {
            emit(&format!("{:#}\n", schema.as_value()));
            return FINE;
        }
        eprintln!("error: there is no kind of file `{kind}`");
        match nearest(kind, schema::KINDS.iter().map(|(k, _)| *k)) {
            Some(near) => eprintln!("  = help: did you mean `{near}`?"),
            None => eprintln!("  = help: `duizhao schema` lists all kinds"),
        }
        BROKEN
    }
}
