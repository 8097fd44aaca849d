//! The preview server from outside: what it serves, what it refuses, how it follows the files, how it bears many
//! clients, how it ends.

#[path = "../common/mod.rs"]
mod common;

mod client;
mod ending;
mod follow;
mod many;
mod refused;
mod served;
