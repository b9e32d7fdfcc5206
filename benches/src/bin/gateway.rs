//! What the gateway adds to a proxy: both on loopback, in turns, each on one thread of its own, before the same service.
//!
//! `gateway SECONDS` prints a line of JSON for each turn: latencies at a fixed rate, then how many requests there are in a
//! second, and in a second of the proxy's processor.

#![expect(clippy::print_stdout, reason = "its figures are what it is for")]

#[path = "gateway/load.rs"]
mod load;
#[path = "gateway/served.rs"]
mod served;

use paas_benches::thread_time;
use paas_client::{
    BoxFuture,
    keystone::{AuthToken, Token, Validation},
};
use paas_core::access::{Action, Kind};
use paas_gateway::{Gateway, NotValidated, Proxy, Route, RouteTable, TenantFrom, Validator};
use serde_json::json;
use served::Served;
use std::{env, error::Error, time::Duration};

type Failure = Box<dyn Error + Send + Sync>;

/// Requests a second, where latencies are measured.
const RATE: u32 = 2_000;
/// Connections of the clients.
const CONNECTIONS: u32 = 32;
/// Users, each with a token.
const USERS: usize = 200;
/// Turns of each.
const TURNS: usize = 5;

/// Knows all tokens.
struct Known(Token);

impl Validator for Known {
    fn validate<'a>(&'a self, _: &'a AuthToken, _: Validation) -> BoxFuture<'a, Result<Token, NotValidated>> {
        Box::pin(async { Ok(self.0.clone()) })
    }
}

fn main() -> Result<(), Failure> {
    let seconds: u64 = env::args().nth(1).map_or(Ok(5), |text| text.parse())?;
    let lasts = Duration::from_secs(seconds);
    let service = served::upstream()?;
    let proxy = || Proxy::builder().upstream("/v1", format!("http://{}", service.address)).build();
    let (routes, known) = (routes()?, Known(serde_json::from_value(token())?));
    let gateway = Gateway::builder(known, routes).build()?;
    let bare = Served::start(proxy()?)?;
    let guarded = Served::start(gateway.in_front_of(proxy()?))?;
    // Connections, caches, branches.
    for served in [&bare, &guarded] {
        load::as_much_as_goes(served.address, Duration::from_secs(1))?;
    }
    for turn in 0..TURNS {
        for (name, served) in [("bare", &bare), ("guarded", &guarded)] {
            let late = load::at_a_rate(served.address, lasts)?;
            let before = served.processor_time()?;
            let count = load::as_much_as_goes(served.address, lasts)?;
            let used = served.processor_time()?.saturating_sub(before);
            let line = json!({
                "proxy": name, "turn": turn, "p50_us": late.percentile(50), "p99_us": late.percentile(99),
                "requests": late.count(), "per_second": per(count, lasts), "per_core_second": per(count, used),
            });
            println!("{line}");
        }
    }
    let seen = gateway.metrics();
    if seen.allowed == 0 || seen.cache_misses > u64::try_from(USERS)? || seen.denied + seen.unavailable > 0 {
        return Err("the gateway did something else than it should".into());
    }
    Ok(())
}

fn per(count: u64, time: Duration) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX)) / time.as_secs_f64().max(0.001)
}

fn routes() -> Result<RouteTable, Failure> {
    let mut table = RouteTable::builder();
    // As many as a platform has.
    for kind in Kind::ALL.iter().filter(|kind| !matches!(kind, Kind::Publication)) {
        let path = format!("/v1/tenants/{{tenant}}/{kind}/{{id}}");
        table =
            table.route(Route::new(http::Method::GET, path, Action::View, *kind, TenantFrom::path("tenant")));
    }
    Ok(table.build()?)
}

fn token() -> serde_json::Value {
    let domain = json!({ "id": "default", "name": "Default" });
    json!({
        "user": { "id": "424b8ca9b62b4ff797b4a821c8e83719", "name": "anna", "domain": domain },
        "project": { "id": "e3712aa6ee1f4ed899033e6103559adf", "name": "retail", "domain": domain },
        "roles": [{ "id": "r1", "name": "member" }, { "id": "r2", "name": "reader" }],
        "methods": ["password"], "audit_ids": ["3T2dc1CGQxyJsHdDu1xkcw"],
        "issued_at": "2026-11-21T10:00:00.000000Z", "expires_at": "2999-11-21T11:00:00.000000Z",
    })
}
