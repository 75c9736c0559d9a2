//! Where simulated cases leave the normal path: past agreements, cases withdrawn under review,
//! escalated, out of scope, or left alone.

use super::{Case, Simulation, act};
use serde_json::{Value, json};
use uuid::Uuid;
use vinculo_api::fixtures::{Cast, Official, request_for};
use vinculo_api::maintenance;
use vinculo_domain::Role;
use vinculo_domain::agreements::CaseAction;
use vinculo_domain::documents::DocumentKind;
use vinculo_persistence::abandon_untouched;
use vinculo_tests::{GUADALAJARA, GUANAJUATO, IRAPUATO, JALISCO, SRE, TestApp, ZAPOPAN};

/// Past agreements: the owner, and who records them.
const PAST: [(&str, &str, &str); 8] = [
    (GUADALAJARA, GUADALAJARA, "record_unreviewed"),
    (GUANAJUATO, GUANAJUATO, "record_unreviewed"),
    (JALISCO, SRE, "record_unreviewed"),
    (GUADALAJARA, JALISCO, "report"),
    (ZAPOPAN, JALISCO, "report"),
    (IRAPUATO, GUANAJUATO, "report"),
    (GUANAJUATO, SRE, "report"),
    (JALISCO, SRE, "report"),
];

/// The stages beside the normal path, and those where past agreements wait.
pub const OFTEN: [&str; 4] = ["reported", "out_of_scope", "abandoned", "signed"];

/// After how many days without a change a draft is abandoned.
const LEFT_ALONE_DAYS: u32 = 60;

impl Simulation<'_> {
    /// Records a past agreement.
    pub async fn open_past(&mut self) {
        let (lead, writer, action) = self.dice.pick(&PAST);
        let name = format!("Contraparte {}", Uuid::now_v7());
        let mut body = json!({
            "action": action, "kind": self.dice.pick(&["twinning", "specific_cooperation"]),
            "title": format!("Acuerdo {}", Uuid::now_v7()),
            "counterparts": [{"fields": TestApp::counterpart_json(&name)}],
            "signed_on": self.dice.pick(&["1998", "2001-05", "2009-10-30"]), "place": "Kioto",
            "themes": ["culture"], "languages": ["es"],
            "source": "Archivo", "reason": "Consta en el archivo.",
        });
        if writer != lead {
            body["government_id"] = json!(lead);
        }
        if action == "record_unreviewed" {
            body["compliance"] = json!(self.dice.pick(&["unknown", "non_compliant"]));
        }
        let role = if writer == lead {
            Role::Officer
        } else {
            Role::Liaison
        };
        let writer = self.app.client(role, writer).await;
        let made = writer.post("/v1/past-agreements", &body).await.expect(201);
        self.cases.push(Case {
            id: made.id().parse().unwrap(),
            lead,
            parties: Vec::new(),
        });
    }

    /// Draft expiry, as the service does it.
    pub async fn sweep(&self) -> usize {
        let scope = maintenance::operator_scope();
        abandon_untouched(&self.app.app.db, &scope, LEFT_ALONE_DAYS)
            .await
            .unwrap()
    }

    /// Takes a step beside the normal path, where one is possible.
    pub async fn detour(&mut self, cast: &Cast<'_>, id: Uuid, view: &Value) -> bool {
        let dice = self.dice.below(100);
        let unreviewed = view["compliance"] == "unknown" || view["compliance"] == "non_compliant";
        let may = |action: &str| {
            let mut known = view["available_transitions"].as_array().unwrap().iter();
            known.any(|one| one["action"] == action && one["allowed"] == true)
        };
        match view["stage"].as_str().unwrap() {
            "reported" if dice < 20 => act(cast, id, CaseAction::Dispute).await,
            "reported" if dice < 35 => self.take_back(cast, id).await,
            "reported" => act(cast, id, CaseAction::Confirm).await,
            "out_of_scope" if dice < 50 => by(&cast.intake, id, CaseAction::Reopen).await,
            "abandoned" if dice < 50 => act(cast, id, CaseAction::Resume).await,
            "signed" if unreviewed && dice < 60 => {
                let line = format!("Copia {}", Uuid::now_v7());
                let copy = DocumentKind::SignedCopy;
                let copy = cast.officer.attach(id, copy, Some("es"), &line);
                copy.await.unwrap();
                act(cast, id, CaseAction::Regularize).await;
            }
            "state_review" if dice < 60 && may("escalate") => {
                act(cast, id, CaseAction::Escalate).await;
            }
            "federal_intake" if dice < 40 => {
                by(&cast.intake, id, CaseAction::DeclareOutOfScope).await;
            }
            "legal_review" if dice < 40 => {
                by(&cast.legal, id, CaseAction::DeclareOutOfScope).await;
            }
            "state_review"
            | "federal_intake"
            | "legal_review"
            | "observed"
            | "opinion_favorable"
            | "opinion_unfavorable" => {
                act(cast, id, CaseAction::Withdraw).await;
            }
            _ => return false,
        }
        true
    }

    /// The government that reported it withdraws it.
    async fn take_back(&self, cast: &Cast<'_>, id: Uuid) {
        let lead = &cast.officer.actor.tenant;
        let reporters = [SRE, JALISCO, GUANAJUATO];
        for reporter in reporters.iter().filter(|one| **one != lead.as_str()) {
            let official = self.app.official(Role::Liaison, reporter).await;
            if official.view(id).await.is_ok() {
                return by(&official, id, CaseAction::Withdraw).await;
            }
        }
        panic!("reported by nobody");
    }
}

async fn by(official: &Official<'_>, id: Uuid, action: CaseAction) {
    let view = official.view(id).await.unwrap();
    let request = request_for(action, &view, None).unwrap();
    official.act(id, request).await.unwrap();
}
