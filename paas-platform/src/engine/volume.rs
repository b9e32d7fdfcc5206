//! Making volumes.

use super::{
    run::{End, Open, Run},
    trouble::Trouble,
};
use crate::{
    error::{Class, Failure},
    operations::{IntentResult, OpenIntent, StepResult},
};
use paas_client::{
    ErrorKind as ClientErrorKind, System,
    rancher::{NewVolume, Resource, State, Volume, VolumeQuery},
};
use paas_core::{
    diagnostic::Code,
    plan::{EnsureVolume, Step},
};

/// How the call that removes a volume is named in the journal.
const DELETE: &str = "delete_volume";

/// The options that tell where a volume's data lie.
const PLACE: &[&str] = &["host", "exportBase", "export"];

pub(super) async fn ensure(
    run: &Run,
    step: &Step,
    wanted: &EnsureVolume,
    open: &mut Open,
) -> Result<End, Trouble> {
    let mut found = find(run, wanted).await?;
    if found.is_empty() && !open.is_empty() {
        // The request may still be on its way.
        run.clock.sleep(run.policy.settle).await;
        found = find(run, wanted).await?;
    }
    removals(run, step, &found, open).await?;
    let mut how = StepResult::AlreadySo;
    let kept = match found.split_first() {
        Some((first, doubles)) => {
            check(wanted, first)?;
            if run.settle(step, open, IntentResult::Adopted, Some(first.id.to_string())).await? {
                how = StepResult::Adopted;
            }
            for double in doubles {
                remove_double(run, step, wanted, double, open).await?;
            }
            first.id.clone()
        }
        None => {
            run.settle(step, open, IntentResult::NotSent, None).await?;
            let mut new = NewVolume::new(&wanted.name, &wanted.driver).description(&wanted.key);
            for (name, value) in &wanted.options {
                new = new.driver_opt(name, value);
            }
            let environment = run.environment(&wanted.environment)?;
            let call = environment.create_volume(&new);
            let made = run.change(step, open, ("create_volume", &wanted.name), call, |_| false).await?;
            how = StepResult::Done;
            made.id
        }
    };
    let environment = run.environment(&wanted.environment)?;
    let states = [State::Inactive, State::Active, State::Detached];
    let volume = environment.wait_until(&kept, |volume| volume.progress_to(&states), run.policy.volume).await;
    if let Err(error) = volume {
        return Err(run.failed(&wanted.environment, error.into()).await);
    }
    if how == StepResult::Done {
        // A request that somebody repeated on its way has made a second one.
        for double in find(run, wanted).await?.iter().filter(|volume| volume.id != kept) {
            remove_double(run, step, wanted, double, open).await?;
        }
    }
    Ok(End::new(how, kept.to_string()))
}

/// Closes what is open of removals of doubles: one that is gone was removed.
async fn removals(run: &Run, step: &Step, found: &[Volume], open: &mut Open) -> Result<(), Trouble> {
    while let Some(at) = open.iter().position(|intent| intent.call == DELETE) {
        let OpenIntent { number, target, .. } = open.remove(at);
        let is_there = found.iter().any(|volume| volume.id.as_str() == target);
        let result = if is_there { IntentResult::NotSent } else { IntentResult::Adopted };
        run.close(step, number, result, Some(target)).await?;
    }
    Ok(())
}

/// The volumes of this name: those that are in use first, then the oldest.
async fn find(run: &Run, wanted: &EnsureVolume) -> Result<Vec<Volume>, Trouble> {
    let environment = run.environment(&wanted.environment)?;
    let query = VolumeQuery::default().name(&wanted.name);
    let mut found = match environment.list_volumes(&query).collect_all().await {
        Ok(found) => found,
        Err(error) => return Err(run.failed(&wanted.environment, error).await),
    };
    found.retain(|volume| !volume.is_gone() && volume.name == wanted.name && volume.stack_id.is_none());
    found.sort_by_key(|volume| {
        let id = volume.id.as_str();
        (is_idle(volume), id.len(), id.to_owned())
    });
    Ok(found)
}

fn is_idle(volume: &Volume) -> bool {
    matches!(volume.state, State::Inactive | State::Registering | State::Requested)
}

/// Whether a volume that is there was made by the platform for another tenant.
pub(crate) fn is_of_another(key: &str, volume: &Volume) -> Option<String> {
    let description = volume.description.as_deref()?;
    let is_other = description.starts_with("paas://") && description != key;
    is_other.then(|| "it is another tenant's".to_owned())
}

/// Whether a volume that is there lies where the wanted one should.
pub(crate) fn lies_elsewhere<'a>(
    driver: &str,
    options: impl Fn(&str) -> Option<&'a str>,
    volume: &'a Volume,
) -> Option<String> {
    let found = volume.driver.as_deref().unwrap_or_default();
    if found != driver {
        return Some(format!("its driver is `{found}`, not `{driver}`"));
    }
    PLACE.iter().find_map(|name| {
        let (found, wanted) = (volume.driver_opts.get(*name).map(String::as_str), options(name));
        let shown =
            |value: Option<&str>| value.map_or_else(|| "not given".to_owned(), |value| format!("`{value}`"));
        (found != wanted).then(|| format!("its `{name}` is {}, not {}", shown(found), shown(wanted)))
    })
}

fn check(wanted: &EnsureVolume, volume: &Volume) -> Result<(), Failure> {
    let options = |name: &str| wanted.options.get(name).map(String::as_str);
    let difference =
        is_of_another(&wanted.key, volume).or_else(|| lies_elsewhere(&wanted.driver, options, volume));
    let Some(difference) = difference else { return Ok(()) };
    let message =
        format!("the volume `{}` is in `{}` already, but {difference}", wanted.name, wanted.environment.name);
    Err(Failure::new(Class::Permanent, Code::ResourceVolumeDiffers, message)
        .help("give the volume another name, or say in the template where the one that is there lies"))
}

/// Removes a second volume that came of a doubled request. The data stay: both are records of the same folder.
async fn remove_double(
    run: &Run,
    step: &Step,
    wanted: &EnsureVolume,
    double: &Volume,
    open: &mut Open,
) -> Result<(), Trouble> {
    let is_ours = double.description.as_deref() == Some(wanted.key.as_str());
    let keeps_data = double.driver_opts.get("onRemove").is_some_and(|value| value == "retain");
    if !is_ours || !keeps_data || !is_idle(double) {
        return Ok(());
    }
    let environment = run.environment(&wanted.environment)?;
    let call = environment.delete_volume(&double.id);
    match run.change(step, open, (DELETE, double.id.as_str()), call, |_| false).await {
        Ok(_) => {}
        Err(Trouble::Failure(failure)) if failure.code == ClientErrorKind::NotFound.code(System::Rancher) => {
        }
        Err(trouble) => return Err(trouble),
    }
    match environment.wait_until_gone(&double.id, run.policy.volume).await {
        Ok(()) => Ok(()),
        Err(error) => Err(run.failed(&wanted.environment, error.into()).await),
    }
}
