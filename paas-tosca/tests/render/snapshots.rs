//! Whole files, as they are.

use super::releases::everything;
use paas_tosca::rancher::render;

#[test]
fn a_release_with_everything() {
    for part in render(&everything()) {
        insta::assert_snapshot!(format!("{}-docker-compose", part.folder), part.docker_compose);
        insta::assert_snapshot!(format!("{}-rancher-compose", part.folder), part.rancher_compose);
    }
}
