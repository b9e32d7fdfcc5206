//! A stand-in for Rancher, so that scripts can be tried without a data centre.

use crate::{
    envelope::{ErrorEnvelope, Kind, Result},
    function::functions,
    library::Library,
};
use paas_sandbox::{Fault, Latencies, RequestRecord};
use paas_sdk::codes::bindings as codes;
use serde::{Deserialize, Deserializer, Serialize, de::Error as _};
use serde_json::{Map, Value};
use std::{
    fmt,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

/// A stand-in for Rancher 1.6 on this machine. It is no evidence of what a real Rancher does.
#[derive(Clone)]
pub struct Sandbox {
    inner: Arc<Mutex<Option<paas_sandbox::Sandbox>>>,
}

/// The sandboxes that were not stopped. One lives on though nobody holds it: others know its address.
static RUNNING: Mutex<Vec<Sandbox>> = Mutex::new(Vec::new());

/// Starts a stand-in for Rancher on a port of this machine. It stops when it is told to, and with the process. Fails with
/// kind `sandbox` if the port is taken.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StartSandboxRequest {
    /// Environments to begin with.
    #[serde(default)]
    pub environments: Vec<String>,
    /// The port; any free one if not given.
    #[serde(default)]
    pub port: Option<u16>,
    /// What ids, keys and jitter follow from: the same number gives the same answers; 1 if not given.
    #[serde(default)]
    pub seed: Option<u32>,
    /// Let everything happen at once, where a real Rancher takes its time.
    #[serde(default)]
    pub instant: bool,
    /// A clock that stands still until it is moved.
    #[serde(default)]
    pub virtual_clock: bool,
    /// How many hosts each new environment has; 1 if not given.
    #[serde(default)]
    pub hosts: Option<u32>,
    /// The version that it says it is; `v1.6.30` if not given.
    #[serde(default)]
    pub version: Option<String>,
}

/// Where the sandbox is, and the administrator's key to it: what connecting takes as `rancher`. The key opens nothing
/// else.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CredentialsRequest {}

/// Where a sandbox is, and the administrator's key to it.
#[derive(Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SandboxAccess {
    /// The address, such as `http://127.0.0.1:40123`.
    pub url: String,
    /// The access key.
    pub access_key: String,
    /// The secret key.
    pub secret_key: String,
}

/// Adds an environment that is active at once, with hosts and a key of its own.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AddEnvironmentRequest {
    /// Its name.
    pub name: String,
}

/// Adds a person, who sees only the environments whose members name the account.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AddPersonRequest {
    /// The person's name.
    pub name: String,
}

/// The id of what was added, and a key to it.
#[derive(Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SandboxKey {
    /// The id, such as `1a5`.
    pub id: String,
    /// The access key.
    pub access_key: String,
    /// The secret key.
    pub secret_key: String,
}

/// Adds a certificate to an environment, for load balancers that name it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AddCertificateRequest {
    /// The id of the environment.
    pub environment: String,
    /// The certificate's name.
    pub name: String,
}

/// Lets something go wrong.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AddFaultRequest {
    /// What, to what, and how often: `{"fault": "conflict", "method": "PUT", "path": "/services/", "times": 3}`.
    #[serde(deserialize_with = "fault")]
    pub fault: Fault,
}

/// Reads a fault. Its parts are read one after the other, so what belongs to none of them is looked for by hand.
fn fault<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Fault, D::Error> {
    const OF_ALL: [&str; 6] = ["fault", "method", "path", "service", "skip", "times"];
    let given = Map::deserialize(deserializer)?;
    let trouble = given.get("fault").and_then(Value::as_str).unwrap_or_default();
    let of_trouble: &[&str] = match trouble {
        "unavailable" => &["retry_after"],
        "answer" => &["status", "body", "content_type"],
        "huge_answer" => &["bytes"],
        "slow" => &["millis"],
        "stays_activating" => &["message"],
        _ => &[],
    };
    let unknown =
        given.keys().find(|key| !OF_ALL.contains(&key.as_str()) && !of_trouble.contains(&key.as_str()));
    // An unknown trouble is told as that, by whoever reads it.
    let fault: Fault = serde_json::from_value(given.clone().into()).map_err(D::Error::custom)?;
    match unknown {
        None => Ok(fault),
        Some(key) => {
            let allowed = [OF_ALL.as_slice(), of_trouble].concat().join("`, `");
            Err(D::Error::custom(format!("unknown field `{key}`, expected one of `{allowed}`")))
        }
    }
}

/// Lets nothing go wrong any more. Services that waited for that go on.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ClearFaultsRequest {}

/// Moves a virtual clock on, and lets everything happen that is due by then. Fails with kind `sandbox` if the clock is a
/// real one.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AdvanceRequest {
    /// By how many milliseconds.
    pub millis: u32,
}

/// The requests so far, in the order in which they came.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RequestsRequest {}

/// Forgets the requests so far.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ClearRequestsRequest {}

/// All resources of a type that are not removed, as Rancher's API shows them to an administrator.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ResourcesRequest {
    /// The type, such as `project`, `stack`, `service` or `volume`.
    pub kind: String,
}

/// Writes the address and the administrator's key to a file that only its owner can read.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WriteCredentialsRequest {
    /// The path of the file.
    pub path: String,
}

/// Stops the sandbox, with all its connections. Again: nothing happens.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StopRequest {}

functions!(Sandbox {
    instant "credentials" credentials(CredentialsRequest) -> document (SandboxAccess);
    instant "add_environment" add_environment(AddEnvironmentRequest) -> document (SandboxKey);
    instant "add_person" add_person(AddPersonRequest) -> document (SandboxKey);
    instant "add_certificate" add_certificate(AddCertificateRequest) -> nothing;
    instant "add_fault" add_fault(AddFaultRequest) -> nothing;
    instant "clear_faults" clear_faults(ClearFaultsRequest) -> nothing;
    instant "advance" advance(AdvanceRequest) -> nothing;
    instant "requests" requests(RequestsRequest) -> document (Vec<RequestRecord>);
    instant "clear_requests" clear_requests(ClearRequestsRequest) -> nothing;
    instant "resources" resources(ResourcesRequest) -> document (Vec<Value>);
    instant "write_credentials" write_credentials(WriteCredentialsRequest) -> nothing;
    instant "stop" stop(StopRequest) -> nothing;
});

impl Library {
    /// What [`StartSandboxRequest`] tells.
    ///
    /// # Errors
    ///
    /// `sandbox.not_started`.
    pub fn start_sandbox(&self, request: StartSandboxRequest) -> Result<Sandbox> {
        let mut builder = paas_sandbox::Sandbox::builder()
            .port(request.port.unwrap_or(0))
            .seed(request.seed.unwrap_or(1).into());
        if request.instant {
            builder = builder.latencies(Latencies::NONE);
        }
        if request.virtual_clock {
            builder = builder.virtual_clock();
        }
        if let Some(hosts) = request.hosts {
            builder = builder.hosts(hosts);
        }
        if let Some(version) = &request.version {
            builder = builder.version(version);
        }
        let sandbox = builder.start().map_err(|error| {
            ErrorEnvelope::new(codes::SANDBOX_NOT_STARTED, Kind::SANDBOX, error.to_string())
        })?;
        for name in &request.environments {
            sandbox.environment(name);
        }
        let sandbox = Sandbox { inner: Arc::new(Mutex::new(Some(sandbox))) };
        RUNNING.lock().unwrap_or_else(PoisonError::into_inner).push(sandbox.clone());
        Ok(sandbox)
    }
}

impl Sandbox {
    fn with<T>(&self, act: impl FnOnce(&paas_sandbox::Sandbox) -> T) -> Result<T> {
        let guard = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        let sandbox = guard.as_ref().ok_or_else(|| {
            ErrorEnvelope::new(codes::SANDBOX_STOPPED, Kind::SANDBOX, "the sandbox is stopped")
        })?;
        Ok(act(sandbox))
    }

    /// What [`CredentialsRequest`] tells.
    ///
    /// # Errors
    ///
    /// `sandbox.stopped`.
    pub fn credentials(&self, _: CredentialsRequest) -> Result<SandboxAccess> {
        self.with(|sandbox| SandboxAccess {
            url: sandbox.url().to_owned(),
            access_key: sandbox.access_key().to_owned(),
            secret_key: sandbox.secret_key().to_owned(),
        })
    }

    /// What [`AddEnvironmentRequest`] tells.
    ///
    /// # Errors
    ///
    /// `sandbox.stopped`.
    pub fn add_environment(&self, request: AddEnvironmentRequest) -> Result<SandboxKey> {
        self.with(|sandbox| {
            let added = sandbox.environment(&request.name);
            SandboxKey { id: added.id, access_key: added.access_key, secret_key: added.secret_key }
        })
    }

    /// What [`AddPersonRequest`] tells.
    ///
    /// # Errors
    ///
    /// `sandbox.stopped`.
    pub fn add_person(&self, request: AddPersonRequest) -> Result<SandboxKey> {
        self.with(|sandbox| {
            let added = sandbox.person(&request.name);
            SandboxKey { id: added.id, access_key: added.access_key, secret_key: added.secret_key }
        })
    }

    /// What [`AddCertificateRequest`] tells.
    ///
    /// # Errors
    ///
    /// `sandbox.unknown_environment`, `sandbox.stopped`.
    pub fn add_certificate(&self, request: AddCertificateRequest) -> Result<()> {
        let is_added = self.with(|sandbox| sandbox.certificate(&request.environment, &request.name))?;
        if is_added {
            return Ok(());
        }
        let shown: String = request.environment.chars().filter(|c| !c.is_control()).take(80).collect();
        let message = format!("the sandbox has no environment `{shown}`");
        Err(ErrorEnvelope::new(codes::SANDBOX_UNKNOWN_ENVIRONMENT, Kind::SANDBOX, message))
    }

    /// What [`AddFaultRequest`] tells.
    ///
    /// # Errors
    ///
    /// `sandbox.stopped`.
    pub fn add_fault(&self, request: AddFaultRequest) -> Result<()> {
        self.with(|sandbox| sandbox.add_fault(request.fault))
    }

    /// What [`ClearFaultsRequest`] tells.
    ///
    /// # Errors
    ///
    /// `sandbox.stopped`.
    pub fn clear_faults(&self, _: ClearFaultsRequest) -> Result<()> {
        self.with(paas_sandbox::Sandbox::clear_faults)
    }

    /// What [`AdvanceRequest`] tells.
    ///
    /// # Errors
    ///
    /// `sandbox.real_clock`, `sandbox.stopped`.
    pub fn advance(&self, request: AdvanceRequest) -> Result<()> {
        let is_moved = self.with(|sandbox| sandbox.advance(Duration::from_millis(request.millis.into())))?;
        if is_moved {
            return Ok(());
        }
        Err(ErrorEnvelope::new(codes::SANDBOX_REAL_CLOCK, Kind::SANDBOX, "the sandbox has a real clock"))
    }

    /// What [`RequestsRequest`] tells.
    ///
    /// # Errors
    ///
    /// `sandbox.stopped`.
    pub fn requests(&self, _: RequestsRequest) -> Result<Vec<RequestRecord>> {
        self.with(paas_sandbox::Sandbox::requests)
    }

    /// What [`ClearRequestsRequest`] tells.
    ///
    /// # Errors
    ///
    /// `sandbox.stopped`.
    pub fn clear_requests(&self, _: ClearRequestsRequest) -> Result<()> {
        self.with(paas_sandbox::Sandbox::clear_requests)
    }

    /// What [`ResourcesRequest`] tells.
    ///
    /// # Errors
    ///
    /// `sandbox.stopped`.
    pub fn resources(&self, request: ResourcesRequest) -> Result<Vec<Value>> {
        self.with(|sandbox| sandbox.resources(&request.kind))
    }

    /// What [`WriteCredentialsRequest`] tells.
    ///
    /// # Errors
    ///
    /// `files.refused`, `sandbox.stopped`.
    pub fn write_credentials(&self, request: WriteCredentialsRequest) -> Result<()> {
        self.with(|sandbox| sandbox.write_credentials(&request.path))?.map_err(|error| {
            let message = format!("`{}` cannot be written: {error}", request.path);
            ErrorEnvelope::new(codes::FILES_REFUSED, Kind::FILES, message)
        })
    }

    /// What [`StopRequest`] tells.
    ///
    /// # Errors
    ///
    /// None but those of the request.
    pub fn stop(&self, _: StopRequest) -> Result<()> {
        let stopped = self.inner.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(sandbox) = stopped {
            sandbox.stop();
        }
        let mut running = RUNNING.lock().unwrap_or_else(PoisonError::into_inner);
        running.retain(|other| !Arc::ptr_eq(&other.inner, &self.inner));
        Ok(())
    }
}

/// Neither its keys nor its world.
impl fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sandbox").finish_non_exhaustive()
    }
}
