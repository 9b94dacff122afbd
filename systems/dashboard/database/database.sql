-- Database, table, rows and the account of the application. Run by a superuser, or by the master user of RDS:
--
--   psql -h <host> -U postgres -f database.sql
--
-- It may run again: what is there stays. load-db.sh runs it, gives the application's account its password, and looks whether
-- everything is there. Without the variable app_verifier that account is made, and nobody can log in with it yet.
\set ON_ERROR_STOP on

SELECT 'CREATE DATABASE dashboard OWNER postgres ENCODING ''UTF8'' TEMPLATE template0'
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'dashboard')
\gexec

\connect dashboard

BEGIN;

-- One of two runs at a time; the other one finds everything done.
SELECT pg_advisory_xact_lock(hashtext('dashboard/database.sql')) \g /dev/null

SELECT 'CREATE ROLE dashboard_app NOLOGIN'
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'dashboard_app')
\gexec

SET LOCAL client_min_messages = warning; -- "already exists, skipping" is no news

CREATE TABLE IF NOT EXISTS hardware (
  id       integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  provider text NOT NULL,
  name     text NOT NULL,
  UNIQUE (provider, name)
);
ALTER TABLE hardware OWNER TO postgres;

-- One after the other: the ids are promised.
INSERT INTO hardware (provider, name)
SELECT 'Amazon', 'c5'
 WHERE NOT EXISTS (SELECT FROM hardware WHERE (provider, name) = ('Amazon', 'c5'));
INSERT INTO hardware (provider, name)
SELECT 'Azure', 'H16mr'
 WHERE NOT EXISTS (SELECT FROM hardware WHERE (provider, name) = ('Azure', 'H16mr'));

-- The application reads this one table, and can do nothing else anywhere.
REVOKE ALL ON DATABASE dashboard FROM PUBLIC;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT CONNECT ON DATABASE dashboard TO dashboard_app;
GRANT USAGE ON SCHEMA public TO dashboard_app;
REVOKE ALL ON hardware FROM dashboard_app;
GRANT SELECT ON hardware TO dashboard_app;
ALTER ROLE dashboard_app SET default_transaction_read_only = on;

\if :{?app_verifier}
-- What the server would make of the password itself (SCRAM), so that the password is in no log of statements.
ALTER ROLE dashboard_app LOGIN PASSWORD :'app_verifier';
\endif

COMMIT;
