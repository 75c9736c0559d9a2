//! A client in the same process: the whole service, without sockets.

use actix_web::dev::ServiceResponse;
use actix_web::http::header::HeaderMap;
use actix_web::http::{Method, header};
use actix_web::test::{TestRequest, call_service, init_service};
use actix_web::web::Data;
use bytes::Bytes;
use futures_util::future::LocalBoxFuture;
use serde_json::{Value, json};
use std::rc::Rc;
use std::time::Duration;
use vinculo_api::app::App;
use vinculo_api::fixtures::pdf;
use vinculo_api::server;

/// The service behind a client.
pub type Service = Rc<dyn Fn(actix_http::Request) -> LocalBoxFuture<'static, ServiceResponse>>;

/// The whole service over its parts, for the calling thread; other threads may have their own.
pub async fn service_of(app: &Data<App>) -> Service {
    let service = Rc::new(
        init_service(actix_web::App::new().configure(server::configure(app.clone()))).await,
    );
    Rc::new(move |request| {
        let service = Rc::clone(&service);
        Box::pin(async move { call_service(&*service, request).await.map_into_boxed_body() })
    })
}

#[derive(Clone, Debug)]
pub struct Request {
    pub method: Method,
    pub path: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Request {
    pub fn new(method: Method, path: &str) -> Self {
        Self {
            method,
            path: path.to_owned(),
            headers: Vec::new(),
            body: Vec::new(),
        }
    }

    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    #[must_use]
    pub fn json(self, body: &Value) -> Self {
        let mut request = self.header("content-type", "application/json");
        request.body = body.to_string().into_bytes();
        request
    }

    #[must_use]
    pub fn raw(mut self, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        self = self.header("content-type", content_type);
        self.body = body.into();
        self
    }

    #[must_use]
    pub fn if_match(self, etag: &str) -> Self {
        self.header("if-match", etag)
    }

    /// A multipart form; a part with a file name is a file.
    #[must_use]
    pub fn form(self, parts: &[(&str, Option<&str>, &[u8])]) -> Self {
        let mut body = Vec::new();
        for (name, file, bytes) in parts {
            let file = file
                .map(|file| format!("; filename=\"{file}\"\r\ncontent-type: application/pdf"))
                .unwrap_or_default();
            body.extend_from_slice(
                format!("--XX\r\ncontent-disposition: form-data; name=\"{name}\"{file}\r\n\r\n")
                    .as_bytes(),
            );
            body.extend_from_slice(bytes);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(b"--XX--\r\n");
        self.raw("multipart/form-data; boundary=XX", body)
    }
}

/// A client, signed in or anonymous.
#[derive(Clone)]
pub struct Client {
    pub service: Service,
    pub token: Option<String>,
    pub patient: bool,
}

impl Client {
    /// The same client, which repeats what the service was too busy for, after the time it names.
    /// For tests in which many act at once and each must come through, on a slow machine too.
    #[must_use]
    pub fn patient(self) -> Self {
        Self {
            patient: true,
            ..self
        }
    }

    pub async fn send(&self, request: Request) -> Answer {
        const REPEATS: usize = 30;
        for _ in 0..REPEATS {
            let answer = self.send_once(request.clone()).await;
            if !self.patient || answer.status != 503 || answer.code() != "too_busy" {
                return answer;
            }
            let seconds = answer.header("retry-after").expect("a time to wait");
            let wait = Duration::from_secs(seconds.parse().unwrap());
            actix_web::rt::time::sleep(wait).await;
        }
        panic!("too busy {REPEATS} times");
    }

    async fn send_once(&self, request: Request) -> Answer {
        let mut built = TestRequest::with_uri(&request.path).method(request.method);
        if let Some(token) = &self.token {
            built = built.insert_header((header::AUTHORIZATION, format!("Bearer {token}")));
        }
        for (name, value) in &request.headers {
            built = built.append_header((name.as_str(), value.as_str()));
        }
        let response = (self.service)(built.set_payload(request.body).to_request()).await;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let body = actix_web::body::to_bytes(response.into_body())
            .await
            .unwrap_or_default();
        Answer {
            status,
            headers,
            body,
        }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Request::new(Method::GET, path)).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        self.send(Request::new(Method::POST, path).json(body)).await
    }

    pub async fn patch(&self, path: &str, etag: &str, body: &Value) -> Answer {
        self.send(Request::new(Method::PATCH, path).json(body).if_match(etag))
            .await
    }

    pub async fn delete(&self, path: &str, etag: &str) -> Answer {
        self.send(Request::new(Method::DELETE, path).if_match(etag))
            .await
    }

    /// An action of the procedure on the current version.
    pub async fn transition(&self, case: &str, body: &Value) -> Answer {
        let etag = self.get(&format!("/v1/agreements/{case}")).await.etag();
        self.send(
            Request::new(Method::POST, &format!("/v1/agreements/{case}/transitions"))
                .json(body)
                .if_match(&etag),
        )
        .await
    }

    /// A document added to a case.
    pub async fn attach(
        &self,
        case: &str,
        kind: &str,
        language: Option<&str>,
        bytes: &[u8],
    ) -> Answer {
        let mut parts: Vec<(&str, Option<&str>, &[u8])> = vec![("kind", None, kind.as_bytes())];
        parts.extend(language.map(|language| ("language", None, language.as_bytes())));
        parts.push(("file", Some("archivo.pdf"), bytes));
        self.send(
            Request::new(Method::POST, &format!("/v1/agreements/{case}/documents")).form(&parts),
        )
        .await
    }

    /// A version of the texts of a case: one file for each text, whose JSON has its other fields.
    pub async fn text_set(&self, case: &str, texts: &[Value], signed: bool) -> Answer {
        let mut told = Vec::new();
        for text in texts {
            let language = text["language"].as_str();
            let bytes = pdf(&text.to_string());
            let file = self.attach(case, "text", language, &bytes).await;
            let mut text = text.clone();
            text["document_id"] = file.expect(201).id().into();
            told.push(text);
        }
        let set = json!({"texts": told, "signed": signed});
        self.post(&format!("/v1/agreements/{case}/text-sets"), &set)
            .await
    }
}

#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    pub fn header(&self, name: &str) -> Option<String> {
        self.headers
            .get(name)
            .map(|value| value.to_str().unwrap().to_owned())
    }

    pub fn etag(&self) -> String {
        self.header("etag")
            .unwrap_or_else(|| panic!("no ETag: {} {}", self.status, self.text()))
    }

    pub fn id(&self) -> String {
        self.json()["id"]
            .as_str()
            .unwrap_or_else(|| panic!("no id: {}", self.text()))
            .to_owned()
    }

    /// The code of a problem; empty for a success.
    pub fn code(&self) -> String {
        if self.status < 400 {
            String::new()
        } else {
            self.json()["code"].as_str().unwrap_or_default().to_owned()
        }
    }

    /// Asserts this status and gives the answer back.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text());
        self
    }

    /// Asserts this problem and gives the answer back.
    #[track_caller]
    pub fn refused(self, status: u16, code: &str) -> Self {
        assert_eq!(
            (self.status, self.code().as_str()),
            (status, code),
            "{}",
            self.text()
        );
        assert_eq!(
            self.header("content-type").as_deref(),
            Some("application/problem+json")
        );
        self.says_what_is_right();
        self
    }

    /// A refusal for want of a role names roles, and a refusal of a value the values that are taken.
    #[track_caller]
    fn says_what_is_right(&self) {
        let problem = self.json();
        let named = |list: &Value| list.as_array().is_some_and(|values| !values.is_empty());
        assert!(self.status != 403 || named(&problem["roles"]), "{problem}");
        for error in problem["errors"].as_array().into_iter().flatten() {
            let listed = named(&error["admitted"]) || error["admitted_at"].is_string();
            assert!(error["code"] != "invalid_value" || listed, "{problem}");
        }
    }
}
