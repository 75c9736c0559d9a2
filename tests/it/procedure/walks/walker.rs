//! Takes random actions on a case and on its model together.

use super::super::scenes::Scenes;
use super::choices::{ACTIONS, likely};
use super::hands::Hands;
use super::model::Model;
use super::who::{EVERYBODY, Said, Who};
use crate::storm::dice::Dice;
use serde_json::{Value, json};
use std::cell::{Cell, RefCell};
use uuid::Uuid;
use vinculo_api::fixtures::{Official, request_for};
use vinculo_domain::agreements::{CaseAction, OpinionResult, TransitionRequest};
use vinculo_domain::documents::DocumentKind;
use vinculo_domain::{Refusal, Role};
use vinculo_tests::{GUANAJUATO, Probe, TestApp};

pub struct Walker<'a> {
    scenes: Scenes<'a>,
    hands: Hands<'a>,
    stranger: Official<'a>,
    pub probe: RefCell<Probe>,
    pub tried: Cell<usize>,
    pub taken: Cell<usize>,
}

impl<'a> Walker<'a> {
    pub async fn new(app: &'a TestApp) -> Self {
        Self {
            scenes: Scenes::new(app, false).await,
            hands: Hands::new(app).await,
            stranger: app.official(Role::Officer, GUANAJUATO).await,
            probe: RefCell::new(app.scratch.probe()),
            tried: Cell::new(0),
            taken: Cell::new(0),
        }
    }

    pub fn official(&self, who: Who) -> &Official<'a> {
        let cast = &self.scenes.cast;
        match who {
            Who::Officer => &cast.officer,
            Who::State => cast.state.as_ref().unwrap(),
            Who::Intake => &cast.intake,
            Who::Legal => &cast.legal,
            Who::Registrar => &cast.registrar,
            Who::Stranger => &self.stranger,
        }
    }

    /// Takes some actions and compares after each; the first difference ends the walk, so the
    /// printed path is the shortest. With the steps that brought the case here it is up to ten.
    pub async fn walk(&self, case: Uuid, mut model: Model, mut dice: Dice) -> Result<(), String> {
        let mut path = vec![format!("from {}", model.stage)];
        let length = 4 + dice.below(3);
        for _action in 0..length {
            let outcome = self.one(case, &mut model, &mut dice, &mut path).await;
            self.tried.set(self.tried.get() + 1);
            outcome
                .and_then(|()| self.compare(case, &model))
                .map_err(|fault| format!("{}\n  {fault}", path.join("\n  ")))?;
        }
        let reader = dice.pick(&[Who::Officer, Who::State, Who::Intake, Who::Stranger]);
        let end = self.compare_end(case, &model, reader).await;
        end.map_err(|fault| format!("{}\n  {fault}", path.join("\n  ")))
    }

    /// One action or edit, on both.
    async fn one(
        &self,
        case: Uuid,
        model: &mut Model,
        dice: &mut Dice,
        path: &mut Vec<String>,
    ) -> Result<(), String> {
        let officer = &self.official(Who::Officer).actor;
        match dice.below(12) {
            0 => {
                path.push("rename".into());
                let title = format!("Título {}", model.title + 1);
                let done = self.hands.rename(officer, case, model.version, title);
                let done = done.await;
                return same(&done, model.rename());
            }
            1 if model.may_reword() => {
                path.push("reword".into());
                let done = self.hands.reword(officer, case, self.text_of(case)).await;
                model.reword();
                return same(&done, 200);
            }
            2 if model.is_open() => {
                path.push("copy".into());
                let kind = DocumentKind::SignedCopy;
                let done = self.hands.attach(officer, case, kind).await;
                model.copy();
                return same(&done, 200);
            }
            _ => {}
        }
        let (who, action) = if dice.below(3) == 0 {
            (dice.pick(&EVERYBODY), dice.pick(&ACTIONS))
        } else {
            dice.pick(likely(model.stage))
        };
        // The opinion's result, and whether answers are sent, are random too.
        let said = Said {
            answers: dice.below(4) > 0,
            share: dice.below(2) == 0,
            unfavorable: dice.below(2) == 0,
            stale: dice.below(12) == 0,
        };
        path.push(format!("{action} by {who:?} {said:?}"));
        let version = model.seen.get(who.tenant()).map_or(1, |seen| seen.version);
        let version = if said.stale { version + 7 } else { version };
        let request = self.request(case, model, who, action, said).await;
        let actor = &self.official(who).actor;
        let done = self.hands.act(actor, case, version, request).await;
        let wanted = model.act(who, action, said);
        self.taken
            .set(self.taken.get() + usize::from(wanted == 200));
        same(&done, wanted)
    }

    async fn request(
        &self,
        case: Uuid,
        model: &Model,
        who: Who,
        action: &'static str,
        said: Said,
    ) -> TransitionRequest {
        let word: CaseAction = action.parse().unwrap();
        let letter = if (who, action, model.stage) == (Who::Legal, "issue_opinion", "legal_review")
        {
            let actor = &self.official(who).actor;
            let letter = self.hands.attach(actor, case, DocumentKind::Opinion).await;
            Uuid::parse_str(&letter.unwrap()).unwrap()
        } else {
            Uuid::nil()
        };
        let result = if said.unfavorable {
            OpinionResult::Unfavorable
        } else {
            OpinionResult::Favorable
        };
        let answers = ["resubmit", "change_text", "send_to_registry"].contains(&action);
        let view = if said.answers && answers || action == "record_signature" {
            self.view(case)
        } else if action == "accept" {
            self.sent(case)
        } else {
            json!({})
        };
        let request = request_for(word, &view, Some((result, letter))).unwrap();
        match request {
            TransitionRequest::Announce { .. } => TransitionRequest::Announce {
                share_with_state: said.share,
            },
            other => other,
        }
    }

    /// A document that a set of texts may name.
    fn text_of(&self, case: Uuid) -> Uuid {
        let found = self.probe.borrow_mut().texts(&format!(
            "SELECT MIN(id) AS x FROM documents WHERE agreement_id = '{case}' AND kind = 'text'"
        ));
        Uuid::parse_str(&found[0]).unwrap()
    }

    /// What intake looks at: the content that was sent last.
    fn sent(&self, case: Uuid) -> Value {
        let found = self.probe.borrow_mut().texts(&format!(
            "SELECT content AS x FROM submissions WHERE agreement_id = '{case}' AND NOT announcement ORDER BY number DESC LIMIT 1"
        ));
        let content = found
            .first()
            .map(|text| serde_json::from_str::<Value>(text).unwrap());
        content.map_or(
            json!({}),
            |content| json!({"submission": {"content": content}}),
        )
    }

    /// The data from which a request is made: the open remarks and the parties.
    fn view(&self, case: Uuid) -> Value {
        let mut probe = self.probe.borrow_mut();
        let remarks = probe.texts(&format!(
            "SELECT id AS x FROM remarks WHERE agreement_id = '{case}' AND answer IS NULL"
        ));
        let counterparts = probe.texts(&format!(
            "SELECT counterpart_id AS x FROM agreement_counterparts WHERE agreement_id = '{case}'"
        ));
        let remark = |id: String| json!({"id": id, "answer": null});
        json!({
            "owner": Who::Officer.tenant(),
            "counterparts": counterparts.into_iter().map(|id| json!({"id": id})).collect::<Vec<_>>(),
            "remarks": remarks.into_iter().map(remark).collect::<Vec<_>>(),
        })
    }
}

/// Whether the program's answer matches the model's.
fn same(done: &Result<String, Refusal>, wanted: u16) -> Result<(), String> {
    let status = match done {
        Ok(_) => 200,
        Err(refusal) => refusal.problem.status(),
    };
    if status == wanted {
        Ok(())
    } else {
        Err(format!("{status}, not {wanted}: {:?}", done.as_ref().err()))
    }
}
