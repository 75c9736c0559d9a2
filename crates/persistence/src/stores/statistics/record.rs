//! Writing down what is counted, in the transaction that changes what a viewer sees: where its
//! access row is written, and where an inscription is. Nothing here asks which action it was.

use crate::conn::{Conn, MultiBackend};
use crate::failure::{Outcome, known};
use crate::schema::{
    agreement_facts as facts, agreement_grants as grants, document_access, documents, inscriptions,
};
use crate::stores::agreements::Head;
use crate::stores::governments::{self, PUBLIC};
use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use std::collections::HashMap;
use vinculo_domain::agreements::{
    AgreementContent, Compliance, Level, Party, PartyRole, Seat, Stage,
};
use vinculo_domain::clock::mexican_day;
use vinculo_domain::counterparts::CounterpartCard;
use vinculo_domain::governments::Government;
use vinculo_domain::inscriptions::Inscription;
use vinculo_domain::legal_date::LegalDate;
use vinculo_domain::standing::Life;
use vinculo_domain::statistics::{AgreementFacts, Subject, SubjectCounterpart, SubjectParty};
use vinculo_domain::{TenantId, Tier};

use super::rows::{end_of_time, store};
use super::spells;

/// What a viewer's access row shows.
pub(crate) struct Seen<'a> {
    pub(crate) level: Level,
    pub(crate) content: &'a AgreementContent,
    pub(crate) counterparts: &'a [CounterpartCard],
    pub(crate) signed_on: Option<&'a str>,
}

/// What holds of a case for a viewer until now.
#[derive(Queryable, Selectable)]
#[diesel(table_name = facts, check_for_backend(MultiBackend))]
struct Open {
    digest: String,
    stage: String,
    compliance: String,
    announced_month: String,
    was_unreviewed: bool,
}

fn open(conn: &mut Conn, head: &Head<'_>, viewer: &str) -> Outcome<Option<Open>> {
    Ok(facts::table
        .filter(facts::viewer_tenant.eq(viewer))
        .filter(facts::agreement_id.eq(head.agreement))
        .filter(facts::valid_to.eq(end_of_time()))
        .filter(facts::position.eq(0))
        .select(Open::as_select())
        .first(conn)
        .optional()?)
}

/// Keeps the facts of one viewer up with its access row.
pub(crate) fn record(
    conn: &mut Conn,
    head: &Head<'_>,
    viewer: &str,
    seen: &Seen<'_>,
    at: NaiveDateTime,
) -> Outcome<()> {
    let before = open(conn, head, viewer)?;
    let stage: Stage = known(head.stage)?;
    let compliance: Compliance = known(head.compliance)?;
    let announced_month = match &before {
        Some(open) if !open.announced_month.is_empty() => open.announced_month.clone(),
        _ if stage == Stage::Draft && is_announced(conn, head)? => month(at),
        _ => String::new(),
    };
    let was_unreviewed = match &before {
        Some(open) => open.was_unreviewed || is_unreviewed(known(&open.compliance)?),
        None => false,
    };
    // Who was only told of the case knows its lead, its kind, its themes and with whom it is.
    let told = seen.level == Level::Summary;
    let counterpart = |card: &CounterpartCard| SubjectCounterpart {
        kind: Some(card.kind).filter(|_kind| !told),
        level: Some(card.level).filter(|_level| !told),
        country: card.country.clone(),
    };
    let mut parties = parties(conn, &seen.content.parties)?;
    let mut counterparts: Vec<SubjectCounterpart> =
        seen.counterparts.iter().map(counterpart).collect();
    if told {
        parties.truncate(1);
        counterparts.truncate(1);
    }
    let subject = Subject {
        stage,
        compliance: Some(compliance),
        was_unreviewed,
        kind: seen.content.kind,
        instrument: Some(seen.content.instrument).filter(|_instrument| !told),
        parties,
        body_kind: None,
        counterparts,
        themes: seen.content.themes.clone(),
        sdg_targets: if told {
            Vec::new()
        } else {
            seen.content.sdg_targets.clone()
        },
        life: Life {
            signed_on: seen.signed_on.map(date).transpose()?,
            validity: seen.content.validity.clone().filter(|_validity| !told),
            events: Vec::new(),
        },
        announced_month,
        registered_on: if stage == Stage::Registered {
            registered_on(conn, head)?
        } else {
            None
        },
        has_text: has_text(conn, head, viewer)?,
    };
    let from = before.as_ref().map(|open| open.stage.as_str());
    if from != Some(head.stage) {
        spells::enter(conn, head, viewer, from.map(known).transpose()?, stage, at)?;
    }
    let unchanged = before.map(|open| open.digest);
    store(
        conn,
        head,
        viewer,
        &AgreementFacts::of(&subject),
        unchanged,
        at,
    )
}

/// Keeps the public facts of an inscription.
pub(crate) fn record_public(
    conn: &mut Conn,
    head: &Head<'_>,
    inscription: &Inscription,
    at: NaiveDateTime,
) -> Outcome<()> {
    let party = |party: &vinculo_domain::inscriptions::InscribedParty| SubjectParty {
        government: party.government_id.clone(),
        tier: party.tier,
        state: party.state_id.clone(),
    };
    let counterpart =
        |one: &vinculo_domain::inscriptions::InscribedCounterpart| SubjectCounterpart {
            kind: Some(one.kind),
            level: Some(one.level),
            country: one.country.clone(),
        };
    let subject = Subject {
        stage: Stage::Registered,
        compliance: None,
        was_unreviewed: false,
        kind: inscription.kind,
        instrument: Some(inscription.instrument),
        parties: inscription.parties.iter().map(party).collect(),
        body_kind: None,
        counterparts: inscription.counterparts.iter().map(counterpart).collect(),
        themes: inscription.themes.clone(),
        sdg_targets: inscription.sdg_targets.clone(),
        life: Life {
            signed_on: inscription.signed_on.clone(),
            validity: inscription.validity.clone(),
            events: Vec::new(),
        },
        announced_month: String::new(),
        registered_on: Some(mexican_day(inscription.registered_at)),
        has_text: !inscription.documents.is_empty(),
    };
    let unchanged = open(conn, head, PUBLIC)?.map(|open| open.digest);
    store(
        conn,
        head,
        PUBLIC,
        &AgreementFacts::of(&subject),
        unchanged,
        at,
    )
}

fn is_unreviewed(compliance: Compliance) -> bool {
    matches!(compliance, Compliance::NonCompliant | Compliance::Unknown)
}

/// The month of an instant in Mexico City.
pub(super) fn month(at: NaiveDateTime) -> String {
    mexican_day(DateTime::<Utc>::from_naive_utc_and_offset(at, Utc))
        .format("%Y-%m")
        .to_string()
}

fn date(text: &str) -> Outcome<LegalDate> {
    crate::stores::mechanisms::date(text)
}

/// Whether the foreign ministry was told of the draft.
fn is_announced(conn: &mut Conn, head: &Head<'_>) -> Outcome<bool> {
    let federal: &'static str = Seat::Federal.into();
    let told = grants::table
        .filter(grants::tenant_id.eq(head.owner))
        .filter(grants::agreement_id.eq(head.agreement))
        .filter(grants::reason.eq(federal))
        .filter(grants::until.is_null());
    Ok(diesel::select(diesel::dsl::exists(told)).get_result(conn)?)
}

fn registered_on(conn: &mut Conn, head: &Head<'_>) -> Outcome<Option<chrono::NaiveDate>> {
    let at: Option<NaiveDateTime> = inscriptions::table
        .filter(inscriptions::tenant_id.eq(head.owner))
        .filter(inscriptions::agreement_id.eq(head.agreement))
        .select(inscriptions::registered_at)
        .first(conn)
        .optional()?;
    Ok(at.map(|at| mexican_day(at.and_utc())))
}

/// Whether the viewer reads a text of the case, or the signed copy.
fn has_text(conn: &mut Conn, head: &Head<'_>, viewer: &str) -> Outcome<bool> {
    let readable = document_access::table
        .inner_join(
            documents::table.on(documents::tenant_id
                .eq(document_access::owner_tenant)
                .and(documents::id.eq(document_access::document_id))),
        )
        .filter(document_access::viewer_tenant.eq(viewer))
        .filter(document_access::agreement_id.eq(head.agreement))
        .filter(documents::kind.eq_any(["text", "signed_copy"]));
    Ok(diesel::select(diesel::dsl::exists(readable)).get_result(conn)?)
}

fn parties(conn: &mut Conn, listed: &[Party]) -> Outcome<Vec<SubjectParty>> {
    let ids: Vec<TenantId> = listed.iter().map(|one| one.government_id.clone()).collect();
    let found: HashMap<TenantId, Government> = governments::find_all(conn, &ids)?;
    let mut listed: Vec<&Party> = listed.iter().collect();
    listed.sort_by_key(|party| party.role != PartyRole::Lead);
    let party = |party: &Party| {
        let government = found.get(&party.government_id)?;
        Some(SubjectParty {
            government: government.id.clone(),
            tier: government.tier,
            state: match government.tier {
                Tier::State => Some(government.id.clone()),
                Tier::Municipality => government.parent_id.clone(),
                _ => None,
            },
        })
    };
    Ok(listed.into_iter().filter_map(party).collect())
}
