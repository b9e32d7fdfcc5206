//! Calls about projects.

use super::{
    Deletable, HarborClient, NewProject, Project, ProjectChange, ProjectId, ProjectKey, ProjectName,
    ProjectQuery,
    client::{json, path, project_path, read_of},
};
use crate::{
    Error, ErrorKind, Items, Result,
    body::Expected,
    call::{Call, Effect},
    redact::Redactor,
    transport::{Method, Response},
};

/// An answer that says all by its status.
struct Yes;

impl Expected for Yes {
    fn read(_: &Response, _: usize, _: &Redactor) -> Result<Self> {
        Ok(Self)
    }
}

impl HarborClient {
    /// Lists projects. Dropped: nothing has changed.
    ///
    /// With a wrong password Harbor lists the public ones, as to everybody, without an error.
    #[must_use]
    pub fn list_projects(&self, query: &ProjectQuery) -> Items<Project> {
        self.list("list_projects", path("projects"), query.pairs(), None)
    }

    /// Reads a project. Dropped: nothing has changed.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`] if there is none; [`ErrorKind::Forbidden`] if there is none that this user may see: not
    /// all versions of Harbor tell the two apart.
    pub async fn read_project(&self, project: impl Into<ProjectKey>) -> Result<Project> {
        let project = project.into();
        self.read(read_of("read_project", &project, project_path(&project))).await
    }

    /// The project of this name, if there is one. Dropped: nothing has changed.
    ///
    /// # Errors
    ///
    /// As [`read_project`](Self::read_project).
    pub async fn find_project(&self, name: &ProjectName) -> Result<Option<Project>> {
        match self.read_project(name).await {
            Ok(project) => Ok(Some(project)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Whether there is a project of this name. Dropped: nothing has changed.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Forbidden`] as with [`read_project`](Self::read_project).
    pub async fn project_exists(&self, name: &ProjectName) -> Result<bool> {
        let query = vec![("project_name".to_owned(), name.as_str().to_owned())];
        let mut call = Call::change("project_exists", Method::Head, path("projects"), None);
        call.effect = Effect::None;
        call.query = query;
        match self.read(call).await {
            Ok(Yes) => Ok(true),
            // The answer has no body that Harbor could be known by; but Harbor numbers all that it is asked.
            Err(error) if error.status() == Some(404) && error.request_id().is_some() => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Makes a project; who makes it becomes its administrator. Dropped: it may have been made.
    ///
    /// When the answer is lost, the project is looked up before it is asked for again. One that is there then, and of the
    /// user that asks, counts as made. For a robot nobody can tell: what it makes belongs to an administrator.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Exists`] if there is one of this name.
    pub async fn create_project(&self, new: &NewProject) -> Result<ProjectId> {
        let call = Call::change("create_project", Method::Post, path("projects"), json(new)?);
        self.create(call, || self.find_created(&new.name)).await
    }

    /// Changes the settings of a project. Dropped: they may have changed.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`] if there is none.
    pub async fn update_project(&self, project: ProjectId, change: &ProjectChange) -> Result<()> {
        let path = project_path(&project.into());
        self.put(Call::change("update_project", Method::Put, path, json(change)?)).await
    }

    /// Whether a project can be deleted: those with repositories cannot. Dropped: nothing has changed.
    ///
    /// # Errors
    ///
    /// As [`read_project`](Self::read_project).
    pub async fn project_deletable(&self, project: ProjectId) -> Result<Deletable> {
        let path = project_path(&project.into()).at("_deletable");
        self.read(Call::read("project_deletable", path, Vec::new())).await
    }

    /// Deletes a project, by its id: of its name there may be another by then. Dropped: it may have been deleted.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`] if there is none, [`ErrorKind::Precondition`] if it has repositories. When an answer was lost,
    /// [`ErrorKind::Forbidden`] may come from its being gone: see [`Error::outcome_unknown`].
    pub async fn delete_project(&self, project: ProjectId) -> Result<()> {
        self.delete("delete_project", project_path(&project.into()), None).await
    }

    /// The project that a lost answer may have told of.
    async fn find_created(&self, name: &ProjectName) -> Result<Option<ProjectId>> {
        match self.find_project(name).await? {
            Some(project) if self.is_own(project.owner_name.as_deref()) => Ok(Some(project.id)),
            Some(_) => Err(foreign()),
            None => Ok(None),
        }
    }
}

fn foreign() -> Error {
    super::harbor_error(
        ErrorKind::Exists,
        "a project of this name is there now, and whether it was made by this call cannot be told",
    )
    .with(|details| {
        details.operation = "create_project";
    })
}
