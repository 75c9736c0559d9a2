//! Who signs in the demonstration: a body and an administration of each government, and a
//! metropolitan draft that waits for its other parties.

use crate::world::{Desk, content_for};
use vinculo_domain::administrations::{AdministrationFields, Head};
use vinculo_domain::agreements::{AgreementContent, Party, PartyRole};
use vinculo_domain::bodies::{BodyFields, BodyKind};
use vinculo_domain::counterparts::{
    CounterpartFields, CounterpartKind, CounterpartLevel, Visibility,
};
use vinculo_domain::legal_date::LegalDate;
use vinculo_domain::{Refusal, Result, TenantId, Tier};

/// The government that leads the metropolitan draft, and those that are to sign with it.
const METROPOLITAN: (&str, [&str; 2]) = ("14120", ["14039", "11017"]);

fn day(text: &str) -> Result<LegalDate> {
    LegalDate::parse(text).map_err(|said| Refusal::internal(said.en))
}

/// Writes down the body and the administration of an officer's government.
pub(super) async fn govern(officer: &Desk<'_>) -> Result<()> {
    let government = officer.actor.tenant.clone();
    officer
        .body(BodyFields {
            governments: vec![government.clone()],
            name: "Coordinación de Asuntos Internacionales".into(),
            kind: BodyKind::Dependency,
            starts_on: day("2018-10-01")?,
            ends_on: None,
            successor_id: None,
        })
        .await?;
    let (post, ends_on) = match officer.actor.tier {
        Tier::Municipality => ("Titular de la presidencia municipal", "2027-09-30"),
        _ => ("Titular de la gubernatura", "2030-09-30"),
    };
    officer
        .administration(AdministrationFields {
            government_id: government.clone(),
            starts_on: day("2024-10-01")?,
            ends_on: Some(day(ends_on)?),
            head: Some(Head {
                name: "Persona Titular Uno".into(),
                post: post.into(),
                capacity: "constitucional".into(),
            }),
        })
        .await?;
    if government.as_str() == METROPOLITAN.0 {
        metropolitan(officer).await?;
    }
    Ok(())
}

async fn metropolitan(lead: &Desk<'_>) -> Result<()> {
    let counterpart = lead
        .counterpart(CounterpartFields {
            kind: CounterpartKind::ForeignGovernment,
            level: CounterpartLevel::Local,
            name: "Área Metropolitana de Barcelona".into(),
            country: Some("ES".into()),
            visibility: Visibility::Private,
            external_ids: Vec::new(),
        })
        .await?;
    let party = |key: &str, role| Party {
        government_id: TenantId::new(key),
        role,
        body: None,
        body_id: None,
    };
    let (leads, others) = METROPOLITAN;
    let others = others.iter();
    let others = others.map(|key| party(key, PartyRole::Signatory));
    let content = content_for(
        "specific_cooperation",
        "Acuerdo metropolitano de movilidad",
        counterpart,
        "urban_development",
    )?;
    let parties = [party(leads, PartyRole::Lead)].into_iter();
    let parties = parties.chain(others).collect();
    lead.open(AgreementContent { parties, ..content }).await?;
    Ok(())
}
