//! Takes random actions on a case and on its model at once.

use super::super::scenes::Scenes;
use super::model::{EVERYBODY, Model, Said, Who};
use crate::storm::dice::Dice;
use serde_json::{Value, json};
use std::cell::{Cell, RefCell};
use uuid::Uuid;
use vinculo_api::world::{Desk, request_for};
use vinculo_domain::agreements::{AgreementContent, CaseAction, OpinionResult, TransitionRequest};
use vinculo_domain::documents::DocumentKind;
use vinculo_domain::problems::Problem;
use vinculo_domain::{Refusal, Role};
use vinculo_tests::{GUANAJUATO, Probe, TestApp};

const ACTIONS: [&str; 22] = [
    "announce",
    "submit",
    "forward",
    "escalate",
    "return_to_owner",
    "resubmit",
    "accept",
    "return_to_intake",
    "declare_out_of_scope",
    "reopen",
    "observe",
    "issue_opinion",
    "change_text",
    "record_signature",
    "send_to_registry",
    "query",
    "register",
    "regularize",
    "confirm",
    "dispute",
    "resume",
    "withdraw",
];

/// What is worth a try in a stage, so that walks get somewhere.
fn likely(stage: &str) -> &'static [(Who, &'static str)] {
    use Who::{Intake, Legal, Officer, Registrar, State};
    match stage {
        "draft" => &[
            (Officer, "announce"),
            (Officer, "submit"),
            (Officer, "submit"),
        ],
        "state_review" => &[
            (State, "forward"),
            (State, "return_to_owner"),
            (Officer, "escalate"),
        ],
        "returned" => &[(Officer, "resubmit"), (Officer, "resubmit")],
        "federal_intake" => &[
            (Intake, "accept"),
            (Intake, "accept"),
            (Intake, "return_to_owner"),
            (Intake, "declare_out_of_scope"),
        ],
        "legal_review" => &[
            (Legal, "issue_opinion"),
            (Legal, "issue_opinion"),
            (Legal, "observe"),
            (Legal, "return_to_intake"),
            (Legal, "declare_out_of_scope"),
        ],
        "observed" | "opinion_unfavorable" => &[
            (Officer, "resubmit"),
            (Officer, "resubmit"),
            (Officer, "withdraw"),
        ],
        "opinion_favorable" => &[
            (Officer, "change_text"),
            (Officer, "record_signature"),
            (Officer, "withdraw"),
        ],
        "signed" => &[(Officer, "send_to_registry"), (Officer, "regularize")],
        "pending_registration" => &[(Registrar, "query"), (Registrar, "register")],
        "out_of_scope" => &[(Intake, "reopen")],
        _ => &[(Officer, "withdraw"), (Intake, "reopen")],
    }
}

/// The model of a scene: its steps, taken on a draft or on a past agreement.
pub fn after(scene: &str, steps: &[&'static str]) -> Model {
    let mut model = match scene {
        "unreviewed" | "regularizing" => Model::past(),
        _ => Model::draft(5),
    };
    for step in steps {
        let said = Said {
            answers: true,
            share: true,
            ..Said::default()
        };
        let done = EVERYBODY
            .iter()
            .any(|who| model.act(*who, step, said) == 200);
        assert!(done, "{scene}: {step}");
    }
    model
}

pub struct Walker<'a> {
    scenes: Scenes<'a>,
    stranger: Desk<'a>,
    probe: RefCell<Probe>,
    pub tried: Cell<usize>,
    pub taken: Cell<usize>,
}

impl<'a> Walker<'a> {
    pub async fn new(app: &'a TestApp) -> Self {
        Self {
            scenes: Scenes::new(app, false).await,
            stranger: app.desk(Role::Officer, GUANAJUATO).await,
            probe: RefCell::new(app.scratch.probe()),
            tried: Cell::new(0),
            taken: Cell::new(0),
        }
    }

    fn desk(&self, who: Who) -> &Desk<'a> {
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

    /// Six to ten actions, each compared; the first difference ends the walk, so that what is
    /// told of it is the shortest prefix.
    pub async fn walk(&self, case: Uuid, mut model: Model, mut dice: Dice) -> Result<(), String> {
        let mut path = vec![format!("from {}", model.stage)];
        let length = 6 + dice.below(5);
        for _action in 0..length {
            let outcome = self.one(case, &mut model, &mut dice, &mut path).await;
            self.tried.set(self.tried.get() + 1);
            outcome
                .and_then(|()| self.compare(case, &model))
                .map_err(|fault| format!("{}\n  {fault}", path.join("\n  ")))?;
        }
        let end = self.compare_end(case, &model).await;
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
        let officer = self.desk(Who::Officer);
        match dice.below(12) {
            0 => {
                path.push("rename".into());
                let title = format!("Título {}", model.title + 1);
                let change = move |content: &AgreementContent| AgreementContent {
                    title: title.clone(),
                    ..content.clone()
                };
                let done = officer.edit(case, change).await;
                return same(&done, model.rename());
            }
            1 if model.may_reword() => {
                path.push("reword".into());
                let done = officer.texts(case, &["es"]).await.map(|()| Value::Null);
                model.reword();
                return same(&done, 200);
            }
            2 if model.is_open() => {
                path.push("copy".into());
                let kind = DocumentKind::SignedCopy;
                let done = officer.attach(case, kind, Some("es"), "Copia").await;
                model.copy();
                return same(&done.map(|_id| Value::Null), 200);
            }
            _ => {}
        }
        let (who, action) = if dice.below(3) == 0 {
            (dice.pick(&EVERYBODY), dice.pick(&ACTIONS))
        } else {
            dice.pick(likely(model.stage))
        };
        // What the opinion says, and whether the answers come along, is for the dice too.
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
        let done = self.desk(who).act_on(case, version, request).await;
        let wanted = model.act(who, action, said);
        self.taken
            .set(self.taken.get() + usize::from(wanted == 200));
        if let Ok(view) = &done
            && wanted == 200
        {
            let seen = &model.seen[who.tenant()];
            let (stage, version) = (&view["stage"], &view["version"]);
            if *stage != seen.stage || *version != seen.version {
                return Err(format!("answered {stage} {version}, not {seen:?}"));
            }
        }
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
            let kind = DocumentKind::Opinion;
            let letter = self.desk(who).attach(case, kind, None, "Dictamen").await;
            letter.unwrap()
        } else {
            Uuid::nil()
        };
        let result = if said.unfavorable {
            OpinionResult::Unfavorable
        } else {
            OpinionResult::Favorable
        };
        let view = if said.answers || action == "record_signature" {
            self.view(case)
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

    /// What a request is written from: the open remarks and the parties.
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

    /// The head of the case, and what every government sees of it.
    fn compare(&self, case: Uuid, model: &Model) -> Result<(), String> {
        let mut probe = self.probe.borrow_mut();
        let rows = probe.texts(&format!(
            "SELECT 'head ' || stage || ' ' || compliance || ' ' || version || ' ' || \
             CASE WHEN regularizing THEN 'regularizing' ELSE '' END AS x \
             FROM agreements WHERE id = '{case}' UNION ALL \
             SELECT viewer_tenant || ' ' || level || ' ' || stage || ' ' || version || ' ' || title \
             FROM agreement_access WHERE agreement_id = '{case}' ORDER BY 1"
        ));
        let regularizing = if model.regularizing {
            "regularizing"
        } else {
            ""
        };
        let head = format!(
            "head {} {} {} {regularizing}",
            model.stage, model.compliance, model.version
        );
        let title = |number: u32| match number {
            0 => "Antes".to_owned(),
            number => format!("Título {number}"),
        };
        let mut wanted: Vec<String> = model
            .seen
            .iter()
            .map(|(tenant, seen)| {
                let title = title(seen.title);
                format!(
                    "{tenant} {} {} {} {title}",
                    seen.level, seen.stage, seen.version
                )
            })
            .collect();
        wanted.push(head);
        wanted.sort();
        different("the case", &rows, &wanted)
    }

    /// The history is the actions that were taken; and what each reads through the service.
    async fn compare_end(&self, case: Uuid, model: &Model) -> Result<(), String> {
        let (steps, counts) = {
            let mut probe = self.probe.borrow_mut();
            let steps = probe.texts(&format!(
                "SELECT action || ' ' || to_stage AS x FROM history \
                 WHERE agreement_id = '{case}' AND shared ORDER BY version"
            ));
            let counts = probe.texts(&format!(
                "SELECT (SELECT COUNT(*) FROM submissions WHERE agreement_id = '{case}' AND NOT announcement) || ' ' || \
                 (SELECT COUNT(*) FROM opinions WHERE agreement_id = '{case}') || ' ' || \
                 (SELECT COUNT(*) FROM remarks WHERE agreement_id = '{case}' AND answer IS NULL) AS x"
            ));
            (steps, counts)
        };
        let taken = model.history.iter();
        let taken: Vec<String> = taken.map(|(action, to)| format!("{action} {to}")).collect();
        different("the history", &steps, &taken)?;
        let wanted = format!("{} {} {}", model.rounds, model.opinions, model.open);
        different("rounds, opinions, open remarks", &counts, &[wanted])?;
        for who in [Who::Officer, Who::State, Who::Intake, Who::Stranger] {
            let view = self.desk(who).view(case).await;
            match (view, model.seen.get(who.tenant())) {
                (Ok(view), Some(seen)) => {
                    let read =
                        [&view["level"], &view["stage"], &view["version"]].map(Value::to_string);
                    let wanted = [json!(seen.level), json!(seen.stage), json!(seen.version)];
                    different("the view", &read, &wanted.map(|value| value.to_string()))?;
                }
                (Err(refusal), None) if refusal.problem == Problem::NotFound => {}
                (read, wanted) => return Err(format!("{who:?} reads {read:?}, not {wanted:?}")),
            }
        }
        Ok(())
    }
}

fn different(what: &str, found: &[String], wanted: &[String]) -> Result<(), String> {
    if found == wanted {
        Ok(())
    } else {
        Err(format!("{what}: {found:#?}, not {wanted:#?}"))
    }
}

/// Whether the program's answer is the model's.
fn same(done: &Result<Value, Refusal>, wanted: u16) -> Result<(), String> {
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
