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
            // Mapping files are documents there, not texts.
            Some(("clone", _)) => continue,
            _ => ("check", "template"),
        };
        let file = format!("{}.yaml", code.as_str());
        let request = if code.as_str().starts_with("policy_file.") {
            json!({ "template": Code::PolicyPrivileged.example().right, "policy": text })
        } else {
            match policy_for(*code, text).filter(|_| function == "check") {
                Some(policy) => json!({ field: text, "file": file, "policy": policy }),
                None => json!({ field: text, "file": file }),
            }
        };
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

/// The policy that a template is tried with: the one in its second line, or else the default. Examples of other areas
/// leave out limits.
fn policy_for(code: Code, text: &str) -> Option<&str> {
    let beside = text.lines().nth(1).and_then(|second| second.strip_prefix("# policy.yaml: "));
    let usual = (!code.as_str().starts_with("policy.")).then_some("missing_limits: allow\n");
    beside.or(usual)
}

/// The document that a function of the library gives.
fn call(function: &str, request: &Value) -> Result<Value> {
    match Handle::library().call(function, request.to_string())? {
        Answer::Document(text) => Ok(text.parse().unwrap_or_default()),
        _ => Ok(Value::Null),
    }
}
