//! What is made is made once: before it is asked for again, it is looked for.

use super::{asked, canned, created, project, refused};
use crate::virtual_time::VirtualTime;
use paas_client::{
    Error, ErrorKind, HarborClient, Result, Seeded,
    harbor::{
        GroupKind, Login, MemberId, NewMember, NewProject, ProjectId, ProjectName, ProjectRole, UserId,
    },
    transport::{Canned, Request, Response, TransportError, TransportErrorKind},
};
use std::sync::Mutex;

type Answer = Result<Response, TransportError>;

fn lost() -> Answer {
    Err(TransportError::new(TransportErrorKind::Interrupted, "reset"))
}

fn name() -> ProjectName {
    "retail".parse().unwrap()
}

/// A server that gives these answers in turn.
fn script(time: &VirtualTime, answers: Vec<Answer>) -> (HarborClient, Canned) {
    let answers = Mutex::new(answers.into_iter());
    canned(time.clone(), move |request: &Request| {
        answers.lock().unwrap().next().unwrap_or_else(|| panic!("{request:?} was not expected"))
    })
}

fn create(answers: Vec<Answer>) -> (Result<ProjectId>, Vec<String>) {
    let time = VirtualTime::default();
    let (client, server) = script(&time, answers);
    (time.run(client.create_project(&NewProject::new(name()))), asked(&server))
}

fn add(answers: Vec<Answer>) -> (Result<MemberId>, Vec<String>) {
    let time = VirtualTime::default();
    let (client, server) = script(&time, answers);
    let new = NewMember::User(UserId::new(3));
    (time.run(client.add_member(ProjectId::new(7), &new, ProjectRole::Guest)), asked(&server))
}

const POST: &str = "POST /projects";
const LOOK: &str = "GET /projects/retail";

#[test]
fn a_good_answer_tells_the_id() {
    for location in
        ["/api/v2.0/projects/7", "https://harbor.example/api/v2.0/projects/7/", "/projects/7?x=9#1"]
    {
        let (made, lines) = create(vec![Ok(created(location))]);
        assert_eq!((made.unwrap(), lines), (ProjectId::new(7), vec![POST.to_owned()]));
    }
}

#[test]
fn a_lost_answer_is_looked_for() {
    for first in [
        lost(),
        Ok(Response::new(500, "")),
        Ok(refused(503)),
        Err(TransportError::new(TransportErrorKind::Timeout, "late")),
    ] {
        // It was made.
        let (made, lines) = create(vec![first.clone(), Ok(project("paas"))]);
        assert_eq!((made.unwrap(), lines), (ProjectId::new(7), vec![POST.to_owned(), LOOK.to_owned()]));
        // It was not.
        let (made, lines) = create(vec![first.clone(), Ok(refused(404)), Ok(created("/projects/8"))]);
        assert_eq!(made.unwrap(), ProjectId::new(8));
        assert_eq!(lines, [POST, LOOK, POST]);
        // The first one arrives after the look.
        let (made, lines) =
            create(vec![first.clone(), Ok(refused(404)), Ok(refused(409)), Ok(project("paas"))]);
        assert_eq!(made.unwrap(), ProjectId::new(7));
        assert_eq!(lines, [POST, LOOK, POST, LOOK]);
        // Somebody else made one meanwhile.
        let (made, _) = create(vec![first.clone(), Ok(project("anna"))]);
        let error = made.unwrap_err();
        assert!(error.kind() == ErrorKind::Exists && error.outcome_unknown(), "{error}");
        // Nobody can tell.
        let (made, lines) = create(vec![first, Ok(refused(403))]);
        let error = made.unwrap_err();
        assert!(error.kind() == ErrorKind::Forbidden && error.outcome_unknown(), "{error}");
        assert_eq!(lines.len(), 2);
    }
}

#[test]
fn an_answer_without_an_id_is_looked_for_once() {
    for bad in [Response::new(201, ""), created("/projects/none"), Response::new(200, "<html>Log in</html>")]
    {
        let (made, lines) = create(vec![Ok(bad.clone()), Ok(project("paas"))]);
        assert_eq!((made.unwrap(), lines.len()), (ProjectId::new(7), 2));
        let (made, lines) = create(vec![Ok(bad), Ok(refused(404))]);
        let error = made.unwrap_err();
        assert!(error.kind() == ErrorKind::Protocol && error.outcome_unknown(), "{error}");
        assert_eq!(lines.len(), 2);
    }
}

#[test]
fn what_was_refused_is_not_asked_for_again() {
    for (status, kind) in [
        (400, ErrorKind::Invalid),
        (401, ErrorKind::Unauthorized),
        (403, ErrorKind::Forbidden),
        (409, ErrorKind::Exists),
        (412, ErrorKind::Precondition),
    ] {
        let (made, lines) = create(vec![Ok(refused(status))]);
        let error = made.unwrap_err();
        assert_eq!((error.kind(), lines.len()), (kind, 1));
        assert!(!error.outcome_unknown() && !error.is_retryable(), "{error}");
    }
    // What was not taken can be asked for again without a look.
    let connect = || Err(TransportError::new(TransportErrorKind::Connect, "refused"));
    let (made, lines) = create(vec![connect(), Ok(refused(429)), Ok(created("/projects/7"))]);
    assert_eq!((made.unwrap(), lines), (ProjectId::new(7), vec![POST.to_owned(); 3]));
}

#[test]
fn a_doubt_stays_until_the_end() {
    // The last failure alone would say that nothing was sent.
    let connect = || Err(TransportError::new(TransportErrorKind::Connect, "refused"));
    let mut answers = vec![lost(), Ok(refused(404))];
    for _ in 0..20 {
        answers.extend([connect(), Ok(refused(404))]);
    }
    let (made, _) = create(answers);
    let error = made.unwrap_err();
    assert!(error.kind() == ErrorKind::Connect && error.outcome_unknown(), "{error}");
}

#[test]
fn what_a_robot_may_have_made_is_not_claimed() {
    let time = VirtualTime::default();
    let answers = Mutex::new(vec![lost(), Ok(project("robot$paas"))].into_iter());
    let server = Canned::new(move |_| answers.lock().unwrap().next().unwrap());
    let client = HarborClient::builder()
        .url("https://harbor.example")
        .login(Login::robot("robot$paas", "hidden"))
        .transport(server)
        .clock(time.clone())
        .randomness(Seeded::new(1))
        .build()
        .unwrap();
    let error: Error = time.run(client.create_project(&NewProject::new(name()))).unwrap_err();
    assert!(error.kind() == ErrorKind::Exists && error.outcome_unknown(), "{error}");
}

#[test]
fn members_are_added_once() {
    let row = |user: u64, kind: &str, role: u64| {
        Ok(Response::new(
            200,
            format!(
                r#"[{{"id":12,"entity_id":{user},"entity_type":"{kind}","entity_name":"anna","role_id":{role}}}]"#
            ),
        ))
    };
    let location = "/api/v2.0/projects/7/members/12";
    assert_eq!(add(vec![Ok(created(location))]).0.unwrap(), MemberId::new(12));
    // It is there, with that role.
    let (added, lines) = add(vec![lost(), row(3, "u", 3)]);
    assert_eq!((added.unwrap(), lines.len()), (MemberId::new(12), 2));
    // A group of that id, and another user: it is not there.
    for others in [row(3, "g", 3), row(4, "u", 3), Ok(Response::new(200, "[]"))] {
        let (added, lines) = add(vec![lost(), others, Ok(created(location))]);
        assert_eq!((added.unwrap(), lines.len()), (MemberId::new(12), 3));
    }
    // With another role: somebody else was quicker, or it had been there.
    let (added, _) = add(vec![lost(), row(3, "u", 1)]);
    let error = added.unwrap_err();
    assert!(error.kind() == ErrorKind::Exists && error.outcome_unknown(), "{error}");
    // Of a group by its name nothing can be known.
    let time = VirtualTime::default();
    let (client, server) = script(&time, vec![lost()]);
    let group = NewMember::GroupNamed { name: "team".to_owned(), kind: GroupKind::Oidc };
    let error = time.run(client.add_member(&name(), &group, ProjectRole::Guest)).unwrap_err();
    assert!(error.outcome_unknown() && server.requests().len() == 1, "{error}");
}

#[test]
fn a_role_of_which_nobody_knows_what_it_may_is_not_given() {
    let time = VirtualTime::default();
    let (client, server) = script(&time, Vec::new());
    let (project, member, role) = (ProjectId::new(7), MemberId::new(1), ProjectRole::Other(6));
    let new = NewMember::User(UserId::new(3));
    let added = time.run(client.add_member(project, &new, role)).unwrap_err();
    let set = time.run(client.set_member_role(project, member, role)).unwrap_err();
    for error in [added, set] {
        assert_eq!((error.kind(), error.code()), (ErrorKind::Configuration, "client.harbor.configuration"));
    }
    assert!(server.requests().is_empty());
}
