//! Budgets by fiscal year, and what they add up to for each reader.

use super::*;

const PATH: &str = "/v1/budgets";
const BY_YEAR: &str = "kind=budgets&by=fiscal_year";

fn budget(title: &str, year: i64, approved: i64, spent: i64) -> Value {
    json!({"title": title, "fiscal_year": year, "currency": "MXN",
        "approved": approved, "spent": spent})
}

// row: 000-13, 000-29
// operations: create_budget, get_budget, list_budgets, update_budget, transition_budget
#[actix_web::test]
async fn a_budget_is_approved_spent_and_closed() {
    on_both(|app| async move {
        let officer = app.officer(GUADALAJARA).await;
        let trip = budget("Gira a Kioto", 2026, 500, 120);
        written_by(&app, PATH, &trip, &["officer"]).await;
        let bad = json!({"fiscal_year": 1800, "approved": -1, "currency": "pesos"});
        let places = "/fiscal_year out_of_range, /approved out_of_range, /currency unknown_key";
        wrong_with(&officer, PATH, &trip, bad, places).await;
        no_office_of_others(&app, &officer, PATH, &trip).await;
        let (office, _) = office(&app, GUADALAJARA).await;
        let trip = with(&trip, json!({"office_id": office}));
        let (_, one) = made(&officer, PATH, &trip).await;
        moved(&officer, &one, "close → closed", json!({"spent": 480})).await;
        shows(&officer, &one, json!({"spent": 480})).await;
        locked(change(&officer, &one, json!({"spent": 1})).await);
        out_of_order(step(&officer, &one, "close").await, "open");
        out_of_order(step(&officer, &one, "confirm").await, "open");
        walk(&officer, &one, "open → active").await;
        changed(&officer, &one, json!({"spent": 490})).await;
        finds(&officer, PATH, &format!("office_id={office} → 1")).await;
        let years = "fiscal_year=2026&status=active → 1, fiscal_year=2025 → 0";
        finds(&officer, PATH, years).await;
    })
    .await;
}

// row: 002-19, 002-21
// operations: create_budget, update_budget, transition_budget, get_own_record_statistics, get_record_statistics
#[actix_web::test]
async fn each_reader_sums_the_budgets_that_it_sees() {
    on_both(|app| async move {
        let officer = app.officer(GUADALAJARA).await;
        let (_, trip) = made(&officer, PATH, &budget("Gira a Kioto", 2026, 500, 120)).await;
        made(&officer, PATH, &budget("Cuotas de redes", 2025, 300, 300)).await;
        let reserve = budget("Reserva", 2026, 40, 0);
        let reserve = with(&reserve, json!({"visibility": "private"}));
        made(&officer, PATH, &reserve).await;
        let years = counted(&officer, BY_YEAR).await;
        rows(&years, &[("2025", 1), ("2026", 2)]);
        let before = "approved MXN 2025 300, approved MXN 2026 540";
        assert_eq!(
            sums(&years),
            format!("{before}, spent MXN 2025 300, spent MXN 2026 120")
        );
        // The ministry sums what it sees, and nobody else any of it, until it is public.
        let sre = app.client(Role::StatisticsReader, SRE).await;
        let theirs = "approved MXN 2025 300, approved MXN 2026 500";
        let theirs = format!("{theirs}, spent MXN 2025 300, spent MXN 2026");
        assert_eq!(sums(&counted(&sre, BY_YEAR).await), format!("{theirs} 120"));
        for tenant in [ZAPOPAN, JALISCO, "obs-senado"] {
            let reader = app.client(Role::Viewer, tenant).await;
            let figures = counted(&reader, BY_YEAR).await;
            assert_eq!(sums(&figures), "");
            assert_eq!(figures["total"], 0);
        }
        assert_eq!(sums(&counted_by_all(&app, BY_YEAR).await), "");
        changed(&officer, &trip, json!({"visibility": "public"})).await;
        moved(&officer, &trip, "close → closed", json!({"spent": 480})).await;
        assert_eq!(sums(&counted(&sre, BY_YEAR).await), format!("{theirs} 480"));
        let public = "approved MXN 2026 500, spent MXN 2026 480";
        assert_eq!(sums(&counted_by_all(&app, BY_YEAR).await), public);
        // Ids of records are no values to count by.
        not_counted(&officer, "kind=budgets&by=office_id").await;
    })
    .await;
}
