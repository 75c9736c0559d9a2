//! The foreign ministry's opinions (dictámenes) of a case, round by round.

use super::cases::{Case, Row};
use super::{effects, remarks, sharing, submissions};
use crate::conn::{Conn, MultiBackend};
use crate::failure::{Outcome, id, known};
use crate::schema::{documents, opinions, submissions as sent};
use crate::stores::mechanisms::date;
use crate::tx::WriteTx;
use diesel::prelude::*;
use uuid::Uuid;
use vinculo_domain::agreements::{Compliance, OpinionResult, OpinionView, RemarkFields};
use vinculo_domain::documents::DocumentKind;
use vinculo_domain::legal_bases::{self, LCT};
use vinculo_domain::legal_date::LegalDate;
use vinculo_domain::wording;
use vinculo_domain::{FieldError, Refusal};

/// The opinions that a case shows, newest first.
const SHOWN: i64 = 50;

/// What the reviewer sends with an opinion.
pub(super) struct Issued<'a> {
    pub(super) result: OpinionResult,
    pub(super) number: &'a str,
    pub(super) issued_on: &'a LegalDate,
    pub(super) valid_until: Option<&'a LegalDate>,
    pub(super) document: Uuid,
    pub(super) observations: &'a [RemarkFields],
}

/// Issues an opinion on what was sent last. If the case was signed without one, the opinion
/// regularises it or finds it deficient.
pub(super) fn issue(tx: &mut WriteTx<'_>, case: &mut Case, issued: &Issued<'_>) -> Outcome<()> {
    require_letter(tx, case, issued.document)?;
    let submission = submissions::newest(tx.conn, &case.row.tenant_id, &case.row.id)?
        .map_or(0, |sent| sent.number);
    let word: &'static str = issued.result.into();
    let basis = legal_bases::in_force_on(LCT, issued.issued_on);
    let basis = basis.as_ref().map(serde_json::to_string).transpose()?;
    let row = (
        opinions::tenant_id.eq(&case.row.tenant_id),
        opinions::id.eq(Uuid::now_v7().to_string()),
        opinions::agreement_id.eq(&case.row.id),
        opinions::submission.eq(submission),
        opinions::result.eq(word),
        opinions::number.eq(issued.number),
        opinions::issued_on.eq(issued.issued_on.as_str()),
        opinions::valid_until.eq(issued.valid_until.map(LegalDate::as_str)),
        opinions::document_id.eq(issued.document.to_string()),
        opinions::person_id.eq(tx.person()),
        opinions::acting_tenant.eq(tx.actor()),
        opinions::created_at.eq(tx.stamp()),
        opinions::legal_basis.eq(basis),
    );
    diesel::insert_into(opinions::table)
        .values(row)
        .execute(tx.conn)?;
    remarks::add(tx, case, "observation", issued.observations)?;
    sharing::show_to_owner_side(tx, case, &[issued.document.to_string()])?;
    let allows = issued.result != OpinionResult::Unfavorable;
    let signed_before = case.row.regularizing;
    if signed_before {
        case.row.regularized_at = allows.then_some(tx.stamp());
        case.row.regularizing = false;
    }
    if allows || signed_before {
        let compliance = if allows {
            Compliance::Compliant
        } else {
            Compliance::NonCompliant
        };
        let word: &'static str = compliance.into();
        word.clone_into(&mut case.row.compliance);
    }
    effects::keep_head(tx, case)
}

fn require_letter(tx: &mut WriteTx<'_>, case: &Case, document: Uuid) -> Outcome<()> {
    let letter = documents::table
        .find((&case.row.tenant_id, document.to_string()))
        .filter(documents::agreement_id.eq(&case.row.id))
        .filter(documents::kind.eq("opinion"))
        .filter(documents::acting_tenant.eq(tx.actor()))
        .select(documents::id)
        .first::<String>(tx.conn)
        .optional()?;
    if letter.is_none() {
        let said = wording::review::opinion_document(DocumentKind::Opinion.said());
        let error = FieldError::new("/document_id", "unknown_key", said);
        return Err(Refusal::from(error.admitting(case.papers())).into());
    }
    Ok(())
}

type Columns = (
    String,
    String,
    String,
    String,
    Option<String>,
    String,
    i32,
    Option<String>,
);

/// The opinions of a case, newest first. An opinion is superseded by a later one, and also when a
/// later text is sent for review.
pub(super) fn of(conn: &mut Conn, row: &Row) -> Outcome<Vec<OpinionView>> {
    let reviewed: Option<i32> = sent::table
        .filter(sent::tenant_id.eq(&row.tenant_id))
        .filter(sent::agreement_id.eq(&row.id))
        .filter(sent::announcement.eq(false))
        .filter(sent::signed.eq(false))
        .select(diesel::dsl::max(sent::number))
        .first(conn)?;
    let rows: Vec<Columns> = opinions::table
        .filter(opinions::tenant_id.eq(&row.tenant_id))
        .filter(opinions::agreement_id.eq(&row.id))
        .order(opinions::id.desc())
        .limit(SHOWN)
        .select((
            opinions::id,
            opinions::result,
            opinions::number,
            opinions::issued_on,
            opinions::valid_until,
            opinions::document_id,
            opinions::submission,
            opinions::legal_basis,
        ))
        .into_boxed::<MultiBackend>()
        .load(conn)?;
    let mut newer = false;
    let view =
        |(opinion, result, number, issued_on, until, document, submission, basis): Columns| {
            let follows = std::mem::replace(&mut newer, true);
            Ok(OpinionView {
                id: id(&opinion)?,
                result: known(&result)?,
                number,
                issued_on: date(&issued_on)?,
                valid_until: until.as_deref().map(date).transpose()?,
                superseded: follows || reviewed.is_some_and(|newest| newest > submission),
                document_id: id(&document)?,
                submission,
                legal_basis: basis.as_deref().map(serde_json::from_str).transpose()?,
            })
        };
    rows.into_iter().map(view).collect()
}

/// Whether there is an opinion on what was sent last.
pub(crate) fn is_opined(conn: &mut Conn, owner: &str, agreement: &str) -> Outcome<bool> {
    let sent = submissions::newest(conn, owner, agreement)?.map_or(0, |sent| sent.number);
    let issued = opinions::table
        .filter(opinions::tenant_id.eq(owner))
        .filter(opinions::agreement_id.eq(agreement))
        .filter(opinions::submission.eq(sent));
    Ok(diesel::select(diesel::dsl::exists(issued)).get_result(conn)?)
}

/// The newest opinion of a case.
pub(super) fn newest(conn: &mut Conn, row: &Row) -> Outcome<Option<OpinionView>> {
    Ok(of(conn, row)?.into_iter().next())
}

/// Whether the newest opinion no longer allows a signature on that day.
pub(super) fn has_lapsed(conn: &mut Conn, row: &Row, day: chrono::NaiveDate) -> Outcome<bool> {
    let until = newest(conn, row)?.and_then(|opinion| opinion.valid_until);
    Ok(until.is_some_and(|until| until.latest() < day))
}
