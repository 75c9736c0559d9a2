//! Separation of duties: the person counts, whatever government they act for.

use serde_json::{Value, json};
use uuid::Uuid;
use vinculo_api::fixtures::pdf;
use vinculo_auth::{Action, Actor, Kind, policy};
use vinculo_domain::agreements::Stage;
use vinculo_domain::identity::Membership;
use vinculo_domain::{Role, TenantId};
use vinculo_persistence::stores::people::{self, NewPerson};
use vinculo_persistence::{Intent, Reply};
use vinculo_tests::{Client, GUADALAJARA, JALISCO, SRE, TestApp, on_both};

/// A person with several roles.
async fn person(app: &TestApp, held: &[(&str, Role)]) -> Uuid {
    let membership = |(tenant, role): &(&str, Role)| Membership {
        tenant: TenantId::new(*tenant),
        role: *role,
    };
    let new = NewPerson {
        name: "Persona con dos encargos".into(),
        email: format!("{}@dos.example", Uuid::now_v7()),
        password_hash: "none".into(),
        memberships: held.iter().map(membership).collect(),
    };
    let scope = policy::scope(Some(&Actor::operator()), Kind::Session, Action::Update);
    let intent = Intent {
        operation: "test",
        request_id: String::new(),
        idempotency: None,
        dry_run: false,
    };
    let reply = app.app.db.write(&scope, &intent, move |tx| {
        let body = people::create(tx, &new)?.id.to_string();
        Ok(Reply {
            status: 201,
            etag: None,
            location: None,
            body,
            replayed: false,
        })
    });
    Uuid::parse_str(&reply.await.unwrap().body).unwrap()
}

/// What a client reads about one action.
async fn told(client: &Client, case: &str, action: &str) -> Value {
    let view = client.get(&format!("/v1/agreements/{case}")).await;
    let view = view.expect(200).json();
    let lines = view["available_transitions"].as_array().unwrap();
    let line = lines.iter().find(|line| line["action"] == action).unwrap();
    json!([line["allowed"], line["reasons"]])
}

// row: 003-05, 004-03
// operations: transition_agreement, get_agreement
#[actix_web::test]
async fn nobody_forwards_what_the_same_person_submitted() {
    on_both(|app| async move {
        let both = person(
            &app,
            &[(GUADALAJARA, Role::Officer), (JALISCO, Role::Liaison)],
        )
        .await;
        let here = app.session(both, GUADALAJARA).await;
        let there = app.session(both, JALISCO).await;
        let other = app.client(Role::Liaison, JALISCO).await;
        let forward = json!({"action": "forward", "note": "Sin inconveniente."});

        let case = app.case_in(GUADALAJARA, Stage::Draft).await.to_string();
        here.transition(&case, &json!({"action": "submit"}))
            .await
            .expect(200);
        let refused = json!([false, ["separation_of_duties"]]);
        assert_eq!(told(&there, &case, "forward").await, refused);
        assert_eq!(told(&other, &case, "forward").await, json!([true, []]));
        let separated = there.transition(&case, &forward).await;
        let separated = separated.refused(403, "separation_of_duties").json();
        assert_eq!(separated["roles"], json!(["liaison"]));
        let audited =
            "audit_log WHERE outcome = 'refused' AND detail LIKE '%separation_of_duties%'";
        assert_eq!(app.scratch.count(audited), 1);
        other.transition(&case, &forward).await.expect(200);

        // The same person may forward what somebody else submitted.
        let case = app
            .case_in(GUADALAJARA, Stage::StateReview)
            .await
            .to_string();
        assert_eq!(told(&there, &case, "forward").await, json!([true, []]));
        there.transition(&case, &forward).await.expect(200);

        // Having submitted in any round counts as having submitted.
        let officer = app.officer(GUADALAJARA).await;
        let back = json!({"action": "return_to_owner", "remarks": [{"text": "Precise."}]});
        for (submits, again) in [(&here, &officer), (&officer, &here)] {
            let case = app.case_in(GUADALAJARA, Stage::Draft).await.to_string();
            let submit = json!({"action": "submit"});
            submits.transition(&case, &submit).await.expect(200);
            other.transition(&case, &back).await.expect(200);
            let view = again.get(&format!("/v1/agreements/{case}")).await.json();
            let answers = json!([{"remark_id": view["remarks"][0]["id"], "text": "Atendido."}]);
            let resubmit = json!({"action": "resubmit", "answers": answers});
            again.transition(&case, &resubmit).await.expect(200);
            there
                .transition(&case, &forward)
                .await
                .refused(403, "separation_of_duties");
        }
    })
    .await;
}

// row: 003-05
// operations: transition_agreement, get_agreement
#[actix_web::test]
async fn nobody_inscribes_what_the_same_person_opined_on() {
    on_both(|app| async move {
        let both = person(&app, &[(SRE, Role::LegalReviewer), (SRE, Role::Registrar)]).await;
        let both = app.session(both, SRE).await;
        let other = app.client(Role::Registrar, SRE).await;
        let officer = app.officer(GUADALAJARA).await;
        let register = json!({"action": "register", "text_matches": true});

        let case = app.case_in(GUADALAJARA, Stage::LegalReview).await.to_string();
        let letter = both.attach(&case, "opinion", None, &pdf("dictamen")).await;
        let opinion = json!({
            "action": "issue_opinion", "result": "favorable", "number": "CJA-7",
            "issued_on": "2026-11-03", "document_id": letter.expect(201).id(),
        });
        both.transition(&case, &opinion).await.expect(200);
        let view = officer.get(&format!("/v1/agreements/{case}")).await.json();
        let signatory = |side: &str, party: &Value| {
            json!({"side": side, "party": party, "name": "Persona", "post": "Titular", "capacity": "Titular"})
        };
        let signature = json!({
            "action": "record_signature", "signed_on": "2026-11-10", "place": "Guadalajara",
            "signatories": [
                signatory("mexican", &json!(GUADALAJARA)),
                signatory("counterpart", &view["counterparts"][0]["id"]),
            ],
            "originals": [{"language": "es", "authenticity": "authentic", "count": 2}],
        });
        officer.transition(&case, &signature).await.expect(200);
        let copy = pdf("firmado");
        let copy = officer.attach(&case, "signed_copy", Some("es"), &copy).await;
        copy.expect(201);
        let send = json!({"action": "send_to_registry"});
        officer.transition(&case, &send).await.expect(200);

        let refused = json!([false, ["separation_of_duties"]]);
        assert_eq!(told(&both, &case, "register").await, refused);
        let separated = both.transition(&case, &register).await;
        let separated = separated.refused(403, "separation_of_duties").json();
        assert_eq!(separated["roles"], json!(["registrar"]));
        assert_eq!(app.scratch.count("inscriptions"), 0);
        assert_eq!(told(&other, &case, "register").await, json!([true, []]));
        other.transition(&case, &register).await.expect(200);

        // Another person's opinion is no obstacle.
        let case = app.case_in(GUADALAJARA, Stage::PendingRegistration).await.to_string();
        assert_eq!(told(&both, &case, "register").await, json!([true, []]));
        both.transition(&case, &register).await.expect(200);
    })
    .await;
}

// row: 003-05, 004-03
// operations: transition_agreement, get_agreement
#[actix_web::test]
async fn a_liaison_gives_up_nothing_of_its_own_government() {
    on_both(|app| async move {
        // A liaison can withdraw only what it reported for others.
        for tenant in [JALISCO, SRE] {
            let case = app.case_in(tenant, Stage::Draft).await.to_string();
            let liaison = app.client(Role::Liaison, tenant).await;
            let withdraw = json!({"action": "withdraw", "reason": "Otra prioridad."});
            assert_eq!(
                told(&liaison, &case, "withdraw").await,
                json!([false, ["role"]])
            );
            liaison
                .transition(&case, &withdraw)
                .await
                .refused(403, "forbidden");
            let officer = app.officer(tenant).await;
            officer.transition(&case, &withdraw).await.expect(200);
        }
    })
    .await;
}
