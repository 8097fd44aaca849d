//! A block's address, made from the file's fixed bytes: `L57`, or `L117.311` within a line.

use std::fmt;
use std::str::FromStr;

/// A raw line from 1, and a character offset from 0 within it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Anchor {
    /// Raw line, from 1.
    pub line: u32,
    /// Characters before the block in that line; 0 when nothing but white space and list marks precede it.
    pub offset: u32,
}

impl fmt::Display for Anchor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.offset {
            0 => write!(f, "L{}", self.line),
            offset => write!(f, "L{}.{offset}", self.line),
        }
    }
}

/// The text is no anchor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an anchor is `L` and a line number, such as `L57`, or with a character offset, `L117.311`")]
pub struct BadAnchor;

impl FromStr for Anchor {
    type Err = BadAnchor;
    fn from_str(text: &str) -> Result<Self, BadAnchor> {
        let number = |s: &str| {
            let canonical = s.bytes().all(|b| b.is_ascii_digit()) && !s.starts_with('0');
            canonical.then(|| s.parse::<u32>().ok()).flatten()
        };
        let rest = text.strip_prefix('L').ok_or(BadAnchor)?;
        let (line, offset) = match rest.split_once('.') {
            Some((line, offset)) => (number(line), number(offset)),
            None => (number(rest), Some(0)),
        };
        Ok(Anchor { line: line.ok_or(BadAnchor)?, offset: offset.ok_or(BadAnchor)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn round_trips_and_refuses() {
        for text in ["L1", "L57", "L117.311"] {
            assert_eq!(text.parse::<Anchor>().map(|a| a.to_string()), Ok(text.to_owned()));
        }
        for text in ["", "L", "57", "L0", "L01", "L5.0", "L5.", "L5.x", "L99999999999"] {
            assert_eq!(text.parse::<Anchor>(), Err(BadAnchor), "{text}");
        }
    }
}
