-- Clocks: calendars of working days with all their versions, targets, the turns of a case, urgency,
-- and who works on it.

CREATE TABLE calendars (
    tenant_id TEXT NOT NULL REFERENCES tenants (id),
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    acting_tenant TEXT NOT NULL,
    PRIMARY KEY (tenant_id, id)
) STRICT;
CREATE UNIQUE INDEX calendars_id ON calendars (id);
CREATE UNIQUE INDEX calendars_tenant ON calendars (tenant_id);

CREATE TABLE calendar_versions (
    tenant_id TEXT NOT NULL,
    calendar_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    fields TEXT NOT NULL,
    person_id TEXT,
    acting_tenant TEXT NOT NULL,
    created_at TEXT NOT NULL,
    PRIMARY KEY (tenant_id, calendar_id, version),
    FOREIGN KEY (tenant_id, calendar_id) REFERENCES calendars (tenant_id, id)
) STRICT;

CREATE TABLE targets (
    tenant_id TEXT NOT NULL REFERENCES tenants (id),
    id TEXT NOT NULL,
    stage TEXT NOT NULL,
    business_days INTEGER,
    promise INTEGER NOT NULL CHECK (promise IN (0, 1)),
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    acting_tenant TEXT NOT NULL,
    PRIMARY KEY (tenant_id, id)
) STRICT;
CREATE UNIQUE INDEX targets_id ON targets (id);
CREATE UNIQUE INDEX targets_stage ON targets (tenant_id, stage);

-- One turn for each stage that a case is in, cut in two where its owner waits for its counterpart:
-- then both parts have the same step, the version of the case that began the stage.
CREATE TABLE agreement_turns (
    tenant_id TEXT NOT NULL,
    agreement_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    step INTEGER NOT NULL,
    version INTEGER NOT NULL,
    stage TEXT NOT NULL,
    waiting_for TEXT NOT NULL CHECK (waiting_for IN ('owner','state','counterpart','sre')),
    holder_tenant TEXT NOT NULL REFERENCES tenants (id),
    since TEXT NOT NULL,
    until TEXT,
    target_days INTEGER,
    due_on TEXT,
    calendar_tenant TEXT NOT NULL,
    calendar_id TEXT,
    calendar_version INTEGER NOT NULL,
    business_days INTEGER,
    PRIMARY KEY (tenant_id, agreement_id, number),
    FOREIGN KEY (tenant_id, agreement_id) REFERENCES agreements (tenant_id, id)
) STRICT;
CREATE UNIQUE INDEX agreement_turns_open ON agreement_turns (tenant_id, agreement_id) WHERE until IS NULL;
CREATE INDEX agreement_turns_by_step ON agreement_turns (tenant_id, agreement_id, step, number);

CREATE TABLE agreement_urgencies (
    tenant_id TEXT NOT NULL,
    agreement_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    urgent INTEGER NOT NULL CHECK (urgent IN (0, 1)),
    reason TEXT,
    planned_signing_on TEXT,
    person_id TEXT,
    acting_tenant TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (tenant_id, agreement_id, version),
    FOREIGN KEY (tenant_id, agreement_id) REFERENCES agreements (tenant_id, id)
) STRICT;

-- Who works on a case belongs to the government that says so, not to the owner of the case.
CREATE TABLE agreement_assignments (
    viewer_tenant TEXT NOT NULL REFERENCES tenants (id),
    id TEXT NOT NULL,
    agreement_id TEXT NOT NULL,
    owner_tenant TEXT NOT NULL,
    person_id TEXT REFERENCES people (id),
    note TEXT,
    assigned_by TEXT,
    since TEXT NOT NULL,
    until TEXT,
    PRIMARY KEY (viewer_tenant, id),
    FOREIGN KEY (owner_tenant, agreement_id) REFERENCES agreements (tenant_id, id)
) STRICT;
CREATE UNIQUE INDEX agreement_assignments_current ON agreement_assignments (viewer_tenant, agreement_id) WHERE until IS NULL;
CREATE INDEX agreement_assignments_by_case ON agreement_assignments (viewer_tenant, agreement_id, id);
CREATE INDEX agreement_assignments_by_person ON agreement_assignments (viewer_tenant, person_id, agreement_id) WHERE until IS NULL;

-- The stage that an abandoned case goes back to.
ALTER TABLE agreements ADD COLUMN stage_before TEXT;

-- What a list is narrowed and sorted by. The last day there is stands for no due date, so that it
-- comes last; the empty text for nobody, and for a day that the viewer is not told.
ALTER TABLE agreement_access ADD COLUMN waiting_for TEXT NOT NULL DEFAULT '';
ALTER TABLE agreement_access ADD COLUMN holder_tenant TEXT NOT NULL DEFAULT '';
ALTER TABLE agreement_access ADD COLUMN held_since TEXT NOT NULL DEFAULT '';
ALTER TABLE agreement_access ADD COLUMN due_on TEXT NOT NULL DEFAULT '9999-12-31';
ALTER TABLE agreement_access ADD COLUMN priority TEXT NOT NULL DEFAULT 'normal' CHECK (priority IN ('normal','urgent'));
CREATE INDEX agreement_access_by_due ON agreement_access (viewer_tenant, due_on, agreement_id);
CREATE INDEX agreement_access_by_priority ON agreement_access (viewer_tenant, priority, updated_at, agreement_id);
CREATE INDEX agreement_access_by_holder ON agreement_access (viewer_tenant, holder_tenant, due_on, agreement_id);

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
    held_since = COALESCE((SELECT date(t.since, '-6 hours') FROM agreement_turns t WHERE t.tenant_id = agreement_access.owner_tenant
        AND t.agreement_id = agreement_access.agreement_id AND t.stage = agreement_access.stage
        AND (agreement_access.level = 'full' OR t.waiting_for <> 'owner')), '')
WHERE stage NOT IN ('registered','withdrawn','out_of_scope','abandoned');

-- What only grows.
CREATE TRIGGER calendar_versions_no_update BEFORE UPDATE ON calendar_versions BEGIN SELECT RAISE(ABORT, 'calendar_versions only grows'); END;
CREATE TRIGGER calendar_versions_no_delete BEFORE DELETE ON calendar_versions BEGIN SELECT RAISE(ABORT, 'calendar_versions only grows'); END;
CREATE TRIGGER agreement_urgencies_no_update BEFORE UPDATE ON agreement_urgencies BEGIN SELECT RAISE(ABORT, 'agreement_urgencies only grows'); END;
CREATE TRIGGER agreement_urgencies_no_delete BEFORE DELETE ON agreement_urgencies BEGIN SELECT RAISE(ABORT, 'agreement_urgencies only grows'); END;
