//! One operation of the contract: its address, who may call it, what it takes and returns. The
//! router, the document and the authorization matrix are all built from it.

use crate::keys;
use actix_web::http::Method;
use serde_json::{Value, json};
use utoipa::openapi::path::{Parameter, ParameterIn};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{IntoParams, PartialSchema, ToSchema};
use vinculo_auth::{Action, Kind};
use vinculo_domain::page::List;

type Schemas = Vec<(String, RefOr<Schema>)>;

/// A schema by name, with everything that it refers to.
#[derive(Clone)]
pub struct SchemaUse {
    /// Its name among the components.
    pub name: String,
    /// Builds the schema and what it refers to; only the document needs them.
    pub schemas: fn() -> Schemas,
}

impl SchemaUse {
    fn of<T: ToSchema>() -> Self {
        Self {
            name: T::name().into_owned(),
            schemas: || {
                let mut schemas = vec![(T::name().into_owned(), T::schema())];
                T::schemas(&mut schemas);
                schemas
            },
        }
    }

    /// A page of a list of `T`, with its own name.
    fn list_of<T: ToSchema>() -> Self {
        Self {
            name: list_name::<T>(),
            schemas: || {
                let mut schemas = vec![
                    (list_name::<T>(), List::<T>::schema()),
                    (T::name().into_owned(), T::schema()),
                ];
                T::schemas(&mut schemas);
                schemas
            },
        }
    }
}

fn list_name<T: ToSchema>() -> String {
    format!("{}List", T::name())
}

/// The body of a successful answer.
#[derive(Clone)]
pub enum Content {
    /// JSON of this schema, with an example.
    Json(SchemaUse, Value),
    /// JSON of this schema, with an example; or, if the caller accepts that, the lines of a CSV table,
    /// with an example, or one JSON object in each line.
    Lines(SchemaUse, Value, Value),
    /// A file.
    Pdf,
    /// A CSV table, with an example.
    Csv(Value),
    /// A PDF that is made for the answer: it has no stored bytes, so no ranges of them.
    Print,
    /// A page for people.
    Html,
    /// Nothing.
    None,
}

/// The body of a request.
#[derive(Clone)]
pub enum Input {
    /// JSON of this schema.
    Json(SchemaUse),
    /// A merge patch (RFC 7396) onto this schema.
    Patch(SchemaUse),
    /// A multipart form of this schema.
    Form(SchemaUse),
}

/// One operation.
pub struct Operation {
    /// `<verb>_<resource>`.
    pub id: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// The path pattern.
    pub path: &'static str,
    /// The group in the document.
    pub tag: &'static str,
    /// One line.
    pub summary: &'static str,
    /// What it is for, with the legal term.
    pub description: &'static str,
    /// The permission that it requires.
    pub permission: (Kind, Action),
    /// Whether it may be called without a token.
    pub public: bool,
    /// The status of success.
    pub status: u16,
    /// The body of a successful answer.
    pub content: Content,
    /// The body of a request.
    pub input: Option<Input>,
    /// Whether the body may be absent.
    pub body_optional: bool,
    /// Fields that a patch may only send back unchanged.
    pub read_only: &'static [&'static str],
    /// The query parameters.
    pub query: Vec<Parameter>,
    /// Whether `If-Match` is required.
    pub if_match: bool,
    /// Whether it takes `Idempotency-Key` and `dry_run`.
    pub repeatable: bool,
    /// Whether its answer contains a credential, and is therefore never compressed.
    pub credential: bool,
}

impl Operation {
    /// An operation that requires a token and answers 200 without a body.
    pub fn new(
        id: &'static str,
        method: Method,
        path: &'static str,
        permission: (Kind, Action),
    ) -> Self {
        Self {
            id,
            method,
            path,
            tag: "",
            summary: "",
            description: "",
            permission,
            public: false,
            status: 200,
            content: Content::None,
            input: None,
            body_optional: false,
            read_only: &[],
            query: Vec::new(),
            if_match: false,
            repeatable: false,
            credential: false,
        }
    }

    /// Sets tag, summary and description.
    #[must_use]
    pub fn says(
        mut self,
        tag: &'static str,
        summary: &'static str,
        description: &'static str,
    ) -> Self {
        (self.tag, self.summary, self.description) = (tag, summary, description);
        self
    }

    /// No token required.
    #[must_use]
    pub fn public(mut self) -> Self {
        self.public = true;
        self
    }

    /// Answers with JSON.
    #[must_use]
    pub fn answers<T: ToSchema>(mut self, status: u16, example: Value) -> Self {
        self.status = status;
        self.content = Content::Json(SchemaUse::of::<T>(), example);
        self
    }

    /// Answers with a page of a list.
    #[must_use]
    pub fn lists<T: ToSchema>(mut self, example: Value) -> Self {
        self.content = Content::Json(
            SchemaUse::list_of::<T>(),
            json!({ "items": [example], "next_cursor": null }),
        );
        self
    }

    /// Answers with a file.
    #[must_use]
    pub fn answers_pdf(mut self) -> Self {
        self.content = Content::Pdf;
        self
    }

    /// Answers with a PDF that is made for the answer.
    #[must_use]
    pub fn answers_print(mut self) -> Self {
        self.content = Content::Print;
        self
    }

    /// Answers with a CSV table.
    #[must_use]
    pub fn answers_csv(mut self, example: Value) -> Self {
        self.content = Content::Csv(example);
        self
    }

    /// Answers with a page for people.
    #[must_use]
    pub fn answers_html(mut self) -> Self {
        self.content = Content::Html;
        self
    }

    /// Answers without a body.
    #[must_use]
    pub fn answers_nothing(mut self) -> Self {
        self.status = 204;
        self
    }

    /// Takes JSON.
    #[must_use]
    pub fn takes<T: ToSchema>(mut self) -> Self {
        self.input = Some(Input::Json(SchemaUse::of::<T>()));
        self
    }

    /// Takes JSON, or no body.
    #[must_use]
    pub fn may_take<T: ToSchema>(mut self) -> Self {
        self.body_optional = true;
        self.takes::<T>()
    }

    /// Takes a merge patch; fields that the server writes may be sent back unchanged.
    #[must_use]
    pub fn takes_patch<T: ToSchema>(mut self, read_only: &'static [&'static str]) -> Self {
        self.input = Some(Input::Patch(SchemaUse::of::<T>()));
        self.read_only = read_only;
        self
    }

    /// Takes a multipart form.
    #[must_use]
    pub fn takes_form<T: ToSchema>(mut self) -> Self {
        self.input = Some(Input::Form(SchemaUse::of::<T>()));
        self
    }

    /// Takes query parameters.
    #[must_use]
    pub fn query<T: IntoParams>(mut self) -> Self {
        let declared = T::into_params(|| Some(ParameterIn::Query));
        self.query.extend(declared.into_iter().map(keys::described));
        self
    }

    /// Requires `If-Match`.
    #[must_use]
    pub fn guarded(mut self) -> Self {
        self.if_match = true;
        self
    }

    /// Answers with a credential.
    #[must_use]
    pub fn gives_credential(mut self) -> Self {
        self.credential = true;
        self
    }

    /// Takes `dry_run`, and on POST `Idempotency-Key`.
    #[must_use]
    pub fn writes(mut self) -> Self {
        self.repeatable = true;
        self.query::<crate::params::WriteParams>()
    }
}
