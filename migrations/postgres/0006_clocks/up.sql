-- Clocks: calendars of working days with all their versions, targets, the turns of a case, urgency,
-- and who works on it.

CREATE TABLE calendars (
    tenant_id TEXT COLLATE "C" NOT NULL REFERENCES tenants (id),
    id TEXT COLLATE "C" NOT NULL,
    version INTEGER NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    acting_tenant TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX calendars_id ON calendars (id);
CREATE UNIQUE INDEX calendars_tenant ON calendars (tenant_id);

CREATE TABLE calendar_versions (
    tenant_id TEXT COLLATE "C" NOT NULL,
    calendar_id TEXT COLLATE "C" NOT NULL,
    version INTEGER NOT NULL,
    fields TEXT COLLATE "C" NOT NULL,
    person_id TEXT COLLATE "C",
    acting_tenant TEXT COLLATE "C" NOT NULL,
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (tenant_id, calendar_id, version),
    FOREIGN KEY (tenant_id, calendar_id) REFERENCES calendars (tenant_id, id)
);

CREATE TABLE targets (
    tenant_id TEXT COLLATE "C" NOT NULL REFERENCES tenants (id),
    id TEXT COLLATE "C" NOT NULL,
    stage TEXT COLLATE "C" NOT NULL,
    business_days INTEGER,
    promise BOOLEAN NOT NULL,
    version INTEGER NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    acting_tenant TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX targets_id ON targets (id);
CREATE UNIQUE INDEX targets_stage ON targets (tenant_id, stage);

-- One turn for each stage that a case is in, cut in two where its owner waits for its counterpart:
-- then both parts have the same step, the version of the case that began the stage.
CREATE TABLE agreement_turns (
    tenant_id TEXT COLLATE "C" NOT NULL,
    agreement_id TEXT COLLATE "C" NOT NULL,
    number INTEGER NOT NULL,
    step INTEGER NOT NULL,
    version INTEGER NOT NULL,
    stage TEXT COLLATE "C" NOT NULL,
    waiting_for TEXT COLLATE "C" NOT NULL CHECK (waiting_for IN ('owner','state','counterpart','sre')),
    holder_tenant TEXT COLLATE "C" NOT NULL REFERENCES tenants (id),
    since TIMESTAMP NOT NULL,
    until TIMESTAMP,
    target_days INTEGER,
    due_on TEXT COLLATE "C",
    calendar_tenant TEXT COLLATE "C" NOT NULL,
    calendar_id TEXT COLLATE "C",
    calendar_version INTEGER NOT NULL,
    business_days INTEGER,
    PRIMARY KEY (tenant_id, agreement_id, number),
    FOREIGN KEY (tenant_id, agreement_id) REFERENCES agreements (tenant_id, id)
);
CREATE UNIQUE INDEX agreement_turns_open ON agreement_turns (tenant_id, agreement_id) WHERE until IS NULL;
CREATE INDEX agreement_turns_by_step ON agreement_turns (tenant_id, agreement_id, step, number);

CREATE TABLE agreement_urgencies (
    tenant_id TEXT COLLATE "C" NOT NULL,
    agreement_id TEXT COLLATE "C" NOT NULL,
    version INTEGER NOT NULL,
    urgent BOOLEAN NOT NULL,
    reason TEXT COLLATE "C",
    planned_signing_on TEXT COLLATE "C",
    person_id TEXT COLLATE "C",
    acting_tenant TEXT COLLATE "C" NOT NULL,
    at TIMESTAMP NOT NULL,
    PRIMARY KEY (tenant_id, agreement_id, version),
    FOREIGN KEY (tenant_id, agreement_id) REFERENCES agreements (tenant_id, id)
);

-- Who works on a case belongs to the government that says so, not to the owner of the case.
CREATE TABLE agreement_assignments (
    viewer_tenant TEXT COLLATE "C" NOT NULL REFERENCES tenants (id),
    id TEXT COLLATE "C" NOT NULL,
    agreement_id TEXT COLLATE "C" NOT NULL,
    owner_tenant TEXT COLLATE "C" NOT NULL,
    person_id TEXT COLLATE "C" REFERENCES people (id),
    note TEXT COLLATE "C",
    assigned_by TEXT COLLATE "C",
    since TIMESTAMP NOT NULL,
    until TIMESTAMP,
    PRIMARY KEY (viewer_tenant, id),
    FOREIGN KEY (owner_tenant, agreement_id) REFERENCES agreements (tenant_id, id)
);
CREATE UNIQUE INDEX agreement_assignments_current ON agreement_assignments (viewer_tenant, agreement_id) WHERE until IS NULL;
CREATE INDEX agreement_assignments_by_case ON agreement_assignments (viewer_tenant, agreement_id, id);
CREATE INDEX agreement_assignments_by_person ON agreement_assignments (viewer_tenant, person_id, agreement_id) WHERE until IS NULL;

-- The stage that an abandoned case goes back to.
ALTER TABLE agreements ADD COLUMN stage_before TEXT COLLATE "C";

-- What a list is narrowed and sorted by. The last day there is stands for no due date, so that it
-- comes last; the empty text for nobody, and for a day that the viewer is not told.
ALTER TABLE agreement_access ADD COLUMN waiting_for TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE agreement_access ADD COLUMN holder_tenant TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE agreement_access ADD COLUMN held_since TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE agreement_access ADD COLUMN due_on TEXT COLLATE "C" NOT NULL DEFAULT '9999-12-31';
ALTER TABLE agreement_access ADD COLUMN priority TEXT COLLATE "C" NOT NULL DEFAULT 'normal' CHECK (priority IN ('normal','urgent'));
CREATE INDEX agreement_access_by_due ON agreement_access (viewer_tenant, due_on, agreement_id);
CREATE INDEX agreement_access_by_priority ON agreement_access (viewer_tenant, priority, updated_at, agreement_id);
CREATE INDEX agreement_access_by_holder ON agreement_access (viewer_tenant, holder_tenant, due_on, agreement_id);

-- The tables that are read and filled back are under FORCE, which holds for their owner too.
SET LOCAL row_security = off;
ALTER TABLE agreements NO FORCE ROW LEVEL SECURITY;
ALTER TABLE agreement_access NO FORCE ROW LEVEL SECURITY;
ALTER TABLE agreement_grants NO FORCE ROW LEVEL SECURITY;
ALTER TABLE history NO FORCE ROW LEVEL SECURITY;

-- Cases that are open already wait since they came into their stage. No target was set by then.
INSERT INTO agreement_turns (tenant_id, agreement_id, number, step, version, stage, waiting_for, holder_tenant, since, calendar_tenant, calendar_version)
SELECT a.tenant_id, a.id, 1, s.version, s.version, a.stage,
    CASE WHEN a.stage = 'state_review' THEN 'state' WHEN a.stage IN ('federal_intake','legal_review','pending_registration') THEN 'sre' ELSE 'owner' END,
    h.holder, s.since, h.holder, 0
FROM agreements a
JOIN (SELECT b.tenant_id, b.id, COALESCE(max(l.version), 1) AS version, COALESCE(max(l.at), b.created_at) AS since
    FROM agreements b LEFT JOIN history l ON l.tenant_id = b.tenant_id AND l.agreement_id = b.id
        AND l.to_stage = b.stage AND l.from_stage <> l.to_stage
    GROUP BY b.tenant_id, b.id, b.created_at) s ON s.tenant_id = a.tenant_id AND s.id = a.id
JOIN (SELECT b.tenant_id, b.id, CASE
        WHEN b.stage IN ('federal_intake','legal_review','pending_registration') THEN '00'
        WHEN b.stage = 'state_review' THEN COALESCE((SELECT max(g.viewer_tenant) FROM agreement_grants g WHERE g.tenant_id = b.tenant_id
            AND g.agreement_id = b.id AND g.reason = 'state_reviewer' AND g.until IS NULL), b.tenant_id)
        ELSE b.tenant_id END AS holder
    FROM agreements b) h ON h.tenant_id = a.tenant_id AND h.id = a.id
WHERE a.retired_at IS NULL AND a.stage NOT IN ('registered','withdrawn','out_of_scope','abandoned');

-- Each viewer is told of the stage that it knows, which may be an earlier one.
UPDATE agreement_access SET
    waiting_for = CASE WHEN stage = 'state_review' THEN 'state' WHEN stage IN ('federal_intake','legal_review','pending_registration') THEN 'sre' ELSE 'owner' END,
    holder_tenant = COALESCE((SELECT t.holder_tenant FROM agreement_turns t WHERE t.tenant_id = agreement_access.owner_tenant
        AND t.agreement_id = agreement_access.agreement_id AND t.stage = agreement_access.stage), ''),
    held_since = COALESCE((SELECT to_char(t.since - interval '6 hours', 'YYYY-MM-DD') FROM agreement_turns t WHERE t.tenant_id = agreement_access.owner_tenant
        AND t.agreement_id = agreement_access.agreement_id AND t.stage = agreement_access.stage
        AND (agreement_access.level = 'full' OR t.waiting_for <> 'owner')), '')
WHERE stage NOT IN ('registered','withdrawn','out_of_scope','abandoned');

DO $$
BEGIN
    IF (SELECT count(*) FROM agreement_turns) <> (SELECT count(*) FROM agreements
        WHERE retired_at IS NULL AND stage NOT IN ('registered','withdrawn','out_of_scope','abandoned')) THEN
        RAISE EXCEPTION 'not every open case was given its turn';
    END IF;
END $$;
ALTER TABLE agreements FORCE ROW LEVEL SECURITY;
ALTER TABLE agreement_access FORCE ROW LEVEL SECURITY;
ALTER TABLE agreement_grants FORCE ROW LEVEL SECURITY;
ALTER TABLE history FORCE ROW LEVEL SECURITY;

GRANT SELECT, INSERT, UPDATE ON calendars TO vinculo_app;
GRANT SELECT, INSERT ON calendar_versions TO vinculo_app;
GRANT SELECT, INSERT, UPDATE ON targets TO vinculo_app;
GRANT SELECT, INSERT, UPDATE ON agreement_turns TO vinculo_app;
GRANT SELECT, INSERT ON agreement_urgencies TO vinculo_app;
GRANT SELECT, INSERT, UPDATE ON agreement_assignments TO vinculo_app;

-- Days are counted by whoever holds a case, and whoever acts on it must count them too.
CREATE POLICY reads ON calendars FOR SELECT TO vinculo_app
    USING (true);
CREATE POLICY adds ON calendars FOR INSERT TO vinculo_app
    WITH CHECK (tenant_id = (SELECT app_actor()) AND acting_tenant = (SELECT app_actor()));
CREATE POLICY changes ON calendars FOR UPDATE TO vinculo_app
    USING (tenant_id = (SELECT app_actor()))
    WITH CHECK (tenant_id = (SELECT app_actor()) AND acting_tenant = (SELECT app_actor()));
CREATE POLICY reads ON calendar_versions FOR SELECT TO vinculo_app
    USING (true);
CREATE POLICY adds ON calendar_versions FOR INSERT TO vinculo_app
    WITH CHECK (tenant_id = (SELECT app_actor()) AND acting_tenant = (SELECT app_actor()));

-- A reviewer's target is a promise to everybody. An owner's for its own stages is its own; whoever
-- hands it a case sets its clock by it.
CREATE POLICY reads ON targets FOR SELECT TO vinculo_app
    USING (promise AND (SELECT app_actor()) <> 'public' OR tenant_id = (SELECT app_actor())
        OR tenant_id = (SELECT app_tenant()) AND ((SELECT acted_case()) IS NOT NULL OR (SELECT on_behalf())));
CREATE POLICY adds ON targets FOR INSERT TO vinculo_app
    WITH CHECK (tenant_id = (SELECT app_actor()) AND acting_tenant = (SELECT app_actor()));
CREATE POLICY changes ON targets FOR UPDATE TO vinculo_app
    USING (tenant_id = (SELECT app_actor()))
    WITH CHECK (tenant_id = (SELECT app_actor()) AND acting_tenant = (SELECT app_actor()));

-- The owner's side reads all turns, a reviewer those that it may know of: nothing before the case
-- was sent, nothing after the last step that it was told of.
CREATE POLICY reads ON agreement_turns FOR SELECT TO vinculo_app
    USING (tenant_id = (SELECT app_tenant()) AND ((SELECT app_tenant()) = (SELECT app_actor())
        OR agreement_id = (SELECT full_case()) OR agreement_id = (SELECT acted_case()) OR (SELECT on_behalf())
        OR stage <> 'draft' AND agreement_id = (SELECT seen_case()) AND version <= (SELECT seen_version())));
CREATE POLICY adds ON agreement_turns FOR INSERT TO vinculo_app
    WITH CHECK (tenant_id = (SELECT app_tenant()) AND (agreement_id = (SELECT acted_case()) OR (SELECT on_behalf())));
CREATE POLICY changes ON agreement_turns FOR UPDATE TO vinculo_app
    USING (tenant_id = (SELECT app_tenant()) AND (agreement_id = (SELECT acted_case()) OR (SELECT on_behalf())))
    WITH CHECK (tenant_id = (SELECT app_tenant()) AND (agreement_id = (SELECT acted_case()) OR (SELECT on_behalf())));

-- Urgency is a message to whoever follows the case.
CREATE POLICY reads ON agreement_urgencies FOR SELECT TO vinculo_app
    USING (tenant_id = (SELECT app_tenant()) AND ((SELECT app_tenant()) = (SELECT app_actor())
        OR agreement_id = (SELECT full_case()) OR agreement_id = (SELECT acted_case()) OR (SELECT on_behalf())
        OR agreement_id = (SELECT seen_case()) AND version <= (SELECT seen_version())));
CREATE POLICY adds ON agreement_urgencies FOR INSERT TO vinculo_app
    WITH CHECK (tenant_id = (SELECT held_tenant()) AND acting_tenant = (SELECT app_actor()) AND agreement_id = (SELECT acted_case()));

-- Who works on a case is the business of the government that they work for, and of nobody else.
CREATE POLICY keeps ON agreement_assignments TO vinculo_app
    USING (viewer_tenant = (SELECT app_actor()))
    WITH CHECK (viewer_tenant = (SELECT app_actor()) AND owner_tenant = (SELECT app_tenant()) AND agreement_id = (SELECT seen_case()));

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['calendars', 'calendar_versions', 'targets', 'agreement_turns', 'agreement_urgencies', 'agreement_assignments'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', name);
    END LOOP;
END $$;
