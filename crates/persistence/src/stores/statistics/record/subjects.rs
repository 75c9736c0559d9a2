//! What is known of a case before it is counted: from the registry, or from what a viewer sees.

use super::Seen;
use crate::conn::Conn;
use crate::failure::Outcome;
use crate::stores::{bodies, governments};
use std::collections::HashMap;
use uuid::Uuid;
use vinculo_domain::agreements::{Level, Party, PartyRole, Stage};
use vinculo_domain::annotations::Consolidation;
use vinculo_domain::bodies::BodyKind;
use vinculo_domain::clock::mexican_day;
use vinculo_domain::counterparts::CounterpartCard;
use vinculo_domain::governments::Government;
use vinculo_domain::inscriptions::{InscribedCounterpart, InscribedParty};
use vinculo_domain::legal_date::LegalDate;
use vinculo_domain::standing::Life;
use vinculo_domain::statistics::{Subject, SubjectCounterpart, SubjectParty};
use vinculo_domain::{TenantId, Tier};

/// What the registry tells.
pub(super) fn registered(form: &Consolidation) -> Subject {
    let record = &form.record;
    let party = |party: &InscribedParty| SubjectParty {
        government: party.government_id.clone(),
        tier: party.tier,
        state: party.state_id.clone(),
    };
    let counterpart = |one: &InscribedCounterpart| SubjectCounterpart {
        kind: Some(one.kind),
        level: Some(one.level),
        country: one.country.clone(),
    };
    let body_kind = record.parties.first().and_then(|lead| lead.body_kind);
    Subject {
        stage: Stage::Registered,
        compliance: None,
        was_unreviewed: false,
        kind: record.kind,
        instrument: Some(record.instrument),
        parties: record.parties.iter().map(party).collect(),
        body_kind: body_kind.map(word),
        counterparts: record.counterparts.iter().map(counterpart).collect(),
        themes: record.themes.clone(),
        sdg_targets: record.sdg_targets.clone(),
        life: form.life.clone(),
        announced_month: String::new(),
        registered_on: Some(mexican_day(record.registered_at)),
        has_text: !record.documents.is_empty(),
    }
}

/// What the content shown to a viewer tells. A viewer that was only told of the case knows its
/// lead, kind, themes and counterparts.
pub(super) fn seen_subject(conn: &mut Conn, seen: &Seen<'_>) -> Outcome<Subject> {
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
    let lead = seen.content.parties.iter();
    let mut lead = lead.filter(|party| party.role == PartyRole::Lead && !told);
    let signing: Vec<Uuid> = lead
        .next()
        .and_then(|lead| lead.body_id)
        .into_iter()
        .collect();
    let bodies = bodies::find_all(conn, &signing)?;
    Ok(Subject {
        stage: Stage::Draft,
        compliance: None,
        was_unreviewed: false,
        kind: seen.content.kind,
        instrument: Some(seen.content.instrument).filter(|_instrument| !told),
        parties,
        body_kind: bodies.values().next().map(|body| word(body.fields.kind)),
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
        announced_month: String::new(),
        registered_on: None,
        has_text: false,
    })
}

fn word(kind: BodyKind) -> String {
    <&'static str>::from(kind).to_owned()
}

fn date(text: &str) -> Outcome<LegalDate> {
    crate::stores::mechanisms::date(text)
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
