//! Rules that keep tags as they are, and the calls about them.

use crate::{
    Items, Result,
    call::{Call, Path},
    harbor::{
        HarborClient, ImmutableRuleId, ProjectKey,
        client::{json, project_path},
        lenient,
    },
    transport::Method,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A rule of a project: tags that it means are set to no other artifact and not removed, and artifacts that have them are
/// not deleted. Harbor answers [`ErrorKind::Precondition`](crate::ErrorKind::Precondition) to who tries, or refuses a push;
/// asking again does not help.
///
/// Harbor looks at the first selection of repositories and the first one of tags only.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(from = "Row")]
#[non_exhaustive]
pub struct ImmutableRule {
    /// The id.
    pub id: ImmutableRuleId,
    /// Whether it holds now.
    pub enabled: bool,
    /// Of which repositories.
    pub repositories: Vec<Selection>,
    /// Which tags.
    pub tags: Vec<Selection>,
}

/// What a rule means, by a pattern for the name: `*` for any text without a slash, `**` with slashes too, `?` for one
/// character, `{a,b}` for one of several.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Selection {
    /// Names that the pattern fits.
    Matching(String),
    /// Names that it does not fit.
    Excluding(String),
    /// Another kind of selection.
    Other {
        /// Harbor's word for it.
        decoration: String,
        /// The pattern.
        pattern: String,
    },
}

/// A rule that is to be made.
///
/// ```
/// use paas_client::harbor::{NewImmutableRule, Selection};
/// let rule = NewImmutableRule::new(Selection::Matching("**".into()), Selection::Matching("release-*".into()));
/// assert!(rule != NewImmutableRule::ALL_TAGS);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct NewImmutableRule {
    repositories: Option<Selection>,
    tags: Option<Selection>,
}

/// What fits all names.
const ALL: &str = "**";

impl NewImmutableRule {
    /// Keeps all tags of all repositories of the project as they are.
    pub const ALL_TAGS: Self = Self { repositories: None, tags: None };

    /// Keeps these tags of these repositories as they are. The names of repositories are those within the project.
    #[must_use]
    pub fn new(repositories: Selection, tags: Selection) -> Self {
        Self { repositories: Some(repositories), tags: Some(tags) }
    }

    fn parts(&self) -> (Vec<Selection>, Vec<Selection>) {
        let part = |part: &Option<Selection>| {
            vec![part.clone().unwrap_or_else(|| Selection::Matching(ALL.to_owned()))]
        };
        (part(&self.repositories), part(&self.tags))
    }
}

impl HarborClient {
    /// Lists the rules of a project that keep tags as they are. Dropped: nothing has changed.
    #[must_use]
    pub fn list_immutable_rules(&self, project: impl Into<ProjectKey>) -> Items<ImmutableRule> {
        let project = project.into();
        self.list("list_immutable_rules", rules(&project), Vec::new(), project.header())
    }

    /// Makes a rule that keeps tags as they are. Dropped: it may have been made.
    ///
    /// When the answer is lost, it is looked for before it is asked for again: one that means the same counts as made.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Exists`](crate::ErrorKind::Exists) if the project has the same one,
    /// [`ErrorKind::Forbidden`](crate::ErrorKind::Forbidden) for who is neither maintainer nor administrator of it.
    pub async fn create_immutable_rule(
        &self,
        project: impl Into<ProjectKey>,
        new: &NewImmutableRule,
    ) -> Result<ImmutableRuleId> {
        let project = project.into();
        let (repositories, tags) = new.parts();
        let body = json(&Body::new(&repositories, &tags))?;
        let mut call = Call::change("create_immutable_rule", Method::Post, rules(&project), body);
        call.headers.extend(project.header());
        self.create(call, async || {
            let mut all = self.list_immutable_rules(&project);
            while let Some(rule) = all.next().await {
                let rule = rule?;
                if rule.enabled && rule.repositories == repositories && rule.tags == tags {
                    return Ok(Some(rule.id));
                }
            }
            Ok(None)
        })
        .await
    }

    /// Deletes a rule that keeps tags as they are. Dropped: it may have been deleted.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`](crate::ErrorKind::NotFound) if the project has no such rule.
    pub async fn delete_immutable_rule(
        &self,
        project: impl Into<ProjectKey>,
        rule: ImmutableRuleId,
    ) -> Result<()> {
        let project = project.into();
        let path = rules(&project).id("{rule}", &rule.to_string());
        self.delete("delete_immutable_rule", path, project.header()).await
    }
}

fn rules(project: &ProjectKey) -> Path {
    project_path(project).at("immutabletagrules")
}

/// What Harbor calls the names of repositories where rules choose among them.
const REPOSITORY: &str = "repository";

/// A rule as it is sent.
#[derive(Serialize)]
struct Body {
    disabled: bool,
    action: &'static str,
    template: &'static str,
    tag_selectors: Vec<Selector>,
    scope_selectors: BTreeMap<&'static str, Vec<Selector>>,
}

impl Body {
    fn new(repositories: &[Selection], tags: &[Selection]) -> Self {
        let selectors = |all: &[Selection], words| all.iter().map(|one| one.selector(words)).collect();
        Self {
            disabled: false,
            action: "immutable",
            template: "immutable_template",
            tag_selectors: selectors(tags, OF_TAGS),
            scope_selectors: BTreeMap::from([(REPOSITORY, selectors(repositories, OF_REPOSITORIES))]),
        }
    }
}

/// The words for what is meant, and for what is not.
type Words = (&'static str, &'static str);
const OF_TAGS: Words = ("matches", "excludes");
const OF_REPOSITORIES: Words = ("repoMatches", "repoExcludes");

impl Selection {
    fn selector(&self, words: Words) -> Selector {
        let (decoration, pattern) = match self {
            Self::Matching(pattern) => (words.0, pattern),
            Self::Excluding(pattern) => (words.1, pattern),
            Self::Other { decoration, pattern } => (decoration.as_str(), pattern),
        };
        let kind = "doublestar".to_owned();
        Selector { kind, decoration: decoration.to_owned(), pattern: pattern.clone() }
    }
}

impl From<Selector> for Selection {
    fn from(selector: Selector) -> Self {
        let Selector { decoration, pattern, .. } = selector;
        match decoration.as_str() {
            "matches" | "repoMatches" => Self::Matching(pattern),
            "excludes" | "repoExcludes" => Self::Excluding(pattern),
            _ => Self::Other { decoration, pattern },
        }
    }
}

/// As Harbor writes it.
#[derive(Deserialize)]
struct Row {
    id: ImmutableRuleId,
    #[serde(default, deserialize_with = "lenient::flag")]
    disabled: bool,
    #[serde(default, deserialize_with = "lenient::or_default")]
    tag_selectors: Vec<Selector>,
    #[serde(default, deserialize_with = "lenient::or_default")]
    scope_selectors: BTreeMap<String, Vec<Selector>>,
}

#[derive(Serialize, Deserialize)]
struct Selector {
    #[serde(default, deserialize_with = "lenient::or_default")]
    kind: String,
    #[serde(default, deserialize_with = "lenient::or_default")]
    decoration: String,
    #[serde(default, deserialize_with = "lenient::or_default")]
    pattern: String,
}

impl From<Row> for ImmutableRule {
    fn from(mut row: Row) -> Self {
        let selections = |all: Vec<Selector>| all.into_iter().map(Selection::from).collect();
        Self {
            id: row.id,
            enabled: !row.disabled,
            repositories: selections(row.scope_selectors.remove(REPOSITORY).unwrap_or_default()),
            tags: selections(row.tag_selectors),
        }
    }
}
