//! The rows that each table shows in a context.

use super::asked::{Asked, Context, Seat};
use vinculo_domain::TenantId;

/// What is known about the context before a table is queried.
struct Known {
    context: Context,
    /// An access row exists.
    sees: bool,
    /// Its level is that of the owner's side.
    full: bool,
    /// The unit of work may change the case.
    acts: bool,
    /// It may write what otherwise only the owner writes, with a seat in the case or to open it.
    keeps: bool,
    /// The ministry or the owner's state acts.
    guards: bool,
}

impl Known {
    fn of(asked: &mut Asked, context: &Context) -> Self {
        let Context {
            tenant,
            actor,
            case,
            ..
        } = context;
        let access = |level: &str| {
            format!(
                "EXISTS (SELECT 1 FROM agreement_access WHERE viewer_tenant = '{actor}' \
                 AND agreement_id = '{case}' AND owner_tenant = '{tenant}' {level})"
            )
        };
        let seat = Seat::of(asked, context);
        Self {
            sees: asked.holds(&access("")),
            full: asked.holds(&access("AND level = 'full'")),
            acts: seat.acts,
            keeps: seat.keeps,
            guards: seat.guards,
            context: context.clone(),
        }
    }

    /// The rows of the case, if `open` holds.
    fn case(&self, open: bool) -> String {
        let Context { tenant, case, .. } = &self.context;
        format!("({open} AND tenant_id = '{tenant}' AND agreement_id = '{case}')")
    }

    fn own(&self) -> String {
        format!(
            "({} AND tenant_id = '{}')",
            self.context.own(),
            self.context.tenant
        )
    }

    /// What the owner's side and the acting government read.
    fn whole(&self) -> String {
        format!("{} OR {}", self.own(), self.case(self.full || self.acts))
    }

    /// The rows that each table shows, in plain SQL for a superuser.
    fn expected(&self) -> Vec<(&'static str, String)> {
        let Context {
            tenant,
            actor,
            case,
            acts: claims,
        } = &self.context;
        let whole = self.whole();
        let own = self.own();
        // The last version whose steps the acting government was told of.
        let told = format!(
            "(SELECT CASE WHEN a.known_version > 0 THEN a.known_version ELSE a.version END FROM agreement_access a \
             WHERE a.viewer_tenant = '{actor}' AND a.agreement_id = '{case}')"
        );
        let guards = self.guards;
        let ministry = *actor == TenantId::sre().to_string();
        let lent = ministry && self.keeps;
        let known = actor != "public";
        let acting = format!(
            "({} AND owner_tenant = '{tenant}' AND agreement_id = '{case}')",
            self.acts
        );
        let viewer = format!("viewer_tenant = '{actor}'");
        // Annotating an inscription recounts it for everybody.
        let counting = format!(
            "{viewer} OR viewer_tenant = 'public' OR {acting} OR ({} AND owner_tenant = '{tenant}' AND agreement_id = '{case}' \
             AND EXISTS (SELECT 1 FROM inscriptions i WHERE i.tenant_id = '{tenant}' AND i.agreement_id = '{case}'))",
            ministry && *claims
        );
        let by = format!("{whole} OR (tenant_id = '{tenant}' AND acting_tenant = '{actor}')");
        let sent =
            format!("SELECT submission_id FROM submission_access WHERE viewer_tenant = '{actor}'");
        let everybodys = |column: &str| {
            format!(
                "{column} = '{actor}' OR {column} = 'visibility:public' OR ({known} AND {column} = 'visibility:network') \
                 OR ({ministry} AND {column} = 'visibility:government') OR owner_tenant = '{actor}'"
            )
        };
        let answers = format!(
            "({claims} AND EXISTS (SELECT 1 FROM record_shares s WHERE s.tenant_id = '{tenant}' AND s.record_id = '{case}' \
             AND s.viewer_tenant = '{actor}' AND s.acts))"
        );
        vec![
            (
                "records",
                format!(
                    "tenant_id = '{actor}' OR visibility = 'public' OR ({known} AND visibility = 'network') \
                     OR ({ministry} AND visibility = 'government') \
                     OR id IN (SELECT record_id FROM record_shares WHERE {viewer})"
                ),
            ),
            ("record_versions", format!("tenant_id = '{actor}'")),
            ("overlap_resolutions", format!("tenant_id = '{actor}'")),
            (
                "record_shares",
                format!("{viewer} OR tenant_id = '{actor}'"),
            ),
            (
                "record_facets",
                format!(
                    "{} OR ({answers} AND owner_tenant = '{tenant}' AND record_id = '{case}')",
                    everybodys("viewer_tenant")
                ),
            ),
            (
                "record_counts",
                format!(
                    "{} OR ({answers} AND owner_tenant = '{tenant}' AND facet LIKE \
                     (SELECT kind || ':%' FROM records WHERE tenant_id = '{tenant}' AND id = '{case}'))",
                    everybodys("viewer_tenant")
                ),
            ),
            ("record_amounts", everybodys("viewer_tenant")),
            ("record_sums", everybodys("viewer_tenant")),
            (
                "record_links",
                format!("tenant_id = '{actor}' OR target_tenant = '{actor}'"),
            ),
            (
                "agreements",
                format!(
                    "{own} OR ({} AND tenant_id = '{tenant}' AND id = '{case}')",
                    self.sees || self.acts
                ),
            ),
            ("agreement_drafts", whole.clone()),
            ("agreement_parties", whole.clone()),
            ("party_approvals", whole.clone()),
            ("party_departures", whole.clone()),
            ("adhesions", whole.clone()),
            ("adhesion_signatories", whole.clone()),
            (
                "agreement_counterparts",
                format!("{whole} OR counterpart_tenant = '{actor}'"),
            ),
            (
                "agreement_grants",
                format!("{own} OR {viewer} OR {}", self.case(*claims)),
            ),
            ("agreement_access", format!("{viewer} OR {acting}")),
            ("agreement_facts", counting),
            (
                "agreement_fact_values",
                format!("{viewer} OR viewer_tenant = 'public' OR {acting}"),
            ),
            ("agreement_spells", format!("{viewer} OR {acting}")),
            ("document_access", format!("{viewer} OR {acting}")),
            ("submission_access", format!("{viewer} OR {acting}")),
            (
                "documents",
                format!(
                    "{} OR id IN (SELECT document_id FROM document_access WHERE {viewer})",
                    self.case(self.acts)
                ),
            ),
            (
                "document_classifications",
                format!(
                    "{} OR document_id IN (SELECT document_id FROM document_access WHERE {viewer})",
                    self.case(self.acts)
                ),
            ),
            ("submissions", format!("{whole} OR id IN ({sent})")),
            (
                "text_sets",
                format!(
                    "{whole} OR tenant_id = '{tenant}' AND (agreement_id, number) IN \
                     (SELECT s.agreement_id, s.text_set FROM submissions s WHERE s.id IN ({sent}))"
                ),
            ),
            (
                "text_clauses",
                format!(
                    "{whole} OR tenant_id = '{tenant}' AND (agreement_id, text_set) IN \
                     (SELECT s.agreement_id, s.text_set FROM submissions s WHERE s.id IN ({sent}))"
                ),
            ),
            ("remarks", by.clone()),
            ("opinions", by),
            (
                "signatories",
                format!(
                    "{whole} OR {} AND agreement_id IN \
                     (SELECT s.agreement_id FROM submissions s WHERE s.signed AND s.id IN ({sent}))",
                    self.case(true)
                ),
            ),
            (
                "history",
                format!(
                    "{whole} OR {} AND shared AND version <= {told}",
                    self.case(self.sees)
                ),
            ),
            (
                "external_ids",
                format!(
                    "{own} OR ({} AND tenant_id = '{tenant}' AND subject_kind = 'agreements' AND subject_id = '{case}') \
                     OR ({lent} AND tenant_id = '{tenant}' AND subject_kind = 'counterparts')",
                    self.keeps
                ),
            ),
            (
                "counterparts",
                format!(
                    "{own} OR tenant_id = '{actor}' OR ({lent} AND tenant_id = '{tenant}') OR visibility = 'public' OR ({known} AND visibility = 'network') \
                     OR ({ministry} AND visibility = 'government') OR (tenant_id, id) IN (SELECT counterpart_tenant, counterpart_id \
                     FROM agreement_counterparts WHERE tenant_id = '{tenant}' AND ({whole} OR counterpart_tenant = '{actor}'))"
                ),
            ),
            (
                "memberships",
                format!(
                    "tenant_id = '{tenant}' AND ({} OR role = 'liaison' OR role = 'officer' AND {guards})",
                    self.context.own()
                ),
            ),
            ("idempotency_keys", format!("tenant_id = '{actor}'")),
            ("import_batches", format!("tenant_id = '{actor}'")),
            ("import_rows", format!("tenant_id = '{actor}'")),
            ("storage_use", format!("tenant_id = '{actor}'")),
            ("audit_owners", format!("tenant_id = '{actor}'")),
            (
                "audit_log",
                format!(
                    "tenant_id = '{actor}' OR acting_tenant = '{actor}' \
                     OR id IN (SELECT audit_id FROM audit_owners WHERE tenant_id = '{actor}')"
                ),
            ),
            (
                "search_words",
                format!(
                    "viewer IN ('{actor}', 'public', 'visibility:public') OR ({known} AND viewer = 'visibility:network') \
                     OR ({ministry} AND viewer = 'visibility:government') \
                     OR ({} AND kind = 'agreements' AND subject_id = '{case}') \
                     OR ({} AND kind = 'counterparts' AND viewer LIKE 'visibility:%' \
                     AND subject_id IN (SELECT id FROM counterparts WHERE tenant_id = '{tenant}'))",
                    self.acts,
                    self.context.own()
                ),
            ),
            ("government_bodies", "true".into()),
            ("body_governments", "true".into()),
            ("administrations", "true".into()),
            (
                "agreement_turns",
                format!(
                    "{whole} OR {} AND stage <> 'draft' AND version <= {told}",
                    self.case(self.sees)
                ),
            ),
            (
                "agreement_urgencies",
                format!("{whole} OR {} AND version <= {told}", self.case(self.sees)),
            ),
            ("agreement_assignments", viewer.clone()),
            (
                "targets",
                format!(
                    "({known} AND promise) OR tenant_id = '{actor}' OR ({} AND tenant_id = '{tenant}')",
                    self.acts && !case.is_empty()
                ),
            ),
            ("score_methods", format!("{known} AND tenant_id = '00'")),
            ("calendars", "true".into()),
            ("calendar_versions", "true".into()),
            ("mechanisms", "true".into()),
            ("mechanism_facts", "true".into()),
            ("offices", "true".into()),
            ("inscriptions", "true".into()),
            ("inscription_facets", "true".into()),
            ("inscription_standings", "true".into()),
            ("annotations", "true".into()),
            ("consolidations", "true".into()),
            ("consolidation_facets", "true".into()),
        ]
    }
}

/// A digest of the rows of each table under a condition. Comparing only the number of rows would
/// accept the wrong rows.
fn digests(tables: &[(&str, String)]) -> String {
    let one = |(table, rows): &(&str, String)| {
        format!(
            "SELECT '{table} ' || count(*) || ' ' || coalesce(sum(hashtext({table}::text)), 0) AS x FROM {table} WHERE {rows}"
        )
    };
    tables
        .iter()
        .map(one)
        .collect::<Vec<_>>()
        .join(" UNION ALL ")
}

/// The first table that shows something other than it should.
pub fn breach(asked: &mut Asked, context: &Context) -> Option<String> {
    let mut expected = Known::of(asked, context).expected();
    expected.retain(|(table, _)| asked.asks(table));
    if expected.is_empty() {
        return None;
    }
    let wanted = asked.all(&digests(&expected));
    let everything: Vec<_> = expected
        .iter()
        .map(|(table, _)| (*table, "true".to_owned()))
        .collect();
    asked.enter(context);
    let found = asked.read(&digests(&everything));
    asked.leave();
    let differs = wanted
        .iter()
        .zip(&found)
        .find(|(wanted, found)| wanted != found);
    differs.map(|(wanted, found)| {
        let table = wanted.split(' ').next().unwrap_or_default();
        format!("reading {table}: {found} and not {wanted}")
    })
}
