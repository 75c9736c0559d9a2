//! Lists given out as files, and files brought in: what went out comes back as it was, every row is
//! told, and nobody gets more than the list shows.

use super::{Subject, subjects};
use actix_web::http::Method;
use serde_json::{Value, json};
use vinculo_domain::Role;
use vinculo_domain::records::Fields;
use vinculo_tests::{Answer, Client, GUADALAJARA, JALISCO, Request, TestApp, on_both};

/// A heading with more columns than any file has.
const COMMAS: &str = const {
    const MANY: [u8; 1000] = [b','; 1000];
    match std::str::from_utf8(&MANY) {
        Ok(text) => text,
        Err(_) => "",
    }
};

async fn file(client: &Client, path: &str, form: &str) -> String {
    let request = Request::new(Method::GET, path).header("accept", form);
    let answer = client.send(request).await.expect(200);
    assert!(
        answer.header("content-type").unwrap().starts_with(form),
        "{path}"
    );
    let vary = answer.header("vary").unwrap();
    assert!(vary.split(", ").any(|one| one == "Accept"), "{vary}");
    let name = answer.header("content-disposition").unwrap();
    assert!(name.starts_with("attachment; "), "{name}");
    answer.text()
}

async fn brought(subject: &Subject, query: &str, parts: &[(&str, &str)]) -> Answer {
    let parts: Vec<(&str, Option<&str>, &[u8])> = parts
        .iter()
        .map(|(name, text)| (*name, (*name == "file").then_some("filas"), text.as_bytes()))
        .collect();
    let path = format!("{}/import{query}", subject.path);
    subject
        .writer
        .send(Request::new(Method::POST, &path).form(&parts))
        .await
}

fn counts(report: &Value) -> [u64; 4] {
    ["created", "updated", "unchanged", "refused"].map(|name| report[name].as_u64().unwrap())
}

// row: 003-13
#[actix_web::test]
async fn what_went_out_comes_back_as_it_was() {
    on_both(|app: TestApp| async move {
        for subject in subjects(&app).await {
            let what = subject.kind.spec.many;
            for (word, id) in [("=Uno", "R:1; 2"), ("«Dos»; \"tres\"", "R-2")] {
                let mut body = subject.body(word);
                body["description"] = json!("Una línea,\notra; y \"otra\".\n=1+1");
                body["external_ids"] = json!([{"system": "siga", "value": id}]);
                body["countries"] = json!(["JP", "FR"]);
                subject.made(&body).await;
            }
            let owned = format!("{}?owner={}", subject.path, subject.owner);
            for form in ["text/csv", "application/x-ndjson"] {
                let out = file(&subject.writer, &owned, form).await;
                let report = brought(&subject, "", &[("file", &out)])
                    .await
                    .expect(200)
                    .json();
                let rows = report["rows"].as_array().unwrap().len();
                assert!(rows >= 2, "{what} {form}: {out}");
                assert_eq!(
                    counts(&report),
                    [0, 0, rows as u64, 0],
                    "{what} {form}: {report}"
                );
                let again = file(&subject.writer, &owned, form).await;
                assert_eq!(again, out, "{what} {form}");
                // The answers of the list, and as many lines as it has.
                let list = Subject::listed(&subject.writer, &owned).await;
                assert_eq!(list.len(), rows, "{what} {form}");
                if form == "application/x-ndjson" {
                    let first: Value = serde_json::from_str(out.lines().next().unwrap()).unwrap();
                    let one = subject.one(first["id"].as_str().unwrap());
                    assert_eq!(subject.writer.get(&one).await.json(), first, "{what}");
                }
            }
            let one = format!("{owned}&limit=1");
            let limited = file(&subject.writer, &one, "application/x-ndjson").await;
            assert_eq!(limited.lines().count(), 1, "{what}");
        }
    })
    .await;
}

/// Formulas, personal fields and records of others do not leave in a file.
#[actix_web::test]
async fn a_file_has_what_its_reader_sees() {
    on_both(|app: TestApp| async move {
        let state = app.client(Role::Viewer, JALISCO).await;
        for subject in subjects(&app).await {
            let what = subject.kind.spec.many;
            let mut body = subject.body("Público");
            body["external_ids"] = json!([{"system": "siga", "value": "secreto-1"}]);
            subject.made(&body).await;
            for form in ["text/csv", "application/x-ndjson"] {
                let out = file(&state, &format!("{}?limit=200", subject.path), form).await;
                for secret in ["secreto-1", "Persona Titular", "Perfil reservado"] {
                    assert!(!out.contains(secret), "{what} {form}: {out}");
                }
                let list = Subject::listed(&state, &format!("{}?limit=200", subject.path)).await;
                let ids = list.iter().filter(|id| out.contains(id.as_str())).count();
                assert_eq!(ids, list.len(), "{what} {form}");
            }
            for name in subject.kind.spec.personal.iter().chain(Fields::PERSONAL) {
                let out = file(&state, &subject.path, "application/x-ndjson").await;
                for line in out.lines() {
                    let record: Value = serde_json::from_str(line).unwrap();
                    let own = record["tenant_id"] == JALISCO;
                    assert!(own || record[*name].is_null(), "{what} {name}: {line}");
                }
            }
            let nobody = Request::new(Method::GET, &subject.path).header("accept", "text/csv");
            app.nobody()
                .send(nobody)
                .await
                .refused(401, "unauthenticated");
        }
    })
    .await;
}

#[actix_web::test]
async fn a_file_changes_what_it_names_and_adds_the_rest() {
    on_both(|app: TestApp| async move {
        let subjects = subjects(&app).await;
        let subject = subjects.iter().find(|one| one.kind.spec.many == "commitments").unwrap();
        let (id, etag) = subject.made(&subject.body("Uno")).await;
        let one = subject.one(&id);
        let table = format!(
            "id;version;title;source;external_ids;description\r\n\
             {id};1;Uno corregido;letter;;\r\n\
             ;;Nuevo;visit;siga:7;Texto\r\n\
             ;;Sin fuente;;;\r\n\
             {id};1;Otra vez;visit;;\r\n"
        );
        let dry = brought(subject, "?dry_run=true", &[("file", &table)]).await.expect(200);
        assert_eq!(counts(&dry.json()), [1, 1, 0, 2], "{}", dry.text());
        assert_eq!(dry.json()["rows"][1]["id"], Value::Null);
        assert_eq!(subject.writer.get(&one).await.etag(), etag);
        let report = brought(subject, "", &[("file", &table)]).await.expect(200).json();
        assert_eq!(counts(&report), [1, 1, 0, 2], "{report}");
        let lines: Vec<u64> = report["rows"].as_array().unwrap().iter()
            .map(|row| row["line"].as_u64().unwrap()).collect();
        assert_eq!(lines, [2, 3, 4, 5]);
        assert_eq!(report["rows"][2]["problem"]["errors"][0]["pointer"], "/source", "{report}");
        assert_eq!(report["rows"][3]["problem"]["code"], "precondition_failed", "{report}");
        let now = subject.writer.get(&one).await.json();
        assert_eq!(now["title"], "Uno corregido");
        assert_eq!(now["source"], "letter");
        assert_eq!(now["description"], Value::Null, "an empty cell empties its field");
        assert_eq!(now["themes"], json!(["culture"]), "a field without a column stays");
        // The same id of another system: it is the same record.
        let row = r#"{"title": "Nuevo y mejor", "source": "visit", "external_ids": [{"system": "siga", "value": "7"}]}"#;
        let again = brought(subject, "", &[("file", row)]).await.expect(200).json();
        assert_eq!(counts(&again), [0, 1, 0, 0], "{again}");
        assert_eq!(again["rows"][0]["id"], report["rows"][1]["id"]);
        // As a new one it is refused: the id is taken.
        let parts = [("file", row), ("mode", "create")];
        let taken = brought(subject, "", &parts).await.expect(200).json();
        assert_eq!(counts(&taken), [0, 0, 0, 1], "{taken}");
        assert_eq!(taken["rows"][0]["problem"]["errors"][0]["code"], "taken", "{taken}");
    })
    .await;
}

#[actix_web::test]
async fn a_file_that_is_wrong_is_told_what_would_be_right() {
    on_both(|app: TestApp| async move {
        let subjects = subjects(&app).await;
        let subject = subjects
            .iter()
            .find(|one| one.kind.spec.many == "budgets")
            .unwrap();
        let rows = app.scratch.count("records");
        let refused = |text: &'static str, status, code| async move {
            brought(subject, "", &[("file", text)])
                .await
                .refused(status, code)
                .json()
        };
        let told = refused("title,color\nx,azul\n", 422, "validation_failed").await;
        assert_eq!(told["errors"][0]["pointer"], "/color", "{told}");
        assert!(
            told["errors"][0]["admitted"]
                .as_array()
                .unwrap()
                .contains(&json!("title"))
        );
        let told = refused("title,title\nx,y\n", 422, "validation_failed").await;
        assert_eq!(told["errors"][0]["code"], "repeated", "{told}");
        let told = refused("title\n", 422, "validation_failed").await;
        assert_eq!(told["errors"][0]["code"], "empty", "{told}");
        let told = refused(
            "title,description\nx,\"abierto\ny,z\n",
            422,
            "validation_failed",
        )
        .await;
        assert_eq!(told["errors"][0]["code"], "unclosed_quote", "{told}");
        assert!(
            told["errors"][0]["detail"].as_str().unwrap().contains('2'),
            "{told}"
        );
        refused("%PDF-1.7\u{0}\u{1}", 415, "unsupported_media_type").await;
        refused(COMMAS, 413, "payload_too_large").await;
        // Each bad row by itself.
        let table = "title,fiscal_year,currency,approved,id,kind\n\
            Bien,2026,MXN,100,,\n\
            Sin moneda,2026,,100,,\n\
            Letras,dos mil,MXN,100,,\n\
            Mala clave,2026,MXN,100,x,\n\
            Ajena,2026,MXN,100,01938a5c-7c00-7a00-8000-000000000001,\n\
            Otro tipo,2026,MXN,100,,networks\n\
            De más,2026,MXN,100,,,,sobra\n\
            {no es json\n";
        let report = brought(subject, "", &[("file", table)])
            .await
            .expect(200)
            .json();
        assert_eq!(counts(&report), [1, 0, 0, 7], "{report}");
        let codes: Vec<&str> = report["rows"].as_array().unwrap()[1..]
            .iter()
            .map(|row| row["problem"]["code"].as_str().unwrap())
            .collect();
        let wanted = [
            "invalid_body",
            "invalid_body",
            "validation_failed",
            "not_found",
            "validation_failed",
            "validation_failed",
            "invalid_body",
        ];
        assert_eq!(codes, wanted, "{report}");
        let lines = "{\"title\": \"x\"\n[]\n{\"title\": \"x\", \"color\": 1}\n";
        let report = brought(subject, "", &[("file", lines)])
            .await
            .expect(200)
            .json();
        assert_eq!(counts(&report), [0, 0, 0, 3], "{report}");
        assert_eq!(app.scratch.count("records"), rows + 1);
        let viewer = app.client(Role::Viewer, GUADALAJARA).await;
        let path = format!("{}/import", subject.path);
        let form = Request::new(Method::POST, &path).form(&[("file", Some("f"), b"title\nx\n")]);
        viewer.send(form).await.refused(403, "forbidden");
    })
    .await;
}

/// Ten thousand rows, every one of them told; a request that is repeated under its key does nothing
/// again.
#[actix_web::test]
async fn every_row_of_a_large_file_is_told() {
    on_both(|app: TestApp| async move {
        let subjects = subjects(&app).await;
        let subject = subjects
            .iter()
            .find(|one| one.kind.spec.many == "commitments")
            .unwrap();
        let rows = vinculo_tests::pick("records: rows of a file that are right", 60, 9_900);
        let mut table = String::from("title,source\n");
        for n in 0..10_000 {
            let source = if n < rows { "visit" } else { "nada" };
            table.push_str(&format!("Compromiso {n},{source}\n"));
        }
        let path = format!("{}/import", subject.path);
        let request = || {
            let form = Request::new(Method::POST, &path);
            let form = form.form(&[("file", Some("filas.csv"), table.as_bytes())]);
            form.header("idempotency-key", "archivo-1")
        };
        let first = subject.writer.send(request()).await.expect(200);
        let report = first.json();
        let told = report["rows"].as_array().unwrap();
        assert_eq!(told.len(), 10_000);
        assert_eq!(counts(&report), [rows as u64, 0, 0, (10_000 - rows) as u64]);
        let in_order = told.iter().zip(2..).all(|(row, line)| row["line"] == line);
        assert!(in_order);
        let again = subject.writer.send(request()).await.expect(200);
        assert_eq!(again.json(), report);
        assert_eq!(
            again.header("idempotency-replayed").as_deref(),
            Some("true")
        );
        assert_eq!(
            app.scratch.count("records WHERE kind = 'commitments'"),
            rows as i64
        );
        let many = format!("{table}Uno más,visit\n");
        let form = Request::new(Method::POST, &path).form(&[("file", Some("f"), many.as_bytes())]);
        subject
            .writer
            .send(form)
            .await
            .refused(413, "payload_too_large");
        if !vinculo_tests::is_full() {
            return;
        }
        let out = file(&subject.writer, &subject.path, "text/csv").await;
        assert_eq!(out.lines().count(), rows + 1);
    })
    .await;
}

/// What a file leaves empty because its sender does not see it stays as it is.
#[actix_web::test]
async fn a_member_takes_nothing_away_that_it_does_not_see() {
    on_both(|app: TestApp| async move {
        let officer = app.officer(GUADALAJARA).await;
        let member = app.client(Role::CommitteeMember, GUADALAJARA).await;
        let me = member.get("/v1/me").await.expect(200).json()["id"].clone();
        let seat = json!([{"seat": "citizen", "name": "Persona", "person_id": me}]);
        let committee = json!({"title": "Comité", "members": seat});
        let committee = officer
            .post("/v1/committees", &committee)
            .await
            .expect(201)
            .id();
        let session = json!({"title": "Sesión", "committee_id": committee, "type": "ordinary",
            "visibility": "private", "shared_with": [JALISCO],
            "external_ids": [{"system": "siga", "value": "S-1"}]});
        let made = officer.post("/v1/meetings", &session).await.expect(201);
        let one = format!("/v1/meetings/{}", made.id());
        let out = file(&member, "/v1/meetings", "text/csv").await;
        assert!(out.contains(&made.id()) && !out.contains("S-1"), "{out}");
        let form = Request::new(Method::POST, "/v1/meetings/import");
        let form = form.form(&[("file", Some("sesiones.csv"), out.as_bytes())]);
        let report = member.send(form).await.expect(200).json();
        assert_eq!(counts(&report), [0, 0, 1, 0], "{report}");
        let now = officer.get(&one).await.expect(200).json();
        assert_eq!(now["external_ids"], session["external_ids"]);
        assert_eq!(now["shared_with"], session["shared_with"]);
        // Rows about what the sender may not change are told, and written to the audit log.
        let foreign = r#"{"id": "01938a5c-7c00-7a00-8000-000000000001", "title": "x"}"#;
        let form = Request::new(Method::POST, "/v1/meetings/import");
        let form = form.form(&[("file", Some("filas.ndjson"), foreign.as_bytes())]);
        let report = member.send(form).await.expect(200).json();
        assert_eq!(
            report["rows"][0]["problem"]["code"], "not_found",
            "{report}"
        );
        let noted = "audit_log WHERE operation = 'import_meetings' AND outcome = 'refused'";
        assert_eq!(app.scratch.count(noted), 1);
    })
    .await;
}
