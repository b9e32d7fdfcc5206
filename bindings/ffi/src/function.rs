//! The table of functions: from the name of a function to the function, and what is to be known of each.

use std::{num::NonZero, pin::Pin, sync::LazyLock, thread};
use tokio::sync::Semaphore;

/// A future that can be given on, without its type being known.
pub type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// How a function works, so that a binding knows where to call it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Work {
    /// It looks something up.
    Instant,
    /// It computes, perhaps for seconds.
    Computes,
    /// It waits for others: a disk, a server, an end.
    Waits,
}

/// What a function gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Nothing.
    Nothing,
    /// A text.
    Text,
    /// Texts by their names.
    Texts,
    /// Bytes.
    Bytes,
    /// A document of a type.
    Document,
    /// A handle of a kind.
    Handle,
    /// Handles of a kind.
    Handles,
}

/// A function of a handle.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Function {
    /// Its name; with a dot where it belongs to a group: `applications.deploy`.
    pub name: &'static str,
    /// How it works.
    pub work: Work,
    /// What it gives.
    pub shape: Shape,
    /// The kind of handle that it gives.
    pub handle: Option<&'static str>,
    #[cfg(feature = "schema")]
    pub(crate) request: fn(&mut schemars::SchemaGenerator) -> schemars::Schema,
    #[cfg(feature = "schema")]
    pub(crate) document: Option<fn(&mut schemars::SchemaGenerator) -> schemars::Schema>,
}

/// Makes a handle's functions callable by name, and tells of them, from one table:
/// `work "name" method(Request) -> shape (Type);`
macro_rules! functions {
    ($handle:ty { $($work:ident $name:literal $method:ident($request:ty) -> $shape:ident $(($answer:ty))?;)* }) => {
        // So that the types of answers are in use also where nothing describes them.
        $($(const _: Option<fn($answer)> = None;)?)*

        impl $handle {
            /// Calls a function that does not wait for anything.
            pub(crate) fn call(
                &self,
                function: &str,
                request: $crate::request::Request,
            ) -> $crate::envelope::Result<$crate::answer::Answer> {
                match function {
                    $($name => $crate::function::functions!(@call $work self $method $request, $shape, function request),)*
                    _ => Err($crate::function::unknown(stringify!($handle), function)),
                }
            }

            /// Calls any function.
            pub(crate) fn start(
                self,
                function: &str,
                request: $crate::request::Request,
            ) -> $crate::function::BoxFuture<$crate::envelope::Result<$crate::answer::Answer>> {
                match function {
                    $($name => $crate::function::functions!(@start $work self $method $request, $shape, $name request),)*
                    _ => {
                        let error = $crate::function::unknown(stringify!($handle), function);
                        Box::pin(async move { Err(error) })
                    }
                }
            }

            /// What is to be known of its functions.
            #[cfg_attr(not(feature = "schema"), expect(dead_code, reason = "only the description reads it"))]
            pub(crate) fn functions() -> Vec<$crate::function::Function> {
                vec![$($crate::function::Function {
                    name: $name,
                    work: $crate::function::functions!(@work $work),
                    shape: $crate::function::functions!(@shape $shape),
                    handle: $crate::function::functions!(@handle $shape $($answer)?),
                    #[cfg(feature = "schema")]
                    request: |generator| generator.subschema_for::<$request>(),
                    #[cfg(feature = "schema")]
                    document: $crate::function::functions!(@document $shape $($answer)?),
                },)*]
            }
        }
    };

    (@call waits $this:ident $method:ident $request:ty, $shape:ident, $function:ident $text:ident) => {{
        let _ = $text;
        Err($crate::function::waits($function))
    }};
    (@call $work:ident $this:ident $method:ident $request:ty, $shape:ident, $function:ident $text:ident) => {{
        let request: $request = $crate::request::read($text)?;
        let answer = $this.$method(request)?;
        $crate::function::functions!(@answer $shape answer)
    }};
    (@start waits $this:ident $method:ident $request:ty, $shape:ident, $name:literal $text:ident) => {
        Box::pin(async move {
            let request: $request = $crate::request::read($text)?;
            let answer = $this.$method(request).await?;
            $crate::function::functions!(@answer $shape answer)
        })
    };
    (@start $work:ident $this:ident $method:ident $request:ty, $shape:ident, $name:literal $text:ident) => {
        $crate::function::elsewhere(move || $this.call($name, $text))
    };

    (@answer nothing $answer:ident) => {{
        let () = $answer;
        Ok($crate::answer::Answer::Nothing)
    }};
    (@answer text $answer:ident) => { Ok($crate::answer::Answer::Text($answer)) };
    (@answer texts $answer:ident) => { Ok($crate::answer::Answer::Texts($answer)) };
    (@answer bytes $answer:ident) => { Ok($crate::answer::Answer::Bytes($answer)) };
    (@answer document $answer:ident) => { $crate::answer::Answer::document(&$answer) };
    (@answer handle $answer:ident) => { Ok($crate::answer::Answer::Handle($answer.into())) };
    (@answer handles $answer:ident) => {
        Ok($crate::answer::Answer::Handles($answer.into_iter().map(Into::into).collect()))
    };

    (@work instant) => { $crate::function::Work::Instant };
    (@work computes) => { $crate::function::Work::Computes };
    (@work waits) => { $crate::function::Work::Waits };

    (@shape nothing) => { $crate::function::Shape::Nothing };
    (@shape text) => { $crate::function::Shape::Text };
    (@shape texts) => { $crate::function::Shape::Texts };
    (@shape bytes) => { $crate::function::Shape::Bytes };
    (@shape document) => { $crate::function::Shape::Document };
    (@shape handle) => { $crate::function::Shape::Handle };
    (@shape handles) => { $crate::function::Shape::Handles };

    (@handle handle $answer:ty) => { Some(stringify!($answer)) };
    (@handle handles $answer:ty) => { Some(stringify!($answer)) };
    (@handle $shape:ident $($answer:ty)?) => { None };

    (@document document $answer:ty) => { Some(|generator| generator.subschema_for::<$answer>()) };
    (@document $shape:ident $($answer:ty)?) => { None };
}
pub(crate) use functions;

use crate::{
    answer::Answer,
    envelope::{ErrorEnvelope, Kind, Result},
};

use paas_sdk::codes::bindings as codes;

/// There is no such function.
pub(crate) fn unknown(handle: &str, function: &str) -> Box<ErrorEnvelope> {
    let shown: String = function.chars().filter(|c| !c.is_control()).take(80).collect();
    let message = format!("`{handle}` has no function `{shown}`");
    ErrorEnvelope::new(codes::UNKNOWN_FUNCTION, Kind::INVALID_REQUEST, message)
}

/// The function waits, and was called as if it did not.
pub(crate) fn waits(function: &str) -> Box<ErrorEnvelope> {
    ErrorEnvelope::internal(format!("`{function}` waits, and was called where nothing can wait"))
}

/// As many computations at once as there are cores: more would only take the time of those who wait, such as an event loop
/// of JavaScript.
static CORES: LazyLock<Semaphore> =
    LazyLock::new(|| Semaphore::new(thread::available_parallelism().map_or(2, NonZero::get)));

/// Computes on a thread for that, so that nobody who waits is kept waiting.
pub(crate) fn elsewhere(work: impl FnOnce() -> Result<Answer> + Send + 'static) -> BoxFuture<Result<Answer>> {
    Box::pin(async move {
        // It never is closed. The work keeps its turn, also when nobody waits for it any more.
        let turn = CORES.acquire().await;
        let computed = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            work()
        });
        computed.await.unwrap_or_else(|_| Err(ErrorEnvelope::internal("the call ended before its time")))
    })
}
