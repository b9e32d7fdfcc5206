//! Any calls: few names, so that they meet; mostly right, so that something comes of them.

use paas_platform::store::{Kind, Topic};
use proptest::{collection::vec, option, prelude::*, sample::select};

#[derive(Debug, Clone)]
pub(super) enum Call {
    Commit(Vec<Piece>, Option<Guess>),
    Read(Name, &'static str),
    List { kind: Name, prefix: &'static str, after: Option<&'static str>, limit: usize },
    Scan { stream: &'static str, from: u64, limit: usize },
    Peek { topic: Name, after: u64, limit: usize },
    Acquire { lease: &'static str, holder: &'static str, millis: u64 },
    Renew(Guess, u64),
    Release(Guess),
    Look(&'static str),
    Pass(u64),
    Reopen,
    Crash,
    Move,
}

/// A change whose version, number or id depends on what is there.
#[derive(Debug, Clone)]
pub(super) enum Piece {
    Create(Name, &'static str, Vec<u8>),
    Put(Name, &'static str, Aim, Vec<u8>),
    Delete(Name, &'static str, Aim),
    Expect(Name, &'static str, Option<Aim>),
    Append(&'static str, Aim, Vec<u8>),
    Enqueue(Name, Vec<u8>),
    Acknowledge(Name, Aim),
}

/// How a version or number stands to the right one.
#[derive(Debug, Clone, Copy)]
pub(super) enum Aim {
    Right,
    Below,
    Above,
}

/// A fence: of a lease, as it is or as it was.
#[derive(Debug, Clone)]
pub(super) struct Guess {
    pub(super) lease: &'static str,
    pub(super) aim: Aim,
}

/// A kind or a topic.
#[derive(Debug, Clone, Copy)]
pub(super) struct Name(pub(super) &'static str);

impl Name {
    pub(super) const fn kind(self) -> Kind {
        Kind::new(self.0)
    }
    pub(super) const fn topic(self) -> Topic {
        Topic::new(self.0)
    }
}

const KEYS: [&str; 7] = ["a", "a/b", "a/c", "a0", "b", "B", "\u{e4}"];
const LEASES: [&str; 2] = ["l", "m"];
const STREAMS: [&str; 3] = ["s", "t", "s/t"];

pub(super) fn calls() -> impl Strategy<Value = Vec<Call>> {
    vec(call(), 0..60)
}

fn call() -> impl Strategy<Value = Call> {
    let limit = || prop_oneof![0..4_usize, Just(1000)];
    prop_oneof![
        12 => (vec(piece(), 0..5), option::weighted(0.3, guess())).prop_map(|(pieces, fence)| Call::Commit(pieces, fence)),
        2 => (name(), key()).prop_map(|(kind, key)| Call::Read(kind, key)),
        2 => (name(), select(&["", "a", "a/", "a/b", "\u{e4}", "z"]), option::of(key()), limit())
            .prop_map(|(kind, prefix, after, limit)| Call::List { kind, prefix, after, limit }),
        2 => (select(&STREAMS), 0..6_u64, limit()).prop_map(|(stream, from, limit)| Call::Scan { stream, from, limit }),
        2 => (name(), 0..9_u64, limit()).prop_map(|(topic, after, limit)| Call::Peek { topic, after, limit }),
        3 => (select(&LEASES), select(&["one", "two"]), 0..200_u64)
            .prop_map(|(lease, holder, millis)| Call::Acquire { lease, holder, millis }),
        1 => (guess(), 0..200_u64).prop_map(|(fence, millis)| Call::Renew(fence, millis)),
        1 => guess().prop_map(Call::Release),
        1 => select(&LEASES).prop_map(Call::Look),
        2 => (0..120_u64).prop_map(Call::Pass),
        1 => Just(Call::Reopen),
        1 => Just(Call::Crash),
        1 => Just(Call::Move),
    ]
}

fn piece() -> impl Strategy<Value = Piece> {
    prop_oneof![
        4 => (name(), key(), bytes()).prop_map(|(kind, key, bytes)| Piece::Create(kind, key, bytes)),
        3 => (name(), key(), aim(), bytes()).prop_map(|(kind, key, aim, bytes)| Piece::Put(kind, key, aim, bytes)),
        2 => (name(), key(), aim()).prop_map(|(kind, key, aim)| Piece::Delete(kind, key, aim)),
        1 => (name(), key(), option::of(aim())).prop_map(|(kind, key, aim)| Piece::Expect(kind, key, aim)),
        4 => (select(&STREAMS), aim(), bytes()).prop_map(|(stream, aim, bytes)| Piece::Append(stream, aim, bytes)),
        2 => (name(), bytes()).prop_map(|(topic, bytes)| Piece::Enqueue(topic, bytes)),
        2 => (name(), aim()).prop_map(|(topic, aim)| Piece::Acknowledge(topic, aim)),
    ]
}

fn name() -> impl Strategy<Value = Name> {
    prop_oneof![9 => Just(Name("one")), 9 => Just(Name("two")), 1 => Just(Name("No name"))]
}

fn key() -> impl Strategy<Value = &'static str> {
    prop_oneof![20 => select(&KEYS), 1 => Just("")]
}

fn aim() -> impl Strategy<Value = Aim> {
    prop_oneof![10 => Just(Aim::Right), 1 => Just(Aim::Below), 1 => Just(Aim::Above)]
}

fn guess() -> impl Strategy<Value = Guess> {
    (select(&LEASES), aim()).prop_map(|(lease, aim)| Guess { lease, aim })
}

fn bytes() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![9 => vec(any::<u8>(), 0..8), 1 => vec(any::<u8>(), 5000..9000)]
}
