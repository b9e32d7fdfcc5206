//! Values with a format.

use paas_platform::store::{Document, FromDocument, decode, encode};
use serde::{Deserialize, Serialize};
use serde_json::Value;

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Tenant {
    zones: Vec<String>,
}

impl Document for Tenant {
    const NAME: &'static str = "tenant";
    const FORMAT: u64 = 2;
}

impl FromDocument for Tenant {
    fn upgrade(format: u64, value: Value) -> Result<Value, String> {
        match format {
            // One zone, once.
            1 => Ok(serde_json::json!({ "zones": [value["zone"]] })),
            other => Err(format!("format {other} was never written")),
        }
    }
}

#[test]
fn an_older_value_is_brought_forward() {
    let zones = vec!["z1".to_owned()];
    let old = br#"{"format":1,"value":{"zone":"z1"}}"#;
    let tenant = decode::<Tenant>("the tenant `acme`", old).unwrap();
    assert_eq!(tenant, Tenant { zones });
    assert_eq!(encode(&tenant).unwrap(), br#"{"format":2,"value":{"zones":["z1"]}}"#);
}

#[test]
fn what_cannot_be_read_is_named() {
    for (bytes, code, why) in [
        (r#"{"format":3,"value":{"zones":[]}}"#, "store.newer_format", "has format 3"),
        (r#"{"format":0,"value":{}}"#, "store.corrupt", "format 0 was never written"),
        (r#"{"format":2,"value":{"zones":"z1"}}"#, "store.corrupt", "invalid type"),
        (r#"{"format":2}"#, "store.corrupt", "missing field `value`"),
        ("", "store.corrupt", "EOF"),
    ] {
        let error = decode::<Tenant>("the tenant `acme`", bytes.as_bytes()).unwrap_err();
        assert_eq!(error.code(), code, "{bytes}");
        assert!(error.to_string().contains("the tenant `acme`"), "{error}");
        assert!(error.to_string().contains(why), "{error}");
    }
}
