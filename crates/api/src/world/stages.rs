//! How a case comes into each stage.

use super::Desk;
use super::requests::{date, request_for};
use serde_json::Value;
use uuid::Uuid;
use vinculo_domain::agreements::{
    AgreementContent, CaseAction, CouncilApproval, OpinionResult, Stage,
};
use vinculo_domain::documents::DocumentKind;
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

/// What a municipality's council decided, with its minutes in the case.
pub async fn approval(desk: &Desk<'_>, case: Uuid) -> Result<CouncilApproval> {
    let name = format!("Acta {} {case}", desk.actor.tenant);
    let minutes = desk
        .attach(case, DocumentKind::CouncilMinutes, None, &name)
        .await?;
    Ok(CouncilApproval {
        session_on: date("2026-09-01")?,
        document_id: minutes,
        members: 19,
        votes_for: 15,
        votes_against: 3,
        abstentions: 1,
    })
}

impl Cast<'_> {
    /// Puts into a new case what a submission needs.
    pub async fn prepare(&self, content: AgreementContent) -> Result<Uuid> {
        let case = self.officer.open(content).await?;
        self.officer.texts(case, &["es"]).await?;
        let approval = approval(&self.officer, case).await?;
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
                Stage::OutOfScope => {
                    self.step(case, &self.intake, CaseAction::DeclareOutOfScope)
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
        S::OutOfScope => [upto(S::FederalIntake), vec![S::OutOfScope]].concat(),
        S::OpinionUnfavorable => [upto(S::LegalReview), vec![S::OpinionUnfavorable]].concat(),
        stage => upto(stage),
    }
}
