//! Advice that a government asks of its state or of the ministry: only the two sides see it.

use super::*;

const PATH: &str = "/v1/advisory-cases";

fn question(title: &str, provider: &str) -> Value {
    json!({"title": title, "provider": provider, "question": "¿Cómo se instala un comité?"})
}

// row: 000-31, 001-17, 001-20
// operations: create_advisory_case, get_advisory_case, list_advisory_cases, transition_advisory_case, delete_advisory_case, get_own_record_statistics
#[actix_web::test]
async fn advice_is_asked_of_a_state_or_of_the_ministry() {
    on_both(|app| async move {
        let asker = app.officer(GUADALAJARA).await;
        let sre = app.client(Role::Liaison, SRE).await;
        let first = question("Comité de Kioto", JALISCO);
        written_by(&app, PATH, &first, &["officer"]).await;
        asked_by_others(&app, PATH, &first).await;
        for provider in [ZAPOPAN, GUANAJUATO, GUADALAJARA, "obs-senado"] {
            let refused = asker.post(PATH, &question("Otra", provider)).await;
            wrong(refused, "/provider not_taken");
        }
        let (_, one) = made(&asker, PATH, &first).await;
        let (_, other) = made(&asker, PATH, &question("Texto en japonés", SRE)).await;
        let trainer = app.client(Role::Trainer, JALISCO).await;
        lists(&trainer, PATH, &["Comité de Kioto"]).await;
        lists(&sre, PATH, &["Texto en japonés"]).await;
        unseen(&trainer, &other).await;
        unseen(&sre, &one).await;
        for (client, total) in [(&asker, 2), (&sre, 1)] {
            let figures = counted(client, "kind=advisory-cases").await;
            assert_eq!(figures["total"], total);
        }
        // What was declined is on the record of both: it is neither taken back nor removed.
        let reason = json!({"diagnosis": "Corresponde a un perito traductor."});
        moved(&sre, &other, "decline → declined", reason).await;
        out_of_order(step(&asker, &other, "withdraw").await, "");
        locked(remove(&asker, &other).await);
        walk(&asker, &one, "withdraw → withdrawn").await;
        let counts = "status=asked,accepted → 0, status=declined → 1";
        finds(&asker, PATH, counts).await;
        remove(&asker, &one).await.expect(204);
    })
    .await;
}

// row: 000-31, 001-20, 004-04, 004-18
// operations: update_advisory_case, transition_advisory_case
#[actix_web::test]
async fn a_municipality_is_advised_by_its_state() {
    on_both(|app| async move {
        let asker = app.officer(GUADALAJARA).await;
        let liaison = app.client(Role::Liaison, JALISCO).await;
        let trainer = app.client(Role::Trainer, JALISCO).await;
        let (_, one) = made(&asker, PATH, &question("Comité de Kioto", JALISCO)).await;
        let refused = step(&app.officer(JALISCO).await, &one, "accept").await;
        only_for(refused, &["liaison", "trainer"]);
        only_for(step(&liaison, &one, "withdraw").await, &["officer"]);
        let another = json!({"question": "¿Cómo se disuelve?"});
        kept_from(&liaison, &one, &another, &["officer"]).await;
        open_to(&trainer, &one, &["accept", "answer", "decline"]).await;
        walk(&liaison, &one, "accept → accepted").await;
        locked(change(&asker, &one, another).await);

        let given = json!({"deliverables": ["Modelo de reglamento"],
            "sessions": [{"on": "2026-12-01", "about": "Reglamento"}]});
        let refused = act(&trainer, &one, "answer", given.clone()).await;
        lacking(refused, "diagnosis");
        let given = with(&given, json!({"diagnosis": "Falta un reglamento."}));
        moved(&trainer, &one, "answer → answered", given.clone()).await;
        shows(&asker, &one, given).await;
        open_to(&asker, &one, &["close"]).await;
        let content = act(&asker, &one, "close", json!({"satisfaction": 6})).await;
        wrong(content, "/fields/satisfaction out_of_range");
        moved(&asker, &one, "close → closed", json!({"satisfaction": 5})).await;
        shows(&liaison, &one, json!({"satisfaction": 5})).await;
        out_of_order(step(&asker, &one, "withdraw").await, "");
        out_of_order(step(&liaison, &one, "answer").await, "");
    })
    .await;
}
