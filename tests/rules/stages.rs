//! Rules of reading, linking and publishing.

use super::Case;

pub(crate) const CASES: &[Case] = &[];
