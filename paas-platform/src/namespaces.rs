//! Image namespaces: which tenant they belong to, and which of its users belong to them.

use crate::{
    audit::AuditRecord,
    error::{Error, ErrorKind, Result},
    members::MembersRecord,
    platform::{Inner, Platform},
    records::{self, Kept},
    store::{Batch, Document, FromDocument, List, encode, kinds},
    who::Who,
};
use paas_client::{
    ErrorKind as ClientErrorKind,
    harbor::{NewProject, ProjectName},
};
use paas_core::{
    access::{Action, Kind, Registry},
    images::{is_namespace, promotion::SyncRule},
    tenant::Tenant,
};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeSet, sync::Arc};

/// An image namespace of a tenant: what stands before the first slash of an image's name, and a project of Harbor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "ImageNamespace"))]
#[non_exhaustive]
pub struct Namespace {
    /// Its name, which no other tenant's has.
    pub name: String,
    /// What no other namespace is called, not even one of the same name that is made when this one was deleted.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub id: String,
    /// The tenant.
    pub tenant: String,
    /// The users that belong to it, by their ids in Keystone. The tenant's administrators need not.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub members: BTreeSet<String>,
    /// The registries in which there was no project of its name when it was made there: a project of its name is its own
    /// in these only.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub registries: BTreeSet<Registry>,
    /// The user, by its id in Keystone, to whom alone its images are shown; none: they are shown to the tenant. What is
    /// personal is not deployed from, and not published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub personal: Option<String>,
    /// Whether its project in the test registry is still to be made.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub pending: bool,
    /// Whether it was opened in production: only then do images of it go there. Where the
    /// production registry has a Harbor, it is asked instead: whoever makes the project there opens the namespace.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub in_production: bool,
    /// When released images of it go to production; without a rule they do not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sync_rule: Option<SyncRule>,
}

impl Document for Namespace {
    const NAME: &'static str = "image namespace";
    const FORMAT: u64 = 1;
}

impl FromDocument for Namespace {}

/// The image namespaces of a platform, for one actor.
///
/// Keystone has no such thing, so the record is the platform's own. Members of the Harbor projects follow it as they follow
/// Keystone: by [`Members`](crate::Members).
#[derive(Debug, Clone)]
pub struct Namespaces {
    pub(crate) inner: Arc<Inner>,
    pub(crate) who: Who,
}

impl Namespaces {
    /// Makes a namespace for a tenant, and its project in the test registry if the platform has one: a private one.
    /// Again for the same tenant, it is the same. Dropped: it may have been made.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Denied`], [`ErrorKind::UnknownTenant`], [`ErrorKind::InvalidName`]; [`ErrorKind::NamespaceTaken`] if it is
    /// another tenant's, or if the registry has a project of that name already; what Harbor and the store say. When Harbor
    /// fails, the namespace is [pending](Namespace::pending), and asking again goes on.
    pub async fn create(&self, tenant: &str, name: &str) -> Result<Namespace> {
        self.who.may(&self.inner, Action::Create, Kind::ImageNamespace, tenant).await?;
        let tenant = self.inner.tenant(tenant).await?.name;
        let project = project_name(name)?;
        let known = self.inner.namespace(name).await?;
        if known.as_ref().is_some_and(|kept| kept.value.tenant != tenant) {
            return Err(taken(name));
        }
        let had = known.as_ref().map(|kept| kept.value.registries.clone()).unwrap_or_default();
        let mut registries = had.clone();
        for registry in [Registry::Test, Registry::Production] {
            let Some(client) = self.inner.harbor(registry).filter(|_| !had.contains(&registry)) else {
                continue;
            };
            // What is in it now is somebody else's.
            if client.find_project(&project).await?.is_some() {
                return Err(taken(name));
            }
            registries.insert(registry);
        }
        let is_new_in_test = registries.contains(&Registry::Test) && !had.contains(&Registry::Test);
        let kept = match known {
            Some(kept) if registries == had => kept,
            Some(Kept { version, value }) => {
                let pending = value.pending || is_new_in_test;
                let namespace = Namespace { registries, pending, ..value };
                let batch = Batch::new().put(kinds::NAMESPACE, name, version, encode(&namespace)?);
                self.commit(batch, "namespace.create", namespace).await?
            }
            None => {
                self.inner.forget_images_of(name).await?;
                self.inner.forget_publications_of(name).await?;
                self.inner.forget_zones_of(name).await?;
                let id =
                    format!("{:016x}{:016x}", self.inner.random.next_u64(), self.inner.random.next_u64());
                let namespace = Namespace {
                    name: name.to_owned(),
                    id,
                    tenant,
                    members: BTreeSet::new(),
                    personal: None,
                    registries,
                    pending: is_new_in_test,
                    in_production: false,
                    sync_rule: None,
                };
                let batch = Batch::new().create(kinds::NAMESPACE, name, encode(&namespace)?);
                self.commit(batch, "namespace.create", namespace).await?
            }
        };
        let client = self.inner.harbor(Registry::Test);
        let (Some(client), true) = (client, kept.value.pending) else { return Ok(kept.value) };
        match client.create_project(&NewProject::new(project)).await {
            // Made by an earlier try: nobody else's was there when the namespace was recorded.
            Err(error) if error.kind() == ClientErrorKind::Exists => {}
            done => {
                done?;
            }
        }
        let namespace = Namespace { pending: false, ..kept.value };
        let batch = Batch::new().put(kinds::NAMESPACE, name, kept.version, encode(&namespace)?);
        Ok(self.commit(batch, "namespace.created", namespace).await?.value)
    }

    /// Opens a namespace in the production registry, so that images of it can go there: it is recorded, and its project is
    /// made, a private one, if that registry has a Harbor. Images that wait for it wait no longer. Again, it is the same.
    /// Dropped: it may have been opened.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Denied`], [`ErrorKind::UnknownTenant`], [`ErrorKind::UnknownNamespace`]; [`ErrorKind::NamespaceTaken`] if
    /// production has a project of that name that is not the namespace's; what Harbor and the store say. When Harbor fails,
    /// asking again goes on.
    pub async fn open_in_production(&self, tenant: &str, name: &str) -> Result<Namespace> {
        self.who.may(&self.inner, Action::Create, Kind::ImageNamespace, tenant).await?;
        let Kept { version, value } = self.of(tenant, name).await?;
        if let Some(client) = self.inner.harbor(Registry::Production) {
            // There was none when the namespace was recorded: one that is there now was made by this.
            let is_own = value.registries.contains(&Registry::Production);
            let project = project_name(name)?;
            let made = match client.find_project(&project).await? {
                None => client.create_project(&NewProject::new(project)).await.map(|_| ()),
                Some(_) if is_own => Ok(()),
                Some(_) => return Err(taken(name)),
            };
            match made {
                Err(error) if error.kind() == ClientErrorKind::Exists && is_own => {}
                Err(error) if error.kind() == ClientErrorKind::Exists => return Err(taken(name)),
                made => made?,
            }
        }
        if value.in_production {
            self.inner.namespace_opened(&value, self.who.actor()).await?;
            return Ok(value);
        }
        let mut namespace = Namespace { in_production: true, ..value };
        if self.inner.harbor(Registry::Production).is_some() {
            namespace.registries.insert(Registry::Production);
        }
        let batch = Batch::new().put(kinds::NAMESPACE, name, version, encode(&namespace)?);
        let opened = self.commit(batch, "namespace.open_in_production", namespace).await?.value;
        self.inner.namespace_opened(&opened, self.who.actor()).await?;
        Ok(opened)
    }

    /// Says when released images of a namespace go to production; without a rule they do not. It takes the place of the rule
    /// that there was, for images that wait as well. Dropped: it may have been set.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Denied`], [`ErrorKind::UnknownTenant`], [`ErrorKind::UnknownNamespace`]; what the store says.
    pub async fn set_sync_rule(&self, tenant: &str, name: &str, rule: Option<SyncRule>) -> Result<Namespace> {
        let action = if rule.is_some() { Action::Update } else { Action::Delete };
        self.who.may(&self.inner, action, Kind::SyncRule, tenant).await?;
        let Kept { version, value } = self.of(tenant, name).await?;
        if value.sync_rule == rule {
            return Ok(value);
        }
        let namespace = Namespace { sync_rule: rule, ..value };
        let batch = Batch::new().put(kinds::NAMESPACE, name, version, encode(&namespace)?);
        Ok(self.commit(batch, "namespace.set_sync_rule", namespace).await?.value)
    }

    /// Deletes a namespace with its project in the test registry and its rules, if there are no images in it: none that
    /// Harbor has, and none that is recorded, in [zones](crate::ImageZones) either. What was removed from a registry is recorded
    /// until it was [looked at](crate::Images::look), or until the next [sweep](crate::Images::sweep); in zones until the
    /// next [scan](crate::ImageZones::scan), which goes by the rule. Dropped: it may have been deleted.
    ///
    /// One of that name that is made later has nothing of it: no rule, no image, no journal.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Denied`], [`ErrorKind::UnknownTenant`], [`ErrorKind::UnknownNamespace`]; what Harbor says if there are images
    /// in it (`client.harbor.precondition`), [`ErrorKind::NamespaceTaken`] if images are recorded, of the test registry or of
    /// zones, or if it is in production, and [`ErrorKind::Configuration`] without a client of a registry that it is in: then nothing was changed.
    pub async fn delete(&self, tenant: &str, name: &str) -> Result<()> {
        self.who.may(&self.inner, Action::Delete, Kind::ImageNamespace, tenant).await?;
        let Kept { version, value } = self.of(tenant, name).await?;
        let project = project_name(name)?;
        // Without a Harbor nobody can be asked whether images are left there.
        if value.in_production && self.inner.harbor(Registry::Production).is_none() {
            return Err(in_production(name));
        }
        if let Some(image) = self.inner.images_recorded(name).await?.first() {
            let message = format!("there are images in the namespace `{name}`, such as `{}`", image.key);
            let help = "delete them in the test registry; when a sweep has seen that, delete the namespace";
            return Err(Error::new(ErrorKind::NamespaceTaken, message).with_help(help));
        }
        self.inner.no_zone_has_images_of(&value).await?;
        for &registry in value.registries.iter().rev() {
            let Some(client) = self.inner.harbor(registry) else {
                let message = format!(
                    "the platform was built without a client of the {registry} registry, where `{name}` may have a project"
                );
                return Err(Error::new(ErrorKind::Configuration, message));
            };
            let Some(found) = client.find_project(&project).await? else { continue };
            if registry == Registry::Production {
                return Err(in_production(name));
            }
            client.delete_project(found.id).await?;
        }
        let batch = Batch::new().delete(kinds::NAMESPACE, name, version);
        let mut batch = self.inner.without_zone_rule(batch, name).await?;
        // One of that name that comes later has members of its own.
        let marks: Option<Kept<MembersRecord>> =
            records::read(&*self.inner.store, kinds::MEMBERS, &value.tenant).await?;
        if let Some(Kept { version, value: mut marks }) = marks
            && value
                .registries
                .iter()
                .filter_map(|registry| marks.projects.remove(&format!("{registry}/{name}")))
                .count()
                > 0
        {
            batch = batch.put(kinds::MEMBERS, &value.tenant, version, encode(&marks)?);
        }
        self.commit(batch, "namespace.delete", value).await?;
        Ok(())
    }

    /// The namespaces of a tenant that the actor may see, by name. Dropped: nothing has changed.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::UnknownTenant`], for those who may see all; what the store says.
    pub async fn list(&self, tenant: &str) -> Result<Vec<Namespace>> {
        let found = self.who.listed_tenant(&self.inner, Action::View, Kind::ImageNamespace, tenant).await?;
        let Some(tenant) = found else { return Ok(Vec::new()) };
        let mut namespaces = self.inner.namespaces(&tenant.name).await?;
        namespaces.retain(|namespace| {
            self.who.lists(Action::View, Kind::ImageNamespace, &tenant, Some(&namespace.name))
        });
        Ok(namespaces)
    }

    /// Adds a user of the tenant to a namespace, by its id in Keystone. In Harbor it becomes a member with the next
    /// [`Members::apply`](crate::Members::apply). Dropped: it may have been added.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Denied`], [`ErrorKind::UnknownTenant`], [`ErrorKind::UnknownNamespace`]; [`ErrorKind::InvalidName`] for what
    /// can be no id of Keystone; what the store says.
    pub async fn add_member(&self, tenant: &str, name: &str, user: &str) -> Result<Namespace> {
        let user = user_id(user)?;
        self.change(tenant, name, "namespace.add_member", |members| members.insert(user)).await
    }

    /// Takes a user out of a namespace. Dropped: it may have been taken out.
    ///
    /// # Errors
    ///
    /// As [`add_member`](Self::add_member).
    pub async fn remove_member(&self, tenant: &str, name: &str, user: &str) -> Result<Namespace> {
        self.change(tenant, name, "namespace.remove_member", |members| members.remove(user)).await
    }

    /// Says to which user of the tenant alone the images of a namespace are shown, by its id in Keystone; none: to the tenant.
    /// The user belongs to the namespace from then on. What is personal is not deployed from, and not published; those who
    /// administer the tenant have their rights at the registries all the same. Dropped: it may have been said.
    ///
    /// # Errors
    ///
    /// As [`add_member`](Self::add_member); [`ErrorKind::PublicationRefused`] as long as images of it are published, or are to
    /// be: then nothing was changed.
    pub async fn set_personal(&self, tenant: &str, name: &str, user: Option<&str>) -> Result<Namespace> {
        self.who.may(&self.inner, Action::Authorise, Kind::NamespaceMember, tenant).await?;
        let user = user.map(user_id).transpose()?;
        let Kept { version, value: mut namespace } = self.of(tenant, name).await?;
        if namespace.personal == user {
            return Ok(namespace);
        }
        if let Some(user) = &user {
            if let Some(open) = self.inner.open_publication(&namespace).await? {
                let message = format!("`{open}` is published, or is to be, and `{name}` cannot be personal");
                let help = "withdraw the publications of its images first";
                return Err(Error::new(ErrorKind::PublicationRefused, message).with_help(help));
            }
            namespace.members.insert(user.clone());
        }
        namespace.personal = user;
        let batch = Batch::new().put(kinds::NAMESPACE, name, version, encode(&namespace)?);
        Ok(self.commit(batch, "namespace.set_personal", namespace).await?.value)
    }

    async fn change(
        &self,
        tenant: &str,
        name: &str,
        what: &str,
        change: impl FnOnce(&mut BTreeSet<String>) -> bool,
    ) -> Result<Namespace> {
        self.who.may(&self.inner, Action::Authorise, Kind::NamespaceMember, tenant).await?;
        let Kept { version, value: mut namespace } = self.of(tenant, name).await?;
        if !change(&mut namespace.members) {
            return Ok(namespace);
        }
        let batch = Batch::new().put(kinds::NAMESPACE, name, version, encode(&namespace)?);
        Ok(self.commit(batch, what, namespace).await?.value)
    }

    /// A namespace of a tenant.
    async fn of(&self, tenant: &str, name: &str) -> Result<Kept<Namespace>> {
        let tenant = self.inner.tenant(tenant).await?.name;
        let known = self.inner.namespace(name).await?.filter(|kept| kept.value.tenant == tenant);
        known.ok_or_else(|| {
            let shown: String = name.chars().filter(|c| !c.is_control()).take(80).collect();
            let message = format!("the tenant `{tenant}` has no image namespace `{shown}`");
            Error::new(ErrorKind::UnknownNamespace, message)
        })
    }

    async fn commit(&self, batch: Batch, action: &str, namespace: Namespace) -> Result<Kept<Namespace>> {
        let (now, by) = (self.inner.clock.now(), self.who.actor());
        let audit = AuditRecord::new(now, by, action, &namespace.tenant).about(&namespace.name);
        let version = self.inner.store.commit(audit.enqueue(batch)?).await?.version;
        Ok(Kept { version, value: namespace })
    }
}

impl Platform {
    /// An image namespace with the id of its tenant's project, for a gateway or a registry that decides by it; nothing
    /// if there is none. Dropped: nothing has changed.
    ///
    /// # Errors
    ///
    /// What the store says.
    pub async fn namespace(&self, name: &str) -> Result<Option<(Namespace, String)>> {
        let found = self.inner.namespace_and_tenant(name).await?;
        Ok(found.map(|(namespace, tenant)| (namespace, tenant.project_id().to_owned())))
    }
}

impl Inner {
    pub(crate) async fn namespaces(&self, tenant: &str) -> Result<Vec<Namespace>> {
        let mut found = Vec::new();
        let mut list = List::of(kinds::NAMESPACE);
        loop {
            let page = self.store.list(list.clone()).await?;
            for record in &page.items {
                let Kept { value, .. } = records::kept::<Namespace>(record)?;
                if value.tenant == tenant {
                    found.push(value);
                }
            }
            match page.items.last() {
                Some(last) if page.more => list = list.after(&last.key),
                _ => return Ok(found),
            }
        }
    }

    /// A namespace of any tenant, with its tenant.
    pub(crate) async fn namespace_and_tenant(&self, name: &str) -> Result<Option<(Namespace, Tenant)>> {
        let Some(kept) = self.namespace(name).await? else { return Ok(None) };
        let tenant = self.tenant(&kept.value.tenant).await?;
        Ok(Some((kept.value, tenant)))
    }

    pub(crate) async fn namespace(&self, name: &str) -> Result<Option<Kept<Namespace>>> {
        if project_name(name).is_err() {
            return Ok(None);
        }
        Ok(records::read(&*self.store, kinds::NAMESPACE, name).await?)
    }
}

/// The project of Harbor that is called like an image namespace.
fn project_name(name: &str) -> Result<ProjectName> {
    let invalid = || {
        let shown: String = name.chars().filter(|c| !c.is_control()).take(80).collect();
        let message = format!("`{shown}` cannot be the name of an image namespace");
        Error::new(ErrorKind::InvalidName, message)
    };
    if !is_namespace(name) {
        return Err(invalid());
    }
    name.parse().map_err(|_| invalid())
}

/// What can be the id of a user in Keystone.
fn user_id(user: &str) -> Result<String> {
    user.parse::<paas_client::keystone::UserId>().map_err(|_| {
        let shown: String = user.chars().filter(|c| !c.is_control()).take(80).collect();
        Error::new(ErrorKind::InvalidName, format!("`{shown}` cannot be the id of a user of Keystone"))
    })?;
    Ok(user.to_owned())
}

fn in_production(name: &str) -> Error {
    let message = format!("the namespace `{name}` is in production; what is there must be removed first");
    Error::new(ErrorKind::NamespaceTaken, message)
}

fn taken(name: &str) -> Error {
    Error::new(ErrorKind::NamespaceTaken, format!("the image namespace `{name}` is taken"))
}
