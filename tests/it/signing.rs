//! What a case shows about signing: two thirds of a council, and the signatory's authority.

use crate::administrations::period;
use crate::parties::{approve, case_with, etag, party};
use crate::tools::{one, points_at};
use serde_json::{Value, json};
use vinculo_api::fixtures::pdf;
use vinculo_domain::Role;
use vinculo_domain::agreements::{PartyRole, Stage};
use vinculo_tests::{Client, GUADALAJARA, JALISCO, SRE, TestApp, ZAPOPAN, on_both};

async fn in_office(client: &Client, government: &str, ends_on: &str) {
    let body = period(government, "2024-10-01", ends_on);
    client.post("/v1/administrations", &body).await.expect(201);
}

async fn valid_until(lead: &Client, case: &str, validity: &Value) -> Value {
    let change = json!({ "validity": validity });
    let tag = etag(lead, case).await;
    lead.patch(&one(case), &tag, &change)
        .await
        .expect(200)
        .json()
}

/// Whether the agreement outlives the council that voted, and whether two thirds may be needed.
fn shown(view: &Value, government: &str) -> [Value; 2] {
    let own = party(view, government);
    ["outlives_term", "two_thirds_needed"].map(|name| own[name].clone())
}

// row: 003-19, 003-10
// operations: get_agreement, update_agreement, confirm_agreement
#[actix_web::test]
async fn what_outlives_a_council_is_flagged_for_each_party_and_never_demanded() {
    on_both(|app| async move {
        let others = [(ZAPOPAN, PartyRole::Signatory), (JALISCO, PartyRole::Adherent)];
        let case = case_with(&app, &others).await;
        let (lead, zapopan) = (app.officer(GUADALAJARA).await, app.officer(ZAPOPAN).await);
        approve(&zapopan, &case).await;
        let (yes, no, unknown) = (json!(true), json!(false), json!(null));
        let fixed = json!({"term": "fixed", "ends_on": "2027-09-30", "renewal": "none"});
        // It is unknown when the term ends.
        let view = valid_until(&lead, &case, &fixed).await;
        assert_eq!(shown(&view, ZAPOPAN), [unknown.clone(), unknown.clone()]);
        in_office(&lead, GUADALAJARA, "2027-09-30").await;
        in_office(&zapopan, ZAPOPAN, "2027-06-30").await;
        let view = lead.get(&one(&case)).await.json();
        assert_eq!(shown(&view, GUADALAJARA), [no.clone(), no.clone()]);
        assert_eq!(shown(&view, ZAPOPAN), [yes.clone(), yes.clone()]);
        assert_eq!((&view["council_two_thirds_met"], &view["council_two_thirds_needed"]), (&yes, &no));
        for validity in [
            json!({"term": "indefinite", "ends_on": null, "renewal": "none"}),
            json!({"term": "fixed", "ends_on": "2027-01", "renewal": "automatic"}),
            json!({"term": "fixed", "ends_on": "2028", "renewal": "by_agreement"}),
        ] {
            let view = valid_until(&lead, &case, &validity).await;
            assert_eq!(shown(&view, GUADALAJARA), [yes.clone(), yes.clone()], "{validity}");
            assert_eq!(view["council_two_thirds_needed"], true);
        }
        // A state has no council; an agreement without an end still outlives its administration.
        let view = valid_until(&lead, &case, &json!({"term": "indefinite", "ends_on": null, "renewal": "none"})).await;
        assert_eq!(shown(&view, JALISCO), [yes.clone(), unknown.clone()]);
        // Too few votes are shown but block nothing; the reviewer reads the same flags.
        let few = json!({"council_approval": {"session_on": "2026-09-01", "members": 19, "votes_for": 10,
            "document_id": view["draft"]["council_approval"]["document_id"]}});
        let tag = etag(&lead, &case).await;
        let view = lead.patch(&one(&case), &tag, &few).await.expect(200).json();
        assert_eq!((&view["council_two_thirds_met"], &view["council_two_thirds_needed"]), (&no, &yes));
        crate::parties::confirm(&zapopan, &case, None).await.expect(200);
        crate::parties::confirm(&app.officer(JALISCO).await, &case, None).await.expect(200);
        crate::parties::submit(&lead, &case).await.expect(200);
        let cast = app.cast(GUADALAJARA).await;
        let id = case.parse().unwrap();
        let forward = vinculo_api::fixtures::request_for(vinculo_domain::agreements::CaseAction::Forward, &Value::Null, None);
        cast.state.as_ref().unwrap().act(id, forward.unwrap()).await.unwrap();
        let sre = app.client(Role::Liaison, SRE).await;
        let sent = sre.get(&one(&case)).await.expect(200).json();
        assert_eq!((&sent["council_two_thirds_met"], &sent["council_two_thirds_needed"]), (&no, &yes));
        assert_eq!(shown(&sent["submission"], ZAPOPAN), [yes.clone(), yes]);
    })
    .await;
}

async fn head(
    client: &Client,
    government: &str,
    from: &str,
    until: &str,
    capacity: &str,
) -> String {
    let body = json!({"government_id": government, "starts_on": from, "ends_on": until,
        "head": {"name": format!("Titular {from}"), "post": "Presidenta municipal", "capacity": capacity}});
    client
        .post("/v1/administrations", &body)
        .await
        .expect(201)
        .id()
}

// row: 003-19, 003-10
// operations: get_agreement, create_administration, update_administration
#[actix_web::test]
async fn an_interim_mayor_opens_no_new_term() {
    on_both(|app| async move {
        let case = case_with(&app, &[(ZAPOPAN, PartyRole::Signatory)]).await;
        let (lead, zapopan) = (app.officer(GUADALAJARA).await, app.officer(ZAPOPAN).await);
        approve(&zapopan, &case).await;
        let (yes, no) = (json!(true), json!(false));
        // Guadalajara's council voted on 1 September 2026, under an interim head; Zapopan's on the
        // 2nd, before one came who was written down as a period after the mayor's.
        head(
            &lead,
            GUADALAJARA,
            "2024-10-01",
            "2027-09-30",
            "constitucional",
        )
        .await;
        head(&lead, GUADALAJARA, "2026-08-15", "2027-09-30", "interina").await;
        head(
            &lead,
            GUADALAJARA,
            "2026-09-20",
            "2027-09-30",
            "constitucional",
        )
        .await;
        head(
            &zapopan,
            ZAPOPAN,
            "2024-10-01",
            "2026-10-14",
            "constitucional",
        )
        .await;
        head(&zapopan, ZAPOPAN, "2026-10-15", "2027-09-30", "sustituta").await;
        for (ends_on, outlives) in [
            ("2026-12-31", &no),
            ("2027-09-30", &no),
            ("2027-10-01", &yes),
        ] {
            let fixed = json!({"term": "fixed", "ends_on": ends_on, "renewal": "none"});
            let view = valid_until(&lead, &case, &fixed).await;
            for government in [GUADALAJARA, ZAPOPAN] {
                let told = shown(&view, government);
                assert_eq!(
                    told,
                    [outlives.clone(), outlives.clone()],
                    "{government} {ends_on}"
                );
            }
            assert_eq!(&view["council_two_thirds_needed"], outlives);
        }
    })
    .await;
}

// row: 003-10, 002-10
// operations: transition_agreement, create_administration
#[actix_web::test]
async fn whoever_took_over_last_is_the_head_who_signs() {
    on_both(|app| async move {
        let lead = app.officer(GUADALAJARA).await;
        head(
            &lead,
            GUADALAJARA,
            "2024-10-01",
            "2027-09-30",
            "constitucional",
        )
        .await;
        head(&lead, GUADALAJARA, "2026-08-15", "2027-09-30", "interina").await;
        for (name, flags) in [
            ("Titular 2024-10-01", json!(["authority_missing"])),
            ("Titular 2026-08-15", json!([])),
        ] {
            let (case, view) = ready(&app, &lead).await;
            let signed = lead.transition(&case, &signed_by(&view, name, None)).await;
            let signed = signed.expect(200).json();
            assert_eq!(
                signed["signature"]["signatories"][0]["flags"], flags,
                "{name}"
            );
        }
    })
    .await;
}

/// The request that records a signature by this person, on this authority.
fn signed_by(view: &Value, name: &str, authority: Option<&str>) -> Value {
    let signatory = |side: &str, party: &Value, name: &str| json!({"side": side, "party": party, "name": name, "post": "Titular", "capacity": "Titular"});
    let mut own = signatory("mexican", &json!(GUADALAJARA), name);
    if let Some(document) = authority {
        own["authority_document_id"] = json!(document);
    }
    let foreign = signatory("counterpart", &view["counterparts"][0]["id"], "Alcaldesa");
    json!({"action": "record_signature", "signed_on": "2026-11-10", "place": "Guadalajara", "signatories": [own, foreign],
        "originals": [{"language": "es", "authenticity": "authentic", "count": 2}]})
}

async fn ready(app: &TestApp, lead: &Client) -> (String, Value) {
    let case = app
        .case_in(GUADALAJARA, Stage::OpinionFavorable)
        .await
        .to_string();
    let view = lead.get(&one(&case)).await.json();
    (case, view)
}

// row: 003-10, 003-19
// operations: transition_agreement, create_document
#[actix_web::test]
async fn a_signatory_who_is_not_the_head_shows_by_which_authority() {
    on_both(|app| async move {
        let lead = app.officer(GUADALAJARA).await;
        let flags = |view: &Value| view["signature"]["signatories"][0]["flags"].clone();
        // Without a recorded administration the result is unknown.
        let (case, view) = ready(&app, &lead).await;
        let view = lead
            .transition(&case, &signed_by(&view, "Quien Sea", None))
            .await
            .expect(200)
            .json();
        assert_eq!(flags(&view), json!([]));
        in_office(&lead, GUADALAJARA, "2027-09-30").await;
        assert_eq!(
            flags(&lead.get(&one(&case)).await.json()),
            json!(["authority_missing"])
        );
        let (case, view) = ready(&app, &lead).await;
        let view = lead
            .transition(&case, &signed_by(&view, "TITULAR 2024 10 01", None))
            .await
            .expect(200)
            .json();
        assert_eq!(flags(&view), json!([]));
        let (case, view) = ready(&app, &lead).await;
        let other = lead
            .attach(&case, "other", None, &pdf("otro"))
            .await
            .expect(201)
            .id();
        let answer = lead
            .transition(&case, &signed_by(&view, "Suplente", Some(&other)))
            .await;
        points_at(
            &answer,
            "/signatories/0/authority_document_id",
            "unknown_key",
        );
        answer.refused(422, "validation_failed");
        let power = lead
            .attach(&case, "authority", None, &pdf("poder"))
            .await
            .expect(201)
            .id();
        let view = lead
            .transition(&case, &signed_by(&view, "Suplente", Some(&power)))
            .await
            .expect(200)
            .json();
        assert_eq!(flags(&view), json!([]));
        assert_eq!(
            view["signature"]["signatories"][0]["authority_document_id"],
            json!(power)
        );
        // The registrar reads the power; the public reads who signed, but not the document.
        let sre = app.client(Role::Registrar, SRE).await;
        let paper = format!("{}/documents/{power}", one(&case));
        sre.get(&paper).await.refused(404, "not_found");
        lead.attach(&case, "signed_copy", Some("es"), &pdf("firmado"))
            .await
            .expect(201);
        lead.transition(&case, &json!({"action": "send_to_registry"}))
            .await
            .expect(200);
        sre.get(&paper).await.expect(200);
        let body = json!({"action": "register", "text_matches": true});
        let number = sre.transition(&case, &body).await.expect(200).json()["inscription"].clone();
        let public = app
            .nobody()
            .get(&format!("/v1/registry/{}", number.as_str().unwrap()))
            .await
            .expect(200);
        assert_eq!(public.json()["signatories"][0]["name"], "Suplente");
        let said = public.text();
        assert!(
            !said.contains(&power) && !said.contains("authority"),
            "{said}"
        );
    })
    .await;
}
