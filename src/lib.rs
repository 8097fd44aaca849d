//! duizhao (对照): a static site generator for bilingual digests of policy documents.
//!
//! Data flows one way; files are touched only at the two ends.
//!
//! ```text
//! read ──▶ content ──▶ site ──▶ check ──▶ render ──▶ publish
//! files    typed       linked   problems  pages      a whole new site, or the old one untouched
//! ```
//!
//! [`source`] reflows a policy's source text and finds quotes in it; [`quantity`] knows figures and how
//! they read in both languages; [`diagnostic`] is a problem that a curator can mend; [`pipeline`] is the
//! line that every command runs; [`preview`] serves a site to this machine.

#![forbid(unsafe_code)]

pub mod check;
pub mod commands;
pub mod content;
pub mod diagnostic;
pub mod import;
pub mod pipeline;
pub mod preview;
pub mod publish;
pub mod quantity;
pub mod read;
pub mod render;
pub mod search;
pub mod site;
pub mod source;
pub mod text;
