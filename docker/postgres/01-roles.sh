#!/usr/bin/env bash
# Runs once, when the database's volume is empty: the roles, their passwords, the database.
set -euo pipefail

: "${VINCULO_MIGRATOR_PASSWORD:?the migrator needs a password}"
: "${VINCULO_APP_PASSWORD:?the application needs a password}"

# Compose passes an empty one where none was set.
[ -n "${VINCULO_BACKUP_PASSWORD:-}" ] || unset VINCULO_BACKUP_PASSWORD

# psql reads the passwords from the environment: as arguments they would show in a list of
# processes.
psql --no-psqlrc --set ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname postgres <<'SQL'
\getenv migrator_password VINCULO_MIGRATOR_PASSWORD
\getenv app_password VINCULO_APP_PASSWORD
\i /etc/vinculo/roles.sql
SET password_encryption = 'scram-sha-256';
ALTER ROLE vinculo_migrator PASSWORD :'migrator_password';
ALTER ROLE vinculo_app PASSWORD :'app_password';
\getenv backup_password VINCULO_BACKUP_PASSWORD
\if :{?backup_password}
ALTER ROLE vinculo_backup PASSWORD :'backup_password';
\endif
CREATE DATABASE vinculo OWNER vinculo_owner TEMPLATE template0 ENCODING 'UTF8';
REVOKE ALL ON DATABASE vinculo FROM PUBLIC;
GRANT CONNECT ON DATABASE vinculo TO vinculo_migrator, vinculo_app, vinculo_backup;
SQL
