//! The turns of a case: one path with known dates and holidays, counted here by hand.

mod road;

use self::road::{to_legal_review, to_registry};
use crate::tools::{noon, on_both_at_noon, one, post_on};
use serde_json::{Value, json};
use uuid::Uuid;
use vinculo_api::fixtures::request_for;
use vinculo_domain::Role;
use vinculo_domain::agreements::{CaseAction, Stage};
use vinculo_tests::{Client, GUADALAJARA, JALISCO, SRE, ZAPOPAN};

async fn turns(reader: &Client, case: Uuid) -> Value {
    let path = format!("{}/turns", one(case));
    reader.get(&path).await.expect(200).json()
}

async fn act(official: &vinculo_api::fixtures::Official<'_>, case: Uuid, action: CaseAction) {
    let view = official.view(case).await.unwrap();
    let request = request_for(action, &view, None).unwrap();
    official.act(case, request).await.unwrap();
}

/// The fields of each turn: stage, who must act, days, due date, state, calendar version.
fn lines(turns: &Value) -> Vec<Value> {
    let turns = turns["turns"].as_array().unwrap().iter();
    let line = |turn: &Value| {
        json!([
            turn["stage"],
            turn["waiting_for"],
            turn["business_days"],
            turn["due_on"],
            turn["state"],
            turn["calendar"]["version"]
        ])
    };
    turns.map(line).collect()
}

fn totals(turns: &Value) -> Vec<Value> {
    let totals = turns["totals"].as_array().unwrap().iter();
    totals
        .map(|total| json!([total["waiting_for"], total["business_days"], total["turns"]]))
        .collect()
}

// row: 004-02, 004-06, 002-10
// operations: get_agreement_turns, create_agreement_waiting, get_agreement
#[actix_web::test]
async fn time_is_counted_for_each_party_in_business_days() {
    on_both_at_noon(|app, clock| async move {
        noon(&clock, "2026-11-04");
        let cast = app.cast(GUADALAJARA).await;
        let case = to_legal_review(&app, &clock, &cast).await;
        to_registry(&app, &clock, &cast, case).await;

        // Before the registrar acts, the last turn is open: 18, 19 and 20 January.
        let officer = app.officer(GUADALAJARA).await;
        let open = turns(&officer, case).await;
        let last = &open["turns"][8];
        assert_eq!(
            (&last["until"], &last["business_days"]),
            (&Value::Null, &json!(3))
        );
        act(&cast.registrar, case, CaseAction::Register).await;

        noon(&clock, "2027-03-01");
        let officer = app.officer(GUADALAJARA).await;
        let whole = turns(&officer, case).await;
        let expected = [
            // 5 and 6 November.
            json!(["draft", "owner", 2, null, "none", 0]),
            // 9 to 12, 17 and 18: the 13th is a state holiday, the 16th a legal one, and the 17th
            // was declared one too late.
            json!(["state_review", "state", 6, "2026-11-17", "overdue", 1]),
            // 19, 20 and 23.
            json!(["federal_intake", "sre", 3, "2026-11-23", "on_time", 0]),
            // 24 to 27 November, 30 November to 4 December.
            json!(["legal_review", "sre", 9, "2026-12-07", "on_time", 0]),
            // 7, 8 and 9 December, of twenty days.
            json!(["opinion_favorable", "owner", 3, "2027-01-05", "on_time", 0]),
            // 10 December to 11 January, without Christmas and New Year.
            json!(["opinion_favorable", "counterpart", 21, null, "none", 0]),
            // Seventeen days are left; the first of February is a holiday.
            json!(["opinion_favorable", "owner", 3, "2027-02-04", "on_time", 0]),
            json!(["signed", "owner", 1, null, "none", 0]),
            json!(["pending_registration", "sre", 3, null, "none", 0]),
        ];
        assert_eq!(lines(&whole), expected);
        assert_eq!(
            totals(&whole),
            [
                json!(["owner", 9, 4]),
                json!(["state", 6, 1]),
                json!(["counterpart", 21, 1]),
                json!(["sre", 15, 3])
            ]
        );
        let view = officer.get(&one(case)).await.json();
        assert_eq!(
            (&view["waiting_for"], &view["due_on"]),
            (&Value::Null, &Value::Null)
        );

        // SRE sees one step of the owner, and not the draft before it.
        for tenant in [SRE, JALISCO] {
            let reader = app.client(Role::Viewer, tenant).await;
            let told = turns(&reader, case).await;
            let expected = [
                json!(["state_review", "state", 6, "2026-11-17", "overdue", 1]),
                json!(["federal_intake", "sre", 3, "2026-11-23", "on_time", 0]),
                json!(["legal_review", "sre", 9, "2026-12-07", "on_time", 0]),
                json!(["opinion_favorable", "owner", 27, null, "none", 0]),
                json!(["signed", "owner", 1, null, "none", 0]),
                json!(["pending_registration", "sre", 3, null, "none", 0]),
            ];
            assert_eq!(lines(&told), expected, "{tenant}");
            assert_eq!(told["turns"][0]["number"], 1);
            let expected = [
                json!(["owner", 28, 2]),
                json!(["state", 6, 1]),
                json!(["sre", 15, 3]),
            ];
            assert_eq!(totals(&told), expected, "{tenant}");
        }
    })
    .await;
}

// row: 004-02
// operations: get_agreement_turns, create_agreement_waiting
#[actix_web::test]
async fn a_former_reviewer_learns_nothing_of_what_the_owner_does_since() {
    on_both_at_noon(|app, clock| async move {
        let case = app.case_in(GUADALAJARA, Stage::Returned).await;
        let reader = app.client(Role::Viewer, JALISCO).await;
        let before = [
            reader.get(&one(case)).await.text(),
            reader.get(&format!("{}/turns", one(case))).await.text(),
            reader.get("/v1/agreements").await.text(),
        ];
        assert!(before[1].contains("\"stage\":\"returned\""));
        noon(&clock, "2026-12-01");
        let officer = app.officer(GUADALAJARA).await;
        for party in ["counterpart", "owner"] {
            let said = json!({"for": party});
            let path = case.to_string();
            post_on(&officer, &path, "waiting", &said).await.expect(200);
        }
        let whole = turns(&officer, case).await;
        assert_eq!(whole["count"], 5);
        let reader = app.client(Role::Viewer, JALISCO).await;
        let after = [
            reader.get(&one(case)).await.text(),
            reader.get(&format!("{}/turns", one(case))).await.text(),
            reader.get("/v1/agreements").await.text(),
        ];
        assert_eq!(before, after);
    })
    .await;
}

// row: 004-06
// operations: create_agreement_waiting, get_agreement_turns
#[actix_web::test]
async fn only_the_owner_says_for_whom_it_waits_and_only_while_it_has_the_case() {
    on_both_at_noon(|app, _clock| async move {
        let said = json!({"for": "counterpart"});
        let case = app
            .case_in(GUADALAJARA, Stage::StateReview)
            .await
            .to_string();
        let path = format!("{}/waiting", one(&case));
        let request = || crate::tools::post(&path, &said);
        let nobody = app.nobody();
        let refused = nobody.send(request().if_match("\"1\"")).await;
        refused.refused(401, "unauthenticated");
        let officer = app.officer(GUADALAJARA).await;
        let refused = officer.send(request()).await;
        refused.refused(428, "precondition_required");
        let stranger = app.officer(ZAPOPAN).await;
        let refused = stranger.send(request().if_match("\"1\"")).await;
        refused.refused(404, "not_found");
        let unseen = stranger.get(&format!("{}/turns", one(&case))).await;
        unseen.refused(404, "not_found");
        let viewer = app.client(Role::Viewer, GUADALAJARA).await;
        let refused = post_on(&viewer, &case, "waiting", &said).await;
        refused.refused(403, "forbidden");
        let state = app.officer(JALISCO).await;
        let refused = post_on(&state, &case, "waiting", &said).await;
        refused.refused(403, "forbidden");
        let stale = officer.send(request().if_match("\"1.000000000000\"")).await;
        stale.refused(412, "precondition_failed");
        let refused = post_on(&officer, &case, "waiting", &said).await;
        refused.refused(409, "wrong_stage");
        let draft = app.case_in(GUADALAJARA, Stage::Draft).await.to_string();
        let long = json!({"for": "counterpart", "note": "x".repeat(2001)});
        let refused = post_on(&officer, &draft, "waiting", &long).await;
        crate::tools::points_at(
            &refused.refused(422, "validation_failed"),
            "/note",
            "too_long",
        );
        let split = "agreement_turns WHERE waiting_for = 'counterpart'";
        assert_eq!(app.scratch.count(split), 0);
        post_on(&officer, &draft, "waiting", &said)
            .await
            .expect(200);
        assert_eq!(app.scratch.count(split), 1);
    })
    .await;
}

/// Every open case has exactly one open turn, for its own stage.
#[actix_web::test]
async fn no_way_of_moving_a_case_forgets_its_clock() {
    on_both_at_noon(|app, _clock| async move {
        use strum::VariantArray;
        for stage in Stage::VARIANTS {
            if !matches!(stage, Stage::OutOfScope | Stage::Reported | Stage::Abandoned) {
                app.case_in(GUADALAJARA, *stage).await;
            }
        }
        let open = "stage NOT IN ('registered', 'withdrawn', 'out_of_scope', 'abandoned')";
        let cases = app.scratch.count(&format!("agreements WHERE {open}"));
        assert_eq!(cases, 10);
        let same = "agreement_turns t JOIN agreements a ON a.tenant_id = t.tenant_id AND a.id = t.agreement_id \
             AND a.stage = t.stage WHERE t.until IS NULL";
        assert_eq!(app.scratch.count(same), cases);
        assert_eq!(app.scratch.count("agreement_turns WHERE until IS NULL"), cases);
        let uncounted = "agreement_turns WHERE (until IS NULL) <> (business_days IS NULL)";
        assert_eq!(app.scratch.count(uncounted), 0);
        // A deleted draft waits for nobody.
        let case = app.case_in(GUADALAJARA, Stage::Draft).await;
        let officer = app.officer(GUADALAJARA).await;
        let etag = officer.get(&one(case)).await.etag();
        officer.delete(&one(case), &etag).await.expect(204);
        assert_eq!(app.scratch.count("agreement_turns WHERE until IS NULL"), cases);
    })
    .await;
}
