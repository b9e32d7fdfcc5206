//! What can happen, and in which cases.

use super::super::CommandName;

/// Makes the enum and its look-ups from the table below.
macro_rules! happenings {
    ($($variant:ident, $sort:ident, $title:literal, [$($case:ident),*];)*) => {
        /// What can happen to an image.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Happens {
            $(#[doc = $title] $variant,)*
        }

        impl Happens {
            /// All of them, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// What it is called for people.
            pub const fn title(self) -> &'static str {
                match self { $(Self::$variant => $title,)* }
            }

            /// Whether it can be refused.
            pub const fn sort(self) -> Sort {
                match self { $(Self::$variant => Sort::$sort,)* }
            }

            /// In which cases of it something else may come of it. There is always exactly one.
            pub const fn cases(self) -> &'static [Case] {
                match self { $(Self::$variant => &[$(Case::$case),*],)* }
            }
        }
    };
}

happenings! {
    Pushed, Observation, "push seen", [SameDigest, OtherDigest];
    Deleted, Observation, "deletion seen", [Always];
    Release, Command, "release", [SameDigest, OtherDigest, NoRight];
    Withdraw, Command, "withdraw", [Always, NoRight];
    SyncNow, Command, "sync now", [NoRule, NamespaceExists, NamespaceMissing, NamespaceUnknown, NoRight];
    TimePassed, Time, "time passed", [Early, NamespaceExists, NamespaceMissing, NamespaceUnknown, LeaseEnded];
    CopyRenewed, Observation, "copy at work", [Current, Older];
    CopySucceeded, Observation, "copy succeeded", [Equal, Differs, Older];
    CopyFailed, Observation, "copy failed", [Transient, Terminal, NamespaceMissing, Equal, Older];
    ProductionSeen, Observation, "production seen", [Equal, Differs];
    NamespaceSeen, Observation, "production's namespace seen", [NamespaceExists, NamespaceMissing];
}

impl Happens {
    /// The command, if it is one.
    pub const fn command(self) -> Option<CommandName> {
        match self {
            Self::Release => Some(CommandName::Release),
            Self::Withdraw => Some(CommandName::Withdraw),
            Self::SyncNow => Some(CommandName::SyncNow),
            _ => None,
        }
    }
}

/// Whether something that happens can be refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Sort {
    /// It can.
    Command,
    /// It was seen: it cannot.
    Observation,
    /// Nobody did anything.
    Time,
}

/// In which case something happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Case {
    /// In any.
    Always,
    /// The digest is the one that is there.
    SameDigest,
    /// The digest is another.
    OtherDigest,
    /// Whoever commands has no right to, or one to something else.
    NoRight,
    /// The namespace has no rule.
    NoRule,
    /// Nothing is due: of a copy the lease holds; of what is to be copied it is too early, the rule is manual, there is none,
    /// or a person is waited for.
    Early,
    /// It may be copied, and production has the namespace.
    NamespaceExists,
    /// It may be copied, and production has no such namespace.
    NamespaceMissing,
    /// It may be copied, and production did not say whether it has the namespace.
    NamespaceUnknown,
    /// The lease of the copy has ended.
    LeaseEnded,
    /// It is the copy that is running.
    Current,
    /// It is another copy, from before.
    Older,
    /// Production holds what was released.
    Equal,
    /// Production holds something else, or nothing.
    Differs,
    /// What went wrong may pass by itself.
    Transient,
    /// What went wrong stays until somebody does something.
    Terminal,
}

impl Case {
    /// The guard, for people; empty: there is none.
    pub const fn words(self, happens: Happens) -> &'static str {
        match (self, happens) {
            (Self::Always | Self::Current, _) => "",
            (Self::SameDigest, Happens::Release) => "the digest that is there",
            (Self::OtherDigest, Happens::Release) => "another digest than the one that is there",
            (Self::SameDigest, _) => "the same digest",
            (Self::OtherDigest, _) => "another digest",
            (Self::NoRight, _) => "by others than senior members and above",
            (Self::NoRule, _) => "the namespace has no rule",
            (Self::Early, _) => "nothing is due",
            (Self::NamespaceExists, Happens::SyncNow) => "production has the namespace",
            (Self::NamespaceMissing, Happens::CopyFailed) => "production has no such namespace",
            (Self::NamespaceMissing, Happens::SyncNow) => "production has no such namespace",
            (Self::NamespaceUnknown, Happens::SyncNow) => "production does not answer",
            (Self::NamespaceExists, Happens::TimePassed) => "a copy is due, production has the namespace",
            (Self::NamespaceMissing, Happens::TimePassed) => {
                "a copy is due, production has no such namespace"
            }
            (Self::NamespaceUnknown, Happens::TimePassed) => "a copy is due, production does not answer",
            (Self::NamespaceExists, _) => "it is there",
            (Self::NamespaceMissing, _) => "it is missing",
            (Self::NamespaceUnknown, _) => "production does not answer",
            (Self::LeaseEnded, _) => "the lease of the copy has ended",
            (Self::Older, _) => "of an older copy",
            (Self::Equal, Happens::CopyFailed) => "but production holds what was released",
            (Self::Equal, _) => "it holds what was released",
            (Self::Differs, _) => "it holds something else, or nothing",
            (Self::Transient, _) => "it may pass by itself",
            (Self::Terminal, _) => "it will not pass by itself",
        }
    }

    /// The same with what happens, in a few words for a picture.
    pub const fn label(self, happens: Happens) -> &'static str {
        match (happens, self) {
            (Happens::TimePassed, Self::LeaseEnded) => "lease ended",
            (Happens::TimePassed, _) => "copy due",
            (Happens::CopySucceeded, Self::Differs) => "copied, not equal",
            (Happens::CopyFailed, Self::Equal) => "copy failed, yet equal",
            (Happens::ProductionSeen, Self::Equal) => "production seen equal",
            (Happens::ProductionSeen, _) => "production seen to differ",
            (Happens::NamespaceSeen, _) => "namespace seen missing",
            _ => happens.title(),
        }
    }
}
