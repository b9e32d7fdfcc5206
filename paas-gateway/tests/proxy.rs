//! The proxy, on loopback: a client, the gateway with it, and a service behind.

use crate::{
    server::serve,
    support::{Keystone, TestClock, in_project},
};
use bytes::Bytes;
use http::{Method, Request, Response, StatusCode};
use http_body_util::{BodyExt, Full, combinators::UnsyncBoxBody};
use hyper::body::{Frame, Incoming};
use hyper_util::rt::TokioIo;
use paas_core::access::{Action, Kind};
use paas_gateway::{ClientAddress, Gateway, Proxy, ProxyBuilder, Route, RouteTable, TenantFrom};
use serde_json::{Value, json};
use std::{
    convert::Infallible,
    net::SocketAddr,
    pin::Pin,
    task::{Context, Poll},
    time::{Duration, SystemTime},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    sync::mpsc,
};
use tower_service::Service;

type Body = UnsyncBoxBody<Bytes, Infallible>;

fn full(text: impl Into<Bytes>) -> Body {
    Full::new(text.into()).boxed_unsync()
}

/// A service that says what it was asked, and does what its path says.
async fn upstream(mut request: Request<Incoming>) -> Result<Response<Body>, Infallible> {
    let path = request.uri().path().to_owned();
    Ok(match path.as_str() {
        "/v1/never" => std::future::pending().await,
        "/v1/ws" => {
            let upgrade = hyper::upgrade::on(&mut request);
            tokio::spawn(async move {
                let mut stream = TokioIo::new(upgrade.await.unwrap());
                let mut bytes = [0; 64];
                while let Ok(count @ 1..) = stream.read(&mut bytes).await {
                    stream.write_all(&bytes[..count].to_ascii_uppercase()).await.unwrap();
                }
            });
            let response = Response::builder().status(StatusCode::SWITCHING_PROTOCOLS);
            let response = response.header("Connection", "Upgrade").header("Upgrade", "websocket");
            response.header("Sec-WebSocket-Accept", "x").body(full("")).unwrap()
        }
        // Answers when it has all.
        "/v1/whole" => Response::new(full(request.into_body().collect().await.unwrap().to_bytes())),
        // Sends each piece back as it comes.
        "/v1/echo" => {
            let (sender, receiver) = mpsc::channel(1);
            let mut body = request.into_body();
            tokio::spawn(async move {
                while let Some(Ok(frame)) = body.frame().await {
                    let _ = sender.send(frame.into_data().unwrap()).await;
                }
            });
            Response::new(Pieces(receiver).boxed_unsync())
        }
        _ => {
            let headers: serde_json::Map<String, Value> = request
                .headers()
                .iter()
                .map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into()))
                .collect();
            let said = json!({ "method": request.method().as_str(), "uri": request.uri().to_string(), "headers": headers });
            let response =
                Response::builder().header("Connection", "X-Hop").header("X-Hop", "1").header("X-End", "2");
            response.body(full(said.to_string())).unwrap()
        }
    })
}

/// What comes out of a queue, as a stream of pieces.
struct Pieces(mpsc::Receiver<Bytes>);

impl http_body::Body for Pieces {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        self.0.poll_recv(context).map(|bytes| bytes.map(|bytes| Ok(Frame::data(bytes))))
    }
}

fn routes() -> RouteTable {
    let view = |method, path| Route::new(method, path, Action::View, Kind::Volume, TenantFrom::Token);
    RouteTable::builder()
        .route(view(Method::GET, "/v1/{rest..}").and(Method::POST))
        .route(view(Method::GET, "/gone/x"))
        .route(view(Method::GET, "/nowhere"))
        .build()
        .unwrap()
}

/// A gateway with a proxy behind it, as a server.
struct Front {
    address: SocketAddr,
}

impl Front {
    async fn new(
        set: impl FnOnce(ProxyBuilder) -> ProxyBuilder,
        clock: &TestClock,
        keystone: &Keystone,
    ) -> Self {
        let behind = serve(upstream).await;
        let proxy = Proxy::builder()
            .upstream("/v1", format!("http://{behind}"))
            .upstream("/gone", "http://127.0.0.1:1")
            .answer_within(Duration::from_millis(300));
        let gateway = Gateway::builder(keystone.clone(), routes()).clock(clock.clone()).build().unwrap();
        let service = gateway.in_front_of(set(proxy).build().unwrap());
        let address = serve(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(ClientAddress([192, 0, 2, 7].into()));
            let mut service = service.clone();
            async move { service.call(request).await }
        })
        .await;
        Self { address }
    }

    async fn usual() -> Self {
        // The machine's clock is past that of the tests.
        let mut token = in_project("u1", "p1", &["reader"]);
        token.expires_at = SystemTime::now() + Duration::from_secs(3_600);
        let keystone = Keystone::default().with("t", token);
        Self::new(|proxy| proxy, &TestClock::default(), &keystone).await
    }

    /// Sends this text, and gives the answer up to the end of the connection.
    async fn say(&self, text: &str) -> String {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        stream.write_all(text.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.unwrap();
        String::from_utf8(answer).unwrap()
    }

    async fn get(&self, path: &str, headers: &str) -> (u16, String, Value) {
        let answer =
            self.say(&format!("GET {path} HTTP/1.1\r\nHost: front.test\r\nX-Auth-Token: t\r\nConnection: close\r\n{headers}\r\n")).await;
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        (status, head.to_ascii_lowercase(), serde_json::from_str(body).unwrap_or_default())
    }
}

#[tokio::test]
async fn a_request_goes_on_with_our_headers_and_comes_back_without_those_of_one_connection() {
    let front = Front::usual().await;
    let forged = "X-User-Id: root\r\nX-Forwarded-For: 10.0.0.1\r\nForwarded: for=10.0.0.1\r\nX-Real-Ip: 1\r\nX_Forwarded_Host: x\r\n\
        Keep-Alive: 5\r\nProxy-Authorization: x\r\nTE: trailers\r\nAccept: a\r\n";
    let (status, head, said) = front.get("/v1/a%20b/?q=%2F..", forged).await;
    assert_eq!((status, &said["uri"], &said["method"]), (200, &json!("/v1/a%20b/?q=%2F.."), &json!("GET")));
    let headers = &said["headers"];
    for (name, value) in [
        ("x-user-id", "u1"),
        ("x-user-name", "u1 Müller"),
        ("x-auth-token", "t"),
        ("x-forwarded-for", "192.0.2.7"),
        ("x-forwarded-proto", "http"),
        ("x-forwarded-host", "front.test"),
        ("accept", "a"),
    ] {
        assert_eq!(headers[name], value, "{name}");
    }
    for name in [
        "forwarded",
        "x-real-ip",
        "x_forwarded_host",
        "keep-alive",
        "proxy-authorization",
        "te",
        "connection",
    ] {
        assert!(headers.get(name).is_none(), "{name}");
    }
    assert!(headers["host"].as_str().unwrap().starts_with("127.0.0.1:"));
    assert!(head.contains("x-end: 2") && !head.contains("x-hop"), "{head}");

    let keystone = Keystone::default().with("t", in_project("u1", "p1", &["reader"]));
    let trusting = Front::new(
        |proxy| proxy.trust_forwarded().keep_host().behind_https(),
        &TestClock::default(),
        &keystone,
    )
    .await;
    let (_, _, said) =
        trusting.get("/v1/x", "X-Forwarded-For: 10.0.0.1\r\nX-Forwarded-Proto: http\r\n").await;
    let headers = &said["headers"];
    assert_eq!(
        (&headers["x-forwarded-for"], &headers["host"]),
        (&json!("10.0.0.1, 192.0.2.7"), &json!("front.test"))
    );
    assert_eq!(headers["x-forwarded-proto"], "http");
    let (_, _, said) = trusting.get("/v1/x", "").await;
    assert_eq!(said["headers"]["x-forwarded-proto"], "https");
}

#[tokio::test]
async fn a_service_that_does_not_answer_is_502_or_504() {
    let front = Front::usual().await;
    for (path, expected, title) in [
        ("/gone/x", 502, json!("Bad Gateway")),
        ("/v1/never", 504, json!("Gateway Timeout")),
        ("/nowhere", 404, json!("Not Found")),
    ] {
        let (status, _, said) = front.get(path, "").await;
        assert_eq!(
            (status, &said["error"]["title"], &said["error"]["code"]),
            (expected, &title, &json!(expected))
        );
    }
    // What the gateway refuses never comes there.
    let answer = front.say("GET /v1/x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").await;
    assert!(answer.starts_with("HTTP/1.1 401"), "{answer}");
    let (status, ..) = front.get("/v1/../gone/x", "").await;
    assert_eq!(status, 400);
}

#[tokio::test]
async fn bodies_are_streamed_both_ways_however_slow() {
    let front = Front::usual().await;
    let mut stream = TcpStream::connect(front.address).await.unwrap();
    let head = "POST /v1/echo HTTP/1.1\r\nHost: a\r\nX-Auth-Token: t\r\nTransfer-Encoding: chunked\r\n\r\n";
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut seen = String::new();
    let mut bytes = [0; 1024];
    // Each piece comes back before the next one is sent; all takes longer than an answer may.
    for piece in ["one", "two", "three", "four"] {
        stream.write_all(format!("{:x}\r\n{piece}\r\n", piece.len()).as_bytes()).await.unwrap();
        while !seen.contains(piece) {
            let count = stream.read(&mut bytes).await.unwrap();
            assert!(count > 0, "{seen}");
            seen.push_str(std::str::from_utf8(&bytes[..count]).unwrap());
        }
        tokio::time::sleep(Duration::from_millis(120)).await;
    }
    assert!(seen.starts_with("HTTP/1.1 200"), "{seen}");
    // A large one of known length, whole.
    let large = "x".repeat(3_000_000);
    let answer = front
        .say(&format!(
            "POST /v1/echo HTTP/1.1\r\nHost: a\r\nX-Auth-Token: t\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{large}",
            large.len()
        ))
        .await;
    assert_eq!(answer.bytes().filter(|byte| *byte == b'x').count(), large.len());
}

#[tokio::test]
async fn while_a_request_is_being_sent_its_answer_is_not_late() {
    let front = Front::usual().await;
    let mut stream = TcpStream::connect(front.address).await.unwrap();
    let head = "POST /v1/whole HTTP/1.1\r\nHost: a\r\nX-Auth-Token: t\r\nConnection: close\r\nContent-Length: 5\r\n\r\n";
    stream.write_all(head.as_bytes()).await.unwrap();
    // All takes twice as long as an answer may.
    for piece in ["w", "h", "o", "l", "e"] {
        tokio::time::sleep(Duration::from_millis(120)).await;
        stream.write_all(piece.as_bytes()).await.unwrap();
    }
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("whole"), "{answer}");
}

const UPGRADE: &str =
    "GET /v1/ws HTTP/1.1\r\nHost: a\r\nX-Auth-Token: t\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";

/// The head of an answer, to its end.
async fn head(stream: &mut TcpStream) -> String {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.unwrap());
    }
    String::from_utf8(head).unwrap().to_ascii_lowercase()
}

#[tokio::test]
async fn a_websocket_passes_and_nothing_else_does() {
    let front = Front::usual().await;
    let mut stream = TcpStream::connect(front.address).await.unwrap();
    stream.write_all(UPGRADE.as_bytes()).await.unwrap();
    let answer = head(&mut stream).await;
    assert!(answer.starts_with("http/1.1 101") && answer.contains("upgrade: websocket"), "{answer}");
    assert!(answer.contains("sec-websocket-accept: x"), "{answer}");
    for word in ["hello", "world"] {
        stream.write_all(word.as_bytes()).await.unwrap();
        let mut bytes = vec![0; word.len()];
        stream.read_exact(&mut bytes).await.unwrap();
        assert_eq!(String::from_utf8(bytes).unwrap(), word.to_uppercase());
    }
    // By HTTP/2 within the connection requests would go past the gateway; it is asked for as if it were not.
    let (status, _, said) = front
        .get("/v1/x", "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AA\r\n")
        .await;
    assert_eq!(status, 200);
    assert!(
        said["headers"].get("upgrade").is_none() && said["headers"].get("http2-settings").is_none(),
        "{said}"
    );
    assert!(Proxy::builder().upstream("/", "http://127.0.0.1").allow_upgrade("H2C").build().is_err());
    // Nobody asked for it.
    let (status, ..) = front.get("/v1/ws", "").await;
    assert_eq!(status, 502);
    // Without a right it is not even begun.
    let answer = front
        .say(
            &UPGRADE
                .replace("Token: t", "Token: u")
                .replace("/ws HTTP/1.1\r\n", "/ws HTTP/1.1\r\nConnection: close\r\n"),
        )
        .await;
    assert!(answer.starts_with("HTTP/1.1 401"), "{answer}");
}

#[tokio::test]
async fn a_websocket_ends_with_the_token_that_opened_it() {
    // By the clock of the machine, since that is what ends it.
    let ends = |seconds: u64| {
        let mut token = in_project("u1", "p1", &["reader"]);
        token.expires_at = SystemTime::now() + Duration::from_secs(seconds);
        token
    };
    for (outlives, seconds) in [(false, 1), (true, 1)] {
        let keystone = Keystone::default().with("t", ends(seconds));
        let set = |proxy: ProxyBuilder| if outlives { proxy.tunnels_outlive_tokens() } else { proxy };
        let front = Front::new(set, &TestClock::default(), &keystone).await;
        let mut stream = TcpStream::connect(front.address).await.unwrap();
        stream.write_all(UPGRADE.as_bytes()).await.unwrap();
        assert!(head(&mut stream).await.starts_with("http/1.1 101"));
        let mut bytes = [0; 1];
        let end = tokio::time::timeout(Duration::from_millis(1_500), stream.read(&mut bytes)).await;
        assert_eq!(end.is_err(), outlives, "{end:?}");
    }
}
