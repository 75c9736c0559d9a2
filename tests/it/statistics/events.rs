//! Events of the simulation beside the procedure: who governs, the working days, whom the owner
//! waits for, and the annotations after an inscription.

use super::simulation::{Dice, Simulation};
use crate::tools::{entry, post, post_on};
use serde_json::{Value, json};
use uuid::Uuid;
use vinculo_api::fixtures::{Official, approval};
use vinculo_domain::Role;
use vinculo_domain::agreements::ConfirmationRequest;
use vinculo_domain::clock::mexican_day;
use vinculo_domain::documents::DocumentKind;
use vinculo_domain::tenant::Tier;
use vinculo_tests::{GUADALAJARA, GUANAJUATO, JALISCO, SRE, TestApp, ZAPOPAN};

/// The administrations of Jalisco, by their first days.
pub const PERIODS: [(&str, Option<&str>); 3] = [
    ("2018-12-06", Some("2024-12-05")),
    ("2024-12-06", Some("2026-12-15")),
    ("2026-12-16", None),
];
/// Those of other governments; two of them end during the simulation.
pub const TERMS: [(&str, &str, Option<&str>); 5] = [
    (GUADALAJARA, "2024-10-01", Some("2027-09-30")),
    (GUADALAJARA, "2027-10", Some("2030-09")),
    (GUANAJUATO, "2024-09-26", Some("2030")),
    (ZAPOPAN, "2024", Some("2026")),
    (ZAPOPAN, "2027-01-01", None),
];
/// The business days of Jalisco's own target for its review.
pub const REVIEW_DAYS: i32 = 3;

/// The working days of the ministry.
pub fn ministry_days() -> Value {
    json!({"name": "Días hábiles", "weekdays": ["monday", "tuesday", "wednesday", "thursday"],
        "holidays": [{"date": "2026-12-23", "name": "Asueto"}, {"date": "2027-01-06", "name": "Asueto"}]})
}

/// Sets up who governs, who signs, and the working days.
pub async fn prepare(app: &TestApp) -> Vec<(&'static str, Uuid)> {
    let own = PERIODS.map(|(starts_on, ends_on)| (JALISCO, starts_on, ends_on));
    for (government, starts_on, ends_on) in own.into_iter().chain(TERMS) {
        let period =
            json!({"government_id": government, "starts_on": starts_on, "ends_on": ends_on});
        let officer = app.officer(government).await;
        let made = officer.post("/v1/administrations", &period).await;
        made.expect(201);
    }
    let admin = app.client(Role::Admin, SRE).await;
    admin
        .post("/v1/calendars", &ministry_days())
        .await
        .expect(201);
    let admin = app.client(Role::Admin, JALISCO).await;
    let target = json!({"stage": "state_review", "business_days": REVIEW_DAYS});
    admin.post("/v1/targets", &target).await.expect(201);
    let mut bodies = Vec::new();
    for (government, kind) in [
        (JALISCO, "dependency"),
        (JALISCO, "university"),
        (GUADALAJARA, "decentralized"),
        (GUANAJUATO, "prosecutor"),
    ] {
        let body = json!({"governments": [government], "name": format!("Órgano {kind}"), "kind": kind, "starts_on": "2000"});
        let officer = app.officer(government).await;
        let made = officer.post("/v1/bodies", &body).await.expect(201);
        bodies.push((government, made.id().parse().unwrap()));
    }
    bodies
}

impl Simulation<'_> {
    /// The owner starts or stops waiting for its counterpart.
    pub async fn turn(&self, lead: &str, case: Uuid) {
        let officer = self.app.officer(lead).await;
        let view = officer
            .get(&crate::tools::one(case))
            .await
            .expect(200)
            .json();
        let party = if view["waiting_for"] == "owner" {
            "counterpart"
        } else {
            "owner"
        };
        let said = json!({"for": party});
        post_on(&officer, &case.to_string(), "waiting", &said)
            .await
            .expect(200);
    }

    /// The registrar annotates an inscription, effective today. Ended ones are left alone.
    pub async fn annotate(&mut self, number: &str) {
        let registrar = self.app.client(Role::Registrar, SRE).await;
        let record = registrar.get(&entry(number)).await.expect(200);
        let today = mexican_day(self.now()).to_string();
        let now = record.json();
        let Some(changes) = changes(&mut self.dice, &now) else {
            return;
        };
        let body =
            json!({"effective_on": today, "ground": "Acuerdo de las partes.", "changes": changes});
        let path = format!("{}/annotations", entry(number));
        let request = post(&path, &body).if_match(&record.etag());
        let answer = registrar.send(request).await;
        // An agreement that ended early can no longer be extended.
        assert!(
            matches!(answer.status, 201 | 409 | 422),
            "{}",
            answer.text()
        );
    }
}

fn changes(dice: &mut Dice, record: &Value) -> Option<Value> {
    if record["standing"]["standing"] == "terminated" {
        return None;
    }
    let themes = &record["consolidated"]["themes"];
    Some(match dice.below(5) {
        0 => json!({"kind": "termination"}),
        1 => json!({"kind": "renewal", "ends_on": "2031-06-30", "renewal": "by_agreement"}),
        2 => json!({"kind": "amendment", "validity": {"term": "indefinite"}}),
        3 => json!({"kind": "suspension"}),
        _ => {
            json!({"kind": "correction", "fields": [{"field": "themes", "old": themes, "new": ["education", "trade"]}]})
        }
    })
}

/// The approval of a party: from its council, or a document for a party without a council.
pub async fn approved(official: &Official<'_>, case: Uuid) -> ConfirmationRequest {
    if official.actor.tier == Tier::Municipality {
        let minutes = approval(official, case).await.unwrap();
        return ConfirmationRequest {
            approval: Some(minutes),
            document_id: None,
        };
    }
    let paper = official.attach(case, DocumentKind::Approval, None, "Aprobación");
    ConfirmationRequest {
        approval: None,
        document_id: Some(paper.await.unwrap()),
    }
}
