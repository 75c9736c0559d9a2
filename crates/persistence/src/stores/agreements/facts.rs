//! What the rules need to know of a case.

use super::cases::Case;
use super::{draft, parties, submissions, texts};
use crate::barrier::whose;
use crate::conn::Conn;
use crate::failure::Outcome;
use crate::schema::documents;
use crate::stores::{counterparts, governments};
use crate::tx::WriteTx;
use diesel::prelude::*;
use vinculo_domain::agreements::{AgreementContent, CaseFacts, Need};
use vinculo_domain::documents::Authenticity;
use vinculo_domain::{FieldError, Refusal, Said, TenantId, Tier};

/// What the case lacks for the actions of its owner.
pub(super) fn of(conn: &mut Conn, owner: &str, agreement: &str) -> Outcome<CaseFacts> {
    let content = draft::read(conn, owner, agreement)?;
    let mut missing = Vec::new();
    let mut need = |need: Need, there: bool| {
        if !there {
            missing.push(need);
        }
    };
    let cards = counterparts::cards_of_case(conn, owner, agreement)?;
    need(Need::Counterparts, !cards.is_empty());
    need(Need::RegistrableKind, content.kind.is_registrable());
    let admitted = cards.iter().any(|card| card.kind.is_registrable());
    need(Need::RegistrableCounterpart, cards.is_empty() || admitted);
    need(Need::OwnPowers, !content.own_powers.is_empty());
    need(Need::Validity, content.validity.is_some());
    let unconfirmed = parties::unconfirmed(conn, owner, agreement)?;
    need(Need::PartiesConfirmed, unconfirmed.is_empty());
    let unapproved = parties::unapproved(conn, owner, agreement, &content)?;
    need(Need::PartyApprovals, unapproved.is_empty());
    let newest = texts::newest(conn, owner, agreement)?;
    let covers = |language: &String| {
        newest.as_ref().is_some_and(|set| {
            set.texts.iter().any(|text| {
                text.language == *language && text.authenticity == Authenticity::Authentic
            })
        })
    };
    need(
        Need::TextSet,
        content.languages.iter().any(|language| language == "es")
            && content.languages.iter().all(covers),
    );
    let sent =
        submissions::newest(conn, owner, agreement)?.and_then(|submission| submission.text_set);
    need(
        Need::NewTextSet,
        newest.as_ref().is_some_and(|set| Some(set.number) > sent),
    );
    let municipal = governments::find(conn, &TenantId::new(owner))?
        .is_some_and(|government| government.tier == Tier::Municipality);
    need(
        Need::CouncilMinutes,
        !municipal || content.council_approval.is_some(),
    );
    need(
        Need::SignedCopies,
        !documents_of_kind(conn, owner, agreement, "signed_copy")?.is_empty(),
    );
    let named = |need: Need, names: Vec<String>| names.into_iter().map(move |name| (need, name));
    let whose = named(Need::PartiesConfirmed, unconfirmed)
        .chain(named(Need::PartyApprovals, unapproved))
        .collect();
    Ok(CaseFacts { missing, whose })
}

/// The documents of a kind that stand in a case.
pub(super) fn documents_of_kind(
    conn: &mut Conn,
    owner: &str,
    agreement: &str,
    kind: &str,
) -> Outcome<Vec<String>> {
    let found = documents::table
        .filter(documents::tenant_id.eq(owner))
        .filter(documents::agreement_id.eq(agreement))
        .filter(documents::kind.eq(kind));
    Ok(found
        .order(documents::id)
        .select(documents::id)
        .load(conn)?)
}

/// The documents of these kinds that the caller's government put into a case.
pub(super) fn documents_by(
    tx: &mut WriteTx<'_>,
    case: &Case,
    kinds: &[&str],
) -> Outcome<Vec<String>> {
    let own = documents::table
        .filter(documents::tenant_id.eq(&case.row.tenant_id))
        .filter(documents::agreement_id.eq(&case.row.id))
        .filter(documents::acting_tenant.eq(tx.actor()))
        .filter(documents::kind.eq_any(kinds));
    Ok(own.select(documents::id).load(tx.conn)?)
}

/// Refuses content that names a document which is not the case's own of the right kind, or a
/// related agreement out of sight.
pub(super) fn check_references(
    conn: &mut Conn,
    case: &Case,
    content: &AgreementContent,
) -> Outcome<()> {
    let mut errors = Vec::new();
    if let Some(council) = &content.council_approval {
        let minutes =
            documents_of_kind(conn, &case.row.tenant_id, &case.row.id, "council_minutes")?;
        if !minutes.contains(&council.document_id.to_string()) {
            let said = Said::new(
                "Agregue antes el acta como documento de clase council_minutes.",
                "Add the minutes first as a document of kind council_minutes.",
            );
            errors.push(FieldError {
                pointer: "/council_approval/document_id".into(),
                code: "unknown_key",
                said,
            });
        }
    }
    if let Some(related) = content.relates_to {
        use crate::schema::agreement_access as access;
        let seen = access::table
            .filter(whose(access::viewer_tenant, &case.row.tenant_id))
            .filter(access::agreement_id.eq(related.to_string()))
            .select(access::agreement_id)
            .first::<String>(conn)
            .optional()?;
        if seen.is_none() || related == case.id {
            let said = Said::new(
                "No existe o no está a su vista.",
                "It does not exist or is not in your sight.",
            );
            errors.push(FieldError {
                pointer: "/relates_to".into(),
                code: "unknown_key",
                said,
            });
        }
    }
    if errors.is_empty() {
        Ok(())
    } else {
        Err(Refusal {
            errors,
            ..Refusal::new(vinculo_domain::problems::Problem::ValidationFailed)
        }
        .into())
    }
}
