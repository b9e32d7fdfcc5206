use super::{
    HarborWebhook, Registry,
    image::{INDEX, is_digest, is_repository, is_tag},
    moment::Moment,
};
use crate::{Sandbox, server::lock, world::World};

/// An artifact that is pushed to the sandbox's Harbor, without its content.
///
/// ```
/// use paas_sandbox::{HarborPush, Sandbox};
///
/// let sandbox = Sandbox::builder().in_process().start()?;
/// let digest = format!("sha256:{}", "0a".repeat(32));
/// assert!(sandbox.harbor_push(&HarborPush::new("library", "team/web", &digest).tag("1.0")));
/// assert_eq!(sandbox.harbor_tags("library", "team/web"), [("1.0".to_owned(), digest)]);
/// assert!(!sandbox.harbor_push(&HarborPush::new("library", "team/web", "no digest")));
/// # Ok::<(), paas_sandbox::StartError>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
#[must_use = "nothing is pushed until it is given to a sandbox"]
pub struct HarborPush {
    project: String,
    repository: String,
    digest: String,
    tag: Option<String>,
    operator: String,
    size: u64,
    children: Vec<String>,
}

impl HarborPush {
    /// A push by digest into a repository of a project, by the administrator.
    pub fn new(project: &str, repository: &str, digest: &str) -> Self {
        Self {
            project: project.to_owned(),
            repository: repository.to_owned(),
            digest: digest.to_owned(),
            tag: None,
            operator: "admin".to_owned(),
            size: 4_096,
            children: Vec::new(),
        }
    }

    /// Sets this tag to it.
    pub fn tag(mut self, tag: &str) -> Self {
        self.tag = Some(tag.to_owned());
        self
    }

    /// Who pushes. Whether that user may is not looked at: the sandbox has no registry that could refuse.
    pub fn operator(mut self, name: &str) -> Self {
        name.clone_into(&mut self.operator);
        self
    }

    /// How many bytes it has.
    pub fn size(mut self, bytes: u64) -> Self {
        self.size = bytes;
        self
    }

    /// An index of artifacts that the repository has already, by their digests.
    pub fn index_of(mut self, digests: &[&str]) -> Self {
        self.children = digests.iter().map(|digest| (*digest).to_owned()).collect();
        self
    }

    fn is_good(&self) -> bool {
        is_repository(&self.repository)
            && is_digest(&self.digest)
            && self.tag.as_deref().is_none_or(is_tag)
            && !self.children.contains(&self.digest)
    }
}

/// The moment up to which all has happened.
fn now(world: &mut World) -> Moment {
    world.catch_up();
    Moment::at(&world.clock, world.now())
}

/// Images of Harbor, which come without a registry.
impl Sandbox {
    /// Pushes an artifact. Answers whether there is the project, the names and the digest can be, what an index names is
    /// there, and no rule keeps the tag as it is.
    #[must_use]
    pub fn harbor_push(&self, push: &HarborPush) -> bool {
        let mut world = lock(&self.world);
        let now = now(&mut world);
        let harbor = &mut world.harbor;
        let Some(project) = harbor.project_named(&push.project).filter(|_| push.is_good()) else {
            return false;
        };
        let repository = harbor.repository_named(project, &push.repository);
        let child = |digest: &String| repository.and_then(|repository| harbor.artifact(repository, digest));
        let Some(children) = push.children.iter().map(child).collect::<Option<Vec<u64>>>() else {
            return false;
        };
        if let (Some(repository), Some(tag)) = (repository, &push.tag) {
            let holder = harbor.artifact(repository, tag).and_then(|id| harbor.artifacts.get(id));
            let is_moved = holder.is_some_and(|holder| holder.digest != push.digest);
            if is_moved && harbor.is_immutable(repository, tag) {
                return false;
            }
        }
        let repository = harbor.ensure_repository(project, &push.repository, &now);
        let id = harbor.ensure_artifact(repository, &push.digest, &now);
        if let Some(artifact) = harbor.artifacts.get_mut(id) {
            artifact.size = push.size;
            if !children.is_empty() {
                artifact.children = children;
                INDEX.clone_into(&mut artifact.media_type);
            }
        }
        let is_set = push.tag.as_ref().is_none_or(|tag| harbor.set_tag(id, tag, &now).is_ok());
        harbor.tell_of_push(id, push.tag.as_deref(), &push.operator, &now);
        is_set
    }

    /// Attaches something new to an artifact, such as `signature.cosign`. Answers whether there is the artifact, and
    /// nothing yet under the digest.
    #[must_use]
    pub fn harbor_attach(
        &self,
        project: &str,
        repository: &str,
        subject: &str,
        digest: &str,
        kind: &str,
    ) -> bool {
        let mut world = lock(&self.world);
        let now = now(&mut world);
        let harbor = &mut world.harbor;
        let Some((repository, subject)) = harbor.place(project, repository, subject) else { return false };
        if !is_digest(digest) || harbor.artifact(repository, digest).is_some() {
            return false;
        }
        let id = harbor.ensure_artifact(repository, digest, &now);
        if let Some(artifact) = harbor.artifacts.get_mut(id) {
            artifact.subject = Some((subject, kind.to_owned()));
        }
        true
    }

    /// Pulls an artifact by a tag or digest. Answers whether it is there.
    #[must_use]
    pub fn harbor_pull(&self, project: &str, repository: &str, reference: &str) -> bool {
        let mut world = lock(&self.world);
        let now = now(&mut world);
        let harbor = &mut world.harbor;
        let Some((repository, id)) = harbor.place(project, repository, reference) else { return false };
        if let Some(artifact) = harbor.artifacts.get_mut(id) {
            artifact.pulled = Some(now.date.clone());
        }
        if let Some(repository) = harbor.repositories.get_mut(repository) {
            repository.pulls += 1;
        }
        if let Some(artifact) = harbor.artifacts.get(id).cloned() {
            let tag = artifact.tags.keys().find(|tag| tag.as_str() == reference).cloned();
            harbor.tell_of_artifact("PULL_ARTIFACT", repository, &artifact, tag.as_deref(), "admin", &now);
        }
        true
    }

    /// The tags of a repository with the digests that they are set to, by their names. One that is not there has none.
    ///
    /// Neither the log nor a fault sees it.
    #[must_use]
    pub fn harbor_tags(&self, project: &str, repository: &str) -> Vec<(String, String)> {
        let mut world = lock(&self.world);
        world.catch_up();
        let harbor = &world.harbor;
        let found = harbor.project_named(project).and_then(|id| harbor.repository_named(id, repository));
        let Some(id) = found else { return Vec::new() };
        let own = harbor.artifacts.iter().filter(|(_, artifact)| artifact.repository == id);
        let mut tags: Vec<(String, String)> = own
            .flat_map(|(_, artifact)| artifact.tags.keys().map(|tag| (tag.clone(), artifact.digest.clone())))
            .collect();
        tags.sort();
        tags
    }

    /// Takes what its Harbor would have posted by now, in the order in which it happened. Of very much that nobody takes,
    /// the last 10,000.
    ///
    /// A test posts them where it wants, late, twice or not at all: the sandbox sends nothing.
    #[must_use]
    pub fn harbor_webhooks(&self) -> Vec<HarborWebhook> {
        let mut world = lock(&self.world);
        world.catch_up();
        std::mem::take(&mut world.harbor.outbox)
    }
}

impl Registry {
    /// A repository and an artifact in it.
    fn place(&self, project: &str, repository: &str, reference: &str) -> Option<(u64, u64)> {
        let repository = self.repository_named(self.project_named(project)?, repository)?;
        Some((repository, self.artifact(repository, reference)?))
    }
}
