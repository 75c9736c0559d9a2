//! What is done in the cases.

use super::{Who, World, likely};
use crate::storm::dice::Dice;
use crate::tools::{one, post_on};
use serde_json::{Value, json};
use uuid::Uuid;
use vinculo_api::fixtures::{approval, content_for, request_for};
use vinculo_domain::agreements::{
    AgreementContent, CaseAction as A, ConfirmationRequest, OpinionResult, Party, PartyRole,
    Validity,
};
use vinculo_domain::documents::DocumentKind;
use vinculo_domain::{Role, TenantId};
use vinculo_tests::{GUADALAJARA, JALISCO, SRE, TestApp, ZAPOPAN};

const LIST: &str = "/v1/agreements?limit=200";

fn party(government: &str, role: PartyRole, body_id: Option<Uuid>) -> Party {
    Party {
        government_id: TenantId::new(government),
        role,
        body: None,
        body_id,
    }
}

/// One of the cases of a list.
fn picked(dice: &mut Dice, list: &Value) -> Option<Uuid> {
    let items = list["items"].as_array().unwrap();
    if items.is_empty() {
        return None;
    }
    let line = dice.pick(items);
    Some(line["id"].as_str().unwrap().parse().unwrap())
}

impl World<'_> {
    pub(super) async fn urge(&mut self, case: Uuid) -> bool {
        let urgent = json!({"urgent": self.dice.below(2) == 0, "reason": "Visita oficial", "planned_signing_on": "2027-03-12"});
        self.on_case(case, "urgency", &urgent).await
    }

    pub(super) async fn wait(&mut self) -> bool {
        let Some(case) = self.owners("stage=draft").await else {
            return false;
        };
        let party = self.dice.pick(&["counterpart", "owner"]);
        self.on_case(case, "waiting", &json!({ "for": party }))
            .await
    }

    /// Something sent to the present version of a case of the owner.
    async fn on_case(&self, case: Uuid, part: &str, body: &Value) -> bool {
        let seen = self.owner.get(&one(case)).await.status == 200;
        let case = case.to_string();
        seen && post_on(&self.owner, &case, part, body).await.status == 200
    }

    pub(super) async fn open(&mut self) -> bool {
        let counterpart = self.dice.pick(&self.counterparts);
        let title = format!("Acuerdo {}", self.turn);
        let mut content = content_for("twinning", &title, counterpart, "culture").unwrap();
        if self.dice.below(2) == 0 {
            content.parties = vec![
                party(GUADALAJARA, PartyRole::Lead, None),
                party(ZAPOPAN, PartyRole::Signatory, Some(self.body)),
            ];
        }
        let made = self.scenes.cast.prepare(content).await;
        self.cases.extend(made.as_ref().ok());
        made.is_ok()
    }

    /// Another title, validity, counterpart or party; or the draft as it is.
    pub(super) async fn edit(&mut self, case: Uuid) -> bool {
        let (what, turn) = (self.dice.below(5), self.turn);
        let (counterpart, body) = (self.dice.pick(&self.counterparts), self.body);
        let fixed = json!({"term": "fixed", "ends_on": "2027-08-01", "renewal": "none"});
        let fixed: Validity = serde_json::from_value(fixed).unwrap();
        let edit = move |draft: &AgreementContent| {
            let mut draft = draft.clone();
            match what {
                0 => draft.title = format!("Título {turn}"),
                1 => draft.validity = Some(fixed.clone()),
                2 => draft.counterparts = vec![counterpart],
                3 if draft.parties.len() == 1 => {
                    let other = party(ZAPOPAN, PartyRole::Signatory, Some(body));
                    draft.parties.push(other);
                }
                _ => {}
            }
            draft
        };
        self.scenes.cast.officer.edit(case, edit).await.is_ok()
    }

    pub(super) async fn step(&mut self, case: Uuid) -> bool {
        let cast = &self.scenes.cast;
        let Ok(view) = cast.officer.view(case).await else {
            return false;
        };
        let stage = view["stage"].as_str().unwrap();
        let (who, action) = self.dice.pick(likely(stage));
        if matches!(stage, "observed" | "opinion_unfavorable") {
            cast.officer.texts(case, &["es"]).await.unwrap();
        }
        if stage == "signed" {
            self.scenes.copies(case).await;
        }
        let official = match who {
            Who::Officer => &cast.officer,
            Who::State => cast.state.as_ref().unwrap(),
            Who::Intake => &cast.intake,
            Who::Legal => &cast.legal,
            Who::Registrar => &cast.registrar,
        };
        let letter = if action == A::IssueOpinion {
            let kind = DocumentKind::Opinion;
            let letter = official.attach(case, kind, None, "Dictamen").await;
            letter.unwrap_or_default()
        } else {
            Uuid::nil()
        };
        let result = match self.dice.below(4) {
            0 => OpinionResult::Unfavorable,
            _ => OpinionResult::Favorable,
        };
        // The answers and the signature are made from the case as it is now.
        let view = cast.officer.view(case).await.unwrap();
        let request = request_for(action, &view, Some((result, letter))).unwrap();
        official.act(case, request).await.is_ok()
    }

    /// Withholds or opens a signed copy of an inscription.
    pub(super) async fn classify(&mut self) -> bool {
        let Some(case) = self.owners("stage=registered").await else {
            return false;
        };
        let list = self.owner.get(&format!("{}/documents", one(case))).await;
        let list = list.expect(200).json();
        let mut copies = list["items"].as_array().unwrap().iter();
        let Some(copy) = copies.find(|one| one["kind"] == "signed_copy") else {
            return false;
        };
        let path = format!(
            "{}/documents/{}/classifications",
            one(case),
            copy["id"].as_str().unwrap()
        );
        let class = if self.dice.below(2) == 0 {
            json!({"classification": "public"})
        } else {
            json!({"classification": "reserved", "ground": "LGTAIP 112-II: negociaciones en curso.", "until": "2027-06-30"})
        };
        self.owner.post(&path, &class).await.status == 201
    }

    pub(super) async fn attach(&self, case: Uuid) -> bool {
        let line = format!("Anexo {}", self.turn);
        let officer = &self.scenes.cast.officer;
        officer
            .attach(case, DocumentKind::Other, None, &line)
            .await
            .is_ok()
    }

    pub(super) async fn assign(&mut self, case: Uuid) -> bool {
        let (client, role, tenant) = match self.dice.below(3) {
            0 => (&self.owner, Role::Officer, GUADALAJARA),
            1 => (&self.state, Role::Liaison, JALISCO),
            _ => (&self.intake, Role::Liaison, SRE),
        };
        let person = self.app.official(role, tenant).await.actor.person;
        let person = person.filter(|_person| self.dice.below(3) > 0);
        let path = format!("{}/assignments", one(case));
        client
            .post(&path, &json!({ "person_id": person }))
            .await
            .status
            == 201
    }

    /// A case that the owner's list has under a filter.
    async fn owners(&mut self, filter: &str) -> Option<Uuid> {
        let list = self.owner.get(&format!("{LIST}&{filter}")).await;
        picked(&mut self.dice, &list.expect(200).json())
    }

    /// A case that the other party reads.
    async fn of_party(&mut self) -> Option<Uuid> {
        let list = self.party.get(LIST).await.expect(200).json();
        picked(&mut self.dice, &list)
    }

    /// The other party confirms, with its approval.
    pub(super) async fn confirm(&mut self) -> bool {
        let Some(case) = self.of_party().await else {
            return false;
        };
        let Ok(approval) = approval(&self.partner, case).await else {
            return false;
        };
        let request = ConfirmationRequest {
            approval: Some(approval),
            document_id: None,
        };
        self.partner.confirm(case, request).await.is_ok()
    }

    pub(super) async fn leave(&mut self) -> bool {
        let Some(case) = self.of_party().await else {
            return false;
        };
        let (case, reason) = (
            case.to_string(),
            json!({"reason": "El cabildo cambió de opinión."}),
        );
        let left = post_on(&self.party, &case, "departures", &reason).await;
        left.status == 204
    }

    pub(super) async fn delete(&mut self) -> bool {
        let Some(case) = self.owners("stage=draft").await else {
            return false;
        };
        let read = self.owner.get(&one(case)).await;
        let gone =
            read.status == 200 && self.owner.delete(&one(case), &read.etag()).await.status == 204;
        if gone {
            self.cases.retain(|other| *other != case);
        }
        gone
    }

    pub(super) async fn report(&mut self) -> bool {
        let counterpart = TestApp::counterpart_json(&format!("Ciudad reportada {}", self.turn));
        let fields = json!({
            "action": "report", "government_id": GUADALAJARA, "kind": "twinning",
            "title": format!("Antes {}", self.turn), "counterparts": [{"fields": counterpart}],
            "signed_on": "1998-05-04", "themes": ["culture"], "source": "Periódico Oficial del Estado",
            "reason": "Consta en el archivo del estado.",
        });
        let fields = serde_json::from_value(fields).unwrap();
        let made = self
            .scenes
            .cast
            .state
            .as_ref()
            .unwrap()
            .report(fields)
            .await;
        self.cases.extend(made.as_ref().ok());
        made.is_ok()
    }
}
