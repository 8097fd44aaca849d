//! A preview of a site, and a client that says exactly what a test wants said.

#![allow(unreachable_pub, reason = "the tests of this program are its modules")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::common::TestSite;

/// How long a condition may take to come true on a slow machine.
pub const LONG: Duration = Duration::from_secs(120);

/// Waits until a condition holds.
pub fn until<T>(what: &str, mut holds: impl FnMut() -> Option<T>) -> T {
    let end = Instant::now() + LONG;
    loop {
        if let Some(value) = holds() {
            return value;
        }
        assert!(Instant::now() < end, "{what}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// A running preview; it ends with this value.
pub struct Preview {
    child: Child,
    pub port: u16,
    /// What it has printed on standard error so far.
    said: Arc<Mutex<String>>,
}

impl Preview {
    pub fn of(site: &TestSite) -> Self {
        Self::start(&site.root(), &["--port", "0"])
    }

    pub fn start(root: &Path, arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_duizhao"))
            .arg("serve")
            .args(arguments)
            .current_dir(root)
            .env_remove("SOURCE_DATE_EPOCH")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary was built for this test");
        let said = Arc::new(Mutex::new(String::new()));
        let heard = Arc::clone(&said);
        let errors = BufReader::new(child.stderr.take().expect("it is piped"));
        std::thread::spawn(move || {
            for line in errors.lines().map_while(Result::ok) {
                let mut heard = heard.lock().unwrap_or_else(PoisonError::into_inner);
                heard.push_str(&line);
                heard.push('\n');
            }
        });
        let mut line = String::new();
        let mut output = BufReader::new(child.stdout.take().expect("it is piped"));
        output.read_line(&mut line).expect("it prints an address");
        let address = line.split("http://127.0.0.1:").nth(1).and_then(|rest| rest.split('/').next());
        let port = address.and_then(|port| port.parse().ok()).unwrap_or_else(|| panic!("no address in {line:?}"));
        Preview { child, port, said }
    }

    pub fn said(&self) -> String {
        self.said.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Sends a signal; gives the exit code and how long the end took.
    pub fn signal(mut self, name: &str) -> (Option<i32>, Duration) {
        let start = Instant::now();
        let sent = Command::new("kill").args([&format!("-{name}"), &self.pid().to_string()]).status();
        assert!(sent.is_ok_and(|s| s.success()));
        let status = until("the preview ends", || self.child.try_wait().expect("it can be waited for"));
        (status.code(), start.elapsed())
    }

    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).expect("the preview listens");
        stream.set_read_timeout(Some(LONG)).expect("it can be set");
        stream
    }

    /// Sends a head as it is, `Host` left out or not.
    pub fn raw(&self, head: &str) -> Answer {
        let mut stream = self.connect();
        stream.write_all(head.as_bytes()).expect("it is taken");
        Answer::read(&mut BufReader::new(stream), head.starts_with("HEAD"))
    }

    pub fn ask(&self, method: &str, path: &str, headers: &str) -> Answer {
        self.raw(&format!(
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n{headers}\r\n",
            self.port
        ))
    }

    pub fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, "")
    }

    /// The events of a page.
    pub fn events(&self, page: &str) -> Events {
        let mut stream = self.connect();
        let head = format!("GET /.duizhao/events?page={page} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n", self.port);
        stream.write_all(head.as_bytes()).expect("it is taken");
        let mut stream = BufReader::new(stream);
        let answer = Answer::head(&mut stream);
        assert_eq!((answer.status, answer.header("content-type")), (200, "text/event-stream; charset=utf-8"));
        Events { stream, text: String::new() }
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A response.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Answer {
    fn head(stream: &mut impl BufRead) -> Self {
        let mut line = String::new();
        stream.read_line(&mut line).expect("there is an answer");
        let status = line.split(' ').nth(1).and_then(|s| s.parse().ok()).unwrap_or_else(|| panic!("{line:?}"));
        let mut headers = Vec::new();
        loop {
            let mut line = String::new();
            stream.read_line(&mut line).expect("there is a head");
            match line.trim_end().split_once(':') {
                Some((name, value)) => headers.push((name.to_ascii_lowercase(), value.trim().to_owned())),
                None => break,
            }
        }
        Answer { status, headers, body: Vec::new() }
    }

    pub fn read(stream: &mut impl BufRead, is_head: bool) -> Self {
        let mut answer = Self::head(stream);
        let length = answer.header("content-length").parse().unwrap_or(0);
        if !is_head && answer.status != 304 {
            answer.body = vec![0; length];
            stream.read_exact(&mut answer.body).expect("all of it comes");
        }
        answer
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(n, _)| n == name).map_or("", |(_, value)| value)
    }

    pub fn text(&self) -> String {
        String::from_utf8(self.body.clone()).expect("it is UTF-8")
    }

    /// The page without what the preview put in.
    pub fn stripped(&self) -> String {
        let text = self.text();
        let mut out = String::new();
        let mut rest = text.as_str();
        while let Some((before, after)) = rest.split_once("<!--preview-->") {
            out.push_str(before);
            rest = after.split_once("<!--/preview-->").expect("each has its end").1;
        }
        out + rest
    }
}

/// An open stream of events.
pub struct Events {
    stream: BufReader<TcpStream>,
    text: String,
}

impl Events {
    /// The next event: its name and data.
    pub fn next(&mut self) -> (String, serde_json::Value) {
        loop {
            while let Some((event, rest)) = self.text.split_once("\n\n") {
                let field = |name: &str| event.lines().find_map(|l| l.strip_prefix(name)).map(str::to_owned);
                let told = field("event: ").zip(field("data: "));
                self.text = rest.to_owned();
                if let Some((name, data)) = told {
                    return (name, serde_json::from_str(&data).expect("it is JSON"));
                }
            }
            let mut size = String::new();
            self.stream.read_line(&mut size).expect("the stream goes on");
            let size = usize::from_str_radix(size.trim(), 16).unwrap_or_else(|_| panic!("no chunk: {size:?}"));
            let mut chunk = vec![0; size + 2];
            self.stream.read_exact(&mut chunk).expect("all of it comes");
            self.text.push_str(std::str::from_utf8(&chunk[..size]).expect("it is UTF-8"));
        }
    }

    /// The next state of things.
    pub fn state(&mut self) -> serde_json::Value {
        loop {
            let (name, value) = self.next();
            if name == "state" {
                return value;
            }
        }
    }

    /// The first state that is as wanted.
    pub fn until(&mut self, what: &str, wanted: impl Fn(&serde_json::Value) -> bool) -> serde_json::Value {
        let end = Instant::now() + LONG;
        loop {
            let state = self.state();
            if wanted(&state) {
                return state;
            }
            assert!(Instant::now() < end, "{what}: {state}");
        }
    }
}
