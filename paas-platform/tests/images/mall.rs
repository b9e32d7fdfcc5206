//! The mall: who is shown what, and publications.

use super::world::{PROJECT, WEB, World, automatic, digest, name};
use paas_core::{
    access::{Role, Subject},
    images::mall::{PublicationStateName, Visibility},
    tenant::Tenant,
};
use paas_platform::{
    ErrorKind, Mall, MallQuery, PublicationQuery,
    store::{Message, Store, topics},
};
use std::slice;

const CACHE: &str = "treasury/cache:7";

fn senior() -> Subject {
    Subject::new("5f3c").with_name("ben").with_tenant(PROJECT, Role::SeniorMember)
}

fn auditor(id: &str) -> Subject {
    Subject::new(id).with_platform(Role::PublicationAuditor)
}

/// A user of another tenant.
fn stranger() -> Subject {
    Subject::new("77").with_tenant("treasury", Role::ReadOnly).with_namespace("treasury")
}

/// The images that somebody is shown, as words.
async fn shown(mall: &Mall, query: &MallQuery) -> Vec<String> {
    let images = mall.list(query).await.unwrap();
    let word = |visibility: &Visibility| match visibility {
        Visibility::Official => "official",
        Visibility::Public { .. } => "public",
        Visibility::Personal { .. } => "personal",
        _ => "other",
    };
    let line = |image: &paas_platform::MallImage| {
        let (entry, owner) = (&image.entry, &image.owner);
        format!("{} {} {} of {owner}", entry.image, entry.digest.short(), word(&entry.visibility))
    };
    images.iter().map(line).collect()
}

async fn all(mall: &Mall) -> Vec<String> {
    shown(mall, &MallQuery::default()).await
}

/// A tenant `retail` with an image, and a tenant `treasury` with one.
async fn world() -> World {
    let world = World::new(automatic()).await;
    world.push(WEB, &digest(1)).await;
    world.tenant("treasury", None).await;
    world.push(CACHE, &digest(7)).await;
    world.told();
    world
}

#[tokio::test(start_paused = true)]
async fn what_an_auditor_approves_is_shown_to_all_and_exactly_that() {
    let world = world().await;
    let (ben, carl) = (world.mall_for(senior()), world.mall_for(auditor("a1")));
    let other = world.mall_for(stranger());
    assert_eq!(all(&other).await, [format!("{CACHE} {} public of treasury", digest(7).short())]);

    let asked = ben.request(&name(WEB), &digest(1), "a front\nfor all").await.unwrap();
    assert_eq!((asked.status, asked.tenant.as_str()), (PublicationStateName::Requested, "retail"));
    assert_eq!(asked.requested.reason.as_deref(), Some("a front for all"));
    assert_eq!(all(&other).await.len(), 1, "nobody is shown what was only asked for");
    let open = PublicationQuery::default().state(PublicationStateName::Requested);
    assert_eq!(carl.publications(&open).await.unwrap(), [asked]);

    let approved = carl.approve(&name(WEB), &digest(1)).await.unwrap();
    assert_eq!(approved.status, PublicationStateName::Approved);
    assert!(carl.publications(&open).await.unwrap().is_empty());
    let web = format!("{WEB} {} official of retail", digest(1).short());
    assert_eq!(all(&other).await, [web.clone(), format!("{CACHE} {} public of treasury", digest(7).short())]);
    assert_eq!(all(&ben).await, slice::from_ref(&web), "it is not in the list twice");
    assert!(all(&carl).await.is_empty(), "who has a role in no tenant has nothing to deploy");

    // What is pushed later is shown to nobody else.
    world.push(WEB, &digest(2)).await;
    assert_eq!(shown(&other, &MallQuery::default().official()).await, slice::from_ref(&web));
    let own = format!("{WEB} {} public of retail", digest(2).short());
    assert_eq!(all(&ben).await, [web.clone(), own]);

    // Of the new one there is a publication of its own, and the old one stays.
    ben.request(&name(WEB), &digest(2), "").await.unwrap();
    carl.approve(&name(WEB), &digest(2)).await.unwrap();
    assert_eq!(shown(&other, &MallQuery::default().search("web")).await.len(), 2);
    carl.reject(&name(WEB), &digest(1), "too old").await.unwrap();
    assert_eq!(
        shown(&other, &MallQuery::default().search("web")).await,
        [format!("{WEB} {} official of retail", digest(2).short())]
    );
    ben.withdraw(&name(WEB), &digest(2)).await.unwrap();
    assert_eq!(all(&other).await.len(), 1);

    let told = world.told();
    let publications: Vec<&str> =
        told.iter().filter_map(|told| told.strip_prefix("retail-shop/web:1.4 ")).collect();
    let (one, two) = (digest(1).short().to_string(), digest(2).short().to_string());
    let expected = [(&one, "requested"), (&one, "approved"), (&two, "requested"), (&two, "approved")];
    let ended = [(&one, "rejected"), (&two, "withdrawn")];
    let expected: Vec<String> =
        expected.iter().chain(&ended).map(|(digest, state)| format!("{digest} {state}")).collect();
    assert_eq!(publications, expected);
    let journal = ben.journal(&name(WEB), &digest(1)).await.unwrap();
    let names: Vec<_> = journal.iter().map(|entry| entry.publication.state.name().name()).collect();
    assert_eq!(names, ["requested", "approved", "rejected"]);
    assert_eq!(journal.iter().map(|entry| entry.number).collect::<Vec<_>>(), [1, 2, 3]);
}

#[tokio::test(start_paused = true)]
async fn each_does_what_it_may_and_nothing_else() {
    let world = world().await;
    let web = name(WEB);
    let both = senior().with_platform(Role::PublicationAuditor);
    let asked = world.mall_for(both.clone()).request(&web, &digest(1), "").await.unwrap();
    // Never who asked.
    let own = world.mall_for(both);
    for refused in [own.approve(&web, &digest(1)).await, own.reject(&web, &digest(1), "no").await] {
        let refused = refused.unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::PublicationRefused);
        assert_eq!(refused.help(), "have another auditor look at it");
    }
    let in_retail = |role| {
        let user = Subject::new("88").with_name("dora");
        world.mall_for(user.with_tenant(PROJECT, role).with_namespace("retail-shop"))
    };
    for role in [Role::TenantAdministrator, Role::SeniorMember, Role::RestrictedMember, Role::ReadOnly] {
        let mall = in_retail(role);
        for refused in [mall.approve(&web, &digest(1)).await, mall.reject(&web, &digest(1), "no").await] {
            assert_eq!(refused.unwrap_err().kind(), ErrorKind::Denied, "{role}");
        }
        assert_eq!(mall.publications(&PublicationQuery::default()).await.unwrap(), slice::from_ref(&asked));
        if matches!(role, Role::RestrictedMember | Role::ReadOnly) {
            let refused = mall.request(&web, &digest(1), "").await.unwrap_err();
            assert_eq!(refused.kind(), ErrorKind::Denied, "{role}");
            assert_eq!(mall.withdraw(&web, &digest(1)).await.unwrap_err().kind(), ErrorKind::Denied);
        }
    }
    // Nobody of another tenant learns anything.
    let elsewhere = Subject::new("77").with_tenant("treasury", Role::TenantAdministrator);
    let elsewhere = world.mall_for(elsewhere);
    assert!(elsewhere.publications(&PublicationQuery::default()).await.unwrap().is_empty());
    for image in [WEB, "nobody/nothing:1"] {
        for refused in [
            elsewhere.withdraw(&name(image), &digest(1)).await.map(|_| ()),
            elsewhere.request(&name(image), &digest(1), "").await.map(|_| ()),
            elsewhere.journal(&name(image), &digest(1)).await.map(|_| ()),
        ] {
            assert_eq!(refused.unwrap_err().kind(), ErrorKind::Denied, "{image}");
        }
    }
    // An auditor looks at all, and asks for nothing.
    let carl = world.mall_for(auditor("a1"));
    assert_eq!(carl.request(&web, &digest(1), "").await.unwrap_err().kind(), ErrorKind::Denied);
    assert_eq!(carl.publications(&PublicationQuery::default()).await.unwrap(), [asked]);
    assert_eq!(carl.journal(&web, &digest(1)).await.unwrap().len(), 1);
    let unknown = carl.approve(&web, &digest(9)).await.unwrap_err();
    assert_eq!(unknown.kind(), ErrorKind::UnknownPublication);
    let nowhere = carl.approve(&name("nobody/nothing:1"), &digest(1)).await.unwrap_err();
    assert_eq!(nowhere.kind(), ErrorKind::UnknownNamespace);
}

#[tokio::test(start_paused = true)]
async fn what_cannot_be_asked_or_said_changes_nothing() {
    let world = world().await;
    let (ben, carl, web) = (world.mall("ben"), world.mall("carl"), name(WEB));
    let refused = ben.request(&web, &digest(2), "").await.unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::PublicationRefused);
    assert_eq!(refused.to_string(), format!("`{WEB}` is something else than `{}` by now", digest(2)));
    let unknown = ben.request(&name("retail-shop/nothing:1"), &digest(1), "").await.unwrap_err();
    assert_eq!(unknown.kind(), ErrorKind::UnknownImage);
    ben.request(&web, &digest(1), "").await.unwrap();
    let twice = ben.request(&web, &digest(1), "").await.unwrap_err();
    assert_eq!(twice.to_string(), format!("the publication of `{WEB}` cannot be requested: it is requested"));
    let silent = carl.reject(&web, &digest(1), " \n ").await.unwrap_err();
    assert_eq!(silent.kind(), ErrorKind::PublicationRefused);
    assert_eq!(carl.journal(&web, &digest(1)).await.unwrap().len(), 1);
    carl.reject(&web, &digest(1), "no tests").await.unwrap();
    let late = carl.approve(&web, &digest(1)).await.unwrap_err();
    assert_eq!(late.to_string(), format!("the publication of `{WEB}` cannot be approved: it is rejected"));
    // Asked for once more, it goes on in the same journal.
    ben.request(&web, &digest(1), "now with tests").await.unwrap();
    carl.approve(&web, &digest(1)).await.unwrap();
    let journal = carl.journal(&web, &digest(1)).await.unwrap();
    let names: Vec<_> = journal.iter().map(|entry| entry.publication.state.name().name()).collect();
    assert_eq!(names, ["requested", "rejected", "requested", "approved"]);
}

#[tokio::test(start_paused = true)]
async fn what_is_in_production_can_be_published_when_test_has_gone_on() {
    let world = world().await;
    world.release(WEB, &digest(1)).await;
    world.images().sync(&name(WEB)).await.unwrap().1.unwrap().wait().await;
    world.push(WEB, &digest(2)).await;
    world.mall("ben").request(&name(WEB), &digest(1), "").await.unwrap();
    world.mall("carl").approve(&name(WEB), &digest(1)).await.unwrap();
    // Cleaned up in test, production has it still; what nobody has any more lapses.
    world.mall("ben").request(&name(WEB), &digest(2), "").await.unwrap();
    world.test.remove(WEB);
    world.images().look(&name(WEB)).await.unwrap();
    let states = |mall: Mall| async move {
        let all = mall.publications(&PublicationQuery::default()).await.unwrap();
        all.iter().map(|one| (one.digest.clone(), one.status)).collect::<Vec<_>>()
    };
    assert_eq!(
        states(world.mall("carl")).await,
        [(digest(1), PublicationStateName::Approved), (digest(2), PublicationStateName::Lapsed)]
    );
}

#[tokio::test(start_paused = true)]
async fn a_publication_lapses_with_its_image_and_does_not_come_back_by_itself() {
    let world = world().await;
    let (ben, carl, web) = (world.mall("ben"), world.mall("carl"), name(WEB));
    ben.request(&web, &digest(1), "").await.unwrap();
    carl.approve(&web, &digest(1)).await.unwrap();
    world.test.remove(WEB);
    world.images().look(&web).await.unwrap();
    assert_eq!(shown(&ben, &MallQuery::default().official()).await, [""; 0]);
    let journal = carl.journal(&web, &digest(1)).await.unwrap();
    assert_eq!(journal.last().unwrap().publication.state.name(), PublicationStateName::Lapsed);
    world.push(WEB, &digest(1)).await;
    assert_eq!(shown(&ben, &MallQuery::default().official()).await, [""; 0]);
    ben.request(&web, &digest(1), "again").await.unwrap();
    carl.approve(&web, &digest(1)).await.unwrap();
    assert_eq!(shown(&ben, &MallQuery::default().official()).await.len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_namespace_that_is_made_anew_has_nothing_of_the_old_one() {
    let world = World::new(None).await;
    // One that never was in production can be deleted.
    let trusted = world.platform.acting_as("anna".parse().unwrap());
    trusted.namespaces().create("retail", "passing").await.unwrap();
    let image = "passing/web:1";
    world.push(image, &digest(1)).await;
    let (ben, carl) = (world.mall("ben"), world.mall("carl"));
    ben.request(&name(image), &digest(1), "for the old one").await.unwrap();
    carl.approve(&name(image), &digest(1)).await.unwrap();
    world.test.remove(image);
    world.images().look(&name(image)).await.unwrap();
    trusted.namespaces().delete("retail", "passing").await.unwrap();
    trusted.tenants().put(&Tenant::new("treasury")).await.unwrap();
    trusted.namespaces().create("treasury", "passing").await.unwrap();
    world.push(image, &digest(1)).await;
    assert!(carl.publications(&PublicationQuery::default()).await.unwrap().is_empty());
    assert!(carl.journal(&name(image), &digest(1)).await.unwrap().is_empty());
    assert_eq!(
        carl.approve(&name(image), &digest(1)).await.unwrap_err().kind(),
        ErrorKind::UnknownPublication
    );
    ben.request(&name(image), &digest(1), "").await.unwrap();
    assert_eq!(carl.journal(&name(image), &digest(1)).await.unwrap().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_tenant_with_another_project_has_its_publications_still() {
    let world = world().await;
    world.mall_for(senior()).request(&name(WEB), &digest(1), "").await.unwrap();
    let mut tenant = Tenant::new("retail");
    tenant.project = Some("0c17".to_owned());
    world.platform.acting_as("anna".parse().unwrap()).tenants().put(&tenant).await.unwrap();
    let carl = world.mall_for(auditor("a1"));
    carl.approve(&name(WEB), &digest(1)).await.unwrap();
    // Who worked for it by the old project does not any more.
    let before = world.mall_for(senior()).withdraw(&name(WEB), &digest(1)).await.unwrap_err();
    assert_eq!(before.kind(), ErrorKind::Denied);
    let now = Subject::new("5f3c").with_name("ben").with_tenant("0c17", Role::SeniorMember);
    world.mall_for(now).withdraw(&name(WEB), &digest(1)).await.unwrap();
    assert_eq!(carl.journal(&name(WEB), &digest(1)).await.unwrap().len(), 3);
}

#[tokio::test(start_paused = true)]
async fn what_is_personal_is_shown_to_one_user() {
    let world = world().await;
    let trusted = world.platform.acting_as("anna".parse().unwrap());
    trusted.namespaces().create("retail", "dora").await.unwrap();
    let namespace = trusted.namespaces().set_personal("retail", "dora", Some("88")).await.unwrap();
    assert!(namespace.members.contains("88"));
    world.push("dora/try:1", &digest(3)).await;
    let user = |id: &str, role| Subject::new(id).with_tenant(PROJECT, role).with_namespace("dora");
    let personal = format!("dora/try:1 {} personal of retail", digest(3).short());
    let dora = world.mall_for(user("88", Role::RestrictedMember));
    assert_eq!(all(&dora).await, slice::from_ref(&personal));
    assert!(!all(&world.mall_for(user("89", Role::TenantAdministrator))).await.contains(&personal));
    let root = world.mall_for(Subject::new("r").with_platform(Role::PlatformAdministrator));
    assert!(all(&root).await.contains(&personal));
    // To the tenant as a whole it is not shown, and it is not published.
    let retail = MallQuery::default().tenant("retail");
    assert_eq!(shown(&root, &retail).await, [format!("{WEB} {} public of retail", digest(1).short())]);
    let refused = world.mall("ben").request(&name("dora/try:1"), &digest(3), "").await.unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::PublicationRefused);
    // Shared, it can be; and what is published is not made personal.
    trusted.namespaces().set_personal("retail", "dora", None).await.unwrap();
    world.mall("ben").request(&name("dora/try:1"), &digest(3), "").await.unwrap();
    let refused = trusted.namespaces().set_personal("retail", "dora", Some("88")).await.unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::PublicationRefused);
    let member = world.platform.acting_for(user("88", Role::SeniorMember)).unwrap();
    let refused = member.namespaces().set_personal("retail", "dora", Some("88")).await.unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::Denied);
    let wrong = trusted.namespaces().set_personal("retail", "dora", Some("..")).await.unwrap_err();
    assert_eq!(wrong.kind(), ErrorKind::InvalidName);
}

#[tokio::test(start_paused = true)]
async fn members_are_shown_the_namespaces_that_they_may_see() {
    let world = world().await;
    let outside = Subject::new("90").with_tenant(PROJECT, Role::RestrictedMember);
    assert!(all(&world.mall_for(outside.clone())).await.is_empty());
    assert_eq!(all(&world.mall_for(outside.with_namespace("retail-shop"))).await.len(), 1);
    let frozen = senior().with_frozen(PROJECT);
    assert!(all(&world.mall_for(frozen)).await.is_empty());
    // Of tenants that are not there only those learn who may see all.
    let nobody = MallQuery::default().tenant("nobody");
    assert!(shown(&world.mall_for(senior()), &nobody).await.is_empty());
    assert_eq!(world.mall("root").list(&nobody).await.unwrap_err().kind(), ErrorKind::UnknownTenant);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_many_who_ask_and_judge_at_once_one_is_first() {
    let world = world().await;
    let other = world.another("two").await;
    let malls: Vec<Mall> = (0..8)
        .map(|number| {
            let platform = if number % 2 == 0 { &world.platform } else { &other };
            platform.acting_as(format!("judge-{number}").parse().unwrap()).mall()
        })
        .collect();
    for round in 0..10 {
        let asked = at_once(&malls, |_, mall| async move { mall.request(&name(WEB), &digest(1), "").await });
        let asked = asked.await;
        assert_eq!(asked.iter().filter(|asked| asked.is_ok()).count(), 1, "{round}");
        let first = asked.iter().flatten().next().unwrap();
        assert_eq!(first.status, PublicationStateName::Requested);
        let judged = at_once(&malls, |number, mall| async move {
            match number % 3 {
                0 => mall.approve(&name(WEB), &digest(1)).await,
                1 => mall.reject(&name(WEB), &digest(1), "no").await,
                _ => mall.withdraw(&name(WEB), &digest(1)).await,
            }
        });
        let judged = judged.await;
        for error in judged.iter().filter_map(|judged| judged.as_ref().err()) {
            assert_eq!(error.kind(), ErrorKind::PublicationRefused, "{error}");
        }
        // One ends it; before that, an approval may have come in between.
        let ended =
            judged.iter().flatten().filter(|one| one.status != PublicationStateName::Approved).count();
        assert_eq!(ended, 1, "{round}");
    }
    let journal = malls[0].journal(&name(WEB), &digest(1)).await.unwrap();
    let numbers: Vec<u64> = journal.iter().map(|entry| entry.number).collect();
    assert_eq!(numbers, (1..=numbers.len() as u64).collect::<Vec<_>>());
    assert!((20..=30).contains(&numbers.len()), "{}", numbers.len());
    // One message of the audit for each entry.
    let (mut told, mut after) = (0, 0);
    loop {
        let page = world.store.peek(topics::AUDIT, after, 50).await.unwrap();
        let Some(last) = page.items.last() else { break };
        after = last.id;
        let is_publication =
            |message: &&Message| String::from_utf8_lossy(&message.bytes).contains("\"publication.");
        told += page.items.iter().filter(is_publication).count();
    }
    assert_eq!(told, numbers.len());
}

/// What comes of something that all do at once, each on a thread.
async fn at_once<T: Send + 'static, F: Future<Output = T> + Send + 'static>(
    malls: &[Mall],
    does: impl Fn(usize, Mall) -> F,
) -> Vec<T> {
    let tasks: Vec<_> =
        malls.iter().enumerate().map(|(number, mall)| tokio::spawn(does(number, mall.clone()))).collect();
    let mut all = Vec::new();
    for task in tasks {
        all.push(task.await.unwrap());
    }
    all
}
