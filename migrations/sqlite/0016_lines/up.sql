-- What the lines of lists show besides: the themes, the parties and the end of the validity, as each
-- viewer of a case knows them (docs/adr/0003), and the same end in the registry. And what the
-- registry is followed and narrowed by: what changed last, the days of inscription and of the end.
ALTER TABLE agreement_access ADD COLUMN themes TEXT NOT NULL DEFAULT '[]';
ALTER TABLE agreement_access ADD COLUMN parties TEXT NOT NULL DEFAULT '[]';
ALTER TABLE agreement_access ADD COLUMN ends_on TEXT NOT NULL DEFAULT '';
-- When the case itself last changed for the viewer. Who works on it changes `updated_at` alone.
ALTER TABLE agreement_access ADD COLUMN changed_at TEXT NOT NULL DEFAULT '0001-01-01 00:00:00';
ALTER TABLE consolidations ADD COLUMN ends_on TEXT NOT NULL DEFAULT '';
CREATE INDEX agreement_access_by_change ON agreement_access (viewer_tenant, stage, changed_at, agreement_id);
CREATE INDEX consolidations_by_update ON consolidations (updated_at, number);
CREATE INDEX consolidations_by_registration ON consolidations (registered_at, number);
CREATE INDEX consolidations_by_end ON consolidations (ends_on, number);
CREATE INDEX consolidations_by_case ON consolidations (agreement_id);

-- The owner's side reads the draft; everybody else what was last sent or announced to it, if anything
-- was. To whom the case was only announced, the lead is named and no other party, and no end.
UPDATE agreement_access SET
    themes = COALESCE(json_extract(c.content, '$.themes'), '[]'),
    parties = (SELECT json_group_array(json_object('government_id', p.government_id, 'role', p.role))
        FROM (SELECT one.value ->> 'government_id' AS government_id, one.value ->> 'role' AS role
            FROM json_each(c.content, '$.parties') one
            WHERE c.level <> 'summary' OR one.value ->> 'role' = 'lead'
            ORDER BY one.key) p),
    ends_on = CASE WHEN c.level = 'summary' THEN '' ELSE COALESCE(json_extract(c.content, '$.validity.ends_on'), '') END
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
UPDATE consolidations SET ends_on = COALESCE(json_extract(content, '$.validity.ends_on'), '');
