//! Receives files of past agreements.

use super::{bare, read_form, word};
use crate::context::Ctx;
use actix_web::web::Bytes;
use serde::Deserialize;
use utoipa::ToSchema;
use vinculo_domain::Result;
use vinculo_domain::charsets::Encoding;
use vinculo_domain::imports::Reading;
use vinculo_domain::problems::Problem;
use vinculo_domain::records::ImportMode;
use vinculo_domain::refusal::Checks;

/// The form of an import.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[expect(
    dead_code,
    reason = "the document's picture of the form; the form itself is read part by part"
)]
pub struct ImportUpload {
    /// The CSV, up to 5 MB and 5,000 rows: UTF-8, UTF-16 with its mark or Windows-1252, separated
    /// by commas, semicolons or tabs, with headings in Spanish or English.
    #[schema(value_type = String, format = Binary, content_media_type = "text/csv")]
    file: Vec<u8>,
    /// The meaning of headings that the file does not say, each as `meaning=heading`, such as
    /// `municipality=Mpio.`; `ignore=heading` leaves a column out. See `/v1/imports/columns`.
    #[schema(example = json!(["municipality=Mpio."]))]
    column: Option<Vec<String>>,
    /// Columns with ids of the office's own systems, each as `heading=system`.
    #[schema(example = json!(["folio=siga-jalisco"]))]
    external_id: Option<Vec<String>>,
    /// How the file is encoded, where its bytes do not say it.
    encoding: Option<Encoding>,
}

/// The parts of a form with a file to import, besides the file.
const IMPORT_PARTS: [&str; 4] = ["file", "column", "external_id", "encoding"];

/// A completely received file to import.
pub struct SentFile {
    /// The name that the sender gave it.
    pub name: String,
    /// Its bytes.
    pub bytes: Bytes,
    /// Their SHA-256 digest.
    pub sha256: String,
    /// How to read it.
    pub reading: Reading,
}

/// Receives a file to import, and what its sender says about it.
pub async fn receive_import(ctx: &mut Ctx, max: usize) -> Result<SentFile> {
    let mut form = read_form(ctx, &IMPORT_PARTS, max).await?;
    let name = bare(&form.file_name);
    let mut checks = Checks::default();
    checks.text("/file", &name, 255);
    checks.finish(Problem::ValidationFailed)?;
    let mut all = |name: &str| form.texts.remove(name).unwrap_or_default();
    let (columns, external_ids) = (all("column"), all("external_id"));
    let encoding = all("encoding").pop();
    Ok(SentFile {
        name,
        bytes: form.bytes,
        sha256: form.sha256,
        reading: Reading::of(&columns, &external_ids, encoding.as_deref())?,
    })
}

/// A file with records.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[expect(
    dead_code,
    reason = "the document's picture of the form; the form itself is read part by part"
)]
pub struct RecordUpload {
    /// The file, up to 10 MB and 10,000 rows: CSV in UTF-8, UTF-16 with its mark or Windows-1252,
    /// separated by commas, semicolons or tabs, or NDJSON.
    #[schema(value_type = String, format = Binary, content_media_type = "text/csv")]
    file: Vec<u8>,
    /// What becomes of a row whose record is there already.
    mode: Option<ImportMode>,
}

/// Receives a file with records, and what becomes of those that are there already.
pub async fn receive_records(ctx: &mut Ctx, max: usize) -> Result<(Bytes, ImportMode)> {
    let mut form = read_form(ctx, &["file", "mode"], max).await?;
    let mode = word(&mut form.texts, "mode")?.unwrap_or(ImportMode::Upsert);
    Ok((form.bytes, mode))
}
