//! From arguments to what the library takes.

use crate::args::{Links, TargetArgs, TemplateArgs};
use paas_sdk::{
    Diagnostics, LinkStrategy, Options, Source, Target,
    files::{self, Template},
};

impl TemplateArgs {
    /// The path as it was given.
    pub(crate) fn name(&self) -> String {
        self.file.to_string_lossy().into_owned()
    }

    /// Reads the policy into the options, then the template, and says where its imports are. If that fails, there are
    /// problems, and the file that they are in.
    pub(crate) fn read(&self, options: &mut Options) -> (Source, Diagnostics) {
        match self.open(options) {
            Ok(template) => (template.source, Diagnostics::default()),
            Err(unread) => *unread,
        }
    }

    /// The same, with the folder that the template's files are in.
    pub(crate) fn open(&self, options: &mut Options) -> Result<Template, Box<(Source, Diagnostics)>> {
        if let Some(path) = &self.policy {
            let file = files::read_policy(path);
            match file.policy {
                Some(policy) => options.policy = policy,
                None => return Err(Box::new((file.source, file.diagnostics))),
            }
        }
        let template = files::open_template(&self.file, self.folder.as_deref(), &options.limits)
            .map_err(|problems| Box::new((Source::new(self.name(), ""), problems)))?;
        options.resolver = template.resolver.clone();
        Ok(template)
    }

    /// The inputs. Of one that is given twice, the last counts.
    pub(crate) fn options(&self) -> Options {
        let mut options = Options::default();
        options.inputs = self.inputs.iter().cloned().collect();
        options
    }
}

impl TargetArgs {
    pub(crate) fn target(&self) -> Target {
        let mut target = Target::default();
        target.rancher = self.target;
        target.environments = self.environments.iter().cloned().collect();
        target.stack.clone_from(&self.stack);
        target.link_strategy = self.links.map(|links| match links {
            Links::RegionName => LinkStrategy::RegionName,
            Links::Environments => LinkStrategy::EnvironmentLinks,
            Links::ExternalService => LinkStrategy::ExternalService,
        });
        for (network, host) in &self.addresses {
            target.add_address(network, host);
        }
        if let Some(image) = &self.load_balancer_image {
            target.load_balancer_image.clone_from(image);
        }
        target
    }
}
