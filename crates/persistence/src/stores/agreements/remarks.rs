//! Remarks of intake and observations of the legal review, with the owner's answers.

use super::cases::{Case, Sight};
use super::submissions;
use crate::barrier::whose;
use crate::conn::{Conn, MultiBackend};
use crate::failure::{Outcome, id};
use crate::schema::remarks;
use crate::tx::WriteTx;
use chrono::NaiveDateTime;
use diesel::prelude::*;
use uuid::Uuid;
use vinculo_domain::TenantId;
use vinculo_domain::agreements::{AnswerFields, Level, Need, RemarkFields, RemarkView};
use vinculo_domain::page::MAX_LIMIT;
use vinculo_domain::problems::Problem;
use vinculo_domain::refusal::Checks;

type Columns = (
    String,
    String,
    String,
    String,
    Option<i32>,
    Option<String>,
    Option<String>,
    NaiveDateTime,
    Option<String>,
);

fn view(
    (remark, kind, author, text, text_set, language, clause, created_at, answer): Columns,
) -> Outcome<RemarkView> {
    Ok(RemarkView {
        id: id(&remark)?,
        kind,
        author: TenantId::new(author),
        text,
        text_set,
        language,
        clause,
        created_at: created_at.and_utc(),
        answer,
    })
}

/// The newest remarks that the caller may read, oldest first: all on the owner's side, otherwise
/// the caller's own.
pub(super) fn seen(conn: &mut Conn, sight: &Sight) -> Outcome<Vec<RemarkView>> {
    let mut query = remarks::table
        .filter(remarks::tenant_id.eq(sight.owner_tenant.clone()))
        .filter(remarks::agreement_id.eq(sight.agreement_id.clone()))
        .into_boxed::<MultiBackend>();
    if sight.level()? != Level::Full {
        query = query.filter(whose(remarks::acting_tenant, &sight.viewer_tenant));
    }
    let columns = (
        remarks::id,
        remarks::kind,
        remarks::acting_tenant,
        remarks::text,
        remarks::text_set,
        remarks::language,
        remarks::clause,
        remarks::created_at,
        remarks::answer,
    );
    let mut rows: Vec<Columns> = query
        .order(remarks::id.desc())
        .limit(MAX_LIMIT)
        .select(columns)
        .load(conn)?;
    rows.reverse();
    // An answer belongs to what was sent with it: a reviewer that no longer follows has had none.
    rows.into_iter().map(view).collect()
}

/// Writes remarks on the newest submission.
pub(super) fn add(
    tx: &mut WriteTx<'_>,
    case: &Case,
    kind: &str,
    wanted: &[RemarkFields],
) -> Outcome<()> {
    let submission = submissions::newest(tx.conn, &case.row.tenant_id, &case.row.id)?;
    for remark in wanted {
        let row = (
            remarks::tenant_id.eq(&case.row.tenant_id),
            remarks::id.eq(Uuid::now_v7().to_string()),
            remarks::agreement_id.eq(&case.row.id),
            remarks::submission.eq(submission.as_ref().map_or(0, |sent| sent.number)),
            remarks::kind.eq(kind),
            remarks::text.eq(&remark.text),
            remarks::text_set.eq(remark
                .text_set
                .or(submission.as_ref().and_then(|sent| sent.text_set))),
            remarks::language.eq(&remark.language),
            remarks::clause.eq(&remark.clause),
            remarks::person_id.eq(tx.person()),
            remarks::acting_tenant.eq(tx.actor()),
            remarks::created_at.eq(tx.stamp()),
        );
        diesel::insert_into(remarks::table)
            .values(row)
            .execute(tx.conn)?;
    }
    Ok(())
}

/// Writes the owner's answers; every open remark needs one, and only open ones take one.
pub(super) fn answer(tx: &mut WriteTx<'_>, case: &Case, answers: &[AnswerFields]) -> Outcome<()> {
    let open: Vec<String> = remarks::table
        .filter(remarks::tenant_id.eq(&case.row.tenant_id))
        .filter(remarks::agreement_id.eq(&case.row.id))
        .filter(remarks::answer.is_null())
        .order(remarks::id)
        .select(remarks::id)
        .load(tx.conn)?;
    let mut checks = Checks::default();
    for (i, answer) in answers.iter().enumerate() {
        if !open.contains(&answer.remark_id.to_string()) {
            checks.add(
                format!("/answers/{i}/remark_id"),
                "unknown_key",
                "No es una observación abierta de este caso.",
                "It is no open remark of this case.",
            );
        }
    }
    checks.finish(Problem::ValidationFailed)?;
    let mut checks = Checks::default();
    for waiting in open.iter().filter(|open| {
        !answers
            .iter()
            .any(|answer| answer.remark_id.to_string() == **open)
    }) {
        let said = Need::Answers.said();
        checks.add(
            Need::Answers.pointer(),
            Need::Answers.into(),
            format!("{} ({waiting})", said.es),
            format!("{} ({waiting})", said.en),
        );
    }
    checks.finish(Problem::Incomplete)?;
    for answer in answers {
        let row = remarks::table.find((&case.row.tenant_id, answer.remark_id.to_string()));
        diesel::update(row)
            .set((
                remarks::answer.eq(&answer.text),
                remarks::answered_by.eq(tx.person()),
                remarks::answered_at.eq(tx.stamp()),
            ))
            .execute(tx.conn)?;
    }
    Ok(())
}
