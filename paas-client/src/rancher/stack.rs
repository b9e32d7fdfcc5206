//! Stacks: what one compose file makes.

use super::{Answers, ComposeText, HealthState, ServiceId, StackId, lenient::or_default, resource::resource};
use serde::Serialize;

resource! {
    /// A stack.
    pub struct Stack(StackId) {
        /// The health of its services.
        #[serde(default)]
        pub health_state: Option<HealthState>,
        /// The caller's own key, kept by the server: what a lost answer is found again by.
        #[serde(default)]
        pub external_id: Option<String>,
        /// The group.
        #[serde(default)]
        pub group: Option<String>,
        /// Whether it belongs to the environment's infrastructure.
        #[serde(default, deserialize_with = "or_default")]
        pub system: bool,
        /// Whether its services were to start with it.
        #[serde(default)]
        pub start_on_create: Option<bool>,
        /// Its services.
        #[serde(default, deserialize_with = "or_default")]
        pub service_ids: Vec<ServiceId>,
        /// The compose file that it was made from.
        #[serde(default)]
        pub docker_compose: Option<ComposeText>,
        /// Rancher's own compose file that it was made from.
        #[serde(default)]
        pub rancher_compose: Option<ComposeText>,
        /// The answers to its variables.
        #[serde(default, deserialize_with = "or_default")]
        pub environment: Answers,
    }
}

/// A stack to be made. Its services do not start until they are told to, unless asked for.
///
/// The server takes any text as a compose file; what is wrong with it shows later, as the state `error`.
///
/// ```
/// use paas_client::rancher::NewStack;
/// let new = NewStack::new("shop").docker_compose("version: '2'").external_id("plan-7/stack-1");
/// assert_eq!((new.name.as_str(), new.start_on_create), ("shop", false));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct NewStack {
    /// The name: up to 63 letters, digits and `-`; unique in its environment.
    pub name: String,
    /// The description.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The compose file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub docker_compose: Option<ComposeText>,
    /// Rancher's own compose file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rancher_compose: Option<ComposeText>,
    /// The answers to the variables of the files.
    #[serde(skip_serializing_if = "Answers::is_empty")]
    pub environment: Answers,
    /// The caller's own key, by which to find the stack again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_id: Option<String>,
    /// The group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// Whether the services start at once.
    pub start_on_create: bool,
}

impl NewStack {
    /// An empty stack of this name.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            description: None,
            docker_compose: None,
            rancher_compose: None,
            environment: Answers::default(),
            external_id: None,
            group: None,
            start_on_create: false,
        }
    }

    /// The same with a description.
    #[must_use]
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// The same with a compose file.
    #[must_use]
    pub fn docker_compose(mut self, text: impl Into<String>) -> Self {
        self.docker_compose = Some(ComposeText::from(text));
        self
    }

    /// The same with Rancher's own compose file.
    #[must_use]
    pub fn rancher_compose(mut self, text: impl Into<String>) -> Self {
        self.rancher_compose = Some(ComposeText::from(text));
        self
    }

    /// The same with answers to the variables of the files.
    #[must_use]
    pub fn environment(mut self, answers: impl IntoIterator<Item = (String, String)>) -> Self {
        self.environment = answers.into_iter().collect();
        self
    }

    /// The same with the caller's own key.
    #[must_use]
    pub fn external_id(mut self, key: impl Into<String>) -> Self {
        self.external_id = Some(key.into());
        self
    }

    /// The same in a group.
    #[must_use]
    pub fn group(mut self, group: impl Into<String>) -> Self {
        self.group = Some(group.into());
        self
    }

    /// The same, with services that start at once.
    #[must_use]
    pub fn start_on_create(mut self) -> Self {
        self.start_on_create = true;
        self
    }
}

/// Which stacks of an environment to list. By default all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct StackQuery {
    /// Of this name. The server may not mind upper and lower case.
    pub name: Option<String>,
    /// With this key of the caller's.
    pub external_id: Option<String>,
}

impl StackQuery {
    /// Those of this name.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Those with this key of the caller's.
    #[must_use]
    pub fn external_id(mut self, key: impl Into<String>) -> Self {
        self.external_id = Some(key.into());
        self
    }

    pub(crate) fn pairs(&self) -> Vec<(String, String)> {
        crate::list::pairs([("name", self.name.as_deref()), ("externalId", self.external_id.as_deref())])
    }
}
