//! A text becomes a policy's folder: functions from values to values.
pub mod commitments;
mod plain;
pub mod record;
