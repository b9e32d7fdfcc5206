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
///     "\
///   stage   network  environment   what
///   remove  dmz      meridian-dmz  stack shop
/// "
/// );
/// ```
pub fn plan(plan: &Plan) -> String {
    let mut rows: Vec<[String; 4]> = Vec::new();
    for step in &plan.steps {
        let what = words::planned(step).join(", ");
        if what.is_empty() {
            continue;
        }
        let environment = step.action.environment();
        let stage = words::stage(plan, step);
        let key = [&stage, &environment.network, &environment.name];
        match rows.iter_mut().find(|row| row.iter().take(3).eq(key)) {
            Some([.., known]) => {
                known.push_str(", ");
                known.push_str(&what);
            }
            None => {
                let [network, name] = [&environment.network, &environment.name].map(Clone::clone);
                rows.push([stage, network, name, what]);
            }
        }
    }
    let mut before = String::new();
    let mut shown = vec![["stage", "network", "environment", "what"].map(str::to_owned).to_vec()];
    for [stage, network, environment, what] in rows {
        let first = if stage == before { String::new() } else { stage.clone() };
        shown.push(vec![first, network, environment, what]);
        before = stage;
    }
    table(&shown)
}
