//! The rows.

use super::{
    super::StateName::{self, Gone, InDevelopment, PendingSync, Superseded, Synced, Syncing},
    Case, Happens, Row, To,
};

const ALL: &[StateName] = StateName::ALL;
/// In which a copy is running.
const COPYING: &[StateName] = &[Syncing, Superseded, Gone];
/// In which none is.
const RESTING: &[StateName] = &[InDevelopment, PendingSync, Synced];

const fn row(happens: Happens, case: Case, from: &'static [StateName], to: To, effect: &'static str) -> Row {
    Row { happens, case, from, to, effect }
}

const STAYS: To = To::Stays;
const REFUSED: To = To::Refused;
const fn to(state: StateName) -> To {
    To::State(state)
}

/// Every row. Of each thing that can happen, in each case of it, each state is in one row, unless it cannot be so there.
#[rustfmt::skip]
pub static ROWS: &[Row] = &[
    row(Happens::Pushed, Case::OtherDigest, &[], to(InDevelopment), ""),
    row(Happens::Pushed, Case::OtherDigest, RESTING, to(InDevelopment), "a release of what was there before counts no more"),
    row(Happens::Pushed, Case::OtherDigest, &[Syncing, Superseded], to(Superseded), "the copy goes on"),
    row(Happens::Pushed, Case::OtherDigest, &[Gone], to(Superseded), "the copy was told to end"),
    row(Happens::Pushed, Case::SameDigest, &[InDevelopment, PendingSync, Syncing, Superseded, Synced], STAYS, ""),
    row(Happens::Pushed, Case::SameDigest, &[Gone], to(Superseded), "the copy was told to end"),

    row(Happens::Deleted, Case::Always, RESTING, To::Nothing, ""),
    row(Happens::Deleted, Case::Always, &[Syncing, Superseded], to(Gone), "the copy is told to end"),
    row(Happens::Deleted, Case::Always, &[Gone], STAYS, ""),

    row(Happens::Release, Case::SameDigest, &[InDevelopment], to(PendingSync), "the digest is pinned"),
    row(Happens::Release, Case::OtherDigest, &[InDevelopment], REFUSED, "it was pushed anew since the person looked"),
    row(Happens::Release, Case::SameDigest, &[PendingSync, Syncing, Superseded, Synced, Gone], REFUSED, ""),
    row(Happens::Release, Case::OtherDigest, &[PendingSync, Syncing, Superseded, Synced, Gone], REFUSED, ""),
    row(Happens::Release, Case::NoRight, ALL, REFUSED, ""),

    row(Happens::Withdraw, Case::Always, &[PendingSync], to(InDevelopment), ""),
    row(Happens::Withdraw, Case::Always, &[InDevelopment, Syncing, Superseded, Synced, Gone], REFUSED, ""),
    row(Happens::Withdraw, Case::NoRight, ALL, REFUSED, ""),

    row(Happens::SyncNow, Case::NamespaceExists, &[PendingSync], to(Syncing), "a copy begins, with a lease"),
    row(Happens::SyncNow, Case::NamespaceMissing, &[PendingSync], STAYS, "it says that production lacks the namespace"),
    row(Happens::SyncNow, Case::NamespaceUnknown, &[PendingSync], STAYS, "a failed attempt"),
    row(Happens::SyncNow, Case::NoRule, &[PendingSync], REFUSED, "nothing is copied without a rule"),
    row(Happens::SyncNow, Case::NamespaceExists, &[InDevelopment, Syncing, Superseded, Synced, Gone], REFUSED, ""),
    row(Happens::SyncNow, Case::NamespaceMissing, &[InDevelopment, Syncing, Superseded, Synced, Gone], REFUSED, ""),
    row(Happens::SyncNow, Case::NamespaceUnknown, &[InDevelopment, Syncing, Superseded, Synced, Gone], REFUSED, ""),
    row(Happens::SyncNow, Case::NoRule, &[InDevelopment, Syncing, Superseded, Synced, Gone], REFUSED, ""),
    row(Happens::SyncNow, Case::NoRight, ALL, REFUSED, ""),

    row(Happens::TimePassed, Case::Early, ALL, STAYS, ""),
    row(Happens::TimePassed, Case::NamespaceExists, &[PendingSync], to(Syncing), "a copy begins, with a lease"),
    row(Happens::TimePassed, Case::NamespaceMissing, &[PendingSync], STAYS, "it says that production lacks the namespace; asked again after a period"),
    row(Happens::TimePassed, Case::NamespaceUnknown, &[PendingSync], STAYS, "a failed attempt; tried again"),
    row(Happens::TimePassed, Case::LeaseEnded, &[Syncing], to(PendingSync), "a failed attempt; tried again under an automatic rule"),
    row(Happens::TimePassed, Case::LeaseEnded, &[Superseded], to(InDevelopment), "somebody looks what production holds"),
    row(Happens::TimePassed, Case::LeaseEnded, &[Gone], To::Nothing, ""),

    row(Happens::CopyRenewed, Case::Current, &[Syncing, Superseded], STAYS, "the lease is longer"),
    row(Happens::CopyRenewed, Case::Current, &[Gone], STAYS, "the copy is told again to end"),
    row(Happens::CopyRenewed, Case::Older, ALL, STAYS, "that copy is told to end"),

    row(Happens::CopySucceeded, Case::Equal, &[Syncing], to(Synced), "what production holds is recorded"),
    row(Happens::CopySucceeded, Case::Differs, &[Syncing], to(PendingSync), "waits for a person"),
    row(Happens::CopySucceeded, Case::Equal, &[Superseded], to(InDevelopment), "what production holds is recorded"),
    row(Happens::CopySucceeded, Case::Differs, &[Superseded], to(InDevelopment), "what production holds is recorded"),
    row(Happens::CopySucceeded, Case::Equal, &[Gone], To::Nothing, ""),
    row(Happens::CopySucceeded, Case::Differs, &[Gone], To::Nothing, ""),
    row(Happens::CopySucceeded, Case::Older, ALL, STAYS, "somebody looks what production holds"),

    row(Happens::CopyFailed, Case::Transient, &[Syncing], to(PendingSync), "with the reason; tried again under an automatic rule, later each time"),
    row(Happens::CopyFailed, Case::Terminal, &[Syncing], to(PendingSync), "with the reason; waits for a person"),
    row(Happens::CopyFailed, Case::NamespaceMissing, &[Syncing], to(PendingSync), "it says that production lacks the namespace; asked again after a period"),
    row(Happens::CopyFailed, Case::Equal, &[Syncing], to(Synced), "what production holds is recorded"),
    row(Happens::CopyFailed, Case::Transient, &[Superseded], to(InDevelopment), "what production holds is recorded"),
    row(Happens::CopyFailed, Case::Terminal, &[Superseded], to(InDevelopment), "what production holds is recorded"),
    row(Happens::CopyFailed, Case::NamespaceMissing, &[Superseded], to(InDevelopment), "what production holds is recorded"),
    row(Happens::CopyFailed, Case::Equal, &[Superseded], to(InDevelopment), "what production holds is recorded"),
    row(Happens::CopyFailed, Case::Transient, &[Gone], To::Nothing, ""),
    row(Happens::CopyFailed, Case::Terminal, &[Gone], To::Nothing, ""),
    row(Happens::CopyFailed, Case::NamespaceMissing, &[Gone], To::Nothing, ""),
    row(Happens::CopyFailed, Case::Equal, &[Gone], To::Nothing, ""),
    row(Happens::CopyFailed, Case::Older, ALL, STAYS, "somebody looks what production holds"),

    row(Happens::ProductionSeen, Case::Equal, &[PendingSync], to(Synced), "nothing needs to be copied"),
    row(Happens::ProductionSeen, Case::Differs, &[PendingSync], STAYS, "recorded"),
    row(Happens::ProductionSeen, Case::Equal, &[Synced], STAYS, ""),
    row(Happens::ProductionSeen, Case::Differs, &[Synced], to(PendingSync), "the release still counts: it is copied again by the rule"),
    row(Happens::ProductionSeen, Case::Equal, COPYING, STAYS, "recorded"),
    row(Happens::ProductionSeen, Case::Differs, COPYING, STAYS, "recorded"),
    row(Happens::ProductionSeen, Case::Differs, &[InDevelopment], STAYS, "recorded"),

    row(Happens::NamespaceSeen, Case::NamespaceMissing, &[PendingSync], STAYS, "it says that production lacks the namespace"),
    row(Happens::NamespaceSeen, Case::NamespaceMissing, &[Synced], to(PendingSync), "the release still counts; it says that production lacks the namespace"),
    row(Happens::NamespaceSeen, Case::NamespaceMissing, &[InDevelopment, Syncing, Superseded, Gone], STAYS, "production holds nothing: recorded"),
    row(Happens::NamespaceSeen, Case::NamespaceExists, &[PendingSync], STAYS, "it says no more that it is missing"),
    row(Happens::NamespaceSeen, Case::NamespaceExists, &[InDevelopment, Syncing, Superseded, Synced, Gone], STAYS, ""),
];
