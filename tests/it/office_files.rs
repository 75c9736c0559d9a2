//! Files as offices send them, over HTTP and at the console: what is doubtful is asked or refused
//! before anything is kept, and both ways say the same.

use actix_web::http::Method;
use serde_json::{Value, json};
use vinculo_api::commands::import::import;
use vinculo_domain::Role;
use vinculo_domain::imports::Reading;
use vinculo_tests::{Answer, Client, Request, SRE, TestApp, on_both};

const HEADER: &str = "entidad,municipio,contraparte,pais,tipo,fecha,registro";

/// Sends a file; the parts are named `column`, `external_id` and `encoding`.
async fn send(client: &Client, path: &str, bytes: &[u8], parts: &[(&str, &str)]) -> Answer {
    let mut form: Vec<(&str, Option<&str>, &[u8])> = vec![("file", Some("oficina.csv"), bytes)];
    form.extend(
        parts
            .iter()
            .map(|(name, text)| (*name, None, text.as_bytes())),
    );
    client
        .send(Request::new(Method::POST, path).form(&form))
        .await
}

/// The result of each row: the outcome, and what is asked about or refused.
fn results(rows: &Value) -> Vec<String> {
    let row = |row: &Value| {
        let result = row["result"].as_str().unwrap();
        let detail = &row["detail"];
        let first = |list: &str| detail[list][0]["field"].as_str().map(str::to_owned);
        let about = first("questions").or_else(|| first("reasons"));
        about.map_or_else(|| result.to_owned(), |about| format!("{result} {about}"))
    };
    rows.as_array().unwrap().iter().map(row).collect()
}

/// Files with one row or more under the usual header, and what comes of each row.
const FILES: [(&str, &str); 10] = [
    (
        "Jalisco,Guadalajara,Kobe,Japón,hermanamiento,1998,No",
        "imported",
    ),
    (
        "Jalisco,Guadalajara,Nara,Japón,hermanamiento,1998,registrado",
        "needs_decision registry_number",
    ),
    (
        "Jalisco,Guadalajara,Gifu,Japón,hermanamiento,2199,",
        "refused signed_on",
    ),
    (
        "Jalisco,Guadalajara,Otsu,S/N,hermanamiento,1998,",
        "refused country",
    ),
    (
        "Jalisco,Guadalajara,MÃ¡laga,Italia,hermanamiento,,",
        "needs_decision counterpart",
    ),
    (
        "Jalisco,Guadalajara,M?laga,Italia,hermanamiento,,",
        "refused counterpart",
    ),
    ("Jalisco,Guadalajara,Lyon,Francia,hermanamiento", "imported"),
    (
        "Jalisco,Guadalajara,Nantes,Francia,hermanamiento,35869,",
        "needs_decision signed_on",
    ),
    (
        "Jalisco,Guadalajara,\"Brest,Francia,hermanamiento,1998,",
        "refused row",
    ),
    (
        "Jalisco,Guadalajara,Rennes,Francia,hermanamiento,15-mar-1998,,,",
        "imported",
    ),
];

// row: 003-07
// operations: create_import
#[actix_web::test]
async fn what_an_office_writes_is_read_asked_or_refused() {
    on_both(|app: TestApp| async move {
        let sre = app.client(Role::Liaison, SRE).await;
        let rows: Vec<&str> = FILES.iter().map(|(row, _)| *row).collect();
        let text = format!(
            "Relación de acuerdos,,,,,,\n,,,,,,\n{HEADER}\n{}\n",
            rows.join("\n")
        );
        let expected: Vec<&str> = FILES.iter().map(|(_, result)| *result).collect();
        let path = "/v1/imports?dry_run=true";
        let sent = send(&sre, path, text.as_bytes(), &[])
            .await
            .expect(200)
            .json();
        assert_eq!(results(&sent["rows"]), expected);
        let lines: Vec<u64> = sent["rows"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| row["line"].as_u64().unwrap())
            .collect();
        assert_eq!(lines, (4..14).collect::<Vec<_>>());
        let reading = Reading::default();
        let console = import(
            &app.app,
            "oficina.csv",
            text.as_bytes(),
            &reading,
            true,
            |_, _| {},
        );
        let console = serde_json::to_value(console.await.unwrap()).unwrap();
        assert_eq!(console["rows"], sent["rows"]);
        assert_eq!(console["warnings"], sent["warnings"]);
    })
    .await;
}

/// Whole files, and whose agreement comes of their row.
const WHOSE: [(&str, &str); 8] = [
    (
        "Estado,Ciudad,Ciudad hermana,País,Tipo\nJalisco,Zapopan,Grenoble,Francia,hermanamiento\n",
        "imported 14120",
    ),
    (
        "Nombre del municipio,Entidad,Contraparte,País,Tipo,Nivel de la contraparte\nTonalá,Jalisco,Turín,Italia,hermanamiento,\n",
        "imported 14101",
    ),
    (
        "entidad,municipio,contraparte,pais,tipo\n9,9,Leipzig,Alemania,hermanamiento\n",
        "imported 09009",
    ),
    (
        "Clave de entidad,Clave de municipio,Contraparte,País,Tipo\n14,039,Odense,Dinamarca,hermanamiento\n",
        "imported 14039",
    ),
    (
        "municipio,contraparte,pais,tipo\n\"San Felipe, México\",Gante,Bélgica,hermanamiento\n",
        "needs_decision government",
    ),
    (
        "entidad,municipio,contraparte,pais,tipo\n,\"Guadalajara, México\",Faro,Portugal,hermanamiento\n",
        "imported 14039",
    ),
    (
        "entidad,municipio,contraparte,pais,tipo\nJalisco,La Manzanilla,Braga,Portugal,hermanamiento\n",
        "needs_decision government",
    ),
    (
        "Estado,Municipio,Contraparte,País,Tipo,Fecha de suscripción\nJalisco,Tlaquepaque,Évora,Portugal,hermanamiento,15/03/1998\n",
        "imported 14098",
    ),
];

// row: 003-07
// operations: create_import
#[actix_web::test]
async fn a_row_goes_to_the_government_that_its_cells_name_or_asks() {
    on_both(|app: TestApp| async move {
        let sre = app.client(Role::Liaison, SRE).await;
        for (text, expected) in WHOSE {
            let path = "/v1/imports?dry_run=true";
            let sent = send(&sre, path, text.as_bytes(), &[]).await;
            let sent = sent.expect(200).json();
            let row = &sent["rows"][0];
            let whose = row["detail"]["government_id"].as_str();
            let found = whose.map_or_else(
                || results(&sent["rows"])[0].clone(),
                |whose| format!("{} {whose}", row["result"].as_str().unwrap()),
            );
            assert_eq!(found, expected, "{text}");
            let reading = Reading::default();
            let bytes = text.as_bytes();
            let console = import(&app.app, "oficina.csv", bytes, &reading, true, |_, _| {}).await;
            let console = serde_json::to_value(console.unwrap()).unwrap();
            assert_eq!(console["rows"], sent["rows"], "{text}");
        }
    })
    .await;
}

/// Nothing of a file is kept before its columns are understood.
#[actix_web::test]
async fn a_column_that_is_not_understood_is_named_by_hand() {
    on_both(|app: TestApp| async move {
        let sre = app.client(Role::Liaison, SRE).await;
        let text = "Estado,Localidad,Ciudad hermana,País,Tipo\n\
                    Jalisco,Guadalajara,Lyon,Francia,hermanamiento\n";
        let path = "/v1/imports";
        let before = app
            .scratch
            .rows(&["audit_log", "audit_owners", "heartbeats"]);
        let asked = send(&sre, path, text.as_bytes(), &[]).await;
        let asked = asked.refused(422, "validation_failed");
        let error = &asked.json()["errors"][0];
        assert_eq!(error["code"], "which_column");
        assert!(
            error["detail"]
                .as_str()
                .unwrap()
                .contains("municipality=Localidad"),
            "{error}"
        );
        let after = app
            .scratch
            .rows(&["audit_log", "audit_owners", "heartbeats"]);
        assert_eq!(before, after);
        let named = [("column", "municipality=Localidad")];
        let report = send(&sre, path, text.as_bytes(), &named)
            .await
            .expect(201)
            .json();
        assert_eq!(results(&report["rows"]), ["imported"]);
        assert_eq!(report["rows"][0]["detail"]["government_id"], "14039");
        for (parts, pointer) in [
            (&[("column", "mpio=Localidad")][..], "/column/0"),
            (&[("external_id", "folio")], "/external_id/0"),
            (&[("encoding", "latin1")], "/encoding"),
            (&[("column", "municipality=Municipio")], "/file"),
        ] {
            let refused = send(&sre, path, text.as_bytes(), parts).await;
            let refused = refused.refused(422, "validation_failed").json();
            assert_eq!(refused["errors"][0]["pointer"], pointer, "{refused}");
        }
    })
    .await;
}

#[actix_web::test]
async fn an_old_encoding_is_asked_about_and_then_read() {
    on_both(|app: TestApp| async move {
        let sre = app.client(Role::Liaison, SRE).await;
        let dos = b"entidad,municipio,contraparte,pais,tipo\nJalisco,Zapopan,P\xA2voa de Varzim,Portugal,hermanamiento\n";
        let asked = send(&sre, "/v1/imports", dos, &[]).await;
        let asked = asked.refused(422, "validation_failed").json();
        assert_eq!(asked["errors"][0]["code"], "which_encoding");
        let named = [("encoding", "cp850")];
        send(&sre, "/v1/imports", dos, &named).await.expect(201);
        let found = sre.get("/v1/agreements?q=p%C3%B3voa").await.expect(200).json();
        assert_eq!(found["items"].as_array().unwrap().len(), 1, "{found}");
    })
    .await;
}

// row: 003-07
// operations: list_import_columns
#[actix_web::test]
async fn the_headings_that_are_understood_can_be_read() {
    on_both(|app: TestApp| async move {
        let sre = app.client(Role::Liaison, SRE).await;
        let help = sre.get("/v1/imports/columns").await.expect(200).json();
        let columns = help["columns"].as_array().unwrap();
        assert_eq!(columns.len(), 14);
        // A file with the first heading of each column is understood as a whole.
        let header: Vec<&str> = columns
            .iter()
            .map(|column| column["headings"][0].as_str().unwrap())
            .collect();
        let text = format!("{}\n", header.join(","));
        let report = send(&sre, "/v1/imports?dry_run=true", text.as_bytes(), &[]).await;
        assert_eq!(report.expect(200).json()["warnings"], json!([]));
    })
    .await;
}

/// The API judges names as the importer does.
#[actix_web::test]
async fn a_name_has_letters_and_they_are_whole() {
    on_both(|app: TestApp| async move {
        let officer = app.officer(vinculo_tests::GUADALAJARA).await;
        for (name, code) in [
            ("---", "letterless"),
            ("\u{200B}\u{2060}", "letterless"),
            ("☺☺", "letterless"),
            ("MÃ¡laga", "unreadable_characters"),
            ("M?laga", "unreadable_characters"),
        ] {
            let body = json!({"kind": "foreign_government", "level": "local", "name": name, "country": "ES"});
            let refused = officer.post("/v1/counterparts", &body).await;
            let refused = refused.refused(422, "validation_failed").json();
            assert_eq!(refused["errors"][0]["code"], code, "{name}");
            assert_eq!(refused["errors"][0]["pointer"], "/name");
        }
    })
    .await;
}
