//! `clouds.yaml` and the variables `OS_*`.

use paas_client::{
    ErrorKind, KeystoneClient,
    keystone::{CloudFiles, Configuration},
    transport::{Canned, Request, Response},
};
use std::{collections::BTreeMap, fs};

const CLOUDS: &str = r#"
clouds:
  bank:
    profile: house
    auth:
      username: gateway
      user-domain-name: Default
      project_name: service
      project_domain_id: default
    region_name: RegionOne
    interface: internal
  system:
    auth_type: v3password
    auth: { auth_url: 'https://b.example', user_id: u1, password: 'hidden', system_scope: all }
  ci:
    auth_type: v3applicationcredential
    auth: { auth_url: 'https://c.example/v3', application_credential_id: a1, application_credential_secret: hidden }
    regions: [ R1, { name: R2, values: {} } ]
"#;
const SECURE: &str = "clouds: { bank: { auth: { password: hidden } }, other: { auth: { password: x } } }";
const PUBLIC: &str =
    "public-clouds: { house: { auth: { auth_url: 'https://a.example:5000/v3', username: nobody } } }";

fn files() -> CloudFiles {
    CloudFiles::default().clouds(CLOUDS).secure(SECURE).public(PUBLIC)
}

fn variables(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// Address and body of the login.
fn sent(configuration: &Configuration) -> String {
    let server = Canned::new(|_: &Request| Ok(Response::new(401, "")));
    let client = KeystoneClient::builder()
        .configuration(configuration)
        .unwrap()
        .transport(server.clone())
        .build()
        .unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(client.own_token()).unwrap_err();
    let request = &server.requests()[0];
    let body = String::from_utf8(request.body.clone().unwrap()).unwrap();
    let url = request.url.split('?').next().unwrap().to_owned();
    format!("{url} {}", body.replace("{\"auth\":{\"identity\":{\"methods\":", "").replace('"', ""))
}

fn resolve(cloud: Option<&str>, pairs: &[(&str, &str)]) -> Result<Configuration, String> {
    Configuration::resolve(cloud, &files(), &variables(pairs)).map_err(|error| {
        assert_eq!(error.kind(), ErrorKind::Configuration);
        let text = format!("{error} {error:?}");
        assert!(!text.contains("hidden"), "{text}");
        error.to_string()
    })
}

#[test]
fn clouds_are_read_as_openstack_reads_them() {
    for (cloud, expected) in [
        (
            "bank",
            "https://a.example:5000/v3/auth/tokens [password],password:{user:{name:gateway,domain:{name:Default},password:hidden}}},scope:{project:{name:service,domain:{id:default}}}}}",
        ),
        (
            "system",
            "https://b.example/v3/auth/tokens [password],password:{user:{id:u1,password:hidden}}},scope:{system:{all:true}}}}",
        ),
        (
            "ci",
            "https://c.example/v3/auth/tokens [application_credential],application_credential:{id:a1,secret:hidden}}}}",
        ),
    ] {
        assert_eq!(sent(&resolve(Some(cloud), &[]).unwrap()), expected);
        assert_eq!(sent(&resolve(None, &[("OS_CLOUD", cloud)]).unwrap()), expected);
    }
    let bank = resolve(Some("bank"), &[]).unwrap();
    assert_eq!(
        (bank.name(), bank.region_name(), bank.interface()),
        ("bank", Some("RegionOne"), Some("internal"))
    );
    assert_eq!(resolve(Some("ci"), &[]).unwrap().region_name(), Some("R1"));
    assert_eq!(resolve(Some("ci"), &[("OS_REGION_NAME", "R2")]).unwrap().region_name(), Some("R2"));
    assert!(resolve(Some("ci"), &[("OS_REGION_NAME", "R3")]).unwrap_err().contains("`R1`, `R2`"));
    assert!(!format!("{bank:?} {:?}", files()).contains("hidden"));
}

#[test]
fn variables_describe_a_cloud_of_their_own() {
    let base = [
        ("OS_AUTH_URL", "https://v.example:5000/v3"),
        ("OS_USERNAME", "anna"),
        ("OS_PASSWORD", "hidden"),
        ("OS_USER_DOMAIN_NAME", "bank"),
    ];
    let with = |more: &[(&str, &str)]| {
        let pairs: Vec<_> = base.iter().chain(more).copied().collect();
        resolve(None, &pairs).map(|configuration| sent(&configuration))
    };
    let user = "https://v.example:5000/v3/auth/tokens [password],password:{user:{name:anna,domain:{name:bank},password:hidden}}}";
    for (more, scope) in [
        (&[][..], ""),
        (&[("OS_PROJECT_ID", "p1"), ("OS_PROJECT_NAME", "")], ",scope:{project:{id:p1}}"),
        (&[("OS_TENANT_ID", "p1")], ",scope:{project:{id:p1}}"),
        (
            &[
                ("OS_PROJECT_NAME", "retail"),
                ("OS_PROJECT_DOMAIN_NAME", "bank"),
                ("OS_IDENTITY_API_VERSION", "3"),
            ],
            ",scope:{project:{name:retail,domain:{name:bank}}}",
        ),
        (
            &[("OS_PROJECT_NAME", "retail"), ("OS_DEFAULT_DOMAIN_ID", "d1")],
            ",scope:{project:{name:retail,domain:{id:d1}}}",
        ),
        (
            &[("OS_PROJECT_NAME", "retail"), ("OS_DOMAIN_ID", "d1")],
            ",scope:{project:{name:retail,domain:{id:d1}}}",
        ),
        (&[("OS_DOMAIN_NAME", "bank")], ",scope:{domain:{name:bank}}"),
        (&[("OS_SYSTEM_SCOPE", "all")], ",scope:{system:{all:true}}"),
        (&[("OS_TRUST_ID", "t1")], ",scope:{OS-TRUST:trust:{id:t1}}"),
    ] {
        assert_eq!(with(more).as_deref(), Ok(format!("{user}{scope}}}}}").as_str()), "{more:?}");
    }
    // A cloud of a file is taken as it stands there; variables do not change it.
    assert!(with(&[("OS_CLOUD", "system")]).unwrap().contains("https://b.example"));
    assert!(with(&[("OS_PROJECT_ID", "p1"), ("OS_SYSTEM_SCOPE", "all")]).unwrap_err().contains("one scope"));
    assert!(with(&[("OS_SYSTEM_SCOPE", "some")]).unwrap_err().contains("only be `all`"));
    assert!(with(&[("OS_AUTH_TYPE", "v3oidcpassword")]).unwrap_err().contains("`v3oidcpassword`"));
    assert!(with(&[("OS_CLOUD_NAME", "bank")]).unwrap_err().contains("is called `bank`"));
    assert_eq!(resolve(None, &base).unwrap().name(), "envvars");

    let token = [("OS_AUTH_URL", "https://v.example"), ("OS_TOKEN", "tok"), ("OS_PROJECT_ID", "p1")];
    assert!(
        sent(&resolve(None, &token).unwrap()).contains("[token],token:{id:tok}},scope:{project:{id:p1}}")
    );
    let token = [("OS_AUTH_URL", "https://v.example"), ("OS_TOKEN", "tok"), ("OS_AUTH_TYPE", "v3token")];
    assert!(sent(&resolve(None, &token).unwrap()).contains("[token],token:{id:tok}"));
    let named = [
        ("OS_AUTH_URL", "https://v.example"),
        ("OS_AUTH_TYPE", "v3applicationcredential"),
        ("OS_APPLICATION_CREDENTIAL_NAME", "ci"),
        ("OS_APPLICATION_CREDENTIAL_SECRET", "hidden"),
        ("OS_USERNAME", "anna"),
        ("OS_USER_DOMAIN_ID", "d1"),
    ];
    assert!(
        sent(&resolve(None, &named).unwrap())
            .contains("{name:ci,user:{name:anna,domain:{id:d1}},secret:hidden}")
    );
}

#[test]
fn what_is_missing_or_wrong_is_said_with_what_to_do() {
    for (pairs, words) in [
        (&[][..], "`OS_CLOUD` does not say which cloud; there is `bank`, `system`, `ci`, `other`"),
        (&[("OS_CLOUD", "shop")], "no cloud is called `shop`"),
        (&[("OS_CLOUD", "other")], "the cloud `other`: `auth_url` is missing"),
        (&[("OS_USERNAME", "anna")], "set `OS_AUTH_URL`"),
        (
            &[("OS_AUTH_URL", "https://v.example")],
            "`username` is missing; write it below `auth`, or set `OS_USERNAME`",
        ),
        (&[("OS_AUTH_URL", "https://v.example"), ("OS_USERNAME", "anna")], "the user `anna` has no domain"),
        (&[("OS_AUTH_URL", "https://v.example"), ("OS_USER_ID", "u1")], "set `OS_PASSWORD`"),
    ] {
        assert!(resolve(None, pairs).unwrap_err().contains(words), "{words}: {:?}", resolve(None, pairs));
    }
    let none = Configuration::resolve(None, &CloudFiles::default(), &variables(&[("OS_REGION_NAME", "x")]))
        .unwrap_err();
    assert!(none.to_string().contains("there is no cloud"), "{none}");
    for (text, words) in [
        ("clouds: { a: { auth: { password: hidden", "is not YAML, line 2 column 1"),
        ("hidden", "is not a mapping with `clouds`"),
        ("clouds: hidden", "`clouds` of `clouds.yaml` is not a mapping"),
        ("clouds: { a: hidden }", "the cloud `a` is not a mapping"),
        ("clouds: { a: { auth: hidden } }", "`auth` of the cloud `a` is not a mapping"),
        ("clouds: { a: { auth: { auth_url: x, user_id: u, password: 12345 } } }", "put it in quotes"),
        ("clouds: { a: { profile: vexxhost } }", "profile `vexxhost`"),
        ("clouds: { a: { auth: { auth_url: [ hidden ] } } }", "`auth_url` is not a text"),
        (
            "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nclouds: { a: [*e,*e,*e,*e,*e,*e,*e,*e,*e] }",
            "clouds.yaml",
        ),
    ] {
        let error =
            Configuration::resolve(None, &CloudFiles::default().clouds(text), &BTreeMap::new()).unwrap_err();
        let said = format!("{error} {error:?}");
        assert!(said.contains(words) && !said.contains("hidden"), "{text}: {said}");
    }
}

#[test]
fn certificates_are_always_checked() {
    let cloud = |more: &str| {
        let text = format!(
            "clouds: {{ a: {{ auth: {{ auth_url: 'https://a.example', user_id: u, password: p4ss }}, {more} }} }}"
        );
        Configuration::resolve(None, &CloudFiles::default().clouds(text), &BTreeMap::new()).unwrap()
    };
    for more in ["verify: false", "insecure: true", "verify: 'no'"] {
        let error = cloud(more).tls().unwrap_err();
        assert!(error.to_string().contains("`cacert`"), "{error}");
        assert!(KeystoneClient::builder().configuration(&cloud(more)).is_err());
    }
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/tls/root.pem");
    assert!(cloud(&format!("verify: true, cacert: {root}")).tls().is_ok());
    assert!(cloud("cacert: /nowhere/at/all.pem").tls().unwrap_err().to_string().contains("cannot be read"));
    assert!(cloud("key: /nowhere/at/all.pem").tls().unwrap_err().to_string().contains("without `cert`"));
}

#[test]
fn files_are_looked_for_where_openstack_looks() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join(".config/openstack");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("clouds.yml"), CLOUDS).unwrap();
    fs::write(folder.join("secure.json"), r#"{"clouds":{"bank":{"auth":{"password":"hidden"}}}}"#).unwrap();
    fs::write(folder.join("clouds-public.yaml"), PUBLIC).unwrap();
    let at_home = variables(&[("HOME", home.path().to_str().unwrap())]);
    let found = CloudFiles::search(&at_home).unwrap();
    assert!(Configuration::resolve(Some("bank"), &found, &at_home).is_ok());

    let told = home.path().join("told.yaml");
    fs::write(
        &told,
        "clouds: { told: { auth: { auth_url: 'https://t.example', user_id: u, password: p4ss } } }",
    )
    .unwrap();
    let mut named = at_home.clone();
    named.insert("OS_CLIENT_CONFIG_FILE".to_owned(), told.to_str().unwrap().to_owned());
    let found = CloudFiles::search(&named).unwrap();
    assert_eq!(Configuration::resolve(Some("told"), &found, &named).unwrap().name(), "told");
    // One that is named and is not there is no matter of taste.
    named.insert("OS_CLIENT_CONFIG_FILE".to_owned(), "/nowhere/at/all.yaml".to_owned());
    assert!(CloudFiles::search(&named).unwrap_err().to_string().contains("cannot be read"));
    fs::create_dir(folder.join("clouds.yaml")).unwrap();
    assert!(CloudFiles::search(&at_home).unwrap_err().to_string().contains("is not a file"));
}
