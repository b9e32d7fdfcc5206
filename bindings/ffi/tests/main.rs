//! What holds for the functions, whatever calls them.

#![recursion_limit = "256"]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod clone;
mod difference;
mod errors;
mod export;
mod images;
mod imports;
mod policy;
mod scaling;
mod stack;
mod table;
mod zones;

use paas_ffi::{Answer, ErrorEnvelope, Handle};
use serde_json::Value;
use tokio::runtime::{Builder, Runtime};

const SHOP: &str = "
tosca_definitions_version: tosca_simple_yaml_1_3
topology_template:
  node_templates:
    dmz: { type: paas.nodes.Network }
    web:
      type: paas.nodes.Service
      properties: { image: 'registry.bank.test/web:1.4' }
      requirements: [ { network: dmz } ]
";

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

/// Calls a function as a binding does: text in, text out.
fn call(handle: &Handle, function: &str, request: &Value) -> Result<Answer, Box<ErrorEnvelope>> {
    handle.call(function, request.to_string())
}

fn document(answer: Answer) -> Value {
    let Answer::Document(text) = answer else { panic!("{answer:?}") };
    serde_json::from_str(&text).unwrap()
}

fn handle(answer: Answer) -> Handle {
    let Answer::Handle(handle) = answer else { panic!("{answer:?}") };
    handle
}
