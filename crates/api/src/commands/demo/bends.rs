//! Cases where the road bends: announced, taken past the state, changed after the opinion, asked
//! about, found out of scope, regularised, and of two municipalities.

use crate::server;
use crate::world::{Cast, Desk, approval, content_for, request_for};
use serde_json::{Value, json};
use uuid::Uuid;
use vinculo_domain::agreements::{
    AgreementContent, CaseAction, ConfirmationRequest, OpinionResult, Party, PartyRole, Stage,
    TransitionRequest,
};
use vinculo_domain::counterparts::{
    CounterpartFields, CounterpartKind, CounterpartLevel, Visibility,
};
use vinculo_domain::documents::DocumentKind;
use vinculo_domain::{Refusal, Result};
use vinculo_persistence::abandon_untouched;

/// All of them, led by the government of `cast`; the other party signs with it.
pub async fn all(cast: &Cast<'_>, other: &Desk<'_>, past: Uuid) -> Result<()> {
    let case = open(cast, "Osaka", "JP", Stage::Draft).await?;
    let announce = TransitionRequest::Announce {
        share_with_state: true,
    };
    cast.officer.act(case, announce).await?;

    let case = open(cast, "Bilbao", "ES", Stage::Returned).await?;
    step(&cast.officer, case, CaseAction::Resubmit).await?;
    step(&cast.officer, case, CaseAction::Escalate).await?;

    let case = open(cast, "Marsella", "FR", Stage::OpinionFavorable).await?;
    cast.officer.texts(case, &["es"]).await?;
    step(&cast.officer, case, CaseAction::ChangeText).await?;

    let case = open(cast, "Colonia", "DE", Stage::PendingRegistration).await?;
    step(&cast.registrar, case, CaseAction::Query).await?;

    let case = open(cast, "Génova", "IT", Stage::FederalIntake).await?;
    step(&cast.intake, case, CaseAction::DeclareOutOfScope).await?;

    joint(cast, other).await?;
    if let Some(state) = &cast.state {
        reported(state, &cast.officer).await?;
    }
    regularized(cast, past).await
}

/// One that the state has on record and its municipality has yet to confirm.
async fn reported(state: &Desk<'_>, owner: &Desk<'_>) -> Result<()> {
    let fields = json!({
        "action": "report", "government_id": owner.actor.tenant, "kind": "twinning",
        "title": "Acuerdo de hermanamiento con Lima", "signed_on": "1998-05", "languages": ["es"],
        "counterparts": [{"fields": {"kind": "foreign_government", "level": "local", "name": "Ciudad de Lima", "country": "PE"}}],
        "source": "Archivo estatal, legajo 12", "reason": "Consta en el archivo del estado y no en el registro.",
    });
    let fields = serde_json::from_value(fields);
    let fields = fields.map_err(|error| Refusal::internal(error.to_string()))?;
    state.report(fields).await.map(|_case| ())
}

/// A draft that was left alone, long ago as far as the service can tell: before there is any other.
pub async fn abandoned(cast: &Cast<'_>) -> Result<()> {
    open(cast, "Turku", "FI", Stage::Draft).await?;
    let left = abandon_untouched(&cast.officer.app.db, &server::upkeep(), 0).await?;
    if left == 1 {
        Ok(())
    } else {
        Err(Refusal::internal(
            "the demonstration leaves one draft alone",
        ))
    }
}

async fn open(cast: &Cast<'_>, city: &str, country: &str, stage: Stage) -> Result<Uuid> {
    let content = content(cast, city, country).await?;
    let case = cast.prepare(content).await?;
    cast.carry(case, stage).await?;
    Ok(case)
}

async fn content(cast: &Cast<'_>, city: &str, country: &str) -> Result<AgreementContent> {
    let fields = CounterpartFields {
        kind: CounterpartKind::ForeignGovernment,
        level: CounterpartLevel::Local,
        name: format!("Ciudad de {city}"),
        country: Some(country.to_owned()),
        visibility: Visibility::Private,
        external_ids: Vec::new(),
    };
    let counterpart = cast.officer.counterpart(fields).await?;
    let title = format!("Acuerdo de hermanamiento con {city}");
    content_for("twinning", &title, counterpart, "education")
}

async fn step(desk: &Desk<'_>, case: Uuid, action: CaseAction) -> Result<()> {
    let view = desk.view(case).await?;
    let request = request_for(action, &view, None)?;
    desk.act(case, request).await.map(|_view| ())
}

/// One that two municipalities sign, confirmed and sent.
async fn joint(cast: &Cast<'_>, other: &Desk<'_>) -> Result<()> {
    let mut content = content(cast, "Rennes", "FR").await?;
    content.parties = vec![
        party(&cast.officer, PartyRole::Lead),
        party(other, PartyRole::Signatory),
    ];
    let case = cast.prepare(content).await?;
    let confirmation = ConfirmationRequest {
        approval: Some(approval(other, case).await?),
        document_id: None,
    };
    other.confirm(case, confirmation).await?;
    step(&cast.officer, case, CaseAction::Submit).await
}

fn party(desk: &Desk<'_>, role: PartyRole) -> Party {
    Party {
        government_id: desk.actor.tenant.clone(),
        role,
        body: None,
        body_id: None,
    }
}

/// A past agreement whose opinion came after its signature.
async fn regularized(cast: &Cast<'_>, past: Uuid) -> Result<()> {
    let copy = DocumentKind::SignedCopy;
    let name = format!("Copia firmada {past}");
    cast.officer.attach(past, copy, Some("es"), &name).await?;
    step(&cast.officer, past, CaseAction::Regularize).await?;
    cast.opine(past, OpinionResult::Favorable).await
}

/// A past agreement of this government that nobody has opined on.
pub async fn unreviewed(desk: &Desk<'_>) -> Result<Uuid> {
    let list = desk.cases(Stage::Signed).await?;
    let past = list.iter().find(|case| {
        case.get("compliance").and_then(Value::as_str) == Some("unknown")
            && case.get("kind").and_then(Value::as_str) == Some("twinning")
    });
    let id = past.and_then(|case| case.get("id")?.as_str());
    id.and_then(|id| Uuid::parse_str(id).ok())
        .ok_or_else(|| Refusal::internal("no past agreement to regularise"))
}
