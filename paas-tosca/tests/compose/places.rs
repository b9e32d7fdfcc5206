//! Places are those of the files that people have, and words are theirs.

use super::{import, taken};
use paas_core::diagnostic::Place;
use paas_tosca::compose::Kept;

fn text<'t>(file: &'t str, place: &Place) -> &'t str {
    &file[place.start.offset as usize..place.end.offset as usize]
}

/// Actions take lines away and write others: what is told stands where it was written.
#[test]
fn places_in_files_with_templates() {
    let docker = "
{{- if eq .Values.SIZE \"large\" }}
many:
  image: a:1
  scale: 9
{{- else }}
web:
  image: a:{{ .Values.TAG }}
  {{- if .Values.LOGS }}
  log_driver: {{ .Values.LOGS }}
  {{- end }}
  mac_address: é{{ .Values.TAG }}
{{- end }}
db: { image: 'b:1', cpu_shares: -1 }
";
    let imported = import(docker, "", &[("SIZE", "small"), ("TAG", "7"), ("LOGS", "syslog")]);
    let told: Vec<_> = imported
        .losses
        .iter()
        .map(|loss| (loss.place.start.line, text(docker, &loss.place), loss.key.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            (2, "{{- if eq .Values.SIZE \"large\" }}", "SIZE"),
            (8, "{{ .Values.TAG }}", "TAG"),
            (9, "{{- if .Values.LOGS }}", "LOGS"),
            (10, "log_driver", "log_driver"),
            (12, "mac_address", "mac_address"),
            (14, "-1", "cpu_shares"),
        ]
    );
    let web = &imported.application.as_ref().unwrap().services[0];
    assert_eq!(text(docker, &web.origin.place().unwrap()), "web");
    assert_eq!(imported.sources.as_ref()[0].text(), docker);
}

#[test]
fn problems_in_files_with_templates() {
    let docker = "{{ if .Values.A }}{{ end }}
web:
  image: a:1
  scale: {{ .Values.A }}
  prots: [ '{{ .Values.NONE }}' ]
  command: \"a
";
    let imported = import(docker, "", &[("A", "x")]);
    // The quote does not end, so that nothing else is read.
    let problem = imported.diagnostics.iter().find(|it| it.is_error()).unwrap();
    assert!(problem.code.as_str().starts_with("yaml."), "{problem}");
    assert!(problem.place().unwrap().start.line >= 6, "{problem}");
    let docker = docker.replace(" \"a", " a");
    let imported = import(&docker, "", &[("A", "x")]);
    let told: Vec<_> = imported
        .diagnostics
        .iter()
        .map(|it| (it.code.as_str(), text(&docker, it.place().unwrap())))
        .collect();
    assert_eq!(
        told,
        [
            ("compose.value", "{{ .Values.A }}"),
            ("compose.unknown_key", "prots"),
            ("compose.unanswered", "{{ .Values.NONE }}"),
        ]
    );
}

#[test]
fn passwords_in_templates_are_told_at_the_action() {
    let docker = "web:\n  image: a:1\n  command: run {{.Values.PW}}\n";
    let rancher = ".catalog: { questions: [ { variable: PW, type: password } ] }";
    let imported = import(docker, rancher, &[("PW", "TOPSECRET")]);
    let problem = imported.diagnostics.iter().next().unwrap();
    assert_eq!(problem.code.as_str(), "compose.secret");
    assert_eq!(text(docker, problem.place().unwrap()), "{{.Values.PW}}");
}

/// Files without a version have words of their own.
#[test]
fn words_of_version_one() {
    let docker = "web: { image: 'a:1', net: none, log_driver: syslog, log_opt: { a: b }, cpuset: '0,1' }
api: { image: 'a:1', net: 'container:gone', log_opt: { a: b } }";
    let (_, imported) = taken(docker);
    let told: Vec<_> = imported
        .losses
        .iter()
        .map(|loss| (loss.kept, loss.key.as_str(), text(docker, &loss.place)))
        .collect();
    assert_eq!(
        told,
        [
            (Kept::Partial, "net", "none"),
            (Kept::Partial, "log_driver", "log_driver"),
            (Kept::Partial, "log_opt", "log_opt"),
            (Kept::Partial, "cpuset", "cpuset"),
            (Kept::None, "net", "'container:gone'"),
            (Kept::Partial, "log_opt", "log_opt"),
        ]
    );
    let imported = import(
        "web: { image: 'a:1', net: '${PW}' }",
        ".catalog: { questions: [ { variable: PW, type: password } ] }",
        &[("PW", "host")],
    );
    assert!(imported.diagnostics.iter().next().unwrap().message.contains("`net` of `web`"));
}

#[test]
fn one_thing_is_told_once() {
    // Both items of a list say the same: two places, one remark in the template.
    let docker = "web: { image: 'a:1', volumes: [ '/a:/a:nocopy', '/b:/b:nocopy' ] }";
    let (_, imported) = taken(docker);
    assert_eq!(imported.losses.len(), 2);
    assert_eq!(imported.template().unwrap().matches("`nocopy` is left out").count(), 1);
    // Both halves of an item are made of one password.
    let rancher = ".catalog: { questions: [ { variable: PW, type: password } ] }";
    let imported =
        import("web: { image: 'a:1', volumes: [ '${PW}:/${PW}:${PW}' ] }", rancher, &[("PW", "x")]);
    assert_eq!(imported.diagnostics.len(), 1, "{:?}", imported.diagnostics);
}

/// What is told is one line that says something, whatever people call things.
#[test]
fn keys_are_shown_on_one_line() {
    let (_, imported) = taken(
        "version: '2'\n'': x\nservices: { web: { image: 'a:1', labels: { \"io.rancher.scheduler.affinity:x\\ny\": a } } }",
    );
    let told: Vec<_> = imported.losses.iter().map(|loss| loss.key.as_str()).collect();
    assert_eq!(told, ["''", "labels.io.rancher.scheduler.affinity:x\\ny"]);
}
