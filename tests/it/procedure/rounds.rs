//! Rounds of opinions: unfavourable opinions, a new text afterwards, and an opinion that expires.

use super::scenes::Scenes;
use super::stories::to_the_registry;
use crate::tools::{on_both_at_noon, one};
use chrono::TimeDelta;
use serde_json::{Value, json};
use uuid::Uuid;
use vinculo_domain::agreements::{CaseAction as A, OpinionResult as O, TransitionRequest};
use vinculo_domain::clock::Clock;
use vinculo_domain::documents::DocumentKind;
use vinculo_domain::legal_date::LegalDate;
use vinculo_domain::problems::Problem;
use vinculo_domain::{Refusal, Role};
use vinculo_tests::{GUADALAJARA, JALISCO, SRE, TestApp, ZAPOPAN, on_both};

pub async fn view(app: &TestApp, tenant: &str, case: Uuid) -> Value {
    let client = app.client(Role::Viewer, tenant).await;
    client.get(&one(case)).await.expect(200).json()
}

/// The opinions in a view, newest first.
fn opinions(view: &Value) -> Vec<(String, bool)> {
    let list = view["opinions"].as_array().unwrap();
    let one = |opinion: &Value| {
        let result = opinion["result"].as_str().unwrap().to_owned();
        (result, opinion["superseded"].as_bool().unwrap())
    };
    assert_eq!(view["opinion"], list.first().cloned().unwrap_or_default());
    list.iter().map(one).collect()
}

fn codes(refusal: &Refusal) -> Vec<(String, &'static str)> {
    let errors = refusal.errors.iter();
    errors
        .map(|error| (error.pointer.to_string(), error.code))
        .collect()
}

// row: 003-05, 000-23, 002-31
// operations: transition_agreement, get_agreement, get_inscription
#[actix_web::test]
async fn an_unfavourable_opinion_turns_favourable_in_round_three() {
    on_both(|app| async move {
        let scenes = Scenes::new(&app, true).await;
        let (cast, officer) = (&scenes.cast, &scenes.cast.officer);
        let case = scenes.bring("legal_review").await;
        for _round in 0..2 {
            cast.opine(case, O::Unfavorable).await.unwrap();
            assert_eq!(view(&app, SRE, case).await["compliance"], "in_process");
            let refusal = scenes.step(officer, case, A::Resubmit).await.unwrap_err();
            assert_eq!(codes(&refusal), [("/text_sets".to_owned(), "new_text_set")]);
            scenes.reword(case).await;
            scenes.step(officer, case, A::Resubmit).await.unwrap();
        }
        cast.opine(case, O::Favorable).await.unwrap();
        let (no, yes) = ("unfavorable".to_owned(), "favorable".to_owned());
        let wanted = [(yes, false), (no.clone(), true), (no, true)];
        for tenant in [GUADALAJARA, ZAPOPAN, SRE] {
            let view = view(&app, tenant, case).await;
            assert_eq!(opinions(&view), wanted, "{tenant}");
            assert_eq!(
                (&view["stage"], &view["compliance"]),
                (&json!("opinion_favorable"), &json!("compliant"))
            );
        }
        let state = view(&app, JALISCO, case).await;
        assert_eq!(
            (opinions(&state).len(), &state["stage"]),
            (0, &json!("opinion_favorable"))
        );
        // The new texts cancelled the confirmation.
        let refusal = scenes
            .step(officer, case, A::RecordSignature)
            .await
            .unwrap_err();
        assert_eq!(
            codes(&refusal),
            [("/parties".to_owned(), "parties_confirmed")]
        );
        scenes.confirm(case).await;
        let public = to_the_registry(&app, case, A::RecordSignature).await;
        let party = |at: usize| &public["parties"][at]["government_id"];
        assert_eq!(
            json!([
                party(0),
                party(1),
                public["opinion_number"],
                public["signed_on"]
            ]),
            json!([GUADALAJARA, ZAPOPAN, "CJA-1042/2026", "2026-11-10"])
        );
        assert_eq!(public["documents"].as_array().unwrap().len(), 1);
        // Nothing of the two earlier rounds is public; both sides can still read them.
        let text = public.to_string();
        assert!(
            !text.contains("unfavorable") && !text.contains("remarks"),
            "{text}"
        );
        for tenant in [GUADALAJARA, SRE] {
            let view = view(&app, tenant, case).await;
            assert_eq!(opinions(&view), wanted, "{tenant}");
            assert_eq!(view["submission"]["text_set"], 3);
        }
    })
    .await;
}

// row: 003-05, 000-23
// operations: transition_agreement, get_agreement
#[actix_web::test]
async fn another_text_after_the_opinion_asks_for_another_opinion() {
    on_both(|app| async move {
        let scenes = Scenes::new(&app, false).await;
        let (cast, officer) = (&scenes.cast, &scenes.cast.officer);
        let case = scenes.bring("reworded").await;
        let before = view(&app, SRE, case).await;
        assert_eq!(opinions(&before), [("favorable".to_owned(), false)]);
        let refusal = scenes
            .step(officer, case, A::RecordSignature)
            .await
            .unwrap_err();
        assert_eq!(
            codes(&refusal),
            [("/text_sets".to_owned(), "reviewed_text")]
        );
        scenes.step(officer, case, A::ChangeText).await.unwrap();
        for tenant in [GUADALAJARA, SRE] {
            let view = view(&app, tenant, case).await;
            assert_eq!(
                opinions(&view),
                [("favorable".to_owned(), true)],
                "{tenant}"
            );
            assert_eq!(
                (&view["stage"], &view["compliance"]),
                (&json!("legal_review"), &json!("in_process"))
            );
            assert_eq!(view["submission"]["text_set"], 2);
        }
        cast.opine(case, O::FavorableWithObservations)
            .await
            .unwrap();
        let now = view(&app, GUADALAJARA, case).await;
        let newest = ("favorable_with_observations".to_owned(), false);
        assert_eq!(opinions(&now), [newest, ("favorable".to_owned(), true)]);
        scenes
            .step(officer, case, A::RecordSignature)
            .await
            .unwrap();
        // The observations that came with the opinion are already answered.
        scenes.copies(case).await;
        let silent = TransitionRequest::SendToRegistry {
            answers: Vec::new(),
            note: None,
        };
        let refusal = officer.act(case, silent).await.unwrap_err();
        assert_eq!(codes(&refusal), [("/answers".to_owned(), "answers")]);
        scenes.step(officer, case, A::SendToRegistry).await.unwrap();
        scenes
            .step(&cast.registrar, case, A::Register)
            .await
            .unwrap();
        let public = app.nobody().get("/v1/registry").await.expect(200).json();
        assert_eq!(public["items"].as_array().unwrap().len(), 1);
    })
    .await;
}

// row: 003-05, 000-23
// operations: transition_agreement, get_agreement
#[actix_web::test]
async fn an_opinion_lapses_on_its_day() {
    on_both_at_noon(|app, clock| async move {
        let scenes = Scenes::new(&app, false).await;
        let officer = &scenes.cast.officer;
        let case = scenes.bring("legal_review").await;
        let letter = scenes
            .cast
            .legal
            .attach(case, DocumentKind::Opinion, None, "Dictamen")
            .await;
        let day = |text: &str| LegalDate::parse(text).unwrap();
        let opinion = TransitionRequest::IssueOpinion {
            result: O::Favorable,
            number: "CJA-9".into(),
            issued_on: day("2026-11-20"),
            document_id: letter.unwrap(),
            valid_until: Some(day("2026-11-30")),
            observations: Vec::new(),
        };
        scenes.cast.legal.act(case, opinion).await.unwrap();
        let seen = officer.view(case).await.unwrap();
        assert_eq!(seen["opinion"]["valid_until"], "2026-11-30");
        // The opinion is still valid: there is no other text to send.
        let refusal = scenes.step(officer, case, A::ChangeText).await.unwrap_err();
        assert_eq!(
            codes(&refusal),
            [("/text_sets".to_owned(), "text_to_review")]
        );
        // The last second of its last day in Mexico City, and the next second.
        let last = clock.now() + TimeDelta::days(10) + TimeDelta::hours(12);
        clock.set(last - TimeDelta::seconds(1));
        let refusal = scenes.step(officer, case, A::ChangeText).await.unwrap_err();
        assert_eq!(
            codes(&refusal),
            [("/text_sets".to_owned(), "text_to_review")]
        );
        clock.set(last);
        let request = scenes.request(officer, case, A::RecordSignature).await;
        let signed_on = |text: &str| {
            let mut body = serde_json::to_value(&request).unwrap();
            body["signed_on"] = json!(text);
            serde_json::from_value::<TransitionRequest>(body).unwrap()
        };
        let refusal = officer
            .act(case, signed_on("2026-12-01"))
            .await
            .unwrap_err();
        assert_eq!(refusal.problem, Problem::ValidationFailed);
        assert_eq!(
            codes(&refusal),
            [("/signed_on".to_owned(), "opinion_lapsed")]
        );
        // The same text again, because the opinion has expired.
        scenes.step(officer, case, A::ChangeText).await.unwrap();
        scenes.cast.opine(case, O::Favorable).await.unwrap();
        officer.act(case, signed_on("2026-12-01")).await.unwrap();
        let seen = view(&app, SRE, case).await;
        assert_eq!(
            opinions(&seen),
            [
                ("favorable".to_owned(), false),
                ("favorable".to_owned(), true)
            ]
        );
        // A signature in time counts, even when it is recorded later.
        clock.set(last - TimeDelta::days(9));
        let case = scenes.bring("legal_review").await;
        let letter = scenes
            .cast
            .legal
            .attach(case, DocumentKind::Opinion, None, "Dictamen")
            .await;
        let opinion = TransitionRequest::IssueOpinion {
            result: O::Favorable,
            number: "CJA-10".into(),
            issued_on: day("2026-11-20"),
            document_id: letter.unwrap(),
            valid_until: Some(day("2026-11-30")),
            observations: Vec::new(),
        };
        scenes.cast.legal.act(case, opinion).await.unwrap();
        clock.set(last + TimeDelta::days(30));
        let mut body =
            serde_json::to_value(scenes.request(officer, case, A::RecordSignature).await).unwrap();
        body["signed_on"] = json!("2026-11-30");
        officer
            .act(case, serde_json::from_value(body).unwrap())
            .await
            .unwrap();
    })
    .await;
}
