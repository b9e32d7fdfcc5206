//! An image on its way to production, as a portal has it: pushed, asked for, released, copied, and pushed anew.
//!
//! `cargo run --example images`
//!
//! Without variables the registries are tables in this program. With `REGISTRY_TEST_URL` and `REGISTRY_PRODUCTION_URL` they are
//! real ones, and `IMAGE` (`retail-shop/web:1.4`) must be in test.

mod tables;

use paas_sdk::{
    Platform,
    client::RegistryClient,
    core::{
        access::{Role, Subject},
        images::{ImageName, promotion::SyncRule},
        tenant::Tenant,
    },
    platform::{
        ImageNotice, ImageQuery, MallQuery, PlatformBuilder, RegistryCopier, seam::SystemClock,
        store::MemoryStore,
    },
    report,
};
use std::{
    env,
    error::Error,
    io::{self, Write},
    process::ExitCode,
};
use tables::Table;

/// The id of the tenant's project in Keystone: users bring their roles in it.
const PROJECT: &str = "8a3f";

fn main() -> ExitCode {
    // The library brings no runtime of its own: the program chooses one.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let shown = runtime.map_err(Into::into).and_then(|runtime| runtime.block_on(show()));
    match shown {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "{error}");
            ExitCode::FAILURE
        }
    }
}

async fn show() -> Result<(), Box<dyn Error>> {
    let image: ImageName = env::var("IMAGE").as_deref().unwrap_or("retail-shop/web:1.4").parse()?;
    let namespace = image.namespace().ok_or("the image is in no namespace")?.to_owned();
    // A portal has a store that stays: `.sqlite("paas.db")`.
    let builder = Platform::builder().store(MemoryStore::new(SystemClock::new()));
    let builder = builder.image_hook(|notice: &ImageNotice| {
        let _ = match notice {
            ImageNotice::Changed { change, .. } => writeln!(io::stdout(), "  told: {change}"),
            ImageNotice::Publication(publication) => {
                writeln!(
                    io::stdout(),
                    "  told: the publication of {} is {}",
                    publication.image,
                    publication.status
                )
            }
            _ => Ok(()),
        };
    });
    let (builder, table) = with_registries(builder)?;
    let platform = builder.connect().await?;

    say("The bank gives a tenant a namespace, in production too. Images go there when somebody says so.")?;
    let bank = platform.acting_as("platform".parse()?);
    let mut tenant = Tenant::new("retail");
    tenant.project = Some(PROJECT.to_owned());
    bank.tenants().put(&tenant).await?;
    bank.namespaces().create("retail", &namespace).await?;
    bank.namespaces().open_in_production("retail", &namespace).await?;
    bank.namespaces().set_sync_rule("retail", &namespace, Some(SyncRule::Manual)).await?;

    say("Something is pushed; a notification of the registry leads to this look.")?;
    if let Some(table) = &table {
        table.push(&image, "the first build")?;
    }
    let seen = bank.images().look(&image).await?.ok_or("nothing is there: push it first")?;
    let digest = seen.image.digest;

    say("Ben may push, and may ask; Anna may release.")?;
    let user = |id: &str, name: &str, role| {
        Subject::new(id).with_name(name).with_tenant(PROJECT, role).with_namespace(&namespace)
    };
    let ben = platform.acting_for(user("77", "ben", Role::RestrictedMember))?.images();
    let anna = platform.acting_for(user("5f3c", "anna", Role::SeniorMember))?.images();
    if let Err(refused) = ben.release(&image, &digest).await {
        say(&format!("  Ben is refused: {refused}"))?;
    }
    ben.ask_for_release(&image, "for the fair on Monday").await?;
    anna.release(&image, &digest).await?;

    say("She has it copied, and waits for the end.")?;
    let (_, copy) = anna.sync(&image).await?;
    if let Some(copy) = copy {
        copy.wait().await;
    }
    say(&report::images(&anna.list("retail", &ImageQuery::default()).await?))?;

    if let Some(table) = &table {
        say(
            "The tag is pushed anew: what was released is in production, and the new build needs a release of its own.",
        )?;
        table.push(&image, "the second build")?;
        let found = bank.images().sweep().await?;
        say(&report::image_sweep(&found))?;
        if let Err(refused) = anna.release(&image, &digest).await {
            say(&format!("  Anna is refused, who looked before that: {refused}\n  {}", refused.help()))?;
        }
    }
    say(&report::image(&anna.read(&image).await?, &anna.journal(&image).await?))?;

    say("\nAnother tenant may use what is in production once an auditor has looked at it: exactly that.")?;
    bank.tenants().put(&Tenant::new("treasury")).await?;
    let anna = platform.acting_for(user("5f3c", "anna", Role::SeniorMember))?.mall();
    anna.request(&image, &digest, "a shop window for all").await?;
    if let Err(refused) = anna.approve(&image, &digest).await {
        say(&format!("  Anna is refused: {refused}"))?;
    }
    let auditor = Subject::new("a1").with_name("carl").with_platform(Role::PublicationAuditor);
    platform.acting_for(auditor)?.mall().approve(&image, &digest).await?;
    say(&report::mall(&bank.mall().list(&MallQuery::default().tenant("treasury")).await?))
}

/// Real registries, if the environment has them; else two tables.
fn with_registries(builder: PlatformBuilder) -> Result<(PlatformBuilder, Option<Table>), Box<dyn Error>> {
    let (Ok(test), Ok(production)) = (env::var("REGISTRY_TEST_URL"), env::var("REGISTRY_PRODUCTION_URL"))
    else {
        let (test, production) = (Table::default(), Table::default());
        let copier = tables::Hands { test: test.clone(), production: production.clone() };
        return Ok((builder.registries(test.clone(), production, copier), Some(test)));
    };
    let test = RegistryClient::builder().url(test).build()?;
    let production = RegistryClient::builder().url(production).build()?;
    let copier = RegistryCopier::new(test.clone(), production.clone())?;
    Ok((builder.registries(test, production, copier), None))
}

fn say(text: &str) -> Result<(), Box<dyn Error>> {
    Ok(writeln!(io::stdout(), "{text}")?)
}
