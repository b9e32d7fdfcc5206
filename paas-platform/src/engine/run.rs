//! What the steps of one operation share.

use super::{ExecutionPolicy, trouble::Trouble};
use crate::{
    error::{Class, Failure, StepFailureKind},
    operations::{IntentResult, Journal, Note, OpenIntent, StepResult},
    seam::{Clock, Random},
    secrets::Values,
};
use paas_client::{
    Error as ClientError, ErrorKind as ClientErrorKind, RancherClient,
    rancher::{
        EnvironmentClient, Resource, Service, ServiceQuery, Stack as RancherStack, StackId, StackQuery, State,
    },
};
use paas_core::{
    diagnostic::Code,
    plan::{Environment, Plan, Stack, Step},
};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

/// One operation under way.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) plan: Plan,
    pub(crate) client: RancherClient,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) random: Arc<dyn Random>,
    pub(crate) policy: ExecutionPolicy,
    pub(crate) journal: Journal,
    /// The values of the secret inputs that could be had.
    pub(crate) secrets: Values,
    /// The ids of the stacks that were found, by network.
    pub(crate) stacks: Mutex<BTreeMap<String, StackId>>,
}

/// The end of a step that went well.
#[derive(Debug)]
pub(crate) struct End {
    pub(crate) how: StepResult,
    pub(crate) id: Option<String>,
}

impl End {
    pub(crate) fn new(how: StepResult, id: impl Into<Option<String>>) -> Self {
        Self { how, id: id.into() }
    }
}

/// The intents of a step of which it is not known what became.
pub(crate) type Open = Vec<OpenIntent>;

impl Run {
    pub(crate) fn environment(&self, environment: &Environment) -> Result<EnvironmentClient, Trouble> {
        let id = environment.id.parse().map_err(|error: ClientError| {
            Failure::new(Class::Permanent, error.kind(), format!("`{}`: {error}", environment.id))
        })?;
        Ok(self.client.environment(&id))
    }

    /// Makes a call that changes something: its intent is written before, its outcome after.
    ///
    /// A call of which it is not known what came of it stays open.
    pub(crate) async fn change<T: Resource>(
        &self,
        step: &Step,
        open: &mut Open,
        (call, target): (&str, &str),
        future: impl Future<Output = Result<T, ClientError>>,
        is_unknown: impl Fn(&ClientError) -> bool,
    ) -> Result<T, Trouble>
    where
        T::Id: std::fmt::Display,
    {
        let note = Note::Intent { step: step.key.clone(), call: call.to_owned(), target: target.to_owned() };
        let number = self.journal.write(&[note]).await?;
        match future.await {
            Ok(value) => {
                let id = Some(value.id().to_string());
                self.close(step, number, IntentResult::Done, id).await?;
                Ok(value)
            }
            Err(error) if error.outcome_unknown() || is_unknown(&error) => {
                open.push(OpenIntent { number, call: call.to_owned(), target: target.to_owned() });
                let failure = self.told(step.action.environment(), &error);
                Err(Failure { class: Class::Unknown, ..failure }.into())
            }
            Err(error) => {
                self.close(step, number, IntentResult::Refused, None).await?;
                Err(self.failed(step.action.environment(), error).await)
            }
        }
    }

    /// Closes all open intents of a step.
    pub(crate) async fn settle(
        &self,
        step: &Step,
        open: &mut Open,
        result: IntentResult,
        id: Option<String>,
    ) -> Result<bool, Trouble> {
        let any = !open.is_empty();
        while let Some(intent) = open.last() {
            self.close(step, intent.number, result, id.clone()).await?;
            open.pop();
        }
        Ok(any)
    }

    pub(crate) async fn close(
        &self,
        step: &Step,
        intent: u64,
        result: IntentResult,
        id: Option<String>,
    ) -> Result<(), Trouble> {
        let step = step.key.clone();
        self.journal.write(&[Note::Outcome { step, intent, result, id }]).await?;
        Ok(())
    }

    pub(crate) async fn progress(&self, step: &Step, message: impl Into<String>) -> Result<(), Trouble> {
        let message = self.clean(&message.into());
        self.journal.write(&[Note::Progress { step: step.key.clone(), message }]).await?;
        Ok(())
    }

    /// What a failure of the client means for a step.
    pub(crate) async fn failed(&self, environment: &Environment, error: ClientError) -> Trouble {
        let Environment { id, name, .. } = environment;
        if error.kind() == ClientErrorKind::NotFound
            && let Ok(environment_id) = id.parse()
        {
            let is_gone = match self.client.read_environment(&environment_id).await {
                Ok(environment) => environment.is_gone(),
                Err(error) => error.kind() == ClientErrorKind::NotFound,
            };
            if is_gone {
                let message =
                    format!("the environment `{name}` ({id}) is gone, or the key may no longer see it");
                let failure = Failure::new(Class::Permanent, Code::ResourceEnvironmentMissing, message);
                return failure
                    .help("what the operation was to do there cannot be done: abandon the operation")
                    .into();
            }
        }
        self.told(environment, &error).into()
    }

    /// A failure of the client, as it is told.
    fn told(&self, environment: &Environment, error: &ClientError) -> Failure {
        let class = match error.kind() {
            _ if error.outcome_unknown() => Class::Unknown,
            ClientErrorKind::Conflict | ClientErrorKind::ActionNotAvailable => Class::Conflict,
            ClientErrorKind::Deadline => Class::Deadline,
            _ if error.is_retryable() => Class::Transient,
            _ => Class::Permanent,
        };
        let message = self.clean(&format!("environment `{}`: {error}", environment.name));
        Failure::new(class, error.kind(), message).help(help(error.kind()))
    }

    /// The stack of this name, if there is one.
    pub(crate) async fn find_stack(&self, stack: &Stack) -> Result<Option<RancherStack>, Trouble> {
        Ok(self.named(stack).await?.into_iter().find(|found| !found.is_gone()))
    }

    /// The id of the application's stack of this name that is being removed, if there is one.
    pub(crate) async fn leaving_stack(&self, stack: &Stack) -> Result<Option<StackId>, Trouble> {
        let found = match self.named(stack).await {
            Err(Trouble::Failure(failure)) if failure.code == Code::ResourceEnvironmentMissing.as_str() => {
                return Ok(None);
            }
            found => found?,
        };
        let leaves = |found: &&RancherStack| found.state == State::Removing && is_own(&stack.key, found);
        Ok(found.iter().find(leaves).map(|found| found.id.clone()))
    }

    async fn named(&self, stack: &Stack) -> Result<Vec<RancherStack>, Trouble> {
        let environment = self.environment(&stack.environment)?;
        let found = environment.list_stacks(&StackQuery::default().name(&stack.name)).collect_all().await;
        match found {
            Ok(mut found) => {
                found.retain(|found| found.name.eq_ignore_ascii_case(&stack.name));
                Ok(found)
            }
            Err(error) => Err(self.failed(&stack.environment, error).await),
        }
    }

    /// The stack of this name, if it is the application's.
    pub(crate) async fn own_stack(&self, stack: &Stack) -> Result<Option<RancherStack>, Trouble> {
        let Some(found) = self.find_stack(stack).await? else { return Ok(None) };
        if is_own(&stack.key, &found) {
            return Ok(Some(found));
        }
        Err(foreign(stack, &found).into())
    }

    /// The id of the application's stack.
    pub(crate) async fn stack_id(&self, stack: &Stack) -> Result<StackId, Trouble> {
        let network = &stack.environment.network;
        let known = self.stacks.lock().unwrap_or_else(PoisonError::into_inner).get(network).cloned();
        if let Some(id) = known {
            return Ok(id);
        }
        let found = self.own_stack(stack).await?.ok_or_else(|| stack_is_gone(stack))?;
        self.remember(stack, &found.id);
        Ok(found.id)
    }

    pub(crate) fn remember(&self, stack: &Stack, id: &StackId) {
        let mut stacks = self.stacks.lock().unwrap_or_else(PoisonError::into_inner);
        stacks.insert(stack.environment.network.clone(), id.clone());
    }

    /// All services of the application's stack.
    pub(crate) async fn services(&self, stack: &Stack) -> Result<Vec<Service>, Trouble> {
        let id = self.stack_id(stack).await?;
        let environment = self.environment(&stack.environment)?;
        match environment.list_services(&ServiceQuery::default().stack(id)).collect_all().await {
            Ok(services) => Ok(services),
            Err(error) => Err(self.failed(&stack.environment, error).await),
        }
    }

    /// One service of the application's stack.
    pub(crate) async fn service(&self, stack: &Stack, name: &str) -> Result<Service, Trouble> {
        let id = self.stack_id(stack).await?;
        let environment = self.environment(&stack.environment)?;
        let query = ServiceQuery::default().stack(id).name(name);
        let found = match environment.list_services(&query).collect_all().await {
            Ok(services) => services,
            Err(error) => return Err(self.failed(&stack.environment, error).await),
        };
        let is_it = |service: &Service| !service.is_gone() && service.name == name;
        found.into_iter().find(is_it).ok_or_else(|| {
            let message = format!(
                "the service `{name}` is no longer in the stack `{}` of `{}`",
                stack.name, stack.environment.name
            );
            StepFailureKind::ServiceGone.failure(Class::Permanent, message).into()
        })
    }

    /// Sleeps before the next look; so many have been taken.
    pub(crate) async fn pause(&self, looks: u32, left: Duration) {
        let pause = self.policy.polling.pause(looks, self.random.next_u64());
        self.clock.sleep(pause.min(left)).await;
    }

    /// A text without the values of secrets.
    pub(crate) fn clean(&self, text: &str) -> String {
        self.secrets.clean(text)
    }
}

/// Whether a stack is of the application whose keys begin so.
pub(crate) fn is_own(key: &str, found: &RancherStack) -> bool {
    found.external_id.as_deref().is_some_and(|id| id.starts_with(key))
}

pub(crate) fn foreign(stack: &Stack, found: &RancherStack) -> Failure {
    let message = format!(
        "the stack `{}` ({}) in `{}` is not of this application",
        found.name, found.id, stack.environment.name
    );
    StepFailureKind::ForeignStack.failure(Class::Permanent, message)
}

fn stack_is_gone(stack: &Stack) -> Failure {
    let message = format!("the stack `{}` is no longer in `{}`", stack.name, stack.environment.name);
    StepFailureKind::StackGone.failure(Class::Permanent, message)
}

/// What to do about a failure of the client.
fn help(kind: ClientErrorKind) -> &'static str {
    match kind {
        ClientErrorKind::Unauthorized => {
            "give the platform a key that the server knows, then resume the operation"
        }
        ClientErrorKind::Forbidden | ClientErrorKind::MethodNotAllowed => {
            "let the key do this (an owner's of the environment can), then resume the operation"
        }
        ClientErrorKind::Connect
        | ClientErrorKind::Timeout
        | ClientErrorKind::Server
        | ClientErrorKind::RateLimited
        | ClientErrorKind::Interrupted => {
            "see whether the server is up and can be reached, then resume the operation"
        }
        ClientErrorKind::Tls => "see to the certificates on both sides, then resume the operation",
        ClientErrorKind::Protocol | ClientErrorKind::Redirect | ClientErrorKind::TooLarge => {
            "see what answers under the address: it should be Rancher 1.6; then resume the operation"
        }
        ClientErrorKind::Conflict | ClientErrorKind::ActionNotAvailable => {
            "see in Rancher what else works on it; when that has ended, resume the operation"
        }
        ClientErrorKind::Deadline => {
            "see in Rancher how it is; when it is as it should be, resume the operation; or abandon it"
        }
        _ => "see in Rancher to what it tells of, then resume the operation; or abandon it",
    }
}
