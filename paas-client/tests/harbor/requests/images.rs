use super::Ask;
use paas_client::{
    HarborClient,
    harbor::{
        ArtifactParts, ArtifactQuery, Digest, ImmutableRuleId, LabelId, LabelScope, NewImmutableRule,
        NewLabel, ProjectId, ProjectKey, ProjectName, Reference, RepositoryKey, RepositoryName,
        RepositoryQuery, Selection, TagName,
    },
};

fn project() -> ProjectName {
    "2026".parse().unwrap()
}

fn key() -> RepositoryKey {
    RepositoryKey::new(project(), "team/web".parse().unwrap())
}

fn digest() -> Digest {
    format!("sha256:{}", "0a".repeat(32)).parse().unwrap()
}

fn tag() -> TagName {
    "1.0".parse().unwrap()
}

/// The methods about images, labels and immutable tags, in all ways in which they ask for different things.
pub(super) fn all() -> Vec<(&'static str, Ask)> {
    const LABEL: LabelId = LabelId::new(5);
    let mut all: Vec<(&'static str, Ask)> = Vec::new();
    let part: RepositoryName = "team".parse().unwrap();
    let some = RepositoryQuery::default().name_holds(&part);
    for query in [RepositoryQuery::default(), some] {
        let other = query.clone();
        ask!(all, list_repositories, |c| c.list_repositories(&project(), &query).collect_all());
        ask!(all, list_all_repositories, |c| c.list_all_repositories(&other).collect_all());
    }
    ask!(all, read_repository, |c| c.read_repository(&key()));
    ask!(all, describe_repository, |c| c.describe_repository(&key(), "what people read"));
    ask!(all, delete_repository, |c| c.delete_repository(&key()));
    let filtered = ArtifactQuery::default().tagged().digest(&digest()).label(LABEL).newest_first();
    let queries = [
        ArtifactQuery::default(),
        ArtifactQuery::default().untagged().parts(ArtifactParts::ALL),
        filtered.parts(ArtifactParts::default().labels()),
    ];
    for query in queries {
        for project in [ProjectKey::from(ProjectId::new(7)), ProjectKey::from(project())] {
            let query = query.clone();
            ask!(all, list_artifacts_of_project, |c| c
                .list_artifacts_of_project(project, &query)
                .collect_all());
        }
        ask!(all, list_artifacts, |c| c.list_artifacts(&key(), &query).collect_all());
    }
    for reference in [Reference::from(tag()), Reference::from(digest())] {
        let [find, copy, accessories, tags] = [(); 4].map(|()| reference.clone());
        ask!(all, read_artifact, |c| c.read_artifact(&key(), reference, ArtifactParts::ALL));
        ask!(all, find_artifact, |c| c.find_artifact(&key(), find, ArtifactParts::default()));
        ask!(all, copy_artifact, |c| c.copy_artifact(&"test/a/b".parse().unwrap(), copy, &key()));
        ask!(all, list_accessories, |c| c.list_accessories(&key(), accessories).collect_all());
        ask!(all, list_tags, |c| c.list_tags(&key(), tags).collect_all());
    }
    ask!(all, delete_artifact, |c| c.delete_artifact(&key(), &digest()));
    ask!(all, create_tag, |c| c.create_tag(&key(), &digest(), &tag()));
    ask!(all, delete_tag, |c| c.delete_tag(&key(), &digest(), &tag()));
    ask!(all, add_artifact_label, |c| c.add_artifact_label(&key(), &digest(), LABEL));
    ask!(all, remove_artifact_label, |c| c.remove_artifact_label(&key(), &digest(), LABEL));
    for scope in [LabelScope::Global, LabelScope::Project(ProjectId::new(7))] {
        let [list, find, create] = [(); 3].map(|()| scope.clone());
        ask!(all, list_labels, |c| c.list_labels(&list).collect_all());
        ask!(all, find_label, |c| c.find_label(&find, "in sync & more"));
        ask!(all, create_label, |c| c.create_label(&NewLabel::new("in sync", create)));
        ask!(all, update_label, |c| c.update_label(
            LABEL,
            &NewLabel::new("in sync", scope).description("as in production").color("#0065AB")
        ));
    }
    ask!(all, read_label, |c| c.read_label(LABEL));
    ask!(all, delete_label, |c| c.delete_label(LABEL));
    for project in [ProjectKey::from(ProjectId::new(7)), ProjectKey::from(project())] {
        let [create, some, delete] = [(); 3].map(|()| project.clone());
        ask!(all, list_immutable_rules, |c| c.list_immutable_rules(project).collect_all());
        ask!(all, create_immutable_rule, |c| c.create_immutable_rule(create, &NewImmutableRule::ALL_TAGS));
        ask!(all, create_immutable_rule, |c| c.create_immutable_rule(
            some,
            &NewImmutableRule::new(
                Selection::Excluding("team/**".to_owned()),
                Selection::Matching("release-*".to_owned())
            )
        ));
        ask!(all, delete_immutable_rule, |c| c.delete_immutable_rule(delete, ImmutableRuleId::new(9)));
    }
    all
}
