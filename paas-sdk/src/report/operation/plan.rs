//! Plans.

use super::{table, words};
use paas_core::plan::Plan;

/// What a plan does, as a table: by stage, network and environment, with what each service is waited for.
///
/// ```
/// use paas_sdk::{core::plan::{self, Environment, RemovedStack, Stack}, report};
///
/// let dmz = Environment::new("1a5", "meridian-dmz", "dmz");
/// let stacks = vec![RemovedStack { stack: Stack::new(dmz, "shop", "paas://meridian/shop/"), stage: 1 }];
/// assert_eq!(
///     report::plan(&plan::remove("op-1", "meridian", "shop", stacks)),
///     "  stage   network  environment   what
///   remove  dmz      meridian-dmz  stack shop
/// "
/// );
/// ```
pub fn plan(plan: &Plan) -> String {
    let mut rows: Vec<Row> = Vec::new();
    for step in &plan.steps {
        let what = words::planned(step);
        if what.is_empty() {
            continue;
        }
        let environment = step.action.environment();
        let key = [words::stage(plan, step), environment.network.clone(), environment.name.clone()];
        match rows.iter_mut().find(|row| row.key == key) {
            Some(row) => row.what.extend(what),
            None => rows.push(Row { key, what }),
        }
    }
    let mut before = String::new();
    let mut shown = vec![["stage", "network", "environment", "what"].map(str::to_owned).to_vec()];
    for Row { key: [stage, network, environment], what } in rows {
        let first = if stage == before { String::new() } else { stage.clone() };
        let mut cells = [first, network, environment];
        for line in lines(&what) {
            let mut row = std::mem::take(&mut cells).to_vec();
            row.push(line);
            shown.push(row);
        }
        before = stage;
    }
    table(&shown)
}

/// What is done in a stage, in one environment.
struct Row {
    /// Stage, network, environment.
    key: [String; 3],
    what: Vec<String>,
}

/// How wide the last column may be, unless one word is wider: so that most plans fit into 80 characters.
const WIDTH: usize = 40;

/// Words with commas between, in lines.
fn lines(words: &[String]) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for (index, word) in words.iter().enumerate() {
        let comma = if index + 1 < words.len() { "," } else { "" };
        match lines.last_mut() {
            Some(line) if line.chars().count() + word.chars().count() < WIDTH => {
                line.push_str(&format!(" {word}{comma}"));
            }
            _ => lines.push(format!("{word}{comma}")),
        }
    }
    lines
}
