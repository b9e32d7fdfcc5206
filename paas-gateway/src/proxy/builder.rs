//! How a proxy is set up.

use super::{Inner, Proxy, upstream::Upstream};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::{TokioExecutor, TokioTimer},
};
use std::{error::Error, fmt, sync::Arc, time::Duration};

/// For a connection to a service.
const CONNECT: Duration = Duration::from_secs(5);
/// For the beginning of an answer, after the last piece of the request.
const ANSWER: Duration = Duration::from_secs(60);
/// How long connections are kept without use.
const IDLE: Duration = Duration::from_secs(60);

/// Sets up a [`Proxy`].
#[derive(Debug, Clone)]
#[must_use = "a builder makes nothing until `build` is called"]
pub struct ProxyBuilder {
    upstreams: Vec<(String, String)>,
    connect_within: Duration,
    answer_within: Duration,
    trusts_forwarded: bool,
    keeps_host: bool,
    is_https: bool,
    tunnels_outlive_tokens: bool,
    upgrades: Vec<String>,
}

impl Default for ProxyBuilder {
    fn default() -> Self {
        Self {
            upstreams: Vec::new(),
            connect_within: CONNECT,
            answer_within: ANSWER,
            trusts_forwarded: false,
            keeps_host: false,
            is_https: false,
            tunnels_outlive_tokens: false,
            upgrades: vec!["websocket".to_owned()],
        }
    }
}

/// All that is wrong with a proxy, one line each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidProxy(Vec<String>);

impl fmt::Display for InvalidProxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("\n"))
    }
}

impl Error for InvalidProxy {}

impl ProxyBuilder {
    /// Where requests go whose paths begin like this: the longest beginning counts. Without a path in the address the
    /// path stays as it is; else the one of the address takes the place of the beginning.
    pub fn upstream(mut self, prefix: impl Into<String>, url: impl Into<String>) -> Self {
        self.upstreams.push((prefix.into(), url.into()));
        self
    }

    /// How long a connection may take: five seconds. Then 504.
    pub fn connect_within(mut self, limit: Duration) -> Self {
        self.connect_within = limit;
        self
    }

    /// How long the service may take to begin its answer after it was last sent a piece of the request: a minute. Then
    /// 504. An answer that has begun may take as long as it likes.
    pub fn answer_within(mut self, limit: Duration) -> Self {
        self.answer_within = limit;
        self
    }

    /// Believes the `X-Forwarded-*` and `Forwarded` that come in: in front of this is another proxy, which sets them.
    /// Without this they are dropped.
    pub fn trust_forwarded(mut self) -> Self {
        self.trusts_forwarded = true;
        self
    }

    /// Tells the service behind the host that the client asked for. Without this it is told its own, and the other one
    /// in `X-Forwarded-Host`.
    pub fn keep_host(mut self) -> Self {
        self.keeps_host = true;
        self
    }

    /// Clients come by `https`: what ends TLS is in front of this.
    pub fn behind_https(mut self) -> Self {
        self.is_https = true;
        self
    }

    /// Lets WebSockets live on when the token ends that they were opened with. Without this they are closed then.
    pub fn tunnels_outlive_tokens(mut self) -> Self {
        self.tunnels_outlive_tokens = true;
        self
    }

    /// What connections may become beside WebSockets, by the word in `Upgrade`: `tcp`, `SPDY/3.1`. Not HTTP/2 (`h2c`):
    /// by that, requests would go past the gateway.
    pub fn allow_upgrade(mut self, protocol: impl Into<String>) -> Self {
        self.upgrades.push(protocol.into().to_ascii_lowercase());
        self
    }

    /// Makes the proxy. Nothing is sent.
    ///
    /// # Errors
    ///
    /// All that is wrong with it.
    pub fn build(self) -> Result<Proxy, InvalidProxy> {
        let mut problems = Vec::new();
        let mut upstreams: Vec<Upstream> = Vec::new();
        for (prefix, url) in &self.upstreams {
            match Upstream::parse(prefix, url) {
                Err(problem) => problems.push(problem),
                Ok(new) if upstreams.iter().any(|known| known.prefix() == new.prefix()) => {
                    problems.push(format!("`{prefix}` is there twice"));
                }
                Ok(new) => upstreams.push(new),
            }
        }
        if self.upgrades.iter().any(|protocol| protocol.starts_with("h2")) {
            problems.push(
                "no connection may become one of HTTP/2: its requests would go past the gateway".to_owned(),
            );
        }
        if !problems.is_empty() {
            return Err(InvalidProxy(problems));
        }
        upstreams.sort_by_key(|upstream| std::cmp::Reverse(upstream.prefix().len()));
        let mut connector = HttpConnector::new();
        connector.set_connect_timeout(Some(self.connect_within));
        connector.set_nodelay(true);
        let client = Client::builder(TokioExecutor::new())
            .pool_idle_timeout(IDLE)
            .pool_timer(TokioTimer::new())
            .build(connector);
        Ok(Proxy(Arc::new(Inner {
            client,
            upstreams,
            answer_within: self.answer_within,
            trusts_forwarded: self.trusts_forwarded,
            keeps_host: self.keeps_host,
            is_https: self.is_https,
            tunnels_outlive_tokens: self.tunnels_outlive_tokens,
            upgrades: self.upgrades,
        })))
    }
}
