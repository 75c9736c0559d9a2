//! The injected faults, each with the check that finds it. Those that change the world come last.

/// The check that looks for a fault.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Check {
    Cells(&'static [&'static str]),
    Lists,
    Figures,
    Searches,
    OnRecord,
    Former,
    Duties,
    Tags,
    Cursors,
    Broken,
    Paths,
    Keys,
    Renames,
    RecordLists,
    Targets,
    Sums,
    Links,
    Spaces,
}

impl Check {
    /// What the check compares.
    pub fn name(self) -> &'static str {
        match self {
            Self::Cells(_) => "cells",
            Self::Lists => "lists against the table",
            Self::Figures => "figures against the table",
            Self::Searches => "searches by what is not to be read",
            Self::OnRecord => "reads on record",
            Self::Former => "a former reviewer, before and after",
            Self::Duties => "one person who submits and forwards",
            Self::Tags => "tags of other readers",
            Self::Cursors => "cursors of others",
            Self::Broken => "broken principals",
            Self::Paths => "documents under another case",
            Self::Keys => "keys of repetition of others",
            Self::Renames => "a renamed counterpart in the cases that name it",
            Self::RecordLists => "lists of records against the table",
            Self::Targets => "records by what is out of sight",
            Self::Sums => "sums of records against the table",
            Self::Links => "links to what is out of sight",
            Self::Spaces => "a new private record in the lists of others",
        }
    }
}

/// An injected fault: a name from `vinculo_domain::faults`, or the column whose filter is dropped.
pub struct Fault {
    pub name: &'static str,
    filters: Option<&'static str>,
    pub check: Check,
}

impl Fault {
    /// What it breaks.
    pub fn breaks(&self) -> &'static str {
        let named = vinculo_domain::faults::FAULTS.iter();
        let mut named = named.filter(|(name, _)| *name == self.name);
        let said = named.next().map(|(_, what)| *what);
        self.filters.or(said).expect("on one of the lists")
    }
}

/// A dropped filter and what it breaks.
const fn filter(name: &'static str, breaks: &'static str, check: Check) -> Fault {
    Fault {
        name,
        filters: Some(breaks),
        check,
    }
}

const fn fault(name: &'static str, check: Check) -> Fault {
    Fault {
        name,
        filters: None,
        check,
    }
}

pub const FAULTS: &[Fault] = &[
    filter(
        "counterparts::columns::tenant_id",
        "everybody's counterparts are listed as one's own",
        Check::Lists,
    ),
    filter(
        "counterparts::columns::visibility",
        "private counterparts are listed as shared ones",
        Check::Lists,
    ),
    filter(
        "search_words::columns::viewer",
        "a search goes by the words of every government",
        Check::Searches,
    ),
    filter(
        "import_batches::columns::tenant_id",
        "a file is shown whoever brought it in",
        Check::Cells(&["get_import"]),
    ),
    filter(
        "counterparts::visible",
        "a counterpart is shown whoever asks",
        Check::Cells(&["get_counterpart"]),
    ),
    filter(
        "agreement_access::columns::viewer_tenant",
        "a case is seen whoever asks",
        Check::Cells(&["get_agreement"]),
    ),
    filter(
        "agreement_grants::columns::viewer_tenant",
        "everybody has every part in a case",
        Check::Cells(&["transition_agreement"]),
    ),
    filter(
        "document_access::columns::viewer_tenant",
        "documents that others read are listed",
        Check::Cells(&["list_documents"]),
    ),
    filter(
        "submission_access::columns::viewer_tenant",
        "what was sent to others is shown",
        Check::Cells(&["get_agreement"]),
    ),
    filter(
        "remarks::columns::acting_tenant",
        "what other reviewers remarked is shown",
        Check::Cells(&["get_agreement"]),
    ),
    filter(
        "external_ids::columns::tenant_id",
        "the ids of others' systems are shown",
        Check::Cells(&["list_counterparts"]),
    ),
    filter(
        "audit_owners::columns::tenant_id",
        "the reads of others' records are listed",
        Check::Cells(&["list_reads"]),
    ),
    filter(
        "agreement_facts::columns::viewer_tenant",
        "what others see is counted",
        Check::Figures,
    ),
    fault("any role", Check::Cells(&["create_agreement"])),
    fault("any reader", Check::Cells(&["get_agreement"])),
    fault("any seat", Check::Cells(&["update_agreement"])),
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
    filter(
        "records::viewer",
        "records of every viewer are listed",
        Check::RecordLists,
    ),
    filter(
        "record_shares::columns::viewer_tenant",
        "what is shared with one government is shown to all",
        Check::Cells(&["get_referral"]),
    ),
    filter(
        "memberships::columns::tenant_id",
        "a record names the people of other governments",
        Check::Links,
    ),
    fault("any record", Check::Cells(&["get_budget"])),
    fault("everybody is the owner", Check::Cells(&["get_committee"])),
    fault("names of others", Check::Cells(&["get_budget"])),
    fault("any target", Check::Targets),
    fault(
        "versions for everybody",
        Check::Cells(&["list_budget_history"]),
    ),
    fault("any member", Check::Cells(&["create_meeting"])),
    fault("sums of all", Check::Sums),
    fault("a private record in public", Check::Spaces),
    fault("rename untold", Check::Renames),
];
