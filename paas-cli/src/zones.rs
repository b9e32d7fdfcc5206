//! `paas image zones`.

use crate::{
    Outcome,
    args::{ImageArgs, Shape, ZonesCommand, ZonesDecideArgs, ZonesRuleArgs, ZonesScanArgs, ZonesStatusArgs},
    output::{Output, Stream},
    platform::{self, Problem},
};
use paas_sdk::{
    core::images::distribution::{DistributionRule, TagFilter},
    platform::ZoneHappening,
    report,
};
use serde_json::json;

pub(crate) fn run(args: &ZonesCommand, output: &mut Output) -> Outcome {
    match args {
        ZonesCommand::Status(args) => status(args, output),
        ZonesCommand::Show(args) => show(args, output),
        ZonesCommand::Rule(args) => rule(args, output),
        ZonesCommand::Scan(args) => scan(args, output),
        ZonesCommand::Decide(args) => decide(args, output),
    }
}

fn status(args: &ZonesStatusArgs, output: &mut Output) -> Outcome {
    let ZonesStatusArgs { images: with_images, list: args } = args;
    platform::run(output, args.format, async |output: &mut Output| {
        let tenant = platform::tenant_name(&args.tenant)?;
        let zones = args.platform.connect_to_look(platform::Reach::Store).await?.zones();
        let namespaces = zones.status(&tenant).await?;
        let images = if *with_images { zones.images(&tenant, true).await? } else { Vec::new() };
        match args.format {
            Shape::Human if namespaces.is_empty() => {
                output.print(Stream::Out, "no namespace has a rule: images stay where they were pushed\n");
            }
            Shape::Human => {
                output.print(Stream::Out, &report::zones(&namespaces));
                output.print(Stream::Out, &report::zoned_images(&images));
            }
            Shape::Json => {
                let mut document = json!({ "tenant": tenant, "namespaces": namespaces });
                if let (true, Some(document)) = (with_images, document.as_object_mut()) {
                    document.insert("images".to_owned(), platform::json(&images));
                }
                platform::print_json(output, &document);
            }
        }
        Ok(Outcome::Well)
    })
}

fn show(args: &ImageArgs, output: &mut Output) -> Outcome {
    platform::run(output, args.format, async |output: &mut Output| {
        let zones = args.platform.connect_to_look(platform::Reach::Store).await?.zones();
        let image = zones.read(&args.image).await?;
        let journal = zones.journal(&args.image).await?;
        match args.format {
            Shape::Human => output.print(Stream::Out, &report::zoned_image(&image, &journal)),
            Shape::Json => platform::print_json(output, &json!({ "image": image, "journal": journal })),
        }
        Ok(Outcome::Well)
    })
}

fn rule(args: &ZonesRuleArgs, output: &mut Output) -> Outcome {
    platform::run(output, args.format, async |output: &mut Output| {
        let zones = args.platform.connect_with_zones().await?.zones();
        let rule = if args.choice.none {
            zones.delete_rule(&args.namespace).await?
        } else {
            let rule = DistributionRule::new(args.choice.zones.iter().cloned());
            let rule = rule.map_err(|why| Problem::new(why.to_string(), "write `--zones north,south`"))?;
            let tags = TagFilter::of(args.tags.iter().cloned()).but(args.but.iter().cloned());
            zones.set_rule(&args.namespace, rule.with_tags(tags)).await?
        };
        match args.format {
            Shape::Human => output.print(Stream::Out, &report::zone_rule(&rule)),
            Shape::Json => platform::print_json(output, &platform::json(&rule)),
        }
        Ok(Outcome::Well)
    })
}

fn scan(args: &ZonesScanArgs, output: &mut Output) -> Outcome {
    platform::run(output, args.format, async |output: &mut Output| {
        let zones = args.platform.connect_with_zones().await?.zones();
        let found = zones.scan().await?;
        let most = usize::try_from(args.copies).unwrap_or(1);
        let mut copies = Vec::new();
        loop {
            let begun = zones.carry_on(most).await?;
            if begun.is_empty() {
                break;
            }
            for copy in begun {
                let image = copy.image().clone();
                copies.extend(copy.wait().await.into_iter().map(|what| (image.clone(), what)));
            }
        }
        match args.format {
            Shape::Human => {
                output.print(Stream::Out, &report::zone_scan(&found));
                for (image, what) in &copies {
                    output.print(Stream::Out, &report::zone_happening(image, what));
                }
            }
            Shape::Json => {
                let copies: Vec<_> =
                    copies.iter().map(|(image, what)| json!({ "image": image, "what": what })).collect();
                platform::print_json(output, &json!({ "scan": found, "copies": copies }));
            }
        }
        let is_well = found.failures.is_empty()
            && !copies.iter().any(|(_, what)| matches!(what, ZoneHappening::Failed { .. }));
        Ok(if is_well { Outcome::Well } else { Outcome::Failed })
    })
}

fn decide(args: &ZonesDecideArgs, output: &mut Output) -> Outcome {
    let ZonesDecideArgs { image: args, zone, choice } = args;
    platform::run(output, args.format, async |output: &mut Output| {
        let zones = args.platform.connect_with_zones().await?.zones();
        let decided = match &choice.replace {
            Some(digest) => zones.replace(&args.image, zone, digest).await?,
            None if choice.take_over => zones.take_over(&args.image, zone).await?,
            None => zones.retry(&args.image, zone).await?,
        };
        match args.format {
            Shape::Human => output.print(Stream::Out, &report::zoned_image(&decided, &[])),
            Shape::Json => platform::print_json(output, &platform::json(&decided)),
        }
        Ok(Outcome::Well)
    })
}
