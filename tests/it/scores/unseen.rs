//! What earns nothing because it is not for everybody, and questions that cannot be answered.

use super::*;

// row: 000-33
// operations: get_score
#[actix_web::test]
async fn what_is_not_for_everybody_changes_no_score() {
    on_both(|app: TestApp| async move {
        let officer = app.officer(ZAPOPAN).await;
        let own = "/v1/governments/14120/score";
        institution(&app, GUADALAJARA, &Seed { office_alone: true }).await;
        let (before, others) = (read(&officer, own).await, read(&officer, SCORE).await);
        for visibility in ["private", "government", "network"] {
            let office = json!({"title": "Canario", "instrument": "law", "visibility": visibility});
            let office = made(&officer, "/v1/international-offices", &office).await;
            seeds::act(&officer, &office, "open", json!({})).await;
            let committee =
                json!({"title": "Canario", "rules": "Reglamento", "visibility": visibility});
            made(&officer, "/v1/committees", &committee).await;
            let budget = json!({"title": "Canario", "fiscal_year": 2026, "currency": "MXN",
                "approved": 1, "visibility": visibility});
            made(&officer, "/v1/budgets", &budget).await;
        }
        // A draft of a case and a case under review are nobody's evidence either.
        app.case_in(ZAPOPAN, Stage::Draft).await;
        app.case_in(ZAPOPAN, Stage::FederalIntake).await;
        for (role, tenant) in [
            (Role::Officer, ZAPOPAN),
            (Role::Admin, SRE),
            (Role::Viewer, JALISCO),
        ] {
            let reader = app.client(role, tenant).await;
            assert_eq!(read(&reader, own).await, before);
            assert_eq!(read(&reader, SCORE).await, others);
        }
    })
    .await;
}

#[actix_web::test]
async fn a_wrong_question_is_told_what_would_be_right() {
    on_both(|app: TestApp| async move {
        let reader = app.client(Role::Viewer, JALISCO).await;
        let unknown = "/v1/governments/99999/score";
        reader.get(unknown).await.refused(404, "not_found");
        let ask = |query: &str| format!("{SCORE}?{query}");
        let answer = reader
            .get(&ask("method=7"))
            .await
            .refused(422, "validation_failed");
        points_at(&answer, "method", "unknown_key");
        assert_eq!(
            answer.json()["errors"][0]["admitted_at"],
            "/v1/score-methods"
        );
        let answer = reader
            .get(&ask("year=2150"))
            .await
            .refused(422, "validation_failed");
        points_at(&answer, "year", "out_of_range");
        for query in [
            "method=0",
            "method=uno",
            "year=1799",
            "year=2201",
            "since=2020",
        ] {
            reader
                .get(&ask(query))
                .await
                .refused(400, "invalid_parameter");
        }
        let ministry = reader.get("/v1/governments/00/score").await;
        points_at(
            &ministry.refused(422, "validation_failed"),
            "id",
            "not_scored",
        );
    })
    .await;
}
