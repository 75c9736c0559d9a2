//! Writes the facts in the transaction that changes what a viewer sees: with its access row, and
//! with an inscription. It does not depend on which action was taken.

mod subjects;

use crate::conn::{Conn, MultiBackend};
use crate::failure::{Outcome, known};
use crate::schema::{
    agreement_facts as facts, agreement_grants as grants, document_access, documents,
};
use crate::stores::agreements::Head;
use crate::stores::consolidations;
use crate::stores::governments::PUBLIC;
use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use vinculo_domain::agreements::{AgreementContent, Compliance, Level, Seat, Stage};
use vinculo_domain::annotations::Consolidation;
use vinculo_domain::clock::mexican_day;
use vinculo_domain::counterparts::CounterpartCard;
use vinculo_domain::inscriptions::Inscription;
use vinculo_domain::statistics::{AgreementFacts, Subject};

use super::rows::{end_of_time, store};
use super::stage_durations;
use subjects::{registered, seen_subject};

/// What a viewer's access row shows.
pub(crate) struct Seen<'a> {
    pub(crate) level: Level,
    pub(crate) content: &'a AgreementContent,
    pub(crate) counterparts: &'a [CounterpartCard],
    pub(crate) signed_on: Option<&'a str>,
    pub(crate) turn: SeenTurn<'a>,
}

/// Whose turn it is, as far as the viewer may know.
#[derive(Clone, Copy)]
pub(crate) struct SeenTurn<'a> {
    /// Whom the case waits for; empty for nobody.
    pub(crate) waiting_for: &'a str,
    /// The government that holds it; empty for none.
    pub(crate) holder: &'a str,
    /// The business days of its own target, if the viewer may know them.
    pub(crate) target_days: Option<i32>,
}

/// The facts of a case for a viewer up to now.
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

/// Updates the facts of one viewer to match its access row.
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
    let inscribed = match (stage, seen.level) {
        (Stage::Registered, Level::Submitted | Level::Full) => {
            consolidations::of_case(conn, head.owner, head.agreement)?
        }
        _ => None,
    };
    // An inscribed agreement counts as in the registry, for every viewer with access to it.
    let known_of = match &inscribed {
        Some(form) => registered(form),
        None => seen_subject(conn, seen)?,
    };
    let subject = Subject {
        stage,
        compliance: Some(compliance),
        was_unreviewed,
        announced_month,
        has_text: has_text(conn, head, viewer)?,
        ..known_of
    };
    let from = before.as_ref().map(|open| known(&open.stage)).transpose()?;
    stage_durations::enter(conn, head, viewer, (from, stage), seen.turn, at)?;
    let unchanged = before.map(|open| open.digest);
    let counted = AgreementFacts::of(&subject);
    store(conn, head, viewer, &counted, unchanged, at)
}

/// Writes the public facts of an inscription as it was made.
pub(crate) fn record_public(
    conn: &mut Conn,
    head: &Head<'_>,
    inscription: &Inscription,
    at: NaiveDateTime,
) -> Outcome<()> {
    let subject = registered(&Consolidation::of(inscription));
    let unchanged = open(conn, head, PUBLIC)?.map(|open| open.digest);
    let counted = AgreementFacts::of(&subject);
    store(conn, head, PUBLIC, &counted, unchanged, at)
}

/// After a change of its public documents: whether anybody can read a text of the inscription.
pub(crate) fn record_texts(
    conn: &mut Conn,
    head: &Head<'_>,
    has_text: bool,
    at: NaiveDateTime,
) -> Outcome<()> {
    let Some(form) = consolidations::of_case(conn, head.owner, head.agreement)? else {
        return Ok(());
    };
    let subject = Subject {
        has_text,
        ..registered(&form)
    };
    let unchanged = open(conn, head, PUBLIC)?.map(|open| open.digest);
    let counted = AgreementFacts::of(&subject);
    store(conn, head, PUBLIC, &counted, unchanged, at)
}

/// After an annotation: viewers that count the inscribed agreement now count its current form in
/// the registry. A viewer that last saw it in another stage learns nothing new.
pub(crate) fn record_annotated(
    conn: &mut Conn,
    head: &Head<'_>,
    form: &Consolidation,
    at: NaiveDateTime,
) -> Outcome<()> {
    let registered_stage: &'static str = Stage::Registered.into();
    let rows: Vec<(String, Open, bool)> = facts::table
        .filter(facts::owner_tenant.eq(head.owner))
        .filter(facts::agreement_id.eq(head.agreement))
        .filter(facts::valid_to.eq(end_of_time()))
        .filter(facts::position.eq(0))
        .filter(facts::stage.eq(registered_stage))
        .select((facts::viewer_tenant, Open::as_select(), facts::has_text))
        .load(conn)?;
    for (viewer, open, has_text) in rows {
        // An annotation does not change who reads which texts.
        let annotated = Subject {
            has_text,
            ..registered(form)
        };
        let subject = if viewer == PUBLIC {
            annotated
        } else {
            Subject {
                compliance: Some(known(&open.compliance)?),
                was_unreviewed: open.was_unreviewed,
                announced_month: open.announced_month,
                ..annotated
            }
        };
        let counted = AgreementFacts::of(&subject);
        store(conn, head, &viewer, &counted, Some(open.digest), at)?;
    }
    Ok(())
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
