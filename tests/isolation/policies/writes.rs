//! What each table lets be written in a context.

use super::asked::{Asked, Context, Seat};
use vinculo_domain::TenantId;

/// Who may write.
#[derive(Clone, Copy)]
enum May {
    /// Nobody here.
    Nobody,
    /// The owner, and whoever keeps the case for it.
    Owner,
    /// The owner itself.
    OwnerAlone,
    /// Whoever acts on the case.
    Acting,
    /// The owner, acting on the case, and whoever keeps it.
    OwnerActing,
    /// The ministry, acting on the case.
    MinistryActing,
}

/// The tables of a case, with who may add to, change and remove what belongs to it.
const TABLES: &[(&str, May, May, May)] = &[
    ("agreement_drafts", May::Owner, May::Owner, May::OwnerAlone),
    ("agreement_parties", May::Owner, May::Owner, May::Owner),
    (
        "agreement_counterparts",
        May::Owner,
        May::Nobody,
        May::Owner,
    ),
    ("agreement_grants", May::Acting, May::Acting, May::Nobody),
    ("agreement_access", May::Acting, May::Acting, May::Acting),
    ("document_access", May::Acting, May::Nobody, May::Acting),
    ("submission_access", May::Acting, May::Nobody, May::Nobody),
    ("documents", May::Acting, May::Nobody, May::Nobody),
    ("submissions", May::OwnerActing, May::Nobody, May::Nobody),
    ("text_sets", May::OwnerActing, May::Nobody, May::Nobody),
    ("remarks", May::Acting, May::OwnerActing, May::Nobody),
    ("opinions", May::MinistryActing, May::Nobody, May::Nobody),
    ("signatories", May::OwnerActing, May::Nobody, May::Nobody),
    ("history", May::Acting, May::Nobody, May::Nobody),
    (
        "inscriptions",
        May::MinistryActing,
        May::Nobody,
        May::Nobody,
    ),
];

/// The first write that is taken or refused against the rule.
pub fn breach(asked: &mut Asked, context: &Context) -> Option<String> {
    let Seat { acts, keeps, .. } = Seat::of(asked, context);
    let ministry = context.actor == TenantId::sre().as_str();
    let may = |may: May| match may {
        May::Nobody => false,
        May::Owner => context.own() || keeps,
        May::OwnerAlone => context.own(),
        May::Acting => acts,
        May::OwnerActing => acts && context.own() || keeps,
        May::MinistryActing => acts && ministry,
    };
    let samples: Vec<Option<String>> = TABLES
        .iter()
        .map(|(table, ..)| sample(asked, context, table))
        .collect();
    let unopened = unopened(asked, context);
    asked.enter(context);
    let mut found =
        head(asked, context, acts, unopened.as_ref()).or_else(|| at_large(asked, context));
    for ((table, add, change, remove), sample) in TABLES.iter().zip(samples) {
        if found.is_some() {
            break;
        }
        // Without a row of the case there is nothing to try.
        let Some(row) = sample else { continue };
        let owner = if table.ends_with("_access") {
            "owner_tenant"
        } else {
            "tenant_id"
        };
        let rows = format!(
            "{owner} = '{}' AND agreement_id = '{}'",
            context.tenant, context.case
        );
        found = inserted(asked, table, &row, may(*add))
            .or_else(|| {
                changed(
                    asked,
                    &format!("UPDATE {table} SET {owner} = {owner} WHERE {rows}"),
                    may(*change),
                )
            })
            .or_else(|| {
                changed(
                    asked,
                    &format!("DELETE FROM {table} WHERE {rows}"),
                    may(*remove),
                )
            });
    }
    asked.leave();
    found
}

/// A row of the case as it could be written anew by whoever acts, under another key.
fn sample(asked: &mut Asked, context: &Context, table: &str) -> Option<String> {
    let owner = if table.ends_with("_access") {
        "owner_tenant"
    } else {
        "tenant_id"
    };
    asked.one(&format!(
        "SELECT (to_jsonb(t) || CASE WHEN to_jsonb(t) ? 'acting_tenant' THEN jsonb_build_object('acting_tenant', '{}') ELSE '{{}}' END)::text AS x \
         FROM {table} t WHERE {owner} = '{}' AND agreement_id = '{}' LIMIT 1",
        context.actor, context.tenant, context.case
    ))
}

/// Puts the same row in once more: past the policy its key is taken, and that is a good sign.
fn inserted(asked: &mut Asked, table: &str, row: &str, allowed: bool) -> Option<String> {
    let row = row.replace('\'', "''");
    let done = asked.write(&format!(
        "INSERT INTO {table} SELECT (jsonb_populate_record(NULL::{table}, '{row}')).*"
    ));
    let refused = matches!(&done, Err(error) if error.contains("row-level security"));
    (refused == allowed).then(|| format!("inserting into {table}: allowed {allowed}, {done:?}"))
}

/// Tries a change: without permission no row changes, with it at least one.
fn changed(asked: &mut Asked, sql: &str, allowed: bool) -> Option<String> {
    let done = asked.write(sql);
    let worked = match &done {
        // Where there is nothing to change, nobody can be wronged.
        Ok(0) => allowed && !there(asked, sql),
        Ok(_) => true,
        // A key of another table points here, or what only grows: the policy was passed or not asked.
        Err(error) => allowed && error.contains("foreign key"),
    };
    let what: String = sql.split_whitespace().take(3).collect::<Vec<_>>().join(" ");
    let what = what
        .trim_end_matches(" SET")
        .trim_end_matches(" WHERE")
        .to_owned();
    (worked != allowed).then(|| format!("{what}: allowed {allowed}, {done:?}"))
}

/// Whether there is a row that the change is meant for, past every policy.
fn there(asked: &mut Asked, sql: &str) -> bool {
    let table = sql
        .split_whitespace()
        .find(|word| !["UPDATE", "DELETE", "FROM"].contains(word));
    let rows = sql.split_once(" WHERE ").map_or("true", |(_, rows)| rows);
    asked.holds(&format!(
        "EXISTS (SELECT 1 FROM {} WHERE {rows})",
        table.unwrap_or_default()
    ))
}

/// The head of a case that is not there yet, as whoever acts would write it.
fn unopened(asked: &mut Asked, context: &Context) -> Option<String> {
    let Context {
        tenant,
        actor,
        case,
        ..
    } = context;
    asked.one(&format!(
        "SELECT (to_jsonb(a) || jsonb_build_object('id', '{case}', 'tenant_id', '{tenant}', \
         'acting_tenant', '{actor}', 'fingerprint', NULL))::text AS x FROM agreements a \
         WHERE NOT EXISTS (SELECT 1 FROM agreements b WHERE b.id = '{case}') LIMIT 1"
    ))
}

/// The head of the case.
fn head(
    asked: &mut Asked,
    context: &Context,
    acts: bool,
    unopened: Option<&String>,
) -> Option<String> {
    if context.case.is_empty() {
        return None;
    }
    let Context { tenant, case, .. } = context;
    if let Some(row) = unopened {
        return inserted(asked, "agreements", row, acts);
    }
    changed(
        asked,
        &format!(
            "UPDATE agreements SET version = version WHERE tenant_id = '{tenant}' AND id = '{case}'"
        ),
        acts,
    )
    .or_else(|| {
        let words =
            format!("DELETE FROM search_words WHERE kind = 'agreements' AND subject_id = '{case}'");
        changed(asked, &words, acts)
    })
}

/// What belongs to no case: tried as if the owner had asked for it.
fn at_large(asked: &mut Asked, context: &Context) -> Option<String> {
    let Context { tenant, actor, .. } = context;
    let ministry = actor == TenantId::sre().as_str();
    let word = |viewer: &str, kind: &str| {
        format!("INSERT INTO search_words VALUES ('{viewer}', '{kind}', 'intruso', 'nada')")
    };
    let others = if actor == "11" { "14" } else { "11" };
    let audit = |acting: &str| {
        format!(
            "INSERT INTO audit_log VALUES ('x', now(), '{tenant}', '{acting}', NULL, NULL, 'x', 'done', 'x', NULL, NULL, 'x', '{{}}')"
        )
    };
    let key = |owner: &str| {
        format!(
            "INSERT INTO idempotency_keys VALUES ('{owner}', 'x', 'x', 'x', 'x', 0, '{{}}', '', now())"
        )
    };
    let batch = |owner: &str| {
        format!(
            "INSERT INTO import_batches VALUES ('{owner}', 'x', 'x', 'x', 1, NULL, now(), NULL)"
        )
    };
    let row = |owner: &str| {
        format!(
            "INSERT INTO import_rows SELECT '{owner}', b.id, 1, 'refused', NULL, NULL, NULL, '{{}}', NULL FROM import_batches b LIMIT 1"
        )
    };
    let id = format!("INSERT INTO external_ids VALUES ('{tenant}', 'x', 'x', 'x', 'x')");
    let owned = actor != "public";
    let tries = [
        (format!("UPDATE counterparts SET acting_tenant = '{actor}' WHERE tenant_id = '{tenant}'"), None),
        ("UPDATE mechanisms SET name = name".to_owned(), Some(ministry)),
        ("UPDATE offices SET name = name".to_owned(), Some(ministry)),
        (word(others, "agreements"), Some(false)),
        (word("public", "inscriptions"), Some(false)),
        (word("public", "governments"), Some(false)),
        (audit(actor), Some(true)),
        (audit(others), Some(false)),
        (key(actor), Some(true)),
        (key(others), Some(false)),
        (batch(others), Some(false)),
        (row(others), Some(false)),
        (id, Some(context.own() && owned)),
        ("INSERT INTO audit_owners SELECT '11', id, '[]' FROM audit_log WHERE acting_tenant <> app_actor() LIMIT 1".to_owned(), None),
        (format!("UPDATE memberships SET role = role WHERE tenant_id = '{others}'"), Some(false)),
    ];
    tries.into_iter().find_map(|(sql, allowed)| match allowed {
        Some(allowed) => changed(asked, &sql, allowed),
        // Allowed where the owner has such rows; to others always refused.
        None if context.own() && !sql.contains("audit_owners") => None,
        None => changed(asked, &sql, false),
    })
}
