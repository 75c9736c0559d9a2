//! The examples in the document, one for each kind of answer.

mod casework;

use crate::fixtures::pdf::pdf;
use serde_json::{Value, json};

pub use casework::{
    assignment, calendar, compliance_line, guide, import_batch, import_columns, import_report,
    import_row, notice, relation, target, turns, undone, workload, workspace,
};

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
        "id": ID, "state_id": "14", "name": "Dirección de Relaciones Internacionales", "head_name": "Persona Titular", "head_post": "Directora", "since": "2024-01-15", "until": null,
        "version": 1, "created_at": AT, "updated_at": AT,
    })
}

pub fn body() -> Value {
    json!({
        "id": ID, "tenant_id": "14039", "governments": ["14039"], "name": "Coordinación General de Relaciones Internacionales", "kind": "dependency",
        "starts_on": "2024-10-01", "ends_on": null, "successor_id": null, "requires_legal_review": false, "version": 1, "created_at": AT, "updated_at": AT,
    })
}

pub fn administration() -> Value {
    json!({
        "id": ID, "government_id": "14039", "starts_on": "2024-10-01", "ends_on": "2027-09-30",
        "head": {"name": "Persona Titular", "post": "Presidenta municipal", "capacity": "constitucional"}, "version": 1, "created_at": AT, "updated_at": AT,
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
        "id": ID, "owner": "14039", "level": "submitted", "version": 2, "stage": "state_review", "kind": "twinning", "recorded_in_error": false, "compliance": "in_process",
        "title": "Acuerdo de hermanamiento entre Guadalajara y Kioto", "country": "JP", "counterpart": "Ciudad de Kioto", "signed_on": null,
        "waiting_for": "state", "due_on": "2026-12-04", "priority": "normal", "assigned_to": null, "updated_at": AT,
        "external_ids": [{"system": "siga-jalisco", "value": "AI-2026-044"}],
    })
}

pub fn agreement_line() -> Value {
    let mut line = agreement_summary();
    let rest =
        json!({"themes": ["culture"], "parties": [party()], "ends_on": null, "inscription": null});
    if let (Some(line), Value::Object(rest)) = (line.as_object_mut(), rest) {
        line.extend(rest);
    }
    line
}

fn party() -> Value {
    json!({"government_id": "14039", "name": "Guadalajara", "role": "lead"})
}

fn content() -> Value {
    json!({
        "kind": "twinning", "title": "Acuerdo de hermanamiento entre Guadalajara y Kioto", "instrument": "original", "relates_to": null,
        "parties": [{"government_id": "14039", "role": "lead", "body": null, "body_id": null}], "counterparts": [ID], "objective": null, "themes": ["culture"],
        "sdg_targets": ["11.4"], "languages": ["es", "ja"], "own_powers": ["73-XXIX-NN"],
        "validity": {"enters_into_force_on": null, "ends_on": null, "term": "indefinite", "renewal": "none"},
        "planned_signing_on": "2027-03", "council_approval": null, "external_ids": [],
    })
}

fn standing() -> Value {
    json!({
        "government_id": "14039", "name": "Guadalajara", "role": "lead", "body": null, "body_id": null, "body_name": null, "requires_legal_review": false,
        "approval": null, "approval_document_id": null, "two_thirds_met": null, "outlives_term": true, "two_thirds_needed": true, "adhered_on": null,
    })
}

fn card() -> Value {
    json!({"id": ID, "kind": "foreign_government", "level": "local", "name": "Ciudad de Kioto", "country": "JP"})
}

pub fn agreement() -> Value {
    let mut view = agreement_summary();
    let rest = json!({
        "seats": ["state_reviewer"], "file_number": null,
        "submission": {"id": ID, "number": 1, "sent_to": "14", "content": content(), "counterparts": [card()], "text_set": 1, "parties": [standing()], "submitted_at": AT},
        "council_two_thirds_met": null, "council_two_thirds_needed": true, "powers_not_held": [],
        "remarks": [], "opinion": null, "opinions": [], "out_of_scope": null, "regularizing": false, "dispute": null, "signature": null, "inscription": null, "source": null, "quality_flags": [], "signed_text_differs": null, "urgency": null,
        "available_transitions": [{"action": "forward", "allowed": true, "reasons": []}, {"action": "submit", "allowed": false, "reasons": ["seat"]}],
    });
    json_patch::merge(&mut view, &rest);
    // A merge patch drops nulls, but the answer contains them.
    for key in [
        "file_number",
        "opinion",
        "out_of_scope",
        "dispute",
        "signature",
        "inscription",
        "source",
        "signed_on",
        "council_two_thirds_met",
        "signed_text_differs",
        "assigned_to",
        "urgency",
    ] {
        if let Some(object) = view.as_object_mut() {
            object.insert(key.to_owned(), Value::Null);
        }
    }
    view
}

pub fn history_entry() -> Value {
    json!({"id": ID, "at": AT, "version": 2, "action": "submit", "from_stage": "draft", "to_stage": "state_review", "acting_tenant": "14039", "person_id": null, "on_behalf": false, "note": null, "changes": []})
}

pub fn document() -> Value {
    json!({
        "id": ID, "agreement_id": ID, "kind": "text", "language": "es", "rendition": "original", "classification": "public", "ground": null, "until": null,
        "file_name": "hermanamiento-es.pdf", "media_type": "application/pdf", "size": 48_213,
        "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "acting_tenant": "14039", "created_at": AT,
        "public_version_of": null,
    })
}

pub fn classification() -> Value {
    json!({
        "number": 1, "classification": "reserved", "ground": "LGTAIP 112-II: negociaciones internacionales en curso.", "until": "2027-06-30",
        "acting_tenant": "14039", "classified_at": AT,
    })
}

pub fn text_set() -> Value {
    json!({"id": ID, "number": 1, "signed": false, "texts": [{"language": "es", "authenticity": "authentic", "document_id": ID, "clause_count": 18}], "created_at": AT})
}

pub fn full_text_set() -> Value {
    let clause = json!({"model": "objective", "number": "Primera", "heading": "Objetivo", "text": "Las Partes cooperan en materia de cultura."});
    let text = json!({"language": "es", "authenticity": "authentic", "document_id": ID, "clauses": [clause]});
    json!({"id": ID, "number": 1, "signed": false, "texts": [text], "created_at": AT})
}

pub fn text_comparison() -> Value {
    let name = json!({"number": "Segunda", "heading": "Vigencia"});
    let difference = json!([
        {"change": "removed", "text": "Cinco"}, {"change": "added", "text": "Diez"}, {"change": "same", "text": "años."},
    ]);
    let clause = json!({"change": "changed", "model": "term", "from": name, "to": name, "difference": difference, "whole": false});
    let language = json!({
        "language": "es", "authenticity_from": "authentic", "authenticity_to": "authentic", "differs": true, "reordered": false, "clauses": [clause],
    });
    json!({
        "agreement_id": ID, "from": {"number": 1, "signed": false}, "to": {"number": 2, "signed": true}, "differs": true, "languages": [language],
    })
}

pub fn clauses() -> Value {
    let line = json!({
        "model": "term", "label": {"es": "Vigencia", "en": "Term"}, "weight": "expected", "source": "CPEUM 115-II-b", "state": "present",
        "languages": [{"language": "es", "authenticity": "authentic", "state": "present", "numbers": ["Segunda"]}],
    });
    json!({"agreement_id": ID, "kind": "twinning", "text_set": 1, "catalog_version": "5d1c3f0a9b7e2468", "parity": true, "clauses": [line]})
}

pub fn remark() -> Value {
    json!({
        "id": ID, "kind": "observation", "submission": 1, "author": "00", "text": "Precise la vigencia.", "text_set": 1, "language": "es", "clause": "Segunda",
        "clause_model": "term", "created_at": AT, "answer": null, "answered_at": null,
    })
}

pub fn inscription_summary() -> Value {
    json!({
        "number": "2026-000001", "kind": "twinning", "title": "Acuerdo de hermanamiento entre Guadalajara y Kioto", "tier": "municipality", "government_id": "14039",
        "government_name": "Guadalajara", "parties": [party()], "counterpart": "Ciudad de Kioto", "country": "JP", "themes": ["culture"],
        "signed_on": "2026-11-03", "ends_on": "2031-11-02", "registered_at": AT, "standing": "in_force", "cancelled": false, "version": 1, "updated_at": AT,
    })
}

pub fn annotation() -> Value {
    json!({
        "number": "2026-000001", "ordinal": 1, "effective_on": "2026-12-31", "instrument_number": null, "document_id": null,
        "ground": "Error de captura en el lugar de firma.",
        "changes": {"kind": "correction", "fields": [{"field": "signed_place", "old": "Guadalajara", "new": "Guadalajara, Jalisco"}]},
        "annotated_at": AT,
    })
}

pub fn inscription() -> Value {
    let mut record = inscribed();
    if let Some(object) = record.as_object_mut() {
        object.insert("annotations".into(), json!([annotation()]));
        object.insert("consolidated".into(), inscribed());
        object.insert("withheld_documents".into(), json!([]));
        let standing = json!({"on": "2026-11-21", "standing": "in_force", "cancelled": false, "last_day": null});
        object.insert("standing".into(), standing);
    }
    record
}

fn inscribed() -> Value {
    json!({
        "number": "2026-000001", "legacy_number": null, "kind": "twinning", "instrument": "original", "title": "Acuerdo de hermanamiento entre Guadalajara y Kioto",
        "tier": "municipality", "parties": [{"government_id": "14039", "name": "Guadalajara", "tier": "municipality", "state_id": "14", "body": null, "body_kind": null, "role": "lead", "approval": null, "adhered_on": null}],
        "counterparts": [{"name": "Ciudad de Kioto", "kind": "foreign_government", "level": "local", "country": "JP"}], "themes": ["culture"], "sdg_targets": ["11.4"],
        "languages": ["es", "ja"], "validity": {"enters_into_force_on": null, "ends_on": null, "term": "indefinite", "renewal": "none"},
        "signed_on": "2026-11-03", "signed_place": "Guadalajara, Jalisco", "signatories": [], "opinion_number": "CJA-1042/2026",
        "documents": [{"id": ID, "language": "es", "size": 48_213, "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}],
        "registered_at": AT, "updated_at": AT, "responsible_body": "Secretaría de Relaciones Exteriores", "licence": "CC-BY-4.0",
        "relates_to": null, "legal_basis": {"key": "LCT", "version": "2025-11-14"},
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
        "storage": {"used_bytes": 48_213, "files": 1, "quota_bytes": 50_000_000_000_i64},
    })
}

pub fn catalog() -> Value {
    json!({"catalog": "themes", "version": "5d1c3f0a9b7e2468", "entries": [{"code": "culture", "label": {"es": "Cultura", "en": "Culture"}, "attributes": {"priority": "true"}, "valid_from": null, "valid_to": null, "replaced_by": null}]})
}

pub fn catalog_index() -> Value {
    json!({"catalogs": [{"catalog": "stages", "label": {"es": "Etapas del expediente", "en": "Stages of a case"}, "address": "/v1/catalogs/stages", "version": "5d1c3f0a9b7e2468", "entries": 15}]})
}

pub fn problem_catalog() -> Value {
    json!({"problems": [{"code": "not_found", "status": 404, "title": {"es": "No encontrado", "en": "Not found"}, "detail": {"es": "No existe o no tiene acceso.", "en": "It does not exist, or you have no access to it."}}]})
}

/// The example of a form, by the name of its schema.
pub fn form(name: &str) -> Value {
    if name == "ImportUpload" {
        json!({ "file": "entidad,municipio,contraparte,país,tipo\nJalisco,Guadalajara,Kioto,Japón,hermanamiento\n" })
    } else if name == "RecordUpload" {
        json!({ "file": "title,themes\nUna prueba,culture\n" })
    } else {
        upload()
    }
}

/// A complete file: the first bytes of a PDF alone would not be valid.
fn upload() -> Value {
    let file = String::from_utf8_lossy(&pdf("Hermanamiento")).into_owned();
    json!({"kind": "text", "language": "es", "rendition": "original", "classification": "public", "file": file})
}

pub fn statistics() -> Value {
    let measures = json!({"median_days": null, "p90_days": null, "within_target": null, "waiting": null, "area_km2": null, "territory_share": null});
    let row = |key: &str, label: &str, count: i64, share: f64| json!({"keys": {"tier": key}, "labels": {"tier": label}, "count": count, "share": share, "measures": measures});
    json!({
        "family": "stock", "scope": "public", "as_of": "2026-11-20", "begins_on": null, "note": null, "count_by": "agreements", "by": ["tier"], "filter": {"kind": "twinning"},
        "counting_rule": "Agreements inscribed in the public registry.", "quality": {"with_date": 98.2, "with_text": 61.0, "with_validity": 80.5},
        "total": 608, "counted": 608, "rows": [row("municipality", "Municipal", 401, 66.0), row("state", "State", 207, 34.0)],
        "measures": measures, "over_time": [],
    })
}

pub fn statistics_sheet() -> Value {
    json!(
        "line,tier,tier_label,count,share\r\nrow,municipality,Municipal,401,66.0\r\ntotal,,,608,100.0\r\n"
    )
}
