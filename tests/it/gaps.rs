//! Gaps: governments that have nothing public of some kind, and countries and themes that no agreement of
//! the registry names.

use crate::scores::{Seed, institution, made};
use crate::tools::inscribe;
use serde_json::{Value, json};
use vinculo_domain::Role;
use vinculo_domain::agreements::Stage;
use vinculo_tests::{
    Client, GUADALAJARA, GUANAJUATO, IRAPUATO, JALISCO, SRE, TestApp, ZAPOPAN, on_both,
};

const GAPS: &str = "/v1/statistics/gaps";
const LIST: &str = "/v1/statistics/gaps/governments";

async fn read(client: &Client, path: &str) -> Value {
    client.get(path).await.expect(200).json()
}

/// Every line of a list, page by page.
async fn all(client: &Client, query: &str, limit: usize) -> Vec<Value> {
    let (mut items, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = read(client, &format!("{LIST}?limit={limit}&{query}{cursor}")).await;
        items.extend(page["items"].as_array().unwrap().iter().cloned());
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return items,
        }
    }
}

/// What a government lacks; nothing if it is not listed.
fn missing(lines: &[Value], government: &str) -> Value {
    let line = lines
        .iter()
        .find(|line| line["government_id"] == government);
    line.map_or(json!([]), |line| line["missing"].clone())
}

/// How many lack an agreement, an office, a membership and a committee.
fn counts(counts: [i64; 4]) -> Value {
    let gaps = ["agreement", "office", "membership", "committee"];
    let counts = gaps.into_iter().zip(counts);
    counts
        .map(|(gap, count)| json!({"gap": gap, "count": count}))
        .collect()
}

fn strings(values: &Value) -> Vec<&str> {
    let values = values.as_array().unwrap().iter();
    values.map(|value| value.as_str().unwrap()).collect()
}

// row: 003-14
// operations: get_gaps, list_government_gaps
#[actix_web::test]
async fn who_has_nothing_public_is_listed_with_what_it_lacks() {
    on_both(|app: TestApp| async move {
        let reader = app.client(Role::Viewer, GUANAJUATO).await;
        let before = read(&reader, GAPS).await;
        let orders = before["governments"].as_array().unwrap();
        for (order, tier, count) in [(0, "state", 32), (1, "municipality", 2478)] {
            let all = counts([count; 4]);
            assert_eq!(
                orders[order],
                json!({"tier": tier, "governments": count, "missing": all})
            );
        }
        assert!(strings(&before["countries"]).contains(&"JP"));
        assert!(strings(&before["themes"]).contains(&"culture"));

        institution(&app, GUADALAJARA, &Seed::default()).await;
        institution(&app, ZAPOPAN, &Seed { office_alone: true }).await;
        inscribe(&app, GUADALAJARA, json!({})).await;
        app.case_in(JALISCO, Stage::Registered).await;

        // Who lacks nothing is not listed; the others are, by name, each once.
        let lines = all(&reader, "state=14", 200).await;
        assert_eq!(lines.len(), 125);
        assert_eq!(all(&reader, "state=14", 7).await, lines);
        let names: Vec<String> = lines
            .iter()
            .map(|line| vinculo_domain::text::fold(line["name"].as_str().unwrap()))
            .collect();
        assert!(names.is_sorted());
        assert_eq!(missing(&lines, GUADALAJARA), json!([]));
        assert_eq!(
            missing(&lines, ZAPOPAN),
            json!(["agreement", "membership", "committee"])
        );
        // A state has its own agreements, not those of its municipalities.
        assert_eq!(
            missing(&lines, JALISCO),
            json!(["office", "membership", "committee"])
        );
        let counted = read(&reader, &format!("{LIST}?state=14&count=true&limit=1")).await;
        assert_eq!(counted["total"], 125);
        let offices = all(&reader, "state=14&missing=office&tier=municipality", 200).await;
        assert_eq!(offices.len(), 123);
        let either = all(&reader, "state=14&missing=agreement,committee", 200).await;
        assert_eq!(either.len(), 125);
        assert!(all(&reader, "tier=federal", 200).await.is_empty());

        let now = read(&reader, &format!("{GAPS}?state=14")).await;
        let orders = now["governments"].as_array().unwrap();
        let state = counts([0, 1, 1, 1]);
        assert_eq!(
            orders[0],
            json!({"tier": "state", "governments": 1, "missing": state})
        );
        let own = counts([124, 123, 124, 124]);
        assert_eq!(
            orders[1],
            json!({"tier": "municipality", "governments": 125, "missing": own})
        );
        assert!(!strings(&now["countries"]).contains(&"JP"));
        assert!(!strings(&now["themes"]).contains(&"culture"));
        // What Jalisco covers, Guanajuato does not.
        let other = read(&reader, &format!("{GAPS}?state=11")).await;
        assert!(strings(&other["countries"]).contains(&"JP"));
        let citizen = app.client(Role::CommitteeMember, IRAPUATO).await;
        assert_eq!(read(&citizen, &format!("{GAPS}?state=14")).await, now);
        for path in [GAPS, LIST] {
            app.nobody().get(path).await.refused(401, "unauthenticated");
            let wrong = format!("{path}?state=99");
            reader.get(&wrong).await.refused(400, "invalid_parameter");
        }
        let wrong = format!("{LIST}?missing=strategy");
        reader.get(&wrong).await.refused(400, "invalid_parameter");
    })
    .await;
}

// row: 003-14
// operations: get_gaps, list_government_gaps
#[actix_web::test]
async fn what_is_not_for_everybody_closes_no_gap() {
    on_both(|app: TestApp| async move {
        let officer = app.officer(ZAPOPAN).await;
        let before = read(&officer, GAPS).await;
        let listed = all(&officer, "state=14", 200).await;
        for visibility in ["private", "government", "network"] {
            let committee =
                json!({"title": "Canario", "visibility": visibility, "countries": ["IS"]});
            made(&officer, "/v1/committees", &committee).await;
        }
        // Public, but asked for and not open yet.
        let office = json!({"title": "Oficina por abrir"});
        made(&officer, "/v1/international-offices", &office).await;
        app.case_in(ZAPOPAN, Stage::LegalReview).await;
        for (role, tenant) in [
            (Role::Officer, ZAPOPAN),
            (Role::Admin, SRE),
            (Role::Viewer, JALISCO),
        ] {
            let reader = app.client(role, tenant).await;
            assert_eq!(read(&reader, GAPS).await, before);
            assert_eq!(all(&reader, "state=14", 200).await, listed);
        }
    })
    .await;
}
