//! What is kept of tokens, for how long, and how often Keystone is asked.

use crate::support::{Keystone, TestClock, builder, gateway, get, in_project, parts, status};
use http::Method;
use paas_gateway::{CacheSettings, Gateway, KeystoneSettings, NotValidated};
use std::time::Duration;

const PATH: &str = "/v1/tenants/p1/volumes";

fn keystone() -> Keystone {
    Keystone::default().with("t", in_project("u1", "p1", &["member"]))
}

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

async fn ask(gateway: &Gateway, token: &str) -> u16 {
    status(gateway, &Method::GET, PATH, token).await
}

#[tokio::test(start_paused = true)]
async fn ten_thousand_requests_with_one_new_token_ask_once() {
    let keystone = keystone();
    keystone.takes(seconds(1));
    let (gateway, _) = gateway(&keystone);
    let mut all = Vec::new();
    // The first one, who asks, gives up; the others have their answer all the same.
    let first = gateway.clone();
    let first = tokio::spawn(async move { get(&first, PATH, "t").await });
    tokio::time::sleep(Duration::from_millis(10)).await;
    for _ in 0..9_999 {
        let gateway = gateway.clone();
        all.push(tokio::spawn(async move { get(&gateway, PATH, "t").await.is_ok() }));
    }
    tokio::time::sleep(Duration::from_millis(10)).await;
    first.abort();
    assert!(first.await.unwrap_err().is_cancelled());
    for one in all {
        assert!(one.await.unwrap());
    }
    assert_eq!(keystone.asked(), 1);
    let seen = gateway.metrics();
    assert_eq!((seen.cache_misses, seen.cache_joined, seen.allowed), (1, 9_999, 9_999));
    assert_eq!(ask(&gateway, "t").await, 200);
    assert_eq!(keystone.asked(), 1);
}

#[tokio::test]
async fn a_valid_token_is_kept_so_long_and_never_past_its_end() {
    let keystone = keystone();
    let (gateway, clock) = gateway(&keystone);
    assert_eq!(ask(&gateway, "t").await, 200);
    // Revoked: it is refused within the time that entries live.
    keystone.say("t", Err(NotValidated::Invalid));
    clock.pass(seconds(299));
    assert_eq!((ask(&gateway, "t").await, keystone.asked()), (200, 1));
    clock.pass(seconds(1));
    assert_eq!((ask(&gateway, "t").await, keystone.asked()), (401, 2));

    // It ends after an hour.
    keystone.say("u", Ok(in_project("u1", "p1", &["member"])));
    clock.pass(seconds(3_600 - 300 - 100));
    assert_eq!((ask(&gateway, "u").await, keystone.asked()), (200, 3));
    clock.pass(seconds(99));
    assert_eq!((ask(&gateway, "u").await, keystone.asked()), (200, 3));
    clock.pass(seconds(1));
    // Even if Keystone should go on saying that it is good.
    assert_eq!((ask(&gateway, "u").await, keystone.asked()), (401, 4));
}

#[tokio::test]
async fn a_token_that_is_none_is_kept_for_a_short_time() {
    let keystone = keystone();
    let (gateway, clock) = gateway(&keystone);
    for _ in 0..3 {
        assert_eq!((ask(&gateway, "junk").await, keystone.asked()), (401, 1));
    }
    // Also for what asks afresh: no junk makes Keystone work.
    let path = "/v1/tenants/p1/volumes/1";
    assert_eq!((status(&gateway, &Method::DELETE, path, "junk").await, keystone.asked()), (401, 1));
    clock.pass(seconds(10));
    keystone.say("junk", Ok(in_project("u2", "p1", &["reader"])));
    assert_eq!((ask(&gateway, "junk").await, keystone.asked()), (200, 2));
    assert_eq!(gateway.metrics().cache_negatives, 3);
}

#[tokio::test]
async fn junk_pushes_no_good_token_out_and_takes_no_room() {
    let keystone = keystone();
    let clock = TestClock::default();
    let mut cache = CacheSettings::default();
    (cache.valid, cache.invalid) = (50, 200);
    let gateway = builder(&keystone, &clock).cache(cache).build().unwrap();
    for n in 0..20 {
        keystone.say(&format!("good-{n}"), Ok(in_project("u1", "p1", &["member"])));
        assert_eq!(ask(&gateway, &format!("good-{n}")).await, 200);
    }
    for n in 0..5_000 {
        assert_eq!(ask(&gateway, &format!("junk-{n}")).await, 401);
    }
    let seen = gateway.metrics();
    assert_eq!((seen.kept_valid, seen.in_flight), (20, 0));
    assert!((1..=200).contains(&seen.kept_invalid), "{}", seen.kept_invalid);
    let before = keystone.asked();
    for n in 0..20 {
        assert_eq!(ask(&gateway, &format!("good-{n}")).await, 200);
    }
    assert_eq!(keystone.asked(), before);
    // Good ones have a bound too.
    for n in 0..500 {
        keystone.say(&format!("more-{n}"), Ok(in_project("u1", "p1", &["member"])));
        assert_eq!(ask(&gateway, &format!("more-{n}")).await, 200);
    }
    assert!(gateway.metrics().kept_valid <= 50);
}

#[tokio::test]
async fn one_with_very_many_rules_counts_as_several() {
    let keystone = Keystone::default();
    let clock = TestClock::default();
    let mut cache = CacheSettings::default();
    cache.valid = 64;
    let gateway = builder(&keystone, &clock).cache(cache).build().unwrap();
    let rules: Vec<_> = (0..1_000)
        .map(|n| serde_json::json!({ "service": "paas", "method": "GET", "path": format!("/v1/**/{n}") }))
        .collect();
    let fields = serde_json::json!({ "project": { "id": "p1" }, "application_credential": { "id": "c", "access_rules": rules } });
    for n in 0..64 {
        keystone.say(&format!("large-{n}"), Ok(crate::support::token("u1", fields.clone(), &["member"])));
        assert_eq!(ask(&gateway, &format!("large-{n}")).await, 403);
    }
    assert!(gateway.metrics().kept_valid <= 4, "{}", gateway.metrics().kept_valid);
}

#[tokio::test(start_paused = true)]
async fn while_keystone_is_down_known_tokens_live_and_others_get_503() {
    let keystone = keystone();
    let (gateway, clock) = gateway(&keystone);
    assert_eq!(ask(&gateway, "t").await, 200);
    keystone.is_down(true);
    clock.pass(seconds(299));
    assert_eq!(ask(&gateway, "t").await, 200);
    // What changes rights is asked for afresh, known or not.
    assert_eq!(status(&gateway, &Method::DELETE, "/v1/tenants/p1/volumes/1", "t").await, 503);
    assert_eq!(ask(&gateway, "t").await, 200);
    clock.pass(seconds(1));
    for token in ["t", "new"] {
        let refusal = get(&gateway, PATH, token).await.unwrap_err();
        let response = refusal.response::<String>();
        assert_eq!(
            (response.status().as_u16(), &response.headers()["retry-after"]),
            (503, &"5".parse().unwrap())
        );
    }
    // It is no word about the token: when Keystone is back, it counts at once.
    keystone.is_down(false);
    assert_eq!((ask(&gateway, "t").await, ask(&gateway, "new").await), (200, 401));

    // So slow that nobody waits.
    clock.pass(seconds(300));
    keystone.takes(seconds(60));
    let start = tokio::time::Instant::now();
    assert_eq!(ask(&gateway, "t").await, 503);
    assert_eq!(start.elapsed(), seconds(5));
    assert_eq!(gateway.metrics().in_flight, 0);
}

#[tokio::test(start_paused = true)]
async fn so_many_are_asked_about_at_a_time_and_no_more_wait() {
    let keystone = keystone();
    keystone.takes(seconds(1));
    let clock = TestClock::default();
    let mut settings = KeystoneSettings::default();
    (settings.at_a_time, settings.waiting) = (2, 5);
    let gateway = builder(&keystone, &clock).keystone(settings).build().unwrap();
    let all: Vec<_> = (0..8)
        .map(|n| {
            let gateway = gateway.clone();
            tokio::spawn(async move { ask(&gateway, &format!("new-{n}")).await })
        })
        .collect();
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert_eq!((keystone.asked(), gateway.metrics().in_flight), (2, 5));
    let mut answers = Vec::new();
    for one in all {
        answers.push(one.await.unwrap());
    }
    answers.sort_unstable();
    assert_eq!(answers, [401, 401, 401, 401, 401, 503, 503, 503]);
    assert_eq!(gateway.metrics().cache_refused, 3);
}

#[tokio::test(start_paused = true)]
async fn what_is_forgotten_is_asked_about_again_also_if_it_was_under_way() {
    let keystone = keystone();
    let (gateway, _) = gateway(&keystone);
    let token = "t".parse().unwrap();
    for (forget, times) in [
        (
            Box::new(|gateway: &Gateway| gateway.invalidate_token(&"t".parse().unwrap()))
                as Box<dyn Fn(&Gateway)>,
            2,
        ),
        (Box::new(|gateway: &Gateway| gateway.invalidate_user(&"u1".parse().unwrap())), 3),
        (Box::new(|gateway: &Gateway| gateway.invalidate_project(&"p1".parse().unwrap())), 4),
        (Box::new(|gateway: &Gateway| gateway.invalidate_user(&"u2".parse().unwrap())), 4),
        (Box::new(|gateway: &Gateway| gateway.invalidate_project(&"p2".parse().unwrap())), 4),
    ] {
        assert_eq!(ask(&gateway, "t").await, 200);
        forget(&gateway);
        assert_eq!((ask(&gateway, "t").await, keystone.asked()), (200, times));
    }
    // Asked about before it was forgotten: that answer is not kept.
    gateway.invalidate_token(&token);
    keystone.takes(seconds(2));
    let early = gateway.clone();
    let early = tokio::spawn(async move { ask(&early, "t").await });
    tokio::time::sleep(seconds(1)).await;
    gateway.invalidate_token(&token);
    assert_eq!(early.await.unwrap(), 200);
    assert_eq!(gateway.metrics().kept_valid, 0);
}

#[tokio::test(start_paused = true)]
async fn what_changes_rights_asks_afresh_and_what_it_learns_counts_from_then_on() {
    let keystone = Keystone::default().with("t", in_project("u1", "p1", &["manager"]));
    let (gateway, _) = gateway(&keystone);
    assert_eq!(ask(&gateway, "t").await, 200);
    let delete =
        async |gateway: &Gateway| status(gateway, &Method::DELETE, "/v1/tenants/p1/volumes/1", "t").await;
    assert_eq!((delete(&gateway).await, keystone.asked()), (200, 2));
    // A role is taken.
    keystone.say("t", Ok(in_project("u1", "p1", &["reader"])));
    assert_eq!(status(&gateway, &Method::POST, PATH, "t").await, 200);
    assert_eq!((delete(&gateway).await, keystone.asked()), (403, 3));
    assert_eq!((status(&gateway, &Method::POST, PATH, "t").await, keystone.asked()), (403, 3));
    for (method, path) in [
        (Method::PUT, "/v3/projects/p1/users/u/roles/r"),
        (Method::DELETE, "/v3/projects/p1/users/u/roles/r"),
    ] {
        assert_eq!(status(&gateway, &method, path, "t").await, 403);
    }
    assert_eq!(keystone.asked(), 5);

    // An answer that was asked for earlier does not take its place, though it comes later.
    gateway.invalidate_token(&"t".parse().unwrap());
    keystone.takes(seconds(3));
    keystone.say("t", Ok(in_project("u1", "p1", &["manager"])));
    let early = gateway.clone();
    let early = tokio::spawn(async move { ask(&early, "t").await });
    tokio::time::sleep(seconds(1)).await;
    keystone.takes(seconds(1));
    keystone.say("t", Err(NotValidated::Invalid));
    assert_eq!(delete(&gateway).await, 401);
    keystone.say("t", Ok(in_project("u1", "p1", &["manager"])));
    assert_eq!(early.await.unwrap(), 200);
    assert_eq!(ask(&gateway, "t").await, 401);
}

/// Whether anything of it is wrong, it is let go of in the end.
#[tokio::test]
async fn a_validator_that_breaks_off_leaves_nobody_waiting() {
    struct Broken;
    impl paas_gateway::Validator for Broken {
        fn validate<'a>(
            &'a self,
            _: &'a paas_client::keystone::AuthToken,
            _: paas_client::keystone::Validation,
        ) -> paas_client::BoxFuture<'a, Result<paas_client::keystone::Token, NotValidated>> {
            Box::pin(async { panic!("broken") })
        }
    }
    let gateway = Gateway::builder(Broken, crate::support::routes()).build().unwrap();
    for _ in 0..2 {
        assert_eq!(gateway.admit(&mut parts(&Method::GET, PATH, "t")).await.unwrap_err().status(), 503);
    }
    assert_eq!(gateway.metrics().in_flight, 0);
}
