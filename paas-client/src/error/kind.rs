//! The kinds of failures.

use super::System;

/// Writes the kinds, their codes and their words from one table: in a few words, what it means, and what to do about it.
macro_rules! kinds {
    ($($(#[$more:meta])* $kind:ident $code:literal $words:literal $meaning:literal $help:literal;)+) => {
        /// What kind of failure it is; code decides by it.
        ///
        /// ```
        /// use paas_client::ErrorKind;
        /// use paas_client::System;
        /// assert_eq!(ErrorKind::Conflict.code(System::Rancher), "client.rancher.conflict");
        /// assert_eq!(ErrorKind::Conflict.code(System::Keystone), "client.keystone.conflict");
        /// ```
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum ErrorKind {
            $(#[doc = $meaning] $(#[$more])* $kind,)+
        }

        impl ErrorKind {
            /// All kinds, in the order of the table.
            pub const ALL: &[Self] = &[$(Self::$kind),+];

            /// The code, which stays the same over versions.
            #[must_use]
            pub const fn code(self, system: System) -> &'static str {
                match system {
                    System::Rancher => match self {
                        $(Self::$kind => concat!("client.rancher.", $code),)+
                    },
                    System::Keystone => match self {
                        $(Self::$kind => concat!("client.keystone.", $code),)+
                    },
                    System::Harbor => match self {
                        $(Self::$kind => concat!("client.harbor.", $code),)+
                    },
                    System::Registry => match self {
                        $(Self::$kind => concat!("client.registry.", $code),)+
                    },
                }
            }

            /// The kind in a few words.
            #[must_use]
            pub const fn words(self) -> &'static str {
                match self {
                    $(Self::$kind => $words,)+
                }
            }

            /// What it means.
            #[must_use]
            pub const fn meaning(self, system: System) -> &'static str {
                match system.own_words(self) {
                    Some((meaning, _)) => meaning,
                    None => match self {
                        $(Self::$kind => $meaning,)+
                    },
                }
            }

            /// What to do about it.
            #[must_use]
            pub const fn help(self, system: System) -> &'static str {
                match system.own_words(self) {
                    Some((_, help)) => help,
                    None => match self {
                        $(Self::$kind => $help,)+
                    },
                }
            }
        }
    };
}

kinds! {
    Configuration "configuration" "the client cannot be set up like this" "The client cannot be set up like this: an address, a key, a certificate, a file." "see how the builder of the client is to be used";
    NotFound "not-found" "there is no such resource, or the key may not see it" "There is no such resource, or this key may not see it: Rancher answers the same to both." "see whether it was removed, and whether the key may see it";
    Unauthorized "unauthorized" "the server does not accept the key" "The key is not known, or not active." "give the client a key that the server knows and that is active";
    TokenInvalid "token-invalid" "the token is not valid" "The token that was asked about is not valid: expired, revoked, of a disabled user or project, or no token." "log in again, and take the new token";
    Forbidden "forbidden" "the key may not do this" "The key may not do this." "take a key that may do this: an owner's of the environment can";
    MethodNotAllowed "method-not-allowed" "the role of the key lacks this method" "The role of the key lacks this method here." "take a key that may do this: an owner's of the environment can";
    Exists "exists" "it is there already" "There is one already: of this name, or for this user or group." "take the one that is there, or another name";
    ///
    /// [`Error::server_message`](crate::Error::server_message) says what is in the way.
    Precondition "precondition" "the resource is in no state for this" "The resource is in no state for this." "see what the server says is in the way; asking again does not help";
    Quota "quota" "there is no room for it" "There is no room for it: a quota is used up, or something in front of the server takes nothing so large." "have the quota raised, or remove what is not needed; asking again does not help";
    WrongDigest "wrong-digest" "the content is not what its digest says" "The content is not what its digest says. It was changed or spoilt on its way, or where it is kept." "compare with the original; asking again gives the same if it is kept like this";
    Conflict "conflict" "the resource is busy or has changed" "The resource is busy, or changed meanwhile: read it again, then decide again." "read the resource again, then decide again";
    ///
    /// [`Error::field`](crate::Error::field) tells of what.
    Invalid "invalid" "the server refuses the content" "The server refuses the content." "see which field the server names, and mend what is sent";
    ActionNotAvailable "action-not-available" "the resource does not offer this action now" "The resource does not offer the action in its present state, or not to this key." "read the resource again: its state says which actions it offers";
    Unsupported "unsupported" "this version of the server cannot do it" "This version of the server cannot do it." "use a later version of Rancher";
    RateLimited "rate-limited" "too many requests" "Too many requests; something in front of the server says so." "wait, then ask again less often";
    Server "server" "the server failed" "The server, or something in front of it, failed." "see whether the server is well; its log has the id of the error";
    Timeout "timeout" "no answer in time" "No answer in time." "see whether the server is well, or allow more time";
    Connect "connect" "no connection to the server" "No server could be reached; nothing was sent." "see whether the server is up, and whether the address and the network are right";
    Tls "tls" "no trusted connection to the server" "The server's certificate is not trusted, or it does not trust ours; nothing was sent." "see to the certificates on both sides";
    Interrupted "interrupted" "the connection broke before the answer was whole" "The connection broke before the answer was whole." "see whether it was done, then ask again";
    ///
    /// See [`Limits`](crate::Limits).
    TooLarge "too-large" "the answer is too large" "The answer is larger than the limits of the client allow." "ask for less at a time, or raise the limit";
    Redirect "redirect" "the server sends us elsewhere" "The server sends us elsewhere; keys do not follow." "give the address that the server sends to";
    Protocol "protocol" "the answer is not one of this API" "What answered does not speak this API." "see what answers under the address: it should be Rancher 1.6";
    Deadline "deadline" "the awaited state was not reached in time" "A wait ended before the state that it waited for was there." "see in Rancher how the resource is, or wait longer";
    Failed "failed" "the resource failed" "A wait ended because the resource failed." "see in Rancher why the resource failed";
}

impl ErrorKind {
    /// Whether asking again later may help; `None`: that depends on the answer, see
    /// [`Error::is_retryable`](crate::Error::is_retryable).
    #[must_use]
    pub const fn is_retryable(self) -> Option<bool> {
        match self {
            Self::Conflict | Self::RateLimited | Self::Timeout | Self::Connect | Self::Interrupted => {
                Some(true)
            }
            Self::Server => None,
            _ => Some(false),
        }
    }
}
