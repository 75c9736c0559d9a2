//! The examples of the document, one for each thing that is answered.

use serde_json::{Value, json};

const ID: &str = "01938a5c-7c00-7a00-8000-000000000001";
const AT: &str = "2026-11-20T18:00:00.000000Z";

pub fn counterpart() -> Value {
    json!({
        "id": ID, "tenant_id": "14039", "kind": "foreign_government", "level": "local", "name": "Ciudad de Kioto", "country": "JP",
        "visibility": "private", "external_ids": [{"system": "siga-jalisco", "value": "C-17"}], "version": 1, "created_at": AT, "updated_at": AT,
    })
}

pub fn mechanism() -> Value {
    json!({
        "id": ID, "state_id": "14", "name": "Mecanismo de colaboración SRE–Jalisco", "kinds": ["twinning"], "starts_on": "2024-01-15", "ends_on": null,
        "version": 1, "created_at": AT, "updated_at": AT,
    })
}

pub fn office() -> Value {
    json!({
        "id": ID, "state_id": "14", "name": "Dirección de Relaciones Internacionales", "head_post": "Directora", "since": "2024-01-15", "until": null,
        "version": 1, "created_at": AT, "updated_at": AT,
    })
}

pub fn government() -> Value {
    json!({
        "id": "14039", "tier": "municipality", "kind": "municipality", "name": "Guadalajara", "official_name": null, "abbreviation": null, "parent_id": "14",
        "inegi_key": "14039", "area_km2": null, "valid_from": "1917-02-05", "valid_to": null,
    })
}

pub fn agreement_summary() -> Value {
    json!({
        "id": ID, "owner": "14039", "level": "submitted", "version": 2, "stage": "state_review", "kind": "twinning", "compliance": "in_process",
        "title": "Acuerdo de hermanamiento entre Guadalajara y Kioto", "country": "JP", "counterpart": "Ciudad de Kioto", "signed_on": null, "updated_at": AT,
    })
}

fn content() -> Value {
    json!({
        "kind": "twinning", "title": "Acuerdo de hermanamiento entre Guadalajara y Kioto", "instrument": "original", "relates_to": null,
        "parties": [{"government_id": "14039", "role": "lead", "body": null}], "counterparts": [ID], "objective": null, "themes": ["culture"],
        "sdg_targets": ["11.4"], "languages": ["es", "ja"], "own_powers": ["73-XXIX-NN"],
        "validity": {"enters_into_force_on": null, "ends_on": null, "term": "indefinite", "renewal": "none"},
        "planned_signing_on": "2027-03", "council_approval": null, "external_ids": [],
    })
}

fn card() -> Value {
    json!({"id": ID, "kind": "foreign_government", "level": "local", "name": "Ciudad de Kioto", "country": "JP"})
}

pub fn agreement() -> Value {
    let mut view = agreement_summary();
    let rest = json!({
        "seats": ["state_reviewer"], "file_number": null,
        "submission": {"id": ID, "number": 1, "sent_to": "14", "content": content(), "counterparts": [card()], "text_set": 1, "submitted_at": AT},
        "remarks": [], "opinion": null, "signature": null, "inscription": null, "source": null, "quality_flags": [],
        "available_transitions": [{"action": "forward", "allowed": true, "reasons": []}, {"action": "submit", "allowed": false, "reasons": ["role"]}],
    });
    json_patch::merge(&mut view, &rest);
    // A merge leaves out what is null; the answer has it.
    for key in [
        "file_number",
        "opinion",
        "signature",
        "inscription",
        "source",
        "signed_on",
    ] {
        if let Some(object) = view.as_object_mut() {
            object.insert(key.to_owned(), Value::Null);
        }
    }
    view
}

pub fn history_entry() -> Value {
    json!({"id": ID, "at": AT, "version": 2, "action": "submit", "from_stage": "draft", "to_stage": "state_review", "acting_tenant": "14039", "person_id": null, "note": null})
}

pub fn document() -> Value {
    json!({
        "id": ID, "agreement_id": ID, "kind": "text", "language": "es", "rendition": "original", "classification": "public", "ground": null, "until": null,
        "file_name": "hermanamiento-es.pdf", "media_type": "application/pdf", "size": 48_213,
        "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "acting_tenant": "14039", "created_at": AT,
    })
}

pub fn text_set() -> Value {
    json!({"id": ID, "number": 1, "texts": [{"language": "es", "authenticity": "authentic", "document_id": ID}], "created_at": AT})
}

pub fn inscription_summary() -> Value {
    json!({
        "number": "2026-000001", "kind": "twinning", "title": "Acuerdo de hermanamiento entre Guadalajara y Kioto", "tier": "municipality", "government_id": "14039",
        "government_name": "Guadalajara", "counterpart": "Ciudad de Kioto", "country": "JP", "signed_on": "2026-11-03", "registered_at": AT,
    })
}

pub fn inscription() -> Value {
    json!({
        "number": "2026-000001", "legacy_number": null, "kind": "twinning", "instrument": "original", "title": "Acuerdo de hermanamiento entre Guadalajara y Kioto",
        "tier": "municipality", "parties": [{"government_id": "14039", "name": "Guadalajara", "tier": "municipality", "state_id": "14", "body": null}],
        "counterparts": [{"name": "Ciudad de Kioto", "kind": "foreign_government", "level": "local", "country": "JP"}], "themes": ["culture"], "sdg_targets": ["11.4"],
        "languages": ["es", "ja"], "validity": {"enters_into_force_on": null, "ends_on": null, "term": "indefinite", "renewal": "none"},
        "signed_on": "2026-11-03", "signed_place": "Guadalajara, Jalisco", "signatories": [], "opinion_number": "CJA-1042/2026",
        "documents": [{"id": ID, "language": "es", "size": 48_213, "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}],
        "registered_at": AT, "updated_at": AT, "responsible_body": "Secretaría de Relaciones Exteriores", "licence": "CC-BY-4.0",
    })
}

pub fn read() -> Value {
    json!({"id": ID, "at": AT, "viewer_tenant": "00", "operation": "get_agreement", "subject_ids": [ID]})
}

pub fn session() -> Value {
    json!({"access_token": "eyJ0eXAiOiJhdCtqd3QiLCJhbGciOiJFZERTQSJ9...", "token_type": "Bearer", "expires_in": 300, "refresh_token": "q1w2...", "tenant": "14039", "roles": ["officer"]})
}

pub fn jwks() -> Value {
    json!({"keys": [{"kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "use": "sig", "kid": "0f1e2d3c4b5a6978", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]})
}

pub fn me() -> Value {
    json!({
        "id": ID, "name": "Oficial de Guadalajara", "email": "oficial@guadalajara.example", "tenant": "14039", "tenant_name": "Guadalajara", "roles": ["officer"],
        "memberships": [{"tenant": "14039", "role": "officer"}],
    })
}

pub fn catalog() -> Value {
    json!({"catalog": "themes", "version": "5d1c3f0a9b7e2468", "entries": [{"code": "culture", "label": {"es": "Cultura", "en": "Culture"}, "attributes": {"priority": "true"}, "valid_from": null, "valid_to": null, "replaced_by": null}]})
}

pub fn problem_catalog() -> Value {
    json!({"problems": [{"code": "not_found", "status": 404, "title": {"es": "No encontrado", "en": "Not found"}, "detail": {"es": "No existe o no está a su vista.", "en": "It does not exist or is not in your sight."}}]})
}

/// The example of a form, by the name of its schema.
pub fn form(name: &str) -> Value {
    if name == "ImportUpload" {
        json!({ "file": "entidad,municipio,contraparte,país,tipo\nJalisco,Guadalajara,Kioto,Japón,hermanamiento\n" })
    } else {
        upload()
    }
}

fn upload() -> Value {
    json!({"kind": "text", "language": "es", "rendition": "original", "classification": "public", "file": "%PDF-1.7 ..."})
}

pub fn import_batch() -> Value {
    json!({
        "id": ID, "file": "acuerdos.csv", "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "row_count": 63,
        "summary": {"imported": 62, "duplicate": 1, "needs_decision": 0, "refused": 0}, "created_at": AT, "completed_at": AT, "undone_at": null,
    })
}

pub fn import_row() -> Value {
    json!({
        "line": 2, "result": "imported",
        "detail": {"agreement_id": ID, "government_id": "14039", "kind": "twinning", "country": "JP", "quality_flags": ["missing_date"]},
    })
}

pub fn import_report() -> Value {
    json!({
        "file": "acuerdos.csv", "dry_run": false, "batch_id": ID, "summary": {"imported": 1, "duplicate": 0, "needs_decision": 0, "refused": 0},
        "warnings": [], "rows": [import_row()],
    })
}

pub fn undone() -> Value {
    json!({ "undone": 61, "kept": [ID] })
}
