//! Receives files: a multipart form, accepted completely or not at all.

mod imports;

pub use imports::{ImportUpload, RecordUpload, receive_import, receive_records};

use crate::context::Ctx;
use crate::edge::deadlines::{form_problem, timed};
use crate::entry::require_content_type;
use actix_multipart::{Multipart, MultipartError};
use actix_web::web::{Bytes, BytesMut};
use futures_util::{StreamExt, TryStreamExt};
use serde::Deserialize;
use std::collections::HashMap;
use std::str::FromStr;
use std::sync::Arc;
use tokio::sync::OwnedSemaphorePermit;
use utoipa::ToSchema;
use uuid::Uuid;
use vinculo_auth::seal::Digest;
use vinculo_domain::documents::{
    Classification, DocumentFields, DocumentKind, MediaType, Rendition,
};
use vinculo_domain::legal_date::{LegalDate, WholeDay};
use vinculo_domain::limits::{
    MAX_DOCUMENT_BYTES, MAX_FORM_FRAME_BYTES, MAX_FORM_TEXT_BYTES, MAX_IMPORT_COLUMNS,
};
use vinculo_domain::problems::Problem;
use vinculo_domain::refusal::Admitted;
use vinculo_domain::wording;
use vinculo_domain::{FieldError, Refusal, Result};

/// The form of an upload.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[expect(
    dead_code,
    reason = "the document's picture of the form; the form itself is read part by part"
)]
pub struct DocumentUpload {
    /// What the file is.
    kind: DocumentKind,
    /// The language of a text, BCP 47.
    language: Option<String>,
    /// Original or public version.
    rendition: Option<Rendition>,
    /// The transparency class.
    classification: Option<Classification>,
    /// The legal ground, where withheld.
    ground: Option<String>,
    /// The last day withheld, to its end in Mexico City; obligatory for what is reserved, and for
    /// nothing else.
    #[schema(value_type = Option<WholeDay>)]
    until: Option<LegalDate>,
    /// The document of the case that this is the version for the public of.
    public_version_of: Option<Uuid>,
    /// The PDF, up to 25 MB; a scanned document may also be a JPEG or PNG image.
    #[schema(value_type = String, format = Binary, content_media_type = "application/pdf")]
    file: Vec<u8>,
}

/// A completely received file.
pub struct Upload {
    /// Its description from the form.
    pub fields: DocumentFields,
    /// Its bytes.
    pub bytes: Bytes,
    /// Their SHA-256 digest.
    pub sha256: String,
    /// The place in the queue, which limits the memory of all uploads together; held until the file
    /// is stored.
    _place: OwnedSemaphorePermit,
}

impl Upload {
    /// The number of bytes.
    pub fn size(&self) -> u64 {
        u64::try_from(self.bytes.len()).unwrap_or(u64::MAX)
    }
}

/// Parts that a form may have more than once.
const REPEATED: [&str; 2] = ["column", "external_id"];
const PARTS: [&str; 8] = [
    "kind",
    "language",
    "rendition",
    "classification",
    "ground",
    "until",
    "public_version_of",
    "file",
];
#[expect(
    clippy::cast_possible_truncation,
    reason = "25 MB fit into any address space"
)]
const MAX_FILE: usize = MAX_DOCUMENT_BYTES as usize;

/// Receives the form of a document.
pub async fn receive(ctx: &mut Ctx) -> Result<Upload> {
    let form = read_form(ctx, &PARTS, MAX_FILE).await?;
    let fields = fields(form.texts, form.file_name)?;
    Ok(Upload {
        fields,
        bytes: form.bytes,
        sha256: form.sha256,
        _place: form.place,
    })
}

/// The texts of a form, by the name of their part.
type Texts = HashMap<String, Vec<String>>;

/// A completely received form.
struct Form {
    texts: Texts,
    file_name: String,
    bytes: Bytes,
    sha256: String,
    place: OwnedSemaphorePermit,
}

/// Receives a form; the place in the queue limits the memory of all uploads together.
async fn read_form(ctx: &mut Ctx, parts: &[&str], max_file: usize) -> Result<Form> {
    require_content_type(ctx.request.headers(), &["multipart/form-data"])?;
    let deadlines = ctx.app.edge.deadlines;
    let place = Arc::clone(&ctx.app.upload_places).acquire_owned();
    let place = tokio::time::timeout(deadlines.handler, place)
        .await
        .map_err(|_late| Refusal::new(Problem::TooBusy))?
        .map_err(|error| Refusal::internal(error.to_string()))?;
    let payload = ctx
        .payload
        .take()
        .ok_or_else(|| Refusal::internal("the body was read twice"))?;
    let body = timed(
        payload,
        deadlines.of_upload(max_file + MAX_FORM_FRAME_BYTES),
    );
    let mut form = Multipart::new(ctx.request.headers(), body);
    let mut texts = Texts::new();
    let mut file: Option<(String, Bytes, String)> = None;
    while let Some(mut part) = form.try_next().await.map_err(cut_off)? {
        let name = part.name().unwrap_or_default().to_owned();
        if !parts.contains(&name.as_str()) {
            return Err(unknown(&name, parts));
        }
        let again = texts.contains_key(&name) && !REPEATED.contains(&name.as_str());
        if again || (name == "file" && file.is_some()) {
            return Err(wrong(&name, "repeated", Problem::InvalidBody));
        }
        let limit = if name == "file" {
            max_file
        } else {
            MAX_FORM_TEXT_BYTES
        };
        let file_name = part
            .content_disposition()
            .and_then(|disposition| disposition.get_filename())
            .unwrap_or("documento.pdf")
            .to_owned();
        let (mut bytes, mut digest) = (BytesMut::new(), Digest::default());
        while let Some(chunk) = part.next().await {
            let chunk = chunk.map_err(cut_off)?;
            if bytes.len() + chunk.len() > limit {
                return Err(Refusal::new(Problem::PayloadTooLarge));
            }
            digest.update(&chunk);
            bytes.extend_from_slice(&chunk);
        }
        if name == "file" {
            file = Some((file_name, bytes.freeze(), digest.finish()));
        } else {
            let text = String::from_utf8(bytes.to_vec())
                .ok()
                .filter(|text| !text.contains('\0'));
            let text = text.ok_or_else(|| wrong(&name, "wrong_type", Problem::InvalidBody))?;
            let of_name = texts.entry(name).or_default();
            of_name.push(text);
            if of_name.len() > MAX_IMPORT_COLUMNS {
                return Err(Refusal::new(Problem::PayloadTooLarge));
            }
        }
    }
    ctx.due.restart(deadlines.upload_handler);
    let (file_name, bytes, sha256) =
        file.ok_or_else(|| wrong("file", "required", Problem::InvalidBody))?;
    let mut said: Vec<_> = texts.iter().collect();
    said.sort();
    ctx.add_to_fingerprint(format!("{said:?} {file_name} {sha256}").as_bytes());
    Ok(Form {
        texts,
        file_name,
        bytes,
        sha256,
        place,
    })
}

/// A file name without any path.
fn bare(file_name: &str) -> String {
    let name = file_name.rsplit(['/', '\\']).next();
    name.unwrap_or("documento.pdf").to_owned()
}

fn fields(mut texts: Texts, file_name: String) -> Result<DocumentFields> {
    let kind = word::<DocumentKind>(&mut texts, "kind")?
        .ok_or_else(|| wrong("kind", "required", Problem::InvalidBody))?;
    Ok(DocumentFields {
        kind,
        rendition: word(&mut texts, "rendition")?.unwrap_or_default(),
        classification: word(&mut texts, "classification")?.unwrap_or_default(),
        language: take(&mut texts, "language"),
        ground: take(&mut texts, "ground"),
        until: take(&mut texts, "until"),
        public_version_of: word(&mut texts, "public_version_of")?,
        media_type: MediaType::Pdf,
        file_name: bare(&file_name),
    })
}

/// The text of a part that a form has at most once.
fn take(texts: &mut Texts, name: &str) -> Option<String> {
    texts.remove(name).and_then(|mut all| all.pop())
}

fn word<T: FromStr>(texts: &mut Texts, name: &str) -> Result<Option<T>> {
    take(texts, name)
        .map(|text| {
            text.parse()
                .map_err(|_error| wrong(name, "wrong_type", Problem::InvalidBody))
        })
        .transpose()
}

fn wrong(name: &str, code: &'static str, problem: Problem) -> Refusal {
    let said = match code {
        "repeated" => wording::requests::part_once(),
        "required" => wording::requests::part_missing(),
        _ => wording::requests::part_value(),
    };
    Refusal {
        errors: vec![FieldError::new(format!("/{name}"), code, said)],
        ..Refusal::new(problem)
    }
}

fn unknown(name: &str, parts: &[&str]) -> Refusal {
    let said = wording::requests::unknown_part();
    let error = FieldError::new(format!("/{name}"), "unknown_field", said);
    Refusal {
        errors: vec![error.admitting(Admitted::of(parts.iter().copied()))],
        ..Refusal::new(Problem::UnknownField)
    }
}

fn cut_off(error: MultipartError) -> Refusal {
    Refusal {
        internal: Some(error.to_string()),
        ..Refusal::new(form_problem(&error))
    }
}
