//! What the procedure's rules need to know of a case.

use super::cases::{Case, Row};
use super::{draft, escalation, on_behalf, opinions, parties, submissions, texts};
use crate::barrier::tenant_eq;
use crate::conn::Conn;
use crate::dialect::{self, Opened};
use crate::failure::{Outcome, known};
use crate::schema::documents;
use crate::stores::{counterparts, governments, mechanisms};
use crate::tx::{ReadTx, WriteTx};
use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use uuid::Uuid;
use vinculo_auth::Scope;
use vinculo_domain::agreements::{
    AgreementContent, AgreementKind, CaseConditions, Compliance, CouncilApproval, InternalApproval,
    Need, Stage,
};
use vinculo_domain::catalogs::{self, Catalog};
use vinculo_domain::clock::mexican_day;
use vinculo_domain::documents::Authenticity;
use vinculo_domain::documents::kinds_said;
use vinculo_domain::problems::Problem;
use vinculo_domain::refusal::{Admitted, Checks};
use vinculo_domain::texts::TextSet;
use vinculo_domain::wording;
use vinculo_domain::{FieldError, Refusal, Said, TenantId};

/// The caller, the time, and what the transaction is opened for.
pub(super) struct Asker<'a> {
    pub(super) scope: &'a Scope,
    pub(super) now: DateTime<Utc>,
    /// By which documents are opened.
    pub(super) believed: DateTime<Utc>,
    pub(super) opened: Opened,
}

impl<'a> Asker<'a> {
    pub(super) fn of_read(tx: &ReadTx<'a>, agreement: Uuid) -> Self {
        Self {
            scope: tx.scope,
            now: tx.now,
            believed: tx.believed,
            opened: Opened::Shown(agreement),
        }
    }

    pub(super) fn of_write(tx: &WriteTx<'a>, opened: Opened) -> Self {
        Self {
            scope: tx.scope,
            now: tx.now,
            believed: tx.believed,
            opened,
        }
    }

    pub(super) fn today(&self) -> NaiveDate {
        mexican_day(self.now)
    }
}

/// What the case lacks for its owner's actions.
pub(super) fn of(conn: &mut Conn, asker: &Asker<'_>, row: &Row) -> Outcome<CaseConditions> {
    let (owner, agreement) = (row.tenant_id.as_str(), row.id.as_str());
    let content = draft::read(conn, owner, agreement)?;
    let cards = counterparts::cards_of_case(conn, owner, agreement)?;
    let admitted = cards.iter().any(|card| card.kind.is_registrable());
    let lead = governments::find(conn, &TenantId::new(owner))?;
    let asks_council = lead.is_some_and(|lead| InternalApproval::of(&lead).is_asked());
    let unconfirmed = parties::unconfirmed(conn, owner, agreement)?;
    let unapproved = parties::unapproved(conn, owner, agreement, &content)?;
    let newest = texts::newest(conn, owner, agreement)?;
    let sent =
        submissions::newest(conn, owner, agreement)?.and_then(|submission| submission.text_set);
    let newer = newest.as_ref().is_some_and(|set| Some(set.number) > sent);
    let stage: Stage = known(&row.stage)?;
    let compliance: Compliance = known(&row.compliance)?;
    let unwritten = languages_without_text(newest.as_ref(), &content);
    let opens_on = match stage {
        Stage::StateReview => escalation::opens_on(conn, row)?,
        _ => None,
    };
    let held = [
        (Need::Counterparts, !cards.is_empty()),
        (Need::RegistrableKind, content.kind.is_registrable()),
        (Need::RegistrableCounterpart, cards.is_empty() || admitted),
        (Need::OwnPowers, !content.own_powers.is_empty()),
        (Need::Validity, content.validity.is_some()),
        (Need::Themes, !content.themes.is_empty()),
        (Need::PlannedSigning, content.planned_signing_on.is_some()),
        (Need::PartiesConfirmed, unconfirmed.is_empty()),
        (Need::PartyApprovals, unapproved.is_empty()),
        // A case that is signed already keeps the text it was signed with.
        (
            Need::Languages,
            row.regularizing || content.languages.iter().any(|one| one == SPANISH),
        ),
        (Need::TextSet, row.regularizing || unwritten.is_empty()),
        (Need::NewTextSet, row.regularizing || newer),
        (Need::ReviewedText, !newer),
        (
            Need::TextToReview,
            newer || opinions::has_lapsed(conn, row, asker.today())?,
        ),
        (
            Need::CouncilMinutes,
            !asks_council || approves(content.council_approval.as_ref(), asker.today()),
        ),
        (
            Need::SignedCopies,
            !documents_of_kind(conn, owner, agreement, "signed_copy")?.is_empty(),
        ),
        (
            Need::Unreviewed,
            matches!(compliance, Compliance::NonCompliant | Compliance::Unknown),
        ),
        (
            Need::ReceivedLetter,
            !on_behalf::is_agent(conn, asker, row)?
                || !documents_of_kind(conn, owner, agreement, "received_letter")?.is_empty(),
        ),
        (
            Need::EscalationGround,
            stage == Stage::StateReview && escalation::has_ground(conn, asker, row, content.kind)?,
        ),
    ];
    let missing = held.into_iter().filter(|(_need, there)| !there);
    let named = |need: Need, names: Vec<String>| {
        let both = move |name: String| (need, Said::name(name));
        names.into_iter().map(both)
    };
    let day = |day: NaiveDate| {
        let said = wording::needs::possible_from(day);
        (Need::EscalationGround, said)
    };
    Ok(CaseConditions {
        missing: missing.map(|(need, _there)| need).collect(),
        whose: named(Need::PartiesConfirmed, unconfirmed)
            .chain(named(Need::PartyApprovals, unapproved))
            .chain(unwritten.into_iter().map(|said| (Need::TextSet, said)))
            .chain(opens_on.map(day))
            .collect(),
    })
}

const SPANISH: &str = "es";

/// Whether a council has approved; drafts written before this was checked may name a vote that was
/// lost, or a session that has not been held.
fn approves(council: Option<&CouncilApproval>, today: NaiveDate) -> bool {
    council.is_some_and(|vote| vote.is_carried() && vote.session_on.earliest() <= today)
}

/// The languages in which the newest set has no authentic text: of Spanish and those named.
fn languages_without_text(set: Option<&TextSet>, content: &AgreementContent) -> Vec<Said> {
    let texts = set.map_or(&[][..], |set| set.texts.as_slice());
    let told = |language: &str| {
        let mut texts = texts.iter().filter(|text| text.language == language);
        texts.any(|text| text.authenticity == Authenticity::Authentic)
    };
    let named = content.languages.iter().map(String::as_str);
    let others = named.filter(|language| *language != SPANISH);
    let wanted = [SPANISH].into_iter().chain(others);
    wanted
        .filter(|language| !told(language))
        .map(|language| catalogs::said(Catalog::Languages, language))
        .collect()
}

/// Whether a mechanism routes this kind through a state today. The state's users are the state's
/// own data, so this runs in the state's context.
pub(super) fn routes(
    conn: &mut Conn,
    asker: &Asker<'_>,
    owner: &TenantId,
    state: &TenantId,
    kind: AgreementKind,
) -> Outcome<bool> {
    let actor = asker.scope.tenant().as_str();
    dialect::set_tenant_context(conn, state.as_str(), actor, Opened::Nothing)?;
    let routed = mechanisms::routes(conn, state, kind, asker.today())?;
    dialect::set_tenant_context(conn, owner.as_str(), actor, asker.opened)?;
    Ok(routed)
}

/// The documents of a kind in a case.
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

/// The documents of these kinds that the caller's government added to a case.
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

/// What is wrong with the council's approval that the lead names: it has no council, or the minutes
/// are not in the case.
fn check_council(
    conn: &mut Conn,
    case: &Case,
    council: &CouncilApproval,
) -> Outcome<Option<FieldError>> {
    let lead = governments::find(conn, &case.owner)?
        .ok_or_else(|| Refusal::internal("a case without a government"))?;
    let approval = InternalApproval::of(&lead);
    if !approval.has_council() {
        let why = approval.why();
        let error = FieldError::new("/council_approval", "no_council", why);
        return Ok(Some(error));
    }
    let document = council.document_id.to_string();
    for kind in approval.document_kinds() {
        let there = documents_of_kind(conn, &case.row.tenant_id, &case.row.id, kind)?;
        if there.contains(&document) {
            return Ok(None);
        }
    }
    let kinds = kinds_said(approval.document_kinds());
    let mut error = FieldError::new(
        "/council_approval/document_id",
        "unknown_key",
        wording::agreements::case_minutes(kinds),
    );
    // A case that is only being opened has no documents yet.
    if case.row.version > 1 {
        error = error.admitting(case.papers());
    }
    Ok(Some(error))
}

/// Refuses content that names a document which is not the case's own or not of the right kind, or a
/// related agreement that the caller has no access to.
pub(super) fn check_references(
    conn: &mut Conn,
    case: &Case,
    content: &AgreementContent,
) -> Outcome<()> {
    let mut checks = Checks::default();
    if let Some(council) = &content.council_approval
        && let Some(error) = check_council(conn, case, council)?
    {
        checks.push(error);
    }
    if let Some(related) = content.relates_to {
        use crate::schema::agreement_access as access;
        let seen = access::table
            .filter(tenant_eq(access::viewer_tenant, &case.access.viewer_tenant))
            .filter(access::agreement_id.eq(related.to_string()))
            .select(access::agreement_id)
            .first::<String>(conn)
            .optional()?;
        if seen.is_none() || related == case.id {
            let said = wording::common::not_there();
            let list = Admitted::only_at("/v1/agreements");
            checks.push(FieldError::new("/relates_to", "unknown_key", said).admitting(list));
        }
    }
    Ok(checks.finish(Problem::ValidationFailed)?)
}
