//! Images that are in zones only, in the mall.

use super::world::{WEB, World, ZONES, digest, name};
use paas_core::images::mall::PublicationStateName;
use paas_platform::{ErrorKind, Mall, MallQuery};

async fn shown(mall: &Mall) -> Vec<String> {
    let images = mall.list(&MallQuery::default().official()).await.unwrap();
    images.iter().map(|image| image.entry.image.to_string()).collect()
}

#[tokio::test(start_paused = true)]
async fn what_is_in_zones_is_published_until_it_is_in_none() {
    let world = World::new().await;
    world.registries.push("north", WEB, &digest(1));
    world.settle().await;
    let mall = |actor: &str| world.platform.acting_as(actor.parse().unwrap()).mall();
    let (ben, carl) = (mall("ben"), mall("carl"));
    let all = ben.list(&MallQuery::default().tenant("retail")).await.unwrap();
    assert_eq!((all.len(), &all[0].entry.digest), (1, &digest(1)));
    let other = ben.request(&name(WEB), &digest(2), "").await.unwrap_err();
    assert_eq!(other.kind(), ErrorKind::PublicationRefused);
    ben.request(&name(WEB), &digest(1), "").await.unwrap();
    carl.approve(&name(WEB), &digest(1)).await.unwrap();
    assert_eq!(shown(&ben).await, [WEB]);

    // Gone from where it belongs, others have it still.
    world.registries.delete("north", WEB);
    world.settle().await;
    assert_eq!(shown(&ben).await, [WEB]);
    for place in ZONES {
        world.registries.delete(place, WEB);
    }
    world.settle().await;
    assert!(shown(&ben).await.is_empty());
    let journal = carl.journal(&name(WEB), &digest(1)).await.unwrap();
    let last = journal.last().unwrap();
    assert_eq!((last.number, last.publication.state.name()), (3, PublicationStateName::Lapsed));
}
