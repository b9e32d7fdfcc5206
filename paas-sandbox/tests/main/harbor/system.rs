use super::{Harbor, refusal};
use paas_sandbox::Sandbox;

#[test]
fn it_says_how_it_is_to_all_and_its_version_to_users() {
    let sandbox = Sandbox::start().unwrap();
    let (nobody, admin) = (Harbor::nobody(&sandbox), Harbor::admin(&sandbox));
    assert_eq!(nobody.get("/ping").bytes, b"Pong");
    assert_eq!(nobody.get("/health").body["status"], "healthy");
    assert!(nobody.get("/systeminfo").body.get("harbor_version").is_none());
    let info = admin.get("/systeminfo").ok();
    assert!(info.body["harbor_version"].as_str().unwrap().ends_with("sandbox"));
    assert_eq!(format!("http://{}", info.body["registry_url"].as_str().unwrap()), sandbox.url());
    assert!(admin.get("/usergroups").body.as_array().unwrap().is_empty());
    assert!(admin.get("/usergroups/search?groupname=a").body.as_array().unwrap().is_empty());
    // What Harbor has and the sandbox has not.
    assert_eq!(refusal(&admin.get("/robots")), (404, "NOT_FOUND"));
    assert_eq!(refusal(&admin.get("/projects/library/webhook/jobs")), (404, "NOT_FOUND"));
}
