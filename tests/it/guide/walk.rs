//! A municipal case through the whole procedure, with a return, observations, an unfavourable
//! opinion and a query: what the guide tells owner, state and ministry in every stage.

use super::{needs, read, set, states, step, turns};
use serde_json::{Value, json};
use uuid::Uuid;
use vinculo_api::fixtures::{Cast, Official, content_for, request_for};
use vinculo_domain::Role;
use vinculo_domain::agreements::{
    AgreementContent, CaseAction, CouncilApproval, OpinionResult, TransitionRequest,
};
use vinculo_domain::documents::DocumentKind;
use vinculo_domain::legal_date::LegalDate;
use vinculo_tests::{Client, GUADALAJARA, JALISCO, SRE, TestApp, on_both};

/// What one reader should see: the states, and what is missing.
type Told = (&'static str, &'static [&'static str]);

struct Walk<'a> {
    cast: &'a Cast<'a>,
    case: Uuid,
    readers: [Client; 3],
}

impl Walk<'_> {
    async fn act(&self, official: &Official<'_>, action: CaseAction) {
        let view = official.view(self.case).await.unwrap();
        let request = request_for(action, &view, None).unwrap();
        official.act(self.case, request).await.unwrap();
    }

    /// Checks what owner, state and ministry see, and that it is the turn of `turn`.
    async fn expect(&self, moment: &str, turn: &str, told: [Option<Told>; 3]) -> [Value; 3] {
        let mut guides = Vec::new();
        for (reader, told) in self.readers.iter().zip(told) {
            let answer = read(reader, &self.case.to_string()).await;
            let Some((road, missing)) = told else {
                assert!(matches!(answer.status, 403 | 404), "{moment}");
                guides.push(Value::Null);
                continue;
            };
            let guide = answer.expect(200).json();
            assert_eq!(states(&guide), road, "{moment}");
            assert_eq!(needs(&guide, "missing"), set(missing), "{moment}");
            assert_eq!(turns(&guide), set(&[turn]), "{moment}");
            guides.push(guide);
        }
        guides.try_into().unwrap()
    }
}

/// What the draft's owner reads, and the two reviewers.
fn all(owner: Told, reviewers: &'static str) -> [Option<Told>; 3] {
    [Some(owner), Some((reviewers, &[])), Some((reviewers, &[]))]
}

async fn complete(cast: &Cast<'_>, case: Uuid, content: AgreementContent) {
    let minutes = cast
        .officer
        .attach(case, DocumentKind::CouncilMinutes, None, "Acta");
    let approval = CouncilApproval {
        session_on: LegalDate::parse("2026-09-01").unwrap(),
        document_id: minutes.await.unwrap(),
        members: 19,
        votes_for: 15,
        votes_against: 4,
        abstentions: 0,
    };
    cast.officer.texts(case, &["es"]).await.unwrap();
    let content = AgreementContent {
        council_approval: Some(approval),
        ..content
    };
    let change = move |_: &AgreementContent| content.clone();
    cast.officer.edit(case, change).await.unwrap();
}

// row: 000-03, 004-19
// operations: get_agreement_guide
#[actix_web::test]
async fn the_guide_follows_a_case_along_the_whole_road() {
    on_both(|app: TestApp| async move {
        let cast = app.cast(GUADALAJARA).await;
        let kioto = app.counterpart(&cast.officer, "Kioto").await;
        let content = content_for("twinning", "Hermanamiento", kioto, "culture").unwrap();
        let bare: AgreementContent =
            serde_json::from_value(json!({"kind": "twinning", "title": "Hermanamiento"})).unwrap();
        let case = cast.officer.open(bare).await.unwrap();
        let readers = [
            app.client(Role::Officer, GUADALAJARA).await,
            app.client(Role::Liaison, JALISCO).await,
            app.client(Role::Liaison, SRE).await,
        ];
        let walk = Walk {
            cast: &cast,
            case,
            readers,
        };
        before_the_ministry(&walk, content).await;
        with_the_ministry(&walk).await;
        after_the_opinion(&walk).await;
    })
    .await;
}

async fn before_the_ministry(walk: &Walk<'_>, content: AgreementContent) {
    let (cast, case) = (walk.cast, walk.case);
    let state = cast.state.as_ref().unwrap();
    let lacking: Told = (
        "MMMM-MMLLLLLLLLL",
        &[
            "validity",
            "counterparts",
            "own_powers",
            "council_minutes",
            "languages",
            "text_set",
            "themes",
            "planned_signing",
        ],
    );
    let [guide, ..] = walk
        .expect("an empty draft", GUADALAJARA, [Some(lacking), None, None])
        .await;
    let powers = step(&guide, "own_powers").unwrap();
    assert_eq!(powers["basis"], json!([{"law": "LCT", "article": "2-II"}]));
    assert_eq!(powers["missing"][0]["pointer"], "/own_powers");
    assert_eq!(powers["missing"][0]["actions"], json!(["submit"]));
    let link = &powers["links"][1];
    assert_eq!(link["path"], format!("/v1/agreements/{case}"));
    assert_eq!(
        (link["method"].as_str(), link["operation"].as_str()),
        (Some("PATCH"), Some("update_agreement"))
    );
    let council = &step(&guide, "council_approval").unwrap()["basis"][0];
    assert_eq!(*council, json!({"law": "CPEUM", "article": "115-II-b"}));

    complete(cast, case, content).await;
    let ready: Told = ("DDDD-DCCLLLLLLLL", &[]);
    walk.expect("a complete draft", GUADALAJARA, [Some(ready), None, None])
        .await;
    walk.act(&cast.officer, CaseAction::Announce).await;
    let told: Told = ("DDDD-DDCLLLLLLLL", &[]);
    // A government that was only told that the case exists gets no guide.
    walk.expect("announced", GUADALAJARA, [Some(told), None, None])
        .await;
    read(&walk.readers[2], &case.to_string())
        .await
        .refused(403, "forbidden");

    walk.act(&cast.officer, CaseAction::Submit).await;
    let review: Told = ("DDDD-DDDCLLLLLLL", &[]);
    let [guide, of_state, _] = walk
        .expect("submitted", JALISCO, [Some(review), Some(review), None])
        .await;
    assert_eq!(needs(&guide, "conditions"), set(&["escalation_ground"]));
    let next = of_state["next_actions"].as_array().unwrap();
    let next: Vec<_> = next.iter().map(|next| &next["action"]).collect();
    assert_eq!(next, ["forward", "return_to_owner"]);
    walk.act(state, CaseAction::ReturnToOwner).await;
    let owner: Told = ("DDDD-DDDMLLLLLLL", &["answers"]);
    walk.expect("returned", GUADALAJARA, [Some(owner), Some(review), None])
        .await;
    walk.act(&cast.officer, CaseAction::Resubmit).await;
    let [guide, ..] = walk
        .expect("sent again", JALISCO, [Some(review), Some(review), None])
        .await;
    // The state has had the case once, so the owner may now escalate.
    assert_eq!(needs(&guide, "conditions"), set(&[]));
    walk.act(state, CaseAction::Forward).await;
}

async fn with_the_ministry(walk: &Walk<'_>) {
    let (cast, case) = (walk.cast, walk.case);
    let intake = "DDDD-DDDDCLLLLLL";
    walk.expect("at intake", SRE, all((intake, &[]), intake))
        .await;
    walk.act(&cast.intake, CaseAction::Accept).await;
    let legal = "DDDD-DDDDDCLLLLL";
    walk.expect("under legal review", SRE, all((legal, &[]), legal))
        .await;
    walk.act(&cast.legal, CaseAction::Observe).await;
    let lacking: Told = ("DDDD-DDDDDMLLLLL", &["new_text_set", "answers"]);
    walk.expect("observed", GUADALAJARA, all(lacking, legal))
        .await;
    cast.officer.texts(case, &["es"]).await.unwrap();
    let lacking: Told = ("DDDD-DDDDDMLLLLL", &["answers"]);
    walk.expect("a new text", GUADALAJARA, all(lacking, legal))
        .await;
    walk.act(&cast.officer, CaseAction::Resubmit).await;
    walk.expect("the second round", SRE, all((legal, &[]), legal))
        .await;
    cast.opine(case, OpinionResult::Unfavorable).await.unwrap();
    let lacking: Told = ("DDDD-DDDDDDMLLLL", &["new_text_set", "answers"]);
    walk.expect(
        "an unfavourable opinion",
        GUADALAJARA,
        all(lacking, "DDDD-DDDDDDCLLLL"),
    )
    .await;
    cast.officer.texts(case, &["es"]).await.unwrap();
    walk.act(&cast.officer, CaseAction::Resubmit).await;
    walk.expect("the third round", SRE, all((legal, &[]), legal))
        .await;
    cast.opine(case, OpinionResult::Favorable).await.unwrap();
}

async fn after_the_opinion(walk: &Walk<'_>) {
    let (cast, case) = (walk.cast, walk.case);
    let sign = "DDDD-DDDDDDDCLLL";
    let [guide, ..] = walk
        .expect("a favourable opinion", GUADALAJARA, all((sign, &[]), sign))
        .await;
    assert_eq!(needs(&guide, "conditions"), set(&["text_to_review"]));
    assert_eq!(guide["compliance"]["status"], "compliant");
    walk.act(&cast.officer, CaseAction::RecordSignature).await;
    let lacking: Told = ("DDDD-DDDDDDDDMLL", &["signed_copies"]);
    let copies = "DDDD-DDDDDDDDCLL";
    let [guide, ..] = walk
        .expect("signed", GUADALAJARA, all(lacking, copies))
        .await;
    assert_eq!(
        guide["compliance"]["missing"],
        json!(["signed_copies", "registry"])
    );
    let copy = cast
        .officer
        .attach(case, DocumentKind::SignedCopy, Some("es"), "Firmado");
    copy.await.unwrap();
    walk.expect("with its copies", GUADALAJARA, all((copies, &[]), copies))
        .await;
    walk.act(&cast.officer, CaseAction::SendToRegistry).await;
    let registry = "DDDD-DDDDDDDDDCL";
    walk.expect("sent", SRE, all((registry, &[]), registry))
        .await;
    walk.act(&cast.registrar, CaseAction::Query).await;
    let lacking: Told = ("DDDD-DDDDDDDDMLL", &["answers"]);
    walk.expect("queried", GUADALAJARA, all(lacking, copies))
        .await;
    walk.act(&cast.officer, CaseAction::SendToRegistry).await;
    let register = TransitionRequest::Register {
        text_matches: true,
        difference: None,
    };
    cast.registrar.act(case, register).await.unwrap();
    let after = "DDDD-DDDDDDDDDDC";
    let [guide, _, of_sre] = walk
        .expect("inscribed", GUADALAJARA, all((after, &[]), after))
        .await;
    assert_eq!(
        guide["compliance"],
        json!({"status": "compliant", "missing": []})
    );
    for step in super::steps(&guide) {
        let settled = step["state"] == "done";
        assert!(!settled || step["since"].is_string(), "{step}");
    }
    assert_eq!(of_sre["steps"].as_array().unwrap().len(), super::ROAD.len());
}
