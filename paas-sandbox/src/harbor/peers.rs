use super::{Registry, image::Artifact, moment::Moment};
use crate::{
    Sandbox,
    server::{Shared, lock},
};
use std::sync::Arc;

/// An artifact with all that goes along when it is copied, without its tags.
#[derive(Clone, Debug)]
pub(super) struct Content {
    digest: String,
    media_type: String,
    size: u64,
    children: Vec<Content>,
    /// What is attached to it, and as what.
    attached: Vec<(Content, String)>,
}

impl Content {
    pub(super) fn digest(&self) -> &str {
        &self.digest
    }
}

impl Registry {
    /// What is copied of an artifact.
    pub(super) fn content(&self, id: u64) -> Option<Content> {
        let Artifact { digest, media_type, size, children, .. } = self.artifacts.get(id)?.clone();
        let children = children.into_iter().filter_map(|child| self.content(child)).collect();
        let attached = self.attached(id).into_iter();
        let attached = attached.filter_map(|(id, kind)| Some((self.content(id)?, kind))).collect();
        Some(Content { digest, media_type, size, children, attached })
    }

    /// Puts a copy into a repository, without tags; answers the id of the artifact.
    pub(super) fn put_content(&mut self, content: &Content, repository: u64, now: &Moment) -> u64 {
        let copy = self.ensure_artifact(repository, &content.digest, now);
        let children =
            content.children.iter().map(|child| self.put_content(child, repository, now)).collect();
        if let Some(copy) = self.artifacts.get_mut(copy) {
            copy.media_type.clone_from(&content.media_type);
            copy.size = content.size;
            copy.children = children;
        }
        for (other, kind) in &content.attached {
            let id = self.put_content(other, repository, now);
            if let Some(other) = self.artifacts.get_mut(id) {
                other.subject = Some((copy, kind.clone()));
            }
        }
        copy
    }
}

/// Several Harbors.
impl Sandbox {
    /// Lets its Harbor reach that of another sandbox, by its [`url`](Self::url), so that registries and policies of
    /// replication can name it. Answers whether it does: one that reaches others is reached by none.
    ///
    /// ```
    /// use paas_sandbox::Sandbox;
    ///
    /// let (test, production) = (Sandbox::start()?, Sandbox::start()?);
    /// assert!(production.harbor_reaches(&test));
    /// assert!(!test.harbor_reaches(&production));
    /// # Ok::<(), paas_sandbox::StartError>(())
    /// ```
    pub fn harbor_reaches(&self, other: &Self) -> bool {
        if Arc::ptr_eq(&self.world, &other.world) {
            return false;
        }
        let url = other.url().trim_end_matches('/').to_owned();
        let weak = |world: &Shared| Arc::downgrade(world);
        // One after the other: nobody holds both.
        if !lock(&other.world).harbor.peers.is_empty() || lock(&self.world).harbor.is_reached {
            return false;
        }
        lock(&other.world).harbor.is_reached = true;
        lock(&self.world).harbor.peers.push((url, weak(&other.world)));
        true
    }
}
