//! The codes that only calls from other languages have.

use super::{ErrorCode, Retryable};

/// Writes the codes and the list of them.
macro_rules! codes {
    ($($name:ident $code:literal $meaning:literal $help:literal;)+) => {
        $(
            #[doc = concat!("`", $code, "`: ", $meaning)]
            pub const $name: ErrorCode = ErrorCode {
                code: $code,
                meaning: $meaning,
                help: $help,
                retryable: Retryable::No,
                area: "Calls from Python and Node",
            };
        )+

        /// All of them.
        pub const ALL: &[ErrorCode] = &[$($name),+];
    };
}

codes! {
    REQUEST_INVALID "request.invalid" "What was passed is not what the function takes."
        "pass what the function takes; its documentation names each field";
    UNKNOWN_FUNCTION "request.unknown_function" "There is no such function: the parts of the package are of different versions."
        "install the package anew, all of it in one version";
    FORKED "process.forked" "The process was forked after the library had started threads, which the fork does not have."
        "connect after the fork, in each process; or start processes by `spawn`";
    FILES_REFUSED "files.refused" "Files cannot be written, or are in the way."
        "see to the files that the message names";
    SANDBOX_NOT_STARTED "sandbox.not_started" "The sandbox cannot be started."
        "take another port, or none for any free one";
    SANDBOX_STOPPED "sandbox.stopped" "The sandbox is stopped."
        "start another one";
    SANDBOX_UNKNOWN_ENVIRONMENT "sandbox.unknown_environment" "The sandbox has no such environment."
        "give the id that adding the environment gave";
    SANDBOX_REAL_CLOCK "sandbox.real_clock" "The clock of the sandbox is the real one, and cannot be moved."
        "start the sandbox with a virtual clock";
    SNAPSHOT_REFUSED "scaling.snapshot_refused" "The bytes are no snapshot of a scaling engine that this version reads, or they are damaged."
        "take an older snapshot, or put the services in anew";
    NOTIFICATION_NOT_AUTHENTIC "notification.not_authentic" "What was posted came without the header that was agreed on."
        "answer 401; if it was the registry, see that it sends the secret that was given here";
    NOTIFICATION_MALFORMED "notification.malformed" "What was posted is no event of that kind of sender, or too large."
        "answer with the status in the details; see who posts it, and whether that is a plain registry or Harbor";
    INTERNAL "internal.failure" "The library itself failed."
        "report it: this is a fault of the library";
}
