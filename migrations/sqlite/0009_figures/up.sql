-- What the figures are counted from. Each viewer of a case has its own facts, made
-- of what its access row shows and no newer; 'public' has those of the registry. A row holds from
-- `valid_from` up to before `valid_to`, so that a past day is answered from the rows of that day;
-- the one that holds now ends at the end of time. One row for each Mexican party, the lead at
-- position 0: an agreement is the row of its lead, a participation the first row of each state.
CREATE TABLE agreement_facts (
    viewer_tenant TEXT NOT NULL,
    id TEXT NOT NULL,
    position INTEGER NOT NULL,
    agreement_id TEXT NOT NULL,
    owner_tenant TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to TEXT NOT NULL,
    digest TEXT NOT NULL,
    state TEXT NOT NULL,
    municipality TEXT NOT NULL,
    first_of_state INTEGER NOT NULL CHECK (first_of_state IN (0, 1)),
    tier TEXT NOT NULL,
    kind TEXT NOT NULL,
    instrument TEXT NOT NULL,
    stage TEXT NOT NULL,
    compliance TEXT NOT NULL,
    country TEXT NOT NULL,
    counterpart_kind TEXT NOT NULL,
    counterpart_level TEXT NOT NULL,
    body_kind TEXT NOT NULL,
    renewal TEXT NOT NULL,
    announced_month TEXT NOT NULL,
    signed_month TEXT NOT NULL,
    signed_year TEXT NOT NULL,
    registered_month TEXT NOT NULL,
    registered_year TEXT NOT NULL,
    ends_on TEXT NOT NULL,
    gap TEXT NOT NULL,
    has_date INTEGER NOT NULL CHECK (has_date IN (0, 1)),
    has_text INTEGER NOT NULL CHECK (has_text IN (0, 1)),
    has_validity INTEGER NOT NULL CHECK (has_validity IN (0, 1)),
    was_unreviewed INTEGER NOT NULL CHECK (was_unreviewed IN (0, 1)),
    PRIMARY KEY (viewer_tenant, id, position),
    FOREIGN KEY (owner_tenant, agreement_id) REFERENCES agreements (tenant_id, id)
) STRICT;
CREATE UNIQUE INDEX agreement_facts_current ON agreement_facts (viewer_tenant, agreement_id, position) WHERE valid_to = '9999-12-31 00:00:00';
CREATE INDEX agreement_facts_by_time ON agreement_facts (viewer_tenant, valid_to, valid_from);
CREATE INDEX agreement_facts_by_agreement ON agreement_facts (viewer_tenant, agreement_id, valid_to);
CREATE INDEX agreement_facts_by_case ON agreement_facts (owner_tenant, agreement_id);
-- What a fact has several of, and what changes by the calendar alone: a standing holds from
-- `since_on` to `until_on`.
CREATE TABLE agreement_fact_values (
    viewer_tenant TEXT NOT NULL,
    fact_id TEXT NOT NULL,
    dimension TEXT NOT NULL,
    value TEXT NOT NULL,
    since_on TEXT NOT NULL,
    until_on TEXT NOT NULL,
    owner_tenant TEXT NOT NULL,
    agreement_id TEXT NOT NULL,
    PRIMARY KEY (viewer_tenant, fact_id, dimension, value, since_on)
) STRICT;
CREATE INDEX agreement_fact_values_found ON agreement_fact_values (viewer_tenant, dimension, value, fact_id);
-- Each passage of a case through a stage, as its viewer saw it, with its whole business days.
CREATE TABLE agreement_spells (
    viewer_tenant TEXT NOT NULL,
    id TEXT NOT NULL,
    agreement_id TEXT NOT NULL,
    owner_tenant TEXT NOT NULL,
    stage TEXT NOT NULL,
    party TEXT NOT NULL,
    event TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    entered_at TEXT NOT NULL,
    entered_month TEXT NOT NULL,
    left_at TEXT NOT NULL,
    business_days INTEGER,
    holder_tenant TEXT NOT NULL,
    target_days INTEGER,
    PRIMARY KEY (viewer_tenant, id),
    FOREIGN KEY (owner_tenant, agreement_id) REFERENCES agreements (tenant_id, id)
) STRICT;
CREATE UNIQUE INDEX agreement_spells_current ON agreement_spells (viewer_tenant, agreement_id) WHERE left_at = '9999-12-31 00:00:00';
CREATE INDEX agreement_spells_by_entry ON agreement_spells (viewer_tenant, entered_at);
CREATE INDEX agreement_spells_by_agreement ON agreement_spells (viewer_tenant, agreement_id, entered_at);
-- Which mechanisms there were, as they were written: the ministry may correct their dates.
CREATE TABLE mechanism_facts (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    mechanism_id TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to TEXT NOT NULL,
    state_id TEXT NOT NULL,
    starts_on TEXT NOT NULL,
    ends_on TEXT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, mechanism_id) REFERENCES mechanisms (tenant_id, id)
) STRICT;
CREATE UNIQUE INDEX mechanism_facts_current ON mechanism_facts (tenant_id, mechanism_id) WHERE valid_to = '9999-12-31 00:00:00';
CREATE INDEX mechanism_facts_by_time ON mechanism_facts (valid_to, valid_from);
-- They grow; all that changes in a row is its end, once.
CREATE TRIGGER agreement_facts_no_update BEFORE UPDATE OF viewer_tenant, id, position, agreement_id, owner_tenant, valid_from, digest, state, municipality, first_of_state, tier, kind, instrument, stage, compliance, country, counterpart_kind, counterpart_level, body_kind, renewal, announced_month, signed_month, signed_year, registered_month, registered_year, ends_on, gap, has_date, has_text, has_validity, was_unreviewed ON agreement_facts BEGIN SELECT RAISE(ABORT, 'agreement_facts only grows'); END;
CREATE TRIGGER agreement_facts_ends_once BEFORE UPDATE OF valid_to ON agreement_facts WHEN OLD.valid_to <> '9999-12-31 00:00:00' BEGIN SELECT RAISE(ABORT, 'agreement_facts ends once'); END;
CREATE TRIGGER agreement_facts_no_delete BEFORE DELETE ON agreement_facts BEGIN SELECT RAISE(ABORT, 'agreement_facts only grows'); END;
CREATE TRIGGER agreement_fact_values_no_update BEFORE UPDATE OF viewer_tenant, fact_id, dimension, value, since_on, until_on, owner_tenant, agreement_id ON agreement_fact_values BEGIN SELECT RAISE(ABORT, 'agreement_fact_values only grows'); END;
CREATE TRIGGER agreement_fact_values_no_delete BEFORE DELETE ON agreement_fact_values BEGIN SELECT RAISE(ABORT, 'agreement_fact_values only grows'); END;
CREATE TRIGGER agreement_spells_no_update BEFORE UPDATE OF viewer_tenant, id, agreement_id, owner_tenant, stage, party, event, ordinal, entered_at, entered_month ON agreement_spells BEGIN SELECT RAISE(ABORT, 'agreement_spells only grows'); END;
CREATE TRIGGER agreement_spells_ends_once BEFORE UPDATE OF left_at, business_days ON agreement_spells WHEN OLD.left_at <> '9999-12-31 00:00:00' BEGIN SELECT RAISE(ABORT, 'agreement_spells ends once'); END;
CREATE TRIGGER agreement_spells_no_delete BEFORE DELETE ON agreement_spells BEGIN SELECT RAISE(ABORT, 'agreement_spells only grows'); END;
CREATE TRIGGER mechanism_facts_no_update BEFORE UPDATE OF tenant_id, id, mechanism_id, valid_from, state_id, starts_on, ends_on ON mechanism_facts BEGIN SELECT RAISE(ABORT, 'mechanism_facts only grows'); END;
CREATE TRIGGER mechanism_facts_ends_once BEFORE UPDATE OF valid_to ON mechanism_facts WHEN OLD.valid_to <> '9999-12-31 00:00:00' BEGIN SELECT RAISE(ABORT, 'mechanism_facts ends once'); END;
CREATE TRIGGER mechanism_facts_no_delete BEFORE DELETE ON mechanism_facts BEGIN SELECT RAISE(ABORT, 'mechanism_facts only grows'); END;
