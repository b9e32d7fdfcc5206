//! What the engine asks for, and why.

use paas_core::scaling::{AlarmRule, RuleId, Side, Timestamp};
use serde::Serialize;
use std::{fmt, str::FromStr, sync::Arc};

/// The number of a service in an engine, as long as it is there. [`Engine::name`](crate::Engine::name) tells its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ServiceId {
    pub(crate) index: u32,
    /// How many services had this place before.
    pub(crate) generation: u32,
}

/// Its place and how many had it before: `17-0`. It is the same after a restart from a snapshot, so that monitoring can
/// be given it to bring it back.
impl fmt::Display for ServiceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.index, self.generation)
    }
}

/// The text is not the number of a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidServiceId;

impl fmt::Display for InvalidServiceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the number of a service is two numbers with a dash between them, such as `17-0`")
    }
}

impl std::error::Error for InvalidServiceId {}

impl FromStr for ServiceId {
    type Err = InvalidServiceId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let number = |text: &str| {
            let is_written = text.bytes().all(|byte| byte.is_ascii_digit());
            is_written.then(|| text.parse().ok()).flatten()
        };
        let id = text.split_once('-').and_then(|(index, generation)| {
            Some(Self { index: number(index)?, generation: number(generation)? })
        });
        id.ok_or(InvalidServiceId)
    }
}

/// What the engine asks for: to be carried out in the order of [`sequence`](Self::sequence), of each service at least.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Action {
    /// The service.
    pub service: ServiceId,
    /// Its number among all actions of this engine, from 1 on, without gaps.
    pub sequence: u64,
    /// When it was decided.
    pub at: Timestamp,
    /// What is to be done.
    pub act: Act,
}

/// What is to be done with a service.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "ScalingAct"))]
#[serde(tag = "kind", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Act {
    /// Set its count.
    Scale {
        /// The count that stood.
        from: u32,
        /// The count to set.
        to: u32,
        /// Why.
        cause: Cause,
    },
    /// Let some of its containers take no new requests. A `scale` follows when the time has come, or a `cancel_drain`.
    /// While one is going on, another changes how many are to drain, and until when.
    Drain {
        /// The count that stands.
        from: u32,
        /// The count that will be set.
        to: u32,
        /// When the containers are to be stopped.
        until: Timestamp,
        /// Why.
        cause: Cause,
    },
    /// Let all containers take requests again. The count has not changed.
    CancelDrain {
        /// The count that stands.
        count: u32,
        /// Why.
        cause: CancelCause,
    },
    /// These alarm rules are the ones to watch from now on, and no others. Whoever watches all of them for ever need
    /// not do anything: alarms of closed windows are dropped.
    Arm {
        /// The rules, in the order of the policy.
        #[serde(serialize_with = "each")]
        #[cfg_attr(feature = "schema", schemars(with = "Vec<AlarmRule>"))]
        rules: Arc<[AlarmRule]>,
    },
}

fn each<S: serde::Serializer>(rules: &Arc<[AlarmRule]>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(rules.iter())
}

/// Why a count changes.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "ScalingCause"))]
#[serde(tag = "because", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Cause {
    /// A fixed window is open, and holds this count.
    Window {
        /// The window.
        window: Arc<str>,
        /// What brought it about.
        trigger: Trigger,
    },
    /// No fixed window is open any more: back to the count from before.
    Restored {
        /// The window that was left.
        #[serde(skip_serializing_if = "Option::is_none")]
        window: Option<Arc<str>>,
        /// Who chose the count that is gone back to.
        chosen_by: ChosenBy,
        /// What brought it about.
        trigger: Trigger,
    },
    /// An alarm fired.
    Alarm {
        /// The rule that asked.
        rule: RuleId,
        /// Its window.
        window: Arc<str>,
        /// Out or in.
        side: Side,
        /// The value that was measured last, if it was told.
        #[serde(skip_serializing_if = "Option::is_none")]
        value: Option<f64>,
    },
    /// The time of those that drained is over.
    Drained,
    /// A new policy came while containers drained, and its least is higher than what they drained to.
    Bounds,
    /// The policy was taken away, with the wish to go back to the count from before.
    Removed,
}

/// What brought a window's rule about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "ScalingTrigger"))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Trigger {
    /// Its time has come.
    Edge,
    /// Edges were missed, while the engine did not run or was late. They are not made up for: this is what holds now.
    CaughtUp,
    /// The service is new to the engine.
    Added,
    /// The policy was replaced by another.
    Replaced,
    /// Scaling of the service was enabled.
    Enabled,
}

/// Who chose a count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ChosenBy {
    /// It stood before the window was entered.
    Before,
    /// A person set it while the window was open.
    Person,
}

/// Why containers need not drain any more.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "ScalingCancelCause"))]
#[serde(tag = "because", rename_all = "snake_case")]
#[non_exhaustive]
pub enum CancelCause {
    /// An alarm asks for more.
    Alarm {
        /// The rule that asked.
        rule: RuleId,
        /// Its window.
        window: Arc<str>,
    },
    /// A window's edge, or a new policy, asks for at least as many.
    Window,
    /// A person set the count.
    Person,
    /// Scaling of the service was disabled.
    Disabled,
    /// The policy was taken away.
    Removed,
}

/// Why an alarm moves nothing, now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "ScalingHold"))]
#[serde(tag = "because", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Hold {
    /// No such service.
    UnknownService,
    /// The service's policy has no such rule; it may have had one before it was changed.
    UnknownRule,
    /// Scaling of the service is disabled.
    Disabled,
    /// The window of the rule is closed: the alarm is dropped.
    WindowClosed,
    /// Something newer is known of this rule.
    Late,
    /// This very notification has come before.
    Repeated,
    /// A fixed window is open.
    FixedWindow {
        /// The window.
        window: Arc<str>,
    },
    /// After an action no alarm acts for a while.
    Quiet {
        /// When what still fires is judged.
        until: Timestamp,
    },
    /// The threshold has not been passed for long enough since the window opened.
    NotSustained {
        /// When it will have been.
        until: Timestamp,
    },
    /// The count is at its most, or beyond.
    AtMaximum {
        /// The most.
        most: u32,
    },
    /// The count is at its least, or below.
    AtMinimum {
        /// The least.
        least: u32,
    },
    /// An alarm was not repeated in time, so that nobody knows: nothing is scaled in.
    StaleAlarm,
    /// A metric is missing, so that nobody knows: nothing is scaled in.
    NoData,
    /// Other open rules do not ask to scale in.
    NotAll,
    /// Containers drain already.
    Draining {
        /// Until when.
        until: Timestamp,
    },
    /// Nothing is scaled in soon after a restart.
    Restarted {
        /// Until when.
        until: Timestamp,
    },
    /// No alarm fires.
    Calm,
}

/// A sentence, without full stop.
impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Window { window, trigger } => write!(f, "`{window}` is open and holds the count{trigger}"),
            Self::Restored { window, chosen_by, trigger } => {
                match window {
                    Some(window) => write!(f, "`{window}` is closed: back to the count ")?,
                    None => f.write_str("no fixed window is open any more: back to the count ")?,
                }
                f.write_str(match chosen_by {
                    ChosenBy::Before => "from before",
                    ChosenBy::Person => "that a person set",
                })?;
                write!(f, "{trigger}")
            }
            Self::Alarm { window, side, value, .. } => {
                match value {
                    Some(value) => write!(f, "the metric of `{window}` is {value}, ")?,
                    None => write!(f, "the metric of `{window}` is ")?,
                }
                f.write_str(match side {
                    Side::Upper => "above its upper threshold",
                    Side::Lower => "below its lower threshold",
                })
            }
            Self::Drained => f.write_str("the time to drain is over"),
            Self::Bounds => f.write_str("the new policy asks for more than what is drained to"),
            Self::Removed => {
                f.write_str("the scaling policy was taken away: back to the count from before its window")
            }
        }
    }
}

impl fmt::Display for Trigger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Edge => "",
            Self::CaughtUp => " (caught up: edges were missed meanwhile)",
            Self::Added => " (scaling of the service begins)",
            Self::Replaced => " (the policy was replaced)",
            Self::Enabled => " (scaling was enabled)",
        })
    }
}

impl fmt::Display for CancelCause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Alarm { window, .. } => {
                write!(f, "the metric of `{window}` is above its upper threshold again")
            }
            Self::Window => f.write_str("what holds now asks for at least as many"),
            Self::Person => f.write_str("a person set the count"),
            Self::Disabled => f.write_str("scaling was disabled"),
            Self::Removed => f.write_str("the scaling policy was taken away"),
        }
    }
}

/// A sentence, without full stop.
impl fmt::Display for Hold {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownService => f.write_str("no such service is scaled"),
            Self::UnknownRule => f.write_str("the policy of the service has no such rule, now"),
            Self::Disabled => f.write_str("scaling of the service is disabled"),
            Self::WindowClosed => f.write_str("the window of the rule is closed"),
            Self::Late => f.write_str("something newer is known of this rule"),
            Self::Repeated => f.write_str("this notification has come before"),
            Self::FixedWindow { window } => write!(f, "`{window}` is open and holds the count"),
            Self::Quiet { until } => write!(f, "an action was not long ago: alarms wait until {until}"),
            Self::NotSustained { until } => {
                write!(f, "the threshold must be passed for longer since the window opened: until {until}")
            }
            Self::AtMaximum { most } => write!(f, "the count is at its most, {most}, or beyond"),
            Self::AtMinimum { least } => write!(f, "the count is at its least, {least}, or below"),
            Self::StaleAlarm => {
                f.write_str("an alarm was not repeated in time, so nobody knows whether it fires")
            }
            Self::NoData => f.write_str("a metric is missing, so nobody knows how high it is"),
            Self::NotAll => f.write_str("other rules do not ask to scale in"),
            Self::Draining { until } => write!(f, "containers drain until {until}"),
            Self::Restarted { until } => {
                write!(f, "nothing is scaled in soon after a restart: until {until}")
            }
            Self::Calm => f.write_str("no alarm fires"),
        }
    }
}
