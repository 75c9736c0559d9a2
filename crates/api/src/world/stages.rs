//! How a case comes into each stage.

use super::Desk;
use serde_json::Value;
use uuid::Uuid;
use vinculo_domain::agreements::{
    AgreementContent, AnswerFields, CHECKLIST, CaseAction, CouncilApproval, OpinionResult,
    Originals, RemarkFields, Side, Signatory, Stage, TransitionRequest,
};
use vinculo_domain::documents::{Authenticity, DocumentKind};
use vinculo_domain::legal_date::LegalDate;
use vinculo_domain::{Refusal, Result};

/// Those who carry a case through the procedure.
pub struct Cast<'a> {
    /// The lead's officer.
    pub officer: Desk<'a>,
    /// The lead's state's liaison; absent where the lead is a state.
    pub state: Option<Desk<'a>>,
    /// SRE's liaison.
    pub intake: Desk<'a>,
    /// SRE's legal reviewer.
    pub legal: Desk<'a>,
    /// SRE's registrar.
    pub registrar: Desk<'a>,
}

/// A complete draft but for what has to be added to the case itself.
pub fn content_for(
    kind: &str,
    title: &str,
    counterpart: Uuid,
    theme: &str,
) -> Result<AgreementContent> {
    let content = serde_json::json!({
        "kind": kind, "title": title, "counterparts": [counterpart], "themes": [theme], "sdg_targets": ["11.4", "17.17"],
        "languages": ["es"], "own_powers": ["73-XXIX-NN"], "validity": {"term": "indefinite", "renewal": "none"}, "planned_signing_on": "2027",
    });
    serde_json::from_value(content).map_err(|error| Refusal::internal(error.to_string()))
}

fn remark(text: &str) -> RemarkFields {
    RemarkFields {
        text: text.to_owned(),
        text_set: None,
        language: Some("es".into()),
        clause: Some("objective".into()),
    }
}

fn date(text: &str) -> Result<LegalDate> {
    LegalDate::parse(text).map_err(|said| Refusal::internal(said.en.into_owned()))
}

/// A good request for an action on a case as `view` shows it. An opinion needs its document.
pub fn request_for(
    action: CaseAction,
    view: &Value,
    opinion: Option<(OpinionResult, Uuid)>,
) -> Result<TransitionRequest> {
    Ok(match action {
        CaseAction::Submit => TransitionRequest::Submit {
            note: Some("Se envía para revisión.".into()),
        },
        CaseAction::Forward => TransitionRequest::Forward {
            note: "El estado no tiene inconveniente.".into(),
        },
        CaseAction::ReturnToOwner => TransitionRequest::ReturnToOwner {
            remarks: vec![remark("Precise el objeto.")],
        },
        CaseAction::Resubmit => TransitionRequest::Resubmit {
            answers: answers(view)?,
            note: None,
        },
        CaseAction::Accept => TransitionRequest::Accept {
            file_number: "DGCP-2026-0117".into(),
            checklist: CHECKLIST.to_vec(),
        },
        CaseAction::Observe => TransitionRequest::Observe {
            observations: vec![remark(
                "La cláusula de financiamiento no distingue a las partes.",
            )],
        },
        CaseAction::IssueOpinion => {
            let (result, document_id) = opinion.unwrap_or((OpinionResult::Favorable, Uuid::nil()));
            let observations = if result == OpinionResult::Favorable {
                Vec::new()
            } else {
                vec![remark("Ajuste la vigencia.")]
            };
            TransitionRequest::IssueOpinion {
                result,
                number: "CJA-1042/2026".into(),
                issued_on: date("2026-11-03")?,
                document_id,
                observations,
            }
        }
        CaseAction::RecordSignature => signature(view)?,
        CaseAction::SendToRegistry => TransitionRequest::SendToRegistry { note: None },
        CaseAction::Register => TransitionRequest::Register {
            text_matches: true,
            difference: None,
        },
        CaseAction::Withdraw => TransitionRequest::Withdraw {
            reason: "El cabildo cambió de prioridad.".into(),
        },
    })
}

fn answers(view: &Value) -> Result<Vec<AnswerFields>> {
    let remarks = view
        .get("remarks")
        .and_then(Value::as_array)
        .cloned()
        .unwrap_or_default();
    let open = remarks
        .iter()
        .filter(|remark| remark.get("answer").is_some_and(Value::is_null));
    let answer = |remark: &Value| {
        let id = remark.get("id").and_then(Value::as_str).unwrap_or_default();
        let remark_id =
            Uuid::parse_str(id).map_err(|error| Refusal::internal(error.to_string()))?;
        Ok(AnswerFields {
            remark_id,
            text: "Atendido en la nueva versión.".into(),
        })
    };
    open.map(answer).collect()
}

fn signature(view: &Value) -> Result<TransitionRequest> {
    let text = |pointer: &str| {
        view.pointer(pointer)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    let signatory = |side, party: String, name: &str, post: &str| Signatory {
        side,
        party,
        name: name.to_owned(),
        post: post.to_owned(),
        capacity: "Titular".into(),
    };
    Ok(TransitionRequest::RecordSignature {
        signed_on: date("2026-11-10")?,
        place: "Ciudad de México".into(),
        signatories: vec![
            signatory(
                Side::Mexican,
                text("/owner"),
                "Persona Titular Uno",
                "Titular del gobierno",
            ),
            signatory(
                Side::Counterpart,
                text("/counterparts/0/id"),
                "Persona Titular Dos",
                "Alcalde",
            ),
        ],
        originals: vec![Originals {
            language: "es".into(),
            authenticity: Authenticity::Authentic,
            count: 2,
        }],
    })
}

impl Cast<'_> {
    /// Puts into a new case what a submission needs.
    pub async fn prepare(&self, content: AgreementContent) -> Result<Uuid> {
        let case = self.officer.open(content).await?;
        self.officer.texts(case, &["es"]).await?;
        let minutes = self
            .officer
            .attach(
                case,
                DocumentKind::CouncilMinutes,
                None,
                &format!("Acta {case}"),
            )
            .await?;
        let approval = CouncilApproval {
            session_on: date("2026-09-01")?,
            document_id: minutes,
            members: 19,
            votes_for: 15,
            votes_against: 3,
            abstentions: 1,
        };
        self.officer
            .edit(case, move |content| AgreementContent {
                council_approval: Some(approval.clone()),
                ..content.clone()
            })
            .await?;
        Ok(case)
    }

    async fn step(&self, case: Uuid, desk: &Desk<'_>, action: CaseAction) -> Result<()> {
        let view = desk.view(case).await?;
        desk.act(case, request_for(action, &view, None)?)
            .await
            .map(|_view| ())
    }

    /// Issues an opinion with its document.
    pub async fn opine(&self, case: Uuid, result: OpinionResult) -> Result<()> {
        let letter = self
            .legal
            .attach(
                case,
                DocumentKind::Opinion,
                None,
                &format!("Dictamen {}", Uuid::now_v7()),
            )
            .await?;
        let request = request_for(
            CaseAction::IssueOpinion,
            &Value::Null,
            Some((result, letter)),
        )?;
        self.legal.act(case, request).await.map(|_view| ())
    }

    /// Carries a prepared case to a stage, by the straight road.
    pub async fn carry(&self, case: Uuid, to: Stage) -> Result<()> {
        for stage in road(to) {
            match stage {
                // A state's own case passes by no other state.
                Stage::StateReview if self.state.is_none() => {}
                Stage::StateReview => self.step(case, &self.officer, CaseAction::Submit).await?,
                Stage::FederalIntake => match &self.state {
                    Some(state) => self.step(case, state, CaseAction::Forward).await?,
                    None => self.step(case, &self.officer, CaseAction::Submit).await?,
                },
                Stage::Returned => {
                    self.step(
                        case,
                        self.state.as_ref().unwrap_or(&self.intake),
                        CaseAction::ReturnToOwner,
                    )
                    .await?
                }
                Stage::LegalReview => self.step(case, &self.intake, CaseAction::Accept).await?,
                Stage::Observed => self.step(case, &self.legal, CaseAction::Observe).await?,
                Stage::OpinionFavorable => self.opine(case, OpinionResult::Favorable).await?,
                Stage::OpinionUnfavorable => self.opine(case, OpinionResult::Unfavorable).await?,
                Stage::Signed => {
                    self.step(case, &self.officer, CaseAction::RecordSignature)
                        .await?;
                    self.officer
                        .attach(
                            case,
                            DocumentKind::SignedCopy,
                            Some("es"),
                            &format!("Copia firmada {case}"),
                        )
                        .await?;
                }
                Stage::PendingRegistration => {
                    self.step(case, &self.officer, CaseAction::SendToRegistry)
                        .await?
                }
                Stage::Registered => {
                    self.step(case, &self.registrar, CaseAction::Register)
                        .await?
                }
                Stage::Withdrawn => self.step(case, &self.officer, CaseAction::Withdraw).await?,
                _ => {}
            }
        }
        Ok(())
    }
}

/// The stages to pass on the way, the last one included.
fn road(to: Stage) -> Vec<Stage> {
    use Stage as S;
    let straight = [
        S::StateReview,
        S::FederalIntake,
        S::LegalReview,
        S::OpinionFavorable,
        S::Signed,
        S::PendingRegistration,
        S::Registered,
    ];
    let upto = |last: Stage| {
        straight
            .iter()
            .copied()
            .take_while(move |stage| *stage != last)
            .chain([last])
            .collect::<Vec<_>>()
    };
    match to {
        S::Draft => Vec::new(),
        S::Withdrawn => vec![S::Withdrawn],
        S::Returned => vec![S::StateReview, S::Returned],
        S::Observed => [upto(S::LegalReview), vec![S::Observed]].concat(),
        S::OpinionUnfavorable => [upto(S::LegalReview), vec![S::OpinionUnfavorable]].concat(),
        stage => upto(stage),
    }
}
