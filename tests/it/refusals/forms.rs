//! What cannot be listed is told by its form: instants, days, ids, ranges, types of a body.

use super::{admitted, error_at, on_sqlite, permitted, request};
use actix_web::http::Method;
use serde_json::json;
use vinculo_api::operations;
use vinculo_tests::{GUADALAJARA, Request};

const DATES: (&str, &str) = ("AAAA, AAAA-MM o AAAA-MM-DD", "YYYY, YYYY-MM or YYYY-MM-DD");
const INSTANT: (&str, &str) = ("2026-11-21T18:00:00Z", "2026-11-21T18:00:00Z");
const EXTERNAL: (&str, &str) = ("«siga-jalisco:C-17»", "“siga-jalisco:C-17”");
const PERSON: (&str, &str) = ("«me», «none» o", "“me”, “none” or");
const GOVERNMENT: (&str, &str) = ("«14» o «14039»", "“14” or “14039”");

#[actix_web::test]
async fn a_parameter_says_the_form_of_its_value() {
    let app = on_sqlite().await;
    let officer = app.officer(GUADALAJARA).await;
    let capitals = "01938A5C-7C00-7A00-8000-000000000001";
    for (list, name, value, (es, en)) in [
        ("agreements", "updated_since", "2024-01-01", INSTANT),
        ("agreements", "updated_since", "", INSTANT),
        ("registry", "updated_since", "2024-13-01T00:00:00Z", INSTANT),
        ("registry", "updated_since", "2024-01-01T00:00:00", INSTANT),
        ("agreements", "external_id", "abc", EXTERNAL),
        ("agreements", "external_id", "a:", EXTERNAL),
        ("counterparts", "external_id", ":a", EXTERNAL),
        ("counterparts", "external_id", ":", EXTERNAL),
        ("agreements", "assigned_to", "x", PERSON),
        ("agreements", "assigned_to", "ME", PERSON),
        ("agreements", "assigned_to", "me,", PERSON),
        ("agreements", "assigned_to", capitals, PERSON),
        ("agreements", "due_before", "2024-13-01", DATES),
        ("agreements", "due_from", "2024-2", DATES),
        ("registry", "signed_from", "2024-02-30", DATES),
        ("registry", "ends_to", "2024-04-31", DATES),
        ("calendars", "government", "", GOVERNMENT),
        ("agreements", "owner", "14,", GOVERNMENT),
        ("registry", "state", "", ("como «14».", "such as “14”.")),
        (
            "registry",
            "municipality",
            ",",
            ("como «14039».", "such as “14039”."),
        ),
    ] {
        for (language, part) in [("es", es), ("en", en)] {
            let path = format!("/v1/{list}?{name}={value}");
            let asked = Request::new(Method::GET, &path).header("accept-language", language);
            let answer = officer.send(asked).await.refused(400, "invalid_parameter");
            let error = error_at(&answer, name);
            assert_eq!(error["code"], "malformed", "{path}");
            let said = error["detail"].as_str().unwrap();
            assert!(said.contains(part), "{path} {said}");
            let keyed = ["government", "owner", "state", "municipality"].contains(&name);
            assert_eq!(error["admitted_at"].is_string(), keyed, "{error}");
        }
    }
}

#[actix_web::test]
async fn a_range_does_not_end_before_it_begins() {
    let app = on_sqlite().await;
    let officer = app.officer(GUADALAJARA).await;
    for (list, stem) in [
        ("agreements", "signed"),
        ("agreements", "due"),
        ("registry", "signed"),
        ("registry", "registered"),
        ("registry", "ends"),
    ] {
        let path = |from: &str, to: &str| {
            format!("/v1/{list}?{stem}_to={to}&count=true&{stem}_from={from}")
        };
        for (from, to) in [
            ("2024-05-01", "2024-04"),
            ("2024-05-02", "2024-05-01"),
            ("2024", "2023-12-31"),
            ("2024-01", "2023"),
        ] {
            let answer = officer.get(&path(from, to)).await;
            let answer = answer.refused(400, "invalid_parameter");
            let error = error_at(&answer, &format!("{stem}_to"));
            assert_eq!(error["code"], "before_start", "{error}");
            let said = error["detail"].as_str().unwrap();
            for end in ["from", "to"] {
                assert!(said.contains(&format!("«{stem}_{end}»")), "{said}");
            }
        }
        for (from, to) in [
            ("2024-05-01", "2024-05-01"),
            ("2024-05-31", "2024-05"),
            ("2024-05", "2024"),
            ("2024", "2024-01-01"),
        ] {
            officer.get(&path(from, to)).await.expect(200);
        }
    }
}

#[actix_web::test]
async fn a_body_of_another_type_is_told_which_are_taken() {
    let app = on_sqlite().await;
    let operations = operations::all();
    let operation = |id: &str| operations.iter().find(|one| one.id == id).unwrap();
    for (id, kinds) in [
        ("create_counterpart", &["application/json"][..]),
        (
            "update_counterpart",
            &["application/merge-patch+json", "application/json"],
        ),
        ("create_document", &["multipart/form-data"]),
        ("create_session", &["application/json"]),
    ] {
        let client = permitted(&app, operation(id)).await;
        let sent = || request(operation(id), "").raw("text/plain", "{}");
        let answer = client.send(sent()).await;
        let answer = answer.refused(415, "unsupported_media_type");
        assert_eq!(admitted(&error_at(&answer, "Content-Type")), kinds);
        assert_eq!(answer.header("accept"), Some(kinds.join(", ")));
        let answer = client.send(sent().header("content-encoding", "gzip")).await;
        let answer = answer.refused(415, "unsupported_media_type");
        error_at(&answer, "Content-Encoding");
    }
}

/// What a field takes that holds a day.
const DAY: &str = "Escriba un día que exista, de los años 1800 a 2200: AAAA-MM-DD.";

/// The last day of a reservation is a day, whatever else stands there; an id is an id.
#[actix_web::test]
async fn a_day_and_an_id_are_asked_for_at_once() {
    let app = on_sqlite().await;
    let operations = operations::all();
    let operation = |id: &str| operations.iter().find(|one| one.id == id).unwrap();
    let classify = operation("create_classification");
    let client = permitted(&app, classify).await;
    for until in [
        json!("2027-01-01T00:00:00Z"),
        json!("2027-02-30"),
        json!("9115-06-25"),
        json!("hoy"),
        json!(5),
    ] {
        let body = json!({"classification": "reserved", "ground": "LGTAIP 112", "until": until});
        let answer = client.send(request(classify, "").json(&body)).await;
        let error = error_at(&answer.refused(400, "invalid_body"), "/until");
        assert_eq!(error["code"], "wrong_type");
        assert_eq!(error["detail"], DAY);
    }
    let calendar = operation("create_calendar");
    let client = permitted(&app, calendar).await;
    for date in ["2027-02-30", "1799-12-31", "hoy"] {
        let holidays = json!([{"date": date, "name": "Asueto"}]);
        let body = json!({"name": "Días hábiles", "holidays": holidays});
        let answer = client.send(request(calendar, "").json(&body)).await;
        let error = error_at(&answer.refused(400, "invalid_body"), "/holidays/0/date");
        assert_eq!(error["detail"], DAY);
    }
    let upload = operation("create_document");
    let client = permitted(&app, upload).await;
    for id in ["x", "", "01938a5c", "01938a5c-7c00-7a00-8000-00000000000g"] {
        let parts: [(&str, Option<&str>, &[u8]); 3] = [
            ("kind", None, b"other"),
            ("public_version_of", None, id.as_bytes()),
            ("file", Some("a.pdf"), b"%PDF-1.4"),
        ];
        let answer = client.send(request(upload, "").form(&parts)).await;
        let error = error_at(&answer.refused(400, "invalid_body"), "/public_version_of");
        assert_eq!(error["detail"], "Envíe un identificador (UUID).");
    }
}

#[actix_web::test]
async fn who_has_no_good_refresh_token_signs_in_again() {
    let app = on_sqlite().await;
    let body = json!({"refresh_token": "q1w2e3r4t5y6u7i8o9p0"});
    let answer = app.nobody().post("/v1/sessions/refresh", &body).await;
    let problem = answer.refused(401, "unauthenticated").json();
    let said = problem["detail"].as_str().unwrap();
    assert!(said.contains("inicie sesión de nuevo"), "{said}");
}

#[actix_web::test]
async fn the_document_is_only_read() {
    let app = on_sqlite().await;
    for method in [Method::HEAD, Method::PUT, Method::DELETE] {
        let asked = Request::new(method.clone(), "/openapi.json");
        let answer = app.nobody().send(asked).await;
        assert_eq!(answer.status, 405, "{method}");
        assert_eq!(answer.header("allow").as_deref(), Some("GET"), "{method}");
    }
}
