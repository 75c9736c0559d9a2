//! The writes that each table accepts in a context.

mod at_large;
mod tables;

use super::asked::{Asked, Context, Seat};
use at_large::at_large;
use tables::{May, TABLES};
use vinculo_domain::TenantId;

/// The first write that is accepted or refused against the rule.
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
    // The sample row comes from the first decision.
    let sent = asked.holds(&format!(
        "EXISTS (SELECT 1 FROM documents d WHERE d.acting_tenant = '{}' AND d.id = (SELECT document_id \
         FROM document_classifications WHERE tenant_id = '{tenant}' AND agreement_id = '{case}' LIMIT 1))",
        context.actor
    ));
    let seen = asked.sees(context);
    let may = |may: May, row: &str| match may {
        May::PartyActing => acts && full && row.contains(&own_row),
        May::Annotating => annotates,
        May::ActingOrAnnotating => acts || annotates,
        May::Sender => context.acts && sent,
        May::Seeing => seen,
        May::Nobody => false,
        May::Owner => context.own() || keeps,
        May::OwnerAlone => context.own(),
        May::Acting => acts,
        May::OwnerActing => acts && context.own() || keeps,
        May::MinistryActing => acts && ministry,
    };
    let tables: Vec<_> = TABLES
        .iter()
        .filter(|(table, ..)| asked.asks(table))
        .collect();
    let samples: Vec<Option<String>> = tables
        .iter()
        .map(|(table, ..)| sample(asked, context, table))
        .collect();
    let unopened = unopened(asked, context);
    asked.enter(context);
    let mut found =
        head(asked, context, acts, unopened.as_ref()).or_else(|| at_large(asked, context));
    for ((table, add, change, remove), sample) in tables.into_iter().zip(samples) {
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

/// A column that may be changed if the row may.
fn changes_in(table: &str) -> &'static str {
    match table {
        "agreement_access" => "updated_at",
        "agreement_facts" => "valid_to",
        "agreement_spells" => "left_at",
        "consolidations" => "version",
        _ => owner_of(table),
    }
}

/// A row of the case as the acting government would write it again.
fn sample(asked: &mut Asked, context: &Context, table: &str) -> Option<String> {
    let owner = owner_of(table);
    asked.one(&format!(
        "SELECT (to_jsonb(t) || CASE WHEN to_jsonb(t) ? 'acting_tenant' THEN jsonb_build_object('acting_tenant', '{}') ELSE '{{}}' END)::text AS x \
         FROM {table} t WHERE {owner} = '{}' AND agreement_id = '{}' LIMIT 1",
        context.actor, context.tenant, context.case
    ))
}

/// Inserts the same row again: a duplicate key error means that the policy let it through.
fn inserted(asked: &mut Asked, table: &str, row: &str, allowed: bool) -> Option<String> {
    let row = row.replace('\'', "''");
    let done = asked.write(&format!(
        "INSERT INTO {table} SELECT (jsonb_populate_record(NULL::{table}, '{row}')).*"
    ));
    let refused = matches!(&done, Err(error) if error.contains("row-level security"));
    (refused == allowed).then(|| format!("inserting into {table}: allowed {allowed}, {done:?}"))
}

/// Tries a change: without permission no row may change, with permission at least one must.
fn changed(asked: &mut Asked, sql: &str, allowed: bool) -> Option<String> {
    let done = asked.write(sql);
    let worked = match &done {
        // There is no row to change, so this proves nothing either way.
        Ok(0) => allowed && !there(asked, sql),
        Ok(_) => true,
        // Another table refers to this row, or the table only grows: the policy let the change
        // through or was not asked.
        Err(error) => allowed && error.contains("foreign key"),
    };
    let what: String = sql.split_whitespace().take(3).collect::<Vec<_>>().join(" ");
    let what = what
        .trim_end_matches(" SET")
        .trim_end_matches(" WHERE")
        .to_owned();
    (worked != allowed).then(|| format!("{what}: allowed {allowed}, {done:?}"))
}

/// Whether a row that the change is meant for exists, past every policy.
fn there(asked: &mut Asked, sql: &str) -> bool {
    let rows = sql.split_once(" WHERE ").map_or("true", |(_, rows)| rows);
    asked.holds(&format!(
        "EXISTS (SELECT 1 FROM {} WHERE {rows})",
        table_of(sql)
    ))
}

/// The table that a statement changes.
fn table_of(sql: &str) -> &str {
    let mut words = sql.split_whitespace();
    let table = words.find(|word| !["INSERT", "INTO", "UPDATE", "DELETE", "FROM"].contains(word));
    table.unwrap_or_default()
}

/// The head of a case that does not exist yet, as the acting government would write it.
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
        if !asked.asks("agreements") {
            return None;
        }
        return inserted(asked, "agreements", row, acts);
    }
    let head = format!(
        "UPDATE agreements SET version = version WHERE tenant_id = '{tenant}' AND id = '{case}'"
    );
    let words =
        format!("DELETE FROM search_words WHERE kind = 'agreements' AND subject_id = '{case}'");
    let tries = [head, words].into_iter();
    let mut asked_about = tries
        .filter(|sql| asked.asks(table_of(sql)))
        .collect::<Vec<_>>()
        .into_iter();
    asked_about.find_map(|sql| changed(asked, &sql, acts))
}
