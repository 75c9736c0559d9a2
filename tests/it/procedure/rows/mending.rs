//! What a refusal points to is what has to change.

use super::super::scenes::Scenes;
use super::lacks::{LACKS, NOT_MENDED, lacking, mend};
use crate::tools::one;
use serde_json::{Value, json};
use vinculo_tests::{GUADALAJARA, on_both, on_tier};

/// The reasons for which the case says that an action is closed.
fn reasons(view: &Value, action: &str) -> Vec<String> {
    let lines = view["available_transitions"].as_array().unwrap();
    let line = lines.iter().find(|line| line["action"] == action).unwrap();
    let reasons = line["reasons"].as_array().unwrap().iter();
    reasons
        .map(|one| one.as_str().unwrap().to_owned())
        .collect()
}

// row: 003-05, 003-04
// operations: transition_agreement, get_agreement
#[actix_web::test]
async fn each_need_is_met_by_mending_what_it_points_to() {
    on_tier("procedure: each need that is mended", |app| async move {
        let scenes = Scenes::new(&app, true).await;
        let officer = app.officer(GUADALAJARA).await;
        let (mut faults, mut mended) = (Vec::new(), 0);
        for (action, from, need, _code, pointer) in LACKS {
            if NOT_MENDED.iter().any(|(one, _)| one == need) {
                continue;
            }
            let name = format!("{action:?} in {from:?} without {need}");
            let word: &str = action.into();
            let (case, _request) = lacking(&scenes, *action, *from, need).await;
            let before = officer.get(&one(case)).await.expect(200).json();
            if reasons(&before, word) != [*need] {
                faults.push(format!("{name}: {:?}", reasons(&before, word)));
            }
            if !mend(&scenes, case, *from, need, pointer).await {
                continue;
            }
            mended += 1;
            let after = officer.get(&one(case)).await.expect(200).json();
            // A changed draft has to be confirmed again; the need itself is gone.
            let left = reasons(&after, word);
            let left: Vec<&String> = left
                .iter()
                .filter(|one| *one != "parties_confirmed")
                .collect();
            if !left.is_empty() {
                faults.push(format!("{name}: {pointer} was mended, and still {left:?}"));
            }
        }
        assert!(
            faults.is_empty(),
            "{}:\n{}",
            faults.len(),
            faults.join("\n")
        );
        let kept = NOT_MENDED.iter().map(|(need, _)| need);
        let kept = LACKS
            .iter()
            .filter(|lack| kept.clone().any(|one| *one == lack.2));
        // Two past agreements of a kind that the law does not know stay what they are.
        assert_eq!(mended, LACKS.len() - kept.count() - 2);
    })
    .await;
}

// row: 003-05
// operations: transition_agreement
#[actix_web::test]
async fn a_refusal_names_what_exactly_is_missing() {
    on_both(|app| async move {
        let scenes = Scenes::new(&app, false).await;
        let officer = app.officer(GUADALAJARA).await;
        let mut content = scenes.content().await;
        content.languages = vec!["es".into(), "ja".into()];
        let case = scenes.draft(content).await.to_string();
        let submit = json!({"action": "submit"});
        let refused = officer
            .transition(&case, &submit)
            .await
            .refused(422, "incomplete");
        // The Spanish text is there, the Japanese one is not.
        let said = refused.json()["errors"][0]["detail"].to_string();
        assert!(
            said.contains("japonés") && !said.contains("(español"),
            "{said}"
        );
        // The guide says the same.
        let guide = officer
            .get(&format!("{}/guide", one(&case)))
            .await
            .expect(200)
            .text();
        assert!(guide.contains("japonés"), "{guide}");
        // With the languages empty it is they that are missing, and not the texts.
        let etag = officer.get(&one(&case)).await.etag();
        let none = json!({"languages": []});
        officer.patch(&one(&case), &etag, &none).await.expect(200);
        let refused = officer.transition(&case, &submit).await;
        let found = crate::tools::errors(&refused);
        assert_eq!(found, [("/languages".to_owned(), "languages".to_owned())]);
        // A state has until the day that the refusal names.
        let case = scenes.bring("state_review").await.to_string();
        let escalate = json!({"action": "escalate", "reason": "No contesta."});
        let refused = officer
            .transition(&case, &escalate)
            .await
            .refused(422, "incomplete");
        let said = refused.json()["errors"][0]["detail"].to_string();
        let day = vinculo_domain::clock::mexican_day(app.app.db.now());
        let opens = day + chrono::TimeDelta::days(31);
        assert!(said.contains(&opens.to_string()), "{said}");
    })
    .await;
}
