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
    /// The party that the row is of, acting on the case at the level of the owner's side.
    PartyActing,
    /// The ministry, for what is inscribed, whoever holds the case.
    Annotating,
    /// The same, or whoever acts on the case.
    ActingOrAnnotating,
    /// Whoever put the document in.
    Sender,
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
    (
        "agreement_facts",
        May::ActingOrAnnotating,
        May::ActingOrAnnotating,
        May::Nobody,
    ),
    (
        "agreement_fact_values",
        May::ActingOrAnnotating,
        May::Nobody,
        May::Nobody,
    ),
    ("agreement_spells", May::Acting, May::Acting, May::Nobody),
    (
        "document_access",
        May::ActingOrAnnotating,
        May::Nobody,
        May::Acting,
    ),
    ("submission_access", May::Acting, May::Nobody, May::Nobody),
    ("documents", May::Acting, May::Nobody, May::Nobody),
    ("submissions", May::OwnerActing, May::Nobody, May::Nobody),
    ("text_sets", May::OwnerActing, May::Nobody, May::Nobody),
    ("text_clauses", May::OwnerActing, May::Nobody, May::Nobody),
    ("remarks", May::Acting, May::OwnerActing, May::Nobody),
    ("opinions", May::MinistryActing, May::Nobody, May::Nobody),
    ("signatories", May::OwnerActing, May::Nobody, May::Nobody),
    (
        "party_approvals",
        May::PartyActing,
        May::Nobody,
        May::Nobody,
    ),
    (
        "party_departures",
        May::PartyActing,
        May::Nobody,
        May::Nobody,
    ),
    ("adhesions", May::PartyActing, May::Nobody, May::Nobody),
    (
        "adhesion_signatories",
        May::PartyActing,
        May::Nobody,
        May::Nobody,
    ),
    ("history", May::Acting, May::Nobody, May::Nobody),
    ("agreement_turns", May::Acting, May::Acting, May::Nobody),
    (
        "agreement_urgencies",
        May::OwnerActing,
        May::Nobody,
        May::Nobody,
    ),
    (
        "inscriptions",
        May::MinistryActing,
        May::Nobody,
        May::Nobody,
    ),
    ("annotations", May::Annotating, May::Nobody, May::Nobody),
    (
        "consolidations",
        May::Annotating,
        May::ActingOrAnnotating,
        May::Nobody,
    ),
    (
        "document_classifications",
        May::Sender,
        May::Nobody,
        May::Nobody,
    ),
];

/// The first write that is taken or refused against the rule.
pub fn breach(asked: &mut Asked, context: &Context) -> Option<String> {
    let Seat { acts, keeps, .. } = Seat::of(asked, context);
    let ministry = context.actor == TenantId::sre().as_str();
    let full = asked.holds(&format!(
        "EXISTS (SELECT 1 FROM agreement_access WHERE viewer_tenant = '{}' AND agreement_id = '{}' AND level = 'full')",
        context.actor, context.case
    ));
    let own_row = format!("\"government_id\": \"{}\"", context.actor);
    let Context { tenant, case, .. } = context;
    let inscribed = asked.holds(&format!(
        "EXISTS (SELECT 1 FROM inscriptions WHERE tenant_id = '{tenant}' AND agreement_id = '{case}')"
    ));
    let annotates = ministry && context.acts && inscribed;
    // The sample is of the decision that was taken first.
    let sent = asked.holds(&format!(
        "EXISTS (SELECT 1 FROM documents d WHERE d.acting_tenant = '{}' AND d.id = (SELECT document_id \
         FROM document_classifications WHERE tenant_id = '{tenant}' AND agreement_id = '{case}' LIMIT 1))",
        context.actor
    ));
    let may = |may: May, row: &str| match may {
        May::PartyActing => acts && full && row.contains(&own_row),
        May::Annotating => annotates,
        May::ActingOrAnnotating => acts || annotates,
        May::Sender => context.acts && sent,
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
        let owner = owner_of(table);
        let changes = changes_in(table);
        let rows = format!(
            "{owner} = '{}' AND agreement_id = '{}'",
            context.tenant, context.case
        );
        found = inserted(asked, table, &row, may(*add, &row))
            .or_else(|| {
                changed(
                    asked,
                    &format!("UPDATE {table} SET {changes} = {changes} WHERE {rows}"),
                    may(*change, &row),
                )
            })
            .or_else(|| {
                changed(
                    asked,
                    &format!("DELETE FROM {table} WHERE {rows}"),
                    may(*remove, &row),
                )
            });
    }
    asked.leave();
    found
}

/// The column that names the owner.
fn owner_of(table: &str) -> &'static str {
    let derived = ["_access", "_facts", "_fact_values", "_spells"];
    if derived.iter().any(|end| table.ends_with(end)) {
        "owner_tenant"
    } else {
        "tenant_id"
    }
}

/// A column that may be changed where a row may.
fn changes_in(table: &str) -> &'static str {
    match table {
        "agreement_facts" => "valid_to",
        "agreement_spells" => "left_at",
        _ => owner_of(table),
    }
}

/// A row of the case as it could be written anew by whoever acts, under another key.
fn sample(asked: &mut Asked, context: &Context, table: &str) -> Option<String> {
    let owner = owner_of(table);
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
    let Context {
        tenant,
        actor,
        case,
        ..
    } = context;
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
    let written = |table: &str| {
        format!("UPDATE {table} SET acting_tenant = '{actor}' WHERE tenant_id = '14039'")
    };
    let (bodies, periods) = (written("government_bodies"), written("administrations"));
    let calendar = |owner: &str| {
        format!("INSERT INTO calendars VALUES ('{owner}', 'x', 1, now(), now(), '{owner}')")
    };
    let target = |owner: &str| {
        format!(
            "INSERT INTO targets VALUES ('{owner}', 'x', 'signed', 1, false, 1, now(), now(), '{owner}')"
        )
    };
    let seen = asked.sees(context);
    let assignment = |owner: &str| {
        format!(
            "INSERT INTO agreement_assignments VALUES ('{owner}', 'x', '{}', '{tenant}', NULL, NULL, NULL, now(), now())",
            context.case
        )
    };
    let tries = [
        (format!("UPDATE counterparts SET acting_tenant = '{actor}' WHERE tenant_id = '{tenant}'"), None),
        ("UPDATE mechanisms SET name = name".to_owned(), Some(ministry)),
        ("UPDATE mechanism_facts SET valid_to = valid_to".to_owned(), Some(ministry)),
        ("UPDATE offices SET name = name".to_owned(), Some(ministry)),
        (bodies, Some(actor == "14039")),
        ("DELETE FROM body_governments WHERE tenant_id = '14039'".to_owned(), Some(actor == "14039")),
        (periods, Some(ministry || actor == "14039")),
        (format!("INSERT INTO administrations VALUES ('{others}', 'x', '1900', NULL, NULL, NULL, NULL, 1, now(), now(), '{actor}')"), Some(ministry)),
        (word(others, "agreements"), Some(false)),
        (word("public", "inscriptions"), Some(false)),
        (word("public", "governments"), Some(false)),
        (format!("INSERT INTO consolidation_facets SELECT 'x', 'x', number FROM inscriptions WHERE agreement_id <> '{case}' LIMIT 1"), Some(false)),
        (format!("INSERT INTO inscription_standings SELECT number, 'x', 'x', 'unknown' FROM inscriptions WHERE agreement_id <> '{case}' LIMIT 1"), Some(false)),
        (format!("DELETE FROM inscription_standings WHERE number NOT IN (SELECT number FROM inscriptions WHERE agreement_id = '{case}')"), Some(false)),
        (calendar(others), Some(false)),
        (target(actor), Some(owned)),
        (target(others), Some(false)),
        (assignment(others), Some(false)),
        (assignment(actor), Some(seen)),
        (format!("UPDATE agreement_assignments SET note = note WHERE viewer_tenant = '{others}'"), Some(false)),
        (format!("UPDATE calendars SET version = version WHERE tenant_id = '{others}'"), Some(false)),
        (format!("UPDATE targets SET version = version WHERE tenant_id = '{others}'"), Some(false)),
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
