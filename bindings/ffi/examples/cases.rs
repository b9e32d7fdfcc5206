//! Prints the cases that every language must treat alike: templates, tenant files and policy files with faults, what
//! checking them tells, and how translating them fails.

use paas_ffi::{Answer, Handle, Result};
use paas_sdk::Code;
use serde_json::{Map, Value, json};

fn main() -> Result<()> {
    let mut cases = Vec::new();
    for code in Code::ALL {
        let text = code.example().wrong;
        let (function, field) = match code.as_str().split_once('.') {
            Some(("tenant" | "resource", _)) => ("check_tenant", "text"),
            _ => ("check", "template"),
        };
        let file = format!("{}.yaml", code.as_str());
        let mut request = json!({ field: text, "file": file });
        if code.as_str().starts_with("policy_file.") {
            request = json!({ "template": Code::PolicyPrivileged.example().right, "policy": text });
        } else if let Some(policy) = policy_beside(text) {
            request["policy"] = policy.into();
        } else if function == "check" && !code.as_str().starts_with("policy.") {
            // Examples of others leave out limits.
            request["policy"] = "missing_limits: allow\n".into();
        }
        let checked = call(function, &request)?;
        let diagnostics = checked.get("diagnostics").and_then(Value::as_array);
        if diagnostics.is_none_or(Vec::is_empty) {
            // What only other checks find.
            continue;
        }
        let translated = match function {
            "check" => Handle::library().call("translate", request.to_string()).err(),
            _ => None,
        };
        let mut case = Map::new();
        case.insert("name".to_owned(), code.as_str().into());
        case.insert("function".to_owned(), function.into());
        case.insert("request".to_owned(), request);
        case.insert("answer".to_owned(), checked);
        if let Some(error) = translated {
            case.insert("error".to_owned(), json!(error));
        }
        cases.push(case);
    }
    #[expect(clippy::print_stdout, reason = "it is what the program is for")]
    {
        println!("{:#}", json!({ "cases": cases }));
    }
    Ok(())
}

/// The policy file that an example has in its second line.
fn policy_beside(text: &str) -> Option<&str> {
    text.lines().nth(1)?.strip_prefix("# policy.yaml: ")
}

/// The document that a function of the library gives.
fn call(function: &str, request: &Value) -> Result<Value> {
    match Handle::library().call(function, request.to_string())? {
        Answer::Document(text) => Ok(text.parse().unwrap_or_default()),
        _ => Ok(Value::Null),
    }
}
