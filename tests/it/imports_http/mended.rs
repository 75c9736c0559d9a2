//! What a file brought in and somebody mended since: the file again repeats none of it, and to undo the
//! import leaves it.

use super::{HEAD, PATH, bring, case_at, fits};
use crate::tools::{one, post_on};
use actix_web::http::Method;
use serde_json::{Value, json};
use vinculo_domain::Role;
use vinculo_tests::{Client, GUADALAJARA, JALISCO, Request, SRE, on_both};

const KYOTO: &str = "Jalisco,Guadalajara,Kioto,Japón,hermanamiento,1998-10-20,Gaceta,\n";
const NARA: &str = "Jalisco,Guadalajara,Nara,Japón,hermanamiento,1999,Gaceta,\n";
const LYON: &str = "Jalisco,,Lyon,Francia,hermanamiento,2001,Gaceta,\n";

fn file(rows: &[&str]) -> String {
    format!("{HEAD}{}", rows.concat())
}

fn dated(day: &str) -> Value {
    json!({"reason": "El acta dice otro día.", "signed_on": day})
}

/// The result and the detail of the only row of a file.
async fn again(client: &Client, row: &str) -> (String, Value) {
    let made = bring(client, &file(&[row])).await.expect(201);
    fits(PATH, "post", &made);
    let row = made.json()["rows"][0].clone();
    (
        row["result"].as_str().unwrap().to_owned(),
        row["detail"].clone(),
    )
}

// row: 003-07
// operations: create_import, create_agreement_correction
#[actix_web::test]
async fn neither_the_old_file_nor_the_corrected_one_repeats_what_was_corrected() {
    on_both(|app| async move {
        let liaison = app.client(Role::Liaison, JALISCO).await;
        let report = bring(&liaison, &file(&[KYOTO])).await.expect(201).json();
        let case = case_at(&report, 2);
        let body = dated("1998-10-21");
        post_on(&liaison, &case, "corrections", &body)
            .await
            .expect(200);
        let (result, detail) = again(&liaison, KYOTO).await;
        assert_eq!(
            json!([result, detail["agreement_id"], detail["corrected"]]),
            json!(["duplicate", case, true])
        );
        let corrected = KYOTO.replace("1998-10-20", "1998-10-21");
        let (result, detail) = again(&liaison, &corrected).await;
        assert_eq!(
            json!([result, detail["agreement_id"], detail["corrected"]]),
            json!(["duplicate", case, null])
        );
        // For the ministry, which brought neither in, the first is another agreement than the one
        // on record; the second is that one, and which case it is stays hidden.
        let ministry = app.client(Role::Liaison, SRE).await;
        let (result, detail) = again(&ministry, &corrected).await;
        assert_eq!(
            json!([result, detail["agreement_id"]]),
            json!(["duplicate", null])
        );
        let (result, _detail) = again(&ministry, KYOTO).await;
        assert_eq!(result, "imported");
        assert_eq!(app.scratch.count("agreements"), 2);
    })
    .await;
}

// row: 003-07
// operations: create_import, create_agreement_withdrawal, create_past_agreement
#[actix_web::test]
async fn what_was_withdrawn_is_asked_about_where_its_file_comes_again() {
    on_both(|app| async move {
        let liaison = app.client(Role::Liaison, JALISCO).await;
        let report = bring(&liaison, &file(&[KYOTO])).await.expect(201).json();
        let case = case_at(&report, 2);
        let error = json!({"reason": "Es de otro municipio."});
        post_on(&liaison, &case, "withdrawals", &error).await.expect(200);
        let dry = Request::new(Method::POST, &format!("{PATH}?dry_run=true"));
        let text = file(&[KYOTO]);
        let dry = dry.form(&[("file", Some("a.csv"), text.as_bytes())]);
        let dry = liaison.send(dry).await.expect(200).json();
        assert_eq!(dry["rows"][0]["result"], "needs_decision");
        let (result, detail) = again(&liaison, KYOTO).await;
        assert_eq!(
            json!([result, detail["agreement_id"], detail["questions"][0]["field"]]),
            json!(["needs_decision", case, "record"])
        );
        assert_eq!(app.scratch.count("agreements"), 1);
        // Who decides that it belongs on record records it by itself; the file is then a duplicate.
        let kyoto = json!({"kind": "foreign_government", "level": "local", "name": "Kioto", "country": "JP"});
        let body = json!({"action": "report", "government_id": GUADALAJARA, "kind": "twinning",
            "title": "Hermanamiento con Kioto", "counterparts": [{"fields": kyoto}],
            "signed_on": "1998-10-20", "source": "Gaceta", "reason": "Sí es de Guadalajara."});
        let made = liaison.post("/v1/past-agreements", &body).await;
        let made = made.expect(201).id();
        let (result, detail) = again(&liaison, KYOTO).await;
        assert_eq!(
            json!([result, detail["agreement_id"]]),
            json!(["duplicate", made])
        );
    })
    .await;
}

// row: 003-07
// operations: undo_import, create_agreement_correction, create_agreement_withdrawal
#[actix_web::test]
async fn undoing_an_import_leaves_what_was_mended() {
    on_both(|app| async move {
        let liaison = app.client(Role::Liaison, JALISCO).await;
        let text = file(&[KYOTO, NARA, LYON]);
        let report = bring(&liaison, &text).await.expect(201).json();
        let [corrected, withdrawn, own] = [2, 3, 4].map(|line| case_at(&report, line));
        let body = dated("1998-10-21");
        post_on(&liaison, &corrected, "corrections", &body)
            .await
            .expect(200);
        let error = json!({"reason": "Es de otro municipio."});
        post_on(&liaison, &withdrawn, "withdrawals", &error)
            .await
            .expect(200);
        let path = format!("{PATH}/{}/undo", report["batch_id"].as_str().unwrap());
        let done = liaison.send(Request::new(Method::POST, &path)).await;
        assert_eq!(
            done.expect(200).json(),
            json!({"undone": 1, "kept": [corrected, withdrawn], "cancelled": []})
        );
        liaison.get(&one(&own)).await.refused(404, "not_found");
        let owner = app.officer(GUADALAJARA).await;
        let view = owner.get(&one(&corrected)).await.expect(200).json();
        assert_eq!(view["signed_on"], "1998-10-21");
        let view = owner.get(&one(&withdrawn)).await.expect(200).json();
        assert_eq!(view["recorded_in_error"], true);
    })
    .await;
}
