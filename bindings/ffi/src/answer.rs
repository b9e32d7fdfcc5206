//! What a call gives.

use crate::{
    copy::ImageCopy,
    envelope::{ErrorEnvelope, Result},
    function::BoxFuture,
    keeping::{KeepingImages, KeepingZones},
    library::Library,
    operation::{Events, Operation},
    plan::Plan,
    platform::Platform,
    release::Release,
    request::Request,
    sandbox::Sandbox,
    scaling::{ScalingEngine, Timeline},
    zone_copy::ZoneCopy,
};
use serde::Serialize;
use std::collections::BTreeMap;

/// What a call gives. The interface tells which of these it is for each function.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Answer {
    /// Nothing.
    Nothing,
    /// A text, as it is.
    Text(String),
    /// Texts by their names.
    Texts(BTreeMap<String, String>),
    /// Bytes.
    Bytes(Vec<u8>),
    /// A document in JSON.
    Document(String),
    /// A handle.
    Handle(Handle),
    /// Handles of one kind.
    Handles(Vec<Handle>),
}

impl Answer {
    pub(crate) fn document(value: &impl Serialize) -> Result<Self> {
        serde_json::to_string(value)
            .map(Self::Document)
            .map_err(|error| ErrorEnvelope::internal(format!("the answer cannot be written: {error}")))
    }
}

/// Writes the handles from one table.
macro_rules! handles {
    ($($(#[$doc:meta])+ $handle:ident)+) => {
        /// What stays between calls. Clones are the same thing.
        #[derive(Debug, Clone)]
        #[non_exhaustive]
        pub enum Handle {
            $($(#[$doc])+ $handle($handle),)+
        }

        impl Handle {
            /// What kind of handle it is: `Release`.
            #[must_use]
            pub const fn kind(&self) -> &'static str {
                match self { $(Self::$handle(_) => stringify!($handle),)+ }
            }

            /// Calls a function that does not wait for anything, on this thread.
            ///
            /// # Errors
            ///
            /// `request.unknown_function`, `request.invalid`; what the function says.
            pub fn call(&self, function: &str, request: impl Into<Request>) -> Result<Answer> {
                let request = request.into();
                match self { $(Self::$handle(handle) => handle.call(function, request),)+ }
            }

            /// Calls any function, in a tokio runtime. Dropped: what the function says of that; nothing more is done of
            /// what was not begun.
            #[must_use]
            pub fn start(&self, function: &str, request: impl Into<Request>) -> BoxFuture<Result<Answer>> {
                let request = request.into();
                match self { $(Self::$handle(handle) => handle.clone().start(function, request),)+ }
            }

            #[cfg(feature = "schema")]
            pub(crate) fn all_functions() -> Vec<(&'static str, Vec<crate::function::Function>)> {
                vec![$((stringify!($handle), $handle::functions()),)+]
            }
        }

        $(impl From<$handle> for Handle {
            fn from(handle: $handle) -> Self {
                Self::$handle(handle)
            }
        })+
    };
}

handles! {
    /// What needs nothing else.
    Library
    /// A translated template.
    Release
    /// A scaling plan tried out.
    Timeline
    /// What carries scaling plans out.
    ScalingEngine
    /// The platform for one actor.
    Platform
    /// A plan that can be begun.
    Plan
    /// An operation.
    Operation
    /// The events of an operation.
    Events
    /// A copy of an image to production.
    ImageCopy
    /// Images kept on their way.
    KeepingImages
    /// A copy of an image from zone to zone.
    ZoneCopy
    /// Images kept in step between zones.
    KeepingZones
    /// A stand-in for Rancher.
    Sandbox
}

impl Handle {
    /// The first handle.
    #[must_use]
    pub const fn library() -> Self {
        Self::Library(Library)
    }
}
