//! Faults in what belongs to records.

use super::{Fault, fault};

const COUNTED: &str =
    "OR owner_tenant = (SELECT app_tenant()) AND facet LIKE (SELECT acted_facets())";
const ANSWERED: &str = "OR tenant_id = (SELECT app_tenant()) AND id = (SELECT acted_record())";

pub const FAULTS: &[Fault] = &[
    fault(
        "reads ON records",
        "private records of others",
        &[("visibility = 'public'", "true")],
    ),
    fault(
        "reads ON records",
        "what is meant for the ministry",
        &[("AND (SELECT is_ministry())", "")],
    ),
    fault(
        "reads ON records",
        "every record of who shared one",
        &[("AND s.record_id = records.id", "")],
    ),
    fault(
        "changes ON records",
        "whoever sees a record changes it",
        &[("tenant_id = (SELECT app_actor())", "true")],
    ),
    fault(
        "changes ON records",
        "whoever is asked cannot answer",
        &[(ANSWERED, "")],
    ),
    fault(
        "reads ON record_versions",
        "versions of when it was not shared",
        &[("tenant_id = (SELECT app_actor())", "true")],
    ),
    fault(
        "adds ON record_versions",
        "a version of another's record",
        &[("tenant_id = (SELECT app_actor())", "true")],
    ),
    fault(
        "erases ON record_versions",
        "a government cannot erase its own history",
        &[("USING (tenant_id = (SELECT app_actor()))", "USING (false)")],
    ),
    fault(
        "reads ON overlap_resolutions",
        "what others decided",
        &[("tenant_id = (SELECT app_actor())", "true")],
    ),
    fault(
        "adds ON overlap_resolutions",
        "a decision in the name of another",
        &[("tenant_id = (SELECT app_actor())", "true")],
    ),
    fault(
        "reads ON record_shares",
        "with whom others share",
        &[("viewer_tenant = (SELECT app_actor())", "true")],
    ),
    fault(
        "adds ON record_shares",
        "a share of another's record",
        &[("tenant_id = (SELECT app_actor())", "true")],
    ),
    fault(
        "removes ON record_shares",
        "another's share ends",
        &[("tenant_id = (SELECT app_actor())", "true")],
    ),
    fault(
        "reads ON record_facets",
        "what others find",
        &[(
            "viewer_tenant = ANY ((SELECT app_viewers())::text[])",
            "true",
        )],
    ),
    fault(
        "adds ON record_facets",
        "another's record in a list",
        &[("owner_tenant = (SELECT app_actor())", "true")],
    ),
    fault(
        "removes ON record_facets",
        "another's record out of a list",
        &[("owner_tenant = (SELECT app_actor())", "true")],
    ),
    fault(
        "reads ON record_counts",
        "how many records others keep for themselves",
        &[(
            "viewer_tenant = ANY ((SELECT app_viewers())::text[])",
            "true",
        )],
    ),
    fault(
        "adds ON record_counts",
        "a count of another's records",
        &[("owner_tenant = (SELECT app_actor())", "true")],
    ),
    fault(
        "adds ON record_counts",
        "what is answered is not counted",
        &[(COUNTED, "")],
    ),
    fault(
        "changes ON record_counts",
        "another's counts change",
        &[("owner_tenant = (SELECT app_actor())", "true")],
    ),
    fault(
        "removes ON record_counts",
        "another's counts go",
        &[("owner_tenant = (SELECT app_actor())", "true")],
    ),
    fault(
        "reads ON record_amounts",
        "sums of what others have",
        &[(
            "viewer_tenant = ANY ((SELECT app_viewers())::text[])",
            "true",
        )],
    ),
    fault(
        "reads ON record_sums",
        "what others have, added up",
        &[(
            "viewer_tenant = ANY ((SELECT app_viewers())::text[])",
            "true",
        )],
    ),
    fault(
        "adds ON record_sums",
        "a sum of another's",
        &[("owner_tenant = (SELECT app_actor())", "true")],
    ),
    fault(
        "changes ON record_sums",
        "another's sums change",
        &[("owner_tenant = (SELECT app_actor())", "true")],
    ),
    fault(
        "removes ON record_sums",
        "another's sums go",
        &[("owner_tenant = (SELECT app_actor())", "true")],
    ),
    fault(
        "reads ON record_links",
        "what others name",
        &[("target_tenant = (SELECT app_actor())", "true")],
    ),
    fault(
        "adds ON record_links",
        "a link of another's record",
        &[("tenant_id = (SELECT app_actor())", "true")],
    ),
    fault(
        "app_viewers()",
        "everybody finds what is meant for the ministry",
        &[("WHEN public.is_ministry()", "WHEN true")],
    ),
    fault(
        "app_viewers()",
        "nobody in particular finds what is meant for governments",
        &[("public.app_actor() <> 'public'", "true")],
    ),
    fault(
        "acted_facets()",
        "whoever answers one kind changes the counts of all",
        &[("r.kind || ':%'", "'%'")],
    ),
    fault(
        "acted_record()",
        "whoever a record is shared with answers in it",
        &[("AND s.acts", "")],
    ),
    fault(
        "acted_record()",
        "whoever is asked once answers everywhere",
        &[("AND s.record_id = public.app_case()", "")],
    ),
];
