//! Labels, and the calls about them.

use crate::{
    ErrorKind, Items, Result,
    call::Call,
    harbor::{
        HarborClient, LabelId, ProjectId,
        client::{json, path},
        harbor_error, lenient,
    },
    transport::Method,
};
use serde::{Deserialize, Serialize, Serializer};
use std::time::SystemTime;

/// A label, which artifacts can have.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(from = "Row")]
#[non_exhaustive]
pub struct Label {
    /// The id.
    pub id: LabelId,
    /// The name.
    pub name: String,
    /// Where it can be used.
    pub scope: LabelScope,
    /// What people write about it.
    pub description: Option<String>,
    /// Its colour, as web pages write it: `#0065AB`.
    pub color: Option<String>,
    /// When it was made.
    pub creation_time: Option<SystemTime>,
}

/// Where a label can be used.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LabelScope {
    /// In all projects; system administrators make and change those.
    Global,
    /// In this project.
    Project(ProjectId),
    /// Elsewhere, in a word of Harbor.
    Other(String),
}

/// A label that is to be made, or what one is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct NewLabel {
    name: String,
    scope: LabelScope,
    description: String,
    color: String,
}

impl NewLabel {
    /// A label of this name.
    #[must_use]
    pub fn new(name: impl Into<String>, scope: LabelScope) -> Self {
        Self { name: name.into(), scope, description: String::new(), color: String::new() }
    }

    /// What people read about it.
    #[must_use]
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.description = description.into();
        self
    }

    /// Its colour, as web pages write it: `#0065AB`.
    #[must_use]
    pub fn color(mut self, color: impl Into<String>) -> Self {
        self.color = color.into();
        self
    }

    fn is(&self, label: &Label) -> bool {
        label.description.as_deref().unwrap_or_default() == self.description
            && label.color.as_deref().unwrap_or_default() == self.color
    }
}

impl HarborClient {
    /// Lists the labels of a scope. Dropped: nothing has changed.
    ///
    /// The list ends with an error of kind [`ErrorKind::Invalid`] for a scope that Harbor does not know.
    #[must_use]
    pub fn list_labels(&self, scope: &LabelScope) -> Items<Label> {
        self.list("list_labels", path("labels"), scope.pairs(), None)
    }

    /// The label of this very name, if there is one. Dropped: nothing has changed.
    ///
    /// # Errors
    ///
    /// Those of reading a page.
    pub async fn find_label(&self, scope: &LabelScope, name: &str) -> Result<Option<Label>> {
        let mut query = scope.pairs();
        query.push(("name".to_owned(), name.to_owned()));
        let mut all = self.list::<Label>("find_label", path("labels"), query, None);
        while let Some(label) = all.next().await {
            let label = label?;
            if label.name == name {
                return Ok(Some(label));
            }
        }
        Ok(None)
    }

    /// Reads a label. Dropped: nothing has changed.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`] if there is none; [`ErrorKind::Forbidden`] for a global one, if whoever asks is no system
    /// administrator: list it instead.
    pub async fn read_label(&self, label: LabelId) -> Result<Label> {
        let path = path("labels").id("{label}", &label.to_string());
        self.read(Call::read("read_label", path, Vec::new())).await
    }

    /// Makes a label. Dropped: it may have been made.
    ///
    /// When the answer is lost, it is looked for before it is asked for again. One that is there then, with the same
    /// description and colour, counts as made.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Exists`] if there is one of this name in the scope, [`ErrorKind::Forbidden`] if whoever asks may make
    /// none there.
    pub async fn create_label(&self, new: &NewLabel) -> Result<LabelId> {
        let call = Call::change("create_label", Method::Post, path("labels"), json(new)?);
        self.create(call, async || match self.find_label(&new.scope, &new.name).await? {
            Some(label) if new.is(&label) => Ok(Some(label.id)),
            Some(_) => Err(harbor_error(
                ErrorKind::Exists,
                "a label of this name is there now, with another description or colour",
            )
            .with(|details| details.operation = "create_label")),
            None => Ok(None),
        })
        .await
    }

    /// Gives a label another name, description and colour. Its scope stays as it is. Dropped: it may have changed.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`] if there is none, [`ErrorKind::Exists`] if another one has the name.
    pub async fn update_label(&self, label: LabelId, to: &NewLabel) -> Result<()> {
        let path = path("labels").id("{label}", &label.to_string());
        self.put(Call::change("update_label", Method::Put, path, json(to)?)).await
    }

    /// Deletes a label, and takes it off all artifacts. Dropped: it may have been deleted.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`] if there is none.
    pub async fn delete_label(&self, label: LabelId) -> Result<()> {
        self.delete("delete_label", path("labels").id("{label}", &label.to_string()), None).await
    }
}

impl LabelScope {
    /// The word for it, and the project.
    fn parts(&self) -> (&str, Option<ProjectId>) {
        match self {
            Self::Global => ("g", None),
            Self::Project(project) => ("p", Some(*project)),
            Self::Other(word) => (word, None),
        }
    }

    fn pairs(&self) -> Vec<(String, String)> {
        let (word, project) = self.parts();
        let project = project.map(|project| ("project_id".to_owned(), project.to_string()));
        [("scope".to_owned(), word.to_owned())].into_iter().chain(project).collect()
    }
}

impl Serialize for NewLabel {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Body<'a> {
            name: &'a str,
            description: &'a str,
            color: &'a str,
            scope: &'a str,
            #[serde(skip_serializing_if = "Option::is_none")]
            project_id: Option<ProjectId>,
        }
        let (scope, project_id) = self.scope.parts();
        let Self { name, description, color, .. } = self;
        Body { name, description, color, scope, project_id }.serialize(serializer)
    }
}

/// As Harbor writes it.
#[derive(Deserialize)]
struct Row {
    id: LabelId,
    name: String,
    #[serde(default, deserialize_with = "lenient::or_default")]
    scope: String,
    #[serde(default, deserialize_with = "lenient::id")]
    project_id: Option<ProjectId>,
    #[serde(default, deserialize_with = "lenient::text")]
    description: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    color: Option<String>,
    #[serde(default, deserialize_with = "lenient::time")]
    creation_time: Option<SystemTime>,
}

impl From<Row> for Label {
    fn from(row: Row) -> Self {
        let scope = match (row.scope.as_str(), row.project_id) {
            ("g", _) => LabelScope::Global,
            ("p", Some(project)) => LabelScope::Project(project),
            _ => LabelScope::Other(row.scope),
        };
        let Row { id, name, description, color, creation_time, .. } = row;
        Self { id, name, scope, description, color, creation_time }
    }
}
