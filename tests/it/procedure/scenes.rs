//! Cases in every stage, and in the same stage by another path where that makes a difference.

use crate::abandonment::sweep;
use serde_json::{Value, json};
use uuid::Uuid;
use vinculo_api::commands::import::import;
use vinculo_api::fixtures::{Cast, Official, approval, content_for, request_for};
use vinculo_domain::Role;
use vinculo_domain::agreements::{
    AgreementContent, CaseAction as A, ConfirmationRequest, OpinionResult, Party, PartyRole,
    Stage as S, TransitionRequest,
};
use vinculo_domain::documents::DocumentKind;
use vinculo_domain::imports::Reading;
use vinculo_domain::{Result, TenantId};
use vinculo_tests::{GUADALAJARA, TestApp, ZAPOPAN};

/// The situations of a case. The name of a stage alone means the normal path through Jalisco.
pub const SCENES: [&str; 22] = [
    "draft",
    // Announced to SRE, and to Jalisco too.
    "announced",
    "state_review",
    // Back with Jalisco, which has already returned it once.
    "escalatable",
    "returned",
    "returned_by_sre",
    "federal_intake",
    "legal_review",
    "observed",
    "opinion_favorable",
    // The text differs from the one in the opinion.
    "reworded",
    "opinion_unfavorable",
    "signed",
    "pending_registration",
    "registered",
    "withdrawn",
    "out_of_scope",
    // Signed years ago, without asking SRE.
    "unreviewed",
    // The same, now under legal review.
    "regularizing",
    // Reported by Jalisco; nobody has confirmed it.
    "reported",
    // Returned by Jalisco and then left alone, or never sent to anybody.
    "abandoned",
    "abandoned_draft",
];

/// The people who carry a case of Guadalajara.
pub struct Scenes<'a> {
    pub app: &'a TestApp,
    pub cast: Cast<'a>,
    /// Zapopan as another party, if the case has one.
    pub party: Option<Official<'a>>,
}

impl<'a> Scenes<'a> {
    pub async fn new(app: &'a TestApp, with_party: bool) -> Self {
        let party = app.official(Role::Officer, ZAPOPAN).await;
        Self {
            app,
            cast: app.cast(GUADALAJARA).await,
            party: Some(party).filter(|_party| with_party),
        }
    }

    /// The content of a draft in these tests.
    pub async fn content(&self) -> AgreementContent {
        let counterpart = self.app.counterpart(&self.cast.officer, "Kioto").await;
        let content = content_for("twinning", "Antes", counterpart, "culture").unwrap();
        let party = |id: &str, role| Party {
            government_id: TenantId::new(id),
            role,
            body: None,
            body_id: None,
        };
        let other = self.party.as_ref();
        let other = other.map(|_desk| party(ZAPOPAN, PartyRole::Signatory));
        AgreementContent {
            parties: [party(GUADALAJARA, PartyRole::Lead)]
                .into_iter()
                .chain(other)
                .collect(),
            ..content
        }
    }

    /// A draft with this content, and everything else that a submission needs.
    pub async fn draft(&self, content: AgreementContent) -> Uuid {
        let case = self.cast.prepare(content).await.unwrap();
        self.confirm(case).await;
        case
    }

    /// The other party confirms the current draft.
    pub async fn confirm(&self, case: Uuid) {
        if let Some(party) = &self.party {
            let approval = approval(party, case).await.unwrap();
            let request = ConfirmationRequest {
                approval: Some(approval),
                document_id: None,
            };
            party.confirm(case, request).await.unwrap();
        }
    }

    /// The other party confirms without an approval.
    pub async fn confirm_bare(&self, case: Uuid) {
        let request = ConfirmationRequest {
            approval: None,
            document_id: None,
        };
        let party = self.party.as_ref().unwrap();
        party.confirm(case, request).await.unwrap();
    }

    /// A valid request for the case as this official reads it.
    pub async fn request(
        &self,
        official: &Official<'_>,
        case: Uuid,
        action: A,
    ) -> TransitionRequest {
        let view = official.view(case).await.unwrap();
        let letter = if action == A::IssueOpinion {
            let kind = DocumentKind::Opinion;
            let letter = official.attach(case, kind, None, "Dictamen").await;
            letter.unwrap_or_default()
        } else {
            Uuid::nil()
        };
        request_for(action, &view, Some((OpinionResult::Favorable, letter))).unwrap()
    }

    pub async fn step(&self, official: &Official<'_>, case: Uuid, action: A) -> Result<Value> {
        let request = self.request(official, case, action).await;
        official.act(case, request).await
    }

    /// A new version of the texts, confirmed.
    pub async fn reword(&self, case: Uuid) {
        self.cast.officer.texts(case, &["es"]).await.unwrap();
        let view = self.cast.officer.view(case).await.unwrap();
        if view["stage"] == "opinion_favorable" {
            self.confirm(case).await;
        }
    }

    /// An agreement of years ago, as SRE recorded it from a file.
    pub async fn past(&self, kind: &str, date: &str) -> Uuid {
        let name = Uuid::now_v7();
        let file = format!(
            "entidad,municipio,contraparte,país,tipo,título,fecha\n\
             Jalisco,Guadalajara,Ciudad {name},Japón,{kind},Antes,{date}\n"
        );
        let reading = Reading::default();
        let report = import(
            &self.app.app,
            "a.csv",
            file.as_bytes(),
            &reading,
            false,
            |_, _| {},
        );
        let report = report.await.unwrap();
        let row = serde_json::to_value(&report.rows[0].detail).unwrap();
        let id = row["agreement_id"].as_str();
        Uuid::parse_str(id.unwrap_or_else(|| panic!("{row}"))).unwrap()
    }

    /// An agreement of years ago, as Jalisco reported it.
    async fn report(&self) -> Uuid {
        let counterpart = TestApp::counterpart_json(&format!("Ciudad {}", Uuid::now_v7()));
        let fields = json!({
            "action": "report", "government_id": GUADALAJARA, "kind": "twinning",
            "title": "Antes", "counterparts": [{"fields": counterpart}],
            "signed_on": "1998-05-04", "themes": ["culture"], "source": "Periódico Oficial del Estado",
            "reason": "Consta en el archivo del estado.",
        });
        let fields = serde_json::from_value(fields).unwrap();
        let state = self.cast.state.as_ref().unwrap();
        state.report(fields).await.unwrap()
    }

    /// The copies of the signed agreement.
    pub async fn copies(&self, case: Uuid) {
        let (kind, line) = (DocumentKind::SignedCopy, format!("Copia firmada {case}"));
        let copy = self.cast.officer.attach(case, kind, Some("es"), &line);
        copy.await.unwrap();
    }

    /// A case in this scene. `abandoned` comes from the service's own draft expiry, which also
    /// abandons every other draft and returned case of the test.
    pub async fn bring(&self, scene: &str) -> Uuid {
        let (cast, officer) = (&self.cast, &self.cast.officer);
        if matches!(scene, "unreviewed" | "regularizing") {
            let case = self.past("hermanamiento", "1998-05-04").await;
            self.copies(case).await;
            if scene == "regularizing" {
                self.step(officer, case, A::Regularize).await.unwrap();
            }
            return case;
        }
        if scene == "reported" {
            return self.report().await;
        }
        let case = self.draft(self.content().await).await;
        match scene {
            "announced" => {
                let request = TransitionRequest::Announce {
                    share_with_state: true,
                };
                officer.act(case, request).await.unwrap();
            }
            "escalatable" => {
                cast.carry(case, S::Returned).await.unwrap();
                self.step(officer, case, A::Resubmit).await.unwrap();
            }
            "returned_by_sre" => {
                cast.carry(case, S::FederalIntake).await.unwrap();
                self.step(&cast.intake, case, A::ReturnToOwner)
                    .await
                    .unwrap();
            }
            "abandoned" => {
                cast.carry(case, S::Returned).await.unwrap();
                assert!(sweep(self.app, 0).await > 0);
            }
            "abandoned_draft" => assert!(sweep(self.app, 0).await > 0),
            "reworded" => {
                cast.carry(case, S::OpinionFavorable).await.unwrap();
                self.reword(case).await;
            }
            stage => cast.carry(case, stage.parse().unwrap()).await.unwrap(),
        }
        case
    }
}
