//! Remarks of intake and observations of the legal review, with the owner's answers.

use super::cases::{self, Access, Case};
use super::pointing::Pointing;
use super::submissions;
use crate::barrier::tenant_eq;
use crate::conn::{Conn, MultiBackend};
use crate::failure::{Outcome, id, known};
use crate::schema::remarks;
use crate::stores::narrow::{among, words};
use crate::tx::{ReadTx, WriteTx};
use chrono::NaiveDateTime;
use diesel::prelude::*;
use uuid::Uuid;
use vinculo_domain::agreements::{AnswerFields, Level, Need, RemarkFields, RemarkKind, RemarkView};
use vinculo_domain::clauses::OpenPoint;
use vinculo_domain::limits::MAX_LIMIT;
use vinculo_domain::page::{After, Page, PageRequest};
use vinculo_domain::problems::Problem;
use vinculo_domain::refusal::{Admitted, Checks};
use vinculo_domain::wording;
use vinculo_domain::{FieldError, TenantId};

#[derive(Queryable, Selectable)]
#[diesel(table_name = remarks, check_for_backend(MultiBackend))]
struct Row {
    id: String,
    kind: String,
    submission: i32,
    acting_tenant: String,
    text: String,
    text_set: Option<i32>,
    language: Option<String>,
    clause: Option<String>,
    clause_model: Option<String>,
    created_at: NaiveDateTime,
    answer: Option<String>,
    answered_at: Option<NaiveDateTime>,
}

impl Row {
    fn view(self) -> Outcome<RemarkView> {
        Ok(RemarkView {
            id: id(&self.id)?,
            kind: known(&self.kind)?,
            submission: self.submission,
            author: TenantId::new(self.acting_tenant),
            text: self.text,
            text_set: self.text_set,
            language: self.language,
            clause: self.clause,
            clause_model: self.clause_model,
            created_at: self.created_at.and_utc(),
            answer: self.answer,
            answered_at: self.answered_at.map(|at| at.and_utc()),
        })
    }
}

/// The remarks that a viewer may read: all on the owner's side, otherwise its own. An answer
/// belongs to what was sent with it: a reviewer that no longer follows has received none.
fn in_sight(access: &Access) -> Outcome<remarks::BoxedQuery<'static, MultiBackend>> {
    let query = remarks::table
        .filter(remarks::tenant_id.eq(access.owner_tenant.clone()))
        .filter(remarks::agreement_id.eq(access.agreement_id.clone()))
        .into_boxed::<MultiBackend>();
    Ok(if access.level()? == Level::Full {
        query
    } else {
        query.filter(tenant_eq(remarks::acting_tenant, &access.viewer_tenant))
    })
}

/// The newest remarks that the caller may read, oldest first.
pub(super) fn seen(conn: &mut Conn, access: &Access) -> Outcome<Vec<RemarkView>> {
    let mut rows: Vec<Row> = in_sight(access)?
        .order(remarks::id.desc())
        .limit(MAX_LIMIT)
        .select(Row::as_select())
        .load(conn)?;
    rows.reverse();
    rows.into_iter().map(Row::view).collect()
}

/// Filters for remarks.
#[derive(Debug, Clone, Default)]
pub struct RemarkFilter {
    /// Without an answer, or with one.
    pub open: Option<bool>,
    /// Of one of these kinds; of any where none is named.
    pub kind: Vec<RemarkKind>,
    /// On the text in one of these languages; on any where none is named.
    pub language: Vec<String>,
    /// On this version of the texts.
    pub text_set: Option<i32>,
}

/// One page of the remarks of a case that the caller may read, newest first.
pub fn list_remarks(
    tx: &mut ReadTx<'_>,
    agreement: Uuid,
    filter: &RemarkFilter,
    page: &PageRequest,
) -> Outcome<Page<RemarkView>> {
    let access = cases::look(tx, agreement)?;
    let mut query = in_sight(&access)?;
    if let Some(open) = filter.open {
        query = if open {
            query.filter(remarks::answer.is_null())
        } else {
            query.filter(remarks::answer.is_not_null())
        };
    }
    query = among!(query, remarks::kind, words(&filter.kind));
    query = among!(query, remarks::language, filter.language.clone());
    if let Some(text_set) = filter.text_set {
        query = query.filter(remarks::text_set.eq(text_set));
    }
    if let Some(after) = page.after.clone() {
        query = query.filter(remarks::id.lt(after.id));
    }
    let rows: Vec<Row> = query
        .order(remarks::id.desc())
        .limit(page.limit + 1)
        .select(Row::as_select())
        .load(tx.conn)?;
    let cut = Page::cut(rows, page.limit, |row| After {
        key: String::new(),
        id: row.id.clone(),
    });
    Ok(Page {
        items: cut
            .items
            .into_iter()
            .map(Row::view)
            .collect::<Outcome<_>>()?,
        next: cut.next,
        total: None,
    })
}

/// The model clauses that open remarks point to, among those the viewer may read.
pub(super) fn open_points(conn: &mut Conn, access: &Access) -> Outcome<Vec<OpenPoint>> {
    let rows: Vec<(Option<String>, Option<String>)> = in_sight(access)?
        .filter(remarks::answer.is_null())
        .filter(remarks::clause_model.is_not_null())
        .select((remarks::clause_model, remarks::language))
        .distinct()
        .load(conn)?;
    let point = |(model, language): (Option<String>, Option<String>)| {
        model.map(|model| OpenPoint { model, language })
    };
    Ok(rows.into_iter().filter_map(point).collect())
}

/// Writes remarks on what the caller was sent; on the newest of it if they name no version.
pub(super) fn add(
    tx: &mut WriteTx<'_>,
    case: &Case,
    kind: &str,
    wanted: &[RemarkFields],
) -> Outcome<()> {
    let submission = submissions::newest_for(tx.conn, &tx.actor(), case.id)?;
    let newest = submission.as_ref().and_then(|sent| sent.text_set);
    let mut pointing = Pointing::of(tx, case, newest)?;
    let mut checks = Checks::default();
    let mut models = Vec::new();
    for (i, remark) in wanted.iter().enumerate() {
        let pointer = format!("/{kind}s/{i}");
        models.push(pointing.check(tx.conn, &mut checks, &pointer, remark)?);
    }
    checks.finish(Problem::ValidationFailed)?;
    for (remark, model) in wanted.iter().zip(models) {
        let row = (
            remarks::tenant_id.eq(&case.row.tenant_id),
            remarks::id.eq(Uuid::now_v7().to_string()),
            remarks::agreement_id.eq(&case.row.id),
            remarks::submission.eq(submission.as_ref().map_or(0, |sent| sent.number)),
            remarks::kind.eq(kind),
            remarks::text.eq(&remark.text),
            remarks::text_set.eq(remark.text_set.or(newest)),
            remarks::language.eq(&remark.language),
            remarks::clause.eq(&remark.clause),
            remarks::clause_model.eq(model),
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

/// Writes the owner's answers: every open remark needs one, and only open ones take one.
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
            let said = wording::review::no_open_remark();
            let list = format!("/v1/agreements/{}/remarks?open=true", case.row.id);
            let error = FieldError::new(format!("/answers/{i}/remark_id"), "unknown_key", said);
            checks.push(error.admitting(Admitted::only_at(list)));
        }
    }
    checks.finish(Problem::ValidationFailed)?;
    let mut checks = Checks::default();
    for waiting in open.iter().filter(|open| {
        !answers
            .iter()
            .any(|answer| answer.remark_id.to_string() == **open)
    }) {
        let said = Need::Answers.said().unfinished();
        checks.add(
            Need::Answers.pointer(),
            Need::Answers.into(),
            wording::needs::of(said, waiting),
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
