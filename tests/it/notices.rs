//! Workload and notices: what a government itself must act on.

use crate::tools::{noon, on_both_at_noon, one, post_on};
use serde_json::{Value, json};
use vinculo_api::fixtures::request_for;
use vinculo_domain::Role;
use vinculo_domain::agreements::{CaseAction, Stage};
use vinculo_tests::{Client, GUADALAJARA, JALISCO, SRE, TestApp, ZAPOPAN};

async fn set(app: &TestApp, tenant: &str, stage: &str, days: i32) {
    let admin = app.client(Role::Admin, tenant).await;
    let fields = json!({"stage": stage, "business_days": days});
    admin.post("/v1/targets", &fields).await.expect(201);
}

/// Kind and day of each notice, by pages of `limit`.
async fn notices(reader: &Client, limit: usize) -> Vec<(String, String)> {
    let (mut found, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = format!("/v1/notices?limit={limit}{cursor}");
        let page = reader.get(&page).await.expect(200).json();
        let items = page["items"].as_array().unwrap().iter();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        found.extend(items.map(|item| (text(&item["kind"]), text(&item["on"]))));
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return found,
        }
    }
}

fn told(list: &[(&str, &str)]) -> Vec<(String, String)> {
    let pair = |(kind, on): &(&str, &str)| ((*kind).to_owned(), (*on).to_owned());
    list.iter().map(pair).collect()
}

// row: 004-02, 004-06
// operations: list_notices, get_workload, list_agreements
#[actix_web::test]
async fn what_is_due_comes_first_and_what_was_left_alone_is_noticed() {
    on_both_at_noon(|app, clock| async move {
        set(&app, JALISCO, "state_review", 5).await;
        set(&app, GUADALAJARA, "returned", 10).await;
        noon(&clock, "2026-08-03");
        app.case_in(GUADALAJARA, Stage::Draft).await;
        noon(&clock, "2026-08-04");
        let returned = app.case_in(GUADALAJARA, Stage::Returned).await;
        noon(&clock, "2026-11-02");
        app.case_in(GUADALAJARA, Stage::Draft).await;
        let late = app.case_in(GUADALAJARA, Stage::StateReview).await;
        noon(&clock, "2026-11-06");
        let officer = app.officer(GUADALAJARA).await;
        let soon = app.case_in(GUADALAJARA, Stage::StateReview).await;
        let urgent = json!({"urgent": true, "reason": "Visita oficial"});
        let path = soon.to_string();
        post_on(&officer, &path, "urgency", &urgent)
            .await
            .expect(200);
        noon(&clock, "2026-11-10");
        app.case_in(GUADALAJARA, Stage::StateReview).await;

        // Due on the 9th, the 13th, and, after the legal holiday on the 16th, on the 18th.
        let state = app.client(Role::Liaison, JALISCO).await;
        let expected = told(&[("overdue", "2026-11-09"), ("due_soon", "2026-11-13")]);
        for limit in [200, 1] {
            assert_eq!(notices(&state, limit).await, expected);
        }
        let due = state.get("/v1/agreements?sort=due_on&limit=2").await.json();
        assert_eq!(due["items"][0]["id"], json!(late));
        assert_eq!(due["items"][1]["id"], json!(soon));
        let next = due["next_cursor"].as_str().unwrap();
        let rest = format!("/v1/agreements?sort=due_on&limit=2&cursor={next}");
        let rest = state.get(&rest).await.expect(200).json();
        assert_eq!(rest["items"][0]["due_on"], "2026-11-18");
        assert_eq!(rest["items"][1]["due_on"], Value::Null);

        // The owner's notices: ten days for the returned case ended on 18 August; the old draft and
        // the returned case are noted three months after their last change.
        let owner = app.client(Role::Viewer, GUADALAJARA).await;
        let expected = told(&[
            ("overdue", "2026-08-18"),
            ("stale", "2026-11-01"),
            ("stale", "2026-11-02"),
        ]);
        for limit in [200, 2, 1] {
            assert_eq!(notices(&owner, limit).await, expected, "{limit}");
        }
        // A change ends the reminder.
        let officer = app.officer(GUADALAJARA).await;
        let view = officer.get(&one(returned)).await.json();
        assert_eq!(view["due_on"], "2026-08-18");
        let objective = json!({"objective": "Otro objeto"});
        let etag = officer.get(&one(returned)).await.etag();
        officer
            .patch(&one(returned), &etag, &objective)
            .await
            .expect(200);
        let owner = app.client(Role::Viewer, GUADALAJARA).await;
        assert_eq!(notices(&owner, 200).await, expected[..2]);
        // Other governments are not notified.
        for tenant in [SRE, ZAPOPAN] {
            let reader = app.client(Role::Viewer, tenant).await;
            assert_eq!(notices(&reader, 200).await, []);
        }
        workload(&app, soon).await;
    })
    .await;
}

async fn workload(app: &TestApp, soon: uuid::Uuid) {
    let me = app
        .official(Role::Liaison, JALISCO)
        .await
        .actor
        .person
        .unwrap();
    let state = app.client(Role::Liaison, JALISCO).await;
    let path = format!("{}/assignments", one(soon));
    let given = state.post(&path, &json!({"person_id": me})).await;
    given.expect(201);
    let found = state.get("/v1/workload").await.expect(200).json();
    let line = |person: Value, open, due_soon, overdue, urgent, oldest| {
        json!({"stage": "state_review", "assigned_to": person, "open": open, "due_soon": due_soon,
            "overdue": overdue, "urgent": urgent, "oldest_days": oldest})
    };
    // Days counted since 2 November: 3, 4, 5, 6, 9 and 10.
    let expected = json!([
        line(Value::Null, 2, 0, 1, 0, 6),
        line(json!(me), 1, 1, 0, 1, 2)
    ]);
    assert_eq!(found["lines"], expected);
    assert_eq!(found["as_of"], "2026-11-10");
    let owner = app.client(Role::Viewer, GUADALAJARA).await;
    let found = owner.get("/v1/workload").await.expect(200).json();
    let stages: Vec<_> = found["lines"].as_array().unwrap().iter().collect();
    let counts: Vec<_> = stages
        .iter()
        .map(|line| (&line["stage"], &line["open"]))
        .collect();
    assert_eq!(
        counts,
        [
            (&json!("draft"), &json!(2)),
            (&json!("returned"), &json!(1))
        ]
    );
}

// row: 004-06, 004-19
// operations: list_notices, get_workload
#[actix_web::test]
async fn who_works_on_cases_reads_what_lies_before_the_government() {
    on_both_at_noon(|app, _clock| async move {
        for path in ["/v1/notices", "/v1/workload"] {
            let nobody = app.nobody().get(path).await;
            nobody.refused(401, "unauthenticated");
            for role in [Role::Auditor, Role::CommitteeMember, Role::StatisticsReader] {
                let refused = app.client(role, SRE).await.get(path).await;
                refused.refused(403, "forbidden");
            }
            // Who answers what other governments ask is told of that, and has no cases in hand.
            for role in [Role::Trainer, Role::MissionOfficer] {
                let answer = app.client(role, SRE).await.get(path).await;
                if path == "/v1/notices" {
                    answer.expect(200);
                } else {
                    answer.refused(403, "forbidden");
                }
            }
            let observer = app.client(Role::Viewer, "obs-senado").await;
            observer.get(path).await.refused(403, "forbidden");
            let empty = app.client(Role::Registrar, SRE).await.get(path).await;
            empty.expect(200);
        }
        let officer = app.officer(GUADALAJARA).await;
        let beyond = officer.get("/v1/notices?count=true").await;
        beyond.refused(400, "invalid_parameter");
    })
    .await;
}

/// A case of Guadalajara that the registrar asked about.
async fn queried(app: &TestApp) -> uuid::Uuid {
    let case = app.case_in(GUADALAJARA, Stage::PendingRegistration).await;
    let cast = app.cast(GUADALAJARA).await;
    let view = cast.registrar.view(case).await.unwrap();
    let query = request_for(CaseAction::Query, &view, None).unwrap();
    cast.registrar.act(case, query).await.unwrap();
    case
}

// row: 004-06, 003-05
// operations: list_notices, transition_agreement
#[actix_web::test]
async fn what_others_did_is_noticed_for_a_month_or_until_the_case_moves_on() {
    on_both_at_noon(|app, clock| async move {
        noon(&clock, "2026-11-12");
        let told = app.case_in(GUADALAJARA, Stage::Draft).await.to_string();
        let alone = app.case_in(GUADALAJARA, Stage::Draft).await.to_string();
        let officer = app.officer(GUADALAJARA).await;
        for (case, share) in [(&told, true), (&alone, false)] {
            let announce = json!({"action": "announce", "share_with_state": share});
            officer.transition(case, &announce).await.expect(200);
        }
        let returned = app.case_in(GUADALAJARA, Stage::Returned).await;
        for stage in [
            Stage::Observed,
            Stage::OpinionFavorable,
            Stage::OpinionUnfavorable,
            Stage::Registered,
            Stage::OutOfScope,
            // What the owner itself did, and what is with others, is no news to it.
            Stage::Signed,
            Stage::StateReview,
            Stage::Withdrawn,
        ] {
            app.case_in(GUADALAJARA, stage).await;
        }
        queried(&app).await;
        let kinds = |found: Vec<(String, String)>| {
            let mut kinds: Vec<String> = found
                .into_iter()
                .map(|(kind, on)| format!("{kind} {on}"))
                .collect();
            kinds.sort();
            kinds
        };
        let owner = app.client(Role::Viewer, GUADALAJARA).await;
        let day = "2026-11-12";
        let expected = [
            "observed",
            "opinion_issued",
            "opinion_issued",
            "out_of_scope",
            "queried",
            "registered",
            "returned",
        ]
        .map(|kind| format!("{kind} {day}"));
        for limit in [200, 2, 1] {
            assert_eq!(kinds(notices(&owner, limit).await), expected, "{limit}");
        }
        // Only those who were told learn of a negotiation.
        for (tenant, count) in [(SRE, 2), (JALISCO, 1), (ZAPOPAN, 0), ("11", 0)] {
            let reader = app.client(Role::Viewer, tenant).await;
            let announced = vec![("announced".to_owned(), day.to_owned()); count];
            for limit in [200, 1] {
                assert_eq!(notices(&reader, limit).await, announced, "{tenant}");
            }
        }

        // The notice goes when the owner has acted, and comes again with the next announcement.
        noon(&clock, "2026-11-13");
        let cast = app.cast(GUADALAJARA).await;
        let view = cast.officer.view(returned).await.unwrap();
        let again = request_for(CaseAction::Resubmit, &view, None).unwrap();
        cast.officer.act(returned, again).await.unwrap();
        let owner = app.client(Role::Viewer, GUADALAJARA).await;
        assert_eq!(kinds(notices(&owner, 200).await), expected[..6]);
        let officer = app.officer(GUADALAJARA).await;
        let withdraw = json!({"action": "withdraw", "reason": "Otra prioridad."});
        officer.transition(&alone, &withdraw).await.expect(200);
        let sre = app.client(Role::Viewer, SRE).await;
        assert_eq!(
            notices(&sre, 200).await,
            [("announced".to_owned(), day.to_owned())]
        );
        // What the owner writes on its draft is no news to those it told.
        let etag = officer.get(&one(&told)).await.etag();
        let change = json!({"objective": "Otro objeto"});
        officer.patch(&one(&told), &etag, &change).await.expect(200);
        assert_eq!(
            notices(&sre, 200).await,
            [("announced".to_owned(), day.to_owned())]
        );
        noon(&clock, "2026-12-13");
        for tenant in [GUADALAJARA, SRE, JALISCO] {
            let reader = app.client(Role::Viewer, tenant).await;
            assert_eq!(notices(&reader, 200).await, [], "{tenant}");
        }
        let officer = app.officer(GUADALAJARA).await;
        let announce = json!({"action": "announce"});
        officer.transition(&told, &announce).await.expect(200);
        let sre = app.client(Role::Viewer, SRE).await;
        let anew = ("announced".to_owned(), "2026-12-13".to_owned());
        assert_eq!(notices(&sre, 200).await, [anew]);
    })
    .await;
}
