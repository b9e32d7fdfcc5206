//! `paas mall`.

use crate::{
    Outcome,
    args::{MallCommand, MallListArgs, PublicationArgs, PublicationsArgs, PublishArgs, RejectArgs, Shape},
    output::{Output, Stream},
    platform,
};
use paas_sdk::{
    platform::{Mall, MallQuery, PublicationQuery, PublicationStatus, Result},
    report,
};
use serde_json::json;

pub(crate) fn run(args: &MallCommand, output: &mut Output) -> Outcome {
    match args {
        MallCommand::List(args) => list(args, output),
        MallCommand::Publications(args) => publications(args, output),
        MallCommand::Show(args) => show(args, output),
        MallCommand::Publish(PublishArgs { publication, note }) => say(publication, output, async |mall| {
            mall.request(&publication.image.image, &publication.digest, note).await
        }),
        MallCommand::Approve(args) => {
            say(args, output, async |mall| mall.approve(&args.image.image, &args.digest).await)
        }
        MallCommand::Reject(RejectArgs { publication, reason }) => say(publication, output, async |mall| {
            mall.reject(&publication.image.image, &publication.digest, reason).await
        }),
        MallCommand::Withdraw(args) => {
            say(args, output, async |mall| mall.withdraw(&args.image.image, &args.digest).await)
        }
    }
}

fn list(args: &MallListArgs, output: &mut Output) -> Outcome {
    platform::run(output, args.format, async |output: &mut Output| {
        let mut query = MallQuery::default();
        if let Some(tenant) = &args.tenant {
            query = query.tenant(platform::tenant_name(tenant)?);
        }
        if let Some(text) = &args.search {
            query = query.search(text);
        }
        if args.official {
            query = query.official();
        }
        let mall = args.platform.connect_to_look(platform::Reach::Store).await?.mall();
        let images = mall.list(&query).await?;
        match args.format {
            Shape::Human if images.is_empty() => output.print(Stream::Out, "there are no such images\n"),
            Shape::Human => output.print(Stream::Out, &report::mall(&images)),
            Shape::Json => platform::print_json(output, &json!({ "images": images })),
        }
        Ok(Outcome::Well)
    })
}

fn publications(args: &PublicationsArgs, output: &mut Output) -> Outcome {
    platform::run(output, args.format, async |output: &mut Output| {
        let mut query = PublicationQuery::default();
        if let Some(tenant) = &args.tenant {
            query = query.tenant(platform::tenant_name(tenant)?);
        }
        if let Some(state) = args.state {
            query = query.state(state);
        }
        let mall = args.platform.connect_to_look(platform::Reach::Store).await?.mall();
        let publications = mall.publications(&query).await?;
        match args.format {
            Shape::Human if publications.is_empty() => {
                output.print(Stream::Out, "there are no such publications\n");
            }
            Shape::Human => output.print(Stream::Out, &report::publications(&publications)),
            Shape::Json => platform::print_json(output, &json!({ "publications": publications })),
        }
        Ok(Outcome::Well)
    })
}

fn show(args: &PublicationArgs, output: &mut Output) -> Outcome {
    let PublicationArgs { image: args, digest } = args;
    platform::run(output, args.format, async |output: &mut Output| {
        let mall = args.platform.connect_to_look(platform::Reach::Store).await?.mall();
        let journal = mall.journal(&args.image, digest).await?;
        match args.format {
            Shape::Human if journal.is_empty() => {
                output.print(Stream::Out, "nobody has asked for that to be published\n");
            }
            Shape::Human => output.print(Stream::Out, &report::publication(&journal)),
            Shape::Json => platform::print_json(output, &json!({ "journal": journal })),
        }
        Ok(Outcome::Well)
    })
}

fn say(
    args: &PublicationArgs,
    output: &mut Output,
    say: impl AsyncFnOnce(&Mall) -> Result<PublicationStatus>,
) -> Outcome {
    let args = &args.image;
    platform::run(output, args.format, async |output: &mut Output| {
        let mall = args.platform.connect(platform::Reach::Store).await?.mall();
        let said = say(&mall).await?;
        match args.format {
            Shape::Human => output.print(Stream::Out, &report::publications(&[said])),
            Shape::Json => platform::print_json(output, &platform::json(&said)),
        }
        Ok(Outcome::Well)
    })
}
