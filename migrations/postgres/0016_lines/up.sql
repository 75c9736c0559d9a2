-- What the lines of lists show besides: the themes, the parties and the end of the validity, as each
-- viewer of a case knows them (docs/adr/0003), and the same end in the registry. And what the
-- registry is followed and narrowed by: what changed last, the days of inscription and of the end.
ALTER TABLE agreement_access ADD COLUMN themes TEXT COLLATE "C" NOT NULL DEFAULT '[]';
ALTER TABLE agreement_access ADD COLUMN parties TEXT COLLATE "C" NOT NULL DEFAULT '[]';
ALTER TABLE agreement_access ADD COLUMN ends_on TEXT COLLATE "C" NOT NULL DEFAULT '';
-- When the case itself last changed for the viewer. Who works on it changes `updated_at` alone.
ALTER TABLE agreement_access ADD COLUMN changed_at TIMESTAMP NOT NULL DEFAULT (now() AT TIME ZONE 'utc');
ALTER TABLE consolidations ADD COLUMN ends_on TEXT COLLATE "C" NOT NULL DEFAULT '';
CREATE INDEX agreement_access_by_change ON agreement_access (viewer_tenant, stage, changed_at, agreement_id);
CREATE INDEX consolidations_by_update ON consolidations (updated_at, number);
CREATE INDEX consolidations_by_registration ON consolidations (registered_at, number);
CREATE INDEX consolidations_by_end ON consolidations (ends_on, number);
CREATE INDEX consolidations_by_case ON consolidations (agreement_id);
GRANT UPDATE (ends_on) ON consolidations TO vinculo_app;

-- The tables that are read and filled back are under FORCE, which holds for their owner too.
SET LOCAL row_security = off;
ALTER TABLE agreement_access NO FORCE ROW LEVEL SECURITY;
ALTER TABLE agreement_drafts NO FORCE ROW LEVEL SECURITY;
ALTER TABLE submission_access NO FORCE ROW LEVEL SECURITY;
ALTER TABLE submissions NO FORCE ROW LEVEL SECURITY;
ALTER TABLE consolidations NO FORCE ROW LEVEL SECURITY;

-- The owner's side reads the draft; everybody else what was last sent or announced to it, if anything
-- was. To whom the case was only announced, the lead is named and no other party, and no end.
UPDATE agreement_access SET
    themes = COALESCE(c.content::json ->> 'themes', '[]'),
    parties = COALESCE((SELECT json_agg(json_build_object('government_id', p.one ->> 'government_id', 'role', p.one ->> 'role') ORDER BY p.place)
        FROM json_array_elements(c.content::json -> 'parties') WITH ORDINALITY AS p (one, place)
        WHERE c.level <> 'summary' OR p.one ->> 'role' = 'lead')::text, '[]'),
    ends_on = CASE WHEN c.level = 'summary' THEN '' ELSE COALESCE(c.content::json #>> '{validity,ends_on}', '') END
FROM (SELECT a.viewer_tenant AS viewer, a.agreement_id AS agreement, a.level AS level,
        CASE WHEN a.level = 'full' THEN d.content ELSE COALESCE(s.content, d.content) END AS content
    FROM agreement_access a
    LEFT JOIN agreement_drafts d ON d.tenant_id = a.owner_tenant AND d.agreement_id = a.agreement_id
    LEFT JOIN submission_access x ON x.viewer_tenant = a.viewer_tenant AND x.agreement_id = a.agreement_id
        AND x.number = (SELECT max(y.number) FROM submission_access y
            WHERE y.viewer_tenant = a.viewer_tenant AND y.agreement_id = a.agreement_id)
    LEFT JOIN submissions s ON s.tenant_id = x.owner_tenant AND s.id = x.submission_id) c
WHERE agreement_access.viewer_tenant = c.viewer AND agreement_access.agreement_id = c.agreement AND c.content IS NOT NULL;
UPDATE agreement_access SET changed_at = updated_at;
UPDATE consolidations SET ends_on = COALESCE(content::json #>> '{validity,ends_on}', '');
DO $$
BEGIN
    IF EXISTS (SELECT 1 FROM agreement_access a JOIN agreement_drafts d ON d.tenant_id = a.owner_tenant AND d.agreement_id = a.agreement_id
        WHERE a.level = 'full' AND json_array_length(a.parties::json) <> json_array_length(d.content::json -> 'parties'))
        OR EXISTS (SELECT 1 FROM agreement_access a WHERE a.changed_at <> a.updated_at)
        OR EXISTS (SELECT 1 FROM consolidations c WHERE c.ends_on <> COALESCE(c.content::json #>> '{validity,ends_on}', '')) THEN
        RAISE EXCEPTION 'not every line was filled back';
    END IF;
END $$;
ALTER TABLE agreement_access FORCE ROW LEVEL SECURITY;
ALTER TABLE agreement_drafts FORCE ROW LEVEL SECURITY;
ALTER TABLE submission_access FORCE ROW LEVEL SECURITY;
ALTER TABLE submissions FORCE ROW LEVEL SECURITY;
ALTER TABLE consolidations FORCE ROW LEVEL SECURITY;
SET LOCAL row_security = on;
