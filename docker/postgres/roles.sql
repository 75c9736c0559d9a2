-- The roles every Vínculo database has. The container and `cargo xtask test` both run
-- this file, so the tests meet the very roles of production. Passwords are set elsewhere.

-- Owns schema, tables and policies, and never logs in.
CREATE ROLE vinculo_owner NOLOGIN;

-- Runs migrations. NOINHERIT: it has the owner's rights only after SET ROLE vinculo_owner, so
-- nothing it creates can end up its own by mistake.
CREATE ROLE vinculo_migrator LOGIN NOINHERIT;
GRANT vinculo_owner TO vinculo_migrator;

-- Serves requests. It owns nothing and no row-level policy lets it pass unseen.
CREATE ROLE vinculo_app LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;

-- Reads everything for `vinculo backup` and `vinculo verify`, and changes nothing. Row-level
-- security does not hold it, so its password belongs to whoever takes backups and not to the
-- service.
CREATE ROLE vinculo_backup LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION BYPASSRLS;
GRANT pg_read_all_data TO vinculo_backup;
ALTER ROLE vinculo_backup SET default_transaction_read_only = on;
