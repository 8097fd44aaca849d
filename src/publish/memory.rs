//! A published site in memory, for the preview server and for tests.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use super::Sink;
use crate::diagnostic::Problem;
use crate::render::Output;

/// Files by path.
#[derive(Debug, Default)]
pub struct Memory(Mutex<BTreeMap<String, Vec<u8>>>);

impl Sink for Memory {
    fn put(&self, output: &Output) -> Result<(), Problem> {
        let mut files = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        files.insert(output.path.clone(), output.bytes.clone());
        Ok(())
    }
}

/// Keeps nothing: what is made is only checked.
#[derive(Debug, Default)]
pub struct Nowhere;

impl Sink for Nowhere {
    fn put(&self, _: &Output) -> Result<(), Problem> {
        Ok(())
    }

    fn keeps(&self) -> bool {
        false
    }
}

impl Memory {
    /// All files.
    pub fn into_files(self) -> BTreeMap<String, Vec<u8>> {
        self.0.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}
