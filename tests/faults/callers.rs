//! A caller over a real socket. If a request got no answer, it records that the outcome is unknown.

use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

const MAX_WAIT: Duration = Duration::from_secs(20);

#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or(Value::Null)
    }

    pub fn text(&self) -> String {
        format!("{} {}", self.status, String::from_utf8_lossy(&self.body))
    }

    pub fn code(&self) -> String {
        self.json()["code"].as_str().unwrap_or_default().to_owned()
    }

    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text());
        self
    }
}

/// Why there is no answer.
#[derive(Debug)]
pub enum Silence {
    /// Nobody accepted the connection: the request was not sent.
    Unsent,
    /// All or part of it was sent: the outcome is unknown.
    Unknown,
}

/// What all callers of one person share.
#[derive(Clone)]
pub struct Person {
    pub email: String,
    pub password: String,
    token: Arc<Mutex<Option<String>>>,
}

impl Person {
    pub fn new(email: &str, password: &str) -> Self {
        Self {
            email: email.to_owned(),
            password: password.to_owned(),
            token: Arc::default(),
        }
    }

    /// Drops the token, for a caller whose session is from another time.
    pub fn forget(&self) {
        *self.token.lock().unwrap() = None;
    }
}

#[derive(Clone)]
pub struct Request<'a> {
    pub method: &'a str,
    pub path: &'a str,
    pub headers: Vec<(&'a str, String)>,
    pub body: &'a [u8],
}

pub struct Caller {
    address: SocketAddr,
    person: Option<Person>,
    line: Option<BufReader<TcpStream>>,
    /// Whether each request has a connection of its own.
    pub once: bool,
}

impl Caller {
    pub fn new(address: SocketAddr, person: Option<&Person>) -> Self {
        Self {
            address,
            person: person.cloned(),
            line: None,
            once: false,
        }
    }

    pub fn get(&mut self, path: &str) -> Result<Answer, Silence> {
        self.send(&Request {
            method: "GET",
            path,
            headers: Vec::new(),
            body: b"",
        })
    }

    /// Sends a request as the person, and signs in again when the token has expired.
    pub fn send(&mut self, request: &Request<'_>) -> Result<Answer, Silence> {
        let Some(person) = self.person.clone() else {
            return self.raw(request);
        };
        for _ in 0..4 {
            // One caller signs in for all; the others wait.
            let token = {
                let mut token = person.token.lock().unwrap();
                if token.is_none() {
                    *token = self.sign_in(&person)?;
                }
                token.clone()
            };
            let Some(token) = token else {
                std::thread::sleep(Duration::from_millis(50));
                continue;
            };
            let mut signed = request.clone();
            signed
                .headers
                .push(("authorization", format!("Bearer {token}")));
            let answer = self.raw(&signed)?;
            if answer.status != 401 {
                return Ok(answer);
            }
            let mut known = person.token.lock().unwrap();
            if known.as_ref() == Some(&token) {
                *known = None;
            }
        }
        Err(Silence::Unsent)
    }

    fn sign_in(&mut self, person: &Person) -> Result<Option<String>, Silence> {
        let body = json!({"email": person.email, "password": person.password}).to_string();
        let answer = self.raw(&Request {
            method: "POST",
            path: "/v1/sessions",
            headers: vec![("content-type", "application/json".into())],
            body: body.as_bytes(),
        });
        match answer {
            Ok(answer) => Ok(answer.json()["access_token"].as_str().map(str::to_owned)),
            // The caller's own request was not sent.
            Err(_) => Err(Silence::Unsent),
        }
    }

    fn raw(&mut self, request: &Request<'_>) -> Result<Answer, Silence> {
        let mut line = match self.line.take() {
            Some(line) => line,
            None => {
                let stream = TcpStream::connect_timeout(&self.address, MAX_WAIT)
                    .map_err(|_error| Silence::Unsent)?;
                let ready = stream
                    .set_read_timeout(Some(MAX_WAIT))
                    .and_then(|()| stream.set_nodelay(true));
                ready.map_err(|_error| Silence::Unsent)?;
                BufReader::new(stream)
            }
        };
        let close = if self.once { "close" } else { "keep-alive" };
        let mut head = format!(
            "{} {} HTTP/1.1\r\nhost: localhost\r\nconnection: {close}\r\ncontent-length: {}\r\n",
            request.method,
            request.path,
            request.body.len()
        );
        for (name, value) in &request.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str("\r\n");
        let mut bytes = head.into_bytes();
        bytes.extend_from_slice(request.body);
        line.get_mut()
            .write_all(&bytes)
            .map_err(|_error| Silence::Unknown)?;
        let (answer, goes_on) = read(&mut line).map_err(|_error| Silence::Unknown)?;
        if goes_on && !self.once {
            self.line = Some(line);
        }
        Ok(answer)
    }
}

fn wrong(what: &str) -> std::io::Error {
    std::io::Error::other(what.to_owned())
}

/// Reads a whole answer or fails; also tells whether the connection stays open.
fn read(line: &mut BufReader<TcpStream>) -> std::io::Result<(Answer, bool)> {
    let mut first = String::new();
    line.read_line(&mut first)?;
    let status = first.split(' ').nth(1).and_then(|word| word.parse().ok());
    let status = status.ok_or_else(|| wrong("no status"))?;
    let mut headers = Vec::new();
    loop {
        let mut header = String::new();
        if line.read_line(&mut header)? == 0 {
            return Err(wrong("the head was cut"));
        }
        let Some((name, value)) = header.trim_end().split_once(':') else {
            break;
        };
        headers.push((name.to_lowercase(), value.trim().to_owned()));
    }
    let mut answer = Answer {
        status,
        headers,
        body: Vec::new(),
    };
    if let Some(length) = answer.header("content-length") {
        let length = length.parse().map_err(|_error| wrong("no length"))?;
        answer.body = vec![0; length];
        line.read_exact(&mut answer.body)?;
    } else if answer.header("transfer-encoding").is_some() {
        answer.body = chunks(line)?;
    }
    let goes_on = answer.header("connection") != Some("close");
    Ok((answer, goes_on))
}

fn chunks(line: &mut BufReader<TcpStream>) -> std::io::Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let mut size = String::new();
        line.read_line(&mut size)?;
        let size = usize::from_str_radix(size.trim(), 16).map_err(|_error| wrong("no chunk"))?;
        let mut piece = vec![0; size + 2];
        line.read_exact(&mut piece)?;
        if size == 0 {
            return Ok(body);
        }
        body.extend_from_slice(&piece[..size]);
    }
}
