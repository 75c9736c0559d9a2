//! Random actions of all kinds, some of which are refused.

mod cases;
mod past;
mod records;

use crate::procedure::scenes::Scenes;
use crate::storm::dice::Dice;
use serde_json::json;
use std::collections::BTreeMap;
use uuid::Uuid;
use vinculo_api::fixtures::Official;
use vinculo_domain::Role;
use vinculo_domain::agreements::{CaseAction as A, Stage};
use vinculo_tests::{Client, GUADALAJARA, GUANAJUATO, JALISCO, SRE, TestApp, ZAPOPAN};

/// What is done; each at least once in a run.
pub const KINDS: [&str; 21] = [
    "open",
    "edit",
    "rename a counterpart",
    "rename a body",
    "change a term",
    "step",
    "annotate",
    "classify",
    "attach",
    "word",
    "assign",
    "urge",
    "wait",
    "confirm",
    "leave",
    "delete",
    "report",
    "correct a record",
    "withdraw a record",
    "import",
    "undo an import",
];

/// Who takes the steps of the procedure.
#[derive(Clone, Copy)]
enum Who {
    Officer,
    State,
    Intake,
    Legal,
    Registrar,
}

/// Steps likely to succeed in a stage.
fn likely(stage: &str) -> &'static [(Who, A)] {
    use Who::{Intake, Legal, Officer, Registrar, State};
    match stage {
        "draft" => &[
            (Officer, A::Announce),
            (Officer, A::Submit),
            (Officer, A::Submit),
        ],
        "state_review" => &[
            (State, A::Forward),
            (State, A::Forward),
            (State, A::ReturnToOwner),
        ],
        "returned" => &[(Officer, A::Resubmit)],
        "federal_intake" => &[
            (Intake, A::Accept),
            (Intake, A::Accept),
            (Intake, A::ReturnToOwner),
            (Intake, A::DeclareOutOfScope),
        ],
        "legal_review" => &[
            (Legal, A::IssueOpinion),
            (Legal, A::IssueOpinion),
            (Legal, A::Observe),
            (Legal, A::ReturnToIntake),
        ],
        "observed" | "opinion_unfavorable" => &[(Officer, A::Resubmit)],
        "opinion_favorable" => &[(Officer, A::RecordSignature), (Officer, A::Withdraw)],
        "signed" => &[(Officer, A::SendToRegistry)],
        "pending_registration" => &[
            (Registrar, A::Register),
            (Registrar, A::Register),
            (Registrar, A::Query),
        ],
        "out_of_scope" => &[(Intake, A::Reopen)],
        "reported" => &[(Officer, A::Confirm), (Officer, A::Dispute)],
        _ => &[(Officer, A::Withdraw)],
    }
}

pub struct World<'a> {
    app: &'a TestApp,
    scenes: Scenes<'a>,
    dice: Dice,
    owner: Client,
    party: Client,
    state: Client,
    intake: Client,
    registrar: Client,
    /// Another government, whose counterpart the owner's cases name.
    lender: Client,
    partner: Official<'a>,
    cases: Vec<Uuid>,
    counterparts: Vec<Uuid>,
    body: Uuid,
    terms: Vec<String>,
    /// Past agreements of the owner that nobody has inscribed or withdrawn.
    past: Vec<String>,
    /// What came from files and was not taken back.
    batches: Vec<String>,
    turn: usize,
    pub taken: BTreeMap<&'static str, usize>,
    pub log: Vec<String>,
}

impl<'a> World<'a> {
    pub async fn new(app: &'a TestApp, dice: Dice) -> Self {
        let scenes = Scenes::new(app, false).await;
        let [owner, party, lender] = [
            app.officer(GUADALAJARA).await,
            app.officer(ZAPOPAN).await,
            app.officer(GUANAJUATO).await,
        ];
        let mut counterparts = Vec::new();
        for name in ["Kioto", "Nagoya"] {
            counterparts.push(app.counterpart(&scenes.cast.officer, name).await);
        }
        let mut shared = TestApp::counterpart_json("Osaka");
        shared["visibility"] = json!("network");
        let shared = lender
            .post("/v1/counterparts", &shared)
            .await
            .expect(201)
            .id();
        counterparts.push(Uuid::parse_str(&shared).unwrap());
        let body = json!({"governments": [ZAPOPAN], "name": "Universidad", "kind": "university", "starts_on": "2018-10-01"});
        let body = party.post("/v1/bodies", &body).await.expect(201).id();
        let mut terms = Vec::new();
        for (client, government) in [(&owner, GUADALAJARA), (&party, ZAPOPAN)] {
            let term = crate::administrations::period(government, "2024-10-01", "2027-09-30");
            terms.push(
                client
                    .post("/v1/administrations", &term)
                    .await
                    .expect(201)
                    .id(),
            );
        }
        let mut cases = Vec::new();
        for stage in [
            Stage::Draft,
            Stage::StateReview,
            Stage::LegalReview,
            Stage::Signed,
            Stage::PendingRegistration,
            Stage::Registered,
            Stage::Registered,
        ] {
            cases.push(app.case_in(GUADALAJARA, stage).await);
        }
        Self {
            partner: app.official(Role::Officer, ZAPOPAN).await,
            state: app.client(Role::Liaison, JALISCO).await,
            intake: app.client(Role::Liaison, SRE).await,
            registrar: app.client(Role::Registrar, SRE).await,
            body: Uuid::parse_str(&body).unwrap(),
            turn: 0,
            past: Vec::new(),
            batches: Vec::new(),
            taken: BTreeMap::new(),
            log: Vec::new(),
            app,
            scenes,
            dice,
            owner,
            party,
            lender,
            cases,
            counterparts,
            terms,
        }
    }

    /// One action; notes it if it was taken.
    pub async fn one(&mut self) {
        self.turn += 1;
        // The procedure goes on in the meantime.
        let kind = match self.dice.below(3) {
            0 => "step",
            _ => KINDS[self.dice.below(KINDS.len())],
        };
        let case = self.dice.pick(&self.cases);
        let done = match kind {
            "open" => self.open().await,
            "edit" => self.edit(case).await,
            "rename a counterpart" => self.rename_counterpart().await,
            "rename a body" => self.rename_body().await,
            "change a term" => self.change_term().await,
            "annotate" => self.annotate().await,
            "classify" => self.classify().await,
            "attach" => self.attach(case).await,
            "word" => self.scenes.cast.officer.texts(case, &["es"]).await.is_ok(),
            "assign" => self.assign(case).await,
            "urge" => self.urge(case).await,
            "wait" => self.wait().await,
            "confirm" => self.confirm().await,
            "leave" => self.leave().await,
            "delete" => self.delete().await,
            "report" => self.report().await,
            "correct a record" => self.correct_record().await,
            "withdraw a record" => self.withdraw_record().await,
            "import" => self.import().await,
            "undo an import" => self.undo_import().await,
            _ => self.step(case).await,
        };
        self.log.push(format!("{kind} {case}: {done}"));
        if done {
            *self.taken.entry(kind).or_default() += 1;
        }
    }
}
