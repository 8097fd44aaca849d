//! Charts, drawn at build time: SVG text made of the site's targets and nothing else, so the same input
//! draws the same bytes. Colours, line styles and sizes are the theme's: a drawing has classes and no
//! style of its own. Lengths across are percentages and the rest is in `em`, so that a chart is as wide
//! as its place and grows with the reader's letters.
//!
//! - [`axis`] is the years that a chart spans;
//! - [`glyph`] draws how a value binds, in the plot and in the key;
//! - [`timeline`] draws one target from its start to its due year;
//! - [`scale`] sets figures of one indicator on one scale.

pub(super) mod axis;
pub(super) mod glyph;
mod scale;
pub(super) mod timeline;
