//! A simulation: cases of several governments on random paths, while a clock moves.

mod contents;
mod detours;

use super::events::approved;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use uuid::Uuid;
use vinculo_api::commands::import::import;
use vinculo_api::fixtures::{Cast, request_for};
use vinculo_domain::Role;
use vinculo_domain::agreements::{AgreementContent, CaseAction, OpinionResult, TransitionRequest};
use vinculo_domain::clock::{Clock, FixedClock, mexican_day};
use vinculo_domain::documents::DocumentKind;
use vinculo_domain::imports::Reading;
use vinculo_domain::legal_date::LegalDate;
use vinculo_tests::{GUADALAJARA, GUANAJUATO, IRAPUATO, JALISCO, TestApp, ZAPOPAN};

const LEADS: [&str; 6] = [
    JALISCO,
    GUANAJUATO,
    GUADALAJARA,
    ZAPOPAN,
    IRAPUATO,
    "00-amexcid",
];

/// Rows of an older registry and of old paper files.
const PAST: &str = "entidad,municipio,contraparte,pais,tipo,fecha_firma,fuente,registro\n\
    Jalisco,Zapopan,Málaga,España,hermanamiento,1998,DOF,RAI-0031\n\
    Jalisco,Guadalajara,Portland,Estados Unidos,hermanamiento,12/04/2003,DOF,RAI-0032\n\
    Guanajuato,Irapuato,Marianao,Cuba,hermanamiento,,DOF,\n\
    Jalisco,,Alberta,Canadá,cooperación específica,1999,DOF,RAI-0033\n\
    Guanajuato,,Hiroshima,Japón,cooperación específica,,DOF,\n";

/// Random numbers from a seed, so that a failure can be reproduced.
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, bound: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }

    fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        let at = self.below(u64::try_from(list.len()).unwrap());
        list[usize::try_from(at).unwrap()]
    }

    fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }
}

/// An open case.
struct Case {
    id: Uuid,
    lead: &'static str,
    parties: Vec<&'static str>,
}

pub struct Simulation<'a> {
    pub app: &'a TestApp,
    pub clock: FixedClock,
    pub dice: Dice,
    cases: Vec<Case>,
    /// The bodies that sign, with their governments.
    pub bodies: Vec<(&'static str, Uuid)>,
}

impl<'a> Simulation<'a> {
    pub fn new(app: &'a TestApp, clock: FixedClock, seed: u64) -> Self {
        Self {
            app,
            clock,
            dice: Dice(seed),
            cases: Vec::new(),
            bodies: Vec::new(),
        }
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Lets some hours or days pass.
    pub fn wait(&mut self) {
        let hours = self.dice.pick(&[1, 5, 23, 24, 70, 130]);
        self.clock.set(self.now() + TimeDelta::hours(hours));
    }

    /// Moves to the next morning, so that nothing more happens today.
    pub fn sleep(&mut self) {
        self.clock.set(self.now() + TimeDelta::hours(24));
    }

    pub async fn past(&mut self) {
        let done = import(
            &self.app.app,
            "rai.csv",
            PAST.as_bytes(),
            &Reading::default(),
            false,
            |_, _| {},
        )
        .await;
        assert_eq!(done.unwrap().summary.imported, 5);
    }

    /// Opens a case with random content.
    pub async fn open(&mut self) {
        let lead = self.dice.pick(&LEADS);
        let cast = self.app.cast(lead).await;
        let mut counterparts = Vec::new();
        for _ in 0..1 + self.dice.below(2) {
            let fields = self.counterpart();
            counterparts.push(cast.officer.counterpart(fields).await.unwrap());
        }
        let mut others = Vec::new();
        for _ in 0..self.dice.below(3) {
            let other = self.dice.pick(&LEADS);
            if other != lead && !others.contains(&other) {
                others.push(other);
            }
        }
        let content = self.content(lead, &others, counterparts);
        let id = cast.prepare(content).await.unwrap();
        self.cases.push(Case {
            id,
            lead,
            parties: others,
        });
    }

    /// Takes a step that its stage allows with a random case.
    pub async fn step(&mut self) {
        let at = self.dice.below(u64::try_from(self.cases.len()).unwrap());
        let at = usize::try_from(at).unwrap();
        let (id, lead, parties) = {
            let case = &self.cases[at];
            (case.id, case.lead, case.parties.clone())
        };
        let cast = self.app.cast(lead).await;
        let view = cast.officer.view(id).await.unwrap();
        let stage = view["stage"].as_str().unwrap().to_owned();
        if (detours::OFTEN.contains(&stage.as_str()) || self.dice.chance(12))
            && self.detour(&cast, id, &view).await
        {
            return;
        }
        let dice = self.dice.below(100);
        let held = [
            "draft",
            "returned",
            "observed",
            "opinion_favorable",
            "signed",
        ];
        if held.contains(&stage.as_str()) && self.dice.chance(15) {
            return self.turn(lead, id).await;
        }
        match stage.as_str() {
            "draft" if dice < 8 => act(&cast, id, CaseAction::Withdraw).await,
            "draft" if dice < 20 => self.edit(&cast, id).await,
            "draft" if dice < 45 && view["draft"]["themes"] != json!([]) => {
                act(&cast, id, CaseAction::Announce).await;
            }
            "draft" => {
                self.confirm(&parties, id).await;
                act(&cast, id, CaseAction::Submit).await;
            }
            "state_review" if dice < 70 => act(&cast, id, CaseAction::Forward).await,
            "federal_intake" if dice < 70 => act(&cast, id, CaseAction::Accept).await,
            "state_review" | "federal_intake" => {
                let official = if stage == "state_review" {
                    cast.state.as_ref().unwrap()
                } else {
                    &cast.intake
                };
                let request = request_for(CaseAction::ReturnToOwner, &view, None).unwrap();
                official.act(id, request).await.unwrap();
            }
            "returned" if dice < 10 => act(&cast, id, CaseAction::Withdraw).await,
            "returned" if dice < 50 => self.edit(&cast, id).await,
            "returned" => act(&cast, id, CaseAction::Resubmit).await,
            "legal_review" if dice < 8 => act(&cast, id, CaseAction::ReturnToIntake).await,
            "legal_review" if dice < 30 => act(&cast, id, CaseAction::Observe).await,
            "legal_review" if dice < 45 => {
                cast.opine(id, OpinionResult::Unfavorable).await.unwrap();
            }
            "legal_review" => cast.opine(id, OpinionResult::Favorable).await.unwrap(),
            "observed" | "opinion_unfavorable" => {
                cast.officer.texts(id, &["es"]).await.unwrap();
                act(&cast, id, CaseAction::Resubmit).await;
            }
            "opinion_favorable" if dice < 15 => {
                cast.officer.texts(id, &["es"]).await.unwrap();
                act(&cast, id, CaseAction::ChangeText).await;
            }
            "opinion_favorable" if dice < 85 => {
                self.confirm(&parties, id).await;
                self.sign(&cast, id, &view).await;
            }
            "signed" if dice < 85 => {
                let line = format!("Copia {}", Uuid::now_v7());
                let copy = DocumentKind::SignedCopy;
                cast.officer
                    .attach(id, copy, Some("es"), &line)
                    .await
                    .unwrap();
                act(&cast, id, CaseAction::SendToRegistry).await;
            }
            "pending_registration" if dice < 15 => act(&cast, id, CaseAction::Query).await,
            "pending_registration" => act(&cast, id, CaseAction::Register).await,
            "registered" => {
                let number = view["inscription"].as_str().unwrap();
                self.annotate(number).await;
            }
            _ => {}
        }
    }

    /// An edit that only the owner's side knows of.
    async fn edit(&mut self, cast: &Cast<'_>, id: Uuid) {
        let themes = vec![self.dice.pick(&["trade", "culture"]).to_owned()];
        let change = move |content: &AgreementContent| AgreementContent {
            themes: themes.clone(),
            ..content.clone()
        };
        cast.officer.edit(id, change).await.unwrap();
    }

    async fn confirm(&self, parties: &[&'static str], id: Uuid) {
        for party in parties {
            let official = self.app.official(Role::Officer, party).await;
            official
                .confirm(id, approved(&official, id).await)
                .await
                .unwrap();
        }
    }

    async fn sign(&mut self, cast: &Cast<'_>, id: Uuid, view: &Value) {
        let today = mexican_day(self.now()).to_string();
        let day = match self.dice.below(4) {
            0 => today[..4].to_owned(),
            1 => today[..7].to_owned(),
            2 => "1998-03".to_owned(),
            _ => today,
        };
        let mut request = request_for(CaseAction::RecordSignature, view, None).unwrap();
        if let TransitionRequest::RecordSignature { signed_on, .. } = &mut request {
            *signed_on = LegalDate::parse(&day).unwrap();
        }
        cast.officer.act(id, request).await.unwrap();
    }
}

/// Takes an action as the person who may take it.
async fn act(cast: &Cast<'_>, id: Uuid, action: CaseAction) {
    let official = match action {
        CaseAction::Forward => cast.state.as_ref().unwrap(),
        CaseAction::Accept => &cast.intake,
        CaseAction::Observe | CaseAction::ReturnToIntake => &cast.legal,
        CaseAction::Register | CaseAction::Query => &cast.registrar,
        _ => &cast.officer,
    };
    let view = official.view(id).await.unwrap();
    let request = request_for(action, &view, None).unwrap();
    official.act(id, request).await.unwrap();
}
