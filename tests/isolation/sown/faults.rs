//! The faults, each with where it shows. What changes the world comes last.

/// Where a fault is looked for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Check {
    Cells(&'static [&'static str]),
    Lists,
    Searches,
    OnRecord,
    Former,
    Duties,
    Tags,
    Cursors,
    Broken,
    Paths,
    Keys,
}

impl Check {
    /// What it compares.
    pub fn name(self) -> &'static str {
        match self {
            Self::Cells(_) => "cells",
            Self::Lists => "lists against the table",
            Self::Searches => "searches by what is not to be read",
            Self::OnRecord => "reads on record",
            Self::Former => "a former reviewer, before and after",
            Self::Duties => "one person who submits and forwards",
            Self::Tags => "tags of other readers",
            Self::Cursors => "cursors of others",
            Self::Broken => "broken principals",
            Self::Paths => "documents under another case",
            Self::Keys => "keys of repetition of others",
        }
    }
}

/// A fault by its name in `vinculo_domain::faults`, or by the column whose filter is dropped.
pub struct Fault {
    pub name: &'static str,
    pub check: Check,
}

impl Fault {
    /// What it breaks.
    pub fn breaks(&self) -> &'static str {
        let named = vinculo_domain::faults::FAULTS.iter();
        let mut named = named.filter(|(name, _)| *name == self.name);
        named
            .next()
            .map_or("a filter is dropped", |(_, what)| *what)
    }
}

const fn fault(name: &'static str, check: Check) -> Fault {
    Fault { name, check }
}

pub const FAULTS: &[Fault] = &[
    fault("counterparts::columns::tenant_id", Check::Lists),
    fault("counterparts::columns::visibility", Check::Lists),
    fault("search_words::columns::viewer", Check::Searches),
    fault("counterparts::visible", Check::Cells(&["get_counterpart"])),
    fault(
        "agreement_access::columns::viewer_tenant",
        Check::Cells(&["get_agreement"]),
    ),
    fault(
        "agreement_grants::columns::viewer_tenant",
        Check::Cells(&["transition_agreement"]),
    ),
    fault(
        "document_access::columns::viewer_tenant",
        Check::Cells(&["list_documents"]),
    ),
    fault(
        "submission_access::columns::viewer_tenant",
        Check::Cells(&["get_agreement", "list_text_sets"]),
    ),
    fault(
        "remarks::columns::acting_tenant",
        Check::Cells(&["get_agreement"]),
    ),
    fault(
        "external_ids::columns::tenant_id",
        Check::Cells(&["list_counterparts"]),
    ),
    fault(
        "audit_owners::columns::tenant_id",
        Check::Cells(&["list_reads"]),
    ),
    fault("any role", Check::Cells(&["create_agreement"])),
    fault("any reader", Check::Cells(&["get_agreement"])),
    fault(
        "any seat",
        Check::Cells(&["update_agreement", "create_text_set"]),
    ),
    fault("parents see", Check::Cells(&["get_agreement"])),
    fault("reviewers see all", Check::Cells(&["get_agreement"])),
    fault("quiet history", Check::Former),
    fault("version of the head", Check::Former),
    fault("anywhere's document", Check::Paths),
    fault("any government's cursor", Check::Cursors),
    fault("any government's key", Check::Keys),
    fault("any person's key", Check::Keys),
    fault("tag without viewer", Check::Tags),
    fault("ended session", Check::Broken),
    fault("suspended government", Check::Broken),
    fault("suspended person", Check::Broken),
    fault("expired token", Check::Broken),
    fault("one person for both", Check::Duties),
    fault("silent refusals", Check::Cells(&["update_agreement"])),
    fault("silent reads", Check::OnRecord),
    fault("dry runs are kept", Check::Cells(&["create_counterpart"])),
];
