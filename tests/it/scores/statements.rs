//! How many statements a score, gaps and activity cost: the same whatever there is.

use super::*;
use crate::record_contract::statements::{listen, since};

/// The statements of a request without those that tell who calls.
async fn cost(client: &Client, path: &str) -> usize {
    let (answer, seen) = since(client.get(path)).await;
    answer.expect(200);
    let begins = seen.iter().enumerate();
    let begins: Vec<usize> = begins
        .filter(|(_, sql)| sql.starts_with("BEGIN"))
        .map(|(at, _)| at)
        .collect();
    assert!(begins.len() >= 2, "{seen:#?}");
    seen.len() - begins[1]
}

/// What is asked, and the most statements of it, with the beginning and the end of the transaction.
const ASKED: [(&str, usize); 5] = [
    (SCORE, 25),
    ("/v1/statistics/gaps?state=14", 6),
    ("/v1/statistics/gaps/governments?state=14&count=true", 6),
    ("/v1/statistics/activity?government=14039", 12),
    ("/v1/statistics/activity", 10),
];

#[actix_web::test]
async fn a_score_costs_the_same_whatever_there_is() {
    listen();
    on_both(|app: TestApp| async move {
        let reader = app.client(Role::Viewer, JALISCO).await;
        institution(&app, GUADALAJARA, &Seed::default()).await;
        app.case_in(GUADALAJARA, Stage::Registered).await;
        let mut few = Vec::new();
        for (path, most) in ASKED {
            let cost = cost(&reader, path).await;
            println!("{:?} {path}: {cost}", app.scratch.engine);
            assert!(cost <= most, "{path}: {cost}");
            few.push(cost);
        }
        for tenant in [ZAPOPAN, JALISCO, GUANAJUATO, IRAPUATO] {
            institution(&app, tenant, &Seed::default()).await;
            app.case_in(tenant, Stage::Registered).await;
        }
        institution(&app, GUADALAJARA, &Seed { office_alone: true }).await;
        let mut many = Vec::new();
        for (path, _) in ASKED {
            many.push(cost(&reader, path).await);
        }
        assert_eq!(many, few);
    })
    .await;
}
