//! The queries of lists, in the form that the stores use.

const CASES: &str = "agreement_access WHERE viewer_tenant = '00'";
const SOONEST: &str = "ORDER BY due_on, agreement_id LIMIT 51";
const NEWEST: &str = "ORDER BY updated_at DESC, agreement_id DESC LIMIT 51";
const OLDEST: &str = "ORDER BY updated_at, agreement_id LIMIT 51";

fn overlapping(filter: &str) -> String {
    format!(
        "SELECT a.agreement_id, b.agreement_id FROM agreement_counterparts a JOIN agreement_counterparts b \
         ON b.tenant_id = a.tenant_id AND b.counterpart_tenant = a.counterpart_tenant \
         AND b.counterpart_id = a.counterpart_id AND b.agreement_id > a.agreement_id \
         WHERE a.tenant_id = '14039' {filter} ORDER BY a.agreement_id, b.agreement_id LIMIT 200"
    )
}

/// Lists whose index also gives the order.
pub fn ordered() -> Vec<(&'static str, String)> {
    let list = |filter: &str, order: &str| format!("SELECT * FROM {CASES} {filter} {order}");
    vec![
        ("agreement_access", list("", NEWEST)),
        (
            "agreement_access",
            list("AND updated_at <= '2026-01-01 00:30:00' AND (updated_at < '2026-01-01 00:30:00' OR agreement_id < 'a1800')", NEWEST),
        ),
        // Followed from an instant on.
        ("agreement_access", list("", OLDEST)),
        ("agreement_access", list("AND updated_at >= '2026-01-01 00:50:00'", OLDEST)),
        ("agreement_access", list("AND updated_at >= '2026-01-01 00:50:00'", NEWEST)),
        (
            "agreement_access",
            list("AND updated_at >= '2026-01-01 00:30:00' AND (updated_at > '2026-01-01 00:30:00' OR agreement_id > 'a1800')", OLDEST),
        ),
        (
            "agreement_access",
            list("AND stage = 'draft' AND updated_at >= '2026-01-01 00:50:00'", OLDEST),
        ),
        ("agreement_access", list("AND stage = 'legal_review'", NEWEST)),
        ("agreement_access", list("AND kind = 'twinning'", NEWEST)),
        ("agreement_access", list("AND country = 'JP'", NEWEST)),
        ("agreement_access", list("AND owner_tenant = '14039'", NEWEST)),
        ("agreement_access", list("AND compliance = 'in_process'", NEWEST)),
        ("agreement_access", list("", "ORDER BY signed_on DESC, agreement_id DESC LIMIT 51")),
        ("agreement_access", list("AND priority = 'urgent'", NEWEST)),
        ("agreement_access", list("", SOONEST)),
        ("agreement_access", list("AND due_on < '2026-03-01'", SOONEST)),
        (
            "agreement_access",
            list("AND due_on >= '2026-02' AND due_on <= '2026-03-31~' AND due_on <> '9999-12-31'", SOONEST),
        ),
        // What the government itself must act on, drafts left alone, and what was announced to it.
        ("agreement_access", list("AND holder_tenant = '14' AND due_on <= '2026-07-01'", SOONEST)),
        (
            "agreement_access",
            list("AND stage = 'draft' AND updated_at <= '2026-01-01 00:30:00'", "ORDER BY updated_at, agreement_id LIMIT 51"),
        ),
        (
            "agreement_access",
            list("AND stage = 'draft' AND level = 'full' AND updated_at >= '2026-01-01 00:30:00'", "ORDER BY updated_at, agreement_id LIMIT 51"),
        ),
        ("calendars", "SELECT * FROM calendars ORDER BY id LIMIT 51".into()),
        (
            "agreement_turns",
            "SELECT * FROM agreement_turns WHERE tenant_id = '14039' AND agreement_id = 'a4' ORDER BY number DESC LIMIT 200".into(),
        ),
        (
            "agreement_assignments",
            "SELECT * FROM agreement_assignments WHERE viewer_tenant = '14039' AND agreement_id = 'a4' ORDER BY id DESC LIMIT 51".into(),
        ),
        (
            "counterparts",
            "SELECT * FROM counterparts WHERE retired_at IS NULL AND tenant_id = '14039' ORDER BY sort_name, id LIMIT 51".into(),
        ),
        (
            "counterparts",
            "SELECT * FROM counterparts WHERE retired_at IS NULL AND visibility = 'network' AND tenant_id <> '14039' ORDER BY sort_name, id LIMIT 51".into(),
        ),
        ("inscriptions", "SELECT * FROM inscriptions ORDER BY number DESC LIMIT 51".into()),
        ("inscriptions", "SELECT * FROM inscriptions ORDER BY signed_on DESC, number DESC LIMIT 51".into()),
        ("consolidations", "SELECT * FROM consolidations ORDER BY number DESC LIMIT 51".into()),
        ("consolidations", "SELECT * FROM consolidations ORDER BY signed_on DESC, number DESC LIMIT 51".into()),
        ("consolidations", "SELECT * FROM consolidations ORDER BY updated_at DESC, number DESC LIMIT 51".into()),
        ("consolidations", "SELECT * FROM consolidations ORDER BY updated_at, number LIMIT 51".into()),
        (
            "consolidations",
            "SELECT * FROM consolidations WHERE updated_at >= '2026-01-01 00:50:00' ORDER BY updated_at, number LIMIT 51".into(),
        ),
        (
            "consolidations",
            "SELECT * FROM consolidations WHERE updated_at >= '2026-01-01 00:30:00' AND (updated_at > '2026-01-01 00:30:00' OR number > '2026-101800') \
             ORDER BY updated_at, number LIMIT 51".into(),
        ),
        ("annotations", "SELECT * FROM annotations WHERE number = '2026-100001' AND ordinal > 100 ORDER BY ordinal LIMIT 51".into()),
        (
            "governments",
            "SELECT * FROM governments WHERE valid_to IS NULL AND tier = 'municipality' ORDER BY sort_name, id LIMIT 51".into(),
        ),
        (
            "governments",
            "SELECT * FROM governments WHERE valid_to IS NULL AND tier = 'municipality' AND parent_id = '14' ORDER BY sort_name, id LIMIT 51".into(),
        ),
        (
            "consolidation_facets",
            "SELECT f.number, c.content FROM consolidation_facets f JOIN consolidations c ON c.number = f.number \
             WHERE f.facet = 'country' AND f.value = 'JP' AND f.number < '~' ORDER BY f.number DESC LIMIT 200".into(),
        ),
        ("government_bodies", "SELECT * FROM government_bodies ORDER BY id LIMIT 51".into()),
        (
            "body_governments",
            "SELECT * FROM body_governments JOIN government_bodies ON government_bodies.tenant_id = body_governments.tenant_id \
             AND government_bodies.id = body_governments.body_id WHERE government_id = '14039' ORDER BY body_id LIMIT 51".into(),
        ),
        ("administrations", "SELECT * FROM administrations ORDER BY id LIMIT 51".into()),
        (
            "administrations",
            "SELECT * FROM administrations WHERE tenant_id = '14039' ORDER BY id LIMIT 51".into(),
        ),
        (
            "administrations",
            "SELECT * FROM administrations WHERE tenant_id = '14039' AND starts_on <= '2026-01-01' ORDER BY starts_on DESC LIMIT 1".into(),
        ),
    ]
}

/// Lists that start from the rows of a second index.
pub fn found() -> Vec<(&'static str, String)> {
    vec![
        // Pairs of one's own agreements that name one counterpart, and the next ones.
        ("agreement_counterparts_by_owner", overlapping("")),
        (
            "agreement_counterparts_by_owner",
            overlapping("AND a.agreement_id >= 'a1800' AND (a.agreement_id > 'a1800' OR b.agreement_id > 'a2000')"),
        ),
        (
            "overlap_resolutions",
            overlapping("AND EXISTS (SELECT 1 FROM overlap_resolutions r WHERE r.tenant_id = a.tenant_id AND r.agreement_id = a.agreement_id AND r.other_id = b.agreement_id)"),
        ),
        (
            "consolidation_facets",
            "SELECT * FROM consolidations WHERE number IN (SELECT number FROM consolidation_facets WHERE facet = 'country' AND value = 'JP') ORDER BY number DESC LIMIT 51".into(),
        ),
        (
            "consolidation_facets",
            "SELECT * FROM consolidations WHERE number IN (SELECT number FROM consolidation_facets WHERE facet = 'country' AND value IN ('JP', 'KR')) \
             ORDER BY number DESC LIMIT 51".into(),
        ),
        (
            "consolidations",
            "SELECT * FROM consolidations WHERE updated_at >= '2026-01-01 01:30:00' ORDER BY number DESC LIMIT 51".into(),
        ),
        (
            "consolidations",
            "SELECT * FROM consolidations WHERE registered_at >= '2026-01-01 00:50:00' AND registered_at < '2026-01-01 00:51:00' ORDER BY number DESC LIMIT 51".into(),
        ),
        (
            "consolidations",
            "SELECT * FROM consolidations WHERE ends_on >= '2031' AND ends_on <= '2031~' AND ends_on <> '' ORDER BY number DESC LIMIT 51".into(),
        ),
        // The inscriptions of the cases of one page.
        (
            "consolidations",
            "SELECT agreement_id, number, ends_on FROM consolidations WHERE agreement_id IN ('a4', 'a8', 'a12', 'a16')".into(),
        ),
        // What may be the same agreement.
        (
            "agreement_access",
            format!(
                "SELECT * FROM {CASES} AND owner_tenant = '14039' AND country IN ('JP', 'FR') AND kind = 'twinning' \
                 AND stage <> 'withdrawn' ORDER BY agreement_id"
            ),
        ),
        (
            "agreement_access",
            format!("SELECT * FROM {CASES} AND stage IN ('draft', 'legal_review') AND country IN ('JP', 'FR') {NEWEST}"),
        ),
        (
            "agreement_access",
            format!("SELECT * FROM {CASES} AND signed_on >= '2012' AND signed_on <= '2014~' AND signed_on <> '' {NEWEST}"),
        ),
        (
            "government_bodies",
            "SELECT * FROM government_bodies WHERE id IN (SELECT body_id FROM body_governments WHERE government_id IN ('14039', '14120')) \
             AND id > '' ORDER BY id LIMIT 51".into(),
        ),
        (
            "inscription_standings",
            "SELECT * FROM consolidations WHERE number IN (SELECT number FROM inscription_standings WHERE standing = 'terminated' \
             AND since <= '2026-11-21' AND until > '2026-11-21') ORDER BY number DESC LIMIT 51".into(),
        ),
        (
            "agreement_assignments",
            "SELECT * FROM agreement_access WHERE viewer_tenant = '14039' AND agreement_id IN (SELECT agreement_id FROM agreement_assignments \
             WHERE viewer_tenant = '14039' AND until IS NULL AND person_id = 'p7') ORDER BY updated_at DESC, agreement_id DESC LIMIT 51".into(),
        ),
        (
            "agreement_access",
            format!(
                "SELECT * FROM {CASES} AND owner_tenant = '14039' AND stage IN ('draft', 'returned', 'signed') \
                 ORDER BY priority DESC, due_on, updated_at DESC, agreement_id DESC LIMIT 21"
            ),
        ),
        (
            "agreement_counterparts",
            "SELECT tenant_id, agreement_id FROM agreement_counterparts WHERE counterpart_tenant = '14039' AND counterpart_id = 'c4' LIMIT 1001".into(),
        ),
        (
            "agreement_parties",
            "SELECT agreement_id FROM agreement_parties WHERE tenant_id = '14039' AND body_id = 'b4' LIMIT 1001".into(),
        ),
        (
            "inscription_facets",
            "SELECT * FROM inscriptions WHERE number IN (SELECT number FROM inscription_facets WHERE facet = 'country' AND value = 'JP') ORDER BY number DESC LIMIT 51".into(),
        ),
        (
            "agreement_access",
            format!("SELECT owner_tenant, stage, compliance, count(*), min(updated_at) FROM {CASES} AND owner_tenant IN ('14039', '14120') \
             GROUP BY owner_tenant, stage, compliance"),
        ),
        (
            "agreement_access",
            format!("SELECT agreement_id FROM {CASES} AND stage = 'draft' LIMIT 1001"),
        ),
        (
            "consolidation_facets",
            "SELECT value, count(*) FROM consolidation_facets WHERE facet = 'municipality' AND value IN ('14039', '14120') GROUP BY value".into(),
        ),
        (
            "search_words",
            "SELECT * FROM agreement_access WHERE viewer_tenant = '14039' AND agreement_id IN (SELECT subject_id FROM search_words \
             WHERE viewer = '14039' AND kind = 'agreements' AND word >= 'palabra17' AND word < 'palabra18') ORDER BY updated_at DESC, agreement_id DESC LIMIT 51".into(),
        ),
        (
            "search_words",
            "SELECT * FROM governments WHERE valid_to IS NULL AND id IN (SELECT subject_id FROM search_words \
             WHERE viewer = 'public' AND kind = 'governments' AND word >= 'guadalaj' AND word < 'guadalak') ORDER BY sort_name, id LIMIT 51".into(),
        ),
    ]
}
