use super::{Harbor, column, header, refusal};
use paas_sandbox::Sandbox;

/// A Harbor with 25 projects beside `library`.
fn many() -> (Sandbox, Harbor) {
    let sandbox = Sandbox::start().unwrap();
    for n in 0..25 {
        sandbox.harbor_project(&format!("p{n:02}"), "admin").unwrap();
        sandbox.harbor_user(&format!("u{n:02}"));
    }
    let admin = Harbor::admin(&sandbox);
    (sandbox, admin)
}

#[test]
fn a_page_has_ten_rows_and_a_hundred_at_most() {
    let (_sandbox, admin) = many();
    let first = admin.get("/projects").ok();
    assert_eq!(column(&first, "name").len(), 10);
    assert_eq!(header(&first, "x-total-count"), Some("26"));
    assert_eq!(header(&first, "link"), Some("</api/v2.0/projects?page=2&page_size=10>; rel=\"next\""));
    let second = admin.get("/projects?page=2&page_size=10").ok();
    assert_eq!(
        header(&second, "link"),
        Some(
            "</api/v2.0/projects?page=1&page_size=10>; rel=\"prev\" , </api/v2.0/projects?page=3&page_size=10>; rel=\"next\""
        )
    );
    let last = admin.get("/projects?page=3").ok();
    assert_eq!(column(&last, "name").len(), 6);
    assert_eq!(header(&last, "link"), Some("</api/v2.0/projects?page=2&page_size=10>; rel=\"prev\""));
    let all = admin.get("/projects?page_size=100").ok();
    assert_eq!((column(&all, "name").len(), header(&all, "link")), (26, None));
    assert!(column(&admin.get("/projects?page=4"), "name").is_empty());
    for wrong in ["page_size=101", "page_size=x", "page=-1"] {
        assert_eq!(
            refusal(&admin.get(&format!("/projects?{wrong}"))),
            (422, "UNPROCESSABLE_ENTITY"),
            "{wrong}"
        );
    }
}

#[test]
fn lists_are_filtered() {
    let (sandbox, admin) = many();
    assert_eq!(column(&admin.get("/projects?name=p2"), "name"), ["p20", "p21", "p22", "p23", "p24"]);
    assert_eq!(column(&admin.get("/projects?public=true"), "name"), ["library"]);
    assert_eq!(column(&admin.get("/projects?public=false&name=lib"), "name"), Vec::<&str>::new());
    assert!(column(&admin.get("/projects?owner=u01"), "name").is_empty());
    assert_eq!(
        column(&admin.get("/users/search?username=u0&page_size=3"), "username"),
        ["u00", "u01", "u02"]
    );
    assert_eq!(header(&admin.get("/users"), "x-total-count"), Some("26"));
    assert_eq!(refusal(&admin.get("/users/search")), (422, "UNPROCESSABLE_ENTITY"));
    // A link holds what was asked for unescaped, which makes another query of it.
    sandbox.harbor_user("a&page=9");
    sandbox.harbor_user("b&page=9");
    let found = admin.get("/users/search?username=%26page%3D9&page_size=1").ok();
    let link = "</api/v2.0/users/search?page=2&page_size=1&username=&page=9>; rel=\"next\"";
    assert_eq!(header(&found, "link"), Some(link));
}

#[test]
fn members_of_a_name_are_counted_with_all_others() {
    let (sandbox, admin) = many();
    for n in 0..3 {
        let body = serde_json::json!({"role_id": 2, "member_user": {"username": format!("u{n:02}")}});
        admin.post("/projects/library/members", &body).ok();
    }
    let found = admin.get("/projects/1/members?entityname=u01").ok();
    assert_eq!(column(&found, "entity_name"), ["u01"]);
    assert_eq!(header(&found, "x-total-count"), Some("4"));
    assert!(
        column(&admin.get("/projects/1/members?entityname=u0"), "entity_name").is_empty(),
        "a whole name"
    );
    let page = admin.get("/projects/1/members?page=2&page_size=3").ok();
    assert_eq!(column(&page, "entity_name"), ["u02"], "by their names");
    assert_eq!(sandbox.harbor_members("library").len(), 4);
}
