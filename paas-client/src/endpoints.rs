//! The addresses of one server, tried in turn, healthy ones first.

use crate::{Error, ErrorKind, Limits, Result};
use std::{
    net::IpAddr,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};
use tokio::sync::Semaphore;
use url::{Host, Url};

/// The addresses in the caller's order.
#[derive(Debug)]
pub(crate) struct Endpoints(Vec<Endpoint>);

/// One address.
#[derive(Debug)]
pub(crate) struct Endpoint {
    /// Scheme, host, port and the path below which the API lies; without a slash at its end.
    base: String,
    origin: String,
    is_local: bool,
    /// When it failed last, in milliseconds and one more; 0 while it is healthy.
    failed_at: AtomicU64,
    permits: Semaphore,
    /// For bodies that are read piece by piece. Such a reader may wait for a request to the same server that sends what it
    /// reads; places of their own keep the two from waiting for each other.
    streams: Arc<Semaphore>,
    /// For bodies that are sent piece by piece: they take long, and short requests are not to wait for them.
    uploads: Semaphore,
}

impl Endpoints {
    /// Reads the addresses; `api` are the names of APIs that users have at the end of an address.
    pub(crate) fn parse(urls: &[String], api: &[&str], plain_http: bool, limits: &Limits) -> Result<Self> {
        let endpoints: Vec<Endpoint> =
            urls.iter().map(|url| Endpoint::parse(url, api, plain_http, limits)).collect::<Result<_>>()?;
        if endpoints.is_empty() {
            return Err(configuration("no address of a server is given"));
        }
        Ok(Self(endpoints))
    }

    /// All addresses: those that work first, then those that failed, the longest ago first.
    pub(crate) fn in_turn(&self) -> Vec<&Endpoint> {
        let mut all: Vec<&Endpoint> = self.0.iter().collect();
        all.sort_by_key(|endpoint| endpoint.failed_at.load(Ordering::Relaxed));
        all
    }

    /// Whether all are of this machine.
    pub(crate) fn are_local(&self) -> bool {
        self.0.iter().all(|endpoint| endpoint.is_local)
    }

    /// The address that has this origin.
    pub(crate) fn of_origin(&self, origin: &str) -> Option<&Endpoint> {
        self.0.iter().find(|endpoint| endpoint.origin == origin)
    }
}

impl Endpoint {
    fn parse(text: &str, api: &[&str], plain_http: bool, limits: &Limits) -> Result<Self> {
        // What the user wrote is not shown where it may hold a password.
        let url =
            Url::parse(text).map_err(|error| configuration(&format!("the address is not a URL: {error}")))?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err(configuration("the address holds a user or password; give the key as credentials"));
        }
        let host = url.host().ok_or_else(|| configuration("the address names no host"))?;
        match url.scheme() {
            "https" => {}
            "http" if plain_http || is_loopback(&host) => {}
            "http" => {
                return Err(configuration(
                    "the address begins with `http:`, so that the key would cross the network in clear; \
                     use `https:` or allow plain HTTP",
                ));
            }
            _ => return Err(configuration("the address begins with neither `https:` nor `http:`")),
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(configuration("the address has a query or fragment"));
        }
        let path = root(url.path(), api);
        let origin = url.origin().ascii_serialization();
        let concurrent = limits.concurrent.clamp(1, Semaphore::MAX_PERMITS);
        Ok(Self {
            base: format!("{origin}{path}"),
            origin,
            is_local: is_loopback(&host),
            failed_at: AtomicU64::new(0),
            permits: Semaphore::new(concurrent),
            streams: Arc::new(Semaphore::new(concurrent)),
            uploads: Semaphore::new(concurrent),
        })
    }

    pub(crate) fn base(&self) -> &str {
        &self.base
    }

    pub(crate) fn origin(&self) -> &str {
        &self.origin
    }

    pub(crate) fn permits(&self) -> &Semaphore {
        &self.permits
    }

    pub(crate) fn streams(&self) -> Arc<Semaphore> {
        self.streams.clone()
    }

    pub(crate) fn uploads(&self) -> &Semaphore {
        &self.uploads
    }

    pub(crate) fn is_healthy(&self) {
        self.failed_at.store(0, Ordering::Relaxed);
    }

    pub(crate) fn has_failed(&self, now: Duration) {
        let millis = u64::try_from(now.as_millis()).unwrap_or(u64::MAX - 1);
        self.failed_at.store(millis + 1, Ordering::Relaxed);
    }
}

fn configuration(message: &str) -> Error {
    Error::new(ErrorKind::Configuration, message)
}

pub(crate) fn is_loopback(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => *name == "localhost" || name.ends_with(".localhost"),
        Host::Ipv4(address) => IpAddr::from(*address).is_loopback(),
        Host::Ipv6(address) => IpAddr::from(*address).is_loopback(),
    }
}

/// The path without the name of the API and what follows it: users copy addresses out of their browsers.
fn root(path: &str, api: &[&str]) -> String {
    path.split('/')
        .filter(|segment| !segment.is_empty())
        .take_while(|segment| !api.contains(segment))
        .fold(String::new(), |path, segment| path + "/" + segment)
}

#[cfg(test)]
mod tests {
    use super::Endpoints;
    use crate::Limits;
    use std::time::Duration;

    fn base(url: &str, plain: bool) -> Result<String, String> {
        Endpoints::parse(&[url.to_owned()], &["v1", "v2-beta"], plain, &Limits::default())
            .map(|endpoints| endpoints.in_turn()[0].base().to_owned())
            .map_err(|error| error.to_string())
    }

    #[test]
    fn addresses_are_taken_as_people_write_them() {
        for (given, taken) in [
            ("https://rancher.example", "https://rancher.example"),
            ("https://rancher.example:443/", "https://rancher.example"),
            ("https://rancher.example/v2-beta/projects/1a5/", "https://rancher.example"),
            ("https://paas.example/rancher/v1", "https://paas.example/rancher"),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
            ("http://[::1]:8080/x", "http://[::1]:8080/x"),
            ("http://localhost", "http://localhost"),
        ] {
            assert_eq!(base(given, false).as_deref(), Ok(taken), "{given}");
        }
        assert_eq!(base("http://rancher.example:8080", true).as_deref(), Ok("http://rancher.example:8080"));
    }

    #[test]
    fn addresses_that_would_give_keys_away_are_refused_without_being_shown() {
        for (given, why) in [
            ("http://rancher.example", "in clear"),
            ("http://localhost.example", "in clear"),
            ("https://name:hidden@rancher.example", "user or password"),
            ("https://hidden@rancher.example", "user or password"),
            ("https://rancher.example/?key=hidden", "query"),
            ("ftp://rancher.example/hidden", "neither"),
            ("rancher.example/hidden", "not a URL"),
            ("file:///hidden", "no host"),
            ("", "not a URL"),
        ] {
            let error = base(given, false).unwrap_err();
            assert!(error.contains(why) && !error.contains("hidden"), "{given}: {error}");
        }
        assert!(Endpoints::parse(&[], &[], false, &Limits::default()).is_err());
    }

    #[test]
    fn healthy_addresses_come_first() {
        let urls = ["https://a.example", "https://b.example", "https://c.example"].map(str::to_owned);
        let endpoints = Endpoints::parse(&urls, &[], false, &Limits::default()).unwrap();
        let turn =
            || -> Vec<String> { endpoints.in_turn().iter().map(|e| e.base()[8..9].to_owned()).collect() };
        assert_eq!(turn(), ["a", "b", "c"]);
        endpoints.0[0].has_failed(Duration::from_secs(2));
        assert_eq!(turn(), ["b", "c", "a"]);
        endpoints.0[1].has_failed(Duration::from_secs(1));
        assert_eq!(turn(), ["c", "b", "a"]);
        endpoints.0[0].is_healthy();
        assert_eq!(turn(), ["a", "c", "b"]);
    }
}
