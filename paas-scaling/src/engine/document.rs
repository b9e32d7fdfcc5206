//! Actions as documents.

use super::action::{Act, Action};
use paas_core::scaling::Timestamp;
use serde::Serialize;

/// What is to be done with a service, and why: an action as it is kept in journals and given to programs in other
/// languages, with the service's name and a sentence.
///
/// ```
/// # use paas_core::scaling::{Bounds, FixedCount, Rule, ScalingPolicy, Timestamp, Window};
/// # use paas_scaling::{Engine, Plan, Settings};
/// # let mut policy = ScalingPolicy::new("web", "UTC", Bounds { min: 1, max: 9 });
/// # let rule = Rule::Fixed { count: FixedCount::Count(5) };
/// # policy.windows.push(Window::daily("day", "08:00".parse().unwrap(), "20:00".parse().unwrap(), rule));
/// # let mut engine = Engine::new(Settings::default());
/// let noon: Timestamp = "2026-11-23T12:00:00Z".parse().unwrap();
/// let actions = engine.upsert("shop/web", &Plan::new(&policy).unwrap(), 2, noon);
/// let document = serde_json::to_value(actions[0].document("shop/web")).unwrap();
/// assert_eq!(document["service"], "shop/web");
/// assert_eq!(document["kind"], "scale");
/// assert_eq!(document["to"], 5);
/// assert_eq!(document["reason"], "`day` is open and holds the count (scaling of the service begins)");
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "ScalingAction"))]
#[non_exhaustive]
pub struct ActionDocument {
    /// The service.
    pub service: String,
    /// Its number among all actions of its engine, from 1 on, without gaps.
    pub sequence: u64,
    /// When it was decided.
    pub at: Timestamp,
    /// What is to be done.
    #[serde(flatten)]
    pub act: Act,
    /// Why, in a sentence.
    pub reason: String,
}

impl Action {
    /// The action as a document. The name is that of its service: [`Engine::name`](crate::Engine::name), or what was
    /// removed.
    pub fn document(&self, service: &str) -> ActionDocument {
        ActionDocument {
            service: service.to_owned(),
            sequence: self.sequence,
            at: self.at,
            act: self.act.clone(),
            reason: self.act.reason(),
        }
    }
}

impl Act {
    /// Why, in a sentence without full stop.
    pub fn reason(&self) -> String {
        match self {
            Self::Scale { cause, .. } | Self::Drain { cause, .. } => cause.to_string(),
            Self::CancelDrain { cause, .. } => cause.to_string(),
            Self::Arm { rules } if rules.is_empty() => "no alarm can move the count now".to_owned(),
            Self::Arm { .. } => "alarms of the windows that are open can move the count".to_owned(),
        }
    }
}
