//! The shortest HTTP client there is, so that the tests share no code with the server.

use paas_sandbox::Sandbox;
use serde_json::Value;
use std::{
    io::{ErrorKind, Read, Write},
    net::TcpStream,
};

/// Asks a sandbox with a key.
pub struct Client {
    host: String,
    base: String,
    key: Option<(String, String)>,
    headers: Vec<(String, String)>,
}

/// What came back.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub bytes: Vec<u8>,
    pub body: Value,
}

impl Client {
    /// With the administrator's key, on `/v2-beta`.
    pub fn admin(sandbox: &Sandbox) -> Self {
        Self::with_key(sandbox, sandbox.access_key(), sandbox.secret_key())
    }

    /// With any key.
    pub fn with_key(sandbox: &Sandbox, access: &str, secret: &str) -> Self {
        Self { key: Some((access.to_owned(), secret.to_owned())), ..Self::stranger(sandbox) }
    }

    /// With none.
    pub fn stranger(sandbox: &Sandbox) -> Self {
        let host = sandbox.url().trim_start_matches("http://").to_owned();
        Self { host, base: "/v2-beta".to_owned(), key: None, headers: Vec::new() }
    }

    /// Within an environment.
    pub fn inside(self, environment: &str) -> Self {
        Self { base: format!("/v2-beta/projects/{environment}"), ..self }
    }

    /// Below another path.
    pub fn at(self, base: &str) -> Self {
        Self { base: base.to_owned(), ..self }
    }

    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn get(&self, path: &str) -> Answer {
        self.call("GET", path, None)
    }

    pub fn post(&self, path: &str, body: &Value) -> Answer {
        self.call("POST", path, Some(body))
    }

    pub fn put(&self, path: &str, body: &Value) -> Answer {
        self.call("PUT", path, Some(body))
    }

    pub fn delete(&self, path: &str) -> Answer {
        self.call("DELETE", path, None)
    }

    pub fn call(&self, method: &str, path: &str, body: Option<&Value>) -> Answer {
        self.try_call(method, path, body).unwrap_or_else(|| panic!("{method} {path}: no answer"))
    }

    /// The answer, unless the connection was cut before a whole one.
    pub fn try_call(&self, method: &str, path: &str, body: Option<&Value>) -> Option<Answer> {
        let raw = self.raw(method, path, body);
        let text = String::from_utf8_lossy(&raw).into_owned();
        let (head, _) = text.split_once("\r\n\r\n")?;
        let bytes = raw[head.len() + 4..].to_vec();
        let length = head.lines().find_map(|line| {
            let (name, value) = line.split_once(": ")?;
            name.eq_ignore_ascii_case("content-length").then(|| value.parse::<usize>().unwrap())
        });
        if bytes.len() < length? && method != "HEAD" {
            return None;
        }
        let status = head.split(' ').nth(1)?.parse().unwrap();
        let body = serde_json::from_slice(&bytes).unwrap_or_default();
        Some(Answer { status, head: head.to_owned(), bytes, body })
    }

    /// All bytes that come back until the connection is closed.
    pub fn raw(&self, method: &str, path: &str, body: Option<&Value>) -> Vec<u8> {
        let mut stream = TcpStream::connect(&self.host).unwrap();
        let path =
            if path.starts_with("/sandbox") { path.to_owned() } else { format!("{}{path}", self.base) };
        let body = body.map(Value::to_string).unwrap_or_default();
        let key = self.key.as_ref().map(|(access, secret)| {
            format!("Authorization: Basic {}\r\n", base64(format!("{access}:{secret}").as_bytes()))
        });
        let headers: String =
            self.headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nContent-Length: {}\r\n{}{headers}\r\n",
            self.host,
            body.len(),
            key.unwrap_or_default()
        );
        stream.write_all((head + &body).as_bytes()).unwrap();
        let mut all = Vec::new();
        match stream.read_to_end(&mut all) {
            Ok(_) => {}
            // A cut connection may end in a reset.
            Err(error) if error.kind() == ErrorKind::ConnectionReset => {}
            Err(error) => panic!("{error}"),
        }
        all
    }
}

impl Answer {
    /// The answer, if it is a success.
    pub fn ok(self) -> Self {
        assert!((200..300).contains(&self.status), "{} {}", self.status, self.body);
        self
    }

    pub fn id(&self) -> &str {
        self.text("id")
    }

    pub fn text(&self, field: &str) -> &str {
        self.body[field].as_str().unwrap_or_default()
    }

    pub fn data(&self) -> &[Value] {
        self.body["data"].as_array().unwrap_or_else(|| panic!("no collection: {}", self.body))
    }

    /// Status and code of an error.
    pub fn error(&self) -> (u16, &str, &str) {
        (self.status, self.text("code"), self.text("fieldName"))
    }
}

/// The encoding of keys.
pub fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let number =
            chunk.iter().fold(0_u32, |sum, byte| sum << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for at in 0..4 {
            let letter = LETTERS[(number >> (18 - 6 * at) & 63) as usize];
            text.push(if at <= chunk.len() { letter as char } else { '=' });
        }
    }
    text
}
