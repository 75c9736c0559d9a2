-- By what each side of an exchange finds whose turn it is and what the other side did last
-- (docs/adr/0031). The program writes these rows with every move; here they are written for what was on
-- record before.
-- Whose turn it is, by the day that is due and the instant since when.
INSERT INTO record_facets (viewer_tenant, facet, sort_key, record_id, owner_tenant)
SELECT f.viewer_tenant, substr(f.facet, 1, length(f.facet) - 4) || CASE
        WHEN (f.viewer_tenant = f.owner_tenant) <> (e.status = 'answered') THEN 'other='
        WHEN e.status = 'answered' THEN 'close='
        ELSE 'answer=' END
    || CASE e.status WHEN 'answered' THEN '9999-12-31' ELSE e.due END || '/' || e.at,
    f.sort_key, f.record_id, f.owner_tenant
FROM record_facets f JOIN (SELECT r.tenant_id, r.id, r.status, substr(replace(r.at, ' ', 'T'), 1, 19) || '.' || substr(substr(r.at, 21) || '000000', 1, 6) || 'Z' AS at, r.due
    FROM (SELECT r.tenant_id, r.id, r.status, COALESCE(json_extract(r.body, '$.deadline'), '9999-12-31') AS due,
            CASE r.status WHEN 'asked' THEN r.created_at ELSE r.updated_at END AS at FROM records r
        WHERE r.kind IN ('referrals', 'advisory-cases') AND r.retired_at IS NULL) r) e
    ON e.tenant_id = f.owner_tenant AND e.id = f.record_id
WHERE e.status IN ('asked', 'accepted', 'answered') AND f.facet LIKE '%:all=';
-- What the other side did last.
INSERT INTO record_facets (viewer_tenant, facet, sort_key, record_id, owner_tenant)
SELECT f.viewer_tenant, substr(f.facet, 1, length(f.facet) - 4) || 'told=' || e.at, f.sort_key, f.record_id, f.owner_tenant
FROM record_facets f JOIN (SELECT r.tenant_id, r.id, r.status, substr(replace(r.at, ' ', 'T'), 1, 19) || '.' || substr(substr(r.at, 21) || '000000', 1, 6) || 'Z' AS at, r.due
    FROM (SELECT r.tenant_id, r.id, r.status, COALESCE(json_extract(r.body, '$.deadline'), '9999-12-31') AS due,
            CASE r.status WHEN 'asked' THEN r.created_at ELSE r.updated_at END AS at FROM records r
        WHERE r.kind IN ('referrals', 'advisory-cases') AND r.retired_at IS NULL) r) e
    ON e.tenant_id = f.owner_tenant AND e.id = f.record_id
WHERE (f.viewer_tenant = f.owner_tenant) = (e.status IN ('accepted', 'answered', 'declined')) AND f.facet LIKE '%:all=';
