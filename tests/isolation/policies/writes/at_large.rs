//! Writes to rows that belong to no case.

use super::{changed, table_of};
use crate::policies::asked::{Asked, Context};
use vinculo_domain::TenantId;

/// Tries rows that belong to no case, as if the owner had asked for it.
pub fn at_large(asked: &mut Asked, context: &Context) -> Option<String> {
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
    let method = |owner: &str| {
        format!(
            "INSERT INTO score_methods VALUES ('{owner}', 'x', 99, '2050-01-01', '{{}}', now(), NULL, '{owner}')"
        )
    };
    // One more decision of Guadalajara's, on agreements that exist.
    let decided = "SELECT concat_ws(''', ''', tenant_id, agreement_id, other_id) AS x FROM overlap_resolutions LIMIT 1";
    let decided = asked.one(decided).unwrap_or_default();
    let decision = format!(
        "INSERT INTO overlap_resolutions VALUES ('{decided}', 99, 'merge', 'x', NULL, '{{}}', NULL, '{actor}', now())"
    );
    let seen = asked.sees(context);
    let assignment = |owner: &str| {
        format!(
            "INSERT INTO agreement_assignments VALUES ('{owner}', 'x', '{}', '{tenant}', NULL, NULL, NULL, now(), now())",
            context.case
        )
    };
    let tries = records(asked, context, others).into_iter().chain([
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
        (method(actor), Some(ministry)),
        (method(others), Some(false)),
        (target(actor), Some(owned)),
        (target(others), Some(false)),
        (decision, Some(actor == "14039")),
        (format!("UPDATE agreement_access SET updated_at = updated_at WHERE viewer_tenant <> '{actor}'"), Some(false)),
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
        (format!("INSERT INTO storage_use VALUES ('{others}', 0, 0)"), Some(false)),
        (id, Some(context.own() && owned)),
        ("INSERT INTO audit_owners SELECT '11', id, '[]' FROM audit_log WHERE acting_tenant <> app_actor() LIMIT 1".to_owned(), None),
        (format!("UPDATE memberships SET role = role WHERE tenant_id = '{others}'"), Some(false)),
    ]);
    let asked_about = tries
        .filter(|(sql, _)| asked.asks(table_of(sql)))
        .collect::<Vec<_>>();
    asked_about
        .into_iter()
        .find_map(|(sql, allowed)| match allowed {
            Some(allowed) => changed(asked, &sql, allowed),
            // The owner may change such rows if it has any; others are always refused.
            None if context.own() && !sql.contains("audit_owners") => None,
            None => changed(asked, &sql, false),
        })
}

/// Versions before the newest of their record.
const EARLIER: &str = "version < (SELECT r.version FROM records r WHERE r.tenant_id = record_versions.tenant_id AND r.id = record_versions.record_id)";

/// Writes to the tables of records: by the owner, by the government that a record asks, by others.
fn records(asked: &mut Asked, context: &Context, others: &str) -> Vec<(String, Option<bool>)> {
    let Context {
        tenant,
        actor,
        case,
        acts,
    } = context;
    let is_record = asked.holds(&format!(
        "EXISTS (SELECT 1 FROM records WHERE tenant_id = '{tenant}' AND id = '{case}')"
    ));
    let answers = *acts
        && asked.holds(&format!(
            "EXISTS (SELECT 1 FROM record_shares WHERE tenant_id = '{tenant}' AND record_id = '{case}' \
             AND viewer_tenant = '{actor}' AND acts)"
        ));
    let own = context.own();
    // A facet that is not counted: no policy but its own refuses it.
    let facet = |owner: &str| {
        format!(
            "INSERT INTO record_facets VALUES ('visibility:public', 'x:word=x', 'x', '{case}', '{owner}')"
        )
    };
    let kind = asked.one(&format!(
        "SELECT kind AS x FROM records WHERE tenant_id = '{tenant}' AND id = '{case}'"
    ));
    let kind = kind.as_deref().unwrap_or("budgets");
    let count = |owner: &str, kind: &str| {
        format!(
            "INSERT INTO record_counts VALUES ('visibility:public', '{kind}:x=x', '{owner}', 1)"
        )
    };
    let recount = |owner: &str| {
        format!("UPDATE record_counts SET records = records + 1 WHERE owner_tenant = '{owner}'")
    };
    let amount = |owner: &str| {
        format!(
            "INSERT INTO record_amounts VALUES ('{owner}', 'x', 'x', 'x', 1, '{case}', '{owner}', 1)"
        )
    };
    let sum = |owner: &str| {
        format!(
            "INSERT INTO record_sums VALUES ('visibility:public', 'x', 'x', 'x', 1, '{owner}', 1, 0, 1)"
        )
    };
    let added = |owner: &str| {
        format!("UPDATE record_sums SET amounts = amounts + 1 WHERE owner_tenant = '{owner}'")
    };
    let link = |owner: &str| {
        format!(
            "INSERT INTO record_links VALUES ('{owner}', '{case}', 'x', '11', NULL, NULL, NULL, NULL, NULL, NULL, '11')"
        )
    };
    let share = |owner: &str| {
        format!("INSERT INTO record_shares VALUES ('{owner}', '{case}', '31', false)")
    };
    let version = |owner: &str| {
        format!(
            "INSERT INTO record_versions VALUES ('{owner}', '{case}', 99, 'x', 1, '{{}}', NULL, NULL, '{actor}', now())"
        )
    };
    let erased = |owner: &str| {
        format!(
            "UPDATE record_versions SET body = '{{}}', erased_at = now() WHERE tenant_id = '{owner}'"
        )
    };
    let of_others = |table: &str, column: &str| {
        (
            format!("DELETE FROM {table} WHERE {column} = '{others}'"),
            Some(false),
        )
    };
    let mut tries = vec![
        (
            format!("UPDATE records SET acting_tenant = '{actor}' WHERE tenant_id = '{others}'"),
            Some(false),
        ),
        (
            format!(
                "UPDATE records SET acting_tenant = '{actor}' WHERE tenant_id = '{tenant}' AND id = '{case}'"
            ),
            Some(is_record && (own || answers)),
        ),
        (facet(others), Some(false)),
        (facet(tenant), Some(own || answers)),
        (count(others, kind), Some(false)),
        (count(tenant, kind), Some(own || answers)),
        (count(tenant, "commitments"), Some(own)),
        (recount(others), Some(false)),
        (amount(others), Some(false)),
        (amount(tenant), Some(own)),
        (sum(others), Some(false)),
        (sum(tenant), Some(own)),
        (added(others), Some(false)),
        (link(others), Some(false)),
        (share(others), Some(false)),
        (version(others), Some(false)),
        (erased(others), Some(false)),
        (format!("{} AND {EARLIER}", erased(actor)), Some(true)),
        // Rows that whoever acts may read, of records that it neither owns nor answers.
        (
            format!(
                "DELETE FROM record_facets WHERE viewer_tenant IN ('{actor}', 'visibility:public') AND owner_tenant <> '{actor}' AND record_id <> '{case}'"
            ),
            Some(false),
        ),
        (
            format!(
                "DELETE FROM record_shares WHERE viewer_tenant = '{actor}' AND tenant_id <> '{actor}'"
            ),
            Some(false),
        ),
        (
            format!(
                "DELETE FROM record_amounts WHERE viewer_tenant = 'visibility:public' AND owner_tenant <> '{actor}'"
            ),
            Some(false),
        ),
        of_others("record_facets", "owner_tenant"),
        of_others("record_counts", "owner_tenant"),
        (
            format!(
                "DELETE FROM record_counts WHERE viewer_tenant IN ('{actor}', 'visibility:public') AND owner_tenant NOT IN ('{actor}', '{tenant}')"
            ),
            Some(false),
        ),
        of_others("record_amounts", "owner_tenant"),
        of_others("record_sums", "owner_tenant"),
        (
            format!(
                "DELETE FROM record_sums WHERE viewer_tenant = 'visibility:public' AND owner_tenant <> '{actor}'"
            ),
            Some(false),
        ),
        of_others("record_links", "tenant_id"),
        of_others("record_shares", "tenant_id"),
    ];
    if is_record && !own {
        // An owner without amounts has no sum to change.
        tries.push((added(tenant), Some(false)));
    }
    if is_record {
        tries.push((recount(tenant), Some(own || answers)));
        tries.push((link(tenant), Some(own)));
        tries.push((share(tenant), Some(own)));
        tries.push((version(tenant), Some(own || answers)));
    }
    tries
}
