//! Canaries: no secret of the bank and no key of the server shows in anything that is kept, told or traced, however hard
//! the server tries.

use super::{
    direct::{Direct, anna, begun, planned, run},
    world::{self, SECRETS, meridian, wait},
};
use crate::{log::Log, quick_folder};
use paas_client::{
    BoxFuture, ExposeSecret, SecretString,
    transport::{Method, Request, Response, Transport, TransportError, TransportErrorKind},
};
use paas_platform::{
    Acting, Operation,
    store::{SqliteStore, Store, export},
};
use paas_sandbox::{Fault, Trouble};
use std::{
    fs,
    path::Path,
    sync::{Arc, Mutex},
};

/// What all of the bank's secrets begin with, so that no part of one is missed.
const CANARY: &str = "canary-";

/// What must not be seen.
#[derive(Clone)]
struct Hidden(Vec<String>);

impl Hidden {
    fn of(direct: &Direct, authorization: &str) -> Self {
        for (_, secret) in SECRETS {
            assert!(secret.starts_with(CANARY));
        }
        let token = authorization.strip_prefix("Basic ").unwrap().to_owned();
        Self(vec![CANARY.to_owned(), direct.access_key().to_owned(), direct.secret_key().to_owned(), token])
    }

    fn assert_absent(&self, place: &str, bytes: &[u8]) {
        // What is no text is no secret.
        let text = String::from_utf8_lossy(bytes);
        for hidden in &self.0 {
            if let Some(at) = text.find(hidden.as_str()) {
                let before: String = text[..at].chars().rev().take(100).collect();
                let before: String = before.chars().rev().collect();
                let after: String = text[at..].chars().take(100).collect();
                panic!("`{hidden}` shows in {place}: …{before}{after}…");
            }
        }
    }
}

/// How a request is said back.
#[derive(Clone, Copy, Debug)]
enum Echo {
    Error(u16),
    Page,
    Text,
    Interrupted,
    Connect,
    /// An error whose words are so long before the secret that it is cut off in the middle.
    Cut(usize),
}

/// Answers every change, and where told every look, with what was sent: key, body and all.
#[derive(Clone, Debug)]
struct Echoing {
    inner: Direct,
    echo: Arc<Mutex<Option<Echo>>>,
    authorization: Arc<Mutex<SecretString>>,
}

impl Echoing {
    fn answer(echo: Echo, request: &Request, said: &str) -> Result<Response, TransportError> {
        let body = String::from_utf8_lossy(request.body.as_deref().unwrap_or_default()).into_owned();
        let everything = format!("{said} {body}");
        let error = |status: u16, message: &str| {
            let said = serde_json::json!({
                "type": "error", "id": said, "status": status, "code": said, "message": message, "detail": message,
                "fieldName": said,
            });
            Ok(Response::new(status, said.to_string()))
        };
        // The values alone, so that they stand in what is shown of the message.
        let values: Vec<&str> =
            SECRETS.iter().map(|(_, secret)| *secret).filter(|secret| body.contains(secret)).collect();
        let values = values.join(" ");
        match echo {
            Echo::Error(status) => error(status, &format!("{values} {everything}")),
            Echo::Page => Ok(Response::new(502, format!("<html><title>{values} {said}</title>{everything}"))),
            Echo::Text => Ok(Response::new(404, format!("{values} {everything}"))),
            Echo::Interrupted => {
                Err(TransportError::new(TransportErrorKind::Interrupted, format!("{values} {everything}")))
            }
            Echo::Connect => {
                Err(TransportError::new(TransportErrorKind::Connect, format!("{values} {everything}")))
            }
            Echo::Cut(before) => error(422, &format!("{} {values}", "x".repeat(before))),
        }
    }
}

impl Transport for Echoing {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        Box::pin(async move {
            let said = request.authorization.as_ref().unwrap().expose_secret().to_owned();
            *self.authorization.lock().unwrap() = said.clone().into();
            let echo = *self.echo.lock().unwrap();
            let is_create = request.method == Method::Post && request.path().ends_with("/stacks");
            match echo {
                Some(echo) if is_create => {
                    let said = format!("{said} {} {}", self.inner.access_key(), self.inner.secret_key());
                    Self::answer(echo, &request, &said)
                }
                _ => self.inner.send(request).await,
            }
        })
    }
}

/// Everything that is told of an operation and of its application, as texts.
async fn told(anna: &Acting, operation: &Operation) -> String {
    let mut text = format!("{operation:?}\n{:?}\n", operation.journal().await.unwrap());
    let mut events = operation.events().await.unwrap();
    while let Some(event) = events.next().await.unwrap() {
        text += &format!("{event}\n{event:?}\n{}\n", serde_json::to_string(&event).unwrap());
    }
    let status = operation.status().await.unwrap();
    text += &format!("{status:?}\n{}\n", serde_json::to_string(&status).unwrap());
    text += &format!(
        "{:?}\n{}\n",
        operation.plan().await.unwrap(),
        serde_json::to_string(&operation.plan().await.unwrap()).unwrap()
    );
    if let Err(error) = operation.wait().await {
        text += &format!("{error}\n{error:?}\n{error:#?}\n");
    }
    match anna.applications().status("meridian", "retail-banking").await {
        Ok(status) => text += &format!("{status:?}\n{}\n", serde_json::to_string(&status).unwrap()),
        Err(error) => text += &format!("{error}\n{error:?}\n"),
    }
    text + &format!("{anna:?}\n")
}

/// Reads all files of a store: those whose names begin as the path does.
fn assert_files_are_clean(hidden: &Hidden, store: &Path) -> usize {
    let mut size = 0;
    let name = store.file_name().unwrap().to_str().unwrap();
    for entry in fs::read_dir(store.parent().unwrap()).unwrap() {
        let path = entry.unwrap().path();
        if !path.file_name().unwrap().to_str().unwrap().starts_with(name) {
            continue;
        }
        let bytes = fs::read(&path).unwrap();
        size += bytes.len();
        hidden.assert_absent(&path.display().to_string(), &bytes);
    }
    size
}

#[test]
fn no_secret_shows_when_the_server_says_it_back() {
    let log = Log::default();
    let guard = log.listen();
    tracing::callsite::rebuild_interest_cache();
    let folder = quick_folder();
    let mut hidden = None;
    let mut echoes: Vec<Echo> = [400, 401, 403, 409, 422, 500, 503].map(Echo::Error).to_vec();
    echoes.extend([Echo::Page, Echo::Text, Echo::Interrupted, Echo::Connect]);
    echoes.extend((480..500).step_by(3).map(Echo::Cut));
    let (mut shown, mut kept) = (0, 0);
    wait(async {
        for (round, echo) in echoes.into_iter().enumerate() {
            let direct = Direct::furnished();
            let path = folder.path().join(format!("{round}.db"));
            let store: Arc<dyn Store> = Arc::new(SqliteStore::open(&path, direct.clock()).await.unwrap());
            let transport =
                Echoing { inner: direct.clone(), echo: Arc::default(), authorization: Arc::default() };
            let client =
                direct.client_builder().transport(transport.clone()).retry(world::retry()).build().unwrap();
            let policy = paas_platform::ExecutionPolicy { tries: 2, ..world::policy() };
            let platform = direct.platform(Arc::clone(&store)).rancher(client).policy(policy);
            println!("{echo:?} {:?}", format!("{platform:?}").len());
            let anna = anna(platform).await;
            let planned = planned(&anna).await;
            *transport.echo.lock().unwrap() = Some(echo);
            let operation = anna.applications().begin(&planned).await.unwrap();
            operation.wait().await.unwrap_err();
            let hidden = hidden.get_or_insert_with(|| {
                Hidden::of(&direct, transport.authorization.lock().unwrap().expose_secret())
            });
            let text = told(&anna, &operation).await;
            assert!(
                text.contains("***") || text.contains("[redacted]"),
                "{echo:?} was not said back: {text}"
            );
            shown += text.len();
            hidden.assert_absent(&format!("what is told of {echo:?}"), text.as_bytes());

            *transport.echo.lock().unwrap() = None;
            operation.resume().await.unwrap();
            operation.wait().await.unwrap();
            hidden.assert_absent("what is told in the end", told(&anna, &operation).await.as_bytes());
            // With the log beside the file, before it is written back.
            kept += assert_files_are_clean(hidden, &path);
            let (exported, _) = export(&*store, Vec::new()).await.unwrap();
            hidden.assert_absent("what is exported", &exported);
            drop((store, anna, operation, transport));
            kept += assert_files_are_clean(hidden, &path);
        }
    });
    let hidden = hidden.unwrap();
    drop(guard);
    let log = log.text();
    hidden.assert_absent("what is traced", log.as_bytes());
    assert!(log.contains("create_stack"), "{log}");
    println!("{shown} bytes told, {kept} bytes kept, {} bytes traced", log.len());
}

#[test]
fn no_secret_shows_when_a_service_tells_it() {
    run(async {
        let direct = Direct::furnished();
        let anna = direct.anna().await;
        let secrets: Vec<&str> = SECRETS.iter().map(|(_, secret)| *secret).collect();
        let message = format!(
            "cannot start with POSTGRES_PASSWORD={}\n and {} for {}:{} {}",
            secrets[0],
            secrets[1],
            direct.access_key(),
            direct.secret_key(),
            "y".repeat(100_000)
        );
        let hidden =
            Hidden(vec![CANARY.to_owned(), direct.access_key().to_owned(), direct.secret_key().to_owned()]);
        let held = |service: &str| {
            Fault::new(Trouble::StaysActivating { message: message.clone() }).service(service)
        };
        direct.add_fault(held("database"));
        let operation = begun(&anna).await;
        operation.wait().await.unwrap_err();
        let text = told(&anna, &operation).await;
        assert!(text.contains("POSTGRES_PASSWORD=***"), "{text}");
        hidden.assert_absent("what is told", text.as_bytes());
        assert!(text.len() < 100_000, "{} bytes", text.len());
        // Resumed, the stacks are there, and the secrets are needed no more; they are hidden all the same.
        operation.resume().await.unwrap();
        operation.wait().await.unwrap_err();
        hidden.assert_absent("what is told when resumed", told(&anna, &operation).await.as_bytes());
        direct.clear_faults();
        operation.resume().await.unwrap();
        operation.wait().await.unwrap();
        // As they are in operations that never have them.
        direct.add_fault(held("web-front"));
        let scaling =
            anna.applications().scale(&meridian().name, "retail-banking", "web-front", 6).await.unwrap();
        scaling.wait().await.unwrap_err();
        let text = told(&anna, &scaling).await;
        assert!(text.contains("POSTGRES_PASSWORD=***"), "{text}");
        hidden.assert_absent("what is told of scaling", text.as_bytes());
        // They did reach the server.
        let stacks = direct.requests().into_iter().filter(|request| request.path.ends_with("/stacks"));
        let sent = stacks.filter_map(|request| request.body).map(|body| body.to_string()).collect::<String>();
        assert!(secrets.iter().all(|secret| sent.contains(secret)));
    });
}
