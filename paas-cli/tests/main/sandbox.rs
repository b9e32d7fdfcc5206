//! `paas sandbox`: it starts, tells where it is, answers, and says why it cannot.

use crate::scratch::Scratch;
use paas_client::Credentials;
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    process::{Child, ChildStdin, ExitStatus, Stdio},
    thread,
    time::{Duration, Instant},
};

#[test]
fn a_client_finds_the_environments_with_the_credentials_file() {
    let scratch = Scratch::new();
    scratch.put("key", "of an earlier one, which is replaced");
    let running =
        Running::start(&scratch, &["--environment", "dmz", "--environment", "core", "--credentials", "key"]);
    let environments = running.projects(&scratch.read("key"));
    for name in ["\"name\":\"dmz\"", "\"name\":\"core\"", "\"state\":\"active\""] {
        assert!(environments.contains(name), "{environments}");
    }
    let credentials = Credentials::from_file(scratch.path("key")).expect("a client reads it");
    assert!(running.told.contains(credentials.url().expect("an address")), "{}", running.told);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(scratch.path("key")).expect("the file").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    assert_eq!(scratch.files(".").len(), 1, "nothing else is left");
    for words in
        ["listens at http://127.0.0.1:", "no evidence of what a real Rancher does", "Environment dmz: 1a5"]
    {
        assert!(running.told.contains(words), "{}", running.told);
    }
    let secret = value(&scratch.read("key"), "RANCHER_SECRET_KEY");
    assert_eq!(secret.len(), 40);
    assert!(!running.told.contains(&secret), "{}", running.told);
    let (status, printed) = running.end();
    assert_eq!((status.code(), printed.as_str()), (Some(0), ""));
}

#[test]
fn without_a_file_the_standard_output_is_one() {
    let scratch = Scratch::new();
    let of_seed = |seed: &str| {
        let running = Running::start(&scratch, &["--seed", seed, "--environment", "dmz"]);
        let (status, printed) = running.end();
        assert_eq!(status.code(), Some(0));
        scratch.put("printed", &printed);
        let names: Vec<&str> = printed.lines().filter_map(|line| Some(line.split_once('=')?.0)).collect();
        assert_eq!(names, ["RANCHER_URL", "RANCHER_ACCESS_KEY", "RANCHER_SECRET_KEY"]);
        assert_eq!(printed.lines().count(), 3);
        value(&printed, "RANCHER_SECRET_KEY")
    };
    assert_eq!(of_seed("7"), of_seed("7"));
    assert_ne!(of_seed("7"), of_seed("8"));
}

#[test]
fn a_load_balancer_finds_the_certificate_of_its_environment() {
    let scratch = Scratch::new();
    let args =
        ["--instant", "--environment", "dmz", "--certificate", "dmz=www.shop.test", "--credentials", "key"];
    let running = Running::start(&scratch, &args);
    let key = scratch.read("key");
    let found = running.ask(&key, "GET", "/v2-beta/projects/1a5/certificates?name=www.shop.test", "");
    assert!(found.contains("\"CN\":\"www.shop.test\""), "{found}");
    let made = running.ask(&key, "POST", "/v2-beta/projects/1a5/volumes", r#"{"name":"v","driver":"nfs"}"#);
    assert!(made.contains("\"state\":\"inactive\""), "it takes no time: {made}");
}

#[test]
fn certificates_need_an_environment_that_is_given() {
    let scratch = Scratch::new();
    let ran =
        scratch.run(&["sandbox", "--environment", "dmz", "--certificate", "core=www.shop.test"]).ended(1);
    let expected = "error: the certificate `www.shop.test` has no environment: \
                    `core` is not given by --environment\n";
    assert_eq!((ran.err.as_str(), ran.out.as_str()), (expected, ""));
    for wrong in ["www.shop.test", "=www.shop.test", "dmz="] {
        let ran = scratch.run(&["sandbox", "--environment", "dmz", "--certificate", wrong]).ended(2);
        assert!(ran.err.contains("this is not `environment=name`"), "{}", ran.err);
    }
    let ran = scratch.run(&["sandbox", "--environment", "dmz", "--environment", "dmz"]).ended(1);
    assert_eq!(ran.err, "error: the environment `dmz` is given twice\n");
}

#[test]
fn credentials_that_cannot_be_written_end_it() {
    let scratch = Scratch::new();
    scratch.put("folder/file", "");
    for (path, why) in [
        ("no/such/key", "no such file or directory"),
        ("folder", "is a directory"),
        ("folder/file/key", "not a directory"),
        ("..", "it names no file"),
    ] {
        let ran = scratch.run(&["sandbox", "--credentials", path]).ended(1);
        assert_eq!(ran.err, format!("error: `{path}` cannot be written: {why}\n"));
        assert_eq!(ran.out, "");
    }
    assert_eq!(scratch.files(".").keys().collect::<Vec<_>>(), ["folder/file"], "nothing is left behind");
}

#[test]
fn a_port_that_is_taken_ends_it() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("its address").port().to_string();
    let ran = Scratch::new().run(&["sandbox", "--port", &port, "--credentials", "key"]).ended(1);
    let expected =
        format!("error: the sandbox could not listen on port {port} of 127.0.0.1: address already in use\n");
    assert_eq!(ran.err, expected);
}

/// A sandbox that ends with its test.
pub(crate) struct Running {
    child: Child,
    /// As long as this is open, it runs.
    input: Option<ChildStdin>,
    told: String,
}

impl Running {
    pub(crate) fn start(scratch: &Scratch, args: &[&str]) -> Self {
        let args = [&["sandbox", "--until-stdin-closes"], args].concat();
        let mut command = scratch.command(&args);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the command starts");
        let input = child.stdin.take();
        let mut lines = BufReader::new(child.stderr.take().expect("the standard error"));
        let mut told = String::new();
        while !told.ends_with("Ctrl-C ends it.\n") {
            let read = lines.read_line(&mut told).expect("a line");
            assert!(read > 0, "it ended: {told}");
        }
        Self { child, input, told }
    }

    fn projects(&self, key: &str) -> String {
        self.ask(key, "GET", "/v2-beta/projects?all=true", "")
    }

    /// The body of the answer to a request with a key.
    fn ask(&self, key: &str, method: &str, path: &str, body: &str) -> String {
        let url = value(key, "RANCHER_URL");
        let host =
            url.strip_prefix("http://").and_then(|rest| rest.strip_suffix("/v2-beta")).expect("a host");
        let pair = format!("{}:{}", value(key, "RANCHER_ACCESS_KEY"), value(key, "RANCHER_SECRET_KEY"));
        let mut stream = TcpStream::connect(host).expect("a connection");
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Basic {}\r\nConnection: close\r\n\
             Content-Length: {}\r\n\r\n{body}",
            base64(pair.as_bytes()),
            body.len()
        )
        .expect("sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        let (head, body) = answer.split_once("\r\n\r\n").expect("a head");
        assert!(head.starts_with("HTTP/1.1 20"), "{answer}");
        body.to_owned()
    }

    /// Closes its input; gives how it ended and what it had printed.
    fn end(mut self) -> (ExitStatus, String) {
        drop(self.input.take());
        let start = Instant::now();
        let status = loop {
            if let Some(status) = self.child.try_wait().expect("a child") {
                break status;
            }
            assert!(start.elapsed() < Duration::from_secs(20), "it did not end");
            thread::sleep(Duration::from_millis(2));
        };
        let mut printed = String::new();
        let mut output = self.child.stdout.take().expect("the standard output");
        output.read_to_string(&mut printed).expect("UTF-8");
        (status, printed)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn value(text: &str, name: &str) -> String {
    let mut values = text.lines().filter_map(|line| line.strip_prefix(name)?.strip_prefix('='));
    values.next().unwrap_or_else(|| panic!("no {name}")).to_owned()
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let bits =
            chunk.iter().fold(0_u32, |sum, byte| sum << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for at in 0..4 {
            let letter = LETTERS.get((bits >> (18 - 6 * at) & 63) as usize).copied().map(char::from);
            text.push(letter.filter(|_| at <= chunk.len()).unwrap_or('='));
        }
    }
    text
}
