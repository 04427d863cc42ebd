-- Once, as the server's administrator: sudo -u postgres psql -f roles.sql
-- Two roles: one owns the tables and migrates, the other runs and is held by every lock.
CREATE ROLE alongside_owner LOGIN PASSWORD 'CHANGE-ME' NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
CREATE ROLE alongside_app LOGIN PASSWORD 'CHANGE-ME' NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
CREATE DATABASE alongside OWNER alongside_owner TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8';
REVOKE ALL ON DATABASE alongside FROM PUBLIC;
GRANT CONNECT ON DATABASE alongside TO alongside_app;
-- The server's own log takes no words with it: no statements, no values, no details of a row that was refused.
ALTER DATABASE alongside SET log_statement = 'none';
ALTER DATABASE alongside SET log_min_duration_statement = -1;
ALTER DATABASE alongside SET log_min_error_statement = 'panic';
ALTER DATABASE alongside SET log_error_verbosity = 'terse';
ALTER DATABASE alongside SET log_parameter_max_length = 0;
ALTER DATABASE alongside SET log_parameter_max_length_on_error = 0;
\connect alongside
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
ALTER SCHEMA public OWNER TO alongside_owner;
