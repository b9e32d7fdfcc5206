use serde_json::Value;
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Command, Stdio},
};

#[test]
fn the_program_prints_where_it_is_and_serves() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_paas-sandbox"))
        .args(["--environment", "office", "--certificate", "office=a.test", "--virtual-clock", "--seed", "3"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    let mut value = |name: &str| lines.next().unwrap().strip_prefix(name).unwrap().to_owned();
    let url = value("RANCHER_URL=");
    assert_eq!((value("RANCHER_ACCESS_KEY=").len(), value("RANCHER_SECRET_KEY=").len()), (20, 40));
    assert_eq!(value("# environment office: "), "1a5");
    let host = url.strip_prefix("http://").unwrap().strip_suffix("/v2-beta").unwrap();
    let mut stream = TcpStream::connect(host).unwrap();
    write!(stream, "GET /sandbox/clock HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    let body: Value = serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap();
    assert_eq!(body["date"], "2026-01-01T00:00:00Z");
}

#[test]
fn the_program_tells_what_it_does_not_know() {
    let run = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_paas-sandbox")).args(arguments).output().unwrap();
        (
            output.status.code(),
            String::from_utf8(output.stderr).unwrap(),
            String::from_utf8(output.stdout).unwrap(),
        )
    };
    let told = |arguments: &[&str], words: &str| {
        assert_eq!(run(arguments), (Some(1), format!("error: {words}\n"), String::new()));
    };
    told(&["--prot", "1"], "there is no option `--prot`; `--help` lists them");
    told(&["--certificate", "a=b"], "`a=b` is not `ENVIRONMENT=NAME` with an `--environment`");
    told(
        &["--credentials", "no/such/folder"],
        "the credentials could not be written to `no/such/folder`: No such file or directory (os error 2)",
    );
    told(&["--port"], "`--port` needs a value");
    told(&["--port", "70000"], "`70000` is no number that fits");
    assert!(run(&["--help"]).2.contains("--virtual-clock"));
}
