//! The sandbox's Harbor; what it answers is held against Harbor's published API.

mod access;
mod images;
mod members;
mod pages;
mod projects;
mod replication;
mod swagger;
mod system;
mod webhooks;

use crate::http::{Answer, Client};
use paas_sandbox::{HarborUser, Sandbox};
use serde_json::Value;
use swagger::Swagger;

/// A user, whose answers are held against the published API where that is at hand.
pub struct Harbor {
    client: Client,
}

impl Harbor {
    pub fn of(sandbox: &Sandbox, user: &HarborUser) -> Self {
        Self { client: Client::with_key(sandbox, &user.name, &user.password).at("/api/v2.0") }
    }

    pub fn admin(sandbox: &Sandbox) -> Self {
        Self::of(sandbox, &sandbox.harbor_admin())
    }

    pub fn nobody(sandbox: &Sandbox) -> Self {
        Self { client: Client::stranger(sandbox).at("/api/v2.0") }
    }

    pub fn named(self, name: &str, value: &str) -> Self {
        Self { client: self.client.header(name, value) }
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

    /// A text, which the API does not describe.
    pub fn raw(&self, path: &str) -> Answer {
        self.client.call("GET", path, None)
    }

    pub fn call(&self, method: &str, path: &str, body: Option<&Value>) -> Answer {
        let answer = self.client.call(method, path, body);
        if let Some(api) = Swagger::shared() {
            api.check(method, path, &answer);
        }
        answer
    }
}

/// Status and code of a refusal.
pub fn refusal(answer: &Answer) -> (u16, &str) {
    (answer.status, answer.body["errors"][0]["code"].as_str().unwrap_or_default())
}

/// The number at the end of `Location`.
pub fn made(answer: &Answer) -> u64 {
    assert_eq!((answer.status, answer.bytes.len()), (201, 0), "{}", answer.body);
    header(answer, "location").unwrap().rsplit('/').next().unwrap().parse().unwrap()
}

pub fn header<'a>(answer: &'a Answer, name: &str) -> Option<&'a str> {
    let mut lines = answer.head.lines().filter_map(|line| line.split_once(": "));
    lines.find(|(other, _)| other.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

/// A field of each row of a list.
pub fn column<'a>(answer: &'a Answer, field: &str) -> Vec<&'a str> {
    answer.body.as_array().unwrap().iter().filter_map(|row| row[field].as_str()).collect()
}
