use super::{HarborError, Registry, moment::Moment, pattern::fits};
use std::collections::{BTreeMap, BTreeSet};

/// A repository.
#[derive(Clone, Debug)]
pub(super) struct Repository {
    pub(super) project: u64,
    /// The name within the project.
    pub(super) name: String,
    pub(super) description: String,
    pub(super) pulls: u64,
    pub(super) created: String,
    pub(super) updated: String,
}

/// An artifact: what was pushed under one digest.
#[derive(Clone, Debug)]
pub(super) struct Artifact {
    pub(super) repository: u64,
    pub(super) digest: String,
    pub(super) media_type: String,
    pub(super) size: u64,
    pub(super) pushed: String,
    pub(super) pulled: Option<String>,
    pub(super) tags: BTreeMap<String, Tag>,
    pub(super) labels: BTreeSet<u64>,
    /// The artifacts of an index.
    pub(super) children: Vec<u64>,
    /// What it is attached to, and as what.
    pub(super) subject: Option<(u64, String)>,
}

/// A tag of an artifact.
#[derive(Clone, Debug)]
pub(super) struct Tag {
    pub(super) id: u64,
    pub(super) pushed: String,
}

/// What most images are.
pub(super) const MANIFEST: &str = "application/vnd.oci.image.manifest.v1+json";

/// An image of several platforms.
pub(super) const INDEX: &str = "application/vnd.oci.image.index.v1+json";

/// How many bytes something has of which nobody says how many.
const USUAL_SIZE: u64 = 4_096;

impl Registry {
    pub(super) fn repository_named(&self, project: u64, name: &str) -> Option<u64> {
        self.repositories.find(|repository| repository.project == project && repository.name == name)
    }

    /// The repository of this name, which is made if there is none.
    pub(super) fn ensure_repository(&mut self, project: u64, name: &str, now: &Moment) -> u64 {
        self.repository_named(project, name).unwrap_or_else(|| {
            let (created, updated) = (now.date.clone(), now.date.clone());
            let (name, description) = (name.to_owned(), String::new());
            self.repositories.add(Repository { project, name, description, pulls: 0, created, updated })
        })
    }

    /// The whole name of a repository.
    pub(super) fn full_name(&self, repository: u64) -> String {
        let Some(found) = self.repositories.get(repository) else { return String::new() };
        let project = self.projects.get(&found.project).map(|project| project.name.as_str());
        format!("{}/{}", project.unwrap_or_default(), found.name)
    }

    /// The artifact of a repository that has this tag or digest.
    pub(super) fn artifact(&self, repository: u64, reference: &str) -> Option<u64> {
        self.artifacts.find(|artifact| {
            artifact.repository == repository
                && (artifact.digest == reference || artifact.tags.contains_key(reference))
        })
    }

    /// The artifact of this digest, which is made if there is none.
    pub(super) fn ensure_artifact(&mut self, repository: u64, digest: &str, now: &Moment) -> u64 {
        self.artifact(repository, digest).unwrap_or_else(|| {
            self.artifacts.add(Artifact {
                repository,
                digest: digest.to_owned(),
                media_type: MANIFEST.to_owned(),
                size: USUAL_SIZE,
                pushed: now.date.clone(),
                pulled: None,
                tags: BTreeMap::new(),
                labels: BTreeSet::new(),
                children: Vec::new(),
                subject: None,
            })
        })
    }

    /// Sets a tag to an artifact; another that has it loses it.
    pub(super) fn set_tag(&mut self, artifact: u64, tag: &str, now: &Moment) -> Result<(), HarborError> {
        let Some(repository) = self.artifacts.get(artifact).map(|artifact| artifact.repository) else {
            return Ok(());
        };
        let holder = self.artifact(repository, tag);
        if holder == Some(artifact) {
            return Ok(());
        }
        if holder.is_some() && self.is_immutable(repository, tag) {
            return Err(immutable(tag, "updated"));
        }
        let moved = holder.and_then(|holder| self.artifacts.get_mut(holder)?.tags.remove(tag));
        let id = moved.map_or_else(|| self.next_tag(), |tag| tag.id);
        if let Some(artifact) = self.artifacts.get_mut(artifact) {
            artifact.tags.insert(tag.to_owned(), Tag { id, pushed: now.date.clone() });
        }
        self.touch(repository, now);
        Ok(())
    }

    /// Takes a tag off an artifact.
    pub(super) fn remove_tag(&mut self, artifact: u64, tag: &str, now: &Moment) -> Result<(), HarborError> {
        let Some(found) = self.artifacts.get(artifact).filter(|artifact| artifact.tags.contains_key(tag))
        else {
            let message = format!("tag {tag} attached to artifact {artifact} not found");
            return Err(HarborError::not_found(&message));
        };
        let repository = found.repository;
        if self.is_immutable(repository, tag) {
            return Err(immutable(tag, "deleted"));
        }
        if let Some(artifact) = self.artifacts.get_mut(artifact) {
            artifact.tags.remove(tag);
        }
        self.touch(repository, now);
        Ok(())
    }

    /// Deletes an artifact with its tags, what is attached to it, and the children that nothing else needs.
    pub(super) fn delete_artifact(&mut self, id: u64, now: &Moment) -> Result<Artifact, HarborError> {
        let missing = || HarborError::not_found(&format!("artifact {id} not found"));
        let artifact = self.artifacts.get(id).cloned().ok_or_else(missing)?;
        if self.artifacts.iter().any(|(_, other)| other.children.contains(&id)) {
            return Err(HarborError::referenced());
        }
        if let Some(tag) = artifact.tags.keys().find(|tag| self.is_immutable(artifact.repository, tag)) {
            return Err(immutable(tag, "deleted"));
        }
        self.artifacts.remove(id);
        let attached: Vec<u64> = self
            .artifacts
            .iter()
            .filter(|(_, other)| other.subject.as_ref().is_some_and(|(subject, _)| *subject == id))
            .map(|(id, _)| *id)
            .collect();
        for other in artifact.children.iter().copied().chain(attached) {
            let is_tagged = self.artifacts.get(other).is_some_and(|other| !other.tags.is_empty());
            if !is_tagged {
                // What another index has too stays.
                let _ = self.delete_artifact(other, now);
            }
        }
        self.touch(artifact.repository, now);
        Ok(artifact)
    }

    /// Copies an artifact with all of its tags, what is attached to it, and its children. Nothing happens if a rule keeps a
    /// tag at the destination as it is.
    pub(super) fn copy_artifact(
        &mut self,
        from: u64,
        project: u64,
        name: &str,
        now: &Moment,
    ) -> Result<u64, HarborError> {
        let missing = || HarborError::not_found(&format!("artifact {from} not found"));
        let source = self.artifacts.get(from).cloned().ok_or_else(missing)?;
        if let Some(repository) = self.repository_named(project, name) {
            let is_kept = |tag: &&String| {
                let holder = self.artifact(repository, tag).and_then(|holder| self.artifacts.get(holder));
                holder.is_some_and(|holder| holder.digest != source.digest)
                    && self.is_immutable(repository, tag)
            };
            if let Some(tag) = source.tags.keys().find(is_kept) {
                return Err(immutable(tag, "updated"));
            }
        }
        let repository = self.ensure_repository(project, name, now);
        let copy = self.copy_content(&source, from, repository, now);
        for tag in source.tags.keys() {
            self.set_tag(copy, tag, now)?;
        }
        Ok(copy)
    }

    /// Copies an artifact without its tags.
    pub(super) fn copy_content(
        &mut self,
        source: &Artifact,
        from: u64,
        repository: u64,
        now: &Moment,
    ) -> u64 {
        let copy = self.ensure_artifact(repository, &source.digest, now);
        let mut others = |ids: Vec<u64>| -> Vec<u64> {
            let found: Vec<(u64, Artifact)> =
                ids.into_iter().filter_map(|id| Some((id, self.artifacts.get(id)?.clone()))).collect();
            found.iter().map(|(id, other)| self.copy_content(other, *id, repository, now)).collect()
        };
        let children = others(source.children.clone());
        if let Some(copy) = self.artifacts.get_mut(copy) {
            copy.media_type.clone_from(&source.media_type);
            copy.size = source.size;
            copy.children = children;
        }
        for (id, kind) in self.attached(from) {
            let Some(other) = self.artifacts.get(id).cloned() else { continue };
            let id = self.copy_content(&other, id, repository, now);
            if let Some(other) = self.artifacts.get_mut(id) {
                other.subject = Some((copy, kind));
            }
        }
        copy
    }

    /// What is attached to an artifact, and as what.
    pub(super) fn attached(&self, artifact: u64) -> Vec<(u64, String)> {
        let kind = |other: &Artifact| {
            other.subject.as_ref().filter(|(of, _)| *of == artifact).map(|(_, kind)| kind.clone())
        };
        self.artifacts.iter().filter_map(|(id, other)| Some((*id, kind(other)?))).collect()
    }

    /// Whether a rule keeps a tag of a repository as it is.
    pub(super) fn is_immutable(&self, repository: u64, tag: &str) -> bool {
        let Some(repository) = self.repositories.get(repository) else { return false };
        let is_meant = |rule: &super::immutable::Rule| {
            rule.project == repository.project
                && !rule.disabled
                && rule.repositories.as_ref().is_some_and(|choice| choice.means(&repository.name))
                && rule.tags.as_ref().is_some_and(|choice| choice.means(tag))
        };
        self.rules.iter().any(|(_, rule)| is_meant(rule))
    }

    fn touch(&mut self, repository: u64, now: &Moment) {
        if let Some(repository) = self.repositories.get_mut(repository) {
            repository.updated.clone_from(&now.date);
        }
    }
}

/// Which names a rule means.
#[derive(Clone, Debug)]
pub(super) struct Choice {
    pub(super) decoration: String,
    pub(super) pattern: String,
}

impl Choice {
    pub(super) fn means(&self, name: &str) -> bool {
        let excludes = self.decoration.to_lowercase().ends_with("excludes");
        fits(&self.pattern, name) != excludes
    }
}

fn immutable(tag: &str, what: &str) -> HarborError {
    HarborError::precondition(&format!("the tag {tag} configured as immutable, cannot be {what}"))
}

/// Whether this can be a tag.
pub(super) fn is_tag(tag: &str) -> bool {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    tag.len() <= 128 && tag.starts_with(is_word) && tag.chars().all(|c| is_word(c) || matches!(c, '.' | '-'))
}

/// Whether this can be the name of a repository in its project.
pub(super) fn is_repository(name: &str) -> bool {
    let is_letter = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    let is_part = |part: &str| {
        part.starts_with(is_letter)
            && part.ends_with(is_letter)
            && part.chars().all(|c| is_letter(c) || matches!(c, '.' | '_' | '-'))
    };
    name.len() <= 255 && name.split('/').all(is_part)
}

/// Whether this can be a digest.
pub(super) fn is_digest(digest: &str) -> bool {
    let hex = digest.strip_prefix("sha256:").unwrap_or_default();
    hex.len() == 64 && hex.chars().all(|c| matches!(c, '0'..='9' | 'a'..='f'))
}
