-- What the figures are counted from. Each viewer of a case has its own facts, made
-- of what its access row shows and no newer; 'public' has those of the registry. A row holds from
-- `valid_from` up to before `valid_to`, so that a past day is answered from the rows of that day;
-- the one that holds now ends at the end of time. One row for each Mexican party, the lead at
-- position 0: an agreement is the row of its lead, a participation the first row of each state.
CREATE TABLE agreement_facts (
    viewer_tenant TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    position INTEGER NOT NULL,
    agreement_id TEXT COLLATE "C" NOT NULL,
    owner_tenant TEXT COLLATE "C" NOT NULL,
    valid_from TIMESTAMP NOT NULL,
    valid_to TIMESTAMP NOT NULL,
    digest TEXT COLLATE "C" NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    municipality TEXT COLLATE "C" NOT NULL,
    first_of_state BOOLEAN NOT NULL,
    tier TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    instrument TEXT COLLATE "C" NOT NULL,
    stage TEXT COLLATE "C" NOT NULL,
    compliance TEXT COLLATE "C" NOT NULL,
    country TEXT COLLATE "C" NOT NULL,
    counterpart_kind TEXT COLLATE "C" NOT NULL,
    counterpart_level TEXT COLLATE "C" NOT NULL,
    body_kind TEXT COLLATE "C" NOT NULL,
    renewal TEXT COLLATE "C" NOT NULL,
    announced_month TEXT COLLATE "C" NOT NULL,
    signed_month TEXT COLLATE "C" NOT NULL,
    signed_year TEXT COLLATE "C" NOT NULL,
    registered_month TEXT COLLATE "C" NOT NULL,
    registered_year TEXT COLLATE "C" NOT NULL,
    ends_on TEXT COLLATE "C" NOT NULL,
    gap TEXT COLLATE "C" NOT NULL,
    has_date BOOLEAN NOT NULL,
    has_text BOOLEAN NOT NULL,
    has_validity BOOLEAN NOT NULL,
    was_unreviewed BOOLEAN NOT NULL,
    PRIMARY KEY (viewer_tenant, id, position),
    FOREIGN KEY (owner_tenant, agreement_id) REFERENCES agreements (tenant_id, id)
);
CREATE UNIQUE INDEX agreement_facts_current ON agreement_facts (viewer_tenant, agreement_id, position) WHERE valid_to = '9999-12-31 00:00:00';
CREATE INDEX agreement_facts_by_time ON agreement_facts (viewer_tenant, valid_to, valid_from);
CREATE INDEX agreement_facts_by_agreement ON agreement_facts (viewer_tenant, agreement_id, valid_to);
CREATE INDEX agreement_facts_by_case ON agreement_facts (owner_tenant, agreement_id);
-- What a fact has several of, and what changes by the calendar alone: a standing holds from
-- `since_on` to `until_on`.
CREATE TABLE agreement_fact_values (
    viewer_tenant TEXT COLLATE "C" NOT NULL,
    fact_id TEXT COLLATE "C" NOT NULL,
    dimension TEXT COLLATE "C" NOT NULL,
    value TEXT COLLATE "C" NOT NULL,
    since_on TEXT COLLATE "C" NOT NULL,
    until_on TEXT COLLATE "C" NOT NULL,
    owner_tenant TEXT COLLATE "C" NOT NULL,
    agreement_id TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (viewer_tenant, fact_id, dimension, value, since_on)
);
CREATE INDEX agreement_fact_values_found ON agreement_fact_values (viewer_tenant, dimension, value, fact_id);
-- Each passage of a case through a stage, as its viewer saw it, with its whole business days.
CREATE TABLE agreement_spells (
    viewer_tenant TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    agreement_id TEXT COLLATE "C" NOT NULL,
    owner_tenant TEXT COLLATE "C" NOT NULL,
    stage TEXT COLLATE "C" NOT NULL,
    party TEXT COLLATE "C" NOT NULL,
    event TEXT COLLATE "C" NOT NULL,
    ordinal INTEGER NOT NULL,
    entered_at TIMESTAMP NOT NULL,
    entered_month TEXT COLLATE "C" NOT NULL,
    left_at TIMESTAMP NOT NULL,
    business_days INTEGER,
    holder_tenant TEXT COLLATE "C" NOT NULL,
    target_days INTEGER,
    PRIMARY KEY (viewer_tenant, id),
    FOREIGN KEY (owner_tenant, agreement_id) REFERENCES agreements (tenant_id, id)
);
CREATE UNIQUE INDEX agreement_spells_current ON agreement_spells (viewer_tenant, agreement_id) WHERE left_at = '9999-12-31 00:00:00';
CREATE INDEX agreement_spells_by_entry ON agreement_spells (viewer_tenant, entered_at);
CREATE INDEX agreement_spells_by_agreement ON agreement_spells (viewer_tenant, agreement_id, entered_at);
-- Which mechanisms there were, as they were written: the ministry may correct their dates.
CREATE TABLE mechanism_facts (
    tenant_id TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    mechanism_id TEXT COLLATE "C" NOT NULL,
    valid_from TIMESTAMP NOT NULL,
    valid_to TIMESTAMP NOT NULL,
    state_id TEXT COLLATE "C" NOT NULL,
    starts_on TEXT COLLATE "C" NOT NULL,
    ends_on TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, mechanism_id) REFERENCES mechanisms (tenant_id, id)
);
CREATE UNIQUE INDEX mechanism_facts_current ON mechanism_facts (tenant_id, mechanism_id) WHERE valid_to = '9999-12-31 00:00:00';
CREATE INDEX mechanism_facts_by_time ON mechanism_facts (valid_to, valid_from);

-- They grow; all that changes in a row is its end.
GRANT SELECT, INSERT ON agreement_facts, agreement_fact_values, agreement_spells, mechanism_facts TO vinculo_app;
GRANT UPDATE (valid_to) ON agreement_facts, mechanism_facts TO vinculo_app;
GRANT UPDATE (left_at, business_days) ON agreement_spells TO vinculo_app;

-- A viewer reads its own and what is public; whoever acts on a case keeps those of all its viewers.
CREATE POLICY reads ON agreement_facts FOR SELECT TO vinculo_app
    USING (viewer_tenant = (SELECT app_actor()) OR viewer_tenant = 'public'
        OR owner_tenant = (SELECT app_tenant()) AND (agreement_id = (SELECT acted_case()) OR (SELECT on_behalf())));
CREATE POLICY adds ON agreement_facts FOR INSERT TO vinculo_app
    WITH CHECK (owner_tenant = (SELECT app_tenant()) AND (agreement_id = (SELECT acted_case()) OR (SELECT on_behalf())));
CREATE POLICY changes ON agreement_facts FOR UPDATE TO vinculo_app
    USING (owner_tenant = (SELECT app_tenant()) AND (agreement_id = (SELECT acted_case()) OR (SELECT on_behalf())))
    WITH CHECK (owner_tenant = (SELECT app_tenant()) AND (agreement_id = (SELECT acted_case()) OR (SELECT on_behalf())));
CREATE POLICY reads ON agreement_fact_values FOR SELECT TO vinculo_app
    USING (viewer_tenant = (SELECT app_actor()) OR viewer_tenant = 'public'
        OR owner_tenant = (SELECT app_tenant()) AND (agreement_id = (SELECT acted_case()) OR (SELECT on_behalf())));
CREATE POLICY adds ON agreement_fact_values FOR INSERT TO vinculo_app
    WITH CHECK (owner_tenant = (SELECT app_tenant()) AND (agreement_id = (SELECT acted_case()) OR (SELECT on_behalf())));
-- What is annotated counts otherwise from then on, for everybody who counts what was inscribed.
CREATE POLICY annotates_reads ON agreement_facts FOR SELECT TO vinculo_app
    USING (owner_tenant = (SELECT app_tenant()) AND agreement_id = (SELECT inscribed_case()));
CREATE POLICY annotates_adds ON agreement_facts FOR INSERT TO vinculo_app
    WITH CHECK (owner_tenant = (SELECT app_tenant()) AND agreement_id = (SELECT inscribed_case()));
CREATE POLICY annotates_changes ON agreement_facts FOR UPDATE TO vinculo_app
    USING (owner_tenant = (SELECT app_tenant()) AND agreement_id = (SELECT inscribed_case()))
    WITH CHECK (owner_tenant = (SELECT app_tenant()) AND agreement_id = (SELECT inscribed_case()));
CREATE POLICY annotates_adds ON agreement_fact_values FOR INSERT TO vinculo_app
    WITH CHECK (owner_tenant = (SELECT app_tenant()) AND agreement_id = (SELECT inscribed_case()));
CREATE POLICY reads ON agreement_spells FOR SELECT TO vinculo_app
    USING (viewer_tenant = (SELECT app_actor())
        OR owner_tenant = (SELECT app_tenant()) AND (agreement_id = (SELECT acted_case()) OR (SELECT on_behalf())));
CREATE POLICY adds ON agreement_spells FOR INSERT TO vinculo_app
    WITH CHECK (owner_tenant = (SELECT app_tenant()) AND (agreement_id = (SELECT acted_case()) OR (SELECT on_behalf())));
CREATE POLICY changes ON agreement_spells FOR UPDATE TO vinculo_app
    USING (owner_tenant = (SELECT app_tenant()) AND (agreement_id = (SELECT acted_case()) OR (SELECT on_behalf())))
    WITH CHECK (owner_tenant = (SELECT app_tenant()) AND (agreement_id = (SELECT acted_case()) OR (SELECT on_behalf())));
-- As the mechanisms themselves: the ministry keeps them, every government reads them.
CREATE POLICY reads ON mechanism_facts FOR SELECT TO vinculo_app
    USING (true);
CREATE POLICY adds ON mechanism_facts FOR INSERT TO vinculo_app
    WITH CHECK (tenant_id = (SELECT app_actor()) AND (SELECT is_ministry()));
CREATE POLICY changes ON mechanism_facts FOR UPDATE TO vinculo_app
    USING (tenant_id = (SELECT app_actor()))
    WITH CHECK (tenant_id = (SELECT app_actor()) AND (SELECT is_ministry()));
ALTER TABLE mechanism_facts ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE agreement_facts ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE agreement_fact_values ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE agreement_spells ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
