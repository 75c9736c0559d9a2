-- By what each side of an exchange finds whose turn it is and what the other side did last
-- (docs/adr/0031). The program writes these rows with every move; here they are written for what was on
-- record before.
-- The tables are under FORCE, which holds for their owner too.
SET LOCAL row_security = off;
ALTER TABLE records NO FORCE ROW LEVEL SECURITY;
ALTER TABLE record_facets NO FORCE ROW LEVEL SECURITY;
-- Whose turn it is, by the day that is due and the instant since when.
INSERT INTO record_facets (viewer_tenant, facet, sort_key, record_id, owner_tenant)
SELECT f.viewer_tenant, substr(f.facet, 1, length(f.facet) - 4) || CASE
        WHEN (f.viewer_tenant = f.owner_tenant) <> (e.status = 'answered') THEN 'other='
        WHEN e.status = 'answered' THEN 'close='
        ELSE 'answer=' END
    || CASE e.status WHEN 'answered' THEN '9999-12-31' ELSE e.due END || '/' || e.at,
    f.sort_key, f.record_id, f.owner_tenant
FROM record_facets f JOIN (SELECT r.tenant_id, r.id, r.status, to_char(CASE r.status WHEN 'asked' THEN r.created_at ELSE r.updated_at END, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at, COALESCE(r.body::json ->> 'deadline', '9999-12-31') AS due FROM records r
    WHERE r.kind IN ('referrals', 'advisory-cases') AND r.retired_at IS NULL) e
    ON e.tenant_id = f.owner_tenant AND e.id = f.record_id
WHERE e.status IN ('asked', 'accepted', 'answered') AND f.facet LIKE '%:all=';
-- What the other side did last.
INSERT INTO record_facets (viewer_tenant, facet, sort_key, record_id, owner_tenant)
SELECT f.viewer_tenant, substr(f.facet, 1, length(f.facet) - 4) || 'told=' || e.at, f.sort_key, f.record_id, f.owner_tenant
FROM record_facets f JOIN (SELECT r.tenant_id, r.id, r.status, to_char(CASE r.status WHEN 'asked' THEN r.created_at ELSE r.updated_at END, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at, COALESCE(r.body::json ->> 'deadline', '9999-12-31') AS due FROM records r
    WHERE r.kind IN ('referrals', 'advisory-cases') AND r.retired_at IS NULL) e
    ON e.tenant_id = f.owner_tenant AND e.id = f.record_id
WHERE (f.viewer_tenant = f.owner_tenant) = (e.status IN ('accepted', 'answered', 'declined')) AND f.facet LIKE '%:all=';
DO $$
BEGIN
    IF (SELECT count(DISTINCT r.id) FROM record_facets f JOIN records r ON r.tenant_id = f.owner_tenant AND r.id = f.record_id
            WHERE f.facet ~ ':(answer|close|other)=')
        <> (SELECT count(*) FROM records r WHERE r.kind IN ('referrals', 'advisory-cases') AND r.retired_at IS NULL
            AND r.status IN ('asked', 'accepted', 'answered')) THEN
        RAISE EXCEPTION 'not every exchange was filled back';
    END IF;
END $$;
ALTER TABLE records FORCE ROW LEVEL SECURITY;
ALTER TABLE record_facets FORCE ROW LEVEL SECURITY;
SET LOCAL row_security = on;
