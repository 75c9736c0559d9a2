//! The world of the demonstration, made through the real write door.

use super::{PASSWORD, bends, registry, signing};
use crate::app::App;
use crate::commands::import;
use crate::world::{Cast, Desk, content_for};
use strum::VariantArray;
use vinculo_auth::{Actor, password};
use vinculo_domain::agreements::{AgreementKind, Stage};
use vinculo_domain::counterparts::{
    CounterpartFields, CounterpartKind, CounterpartLevel, Visibility,
};
use vinculo_domain::legal_date::LegalDate;
use vinculo_domain::mechanisms::{MechanismFields, OfficeFields};
use vinculo_domain::{Refusal, Result, Role, TenantId, Tier};

/// Past agreements as a state office sent them.
const PAST: &str = include_str!("../../../../../examples/acuerdos_historicos.csv");

/// The states of the demonstration and some of their municipalities.
const STATES: [(&str, &[&str]); 3] = [
    ("14", &["14039", "14120", "14067"]),
    ("11", &["11015", "11017"]),
    ("31", &["31050"]),
];

/// Who leads the cases of every kind, and who signs with it.
const LEAD: &str = "14039";
const NEIGHBOUR: &str = "14120";

/// A stage, the case's title, its counterpart and theme: one case in every stage.
const CASES: [(Stage, &str, &str, &str, &str); 12] = [
    (
        Stage::Draft,
        "Acuerdo de hermanamiento con Kioto",
        "Kioto",
        "JP",
        "culture",
    ),
    (
        Stage::StateReview,
        "Acuerdo de hermanamiento con Medellín",
        "Medellín",
        "CO",
        "urban_development",
    ),
    (
        Stage::Returned,
        "Acuerdo de hermanamiento con Lyon",
        "Lyon",
        "FR",
        "culture",
    ),
    (
        Stage::FederalIntake,
        "Acuerdo de hermanamiento con Austin",
        "Austin",
        "US",
        "trade",
    ),
    (
        Stage::LegalReview,
        "Acuerdo de hermanamiento con Curitiba",
        "Curitiba",
        "BR",
        "environment",
    ),
    (
        Stage::Observed,
        "Acuerdo de hermanamiento con Rosario",
        "Rosario",
        "AR",
        "social_cohesion",
    ),
    (
        Stage::OpinionFavorable,
        "Acuerdo de hermanamiento con Valparaíso",
        "Valparaíso",
        "CL",
        "tourism",
    ),
    (
        Stage::OpinionUnfavorable,
        "Acuerdo de hermanamiento con Cusco",
        "Cusco",
        "PE",
        "tourism",
    ),
    (
        Stage::Signed,
        "Acuerdo de hermanamiento con Quito",
        "Quito",
        "EC",
        "climate_change",
    ),
    (
        Stage::PendingRegistration,
        "Acuerdo de hermanamiento con Montevideo",
        "Montevideo",
        "UY",
        "education",
    ),
    (
        Stage::Registered,
        "Acuerdo de hermanamiento con San José",
        "San José",
        "CR",
        "education",
    ),
    (
        Stage::Withdrawn,
        "Acuerdo de hermanamiento con Oporto",
        "Oporto",
        "PT",
        "culture",
    ),
];

/// Builds the world: people, mechanisms, past agreements, and a case in every stage. Gives back
/// the sign-ins.
pub async fn build(app: &App) -> Result<Vec<String>> {
    let hash = password::hash(PASSWORD)?;
    let mut people = Vec::new();
    let mut ministry = Vec::new();
    for role in Role::VARIANTS {
        ministry.push(hire(app, "00", Tier::Federal, *role, &hash, &mut people).await?);
    }
    agree(app).await?;
    import::import(
        app,
        "acuerdos_historicos.csv",
        PAST.as_bytes(),
        false,
        |_done, _total| {},
    )
    .await?;
    let mut jalisco = None;
    let mut neighbour = None;
    for (state, municipalities) in STATES {
        let liaison = hire(app, state, Tier::State, Role::Liaison, &hash, &mut people).await?;
        for role in Role::VARIANTS.iter().filter(|role| **role != Role::Liaison) {
            let desk = hire(app, state, Tier::State, *role, &hash, &mut people).await?;
            if *role == Role::Officer {
                signing::govern(&desk).await?;
                work(
                    &cast(desk, None, &ministry)?,
                    &CASES[10..11],
                    AgreementKind::SpecificCooperation,
                )
                .await?;
            }
        }
        for municipality in municipalities {
            for role in Role::VARIANTS {
                let desk = hire(
                    app,
                    municipality,
                    Tier::Municipality,
                    *role,
                    &hash,
                    &mut people,
                )
                .await?;
                if *role == Role::Officer {
                    signing::govern(&desk).await?;
                    let cases = if *municipality == LEAD {
                        &CASES[..]
                    } else {
                        &CASES[9..11]
                    };
                    let cast = cast(desk.clone(), Some(liaison.clone()), &ministry)?;
                    if *municipality == LEAD {
                        bends::abandoned(&cast).await?;
                    }
                    work(&cast, cases, AgreementKind::Twinning).await?;
                    if *municipality == LEAD {
                        jalisco = Some(cast);
                    } else if *municipality == NEIGHBOUR {
                        neighbour = Some(desk);
                    }
                }
            }
        }
    }
    if let (Some(cast), Some(neighbour)) = (jalisco, neighbour) {
        let past = bends::unreviewed(&cast.officer).await?;
        bends::all(&cast, &neighbour, past).await?;
        cast.registrar.correct_newest().await?;
    }
    registry::fill(app, |_done, _total| {}).await?;
    Ok(people)
}

async fn hire<'a>(
    app: &'a App,
    tenant: &str,
    tier: Tier,
    role: Role,
    hash: &str,
    people: &mut Vec<String>,
) -> Result<Desk<'a>> {
    let word: &str = role.into();
    let email = format!("{word}@{tenant}.vinculo.example");
    let desk = Desk::hire(
        app,
        &email,
        &format!("{word} {tenant}"),
        tenant,
        tier,
        role,
        hash,
    )
    .await?;
    people.push(email);
    Ok(desk)
}

/// The mechanisms and offices that route municipal cases through their states.
async fn agree(app: &App) -> Result<()> {
    let operator = Desk {
        app,
        actor: Actor::operator(),
    };
    let since = LegalDate::parse("2024-01-15").map_err(|said| Refusal::internal(said.en))?;
    for (state, _) in STATES {
        let state_id = TenantId::new(state);
        let kinds = vec![AgreementKind::Twinning];
        operator
            .mechanism(MechanismFields {
                state_id: state_id.clone(),
                name: format!("Mecanismo de colaboración SRE–{state}"),
                kinds,
                starts_on: since.clone(),
                ends_on: None,
            })
            .await?;
        operator
            .office(OfficeFields {
                state_id,
                name: "Oficina de Asuntos Internacionales".into(),
                head_name: Some("Persona Titular".into()),
                head_post: Some("Titular".into()),
                since: since.clone(),
                until: None,
            })
            .await?;
    }
    Ok(())
}

fn cast<'a>(officer: Desk<'a>, state: Option<Desk<'a>>, ministry: &[Desk<'a>]) -> Result<Cast<'a>> {
    let find = |role: Role| {
        ministry
            .iter()
            .find(|desk| desk.actor.roles.contains(&role))
            .cloned()
            .ok_or_else(|| Refusal::internal("nobody has the role"))
    };
    Ok(Cast {
        officer,
        state,
        intake: find(Role::Liaison)?,
        legal: find(Role::LegalReviewer)?,
        registrar: find(Role::Registrar)?,
    })
}

async fn work(
    cast: &Cast<'_>,
    cases: &[(Stage, &str, &str, &str, &str)],
    kind: AgreementKind,
) -> Result<()> {
    let word: &str = kind.into();
    for (stage, title, city, country, theme) in cases {
        let fields = CounterpartFields {
            kind: CounterpartKind::ForeignGovernment,
            level: CounterpartLevel::Local,
            name: format!("Ciudad de {city}"),
            country: Some((*country).to_owned()),
            visibility: Visibility::Private,
            external_ids: Vec::new(),
        };
        let counterpart = cast.officer.counterpart(fields).await?;
        let case = cast
            .prepare(content_for(word, title, counterpart, theme)?)
            .await?;
        cast.carry(case, *stage).await?;
    }
    Ok(())
}
