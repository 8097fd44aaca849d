//! What a step made last time, kept with what it was made from: the one way in which a site loaded again
//! is loaded faster.
//!
//! A step is a pure function of its inputs. Its result is given again when every input is the same: a shared
//! input as the same allocation ([`Same`]), a small one by value. A kept result holds its inputs, so that
//! no address is used twice. Nothing kept is ever changed, so nothing can be stale.

use std::sync::Arc;

use rayon::prelude::*;

/// A shared value as an input: the same only if it is the same allocation.
#[derive(Debug)]
pub(crate) struct Same<T: ?Sized>(pub(crate) Arc<T>);

impl<T: ?Sized> Same<T> {
    /// An input that is a shared value.
    pub(crate) fn of(value: &Arc<T>) -> Self {
        Same(Arc::clone(value))
    }
}

impl<T: ?Sized> Clone for Same<T> {
    fn clone(&self) -> Self {
        Same::of(&self.0)
    }
}

impl<T: ?Sized> PartialEq for Same<T> {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// One step's last result, with its inputs.
#[derive(Debug)]
pub(crate) struct Kept<K, V>(Option<(K, V)>);

impl<K, V> Default for Kept<K, V> {
    fn default() -> Self {
        Kept(None)
    }
}

impl<K: PartialEq, V: Clone> Kept<K, V> {
    /// The step's result for these inputs.
    pub(crate) fn get(&mut self, inputs: K, make: impl FnOnce(&K) -> V) -> V {
        if let Some((kept, value)) = &self.0
            && *kept == inputs
        {
            return value.clone();
        }
        let value = make(&inputs);
        self.0 = Some((inputs, value.clone()));
        value
    }
}

impl<K: PartialEq, V: PartialEq> Kept<K, Arc<V>> {
    /// The step's result for these inputs; a result equal to the last one is the last one, so that what is
    /// made from it stands.
    pub(crate) fn get_equal(&mut self, inputs: K, make: impl FnOnce(&K) -> V) -> Arc<V> {
        if let Some((kept, value)) = &self.0
            && *kept == inputs
        {
            return Arc::clone(value);
        }
        let made = make(&inputs);
        let value = match self.0.take() {
            Some((_, last)) if *last == made => last,
            _ => Arc::new(made),
        };
        self.0 = Some((inputs, Arc::clone(&value)));
        value
    }
}

/// The results of a step that is done for each of a list's members, in parallel and in order; `done` does it
/// for the member of that index with what is kept of it.
pub(crate) fn each<K: Send, V: Send, R: Send>(
    kept: &mut Vec<Kept<K, V>>,
    count: usize,
    done: impl Fn(usize, &mut Kept<K, V>) -> R + Sync,
) -> Vec<R> {
    kept.resize_with(count, Kept::default);
    kept.par_iter_mut().enumerate().map(|(i, kept)| done(i, kept)).collect()
}

impl<K: PartialEq, D: PartialEq, V: Clone> Kept<(K, D), V> {
    /// The result of a step that learns while it works what else it depends on: `also` says it of a result.
    pub(crate) fn get_deep(&mut self, inputs: K, also: impl Fn(&V) -> D, make: impl FnOnce() -> V) -> V {
        if let Some(((kept, others), value)) = &self.0
            && *kept == inputs
            && *others == also(value)
        {
            return value.clone();
        }
        let value = make();
        self.0 = Some(((inputs, also(&value)), value.clone()));
        value
    }
}

impl<K: PartialEq, D: PartialEq, V: PartialEq> Kept<(K, D), Arc<V>> {
    /// Both: what else it depends on is learnt, and an equal result is the last one.
    pub(crate) fn get_deep_equal(&mut self, inputs: K, also: impl Fn(&V) -> D, make: impl FnOnce() -> V) -> Arc<V> {
        let last = self.0.as_ref().map(|(_, value)| Arc::clone(value));
        self.get_deep(
            inputs,
            |value| also(value),
            || {
                let made = make();
                last.filter(|last| **last == made).unwrap_or_else(|| Arc::new(made))
            },
        )
    }
}
