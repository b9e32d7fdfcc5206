//! `paas image`.

use crate::{
    Outcome,
    args::{DueArgs, ImageArgs, ImageCommand, ImageListArgs, ReleaseArgs, Shape, SweepArgs},
    output::{Output, Stream},
    platform, zones,
};
use paas_sdk::{
    core::images::promotion::Happening,
    platform::{ImageCopy, ImageQuery, ImageStatus, SweepSettings},
    report,
};
use serde_json::json;
use std::pin::pin;

pub(crate) fn run(args: &ImageCommand, output: &mut Output) -> Outcome {
    match args {
        ImageCommand::List(args) => list(args, output),
        ImageCommand::Show(args) => show(args, output),
        ImageCommand::Release(args) => release(args, output),
        ImageCommand::Withdraw(args) => withdraw(args, output),
        ImageCommand::Sync(args) => sync(args, output),
        ImageCommand::Sweep(args) => sweep(args, output),
        ImageCommand::Due(args) => due(args, output),
        ImageCommand::Zones(args) => zones::run(args, output),
    }
}

fn list(args: &ImageListArgs, output: &mut Output) -> Outcome {
    platform::run(output, args.format, async |output: &mut Output| {
        let tenant = platform::tenant_name(&args.tenant)?;
        let mut query = ImageQuery::default();
        if let Some(namespace) = &args.namespace {
            query = query.namespace(namespace);
        }
        if let Some(state) = args.state {
            query = query.state(state);
        }
        let acting = args.platform.connect_to_look(platform::Reach::Store).await?;
        let images = acting.images().list(&tenant, &query).await?;
        match args.format {
            Shape::Human if images.is_empty() => output.print(Stream::Out, "there are no such images\n"),
            Shape::Human => output.print(Stream::Out, &report::images(&images)),
            Shape::Json => platform::print_json(output, &json!({ "tenant": tenant, "images": images })),
        }
        Ok(Outcome::Well)
    })
}

fn show(args: &ImageArgs, output: &mut Output) -> Outcome {
    platform::run(output, args.format, async |output: &mut Output| {
        let images = args.platform.connect_to_look(platform::Reach::Store).await?.images();
        let status = images.read(&args.image).await?;
        let journal = images.journal(&args.image).await?;
        match args.format {
            Shape::Human => output.print(Stream::Out, &report::image(&status, &journal)),
            Shape::Json => platform::print_json(output, &json!({ "image": status, "journal": journal })),
        }
        Ok(Outcome::Well)
    })
}

fn release(args: &ReleaseArgs, output: &mut Output) -> Outcome {
    let ReleaseArgs { image: args, digest } = args;
    platform::run(output, args.format, async |output: &mut Output| {
        let images = args.platform.connect_with_registries().await?.images();
        // What is there now, and not what was recorded some time ago.
        images.look(&args.image).await?;
        print(&images.release(&args.image, digest).await?, args, output);
        Ok(Outcome::Well)
    })
}

fn withdraw(args: &ImageArgs, output: &mut Output) -> Outcome {
    platform::run(output, args.format, async |output: &mut Output| {
        let images = args.platform.connect(platform::Reach::Store).await?.images();
        print(&images.withdraw(&args.image).await?, args, output);
        Ok(Outcome::Well)
    })
}

fn sync(args: &ImageArgs, output: &mut Output) -> Outcome {
    platform::run(output, args.format, async |output: &mut Output| {
        let images = args.platform.connect_with_registries().await?.images();
        let (status, copy) = images.sync(&args.image).await?;
        let Some(copy) = copy else {
            print(&status, args, output);
            return Ok(Outcome::Failed);
        };
        let is_interrupted = follow(&copy, args.format, output).await;
        let end = copy.wait().await;
        print(&images.read(&args.image).await?, args, output);
        Ok(match end.map(|change| change.what) {
            Some(Happening::Synced) => Outcome::Well,
            _ if is_interrupted => Outcome::Interrupted,
            _ => Outcome::Failed,
        })
    })
}

/// Shows how far a copy is until its end, on a terminal. Ctrl-C interrupts it; tells whether that was so.
async fn follow(copy: &ImageCopy, format: Shape, output: &mut Output) -> bool {
    let draws = format == Shape::Human && output.can_redraw();
    let mut watched = copy.clone();
    let mut interrupt = pin!(tokio::signal::ctrl_c());
    let is_interrupted = loop {
        tokio::select! {
            biased;
            Ok(()) = &mut interrupt => {
                copy.interrupt();
                break true;
            }
            progress = watched.next() => match progress {
                Some(progress) if draws => {
                    output.print(Stream::Out, &format!("\r\x1b[K{}", report::image_copy(progress)));
                }
                Some(_) => {}
                None => break false,
            }
        }
    };
    if draws {
        output.print(Stream::Out, "\n");
    }
    is_interrupted
}

fn sweep(args: &SweepArgs, output: &mut Output) -> Outcome {
    platform::run(output, args.format, async |output: &mut Output| {
        let images = args.platform.connect_with_registries().await?.images();
        let mut settings = SweepSettings::default();
        if let Some(namespace) = &args.namespace {
            settings = settings.namespace(namespace);
        }
        if args.accept_deletions {
            settings = settings.accepting_deletions();
        }
        let found = images.sweep_by(&settings).await?;
        match args.format {
            Shape::Human => output.print(Stream::Out, &report::image_sweep(&found)),
            Shape::Json => platform::print_json(output, &platform::json(&found)),
        }
        Ok(if found.failures.is_empty() { Outcome::Well } else { Outcome::Failed })
    })
}

fn due(args: &DueArgs, output: &mut Output) -> Outcome {
    platform::run(output, args.format, async |output: &mut Output| {
        let images = args.platform.connect_with_registries().await?.images();
        let found = images.sweep().await?;
        let most = usize::try_from(args.copies).unwrap_or(1);
        let mut changes = Vec::new();
        loop {
            let copies = images.carry_on(most).await?;
            if copies.is_empty() {
                break;
            }
            for copy in copies {
                changes.extend(copy.wait().await);
            }
        }
        match args.format {
            Shape::Human => {
                output.print(Stream::Out, &report::image_sweep(&found));
                for change in &changes {
                    output.print(Stream::Out, &format!("{}\n", report::printable(&change.to_string())));
                }
            }
            Shape::Json => platform::print_json(output, &json!({ "sweep": found, "copies": changes })),
        }
        let is_well =
            found.failures.is_empty() && changes.iter().all(|change| change.what == Happening::Synced);
        Ok(if is_well { Outcome::Well } else { Outcome::Failed })
    })
}

fn print(status: &ImageStatus, args: &ImageArgs, output: &mut Output) {
    match args.format {
        Shape::Human => output.print(Stream::Out, &report::image(status, &[])),
        Shape::Json => platform::print_json(output, &platform::json(status)),
    }
}
