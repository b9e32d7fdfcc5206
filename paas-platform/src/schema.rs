//! JSON Schemas of the platform's documents; see [`paas_core::schema`].

use crate::{ApplicationStatus, Event, JournalEntry, OperationStatus, ServiceChange};
use schemars::SchemaGenerator;

/// Adds the documents of this crate, with all that they are made of.
pub fn register(generator: &mut SchemaGenerator) {
    generator.subschema_for::<ApplicationStatus>();
    generator.subschema_for::<ServiceChange>();
    generator.subschema_for::<OperationStatus>();
    generator.subschema_for::<Event>();
    generator.subschema_for::<JournalEntry>();
}
