//! The documents sent along with a submission.

use super::Row;
use crate::conn::Conn;
use crate::failure::Outcome;
use crate::schema::{documents, submission_access as access, submissions};
use crate::stores::agreements::cases::Case;
use crate::stores::agreements::texts;
use diesel::prelude::*;
use vinculo_domain::agreements::{AgreementContent, PartyStanding};
use vinculo_domain::texts::TextSet;

/// The documents sent to `viewer` with its submissions, and those it added itself.
pub(crate) fn documents_sent_to(
    conn: &mut Conn,
    case: &Case,
    viewer: &str,
) -> Outcome<Vec<String>> {
    let (owner, agreement) = (&case.row.tenant_id, &case.row.id);
    let rows: Vec<Row> = access::table
        .inner_join(
            submissions::table.on(submissions::tenant_id
                .eq(access::owner_tenant)
                .and(submissions::id.eq(access::submission_id))),
        )
        .filter(access::viewer_tenant.eq(viewer))
        .filter(access::agreement_id.eq(agreement))
        .filter(submissions::announcement.eq(false))
        .select(Row::as_select())
        .load(conn)?;
    let own = documents::table
        .filter(documents::tenant_id.eq(owner))
        .filter(documents::agreement_id.eq(agreement));
    let mut sent: Vec<String> = own
        .filter(documents::acting_tenant.eq(viewer))
        .select(documents::id)
        .load(conn)?;
    for row in rows {
        let with = own
            .filter(documents::kind.eq_any(sent_along(row.signed)))
            .filter(documents::created_at.le(row.submitted_at));
        sent.extend(with.select(documents::id).load::<String>(conn)?);
        let set = match row.text_set {
            Some(number) => texts::numbered(conn, owner, agreement, number)?,
            None => None,
        };
        let view = row.view()?;
        sent.extend(named_in(set.as_ref(), &view.content, &view.parties));
    }
    Ok(sent)
}

/// The texts, the minutes and the parties' approvals that belong to a submission.
pub(super) fn named_in(
    set: Option<&TextSet>,
    content: &AgreementContent,
    parties: &[PartyStanding],
) -> Vec<String> {
    let texts = set.into_iter().flat_map(|set| &set.texts);
    let texts = texts.map(|text| text.document_id);
    let minutes = content.council_approval.iter();
    let minutes = minutes.map(|council| council.document_id);
    let approvals = parties.iter();
    let approvals = approvals.filter_map(|party| party.approval_document_id);
    let all = texts.chain(minutes).chain(approvals);
    all.map(|id| id.to_string()).collect()
}

/// The kinds of document sent along with a submission.
pub(super) fn sent_along(signed: bool) -> &'static [&'static str] {
    if signed {
        &["signed_copy", "approval", "authority"]
    } else {
        &["approval"]
    }
}
