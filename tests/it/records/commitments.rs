//! Commitments made abroad, which pass from one administration to the next until they are kept.

use super::*;

const PATH: &str = "/v1/commitments";

// row: 000-01, 000-02, 001-02, 001-05
// operations: create_commitment, get_commitment, list_commitments, update_commitment, transition_commitment
#[actix_web::test]
async fn a_commitment_is_carried_over_until_it_is_kept() {
    on_both(|app| async move {
        let officer = app.officer(GUADALAJARA).await;
        let sre = app.client(Role::Viewer, SRE).await;
        let (office, its_page) = office(&app, GUADALAJARA).await;
        let promise = json!({"title": "Acervo para la biblioteca", "source": "visit",
            "addressee": "Alcaldía de Kioto", "due_on": "2027-06-30", "office_id": office});
        written_by(&app, PATH, &promise, &["officer"]).await;
        no_office_of_others(&app, &officer, PATH, &promise).await;
        let (_, one) = made(&officer, PATH, &promise).await;

        // Whoever does not see the office neither reads its id nor finds by it.
        finds(&sre, PATH, &format!("office_id={office} → 1")).await;
        changed(&officer, &its_page, json!({"visibility": "private"})).await;
        shows(&sre, &one, json!({"office_id": null})).await;
        shows(&officer, &one, json!({"office_id": office})).await;
        finds(&sre, PATH, &format!("office_id={office} → 0")).await;
        finds(&officer, PATH, &format!("office_id={office} → 1")).await;
        finds(
            &sre,
            PATH,
            "source=visit → 1, due_year=2027 → 1, q=kioto → 1",
        )
        .await;
        finds(&sre, PATH, "source=letter → 0, due_year=2026 → 0").await;

        let carried = "carry_over → carried_over, carry_over → carried_over";
        walk(&officer, &one, carried).await;
        lacking(step(&officer, &one, "fulfil").await, "evidence");
        let evidence = json!({"evidence": "Acta de entrega de 1,200 libros."});
        moved(&officer, &one, "fulfil → fulfilled", evidence).await;
        out_of_order(step(&officer, &one, "expire").await, "");
        out_of_order(step(&officer, &one, "confirm").await, "");
        locked(change(&officer, &one, json!({"evidence": null})).await);
        let (_, other) = made(&officer, PATH, &promise).await;
        let why = json!({"evidence": "La otra ciudad cerró su biblioteca."});
        moved(&officer, &other, "expire → expired", why).await;
        out_of_order(step(&officer, &other, "carry_over").await, "");
        finds(&officer, PATH, "status=open,carried_over → 0").await;
    })
    .await;
}
