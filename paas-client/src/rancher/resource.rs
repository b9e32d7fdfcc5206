//! What all resources have in common.

use crate::{
    Transitional,
    rancher::{State, Transitioning},
};

/// Writes a resource: the common fields, those of its own, and how to read them.
macro_rules! resource {
    (
        $(#[$doc:meta])+
        pub struct $name:ident($id:ty) {
            $($(#[$field_doc:meta])+ pub $field:ident: $type:ty,)*
        }
    ) => {
        $(#[$doc])+
        #[derive(Clone, Debug, serde::Deserialize)]
        #[serde(rename_all = "camelCase")]
        #[non_exhaustive]
        pub struct $name {
            /// The id.
            pub id: $id,
            /// The type, as the API calls it.
            #[serde(rename = "type", deserialize_with = "crate::rancher::lenient::resource_type")]
            pub resource_type: String,
            /// The name.
            #[serde(default, deserialize_with = "crate::rancher::lenient::or_default")]
            pub name: String,
            /// The description.
            #[serde(default)]
            pub description: Option<String>,
            /// The state.
            #[serde(default, deserialize_with = "crate::rancher::lenient::or_default")]
            pub state: crate::rancher::State,
            /// Whether a transition is under way, or the last one failed.
            #[serde(default, deserialize_with = "crate::rancher::lenient::or_default")]
            pub transitioning: crate::rancher::Transitioning,
            /// What the server says of the transition; not always cleared when a later one succeeds.
            #[serde(default)]
            pub transitioning_message: Option<String>,
            /// How far the transition is, in percent.
            #[serde(default, deserialize_with = "crate::rancher::lenient::number")]
            pub transitioning_progress: Option<i64>,
            /// When it was made, as the server writes it.
            #[serde(default)]
            pub created: Option<String>,
            /// When it was removed; removed resources can be read by their id for some time.
            #[serde(default)]
            pub removed: Option<String>,
            /// The id that stays the same over servers.
            #[serde(default)]
            pub uuid: Option<String>,
            /// The actions that it offers now and to this key.
            #[serde(default, deserialize_with = "crate::rancher::lenient::actions")]
            pub actions: std::collections::BTreeSet<String>,
            $($(#[$field_doc])+ pub $field: $type,)*
        }

        impl $name {
            /// Reads the resource from what a server sends: unknown fields are ignored, most may be missing.
            ///
            /// # Errors
            ///
            /// [`ErrorKind::Protocol`](crate::ErrorKind::Protocol) if it is not such a resource.
            pub fn from_json(text: &str) -> crate::Result<Self> {
                crate::body::read(
                    &crate::transport::Response::new(200, text),
                    usize::MAX,
                    &crate::redact::Redactor::default(),
                )
            }
        }

        impl crate::rancher::Resource for $name {
            type Id = $id;

            fn id(&self) -> &$id {
                &self.id
            }

            fn state(&self) -> &crate::rancher::State {
                &self.state
            }

            fn transitioning(&self) -> &crate::rancher::Transitioning {
                &self.transitioning
            }

            fn is_gone(&self) -> bool {
                self.removed.is_some() || self.state.is_gone()
            }

            fn offers(&self, action: &str) -> bool {
                self.actions.contains(action)
            }

            fn actions(&self) -> Vec<String> {
                self.actions.iter().cloned().collect()
            }
        }

        impl crate::Transitional for $name {
            fn state_text(&self) -> &str {
                self.state.as_str()
            }

            fn transitioning_message(&self) -> Option<&str> {
                self.transitioning_message.as_deref().filter(|message| !message.is_empty())
            }
        }
    };
}
pub(crate) use resource;

/// What all resources can tell.
pub trait Resource: Transitional {
    /// The type of its id.
    type Id;

    /// The id.
    fn id(&self) -> &Self::Id;

    /// The state.
    fn state(&self) -> &State;

    /// Whether a transition is under way, or the last one failed.
    fn transitioning(&self) -> &Transitioning;

    /// Whether it is removed or being removed.
    fn is_gone(&self) -> bool;

    /// Whether it offers this action now and to this key.
    fn offers(&self, action: &str) -> bool;

    /// All actions that it offers now and to this key.
    fn actions(&self) -> Vec<String>;

    /// How a wait for one of these states goes: for the conditions of waiters.
    ///
    /// It fails when the resource is in the state `error`, or gone where that is not wanted. `transitioning: error`
    /// alone is no failure: Rancher tries again by itself, and leaves the mark of an earlier failure standing.
    ///
    /// ```
    /// use paas_client::{Progress, rancher::{Resource, Stack, State}};
    /// let stack = |state: &str| Stack::from_json(&format!(
    ///     r#"{{"id":"1st7","type":"stack","state":"{state}","transitioning":"error","transitioningMessage":"no host"}}"#
    /// )).unwrap();
    ///
    /// assert_eq!(stack("active").progress_to(&[State::Active]), Progress::Reached);
    /// assert_eq!(stack("activating").progress_to(&[State::Active]), Progress::Waiting);
    /// assert!(matches!(stack("error").progress_to(&[State::Active]), Progress::Failed(_)));
    /// assert!(matches!(stack("removed").progress_to(&[State::Active]), Progress::Failed(_)));
    /// ```
    fn progress_to(&self, wanted: &[State]) -> crate::Progress {
        if wanted.contains(self.state()) {
            crate::Progress::Reached
        } else if *self.state() == State::Error {
            crate::Progress::Failed("the resource has failed".to_owned())
        } else if self.is_gone() && !wanted.iter().any(State::is_gone) {
            crate::Progress::Failed("the resource is gone".to_owned())
        } else {
            crate::Progress::Waiting
        }
    }
}
