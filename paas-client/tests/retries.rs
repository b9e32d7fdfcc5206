//! When a call is tried again: the arithmetic, and calls on a clock of the test.

use crate::{canned, credentials, environment, refused, service, virtual_time::VirtualTime};
use paas_client::{
    ErrorKind, Polling, RancherClient, RetryPolicy, Seeded,
    rancher::StackId,
    transport::{Canned, Response},
};
use proptest::prelude::*;
use std::time::Duration;

fn id() -> StackId {
    "1st7".parse().unwrap()
}

fn policies() -> impl Strategy<Value = RetryPolicy> {
    (0..20_u32, 0..5_000_u64, 0..60_000_u64, 0..600_000_u64).prop_map(
        |(attempts, first, longest, deadline)| RetryPolicy {
            attempts,
            first_pause: Duration::from_millis(first),
            longest_pause: Duration::from_millis(longest),
            deadline: Duration::from_millis(deadline),
            ..RetryPolicy::default()
        },
    )
}

proptest! {
    #[test]
    fn a_pause_keeps_all_bounds(
        policy in policies(),
        tried in 1..40_u32,
        elapsed in 0..700_000_u64,
        after in proptest::option::of(0..700_000_u64),
        random: u64,
    ) {
        let (elapsed, after) = (Duration::from_millis(elapsed), after.map(Duration::from_millis));
        match policy.pause(tried, elapsed, after, random) {
            Some(pause) => {
                prop_assert!(tried < policy.attempts);
                prop_assert!(elapsed + pause <= policy.deadline);
                prop_assert!(pause >= after.unwrap_or_default());
                prop_assert!(pause <= policy.longest_before(tried).max(after.unwrap_or_default()));
            }
            // No pause: the tries are used up, or the deadline would pass.
            None => prop_assert!(
                tried >= policy.attempts
                    || elapsed + policy.longest_before(tried).max(after.unwrap_or_default()) > policy.deadline
            ),
        }
    }

    #[test]
    fn pauses_grow_to_their_bound_and_are_spread_over_all_of_it(policy in policies(), n in 1..100_u32, random: u64) {
        prop_assert!(policy.longest_before(n) <= policy.longest_before(n + 1));
        prop_assert!(policy.longest_before(n) <= policy.longest_pause);
        let policy = RetryPolicy { attempts: n + 1, deadline: Duration::MAX, ..policy };
        let pause = |random| policy.pause(n, Duration::ZERO, None, random).unwrap();
        prop_assert_eq!(pause(0), Duration::ZERO);
        prop_assert!(pause(random / 2) <= pause(random));
        prop_assert!(policy.longest_before(n) - pause(u64::MAX) <= Duration::from_nanos(1));
    }

    #[test]
    fn extreme_policies_do_not_overflow(tried: u32, elapsed: u64, first: u64, random: u64) {
        let policy = RetryPolicy {
            attempts: u32::MAX,
            first_pause: Duration::from_secs(first),
            longest_pause: Duration::MAX,
            deadline: Duration::MAX,
            ..RetryPolicy::default()
        };
        let _ = policy.pause(tried, Duration::from_secs(elapsed), Some(Duration::MAX), random);
        let polling = Polling { first: Duration::from_secs(first), longest: Duration::MAX };
        prop_assert!(polling.pause(tried, random) <= polling.longest);
    }

    #[test]
    fn looks_are_never_closer_than_half_of_their_pause(looks in 1..200_u32, random: u64) {
        let polling = Polling::default();
        let most = Duration::from_secs_f64(0.25 * 1.5_f64.powi(i32::try_from(looks.min(50)).unwrap() - 1)).min(polling.longest);
        let pause = polling.pause(looks, random);
        prop_assert!(pause <= most + Duration::from_micros(1), "{pause:?} of {most:?}");
        prop_assert!(pause + Duration::from_micros(1) >= most / 2, "{pause:?} of {most:?}");
    }
}

#[test]
fn reads_are_repeated_until_the_tries_are_used_up() {
    for answer in
        [Response::new(503, ""), Response::new(500, ""), refused(409, "Conflict"), Response::new(429, "")]
    {
        let time = VirtualTime::default();
        let (client, server) = canned(time.clone(), move |_| Ok(answer.clone()));
        let error = time.run(environment(&client).read_stack(&id())).unwrap_err();
        assert_eq!((error.attempts(), server.requests().len()), (5, 5));
        assert!(time.seconds() > 0.0 && time.seconds() < 3.1, "{time:?}");
        assert!(error.to_string().ends_with("; tried 5 times"), "{error}");
    }
    for answer in
        [Response::new(501, ""), refused(403, "Forbidden"), refused(404, "NotFound"), Response::new(302, "")]
    {
        let time = VirtualTime::default();
        let (client, server) = canned(time.clone(), move |_| Ok(answer.clone()));
        time.run(environment(&client).read_stack(&id())).unwrap_err();
        assert_eq!((server.requests().len(), time.seconds()), (1, 0.0));
    }
}

#[test]
fn the_server_says_when_to_come_back() {
    let time = VirtualTime::default();
    let (client, server) = canned(time.clone(), |_| Ok(Response::new(503, "").header("Retry-After", "7")));
    let error = time.run(environment(&client).read_stack(&id())).unwrap_err();
    assert_eq!(server.requests().len(), 5);
    assert_eq!(time.seconds(), 28.0);
    assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));

    // Later than the call may last: no wait, and the caller is told.
    let time = VirtualTime::default();
    let (client, server) = canned(time.clone(), |_| Ok(Response::new(503, "").header("retry-after", "3600")));
    let error = time.run(environment(&client).read_stack(&id())).unwrap_err();
    assert_eq!((server.requests().len(), time.seconds()), (1, 0.0));
    assert_eq!(error.retry_after(), Some(Duration::from_secs(3_600)));
}

#[test]
fn the_budget_ends_retries_of_all_calls_together() {
    let time = VirtualTime::default();
    let server = Canned::new(|request| {
        Ok(if request.path().contains("services") { service("active", &[]) } else { Response::new(503, "") })
    });
    let client = RancherClient::builder()
        .url("https://rancher.example")
        .credentials(credentials())
        .transport(server.clone())
        .clock(time.clone())
        .retry(RetryPolicy { budget: 6, ..RetryPolicy::default() })
        .build()
        .unwrap();
    for _ in 0..10 {
        assert_eq!(time.run(environment(&client).read_stack(&id())).unwrap_err().kind(), ErrorKind::Server);
    }
    // Ten first tries, six repetitions.
    assert_eq!(server.requests().len(), 16);

    // Ten successes give one repetition back.
    for _ in 0..10 {
        time.run(environment(&client).read_service(&"1s7".parse().unwrap())).unwrap();
    }
    time.run(environment(&client).read_stack(&id())).unwrap_err();
    assert_eq!(server.requests().len(), 16 + 10 + 2);
}

#[test]
fn the_same_seed_makes_the_same_run() {
    let run = |seed| {
        let time = VirtualTime::default();
        let client = RancherClient::builder()
            .url("https://rancher.example")
            .credentials(credentials())
            .transport(Canned::new(|_| Ok(Response::new(503, ""))))
            .clock(time.clone())
            .randomness(Seeded::new(seed))
            .build()
            .unwrap();
        time.run(environment(&client).read_stack(&id())).unwrap_err();
        time.seconds()
    };
    assert_eq!(run(1), run(1));
    assert_ne!(run(1), run(2));
}
