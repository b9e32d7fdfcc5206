//! Images in each state, as they come there.

use paas_core::{
    access::{Action, Role, Subject},
    images::{
        Digest,
        promotion::{
            Command, Context, CopyId, Event, FailureKind, Happening, Image, Observation, Order, Period,
            ProductionNamespace, Refusal, Right, StateName, SyncRule, Transition, step,
        },
    },
    scaling::Timestamp,
};

pub(super) const TENANT: &str = "retail";
pub(super) const NAMESPACE: &str = "retail-shop";
pub(super) const HOUR: u32 = 3_600;

pub(super) fn at(seconds: u32) -> Timestamp {
    Timestamp::from_seconds(1_795_392_000).plus(seconds)
}

/// The digest number so-and-so.
pub(super) fn digest(number: u8) -> Digest {
    format!("sha256:{number:064x}").parse().unwrap()
}

pub(super) fn copy(name: &str) -> CopyId {
    name.parse().unwrap()
}

pub(super) fn hourly() -> Option<SyncRule> {
    Some(SyncRule::Automatic { period: Period::from_seconds(HOUR).unwrap() })
}

/// What is known when a copy would be called so.
pub(super) fn context(rule: Option<SyncRule>, name: &str) -> Context {
    Context::new(rule, ProductionNamespace::Exists, copy(name))
}

pub(super) fn right(command: &Command) -> Right {
    Right::trusted("anna".parse().unwrap(), command.action(), NAMESPACE)
}

/// A user of one role, who belongs to the namespace or does not.
pub(super) fn subject(role: Role, is_member: bool) -> Subject {
    let subject = Subject::new("5f3c");
    let subject =
        if role.is_platform_wide() { subject.with_platform(role) } else { subject.with_tenant(TENANT, role) };
    if is_member { subject.with_namespace(NAMESPACE) } else { subject }
}

pub(super) fn right_of(role: Role, is_member: bool, action: Action) -> Option<Right> {
    Right::ask(&subject(role, is_member), "anna".parse().unwrap(), action, TENANT, NAMESPACE).ok()
}

pub(super) fn command(
    image: &Image,
    command: Command,
    context: &Context,
    now: Timestamp,
) -> Result<Transition, Refusal> {
    let right = right(&command);
    step(image, Event::Command(command, right), context, now)
}

pub(super) fn time(image: &Image, context: &Context, now: Timestamp) -> Transition {
    step(image, Event::TimePassed, context, now).unwrap()
}

/// An image that was pushed at the beginning of time, with digest 1.
pub(super) fn pushed() -> Image {
    Image::pushed("retail-shop/web:1.4".parse().unwrap(), digest(1), at(0))
}

pub(super) fn see(image: &Image, seen: Observation, now: Timestamp) -> Image {
    image.observe(seen, now).image.unwrap()
}

/// Released at second 10.
pub(super) fn pending() -> Image {
    let release = Command::Release { digest: digest(1) };
    command(&pushed(), release, &context(None, "unused"), at(10)).unwrap().image.unwrap()
}

/// Copied from second 20 on, by a copy that is called `c-1`.
pub(super) fn syncing() -> Image {
    command(&pending(), Command::SyncNow, &context(hourly(), "c-1"), at(20)).unwrap().image.unwrap()
}

/// In production since second 30.
pub(super) fn synced() -> Image {
    see(&syncing(), Observation::CopySucceeded { copy: copy("c-1"), production: digest(1) }, at(30))
}

/// An image in a state; where a copy runs, it is called `c-1`, and holds a lease until second 80.
pub(super) fn image_in(state: StateName) -> Image {
    let image = match state {
        StateName::InDevelopment => pushed(),
        StateName::PendingSync => pending(),
        StateName::Syncing => syncing(),
        StateName::Superseded => see(&syncing(), Observation::Pushed { digest: digest(2) }, at(25)),
        StateName::Synced => synced(),
        StateName::Gone => see(&syncing(), Observation::Deleted, at(25)),
        _ => panic!("{state:?} is not tried"),
    };
    assert_eq!(image.state.name(), state);
    image
}

pub(super) fn failed(name: &str, kind: FailureKind, production: Option<Option<Digest>>) -> Observation {
    Observation::CopyFailed { copy: copy(name), kind, message: "it did not work".to_owned(), production }
}

pub(super) fn name(transition: &Transition) -> Option<StateName> {
    transition.image.as_ref().map(|image| image.state.name())
}

pub(super) fn happened(transition: &Transition) -> Option<Happening> {
    transition.change.as_ref().map(|change| change.what)
}

pub(super) fn look(image: &Image) -> Order {
    Order::Look { image: image.name.clone() }
}

pub(super) fn copied(name: &str, number: u8) -> Observation {
    Observation::CopySucceeded { copy: copy(name), production: digest(number) }
}

pub(super) fn in_production(number: u8) -> Observation {
    Observation::ProductionSeen { digest: Some(digest(number)) }
}
