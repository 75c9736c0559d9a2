//! The versions of the method: the ministry adds them, everybody reads them, none changes.

use super::*;
use actix_web::http::Method;
use vinculo_tests::Request;

const METHODS: &str = "/v1/score-methods";

fn weights(legal_basis: i64, budget: i64) -> Value {
    json!({"legal_basis": legal_basis, "budget": budget, "position": 0, "participation": 0,
        "compliance": 0, "activity": 0, "continuity": 0, "transparency": 0})
}

fn method(holds_from: &str, weights: &Value) -> Value {
    json!({"holds_from": holds_from, "weights": weights})
}

fn versions(list: &Value) -> Vec<i64> {
    let items = list["items"].as_array().unwrap().iter();
    items.map(|one| one["version"].as_i64().unwrap()).collect()
}

// row: 000-33
// operations: create_score_method, get_score, get_score_method, list_score_methods
#[actix_web::test]
async fn the_ministry_sets_the_weights_from_a_day_on() {
    on_both_at_noon(|app, clock| async move {
        institution(&app, GUADALAJARA, &Seed { office_alone: true }).await;
        let admin = app.client(Role::Admin, SRE).await;
        let registrar = app.client(Role::Registrar, SRE).await;
        let reader = app.client(Role::CommitteeMember, IRAPUATO).await;
        let first = read(&reader, METHODS).await;
        assert_eq!(versions(&first), [1]);
        let body = method("2027-01-01", &weights(100, 0));
        let second = admin.post(METHODS, &body).await.expect(201);
        let place = second.header("location").unwrap();
        assert_eq!(read(&reader, &place).await["version"], 2);
        assert_eq!(second.json()["weights"], weights(100, 0));
        let body = method("2026-11-20", &weights(50, 50));
        registrar.post(METHODS, &body).await.expect(201);

        // All are listed and stay; the one that holds today is the third.
        let page = read(&reader, &format!("{METHODS}?limit=2&count=true")).await;
        assert_eq!((versions(&page), &page["total"]), (vec![1, 2], &json!(3)));
        let next = page["next_cursor"].as_str().unwrap();
        let page = read(
            &reader,
            &format!("{METHODS}?limit=2&count=true&cursor={next}"),
        )
        .await;
        assert_eq!(
            (versions(&page), &page["next_cursor"]),
            (vec![3], &Value::Null)
        );
        let by = |version: i64| format!("{SCORE}?method={version}");
        let today = read(&reader, SCORE).await;
        assert_eq!(
            (&today["method"]["version"], &today["score"]),
            (&json!(3), &json!(50.0))
        );
        assert_eq!(read(&reader, &by(3)).await, today);
        assert_eq!(read(&reader, &by(2)).await["score"], 100.0);
        assert_eq!(read(&reader, &by(1)).await["score"], 30.0);
        noon(&clock, "2027-01-01");
        let reader = app.client(Role::Viewer, IRAPUATO).await;
        let later = read(&reader, SCORE).await;
        assert_eq!(
            (&later["method"]["version"], &later["score"]),
            (&json!(2), &json!(100.0))
        );
        assert_eq!(later["comparison"]["country"]["highest"], 100.0);
    })
    .await;
}

// row: 000-33
// operations: create_score_method
#[actix_web::test]
async fn weights_that_are_wrong_are_told_what_would_be_right() {
    on_both_at_noon(|app, _clock| async move {
        let admin = app.client(Role::Admin, SRE).await;
        let post =
            async |weights: Value| admin.post(METHODS, &method("2026-11-20", &weights)).await;
        let sum = post(weights(100, 1))
            .await
            .refused(422, "validation_failed");
        points_at(&sum, "/weights", "sum");
        assert!(sum.text().contains("suman 101"), "{}", sum.text());
        let negative = post(weights(101, -1))
            .await
            .refused(422, "validation_failed");
        points_at(&negative, "/weights/legal_basis", "out_of_range");
        points_at(&negative, "/weights/budget", "out_of_range");
        let mut other = weights(100, 0);
        other["planning"] = json!(0);
        let unknown = post(other).await.refused(400, "unknown_field");
        let admitted = unknown.json()["errors"][0]["admitted"].to_string();
        assert!(
            admitted.contains("transparency") && !admitted.contains("planning"),
            "{admitted}"
        );
        let mut lacking = weights(100, 0);
        lacking.as_object_mut().unwrap().remove("position");
        let missing = post(lacking).await;
        assert_eq!(missing.status, 400, "{}", missing.text());
        assert!(missing.text().contains("position"), "{}", missing.text());
        post(json!({"legal_basis": 100})).await.expect(400);
        let past = admin
            .post(METHODS, &method("2026-11-19", &weights(100, 0)))
            .await;
        points_at(
            &past.refused(422, "validation_failed"),
            "/holds_from",
            "past",
        );
        let month = admin
            .post(METHODS, &method("2027-01", &weights(100, 0)))
            .await;
        points_at(
            &month.refused(422, "validation_failed"),
            "/holds_from",
            "not_a_day",
        );
        let reader = app.client(Role::Viewer, JALISCO).await;
        let refused = reader
            .post(METHODS, &method("2027-01-01", &weights(100, 0)))
            .await;
        let problem = refused.refused(403, "forbidden").json();
        assert_eq!(problem["roles"], json!(["admin", "registrar"]));
        let body = method("2027-01-01", &weights(100, 0));
        let officer = app.officer(SRE).await;
        officer.post(METHODS, &body).await.refused(403, "forbidden");
        app.nobody()
            .get(METHODS)
            .await
            .refused(401, "unauthenticated");
        let dry = Request::new(Method::POST, &format!("{METHODS}?dry_run=true")).json(&body);
        admin.send(dry).await.expect(200);
        assert_eq!(versions(&read(&reader, METHODS).await), [1]);
        let nothing = format!("{METHODS}/01938a5c-7c00-7a00-8000-00000000ffff");
        reader.get(&nothing).await.refused(404, "not_found");
    })
    .await;
}

// row: 000-33
// operations: create_score_method
#[actix_web::test]
async fn two_versions_at_once_get_two_numbers() {
    on_both_at_noon(|app, _clock| async move {
        let (one, two) = (
            app.client(Role::Admin, SRE).await,
            app.client(Role::Registrar, SRE).await,
        );
        let body = method("2026-11-20", &weights(100, 0));
        let (first, second) =
            futures_util::join!(one.post(METHODS, &body), two.post(METHODS, &body));
        first.expect(201);
        second.expect(201);
        assert_eq!(versions(&read(&one, METHODS).await), [1, 2, 3]);
    })
    .await;
}
