//! The signed text: added between signature and dispatch, and sent with the case.

use super::{clause, numbers, of_texts, path, pointers, text};
use serde_json::json;
use vinculo_api::fixtures::pdf;
use vinculo_domain::Role;
use vinculo_domain::agreements::Stage;
use vinculo_tests::{GUADALAJARA, SRE, on_both};

// row: 003-05
// operations: create_text_set, transition_agreement
#[actix_web::test]
async fn the_signed_text_is_added_between_signature_and_dispatch() {
    on_both(|app| async move {
        let officer = app.officer(GUADALAJARA).await;
        let words = [clause("objective", "1", "Cooperan.")];
        let texts = [text("es", &words)];
        for (stage, signed) in [
            (Stage::Draft, true),
            (Stage::OpinionFavorable, true),
            (Stage::PendingRegistration, true),
            (Stage::Signed, false),
        ] {
            let case = app.case_in(GUADALAJARA, stage).await.to_string();
            let refused = officer.text_set(&case, &texts, signed).await;
            let code = if signed {
                "wrong_stage"
            } else {
                "locked_in_stage"
            };
            refused.refused(409, code);
            assert_eq!(numbers(&officer, &case).await, [1]);
        }
        let case = app.case_in(GUADALAJARA, Stage::Signed).await.to_string();
        let registrar = app.client(Role::Registrar, SRE).await;
        let before = of_texts(&registrar, &case).await;
        let made = officer.text_set(&case, &texts, true).await.expect(201);
        assert_eq!(made.json()["signed"], true);
        // A signed copy can also be a file of it.
        let copy = officer
            .attach(&case, "signed_copy", Some("es"), &pdf("firmado"))
            .await
            .id();
        let mut second = texts[0].clone();
        second["document_id"] = json!(copy);
        let second = json!({"texts": [second], "signed": true});
        officer
            .post(&path(&case, "/text-sets"), &second)
            .await
            .expect(201);
        assert_eq!(numbers(&officer, &case).await, [3, 2, 1]);
        assert_eq!(of_texts(&registrar, &case).await, before);
        officer
            .transition(&case, &json!({"action": "send_to_registry"}))
            .await
            .expect(200);
        // A text that was replaced before dispatch stays with its owner.
        assert_eq!(numbers(&registrar, &case).await, [3, 1]);
        let list = registrar.get(&path(&case, "/text-sets")).await.json();
        assert_eq!(list["items"][0]["signed"], true);
        assert_eq!(list["items"][1]["signed"], false);
        // Before the signature a signed copy is refused as a text.
        let draft = app.case_in(GUADALAJARA, Stage::Draft).await.to_string();
        let copy = officer
            .attach(&draft, "signed_copy", Some("es"), &pdf("copia"))
            .await
            .id();
        let mut text = texts[0].clone();
        text["document_id"] = json!(copy);
        let set = json!({"texts": [text]});
        let refused = officer.post(&path(&draft, "/text-sets"), &set).await;
        let refused = refused.refused(422, "validation_failed").json();
        let wanted = ("/texts/0/document_id".to_owned(), "unknown_key".to_owned());
        assert_eq!(pointers(&refused), [wanted]);
    })
    .await;
}
