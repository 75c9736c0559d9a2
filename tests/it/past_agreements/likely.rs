//! A past agreement that may be one on record, with a date that is known better or worse, is refused
//! unless its recorder says that it is another; nobody learns from that of what he does not see.

use super::{PATH, correct, record, report, with};
use crate::tools::{one, points_at, post};
use futures_util::future::join_all;
use serde_json::{Value, json};
use vinculo_domain::Role;
use vinculo_tests::{GUADALAJARA, JALISCO, SRE, ZAPOPAN, on_both};

fn dated(body: Value, day: &str) -> Value {
    let day = if day.is_empty() {
        json!(null)
    } else {
        json!(day)
    };
    with(body, "signed_on", day)
}

// row: 003-07
// operations: create_past_agreement
#[actix_web::test]
async fn a_date_that_may_be_the_same_is_refused_and_names_the_record() {
    on_both(|app| async move {
        let owner = app.officer(GUADALAJARA).await;
        let first = owner.post(PATH, &dated(record(), "1998-10")).await;
        let first = first.expect(201).id();
        for day in ["1998", "1998-10-20", ""] {
            let again = owner.post(PATH, &dated(record(), day)).await;
            points_at(&again, "/another_agreement", "required");
            let again = again.refused(409, "duplicate");
            assert_eq!(again.json()["existing"]["id"], json!(first), "{day}");
        }
        // The same date is the same agreement, whatever is said.
        let same = with(dated(record(), "1998-10"), "another_agreement", json!(true));
        owner.post(PATH, &same).await.refused(409, "duplicate");
        for body in [
            dated(record(), "1998-11"),
            dated(with(record(), "kind", json!("statement_of_intent")), "1998"),
            with(dated(record(), "1998"), "another_agreement", json!(true)),
        ] {
            owner.post(PATH, &body).await.expect(201);
        }
        assert_eq!(app.scratch.count("agreements"), 4);
    })
    .await;
}

// row: 003-07
// operations: create_past_agreement
#[actix_web::test]
async fn nobody_learns_of_a_record_that_he_does_not_see() {
    on_both(|app| async move {
        let owner = app.officer(GUADALAJARA).await;
        owner.post(PATH, &dated(record(), "1998")).await.expect(201);
        // The state reads nothing of it, and another municipality's is another agreement.
        let state = app.client(Role::Liaison, JALISCO).await;
        let reported = state.post(PATH, &report()).await.expect(201).id();
        let other = app.officer(ZAPOPAN).await;
        other.post(PATH, &record()).await.expect(201);
        // The reporter sees its own report; the ministry sees none of the two.
        let less = state.post(PATH, &dated(report(), "1998-10")).await;
        assert_eq!(
            less.refused(409, "duplicate").json()["existing"]["id"],
            json!(reported)
        );
        let ministry = app.client(Role::Liaison, SRE).await;
        ministry
            .post(PATH, &dated(report(), "1998-10"))
            .await
            .expect(201);
    })
    .await;
}

// row: 003-07
// operations: create_agreement_correction
#[actix_web::test]
async fn a_correction_does_not_make_a_second_record_of_one_agreement() {
    on_both(|app| async move {
        let owner = app.officer(GUADALAJARA).await;
        let first = owner
            .post(PATH, &dated(record(), "1998"))
            .await
            .expect(201)
            .id();
        let case = owner.post(PATH, &dated(record(), "1999-05-01")).await;
        let case = case.expect(201).id();
        let before = owner.get(&one(&case)).await.expect(200);
        let fields = json!({"reason": "El acta dice 1998.", "signed_on": "1998-05-01"});
        let refused = correct(&owner, &case, fields.clone()).await;
        points_at(&refused, "/another_agreement", "required");
        let refused = refused.refused(409, "duplicate");
        assert_eq!(refused.json()["existing"]["id"], json!(first));
        assert_eq!(owner.get(&one(&case)).await.json(), before.json());
        let another = with(fields, "another_agreement", json!(true));
        correct(&owner, &case, another).await.expect(200);
        // A correction that says nothing new of what it is recognised by asks nothing.
        let title = json!({"reason": "Falta una palabra.", "title": "Otro título"});
        correct(&owner, &case, title).await.expect(200);
        // A date that becomes better known resembles only itself.
        let nara = with(dated(record(), "2001"), "title", json!("Otro"));
        let alone = owner.post(PATH, &nara).await.expect(201).id();
        let better = json!({"reason": "Consta el día.", "signed_on": "2001-02-03"});
        correct(&owner, &alone, better).await.expect(200);
        let only = json!({"reason": "Nada.", "another_agreement": true});
        correct(&owner, &alone, only)
            .await
            .refused(422, "validation_failed");
    })
    .await;
}

// row: 003-07
// operations: create_past_agreement
#[actix_web::test]
async fn records_of_one_agreement_at_once_see_each_other() {
    on_both(|app| async move {
        let owner = app.officer(GUADALAJARA).await.patient();
        for year in 1980..1984 {
            let days = [
                format!("{year}"),
                format!("{year}-03"),
                format!("{year}-03-15"),
            ];
            let bodies: Vec<Value> = days.iter().map(|day| dated(record(), day)).collect();
            let shots = (0..9).map(|shot| owner.send(post(PATH, &bodies[shot % 3])));
            let answers = join_all(shots.collect::<Vec<_>>()).await;
            let made = answers.iter().filter(|answer| answer.status == 201);
            assert_eq!(made.count(), 1);
            for answer in answers.into_iter().filter(|answer| answer.status != 201) {
                answer.refused(409, "duplicate");
            }
        }
        assert_eq!(app.scratch.count("agreements"), 4);
    })
    .await;
}
