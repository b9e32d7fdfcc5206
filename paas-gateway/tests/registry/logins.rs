//! Logins that are not accepted.

use super::{Bed, TEST, basic};
use http::{Request, header::AUTHORIZATION};
use http_body_util::Empty;
use paas_gateway::registry::{LoginLimits, PeerAddress};
use std::{net::IpAddr, sync::atomic::Ordering, task::Poll, time::Duration};

const SCOPE: &str = "repository:team-a/shop:pull";

#[tokio::test]
async fn a_wrong_login_is_answered_alike_whatever_is_wrong() {
    let bed = Bed::new();
    let mut texts = Vec::new();
    for login in [
        "manager:wrong",
        "nobody:canary-manager",
        "manager:",
        "manager",
        "$token:junk",
        "$appcred+free:wrong",
        "$other:x",
    ] {
        let answer = bed.ask(TEST, login, &[SCOPE]).await;
        assert_eq!(answer.status, 401, "{login}");
        assert!(answer.headers["www-authenticate"].to_str().unwrap().starts_with("Basic realm="));
        assert_eq!(answer.headers["cache-control"], "no-store");
        texts.push(answer.text);
    }
    texts.dedup();
    assert_eq!(texts.len(), 1);
    for header in [None, Some("Bearer canary"), Some("Basic !")] {
        let mut request = Request::get(format!("/token?service={TEST}"));
        if let Some(header) = header {
            request = request.header(AUTHORIZATION, header);
        }
        let answer = bed.tokens.handle(request.body(Empty::<bytes::Bytes>::new()).unwrap()).await;
        assert_eq!(answer.status(), 401, "{header:?}");
    }
    let twice = Request::get(format!("/token?service={TEST}"))
        .header(AUTHORIZATION, basic("manager:canary-manager"))
        .header(AUTHORIZATION, basic("admin:canary-admin"));
    let answer = bed.tokens.handle(twice.body(Empty::<bytes::Bytes>::new()).unwrap()).await;
    assert_eq!(answer.status(), 401);
}

#[tokio::test]
async fn without_keystone_there_is_no_token() {
    let bed = Bed::new();
    // A 401 without words of Keystone is of somebody in between.
    for status in [500, 503, 429, 401, 200] {
        bed.keystone.status.store(status, Ordering::Relaxed);
        for login in ["manager:canary-manager", "$token:canary-token-manager|a"] {
            let answer = bed.ask(TEST, login, &[SCOPE]).await;
            assert_eq!(answer.status, 503, "{status} {login}: {}", answer.text);
        }
    }
    bed.keystone.status.store(0, Ordering::Relaxed);
    let broken = bed.ask(TEST, "manager:canary-manager", &["repository:broken/x:pull"]).await;
    assert_eq!(broken.status, 503, "who a namespace belongs to is not known");
    assert_eq!(bed.granted(TEST, "manager:canary-manager", &[SCOPE]).await, ["team-a/shop:pull"]);
}

/// Asks all at once.
async fn all<T>(futures: impl Iterator<Item = impl Future<Output = T>>) -> Vec<T> {
    let mut waiting: Vec<_> = futures.map(Box::pin).collect();
    let mut done = Vec::new();
    std::future::poll_fn(|context| {
        waiting.retain_mut(|future| match future.as_mut().poll(context) {
            Poll::Ready(value) => {
                done.push(value);
                false
            }
            Poll::Pending => true,
        });
        if waiting.is_empty() { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    done
}

async fn status(bed: &Bed, login: &str, address: [u8; 4]) -> u16 {
    let request = Request::get(format!("/token?service={TEST}"))
        .header(AUTHORIZATION, basic(login))
        .extension(PeerAddress(IpAddr::from(address)));
    bed.tokens.handle(request.body(Empty::<bytes::Bytes>::new()).unwrap()).await.status().as_u16()
}

#[tokio::test]
async fn failed_logins_are_slowed_down_without_asking_keystone() {
    let mut limits = LoginLimits::default();
    (limits.per_account, limits.per_address) = (3, 6);
    limits.longest = Duration::from_secs(8);
    let bed = Bed::with(|builder| builder.login_limits(limits));
    let (here, there) = ([10, 0, 0, 1], [10, 0, 0, 2]);
    for _ in 0..3 {
        assert_eq!(status(&bed, "manager:wrong", here).await, 401);
    }
    let asked = bed.keystone.asked();
    assert_eq!(status(&bed, "manager:canary-manager", here).await, 429);
    assert_eq!(bed.keystone.asked(), asked, "Keystone is not asked");
    assert_eq!(status(&bed, "manager:canary-manager", there).await, 200, "from elsewhere it works");
    assert_eq!(status(&bed, "admin:canary-admin", here).await, 200, "so does another account");

    bed.clock.advance(1);
    assert_eq!(status(&bed, "manager:canary-manager", here).await, 200);
    for _ in 0..3 {
        assert_eq!(status(&bed, "manager:wrong", here).await, 401, "one that worked began a new count");
    }
    assert_eq!(status(&bed, "admin:canary-admin", here).await, 429, "six failures from one address");
    assert_eq!(status(&bed, "admin:canary-admin", there).await, 200);
    bed.clock.advance(1);
    assert_eq!(status(&bed, "admin:canary-admin", here).await, 200);

    let told = bed.events.0.lock().unwrap().iter().filter(|event| event.user.is_none()).count();
    assert_eq!(told, 6, "the audit knows of each failure");

    // Guesses at once are no more than those one after the other, but for the few that Keystone is asked at a time.
    bed.clock.advance(100);
    let asked = bed.keystone.asked();
    let guesses = (0..100).map(|_| status(&bed, "guessed:wrong", [10, 0, 0, 3]));
    let answers = all(guesses).await;
    assert!(answers.contains(&429), "{answers:?}");
    assert!(bed.keystone.asked() - asked <= 3 + 8, "{}", bed.keystone.asked() - asked);

    // Each token is an account of its own: bad ones lock no good one out.
    for n in 0..5 {
        assert_eq!(status(&bed, &format!("$token:canary-no-token-{n}"), [10, 0, 0, 4]).await, 401);
    }
    assert_eq!(status(&bed, "$token:canary-token-manager|a", [10, 0, 0, 4]).await, 200);
}

#[tokio::test]
async fn a_keystone_that_is_down_counts_as_no_failure() {
    let mut limits = LoginLimits::default();
    limits.per_account = 1;
    let bed = Bed::with(|builder| builder.login_limits(limits));
    bed.keystone.status.store(503, Ordering::Relaxed);
    for _ in 0..5 {
        assert_eq!(status(&bed, "manager:canary-manager", [10, 0, 0, 1]).await, 503);
    }
}

#[tokio::test]
async fn no_secret_is_shown_anywhere() {
    let bed = Bed::new();
    let mut shown = format!("{:?} {:?}", bed.tokens, super::signer());
    for login in [
        "manager:canary-manager",
        "manager:canary-wrong",
        "$token:canary-token-manager|a",
        "$token:canary-junk",
        "$appcred+ruled:canary-ruled",
    ] {
        let answer = bed.ask(TEST, login, &[SCOPE]).await;
        shown.push_str(&answer.text);
        if answer.status == 200 {
            shown.push_str(&answer.claims().to_string());
        }
        let fields =
            [("grant_type", "password"), ("service", TEST), ("username", "manager"), ("password", login)];
        shown.push_str(&bed.post(&fields).await.text);
    }
    shown.push_str(&format!("{:?}", bed.events.0.lock().unwrap()));
    assert!(shown.contains("team-a") && !shown.contains("canary"), "{shown}");
    let key: String = super::KEY.lines().skip(1).take(1).collect();
    assert!(!shown.contains(&key));
}
