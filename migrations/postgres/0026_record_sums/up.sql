-- What the amounts of each owner add up to for a viewer, as record_counts says how many records there are
-- (0025): a figure adds up the owners and not the records.
--
-- The sum of many amounts can be more than an integer holds, so it is kept in two parts: it is
-- billions * 1000000000 + rest.

-- The strongest lock on the amounts comes before any other on them. FORCE holds for the owner too.
SET LOCAL row_security = off;
ALTER TABLE record_amounts NO FORCE ROW LEVEL SECURITY;
CREATE TABLE record_sums (
    viewer_tenant TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    unit TEXT COLLATE "C" NOT NULL,
    year INTEGER NOT NULL,
    owner_tenant TEXT COLLATE "C" NOT NULL,
    amounts BIGINT NOT NULL CHECK (amounts >= 0),
    billions BIGINT NOT NULL,
    rest BIGINT NOT NULL,
    PRIMARY KEY (viewer_tenant, kind, name, unit, year, owner_tenant)
);

CREATE FUNCTION add_amounts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO public.record_sums AS s (viewer_tenant, kind, name, unit, year, owner_tenant, amounts, billions, rest)
            SELECT viewer_tenant, kind, name, unit, year, owner_tenant,
                count(*), sum(value / 1000000000), sum(value % 1000000000)
            FROM changed GROUP BY 1, 2, 3, 4, 5, 6
            ON CONFLICT (viewer_tenant, kind, name, unit, year, owner_tenant) DO UPDATE
                SET amounts = s.amounts + EXCLUDED.amounts, billions = s.billions + EXCLUDED.billions,
                    rest = s.rest + EXCLUDED.rest;
    ELSE
        UPDATE public.record_sums s
            SET amounts = s.amounts - g.n, billions = s.billions - g.billions, rest = s.rest - g.rest
            FROM (SELECT viewer_tenant, kind, name, unit, year, owner_tenant, count(*) AS n,
                    sum(value / 1000000000) AS billions, sum(value % 1000000000) AS rest
                FROM changed GROUP BY 1, 2, 3, 4, 5, 6) g
            WHERE s.viewer_tenant = g.viewer_tenant AND s.kind = g.kind AND s.name = g.name
            AND s.unit = g.unit AND s.year = g.year AND s.owner_tenant = g.owner_tenant;
        DELETE FROM public.record_sums s USING changed g
            WHERE s.viewer_tenant = g.viewer_tenant AND s.kind = g.kind AND s.name = g.name
            AND s.unit = g.unit AND s.year = g.year AND s.owner_tenant = g.owner_tenant AND s.amounts = 0;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER sums_added AFTER INSERT ON record_amounts REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION add_amounts();
CREATE TRIGGER sums_removed AFTER DELETE ON record_amounts REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION add_amounts();

INSERT INTO record_sums (viewer_tenant, kind, name, unit, year, owner_tenant, amounts, billions, rest)
    SELECT viewer_tenant, kind, name, unit, year, owner_tenant,
        count(*), sum(value / 1000000000), sum(value % 1000000000)
    FROM record_amounts GROUP BY 1, 2, 3, 4, 5, 6;
DO $$
BEGIN
    IF (SELECT COALESCE(sum(amounts), 0) FROM record_sums) <> (SELECT count(*) FROM record_amounts) THEN
        RAISE EXCEPTION 'not every amount was added up';
    END IF;
END $$;
ALTER TABLE record_amounts FORCE ROW LEVEL SECURITY;
SET LOCAL row_security = on;

-- As for record_amounts.
GRANT SELECT, INSERT, DELETE, UPDATE (amounts, billions, rest) ON record_sums TO vinculo_app;
ALTER TABLE record_sums ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY reads ON record_sums FOR SELECT TO vinculo_app
    USING (viewer_tenant = ANY ((SELECT app_viewers())::text[]) OR owner_tenant = (SELECT app_actor()));
CREATE POLICY adds ON record_sums FOR INSERT TO vinculo_app
    WITH CHECK (owner_tenant = (SELECT app_actor()));
CREATE POLICY changes ON record_sums FOR UPDATE TO vinculo_app
    USING (owner_tenant = (SELECT app_actor())) WITH CHECK (owner_tenant = (SELECT app_actor()));
CREATE POLICY removes ON record_sums FOR DELETE TO vinculo_app
    USING (owner_tenant = (SELECT app_actor()));
