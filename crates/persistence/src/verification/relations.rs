//! What must agree between tables: each statement gives a row for each disagreement. They are
//! constant, and both engines run them. Each names the migration that created the newest thing it
//! uses: a database without that migration is older, not damaged.

use super::engine::direct;
use super::{Finding, Findings, RESTORE, Weight};
use crate::snapshot::Snapshot;
use crate::stores::records::counted;

const RELATIONS: [(&str, &str, &str); 20] = [
    // Every number that was given exists, and none was skipped.
    (
        "inscription_numbers",
        "0001",
        "SELECT 'registry:' || i.year || ': ' || count(*) || ' inscriptions up to ' || max(i.ordinal) || ', counter ' || \
         coalesce((SELECT c.value FROM counters c WHERE c.series = 'registry:' || i.year), 0) AS subject \
         FROM inscriptions i GROUP BY i.year HAVING count(*) <> max(i.ordinal) \
         OR count(*) <> coalesce((SELECT c.value FROM counters c WHERE c.series = 'registry:' || i.year), 0)",
    ),
    (
        "inscription_counters",
        "0001",
        "SELECT c.series || ': counter ' || c.value || ', no inscription' AS subject FROM counters c \
         WHERE c.series LIKE 'registry:%' AND c.value <> 0 \
         AND NOT EXISTS (SELECT 1 FROM inscriptions i WHERE 'registry:' || i.year = c.series)",
    ),
    (
        "inscription_spelling",
        "0001",
        "SELECT 'inscription ' || number AS subject FROM inscriptions WHERE number NOT LIKE year || '-%' || ordinal",
    ),
    (
        "inscription_of_case",
        "0001",
        "SELECT 'inscription ' || i.number AS subject FROM inscriptions i LEFT JOIN agreements a \
         ON a.tenant_id = i.tenant_id AND a.id = i.agreement_id WHERE coalesce(a.inscription, '') <> i.number",
    ),
    (
        "consolidation_missing",
        "0008",
        "SELECT 'inscription ' || number AS subject FROM inscriptions EXCEPT SELECT 'inscription ' || number FROM consolidations",
    ),
    (
        "consolidation_alone",
        "0008",
        "SELECT 'consolidation ' || number AS subject FROM consolidations EXCEPT SELECT 'consolidation ' || number FROM inscriptions",
    ),
    (
        "consolidation_annotations",
        "0008",
        "SELECT 'consolidation ' || c.number AS subject FROM consolidations c \
         WHERE c.annotations <> (SELECT count(*) FROM annotations a WHERE a.number = c.number)",
    ),
    // Events have their positions without gaps, as far as positions were given.
    (
        "outbox_positions",
        "0001",
        "SELECT 'outbox: ' || count(position) || ' places up to ' || coalesce(max(position), 0) || ', counter ' || \
         coalesce((SELECT value FROM counters WHERE series = 'outbox'), 0) AS subject FROM outbox \
         HAVING count(position) <> coalesce(max(position), 0) OR count(DISTINCT position) <> count(position) \
         OR coalesce(max(position), 0) <> coalesce((SELECT value FROM counters WHERE series = 'outbox'), 0)",
    ),
    // A step leaves a line of history, an event and a line of the audit log, or none of them.
    (
        "history_without_event",
        "0001",
        "SELECT 'history ' || agreement_id || ' version ' || version AS subject FROM history \
         EXCEPT SELECT 'history ' || subject_id || ' version ' || version FROM outbox",
    ),
    (
        "history_without_audit",
        "0001",
        "SELECT 'history ' || agreement_id || ' version ' || version AS subject FROM history \
         EXCEPT SELECT 'history ' || subject_id || ' version ' || version FROM audit_log WHERE subject_id IS NOT NULL AND version IS NOT NULL",
    ),
    // Access is derived from grants.
    (
        "grant_without_access",
        "0001",
        "SELECT 'agreement_access ' || viewer_tenant || ' ' || agreement_id AS subject FROM agreement_grants WHERE until IS NULL \
         EXCEPT SELECT 'agreement_access ' || viewer_tenant || ' ' || agreement_id FROM agreement_access",
    ),
    (
        "access_without_grant",
        "0001",
        "SELECT 'agreement_access ' || viewer_tenant || ' ' || agreement_id AS subject FROM agreement_access \
         EXCEPT SELECT 'agreement_access ' || viewer_tenant || ' ' || agreement_id FROM agreement_grants WHERE until IS NULL",
    ),
    (
        "access_level",
        "0001",
        "SELECT 'agreement_access ' || a.viewer_tenant || ' ' || a.agreement_id AS subject FROM agreement_access a JOIN \
         (SELECT viewer_tenant, agreement_id, max(CASE level WHEN 'full' THEN 3 WHEN 'submitted' THEN 2 ELSE 1 END) AS level \
         FROM agreement_grants WHERE until IS NULL GROUP BY viewer_tenant, agreement_id) g \
         ON g.viewer_tenant = a.viewer_tenant AND g.agreement_id = a.agreement_id \
         WHERE g.level <> CASE a.level WHEN 'full' THEN 3 WHEN 'submitted' THEN 2 ELSE 1 END",
    ),
    (
        "access_of_owner",
        "0001",
        "SELECT 'agreement_access ' || a.viewer_tenant || ' ' || a.agreement_id AS subject FROM agreement_access a \
         JOIN agreements c ON c.tenant_id = a.owner_tenant AND c.id = a.agreement_id \
         WHERE a.level = 'full' AND (a.version <> c.version OR a.stage <> c.stage)",
    ),
    (
        "error_of_sight",
        "0017",
        "SELECT 'agreement_access ' || a.viewer_tenant || ' ' || a.agreement_id AS subject FROM agreement_access a \
         JOIN agreements c ON c.tenant_id = a.owner_tenant AND c.id = a.agreement_id \
         WHERE a.recorded_in_error <> c.recorded_in_error",
    ),
    // Statistics are counted from facts: each accessible case has one that is open, but for records
    // that were withdrawn in error.
    (
        "facts_of_sight",
        "0017",
        "SELECT 'agreement_facts ' || viewer_tenant || ' ' || agreement_id || ' ' || stage AS subject FROM agreement_access \
         WHERE NOT recorded_in_error EXCEPT SELECT 'agreement_facts ' || viewer_tenant || ' ' || agreement_id || ' ' || stage FROM agreement_facts \
         WHERE valid_to >= '9999-01-01 00:00:00'",
    ),
    // The newest version of a record is the last of its versions; its owner finds it, and others
    // only under the visibility that it has.
    (
        "record_version",
        "0019",
        "SELECT 'record ' || id || ' version ' || version || ' ' || body AS subject FROM records \
         EXCEPT SELECT 'record ' || record_id || ' version ' || version || ' ' || body FROM record_versions",
    ),
    (
        "record_not_found",
        "0019",
        "SELECT 'record ' || id AS subject FROM records WHERE retired_at IS NULL \
         EXCEPT SELECT 'record ' || record_id FROM record_facets WHERE viewer_tenant = owner_tenant AND facet LIKE '%:all='",
    ),
    (
        "record_not_in_order",
        "0020",
        "SELECT 'record ' || id AS subject FROM records WHERE retired_at IS NULL \
         EXCEPT SELECT 'record ' || record_id FROM record_facets WHERE viewer_tenant = owner_tenant AND facet LIKE '%:changed='",
    ),
    (
        "record_found_elsewhere",
        "0019",
        "SELECT DISTINCT 'record_facets ' || f.viewer_tenant || ' ' || f.record_id AS subject FROM record_facets f JOIN records r \
         ON r.tenant_id = f.owner_tenant AND r.id = f.record_id \
         WHERE f.viewer_tenant LIKE 'visibility:%' AND f.viewer_tenant <> 'visibility:' || r.visibility",
    ),
];

/// Values counted from other rows, which may be counted again.
const COUNTED: [(&str, &str, &str, &str); 6] = [
    // A government's use of its quota is the sum of what it has added.
    (
        "storage_use",
        "0013",
        "SELECT 'storage_use ' || d.tenant AS subject FROM \
         (SELECT acting_tenant AS tenant, count(*) AS files, sum(size) AS bytes FROM documents GROUP BY acting_tenant) d \
         LEFT JOIN storage_use u ON u.tenant_id = d.tenant \
         WHERE coalesce(u.files, 0) <> d.files OR coalesce(u.bytes, 0) <> d.bytes",
        RECOUNT,
    ),
    (
        "storage_use_of_nothing",
        "0013",
        "SELECT 'storage_use ' || u.tenant_id AS subject FROM storage_use u WHERE u.files <> 0 \
         AND NOT EXISTS (SELECT 1 FROM documents d WHERE d.acting_tenant = u.tenant_id)",
        RECOUNT,
    ),
    // Of records, what figures add up.
    (
        "record_counts",
        "0025",
        concat!(
            "SELECT 'record_counts ' || viewer_tenant || ' ' || facet || ' ' || owner_tenant || ' ' || count(*) AS subject \
             FROM record_facets WHERE ",
            counted!(),
            " GROUP BY viewer_tenant, facet, owner_tenant \
         EXCEPT SELECT 'record_counts ' || viewer_tenant || ' ' || facet || ' ' || owner_tenant || ' ' || records FROM record_counts"
        ),
        RECOUNT_RECORDS,
    ),
    (
        "record_counts_of_nothing",
        "0025",
        "SELECT 'record_counts ' || c.viewer_tenant || ' ' || c.facet || ' ' || c.owner_tenant AS subject FROM record_counts c \
         WHERE NOT EXISTS (SELECT 1 FROM record_facets f WHERE f.viewer_tenant = c.viewer_tenant AND f.facet = c.facet \
         AND f.owner_tenant = c.owner_tenant)",
        RECOUNT_RECORDS,
    ),
    (
        "record_sums",
        "0026",
        "SELECT 'record_sums ' || viewer_tenant || ' ' || kind || ' ' || name || ' ' || unit || ' ' || year || ' ' || owner_tenant \
         || ' ' || count(*) || ' ' || sum(value / 1000000000) || ' ' || sum(value % 1000000000) AS subject \
         FROM record_amounts GROUP BY viewer_tenant, kind, name, unit, year, owner_tenant \
         EXCEPT SELECT 'record_sums ' || viewer_tenant || ' ' || kind || ' ' || name || ' ' || unit || ' ' || year || ' ' || owner_tenant \
         || ' ' || amounts || ' ' || billions || ' ' || rest FROM record_sums",
        RECOUNT_RECORDS,
    ),
    (
        "record_sums_of_nothing",
        "0026",
        "SELECT 'record_sums ' || s.viewer_tenant || ' ' || s.kind || ' ' || s.name || ' ' || s.owner_tenant AS subject FROM record_sums s \
         WHERE NOT EXISTS (SELECT 1 FROM record_amounts a WHERE a.viewer_tenant = s.viewer_tenant AND a.kind = s.kind \
         AND a.name = s.name AND a.unit = s.unit AND a.year = s.year AND a.owner_tenant = s.owner_tenant)",
        RECOUNT_RECORDS,
    ),
];
/// What to do about them.
const RECOUNT: &str = "run `vinculo migrate`, which counts them anew";
const RECOUNT_RECORDS: &str =
    "run `vinculo migrate --seal` with the service stopped, which counts them anew";

pub(super) fn check(snapshot: &mut Snapshot, findings: &mut Findings) {
    let applied = match snapshot.migrations() {
        Ok(applied) => applied,
        Err(refusal) => {
            return findings.damage("migrations", "the database", refusal.to_string(), RESTORE);
        }
    };
    for (name, since, sql) in RELATIONS {
        // On PostgreSQL a statement about a missing table would end the transaction.
        if applied.iter().any(|version| version == since) {
            direct(snapshot, findings, name, sql);
        }
    }
    for (name, since, sql, advice) in COUNTED {
        if !applied.iter().any(|version| version == since) {
            continue;
        }
        match snapshot.lines(sql) {
            Ok(lines) => lines.into_iter().for_each(|place| {
                findings.add(Finding {
                    weight: Weight::Warning,
                    check: name,
                    place,
                    what: "is not what is there".into(),
                    advice,
                });
            }),
            Err(error) => findings.damage(name, "the database", error.to_string(), RESTORE),
        }
    }
}
