-- How many records of each owner a viewer finds under a facet. A figure adds up the owners, of whom there
-- are some thousands, and not the records. The database counts, in the transaction that writes, so an
-- older program that runs beside this one counts too.
--
-- Not counted is what identifies one record or one moment (`Facet::is_counted` in the domain), and what
-- only a group of people finds.

-- Two writers of one government would change the same counts in different orders and wait for each other
-- for ever. So the second waits for the first before it touches a record: the context says of which
-- government the record is.
CREATE FUNCTION take_turns() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(25, hashtext(public.app_tenant()));
    RETURN NULL;
END $$;
CREATE TRIGGER records_take_turns BEFORE INSERT OR UPDATE ON records
    FOR EACH STATEMENT EXECUTE FUNCTION take_turns();

-- The strongest lock on the facets comes before any other on them, and after that on the records, as in
-- the program. FORCE holds for the owner too.
SET LOCAL row_security = off;
ALTER TABLE record_facets NO FORCE ROW LEVEL SECURITY;
CREATE TABLE record_counts (
    viewer_tenant TEXT COLLATE "C" NOT NULL,
    facet TEXT COLLATE "C" NOT NULL,
    owner_tenant TEXT COLLATE "C" NOT NULL,
    records BIGINT NOT NULL CHECK (records >= 0),
    PRIMARY KEY (viewer_tenant, facet, owner_tenant)
);

CREATE FUNCTION is_counted(facet text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT split_part(facet, '=', 1) NOT LIKE '%@%'
        AND split_part(split_part(facet, '=', 1), ':', 2) NOT IN ('answer', 'changed', 'close', 'other', 'told', 'word')
        AND split_part(facet, '=', 1) NOT LIKE '%\_id'
$$;

CREATE FUNCTION count_records() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO public.record_counts AS c (viewer_tenant, facet, owner_tenant, records)
            SELECT viewer_tenant, facet, owner_tenant, count(*) FROM changed
            WHERE public.is_counted(facet) GROUP BY 1, 2, 3
            ON CONFLICT (viewer_tenant, facet, owner_tenant) DO UPDATE SET records = c.records + EXCLUDED.records;
    ELSE
        UPDATE public.record_counts c SET records = c.records - g.n
            FROM (SELECT viewer_tenant, facet, owner_tenant, count(*) AS n FROM changed
                WHERE public.is_counted(facet) GROUP BY 1, 2, 3) g
            WHERE c.viewer_tenant = g.viewer_tenant AND c.facet = g.facet AND c.owner_tenant = g.owner_tenant;
        DELETE FROM public.record_counts c USING changed g
            WHERE c.viewer_tenant = g.viewer_tenant AND c.facet = g.facet AND c.owner_tenant = g.owner_tenant
            AND c.records = 0 AND public.is_counted(g.facet);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER counts_added AFTER INSERT ON record_facets REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION count_records();
CREATE TRIGGER counts_removed AFTER DELETE ON record_facets REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION count_records();

INSERT INTO record_counts (viewer_tenant, facet, owner_tenant, records)
    SELECT viewer_tenant, facet, owner_tenant, count(*) FROM record_facets WHERE is_counted(facet) GROUP BY 1, 2, 3;
DO $$
BEGIN
    IF (SELECT COALESCE(sum(records), 0) FROM record_counts) <> (SELECT count(*) FROM record_facets WHERE is_counted(facet)) THEN
        RAISE EXCEPTION 'not every record was counted';
    END IF;
END $$;
ALTER TABLE record_facets FORCE ROW LEVEL SECURITY;
SET LOCAL row_security = on;

-- The same as for record_facets, but that a count belongs to no single record: whoever answers a record of
-- another government changes its owner's counts of that kind.
CREATE FUNCTION acted_facets() RETURNS text LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
    RETURN (SELECT r.kind || ':%' FROM public.records r
        WHERE r.tenant_id = public.app_tenant() AND r.id = public.acted_record());
END $$;
GRANT SELECT, INSERT, DELETE, UPDATE (records) ON record_counts TO vinculo_app;
ALTER TABLE record_counts ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY reads ON record_counts FOR SELECT TO vinculo_app
    USING (viewer_tenant = ANY ((SELECT app_viewers())::text[]) OR owner_tenant = (SELECT app_actor())
        OR owner_tenant = (SELECT app_tenant()) AND facet LIKE (SELECT acted_facets()));
CREATE POLICY adds ON record_counts FOR INSERT TO vinculo_app
    WITH CHECK (owner_tenant = (SELECT app_actor())
        OR owner_tenant = (SELECT app_tenant()) AND facet LIKE (SELECT acted_facets()));
CREATE POLICY changes ON record_counts FOR UPDATE TO vinculo_app
    USING (owner_tenant = (SELECT app_actor())
        OR owner_tenant = (SELECT app_tenant()) AND facet LIKE (SELECT acted_facets()))
    WITH CHECK (owner_tenant = (SELECT app_actor())
        OR owner_tenant = (SELECT app_tenant()) AND facet LIKE (SELECT acted_facets()));
CREATE POLICY removes ON record_counts FOR DELETE TO vinculo_app
    USING (owner_tenant = (SELECT app_actor())
        OR owner_tenant = (SELECT app_tenant()) AND facet LIKE (SELECT acted_facets()));
