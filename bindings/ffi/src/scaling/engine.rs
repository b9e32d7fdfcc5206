//! The engine, driven by whoever has a clock.

use super::{
    input::{CountInput, PersonsCount, ScaledServiceInput, ScalingAlarm, start},
    output::{ScalingAdvance, ScalingEngineStatus, ScalingExplained, ScalingVerdict, documents},
};
use crate::{
    envelope::{ErrorEnvelope, Kind, Result},
    function::functions,
    library::Library,
    request::Bytes,
};
use paas_sdk::{
    Diagnostics,
    codes::bindings as codes,
    core::scaling::{Alarm, AlarmState, RuleId, ScalingPolicy, Timestamp},
    scaling::{
        ActionDocument, CountSource, Engine, Plan, Removal, ServiceId, Settings,
        calendar::{self, Zones},
    },
};
use serde::Deserialize;
use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard},
};

/// Carries scaling plans out. Clones are the same engine.
#[derive(Clone)]
pub struct ScalingEngine {
    inner: Arc<Mutex<Engine>>,
}

/// A scaling engine without services.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NewScalingEngineRequest {
    /// For so long an alarm that fires is believed after its last notification; five minutes if not given. Senders repeat
    /// theirs within half of it.
    #[serde(default)]
    pub alarm_ttl_ms: Option<u64>,
}

/// A scaling engine as it was when a snapshot of it was made: the same calls lead to the same actions. After a time in which
/// nobody decided, `take_over` is to be called next. Fails with kind `invalid_request` and the code
/// `scaling.snapshot_refused` if the bytes are no snapshot, or are damaged.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LoadScalingEngineRequest {
    /// What `snapshot` gave.
    pub snapshot: Bytes,
}

/// Puts a service in, or gives it another policy, and gives what is to be done. A new service enters the windows that are open.
/// Fails with kind `rejected` and all problems of the policy, if it has any; nothing has happened then.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct UpsertRequest {
    /// The name of the service in the engine, such as `shop/web`.
    pub service: String,
    /// Its policy, as it stands in `release.json`.
    pub policy: ScalingPolicy,
    /// How many containers it has. Of a service that is there already nobody asks: a new policy does not move the count back.
    pub count: u32,
    /// What time it is.
    pub now: Timestamp,
    /// Whether its back end lets containers drain by itself, so that it is told the new count at once.
    #[serde(default)]
    pub drains_itself: bool,
}

/// Puts many services in, as `upsert` for each, one after the other. Fails with kind `rejected` and all problems of all
/// policies, if there are any; nothing has happened then.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct UpsertAllRequest {
    /// The services.
    pub services: Vec<ScaledServiceInput>,
    /// What time it is.
    pub now: Timestamp,
}

/// Takes a service out, and gives what is to be done. Nothing happens if there is none of that name.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RemoveServiceRequest {
    /// The service.
    pub service: String,
    /// What time it is.
    pub now: Timestamp,
    /// What becomes of the count; it stays if not given.
    #[serde(default)]
    pub removal: Option<Removal>,
}

/// Disables scaling of a service, or enables it again, and gives what is to be done. Disabled, it keeps its count. Nothing
/// happens if there is none of that name.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SetEnabledRequest {
    /// The service.
    pub service: String,
    /// Whether it is to be scaled.
    pub enabled: bool,
    /// What time it is.
    pub now: Timestamp,
}

/// Takes in what monitoring says of an alarm rule, and gives what is to be done, or why nothing is: of a service that is not
/// there too.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AlarmRequest {
    /// The service.
    pub service: String,
    /// The id of the rule.
    pub rule: RuleId,
    /// What it is.
    pub state: AlarmState,
    /// What time it is.
    pub now: Timestamp,
    /// When monitoring saw it; now if not given.
    #[serde(default)]
    pub at: Option<Timestamp>,
    /// The measured value, to be shown; nothing is decided by it.
    #[serde(default)]
    pub value: Option<f64>,
    /// Whether its sender never says that an alarm has resolved: one that is not repeated in time is over then.
    #[serde(default)]
    pub never_resolves: bool,
}

/// Takes many alarms in, as `alarm` for each, one after the other, and gives what each of them leads to, in their order.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AlarmsRequest {
    /// The alarms.
    pub alarms: Vec<ScalingAlarm>,
    /// What time it is.
    pub now: Timestamp,
}

/// Is told a count as the back end has it, and gives what is to be done. What a person sets stays until the next edge of a
/// window. Nothing happens if there is no service of that name.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ObserveCountRequest {
    /// The service.
    pub service: String,
    /// How many containers there should be.
    pub desired: u32,
    /// How many there are.
    pub running: u32,
    /// Who set it. Only what a person or a template wants is intent.
    pub source: CountSource,
    /// What time it is.
    pub now: Timestamp,
}

/// Is told many counts, as by `observe_count` for each, one after the other.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ObserveCountsRequest {
    /// The counts.
    pub counts: Vec<CountInput>,
    /// What time it is.
    pub now: Timestamp,
}

/// Gives a turn to all services whose deadline has come, and gives what is to be done.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AdvanceEngineRequest {
    /// What time it is.
    pub now: Timestamp,
    /// At most so many services have their turn, so that calls stay short; then `is_done` says whether to call again. All that
    /// are due if not given.
    #[serde(default)]
    pub budget: Option<u32>,
}

/// When `advance` has something to do next: the instant to wait for, unless an alarm comes first. Nothing: never.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NextDeadlineRequest {}

/// Begins to decide after a time in which nobody did, as with a snapshot from before a restart: goes to what the plans ask for
/// now, once, and does not make up for edges that were missed. For one retrigger time no alarm scales in.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TakeOverRequest {
    /// What time it is.
    pub now: Timestamp,
    /// Counts that people set meanwhile.
    #[serde(default)]
    pub persons: Vec<PersonsCount>,
}

/// What is open, armed and on hold for a service, until when, and why. It changes nothing. Nothing: there is no such service.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ExplainServiceRequest {
    /// The service.
    pub service: String,
    /// The instant that it is about.
    pub now: Timestamp,
}

/// The count that stands for a service: what was decided last, or what a person chose. Nothing: there is no such service.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CountRequest {
    /// The service.
    pub service: String,
}

/// How many services there are, the latest time that was told, and the version of the time zones.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EngineStatusRequest {}

/// All that the engine knows, as bytes with a check sum, for `load_scaling_engine` of this version or a newer one.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SnapshotRequest {}

functions!(ScalingEngine {
    instant "upsert" upsert(UpsertRequest) -> document (Vec<ActionDocument>);
    computes "upsert_all" upsert_all(UpsertAllRequest) -> document (Vec<ActionDocument>);
    instant "remove" remove(RemoveServiceRequest) -> document (Vec<ActionDocument>);
    instant "set_enabled" set_enabled(SetEnabledRequest) -> document (Vec<ActionDocument>);
    instant "alarm" alarm(AlarmRequest) -> document (ScalingVerdict);
    computes "alarms" alarms(AlarmsRequest) -> document (Vec<ScalingVerdict>);
    instant "observe_count" observe_count(ObserveCountRequest) -> document (Vec<ActionDocument>);
    computes "observe_counts" observe_counts(ObserveCountsRequest) -> document (Vec<ActionDocument>);
    instant "advance" advance(AdvanceEngineRequest) -> document (ScalingAdvance);
    instant "next_deadline" next_deadline(NextDeadlineRequest) -> document (Option<Timestamp>);
    computes "take_over" take_over(TakeOverRequest) -> document (Vec<ActionDocument>);
    instant "explain" explain(ExplainServiceRequest) -> document (Option<ScalingExplained>);
    instant "count" count(CountRequest) -> document (Option<u32>);
    instant "status" status(EngineStatusRequest) -> document (ScalingEngineStatus);
    computes "snapshot" snapshot(SnapshotRequest) -> bytes;
});

impl Library {
    /// What [`NewScalingEngineRequest`] tells.
    ///
    /// # Errors
    ///
    /// None but those of the request.
    pub fn new_scaling_engine(&self, request: NewScalingEngineRequest) -> Result<ScalingEngine> {
        let mut settings = Settings::default();
        settings.alarm_ttl_ms = request.alarm_ttl_ms.unwrap_or(settings.alarm_ttl_ms);
        Ok(Engine::new(settings).into())
    }

    /// What [`LoadScalingEngineRequest`] tells.
    ///
    /// # Errors
    ///
    /// `scaling.snapshot_refused`.
    pub fn load_scaling_engine(&self, request: LoadScalingEngineRequest) -> Result<ScalingEngine> {
        let engine = Engine::load(&request.snapshot.0).map_err(|error| {
            let code = codes::SNAPSHOT_REFUSED;
            ErrorEnvelope::new(code, Kind::INVALID_REQUEST, error.to_string())
        })?;
        Ok(engine.into())
    }
}

impl From<Engine> for ScalingEngine {
    fn from(engine: Engine) -> Self {
        Self { inner: Arc::new(Mutex::new(engine)) }
    }
}

impl ScalingEngine {
    fn engine(&self) -> Result<MutexGuard<'_, Engine>> {
        let broken = "an earlier call of this engine broke off within it: go on from a snapshot";
        self.inner.lock().map_err(|_| ErrorEnvelope::internal(broken))
    }

    /// What [`UpsertRequest`] tells.
    ///
    /// # Errors
    ///
    /// `platform.rejected` with the problems of the policy.
    pub fn upsert(&self, request: UpsertRequest) -> Result<Vec<ActionDocument>> {
        let UpsertRequest { service, policy, count, now, drains_itself } = request;
        let plan =
            Plan::new(&policy).map_err(|problems| ErrorEnvelope::rejected(&problems, Kind::REJECTED))?;
        let mut engine = self.engine()?;
        let actions = engine.upsert(&service, &plan, start(count, drains_itself), now);
        Ok(documents(&engine, &actions))
    }

    /// What [`UpsertAllRequest`] tells.
    ///
    /// # Errors
    ///
    /// `platform.rejected` with the problems of all policies.
    pub fn upsert_all(&self, request: UpsertAllRequest) -> Result<Vec<ActionDocument>> {
        let plans = plans(&request.services)?;
        let mut engine = self.engine()?;
        let mut actions = Vec::new();
        for (input, plan) in request.services.iter().zip(&plans) {
            let start = start(input.count, input.drains_itself);
            actions.extend(engine.upsert(&input.service, plan, start, request.now));
        }
        Ok(documents(&engine, &actions))
    }

    /// What [`RemoveServiceRequest`] tells.
    ///
    /// # Errors
    ///
    /// None but those of the request.
    pub fn remove(&self, request: RemoveServiceRequest) -> Result<Vec<ActionDocument>> {
        let RemoveServiceRequest { service, now, removal } = request;
        let actions = self.engine()?.remove(&service, removal.unwrap_or_default(), now);
        Ok(actions.iter().map(|action| action.document(&service)).collect())
    }

    /// What [`SetEnabledRequest`] tells.
    ///
    /// # Errors
    ///
    /// None but those of the request.
    pub fn set_enabled(&self, request: SetEnabledRequest) -> Result<Vec<ActionDocument>> {
        let mut engine = self.engine()?;
        let actions = engine.set_enabled(&request.service, request.enabled, request.now);
        Ok(documents(&engine, &actions))
    }

    /// What [`AlarmRequest`] tells.
    ///
    /// # Errors
    ///
    /// None but those of the request.
    pub fn alarm(&self, request: AlarmRequest) -> Result<ScalingVerdict> {
        let AlarmRequest { service, rule, state, now, at, value, never_resolves } = request;
        let alarm = ScalingAlarm { service, rule, state, at, value, never_resolves };
        let mut engine = self.engine()?;
        let verdict = engine.alarm(&alarm.service, &alarm.alarm(now), now);
        Ok(ScalingVerdict::new(&engine, verdict))
    }

    /// What [`AlarmsRequest`] tells.
    ///
    /// # Errors
    ///
    /// None but those of the request.
    pub fn alarms(&self, request: AlarmsRequest) -> Result<Vec<ScalingVerdict>> {
        let AlarmsRequest { alarms, now } = request;
        let mut engine = self.engine()?;
        let ids: Vec<Option<ServiceId>> = alarms.iter().map(|alarm| engine.service(&alarm.service)).collect();
        let known = |(alarm, id): (&ScalingAlarm, &Option<ServiceId>)| Some(((*id)?, alarm.alarm(now)));
        let known: Vec<(ServiceId, Alarm)> = alarms.iter().zip(&ids).filter_map(known).collect();
        let mut verdicts = Vec::with_capacity(known.len());
        engine.alarms_by_id(&known, now, |_, verdict| verdicts.push(verdict));
        let mut verdicts = verdicts.into_iter();
        let all = alarms.iter().zip(ids).map(|(alarm, id)| {
            let verdict = id.and_then(|_| verdicts.next());
            let verdict = verdict.unwrap_or_else(|| engine.alarm(&alarm.service, &alarm.alarm(now), now));
            ScalingVerdict::new(&engine, verdict)
        });
        Ok(all.collect())
    }

    /// What [`ObserveCountRequest`] tells.
    ///
    /// # Errors
    ///
    /// None but those of the request.
    pub fn observe_count(&self, request: ObserveCountRequest) -> Result<Vec<ActionDocument>> {
        let ObserveCountRequest { service, desired, running, source, now } = request;
        let counts = vec![CountInput { service, desired, running, source }];
        self.observe_counts(ObserveCountsRequest { counts, now })
    }

    /// What [`ObserveCountsRequest`] tells.
    ///
    /// # Errors
    ///
    /// None but those of the request.
    pub fn observe_counts(&self, request: ObserveCountsRequest) -> Result<Vec<ActionDocument>> {
        let mut engine = self.engine()?;
        let mut actions = Vec::new();
        for count in &request.counts {
            actions.extend(engine.observe_count(&count.service, count.observed(), request.now));
        }
        Ok(documents(&engine, &actions))
    }

    /// What [`AdvanceEngineRequest`] tells.
    ///
    /// # Errors
    ///
    /// `request.invalid` if there is no budget.
    pub fn advance(&self, request: AdvanceEngineRequest) -> Result<ScalingAdvance> {
        if request.budget == Some(0) {
            return Err(ErrorEnvelope::invalid_field("budget", "at least one service must have its turn"));
        }
        let budget = request.budget.and_then(|budget| usize::try_from(budget).ok()).unwrap_or(usize::MAX);
        let mut engine = self.engine()?;
        let advance = engine.advance(request.now, budget);
        Ok(ScalingAdvance::new(&engine, &advance))
    }

    /// What [`NextDeadlineRequest`] tells.
    ///
    /// # Errors
    ///
    /// None but those of the request.
    pub fn next_deadline(&self, _: NextDeadlineRequest) -> Result<Option<Timestamp>> {
        Ok(self.engine()?.next_deadline())
    }

    /// What [`TakeOverRequest`] tells.
    ///
    /// # Errors
    ///
    /// None but those of the request.
    pub fn take_over(&self, request: TakeOverRequest) -> Result<Vec<ActionDocument>> {
        let persons: Vec<(&str, u32)> =
            request.persons.iter().map(|person| (person.service.as_str(), person.count)).collect();
        let mut engine = self.engine()?;
        let actions = engine.take_over(&persons, request.now);
        Ok(documents(&engine, &actions))
    }

    /// What [`ExplainServiceRequest`] tells.
    ///
    /// # Errors
    ///
    /// None but those of the request.
    pub fn explain(&self, request: ExplainServiceRequest) -> Result<Option<ScalingExplained>> {
        Ok(self.engine()?.explain(&request.service, request.now).map(Into::into))
    }

    /// What [`CountRequest`] tells.
    ///
    /// # Errors
    ///
    /// None but those of the request.
    pub fn count(&self, request: CountRequest) -> Result<Option<u32>> {
        Ok(self.engine()?.count(&request.service))
    }

    /// What [`EngineStatusRequest`] tells.
    ///
    /// # Errors
    ///
    /// None but those of the request.
    pub fn status(&self, _: EngineStatusRequest) -> Result<ScalingEngineStatus> {
        let engine = self.engine()?;
        Ok(ScalingEngineStatus {
            services: engine.len(),
            now: engine.now(),
            time_zones: calendar::VERSION.to_owned(),
            time_zones_were: engine.zones_were().map(ToOwned::to_owned),
        })
    }

    /// What [`SnapshotRequest`] tells.
    ///
    /// # Errors
    ///
    /// None but those of the request.
    pub fn snapshot(&self, _: SnapshotRequest) -> Result<Vec<u8>> {
        Ok(self.engine()?.snapshot())
    }
}

/// The plans of services, one for each. Services that follow each other with the same policy share theirs.
fn plans(services: &[ScaledServiceInput]) -> Result<Vec<Plan>> {
    let mut zones = Zones::default();
    let mut problems = Vec::new();
    let mut plans: Vec<Plan> = Vec::with_capacity(services.len());
    for ScaledServiceInput { service, policy, .. } in services {
        if let Some(same) = plans.last().filter(|last| last.policy() == policy) {
            plans.push(same.clone());
            continue;
        }
        match Plan::with_zones(policy, &mut zones) {
            Ok(plan) => plans.push(plan),
            Err(found) => problems.extend(found.iter().cloned().map(|mut problem| {
                problem.message = format!("`{service}`: {}", problem.message);
                problem
            })),
        }
    }
    if problems.is_empty() {
        return Ok(plans);
    }
    Err(ErrorEnvelope::rejected(&Diagnostics::from_iter(problems), Kind::REJECTED))
}

/// Without what it holds, which may be a million services.
impl fmt::Debug for ScalingEngine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ScalingEngine").finish_non_exhaustive()
    }
}
