//! Tables of codes: what can be said of an error, written once.

/// Writes an enum of codes from a table: for each its code, what it means, and what to do about it.
///
/// What it means is its documentation, too.
macro_rules! codes {
    (
        $(#[$doc:meta])+
        $name:ident
        $($(#[$more:meta])* $kind:ident $code:literal $meaning:literal $help:literal;)+
    ) => {
        $(#[$doc])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $(#[doc = $meaning] $(#[$more])* $kind,)+
        }

        impl $name {
            /// All of them, in the order of the table.
            pub const ALL: &[Self] = &[$(Self::$kind),+];

            /// The code, which stays the same over versions.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$kind => $code,)+
                }
            }

            /// What it means.
            #[must_use]
            pub const fn meaning(self) -> &'static str {
                match self {
                    $(Self::$kind => $meaning,)+
                }
            }

            /// What to do about it.
            #[must_use]
            pub const fn help(self) -> &'static str {
                match self {
                    $(Self::$kind => $help,)+
                }
            }
        }
    };
}

pub(crate) use codes;
