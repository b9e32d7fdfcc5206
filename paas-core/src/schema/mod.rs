//! JSON Schemas of the documents, made from the types that write them.
//!
//! Types of other languages are made from these schemas, so they keep to a small part of JSON Schema: objects with named
//! properties, arrays, maps, strings, numbers, `$ref` to a definition, words (`enum`, or `oneOf` with `const`), and
//! unions of objects (`oneOf`, `anyOf`). Nothing is put together with `allOf`, and no `$ref` has properties beside it.
//!
//! ```
//! use paas_core::{release::Release, schema};
//! use schemars::generate::Contract;
//!
//! let mut generator = schema::settings(Contract::Serialize).into_generator();
//! generator.subschema_for::<Release>();
//! let definitions = generator.take_definitions(true);
//! assert_eq!(definitions["Flow"]["properties"]["ports"]["items"]["$ref"], "#/$defs/FlowPort");
//! ```

mod docs;
mod plain;

pub use plain::Plain;

use crate::{
    actor::Actor,
    diagnostic::Diagnostics,
    images::{
        distribution::{Distributed, DistributionOrder, DistributionRule, News, ZoneStatus, Zones},
        mall::{Effect, MallEntry, Publication},
        promotion::{Change, Image, Order, SyncRule, WaitsFor},
    },
    plan::Plan,
    release::{Release, difference::Difference},
    tenant::Tenant,
};
use schemars::{
    SchemaGenerator,
    generate::{Contract, SchemaSettings},
};

/// How schemas of documents are made: draft 2020-12, [`Plain`]; of what is written, or of what is read.
#[expect(clippy::needless_pass_by_value, reason = "it is a word, and reads like one at the call")]
pub fn settings(contract: Contract) -> SchemaSettings {
    let transform = Plain::new(&contract);
    let settings = SchemaSettings::draft2020_12().with_transform(transform);
    let mut settings =
        if contract.is_serialize() { settings.for_serialize() } else { settings.for_deserialize() };
    // Types need names for what has no tag.
    settings.untagged_enum_variant_titles = true;
    settings
}

/// Adds the documents of this crate, with all that they are made of.
pub fn register(generator: &mut SchemaGenerator) {
    generator.subschema_for::<Release>();
    generator.subschema_for::<Difference>();
    generator.subschema_for::<Plan>();
    generator.subschema_for::<Tenant>();
    generator.subschema_for::<Actor>();
    generator.subschema_for::<Diagnostics>();
    generator.subschema_for::<Image>();
    generator.subschema_for::<Change>();
    generator.subschema_for::<Order>();
    generator.subschema_for::<WaitsFor>();
    generator.subschema_for::<SyncRule>();
    generator.subschema_for::<Zones>();
    generator.subschema_for::<ZoneStatus>();
    generator.subschema_for::<DistributionRule>();
    generator.subschema_for::<Distributed>();
    generator.subschema_for::<DistributionOrder>();
    generator.subschema_for::<News>();
    generator.subschema_for::<Publication>();
    generator.subschema_for::<MallEntry>();
    generator.subschema_for::<Effect>();
}
