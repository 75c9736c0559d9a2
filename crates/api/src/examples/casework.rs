//! The examples around work on cases: the guide, the workspace, imports, calendars, turns and
//! assignments.

use super::{AT, ID, agreement_summary, government, mechanism, office};
use serde_json::{Value, json};

fn merge(into: &mut Value, more: Value) {
    if let (Some(into), Value::Object(more)) = (into.as_object_mut(), more) {
        into.extend(more);
    }
}

fn link(operation: &str, method: &str, path: &str) -> Value {
    json!({"operation": operation, "method": method, "path": path})
}

pub fn guide() -> Value {
    let one = format!("/v1/agreements/{ID}");
    json!({
        "agreement_id": ID, "owner": "14039", "level": "full", "kind": "twinning", "stage": "draft",
        "headline": "En borrador: corresponde al gobierno promovente completarlo y enviarlo.",
        "compliance": {"status": "in_process", "missing": ["own_powers"]},
        "steps": [{
            "step": "own_powers", "title": {"es": "Atribuciones propias", "en": "Own powers"}, "state": "missing", "since": AT,
            "actors": [{"seat": "owner", "government_id": "14039", "name": "Guadalajara"}],
            "why": {"es": "La materia queda dentro de las atribuciones propias.", "en": "The subject stays within the own powers."},
            "basis": [{"law": "LCT", "article": "2-II"}],
            "missing": [{
                "need": "own_powers", "pointer": "/own_powers", "text": {"es": "Nombre las atribuciones propias.", "en": "Name the own powers."},
                "why": {"es": "La materia debe ser propia.", "en": "The subject must be one's own."}, "basis": [{"law": "LCT", "article": "2-II"}], "actions": ["submit"],
            }],
            "conditions": [], "links": [link("update_agreement", "PATCH", &one)],
        }],
        "next_actions": [{"action": "withdraw", "link": link("transition_agreement", "POST", &format!("{one}/transitions"))}],
    })
}

pub fn compliance_line() -> Value {
    json!({
        "government_id": "14039", "name": "Guadalajara", "state_id": "14",
        "cases": {"in_process": 2, "returned": 1, "signed_unsent": 0, "registered": 7, "reported": 0, "closed": 1, "unreviewed": 0},
        "oldest_waiting_days": 12, "inscriptions": 9, "light": "yellow",
        "rule": {"es": "Amarillo: algo espera al municipio.", "en": "Yellow: something waits for the municipality."},
    })
}

pub fn relation() -> Value {
    json!({
        "kind": "foreign_government", "source": "registry", "government_id": null, "name": "Ciudad de Kioto", "tier": null, "level": "local", "country": "JP",
        "agreements": 2, "twinnings": 1, "first_signed_on": "1990-03", "last_signed_on": "2026-11-10", "numbers": ["2026-000001"],
    })
}

pub fn workspace() -> Value {
    let mut waiting = agreement_summary();
    let more = json!({
        "assignee": null,
        "due": [{
            "step": "own_powers", "state": "missing", "missing": ["own_powers"],
            "actors": [{"seat": "owner", "government_id": "14039", "name": "Guadalajara"}],
        }],
        "guide": link("get_agreement_guide", "GET", &format!("/v1/agreements/{ID}/guide")),
    });
    merge(&mut waiting, more);
    let mut state = government();
    merge(
        &mut state,
        json!({"id": "14", "tier": "state", "kind": null, "name": "Jalisco", "parent_id": null, "inegi_key": "14"}),
    );
    json!({
        "government": government(), "waiting": [waiting], "waiting_more": false, "announced": [], "announced_more": false,
        "exchanges": {"waiting": [], "waiting_more": false, "awaited": [exchange()], "awaited_more": false},
        "stages": [{"stage": "draft", "cases": 3, "more": false, "list": link("list_agreements", "GET", "/v1/agreements?stage=draft")}],
        "routing": {"state": state, "mechanisms": [mechanism()], "offices": [office()]},
        "notices": null, "tools": [link("create_agreement", "POST", "/v1/agreements")],
    })
}

fn exchange() -> Value {
    json!({
        "kind": "referrals", "id": ID, "title": "Ciudades con industria aeroespacial", "status": "accepted", "owner": "14039", "asked": "00",
        "turn": {"government_id": "00", "since": AT, "business_days": 4, "due_on": "2027-03-31", "state": "on_time"},
        "path": format!("/v1/referrals/{ID}"),
    })
}

pub fn import_batch() -> Value {
    json!({
        "id": ID, "file": "acuerdos.csv", "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "row_count": 63,
        "summary": {"imported": 62, "duplicate": 1, "needs_decision": 0, "refused": 0}, "created_at": AT, "completed_at": AT, "undone_at": null,
    })
}

pub fn import_columns() -> Value {
    json!({"columns": [{
        "column": "municipality", "required": false,
        "es": "El municipio o la alcaldía; vacío si el acuerdo es del estado.",
        "en": "The municipality or borough; empty if the agreement is the state's.",
        "headings": ["municipio", "alcaldía"], "words": ["municipio", "alcaldia"],
    }]})
}

pub fn import_row() -> Value {
    json!({
        "line": 2, "result": "imported",
        "detail": {
            "agreement_id": ID, "government_id": "14039", "kind": "twinning", "country": "JP", "quality_flags": ["missing_date"],
            "external_ids": [{"system": "siga-jalisco", "value": "AI-1998-014"}],
        },
    })
}

pub fn import_report() -> Value {
    json!({
        "file": "acuerdos.csv", "dry_run": false, "batch_id": ID, "summary": {"imported": 1, "duplicate": 0, "needs_decision": 0, "refused": 0},
        "warnings": [], "rows": [import_row()],
    })
}

pub fn undone() -> Value {
    json!({ "undone": 61, "kept": [ID], "cancelled": ["2026-000001"] })
}

pub fn calendar() -> Value {
    json!({
        "id": ID, "government_id": "00", "name": "Días hábiles de la Secretaría", "weekdays": ["monday", "tuesday", "wednesday", "thursday", "friday"],
        "holidays": [{"date": "2026-04-03", "name": "Viernes Santo"}], "statutory_rest_days": true, "version": 1, "created_at": AT, "updated_at": AT,
    })
}

pub fn target() -> Value {
    json!({"id": ID, "government_id": "00", "stage": "legal_review", "business_days": 15, "version": 1, "created_at": AT, "updated_at": AT})
}

pub fn turns() -> Value {
    json!({
        "as_of": "2026-11-20", "count": 1,
        "turns": [{
            "number": 1, "stage": "state_review", "waiting_for": "state", "holder": "14", "since": AT, "until": null, "business_days": 0, "target_days": 10,
            "due_on": "2026-12-04", "state": "on_time", "calendar": {"government_id": "14", "id": null, "version": 0},
        }],
        "totals": [{"waiting_for": "state", "business_days": 0, "turns": 1}],
    })
}

pub fn assignment() -> Value {
    json!({"id": ID, "agreement_id": ID, "person_id": ID, "note": null, "assigned_by": ID, "since": AT, "until": null})
}

pub fn notice() -> Value {
    json!({
        "kind": "due_soon", "on": "2026-11-24", "agreement_id": ID, "record": null, "owner": "14039", "title": "Acuerdo de hermanamiento entre Guadalajara y Kioto",
        "stage": "state_review", "priority": "normal", "assigned_to": null,
    })
}

pub fn workload() -> Value {
    json!({
        "as_of": "2026-11-20",
        "lines": [{"stage": "state_review", "assigned_to": null, "open": 3, "due_soon": 1, "overdue": 0, "urgent": 1, "oldest_days": 12}],
    })
}
