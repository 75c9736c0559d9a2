//! A good request for each action.

use super::signature::signature;
use serde_json::Value;
use uuid::Uuid;
use vinculo_domain::agreements::{
    AnswerFields, CHECKLIST, CaseAction, OpinionResult, RemarkFields, ScopeGround,
    TransitionRequest,
};
use vinculo_domain::legal_date::LegalDate;
use vinculo_domain::{Refusal, Result};

fn remark(text: &str) -> RemarkFields {
    RemarkFields {
        text: text.to_owned(),
        text_set: None,
        language: Some("es".into()),
        clause: Some("objective".into()),
    }
}

pub(super) fn date(text: &str) -> Result<LegalDate> {
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
                valid_until: None,
                observations,
            }
        }
        CaseAction::RecordSignature => signature(view)?,
        CaseAction::SendToRegistry => TransitionRequest::SendToRegistry {
            answers: answers(view)?,
            note: None,
        },
        CaseAction::Announce => TransitionRequest::Announce {
            share_with_state: false,
        },
        CaseAction::Escalate => TransitionRequest::Escalate {
            reason: "El estado no ha contestado.".into(),
        },
        CaseAction::ReturnToIntake => TransitionRequest::ReturnToIntake {
            reason: "Falta revisar las partes.".into(),
        },
        CaseAction::DeclareOutOfScope => TransitionRequest::DeclareOutOfScope {
            ground: ScopeGround::NoCommitments,
            explanation: "El texto no crea obligaciones.".into(),
        },
        CaseAction::Reopen => TransitionRequest::Reopen {
            reason: "El texto corregido sí obliga.".into(),
        },
        CaseAction::ChangeText => TransitionRequest::ChangeText {
            reason: "La contraparte pidió otra redacción.".into(),
            answers: answers(view)?,
        },
        CaseAction::Query => TransitionRequest::Query {
            remarks: vec![remark("La copia no muestra la firma.")],
        },
        CaseAction::Regularize => TransitionRequest::Regularize {
            reason: "Se firmó sin dictamen.".into(),
        },
        CaseAction::Confirm => TransitionRequest::Confirm { note: None },
        CaseAction::Dispute => TransitionRequest::Dispute {
            reason: "La fecha no es la del acta.".into(),
        },
        CaseAction::Resume => TransitionRequest::Resume { note: None },
        CaseAction::RecordUnreviewed | CaseAction::Report => {
            return Err(Refusal::internal("an action that opens a case"));
        }
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
