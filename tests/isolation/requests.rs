//! The request of each cell: valid in everything except, perhaps, its sender.

use super::objects::{Place, Places, file, records};
use super::people::Person;
use super::table::records::of_operation;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use vinculo_api::operation::Operation;
use vinculo_tests::{GUANAJUATO, Request, TestApp};

/// The tags of each object, by government.
pub type Tags = BTreeMap<(String, &'static str), String>;

/// The parts of a request.
pub struct Wanted<'a> {
    pub operation: &'a Operation,
    pub place: Option<&'a Place>,
    pub tag: Option<&'a str>,
    pub person: Option<&'a Person>,
    /// A refresh token that has not been used.
    pub refresh_token: &'a str,
}

/// The id in a path that is about no object of the table.
fn of_no_object(operation: &Operation) -> &'static str {
    if operation.id == "get_score_method" {
        "01938a5c-7c00-7a00-8000-000000000001"
    } else {
        "14039"
    }
}

fn path(wanted: &Wanted<'_>, places: &Places) -> String {
    let operation = wanted.operation;
    let (id, document, text_set) = match wanted.place {
        Some(place) => (
            place.id.as_str(),
            place.document.as_str(),
            place.text_set.as_str(),
        ),
        None => (of_no_object(operation), places.public_document.as_str(), ""),
    };
    let path = operation
        .path
        .replace("{id}", id)
        .replace("{agreement_id}", id)
        .replace("{other_id}", document)
        .replace("{document_id}", document)
        .replace("{text_set_id}", text_set)
        .replace("{number}", &places.number)
        .replace("{ordinal}", "1")
        .replace("{catalog}", "themes")
        .replace("{system}", "sistema")
        .replace("{value}", "nuevo");
    if operation.id.contains("_record_") {
        format!("{path}?kind=networks")
    } else if operation.repeatable {
        format!("{path}?dry_run=true")
    } else if operation.query.iter().any(|query| query.name == "limit") {
        format!("{path}?limit=200")
    } else {
        path
    }
}

/// The body of an operation that takes JSON; None for an operation that this test does not know.
fn body(wanted: &Wanted<'_>, places: &Places) -> Option<Value> {
    if let Some((kind, verb)) = of_operation(wanted.operation.id) {
        let own = wanted.person.map_or("14039", |person| person.who.tenant);
        let named = |object: &str| places.by_name[object].id.clone();
        return match verb {
            "create" | "put" => Some(records::body(kind, own, named)),
            "update" => Some(json!({"description": "Otra descripción"})),
            "transition" => Some(wanted.place?.action.clone()),
            _ => None,
        };
    }
    let period = json!({"state_id": GUANAJUATO, "name": "Mecanismo", "starts_on": "2025-01-01"});
    let own = wanted.person.map_or("14039", |person| person.who.tenant);
    Some(match wanted.operation.id {
        "create_session" => {
            let who = wanted
                .person
                .map_or(("officer@14039.example", "14039"), |person| {
                    (person.email.as_str(), person.who.tenant)
                });
            json!({"email": who.0, "password": TestApp::PASSWORD, "tenant_id": who.1})
        }
        "refresh_session" => json!({"refresh_token": wanted.refresh_token}),
        "create_agreement" => json!({"kind": "twinning", "title": "Otro hermanamiento"}),
        "create_past_agreement" => json!({
            "action": "record_unreviewed", "compliance": "unknown", "kind": "twinning",
            "title": "Hermanamiento de otro tiempo", "source": "Archivo", "reason": "Se encontró.",
            "government_id": own,
            "counterparts": [{"fields": TestApp::counterpart_json("Ciudad de Lisboa")}],
        }),
        "create_agreement_correction" => {
            json!({"reason": "Error de captura.", "signed_on": "1997", "place": "Nara"})
        }
        "create_agreement_withdrawal" => json!({"reason": "Se registró por error."}),
        "update_agreement" => json!({"objective": "Otro objeto"}),
        "transition_agreement" => wanted.place?.action.clone(),
        "create_text_set" => {
            let document = &wanted.place?.document;
            let text =
                json!({"language": "es", "authenticity": "authentic", "document_id": document});
            json!({"texts": [text]})
        }
        "put_overlap_resolution" => json!({"decision": "merge", "reason": "Mismo objeto."}),
        "create_counterpart" => TestApp::counterpart_json("Ciudad de Burdeos"),
        "confirm_agreement" => json!({}),
        "create_departure" => json!({"reason": "Otra prioridad"}),
        "create_adhesion" => {
            let signatory = json!({"name": "Persona", "post": "Titular", "capacity": "Titular"});
            json!({"signed_on": "2026-11-12", "place": "Irapuato", "signatories": [signatory],
                "document_id": wanted.place?.document})
        }
        "create_body" => {
            json!({"governments": [own], "name": "Dirección", "kind": "dependency",
                "starts_on": "2018-10-01"})
        }
        "update_body" => json!({"name": "Otro nombre"}),
        "create_administration" => {
            json!({"government_id": own, "starts_on": "1950-01-01", "ends_on": "1952-12-31"})
        }
        "update_administration" => json!({"ends_on": "2027-09-29"}),
        "update_counterpart"
        | "update_mechanism"
        | "update_designated_office"
        | "update_calendar" => json!({"name": "Otro nombre"}),
        "create_agreement_waiting" => json!({"for": "counterpart"}),
        "create_agreement_urgency" => json!({"urgent": true, "reason": "Visita oficial"}),
        "create_agreement_assignment" => json!({ "person_id": null }),
        "create_calendar" => json!({"name": "Días hábiles"}),
        "create_score_method" => json!({"holds_from": "2100-01-01", "weights": {
            "legal_basis": 100, "budget": 0, "position": 0, "participation": 0, "compliance": 0,
            "activity": 0, "continuity": 0, "transparency": 0,
        }}),
        "create_target" => json!({"stage": "signed", "business_days": 10}),
        "update_target" => json!({"business_days": 7}),
        "create_mechanism" => period,
        "create_designated_office" => {
            json!({"state_id": GUANAJUATO, "name": "Oficina", "since": "2025-01-01"})
        }
        "create_classification" => {
            json!({"classification": "reserved", "ground": "LGTAIP 112-II", "until": "2029-12-31"})
        }
        "create_annotation" => json!({
            "effective_on": "2029-01-01", "ground": "Sentencia.",
            "changes": {"kind": "cancellation"},
        }),
        _ => return None,
    })
}

/// The request of one cell; None where this test cannot build it.
pub fn request(wanted: &Wanted<'_>, places: &Places) -> Option<Request> {
    use vinculo_api::operation::Input;
    let operation = wanted.operation;
    let mut request = Request::new(operation.method.clone(), &path(wanted, places));
    if operation.if_match {
        request = request.if_match(wanted.tag.unwrap_or(&places.tag));
    }
    match &operation.input {
        None => Some(request),
        Some(Input::Form(_)) if operation.id == "create_document" => {
            let file = file();
            Some(request.form(&[
                ("kind", None, b"other"),
                ("file", Some("archivo.pdf"), file.as_slice()),
            ]))
        }
        Some(Input::Form(_)) if operation.id == "create_import" => {
            let rows = "entidad,municipio,contraparte,país,tipo\nJalisco,Guadalajara,Lisboa,Portugal,hermanamiento\n";
            Some(request.form(&[("file", Some("archivo.csv"), rows.as_bytes())]))
        }
        Some(Input::Form(_)) => {
            let (kind, _) = of_operation(operation.id)?;
            let own = wanted.person.map_or("14039", |person| person.who.tenant);
            let named = |name: &str| places.by_name[name].id.clone();
            let row = records::body(kind, own, named).to_string();
            Some(request.form(&[("file", Some("filas.ndjson"), row.as_bytes())]))
        }
        Some(Input::Json(_) | Input::Patch(_)) => Some(request.json(&body(wanted, places)?)),
    }
}
