//! Lists of operations.

use super::table;
use paas_platform::OperationStatus;

/// Operations as a table, in the order given.
pub fn operations(operations: &[OperationStatus]) -> String {
    let heads = ["operation", "what", "application", "state", "", "begun", "by"];
    let mut rows = vec![heads.map(str::to_owned).to_vec()];
    rows.extend(operations.iter().map(row));
    table(&rows)
}

fn row(operation: &OperationStatus) -> Vec<String> {
    let OperationStatus { id, kind, tenant, application, by, state, is_interrupted, begun_at, .. } =
        operation;
    let state = if *is_interrupted { "interrupted" } else { state.as_str() };
    vec![
        id.to_string(),
        kind.as_str().to_owned(),
        format!("{tenant}/{application}"),
        state.to_owned(),
        format!("{} %", operation.percent()),
        begun_at.to_string(),
        by.to_string(),
    ]
}
